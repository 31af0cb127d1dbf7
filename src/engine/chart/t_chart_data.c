/* What stands beside the drawing: the table, the sentences, the map's geography; and how axes and
 * texts are cut. */
#include "base/env.h"
#include "base/test.h"
#include "engine/chart/draw.h"
#include "engine/chart/world.h"

#define M CHART_MISSING

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
	buf_addf(b, use == CHART_NUMBER_TABLE ? "%.2f" : "%.10g", v);
}

static const struct chart_lang lang = {false, msg, percent, when, NULL};
static const struct chart_format plain = {number, NULL};

static struct chart described(enum chart_kind kind)
{
	return (struct chart){.kind = kind,
	    .id = STR("c"),
	    .title = STR("Title"),
	    .row_head = STR("Row"),
	    .value_head = STR("Value"),
	    .lang = &lang,
	    .format = &plain};
}

static struct chart_table table_of(const struct chart *c, struct arena *a)
{
	struct chart_table t = {0};
	struct err e = {0};
	assert_ok(chart_table(c, a, &t, &e), &e);
	assert_true(t.n_columns > 0 && t.head && t.numeric);
	return t;
}

static const struct chart_cell *cell(const struct chart_table *t, size_t row, size_t column)
{
	assert_true(row < t->n_rows && column < t->n_columns);
	return &t->cell[row * t->n_columns + column];
}

static void said(const struct chart *c, const char *want)
{
	AUTO_BUF out = BUF_INIT(1 << 16);
	struct err e = {0};
	assert_ok(chart_summary(c, &out, &e), &e);
	assert_str(buf_str(&out), want);
}

/* The report's table of spending, lines 86 to 92: the dash of 2010 stays a blank and the totals are
 * the printed ones. */
static void test_spending(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	static const double p1[] = {.2, 1, .05}, p2[] = {2.3, .2, 2.1}, p3[] = {1.1, .7, 1.4},
	                    p4[] = {1.2, .6, .3}, p5[] = {.1, M, .35}, p6[] = {4.1, 3.3, 4.5},
	                    total[] = {9, 5.8, 8.7};
	const struct chart_series s[] = {{STR("1"), p1}, {STR("2"), p2}, {STR("3"), p3},
	    {STR("4"), p4}, {STR("5"), p5}, {STR("6"), p6}};
	const str years[] = {STR("2009"), STR("2010"), STR("2011")};
	struct chart c = described(CHART_COLUMNS);
	c.columns = (struct chart_columns){years, 3, s, 6, true};
	struct chart_table t = table_of(&c, a);
	assert_int_equal(t.n_rows, 3);
	assert_int_equal(t.n_columns, 8);
	assert_str(t.head[0], "Row");
	assert_str(t.head[7], "Total");
	assert_false(t.numeric[0]);
	assert_true(t.numeric[1]);
	for (size_t k = 0; k < 3; k++) {
		assert_true(fabs(cell(&t, k, 7)->v - total[k]) < 1e-9);
		for (size_t i = 0; i < 6; i++) {
			bool missing = isnan(s[i].v[k]);
			assert_int_equal(cell(&t, k, i + 1)->missing, missing);
			assert_true(missing || cell(&t, k, i + 1)->v == s[i].v[k]);
		}
	}
	assert_str(cell(&t, 1, 5)->text, "not known");
	assert_str(cell(&t, 2, 1)->text, "0.05");
	said(&c, "Highest: 2011, 6 (4.50). Lowest: 2011, 1 (0.05). Not known: 1 of 18.");
}

static void test_bars(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct chart_bar rows[] = {{STR("one"), 4, STR("/one")}, {STR("two"), M, STR_NONE}};
	struct chart c = described(CHART_BARS);
	c.bars = (struct chart_bars){rows, 2};
	struct chart_table t = table_of(&c, a);
	assert_str(cell(&t, 0, 0)->href, "/one");
	assert_true(cell(&t, 1, 1)->missing);
	assert_false(cell(&t, 0, 1)->missing);
	said(&c, "Highest: one (4.00). Not known: 1 of 2.");
	AUTO_BUF file = BUF_INIT(1 << 16);
	struct err e = {0};
	assert_ok(chart_svg(&c, CHART_WIDE, STR("a > b {}"), &file, &e), &e);
	assert_non_null(strstr(file.p, "<style>a &gt; b {}</style>"));
	c.bars.n = 0;
	assert_int_equal(table_of(&c, a).n_rows, 0);
	said(&c, "There are no data.");
}

