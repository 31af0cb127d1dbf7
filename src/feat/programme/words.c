/* Words of the pack's data as pages say them. */
#include "feat/programme/words.h"

enum { DIMENSION_BYTES_MAX = 16384 };

static void add_word(struct buf *b, const struct programme_view *v, enum lang l, str word)
{
	pdate day;
	if (word.n == strlen("2009-10-31") && pdate_parse(word, &day))
		i18n_add_pdate(b, l, day);
	else
		buf_add(b, programme_word_in(v, "dimension", word, l));
}

static void add_part(struct buf *b, const struct programme_view *v, enum lang l, str part)
{
	ptrdiff_t at = str_find_char(part, '=');
	str key = at < 0 ? STR_NONE : str_sub(part, 0, (size_t)at), value = str_sub(part, (size_t)(at + 1), part.n);
	if (str_is(key, "country")) {
		buf_add(b, i18n_country(l, value));
		return;
	}
	if (key.n && !str_is(key, "sector")) {
		add_word(b, v, l, key);
		buf_addz(b, l == LANG_FR ? "\u00a0: " : ": ");
	}
	add_word(b, v, l, value);
}

void programme_add_dimension(struct buf *b, const struct programme_view *v, enum lang l, str dimension, str without)
{
	struct str_split it = str_split_on(dimension, ';');
	str part;
	for (bool first = true; str_next(&it, &part);) {
		if (without.n && str_starts(part, STR("country=")) &&
		    str_eq(str_sub(part, strlen("country="), part.n), without))
			continue;
		if (!first)
			buf_addz(b, ", ");
		first = false;
		add_part(b, v, l, part);
	}
}

str programme_dimension(const struct site_page *page, str dimension, str without)
{
	AUTO_BUF b = BUF_INIT(DIMENSION_BYTES_MAX);
	programme_add_dimension(&b, page->view->programme, page->lang, dimension, without);
	str text = arena_str(page->arena, buf_str(&b));
	return text.p ? text : dimension;
}

str programme_unit(const struct site_page *page, str unit)
{
	return programme_word_in(page->view->programme, "unit", unit, page->lang);
}

str programme_unit_of(const struct site_page *page, str number, str unit)
{
	if (str_is(number, "1")) {
		str one = arena_fmt(page->arena, "1 %.*s", STR_ARG(unit));
		const struct text3 *known = programme_word(page->view->programme, "unit", one);
		if (known)
			return text3_in(known, page->lang);
	}
	return programme_unit(page, unit);
}

money programme_rule_amount(const struct scheme_rule *r)
{
	money amount;
	bool rounded;
	if (!str_is(r->unit, "EUR") || !money_parse(r->value, STR("EUR"), &amount, &rounded))
		return MONEY_NONE;
	return amount;
}
