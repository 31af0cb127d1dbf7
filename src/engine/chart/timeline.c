/* Periods as bars over a time axis, events as marks with their names: hanging below the axis in
 * lanes that do not collide, or, when there are many or little width, along a standing axis. */
#include "engine/chart/draw.h"

enum {
	BAR = 14,
	NAME_WIDTH = 176, /* of an event hanging below the axis */
	LANES_MAX = 6,
	HANGING_MAX = 9, /* more events than this stand in a list */
	NAME_LINES = 4,
	FIT_ROUNDS = 6,
	SPAN_MIN = 4, /* length of the mark of a month or year */
};

static const double BOLD = 1.14; /* how much wider than plain */

struct axis {
	struct scale x;
	int32_t year0, year1; /* from 1 January of year0 to 1 January of year1 */
};

static double first_of(pdate d)
{
	return (double)pdate_first(d).day;
}

/* The end of the last day, so that a period of one day has a length. */
static double end_of(pdate d)
{
	return (double)pdate_last(d).day + 1;
}

static double year_start(int32_t year)
{
	date d;
	return date_from_civil(year, 1, 1, &d) ? (double)d.day : 0;
}

static void span(struct range *r, pdate d)
{
	if (d.precision) {
		range_add(r, first_of(d));
		range_add(r, end_of(d) - 1);
	}
}

/* False: no date at all. */
static bool axis_of(
    const struct chart_timeline *d, double left, double right, struct axis *ret_axis)
{
	struct range r = {0};
	for (size_t i = 0; i < d->n_periods; i++) {
		span(&r, d->period[i].from);
		span(&r, d->period[i].to);
	}
	for (size_t i = 0; i < d->n_events; i++)
		span(&r, d->event[i].on);
	if (!r.any)
		return false;
	ret_axis->year0 = date_to_civil((date){(int32_t)r.lo}).year;
	ret_axis->year1 = date_to_civil((date){(int32_t)r.hi}).year + 1;
	ret_axis->x = (struct scale){
	    year_start(ret_axis->year0), year_start(ret_axis->year1), left, right, false};
	return true;
}

static void year_lines(struct pen *p, const struct axis *a, double top, double bottom)
{
	double room = text_width(STR("2000")) + GAP;
	double year_width = (a->x.at1 - a->x.at0) / (a->year1 - a->year0);
	int32_t stride = (int32_t)ceil(room / year_width);
	for (int32_t year = a->year0; year <= a->year1; year++) {
		double x = scale_at(&a->x, year_start(year));
		if ((year - a->year0) % stride == 0 || year == a->year1)
			pen_line(p, "chart-grid", x, top, x, bottom);
		if (year == a->year1 || (year - a->year0) % stride != 0)
			continue;
		double middle = stride == 1
		                    ? scale_at(&a->x, (year_start(year) + year_start(year + 1)) / 2)
		                    : fmax(x, room / 2);
		str label = arena_fmt(p->a, "%d", year);
		if (!label.p)
			p->lost = true;
		if (middle + room / 2 - GAP <= p->w)
			pen_text(p, "chart-tick", middle, bottom + 17, MIDDLE, label);
	}
	pen_line(p, "chart-axis", a->x.at0, bottom, a->x.at1, bottom);
}

/* What is certain as a bar, what a partial date leaves open as pale ends. */
static void period_bar(struct pen *p, const struct chart_period *d, const struct axis *a, double y)
{
	double from = scale_at(&a->x, first_of(d->from)),
	       sure_from = scale_at(&a->x, end_of(d->from));
	double to = a->x.at1, sure_to = a->x.at1;
	if (d->to.precision) {
		to = scale_at(&a->x, end_of(d->to));
		sure_to = scale_at(&a->x, first_of(d->to));
	}
	if (d->from.precision == DATE_PRECISION_DAY)
		sure_from = from;
	if (d->to.precision == DATE_PRECISION_DAY)
		sure_to = to;
	if (to < from) /* the source contradicts itself: show both ends */
		to = sure_to = sure_from = from;
	pen_rect(p, "chart-vague", fmin(from, a->x.at1 - 2), y + 3, fmax(to - from, 2), BAR - 6);
	if (sure_to > sure_from) {
		if (d->kind == CHART_PERIOD_PLANNED)
			pen_rect(p, "chart-planned", sure_from + .5, y + .5,
			    fmax(sure_to - sure_from - 1, 1), BAR - 1);
		else
			pen_bar(p, d->kind == CHART_PERIOD_EXTENSION ? 1 : 0, sure_from, y,
			    sure_to - sure_from, BAR);
	}
	if (!d->to.precision)
		pen_line(p, "chart-open", to, y - 3, to, y + BAR + 3);
}

str period_text(struct pen *p, const struct chart_period *d)
{
	str from = d->from.precision ? pen_when(p, d->from) : pen_msg(p, CHART_MSG_MISSING);
	if (!d->to.precision)
		return PEN_SAY(p, CHART_MSG_PERIOD_OPEN, d->label, from);
	return PEN_SAY(p, CHART_MSG_PERIOD_TEXT, d->label, from, pen_when(p, d->to));
}

