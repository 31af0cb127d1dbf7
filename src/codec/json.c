#include "codec/json.h"

#include <assert.h>

#include "base/utf8.h"

/* What is due at a level of the writer. */
enum {
	TOP,
	TOP_DONE,
	ARRAY,
	ARRAY_MORE,
	OBJECT,
	OBJECT_MORE,
	OBJECT_VALUE,
};

void jw_begin(struct json_writer *w, struct sink to)
{
	*w = (struct json_writer){.depth = 0};
	out_to_sink(&w->out, to);
}

void jw_begin_buf(struct json_writer *w, struct buf *to)
{
	*w = (struct json_writer){.depth = 0};
	out_to_buf(&w->out, to);
}

static void new_line(struct json_writer *w)
{
	if (!w->indent)
		return;
	buf_addc(w->out.to, '\n');
	for (uint32_t i = 0; i < w->depth * w->indent; i++)
		buf_addc(w->out.to, ' ');
}

/* What stands in front of a value. False after a failure: then nothing is written any more. */
static bool before_value(struct json_writer *w)
{
	if (w->out.err.code)
		return false;
	uint8_t *state = &w->state[w->depth];
	assert(*state != TOP_DONE && *state != OBJECT && *state != OBJECT_MORE);
	if (*state == ARRAY_MORE)
		buf_addc(w->out.to, ',');
	if (*state == ARRAY || *state == ARRAY_MORE)
		new_line(w);
	*state = *state == TOP ? TOP_DONE : *state == OBJECT_VALUE ? OBJECT_MORE : ARRAY_MORE;
	return true;
}

static void open_level(struct json_writer *w, uint8_t state, char bracket)
{
	if (!before_value(w))
		return;
	if (w->depth == JSON_DEPTH) {
		(void)out_fail(&w->out, ERR_LIMIT, "json.depth", "the data are nested too deep");
		return;
	}
	buf_addc(w->out.to, bracket);
	w->state[++w->depth] = state;
}

static void close_level(struct json_writer *w, uint8_t empty, uint8_t more, char bracket)
{
	if (w->out.err.code)
		return;
	uint8_t state = w->state[w->depth];
	assert(w->depth > 0 && (state == empty || state == more));
	w->depth--;
	if (state == more)
		new_line(w);
	buf_addc(w->out.to, bracket);
	out_step(&w->out);
}

void jw_object(struct json_writer *w)
{
	open_level(w, OBJECT, '{');
}

void jw_object_end(struct json_writer *w)
{
	close_level(w, OBJECT, OBJECT_MORE, '}');
}

void jw_array(struct json_writer *w)
{
	open_level(w, ARRAY, '[');
}

void jw_array_end(struct json_writer *w)
{
	close_level(w, ARRAY, ARRAY_MORE, ']');
}

static void add_escape(struct buf *b, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *short_form = c ? strchr(from, c) : NULL;
	if (short_form)
		buf_add(b, (str){(char[2]){'\\', to[short_form - from]}, 2});
	else
		buf_addf(b, "\\u%04x", (unsigned)c);
}

/* Bytes from s.p[i] that can be copied as they are. */
static size_t plain_run(str s, size_t i, bool html_safe)
{
	size_t from = i;
	for (; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c == '"' || c == '\\' || c >= 0x80)
			break;
		if (html_safe && (c == '<' || c == '>' || c == '&'))
			break;
	}
	return i - from;
}

static void add_string(struct buf *b, str s, bool html_safe)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < s.n;) {
		size_t run = plain_run(s, i, html_safe);
		buf_add(b, (str){s.p + i, run});
		i += run;
		if (i == s.n)
			break;
		if ((unsigned char)s.p[i] < 0x80) {
			add_escape(b, (unsigned char)s.p[i++]);
			continue;
		}
		size_t from = i;
		int32_t cp = utf8_next(s, &i);
		if (cp < 0)
			buf_addz(b, "\xEF\xBF\xBD");
		else if (html_safe && (cp == 0x2028 || cp == 0x2029))
			buf_addf(b, "\\u%04x", (unsigned)cp);
		else
			buf_add(b, str_sub(s, from, i));
	}
	buf_addc(b, '"');
}

void buf_add_json(struct buf *b, str s)
{
	add_string(b, s, false);
}

void jw_key_str(struct json_writer *w, str key)
{
	if (w->out.err.code)
		return;
	uint8_t *state = &w->state[w->depth];
	assert(*state == OBJECT || *state == OBJECT_MORE);
	if (*state == OBJECT_MORE)
		buf_addc(w->out.to, ',');
	new_line(w);
	add_string(w->out.to, key, w->html_safe);
	buf_addc(w->out.to, ':');
	if (w->indent)
		buf_addc(w->out.to, ' ');
	*state = OBJECT_VALUE;
}

void jw_key(struct json_writer *w, const char *key)
{
	jw_key_str(w, str_of(key));
}

void jw_raw(struct json_writer *w, str json)
{
	if (!before_value(w))
		return;
	buf_add(w->out.to, json);
	out_step(&w->out);
}

void jw_null(struct json_writer *w)
{
	jw_raw(w, STR("null"));
}

void jw_bool(struct json_writer *w, bool v)
{
	jw_raw(w, v ? STR("true") : STR("false"));
}

void jw_str(struct json_writer *w, str s)
{
	if (!s.p) {
		jw_null(w);
		return;
	}
	if (!before_value(w))
		return;
	add_string(w->out.to, s, w->html_safe);
	out_step(&w->out);
}

void jw_i64(struct json_writer *w, int64_t v)
{
	if (before_value(w))
		buf_add_i64(w->out.to, v);
}

static size_t digits_at(str s, size_t i)
{
	size_t from = i;
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i - from;
}

/* The grammar of RFC 8259, section 6. */
static bool is_number(str s)
{
	size_t i = s.n && s.p[0] == '-';
	size_t n = digits_at(s, i);
	if (n == 0 || (n > 1 && s.p[i] == '0'))
		return false;
	i += n;
	if (i < s.n && s.p[i] == '.') {
		n = digits_at(s, i + 1);
		if (n == 0)
			return false;
		i += 1 + n;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		i += i < s.n && (s.p[i] == '+' || s.p[i] == '-');
		n = digits_at(s, i);
		if (n == 0)
			return false;
		i += n;
	}
	return i == s.n;
}

void jw_decimal(struct json_writer *w, str text)
{
	assert(!text.p || is_number(text));
	jw_raw(w, text.p ? text : STR("null"));
}

void jw_money(struct json_writer *w, money m)
{
	if (!money_is(m))
		jw_null(w);
	else if (before_value(w))
		buf_add_money(w->out.to, m);
}

void jw_date(struct json_writer *w, date d)
{
	jw_pdate(w, pdate_of(d));
}

void jw_pdate(struct json_writer *w, pdate d)
{
	if (d.precision == DATE_PRECISION_NONE) {
		jw_null(w);
		return;
	}
	if (!before_value(w))
		return;
	buf_addc(w->out.to, '"');
	buf_add_pdate(w->out.to, d);
	buf_addc(w->out.to, '"');
}

enum err_code jw_finish(struct json_writer *w, struct err *e)
{
	assert(w->out.err.code || (w->depth == 0 && w->state[0] == TOP_DONE));
	return out_finish(&w->out, e);
}
