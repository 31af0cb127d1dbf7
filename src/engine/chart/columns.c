/* Columns per category and series, beside or on top of each other; lying down in the narrow layout.
 */
#include "engine/chart/draw.h"

enum {
	PLOT_HEIGHT = 260,
	STUB = 10,      /* the dashed mark of a missing value */
	BAR_THICK = 16, /* lying bar */
	BAR_PITCH = 22,
	STACK_THICK = 26,
	SEGMENT_LABEL = 18 /* a segment at least this high carries its value */
};

/* Sum of what is known; missing when nothing is. */
static double stack_total(const struct chart_columns *d, size_t category)
{
	double sum = 0;
	bool any = false;
	for (size_t i = 0; i < d->n_series; i++) {
		double v = d->series[i].v[category];
		if (!isnan(v)) {
			sum += v;
			any = true;
		}
	}
	return any ? sum : CHART_MISSING;
}

static bool any_missing(const struct chart_columns *d)
{
	for (size_t i = 0; i < d->n_series; i++)
		for (size_t k = 0; k < d->n_categories; k++)
			if (isnan(d->series[i].v[k]))
				return true;
	return false;
}

static struct range values_of(const struct chart_columns *d)
{
	struct range r = {0};
	range_add(&r, 0);
	for (size_t k = 0; k < d->n_categories; k++) {
		if (d->stacked)
			range_add(&r, stack_total(d, k));
		for (size_t i = 0; i < d->n_series; i++)
			range_add(&r, d->series[i].v[k]);
	}
	return r;
}

static double legend(struct pen *p, const struct chart_columns *d, double y)
{
	str name[CHART_SERIES_MAX];
	bool missing = any_missing(d);
	if (d->n_series < 2 && !missing)
		return 0;
	for (size_t i = 0; i < d->n_series; i++)
		name[i] = d->series[i].name;
	return pen_legend(p, y, name, d->n_series, missing);
}

/* Where the parts of the standing layout are. */
struct frame {
	double left, right, top, bottom; /* of the plot */
	double names;                    /* baseline of the categories */
	double group, column,
	    first; /* widths: of a category, of one column, of the blank before the first */
	struct scale y;
	bool labels; /* every column has room for its value */
};

static bool labels_fit(struct pen *p, const struct chart_columns *d, double room)
{
	for (size_t k = 0; k < d->n_categories; k++) {
		if (d->stacked &&
		    text_width(pen_number(p, stack_total(d, k), CHART_NUMBER_LABEL)) > room)
			return false;
		for (size_t i = 0; i < d->n_series; i++) {
			double v = d->series[i].v[k];
			if (!isnan(v) && text_width(pen_number(p, v, CHART_NUMBER_LABEL)) > room)
				return false;
		}
	}
	return true;
}

static void standing_axis(struct pen *p, const struct frame *f, const struct ticks *t)
{
	for (size_t i = 0; i < t->n; i++) {
		double y = scale_at(&f->y, t->v[i]);
		pen_line(p, "chart-grid", f->left, y, f->right, y);
		pen_text(p, "chart-tick", f->left - GAP, y + 5, END,
		    pen_number(p, t->v[i], CHART_NUMBER_TICK));
	}
}

/* Names below the columns: in up to two lines, or every n-th when they do not fit. */
static double category_names(struct pen *p, const struct chart_columns *d, const struct frame *f)
{
	double longest = 0, height = 0;
	for (size_t k = 0; k < d->n_categories; k++) {
		struct wrapped t = text_wrap(d->category[k], f->group - 6, 3);
		longest = fmax(longest, t.cut ? f->group + 1 : t.width);
	}
	size_t every = 1;
	if (longest > f->group - 4) {
		double widest = 0;
		for (size_t k = 0; k < d->n_categories; k++)
			widest = fmax(widest, fmin(text_width(d->category[k]), 160));
		every = (size_t)ceil((widest + GAP) / f->group);
	}
	double last = -GAP;
	for (size_t k = 0; k < d->n_categories; k += every) {
		struct wrapped t = text_wrap(d->category[k], f->group * (double)every - 6, 3);
		double x = f->left + f->group * ((double)k + .5);
		double half = t.width / 2; /* every n-th may hang over the edge */
		x = fmin(fmax(x, half), p->w - half);
		if (x - half < last + (every > 1 ? GAP : 0))
			continue;
		last = x + half;
		height = fmax(height, pen_lines(p, "chart-category", x, f->names, MIDDLE, &t));
	}
	return height;
}

