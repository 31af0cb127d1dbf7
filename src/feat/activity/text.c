#include "feat/activity/text.h"

/* The part of s up to the next ';', which is taken off. */
static str next_part(str *s)
{
	ptrdiff_t at = str_find(*s, STR(";"));
	str part = at < 0 ? *s : str_sub(*s, 0, (size_t)at);
	*s = at < 0 ? STR_NONE : str_sub(*s, (size_t)at + 1, s->n);
	return part;
}

static bool line_number(str s, uint32_t *ret)
{
	uint32_t v = 0;
	if (s.n == 0 || s.n > 8)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (uint32_t)(s.p[i] - '0');
	}
	*ret = v;
	return true;
}

static void add_run(struct buf *b, uint32_t from, uint32_t to, bool *first)
{
	if (!*first)
		buf_add(b, STR(", "));
	*first = false;
	if (from == to)
		buf_addf(b, "%u", from);
	else
		buf_addf(b, "%u–%u", from, to);
}

void text_add_lines(struct buf *b, str lines)
{
	uint32_t from = 0, to = 0, line;
	bool open = false, first = true;
	for (int i = 0; lines.n && i < TEXT_LINES_MAX; i++) {
		str part = next_part(&lines);
		bool number = line_number(part, &line);
		if (open && number && line == to + 1) {
			to = line;
			continue;
		}
		if (open)
			add_run(b, from, to, &first);
		open = number;
		from = to = number ? line : 0;
		if (!number && part.n) {
			if (!first)
				buf_add(b, STR(", "));
			first = false;
			buf_add(b, part);
		}
	}
	if (open)
		add_run(b, from, to, &first);
}

void text_add_dimension(struct buf *b, enum lang l, str dimension)
{
	for (bool first = true; dimension.n; first = false) {
		str part = next_part(&dimension);
		ptrdiff_t at = str_find(part, STR("="));
		if (!first)
			buf_add(b, STR(", "));
		if (at < 0) {
			buf_add(b, part);
			continue;
		}
		str key = str_sub(part, 0, (size_t)at), value = str_sub(part, (size_t)at + 1, part.n);
		buf_add(b, key);
		buf_add(b, STR(": "));
		buf_add(b, str_is(key, "country") ? i18n_country(l, value) : value);
	}
}

void text_add_slug(struct buf *b, str slug)
{
	for (size_t i = 0; i < slug.n; i++)
		buf_addc(b, slug.p[i] == '-' || slug.p[i] == '_' ? ' ' : slug.p[i]);
}
