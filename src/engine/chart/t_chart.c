/* The charts as drawings: what every one must keep (well-formed, inside its frame, no text over
 * another, ids that are there and unique, no NaN), over random data with a printed seed; and the
 * geometry of each kind against its values. */
#include "base/env.h"
#include "base/mem.h"
#include "base/test.h"
#include "engine/chart/draw.h"
#include "engine/chart/world.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>

enum { OUT_MAX = 16 << 20, NODES_MAX = 6000, N = 24 };

#define M CHART_MISSING

/* ---- a language and numbers for tests ---- */

static str msg(const void *ctx, enum chart_msg m)
{
	(void)ctx;
	return chart_msg_en(m);
}

static void percent(const void *ctx, struct buf *b, double ratio)
{
	(void)ctx;
	buf_addf(b, "%.0f %%", ratio * 100);
}

static void when(const void *ctx, struct buf *b, pdate d)
{
	(void)ctx;
	buf_add_pdate(b, d);
}

static void number(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	(void)ctx;
	(void)use;
	buf_addf(b, "%.10g", v);
}

static const struct chart_lang ltr = {false, msg, percent, when, NULL},
                               rtl = {true, msg, percent, when, NULL};
static const struct chart_format plain = {number, NULL};

static struct chart described(enum chart_kind kind)
{
	return (struct chart){.kind = kind,
	    .id = STR("c"),
	    .title = STR("Title"),
	    .row_head = STR("Row"),
	    .value_head = STR("Value"),
	    .lang = &ltr,
	    .format = &plain};
}

/* ---- reading a drawing ---- */

struct drawing {
	struct buf text;
	xmlDocPtr doc;
};

static void drawing_free(struct drawing *d)
{
	buf_free(&d->text);
	xmlFreeDoc(d->doc);
}

#define AUTO_DRAWING __attribute__((cleanup(drawing_free))) struct drawing

