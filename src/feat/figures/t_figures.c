/* The published tables of the real programme, on both engines. Expected values come from the
 * report's tables as the README of the data set gives them. The pack comes from the environment
 * (GRUTTO_PACK). */
#include "db/testdb.h"

#include "codec/json.h"
#include "feat/figures/figures.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
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
	struct app_env env = {.clock = clock_fixed(&now),
	    .rng = rng_seeded(&seed),
	    .log = {.fd = null},
	    .out_fd = null,
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

static void drop_world(struct world *w)
{
	arena_free(w->a);
	testdb_drop(&w->t);
}

#define WORLD_OR_SKIP(state, w)                                                                    \
	if (!testdb_has(TESTDB_ENGINE(state)))                                                     \
		skip();                                                                            \
	struct world w;                                                                            \
	load_world(&w, TESTDB_ENGINE(state))

static const struct figure_table *table(const struct world *w, const char *name, const char *as_of)
{
	struct err e;
	date day = DATE_NONE;
	const struct figure_table *t = NULL;
	assert_true(!as_of || date_parse(str_of(as_of), &day));
	assert_ok(figures_make(w->p, w->r, str_of(name), day, w->a, &t, &e), &e);
	return t;
}

/* The row whose first cells read so; fails when there is none. */
static const struct figure_row *row_of(
    const struct figure_table *t, const char *activity, const char *indicator, const char *part)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (str_is(figure_at(t, i, 0)->text, activity) &&
		    str_is(figure_at(t, i, 1)->text, indicator) &&
		    str_is(figure_at(t, i, 2)->text, part))
			return &t->rows[i];
	fail_msg("no row %s, %s, %s", activity, indicator, part);
	return NULL;
}

/* ---- spending ---- */

static const char spending_csv[] = "year,priority,amount_eur\r\n"
                                   "2009,1,200000.00\r\n2009,2,2300000.00\r\n2009,3,1100000.00\r\n"
                                   "2009,4,1200000.00\r\n2009,5,100000.00\r\n2009,6,4100000.00\r\n"
                                   "2010,1,1000000.00\r\n2010,2,200000.00\r\n2010,3,700000.00\r\n"
                                   "2010,4,600000.00\r\n2010,5,\r\n2010,6,3300000.00\r\n"
                                   "2011,1,50000.00\r\n2011,2,2100000.00\r\n2011,3,1400000.00\r\n"
                                   "2011,4,300000.00\r\n2011,5,350000.00\r\n2011,6,4500000.00\r\n";

/* Amount in euros of the total of a year (0: all) and a priority (0: all). */
static int64_t total_of(const struct figure_table *t, int year, int priority)
{
	for (size_t i = 0; i < t->n_totals; i++) {
		const struct figure_cell *c = t->totals[i].cells;
		if ((c[0].missing ? 0 : c[0].integer) == year &&
		    (c[1].missing ? 0 : c[1].integer) == priority)
			return c[2].amount.minor / 100;
	}
	fail_msg("no total of %d, %d", year, priority);
	return 0;
}

static void spending(void **state)
{
	struct err e;
	WORLD_OR_SKIP(state, w);
	const struct figure_table *t = table(&w, "spending", NULL);
	AUTO_BUF csv = BUF_INIT(1 << 16);
	assert_ok(figure_write_csv(t, &csv, &e), &e);
	assert_str(buf_str(&csv), spending_csv);
	assert_int_equal(total_of(t, 2009, 0), 9000000);
	assert_int_equal(total_of(t, 2010, 0), 5800000);
	assert_int_equal(total_of(t, 2011, 0), 8700000);
	assert_int_equal(total_of(t, 0, 0), 23500000);
	assert_int_equal(total_of(t, 0, 6), 11900000);
	assert_int_equal(total_of(t, 0, 5), 450000);
	/* a year's spending is known when the year is over */
	assert_int_equal(table(&w, "spending", "2010-12-31")->n_rows, 12);
	assert_int_equal(table(&w, "spending", "2011-12-30")->n_rows, 12);
	assert_int_equal(table(&w, "spending", "2011-12-31")->n_rows, 18);
	assert_int_equal(table(&w, "spending", "2008-01-01")->n_rows, 0);
	assert_int_equal(table(&w, "spending", "2008-01-01")->n_totals, 0);
	/* the report's inconsistencies 1 and 5 are about this table */
	assert_int_equal(t->n_notes, 2);
	assert_int_equal(t->notes[0]->number, 1);
	assert_int_equal(t->notes[1]->number, 5);
	drop_world(&w);
}

/* ---- targets ---- */

