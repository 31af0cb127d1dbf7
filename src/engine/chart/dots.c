/* Distributions: every value a dot, the middle half and the median behind them. */
#include "engine/chart/draw.h"
#include "engine/stats/stats.h"

enum { BAND = 26, DOT = 4, LABEL_LINES = 3 };

static void dots_range(const struct chart_dots *d, struct range *r)
{
	if (!d->log_scale)
		range_add(r, 0);
	for (size_t i = 0; i < d->n; i++) {
		range_add(r, d->row[i].own);
		for (size_t k = 0; k < d->row[i].n; k++)
			range_add(r, d->row[i].v[k]);
	}
}

/* Dots of nearly the same place step aside, up and down in turn, within the band. */
static void row_dots(
    struct pen *p, const struct chart_dots_row *row, const struct scale *x, double middle)
{
	double last = -1e9;
	int aside = 0;
	for (size_t k = 0; k < row->n; k++) {
		if (isnan(row->v[k]))
			continue;
		double at = scale_at(x, row->v[k]);
		aside = fabs(at - last) < 2 * DOT ? (aside + 1) % 3 : 0;
		double dy = aside == 0 ? 0 : aside == 1 ? -7 : 7;
		pen_circle(p, "chart-dot", at, middle + dy, DOT);
		last = at;
	}
}

static void row_marks(
    struct pen *p, const struct chart_dots_row *row, const struct scale *x, double y)
{
	struct stats_five five;
	double middle = y + BAND / 2.0;
	if (stats_five(row->v, row->n, p->a, &five, NULL) != ERR_OK) {
		pen_text(
		    p, "chart-value", x->at0 + 4, middle + 5, START, pen_msg(p, CHART_MSG_MISSING));
		return;
	}
	pen_line(p, "chart-whisker", scale_at(x, five.min), middle, scale_at(x, five.max), middle);
	pen_rect(p, "chart-box", scale_at(x, five.q1), y,
	    fmax(scale_at(x, five.q3) - scale_at(x, five.q1), 1), BAND);
	row_dots(p, row, x, middle);
	double at = scale_at(x, five.median);
	pen_line(p, "chart-median", at, y - 2, at, y + BAND + 2);
	if (!isnan(row->own))
		pen_diamond(p, "chart-own", scale_at(x, row->own), middle, 8);
}

static void dots_axis(
    struct pen *p, const struct scale *x, const struct ticks *t, double top, double bottom)
{
	double last = -1e9;
	for (size_t i = 0; i < t->n; i++) {
		double at = scale_at(x, t->v[i]);
		str label = pen_number(p, t->v[i], CHART_NUMBER_TICK);
		double half = text_width(label) / 2, place = fmin(fmax(at, half), p->w - half);
		pen_line(p, t->v[i] == 0 ? "chart-zero" : "chart-grid", at, top, at, bottom);
		if (place - half < last + GAP)
			continue;
		pen_text(p, "chart-tick", place, bottom + 18, MIDDLE, label);
		last = place + half;
	}
}

/* What box, line and mark mean. */
static double dots_legend(struct pen *p, bool own, double y)
{
	double x = 0;
	for (int i = 0; i < (own ? 3 : 2); i++) {
		static const enum chart_msg names[] = {
		    CHART_MSG_QUARTILES, CHART_MSG_MEDIAN, CHART_MSG_OWN};
		str name = pen_msg(p, names[i]);
		double w = 24 + text_width(name) + 2 * GAP;
		if (x > 0 && x + w > p->w) {
			x = 0;
			y += LINE_HEIGHT + 4;
		}
		if (i == 0)
			pen_rect(p, "chart-box", x, y + 1, SWATCH, SWATCH);
		else if (i == 1)
			pen_line(p, "chart-median", x + 8, y, x + 8, y + 18);
		else
			pen_diamond(p, "chart-own", x + 8, y + 9, 8);
		pen_text(p, NULL, x + 22, y + BASELINE, START, name);
		x += w;
	}
	return y + LINE_HEIGHT + GAP;
}

double draw_dots(struct pen *p, const struct chart_dots *d)
{
	struct range r = {0};
	double longest = 0;
	bool own = false;
	dots_range(d, &r);
	for (size_t i = 0; i < d->n; i++) {
		longest = fmax(longest, text_width(d->row[i].label));
		own = own || !isnan(d->row[i].own);
	}
	if (!r.any)
		r = (struct range){1, 10, true};
	bool wide = p->layout == CHART_WIDE;
	double y = dots_legend(p, own, 0);
	struct wrapped head = text_wrap(p->c->value_head, p->w, 2);
	y += pen_lines(p, "chart-axis-title", 0, y + BASELINE, START, &head) + GAP;
	double column = wide ? fmin(longest + 2 * GAP, p->w * .35) : 0;
	struct ticks t =
	    d->log_scale ? ticks_log(r.lo, r.hi) : ticks_linear(r.lo, r.hi, wide ? 5 : 3);
	struct scale x = {t.v[0], t.v[t.n - 1], column + 10, p->w - 10, d->log_scale};
	double top = y;
	struct buf *body = p->out;
	AUTO_BUF marks = BUF_INIT(body->max);
	p->out = &marks;
	for (size_t i = 0; i < d->n; i++) {
		struct wrapped name =
		    text_wrap(d->row[i].label, wide ? column - 2 * GAP : p->w, LABEL_LINES);
		double text = LINE_HEIGHT * (double)name.n;
		double height = wide ? fmax(text, BAND) : text + 6 + BAND;
		pen_lines(p, "chart-name", 0, (wide ? y + (height - text) / 2 : y) + BASELINE,
		    START, &name);
		row_marks(p, &d->row[i], &x, wide ? y + (height - BAND) / 2 : y + text + 6);
		y += height + 14;
	}
	p->out = body;
	dots_axis(p, &x, &t, top, y - 6);
	buf_add(body, buf_str(&marks));
	if (buf_check(&marks, NULL) != ERR_OK)
		p->lost = true;
	return y + 20;
}
