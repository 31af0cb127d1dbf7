/* The parts of the server that are pure: target, router, fields, negotiation, cache, access log,
 * OpenAPI. */
#include "base/test.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#include "base/env.h"
#include "codec/json.h"
#include "http/access.h"
#include "http/cache.h"
#include "http/fields.h"
#include "http/flights.h"
#include "http/negotiate.h"
#include "http/router.h"

static const char *const langs[] = {"en", "nl", "fr", NULL};

static enum err_code never_called(
    struct http_request *req, struct http_response *res, struct err *e)
{
	(void)req;
	(void)res;
	return fail(e, ERR_BUG, "test", "not called");
}

/* ---- target ---- */

static void takes_a_target_apart(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	struct http_target t;
	assert_ok(http_target_parse(STR("/en/caf%C3%A9/a-1?q=x%20y&p=2"), a, &t, &e), &e);
	assert_str(t.path, "/en/caf\xC3\xA9/a-1");
	assert_str(t.query, "q=x%20y&p=2");
	assert_int_equal(t.n_segments, 3);
	assert_str(t.segments[1], "caf\xC3\xA9");
	assert_false(t.slash_at_end);
	assert_ok(http_target_parse(STR("/"), a, &t, &e), &e);
	assert_int_equal(t.n_segments, 0);
	assert_str(t.path, "/");
	assert_true(t.slash_at_end);
	assert_ok(http_target_parse(STR("http://example.org/a/?"), a, &t, &e), &e);
	assert_str(t.path, "/a/");
	assert_str(t.query, "");
}

static void refuses_bad_targets(void **state)
{
	(void)state;
	static const struct {
		const char *raw, *id;
		enum err_code code;
	} bad[] = {
	    {"", "target.form", ERR_INVALID},
	    {"a/b", "target.form", ERR_INVALID},
	    {"*", "target.form", ERR_INVALID},
	    {"ftp://host/a", "target.form", ERR_INVALID},
	    {"http:///a", "target.form", ERR_INVALID},
	    {"//a", "target.empty", ERR_NOT_FOUND},
	    {"/a//b", "target.empty", ERR_NOT_FOUND},
	    {"/a//", "target.empty", ERR_NOT_FOUND},
	    {"/a/../b", "target.dots", ERR_INVALID},
	    {"/a/%2e%2E/b", "target.dots", ERR_INVALID},
	    {"/.", "target.dots", ERR_INVALID},
	    {"/a%2Fb", "target.slash", ERR_INVALID},
	    {"/a%5cb", "target.slash", ERR_INVALID},
	    {"/a\\b", "target.byte", ERR_INVALID},
	    {"/a b", "target.byte", ERR_INVALID},
	    {"/a#b", "target.byte", ERR_INVALID},
	    {"/caf\xC3\xA9", "target.byte", ERR_INVALID},
	    {"/a%00b", "url.nul", ERR_INVALID},
	    {"/a%0Ab", "target.control", ERR_INVALID},
	    {"/a%FFb", "url.utf8", ERR_INVALID},
	    {"/a%C0%AFb", "url.utf8", ERR_INVALID},
	    {"/a%2", "url.percent", ERR_INVALID},
	    {"/a%zz", "url.percent", ERR_INVALID},
	    {"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", "target.depth", ERR_NOT_FOUND},
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		AUTO_ARENA a = arena_new(1 << 20);
		struct err e = {0};
		struct http_target t;
		enum err_code code = http_target_parse(str_of(bad[i].raw), a, &t, &e);
		if (code != bad[i].code || strcmp(e.id, bad[i].id) != 0)
			fail_msg("%s: %d %s, want %s", bad[i].raw, code, e.id, bad[i].id);
	}
	char longest[HTTP_TARGET_MAX_BYTES + 2];
	memset(longest, 'a', sizeof longest);
	longest[0] = '/';
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	struct http_target t;
	assert_int_equal(
	    http_target_parse((str){longest, HTTP_TARGET_MAX_BYTES}, a, &t, &e), ERR_OK);
	assert_int_equal(
	    http_target_parse((str){longest, HTTP_TARGET_MAX_BYTES + 1}, a, &t, &e), ERR_LIMIT);
}

/* ---- router ---- */