static void standing_group(
    struct pen *p, const struct chart_columns *d, const struct frame *f, size_t k)
{
	double zero = scale_at(&f->y, 0);
	for (size_t i = 0; i < d->n_series; i++) {
		double x = f->left + f->group * (double)k + f->first + f->column * (double)i;
		double v = d->series[i].v[k], w = f->column - (f->column > 8 ? 3 : 1);
		if (isnan(v)) {
			pen_rect(p, "chart-missing", x + .5, zero - STUB, fmax(w - 1, 1), STUB);
			if (f->labels)
				pen_text(p, "chart-value", x + w / 2, zero - STUB - 4, MIDDLE,
				    pen_msg(p, CHART_MSG_MISSING_SHORT));
			continue;
		}
		double y = scale_at(&f->y, v);
		pen_bar(p, i, x, fmin(y, zero), w, fabs(y - zero));
		if (f->labels)
			pen_text(p, "chart-value", x + w / 2, v < 0 ? y + 15 : y - 5, MIDDLE,
			    pen_number(p, v, CHART_NUMBER_LABEL));
	}
}

static void standing_stack(
    struct pen *p, const struct chart_columns *d, const struct frame *f, size_t k)
{
	double x = f->left + f->group * (double)k + f->first, w = f->column;
	double below = 0, zero = scale_at(&f->y, 0), total = stack_total(d, k);
	for (size_t i = 0; i < d->n_series; i++) {
		double v = d->series[i].v[k];
		if (isnan(v) || v == 0)
			continue;
		double y0 = scale_at(&f->y, below), y1 = scale_at(&f->y, below + v);
		pen_bar(p, i, x, y1, w, y0 - y1);
		str label = pen_number(p, v, CHART_NUMBER_LABEL);
		if (y0 - y1 >= SEGMENT_LABEL && f->labels) {
			double lw = text_width(label) + 6;
			pen_rect(p, "chart-plate", x + w / 2 - lw / 2, (y0 + y1) / 2 - 8, lw, 16);
			pen_text(p, "chart-value", x + w / 2, (y0 + y1) / 2 + 5, MIDDLE, label);
		}
		below += v;
	}
	if (isnan(total))
		pen_rect(p, "chart-missing", x + .5, zero - STUB, w - 1, STUB);
	if (f->labels)
		pen_text(p, "chart-total", x + w / 2,
		    scale_at(&f->y, below) - (isnan(total) ? STUB : 0) - 6, MIDDLE,
		    isnan(total) ? pen_msg(p, CHART_MSG_MISSING_SHORT)
		                 : pen_number(p, total, CHART_NUMBER_LABEL));
}

static double draw_standing(struct pen *p, const struct chart_columns *d)
{
	double y = legend(p, d, 0);
	struct wrapped head = text_wrap(p->c->value_head, p->w, 2);
	y += pen_lines(p, "chart-axis-title", 0, y + BASELINE, START, &head) + 20;
	struct range r = values_of(d);
	struct ticks t = ticks_linear(r.lo, r.hi, 5);
	struct frame f = {.top = y, .bottom = y + PLOT_HEIGHT, .right = p->w};
	for (size_t i = 0; i < t.n; i++)
		f.left = fmax(f.left, text_width(pen_number(p, t.v[i], CHART_NUMBER_TICK)) + GAP);
	f.y = (struct scale){t.v[0], t.v[t.n - 1], f.bottom, f.top, false};
	f.group = (f.right - f.left) / (double)d->n_categories;
	size_t abreast = d->stacked ? 1 : d->n_series;
	f.column = fmin(f.group * .86 / (double)abreast, d->stacked ? 96 : 64);
	f.first = (f.group - f.column * (double)abreast) / 2;
	f.labels = labels_fit(p, d, d->stacked ? fmin(f.column, f.group) - 2 : f.column - 1);
	f.names = f.bottom + (r.lo < 0 && f.labels ? 20 + LINE_HEIGHT : 20);
	standing_axis(p, &f, &t);
	for (size_t k = 0; k < d->n_categories; k++) {
		if (d->stacked)
			standing_stack(p, d, &f, k);
		else
			standing_group(p, d, &f, k);
	}
	double zero = scale_at(&f.y, 0);
	pen_line(p, "chart-zero", f.left, zero, f.right, zero); /* over the feet of the columns */
	double names = category_names(p, d, &f);
	return f.names - 8 + names;
}

