{{include "feat/prices/pages.h"}}
{{include "feat/prices/compare.tpl.h"}}

{{template prices_average_words(int64_t ppm, size_t n)}}
{{if ppm == INT64_MIN}}<span class="gr-missing">{{_ "not enough prices"}}</span>{{else}}<bdi>{{percent(prices_ratio(ppm), 2)}}</bdi>{{end}} <span class="gr-muted">({{n "{0} offer" "{0} offers" n}})</span>
{{end}}

{{template prices_complete(const struct site_page *page, const struct prices_completeness *x, int64_t now)}}
<dl class="gr-defs">
<dt>{{_ "Providers known"}}</dt><dd>{{num((int64_t)x->providers)}}</dd>
<dt>{{_ "with a current price"}}</dt><dd>{{num((int64_t)x->current)}}</dd>
<dt>{{_ "Prices: new, old, too old"}}</dt><dd>{{num((int64_t)x->fresh)}}, {{num((int64_t)x->stale)}}, {{num((int64_t)x->off_list)}}</dd>
<dt>{{_ "Part of the market with a current price"}}</dt><dd>{{if x->has_shares}}<bdi>{{percent(prices_ratio(x->covered_ppm), 0)}}</bdi>{{else}}<span class="gr-missing">{{_ "the market shares are not known"}}</span>{{end}}</dd>
<dt>{{_ "Last test by a buyer"}}</dt><dd>{{if x->mystery_shop == PRICES_UNKNOWN}}<span class="gr-missing">{{_ "never"}}</span>{{else}}{{_ "{0} ago" prices_span_words(page, now - x->mystery_shop)}}{{end}}</dd>
</dl>
{{end}}

