/* Offers and their prices: what is known of them, what a row adds to it. */
#include "feat/prices/offers.h"

#include <stdlib.h>

/* ---- what is known ---- */

/* The columns of terms are the same in two statements. */
#define TERMS_OF(r)                                                                                                                          \
	((struct feed_offer){.product = (r).product, .access_point = (r).access_point, .languages = (r).languages,                           \
	    .identification = (r).identification, .refunds = (r).refunds, .pay_in = (uint16_t)(r).pay_in, .payout = (uint16_t)(r).payout,    \
	    .fee_model = (uint8_t)word_index((r).fee_model, prices_fee_models), .business_days = (r).business_days,                          \
	    .round_down = (r).round_down, .first_transfer = (r).first_transfer, .tracking = (int8_t)or_unknown((r).tracking),                \
	    .least = or_unknown((r).least_minor), .most = or_unknown((r).most_minor), .receive_fee = or_unknown((r).receive_fee_minor),      \
	    .soonest = (int32_t)or_unknown((r).soonest_minutes), .latest = (int32_t)or_unknown((r).latest_minutes)})

/* Copies of the texts of terms, which live until the next row only. */
static enum err_code keep_texts(struct arena *a, struct feed_offer *t, struct err *e)
{
	str *const texts[] = {&t->product, &t->access_point, &t->languages, &t->identification, &t->refunds, &t->send_country, &t->send_currency,
	    &t->receive_country, &t->receive_currency, &t->provider, &t->key};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		TRY(db_keep(a, texts[i], e));
	return ERR_OK;
}

static str uid_text(const uid *u)
{
	return (str){(const char *)u->b, sizeof u->b};
}

static enum err_code offer_key(struct arena *a, str provider, str key, str *ret, struct err *e)
{
	*ret = arena_fmt(a, "%.*s/%.*s", STR_ARG(provider), STR_ARG(key));
	return ret->p ? ERR_OK : arena_fail(a, e);
}

