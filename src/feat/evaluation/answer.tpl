{{include "feat/evaluation/show.h"}}

{{template say_icon(enum statement_kind k)}}
<svg class="gr-say-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.6">{{if k == STATEMENT_COUNTED}}<path d="M2 18h16M4 18v-6h3v6M8.5 18V7h3v11M13 18V2h3v16"/>{{elif k == STATEMENT_JUDGED}}<path d="M10 2v16M5 18h10M3 5h14M3 5l-2 6h4zM17 5l-2 6h4z"/>{{elif k == STATEMENT_EVIDENCE}}<path d="M10 5C8 3 5 3 2 3.5v13c3-.5 6-.5 8 1.5 2-2 5-2 8-1.5v-13C15 3 12 3 10 5zm0 0v13"/>{{else}}<circle cx="10" cy="10" r="8"/><path d="M7.5 8a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .7-1 1.700M10 14.200v.6"/>{{end}}</svg>
{{end}}

{{template say_legend()}}
<dl class="gr-say-legend">
{{for int k = 0; k < STATEMENT_KINDS; k++}}<div><dt class="gr-say-kind gr-say-{{say_class((enum statement_kind)k)}}">{{call say_icon((enum statement_kind)k)}} {{tr(show_kind((enum statement_kind)k))}}</dt><dd>{{tr(show_kind_means((enum statement_kind)k))}}</dd></div>
{{end}}</dl>
{{end}}

{{template say_row(const struct show *s, const struct source_row *r)}}
{{let struct url to = show_row_link(s, r)}}{{tr(show_table_name(r->table))}} {{if to.s.n}}<a href="{{to}}">{{r->key}}</a>{{else}}{{r->key}}{{end}}{{if r->source_line.n}} <span class="gr-muted">({{call site_source(r->source_line)}})</span>{{end}}
{{end}}

{{template say_rows(const struct show *s, const struct source_row *rows, size_t n)}}
{{if n}}<ul class="gr-rows">
{{for size_t i = 0; i < n && i < SHOW_ROWS_MOST; i++}}<li>{{call say_row(s, &rows[i])}}</li>
{{end}}{{let size_t more = n > SHOW_ROWS_MOST ? n - SHOW_ROWS_MOST : 0}}{{if more}}<li>{{n "and {0} more, which the JSON lists" "and {0} more, which the JSON lists" more}}</li>{{end}}</ul>{{end}}
{{end}}

{{template say_figure(const struct show *s, const struct figure *f)}}
<div class="gr-said-figure">
<p><strong>{{if f->known}}{{show_value(s, f)}}{{else}}<span class="gr-missing">{{_ "not known"}}</span>{{end}}</strong>{{if show_interval(s, f).n}} <span class="gr-muted">({{show_interval(s, f)}})</span>{{end}} – {{f->definition}}{{if !f->known}} {{f->why}}{{end}}</p>
{{if f->n_inputs}}<p class="gr-small">{{_ "Made from:"}} {{for size_t i = 0; i < f->n_inputs; i++}}{{if i}}; {{end}}{{f->inputs[i].name}}: {{show_input(s, &f->inputs[i])}}{{end}}</p>{{end}}
{{call say_rows(s, f->rows, f->n_rows)}}
</div>
{{end}}

{{template say_figure_paper(const struct show *s, const struct figure *f)}}
<li>{{if f->known}}{{show_value(s, f)}}{{else}}{{_ "not known"}}{{end}}{{if show_interval(s, f).n}} ({{show_interval(s, f)}}){{end}} – {{f->definition}}{{if !f->known}} {{f->why}}{{end}}{{if f->n_inputs}} {{_ "Made from:"}} {{for size_t i = 0; i < f->n_inputs; i++}}{{if i}}; {{end}}{{f->inputs[i].name}}: {{show_input(s, &f->inputs[i])}}{{end}}.{{end}}{{if f->n_rows}} ({{n "{0} row" "{0} rows" f->n_rows}}){{end}}</li>
{{end}}