/* A target of zero and an absent one give no ratio; a result of zero is a result. */
static void test_targets(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct chart_target rows[] = {{STR("a"), M, 50, 29, STR("people"), STR_NONE},
	    {STR("b"), M, 300, 319, STR("postings"), STR_NONE},
	    {STR("c"), M, 0, 5, STR(""), STR_NONE}, {STR("d"), M, 8, 0, STR(""), STR_NONE},
	    {STR("e"), M, 7, M, STR(""), STR_NONE}};
	struct chart c = described(CHART_TARGETS);
	c.targets = (struct chart_targets){rows, 5};
	struct chart_table t = table_of(&c, a);
	assert_str(cell(&t, 0, 2)->text, "50.00 people");
	assert_str(cell(&t, 0, 4)->text, "58 %");
	assert_true(cell(&t, 2, 4)->missing);
	assert_false(cell(&t, 3, 4)->missing);
	assert_true(cell(&t, 3, 4)->v == 0);
	assert_true(cell(&t, 4, 3)->missing);
	said(&c, "Target reached or exceeded: 1 of 3 with both figures known. a: 29 of 50 (58 %). "
	         "b: 319 of 300 (106 %). "
	         "c: 5, no target in figures. d: 0 of 8 (0 %). e: target 7, result not known.");
	/* the rows are named in their own language, the rest is the page's */
	AUTO_BUF out = BUF_INIT(1 << 20);
	struct err e = {0};
	c.row_lang = STR("en");
	assert_ok(chart_html(&c, &out, &e), &e);
	for (const char *at = strstr(out.p, "<text "); at; at = strstr(at + 1, "<text ")) {
		const char *end = strchr(at, '>'), *named = strstr(at, " lang=\"en\""), *name = strstr(at, "\"chart-name\"");
		assert_int_equal(named && named < end, name && name < end);
	}
}

/* Two lines with different years: every year has one row, what a line does not have is missing. */
static void test_lines(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct chart_point p[] = {{2011, 9}, {2013, 7}}, q[] = {{2012, 5}, {2013, M}};
	const struct chart_line lines[] = {{STR("p"), p, 2}, {STR("q"), q, 2}};
	struct chart c = described(CHART_LINES);
	c.lines = (struct chart_lines){lines, 2, NULL, 0, CHART_X_YEAR, true};
	struct chart_table t = table_of(&c, a);
	assert_int_equal(t.n_rows, 3);
	assert_str(cell(&t, 1, 0)->text, "2012");
	assert_true(cell(&t, 1, 1)->missing);
	assert_true(cell(&t, 1, 2)->v == 5);
	assert_true(cell(&t, 2, 2)->missing);
	said(&c, "p: from 9.00 (2011) to 7.00 (2013). q: from 5.00 (2012) to 5.00 (2012).");
}

static void test_dots_and_share(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	static const double v[] = {1, M, 3, 2};
	const struct chart_dots_row row = {STR("cost"), v, 4, M};
	struct chart c = described(CHART_DOTS);
	c.dots = (struct chart_dots){&row, 1, false};
	struct chart_table t = table_of(&c, a);
	assert_str(cell(&t, 0, 1)->text, "3");
	assert_true(cell(&t, 0, 3)->v == 2);
	said(&c, "cost: median 2.00, from 1.00 to 3.00, number 3.");

	const struct chart_part parts[] = {{STR("x"), 1, STR_NONE}, {STR("y"), 3, STR_NONE}};
	c = described(CHART_SHARE);
	c.share = (struct chart_share){parts, 2};
	t = table_of(&c, a);
	assert_str(cell(&t, 1, 2)->text, "75 %");
	said(&c, "x: 1.00 (25 %). y: 3.00 (75 %).");
}

static void test_timeline(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	pdate from = PDATE_NONE, on = PDATE_NONE;
	assert_true(pdate_parse(STR("2009-01"), &from) && pdate_parse(STR("2010-03-19"), &on));
	const struct chart_period p = {CHART_PERIOD_PLANNED, STR("Planned"), from, PDATE_NONE};
	const struct chart_event events[] = {{STR("Excluded"), on}, {STR("Paid"), PDATE_NONE}};
	struct chart c = described(CHART_TIMELINE);
	c.timeline = (struct chart_timeline){&p, 1, events, 2};
	struct chart_table t = table_of(&c, a);
	assert_int_equal(t.n_rows, 3);
	assert_str(cell(&t, 0, 1)->text, "2009-01");
	assert_true(cell(&t, 0, 2)->missing);
	assert_str(cell(&t, 1, 1)->text, "2010-03-19");
	assert_true(cell(&t, 2, 1)->missing);
	said(&c, "Planned: from 2009-01, end not known. Events: 2.");
}

