{{include "feat/figures/parts.h"}}

{{template figures_list(const struct site_page *page)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "The tables that the report publishes, made again from the data behind them. Each has a chart, its definition, the lines of the source, and files to take away."}}</p>
<ul class="gr-ways">
{{for size_t i = 0; i < figures_count(); i++}}{{let const struct figure_info *f = figures_info(i)}}<li class="gr-card">
<h2 class="utrecht-heading-2"><a href="{{site_url(page, "/figures")}}/{{f->name}}">{{tr(f->title)}}</a></h2>
<p>{{tr(f->definition)}}</p>
<p class="gr-small gr-muted">{{_ "Data:"}} <a href="{{figure_file_url(page, f->name, "csv", DATE_NONE)}}" aria-label="{{tr(f->title)}}, CSV">CSV</a> · <a href="{{figure_file_url(page, f->name, "xlsx", DATE_NONE)}}" aria-label="{{tr(f->title)}}, XLSX">XLSX</a> · <a href="{{figure_file_url(page, f->name, "json", DATE_NONE)}}" aria-label="{{tr(f->title)}}, JSON">JSON</a></p>
</li>
{{end}}</ul>
<p>{{_ "What is not in the source is shown as not stated, never as zero. Totals are computed when the page is made; none is stored."}}</p>
{{call site_end(page)}}
{{end}}

{{template figure_value(const struct site_page *page, const struct figure_table *t, size_t column, const struct figure_cell *c, bool total)}}
{{let const struct figure_column *k = &t->columns[column]}}
{{if c->missing}}<span class="{{if figure_missing_is_whole(t, column, total)}}gr-muted{{else}}gr-missing{{end}}">{{tr(figure_missing_words(t, column, total))}}</span>
{{elif figure_is_priority(k)}}{{let const struct priority *p = programme_priority(page->view->programme, (int)c->integer)}}{{if p}}<a href="{{site_url(page, "/priorities")}}/{{p->code}}">{{p->code}} {{text3_in(&p->short_name, page->lang)}}</a>{{else}}{{c->integer}}{{end}}
{{elif figure_is_activity(k)}}{{let const struct activity *x = figure_activity(page, c)}}{{if x}}<a href="{{site_url_of(page, "/activities/", x->key)}}"><span class="gr-nowrap">{{x->key}}</span>{{if x->acronym.n}} <span lang="en">{{x->acronym}}</span>{{end}}</a>{{else}}{{c->text}}{{end}}
{{elif k->type == FIGURE_MONEY}}{{c->amount}}
{{elif k->type == FIGURE_YEAR}}{{c->integer}}
{{elif k->type == FIGURE_INTEGER}}{{num(c->integer)}}
{{elif k->type == FIGURE_RATIO}}{{percent(c->number, 0)}}
{{elif k->type == FIGURE_NUMBER}}{{dec(c->number, 4)}}
{{elif k->type == FIGURE_DATE}}{{c->date}}
{{elif k->type == FIGURE_COUNTRY}}<a href="{{site_url_of(page, "/countries/", c->text)}}">{{country(c->text)}}</a>
{{elif c->label}}{{tr(c->label)}}
{{elif str_is(str_of(k->name), "dimension")}}{{programme_dimension(page, c->text, STR_NONE)}}
{{elif str_is(str_of(k->name), "unit")}}{{programme_unit(page, c->text)}}
{{elif str_is(str_of(k->name), "sector")}}{{call programme_word_text(page, "dimension", c->text)}}
{{else}}<span lang="en">{{c->text}}</span>{{end}}
{{end}}

{{template figure_head(const struct figure_table *t, bool source)}}
<thead><tr>{{for size_t c = 0; c < t->n_columns; c++}}<th scope="col"{{if figure_is_number(t->columns[c].type) && !figure_is_priority(&t->columns[c])}} class="gr-num"{{end}}>{{tr(t->columns[c].label)}}{{if t->columns[c].type == FIGURE_MONEY}}, {{_ "euro"}}{{end}}</th>{{end}}{{if source}}<th scope="col">{{_ "Source and remarks"}}</th>{{end}}</tr></thead>
{{end}}

