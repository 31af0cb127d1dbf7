{{include "feat/decisions/editor.h"}}
{{include "feat/decisions/editor.tpl.h"}}

{{template editor_faults(const struct editor_table *x, str anchor)}}
{{for size_t i = 0; editor_fault_at(x, anchor, i); i++}}<p class="{{if editor_fault_at(x, anchor, i)->error}}gr-fault{{else}}gr-doubt{{end}}" id="f-{{anchor}}-{{i}}">{{call editor_finding(editor_fault_at(x, anchor, i))}}</p>{{end}}
{{end}}

{{template editor_button(str value, const char *sign, str words)}}
<button class="gr-tool" type="submit" name="do" value="{{value}}" title="{{words}}"><span aria-hidden="true">{{sign}}</span><span class="gr-hidden">{{words}}</span></button>
{{end}}

{{template editor_box(const struct editor_table *x, str name, str value, str label)}}
<label class="gr-hidden" for="{{name}}">{{label}}</label><textarea class="gr-cell" id="{{name}}" name="{{name}}" rows="1" spellcheck="false"{{if editor_fault_at(x, name, 0)}} aria-invalid="true" aria-describedby="f-{{name}}-0"{{end}}>{{value}}</textarea>{{call editor_faults(x, name)}}
{{end}}

{{template editor_line(const struct editor_table *x, str name, str value, const char *label)}}
<div class="gr-head"><label for="{{name}}">{{tr(label)}}</label><input id="{{name}}" name="{{name}}" value="{{value}}" spellcheck="false"{{if editor_fault_at(x, name, 0)}} aria-invalid="true" aria-describedby="f-{{name}}-0"{{end}}>{{call editor_faults(x, name)}}</div>
{{end}}

{{template editor_columns(const struct editor_table *x, const struct edit_table *t)}}
<tr><th scope="col">{{_ "Row"}}</th>
{{for size_t i = 0; i < t->n_inputs; i++}}<th scope="col"><span class="gr-small gr-muted">{{_ "if"}}</span>
{{call editor_line(x, editor_name(x, "in", i, "expr"), t->inputs[i].expression, MSG("Expression"))}}{{call editor_line(x, editor_name(x, "in", i, "label"), t->inputs[i].label, MSG("Label"))}}{{call editor_line(x, editor_name(x, "in", i, "type"), t->inputs[i].type, MSG("Type"))}}{{call editor_line(x, editor_name(x, "in", i, "values"), t->inputs[i].values, MSG("Possible answers"))}}
<div class="gr-tools">{{call editor_button(editor_act_value(x, "in-left", i), "←", i18n_text(x->ed->page.lang, MSG("Column to the left")))}}{{call editor_button(editor_act_value(x, "in-right", i), "→", i18n_text(x->ed->page.lang, MSG("Column to the right")))}}{{call editor_button(editor_act_value(x, "in-add", i), "+", i18n_text(x->ed->page.lang, MSG("Add an input behind this one")))}}{{call editor_button(editor_act_value(x, "in-delete", i), "×", i18n_text(x->ed->page.lang, MSG("Delete this column")))}}</div></th>{{end}}
{{for size_t i = 0; i < t->n_outputs; i++}}<th scope="col"><span class="gr-small gr-muted">{{_ "then"}}</span>
{{call editor_line(x, editor_name(x, "out", i, "name"), t->outputs[i].name, MSG("Name"))}}{{call editor_line(x, editor_name(x, "out", i, "label"), t->outputs[i].label, MSG("Label"))}}{{call editor_line(x, editor_name(x, "out", i, "type"), t->outputs[i].type, MSG("Type"))}}{{call editor_line(x, editor_name(x, "out", i, "values"), t->outputs[i].values, MSG("Possible answers"))}}{{call editor_line(x, editor_name(x, "out", i, "default"), t->outputs[i].fallback, MSG("Default"))}}
<div class="gr-tools">{{call editor_button(editor_act_value(x, "out-left", i), "←", i18n_text(x->ed->page.lang, MSG("Column to the left")))}}{{call editor_button(editor_act_value(x, "out-right", i), "→", i18n_text(x->ed->page.lang, MSG("Column to the right")))}}{{call editor_button(editor_act_value(x, "out-add", i), "+", i18n_text(x->ed->page.lang, MSG("Add an output behind this one")))}}{{call editor_button(editor_act_value(x, "out-delete", i), "×", i18n_text(x->ed->page.lang, MSG("Delete this column")))}}</div></th>{{end}}
{{for size_t i = 0; i < t->n_annotations; i++}}<th scope="col"><span class="gr-small gr-muted">{{_ "Remark"}}</span>
{{call editor_line(x, editor_name(x, "note", i, ""), t->annotations[i], MSG("Name"))}}
<div class="gr-tools">{{call editor_button(editor_act_value(x, "note-left", i), "←", i18n_text(x->ed->page.lang, MSG("Column to the left")))}}{{call editor_button(editor_act_value(x, "note-right", i), "→", i18n_text(x->ed->page.lang, MSG("Column to the right")))}}{{call editor_button(editor_act_value(x, "note-add", i), "+", i18n_text(x->ed->page.lang, MSG("Add a remark behind this one")))}}{{call editor_button(editor_act_value(x, "note-delete", i), "×", i18n_text(x->ed->page.lang, MSG("Delete this column")))}}</div></th>{{end}}</tr>
{{end}}