/* ---- the map ---- */

static const struct world_country *country(const char *code)
{
	for (size_t i = 0; i < world_countries_n; i++)
		if (strcmp(world_countries[i].code, code) == 0)
			return &world_countries[i];
	print_error("no country %s\n", code);
	abort();
}

/* Area inside a path of "Mx yl dx dy …z", in square units. */
static double area_of(const char *path)
{
	double sum = 0, x = 0, y = 0, x0 = 0, y0 = 0;
	const char *at = path;
	while (*at) {
		if (*at == 'M' || *at == 'l')
			at++;
		if (*at == 'z') {
			sum += (x * y0 - x0 * y) / 2;
			at++;
			continue;
		}
		bool start = at[-1] == 'M';
		char *end;
		double dx = strtod(at, &end), dy = strtod(end, &end);
		at = end;
		while (*at == ' ')
			at++;
		if (start) {
			x = x0 = dx;
			y = y0 = dy;
		} else {
			sum += (x * (y + dy) - (x + dx) * y) / 2;
			x += dx;
			y += dy;
		}
	}
	return fabs(sum);
}

/* The projection keeps areas: these are as in the United Nations' Demographic Yearbook (thousand
 * square kilometres), within what the coarse outlines allow, at all latitudes. */
static void test_areas(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		double area;
	} known[] = {{"DZ", 2382}, {"CD", 2345}, {"BR", 8515}, {"AU", 7692}, {"MN", 1564},
	    {"SE", 450}, {"NO", 324}, {"KZ", 2725}, {"IR", 1629}, {"TZ", 947}, {"AF", 653},
	    {"GL", 2166}};
	double unit = area_of(country("DZ")->path) / known[0].area;
	for (size_t i = 1; i < sizeof known / sizeof *known; i++) {
		double ratio = area_of(country(known[i].code)->path) / unit / known[i].area;
		double slack = known[i].area < 500
		                   ? .30
		                   : .06; /* islands and fjords are left out or filled up */
		if (fabs(ratio - 1) > slack)
			fail_msg("%s: %.3f of its area", known[i].code, ratio);
	}
}

/* Sorted, unique, inside the sheet; the countries of the programme are there, Kosovo and small
 * islands too. */
static void test_world(void **state)
{
	(void)state;
	static const char *const programme[] = {"AF", "AM", "AO", "BA", "BI", "CD", "CV", "ET",
	    "GE", "GH", "IQ", "KE", "MA", "MK", "NL", "RS", "RW", "SL", "SN", "SO", "SR", "TR",
	    "TZ", "XK", "YE"};
	for (size_t i = 0; i < world_countries_n; i++) {
		const struct world_country *c = &world_countries[i];
		assert_true(i == 0 || strcmp(world_countries[i - 1].code, c->code) < 0);
		assert_true(
		    c->box.x0 >= 0 && c->box.x1 <= world_width + 40 && c->box.x0 <= c->box.x1);
		assert_true(
		    c->box.y0 >= 0 && c->box.y0 <= c->box.y1 && c->box.y1 <= world_height + 60);
		assert_true(
		    c->x >= c->box.x0 - 60 && c->x <= c->box.x1 + 60); /* outlines of two scales */
	}
	for (size_t i = 0; i < sizeof programme / sizeof *programme; i++)
		assert_non_null(country(programme[i]));
	assert_int_equal(country("CV")->path[0], 0); /* too small: a marker */
	assert_true(country("XK")->path[0] == 'M');
	/* Neighbours on the right sides. */
	assert_true(country("PT")->x < country("ES")->x && country("NL")->y < country("BE")->y);
	assert_true(country("SR")->x < country("CV")->x && country("ID")->x > country("GH")->x);
	assert_true(country("NZ")->x > country("AU")->x && country("FJ")->x > country("NZ")->x);
}

