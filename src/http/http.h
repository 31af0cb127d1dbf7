#pragma once
/* The web server's public face: routes as data, typed requests, responses as values. Nothing here
 * knows the server library; server.c alone does.
 *
 * Life of a request: target checked and decoded -> route found -> authorised -> fields read by the
 * route's list -> (response cache) -> handler, on the event loop (FAST) or a worker (SLOW) -> ETag,
 * conditions, compression, security headers -> sent. The request, its arena and the snapshot it
 * acquired live until the last byte is sent. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/embed.h"
#include "base/env.h"
#include "base/log.h"
#include "base/uid.h"

/* Limits that are part of the interface; those of an installation are in struct http_config. */
enum {
	HTTP_TARGET_MAX_BYTES = 4096, /* path and query as sent; longer: 414 */
	HTTP_SEGMENTS_MAX = 16,       /* segments of a path */
	HTTP_PARAMS_MAX = 8,          /* {parameters} of one pattern */
	HTTP_FIELDS_MAX = 48,         /* declared fields of one route */
	HTTP_REPEATS_MAX = 64,        /* values of one repeating field */
	HTTP_TEXT_MAX = 200,          /* code points of a text field without its own max */
	HTTP_SLUG_MAX = 100,          /* bytes of a slug */
	HTTP_HEADERS_MAX = 64,        /* header lines of a request; more: 431 */
	HTTP_ROUTES_MAX = 1024,
	HTTP_EXTRA_HEADERS_MAX = 8, /* that a handler adds */
};

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_METHODS };
/* HEAD is GET whose body the server leaves out; a handler never sees it. */

enum http_lane {
	HTTP_FAST, /* on the event loop: memory only, no lock, no I/O, well under a millisecond */
	HTTP_SLOW, /* on the worker pool: may block, within some ten milliseconds */
	HTTP_BULK, /* on workers of its own at low priority: takes seconds (whole downloads) */
};

enum http_cache {
	HTTP_CACHE_NEVER,     /* no-store */
	HTTP_CACHE_SNAPSHOT,  /* public, revalidated by ETag; kept in the server until the snapshot
	                         changes.  Only for answers that depend on nothing but target and
	                         snapshot. */
	HTTP_CACHE_MINUTE,    /* as SNAPSHOT, for answers that depend on the minute (now_ms / 60,000) as well:
	                         kept until it ends */
	HTTP_CACHE_VALIDATE,  /* public, revalidated by ETag or date; not kept in the server */
	HTTP_CACHE_IMMUTABLE, /* public, one year: names that carry a fingerprint */
	HTTP_CACHE_PRIVATE,   /* private, revalidated: signed-in pages */
};

/* Types of a field and of a path parameter (":int", ":slug" …; "{key}" alone is TEXT). */
enum http_type {
	HTTP_TEXT,    /* valid UTF-8 without control characters; min..max code points (max 0:
	                 HTTP_TEXT_MAX) */
	HTTP_INT,     /* min..max; both 0: any 64-bit number */
	HTTP_DATE,    /* 2010-03-19 */
	HTTP_CHOICE,  /* one of choices[] */
	HTTP_SLUG,    /* [A-Za-z0-9][A-Za-z0-9_-]*, at most HTTP_SLUG_MAX bytes */
	HTTP_BOOL,    /* 1, true, yes, on; 0, false, no, off */
	HTTP_COUNTRY, /* two letters A-Z (ISO 3166-1 alpha-2 form, and XK); lower case is accepted
	               */
	HTTP_UID,     /* 8-4-4-4-12 */
	HTTP_REST,    /* path only, last: what is left, slashes included */
};

/* Value of a field or parameter; which member holds depends on its type. */
struct http_value {
	str text;  /* always: as sent, decoded; COUNTRY in upper case */
	int64_t i; /* INT; BOOL 0/1; CHOICE: index in choices[] */
	date d;    /* DATE */
	uid u;     /* UID */
};

