#include "base/test.h"
#include "base/env.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

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

/* What must not stand in HTML and XML as it is, and nothing else, is replaced. */
static void escapes_markup(void **state)
{
	(void)state;
	AUTO_BUF b = BUF_INIT(200);
	buf_add_markup(&b, STR("<a href=\"é\">l'été & €</a>\t\n"));
	assert_str(buf_str(&b), "&lt;a href=&quot;é&quot;&gt;l&#39;été &amp; €&lt;/a&gt;\t\n");
	buf_clear(&b);
	buf_add_markup(&b, (str){"a\0b\x01\r\x7f\xff\xc3", 8});
	assert_str(buf_str(&b), "a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

/* Code points that are folded by themselves give what utf8proc makes of the whole text. */
static void folds_as_a_whole(void **state)
{
	static const uint32_t some[] = {'A', 'z', ' ', '9', 0xc9, 0x130, 0xdf, 0x301, 0x323, 0x327, 0xad, 0x1e9e, 0x3a3, 0x212b,
	    0xfb03, 0xfdfa, 0xac00, 0x1100, 0x1161, 0x4e2d, 0x9f7, 0x1d15e, 0x1f426, 0x200d, 0xfe0f, 0xff21, 0x2163, 0x345};
	uint64_t seed = 20261124;
	struct rng rng = rng_seeded(&seed);
	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO_BUF text = BUF_INIT(1000);
		AUTO_BUF folded = BUF_INIT(8000);
		utf8proc_uint8_t *whole = NULL;
		for (uint64_t n = rng_next_u64(&rng) % 12; n; n--) {
			uint32_t any = (uint32_t)(rng_next_u64(&rng) % 0x11000);
			bool chosen = rng_next_u64(&rng) % 4 != 0 || (any >= 0xd800 && any < 0xe000) || any == 0;
			buf_add_utf8(&text, chosen ? some[any % (sizeof some / sizeof *some)] : any);
		}
		buf_add_folded(&folded, buf_str(&text));
		utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)buf_str(&text).p, (utf8proc_ssize_t)text.n, &whole,
		    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
		assert_true(n >= 0);
		assert_int_equal((size_t)n, folded.n);
		assert_true(n == 0 || memcmp(whole, folded.p, (size_t)n) == 0);
		free(whole);
	}
}

/* Letters, digits and marks, as the categories of Unicode say. */
static void knows_words(void **state)
{
	(void)state;
	for (int32_t c = 0; c < 0x3000; c++) {
		utf8proc_category_t k = utf8proc_category(c);
		assert_int_equal(utf8_is_word(c), k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO);
	}
	assert_false(utf8_is_word(-1));
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
	    cmocka_unit_test(escapes_markup),
	    cmocka_unit_test(splits_every_part),
	    cmocka_unit_test(reads_integers_to_the_edges),
	    cmocka_unit_test(finds_and_trims),
	    cmocka_unit_test(refuses_bad_utf8),
	    cmocka_unit_test(folds_for_search),
	    cmocka_unit_test(folds_as_a_whole),
	    cmocka_unit_test(knows_words),
	    cmocka_unit_test(keeps_its_maximum),
	    cmocka_unit_test(writes_numbers_and_formats),
	};
	return test_run(tests);
}
