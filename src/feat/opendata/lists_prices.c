/* Lists of what it costs to send money: current offers as observed, and averages of corridors. */
#include "feat/opendata/lists.h"

#include "feat/opendata/cells.h"
#include "feat/prices/prices.h"
#include "feat/site/public.h"

enum { CELL_BYTES = 16 * 1024 };

/* ---- offers ---- */

static const struct table_column offer_columns[] = {
    {"provider", TABLE_TEXT, NULL, "Name of the provider."},
    {"provider_key", TABLE_TEXT, NULL, "Key of the provider."},
    {"offer_key", TABLE_TEXT, NULL, "Key of the offer; with the provider's it names the offer."},
    {"send_country", TABLE_TEXT, NULL, "Country of the sender, ISO 3166-1."},
    {"send_currency", TABLE_TEXT, NULL, "Currency that is sent, ISO 4217."},
    {"receive_country", TABLE_TEXT, NULL, "Country of the receiver, ISO 3166-1."},
    {"receive_currency", TABLE_TEXT, NULL, "Currency that arrives, ISO 4217."},
    {"pay_in", TABLE_TEXT, NULL, "Ways to pay, ';' between them."},
    {"payout", TABLE_TEXT, NULL, "Ways to receive, ';' between them."},
    {"fee_model", TABLE_TEXT, NULL, "on top, deducted or unknown."},
    {"tiers", TABLE_TEXT, NULL,
        "Steps of the tariff, ';' between them: upto/fixed/percent/least/most, amounts in minor units, percent in millionths."},
    {"margin", TABLE_TEXT, NULL, "measured, same currency or unknown. Unknown is not zero."},
    {"rate", TABLE_DECIMAL, NULL, "Applied rate: units received for one unit sent."},
    {"receive_fee", TABLE_MONEY, NULL, "Taken at the other end, in the currency that arrives; empty: not known."},
    {"latest_minutes", TABLE_INTEGER, "minutes", "Arrives after at most so many minutes."},
    {"business_days", TABLE_BOOL, NULL, "Only days on which both countries work count."},
    {"method", TABLE_TEXT, NULL, "How the price was obtained."},
    {"collected_at", TABLE_TEXT, NULL, "When it was collected (UTC)."},
    {"quoted_at", TABLE_TEXT, NULL, "The provider's own time of the quote (UTC)."},
    {"updated_at", TABLE_TEXT, NULL, "When the provider's source was last updated (UTC)."},
    {"valid_until", TABLE_TEXT, NULL, "Until when the quote holds (UTC)."},
    {"availability", TABLE_TEXT, NULL, "observed, or why there is no price."},
    {"source", TABLE_TEXT, NULL, "File that it was read from."},
    {"payload_sha256", TABLE_TEXT, NULL, "SHA-256 of the raw answer."},
    {"example", TABLE_BOOL, NULL, "true: invented."},
};

static size_t offer_count(const struct public_view *v)
{
	return v->prices->n_offers;
}

static const struct prices_corridor *corridor_of(const struct prices_view *v, size_t offer)
{
	size_t lo = 0, hi = v->n_corridors;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (v->corridors[mid].first_offer <= offer)
			lo = mid;
		else
			hi = mid;
	}
	return &v->corridors[lo];
}

static str words_of(struct arena *a, uint16_t bits, const char *const *words)
{
	AUTO_BUF b = BUF_INIT(CELL_BYTES);
	for (size_t i = 0; words[i]; i++)
		if (bits >> i & 1)
			buf_addf(&b, "%s%s", b.n ? ";" : "", words[i]);
	return arena_str(a, buf_str(&b));
}

static str tiers_of(struct arena *a, const struct prices_view *v, const struct compare_offer *o)
{
	AUTO_BUF b = BUF_INIT(CELL_BYTES);
	for (size_t i = 0; i < o->n_tiers; i++) {
		const struct compare_tier *t = &v->tiers[o->tiers + i];
		buf_addf(&b, "%s%lld/%d/%d/%d/%d", i ? ";" : "", (long long)t->upto, t->fixed, t->share_ppm, t->least, t->most);
	}
	return arena_str(a, buf_str(&b));
}

static void cell_minute(struct table_cell *c, struct arena *a, int64_t minute)
{
	AUTO_BUF b = BUF_INIT(64);
	if (minute == PRICES_UNKNOWN)
		return;
	buf_add_instant(&b, minute * 60000);
	cell_text(c, arena_str(a, buf_str(&b)));
}

