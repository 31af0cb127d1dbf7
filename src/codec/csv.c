#include "codec/csv.h"

#include <assert.h>

#include "base/mem.h"
#include "base/utf8.h"

struct csv_reader {
	struct source from;
	const char *file;
	size_t max_bytes, max_fields;
	char separator;
	bool started, ended; /* first bytes seen; source exhausted */
	char *in;            /* `chunk` bytes, of which [at, n) are not yet read */
	size_t chunk, at, n;
	uint64_t before;     /* bytes of the source before in[0] */
	uint64_t line_start; /* offset in the source of the line's first byte */
	uint32_t line;
	struct buf text; /* the record's fields, a NUL behind each */
	struct csv_field *fields;
	size_t n_fields, cap_fields;
	struct err dead; /* what ended the reading */
};

enum { FIELDS_FIRST = 32, CHUNK_LEAST = 64, END = -1 };

enum err_code csv_open(struct source from, const struct csv_options *options,
    struct csv_reader **ret_reader, struct err *e)
{
	static const struct csv_options none = {0};
	const struct csv_options *o = options ? options : &none;
	struct csv_reader *r = mem_alloc(sizeof *r);
	size_t chunk = o->chunk_bytes && o->chunk_bytes < IO_CHUNK ? o->chunk_bytes : IO_CHUNK;
	if (chunk < CHUNK_LEAST)
		chunk = CHUNK_LEAST;
	char *in = mem_alloc(chunk);
	struct csv_field *fields = mem_alloc(FIELDS_FIRST * sizeof *fields);
	if (!r || !in || !fields) {
		mem_free(r);
		mem_free(in);
		mem_free(fields);
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	}
	*r = (struct csv_reader){
	    .from = from,
	    .file = o->file,
	    .max_bytes = o->max_record_bytes ? o->max_record_bytes : CSV_RECORD_BYTES,
	    .max_fields = o->max_fields ? o->max_fields : CSV_FIELDS,
	    .separator = o->separator ? o->separator : ',',
	    .in = in,
	    .chunk = chunk,
	    .line = 1,
	    .fields = fields,
	    .cap_fields = FIELDS_FIRST,
	};
	r->text = BUF_INIT(r->max_bytes + r->max_fields);
	*ret_reader = r;
	return ERR_OK;
}

void csv_close(struct csv_reader *r)
{
	if (!r)
		return;
	buf_free(&r->text);
	mem_free(r->fields);
	mem_free(r->in);
	mem_free(r);
}

/* Errors that end the reading are kept, so that a further call says the same. */
static enum err_code die(struct csv_reader *r, uint32_t line, uint32_t col)
{
	return err_at(&r->dead, r->file, line, col);
}

static uint32_t column_of(const struct csv_reader *r)
{
	return (uint32_t)(r->before + r->at - r->line_start + 1);
}

/* Read more behind what is there. */
static enum err_code fill(struct csv_reader *r)
{
	if (r->at == r->n) {
		r->before += r->n;
		r->at = r->n = 0;
	}
	size_t n = 0;
	if (r->from.read(r->from.ctx, r->in + r->n, r->chunk - r->n, &n, &r->dead) != ERR_OK)
		return die(r, r->line, 0);
	r->n += n;
	r->ended = n == 0;
	return ERR_OK;
}

/* The next byte without taking it, or END (also when the source failed: r->dead tells). */
static int peek(struct csv_reader *r)
{
	if (r->at == r->n && (r->ended || fill(r) != ERR_OK || r->ended))
		return END;
	return (unsigned char)r->in[r->at];
}

static void skip_byte_order_mark(struct csv_reader *r)
{
	r->started = true;
	while (r->n < 3 && !r->ended)
		if (fill(r) != ERR_OK)
			return;
	if (r->n >= 3 && memcmp(r->in, "\xEF\xBB\xBF", 3) == 0) {
		r->at = 3;
		r->line_start = 3;
	}
}

static void newline(struct csv_reader *r)
{
	r->line++;
	r->line_start = r->before + r->at;
}

static enum err_code too_long(struct csv_reader *r, uint32_t line)
{
	if (r->text.failed == ERR_NOMEM)
		(void)fail(&r->dead, ERR_NOMEM, "mem.none", "the system has no memory left");
	else
		(void)fail(&r->dead, ERR_LIMIT, "csv.record",
		    "the record is longer than %zu bytes; is a closing quote missing?",
		    r->max_bytes);
	return die(r, line, 1);
}

/* Take the bytes up to the first of a, b, c, d (or the end) into the field. */
static void take_until(struct csv_reader *r, char a, char b, char c, char d)
{
	while (peek(r) != END) {
		size_t i = r->at;
		while (i < r->n && r->in[i] != a && r->in[i] != b && r->in[i] != c && r->in[i] != d)
			i++;
		buf_add(&r->text, (str){r->in + r->at, i - r->at});
		r->at = i;
		if (i < r->n || r->text.failed)
			return;
	}
}

static void skip_line(struct csv_reader *r)
{
	for (;;) {
		int c = peek(r);
		if (c == END)
			return;
		r->at++;
		if (c == '\n') {
			newline(r);
			return;
		}
	}
}

