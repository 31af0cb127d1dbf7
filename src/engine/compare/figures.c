/* What a quote costs, and what a corridor does. */
#include "engine/compare/inner.h"

/* num / den to the nearest whole, halves away from zero; den > 0. */
static int64_t nearest(wide num, wide den)
{
	return (int64_t)(num >= 0 ? (num + den / 2) / den : -((-num + den / 2) / den));
}

/* Shares are summed in billionths, so that a sum is rounded once. */
enum { BILLION = 1000000000, PER_PPM = 1000 };

/* a - b in billionths of a, for two rates. */
static int64_t shortfall(struct compare_rate a, struct compare_rate b)
{
	wide x = a.digits, y = b.digits;
	if (a.scale < b.scale)
		x *= compare_pow10[b.scale - a.scale];
	else
		y *= compare_pow10[a.scale - b.scale];
	return nearest((x - y) * BILLION, x);
}

static int64_t margin(const struct compare_offer *o, const struct compare_pair *pair)
{
	return shortfall(pair->benchmark, (struct compare_rate){o->rate, o->rate_scale});
}

struct compare_figures compare_figures(const struct compare_offer *o, const struct compare_pair *pair,
    const struct compare_quote *q)
{
	struct compare_figures f = {0};
	if (!pair->has_benchmark || o->margin == COMPARE_MARGIN_UNKNOWN || q->principal <= 0)
		return f;
	f.known = true;
	int64_t fee = nearest((wide)q->fee * BILLION, q->principal), m = margin(o, pair);
	f.fee_ppm = nearest(fee, PER_PPM);
	f.margin_ppm = nearest(m, PER_PPM);
	f.rpw_ppm = nearest((wide)fee + m, PER_PPM);
	/* gets at the mid rate in the send currency is num / den minor units */
	int k = pair->benchmark.scale + pair->send_digits - pair->receive_digits;
	wide num = q->gets, den = pair->benchmark.digits;
	if (k >= 0)
		num *= compare_pow10[k];
	else
		den *= compare_pow10[-k];
	f.cost = q->outlay - nearest(num, den);
	f.effective_ppm = nearest((q->outlay * den - num) * COMPARE_PPM, q->outlay * den);
	return f;
}

bool compare_rpw(const struct compare_offer *o, const struct compare_tier *tiers, const struct compare_pair *pair,
    int64_t principal, int64_t *ret_total_ppm)
{
	int64_t fee = compare_fee(tiers, o->n_tiers, principal);
	bool within = principal >= o->least && (!o->most || principal <= o->most);
	if (fee < 0 || !within || !pair->has_benchmark || o->margin == COMPARE_MARGIN_UNKNOWN)
		return false;
	*ret_total_ppm = nearest(nearest((wide)fee * BILLION, principal) + margin(o, pair), PER_PPM);
	return true;
}

enum err_code compare_carry(struct compare_rate then, struct compare_rate benchmark_then,
    struct compare_rate benchmark_now, struct compare_rate *ret_rate, struct err *e)
{
	if (then.digits <= 0 || benchmark_then.digits <= 0 || benchmark_now.digits <= 0)
		return fail(e, ERR_INVALID, "compare.rate", "a rate is missing");
	int scale = then.scale + benchmark_now.scale - benchmark_then.scale;
	wide num = (wide)then.digits * benchmark_now.digits, den = benchmark_then.digits;
	/* as many digits as a rate holds */
	while (scale < 0 || (scale < COMPARE_SCALE_MAX && num / den < COMPARE_RATE_MAX / 100)) {
		num *= 10;
		scale++;
	}
	for (; num / den > COMPARE_RATE_MAX - 1 || scale > COMPARE_SCALE_MAX; scale--)
		den *= 10;
	if (scale < 0 || num / den == 0)
		return fail(e, ERR_LIMIT, "compare.rate", "the rate is out of range");
	*ret_rate = (struct compare_rate){nearest(num, den), (uint8_t)scale};
	return ERR_OK;
}

bool compare_mean(const struct compare_service *s, size_t n, int64_t *ret_mean_ppm, size_t *ret_n)
{
	wide sum = 0;
	int64_t known = 0;
	for (size_t i = 0; i < n; i++) {
		sum += s[i].transparent ? s[i].total_ppm : 0;
		known += s[i].transparent;
	}
	*ret_n = (size_t)known;
	if (known)
		*ret_mean_ppm = nearest(sum, known);
	return known > 0;
}

/* Keep the three least totals, one for each provider. */
struct three {
	struct compare_service kept[3];
	size_t n;
};

static void three_sort(struct three *t)
{
	for (size_t i = 1; i < t->n; i++)
		for (size_t k = i; k > 0 && t->kept[k].total_ppm < t->kept[k - 1].total_ppm; k--) {
			struct compare_service swap = t->kept[k];
			t->kept[k] = t->kept[k - 1];
			t->kept[k - 1] = swap;
		}
}

static void three_add(struct three *t, const struct compare_service *s)
{
	size_t at = 0;
	while (at < t->n && t->kept[at].provider != s->provider)
		at++;
	if (at == 3)
		at = 2; /* a further provider: only the dearest can leave */
	if (at == t->n)
		t->kept[t->n++] = *s;
	else if (s->total_ppm < t->kept[at].total_ppm)
		t->kept[at] = *s;
	three_sort(t);
}

bool compare_three_cheapest(const struct compare_service *s, size_t n, int64_t *ret_mean_ppm, size_t *ret_n)
{
	struct three t = {.n = 0};
	for (size_t i = 0; i < n; i++)
		if (s[i].transparent && s[i].accessible)
			three_add(&t, &s[i]);
	*ret_n = t.n;
	if (t.n < 3)
		return false;
	*ret_mean_ppm = nearest((wide)t.kept[0].total_ppm + t.kept[1].total_ppm + t.kept[2].total_ppm, 3);
	return true;
}

bool compare_weighted(const int64_t *mean_ppm, const int64_t *weight, size_t n, int64_t *ret_mean_ppm)
{
	wide sum = 0, weights = 0;
	for (size_t i = 0; i < n; i++)
		if (mean_ppm[i] != INT64_MIN && weight[i] >= 0) {
			sum += (wide)mean_ppm[i] * weight[i];
			weights += weight[i];
		}
	if (weights == 0)
		return false;
	*ret_mean_ppm = nearest(sum, weights);
	return true;
}
