/* A table from a spreadsheet: the header says what each column is, as in the download. */
#include "codec/csv.h"
#include "codec/xlsx_read.h"
#include "feat/decisions/edit.h"

enum {
	CELLS_MOST = 200000,
	XLSX_PART_BYTES = 64 << 20, /* of a workbook, unpacked */
	XLSX_STRING_BYTES = 16 << 20,
	HEADER_WITHIN = 20, /* rows of a sheet in which the header may stand */
};

enum column { COLUMN_ROW, COLUMN_INPUT, COLUMN_OUTPUT, COLUMN_NOTE };

/* Rows of cells, the first the header. */
struct grid {
	const str *cells;
	size_t n_rows, n_columns;
	uint32_t line; /* of the header */
	bool guarded;  /* text that a spreadsheet would run may have an apostrophe in front */
};

struct header {
	enum column kind[3 * EDIT_COLUMNS_MOST + 1];
	size_t n;
};

/* The apostrophe that a download puts in front of what a spreadsheet would run. */
static str unguarded(str s)
{
	return s.n > 1 && s.p[0] == '\'' && memchr("=+-@\t\r", s.p[1], 6) ? str_sub(s, 1, s.n) : s;
}

static bool kind_of(str head, enum column *ret, str *ret_name)
{
	static const struct {
		const char *word;
		enum column kind;
	} words[] = {{"input:", COLUMN_INPUT}, {"output:", COLUMN_OUTPUT}, {"annotation:", COLUMN_NOTE}};
	if (str_eq_nocase(head, STR("row"))) {
		*ret = COLUMN_ROW;
		return true;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		str word = str_of(words[i].word);
		if (str_eq_nocase(str_sub(head, 0, word.n), word)) {
			*ret = words[i].kind;
			*ret_name = str_trim(str_sub(head, word.n, head.n));
			return true;
		}
	}
	return false;
}

/* What the table had under that name keeps its type and values. */
static struct edit_input input_named(const struct edit_table *old, str name)
{
	for (size_t i = 0; i < old->n_inputs; i++)
		if (str_eq(old->inputs[i].expression, name))
			return old->inputs[i];
	return (struct edit_input){.label = STR(""), .expression = name, .type = STR(""), .values = STR("")};
}

static struct edit_output output_named(const struct edit_table *old, str name, size_t at)
{
	for (size_t i = 0; i < old->n_outputs; i++)
		if (str_eq(old->outputs[i].name, name))
			return old->outputs[i];
	uint32_t place;
	if (str_to_u32(name, &place) && place == at + 1 && at < old->n_outputs && !old->outputs[at].name.n)
		return old->outputs[at]; /* a column without name is downloaded by its number */
	return (struct edit_output){.label = STR(""), .name = name, .type = STR(""), .values = STR(""), .fallback = STR("")};
}

static enum err_code read_header(const struct grid *c, const char *file, const struct edit_table *old, struct header *h,
    struct edit_table *x, struct err *e)
{
	for (size_t i = 0; i < c->n_columns; i++) {
		str name = STR("");
		if (h->n == 3 * EDIT_COLUMNS_MOST || x->n_inputs == EDIT_COLUMNS_MOST || x->n_outputs == EDIT_COLUMNS_MOST ||
		    x->n_annotations == EDIT_COLUMNS_MOST)
			return fail(e, ERR_LIMIT, "edit.columns", "more than %d columns of a kind", EDIT_COLUMNS_MOST);
		if (!kind_of(str_trim(c->cells[i]), &h->kind[h->n], &name)) {
			(void)fail(e, ERR_INVALID, "import.header",
			    "column %zu: \"row\", \"input: …\", \"output: …\" or \"annotation: …\" was expected", i + 1);
			return err_at(e, file, c->line, (uint32_t)i + 1);
		}
		if (h->kind[h->n] == COLUMN_INPUT)
			x->inputs[x->n_inputs++] = input_named(old, name);
		else if (h->kind[h->n] == COLUMN_OUTPUT) {
			x->outputs[x->n_outputs] = output_named(old, name, x->n_outputs);
			x->n_outputs++;
		} else if (h->kind[h->n] == COLUMN_NOTE)
			x->annotations[x->n_annotations++] = name;
		h->n++;
	}
	if (x->n_outputs)
		return ERR_OK;
	(void)fail(e, ERR_INVALID, "import.header", "a column \"output: …\" is needed");
	return err_at(e, file, c->line, 1);
}

