/* One bar per row: plain values, results against targets, and parts of a whole. */
#include "engine/chart/draw.h"

enum {
	BAR = 20,
	LABEL_LINES = 3,
	STUB = 10,
	TARGET_BAR = 16,
	SHARE_BAR = 44,
};

/* A row's name beside the bar (wide) or above it (narrow), and where the bar then goes. */
struct row_place {
	double bar_y, next_y;
};

static struct row_place row_name(
    struct pen *p, str label, str href, double column, double y, double bar)
{
	bool wide = p->layout == CHART_WIDE;
	struct wrapped t = text_wrap(label, wide ? column - 2 * GAP : p->w, LABEL_LINES);
	double text = LINE_HEIGHT * (double)t.n;
	double height = wide ? fmax(text, bar) : text + 4 + bar;
	double top = wide ? y + (height - text) / 2 : y;
	pen_link(p, href, STR_NONE);
	p->lang = p->c->row_lang;
	pen_lines(p, href.n ? "chart-link" : "chart-name", 0, top + BASELINE, START, &t);
	p->lang = STR_NONE;
	pen_link_end(p, href);
	return (struct row_place){wide ? y + (height - bar) / 2 : y + text + 4, y + height};
}

/* Width of the column of names: as wide as the longest, within a share of the drawing. */
static double name_column(struct pen *p, double longest, double share)
{
	return p->layout == CHART_WIDE ? fmin(longest + 2 * GAP, p->w * share) : 0;
}

/* Grid lines and numbers at the bottom, behind and under the bars. */
static void lying_grid(
    struct pen *p, const struct scale *x, const struct ticks *t, double top, double bottom)
{
	double last_end = -1e9;
	for (size_t i = 0; i < t->n; i++) {
		double at = scale_at(x, t->v[i]);
		str label = pen_number(p, t->v[i], CHART_NUMBER_TICK);
		double half = text_width(label) / 2;
		if (at >
		    1) /* at the edge the bars make the line themselves, and names stand there */
			pen_line(
			    p, t->v[i] == 0 ? "chart-zero" : "chart-grid", at, top, at, bottom);
		double place = fmax(at, half);
		if (place - half < last_end + GAP || place + half > p->w)
			continue; /* no room: the line stays */
		pen_text(p, "chart-tick", place, bottom + 18, MIDDLE, label);
		last_end = place + half;
	}
}

double draw_bars(struct pen *p, const struct chart_bars *d)
{
	struct range r = {0};
	double longest = 0, room = text_width(pen_msg(p, CHART_MSG_MISSING)) + STUB;
	range_add(&r, 0);
	for (size_t i = 0; i < d->n; i++) {
		range_add(&r, d->row[i].v);
		longest = fmax(longest, text_width(d->row[i].label));
		if (!isnan(d->row[i].v))
			room =
			    fmax(room, text_width(pen_number(p, d->row[i].v, CHART_NUMBER_LABEL)));
	}
	struct wrapped head = text_wrap(p->c->value_head, p->w, 2);
	double y = pen_lines(p, "chart-axis-title", 0, BASELINE, START, &head) + GAP;
	double column = name_column(p, longest, .4);
	struct ticks t = ticks_linear(r.lo, r.hi, p->layout == CHART_WIDE ? 5 : 3);
	struct scale x = {
	    t.v[0], t.v[t.n - 1], column + (r.lo < 0 ? 20 : 0), p->w - room - 8, false};
	double top = y, zero = scale_at(&x, 0);
	/* The grid lies behind the bars, so the height is needed first: lay out on paper, then
	 * draw. */
	struct buf *body = p->out;
	AUTO_BUF marks = BUF_INIT(body->max);
	p->out = &marks;
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_bar *b = &d->row[i];
		struct row_place at = row_name(p, b->label, b->href, column, y, BAR);
		if (isnan(b->v)) {
			pen_rect(p, "chart-missing", zero, at.bar_y + .5, STUB, BAR - 1);
			pen_text(p, "chart-value", zero + STUB + 5, at.bar_y + 15, START,
			    pen_msg(p, CHART_MSG_MISSING));
		} else {
			double end = scale_at(&x, b->v);
			pen_bar(p, 0, fmin(zero, end), at.bar_y, fabs(end - zero), BAR);
			pen_text(p, "chart-value", fmax(zero, end) + 6, at.bar_y + 15, START,
			    pen_number(p, b->v, CHART_NUMBER_LABEL));
		}
		y = at.next_y + 10;
	}
	p->out = body;
	lying_grid(p, &x, &t, top, y - 4);
	buf_add(body, buf_str(&marks));
	if (buf_check(&marks, NULL) != ERR_OK)
		p->lost = true;
	return y + 20;
}

/* ---- result against target ---- */

double target_ratio(const struct chart_target *t)
{
	if (isnan(t->target) || isnan(t->result) || t->target <= 0)
		return CHART_MISSING;
	return t->result / t->target;
}

