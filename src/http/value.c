#include "http/value.h"

#include <inttypes.h>

#include "base/utf8.h"

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_slug(str s)
{
	if (s.n == 0 || s.n > HTTP_SLUG_MAX || !is_alnum(s.p[0]))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
			return false;
	return true;
}

static bool has_control(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
			return true;
	return false;
}

static bool is_text(const struct http_field *f, str s)
{
	size_t most = f->max > 0 ? (size_t)f->max : HTTP_TEXT_MAX;
	if (has_control(s) || !utf8_valid(s, NULL))
		return false;
	size_t n = utf8_length(s);
	return n <= most && n >= (size_t)(f->min > 0 ? f->min : 0);
}

static bool parse_int(const struct http_field *f, str s, int64_t *ret_i)
{
	int64_t v;
	if (!str_to_i64(s, &v))
		return false;
	if ((f->min || f->max) && (v < f->min || v > f->max))
		return false;
	*ret_i = v;
	return true;
}

static bool parse_bool(str s, int64_t *ret_i)
{
	static const char *const words[2][4] = {
	    {"0", "false", "no", "off"}, {"1", "true", "yes", "on"}};
	for (size_t v = 0; v < 2; v++)
		for (size_t i = 0; i < 4; i++)
			if (str_is(s, words[v][i])) {
				*ret_i = (int64_t)v;
				return true;
			}
	return false;
}

static bool parse_choice(const struct http_field *f, str s, int64_t *ret_i)
{
	for (int64_t i = 0; f->choices && f->choices[i]; i++)
		if (str_is(s, f->choices[i])) {
			*ret_i = i;
			return true;
		}
	return false;
}

static bool parse_country(str s, struct arena *a, str *ret_text)
{
	if (s.n != 2)
		return false;
	char code[2];
	for (size_t i = 0; i < 2; i++) {
		code[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i];
		if (code[i] < 'A' || code[i] > 'Z')
			return false;
	}
	str text = arena_str(a, (str){code, 2});
	if (!text.p)
		return false;
	*ret_text = text;
	return true;
}

bool http_value_parse(
    const struct http_field *f, str text, struct arena *a, struct http_value *ret_value)
{
	struct http_value v = {.text = text, .d = DATE_NONE};
	bool ok = false;
	switch (f->type) {
	case HTTP_TEXT:
	case HTTP_REST:
		ok = is_text(f, text);
		break;
	case HTTP_INT:
		ok = parse_int(f, text, &v.i);
		break;
	case HTTP_DATE:
		ok = date_parse(text, &v.d);
		break;
	case HTTP_CHOICE:
		ok = parse_choice(f, text, &v.i);
		break;
	case HTTP_SLUG:
		ok = is_slug(text);
		break;
	case HTTP_BOOL:
		ok = parse_bool(text, &v.i);
		break;
	case HTTP_COUNTRY:
		ok = parse_country(text, a, &v.text);
		break;
	case HTTP_UID:
		ok = uid_parse(text, &v.u);
		break;
	}
	if (ok)
		*ret_value = v;
	return ok;
}

static void describe_choices(const struct http_field *f, struct buf *out)
{
	buf_addz(out, "one of ");
	for (size_t i = 0; f->choices && f->choices[i]; i++) {
		buf_addz(out, i ? ", " : "");
		buf_addz(out, f->choices[i]);
	}
}

void http_value_describe(const struct http_field *f, struct buf *out)
{
	switch (f->type) {
	case HTTP_TEXT:
	case HTTP_REST:
		buf_addf(out, "text of at most %" PRId64 " characters, without control characters",
		    f->max > 0 ? f->max : (int64_t)HTTP_TEXT_MAX);
		break;
	case HTTP_INT:
		buf_addz(out, "a whole number");
		if (f->min || f->max)
			buf_addf(out, " from %" PRId64 " to %" PRId64, f->min, f->max);
		break;
	case HTTP_DATE:
		buf_addz(out, "a date such as 2010-03-19");
		break;
	case HTTP_CHOICE:
		describe_choices(f, out);
		break;
	case HTTP_SLUG:
		buf_addz(out, "letters, digits, - and _");
		break;
	case HTTP_BOOL:
		buf_addz(out, "true or false");
		break;
	case HTTP_COUNTRY:
		buf_addz(out, "a country code of two letters");
		break;
	case HTTP_UID:
		buf_addz(out, "an identifier such as 01890a5d-ac96-774b-bcce-b302099a8057");
		break;
	}
}

bool http_type_by_name(str name, enum http_type *ret_type)
{
	static const struct {
		const char *name;
		enum http_type type;
	} names[] = {
	    {"text", HTTP_TEXT},
	    {"int", HTTP_INT},
	    {"date", HTTP_DATE},
	    {"slug", HTTP_SLUG},
	    {"country", HTTP_COUNTRY},
	    {"uid", HTTP_UID},
	    {"rest", HTTP_REST},
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_is(name, names[i].name)) {
			*ret_type = names[i].type;
			return true;
		}
	return false;
}