{{template figure_rows(const struct site_page *page, const struct figure_table *t, const struct figure_row *rows, size_t n, bool total)}}
<tbody>
{{for size_t r = 0; r < n; r++}}<tr>{{for size_t c = 0; c < t->n_columns; c++}}{{if c == 0}}<th scope="row">{{call figure_value(page, t, c, &rows[r].cells[c], total)}}</th>{{else}}<td{{if figure_is_number(t->columns[c].type) && !figure_is_priority(&t->columns[c])}} class="gr-num"{{end}}>{{call figure_value(page, t, c, &rows[r].cells[c], total)}}</td>{{end}}{{end}}{{if !total}}<td class="gr-small">{{call site_source(rows[r].source_line)}}{{if rows[r].note.n}}<p lang="en">{{rows[r].note}}</p>{{end}}</td>{{end}}</tr>
{{end}}</tbody>
{{end}}

{{template figure_score_keys(const struct target_tally *s)}}
<dl class="gr-keys">
<div><dt>{{_ "targets reached"}}</dt><dd>{{num((int64_t)s->met)}}</dd></div>
<div><dt>{{_ "targets not reached"}}</dt><dd>{{num((int64_t)s->not_met)}}</dd></div>
<div><dt>{{_ "targets without a result"}}</dt><dd>{{num((int64_t)s->no_result)}}</dd></div>
<div><dt>{{_ "results without a target"}}</dt><dd>{{num((int64_t)s->no_target)}}</dd></div>
</dl>
<p class="gr-small gr-muted">{{_ "A target counts as reached when the result is at least the target. Figures may overlap: a total and its parts are counted each."}}</p>
{{end}}

{{template figure_one(const struct site_page *page, const struct figure_page *f)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{tr(f->t->definition)}}</p>
<form class="gr-actions" method="get" action="{{site_url(page, "/figures")}}/{{f->t->name}}">
<div class="gr-field"><label class="utrecht-form-label" for="as-of">{{_ "As known on this day"}}</label><input class="utrecht-textbox" type="date" id="as-of" name="as_of" min="1990-01-01" max="2100-12-31" value="{{iso_date(f->on)}}"></div>
<button class="gr-button" type="submit">{{_ "Show"}}</button>
{{if date_is(f->on)}}<a class="gr-button gr-button-plain" href="{{site_url(page, "/figures")}}/{{f->t->name}}">{{_ "Everything"}}</a>{{end}}
</form>
<p role="status">{{if date_is(f->on)}}{{n "{0} row, as known on {1}." "{0} rows, as known on {1}." f->t->n_rows f->on}}{{else}}{{n "{0} row." "{0} rows." f->t->n_rows}}{{end}}</p>
{{if f->scored}}{{call figure_score_keys(&f->score)}}{{end}}
<div class="gr-notes">{{for size_t i = 0; i < f->t->n_notes; i++}}<div class="gr-note"><p><strong>{{_ "The source contradicts itself."}}</strong> {{text3_in(&f->t->notes[i]->text, page->lang)}} {{call site_source(f->t->notes[i]->lines)}}</p></div>
{{end}}</div>
{{for size_t i = 0; i < f->drawings.n; i++}}{{call site_chart(page, &f->drawings.chart[i])}}{{end}}
{{if f->t->n_totals}}<h2 class="utrecht-heading-2" id="totals">{{_ "Totals, computed"}}</h2>
<p>{{tr(f->how)}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="totals"><table class="utrecht-table gr-table">
{{call figure_head(f->t, false)}}
{{call figure_rows(page, f->t, f->t->totals, f->t->n_totals, true)}}
</table></div>{{end}}
<h2 class="utrecht-heading-2" id="rows">{{_ "The table"}}</h2>
{{if f->t->n_rows}}<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="rows"><table class="utrecht-table gr-table">
{{call figure_head(f->t, true)}}
{{call figure_rows(page, f->t, f->t->rows, f->t->n_rows, false)}}
</table></div>{{else}}<p>{{_ "Nothing of this was known on that day."}}</p>{{end}}
<h2 class="utrecht-heading-2">{{_ "Take it away"}}</h2>
<p class="gr-actions"><a class="gr-button gr-button-plain" href="{{figure_file_url(page, f->t->name, "csv", f->on)}}">CSV</a> <a class="gr-button gr-button-plain" href="{{figure_file_url(page, f->t->name, "xlsx", f->on)}}">XLSX</a> <a class="gr-button gr-button-plain" href="{{figure_file_url(page, f->t->name, "json", f->on)}}">JSON</a></p>
<div class="gr-cite"><p>{{_ "Cite this:"}} {{page->view->owner[page->lang]}}, {{page->view->name[page->lang]}}: {{page->title}}. {{_ "Source: {0}" page->view->source[page->lang]}}</p></div>
{{call site_end(page)}}
{{end}}
