#include "base/env.h"
#include "base/mem.h"
#include "base/test.h"
#include "codec/json.h"

static void writes_every_kind(void **state)
{
	(void)state;
	struct err e;
	struct json_writer w;
	AUTO_BUF b = BUF_INIT(1000);
	jw_begin_buf(&w, &b);
	jw_object(&w);
	jw_key(&w, "s");
	jw_str(&w, STR("a\"b\\c\n\t\x01\x7F/\xC3\xA9\xFF"));
	jw_key(&w, "none");
	jw_str(&w, STR_NONE);
	jw_key(&w, "list");
	jw_array(&w);
	jw_i64(&w, INT64_MIN);
	jw_decimal(&w, STR("-0.10e+3"));
	jw_money(&w, MONEY(-123450, "EUR"));
	jw_money(&w, MONEY_NONE);
	jw_bool(&w, true);
	jw_null(&w);
	jw_date(&w, (date){0});
	jw_pdate(&w, (pdate){0, DATE_PRECISION_YEAR});
	jw_date(&w, DATE_NONE);
	jw_raw(&w, STR("{}"));
	jw_array_end(&w);
	jw_key(&w, "o");
	jw_object(&w);
	jw_object_end(&w);
	jw_object_end(&w);
	assert_ok(jw_finish(&w, &e), &e);
	assert_str(buf_str(&b),
	    "{\"s\":\"a\\\"b\\\\c\\n\\t\\u0001\x7F/\xC3\xA9\xEF\xBF\xBD\",\"none\":null,\"list\":["
	    "-9223372036854775808,-0.10e+3,-1234.50,null,true,null,\"1970-01-01\",\"1970\",null,{}]"
	    ","
	    "\"o\":{}}");
}

static void indents_and_stays_inside_scripts(void **state)
{
	(void)state;
	struct err e;
	struct json_writer w;
	AUTO_BUF b = BUF_INIT(1000);
	jw_begin_buf(&w, &b);
	w.indent = 2;
	w.html_safe = true;
	jw_array(&w);
	jw_object(&w);
	jw_key_str(&w, STR("k&"));
	jw_str(&w, STR("</script>\xE2\x80\xA8"));
	jw_object_end(&w);
	jw_array(&w);
	jw_array_end(&w);
	jw_array_end(&w);
	assert_ok(jw_finish(&w, &e), &e);
	assert_str(buf_str(&b),
	    "[\n  {\n    \"k\\u0026\": \"\\u003c/script\\u003e\\u2028\"\n  },\n  []\n]");
}

static void stops_at_its_depth(void **state)
{
	(void)state;
	struct err e;
	struct json_writer w;
	AUTO_BUF b = BUF_INIT(1000);
	jw_begin_buf(&w, &b);
	for (int i = 0; i <= JSON_DEPTH; i++)
		jw_array(&w);
	jw_i64(&w, 1);
	jw_array_end(&w);
	assert_int_equal(jw_finish(&w, &e), ERR_LIMIT);
	assert_string_equal(e.id, "json.depth");
}

static const struct json *parse(str text, struct arena *a, struct err *e)
{
	const struct json *j = NULL;
	const struct json_limits limits = {.max_bytes = 10000};
	return json_read(text, "x.json", &limits, a, &j, e) == ERR_OK ? j : NULL;
}

