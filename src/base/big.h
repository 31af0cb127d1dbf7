#pragma once
/* Unsigned integers of up to 640 bits in fixed storage: what decimal arithmetic needs between two roundings.
 * A result that would not fit is a programmer's error (assert): callers bound their operands. */
#include <stdbool.h>
#include <stdint.h>

enum { BIG_LIMBS = 20 };

__extension__ typedef unsigned __int128 u128;

/* d[0] is the least significant limb; n limbs are in use, the highest of them not zero. */
struct big {
	int n;
	uint32_t d[BIG_LIMBS + 1];
};

struct big big_of(u128 v);
/* Only for a value below 2^128. */
u128 big_to_u128(const struct big *a);
int big_cmp(const struct big *a, const struct big *b);
void big_add(struct big *a, const struct big *b);
/* a must not be below b. */
void big_sub(struct big *a, const struct big *b);
void big_mul_small(struct big *a, uint32_t m);
/* a = a / m; the remainder is returned. */
uint32_t big_div_small(struct big *a, uint32_t m);
void big_mul(const struct big *a, const struct big *b, struct big *ret);
/* b must not be zero. */
void big_div(const struct big *a, const struct big *b, struct big *ret_q, struct big *ret_r);
/* a = a * 10^k */
void big_scale10(struct big *a, int k);
/* a = a / 10^k, rounded down; *sticky becomes true when something other than zeros was dropped. */
void big_drop10(struct big *a, int k, bool *sticky);
/* Number of decimal digits; 0 for zero. */
int big_digits(const struct big *a);