static struct drawing drawn(const struct chart *c, enum chart_layout layout)
{
	struct drawing d = {.text = BUF_INIT(OUT_MAX)};
	struct err e = {0};
	assert_ok(chart_svg(c, layout, STR_NONE, &d.text, &e), &e);
	d.doc = xmlReadMemory(
	    d.text.p, (int)d.text.n, "chart.svg", NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
	assert_non_null(d.doc);
	return d;
}

static double place(xmlNodePtr n, const char *name)
{
	xmlChar *v = xmlGetProp(n, (const xmlChar *)name);
	char *end = NULL;
	if (!v)
		fail_msg("<%s> has no %s", (const char *)n->name, name);
	double got = strtod((const char *)v, &end);
	if (*end || !isfinite(got))
		fail_msg("%s=\"%s\"", name, (const char *)v);
	xmlFree(v);
	return got;
}

static bool is_a(xmlNodePtr n, const char *name, const char *class)
{
	if (n->type != XML_ELEMENT_NODE || strcmp((const char *)n->name, name) != 0)
		return false;
	if (!class)
		return true;
	xmlChar *v = xmlGetProp(n, (const xmlChar *)"class");
	bool yes =
	    v &&
	    (strcmp((const char *)v, class) == 0 ||
	        (strncmp((const char *)v, class, strlen(class)) == 0 && v[strlen(class)] == ' '));
	xmlFree(v);
	return yes;
}

/* Next in document order, or NULL. */
static xmlNodePtr after(xmlNodePtr n)
{
	if (n->children)
		return n->children;
	while (n && !n->next)
		n = n->parent;
	return n && n->type != XML_DOCUMENT_NODE ? n->next : NULL;
}

static size_t all_of(
    const struct drawing *d, const char *name, const char *class, xmlNodePtr found[NODES_MAX])
{
	size_t n = 0;
	for (xmlNodePtr at = xmlDocGetRootElement(d->doc); at; at = after(at)) {
		if (is_a(at, name, class)) {
			assert_true(n < NODES_MAX);
			found[n++] = at;
		}
	}
	return n;
}

/* ---- what every drawing must keep ---- */

struct box {
	double x0, y0, x1, y1;
	xmlNodePtr node;
};

/* Of a text as a browser with Helvetica would set it; the drawing itself reckons with more. */
static struct box text_box(xmlNodePtr n, bool mirrored)
{
	xmlChar *said = xmlNodeGetContent(n),
	        *anchor = xmlGetProp(n, (const xmlChar *)"text-anchor");
	double w = text_width(str_of((const char *)said)) / 1.16, x = place(n, "x"),
	       y = place(n, "y");
	double left = x;
	if (anchor && strcmp((const char *)anchor, "middle") == 0)
		left = x - w / 2;
	else if ((anchor != NULL) != mirrored)
		left = x - w;
	xmlFree(said);
	xmlFree(anchor);
	return (struct box){left, y - 10, left + w, y + 2, n};
}

static void check_texts(const struct drawing *d, bool mirrored, double w, double h)
{
	static xmlNodePtr found[NODES_MAX];
	static struct box box[NODES_MAX];
	size_t n = all_of(d, "text", NULL, found);
	for (size_t i = 0; i < n; i++) {
		box[i] = text_box(found[i], mirrored);
		if (box[i].x0 < -2 || box[i].x1 > w + 2 || box[i].y0 < -1 || box[i].y1 > h + 4)
			fail_msg(
			    "a text leaves the drawing: %.0f-%.0f of %.0f, %.0f-%.0f of %.0f: %s",
			    box[i].x0, box[i].x1, w, box[i].y0, box[i].y1, h,
			    (const char *)found[i]->children->content);
		for (size_t k = 0; k < i; k++) {
			bool apart = box[i].x1 <= box[k].x0 || box[k].x1 <= box[i].x0 ||
			             box[i].y1 <= box[k].y0 || box[k].y1 <= box[i].y0;
			if (!apart)
				fail_msg("\"%s\" lies over \"%s\" at %.0f, %.0f",
				    (const char *)found[i]->children->content,
				    (const char *)found[k]->children->content, box[i].x0,
				    box[i].y0);
		}
	}
}

/* Threads that hang straight down pass beside the texts. */
static void check_threads(const struct drawing *d, bool mirrored)
{
	static xmlNodePtr line[NODES_MAX], found[NODES_MAX];
	size_t lines = all_of(d, "line", "chart-thread", line), n = all_of(d, "text", NULL, found);
	for (size_t i = 0; i < lines; i++) {
		double x = place(line[i], "x1"), y1 = place(line[i], "y1"),
		       y2 = place(line[i], "y2");
		if (x != place(line[i], "x2"))
			continue;
		for (size_t k = 0; k < n; k++) {
			struct box b = text_box(found[k], mirrored);
			if (b.x0 < x && x < b.x1 && fmin(y1, y2) < b.y0 && b.y1 < fmax(y1, y2) &&
			    !is_a(found[k], "text", "chart-tick"))
				fail_msg("a thread goes through \"%s\"",
				    (const char *)found[k]->children->content);
		}
	}
}

static void check_rects(const struct drawing *d, double w, double h)
{
	static xmlNodePtr found[NODES_MAX];
	size_t n = all_of(d, "rect", NULL, found);
	for (size_t i = 0; i < n; i++) {
		if (is_a(found[i]->parent, "pattern", NULL))
			continue;
		double x = place(found[i], "x"), y = place(found[i], "y"),
		       rw = place(found[i], "width"), rh = place(found[i], "height");
		if (x < -.2 || y < -.2 || rw < 0 || rh < 0 || x + rw > w + .2 || y + rh > h + .2)
			fail_msg(
			    "a rectangle leaves the drawing: %.1f %.1f %.1f %.1f", x, y, rw, rh);
	}
	n = all_of(d, "line", NULL, found);
	for (size_t i = 0; i < n; i++) {
		double x1 = place(found[i], "x1"), x2 = place(found[i], "x2");
		if (fmin(x1, x2) < -.2 || fmax(x1, x2) > w + .2)
			fail_msg("a line leaves the drawing: %.1f %.1f", x1, x2);
	}
}

/* Ids are unique; what refers to one finds it; no style, no script; no number that is none. */
static void check_marks(const struct drawing *d)
{
	static xmlNodePtr found[NODES_MAX];
	size_t n = 0;
	for (xmlNodePtr at = xmlDocGetRootElement(d->doc); at; at = after(at)) {
		if (at->type != XML_ELEMENT_NODE)
			continue;
		assert_null(xmlHasProp(at, (const xmlChar *)"style"));
		assert_false(is_a(at, "script", NULL) || is_a(at, "style", NULL));
		xmlChar *id = xmlGetProp(at, (const xmlChar *)"id");
		for (size_t i = 0; id && i < n; i++) {
			xmlChar *other = xmlGetProp(found[i], (const xmlChar *)"id");
			assert_string_not_equal((const char *)id, (const char *)other);
			xmlFree(other);
		}
		if (id)
			found[n++] = at;
		xmlFree(id);
	}
	for (xmlNodePtr at = xmlDocGetRootElement(d->doc); at; at = after(at)) {
		xmlChar *fill =
		    at->type == XML_ELEMENT_NODE ? xmlGetProp(at, (const xmlChar *)"fill") : NULL;
		bool there = fill == NULL;
		for (size_t i = 0; fill && i < n; i++) {
			char want[64];
			xmlChar *id = xmlGetProp(found[i], (const xmlChar *)"id");
			(void)snprintf(want, sizeof want, "url(#%s)", (const char *)id);
			there = there || strcmp((const char *)fill, want) == 0;
			xmlFree(id);
		}
		assert_true(there);
		xmlFree(fill);
	}
	assert_null(strstr(d->text.p, "nan"));
	assert_null(strstr(d->text.p, "inf"));
}

static void check_drawing(const struct chart *c, enum chart_layout layout)
{
	static xmlNodePtr found[NODES_MAX];
	AUTO_DRAWING d = drawn(c, layout);
	xmlNodePtr root = xmlDocGetRootElement(d.doc);
	double w = place(root, "width"), h = place(root, "height");
	xmlChar *role = xmlGetProp(root, (const xmlChar *)"role");
	assert_string_equal((const char *)role, all_of(&d, "a", NULL, found) ? "group" : "img");
	xmlFree(role);
	assert_true(w == (layout == CHART_WIDE ? 720 : 320));
	check_marks(&d);
	check_texts(&d, c->lang->rtl, w, h);
	check_threads(&d, c->lang->rtl);
	if (c->kind != CHART_MAP)
		check_rects(&d, w, h);
}

/* ---- random charts ---- */

struct dice {
	struct rng r;
	str name[64];
	char letters[64][80];
};

static size_t roll(struct dice *d, size_t sides)
{
	return rng_next_u64(&d->r) % sides;
}

static void dice_names(struct dice *d)
{
	for (size_t i = 0; i < 64; i++) {
		size_t n = 1 + roll(d, roll(d, 2) ? 70 : 14);
		for (size_t k = 0; k < n; k++) {
			bool space =
			    k > 0 && k + 1 < n && d->letters[i][k - 1] != ' ' && roll(d, 6) == 0;
			d->letters[i][k] = space ? ' ' : (char)("aeiorstGM&<'"[roll(d, 12)]);
		}
		d->name[i] = (str){d->letters[i], n};
	}
}

static double value(struct dice *d, bool negative)
{
	static const double size[] = {1, 50, 3000, 2e6, .01};
	double v = (double)roll(d, 1000) / 1000 * size[roll(d, 5)];
	if (roll(d, 8) == 0)
		return M;
	if (roll(d, 12) == 0)
		return 0;
	return negative && roll(d, 4) == 0 ? -round(v) : round(v * 100) / 100;
}

static pdate some_day(struct dice *d)
{
	date day;
	assert_true(date_from_civil(
	    2006 + (int32_t)roll(d, 6), 1 + (int32_t)roll(d, 12), 1 + (int32_t)roll(d, 28), &day));
	pdate p = pdate_of(day);
	struct civil c = date_to_civil(day);
	p.precision = (uint8_t)roll(d, 4);
	if (p.precision == DATE_PRECISION_NONE)
		return PDATE_NONE;
	if (p.precision == DATE_PRECISION_YEAR)
		assert_true(date_from_civil(c.year, 1, 1, &day));
	if (p.precision == DATE_PRECISION_MONTH)
		assert_true(date_from_civil(c.year, c.month, 1, &day));
	p.day = day.day;
	return p;
}

/* Everything a random chart points to. */
struct stock {
	double v[CHART_SERIES_MAX][N];
	struct chart_series series[CHART_SERIES_MAX];
	struct chart_bar bars[N];
	struct chart_target targets[N];
	struct chart_dots_row dots[CHART_SERIES_MAX];
	struct chart_point points[CHART_SERIES_MAX][N];
	struct chart_line lines[CHART_SERIES_MAX];
	struct chart_reference references[1];
	struct chart_part parts[CHART_SERIES_MAX];
	struct chart_period periods[4];
	struct chart_event events[N];
	struct chart_place places[N];
	double cells[N * 6];
	struct chart_bubble bubbles[N];
};

static const double bounds[] = {0, 5, 100, 4000};

static void random_stock(struct dice *d, struct stock *s, bool negative)
{
	for (size_t i = 0; i < CHART_SERIES_MAX; i++) {
		s->series[i] = (struct chart_series){d->name[roll(d, 64)], s->v[i]};
		s->dots[i] = (struct chart_dots_row){
		    d->name[roll(d, 64)], s->v[i], roll(d, N), value(d, false)};
		s->lines[i] = (struct chart_line){d->name[roll(d, 64)], s->points[i], roll(d, N)};
		s->parts[i] = (struct chart_part){d->name[roll(d, 64)], value(d, false), STR_NONE};
		for (size_t k = 0; k < N; k++) {
			s->v[i][k] = value(d, negative);
			s->points[i][k] =
			    (struct chart_point){2000 + (double)k, value(d, negative)};
		}
	}
	s->references[0] = (struct chart_reference){STR("Line"), 5};
	for (size_t i = 0; i < N; i++) {
		str href = roll(d, 3) ? STR("/en/x?a=1&b=2") : STR_NONE;
		s->bars[i] = (struct chart_bar){d->name[roll(d, 64)], value(d, negative), href};
		s->targets[i] = (struct chart_target){d->name[roll(d, 64)], value(d, false),
		    value(d, false), value(d, false), STR("people"), href};
		s->events[i] = (struct chart_event){d->name[roll(d, 64)], some_day(d)};
		s->places[i] =
		    (struct chart_place){str_of(world_countries[roll(d, world_countries_n)].code),
		        d->name[roll(d, 64)], value(d, false), href};
	}
	for (size_t i = 0; i < N * 6; i++)
		s->cells[i] = value(d, false);
	for (size_t i = 0; i < N; i++)
		s->bubbles[i] = (struct chart_bubble){i / 6, i % 6, 1 + (double)roll(d, 40), roll(d, 4),
		    roll(d, 3) ? STR("#here") : STR_NONE};
	for (size_t i = 0; i < 4; i++)
		s->periods[i] = (struct chart_period){(enum chart_period_kind)roll(d, 3),
		    d->name[roll(d, 64)], some_day(d), some_day(d)};
}

static struct chart random_chart(struct dice *d, struct stock *s, enum chart_kind kind)
{
	struct chart c = described(kind);
	bool stacked = roll(d, 2);
	random_stock(d, s, !(kind == CHART_COLUMNS && stacked) && kind != CHART_DOTS);
	c.lang = roll(d, 2) ? &ltr : &rtl;
	c.value_head = d->name[roll(d, 64)];
	switch (kind) {
	case CHART_COLUMNS:
		c.columns = (struct chart_columns){
		    d->name, roll(d, N), s->series, roll(d, CHART_SERIES_MAX + 1), stacked};
		break;
	case CHART_BARS:
		c.bars = (struct chart_bars){s->bars, roll(d, N)};
		break;
	case CHART_TARGETS:
		c.targets = (struct chart_targets){s->targets, roll(d, N)};
		break;
	case CHART_DOTS:
		c.dots = (struct chart_dots){s->dots, roll(d, CHART_SERIES_MAX), false};
		break;
	case CHART_LINES:
		c.lines = (struct chart_lines){s->lines, roll(d, CHART_SERIES_MAX), s->references,
		    roll(d, 2), CHART_X_YEAR, roll(d, 2)};
		break;
	case CHART_SHARE:
		c.share = (struct chart_share){s->parts, roll(d, CHART_SERIES_MAX + 1)};
		break;
	case CHART_TIMELINE:
		c.timeline = (struct chart_timeline){s->periods, roll(d, 5), s->events, roll(d, N)};
		break;
	case CHART_MAP:
		c.map = (struct chart_map){
		    s->places, roll(d, N), bounds, roll(d, 5), roll(d, 2), false};
		break;
	case CHART_MATRIX:
		c.matrix =
		    (struct chart_matrix){d->name, roll(d, N), d->name + 30, roll(d, 7), s->cells};
		break;
	case CHART_BUBBLES:
		c.bubbles = (struct chart_bubbles){.row = d->name, .n_rows = N / 6 + 1, .column = d->name + 30, .n_columns = 6,
		    .bubble = s->bubbles, .n = roll(d, N), .kind = d->name + 8, .n_kinds = 4,
		    .note = roll(d, 2) ? d->name + 20 : NULL, .note_head = d->name[4]};
		break;
	}
	return c;
}

static void test_every_drawing(void **state)
{
	(void)state;
	static struct stock s;
	static struct dice d;
	uint64_t seed = 20100319;
	d.r = rng_seeded(&seed);
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 100; round++) {
		dice_names(&d);
		for (int kind = CHART_COLUMNS; kind <= CHART_BUBBLES; kind++) {
			struct chart c = random_chart(&d, &s, (enum chart_kind)kind);
			check_drawing(&c, CHART_WIDE);
			check_drawing(&c, CHART_NARROW);
		}
	}
}

