#pragma once
/* Requests for an answer that is being made: they wait for it instead of making it once more. The
 * first one leads; the others are told when its answer is in the cache (or will never be). Pure
 * bookkeeping, safe for threads. */
#include "base/arena.h"
#include "base/str.h"

/* One request's part, embedded in what it belongs to, zero at first. */
struct http_flight {
	struct http_flight *next; /* in the list that http_flights_land returns */
	struct http_flight *bucket_next, *first, *last;
	str key;
	uint64_t hash, generation;
	int coding;
	bool leads;
};

struct http_flights;

/* In arena, of which it needs no end. NULL without memory. */
struct http_flights *http_flights_new(struct arena *a, uint64_t seed);
/* True: f leads, and must be landed. False: f waits for the one that leads, and is returned by its
 * landing. key is borrowed until then. */
bool http_flights_join(
    struct http_flights *all, struct http_flight *f, int coding, str key, uint64_t generation);
/* Are others waiting for what f makes? */
bool http_flights_awaited(struct http_flights *all, const struct http_flight *f);
/* End f's lead; those that waited, as a list by next, in the order they came. NULL when there are
 * none or f does not lead. */
struct http_flight *http_flights_land(struct http_flights *all, struct http_flight *f);