{{template say_behind(const struct show *s, const struct statement *st)}}
{{if s->paper}}
{{if st->n_figures}}<ul class="gr-said-figures">{{for size_t i = 0; i < st->n_figures; i++}}{{call say_figure_paper(s, &st->figures[i])}}{{end}}</ul>{{end}}
{{elif st->n_figures || st->n_rows}}
<details class="gr-more"><summary>{{if st->n_figures}}{{n "{0} figure and the rows behind it" "{0} figures and the rows behind them" st->n_figures}}{{else}}{{n "The row behind it" "The {0} rows behind it" st->n_rows}}{{end}}<span class="gr-hidden">: {{st->text}}</span></summary>
{{for size_t i = 0; i < st->n_figures; i++}}{{call say_figure(s, &st->figures[i])}}{{end}}
{{call say_rows(s, st->rows, st->n_rows)}}
</details>
{{end}}
{{end}}

{{template say_statement(const struct show *s, const struct statement *st)}}
<div class="gr-say gr-say-{{say_class(st->kind)}}">
{{if s->paper}}<p class="gr-say-kind gr-sign-{{say_class(st->kind)}}">{{tr(show_kind(st->kind))}}{{if st->rule.n}}{{let struct url rule = show_rule_link(s, st)}} · {{_ "Rule:"}} {{if rule.s.n}}<a href="{{rule}}">{{show_rule_name(s, st)}}</a>{{else}}{{show_rule_name(s, st)}}{{end}}{{end}}</p>
<p class="gr-say-text"{{if st->text_lang.n}} lang="{{st->text_lang}}"{{end}}>{{st->text}}</p>
{{if st->strength.n}}<p class="gr-small">{{_ "Strength: {0}. Place: {1}." st->strength st->place}}</p>{{end}}
{{if st->missing.n}}<p class="gr-small">{{_ "What is missing:"}} {{st->missing}}</p>{{end}}
{{else}}<p class="gr-say-kind">{{call say_icon(st->kind)}} {{tr(show_kind(st->kind))}}</p>
<p class="gr-say-text"{{if st->text_lang.n}} lang="{{st->text_lang}}"{{end}}>{{st->text}}</p>
{{if st->rule.n}}{{let struct url rule = show_rule_link(s, st)}}<p class="gr-small">{{_ "Rule:"}} {{if rule.s.n}}<a href="{{rule}}">{{show_rule_name(s, st)}}</a>{{else}}{{show_rule_name(s, st)}}{{end}}</p>{{end}}
{{if st->strength.n}}<p class="gr-small">{{_ "Strength: {0}. Place: {1}." st->strength st->place}}</p>{{end}}
{{if st->missing.n}}<p class="gr-small"><strong>{{_ "What is missing:"}}</strong> {{st->missing}}</p>{{end}}
{{end}}{{call say_behind(s, st)}}
</div>
{{end}}

{{template say_cell(const struct show *s, const struct answer_cell *c)}}
{{let struct url to = show_link(s, c->href)}}{{if c->missing}}<span class="gr-missing">{{if c->text.n}}{{c->text}}{{else}}{{_ "not known"}}{{end}}</span>{{elif show_is_lines(c->text)}}{{call site_lines(c->text)}}{{elif to.s.n}}<a href="{{to}}"{{if c->lang.n}} lang="{{c->lang}}"{{end}}>{{c->text}}</a>{{elif c->lang.n}}<span lang="{{c->lang}}">{{c->text}}</span>{{else}}{{c->text}}{{end}}
{{end}}

{{template say_table_body(const struct show *s, const struct answer_table *t, size_t rows)}}
<thead><tr>{{for size_t c = 0; c < t->n_columns; c++}}<th scope="col"{{if t->numeric[c]}} class="gr-num"{{end}}>{{t->columns[c]}}</th>{{end}}</tr></thead>
<tbody>
{{for size_t r = 0; r < rows; r++}}<tr>{{for size_t c = 0; c < t->n_columns; c++}}{{let const struct answer_cell *cell = &t->cells[r * t->n_columns + c]}}{{if c == 0}}<th scope="row">{{call say_cell(s, cell)}}</th>{{else}}<td{{if t->numeric[c]}} class="gr-num"{{end}}>{{call say_cell(s, cell)}}</td>{{end}}{{end}}</tr>
{{end}}</tbody>
{{end}}

