/* The data behind a drawing, as header and rows. */
#include "engine/chart/draw.h"
#include "engine/stats/stats.h"

/* A table under construction: cells are filled row by row. */
struct sheet {
	struct pen p;
	str *head;
	bool *numeric;
	struct chart_cell *cell;
	size_t columns, rows, at;
};

static enum err_code sheet_new(struct sheet *s, size_t columns, size_t rows, struct err *e)
{
	s->columns = columns;
	s->rows = rows;
	s->head = ARENA_ARRAY(s->p.a, columns, str);
	s->numeric = ARENA_ARRAY(s->p.a, columns, bool);
	s->cell = rows == 0 ? ARENA_NEW(s->p.a, struct chart_cell)
	                    : ARENA_ARRAY(s->p.a, columns * rows, struct chart_cell);
	if (!s->head || !s->numeric || !s->cell)
		return arena_fail(s->p.a, e);
	return ERR_OK;
}

static void head(struct sheet *s, size_t column, str text, bool numeric)
{
	s->head[column] = text;
	s->numeric[column] = numeric;
}

static void put_text(struct sheet *s, str text, str href)
{
	s->cell[s->at++] = (struct chart_cell){text, CHART_MISSING, false, href};
}

static void put_value(struct sheet *s, double v, str written)
{
	bool missing = isnan(v);
	s->cell[s->at++] = (struct chart_cell){
	    missing ? pen_msg(&s->p, CHART_MSG_MISSING) : written, v, missing, STR_NONE};
}

static void put_number(struct sheet *s, double v)
{
	put_value(s, v, isnan(v) ? STR_NONE : pen_number(&s->p, v, CHART_NUMBER_TABLE));
}

static void put_when(struct sheet *s, pdate d)
{
	bool missing = !d.precision;
	s->cell[s->at++] =
	    (struct chart_cell){missing ? pen_msg(&s->p, CHART_MSG_MISSING) : pen_when(&s->p, d),
	        CHART_MISSING, missing, STR_NONE};
}

static enum err_code columns_table(struct sheet *s, const struct chart_columns *d, struct err *e)
{
	bool total = d->stacked && d->n_series > 1;
	TRY(sheet_new(s, 1 + d->n_series + (total ? 1 : 0), d->n_categories, e));
	head(s, 0, s->p.c->row_head, false);
	for (size_t i = 0; i < d->n_series; i++)
		head(s, i + 1, d->series[i].name, true);
	if (total)
		head(s, d->n_series + 1, pen_msg(&s->p, CHART_MSG_TOTAL), true);
	for (size_t k = 0; k < d->n_categories; k++) {
		double sum = 0;
		size_t known = 0;
		put_text(s, d->category[k], STR_NONE);
		for (size_t i = 0; i < d->n_series; i++) {
			double v = d->series[i].v[k];
			put_number(s, v);
			sum += isnan(v) ? 0 : v;
			known += isnan(v) ? 0 : 1;
		}
		if (total)
			put_number(s, known ? sum : CHART_MISSING);
	}
	return ERR_OK;
}

static enum err_code bars_table(struct sheet *s, const struct chart_bars *d, struct err *e)
{
	TRY(sheet_new(s, 2, d->n, e));
	head(s, 0, s->p.c->row_head, false);
	head(s, 1, s->p.c->value_head, true);
	for (size_t i = 0; i < d->n; i++) {
		put_text(s, d->row[i].label, d->row[i].href);
		put_number(s, d->row[i].v);
	}
	return ERR_OK;
}

static void put_unit(struct sheet *s, double v, str unit)
{
	str written = isnan(v) ? STR_NONE : pen_number(&s->p, v, CHART_NUMBER_TABLE);
	if (!isnan(v) && unit.n > 0)
		written = pen_join(&s->p, written, STR(" "), unit);
	put_value(s, v, written);
}

static enum err_code targets_table(struct sheet *s, const struct chart_targets *d, struct err *e)
{
	static const enum chart_msg names[] = {
	    CHART_MSG_BASELINE, CHART_MSG_TARGET, CHART_MSG_RESULT, CHART_MSG_RATIO};
	TRY(sheet_new(s, 5, d->n, e));
	head(s, 0, s->p.c->row_head, false);
	for (size_t i = 0; i < 4; i++)
		head(s, i + 1, pen_msg(&s->p, names[i]), true);
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_target *t = &d->row[i];
		double ratio = target_ratio(t);
		put_text(s, t->label, t->href);
		put_unit(s, t->baseline, t->unit);
		put_unit(s, t->target, t->unit);
		put_unit(s, t->result, t->unit);
		put_value(s, ratio, isnan(ratio) ? STR_NONE : pen_percent(&s->p, ratio));
	}
	return ERR_OK;
}

