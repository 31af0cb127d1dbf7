/* Rows times columns with a bubble where something is known: the area tells how much, the pattern of which kind, the
 * number stands beside it. On a narrow screen each column is a list of its bubbles. */
#include "engine/chart/draw.h"

enum {
	CELL_HEIGHT = 38,
	CELL_WIDTH_MAX = 110,
	RADIUS = 14,     /* of the largest bubble */
	RADIUS_MIN = 6, /* so that its pattern can be told */
	LABEL_LINES = 4,
	NOTE_LINES = 3,
	NUMBER_X = 26,   /* of the names behind their numbers */
	LIST_X = 2 * RADIUS + 8, /* of the names in a list */
};

static double largest(const struct chart_bubbles *d)
{
	double most = 1;
	for (size_t i = 0; i < d->n; i++)
		most = fmax(most, d->bubble[i].v);
	return most;
}

static double radius(double v, double most)
{
	return fmax(sqrt(v / most) * RADIUS, RADIUS_MIN);
}

/* "3, moderate" */
str bubble_text(struct pen *p, const struct chart_bubbles *d, const struct chart_bubble *b)
{
	str n = pen_number(p, b->v, CHART_NUMBER_TABLE);
	return b->kind < d->n_kinds ? pen_join(p, n, STR(", "), d->kind[b->kind]) : n;
}

static void bubble(struct pen *p, const struct chart_bubbles *d, const struct chart_bubble *b, double most, double x, double y)
{
	str place = pen_join(p, d->row[b->row], STR(", "), d->column[b->column]);
	double r = radius(b->v, most);
	pen_link(p, b->href, pen_join(p, place, STR(": "), bubble_text(p, d, b)));
	pen_bubble(p, b->kind, x, y, r);
	pen_text(p, b->href.n ? "chart-value chart-link" : "chart-value", x + r + 4, y + 5, START,
	    pen_number(p, b->v, CHART_NUMBER_LABEL));
	pen_link_end(p, b->href);
}

/* How much wider bold text is than plain. */
static const double BOLD = 1.14;

/* Is a column too narrow for the words of a name? Then columns bear numbers, and their names stand above the drawing. */
static bool numbered(const struct chart_bubbles *d, double w)
{
	for (size_t k = 0; k < d->n_columns; k++) {
		str word;
		struct str_split it = str_split_on(d->column[k], ' ');
		while (str_next(&it, &word))
			if (text_width(word) * BOLD > w - 6)
				return true;
		if (text_wrap(d->column[k], (w - 6) / BOLD, LABEL_LINES).cut)
			return true;
	}
	return false;
}

static str column_number(struct pen *p, size_t k)
{
	str s = arena_fmt(p->a, "%zu", k + 1);
	if (!s.p)
		p->lost = true;
	return s;
}

/* "1  Training of officers (1.2 million)", line by line; then the numbers above their columns. */
static double number_heads(struct pen *p, const struct chart_bubbles *d, double names, double w, double y)
{
	double top = y;
	for (size_t k = 0; k < d->n_columns; k++) {
		str text = d->note ? pen_join(p, d->column[k], STR(" – "), d->note[k]) : d->column[k];
		struct wrapped t = text_wrap(text, p->w - NUMBER_X, 2);
		pen_text(p, "chart-category", 0, y + BASELINE, START, column_number(p, k));
		y += pen_lines(p, "chart-name", NUMBER_X, y + BASELINE, START, &t) + 2;
	}
	y += 4;
	for (size_t k = 0; k < d->n_columns; k++)
		pen_text(p, "chart-category", names + w * ((double)k + .5), y + BASELINE, MIDDLE, column_number(p, k));
	return y - top + LINE_HEIGHT + 4;
}

