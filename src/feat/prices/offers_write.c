/* Terms, tiers and observations into their tables. */
#include "feat/prices/offers.h"

static const struct db_column offer_columns[] = {{"programme", DB_I64, false}, {"id", DB_UID, false}, {"series", DB_UID, false},
    {"revision", DB_I64, false}, {"provider", DB_STR, false}, {"key", DB_STR, false}, {"send_country", DB_STR, false},
    {"send_currency", DB_STR, false}, {"receive_country", DB_STR, false}, {"receive_currency", DB_STR, false}, {"product", DB_STR, true},
    {"pay_in", DB_I64, false}, {"payout", DB_I64, false}, {"access_point", DB_STR, true}, {"fee_model", DB_STR, false},
    {"least_minor", DB_I64, true}, {"most_minor", DB_I64, true}, {"receive_fee_minor", DB_I64, true}, {"soonest_minutes", DB_I64, true},
    {"latest_minutes", DB_I64, true}, {"business_days", DB_BOOL, false}, {"round_down", DB_BOOL, false}, {"first_transfer", DB_BOOL, false},
    {"tracking", DB_I64, true}, {"languages", DB_STR, true}, {"identification", DB_STR, true}, {"refunds", DB_STR, true},
    {"example", DB_BOOL, false}, {"file", DB_UID, false}, {"line", DB_I64, false}};
static const struct db_column tier_columns[] = {{"programme", DB_I64, false}, {"offer", DB_UID, false}, {"seq", DB_I64, false},
    {"upto_minor", DB_I64, true}, {"fixed_minor", DB_I64, false}, {"share_ppm", DB_I64, false}, {"least_minor", DB_I64, false},
    {"most_minor", DB_I64, false}, {"example", DB_BOOL, false}};
static const struct db_column observation_columns[] = {{"programme", DB_I64, false}, {"id", DB_UID, false}, {"series", DB_UID, false},
    {"offer", DB_UID, false}, {"revision", DB_I64, false}, {"collected_ms", DB_I64, false}, {"quoted_ms", DB_I64, true},
    {"updated_ms", DB_I64, true}, {"valid_until_ms", DB_I64, true}, {"method", DB_STR, false}, {"availability", DB_STR, false},
    {"margin", DB_STR, false}, {"rate", DB_STR, true}, {"asked_minor", DB_I64, true}, {"fee_minor", DB_I64, true},
    {"gets_minor", DB_I64, true}, {"promotional_fee", DB_BOOL, false}, {"promotional_rate", DB_BOOL, false}, {"url", DB_STR, true},
    {"payload_sha256", DB_BYTES, false}, {"collector", DB_STR, true}, {"held", DB_STR, true}, {"reason", DB_STR, true},
    {"example", DB_BOOL, false}, {"file", DB_UID, false}, {"line", DB_I64, false}};

#define TABLE(nm, c) {.name = nm, .columns = c, .n = sizeof(c) / sizeof *(c)}
static const struct db_table offer_table = TABLE("price_offer", offer_columns), tier_table = TABLE("price_tier", tier_columns),
			     observation_table = TABLE("price_observation", observation_columns);

static void maybe(struct db_bulk *b, int64_t v)
{
	db_bulk_opt_i64(b, opt_amount(v));
}

static void instant_of(struct db_bulk *b, int64_t v)
{
	db_bulk_opt_i64(b, v == PRICES_UNKNOWN ? I64_NONE : opt_i64(v));
}

static enum err_code write_terms(const struct session *s, const struct pending *x, struct db_bulk *b, struct err *e)
{
	const struct feed_offer *o = &x->row->offer;
	db_bulk_i64(b, s->m->programme);
	db_bulk_uid(b, x->terms);
	db_bulk_uid(b, x->known->series);
	db_bulk_i64(b, x->terms_revision);
	const str needed[] = {o->provider, o->key, o->send_country, o->send_currency, o->receive_country, o->receive_currency};
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		db_bulk_str(b, needed[i]);
	db_bulk_str(b, opt(o->product));
	db_bulk_i64(b, o->pay_in);
	db_bulk_i64(b, o->payout);
	db_bulk_str(b, opt(o->access_point));
	db_bulk_str(b, str_of(prices_fee_models[o->fee_model]));
	const int64_t numbers[] = {o->least, o->most, o->receive_fee, o->soonest, o->latest};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		maybe(b, numbers[i]);
	db_bulk_bool(b, o->business_days);
	db_bulk_bool(b, o->round_down);
	db_bulk_bool(b, o->first_transfer);
	maybe(b, o->tracking);
	db_bulk_str(b, opt(o->languages));
	db_bulk_str(b, opt(o->identification));
	db_bulk_str(b, opt(o->refunds));
	db_bulk_bool(b, x->row->example);
	db_bulk_uid(b, s->file_id);
	db_bulk_i64(b, x->row->line);
	return db_bulk_row(b, e);
}

