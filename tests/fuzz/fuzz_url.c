/* URLs: what is encoded is decoded to the same; a parsed query, built again, parses to the same. */
#include "base/utf8.h"
#include "codec/url.h"
#include "fuzz.h"

static void check_encoding(str s, struct arena *a)
{
	struct err e;
	str back;
	AUTO_BUF b = BUF_INIT(64 << 20);
	url_encode(&b, s);
	for (size_t i = 0; i < b.n; i++)
		FUZZ_CHECK(b.p[i] > 0x20 && b.p[i] < 0x7F && !strchr("&=?#+/<>\"'", b.p[i]));
	bool text = utf8_valid(s, NULL) && (s.n == 0 || !memchr(s.p, 0, s.n));
	enum err_code code = url_decode(buf_str(&b), true, a, &back, &e);
	FUZZ_CHECK(text == (code == ERR_OK));
	FUZZ_CHECK(!text || str_eq(back, s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e;
	struct url_query q, again;
	AUTO_ARENA a = arena_new(64 << 20);
	AUTO_BUF b = BUF_INIT(1 << 20);
	str s = {(const char *)data, n};
	check_encoding(s, a);
	if (url_query_parse(s, a, &q, &e) != ERR_OK) {
		FUZZ_CHECK(e.code == ERR_INVALID || e.code == ERR_LIMIT);
		return 0;
	}
	for (size_t i = 0; i < q.n; i++) {
		FUZZ_CHECK(
		    utf8_valid(q.params[i].name, NULL) && utf8_valid(q.params[i].value, NULL));
		url_add_param(&b, q.params[i].name, q.params[i].value);
	}
	str built = buf_str(&b);
	if (built.n > URL_QUERY_BYTES)
		return 0;
	FUZZ_CHECK(url_query_parse(str_sub(built, 1, built.n), a, &again, &e) == ERR_OK);
	FUZZ_CHECK(again.n == q.n);
	for (size_t i = 0; i < q.n; i++)
		FUZZ_CHECK(str_eq(again.params[i].name, q.params[i].name) &&
		           str_eq(again.params[i].value, q.params[i].value));
	return 0;
}
