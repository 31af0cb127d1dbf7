#include "base/env.h"
#include "base/mem.h"
#include "base/test.h"
#include "codec/csv.h"

#include <fcntl.h>
#include <unistd.h>

/* Read all of text; records are joined as "a|b/c|d/". The first error, if any, is in e. */
static enum err_code read_all(str text, const struct csv_options *o, struct buf *out, struct err *e)
{
	struct csv_reader *r;
	struct csv_record rec;
	bool more = true;
	str rest = text;
	enum err_code code = csv_open(source_str(&rest), o, &r, e);
	if (code != ERR_OK)
		return code;
	for (;;) {
		code = csv_next(r, &rec, &more, e);
		if (code != ERR_OK || !more)
			break;
		for (size_t i = 0; i < rec.n; i++) {
			if (i)
				buf_addc(out, '|');
			buf_add(out, rec.fields[i].text);
		}
		buf_addc(out, '/');
	}
	csv_close(r);
	return code;
}

struct sample {
	const char *text, *want;
};

static void reads_what_rfc_4180_allows(void **state)
{
	(void)state;
	/* The examples of RFC 4180 section 2, then what Grutto takes besides. */
	static const struct sample samples[] = {
	    {"aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa|bbb|ccc/zzz|yyy|xxx/"},
	    {"aaa,bbb,ccc\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx/"},
	    {"\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx/"},
	    {"\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|b\r\nbb|ccc/zzz|yyy|xxx/"},
	    {"\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa|b\"bb|ccc/"},
	    {"\xEF\xBB\xBF"
	     "a,b\nc,d\n",
	        "a|b/c|d/"},
	    {"a, b ,c", "a| b |c/"},
	    {",\n", "|/"},
	    {"a,\n\n\r\n,b", "a|/|b/"},
	    {"\"\"\n\n\"\"", "//"},
	    {"", ""},
	    {"\xEF\xBB\xBF", ""},
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct err e;
		AUTO_BUF out = BUF_INIT(1000);
		assert_ok(read_all(str_of(samples[i].text), NULL, &out, &e), &e);
		assert_str(buf_str(&out), samples[i].want);
	}
}

struct fault_sample {
	str text;
	const char *id;
	uint32_t line, col;
};

static void names_the_place_of_a_fault(void **state)
{
	(void)state;
	static const struct fault_sample samples[] = {
	    {{"a,b\nc,d\"e\n", 10}, "csv.quote", 2, 4},
	    {{"a,\"b\"c\n", 7}, "csv.after_quote", 1, 6},
	    {{"a\n\"b\nc", 6}, "csv.unclosed", 2, 1},
	    {{"a\rb\n", 4}, "csv.cr", 1, 2},
	    {{"x,y\na,b\xFF"
	      "c\n",
	         10},
	        "csv.utf8", 2, 4},
	    {{"\"\"\"a\nb\xC3\"\n", 9}, "csv.utf8", 2, 2},
	    {{"x,\"\"\"\xC3\"\n", 8}, "csv.utf8", 1, 6},
	    {{"a\0b\n", 4}, "csv.nul", 1, 2},
	    {{"\xEF\xBB\xBF"
	      "\"a\"b",
	         7},
	        "csv.after_quote", 1, 4},
	    /* a sequence may not continue in the next field */
	    {{"\xE2\x82,\xAC\n", 5}, "csv.utf8", 1, 1},
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct err e;
		AUTO_BUF out = BUF_INIT(1000);
		const struct csv_options o = {.file = "x.csv"};
		assert_int_equal(read_all(samples[i].text, &o, &out, &e), ERR_INVALID);
		assert_string_equal(e.id, samples[i].id);
		assert_string_equal(e.file, "x.csv");
		assert_int_equal(e.line, samples[i].line);
		assert_int_equal(e.col, samples[i].col);
	}
}

