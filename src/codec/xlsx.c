#include "codec/xlsx.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	PATH_BYTES = 4096,
	SHEET_NAME_BYTES = 31 * 4,
	CELL_BYTES = XLSX_CELL_CHARS * 4,
	WIDTH_MOST = 80,
	WIDTH_FACT = 24,
	DECIMALS_MOST = 6,
	SERIAL_1970 = 25569, /* 1970-01-01 as the format counts days */
	SERIAL_FIRST = 61    /* 1900-03-01: before it the count has a day that never was */
};

static const int64_t exact_most = (int64_t)1 << 53; /* largest whole number a cell holds exactly */

struct xlsx_writer {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	const struct xlsx_column *columns;
	uint16_t n_columns, col;
	uint32_t row; /* the one being written; 0 is the header */
	struct buf cell;
	char path[PATH_BYTES];
	lxw_format *formats[XLSX_COLUMNS];
	struct err err;
};

static void note(struct xlsx_writer *w, enum err_code code, const char *id, const char *detail)
{
	if (w->err.code == ERR_OK)
		(void)fail(&w->err, code, id, "%s", detail);
}

static void check(struct xlsx_writer *w, lxw_error error)
{
	if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
		note(w, ERR_NOMEM, "mem.none", "the system has no memory left");
	else if (error != LXW_NO_ERROR)
		note(w, ERR_IO, "xlsx.write", lxw_strerror(error));
}

/* Would a reader take what begins at i for an escaped character (_x000D_)? The library does not look. */
static bool looks_escaped(str s, size_t i)
{
	if (i + 7 > s.n || s.p[i] != '_' || s.p[i + 1] != 'x' || s.p[i + 6] != '_')
		return false;
	for (size_t k = i + 2; k < i + 6; k++)
		if (!strchr("0123456789abcdefABCDEF", s.p[k]) || !s.p[k])
			return false;
	return true;
}

/* The format counts UTF-16 units and cannot hold every code point. */
static const char *cell_text(struct xlsx_writer *w, str s)
{
	size_t units = 0;
	buf_clear(&w->cell);
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		int32_t cp = utf8_next(s, &i);
		bool bad = cp <= 0 || cp == 0xFFFE || cp == 0xFFFF;
		bool escape = looks_escaped(s, from);
		units += cp > 0xFFFF ? 2 : escape ? 7 : 1;
		if (units > XLSX_CELL_CHARS)
			break;
		if (escape)
			buf_addz(&w->cell, "_x005F");
		buf_add(&w->cell, bad ? STR("\xEF\xBF\xBD") : str_sub(s, from, i));
	}
	if (w->cell.failed)
		note(w, ERR_NOMEM, "mem.none", "the system has no memory left");
	return w->cell.p ? w->cell.p : "";
}

static void write_string(struct xlsx_writer *w, lxw_worksheet *sheet, uint32_t row, uint16_t col,
    str s, lxw_format *format)
{
	const char *text = cell_text(w, s);
	if (text[0] && w->err.code == ERR_OK)
		check(w, worksheet_write_string(sheet, row, col, text, format));
}

static const char *number_format(const struct xlsx_column *c)
{
	static const char *const decimals[] = {
	    "0", "0.0", "0.00", "0.000", "0.0000", "0.00000", "0.000000"};
	static const char *const grouped[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000",
	    "#,##0.0000", "#,##0.00000", "#,##0.000000"};
	uint8_t places = c->decimals < DECIMALS_MOST ? c->decimals : DECIMALS_MOST;
	switch (c->type) {
	case XLSX_INTEGER:
		return grouped[0];
	case XLSX_NUMBER:
		return decimals[places];
	case XLSX_MONEY:
		return grouped[places];
	case XLSX_DATE:
		return "yyyy-mm-dd";
	case XLSX_TEXT:
		break;
	}
	return NULL;
}

static double width_of(const struct xlsx_column *c)
{
	static const uint16_t normal[] = {[XLSX_TEXT] = 30,
	    [XLSX_INTEGER] = 12,
	    [XLSX_NUMBER] = 14,
	    [XLSX_MONEY] = 16,
	    [XLSX_DATE] = 12};
	size_t title = utf8_length(c->title) + 3; /* and the filter's arrow */
	size_t width = c->width ? c->width : normal[c->type];
	if (!c->width && width < title)
		width = title;
	return (double)(width < WIDTH_MOST ? width : WIDTH_MOST);
}

