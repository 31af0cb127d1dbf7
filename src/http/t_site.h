#pragma once
/* The site that the server's tests run: handlers for every kind of answer, and a start and stop.
 * Included by t_server.c and t_slow.c. */
#include <stdatomic.h>
#include <sys/resource.h>
#include <time.h>

#include "http/http.h"
#include "http/t_client.h"

struct site {
	atomic_uint_fast64_t generation;
	atomic_int calls;      /* of the page handler */
	atomic_int acquired;   /* snapshots held now */
	atomic_int closed;     /* streams closed */
	atomic_int running;    /* slow handlers running */
	atomic_int slow_calls; /* of the slow handler */
	atomic_bool hold;      /* slow handlers wait while it is set */
	atomic_int priority;   /* of the thread that ran the last slow handler, as nice() counts */
	struct http_server *server;
	int access_pipe[2];
	_Atomic int64_t now_ms; /* what the clock says; 0: the system's */
};

static const struct timespec one_ms = {.tv_nsec = 1000000};

static struct site *site_of(struct http_request *req)
{
	return req->app;
}

static const char *const kinds[] = {"html", "small", NULL};
static const struct http_field page_fields[] = {{.name = "q", .type = HTTP_TEXT},
    {.name = "page", .type = HTTP_INT, .min = 1, .max = 9},
    {.name = "kind", .type = HTTP_CHOICE, .choices = kinds}, {0}};

static enum err_code page(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)e;
	atomic_fetch_add(&site_of(req)->calls, 1);
	buf_addf(&res->body, "<p>%.*s lang %d page %d query %.*s</p>\n", STR_ARG(req->path),
	    req->lang, (int)http_int(req, "page", 1), STR_ARG(req->canonical_query));
	str kind = http_text(req, "kind");
	for (int i = 0; i < 200 && !str_is(kind, "small"); i++)
		buf_addf(&res->body, "<li>Row %d of the page, which repeats itself\n", i);
	return ERR_OK;
}

static const struct http_field slow_fields[] = {
    {.name = "ms", .type = HTTP_INT, .min = 0, .max = 10000}, {.name = "fault", .type = HTTP_BOOL},
    {0}};

static enum err_code slow(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site *s = site_of(req);
	atomic_fetch_add(&s->running, 1);
	atomic_fetch_add(&s->slow_calls, 1);
	atomic_store(&s->priority, getpriority(PRIO_PROCESS, 0));
	int64_t ms = http_int(req, "ms", 0);
	for (int64_t i = 0; i < ms || atomic_load(&s->hold); i++)
		(void)nanosleep(&one_ms, NULL);
	atomic_fetch_sub(&s->running, 1);
	if (http_bool(req, "fault", false))
		return fail(e, ERR_IO, "test.slow", "the slow page cannot be made");
	res->type = "text/plain; charset=utf-8";
	buf_addz(&res->body, "slow");
	return ERR_OK;
}

/* Rows 0..n-1 as a stream, some hundred in a piece; fault: fails at this row. */
struct rows {
	struct site *site;
	int64_t at, n, fault;
};

static enum err_code next_rows(void *ctx, struct buf *out, bool *ret_done, struct err *e)
{
	struct rows *r = ctx;
	for (int i = 0; i < 500 && r->at < r->n; i++, r->at++) {
		if (r->at == r->fault)
			return fail(e, ERR_IO, "test.row", "row %d cannot be read", (int)r->at);
		buf_addf(out, "row %d of the stream\r\n", (int)r->at);
	}
	*ret_done = r->at == r->n;
	return ERR_OK;
}

static void close_rows(void *ctx)
{
	struct rows *r = ctx;
	atomic_fetch_add(&r->site->closed, 1);
}

static const struct http_field stream_fields[] = {
    {.name = "n", .type = HTTP_INT, .min = 0, .max = 10000000},
    {.name = "fault", .type = HTTP_INT, .min = 0, .max = 10000000}, {0}};

static enum err_code stream(struct http_request *req, struct http_response *res, struct err *e)
{
	struct rows *r = ARENA_NEW(req->arena, struct rows);
	if (!r)
		return arena_fail(req->arena, e);
	*r = (struct rows){
	    .site = site_of(req), .n = http_int(req, "n", 0), .fault = http_int(req, "fault", -1)};
	res->type = "text/csv; charset=utf-8";
	res->file_name = STR("r\xC3\xA9sultats.csv");
	res->stream = (struct http_stream){.next = next_rows, .close = close_rows, .ctx = r};
	return ERR_OK;
}

