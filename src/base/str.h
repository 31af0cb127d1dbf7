#pragma once
/* A view of bytes: pointer and length, not owned, not terminated. Pass by value. */
#include "base/err.h"

#include <stdbool.h>
#include <string.h>

typedef struct str {
	const char *p;
	size_t n;
} str;

#define STR(lit) ((str){(lit), sizeof(lit) - 1})     /* a literal */
#define STR_NONE ((str){NULL, 0})                    /* absent, as opposed to "" */
#define STR_ARG(s) (int)(s).n, ((s).p ? (s).p : "")  /* for %.*s */

static inline str str_of(const char *z)
{
	return z ? (str){z, strlen(z)} : STR_NONE;
}

static inline bool str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(str a, const char *z)
{
	return str_eq(a, str_of(z));
}

/* Byte order; a shorter prefix sorts first. */
int str_cmp(str a, str b);
/* ASCII case ignored. */
bool str_eq_nocase(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* Index of the first occurrence, or -1. */
ptrdiff_t str_find(str s, str needle);
ptrdiff_t str_find_char(str s, char c);
/* Bytes [from, to), clamped to the string. */
str str_sub(str s, size_t from, size_t to);
/* Without ASCII white space at both ends. */
str str_trim(str s);
/* Take the part before sep from *rest and move *rest behind it. False when *rest is exhausted.
 * "a;b" gives "a", "b"; "" gives nothing; "a;" gives "a", "". Start with rest = the whole. */
struct str_split {
	str rest;
	char sep;
	bool done;
};
struct str_split str_split_on(str s, char sep);
bool str_next(struct str_split *it, str *ret_part);

/* The whole of s as a decimal integer, optional '-'. False on anything else or overflow. */
bool str_to_i64(str s, int64_t *ret_v);
bool str_to_u32(str s, uint32_t *ret_v);
