#include "base/test.h"
#include "codec/compress.h"
#include "codec/io.h"
#include "codec/xlsx.h"
#include "codec/xml.h"

#include <dirent.h>
#include <unistd.h>
#include <zlib.h>

/* The file is a zip archive: enough of that format to look into it. */
static uint32_t le(const char *p, int n)
{
	uint32_t v = 0;
	for (int i = n - 1; i >= 0; i--)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

static void inflate_raw(str in, struct buf *out)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)in.p, .avail_in = (uInt)in.n};
	int code = inflateInit2(&z, -15);
	assert_int_equal(code, Z_OK);
	while (code == Z_OK) {
		char piece[4096];
		z.next_out = (Bytef *)piece;
		z.avail_out = sizeof piece;
		code = inflate(&z, Z_NO_FLUSH);
		buf_add(out, (str){piece, sizeof piece - z.avail_out});
	}
	assert_int_equal(code, Z_STREAM_END);
	(void)inflateEnd(&z);
}

static bool unzip(str zip, const char *name, struct buf *out)
{
	size_t at = zip.n - 22; /* end of central directory, without comment */
	assert_int_equal(le(zip.p + at, 4), 0x06054b50);
	uint32_t n = le(zip.p + at + 10, 2);
	const char *entry = zip.p + le(zip.p + at + 16, 4);
	for (; n; n--) {
		assert_int_equal(le(entry, 4), 0x02014b50);
		uint32_t method = le(entry + 10, 2), size = le(entry + 20, 4),
		         name_n = le(entry + 28, 2);
		if (str_is((str){entry + 46, name_n}, name)) {
			const char *local = zip.p + le(entry + 42, 4);
			str data = {local + 30 + le(local + 26, 2) + le(local + 28, 2), size};
			assert_int_equal(method, 8);
			inflate_raw(data, out);
			return true;
		}
		entry += 46 + name_n + le(entry + 30, 2) + le(entry + 32, 2);
	}
	return false;
}

static void read_part(int fd, const char *name, struct buf *part)
{
	struct err e;
	AUTO_BUF zip = BUF_INIT(16 << 20);
	char path[64];
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	assert_ok(file_read(path, &zip, &e), &e);
	buf_clear(part);
	if (!unzip(buf_str(&zip), name, part))
		fail_msg("no %s in the file", name);
}

static void expect(const struct buf *part, const char *text)
{
	if (str_find(buf_str(part), str_of(text)) < 0)
		fail_msg("no %s in %.3000s", text, part->p);
}

static const struct xlsx_column columns[] = {
    {{"Title", 5}, XLSX_TEXT, 0, 40},
    {{"Count", 5}, XLSX_INTEGER, 0, 0},
    {{"Ratio", 5}, XLSX_NUMBER, 3, 0},
    {{"Amount (EUR)", 12}, XLSX_MONEY, 2, 0},
    {{"Start", 5}, XLSX_DATE, 0, 0},
};

static struct xlsx_options options(void)
{
	static const struct xlsx_fact facts[] = {
	    {{"Source", 6}, {"The report, p. 3 & 4", 20}}, {{"Licence", 7}, {"EUPL-1.2", 8}}};
	return (struct xlsx_options){
	    .sheet = STR("Activities"),
	    .columns = columns,
	    .n_columns = 5,
	    .facts = facts,
	    .n_facts = 2,
	    .created_ms = 1700000000000,
	};
}

static void writes_typed_cells(void **state)
{
	(void)state;
	struct err e;
	struct xlsx_writer *w;
	const struct xlsx_options o = options();
	date d = DATE_NONE, old = DATE_NONE;
	assert_true(date_from_civil(2008, 1, 1, &d) && date_from_civil(1848, 11, 3, &old));
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	xlsx_text(w, STR("=1+1 <\xC3\xA9>\xFF"));
	xlsx_i64(w, -42);
	xlsx_number(w, 0.125);
	xlsx_money(w, MONEY(123456, "EUR"));
	xlsx_date(w, d);
	xlsx_end_row(w);
	xlsx_none(w);
	xlsx_i64(w, INT64_MAX);
	xlsx_none(w);
	xlsx_money(w, MONEY_NONE);
	xlsx_date(w, old);
	xlsx_end_row(w);
	int fd = -1;
	assert_ok(xlsx_finish(w, &fd, &e), &e);
	AUTO_BUF part = BUF_INIT(1 << 20);
	read_part(fd, "xl/worksheets/sheet1.xml", &part);
	expect(&part,
	    "<c r=\"A2\" t=\"inlineStr\"><is><t>=1+1 &lt;\xC3\xA9&gt;\xEF\xBF\xBD</t></is></c>");
	expect(&part, "><v>-42</v></c>");
	expect(&part, "><v>0.125</v></c>");
	expect(&part, "><v>1234.56</v></c>");
	expect(&part, "><v>39448</v></c>"); /* 1 January 2008, as Excel's documentation has it */
	expect(&part, "<t>9223372036854775807</t>");
	expect(&part, "<t>1848-11-03</t>");
	expect(&part, "state=\"frozen\"");
	expect(&part, "<autoFilter ref=\"A1:E3\"/>");
	assert_true(str_find(buf_str(&part), STR("<f>")) < 0);
	read_part(fd, "xl/worksheets/sheet2.xml", &part);
	expect(&part, "The report, p. 3 &amp; 4");
	read_part(fd, "xl/workbook.xml", &part);
	expect(&part, "name=\"Activities\"");
	expect(&part, "name=\"About\"");
	read_part(fd, "xl/styles.xml", &part);
	expect(&part, "yyyy-mm-dd");
	read_part(fd, "docProps/core.xml", &part);
	expect(&part, "2023-11-14T22:13:20Z"); /* date -u -d @1700000000 */
	(void)close(fd);
}

