#pragma once
/* Money: whole minor units (cents) and an ISO 4217 code. Never a floating point number. */
#include "base/buf.h"

typedef struct money {
	int64_t minor;
	char currency[4]; /* "EUR"; "" when there is no amount */
} money;

#define MONEY_NONE ((money){0, ""})
#define MONEY(minor_units, code) ((money){(minor_units), code})

static inline bool money_is(money m)
{
	return m.currency[0] != '\0';
}

/* Digits behind the point of a currency (ISO 4217): EUR 2, JPY 0, KWD 3. Unknown codes have 2. */
int money_exponent(str currency);
/* Three capital letters. */
bool currency_valid(str code);

/* "-1234.50", blanks around allowed, no thousands separators. More digits than the currency has are
 * rounded half away from zero and *ret_rounded (may be NULL) tells. False: not a number, or too large. */
bool money_parse(str s, str currency, money *ret_m, bool *ret_rounded);
/* "1234.50": plain decimal with all the currency's digits, no code. Nothing for an absent amount. */
void buf_add_money(struct buf *b, money m);
/* False on overflow or when the currencies differ, and then nothing has changed. An absent amount counts as nothing added. */
bool money_add(money *total, money m);
