/* Prices on both databases: imported, corrected, held back, shown, removed. Figures of the three offers come from the worked example of the
 * method (what arrives of 140 euros). */
#include "db/testdb.h"

#include "codec/io.h"
#include "db/chain.h"
#include "feat/prices/import.h"
#include "feat/prices/t_import.sql.h"

#include <fcntl.h>
#include <sys/stat.h>

enum { PROGRAMME = 1 };
/* 2026-04-13T12:00:00Z */
#define NOW INT64_C(1776081600000)

struct fix {
	struct testdb t;
	struct db *c;
	struct arena *a;
	struct uid_maker uids;
	uint64_t seed;
	int64_t now_ms;
	struct prices_result last; /* of the last import */
	char said[600];		   /* the last refusal or hold */
};

static void add_programme(struct db *c)
{
	static const struct db_column columns[] = {{"programme", DB_I64, false}, {"slug", DB_STR, false}, {"pack_version", DB_STR, false},
	    {"pack_hash", DB_BYTES, false}, {"currency", DB_STR, false}, {"loaded_ms", DB_I64, false}, {"reporting_org", DB_STR, false},
	    {"reporting_org_type", DB_I64, false}, {"identifier_prefix", DB_STR, false}};
	const struct db_table table = {.name = "programme", .columns = columns, .n = sizeof columns / sizeof *columns};
	struct err e = {0};
	struct db_bulk *b = NULL;
	AUTO_TX tx = {0};
	assert_ok(db_begin(c, &tx, &e), &e);
	assert_ok(db_bulk_begin(c, &table, &b, &e), &e);
	db_bulk_i64(b, PROGRAMME);
	db_bulk_str(b, STR("test"));
	db_bulk_str(b, STR("1"));
	db_bulk_str(b, STR("hash"));
	db_bulk_str(b, STR("EUR"));
	db_bulk_i64(b, 0);
	db_bulk_str(b, STR("X"));
	db_bulk_i64(b, 10);
	db_bulk_str(b, STR("X-"));
	assert_ok(db_bulk_row(b, &e), &e);
	assert_ok(db_bulk_end(b, NULL, &e), &e);
	assert_ok(db_commit(&tx, &e), &e);
}

static void open_fix(struct fix *f, enum db_engine engine)
{
	struct err e = {0};
	*f = (struct fix){.seed = 11, .now_ms = NOW};
	testdb_make(&f->t, engine);
	f->a = arena_new(256 << 20);
	assert_non_null(f->a);
	f->uids = (struct uid_maker){.clock = clock_fixed(&f->now_ms), .rng = rng_seeded(&f->seed)};
	assert_ok(db_pool_writer(f->t.pool, &f->c, &e), &e);
	add_programme(f->c);
}

static void close_fix(struct fix *f)
{
	struct chain_report report;
	struct err e = {0};
	assert_ok(chain_verify(f->c, &report, &e), &e);
	assert_true(report.whole);
	db_return(f->c);
	arena_free(f->a);
	testdb_drop(&f->t);
}

#define FIX_OR_SKIP(state, f)                                                                                                \
	if (!testdb_has(TESTDB_ENGINE(state)))                                                                               \
		skip();                                                                                                      \
	struct fix f;                                                                                                        \
	open_fix(&f, TESTDB_ENGINE(state))

static void on_note(void *ctx, const struct prices_note *n)
{
	struct fix *f = ctx;
	if (n->done == PRICES_REFUSED || n->done == PRICES_HELD)
		(void)snprintf(f->said, sizeof f->said, "%u %s %s", n->line, n->field ? n->field : "", n->detail);
}

static enum err_code try_import(struct fix *f, enum prices_what what, str text, struct err *e)
{
	struct prices_importer m = {.db = f->c, .programme = PROGRAMME, .uids = &f->uids, .now_ms = f->now_ms, .actor = "command:test",
	    .on_note = on_note, .ctx = f};
	bool any;
	AUTO_TX tx = {0};
	f->said[0] = '\0';
	TRY(db_begin(f->c, &tx, e));
	TRY(prices_import_text(&m, what, "test", text, &any, e));
	f->last = m.result;
	return db_commit(&tx, e);
}

static void import(struct fix *f, enum prices_what what, const char *text)
{
	struct err e = {0};
	assert_ok(try_import(f, what, str_of(text), &e), &e);
}

#define DONE(f, taken, corrected, held, unchanged, refused)                                                                  \
	do {                                                                                                                 \
		const uint64_t want_[] = {taken, corrected, held, unchanged, refused};                                       \
		for (size_t i_ = 0; i_ < 5; i_++)                                                                            \
			if ((f).last.rows[i_] != want_[i_])                                                                  \
				fail_msg("%s: %d, not %d; %s", prices_done_words[i_], (int)(f).last.rows[i_], (int)want_[i_], (f).said); \
	} while (0)

static struct t_counts_row counts(struct fix *f)
{
	struct t_counts_row r;
	struct err e = {0};
	assert_ok(t_counts(f->c, PROGRAMME, f->a, &r, &e), &e);
	return r;
}

