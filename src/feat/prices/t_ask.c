/* Amounts as people type them. */
#include "base/test.h"

#include "feat/prices/pages.h"

static void expect(const char *text, int digits, enum prices_amount wanted, int64_t minor)
{
	int64_t got = -1;
	enum prices_amount is = prices_amount_read(str_of(text), digits, 10000000, &got);
	if (is != wanted || (wanted == PRICES_AMOUNT_OK && got != minor))
		fail_msg("\"%s\": %d, %lld", text, (int)is, (long long)got);
}

static void amounts_are_read_as_typed(void **state)
{
	(void)state;
	expect("200", 2, PRICES_AMOUNT_OK, 20000);
	expect(" 200,50 ", 2, PRICES_AMOUNT_OK, 20050);
	expect("200.5", 2, PRICES_AMOUNT_OK, 20050);
	expect("1.250,50", 2, PRICES_AMOUNT_OK, 125050);
	expect("1,250.50", 2, PRICES_AMOUNT_OK, 125050);
	expect("1 250,50", 2, PRICES_AMOUNT_OK, 125050);
	expect("1.000", 2, PRICES_AMOUNT_OK, 100000);
	expect("12,345", 0, PRICES_AMOUNT_OK, 12345);
	expect("€ 200", 2, PRICES_AMOUNT_OK, 20000);
	expect("200 EUR", 2, PRICES_AMOUNT_OK, 20000);
}

static void what_is_no_amount_is_told(void **state)
{
	(void)state;
	static const char *const none[] = {"", "abc", "12a", "-5", "1e3", "€", "1.2.3x", "0x10", ".", "١٢٣"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		expect(none[i], 2, PRICES_AMOUNT_NONE, 0);
	expect("0", 2, PRICES_AMOUNT_TOO_LITTLE, 0);
	expect("0,00", 2, PRICES_AMOUNT_TOO_LITTLE, 0);
	expect("100000.01", 2, PRICES_AMOUNT_TOO_MUCH, 0);
	expect("99999999999999999999999999", 2, PRICES_AMOUNT_TOO_MUCH, 0);
	expect("200.5", 0, PRICES_AMOUNT_NONE, 0); /* half a yen is no amount */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(amounts_are_read_as_typed),
	    cmocka_unit_test(what_is_no_amount_is_told),
	};
	return test_run(tests);
}