static void targets(void **state)
{
	struct err e;
	WORLD_OR_SKIP(state, w);
	const struct figure_table *t = table(&w, "targets", NULL);
	enum { TARGET = 5, ACTUAL, RATIO };
	/* 243 rows of targets_results.csv less the ten that are a baseline only */
	assert_int_equal(t->n_rows, 233);
	const struct figure_row *r = row_of(t, "18261", "placements", "total");
	assert_str(r->cells[TARGET].text, "300");
	assert_str(r->cells[ACTUAL].text, "319");
	assert_str(r->cells[RATIO].text, "1.0633"); /* 319 / 300 = 1.06333… */
	r = row_of(t, "18596", "returnees with cash contribution", "total");
	assert_str(r->cells[TARGET].text, "590");
	assert_str(r->cells[ACTUAL].text, "2058");
	assert_str(r->cells[RATIO].text, "3.4881"); /* 2058 / 590 = 3.48813… */
	r = row_of(t, "20707", "Iraqis returned and reintegrated with in-kind support", "");
	assert_str(r->cells[RATIO].text, "0.004"); /* 2 of 500 */
	r = row_of(t, "18249", "registered users of the platform", "all");
	assert_true(r->cells[TARGET].missing && r->cells[RATIO].missing);
	r = row_of(t, "", "rejected proposals 2010-2012", "programme");
	assert_str(r->cells[ACTUAL].text, "8");
	AUTO_BUF csv = BUF_INIT(1 << 20);
	assert_ok(figure_write_csv(t, &csv, &e), &e);
	assert_true(str_starts(buf_str(&csv),
	    STR("activity_id,indicator,dimension,unit,baseline,target,actual,ratio\r\n")));
	/* at the end of 2010 the target of the postings was known, the result of August 2011 was
	 * not */
	t = table(&w, "targets", "2010-12-31");
	r = row_of(t, "18261", "placements", "total");
	assert_str(r->cells[TARGET].text, "300");
	assert_true(r->cells[ACTUAL].missing && r->cells[RATIO].missing);
	r = row_of(t, "18777", "irregular migrants returned voluntarily", "total");
	assert_str(r->cells[ACTUAL].text, "592"); /* of January 2010 */
	/* on the day of the source everything is known, also what is dated "2012" */
	assert_int_equal(table(&w, "targets", "2012-05-31")->n_rows, 233);
	drop_world(&w);
}

/* ---- the other tables ---- */

static void postings(void **state)
{
	WORLD_OR_SKIP(state, w);
	const struct figure_table *t = table(&w, "postings", NULL);
	enum { COUNTRY = 1, SECTOR, TARGET, POSTINGS };
	int64_t sectors = 0, countries = 0, sierra_leone = 0;
	for (size_t i = 0; i < t->n_rows; i++) {
		const struct figure_cell *c = t->rows[i].cells;
		if (!str_is(c[0].text, "18261"))
			continue;
		*(c[SECTOR].missing ? &countries : &sectors) += c[POSTINGS].integer;
		if (!c[SECTOR].missing && str_is(c[COUNTRY].text, "SL"))
			sierra_leone += c[POSTINGS].integer;
	}
	assert_int_equal(countries, 319); /* table 7.1 */
	assert_int_equal(sectors, 319);   /* table 7.2 */
	assert_int_equal(sierra_leone, 81);
	assert_int_equal(t->n_totals, 3);
	assert_int_equal(t->totals[0].cells[POSTINGS].integer, 319);
	assert_int_equal(t->totals[1].cells[POSTINGS].integer, 160);
	assert_int_equal(t->totals[2].cells[POSTINGS].integer, 479);
	drop_world(&w);
}

static void portfolio(void **state)
{
	WORLD_OR_SKIP(state, w);
	const struct figure_table *t = table(&w, "portfolio", NULL);
	static const char *const breakdowns[] = {"status", "size", "channel", "priority"};
	for (size_t k = 0; k < 4; k++) {
		int64_t n = 0;
		for (size_t i = 0; i < t->n_rows; i++)
			n += str_is(figure_at(t, i, 0)->text, breakdowns[k])
			         ? figure_at(t, i, 2)->integer
			         : 0;
		assert_int_equal(n, 41); /* 43 rows of activities.csv less two with scope outside */
	}
	assert_int_equal(t->totals[0].cells[2].integer, 41);
	/* three ended early: the pilot, the Ethiopian project and the foundation */
	for (size_t i = 0; i < t->n_rows; i++)
		if (str_is(figure_at(t, i, 1)->text, "cancelled"))
			assert_int_equal(figure_at(t, i, 2)->integer, 3);
	/* on 1 January 2009 nobody had ended early */
	t = table(&w, "portfolio", "2009-01-01");
	for (size_t i = 0; i < t->n_rows; i++)
		assert_false(str_is(figure_at(t, i, 1)->text, "cancelled"));
	drop_world(&w);
}

