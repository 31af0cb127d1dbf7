{{include "feat/places/parts.h"}}

{{template org_amount(money amount)}}
{{if money_is(amount)}}{{amount}}{{else}}<span class="gr-missing">–</span><span class="gr-hidden">{{_ "not stated"}}</span>{{end}}
{{end}}

{{template org_type(const struct organisation *o)}}
{{if o->type.n}}{{tr(org_type_label(o->type))}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}
{{end}}

{{template organisations_page(const struct site_page *page, const struct org_view *rows, size_t n)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Organisations that carry out, fund or support activities."}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{page->title}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Organisation"}}</th><th scope="col">{{_ "Type"}}</th><th scope="col">{{_ "Country"}}</th><th scope="col" class="gr-num">{{_ "Carries out"}}</th><th scope="col" class="gr-num">{{_ "Partner in"}}</th><th scope="col" class="gr-num">{{_ "Funds"}}</th><th scope="col" class="gr-num">{{_ "Contribution received"}}</th><th scope="col" class="gr-num">{{_ "Paid as funder"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < n; i++}}{{let const struct org_view *v = &rows[i]}}<tr><th scope="row"><a lang="en" href="{{site_url_of(page, "/organisations/", v->org->key)}}">{{v->org->name}}</a></th><td>{{call org_type(v->org)}}</td><td>{{if v->org->country.n}}{{country(v->org->country)}}{{else}}<span class="gr-missing">–</span><span class="gr-hidden">{{_ "not stated"}}</span>{{end}}</td><td class="gr-num">{{num((int64_t)v->roles[ORG_ROLE_IMPLEMENTER].activities)}}</td><td class="gr-num">{{num((int64_t)v->roles[ORG_ROLE_PARTNER].activities)}}</td><td class="gr-num">{{num((int64_t)v->roles[ORG_ROLE_FUNDER].activities)}}</td><td class="gr-num">{{call org_amount(v->leads.sum)}}</td><td class="gr-num">{{call org_amount(v->roles[ORG_ROLE_FUNDER].sum)}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-muted">{{_ "Contribution received: what the ministry paid for the activities that the organisation carries out. Paid as funder: what it gave itself. Both only as far as stated; they can be the same money and must not be added up."}}</p>
{{call site_end(page)}}
{{end}}

{{template org_sum(const struct org_total *t, size_t parts)}}
{{if money_is(t->sum)}}<strong>{{t->sum}}</strong>{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}} <span class="gr-small gr-muted">({{n "in {0} activity" "in {0} activities" parts}}{{if t->n_unknown && money_is(t->sum)}}, {{n "{0} without an amount" "{0} without an amount" t->n_unknown}}{{end}})</span>
{{end}}

{{template org_parts(const struct site_page *page, const struct org_view *v)}}
<h2 class="utrecht-heading-2" id="activities">{{_ "Activities"}}</h2>
{{if v->parts.n}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="activities">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Activity"}}</th><th scope="col">{{_ "Role"}}</th><th scope="col">{{_ "Status"}}</th><th scope="col">{{_ "Period"}}</th><th scope="col" class="gr-num">{{_ "Amount"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < v->parts.n; i++}}{{let const struct part_row *r = &v->parts.p[i]}}<tr><th scope="row"><a lang="en" href="{{site_url_of(page, "/activities/", r->x->key)}}">{{r->x->title}}</a>{{if r->note.n}}<div class="gr-small gr-muted" lang="en">{{r->note}}</div>{{end}}</th><td>{{tr(org_role_label(r->role))}}</td><td>{{if r->x->status}}<span class="gr-badge gr-badge-{{activity_status_slug(r->x->status)}}">{{tr(activity_status_label(r->x->status))}}</span>{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{if activity_start(r->x).precision || activity_end(r->x).precision}}{{range(activity_start(r->x), activity_end(r->x))}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td class="gr-num">{{call org_amount(r->amount)}}</td><td>{{call site_source(r->source_line)}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-muted">{{_ "For the implementer the amount is the ministry’s contribution to the whole activity; for any other role it is what the report states for the organisation."}}</p>
{{else}}<p>{{_ "It takes part in no activity of the programme."}}</p>{{end}}
{{end}}

{{template organisation_page(const struct site_page *page, const struct org_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1" lang="en">{{page->title}}</h1>
<dl class="gr-defs">
<dt>{{_ "Type"}}</dt><dd>{{call org_type(v->org)}}</dd>
{{if v->org->country.n}}<dt>{{_ "Country"}}</dt><dd>{{country(v->org->country)}} {{if str_is(v->org->country_basis, "general")}}<span class="gr-small gr-muted">({{_ "general knowledge, not from the report"}})</span>{{end}}</dd>{{end}}
<dt>{{_ "Activities"}}</dt><dd>{{num((int64_t)v->activities)}}</dd>
{{if v->leads.activities}}<dt>{{_ "Contribution received"}}</dt><dd>{{call org_sum(&v->leads, v->leads.activities)}}</dd>{{end}}
{{for int role = 0; role < PLACE_ORG_ROLES; role++}}{{let const struct org_total *t = &v->roles[role]}}{{if role == ORG_ROLE_FUNDER && t->activities}}<dt>{{_ "Paid as funder"}}</dt><dd>{{call org_sum(t, t->activities)}}</dd>{{elif role == ORG_ROLE_IMPLEMENTER && t->activities > v->leads.activities}}<dt>{{_ "Helps to carry out"}}</dt><dd>{{n "{0} activity" "{0} activities" (t->activities - v->leads.activities)}}</dd>{{elif role != ORG_ROLE_IMPLEMENTER && t->activities}}<dt>{{tr(org_role_label((enum org_role)role))}}</dt><dd>{{n "{0} activity" "{0} activities" t->activities}}</dd>{{end}}{{end}}
{{if v->org->source_line.n}}<dt>{{_ "Source"}}</dt><dd>{{call site_source(v->org->source_line)}}</dd>{{end}}
</dl>
{{call org_parts(page, v)}}
{{if v->peers.n}}<h2 class="utrecht-heading-2">{{_ "Works together with"}}</h2>
<ul class="gr-plain gr-columns">
{{for size_t i = 0; i < v->peers.n; i++}}<li><a lang="en" href="{{site_url_of(page, "/organisations/", v->peers.p[i].org->key)}}">{{v->peers.p[i].org->name}}</a> <span class="gr-muted">{{n "in {0} activity" "in {0} activities" v->peers.p[i].activities}}</span></li>
{{end}}</ul>{{end}}
{{call site_end(page)}}
{{end}}
