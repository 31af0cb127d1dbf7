#include "db/testdb.h"

#include "db/backend.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

const enum db_engine testdb_engines[DB_ENGINES] = {DB_SQLITE, DB_POSTGRES};

static const char *server(void)
{
	const char *url = getenv("GRUTTO_TEST_PG");
	return url ? url : "";
}

bool testdb_has(enum db_engine engine)
{
	if (engine == DB_SQLITE || *server())
		return true;
	print_message(
	    "# GRUTTO_TEST_PG is not set: skipped (tests/with-postgres.sh starts a server)\n");
	return false;
}

static void on_server(const char *format, const char *schema)
{
	struct err e = {0};
	char sql[200];
	AUTO_POOL p = NULL;
	AUTO_DB c = NULL;
	const struct db_options o = {.readers = 1};
	assert_ok(db_pool_open(str_of(server()), &o, &p, &e), &e);
	assert_ok(db_pool_writer(p, &c, &e), &e);
	(void)snprintf(
	    sql, sizeof sql, "%s %s%s", format, schema, format[0] == 'D' ? " CASCADE" : "");
	assert_ok(db_script(c, sql, &e), &e);
}

void testdb_place(struct testdb *t, enum db_engine engine)
{
	*t = (struct testdb){.engine = engine};
	struct rng rng = rng_system();
	if (engine == DB_SQLITE) {
		const char *tmp = getenv("TMPDIR");
		(void)snprintf(
		    t->folder, sizeof t->folder, "%s/grutto-t.XXXXXX", tmp ? tmp : "/tmp");
		assert_non_null(mkdtemp(t->folder));
		(void)snprintf(t->location, sizeof t->location, "%s/t.db", t->folder);
		return;
	}
	(void)snprintf(
	    t->schema, sizeof t->schema, "t_%llx", (unsigned long long)rng_next_u64(&rng));
	on_server("CREATE SCHEMA", t->schema);
	(void)snprintf(t->location, sizeof t->location, "%s%coptions=-csearch_path%%3D%s", server(),
	    strchr(server(), '?') ? '&' : '?', t->schema);
}

void testdb_make(struct testdb *t, enum db_engine engine)
{
	struct err e = {0};
	const struct db_options o = {.create = true};
	const struct clock clock = clock_system();
	testdb_place(t, engine);
	assert_ok(db_pool_open(str_of(t->location), &o, &t->pool, &e), &e);
	AUTO_DB c = NULL;
	assert_ok(db_pool_writer(t->pool, &c, &e), &e);
	assert_ok(db_migrate(c, &clock, NULL, &e), &e);
}

void testdb_drop(struct testdb *t)
{
	db_pool_close(t->pool);
	t->pool = NULL;
	if (t->engine == DB_POSTGRES) {
		on_server("DROP SCHEMA", t->schema);
		return;
	}
	DIR *d = opendir(t->folder);
	const struct dirent *entry;
	while (d && (entry = readdir(d)) != NULL) {
		char path[512];
		(void)snprintf(path, sizeof path, "%s/%s", t->folder, entry->d_name);
		if (entry->d_name[0] != '.')
			(void)unlink(path);
	}
	if (d)
		(void)closedir(d);
	(void)rmdir(t->folder);
}
