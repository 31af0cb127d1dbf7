#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

int32_t utf8_next(str s, size_t *at)
{
	if (*at >= s.n)
		return -1;
	size_t left = s.n - *at;
	utf8proc_int32_t cp;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)s.p + *at,
	    (utf8proc_ssize_t)(left > 4 ? 4 : left), &cp);
	if (used < 1) {
		(*at)++;
		return -1;
	}
	*at += (size_t)used;
	return cp;
}

bool utf8_valid(str s, size_t *ret_at)
{
	for (size_t i = 0; i < s.n;) {
		if ((unsigned char)s.p[i] < 0x80) {
			i++;
			continue;
		}
		size_t at = i;
		if (utf8_next(s, &i) < 0) {
			if (ret_at)
				*ret_at = at;
			return false;
		}
	}
	return true;
}

size_t utf8_length(str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

void buf_add_utf8(struct buf *b, uint32_t code_point)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)code_point, bytes);
	if (n > 0)
		buf_add(b, (str){(const char *)bytes, (size_t)n});
}

str utf8_head(str s, size_t n)
{
	size_t at = 0;
	while (n-- && at < s.n)
		(void)utf8_next(s, &at);
	return str_sub(s, 0, at);
}

static bool all_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

void buf_add_folded(struct buf *b, str s)
{
	if (all_ascii(s)) {
		char *to = buf_reserve(b, s.n);
		if (!to)
			return;
		for (size_t i = 0; i < s.n; i++)
			to[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
		b->n += s.n;
		b->p[b->n] = '\0';
		return;
	}
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
	    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
		UTF8PROC_IGNORE);
	if (n >= 0)
		buf_add(b, (str){(const char *)out, (size_t)n});
	else if (n == UTF8PROC_ERROR_NOMEM)
		b->failed = ERR_NOMEM;
	free(out);
}

bool utf8_is_word(int32_t code_point)
{
	if (code_point < 0)
		return false;
	utf8proc_category_t c = utf8proc_category(code_point);
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO);
}
