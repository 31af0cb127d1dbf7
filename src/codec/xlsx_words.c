/* The texts that cells share, and which formats show a date. */
#include "base/mem.h"
#include "base/utf8.h"
#include "codec/xlsx_book.h"

enum {
	ESCAPE_BYTES = 7, /* _x000D_ */
	FORMAT_IDS = 65536,
	FORMAT_TEXT_BYTES = 1024, /* of a format's code; the programs stop at 255 characters */
	STRINGS_FIRST = 4096,
};

bool xlsx_is_main(str ns)
{
	return str_eq(ns, STR("http://schemas.openxmlformats.org/spreadsheetml/2006/main")) ||
	       str_eq(ns, STR("http://purl.oclc.org/ooxml/spreadsheetml/main"));
}

/* ---- texts ---- */

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The code point that an escape at the beginning of s stands for, or -1: none, or half of a pair. */
static int32_t escape_at(str s)
{
	int32_t cp = 0;
	if (s.n < ESCAPE_BYTES || s.p[1] != 'x' || s.p[ESCAPE_BYTES - 1] != '_')
		return -1;
	for (int i = 2; i < ESCAPE_BYTES - 1; i++) {
		int digit = hex_value(s.p[i]);
		if (digit < 0)
			return -1;
		cp = cp * 16 + digit;
	}
	return cp >= 0xD800 && cp <= 0xDFFF ? -1 : cp;
}

void xlsx_add_decoded(struct buf *b, str text)
{
	for (;;) {
		ptrdiff_t at = str_find(text, STR("_x"));
		if (at < 0)
			break;
		str rest = str_sub(text, (size_t)at, text.n);
		int32_t cp = escape_at(rest);
		buf_add(b, str_sub(text, 0, (size_t)at));
		if (cp < 0)
			buf_addc(b, '_');
		else
			buf_add_utf8(b, cp ? (uint32_t)cp : 0xFFFD);
		text = str_sub(rest, cp < 0 ? 1 : ESCAPE_BYTES, rest.n);
	}
	buf_add(b, text);
}

/* A shared text: <si> with a <t>, or with pieces <r> that have one each; <rPh> (how it is spoken) is left out. */
struct strings_reading {
	struct xlsx_strings *s;
	struct buf text; /* of the item so far, as written */
	bool in_item, in_text, in_phonetic;
};

static enum err_code strings_limit(const struct xlsx_strings *s, struct err *e)
{
	return fail(e, ERR_LIMIT, "xlsx.strings", "the texts that cells share take more than %zu bytes", s->max_bytes);
}

static enum err_code add_string(struct xlsx_strings *s, struct err *e)
{
	if (s->n + 2 > s->cap) {
		size_t cap = s->cap ? s->cap * 2 : STRINGS_FIRST;
		uint32_t *at = mem_realloc(s->at, cap * sizeof *at);
		if (!at)
			return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
		s->at = at;
		s->cap = cap;
		s->at[0] = 0;
	}
	s->at[++s->n] = (uint32_t)s->bytes.n;
	return s->bytes.n + s->n * sizeof *s->at > s->max_bytes ? strings_limit(s, e) : ERR_OK;
}

static enum err_code strings_start(void *ctx, const struct xml_element *x, struct err *e)
{
	struct strings_reading *r = ctx;
	if (x->depth == 1 && !(str_is(x->name, "sst") && xlsx_is_main(x->ns)))
		return fail(e, ERR_INVALID, "xlsx.part", "these are no shared texts: the root is <%.*s>", STR_ARG(x->name));
	if (x->depth == 2 && str_is(x->name, "si"))
		r->in_item = true;
	else if (r->in_item && str_is(x->name, "rPh"))
		r->in_phonetic = true;
	else if (r->in_item && !r->in_phonetic && str_is(x->name, "t"))
		r->in_text = true;
	return ERR_OK;
}

static enum err_code strings_text(void *ctx, str text, uint32_t line, struct err *e)
{
	struct strings_reading *r = ctx;
	(void)line;
	if (r->in_text)
		buf_add(&r->text, text);
	return buf_check(&r->text, e);
}

static enum err_code strings_end(void *ctx, str ns, str name, uint32_t line, struct err *e)
{
	struct strings_reading *r = ctx;
	(void)ns, (void)line;
	if (str_is(name, "t"))
		r->in_text = false;
	else if (str_is(name, "rPh"))
		r->in_phonetic = false;
	if (!r->in_item || !str_is(name, "si"))
		return ERR_OK;
	r->in_item = r->in_text = r->in_phonetic = false;
	xlsx_add_decoded(&r->s->bytes, buf_str(&r->text));
	buf_clear(&r->text);
	if (r->s->bytes.failed == ERR_LIMIT)
		return strings_limit(r->s, e);
	TRY(buf_check(&r->s->bytes, e));
	return add_string(r->s, e);
}

void xlsx_strings_free(struct xlsx_strings *s)
{
	buf_free(&s->bytes);
	mem_free(s->at);
	s->at = NULL;
	s->n = s->cap = 0;
}

