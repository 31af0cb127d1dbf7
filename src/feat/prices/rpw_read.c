/* The layout of RPW, and its rows from a workbook or from CSV. */
#include "codec/csv.h"
#include "feat/prices/rpw_inside.h"

enum { NAME_BYTES = 64 };

/* Names without blanks, underscores and capitals; those marked ! are needed. */
static const char *const rpw_columns[RPW_COLUMNS] = {
    "!id", "!period", "!sourcecode", "sourcename", "!destinationcode", "destinationname", "!firm", "firmtype", "product",
    "paymentinstrument", "accesspoint", "speedactual",
    "!cc1lcuamount", "cc1denominationamount", "!cc1lcucode", "!cc1lcufee", "!cc1lcufxrate", "cc1fxmargin", "cc1totalcost%",
    "cc2lcuamount", "cc2denominationamount", "cc2lcucode", "cc2lcufee", "cc2lcufxrate", "cc2fxmargin", "cc2totalcost%",
    "!interlcubankfx", "!transparent", "receivingnetworkcoverage", "pickuplocation", "pickupmethod", "date", "corridor", "standardnote",
    "note2"};

/* Is name what a column is called? */
static bool is_named(str name, const char *column)
{
	char plain[NAME_BYTES];
	size_t n = 0;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		bool counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '%';
		if (counts && n == sizeof plain)
			return false;
		if (counts)
			plain[n++] = c;
	}
	return str_is((str){plain, n}, column + (column[0] == '!'));
}

bool rpw_layout_of(const str *names, size_t n, struct rpw_layout *ret)
{
	size_t found = 0, needed = 0;
	struct rpw_layout l = {.n = n};
	for (size_t c = 0; c < RPW_COLUMNS; c++) {
		l.at[c] = -1;
		for (size_t i = 0; i < n && l.at[c] < 0; i++)
			if (is_named(names[i], rpw_columns[c])) {
				l.at[c] = (int16_t)i;
				l.names[c] = names[i];
			}
		needed += rpw_columns[c][0] == '!';
		found += rpw_columns[c][0] == '!' && l.at[c] >= 0;
	}
	*ret = l;
	return found * 3 >= needed * 2;
}

bool rpw_is_header(const str *names, size_t n)
{
	struct rpw_layout l;
	return n <= RPW_COLUMNS_MAX && rpw_layout_of(names, n, &l);
}

enum err_code rpw_layout_check(const str *names, size_t n, const struct rpw_layout *l, struct err *e)
{
	for (size_t c = 0; c < RPW_COLUMNS; c++) {
		const char *column = rpw_columns[c];
		if (column[0] == '!' && l->at[c] < 0) {
			(void)fail(e, ERR_INVALID, "rpw.header", "the column \"%s\" is missing (names without blanks)", column + 1);
			return err_field(e, column + 1);
		}
		for (size_t i = (size_t)(l->at[c] + 1); l->at[c] >= 0 && i < n; i++)
			if (is_named(names[i], column)) {
				(void)fail(e, ERR_INVALID, "rpw.header", "the column \"%.*s\" is there twice", STR_ARG(names[i]));
				e->col = (uint32_t)i + 1;
				return err_field(e, column + (column[0] == '!'));
			}
	}
	return ERR_OK;
}

/* ---- a table ---- */

struct table {
	const struct rpw_reading *r;
	struct rpw_totals *totals;
	str sheet; /* "" in CSV */
	struct arena *names, *row;
	struct rpw_layout layout;
	bool begun;
	bool skip; /* the sheet has no table of this layout */
};

static enum err_code tell_refusal(struct table *t, uint32_t line, struct err *why, struct err *e)
{
	char cell[XLSX_REFERENCE_BYTES];
	if (t->sheet.n) {
		struct err plain = *why;
		(void)fail(why, why->code, plain.id, "sheet \"%.*s\", %s%s: %s", STR_ARG(t->sheet), why->col ? "cell " : "row ",
		    xlsx_reference(line, why->col, cell), plain.detail);
		(void)err_field(why, plain.field);
		why->col = plain.col;
	}
	(void)err_at(why, t->r->file, line, why->col);
	t->totals->refused++;
	return t->r->on_refused(t->r->ctx, why, e);
}

static enum err_code give_row(struct table *t, uint32_t line, const struct xlsx_cell *cells, size_t n, struct err *e)
{
	struct rpw_row row;
	struct err why = {0};
	arena_reset(t->row);
	enum err_code code = rpw_row_parse(&t->layout, cells, n, t->row, &row, &why);
	if (code == ERR_INVALID || code == ERR_LIMIT)
		return tell_refusal(t, line, &why, e);
	if (code != ERR_OK) {
		*e = why;
		return code;
	}
	row.sheet = t->sheet;
	row.line = line;
	t->totals->rows++;
	t->totals->held += row.held != 0;
	return t->r->on_row(t->r->ctx, &row, e);
}

/* Take the row for the header if it is one. */
static enum err_code try_header(struct table *t, uint32_t line, const struct xlsx_cell *cells, size_t n, struct err *e)
{
	str names[RPW_COLUMNS_MAX];
	if (n > RPW_COLUMNS_MAX)
		n = RPW_COLUMNS_MAX;
	for (size_t i = 0; i < n; i++) {
		names[i] = arena_str(t->names, str_trim(cells[i].text));
		if (!names[i].p)
			return arena_fail(t->names, e);
	}
	if (!rpw_layout_of(names, n, &t->layout))
		return ERR_OK;
	t->begun = true;
	t->totals->tables++;
	enum err_code code = rpw_layout_check(names, n, &t->layout, e);
	return code == ERR_OK ? ERR_OK : err_at(e, t->r->file, line, e->col);
}