static const struct prices_view *view(struct fix *f)
{
	const struct prices_view *v;
	struct err e = {0};
	assert_ok(prices_view_load(f->c, PROGRAMME, f->a, &v, &e), &e);
	return v;
}

#define PROVIDERS                                                                                                                            \
	"provider,name,type,licensed,relation\na,Alpha,bank,yes,none\nb,Beta,money transfer operator,yes,none\nc,Gamma,other,yes,none\n"       \
	"d,Delta,other,no,none\n"
#define OFFERS_HEAD                                                                                                                          \
	"provider,offer,send_country,send_currency,receive_country,receive_currency,pay_in,payout,fee_model,tariff,receive_fee,margin,rate,"  \
	"collected_at,method,correction\n"
#define PATH "NL,EUR,PH,PHP,bank,bank,"
#define OFFER_A "a,main," PATH "on top,4.90,0,measured,69.30,2026-04-13T11:00:00Z,feed,\n"
#define OFFER_B "b,main," PATH "on top,0,0,measured,67.20,2026-04-13T11:00:00Z,feed,\n"
#define OFFER_C "c,main," PATH "deducted,1.87,0,measured,70.356,2026-04-13T11:00:00Z,feed,\n"
#define OFFER_D "d,main," PATH "on top,0.10,0,measured,70.30,2026-04-13T11:00:00Z,feed,\n"
#define OFFER_U "b,hidden," PATH "on top,0.50,,unknown,,2026-04-13T11:00:00Z,feed,\n"
#define OFFERS OFFERS_HEAD OFFER_A OFFER_B OFFER_C OFFER_D OFFER_U
#define RATES "source,date,currency,rate\nECB,2026-04-10,PHP,70.088\nECB,2026-04-13,PHP,70.356\nOther bank,2026-04-13,PHP,70.40\n"

static void import_all(struct fix *f)
{
	import(f, PRICES_RATES, RATES);
	DONE(*f, 3, 0, 0, 0, 0);
	import(f, PRICES_FEEDS, PROVIDERS);
	DONE(*f, 4, 0, 0, 0, 0);
	import(f, PRICES_FEEDS, OFFERS);
	DONE(*f, 5, 0, 0, 0, 0);
}

static size_t rank(struct fix *f, const struct prices_view *v, int64_t outlay, struct compare_row **ret_rows, const struct prices_corridor **ret_c)
{
	const struct prices_corridor *c = prices_corridor_find(v, STR("NL"), STR("EUR"), STR("PH"), STR("PHP"));
	struct compare_calendar calm = {.weekend = 0x60};
	struct compare_offer *offers;
	struct err e = {0};
	size_t ranked;
	assert_non_null(c);
	assert_ok(prices_corridor_offers(v, c, f->now_ms / 60000, f->a, &offers, &e), &e);
	struct compare_row *rows = ARENA_ARRAY(f->a, c->n_offers, struct compare_row);
	const struct compare_question q = {.amount = outlay, .preset = COMPARE_MOST_RECEIVED, .now = f->now_ms / 60000, .from = &calm, .to = &calm,
	    .ages = compare_ages_usual};
	assert_ok(compare_rank(offers, c->n_offers, v->tiers, &c->pair, &q, f->a, rows, &ranked, &e), &e);
	*ret_rows = rows;
	if (ret_c)
		*ret_c = c;
	return ranked;
}

static str provider_at(const struct prices_view *v, const struct prices_corridor *c, const struct compare_row *row)
{
	return v->providers[v->offers[c->first_offer + row->offer].provider].key;
}

static void shows_what_was_imported(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	const struct prices_view *v = view(&f);
	struct compare_row *rows;
	const struct prices_corridor *c;
	size_t ranked = rank(&f, v, 14000, &rows, &c);
	assert_int_equal(v->n_offers, 5);
	assert_int_equal(v->n_providers, 4);
	assert_int_equal(c->n_benchmarks, 2);
	assert_true(str_is(c->benchmarks[0].source, "ECB") && c->pair.benchmark.digits == 70356 && c->pair.benchmark.scale == 3);
	assert_true(str_is(c->benchmarks[1].source, "Other bank"));
	assert_int_equal(c->benchmarks[0].day.day, NOW / 86400000);
	/* the worked example: Gamma 9,718.27, Beta 9,408.00, Alpha 9,362.43; Delta has no licence, Beta's other offer no rate */
	assert_int_equal(ranked, 3);
	static const struct {
		const char *provider;
		int64_t gets;
	} want[] = {{"c", 971827}, {"b", 940800}, {"a", 936243}};
	for (size_t i = 0; i < 3; i++) {
		assert_true(str_is(provider_at(v, c, &rows[i]), want[i].provider));
		assert_int_equal(rows[i].quote.gets, want[i].gets);
		assert_int_equal(rows[i].rank, i + 1);
	}
	for (size_t i = 0; i < v->n_offers; i++) {
		assert_int_equal(v->offers[i].id, i);
		assert_true(str_is(v->sources[v->details[i].source].kind, "offers"));
		assert_true(v->details[i].line >= 2 && v->details[i].line <= 6);
	}
	close_fix(&f);
}

