/* From a description to markup: checks, frame, the choice of the kind. */
#include "engine/chart/draw.h"

#include "base/utf8.h"

enum {
	WIDE_WIDTH = 720,
	NARROW_WIDTH = 320,
	BODY_MAX_BYTES = 16 * 1024 * 1024,
	TEXTS_MAX_BYTES = 64 * 1024 * 1024,
	ID_MAX_BYTES = 40,
};

/* ---- checks ---- */

static enum err_code invalid(struct err *e, const char *what)
{
	return fail(e, ERR_INVALID, "chart.invalid", "chart: %s", what);
}

static enum err_code at_most(size_t n, size_t max, const char *name, struct err *e)
{
	if (n > max)
		return fail(e, ERR_LIMIT, "chart.limit", "chart: %zu %s, at most %zu can be shown",
		    n, name, max);
	return ERR_OK;
}

static enum err_code check_id(str id, struct err *e)
{
	bool good = id.n > 0 && id.n <= ID_MAX_BYTES && id.p[0] >= 'a' && id.p[0] <= 'z';
	for (size_t i = 0; good && i < id.n; i++) {
		char c = id.p[i];
		good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
	}
	return good ? ERR_OK : invalid(e, "the id must be [a-z][a-z0-9-]*, at most 40 bytes");
}

static enum err_code check_columns(const struct chart_columns *d, struct err *e)
{
	TRY(at_most(d->n_series, CHART_SERIES_MAX, "series", e));
	TRY(at_most(d->n_categories, CHART_CATEGORIES_MAX, "categories", e));
	for (size_t i = 0; i < d->n_series; i++) {
		for (size_t k = 0; k < d->n_categories; k++) {
			double v = d->series[i].v[k];
			if (isinf(v))
				return invalid(e, "a value is infinite");
			if (d->stacked && v < 0)
				return invalid(e, "a stacked value is negative");
		}
	}
	return ERR_OK;
}

static enum err_code check_bars(const struct chart_bars *d, struct err *e)
{
	TRY(at_most(d->n, CHART_ROWS_MAX, "rows", e));
	for (size_t i = 0; i < d->n; i++)
		if (isinf(d->row[i].v))
			return invalid(e, "a value is infinite");
	return ERR_OK;
}

static enum err_code check_targets(const struct chart_targets *d, struct err *e)
{
	TRY(at_most(d->n, CHART_ROWS_MAX, "rows", e));
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_target *t = &d->row[i];
		if (isinf(t->baseline) || isinf(t->target) || isinf(t->result))
			return invalid(e, "a value is infinite");
	}
	return ERR_OK;
}

static enum err_code check_dots(const struct chart_dots *d, struct err *e)
{
	size_t points = 0;
	TRY(at_most(d->n, CHART_ROWS_MAX, "rows", e));
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_dots_row *row = &d->row[i];
		points += row->n;
		TRY(at_most(points, CHART_POINTS_MAX, "values", e));
		for (size_t k = 0; k <= row->n; k++) {
			double v = k < row->n ? row->v[k] : row->own;
			if (isinf(v))
				return invalid(e, "a value is infinite");
			if (d->log_scale && v <= 0)
				return invalid(
				    e, "a value on a logarithmic scale is not above zero");
		}
	}
	return ERR_OK;
}

static enum err_code check_lines(const struct chart_lines *d, struct err *e)
{
	size_t points = 0;
	TRY(at_most(d->n, CHART_SERIES_MAX, "lines", e));
	TRY(at_most(d->n_references, CHART_SERIES_MAX, "reference lines", e));
	for (size_t i = 0; i < d->n_references; i++)
		if (!isfinite(d->reference[i].y))
			return invalid(e, "a reference line has no value");
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_line *l = &d->line[i];
		points += l->n;
		TRY(at_most(points, CHART_POINTS_MAX, "points", e));
		for (size_t k = 0; k < l->n; k++) {
			if (!isfinite(l->p[k].x) || fabs(l->p[k].x) > 4e6 || isinf(l->p[k].y))
				return invalid(e, "a point has no time, or its value is infinite");
			if (k > 0 && l->p[k].x <= l->p[k - 1].x)
				return invalid(
				    e, "the points of a line are not in ascending order of time");
		}
	}
	return ERR_OK;
}

