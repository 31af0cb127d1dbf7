#include "engine/tpl/tpl.h"

#include "base/utf8.h"

static bool unreserved(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

void tpl_add_path(struct buf *b, str segment)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < segment.n; i++) {
		unsigned char c = (unsigned char)segment.p[i];
		if (unreserved(c)) {
			buf_addc(b, (char)c);
		} else {
			buf_addc(b, '%');
			buf_addc(b, hex[c >> 4]);
			buf_addc(b, hex[c & 15]);
		}
	}
}

void tpl_add_query(struct buf *b, str name, str value)
{
	if (b->n)
		buf_addc(b, '&');
	tpl_add_path(b, name);
	buf_addc(b, '=');
	tpl_add_path(b, value);
}

static const struct url nowhere = {{"#", 1}};

/* Characters of a URL reference (RFC 3986), and bytes of UTF-8, which browsers encode themselves.
 */
static bool url_chars(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\' ||
		    c == '`')
			return false;
	}
	return true;
}

struct url url_local(str s)
{
	if (!s.n || !url_chars(s))
		return nowhere;
	if (s.p[0] == '?' || s.p[0] == '#' || (s.p[0] == '/' && (s.n == 1 || s.p[1] != '/')))
		return (struct url){s};
	return nowhere;
}

struct url url_external(str s)
{
	static const char *const schemes[] = {"https://", "http://", "mailto:"};
	if (!url_chars(s))
		return nowhere;
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		str want = str_of(schemes[i]);
		if (s.n > want.n && str_eq_nocase(str_sub(s, 0, want.n), want))
			return (struct url){s};
	}
	return nowhere;
}

/* ---- called by generated code ---- */

void tpl_lit(struct tpl_out *o, const char *p, size_t n)
{
	buf_add(o->b, (str){p, n});
}

void tpl_html(struct tpl_out *o, struct safe_html h)
{
	buf_add(o->b, h.s);
}

void tpl_text_str(struct tpl_out *o, str s)
{
	buf_add_markup(o->b, s);
}

void tpl_text_z(struct tpl_out *o, const char *z)
{
	buf_add_markup(o->b, str_of(z));
}

void tpl_text_i64(struct tpl_out *o, int64_t v)
{
	buf_add_i64(o->b, v);
}

void tpl_text_u64(struct tpl_out *o, uint64_t v)
{
	buf_addf(o->b, "%llu", (unsigned long long)v);
}

/* The formats of i18n hold no character that needs escaping (apostrophes are typographic ones);
 * codes and currencies, which come from data, could: those go through the escaper. */
void tpl_text_money(struct tpl_out *o, money m)
{
	AUTO_BUF b = BUF_INIT(256);
	i18n_add_money(&b, o->lang, m);
	buf_add_markup(o->b, buf_str(&b));
}

void tpl_text_date(struct tpl_out *o, date d)
{
	i18n_add_date(o->b, o->lang, d);
}

void tpl_text_pdate(struct tpl_out *o, pdate d)
{
	i18n_add_pdate(o->b, o->lang, d);
}

void tpl_text_dec(struct tpl_out *o, decimal d)
{
	i18n_add_decimal(o->b, o->lang, d, 0, DECIMAL_DIGITS);
}

void tpl_text_url(struct tpl_out *o, struct url u)
{
	buf_add_markup(o->b, u.s);
}

void tpl_text_fmt_num(struct tpl_out *o, struct fmt_num v)
{
	i18n_add_num(o->b, o->lang, v.v);
}

void tpl_text_fmt_decimal(struct tpl_out *o, struct fmt_decimal v)
{
	i18n_add_decimal(o->b, o->lang, v.v, v.min_scale, v.max_scale);
}

void tpl_text_fmt_percent(struct tpl_out *o, struct fmt_percent v)
{
	if (v.known)
		i18n_add_percent(o->b, o->lang, v.ratio, v.scale);
	else
		buf_addz(o->b, "–");
}

void tpl_text_fmt_compact(struct tpl_out *o, struct fmt_compact v)
{
	AUTO_BUF b = BUF_INIT(256);
	i18n_add_money_compact(&b, o->lang, v.m);
	buf_add_markup(o->b, buf_str(&b));
}

void tpl_text_fmt_iso(struct tpl_out *o, struct fmt_iso v)
{
	buf_add_pdate(o->b, v.d);
}

void tpl_text_fmt_range(struct tpl_out *o, struct fmt_range v)
{
	i18n_add_range(o->b, o->lang, v.from, v.to);
}

void tpl_text_fmt_instant(struct tpl_out *o, struct fmt_instant v)
{
	i18n_add_instant(o->b, o->lang, v.ms);
}

void tpl_text_fmt_country(struct tpl_out *o, struct fmt_country v)
{
	buf_add_markup(o->b, i18n_country(o->lang, v.code));
}

void tpl_text_fmt_message(struct tpl_out *o, struct fmt_message v)
{
	buf_add_markup(o->b, i18n_text(o->lang, v.english));
}

void tpl_url_start(struct tpl_out *o, struct url u)
{
	buf_add_markup(o->b, u.s);
}

void tpl_url_str(struct tpl_out *o, str s)
{
	tpl_add_path(o->b, s);
}

void tpl_url_z(struct tpl_out *o, const char *z)
{
	tpl_add_path(o->b, str_of(z));
}

void tpl_url_i64(struct tpl_out *o, int64_t v)
{
	buf_add_i64(o->b, v);
}

void tpl_url_u64(struct tpl_out *o, uint64_t v)
{
	tpl_text_u64(o, v);
}

void tpl_url_date(struct tpl_out *o, date d)
{
	buf_add_date(o->b, d);
}

void tpl_url_url(struct tpl_out *o, struct url u)
{
	tpl_add_path(o->b, u.s);
}

void tpl_url_query(struct tpl_out *o, struct url_query q)
{
	buf_add_markup(o->b, q.s);
}

static str find_text(enum lang l, uint64_t hash, const char *english)
{
	const str *t = l == LANG_EN ? NULL : i18n_find(hash, l);
	return t ? *t : str_of(english);
}

void tpl_message(struct tpl_out *o, uint64_t hash, const char *english)
{
	buf_add_markup(o->b, find_text(o->lang, hash, english));
}

str tpl_message_begin(struct tpl_out *o, uint64_t hash, const char *english)
{
	return find_text(o->lang, hash, english);
}

str tpl_message_begin_n(
    struct tpl_out *o, uint64_t hash, const char *one, const char *many, uint64_t n)
{
	const str *t = o->lang == LANG_EN ? NULL : i18n_find(hash, o->lang);
	unsigned form = lang_plural(o->lang, n);
	if (t)
		return t[form];
	return str_of(form == 0 ? one : many);
}

int tpl_message_next(struct tpl_out *o, str *rest)
{
	for (size_t i = 0; i + 2 < rest->n; i++) {
		if (rest->p[i] != '{' || rest->p[i + 2] != '}' || rest->p[i + 1] < '0' ||
		    rest->p[i + 1] > '9')
			continue;
		buf_add_markup(o->b, str_sub(*rest, 0, i));
		int k = rest->p[i + 1] - '0';
		*rest = str_sub(*rest, i + 3, rest->n);
		return k;
	}
	buf_add_markup(o->b, *rest);
	*rest = STR("");
	return -1;
}
