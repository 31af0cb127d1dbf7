{{include "feat/places/parts.h"}}

{{template place_parts(const struct site_page *page, const struct part_row *parts, size_t n, const char *money_head)}}
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "Activities"}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Activity"}}</th><th scope="col">{{_ "Role"}}</th><th scope="col">{{_ "Status"}}</th><th scope="col">{{_ "Period"}}</th><th scope="col" class="gr-num">{{tr(money_head)}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < n; i++}}{{let const struct part_row *r = &parts[i]}}<tr><th scope="row"><a lang="en" href="{{site_url_of(page, "/activities/", r->x->key)}}">{{r->x->title}}</a></th><td>{{tr(r->role)}}</td><td>{{if r->x->status}}<span class="gr-badge gr-badge-{{activity_status_slug(r->x->status)}}">{{tr(activity_status_label(r->x->status))}}</span>{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{range(activity_start(r->x), activity_end(r->x))}}</td><td class="gr-num">{{if money_is(r->amount)}}{{r->amount}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{call site_source(r->source_line)}}</td></tr>
{{end}}</tbody></table></div>
{{end}}

{{template countries_page(const struct site_page *page, const struct countries_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Countries that activities name, in any role. Money is not divided over countries: the report does not say how it was divided."}}</p>
{{call site_chart(page, &v->map)}}
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{page->title}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Country"}}</th><th scope="col" class="gr-num">{{_ "Activities"}}</th>{{for int r = 0; r < PLACE_ROLES; r++}}<th scope="col" class="gr-num">{{tr(country_role_label((enum country_role)r))}}</th>{{end}}</tr></thead>
<tbody>
{{for size_t i = 0; i < v->n; i++}}<tr><th scope="row"><a href="{{site_url_of(page, "/countries/", v->rows[i].code)}}">{{v->rows[i].name}}</a></th><td class="gr-num">{{num((int64_t)v->rows[i].activities)}}</td>{{for int r = 0; r < PLACE_ROLES; r++}}<td class="gr-num">{{if v->rows[i].roles[r]}}{{num((int64_t)v->rows[i].roles[r])}}{{end}}</td>{{end}}</tr>
{{end}}</tbody></table></div>
{{call site_end(page)}}
{{end}}

{{template country_page(const struct site_page *page, const struct country_view *v)}}
{{let const struct programme_view *p = page->view->programme}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<h2 class="utrecht-heading-2">{{_ "On which lists, and when"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < p->n_country_lists; i++}}{{for size_t k = 0; k < p->country_lists[i].n_entries; k++}}{{let const struct country_list_entry *en = &p->country_lists[i].entries[k]}}{{if str_eq(en->country, v->code)}}<li>{{text3_in(&p->country_lists[i].name, page->lang)}}: {{range(p->country_lists[i].valid_from, p->country_lists[i].valid_to)}} {{call site_source(en->source_line)}}</li>
{{end}}{{end}}{{end}}<li>{{_ "Development partner countries were eligible until mid-2011 without being listed here one by one."}}</li>
</ul>
<h2 class="utrecht-heading-2">{{_ "Activities"}}</h2>
{{if v->n}}{{call place_parts(page, v->parts, v->n, MSG("Contribution"))}}<p class="gr-muted">{{_ "The contribution is that of the whole activity, which may run in other countries too."}}</p>{{else}}<p>{{_ "No activity names this country."}}</p>{{end}}
<h2 class="utrecht-heading-2">{{_ "Rules that name it"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < p->n_rules; i++}}{{let const struct scheme_rule *r = &p->rules[i]}}{{if str_eq(r->country, v->code)}}<li><span lang="en">{{r->scheme}}: {{r->description}}</span>{{if r->value.n && !str_is(r->value, "listed")}} <span lang="en">({{r->value}} {{r->unit}})</span>{{end}} · {{range(r->valid_from, r->valid_to)}} {{call site_source(r->source_line)}}</li>
{{end}}{{end}}</ul>
{{call site_end(page)}}
{{end}}

{{template organisations_page(const struct site_page *page, const struct org_row *rows, size_t n)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Organisations that carry out, fund or support activities."}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{page->title}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Organisation"}}</th><th scope="col">{{_ "Type"}}</th><th scope="col">{{_ "Country"}}</th><th scope="col" class="gr-num">{{_ "Carries out"}}</th><th scope="col" class="gr-num">{{_ "Takes part in"}}</th><th scope="col" class="gr-num">{{_ "Contribution"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < n; i++}}{{let const struct organisation *o2 = rows[i].org}}<tr><th scope="row"><a href="{{site_url_of(page, "/organisations/", o2->key)}}">{{o2->name}}</a></th><td>{{tr(org_type_label(o2->type))}}</td><td>{{if o2->country.n}}{{country(o2->country)}}{{end}}</td><td class="gr-num">{{num((int64_t)rows[i].implements)}}</td><td class="gr-num">{{num((int64_t)rows[i].takes_part)}}</td><td class="gr-num">{{if money_is(rows[i].contribution)}}{{rows[i].contribution}}{{end}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-muted">{{_ "The contribution is the sum of what the ministry paid for the activities that the organisation carries out, as far as stated."}}</p>
{{call site_end(page)}}
{{end}}

{{template organisation_page(const struct site_page *page, const struct org_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<dl class="gr-defs">
<dt>{{_ "Type"}}</dt><dd>{{tr(org_type_label(v->org->type))}}</dd>
{{if v->org->country.n}}<dt>{{_ "Country"}}</dt><dd>{{country(v->org->country)}} {{if str_is(v->org->country_basis, "general")}}<span class="gr-small gr-muted">({{_ "general knowledge, not from the report"}})</span>{{end}}</dd>{{end}}
<dt>{{_ "Contribution"}}</dt><dd>{{if money_is(v->contribution)}}{{v->contribution}} <span class="gr-small gr-muted">({{_ "for the activities that it carries out, as far as stated"}})</span>{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</dd>
<dt>{{_ "Source"}}</dt><dd>{{call site_source(v->org->source_line)}}</dd>
</dl>
<h2 class="utrecht-heading-2">{{_ "Activities"}}</h2>
{{if v->n}}{{call place_parts(page, v->parts, v->n, MSG("Amount"))}}{{else}}<p>{{_ "It takes part in no activity of the programme."}}</p>{{end}}
{{call site_end(page)}}
{{end}}