static enum err_code check_share(const struct chart_share *d, struct err *e)
{
	TRY(at_most(d->n, CHART_SERIES_MAX, "parts", e));
	for (size_t i = 0; i < d->n; i++)
		if (isinf(d->part[i].v) || d->part[i].v < 0)
			return invalid(e, "a part is negative or infinite");
	return ERR_OK;
}

static enum err_code check_map(const struct chart_map *d, struct err *e)
{
	TRY(at_most(d->n, CHART_PLACES_MAX, "countries", e));
	TRY(at_most(d->n_bands, CHART_BANDS_MAX, "classes", e));
	for (size_t i = 0; i < d->n; i++)
		if (isinf(d->place[i].v))
			return invalid(e, "a value is infinite");
	for (size_t i = 0; i < d->n_bands; i++)
		if (!isfinite(d->bound[i]) || (i > 0 && d->bound[i] <= d->bound[i - 1]))
			return invalid(e, "the bounds of the classes do not ascend");
	return ERR_OK;
}

static enum err_code check_matrix(const struct chart_matrix *d, struct err *e)
{
	TRY(at_most(d->n_rows, CHART_ROWS_MAX, "rows", e));
	TRY(at_most(d->n_columns, CHART_MATRIX_COLUMNS_MAX, "columns", e));
	for (size_t i = 0; i < d->n_rows * d->n_columns; i++)
		if (isinf(d->v[i]) || d->v[i] < 0)
			return invalid(e, "a value of a matrix is negative or infinite");
	return ERR_OK;
}

static enum err_code check_bubbles(const struct chart_bubbles *d, struct err *e)
{
	TRY(at_most(d->n_rows, CHART_ROWS_MAX, "rows", e));
	TRY(at_most(d->n_columns, CHART_MATRIX_COLUMNS_MAX, "columns", e));
	TRY(at_most(d->n_kinds, CHART_SERIES_MAX, "kinds", e));
	TRY(at_most(d->n, CHART_BUBBLES_MAX, "bubbles", e));
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_bubble *b = &d->bubble[i];
		if (!isfinite(b->v) || b->v <= 0)
			return invalid(e, "a bubble has no size");
		if (b->row >= d->n_rows || b->column >= d->n_columns || b->kind >= d->n_kinds)
			return invalid(e, "a bubble stands outside of its rows, columns or kinds");
	}
	return ERR_OK;
}

enum err_code chart_check(const struct chart *c, struct err *e)
{
	TRY(check_id(c->id, e));
	if (c->title.n == 0 || c->title.n > CHART_TEXT_MAX_BYTES)
		return invalid(e, "it has no title, or one that is too long");
	switch (c->kind) {
	case CHART_COLUMNS:
		return check_columns(&c->columns, e);
	case CHART_BARS:
		return check_bars(&c->bars, e);
	case CHART_TARGETS:
		return check_targets(&c->targets, e);
	case CHART_DOTS:
		return check_dots(&c->dots, e);
	case CHART_LINES:
		return check_lines(&c->lines, e);
	case CHART_SHARE:
		return check_share(&c->share, e);
	case CHART_TIMELINE:
		return at_most(
		    c->timeline.n_periods + c->timeline.n_events, CHART_EVENTS_MAX, "events", e);
	case CHART_MAP:
		return check_map(&c->map, e);
	case CHART_MATRIX:
		return check_matrix(&c->matrix, e);
	case CHART_BUBBLES:
		return check_bubbles(&c->bubbles, e);
	}
	return invalid(e, "its kind is unknown");
}

