#pragma once
/* Languages: their codes, translated messages, plural rules, and how each writes numbers, money,
 * dates and country names. Pure tables and functions; nothing depends on the process's locale.
 *
 * Sources of the formats: Dutch: the central government's writing guide (points group thousands,
 * "€ 1.234,50", "19 maart 2010"); English: the European Commission's English Style Guide
 * ("€1,234.50", "19 March 2010"); French: Code de rédaction interinstitutionnel ("1 234,50 €", "19
 * mars 2010", narrow no-break spaces); Spanish: Libro de estilo interinstitucional ("1 234,50 €", "19 de marzo de 2010");
 * Turkish and Arabic: Unicode CLDR, Arabic with the digits of the Maghreb (0 to 9). */
#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/money.h"
#include "engine/i18n/hash.h"

enum lang {
	LANG_EN,
	LANG_NL,
	LANG_FR,
	LANG_TR,
	LANG_AR,
	LANG_ES,
	LANG_COUNT, /* a new language: a row here, in lang_table (i18n.c), in poc.c and po files */
	/* The whole site stands in the languages before this one; the others are for the pages for those who send money home. A
	 * message that such a language has no translation of is English. */
	LANG_SITE = LANG_TR,
};

/* What makes a language. */
struct lang_info {
	const char *code; /* BCP 47, also in paths: "nl" */
	const char *name; /* its own name: "Nederlands" */
	bool rtl;         /* written from right to left */
	uint8_t plurals;  /* number of plural forms */
};

const struct lang_info *lang_info(enum lang l);
static inline const char *lang_code(enum lang l)
{
	return lang_info(l)->code;
}
/* "nl" (exactly a code of ours). */
bool lang_parse(str code, enum lang *ret_l);
/* Which plural form n takes (0 …): Unicode CLDR plural rules for whole numbers. */
unsigned lang_plural(enum lang l, uint64_t n);

/* ---- messages ---- */

/* Mark a literal as a message: tools/poc collects it and demands its translations. The value is the
 * English text. */
#define MSG(english) english
/* One with a plural: both are collected, the first is the key. */
#define MSGN(one, many) ((struct msg_plural){one, many})

struct msg_plural {
	const char *one, *many;
};

/* The text of a message in a language; placeholders {0} {1} stay. The English text itself for
 * LANG_EN and for a text that is no message (the build sees to it that every MSG is one). Static
 * memory. */
str i18n_text(enum lang l, const char *english);
/* The plural form that fits n. */
str i18n_plural(enum lang l, struct msg_plural m, uint64_t n);
/* Append text with {0} … {9} replaced by args (plain text). A placeholder without argument is left
 * out. */
void i18n_add_filled(struct buf *b, str text, const str *args, size_t n_args);

/* For generated code: look-up by the key's hash (hash.h). Its plural forms, or its one text; NULL
 * when unknown and for LANG_EN. */
const str *i18n_find(uint64_t hash, enum lang l);

/* ---- numbers, money, dates: appended to b ---- */

/* Grouped digits: 1,234 · 1.234 · 1 234. */
void i18n_add_num(struct buf *b, enum lang l, int64_t v);
/* At most max_scale digits behind the decimal sign (rounded half away from zero), at least
 * min_scale. */
void i18n_add_decimal(struct buf *b, enum lang l, decimal d, int min_scale, int max_scale);
/* The same for an inexact number, such as a chart's tick; "–" for NaN. */
void i18n_add_double(struct buf *b, enum lang l, double v, int min_scale, int max_scale);
/* Ratio 0.583 with scale 0: 58% · 58% · 58 %. */
void i18n_add_percent(struct buf *b, enum lang l, decimal ratio, int scale);
/* €1,234.50 · € 1.234,50 · 1 234,50 €; cents are left out when they are zero. Nothing for an absent
 * amount. */
void i18n_add_money(struct buf *b, enum lang l, money m);
/* €4.1 million · € 4,1 miljoen · 4,1 millions d’euros; under a million in full without cents. */
void i18n_add_money_compact(struct buf *b, enum lang l, money m);
/* 19 March 2010 · 19 maart 2010 · 19 mars 2010 (1er mars); nothing when absent. */
void i18n_add_date(struct buf *b, enum lang l, date d);
/* As exact as the date: "2008", "March 2010", "19 March 2010". */
void i18n_add_pdate(struct buf *b, enum lang l, pdate d);
/* "19 March 2010 to 2012", "from 2008", "until March 2010"; nothing when both are absent. */
void i18n_add_range(struct buf *b, enum lang l, pdate from, pdate to);
/* "24 November 2026, 08:14 UTC". */
void i18n_add_instant(struct buf *b, enum lang l, int64_t utc_ms);

/* ---- countries ---- */

enum { I18N_COUNTRIES_MAX = 260 };

/* Name of an ISO 3166-1 alpha-2 code (and XK, Kosovo); the code itself when unknown. */
str i18n_country(enum lang l, str code);
bool i18n_country_known(str code);
/* Code number i in order of code, STR_NONE at the end. */
str i18n_country_code(size_t i);

/* ---- order of words ---- */

/* A key whose byte order is the reader's order: case and accents count only between equals. In
 * arena; .p NULL when out of memory. */
str i18n_sort_key(struct arena *a, str s);
/* The same order for two texts, without a key: for small lists. */
int i18n_compare(str a, str b);

/* ---- values with their format, for templates ---- */

struct fmt_num {
	int64_t v;
};
struct fmt_decimal {
	decimal v;
	int min_scale, max_scale;
};
struct fmt_percent {
	decimal ratio;
	int scale;
	bool known;
};
struct fmt_compact {
	money m;
};
struct fmt_iso {
	pdate d;
};
struct fmt_range {
	pdate from, to;
};
struct fmt_instant {
	int64_t ms;
};
struct fmt_country {
	str code;
};
struct fmt_message {
	const char *english;
};

/* 1,234 */
static inline struct fmt_num num(int64_t v)
{
	return (struct fmt_num){v};
}
/* 3.45 with 0 to max_scale digits behind the sign. */
static inline struct fmt_decimal dec(decimal v, int max_scale)
{
	return (struct fmt_decimal){v, 0, max_scale};
}
static inline struct fmt_percent percent(decimal ratio, int scale)
{
	return (struct fmt_percent){ratio, scale, true};
}
/* part of whole; "–" when whole is zero. */
struct fmt_percent percent_of(int64_t part, int64_t whole, int scale);
/* €4.1 million */
static inline struct fmt_compact compact(money m)
{
	return (struct fmt_compact){m};
}
/* 2010-03-19, for datetime="…" */
static inline struct fmt_iso iso_date(date d)
{
	return (struct fmt_iso){pdate_of(d)};
}
static inline struct fmt_iso iso(pdate d)
{
	return (struct fmt_iso){d};
}
static inline struct fmt_range range(pdate from, pdate to)
{
	return (struct fmt_range){from, to};
}
static inline struct fmt_instant instant(int64_t utc_ms)
{
	return (struct fmt_instant){utc_ms};
}
static inline struct fmt_country country(str code)
{
	return (struct fmt_country){code};
}
/* A message held in a variable: {{tr(activity_status_label(s))}}. */
static inline struct fmt_message tr(const char *english)
{
	return (struct fmt_message){english};
}