static enum err_code dots_table(struct sheet *s, const struct chart_dots *d, struct err *e)
{
	static const enum chart_msg names[] = {CHART_MSG_COUNT, CHART_MSG_FIRST_QUARTILE,
	    CHART_MSG_MEDIAN, CHART_MSG_THIRD_QUARTILE, CHART_MSG_OWN};
	TRY(sheet_new(s, 6, d->n, e));
	head(s, 0, s->p.c->row_head, false);
	for (size_t i = 0; i < 5; i++)
		head(s, i + 1, pen_msg(&s->p, names[i]), true);
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_dots_row *row = &d->row[i];
		struct stats_five five = {
		    CHART_MISSING, CHART_MISSING, CHART_MISSING, CHART_MISSING, CHART_MISSING, 0};
		enum err_code code = stats_five(row->v, row->n, s->p.a, &five, e);
		if (code != ERR_OK && code != ERR_NOT_FOUND)
			return code;
		str count = arena_fmt(s->p.a, "%zu", five.n);
		if (!count.p)
			return arena_fail(s->p.a, e);
		put_text(s, row->label, STR_NONE);
		put_value(s, (double)five.n, count);
		put_number(s, five.q1);
		put_number(s, five.median);
		put_number(s, five.q3);
		put_number(s, row->own);
	}
	err_clear(e);
	return ERR_OK;
}

/* Rows are all times that occur in any line, ascending. */
static enum err_code lines_table(struct sheet *s, const struct chart_lines *d, struct err *e)
{
	size_t at[CHART_SERIES_MAX] = {0}, points = 0;
	for (size_t i = 0; i < d->n; i++)
		points += d->line[i].n;
	TRY(sheet_new(s, 1 + d->n, points, e));
	head(s, 0, s->p.c->row_head, false);
	for (size_t i = 0; i < d->n; i++)
		head(s, i + 1, d->line[i].name, true);
	size_t rows = 0;
	for (;; rows++) {
		double x = CHART_MISSING;
		for (size_t i = 0; i < d->n; i++)
			if (at[i] < d->line[i].n)
				x = fmin(x, d->line[i].p[at[i]].x);
		if (isnan(x))
			break;
		if (d->x == CHART_X_YEAR) {
			str year = arena_fmt(s->p.a, "%.0f", x);
			if (!year.p)
				return arena_fail(s->p.a, e);
			put_text(s, year, STR_NONE);
		} else {
			put_when(s, pdate_of((date){(int32_t)x}));
		}
		for (size_t i = 0; i < d->n; i++) {
			bool here = at[i] < d->line[i].n && d->line[i].p[at[i]].x == x;
			put_number(s, here ? d->line[i].p[at[i]].y : CHART_MISSING);
			at[i] += here ? 1 : 0;
		}
	}
	s->rows = rows;
	return ERR_OK;
}

static enum err_code share_table(struct sheet *s, const struct chart_share *d, struct err *e)
{
	double total = 0;
	TRY(sheet_new(s, 3, d->n, e));
	head(s, 0, s->p.c->row_head, false);
	head(s, 1, s->p.c->value_head, true);
	head(s, 2, pen_msg(&s->p, CHART_MSG_SHARE), true);
	for (size_t i = 0; i < d->n; i++)
		total += isnan(d->part[i].v) ? 0 : d->part[i].v;
	for (size_t i = 0; i < d->n; i++) {
		double v = d->part[i].v, share = total > 0 ? v / total : CHART_MISSING;
		put_text(s, d->part[i].label, d->part[i].href);
		put_number(s, v);
		put_value(s, share, isnan(share) ? STR_NONE : pen_percent(&s->p, share));
	}
	return ERR_OK;
}

