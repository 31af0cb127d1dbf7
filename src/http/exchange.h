#pragma once
/* One request and its answer, without the server library: checked, routed, run, answered. The order
 * of calls: new, begin, (body pieces), ready, then run (or an answer from the cache), free. */
#include "http/answer.h"
#include "http/flights.h"

enum http_next {
	HTTP_NEXT_ANSWER,  /* x->answer is made */
	HTTP_NEXT_BODY,    /* the body, if any, comes now */
	HTTP_NEXT_FAST,    /* run it here */
	HTTP_NEXT_SLOW,    /* run it on a worker */
	HTTP_NEXT_GIVE_UP, /* no memory even for an error page: close */
};

struct http_exchange {
	struct http_job job;
	struct http_core *core;
	void *connection; /* the server library's */
	struct http_request req;
	struct arena *arena; /* NULL before begin */
	struct buf body;     /* of the request */
	struct http_answer answer;
	enum http_coding coding; /* what the client prefers of what we make */
	size_t route;            /* index; the number of routes when there is none */
	enum http_kind kind;
	int64_t begin_ns;    /* monotonic */
	uint64_t generation; /* of the snapshot acquired */
	int64_t snapshot_ms;
	int status; /* as sent; 0 before */
	uint64_t bytes;
	bool has_answer, close, counted, cut_off;
	bool waits;                /* a worker has it */
	bool host_optional;        /* HTTP/1.0 */
	struct http_flight flight; /* with others that ask for the same */
	bool woken;                /* it waited for one that made the same answer */
	int64_t queued_ns;         /* monotonic; when it went to the workers */
	enum err_code pull_failed;
	const char *method; /* as sent; borrowed from the library */
	size_t n_raw;
	char raw[]; /* the target as sent, with a NUL */
};

/* NULL without memory. raw is copied, cut to HTTP_TARGET_MAX_BYTES + 1. */
struct http_exchange *http_exchange_new(struct http_core *core, const char *raw);
void http_exchange_free(struct http_exchange *x);
str http_exchange_raw(const struct http_exchange *x);

/* Headers are in; header_bytes is their size on the wire. Headers are borrowed for the exchange's
 * life. */
enum http_next http_exchange_begin(struct http_exchange *x, const char *method,
    const struct http_header *headers, size_t n_headers, size_t header_bytes);
/* The arena, made when there is none yet; NULL without memory. */
struct arena *http_exchange_arena(struct http_exchange *x);
/* False for a header that RFC 9112 (3.2, 5.1) and RFC 9110 (5.5) tell a server to refuse: white space in
 * or behind its name, a NUL in its value, a Host that is none. */
bool http_header_is_plain(str name, str value);
/* A piece of the body; false when it is more than the route takes: answer, then close. */
bool http_exchange_body(struct http_exchange *x, str piece);
/* The body is complete. */
enum http_next http_exchange_ready(struct http_exchange *x);
/* Run the handler and make x->answer. HTTP_NEXT_ANSWER or HTTP_NEXT_GIVE_UP. */
enum http_next http_exchange_run(struct http_exchange *x);
/* Make x->answer the answer to e instead. */
enum http_next http_exchange_fail(struct http_exchange *x, const struct err *e);
/* The key of this answer in the cache; false when it may not come from there. */
bool http_exchange_key(const struct http_exchange *x, str *ret_target);
