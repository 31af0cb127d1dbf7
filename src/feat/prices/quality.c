#include "feat/prices/quality.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

__extension__ typedef __int128 wide;

enum {
	NEGATIVE_PPM = -5000,	 /* margin that only a promotion explains */
	POINT_PPM = 10000,	 /* one point of margin */
	MADS = 5,		 /* medians of the absolute deviation */
	MARGINS_LEAST = 5,	 /* a median of fewer says nothing */
	JUMP_PPM = 30000,	 /* move of a rate ... */
	STILL_PPM = 5000,	 /* ... while the benchmark moved less than this */
	BEST_PPM = 80000,	 /* better than the next provider by this */
	BEST_PEERS = 3,		 /* other providers that must be there */
	CLOSE_PPM = 100000,	 /* "about" a power of ten, or the inverse */
	FAR_PPM = 500000,	 /* margin that is looked into for these two */
	NOTHING_PPM = 100,	 /* a margin of nothing */
	FEE_PPM = 500000,	 /* share of the amount that a fee does not reach */
	MILLION = 1000000,
};

static wide power10(unsigned n)
{
	wide p = 1;
	while (n--)
		p *= 10;
	return p;
}

static int64_t nearest(wide num, wide den)
{
	return (int64_t)(num >= 0 ? (num + den / 2) / den : -((-num + den / 2) / den));
}

/* a / b in millionths, at most a billion of them; b above 0. */
static int64_t ratio(struct compare_rate a, struct compare_rate b)
{
	const int64_t most = INT64_C(1000000000000000);
	wide num = (wide)a.digits * MILLION, den = b.digits;
	if (b.scale > a.scale)
		num *= power10(b.scale - a.scale);
	else
		den *= power10(a.scale - b.scale);
	return num / den > most ? most : nearest(num, den);
}

int64_t quality_margin(struct compare_rate applied, struct compare_rate benchmark)
{
	return MILLION - ratio(applied, benchmark);
}

static bool about(int64_t x, int64_t target)
{
	return x > target - target / (MILLION / CLOSE_PPM) && x < target + target / (MILLION / CLOSE_PPM);
}

static struct compare_rate rate_of(const struct compare_offer *o)
{
	return (struct compare_rate){o->rate, o->rate_scale};
}

static bool is_one(struct compare_rate r)
{
	return r.scale < 10 && r.digits == (int64_t)power10(r.scale);
}

/* R x M in millionths. */
static int64_t product(struct compare_rate a, struct compare_rate b)
{
	wide p = (wide)a.digits * b.digits * MILLION, scale = power10((unsigned)a.scale + b.scale);
	return p / scale > INT64_C(1000000000000000) ? INT64_C(1000000000000000) : (int64_t)(p / scale);
}

/* Upside down, or a wrong number of zeros. */
static bool misread(const struct quality_case *c, char reason[QUALITY_REASON])
{
	static const int64_t zeros[] = {100, 1000, 10000, 1000000};
	struct compare_rate r = rate_of(c->offer), m = c->pair->benchmark;
	int64_t x = ratio(r, m);
	if (x > MILLION - FAR_PPM && x < MILLION + FAR_PPM)
		return false;
	if (about(product(r, m), MILLION)) {
		(void)snprintf(reason, QUALITY_REASON, "the rate looks upside down against the benchmark");
		return true;
	}
	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
		if (!about(x, zeros[i] * MILLION) && !about(x, MILLION / zeros[i]))
			continue;
		(void)snprintf(reason, QUALITY_REASON, "the rate is off by a factor of %" PRId64 ", as of a redenomination or of minor units", zeros[i]);
		return true;
	}
	return false;
}

static bool fee_at(const struct quality_case *c, int64_t *ret_amount, int64_t *ret_fee)
{
	const struct compare_offer *o = c->offer;
	int64_t amount = c->asked > 0 ? c->asked : c->usual;
	if (amount < o->least)
		amount = o->least;
	if (o->most && amount > o->most)
		amount = o->most;
	*ret_amount = amount;
	*ret_fee = compare_fee(c->tiers, o->n_tiers, amount);
	return *ret_fee >= 0;
}

static bool against_benchmark(const struct quality_case *c, char reason[QUALITY_REASON])
{
	int64_t amount, fee, margin = quality_margin(rate_of(c->offer), c->pair->benchmark);
	if (misread(c, reason))
		return true;
	if (margin < NEGATIVE_PPM && !c->promotion) {
		(void)snprintf(reason, QUALITY_REASON, "the rate is better than the benchmark by %" PRId64 ".%02" PRId64 " %%, which only a promotion explains",
		    -margin / POINT_PPM, -margin % POINT_PPM / 100);
		return true;
	}
	if (margin > -NOTHING_PPM && margin < NOTHING_PPM && !c->promotion && fee_at(c, &amount, &fee) && fee == 0) {
		(void)snprintf(reason, QUALITY_REASON, "neither a fee nor a margin between two currencies");
		return true;
	}
	return false;
}

