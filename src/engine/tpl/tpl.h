#pragma once
/* What generated templates call: output, escaping by place, and the choice of formatter by type.
 * Pages call templates only; they never need this header's functions, except tpl_out, url and
 * safe_html.
 *
 * A value of a type that is not listed in TPL_TEXT (a double, a bool, a pointer) does not compile.
 */
#include "engine/i18n/i18n.h"

/* Where a template writes: the buffer and the language of the page. The buffer's failure is sticky.
 */
struct tpl_out {
	struct buf *b;
	enum lang lang;
};

/* An address that may stand at the start of href, src, action: made only by the url_… functions. */
struct url {
	str s;
};
/* A path on this site: begins with one '/', or with '?' or '#'; anything else becomes "#". Not
 * encoded again: s must be a valid URL reference already (take paths from http_request or build
 * them with tpl_add_path). Borrows s. */
struct url url_local(str s);
/* An absolute https:, http: or mailto: address without control characters, blanks or quotes;
 * anything else becomes "#". Borrows s. */
struct url url_external(str s);

/* Query parts "a=1&b=2", already percent-encoded, for the place behind '?': made by tpl_add_query
 * or http's canonical query. */
struct url_query {
	str s;
};

/* Markup that was made by a function that escapes: charts, highlighted text, the output of another
 * template. */
struct safe_html {
	str s;
};

/* Percent-encode everything but unreserved characters (RFC 3986) and append. */
void tpl_add_path(struct buf *b, str segment);
/* Append "name=value", percent-encoded, with '&' before it when b is not empty. */
void tpl_add_query(struct buf *b, str name, str value);

/* ---- called by generated code ---- */

void tpl_lit(struct tpl_out *o, const char *p, size_t n);
void tpl_html(struct tpl_out *o, struct safe_html h);

void tpl_text_str(struct tpl_out *o, str s);
void tpl_text_z(struct tpl_out *o, const char *z);
void tpl_text_i64(struct tpl_out *o, int64_t v);
void tpl_text_u64(struct tpl_out *o, uint64_t v);
void tpl_text_money(struct tpl_out *o, money m);
void tpl_text_date(struct tpl_out *o, date d);
void tpl_text_pdate(struct tpl_out *o, pdate d);
void tpl_text_dec(struct tpl_out *o, decimal d);
void tpl_text_url(struct tpl_out *o, struct url u);
void tpl_text_fmt_num(struct tpl_out *o, struct fmt_num v);
void tpl_text_fmt_decimal(struct tpl_out *o, struct fmt_decimal v);
void tpl_text_fmt_percent(struct tpl_out *o, struct fmt_percent v);
void tpl_text_fmt_compact(struct tpl_out *o, struct fmt_compact v);
void tpl_text_fmt_iso(struct tpl_out *o, struct fmt_iso v);
void tpl_text_fmt_range(struct tpl_out *o, struct fmt_range v);
void tpl_text_fmt_instant(struct tpl_out *o, struct fmt_instant v);
void tpl_text_fmt_country(struct tpl_out *o, struct fmt_country v);
void tpl_text_fmt_message(struct tpl_out *o, struct fmt_message v);

/* clang-format off */
#define TPL_TEXT(o, x) _Generic((x), \
	str: tpl_text_str, const char *: tpl_text_z, char *: tpl_text_z, \
	signed char: tpl_text_i64, short: tpl_text_i64, int: tpl_text_i64, long: tpl_text_i64, long long: tpl_text_i64, \
	unsigned char: tpl_text_u64, unsigned short: tpl_text_u64, unsigned: tpl_text_u64, \
	unsigned long: tpl_text_u64, unsigned long long: tpl_text_u64, \
	money: tpl_text_money, date: tpl_text_date, pdate: tpl_text_pdate, decimal: tpl_text_dec, \
	struct url: tpl_text_url, struct fmt_num: tpl_text_fmt_num, struct fmt_decimal: tpl_text_fmt_decimal, \
	struct fmt_percent: tpl_text_fmt_percent, struct fmt_compact: tpl_text_fmt_compact, \
	struct fmt_iso: tpl_text_fmt_iso, struct fmt_range: tpl_text_fmt_range, \
	struct fmt_instant: tpl_text_fmt_instant, struct fmt_country: tpl_text_fmt_country, \
	struct fmt_message: tpl_text_fmt_message)((o), (x))
/* clang-format on */

/* The start of an address: only a struct url. */
void tpl_url_start(struct tpl_out *o, struct url u);

/* In a path or a query: text, whole numbers and dates, percent-encoded. */
void tpl_url_str(struct tpl_out *o, str s);
void tpl_url_z(struct tpl_out *o, const char *z);
void tpl_url_i64(struct tpl_out *o, int64_t v);
void tpl_url_u64(struct tpl_out *o, uint64_t v);
void tpl_url_date(struct tpl_out *o, date d);
void tpl_url_url(struct tpl_out *o, struct url u);
void tpl_url_query(struct tpl_out *o, struct url_query q);

/* clang-format off */
#define TPL_URL_COMMON \
	str: tpl_url_str, const char *: tpl_url_z, char *: tpl_url_z, \
	signed char: tpl_url_i64, short: tpl_url_i64, int: tpl_url_i64, long: tpl_url_i64, long long: tpl_url_i64, \
	unsigned char: tpl_url_u64, unsigned short: tpl_url_u64, unsigned: tpl_url_u64, \
	unsigned long: tpl_url_u64, unsigned long long: tpl_url_u64, date: tpl_url_date
#define TPL_PATH(o, x) _Generic((x), TPL_URL_COMMON)((o), (x))
#define TPL_QUERY(o, x) _Generic((x), TPL_URL_COMMON, struct url: tpl_url_url, struct url_query: tpl_url_query)((o), (x))
/* clang-format on */

/* A message without arguments, by hash and English text. */
void tpl_message(struct tpl_out *o, uint64_t hash, const char *english);
/* A message with arguments: its text, then piece by piece; next returns the number of the
 * placeholder reached, -1 at the end. */
str tpl_message_begin(struct tpl_out *o, uint64_t hash, const char *english);
str tpl_message_begin_n(
    struct tpl_out *o, uint64_t hash, const char *one, const char *many, uint64_t n);
int tpl_message_next(struct tpl_out *o, str *rest);
