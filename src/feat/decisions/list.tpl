{{include "feat/decisions/parts.h"}}

{{template decision_said(str text, bool english)}}
{{if english}}<span lang="en">{{text}}</span>{{else}}{{text}}{{end}}
{{end}}

{{template decision_period(const struct decision_version *v)}}
{{if date_is(v->source.valid_from) || date_is(v->source.valid_to)}}{{range(pdate_of(v->source.valid_from), pdate_of(v->source.valid_to))}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}
{{end}}

{{template decisions_list_page(const struct site_page *page, const struct list_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "The rules as tables that a computer runs exactly as you read them here. Each row has its source."}}</p>
<form class="gr-actions" method="get" action="{{site_url(page, "/rules/decisions")}}">
<div class="gr-field"><label class="utrecht-form-label" for="on">{{_ "What was in force on this day?"}}</label><input class="utrecht-textbox" type="date" id="on" name="on" min="1990-01-01" max="2100-12-31" value="{{iso_date(v->on)}}"></div>
<button class="gr-button" type="submit">{{_ "Show"}}</button>
{{if date_is(v->on)}}<a class="gr-button gr-button-plain" href="{{site_url(page, "/rules/decisions")}}">{{_ "All periods"}}</a>{{end}}
</form>
<p role="status">{{if date_is(v->on)}}{{n "{0} model was in force on {1}." "{0} models were in force on {1}." v->n v->on}}{{else}}{{n "{0} model." "{0} models." v->n}}{{end}}</p>
{{if v->n}}
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{page->title}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Model"}}</th><th scope="col">{{_ "In force"}}</th><th scope="col" class="gr-num">{{_ "Decisions"}}</th><th scope="col">{{_ "Version"}}</th><th scope="col">{{_ "Legal basis"}}</th><th scope="col">{{_ "Try it"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < v->n; i++}}{{let const struct listed_model *m = &v->models[i]}}<tr><th scope="row"><a href="{{decisions_link(page, m->v)}}">{{m->name}}</a></th><td>{{call decision_period(m->v)}}</td><td class="gr-num">{{num((int64_t)m->decisions)}}</td><td class="gr-nowrap">{{if m->versions > 1}}{{_ "{0} of {1}" num(m->v->source.number) num((int64_t)m->versions)}}{{else}}{{num(m->v->source.number)}}{{end}}</td><td>{{if m->v->source.legal_basis.n}}{{call decision_said(m->basis.text, m->basis.english)}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{if m->check.n}}<a href="{{decisions_check_link(page, m->v->source.key)}}">{{m->check}}</a>{{end}}</td></tr>
{{end}}</tbody></table></div>
{{end}}
{{call site_end(page)}}
{{end}}
