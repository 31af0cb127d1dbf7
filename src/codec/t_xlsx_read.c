/* Workbooks of other writers (tests/xlsx/make.py says what is in them), our own, and bad ones made by hand. */
#include "base/test.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "codec/io.h"
#include "codec/t_zip.h"
#include "codec/xlsx.h"
#include "codec/xlsx_read.h"

#include <fcntl.h>

enum { SEEN_BYTES = 1 << 20 };

/* What was read, as one text: "B2=number 0.1", one cell a line. */
struct seen {
	struct buf text;
	size_t rows;
	uint32_t stop_at; /* row at which the callback fails; 0: never */
};

static enum err_code on_row(void *ctx, const struct xlsx_row *row, struct err *e)
{
	static const char *const types[] = {[XLSX_CELL_EMPTY] = "nothing", [XLSX_CELL_TEXT] = "text", [XLSX_CELL_NUMBER] = "number",
	    [XLSX_CELL_BOOL] = "bool", [XLSX_CELL_DATE] = "date", [XLSX_CELL_ERROR] = "error"};
	struct seen *s = ctx;
	s->rows++;
	if (row->number == s->stop_at)
		return fail(e, ERR_INVALID, "test.stop", "enough");
	for (size_t i = 0; i < row->n; i++) {
		const struct xlsx_cell *c = &row->cells[i];
		char reference[XLSX_REFERENCE_BYTES];
		assert_true(utf8_valid(c->text, NULL));
		assert_int_equal(c->type == XLSX_CELL_DATE, date_is(c->day));
		if (c->type == XLSX_CELL_EMPTY && !c->formula)
			continue;
		buf_addf(&s->text, "%s%s%s %.*s\n", xlsx_reference(row->number, (uint32_t)i + 1, reference), c->formula ? "=" : ":",
		    types[c->type], STR_ARG(c->text));
	}
	return ERR_OK;
}

static void sheet_is(struct xlsx_book *b, size_t i, const char *want)
{
	struct err e;
	struct seen s = {.text = BUF_INIT(SEEN_BYTES)};
	assert_ok(xlsx_book_rows(b, i, on_row, &s, &e), &e);
	assert_str(buf_str(&s.text), want);
	buf_free(&s.text);
}

static struct xlsx_book *open_fixture(const char *name)
{
	struct err e;
	char path[4096];
	struct xlsx_book *b = NULL;
	const char *dir = getenv("GRUTTO_TEST_XLSX");
	int fd;
	assert_non_null(dir);
	(void)snprintf(path, sizeof path, "%s/%s", dir, name);
	assert_ok(file_open_read(path, &fd, &e), &e);
	assert_ok(xlsx_book_open_fd(fd, &(struct xlsx_read_options){.file = name}, &b, &e), &e);
	(void)close(fd); /* borrowed for the opening alone */
	return b;
}

static const char openpyxl_cells[] = "A1:text text\nB1:text number\nC1:text date\nD1:text moment\nE1:text yes\nF1:text error\nG1:text formula\n"
	"A2:text \xC3\x89\xC3\xA9n < & \"twee\"\nB2:number 0.1\nC2:date 2011-01-24\nD2:date 2025-03-31T14:30:05\nE2:bool TRUE\n"
	"F2:error #N/A\nG2=nothing \n"
	"B3:number -1234567.25\nE3:bool FALSE\nF3:error #DIV/0!\n"
	"C5:date 1999-12-31\nD5:number 0.75\nE5:number 40000\nAB5:text far\n"
	"A7:text merged\nD7:text line\nbreak\n";

static void reads_openpyxl(void **state)
{
	(void)state;
	static const char *const names[] = {"openpyxl.xlsx", "openpyxl-1904.xlsx"};
	for (size_t i = 0; i < 2; i++) {
		struct xlsx_book *b = open_fixture(names[i]);
		assert_int_equal(xlsx_book_sheets(b), 2);
		assert_str(xlsx_book_sheet(b, 0).name, "Types & more");
		assert_false(xlsx_book_sheet(b, 0).hidden);
		assert_str(xlsx_book_sheet(b, 1).name, "Hidden");
		assert_true(xlsx_book_sheet(b, 1).hidden);
		assert_int_equal(xlsx_book_find(b, STR("hIDDEN")), 1);
		assert_int_equal(xlsx_book_find(b, STR("Hidden ")), -1);
		sheet_is(b, 0, openpyxl_cells);
		sheet_is(b, 1, "B2:number 0.0000001\n");
		sheet_is(b, 0, openpyxl_cells); /* once more */
		xlsx_book_close(b);
	}
	xlsx_book_close(NULL);
}

