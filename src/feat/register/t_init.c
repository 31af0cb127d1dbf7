/* grutto init on both engines: what is in the database afterwards, and that nothing is after a
 * failure. The numbers come from the README of the data set. The pack comes from the environment
 * (GRUTTO_PACK). */
#include "db/testdb.h"

#include "codec/io.h"
#include "db/chain.h"
#include "feat/prices/prices.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/env.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char *pack_dir(void)
{
	static char fallback[] = "programmes/migration-development-2008";
	char *dir = getenv("GRUTTO_PACK");
	return dir ? dir : fallback;
}

/* Files of a folder of the pack. */
static int64_t files(const char *folder, const char *ending)
{
	char path[512];
	int64_t n = 0;
	(void)snprintf(path, sizeof path, "%s/%s", pack_dir(), folder);
	DIR *d = opendir(path);
	for (struct dirent *x; d && (x = readdir(d));)
		n += str_ends(str_of(x->d_name), str_of(ending));
	if (d)
		assert_int_equal(closedir(d), 0);
	return n;
}

/* Decision models are proposed and published, which is two events; a file of prices is one. */
static int64_t models_and_prices(void)
{
	return 2 * files("decisions", ".dmn") + files("prices", ".csv");
}

/* Run init with its messages thrown away; the exit status. */
static int run_init(char *location, char *dir, char *flag)
{
	static char option[] = "--pack";
	int64_t now = 1338508800000; /* 1 June 2012 */
	uint64_t seed = 1;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	assert_true(null >= 0);
	struct app_env env = {.clock = clock_fixed(&now),
	    .rng = rng_seeded(&seed),
	    .log = {.fd = null},
	    .out_fd = null,
	    .err_fd = null};
	char *argv[] = {location, option, dir, flag};
	int status = register_cmd_init(&env, flag ? 4 : 3, argv);
	assert_int_equal(close(null), 0);
	return status;
}

#define PLACE_OR_SKIP(state, t)                                                                    \
	if (!testdb_has(TESTDB_ENGINE(state)))                                                     \
		skip();                                                                            \
	struct testdb t;                                                                           \
	testdb_place(&t, TESTDB_ENGINE(state))

static void open_pool(struct testdb *t)
{
	struct err e;
	assert_ok(db_pool_open(str_of(t->location), &(struct db_options){0}, &t->pool, &e), &e);
}

/* ---- what is stored ---- */

static void check_programme(const struct programme_view *p)
{
	assert_str(p->slug, "migration-development-2008");
	assert_str(p->currency, "EUR");
	assert_str(p->iati.reporting_org, "XM-DAC-7");
	assert_int_equal(p->n_priorities, 6);
	assert_str(programme_priority(p, 6)->name.nl,
	    "Bevorderen van duurzame terugkeer en herintegratie");
	assert_true(programme_priority(p, 6)->name.fr.n > 0);
	assert_null(programme_priority(p, 7));
	assert_int_equal(p->n_budget, 36);
	assert_int_equal(p->n_rules, 129);
	assert_int_equal(p->n_rejected, 8);
	assert_int_equal(p->n_grounds, 4);
	assert_int_equal(p->n_unit_costs, 21);
	assert_int_equal(p->n_site_figures, 32);
	assert_int_equal(p->n_inconsistencies, 63);
	assert_true(p->n_legal_bases >= 3);
	assert_true(p->n_timeline > 20);
	for (size_t i = 1; i < p->n_timeline; i++)
		assert_true(p->timeline[i - 1].day.day <= p->timeline[i].day.day);
}

/* The lists of the README: C1 three countries with Sierra Leone, C2 with Iraq instead, C3 thirty
 * since 11 July 2011. */
static void check_lists(const struct programme_view *p)
{
	const struct country_list_entry *entry = NULL;
	date in_2008, in_2011, day_before;
	assert_true(date_parse(STR("2008-12-31"), &in_2008));
	assert_true(date_parse(STR("2011-07-11"), &in_2011));
	assert_true(date_parse(STR("2011-07-10"), &day_before));
	assert_int_equal(p->n_country_lists, 3);
	const struct country_list *c1 = &p->country_lists[0], *c2 = &p->country_lists[1],
	                          *c3 = &p->country_lists[2];
	assert_str(c1->code, "C1");
	assert_int_equal(c1->n_entries, 3);
	assert_int_equal(c2->n_entries, 3);
	assert_int_equal(c3->n_entries, 30);
	assert_true(country_list_holds(c1, STR("SL"), in_2008, NULL));
	assert_false(country_list_holds(c1, STR("IQ"), in_2008, NULL));
	assert_true(country_list_holds(c2, STR("IQ"), day_before, NULL));
	assert_false(country_list_holds(c2, STR("IQ"), in_2008, NULL));
	assert_false(country_list_holds(c3, STR("GH"), day_before, NULL));
	assert_true(country_list_holds(c3, STR("GH"), in_2011, &entry));
	assert_str(entry->partner_country, "yes");
	assert_true(country_list_holds(c3, STR("SO"), in_2011, &entry));
	assert_str(entry->partner_country, "unknown");
}