/* The page's markup: both layouts in one document, ids still unique. */
static void test_page_markup(void **state)
{
	(void)state;
	static struct stock s;
	static struct dice d;
	uint64_t seed = 7;
	d.r = rng_seeded(&seed);
	for (int round = 0; round < 20; round++) {
		dice_names(&d);
		for (int kind = CHART_COLUMNS; kind <= CHART_BUBBLES; kind++) {
			struct chart c = random_chart(&d, &s, (enum chart_kind)kind);
			AUTO_DRAWING page = {.text = BUF_INIT(OUT_MAX)};
			struct err e = {0};
			assert_ok(chart_html(&c, &page.text, &e), &e);
			page.doc = xmlReadMemory(
			    page.text.p, (int)page.text.n, "page", NULL, XML_PARSE_NONET);
			assert_non_null(page.doc);
			check_marks(&page);
		}
	}
}

/* ---- the kinds ---- */

static void near(double got, double want, double within)
{
	if (!(fabs(got - want) <= within))
		fail_msg("got %.3f, want %.3f", got, want);
}

/* The spending of 2009 to 2011: heights are as the amounts; the dash of 2010 is a dashed stub, not
 * a column. */
static void test_columns(void **state)
{
	(void)state;
	static xmlNodePtr bar[NODES_MAX];
	static const double p2[] = {2.3, .2, 2.1}, p5[] = {.1, M, .35}, p6[] = {4.1, 3.3, 4.5};
	const struct chart_series s[] = {{STR("2"), p2}, {STR("5"), p5}, {STR("6"), p6}};
	const str years[] = {STR("2009"), STR("2010"), STR("2011")};
	struct chart c = described(CHART_COLUMNS);
	c.columns = (struct chart_columns){years, 3, s, 3, false};
	AUTO_DRAWING d = drawn(&c, CHART_WIDE);
	assert_int_equal(all_of(&d, "rect", "chart-bar", bar), 8);
	double unit = place(bar[2], "height") / 4.1;
	near(place(bar[0], "height"), 2.3 * unit, .11);
	near(place(bar[1], "height"), .1 * unit, .11);
	near(place(bar[3], "height"), .2 * unit, .11);
	near(place(bar[4], "height"), 3.3 * unit, .11);
	near(place(bar[7], "height"), 4.5 * unit, .11);
	assert_int_equal(
	    all_of(&d, "rect", "chart-missing", bar), 2); /* the stub and the legend's */
	AUTO_DRAWING n = drawn(&c, CHART_NARROW);
	assert_int_equal(all_of(&n, "rect", "chart-bar", bar), 8);
	unit = place(bar[2], "width") / 4.1;
	near(place(bar[7], "width"), 4.5 * unit, .11);
	near(place(bar[3], "width"), .2 * unit, .11);
}

