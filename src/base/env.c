#include "base/env.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

static int64_t system_now(void *ctx)
{
	(void)ctx;
	struct timespec t;
	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct clock clock_system(void)
{
	return (struct clock){system_now, NULL};
}

static void system_fill(void *ctx, void *dst, size_t n)
{
	(void)ctx;
	randombytes_buf(dst, n);
}

struct rng rng_system(void)
{
	return (struct rng){system_fill, NULL};
}

static int64_t fixed_now(void *ctx)
{
	return *(int64_t *)ctx;
}

struct clock clock_fixed(int64_t *ms)
{
	return (struct clock){fixed_now, ms};
}

static uint64_t splitmix(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15ULL);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static void seeded_fill(void *ctx, void *dst, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t v = splitmix(ctx);
		memcpy((char *)dst + i, &v, n - i < 8 ? n - i : 8);
	}
}

struct rng rng_seeded(uint64_t *seed)
{
	return (struct rng){seeded_fill, seed};
}

uint64_t rng_next_u64(const struct rng *r)
{
	uint64_t v;
	r->fill(r->ctx, &v, sizeof v);
	return v;
}
