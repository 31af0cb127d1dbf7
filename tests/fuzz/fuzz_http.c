/* Our edge of HTTP. The first line of the input is the request target, the second Accept-Encoding,
 * the third If-None-Match, the fourth Accept-Language. A target that is taken has a clean path; a
 * query that is taken has a canonical form that reads back as itself. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/fields.h"
#include "http/negotiate.h"
#include "http/router.h"

static enum err_code never(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)req;
	(void)res;
	return fail(e, ERR_BUG, "fuzz", "not called");
}

static const char *const languages[] = {"en", "nl", "fr", NULL};
static const char *const sorts[] = {"title", "amount", NULL};
static const struct http_field fields[] = {{.name = "q", .type = HTTP_TEXT},
    {.name = "page", .type = HTTP_INT, .min = 1, .max = 500},
    {.name = "country", .type = HTTP_COUNTRY, .repeats = true},
    {.name = "sort", .type = HTTP_CHOICE, .choices = sorts}, {.name = "on", .type = HTTP_DATE},
    {.name = "all", .type = HTTP_BOOL}, {.name = "org", .type = HTTP_SLUG},
    {.name = "id", .type = HTTP_UID}, {0}};
static const struct http_route routes[] = {
    {HTTP_GET, "/", never, .localized = true, .fields = fields},
    {HTTP_GET, "/a/{key}", never, .localized = true, .fields = fields},
    {HTTP_GET, "/a/{key}/{n:int}.csv", never, .fields = fields},
    {HTTP_GET, "/d/{path:rest}", never, .fields = fields},
};

static void check_path(const struct http_target *t)
{
	FUZZ_CHECK(t->path.n && t->path.p[0] == '/' && utf8_valid(t->path, NULL));
	for (size_t i = 0; i < t->path.n; i++)
		FUZZ_CHECK((unsigned char)t->path.p[i] >= 0x20 && t->path.p[i] != 0x7F);
	for (size_t i = 0; i < t->n_segments; i++) {
		str s = t->segments[i];
		FUZZ_CHECK(s.n && str_find_char(s, '/') < 0 && !str_is(s, ".") && !str_is(s, ".."));
	}
}

static void check_query(const struct http_route *route, str query, struct arena *a)
{
	struct err e = {0};
	struct http_values v[HTTP_FIELDS_MAX];
	str once;
	str twice;
	if (http_fields_parse(route, query, a, v, &once, &e) != ERR_OK) {
		FUZZ_CHECK(e.code == ERR_INVALID || e.code == ERR_LIMIT);
		return;
	}
	enum err_code code = http_fields_parse(route, once, a, v, &twice, &e);
	FUZZ_CHECK(code == ERR_OK ? str_eq(once, twice) : code == ERR_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e = {0};
	AUTO_ARENA a = arena_new(16 << 20);
	str lines[4] = {STR(""), STR(""), STR(""), STR("")};
	struct str_split it = str_split_on((str){(const char *)data, n}, '\n');
	for (size_t i = 0; i < 4 && str_next(&it, &lines[i]); i++) {
	}
	const uint32_t offered = 1U << HTTP_GZIP | 1U << HTTP_ZSTD;
	enum http_coding coding = http_coding_choose(lines[1], offered);
	FUZZ_CHECK(coding == HTTP_IDENTITY || (offered & 1U << coding));
	(void)http_not_modified(lines[2], lines[3], STR("abc"), 1000);
	int lang = http_language_choose(lines[3], languages, SIZE_MAX);
	FUZZ_CHECK(lang >= 0 && lang < 3);
	struct http_target t;
	if (http_target_parse(lines[0], a, &t, &e) != ERR_OK)
		return 0;
	check_path(&t);
	const struct http_router *r;
	const struct http_routes tables[] = {HTTP_ROUTES(routes)};
	struct http_match m;
	FUZZ_CHECK(http_router_new(tables, 1, languages, a, &r, &e) == ERR_OK);
	http_router_find(r, HTTP_GET, &t, a, &m);
	check_query(m.route ? m.route : &routes[0], t.query, a);
	return 0;
}