static void twice_gives_nothing_new(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	struct t_counts_row before = counts(&f);
	import(&f, PRICES_RATES, RATES);
	DONE(f, 0, 0, 0, 3, 0);
	import(&f, PRICES_FEEDS, PROVIDERS);
	DONE(f, 0, 0, 0, 4, 0);
	import(&f, PRICES_FEEDS, OFFERS);
	DONE(f, 0, 0, 0, 5, 0);
	struct t_counts_row after = counts(&f);
	assert_memory_equal(&before, &after, sizeof before);
	assert_int_equal(before.events, 3);
	/* other terms at another time, and both times again */
	import(&f, PRICES_FEEDS, OFFERS_HEAD "a,main," PATH "on top,5.90,0,measured,69.40,2026-04-13T11:30:00Z,feed,\n");
	DONE(f, 1, 0, 0, 0, 0);
	import(&f, PRICES_FEEDS, OFFERS_HEAD OFFER_A "a,main," PATH "on top,5.90,0,measured,69.40,2026-04-13T11:30:00Z,feed,\n");
	DONE(f, 0, 0, 0, 2, 0);
	assert_int_equal(counts(&f).offers, 6);
	close_fix(&f);
}

static void refuses_what_does_not_fit(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	struct t_counts_row before = counts(&f);
	static const struct {
		const char *text, *said;
	} cases[] = {
	    {OFFERS_HEAD "x,main," PATH "on top,4.90,0,measured,69.30,2026-04-13T11:00:00Z,feed,\n", "2 provider the provider x is not known"},
	    {OFFERS_HEAD "a,main,NL,EUR,PH,USD,bank,bank,on top,4.90,0,measured,1.15,2026-04-13T11:20:00Z,feed,\n", "2 receive_currency the offer goes from NL"},
	    {OFFERS_HEAD "a,main," PATH "on top,4.90,0,measured,69.35,2026-04-13T11:00:00Z,feed,\n", "2 correction something else is stored"},
	    {OFFERS_HEAD "a,main," PATH "on top,4.95,0,measured,69.30,2026-04-13T11:00:00Z,feed,\n", "2 correction something else is stored"},
	    {"provider,name,type,licensed,relation\na,Other,bank,yes,none\n", "2 correction something else is stored"},
	    {"provider,name,type,licensed,relation,example\na,Alpha,bank,yes,none,yes\n", "2 example what is stored is real"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		import(&f, PRICES_FEEDS, cases[i].text);
		DONE(f, 0, 0, 0, 0, 1);
		if (!str_starts(str_of(f.said), str_of(cases[i].said)))
			fail_msg("case %zu: %s", i, f.said);
	}
	/* a key twice in a file: the first is kept */
	import(&f, PRICES_FEEDS, OFFERS_HEAD "a,two," PATH "on top,4.90,0,measured,69.31,2026-04-13T11:00:00Z,feed,\n"
				 "a,two," PATH "on top,4.90,0,measured,69.32,2026-04-13T11:00:00Z,feed,\n");
	DONE(f, 1, 0, 0, 0, 1);
	assert_true(str_find(str_of(f.said), STR("3  the key is there already, in line 2")) >= 0);
	import(&f, PRICES_RATES, "source,date,currency,rate\nECB,2026-04-13,PHP,70.40\nZ,2026-04-13,PHP,1\nZ,2026-04-13,PHP,1\n");
	DONE(f, 1, 0, 0, 0, 2);
	assert_int_equal(counts(&f).observations, before.observations + 1);
	assert_int_equal(counts(&f).providers, before.providers);
	/* a file that is no feed */
	struct err e = {0};
	assert_int_equal(try_import(&f, PRICES_FEEDS, STR("a,b\n1,2\n"), &e), ERR_INVALID);
	assert_int_equal(try_import(&f, PRICES_FEEDS, STR(""), &e), ERR_INVALID);
	assert_int_equal(try_import(&f, PRICES_RATES, STR("{}"), &e), ERR_INVALID);
	close_fix(&f);
}

static void corrections_supersede(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	import(&f, PRICES_FEEDS, OFFERS_HEAD "a,main," PATH "on top,4.90,0,measured,69.50,2026-04-13T11:00:00Z,feed,misread\n");
	DONE(f, 0, 1, 0, 0, 0);
	assert_int_equal(counts(&f).observations, 6); /* the wrong one is still there */
	const struct prices_view *v = view(&f);
	assert_int_equal(v->n_offers, 5);
	bool found = false;
	for (size_t i = 0; i < v->n_offers; i++)
		found = found || (v->offers[i].rate == 6950 && v->offers[i].rate_scale == 2);
	assert_true(found);
	import(&f, PRICES_RATES, "source,date,currency,rate,correction\nECB,2026-04-13,PHP,70.500,misprint\n");
	DONE(f, 0, 1, 0, 0, 0);
	assert_int_equal(counts(&f).rates, 4);
	v = view(&f);
	assert_true(v->rates[0].rate.digits == 70500 && v->rates[0].rate.scale == 3);
	import(&f, PRICES_FEEDS, "provider,name,type,licensed,relation,correction\nd,Delta,other,yes,none,got its licence\n");
	DONE(f, 0, 1, 0, 0, 0);
	v = view(&f);
	assert_int_equal(v->n_providers, 4);
	struct compare_row *rows;
	assert_int_equal(rank(&f, v, 14000, &rows, NULL), 4);
	close_fix(&f);
}

struct dumped {
	size_t n, superseded, corrections, held;
	int64_t last_ms;
};

static enum err_code on_observation(void *ctx, const struct prices_observation *o, struct err *e)
{
	struct dumped *d = ctx;
	(void)e;
	d->n++;
	d->superseded += o->superseded;
	d->corrections += o->revision > 1 && str_is(o->reason, "misread") && str_is(o->rate, "69.50");
	d->held += o->held.n > 0 && o->released_by.n == 0;
	assert_true(o->collected_ms >= d->last_ms && o->payload_sha256.n == 32 && str_is(o->file, "test") && o->line >= 2);
	assert_true((o->rate.p == NULL) == str_is(o->margin, "unknown"));
	d->last_ms = o->collected_ms;
	return ERR_OK;
}

/* Open data have what counts and what does not: a correction and what it corrects, and what waits. */
static void gives_all_away(void **state)
{
	FIX_OR_SKIP(state, f);
	struct dumped d = {0}, later = {0};
	struct err e = {0};
	import_all(&f);
	import(&f, PRICES_FEEDS, OFFERS_HEAD "a,main," PATH "on top,4.90,0,measured,69.50,2026-04-13T11:00:00Z,feed,misread\n"
				 "b,main," PATH "on top,0,0,measured,6720,2026-04-13T11:30:00Z,feed,\n");
	DONE(f, 0, 1, 1, 0, 0);
	assert_ok(prices_observations(f.c, PROGRAMME, 0, on_observation, &d, &e), &e);
	assert_int_equal(d.n, 7);
	assert_int_equal(d.superseded, 1);
	assert_int_equal(d.corrections, 1);
	assert_int_equal(d.held, 1);
	assert_ok(prices_observations(f.c, PROGRAMME, NOW - 1800000, on_observation, &later, &e), &e);
	assert_int_equal(later.n, 1);
	close_fix(&f);
}

static void nothing_is_overwritten(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	import(&f, PRICES_FEEDS, "source,destination,period,avg_total_cost_pct_usd200\nNLD,PHL,2011_1Q,7.5\n");
	DONE(f, 1, 0, 0, 0, 0);
	enum err_code (*const refused[])(struct db *, int64_t, int64_t *, struct err *) = {t_observation_change, t_observation_remove, t_rate_change,
	    t_rate_remove, t_average_remove, t_provider_change};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct err e = {0};
		AUTO_TX tx = {0};
		assert_ok(db_begin(f.c, &tx, &e), &e);
		assert_int_equal(refused[i](f.c, PROGRAMME, NULL, &e), ERR_FORBIDDEN);
	}
	close_fix(&f);
}

