#include "base/test.h"
#include "base/utf8.h"

static void splits_every_part(void **state)
{
	(void)state;
	const char *want[] = {"a", "", "b", ""};
	struct str_split it = str_split_on(STR("a;;b;"), ';');
	str part;
	size_t n = 0;
	while (str_next(&it, &part))
		assert_str(part, want[n++]);
	assert_int_equal(n, 4);
	it = str_split_on(STR(""), ';');
	assert_false(str_next(&it, &part));
}

static void reads_integers_to_the_edges(void **state)
{
	(void)state;
	int64_t v;
	assert_true(str_to_i64(STR("9223372036854775807"), &v));
	assert_true(v == INT64_MAX);
	assert_true(str_to_i64(STR("-9223372036854775808"), &v));
	assert_true(v == INT64_MIN);
	assert_false(str_to_i64(STR("9223372036854775808"), &v));
	assert_false(str_to_i64(STR(""), &v));
	assert_false(str_to_i64(STR("-"), &v));
	assert_false(str_to_i64(STR("1 "), &v));
}

static void finds_and_trims(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abcabd"), STR("abd")), 3);
	assert_int_equal(str_find(STR("abc"), STR("x")), -1);
	assert_str(str_trim(STR(" \t a b \r\n")), "a b");
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
}

static void refuses_bad_utf8(void **state)
{
	(void)state;
	size_t at = 99;
	assert_true(utf8_valid(STR("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\xA6"), NULL));
	assert_false(utf8_valid(STR("ab\xC0\x80"), &at)); /* overlong NUL */
	assert_int_equal(at, 2);
	assert_false(utf8_valid(STR("\xED\xA0\x80"), NULL)); /* surrogate */
	assert_false(utf8_valid(STR("\xF4\x90\x80\x80"), NULL)); /* above U+10FFFF */
	assert_false(utf8_valid(STR("\xE2\x82"), NULL));	   /* cut off */
}

static void folds_for_search(void **state)
{
	(void)state;
	AUTO_BUF b = BUF_INIT(100);
	buf_add_folded(&b, STR("\xC3\x89\xC3\xA9n CO\xC3\x96" "PERATIE \xEF\xAC\x81"));
	assert_str(buf_str(&b), "een cooperatie fi");
	assert_int_equal(utf8_length(STR("\xC3\xA9n")), 2);
	assert_str(utf8_head(STR("\xC3\xA9n"), 1), "\xC3\xA9");
}

static void keeps_its_maximum(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF b = BUF_INIT(10);
	buf_addz(&b, "12345");
	assert_int_equal(buf_check(&b, &e), ERR_OK);
	buf_addf(&b, "%s", "678901");
	assert_int_equal(buf_check(&b, &e), ERR_LIMIT);
	assert_str(buf_str(&b), "12345");
	assert_int_equal(b.p[5], '\0');
}

static void writes_numbers_and_formats(void **state)
{
	(void)state;
	static const struct {
		int64_t v;
		const char *text;
	} cases[] = {{0, "0"}, {7, "7"}, {-1, "-1"}, {1234567890, "1234567890"}, {INT64_MAX, "9223372036854775807"},
	    {INT64_MIN, "-9223372036854775808"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		AUTO_BUF b = BUF_INIT(24);
		buf_add_i64(&b, cases[i].v);
		assert_str(buf_str(&b), cases[i].text);
	}
	/* formats at every distance from the end of the room there is */
	for (int n = 0; n < 600; n++) {
		AUTO_BUF b = BUF_INIT(2000);
		for (int i = 0; i < n; i++)
			buf_addc(&b, 'x');
		buf_addf(&b, "<%d|%s>", n, "a text of some length");
		assert_true(str_ends(buf_str(&b), STR("|a text of some length>")));
		assert_int_equal(b.n, strlen(b.p));
		assert_int_equal(b.p[n], '<');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(splits_every_part),
	    cmocka_unit_test(reads_integers_to_the_edges),
	    cmocka_unit_test(finds_and_trims),
	    cmocka_unit_test(refuses_bad_utf8),
	    cmocka_unit_test(folds_for_search),
	    cmocka_unit_test(keeps_its_maximum),
	    cmocka_unit_test(writes_numbers_and_formats),
	};
	return test_run(tests);
}