/* A query field (GET) or form field (POST, application/x-www-form-urlencoded) of a route. */
struct http_field {
	const char *name;
	enum http_type type;
	int64_t min, max;           /* INT: the value; TEXT: code points */
	const char *const *choices; /* CHOICE: NULL-terminated */
	bool repeats;               /* may occur more than once, up to HTTP_REPEATS_MAX */
	bool required;
	const char *summary; /* for the API documentation; NULL: undocumented */
};

struct http_values {
	const struct http_value *v;
	size_t n;
};

struct http_header {
	const char *name;
	str value;
};

struct http_route;
struct http_server;
struct http_core;

struct http_request {
	enum http_method method;
	str path;      /* decoded and checked, with the language: "/nl/activities/a-1" */
	str rest_path; /* without the language: "/activities/a-1" (equals path when not localized)
	                */
	str canonical_query; /* known fields in declared order, encoded, without '?'; "" when none
	                      */
	int lang;            /* enum lang: of the path; elsewhere by Accept-Language */
	const struct http_route *route;            /* NULL when none was found */
	struct http_value params[HTTP_PARAMS_MAX]; /* in the order of the pattern */
	size_t n_params;
	struct http_values fields[HTTP_FIELDS_MAX]; /* in the order of route->fields */
	const struct http_header *headers;          /* request headers, names as sent */
	size_t n_headers;
	str body;               /* whole body, within the route's limit; "" when none */
	struct arena *arena;    /* until the response is sent; limited by request_arena_bytes */
	int64_t now_ms;         /* when the request began */
	void *app;              /* struct http_config.app */
	const void *snapshot;   /* acquired for this request; NULL when there is none */
	bool secure;            /* behind TLS, by configuration */
	struct http_core *core; /* the server's own */
};

/* A body made piece by piece. next appends one piece to out (up to HTTP_STREAM_PIECE_BYTES; out is
 * empty) and sets *ret_done with the last one. Pieces of SLOW routes are made on a worker, which is
 * free again between them, so a slow client holds no thread; those of FAST ones on the event loop.
 * An error cuts the connection: the status has been sent already. close (may be NULL) is called
 * once, however it ends, also when the client goes away. */
enum { HTTP_STREAM_PIECE_BYTES = 1 << 18 };
struct http_stream {
	enum err_code (*next)(void *ctx, struct buf *out, bool *ret_done, struct err *e);
	void (*close)(void *ctx);
	void *ctx;
	uint64_t bytes; /* total length, 0: unknown (sent chunked) */
};

/* What a handler fills; zero is "200, empty HTML". One of body, bytes, fd, stream makes the
 * content. */
struct http_response {
	int status;       /* 0: 200 */
	const char *type; /* media type; NULL: "text/html; charset=utf-8". A literal or in arena */
	struct buf body;  /* written by the handler, freed by the server; its max is set */
	str bytes;        /* or: memory that lives as long as request and snapshot */
	int fd; /* or: a file opened for reading, from offset 0; taken, closed by the server; -1
	           none */
	uint64_t fd_bytes;
	struct http_stream stream; /* or: when next is set */
	enum http_cache cache;     /* starts as the route's */
	str etag; /* without quotes; STR_NONE: made from the content (not for fd and stream) */
	int64_t modified_ms; /* 0: the snapshot's time for SNAPSHOT, else none */
	str file_name;       /* download under this name; STR_NONE: shown in place */
	str location;        /* target of a redirect, a path on this site or a whole address */
	const char *csp;     /* Content-Security-Policy of this page; NULL: the strict one of all pages */
	const char *vary;    /* beside Accept-Encoding; NULL none */
	struct http_header extra[HTTP_EXTRA_HEADERS_MAX];
	size_t n_extra;
};

/* Fills res; on an error the server answers with the error page of that code (err_http_status). */
typedef enum err_code (*http_handler)(
    struct http_request *req, struct http_response *res, struct err *e);

