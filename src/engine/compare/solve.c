/* What arrives, and what it takes. The relations in compare.h are inverted tier by tier, where the fee is
 * monotone, with integers. */
#include "engine/compare/inner.h"

const int64_t compare_pow10[19] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
    1000000000, INT64_C(10000000000), INT64_C(100000000000), INT64_C(1000000000000), INT64_C(10000000000000),
    INT64_C(100000000000000), INT64_C(1000000000000000), INT64_C(10000000000000000),
    INT64_C(100000000000000000), INT64_C(1000000000000000000)};

enum err_code compare_rate_parse(str text, struct compare_rate *ret_rate, struct err *e)
{
	int64_t digits = 0;
	int scale = 0;
	bool point = false, any = false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			return fail(e, ERR_INVALID, "compare.rate", "a rate is a positive decimal number such as 69.30");
		any = true;
		bool room = digits <= (COMPARE_RATE_MAX - 9) / 10 && (!point || scale < COMPARE_SCALE_MAX);
		if (!room && !point)
			return fail(e, ERR_LIMIT, "compare.rate", "the rate is too large");
		if (!room) { /* the first digit that does not fit decides the last that does */
			digits += c >= '5' && digits < COMPARE_RATE_MAX;
			while (++i < text.n)
				if (text.p[i] < '0' || text.p[i] > '9')
					return fail(e, ERR_INVALID, "compare.rate",
					    "a rate is a positive decimal number such as 69.30");
			break;
		}
		digits = digits * 10 + (c - '0');
		scale += point;
	}
	if (!any || digits == 0)
		return fail(e, ERR_INVALID, "compare.rate", "a rate is a positive decimal number such as 69.30");
	*ret_rate = (struct compare_rate){digits, (uint8_t)scale};
	return ERR_OK;
}

static enum err_code check_tier(const struct compare_tier *t, int64_t before, size_t number, struct err *e)
{
	if (t->upto <= before || t->upto > COMPARE_AMOUNT_MAX)
		return fail(e, ERR_INVALID, "compare.tier", "step %zu of the tariff does not rise, or is too high", number);
	if (t->fixed < 0 || t->least < 0 || t->most < 0 || t->share_ppm < 0)
		return fail(e, ERR_INVALID, "compare.tier", "step %zu of the tariff has a negative fee", number);
	if (t->share_ppm > COMPARE_PPM)
		return fail(e, ERR_INVALID, "compare.tier", "step %zu of the tariff takes over 100 %%", number);
	if (t->most && t->most < t->least)
		return fail(e, ERR_INVALID, "compare.tier", "step %zu of the tariff has a highest fee below its least", number);
	return ERR_OK;
}

enum err_code compare_offer_check(const struct compare_offer *o, const struct compare_tier *tiers, struct err *e)
{
	if (o->n_tiers == 0 || o->n_tiers > COMPARE_TIERS_MAX)
		return fail(e, ERR_INVALID, "compare.tiers", "a tariff has 1 to %d steps", COMPARE_TIERS_MAX);
	int64_t before = 0;
	for (size_t i = 0; i < o->n_tiers; i++) {
		TRY(check_tier(&tiers[i], before, i + 1, e));
		before = tiers[i].upto;
	}
	bool rate_known = o->margin != COMPARE_MARGIN_UNKNOWN;
	if (rate_known && (o->rate <= 0 || o->rate > COMPARE_RATE_MAX || o->rate_scale > COMPARE_SCALE_MAX))
		return fail(e, ERR_INVALID, "compare.rate", "the rate is missing or out of range");
	if (o->least < 0 || o->most < 0 || (o->most && o->most < o->least))
		return fail(e, ERR_INVALID, "compare.limits", "the least amount is above the highest, or one is negative");
	if (o->soonest > o->latest && o->latest >= 0)
		return fail(e, ERR_INVALID, "compare.speed", "the soonest time is after the latest");
	return ERR_OK;
}

static int64_t clamp_fee(const struct compare_tier *t, int64_t fee)
{
	if (t->most && fee > t->most)
		fee = t->most;
	return fee < t->least ? t->least : fee;
}

static int64_t linear_fee(const struct compare_tier *t, int64_t amount)
{
	return t->fixed + (amount * t->share_ppm + COMPARE_PPM / 2) / COMPARE_PPM;
}

static int64_t tier_fee(const struct compare_tier *t, int64_t amount)
{
	return clamp_fee(t, linear_fee(t, amount));
}

static size_t tier_of(const struct compare_tier *t, size_t n, int64_t amount)
{
	size_t i = 0;
	while (i < n && amount > t[i].upto)
		i++;
	return i;
}