static double periods(struct pen *p, const struct chart_timeline *d, const struct axis *a, double y)
{
	double full = p->w;
	for (size_t i = 0; i < d->n_periods; i++) {
		str text = period_text(p, &d->period[i]);
		if (text.n > 0 && text.p[text.n - 1] == '.') /* a sentence elsewhere, a name here */
			text.n--;
		struct wrapped t = text_wrap(text, full, NAME_LINES);
		double x = a->x.at0;
		if (d->period[i].from.precision)
			x = fmax(a->x.at0,
			    fmin(scale_at(&a->x, first_of(d->period[i].from)), full - t.width));
		y += pen_lines(p, "chart-name", x, y + BASELINE, START, &t) + 3;
		if (d->period[i].from.precision)
			period_bar(p, &d->period[i], a, y);
		y += BAR + 10;
	}
	return y;
}

/* An event on its way to a place. */
struct hung {
	const struct chart_event *event;
	double x0, x1, x; /* first and last day, and where the name hangs */
	str when;
	struct wrapped name;
	double width, height;
	size_t lane;
	double y;
};

/* By the middle of the range that the date stands for, which is where the mark's thread begins: so
 * none cross. */
static int by_day(const void *a, const void *b)
{
	const struct hung *x = a, *y = b;
	int64_t i = (int64_t)pdate_first(x->event->on).day + pdate_last(x->event->on).day;
	int64_t k = (int64_t)pdate_first(y->event->on).day + pdate_last(y->event->on).day;
	if (i != k)
		return i < k ? -1 : 1;
	return (x->event > y->event) - (x->event < y->event);
}

/* Events that have a date, in order; those without are in the table only. */
static struct hung *in_order(
    struct pen *p, const struct chart_timeline *d, double width, size_t *ret_n)
{
	struct hung *h = ARENA_ARRAY(p->a, d->n_events, struct hung);
	size_t n = 0;
	*ret_n = 0;
	if (!h) {
		p->lost = true;
		return NULL;
	}
	for (size_t i = 0; i < d->n_events; i++) {
		if (!d->event[i].on.precision)
			continue;
		struct hung *e = &h[n++];
		e->event = &d->event[i];
		e->when = pen_when(p, e->event->on);
		e->name = text_wrap(e->event->label, width, NAME_LINES);
		e->width = fmax(e->name.width, text_width(e->when) * BOLD);
		e->height = LINE_HEIGHT * (double)(e->name.n + 1);
	}
	if (n > 1)
		qsort(h, n, sizeof *h, by_day);
	*ret_n = n;
	return h;
}

/* Shrink the axis until the last names fit, then hang from right to left, each in the first lane
 * that is free there: a thread then passes left of all names hung before it. False: it takes too
 * many lanes. */
static bool hang(struct hung *h, size_t n, struct axis *a, double w)
{
	for (int round = 0; round < FIT_ROUNDS; round++) {
		double over = 0;
		for (size_t i = 0; i < n; i++) {
			h[i].x0 = scale_at(&a->x, first_of(h[i].event->on));
			h[i].x1 = scale_at(&a->x, end_of(h[i].event->on));
			h[i].x = (h[i].x0 + h[i].x1) / 2;
			over = fmax(over, h[i].x + 6 + h[i].width - w);
		}
		if (over < .5)
			break;
		if (round + 1 == FIT_ROUNDS || a->x.at1 - over < w / 2)
			return false;
		a->x.at1 -= over;
	}
	double left[LANES_MAX +
	            1]; /* left[k]: leftmost thread of those that end in lane k or below it */
	for (size_t k = 0; k <= LANES_MAX; k++)
		left[k] = 1e9;
	for (size_t i = n; i > 0; i--) {
		struct hung *e = &h[i - 1];
		size_t k = 0;
		while (k < LANES_MAX && e->x + 6 + e->width + GAP > left[k])
			k++;
		if (k == LANES_MAX)
			return false;
		e->lane = k;
		for (size_t above = 0; above <= k; above++)
			left[above] = e->x;
	}
	return true;
}

static bool is_span(const struct hung *e)
{
	return e->event->on.precision != DATE_PRECISION_DAY;
}

/* Ranges first, so that no day is covered by one. */
static void marks_on_axis(struct pen *p, const struct hung *h, size_t n, double y)
{
	for (size_t i = 0; i < n; i++)
		if (is_span(&h[i]))
			pen_rect(
			    p, "chart-span", h[i].x0, y - 4, fmax(h[i].x1 - h[i].x0, SPAN_MIN), 8);
	for (size_t i = 0; i < n; i++)
		if (!is_span(&h[i]))
			pen_diamond(p, "chart-event", h[i].x, y, 6);
}

