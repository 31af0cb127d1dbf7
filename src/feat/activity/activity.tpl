{{include "feat/activity/parts.h"}}

{{template activity_marks(const struct activity_page *h, const char *kind, str subject, const char *field)}}
{{for const struct inconsistency *i = activity_note(h, kind, subject, field, NULL); i; i = activity_note(h, kind, subject, field, i)}} <a class="gr-small gr-nowrap" href="#note-{{i->number}}">{{_ "note {0}" i->number}}</a>{{end}}
{{end}}

{{template activity_missing()}}
<span class="gr-missing">{{_ "not known"}}</span>
{{end}}

{{template activity_link(const struct site_page *page, const struct activity *x)}}
<a lang="en" href="{{site_url_of(page, "/activities/", x->key)}}">{{x->title}}</a> <span class="gr-muted">{{x->key}}</span>
{{end}}

{{template activity_identity(const struct site_page *page, const struct activity_page *h)}}
{{let const struct activity *x = h->x}}
<dl class="gr-defs">
<dt>{{_ "Activity number"}}</dt><dd>{{x->key}}{{if str_is(x->number_kind, "assigned")}} <span class="gr-muted">{{_ "(given here; the report has none)"}}</span>{{end}}</dd>
{{if x->acronym.n}}<dt>{{_ "Short name"}}</dt><dd><span lang="en">{{x->acronym}}</span>{{call activity_marks(h, "activity", x->key, "acronym")}}</dd>{{end}}
<dt>{{_ "Implementer"}}</dt><dd>{{if x->implementer}}<a lang="en" href="{{site_url_of(page, "/organisations/", x->implementer->key)}}">{{x->implementer->name}}</a> <span class="gr-muted">{{tr(org_type_label(x->implementer->type))}}</span>{{else}}{{call activity_missing()}}{{end}}</dd>
<dt>{{_ "Contribution of the ministry"}}</dt><dd>{{if money_is(x->contribution)}}<strong>{{x->contribution}}</strong>{{if activity_share(x).known}} <span class="gr-muted">{{_ "({0} of the total budget)" activity_share(x)}}</span>{{end}}{{else}}{{call activity_missing()}}{{end}}{{call activity_marks(h, "activity", x->key, "contribution")}}</dd>
<dt>{{_ "Total budget"}}</dt><dd>{{if money_is(x->total_budget)}}{{x->total_budget}}{{else}}{{call activity_missing()}}{{end}}{{call activity_marks(h, "activity", x->key, "total_budget")}}</dd>
<dt>{{_ "Start"}}</dt><dd>{{if activity_start(x).precision}}{{activity_start(x)}}{{else}}{{call activity_missing()}}{{end}}{{call activity_marks(h, "activity", x->key, "actual_start")}}</dd>
{{if x->planned_end.precision}}<dt>{{_ "Planned end"}}</dt><dd>{{x->planned_end}}{{call activity_marks(h, "activity", x->key, "planned_end")}}</dd>{{end}}
<dt>{{_ "End"}}</dt><dd>{{if x->actual_end.precision}}{{x->actual_end}}{{elif x->status == ACTIVITY_STATUS_IMPLEMENTATION}}{{_ "still running when the report was made"}}{{else}}{{call activity_missing()}}{{end}}{{call activity_marks(h, "activity", x->key, "actual_end")}}</dd>
<dt>{{_ "Priorities"}}</dt><dd>{{if !x->n_priorities}}{{call activity_missing()}}{{end}}{{for size_t i = 0; i < x->n_priorities; i++}}{{let const struct activity_priority *ap = &x->priorities[i]}}{{let const struct priority *p = activity_priority_of(h, ap->priority)}}{{if p}}<div><a href="{{site_url(page, "/priorities")}}/{{p->code}}">{{p->code}}. {{text3_in(&p->short_name, page->lang)}}</a>{{if !ap->is_primary}} <span class="gr-muted">{{_ "(also served)"}}</span>{{end}} {{call site_source(ap->source_line)}}</div>{{end}}{{end}}{{call activity_marks(h, "activity", x->key, "priorities")}}</dd>
{{if x->n_interventions}}<dt>{{_ "Kinds of intervention"}}</dt><dd>{{for size_t i = 0; i < x->n_interventions; i++}}<div>{{call programme_word_text(page, "intervention", x->interventions[i].intervention_id)}}{{if x->interventions[i].is_main}} <span class="gr-muted">{{_ "(main)"}}</span>{{end}} {{call site_source(x->interventions[i].source_line)}}</div>{{end}}</dd>{{end}}
{{if h->follows}}<dt>{{_ "Continues"}}</dt><dd>{{call activity_link(page, h->follows)}}</dd>{{elif x->follows.n}}<dt>{{_ "Continues"}}</dt><dd>{{x->follows}}</dd>{{end}}
{{if h->n_followed_by}}<dt>{{_ "Continued by"}}</dt><dd>{{for size_t i = 0; i < h->n_followed_by; i++}}<div>{{call activity_link(page, h->followed_by[i])}}</div>{{end}}</dd>{{end}}
{{if x->source_line.n}}<dt>{{_ "Source"}}</dt><dd>{{page->view->source[page->lang]}} {{call site_source(x->source_line)}}</dd>{{end}}
</dl>
{{if x->note.n}}<div class="gr-note gr-note-info"><p><strong>{{_ "Remark."}}</strong> <span lang="en">{{x->note}}</span></p></div>{{end}}
{{end}}