int64_t compare_fee(const struct compare_tier *t, size_t n, int64_t amount)
{
	size_t i = tier_of(t, n, amount);
	return amount > 0 && i < n ? tier_fee(&t[i], amount) : -1;
}

/* The power of ten between principal × digits of the rate and minor units of the receive currency. */
static int power(const struct compare_offer *o, const struct compare_pair *pair)
{
	return o->rate_scale + pair->send_digits - pair->receive_digits;
}

static int64_t exchange(const struct compare_offer *o, const struct compare_pair *pair, int64_t principal)
{
	int k = power(o, pair);
	int64_t v = principal * o->rate, r;
	if (k <= 0)
		return __builtin_mul_overflow(v, compare_pow10[-k], &r) ? COMPARE_RECEIPT_MAX : r;
	int64_t unit = compare_pow10[k], half = o->flags & COMPARE_FLOOR ? 0 : unit / 2;
	return v / unit + (v % unit >= unit - half);
}

/* The least principal that exchanges into at least `receipt`; more than COMPARE_AMOUNT_MAX when there is none. */
static int64_t principal_for(const struct compare_offer *o, const struct compare_pair *pair, int64_t receipt)
{
	int k = power(o, pair);
	wide need = receipt, rate = o->rate;
	if (k > 0) {
		need *= compare_pow10[k];
		need -= o->flags & COMPARE_FLOOR ? 0 : compare_pow10[k] / 2;
	} else {
		rate *= compare_pow10[-k];
	}
	wide p = (need + rate - 1) / rate;
	return p > COMPARE_AMOUNT_MAX ? COMPARE_AMOUNT_MAX + 1 : p < 1 ? 1 : (int64_t)p;
}

/* The amounts of a tier within the offer's own limits; false when none is left. */
static bool tier_span(const struct compare_offer *o, const struct compare_tier *t, size_t i, int64_t *ret_lo,
    int64_t *ret_hi)
{
	int64_t lo = i ? t[i - 1].upto + 1 : 1, hi = t[i].upto;
	*ret_lo = lo < o->least ? o->least : lo;
	*ret_hi = o->most && hi > o->most ? o->most : hi;
	return *ret_lo <= *ret_hi;
}

/* The highest amount of the tariff and the offer's limit. */
static int64_t highest(const struct compare_offer *o, const struct compare_tier *t)
{
	int64_t last = t[o->n_tiers - 1].upto;
	return o->most && o->most < last ? o->most : last;
}

/* The largest amount with amount + fixed + share × amount <= outlay, without the bounds of the fee. */
static int64_t largest_linear(const struct compare_tier *t, int64_t outlay)
{
	if (outlay <= t->fixed)
		return 0;
	int64_t p = (outlay - t->fixed) * COMPARE_PPM / (COMPARE_PPM + t->share_ppm);
	while (p > 0 && p + linear_fee(t, p) > outlay)
		p--;
	while (p + 1 + linear_fee(t, p + 1) <= outlay)
		p++;
	return p;
}

/* fee = max(least, min(most, linear)), so amount + fee <= outlay holds when it does for least, and for most or linear. */
static int64_t largest_principal(const struct compare_tier *t, int64_t outlay)
{
	int64_t p = largest_linear(t, outlay);
	if (t->most && outlay - t->most > p)
		p = outlay - t->most;
	return p > outlay - t->least ? outlay - t->least : p;
}

/* The least amount handed over with amount - fixed - share × amount >= principal. */
static int64_t least_linear(const struct compare_tier *t, int64_t principal)
{
	int64_t keep = COMPARE_PPM - t->share_ppm;
	if (keep == 0)
		return COMPARE_AMOUNT_MAX + 1;
	wide guess = ((wide)principal + t->fixed) * COMPARE_PPM / keep;
	if (guess > COMPARE_AMOUNT_MAX)
		return COMPARE_AMOUNT_MAX + 1;
	int64_t b = (int64_t)guess;
	while (b > 1 && b - 1 - linear_fee(t, b - 1) >= principal)
		b--;
	while (b - linear_fee(t, b) < principal && b <= COMPARE_AMOUNT_MAX)
		b++;
	return b;
}

static int64_t least_outlay_deducted(const struct compare_tier *t, int64_t principal)
{
	int64_t b = least_linear(t, principal);
	if (t->most && principal + t->most < b)
		b = principal + t->most;
	return b < principal + t->least ? principal + t->least : b;
}