static double draw_hanging(struct pen *p, const struct hung *h, size_t n, double axis_y)
{
	double lane_y[LANES_MAX + 1] = {axis_y + 34};
	for (size_t k = 0; k < LANES_MAX; k++) {
		double tallest = 0;
		for (size_t i = 0; i < n; i++)
			if (h[i].lane == k)
				tallest = fmax(tallest, h[i].height + 10);
		lane_y[k + 1] = lane_y[k] + tallest;
	}
	for (size_t i = 0; i < n; i++) {
		double y = lane_y[h[i].lane];
		pen_line(p, "chart-thread", h[i].x, axis_y, h[i].x, y + h[i].height);
	}
	for (size_t i = 0; i < n; i++) {
		double y = lane_y[h[i].lane];
		pen_text(p, "chart-when", h[i].x + 6, y + BASELINE, START, h[i].when);
		pen_lines(
		    p, "chart-name", h[i].x + 6, y + LINE_HEIGHT + BASELINE, START, &h[i].name);
	}
	marks_on_axis(p, h, n, axis_y);
	return lane_y[LANES_MAX];
}

/* More than this along a standing axis, and threads between marks and names would cross each other. */
enum { STANDING_TRUE_MAX = 8 };

/* Many events: one below the other, in order, each mark beside its name. Distances say nothing then. */
static void place_in_order(struct hung *h, size_t n, double top)
{
	double next = top;
	for (size_t i = 0; i < n; i++) {
		h[i].y = next;
		h[i].x = next + BASELINE - 5;
		h[i].x0 = h[i].x - SPAN_MIN;
		h[i].x1 = h[i].x + SPAN_MIN;
		next += h[i].height + 10;
	}
}

/* Few events: marks at their true place, names pushed apart. */
static void place_by_time(struct hung *h, size_t n, const struct axis *a, double top, double total)
{
	struct scale y = {a->x.v0, a->x.v1, top, top + total, false};
	double next = top, limit = top + total;
	for (size_t i = 0; i < n; i++) {
		h[i].x0 = scale_at(&y, first_of(h[i].event->on));
		h[i].x1 = scale_at(&y, end_of(h[i].event->on));
		h[i].x = (h[i].x0 + h[i].x1) / 2;
		h[i].y = fmax(h[i].x - BASELINE + 5, next);
		next = h[i].y + h[i].height + 10;
	}
	for (size_t i = n; i > 0; i--) {
		h[i - 1].y = fmin(h[i - 1].y, limit - h[i - 1].height - 10);
		limit = h[i - 1].y;
	}
}

/* Along a standing axis, a thread between each mark and its name. */
static double draw_standing(
    struct pen *p, struct hung *h, size_t n, const struct axis *a, double top)
{
	double total = 0;
	if (n == 0)
		return top;
	for (size_t i = 0; i < n; i++)
		total += h[i].height + 10;
	if (n > STANDING_TRUE_MAX)
		place_in_order(h, n, top);
	else
		place_by_time(h, n, a, top, total);
	pen_line(p, "chart-axis", 8, top, 8, top + total);
	for (size_t i = 0; i < n; i++)
		if (is_span(&h[i]))
			pen_rect(p, "chart-span", 4, fmin(h[i].x0, top + total - SPAN_MIN), 8,
			    fmax(h[i].x1 - h[i].x0, SPAN_MIN));
	for (size_t i = 0; i < n; i++)
		if (!is_span(&h[i]))
			pen_diamond(p, "chart-event", 8, h[i].x, 6);
	for (size_t i = 0; i < n; i++) {
		pen_line(p, "chart-thread", is_span(&h[i]) ? 12 : 14, h[i].x, 30,
		    h[i].y + BASELINE - 5);
		pen_text(p, "chart-when", 36, h[i].y + BASELINE, START, h[i].when);
		pen_lines(p, "chart-name", 36, h[i].y + LINE_HEIGHT + BASELINE, START, &h[i].name);
	}
	return top + total;
}

double draw_timeline(struct pen *p, const struct chart_timeline *d)
{
	struct axis a;
	size_t n = 0;
	bool wide = p->layout == CHART_WIDE;
	if (!axis_of(d, 0, p->w, &a)) {
		pen_text(p, "chart-name", 0, BASELINE, START, pen_msg(p, CHART_MSG_NO_DATA));
		return LINE_HEIGHT;
	}
	struct hung *h = in_order(p, d, wide ? NAME_WIDTH : p->w - 40, &n);
	bool hanging = wide && n <= HANGING_MAX && hang(h, n, &a, p->w);
	if (!hanging) {
		a.x.at1 = p->w;
		for (size_t i = 0; wide && i < n; i++) {
			h[i].name = text_wrap(h[i].event->label, p->w - 40, NAME_LINES);
			h[i].height = LINE_HEIGHT * (double)(h[i].name.n + 1);
		}
	}
	struct buf *body = p->out;
	AUTO_BUF marks = BUF_INIT(body->max);
	p->out = &marks;
	double y = periods(p, d, &a, 2), axis_y = y + 6;
	p->out = body;
	year_lines(p, &a, 0, axis_y);
	buf_add(body, buf_str(&marks));
	if (buf_check(&marks, NULL) != ERR_OK)
		p->lost = true;
	if (hanging)
		return draw_hanging(p, h, n, axis_y);
	return draw_standing(p, h, n, &a, axis_y + 36);
}