static int files_in(const char *dir)
{
	int n = 0;
	DIR *d = opendir(dir);
	assert_non_null(d);
	for (const struct dirent *f; (f = readdir(d));)
		n += f->d_name[0] != '.';
	(void)closedir(d);
	return n;
}

static void leaves_no_file_behind(void **state)
{
	(void)state;
	struct err e;
	struct xlsx_writer *w;
	char dir[] = "/tmp/grutto-xlsx-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct xlsx_options o = options();
	o.temp_dir = dir;
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	xlsx_abandon(w);
	xlsx_abandon(NULL);
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	int fd = -1;
	assert_ok(xlsx_finish(w, &fd, &e), &e);
	assert_int_equal(files_in(dir), 0);
	AUTO_BUF part = BUF_INIT(1 << 20);
	read_part(fd, "xl/worksheets/sheet1.xml", &part); /* no rows: the header alone */
	expect(&part, "<t>Amount (EUR)</t>");
	(void)close(fd);
	assert_int_equal(rmdir(dir), 0);
	assert_int_equal(xlsx_begin(&o, &w, &e), ERR_IO); /* the folder is gone */
	assert_string_equal(e.id, "xlsx.create");
}

static void refuses_what_the_format_cannot_hold(void **state)
{
	(void)state;
	struct err e;
	struct xlsx_writer *w = NULL;
	struct xlsx_options o = options();
	static const char *const names[] = {
	    "", "a/b", "a[b]", "About", "'quoted'", "12345678901234567890123456789012"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		o.sheet = str_of(names[i]);
		assert_int_equal(xlsx_begin(&o, &w, &e), ERR_INVALID);
		assert_string_equal(e.id, "xlsx.sheet");
	}
	o = options();
	o.n_columns = 0;
	assert_int_equal(xlsx_begin(&o, &w, &e), ERR_LIMIT);
	assert_null(w);
}

static void cuts_long_text_at_a_character(void **state)
{
	(void)state;
	struct err e;
	struct xlsx_writer *w;
	struct xlsx_options o = options();
	o.n_columns = 1;
	AUTO_BUF text = BUF_INIT(1 << 20);
	for (int i = 0; i < XLSX_CELL_CHARS - 1; i++)
		buf_addc(&text, 'x');
	buf_addz(&text, "\xF0\x9F\x90\xA6"); /* two units: one too many */
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	xlsx_text(w, buf_str(&text));
	xlsx_end_row(w);
	int fd = -1;
	assert_ok(xlsx_finish(w, &fd, &e), &e);
	AUTO_BUF part = BUF_INIT(1 << 20);
	read_part(fd, "xl/worksheets/sheet1.xml", &part);
	expect(&part, "xxx</t>");
	assert_true(str_find(buf_str(&part), STR("\xF0\x9F\x90\xA6")) < 0);
	(void)close(fd);
}

static void stops_at_the_last_row(void **state)
{
	(void)state;
	struct err e;
	struct xlsx_writer *w;
	struct xlsx_options o = options();
	o.n_columns = 1;
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	for (int i = 0; i < XLSX_ROWS; i++) { /* empty cells cost nothing */
		xlsx_none(w);
		xlsx_end_row(w);
	}
	xlsx_text(w, STR("one too many"));
	xlsx_end_row(w);
	int fd = -1;
	assert_int_equal(xlsx_finish(w, &fd, &e), ERR_LIMIT);
	assert_string_equal(e.id, "xlsx.rows");
	assert_int_equal(fd, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_typed_cells),
	    cmocka_unit_test(leaves_no_file_behind),
	    cmocka_unit_test(refuses_what_the_format_cannot_hold),
	    cmocka_unit_test(cuts_long_text_at_a_character),
	    cmocka_unit_test(stops_at_the_last_row),
	};
	return test_run(tests);
}
