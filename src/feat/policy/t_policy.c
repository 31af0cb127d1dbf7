/* Which rules and country lists fit what a reader asks for. */
#include "base/test.h"

#include "feat/policy/parts.h"

static pdate day(const char *s)
{
	pdate d = PDATE_NONE;
	assert_true(!*s || pdate_parse(str_of(s), &d));
	return d;
}

static struct scheme_rule rule(const char *scheme, const char *country, const char *from, const char *to)
{
	return (struct scheme_rule){.scheme = str_of(scheme), .country = str_of(country), .value = STR(""),
	    .valid_from = day(from), .valid_to = day(to)};
}

static struct rules_filter asked(const char *on, const char *scheme, const char *country)
{
	struct rules_filter f = {.on = DATE_NONE, .scheme = str_of(scheme), .country = str_of(country)};
	assert_true(!*on || date_parse(str_of(on), &f.on));
	return f;
}

static void expect(struct scheme_rule r, struct rules_filter f, bool fits)
{
	assert_int_equal(policy_rule_fits(&r, &f), fits);
}

static void by_day(void **state)
{
	(void)state;
	struct scheme_rule r = rule("HRT", "", "2008-10-01", "2010-12");
	expect(r, asked("", "", ""), true);
	expect(r, asked("2008-09-30", "", ""), false);
	expect(r, asked("2008-10-01", "", ""), true);
	expect(r, asked("2010-12-31", "", ""), true); /* a month counts as the whole of it */
	expect(r, asked("2011-01-01", "", ""), false);
	expect(rule("HRT", "", "", ""), asked("1999-01-01", "", ""), true);
}

static void by_scheme_and_country(void **state)
{
	(void)state;
	struct scheme_rule general = rule("TRQN", "", "", ""), ghana = rule("TRQN", "GH", "2009", "");
	expect(general, asked("", "TRQN", ""), true);
	expect(general, asked("", "HRT", ""), false);
	expect(general, asked("", "TRQ", ""), false);
	expect(general, asked("", "", "GH"), true); /* it names no country, so it applies to Ghana too */
	expect(ghana, asked("", "", "GH"), true);
	expect(ghana, asked("", "", "AF"), false);
	expect(ghana, asked("2008-12-31", "TRQN", "GH"), false);
	expect(ghana, asked("2009-01-01", "TRQN", "GH"), true);
	ghana.value = STR("listed"); /* entries of lists are shown in the lists */
	expect(ghana, asked("", "", "GH"), false);
}

static void lists(void **state)
{
	(void)state;
	static const struct country_list_entry entries[] = {{.country = {"AM", sizeof "AM" - 1}}, {.country = {"GH", sizeof "GH" - 1}}};
	struct country_list l = {.valid_from = day("2008-08-13"), .valid_to = day("2009-07"), .entries = entries, .n_entries = 2};
	struct rules_filter f = asked("2009-07-31", "", "GH");
	assert_true(policy_list_fits(&l, &f));
	f = asked("2009-08-01", "", "GH");
	assert_false(policy_list_fits(&l, &f));
	f = asked("", "", "SO");
	assert_false(policy_list_fits(&l, &f));
	f = asked("2009-01-01", "HRT", "");
	assert_true(policy_list_fits(&l, &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(by_day),
	    cmocka_unit_test(by_scheme_and_country),
	    cmocka_unit_test(lists),
	};
	return test_run(tests);
}