static enum err_code file(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)req;
	char name[] = "/tmp/grutto-t-server-XXXXXX";
	int fd = mkstemp(name);
	if (fd < 0 || unlink(name) != 0 || write(fd, "0123456789", 10) != 10)
		return fail(e, ERR_IO, "test.file", "no temporary file");
	res->type = "application/octet-stream";
	res->fd = fd;
	res->fd_bytes = 10;
	res->etag = STR("v1");
	return ERR_OK;
}

/* 1.9 MB of text: several pieces of a stream. */
static enum err_code text_file(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)req;
	char name[] = "/tmp/grutto-t-server-XXXXXX";
	AUTO_BUF b = BUF_INIT(4 << 20);
	for (int i = 0; i < 100000; i++)
		buf_addf(&b, "line %d of text\n", i);
	int fd = mkstemp(name);
	if (fd < 0 || unlink(name) != 0 || write(fd, b.p, b.n) != (ssize_t)b.n ||
	    lseek(fd, 0, SEEK_SET) != 0)
		return fail(e, ERR_IO, "test.file", "no temporary file");
	res->type = "text/plain";
	res->fd = fd;
	res->fd_bytes = b.n;
	return ERR_OK;
}

static const struct http_field form_fields[] = {
    {.name = "name", .type = HTTP_TEXT, .required = true}, {0}};

static enum err_code echo(struct http_request *req, struct http_response *res, struct err *e)
{
	res->type = "text/plain";
	buf_addf(&res->body, "%zu:", req->body.n);
	buf_add(&res->body, http_text(req, "name"));
	return http_redirect(res, 200, STR("/x"), e);
}

static enum err_code boom(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)req;
	buf_addz(&res->body, "half a page");
	return fail(e, ERR_BUG, "test.boom", "secret detail in /etc/secret");
}

static enum err_code greedy(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)res;
	while (arena_alloc(req->arena, 4096)) {
	}
	return arena_fail(req->arena, e);
}

static enum err_code thing(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)e;
	res->type = "application/json";
	buf_addf(&res->body, "{\"n\":%d}", (int)http_param(req, 0)->i);
	return ERR_OK;
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", page, .localized = true, .cache = HTTP_CACHE_SNAPSHOT, .fields = page_fields},
    {HTTP_GET, "/page", page, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
        .fields = page_fields},
    {HTTP_GET, "/minute", page, .localized = true, .cache = HTTP_CACHE_MINUTE, .fields = page_fields},
    {HTTP_GET, "/slow", slow, .lane = HTTP_SLOW, .fields = slow_fields},
    {HTTP_GET, "/bulk", slow, .lane = HTTP_BULK, .fields = slow_fields},
    {HTTP_GET, "/kept-slow", slow, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
        .fields = slow_fields},
    {HTTP_GET, "/stream", stream, .lane = HTTP_SLOW, .cache = HTTP_CACHE_VALIDATE,
        .fields = stream_fields},
    {HTTP_GET, "/stream-fast", stream, .cache = HTTP_CACHE_VALIDATE, .fields = stream_fields},
    {HTTP_GET, "/file.txt", text_file, .lane = HTTP_SLOW, .cache = HTTP_CACHE_VALIDATE},
    {HTTP_GET, "/file", file, .lane = HTTP_SLOW, .cache = HTTP_CACHE_VALIDATE},
    {HTTP_POST, "/form", echo, .lane = HTTP_SLOW, .fields = form_fields, .body_bytes = 1000},
    {HTTP_POST, "/form-fast", echo, .fields = form_fields, .body_bytes = 1000},
    {.method = HTTP_GET, .pattern = "/boom", .handler = boom},
    {.method = HTTP_GET, .pattern = "/greedy", .handler = greedy},
    {HTTP_GET, "/api/v1/things/{n:int}", thing, .example = "/api/v1/things/7",
        .cache = HTTP_CACHE_SNAPSHOT},
};

static const struct embed_file files[] = {
    {.path = "style.css",
        .name = "style.0123.css",
        .type = "text/css; charset=utf-8",
        .etag = "\"abc\"",
        .bytes = {"body{margin:0}", 14},
        .br = {"BROTLI", 6},
        .gz = {"GZ", 2}},
};

static const void *acquire(void *app)
{
	struct site *s = app;
	atomic_fetch_add(&s->acquired, 1);
	return s;
}

