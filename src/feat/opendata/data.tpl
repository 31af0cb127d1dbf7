{{include "feat/opendata/opendata.h"}}
{{include "feat/site/site.h"}}

{{template data_fields(const struct table_column *columns, size_t n)}}
<dl class="gr-defs">
{{for size_t i = 0; i < n; i++}}<dt><code class="gr-code">{{columns[i].name}}</code></dt><dd lang="en">{{columns[i].definition}}{{if columns[i].unit}} ({{columns[i].unit}}){{end}}</dd>
{{end}}</dl>
{{end}}

{{template data_page(const struct site_page *page, const struct site_app *app)}}
{{let size_t n_columns = 0}}{{let const struct table_column *columns = opendata_activity_columns(&n_columns)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Everything on this site can be taken away and used by anyone for any purpose, without a key."}}</p>
<dl class="gr-defs">
<dt>{{_ "Licence"}}</dt><dd>CC0 1.0</dd>
<dt>{{_ "Updated"}}</dt><dd>{{instant(page->view->made_ms)}}</dd>
<dt>{{_ "Formats"}}</dt><dd>{{_ "CSV (UTF-8, RFC 4180), XLSX, JSON, IATI 2.03"}}</dd>
<dt>{{_ "Source"}}</dt><dd>{{page->view->source[page->lang]}}</dd>
</dl>
<h2 class="utrecht-heading-2">{{_ "IATI"}}</h2>
<p><a href="{{site_data_link("/data/iati.xml")}}">/data/iati.xml</a> · {{_ "The programme and its activities in the international standard for aid data. What the source does not say is left out."}}</p>
<h2 class="utrecht-heading-2">{{_ "Lists"}}</h2>
<h3 class="utrecht-heading-3">{{_ "Activities"}}</h3>
<p>{{_ "A selection made on the page of activities can be downloaded with the same address parameters."}} <a href="{{site_data_link("/data/activities.csv")}}">CSV</a> · <a href="{{site_data_link("/data/activities.xlsx")}}">XLSX</a> · <a href="{{site_data_link("/data/activities.json")}}">JSON</a></p>
<details class="gr-more"><summary>{{_ "Fields"}}</summary>{{call data_fields(columns, n_columns)}}</details>
{{for size_t i = 0; opendata_list_at(i); i++}}{{let const struct opendata_list *list = opendata_list_at(i)}}<h3 class="utrecht-heading-3">{{tr(list->title)}}</h3>
<p>{{tr(list->description)}} <a href="{{site_data_link("/data/")}}{{list->name}}.csv">CSV</a> · <a href="{{site_data_link("/data/")}}{{list->name}}.xlsx">XLSX</a> · <a href="{{site_data_link("/data/")}}{{list->name}}.json">JSON</a></p>
<details class="gr-more"><summary>{{_ "Fields"}}<span class="gr-hidden"> {{tr(list->title)}}</span></summary>{{call data_fields(list->columns, list->n_columns)}}</details>
{{end}}
<h2 class="utrecht-heading-2" id="api">API</h2>
<p>{{_ "The same data as JSON, with the same filters as the pages."}} <a href="{{site_data_link("/api/v1/openapi.json")}}">OpenAPI 3.1</a></p>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="api"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Address"}}</th><th scope="col">{{_ "What it gives"}}</th><th scope="col">{{_ "Parameters"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < app->n_routes; i++}}{{for size_t k = 0; k < app->routes[i].n; k++}}{{let const struct http_route *r = &app->routes[i].p[k]}}{{if r->summary && !r->localized}}<tr><th scope="row"><code class="gr-code">GET {{r->pattern}}</code></th><td lang="en">{{r->summary}}</td><td>{{for const struct http_field *f = r->fields; f && f->name; f++}}<code class="gr-code">{{f->name}}</code> {{end}}</td></tr>
{{end}}{{end}}{{end}}</tbody></table></div>
{{call site_end(page)}}
{{end}}
