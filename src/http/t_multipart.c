/* Forms with files, as browsers send them and as RFC 2046 allows them, and what is none. */
#include "base/test.h"

#include "base/buf.h"
#include "http/multipart.h"

#define TYPE STR("multipart/form-data; boundary=B")
enum { PARTS_MAX = 8 };

static struct http_parts parsed(str type, str body, struct arena *a)
{
	struct http_parts parts = {NULL, 0};
	struct err e;
	assert_ok(http_multipart_parse(type, body, PARTS_MAX, a, &parts, &e), &e);
	return parts;
}

#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n"

static void reads_forms(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	/* As Chromium 120 sends a field, an empty field, a file and a file field that was left empty. */
	struct http_parts x = parsed(STR("multipart/form-data; boundary=----WebKitFormBoundaryABC"),
	    STR("------WebKitFormBoundaryABC\r\n" FIELD("csrf") "\r\n0123\r\n"
		"------WebKitFormBoundaryABC\r\n" FIELD("note") "\r\n\r\n"
		"------WebKitFormBoundaryABC\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t%22a\xC3\xA9;b=c.xlsx\"\r\n"
		"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n\r\n"
		"PK\0\r\n------WebKitFormBoundaryAB\r\n\xFF\r\n"
		"------WebKitFormBoundaryABC\r\nContent-Disposition: form-data; name=\"other\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
		"------WebKitFormBoundaryABC--\r\n"),
	    a);
	assert_int_equal(x.n, 4);
	assert_str(x.p[0].name, "csrf");
	assert_str(x.p[0].body, "0123");
	assert_null(x.p[0].file_name.p);
	assert_str(x.p[1].body, "");
	assert_str(x.p[2].name, "file");
	assert_str(x.p[2].file_name, "t\"a\xC3\xA9;b=c.xlsx");
	assert_true(str_starts(x.p[2].type, STR("application/vnd")));
	assert_true(str_eq(x.p[2].body, STR("PK\0\r\n------WebKitFormBoundaryAB\r\n\xFF")));
	assert_non_null(x.p[3].file_name.p);
	assert_int_equal(x.p[3].file_name.n, 0);
	assert_int_equal(x.p[3].body.n, 0);
}

static void reads_what_is_allowed(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	/* A preamble and an epilogue, blanks behind a delimiter, a quoted boundary, other header lines, a delimiter's look inside of
	 * a content, and a content of nothing but a line break. */
	struct http_parts x = parsed(STR("Multipart/Form-Data; charset=utf-8; Boundary=\"B:1\""),
	    STR("a preamble\r\n--B:1 \t\r\ncontent-disposition: form-data;name=x\r\nX-Other: 1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
		"\r\n--B:12\r\n--B:1x\r\n--B:1\r\n" FIELD("a\\\"b%0D%0A%41") "\r\n\r\n\r\n--B:1--\r\nan epilogue\r\n--B:1\r\n"),
	    a);
	assert_int_equal(x.n, 2);
	assert_str(x.p[0].name, "x");
	assert_str(x.p[0].body, "\r\n--B:12\r\n--B:1x");
	assert_str(x.p[1].name, "a\"b\r\n%41");
	assert_str(x.p[1].body, "\r\n");
	/* No fields at all, and a body without the line break that should stand in front of the delimiter. */
	assert_int_equal(parsed(TYPE, STR("--B--"), a).n, 0);
	assert_int_equal(parsed(TYPE, STR("--B\r\n" FIELD("x") "\r\n--B--"), a).n, 1);
}