static enum compare_verdict disclosed(const struct compare_offer *o)
{
	if (o->margin == COMPARE_MARGIN_UNKNOWN)
		return COMPARE_UNDISCLOSED_RATE;
	if (o->fee_model == COMPARE_FEE_UNKNOWN)
		return COMPARE_UNDISCLOSED_FEE;
	return o->receive_fee < 0 ? COMPARE_UNDISCLOSED_RECEIVE_FEE : COMPARE_OK;
}

static int64_t arrives(const struct compare_offer *o, const struct compare_pair *pair, int64_t principal)
{
	return principal > 0 ? exchange(o, pair, principal) - o->receive_fee : 0;
}

static enum compare_verdict send_on_top(const struct compare_offer *o, const struct compare_tier *t,
    const struct compare_pair *pair, int64_t outlay, struct compare_quote *ret_quote)
{
	struct compare_quote q = {0};
	for (size_t i = 0; i < o->n_tiers; i++) {
		int64_t lo, hi;
		if (!tier_span(o, t, i, &lo, &hi))
			continue;
		int64_t p = largest_principal(&t[i], outlay);
		p = p > hi ? hi : p;
		if (p >= lo && p > q.principal)
			q = (struct compare_quote){.principal = p, .fee = tier_fee(&t[i], p)};
	}
	if (q.principal == 0)
		return COMPARE_TOO_LITTLE;
	q.outlay = q.principal + q.fee;
	q.remainder = outlay - q.outlay;
	if (q.remainder && q.principal == highest(o, t))
		return COMPARE_TOO_MUCH;
	q.gets = arrives(o, pair, q.principal);
	*ret_quote = q;
	return q.gets > 0 ? COMPARE_OK : COMPARE_TOO_LITTLE;
}

static enum compare_verdict send_deducted(const struct compare_offer *o, const struct compare_tier *t,
    const struct compare_pair *pair, int64_t outlay, struct compare_quote *ret_quote)
{
	if (outlay < o->least)
		return COMPARE_TOO_LITTLE;
	if (outlay > highest(o, t))
		return COMPARE_TOO_MUCH;
	size_t at = tier_of(t, o->n_tiers, outlay);
	struct compare_quote q = {.outlay = outlay, .fee = tier_fee(&t[at], outlay)};
	q.principal = outlay - q.fee;
	q.gets = arrives(o, pair, q.principal);
	int64_t best = q.gets;
	for (size_t i = 0; i < at; i++) { /* within a tier more handed over is never less exchanged: its end is its best */
		int64_t lo, hi;
		if (!tier_span(o, t, i, &lo, &hi))
			continue;
		int64_t there = arrives(o, pair, hi - tier_fee(&t[i], hi));
		if (there > best) {
			best = there;
			q.better = hi;
		}
	}
	*ret_quote = q;
	return q.principal > 0 && q.gets > 0 ? COMPARE_OK : COMPARE_TOO_LITTLE;
}

enum compare_verdict compare_send(const struct compare_offer *o, const struct compare_tier *tiers,
    const struct compare_pair *pair, int64_t outlay, struct compare_quote *ret_quote)
{
	enum compare_verdict v = disclosed(o);
	if (v != COMPARE_OK)
		return v;
	return o->fee_model == COMPARE_FEE_ON_TOP ? send_on_top(o, tiers, pair, outlay, ret_quote)
						  : send_deducted(o, tiers, pair, outlay, ret_quote);
}

enum compare_verdict compare_receive(const struct compare_offer *o, const struct compare_tier *tiers,
    const struct compare_pair *pair, int64_t receipt, struct compare_quote *ret_quote)
{
	enum compare_verdict v = disclosed(o);
	if (v != COMPARE_OK)
		return v;
	bool on_top = o->fee_model == COMPARE_FEE_ON_TOP;
	int64_t need = principal_for(o, pair, receipt + o->receive_fee);
	struct compare_quote q = {0};
	for (size_t i = 0; i < o->n_tiers; i++) {
		int64_t lo, hi;
		if (!tier_span(o, tiers, i, &lo, &hi))
			continue;
		int64_t amount = on_top ? need : least_outlay_deducted(&tiers[i], need);
		amount = amount < lo ? lo : amount;
		if (amount > hi)
			continue;
		int64_t fee = tier_fee(&tiers[i], amount), outlay = on_top ? amount + fee : amount;
		if (q.outlay == 0 || outlay < q.outlay)
			q = (struct compare_quote){.outlay = outlay, .principal = on_top ? amount : amount - fee, .fee = fee};
	}
	if (q.outlay == 0)
		return COMPARE_TOO_MUCH;
	q.gets = arrives(o, pair, q.principal);
	*ret_quote = q;
	return COMPARE_OK;
}