static void check_notes(const struct programme_view *p)
{
	const struct inconsistency *n =
	    programme_note_next(p, STR("budget"), STR("2010:all:expenditure"), STR(""), NULL);
	assert_non_null(n);
	assert_int_equal(n->number, 1);
	assert_null(programme_note_next(p, STR("budget"), STR("2010:all:expenditure"), STR(""), n));
	/* activity 19892 has two: its end, and the numbers of people */
	n = programme_note_next(p, STR("activity"), STR("19892"), STR(""), NULL);
	assert_int_equal(n->number, 28);
	n = programme_note_next(p, STR("activity"), STR("19892"), STR(""), n);
	assert_int_equal(n->number, 29);
	assert_null(programme_note_next(p, STR("activity"), STR("19892"), STR(""), n));
	n = programme_note_next(p, STR("activity"), STR("19892"), STR("indicators"), NULL);
	assert_int_equal(n->number, 29);
	/* one note with two fields of an activity counts once */
	n = programme_note_next(p, STR("activity"), STR("23081"), STR(""), NULL);
	assert_int_equal(n->number, 30);
	assert_null(programme_note_next(p, STR("activity"), STR("23081"), STR(""), n));
	assert_null(programme_note_next(p, STR("activity"), STR("no such"), STR(""), NULL));
}

static void check_activities(const struct register_view *v)
{
	size_t priorities = 0, countries = 0, partners = 0, events = v->programme->n_events,
	       values = 0, interventions = 0;
	assert_int_equal(v->own.n, 43);
	assert_int_equal(v->comparison.n, 0);
	assert_int_equal(v->n_orgs, 75);
	for (size_t i = 0; i < v->own.n; i++) {
		const struct activity *x = v->activities[i];
		assert_true(str_eq(x->key, v->own.rows[i].key));
		priorities += x->n_priorities;
		countries += x->n_countries;
		partners += x->n_orgs;
		events += x->n_events;
		interventions += x->n_interventions;
		for (size_t k = 0; k < x->n_indicators; k++)
			values += x->indicators[k].n_values;
	}
	for (size_t k = 0; k < v->programme->n_indicators; k++)
		values += v->programme->indicators[k].n_values;
	assert_int_equal(priorities, 55);
	assert_int_equal(countries, 109);
	assert_int_equal(partners, 147);
	assert_int_equal(events, 113);
	assert_int_equal(interventions, 75);
	assert_int_equal(values, 243);
}

/* activities.csv: 18943 ended early, EUR 4,287,250.67, from 1 February 2010 to February 2011. */
static void check_one_activity(const struct register_view *v)
{
	date d;
	const struct activity *x = register_activity(v, STR("18943"));
	assert_non_null(x);
	assert_int_equal(x->status, ACTIVITY_STATUS_CANCELLED);
	assert_int_equal(x->contribution.minor, 428725067);
	assert_true(date_parse(STR("2010-02-01"), &d));
	assert_int_equal(x->actual_start.day, d.day);
	assert_int_equal(x->actual_end.precision, DATE_PRECISION_MONTH);
	assert_str(x->implementer->key, "sdt");
	assert_int_equal(activity_primary_priority(x), 6);
	assert_str(register_activity(v, STR("22101"))->follows, "18596");
	assert_null(register_activity(v, STR("1")));
	assert_str(register_org(v, STR("xx-none")) ? STR("there") : STR("none"), "none");
	assert_str(register_org(v, STR("seva"))->type, "migrant_org");
}

static void stores_everything(void **state)
{
	struct err e;
	PLACE_OR_SKIP(state, t);
	assert_int_equal(run_init(t.location, pack_dir(), NULL), 0);
	open_pool(&t);
	{
		AUTO_ARENA a = arena_new(256 << 20);
		AUTO_DB c = NULL;
		const struct programme_view *p = NULL;
		const struct register_view *v = NULL;
		assert_ok(db_pool_reader(t.pool, &c, &e), &e);
		assert_ok(programme_view_load(c, a, &p, &e), &e);
		assert_ok(register_view_load(c, p->programme, a, &v, &e), &e);
		check_programme(p);
		check_lists(p);
		check_notes(p);
		check_activities(v);
		check_one_activity(v);
	}
	testdb_drop(&t);
}

/* Rows of a file of the pack that grows with the program: a line each, and the header. */
static int64_t file_rows(const char *file)
{
	struct err e;
	char path[1024];
	int64_t lines = 0;
	AUTO_BUF b = BUF_INIT(1 << 20);
	(void)snprintf(path, sizeof path, "%s/data/%s", pack_dir(), file);
	assert_ok(file_read(path, &b, &e), &e);
	for (size_t i = 0; i < b.n; i++)
		lines += b.p[i] == '\n';
	return lines - 1;
}