static const struct http_route site[] = {
    {.method = HTTP_GET, .pattern = "/", .handler = never_called, .localized = true},
    {.method = HTTP_GET, .pattern = "/activities", .handler = never_called, .localized = true},
    {.method = HTTP_GET, .pattern = "/activities.csv", .handler = never_called, .localized = true},
    {.method = HTTP_GET,
        .pattern = "/activities/{key}",
        .handler = never_called,
        .localized = true},
    {.method = HTTP_GET, .pattern = "/activities/new", .handler = never_called, .localized = true},
    {.method = HTTP_GET,
        .pattern = "/activities/{key}/events/{n:int}",
        .handler = never_called,
        .localized = true},
    {.method = HTTP_GET,
        .pattern = "/countries/{code:country}",
        .handler = never_called,
        .localized = true},
    {.method = HTTP_GET, .pattern = "/data/{name:slug}.csv", .handler = never_called},
    {.method = HTTP_GET, .pattern = "/data/{name:slug}.json", .handler = never_called},
    {.method = HTTP_GET, .pattern = "/data/iati.xml", .handler = never_called},
    {.method = HTTP_POST, .pattern = "/data/iati.xml", .handler = never_called},
    {.method = HTTP_GET, .pattern = "/docs/{path:rest}", .handler = never_called},
    {.method = HTTP_GET, .pattern = "/days/{d:date}", .handler = never_called},
};

struct routed {
	struct arena *a;
	const struct http_router *r;
};

static struct http_match find(const struct routed *x, enum http_method method, const char *path)
{
	struct err e = {0};
	struct http_target t;
	struct http_match m;
	assert_ok(http_target_parse(str_of(path), x->a, &t, &e), &e);
	http_router_find(x->r, method, &t, x->a, &m);
	return m;
}

static void finds_routes(void **state)
{
	(void)state;
	static const struct {
		const char *path, *pattern;
		enum http_found found;
		int lang;
	} cases[] = {
	    {"/nl/", "/", HTTP_FOUND, 1},
	    {"/nl", "/", HTTP_FOUND_SLASH, 1},
	    {"/", "/", HTTP_FOUND_LANGUAGE, -1},
	    {"/fr/activities", "/activities", HTTP_FOUND, 2},
	    {"/fr/activities/", "/activities", HTTP_FOUND_SLASH, 2},
	    {"/activities", "/activities", HTTP_FOUND_LANGUAGE, -1},
	    {"/en/activities.csv", "/activities.csv", HTTP_FOUND, 0},
	    {"/en/activities/a-1", "/activities/{key}", HTTP_FOUND, 0},
	    {"/en/activities/new", "/activities/new", HTTP_FOUND, 0},
	    {"/en/activities/new/events/7", "/activities/{key}/events/{n:int}", HTTP_FOUND, 0},
	    {"/en/activities/a/events/x", NULL, HTTP_FOUND_NOTHING, 0},
	    {"/en/countries/SO", "/countries/{code:country}", HTTP_FOUND, 0},
	    {"/en/countries/SOM", NULL, HTTP_FOUND_NOTHING, 0},
	    {"/data/spending.csv", "/data/{name:slug}.csv", HTTP_FOUND, -1},
	    {"/data/spending.json", "/data/{name:slug}.json", HTTP_FOUND, -1},
	    {"/data/spending.xml", NULL, HTTP_FOUND_NOTHING, -1},
	    {"/data/.csv", NULL, HTTP_FOUND_NOTHING, -1},
	    {"/data/iati.xml", "/data/iati.xml", HTTP_FOUND, -1},
	    {"/docs/a/b/c.html", "/docs/{path:rest}", HTTP_FOUND, -1},
	    {"/docs", NULL, HTTP_FOUND_NOTHING, -1},
	    {"/days/2010-02-30", NULL, HTTP_FOUND_NOTHING, -1},
	    {"/days/2010-03-19", "/days/{d:date}", HTTP_FOUND, -1},
	    {"/de/activities", NULL, HTTP_FOUND_NOTHING, -1},
	    {"/en/data/iati.xml", NULL, HTTP_FOUND_NOTHING, 0},
	};
	AUTO_ARENA a = arena_new(4 << 20);
	struct err e = {0};
	struct routed x = {.a = a};
	struct http_routes tables[] = {HTTP_ROUTES(site)};
	assert_ok(http_router_new(tables, 1, langs, a, &x.r, &e), &e);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct http_match m = find(&x, HTTP_GET, cases[i].path);
		if (m.found != cases[i].found || m.lang != cases[i].lang)
			fail_msg("%s: found %d lang %d", cases[i].path, m.found, m.lang);
		if (cases[i].pattern)
			assert_string_equal(m.route->pattern, cases[i].pattern);
	}
	struct http_match m = find(&x, HTTP_GET, "/en/activities/caf%C3%A9/events/7");
	assert_int_equal(m.n_params, 2);
	assert_str(m.params[0].text, "caf\xC3\xA9");
	assert_int_equal(m.params[1].i, 7);
	m = find(&x, HTTP_GET, "/docs/a/b%20c");
	assert_str(m.params[0].text, "a/b c");
	m = find(&x, HTTP_GET, "/en/countries/so");
	assert_str(m.params[0].text, "SO");
}

