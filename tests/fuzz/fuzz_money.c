/* Money: an amount written and read again is the same, exactly; sums know their limits. */
#include "base/money.h"
#include "fuzz.h"

static void check_amount(str s, str currency)
{
	money m, again;
	bool rounded = true;
	AUTO_BUF b = BUF_INIT(100);
	if (!money_parse(s, currency, &m, &rounded))
		return;
	FUZZ_CHECK(money_is(m) && str_is(currency, m.currency));
	buf_add_money(&b, m);
	FUZZ_CHECK(money_parse(buf_str(&b), currency, &again, &rounded));
	FUZZ_CHECK(again.minor == m.minor && !rounded);
	money total = m;
	int64_t sum;
	bool fits = !__builtin_add_overflow(m.minor, m.minor, &sum);
	FUZZ_CHECK(money_add(&total, m) == fits);
	FUZZ_CHECK(!fits || total.minor == sum);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	str s = {(const char *)data, n};
	check_amount(s, STR("EUR"));
	check_amount(s, STR("JPY"));
	check_amount(s, STR("KWD"));
	if (n >= 3 && currency_valid(str_sub(s, 0, 3))) {
		int places = money_exponent(str_sub(s, 0, 3));
		FUZZ_CHECK(places == 0 || places == 2 || places == 3);
	}
	return 0;
}