static void goes_on_behind_a_fault(void **state)
{
	(void)state;
	struct err e;
	struct csv_reader *r;
	struct csv_record rec;
	bool more;
	str rest = STR("a,\xFF\nb\"c,1\nd,2\n\"x\"y,3\ne,4\n");
	assert_ok(csv_open(source_str(&rest), NULL, &r, &e), &e);
	assert_int_equal(csv_next(r, &rec, &more, &e), ERR_INVALID);
	assert_int_equal(e.line, 1);
	assert_int_equal(csv_next(r, &rec, &more, &e), ERR_INVALID);
	assert_int_equal(e.line, 2);
	assert_ok(csv_next(r, &rec, &more, &e), &e);
	assert_str(rec.fields[0].text, "d");
	assert_int_equal(rec.line, 3);
	assert_int_equal(rec.fields[1].col, 3);
	assert_int_equal(csv_column(&rec, STR("2")), 1);
	assert_int_equal(csv_column(&rec, STR("9")), -1);
	assert_int_equal(csv_next(r, &rec, &more, &e), ERR_INVALID);
	assert_int_equal(e.line, 4);
	assert_ok(csv_next(r, &rec, &more, &e), &e);
	assert_str(rec.fields[0].text, "e");
	assert_ok(csv_next(r, &rec, &more, &e), &e);
	assert_false(more);
	csv_close(r);
}

static void keeps_its_limits(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF out = BUF_INIT(1000);
	struct csv_options o = {.max_record_bytes = 10, .max_fields = 3};
	assert_ok(read_all(STR("12345,7890\n1,2,3\n"), &o, &out, &e), &e);
	assert_int_equal(read_all(STR("12345,78901,\n"), &o, &out, &e), ERR_OK);
	assert_int_equal(read_all(STR("\"12345678901234567890\n"), &o, &out, &e), ERR_LIMIT);
	assert_string_equal(e.id, "csv.record");
	assert_int_equal(read_all(STR("1\n1,2,3,4\n"), &o, &out, &e), ERR_LIMIT);
	assert_string_equal(e.id, "csv.fields");
	assert_int_equal(e.line, 2);
	assert_int_equal(e.col, 7);
}

/* A source that gives one byte at a time: every boundary between two reads. */
static enum err_code drip(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	(void)cap;
	struct source whole = source_str(ctx);
	return whole.read(whole.ctx, dst, 1, ret_n, e);
}

static void reads_the_same_in_any_pieces(void **state)
{
	(void)state;
	struct err e;
	struct csv_reader *r;
	struct csv_record rec;
	bool more;
	str rest = STR("\xEF\xBB\xBF"
	               "a,\"b\"\"\r\n\xE2\x82\xAC\"\r\nc,d\r\n");
	assert_ok(csv_open((struct source){drip, &rest}, NULL, &r, &e), &e);
	assert_ok(csv_next(r, &rec, &more, &e), &e);
	assert_str(rec.fields[1].text, "b\"\r\n\xE2\x82\xAC");
	assert_ok(csv_next(r, &rec, &more, &e), &e);
	assert_int_equal(rec.line, 3);
	assert_str(rec.fields[1].text, "d");
	csv_close(r);
}

static void writes_what_it_reads(void **state)
{
	(void)state;
	static const char *const pieces[] = {
	    "a", "\"", ",", "\r\n", "\n", " ", "\xE2\x82\xAC", "=", ""};
	uint64_t seed = 20261124;
	struct rng rng = rng_seeded(&seed);
	for (int round = 0; round < 500; round++) {
		struct err e;
		AUTO_BUF csv = BUF_INIT(100000);
		AUTO_BUF want = BUF_INIT(100000);
		AUTO_BUF got = BUF_INIT(100000);
		struct csv_writer w;
		csv_begin_buf(&w, &csv, false);
		for (uint64_t rows = rng_next_u64(&rng) % 5; rows; rows--) {
			for (uint64_t n = rng_next_u64(&rng) % 4 + 1; n; n--) {
				AUTO_BUF f = BUF_INIT(1000);
				for (uint64_t k = rng_next_u64(&rng) % 5; k; k--)
					buf_addz(&f, pieces[rng_next_u64(&rng) % 9]);
				csv_write_str(&w, buf_str(&f));
				buf_add(&want, buf_str(&f));
				buf_addc(&want, n > 1 ? '|' : '/');
			}
			csv_write_end(&w);
		}
		assert_ok(csv_finish(&w, &e), &e);
		assert_ok(read_all(buf_str(&csv), NULL, &got, &e), &e);
		if (!str_eq(buf_str(&got), buf_str(&want)))
			fail_msg(
			    "seed 20261124, round %d: \"%s\" against \"%s\"", round, got.p, want.p);
	}
}

