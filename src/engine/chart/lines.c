/* Values over time, with reference lines; names at the ends of the lines where there is room. */
#include "engine/chart/draw.h"

enum {
	PLOT_WIDE = 300,
	PLOT_NARROW = 220,
	NAMES_MAX = 170, /* width of the names beside the plot */
	MARKS_MAX = 40,  /* a line of more points gets no marks */
	DAYS_PER_YEAR_X10000 = 3652425,
};

static double year_of(enum chart_x kind, double x)
{
	if (kind == CHART_X_YEAR)
		return x;
	return 1970 + x * 10000 / DAYS_PER_YEAR_X10000;
}

struct plot {
	double left, right, top, bottom;
	struct scale x, y;
};

static void value_axis(struct pen *p, const struct plot *f, const struct ticks *t)
{
	for (size_t i = 0; i < t->n; i++) {
		double y = scale_at(&f->y, t->v[i]);
		pen_line(p, t->v[i] == 0 ? "chart-zero" : "chart-grid", f->left, y, f->right, y);
		pen_text(p, "chart-tick", f->left - GAP, y + 5, END,
		    pen_number(p, t->v[i], CHART_NUMBER_TICK));
	}
}

/* Whole years; as many as have room. */
static void year_axis(struct pen *p, const struct plot *f)
{
	double first = ceil(f->x.v0 - 1e-6), last = floor(f->x.v1 + 1e-6);
	double room = floor((f->right - f->left) / (text_width(STR("2000")) + 2 * GAP));
	double stride = fmax(1, ceil((last - first) / fmax(room, 1)));
	for (double year = first; year <= last; year += stride) {
		double x = scale_at(&f->x, year);
		str label = arena_fmt(p->a, "%.0f", year);
		if (!label.p)
			p->lost = true;
		pen_line(p, "chart-stroke", x, f->bottom, x, f->bottom + 5);
		pen_text(p, "chart-tick", x, f->bottom + 20, MIDDLE, label);
	}
}

static void line_class(char dst[40], const char *stem, size_t i)
{
	(void)snprintf(dst, 40, "%s chart-l%zu", stem, i + 1);
}

static void mark(struct pen *p, size_t i, double x, double y)
{
	char class[40];
	line_class(class, "chart-point", i);
	if (i % 2)
		pen_diamond(p, class, x, y, 5);
	else
		pen_circle(p, class, x, y, 4);
}

/* One line with gaps where values are missing; a value alone between gaps is a mark. */
static void draw_line(struct pen *p, const struct chart_lines *d, size_t i, const struct plot *f)
{
	const struct chart_line *l = &d->line[i];
	char class[40];
	line_class(class, "chart-line", i);
	buf_addf(p->out, "<path class=\"%s\" d=\"", class);
	bool on = false;
	for (size_t k = 0; k < l->n; k++) {
		if (isnan(l->p[k].y)) {
			on = false;
			continue;
		}
		double x = scale_at(&f->x, year_of(d->x, l->p[k].x));
		buf_addc(p->out, on ? 'L' : 'M');
		buf_add_place(p->out, p->mirror ? p->w - x : x);
		buf_addc(p->out, ' ');
		buf_add_place(p->out, scale_at(&f->y, l->p[k].y));
		on = true;
	}
	buf_addz(p->out, "\"/>");
	for (size_t k = 0; k < l->n; k++) {
		bool alone =
		    (k == 0 || isnan(l->p[k - 1].y)) && (k + 1 == l->n || isnan(l->p[k + 1].y));
		if (!isnan(l->p[k].y) && (l->n <= MARKS_MAX || alone))
			mark(p, i, scale_at(&f->x, year_of(d->x, l->p[k].x)),
			    scale_at(&f->y, l->p[k].y));
	}
}

static void references(struct pen *p, const struct chart_lines *d, const struct plot *f)
{
	double last = 1e9;
	for (size_t i = 0; i < d->n_references; i++) {
		double y = scale_at(&f->y, d->reference[i].y);
		pen_line(p, "chart-reference", f->left, y, f->right, y);
		/* Above its line; below when the one before is too near. */
		double base = fabs(last - (y - 5)) < LINE_HEIGHT ? y + 15 : y - 5;
		struct wrapped t = text_wrap(d->reference[i].label, f->right - f->left, 1);
		pen_lines(p, "chart-reference-name", f->left + 4, base, START, &t);
		last = base;
	}
}

/* Last known value of a line; false when it has none. */
static bool line_end(const struct chart_line *l, struct chart_point *ret_p)
{
	for (size_t k = l->n; k > 0; k--) {
		if (!isnan(l->p[k - 1].y)) {
			*ret_p = l->p[k - 1];
			return true;
		}
	}
	return false;
}

