/* Root, exponential, logarithm and power. They are computed with 56 digits and rounded once to 34, so that the
 * last digit is right unless the true value lies within 10^-20 of the middle between two numbers. */
#include "base/big.h"
#include "base/decimal.h"
#include "base/decimal_round.h"

#include <math.h>

enum {
	WIDE_DIGITS = 56,
	TERMS_MOST = 200, /* of a series; it stops long before */
};

/* (neg ? -1 : 1) * c * 10^exp, c of at most WIDE_DIGITS digits. */
struct wide {
	struct big c;
	int64_t exp;
	bool neg;
};

static void wide_trim(struct wide *w)
{
	int drop = big_digits(&w->c) - WIDE_DIGITS;
	if (drop > 0) {
		decimal_drop_digits(&w->c, drop, false, false, DECIMAL_HALF_EVEN);
		w->exp += drop;
	}
	if (w->c.n == 0) {
		w->exp = 0;
		w->neg = false;
	}
}

static struct wide wide_of(decimal d)
{
	return (struct wide){.c = big_of((u128)d.hi << 64 | d.lo), .exp = d.exp, .neg = d.neg != 0};
}

static struct wide wide_int(int64_t v)
{
	return wide_of(decimal_of(v));
}

static struct wide wide_mul(const struct wide *a, const struct wide *b)
{
	struct wide r = {.exp = a->exp + b->exp, .neg = a->neg != b->neg};
	big_mul(&a->c, &b->c, &r.c);
	wide_trim(&r);
	return r;
}

static struct wide wide_div(const struct wide *a, const struct wide *b)
{
	struct wide r = {.neg = a->neg != b->neg};
	struct big n = a->c, rest;
	int k = WIDE_DIGITS + 1 + big_digits(&b->c) - big_digits(&n);
	k = k < 0 ? 0 : k;
	big_scale10(&n, k);
	big_div(&n, &b->c, &r.c, &rest);
	r.exp = a->exp - b->exp - k;
	wide_trim(&r);
	return r;
}

static struct wide wide_add(const struct wide *a, const struct wide *b)
{
	if (a->c.n == 0 || b->c.n == 0)
		return a->c.n ? *a : *b;
	const struct wide *high = a->exp >= b->exp ? a : b, *low = high == a ? b : a;
	struct wide r = *high, small = *low;
	int64_t shift = high->exp - low->exp;
	int room = 2 * WIDE_DIGITS - big_digits(&r.c);
	if (shift > room) { /* the digits of the lower one that cannot matter go first */
		bool sticky = false;
		int64_t drop = shift - room;
		big_drop10(&small.c, drop > 200 ? 200 : (int)drop, &sticky);
		shift = room;
	}
	big_scale10(&r.c, (int)shift);
	r.exp -= shift;
	if (high->neg == low->neg) {
		big_add(&r.c, &small.c);
	} else if (big_cmp(&r.c, &small.c) >= 0) {
		big_sub(&r.c, &small.c);
	} else {
		big_sub(&small.c, &r.c);
		r.c = small.c;
		r.neg = low->neg;
	}
	wide_trim(&r);
	return r;
}

static struct wide wide_sub(const struct wide *a, const struct wide *b)
{
	struct wide minus = *b;
	minus.neg = !b->neg;
	return wide_add(a, &minus);
}

static bool wide_finish(struct wide *w, decimal *ret)
{
	return decimal_finish(&w->c, w->exp, w->neg, false, ret);
}

/* Magnitude: w is below 10^result. */
static int64_t wide_size(const struct wide *w)
{
	return w->exp + big_digits(&w->c);
}

static double wide_double(const struct wide *w)
{
	struct big c = w->c;
	bool sticky = false;
	int drop = big_digits(&c) - 17;
	if (drop > 0)
		big_drop10(&c, drop, &sticky);
	double v = (double)(uint64_t)big_to_u128(&c) * pow(10, (double)(w->exp + (drop > 0 ? drop : 0)));
	return w->neg ? -v : v;
}

/* ln 10 to 56 digits (OEIS A002392). */
static struct wide wide_ln10(void)
{
	static const char digits[] = "23025850929940456840179914546843642076011014886287729760";
	struct wide w = {.exp = -55};
	for (const char *p = digits; *p; p++) {
		struct big digit = big_of((u128)(*p - '0'));
		big_mul_small(&w.c, 10);
		big_add(&w.c, &digit);
	}
	return w;
}

enum { HALVINGS = 8 };

/* e^x for |x| below 3: the Taylor series of x / 2^8, squared eight times. */
static struct wide exp_small(const struct wide *x)
{
	struct wide scale = wide_int(1 << HALVINGS), r = wide_div(x, &scale);
	struct wide term = wide_int(1), sum = term;
	for (int i = 1; i < TERMS_MOST; i++) {
		struct wide n = wide_int(i);
		term = wide_mul(&term, &r);
		term = wide_div(&term, &n);
		if (term.c.n == 0 || wide_size(&term) < -WIDE_DIGITS - 2)
			break;
		sum = wide_add(&sum, &term);
	}
	for (int i = 0; i < HALVINGS; i++)
		sum = wide_mul(&sum, &sum);
	return sum;
}

