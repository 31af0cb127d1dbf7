#pragma once
/* The public snapshot: one immutable picture of the public data, exchanged atomically. Readers acquire and
 * release it without a lock and never wait; the old one is freed when its last reader is done. */
#include "db/db.h"
#include "feat/site/public.h"

struct snapshots;

/* pool is borrowed. No snapshot is loaded yet. */
enum err_code snapshots_new(struct db_pool *pool, struct clock clock, struct snapshots **ret_s,
    struct err *e) WARN_UNUSED;
/* All snapshots must have been released. NULL is allowed. */
void snapshots_free(struct snapshots *s);

/* Load the data from the database and make them current. On failure the current snapshot stays. */
enum err_code snapshots_load(struct snapshots *s, struct err *e) WARN_UNUSED;
/* True when the database's event chains have moved on since the current snapshot was loaded. */
enum err_code snapshots_stale(struct snapshots *s, bool *ret_stale, struct err *e) WARN_UNUSED;

/* Any thread, wait-free. Never NULL after the first successful load. */
const struct public_view *snapshots_acquire(struct snapshots *s);
void snapshots_release(struct snapshots *s, const struct public_view *view);
/* Counts loads: 1 for the first. */
uint64_t snapshots_generation(const struct public_view *view);
uint64_t snapshots_current_generation(const struct snapshots *s);
/* Seconds that the last load took, and its bytes. */
void snapshots_last_load(const struct snapshots *s, int64_t *ret_ms, size_t *ret_bytes);