struct place {
	uint32_t line, col;
};

/* A fault of the record at hand: the reader goes to the next line. */
static enum err_code fault(
    struct csv_reader *r, struct place at, const char *id, const char *detail, struct err *e)
{
	skip_line(r);
	(void)fail(e, ERR_INVALID, id, "%s", detail);
	(void)err_at(e, r->file, at.line, at.col);
	return ERR_INVALID;
}

static enum err_code read_quoted(struct csv_reader *r, struct place start, struct err *e)
{
	r->at++;
	for (;;) {
		take_until(r, '"', '\n', '"', '"');
		int c = peek(r);
		if (r->text.failed || c == END)
			break;
		r->at++;
		if (c == '\n') {
			buf_addc(&r->text, '\n');
			newline(r);
			continue;
		}
		c = peek(r);
		if (c == '"') {
			buf_addc(&r->text, '"');
			r->at++;
			continue;
		}
		if (c == END || c == r->separator || c == '\r' || c == '\n')
			return ERR_OK;
		return fault(r, (struct place){r->line, column_of(r)}, "csv.after_quote",
		    "text behind a closing quote; double the quotes that belong to the text", e);
	}
	if (r->text.failed || r->dead.code)
		return ERR_OK;
	return fault(r, start, "csv.unclosed", "the quote that opens here is never closed", e);
}

static enum err_code read_plain(struct csv_reader *r, struct err *e)
{
	take_until(r, r->separator, '"', '\r', '\n');
	if (!r->text.failed && peek(r) == '"')
		return fault(r, (struct place){r->line, column_of(r)}, "csv.quote",
		    "a quote inside a field without quotes; put the whole field in quotes and "
		    "double this one",
		    e);
	return ERR_OK;
}

static enum err_code add_field(struct csv_reader *r, struct csv_field f)
{
	if (r->n_fields == r->max_fields) {
		(void)fail(&r->dead, ERR_LIMIT, "csv.fields", "the record has more than %zu fields",
		    r->max_fields);
		return die(r, f.line, f.col);
	}
	if (r->n_fields == r->cap_fields) {
		size_t cap = r->cap_fields * 2;
		struct csv_field *p = mem_realloc(r->fields, cap * sizeof *p);
		if (!p)
			return fail(
			    &r->dead, ERR_NOMEM, "mem.none", "the system has no memory left");
		r->fields = p;
		r->cap_fields = cap;
	}
	r->fields[r->n_fields++] = f;
	return ERR_OK;
}

/* One field into r->text and r->fields; its text is a length only until the record is complete. */
static enum err_code read_field(struct csv_reader *r, struct err *e)
{
	size_t from = r->text.n;
	struct place start = {r->line, column_of(r)};
	bool quoted = peek(r) == '"';
	TRY(quoted ? read_quoted(r, start, e) : read_plain(r, e));
	size_t n = r->text.n - from;
	buf_addc(&r->text, '\0');
	if (r->dead.code)
		return r->dead.code;
	if (r->text.failed)
		return too_long(r, r->n_fields ? r->fields[0].line : start.line);
	return add_field(r, (struct csv_field){{NULL, n}, start.line, start.col, quoted});
}

/* Take what ends a field. *ret_last is false behind a separator. */
static enum err_code read_end(struct csv_reader *r, bool *ret_last, struct err *e)
{
	int c = peek(r);
	*ret_last = c != r->separator;
	if (c == END)
		return r->dead.code;
	struct place at = {r->line, column_of(r)};
	r->at++;
	if (c == '\r') {
		c = peek(r);
		if (c != '\n')
			return fault(r, at, "csv.cr",
			    "a carriage return without a line feed; end lines with CRLF or LF", e);
		r->at++;
	}
	if (c == '\n')
		newline(r);
	return ERR_OK;
}

/* Where byte `at` of the field's text stood in the file: quotes of the text were written twice. */
static struct place place_in(const struct csv_field *f, size_t at)
{
	struct place p = {f->line, f->col + (f->quoted ? 1 : 0)};
	for (size_t i = 0; i < at; i++) {
		if (f->quoted && f->text.p[i] == '\n')
			p = (struct place){p.line + 1, 1};
		else
			p.col += f->quoted && f->text.p[i] == '"' ? 2 : 1;
	}
	return p;
}

/* Not fault(): the record has been read to its end, the next line is next. */
static enum err_code bad_byte(
    const struct csv_reader *r, const struct csv_field *f, size_t at, struct err *e)
{
	if (f->text.p[at] == '\0')
		(void)fail(e, ERR_INVALID, "csv.nul", "a NUL byte; is this a text file?");
	else
		(void)fail(e, ERR_INVALID, "csv.utf8",
		    "byte 0x%02X is not UTF-8; save the file with UTF-8 encoding",
		    (unsigned)(unsigned char)f->text.p[at]);
	struct place p = place_in(f, at);
	(void)err_at(e, r->file, p.line, p.col);
	return ERR_INVALID;
}

