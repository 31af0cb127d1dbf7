{{include "feat/decisions/parts.h"}}
{{include "feat/decisions/list.tpl.h"}}

{{template decision_cell(const struct words_cell *c)}}
{{if c->any}}<span class="gr-muted">{{c->text}}</span>{{elif c->raw}}<code class="gr-code" lang="en">{{c->text}}</code>{{else}}{{c->text}}{{end}}
{{end}}

{{template decision_sources(const struct shown_source *s, size_t n)}}
{{if n}}<p class="gr-small">{{_ "Sources:"}} {{for size_t i = 0; i < n; i++}}{{if i}}; {{end}}{{if s[i].link.s.n}}<a href="{{s[i].link}}">{{call decision_said(s[i].name, s[i].english)}}</a>{{else}}{{call decision_said(s[i].name, s[i].english)}}{{end}}{{end}}</p>{{end}}
{{end}}

{{template decision_note(const struct shown_note *n)}}
{{if n->lines}}{{call site_source(n->text)}}{{elif n->link.s.n}}<a href="{{n->link}}">{{n->text}}</a>{{else}}{{call decision_said(n->text, n->english)}}{{end}}
{{end}}

{{template decision_column(const struct shown_column *c, const char *what)}}
<th scope="col"><span class="gr-small gr-muted">{{tr(what)}}</span><br>{{c->label}}{{if c->allowed.text.n}}<br><span class="gr-small gr-muted">{{_ "possible:"}} {{call decision_cell(&c->allowed)}}</span>{{end}}</th>
{{end}}

{{template decision_tree_list(const struct shown_table *t)}}
<ul class="gr-tree">
{{for size_t i = 0; i < t->n_tree; i++}}{{let const struct tree_line *l = &t->tree[i]}}<li>{{if l->condition.n}}<strong>{{l->condition}}</strong>: {{end}}{{if l->end}}{{l->text}} <span class="gr-muted">({{_ "row {0}" l->rule}})</span>{{elif str_ends(l->text, STR("?"))}}{{l->text}}{{else}}{{_ "{0}?" l->text}}{{end}}{{if l->opens}}<ul>
{{else}}</li>{{for size_t k = 0; k < l->closes; k++}}</ul></li>{{end}}{{end}}
{{end}}</ul>
{{end}}

{{template decision_table(const struct site_page *page, const struct decision_version *v, const struct shown_table *t, str anchor)}}
<p><strong>{{_ "How the rows work: {0}." i18n_text(page->lang, words_policy(t->table->policy))}}</strong> {{tr(words_policy_meaning(t->table->policy))}}{{if t->has_fallback}} {{_ "If no row fits, the default in the last line counts."}}{{end}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{t->title}}">
<table class="utrecht-table gr-table gr-rules"><caption class="gr-hidden">{{t->title}}</caption>
<thead><tr><th scope="col">{{_ "Row"}}</th>
{{for size_t i = 0; i < t->table->n_inputs; i++}}{{call decision_column(&t->inputs[i], MSG("if"))}}{{end}}
{{for size_t i = 0; i < t->table->n_outputs; i++}}{{call decision_column(&t->outputs[i], MSG("then"))}}{{end}}
{{for size_t i = 0; i < t->table->n_annotations; i++}}<th scope="col">{{t->annotations[i]}}</th>{{end}}</tr></thead>
<tbody>
{{for size_t r = 0; r < t->table->n_rules; r++}}{{let const struct shown_row *row = &t->rows[r]}}<tr id="{{anchor}}-r-{{r + 1}}"><th scope="row">{{r + 1}}</th>{{for size_t i = 0; i < t->table->n_inputs; i++}}<td>{{call decision_cell(&row->tests[i])}}</td>{{end}}{{for size_t i = 0; i < t->table->n_outputs; i++}}<td class="gr-then">{{call decision_cell(&row->outputs[i])}}</td>{{end}}{{for size_t i = 0; i < t->table->n_annotations; i++}}<td class="gr-small">{{call decision_note(&row->notes[i])}}</td>{{end}}</tr>
{{end}}{{if t->has_fallback}}<tr><th scope="row">{{_ "else"}}</th>{{for size_t i = 0; i < t->table->n_inputs; i++}}<td><span class="gr-muted">{{_ "any"}}</span></td>{{end}}{{for size_t i = 0; i < t->table->n_outputs; i++}}<td class="gr-then">{{t->outputs[i].fallback}}</td>{{end}}{{for size_t i = 0; i < t->table->n_annotations; i++}}<td></td>{{end}}</tr>{{end}}
</tbody></table></div>
<p class="gr-figure-foot">{{_ "This table:"}} <a href="{{decisions_file(page->arena, v, t->name, "csv")}}">CSV</a> · <a href="{{decisions_file(page->arena, v, t->name, "xlsx")}}">XLSX</a> · <a href="{{decisions_file(page->arena, v, t->name, "json")}}">JSON</a></p>
{{if t->tree_svg.s.n}}
<details class="gr-more"><summary>{{_ "The same table as a tree"}}</summary>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "The same table as a tree"}}: {{t->title}}">{{html t->tree_svg}}</div>
<details class="gr-more"><summary>{{_ "The tree in words"}}</summary>
{{call decision_tree_list(t)}}</details>
</details>
{{end}}
{{end}}

