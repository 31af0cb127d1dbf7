/* Questions to the view. */
#include "feat/prices/prices.h"

const struct prices_corridor *prices_corridor_find(const struct prices_view *v, str send_country, str send_currency, str receive_country,
    str receive_currency)
{
	for (size_t i = 0; i < v->n_corridors; i++) {
		const struct prices_corridor *c = &v->corridors[i];
		if (str_eq(c->send_country, send_country) && str_eq(c->receive_country, receive_country) &&
		    (send_currency.n == 0 || str_eq(c->send_currency, send_currency)) &&
		    (receive_currency.n == 0 || str_eq(c->receive_currency, receive_currency)))
			return c;
	}
	return NULL;
}

int64_t prices_corridor_now(const struct prices_corridor *c, int64_t now)
{
	return c->example_at == PRICES_UNKNOWN ? now : c->example_at;
}

static bool is_current(const struct prices_detail *d, int64_t now)
{
	return d->availability == PRICES_OBSERVED && (d->valid_until == PRICES_UNKNOWN || d->valid_until >= now);
}

enum err_code prices_corridor_offers(const struct prices_view *v, const struct prices_corridor *c, int64_t now, struct arena *a,
    struct compare_offer **ret_offers, struct err *e)
{
	struct compare_offer *offers = ARENA_ARRAY(a, c->n_offers, struct compare_offer);
	if (!offers)
		return arena_fail(a, e);
	for (size_t i = 0; i < c->n_offers; i++) {
		offers[i] = v->offers[c->first_offer + i];
		if (!is_current(&v->details[c->first_offer + i], now))
			offers[i].collected = 0; /* 1970: off every list */
	}
	*ret_offers = offers;
	return ERR_OK;
}

/* Offers of one provider stand beside each other. */
static bool first_of_provider(const struct prices_view *v, const struct prices_corridor *c, size_t i)
{
	return i == c->first_offer || v->offers[i].provider != v->offers[i - 1].provider;
}

static const struct prices_share *share_of(const struct prices_corridor *c, uint32_t provider)
{
	for (size_t i = 0; i < c->n_shares; i++)
		if (c->shares[i].provider == provider)
			return &c->shares[i];
	return NULL;
}

static bool has_offer(const struct prices_view *v, const struct prices_corridor *c, uint32_t provider)
{
	for (size_t i = 0; i < c->n_offers; i++)
		if (v->offers[c->first_offer + i].provider == provider)
			return true;
	return false;
}

void prices_completeness(const struct prices_view *v, const struct prices_corridor *c, const struct compare_ages *ages, int64_t now,
    struct prices_completeness *ret)
{
	struct prices_completeness r = {.offers = (uint32_t)c->n_offers, .has_shares = c->n_shares > 0, .mystery_shop = PRICES_UNKNOWN,
	    .example = c->example};
	bool counted = false;
	now = prices_corridor_now(c, now);
	for (size_t i = c->first_offer; i < c->first_offer + c->n_offers; i++) {
		const struct compare_offer *o = &v->offers[i];
		int64_t age = now - o->collected;
		bool off = !is_current(&v->details[i], now) || age > ages[o->method].off_list;
		if (first_of_provider(v, c, i)) {
			r.providers++;
			counted = false;
		}
		r.off_list += off;
		r.stale += !off && age > ages[o->method].stale;
		r.fresh += !off && age <= ages[o->method].stale;
		if (o->method == COMPARE_MYSTERY_SHOP && o->collected > r.mystery_shop)
			r.mystery_shop = o->collected;
		if (off || counted || o->margin == COMPARE_MARGIN_UNKNOWN)
			continue;
		const struct prices_share *s = share_of(c, o->provider);
		counted = true;
		r.current++;
		r.covered_ppm += s ? s->share_ppm : 0;
	}
	for (size_t i = 0; i < c->n_shares; i++) {
		r.known_ppm += c->shares[i].share_ppm;
		r.providers += !has_offer(v, c, c->shares[i].provider);
		r.example |= c->shares[i].example;
	}
	*ret = r;
}
