#include "base/decimal.h"

#include "base/big.h"
#include "base/decimal_round.h"

#define P18 ((u128)1000000000000000000ULL)
static const u128 power10[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000ULL,
    100000000000ULL, 1000000000000ULL, 10000000000000ULL, 100000000000000ULL, 1000000000000000ULL,
    10000000000000000ULL, 100000000000000000ULL, P18, P18 * 10, P18 * 100, P18 * 1000, P18 * 10000,
    P18 * 100000, P18 * 1000000, P18 * 10000000, P18 * 100000000, P18 * 1000000000,
    P18 * 10000000000ULL, P18 * 100000000000ULL, P18 * 1000000000000ULL, P18 * 10000000000000ULL,
    P18 * 100000000000000ULL, P18 * 1000000000000000ULL, P18 * 10000000000000000ULL,
    P18 * 100000000000000000ULL, P18 * P18, P18 * P18 * 10, P18 * P18 * 100};

static u128 coef(decimal d)
{
	return (u128)d.hi << 64 | d.lo;
}

static int digits_of(u128 c)
{
	int n = 0;
	while (n < 39 && c >= power10[n])
		n++;
	return n;
}

decimal decimal_of(int64_t v)
{
	return decimal_scaled(v, 0);
}

decimal decimal_scaled(int64_t v, int32_t exp)
{
	uint64_t c = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	return (decimal){.lo = c, .exp = exp, .neg = v < 0};
}

/* Does the digit dropped last, with what lies behind it, round the number away from zero? */
static bool rounds_up(uint32_t digit, bool sticky, bool odd, bool neg, enum decimal_round mode)
{
	bool inexact = digit || sticky;
	switch (mode) {
	case DECIMAL_HALF_EVEN:
		return digit > 5 || (digit == 5 && (sticky || odd));
	case DECIMAL_HALF_UP:
		return digit >= 5;
	case DECIMAL_HALF_DOWN:
		return digit > 5 || (digit == 5 && sticky);
	case DECIMAL_UP:
		return inexact;
	case DECIMAL_FLOOR:
		return inexact && neg;
	case DECIMAL_CEILING:
		return inexact && !neg;
	case DECIMAL_DOWN:
		break;
	}
	return false;
}

void decimal_drop_digits(struct big *c, int k, bool sticky, bool neg, enum decimal_round mode)
{
	if (k <= 0)
		return;
	big_drop10(c, k - 1, &sticky);
	uint32_t digit = big_div_small(c, 10);
	bool odd = c->n && (c->d[0] & 1);
	if (rounds_up(digit, sticky, odd, neg, mode)) {
		struct big one = big_of(1);
		big_add(c, &one);
	}
}

bool decimal_finish(struct big *c, int64_t exp, bool neg, bool sticky, decimal *ret)
{
	int64_t drop = big_digits(c) - DECIMAL_DIGITS;
	if (drop < DECIMAL_EXP_MIN - exp)
		drop = DECIMAL_EXP_MIN - exp;
	if (drop > 0) {
		int k = drop > 300 ? 300 : (int)drop; /* beyond that nothing is left anyway */
		decimal_drop_digits(c, k, sticky, neg, DECIMAL_HALF_EVEN);
		exp += drop;
		if (big_digits(c) > DECIMAL_DIGITS) { /* 99…9 became 100…0 */
			(void)big_div_small(c, 10);
			exp++;
		}
	}
	if (c->n == 0)
		exp = exp > DECIMAL_EXP_MAX ? DECIMAL_EXP_MAX : exp < DECIMAL_EXP_MIN ? DECIMAL_EXP_MIN : exp;
	if (exp > DECIMAL_EXP_MAX) {
		if (exp - DECIMAL_EXP_MAX > DECIMAL_DIGITS - big_digits(c))
			return false;
		big_scale10(c, (int)(exp - DECIMAL_EXP_MAX));
		exp = DECIMAL_EXP_MAX;
	}
	u128 v = big_to_u128(c);
	*ret = (decimal){(uint64_t)v, (uint64_t)(v >> 64), (int32_t)exp, neg && v != 0};
	return true;
}

static bool finish_small(u128 c, int64_t exp, bool neg, decimal *ret)
{
	struct big b = big_of(c);
	return decimal_finish(&b, exp, neg, false, ret);
}