enum err_code xlsx_strings_read(struct xlsx_strings *s, struct xlsx_zip *z, const char *part, struct err *e)
{
	struct strings_reading r = {.s = s, .text = BUF_INIT(XLSX_READ_TEXT_BYTES)};
	const struct xml_handler handler = {strings_start, strings_text, strings_end, &r};
	buf_clear(&s->bytes); /* of an earlier reading that failed */
	s->n = 0;
	enum err_code code = xlsx_zip_xml(z, part, UINT64_MAX, &handler, NULL, e);
	buf_free(&r.text);
	return code;
}

/* ---- formats ---- */

/* Where an item of a format's code that begins at i ends: quoted, escaped, in brackets, a word, or one character. */
static size_t item_end(str code, size_t i)
{
	char c = code.p[i];
	if (c == '"' || c == '[') {
		ptrdiff_t end = str_find_char(str_sub(code, i + 1, code.n), c == '"' ? '"' : ']');
		return end < 0 ? code.n : i + (size_t)end + 2;
	}
	if (c == '\\' || c == '_' || c == '*')
		return i + 2;
	if (str_eq_nocase(str_sub(code, i, i + 5), STR("AM/PM")))
		return i + 5;
	return i + (str_eq_nocase(str_sub(code, i, i + 7), STR("general")) ? 7 : 1);
}

/* Does a format's code show a year or a day? Its first section counts; quoted and escaped characters, colours and
 * languages in brackets do not. A month alone (m may be minutes) counts when there is no hour and no second. */
static bool shows_date(str code)
{
	bool day = false, month = false, time = false;
	for (size_t i = 0, end; i < code.n && code.p[i] != ';'; i = end) {
		end = item_end(code, i);
		char c = (char)(code.p[i] | 0x20), next = i + 1 < code.n ? (char)(code.p[i + 1] | 0x20) : ' ';
		if (code.p[i] == '[') /* [h] counts hours, [m] minutes, [s] seconds */
			time = time || next == 'h' || next == 'm' || next == 's';
		if (end != i + 1)
			continue;
		day = day || c == 'y' || c == 'd';
		month = month || c == 'm';
		time = time || c == 'h' || c == 's';
	}
	return day || (month && !time);
}

/* Formats that every file has without saying so: dates, among them those of East Asian languages. */
static bool built_in_date(uint32_t id)
{
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
	       id == 57 || id == 58;
}

struct styles_reading {
	struct xlsx_styles *s;
	uint8_t own[FORMAT_IDS / 8], known[FORMAT_IDS / 8]; /* bits by format id, of this file */
	uint32_t *ids;                                       /* of each cell format */
	bool in_cells;
};

static bool bit(const uint8_t *bits, size_t i)
{
	return bits[i / 8] >> (i % 8) & 1;
}

static void set_bit(uint8_t *bits, size_t i, bool on)
{
	unsigned mask = 1u << (i % 8);
	bits[i / 8] = (uint8_t)(on ? bits[i / 8] | mask : bits[i / 8] & ~mask);
}

static void take_format(struct styles_reading *r, const struct xml_element *x)
{
	uint32_t id;
	str code = xml_attribute(x, "formatCode");
	if (!str_to_u32(xml_attribute(x, "numFmtId"), &id) || id >= FORMAT_IDS || !code.p)
		return;
	set_bit(r->known, id, true);
	set_bit(r->own, id, shows_date(str_sub(code, 0, FORMAT_TEXT_BYTES)));
}

static enum err_code styles_start(void *ctx, const struct xml_element *x, struct err *e)
{
	struct styles_reading *r = ctx;
	if (x->depth == 1 && !(str_is(x->name, "styleSheet") && xlsx_is_main(x->ns)))
		return fail(e, ERR_INVALID, "xlsx.part", "these are no formats: the root is <%.*s>", STR_ARG(x->name));
	if (x->depth == 2)
		r->in_cells = str_is(x->name, "cellXfs");
	if (x->depth == 3 && str_is(x->name, "numFmt"))
		take_format(r, x);
	if (x->depth != 3 || !r->in_cells || !str_is(x->name, "xf"))
		return ERR_OK;
	if (r->s->n == XLSX_READ_STYLES)
		return fail(e, ERR_LIMIT, "xlsx.styles", "there are more than %d cell formats", XLSX_READ_STYLES);
	uint32_t id = 0;
	(void)str_to_u32(xml_attribute(x, "numFmtId"), &id);
	r->ids[r->s->n++] = id;
	return ERR_OK;
}

enum err_code xlsx_styles_read(struct xlsx_styles *s, struct xlsx_zip *z, const char *part, struct err *e)
{
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	struct styles_reading *r = a ? ARENA_NEW(a, struct styles_reading) : NULL;
	uint32_t *ids = a ? ARENA_ARRAY(a, XLSX_READ_STYLES, uint32_t) : NULL;
	if (!r || !ids)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	s->n = 0;
	r->s = s;
	r->ids = ids;
	const struct xml_handler handler = {.start = styles_start, .ctx = r};
	TRY(xlsx_zip_xml(z, part, XLSX_READ_SMALL_BYTES, &handler, NULL, e));
	for (size_t i = 0; i < s->n; i++) {
		bool own = ids[i] < FORMAT_IDS && bit(r->known, ids[i]);
		set_bit(s->dates, i, own ? bit(r->own, ids[i]) : built_in_date(ids[i]));
	}
	return ERR_OK;
}