{{template say_paper_cell(const struct show *s, const struct answer_cell *c)}}
{{let struct url to = show_link(s, c->href)}}{{if c->missing && !c->text.n}}{{_ "not known"}}{{elif show_is_lines(c->text)}}{{call site_lines(c->text)}}{{elif to.s.n && !c->missing}}<a href="{{to}}">{{c->text}}</a>{{else}}{{c->text}}{{end}}
{{end}}

{{template say_paper_head(const str *heads, const bool *numeric, size_t n, const uint8_t *widths)}}
<thead><tr>{{for size_t c = 0; c < n; c++}}<th scope="col" class="{{if numeric[c]}}gr-num {{end}}w{{widths ? (int)widths[c] : 0}}">{{heads[c]}}</th>{{end}}</tr></thead>
{{end}}

{{template say_rest(const struct show *s, str id, size_t more)}}
{{let struct url to = show_place(s, id)}}
{{if more}}<p class="gr-rest">{{n "{0} further row is on the site and in its data." "{0} further rows are on the site and in its data." more}}{{if to.s.n}} <a href="{{to}}">{{to.s}}</a>{{end}}</p>{{end}}
{{end}}

{{template say_paper_table(const struct show *s, const struct answer_table *t, bool folded)}}
{{let size_t rows = show_rows(s, t->n_rows, folded)}}
<table id="{{show_anchor(s, t->id)}}"><caption>{{t->caption}}</caption>
{{call say_paper_head(t->columns, t->numeric, t->n_columns, show_widths(s, t, rows))}}
<tbody>
{{for size_t r = 0; r < rows; r++}}<tr>{{for size_t c = 0; c < t->n_columns; c++}}{{let const struct answer_cell *cell = &t->cells[r * t->n_columns + c]}}{{if c == 0}}<th scope="row"{{if cell->lang.n}} lang="{{cell->lang}}"{{end}}>{{call say_paper_cell(s, cell)}}</th>{{else}}<td{{if t->numeric[c]}} class="gr-num"{{elif cell->missing}} class="gr-missing"{{end}}{{if cell->lang.n}} lang="{{cell->lang}}"{{end}}>{{call say_paper_cell(s, cell)}}</td>{{end}}{{end}}</tr>
{{end}}</tbody></table>
{{call say_rest(s, t->id, t->n_rows - rows)}}
{{end}}

{{template say_table(const struct show *s, const struct answer_table *t)}}
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{t->caption}}"><table class="utrecht-table gr-table" id="{{show_anchor(s, t->id)}}"><caption>{{t->caption}}</caption>
{{call say_table_body(s, t, t->n_rows)}}
</table></div>
{{end}}

{{template say_paper_chart(const struct show *s, const struct shown_block *x)}}
{{let const struct chart_table *t = x->b->chart_table}}
{{let size_t rows = show_rows(s, t->n_rows, false)}}
<table><caption>{{x->b->chart->title}}</caption>
{{call say_paper_head(t->head, t->numeric, t->n_columns, show_chart_widths(s, t, rows))}}
<tbody>
{{for size_t r = 0; r < rows; r++}}<tr>{{for size_t c = 0; c < t->n_columns; c++}}{{let const struct chart_cell *cell = &t->cell[r * t->n_columns + c]}}{{if c == 0}}<th scope="row"{{if t->row_lang.n}} lang="{{t->row_lang}}"{{end}}>{{cell->text}}</th>{{else}}<td{{if t->numeric[c]}} class="gr-num"{{elif cell->missing}} class="gr-missing"{{end}}>{{cell->text}}</td>{{end}}{{end}}</tr>
{{end}}</tbody></table>
{{call say_rest(s, x->b->chart->id, t->n_rows - rows)}}
{{end}}

{{template say_heading(const struct show *s, const struct block *b)}}
{{let int level = b->level + s->deeper}}{{if level <= 2}}<h2 class="utrecht-heading-2" id="{{show_anchor(s, b->id)}}">{{b->text}}</h2>{{elif level == 3}}<h3 class="utrecht-heading-3" id="{{show_anchor(s, b->id)}}">{{b->text}}</h3>{{elif level == 4}}<h4 class="utrecht-heading-4" id="{{show_anchor(s, b->id)}}">{{b->text}}</h4>{{else}}<h5 class="utrecht-heading-4" id="{{show_anchor(s, b->id)}}">{{b->text}}</h5>{{end}}
{{end}}