{{template editor_row(const struct editor_table *x, const struct edit_table *t, size_t r)}}
{{let const struct edit_row *row = &t->rows[r]}}
<tr id="{{editor_name(x, "row", r, "")}}"><th scope="row">{{r + 1}}<input type="hidden" name="{{editor_name(x, "r", r, "id")}}" value="{{row->id}}">
<div class="gr-tools">{{call editor_button(editor_act_value(x, "row-up", r), "↑", editor_words(x, MSG("Move row {0} up"), r))}}{{call editor_button(editor_act_value(x, "row-down", r), "↓", editor_words(x, MSG("Move row {0} down"), r))}}{{call editor_button(editor_act_value(x, "row-add", r), "+", editor_words(x, MSG("Add a row below row {0}"), r))}}{{call editor_button(editor_act_value(x, "row-delete", r), "×", editor_words(x, MSG("Delete row {0}"), r))}}</div>
{{call editor_faults(x, editor_name(x, "row", r, ""))}}</th>
{{for size_t i = 0; i < t->n_inputs; i++}}<td>{{call editor_box(x, editor_cell(x, r, "i", i), row->tests[i], editor_cell_words(x, r, t->inputs[i].label.n ? t->inputs[i].label : t->inputs[i].expression))}}</td>{{end}}
{{for size_t i = 0; i < t->n_outputs; i++}}<td class="gr-then">{{call editor_box(x, editor_cell(x, r, "o", i), row->outputs[i], editor_cell_words(x, r, t->outputs[i].label.n ? t->outputs[i].label : t->outputs[i].name))}}</td>{{end}}
{{for size_t i = 0; i < t->n_annotations; i++}}<td>{{call editor_box(x, editor_cell(x, r, "n", i), row->notes[i], editor_cell_words(x, r, t->annotations[i]))}}</td>{{end}}</tr>
{{end}}

