/* What each kind of statement must have, and the JSON of an answer. Expected values follow from the header. */
#include "base/test.h"

#include <math.h>

#include "feat/evaluation/parts.h"

struct fixture {
	struct arena *a;
	struct facts facts;
	struct answer w;
	struct err e;
};

static const struct source_row row = {"activity", {"18261", 5}, {"9503", 4}};

static void begin(struct fixture *t)
{
	if (!t->a)
		t->a = arena_new(1 << 20);
	assert_non_null(t->a);
	t->facts.scope = (struct evaluation_scope){.as_of = DATE_NONE, .priority = 6};
	assert_true(date_from_civil(2012, 6, 1, &t->facts.scope.as_of));
	answer_begin(&t->w, t->a, LANG_EN, &t->facts, 3, "question-3", STR("Were the results reached?"));
}

static struct figure count_of(int64_t v)
{
	return (struct figure){.id = STR("placed"), .type = FIGURE_COUNT, .known = true, .value = decimal_of(v), .low = NAN, .high = NAN,
	    .unit = STR("people"), .definition = STR("People placed."), .rows = &row, .n_rows = 1};
}

static struct statement counted(const struct figure *f)
{
	return (struct statement){.kind = STATEMENT_COUNTED, .text = STR("319 of 300 placed."), .figures = f, .n_figures = 1};
}

static void expect(struct fixture *t, const struct statement *s, const char *id)
{
	begin(t);
	err_clear(&t->e);
	answer_statement(&t->w, s);
	enum err_code code = answer_end(&t->w, &t->e);
	if (id) {
		assert_int_equal(code, ERR_INVALID);
		assert_string_equal(t->e.id, id);
	} else {
		assert_ok(code, &t->e);
		assert_int_equal(t->w.blocks.n, 1);
	}
}

#define REFUSED "evaluation.statement"

static void counts(void **state)
{
	struct fixture t = {0};
	struct figure f = count_of(319);
	struct statement s = counted(&f);
	(void)state;
	expect(&t, &s, NULL);
	s.n_figures = 0;
	expect(&t, &s, REFUSED);
	s.n_figures = 1;
	s.text = STR("");
	expect(&t, &s, REFUSED);
	s = counted(&f);
	f.n_rows = 0;
	expect(&t, &s, REFUSED);
	f = count_of(0);
	f.n_rows = 0;
	expect(&t, &s, NULL); /* none of them: nothing to point at */
	f = count_of(1);
	f.definition = STR("");
	expect(&t, &s, REFUSED);
	f = count_of(1);
	f.id = STR("");
	expect(&t, &s, REFUSED);
	f = count_of(1);
	f.value = DECIMAL_NONE;
	expect(&t, &s, REFUSED);
	arena_free(t.a);
}

static void other_figures(void **state)
{
	struct fixture t = {0};
	struct figure f = count_of(319);
	const struct figure_input in[] = {{STR("placed"), decimal_of(319), STR("people")}, {STR("target"), decimal_of(300), STR("people")}};
	struct statement s = counted(&f);
	(void)state;
	f.type = FIGURE_MONEY;
	f.unit = STR("");
	expect(&t, &s, REFUSED);
	f.unit = STR("EUR");
	expect(&t, &s, NULL);
	f.type = FIGURE_RATIO;
	expect(&t, &s, REFUSED);
	f.inputs = in;
	f.n_inputs = 2;
	expect(&t, &s, NULL);
	f.known = false;
	expect(&t, &s, REFUSED);
	f.why = STR("The target is not stated.");
	f.n_rows = 0;
	expect(&t, &s, NULL);
	f = count_of(1);
	f.type = FIGURE_DATE;
	expect(&t, &s, REFUSED);
	f.text = STR("2012-06-01");
	expect(&t, &s, NULL);
	arena_free(t.a);
}

static void other_kinds(void **state)
{
	struct fixture t = {0};
	struct statement s = {.kind = STATEMENT_JUDGED, .text = STR("Exceeded.")};
	(void)state;
	expect(&t, &s, REFUSED);
	s.rule = STR("verdict");
	expect(&t, &s, NULL);
	s = (struct statement){.kind = STATEMENT_EVIDENCE, .text = STR("Skills are used."), .strength = STR("limited"), .place = STR("Ghana, 2004"),
	    .rows = &row, .n_rows = 1};
	expect(&t, &s, NULL);
	s.n_rows = 0;
	expect(&t, &s, REFUSED);
	s.n_rows = 1;
	s.strength = STR("");
	expect(&t, &s, REFUSED);
	s.strength = STR("limited");
	s.place = STR("");
	expect(&t, &s, REFUSED);
	s = (struct statement){.kind = STATEMENT_UNSAID, .text = STR("Whether they stayed cannot be said.")};
	expect(&t, &s, REFUSED);
	s.missing = STR("Follow-up after the posting.");
	expect(&t, &s, NULL);
	s.kind = STATEMENT_KINDS;
	expect(&t, &s, REFUSED);
	arena_free(t.a);
}