str target_text(struct pen *p, const struct chart_target *t)
{
	str target = isnan(t->target) ? STR("") : pen_number(p, t->target, CHART_NUMBER_LABEL);
	str result = isnan(t->result) ? STR("") : pen_number(p, t->result, CHART_NUMBER_LABEL);
	if (isnan(t->result) && isnan(t->target))
		return pen_msg(p, CHART_MSG_NEITHER);
	if (isnan(t->result))
		return PEN_SAY(p, CHART_MSG_NO_RESULT, target);
	if (isnan(target_ratio(t)))
		return PEN_SAY(p, CHART_MSG_NO_TARGET, result);
	return PEN_SAY(p, CHART_MSG_OF_TARGET, result, target, pen_percent(p, target_ratio(t)));
}

/* The scale ends at 100, 150 or 200 % of the target; what is longer is drawn with a break at its
 * end. */
static double targets_end(const struct chart_targets *d)
{
	struct range r = {0};
	range_add(&r, 1);
	for (size_t i = 0; i < d->n; i++)
		range_add(&r, target_ratio(&d->row[i]));
	return r.hi <= 1 ? 1 : r.hi <= 1.5 ? 1.5 : 2;
}

/* Two slanted strokes of the ground colour across the bar. */
static void break_mark(struct pen *p, double x, double y)
{
	pen_line(p, "chart-break", x - 3, y + TARGET_BAR + 3, x + 3, y - 3);
	pen_line(p, "chart-break", x + 4, y + TARGET_BAR + 3, x + 10, y - 3);
}

static void target_bar(struct pen *p, const struct chart_target *t, const struct scale *x, double y)
{
	double ratio = target_ratio(t), zero = scale_at(x, 0), full = scale_at(x, 1);
	bool has_target = !isnan(t->target) && t->target > 0;
	if (!has_target) /* nothing to measure by: no bar, the text says what is known */
		return;
	if (isnan(ratio)) {
		pen_rect(p, "chart-missing", zero + .5, y + .5, full - zero - 1, TARGET_BAR - 1);
	} else {
		double end = scale_at(x, fmin(fmax(ratio, 0), x->v1));
		pen_rect(p, "chart-track", zero, y, full - zero, TARGET_BAR);
		double length = ratio > 0 ? fmax(end - zero, 2) : 0; /* a little is not nothing */
		pen_bar(p, ratio >= 1 ? 0 : 1, zero, y + 2, length, TARGET_BAR - 4);
		if (ratio > x->v1)
			break_mark(p, scale_at(x, x->v1 - .25 * (x->v1 - 1)), y);
	}
	if (!isnan(t->baseline) && t->baseline > 0) {
		double at = scale_at(x, fmin(t->baseline / t->target, x->v1));
		pen_line(p, "chart-baseline", at, y - 2, at, y + TARGET_BAR + 2);
	}
	pen_line(p, "chart-goal", full, y - 4, full, y + TARGET_BAR + 4);
}

static void targets_axis(struct pen *p, const struct scale *x, double y, double bottom)
{
	double last = -1e9;
	for (int k = 0; k <= 4; k++) {
		double v = .5 * k;
		if (v > x->v1 + 1e-9)
			break;
		double at = scale_at(x, v);
		str label = pen_percent(p, v);
		double half = text_width(label) / 2, place = fmin(fmax(at, half), p->w - half);
		if (at > 1)
			pen_line(p, k == 0 ? "chart-zero" : "chart-grid", at, y, at, bottom);
		if (place - half > last + GAP) {
			pen_text(p, k == 2 ? "chart-total" : "chart-tick", place, bottom + 18,
			    MIDDLE, label);
			last = place + half;
		}
	}
}

struct targets_columns {
	double name, text; /* widths */
};

static struct targets_columns targets_columns_of(struct pen *p, const struct chart_targets *d)
{
	struct targets_columns w = {0};
	if (p->layout == CHART_NARROW)
		return w;
	for (size_t i = 0; i < d->n; i++) {
		w.name = fmax(w.name, text_width(d->row[i].label) + 2 * GAP);
		w.text = fmax(w.text, text_width(target_text(p, &d->row[i])) + 2 * GAP);
	}
	w.name = fmin(w.name, p->w * .38);
	w.text = fmin(w.text, p->w * .28);
	return w;
}

