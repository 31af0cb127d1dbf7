/* Statistics against published values. */
#include "base/env.h"
#include "base/test.h"
#include "engine/stats/stats.h"

#include <math.h>

static void near(double got, double want, double within)
{
	if (!(fabs(got - want) <= within))
		fail_msg("got %.8f, want %.8f", got, want);
}

/* Type 7 of 1..10 and of the first odd and even cases by hand: position (n - 1)q. */
static void test_quartiles(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	struct stats_five five;
	struct err e = {0};
	double ten[] = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, one[] = {7}, two[] = {4, 2};
	assert_ok(stats_five(ten, 10, a, &five, &e), &e);
	near(five.q1, 3.25, 1e-12);
	near(five.median, 5.5, 1e-12);
	near(five.q3, 7.75, 1e-12);
	near(five.min, 1, 0);
	near(five.max, 10, 0);
	assert_ok(stats_five(one, 1, a, &five, &e), &e);
	near(five.q1, 7, 0);
	near(five.q3, 7, 0);
	assert_ok(stats_five(two, 2, a, &five, &e), &e);
	near(five.q1, 2.5, 1e-12);
	near(five.median, 3, 1e-12);
}

/* What is not known is neither zero nor counted. */
static void test_missing_is_left_out(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	struct stats_five five;
	struct err e = {0};
	double v[] = {NAN, 3, NAN, 1, 2}, none[] = {NAN, NAN};
	assert_ok(stats_five(v, 5, a, &five, &e), &e);
	assert_int_equal(five.n, 3);
	near(five.median, 2, 0);
	assert_int_equal(stats_five(none, 2, a, &five, &e), ERR_NOT_FOUND);
	assert_int_equal(stats_five(NULL, 0, a, &five, &e), ERR_NOT_FOUND);
}

/* Table I of Newcombe (1998), method 3: 81/263, 15/148, 0/20, 1/29. */
static void test_wilson(void **state)
{
	(void)state;
	static const struct {
		uint64_t k, n;
		double lo, hi;
	} published[] = {{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605},
	    {0, 20, 0.0000, 0.1611}, {1, 29, 0.0061, 0.1718}};
	struct stats_share s;
	for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
		assert_true(stats_share(published[i].k, published[i].n, &s));
		near(s.lo, published[i].lo, 0.00005);
		near(s.hi, published[i].hi, 0.00005);
	}
	assert_false(stats_share(0, 0, &s));
	assert_false(stats_share(2, 1, &s));
}

/* The worked example of the U.S. Department of Justice's page on the index: 30, 30, 20 and 20 per
 * cent give 2,600. */
static void test_herfindahl(void **state)
{
	(void)state;
	double doj[] = {30, 30, 20, 20}, alike[] = {5, 5, NAN, 5, 5, 5}, bad[] = {1, -1},
	       zero[] = {0, 0};
	double h;
	assert_true(stats_herfindahl(doj, 4, &h));
	near(h * 10000, 2600, 1e-6);
	assert_true(stats_herfindahl(alike, 6, &h));
	near(h, .2, 1e-12);
	assert_false(stats_herfindahl(bad, 2, &h));
	assert_false(stats_herfindahl(zero, 2, &h));
	assert_false(stats_herfindahl(NULL, 0, &h));
}

static void test_top_share(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	struct err e = {0};
	double v[] = {1, 4, 2, NAN, 3}, share;
	assert_ok(stats_top_share(v, 5, 2, a, &share, &e), &e);
	near(share, .7, 1e-12);
	assert_ok(stats_top_share(v, 5, 99, a, &share, &e), &e);
	near(share, 1, 1e-12);
	assert_int_equal(stats_top_share(v, 0, 2, a, &share, &e), ERR_NOT_FOUND);
}

/* Random samples: order does not matter, quartiles ascend and lie between the extremes, bounds hold
 * the share. */
static void test_properties(void **state)
{
	(void)state;
	uint64_t seed = 20121124;
	struct rng r = rng_seeded(&seed);
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 500; round++) {
		AUTO_ARENA a = arena_new(1 << 20);
		double v[40], w[40];
		size_t n = 1 + rng_next_u64(&r) % 40;
		struct stats_five x, y;
		struct err e = {0};
		for (size_t i = 0; i < n; i++)
			v[i] = (double)(rng_next_u64(&r) % 1000) - 500;
		for (size_t i = 0; i < n; i++)
			w[i] = v[n - 1 - i];
		assert_ok(stats_five(v, n, a, &x, &e), &e);
		assert_ok(stats_five(w, n, a, &y, &e), &e);
		assert_memory_equal(&x, &y, sizeof x);
		assert_true(x.min <= x.q1 && x.q1 <= x.median && x.median <= x.q3 && x.q3 <= x.max);
		struct stats_share s;
		assert_true(stats_share(rng_next_u64(&r) % (n + 1), n, &s));
		assert_true(s.lo <= s.share && s.share <= s.hi && s.lo >= 0 && s.hi <= 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_quartiles),
	    cmocka_unit_test(test_missing_is_left_out),
	    cmocka_unit_test(test_wilson),
	    cmocka_unit_test(test_herfindahl),
	    cmocka_unit_test(test_top_share),
	    cmocka_unit_test(test_properties),
	};
	return test_run(tests);
}
