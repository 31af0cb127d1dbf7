{{include "feat/policy/parts.h"}}

{{template priority_targets(const struct target_tally *t)}}
{{call site_targets(t->met, target_tally_both(t), t->no_result)}}
{{end}}

{{template priorities_page(const struct site_page *page, const struct priority_view *v, size_t n, const struct site_chart_view *spending)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "The memorandum of 2008 names six priorities. Every activity is filed under one of them and may serve others too."}}</p>
<ul class="gr-ways">
{{for size_t i = 0; i < n; i++}}<li class="gr-card">
<h2 class="utrecht-heading-2"><a href="{{site_url(page, "/priorities")}}/{{v[i].p->code}}">{{v[i].p->code}}. {{text3_in(&v[i].p->name, page->lang)}}</a></h2>
<p>{{text3_in(&v[i].p->purpose, page->lang)}}</p>
<ul class="gr-facts"><li>{{_ "Spent:"}} <strong>{{if money_is(v[i].spent)}}{{compact(v[i].spent)}}{{else}}–{{end}}</strong></li><li>{{_ "Activities:"}} <strong>{{num((int64_t)v[i].n_primary)}}</strong></li><li>{{_ "Targets:"}} <strong>{{call priority_targets(&v[i].targets)}}</strong></li></ul>
</li>
{{end}}</ul>
{{call site_chart(page, spending)}}
{{call site_end(page)}}
{{end}}

{{template priority_rows(const struct site_page *page, const struct priority_view *v, bool primary)}}
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{if primary}}{{_ "Activities under this priority"}}{{else}}{{_ "Activities that also serve it"}}{{end}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Activity"}}</th><th scope="col">{{_ "Status"}}</th><th scope="col">{{_ "Period"}}</th><th scope="col" class="gr-num">{{_ "Contribution"}}</th><th scope="col">{{_ "Targets"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < v->n; i++}}{{let const struct priority_activity *a = &v->activities[i]}}{{if a->primary == primary}}<tr><th scope="row"><a lang="en" href="{{site_url_of(page, "/activities/", a->x->key)}}">{{a->x->title}}</a></th><td>{{if a->x->status}}<span class="gr-badge gr-badge-{{activity_status_slug(a->x->status)}}">{{tr(activity_status_label(a->x->status))}}</span>{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{range(activity_start(a->x), activity_end(a->x))}}</td><td class="gr-num">{{if money_is(a->x->contribution)}}{{a->x->contribution}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{call priority_targets(&a->targets)}}</td></tr>
{{end}}{{end}}</tbody></table></div>
{{end}}

{{template priority_page(const struct site_page *page, const struct priority_view *v)}}
{{call site_begin(page)}}
<p class="gr-muted">{{_ "Priority {0}" v->p->code}}</p>
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{text3_in(&v->p->purpose, page->lang)}} {{call site_source(v->p->source_line)}}</p>
<dl class="gr-keys">
<div><dt>{{_ "spent in all years together"}}</dt><dd>{{if money_is(v->spent)}}{{compact(v->spent)}}{{else}}–{{end}}</dd></div>
<div><dt>{{_ "activities, of which {0} running" num((int64_t)v->n_running)}}</dt><dd>{{num((int64_t)v->n_primary)}}</dd></div>
<div><dt>{{_ "of {0} figures with target and result reached the target" num((int64_t)target_tally_both(&v->targets))}}</dt><dd>{{num((int64_t)v->targets.met)}}</dd></div>
<div><dt>{{_ "targets without a result"}}</dt><dd>{{num((int64_t)v->targets.no_result)}}</dd></div>
</dl>
{{call site_chart(page, &v->spending)}}
{{call policy_notes(page, STR("priority"), arena_fmt(page->arena, "%d", v->p->code))}}
<h2 class="utrecht-heading-2">{{_ "Activities under this priority"}}</h2>
<p>{{_ "A target counts as reached when the result is at least the target. Figures may overlap: a total and its parts are counted each."}}</p>
{{call priority_rows(page, v, true)}}
{{if v->n > v->n_primary}}<h2 class="utrecht-heading-2">{{_ "Activities that also serve it"}}</h2>
{{call priority_rows(page, v, false)}}{{end}}
{{call site_end(page)}}
{{end}}

{{template policy_notes(const struct site_page *page, str kind, str subject)}}
{{let const struct inconsistency *note = programme_note_next(page->view->programme, kind, subject, STR(""), NULL)}}
{{if note}}<h2 class="utrecht-heading-2">{{_ "Notes on the figures"}}</h2>{{end}}
<div class="gr-notes">{{for ; note; note = programme_note_next(page->view->programme, kind, subject, STR(""), note)}}<div class="gr-note"><p>{{text3_in(&note->text, page->lang)}} {{call site_source(note->lines)}}</p></div>
{{end}}</div>
{{end}}