/* A statement fails, one after the other: what is there is all of a file or nothing. */
static void all_or_nothing(void **state)
{
	FIX_OR_SKIP(state, f);
	import(&f, PRICES_RATES, RATES);
	import(&f, PRICES_FEEDS, PROVIDERS);
	struct t_counts_row before = counts(&f);
	struct err e = {0};
	int64_t n = 0;
	for (;; n++) {
		err_clear(&e);
		db_fail_after(f.c, n);
		enum err_code code = try_import(&f, PRICES_FEEDS, STR(OFFERS), &e);
		db_fail_after(f.c, -1);
		if (code == ERR_OK)
			break;
		struct t_counts_row after = counts(&f);
		assert_memory_equal(&before, &after, sizeof before);
		assert_true(n < 1000);
	}
	assert_true(n > 10);
	assert_int_equal(counts(&f).observations, 5);
	close_fix(&f);
}

static void wrong_prices_wait(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	import(&f, PRICES_FEEDS, OFFERS_HEAD "a,main," PATH "on top,4.90,0,measured,6930,2026-04-13T11:40:00Z,feed,\n");
	DONE(f, 0, 0, 1, 0, 0);
	assert_true(str_find(str_of(f.said), STR("factor of 100,")) >= 0);
	const struct prices_view *v = view(&f);
	assert_int_equal(v->n_held, 1);
	assert_int_equal(v->corridors[0].n_held, 1);
	for (size_t i = 0; i < v->n_offers; i++) /* the price before it still counts */
		assert_true(v->offers[i].rate != 693000 && v->offers[i].rate != 6930 * 100);
	struct t_waiting_id_row id;
	struct err e = {0};
	assert_ok(t_waiting_id(f.c, PROGRAMME, f.a, &id, &e), &e);
	AUTO_BUF text = BUF_INIT(64);
	buf_add_uid(&text, id.id);
	db_return(f.c);
	struct app_env env = {.clock = clock_fixed(&f.now_ms), .rng = rng_seeded(&f.seed), .out_fd = open("/dev/null", O_WRONLY), .err_fd = open("/dev/null", O_WRONLY)};
	char *no_person[] = {(char[]){"release"}, f.t.location, text.p};
	assert_int_equal(prices_cmd_prices(&env, 3, no_person), 2);
	char *release[] = {(char[]){"release"}, f.t.location, text.p, (char[]){"--by"}, (char[]){"desk"}, (char[]){"--note"}, (char[]){"seen in the shop"}};
	assert_int_equal(prices_cmd_prices(&env, 7, release), 0);
	assert_int_equal(prices_cmd_prices(&env, 7, release), 3); /* it does not wait any more */
	char *held[] = {(char[]){"held"}, f.t.location};
	assert_int_equal(prices_cmd_prices(&env, 2, held), 0);
	assert_ok(db_pool_writer(f.t.pool, &f.c, &e), &e);
	v = view(&f);
	assert_int_equal(v->n_held, 0);
	bool found = false;
	for (size_t i = 0; i < v->n_offers; i++)
		found = found || v->offers[i].rate == 6930;
	assert_true(found);
	/* the same price again has been judged by a person */
	import(&f, PRICES_FEEDS, OFFERS_HEAD "a,main," PATH "on top,4.90,0,measured,6930,2026-04-13T11:50:00Z,feed,\n");
	DONE(f, 1, 0, 0, 0, 0);
	(void)close(env.out_fd);
	(void)close(env.err_fd);
	close_fix(&f);
}