static void test_stack(void **state)
{
	(void)state;
	static xmlNodePtr bar[NODES_MAX];
	static const double a[] = {1, 2}, b[] = {3, M};
	const struct chart_series s[] = {{STR("a"), a}, {STR("b"), b}};
	const str names[] = {STR("x"), STR("y")};
	struct chart c = described(CHART_COLUMNS);
	c.columns = (struct chart_columns){names, 2, s, 2, true};
	AUTO_DRAWING d = drawn(&c, CHART_WIDE);
	assert_int_equal(all_of(&d, "rect", "chart-bar", bar), 3);
	near(place(bar[1], "height"), 3 * place(bar[0], "height"), .3);
	near(place(bar[1], "y") + place(bar[1], "height"), place(bar[0], "y"),
	    .11); /* one on the other */
	near(place(bar[2], "height"), 2 * place(bar[0], "height"), .2);
}

/* 58 %, 349 % and unknown: lengths by the marker of the target, a break where the scale ends, a
 * dashed frame. */
static void test_targets(void **state)
{
	(void)state;
	static xmlNodePtr bar[NODES_MAX], goal[NODES_MAX], found[NODES_MAX];
	const struct chart_target rows[] = {{STR("legal aid"), M, 50, 29, STR("people"), STR_NONE},
	    {STR("cash"), M, 590, 2058, STR("people"), STR_NONE},
	    {STR("return"), M, 25000, M, STR("people"), STR_NONE},
	    {STR("users"), M, M, 464, STR("people"), STR_NONE},
	    {STR("none"), M, M, M, STR(""), STR_NONE}};
	struct chart c = described(CHART_TARGETS);
	c.targets = (struct chart_targets){rows, 5};
	for (int layout = CHART_WIDE; layout <= CHART_NARROW; layout++) {
		AUTO_DRAWING d = drawn(&c, (enum chart_layout)layout);
		assert_int_equal(all_of(&d, "rect", "chart-bar", bar), 2);
		assert_int_equal(all_of(&d, "line", "chart-goal", goal), 3);
		double full = place(goal[0], "x1") - place(bar[0], "x");
		near(place(bar[0], "width"), .58 * full, .11);
		near(place(goal[1], "x1"), place(goal[0], "x1"), 0);
		near(place(bar[1], "width"), 2 * full, .11);
		assert_int_equal(all_of(&d, "line", "chart-break", found), 2);
		assert_int_equal(all_of(&d, "rect", "chart-missing", found), 1);
		assert_non_null(strstr(d.text.p, ">2058 of 590 (349 %)<"));
		assert_non_null(strstr(d.text.p, "no target in figures"));
		assert_non_null(strstr(d.text.p, "result not known"));
	}
}