/* ---- lying ---- */

static double widest_value(struct pen *p, const struct chart_columns *d)
{
	double w = text_width(pen_msg(p, CHART_MSG_MISSING));
	for (size_t k = 0; k < d->n_categories; k++) {
		if (d->stacked) {
			double total = stack_total(d, k);
			if (!isnan(total))
				w = fmax(w, text_width(pen_number(p, total, CHART_NUMBER_LABEL)));
			continue;
		}
		for (size_t i = 0; i < d->n_series; i++)
			if (!isnan(d->series[i].v[k]))
				w = fmax(w, text_width(pen_number(
				                p, d->series[i].v[k], CHART_NUMBER_LABEL)));
	}
	return w;
}

static double lying_group(
    struct pen *p, const struct chart_columns *d, const struct scale *x, size_t k, double y)
{
	double zero = scale_at(x, 0);
	for (size_t i = 0; i < d->n_series; i++, y += BAR_PITCH) {
		double v = d->series[i].v[k], end = zero;
		if (isnan(v)) {
			pen_rect(p, "chart-missing", zero, y + .5, STUB, BAR_THICK - 1);
			pen_text(p, "chart-value", zero + STUB + 5, y + 13, START,
			    pen_msg(p, CHART_MSG_MISSING));
			continue;
		}
		end = scale_at(x, v);
		pen_bar(p, i, fmin(end, zero), y, fabs(end - zero), BAR_THICK);
		pen_text(p, "chart-value", fmax(end, zero) + 5, y + 13, START,
		    pen_number(p, v, CHART_NUMBER_LABEL));
	}
	return y;
}

static double lying_stack(
    struct pen *p, const struct chart_columns *d, const struct scale *x, size_t k, double y)
{
	double below = 0, total = stack_total(d, k), zero = scale_at(x, 0);
	for (size_t i = 0; i < d->n_series; i++) {
		double v = d->series[i].v[k];
		if (isnan(v) || v == 0)
			continue;
		double x0 = scale_at(x, below), x1 = scale_at(x, below + v);
		str label = pen_number(p, v, CHART_NUMBER_LABEL);
		double lw = text_width(label) + 6;
		pen_bar(p, i, x0, y, x1 - x0, STACK_THICK);
		if (x1 - x0 >= lw + 4) {
			pen_rect(p, "chart-plate", (x0 + x1 - lw) / 2, y + 5, lw, 16);
			pen_text(p, "chart-value", (x0 + x1) / 2, y + 18, MIDDLE, label);
		}
		below += v;
	}
	if (isnan(total))
		pen_rect(p, "chart-missing", zero, y + .5, STUB, STACK_THICK - 1);
	pen_text(p, "chart-total", scale_at(x, below) + (isnan(total) ? STUB : 0) + 5, y + 18,
	    START,
	    isnan(total) ? pen_msg(p, CHART_MSG_MISSING)
	                 : pen_number(p, total, CHART_NUMBER_LABEL));
	return y + STACK_THICK + 4;
}

static double draw_lying(struct pen *p, const struct chart_columns *d)
{
	double y = legend(p, d, 0);
	struct wrapped head = text_wrap(p->c->value_head, p->w, 3);
	y += pen_lines(p, "chart-axis-title", 0, y + BASELINE, START, &head) + GAP;
	struct range r = values_of(d);
	if (r.hi == r.lo)
		r.hi = r.lo + 1;
	double room = widest_value(p, d) + 8;
	struct scale x = {r.lo, r.hi, r.lo < 0 ? 2 : 0, p->w - room, false};
	for (size_t k = 0; k < d->n_categories; k++) {
		struct wrapped name = text_wrap(d->category[k], p->w, 3);
		y += pen_lines(p, "chart-category", 0, y + BASELINE, START, &name) + 4;
		double from = y - 2;
		y = d->stacked ? lying_stack(p, d, &x, k, y) : lying_group(p, d, &x, k, y);
		pen_line(p, "chart-zero", scale_at(&x, 0), from, scale_at(&x, 0), y - 2);
		y += 10;
	}
	return y;
}

double draw_columns(struct pen *p, const struct chart_columns *d)
{
	return p->layout == CHART_WIDE ? draw_standing(p, d) : draw_lying(p, d);
}