/* The order of a feed's rows, promotions, and what is noted of a provider change nothing in the order of offers. */
static void order_is_blind(void **state)
{
	FIX_OR_SKIP(state, f);
	import(&f, PRICES_RATES, RATES);
	import(&f, PRICES_FEEDS, "provider,name,type,licensed,relation,note,owners\nd,Delta,other,no,none,,\nc,Gamma,other,yes,none,,\n"
				 "b,Beta,money transfer operator,yes,none,has paid for advertisements elsewhere,a bank\na,Alpha,bank,yes,none,,\n");
	import(&f, PRICES_FEEDS, OFFERS_HEAD OFFER_U OFFER_C OFFER_A OFFER_D OFFER_B);
	DONE(f, 5, 0, 0, 0, 0);
	import(&f, PRICES_FEEDS, "provider,promotion,text,starts,source,approved_by\na,best,The best of all,2026-01-01,them,desk\n");
	DONE(f, 1, 0, 0, 0, 0);
	const struct prices_view *v = view(&f);
	struct compare_row *rows;
	const struct prices_corridor *c;
	assert_int_equal(v->n_promotions, 1);
	assert_int_equal(rank(&f, v, 14000, &rows, &c), 3);
	assert_true(str_is(provider_at(v, c, &rows[0]), "c") && str_is(provider_at(v, c, &rows[1]), "b") && str_is(provider_at(v, c, &rows[2]), "a"));
	/* the price that is not disclosed has no place, however low its fee */
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(v->offers[c->first_offer + rows[i].offer].margin, COMPARE_MARGIN_MEASURED);
	close_fix(&f);
}

static void the_example_goes(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	import(&f, PRICES_FEEDS, "provider,name,type,licensed,relation,example\nexample-a,Example provider A,bank,yes,none,yes\n");
	import(&f, PRICES_RATES, "source,date,currency,rate,example\nInvented,2026-04-13,SRD,43.9,yes\n");
	import(&f, PRICES_FEEDS,
	    "provider,offer,send_country,send_currency,receive_country,receive_currency,pay_in,payout,fee_model,tariff,receive_fee,margin,rate,collected_at,"
	    "method,example\nexample-a,one,NL,EUR,SR,SRD,bank,bank,on top,3,0,measured,43.1,2026-04-01T10:00:00Z,feed,yes\n"
	    "example-a,two,NL,EUR,SR,SRD,bank,bank,on top,3,0,measured,43.1,2026-04-01T10:00:00Z,feed,no\n"
	    "a,three,NL,EUR,SR,SRD,bank,bank,on top,3,0,measured,43.1,2026-04-01T10:00:00Z,feed,yes\n");
	DONE(f, 1, 0, 0, 0, 2);
	const struct prices_view *v = view(&f);
	const struct prices_corridor *c = prices_corridor_find(v, STR("NL"), STR(""), STR("SR"), STR(""));
	assert_non_null(c);
	assert_true(v->example && c->example);
	/* an invention does not go stale: it is compared at its own time, with a rate of then */
	assert_int_equal(prices_corridor_now(c, NOW / 60000 + 99999999), NOW / 60000 - 12 * 1440 - 120);
	assert_int_equal(c->n_benchmarks, 0); /* the invented rate is of a later day */
	db_return(f.c);
	struct app_env env = {.clock = clock_fixed(&f.now_ms), .rng = rng_seeded(&f.seed), .out_fd = open("/dev/null", O_WRONLY), .err_fd = open("/dev/null", O_WRONLY)};
	char *remove[] = {(char[]){"remove-example"}, f.t.location};
	assert_int_equal(prices_cmd_prices(&env, 2, remove), 0);
	(void)close(env.out_fd);
	(void)close(env.err_fd);
	struct err e = {0};
	assert_ok(db_pool_writer(f.t.pool, &f.c, &e), &e);
	v = view(&f);
	assert_false(v->example);
	assert_int_equal(v->n_offers, 5);
	assert_int_equal(v->n_providers, 4);
	assert_null(prices_corridor_find(v, STR("NL"), STR(""), STR("SR"), STR("")));
	close_fix(&f);
}