/* An exponent "e-12": false when it is malformed; absurd ones are cut off at 100,000. */
static bool parse_exponent(str s, size_t at, int64_t *ret_exp)
{
	bool neg = at < s.n && s.p[at] == '-';
	if (at < s.n && (s.p[at] == '-' || s.p[at] == '+'))
		at++;
	if (at == s.n)
		return false;
	int64_t v = 0;
	for (; at < s.n; at++) {
		if (s.p[at] < '0' || s.p[at] > '9')
			return false;
		v = v < 100000 ? v * 10 + (s.p[at] - '0') : v;
	}
	*ret_exp += neg ? -v : v;
	return true;
}

bool decimal_parse(str s, decimal *ret)
{
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0, seen = 0;
	bool neg = i && s.p[0] == '-', point = false, sticky = false;
	u128 c = 0;
	int64_t exp = 0;
	for (; i < s.n; i++) {
		char ch = s.p[i];
		if (ch == '.' && !point) {
			point = true;
			continue;
		}
		if (ch < '0' || ch > '9')
			break;
		seen++;
		if (c < power10[37]) {
			c = c * 10 + (u128)(unsigned char)(ch - '0');
			exp -= point;
		} else {
			sticky |= ch != '0';
			exp += !point;
		}
	}
	if (!seen || (point && s.p[i - 1] == '.'))
		return false;
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		if (!parse_exponent(s, i + 1, &exp))
			return false;
		i = s.n;
	}
	if (i != s.n)
		return false;
	struct big b = big_of(c);
	return decimal_finish(&b, exp, neg, sticky, ret);
}

static size_t coef_text(u128 c, char dst[40])
{
	char back[40];
	size_t n = 0;
	do {
		back[n++] = (char)('0' + (int)(c % 10));
		c /= 10;
	} while (c);
	for (size_t i = 0; i < n; i++)
		dst[i] = back[n - 1 - i];
	return n;
}

enum { PLAIN_MOST = 40 }; /* digits written out on one side of the point */

void buf_add_decimal(struct buf *b, decimal d)
{
	char text[40];
	size_t n = coef_text(coef(d), text);
	if (d.neg)
		buf_addc(b, '-');
	int64_t point = (int64_t)n + d.exp; /* digits before the point */
	if (decimal_is_zero(d) && (d.exp > 0 || d.exp < -PLAIN_MOST)) {
		buf_addc(b, '0');
	} else if (point > PLAIN_MOST || point < -PLAIN_MOST) {
		buf_addc(b, text[0]);
		if (n > 1) {
			buf_addc(b, '.');
			buf_add(b, (str){text + 1, n - 1});
		}
		buf_addf(b, "E%+lld", (long long)(point - 1));
	} else if (point <= 0) {
		buf_addz(b, "0.");
		for (; point < 0; point++)
			buf_addc(b, '0');
		buf_add(b, (str){text, n});
	} else {
		size_t whole = (size_t)point < n ? (size_t)point : n;
		buf_add(b, (str){text, whole});
		for (size_t i = n; i < (size_t)point; i++)
			buf_addc(b, '0');
		if (whole < n) {
			buf_addc(b, '.');
			buf_add(b, (str){text + whole, n - whole});
		}
	}
}

double decimal_to_double(decimal d)
{
	char text[64];
	u128 c = coef(d);
	(void)snprintf(text, sizeof text, "%s%llu%018llue%d", d.neg ? "-" : "",
	    (unsigned long long)(c / P18), (unsigned long long)(c % P18), d.exp);
	return strtod(text, NULL);
}

decimal decimal_trim(decimal d)
{
	u128 c = coef(d);
	if (c == 0)
		return DECIMAL_ZERO;
	while (d.exp < 0 && c % 10 == 0) {
		c /= 10;
		d.exp++;
	}
	while (d.exp > 0 && c < power10[DECIMAL_DIGITS - 1]) {
		c *= 10;
		d.exp--;
	}
	while (d.exp > 0 && c % 10 == 0) {
		c /= 10;
		d.exp++;
	}
	d.lo = (uint64_t)c;
	d.hi = (uint64_t)(c >> 64);
	return d;
}