static void reads_a_tree_with_places(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct json *j =
	    parse(STR("{ \"zeta\": [1.50, -2e3, 12345678901234567890],\n"
	              "  \"a\\u00e9\\\"\": {\"x\": null, \"y\": [true, false]},\n"
	              "\t\"s\": \"\\ud83d\\udc26\"}"),
	        a, &e);
	assert_non_null(j);
	assert_int_equal(j->kind, JSON_IS_OBJECT);
	assert_int_equal(j->n, 3);
	assert_str(j->keys[0], "zeta");
	assert_str(j->keys[1], "a\xC3\xA9\"");
	assert_str(j->items[0].items[0].text, "1.50");
	assert_str(j->items[0].items[1].text, "-2e3");
	assert_str(j->items[0].items[2].text, "12345678901234567890");
	assert_int_equal(j->items[0].items[1].line, 1);
	assert_int_equal(j->items[0].items[1].col, 18);
	assert_int_equal(j->items[1].line, 2);
	assert_int_equal(j->items[1].col, 16);
	assert_int_equal(j->items[1].items[0].kind, JSON_IS_NULL);
	assert_true(j->items[1].items[1].items[0].boolean);
	assert_false(j->items[1].items[1].items[1].boolean);
	assert_str(json_text(json_get(j, "s")), "\xF0\x9F\x90\xA6");
	assert_int_equal(json_get(j, "s")->line, 3);
	assert_int_equal(json_get(j, "s")->col, 7);
	assert_null(json_get(j, "nothing"));
	assert_null(json_get(NULL, "nothing"));
}

static void reads_whole_numbers_exactly(void **state)
{
	(void)state;
	struct err e;
	int64_t v = 0;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct json *j = parse(STR("[9223372036854775807, -9223372036854775808, 3.0, 1e2, "
	                                 "9223372036854775808, \"3\"]"),
	    a, &e);
	assert_non_null(j);
	assert_true(json_to_i64(&j->items[0], &v) && v == INT64_MAX);
	assert_true(json_to_i64(&j->items[1], &v) && v == INT64_MIN);
	for (int i = 2; i < 6; i++)
		assert_false(json_to_i64(&j->items[i], &v));
	assert_false(json_to_i64(NULL, &v));
}

struct bad {
	str text;
	const char *id;
	uint32_t line; /* 0: not looked at */
};

static void refuses_what_is_not_json(void **state)
{
	(void)state;
	static const struct bad samples[] = {
	    {{"", 0}, "json.syntax", 1},
	    {{"{", 1}, "json.syntax", 1},
	    {{"{\"a\":1,\n\"a\":2}", 14}, "json.duplicate", 2},
	    {{"[1,\n2,\nx]", 9}, "json.syntax", 3},
	    {{"[1,]", 4}, "json.syntax", 1},
	    {{"[01]", 4}, "json.syntax", 1},
	    {{"[1] 2", 5}, "json.syntax", 1},
	    {{"[\"\xFF\"]", 5}, "json.syntax", 1},
	    {{"[\"\\u0000\"]", 10}, "json.syntax", 1},
	    {{"[\"\\ud800\"]", 10}, "json.syntax", 1},
	    {{"[\"a\nb\"]", 7}, "json.syntax", 0},
	    {{"[1]\0", 4}, "json.syntax", 1},
	    {{"1\0", 2}, "json.syntax", 1},
	    {{"{\"a\" 1}", 7}, "json.syntax", 1},
	    {{"[nul]", 5}, "json.syntax", 1},
	    {{"\"abc", 4}, "json.syntax", 1},
	};
	AUTO_ARENA a = arena_new(1 << 20);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct err e;
		if (parse(samples[i].text, a, &e))
			fail_msg("sample %zu was taken", i);
		assert_int_equal(e.code, ERR_INVALID);
		assert_string_equal(e.id, samples[i].id);
		assert_string_equal(e.file, "x.json");
		if (samples[i].line)
			assert_int_equal(e.line, samples[i].line);
	}
}

