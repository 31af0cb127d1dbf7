#include "base/env.h"
#include "base/test.h"
#include "codec/url.h"

static void encodes_all_but_unreserved(void **state)
{
	(void)state;
	AUTO_BUF b = BUF_INIT(1000);
	url_encode(&b, STR("a/b c~d\xC3\xA9?&=%+"));
	assert_str(buf_str(&b), "a%2Fb%20c~d%C3%A9%3F%26%3D%25%2B");
	buf_clear(&b);
	url_encode_path(&b, STR("/en/a b/\xE2\x82\xAC"));
	assert_str(buf_str(&b), "/en/a%20b/%E2%82%AC");
}

static void decodes_what_was_encoded(void **state)
{
	(void)state;
	struct err e;
	uint64_t seed = 7;
	struct rng rng = rng_seeded(&seed);
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	for (int round = 0; round < 2000; round++) {
		AUTO_BUF text = BUF_INIT(1000);
		AUTO_BUF code = BUF_INIT(9000);
		for (uint64_t n = rng_next_u64(&rng) % 20; n; n--) {
			/* below the surrogates, NUL left out: all of it is valid text */
			uint64_t r = rng_next_u64(&rng);
			uint32_t cp =
			    (uint32_t)(r % 3 ? (r >> 8) % 0x7F + 1 : (r >> 8) % 0xD7FF + 1);
			char utf8[3] = {(char)cp};
			size_t k = 1;
			if (cp >= 0x800) {
				utf8[0] = (char)(0xE0 | cp >> 12);
				utf8[1] = (char)(0x80 | (cp >> 6 & 63));
				utf8[2] = (char)(0x80 | (cp & 63));
				k = 3;
			} else if (cp >= 0x80) {
				utf8[0] = (char)(0xC0 | cp >> 6);
				utf8[1] = (char)(0x80 | (cp & 63));
				k = 2;
			}
			buf_add(&text, (str){utf8, k});
		}
		url_encode(&code, buf_str(&text));
		str back;
		assert_ok(url_decode(buf_str(&code), round % 2, a, &back, &e), &e);
		if (!str_eq(back, buf_str(&text)))
			fail_msg("seed 7, round %d: %s", round, code.p);
		arena_reset(a);
	}
}

struct bad {
	const char *text, *id;
	uint32_t col;
};

static void refuses_bad_codes(void **state)
{
	(void)state;
	static const struct bad samples[] = {
	    {"ab%4", "url.percent", 3},
	    {"%zz", "url.percent", 1},
	    {"%", "url.percent", 1},
	    {"a%00b", "url.nul", 2},
	    {"%C3", "url.utf8", 1},
	    {"x%ED%A0%80", "url.utf8", 2},
	    {"%C0%AF", "url.utf8", 1},
	};
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct err e;
		str text = STR("kept");
		assert_int_equal(
		    url_decode(str_of(samples[i].text), false, a, &text, &e), ERR_INVALID);
		assert_string_equal(e.id, samples[i].id);
		assert_int_equal(e.col, samples[i].col);
		assert_str(text, "kept");
	}
}

static void parses_queries(void **state)
{
	(void)state;
	struct err e;
	struct url_query q;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	assert_ok(
	    url_query_parse(STR("q=land+en%20zee&&empty=&flag&q=2&a%3Db=%26"), a, &q, &e), &e);
	assert_int_equal(q.n, 5);
	assert_str(url_query_get(&q, "q"), "land en zee");
	assert_str(url_query_get(&q, "empty"), "");
	assert_str(url_query_get(&q, "flag"), "");
	assert_str(q.params[3].value, "2");
	assert_str(url_query_get(&q, "a=b"), "&");
	assert_null(url_query_get(&q, "nothing").p);
	assert_int_equal(url_query_parse(STR("a=1&priority=%4"), a, &q, &e), ERR_INVALID);
	assert_string_equal(e.field, "priority");
	assert_ok(url_query_parse(STR(""), a, &q, &e), &e);
	assert_int_equal(q.n, 0);
}

static void limits_queries(void **state)
{
	(void)state;
	struct err e;
	struct url_query q;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	AUTO_BUF b = BUF_INIT(100000);
	for (int i = 0; i < URL_QUERY_PARAMS; i++)
		buf_addz(&b, "a&");
	assert_ok(url_query_parse(buf_str(&b), a, &q, &e), &e);
	assert_int_equal(q.n, URL_QUERY_PARAMS);
	buf_addz(&b, "a");
	assert_int_equal(url_query_parse(buf_str(&b), a, &q, &e), ERR_LIMIT);
	assert_string_equal(e.id, "url.params");
	buf_clear(&b);
	for (int i = 0; i <= URL_QUERY_BYTES; i++)
		buf_addc(&b, 'x');
	assert_int_equal(url_query_parse(buf_str(&b), a, &q, &e), ERR_LIMIT);
	assert_string_equal(e.id, "url.bytes");
}

static void builds_queries(void **state)
{
	(void)state;
	AUTO_BUF b = BUF_INIT(1000);
	buf_addz(&b, "/en/activities");
	url_add_param(&b, STR("q"), STR("a b&c"));
	url_add_param_i64(&b, STR("page"), 2);
	assert_str(buf_str(&b), "/en/activities?q=a%20b%26c&page=2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(encodes_all_but_unreserved),
	    cmocka_unit_test(decodes_what_was_encoded),
	    cmocka_unit_test(refuses_bad_codes),
	    cmocka_unit_test(parses_queries),
	    cmocka_unit_test(limits_queries),
	    cmocka_unit_test(builds_queries),
	};
	return test_run(tests);
}