static void first_failure_stays(void **state)
{
	struct fixture t = {0};
	struct figure f = count_of(319);
	struct statement s = counted(&f), bad = {.kind = STATEMENT_UNSAID, .text = STR("Nothing.")};
	(void)state;
	begin(&t);
	answer_statement(&t.w, &bad);
	answer_heading(&t.w, 2, STR("No anchor!"), STR("Heading"));
	answer_statement(&t.w, &s);
	assert_int_equal(answer_end(&t.w, &t.e), ERR_INVALID);
	assert_string_equal(t.e.id, REFUSED);
	assert_int_equal(t.w.blocks.n, 0);
	arena_free(t.a);
}

static void anchors(void **state)
{
	static const char *const bad[] = {"", "Big", "a b", "a_b", "é"};
	struct fixture t = {0};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		begin(&t);
		answer_heading(&t.w, 2, str_of(bad[i]), STR("Heading"));
		assert_int_equal(answer_end(&t.w, &t.e), ERR_INVALID);
		assert_string_equal(t.e.id, "evaluation.anchor");
	}
	begin(&t);
	answer_heading(&t.w, 2, STR("per-country"), STR("Per country"));
	answer_heading(&t.w, 9, STR("per-sector"), STR("Per sector"));
	assert_ok(answer_end(&t.w, &t.e), &t.e);
	assert_int_equal(t.w.blocks.p[1].level, 4);
	answer_heading(&t.w, 2, STR("per-country"), STR("Again"));
	assert_int_equal(answer_end(&t.w, &t.e), ERR_INVALID);
	arena_free(t.a);
}

static void tables(void **state)
{
	struct fixture t = {0};
	const str heads[] = {STR("Country"), STR("Placed")};
	const bool numeric[] = {false, true};
	const struct answer_cell cells[] = {{.text = STR("Ghana"), .sort = CHART_MISSING}, {.text = STR("120"), .sort = 120}};
	struct answer_table good = {STR("per-country"), STR("Placed per country"), heads, numeric, 2, cells, 1}, bad = good;
	(void)state;
	begin(&t);
	answer_table(&t.w, &good, true);
	assert_ok(answer_end(&t.w, &t.e), &t.e);
	assert_true(t.w.blocks.p[0].folded);
	bad.caption = STR("");
	bad.id = STR("other");
	answer_table(&t.w, &bad, true);
	assert_int_equal(answer_end(&t.w, &t.e), ERR_INVALID);
	assert_string_equal(t.e.id, "evaluation.table");
	arena_free(t.a);
}

static void no_memory(void **state)
{
	struct fixture t = {.a = arena_new(400)};
	(void)state;
	begin(&t);
	for (size_t i = 0; i < 100; i++)
		answer_text(&t.w, STR("words"));
	assert_int_equal(answer_end(&t.w, &t.e), ERR_LIMIT);
	assert_int_equal(answer_keep(&t.w, &BUF_INIT(10)).n, 0);
	arena_free(t.a);
}

static void words(void **state)
{
	struct fixture t = {0};
	const str parts[] = {STR("319"), STR("300")};
	(void)state;
	begin(&t);
	assert_str(answer_words(&t.w, "{0} of {1} placed", parts, 2), "319 of 300 placed");
	arena_free(t.a);
}

/* ---- JSON ---- */

static str json_of(struct fixture *t, struct buf *b)
{
	struct json_writer j;
	jw_begin_buf(&j, b);
	answer_json(&j, &t->w);
	jw_key(&j, "activities");
	jw_array(&j);
	jw_array_end(&j);
	jw_object_end(&j);
	assert_ok(jw_finish(&j, &t->e), &t->e);
	return buf_str(b);
}

static const struct json *item(const struct json *j, const char *key, size_t i)
{
	const struct json *list = json_get(j, key);
	assert_non_null(list);
	assert_int_equal(list->kind, JSON_IS_ARRAY);
	assert_true(i < list->n);
	return &list->items[i];
}

static void fill(struct fixture *t)
{
	static const struct figure_input in[] = {
	    {{"placed", 6}, {319, 0, 0, 0}, {"people", 6}}, {{"target", 6}, {300, 0, 0, 0}, {NULL, 0}}};
	struct figure f[3] = {count_of(319), count_of(0), count_of(0)};
	f[1] = (struct figure){.id = STR("ratio"), .type = FIGURE_RATIO, .known = true, .value = decimal_scaled(10633, -4), .low = 0.5, .high = 2,
	    .definition = STR("Placed divided by the target."), .inputs = in, .n_inputs = 2, .rows = &row, .n_rows = 1};
	f[2] = (struct figure){.id = STR("cost"), .type = FIGURE_MONEY, .unit = STR("EUR"), .definition = STR("Cost per posting."),
	    .why = STR("The cost is not stated.")};
	struct statement s = {.kind = STATEMENT_COUNTED, .text = STR("319 of \"300\" placed."), .figures = f, .n_figures = 3};
	answer_heading(&t->w, 2, STR("per-country"), STR("Per country"));
	answer_statement(&t->w, &s);
	s = (struct statement){.kind = STATEMENT_UNSAID, .text = STR("Nobody knows."), .missing = STR("follow-up")};
	answer_statement(&t->w, &s);
	assert_ok(answer_end(&t->w, &t->e), &t->e);
}

