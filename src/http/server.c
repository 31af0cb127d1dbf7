/* The one file that knows libmicrohttpd (0.9.75).
 *
 * Event loops (a pool of MHD threads with epoll) read requests and answer FAST ones in place. A
 * SLOW one is suspended, run by a worker, and resumed with its answer; a stream is suspended and
 * resumed for each piece. So an event loop never waits for anything but the network.
 *
 * Access handler calls for one request: first with the headers (here we only look at them: a body
 * that is too large is refused before it is read), then with pieces of the body, then once more
 * when all is in, and again after each resume until an answer is queued. */
#include <microhttpd.h>

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/conns.h"
#include "http/exchange.h"
#include "http/listen.h"
#include "http/puller.h"

enum {
	HEADER_COST = 2048,     /* of an answer's headers in the cache, both forms */
	BODY_TIMEOUT_S = 60,    /* for a whole request body */
	DRAIN_LOOK_MS = 5,      /* how often a stop looks whether all is sent */
	SEND_TIMEOUT_S = 3600,  /* for a whole answer */
	CANCEL_GRACE_MS = 3000, /* for handlers that look at http_request_cancelled */
	GONE_AFTER_MS = 200, /* a request that waited so long is not begun for a client that left */
	STREAM_BLOCK_BYTES = 32 * 1024,
	/* The library's memory of a connection holds the request's head, what it knows of each line
	 * of it, and the answer's head. It is wiped for each request, so it is kept small: 64 KiB
	 * took a sixth of the time of a cached page. */
	CONNECTION_EXTRA_BYTES = 8 * 1024,
	/* The event loops answer from memory and go first: they need little of a processor, but at
	   once. */
	SLOW_NICE = 5,
	BULK_NICE = 15,
};

struct asset_form {
	struct MHD_Response *full, *not_modified;
	char etag[HTTP_ETAG_MAX];
	size_t bytes;
};

struct asset {
	str path; /* whole: mount and name */
	struct asset_form forms[HTTP_CODINGS];
	uint32_t offered;
};

struct http_server {
	struct http_core core;
	struct MHD_Daemon *daemon;
	char address[HTTP_ADDRESS_MAX];
	struct asset *assets; /* sorted by path */
	size_t n_assets;
	struct http_conns *conns;
};

static int64_t monotonic_ns(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- answers in the library's form ---- */

static bool content_header(const char *name)
{
	return strncmp(name, "Content-", 8) == 0 && strcmp(name, "Content-Security-Policy") != 0;
}

static bool add_headers(struct MHD_Response *r, const struct http_answer *a, bool with_content)
{
	if (!r)
		return false;
	for (size_t i = 0; i < a->n_headers; i++) {
		if (!with_content && content_header(a->headers[i].name))
			continue;
		if (MHD_add_response_header(r, a->headers[i].name, a->headers[i].value) != MHD_YES)
			return false;
	}
	return true;
}

static struct MHD_Response *checked(
    struct MHD_Response *r, const struct http_answer *a, bool with_content)
{
	if (add_headers(r, a, with_content))
		return r;
	if (r)
		MHD_destroy_response(r);
	return NULL;
}

static struct MHD_Response *make_not_modified(const struct http_answer *a)
{
	static char nothing[1];
	return checked(
	    MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT), a, false);
}