static void test_share(void **state)
{
	(void)state;
	static xmlNodePtr bar[NODES_MAX];
	const struct chart_part parts[] = {
	    {STR("a"), 1, STR_NONE}, {STR("b"), 3, STR_NONE}, {STR("c"), M, STR_NONE}};
	struct chart c = described(CHART_SHARE);
	c.share = (struct chart_share){parts, 3};
	AUTO_DRAWING d = drawn(&c, CHART_WIDE);
	assert_int_equal(all_of(&d, "rect", "chart-bar", bar), 2);
	near(place(bar[0], "width"), 180, .11);
	near(place(bar[1], "width"), 540, .11);
}

static size_t count_of(const char *s, char c)
{
	size_t n = 0;
	for (; *s; s++)
		n += *s == c ? 1 : 0;
	return n;
}

/* Five points with a gap: two pieces, and no value is drawn where none is known. */
static void test_line_gap(void **state)
{
	(void)state;
	static xmlNodePtr found[NODES_MAX];
	const struct chart_point p[] = {{2011, 1}, {2012, 2}, {2013, M}, {2014, 4}, {2015, 5}};
	const struct chart_line line = {STR("price"), p, 5};
	const struct chart_reference ref = {STR("3 %"), 3};
	struct chart c = described(CHART_LINES);
	c.lines = (struct chart_lines){&line, 1, &ref, 1, CHART_X_YEAR, true};
	AUTO_DRAWING d = drawn(&c, CHART_WIDE);
	assert_int_equal(all_of(&d, "path", "chart-line", found), 1);
	xmlChar *path = xmlGetProp(found[0], (const xmlChar *)"d");
	assert_int_equal(count_of((const char *)path, 'M'), 2);
	assert_int_equal(count_of((const char *)path, 'L'), 2);
	xmlFree(path);
	assert_int_equal(all_of(&d, "circle", "chart-point", found), 4);
	double y1 = place(found[0], "cy"), y2 = place(found[1], "cy"), y5 = place(found[3], "cy");
	near((y1 - y5) / (y1 - y2), 4, .02);
	assert_int_equal(all_of(&d, "line", "chart-reference", found), 1);
	near(place(found[0], "y1"), y1 - 2 * (y1 - y2), .2); /* 3 lies two units above 1 */
}