static void costs_and_visitors(void **state)
{
	WORLD_OR_SKIP(state, w);
	const struct figure_table *t = table(&w, "unit-costs", NULL);
	assert_int_equal(t->n_rows, 21);
	assert_int_equal(figure_at(t, 0, 2)->amount.minor, 175000);
	/* before the second round of the cash scheme began, on 1 October 2010 */
	t = table(&w, "unit-costs", "2010-09-30");
	for (size_t i = 0; i < t->n_rows; i++)
		assert_false(str_is(figure_at(t, i, 3)->text, "22101"));
	t = table(&w, "visitors", NULL);
	assert_int_equal(t->n_rows, 8);
	assert_int_equal(figure_at(t, 2, 0)->integer, 2009);
	assert_int_equal(figure_at(t, 2, 2)->integer, 32680);
	assert_str(t->rows[3].note, "January to August only");
	t = table(&w, "budget", NULL);
	assert_int_equal(t->n_rows, 8);
	drop_world(&w);
}

/* Every table in every format; the JSON is read back. */
static void all_formats(void **state)
{
	struct err e;
	WORLD_OR_SKIP(state, w);
	static const char *const wanted[] = {
	    "spending", "portfolio", "targets", "unit-costs", "postings", "visitors"};
	for (size_t k = 0; k < 6; k++) {
		bool there = false;
		for (size_t i = 0; i < figures_count(); i++)
			there |= strcmp(figures_info(i)->name, wanted[k]) == 0;
		assert_true(there);
	}
	for (size_t i = 0; i < figures_count(); i++) {
		const struct figure_table *t = table(&w, figures_info(i)->name, NULL);
		AUTO_BUF json = BUF_INIT(1 << 22);
		AUTO_BUF text = BUF_INIT(1 << 22);
		const struct json *j = NULL;
		assert_ok(figure_write_json(t, &json, &e), &e);
		assert_ok(figure_write_text(t, &text, &e), &e);
		assert_ok(json_read(buf_str(&json), NULL,
		              &(struct json_limits){.max_bytes = 1 << 22}, w.a, &j, &e),
		    &e);
		assert_str(json_text(json_get(j, "name")), t->name);
		assert_int_equal(json_get(j, "rows")->n, t->n_rows);
		assert_int_equal(json_get(j, "totals")->n, t->n_totals);
		assert_int_equal(json_get(j, "columns")->n, t->n_columns);
		assert_true(str_starts(buf_str(&text), str_of(t->title)));
	}
	const struct figure_table *none = NULL;
	assert_int_equal(
	    figures_make(w.p, w.r, STR("nothing"), DATE_NONE, w.a, &none, &e), ERR_NOT_FOUND);
	drop_world(&w);
}

/* ---- without a database: what the real programme does not have ---- */

static void ratio_of_zero(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	struct indicator_value values[] = {
	    {.dimension = STR(""),
	        .target = STR("0"),
	        .actual = STR("5"),
	        .baseline_num = DECIMAL_NONE,
	        .target_num = DECIMAL_ZERO,
	        .actual_num = decimal_of(5),
	        .source_line = STR("1"),
	        .note = STR("")},
	    {.dimension = STR("x"),
	        .target = STR("3"),
	        .actual = STR("2"),
	        .baseline_num = DECIMAL_NONE,
	        .target_num = decimal_of(3),
	        .actual_num = decimal_of(2),
	        .source_line = STR("1"),
	        .note = STR("")},
	    {.dimension = STR("y"),
	        .baseline = STR("4"),
	        .baseline_num = decimal_of(4),
	        .target_num = DECIMAL_NONE,
	        .actual_num = DECIMAL_NONE,
	        .source_line = STR("1"),
	        .note = STR("")},
	};
	struct indicator indicator = {
	    .title = STR("i"), .unit = STR("people"), .values = values, .n_values = 3};
	struct activity programme = {
	    .is_programme = true, .indicators = &indicator, .n_indicators = 1};
	struct register_view r = {.programme = &programme};
	struct programme_view p = {.programme = 1};
	const struct figure_table *t = NULL;
	assert_ok(figures_make(&p, &r, STR("targets"), DATE_NONE, a, &t, &e), &e);
	assert_int_equal(t->n_rows, 2); /* a baseline alone is neither a target nor a result */
	assert_true(figure_at(t, 0, 7)->missing);
	assert_str(figure_at(t, 1, 7)->text, "0.6667"); /* 2 / 3, rounded */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TESTDB_BOTH(spending),
	    TESTDB_BOTH(targets),
	    TESTDB_BOTH(postings),
	    TESTDB_BOTH(portfolio),
	    TESTDB_BOTH(costs_and_visitors),
	    TESTDB_BOTH(all_formats),
	    cmocka_unit_test(ratio_of_zero),
	};
	return test_run(tests);
}
