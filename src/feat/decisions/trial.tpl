{{include "feat/decisions/editor.h"}}
{{include "feat/decisions/editor.tpl.h"}}
{{include "feat/decisions/editor_table.tpl.h"}}

{{template trial_hidden(str name, str value)}}
<input type="hidden" name="{{name}}" value="{{value}}">
{{end}}

{{template trial_heads(const struct editor_table *x, const struct words *w)}}
{{let const struct edit_table *t = &x->t}}
<tr><th scope="col">{{_ "Row"}}</th>
{{for size_t i = 0; i < t->n_inputs; i++}}<th scope="col"><span class="gr-small gr-muted">{{_ "if"}}</span><br>{{words_column(w, t->inputs[i].expression, t->inputs[i].label)}}{{call trial_hidden(editor_name(x, "in", i, "expr"), t->inputs[i].expression)}}{{call trial_hidden(editor_name(x, "in", i, "label"), t->inputs[i].label)}}{{call trial_hidden(editor_name(x, "in", i, "type"), t->inputs[i].type)}}{{call trial_hidden(editor_name(x, "in", i, "values"), t->inputs[i].values)}}</th>{{end}}
{{for size_t i = 0; i < t->n_outputs; i++}}<th scope="col"><span class="gr-small gr-muted">{{_ "then"}}</span><br>{{words_column(w, t->outputs[i].name, t->outputs[i].label)}}{{call trial_hidden(editor_name(x, "out", i, "name"), t->outputs[i].name)}}{{call trial_hidden(editor_name(x, "out", i, "label"), t->outputs[i].label)}}{{call trial_hidden(editor_name(x, "out", i, "type"), t->outputs[i].type)}}{{call trial_hidden(editor_name(x, "out", i, "values"), t->outputs[i].values)}}{{call trial_hidden(editor_name(x, "out", i, "default"), t->outputs[i].fallback)}}</th>{{end}}</tr>
{{end}}

{{template trial_row(const struct editor_table *x, const struct words *w, size_t r)}}
{{let const struct edit_table *t = &x->t}}{{let const struct edit_row *row = &t->rows[r]}}
<tr id="{{editor_name(x, "row", r, "")}}"><th scope="row">{{r + 1}}<input type="hidden" name="{{editor_name(x, "r", r, "id")}}" value="{{row->id}}">
<div class="gr-tools">{{call editor_button(editor_act_value(x, "row-add", r), "+", editor_words(x, MSG("Add a row below row {0}"), r))}}{{call editor_button(editor_act_value(x, "row-delete", r), "×", editor_words(x, MSG("Delete row {0}"), r))}}</div>
{{call editor_faults(x, editor_name(x, "row", r, ""))}}{{for size_t i = 0; i < t->n_annotations; i++}}{{call trial_hidden(editor_cell(x, r, "n", i), row->notes[i])}}{{end}}</th>
{{for size_t i = 0; i < t->n_inputs; i++}}<td>{{call editor_box(x, editor_cell(x, r, "i", i), row->tests[i], editor_cell_words(x, r, words_column(w, t->inputs[i].expression, t->inputs[i].label)))}}</td>{{end}}
{{for size_t i = 0; i < t->n_outputs; i++}}<td class="gr-then">{{call editor_box(x, editor_cell(x, r, "o", i), row->outputs[i], editor_cell_words(x, r, words_column(w, t->outputs[i].name, t->outputs[i].label)))}}</td>{{end}}</tr>
{{end}}

{{template trial_table(const struct editor_table *x, const struct words *w, str title)}}
{{let const struct edit_table *t = &x->t}}
{{call trial_hidden(STR("inputs"), editor_number(x, t->n_inputs))}}{{call trial_hidden(STR("outputs"), editor_number(x, t->n_outputs))}}{{call trial_hidden(STR("notes"), editor_number(x, t->n_annotations))}}{{call trial_hidden(STR("rows"), editor_number(x, t->n_rows))}}{{call trial_hidden(STR("policy"), editor_number(x, (size_t)t->policy))}}
{{for size_t i = 0; i < t->n_annotations; i++}}{{call trial_hidden(editor_name(x, "note", i, ""), t->annotations[i])}}{{end}}
<p>{{_ "How the rows work: {0}." i18n_text(x->ed->page.lang, words_policy(t->policy))}} {{tr(words_policy_meaning(t->policy))}}</p>
{{if x->ed->why.n}}<div class="gr-errors" role="alert"><h2>{{_ "This model cannot be run."}}</h2><p lang="en">{{x->ed->why}}</p></div>{{end}}
{{if x->n_faults}}<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_faults; i++}}<li>{{call editor_finding(x->faults[i].f)}}{{if !str_is(x->faults[i].anchor, "model") && !str_is(x->faults[i].anchor, "table")}} <a href="#{{x->faults[i].anchor}}">{{_ "to the place"}}</a>{{end}}</li>
{{end}}</ul>{{end}}
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{title}}">
<table class="utrecht-table gr-table gr-rules gr-edit"><caption class="gr-hidden">{{title}}</caption>
<thead>{{call trial_heads(x, w)}}</thead>
<tbody>
{{for size_t r = 0; r < t->n_rows; r++}}{{call trial_row(x, w, r)}}{{end}}
</tbody></table></div>
{{end}}