/* From 1 January 2009 to 31 December 2010 on an axis of the years 2009 to 2011 (1095 days): 730
 * days. */
static void test_timeline(void **state)
{
	(void)state;
	static xmlNodePtr found[NODES_MAX];
	pdate from = PDATE_NONE, to = PDATE_NONE, on = PDATE_NONE;
	assert_true(pdate_parse(STR("2009-01-01"), &from) && pdate_parse(STR("2010-12-31"), &to) &&
	            pdate_parse(STR("2011-07"), &on));
	const struct chart_period p = {CHART_PERIOD_ACTUAL, STR("Carried out"), from, to};
	const struct chart_event e = {STR("End"), on};
	struct chart c = described(CHART_TIMELINE);
	c.timeline = (struct chart_timeline){&p, 1, &e, 1};
	AUTO_DRAWING d = drawn(&c, CHART_NARROW);
	assert_int_equal(all_of(&d, "rect", "chart-bar", found), 1);
	near(place(found[0], "x"), 0, .11);
	near(place(found[0], "width"), 320.0 * 730 / 1095, .11);
	assert_int_equal(
	    all_of(&d, "rect", "chart-span", found), 1); /* a month is a range, not a point */
	AUTO_DRAWING w = drawn(&c, CHART_WIDE);
	assert_int_equal(all_of(&w, "rect", "chart-span", found), 1);
	double width = place(found[0], "width"), start = place(found[0], "x");
	near(start / width, (730 + 181) / 31.0,
	    .6); /* 1 July is day 181 of 2011; the month has 31 */
}

