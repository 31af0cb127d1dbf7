#include "codec/url.h"

#include "base/utf8.h"

static bool unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static void encode(struct buf *b, str s, bool keep_slash)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (unreserved(c) || (keep_slash && c == '/'))
			continue;
		unsigned char u = (unsigned char)c;
		buf_add(b, str_sub(s, from, i));
		buf_add(b, (str){(char[3]){'%', hex[u >> 4], hex[u & 15]}, 3});
		from = i + 1;
	}
	buf_add(b, str_sub(s, from, s.n));
}

void url_encode(struct buf *b, str s)
{
	encode(b, s, false);
}

void url_encode_path(struct buf *b, str s)
{
	encode(b, s, true);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static enum err_code bad_at(struct err *e, const char *id, const char *what, size_t at)
{
	(void)fail(e, ERR_INVALID, id, "%s at byte %zu of this part of the address", what, at + 1);
	return err_at(e, NULL, 0, (uint32_t)(at + 1));
}

/* Decode s into dst (room for s.n bytes); *ret_n is the length. */
static enum err_code decode_to(str s, bool plus_is_space, char *dst, size_t *ret_n, struct err *e)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		size_t from = i;
		char c = s.p[i];
		if (c == '+' && plus_is_space)
			c = ' ';
		if (c == '%') {
			int hi = i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
			int lo = i + 2 < s.n ? hex_value(s.p[i + 2]) : -1;
			if (hi < 0 || lo < 0)
				return bad_at(e, "url.percent",
				    "a % without two hexadecimal digits behind it", i);
			c = (char)(hi << 4 | lo);
			i += 2;
		}
		if (c == '\0')
			return bad_at(e, "url.nul", "a NUL", from);
		dst[n++] = c;
	}
	*ret_n = n;
	return ERR_OK;
}

enum err_code url_decode(str s, bool plus_is_space, struct arena *a, str *ret_text, struct err *e)
{
	bool plain = str_find_char(s, '%') < 0 && str_find_char(s, '\0') < 0 &&
	             !(plus_is_space && str_find_char(s, '+') >= 0);
	str text = s;
	if (!plain) {
		char *p = arena_alloc(a, s.n + 1);
		if (!p)
			return arena_fail(a, e);
		text.p = p;
		TRY(decode_to(s, plus_is_space, p, &text.n, e));
	}
	size_t at;
	if (!utf8_valid(text, &at))
		return bad_at(e, "url.utf8", "text that is not UTF-8", at);
	*ret_text = text;
	return ERR_OK;
}

static enum err_code parse_param(
    str part, struct arena *a, struct url_param *ret_param, struct err *e)
{
	ptrdiff_t eq = str_find_char(part, '=');
	size_t cut = eq < 0 ? part.n : (size_t)eq;
	struct url_param p = {.value = STR("")};
	TRY(url_decode(str_sub(part, 0, cut), true, a, &p.name, e));
	if (eq >= 0 && url_decode(str_sub(part, cut + 1, part.n), true, a, &p.value, e) != ERR_OK) {
		char *name = arena_cstr(a, p.name);
		return name ? err_field(e, name) : arena_fail(a, e);
	}
	*ret_param = p;
	return ERR_OK;
}

static enum err_code parse_all(str query, size_t params_max, struct arena *a, struct url_query *ret_query, struct err *e)
{
	size_t most = 0;
	struct str_split it = str_split_on(query, '&');
	str part;
	while (str_next(&it, &part))
		most += part.n > 0;
	if (most > params_max)
		return fail(e, ERR_LIMIT, "url.params", "more than %zu parameters", params_max);
	struct url_param *params = ARENA_ARRAY(a, most, struct url_param);
	if (!params)
		return arena_fail(a, e);
	size_t n = 0;
	it = str_split_on(query, '&');
	while (str_next(&it, &part))
		if (part.n)
			TRY(parse_param(part, a, &params[n++], e));
	*ret_query = (struct url_query){params, n};
	return ERR_OK;
}

enum err_code url_query_parse(
    str query, struct arena *a, struct url_query *ret_query, struct err *e)
{
	if (query.n > URL_QUERY_BYTES)
		return fail(e, ERR_LIMIT, "url.bytes",
		    "the part of the address behind the ? is longer than %d bytes",
		    (int)URL_QUERY_BYTES);
	return parse_all(query, URL_QUERY_PARAMS, a, ret_query, e);
}

enum err_code url_form_parse(str content, size_t bytes_max, size_t params_max, struct arena *a, struct url_query *ret_query,
    struct err *e)
{
	if (content.n > bytes_max)
		return fail(e, ERR_LIMIT, "url.bytes", "the form's content is longer than %zu bytes", bytes_max);
	return parse_all(content, params_max, a, ret_query, e);
}

str url_query_get(const struct url_query *q, const char *name)
{
	for (size_t i = 0; i < q->n; i++)
		if (str_is(q->params[i].name, name))
			return q->params[i].value;
	return STR_NONE;
}

void url_add_param(struct buf *b, str name, str value)
{
	buf_addc(b, str_find_char(buf_str(b), '?') < 0 ? '?' : '&');
	url_encode(b, name);
	buf_addc(b, '=');
	url_encode(b, value);
}

void url_add_param_i64(struct buf *b, str name, int64_t value)
{
	AUTO_BUF digits = BUF_INIT(24);
	buf_add_i64(&digits, value);
	url_add_param(b, name, buf_str(&digits));
}
