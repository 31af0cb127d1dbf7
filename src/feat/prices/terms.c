/* The terms of an offer: compared, and as engine/compare has them. */
#include "feat/prices/session.h"

int word_index(str word, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (str_is(word, words[i]))
			return i;
	return -1;
}

static bool tiers_equal(const struct feed_offer *a, const struct feed_offer *b)
{
	if (a->n_tiers != b->n_tiers)
		return false;
	for (size_t i = 0; i < a->n_tiers; i++) {
		const struct compare_tier *x = &a->tiers[i], *y = &b->tiers[i];
		if (x->upto != y->upto || x->fixed != y->fixed || x->share_ppm != y->share_ppm || x->least != y->least || x->most != y->most)
			return false;
	}
	return true;
}

bool terms_equal(const struct feed_offer *a, const struct feed_offer *b)
{
	return str_eq(a->product, b->product) && str_eq(a->access_point, b->access_point) && str_eq(a->languages, b->languages) &&
	    str_eq(a->identification, b->identification) && str_eq(a->refunds, b->refunds) && a->pay_in == b->pay_in && a->payout == b->payout &&
	    a->fee_model == b->fee_model && a->business_days == b->business_days && a->round_down == b->round_down &&
	    a->first_transfer == b->first_transfer && a->tracking == b->tracking && a->least == b->least && a->most == b->most &&
	    a->receive_fee == b->receive_fee && a->soonest == b->soonest && a->latest == b->latest && tiers_equal(a, b);
}

void terms_to_compare(const struct feed_offer *f, struct compare_offer *ret)
{
	*ret = (struct compare_offer){.rate = f->rate.digits, .rate_scale = f->rate.scale, .least = f->least < 0 ? 0 : f->least,
	    .most = f->most < 0 ? 0 : f->most, .collected = f->collected / 60000, .soonest = f->soonest, .latest = f->latest,
	    .receive_fee = (int32_t)f->receive_fee, .dependable_ppm = -1, .distance_m = -1, .pay_in = f->pay_in, .payout = f->payout,
	    .n_tiers = f->n_tiers, .fee_model = f->fee_model, .margin = f->margin, .method = f->method,
	    .flags = (uint8_t)((f->round_down ? COMPARE_FLOOR : 0) | (f->business_days ? COMPARE_BUSINESS_DAYS : 0) |
		(f->first_transfer ? COMPARE_FIRST_TRANSFER : 0))};
}
