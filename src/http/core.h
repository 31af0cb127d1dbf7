#pragma once
/* What the parts of the server share; private to src/http. */
#include <stdatomic.h>

#include "http/access.h"
#include "http/cache.h"
#include "http/flights.h"
#include "http/metrics.h"
#include "http/router.h"
#include "http/workers.h"

struct http_core {
	struct http_config config; /* defaults filled in */
	struct arena *arena;       /* as long as the server */
	const struct http_router *router;
	const char *const *languages;
	struct http_store *cache;
	struct http_flights *flights;
	struct http_metrics *metrics;
	struct http_access *access;          /* NULL: no access log */
	struct http_workers *workers, *bulk; /* for SLOW and BULK routes */
	atomic_bool stopping;                /* no new connections; answers close theirs */
	atomic_bool cancelled;               /* past the deadline: handlers may look */
	size_t (*connections)(void *ctx);    /* open now */
	void *connections_ctx;
};

/* Content as one of four, headers as text: what server.c turns into the library's form. */
enum { HTTP_ANSWER_HEADERS_MAX = 32 };

struct http_answer_header {
	const char *name, *value;
};

struct http_puller;

struct http_answer {
	int status;
	struct http_answer_header
	    headers[HTTP_ANSWER_HEADERS_MAX]; /* values in the request's arena */
	size_t n_headers;
	struct buf owned; /* content made for this answer */
	str bytes;        /* content: in owned, or borrowed for the request's life */
	int fd;           /* or a file, -1 none */
	uint64_t fd_bytes;
	struct http_puller *puller; /* or a stream; its length 0: unknown */
	uint64_t stream_bytes;
	bool not_modified; /* the client has it: send 304 and no content */
	char etag[HTTP_ETAG_MAX];
	int64_t modified_ms;
	int64_t until_ms; /* kept no longer than that; 0: as long as the snapshot */
	bool keep; /* may be kept for others until the snapshot changes */
};

void http_answer_free(struct http_answer *a);

/* Fill in the defaults and make the parts that need no thread: router, cache, metrics, access log.
 * release frees an answer of the cache. On failure what was made is the caller's to free. */
enum err_code http_core_init(struct http_core *core, const struct http_config *config,
    void (*release)(void *answer), struct err *e) WARN_UNUSED;