/* What was quoted for an amount is not what rate and tariff make of it. */
static bool against_quote(const struct quality_case *c, char reason[QUALITY_REASON])
{
	const struct compare_offer *o = c->offer;
	int64_t amount, fee;
	if (!fee_at(c, &amount, &fee))
		return false;
	if ((wide)fee * MILLION > (wide)amount * FEE_PPM) {
		(void)snprintf(reason, QUALITY_REASON, "the fee is more than half of the amount");
		return true;
	}
	if (c->asked <= 0 || amount != c->asked)
		return false;
	if (c->fee >= 0 && c->fee != fee) {
		(void)snprintf(reason, QUALITY_REASON, "the fee quoted is not the one of the tariff");
		return true;
	}
	if (c->gets < 0 || o->margin == COMPARE_MARGIN_UNKNOWN || o->fee_model == COMPARE_FEE_UNKNOWN || o->receive_fee < 0)
		return false;
	wide principal = o->fee_model == COMPARE_FEE_DEDUCTED ? amount - fee : amount;
	wide unit = power10(c->pair->receive_digits);
	/* minor units received, times the denominator */
	wide den = power10((unsigned)o->rate_scale + c->pair->send_digits);
	wide exact = principal * o->rate * unit, told = ((wide)c->gets + o->receive_fee) * den, off = exact > told ? exact - told : told - exact;
	if (off <= unit * den)
		return false;
	(void)snprintf(reason, QUALITY_REASON, "what was said to arrive differs from amount and rate by more than one unit");
	return true;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static int64_t median(int64_t *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
	return n % 2 ? v[n / 2] : v[n / 2 - 1] + (v[n / 2] - v[n / 2 - 1]) / 2;
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static bool against_own_past(const struct quality_case *c, char reason[QUALITY_REASON])
{
	int64_t v[QUALITY_PAST_MAX];
	size_t n = c->n_margins < QUALITY_PAST_MAX ? c->n_margins : QUALITY_PAST_MAX;
	if (c->pair->has_benchmark && n >= MARGINS_LEAST) {
		int64_t now = quality_margin(rate_of(c->offer), c->pair->benchmark);
		memcpy(v, c->margins, n * sizeof *v);
		int64_t middle = median(v, n);
		for (size_t i = 0; i < n; i++)
			v[i] = distance(c->margins[i], middle);
		int64_t mad = median(v, n), room = MADS * mad > POINT_PPM ? MADS * mad : POINT_PPM;
		if (distance(now, middle) > room) {
			(void)snprintf(reason, QUALITY_REASON, "the margin is far from the offer's own of the last 30 days");
			return true;
		}
	}
	if (!c->has_before || !c->pair->has_benchmark || c->benchmark_before.digits == 0)
		return false;
	int64_t moved = distance(ratio(rate_of(c->offer), c->before), MILLION),
		benchmark = distance(ratio(c->pair->benchmark, c->benchmark_before), MILLION);
	if (moved <= JUMP_PPM || benchmark >= STILL_PPM)
		return false;
	(void)snprintf(reason, QUALITY_REASON, "the rate jumped by more than 3 %% while the benchmark stood still");
	return true;
}

static bool equal(struct compare_rate a, struct compare_rate b)
{
	return (wide)a.digits * power10(b.scale) == (wide)b.digits * power10(a.scale);
}

static bool against_peers(const struct quality_case *c, char reason[QUALITY_REASON])
{
	int64_t best = 0;
	size_t providers = 0;
	uint32_t counted = c->self->provider;
	for (size_t i = 0; i < c->n_peers; i++) {
		const struct quality_peer *p = &c->peers[i];
		if (p->provider == c->self->provider)
			continue;
		if (p->measured && c->self->measured && p->tariff == c->self->tariff && equal(p->rate, c->self->rate)) {
			(void)snprintf(reason, QUALITY_REASON, "another provider has exactly the same rate and tariff");
			return true;
		}
		if (p->implied <= 0)
			continue;
		providers += p->provider != counted;
		counted = p->provider;
		best = p->implied > best ? p->implied : best;
	}
	if (providers < BEST_PEERS || (wide)c->self->implied * MILLION <= (wide)best * (MILLION + BEST_PPM))
		return false;
	(void)snprintf(reason, QUALITY_REASON, "more would arrive than with any other provider by over 8 %%");
	return true;
}

bool quality_hold(const struct quality_case *c, char reason[QUALITY_REASON])
{
	const struct compare_offer *o = c->offer;
	if (against_quote(c, reason))
		return true;
	if (o->margin != COMPARE_MARGIN_MEASURED)
		return false;
	if (is_one(rate_of(o))) {
		(void)snprintf(reason, QUALITY_REASON, "a rate of 1 between two currencies");
		return true;
	}
	if (c->pair->has_benchmark && against_benchmark(c, reason))
		return true;
	return against_own_past(c, reason) || against_peers(c, reason);
}

int64_t quality_implied(const struct compare_offer *o, const struct compare_tier *tiers, const struct compare_pair *pair, int64_t usual)
{
	struct compare_quote q;
	struct compare_offer plain = *o;
	plain.receive_fee = plain.receive_fee < 0 ? 0 : plain.receive_fee; /* not known is no reason not to look */
	int64_t outlay = usual < o->least ? o->least * 2 : usual;
	if (o->most && outlay > o->most)
		outlay = o->most;
	if (compare_send(&plain, tiers, pair, outlay, &q) != COMPARE_OK || q.outlay <= 0)
		return 0;
	wide implied = (wide)q.gets * MILLION / q.outlay;
	return implied > INT64_MAX ? INT64_MAX : (int64_t)implied;
}

uint64_t quality_tariff_hash(const struct compare_offer *o, const struct compare_tier *tiers)
{
	uint64_t h = hash_bytes((str){(const char *)&o->fee_model, 1}, 1);
	for (size_t i = 0; i < o->n_tiers; i++) {
		const int64_t v[] = {tiers[i].upto, tiers[i].fixed, tiers[i].share_ppm, tiers[i].least, tiers[i].most};
		h = hash_bytes((str){(const char *)v, sizeof v}, h);
	}
	return h;
}