static struct MHD_Response *make_bytes(struct http_answer *a, bool outlives)
{
	struct MHD_Response *r;
	if (a->owned.p && a->bytes.p == a->owned.p) {
		r = MHD_create_response_from_buffer_with_free_callback(
		    a->bytes.n, a->owned.p, mem_free);
		if (r)
			a->owned = BUF_INIT(0); /* taken */
		return r;
	}
	/* the library does not write to it, though it asks for a pointer that could */
	union {
		const char *in;
		void *out;
	} p = {.in = a->bytes.p ? a->bytes.p : ""};
	return MHD_create_response_from_buffer(
	    a->bytes.n, p.out, outlives ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
}

static ssize_t read_stream(void *cls, uint64_t at, char *dst, size_t cap);

static struct MHD_Response *make_full(struct http_exchange *x)
{
	struct http_answer *a = &x->answer;
	struct MHD_Response *r;
	if (a->puller) {
		r = MHD_create_response_from_callback(
		    a->stream_bytes ? a->stream_bytes : MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES,
		    read_stream, x, NULL);
	} else if (a->fd >= 0) {
		r = MHD_create_response_from_fd64(a->fd_bytes, a->fd);
		if (r)
			a->fd = -1; /* taken */
	} else {
		r = make_bytes(a, a->keep);
	}
	return checked(r, a, true);
}

static void release_answer(void *response)
{
	MHD_destroy_response(response);
}

/* ---- connections ---- */

static void set_deadline(struct MHD_Connection *c, uint32_t seconds)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	http_conn_deadline(info ? info->socket_context : NULL, seconds);
}

static int socket_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	return info ? info->connect_fd : -1;
}

static void on_connection(void *cls, struct MHD_Connection *c, void **socket_context,
    enum MHD_ConnectionNotificationCode what)
{
	struct http_server *s = cls;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket_context =
		    http_conns_add(s->conns, socket_of(c), s->core.config.header_timeout_s);
	} else if (*socket_context) {
		http_conns_remove(s->conns, *socket_context);
		*socket_context = NULL;
	}
}

static size_t count_connections(void *ctx)
{
	return http_conns_count(((struct http_server *)ctx)->conns);
}

/* ---- sending ---- */

static enum MHD_Result queue(
    struct http_exchange *x, int status, struct MHD_Response *r, uint64_t bytes)
{
	x->status = status;
	x->bytes = strcmp(x->method, "HEAD") == 0 ? 0 : bytes;
	set_deadline(x->connection, SEND_TIMEOUT_S);
	return MHD_queue_response(x->connection, (unsigned int)status, r);
}

static enum MHD_Result send_answer(struct http_exchange *x)
{
	struct http_answer *a = &x->answer;
	uint64_t bytes = a->fd >= 0 ? a->fd_bytes : a->puller ? a->stream_bytes : a->bytes.n;
	str key = STR_NONE;
	bool keep = a->keep && http_exchange_key(x, &key);
	a->keep = keep;
	struct MHD_Response *nm = keep || a->not_modified ? make_not_modified(a) : NULL;
	struct MHD_Response *full = a->not_modified && !keep ? NULL : make_full(x);
	struct MHD_Response *chosen = a->not_modified ? nm : full;
	enum MHD_Result done = MHD_NO;
	if (chosen)
		done = queue(
		    x, a->not_modified ? 304 : a->status, chosen, a->not_modified ? 0 : bytes);
	if (keep && full && nm) {
		struct http_cached entry = {.full = full,
		    .not_modified = nm,
		    .modified_ms = a->modified_ms,
		    .until_ms = a->until_ms,
		    .bytes = bytes,
		    .route = x->route, .status = a->status};
		memcpy(entry.etag, a->etag, sizeof entry.etag);
		http_cache_put(x->core->cache, (int)x->coding, key, x->generation, &entry,
		    bytes + HEADER_COST);
		return done;
	}
	if (full)
		MHD_destroy_response(full);
	if (nm)
		MHD_destroy_response(nm);
	return done;
}

static enum MHD_Result follow(struct http_exchange *x, enum http_next next)
{
	return next == HTTP_NEXT_ANSWER ? send_answer(x) : MHD_NO;
}