{{template say_chart(const struct show *s, const struct shown_block *x)}}
{{let const struct chart *c = x->b->chart}}
<figure class="gr-figure" aria-labelledby="{{show_anchor(s, c->id)}}-title">
<figcaption><p class="gr-figure-title" id="{{show_anchor(s, c->id)}}-title">{{c->title}}</p>
{{if x->b->about.n}}<p>{{x->b->about}}</p>{{end}}</figcaption>
{{if s->paper}}<p class="gr-drawing"><img alt="{{c->title}}" src="{{x->picture}}"></p>{{else}}{{html x->drawing}}{{end}}
{{if x->b->chart_summary.n}}<p class="gr-small gr-muted">{{x->b->chart_summary}}</p>{{end}}
{{if x->b->note.n}}<div class="gr-note"><p>{{x->b->note}}</p></div>{{end}}
{{if s->paper}}{{call say_paper_chart(s, x)}}
{{else}}<details><summary>{{_ "Show as a table"}}<span class="gr-hidden">: {{c->title}}</span></summary>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{c->title}}"><table class="utrecht-table gr-table"><caption class="gr-hidden">{{c->title}}</caption>
{{call site_table_cells(x->b->chart_table)}}
</table></div></details>
<div class="gr-figure-foot"><p>{{_ "Data:"}} <a href="{{show_data(s)}}">JSON</a></p></div>{{end}}
</figure>
{{end}}

{{template say_diagram(const struct show *s, const struct shown_block *x)}}
{{let const struct diagram *d = x->b->diagram}}
<figure class="gr-figure" aria-labelledby="{{show_anchor(s, d->id)}}-title">
<figcaption><p class="gr-figure-title" id="{{show_anchor(s, d->id)}}-title">{{d->title}}</p>
{{if x->b->about.n}}<p>{{x->b->about}}</p>{{end}}</figcaption>
{{if s->paper}}<p class="gr-drawing"><img alt="{{d->title}}" src="{{x->picture}}"></p>{{else}}<div class="gr-scroll" tabindex="0" role="region" aria-label="{{d->title}}">{{html x->drawing}}</div>{{end}}
{{if x->b->note.n}}<div class="gr-note"><p>{{x->b->note}}</p></div>{{end}}
{{if s->paper}}{{call say_paper_table(s, x->b->diagram_table, false)}}
{{else}}<details><summary>{{_ "Show as a table"}}<span class="gr-hidden">: {{d->title}}</span></summary>{{call say_table(s, x->b->diagram_table)}}</details>{{end}}
</figure>
{{end}}

{{template say_block(const struct show *s, const struct shown_block *x)}}
{{let const struct block *b = x->b}}
{{if b->kind == BLOCK_HEADING}}{{call say_heading(s, b)}}
{{elif b->kind == BLOCK_TEXT}}<p{{if b->text_lang.n}} lang="{{b->text_lang}}"{{end}}>{{b->text}}</p>
{{elif b->kind == BLOCK_STATEMENT}}{{call say_statement(s, b->statement)}}
{{elif b->kind == BLOCK_TABLE}}{{if s->paper}}{{call say_paper_table(s, b->table, b->folded)}}{{elif b->folded}}<details class="gr-more"><summary>{{b->table->caption}} ({{n "{0} row" "{0} rows" b->table->n_rows}})</summary>{{call say_table(s, b->table)}}</details>{{else}}{{call say_table(s, b->table)}}{{end}}
{{elif b->kind == BLOCK_CHART}}{{call say_chart(s, x)}}
{{elif b->kind == BLOCK_DIAGRAM}}{{call say_diagram(s, x)}}
{{end}}
{{end}}

{{template say_answer(const struct show *s)}}
{{for size_t i = 0; i < s->n; i++}}{{call say_block(s, &s->blocks[i])}}
{{end}}
{{end}}