{{template prices_corridor_page(const struct site_page *page, const struct prices_corridor_view *v, int64_t now)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{if v->c->n_offers}}<p><a class="gr-button" href="{{site_url(page, "/prices")}}?from={{v->c->send_country}}&amp;to={{v->c->receive_country}}">{{_ "Compare what arrives"}}</a></p>{{end}}
{{if v->has_history}}{{call site_chart(page, &v->history)}}{{end}}
{{if v->c->n_offers}}
<h2 class="utrecht-heading-2">{{_ "What it costs now"}}</h2>
{{call prices_example_note(v->c->example)}}
<p>{{_ "Of a transfer of 140 euros, the amount of the World Bank (about 200 dollars):"}}</p>
<dl class="gr-defs">
<dt>{{_ "All offers that tell their rate, on average"}}</dt><dd>{{call prices_average_words(v->mean_ppm, v->n_mean)}}</dd>
<dt>{{_ "The three cheapest within reach, on average"}}</dt><dd>{{call prices_average_words(v->cheapest_ppm, v->n_cheapest)}}</dd>
</dl>
<p class="gr-small">{{_ "The United Nations’ aim is 3% on average and no country above 5%, by 2030 (goal 10.c)."}}</p>
<h2 class="utrecht-heading-2">{{_ "What is known"}}</h2>
{{call prices_complete(page, &v->complete, now)}}
{{end}}
{{if v->c->n_benchmarks}}<h2 class="utrecht-heading-2">{{_ "Middle rates"}}</h2>
<ul class="utrecht-unordered-list gr-list">{{for size_t i = 0; i < v->c->n_benchmarks; i++}}{{let const struct prices_benchmark *b = &v->c->benchmarks[i]}}<li><bdi>1 {{v->c->send_currency}} = {{dec(prices_rate_of(b->rate), 6)}} {{v->c->receive_currency}}</bdi>: {{if b->source.n}}{{b->source}}{{else}}{{_ "the same currency"}}{{end}}{{if date_is(b->day)}}, {{b->day}}{{end}}{{if b->example}} ({{_ "invented"}}){{end}}</li>{{end}}</ul>{{end}}
<p>{{_ "For your own site:"}} <a href="{{site_url_of(page, "/prices/table/", v->c->receive_country)}}">{{_ "this corridor as a table to embed"}}</a></p>
{{call site_end(page)}}
{{end}}

{{template prices_quality(const struct site_page *page, const struct prices_quality_view *v, int64_t now)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "How complete and how recent the prices are, for each country, and how the comparison stands against the twelve points of the World Bank."}}</p>
{{call prices_example_note(v->view->example)}}
<h2 class="utrecht-heading-2" id="corridors">{{_ "Countries"}}</h2>
{{if !v->n}}<p>{{_ "No prices are known yet."}}</p>{{else}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="corridors"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Country"}}</th><th scope="col" class="gr-num">{{_ "Providers known"}}</th><th scope="col" class="gr-num">{{_ "with a current price"}}</th><th scope="col" class="gr-num">{{_ "Prices: new, old, too old"}}</th><th scope="col" class="gr-num">{{_ "Part of the market with a current price"}}</th><th scope="col">{{_ "Last test by a buyer"}}</th><th scope="col" class="gr-num">{{_ "Prices held back"}}</th></tr></thead>
<tbody>{{for size_t i = 0; i < v->n; i++}}{{let const struct prices_completeness *x = &v->corridors[i].complete}}<tr><th scope="row"><a href="{{site_url_of(page, "/prices/to/", v->corridors[i].c->receive_country)}}">{{country(v->corridors[i].c->receive_country)}}</a> <bdi>{{v->corridors[i].c->receive_currency}}</bdi>{{if x->example}} ({{_ "invented"}}){{end}}</th><td class="gr-num">{{num((int64_t)x->providers)}}</td><td class="gr-num">{{num((int64_t)x->current)}}</td><td class="gr-num">{{num((int64_t)x->fresh)}}, {{num((int64_t)x->stale)}}, {{num((int64_t)x->off_list)}}</td><td class="gr-num">{{if x->has_shares}}<bdi>{{percent(prices_ratio(x->covered_ppm), 0)}}</bdi>{{else}}<span class="gr-missing">{{_ "not known"}}</span>{{end}}</td><td>{{if x->mystery_shop == PRICES_UNKNOWN}}<span class="gr-missing">{{_ "never"}}</span>{{else}}{{_ "{0} ago" prices_span_words(page, now - x->mystery_shop)}}{{end}}</td><td class="gr-num">{{num((int64_t)v->corridors[i].c->n_held)}}</td></tr>
{{end}}</tbody></table></div>
{{end}}
<p class="gr-small">{{_ "Prices that look wrong, such as a rate far from the market’s, are kept but held back until a person has looked at them."}}</p>
<h2 class="utrecht-heading-2" id="points">{{_ "The twelve points of the World Bank"}}</h2>
<p>{{_ "The World Bank certifies national comparisons that meet twelve points. This one has not been certified; this is how it stands."}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="points"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Point"}}</th><th scope="col">{{_ "Met?"}}</th><th scope="col">{{_ "Why"}}</th></tr></thead>
<tbody>{{for size_t i = 0; i < 12; i++}}{{let const struct prices_point *x = &v->points[i]}}<tr><th scope="row">{{num((int64_t)i + 1)}}. {{tr(x->text)}}</th><td>{{if x->met}}{{_ "yes"}}{{elif x->open}}{{_ "not known"}}{{else}}{{_ "no"}}{{end}}</td><td>{{tr(x->status)}}</td></tr>
{{end}}</tbody></table></div>
<h2 class="utrecht-heading-2">{{_ "Other comparisons"}}</h2>
<ul class="utrecht-unordered-list gr-list" lang="en" dir="ltr">{{for size_t i = 0; prices_others[i].name; i++}}<li><a rel="noreferrer" href="{{url_external(str_of(prices_others[i].address))}}">{{prices_others[i].name}}</a></li>{{end}}</ul>
{{call site_end(page)}}
{{end}}
