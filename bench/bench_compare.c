/* Microseconds for a question about a corridor of 75 and of 800 offers with four steps each: ranked, and ranked
 * with every derived figure; and the size of 120,000 offers with eight steps. */
#include <time.h>

#include "base/env.h"
#include "engine/compare/compare.h"

enum { LARGE = 800, STEPS = 4, ROUNDS = 2001, ALL_OFFERS = 120000, ALL_STEPS = 8 };

static double now_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static uint32_t below(uint64_t *seed, uint32_t n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (uint32_t)(*seed % n);
}

static void fill(struct compare_offer *o, struct compare_tier *t, uint32_t n)
{
	uint64_t seed = 2012;
	for (uint32_t i = 0; i < n; i++) {
		o[i] = (struct compare_offer){.rate = 6700000 + below(&seed, 330000), .rate_scale = 5, .id = i, .provider = i / 4,
		    .tiers = i * STEPS, .n_tiers = STEPS, .fee_model = (uint8_t)(1 + below(&seed, 2)),
		    .margin = COMPARE_MARGIN_MEASURED, .flags = COMPARE_LICENSED | (below(&seed, 3) ? 0 : COMPARE_BUSINESS_DAYS),
		    .latest = (int32_t)below(&seed, 7200), .pay_in = 1, .payout = 1, .dependable_ppm = -1, .distance_m = -1};
		int64_t upto = 0;
		for (uint32_t k = 0; k < STEPS; k++) {
			upto += 5000 + below(&seed, 20000);
			t[i * STEPS + k] = (struct compare_tier){k + 1 == STEPS ? 1000000 : upto, (int32_t)below(&seed, 900),
			    (int32_t)below(&seed, 20000), 0, 0};
		}
	}
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

struct bench {
	struct compare_offer offers[LARGE];
	struct compare_tier tiers[LARGE * STEPS];
	struct compare_row rows[LARGE];
	double us[ROUNDS];
	int64_t sink;
};

static double median(struct bench *b, size_t n, bool figures)
{
	struct compare_pair pair = {2, 2, true, {70356, 3}};
	struct compare_calendar week = {0x60, NULL, 0};
	struct err e;
	for (int i = 0; i < ROUNDS; i++) {
		struct compare_question q = {.amount = 14000 + i, .from = &week, .to = &week, .ages = compare_ages_usual};
		double start = now_us();
		struct arena *a = arena_new(1 << 20);
		size_t ranked = 0;
		if (!a || compare_rank(b->offers, n, b->tiers, &pair, &q, a, b->rows, &ranked, &e) != ERR_OK || ranked == 0)
			return -1;
		for (size_t k = 0; figures && k < ranked; k++)
			b->sink += compare_figures(&b->offers[b->rows[k].offer], &pair, &b->rows[k].quote).effective_ppm;
		arena_free(a);
		b->us[i] = now_us() - start;
	}
	qsort(b->us, ROUNDS, sizeof *b->us, by_time);
	return b->us[ROUNDS / 2];
}

int main(void)
{
	static struct bench b;
	fill(b.offers, b.tiers, LARGE);
	printf("| 75 offers, ranked (target 5 µs) | %.1f µs |\n", median(&b, 75, false));
	printf("| 75 offers, ranked, every figure | %.1f µs |\n", median(&b, 75, true));
	printf("| 800 offers, ranked (target 60 µs) | %.1f µs |\n", median(&b, LARGE, false));
	printf("| 800 offers, ranked, every figure | %.1f µs |\n", median(&b, LARGE, true));
	printf("| 120,000 offers of 8 steps (limit 64 MB) | %.1f MB |\n",
	    ALL_OFFERS * (sizeof(struct compare_offer) + ALL_STEPS * sizeof(struct compare_tier)) / 1e6);
	return b.sink == 0;
}