static void reads_xlsxwriter(void **state)
{
	(void)state;
	struct xlsx_book *b = open_fixture("xlsxwriter.xlsx");
	assert_int_equal(xlsx_book_sheets(b), 1); /* the other is a chart */
	assert_str(xlsx_book_sheet(b, 0).name, "Blad 1");
	/* This writer stores 1 January 1900 as 0, which is no day to a spreadsheet. */
	sheet_is(b, 0, "A1:text a\nB1:text b\nC1:text c\n"
		"A2:number 0.3333333333333333\nB2:number 0\nC2:date 1900-03-01\n"
		"A3=text xy\nB3=error #N/A\nC3=bool TRUE\n"
		"A4:text plain bold plain\n"
		"A5:number 1E+300\nB5:number 123456789012345700\nC5:text tab\tand \x01 and _x0042_\n");
	xlsx_book_close(b);
}

static void reads_our_own(void **state)
{
	(void)state;
	struct err e;
	struct xlsx_writer *w;
	struct xlsx_book *b;
	static const struct xlsx_column columns[] = {{{"Title", 5}, XLSX_TEXT, 0, 0}, {{"Count", 5}, XLSX_INTEGER, 0, 0},
	    {{"Ratio", 5}, XLSX_NUMBER, 3, 0}, {{"Amount", 6}, XLSX_MONEY, 2, 0}, {{"Start", 5}, XLSX_DATE, 0, 0}};
	static const struct xlsx_fact facts[] = {{{"Source", 6}, {"the report", 10}}};
	const struct xlsx_options o = {.sheet = STR("Activities"), .columns = columns, .n_columns = 5, .facts = facts, .n_facts = 1};
	date d = DATE_NONE, old = DATE_NONE;
	int fd = -1;
	assert_true(date_from_civil(2008, 1, 1, &d) && date_from_civil(1848, 11, 3, &old));
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	xlsx_text(w, STR("=1+1 <\xC3\xA9> _x0041_"));
	xlsx_i64(w, -42);
	xlsx_number(w, 0.1);
	xlsx_money(w, MONEY(123456, "EUR"));
	xlsx_date(w, d);
	xlsx_end_row(w);
	xlsx_none(w);
	xlsx_i64(w, INT64_MAX);
	xlsx_none(w);
	xlsx_money(w, MONEY_NONE);
	xlsx_date(w, old);
	xlsx_end_row(w);
	assert_ok(xlsx_finish(w, &fd, &e), &e);
	assert_ok(xlsx_book_open_fd(fd, NULL, &b, &e), &e);
	(void)close(fd);
	assert_int_equal(xlsx_book_sheets(b), 2);
	sheet_is(b, 0, "A1:text Title\nB1:text Count\nC1:text Ratio\nD1:text Amount\nE1:text Start\n"
		"A2:text =1+1 <\xC3\xA9> _x0041_\nB2:number -42\nC2:number 0.1\nD2:number 1234.56\nE2:date 2008-01-01\n"
		"B3:text 9223372036854775807\nE3:text 1848-11-03\n");
	sheet_is(b, 1, "A1:text Source\nB1:text the report\n");
	xlsx_book_close(b);
}

/* ---- by hand ---- */

static void book_gives(const struct t_book *made, const char *want)
{
	struct err e;
	struct t_zip z;
	struct xlsx_book *b;
	assert_ok(xlsx_book_open_str(t_book_make(&z, made), NULL, &b, &e), &e);
	sheet_is(b, 0, want);
	xlsx_book_close(b);
	t_zip_free(&z);
}

