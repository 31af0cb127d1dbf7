#pragma once
/* The answers that were made for a snapshot, ready to be sent again. Keys are a content coding and
 * a canonical target; every entry belongs to one snapshot generation, and those of another one are
 * dropped when met. Bounded in bytes; the victim is found by the clock (second chance). Safe for
 * threads: sixteen parts, each with a lock that is held for microseconds. */
#include "http/http.h"

enum { HTTP_ETAG_MAX = 80 };

/* An answer in the form that the server library sends; opaque here. */
struct http_cached {
	void *full;         /* with its content */
	void *not_modified; /* the 304 for it */
	char etag[HTTP_ETAG_MAX];
	int64_t modified_ms;
	int64_t until_ms; /* it holds before that time; 0: as long as its snapshot */
	size_t bytes; /* of the content as sent */
	size_t route; /* index, for the metrics */
	int status;
};

struct http_store;

/* release frees full and not_modified of an entry that leaves. NULL without memory. */
struct http_store *http_cache_new(size_t max_bytes, uint64_t seed, void (*release)(void *answer));
void http_cache_free(struct http_store *c);

/* Call use(ctx, entry) for the entry of coding and target while it is held; false when there is
 * none of this generation that still holds at now_ms. use must be short. */
bool http_cache_use(struct http_store *c, int coding, str target, uint64_t generation, int64_t now_ms,
    void (*use)(void *ctx, const struct http_cached *entry), void *ctx);
/* Keep entry (takes its answers, also when there is no room: they are released then). cost: bytes
 * that the entry occupies. An entry of the same key is replaced. */
void http_cache_put(struct http_store *c, int coding, str target, uint64_t generation,
    const struct http_cached *entry, size_t cost);

struct http_cache_stats {
	uint64_t hits, misses, evictions;
	size_t bytes, entries;
};
struct http_cache_stats http_cache_stats(struct http_store *c);