/* Every row of the pack is an event, and the chain holds. */
static void makes_a_chain(void **state)
{
	struct err e;
	PLACE_OR_SKIP(state, t);
	assert_int_equal(run_init(t.location, pack_dir(), NULL), 0);
	open_pool(&t);
	{
		AUTO_DB c = NULL;
		struct chain_report r;
		assert_ok(db_pool_reader(t.pool, &c, &e), &e);
		assert_ok(chain_verify(c, &r, &e), &e);
		assert_true(r.whole);
		/* the rows of the README's table, the words and the two files of inconsistencies (63 and
		 * 134), the programme, six priorities, three lists, four legal bases and 31 items
		 * of the time line */
		assert_int_equal(r.events, 6 + 36 + 75 + 43 + 55 + 109 + 147 + 243 + 113 + 8 + 4 +
		                               21 + 129 + 32 + 33 + 36 + 513 + 75 + 103 + 18 + 56 +
		                               63 + 134 + 1 + 6 + 3 + 4 + 31 + file_rows("words.csv") + file_rows("decision_labels.csv") +
		                               file_rows("comparison.csv") + file_rows("indicators.csv") + file_rows("policy_line.csv") + file_rows("recommendation_records.csv") +
		                               file_rows("commitments.csv") + models_and_prices());
	}
	testdb_drop(&t);
}

/* The nine corridors from the Netherlands that the World Bank followed, and two of them in euros, have invented offers that can be
 * compared at the time of their invention. */
static void check_prices(const struct prices_view *v)
{
	static const char *const countries[] = {"CW", "DO", "GH", "ID", "MA", "NG", "SO", "SR", "TR"};
	AUTO_ARENA a = arena_new(1 << 20);
	struct compare_calendar week = {.weekend = 0x60};
	struct err e;
	assert_int_equal(v->n_averages, 280);
	assert_int_equal(v->n_corridors, 11);
	for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
		assert_non_null(prices_corridor_find(v, STR("NL"), STR("EUR"), str_of(countries[i]), STR("")));
	for (size_t i = 0; i < v->n_corridors; i++) {
		const struct prices_corridor *c = &v->corridors[i];
		struct compare_row rows[64];
		struct compare_offer *offers;
		size_t ranked;
		const int64_t now = prices_corridor_now(c, INT64_C(99999999));
		const struct compare_question q = {.amount = 14000, .now = now, .from = &week, .to = &week, .ages = compare_ages_usual};
		assert_true(c->example && c->n_averages > 14 && c->n_offers < 64 && c->pair.has_benchmark);
		assert_ok(prices_corridor_offers(v, c, now, a, &offers, &e), &e);
		assert_ok(compare_rank(offers, c->n_offers, v->tiers, &c->pair, &q, a, rows, &ranked, &e), &e);
		assert_true(ranked >= 3);
	}
	for (size_t i = 0; i < v->n_providers; i++)
		assert_true(v->providers[i].example && str_starts(v->providers[i].name, STR("Example provider ")));
}

static void brings_prices(void **state)
{
	struct err e;
	PLACE_OR_SKIP(state, t);
	assert_int_equal(run_init(t.location, pack_dir(), NULL), 0);
	open_pool(&t);
	{
		AUTO_DB c = NULL;
		AUTO_ARENA a = arena_new(64 << 20);
		const struct prices_view *v;
		assert_ok(db_pool_reader(t.pool, &c, &e), &e);
		assert_ok(prices_view_load(c, 1, a, &v, &e), &e);
		check_prices(v);
	}
	testdb_drop(&t);
}

static void finds_words(void **state)
{
	static const struct {
		const char *query, *key;
		size_t n;
	} cases[] = {
	    {"Moshi", "19748", 1},                                     /* in one title only */
	    {"MOSHI academy", "19748", 1},                             /* case does not matter */
	    {"Silk Routes", "23474", 1},                               /* title and description */
	    {"cape verde", NULL, 2},                                   /* 21146 and U11 */
	    {"NOMRA", "20485", 1},                                     /* acronym */
	    {"nothing such", NULL, 0}, {"\"'*:()&|! AND OR", NULL, 0}, /* any input is a query */
	};
	struct err e;
	PLACE_OR_SKIP(state, t);
	assert_int_equal(run_init(t.location, pack_dir(), NULL), 0);
	open_pool(&t);
	{
		AUTO_ARENA a = arena_new(256 << 20);
		AUTO_DB c = NULL;
		const struct register_view *v = NULL;
		assert_ok(db_pool_reader(t.pool, &c, &e), &e);
		assert_ok(register_view_load(c, 1, a, &v, &e), &e);
		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
			const uint32_t *docs = NULL;
			size_t n = 0;
			assert_ok(
			    register_search(c, true, str_of(cases[i].query), 100, a, &docs, &n, &e),
			    &e);
			if (n != cases[i].n)
				fail_msg("%s: %zu hits, want %zu", cases[i].query, n, cases[i].n);
			if (cases[i].key)
				assert_str(
				    v->own.rows[v->own.row_of_doc[docs[0]]].key, cases[i].key);
		}
	}
	testdb_drop(&t);
}