#define STYLES(formats, cells) \
	STR("<styleSheet " T_MAIN "><numFmts>" formats "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>" \
	    "<cellXfs>" cells "</cellXfs></styleSheet>")

/* Serial numbers as ECMA-376 part 1, 18.17.4.1, has them; 40567 is what openpyxl wrote for 24 January 2011. */
static void tells_dates_by_format(void **state)
{
	(void)state;
	const struct t_book b = {
	    .styles = STYLES("<numFmt numFmtId=\"164\" formatCode=\"[Red]&quot;dd&quot;0\\d;yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"mmm\"/>"
		"<numFmt numFmtId=\"166\" formatCode=\"mm:ss.0\"/><numFmt numFmtId=\"167\" formatCode=\"h AM/PM\"/>"
		"<numFmt numFmtId=\"168\" formatCode=\"General\"/><numFmt numFmtId=\"14\" formatCode=\"0.00\"/>",
		"<xf numFmtId=\"0\"/><xf numFmtId=\"15\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/>"
		"<xf numFmtId=\"168\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf numFmtId=\"22\"/><xf numFmtId=\"99999\"/>"),
	    .sheet = T_SHEET("<row><c><v>40567</v></c><c s=\"1\"><v>40567</v></c><c s=\"2\"><v>40567</v></c><c s=\"3\"><v>40567</v></c>"
		"<c s=\"4\"><v>40567</v></c><c s=\"5\"><v>40567</v></c><c s=\"6\"><v>40567</v></c><c s=\"7\"><v>40567</v></c>"
		"<c s=\"8\"><v>40567</v></c><c s=\"9\"><v>40567.5</v></c><c s=\"10\"><v>40567</v></c><c s=\"11\"><v>40567</v></c></row>"
		"<row><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c><c s=\"1\"><v>0</v></c>"
		"<c s=\"1\"><v>-1</v></c><c s=\"1\"><v>2958465</v></c><c s=\"1\"><v>2958466</v></c><c s=\"1\"><v>40566.9999999999</v></c>"
		"<c t=\"d\"><v>2010-03-19</v></c><c t=\"d\"><v>2010-03-19T06:00:00</v></c></row>"),
	};
	book_gives(&b, "A1:number 40567\nB1:date 2011-01-24\nC1:number 40567\nD1:date 2011-01-24\nE1:number 40567\nF1:number 40567\n"
		"G1:number 40567\nH1:number 40567\nI1:number 40567\nJ1:date 2011-01-24T12:00:00\nK1:number 40567\nL1:number 40567\n"
		"A2:date 1900-01-01\nB2:date 1900-02-28\nC2:number 60\nD2:date 1900-03-01\nE2:number 0\nF2:number -1\nG2:date 9999-12-31\n"
		"H2:number 2958466\nI2:date 2011-01-24\nJ2:date 2010-03-19\nK2:date 2010-03-19T06:00:00\n");
}

static void reads_1904(void **state)
{
	(void)state;
	/* ECMA-376: in the 1904 system 1 January 1904 is 0, and 31 December 9999 is 2957003. */
	const struct t_book b = {
	    .workbook = STR(T_WORKBOOK("<workbookPr date1904=\"true\"/>" T_SHEETS)),
	    .styles = STYLES("", "<xf numFmtId=\"14\"/>"),
	    .sheet = T_SHEET("<row><c><v>0</v></c><c><v>60</v></c><c><v>2957003</v></c><c><v>2957004</v></c></row>"),
	};
	book_gives(&b, "A1:date 1904-01-01\nB1:date 1904-03-01\nC1:date 9999-12-31\nD1:number 2957004\n");
}

