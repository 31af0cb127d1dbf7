#include "engine/i18n/i18n.h"

#include <assert.h>

#include "base/utf8.h"
#include "engine/i18n/tables.h"

static const struct lang_info lang_table[LANG_COUNT] = {
    [LANG_EN] = {"en", "English", false, 2},
    [LANG_NL] = {"nl", "Nederlands", false, 2},
    [LANG_FR] = {"fr", "Français", false, 2},
    [LANG_TR] = {"tr", "Türkçe", false, 2},
    [LANG_AR] = {"ar", "العربية", true, 6},
    [LANG_ES] = {"es", "Español", false, 2},
};

const struct lang_info *lang_info(enum lang l)
{
	assert((unsigned)l < LANG_COUNT);
	return &lang_table[l];
}

bool lang_parse(str code, enum lang *ret_l)
{
	for (int l = 0; l < LANG_COUNT; l++)
		if (str_is(code, lang_table[l].code)) {
			*ret_l = (enum lang)l;
			return true;
		}
	return false;
}

/* zero, one, two, few, many, other */
static unsigned plural_ar(uint64_t n)
{
	uint64_t rest = n % 100;
	if (n <= 2)
		return (unsigned)n;
	return rest >= 3 && rest <= 10 ? 3 : rest >= 11 ? 4 : 5;
}

unsigned lang_plural(enum lang l, uint64_t n)
{
	if (l == LANG_AR)
		return plural_ar(n);
	return l == LANG_FR ? n > 1 : n != 1;
}

/* ---- messages ---- */

const str *i18n_find(uint64_t hash, enum lang l)
{
	assert((unsigned)l < LANG_COUNT);
	if (l == LANG_EN)
		return NULL;
	const struct i18n_table *t = &i18n_messages;
	for (size_t i = hash & t->mask; t->slots[i]; i = (i + 1) & t->mask) {
		const struct i18n_message *m = &t->messages[t->slots[i] - 1];
		if (m->hash == hash)
			return m->text[l - 1] ? &t->texts[m->text[l - 1]] : NULL;
	}
	return NULL;
}

str i18n_text(enum lang l, const char *english)
{
	str en = str_of(english);
	const str *t = i18n_find(i18n_hash(en), l);
	return t ? *t : en;
}

str i18n_plural(enum lang l, struct msg_plural m, uint64_t n)
{
	const str *t = i18n_find(i18n_hash(str_of(m.one)), l);
	if (t)
		return t[lang_plural(l, n)];
	return str_of(lang_plural(LANG_EN, n) == 0 ? m.one : m.many);
}

void i18n_add_filled(struct buf *b, str text, const str *args, size_t n_args)
{
	size_t from = 0;
	for (size_t i = 0; i + 2 < text.n; i++) {
		char c = text.p[i + 1];
		if (text.p[i] != '{' || text.p[i + 2] != '}' || c < '0' || c > '9')
			continue;
		buf_add(b, str_sub(text, from, i));
		size_t k = (size_t)(c - '0');
		if (k < n_args)
			buf_add(b, args[k]);
		from = i + 3;
		i += 2;
	}
	buf_add(b, str_sub(text, from, text.n));
}

/* ---- countries ---- */

static const struct i18n_country_row *country_row(str code)
{
	size_t lo = 0, hi = i18n_n_countries;
	while (code.n == 2 && lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = memcmp(code.p, i18n_countries[mid].code, 2);
		if (c == 0)
			return &i18n_countries[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

str i18n_country(enum lang l, str code)
{
	assert((unsigned)l < LANG_COUNT);
	const struct i18n_country_row *r = country_row(code);
	return r ? str_of(r->name[l]) : code;
}

bool i18n_country_known(str code)
{
	return country_row(code) != NULL;
}

str i18n_country_code(size_t i)
{
	return i < i18n_n_countries ? (str){i18n_countries[i].code, 2} : STR_NONE;
}

/* ---- order of words ---- */

str i18n_sort_key(struct arena *a, str s)
{
	AUTO_BUF b = BUF_INIT(s.n * 8 + 64);
	buf_add_folded(&b, s);
	buf_addc(&b, '\0');
	buf_add(&b, s);
	if (b.failed)
		return STR_NONE;
	return arena_str(a, buf_str(&b));
}

int i18n_compare(str a, str b)
{
	AUTO_BUF fa = BUF_INIT(a.n * 8 + 64);
	AUTO_BUF fb = BUF_INIT(b.n * 8 + 64);
	buf_add_folded(&fa, a);
	buf_add_folded(&fb, b);
	int c = str_cmp(buf_str(&fa), buf_str(&fb));
	return c ? c : str_cmp(a, b);
}
