#include "http/cache.h"

#include <pthread.h>

#include "base/hash.h"
#include "base/mem.h"

enum {
	PARTS = 16,
	BUCKETS = 1024,        /* of one part */
	ENTRY_SHARE = 4,       /* one entry may take this part of a part's bytes */
	ENTRY_OVERHEAD = 1024, /* library's own bytes for two answers, roughly */
};

struct entry {
	struct entry *next;                  /* in the bucket */
	struct entry *ring_next, *ring_prev; /* all entries of the part */
	uint64_t hash, generation;
	size_t cost;
	struct http_cached it;
	int coding;
	bool used; /* since the hand last passed */
	size_t n;
	char target[];
};

struct part {
	pthread_mutex_t lock;
	struct entry *buckets[BUCKETS];
	struct entry *hand; /* NULL when empty */
	size_t bytes, entries;
	uint64_t hits, misses, evictions;
};

struct http_store {
	size_t part_bytes;
	uint64_t seed;
	void (*release)(void *answer);
	struct part parts[PARTS];
};

struct http_store *http_cache_new(size_t max_bytes, uint64_t seed, void (*release)(void *answer))
{
	struct http_store *c = mem_alloc(sizeof *c);
	if (!c)
		return NULL;
	memset(c, 0, sizeof *c);
	c->part_bytes = max_bytes / PARTS;
	c->seed = seed;
	c->release = release;
	for (size_t i = 0; i < PARTS; i++)
		(void)pthread_mutex_init(&c->parts[i].lock, NULL);
	return c;
}

static void release_entry(const struct http_store *c, const struct http_cached *it)
{
	if (it->full)
		c->release(it->full);
	if (it->not_modified)
		c->release(it->not_modified);
}

static struct entry **find_link(struct part *p, uint64_t hash, int coding, str target)
{
	struct entry **link = &p->buckets[(hash >> 8) % BUCKETS];
	while (*link && ((*link)->hash != hash || (*link)->coding != coding ||
	                    !str_eq((str){(*link)->target, (*link)->n}, target)))
		link = &(*link)->next;
	return link;
}

static void ring_add(struct part *p, struct entry *e)
{
	if (!p->hand) {
		e->ring_next = e->ring_prev = e;
		p->hand = e;
		return;
	}
	e->ring_next = p->hand; /* just behind the hand: the last to be looked at */
	e->ring_prev = p->hand->ring_prev;
	e->ring_prev->ring_next = e;
	p->hand->ring_prev = e;
}

static void drop(struct http_store *c, struct part *p, struct entry **link)
{
	struct entry *e = *link;
	*link = e->next;
	if (e->ring_next == e) {
		p->hand = NULL;
	} else {
		e->ring_prev->ring_next = e->ring_next;
		e->ring_next->ring_prev = e->ring_prev;
		if (p->hand == e)
			p->hand = e->ring_next;
	}
	p->bytes -= e->cost;
	p->entries--;
	release_entry(c, &e->it);
	mem_free(e);
}

void http_cache_free(struct http_store *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < PARTS; i++) {
		struct part *p = &c->parts[i];
		while (p->hand)
			drop(c, p,
			    find_link(p, p->hand->hash, p->hand->coding,
			        (str){p->hand->target, p->hand->n}));
		(void)pthread_mutex_destroy(&p->lock);
	}
	mem_free(c);
}

/* Entries of older snapshots go first; they can never be used again. */
static void make_room(struct http_store *c, struct part *p, size_t need, uint64_t generation)
{
	while (p->hand && p->bytes + need > c->part_bytes) {
		struct entry *e = p->hand;
		if (e->used && e->generation == generation) {
			e->used = false;
			p->hand = e->ring_next;
			continue;
		}
		drop(c, p, find_link(p, e->hash, e->coding, (str){e->target, e->n}));
		p->evictions++;
	}
}

static uint64_t hash_of(const struct http_store *c, int coding, str target)
{
	return hash_bytes(target, c->seed + (uint64_t)coding);
}

bool http_cache_use(struct http_store *c, int coding, str target, uint64_t generation, int64_t now_ms,
    void (*use)(void *ctx, const struct http_cached *entry), void *ctx)
{
	uint64_t hash = hash_of(c, coding, target);
	struct part *p = &c->parts[hash % PARTS];
	(void)pthread_mutex_lock(&p->lock);
	struct entry **link = find_link(p, hash, coding, target);
	bool hit = *link && (*link)->generation == generation &&
	           (!(*link)->it.until_ms || now_ms < (*link)->it.until_ms);
	if (hit) {
		(*link)->used = true;
		p->hits++;
		use(ctx, &(*link)->it);
	} else {
		if (*link)
			drop(c, p, link);
		p->misses++;
	}
	(void)pthread_mutex_unlock(&p->lock);
	return hit;
}

void http_cache_put(struct http_store *c, int coding, str target, uint64_t generation,
    const struct http_cached *entry, size_t cost)
{
	size_t need = cost + target.n + sizeof(struct entry) + ENTRY_OVERHEAD;
	struct entry *e =
	    need <= c->part_bytes / ENTRY_SHARE ? mem_alloc(sizeof *e + target.n) : NULL;
	if (!e) {
		release_entry(c, entry);
		return;
	}
	uint64_t hash = hash_of(c, coding, target);
	*e = (struct entry){.hash = hash,
	    .generation = generation,
	    .cost = need,
	    .it = *entry,
	    .coding = coding,
	    .n = target.n};
	memcpy(e->target, target.p, target.n);
	struct part *p = &c->parts[hash % PARTS];
	(void)pthread_mutex_lock(&p->lock);
	struct entry **link = find_link(p, hash, coding, target);
	if (*link)
		drop(c, p, link);
	make_room(c, p, need, generation);
	link = &p->buckets[(hash >> 8) % BUCKETS];
	e->next = *link;
	*link = e;
	ring_add(p, e);
	p->bytes += need;
	p->entries++;
	(void)pthread_mutex_unlock(&p->lock);
}

struct http_cache_stats http_cache_stats(struct http_store *c)
{
	struct http_cache_stats s = {0};
	for (size_t i = 0; i < PARTS; i++) {
		struct part *p = &c->parts[i];
		(void)pthread_mutex_lock(&p->lock);
		s.hits += p->hits;
		s.misses += p->misses;
		s.evictions += p->evictions;
		s.bytes += p->bytes;
		s.entries += p->entries;
		(void)pthread_mutex_unlock(&p->lock);
	}
	return s;
}