static void reads_numbers_and_texts(void **state)
{
	(void)state;
	const struct t_book b = {
	    .strings = STR("<sst " T_MAIN "><si><t>one</t></si><si/><si><r><t xml:space=\"preserve\"> </t></r><r><t>two</t></r>"
		"<rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si><si><t>_x000D__xD800__x20AC__x_</t></si></sst>"),
	    .sheet = T_SHEET("<row r=\"3\"><c r=\"B3\"><v> 007 </v></c><c><v>0.10000000000000001</v></c><c><v>+1.5E-3</v></c><c><v>-.5</v></c><c><v>5.</v></c>"
		"<c><v>12345678901234567890</v></c></row>"
		"<row r=\"4\" hidden=\"1\"><c r=\"C4\" t=\"s\"><v>2</v></c><c r=\"A4\" t=\"s\"><v>0</v></c><c r=\"B4\" t=\"s\"><v>1</v></c><c r=\"XFD4\" t=\"s\"><v>3</v></c></row>"
		"<row r=\"6\"><c r=\"A6\" s=\"7\"/></row><row/>"
		"<row r=\"1048576\"><c t=\"inlineStr\"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t> b</t></r></is></c><c t=\"inlineStr\"><is><t/></is></c>"
		"<c t=\"str\"><f>1</f><v> x </v></c><c><f>1</f></c></row>"),
	};
	/* 0.1 and 12345678901234567168 are the doubles nearest to what is stored; the first has a shorter name. */
	book_gives(&b, "B3:number 007\nC3:number 0.1\nD3:number 0.0015\nE3:number -0.5\nF3:number 5\nG3:number 12345678901234567000\n"
		"A4:text one\nB4:text \nC4:text  two\nXFD4:text \r_xD800_\xE2\x82\xAC_x_\n"
		"A1048576:text a b\nB1048576:text \nC1048576=text  x \nD1048576=nothing \n");
}

static void reads_strict_and_foreign(void **state)
{
	(void)state;
	const struct t_book b = {
	    .root = STR(T_RELS("<Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/xl/workbook.xml\"/>")),
	    .workbook = STR("<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\">"
		"<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"),
	    .relations = STR(T_RELS("<Relationship Id=\"s\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" Target=\"/XL/Worksheets/Sheet1.xml\"/>"
		"<Relationship Id=\"x\" Type=\"x/sharedStrings\" TargetMode=\"External\" Target=\"http://example.org/\"/>")),
	    .sheet = STR("<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:y=\"urn:other\"><x:sheetData><x:row><y:c><y:v>9</y:v></y:c>"
		"<x:c><y:v>8</y:v><x:v>7</x:v><x:extLst><x:ext><y:t>6</y:t></x:ext></x:extLst></x:c></x:row></x:sheetData>"
		"<x:row><x:c><x:v>5</x:v></x:c></x:row></x:worksheet>"),
	};
	book_gives(&b, "A1:number 7\n");
}

/* ---- faults ---- */

struct bad {
	struct t_book book;
	enum err_code code;
	const char *id, *detail;
	uint32_t row, col;
};

static void refuses(const struct bad *bad, str bytes, const struct xlsx_read_options *o)
{
	struct err e = {0};
	struct xlsx_book *b = NULL;
	struct seen s = {.text = BUF_INIT(SEEN_BYTES)};
	enum err_code code = xlsx_book_open_str(bytes, o, &b, &e);
	if (code == ERR_OK)
		code = xlsx_book_rows(b, 0, on_row, &s, &e);
	xlsx_book_close(b);
	buf_free(&s.text);
	if (code != bad->code || strcmp(e.id, bad->id) != 0 || e.line != bad->row || e.col != bad->col || !strstr(e.detail, bad->detail))
		fail_msg("want %s %u:%u %s, got %d %s %u:%u %s", bad->id, bad->row, bad->col, bad->detail, (int)code, e.id, e.line, e.col, e.detail);
	assert_string_equal(e.file, o && o->file ? o->file : "");
}

