#include "base/money.h"
#include "base/test.h"

static void check(const char *in, const char *currency, const char *want, bool rounded_want)
{
	money m;
	bool rounded;
	assert_true(money_parse(str_of(in), str_of(currency), &m, &rounded));
	AUTO_BUF b = BUF_INIT(100);
	buf_add_money(&b, m);
	assert_str(buf_str(&b), want);
	assert_int_equal(rounded, rounded_want);
}

static void reads_and_writes(void **state)
{
	(void)state;
	check("292848.90", "EUR", "292848.90", false);
	check("-0.05", "EUR", "-0.05", false);
	check(" 80000 ", "EUR", "80000.00", false);
	check("1234.5678900000", "USD", "1234.57", true);
	check("1.005", "USD", "1.01", true);
	check("-1.005", "USD", "-1.01", true);
	check("12.4", "JPY", "12", true);
	check("12.3456", "KWD", "12.346", true);
	check("92233720368547758.07", "EUR", "92233720368547758.07", false);
}

static void refuses(void **state)
{
	(void)state;
	money m;
	const char *bad[] = {"", "-", ".", "1,000", "1.2.3", "1e3", "EUR 5", "92233720368547758.08"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(money_parse(str_of(bad[i]), STR("EUR"), &m, NULL));
	assert_false(money_parse(STR("1"), STR("eur"), &m, NULL));
}

static void never_mixes_currencies(void **state)
{
	(void)state;
	money total = MONEY_NONE;
	assert_true(money_add(&total, MONEY(100, "EUR")));
	assert_true(money_add(&total, MONEY_NONE));
	assert_false(money_add(&total, MONEY(1, "USD")));
	const int64_t before_overflow = total.minor;
	assert_false(money_add(&total, MONEY(INT64_MAX, "EUR")));
	assert_true(total.minor == before_overflow); /* what did not fit changed nothing */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_and_writes),
	    cmocka_unit_test(refuses),
	    cmocka_unit_test(never_mixes_currencies),
	};
	return test_run(tests);
}
