/* The saved cases of the test bench on both databases: what is kept comes back, in order; what is refused leaves nothing; each
 * change is an event that holds nothing of the case. */
#include "db/testdb.h"

#include "db/chain.h"
#include "feat/decisions/bench.h"
#include "feat/decisions/t_bench.sql.h"

enum { PROGRAMME = 1 };

struct fix {
	struct testdb t;
	struct db *c;
	struct arena *a;
	struct uid_maker uids;
	uint64_t seed;
	int64_t now_ms;
};

static void add_programme(struct db *c)
{
	static const struct db_column columns[] = {{"programme", DB_I64, false}, {"slug", DB_STR, false},
	    {"pack_version", DB_STR, false}, {"pack_hash", DB_BYTES, false}, {"currency", DB_STR, false},
	    {"loaded_ms", DB_I64, false}, {"reporting_org", DB_STR, false}, {"reporting_org_type", DB_I64, false},
	    {"identifier_prefix", DB_STR, false}};
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
	*f = (struct fix){.seed = 7, .now_ms = 1300000000000};
	testdb_make(&f->t, engine);
	f->a = arena_new(64 << 20);
	assert_non_null(f->a);
	f->uids = (struct uid_maker){.clock = clock_fixed(&f->now_ms), .rng = rng_seeded(&f->seed)};
	assert_ok(db_pool_writer(f->t.pool, &f->c, &e), &e);
	add_programme(f->c);
}

static void close_fix(struct fix *f)
{
	db_return(f->c);
	arena_free(f->a);
	testdb_drop(&f->t);
}

#define FIX_OR_SKIP(state, f)                                                                                                \
	if (!testdb_has(TESTDB_ENGINE(state)))                                                                               \
		skip();                                                                                                      \
	struct fix f;                                                                                                        \
	open_fix(&f, TESTDB_ENGINE(state))

static struct rules_act act_of(struct fix *f)
{
	return (struct rules_act){.db = f->c, .programme = PROGRAMME, .uids = &f->uids, .now_ms = f->now_ms,
	    .actor = STR("command:test")};
}

/* In a transaction of its own, which is rolled back when it fails. */
static enum err_code add(struct fix *f, const char *key, const struct bench_case *c, uid *ret_id, struct err *e)
{
	const struct rules_act act = act_of(f);
	AUTO_TX tx = {0};
	TRY(db_begin(f->c, &tx, e));
	TRY(bench_add(&act, str_of(key), c, ret_id, e));
	return db_commit(&tx, e);
}

static enum err_code take_away(struct fix *f, uid id, struct err *e)
{
	const struct rules_act act = act_of(f);
	AUTO_TX tx = {0};
	TRY(db_begin(f->c, &tx, e));
	TRY(bench_remove(&act, id, e));
	return db_commit(&tx, e);
}

static size_t cases(struct fix *f, const char *key, const struct bench_case **ret)
{
	struct err e;
	size_t n;
	assert_ok(bench_cases(f->c, PROGRAMME, str_of(key), f->a, ret, &n, &e), &e);
	return n;
}

static const struct bench_case adult = {.name = {"an adult", 8}, .decision = {"Amount", 6}, .input = {"{\"Age\": 18.50}", 14},
    .expected = {"1750", 4}, .author = {"somebody \xc3\xa9", 11}, .as_of = {14000}};

static void keeps_cases(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e;
	uid a, b, other;
	const struct bench_case *list;
	struct bench_case child = adult;
	child.name = STR("a child");
	child.expected = STR("undetermined");
	assert_ok(add(&f, "amounts", &adult, &a, &e), &e);
	assert_ok(add(&f, "amounts", &child, &b, &e), &e);
	assert_ok(add(&f, "other", &adult, &other, &e), &e);
	assert_int_equal(cases(&f, "amounts", &list), 2);
	assert_str(list[0].name, "a child"); /* by name */
	assert_str(list[0].expected, "undetermined");
	assert_str(list[1].input, "{\"Age\": 18.50}"); /* as it was written */
	assert_str(list[1].author, "somebody \xc3\xa9");
	assert_str(list[1].decision, "Amount");
	assert_int_equal(list[1].as_of.day, 14000);
	assert_true(uid_eq(list[1].id, a));
	assert_ok(take_away(&f, a, &e), &e);
	assert_int_equal(cases(&f, "amounts", &list), 1);
	assert_true(uid_eq(list[0].id, b));
	assert_int_equal(cases(&f, "other", &list), 1);
	assert_int_equal(cases(&f, "nothing", &list), 0);
	assert_int_equal(take_away(&f, a, &e), ERR_NOT_FOUND);
	close_fix(&f);
}

static void refuses_what_is_no_case(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e;
	uid id;
	const struct bench_case *list;
	struct bench_case c[6] = {adult, adult, adult, adult, adult, adult};
	c[0].name = STR("");
	c[1].input = STR("[1]");
	c[2].input = STR("{\"Age\": }");
	c[3].expected = STR("seventeen");
	c[4].as_of = DATE_NONE;
	c[5].author = STR("\xff");
	for (size_t i = 0; i < sizeof c / sizeof *c; i++)
		assert_int_equal(add(&f, "amounts", &c[i], &id, &e), ERR_INVALID);
	assert_int_equal(cases(&f, "amounts", &list), 0);
	close_fix(&f);
}

/* Added, and taken away: two events, and no word of the input in them. */
static void tells_the_chain(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e;
	uid id;
	assert_ok(add(&f, "amounts", &adult, &id, &e), &e);
	assert_ok(take_away(&f, id, &e), &e);
	struct chain_report report;
	assert_ok(chain_verify(f.c, &report, &e), &e);
	assert_true(report.whole);
	assert_int_equal(report.events, 2);
	static const char *const kinds[] = {"decision_case.added", "decision_case.removed"};
	struct db_rows *rows = NULL;
	assert_ok(t_events_open(f.c, PROGRAMME, &rows, &e), &e);
	for (size_t i = 0; i < 3; i++) {
		struct t_events_row row;
		bool more = false;
		assert_ok(t_events_next(rows, &row, &more, &e), &e);
		assert_int_equal(more, i < 2);
		if (!more)
			break;
		assert_str(row.kind, kinds[i]);
		assert_true(str_find(row.after, STR("18.50")) < 0 && str_find(row.after, STR("Age")) < 0);
	}
	db_rows_done(rows);
	close_fix(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(keeps_cases), TESTDB_BOTH(refuses_what_is_no_case),
	    TESTDB_BOTH(tells_the_chain)};
	return test_run(tests);
}
