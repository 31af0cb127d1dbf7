/* The rows of a sheet. */
#include <assert.h>
#include <math.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "codec/xlsx_book.h"

enum {
	CELLS_FIRST = 64,
	DIGITS_SAFE = 15,   /* every decimal of so many digits survives a double */
	DIGITS_ENOUGH = 17, /* and every double so many digits */
	NUMBER_BYTES = 64,  /* longest number as written */
	NUMBER_SHOWN = 400, /* plain digits */
	FAULTY_SHOWN = 40,
	DAY_MS = 86400000,
	SERIAL_1970 = 25569,           /* 1970-01-01 counted from 1900 */
	SERIAL_1970_FROM_1904 = 24107, /* and from 1904 */
	SERIAL_MARCH_1900 = 61,        /* the day before, the 60th, never was */
	SERIAL_PAST = 2958466,         /* 10000-01-01, from 1900 */
};

struct sheet {
	struct xlsx_book *book;
	const struct xlsx_sheet_part *part;
	xlsx_row_fn fn;
	void *ctx;
	struct arena *texts; /* of the row */
	struct xlsx_cell *cells;
	size_t cap;
	uint16_t *used; /* columns of the row that are filled, from 0 */
	size_t n_used;
	uint32_t row, col; /* being read, from 1; col 0: no cell yet */
	uint32_t most;     /* last column filled */
	struct buf value;  /* of the cell, as written */
	uint32_t style;
	char type; /* n, s, b, e, d, or i (inline text), t (text of a formula) */
	bool in_data, in_row, in_cell, in_inline, in_phonetic, in_text, formula, placed;
};

char *xlsx_reference(uint32_t row, uint32_t col, char *dst)
{
	char letters[8];
	size_t n = 0, at = 0;
	for (; col && n < sizeof letters; col = (col - 1) / 26)
		letters[n++] = (char)('A' + (col - 1) % 26);
	while (n)
		dst[at++] = letters[--n];
	dst[at] = '\0';
	if (row)
		(void)snprintf(dst + at, XLSX_REFERENCE_BYTES - at, "%u", row);
	return dst;
}

/* Add file, sheet and cell to an error. */
static enum err_code place(struct sheet *s, struct err *e)
{
	char reference[XLSX_REFERENCE_BYTES] = "";
	struct err why = *e;
	const char *what = !s->row ? "" : s->col ? ", cell " : ", row ";
	if (s->row)
		(void)xlsx_reference(s->row, s->col, reference);
	(void)fail(e, why.code, why.id, "sheet \"%.*s\"%s%s: %s", STR_ARG(s->part->shown.name), what, reference, why.detail);
	s->placed = true;
	return err_at(e, s->book->file, s->row, s->col);
}

#define FAULT(s, e, code, id, ...) ((void)fail((e), (code), (id), __VA_ARGS__), place((s), (e)))

static enum err_code fault_value(struct sheet *s, const char *id, const char *what, str value, struct err *e)
{
	return FAULT(s, e, ERR_INVALID, id, "\"%.*s\" %s", STR_ARG(utf8_head(value, FAULTY_SHOWN)), what);
}

/* ---- values ---- */

static enum err_code row_full(struct sheet *s, struct err *e)
{
	if (arena_fail(s->texts, e) != ERR_LIMIT)
		return ERR_NOMEM;
	return FAULT(s, e, ERR_LIMIT, "xlsx.row", "the texts of the row take more than %d bytes", XLSX_READ_ROW_BYTES);
}

static enum err_code keep(struct sheet *s, struct xlsx_cell *cell, enum xlsx_cell_type type, str text, struct err *e)
{
	cell->type = type;
	cell->text = text.n ? arena_str(s->texts, text) : STR("");
	return cell->text.p ? ERR_OK : row_full(s, e);
}

static size_t digits_from(str t, size_t i)
{
	size_t from = i;
	while (i < t.n && t.p[i] >= '0' && t.p[i] <= '9')
		i++;
	return i - from;
}

