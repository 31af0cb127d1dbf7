#include "db/testdb.h"

#include "db/backend.h"

#include <stdio.h>
#include <unistd.h>

#define BOTH(sql)                                                                                  \
	{                                                                                          \
		[DB_SQLITE] = (sql), [DB_POSTGRES] = (sql)                                         \
	}

static const struct db_migration three[] = {
    {1, "0001_a", BOTH("CREATE TABLE a (x TEXT NOT NULL)"), "aa"},
    {2, "0002_b", BOTH("CREATE TABLE b (x TEXT NOT NULL); INSERT INTO a (x) VALUES ('b')"), "bb"},
    {3, "0003_c", BOTH("CREATE TABLE c (x TEXT NOT NULL); CREATE TABLE a (x TEXT)"),
        "cc"}, /* a is there */
};
static const struct db_migration changed[] = {
    {1, "0001_a", BOTH("CREATE TABLE a (x TEXT NOT NULL)"), "aa"},
    {2, "0002_b", BOTH("CREATE TABLE b (y TEXT NOT NULL)"), "another"},
};

static struct db_migration_list first(size_t n)
{
	return (struct db_migration_list){three, n};
}

static struct db *open_empty(struct testdb *t)
{
	struct err e = {0};
	struct db *c = NULL;
	const struct db_options o = {.create = true};
	assert_ok(db_pool_open(str_of(t->location), &o, &t->pool, &e), &e);
	assert_ok(db_pool_writer(t->pool, &c, &e), &e);
	return c;
}

static void goes_forward_only(void **state)
{
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	struct testdb t;
	struct err e = {0};
	const struct clock clock = clock_system();
	uint32_t applied = 99;
	testdb_place(&t, TESTDB_ENGINE(state));
	struct db *c = open_empty(&t);
	assert_int_equal(db_schema_check(c, &e), ERR_CONFLICT);
	assert_string_equal(e.id, "db.empty");
	assert_ok(db_migrate_list(c, first(1), &clock, &applied, &e), &e);
	assert_int_equal(applied, 1);
	assert_ok(db_migrate_list(c, first(2), &clock, &applied, &e), &e);
	assert_int_equal(applied, 1);
	assert_ok(db_migrate_list(c, first(2), &clock, &applied, &e), &e);
	assert_int_equal(applied, 0);
	/* the third fails as a whole: neither c nor its version is there */
	assert_int_not_equal(db_migrate_list(c, first(3), &clock, &applied, &e), ERR_OK);
	assert_string_equal(e.file, "0003_c");
	assert_ok(db_migrate_list(c, first(2), &clock, &applied, &e), &e);
	assert_ok(db_script(c, "CREATE TABLE c (x TEXT)", &e), &e);
	/* a program that knows less, and one that remembers otherwise */
	assert_int_equal(db_migrate_list(c, first(1), &clock, &applied, &e), ERR_CONFLICT);
	assert_string_equal(e.id, "db.newer");
	assert_non_null(strstr(e.detail,
	    "made by a newer Grutto (schema 2, this program knows 1): upgrade the program"));
	struct db_migration_list other = {changed, 2};
	assert_int_equal(db_migrate_list(c, other, &clock, &applied, &e), ERR_CONFLICT);
	assert_string_equal(e.id, "db.migration_changed");
	assert_non_null(strstr(e.detail, "0002_b"));
	db_return(c);
	testdb_drop(&t);
}

static void knows_its_own_schema(void **state)
{
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	struct db *c = NULL;
	uint32_t version = 0;
	assert_ok(db_pool_reader(t.pool, &c, &e), &e);
	assert_ok(db_schema_check(c, &e), &e);
	assert_ok(db_schema_version(c, &version, &e), &e);
	assert_int_equal(version, db_migrations_n);
	db_return(c);
	testdb_drop(&t);
}

static void leaves_other_programs_alone(void **state)
{
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	struct testdb t;
	struct err e = {0};
	const struct db_options o = {0};
	testdb_place(&t, TESTDB_ENGINE(state));
	struct db *c = open_empty(&t);
	assert_ok(db_script(c, "CREATE TABLE theirs (x TEXT)", &e), &e);
	db_return(c);
	db_pool_close(t.pool);
	t.pool = NULL;
	assert_int_equal(db_pool_open(str_of(t.location), &o, &t.pool, &e), ERR_INVALID);
	assert_string_equal(e.id, "db.foreign");
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TESTDB_BOTH(goes_forward_only),
	    TESTDB_BOTH(knows_its_own_schema),
	    TESTDB_BOTH(leaves_other_programs_alone),
	};
	return test_run(tests);
}
