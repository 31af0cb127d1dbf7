/* What a corridor has besides its offers: benchmarks, averages, market shares, prices that wait. */
#include "feat/prices/load.h"
#include "feat/prices/session.h"

#include "base/decimal.h"

#include <stdlib.h>

enum { PER_POINT = 10000, MINUTES_A_DAY = 1440 };
#define ANTILLES "AN"

static enum err_code keep(struct arena *a, str from, str *to, struct err *e)
{
	*to = from.n ? arena_str(a, from) : STR("");
	return to->p ? ERR_OK : arena_fail(a, e);
}

/* ---- rates ---- */

struct rate_list {
	struct prices_rate *p;
	size_t n, cap;
};

static enum err_code add_rate(struct loading *l, struct rate_list *list, str source, str currency, int64_t day, str rate, bool example, struct err *e)
{
	struct compare_rate parsed;
	if (compare_rate_parse(rate, &parsed, NULL) != ERR_OK)
		return ERR_OK; /* beyond what a rate holds */
	struct prices_rate *r = VEC_ADD(list, l->a);
	if (!r)
		return arena_fail(l->a, e);
	*r = (struct prices_rate){.day = {(int32_t)day}, .rate = parsed, .example = example};
	TRY(keep(l->a, source, &r->source, e));
	return keep(l->a, currency, &r->currency, e);
}

static enum err_code load_rates(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	struct rate_list list = {0};
	TRY(price_view_rates_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_rates_row r;
		bool more;
		TRY(price_view_rates_next(rows, &r, &more, e));
		if (!more)
			break;
		TRY(add_rate(l, &list, r.source, r.currency, r.day, r.rate, r.example, e));
	}
	l->v->rates = list.p;
	l->v->n_rates = list.n;
	return ERR_OK;
}

