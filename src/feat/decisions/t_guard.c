/* Who the editor answers: loopback names only, and for what changes something only forms of this run from this site. And
 * the test bench: what a case expects against what the model says. */
#include "base/test.h"

#include "base/uid.h"
#include "codec/io.h"
#include "feat/decisions/bench.h"
#include "feat/rules/dmn_xml.h"

static void hosts(void **state)
{
	(void)state;
	static const char *const good[] = {"127.0.0.1", "127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:8080", "127.0.0.1:0"};
	static const char *const bad[] = {"", "0.0.0.0:8080", "127.0.0.1.example.org", "localhost.example.org:80", "example.org",
	    "[::]:8080", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:80x", "10.0.0.1:80", "localhostx"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(decisions_editor_host(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(decisions_editor_host(str_of(bad[i])));
}

static void tokens(void **state)
{
	(void)state;
	struct decisions_editor one, other;
	struct rng rng = rng_system();
	AUTO_ARENA a = arena_new(1 << 20);
	decisions_editor_start(&one, &rng);
	decisions_editor_start(&other, &rng);
	str t = editor_token(&one, a), u = editor_token(&one, a);
	assert_true(editor_token_ok(&one, t));
	assert_true(editor_token_ok(&one, u));
	assert_false(str_eq(t, u)); /* another for every page */
	assert_false(editor_token_ok(&other, t));
	assert_false(editor_token_ok(&one, STR("")));
	assert_false(editor_token_ok(&one, str_sub(t, 0, t.n - 1)));
	char changed[128];
	assert_true(t.n < sizeof changed);
	memcpy(changed, t.p, t.n);
	changed[t.n - 1] = changed[t.n - 1] == '0' ? '1' : '0';
	assert_false(editor_token_ok(&one, (str){changed, t.n}));
}

struct asking {
	const char *host, *origin, *site;
	bool token, get, allowed;
};

static void requests(void **state)
{
	(void)state;
	struct decisions_editor ed;
	struct rng rng = rng_system();
	struct site_app app = {.editor = &ed};
	AUTO_ARENA a = arena_new(1 << 20);
	decisions_editor_start(&ed, &rng);
	static const struct asking all[] = {
	    {"127.0.0.1:8080", NULL, NULL, false, true, true},
	    {"rebound.example:8080", NULL, NULL, false, true, false}, /* a foreign name that leads here */
	    {"127.0.0.1:8080", "http://127.0.0.1:8080", NULL, true, false, true},
	    {"127.0.0.1:8080", NULL, "same-origin", true, false, true},
	    {"127.0.0.1:8080", "http://127.0.0.1:8080", NULL, false, false, false},
	    {"127.0.0.1:8080", "http://evil.example", "same-origin", true, false, false},
	    {"127.0.0.1:8080", "http://127.0.0.1:9090", NULL, true, false, false}, /* another program here */
	    {"127.0.0.1:8080", NULL, "cross-site", true, false, false},
	    {"127.0.0.1:8080", "null", NULL, true, false, false},
	    {"127.0.0.1:8080", NULL, NULL, true, false, false},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const struct asking *x = &all[i];
		struct err e;
		struct http_header h[3];
		struct http_request req = {.method = x->get ? HTTP_GET : HTTP_POST, .app = &app, .arena = a, .headers = h};
		h[req.n_headers++] = (struct http_header){"Host", str_of(x->host)};
		if (x->origin)
			h[req.n_headers++] = (struct http_header){"Origin", str_of(x->origin)};
		if (x->site)
			h[req.n_headers++] = (struct http_header){"Sec-Fetch-Site", str_of(x->site)};
		str token = x->token ? editor_token(&ed, a) : STR("0");
		req.body = arena_fmt(a, "do=save&csrf=%.*s&x=1", STR_ARG(token));
		enum err_code code = decisions_editor_authorize(&req, DECISIONS_ROLE_EDITOR, &e);
		if ((code == ERR_OK) != x->allowed)
			fail_msg("row %zu", i);
	}
	app.editor = NULL; /* no editor: nobody */
	struct err e;
	struct http_header h = {"Host", STR("127.0.0.1")};
	struct http_request req = {.method = HTTP_GET, .app = &app, .headers = &h, .n_headers = 1};
	assert_int_equal(decisions_editor_authorize(&req, DECISIONS_ROLE_EDITOR, &e), ERR_FORBIDDEN);
}

/* Row 3 of t_return.dmn: asylum, not from BA or RS, at most 28 days: yes; else row 4: no. */
static void bench(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(64 << 20);
	AUTO_BUF b = BUF_INIT(1 << 20);
	struct rules_loaded l = {0};
	assert_non_null(getenv("GRUTTO_TEST_MODEL"));
	assert_ok(file_read(getenv("GRUTTO_TEST_MODEL"), &b, &e), &e);
	assert_ok(dmn_xml_parse(buf_str(&b), "t.dmn", a, &l.model, &e), &e);
	assert_ok(dmn_compile(a, NULL, &l.model, 1, &l.set, &e), &e);
	static const struct {
		const char *decision, *input, *expected;
		bool passed, problem;
	} rows[] = {
	    {"eligible", "{\"background\":\"asylum\",\"nationality\":\"AF\",\"days waited\":28}", "\"yes\"", true, false},
	    {"eligible", "{\"background\":\"asylum\",\"nationality\":\"AF\",\"days waited\":29}", "\"yes\"", false, false},
	    {"eligible", "{\"background\":\"asylum\",\"nationality\":\"AF\"}", "undetermined", true, false},
	    {"eligible", "{\"background\":\"asylum\",\"nationality\":\"AF\"}", "\"no\"", false, false},
	    {"eligible", "{\"background\":\"none\"}", "undetermined", false, false},
	    {"amount",
		"{\"background\":\"asylum\",\"nationality\":\"AF\",\"days waited\":1,\"leaves on\":\"2010-05-01\","
		"\"household\":{\"adults\":1,\"children\":0}}",
		"1750.00", true, false},
	    {"nothing", "{}", "1", false, true},
	    {"eligible", "[1]", "1", false, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct bench_case c = {.decision = str_of(rows[i].decision), .input = str_of(rows[i].input),
		    .expected = str_of(rows[i].expected), .as_of = {14000}};
		struct bench_result r;
		assert_ok(bench_run(&l, &c, LANG_NL, a, &r, &e), &e);
		if (r.passed != rows[i].passed || (r.problem.n > 0) != rows[i].problem)
			fail_msg("row %zu: %.*s %.*s", i, STR_ARG(r.actual), STR_ARG(r.problem));
		assert_true(rows[i].problem || r.n_sentences > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hosts),
	    cmocka_unit_test(tokens),
	    cmocka_unit_test(requests),
	    cmocka_unit_test(bench),
	};
	return test_run(tests);
}
