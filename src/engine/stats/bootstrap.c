/* Ratios and bootstrap intervals; method and sources in stats.h. */
#include "engine/stats/stats.h"

#include <math.h>

bool stats_ratio(const double *num, const double *den, size_t n, double *ret_ratio, size_t *ret_n)
{
	double over = 0, under = 0;
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		if (isnan(num[i]) || isnan(den[i]))
			continue;
		if (den[i] < 0)
			return false;
		over += num[i];
		under += den[i];
		used++;
	}
	if (!(under > 0) || !isfinite(over / under))
		return false;
	*ret_ratio = over / under;
	if (ret_n)
		*ret_n = used;
	return true;
}

uint64_t stats_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* 0 to n - 1, each as likely as the next: the upper half of a product, refusing the few lower halves that would favour some. */
static uint32_t below(uint64_t *state, uint32_t n)
{
	for (;;) {
		uint64_t product = (stats_random(state) >> 32) * n;
		if ((uint32_t)product >= n || (uint32_t)product >= (uint32_t)-n % n)
			return (uint32_t)(product >> 32);
	}
}

struct pair {
	double v, den;
};

static int by_value(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->v > y->v || x->v < y->v)
		return x->v < y->v ? -1 : 1;
	return (x->den > y->den) - (x->den < y->den);
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

struct sample {
	enum stats_estimate what;
	const struct pair *known; /* ascending */
	uint32_t n;
	uint32_t *times; /* scratch: how often each was drawn */
};

/* The value at place `at` of the drawn ones in order. */
static double drawn_at(const struct sample *s, size_t at)
{
	size_t seen = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		seen += s->times[i];
		if (seen > at)
			return s->known[i].v;
	}
	return s->known[s->n - 1].v;
}

/* Of what s->times says. NAN: the drawn pairs have no ratio. */
static double estimate(const struct sample *s)
{
	double over = 0, under = 0;
	if (s->what == STATS_MEDIAN) {
		double upper = drawn_at(s, s->n / 2);
		return s->n % 2 == 1 ? upper : drawn_at(s, s->n / 2 - 1) / 2 + upper / 2;
	}
	for (uint32_t i = 0; i < s->n; i++) {
		over += s->times[i] * s->known[i].v;
		under += s->times[i] * s->known[i].den;
	}
	return under > 0 ? over / under : (double)NAN;
}

/* Estimates of `rounds` draws into made; those without one are left out. */
static size_t draw(const struct sample *s, unsigned rounds, uint64_t seed, double *made)
{
	size_t n = 0;
	for (unsigned round = 0; round < rounds; round++) {
		memset(s->times, 0, s->n * sizeof *s->times);
		for (uint32_t i = 0; i < s->n; i++)
			s->times[below(&seed, s->n)]++;
		double x = estimate(s);
		if (!isnan(x))
			made[n++] = x;
	}
	qsort(made, n, sizeof *made, by_number);
	return n;
}

static double deviation(const double *v, size_t n)
{
	double mean = 0, squares = 0;
	for (size_t i = 0; i < n; i++)
		mean += v[i] / (double)n;
	for (size_t i = 0; i < n; i++)
		squares += (v[i] - mean) * (v[i] - mean);
	return n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
}

enum err_code stats_bootstrap(enum stats_estimate what, const double *v, const double *den, size_t n, unsigned rounds, uint64_t seed,
    struct arena *a, struct stats_bootstrap *ret_b, struct err *e)
{
	if (n > STATS_BOOTSTRAP_VALUES_MAX)
		return fail(e, ERR_LIMIT, "stats.bootstrap", "more than %d values (STATS_BOOTSTRAP_VALUES_MAX)", STATS_BOOTSTRAP_VALUES_MAX);
	struct pair *known = ARENA_ARRAY(a, n, struct pair);
	uint32_t *times = ARENA_ARRAY(a, n, uint32_t);
	double *made = ARENA_ARRAY(a, rounds, double);
	if (!known || !times || !made)
		return arena_fail(a, e);
	struct sample s = {what, known, 0, times};
	for (size_t i = 0; i < n; i++) {
		double d = what == STATS_RATIO ? den[i] : 1;
		if (isnan(v[i]) || isnan(d))
			continue;
		if (d < 0)
			return fail(e, ERR_NOT_FOUND, "stats.ratio", "a denominator is negative");
		known[s.n] = (struct pair){v[i], d};
		times[s.n++] = 1;
	}
	if (s.n < 2)
		return fail(e, ERR_NOT_FOUND, "stats.few", "fewer than two values are known");
	qsort(known, s.n, sizeof *known, by_value);
	double whole = estimate(&s);
	if (isnan(whole))
		return fail(e, ERR_NOT_FOUND, "stats.ratio", "the denominators do not add up to more than zero");
	size_t made_n = draw(&s, rounds, seed, made);
	if (made_n == 0)
		return fail(e, ERR_NOT_FOUND, "stats.ratio", "no draw has a ratio");
	*ret_b = (struct stats_bootstrap){whole, stats_quantile_sorted(made, made_n, .025), stats_quantile_sorted(made, made_n, .975),
	    deviation(made, made_n), s.n, rounds, seed};
	return ERR_OK;
}
