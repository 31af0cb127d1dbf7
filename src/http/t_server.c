/* The server whole: started on a free loopback port and spoken to over raw sockets. */
#include "base/test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/hash.h"
#include "codec/compress.h"
#include "codec/json.h"
#include "http/http.h"
#include "http/t_client.h"
#include "http/t_site.h"

/* ---- pages ---- */

static void answers_pages(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	AUTO_REPLY r = client_get(addr(&s), "/nl/page?page=3", "");
	assert_int_equal(r.status, 200);
	assert_true(
	    str_starts(buf_str(&r.body), STR("<p>/nl/page lang 1 page 3 query page=3</p>")));
	assert_str(reply_header(&r, "Content-Type"), "text/html; charset=utf-8");
	assert_str(reply_header(&r, "Cache-Control"), "public, no-cache");
	assert_str(reply_header(&r, "Last-Modified"), "Sun, 06 Nov 1994 08:49:37 GMT");
	assert_str(reply_header(&r, "Vary"), "Accept-Encoding");
	assert_str(reply_header(&r, "Referrer-Policy"), "same-origin");
	assert_true(reply_header(&r, "Strict-Transport-Security").p == NULL);
	assert_true(reply_header(&r, "Date").p != NULL);
	static const struct {
		const char *method, *target, *lines;
		int status;
	} cases[] = {
	    {"GET", "/en/", "", 200},
	    {"GET", "/en/page?page=", "", 200},
	    {"HEAD", "/en/page", "", 200},
	    {"GET", "/en/none", "", 404},
	    {"GET", "/en//page", "", 404},
	    {"GET", "/en/../page", "", 400},
	    {"GET", "/en%2Fpage", "", 400},
	    {"GET", "/en/%00", "", 400},
	    {"GET", "/en/%FF", "", 400},
	    {"GET", "/en/page?page=0", "", 400},
	    {"GET", "/en/page?q=%FF", "", 400},
	    {"GET", "/en/page?page=1&page=2", "", 400},
	    {"POST", "/en/page", "", 405},
	    {"BREW", "/en/page", "", 405},
	    {"OPTIONS", "/en/page", "", 405},
	    {"DELETE", "/en/none", "", 404},
	    {"GET", "/boom", "", 500},
	    {"GET", "/greedy", "", 503},
	    {"GET", "/en/page", "Content-Length: 5\r\n", 413},
	    {"GET", "/en/page", "Transfer-Encoding: chunked\r\n", 413},
	    {"POST", "/form", "Content-Length: 1001\r\n", 413},
	    {"POST", "/form", "Content-Length: 99999999999\r\nExpect: 100-continue\r\n", 413},
	    {"POST", "/en/page", "Content-Length: 0\r\n", 405},
	    {"GET", "/healthz", "", 200},
	    {"GET", "/metrics", "", 200},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect(&s, cases[i].method, cases[i].target, cases[i].lines, cases[i].status);
	stop(&s);
}

static void tells_errors_in_the_right_form(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	AUTO_REPLY page = client_get(addr(&s), "/fr/page?page=99", "");
	assert_int_equal(page.status, 400);
	assert_str(buf_str(&page.body), "<h1>400 lang 2 page</h1>");
	assert_str(reply_header(&page, "Cache-Control"), "no-store");
	AUTO_REPLY api = client_get(addr(&s), "/api/v1/things/7?colour=red", "");
	assert_int_equal(api.status, 400);
	assert_str(reply_header(&api, "Content-Type"), "application/problem+json");
	assert_str(reply_header(&api, "Access-Control-Allow-Origin"), "*");
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	const struct json *doc;
	const struct json_limits limits = {.max_bytes = 1 << 16};
	assert_ok(json_read(buf_str(&api.body), NULL, &limits, a, &doc, &e), &e);
	assert_str(json_text(json_get(doc, "parameter")), "colour");
	assert_str(json_text(json_get(doc, "instance")), "/api/v1/things/7");
	AUTO_REPLY method = client_ask(addr(&s), "PUT", "/form", "", STR(""));
	assert_str(reply_header(&method, "Allow"), "POST");
	AUTO_REPLY get = client_ask(addr(&s), "PUT", "/en/page", "", STR(""));
	assert_str(reply_header(&get, "Allow"), "GET, HEAD");
	AUTO_REPLY boom = client_get(addr(&s), "/boom", "");
	assert_int_equal(str_find(buf_str(&boom.body), STR("secret")), -1);
	assert_int_equal(str_find(buf_str(&boom.body), STR("half")), -1);
	stop(&s);
}

static void redirects(void **state)
{
	(void)state;
	static const struct {
		const char *target, *location;
		int status;
	} cases[] = {
	    {"/nl", "/nl/", 308},
	    {"/nl/page/", "/nl/page", 308},
	    {"/nl/page/?q=a%20b&page=1", "/nl/page?q=a%20b&page=1", 308},
	    {"/", "/fr/", 302},
	    {"/page?q=x", "/fr/page?q=x", 302},
	    {"/page/", "/fr/page", 302},
	};
	struct site s;
	start(&s, NULL);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		AUTO_REPLY r =
		    client_get(addr(&s), cases[i].target, "Accept-Language: de, fr;q=0.5\r\n");
		assert_int_equal(r.status, cases[i].status);
		assert_str(reply_header(&r, "Location"), cases[i].location);
	}
	stop(&s);
}