static void keeps_its_limits(void **state)
{
	(void)state;
	struct err e;
	const struct json *j = NULL;
	AUTO_ARENA a = arena_new(1 << 20);
	AUTO_BUF b = BUF_INIT(100000);
	for (int i = 0; i < JSON_DEPTH; i++)
		buf_addc(&b, '[');
	for (int i = 0; i < JSON_DEPTH; i++)
		buf_addc(&b, ']');
	assert_non_null(parse(buf_str(&b), a, &e));
	buf_clear(&b);
	for (int i = 0; i < 9000; i++) /* would need deep recursion */
		buf_addc(&b, '[');
	assert_null(parse(buf_str(&b), a, &e));
	assert_string_equal(e.id, "json.depth");
	assert_int_equal(e.col, JSON_DEPTH + 1);
	const struct json_limits small = {.max_bytes = 10, .max_depth = 1};
	assert_int_equal(json_read(STR("[1,2,3,4,5]"), NULL, &small, a, &j, &e), ERR_LIMIT);
	assert_int_equal(json_read(STR("[[1]]"), NULL, &small, a, &j, &e), ERR_LIMIT);
	AUTO_ARENA tiny = arena_new(300);
	const struct json_limits wide = {.max_bytes = 1000};
	assert_int_equal(json_read(STR("[1,2,3,4,5]"), NULL, &wide, tiny, &j, &e), ERR_LIMIT);
	assert_null(j);
}

static void says_which_member_is_wrong(void **state)
{
	(void)state;
	struct err e;
	const struct json *m = NULL;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct json *j = parse(STR("{\n \"n\": \"3\"}"), a, &e);
	assert_int_equal(json_need(j, "n", JSON_IS_NUMBER, &m, &e), ERR_INVALID);
	assert_string_equal(e.id, "json.kind");
	assert_string_equal(e.field, "n");
	assert_int_equal(e.line, 2);
	assert_int_equal(e.col, 7);
	assert_int_equal(json_need(j, "x", JSON_IS_NUMBER, &m, &e), ERR_INVALID);
	assert_string_equal(e.id, "json.missing");
	assert_int_equal(e.line, 1);
	assert_ok(json_need(j, "n", JSON_IS_STRING, &m, &e), &e);
	assert_str(m->text, "3");
}

/* Any bytes written as a string are valid JSON, and valid text comes back the same. */
static void reads_what_it_writes(void **state)
{
	(void)state;
	uint64_t seed = 99;
	struct rng rng = rng_seeded(&seed);
	AUTO_ARENA a = arena_new(1 << 20);
	for (int round = 0; round < 3000; round++) {
		struct err e;
		char bytes[12];
		size_t n = rng_next_u64(&rng) % sizeof bytes;
		rng.fill(rng.ctx, bytes, n);
		bool ascii = round % 2;
		for (size_t i = 0; i < n && ascii; i++)
			bytes[i] = (char)((bytes[i] & 0x7F) | ((bytes[i] & 0x7F) == 0));
		AUTO_BUF b = BUF_INIT(1000);
		buf_add_json(&b, (str){bytes, n});
		if (memchr(bytes, 0, n))
			continue;
		const struct json *j = parse(buf_str(&b), a, &e);
		if (!j || (ascii && !str_eq(json_text(j), (str){bytes, n})))
			fail_msg("seed 99, round %d: %s", round, b.p);
		arena_reset(a);
	}
}

static void survives_failing_allocations(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 8; i++) {
		struct err e;
		struct arena *a = arena_new(ARENA_NO_LIMIT);
		mem_fail_after(i);
		const struct json *j = parse(STR("{\"a\":[1,2,{\"b\":\"c\"}]}"), a, &e);
		mem_fail_after(-1);
		assert_true(j || e.code == ERR_NOMEM);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_every_kind),
	    cmocka_unit_test(indents_and_stays_inside_scripts),
	    cmocka_unit_test(stops_at_its_depth),
	    cmocka_unit_test(reads_a_tree_with_places),
	    cmocka_unit_test(reads_whole_numbers_exactly),
	    cmocka_unit_test(refuses_what_is_not_json),
	    cmocka_unit_test(keeps_its_limits),
	    cmocka_unit_test(says_which_member_is_wrong),
	    cmocka_unit_test(reads_what_it_writes),
	    cmocka_unit_test(survives_failing_allocations),
	};
	return test_run(tests);
}
