/* Every statement of the program is prepared on both engines. */
#include "db/testdb.h"

#include "db/registry.h"

static void prepares_every_statement(void **state)
{
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	AUTO_DB c = NULL;
	size_t bad = 0;
	assert_ok(db_pool_writer(t.pool, &c, &e), &e);
	for (size_t i = 0; i < db_registry_n; i++)
		if (db_prepare_check(c, &db_registry[i], &e) != ERR_OK) {
			print_error(
			    "%s:%u: %s\n", db_registry[i].file, db_registry[i].line, e.detail);
			bad++;
		}
	assert_true(db_registry_n > 10);
	assert_int_equal(bad, 0);
	db_return(c);
	c = NULL;
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(prepares_every_statement)};
	return test_run(tests);
}