static void test_map(void **state)
{
	(void)state;
	static const double bounds[] = {1, 2, 5};
	const struct chart_place places[] = {{STR("BI"), STR("Burundi"), 1, STR("/bi")},
	    {STR("CV"), STR("Cape Verde"), 4, STR_NONE}, {STR("CD"), STR("Congo"), M, STR_NONE},
	    {STR("ZZ"), STR("Nowhere"), 9, STR_NONE}};
	struct chart c = described(CHART_MAP);
	c.map = (struct chart_map){places, 4, bounds, 3, false, true};
	assert_int_equal(map_band(&c.map, 1), 0);
	assert_int_equal(map_band(&c.map, 2), 1);
	assert_int_equal(map_band(&c.map, 4.99), 1);
	assert_int_equal(map_band(&c.map, 5), 2);
	assert_int_equal(map_band(&c.map, M), -1);
	AUTO_BUF out = BUF_INIT(1 << 20);
	struct err e = {0};
	assert_ok(chart_html(&c, &out, &e), &e);
	assert_non_null(strstr(out.p, "<title>Burundi: 1.00</title>"));
	assert_non_null(strstr(out.p, "<a href=\"/bi\""));
	assert_non_null(strstr(out.p, "role=\"group\""));
	assert_non_null(strstr(out.p, "chart-unknown"));
	assert_non_null(strstr(out.p, "</svg> 2 to 4</li>"));
	assert_non_null(strstr(out.p, "</svg> 5 and more</li>"));
	assert_null(
	    strstr(out.p, "Nowhere: ")); /* not on the map, but in the table and the count */
	said(&c,
	    "Countries: 4. Highest: Nowhere (9.00). Lowest: Burundi (1.00). Not known: 1 of 4.");
	struct map_view v = map_view_of(&c.map);
	for (size_t i = 0; i < 3; i++) {
		const struct world_country *w = country(places[i].code.p);
		assert_true(v.x <= w->box.x0 && v.y <= w->box.y0 && v.x + v.w >= w->box.x1 &&
		            v.y + v.h >= w->box.y1);
	}
	assert_true(v.w < world_width * .6);
	c.map.whole_world = true;
	assert_true(map_view_of(&c.map).w == world_width);
}

/* ---- axes ---- */

static void test_ticks(void **state)
{
	(void)state;
	uint64_t seed = 99;
	struct rng r = rng_seeded(&seed);
	for (int round = 0; round < 5000; round++) {
		double size = pow(10, (double)(rng_next_u64(&r) % 13) - 4);
		double lo = ((double)(rng_next_u64(&r) % 2000) - 1000) * size,
		       hi = lo + (double)(1 + rng_next_u64(&r) % 1000) * size;
		struct ticks t = ticks_linear(lo, hi, 2 + rng_next_u64(&r) % 6);
		assert_true(t.n >= 2 && t.n <= TICKS_MAX);
		double step = t.v[1] - t.v[0], slack = 1e-6 * (hi - lo);
		assert_true(t.v[0] <= lo + slack && t.v[t.n - 1] >= hi - slack);
		assert_true(t.v[0] > lo - step - slack && t.v[t.n - 1] < hi + step + slack);
		double digit = step / pow(10, floor(log10(step * (1 + 1e-9))));
		assert_true(
		    fabs(digit - 1) < 1e-6 || fabs(digit - 2) < 1e-6 || fabs(digit - 5) < 1e-6);
	}
	struct ticks t = ticks_linear(0, 4.5, 5); /* 0 1 2 3 4 5 */
	assert_int_equal(t.n, 6);
	assert_true(t.v[5] == 5);
	t = ticks_log(300, 5200); /* 100 1000 10000 */
	assert_int_equal(t.n, 3);
	assert_true(t.v[0] == 100 && t.v[2] == 10000);
}

static void test_wrapping(void **state)
{
	(void)state;
	struct wrapped t = text_wrap(STR("one two three"), 1000, 3);
	assert_int_equal(t.n, 1);
	t = text_wrap(STR("one two three"), text_width(STR("one two")) + 1, 3);
	assert_int_equal(t.n, 2);
	assert_str(t.line[0], "one two");
	assert_str(t.line[1], "three");
	assert_false(t.cut);
	t = text_wrap(STR("one two three four five six seven"), text_width(STR("one two")) + 1, 2);
	assert_int_equal(t.n, 2);
	assert_true(t.cut);
	t = text_wrap(
	    STR("Verantwoordelijkheidsgebied"), 40, 4); /* a word wider than the line is broken */
	assert_int_equal(t.n, 4);
	t = text_wrap(STR(""), 40, 4);
	assert_int_equal(t.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ticks),
	    cmocka_unit_test(test_wrapping),
	    cmocka_unit_test(test_spending),
	    cmocka_unit_test(test_bars),
	    cmocka_unit_test(test_targets),
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_dots_and_share),
	    cmocka_unit_test(test_timeline),
	    cmocka_unit_test(test_areas),
	    cmocka_unit_test(test_world),
	    cmocka_unit_test(test_map),
	};
	return test_run(tests);
}