static void read_row(const struct header *h, const str *cells, bool guarded, struct edit_row *r)
{
	size_t in = 0, out = 0, note = 0;
	for (size_t i = 0; i < h->n; i++) {
		str s = guarded ? unguarded(str_trim(cells[i])) : str_trim(cells[i]);
		if (h->kind[i] == COLUMN_INPUT)
			r->tests[in++] = s;
		else if (h->kind[i] == COLUMN_OUTPUT)
			r->outputs[out++] = s;
		else if (h->kind[i] == COLUMN_NOTE)
			r->notes[note++] = s;
	}
}

static enum err_code from_grid(const struct grid *c, const char *file, const struct edit_table *old, struct arena *a,
    struct edit_table *ret, struct err *e)
{
	struct edit_table x = {.policy = old->policy};
	struct header *h = ARENA_NEW(a, struct header);
	if (!h)
		return arena_fail(a, e);
	if (!c->n_rows)
		return fail(e, ERR_INVALID, "import.empty", "there is nothing in it");
	TRY(edit_make(&x, c->n_rows - 1, a, e));
	TRY(read_header(c, file, old, h, &x, e));
	for (size_t r = 1; r < c->n_rows; r++) {
		read_row(h, &c->cells[r * c->n_columns], c->guarded, &x.rows[r - 1]);
		if (r - 1 < old->n_rows)
			x.rows[r - 1].id = old->rows[r - 1].id;
	}
	*ret = x;
	return ERR_OK;
}

/* Spreadsheets of some countries write semicolons, and what is copied from one has tabs: the most frequent outside of quotes. */
static char separator_of(str csv)
{
	static const char all[] = {',', ';', '\t'};
	size_t counts[sizeof all] = {0}, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < csv.n && (quoted || csv.p[i] != '\n'); i++) {
		quoted = csv.p[i] == '"' ? !quoted : quoted;
		for (size_t k = 0; k < sizeof all; k++)
			counts[k] += !quoted && csv.p[i] == all[k];
	}
	for (size_t k = 1; k < sizeof all; k++)
		best = counts[k] > counts[best] ? k : best;
	return all[best];
}

enum err_code edit_from_csv(str csv, const char *file, const struct edit_table *old, struct arena *a, struct edit_table *ret,
    struct err *e)
{
	str rest = csv;
	struct csv_reader *reader;
	struct csv_record record;
	struct grid cells = {.guarded = true};
	VEC(str) all = {0};
	bool more = true;
	const struct csv_options options = {.file = file, .separator = separator_of(csv)};
	TRY(csv_open(source_str(&rest), &options, &reader, e));
	enum err_code code = ERR_OK;
	while (code == ERR_OK) {
		code = csv_next(reader, &record, &more, e);
		if (code != ERR_OK || !more)
			break;
		if (!cells.n_columns) {
			cells.n_columns = record.n;
			cells.line = record.line;
		}
		if (record.n != cells.n_columns || all.n + record.n > CELLS_MOST) {
			code = record.n != cells.n_columns
			    ? fail(e, ERR_INVALID, "import.row", "%zu columns, but the header has %zu", record.n, cells.n_columns)
			    : fail(e, ERR_LIMIT, "import.cells", "more than %d cells", CELLS_MOST);
			(void)err_at(e, file, record.line, 1);
			break;
		}
		for (size_t i = 0; i < record.n && code == ERR_OK; i++) {
			str *slot = VEC_ADD(&all, a);
			if (slot)
				*slot = arena_str(a, record.fields[i].text);
			code = slot && slot->p ? ERR_OK : arena_fail(a, e);
		}
		cells.n_rows++;
	}
	csv_close(reader);
	if (code != ERR_OK)
		return code;
	cells.cells = all.p;
	return from_grid(&cells, file, old, a, ret, e);
}

/* ---- workbooks ---- */

struct taking {
	struct grid grid;
	VEC(str) all;
	struct arena *a;
	str sheet;
	const char *file;
	bool other; /* the sheet has no such header */
};

static enum err_code refuse_cell(struct taking *t, const struct xlsx_row *row, size_t i, const char *why, struct err *e)
{
	char cell[XLSX_REFERENCE_BYTES];
	(void)fail(e, ERR_INVALID, "import.cell", "sheet \"%.*s\", cell %s: %s", STR_ARG(t->sheet),
	    xlsx_reference(row->number, (uint32_t)i + 1, cell), why);
	return err_at(e, t->file, row->number, (uint32_t)i + 1);
}