static bool is_empty(const struct chart *c)
{
	switch (c->kind) {
	case CHART_COLUMNS:
		return c->columns.n_categories == 0 || c->columns.n_series == 0;
	case CHART_BARS:
		return c->bars.n == 0;
	case CHART_TARGETS:
		return c->targets.n == 0;
	case CHART_DOTS:
		return c->dots.n == 0;
	case CHART_LINES:
		return c->lines.n == 0;
	case CHART_SHARE:
		return c->share.n == 0;
	case CHART_MATRIX:
		return c->matrix.n_rows == 0 || c->matrix.n_columns == 0;
	case CHART_BUBBLES:
		return c->bubbles.n_rows == 0 || c->bubbles.n_columns == 0;
	case CHART_TIMELINE:
	case CHART_MAP:
		return false;
	}
	return true;
}

/* ---- drawing ---- */

static size_t paints(const struct chart *c)
{
	switch (c->kind) {
	case CHART_COLUMNS:
		return c->columns.n_series;
	case CHART_SHARE:
		return c->share.n;
	case CHART_BUBBLES:
		return c->bubbles.n_kinds;
	case CHART_BARS:
	case CHART_MATRIX:
		return 1;
	case CHART_TARGETS:
	case CHART_TIMELINE:
		return 2;
	case CHART_DOTS:
	case CHART_LINES:
	case CHART_MAP:
		return 0;
	}
	return 0;
}

static double draw(struct pen *p)
{
	const struct chart *c = p->c;
	if (is_empty(c)) {
		pen_text(p, "chart-name", 0, BASELINE, START, pen_msg(p, CHART_MSG_NO_DATA));
		return LINE_HEIGHT;
	}
	switch (c->kind) {
	case CHART_COLUMNS:
		return draw_columns(p, &c->columns);
	case CHART_BARS:
		return draw_bars(p, &c->bars);
	case CHART_TARGETS:
		return draw_targets(p, &c->targets);
	case CHART_DOTS:
		return draw_dots(p, &c->dots);
	case CHART_LINES:
		return draw_lines(p, &c->lines);
	case CHART_SHARE:
		return draw_share(p, &c->share);
	case CHART_TIMELINE:
		return draw_timeline(p, &c->timeline);
	case CHART_MAP:
		return draw_map(p, &c->map);
	case CHART_MATRIX:
		return draw_matrix(p, &c->matrix);
	case CHART_BUBBLES:
		return draw_bubbles(p, &c->bubbles);
	}
	return 0;
}

/* Title and description, by the ids that the root names. */
static enum err_code named(const struct pen *p, struct buf *out, char letter, struct err *e)
{
	AUTO_BUF summary = BUF_INIT(BODY_MAX_BYTES);
	TRY(chart_summary(p->c, &summary, e));
	buf_addf(out, "<title id=\"%.*s-%ct\">", STR_ARG(p->c->id), letter);
	buf_add_markup(out, p->c->title);
	buf_addf(out, "</title><desc id=\"%.*s-%cd\">", STR_ARG(p->c->id), letter);
	buf_add_markup(out, buf_str(&summary));
	buf_addz(out, "</desc>");
	return ERR_OK;
}

/* The root's beginning; a drawing that holds links is a group, not an image. */
static void open_root(
    const struct pen *p, struct buf *out, const char *class, char letter, struct map_view view)
{
	str id = p->c->id;
	buf_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart-svg %s\" viewBox=\"",
	    class);
	buf_add_place(out, view.x);
	buf_addc(out, ' ');
	buf_add_place(out, view.y);
	buf_addc(out, ' ');
	buf_add_place(out, view.w);
	buf_addc(out, ' ');
	buf_add_place(out, view.h);
	buf_addf(out, "\" width=\"%.0f\" height=\"%.0f\" role=\"%s\"", p->w,
	    ceil(view.h / view.w * p->w), p->links ? "group" : "img");
	buf_addf(out, " aria-labelledby=\"%.*s-%ct %.*s-%cd\" font-size=\"%d\"", STR_ARG(id),
	    letter, STR_ARG(id), letter, FONT);
	if (p->c->lang->rtl)
		buf_addz(out, " direction=\"rtl\"");
	buf_addc(out, '>');
}

static void patterns(const struct pen *p, struct buf *out, char letter)
{
	char id[ID_MAX_BYTES + 4];
	(void)snprintf(id, sizeof id, "%.*s-%c", STR_ARG(p->c->id), letter);
	pen_patterns(out, str_of(id), paints(p->c));
}