static void guards_spreadsheets(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF out = BUF_INIT(1000);
	struct csv_writer w;
	csv_begin_buf(&w, &out, true);
	csv_write_str(&w, STR("=1+1"));
	csv_write_str(&w, STR("-12.5"));
	csv_write_str(&w, STR("-1-1"));
	csv_write_str(&w, STR("@SUM(A1,A2)"));
	csv_write_str(&w, STR("a=b"));
	csv_write_str(&w, STR("\xEF\xBC\x9D"
	                      "1"));
	csv_write_i64(&w, -3);
	csv_write_money(&w, MONEY(-1050, "EUR"));
	csv_write_money(&w, MONEY_NONE);
	csv_write_date(&w, (date){0});
	csv_write_none(&w);
	csv_write_end(&w);
	assert_ok(csv_finish(&w, &e), &e);
	assert_str(buf_str(&out), "'=1+1,-12.5,'-1-1,\"'@SUM(A1,A2)\",a=b,'\xEF\xBC\x9D"
	                          "1,-3,-10.50,,1970-01-01,\r\n");
}

static void streams_a_file(void **state)
{
	(void)state;
	struct err e;
	char path[] = "/tmp/grutto-csv-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(unlink(path), 0);
	struct csv_writer w;
	csv_begin(&w, sink_fd(&fd), false);
	for (int64_t i = 0; i < 100000; i++) {
		csv_write_i64(&w, i);
		csv_write_str(&w, STR("x,\ny"));
		csv_write_end(&w);
	}
	assert_ok(csv_finish(&w, &e), &e);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	struct csv_reader *r;
	struct csv_record rec;
	bool more;
	assert_ok(csv_open(source_fd(&fd), NULL, &r, &e), &e);
	for (int64_t i = 0; i < 100000; i++) {
		int64_t v = -1;
		assert_ok(csv_next(r, &rec, &more, &e), &e);
		assert_true(more && rec.n == 2 && str_to_i64(rec.fields[0].text, &v) && v == i);
		assert_int_equal(rec.line, 2 * i + 1);
	}
	assert_ok(csv_next(r, &rec, &more, &e), &e);
	assert_false(more);
	csv_close(r);
	(void)close(fd);
}

static void reports_failing_sinks_and_files(void **state)
{
	(void)state;
	struct err e;
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	struct csv_writer w;
	csv_begin(&w, sink_fd(&fd), false);
	csv_write_i64(&w, 1);
	csv_write_end(&w);
	assert_int_equal(csv_finish(&w, &e), ERR_IO);
	(void)close(fd);
	AUTO_BUF small = BUF_INIT(3);
	csv_begin_buf(&w, &small, false);
	csv_write_str(&w, STR("12345"));
	csv_write_end(&w);
	assert_int_equal(csv_finish(&w, &e), ERR_LIMIT);
	AUTO_BUF b = BUF_INIT(100);
	assert_int_equal(file_read("/nonexistent/x", &b, &e), ERR_NOT_FOUND);
	assert_string_equal(e.file, "/nonexistent/x");
	assert_int_equal(file_read("/dev/zero", &b, &e), ERR_LIMIT);
	assert_int_equal(b.n, 100);
	buf_clear(&b);
	assert_ok(file_read("/dev/null", &b, &e), &e);
	assert_int_equal(b.n, 0);
}

static void survives_failing_allocations(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 12; i++) {
		struct err e;
		AUTO_BUF out = BUF_INIT(100000);
		mem_fail_after(i);
		enum err_code code = read_all(STR("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,"
		                                  "20,21,22,23,24,25,26,27,28,"
		                                  "29,30,31,32,33,34,35,36,37,38\n"),
		    NULL, &out, &e);
		mem_fail_after(-1);
		assert_true(code == ERR_OK || code == ERR_NOMEM);
		assert_true(i > 2 || code == ERR_NOMEM);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_what_rfc_4180_allows),
	    cmocka_unit_test(names_the_place_of_a_fault),
	    cmocka_unit_test(goes_on_behind_a_fault),
	    cmocka_unit_test(keeps_its_limits),
	    cmocka_unit_test(reads_the_same_in_any_pieces),
	    cmocka_unit_test(writes_what_it_reads),
	    cmocka_unit_test(guards_spreadsheets),
	    cmocka_unit_test(streams_a_file),
	    cmocka_unit_test(reports_failing_sinks_and_files),
	    cmocka_unit_test(survives_failing_allocations),
	};
	return test_run(tests);
}
