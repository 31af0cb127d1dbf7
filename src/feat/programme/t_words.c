/* Parts of a dimension as they are read. A view without words says them as they stand. */
#include "base/test.h"

#include "feat/programme/words.h"

static void expect(enum lang l, const char *dimension, const char *without, const char *wanted)
{
	static const struct programme_view none = {0};
	struct buf b = BUF_INIT(1000);
	programme_add_dimension(&b, &none, l, str_of(dimension), str_of(without));
	buf_addc(&b, '\0');
	assert_string_equal(b.p, wanted);
	buf_free(&b);
}

static void countries_and_sectors_stand_alone(void **state)
{
	(void)state;
	expect(LANG_FR, "country=GE;sector=health", "", "Géorgie, health");
	expect(LANG_NL, "country=DE;total", "", "Duitsland, total");
	expect(LANG_EN, "total", "", "total");
	expect(LANG_EN, "", "", "");
}

static void other_parts_say_what_they_are(void **state)
{
	(void)state;
	expect(LANG_EN, "cash=yes", "", "cash: yes");
	expect(LANG_FR, "cash=yes;x", "", "cash\u00a0: yes, x");
	expect(LANG_EN, "by=2009-10-31", "", "by: 31\u00a0October 2009");
	expect(LANG_EN, "note=a=b", "", "note: a=b");
	expect(LANG_EN, "by=2009-13-31", "", "by: 2009-13-31"); /* no date */
}

static void the_country_of_the_page_is_left_out(void **state)
{
	(void)state;
	expect(LANG_EN, "country=GE;sector=health", "GE", "health");
	expect(LANG_EN, "sector=health;country=GE", "GE", "health");
	expect(LANG_EN, "country=GE", "GE", "");
	expect(LANG_EN, "country=GE", "AM", "Georgia");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(countries_and_sectors_stand_alone),
	    cmocka_unit_test(other_parts_say_what_they_are),
	    cmocka_unit_test(the_country_of_the_page_is_left_out),
	};
	return test_run(tests);
}
