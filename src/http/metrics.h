#pragma once
/* What /metrics tells: counters that any thread may raise, written as Prometheus text (exposition
 * format 0.0.4). */
#include "http/router.h"

enum http_kind {
	HTTP_KIND_FAST,
	HTTP_KIND_SLOW,
	HTTP_KIND_CACHED,
	HTTP_KIND_ASSET,
	HTTP_KIND_ERROR,
	HTTP_KINDS
};

struct http_metrics;

/* Counters for n_routes routes; in arena. NULL without memory. */
struct http_metrics *http_metrics_new(struct arena *a, size_t n_routes);
/* One answer: index of its route (n_routes: none), status, how it was made, duration, content
 * bytes. */
void http_metrics_add(struct http_metrics *m, size_t route, int status, enum http_kind kind,
    int64_t duration_us, uint64_t bytes);
void http_metrics_begin(struct http_metrics *m); /* a request has come in */
void http_metrics_end(struct http_metrics *m);
size_t http_metrics_in_flight(const struct http_metrics *m);
void http_metrics_refused(struct http_metrics *m); /* 503 because too many waited, or too long */
void http_metrics_shared(struct http_metrics *m);  /* waited for another's answer */

/* Gauges that others know. */
struct http_gauges {
	size_t connections, waiting, running;
	uint64_t cache_hits, cache_misses, cache_evictions;
	size_t cache_bytes, cache_entries;
	bool has_snapshot;
	uint64_t generation;
	double snapshot_age_s;
};
void http_metrics_write(const struct http_metrics *m, const struct http_router *r,
    const struct http_gauges *g, struct buf *out);
