/* Workbooks: any bytes as an archive, and any bytes as a part of a sound one. Rows rise, texts are UTF-8, dates are days, every fault says
 * what it is; read twice it gives the same. A first byte of 'P' is an archive; else it says which part the rest is (0 sheet, 1 shared texts,
 * 2 formats, 3 workbook, 4 relations), and a zero byte in the rest begins the sheet. */
#include "base/utf8.h"
#include "codec/t_zip.h"
#include "codec/xlsx_read.h"
#include "fuzz.h"

struct seen {
	uint32_t last;
	struct buf text;
};

static void check_cell(const struct xlsx_cell *c)
{
	FUZZ_CHECK(c->text.p && utf8_valid(c->text, NULL));
	FUZZ_CHECK((c->type == XLSX_CELL_DATE) == date_is(c->day));
	FUZZ_CHECK(c->type != XLSX_CELL_EMPTY || c->text.n == 0);
	FUZZ_CHECK(c->day_ms >= 0 && c->day_ms < 86400000);
	if (c->type == XLSX_CELL_NUMBER)
		FUZZ_CHECK(c->text.n && (c->text.p[0] == '-' || (c->text.p[0] >= '0' && c->text.p[0] <= '9')));
}

static enum err_code on_row(void *ctx, const struct xlsx_row *row, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	FUZZ_CHECK(row->number > s->last && row->number <= XLSX_READ_ROWS && row->n <= XLSX_READ_COLUMNS && row->n);
	FUZZ_CHECK(row->cells[row->n - 1].type != XLSX_CELL_EMPTY || row->cells[row->n - 1].formula);
	s->last = row->number;
	for (size_t i = 0; i < row->n; i++) {
		check_cell(&row->cells[i]);
		buf_addf(&s->text, "%u:%zu:%d %.*s\n", row->number, i, (int)row->cells[i].type, STR_ARG(row->cells[i].text));
	}
	return ERR_OK;
}

static void check_fault(enum err_code code, const struct err *e)
{
	FUZZ_CHECK(code == ERR_INVALID || code == ERR_LIMIT || code == ERR_IO);
	FUZZ_CHECK(e->id[0] && e->detail[0] && e->line <= XLSX_READ_ROWS && e->col <= XLSX_READ_COLUMNS);
}

static void read_book(str bytes)
{
	struct err e = {0}, again = {0};
	struct xlsx_book *b;
	const struct xlsx_read_options o = {.max_part_bytes = 1 << 20, .max_string_bytes = 1 << 16};
	enum err_code code = xlsx_book_open_str(bytes, &o, &b, &e);
	if (code != ERR_OK) {
		check_fault(code, &e);
		return;
	}
	for (size_t i = 0; i < xlsx_book_sheets(b) && i < 3; i++) {
		struct seen first = {.text = BUF_INIT(1 << 20)}, second = {.text = BUF_INIT(1 << 20)};
		FUZZ_CHECK(utf8_valid(xlsx_book_sheet(b, i).name, NULL));
		code = xlsx_book_rows(b, i, on_row, &first, &e);
		if (code != ERR_OK)
			check_fault(code, &e);
		FUZZ_CHECK(xlsx_book_rows(b, i, on_row, &second, &again) == code);
		FUZZ_CHECK(str_eq(buf_str(&first.text), buf_str(&second.text)));
		FUZZ_CHECK(code == ERR_OK || (strcmp(e.detail, again.detail) == 0 && e.line == again.line && e.col == again.col));
		buf_free(&first.text);
		buf_free(&second.text);
	}
	xlsx_book_close(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct t_zip z;
	struct t_book b = {
	    .styles = STR("<styleSheet " T_MAIN "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
	    .strings = STR("<sst " T_MAIN "><si><t>one</t></si><si><t>two</t></si></sst>"),
	    .sheet = T_SHEET("<row><c s=\"1\"><v>1</v></c><c t=\"s\"><v>1</v></c></row>"),
	};
	str *const parts[] = {&b.sheet, &b.strings, &b.styles, &b.workbook, &b.relations};
	str bytes = {(const char *)data, n};
	if (n == 0 || data[0] == 'P') {
		read_book(bytes);
		return 0;
	}
	str rest = str_sub(bytes, 1, n);
	ptrdiff_t zero = str_find_char(rest, '\0');
	if (zero >= 0)
		b.sheet = str_sub(rest, (size_t)zero + 1, rest.n);
	*parts[data[0] % (sizeof parts / sizeof *parts)] = zero >= 0 ? str_sub(rest, 0, (size_t)zero) : rest;
	read_book(t_book_make(&z, &b));
	t_zip_free(&z);
	return 0;
}
