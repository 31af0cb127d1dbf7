#pragma once
/* What a pure function must not have: the time and chance. Built in main and handed down, so that
 * tests can fix them. */
#include <stddef.h>
#include <stdint.h>

struct clock {
	int64_t (*now_ms)(void *ctx); /* UTC milliseconds since 1970 */
	void *ctx;
};

struct rng {
	void (*fill)(void *ctx, void *dst, size_t n);
	void *ctx;
};

static inline int64_t clock_now_ms(const struct clock *c)
{
	return c->now_ms(c->ctx);
}

/* The real ones: CLOCK_REALTIME, and the system's random source. */
struct clock clock_system(void);
struct rng rng_system(void);

/* For tests: a clock that stands still at *ms, and a repeatable generator over *seed (splitmix64). */
struct clock clock_fixed(int64_t *ms);
struct rng rng_seeded(uint64_t *seed);
uint64_t rng_next_u64(const struct rng *r);