static enum err_code timeline_table(struct sheet *s, const struct chart_timeline *d, struct err *e)
{
	TRY(sheet_new(s, 3, d->n_periods + d->n_events, e));
	head(s, 0, s->p.c->row_head, false);
	head(s, 1, pen_msg(&s->p, CHART_MSG_FROM), false);
	head(s, 2, pen_msg(&s->p, CHART_MSG_TO), false);
	for (size_t i = 0; i < d->n_periods; i++) {
		put_text(s, d->period[i].label, STR_NONE);
		put_when(s, d->period[i].from);
		put_when(s, d->period[i].to);
	}
	for (size_t i = 0; i < d->n_events;
	     i++) { /* an event is one moment: the last column stays empty */
		put_text(s, d->event[i].label, STR_NONE);
		put_when(s, d->event[i].on);
		put_text(s, STR(""), STR_NONE);
	}
	return ERR_OK;
}

static enum err_code map_table(struct sheet *s, const struct chart_map *d, struct err *e)
{
	TRY(sheet_new(s, 2, d->n, e));
	head(s, 0, s->p.c->row_head, false);
	head(s, 1, s->p.c->value_head, true);
	for (size_t i = 0; i < d->n; i++) {
		put_text(s, d->place[i].name, d->place[i].href);
		put_number(s, d->place[i].v);
	}
	return ERR_OK;
}

static enum err_code matrix_table(struct sheet *s, const struct chart_matrix *d, struct err *e)
{
	TRY(sheet_new(s, 1 + d->n_columns, d->n_rows, e));
	head(s, 0, s->p.c->row_head, false);
	for (size_t k = 0; k < d->n_columns; k++)
		head(s, k + 1, d->column[k], true);
	for (size_t i = 0; i < d->n_rows; i++) {
		put_text(s, d->row[i], STR_NONE);
		for (size_t k = 0; k < d->n_columns; k++)
			put_number(s, d->v[i * d->n_columns + k]);
	}
	return ERR_OK;
}

/* Notes first, then a row for each row of the drawing; where there is no bubble the cell stays empty. */
static enum err_code bubbles_table(struct sheet *s, const struct chart_bubbles *d, struct err *e)
{
	TRY(sheet_new(s, 1 + d->n_columns, d->n_rows + (d->note ? 1 : 0), e));
	head(s, 0, s->p.c->row_head, false);
	for (size_t k = 0; k < d->n_columns; k++)
		head(s, k + 1, d->column[k], false);
	if (d->note)
		put_text(s, d->note_head, STR_NONE);
	for (size_t k = 0; d->note && k < d->n_columns; k++)
		put_text(s, d->note[k], STR_NONE);
	size_t top = s->at;
	for (size_t i = 0; i < d->n_rows; i++) {
		put_text(s, d->row[i], STR_NONE);
		for (size_t k = 0; k < d->n_columns; k++)
			put_text(s, STR(""), STR_NONE);
	}
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_bubble *b = &d->bubble[i];
		struct chart_cell *cell = &s->cell[top + b->row * (1 + d->n_columns) + 1 + b->column];
		cell->text = bubble_text(&s->p, d, b);
		cell->v = b->v;
		cell->href = b->href;
	}
	return ERR_OK;
}

static enum err_code fill(struct sheet *s, const struct chart *c, struct err *e)
{
	switch (c->kind) {
	case CHART_COLUMNS:
		return columns_table(s, &c->columns, e);
	case CHART_BARS:
		return bars_table(s, &c->bars, e);
	case CHART_TARGETS:
		return targets_table(s, &c->targets, e);
	case CHART_DOTS:
		return dots_table(s, &c->dots, e);
	case CHART_LINES:
		return lines_table(s, &c->lines, e);
	case CHART_SHARE:
		return share_table(s, &c->share, e);
	case CHART_TIMELINE:
		return timeline_table(s, &c->timeline, e);
	case CHART_MAP:
		return map_table(s, &c->map, e);
	case CHART_MATRIX:
		return matrix_table(s, &c->matrix, e);
	case CHART_BUBBLES:
		return bubbles_table(s, &c->bubbles, e);
	}
	return fail(e, ERR_INVALID, "chart.invalid", "chart: its kind is unknown");
}

enum err_code chart_table(
    const struct chart *c, struct arena *a, struct chart_table *ret_table, struct err *e)
{
	struct sheet s = {.p = {.a = a, .c = c}};
	TRY(chart_check(c, e));
	TRY(fill(&s, c, e));
	if (s.p.lost)
		return arena_fail(a, e);
	*ret_table = (struct chart_table){s.columns, s.rows, c->row_lang, s.head, s.numeric, s.cell};
	return ERR_OK;
}