static str request_header(struct MHD_Connection *c, const char *name)
{
	return str_of(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

struct hit {
	struct http_exchange *x;
	enum MHD_Result done;
};

static void use_cached(void *ctx, const struct http_cached *entry)
{
	struct hit *hit = ctx;
	struct http_exchange *x = hit->x;
	bool same = http_not_modified(request_header(x->connection, "If-None-Match"),
	    request_header(x->connection, "If-Modified-Since"), str_of(entry->etag),
	    entry->modified_ms);
	x->route = entry->route;
	x->kind = HTTP_KIND_CACHED;
	hit->done = same ? queue(x, 304, entry->not_modified, 0)
	                 : queue(x, entry->status, entry->full, entry->bytes);
}

static uint64_t current_generation(const struct http_config *c)
{
	return c->current_generation ? c->current_generation(c->app) : 0;
}

/* ---- streams ---- */

static struct http_workers *workers_of(const struct http_exchange *x)
{
	return x->req.route->lane == HTTP_BULK ? x->core->bulk : x->core->workers;
}

static void fill_on_worker(struct http_job *job)
{
	struct http_exchange *x = (struct http_exchange *)job; /* its first member */
	struct err e = {0};
	if (atomic_load(&x->core->cancelled))
		x->pull_failed = ERR_LIMIT;
	else
		x->pull_failed = http_puller_fill(x->answer.puller, &e);
	if (e.code != ERR_OK && x->core->config.log)
		log_line(
		    x->core->config.log, LOG_ERROR, "%s: stream: %s: %s", x->raw, e.id, e.detail);
	MHD_resume_connection(x->connection);
}

static ssize_t read_stream(void *cls, uint64_t at, char *dst, size_t cap)
{
	(void)at;
	struct http_exchange *x = cls;
	struct http_puller *p = x->answer.puller;
	struct err e = {0};
	size_t n = http_puller_take(p, dst, cap);
	if (n == 0 && !http_puller_done(p) && x->pull_failed == ERR_OK &&
	    x->req.route->lane == HTTP_FAST) {
		x->pull_failed = http_puller_fill(p, &e);
		n = http_puller_take(p, dst, cap);
	}
	if (n) {
		x->bytes += x->answer.stream_bytes ? 0 : n;
		return (ssize_t)n;
	}
	if (x->pull_failed != ERR_OK)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (http_puller_done(p))
		return MHD_CONTENT_READER_END_OF_STREAM;
	x->job.run = fill_on_worker;
	MHD_suspend_connection(x->connection);
	http_workers_continue(workers_of(x), &x->job);
	return 0;
}

/* ---- requests ---- */

/* Wake those that waited for this one's answer: it is in the cache now, or never will be. */
static void land(struct http_exchange *x)
{
	struct http_flight *f = http_flights_land(x->core->flights, &x->flight);
	while (f) {
		struct http_exchange *waiting =
		    (struct http_exchange *)(void *)((char *)f -
		                                     offsetof(struct http_exchange, flight));
		f = f->next; /* it runs on at once */
		waiting->woken = true;
		MHD_resume_connection(waiting->connection);
	}
}

static bool client_left(const struct http_exchange *x)
{
	struct pollfd p = {.fd = socket_of(x->connection), .events = POLLRDHUP};
	return poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

/* Make the answer, or say why it is not even begun. */
static enum http_next run_in_turn(struct http_exchange *x)
{
	struct err e = {0};
	const struct http_config *c = &x->core->config;
	int64_t waited_ms = (monotonic_ns() - x->queued_ns) / 1000000;
	if (atomic_load(&x->core->cancelled)) {
		(void)fail(&e, ERR_IO, "server.stopping", "the server is stopping");
		return http_exchange_fail(x, &e);
	}
	if (waited_ms > GONE_AFTER_MS && client_left(x) &&
	    !http_flights_awaited(x->core->flights, &x->flight))
		return HTTP_NEXT_GIVE_UP;
	if (x->req.route->lane == HTTP_SLOW && waited_ms > c->wait_max_ms) {
		http_metrics_refused(x->core->metrics);
		(void)fail(&e, ERR_LIMIT, "server.busy", "the request had to wait too long");
		return http_exchange_fail(x, &e);
	}
	return http_exchange_run(x);
}

static void run_on_worker(struct http_job *job)
{
	struct http_exchange *x = (struct http_exchange *)job;
	x->has_answer = run_in_turn(x) == HTTP_NEXT_ANSWER;
	MHD_resume_connection(x->connection);
}

/* The connection is suspended first: whoever makes the answer may be done with it at any moment.
 * key: of the answer in the cache, STR_NONE when it is not kept. */
static enum MHD_Result run_slow(struct http_exchange *x, str key)
{
	struct err e = {0};
	struct http_core *core = x->core;
	MHD_suspend_connection(x->connection);
	if (key.p && !x->woken &&
	    !http_flights_join(core->flights, &x->flight, (int)x->coding, key, x->generation)) {
		http_metrics_shared(core->metrics);
		return MHD_YES;
	}
	x->waits = true;
	if (http_workers_reserve(workers_of(x))) {
		x->queued_ns = monotonic_ns();
		x->job.run = run_on_worker;
		http_workers_put(workers_of(x), &x->job);
		return MHD_YES;
	}
	http_metrics_refused(core->metrics);
	(void)fail(&e, ERR_LIMIT, "server.busy", "too many slow requests are waiting");
	x->has_answer = http_exchange_fail(x, &e) == HTTP_NEXT_ANSWER;
	MHD_resume_connection(x->connection);
	return MHD_YES;
}

struct header_list {
	struct http_header *p;
	size_t n;
};

static enum MHD_Result copy_header(void *cls, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
	(void)kind;
	(void)name_n;
	struct header_list *list = cls;
	if (list->n == HTTP_HEADERS_MAX)
		return MHD_NO;
	list->p[list->n++] = (struct http_header){name, value ? (str){value, value_n} : STR("")};
	return MHD_YES;
}

static size_t header_bytes(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	return info ? info->header_size : 0;
}

static enum http_next begin(struct http_exchange *x, const char *method)
{
	struct arena *a = http_exchange_arena(x);
	struct header_list list = {0};
	if (a)
		list.p = ARENA_ARRAY(a, HTTP_HEADERS_MAX, struct http_header);
	if (!list.p)
		return HTTP_NEXT_GIVE_UP;
	(void)MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, copy_header, &list);
	return http_exchange_begin(x, method, list.p, list.n, header_bytes(x->connection));
}

static int compare_assets(const void *a, const void *b)
{
	return str_cmp(((const struct asset *)a)->path, ((const struct asset *)b)->path);
}

static bool send_asset(struct http_server *s, struct http_exchange *x, enum MHD_Result *ret_done)
{
	str path = http_exchange_raw(x);
	ptrdiff_t mark = str_find_char(path, '?');
	if (mark >= 0)
		path.n = (size_t)mark;
	const struct asset key = {.path = path}, *a = NULL;
	if (s->n_assets)
		a = bsearch(&key, s->assets, s->n_assets, sizeof key, compare_assets);
	if (!a)
		return false;
	enum http_coding coding =
	    http_coding_choose(request_header(x->connection, "Accept-Encoding"), a->offered);
	const struct asset_form *f = &a->forms[coding];
	x->kind = HTTP_KIND_ASSET;
	bool same = http_not_modified(
	    request_header(x->connection, "If-None-Match"), STR_NONE, str_of(f->etag), 0);
	*ret_done = same ? queue(x, 304, f->not_modified, 0) : queue(x, 200, f->full, f->bytes);
	return true;
}

struct header_look {
	size_t n, hosts;
	bool odd;
};

static enum MHD_Result look_at_header(void *cls, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
	(void)kind;
	struct header_look *look = cls;
	look->n++;
	look->odd = look->odd || !http_header_is_plain((str){name, name_n}, (str){value, value_n});
	look->hosts += name_n == 4 && strncasecmp(name, "Host", 4) == 0;
	return MHD_YES;
}

/* Headers that the long way would refuse must be refused on the short one too. */
static bool headers_are_plain(struct http_server *s, const struct http_exchange *x)
{
	struct header_look look = {0};
	if (header_bytes(x->connection) > s->core.config.header_bytes_max)
		return false;
	(void)MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, look_at_header, &look);
	return !look.odd && look.n < HTTP_HEADERS_MAX &&
	       (look.hosts == 1 || (look.hosts == 0 && x->host_optional));
}

/* An answer that needs no look at the request but its target and form: an asset, or one made
 * before. */
static bool send_ready(struct http_server *s, struct http_exchange *x, enum MHD_Result *ret_done)
{
	if (!headers_are_plain(s, x))
		return false;
	if (strcmp(x->method, "GET") != 0 && strcmp(x->method, "HEAD") != 0)
		return false;
	if (send_asset(s, x, ret_done))
		return true;
	if (atomic_load(&s->core.stopping)) /* the answer must say that the connection closes */
		return false;
	x->coding = http_coding_choose(
	    request_header(x->connection, "Accept-Encoding"), HTTP_DYNAMIC_CODINGS);
	struct hit hit = {.x = x, .done = MHD_NO};
	bool found = http_cache_use(s->core.cache, (int)x->coding, http_exchange_raw(x),
	    current_generation(&s->core.config), clock_now_ms(&s->core.config.clock), use_cached, &hit);
	*ret_done = hit.done;
	return found;
}

/* All is in: find or make the answer. */
static enum MHD_Result answer(struct http_exchange *x)
{
	str key = STR_NONE;
	enum http_next next = http_exchange_ready(x);
	if (next == HTTP_NEXT_ANSWER || next == HTTP_NEXT_GIVE_UP)
		return follow(x, next);
	struct hit hit = {.x = x, .done = MHD_NO};
	if (http_exchange_key(x, &key) && (x->woken || !str_eq(key, http_exchange_raw(x))) &&
	    http_cache_use(x->core->cache, (int)x->coding, key, x->generation, x->req.now_ms, use_cached, &hit))
		return hit.done;
	if (next == HTTP_NEXT_SLOW)
		return run_slow(x, key);
	return follow(x, http_exchange_run(x));
}

/* 413 for a body that turned out too large on the way (chunked): the library can queue no answer
 * then, so it is written here, before the connection is closed. */
static enum MHD_Result refuse_body(struct http_exchange *x)
{
	static const char text[] = "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\n"
	                           "Content-Length: 0\r\nX-Content-Type-Options: nosniff\r\n\r\n";
	x->status = 413;
	(void)!send(socket_of(x->connection), text, sizeof text - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	return MHD_NO;
}

static enum MHD_Result on_first(struct http_exchange *x, const char *method)
{
	struct MHD_Connection *c = x->connection;
	x->method = method;
	str length = request_header(c, "Content-Length");
	bool body = (length.p && !str_is(length, "0")) || request_header(c, "Transfer-Encoding").p;
	set_deadline(c, BODY_TIMEOUT_S);
	if (!body)
		return MHD_YES; /* the second call comes at once */
	enum http_next next = begin(x, method);
	if (next == HTTP_NEXT_BODY)
		return MHD_YES;
	if (next == HTTP_NEXT_ANSWER &&
	    !x->close) { /* the body is small or absent: let it come first */
		x->waits = true;
		return MHD_YES;
	}
	return follow(x, next);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *piece, size_t *piece_n, void **request)
{
	(void)url;
	struct http_server *s = cls;
	struct http_exchange *x = *request;
	if (!x)
		return MHD_NO;
	if (!x->connection) {
		x->connection = c;
		x->host_optional = !version || strcmp(version, "HTTP/1.1") < 0;
		return on_first(x, method);
	}
	if (*piece_n) {
		bool ok = x->waits || http_exchange_body(x, (str){piece, *piece_n});
		*piece_n = 0;
		return ok ? MHD_YES : refuse_body(x);
	}
	if (x->waits) { /* for the worker, or for the end of a body: the answer is there */
		enum MHD_Result sent = x->has_answer ? send_answer(x) : MHD_NO;
		land(x);
		return sent;
	}
	if (x->req.route)
		return answer(x);
	enum MHD_Result done;
	if (send_ready(s, x, &done))
		return done;
	enum http_next next = begin(x, method);
	return next == HTTP_NEXT_BODY ? answer(x) : follow(x, next);
}

static void *on_target(void *cls, const char *target, struct MHD_Connection *c)
{
	(void)c;
	struct http_server *s = cls;
	struct http_exchange *x = http_exchange_new(&s->core, target);
	if (!x)
		return NULL;
	x->begin_ns = monotonic_ns();
	http_metrics_begin(s->core.metrics);
	return x;
}

static void log_access(struct http_server *s, struct MHD_Connection *c,
    const struct http_exchange *x, int64_t duration_us)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	http_access_add(s->core.access,
	    &(struct http_access_line){
	        .begin_ms = clock_now_ms(&s->core.config.clock) - duration_us / 1000,
	        .address = info ? info->client_addr : NULL,
	        .method = x->method ? x->method : "-",
	        .target = http_exchange_raw(x),
	        .status = x->status,
	        .bytes = x->bytes,
	        .duration_us = duration_us,
	    });
}

static void on_completed(
    void *cls, struct MHD_Connection *c, void **request, enum MHD_RequestTerminationCode how)
{
	struct http_server *s = cls;
	struct http_exchange *x = *request;
	if (!x)
		return;
	*request = NULL;
	land(x); /* when the client left before it was sent */
	int64_t us = (monotonic_ns() - x->begin_ns) / 1000;
	if (!x->status) /* the library refused it, or the client went away */
		x->status = how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? 400 : 499;
	http_metrics_add(s->core.metrics, x->route, x->status, x->kind, us, x->bytes);
	if (s->core.access)
		log_access(s, c, x, us);
	http_exchange_free(x);
	http_metrics_end(s->core.metrics);
	set_deadline(c, s->core.config.idle_timeout_s + s->core.config.header_timeout_s);
}

/* Leave the arguments as sent: the target is decoded by us, from its raw form. */
static size_t keep_escapes(void *cls, struct MHD_Connection *c, char *text)
{
	(void)cls;
	(void)c;
	return strlen(text);
}

/* ---- start and stop ---- */

static enum err_code make_form(struct http_server *s, const struct http_assets *mount,
    const struct embed_file *asset, enum http_coding coding, struct asset *to, struct err *e)
{
	struct http_answer a;
	TRY(http_answer_asset(&s->core, mount, asset, coding, s->core.arena, &a, e));
	struct asset_form *f = &to->forms[coding];
	f->full = checked(make_bytes(&a, false), &a, true);
	f->not_modified = make_not_modified(&a);
	f->bytes = a.bytes.n;
	memcpy(f->etag, a.etag, sizeof f->etag);
	to->offered |= 1U << coding;
	return f->full && f->not_modified
	           ? ERR_OK
	           : fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
}

static enum err_code make_assets(struct http_server *s, struct err *e)
{
	const struct http_config *c = &s->core.config;
	size_t n = 0;
	for (size_t i = 0; i < c->n_assets; i++)
		n += c->assets[i].n;
	s->assets = ARENA_ARRAY(s->core.arena, n, struct asset);
	if (!s->assets)
		return arena_fail(s->core.arena, e);
	for (size_t i = 0; i < c->n_assets; i++)
		for (size_t k = 0; k < c->assets[i].n; k++) {
			const struct embed_file *asset = &c->assets[i].p[k];
			struct asset *to = &s->assets[s->n_assets++];
			to->path = arena_fmt(s->core.arena, "%s%s", c->assets[i].mount,
			    c->assets[i].immutable ? asset->name : asset->path);
			if (!to->path.p)
				return arena_fail(s->core.arena, e);
			TRY(make_form(s, &c->assets[i], asset, HTTP_IDENTITY, to, e));
			if (asset->br.p)
				TRY(make_form(s, &c->assets[i], asset, HTTP_BROTLI, to, e));
			if (asset->gz.p)
				TRY(make_form(s, &c->assets[i], asset, HTTP_GZIP, to, e));
		}
	qsort(s->assets, s->n_assets, sizeof *s->assets, compare_assets);
	return ERR_OK;
}

static void free_assets(struct http_server *s)
{
	for (size_t i = 0; i < s->n_assets; i++)
		for (int k = 0; k < HTTP_CODINGS; k++) {
			struct asset_form *f = &s->assets[i].forms[k];
			if (f->full)
				MHD_destroy_response(f->full);
			if (f->not_modified)
				MHD_destroy_response(f->not_modified);
		}
}

static void free_server(struct http_server *s)
{
	http_workers_stop(s->core.workers);
	http_workers_stop(s->core.bulk);
	http_conns_stop(s->conns);
	if (s->assets)
		free_assets(s);
	http_cache_free(s->core.cache);
	http_access_free(s->core.access);
	arena_free(s->core.arena);
	mem_free(s);
}

static enum err_code start_daemon(struct http_server *s, int fd, struct err *e)
{
	const struct http_config *c = &s->core.config;
	s->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME, 0,
	    NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
	    (unsigned int)c->loops, MHD_OPTION_CONNECTION_LIMIT, (unsigned int)c->connections_max,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned int)c->per_address_max,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)c->idle_timeout_s,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, c->header_bytes_max + CONNECTION_EXTRA_BYTES,
	    /* what a stricter library refuses by itself gets an answer of ours instead */
	    MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
	    MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, s, MHD_OPTION_NOTIFY_CONNECTION,
	    on_connection, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_END);
	return s->daemon ? ERR_OK
	                 : fail(e, ERR_IO, "server.start", "the web server does not start");
}