static enum err_code finish(const struct pen *p, const struct buf *body, struct err *e)
{
	TRY(buf_check(body, e));
	if (p->lost)
		return arena_fail(p->a, e);
	return ERR_OK;
}

static enum err_code layout(
    const struct chart *c, enum chart_layout layout, str css, struct buf *out, struct err *e)
{
	AUTO_ARENA texts = arena_new(TEXTS_MAX_BYTES);
	AUTO_BUF body = BUF_INIT(BODY_MAX_BYTES);
	bool wide = layout == CHART_WIDE;
	char letter = wide ? 'w' : 'n';
	struct pen p = {.out = &body,
	    .a = texts,
	    .c = c,
	    .layout = layout,
	    .w = wide ? WIDE_WIDTH : NARROW_WIDTH,
	    .mirror = c->lang->rtl && c->kind != CHART_MAP};
	if (!texts)
		return fail(e, ERR_NOMEM, "nomem", "no memory for the chart's texts");
	double height = draw(&p);
	TRY(finish(&p, &body, e));
	open_root(&p, out, wide ? "chart-wide" : "chart-narrow", letter,
	    (struct map_view){0, 0, p.w, ceil(height)});
	TRY(named(&p, out, letter, e));
	if (css.n > 0) {
		buf_addz(out, "<style>");
		buf_add_markup(out, css);
		buf_addz(out, "</style>");
	}
	patterns(&p, out, letter);
	buf_add(out, buf_str(&body));
	buf_addz(out, "</svg>");
	return buf_check(out, e);
}

/* ---- maps: one drawing for all widths, since nothing is written in it; the legend is text beside
 * it ---- */

/* One line of the legend: swatch class and words. */
struct key {
	char class[32];
	str text;
};

enum { KEYS_MAX = CHART_BANDS_MAX + 2 };

static size_t map_keys(struct pen *p, struct key key[KEYS_MAX])
{
	const struct chart_map *d = &p->c->map;
	size_t n = 0, bands = d->n_bands ? d->n_bands : 1;
	bool missing = false;
	for (size_t i = 0; i < bands; i++, n++) {
		key[n].text = map_band_name(p, d, i);
		(void)snprintf(key[n].class, sizeof key[n].class, "chart-b%zu",
		    d->n_bands ? i + 1 + CHART_BANDS_MAX - d->n_bands : 4);
	}
	for (size_t i = 0; i < d->n; i++)
		missing = missing || isnan(d->place[i].v);
	if (missing) {
		(void)snprintf(key[n].class, sizeof key[n].class, "chart-unknown");
		key[n++].text = pen_msg(p, CHART_MSG_MISSING);
	}
	(void)snprintf(key[n].class, sizeof key[n].class, "chart-land");
	key[n++].text = pen_msg(p, CHART_MSG_BAND_NONE);
	return n;
}

static void html_keys(struct pen *p, struct buf *out)
{
	struct key key[KEYS_MAX];
	size_t n = map_keys(p, key);
	if (p->c->map.n_bands > 0) { /* a single class bears the name itself */
		buf_addz(out, "<p class=\"chart-key-title\">");
		buf_add_markup(out, p->c->value_head);
		buf_addz(out, "</p>");
	}
	buf_addz(out, "<ul class=\"chart-key\">");
	for (size_t i = 0; i < n; i++) {
		buf_addf(out,
		    "<li><svg class=\"chart-swatch\" width=\"18\" height=\"18\" "
		    "aria-hidden=\"true\"><rect class=\"chart-place "
		    "%s\" x=\"1\" y=\"1\" width=\"16\" height=\"16\"/></svg> ",
		    key[i].class);
		buf_add_markup(out, key[i].text);
		buf_addz(out, "</li>");
	}
	buf_addz(out, "</ul>");
}