static void tells_what_is_wrong(void **state)
{
	(void)state;
	const struct bad bad[] = {
	    {{.sheet = T_SHEET("<row r=\"2\"><c r=\"A2\"/><c r=\"B2\"><v>1,5</v></c></row>")}, ERR_INVALID, "xlsx.number", "sheet \"Data\", cell B2: \"1,5\" is no number", 2, 2},
	    {{.sheet = T_SHEET("<row><c><v>1e999</v></c></row>")}, ERR_INVALID, "xlsx.number", "cell A1", 1, 1},
	    {{.sheet = T_SHEET("<row><c><v>1e</v></c></row>")}, ERR_INVALID, "xlsx.number", "cell A1", 1, 1},
	    {{.sheet = T_SHEET("<row><c><v>.</v></c></row>")}, ERR_INVALID, "xlsx.number", "cell A1", 1, 1},
	    {{.sheet = T_SHEET("<row><c t=\"s\"><v>0</v></c></row>")}, ERR_INVALID, "xlsx.string", "cell A1", 1, 1},
	    {{.sheet = T_SHEET("<row><c t=\"b\"><v>2</v></c></row>")}, ERR_INVALID, "xlsx.cell", "neither true nor false", 1, 1},
	    {{.sheet = T_SHEET("<row><c t=\"d\"><v>19-03-2010</v></c></row>")}, ERR_INVALID, "xlsx.cell", "is no date", 1, 1},
	    {{.sheet = T_SHEET("<row><c/><c t=\"z\"/></row>")}, ERR_INVALID, "xlsx.cell", "\"z\" is no known type", 1, 1},
	    {{.sheet = T_SHEET("<row r=\"2\"><c r=\"A3\"/></row>")}, ERR_INVALID, "xlsx.cell", "\"A3\"", 2, 0},
	    {{.sheet = T_SHEET("<row><c r=\"XFE1\"/></row>")}, ERR_INVALID, "xlsx.cell", "\"XFE1\"", 1, 0},
	    {{.sheet = T_SHEET("<row><c r=\"XFD1\"/><c/></row>")}, ERR_INVALID, "xlsx.cell", "behind the last column", 1, 16384},
	    {{.sheet = T_SHEET("<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>")}, ERR_INVALID, "xlsx.order", "there twice", 1, 1},
	    {{.sheet = T_SHEET("<row r=\"5\"/><row r=\"5\"/>")}, ERR_INVALID, "xlsx.order", "sheet \"Data\", row 5: row 5 comes", 5, 0},
	    {{.sheet = T_SHEET("<row r=\"1048577\"/>")}, ERR_INVALID, "xlsx.cell", "1048577", 0, 0},
	    {{.sheet = STR("<!DOCTYPE worksheet [<!ENTITY a \"b\">]><worksheet " T_MAIN "/>")}, ERR_INVALID, "xml.doctype", "xl/worksheets/sheet1.xml", 0, 0},
	    {{.sheet = T_SHEET("<row><c><v>1</v></c></row><row><c><v>&a;</v></c></row>")}, ERR_INVALID, "xml.syntax", "sheet \"Data\", cell A2: xl/worksheets/sheet1.xml, line 1", 2, 1},
	    {{.sheet = STR("<worksheet " T_MAIN "><sheetData><row><c><v>1</v></c></row>\n<row>")}, ERR_INVALID, "xml.syntax", "row 2: xl/worksheets/sheet1.xml, line 2", 2, 0},
	    {{.sheet = STR("<chartsheet " T_MAIN "/>")}, ERR_INVALID, "xlsx.part", "<chartsheet>", 0, 0},
	    {{.sheet = STR("")}, ERR_INVALID, "xml.empty", "sheet1.xml", 0, 0},
	    {{.sheet = STR_NONE}, ERR_INVALID, "xlsx.part", "sheet \"Data\": xl/worksheets/sheet1.xml: it is not in the workbook", 0, 0},
	    {{.strings = STR("<sst " T_MAIN "><si><t>&b;</t></si></sst>"), .sheet = T_SHEET("")}, ERR_INVALID, "xml.syntax", "xl/sharedStrings.xml, line 1", 0, 0},
	    {{.styles = STR("<html/>"), .sheet = T_SHEET("")}, ERR_INVALID, "xlsx.part", "<html>", 0, 0},
	    {{.root = STR(T_RELS(""))}, ERR_INVALID, "xlsx.part", "names no workbook", 0, 0},
	    {{.root = STR(T_RELS("<Relationship Id=\"r1\" Type=\"" T_REL "/officeDocument\" Target=\"word/document.xml\"/>"))}, ERR_INVALID, "xlsx.part", "word/document.xml: it is not in the workbook", 0, 0},
	    {{.workbook = STR("<document/>")}, ERR_INVALID, "xlsx.part", "xl/workbook.xml, line 1: this is no workbook", 0, 0},
	    {{.workbook = STR(T_WORKBOOK("<sheets><sheet name=\"x\" r:id=\"r9\"/></sheets>"))}, ERR_INVALID, "xlsx.workbook", "relation r9 is missing", 0, 0},
	    {{.workbook = STR(T_WORKBOOK("<sheets><sheet name=\"x\"/></sheets>"))}, ERR_INVALID, "xlsx.workbook", "without name", 0, 0},
	    {{.workbook = STR(T_WORKBOOK("<sheets/>"))}, ERR_INVALID, "xlsx.workbook", "no sheet", 0, 0},
	    {{.workbook = STR(T_WORKBOOK("<!DOCTYPE x>"))}, ERR_INVALID, "xml.syntax", "xl/workbook.xml", 0, 0},
	};
	const struct xlsx_read_options o = {.file = "t.xlsx"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct t_zip z;
		refuses(&bad[i], t_book_make(&z, &bad[i].book), &o);
		t_zip_free(&z);
	}
}

