/* Mid rates between two currencies from rates for one euro. */
#include "feat/prices/session.h"

enum { BACK_DAYS = 45, DAY_MS = 86400000 };

struct known_rate {
	str source;
	int32_t day;
	struct compare_rate rate;
	bool example;
};

/* Of one currency: by source, then day. */
struct known_rates {
	VEC(struct known_rate) v;
};

bool benchmark_cross(struct compare_rate send, struct compare_rate receive, struct compare_rate *ret_rate)
{
	const struct compare_rate one = {1, 0};
	if (send.digits == 1 && send.scale == 0) { /* from euros: the digits as published */
		*ret_rate = receive;
		return true;
	}
	return compare_carry(receive, send, one, ret_rate, NULL) == ERR_OK;
}

static enum err_code load(struct session *s, str currency, struct known_rates **ret, struct err *e)
{
	struct known_rates *k = map_get(s->rates, currency);
	AUTO_ROWS rows = NULL;
	if (k) {
		*ret = k;
		return ERR_OK;
	}
	k = ARENA_NEW(s->a, struct known_rates);
	str key = arena_str(s->a, currency);
	if (!k || !key.p || !map_set(s->rates, key, k, NULL))
		return arena_fail(s->a, e);
	int32_t first = date_of_instant(s->m->now_ms).day;
	for (size_t i = 0; i < s->rows.n; i++)
		if (s->rows.p[i]->kind == FEED_OFFERS && s->rows.p[i]->offer.collected / DAY_MS < first)
			first = (int32_t)(s->rows.p[i]->offer.collected / DAY_MS);
	TRY(price_rates_of_open(s->m->db, s->m->programme, currency, first - BACK_DAYS, INT32_MAX, &rows, e));
	for (;;) {
		struct price_rates_of_row row;
		bool more;
		struct compare_rate rate;
		TRY(price_rates_of_next(rows, &row, &more, e));
		if (!more)
			break;
		if (compare_rate_parse(row.rate, &rate, NULL) != ERR_OK)
			continue; /* beyond what a rate holds */
		struct known_rate *r = VEC_ADD(&k->v, s->a);
		str source = k->v.n > 1 && str_eq(k->v.p[k->v.n - 2].source, row.source) ? k->v.p[k->v.n - 2].source : arena_str(s->a, row.source);
		if (!r || !source.p)
			return arena_fail(s->a, e);
		*r = (struct known_rate){.source = source, .day = (int32_t)row.day, .rate = rate, .example = row.example};
	}
	*ret = k;
	return ERR_OK;
}

static enum err_code per_euro(struct session *s, str currency, int32_t day, bool example, struct compare_rate *ret, struct err *e)
{
	struct known_rates *k;
	const struct known_rate *best = NULL;
	*ret = (struct compare_rate){str_is(currency, "EUR"), 0};
	if (str_is(currency, "EUR"))
		return ERR_OK;
	TRY(load(s, currency, &k, e));
	vec_each (r, &k->v) {
		if (r->day > day || r->day < day - BENCHMARK_DAYS || (r->example && !example))
			continue;
		bool better = !best || (str_eq(r->source, best->source) && r->day > best->day) ||
		    (str_is(r->source, RATES_ECB) && !str_is(best->source, RATES_ECB));
		if (better)
			best = r;
	}
	if (best)
		*ret = best->rate;
	return ERR_OK;
}

enum err_code benchmark_on(struct session *s, str send, str receive, int32_t day, bool example, struct compare_rate *ret_rate, struct err *e)
{
	struct compare_rate a, b, cross;
	*ret_rate = (struct compare_rate){0};
	TRY(per_euro(s, send, day, example, &a, e));
	TRY(per_euro(s, receive, day, example, &b, e));
	if (a.digits && b.digits && benchmark_cross(a, b, &cross))
		*ret_rate = cross;
	return ERR_OK;
}