/* The legend below the map, for a file of its own. Returns the height. */
static double svg_keys(struct pen *p, double top)
{
	struct key key[KEYS_MAX];
	size_t n = map_keys(p, key);
	double y = top + 12;
	if (p->c->map.n_bands > 0) {
		struct wrapped head = text_wrap(p->c->value_head, p->w, 2);
		y += pen_lines(p, "chart-axis-title", 0, y + BASELINE, START, &head) + 4;
	}
	for (size_t i = 0; i < n; i++) {
		char class[48];
		struct wrapped t = text_wrap(key[i].text, p->w - 26, 2);
		(void)snprintf(class, sizeof class, "chart-place %s", key[i].class);
		pen_rect(p, class, 1, y + 1, SWATCH, SWATCH);
		y += pen_lines(p, "chart-name", 26, y + BASELINE, START, &t) + 4;
	}
	return y;
}

static enum err_code map_html(const struct chart *c, struct buf *out, struct err *e)
{
	AUTO_ARENA texts = arena_new(TEXTS_MAX_BYTES);
	AUTO_BUF body = BUF_INIT(BODY_MAX_BYTES);
	struct pen p = {.out = &body, .a = texts, .c = c, .layout = CHART_WIDE, .w = WIDE_WIDTH};
	if (!texts)
		return fail(e, ERR_NOMEM, "nomem", "no memory for the chart's texts");
	(void)draw_map(&p, &c->map);
	TRY(finish(&p, &body, e));
	open_root(&p, out, "chart-map", 'w', map_view_of(&c->map));
	TRY(named(&p, out, 'w', e));
	buf_add(out, buf_str(&body));
	buf_addz(out, "</svg>");
	html_keys(&p, out);
	return p.lost ? arena_fail(texts, e) : buf_check(out, e);
}

static enum err_code map_svg(
    const struct chart *c, enum chart_layout layout, str css, struct buf *out, struct err *e)
{
	AUTO_ARENA texts = arena_new(TEXTS_MAX_BYTES);
	AUTO_BUF body = BUF_INIT(BODY_MAX_BYTES);
	bool wide = layout == CHART_WIDE;
	struct pen p = {.out = &body,
	    .a = texts,
	    .c = c,
	    .layout = layout,
	    .w = wide ? WIDE_WIDTH : NARROW_WIDTH};
	struct map_view v = map_view_of(&c->map);
	if (!texts)
		return fail(e, ERR_NOMEM, "nomem", "no memory for the chart's texts");
	buf_addf(&body, "<svg width=\"%.0f\" height=\"%.0f\" viewBox=\"%.0f %.0f %.0f %.0f\">", p.w,
	    v.h / v.w * p.w, v.x, v.y, v.w, v.h);
	double map_height = draw_map(&p, &c->map);
	buf_addz(&body, "</svg>");
	p.mirror = c->lang->rtl;
	double height = svg_keys(&p, map_height);
	TRY(finish(&p, &body, e));
	open_root(&p, out, wide ? "chart-wide" : "chart-narrow", wide ? 'w' : 'n',
	    (struct map_view){0, 0, p.w, ceil(height)});
	TRY(named(&p, out, wide ? 'w' : 'n', e));
	if (css.n > 0) {
		buf_addz(out, "<style>");
		buf_add_markup(out, css);
		buf_addz(out, "</style>");
	}
	buf_add(out, buf_str(&body));
	buf_addz(out, "</svg>");
	return buf_check(out, e);
}

enum err_code chart_html(const struct chart *c, struct buf *out, struct err *e)
{
	TRY(chart_check(c, e));
	buf_addz(out, "<div class=\"chart\">");
	if (c->kind == CHART_MAP) {
		TRY(map_html(c, out, e));
	} else {
		TRY(layout(c, CHART_WIDE, STR_NONE, out, e));
		TRY(layout(c, CHART_NARROW, STR_NONE, out, e));
	}
	buf_addz(out, "</div>");
	return buf_check(out, e);
}

enum err_code chart_svg(
    const struct chart *c, enum chart_layout which, str css, struct buf *out, struct err *e)
{
	TRY(chart_check(c, e));
	if (c->kind == CHART_MAP)
		return map_svg(c, which, css, out, e);
	return layout(c, which, css, out, e);
}
