/* How each language writes numbers, amounts and dates. */
#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "engine/i18n/i18n.h"

#define NBSP "\xC2\xA0"      /* U+00A0 */
#define NNBSP "\xE2\x80\xAF" /* U+202F, narrow */
#define MINUS "\xE2\x88\x92" /* U+2212 */
#define DASH "\xE2\x80\x93"  /* U+2013 */

struct format {
	const char *group, *point, *percent;
	bool sign_first;                     /* the currency stands before the number … */
	const char *sign_blank;              /* … and this between them */
	const char *million[2], *billion[2]; /* one, many */
	const char *of_euro;           /* behind million, when the sign does not stand first */
	const char *to, *from, *until; /* ranges of dates */
	const char *first_day;         /* "1er" */
	const char *at;                /* between date and time */
	const char *before_month, *before_year;
	const char *month[12];
	bool percent_first; /* the sign stands before the number */
};

static const struct format formats[LANG_COUNT] = {
    [LANG_EN] = {",", ".", "%", true, "", {"million", "million"}, {"billion", "billion"}, "",
        " to ", "from ", "until ", "1", ", ", NBSP, " ",
        {"January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December"}},
    [LANG_NL] = {".", ",", "%", true, NBSP, {"miljoen", "miljoen"}, {"miljard", "miljard"}, "",
        " tot en met ", "vanaf ", "tot en met ", "1", ", ", NBSP, " ",
        {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
            "oktober", "november", "december"}},
    [LANG_FR] = {NNBSP, ",", NNBSP "%", false, NBSP, {"million", "millions"},
        {"milliard", "milliards"}, "d’euros", " au ", "à partir du ", "jusqu’au ", "1er", " à ", NBSP, " ",
        {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
            "octobre", "novembre", "décembre"}},
    [LANG_TR] = {".", ",", "%", true, "", {"milyon", "milyon"}, {"milyar", "milyar"}, "", " – ", "başlangıç: ", "bitiş: ", "1",
        ", ", NBSP, " ",
        {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
        .percent_first = true},
    [LANG_AR] = {",", ".", "%", false, NBSP, {"مليون", "مليون"}, {"مليار", "مليار"}, "يورو", " إلى ", "من ", "حتى ", "1",
        "، ", NBSP, " ",
        {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}},
    [LANG_ES] = {NNBSP, ",", NBSP "%", false, NBSP, {"millón", "millones"}, {"mil millones", "mil millones"}, "de euros", " a ",
        "desde ", "hasta ", "1", ", ", NBSP "de ", " de ",
        {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
            "diciembre"}},
};

static const struct format *format_of(enum lang l)
{
	assert((unsigned)l < LANG_COUNT);
	return &formats[l];
}

/* Plain digits "1234567" with the group sign between thousands. */
static void add_grouped(struct buf *b, const struct format *f, str digits)
{
	for (size_t i = 0; i < digits.n; i++) {
		if (i && (digits.n - i) % 3 == 0)
			buf_addz(b, f->group);
		buf_addc(b, digits.p[i]);
	}
}

/* A plain number "-1234.50" as the language writes it. */
static void add_plain(struct buf *b, const struct format *f, str plain)
{
	if (str_starts(plain, STR("-"))) {
		buf_addz(b, MINUS);
		plain = str_sub(plain, 1, plain.n);
	}
	ptrdiff_t point = str_find_char(plain, '.');
	add_grouped(b, f, point < 0 ? plain : str_sub(plain, 0, (size_t)point));
	if (point < 0)
		return;
	buf_addz(b, f->point);
	buf_add(b, str_sub(plain, (size_t)point + 1, plain.n));
}

void i18n_add_num(struct buf *b, enum lang l, int64_t v)
{
	AUTO_BUF t = BUF_INIT(32);
	buf_add_i64(&t, v);
	add_plain(b, format_of(l), buf_str(&t));
}

void i18n_add_decimal(struct buf *b, enum lang l, decimal d, int min_scale, int max_scale)
{
	decimal r;
	if (!decimal_round(d, max_scale, DECIMAL_HALF_UP, &r))
		r = d;
	r = decimal_trim(r);
	AUTO_BUF t = BUF_INIT(256);
	buf_add_decimal(&t, r);
	str s = buf_str(&t);
	if (str_find_char(s, 'E') >= 0) {
		buf_add(b, s); /* beyond 40 digits: no grouping helps */
		return;
	}
	ptrdiff_t point = str_find_char(s, '.');
	int scale = point < 0 ? 0 : (int)(s.n - (size_t)point - 1);
	if (scale < min_scale && point < 0)
		buf_addc(&t, '.');
	for (; scale < min_scale; scale++)
		buf_addc(&t, '0');
	add_plain(b, format_of(l), buf_str(&t));
}

void i18n_add_double(struct buf *b, enum lang l, double v, int min_scale, int max_scale)
{
	decimal d;
	AUTO_BUF t = BUF_INIT(512);
	if (isfinite(v))
		buf_addf(&t, "%.15g", v);
	if (t.n && decimal_parse(buf_str(&t), &d))
		i18n_add_decimal(b, l, d, min_scale, max_scale);
	else
		buf_addz(b, DASH);
}

void i18n_add_percent(struct buf *b, enum lang l, decimal ratio, int scale)
{
	decimal hundred;
	if (!decimal_mul(ratio, decimal_of(100), &hundred)) {
		buf_addz(b, DASH);
		return;
	}
	const struct format *f = format_of(l);
	if (f->percent_first)
		buf_addz(b, f->percent);
	i18n_add_decimal(b, l, hundred, 0, scale);
	if (!f->percent_first)
		buf_addz(b, f->percent);
}

struct fmt_percent percent_of(int64_t part, int64_t whole, int scale)
{
	decimal ratio;
	if (!decimal_div(decimal_of(part), decimal_of(whole), &ratio))
		return (struct fmt_percent){DECIMAL_ZERO, scale, false};
	return percent(ratio, scale);
}

/* "€" for euros, else the code; a code needs a blank even where the sign does not. */
static void add_sign(struct buf *b, const struct format *f, const money *m, bool before)
{
	bool euro = str_is(str_of(m->currency), "EUR");
	const char *blank = euro ? f->sign_blank : NBSP;
	if (!before)
		buf_addz(b, blank);
	buf_addz(b, euro ? "€" : m->currency);
	if (before)
		buf_addz(b, blank);
}

/* Sign, currency and number in the language's order; digits is a plain number without sign. */
static void add_amount(struct buf *b, enum lang l, const money *m, str digits)
{
	const struct format *f = format_of(l);
	if (m->minor < 0)
		buf_addz(b, MINUS);
	if (f->sign_first)
		add_sign(b, f, m, true);
	add_plain(b, f, digits);
	if (!f->sign_first)
		add_sign(b, f, m, false);
}

void i18n_add_money(struct buf *b, enum lang l, money m)
{
	if (!money_is(m))
		return;
	AUTO_BUF t = BUF_INIT(64);
	buf_add_money(&t, m);
	str s = buf_str(&t);
	if (str_starts(s, STR("-")))
		s = str_sub(s, 1, s.n);
	ptrdiff_t point = str_find_char(s, '.');
	bool whole = point >= 0;
	for (size_t i = whole ? (size_t)point + 1 : s.n; i < s.n; i++)
		whole = whole && s.p[i] == '0';
	add_amount(b, l, &m, whole ? str_sub(s, 0, (size_t)point) : s);
}

/* Units of the amount, rounded half up to tenths of a million or a billion. */
void i18n_add_money_compact(struct buf *b, enum lang l, money m)
{
	if (!money_is(m))
		return;
	const struct format *f = format_of(l);
	uint64_t unit = 1;
	for (int i = money_exponent(str_of(m.currency)); i > 0; i--)
		unit *= 10;
	uint64_t v = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
	uint64_t whole = v / unit + (v % unit * 2 >= unit);
	AUTO_BUF t = BUF_INIT(64);
	if (whole < 1000000) {
		buf_addf(&t, "%llu", (unsigned long long)whole);
		add_amount(b, l, &m, buf_str(&t));
		return;
	}
	bool billion = whole >= 999950000; /* what would round to 1,000.0 million */
	uint64_t tenth = billion ? 100000000 : 100000;
	uint64_t tenths = (whole + tenth / 2) / tenth;
	buf_addf(&t, tenths % 10 ? "%llu.%llu" : "%llu", (unsigned long long)(tenths / 10),
	    (unsigned long long)(tenths % 10));
	/* A fraction takes the form of its whole part: French writes 1,5 million. */
	unsigned form = lang_plural(l, tenths / 10) ? 1 : 0;
	const char *word = billion ? f->billion[form] : f->million[form];
	if (m.minor < 0)
		buf_addz(b, MINUS);
	if (f->sign_first)
		add_sign(b, f, &m, true);
	add_plain(b, f, buf_str(&t));
	buf_addz(b, NBSP);
	buf_addz(b, word);
	if (!f->sign_first) {
		buf_addz(b, NBSP);
		buf_addz(b, str_is(str_of(m.currency), "EUR") ? f->of_euro : m.currency);
	}
}

void i18n_add_date(struct buf *b, enum lang l, date d)
{
	if (date_is(d))
		i18n_add_pdate(b, l, pdate_of(d));
}

void i18n_add_pdate(struct buf *b, enum lang l, pdate d)
{
	if (d.precision == DATE_PRECISION_NONE)
		return;
	const struct format *f = format_of(l);
	struct civil c = date_to_civil((date){d.day});
	if (d.precision == DATE_PRECISION_DAY) {
		if (c.day == 1)
			buf_addz(b, f->first_day);
		else
			buf_addf(b, "%d", (int)c.day);
		buf_addz(b, f->before_month);
	}
	if (d.precision >= DATE_PRECISION_MONTH) {
		buf_addz(b, f->month[c.month - 1]);
		buf_addz(b, f->before_year);
	}
	buf_addf(b, "%d", (int)c.year);
}

static bool same(pdate a, pdate b)
{
	return a.day == b.day && a.precision == b.precision;
}

/* French puts "de" before a year or month, "du" before a day, and joins with "à" or "au". */
static void add_range_fr(struct buf *b, pdate from, pdate to)
{
	bool day_from = from.precision == DATE_PRECISION_DAY,
	     day_to = to.precision == DATE_PRECISION_DAY;
	if (!to.precision)
		buf_addz(b, day_from ? "à partir du " : "à partir de ");
	else if (from.precision)
		buf_addz(b, day_from ? "du " : "de ");
	i18n_add_pdate(b, LANG_FR, from);
	if (!to.precision)
		return;
	if (from.precision)
		buf_addz(b, day_to ? " au " : " à ");
	else
		buf_addz(b, day_to ? "jusqu’au " : "jusqu’à ");
	i18n_add_pdate(b, LANG_FR, to);
}

void i18n_add_range(struct buf *b, enum lang l, pdate from, pdate to)
{
	const struct format *f = format_of(l);
	if (!from.precision && !to.precision)
		return;
	if (from.precision && to.precision && same(from, to)) {
		i18n_add_pdate(b, l, from);
		return;
	}
	if (l == LANG_FR) {
		add_range_fr(b, from, to);
		return;
	}
	if (!from.precision)
		buf_addz(b, f->until);
	else if (!to.precision)
		buf_addz(b, f->from);
	i18n_add_pdate(b, l, from);
	if (from.precision && to.precision)
		buf_addz(b, f->to);
	i18n_add_pdate(b, l, to);
}

void i18n_add_instant(struct buf *b, enum lang l, int64_t utc_ms)
{
	date d = date_of_instant(utc_ms);
	int64_t minute = (utc_ms - (int64_t)d.day * 86400000) / 60000;
	i18n_add_date(b, l, d);
	buf_addz(b, format_of(l)->at);
	buf_addf(b, "%02d:%02d" NBSP "UTC", (int)(minute / 60), (int)(minute % 60));
}
