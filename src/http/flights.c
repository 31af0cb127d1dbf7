#include "http/flights.h"

#include <pthread.h>

#include "base/hash.h"

enum { BUCKETS = 256 }; /* leaders are about as many as workers and places in their queue */

struct http_flights {
	pthread_mutex_t lock;
	uint64_t seed;
	struct http_flight *buckets[BUCKETS];
};

static void end_lock(void *lock)
{
	(void)pthread_mutex_destroy(lock);
}

struct http_flights *http_flights_new(struct arena *a, uint64_t seed)
{
	struct http_flights *all = ARENA_NEW(a, struct http_flights);
	if (!all)
		return NULL;
	all->seed = seed;
	(void)pthread_mutex_init(&all->lock, NULL);
	return arena_cleanup(a, end_lock, &all->lock) ? all : NULL;
}

static bool same(const struct http_flight *a, const struct http_flight *b)
{
	return a->hash == b->hash && a->coding == b->coding && a->generation == b->generation &&
	       str_eq(a->key, b->key);
}

bool http_flights_join(
    struct http_flights *all, struct http_flight *f, int coding, str key, uint64_t generation)
{
	*f = (struct http_flight){.key = key,
	    .hash = hash_bytes(key, all->seed + (uint64_t)coding),
	    .generation = generation,
	    .coding = coding};
	struct http_flight **bucket = &all->buckets[f->hash % BUCKETS];
	(void)pthread_mutex_lock(&all->lock);
	struct http_flight *leader = *bucket;
	while (leader && !same(leader, f))
		leader = leader->bucket_next;
	if (!leader) {
		f->leads = true;
		f->bucket_next = *bucket;
		*bucket = f;
	} else if (leader->last) {
		leader->last->next = f;
		leader->last = f;
	} else {
		leader->first = leader->last = f;
	}
	(void)pthread_mutex_unlock(&all->lock);
	/* not f->leads: a waiter may be landed, and gone, by now */
	return !leader;
}

bool http_flights_awaited(struct http_flights *all, const struct http_flight *f)
{
	(void)pthread_mutex_lock(&all->lock);
	bool awaited = f->first != NULL;
	(void)pthread_mutex_unlock(&all->lock);
	return awaited;
}

struct http_flight *http_flights_land(struct http_flights *all, struct http_flight *f)
{
	if (!f->leads)
		return NULL;
	(void)pthread_mutex_lock(&all->lock);
	struct http_flight **link = &all->buckets[f->hash % BUCKETS];
	while (*link != f)
		link = &(*link)->bucket_next;
	*link = f->bucket_next;
	struct http_flight *waiting = f->first;
	f->first = f->last = f->bucket_next = NULL;
	f->leads = false;
	(void)pthread_mutex_unlock(&all->lock);
	return waiting;
}