/* Names of the columns, and the notes below them; returns the height taken. */
static double heads(struct pen *p, const struct chart_bubbles *d, double names, double w, double y)
{
	double tall = 0, notes = 0;
	if (numbered(d, w))
		return number_heads(p, d, names, w, y);
	for (size_t k = 0; k < d->n_columns; k++) {
		tall = fmax(tall, LINE_HEIGHT * (double)text_wrap(d->column[k], (w - 6) / BOLD, LABEL_LINES).n);
		if (d->note)
			notes = fmax(notes, LINE_HEIGHT * (double)text_wrap(d->note[k], w - 6, NOTE_LINES).n);
	}
	for (size_t k = 0; k < d->n_columns; k++) {
		double middle = names + w * ((double)k + .5);
		struct wrapped t = text_wrap(d->column[k], (w - 6) / BOLD, LABEL_LINES);
		pen_lines(p, "chart-category", middle, y + tall - LINE_HEIGHT * (double)t.n + BASELINE, MIDDLE, &t);
		if (!d->note)
			continue;
		t = text_wrap(d->note[k], w - 6, NOTE_LINES);
		pen_lines(p, "chart-tick", middle, y + tall + 4 + BASELINE, MIDDLE, &t);
	}
	if (d->note) {
		struct wrapped t = text_wrap(d->note_head, names - GAP, NOTE_LINES);
		pen_lines(p, "chart-tick", 0, y + tall + 4 + BASELINE, START, &t);
		notes = fmax(notes, LINE_HEIGHT * (double)t.n);
	}
	return tall + (d->note ? notes + 4 : 0) + 6;
}

static double draw_grid(struct pen *p, const struct chart_bubbles *d)
{
	double names = 0, most = largest(d);
	for (size_t i = 0; i < d->n_rows; i++)
		names = fmax(names, text_width(d->row[i]));
	names = fmin(names + 2 * GAP, p->w * .26);
	double w = fmin((p->w - names) / (double)d->n_columns, CELL_WIDTH_MAX), right = names + w * (double)d->n_columns;
	struct wrapped head = text_wrap(p->c->value_head, p->w, 3);
	double y = pen_lines(p, "chart-axis-title", 0, BASELINE, START, &head) + GAP;
	y += pen_legend(p, y, d->kind, d->n_kinds, false);
	y += heads(p, d, names, w, y);
	double top = y;
	for (size_t i = 0; i < d->n_rows; i++) {
		struct wrapped t = text_wrap(d->row[i], names - 2 * GAP, LABEL_LINES);
		double text = LINE_HEIGHT * (double)t.n, height = fmax(text + 4, CELL_HEIGHT);
		pen_line(p, "chart-grid", 0, y, right, y);
		pen_lines(p, "chart-name", 0, y + (height - text) / 2 + BASELINE, START, &t);
		for (size_t k = 0; k < d->n; k++)
			if (d->bubble[k].row == i)
				bubble(p, d, &d->bubble[k], most, names + w * ((double)d->bubble[k].column + .5) - 8, y + height / 2);
		y += height;
	}
	for (size_t k = 0; k <= d->n_columns; k++)
		pen_line(p, "chart-grid", names + w * (double)k, top, names + w * (double)k, y);
	pen_line(p, "chart-grid", 0, y, right, y);
	return y + 4;
}

static double draw_list(struct pen *p, const struct chart_bubbles *d)
{
	double most = largest(d);
	struct wrapped head = text_wrap(p->c->value_head, p->w, 4);
	double y = pen_lines(p, "chart-axis-title", 0, BASELINE, START, &head) + GAP;
	y += pen_legend(p, y, d->kind, d->n_kinds, false);
	for (size_t k = 0; k < d->n_columns; k++) {
		struct wrapped t = text_wrap(d->column[k], p->w, LABEL_LINES);
		y += pen_lines(p, "chart-category", 0, y + BASELINE, START, &t) + 2;
		if (d->note) {
			t = text_wrap(pen_join(p, d->note_head, STR(": "), d->note[k]), p->w, NOTE_LINES);
			y += pen_lines(p, "chart-tick", 0, y + BASELINE, START, &t) + 2;
		}
		for (size_t i = 0; i < d->n; i++) {
			const struct chart_bubble *b = &d->bubble[i];
			if (b->column != k)
				continue;
			str said = pen_join(p, d->row[b->row], STR(": "), bubble_text(p, d, b));
			t = text_wrap(said, p->w - LIST_X, LABEL_LINES);
			double text = LINE_HEIGHT * (double)t.n, height = fmax(text, 2 * RADIUS + 2);
			pen_link(p, b->href, STR_NONE);
			pen_bubble(p, b->kind, RADIUS, y + height / 2, radius(b->v, most));
			pen_lines(p, b->href.n ? "chart-name chart-link" : "chart-name", LIST_X, y + (height - text) / 2 + BASELINE, START, &t);
			pen_link_end(p, b->href);
			y += height + 4;
		}
		y += 10;
	}
	return y;
}

double draw_bubbles(struct pen *p, const struct chart_bubbles *d)
{
	return p->layout == CHART_WIDE ? draw_grid(p, d) : draw_list(p, d);
}