static void tells_other_methods(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(4 << 20);
	struct err e = {0};
	struct routed x = {.a = a};
	struct http_routes tables[] = {HTTP_ROUTES(site)};
	assert_ok(http_router_new(tables, 1, langs, a, &x.r, &e), &e);
	struct http_match m = find(&x, HTTP_DELETE, "/data/iati.xml");
	assert_int_equal(m.found, HTTP_FOUND_OTHER_METHOD);
	assert_int_equal(m.allow, 1U << HTTP_GET | 1U << HTTP_POST);
	m = find(&x, HTTP_POST, "/data/iati.xml");
	assert_int_equal(m.found, HTTP_FOUND);
	m = find(&x, HTTP_METHODS, "/en/activities/new");
	assert_int_equal(m.found, HTTP_FOUND_OTHER_METHOD);
	assert_int_equal(m.allow, 1U << HTTP_GET);
}

static void refuses_bad_tables(void **state)
{
	(void)state;
	static const struct http_field twice[] = {
	    {.name = "a", .type = HTTP_INT}, {.name = "a", .type = HTTP_INT}, {0}};
	static const struct http_field no_choices[] = {{.name = "a", .type = HTTP_CHOICE}, {0}};
	static const struct {
		struct http_route r[2];
		const char *id;
	} bad[] = {
	    {{{.method = HTTP_GET, .pattern = "/a/{x}", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/a/{y:int}", .handler = never_called}},
	        "route.duplicate"},
	    {{{.method = HTTP_GET, .pattern = "/a", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/a", .handler = never_called}},
	        "route.duplicate"},
	    {{{.method = HTTP_GET, .pattern = "a", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/a/", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/a//b", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/{}", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/{a:float}", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/{a:rest}/b", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/x{a}", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/a b", .handler = never_called},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.pattern"},
	    {{{.method = HTTP_GET, .pattern = "/a", .handler = NULL},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.handler"},
	    {{{.method = HTTP_GET, .pattern = "/a", .handler = never_called, .fields = twice},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.fields"},
	    {{{.method = HTTP_GET, .pattern = "/a", .handler = never_called, .fields = no_choices},
	         {.method = HTTP_GET, .pattern = "/b", .handler = never_called}},
	        "route.fields"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		AUTO_ARENA a = arena_new(1 << 20);
		struct err e = {0};
		const struct http_router *r;
		struct http_routes tables[] = {{bad[i].r, 2}};
		enum err_code code = http_router_new(tables, 1, langs, a, &r, &e);
		if (code != ERR_INVALID || strcmp(e.id, bad[i].id) != 0)
			fail_msg("%s: %d %s", bad[i].r[0].pattern, code, e.id);
	}
}

/* Against a plain model: random patterns of literals and parameters, random paths; the model tries
 * every route and ranks by the rule "literal, then parameter with a literal end, then parameter,
 * from the left". */
enum { MODEL_ROUTES = 8, MODEL_SEGMENTS = 3 };

static const char *const model_segs[] = {"a", "b", "{x}", "{x}.c", "{x:slug}"};
static const char *const model_parts[] = {"a", "b", "q", "q.c", "-"};
static const int model_rank[] = {0, 0, 2, 1, 2};

struct model {
	struct http_route routes[MODEL_ROUTES];
	size_t kinds[MODEL_ROUTES][MODEL_SEGMENTS];
	size_t n[MODEL_ROUTES];
};

static const char *model_path(const struct rng *rng, struct arena *a, const char *const *words,
    size_t kinds[MODEL_SEGMENTS], size_t *ret_n)
{
	AUTO_BUF b = BUF_INIT(200);
	size_t n = 1 + rng_next_u64(rng) % MODEL_SEGMENTS;
	for (size_t k = 0; k < n; k++) {
		kinds[k] = rng_next_u64(rng) % 5;
		buf_addf(&b, "/%s", words[kinds[k]]);
	}
	*ret_n = n;
	return arena_cstr(a, buf_str(&b));
}

static bool model_same(const struct model *m, size_t i, size_t j)
{
	bool same = m->n[i] == m->n[j];
	for (size_t k = 0; same && k < m->n[i]; k++) {
		size_t a = m->kinds[i][k];
		size_t b = m->kinds[j][k];
		same = model_rank[a] == model_rank[b] && (model_rank[a] || a == b);
	}
	return same;
}

static bool model_clashes(const struct model *m)
{
	for (size_t i = 0; i < MODEL_ROUTES; i++)
		for (size_t j = 0; j < i; j++)
			if (model_same(m, i, j))
				return true;
	return false;
}

/* Does the part of a path fit the segment of a pattern? */
static bool model_fits(size_t seg, size_t part)
{
	if (seg < 2)
		return part == seg;
	if (seg == 2)
		return true;
	return seg == 3 ? part == 3 : part < 3; /* "q.c" and "-" are no slugs */
}

static const char *model_best(const struct model *m, const size_t *parts, size_t n)
{
	const char *best = NULL;
	int best_rank[MODEL_SEGMENTS] = {9, 9, 9};
	for (size_t i = 0; i < MODEL_ROUTES; i++) {
		bool fits = m->n[i] == n;
		int mine[MODEL_SEGMENTS] = {0};
		for (size_t k = 0; fits && k < n; k++) {
			mine[k] = model_rank[m->kinds[i][k]];
			fits = model_fits(m->kinds[i][k], parts[k]);
		}
		size_t first = 0;
		while (first < n - 1 && mine[first] == best_rank[first])
			first++;
		if (fits && mine[first] < best_rank[first]) {
			best = m->routes[i].pattern;
			memcpy(best_rank, mine, sizeof mine);
		}
	}
	return best;
}

static void ask_model(const struct model *m, const struct routed *x, const struct rng *rng)
{
	for (int q = 0; q < 50; q++) {
		size_t parts[MODEL_SEGMENTS];
		size_t n;
		const char *path = model_path(rng, x->a, model_parts, parts, &n);
		const char *best = model_best(m, parts, n);
		struct http_match got = find(x, HTTP_GET, path);
		assert_int_equal(got.found == HTTP_FOUND, best != NULL);
		if (best)
			assert_string_equal(got.route->pattern, best);
	}
}

static void agrees_with_a_model(void **state)
{
	(void)state;
	uint64_t seed = 20261124;
	struct rng rng = rng_seeded(&seed);
	size_t asked = 0;
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 300; round++) {
		AUTO_ARENA a = arena_new(1 << 20);
		struct model m = {0};
		for (size_t i = 0; i < MODEL_ROUTES; i++)
			m.routes[i] = (struct http_route){.method = HTTP_GET,
			    .pattern = model_path(&rng, a, model_segs, m.kinds[i], &m.n[i]),
			    .handler = never_called};
		struct err e = {0};
		struct routed x = {.a = a};
		struct http_routes tables[] = {{m.routes, MODEL_ROUTES}};
		enum err_code code = http_router_new(tables, 1, langs, a, &x.r, &e);
		assert_int_equal(code == ERR_OK, !model_clashes(&m));
		if (code == ERR_OK) {
			ask_model(&m, &x, &rng);
			asked++;
		}
	}
	assert_true(asked > 50);
}

/* ---- fields ---- */

static const char *const sorts[] = {"title", "amount", NULL};
static const struct http_field list_fields[] = {
    {.name = "q", .type = HTTP_TEXT, .max = 10},
    {.name = "page", .type = HTTP_INT, .min = 1, .max = 500},
    {.name = "country", .type = HTTP_COUNTRY, .repeats = true},
    {.name = "sort", .type = HTTP_CHOICE, .choices = sorts},
    {.name = "on", .type = HTTP_DATE},
    {.name = "all", .type = HTTP_BOOL},
    {.name = "org", .type = HTTP_SLUG},
    {.name = "id", .type = HTTP_UID},
    {0},
};
static const struct http_route list_route = {
    .method = HTTP_GET, .pattern = "/list", .handler = never_called, .fields = list_fields};

static void reads_fields(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	struct http_values v[HTTP_FIELDS_MAX];
	str canonical;
	assert_ok(
	    http_fields_parse(&list_route,
	        STR("sort=amount&country=so&q=+caf%C3%A9+x+&page=7&country=GH&on=2010-03-19&all=no"
	            "&org=iom-1&id=01890a5d-ac96-774b-bcce-b302099a8057"),
	        a, v, &canonical, &e),
	    &e);
	assert_str(v[0].v[0].text, "caf\xC3\xA9 x");
	assert_int_equal(v[1].v[0].i, 7);
	assert_int_equal(v[2].n, 2);
	assert_str(v[2].v[0].text, "SO");
	assert_str(v[2].v[1].text, "GH");
	assert_int_equal(v[3].v[0].i, 1);
	date d;
	assert_true(date_from_civil(2010, 3, 19, &d));
	assert_int_equal(v[4].v[0].d.day, d.day);
	assert_int_equal(v[5].v[0].i, 0);
	assert_str(canonical, "q=caf%C3%A9%20x&page=7&country=SO&country=GH&sort=amount&on=2010-03-"
	                      "19&all=no&org=iom-1"
	                      "&id=01890a5d-ac96-774b-bcce-b302099a8057");
	assert_ok(http_fields_parse(&list_route, STR("q=&page="), a, v, &canonical, &e), &e);
	assert_int_equal(v[0].n + v[1].n, 0);
	assert_str(canonical, "");
}

static void names_the_wrong_field(void **state)
{
	(void)state;
	static const struct {
		const char *query, *field, *id;
	} bad[] = {
	    {"page=0", "page", "field.value"},
	    {"page=501", "page", "field.value"},
	    {"page=1.5", "page", "field.value"},
	    {"page=9223372036854775808", "page", "field.value"},
	    {"page=1&page=2", "page", "field.repeated"},
	    {"q=01234567890", "q", "field.value"},
	    {"q=a%07b", "q", "field.value"},
	    {"country=SOM", "country", "field.value"},
	    {"country=S1", "country", "field.value"},
	    {"sort=price", "sort", "field.value"},
	    {"on=2010-02-30", "on", "field.value"},
	    {"all=maybe", "all", "field.value"},
	    {"org=-x", "org", "field.value"},
	    {"id=1", "id", "field.value"},
	    {"colour=red", "colour", "field.unknown"},
	    {"Page=1", "Page", "field.unknown"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		AUTO_ARENA a = arena_new(1 << 20);
		struct err e = {0};
		struct http_values v[HTTP_FIELDS_MAX];
		str canonical;
		enum err_code code =
		    http_fields_parse(&list_route, str_of(bad[i].query), a, v, &canonical, &e);
		if (code != ERR_INVALID || strcmp(e.id, bad[i].id) || strcmp(e.field, bad[i].field))
			fail_msg("%s: %d %s %s", bad[i].query, code, e.id, e.field);
	}
	static const struct http_field needed[] = {
	    {.name = "on", .type = HTTP_DATE, .required = true}, {0}};
	static const struct http_route r = {
	    .method = HTTP_GET, .pattern = "/r", .handler = never_called, .fields = needed};
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	struct http_values v[HTTP_FIELDS_MAX];
	str canonical;
	assert_int_equal(http_fields_parse(&r, STR(""), a, v, &canonical, &e), ERR_INVALID);
	assert_string_equal(e.id, "field.missing");
	assert_string_equal(e.field, "on");
}

/* Reading the canonical form gives the canonical form: it is a fixed point. */
static void canonical_form_is_stable(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	struct http_values v[HTTP_FIELDS_MAX];
	str once;
	str twice;
	assert_ok(
	    http_fields_parse(&list_route, STR("all=yes&q=%26%3D%2B%25&page=007"), a, v, &once, &e),
	    &e);
	assert_ok(http_fields_parse(&list_route, once, a, v, &twice, &e), &e);
	assert_true(str_eq(once, twice));
	assert_str(v[0].v[0].text, "&=+%");
}

/* ---- negotiation: examples of RFC 9110, 12.5.3 and 13.1 ---- */

static void chooses_codings(void **state)
{
	(void)state;
	const uint32_t dynamic = 1U << HTTP_GZIP | 1U << HTTP_ZSTD;
	static const struct {
		const char *header;
		enum http_coding want;
	} cases[] = {
	    {"", HTTP_IDENTITY},
	    {"gzip", HTTP_GZIP},
	    {"compress, gzip", HTTP_GZIP},
	    {"*", HTTP_ZSTD},
	    {"compress;q=0.5, gzip;q=1.0", HTTP_GZIP},
	    {"gzip;q=1.0, identity; q=0.5, *;q=0", HTTP_GZIP},
	    {"gzip, deflate, br, zstd", HTTP_ZSTD},
	    {"zstd;q=0.5, gzip;q=0.8", HTTP_GZIP},
	    {"zstd;q=0, gzip;q=0", HTTP_IDENTITY},
	    {"GZIP", HTTP_GZIP},
	    {"x-gzip", HTTP_GZIP},
	    {"identity;q=1, gzip;q=0.5", HTTP_IDENTITY},
	    {"gzip;q=2", HTTP_IDENTITY},
	    {"gzip;q=0.1234", HTTP_IDENTITY},
	    {"gzip;level=1", HTTP_IDENTITY},
	    {"br", HTTP_IDENTITY},
	    {" , gzip ,", HTTP_GZIP},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (http_coding_choose(str_of(cases[i].header), dynamic) != cases[i].want)
			fail_msg("%s", cases[i].header);
	assert_int_equal(
	    http_coding_choose(STR("gzip, br, zstd"), 1U << HTTP_BROTLI | 1U << HTTP_GZIP),
	    HTTP_BROTLI);
	assert_int_equal(http_coding_choose(STR_NONE, dynamic), HTTP_IDENTITY);
}

static void evaluates_conditions(void **state)
{
	(void)state;
	str etag = STR("xyzzy");
	assert_true(http_not_modified(STR("\"xyzzy\""), STR_NONE, etag, 0));
	assert_true(
	    http_not_modified(STR("W/\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\""), STR_NONE, etag, 0));
	assert_true(http_not_modified(STR("*"), STR_NONE, etag, 0));
	assert_false(http_not_modified(STR("\"xyzz\""), STR_NONE, etag, 0));
	assert_false(http_not_modified(STR("xyzzy"), STR_NONE, etag, 0));
	int64_t at = 784111777000; /* Sun, 06 Nov 1994 08:49:37 GMT: RFC 9110's example */
	str same = STR("Sun, 06 Nov 1994 08:49:37 GMT");
	assert_true(http_not_modified(STR_NONE, same, etag, at));
	assert_true(
	    http_not_modified(STR_NONE, same, etag, at + 999)); /* a date has whole seconds */
	assert_false(http_not_modified(STR_NONE, same, etag, at + 1000));
	assert_false(http_not_modified(STR_NONE, STR("yesterday"), etag, at));
	/* If-None-Match wins */
	assert_false(http_not_modified(STR("\"other\""), same, etag, at));
}

static void chooses_languages(void **state)
{
	(void)state;
	assert_int_equal(http_language_choose(STR("nl-BE,nl;q=0.9,en;q=0.8"), langs, 3), 1);
	assert_int_equal(http_language_choose(STR("de, fr;q=0.3, en;q=0.2"), langs, 3), 2);
	assert_int_equal(http_language_choose(STR("de"), langs, 3), 0);
	assert_int_equal(http_language_choose(STR_NONE, langs, 3), 0);
	assert_int_equal(http_language_choose(STR("fr;q=0, nl;q=0.1"), langs, 3), 1);
}

/* ---- cache ---- */

static size_t released; /* test only: the cache's release callback has no context */

static void count_release(void *answer)
{
	(void)answer;
	released++;
}

static void note_status(void *ctx, const struct http_cached *entry)
{
	*(int *)ctx = entry->status;
}

static void cache_keeps_and_forgets(void **state)
{
	(void)state;
	released = 0;
	int answer = 0;
	struct http_store *c = http_cache_new(1 << 20, 42, count_release);
	struct http_cached entry = {.full = &answer, .not_modified = &answer, .status = 200};
	int got = 0;
	assert_false(http_cache_use(c, 0, STR("/a"), 1, 0, note_status, &got));
	http_cache_put(c, 0, STR("/a"), 1, &entry, 1000);
	assert_true(http_cache_use(c, 0, STR("/a"), 1, 0, note_status, &got));
	assert_int_equal(got, 200);
	assert_false(http_cache_use(c, 1, STR("/a"), 1, 0, note_status, &got)); /* another coding */
	assert_false(http_cache_use(c, 0, STR("/a"), 2, 0, note_status, &got)); /* another snapshot */
	assert_int_equal(released, 2);
	assert_int_equal(http_cache_stats(c).entries, 0);
	http_cache_put(c, 0, STR("/big"), 2, &entry, 1 << 20); /* more than its share */
	assert_int_equal(released, 4);
	http_cache_put(c, 0, STR("/a"), 2, &entry, 1000);
	http_cache_put(c, 0, STR("/a"), 2, &entry, 1000); /* replaced */
	assert_int_equal(released, 6);
	http_cache_free(c);
	assert_int_equal(released, 8);
}

static void cache_stays_in_bounds(void **state)
{
	(void)state;
	released = 0;
	int answer = 0;
	const size_t most = 1 << 20;
	uint64_t seed = 7;
	struct rng rng = rng_seeded(&seed);
	struct http_store *c = http_cache_new(most, 42, count_release);
	struct http_cached entry = {.full = &answer, .status = 200};
	size_t put = 0;
	int got;
	for (int i = 0; i < 5000; i++) {
		char target[32];
		(void)snprintf(target, sizeof target, "/%d", (int)(rng_next_u64(&rng) % 1000));
		uint64_t generation = 1 + (uint64_t)i / 2000;
		if (!http_cache_use(c, 0, str_of(target), generation, 0, note_status, &got)) {
			http_cache_put(c, 0, str_of(target), generation, &entry,
			    1000 + rng_next_u64(&rng) % 5000);
			put++;
			assert_true(
			    http_cache_use(c, 0, str_of(target), generation, 0, note_status, &got));
		}
		struct http_cache_stats s = http_cache_stats(c);
		assert_true(s.bytes <= most);
		assert_int_equal(s.entries + released, put);
	}
	assert_true(http_cache_stats(c).evictions > 0);
	http_cache_free(c);
	assert_int_equal(released, put);
}

/* ---- access log: no personal data ---- */

static void shortens_addresses(void **state)
{
	(void)state;
	AUTO_BUF b = BUF_INIT(200);
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xC0000277)};
	http_access_add_network(&b, (struct sockaddr *)&v4);
	assert_str(buf_str(&b), "192.0.2.0/24");
	buf_clear(&b);
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
	    .sin6_addr.s6_addr = {
	        0x20, 0x01, 0x0d, 0xb8, 0xab, 0xcd, 0x12, 0x34, 0, 0, 0, 0, 0, 0, 0, 1}};
	http_access_add_network(&b, (struct sockaddr *)&v6);
	assert_str(buf_str(&b), "2001:db8:abcd::/48");
	buf_clear(&b);
	struct sockaddr_in6 mapped = {.sin6_family = AF_INET6,
	    .sin6_addr.s6_addr = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 119}};
	http_access_add_network(&b, (struct sockaddr *)&mapped);
	assert_str(buf_str(&b), "192.0.2.0/24");
}

static void writes_lines(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	struct http_access *a = http_access_new(ends[1], true);
	assert_non_null(a);
	struct http_access_line l = {.begin_ms = 784111777999,
	    .method = "GET",
	    .target = STR("/a b/\x01/\xC3\xA9?q=1"),
	    .status = 200,
	    .bytes = 5123,
	    .duration_us = 214};
	http_access_add(a, &l);
	l.begin_ms = 784111778000; /* the next second */
	l.target = STR("/plain");
	l.duration_us = 12345678;
	http_access_add(a, &l);
	http_access_free(a);
	char text[1000];
	ssize_t n = read(ends[0], text, sizeof text);
	assert_true(n > 0);
	assert_str(((str){text, (size_t)n}),
	    "1994-11-06T08:49:37Z - GET /a\\x20b/\\x01/\\xC3\\xA9?q=1 200 5123 0.000214\n"
	    "1994-11-06T08:49:38Z - GET /plain 200 5123 12.345678\n");
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* ---- requests for the same answer ---- */

static void flies_once(void **state)
{
	(void)state;
	AUTO_ARENA arena = arena_new(1 << 20);
	struct http_flights *all = http_flights_new(arena, 7);
	assert_non_null(all);
	struct http_flight one = {0}, two = {0}, three = {0}, coded = {0}, newer = {0}, other = {0};
	assert_true(http_flights_join(all, &one, 0, STR("/a"), 1));
	assert_false(http_flights_join(all, &two, 0, STR("/a"), 1));
	assert_false(http_flights_join(all, &three, 0, STR("/a"), 1));
	assert_true(http_flights_join(all, &coded, 1, STR("/a"), 1));
	assert_true(http_flights_join(all, &newer, 0, STR("/a"), 2));
	assert_true(http_flights_join(all, &other, 0, STR("/b"), 1));
	assert_true(http_flights_awaited(all, &one));
	assert_false(http_flights_awaited(all, &other));
	struct http_flight *w = http_flights_land(all, &one);
	assert_true(w == &two && w->next == &three && !three.next); /* in the order they came */
	assert_null(http_flights_land(all, &one));                  /* landed already */
	assert_null(http_flights_land(all, &two));                  /* never led */
	assert_true(http_flights_join(all, &three, 0, STR("/a"), 1));
	assert_null(http_flights_land(all, &three));
	assert_null(http_flights_land(all, &coded));
	assert_null(http_flights_land(all, &newer));
	assert_null(http_flights_land(all, &other));
}

/* ---- OpenAPI ---- */

static void describes_routes(void **state)
{
	(void)state;
	static const struct http_field fields[] = {
	    {.name = "page", .type = HTTP_INT, .min = 1, .max = 500, .summary = "Page"},
	    {.name = "country", .type = HTTP_COUNTRY, .repeats = true, .summary = "Country"},
	    {.name = "hidden", .type = HTTP_INT}, {0}};
	static const struct http_route rs[] = {
	    {.method = HTTP_GET,
	        .pattern = "/api/v1/activities/{key}/events/{n:int}",
	        .handler = never_called,
	        .fields = fields,
	        .summary = "Events",
	        .produces = "application/json"},
	    {.method = HTTP_GET, .pattern = "/internal", .handler = never_called},
	};
	struct http_routes tables[] = {HTTP_ROUTES(rs)};
	AUTO_BUF out = BUF_INIT(1 << 20);
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	const struct http_openapi_info info = {
	    STR("T"), STR("1"), STR("D"), STR("/"), STR("EUPL-1.2")};
	assert_ok(http_openapi(tables, 1, &info, &out, &e), &e);
	const struct json *doc;
	struct json_limits limits = {.max_bytes = 1 << 20};
	assert_ok(json_read(buf_str(&out), NULL, &limits, a, &doc, &e), &e);
	assert_str(json_text(json_get(doc, "openapi")), "3.1.0");
	const struct json *paths = json_get(doc, "paths");
	assert_int_equal(paths->n, 1);
	assert_str(paths->keys[0], "/api/v1/activities/{key}/events/{n}");
	const struct json *params = json_get(json_get(&paths->items[0], "get"), "parameters");
	assert_int_equal(params->n, 4);
	assert_str(json_text(json_get(&params->items[1], "in")), "path");
	assert_str(json_text(json_get(json_get(&params->items[1], "schema"), "type")), "integer");
	assert_str(json_text(json_get(json_get(&params->items[3], "schema"), "type")), "array");
	int64_t most;
	assert_true(json_to_i64(json_get(json_get(&params->items[2], "schema"), "maximum"), &most));
	assert_int_equal(most, 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_a_target_apart),
	    cmocka_unit_test(refuses_bad_targets),
	    cmocka_unit_test(finds_routes),
	    cmocka_unit_test(tells_other_methods),
	    cmocka_unit_test(refuses_bad_tables),
	    cmocka_unit_test(agrees_with_a_model),
	    cmocka_unit_test(reads_fields),
	    cmocka_unit_test(names_the_wrong_field),
	    cmocka_unit_test(canonical_form_is_stable),
	    cmocka_unit_test(chooses_codings),
	    cmocka_unit_test(evaluates_conditions),
	    cmocka_unit_test(chooses_languages),
	    cmocka_unit_test(cache_keeps_and_forgets),
	    cmocka_unit_test(cache_stays_in_bounds),
	    cmocka_unit_test(shortens_addresses),
	    cmocka_unit_test(writes_lines),
	    cmocka_unit_test(flies_once),
	    cmocka_unit_test(describes_routes),
	};
	return test_run(tests);
}
