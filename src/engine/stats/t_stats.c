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

/* Cochran, Sampling Techniques (1977), table 6.1: inhabitants (thousands) of 49 cities, 6,262 in 1930 and 5,054 in 1920 in all, the
 * ratio 1.239; and the hormone patches of Efron and Tibshirani (1993), table 10.1: -0.0713. */
static const double patch_z[] = {8406, 2342, 8187, 8459, 4795, 3516, 4796, 10238},
		    patch_y[] = {-1200, 2601, -2705, 1982, -1290, 351, -638, -2719};

static void test_ratio(void **state)
{
	(void)state;
	double ratio, totals[] = {6262}, before[] = {5054}, some[] = {NAN, 10, 5, 1}, under[] = {3, NAN, 2, 1}, bad[] = {-1}, zero[] = {0};
	size_t n;
	assert_true(stats_ratio(totals, before, 1, &ratio, NULL));
	near(ratio, 1.239, .0005);
	assert_true(stats_ratio(patch_y, patch_z, 8, &ratio, &n));
	near(ratio, -.0713, .00005);
	assert_int_equal(n, 8);
	assert_true(stats_ratio(some, under, 4, &ratio, &n)); /* only 5 of 2 and 1 of 1 */
	near(ratio, 2, 0);
	assert_int_equal(n, 2);
	assert_false(stats_ratio(totals, bad, 1, &ratio, NULL));
	assert_false(stats_ratio(totals, zero, 1, &ratio, NULL));
	assert_false(stats_ratio(NULL, NULL, 0, &ratio, NULL));
}

/* The first numbers of the authors' program for the seed 1234567. */
static void test_generator(void **state)
{
	(void)state;
	static const uint64_t published[] = {
	    6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u, 16408922859458223821u};
	uint64_t seed = 1234567;
	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		assert_true(stats_random(&seed) == published[i]);
}

/* Days that the seven treated mice lived: Efron and Tibshirani (1993), table 2.1, whose table 2.2 has the standard errors for ever more
 * rounds: 23.36 of the mean, 37.83 of the median. Theirs for the ratio of the patches is 0.105 with 400 rounds. */
static void test_bootstrap_published(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 24);
	struct err e = {0};
	struct stats_bootstrap b;
	double mice[] = {94, 197, 16, 38, 99, 141, 23};
	assert_ok(stats_bootstrap(STATS_MEAN, mice, NULL, 7, 100000, 1, a, &b, &e), &e);
	near(b.estimate, 86.857, .0005);
	near(b.se, 23.36, .15);
	assert_ok(stats_bootstrap(STATS_MEDIAN, mice, NULL, 7, 100000, 1, a, &b, &e), &e);
	near(b.estimate, 94, 0);
	near(b.se, 37.83, .3);
	assert_ok(stats_bootstrap(STATS_RATIO, patch_y, patch_z, 8, 100000, 1, a, &b, &e), &e);
	near(b.estimate, -.0713, .00005);
	near(b.se, .105, .005);
}

/* The median of seven drawn with replacement is the i-th value with a probability that can be written down (Efron 1979, section 3):
 * P(median > x(i)) = P(Binomial(7, i/7) <= 3). Below 0.025 lies the first value (0.0102), so the interval runs from the second
 * to the sixth. */
static void test_bootstrap_exact(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 24);
	struct err e = {0};
	struct stats_bootstrap b;
	double mice[] = {94, 197, 16, 38, 99, 141, 23}, lowest = 0;
	for (int drawn = 4; drawn <= 7; drawn++) { /* the first value drawn at least four times in seven */
		static const double choose[] = {1, 7, 21, 35, 35, 21, 7, 1};
		lowest += choose[drawn] * pow(1 / 7., drawn) * pow(6 / 7., 7 - drawn);
	}
	assert_true(lowest < .025);
	assert_ok(stats_bootstrap(STATS_MEDIAN, mice, NULL, 7, STATS_BOOTSTRAP_ROUNDS, STATS_BOOTSTRAP_SEED, a, &b, &e), &e);
	near(b.lo, 23, 0);
	near(b.hi, 141, 0);
	assert_int_equal(b.n, 7);
	assert_int_equal(b.seed, STATS_BOOTSTRAP_SEED);
}

/* The same seed gives the same interval whatever the order of the values; missing ones make no difference; values all alike have an
 * interval of no width; too few or no ratio are said. */
static void test_bootstrap_properties(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 24);
	struct err e = {0};
	struct stats_bootstrap x, y;
	double v[] = {5, 1, 9, 4, 4, 12}, w[] = {NAN, 12, 4, 9, NAN, 5, 1, 4}, alike[] = {3, 3, 3}, one[] = {1, NAN};
	for (enum stats_estimate what = STATS_MEAN; what <= STATS_MEDIAN; what++) {
		assert_ok(stats_bootstrap(what, v, NULL, 6, 500, 7, a, &x, &e), &e);
		assert_ok(stats_bootstrap(what, w, NULL, 8, 500, 7, a, &y, &e), &e);
		near(y.lo, x.lo, 0);
		near(y.hi, x.hi, 0);
		near(y.se, x.se, 0);
		assert_int_equal(y.n, 6);
		assert_true(x.lo <= x.estimate && x.estimate <= x.hi && x.lo >= 1 && x.hi <= 12);
		assert_ok(stats_bootstrap(what, v, NULL, 6, 500, 8, a, &y, &e), &e);
		assert_true(x.se < y.se || x.se > y.se); /* another seed, other draws */
	}
	assert_ok(stats_bootstrap(STATS_MEAN, alike, NULL, 3, 500, 7, a, &x, &e), &e);
	near(x.hi - x.lo, 0, 1e-12);
	assert_int_equal(stats_bootstrap(STATS_MEAN, one, NULL, 2, 500, 7, a, &x, &e), ERR_NOT_FOUND);
	double zero[] = {0, 0}, num[] = {1, 2}, bad[] = {1, -1};
	assert_int_equal(stats_bootstrap(STATS_RATIO, num, zero, 2, 500, 7, a, &x, &e), ERR_NOT_FOUND);
	assert_int_equal(stats_bootstrap(STATS_RATIO, num, bad, 2, 500, 7, a, &x, &e), ERR_NOT_FOUND);
	assert_int_equal(stats_bootstrap(STATS_MEAN, v, NULL, STATS_BOOTSTRAP_VALUES_MAX + 1, 1, 7, a, &x, &e), ERR_LIMIT);
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
	    cmocka_unit_test(test_ratio),
	    cmocka_unit_test(test_generator),
	    cmocka_unit_test(test_bootstrap_published),
	    cmocka_unit_test(test_bootstrap_exact),
	    cmocka_unit_test(test_bootstrap_properties),
	    cmocka_unit_test(test_properties),
	};
	return test_run(tests);
}
