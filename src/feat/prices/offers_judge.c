/* Which new prices look wrong, against the offer's own past, the benchmark and the others of the corridor. */
#include "feat/prices/offers.h"

#include "base/decimal.h"
#include "base/money.h"

#include <stdio.h>
#include <stdlib.h>

enum { USUAL_CENTS = 14000, /* RPW's equivalent of USD 200, in euros */ PAST_DAYS = 30, CORRIDOR_CHARS = 16 /* two countries, two currencies */ };
#define DAY_MS INT64_C(86400000)

struct corridor {
	struct {
		struct quality_peer *p;
		size_t n, cap;
	} peers;
	bool peers_sorted;
};

struct judging {
	struct session *s;
	struct map *corridors;
	struct pendings *v;
	struct map *in_file; /* series that have a price in this file */
};

static str series_key(const uid *u)
{
	return (str){(const char *)u->b, sizeof u->b};
}

static uint32_t provider_number(str key)
{
	return (uint32_t)hash_bytes(key, 9);
}

static int32_t day_of(int64_t at_ms)
{
	return (int32_t)(at_ms / DAY_MS);
}

static enum err_code pair_of(struct session *s, const struct feed_offer *o, bool example, struct compare_pair *ret, struct err *e)
{
	struct compare_rate m;
	TRY(benchmark_on(s, o->send_currency, o->receive_currency, day_of(o->collected), example, &m, e));
	*ret = (struct compare_pair){.send_digits = (uint8_t)money_exponent(o->send_currency),
	    .receive_digits = (uint8_t)money_exponent(o->receive_currency), .has_benchmark = m.digits > 0, .benchmark = m};
	return ERR_OK;
}

/* About 140 euros in the currency that is sent; 0 without a benchmark. */
static enum err_code usual_of(struct session *s, const struct feed_offer *o, bool example, int64_t *ret, struct err *e)
{
	struct compare_rate m;
	decimal d;
	TRY(benchmark_on(s, STR("EUR"), o->send_currency, day_of(o->collected), example, &m, e));
	*ret = 0;
	int digits = money_exponent(o->send_currency);
	if (m.digits && decimal_mul(decimal_scaled(m.digits, -(int32_t)m.scale), decimal_scaled(USUAL_CENTS, digits - 2), &d) &&
	    decimal_round(d, 0, DECIMAL_HALF_UP, &d) && (!decimal_to_i64(d, ret) || *ret > COMPARE_AMOUNT_MAX))
		*ret = 0;
	return ERR_OK;
}

static enum err_code peer_of(struct session *s, const struct feed_offer *o, bool example, struct quality_peer *ret, struct err *e)
{
	struct compare_offer c;
	struct compare_pair pair;
	int64_t usual;
	terms_to_compare(o, &c);
	TRY(pair_of(s, o, example, &pair, e));
	TRY(usual_of(s, o, example, &usual, e));
	*ret = (struct quality_peer){.provider = provider_number(o->provider), .implied = usual ? quality_implied(&c, o->tiers, &pair, usual) : 0,
	    .rate = o->rate, .tariff = quality_tariff_hash(&c, o->tiers), .measured = o->margin == COMPARE_MARGIN_MEASURED};
	return ERR_OK;
}

static enum err_code add_peer(struct session *s, struct corridor *c, const struct feed_offer *o, bool example, struct err *e)
{
	struct quality_peer peer, *kept;
	TRY(peer_of(s, o, example, &peer, e));
	kept = VEC_ADD(&c->peers, s->a);
	if (!kept)
		return arena_fail(s->a, e);
	*kept = peer;
	return ERR_OK;
}

/* ---- what others offer, from the database ---- */

struct stored_peer {
	uid offer;
	struct feed_offer o;
};

struct stored_peers {
	struct stored_peer *p;
	size_t n, cap;
};

