#pragma once
/* Decimal numbers of 34 significant digits: IEEE 754-2008 decimal128 with rounding half to even, without
 * infinities and NaN. An operation whose result is not a number in range returns false and leaves *ret alone.
 * Trailing zeros are kept as the standard says (1.10 + 2.20 is 3.30) but make no difference to comparisons. */
#include "base/buf.h"

enum {
	DECIMAL_DIGITS = 34,
	DECIMAL_EXP_MAX = 6111,  /* largest exponent of the coefficient */
	DECIMAL_EXP_MIN = -6176, /* smallest */
};

/* (neg ? -1 : 1) * (hi * 2^64 + lo) * 10^exp; the coefficient is below 10^34. */
typedef struct decimal {
	uint64_t lo, hi;
	int32_t exp;
	uint32_t neg;
} decimal;

enum decimal_round {
	DECIMAL_HALF_EVEN,
	DECIMAL_HALF_UP,   /* halves away from zero */
	DECIMAL_HALF_DOWN, /* halves towards zero */
	DECIMAL_UP,        /* away from zero */
	DECIMAL_DOWN,      /* towards zero */
	DECIMAL_FLOOR,     /* towards minus infinity */
	DECIMAL_CEILING,   /* towards plus infinity */
};

#define DECIMAL_ZERO ((decimal){0, 0, 0, 0})
/* No number: for fields that may be absent. Not to be computed with. */
#define DECIMAL_NONE ((decimal){0, 0, INT32_MIN, 0})

static inline bool decimal_is_none(decimal d)
{
	return d.exp == INT32_MIN;
}


decimal decimal_of(int64_t v);
/* v * 10^exp; exp from -6176 to 6000. */
decimal decimal_scaled(int64_t v, int32_t exp);
/* "-12.50", ".5", "1.2e-3", "+7"; the whole of s. More than 34 digits are rounded half to even. */
bool decimal_parse(str s, decimal *ret);
/* Plain digits ("-12.50"); beyond 40 digits on either side of the point with an exponent ("1E+100"). */
void buf_add_decimal(struct buf *b, decimal d);
/* d, inexact. */
double decimal_to_double(decimal d);
/* False unless d is whole and in range. */
bool decimal_to_i64(decimal d, int64_t *ret);

static inline bool decimal_is_zero(decimal d)
{
	return (d.lo | d.hi) == 0;
}

static inline decimal decimal_neg(decimal d)
{
	d.neg = !d.neg && !decimal_is_zero(d);
	return d;
}

bool decimal_is_whole(decimal d);
/* Negative, 0 or positive. */
int decimal_cmp(decimal a, decimal b);
/* The same value without trailing zeros; whole numbers up to 34 digits get exponent 0. */
decimal decimal_trim(decimal d);

bool decimal_add(decimal a, decimal b, decimal *ret) WARN_UNUSED;
bool decimal_sub(decimal a, decimal b, decimal *ret) WARN_UNUSED;
bool decimal_mul(decimal a, decimal b, decimal *ret) WARN_UNUSED;
/* False when b is zero, too. */
bool decimal_div(decimal a, decimal b, decimal *ret) WARN_UNUSED;
/* a - b * floor(a / b): the sign follows b. False when b is zero. */
bool decimal_modulo(decimal a, decimal b, decimal *ret) WARN_UNUSED;
/* To scale digits behind the point; a negative scale rounds to tens, hundreds … False when the result has
 * more than 34 digits. A number with fewer digits behind the point keeps them. */
bool decimal_round(decimal d, int32_t scale, enum decimal_round mode, decimal *ret) WARN_UNUSED;

/* False for a negative number. */
bool decimal_sqrt(decimal d, decimal *ret) WARN_UNUSED;
/* e^d */
bool decimal_exp(decimal d, decimal *ret) WARN_UNUSED;
/* Natural logarithm; false unless d is positive. */
bool decimal_log(decimal d, decimal *ret) WARN_UNUSED;
/* a^b. False for 0 to a negative power, and for a negative number to a power that is not whole. */
bool decimal_pow(decimal a, decimal b, decimal *ret) WARN_UNUSED;