{{template decision_element(const struct site_page *page, const struct model_view *v, const struct shown_element *x)}}
<h3 class="utrecht-heading-3" id="{{x->anchor}}">{{x->name}}</h3>
{{if x->help.n}}<p>{{x->help}}</p>{{end}}
{{call decision_sources(x->sources, x->n_sources)}}
{{for size_t i = 0; i < x->n_lines; i++}}{{let const struct shown_line *l = &x->lines[i]}}<p>{{if str_eq(l->name, x->name)}}{{_ "This is computed:"}} {{elif l->name.n}}{{l->name}}: {{end}}{{if l->text.n}}<code class="gr-code" lang="en">{{l->text}}</code>{{end}}</p>{{end}}
{{for size_t i = 0; i < x->n_tables; i++}}{{call decision_table(page, v->v, &x->tables[i], x->anchor)}}{{end}}
{{end}}

{{template decision_model_page(const struct site_page *page, const struct model_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{if v->help.n}}<p class="gr-lead">{{v->help}}</p>{{end}}
{{if !v->is_newest}}<div class="gr-note" role="note"><p><strong>{{_ "An earlier version."}}</strong> {{_ "There is a newer version of this model; cases of its time are still judged by this one."}}</p></div>{{end}}
{{if v->v->why.n}}<div class="gr-note" role="note"><p><strong>{{_ "This model cannot be run."}}</strong> <span lang="en">{{v->v->why}}</span></p></div>{{end}}
{{if v->can_check}}<p><a class="gr-button" href="{{decisions_check_link(page, v->v->source.key)}}">{{_ "Check your situation"}}</a></p>{{end}}
<dl class="gr-defs">
<dt>{{_ "In force"}}</dt><dd>{{call decision_period(v->v)}}</dd>
<dt>{{_ "Legal basis"}}</dt><dd>{{if v->v->source.legal_basis.n}}{{let struct words_text basis = words_text(&v->words, v->v->source.legal_basis)}}{{call decision_said(basis.text, basis.english)}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}} {{call site_source(v->v->source.source_line)}}</dd>
<dt>{{_ "Version"}}</dt><dd>{{num(v->v->source.number)}}{{if v->v->source.author.n}} · {{_ "written by {0}" v->v->source.author}}{{end}}{{if v->v->source.approver.n}} · {{_ "approved by {0}" v->v->source.approver}}{{end}}{{if v->v->source.note.n}}<br>{{let struct words_text note = words_text(&v->words, v->v->source.note)}}{{call decision_said(note.text, note.english)}}{{end}}</dd>
<dt>{{_ "Fingerprint"}}</dt><dd><code class="gr-code">{{v->v->source.hash}}</code></dd>
<dt>{{_ "The whole model"}}</dt><dd><a href="{{decisions_file(page->arena, v->v, STR_NONE, "dmn")}}">DMN (XML)</a></dd>
</dl>
{{if v->n_inputs}}
<h2 class="utrecht-heading-2">{{_ "What is asked"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "What is asked"}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Question"}}</th><th scope="col">{{_ "Answer"}}</th><th scope="col">{{_ "Possible answers"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < v->n_inputs; i++}}{{let const struct shown_input *in = &v->inputs[i]}}<tr><th scope="row">{{in->label}}{{if in->help.n}}<br><span class="gr-small gr-muted">{{in->help}}</span>{{end}}</th><td>{{if in->type}}{{tr(in->type)}}{{else}}<span lang="en">{{in->type_name}}</span>{{end}}</td><td>{{if in->allowed.text.n}}{{call decision_cell(&in->allowed)}}{{end}}</td></tr>
{{end}}</tbody></table></div>
{{end}}
{{if v->n_decisions}}
<h2 class="utrecht-heading-2">{{_ "The decisions"}}</h2>
{{if v->n_decisions > 2}}<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->n_decisions; i++}}<li><a href="#{{v->decisions[i].anchor}}">{{v->decisions[i].name}}</a></li>
{{end}}</ul>{{end}}
{{for size_t i = 0; i < v->n_decisions; i++}}{{call decision_element(page, v, &v->decisions[i])}}{{end}}
{{end}}
{{if v->n_functions}}
<h2 class="utrecht-heading-2">{{_ "Rules that several decisions use"}}</h2>
{{for size_t i = 0; i < v->n_functions; i++}}{{call decision_element(page, v, &v->functions[i])}}{{end}}
{{end}}
{{if v->graph.s.n}}
<h2 class="utrecht-heading-2">{{_ "What is needed for what"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "What is needed for what"}}">{{html v->graph}}</div>
<details class="gr-more"><summary>{{_ "The drawing in words"}}</summary>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->n_decisions; i++}}{{let const struct shown_element *x = &v->decisions[i]}}<li><a href="#{{x->anchor}}">{{x->name}}</a>{{if x->n_needs}} {{_ "needs:"}} {{for size_t k = 0; k < x->n_needs; k++}}{{if k}}; {{end}}{{x->needs[k]}}{{end}}{{end}}</li>
{{end}}</ul></details>
{{end}}
<h2 class="utrecht-heading-2">{{_ "Versions"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->all->n; i++}}{{let const struct decision_version *o = &v->all->versions[i]}}{{if str_eq(o->source.key, v->v->source.key)}}<li>{{if o == v->v}}<strong aria-current="true">{{_ "Version {0}" num(o->source.number)}}</strong>{{else}}<a href="{{decisions_link(page, o)}}">{{_ "Version {0}" num(o->source.number)}}</a>{{end}}: {{call decision_period(o)}}{{if o->source.note.n}} – {{let struct words_text said = words_text(&v->words, o->source.note)}}{{call decision_said(said.text, said.english)}}{{end}}</li>
{{end}}{{end}}</ul>
{{call site_end(page)}}
{{end}}
