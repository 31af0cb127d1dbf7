{{include "feat/figures/figures.h"}}
{{include "feat/opendata/page_parts.h"}}

{{template data_files(const struct site_page *page, const char *title, const char *name)}}
<a href="{{data_file(page, name, "csv")}}" aria-label="{{tr(title)}}, CSV">CSV</a> · <a href="{{data_file(page, name, "xlsx")}}" aria-label="{{tr(title)}}, XLSX">XLSX</a> · <a href="{{data_file(page, name, "json")}}" aria-label="{{tr(title)}}, JSON">JSON</a>
{{end}}

{{template data_fields(const char *title, const struct table_column *columns, size_t n)}}
<details class="gr-more"><summary>{{tr(title)}}, {{n "{0} field" "{0} fields" n}}</summary>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{tr(title)}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Field"}}</th><th scope="col">{{_ "Type"}}</th><th scope="col">{{_ "Meaning"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < n; i++}}<tr><th scope="row"><code class="gr-code">{{columns[i].name}}</code></th><td>{{tr(data_type_name(columns[i].type))}}{{if columns[i].unit}} <span lang="en">({{columns[i].unit}})</span>{{end}}</td><td lang="en">{{columns[i].definition}}</td></tr>
{{end}}</tbody></table></div></details>
{{end}}

{{template data_sets(const struct site_page *page, const struct data_page *d)}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="sets">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "List"}}</th><th scope="col" class="gr-num">{{_ "Rows"}}</th><th scope="col">{{_ "Files"}}</th></tr></thead>
<tbody>
<tr><th scope="row"><a href="{{site_url(page, "/activities")}}">{{_ "Activities"}}</a><br><span class="gr-small gr-muted">{{_ "Every activity with its period, status, parties, countries, priorities and contribution. A selection can be taken away from the list of activities."}}</span></th><td class="gr-num">{{num((int64_t)d->own)}}</td><td>{{call data_files(page, "Activities", "activities")}}</td></tr>
{{for size_t i = 0; opendata_list_at(i); i++}}{{let const struct opendata_list *l = opendata_list_at(i)}}<tr><th scope="row">{{tr(l->title)}}<br><span class="gr-small gr-muted">{{tr(l->description)}}</span></th><td class="gr-num">{{num((int64_t)l->count(page->view))}}</td><td>{{call data_files(page, l->title, l->name)}}</td></tr>
{{end}}
{{if d->comparison}}<tr><th scope="row"><a href="{{site_url(page, "/comparison")}}">{{_ "Comparison activities"}}</a><br><span class="gr-small gr-muted">{{_ "Imported from published IATI files for comparison; no part of the programme."}}</span></th><td class="gr-num">{{num((int64_t)d->comparison)}}</td><td>{{call data_files(page, "Comparison activities", "comparison")}}</td></tr>{{end}}
</tbody></table></div>
<h3 class="utrecht-heading-3" id="tables">{{_ "Published tables"}}</h3>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="tables">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Table"}}</th><th scope="col">{{_ "Files"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < figures_count(); i++}}{{let const struct figure_info *f = figures_info(i)}}<tr><th scope="row"><a href="{{site_url_of(page, "/figures/", str_of(f->name))}}">{{tr(f->title)}}</a><br><span class="gr-small gr-muted">{{tr(f->definition)}}</span></th><td><a href="{{data_figure_file(page, f->name, "csv")}}" aria-label="{{tr(f->title)}}, CSV">CSV</a> · <a href="{{data_figure_file(page, f->name, "xlsx")}}" aria-label="{{tr(f->title)}}, XLSX">XLSX</a> · <a href="{{data_figure_file(page, f->name, "json")}}" aria-label="{{tr(f->title)}}, JSON">JSON</a></td></tr>
{{end}}</tbody></table></div>
{{end}}

{{template data_iati(const struct site_page *page, const struct data_page *d)}}
{{let const struct programme_view *p = page->view->programme}}
<h2 class="utrecht-heading-2" id="iati">{{_ "IATI"}}</h2>
<p>{{_ "The programme and all its activities in the international standard for aid data, version 2.03: periods, budgets, transactions, countries, sectors, organisations, and results with indicators. What the source does not say is left out. Money that passes through several organisations is counted once."}}</p>
<dl class="gr-defs">
<dt>{{_ "File"}}</dt><dd><a href="{{url_local(STR("/data/iati.xml"))}}">/data/iati.xml</a></dd>
<dt>{{_ "Reporting organisation"}}</dt><dd><code class="gr-code">{{p->iati.reporting_org}}</code> {{page->view->owner[page->lang]}}</dd>
<dt>{{_ "Identifiers of activities"}}</dt><dd>{{_ "The prefix, then the number of the activity:"}} <code class="gr-code">{{p->iati.identifier_prefix}}18261</code></dd>
{{if d->comparison}}<dt>{{_ "Comparison activities"}}</dt><dd><a href="{{url_local(STR("/data/comparison.xml"))}}">/data/comparison.xml</a></dd>{{end}}
</dl>
{{end}}

