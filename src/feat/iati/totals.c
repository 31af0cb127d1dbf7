/* Exact sums over imported activities, and exact shares. */
#include "db/stmt.h"
#include "feat/iati/export.sql.h"
#include "feat/iati/iati.h"

__extension__ typedef __int128 i128;

/* One row of either statement: they have the same columns. */
static enum err_code add_total(struct iati_total *t, int64_t type, str currency, int64_t millions, int64_t units, int64_t n,
    struct err *e)
{
	*t = (struct iati_total){.type = (int)type, .transactions = (uint64_t)n};
	if (currency.n == 3)
		memcpy(t->sum.currency, currency.p, 3);
	if (__builtin_mul_overflow(millions, 1000000, &t->sum.minor) ||
	    __builtin_add_overflow(t->sum.minor, units, &t->sum.minor))
		return fail(e, ERR_LIMIT, "iati.total", "The sum of type %d in %s does not fit.", t->type, t->sum.currency);
	return ERR_OK;
}

enum err_code iati_totals(struct db *db, int64_t programme, bool leaves_only, struct arena *a,
    const struct iati_total **ret_totals, size_t *ret_n, struct err *e)
{
	VEC(struct iati_total) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(leaves_only ? iati_sums_leaves_open(db, programme, &rows, e) : iati_sums_open(db, programme, &rows, e));
	for (;;) {
		struct iati_sums_row r;
		struct iati_sums_leaves_row l;
		bool more;
		if (leaves_only) {
			TRY(iati_sums_leaves_next(rows, &l, &more, e));
			if (more)
				r = (struct iati_sums_row){l.type, l.currency, l.millions, l.units, l.n};
		} else {
			TRY(iati_sums_next(rows, &r, &more, e));
		}
		if (!more)
			break;
		struct iati_total *t = VEC_ADD(&all, a);
		if (!t)
			return arena_fail(a, e);
		TRY(add_total(t, r.type, r.currency, r.millions, r.units, r.n, e));
	}
	*ret_totals = all.p;
	*ret_n = all.n;
	return ERR_OK;
}

/* A share and what rounding towards zero took from it, for one weight. */
static int64_t share_of(int64_t total, int64_t weight, i128 sum, i128 *ret_rest)
{
	i128 product = (i128)total * weight;
	*ret_rest = product % sum;
	return (int64_t)(product / sum);
}

static i128 size_of(i128 v)
{
	return v < 0 ? -v : v;
}

enum err_code iati_apportion(int64_t total_minor, const int64_t *weights, size_t n, int64_t *ret_shares, struct err *e)
{
	enum { SHARES_MAX = 10000 }; /* the search for the largest remainders is quadratic in what is left */
	i128 sum = 0;
	if (n > SHARES_MAX)
		return fail(e, ERR_LIMIT, "iati.shares", "More than %d shares.", SHARES_MAX);
	for (size_t i = 0; i < n; i++) {
		if (weights[i] < 0)
			return fail(e, ERR_INVALID, "iati.weight", "A weight is negative.");
		sum += weights[i];
	}
	if (sum == 0)
		return fail(e, ERR_INVALID, "iati.weight", "All weights are zero.");
	i128 left = total_minor, rest;
	for (size_t i = 0; i < n; i++) {
		ret_shares[i] = share_of(total_minor, weights[i], sum, &rest);
		left -= ret_shares[i];
	}
	/* At most n - 1 units are left. Each goes to the largest remainder among those that have none yet: it is
	 * below the last one given (or equal and later). */
	i128 last = sum;
	size_t last_at = 0;
	for (int64_t unit = left < 0 ? -1 : 1; left != 0; left -= unit) {
		size_t best = n;
		i128 best_rest = -1;
		for (size_t i = 0; i < n; i++) {
			(void)share_of(total_minor, weights[i], sum, &rest);
			rest = size_of(rest);
			bool behind = rest < last || (rest == last && i > last_at);
			if (behind && rest > best_rest) {
				best = i;
				best_rest = rest;
			}
		}
		if (best == n)
			return fail(e, ERR_BUG, "iati.shares", "No share is left for a unit.");
		ret_shares[best] += unit;
		last = best_rest;
		last_at = best;
	}
	return ERR_OK;
}
