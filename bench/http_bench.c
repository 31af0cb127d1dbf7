/* Servers to measure with wrk, on a free loopback port that is printed:
 *
 *   http_bench fixed epoll|threads [BYTES]
 *                     the limit: libmicrohttpd alone with one fixed answer, of 2 KB, at every target
 *   http_bench site                    ours: /en/kept (2 KB, from the response cache),
 * /en/made (2 KB, made each time), /en/large (36 KB, kept), /slow?ms=20 (on a worker)
 *
 * Runs until its standard input ends. */
#include <microhttpd.h>

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "http/http.h"

enum { FIXED_BYTES = 2048, FIXED_MAX = 1 << 24, LARGE_BYTES = 36 * 1024, LOOPS = 2, CONNECTIONS = 1000 };

static void fill(struct buf *out, size_t n)
{
	for (int i = 0; out->n + 64 < n; i++)
		buf_addf(out, "<li>Row %d of a page that is about as regular as pages are\n", i);
	while (out->n < n)
		buf_addc(out, '.');
}

static enum MHD_Result fixed(void *cls, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *data, size_t *data_n, void **request)
{
	static int seen;
	(void)url;
	(void)method;
	(void)version;
	(void)data;
	(void)data_n;
	if (!*request) { /* as the library wants it: the answer comes with the second call */
		*request = &seen;
		return MHD_YES;
	}
	return MHD_queue_response(c, MHD_HTTP_OK, cls);
}

static int run_fixed(const char *mode, size_t bytes)
{
	struct buf body = BUF_INIT(bytes);
	fill(&body, bytes);
	struct MHD_Response *r =
	    MHD_create_response_from_buffer(body.n, body.p, MHD_RESPMEM_PERSISTENT);
	if (!r || MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8") != MHD_YES)
		return 4;
	bool threads = strcmp(mode, "threads") == 0;
	unsigned flags = threads ? MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD
	                         : (unsigned)MHD_USE_EPOLL_INTERNAL_THREAD;
	struct MHD_Daemon *d = MHD_start_daemon(flags, 0, NULL, NULL, fixed, r,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_THREAD_POOL_SIZE,
	    threads ? 0U : (unsigned)LOOPS, MHD_OPTION_END);
	if (!d)
		return 4;
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);
	(void)printf("127.0.0.1:%u\n", info ? info->port : 0U);
	(void)fflush(stdout);
	while (getchar() != EOF) {
	}
	MHD_stop_daemon(d);
	MHD_destroy_response(r);
	buf_free(&body);
	return 0;
}

static enum err_code page(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)e;
	fill(&res->body, str_is(req->rest_path, "/large") ? LARGE_BYTES : FIXED_BYTES);
	return ERR_OK;
}

static const struct http_field slow_fields[] = {
    {.name = "ms", .type = HTTP_INT, .min = 0, .max = 10000}, {0}};

static enum err_code slow(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)e;
	int64_t ms = http_int(req, "ms", 20);
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	(void)nanosleep(&t, NULL);
	buf_addz(&res->body, "slow");
	return ERR_OK;
}

static const struct http_route routes[] = {
    {HTTP_GET, "/kept", page, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/large", page, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/made", page, .localized = true, .cache = HTTP_CACHE_VALIDATE},
    {HTTP_GET, "/slow", slow, .lane = HTTP_SLOW, .fields = slow_fields},
};

static int run_site(void)
{
	struct http_routes tables[] = {HTTP_ROUTES(routes), http_own_routes()};
	struct http_config c = {
	    .listen = STR("127.0.0.1:0"), .routes = tables, .n_routes = 2, .access_fd = -1};
	struct http_server *s;
	struct err e = {0};
	http_signals_block();
	if (http_server_start(&c, &s, &e) != ERR_OK) {
		(void)fprintf(stderr, "%s\n", e.detail);
		return 4;
	}
	(void)printf("%s\n", http_server_address(s));
	(void)fflush(stdout);
	while (getchar() != EOF) {
	}
	return http_server_stop(s) ? 4 : 0;
}

int main(int argc, char **argv)
{
	uint32_t bytes = FIXED_BYTES;
	if (argc == 4 && (!str_to_u32(str_of(argv[3]), &bytes) || bytes > FIXED_MAX))
		bytes = 0;
	if ((argc == 3 || argc == 4) && strcmp(argv[1], "fixed") == 0 && bytes)
		return run_fixed(argv[2], bytes);
	if (argc == 2 && strcmp(argv[1], "site") == 0)
		return run_site();
	(void)fprintf(stderr, "usage: http_bench fixed epoll|threads [BYTES] | http_bench site\n");
	return 2;
}