/* One row of a route table. Pattern: "/activities/{key}", "/p/{n:int}", "/c/{code:country}",
 * "/data/{name:slug}.csv" (a literal end in the segment), "/assets/{path:rest}". Literal segments
 * win over parameters; two routes that could answer the same request are an error at start. */
struct http_route {
	enum http_method method;
	const char *pattern;
	http_handler handler;
	bool localized; /* lives under /en, /nl, /fr; without a language the reader is sent to
	                   theirs */
	bool every_language; /* lives under the further languages too; other pages send who asks there to one of the first */
	enum http_lane lane;
	enum http_cache cache;
	const struct http_field *fields; /* ends with a row without name; NULL: no fields */
	uint32_t role;                   /* 0: anyone; else handed to http_config.authorize */
	size_t body_bytes;               /* most bytes of a request body; 0: none is taken */
	const char *summary;             /* for the OpenAPI document; NULL: left out of it */
	const char *produces; /* media type of the answer, for that document; NULL: HTML */
	const char *example;  /* a path that answers 200 with the first pack; the test that visits
	                         every route  uses it when the pattern has parameters */
};

/* Part of the table: the slice's array and its length. */
struct http_routes {
	const struct http_route *p;
	size_t n;
};
#define HTTP_ROUTES(array) ((struct http_routes){(array), sizeof(array) / sizeof((array)[0])})

/* Files built into the program (base/embed.h) and where they are served. */
struct http_assets {
	const struct embed_file *p;
	size_t n;
	const char *mount; /* "/assets/" */
	bool immutable;    /* under their fingerprinted name, for a year; else under their path,
	                      revalidated */
};

enum { HTTP_MOUNTS_MAX = 4 };

enum { HTTP_LANGUAGES_EVERYWHERE = 3 }; /* English, Dutch, French: the first of the languages */

/* Zero means the default in brackets. */
struct http_config {
	str listen; /* "127.0.0.1:8080", "[::1]:8080"; port 0: a free one [127.0.0.1:8080] */
	const struct http_routes *routes;
	size_t n_routes;
	struct http_assets assets[HTTP_MOUNTS_MAX];
	size_t n_assets;
	void *app; /* handed to handlers and callbacks */
	struct clock clock;
	const struct log *log; /* notices; NULL: none */
	int access_fd;         /* access log, one line per request; -1: none */
	bool log_query;        /* write the query string into the access log too [no] */
	bool secure;           /* served over TLS by a proxy: send HSTS */
	const char *const
	    *api_prefixes; /* NULL-terminated; errors below them are problem JSON [/api/ /data/] */

	/* The public snapshot. All NULL: none. acquire and release from any thread, wait-free. */
	const void *(*snapshot_acquire)(void *app);
	void (*snapshot_release)(void *app, const void *snapshot);
	uint64_t (*snapshot_generation)(void *app, const void *snapshot);
	int64_t (*snapshot_made_ms)(void *app, const void *snapshot);
	uint64_t (*current_generation)(void *app); /* of the snapshot that acquire would give */

	/* Fill res with the page for e in req->lang (status is set already). NULL: a plain page. */
	enum err_code (*error_page)(
	    struct http_request *req, const struct err *e, struct http_response *res);
	/* May the requester use routes of this role? NULL: routes with a role fail at start. */
	enum err_code (*authorize)(struct http_request *req, uint32_t role, struct err *e);
	/* More checks for /healthz: ERR_OK, or what is wrong. On a worker. NULL: none. */
	enum err_code (*health)(void *app, struct err *e);
	/* Append more metrics (Prometheus text) to out. NULL: none. */
	void (*metrics)(void *app, struct buf *out);

	const char *run_as; /* after listening, and started as root: become this user. NULL: stay */