/* ---- what is refused ---- */

static void refuses_a_second_programme(void **state)
{
	struct err e;
	static char flag[] = "--unless-exists";
	PLACE_OR_SKIP(state, t);
	assert_int_equal(
	    run_init(t.location, pack_dir(), flag), 0); /* nothing there: as without the flag */
	assert_int_equal(run_init(t.location, pack_dir(), NULL), 3);
	assert_int_equal(run_init(t.location, pack_dir(), flag), 0);
	open_pool(&t);
	{
		AUTO_DB c = NULL;
		struct chain_head before;
		assert_ok(db_pool_reader(t.pool, &c, &e), &e);
		assert_ok(chain_head(c, 1, &before, &e), &e);
		assert_int_equal(before.seq, 2097 + file_rows("words.csv") + file_rows("decision_labels.csv") +
		                               file_rows("comparison.csv") + file_rows("indicators.csv") + file_rows("policy_line.csv") + file_rows("recommendation_records.csv") +
		                               file_rows("commitments.csv") + models_and_prices()); /* loaded once: see makes_a_chain */
	}
	testdb_drop(&t);
}

static void refuses_a_faulty_pack(void **state)
{
	struct stat st;
	char dir[] = "/tmp/grutto-empty-XXXXXX";
	PLACE_OR_SKIP(state, t);
	assert_non_null(mkdtemp(dir));
	assert_int_equal(run_init(t.location, dir, NULL), 3);
	assert_int_equal(rmdir(dir), 0);
	if (t.engine == DB_SQLITE)
		assert_int_not_equal(stat(t.location, &st), 0); /* no file was made */
	static char nowhere[] = "/nonexistent/pack";
	assert_int_equal(run_init(t.location, nowhere, NULL), 3);
	testdb_drop(&t);
}

/* ---- half-way failures ---- */

static enum err_code store_once(const struct pack *p, struct db *c, struct err *e)
{
	int64_t now = 0;
	uint64_t seed = 1;
	struct uid_maker uids = {.clock = clock_fixed(&now), .rng = rng_seeded(&seed)};
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e));
	AUTO_CHAIN chain = NULL;
	TRY(chain_begin(c, pack_number(p), &chain, e));
	struct pack_store s = {.pack = p, .db = c, .chain = chain, .uids = &uids};
	TRY(programme_store(&s, e));
	TRY(register_store(&s, e));
	struct chain *done = chain;
	chain = NULL;
	TRY(chain_end(done, e));
	return db_commit(&tx, e);
}

static void ignore_fault(void *ctx, const struct pack_fault *f)
{
	(void)ctx;
	(void)f;
}

/* Statement n fails, for n in growing steps: nothing of the programme is left each time, and then
 * it succeeds. */
static void leaves_nothing_half_written(void **state)
{
	struct err e;
	TESTDB_OR_SKIP(state, t);
	{
		AUTO_ARENA a = arena_new(256 << 20);
		AUTO_DB c = NULL;
		const struct pack *p = NULL;
		assert_ok(pack_read(pack_dir(), a, ignore_fault, NULL, &p, &e), &e);
		assert_ok(db_pool_writer(t.pool, &c, &e), &e);
		int failures = 0;
		for (int64_t n = 0;; n = n * 3 / 2 + 1) {
			struct chain_head head;
			int64_t number;
			str slug, version;
			db_fail_after(c, n);
			enum err_code code = store_once(p, c, &e);
			db_fail_after(c, -1);
			if (code == ERR_OK)
				break;
			failures++;
			assert_string_equal(e.id, "db.injected");
			assert_int_equal(
			    programme_find(c, a, &number, &slug, &version, &e), ERR_NOT_FOUND);
			assert_ok(chain_head(c, 1, &head, &e), &e);
			assert_int_equal(head.seq, 0);
		}
		assert_true(failures > 5);
	}
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TESTDB_BOTH(stores_everything),
	    TESTDB_BOTH(makes_a_chain),
	    TESTDB_BOTH(brings_prices),
	    TESTDB_BOTH(finds_words),
	    TESTDB_BOTH(refuses_a_second_programme),
	    TESTDB_BOTH(refuses_a_faulty_pack),
	    TESTDB_BOTH(leaves_nothing_half_written),
	};
	return test_run(tests);
}