static enum err_code write_tiers(const struct session *s, const struct pending *x, struct db_bulk *b, struct err *e)
{
	const struct feed_offer *o = &x->row->offer;
	for (size_t i = 0; i < o->n_tiers; i++) {
		const struct compare_tier *t = &o->tiers[i];
		db_bulk_i64(b, s->m->programme);
		db_bulk_uid(b, x->terms);
		db_bulk_i64(b, (int64_t)i + 1);
		db_bulk_opt_i64(b, t->upto == COMPARE_AMOUNT_MAX ? I64_NONE : opt_i64(t->upto));
		db_bulk_i64(b, t->fixed);
		db_bulk_i64(b, t->share_ppm);
		db_bulk_i64(b, t->least);
		db_bulk_i64(b, t->most);
		db_bulk_bool(b, x->row->example);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code write_observation(const struct session *s, const struct pending *x, struct db_bulk *b, struct err *e)
{
	static const sha256 none = {{0}};
	const struct feed_offer *o = &x->row->offer;
	const sha256 *payload = sha256_eq(o->payload, none) ? &s->hash : &o->payload;
	db_bulk_i64(b, s->m->programme);
	db_bulk_uid(b, uid_new(s->m->uids));
	db_bulk_uid(b, x->known->series);
	db_bulk_uid(b, x->terms);
	db_bulk_i64(b, x->revision);
	db_bulk_i64(b, o->collected);
	instant_of(b, o->quoted);
	instant_of(b, o->updated);
	instant_of(b, o->valid_until);
	db_bulk_str(b, str_of(prices_methods[o->method]));
	db_bulk_str(b, str_of(prices_availabilities[o->availability]));
	db_bulk_str(b, str_of(prices_margins[o->margin]));
	db_bulk_str(b, opt(o->rate_text));
	maybe(b, o->asked);
	maybe(b, o->fee);
	maybe(b, o->gets);
	db_bulk_bool(b, o->promotional_fee);
	db_bulk_bool(b, o->promotional_rate);
	db_bulk_str(b, opt(o->url));
	db_bulk_str(b, (str){(const char *)payload->b, sizeof payload->b});
	db_bulk_str(b, opt(o->collector));
	db_bulk_str(b, x->held ? str_of(x->held) : STR_NONE);
	db_bulk_str(b, opt(x->row->correction));
	db_bulk_bool(b, x->row->example);
	db_bulk_uid(b, s->file_id);
	db_bulk_i64(b, x->row->line);
	return db_bulk_row(b, e);
}

typedef enum err_code (*write_fn)(const struct session *s, const struct pending *x, struct db_bulk *b, struct err *e);

/* One table after the other: parents are there before what refers to them. */
static enum err_code write_all(const struct session *s, const struct pendings *v, const struct db_table *t, write_fn write, bool terms_only,
    struct err *e)
{
	AUTO_BULK b = NULL;
	TRY(db_bulk_begin(s->m->db, t, &b, e));
	for (size_t i = 0; i < v->n; i++)
		if (!terms_only || v->p[i].new_terms)
			TRY(write(s, &v->p[i], b, e));
	struct db_bulk *done = b;
	b = NULL;
	return db_bulk_end(done, NULL, e);
}

enum err_code offers_write(struct session *s, struct pendings *v, struct err *e)
{
	TRY(write_all(s, v, &offer_table, write_terms, true, e));
	TRY(write_all(s, v, &tier_table, write_tiers, true, e));
	return write_all(s, v, &observation_table, write_observation, false, e);
}
