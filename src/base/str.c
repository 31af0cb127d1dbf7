#include "base/str.h"

#include <limits.h>

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n &&
	    (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

ptrdiff_t str_find(str s, str needle)
{
	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return -1;
	const char *hit = memmem(s.p, s.n, needle.p, needle.n);
	return hit ? hit - s.p : -1;
}

ptrdiff_t str_find_char(str s, char c)
{
	const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
	return hit ? hit - s.p : -1;
}

str str_sub(str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (str){s.p ? s.p + from : NULL, to - from};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

str str_trim(str s)
{
	while (s.n && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str_split str_split_on(str s, char sep)
{
	return (struct str_split){.rest = s, .sep = sep, .done = s.n == 0};
}

bool str_next(struct str_split *it, str *ret_part)
{
	if (it->done)
		return false;
	ptrdiff_t at = str_find_char(it->rest, it->sep);
	if (at < 0) {
		*ret_part = it->rest;
		it->done = true;
		return true;
	}
	*ret_part = str_sub(it->rest, 0, (size_t)at);
	it->rest = str_sub(it->rest, (size_t)at + 1, it->rest.n);
	return true;
}

bool str_to_i64(str s, int64_t *ret_v)
{
	bool neg = s.n && s.p[0] == '-';
	size_t i = neg ? 1 : 0;
	if (i >= s.n)
		return false;
	int64_t v = 0;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int d = s.p[i] - '0';
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, d, &v))
			return false;
	}
	if (!neg && v == INT64_MIN)
		return false;
	*ret_v = neg ? v : -v;
	return true;
}

bool str_to_u32(str s, uint32_t *ret_v)
{
	int64_t v;
	if (!str_to_i64(s, &v) || v < 0 || v > UINT32_MAX)
		return false;
	*ret_v = (uint32_t)v;
	return true;
}
