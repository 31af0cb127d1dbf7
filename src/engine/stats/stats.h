#pragma once
/* Descriptive statistics for the evaluation: functions from numbers to numbers. A value that is not
 * known is NaN and is left out, never counted as zero; what cannot be computed is false, never NaN.
 */
#include "base/arena.h"

/* Quantile q (0 to 1) of n ascending, known values by linear interpolation at (n - 1)q: definition
 * 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50
 * (1996) 361-365; what R, NumPy and spreadsheets (QUARTILE.INC) give. n > 0. */
double stats_quantile_sorted(const double *v, size_t n, double q);

struct stats_five {
	double min, q1, median, q3, max;
	size_t n; /* known values */
};

/* Extremes, quartiles and median of the known among n values; scratch memory in arena.
 * ERR_NOT_FOUND: none is known. */
enum err_code stats_five(const double *v, size_t n, struct arena *a, struct stats_five *ret_five,
    struct err *e) WARN_UNUSED;

struct stats_share {
	double share, lo, hi;
};

/* k of n with its 95 % interval by Wilson's score method without continuity correction: Wilson,
 * "Probable inference", JASA 22 (1927) 209-212; formula (method 3) in Newcombe, Statistics in
 * Medicine 17 (1998) 857-872: (2np + z^2 ± z sqrt(z^2 + 4np(1 - p))) / (2 (n + z^2)),  p = k/n, z
 * = 1.959964. False when n = 0 or k > n. */
bool stats_share(uint64_t k, uint64_t n, struct stats_share *ret_share);

/* Herfindahl-Hirschman index: the sum of squared shares, 1/n (all alike) to 1 (one has all);
 * multiplied by 10,000 it is the index of competition authorities. Missing values are left out.
 * False: a negative value, or nothing to share. */
bool stats_herfindahl(const double *v, size_t n, double *ret_index);

/* Part of the whole that the k largest have. ERR_NOT_FOUND where stats_herfindahl is false. */
enum err_code stats_top_share(const double *v, size_t n, size_t k, struct arena *a,
    double *ret_share, struct err *e) WARN_UNUSED;

/* Ratio of totals: sum of num over sum of den, over the pairs of which both are known; the estimator R = y/x of Cochran,
 * Sampling Techniques (3rd edition, 1977), chapter 6. Not the mean of the ratios: each pair weighs as much as its den. False: a
 * negative den, or their sum not above zero. *ret_n (may be NULL): pairs used. */
bool stats_ratio(const double *num, const double *den, size_t n, double *ret_ratio, size_t *ret_n);

enum stats_estimate {
	STATS_MEAN,
	STATS_MEDIAN, /* as in stats_five */
	STATS_RATIO,  /* as in stats_ratio; the pairs are drawn together */
};

enum {
	STATS_BOOTSTRAP_ROUNDS = 2000,
	STATS_BOOTSTRAP_SEED = 2012, /* of published figures: the year of the evaluation */
	STATS_BOOTSTRAP_VALUES_MAX = 20000,
};

struct stats_bootstrap {
	double estimate, lo, hi; /* 95 % */
	double se;		 /* standard deviation of the repeated estimates */
	size_t n;		 /* known values */
	unsigned rounds;
	uint64_t seed; /* to be printed with the interval: the same seed gives the same interval */
};

/* Bootstrap by the percentile method: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979)
 * 1-26; Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3. The n known values are drawn n at a time with
 * replacement, `rounds` times; the interval is from quantile 0.025 to 0.975 (definition of stats_quantile_sorted) of the estimates.
 * The values are sorted first, so that their order makes no difference. den: for STATS_RATIO, else NULL. The generator is splitmix64 (Steele,
 * Lea and Flood, OOPSLA 2014) with Lemire's reduction to a range (ACM TOMACS 29, 2019), both in stats_bootstrap.c: no library can change
 * the figures. ERR_NOT_FOUND: fewer than two known values, or no ratio. ERR_LIMIT: more than STATS_BOOTSTRAP_VALUES_MAX. */
enum err_code stats_bootstrap(enum stats_estimate what, const double *v, const double *den, size_t n, unsigned rounds, uint64_t seed,
    struct arena *a, struct stats_bootstrap *ret_b, struct err *e) WARN_UNUSED;

/* The next number of splitmix64; *state moves on. */
uint64_t stats_random(uint64_t *state);
