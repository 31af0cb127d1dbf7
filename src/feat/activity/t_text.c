#include "feat/activity/text.h"

#include "base/test.h"

static void expect(void (*add)(struct buf *b, str s), const char *given, const char *wanted)
{
	struct buf b = BUF_INIT(1000);
	add(&b, str_of(given));
	buf_addc(&b, '\0');
	assert_string_equal(b.p, wanted);
	buf_free(&b);
}

static void dimension_in_french(struct buf *b, str s)
{
	text_add_dimension(b, LANG_FR, s);
}

static void neighbouring_lines_become_ranges(void **state)
{
	(void)state;
	expect(text_add_lines, "9538", "9538");
	expect(text_add_lines, "86;92", "86, 92");
	expect(text_add_lines, "9503;9504;9505;9510;9512;9513", "9503–9505, 9510, 9512–9513");
	expect(text_add_lines, "92;91", "92, 91");
	expect(text_add_lines, "", "");
}

static void what_is_no_line_stays_as_it_is(void **state)
{
	(void)state;
	expect(text_add_lines, "annex 6;12;13;x", "annex 6, 12–13, x");
	expect(text_add_lines, "999999999", "999999999"); /* too long for a line, still shown */
	expect(text_add_lines, ";;5;", "5");
}

static void dimensions_and_words_are_readable(void **state)
{
	(void)state;
	expect(dimension_in_french, "country=GE;sector=health", "country: Géorgie, sector: health");
	expect(dimension_in_french, "total", "total");
	expect(dimension_in_french, "by=2009-10-31;x", "by: 2009-10-31, x");
	expect(text_add_slug, "migration-data-platform", "migration data platform");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(neighbouring_lines_become_ranges),
	    cmocka_unit_test(what_is_no_line_stays_as_it_is),
	    cmocka_unit_test(dimensions_and_words_are_readable),
	};
	return test_run(tests);
}