/* Names right of the plot, pushed apart, each with a thread to the end of its line. */
static void names_beside(struct pen *p, const struct chart_lines *d, const struct plot *f)
{
	struct {
		size_t line;
		double x, end, y, height;
		struct wrapped t;
	} at[CHART_SERIES_MAX];
	size_t n = 0;
	for (size_t i = 0; i < d->n; i++) {
		struct chart_point end;
		if (!line_end(&d->line[i], &end))
			continue;
		size_t k = n++; /* sorted from top to bottom while it is filled */
		double y = scale_at(&f->y, end.y);
		for (; k > 0 && at[k - 1].end > y; k--)
			at[k] = at[k - 1];
		at[k].line = i;
		at[k].x = scale_at(&f->x, year_of(d->x, end.x));
		at[k].end = y;
		at[k].t = text_wrap(d->line[i].name, NAMES_MAX, 2);
		at[k].height = LINE_HEIGHT * (double)at[k].t.n;
	}
	double floor_y = f->top - 10;
	for (size_t k = 0; k < n; k++) {
		at[k].y = fmax(at[k].end - at[k].height / 2, floor_y);
		floor_y = at[k].y + at[k].height;
	}
	double limit = f->bottom + 10;
	for (size_t k = n; k > 0; k--) {
		at[k - 1].y = fmin(at[k - 1].y, limit - at[k - 1].height);
		limit = at[k - 1].y;
	}
	for (size_t k = 0; k < n; k++) {
		pen_line(p, "chart-thread", at[k].x + 6, at[k].end, f->right + 18,
		    at[k].y + at[k].height / 2);
		pen_lines(p, "chart-name", f->right + 22, at[k].y + BASELINE, START, &at[k].t);
	}
}

/* Names with a piece of their line, above the plot. */
static double names_above(struct pen *p, const struct chart_lines *d, double y)
{
	for (size_t i = 0; i < d->n; i++) {
		char class[40];
		struct wrapped t = text_wrap(d->line[i].name, p->w - 40, 2);
		line_class(class, "chart-line", i);
		pen_line(p, class, 0, y + 9, 30, y + 9);
		mark(p, i, 15, y + 9);
		y += pen_lines(p, "chart-name", 38, y + BASELINE, START, &t) + 4;
	}
	return y + GAP;
}

static void ranges(const struct chart_lines *d, struct range *x, struct range *y)
{
	for (size_t i = 0; i < d->n; i++) {
		for (size_t k = 0; k < d->line[i].n; k++) {
			range_add(x, year_of(d->x, d->line[i].p[k].x));
			range_add(y, d->line[i].p[k].y);
		}
	}
	for (size_t i = 0; i < d->n_references; i++)
		range_add(y, d->reference[i].y);
	if (d->from_zero)
		range_add(y, 0);
	if (!y->any)
		*y = (struct range){0, 1, true};
	if (!x->any)
		*x = (struct range){2000, 2001, true};
	if (x->lo == x->hi) {
		x->lo -= .5;
		x->hi += .5;
	}
}

double draw_lines(struct pen *p, const struct chart_lines *d)
{
	bool wide = p->layout == CHART_WIDE;
	struct range xr = {0}, yr = {0};
	ranges(d, &xr, &yr);
	struct wrapped head = text_wrap(p->c->value_head, p->w, 2);
	double y = wide ? 0 : d->n > 1 ? names_above(p, d, 0) : 0, names = 0;
	y += pen_lines(p, "chart-axis-title", 0, y + BASELINE, START, &head) + 14;
	for (size_t i = 0; wide && d->n > 1 && i < d->n; i++)
		names = fmax(names, 22 + text_wrap(d->line[i].name, NAMES_MAX, 2).width);
	struct ticks t = ticks_linear(yr.lo, yr.hi, wide ? 6 : 4);
	struct plot f = {.right = p->w - fmax(names, 18),
	    .top = y,
	    .bottom = y + (wide ? PLOT_WIDE : PLOT_NARROW)};
	for (size_t i = 0; i < t.n; i++)
		f.left = fmax(f.left, text_width(pen_number(p, t.v[i], CHART_NUMBER_TICK)) + GAP);
	f.left = fmax(f.left, 18);
	f.y = (struct scale){t.v[0], t.v[t.n - 1], f.bottom, f.top, false};
	f.x = (struct scale){xr.lo, xr.hi, f.left + 10, f.right - 10, false};
	value_axis(p, &f, &t);
	year_axis(p, &f);
	for (size_t i = 0; i < d->n; i++)
		draw_line(p, d, i, &f);
	references(p, d, &f);
	if (wide && d->n > 1)
		names_beside(p, d, &f);
	return f.bottom + 26;
}