static money amount_of(int64_t minor, str currency)
{
	money m = {.minor = minor};
	if (currency.n == sizeof m.currency - 1)
		memcpy(m.currency, currency.p, currency.n);
	return m;
}

static void offer_terms(const struct prices_view *v, const struct prices_corridor *c, const struct compare_offer *o,
    struct arena *a, struct table_cell *cells)
{
	cell_text(&cells[7], words_of(a, o->pay_in, prices_pay_ins));
	cell_text(&cells[8], words_of(a, o->payout, prices_payouts));
	cell_text(&cells[9], str_of(prices_fee_models[o->fee_model]));
	cell_text(&cells[10], tiers_of(a, v, o));
	cell_text(&cells[11], str_of(prices_margins[o->margin]));
	cells[12].missing = o->margin == COMPARE_MARGIN_UNKNOWN;
	cells[12].number = decimal_scaled(o->rate, -(int32_t)o->rate_scale);
	if (o->receive_fee >= 0)
		cell_money(&cells[13], amount_of(o->receive_fee, c->receive_currency));
	if (o->latest >= 0)
		cell_int(&cells[14], o->latest);
	cell_bool(&cells[15], o->flags & COMPARE_BUSINESS_DAYS);
}

static enum err_code offer_row(const struct public_view *view, size_t i, struct arena *a, struct table_cell *cells,
    struct err *e)
{
	const struct prices_view *v = view->prices;
	const struct compare_offer *o = &v->offers[i];
	const struct prices_detail *d = &v->details[i];
	const struct prices_corridor *c = corridor_of(v, i);
	char hex[65];
	const str texts[] = {v->providers[o->provider].name, v->providers[o->provider].key, d->key, c->send_country,
	    c->send_currency, c->receive_country, c->receive_currency};
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		cell_text(&cells[k], texts[k]);
	offer_terms(v, c, o, a, cells);
	cell_text(&cells[16], str_of(prices_methods[o->method]));
	cell_minute(&cells[17], a, o->collected);
	cell_minute(&cells[18], a, d->quoted);
	cell_minute(&cells[19], a, d->updated);
	cell_minute(&cells[20], a, d->valid_until);
	cell_text(&cells[21], str_of(prices_availabilities[d->availability]));
	cell_text(&cells[22], v->sources[d->source].name);
	sha256_hex(d->payload, hex);
	cell_text(&cells[23], arena_str(a, str_of(hex)));
	cell_bool(&cells[24], d->example);
	return cells[23].text.p ? ERR_OK : arena_fail(a, e);
}

const struct opendata_list list_price_offers = {"price-offers", MSG("Offers to send money"),
    MSG("Current offers to send money home, each with its tariff, where it comes from and how old it is."), offer_columns, 25,
    offer_count, offer_row};

/* ---- averages ---- */

static const struct table_column average_columns[] = {
    {"send_country", TABLE_TEXT, NULL, "Country of the sender, ISO 3166-1."},
    {"receive_country", TABLE_TEXT, NULL, "Country of the receiver, ISO 3166-1."},
    {"averages_of", TABLE_TEXT, NULL, "Country that the average was published for, when it is another one."},
    {"year", TABLE_INTEGER, NULL, "Year."},
    {"quarter", TABLE_INTEGER, NULL, "Quarter, 1 to 4."},
    {"mean_percent", TABLE_DECIMAL, "percent", "Average cost in percent of about 200 dollars, all services that tell their rate."},
    {"source", TABLE_TEXT, NULL, "Who published it."},
};

static size_t average_count(const struct public_view *v)
{
	size_t n = 0;
	for (size_t i = 0; i < v->prices->n_corridors; i++)
		n += v->prices->corridors[i].n_averages;
	return n;
}

static enum err_code average_row(const struct public_view *view, size_t i, struct arena *a, struct table_cell *cells,
    struct err *e)
{
	const struct prices_corridor *c = view->prices->corridors;
	(void)a;
	(void)e;
	while (i >= c->n_averages)
		i -= c++->n_averages;
	const struct prices_average *x = &c->averages[i];
	cell_text(&cells[0], c->send_country);
	cell_text(&cells[1], c->receive_country);
	cell_text(&cells[2], c->averages_of);
	cell_int(&cells[3], x->year);
	cell_int(&cells[4], x->quarter);
	cell_decimal_text(&cells[5], x->mean);
	cell_text(&cells[6], x->source);
	return ERR_OK;
}

const struct opendata_list list_price_averages = {"price-averages", MSG("What sending money cost"),
    MSG("Average cost of sending money, by corridor and quarter, as published by the World Bank."), average_columns, 7,
    average_count, average_row};