static void write_header(struct xlsx_writer *w)
{
	lxw_format *bold = workbook_add_format(w->book);
	format_set_bold(bold);
	format_set_bottom(bold, LXW_BORDER_THIN);
	for (uint16_t i = 0; i < w->n_columns; i++) {
		const struct xlsx_column *c = &w->columns[i];
		const char *code = number_format(c);
		if (code) {
			w->formats[i] = workbook_add_format(w->book);
			format_set_num_format(w->formats[i], code);
		}
		check(w, worksheet_set_column(w->sheet, i, i, width_of(c), NULL));
		write_string(w, w->sheet, 0, i, c->title, bold);
	}
	worksheet_freeze_panes(w->sheet, 1, 0);
	w->row = 1;
}

static void write_facts(struct xlsx_writer *w, const struct xlsx_options *o)
{
	lxw_worksheet *about = workbook_add_worksheet(w->book, "About");
	lxw_format *bold = workbook_add_format(w->book), *wrap = workbook_add_format(w->book);
	if (!about) {
		note(w, ERR_NOMEM, "mem.none", "the system has no memory left");
		return;
	}
	format_set_bold(bold);
	format_set_align(bold, LXW_ALIGN_VERTICAL_TOP);
	format_set_text_wrap(wrap);
	check(w, worksheet_set_column(about, 0, 0, WIDTH_FACT, NULL));
	check(w, worksheet_set_column(about, 1, 1, WIDTH_MOST, NULL));
	for (size_t i = 0; i < o->n_facts; i++) {
		write_string(w, about, (uint32_t)i, 0, o->facts[i].name, bold);
		write_string(w, about, (uint32_t)i, 1, o->facts[i].value, wrap);
	}
}

static enum err_code make_file(struct xlsx_writer *w, const char *dir, struct err *e)
{
	int n = snprintf(w->path, sizeof w->path, "%s/grutto-XXXXXX.xlsx", dir);
	if (n < 0 || (size_t)n >= sizeof w->path)
		return fail(
		    e, ERR_INVALID, "xlsx.path", "the path of the temporary folder is too long");
	int fd = mkostemps(w->path, (int)strlen(".xlsx"), O_CLOEXEC);
	if (fd < 0)
		return fail(e, ERR_IO, "xlsx.create", "a temporary file cannot be made in %s: %s",
		    dir, strerror(errno));
	(void)close(fd);
	return ERR_OK;
}

static enum err_code open_book(struct xlsx_writer *w, const struct xlsx_options *o, struct err *e)
{
	char dir[PATH_BYTES], name[SHEET_NAME_BYTES + 1];
	(void)snprintf(dir, sizeof dir, "%s", o->temp_dir ? o->temp_dir : "/tmp");
	/* The library's own check, below, leaves these out. */
	if (o->sheet.n == 0 || o->sheet.n >= sizeof name || !utf8_valid(o->sheet, NULL) ||
	    str_is(o->sheet, "About") || str_starts(o->sheet, STR("'")) ||
	    str_ends(o->sheet, STR("'")))
		return fail(e, ERR_INVALID, "xlsx.sheet", "this is no name for a sheet");
	(void)snprintf(name, sizeof name, "%.*s", STR_ARG(o->sheet));
	TRY(make_file(w, dir, e));
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = dir};
	w->book = workbook_new_opt(w->path, &options);
	if (!w->book)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (workbook_validate_sheet_name(w->book, name) != LXW_NO_ERROR)
		return fail(e, ERR_INVALID, "xlsx.sheet", "this is no name for a sheet");
	lxw_doc_properties properties = {.title = name, .created = (time_t)(o->created_ms / 1000)};
	check(w, workbook_set_properties(w->book, &properties));
	w->sheet = workbook_add_worksheet(w->book, name);
	if (!w->sheet)
		return fail(e, ERR_IO, "xlsx.write", "a temporary file cannot be made in %s", dir);
	return ERR_OK;
}

enum err_code xlsx_begin(
    const struct xlsx_options *o, struct xlsx_writer **ret_writer, struct err *e)
{
	if (o->n_columns == 0 || o->n_columns > XLSX_COLUMNS)
		return fail(
		    e, ERR_LIMIT, "xlsx.columns", "a sheet has 1 to %d columns", (int)XLSX_COLUMNS);
	struct xlsx_writer *w = mem_alloc(sizeof *w);
	if (!w)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	*w = (struct xlsx_writer){
	    .columns = o->columns,
	    .n_columns = (uint16_t)o->n_columns,
	    .cell = BUF_INIT(CELL_BYTES),
	};
	enum err_code code = open_book(w, o, e);
	if (code != ERR_OK) {
		xlsx_abandon(w);
		return code;
	}
	write_header(w);
	write_facts(w, o);
	*ret_writer = w;
	return ERR_OK;
}