{{template activity_partners(const struct site_page *page, const struct activity_page *h)}}
{{let const struct activity *x = h->x}}
<h2 class="utrecht-heading-2" id="partners">{{_ "Organisations"}}</h2>
{{if x->n_orgs}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="partners"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Organisation"}}</th><th scope="col">{{_ "Role"}}</th><th scope="col" class="gr-num">{{_ "Amount"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < x->n_orgs; i++}}{{let const struct participating_org *p = &x->orgs[i]}}<tr><th scope="row">{{if p->org}}<a lang="en" href="{{site_url_of(page, "/organisations/", p->org->key)}}">{{p->org->name}}</a>{{else}}{{call activity_missing()}}{{end}}{{if p->note.n}}<div class="gr-small gr-muted" lang="en">{{p->note}}</div>{{end}}</th><td>{{tr(org_role_label(p->role))}}</td><td class="gr-num">{{if money_is(p->amount)}}{{p->amount}}{{else}}<span class="gr-missing">–</span><span class="gr-hidden">{{_ "not known"}}</span>{{end}}</td><td>{{call site_source(p->source_line)}}</td></tr>
{{end}}</tbody></table></div>
{{else}}<p>{{_ "The source names no other organisations."}}</p>{{end}}
{{call activity_marks(h, "activity", x->key, "orgs")}}
{{end}}

{{template activity_countries(const struct site_page *page, const struct activity_page *h)}}
{{let const struct activity *x = h->x}}
<h2 class="utrecht-heading-2" id="countries">{{_ "Countries"}}</h2>
{{if h->has_map}}{{call site_chart(page, &h->map)}}{{end}}
{{if x->n_countries}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="countries"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Country"}}</th><th scope="col">{{_ "Role"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < x->n_countries; i++}}{{let const struct activity_country *c = &x->countries[i]}}<tr><th scope="row"><a href="{{site_url_of(page, "/countries/", c->country)}}">{{country(c->country)}}</a>{{if c->note.n}}<div class="gr-small gr-muted" lang="en">{{c->note}}</div>{{end}}</th><td>{{tr(country_role_label(c->role))}}</td><td>{{call site_source(c->source_line)}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-small gr-muted">{{_ "The money of an activity is not divided over its countries: the source does not do so."}}</p>
{{else}}<p>{{_ "The source names no countries for this activity."}}</p>{{end}}
{{call activity_marks(h, "activity", x->key, "countries")}}
{{end}}

{{template activity_time(const struct site_page *page, const struct activity_page *h)}}
{{let const struct activity *x = h->x}}
<h2 class="utrecht-heading-2" id="time">{{_ "Time line"}}</h2>
{{if h->has_timeline}}{{call site_chart(page, &h->timeline)}}{{end}}
{{if x->n_events}}
<ol class="gr-events">
{{for size_t i = 0; i < x->n_events; i++}}{{let const struct activity_event *ev = &x->events[i]}}<li><span class="gr-when">{{if ev->day.precision}}{{ev->day}}{{else}}{{_ "date not known"}}{{end}}</span><div><p><strong>{{tr(activity_event_label(ev->type))}}</strong>{{if money_is(ev->amount)}} · {{ev->amount}}{{end}}</p><p lang="en">{{ev->detail}}</p><p>{{call site_source(ev->source_line)}}{{call activity_marks(h, "event", activity_event_subject(h, ev), "")}}</p></div></li>
{{end}}</ol>
{{else}}<p>{{_ "The source names no events for this activity."}}</p>{{end}}
{{end}}

{{template activity_value(str v)}}
{{if v.p && v.n}}{{v}}{{else}}<span class="gr-missing">–</span><span class="gr-hidden">{{_ "not known"}}</span>{{end}}
{{end}}

{{template activity_figure(decimal d, str as_written)}}
{{if !decimal_is_none(d)}}{{dec(d, 4)}}{{else}}{{call activity_value(as_written)}}{{end}}
{{end}}

{{template activity_results(const struct site_page *page, const struct activity_page *h)}}
{{let const struct activity *x = h->x}}
<h2 class="utrecht-heading-2" id="results">{{_ "Targets and results"}}</h2>
{{if h->n_values}}<p>{{call site_targets(h->tally.met, target_tally_both(&h->tally), h->tally.no_result)}}</p>{{end}}
{{if h->has_targets}}{{call site_chart(page, &h->targets)}}{{end}}
{{if h->n_values}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="results"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Indicator"}}</th><th scope="col" class="gr-num">{{_ "Baseline"}}</th><th scope="col" class="gr-num">{{_ "Target"}}</th><th scope="col" class="gr-num">{{_ "Result"}}</th><th scope="col" class="gr-num">{{_ "Share of target"}}</th><th scope="col">{{_ "As of"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < x->n_indicators; i++}}{{let const struct indicator *in = &x->indicators[i]}}{{for size_t k = 0; k < in->n_values; k++}}{{let const struct indicator_value *v = &in->values[k]}}<tr><th scope="row"><span lang="en">{{in->title}}</span>{{if v->dimension.n}}<div class="gr-small gr-muted">{{programme_dimension(h->page, v->dimension, STR_NONE)}}</div>{{end}}{{if v->note.n}}<div class="gr-small gr-muted" lang="en">{{v->note}}</div>{{end}}</th><td class="gr-num">{{call activity_figure(v->baseline_num, v->baseline)}}</td><td class="gr-num">{{call activity_figure(v->target_num, v->target)}}{{if in->unit.n && v->target.n && !v->actual.n}} <span class="gr-small gr-muted">{{programme_unit(h->page, in->unit)}}</span>{{end}}</td><td class="gr-num">{{call activity_figure(v->actual_num, v->actual)}}{{if in->unit.n && v->actual.n}} <span class="gr-small gr-muted">{{programme_unit(h->page, in->unit)}}</span>{{end}}</td><td class="gr-num">{{if activity_ratio(v).known}}{{activity_ratio(v)}}{{else}}<span class="gr-missing">–</span><span class="gr-hidden">{{_ "not known"}}</span>{{end}}</td><td>{{v->as_of}}</td><td>{{call site_source(v->source_line)}}</td></tr>
{{end}}{{end}}</tbody></table></div>
<p class="gr-small gr-muted">{{_ "Rows overlap (a total and its parts), so they cannot be added up. A dash is a figure that the source does not give; it is not zero."}}</p>
{{else}}<p>{{_ "The source gives no quantified targets or results for this activity."}}</p>{{end}}
<p><a href="{{site_url(page, "/evaluation/question-3")}}?activity={{x->key}}">{{_ "What the evaluation says of these results"}}</a></p>
{{call activity_marks(h, "activity", x->key, "indicators")}}
{{end}}

{{template activity_costs(const struct activity_page *h)}}
{{if h->n_unit_costs}}
<h2 class="utrecht-heading-2" id="costs">{{_ "Unit costs"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="costs"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Item"}}</th><th scope="col" class="gr-num">{{_ "Amount"}}</th><th scope="col">{{_ "Unit"}}</th><th scope="col">{{_ "Valid"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < h->n_unit_costs; i++}}{{let const struct unit_cost *u = h->unit_costs[i]}}<tr><th scope="row"><span lang="en">{{u->item}}</span>{{call activity_marks(h, "unit-cost", u->item, "")}}{{if u->note.n}}<div class="gr-small gr-muted" lang="en">{{u->note}}</div>{{end}}</th><td class="gr-num">{{if money_is(u->amount)}}{{u->amount}}{{else}}{{call activity_missing()}}{{end}}</td><td>{{programme_unit(h->page, u->unit)}}</td><td>{{range(u->valid_from, u->valid_to)}}</td><td>{{call site_source(u->source_line)}}</td></tr>
{{end}}</tbody></table></div>
{{call activity_marks(h, "activity", h->x->key, "unit_costs")}}
{{end}}
{{end}}

{{template activity_notes(const struct site_page *page, const struct activity_page *h)}}
{{if h->n_notes}}
<h2 class="utrecht-heading-2" id="notes">{{_ "Where the source contradicts itself"}}</h2>
{{for size_t i = 0; i < h->n_notes; i++}}{{let const struct inconsistency *w = h->notes[i]}}<div class="gr-note" id="note-{{w->number}}"><p><strong>{{_ "Note {0}." w->number}}</strong> {{text3_in(&w->text, page->lang)}} {{call site_source(w->lines)}}</p></div>
{{end}}{{end}}
{{end}}

{{template activity_page(const struct site_page *page, const struct activity_page *h)}}
{{let const struct activity *x = h->x}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1" lang="en">{{x->title}}</h1>
<p>{{if x->status}}<span class="gr-badge gr-badge-{{activity_status_slug(x->status)}}">{{tr(activity_status_label(x->status))}}</span> {{end}}<span class="gr-muted">{{range(activity_start(x), activity_end(x))}}</span></p>
{{if x->description.n}}<p class="gr-lead" lang="en">{{x->description}}</p>{{end}}
{{if str_is(x->scope, "outside")}}<div class="gr-note gr-note-info"><p>{{_ "The report names this activity, but it was not financed from the programme."}}</p></div>{{elif str_is(x->scope, "mentioned")}}<div class="gr-note gr-note-info"><p>{{_ "The report names this activity without describing it: little is known of it."}}</p></div>{{end}}
{{call activity_identity(page, h)}}
<nav aria-label="{{_ "On this page"}}"><ul class="gr-toc">
<li><a href="#results">{{_ "Targets and results"}}</a></li>
<li><a href="#time">{{_ "Time line"}}</a></li>
<li><a href="#countries">{{_ "Countries"}}</a></li>
<li><a href="#partners">{{_ "Organisations"}}</a></li>
{{if h->n_unit_costs}}<li><a href="#costs">{{_ "Unit costs"}}</a></li>{{end}}
{{if h->n_notes}}<li><a href="#notes">{{_ "Where the source contradicts itself"}}</a></li>{{end}}
<li><a href="#cite">{{_ "Cite and take away"}}</a></li>
</ul></nav>
{{call activity_results(page, h)}}
{{call activity_time(page, h)}}
{{call activity_countries(page, h)}}
{{call activity_partners(page, h)}}
{{call activity_costs(h)}}
{{call activity_notes(page, h)}}
<h2 class="utrecht-heading-2" id="cite">{{_ "Cite and take away"}}</h2>
<p class="gr-cite"><span lang="en">{{x->title}}</span>. {{page->view->name[page->lang]}}, {{_ "activity {0}" x->key}}. Grutto, {{_ "version of {0}" h->made}}. {{h->address}}</p>
<ul class="gr-plain gr-actions">
<li><a class="gr-button gr-button-plain" href="/api/v1/activities/{{x->key}}" type="application/json">{{_ "This activity as JSON"}}</a></li>
<li><a class="gr-button gr-button-plain" href="/data/activities/{{x->key}}.xml" type="application/xml">{{_ "This activity as IATI"}}</a></li>
</ul>
{{call site_end(page)}}
{{end}}
