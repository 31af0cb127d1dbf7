{{include "feat/decisions/check_parts.h"}}
{{include "feat/decisions/model.tpl.h"}}

{{template checks_page(const struct site_page *page, const struct checks_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Fill in a situation and see what the rules say about it, and why. Nothing you fill in is kept."}}</p>
{{if v->n == 0}}<p>{{_ "There is no form yet."}}</p>{{end}}
<ul class="gr-ways">
{{for size_t i = 0; i < v->n; i++}}<li class="gr-card"><h2><a href="{{decisions_check_link(page, v->checks[i].key)}}">{{v->checks[i].title}}</a></h2><p>{{v->checks[i].help}}</p></li>
{{end}}</ul>
<p><a href="{{site_url(page, "/rules/decisions")}}">{{_ "The decision tables behind these forms"}}</a></p>
{{call site_end(page)}}
{{end}}

{{template check_radio(const struct ask *q, const struct ask_option *o, size_t i)}}
<label class="gr-check" for="{{q->id}}-{{i}}"><input type="radio" class="utrecht-radio-button" id="{{q->id}}-{{i}}" name="{{q->field}}" value="{{o->value}}"{{if o->chosen}} checked{{end}}><span>{{o->label}}</span></label>
{{end}}

{{template check_question(const struct ask *q)}}
{{let bool several = (q->kind == ASK_YES_NO || q->kind == ASK_CHOICE) && q->n_options <= FORM_RADIO_MOST}}
{{if several || q->kind == ASK_MANY}}
<fieldset class="gr-question{{if q->fault}} gr-invalid{{end}}" id="{{q->id}}" tabindex="-1"{{if q->fault || q->help.n}} aria-describedby="{{if q->help.n}}{{q->id}}-help {{end}}{{if q->fault}}{{q->id}}-fault{{end}}"{{end}}><legend>{{q->label}}</legend>
{{if q->help.n}}<p class="gr-small gr-muted" id="{{q->id}}-help">{{q->help}}</p>{{end}}
{{if q->fault}}<p class="gr-fault" id="{{q->id}}-fault">{{tr(q->fault)}}</p>{{end}}
{{if several}}
{{for size_t i = 0; i < q->n_options; i++}}{{call check_radio(q, &q->options[i], i)}}{{end}}
<label class="gr-check" for="{{q->id}}-none"><input type="radio" class="utrecht-radio-button" id="{{q->id}}-none" name="{{q->field}}" value=""{{if !q->given.n}} checked{{end}}><span>{{_ "I do not know, or skip this question"}}</span></label>
{{else}}
{{for size_t i = 0; i < q->n_options; i++}}<label class="gr-check" for="{{q->id}}-{{i}}"><input type="checkbox" class="utrecht-checkbox" id="{{q->id}}-{{i}}" name="{{q->field}}" value="{{q->options[i].value}}"{{if q->options[i].chosen}} checked{{end}}><span>{{q->options[i].label}}</span></label>
{{end}}{{end}}
</fieldset>
{{else}}
<div class="gr-question{{if q->fault}} gr-invalid{{end}}">
<label for="{{q->id}}">{{q->label}}</label>
{{if q->help.n}}<p class="gr-small gr-muted" id="{{q->id}}-help">{{q->help}}</p>{{end}}
{{if q->fault}}<p class="gr-fault" id="{{q->id}}-fault">{{tr(q->fault)}}</p>{{end}}
{{if q->kind == ASK_CHOICE}}
<select class="utrecht-select" id="{{q->id}}" name="{{q->field}}"{{if q->fault}} aria-invalid="true"{{end}}{{if q->fault || q->help.n}} aria-describedby="{{if q->help.n}}{{q->id}}-help {{end}}{{if q->fault}}{{q->id}}-fault{{end}}"{{end}}><option value="">{{_ "I do not know, or skip this question"}}</option>
{{for size_t i = 0; i < q->n_options; i++}}<option value="{{q->options[i].value}}"{{if q->options[i].chosen}} selected{{end}}>{{q->options[i].label}}</option>
{{end}}</select>
{{else}}
<input class="utrecht-textbox" id="{{q->id}}" name="{{q->field}}" value="{{q->given}}" maxlength="500"{{if q->kind == ASK_DATE}} type="date"{{elif q->kind == ASK_NUMBER}} type="text" inputmode="decimal"{{elif q->kind == ASK_DAYS || q->kind == ASK_MONTHS}} type="text" inputmode="numeric"{{else}} type="text"{{end}} autocomplete="off"{{if q->fault}} aria-invalid="true"{{end}}{{if q->fault || q->help.n}} aria-describedby="{{if q->help.n}}{{q->id}}-help {{end}}{{if q->fault}}{{q->id}}-fault{{end}}"{{end}}>
{{if q->kind == ASK_DAYS}}<span class="gr-small">{{_ "days"}}</span>{{elif q->kind == ASK_MONTHS}}<span class="gr-small">{{_ "months"}}</span>{{end}}
{{end}}
</div>
{{end}}
{{end}}

{{template check_row(const struct outcome_row *r)}}
<p>{{_ "Row {0} of the table fits:" r->row}}</p>
<ul class="utrecht-unordered-list gr-list">
{{for size_t k = 0; k < r->n_tests; k++}}<li>{{r->tests[k].input}} <strong>{{r->tests[k].value}}</strong>{{if !str_eq(r->tests[k].value, r->tests[k].test)}} <span class="gr-muted">({{_ "the row asks for: {0}" r->tests[k].test}})</span>{{end}}</li>
{{end}}{{if r->n_tests == 0}}<li>{{_ "This row fits every situation that no row above it fits."}}</li>{{end}}
{{for size_t k = 0; k < r->n_notes; k++}}<li>{{r->note_names[k]}}: {{call decision_note(&r->notes[k])}}</li>
{{end}}</ul>
{{end}}

{{template check_step(const struct outcome_step *s)}}
<li><details class="gr-step"><summary>{{s->name}} <strong>{{if s->undetermined}}{{_ "cannot be told"}}{{else}}{{s->value}}{{end}}</strong></summary>
{{if s->cause.n}}<p>{{_ "Reason:"}} {{call decision_said(s->cause, s->cause_english)}}</p>{{end}}
{{for size_t i = 0; i < s->n_rows; i++}}{{call check_row(&s->rows[i])}}{{end}}
{{if s->fallback}}<p>{{_ "No row fits; the default counts."}}</p>{{end}}{{if s->nothing && !s->undetermined}}<p>{{_ "No row fits."}}</p>{{end}}
{{if s->n_near}}<p>{{_ "What would have changed this step:"}}</p>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < s->n_near; i++}}{{let const struct outcome_near *x = &s->near[i]}}<li>{{x->input}} <strong>{{x->with}}</strong> {{_ "instead of {0}" x->now}} – {{if x->result.n}}{{_ "row {0} would then have given:" x->row}} <strong>{{x->result}}</strong>{{else}}{{_ "row {0} would then have fitted too" x->row}}{{end}}</li>
{{end}}</ul>{{end}}
{{call decision_sources(s->sources, s->n_sources)}}
</details></li>
{{end}}

{{template check_outcome(const struct outcome *o, bool first)}}
<section class="gr-outcome{{if o->undetermined}} gr-outcome-open{{end}}">
<h3 class="utrecht-heading-3">{{o->name}}</h3>
<p class="gr-lead"><strong>{{if o->undetermined}}{{_ "This cannot be told from what you filled in. A person has to look at it."}}{{else}}{{o->value}}{{end}}</strong></p>
{{if o->undetermined && o->n_missing}}<p>{{_ "These answers are missing:"}}</p>
<ul class="utrecht-unordered-list gr-list">{{for size_t i = 0; i < o->n_missing; i++}}<li><a href="#{{o->missing_ids[i]}}">{{o->missing[i]}}</a></li>{{end}}</ul>
{{elif o->undetermined && o->cause.n}}<p>{{_ "Reason:"}} {{call decision_said(o->cause, o->cause_english)}}</p>{{end}}
{{if o->n_changes}}<p><strong>{{_ "What would have changed the outcome"}}</strong></p>
<ul class="utrecht-unordered-list gr-list gr-changes">
{{for size_t i = 0; i < o->n_changes; i++}}{{let const struct outcome_change *x = &o->changes[i]}}<li>{{x->input}} <strong>{{x->with}}</strong> {{if x->now.n}}{{_ "instead of {0}" x->now}} {{end}}– {{_ "the outcome would then have been:"}} <strong>{{x->result}}</strong></li>
{{end}}</ul>{{end}}
<details class="gr-more"{{if first}} open{{end}}><summary>{{_ "Why, step by step"}}<span class="gr-hidden">: {{o->name}}</span></summary>
<ol class="gr-list gr-steps">
{{for size_t i = 0; i < o->n_steps; i++}}{{call check_step(&o->steps[i])}}{{end}}</ol></details>
<details class="gr-more"><summary>{{_ "The whole explanation in sentences"}}<span class="gr-hidden">: {{o->name}}</span></summary>
{{for size_t i = 0; i < o->n_sentences; i++}}<p>{{o->sentences[i]}}</p>
{{end}}</details>
</section>
{{end}}

{{template check_page(const struct site_page *page, const struct check_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{v->title}}</h1>
{{if v->form.n_faults}}
<div class="gr-errors" role="alert" tabindex="-1" id="errors" aria-labelledby="errors-title"><h2 id="errors-title">{{n "{0} answer cannot be read" "{0} answers cannot be read" v->form.n_faults}}</h2>
<ul>{{for size_t i = 0; i < v->form.n_asks; i++}}{{if v->form.asks[i].fault}}<li><a href="#{{v->form.asks[i].id}}">{{v->form.asks[i].label}}: {{tr(v->form.asks[i].fault)}}</a></li>{{end}}{{end}}</ul></div>
{{end}}
{{if v->help.n}}<p class="gr-lead">{{v->help}}</p>{{end}}
<div class="gr-note gr-note-info"><p><strong>{{_ "This is not a decision."}}</strong> {{_ "You cannot derive any rights from the outcome. What you fill in is not kept, not passed on and not written down anywhere."}}</p></div>
{{if v->n_outcomes}}
<h2 class="utrecht-heading-2" id="outcome">{{_ "Outcome under the rules of {0}" v->on}}</h2>
{{for size_t i = 0; i < v->n_outcomes; i++}}{{call check_outcome(&v->outcomes[i], i == 0)}}{{end}}
<p class="gr-muted">{{_ "This is not a decision."}} <a href="{{decisions_link(page, v->version)}}">{{_ "Read the rules that were used"}}</a></p>
{{end}}
<details class="gr-more"{{if !v->version || !v->version->set}} open{{end}}><summary>{{_ "These are the rules of {0}. Use those of another day" v->on}}</summary>
<form class="gr-actions" method="get" action="{{decisions_check_link(page, v->words.model)}}">
<div class="gr-field"><label class="utrecht-form-label" for="on">{{_ "Day"}}</label><input class="utrecht-textbox" type="date" id="on" name="on" min="1990-01-01" max="2100-12-31" value="{{iso_date(v->on)}}"></div>
<button class="gr-button gr-button-plain" type="submit">{{_ "Use the rules of this day"}}</button>
</form></details>
{{if !v->version}}<p role="status">{{_ "No rules were in force on that day."}}</p>
{{elif !v->version->set}}<p role="status">{{_ "The rules of that day cannot be run."}}</p>
{{else}}
<h2 class="utrecht-heading-2">{{if v->sent}}{{_ "Your answers"}}{{else}}{{_ "Your situation"}}{{end}}</h2>
<p>{{_ "You may skip a question. Then the outcome can be that it cannot be told."}}</p>
<form class="gr-form" method="post" action="{{decisions_check_link(page, v->words.model)}}" autocomplete="off">
<input type="hidden" name="on" value="{{iso_date(v->on)}}">
{{for size_t i = 0; i < v->form.n_asks; i++}}{{let const struct ask *q = &v->form.asks[i]}}
{{if q->repeat > 1 && q[-1].repeat == 1}}<details class="gr-more"{{if v->sent}} open{{end}}><summary>{{_ "Add more"}}</summary>
{{end}}{{call check_question(q)}}{{if q->repeat > 1 && (i + 1 == v->form.n_asks || q[1].repeat < 2)}}</details>
{{end}}{{end}}
<p><button class="gr-button" type="submit">{{_ "Show the outcome"}}</button></p>
</form>
{{end}}
{{call site_end(page)}}
{{end}}