static void tells_how_complete(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	import(&f, PRICES_FEEDS, "provider,send_country,receive_country,year,share_percent,source\na,NL,PH,2025,30,survey\nd,NL,PH,2025,20,survey\n"
				 "b,NL,PH,2024,90,old survey\n");
	DONE(f, 3, 0, 0, 0, 0);
	import(&f, PRICES_FEEDS, OFFERS_HEAD "c,shop," PATH "on top,4.00,0,measured,69.00,2026-02-12T11:00:00Z,mystery shop,\n"
				 "c,old," PATH "on top,4.00,0,measured,69.00,2026-03-01T11:00:00Z,tariff,\n");
	DONE(f, 2, 0, 0, 0, 0);
	const struct prices_view *v = view(&f);
	const struct prices_corridor *c = prices_corridor_find(v, STR("NL"), STR(""), STR("PH"), STR(""));
	struct prices_completeness x;
	prices_completeness(v, c, compare_ages_usual, NOW / 60000, &x);
	assert_int_equal(x.offers, 7);
	assert_int_equal(x.providers, 4);
	assert_int_equal(x.current, 4);
	assert_int_equal(x.fresh, 6); /* 60 days are fresh for a mystery shop, 43 are off the list for a tariff */
	assert_int_equal(x.off_list, 1);
	assert_int_equal(x.covered_ppm, 500000); /* of the last year: a and d */
	assert_int_equal(x.mystery_shop, 1770894000 / 60);
	close_fix(&f);
}

/* The World Bank's rows: all are taken once, a copy under another id is refused, another figure under the same id is its correction. */
static void takes_rows_of_the_world_bank(void **state)
{
	const char *root = getenv("GRUTTO_SHARED");
	char path[1024];
	struct err e = {0};
	(void)snprintf(path, sizeof path, "%s/data/rpw/rpw_rows_sample.csv", root ? root : "../shared");
	if (access(path, R_OK) != 0) {
		print_message("# %s is not there\n", path);
		skip();
	}
	FIX_OR_SKIP(state, f);
	AUTO_BUF text = BUF_INIT(1 << 20);
	assert_ok(file_read(path, &text, &e), &e);
	import(&f, PRICES_FEEDS, text.p);
	DONE(f, 15, 0, 0, 0, 0);
	import(&f, PRICES_FEEDS, text.p);
	DONE(f, 0, 0, 0, 15, 0);
	assert_int_equal(counts(&f).services, 15);
	/* the last line again: under another id, and with another id and another day */
	str all = str_trim(buf_str(&text)), last = all;
	for (ptrdiff_t at; (at = str_find_char(last, '\n')) >= 0;)
		last = str_sub(last, (size_t)at + 1, last.n);
	ptrdiff_t comma = str_find_char(last, ',');
	AUTO_BUF copied = BUF_INIT(1 << 20);
	buf_addf(&copied, "%.*s\n990001%.*s\n", STR_ARG(all), STR_ARG(str_sub(last, (size_t)comma, last.n)));
	import(&f, PRICES_FEEDS, copied.p);
	DONE(f, 0, 0, 0, 15, 1);
	assert_true(str_find(str_of(f.said), STR("copy of row 16")) >= 0);
	AUTO_BUF changed = BUF_INIT(1 << 20);
	ptrdiff_t bank = str_find(all, STR("Exim Bank Tanzania Ltd"));
	assert_true(bank > 0);
	buf_addf(&changed, "%.*sExim Bank%.*s\n", (int)bank, all.p, STR_ARG(str_sub(all, (size_t)bank + strlen("Exim Bank Tanzania Ltd"), all.n)));
	import(&f, PRICES_FEEDS, changed.p);
	DONE(f, 0, 1, 0, 14, 0);
	assert_int_equal(counts(&f).services, 16);
	close_fix(&f);
}

/* ---- days of rest ---- */

#define CALENDARS "country,weekend,first_year,last_year,source,correction\n"
#define HOLIDAYS "country,date,name,names,expected,works,correction\n"

static bool rests(const struct prices_view *v, const char *country, const char *day)
{
	const struct prices_calendar *c = prices_calendar_of(v, str_of(country));
	date d;
	assert_non_null(c);
	assert_true(date_parse(str_of(day), &d));
	return compare_holiday(&c->rest, d.day) != SIZE_MAX;
}

