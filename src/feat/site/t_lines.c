#include "base/test.h"

#include "feat/site/site.h"

/* The runs with a blank between them, as the template writes them. */
static void expect(const char *given, const char *wanted)
{
	struct buf b = BUF_INIT(1000);
	struct site_line_run run;
	str rest = str_of(given);
	while (site_line_run(&rest, &run)) {
		if (b.n)
			buf_addz(&b, ", ");
		if (run.text.n)
			buf_add(&b, run.text);
		else if (run.to > run.from)
			buf_addf(&b, "%u-%u", run.from, run.to);
		else
			buf_addf(&b, "%u", run.from);
	}
	buf_addc(&b, '\0');
	assert_string_equal(b.p, wanted);
	buf_free(&b);
}

static void neighbouring_lines_become_ranges(void **state)
{
	(void)state;
	expect("9538", "9538");
	expect("86;92", "86, 92");
	expect("9503;9504;9505;9510;9512;9513", "9503-9505, 9510, 9512-9513");
	expect("92;91", "92, 91");
	expect("91;91", "91, 91");
	expect("", "");
	assert_int_equal(site_line_count(STR("9503;9504;9505")), 3);
	assert_int_equal(site_line_count(STR("86")), 1);
}

static void what_is_no_line_stays_as_it_is(void **state)
{
	(void)state;
	expect("annex 6;12;13;x", "annex 6, 12-13, x");
	expect("999999999", "999999999"); /* too long for a line, still shown */
	expect(";;5;", "5");
	expect("99999998;99999999;100000000", "99999998-99999999, 100000000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(neighbouring_lines_become_ranges),
	    cmocka_unit_test(what_is_no_line_stays_as_it_is),
	};
	return test_run(tests);
}
