/* Feeds of prices, CSV and JSON: any bytes give rows and refusals, and what is given can be compared. */
#include "feat/prices/feed.h"
#include "fuzz.h"

static enum err_code on_row(void *ctx, const struct feed_row *row, struct err *e)
{
	const struct feed_offer *o = &row->offer;
	(void)ctx;
	FUZZ_CHECK(row->line > 0 && row->kind < FEED_KINDS);
	if (row->kind != FEED_OFFERS)
		return ERR_OK;
	FUZZ_CHECK(o->provider.n && o->key.n && o->send_country.n == 2 && o->send_currency.n == 3 && o->pay_in && o->payout);
	FUZZ_CHECK((o->margin == COMPARE_MARGIN_UNKNOWN) == (o->rate_text.p == NULL));
	const struct compare_offer c = {.rate = o->rate.digits, .rate_scale = o->rate.scale, .least = o->least < 0 ? 0 : o->least,
	    .most = o->most < 0 ? 0 : o->most, .soonest = o->soonest, .latest = o->latest, .n_tiers = o->n_tiers, .margin = o->margin};
	FUZZ_CHECK(compare_offer_check(&c, o->tiers, e) == ERR_OK);
	return ERR_OK;
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	(void)ctx;
	(void)e;
	FUZZ_CHECK(why->detail[0] && why->line);
	return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_ARENA a = arena_new(64 << 20);
	const struct feed_reading r = {.file = "fuzz", .now_ms = INT64_C(1776081600000), .a = a, .on_row = on_row, .on_refused = on_refused};
	str text = {(const char *)data, n};
	enum feed_kind kind;
	struct err e;
	if (!a)
		return 0;
	if (feed_is_csv(text, &kind))
		(void)!feed_read_csv(text, kind, &r, &e);
	(void)!feed_read_json(text, &r, &e);
	return 0;
}