/* A decimal, perhaps with an exponent. *ret_plain: it has none, no plus, and no more digits than are safe. */
static bool is_number(str t, bool *ret_plain)
{
	size_t sign = t.n && (t.p[0] == '-' || t.p[0] == '+');
	size_t whole = digits_from(t, sign), i = sign + whole, broken = 0;
	if (i < t.n && t.p[i] == '.') {
		broken = digits_from(t, i + 1);
		i += 1 + broken;
	}
	*ret_plain = i == t.n && whole && whole + broken <= DIGITS_SAFE && t.p[0] != '+' && t.p[i - 1] != '.';
	if (whole + broken == 0 || i == t.n)
		return whole + broken > 0;
	if (t.p[i] != 'e' && t.p[i] != 'E')
		return false;
	i++;
	i += i < t.n && (t.p[i] == '-' || t.p[i] == '+');
	return digits_from(t, i) > 0 && i + digits_from(t, i) == t.n;
}

/* False: there is no such day. */
static bool date_of_serial(const struct xlsx_book *b, double serial, struct xlsx_cell *cell)
{
	bool late = b->from_1904;
	double whole = floor(serial), past = late ? SERIAL_PAST - SERIAL_1970 + SERIAL_1970_FROM_1904 : SERIAL_PAST;
	if (!(serial >= (late ? 0 : 1)) || serial >= past || (!late && whole == SERIAL_MARCH_1900 - 1))
		return false;
	int64_t ms = llround((serial - whole) * DAY_MS);
	int32_t day = (int32_t)whole + (ms >= DAY_MS) - (late ? SERIAL_1970_FROM_1904 : SERIAL_1970);
	if (!late && whole < SERIAL_MARCH_1900)
		day++;
	cell->day = (date){day};
	cell->day_ms = (int32_t)(ms % DAY_MS);
	return true;
}