bool decimal_is_whole(decimal d)
{
	return d.exp >= 0 || decimal_trim(d).exp >= 0;
}

bool decimal_to_i64(decimal d, int64_t *ret)
{
	if (d.exp != 0)
		d = decimal_trim(d);
	if (d.exp != 0 || d.hi || d.lo > (uint64_t)INT64_MAX + d.neg)
		return false;
	*ret = d.neg ? (int64_t)(0 - d.lo) : (int64_t)d.lo;
	return true;
}

/* Compare a * 10^shift with b, shift from 0 to 39. */
static int cmp_shifted(u128 a, int shift, u128 b)
{
	if (digits_of(a) + shift <= 38) {
		a *= power10[shift];
		return a < b ? -1 : a > b;
	}
	return a ? 1 : b ? -1 : 0; /* b has at most 34 digits */
}

static int cmp_size(decimal a, decimal b)
{
	u128 ca = coef(a), cb = coef(b);
	if (a.exp == b.exp)
		return ca < cb ? -1 : ca > cb;
	if (ca == 0 || cb == 0)
		return (ca != 0) - (cb != 0);
	int64_t shift = (int64_t)a.exp - b.exp;
	if (shift > 39 || shift < -39)
		return shift > 0 ? 1 : -1;
	return shift > 0 ? cmp_shifted(ca, (int)shift, cb) : -cmp_shifted(cb, (int)-shift, ca);
}

int decimal_cmp(decimal a, decimal b)
{
	bool na = a.neg && !decimal_is_zero(a), nb = b.neg && !decimal_is_zero(b);
	if (na != nb)
		return na ? -1 : 1;
	int c = cmp_size(a, b);
	return na ? -c : c;
}

enum { ALIGN_MOST = DECIMAL_DIGITS + 3 };

static bool add_aligned(decimal a, decimal b, decimal *ret)
{
	if (a.exp < b.exp) {
		decimal t = a;
		a = b;
		b = t;
	}
	if (decimal_is_zero(a) || decimal_is_zero(b)) {
		decimal keep = decimal_is_zero(a) ? b : a;
		if (decimal_is_zero(b) && a.exp - b.exp < DECIMAL_DIGITS) {
			struct big c = big_of(coef(a));
			int room = DECIMAL_DIGITS - big_digits(&c), shift = a.exp - b.exp;
			shift = shift < room ? shift : room;
			big_scale10(&c, shift);
			return decimal_finish(&c, (int64_t)a.exp - shift, a.neg, false, ret);
		}
		*ret = keep;
		return true;
	}
	int shift = a.exp - b.exp;
	struct big ca = big_of(coef(a)), cb = big_of(coef(b));
	int64_t exp = b.exp;
	bool sticky = false;
	/* b lies wholly below the digits that can matter: it only tells on which side of a the sum is */
	if (shift > ALIGN_MOST + DECIMAL_DIGITS) {
		shift = ALIGN_MOST;
		exp = (int64_t)a.exp - shift;
		cb = big_of(1);
	}
	big_scale10(&ca, shift);
	if (a.neg == b.neg) {
		big_add(&ca, &cb);
		return decimal_finish(&ca, exp, a.neg, sticky, ret);
	}
	if (big_cmp(&ca, &cb) >= 0) {
		big_sub(&ca, &cb);
		return decimal_finish(&ca, exp, a.neg, sticky, ret);
	}
	big_sub(&cb, &ca);
	return decimal_finish(&cb, exp, b.neg, sticky, ret);
}

bool decimal_add(decimal a, decimal b, decimal *ret)
{
	if (a.exp != b.exp || (a.hi | b.hi) != 0)
		return add_aligned(a, b, ret);
	if (a.neg == b.neg) {
		u128 c = (u128)a.lo + b.lo;
		*ret = (decimal){(uint64_t)c, (uint64_t)(c >> 64), a.exp, a.neg};
		return true;
	}
	bool less = a.lo < b.lo;
	uint64_t c = less ? b.lo - a.lo : a.lo - b.lo;
	*ret = (decimal){c, 0, a.exp, c ? (less ? b.neg : a.neg) : 0};
	return true;
}

