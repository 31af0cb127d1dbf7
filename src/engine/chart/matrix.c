/* Rows times columns: cells, the larger the darker, each with its number; on a narrow screen a bar
 * per cell below its row. */
#include "engine/chart/draw.h"

enum {
	CELL_HEIGHT = 34,
	CELL_WIDTH_MAX = 120,
	BAR = 14,
	LABEL_LINES = 3,
	STUB = 10,
};

#define HEAD_ROOM 1.12 /* text_width is on the safe side by as much */

static double largest(const struct chart_matrix *d)
{
	struct range r = {0};
	for (size_t i = 0; i < d->n_rows * d->n_columns; i++)
		range_add(&r, d->v[i]);
	return r.any && r.hi > 0 ? r.hi : 1;
}

/* Paint by fifths of the largest value; 0 for nothing. */
static size_t shade(double v, double most)
{
	double fifth = ceil(v / most * CHART_BANDS_MAX - 1e-9);
	return (size_t)fmin(fmax(fifth, v > 0 ? 1 : 0), CHART_BANDS_MAX);
}

static void cell(struct pen *p, double v, double most, double x, double y, double w)
{
	if (isnan(v)) {
		pen_rect(p, "chart-missing", x + 2.5, y + 2.5, w - 5, CELL_HEIGHT - 5);
		str name = pen_msg(p, CHART_MSG_MISSING);
		if (text_width(name) > w - 6)
			name = pen_msg(p, CHART_MSG_MISSING_SHORT);
		pen_text(p, "chart-tick", x + w / 2, y + 22, MIDDLE, name);
		return;
	}
	char class[32];
	str label = pen_number(p, v, CHART_NUMBER_LABEL);
	double lw = fmin(text_width(label) + 8, w - 4);
	(void)snprintf(class, sizeof class, "chart-cell chart-b%zu", shade(v, most));
	pen_rect(p, class, x, y, w, CELL_HEIGHT);
	pen_rect(p, "chart-plate", x + (w - lw) / 2, y + 8, lw, 18);
	struct wrapped t = text_wrap(label, w, 1);
	pen_lines(p, "chart-value", x + w / 2, y + 22, MIDDLE, &t);
}

/* A heading's width: of its column, or a little more where a word would be broken for it. */
static double head_width(str head, double column)
{
	double longest = 0;
	for (size_t at = 0, end = 0; at < head.n; at = end + 1) {
		for (end = at; end < head.n && head.p[end] != ' ';)
			end++;
		longest = fmax(longest, text_width(str_sub(head, at, end)));
	}
	return fmin(fmax(column - 4, longest), column * HEAD_ROOM);
}

static double draw_cells(struct pen *p, const struct chart_matrix *d)
{
	double most = largest(d), names = 0, heads = 0;
	for (size_t i = 0; i < d->n_rows; i++)
		names = fmax(names, text_width(d->row[i]));
	names = fmin(names + 2 * GAP, p->w * .18);
	double w = fmin((p->w - names) / (double)d->n_columns, CELL_WIDTH_MAX);
	for (size_t k = 0; k < d->n_columns; k++)
		heads = fmax(
		    heads, LINE_HEIGHT * (double)text_wrap(d->column[k], head_width(d->column[k], w), LABEL_LINES).n);
	struct wrapped head = text_wrap(p->c->value_head, p->w, 2);
	double y = pen_lines(p, "chart-axis-title", 0, BASELINE, START, &head) + GAP;
	for (size_t k = 0; k < d->n_columns; k++) {
		struct wrapped t = text_wrap(d->column[k], head_width(d->column[k], w), LABEL_LINES);
		double top = y + heads - LINE_HEIGHT * (double)t.n;
		pen_lines(
		    p, "chart-name", names + w * ((double)k + .5), top + BASELINE, MIDDLE, &t);
	}
	y += heads + 6;
	for (size_t i = 0; i < d->n_rows; i++) {
		struct wrapped t = text_wrap(d->row[i], names - 2 * GAP, LABEL_LINES);
		double text = LINE_HEIGHT * (double)t.n, height = fmax(text, CELL_HEIGHT);
		pen_lines(p, "chart-name", 0, y + (height - text) / 2 + BASELINE, START, &t);
		for (size_t k = 0; k < d->n_columns; k++)
			cell(p, d->v[i * d->n_columns + k], most, names + w * (double)k,
			    y + (height - CELL_HEIGHT) / 2, w);
		y += height + (text > CELL_HEIGHT ? 4 : 0);
	}
	return y + 4;
}

/* A bar with its column's name before it. */
static double cell_bar(struct pen *p, str name, double v, const struct scale *x, double y)
{
	struct wrapped t = text_wrap(name, x->at0 - GAP, LABEL_LINES);
	double height = fmax(LINE_HEIGHT * (double)t.n, LINE_HEIGHT), middle = y + height / 2;
	pen_lines(p, "chart-name", 0, y + BASELINE, START, &t);
	if (isnan(v)) {
		pen_rect(p, "chart-missing", x->at0, middle - BAR / 2.0 + .5, STUB, BAR - 1);
		pen_text(p, "chart-value", x->at0 + STUB + 5, middle + 5, START,
		    pen_msg(p, CHART_MSG_MISSING));
	} else {
		double end = scale_at(x, v);
		pen_bar(p, 0, x->at0, middle - BAR / 2.0, end - x->at0, BAR);
		pen_text(p, "chart-value", end + 5, middle + 5, START,
		    pen_number(p, v, CHART_NUMBER_LABEL));
	}
	return y + height + 4;
}

static double draw_cell_bars(struct pen *p, const struct chart_matrix *d)
{
	double names = 0, room = STUB + text_width(pen_msg(p, CHART_MSG_MISSING));
	for (size_t k = 0; k < d->n_columns; k++)
		names = fmax(names, text_width(d->column[k]));
	for (size_t i = 0; i < d->n_rows * d->n_columns; i++)
		if (!isnan(d->v[i]))
			room = fmax(room, text_width(pen_number(p, d->v[i], CHART_NUMBER_LABEL)));
	names = fmin(names + GAP, p->w * .42);
	struct scale x = {0, largest(d), names, fmax(p->w - room - 6, names + 20), false};
	struct wrapped head = text_wrap(p->c->value_head, p->w, 3);
	double y = pen_lines(p, "chart-axis-title", 0, BASELINE, START, &head) + GAP;
	for (size_t i = 0; i < d->n_rows; i++) {
		struct wrapped t = text_wrap(d->row[i], p->w, LABEL_LINES);
		y += pen_lines(p, "chart-category", 0, y + BASELINE, START, &t) + 2;
		for (size_t k = 0; k < d->n_columns; k++)
			y = cell_bar(p, d->column[k], d->v[i * d->n_columns + k], &x, y);
		y += 10;
	}
	return y;
}

double draw_matrix(struct pen *p, const struct chart_matrix *d)
{
	return p->layout == CHART_WIDE ? draw_cells(p, d) : draw_cell_bars(p, d);
}