/* The next cell's column; false when nothing more is written after a failure. */
static bool next_cell(struct xlsx_writer *w, uint16_t *ret_col)
{
	assert(w->col < w->n_columns);
	*ret_col = w->col++;
	if (w->row > XLSX_ROWS)
		note(w, ERR_LIMIT, "xlsx.rows",
		    "a spreadsheet holds at most 1,048,575 rows; take the CSV file instead");
	return w->err.code == ERR_OK;
}

void xlsx_none(struct xlsx_writer *w)
{
	uint16_t col;
	(void)next_cell(w, &col);
}

void xlsx_text(struct xlsx_writer *w, str s)
{
	uint16_t col;
	if (next_cell(w, &col))
		write_string(w, w->sheet, w->row, col, s, NULL);
	assert(w->columns[w->col - 1].type == XLSX_TEXT);
}

static void write_number(struct xlsx_writer *w, uint16_t col, double v)
{
	check(w, worksheet_write_number(w->sheet, w->row, col, v, w->formats[col]));
}

void xlsx_i64(struct xlsx_writer *w, int64_t v)
{
	uint16_t col;
	if (!next_cell(w, &col))
		return;
	assert(w->columns[col].type == XLSX_INTEGER);
	if (v >= -exact_most && v <= exact_most) {
		write_number(w, col, (double)v);
		return;
	}
	AUTO_BUF digits = BUF_INIT(32);
	buf_add_i64(&digits, v);
	write_string(w, w->sheet, w->row, col, buf_str(&digits), NULL);
}

void xlsx_number(struct xlsx_writer *w, double v)
{
	uint16_t col;
	if (!next_cell(w, &col))
		return;
	assert(w->columns[col].type == XLSX_NUMBER);
	if (__builtin_isfinite(v))
		write_number(w, col, v);
}

void xlsx_money(struct xlsx_writer *w, money m)
{
	uint16_t col;
	if (!next_cell(w, &col) || !money_is(m))
		return;
	assert(w->columns[col].type == XLSX_MONEY);
	if (m.minor >= -exact_most && m.minor <= exact_most) {
		double unit = 1;
		for (int i = money_exponent(str_of(m.currency)); i > 0; i--)
			unit *= 10;
		write_number(w, col, (double)m.minor / unit);
		return;
	}
	AUTO_BUF text = BUF_INIT(32);
	buf_add_money(&text, m);
	write_string(w, w->sheet, w->row, col, buf_str(&text), NULL);
}

void xlsx_date(struct xlsx_writer *w, date d)
{
	uint16_t col;
	if (!next_cell(w, &col) || !date_is(d))
		return;
	assert(w->columns[col].type == XLSX_DATE);
	if (d.day >= SERIAL_FIRST - SERIAL_1970) {
		write_number(w, col, (double)d.day + SERIAL_1970);
		return;
	}
	AUTO_BUF text = BUF_INIT(32);
	buf_add_date(&text, d);
	write_string(w, w->sheet, w->row, col, buf_str(&text), NULL);
}

void xlsx_end_row(struct xlsx_writer *w)
{
	assert(w->col == w->n_columns);
	w->col = 0;
	w->row++;
}

/* The library does not look whether its temporary file could take all rows. */
static bool rows_lost(struct xlsx_writer *w)
{
	FILE *rows = w->sheet->optimize_tmpfile;
	return rows && (fflush(rows) != 0 || ferror(rows));
}

enum err_code xlsx_finish(struct xlsx_writer *w, int *ret_fd, struct err *e)
{
	int fd = -1;
	if (w->err.code == ERR_OK)
		check(w, worksheet_autofilter(w->sheet, 0, 0, w->row > 1 ? w->row - 1 : 0,
		             (uint16_t)(w->n_columns - 1)));
	if (w->err.code == ERR_OK && rows_lost(w))
		note(w, ERR_IO, "xlsx.write", "the temporary folder is full");
	if (w->err.code == ERR_OK) {
		check(w, workbook_close(w->book));
		w->book = NULL;
	}
	if (w->err.code == ERR_OK) {
		fd = open(w->path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			note(w, ERR_IO, "xlsx.write", strerror(errno));
	}
	enum err_code code = w->err.code;
	if (code == ERR_OK)
		*ret_fd = fd;
	else if (e)
		*e = w->err;
	xlsx_abandon(w);
	return code;
}

void xlsx_abandon(struct xlsx_writer *w)
{
	if (!w)
		return;
	if (w->book)
		lxw_workbook_free(w->book);
	if (w->path[0])
		(void)unlink(w->path);
	buf_free(&w->cell);
	mem_free(w);
}