static void refuses_what_is_no_workbook(void **state)
{
	(void)state;
	static const struct bad bad[] = {
	    {{.root = {NULL, 0}}, ERR_INVALID, "xlsx.zip", "nothing in it", 0, 0},
	    {{.root = {NULL, 0}}, ERR_INVALID, "xlsx.zip", "no .xlsx workbook", 0, 0},
	    {{.root = {NULL, 0}}, ERR_INVALID, "xlsx.protected", "without a password", 0, 0},
	    {{.root = {NULL, 0}}, ERR_INVALID, "xlsx.part", "_rels/.rels is missing", 0, 0},
	    {{.root = {NULL, 0}}, ERR_INVALID, "xlsx.zip", "no .xlsx workbook", 0, 0},
	};
	struct t_zip z;
	refuses(&bad[0], STR(""), NULL);
	refuses(&bad[1], STR("name;amount\r\n"), NULL);
	refuses(&bad[2], (str){"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", 17}, NULL);
	t_zip_begin(&z);
	t_zip_add(&z, "mimetype", STR("application/vnd.oasis.opendocument.spreadsheet"));
	refuses(&bad[3], t_zip_end(&z), NULL);
	t_zip_free(&z);
	const struct t_book whole = {.sheet = T_SHEET("")};
	str bytes = t_book_make(&z, &whole);
	refuses(&bad[4], str_sub(bytes, 0, bytes.n - 40), NULL); /* cut off */
	t_zip_free(&z);
}

/* ---- limits, damage, callbacks ---- */