static enum err_code start_threads(struct http_server *s, struct err *e)
{
	const struct http_config *c = &s->core.config;
	if (c->run_as)
		TRY(http_sandbox(c->run_as, e));
	TRY(http_workers_start(c->workers, c->queue_max, SLOW_NICE, &s->core.workers, e));
	TRY(http_workers_start(c->bulk_workers, c->queue_max, BULK_NICE, &s->core.bulk, e));
	return http_conns_start(s->core.access, &s->conns, e);
}

enum err_code http_server_start(
    const struct http_config *config, struct http_server **ret_server, struct err *e)
{
	struct http_server *s = mem_alloc(sizeof *s);
	if (!s)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	memset(s, 0, sizeof *s);
	s->core.connections = count_connections;
	s->core.connections_ctx = s;
	int fd = -1;
	enum err_code code = http_core_init(&s->core, config, release_answer, e);
	if (code == ERR_OK)
		code = make_assets(s, e);
	if (code == ERR_OK)
		code = http_listen(s->core.config.listen, &fd, s->address, e);
	if (code == ERR_OK)
		code = start_threads(s, e);
	if (code == ERR_OK)
		code = start_daemon(s, fd, e); /* closes fd when it stops */
	if (code != ERR_OK) {
		if (fd >= 0)
			(void)close(fd);
		free_server(s);
		return code;
	}
	*ret_server = s;
	return ERR_OK;
}

