#include <stdarg.h>

#include "base/utf8.h"
#include "engine/feel/parse.h"

void parse_mark(struct parser *p)
{
	for (; p->counted < p->at; p->counted++) {
		p->col++;
		if (p->s.p[p->counted] == '\n') {
			p->line++;
			p->col = 1;
		}
	}
	uint32_t col = p->col < FEEL_POS_COLUMNS ? p->col : FEEL_POS_COLUMNS - 1;
	uint32_t line = p->line < UINT32_MAX / FEEL_POS_COLUMNS ? p->line : 0;
	p->e->pos = line * FEEL_POS_COLUMNS + col;
}

bool parse_fail(struct parser *p, const char *fmt, ...)
{
	char text[300];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	parse_mark(p);
	str near = str_sub(p->s, p->at, p->at + 20);
	while (near.n && ((unsigned char)near.p[near.n - 1] & 0xc0) == 0x80) /* no half characters */
		near.n--;
	if (near.n && ((unsigned char)near.p[near.n - 1] & 0x80) && p->at + near.n < p->s.n)
		near.n--;
	if (near.n)
		feel_diag(p->e->c, true, "feel.syntax", p->e->pos, "%s, but here is \"%.*s\"", text, STR_ARG(near));
	else
		feel_diag(p->e->c, true, "feel.syntax", p->e->pos, "%s, but the text ends", text);
	return false;
}

void parse_skip(struct parser *p)
{
	for (;;) {
		p->at = feel_skip_blanks(p->s, p->at);
		str rest = str_sub(p->s, p->at, p->s.n);
		if (str_starts(rest, STR("//"))) {
			ptrdiff_t end = str_find_char(rest, '\n');
			p->at = end < 0 ? p->s.n : p->at + (size_t)end;
		} else if (str_starts(rest, STR("/*"))) {
			ptrdiff_t end = str_find(str_sub(rest, 2, rest.n), STR("*/"));
			p->at = end < 0 ? p->s.n : p->at + (size_t)end + 4;
		} else {
			return;
		}
	}
}

bool parse_take(struct parser *p, const char *text)
{
	str t = str_of(text);
	if (p->s.n - p->at < t.n || memcmp(p->s.p + p->at, t.p, t.n) != 0)
		return false;
	p->at += t.n;
	return true;
}

bool parse_is_word(const struct parser *p, const char *word)
{
	size_t end = feel_word_end(p->s, p->at);
	return str_eq(str_sub(p->s, p->at, end), str_of(word));
}

bool parse_take_word(struct parser *p, const char *word)
{
	size_t end = feel_word_end(p->s, p->at);
	if (!str_eq(str_sub(p->s, p->at, end), str_of(word)))
		return false;
	p->at = end;
	return true;
}