{{template data_endpoint_params(const struct data_page *d, const struct data_endpoint *p)}}
{{if p->n_params}}<details class="gr-more"><summary>{{n "{0} parameter" "{0} parameters" p->n_params}}</summary>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{p->path}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Parameter"}}</th><th scope="col">{{_ "Place"}}</th><th scope="col">{{_ "Type"}}</th><th scope="col">{{_ "Meaning"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < p->n_params; i++}}{{let const struct data_param *q = &p->params[i]}}<tr><th scope="row"><code class="gr-code">{{q->name}}</code></th><td>{{if q->in_path}}{{_ "path"}}{{else}}{{_ "query"}}{{end}}</td><td>{{tr(q->type)}}{{if q->choices}}: {{for size_t k = 0; q->choices[k]; k++}}{{if k}}, {{end}}<code class="gr-code">{{q->choices[k]}}</code>{{end}}{{end}}{{if q->repeats}}; {{_ "may occur more than once"}}{{end}}</td><td>{{if q->summary}}<span lang="en">{{q->summary}}</span>{{else}}–{{end}}</td></tr>
{{end}}</tbody></table></div></details>{{end}}
{{if p->same_as}}<p class="gr-small">{{_ "Query parameters as with"}} <a href="#endpoint-{{p->same_as}}"><code class="gr-code">{{d->endpoints[p->same_as - 1].path}}</code></a></p>{{end}}
{{end}}

{{template data_api(const struct data_page *d)}}
<h2 class="utrecht-heading-2" id="api">{{_ "API"}}</h2>
<p>{{_ "The same data as JSON, without a key and without registration. Every page of activities has the same parameters as the API, so an address of the site shows how to ask."}}</p>
<p>{{_ "A wrong parameter is answered with status 400 and its name; answers carry an ETag, so asking again for what has not changed costs nothing."}}</p>
<p><a href="{{url_local(STR("/api/v1/openapi.json"))}}">{{_ "The description for programs: OpenAPI 3.1"}}</a></p>
{{for size_t i = 0; i < d->n_endpoints; i++}}{{let const struct data_endpoint *p = &d->endpoints[i]}}
<section class="gr-endpoint" id="endpoint-{{i + 1}}" aria-labelledby="endpoint-{{i + 1}}-name">
<h3 class="utrecht-heading-3" id="endpoint-{{i + 1}}-name"><code class="gr-code">GET {{p->path}}</code></h3>
<p><span lang="en">{{p->route->summary}}.</span>{{if p->route->produces}} <span class="gr-small gr-muted">{{p->route->produces}}</span>{{end}}</p>
{{if p->example.n}}<p class="gr-small">{{_ "Example:"}} <a href="{{data_example(p)}}">{{p->example}}</a></p>{{end}}
{{call data_endpoint_params(d, p)}}
</section>
{{end}}
{{end}}

{{template data_page(const struct site_page *page, const struct data_page *d)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Everything on this site can be taken away, checked and used again, by anyone and for any purpose."}}</p>
<ul class="gr-toc" aria-label="{{_ "On this page"}}">
<li><a href="#sets">{{_ "What there is"}}</a></li><li><a href="#iati">{{_ "IATI"}}</a></li><li><a href="#fields">{{_ "Fields"}}</a></li><li><a href="#api">{{_ "API"}}</a></li><li><a href="#cite">{{_ "How to cite"}}</a></li>
</ul>
<dl class="gr-defs">
<dt>{{_ "Licence"}}</dt><dd><a href="{{url_external(STR("https://creativecommons.org/publicdomain/zero/1.0/"))}}" rel="noopener license">CC0 1.0</a> {{_ "(no rights reserved)"}}</dd>
<dt>{{_ "Formats"}}</dt><dd>CSV ({{_ "RFC 4180, UTF-8"}}), XLSX, JSON, IATI 2.03</dd>
<dt>{{_ "Source"}}</dt><dd>{{page->view->source[page->lang]}}</dd>
{{if date_is(page->view->facts_as_of)}}<dt>{{_ "Facts as known on"}}</dt><dd>{{page->view->facts_as_of}}</dd>{{end}}
<dt>{{_ "Data loaded"}}</dt><dd>{{instant(page->view->programme->loaded_ms)}}, {{_ "version {0}" page->view->programme->pack_version}}</dd>
<dt>{{_ "Last change shown"}}</dt><dd>{{instant(page->view->made_ms)}}</dd>
</dl>
<h2 class="utrecht-heading-2" id="sets">{{_ "What there is"}}</h2>
{{call data_sets(page, d)}}
{{call data_iati(page, d)}}
<h2 class="utrecht-heading-2" id="fields">{{_ "Fields"}}</h2>
<p>{{_ "A field has the same name in CSV, XLSX, JSON and the API. An empty value is unknown, never zero."}} {{_ "Names and meanings are in English."}}</p>
{{call data_fields("Activities", d->activity_columns, d->n_activity_columns)}}
{{for size_t i = 0; opendata_list_at(i); i++}}{{let const struct opendata_list *l = opendata_list_at(i)}}{{call data_fields(l->title, l->columns, l->n_columns)}}
{{end}}
{{call data_api(d)}}
<h2 class="utrecht-heading-2" id="cite">{{_ "How to cite"}}</h2>
<p>{{_ "Name the owner, the programme, the list, the version and the day. Each figure names the lines of the report that it was taken from: cite those too."}}</p>
<div class="gr-cite"><p>{{page->view->owner[page->lang]}}, {{page->view->name[page->lang]}}: {{_ "Activities"}}. {{_ "Version {0}, {1}." page->view->programme->pack_version instant(page->view->made_ms)}} CC0 1.0.{{if d->base_url.n}} <span class="gr-nowrap">{{d->base_url}}/data/activities.csv</span>{{end}}</p></div>
{{call site_end(page)}}
{{end}}
