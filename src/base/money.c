#include "base/money.h"

#include <inttypes.h>

int money_exponent(str currency)
{
	static const char none[] =
	    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
	static const char three[] = "BHD IQD JOD KWD LYD OMR TND ";
	if (currency.n != 3)
		return 2;
	char key[4] = {currency.p[0], currency.p[1], currency.p[2], ' '};
	if (str_find(STR(none), (str){key, 4}) >= 0)
		return 0;
	return str_find(STR(three), (str){key, 4}) >= 0 ? 3 : 2;
}

bool currency_valid(str code)
{
	if (code.n != 3)
		return false;
	for (int i = 0; i < 3; i++)
		if (code.p[i] < 'A' || code.p[i] > 'Z')
			return false;
	return true;
}

static bool push_digit(int64_t *v, char c)
{
	return !__builtin_mul_overflow(*v, 10, v) && !__builtin_add_overflow(*v, c - '0', v);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool money_parse(str s, str currency, money *ret_m, bool *ret_rounded)
{
	s = str_trim(s);
	if (!currency_valid(currency) || s.n == 0)
		return false;
	bool neg = s.p[0] == '-';
	size_t i = neg || s.p[0] == '+' ? 1 : 0, seen = 0;
	int64_t v = 0;
	for (; i < s.n && is_digit(s.p[i]); i++, seen++)
		if (!push_digit(&v, s.p[i]))
			return false;
	int places = money_exponent(currency);
	bool up = false, rest = false;
	if (i < s.n && s.p[i] == '.') {
		int at = 0;
		for (i++; i < s.n && is_digit(s.p[i]); i++, at++, seen++) {
			if (at < places && !push_digit(&v, s.p[i]))
				return false;
			if (at == places)
				up = s.p[i] >= '5';
			if (at >= places && s.p[i] != '0')
				rest = true;
		}
		places -= at < places ? at : places;
	}
	if (i != s.n || seen == 0)
		return false;
	for (; places > 0; places--)
		if (!push_digit(&v, '0'))
			return false;
	if (up && __builtin_add_overflow(v, 1, &v))
		return false;
	money m = {.minor = neg ? -v : v};
	memcpy(m.currency, currency.p, 3);
	*ret_m = m;
	if (ret_rounded)
		*ret_rounded = rest;
	return true;
}

void buf_add_money(struct buf *b, money m)
{
	if (!money_is(m))
		return;
	int places = money_exponent(str_of(m.currency));
	uint64_t unit = places == 0 ? 1 : places == 3 ? 1000 : 100;
	uint64_t v = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
	buf_addf(b, "%s%" PRIu64, m.minor < 0 ? "-" : "", v / unit);
	if (places)
		buf_addf(b, ".%0*" PRIu64, places, v % unit);
}

bool money_add(money *total, money m)
{
	if (!money_is(m))
		return true;
	if (!money_is(*total))
		*total = (money){.minor = 0, .currency = {m.currency[0], m.currency[1], m.currency[2], 0}};
	if (memcmp(total->currency, m.currency, sizeof m.currency) != 0)
		return false;
	int64_t sum;
	if (__builtin_add_overflow(total->minor, m.minor, &sum))
		return false;
	total->minor = sum;
	return true;
}