/* Rates that corridor c may be measured by: of the day of the invention, or the last ones that are real. One for each source. */
static enum err_code rates_for(struct loading *l, const struct prices_corridor *c, str currency, struct rate_list *ret, struct err *e)
{
	AUTO_ROWS rows = NULL;
	if (str_is(currency, "EUR"))
		return add_rate(l, ret, STR(""), currency, INT32_MAX, STR("1"), false, e);
	if (c->example_at == PRICES_UNKNOWN) {
		for (size_t i = 0; i < l->v->n_rates; i++) {
			const struct prices_rate *r = &l->v->rates[i];
			struct prices_rate *kept;
			if (!str_eq(r->currency, currency) || (r->example && !c->example))
				continue;
			kept = VEC_ADD(ret, l->a);
			if (!kept)
				return arena_fail(l->a, e);
			*kept = *r;
		}
		return ERR_OK;
	}
	int64_t day = c->example_at / MINUTES_A_DAY;
	TRY(price_rates_of_open(l->db, l->programme, currency, day - BENCHMARK_DAYS, day, &rows, e));
	for (;;) { /* by source and day: the last of each source stays */
		struct price_rates_of_row r;
		bool more;
		TRY(price_rates_of_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		if (ret->n && str_eq(ret->p[ret->n - 1].source, r.source))
			ret->n--;
		TRY(add_rate(l, ret, r.source, currency, r.day, r.rate, r.example, e));
	}
}

/* The rate of the sending currency that goes with one of the receiving: the same source's, else the ECB's. */
static const struct prices_rate *partner(const struct rate_list *send, str source)
{
	const struct prices_rate *ecb = NULL;
	for (size_t i = 0; i < send->n; i++) {
		if (send->p[i].source.n == 0 || str_eq(send->p[i].source, source))
			return &send->p[i];
		if (str_is(send->p[i].source, RATES_ECB))
			ecb = &send->p[i];
	}
	return ecb;
}

static int by_importance(const void *a, const void *b)
{
	const struct prices_benchmark *x = a, *y = b;
	bool ecb_x = str_is(x->source, RATES_ECB), ecb_y = str_is(y->source, RATES_ECB);
	if (ecb_x != ecb_y)
		return ecb_x ? -1 : 1;
	if (x->example != y->example)
		return x->example ? 1 : -1;
	return str_cmp(x->source, y->source);
}

static enum err_code benchmarks_of(struct loading *l, struct prices_corridor *c, struct err *e)
{
	struct rate_list send = {0}, receive = {0};
	if (c->n_offers == 0)
		return ERR_OK;
	if (str_eq(c->send_currency, c->receive_currency)) {
		c->benchmarks[c->n_benchmarks++] = (struct prices_benchmark){.rate = {1, 0}, .source = STR(""), .day = DATE_NONE};
	} else {
		TRY(rates_for(l, c, c->send_currency, &send, e));
		TRY(rates_for(l, c, c->receive_currency, &receive, e));
	}
	bool to_euros = str_is(c->receive_currency, "EUR"); /* then the sources are those of the sending currency */
	for (size_t i = 0; i < (to_euros ? send.n : receive.n) && receive.n && c->n_benchmarks < PRICES_BENCHMARKS_MAX; i++) {
		const struct prices_rate *to = &receive.p[to_euros ? 0 : i], *from = to_euros ? &send.p[i] : partner(&send, to->source);
		struct prices_benchmark *b = &c->benchmarks[c->n_benchmarks];
		if (!from || !benchmark_cross(from->rate, to->rate, &b->rate))
			continue;
		b->source = to->source.n ? to->source : from->source;
		b->day = to->day.day < from->day.day ? to->day : from->day;
		b->example = to->example || from->example;
		c->n_benchmarks++;
	}
	qsort(c->benchmarks, c->n_benchmarks, sizeof *c->benchmarks, by_importance);
	c->pair.has_benchmark = c->n_benchmarks > 0;
	if (c->n_benchmarks)
		c->pair.benchmark = c->benchmarks[0].rate;
	return ERR_OK;
}

/* ---- averages ---- */

struct average_at {
	str send_country, receive_country;
	size_t first, n;
};

static int64_t ppm_of(str mean)
{
	decimal d;
	int64_t ppm = 0;
	if (decimal_parse(mean, &d) && decimal_mul(d, decimal_of(PER_POINT), &d) && decimal_round(d, 0, DECIMAL_HALF_UP, &d))
		(void)decimal_to_i64(d, &ppm);
	return ppm;
}

static void give_averages(struct prices_corridor *c, const struct prices_average *all, const struct average_at *at)
{
	c->averages = all + at->first;
	c->n_averages = at->n;
}

/* Countries that the Netherlands Antilles became; their corridors go on where its averages end. */
static bool of_antilles(str country)
{
	return str_is(country, "CW") || str_is(country, "SX") || str_is(country, "BQ");
}

static enum err_code place_averages(struct loading *l, const struct average_at *at, struct err *e)
{
	bool placed = false, antilles = str_is(at->receive_country, ANTILLES);
	for (size_t i = 0; i < l->corridors.n; i++) {
		struct prices_corridor *c = &l->corridors.p[i];
		if (!str_eq(c->send_country, at->send_country) ||
		    !(str_eq(c->receive_country, at->receive_country) || (antilles && of_antilles(c->receive_country) && c->n_averages == 0)))
			continue;
		give_averages(c, l->v->averages, at);
		c->averages_of = antilles ? STR(ANTILLES) : STR("");
		placed = true;
	}
	if (placed)
		return ERR_OK;
	struct prices_corridor *c = VEC_ADD(&l->corridors, l->a);
	if (!c)
		return arena_fail(l->a, e);
	*c = (struct prices_corridor){.send_country = at->send_country, .receive_country = at->receive_country, .send_currency = STR(""),
	    .receive_currency = STR(""), .first_offer = l->v->n_offers, .averages_of = STR(""), .example_at = PRICES_UNKNOWN,
	    .pair = {.send_digits = 2, .receive_digits = 2}};
	give_averages(c, l->v->averages, at);
	return ERR_OK;
}

static enum err_code load_averages(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct prices_average) list = {0};
	VEC(struct average_at) corridors = {0};
	TRY(price_averages_all_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_averages_all_row r;
		bool more;
		TRY(price_averages_all_next(rows, &r, &more, e));
		if (!more)
			break;
		struct average_at *at = corridors.n ? &corridors.p[corridors.n - 1] : NULL;
		if (!at || !str_eq(at->send_country, r.send_country) || !str_eq(at->receive_country, r.receive_country)) {
			at = VEC_ADD(&corridors, l->scratch);
			if (!at)
				return arena_fail(l->scratch, e);
			at->first = list.n;
			TRY(keep(l->a, r.send_country, &at->send_country, e));
			TRY(keep(l->a, r.receive_country, &at->receive_country, e));
		}
		struct prices_average *a = VEC_ADD(&list, l->a);
		if (!a)
			return arena_fail(l->a, e);
		*a = (struct prices_average){.year = (int32_t)r.year, .quarter = (int32_t)r.quarter, .mean_ppm = ppm_of(r.mean)};
		TRY(keep(l->a, r.mean, &a->mean, e));
		if (list.n > 1 && str_eq(list.p[list.n - 2].source, r.source))
			a->source = list.p[list.n - 2].source;
		else
			TRY(keep(l->a, r.source, &a->source, e));
		at->n++;
	}
	l->v->averages = list.p;
	l->v->n_averages = list.n;
	for (size_t i = 0; i < corridors.n; i++)
		TRY(place_averages(l, &corridors.p[i], e));
	return ERR_OK;
}