static double target_row(struct pen *p, const struct chart_target *t,
    const struct targets_columns *w, const struct scale *x, double y)
{
	str text = target_text(p, t);
	if (p->layout == CHART_WIDE) {
		struct wrapped said = text_wrap(text, w->text - 2 * GAP, LABEL_LINES);
		double height = fmax(LINE_HEIGHT * (double)said.n, TARGET_BAR + 8);
		struct row_place at = row_name(p, t->label, t->href, w->name, y, height);
		double bar_y = at.bar_y + (height - TARGET_BAR) / 2;
		double top = at.bar_y + (height - LINE_HEIGHT * (double)said.n) / 2;
		target_bar(p, t, x, bar_y);
		pen_lines(p, "chart-value", p->w - w->text + 2 * GAP, top + BASELINE, START, &said);
		return at.next_y + 12;
	}
	struct row_place at = row_name(p, t->label, t->href, 0, y, TARGET_BAR + 4);
	struct wrapped said = text_wrap(text, p->w, LABEL_LINES);
	bool bar = !isnan(t->target) && t->target > 0;
	double text_y = bar ? at.next_y + 2 : at.bar_y - 2;
	target_bar(p, t, x, at.bar_y);
	return text_y + pen_lines(p, "chart-value", 0, text_y + BASELINE, START, &said) + 14;
}

double draw_targets(struct pen *p, const struct chart_targets *d)
{
	struct targets_columns w = targets_columns_of(p, d);
	struct wrapped head = text_wrap(pen_msg(p, CHART_MSG_RATIO), p->w, 2);
	double y = pen_lines(p, "chart-axis-title", 0, BASELINE, START, &head) + GAP;
	double top = y;
	struct scale x = {
	    0, targets_end(d), w.name, p->w - w.text - (p->layout == CHART_NARROW ? 4 : 0), false};
	struct buf *body = p->out;
	AUTO_BUF marks = BUF_INIT(body->max);
	bool broken = false;
	p->out = &marks;
	for (size_t i = 0; i < d->n; i++) {
		y = target_row(p, &d->row[i], &w, &x, y);
		broken = broken || target_ratio(&d->row[i]) > x.v1;
	}
	p->out = body;
	targets_axis(p, &x, top - 2, y - 6);
	buf_add(body, buf_str(&marks));
	if (buf_check(&marks, NULL) != ERR_OK)
		p->lost = true;
	y += 20;
	if (broken) {
		struct wrapped note = text_wrap(pen_msg(p, CHART_MSG_BROKEN), p->w, 2);
		y += 4 + pen_lines(p, "chart-tick", 0, y + 4 + BASELINE, START, &note);
	}
	return y;
}

/* ---- parts of a whole ---- */

/* A part's swatch, name, value and share in the list below the bar. */
static double share_row(
    struct pen *p, const struct chart_part *part, size_t i, double total, double y)
{
	str value = isnan(part->v) ? pen_msg(p, CHART_MSG_MISSING)
	                           : pen_number(p, part->v, CHART_NUMBER_LABEL);
	if (!isnan(part->v) && total > 0)
		value = pen_join(p, value, STR(" · "), pen_percent(p, part->v / total));
	double indent = SWATCH + 8, room = p->w - indent - text_width(value) - 2 * GAP;
	bool below = room < 120;
	struct wrapped t = text_wrap(part->label, below ? p->w - indent : room, LABEL_LINES);
	if (isnan(part->v))
		pen_rect(p, "chart-missing", .5, y + 1.5, SWATCH - 1, SWATCH - 1);
	else
		pen_swatch(p, i, 0, y + 1);
	pen_link(p, part->href, STR_NONE);
	double h = pen_lines(
	    p, part->href.n ? "chart-link" : "chart-name", indent, y + BASELINE, START, &t);
	pen_link_end(p, part->href);
	if (below) {
		pen_text(p, "chart-value", indent, y + h + BASELINE, START, value);
		h += LINE_HEIGHT;
	} else if (p->layout == CHART_WIDE) {
		pen_text(p, "chart-value", indent + t.width + 2 * GAP, y + BASELINE, START, value);
	} else {
		pen_text(p, "chart-value", p->w, y + BASELINE, END, value);
	}
	return y + h + 8;
}

double draw_share(struct pen *p, const struct chart_share *d)
{
	double total = 0, at = 0, y = SHARE_BAR + 14;
	for (size_t i = 0; i < d->n; i++)
		total += isnan(d->part[i].v) ? 0 : d->part[i].v;
	for (size_t i = 0; i < d->n && total > 0; i++) {
		if (isnan(d->part[i].v))
			continue;
		double w = d->part[i].v / total * p->w;
		str label = pen_percent(p, d->part[i].v / total);
		double lw = text_width(label) + 8;
		pen_bar(p, i, at, 0, w, SHARE_BAR);
		if (w >= lw + 4) {
			pen_rect(p, "chart-plate", at + (w - lw) / 2, SHARE_BAR / 2.0 - 10, lw, 20);
			pen_text(p, "chart-value", at + w / 2, SHARE_BAR / 2.0 + 5, MIDDLE, label);
		}
		at += w;
		if (at < p->w - .5)
			pen_line(p, "chart-cut", at, 0, at, SHARE_BAR);
	}
	if (!(total > 0))
		pen_rect(p, "chart-missing", .5, .5, p->w - 1, SHARE_BAR - 1);
	for (size_t i = 0; i < d->n; i++)
		y = share_row(p, &d->part[i], i, total, y);
	return y;
}