static void keeps_answers_until_the_snapshot_changes(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	AUTO_REPLY first = client_get(addr(&s), "/en/page?page=2&q=x", "");
	AUTO_REPLY again = client_get(addr(&s), "/en/page?page=2&q=x", "");
	AUTO_REPLY other =
	    client_get(addr(&s), "/en/page?q=x&page=2&kind=", ""); /* the same, written otherwise */
	assert_int_equal(atomic_load(&s.calls), 1);
	assert_true(str_eq(buf_str(&first.body), buf_str(&again.body)));
	assert_true(str_eq(buf_str(&first.body), buf_str(&other.body)));
	assert_true(str_eq(reply_header(&first, "ETag"), reply_header(&other, "ETag")));
	atomic_fetch_add(&s.generation, 1);
	AUTO_REPLY after = client_get(addr(&s), "/en/page?page=2&q=x", "");
	assert_int_equal(atomic_load(&s.calls), 2);
	assert_int_equal(after.status, 200);
	assert_true(metrics_come_to(&s, "grutto_http_cache_hits_total 2\n"));
	assert_true(metrics_come_to(&s, "grutto_http_requests_total{route=\"/{lang}/"
	                                "page\",method=\"GET\",status=\"2xx\"} 4\n"));
	assert_true(metrics_come_to(&s, "grutto_snapshot_generation 1\n"));
	stop(&s);
}

/* What depends on the minute is made again when it is over, and never for the time before it. */
static void keeps_answers_for_a_minute(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	const int64_t noon = INT64_C(1776081600000); /* 2026-04-13T12:00:00Z */
	const struct {
		int64_t after_ms;
		int calls;
	} cases[] = {{0, 1}, {59999, 1}, {60000, 2}, {60001, 2}, {119999, 2}, {180000, 3}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		atomic_store(&s.now_ms, noon + cases[i].after_ms);
		AUTO_REPLY r = client_get(addr(&s), "/en/minute?q=x", "");
		AUTO_REPLY other = client_get(addr(&s), "/en/minute?q=x&kind=", ""); /* the same, written otherwise */
		assert_int_equal(r.status, 200);
		assert_int_equal(other.status, 200);
		assert_int_equal(atomic_load(&s.calls), cases[i].calls);
		assert_str(reply_header(&r, "Cache-Control"), "public, no-cache");
	}
	AUTO_REPLY dated = client_get(addr(&s), "/en/minute?q=x", "");
	assert_str(reply_header(&dated, "Last-Modified"), "Mon, 13 Apr 2026 12:03:00 GMT");
	expect(&s, "GET", "/en/minute?q=x", "If-Modified-Since: Mon, 13 Apr 2026 12:02:00 GMT\r\n", 200);
	expect(&s, "GET", "/en/minute?q=x", "If-Modified-Since: Mon, 13 Apr 2026 12:03:00 GMT\r\n", 304);
	atomic_fetch_add(&s.generation, 1);
	expect(&s, "GET", "/en/minute?q=x", "", 200);
	assert_int_equal(atomic_load(&s.calls), 4);
	stop(&s);
}

