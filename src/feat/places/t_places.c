/* What names a country and what an organisation does, in the real programme and on both engines. Expected
 * values were counted in the pack's own files. The pack comes from the environment (GRUTTO_PACK). */
#include "db/testdb.h"

#include "feat/places/parts.h"
#include "feat/site/env.h"

#include <fcntl.h>
#include <unistd.h>

struct world {
	struct testdb t;
	struct arena *a;
	const struct programme_view *p;
	const struct register_view *r;
};

static void load_world(struct world *w, enum db_engine engine)
{
	static char option[] = "--pack", fallback[] = "programmes/migration-development-2008";
	struct err e;
	int64_t now = 0;
	uint64_t seed = 1;
	char *dir = getenv("GRUTTO_PACK");
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	assert_true(null >= 0);
	testdb_place(&w->t, engine);
	struct app_env env = {.clock = clock_fixed(&now), .rng = rng_seeded(&seed), .log = {.fd = null}, .out_fd = null,
	    .err_fd = null};
	char *argv[] = {w->t.location, option, dir ? dir : fallback};
	assert_int_equal(register_cmd_init(&env, 3, argv), 0);
	assert_int_equal(close(null), 0);
	assert_ok(db_pool_open(str_of(w->t.location), &(struct db_options){0}, &w->t.pool, &e), &e);
	AUTO_DB c = NULL;
	w->a = arena_new(256 << 20);
	assert_ok(db_pool_reader(w->t.pool, &c, &e), &e);
	assert_ok(programme_view_load(c, w->a, &w->p, &e), &e);
	assert_ok(register_own_load(c, w->p->programme, w->a, &w->r, &e), &e);
}

static struct country_view country_of(const struct world *w, const char *code)
{
	struct err e;
	struct country_view v = {.code = str_of(code)};
	assert_ok(country_gather(w->p, w->r, w->a, &v, &e), &e);
	return v;
}

static struct org_view org_of(const struct world *w, const char *key)
{
	struct err e;
	struct org_view v = {.org = register_org(w->r, str_of(key))};
	assert_non_null(v.org);
	assert_ok(org_gather(w->r, w->a, &v, &e), &e);
	return v;
}

static void countries(void **state)
{
	static const struct {
		const char *code;
		size_t activities, results, rules, refused;
	} rows[] = {{"AF", 6, 9, 7, 0}, {"GH", 4, 1, 1, 3}, {"SO", 2, 0, 1, 1}, {"XK", 1, 2, 1, 0}, {"BI", 3, 0, 1, 1}};
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	struct world w;
	load_world(&w, TESTDB_ENGINE(state));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct country_view v = country_of(&w, rows[i].code);
		assert_int_equal(v.activities.n, rows[i].activities);
		assert_int_equal(v.results.n, rows[i].results);
		assert_int_equal(v.rules.n, rows[i].rules);
		assert_int_equal(v.refused.n, rows[i].refused);
		assert_int_equal(v.general.n, 7);
		assert_true(country_is_named(&v));
	}
	struct country_view none = country_of(&w, "ZZ");
	assert_false(country_is_named(&none));
	arena_free(w.a);
	testdb_drop(&w.t);
}

static void organisations(void **state)
{
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	struct world w;
	load_world(&w, TESTDB_ENGINE(state));
	struct org_view bz = org_of(&w, "bz");
	assert_int_equal(bz.activities, 37);
	assert_int_equal(bz.parts.n, 37);
	assert_int_equal(bz.roles[ORG_ROLE_FUNDER].activities, 37);
	assert_int_equal(bz.roles[ORG_ROLE_FUNDER].sum.minor, 2045342859);
	assert_int_equal(bz.roles[ORG_ROLE_FUNDER].n_unknown, 12);
	assert_int_equal(bz.leads.activities, 0);
	struct org_view iom = org_of(&w, "iom");
	assert_int_equal(iom.activities, 8);
	assert_int_equal(iom.leads.activities, 6);
	assert_int_equal(iom.leads.sum.minor, 544598084);
	assert_int_equal(iom.leads.n_unknown, 1);
	assert_int_equal(iom.roles[ORG_ROLE_IMPLEMENTER].activities, 7);
	assert_int_equal(iom.roles[ORG_ROLE_PARTNER].activities, 1);
	assert_int_equal(iom.roles[ORG_ROLE_FUNDER].activities, 1);
	arena_free(w.a);
	testdb_drop(&w.t);
}

static size_t common_of(const struct org_view *v, const char *key)
{
	vec_each(peer, &v->peers)
		if (str_is(peer->org->key, key))
			return peer->activities;
	return 0;
}

/* Counted in activities.csv and activity_partners.csv: an organisation is in an activity as implementer or partner. */
static void organisations_that_work_together(void **state)
{
	static const struct {
		const char *key, *other;
		size_t peers, common;
	} rows[] = {{"iom", "bz", 23, 8}, {"iom", "coa", 23, 3}, {"iom", "gov-it", 23, 2}, {"unhcr", "ke-dra", 2, 1},
	    {"seva", "bz", 1, 2}};
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	struct world w;
	struct err e;
	load_world(&w, TESTDB_ENGINE(state));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct org_view v = org_of(&w, rows[i].key);
		assert_ok(org_gather_peers(w.a, &v, &e), &e);
		assert_int_equal(v.peers.n, rows[i].peers);
		assert_int_equal(common_of(&v, rows[i].other), rows[i].common);
		assert_int_equal(common_of(&v, rows[i].key), 0);
		assert_true(str_is(v.peers.p[0].org->key, "bz")); /* the ministry is in most of them */
	}
	arena_free(w.a);
	testdb_drop(&w.t);
}

static void amounts_in_another_currency_are_not_added(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct organisation o = {.id = {{1}}};
	const struct participating_org orgs[] = {
	    {.org = &o, .role = ORG_ROLE_FUNDER, .amount = MONEY(100, "EUR")},
	    {.org = &o, .role = ORG_ROLE_FUNDER, .amount = MONEY(900, "USD")},
	    {.org = &o, .role = ORG_ROLE_FUNDER, .amount = MONEY(11, "EUR")}};
	const struct activity x = {.orgs = orgs, .n_orgs = 3}, *all[] = {&x};
	const struct register_view r = {.own = {.n = 1}, .activities = all};
	struct org_view v = {.org = &o};
	assert_ok(org_gather(&r, a, &v, &e), &e);
	assert_int_equal(v.roles[ORG_ROLE_FUNDER].activities, 1); /* three parts in one activity */
	assert_int_equal(v.roles[ORG_ROLE_FUNDER].sum.minor, 111);
	assert_int_equal(v.roles[ORG_ROLE_FUNDER].n_unknown, 1);
}

static void dimensions(void **state)
{
	(void)state;
	assert_true(country_in_dimension(STR("country=NG;country=GH"), STR("GH")));
	assert_true(country_in_dimension(STR("country=AF;sector=health"), STR("AF")));
	assert_false(country_in_dimension(STR("group=AF"), STR("AF")));
	assert_false(country_in_dimension(STR("country=AFG"), STR("AF")));
	assert_false(country_in_dimension(STR("all"), STR("")));
	assert_true(country_among(STR("SO;KE; GH"), STR("GH")));
	assert_false(country_among(STR("SO;KE"), STR("O;")));
	assert_false(country_among(STR(""), STR("GH")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TESTDB_BOTH(countries),
	    TESTDB_BOTH(organisations),
	    TESTDB_BOTH(organisations_that_work_together),
	    cmocka_unit_test(amounts_in_another_currency_are_not_added),
	    cmocka_unit_test(dimensions),
	};
	return test_run(tests);
}