static void check_figures(const struct json *s)
{
	const struct json *f = item(s, "figures", 0);
	assert_str(json_get(f, "value")->text, "319");
	assert_str(json_text(json_get(f, "type")), "count");
	assert_null(json_get(f, "low"));
	assert_str(json_text(json_get(item(f, "rows", 0), "key")), "18261");
	assert_str(json_text(json_get(item(f, "rows", 0), "table")), "activity");
	assert_str(json_text(json_get(item(f, "rows", 0), "source_line")), "9503");
	f = item(s, "figures", 1);
	assert_str(json_get(f, "value")->text, "1.0633");
	assert_str(json_get(f, "low")->text, "0.5");
	assert_str(json_get(item(f, "inputs", 1), "value")->text, "300");
	assert_int_equal(json_get(f, "unit")->kind, JSON_IS_NULL);
	f = item(s, "figures", 2);
	assert_int_equal(json_get(f, "value")->kind, JSON_IS_NULL);
	assert_false(json_get(f, "known")->boolean);
	assert_str(json_text(json_get(f, "why")), "The cost is not stated.");
}

static void as_json(void **state)
{
	struct fixture t = {0};
	AUTO_BUF b = BUF_INIT(1 << 20);
	const struct json *j;
	const struct json_limits limits = {.max_bytes = 1 << 20};
	(void)state;
	begin(&t);
	fill(&t);
	assert_ok(json_read(json_of(&t, &b), NULL, &limits, t.a, &j, &t.e), &t.e);
	assert_str(json_get(j, "question")->text, "3");
	assert_str(json_text(json_get(j, "as_of")), "2012-06-01");
	assert_str(json_get(json_get(j, "scope"), "priority")->text, "6");
	assert_int_equal(json_get(json_get(j, "scope"), "activity")->kind, JSON_IS_NULL);
	const struct json *s = item(j, "statements", 0);
	assert_str(json_text(json_get(s, "kind")), "counted");
	assert_str(json_text(json_get(s, "section")), "per-country");
	assert_str(json_text(json_get(s, "text")), "319 of \"300\" placed.");
	check_figures(s);
	s = item(j, "statements", 1);
	assert_str(json_text(json_get(s, "kind")), "cannot be said");
	assert_str(json_text(json_get(s, "missing")), "follow-up");
	assert_non_null(json_get(j, "activities"));
	arena_free(t.a);
}

static void json_of_parts(void **state)
{
	struct fixture t = {0};
	AUTO_BUF b = BUF_INIT(1 << 20);
	const struct json *j;
	const struct json_limits limits = {.max_bytes = 1 << 20};
	const str heads[] = {STR("Country"), STR("Placed")};
	const bool numeric[] = {false, true};
	const struct answer_cell cells[] = {{.text = STR("Ghana"), .sort = CHART_MISSING}, {.text = STR("not known"), .missing = true}};
	const struct answer_table table = {STR("places"), STR("Placed per country"), heads, numeric, 2, cells, 1};
	(void)state;
	begin(&t);
	const struct chart_bar bars[] = {{STR("Ghana"), 120, STR("")}, {STR("Sudan"), CHART_MISSING, STR("")}};
	const struct chart c = {.kind = CHART_BARS, .id = STR("bars"), .title = STR("Placed"), .row_head = STR("Country"),
	    .value_head = STR("People"), .lang = answer_chart_lang(&t.w), .format = answer_chart_counts(&t.w), .bars = {bars, 2}};
	answer_table(&t.w, &table, false);
	answer_chart(&t.w, &c, STR("About."), STR_NONE);
	assert_ok(answer_end(&t.w, &t.e), &t.e);
	assert_ok(json_read(json_of(&t, &b), NULL, &limits, t.a, &j, &t.e), &t.e);
	const struct json *rows = json_get(item(j, "tables", 0), "rows");
	assert_str(json_text(&rows->items[0].items[0]), "Ghana");
	assert_int_equal(rows->items[0].items[1].kind, JSON_IS_NULL);
	rows = json_get(item(j, "charts", 0), "rows");
	assert_str(rows->items[0].items[1].text, "120");
	assert_int_equal(rows->items[1].items[1].kind, JSON_IS_NULL);
	assert_non_null(strstr(json_text(json_get(item(j, "charts", 0), "summary")).p, "Ghana"));
	arena_free(t.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(counts),
	    cmocka_unit_test(other_figures),
	    cmocka_unit_test(other_kinds),
	    cmocka_unit_test(first_failure_stays),
	    cmocka_unit_test(anchors),
	    cmocka_unit_test(tables),
	    cmocka_unit_test(no_memory),
	    cmocka_unit_test(words),
	    cmocka_unit_test(as_json),
	    cmocka_unit_test(json_of_parts),
	};
	return test_run(tests);
}