/* ---- market shares, prices that wait ---- */

struct share_at {
	str send_country, receive_country;
	size_t first, n;
	int64_t year;
};

static enum err_code load_shares(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct prices_share) list = {0};
	VEC(struct share_at) groups = {0};
	TRY(price_view_shares_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_shares_row r;
		bool more;
		TRY(price_view_shares_next(rows, &r, &more, e));
		if (!more)
			break;
		struct share_at *at = groups.n ? &groups.p[groups.n - 1] : NULL;
		if (!at || !str_eq(at->send_country, r.send_country) || !str_eq(at->receive_country, r.receive_country) || at->year != r.year) {
			at = VEC_ADD(&groups, l->scratch);
			if (!at)
				return arena_fail(l->scratch, e);
			at->first = list.n;
			at->year = r.year;
			TRY(keep(l->scratch, r.send_country, &at->send_country, e));
			TRY(keep(l->scratch, r.receive_country, &at->receive_country, e));
		}
		struct prices_share *s = VEC_ADD(&list, l->a);
		if (!s)
			return arena_fail(l->a, e);
		*s = (struct prices_share){.provider = load_provider_of(l, r.provider), .year = (int32_t)r.year, .share_ppm = (int32_t)r.share_ppm,
		    .example = r.example};
		TRY(keep(l->a, r.source, &s->source, e));
		at->n++;
	}
	l->v->shares = list.p;
	l->v->n_shares = list.n;
	/* groups come by year: the last one stays */
	for (size_t g = 0; g < groups.n; g++)
		for (size_t i = 0; i < l->corridors.n; i++) {
			struct prices_corridor *c = &l->corridors.p[i];
			if (str_eq(c->send_country, groups.p[g].send_country) && str_eq(c->receive_country, groups.p[g].receive_country)) {
				c->shares = list.p + groups.p[g].first;
				c->n_shares = groups.p[g].n;
			}
		}
	return ERR_OK;
}

static enum err_code load_waiting(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(price_view_waiting_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_waiting_row r;
		bool more;
		TRY(price_view_waiting_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		l->v->n_held += (uint32_t)r.n;
		for (size_t i = 0; i < l->corridors.n; i++) {
			struct prices_corridor *c = &l->corridors.p[i];
			if (str_eq(c->send_country, r.send_country) && str_eq(c->send_currency, r.send_currency) &&
			    str_eq(c->receive_country, r.receive_country) && str_eq(c->receive_currency, r.receive_currency))
				c->n_held += (uint32_t)r.n;
		}
	}
}

static int by_path(const void *a, const void *b)
{
	const struct prices_corridor *x = a, *y = b;
	const str left[] = {x->send_country, x->send_currency, x->receive_country, x->receive_currency},
		  right[] = {y->send_country, y->send_currency, y->receive_country, y->receive_currency};
	for (size_t i = 0; i < 4; i++) {
		int way = str_cmp(left[i], right[i]);
		if (way)
			return way;
	}
	return 0;
}

enum err_code load_corridors(struct loading *l, struct err *e)
{
	TRY(load_rates(l, e));
	TRY(load_averages(l, e));
	TRY(load_shares(l, e));
	TRY(load_waiting(l, e));
	for (size_t i = 0; i < l->corridors.n; i++)
		TRY(benchmarks_of(l, &l->corridors.p[i], e));
	if (l->corridors.n)
		qsort(l->corridors.p, l->corridors.n, sizeof *l->corridors.p, by_path);
	l->v->corridors = l->corridors.p;
	l->v->n_corridors = l->corridors.n;
	return ERR_OK;
}