/* A cell as it would be written in FEEL. Texts are FEEL already; remarks are plain. */
static enum err_code cell_text(struct taking *t, const struct xlsx_row *row, size_t i, str *ret, struct err *e)
{
	const struct xlsx_cell *c = &row->cells[i];
	str name = STR("");
	enum column kind = COLUMN_NOTE;
	if (t->grid.n_rows)
		(void)kind_of(str_trim(t->all.p[i]), &kind, &name);
	bool plain = !t->grid.n_rows || kind == COLUMN_NOTE || kind == COLUMN_ROW;
	if (c->type == XLSX_CELL_ERROR)
		return refuse_cell(t, row, i, "it holds an error; mend the formula", e);
	if (c->type == XLSX_CELL_EMPTY && c->formula)
		return refuse_cell(t, row, i, "the result of its formula is not stored; open and save the workbook", e);
	if (c->type == XLSX_CELL_BOOL)
		*ret = c->yes ? STR("true") : STR("false");
	else if (c->type == XLSX_CELL_DATE && !plain)
		*ret = arena_fmt(t->a, "%s(\"%.*s\")", c->day_ms ? "date and time" : "date", STR_ARG(c->text));
	else
		*ret = arena_str(t->a, c->text);
	return ret->p ? ERR_OK : arena_fail(t->a, e);
}

static bool is_header(const struct xlsx_row *row)
{
	enum column kind;
	str name;
	bool output = false;
	for (size_t i = 0; i < row->n; i++)
		output = output || (kind_of(str_trim(row->cells[i].text), &kind, &name) && kind == COLUMN_OUTPUT);
	return output;
}

static enum err_code take_row(struct taking *t, const struct xlsx_row *row, struct err *e)
{
	for (size_t i = t->grid.n_columns; i < row->n; i++)
		if (row->cells[i].type != XLSX_CELL_EMPTY)
			return refuse_cell(t, row, i, "it stands beside the table: the header has no such column", e);
	if (t->all.n + t->grid.n_columns > CELLS_MOST) {
		(void)fail(e, ERR_LIMIT, "import.cells", "more than %d cells", CELLS_MOST);
		return err_at(e, t->file, row->number, 1);
	}
	for (size_t i = 0; i < t->grid.n_columns; i++) {
		str text = STR("");
		if (i < row->n)
			TRY(cell_text(t, row, i, &text, e));
		str *slot = VEC_ADD(&t->all, t->a);
		if (!slot)
			return arena_fail(t->a, e);
		*slot = text;
	}
	t->grid.n_rows++;
	return ERR_OK;
}

static enum err_code on_row(void *ctx, const struct xlsx_row *row, struct err *e)
{
	struct taking *t = ctx;
	t->other = !t->grid.n_rows && row->number > HEADER_WITHIN;
	if (t->other || (!t->grid.n_rows && !is_header(row))) {
		return t->other ? fail(e, ERR_INVALID, "import.header", "another sheet") : ERR_OK;
	}
	if (!t->grid.n_rows) {
		t->grid.line = row->number;
		for (size_t i = 0; i < row->n; i++)
			t->grid.n_columns = str_trim(row->cells[i].text).n ? i + 1 : t->grid.n_columns;
	}
	return take_row(t, row, e);
}

/* The first sheet with a header; the others say about it. */
static enum err_code take_sheet(struct xlsx_book *book, struct taking *t, struct err *e)
{
	for (size_t i = 0; i < xlsx_book_sheets(book); i++) {
		t->sheet = xlsx_book_sheet(book, i).name;
		t->other = false;
		enum err_code code = xlsx_book_rows(book, i, on_row, t, e);
		if (code != ERR_OK && !t->other)
			return code;
		if (t->grid.n_rows)
			return ERR_OK;
	}
	(void)fail(e, ERR_INVALID, "import.header", "no sheet has a header with a column \"output: …\" in its first %d rows", HEADER_WITHIN);
	return err_at(e, t->file, 1, 1);
}

enum err_code edit_from_xlsx(str bytes, const char *file, const struct edit_table *old, struct arena *a, struct edit_table *ret,
    struct err *e)
{
	struct xlsx_book *book;
	struct taking t = {.a = a, .file = file};
	const struct xlsx_read_options options = {.file = file, .max_part_bytes = XLSX_PART_BYTES, .max_string_bytes = XLSX_STRING_BYTES};
	TRY(xlsx_book_open_str(bytes, &options, &book, e));
	enum err_code code = take_sheet(book, &t, e);
	t.grid.cells = t.all.p;
	if (code == ERR_OK)
		code = from_grid(&t.grid, file, old, a, ret, e);
	xlsx_book_close(book);
	return code;
}

enum err_code edit_from_file(str bytes, const char *file, const struct edit_table *old, struct arena *a, struct edit_table *ret,
    struct err *e)
{
	bool old_format = str_starts(bytes, STR("\xD0\xCF\x11\xE0")); /* before 2007, or with a password: the reader says so */
	return xlsx_looks_like(bytes) || old_format ? edit_from_xlsx(bytes, file, old, a, ret, e) : edit_from_csv(bytes, file, old, a, ret, e);
}
