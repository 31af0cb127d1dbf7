#include "base/utf8.h"

#include <utf8proc.h>

int32_t utf8_next(str s, size_t *at)
{
	if (*at >= s.n)
		return -1;
	if ((unsigned char)s.p[*at] < 0x80)
		return s.p[(*at)++];
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

static bool is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

/* ASCII folds to its small letters. Appends those from *at on, which moves behind them. */
static void add_ascii(struct buf *b, str s, size_t *at)
{
	size_t from = *at, to = from;
	while (to < s.n && is_ascii(s.p[to]))
		to++;
	*at = to;
	char *p = to > from ? buf_reserve(b, to - from) : NULL;
	if (!p)
		return;
	for (size_t i = from; i < to; i++)
		*p++ = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
	b->n += to - from;
	b->p[b->n] = '\0';
}

/* Decomposing and folding look at one code point at a time; what would depend on its neighbours is the order of
 * marks and composing them again, and marks are dropped. */
void buf_add_folded(struct buf *b, str s)
{
	enum { FOLDED_MAX = 32 }; /* code points that one becomes: 18 at most */
	for (size_t at = 0; at < s.n;) {
		utf8proc_int32_t out[FOLDED_MAX];
		int boundary = 0;
		add_ascii(b, s, &at);
		int32_t c = utf8_next(s, &at);
		if (c < 0)
			continue;
		utf8proc_ssize_t n = utf8proc_decompose_char(c, out, FOLDED_MAX,
		    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
		    &boundary);
		for (utf8proc_ssize_t i = 0; i < n && i < FOLDED_MAX; i++)
			buf_add_utf8(b, (uint32_t)out[i]);
	}
}

bool utf8_is_word(int32_t code_point)
{
	if (code_point < 0x80)
		return (code_point >= 'a' && code_point <= 'z') || (code_point >= '0' && code_point <= '9') ||
		       (code_point >= 'A' && code_point <= 'Z');
	utf8proc_category_t c = utf8proc_category(code_point);
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO);
}

/* A reference for what cannot stand as it is, NULL for what can. CR is not allowed since a parser would make it LF. */
static const char *markup_reference(int32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
	case '\n':
		return NULL;
	default:
		return c < 0x20 || c == 0x7f || c == 0xfffe || c == 0xffff ? "\xef\xbf\xbd" : NULL;
	}
}

void buf_add_markup(struct buf *b, str s)
{
	size_t from = 0, at = 0;
	while (at < s.n) {
		size_t here = at;
		const char *reference = markup_reference(utf8_next(s, &at));
		if (!reference)
			continue;
		buf_add(b, str_sub(s, from, here));
		buf_addz(b, reference);
		from = at;
	}
	buf_add(b, str_sub(s, from, s.n));
}