{{template editor_table_page(const struct site_page *page, const struct editor_table *x)}}
{{let const struct edit_table *t = &x->t}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{call editor_told(x->ed)}}
{{if x->ed->why.n}}<div class="gr-errors" role="alert"><h2>{{_ "This model cannot be run."}}</h2><p lang="en">{{x->ed->why}}</p></div>{{end}}
<p><a href="{{editor_url(x->ed, "")}}">{{_ "Back to the version"}}</a></p>
<p role="status">{{if x->changed}}{{_ "Changed, not stored yet."}} {{end}}{{n "The check found {0} thing, {1} of them wrong." "The check found {0} things, {1} of them wrong." x->n_faults x->n_errors}}</p>
{{if x->n_faults}}<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_faults; i++}}<li>{{call editor_finding(x->faults[i].f)}}{{if !str_is(x->faults[i].anchor, "model") && !str_is(x->faults[i].anchor, "table")}} <a href="#{{x->faults[i].anchor}}">{{_ "to the place"}}</a>{{end}}</li>
{{end}}</ul>{{end}}
<form method="post" action="{{editor_table_url(x->ed, x->element->name, "")}}">
<input type="hidden" name="csrf" value="{{x->ed->token}}">
<button class="gr-hidden" type="submit" name="do" value="check" tabindex="-1" aria-hidden="true">{{_ "Check"}}</button>
<input type="hidden" name="inputs" value="{{t->n_inputs}}"><input type="hidden" name="outputs" value="{{t->n_outputs}}"><input type="hidden" name="notes" value="{{t->n_annotations}}"><input type="hidden" name="rows" value="{{t->n_rows}}">
<div class="gr-field"><label for="policy">{{_ "How the rows work"}}</label><select class="utrecht-select" id="policy" name="policy">
{{for int p = 0; p <= DMN_MAX; p++}}<option value="{{p}}"{{if p == (int)t->policy}} selected{{end}}>{{tr(words_policy((enum dmn_policy)p))}}: {{tr(words_policy_meaning((enum dmn_policy)p))}}</option>
{{end}}</select></div>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{page->title}}">
<table class="utrecht-table gr-table gr-rules gr-edit">
<thead>{{call editor_columns(x, t)}}</thead>
<tbody>
{{for size_t r = 0; r < t->n_rows; r++}}{{call editor_row(x, t, r)}}{{end}}
</tbody></table></div>
<div class="gr-actions"><button class="gr-button gr-button-plain" type="submit" name="do" value="row-add:{{(int64_t)t->n_rows - 1}}">{{_ "Add a row at the end"}}</button>
<button class="gr-button gr-button-plain" type="submit" name="do" value="in-add:{{(int64_t)t->n_inputs - 1}}">{{_ "Add an input"}}</button>
<button class="gr-button gr-button-plain" type="submit" name="do" value="note-add:{{(int64_t)t->n_annotations - 1}}">{{_ "Add a remark"}}</button>
<button class="gr-button" type="submit" name="do" value="check">{{_ "Check"}}</button></div>
<h2 class="utrecht-heading-2">{{_ "Store as a draft"}}</h2>
<div class="gr-form">
{{call editor_draft_fields(x->valid_from, x->valid_to, x->legal_basis, x->author, x->note)}}
<p><button class="gr-button" type="submit" name="do" value="save">{{_ "Store as a draft"}}</button></p>
</div>
<details class="gr-more"{{if x->csv.n}} open{{end}}><summary>{{_ "Take over rows from a spreadsheet (XLSX, CSV)"}}</summary>
<p>{{_ "Choose a file, or paste the rows. They need their header, as the download has it; rows that are not in it go."}} <a href="{{editor_table_url(x->ed, x->element->name, ".csv")}}">CSV</a> · <a href="{{editor_table_url(x->ed, x->element->name, ".xlsx")}}">XLSX</a></p>
<div class="gr-field"><label for="file">{{_ "File (XLSX or CSV)"}}</label><input type="file" id="file" name="file" accept=".xlsx,.csv"></div>
<div class="gr-field"><label for="csv">{{_ "Or rows as text (CSV)"}}</label></div><textarea class="utrecht-textarea gr-wide" id="csv" name="csv" rows="8" spellcheck="false">{{x->csv}}</textarea>
<p><button class="gr-button gr-button-plain" type="submit" formenctype="multipart/form-data" name="do" value="import">{{_ "Take over"}}</button></p>
</details>
</form>
{{call site_end(page)}}
{{end}}