/* Empty rows, so many bytes of them, deflated; damaged: with a false checksum. */
static str bomb(struct t_zip *z, size_t bytes, bool encrypted, bool damaged)
{
	AUTO_BUF sheet = BUF_INIT(64 << 20);
	AUTO_BUF packed = BUF_INIT(64 << 20);
	buf_addz(&sheet, "<worksheet " T_MAIN "><sheetData>");
	while (sheet.n < bytes)
		buf_addz(&sheet, "<row><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/></row>");
	buf_addz(&sheet, "</sheetData></worksheet>");
	z_stream d = {0};
	assert_int_equal(deflateInit2(&d, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
	char *out = buf_reserve(&packed, sheet.n);
	assert_non_null(out);
	d.next_in = (Bytef *)sheet.p;
	d.avail_in = (uInt)sheet.n;
	d.next_out = (Bytef *)out;
	d.avail_out = (uInt)sheet.n;
	assert_int_equal(deflate(&d, Z_FINISH), Z_STREAM_END);
	packed.n = d.total_out;
	(void)deflateEnd(&d);
	unsigned long crc = crc32(0, (const Bytef *)sheet.p, (uInt)sheet.n);
	t_zip_begin(z);
	t_zip_add(z, "_rels/.rels", STR(T_RELS("<Relationship Id=\"r1\" Type=\"" T_REL "/officeDocument\" Target=\"xl/workbook.xml\"/>")));
	t_zip_add(z, "xl/workbook.xml", STR(T_WORKBOOK(T_SHEETS)));
	t_zip_add(z, "xl/_rels/workbook.xml.rels",
	    STR(T_RELS("<Relationship Id=\"r1\" Type=\"" T_REL "/worksheet\" Target=\"worksheets/sheet1.xml\"/>")));
	t_zip_add_raw(z, "xl/worksheets/sheet1.xml", buf_str(&packed), sheet.n, damaged ? crc ^ 1 : crc, 8, encrypted);
	return t_zip_end(z);
}

static void keeps_its_limits(void **state)
{
	(void)state;
	static const struct bad ratio = {{.root = {NULL, 0}}, ERR_LIMIT, "xlsx.ratio", "more than 250 times", 0, 0};
	static const struct bad size = {{.root = {NULL, 0}}, ERR_LIMIT, "xlsx.size", "larger than 1000000 bytes", 0, 0};
	static const struct bad encrypted = {{.root = {NULL, 0}}, ERR_INVALID, "xlsx.protected", "sheet1.xml: it is protected", 0, 0};
	static const struct bad damaged = {{.root = {NULL, 0}}, ERR_INVALID, "xlsx.zip", "damaged", 0, 0};
	static const struct bad strings = {{.root = {NULL, 0}}, ERR_LIMIT, "xlsx.strings", "more than 20 bytes", 0, 0};
	static const struct bad text = {{.root = {NULL, 0}}, ERR_LIMIT, "xlsx.row", "cell A1", 1, 1};
	struct t_zip z;
	struct err e = {0};
	struct xlsx_book *b;
	struct seen s = {.text = BUF_INIT(SEEN_BYTES)};
	str bytes = bomb(&z, 20 << 20, false, false);
	struct bad any = ratio;
	assert_ok(xlsx_book_open_str(bytes, NULL, &b, &e), &e);
	assert_int_equal(xlsx_book_rows(b, 0, on_row, &s, &e), ERR_LIMIT);
	any.row = e.line; /* as far as it came */
	assert_true(e.line > 100000);
	xlsx_book_close(b);
	refuses(&any, bytes, NULL);
	t_zip_free(&z);
	bytes = bomb(&z, 4 << 20, false, false); /* too small to be one */
	assert_ok(xlsx_book_open_str(bytes, NULL, &b, &e), &e);
	assert_ok(xlsx_book_rows(b, 0, on_row, &s, &e), &e);
	xlsx_book_close(b);
	assert_int_equal(xlsx_book_open_str(bytes, &(struct xlsx_read_options){.max_part_bytes = 1000000}, &b, &e), ERR_OK);
	assert_int_equal(xlsx_book_rows(b, 0, on_row, &s, &e), ERR_LIMIT);
	assert_string_equal(e.id, size.id);
	assert_non_null(strstr(e.detail, size.detail));
	xlsx_book_close(b);
	t_zip_free(&z);
	refuses(&encrypted, bomb(&z, 1000, true, false), NULL);
	t_zip_free(&z);
	any = damaged;
	bytes = bomb(&z, 1000, false, true);
	assert_ok(xlsx_book_open_str(bytes, NULL, &b, &e), &e);
	assert_int_equal(xlsx_book_rows(b, 0, on_row, &s, &e), ERR_INVALID);
	assert_string_equal(e.id, damaged.id);
	xlsx_book_close(b);
	t_zip_free(&z);
	const struct t_book shared = {.strings = STR("<sst " T_MAIN "><si><t>a text of 20 letters </t></si></sst>"), .sheet = T_SHEET("")};
	refuses(&strings, t_book_make(&z, &shared), &(struct xlsx_read_options){.max_string_bytes = 20});
	t_zip_free(&z);
	AUTO_BUF sheet = BUF_INIT(4 << 20);
	buf_addz(&sheet, "<worksheet " T_MAIN "><sheetData><row><c t=\"str\"><v>");
	for (int i = 0; i < XLSX_READ_TEXT_BYTES / 2 + 8; i++)
		buf_addc(&sheet, 'x');
	buf_addz(&sheet, "</v><v>");
	for (int i = 0; i < XLSX_READ_TEXT_BYTES / 2 + 8; i++)
		buf_addc(&sheet, 'x');
	buf_addz(&sheet, "</v></c></row></sheetData></worksheet>");
	const struct t_book long_text = {.sheet = buf_str(&sheet)};
	refuses(&text, t_book_make(&z, &long_text), NULL);
	t_zip_free(&z);
	buf_free(&s.text);
}

static void stops_when_told(void **state)
{
	(void)state;
	struct err e = {0};
	struct t_zip z;
	struct xlsx_book *b;
	struct seen s = {.text = BUF_INIT(SEEN_BYTES), .stop_at = 4};
	const struct t_book made = {.sheet = T_SHEET("<row r=\"2\"><c><v>1</v></c></row><row r=\"4\"><c><v>2</v></c></row><row r=\"6\"><c><v>3</v></c></row>")};
	assert_ok(xlsx_book_open_str(t_book_make(&z, &made), &(struct xlsx_read_options){.file = "t.xlsx"}, &b, &e), &e);
	assert_int_equal(xlsx_book_rows(b, 0, on_row, &s, &e), ERR_INVALID);
	assert_string_equal(e.id, "test.stop");
	assert_string_equal(e.file, "t.xlsx");
	assert_int_equal(e.line, 4);
	assert_int_equal(s.rows, 2);
	xlsx_book_close(b);
	t_zip_free(&z);
	buf_free(&s.text);
}

/* Whichever allocation of ours fails, the error is that and nothing is lost. */
static void survives_lack_of_memory(void **state)
{
	(void)state;
	struct t_zip z;
	const struct t_book made = {.strings = STR("<sst " T_MAIN "><si><t>a_x0041_</t></si></sst>"), .styles = STYLES("", "<xf numFmtId=\"14\"/>"),
	    .sheet = T_SHEET("<row><c t=\"s\"><v>0</v></c><c><v>5</v></c><c t=\"str\"><v>b_x0042_</v></c><c r=\"ZZ1\"><v>0.10000000000000001</v></c></row>")};
	str bytes = t_book_make(&z, &made);
	bool whole = false;
	for (int64_t n = 0; !whole; n++) {
		struct err e = {0};
		struct xlsx_book *b = NULL;
		struct seen s = {.stop_at = 1}; /* the callback allocates nothing */
		assert_true(n < 1000);
		mem_fail_after(n);
		enum err_code code = xlsx_book_open_str(bytes, NULL, &b, &e);
		if (code == ERR_OK)
			code = xlsx_book_rows(b, 0, on_row, &s, &e);
		mem_fail_after(-1);
		whole = code == ERR_INVALID && strcmp(e.id, "test.stop") == 0;
		if (!whole && code != ERR_NOMEM)
			fail_msg("allocation %d: code %d, %s", (int)n, (int)code, e.detail);
		xlsx_book_close(b);
	}
	t_zip_free(&z);
}

static void names_cells(void **state)
{
	(void)state;
	char dst[XLSX_REFERENCE_BYTES];
	assert_string_equal(xlsx_reference(1, 1, dst), "A1");
	assert_string_equal(xlsx_reference(10, 26, dst), "Z10");
	assert_string_equal(xlsx_reference(1048576, 16384, dst), "XFD1048576");
	assert_string_equal(xlsx_reference(0, 703, dst), "AAA");
	assert_string_equal(xlsx_reference(7, 0, dst), "7");
	assert_true(xlsx_looks_like(STR("PK\x03\x04...")));
	assert_false(xlsx_looks_like(STR("PK")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_openpyxl),
	    cmocka_unit_test(reads_xlsxwriter),
	    cmocka_unit_test(reads_our_own),
	    cmocka_unit_test(tells_dates_by_format),
	    cmocka_unit_test(reads_1904),
	    cmocka_unit_test(reads_numbers_and_texts),
	    cmocka_unit_test(reads_strict_and_foreign),
	    cmocka_unit_test(tells_what_is_wrong),
	    cmocka_unit_test(refuses_what_is_no_workbook),
	    cmocka_unit_test(keeps_its_limits),
	    cmocka_unit_test(stops_when_told),
	    cmocka_unit_test(survives_lack_of_memory),
	    cmocka_unit_test(names_cells),
	};
	return test_run(tests);
}
