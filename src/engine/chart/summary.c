/* The text alternative: what a sighted reader takes from the drawing at a glance, in sentences. */
#include "engine/chart/draw.h"
#include "engine/stats/stats.h"

enum {
	SENTENCES_MAX = 8, /* rows or lines spoken of one by one */
	TEXTS_MAX_BYTES = 4 * 1024 * 1024,
};

static void say(struct pen *p, str sentence)
{
	if (p->out->n > 0 && p->out->p[p->out->n - 1] != ' ')
		buf_addc(p->out, ' ');
	buf_add(p->out, sentence);
}

static str count(struct pen *p, size_t n)
{
	str s = arena_fmt(p->a, "%zu", n);
	if (!s.p)
		p->lost = true;
	return s;
}

/* Highest and lowest with their names, and how many are not known. */
struct extremes {
	str high_name, low_name;
	double high, low;
	size_t known, all;
};

static void extremes_add(struct extremes *x, str name, double v)
{
	x->all++;
	if (isnan(v))
		return;
	if (x->known == 0 || v > x->high) {
		x->high = v;
		x->high_name = name;
	}
	if (x->known == 0 || v < x->low) {
		x->low = v;
		x->low_name = name;
	}
	x->known++;
}

static void say_extremes(struct pen *p, const struct extremes *x)
{
	if (x->known == 0)
		say(p, pen_msg(p, CHART_MSG_NO_DATA));
	if (x->known > 0)
		say(p, PEN_SAY(p, CHART_MSG_HIGHEST, x->high_name,
		           pen_number(p, x->high, CHART_NUMBER_TABLE)));
	if (x->known > 1 && x->low < x->high)
		say(p, PEN_SAY(p, CHART_MSG_LOWEST, x->low_name,
		           pen_number(p, x->low, CHART_NUMBER_TABLE)));
	if (x->known > 0 && x->known < x->all)
		say(p, PEN_SAY(p, CHART_MSG_NOT_KNOWN_COUNT, count(p, x->all - x->known),
		           count(p, x->all)));
}

static void say_columns(struct pen *p, const struct chart_columns *d)
{
	struct extremes x = {0};
	for (size_t i = 0; i < d->n_series; i++) {
		for (size_t k = 0; k < d->n_categories; k++) {
			str name = d->category[k];
			if (d->n_series > 1)
				name = pen_join(p, name, STR(", "), d->series[i].name);
			extremes_add(&x, name, d->series[i].v[k]);
		}
	}
	say_extremes(p, &x);
}

static void say_bars(struct pen *p, const struct chart_bars *d)
{
	struct extremes x = {0};
	for (size_t i = 0; i < d->n; i++)
		extremes_add(&x, d->row[i].label, d->row[i].v);
	say_extremes(p, &x);
}

static void say_map(struct pen *p, const struct chart_map *d)
{
	struct extremes x = {0};
	for (size_t i = 0; i < d->n; i++)
		extremes_add(&x, d->place[i].name, d->place[i].v);
	say(p, PEN_SAY(p, CHART_MSG_COUNTRIES_COUNT, count(p, d->n)));
	if (x.known > 0)
		say_extremes(p, &x);
}

static void say_targets(struct pen *p, const struct chart_targets *d)
{
	size_t both = 0, reached = 0;
	for (size_t i = 0; i < d->n; i++) {
		double ratio = target_ratio(&d->row[i]);
		both += isnan(ratio) ? 0 : 1;
		reached += ratio >= 1 ? 1 : 0;
	}
	say(p, PEN_SAY(p, CHART_MSG_TARGETS_SUMMARY, count(p, reached), count(p, both)));
	for (size_t i = 0; i < d->n && d->n <= SENTENCES_MAX; i++) {
		str line = pen_join(p, d->row[i].label, STR(": "), target_text(p, &d->row[i]));
		say(p, pen_join(p, line, STR("."), STR("")));
	}
	if (both < d->n && d->n > SENTENCES_MAX)
		say(p,
		    PEN_SAY(p, CHART_MSG_NOT_KNOWN_COUNT, count(p, d->n - both), count(p, d->n)));
}

static void say_dots(struct pen *p, const struct chart_dots *d)
{
	size_t said = 0;
	for (size_t i = 0; i < d->n && said < SENTENCES_MAX; i++) {
		struct stats_five five;
		if (stats_five(d->row[i].v, d->row[i].n, p->a, &five, NULL) != ERR_OK)
			continue;
		said++;
		say(p, PEN_SAY(p, CHART_MSG_MEDIAN_OF, d->row[i].label,
		           pen_number(p, five.median, CHART_NUMBER_TABLE),
		           pen_number(p, five.min, CHART_NUMBER_TABLE),
		           pen_number(p, five.max, CHART_NUMBER_TABLE), count(p, five.n)));
	}
	if (said == 0)
		say(p, pen_msg(p, CHART_MSG_NO_DATA));
}