static void release(void *app, const void *snapshot)
{
	(void)snapshot;
	atomic_fetch_sub(&((struct site *)app)->acquired, 1);
}

static uint64_t generation(void *app, const void *snapshot)
{
	(void)snapshot;
	return atomic_load(&((struct site *)app)->generation);
}

static uint64_t current(void *app)
{
	return atomic_load(&((struct site *)app)->generation);
}

static int64_t made_ms(void *app, const void *snapshot)
{
	(void)app;
	(void)snapshot;
	return 784111777000; /* Sun, 06 Nov 1994 08:49:37 GMT */
}

static enum err_code error_page(
    struct http_request *req, const struct err *e, struct http_response *res)
{
	buf_addf(&res->body, "<h1>%d lang %d %s</h1>", res->status, req->lang, e->field);
	return ERR_OK;
}

static struct http_config config_for(struct site *s, struct http_routes *tables)
{
	tables[0] = HTTP_ROUTES(routes);
	tables[1] = http_own_routes();
	return (struct http_config){
	    .listen = STR("127.0.0.1:0"),
	    .routes = tables,
	    .n_routes = 2,
	    .assets = {{.p = files, .n = 1, .mount = "/assets/", .immutable = true},
	        {.p = files, .n = 1, .mount = "/", .immutable = false}},
	    .n_assets = 2,
	    .app = s,
	    .access_fd = -1,
	    .snapshot_acquire = acquire,
	    .snapshot_release = release,
	    .snapshot_generation = generation,
	    .snapshot_made_ms = made_ms,
	    .current_generation = current,
	    .error_page = error_page,
	    .workers = 4,
	    .request_arena_bytes = 1 << 20,
	    .idle_timeout_s = 5,
	    .header_timeout_s = 2,
	};
}

static int64_t now_ms(void *ctx)
{
	struct site *s = ctx;
	struct clock system = clock_system();
	int64_t set = atomic_load(&s->now_ms);
	return set ? set : clock_now_ms(&system);
}

static inline void start(struct site *s, struct http_config *changed)
{
	struct http_routes tables[2];
	struct err e = {0};
	memset(s, 0, sizeof *s);
	struct http_config c = config_for(s, tables);
	c.clock = (struct clock){now_ms, s};
	if (changed) {
		c.workers = changed->workers ? changed->workers : c.workers;
		c.queue_max = changed->queue_max;
		c.wait_max_ms = changed->wait_max_ms;
		c.access_fd = changed->access_fd;
		c.stop_deadline_s = changed->stop_deadline_s;
		c.secure = changed->secure;
		c.per_address_max = changed->per_address_max;
	}
	assert_ok(http_server_start(&c, &s->server, &e), &e);
}

static inline void stop(struct site *s)
{
	assert_int_equal(http_server_stop(s->server), 0);
	assert_int_equal(atomic_load(&s->acquired), 0);
}

static inline const char *addr(struct site *s)
{
	return http_server_address(s->server);
}

static inline void wait_running(struct site *s, int n)
{
	for (int i = 0; i < 10000 && atomic_load(&s->running) != n; i++)
		(void)nanosleep(&one_ms, NULL);
	assert_int_equal(atomic_load(&s->running), n);
}

/* Until n requests have a snapshot: they have been read, and run or wait. */
static inline void wait_begun(struct site *s, int n)
{
	for (int i = 0; i < 10000 && atomic_load(&s->acquired) != n; i++)
		(void)nanosleep(&one_ms, NULL);
	assert_int_equal(atomic_load(&s->acquired), n);
}

static inline void expect(
    struct site *s, const char *method, const char *target, const char *lines, int status)
{
	AUTO_REPLY r = client_ask(addr(s), method, target, lines, STR(""));
	if (r.status != status || !r.complete)
		fail_msg("%s %s: %d, want %d", method, target, r.status, status);
	assert_true(reply_header(&r, "Content-Security-Policy").p != NULL);
	assert_str(reply_header(&r, "X-Content-Type-Options"), "nosniff");
	assert_true(reply_header(&r, "Server").p == NULL);
}

/* Whether the metrics come to hold text: a request is counted when its answer has left, which its
 * client may see first. */
static inline bool metrics_come_to(struct site *s, const char *text)
{
	for (int i = 0; i < 5000; i++) {
		AUTO_REPLY r = client_get(addr(s), "/metrics", "");
		if (str_find(buf_str(&r.body), str_of(text)) > 0)
			return true;
		(void)nanosleep(&one_ms, NULL);
	}
	return false;
}