static enum err_code load_terms(struct session *s, str provider, struct map *by_id, struct map *by_series, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(price_terms_of_open(s->m->db, s->m->programme, provider, &rows, e));
	for (;;) {
		struct price_terms_of_row r;
		bool more;
		str key;
		TRY(price_terms_of_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		struct known_offer *k = ARENA_NEW(s->a, struct known_offer);
		struct feed_offer *t = ARENA_NEW(s->a, struct feed_offer);
		if (!k || !t)
			return arena_fail(s->a, e);
		*k = (struct known_offer){.series = r.series, .id = r.id, .revision = r.revision, .example = r.example, .terms = t};
		*t = TERMS_OF(r);
		t->provider = provider;
		t->key = r.key;
		t->send_country = r.send_country;
		t->send_currency = r.send_currency;
		t->receive_country = r.receive_country;
		t->receive_currency = r.receive_currency;
		TRY(keep_texts(s->a, t, e));
		TRY(offer_key(s->a, provider, r.key, &key, e));
		if (!map_set(s->offers, key, k, NULL) || !map_set(by_id, uid_text(&k->id), k, NULL) || !map_set(by_series, uid_text(&k->series), k, NULL))
			return arena_fail(s->a, e);
	}
}

static struct compare_tier tier_of(struct opt_i64 upto, int64_t fixed, int64_t share, int64_t least, int64_t most)
{
	return (struct compare_tier){.upto = upto.has ? upto.v : COMPARE_AMOUNT_MAX, .fixed = (int32_t)fixed, .share_ppm = (int32_t)share,
	    .least = (int32_t)least, .most = (int32_t)most};
}

/* Tiers come sorted by offer: those of one are made in the arena as they come. */
static enum err_code load_tiers(struct session *s, str provider, const struct map *by_id, struct err *e)
{
	AUTO_ROWS rows = NULL;
	struct compare_tier buffer[COMPARE_TIERS_MAX];
	struct known_offer *k = NULL;
	size_t n = 0;
	TRY(price_tiers_of_open(s->m->db, s->m->programme, provider, &rows, e));
	for (;;) {
		struct price_tiers_of_row r;
		bool more;
		TRY(price_tiers_of_next(rows, &r, &more, e));
		struct known_offer *now = more ? map_get(by_id, uid_text(&r.offer)) : NULL;
		if (k && (!more || now != k)) {
			struct compare_tier *tiers = ARENA_ARRAY(s->a, n, struct compare_tier);
			if (!tiers)
				return arena_fail(s->a, e);
			memcpy(tiers, buffer, n * sizeof *tiers);
			struct feed_offer *t = (struct feed_offer *)(uintptr_t)k->terms; /* made by load_terms */
			t->tiers = tiers;
			t->n_tiers = (uint8_t)n;
			n = 0;
		}
		k = now;
		if (!more)
			return ERR_OK;
		if (n < COMPARE_TIERS_MAX)
			buffer[n++] = tier_of(r.upto_minor, r.fixed_minor, r.share_ppm, r.least_minor, r.most_minor);
	}
}

static enum err_code load_last(struct session *s, str provider, const struct map *by_series, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(price_last_of_open(s->m->db, s->m->programme, provider, &rows, e));
	for (;;) {
		struct price_last_of_row r;
		bool more;
		TRY(price_last_of_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		struct known_offer *k = map_get(by_series, uid_text(&r.series));
		if (!k)
			continue;
		k->has_last = true;
		k->last_collected = r.collected_ms;
		k->last_margin = (uint8_t)word_index(r.margin, prices_margins);
		if (r.rate.p && compare_rate_parse(r.rate, &k->last_rate, NULL) != ERR_OK)
			k->last_rate = (struct compare_rate){0};
	}
}

static enum err_code load_offers(struct session *s, str provider, struct known_provider *p, struct err *e)
{
	if (p->offers_loaded)
		return ERR_OK;
	struct map *by_id = map_new(s->a, 7), *by_series = map_new(s->a, 8);
	p->offers_loaded = true;
	if (!by_id || !by_series)
		return arena_fail(s->a, e);
	TRY(load_terms(s, provider, by_id, by_series, e));
	TRY(load_tiers(s, provider, by_id, e));
	return load_last(s, provider, by_series, e);
}

/* ---- a row ---- */

static bool same_path(const struct feed_offer *a, const struct feed_offer *b)
{
	return str_eq(a->send_country, b->send_country) && str_eq(a->send_currency, b->send_currency) &&
	    str_eq(a->receive_country, b->receive_country) && str_eq(a->receive_currency, b->receive_currency);
}

static int64_t ms(struct opt_i64 v)
{
	return v.has ? v.v : PRICES_UNKNOWN;
}

/* The terms that an observation was made under. */
static enum err_code terms_at(struct session *s, uid id, struct feed_offer *ret, struct err *e)
{
	struct price_terms_get_row r;
	struct compare_tier *tiers = ARENA_ARRAY(s->scratch, COMPARE_TIERS_MAX, struct compare_tier);
	AUTO_ROWS rows = NULL;
	if (!tiers)
		return arena_fail(s->scratch, e);
	TRY(price_terms_get(s->m->db, s->m->programme, id, s->scratch, &r, e));
	*ret = TERMS_OF(r);
	ret->tiers = tiers;
	TRY(price_tiers_get_open(s->m->db, s->m->programme, id, &rows, e));
	for (;;) {
		struct price_tiers_get_row t;
		bool more;
		TRY(price_tiers_get_next(rows, &t, &more, e));
		if (!more)
			return ERR_OK;
		if (ret->n_tiers < COMPARE_TIERS_MAX)
			tiers[ret->n_tiers++] = tier_of(t.upto_minor, t.fixed_minor, t.share_ppm, t.least_minor, t.most_minor);
	}
}

static bool seen_equal(const struct feed_offer *o, const struct price_observation_at_row *r)
{
	return o->quoted == ms(r->quoted_ms) && o->updated == ms(r->updated_ms) && o->valid_until == ms(r->valid_until_ms) &&
	    str_is(r->method, prices_methods[o->method]) && str_is(r->availability, prices_availabilities[o->availability]) &&
	    str_is(r->margin, prices_margins[o->margin]) && str_eq(o->rate_text, r->rate) && o->asked == or_unknown(r->asked_minor) &&
	    o->fee == or_unknown(r->fee_minor) && o->gets == or_unknown(r->gets_minor) && o->promotional_fee == r->promotional_fee &&
	    o->promotional_rate == r->promotional_rate && str_eq(o->url, r->url) && str_eq(o->collector, r->collector);
}

/* Is there a price of that offer and time, and does the row say something else? */
static enum err_code against_stored(struct session *s, struct pending *x, enum row_fate *ret_fate, struct err *e)
{
	const struct feed_offer *o = &x->row->offer;
	struct price_observation_at_row r;
	struct feed_offer then;
	*ret_fate = ROW_NEW;
	x->revision = 1;
	if (x->new_offer)
		return ERR_OK;
	enum err_code code = price_observation_at(s->m->db, s->m->programme, x->known->series, o->collected, s->scratch, &r, e);
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(code);
	x->revision = r.revision + 1;
	bool same = seen_equal(o, &r);
	if (same) {
		TRY(terms_at(s, r.offer, &then, e));
		same = terms_equal(o, &then);
	}
	*ret_fate = session_fate(s, x->row, x->subject, true, same, x->known->example);
	return ERR_OK;
}

static enum err_code new_offer(struct session *s, struct pending *x, str key, struct err *e)
{
	struct known_offer *k = ARENA_NEW(s->a, struct known_offer);
	if (!k)
		return arena_fail(s->a, e);
	*k = (struct known_offer){.series = uid_new(s->m->uids), .example = x->row->example, .terms = &x->row->offer};
	k->id = k->series;
	x->known = k;
	x->new_offer = true;
	return map_set(s->offers, key, k, NULL) ? ERR_OK : arena_fail(s->a, e);
}

/* Under which revision of the terms it stands; new ones when it says something new. */
static void place_terms(struct session *s, struct pending *x)
{
	struct known_offer *k = x->known;
	x->new_terms = x->new_offer || !terms_equal(&x->row->offer, k->terms);
	if (x->new_terms) {
		k->revision++;
		k->id = x->new_offer ? k->series : uid_new(s->m->uids);
		k->terms = &x->row->offer;
	}
	x->terms_revision = k->revision;
	x->terms = k->id;
	if (!k->newest || x->row->offer.collected > k->newest->offer.collected)
		k->newest = x->row;
}

static enum err_code resolve(struct session *s, const struct feed_row *row, struct pendings *v, struct err *e)
{
	const struct feed_offer *o = &row->offer;
	struct known_provider *p;
	struct pending x = {.row = row};
	bool first;
	enum row_fate fate;
	TRY(offer_key(s->a, o->provider, o->key, &x.subject, e));
	str seen = arena_fmt(s->a, "%.*s %lld", STR_ARG(x.subject), (long long)o->collected);
	if (!seen.p)
		return arena_fail(s->a, e);
	TRY(session_first(s, row, seen, x.subject, &first, e));
	if (!first)
		return ERR_OK;
	TRY(session_provider(s, o->provider, &p, e));
	if (!session_provider_fits(s, row, p, o->provider, x.subject))
		return ERR_OK;
	TRY(load_offers(s, o->provider, p, e));
	x.known = map_get(s->offers, x.subject);
	if (x.known && !same_path(o, x.known->terms)) {
		session_note(s, PRICES_REFUSED, row->line, row->col, x.subject, "receive_currency",
		    "the offer goes from %.*s in %.*s to %.*s in %.*s already: an offer keeps its countries and currencies, another one needs a key of its own",
		    STR_ARG(x.known->terms->send_country), STR_ARG(x.known->terms->send_currency), STR_ARG(x.known->terms->receive_country),
		    STR_ARG(x.known->terms->receive_currency));
		return ERR_OK;
	}
	if (!x.known)
		TRY(new_offer(s, &x, x.subject, e));
	TRY(against_stored(s, &x, &fate, e));
	if (fate == ROW_STOP)
		return ERR_OK;
	place_terms(s, &x);
	struct pending *kept = VEC_ADD(v, s->a);
	if (!kept)
		return arena_fail(s->a, e);
	*kept = x;
	return ERR_OK;
}

static void tell(struct session *s, const struct pending *x)
{
	const struct feed_row *row = x->row;
	AUTO_BUF when = BUF_INIT(64);
	buf_add_instant(&when, row->offer.collected);
	if (x->held)
		session_note(s, PRICES_HELD, row->line, row->col, x->subject, "", "price of %.*s is kept and waits for a person: %s",
		    STR_ARG(buf_str(&when)), x->held);
	else
		session_note(s, x->revision > 1 ? PRICES_CORRECTED : PRICES_TAKEN, row->line, row->col, x->subject, "", "%sprice of %.*s",
		    x->new_offer ? "new offer, " : x->new_terms ? "new terms, " : "", STR_ARG(buf_str(&when)));
}

static int by_line(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;
	return (x->row->line > y->row->line) - (x->row->line < y->row->line);
}

static int by_time(const void *a, const void *b)
{
	const struct feed_row *x = *(const struct feed_row *const *)a, *y = *(const struct feed_row *const *)b;
	if (x->offer.collected != y->offer.collected)
		return x->offer.collected < y->offer.collected ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* In the order of time, so that revisions of terms and what came before a price do not depend on the order of the rows. */
static enum err_code in_order(struct session *s, const struct feed_row ***ret, size_t *ret_n, struct err *e)
{
	const struct feed_row **list = ARENA_ARRAY(s->a, s->rows.n + 1, const struct feed_row *);
	size_t n = 0;
	if (!list)
		return arena_fail(s->a, e);
	for (size_t i = 0; i < s->rows.n; i++)
		if (s->rows.p[i]->kind == FEED_OFFERS)
			list[n++] = s->rows.p[i];
	qsort(list, n, sizeof *list, by_time);
	*ret = list;
	*ret_n = n;
	return ERR_OK;
}

enum err_code import_offers(struct session *s, struct err *e)
{
	struct pendings v = {0};
	const struct feed_row **rows;
	size_t n;
	TRY(in_order(s, &rows, &n, e));
	for (size_t i = 0; i < n; i++) {
		arena_reset(s->scratch);
		TRY(resolve(s, rows[i], &v, e));
	}
	if (v.n == 0)
		return ERR_OK;
	TRY(offers_judge(s, &v, e));
	TRY(session_file(s, e));
	TRY(offers_write(s, &v, e));
	qsort(v.p, v.n, sizeof *v.p, by_line);
	for (size_t i = 0; i < v.n; i++)
		tell(s, &v.p[i]);
	return ERR_OK;
}