static str moment(struct pen *p, enum chart_x kind, double x)
{
	if (kind == CHART_X_YEAR) {
		str s = arena_fmt(p->a, "%.0f", x);
		if (!s.p)
			p->lost = true;
		return s;
	}
	return pen_when(p, pdate_of((date){(int32_t)x}));
}

static void say_lines(struct pen *p, const struct chart_lines *d)
{
	bool any = false;
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_line *l = &d->line[i];
		size_t first = 0, last = l->n;
		while (first < l->n && isnan(l->p[first].y))
			first++;
		while (last > first && isnan(l->p[last - 1].y))
			last--;
		if (first == last)
			continue;
		any = true;
		say(p, PEN_SAY(p, CHART_MSG_FROM_TO, l->name,
		           pen_number(p, l->p[first].y, CHART_NUMBER_TABLE),
		           moment(p, d->x, l->p[first].x),
		           pen_number(p, l->p[last - 1].y, CHART_NUMBER_TABLE),
		           moment(p, d->x, l->p[last - 1].x)));
	}
	if (!any)
		say(p, pen_msg(p, CHART_MSG_NO_DATA));
}

static void say_share(struct pen *p, const struct chart_share *d)
{
	double total = 0;
	for (size_t i = 0; i < d->n; i++)
		total += isnan(d->part[i].v) ? 0 : d->part[i].v;
	if (!(total > 0))
		say(p, pen_msg(p, CHART_MSG_NO_DATA));
	for (size_t i = 0; i < d->n && total > 0; i++) {
		double v = d->part[i].v;
		if (!isnan(v))
			say(p,
			    PEN_SAY(p, CHART_MSG_SHARE_OF, d->part[i].label,
			        pen_number(p, v, CHART_NUMBER_TABLE), pen_percent(p, v / total)));
	}
}

static void say_timeline(struct pen *p, const struct chart_timeline *d)
{
	for (size_t i = 0; i < d->n_periods && i < SENTENCES_MAX; i++)
		say(p, period_text(p, &d->period[i]));
	if (d->n_events > 0)
		say(p, PEN_SAY(p, CHART_MSG_EVENTS_COUNT, count(p, d->n_events)));
	if (d->n_periods + d->n_events == 0)
		say(p, pen_msg(p, CHART_MSG_NO_DATA));
}

static void say_matrix(struct pen *p, const struct chart_matrix *d)
{
	struct extremes x = {0};
	for (size_t i = 0; i < d->n_rows * d->n_columns; i++)
		extremes_add(&x,
		    pen_join(p, d->row[i / d->n_columns], STR(", "), d->column[i % d->n_columns]),
		    d->v[i]);
	say_extremes(p, &x);
}

static void say_bubbles(struct pen *p, const struct chart_bubbles *d)
{
	struct extremes x = {0};
	for (size_t i = 0; i < d->n; i++)
		extremes_add(&x, pen_join(p, d->row[d->bubble[i].row], STR(", "), d->column[d->bubble[i].column]), d->bubble[i].v);
	say(p, PEN_SAY(p, CHART_MSG_PLACES_FILLED, count(p, d->n), count(p, d->n_rows * d->n_columns)));
	if (d->n > 0)
		say_extremes(p, &x);
}

static void say_kind(struct pen *p)
{
	const struct chart *c = p->c;
	switch (c->kind) {
	case CHART_COLUMNS:
		say_columns(p, &c->columns);
		break;
	case CHART_BARS:
		say_bars(p, &c->bars);
		break;
	case CHART_TARGETS:
		say_targets(p, &c->targets);
		break;
	case CHART_DOTS:
		say_dots(p, &c->dots);
		break;
	case CHART_LINES:
		say_lines(p, &c->lines);
		break;
	case CHART_SHARE:
		say_share(p, &c->share);
		break;
	case CHART_TIMELINE:
		say_timeline(p, &c->timeline);
		break;
	case CHART_MAP:
		say_map(p, &c->map);
		break;
	case CHART_MATRIX:
		say_matrix(p, &c->matrix);
		break;
	case CHART_BUBBLES:
		say_bubbles(p, &c->bubbles);
		break;
	}
}

enum err_code chart_summary(const struct chart *c, struct buf *out, struct err *e)
{
	AUTO_ARENA texts = arena_new(TEXTS_MAX_BYTES);
	AUTO_BUF said = BUF_INIT(TEXTS_MAX_BYTES);
	struct pen p = {.out = &said, .a = texts, .c = c};
	if (!texts)
		return fail(e, ERR_NOMEM, "nomem", "no memory for the chart's texts");
	TRY(chart_check(c, e));
	say_kind(&p);
	if (p.lost)
		return arena_fail(texts, e);
	TRY(buf_check(&said, e));
	buf_add(out, buf_str(&said));
	return buf_check(out, e);
}