const char *http_server_address(const struct http_server *s)
{
	return s->address;
}

/* Wait until no request is in flight, or ms have passed; how many still are. */
static size_t drain(struct http_server *s, int64_t ms)
{
	static const struct timespec pause = {.tv_nsec = DRAIN_LOOK_MS * 1000000};
	int64_t until = monotonic_ns() + ms * 1000000;
	while (http_metrics_in_flight(s->core.metrics) > 0 && monotonic_ns() < until)
		(void)nanosleep(&pause, NULL);
	return http_metrics_in_flight(s->core.metrics);
}

static bool workers_idle(struct http_server *s)
{
	size_t waiting = 0, running = 0;
	http_workers_count(s->core.workers, &waiting, &running);
	http_workers_count(s->core.bulk, &waiting, &running);
	return waiting + running == 0;
}

size_t http_server_stop(struct http_server *s)
{
	if (!s)
		return 0;
	atomic_store(&s->core.stopping, true);
	int fd = MHD_quiesce_daemon(s->daemon);
	size_t left = drain(s, (int64_t)s->core.config.stop_deadline_s * 1000);
	atomic_store(&s->core.cancelled, true);
	for (int i = 0; left && !workers_idle(s) && i < CANCEL_GRACE_MS / 100; i++)
		(void)drain(s, 100);
	if (fd >= 0)
		(void)close(fd);
	/* a handler that does not end keeps its connection suspended, which the library cannot
	 * close: leave both to the end of the process */
	if (left && !workers_idle(s))
		return left;
	MHD_stop_daemon(s->daemon);
	free_server(s);
	return left;
}