	uint32_t loops;           /* event loop threads [2] */
	uint32_t workers;         /* threads for SLOW routes [4] */
	uint32_t bulk_workers;    /* threads for BULK routes [2] */
	uint32_t queue_max;       /* waiting requests of each of both; more: 503 with Retry-After
	                             [connections_max] */
	uint32_t wait_max_ms;     /* a SLOW request whose turn comes later gets 503 instead [10000] */
	uint32_t connections_max; /* [1000] */
	uint32_t
	    per_address_max; /* connections of one address; behind a proxy: no limit wanted [250] */
	uint32_t idle_timeout_s;    /* without a byte either way [15] */
	uint32_t header_timeout_s;  /* from the first byte of a request to its last header byte or
	                               body byte [20] */
	uint32_t stop_deadline_s;   /* running requests get this long to finish at stop [10] */
	size_t header_bytes_max;    /* request line and headers; more: 431 [16 KiB] */
	size_t request_arena_bytes; /* [8 MiB] */
	size_t response_bytes_max;  /* of res->body [16 MiB] */
	size_t cache_bytes;         /* response cache [64 MiB] */
};

/* Check the table, listen, start the threads. On failure nothing is left running. ERR_IO: address
 * in use or not allowed; ERR_INVALID: address or routes are wrong. config is copied; what it points
 * to is borrowed until stop. */
enum err_code http_server_start(
    const struct http_config *config, struct http_server **ret_server, struct err *e) WARN_UNUSED;
/* "127.0.0.1:8080": what it listens on, with the real port. Lives as long as the server. */
const char *http_server_address(const struct http_server *s);
/* Stop accepting, let running requests finish until the deadline, cut off what is left, free all.
 * Returns how many requests were cut off. NULL is allowed. */
size_t http_server_stop(struct http_server *s);
/* Block until SIGTERM or SIGINT, then return its number. The caller's other threads should be
 * started after http_signals_block(), which main calls first. */
void http_signals_block(void);
int http_signals_wait(void);
/* The server's own memory of made answers is thrown away by itself when the generation changes. */

/* ---- for handlers ---- */

/* Values of the field `name` of this route; asserts that it is declared. */
const struct http_values *http_field(const struct http_request *req, const char *name);
bool http_has(const struct http_request *req, const char *name);
/* The first value, or the default. */
str http_text(const struct http_request *req, const char *name); /* STR_NONE when absent */
int64_t http_int(const struct http_request *req, const char *name, int64_t otherwise);
bool http_bool(const struct http_request *req, const char *name, bool otherwise);
date http_date(const struct http_request *req, const char *name); /* DATE_NONE when absent */
/* Parameter i of the pattern; asserts i < n_params. */
const struct http_value *http_param(const struct http_request *req, size_t i);
/* A request header, names compared without case; STR_NONE when absent. */
str http_header(const struct http_request *req, const char *name);
/* True once the server is stopping past its deadline or the request was given up. */
bool http_request_cancelled(const struct http_request *req);

/* 303 See Other (after POST, or to choose a language) and 308 Permanent Redirect. */
enum err_code http_redirect(
    struct http_response *res, int status, str location, struct err *e) WARN_UNUSED;
/* Add a response header: name is a literal, value in arena. Refuses line breaks. */
enum err_code http_add_header(
    struct http_response *res, const char *name, str value, struct err *e) WARN_UNUSED;

/* ---- routes that the server brings itself (add them to your list) ---- */

/* GET /healthz and GET /metrics. */
struct http_routes http_own_routes(void);

/* The OpenAPI 3.1 document of all routes that have a summary, as JSON. title, version, description
 * and server_url go into its head. */
struct http_openapi_info {
	str title, version, description, server_url, licence;
};
enum err_code http_openapi(const struct http_routes *routes, size_t n_routes,
    const struct http_openapi_info *info, struct buf *out, struct err *e) WARN_UNUSED;

/* Give up privileges for good: no_new_privs, not dumpable, no core files, and in all threads no other programs (execve)
 * and none of the calls that only administrators need; when started as root and user is not NULL, become that user:
 * http_config.run_as does so between listening and starting threads. ERR_IO where the system refuses a part. Before
 * other threads are started it needs prctl() alone, behind them seccomp() too, which filters around the process may refuse. */
enum err_code http_sandbox(const char *user, struct err *e) WARN_UNUSED;