static bool all_empty(const struct xlsx_cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_trim(cells[i].text).n || cells[i].formula)
			return false;
	return true;
}

/* ---- the workbook ---- */

static enum err_code on_sheet_row(void *ctx, const struct xlsx_row *row, struct err *e)
{
	struct table *t = ctx;
	if (!t->begun && row->number <= RPW_HEADER_WITHIN)
		return try_header(t, row->number, row->cells, row->n, e);
	if (!t->begun) {
		t->skip = true;
		return fail(e, ERR_INVALID, "rpw.layout", "this sheet is another one");
	}
	size_t n = row->n < t->layout.n ? row->n : t->layout.n;
	return all_empty(row->cells, n) ? ERR_OK : give_row(t, row->number, row->cells, n, e);
}

static enum err_code read_sheet(struct xlsx_book *book, size_t i, struct table *t, struct err *e)
{
	t->sheet = xlsx_book_sheet(book, i).name;
	t->begun = t->skip = false;
	arena_reset(t->names);
	enum err_code code = xlsx_book_rows(book, i, on_sheet_row, t, e);
	if (code == ERR_OK && t->begun)
		return ERR_OK;
	if (code != ERR_OK && !t->skip)
		return code;
	t->totals->skipped++;
	return ERR_OK;
}

static enum err_code open_arenas(struct table *t, struct err *e)
{
	t->names = arena_new(RPW_ROW_BYTES);
	t->row = arena_new(RPW_ROW_BYTES);
	return t->names && t->row ? ERR_OK : fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
}

enum err_code rpw_read_book(struct xlsx_book *book, const struct rpw_reading *r, struct rpw_totals *ret_totals, struct err *e)
{
	struct table t = {.r = r, .totals = ret_totals};
	*ret_totals = (struct rpw_totals){0};
	enum err_code code = open_arenas(&t, e);
	for (size_t i = 0; code == ERR_OK && i < xlsx_book_sheets(book); i++)
		code = read_sheet(book, i, &t, e);
	if (code == ERR_OK && !ret_totals->tables) {
		code = fail(e, ERR_INVALID, "rpw.layout", "no sheet has the columns of Remittance Prices Worldwide in its first %d rows",
		    RPW_HEADER_WITHIN);
		(void)err_at(e, r->file, 0, 0);
	}
	arena_free(t.names);
	arena_free(t.row);
	return code;
}

/* ---- CSV ---- */

static enum err_code on_record(struct table *t, const struct csv_record *record, struct err *e)
{
	struct xlsx_cell cells[RPW_COLUMNS_MAX];
	size_t n = record->n < RPW_COLUMNS_MAX ? record->n : RPW_COLUMNS_MAX;
	for (size_t i = 0; i < n; i++) {
		str s = record->fields[i].text;
		cells[i] = (struct xlsx_cell){.type = s.n ? XLSX_CELL_TEXT : XLSX_CELL_EMPTY, .day = DATE_NONE, .text = s};
	}
	if (!t->begun) {
		TRY(try_header(t, record->line, cells, n, e));
		if (t->begun)
			return ERR_OK;
		(void)fail(e, ERR_INVALID, "rpw.layout", "these are not the columns of Remittance Prices Worldwide");
		return err_at(e, t->r->file, record->line, 1);
	}
	if (all_empty(cells, n))
		return ERR_OK;
	if (n == t->layout.n)
		return give_row(t, record->line, cells, n, e);
	struct err why;
	(void)fail(&why, ERR_INVALID, "rpw.length", "%zu columns, but the header has %zu", record->n, t->layout.n);
	return tell_refusal(t, record->line, &why, e);
}

static enum err_code read_records(struct csv_reader *reader, struct table *t, struct err *e)
{
	struct csv_record record;
	bool more = true;
	while (more) {
		struct err why = {0};
		enum err_code code = csv_next(reader, &record, &more, &why);
		if (code == ERR_INVALID && t->begun) {
			TRY(tell_refusal(t, why.line, &why, e));
			continue;
		}
		if (code != ERR_OK) {
			*e = why;
			return code;
		}
		if (more)
			TRY(on_record(t, &record, e));
	}
	if (t->begun)
		return ERR_OK;
	(void)fail(e, ERR_INVALID, "rpw.layout", "there is nothing in it");
	return err_at(e, t->r->file, 0, 0);
}

enum err_code rpw_read_csv(struct source from, const struct rpw_reading *r, struct rpw_totals *ret_totals, struct err *e)
{
	struct table t = {.r = r, .totals = ret_totals, .sheet = STR("")};
	struct csv_reader *reader = NULL;
	const struct csv_options options = {.file = r->file};
	*ret_totals = (struct rpw_totals){0};
	enum err_code code = open_arenas(&t, e);
	if (code == ERR_OK)
		code = csv_open(from, &options, &reader, e);
	if (code == ERR_OK)
		code = read_records(reader, &t, e);
	if (reader)
		csv_close(reader);
	arena_free(t.names);
	arena_free(t.row);
	return code;
}
