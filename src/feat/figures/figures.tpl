{{include "feat/figures/parts.h"}}

{{template figures_list(const struct site_page *page)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "The published tables of the programme, each with a chart, its definition and its data."}}</p>
<ul class="gr-ways">
{{for size_t i = 0; i < figures_count(); i++}}{{let const struct figure_info *f = figures_info(i)}}<li class="gr-card"><h2 class="utrecht-heading-2"><a href="{{site_url_of(page, "/figures/", str_of(f->name))}}">{{tr(f->title)}}</a></h2><p class="gr-small gr-muted">{{tr(f->definition)}}</p></li>
{{end}}</ul>
{{call site_end(page)}}
{{end}}

{{template figure_value(const struct figure_cell *c, enum figure_type type)}}
{{if c->missing}}<span class="gr-missing">–</span>{{elif type == FIGURE_MONEY}}{{c->amount}}{{elif type == FIGURE_RATIO}}{{percent(c->number, 0)}}{{elif type == FIGURE_NUMBER}}{{dec(c->number, 2)}}{{elif type == FIGURE_INTEGER}}{{num(c->integer)}}{{elif type == FIGURE_YEAR}}{{if c->text.n}}{{c->text}}{{else}}{{c->integer}}{{end}}{{elif type == FIGURE_DATE}}{{c->date}}{{elif type == FIGURE_COUNTRY}}{{country(c->text)}}{{elif c->label}}{{tr(c->label)}}{{else}}<span lang="en">{{c->text}}</span>{{end}}
{{end}}

{{template figure_row_cells(const struct figure_table *t, const struct figure_row *r)}}
<tr>{{for size_t c = 0; c < t->n_columns; c++}}<td{{if t->columns[c].type >= FIGURE_YEAR && t->columns[c].type != FIGURE_DATE}} class="gr-num"{{end}}>{{call figure_value(&r->cells[c], t->columns[c].type)}}</td>{{end}}<td>{{call site_source(r->source_line)}}{{if r->note.n}}<br><span class="gr-small" lang="en">{{r->note}}</span>{{end}}</td></tr>
{{end}}

{{template figure_page(const struct site_page *page, const struct figure_view *v)}}
{{let const struct figure_table *t = v->t}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{tr(t->definition)}}</p>
<p>{{_ "Data:"}} <a href="{{site_data_link("/data/figures/")}}{{t->name}}.csv">CSV</a> · <a href="{{site_data_link("/data/figures/")}}{{t->name}}.xlsx">XLSX</a> · <a href="{{site_data_link("/data/figures/")}}{{t->name}}.json">JSON</a></p>
{{if v->has_chart}}{{call site_chart(page, &v->chart)}}{{end}}
<h2 class="utrecht-heading-2" id="table">{{_ "The table"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="table">
<table class="utrecht-table gr-table">
<thead><tr>{{for size_t c = 0; c < t->n_columns; c++}}<th scope="col"{{if t->columns[c].type >= FIGURE_YEAR && t->columns[c].type != FIGURE_DATE}} class="gr-num"{{end}}>{{tr(t->columns[c].label)}}{{if t->columns[c].unit && t->columns[c].unit[0]}} <span class="gr-muted" lang="en">({{t->columns[c].unit}})</span>{{end}}</th>{{end}}<th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < t->n_rows; i++}}{{call figure_row_cells(t, &t->rows[i])}}{{end}}
</tbody>
{{if t->n_totals}}<tfoot>
{{for size_t i = 0; i < t->n_totals; i++}}{{call figure_row_cells(t, &t->totals[i])}}{{end}}
</tfoot>{{end}}
</table></div>
{{if t->n_totals}}<p class="gr-muted">{{_ "Totals are computed from the rows, not stored. What is missing is not in them."}}</p>{{end}}
{{if t->n_notes}}<h2 class="utrecht-heading-2">{{_ "Notes on the figures"}}</h2>{{end}}
{{for size_t i = 0; i < t->n_notes; i++}}<div class="gr-note"><p>{{text3_in(&t->notes[i]->text, page->lang)}} {{call site_source(t->notes[i]->lines)}}</p></div>
{{end}}
{{call site_end(page)}}
{{end}}