static void refuses(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	static const struct {
		const char *type, *body, *id;
	} bad[] = {
	    {"multipart/form-data", "--B--", "multipart.boundary"},
	    {"multipart/form-data; boundary=", "----", "multipart.boundary"},
	    {"multipart/form-data; boundary=\"B", "--B--", "multipart.boundary"},
	    {"multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901", "", "multipart.boundary"},
	    {"multipart/form-data; boundary=B", "", "multipart.frame"},
	    {"multipart/form-data; boundary=B", "--B", "multipart.frame"},
	    {"multipart/form-data; boundary=B", "--C\r\n" FIELD("x") "\r\n1\r\n--C--", "multipart.frame"},
	    {"multipart/form-data; boundary=B", "--B\r\n" FIELD("x") "\r\n1\r\n--B", "multipart.frame"},
	    {"multipart/form-data; boundary=B", "--B\r\n" FIELD("x") "\r\n1", "multipart.frame"},
	    {"multipart/form-data; boundary=B", "--B\r\n" FIELD("x"), "multipart.frame"},
	    {"multipart/form-data; boundary=B", "--B\r\n\r\n1\r\n--B--", "multipart.header"},
	    {"multipart/form-data; boundary=B", "--B\r\nno header\r\n\r\n1\r\n--B--", "multipart.header"},
	    {"multipart/form-data; boundary=B", "--B\r\nContent-Disposition: attachment; name=\"x\"\r\n\r\n1\r\n--B--", "multipart.header"},
	    {"multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"x\r\n\r\n1\r\n--B--", "multipart.header"},
	    {"multipart/form-data; boundary=B", "--B\r\n" FIELD("x") "Content-Transfer-Encoding: base64\r\n\r\n1\r\n--B--", "multipart.encoding"},
	    {"multipart/form-data; boundary=B", "--B\r\n" FIELD("x") "\r\n\xFF\r\n--B--", "multipart.encoding"},
	    {"multipart/form-data; boundary=B", "--B\r\n" FIELD("\xFF") "\r\n1\r\n--B--", "multipart.encoding"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e;
		struct http_parts x;
		enum err_code code = http_multipart_parse(str_of(bad[i].type), str_of(bad[i].body), PARTS_MAX, a, &x, &e);
		if (code != ERR_INVALID || strcmp(e.id, bad[i].id) != 0)
			fail_msg("case %zu: %d %s", i, (int)code, code ? e.id : "");
	}
	/* Header lines without end, and too many fields. */
	struct err e;
	struct http_parts x;
	AUTO_BUF b = BUF_INIT(1 << 20);
	buf_addz(&b, "--B\r\nX: ");
	for (int i = 0; i < 2 * HTTP_PART_HEADER_BYTES; i++)
		buf_addc(&b, 'x');
	assert_int_equal(http_multipart_parse(TYPE, buf_str(&b), PARTS_MAX, a, &x, &e), ERR_INVALID);
	assert_string_equal(e.id, "multipart.header");
	buf_clear(&b);
	for (int i = 0; i <= PARTS_MAX; i++)
		buf_addz(&b, "--B\r\n" FIELD("x") "\r\n1\r\n");
	buf_addz(&b, "--B--");
	assert_int_equal(http_multipart_parse(TYPE, buf_str(&b), PARTS_MAX, a, &x, &e), ERR_LIMIT);
	assert_string_equal(e.id, "multipart.parts");
	assert_ok(http_multipart_parse(TYPE, buf_str(&b), PARTS_MAX + 1, a, &x, &e), &e);
	assert_int_equal(x.n, PARTS_MAX + 1);
}

static void tells_the_type(void **state)
{
	(void)state;
	assert_true(http_is_multipart(STR("multipart/form-data; boundary=x")));
	assert_true(http_is_multipart(STR("Multipart/FORM-data")));
	assert_false(http_is_multipart(STR("multipart/form-data2; boundary=x")));
	assert_false(http_is_multipart(STR("application/x-www-form-urlencoded")));
	assert_false(http_is_multipart(STR_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_forms),
	    cmocka_unit_test(reads_what_is_allowed),
	    cmocka_unit_test(refuses),
	    cmocka_unit_test(tells_the_type),
	};
	return test_run(tests);
}
