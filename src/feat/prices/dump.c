/* All observations, one after the other. */
#include "feat/prices/session.h"

static int64_t ms(struct opt_i64 v)
{
	return v.has ? v.v : PRICES_UNKNOWN;
}

enum err_code prices_observations(struct db *c, int64_t programme, int64_t from_ms, prices_observation_fn fn, void *ctx, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(price_dump_open(c, programme, from_ms, &rows, e));
	for (;;) {
		struct price_dump_row r;
		bool more;
		TRY(price_dump_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		const struct prices_observation o = {.provider = r.provider, .provider_name = r.provider_name, .offer = r.offer,
		    .send_country = r.send_country, .send_currency = r.send_currency, .receive_country = r.receive_country,
		    .receive_currency = r.receive_currency, .product = r.product, .access_point = r.access_point, .fee_model = r.fee_model,
		    .pay_in = r.pay_in, .payout = r.payout, .collected_ms = r.collected_ms, .quoted_ms = ms(r.quoted_ms), .updated_ms = ms(r.updated_ms),
		    .valid_until_ms = ms(r.valid_until_ms), .method = r.method, .availability = r.availability, .margin = r.margin, .rate = r.rate,
		    .asked_minor = or_unknown(r.asked_minor), .fee_minor = or_unknown(r.fee_minor), .gets_minor = or_unknown(r.gets_minor),
		    .promotional_fee = r.promotional_fee, .promotional_rate = r.promotional_rate, .url = r.url, .collector = r.collector, .held = r.held,
		    .released_by = r.released_by, .reason = r.reason, .revision = r.revision, .superseded = r.superseded,
		    .payload_sha256 = r.payload_sha256, .file = r.file, .line = r.line, .example = r.example};
		TRY(fn(ctx, &o, e));
	}
}
