/* Forms with files: what is taken apart lies within the body, in order; what is written again reads the same. */
#include "base/buf.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "http/multipart.h"

enum { PARTS_MAX = 64 };
static const char type[] = "multipart/form-data; boundary=\"B:\"";

static void write_part(struct buf *b, const struct http_part *p, size_t i)
{
	buf_addf(b, "--B:\r\nContent-Disposition: form-data; name=\"n%zu\"", i);
	if (p->file_name.p)
		buf_addz(b, "; filename=\"f\"");
	buf_addz(b, "\r\n\r\n");
	buf_add(b, p->body);
	buf_addz(b, "\r\n");
}

/* A content that ends in the beginning of a delimiter may read otherwise when it is framed again: those are left out. */
static bool is_plain(str body)
{
	return str_find(body, STR("--B:")) < 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_ARENA a = arena_new(16 << 20);
	AUTO_BUF again = BUF_INIT(16 << 20);
	struct http_parts parts, second;
	struct err e = {0};
	str body = {(const char *)data, n};
	bool plain = true;
	const char *last = body.p;
	enum err_code code = http_multipart_parse(STR(type), body, PARTS_MAX, a, &parts, &e);
	FUZZ_CHECK(code == ERR_OK || ((code == ERR_INVALID || code == ERR_LIMIT) && e.id[0] && e.detail[0]));
	if (http_multipart_parse(body, body, PARTS_MAX, a, &second, &e) != ERR_OK) /* any type */
		FUZZ_CHECK(e.id[0]);
	if (code != ERR_OK)
		return 0;
	FUZZ_CHECK(parts.n <= PARTS_MAX);
	for (size_t i = 0; i < parts.n; i++) {
		const struct http_part *p = &parts.p[i];
		FUZZ_CHECK(p->name.p && utf8_valid(p->name, NULL) && (!p->file_name.p || utf8_valid(p->file_name, NULL)));
		FUZZ_CHECK(p->body.p >= last && p->body.p + p->body.n <= body.p + body.n);
		FUZZ_CHECK(p->file_name.p || utf8_valid(p->body, NULL));
		last = p->body.p + p->body.n;
		plain = plain && is_plain(p->body);
		write_part(&again, p, i);
	}
	buf_addz(&again, "--B:--");
	if (!plain)
		return 0;
	FUZZ_CHECK(http_multipart_parse(STR(type), buf_str(&again), PARTS_MAX, a, &second, &e) == ERR_OK && second.n == parts.n);
	for (size_t i = 0; i < parts.n; i++)
		FUZZ_CHECK(str_eq(parts.p[i].body, second.p[i].body));
	return 0;
}