bool decimal_sub(decimal a, decimal b, decimal *ret)
{
	return decimal_add(a, decimal_neg(b), ret);
}

bool decimal_mul(decimal a, decimal b, decimal *ret)
{
	bool neg = a.neg != b.neg;
	int64_t exp = (int64_t)a.exp + b.exp;
	if ((a.hi | b.hi) == 0) {
		u128 c = (u128)a.lo * b.lo;
		if (c < power10[DECIMAL_DIGITS] && exp >= DECIMAL_EXP_MIN && exp <= DECIMAL_EXP_MAX) {
			*ret = (decimal){(uint64_t)c, (uint64_t)(c >> 64), (int32_t)exp, neg && c};
			return true;
		}
		return finish_small(c, exp, neg, ret);
	}
	struct big ca = big_of(coef(a)), cb = big_of(coef(b)), c;
	big_mul(&ca, &cb, &c);
	return decimal_finish(&c, exp, neg, false, ret);
}

bool decimal_div(decimal a, decimal b, decimal *ret)
{
	if (decimal_is_zero(b))
		return false;
	bool neg = a.neg != b.neg;
	int64_t ideal = (int64_t)a.exp - b.exp;
	if ((a.hi | b.hi) == 0 && a.lo % b.lo == 0)
		return finish_small(a.lo / b.lo, ideal, neg, ret);
	struct big n = big_of(coef(a)), d = big_of(coef(b)), q, r;
	int k = DECIMAL_DIGITS + 1 + big_digits(&d) - big_digits(&n);
	k = k < 0 ? 0 : k;
	big_scale10(&n, k);
	big_div(&n, &d, &q, &r);
	decimal v;
	if (!decimal_finish(&q, ideal - k, neg, r.n != 0, &v))
		return false;
	u128 c = coef(v);
	while (r.n == 0 && v.exp < ideal && c && c % 10 == 0) {
		c /= 10;
		v.exp++;
	}
	*ret = (decimal){(uint64_t)c, (uint64_t)(c >> 64), v.exp, v.neg};
	return true;
}

/* |a| mod |b| in units of 10^*ret_exp. */
static struct big remainder_of(decimal a, decimal b, int64_t *ret_exp, struct big *ret_b)
{
	struct big ca = big_of(coef(a)), cb = big_of(coef(b)), q;
	int64_t shift = (int64_t)a.exp - b.exp;
	*ret_exp = shift < 0 ? a.exp : b.exp;
	if (shift < -ALIGN_MOST - 1) { /* b is larger than a, whatever the digits */
		*ret_exp = b.exp;
		*ret_b = cb;
		return ca;
	}
	if (shift < 0)
		big_scale10(&cb, (int)-shift);
	for (; shift > 0; shift -= 36) {
		big_scale10(&ca, shift < 36 ? (int)shift : 36);
		big_div(&ca, &cb, &q, &ca);
	}
	big_div(&ca, &cb, &q, &ca);
	*ret_b = cb;
	return ca;
}

bool decimal_modulo(decimal a, decimal b, decimal *ret)
{
	if (decimal_is_zero(b))
		return false;
	if ((int64_t)b.exp - a.exp > ALIGN_MOST + 1) {
		if (a.neg == b.neg || decimal_is_zero(a)) {
			*ret = a;
			return true;
		}
		return decimal_add(a, b, ret);
	}
	int64_t exp;
	struct big cb, r = remainder_of(a, b, &exp, &cb);
	if (r.n && a.neg != b.neg) {
		big_sub(&cb, &r);
		r = cb;
	}
	return decimal_finish(&r, exp, b.neg, false, ret);
}

bool decimal_round(decimal d, int32_t scale, enum decimal_round mode, decimal *ret)
{
	int64_t drop = -(int64_t)d.exp - scale;
	if (drop <= 0) {
		*ret = d;
		return true;
	}
	struct big c = big_of(coef(d));
	bool sticky = false;
	if (drop > DECIMAL_DIGITS + 1) {
		sticky = c.n != 0;
		c.n = 0;
		drop = DECIMAL_DIGITS + 1;
	}
	decimal_drop_digits(&c, (int)drop, sticky, d.neg != 0, mode);
	return decimal_finish(&c, -(int64_t)scale, d.neg != 0, false, ret);
}
