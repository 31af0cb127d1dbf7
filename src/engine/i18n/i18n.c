#include "engine/i18n/i18n.h"

#include <assert.h>

#include "base/utf8.h"
#include "engine/i18n/tables.h"

static const struct lang_info lang_table[LANG_COUNT] = {
    [LANG_EN] = {"en", "English", false, 2},
    [LANG_NL] = {"nl", "Nederlands", false, 2},
    [LANG_FR] = {"fr", "Français", false, 2},
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

/* "0.75" as thousandths; a missing or wrong weight is 1. */
static int weight(str params)
{
	struct str_split it = str_split_on(params, ';');
	str p;
	while (str_next(&it, &p)) {
		p = str_trim(p);
		if (p.n < 3 || (p.p[0] != 'q' && p.p[0] != 'Q') || p.p[1] != '=')
			continue;
		int v = 0, unit = 1000;
		for (size_t i = 2; i < p.n && unit; i++) {
			if (p.p[i] == '.')
				continue;
			if (p.p[i] < '0' || p.p[i] > '9')
				return 1000;
			v += (p.p[i] - '0') * unit;
			unit /= 10;
		}
		return v > 1000 ? 1000 : v;
	}
	return 1000;
}

enum lang lang_choose(str accept_language)
{
	enum lang best = LANG_EN, l;
	int best_weight = 0;
	struct str_split it = str_split_on(accept_language, ',');
	str part;
	while (str_next(&it, &part)) {
		ptrdiff_t semi = str_find_char(part, ';');
		str range = str_trim(semi < 0 ? part : str_sub(part, 0, (size_t)semi));
		int w = semi < 0 ? 1000 : weight(str_sub(part, (size_t)semi + 1, part.n));
		char code[2];
		if (range.n < 2 || (range.n > 2 && range.p[2] != '-'))
			continue;
		code[0] = (char)(range.p[0] | 0x20);
		code[1] = (char)(range.p[1] | 0x20);
		if (lang_parse((str){code, 2}, &l) && w > best_weight) {
			best = l;
			best_weight = w;
		}
	}
	return best;
}

unsigned lang_plural(enum lang l, uint64_t n)
{
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
			return &t->texts[m->text[l - 1]];
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
	unsigned form = lang_plural(l, n);
	if (t)
		return t[form];
	return str_of(form == 0 ? m.one : m.many);
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