static enum err_code keep_date(struct sheet *s, struct xlsx_cell *cell, struct err *e)
{
	AUTO_BUF b = BUF_INIT(NUMBER_BYTES);
	int seconds = cell->day_ms / 1000;
	buf_add_date(&b, cell->day);
	if (cell->day_ms)
		buf_addf(&b, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
	TRY(buf_check(&b, e));
	return keep(s, cell, XLSX_CELL_DATE, buf_str(&b), e);
}

/* The shortest decimal of 15 to 17 digits that stands for v. */
static void shorten(double v, char *dst)
{
	for (int digits = DIGITS_SAFE; digits <= DIGITS_ENOUGH; digits++) {
		(void)snprintf(dst, NUMBER_BYTES, "%.*g", digits, v);
		if (strtod(dst, NULL) == v)
			return;
	}
}

static enum err_code take_number(struct sheet *s, struct xlsx_cell *cell, str text, struct err *e)
{
	bool plain;
	char z[NUMBER_BYTES];
	if (text.n >= sizeof z || !is_number(text, &plain))
		return fault_value(s, "xlsx.number", "is no number", text, e);
	bool dated = s->style < s->book->styles.n && (s->book->styles.dates[s->style / 8] >> (s->style % 8) & 1);
	if (!dated && plain)
		return keep(s, cell, XLSX_CELL_NUMBER, text, e);
	memcpy(z, text.p, text.n);
	z[text.n] = '\0';
	double v = strtod(z, NULL);
	if (!isfinite(v))
		return fault_value(s, "xlsx.number", "is too large for a number", text, e);
	if (dated && date_of_serial(s->book, v, cell))
		return keep_date(s, cell, e);
	decimal d;
	AUTO_BUF b = BUF_INIT(NUMBER_SHOWN);
	shorten(v, z);
	if (decimal_parse(str_of(z), &d))
		buf_add_decimal(&b, d);
	if (b.failed == ERR_NOMEM)
		return buf_check(&b, e);
	return keep(s, cell, XLSX_CELL_NUMBER, b.n && !b.failed ? buf_str(&b) : str_of(z), e);
}

static enum err_code take_shared(struct sheet *s, struct xlsx_cell *cell, str text, struct err *e)
{
	const struct xlsx_strings *all = &s->book->strings;
	uint32_t i;
	if (!str_to_u32(text, &i) || i >= all->n)
		return fault_value(s, "xlsx.string", "is no number of a shared text in the workbook", text, e);
	cell->type = XLSX_CELL_TEXT;
	cell->text = str_sub(buf_str(&all->bytes), all->at[i], all->at[i + 1]);
	return ERR_OK;
}

static enum err_code take_text(struct sheet *s, struct xlsx_cell *cell, str text, struct err *e)
{
	AUTO_BUF decoded = BUF_INIT(XLSX_READ_TEXT_BYTES);
	if (str_find(text, STR("_x")) < 0)
		return keep(s, cell, XLSX_CELL_TEXT, text, e);
	xlsx_add_decoded(&decoded, text);
	TRY(buf_check(&decoded, e));
	return keep(s, cell, XLSX_CELL_TEXT, buf_str(&decoded), e);
}

/* A date in words (t="d"): 2010-03-19, or with a time. */
static enum err_code take_iso(struct sheet *s, struct xlsx_cell *cell, str text, struct err *e)
{
	int64_t ms = 0;
	date day = DATE_NONE;
	AUTO_BUF zoned = BUF_INIT(NUMBER_BYTES);
	bool timed = str_find_char(text, 'T') >= 0;
	if (timed) {
		buf_add(&zoned, text);
		buf_addz(&zoned, str_ends(text, STR("Z")) ? "" : "Z");
	}
	if (timed ? zoned.failed || !instant_parse(buf_str(&zoned), &ms) : !date_parse(text, &day))
		return fault_value(s, "xlsx.cell", "is no date", text, e);
	cell->day = timed ? date_of_instant(ms) : day;
	cell->day_ms = timed ? (int32_t)(ms - (int64_t)cell->day.day * DAY_MS) : 0;
	return keep_date(s, cell, e);
}

static enum err_code take_bool(struct sheet *s, struct xlsx_cell *cell, str text, struct err *e)
{
	cell->type = XLSX_CELL_BOOL;
	cell->yes = str_is(text, "1") || str_eq_nocase(text, STR("true"));
	if (!cell->yes && !str_is(text, "0") && !str_eq_nocase(text, STR("false")))
		return fault_value(s, "xlsx.cell", "is neither true nor false", text, e);
	cell->text = cell->yes ? STR("TRUE") : STR("FALSE");
	return ERR_OK;
}

static enum err_code convert(struct sheet *s, struct xlsx_cell *cell, struct err *e)
{
	str text = buf_str(&s->value), trimmed = str_trim(text);
	switch (s->type) {
	case 'i':
	case 't':
		return take_text(s, cell, text, e);
	case 's':
		return take_shared(s, cell, trimmed, e);
	case 'd':
		return take_iso(s, cell, trimmed, e);
	case 'b':
		return take_bool(s, cell, trimmed, e);
	case 'e':
		return keep(s, cell, XLSX_CELL_ERROR, trimmed, e);
	default:
		return take_number(s, cell, trimmed, e);
	}
}

/* ---- rows and cells ---- */

/* Column and row of "B7". */
static bool parse_reference(str s, uint32_t *ret_row, uint32_t *ret_col)
{
	uint32_t col = 0;
	size_t i = 0;
	for (; i < s.n && i < 3 && s.p[i] >= 'A' && s.p[i] <= 'Z'; i++)
		col = col * 26 + (uint32_t)(s.p[i] - 'A' + 1);
	if (!col || col > XLSX_READ_COLUMNS || !str_to_u32(str_sub(s, i, s.n), ret_row))
		return false;
	*ret_col = col;
	return true;
}

static enum err_code begin_row(struct sheet *s, const struct xml_element *x, struct err *e)
{
	uint32_t number = s->row + 1;
	str given = xml_attribute(x, "r");
	s->col = 0;
	if (given.p && (!str_to_u32(given, &number) || number == 0))
		return fault_value(s, "xlsx.cell", "is no number of a row", given, e);
	if (number <= s->row)
		return FAULT(s, e, ERR_INVALID, "xlsx.order", "row %u comes behind it", number);
	if (number > XLSX_READ_ROWS)
		return FAULT(s, e, ERR_INVALID, "xlsx.cell", "row %u is behind the last that a sheet can have", number);
	s->row = number;
	s->in_row = true;
	return ERR_OK;
}

static bool type_of(str t, char *ret)
{
	static const struct {
		const char *word;
		char type;
	} words[] = {{"n", 'n'}, {"s", 's'}, {"str", 't'}, {"inlineStr", 'i'}, {"b", 'b'}, {"e", 'e'}, {"d", 'd'}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(t, words[i].word)) {
			*ret = words[i].type;
			return true;
		}
	return false;
}

static enum err_code begin_cell(struct sheet *s, const struct xml_element *x, struct err *e)
{
	uint32_t row = s->row, col = s->col + 1;
	s->type = 'n';
	s->style = 0;
	s->in_cell = true;
	s->formula = false;
	buf_clear(&s->value);
	for (size_t i = 0; i < x->n_attributes; i++) {
		const struct xml_attribute *a = &x->attributes[i];
		if (a->ns.n || a->name.n != 1)
			continue;
		if (a->name.p[0] == 'r' && (!parse_reference(a->value, &row, &col) || row != s->row))
			return fault_value(s, "xlsx.cell", "is no reference of a cell in this row", a->value, e);
		if (a->name.p[0] == 't' && !type_of(a->value, &s->type))
			return fault_value(s, "xlsx.cell", "is no known type of a cell", a->value, e);
		if (a->name.p[0] == 's' && !str_to_u32(a->value, &s->style))
			return fault_value(s, "xlsx.cell", "is no number of a format", a->value, e);
	}
	if (col > XLSX_READ_COLUMNS)
		return FAULT(s, e, ERR_INVALID, "xlsx.cell", "there are cells behind the last column that a sheet can have");
	s->col = col;
	return ERR_OK;
}

static enum err_code grow(struct sheet *s, struct err *e)
{
	size_t cap = s->cap ? s->cap : CELLS_FIRST;
	while (cap < s->col)
		cap *= 2;
	struct xlsx_cell *cells = mem_realloc(s->cells, cap * sizeof *cells);
	if (!cells)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	s->cells = cells;
	uint16_t *used = mem_realloc(s->used, cap * sizeof *used);
	if (!used)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	s->used = used;
	for (; s->cap < cap; s->cap++)
		s->cells[s->cap] = (struct xlsx_cell){.day = DATE_NONE, .text = {"", 0}};
	return ERR_OK;
}

static enum err_code end_cell(struct sheet *s, struct err *e)
{
	s->in_cell = s->in_inline = s->in_phonetic = s->in_text = false;
	if (s->value.failed == ERR_LIMIT)
		return FAULT(s, e, ERR_LIMIT, "xlsx.row", "its text takes more than %d bytes", XLSX_READ_TEXT_BYTES);
	TRY(buf_check(&s->value, e));
	bool content = s->value.n || s->type == 'i' || s->type == 't';
	if (!content && !s->formula)
		return ERR_OK; /* a format alone */
	if (s->col > s->cap)
		TRY(grow(s, e));
	struct xlsx_cell *cell = &s->cells[s->col - 1];
	if (cell->type != XLSX_CELL_EMPTY || cell->formula)
		return FAULT(s, e, ERR_INVALID, "xlsx.order", "the cell is there twice");
	struct xlsx_cell made = {.formula = s->formula, .day = DATE_NONE, .text = STR("")};
	if (content)
		TRY(convert(s, &made, e));
	*cell = made;
	s->used[s->n_used++] = (uint16_t)(s->col - 1);
	s->most = s->col > s->most ? s->col : s->most;
	return ERR_OK;
}

static enum err_code end_row(struct sheet *s, struct err *e)
{
	const struct xlsx_row row = {s->row, s->cells, s->most};
	s->in_row = false;
	s->col = 0;
	enum err_code code = s->n_used ? s->fn(s->ctx, &row, e) : ERR_OK;
	if (code != ERR_OK) {
		s->placed = true;
		return e->line ? code : err_at(e, s->book->file, s->row, 0);
	}
	for (size_t i = 0; i < s->n_used; i++)
		s->cells[s->used[i]] = (struct xlsx_cell){.day = DATE_NONE, .text = {"", 0}};
	s->n_used = 0;
	s->most = 0;
	arena_reset(s->texts);
	return ERR_OK;
}

/* ---- elements ---- */

static enum err_code start_in_cell(struct sheet *s, str name)
{
	if (str_eq(name, STR("v")))
		s->in_text = s->type != 'i';
	else if (str_eq(name, STR("f")))
		s->formula = true;
	else if (str_eq(name, STR("is")))
		s->in_inline = s->type == 'i';
	else if (str_eq(name, STR("rPh")))
		s->in_phonetic = true;
	else if (str_eq(name, STR("t")))
		s->in_text = s->in_inline && !s->in_phonetic;
	return ERR_OK;
}

static enum err_code sheet_start(void *ctx, const struct xml_element *x, struct err *e)
{
	struct sheet *s = ctx;
	if (x->depth == 1 && !(str_is(x->name, "worksheet") && xlsx_is_main(x->ns)))
		return fail(e, ERR_INVALID, "xlsx.part", "this is no sheet: the root is <%.*s>", STR_ARG(x->name));
	if (!s->in_data) {
		s->in_data = x->depth == 2 && str_eq(x->name, STR("sheetData"));
		return ERR_OK;
	}
	if (!xlsx_is_main(x->ns))
		return ERR_OK;
	if (s->in_cell)
		return start_in_cell(s, x->name);
	if (x->depth == 4 && s->in_row && str_eq(x->name, STR("c")))
		return begin_cell(s, x, e);
	if (x->depth == 3 && str_eq(x->name, STR("row")))
		return begin_row(s, x, e);
	return ERR_OK;
}

static enum err_code sheet_text(void *ctx, str text, uint32_t line, struct err *e)
{
	struct sheet *s = ctx;
	(void)line, (void)e;
	if (s->in_text)
		buf_add(&s->value, text);
	return ERR_OK;
}

static enum err_code sheet_end(void *ctx, str ns, str name, uint32_t line, struct err *e)
{
	struct sheet *s = ctx;
	(void)line;
	if (!s->in_data || !xlsx_is_main(ns))
		return ERR_OK;
	if (s->in_cell) {
		if (str_eq(name, STR("c")))
			return end_cell(s, e);
		s->in_text = false;
		if (str_eq(name, STR("rPh")))
			s->in_phonetic = false;
		else if (str_eq(name, STR("is")))
			s->in_inline = false;
		return ERR_OK;
	}
	if (s->in_row && str_eq(name, STR("row")))
		return end_row(s, e);
	if (str_eq(name, STR("sheetData")))
		s->in_data = false;
	return ERR_OK;
}

static enum err_code load(struct xlsx_book *b, struct err *e)
{
	if (b->loaded)
		return ERR_OK;
	if (b->strings_part && xlsx_zip_has(b->zip, b->strings_part))
		TRY(xlsx_strings_read(&b->strings, b->zip, b->strings_part, e));
	if (b->styles_part && xlsx_zip_has(b->zip, b->styles_part))
		TRY(xlsx_styles_read(&b->styles, b->zip, b->styles_part, e));
	b->loaded = true;
	return ERR_OK;
}

static enum err_code read_rows(struct sheet *s, struct err *e)
{
	const struct xml_handler handler = {sheet_start, sheet_text, sheet_end, s};
	enum err_code code = load(s->book, e);
	if (code == ERR_OK)
		code = xlsx_zip_xml(s->book->zip, s->part->part, UINT64_MAX, &handler, &s->placed, e);
	if (code != ERR_OK && !s->placed)
		return place(s, e);
	if (code != ERR_OK && !s->row)
		e->line = e->col = 0; /* the XML reader's own, in front of the first row */
	return code;
}

enum err_code xlsx_book_rows(struct xlsx_book *b, size_t i, xlsx_row_fn fn, void *ctx, struct err *e)
{
	struct err why = {0};
	assert(i < b->n_sheets);
	struct sheet s = {.book = b, .part = &b->sheets[i], .fn = fn, .ctx = ctx, .value = BUF_INIT(XLSX_READ_TEXT_BYTES),
	    .texts = arena_new(XLSX_READ_ROW_BYTES)};
	if (!s.texts)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	enum err_code code = read_rows(&s, &why);
	mem_free(s.cells);
	mem_free(s.used);
	buf_free(&s.value);
	arena_free(s.texts);
	if (code != ERR_OK && e)
		*e = why;
	return code;
}