static void answers_conditions(void **state)
{
	(void)state;
	static const char *const targets[] = {
	    "/en/page", "/api/v1/things/7", "/file", "/stream?n=10"};
	struct site s;
	start(&s, NULL);
	for (size_t i = 0; i < 4; i++) {
		AUTO_REPLY r = client_get(addr(&s), targets[i], "");
		str etag = reply_header(&r, "ETag");
		assert_true(etag.n > 3);
		char lines[200];
		(void)snprintf(lines, sizeof lines, "If-None-Match: %.*s\r\n", STR_ARG(etag));
		for (int round = 0; round < 2; round++) {
			AUTO_REPLY same = client_get(addr(&s), targets[i], lines);
			assert_int_equal(same.status, 304);
			assert_true(str_eq(reply_header(&same, "ETag"), etag));
			assert_true(reply_header(&same, "Content-Type").p == NULL);
		}
		AUTO_REPLY head = client_ask(addr(&s), "HEAD", targets[i], "", STR(""));
		assert_int_equal(head.status, 200);
		assert_true(str_eq(reply_header(&head, "ETag"), etag));
		assert_true(str_eq(
		    reply_header(&head, "Content-Length"), reply_header(&r, "Content-Length")));
		AUTO_REPLY changed = client_get(addr(&s), targets[i], "If-None-Match: \"old\"\r\n");
		assert_int_equal(changed.status, 200);
	}
	AUTO_REPLY since = client_get(
	    addr(&s), "/en/page", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
	assert_int_equal(since.status, 304);
	AUTO_REPLY before = client_get(
	    addr(&s), "/en/page", "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT\r\n");
	assert_int_equal(before.status, 200);
	stop(&s);
}

static void compresses(void **state)
{
	(void)state;
	static const char *const targets[] = {
	    "/en/page", "/stream?n=10", "/stream?n=40000", "/stream-fast?n=40000"};
	static const struct {
		const char *lines, *coding;
		enum compress_kind kind;
	} asks[] = {
	    {"Accept-Encoding: gzip\r\n", "gzip", COMPRESS_GZIP},
	    {"Accept-Encoding: gzip, br, zstd\r\n", "zstd", COMPRESS_ZSTD},
	};
	struct site s;
	start(&s, NULL);
	for (size_t i = 0; i < 4; i++) {
		AUTO_REPLY plain = client_get(addr(&s), targets[i], "");
		assert_true(reply_header(&plain, "Content-Encoding").p == NULL);
		for (size_t k = 0; k < 2; k++) {
			AUTO_REPLY r = client_get(addr(&s), targets[i], asks[k].lines);
			AUTO_BUF out = BUF_INIT(CLIENT_MAX);
			struct err e = {0};
			assert_int_equal(r.status, 200);
			assert_true(r.complete);
			assert_str(reply_header(&r, "Content-Encoding"), asks[k].coding);
			assert_str(reply_header(&r, "Vary"), "Accept-Encoding");
			assert_ok(decompress_str(asks[k].kind, buf_str(&r.body), &out, &e), &e);
			assert_true(str_eq(buf_str(&out), buf_str(&plain.body)));
			assert_true(r.body.n < plain.body.n);
			str etag = reply_header(&r, "ETag");
			assert_true(!etag.p || !str_eq(etag, reply_header(&plain, "ETag")));
		}
	}
	AUTO_REPLY small = client_get(addr(&s), "/en/page?kind=small", "Accept-Encoding: gzip\r\n");
	assert_true(reply_header(&small, "Content-Encoding").p == NULL);
	AUTO_REPLY none = client_get(addr(&s), "/en/page", "Accept-Encoding: gzip;q=0\r\n");
	assert_true(reply_header(&none, "Content-Encoding").p == NULL);
	stop(&s);
}

static void serves_assets(void **state)
{
	(void)state;
	struct site s;
	start(&s, &(struct http_config){.access_fd = -1, .secure = true});
	AUTO_REPLY br =
	    client_get(addr(&s), "/assets/style.0123.css", "Accept-Encoding: gzip, br\r\n");
	assert_int_equal(br.status, 200);
	assert_str(buf_str(&br.body), "BROTLI");
	assert_str(reply_header(&br, "Content-Encoding"), "br");
	assert_str(reply_header(&br, "Cache-Control"), "public, max-age=31536000, immutable");
	assert_true(reply_header(&br, "Strict-Transport-Security").n > 0);
	AUTO_REPLY plain = client_get(addr(&s), "/style.css", "");
	assert_str(buf_str(&plain.body), "body{margin:0}");
	assert_str(reply_header(&plain, "Cache-Control"), "public, no-cache");
	assert_str(reply_header(&plain, "ETag"), "\"abc\"");
	AUTO_REPLY same = client_get(addr(&s), "/style.css", "If-None-Match: \"abc\"\r\n");
	assert_int_equal(same.status, 304);
	expect(&s, "GET", "/assets/style.css", "", 404);
	expect(&s, "GET", "/assets/style.0123.css", "Content-Length: 0\r\n", 200);
	AUTO_REPLY post = client_ask(addr(&s), "POST", "/assets/style.0123.css", "", STR(""));
	assert_int_equal(post.status, 405);
	assert_str(reply_header(&post, "Allow"), "GET, HEAD");
	/* the body of a method that is not taken: small, the method is named; large, it is not read
	 */
	AUTO_REPLY small =
	    client_ask(addr(&s), "POST", "/style.css", "Content-Length: 3\r\n", STR("abc"));
	assert_int_equal(small.status, 405);
	expect(&s, "POST", "/style.css", "Content-Length: 1000000\r\n", 413);
	expect(&s, "GET", "/assets/", "", 404);
	stop(&s);
}

/* ---- connections ---- */

static void keeps_connections_and_pipelines(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	struct client c = client_open(addr(&s));
	for (int i = 0; i < 3; i++) {
		client_send(&c, STR("GET /en/page?page=1 HTTP/1.1\r\nHost: t\r\n\r\n"));
		AUTO_REPLY r = client_read(&c, false);
		assert_int_equal(r.status, 200);
	}
	client_send(&c, STR("GET /api/v1/things/1 HTTP/1.1\r\nHost: t\r\n\r\n"
	                    "GET /slow?ms=30 HTTP/1.1\r\nHost: t\r\n\r\n"
	                    "HEAD /api/v1/things/3 HTTP/1.1\r\nHost: t\r\n\r\n"
	                    "POST /form HTTP/1.1\r\nHost: t\r\nContent-Length: 6\r\nContent-Type: "
	                    "application/x-www-form-urlencoded\r\n\r\nname=x"
	                    "GET /stream?n=20000 HTTP/1.1\r\nHost: t\r\n\r\n"
	                    "GET /api/v1/things/4 HTTP/1.1\r\nHost: t\r\n\r\n"));
	AUTO_REPLY one = client_read(&c, false);
	AUTO_REPLY two = client_read(&c, false);
	AUTO_REPLY three = client_read(&c, true);
	AUTO_REPLY form = client_read(&c, false);
	AUTO_REPLY rows = client_read(&c, false);
	AUTO_REPLY four = client_read(&c, false);
	assert_str(buf_str(&one.body), "{\"n\":1}");
	assert_str(buf_str(&two.body), "slow");
	assert_str(reply_header(&three, "Content-Length"), "7");
	assert_str(buf_str(&form.body), "6:x");
	assert_true(rows.complete && rows.chunked);
	assert_str(buf_str(&four.body), "{\"n\":4}");
	client_close(&c);
	stop(&s);
}

static void takes_bodies(void **state)
{
	(void)state;
	static const char *const targets[] = {"/form", "/form-fast"};
	const char *form = "Content-Type: application/x-www-form-urlencoded\r\n";
	struct site s;
	start(&s, NULL);
	for (size_t i = 0; i < 2; i++) {
		char lines[200];
		(void)snprintf(lines, sizeof lines, "%sContent-Length: 11\r\n", form);
		AUTO_REPLY r = client_ask(addr(&s), "POST", targets[i], lines, STR("name=hello!"));
		assert_str(buf_str(&r.body), "11:hello!");
		(void)snprintf(lines, sizeof lines, "%sTransfer-Encoding: chunked\r\n", form);
		AUTO_REPLY chunked = client_ask(addr(&s), "POST", targets[i], lines,
		    STR("5\r\nname=\r\n6\r\nhello!\r\n0\r\n\r\n"));
		assert_str(buf_str(&chunked.body), "11:hello!");
		AUTO_REPLY missing =
		    client_ask(addr(&s), "POST", targets[i], "Content-Length: 0\r\n", STR(""));
		assert_int_equal(missing.status, 400);
		AUTO_REPLY type = client_ask(addr(&s), "POST", targets[i],
		    "Content-Length: 2\r\nContent-Type: application/json\r\n", STR("{}"));
		assert_int_equal(type.status, 415);
		/* chunked, and more than the route takes: told before all has come */
		struct client c = client_open(addr(&s));
		AUTO_BUF b = BUF_INIT(1 << 20);
		buf_addf(&b, "POST %s HTTP/1.1\r\nHost: t\r\n%s\r\n", targets[i], lines);
		for (int k = 0; k < 3; k++)
			buf_addf(&b, "200\r\n%512d\r\n", k);
		client_send(&c, buf_str(&b));
		AUTO_REPLY big = client_read(&c, false);
		assert_int_equal(big.status, 413);
		assert_true(client_ended(&c, 5000));
		client_close(&c);
	}
	stop(&s);
}

static void refuses_what_is_malformed(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int status;
	} cases[] = {
	    {"GET /en/page HTTP/1.1\r\n\r\n", 400}, /* no Host */
	    {"GET /en/page HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
	    {"POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
	        400},
	    {"POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
	     "chunked\r\n\r\n0\r\n\r\n",
	        400},
	    {"POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400},
	    {"POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
	    {"POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
	    {"GARBAGE\r\n\r\n", 400},
	    /* as above, and an answer is ready: RFC 9112 3.2 and 5.1, RFC 9110 5.5 and 7.2 */
	    {"GET /en/page HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
	    {"GET /en/page HTTP/1.1\r\nHost: a/<b>\r\n\r\n", 400},
	    {"GET /en/page HTTP/1.1\r\nHost: a\r\nX-One : 1\r\n\r\n", 400},
	    {"GET /en/pa ge HTTP/1.1\r\nHost: a\r\n\r\n", 400},
	};
	struct site s;
	start(&s, NULL);
	expect(&s, "GET", "/en/page", "", 200); /* from now on it is kept */
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct client c = client_open(addr(&s));
		client_send(&c, str_of(cases[i].text));
		AUTO_REPLY r = client_read(&c, false);
		/* a connection closed without a word is as good a refusal; it must never be served
		 */
		if (r.status != cases[i].status && r.status != 0)
			fail_msg("case %zu: %d", i, r.status);
		assert_true(client_ended(&c, 6000));
		client_close(&c);
	}
	expect(&s, "GET", "/en/page", "", 200);
	stop(&s);
}

static void limits_headers(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	AUTO_BUF many = BUF_INIT(1 << 20);
	for (int i = 0; i < 100; i++)
		buf_addf(&many, "X-%d: y\r\n", i);
	AUTO_REPLY count = client_get(addr(&s), "/en/none", buf_str(&many).p);
	assert_int_equal(count.status, 431);
	AUTO_BUF large = BUF_INIT(1 << 20);
	buf_addf(&large, "X-Large: %20000d\r\n", 1);
	AUTO_REPLY bytes = client_get(addr(&s), "/en/page", buf_str(&large).p);
	assert_int_equal(bytes.status, 431);
	AUTO_BUF huge = BUF_INIT(1 << 21);
	buf_addf(&huge, "X-Huge: %1000000d\r\n", 1);
	AUTO_REPLY more = client_get(addr(&s), "/en/page", buf_str(&huge).p);
	assert_true(more.status == 431 || more.status == 413 || more.status == 0);
	AUTO_BUF target = BUF_INIT(1 << 16);
	buf_addf(&target, "/en/%05000d", 1);
	AUTO_REPLY uri = client_get(addr(&s), buf_str(&target).p, "");
	assert_int_equal(uri.status, 414);
	stop(&s);
}

static void cuts_slow_clients(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	struct client silent = client_open(addr(&s));
	struct client drip = client_open(addr(&s));
	struct client body = client_open(addr(&s));
	client_send(&body, STR("POST /form HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nna"));
	/* header_timeout_s is 2: a byte every 200 ms does not save the connection */
	static const struct timespec pause = {.tv_nsec = 200000000};
	bool ended = false;
	client_send(&drip, STR("GET /en/page HTTP/1.1\r\nHost: t\r\nX: "));
	for (int i = 0; i < 50 && !ended; i++) {
		client_send(&drip, STR("y"));
		(void)nanosleep(&pause, NULL);
		ended = client_ended(&drip, 0);
	}
	assert_true(ended);
	assert_true(client_ended(&silent, 8000));
	assert_true(client_ended(&body, 8000)); /* silent in the middle of a body: idle_timeout_s */
	client_close(&silent);
	client_close(&drip);
	client_close(&body);
	expect(&s, "GET", "/en/page", "", 200);
	stop(&s);
}

/* ---- streams and files ---- */

static void streams(void **state)
{
	(void)state;
	static const char *const lanes[] = {"/stream", "/stream-fast"};
	struct site s;
	start(&s, NULL);
	for (size_t i = 0; i < 2; i++) {
		char target[100];
		(void)snprintf(target, sizeof target, "%s?n=50000", lanes[i]);
		AUTO_REPLY r = client_get(addr(&s), target, "");
		assert_true(r.complete && r.chunked);
		AUTO_BUF want = BUF_INIT(CLIENT_MAX);
		for (int k = 0; k < 50000; k++)
			buf_addf(&want, "row %d of the stream\r\n", k);
		assert_true(str_eq(buf_str(&r.body), buf_str(&want)));
		assert_str(reply_header(&r, "Content-Disposition"),
		    "attachment; filename=\"r__sultats.csv\"; filename*=UTF-8''r%C3%A9sultats.csv");
		/* an error in the first piece is an error; later it cuts the connection */
		(void)snprintf(target, sizeof target, "%s?n=50000&fault=3", lanes[i]);
		AUTO_REPLY early = client_get(addr(&s), target, "");
		assert_int_equal(early.status, 503);
		(void)snprintf(target, sizeof target, "%s?n=50000&fault=30000", lanes[i]);
		AUTO_REPLY late = client_get(addr(&s), target, "");
		assert_int_equal(late.status, 200);
		assert_false(late.complete);
		/* the client goes away in the middle */
		int closed = atomic_load(&s.closed);
		struct client c = client_open(addr(&s));
		AUTO_BUF ask = BUF_INIT(500);
		buf_addf(&ask, "GET %s?n=10000000 HTTP/1.1\r\nHost: t\r\n\r\n", lanes[i]);
		client_send(&c, buf_str(&ask));
		assert_true(client_more(&c, 5000));
		client_close(&c);
		for (int k = 0; k < 10000 && atomic_load(&s.closed) == closed; k++)
			(void)nanosleep(&one_ms, NULL);
		assert_int_equal(atomic_load(&s.closed), closed + 1);
	}
	assert_int_equal(atomic_load(&s.closed), 8);
	stop(&s);
}

static void sends_files(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	AUTO_REPLY r = client_get(addr(&s), "/file", "Accept-Encoding: gzip\r\n");
	assert_str(buf_str(&r.body), "0123456789");
	assert_str(reply_header(&r, "ETag"), "\"v1\"");
	AUTO_REPLY plain = client_get(addr(&s), "/file.txt", "");
	assert_int_equal(plain.body.n, 1888890);
	for (int k = 0; k < 2; k++) {
		struct err e = {0};
		AUTO_BUF out = BUF_INIT(4 << 20);
		AUTO_REPLY packed = client_get(addr(&s), "/file.txt",
		    k ? "Accept-Encoding: gzip\r\n" : "Accept-Encoding: zstd\r\n");
		assert_str(reply_header(&packed, "Content-Encoding"), k ? "gzip" : "zstd");
		assert_true(packed.complete && packed.body.n < plain.body.n / 3);
		assert_ok(decompress_str(
		              k ? COMPRESS_GZIP : COMPRESS_ZSTD, buf_str(&packed.body), &out, &e),
		    &e);
		assert_true(str_eq(buf_str(&out), buf_str(&plain.body)));
	}
	stop(&s);
}

/* ---- start and stop ---- */

struct stopper {
	struct site *site;
	size_t cut_off;
	pthread_t thread;
};

static void *stop_in_thread(void *arg)
{
	struct stopper *s = arg;
	s->cut_off = http_server_stop(s->site->server);
	return NULL;
}

static void stop_finishes_what_it_began(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	char address[128];
	(void)snprintf(address, sizeof address, "%s", addr(&s));
	atomic_store(&s.hold, true);
	struct client busy = client_open(address);
	struct client idle = client_open(address);
	client_send(&busy, STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
	wait_running(&s, 1);
	struct stopper stopper = {.site = &s};
	assert_int_equal(pthread_create(&stopper.thread, NULL, stop_in_thread, &stopper), 0);
	/* new requests on open connections are answered, and the connection then ends */
	static const struct timespec pause = {.tv_nsec = 300000000};
	(void)nanosleep(&pause, NULL);
	client_send(&idle, STR("GET /api/v1/things/1 HTTP/1.1\r\nHost: t\r\n\r\n"));
	AUTO_REPLY last = client_read(&idle, false);
	assert_int_equal(last.status, 200);
	assert_str(reply_header(&last, "Connection"), "close");
	assert_int_equal(atomic_load(&s.running), 1); /* stop waits for it */
	atomic_store(&s.hold, false);
	AUTO_REPLY r = client_read(&busy, false);
	assert_int_equal(r.status, 200);
	assert_str(buf_str(&r.body), "slow");
	assert_int_equal(pthread_join(stopper.thread, NULL), 0);
	assert_int_equal(stopper.cut_off, 0);
	assert_int_equal(atomic_load(&s.acquired), 0);
	client_close(&busy);
	client_close(&idle);
}

static void stop_keeps_its_deadline(void **state)
{
	(void)state;
	struct site s;
	start(&s, &(struct http_config){.access_fd = -1, .stop_deadline_s = 1});
	struct client c = client_open(addr(&s));
	client_send(
	    &c, STR("GET /stream?n=10000000 HTTP/1.1\r\nHost: t\r\n\r\n")); /* and never reads it */
	assert_true(client_more(&c, 5000));
	assert_int_equal(http_server_stop(s.server), 1);
	assert_int_equal(atomic_load(&s.acquired), 0);
	assert_int_equal(atomic_load(&s.closed), 1);
	client_close(&c);
}

static void says_when_it_cannot_start(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	struct http_routes tables[2];
	struct err e = {0};
	struct http_server *second = NULL;
	struct http_config c = config_for(&s, tables);
	c.listen = str_of(addr(&s));
	assert_int_equal(http_server_start(&c, &second, &e), ERR_IO);
	assert_string_equal(e.id, "listen.used");
	assert_null(second);
	static const char *const bad[] = {
	    "8080", "127.0.0.1:", "127.0.0.1:99999", "nowhere:1:2", "[::1]", ":80"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		c.listen = str_of(bad[i]);
		assert_int_equal(http_server_start(&c, &second, &e), ERR_INVALID);
		assert_string_equal(e.id, "listen.address");
	}
	static const struct http_route guarded[] = {{HTTP_GET, "/g", boom, .role = 1}};
	tables[0] = HTTP_ROUTES(guarded);
	c.listen = STR("127.0.0.1:0");
	assert_int_equal(http_server_start(&c, &second, &e), ERR_INVALID);
	assert_string_equal(e.id, "route.role");
	stop(&s);
}

static void writes_the_access_log(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	struct site s;
	start(&s, &(struct http_config){.access_fd = ends[1]});
	expect(&s, "GET", "/en/page?q=private", "", 200);
	expect(&s, "GET", "/en/none", "", 404);
	stop(&s);
	char text[2000];
	ssize_t n = read(ends[0], text, sizeof text);
	assert_true(n > 0);
	str log = {text, (size_t)n};
	assert_true(str_find(log, STR(" 127.0.0.0/24 GET /en/page? 200 ")) > 0);
	assert_true(str_find(log, STR(" 127.0.0.0/24 GET /en/none 404 ")) > 0);
	assert_int_equal(str_find(log, STR("private")), -1);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void every_route_answers(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
		const struct http_route *r = &routes[i];
		if (r->method != HTTP_GET || r->handler == boom || r->handler == greedy)
			continue;
		char target[200];
		(void)snprintf(target, sizeof target, "%s%s", r->localized ? "/fr" : "",
		    r->example ? r->example : r->pattern);
		expect(&s, "GET", target, "", 200);
	}
	stop(&s);
}

int main(void)
{
	http_signals_block();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers_pages),
	    cmocka_unit_test(tells_errors_in_the_right_form),
	    cmocka_unit_test(redirects),
	    cmocka_unit_test(keeps_answers_until_the_snapshot_changes),
	    cmocka_unit_test(keeps_answers_for_a_minute),
	    cmocka_unit_test(answers_conditions),
	    cmocka_unit_test(compresses),
	    cmocka_unit_test(serves_assets),
	    cmocka_unit_test(keeps_connections_and_pipelines),
	    cmocka_unit_test(takes_bodies),
	    cmocka_unit_test(refuses_what_is_malformed),
	    cmocka_unit_test(limits_headers),
	    cmocka_unit_test(cuts_slow_clients),
	    cmocka_unit_test(streams),
	    cmocka_unit_test(sends_files),
	    cmocka_unit_test(stop_finishes_what_it_began),
	    cmocka_unit_test(stop_keeps_its_deadline),
	    cmocka_unit_test(says_when_it_cannot_start),
	    cmocka_unit_test(writes_the_access_log),
	    cmocka_unit_test(every_route_answers),
	};
	return test_run(tests);
}