/* Thirty days of one month after a day ten years before: no thread crosses another, and none is slanted. */
static void test_many_events_stand_in_order(void **state)
{
	(void)state;
	static xmlNodePtr found[NODES_MAX];
	struct chart_event e[31];
	struct chart c = described(CHART_TIMELINE);
	date last;
	assert_true(date_parse(STR("2010-12-31"), &last));
	for (int i = 0; i < 31; i++)
		e[i] = (struct chart_event){STR("Letter"), pdate_of((date){last.day - (i == 30 ? 3650 : i)})};
	c.timeline = (struct chart_timeline){NULL, 0, e, 31};
	AUTO_DRAWING d = drawn(&c, CHART_NARROW);
	assert_int_equal(all_of(&d, "line", "chart-thread", found), 31);
	double above = 0;
	for (size_t i = 0; i < 31; i++) {
		near(place(found[i], "y1"), place(found[i], "y2"), .11);
		assert_true(place(found[i], "y1") > above + 14);
		above = place(found[i], "y1");
	}
}

/* 1, 5 and 10 of at most 10: the paints go with the value; zero is pale but printed, missing is
 * dashed. */
static void test_matrix(void **state)
{
	(void)state;
	static xmlNodePtr found[NODES_MAX];
	static const double v[] = {0, 1, 5, 10, M, 9.9};
	const str rows[] = {STR("Ghana"), STR("Iraq")},
	          columns[] = {STR("Health"), STR("Education"), STR("Law")};
	struct chart c = described(CHART_MATRIX);
	c.matrix = (struct chart_matrix){rows, 2, columns, 3, v};
	AUTO_DRAWING d = drawn(&c, CHART_WIDE);
	assert_int_equal(all_of(&d, "rect", "chart-cell chart-b5", found), 2);
	assert_int_equal(all_of(&d, "rect", "chart-cell chart-b3", found), 1);
	assert_int_equal(all_of(&d, "rect", "chart-cell chart-b1", found), 1);
	assert_int_equal(all_of(&d, "rect", "chart-cell chart-b0", found), 1);
	assert_int_equal(all_of(&d, "rect", "chart-missing", found), 1);
	AUTO_DRAWING n = drawn(&c, CHART_NARROW);
	assert_int_equal(all_of(&n, "rect", "chart-bar", found), 5);
	near(place(found[2], "width"), .5 * place(found[3], "width"), .11);
}

/* Areas are as the numbers: four times as many studies make twice the radius. Each bubble with a link is one, and bears its
 * number; kinds differ by pattern. */
static void test_bubbles(void **state)
{
	(void)state;
	static xmlNodePtr found[NODES_MAX];
	const str rows[] = {STR("Poverty"), STR("Knowledge")}, columns[] = {STR("Training"), STR("Website")},
	          kinds[] = {STR("not stated"), STR("strong")}, notes[] = {STR("2 million"), STR("nothing")};
	const struct chart_bubble b[] = {{0, 0, 16, 1, STR("#a")}, {1, 0, 4, 0, STR("#b")}, {1, 1, 1, 0, STR_NONE}};
	struct chart c = described(CHART_BUBBLES);
	c.bubbles = (struct chart_bubbles){rows, 2, columns, 2, b, 3, kinds, 2, notes, STR("Money")};
	for (int layout = CHART_WIDE; layout <= CHART_NARROW; layout++) {
		AUTO_DRAWING d = drawn(&c, (enum chart_layout)layout);
		assert_int_equal(all_of(&d, "circle", "chart-bubble", found), 3);
		near(place(found[0], "r"), 2 * place(found[1], "r"), .11);
		assert_int_equal(all_of(&d, "a", NULL, found), 2);
		assert_non_null(strstr(d.text.p, layout == CHART_WIDE ? "-w2)" : "-n2)"));
		assert_non_null(strstr(d.text.p, "2 million"));
	}
	struct err e = {0};
	AUTO_BUF out = BUF_INIT(OUT_MAX);
	struct chart_bubble bad = {2, 0, 1, 0, STR_NONE};
	c.bubbles.bubble = &bad;
	c.bubbles.n = 1;
	assert_int_equal(chart_html(&c, &out, &e), ERR_INVALID);
	bad = (struct chart_bubble){0, 0, 0, 0, STR_NONE};
	assert_int_equal(chart_html(&c, &out, &e), ERR_INVALID);
}