static enum err_code load_peers(struct judging *j, const struct feed_offer *like, struct stored_peers *ret, struct err *e)
{
	struct session *s = j->s;
	AUTO_ROWS rows = NULL;
	TRY(price_peers_open(s->m->db, s->m->programme, like->send_country, like->send_currency, like->receive_country, like->receive_currency,
	    &rows, e));
	for (;;) {
		struct price_peers_row r;
		bool more;
		TRY(price_peers_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		if (map_get(j->in_file, series_key(&r.series)))
			continue; /* the file has a newer price of it */
		struct stored_peer *x = VEC_ADD(ret, s->a);
		if (!x)
			return arena_fail(s->a, e);
		*x = (struct stored_peer){.offer = r.offer, .o = *like};
		struct feed_offer *o = &x->o;
		o->provider = arena_str(s->a, r.provider);
		o->margin = (uint8_t)word_index(r.margin, prices_margins);
		o->fee_model = (uint8_t)word_index(r.fee_model, prices_fee_models);
		o->least = or_unknown(r.least_minor);
		o->most = or_unknown(r.most_minor);
		o->receive_fee = or_unknown(r.receive_fee_minor);
		o->round_down = r.round_down;
		o->n_tiers = 0;
		o->rate = (struct compare_rate){0};
		if (r.rate.p && compare_rate_parse(r.rate, &o->rate, NULL) != ERR_OK)
			o->margin = COMPARE_MARGIN_UNKNOWN;
		if (!o->provider.p)
			return arena_fail(s->a, e);
	}
}

/* Offers and tiers both come sorted by offer. */
static enum err_code load_peer_tiers(struct judging *j, const struct feed_offer *like, struct stored_peers *v, struct err *e)
{
	struct session *s = j->s;
	AUTO_ROWS rows = NULL;
	size_t at = 0;
	TRY(price_peer_tiers_open(s->m->db, s->m->programme, like->send_country, like->send_currency, like->receive_country,
	    like->receive_currency, &rows, e));
	for (;;) {
		struct price_peer_tiers_row r;
		bool more;
		TRY(price_peer_tiers_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		while (at < v->n && memcmp(v->p[at].offer.b, r.offer.b, sizeof r.offer.b) < 0)
			at++;
		if (at == v->n || !uid_eq(v->p[at].offer, r.offer))
			continue;
		struct feed_offer *o = &v->p[at].o;
		struct compare_tier *tiers = (struct compare_tier *)(uintptr_t)o->tiers;
		if (o->n_tiers == 0)
			tiers = ARENA_ARRAY(s->a, COMPARE_TIERS_MAX, struct compare_tier);
		if (!tiers)
			return arena_fail(s->a, e);
		o->tiers = tiers;
		if (o->n_tiers < COMPARE_TIERS_MAX)
			tiers[o->n_tiers++] = (struct compare_tier){.upto = r.upto_minor.has ? r.upto_minor.v : COMPARE_AMOUNT_MAX,
			    .fixed = (int32_t)r.fixed_minor, .share_ppm = (int32_t)r.share_ppm, .least = (int32_t)r.least_minor,
			    .most = (int32_t)r.most_minor};
	}
}

static enum err_code corridor_of(struct judging *j, const struct feed_row *row, struct corridor **ret, struct err *e)
{
	struct session *s = j->s;
	const struct feed_offer *o = &row->offer;
	char text[CORRIDOR_CHARS];
	(void)snprintf(text, sizeof text, "%.*s%.*s%.*s%.*s", STR_ARG(o->send_country), STR_ARG(o->send_currency), STR_ARG(o->receive_country),
	    STR_ARG(o->receive_currency));
	struct corridor *c = map_get(j->corridors, str_of(text));
	if (!c) {
		struct stored_peers v = {0};
		str key = arena_str(s->a, str_of(text));
		c = ARENA_NEW(s->a, struct corridor);
		if (!c || !key.p || !map_set(j->corridors, key, c, NULL))
			return arena_fail(s->a, e);
		TRY(load_peers(j, o, &v, e));
		TRY(load_peer_tiers(j, o, &v, e));
		for (size_t i = 0; i < v.n; i++)
			if (v.p[i].o.n_tiers)
				TRY(add_peer(s, c, &v.p[i].o, row->example, e));
	}
	*ret = c;
	return ERR_OK;
}

static int by_provider(const void *a, const void *b)
{
	const struct quality_peer *x = a, *y = b;
	return (x->provider > y->provider) - (x->provider < y->provider);
}

/* The newest price of each offer of the file is among the others' peers. */
static enum err_code gather(struct judging *j, struct err *e)
{
	struct session *s = j->s;
	for (size_t i = 0; i < j->v->n; i++) {
		const struct known_offer *k = j->v->p[i].known;
		if (!map_set(j->in_file, series_key(&k->series), j->v->p[i].known, NULL))
			return arena_fail(s->a, e);
	}
	for (size_t i = 0; i < j->v->n; i++) {
		const struct pending *x = &j->v->p[i];
		struct corridor *c;
		TRY(corridor_of(j, x->row, &c, e));
		if (x->known->newest == x->row && x->row->offer.availability == PRICES_OBSERVED)
			TRY(add_peer(s, c, &x->row->offer, x->row->example, e));
	}
	return ERR_OK;
}

/* ---- one price ---- */

static bool repeats_last(const struct pending *x)
{
	const struct known_offer *k = x->known;
	const struct feed_offer *o = &x->row->offer;
	return k->has_last && !x->new_terms && k->last_margin == o->margin && k->last_rate.digits == o->rate.digits &&
	    k->last_rate.scale == o->rate.scale && k->last_collected <= o->collected;
}

static enum err_code past_margins(struct session *s, const struct pending *x, int64_t *margins, size_t *ret_n, struct err *e)
{
	const struct feed_offer *o = &x->row->offer;
	AUTO_ROWS rows = NULL;
	*ret_n = 0;
	if (x->new_offer)
		return ERR_OK;
	TRY(price_past_of_open(s->m->db, s->m->programme, x->known->series, o->collected - PAST_DAYS * DAY_MS, o->collected, &rows, e));
	for (;;) {
		struct price_past_of_row r;
		struct compare_rate rate, m;
		bool more;
		TRY(price_past_of_next(rows, &r, &more, e));
		if (!more || *ret_n == QUALITY_PAST_MAX)
			return ERR_OK;
		if (!r.rate.p || compare_rate_parse(r.rate, &rate, NULL) != ERR_OK)
			continue;
		TRY(benchmark_on(s, o->send_currency, o->receive_currency, day_of(r.collected_ms), x->row->example, &m, e));
		if (m.digits)
			margins[(*ret_n)++] = quality_margin(rate, m);
	}
}

static enum err_code judge(struct judging *j, struct pending *x, struct err *e)
{
	struct session *s = j->s;
	const struct feed_offer *o = &x->row->offer;
	int64_t margins[QUALITY_PAST_MAX];
	struct compare_offer c;
	struct compare_pair pair;
	struct quality_peer self;
	struct corridor *corridor;
	struct quality_case q = {.offer = &c, .tiers = o->tiers, .pair = &pair, .asked = o->asked, .fee = o->fee, .gets = o->gets, .margins = margins,
	    .promotion = o->first_transfer || o->promotional_fee || o->promotional_rate, .self = &self};
	terms_to_compare(o, &c);
	TRY(pair_of(s, o, x->row->example, &pair, e));
	TRY(usual_of(s, o, x->row->example, &q.usual, e));
	TRY(peer_of(s, o, x->row->example, &self, e));
	TRY(past_margins(s, x, margins, &q.n_margins, e));
	TRY(corridor_of(j, x->row, &corridor, e));
	if (!corridor->peers_sorted && corridor->peers.n)
		qsort(corridor->peers.p, corridor->peers.n, sizeof *corridor->peers.p, by_provider);
	corridor->peers_sorted = true;
	q.peers = corridor->peers.p;
	q.n_peers = corridor->peers.n;
	if (x->known->has_last && x->known->last_margin == COMPARE_MARGIN_MEASURED && x->known->last_collected <= o->collected) {
		q.has_before = x->known->last_rate.digits > 0;
		q.before = x->known->last_rate;
		TRY(benchmark_on(s, o->send_currency, o->receive_currency, day_of(x->known->last_collected), x->row->example, &q.benchmark_before, e));
	}
	char why[QUALITY_REASON];
	if (!quality_hold(&q, why))
		return ERR_OK;
	x->held = arena_fmt(s->a, "%s", why).p;
	if (!x->held)
		return arena_fail(s->a, e);
	return ERR_OK;
}

enum err_code offers_judge(struct session *s, struct pendings *v, struct err *e)
{
	struct judging j = {.s = s, .v = v, .corridors = map_new(s->a, 10), .in_file = map_new(s->a, 11)};
	if (!j.corridors || !j.in_file)
		return arena_fail(s->a, e);
	TRY(gather(&j, e));
	for (size_t i = 0; i < v->n; i++) {
		struct pending *x = &v->p[i];
		struct known_offer *k = x->known;
		const struct feed_offer *o = &x->row->offer;
		arena_reset(s->scratch);
		if (o->availability == PRICES_OBSERVED && !repeats_last(x))
			TRY(judge(&j, x, e));
		if (!x->held && (!k->has_last || k->last_collected <= o->collected)) {
			k->has_last = true;
			k->last_collected = o->collected;
			k->last_rate = o->rate;
			k->last_margin = o->margin;
		}
	}
	return ERR_OK;
}
