#pragma once
/* Between decimal.c and decimal_math.c: rounding a long coefficient. */
#include "base/big.h"
#include "base/decimal.h"

/* Drop the last k digits of c, rounding by mode; sticky: something other than zeros was dropped before. */
void decimal_drop_digits(struct big *c, int k, bool sticky, bool neg, enum decimal_round mode);
/* Round to 34 digits and the exponents allowed. False when too large. Uses up c. */
bool decimal_finish(struct big *c, int64_t exp, bool neg, bool sticky, decimal *ret);
