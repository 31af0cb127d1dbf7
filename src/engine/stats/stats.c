#include "engine/stats/stats.h"

#include <math.h>

static const double Z95 = 1.959963984540054; /* quantile 0.975 of the normal distribution */

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The known values, sorted, in arena. */
static enum err_code sorted(
    const double *v, size_t n, struct arena *a, double **ret_v, size_t *ret_n, struct err *e)
{
	double *known = ARENA_ARRAY(a, n, double);
	size_t m = 0;
	if (!known)
		return arena_fail(a, e);
	for (size_t i = 0; i < n; i++)
		if (!isnan(v[i]))
			known[m++] = v[i];
	if (m > 0)
		qsort(known, m, sizeof *known, ascending);
	*ret_v = known;
	*ret_n = m;
	return ERR_OK;
}

double stats_quantile_sorted(const double *v, size_t n, double q)
{
	double at = (double)(n - 1) * q;
	size_t i = (size_t)floor(at);
	if (i + 1 >= n)
		return v[n - 1];
	return v[i] + (at - (double)i) * (v[i + 1] - v[i]);
}

enum err_code stats_five(
    const double *v, size_t n, struct arena *a, struct stats_five *ret_five, struct err *e)
{
	double *known;
	size_t m;
	TRY(sorted(v, n, a, &known, &m, e));
	if (m == 0)
		return fail(e, ERR_NOT_FOUND, "stats.empty", "no value is known");
	*ret_five = (struct stats_five){known[0], stats_quantile_sorted(known, m, .25),
	    stats_quantile_sorted(known, m, .5), stats_quantile_sorted(known, m, .75), known[m - 1],
	    m};
	return ERR_OK;
}

bool stats_share(uint64_t k, uint64_t n, struct stats_share *ret_share)
{
	if (n == 0 || k > n)
		return false;
	double m = (double)n, p = (double)k / m, z2 = Z95 * Z95;
	double middle = 2 * m * p + z2, half = Z95 * sqrt(z2 + 4 * m * p * (1 - p)),
	       below = 2 * (m + z2);
	ret_share->share = p;
	ret_share->lo = k == 0 ? 0 : fmax(0, (middle - half) / below);
	ret_share->hi = k == n ? 1 : fmin(1, (middle + half) / below);
	return true;
}

/* Sum of the known values; false when one is negative or infinite or the sum is not above zero. */
static bool total_of(const double *v, size_t n, double *ret_total)
{
	double total = 0;
	for (size_t i = 0; i < n; i++) {
		if (isnan(v[i]))
			continue;
		if (v[i] < 0)
			return false;
		total += v[i];
	}
	if (!(total > 0) || isinf(total))
		return false;
	*ret_total = total;
	return true;
}

bool stats_herfindahl(const double *v, size_t n, double *ret_index)
{
	double total, sum = 0;
	if (!total_of(v, n, &total))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isnan(v[i]))
			sum += v[i] / total * (v[i] / total);
	*ret_index = sum;
	return true;
}

enum err_code stats_top_share(
    const double *v, size_t n, size_t k, struct arena *a, double *ret_share, struct err *e)
{
	double total, top = 0, *known;
	size_t m;
	if (!total_of(v, n, &total))
		return fail(e, ERR_NOT_FOUND, "stats.empty",
		    "there is nothing to share, or a value is negative");
	TRY(sorted(v, n, a, &known, &m, e));
	for (size_t i = 0; i < k && i < m; i++)
		top += known[m - 1 - i];
	*ret_share = fmin(1, top / total);
	return ERR_OK;
}