/* e^x. False when it is too large for any decimal. */
static bool wide_exp(const struct wide *x, struct wide *ret)
{
	if (x->c.n && wide_size(x) > 6) {
		if (!x->neg)
			return false;
		*ret = (struct wide){.exp = 0};
		return true;
	}
	struct wide ln10 = wide_ln10();
	int64_t tens = llround(wide_double(x) / 2.302585092994046);
	struct wide n = wide_int(tens), whole = wide_mul(&n, &ln10), rest = wide_sub(x, &whole);
	*ret = exp_small(&rest);
	ret->exp += tens;
	return true;
}

/* Natural logarithm of x > 0: x = m * 10^k with m from 0.3 to 3, then Halley's method from the double's value,
 * which triples the right digits at each step. */
static struct wide wide_log(const struct wide *x)
{
	int64_t tens = wide_size(x);
	struct wide m = *x;
	m.exp -= tens;
	if (wide_double(&m) < 0.3) {
		m.exp++;
		tens--;
	}
	decimal first;
	char text[40];
	(void)snprintf(text, sizeof text, "%.17e", log(wide_double(&m)));
	if (!decimal_parse(str_of(text), &first))
		first = DECIMAL_ZERO;
	struct wide y = wide_of(first), two = wide_int(2);
	for (int i = 0; i < 3; i++) {
		struct wide e = exp_small(&y);
		struct wide top = wide_sub(&m, &e), bottom = wide_add(&m, &e);
		top = wide_mul(&top, &two);
		top = wide_div(&top, &bottom);
		y = wide_add(&y, &top);
	}
	struct wide n = wide_int(tens), ln10 = wide_ln10(), shift = wide_mul(&n, &ln10);
	return wide_add(&y, &shift);
}

bool decimal_exp(decimal d, decimal *ret)
{
	struct wide x = wide_of(d), r;
	return wide_exp(&x, &r) && wide_finish(&r, ret);
}

bool decimal_log(decimal d, decimal *ret)
{
	if (d.neg || decimal_is_zero(d))
		return false;
	struct wide x = wide_of(d), r = wide_log(&x);
	return wide_finish(&r, ret);
}

/* Whole root by Newton's method from above. */
static struct big big_sqrt(const struct big *n)
{
	struct big x = big_of(1), q, rest;
	big_scale10(&x, (big_digits(n) + 1) / 2);
	for (;;) {
		big_div(n, &x, &q, &rest);
		big_add(&q, &x);
		(void)big_div_small(&q, 2);
		if (big_cmp(&q, &x) >= 0)
			return x;
		x = q;
	}
}

bool decimal_sqrt(decimal d, decimal *ret)
{
	if (decimal_is_zero(d)) {
		*ret = DECIMAL_ZERO;
		return true;
	}
	if (d.neg)
		return false;
	struct big n = big_of((u128)d.hi << 64 | d.lo), square;
	int shift = 2 * (DECIMAL_DIGITS + 2) - big_digits(&n);
	if ((d.exp - shift) % 2 != 0)
		shift++;
	big_scale10(&n, shift);
	struct big root = big_sqrt(&n);
	big_mul(&root, &root, &square);
	if (!decimal_finish(&root, (d.exp - shift) / 2, false, big_cmp(&square, &n) != 0, ret))
		return false;
	if (big_cmp(&square, &n) == 0)
		*ret = decimal_trim(*ret);
	return true;
}

/* a^n, n not negative, by squaring; exact as long as 56 digits hold it. */
static bool wide_power(const struct wide *a, uint64_t n, struct wide *ret)
{
	struct wide r = wide_int(1), square = *a;
	for (; n; n >>= 1) {
		if (n & 1)
			r = wide_mul(&r, &square);
		if (n > 1)
			square = wide_mul(&square, &square);
		if (square.exp > 100000 || square.exp < -100000)
			return false;
	}
	*ret = r;
	return true;
}

enum { POWER_BY_SQUARING = 100000 };

bool decimal_pow(decimal a, decimal b, decimal *ret)
{
	int64_t n;
	bool whole = decimal_is_whole(b), small = decimal_to_i64(b, &n) && n >= -POWER_BY_SQUARING &&
	    n <= POWER_BY_SQUARING;
	if (decimal_is_zero(b)) {
		*ret = decimal_of(1);
		return true;
	}
	if (decimal_is_zero(a)) {
		*ret = DECIMAL_ZERO;
		return !b.neg;
	}
	if (a.neg && !whole)
		return false;
	struct wide x = wide_of(a), r;
	if (small && wide_power(&x, (uint64_t)(n < 0 ? -n : n), &r)) {
		if (n < 0) {
			struct wide one = wide_int(1);
			r = wide_div(&one, &r);
		}
		if (!wide_finish(&r, ret))
			return false;
		if (n < 0)
			*ret = decimal_trim(*ret);
		return true;
	}
	decimal half;
	bool odd = whole && decimal_modulo(b, decimal_of(2), &half) && !decimal_is_zero(half);
	struct wide y = wide_of(b);
	x.neg = false;
	r = wide_log(&x);
	r = wide_mul(&r, &y);
	if (!wide_exp(&r, &r))
		return false;
	r.neg = a.neg && odd;
	return wide_finish(&r, ret);
}
