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