static void keeps_calendars(void **state)
{
	FIX_OR_SKIP(state, f);
	import(&f, PRICES_FEEDS, HOLIDAYS "NL,2026-04-27,King's Day,,,,\n");
	DONE(f, 0, 0, 0, 0, 1); /* no calendar yet */
	import(&f, PRICES_FEEDS, CALENDARS "NL,sat;sun,2020,2030,test,\nSO,fri,2020,2030,test,\nXX,sat,2020,2030,test,\nTR,someday,2020,2030,test,\nTR,sun,2030,2020,test,\n");
	DONE(f, 2, 0, 0, 0, 3);
	import(&f, PRICES_FEEDS, HOLIDAYS "NL,2026-04-27,King's Day,nl=Koningsdag,,,\nNL,2026-04-28,Moon,,yes,,\nNL,2019-04-27,King's Day,,,,\n"
					  "NL,2026-04-29,Other,,,yes,\nNL,2026-04-30,Names,nl:Naam,,,\nNL,2026-04-27,Twice,,,,\n");
	DONE(f, 2, 0, 0, 0, 4);
	const struct prices_view *v = view(&f);
	assert_int_equal(v->n_calendars, 2);
	assert_true(rests(v, "NL", "2026-04-27"));
	assert_true(rests(v, "NL", "2026-04-28"));
	assert_int_equal(prices_calendar_of(v, STR("SO"))->rest.weekend, 1 << 4);
	assert_int_equal(prices_calendar_of(v, STR("SO"))->rest.n, 0);
	assert_null(prices_calendar_of(v, STR("TR")));
	assert_true(str_is(prices_calendar_of(v, STR("NL"))->holidays[0].names, "nl=Koningsdag"));
	assert_true(prices_calendar_of(v, STR("NL"))->holidays[1].expected);
	/* the moon was seen a day later: without a reason nothing changes */
	import(&f, PRICES_FEEDS, HOLIDAYS "NL,2026-04-28,Moon,,yes,no,\nNL,2026-04-27,Queen's Day,,,,\n");
	DONE(f, 0, 0, 0, 1, 1);
	import(&f, PRICES_FEEDS, HOLIDAYS "NL,2026-04-28,Moon,,yes,yes,seen later\nNL,2026-04-29,Moon,,,,\n");
	DONE(f, 1, 1, 0, 0, 0);
	v = view(&f);
	assert_false(rests(v, "NL", "2026-04-28"));
	assert_true(rests(v, "NL", "2026-04-29"));
	import(&f, PRICES_FEEDS, CALENDARS "NL,sat;sun,2020,2031,test,a year more\n");
	DONE(f, 0, 1, 0, 0, 0);
	struct err e = {0};
	int64_t n;
	assert_int_not_equal(t_holiday_remove(f.c, PROGRAMME, &n, &e), ERR_OK);
	close_fix(&f);
}

/* The pack's own files. The days are those of laws and almanacs: the Dutch Koningsdag was kept on 26 April 2014 and 2025, since the 27th was a Sunday. */
static void the_pack_knows_holidays(void **state)
{
	static const char *const days[][2] = {{"NL", "2026-04-06"}, {"NL", "2026-04-27"}, {"NL", "2025-04-26"}, {"NL", "2014-04-26"}, {"NL", "2013-04-30"},
	    {"NL", "2026-05-14"}, {"NL", "2026-05-25"}, {"NL", "2030-12-25"}, {"GH", "2026-03-06"}, {"TR", "2026-10-29"}, {"SR", "2026-11-25"}, {"SR", "2026-07-01"},
	    {"MA", "2026-11-18"}, {"MA", "2026-07-30"}, {"TR", "2024-04-10"}, {"MA", "2024-04-10"}, {"TR", "2024-04-12"}, {"DO", "2026-02-27"},
	    {"ID", "2026-08-17"}, {"NG", "2026-10-01"}, {"SO", "2026-07-01"}, {"CW", "2026-07-02"}, {"PH", "2026-06-12"}, {"GH", "2026-04-03"}};
	static const char *const working[][2] = {{"NL", "2025-04-27"}, {"NL", "2014-04-30"}, {"NL", "2026-04-07"}, {"TR", "2026-12-25"}, {"MA", "2026-12-25"},
	    {"SO", "2026-04-06"}, {"GH", "2026-04-27"}};
	const char *pack = getenv("GRUTTO_PACK");
	static const char *const files[] = {"calendars", "holidays"};
	char path[1024];
	struct err e = {0};
	FIX_OR_SKIP(state, f);
	for (size_t i = 0; i < 2; i++) {
		AUTO_BUF text = BUF_INIT(1 << 20);
		(void)snprintf(path, sizeof path, "%s/prices/%s.csv", pack ? pack : "programmes/migration-development-2008", files[i]);
		assert_ok(file_read(path, &text, &e), &e);
		import(&f, PRICES_FEEDS, text.p);
		assert_int_equal(f.last.rows[PRICES_REFUSED], 0);
	}
	const struct prices_view *v = view(&f);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (!rests(v, days[i][0], days[i][1]))
			fail_msg("%s works on %s", days[i][0], days[i][1]);
	for (size_t i = 0; i < sizeof working / sizeof *working; i++)
		if (rests(v, working[i][0], working[i][1]))
			fail_msg("%s rests on %s", working[i][0], working[i][1]);
	close_fix(&f);
}

