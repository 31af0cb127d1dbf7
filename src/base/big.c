#include "base/big.h"

#include <assert.h>
#include <string.h>

static void trim(struct big *a)
{
	while (a->n > 0 && a->d[a->n - 1] == 0)
		a->n--;
}

struct big big_of(u128 v)
{
	struct big a = {.n = 0};
	for (; v; v >>= 32)
		a.d[a.n++] = (uint32_t)v;
	return a;
}

u128 big_to_u128(const struct big *a)
{
	assert(a->n <= 4);
	u128 v = 0;
	for (int i = a->n - 1; i >= 0; i--)
		v = v << 32 | a->d[i];
	return v;
}

int big_cmp(const struct big *a, const struct big *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (int i = a->n - 1; i >= 0; i--)
		if (a->d[i] != b->d[i])
			return a->d[i] < b->d[i] ? -1 : 1;
	return 0;
}

void big_add(struct big *a, const struct big *b)
{
	int n = a->n > b->n ? a->n : b->n;
	uint64_t carry = 0;
	for (int i = 0; i < n; i++) {
		carry += (uint64_t)(i < a->n ? a->d[i] : 0) + (i < b->n ? b->d[i] : 0);
		a->d[i] = (uint32_t)carry;
		carry >>= 32;
	}
	a->n = n;
	if (carry) {
		assert(n < BIG_LIMBS);
		a->d[a->n++] = (uint32_t)carry;
	}
}

void big_sub(struct big *a, const struct big *b)
{
	int64_t borrow = 0;
	for (int i = 0; i < a->n; i++) {
		int64_t v = (int64_t)a->d[i] - (i < b->n ? b->d[i] : 0) + borrow;
		a->d[i] = (uint32_t)v;
		borrow = v < 0 ? -1 : 0;
	}
	assert(borrow == 0);
	trim(a);
}

void big_mul_small(struct big *a, uint32_t m)
{
	uint64_t carry = 0;
	for (int i = 0; i < a->n; i++) {
		carry += (uint64_t)a->d[i] * m;
		a->d[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry) {
		assert(a->n < BIG_LIMBS);
		a->d[a->n++] = (uint32_t)carry;
	}
	trim(a);
}

uint32_t big_div_small(struct big *a, uint32_t m)
{
	uint64_t rem = 0;
	for (int i = a->n - 1; i >= 0; i--) {
		rem = rem << 32 | a->d[i];
		a->d[i] = (uint32_t)(rem / m);
		rem %= m;
	}
	trim(a);
	return (uint32_t)rem;
}

void big_mul(const struct big *a, const struct big *b, struct big *ret)
{
	assert(a->n + b->n <= BIG_LIMBS);
	struct big r = {.n = a->n + b->n};
	memset(r.d, 0, sizeof r.d);
	for (int i = 0; i < a->n; i++) {
		uint64_t carry = 0;
		for (int j = 0; j < b->n; j++) {
			carry += (uint64_t)a->d[i] * b->d[j] + r.d[i + j];
			r.d[i + j] = (uint32_t)carry;
			carry >>= 32;
		}
		r.d[i + b->n] = (uint32_t)carry;
	}
	trim(&r);
	*ret = r;
}

static void shift_left(struct big *a, int bits)
{
	uint32_t carry = 0;
	for (int i = 0; i < a->n; i++) {
		uint64_t v = (uint64_t)a->d[i] << bits | carry;
		a->d[i] = (uint32_t)v;
		carry = (uint32_t)(v >> 32);
	}
	a->d[a->n] = carry;
}

/* One digit of the quotient (Knuth, The Art of Computer Programming 2, algorithm D, steps D3 to D6). */
static uint32_t quotient_digit(struct big *u, const struct big *v, int j)
{
	int n = v->n;
	uint64_t top = (uint64_t)u->d[j + n] << 32 | u->d[j + n - 1];
	uint64_t q = top / v->d[n - 1], r = top % v->d[n - 1];
	while (q >> 32 || q * v->d[n - 2] > (r << 32 | u->d[j + n - 2])) {
		q--;
		r += v->d[n - 1];
		if (r >> 32)
			break;
	}
	int64_t borrow = 0;
	uint64_t carry = 0;
	for (int i = 0; i < n; i++) {
		carry += q * v->d[i];
		int64_t t = (int64_t)u->d[i + j] - (int64_t)(uint32_t)carry + borrow;
		u->d[i + j] = (uint32_t)t;
		borrow = t < 0 ? -1 : 0;
		carry >>= 32;
	}
	int64_t t = (int64_t)u->d[j + n] - (int64_t)carry + borrow;
	u->d[j + n] = (uint32_t)t;
	if (t >= 0)
		return (uint32_t)q;
	uint64_t back = 0; /* one too many: add the divisor back */
	for (int i = 0; i < n; i++) {
		back += (uint64_t)u->d[i + j] + v->d[i];
		u->d[i + j] = (uint32_t)back;
		back >>= 32;
	}
	u->d[j + n] += (uint32_t)back;
	return (uint32_t)(q - 1);
}

static void shift_right(struct big *a, int bits)
{
	for (int i = 0; i < a->n; i++) {
		uint64_t v = i + 1 < a->n ? (uint64_t)a->d[i + 1] << 32 | a->d[i] : a->d[i];
		a->d[i] = (uint32_t)(v >> bits);
	}
	trim(a);
}

void big_div(const struct big *a, const struct big *b, struct big *ret_q, struct big *ret_r)
{
	assert(b->n > 0);
	struct big q = {.n = 0}, u = *a, v = *b;
	if (big_cmp(a, b) < 0) {
		*ret_q = q;
		*ret_r = u;
		return;
	}
	if (b->n == 1) {
		uint32_t rem = big_div_small(&u, b->d[0]);
		*ret_q = u;
		*ret_r = big_of(rem);
		return;
	}
	int bits = __builtin_clz(v.d[v.n - 1]);
	shift_left(&v, bits);
	shift_left(&u, bits);
	q.n = u.n - v.n + 1;
	for (int j = u.n - v.n; j >= 0; j--)
		q.d[j] = quotient_digit(&u, &v, j);
	u.n = v.n;
	shift_right(&u, bits);
	trim(&q);
	*ret_q = q;
	*ret_r = u;
}

static const uint32_t small_power[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

void big_scale10(struct big *a, int k)
{
	for (; k >= 9; k -= 9)
		big_mul_small(a, small_power[9]);
	big_mul_small(a, small_power[k]);
}

void big_drop10(struct big *a, int k, bool *sticky)
{
	for (; k > 0 && a->n; k -= 9)
		if (big_div_small(a, small_power[k < 9 ? k : 9]))
			*sticky = true;
}

int big_digits(const struct big *a)
{
	if (a->n == 0)
		return 0;
	struct big rest = *a;
	int digits = 0;
	while (rest.n > 1) {
		(void)big_div_small(&rest, small_power[9]);
		digits += 9;
	}
	for (uint32_t v = rest.d[0]; v; v /= 10)
		digits++;
	return digits;
}