static enum err_code finish_fields(struct csv_reader *r, struct err *e)
{
	const char *p = r->text.p;
	for (size_t i = 0; i < r->n_fields; i++) {
		struct csv_field *f = &r->fields[i];
		f->text.p = p;
		p += f->text.n + 1;
		size_t at;
		if (!utf8_valid(f->text, &at))
			return bad_byte(r, f, at, e);
		ptrdiff_t nul = str_find_char(f->text, '\0');
		if (nul >= 0)
			return bad_byte(r, f, (size_t)nul, e);
	}
	return ERR_OK;
}

static enum err_code read_record(struct csv_reader *r, struct err *e)
{
	buf_clear(&r->text);
	r->n_fields = 0;
	bool last = false;
	while (!last) {
		TRY(read_field(r, e));
		TRY(read_end(r, &last, e));
	}
	return finish_fields(r, e);
}

enum err_code csv_next(
    struct csv_reader *r, struct csv_record *ret_record, bool *ret_more, struct err *e)
{
	if (!r->started)
		skip_byte_order_mark(r);
	while (r->dead.code == ERR_OK && peek(r) != END) {
		enum err_code code = read_record(r, e);
		if (r->dead.code)
			break;
		TRY(code);
		if (r->n_fields == 1 && r->fields[0].text.n == 0 && !r->fields[0].quoted)
			continue;
		*ret_record = (struct csv_record){r->fields, r->n_fields, r->fields[0].line};
		*ret_more = true;
		return ERR_OK;
	}
	if (r->dead.code) {
		if (e)
			*e = r->dead;
		return r->dead.code;
	}
	*ret_more = false;
	return ERR_OK;
}

ptrdiff_t csv_column(const struct csv_record *header, str name)
{
	for (size_t i = 0; i < header->n; i++)
		if (str_eq(header->fields[i].text, name))
			return (ptrdiff_t)i;
	return -1;
}

void csv_begin(struct csv_writer *w, struct sink to, bool guard_formulas)
{
	*w = (struct csv_writer){.blank = true, .guard_formulas = guard_formulas};
	out_to_sink(&w->out, to);
}

void csv_begin_buf(struct csv_writer *w, struct buf *to, bool guard_formulas)
{
	*w = (struct csv_writer){.blank = true, .guard_formulas = guard_formulas};
	out_to_buf(&w->out, to);
}

static struct buf *next_field(struct csv_writer *w)
{
	if (w->fields++)
		buf_addc(w->out.to, ',');
	return w->out.to;
}

/* -1234.5 and the like: what begins with a sign is no formula then. */
static bool plain_number(str s)
{
	size_t digits = 0, points = 0;
	for (size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+'); i < s.n; i++) {
		digits += s.p[i] >= '0' && s.p[i] <= '9';
		points += s.p[i] == '.';
	}
	size_t sign = s.n && (s.p[0] == '-' || s.p[0] == '+');
	return digits > 0 && points <= 1 && sign + digits + points == s.n;
}

static bool formula(str s)
{
	static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D",
	    "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(s, str_of(starts[i])))
			return !plain_number(s);
	return false;
}

void csv_write_str(struct csv_writer *w, str s)
{
	struct buf *b = next_field(w);
	bool guard = w->guard_formulas && formula(s);
	/* At the start of a file it would be taken for the byte order mark. */
	bool quote = str_starts(s, STR("\xEF\xBB\xBF"));
	for (size_t i = 0; i < s.n && !quote; i++)
		quote = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
	w->blank &= s.n == 0;
	if (quote)
		buf_addc(b, '"');
	if (guard)
		buf_addc(b, '\'');
	ptrdiff_t at;
	while (quote && (at = str_find_char(s, '"')) >= 0) {
		buf_add(b, str_sub(s, 0, (size_t)at + 1));
		buf_addc(b, '"');
		s = str_sub(s, (size_t)at + 1, s.n);
	}
	buf_add(b, s);
	if (quote)
		buf_addc(b, '"');
}

void csv_write_i64(struct csv_writer *w, int64_t v)
{
	buf_add_i64(next_field(w), v);
	w->blank = false;
}

void csv_write_money(struct csv_writer *w, money m)
{
	buf_add_money(next_field(w), m);
	w->blank &= !money_is(m);
}

void csv_write_date(struct csv_writer *w, date d)
{
	csv_write_pdate(w, pdate_of(d));
}

void csv_write_pdate(struct csv_writer *w, pdate d)
{
	buf_add_pdate(next_field(w), d);
	w->blank &= d.precision == DATE_PRECISION_NONE;
}

void csv_write_none(struct csv_writer *w)
{
	(void)next_field(w);
}

void csv_write_end(struct csv_writer *w)
{
	assert(w->fields > 0);
	if (w->fields == 1 && w->blank) /* else it would read as no record at all */
		buf_add(w->out.to, STR("\"\""));
	buf_add(w->out.to, STR("\r\n"));
	w->fields = 0;
	w->blank = true;
	out_step(&w->out);
}

enum err_code csv_finish(struct csv_writer *w, struct err *e)
{
	return out_finish(&w->out, e);
}