/* ---- how transfers went ---- */

#define SAID "provider,experience,country,day,arrived,speed,price,text,language,verification,released_by,withdrawn,correction\n"

static void tells_how_transfers_went(void **state)
{
	FIX_OR_SKIP(state, f);
	import_all(&f);
	import(&f, PRICES_FEEDS, SAID "a,1,PH,2026-04-01,5,5,4,Good,en,none,editor,,\na,2,PH,2026-04-02,5,2,,,en,office,editor,,\n"
				      "b,1,PH,2026-04-02,6,,,,en,none,editor,,\nb,2,PH,2026-04-02,5,,,Call 06 1234 5678,en,none,editor,,\n"
				      "b,3,PH,2026-04-02,5,,,ask me@mail.example,en,none,editor,,\nb,4,PH,2026-04-02,5,,,NL91 ABNA 0417 1643 00,en,none,editor,,\n"
				      "x,1,PH,2026-04-02,5,,,,en,none,editor,,\nb,5,PH,2026-04-02,5,,,,en,none,,,\nb,6,PH,2026-05-02,5,,,,en,none,editor,,\n");
	DONE(f, 2, 0, 0, 0, 7);
	const struct prices_provider *p = view(&f)->providers;
	assert_int_equal(p[0].said.n, 2);
	assert_int_equal(p[0].said.promised, 1);
	assert_int_equal(p[0].dependable_ppm, compare_wilson(1, 2));
	assert_int_equal(p[1].dependable_ppm, -1);
	import(&f, PRICES_FEEDS, SAID "a,2,PH,2026-04-02,5,2,,,en,office,editor,yes,not of a customer\n");
	DONE(f, 0, 1, 0, 0, 0);
	assert_int_equal(view(&f)->providers[0].said.n, 1);
	close_fix(&f);
}

/* ---- watching a folder ---- */

static void put(const char *folder, const char *name, const char *text)
{
	char path[512];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fputs(text, file) < 0, 0);
	assert_int_equal(fclose(file), 0);
}

static bool is_there(const char *folder, const char *name)
{
	char path[512];
	struct stat st;
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	return stat(path, &st) == 0;
}

static void remove_all(const char *folder)
{
	static const char *const names[] = {"done/1-rates.csv", "done/1-rates.csv.report", "done/2-providers.csv", "done/2-providers.csv.report",
	    "done/3-offers.csv", "done/3-offers.csv.report", "refused/4-other.csv", "refused/4-other.csv.report", ".5-hidden.csv"};
	static const char *const folders[] = {"done", "refused", ""};
	char path[512];
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		assert_int_equal(unlink(path), 0);
	}
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
		assert_int_equal(rmdir(path), 0);
	}
}

static void watches_a_folder(void **state)
{
	FIX_OR_SKIP(state, f);
	char folder[] = "/tmp/grutto-watch.XXXXXX";
	struct err e = {0};
	assert_non_null(mkdtemp(folder));
	put(folder, "1-rates.csv", RATES);
	put(folder, "2-providers.csv", PROVIDERS);
	put(folder, "3-offers.csv", OFFERS);
	put(folder, "4-other.csv", "colour\nred\n");
	put(folder, ".5-hidden.csv", OFFERS);
	db_return(f.c);
	struct app_env env = {.clock = clock_fixed(&f.now_ms), .rng = rng_seeded(&f.seed), .out_fd = open("/dev/null", O_WRONLY), .err_fd = open("/dev/null", O_WRONLY)};
	char *watch[] = {(char[]){"watch"}, f.t.location, folder, (char[]){"--once"}, (char[]){"--every"}, (char[]){"1"}};
	assert_int_equal(prices_cmd_prices(&env, 6, watch), 0);
	(void)close(env.out_fd);
	(void)close(env.err_fd);
	assert_ok(db_pool_writer(f.t.pool, &f.c, &e), &e);
	assert_int_equal(view(&f)->n_offers, 5);
	assert_true(is_there(folder, ".5-hidden.csv"));
	assert_false(is_there(folder, "3-offers.csv"));
	remove_all(folder);
	close_fix(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(shows_what_was_imported), TESTDB_BOTH(twice_gives_nothing_new),
	    TESTDB_BOTH(refuses_what_does_not_fit), TESTDB_BOTH(corrections_supersede), TESTDB_BOTH(gives_all_away), TESTDB_BOTH(nothing_is_overwritten), TESTDB_BOTH(all_or_nothing),
	    TESTDB_BOTH(wrong_prices_wait), TESTDB_BOTH(order_is_blind), TESTDB_BOTH(the_example_goes), TESTDB_BOTH(tells_how_complete),
	    TESTDB_BOTH(takes_rows_of_the_world_bank), TESTDB_BOTH(watches_a_folder), TESTDB_BOTH(keeps_calendars), TESTDB_BOTH(tells_how_transfers_went),
	    TESTDB_BOTH(the_pack_knows_holidays)};
	return test_run(tests);
}