static void test_mirror(void **state)
{
	(void)state;
	static xmlNodePtr a[NODES_MAX], b[NODES_MAX];
	const struct chart_bar rows[] = {{STR("one"), 10, STR_NONE}, {STR("two"), 20, STR_NONE}};
	struct chart c = described(CHART_BARS);
	c.bars = (struct chart_bars){rows, 2};
	AUTO_DRAWING left = drawn(&c, CHART_WIDE);
	c.lang = &rtl;
	AUTO_DRAWING right = drawn(&c, CHART_WIDE);
	assert_int_equal(all_of(&left, "rect", "chart-bar", a), 2);
	assert_int_equal(all_of(&right, "rect", "chart-bar", b), 2);
	for (int i = 0; i < 2; i++) {
		near(place(a[i], "x"), 720 - place(b[i], "x") - place(b[i], "width"), .21);
		near(place(a[i], "width"), place(b[i], "width"), 0);
	}
	near(place(a[1], "width"), 2 * place(a[0], "width"), .3);
	assert_non_null(strstr(right.text.p, "direction=\"rtl\""));
}

/* ---- what comes from texts ---- */

static void test_hostile_text(void **state)
{
	(void)state;
	static xmlNodePtr found[NODES_MAX];
	static const char evil[] = "</svg>\"'><script>alert(1)</script>\x01&amp;\xff";
	struct chart c = described(CHART_BARS);
	struct chart_bar row = {str_of(evil), 1, str_of(evil)};
	c.title = c.value_head = c.row_head = str_of(evil);
	c.bars = (struct chart_bars){&row, 1};
	for (int kind = 0; kind < 2; kind++) {
		AUTO_DRAWING d = drawn(&c, (enum chart_layout)kind);
		check_marks(&d);
		assert_int_equal(all_of(&d, "title", NULL, found), 1);
		xmlChar *title = xmlNodeGetContent(found[0]);
		assert_string_equal(
		    (const char *)title, "</svg>\"'><script>alert(1)</script>\xef\xbf\xbd&amp;\xef\xbf\xbd");
		xmlFree(title);
	}
}

static void test_refusals(void **state)
{
	(void)state;
	static const double v[] = {-1}, inf[] = {INFINITY};
	const struct chart_series s = {STR("a"), v}, t = {STR("a"), inf};
	const str name = STR("x");
	struct err e = {0};
	AUTO_BUF out = BUF_INIT(OUT_MAX);
	struct chart c = described(CHART_COLUMNS);
	c.columns = (struct chart_columns){&name, 1, &s, 1, true};
	assert_int_equal(chart_html(&c, &out, &e), ERR_INVALID);
	c.columns.series = &t;
	assert_int_equal(chart_html(&c, &out, &e), ERR_INVALID);
	c.columns = (struct chart_columns){&name, 1, &s, CHART_SERIES_MAX + 1, false};
	assert_int_equal(chart_html(&c, &out, &e), ERR_LIMIT);
	c.columns = (struct chart_columns){&name, 1, &s, 1, false};
	static const char *const ids[] = {"", "1a", "A", "a b", "a\"", "a_b"};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		c.id = str_of(ids[i]);
		assert_int_equal(chart_svg(&c, CHART_WIDE, STR_NONE, &out, &e), ERR_INVALID);
	}
	c.id = STR("good-1");
	AUTO_BUF small = BUF_INIT(200);
	assert_int_equal(chart_html(&c, &small, &e), ERR_LIMIT);
}

/* Every allocation in turn fails: an error comes back, nothing else happens. */
static void test_no_memory(void **state)
{
	(void)state;
	static struct stock s;
	static struct dice d;
	uint64_t seed = 5;
	d.r = rng_seeded(&seed);
	dice_names(&d);
	for (int kind = CHART_COLUMNS; kind <= CHART_BUBBLES; kind++) {
		struct chart c = random_chart(&d, &s, (enum chart_kind)kind);
		int failures = 0;
		for (int64_t n = 0;; n++) {
			AUTO_BUF out = BUF_INIT(OUT_MAX);
			struct err e = {0};
			mem_fail_after(n);
			enum err_code code = chart_html(&c, &out, &e);
			mem_fail_after(-1);
			if (code == ERR_OK)
				break;
			assert_true(code == ERR_NOMEM || code == ERR_LIMIT);
			failures++;
		}
		assert_true(failures > 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_drawing),
	    cmocka_unit_test(test_page_markup),
	    cmocka_unit_test(test_columns),
	    cmocka_unit_test(test_stack),
	    cmocka_unit_test(test_targets),
	    cmocka_unit_test(test_share),
	    cmocka_unit_test(test_line_gap),
	    cmocka_unit_test(test_timeline),
	    cmocka_unit_test(test_many_events_stand_in_order),
	    cmocka_unit_test(test_matrix),
	    cmocka_unit_test(test_bubbles),
	    cmocka_unit_test(test_mirror),
	    cmocka_unit_test(test_hostile_text),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_no_memory),
	};
	return test_run(tests);
}