bool parse_number(struct parser *p, decimal *ret)
{
	size_t from = p->at, i = from;
	while (i < p->s.n && p->s.p[i] >= '0' && p->s.p[i] <= '9')
		i++;
	if (i + 1 < p->s.n && p->s.p[i] == '.' && p->s.p[i + 1] >= '0' && p->s.p[i + 1] <= '9')
		for (i++; i < p->s.n && p->s.p[i] >= '0' && p->s.p[i] <= '9';)
			i++;
	if (i < p->s.n && (p->s.p[i] | 32) == 'e') {
		size_t k = i + 1;
		if (k < p->s.n && (p->s.p[k] == '+' || p->s.p[k] == '-'))
			k++;
		if (k < p->s.n && p->s.p[k] >= '0' && p->s.p[k] <= '9')
			for (i = k; i < p->s.n && p->s.p[i] >= '0' && p->s.p[i] <= '9';)
				i++;
	}
	if (!decimal_parse(str_sub(p->s, from, i), ret))
		return parse_fail(p, "a number of at most 34 digits and 6,144 places was expected");
	p->at = i;
	size_t next = i;
	int32_t c = utf8_next(p->s, &next);
	if (c >= 0 && feel_is_name_char(c, true))
		return parse_fail(p, "an operator was expected behind the number");
	return true;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool hex_digits(struct parser *p, int n, uint32_t *ret)
{
	uint32_t v = 0;
	for (int i = 0; i < n; i++) {
		int d = p->at < p->s.n ? hex(p->s.p[p->at]) : -1;
		if (d < 0)
			return parse_fail(p, "%d hexadecimal digits were expected", n);
		v = v << 4 | (uint32_t)d;
		p->at++;
	}
	*ret = v;
	return true;
}

/* What follows a backslash. An unknown escape stands for itself, backslash included. */
static bool escape(struct parser *p, struct buf *b)
{
	char c = p->at < p->s.n ? p->s.p[p->at] : '\0';
	static const char from[] = "ntr\"'\\", to[] = "\n\t\r\"'\\";
	const char *known = c ? strchr(from, c) : NULL;
	if (known) {
		buf_addc(b, to[known - from]);
		p->at++;
		return true;
	}
	if (c != 'u' && c != 'U') {
		buf_addc(b, '\\');
		return true;
	}
	p->at++;
	uint32_t v = 0, low = 0;
	if (!hex_digits(p, c == 'u' ? 4 : 6, &v))
		return false;
	if (c == 'u' && v >= 0xd800 && v < 0xdc00 && parse_take(p, "\\u")) { /* a surrogate pair */
		if (!hex_digits(p, 4, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return parse_fail(p, "the second half of a pair of surrogates was expected");
		v = 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
	}
	if (v > 0x10ffff || (v >= 0xd800 && v < 0xe000))
		return parse_fail(p, "a Unicode character was expected");
	buf_add_utf8(b, v);
	return true;
}

bool parse_string(struct parser *p, str *ret)
{
	AUTO_BUF b = BUF_INIT(FEEL_TEXT_MOST);
	p->at++;
	for (;;) {
		if (p->at >= p->s.n)
			return parse_fail(p, "the string has no end: '\"' was expected");
		char c = p->s.p[p->at++];
		if (c == '"')
			break;
		if (c == '\\') {
			if (!escape(p, &b))
				return false;
		} else {
			buf_addc(&b, c);
		}
	}
	*ret = arena_str(p->e->c->arena, buf_str(&b));
	return ret->p != NULL;
}

static bool is_name_symbol(char c)
{
	return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*';
}

bool parse_key(struct parser *p, str *ret)
{
	size_t i = p->at;
	if (i < p->s.n && p->s.p[i] == '"') {
		struct parser ahead = *p;
		size_t diags = p->e->c->diags.n;
		str key;
		if (!parse_string(&ahead, &key)) {
			p->e->c->diags.n = diags;
			return false;
		}
		parse_skip(&ahead);
		if (!parse_take(&ahead, ":"))
			return false;
		p->at = ahead.at;
		*ret = key;
		return true;
	}
	if (feel_word_end(p->s, i) == i)
		return false;
	while (i < p->s.n && p->s.p[i] != ':' && i - p->at <= FEEL_NAME_MOST) {
		size_t next = i;
		int32_t c = utf8_next(p->s, &next);
		if (c < 0 || (!feel_is_name_char(c, false) && !is_name_symbol((char)(c < 128 ? c : 0)) &&
				 feel_skip_blanks(p->s, i) == i))
			return false;
		i = next;
	}
	if (i >= p->s.n || p->s.p[i] != ':')
		return false;
	*ret = feel_name_normal(p->e->c->arena, str_sub(p->s, p->at, i));
	p->at = i + 1;
	return ret->p != NULL;
}

bool parse_name_until(struct parser *p, const char *word, str *ret)
{
	parse_skip(p);
	size_t from = p->at, i = from;
	if (feel_word_end(p->s, i) == i)
		return parse_fail(p, "a name was expected");
	while (i < p->s.n && i - from <= FEEL_NAME_MOST) {
		size_t end = feel_word_end(p->s, i);
		if (i > from && str_eq(str_sub(p->s, i, end), str_of(word)))
			break;
		if (end == i && feel_skip_blanks(p->s, i) == i && !is_name_symbol(p->s.p[i]) &&
		    !(p->s.p[i] >= '0' && p->s.p[i] <= '9'))
			break;
		i = end > i ? end : i + 1;
	}
	str name = str_sub(p->s, from, i);
	p->at = i;
	if (!parse_take_word(p, word))
		return parse_fail(p, "\"%s\" was expected", word);
	*ret = feel_name_normal(p->e->c->arena, name);
	return ret->p != NULL;
}
