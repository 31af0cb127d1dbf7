#pragma once
/* For tests: a fresh database on either engine. PostgreSQL's is a schema of its own on the server
 * that GRUTTO_TEST_PG names (tests/with-postgres.sh starts one); SQLite's a file in a temporary
 * folder.
 *
 *   static void stores_it(void **state)
 *   {
 *           TESTDB_OR_SKIP(state, t);
 *           … t.pool …
 *           testdb_drop(&t);
 *   }
 *   const struct CMUnitTest tests[] = {TESTDB_BOTH(stores_it), …}; */
#include "base/test.h"

#include "db/migrate.h"

struct testdb {
	enum db_engine engine;
	struct db_pool *pool;
	char location[512];
	char folder[128]; /* SQLite */
	char schema[64];  /* PostgreSQL */
};

/* False, after saying so, when there is no such server. */
bool testdb_has(enum db_engine engine);
/* A place for a database, nothing in it and no pool; asserts. */
void testdb_place(struct testdb *t, enum db_engine engine);
/* The same with a pool and all migrations applied. */
void testdb_make(struct testdb *t, enum db_engine engine);
/* Close the pool and remove everything. */
void testdb_drop(struct testdb *t);

extern const enum db_engine testdb_engines[DB_ENGINES];

#define TESTDB_BOTH(f)                                                                             \
	{#f " (sqlite)", f, NULL, NULL, (void *)(uintptr_t)&testdb_engines[DB_SQLITE]},            \
	{                                                                                          \
#f " (postgres)", f, NULL, NULL, (void *)(uintptr_t)&testdb_engines[DB_POSTGRES]   \
	}
#define TESTDB_ENGINE(state) (*(const enum db_engine *)*(state))
#define TESTDB_OR_SKIP(state, t)                                                                   \
	if (!testdb_has(TESTDB_ENGINE(state)))                                                     \
		skip();                                                                            \
	struct testdb t;                                                                           \
	testdb_make(&t, TESTDB_ENGINE(state))
