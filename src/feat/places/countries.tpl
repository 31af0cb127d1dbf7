{{include "feat/places/parts.h"}}

{{template country_period(pdate from, pdate to)}}
{{if from.precision || to.precision}}{{range(from, to)}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}
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
{{for size_t i = 0; i < v->n; i++}}<tr><th scope="row"><a href="{{site_url_of(page, "/countries/", v->rows[i].code)}}">{{v->rows[i].name}}</a></th><td class="gr-num">{{num((int64_t)v->rows[i].activities)}}</td>{{for int r = 0; r < PLACE_ROLES; r++}}<td class="gr-num">{{num((int64_t)v->rows[i].roles[r])}}</td>{{end}}</tr>
{{end}}</tbody></table></div>
<p class="gr-muted">{{_ "An activity can name a country in more than one role, so the roles can add up to more than the activities."}}</p>
{{call site_end(page)}}
{{end}}

{{template country_activities(const struct site_page *page, const struct country_view *v)}}
<h2 class="utrecht-heading-2" id="activities">{{_ "Activities"}}</h2>
{{if v->activities.n}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="activities">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Activity"}}</th><th scope="col">{{_ "Role of the country"}}</th><th scope="col">{{_ "Status"}}</th><th scope="col">{{_ "Period"}}</th><th scope="col" class="gr-num">{{_ "Contribution to the whole activity"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < v->activities.n; i++}}{{let const struct activity *x = v->activities.p[i]}}<tr><th scope="row"><a lang="en" href="{{site_url_of(page, "/activities/", x->key)}}">{{x->title}}</a></th><td>{{for size_t k = 0; k < x->n_countries; k++}}{{let const struct activity_country *c = &x->countries[k]}}{{if str_eq(c->country, v->code)}}<div>{{tr(country_role_label(c->role))}} {{call site_source(c->source_line)}}{{if c->note.n}} <span class="gr-small gr-muted" lang="en">{{c->note}}</span>{{end}}</div>{{end}}{{end}}</td><td>{{if x->status}}<span class="gr-badge gr-badge-{{activity_status_slug(x->status)}}">{{tr(activity_status_label(x->status))}}</span>{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{call country_period(activity_start(x), activity_end(x))}}</td><td class="gr-num">{{if money_is(x->contribution)}}{{x->contribution}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-muted">{{_ "The contribution is that of the whole activity, which may run in other countries too."}} {{_ "The amounts must not be added up as money for this country."}}</p>
{{else}}<p>{{_ "No activity names this country."}}</p>{{end}}
{{end}}

{{template country_value(decimal d, str as_written)}}
{{if !decimal_is_none(d)}}{{dec(d, 4)}}{{elif as_written.n}}<span lang="en">{{as_written}}</span>{{else}}<span class="gr-missing">–</span><span class="gr-hidden">{{_ "not known"}}</span>{{end}}
{{end}}

{{template country_results(const struct site_page *page, const struct country_view *v)}}
<h2 class="utrecht-heading-2" id="results">{{_ "Targets and results"}}</h2>
{{if v->results.n}}
{{if v->has_targets}}{{call site_chart(page, &v->targets)}}{{end}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="results">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Activity"}}</th><th scope="col">{{_ "Indicator"}}</th><th scope="col" class="gr-num">{{_ "Target"}}</th><th scope="col" class="gr-num">{{_ "Result"}}</th><th scope="col">{{_ "As of"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < v->results.n; i++}}{{let const struct country_result *r = &v->results.p[i]}}{{let str other = programme_dimension(page, r->v->dimension, v->code)}}<tr><td><a lang="en" href="{{site_url_of(page, "/activities/", r->x->key)}}">{{if r->x->acronym.n}}{{r->x->acronym}}{{else}}{{r->x->title}}{{end}}</a></td><th scope="row"><span lang="en">{{r->in->title}}</span>{{if other.n}}<div class="gr-small gr-muted">{{other}}</div>{{end}}{{if r->v->note.n}}<div class="gr-small gr-muted" lang="en">{{r->v->note}}</div>{{end}}</th><td class="gr-num">{{call country_value(r->v->target_num, r->v->target)}}</td><td class="gr-num">{{call country_value(r->v->actual_num, r->v->actual)}}{{if r->in->unit.n}} <span class="gr-small gr-muted">{{programme_unit(page, r->in->unit)}}</span>{{end}}</td><td>{{r->v->as_of}}</td><td>{{call site_source(r->v->source_line)}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-muted">{{_ "Rows overlap (a total and its parts), so they cannot be added up. A dash is a figure that the source does not give; it is not zero."}}</p>
{{else}}<p>{{_ "The source gives no figures for this country alone."}}</p>{{end}}
{{end}}

{{template country_rule(const struct site_page *page, const struct scheme_rule *r)}}
<li>{{call programme_word_text(page, "scheme", r->scheme)}}: <span lang="en">{{r->description}}</span>{{if r->value.n && !str_is(r->value, "listed")}} ({{call programme_rule_value(page, r)}}){{end}} · {{call country_period(r->valid_from, r->valid_to)}} {{call site_source(r->source_line)}}</li>
{{end}}

{{template country_lists(const struct site_page *page, const struct country_view *v)}}
<h2 class="utrecht-heading-2">{{_ "On which lists, and when"}}</h2>
{{if v->lists.n}}<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->lists.n; i++}}{{let const struct country_listing *l = &v->lists.p[i]}}<li>{{text3_in(&l->list->name, page->lang)}} · {{call country_period(l->list->valid_from, l->list->valid_to)}}{{if str_is(l->entry->partner_country, "yes")}} <span class="gr-muted">({{_ "partner country"}})</span>{{end}} {{call site_source(l->entry->source_line)}}{{if l->entry->note.n}}<div class="gr-small gr-muted" lang="en">{{l->entry->note}}</div>{{end}}</li>
{{end}}</ul>{{else}}<p>{{_ "It stands on none of the country lists by name."}}</p>{{end}}
{{if v->general.n}}<details><summary>{{_ "What applied to countries that no list names"}}</summary>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->general.n; i++}}{{call country_rule(page, v->general.p[i])}}{{end}}</ul></details>{{end}}
{{end}}

{{template country_page(const struct site_page *page, const struct country_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<ul class="gr-facts"><li>{{n "{0} activity" "{0} activities" v->activities.n}}</li><li>{{n "{0} result" "{0} results" v->results.n}}</li><li>{{n "{0} rule" "{0} rules" v->rules.n}}</li>{{if v->refused.n}}<li>{{n "{0} refused proposal" "{0} refused proposals" v->refused.n}}</li>{{end}}</ul>
{{call country_lists(page, v)}}
{{call country_activities(page, v)}}
{{call country_results(page, v)}}
<h2 class="utrecht-heading-2">{{_ "Rules that name it"}}</h2>
{{if v->rules.n}}<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->rules.n; i++}}{{call country_rule(page, v->rules.p[i])}}{{end}}</ul>
<p><a href="{{site_url(page, "/rules")}}?country={{v->code}}">{{_ "What applied to this country, by date"}}</a></p>
{{else}}<p>{{_ "No rule names this country."}}</p>{{end}}
{{if v->refused.n}}<h2 class="utrecht-heading-2">{{_ "Refused proposals that name it"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->refused.n; i++}}<li><span lang="en">{{v->refused.p[i]->subject}}</span> {{call site_source(v->refused.p[i]->source_line)}}</li>
{{end}}</ul>
<p><a href="{{site_url(page, "/refused")}}">{{_ "All refused proposals"}}</a></p>{{end}}
{{call site_end(page)}}
{{end}}
