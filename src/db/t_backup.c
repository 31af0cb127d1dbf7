#include "db/testdb.h"

#include "db/backend.h"
#include "db/backup.h"

#include <stdio.h>
#include <sys/stat.h>

enum { PROGRAMME = 3, EVENTS = 500 };

static void add_events(struct db *c, uint32_t from, uint32_t n)
{
	struct err e = {0};
	AUTO_TX tx = {0};
	struct chain *ch = NULL;
	assert_ok(db_begin(c, &tx, &e), &e);
	assert_ok(chain_begin(c, PROGRAMME, &ch, &e), &e);
	for (uint32_t i = from; i < from + n; i++) {
		struct chain_event ev = {.id = {{1, (uint8_t)(i >> 8), (uint8_t)i, 1}},
		    .at_ms = i,
		    .actor = STR("test"),
		    .kind = STR("test.backup"),
		    .after = STR("{\"x\":1}")};
		assert_ok(chain_put(ch, &ev, &e), &e);
	}
	assert_ok(chain_end(ch, &e), &e);
	assert_ok(db_commit(&tx, &e), &e);
}

/* A place of its own: on PostgreSQL a database, for a dump is of a whole database. */
struct place {
	struct testdb t;
	char location[512];
};

static void on_server(const char *sql, const char *name)
{
	struct err e = {0};
	char text[200];
	const struct db_options o = {.readers = 1};
	AUTO_POOL p = NULL;
	AUTO_DB c = NULL;
	assert_ok(db_pool_open(str_of(getenv("GRUTTO_TEST_PG")), &o, &p, &e), &e);
	assert_ok(db_pool_writer(p, &c, &e), &e);
	(void)snprintf(text, sizeof text, "%s %s", sql, name);
	assert_ok(db_script(c, text, &e), &e);
}

static void make_place(struct place *p, enum db_engine engine, const char *suffix)
{
	testdb_place(&p->t, engine);
	(void)snprintf(p->location, sizeof p->location, "%s", p->t.location);
	if (engine == DB_SQLITE)
		return;
	char name[80], *options = strstr(p->location, "options="),
	               *path = strstr(p->location, "/postgres?");
	assert_true(options && path);
	options[-1] = '\0'; /* without the schema */
	(void)snprintf(name, sizeof name, "%s%s", p->t.schema, suffix);
	on_server("CREATE DATABASE", name);
	char query[400];
	(void)snprintf(query, sizeof query, "%s", path + strlen("/postgres"));
	size_t at = (size_t)(path - p->location);
	(void)snprintf(path, sizeof p->location - at, "/%s%s", name, query);
}

static void drop_place(struct place *p, const char *suffix)
{
	if (p->t.engine == DB_POSTGRES) {
		char name[80];
		(void)snprintf(name, sizeof name, "%s%s", p->t.schema, suffix);
		on_server("DROP DATABASE", name);
	}
	testdb_drop(&p->t);
}

static void open_place(const char *location, bool migrate, struct db_pool **p, struct db **c)
{
	struct err e = {0};
	const struct db_options o = {.create = true};
	const struct clock clock = clock_system();
	assert_ok(db_pool_open(str_of(location), &o, p, &e), &e);
	assert_ok(db_pool_writer(*p, c, &e), &e);
	if (migrate)
		assert_ok(db_migrate(*c, &clock, NULL, &e), &e);
}

static void close_place(struct db_pool **p, struct db **c)
{
	db_return(*c);
	db_pool_close(*p);
	*p = NULL;
	*c = NULL;
}

static void restores_what_it_saved(void **state)
{
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	enum db_engine engine = TESTDB_ENGINE(state);
	struct place from, to;
	struct testdb files;
	struct err e = {0};
	struct db_pool *p = NULL;
	struct db *c = NULL;
	struct chain_report r = {0};
	struct chain_head before, after;
	char file[600];
	testdb_place(&files, DB_SQLITE);
	(void)snprintf(file, sizeof file, "%s/backup", files.folder);
	make_place(&from, engine, "a");
	make_place(&to, engine, "b");
	open_place(from.location, true, &p, &c);
	add_events(c, 0, EVENTS);
	assert_ok(chain_head(c, PROGRAMME, &before, &e), &e);
	{
		/* a writer is under way and is neither waited for nor copied */
		AUTO_TX tx = {0};
		const struct chain_event ev = {.id = {{9}}, .actor = STR("x"), .kind = STR("x")};
		assert_ok(db_begin(c, &tx, &e), &e);
		assert_ok(chain_add(c, PROGRAMME, &ev, &e), &e);
		assert_ok(db_backup(str_of(from.location), file, &e), &e);
	}
	assert_int_equal(db_backup(str_of(from.location), file, &e), ERR_CONFLICT);
	add_events(c, EVENTS, 10);
	assert_int_equal(db_restore(file, str_of(from.location), &r, &e), ERR_CONFLICT);
	close_place(&p, &c);

	assert_ok(db_restore(file, str_of(to.location), &r, &e), &e);
	assert_true(r.whole);
	assert_int_equal(r.events, EVENTS);
	open_place(to.location, true, &p, &c);
	assert_ok(chain_head(c, PROGRAMME, &after, &e), &e);
	assert_true(sha256_eq(before.hash, after.hash));
	add_events(c, EVENTS, 1); /* it goes on from there */
	assert_int_equal(db_script(c, "DELETE FROM event", &e), ERR_FORBIDDEN);
	close_place(&p, &c);
	drop_place(&from, "a");
	drop_place(&to, "b");
	testdb_drop(&files);
}

static void refuses_a_broken_backup(void **state)
{
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	enum db_engine engine = TESTDB_ENGINE(state);
	struct place from, to;
	struct testdb files;
	struct err e = {0};
	struct db_pool *p = NULL;
	struct db *c = NULL;
	char file[600];
	testdb_place(&files, DB_SQLITE);
	(void)snprintf(file, sizeof file, "%s/backup", files.folder);
	make_place(&from, engine, "a");
	make_place(&to, engine, "b");
	open_place(from.location, true, &p, &c);
	add_events(c, 0, EVENTS);
	const char *forge =
	    engine == DB_POSTGRES
	        ? "ALTER TABLE event DISABLE TRIGGER ALL; UPDATE event SET after = '' WHERE seq = "
	          "77"
	        : "DROP TRIGGER event_not_updated; UPDATE event SET after = '' WHERE seq = 77";
	assert_ok(db_script(c, forge, &e), &e);
	close_place(&p, &c);
	assert_ok(db_backup(str_of(from.location), file, &e), &e);
	assert_int_equal(db_restore(file, str_of(to.location), NULL, &e), ERR_INVALID);
	assert_string_equal(e.id, "restore.chain");
	assert_non_null(strstr(e.detail, "event 77"));
	/* nothing remains */
	struct stat st;
	if (engine == DB_SQLITE)
		assert_int_not_equal(stat(to.location, &st), 0);
	open_place(to.location, false, &p, &c);
	assert_int_equal(db_schema_check(c, &e), ERR_CONFLICT);
	assert_string_equal(e.id, "db.empty");
	close_place(&p, &c);
	drop_place(&from, "a");
	drop_place(&to, "b");
	testdb_drop(&files);
}

static void refuses_what_is_no_backup(void **state)
{
	(void)state;
	struct testdb t;
	struct err e = {0};
	char text[600], missing[600], to[600];
	testdb_make(&t, DB_SQLITE);
	(void)snprintf(text, sizeof text, "%s/text", t.folder);
	(void)snprintf(missing, sizeof missing, "%s/missing", t.folder);
	(void)snprintf(to, sizeof to, "%s/new.db", t.folder);
	FILE *f = fopen(text, "w");
	assert_non_null(f);
	assert_true(fputs("hello", f) >= 0 && fclose(f) == 0);
	assert_int_equal(db_restore(text, str_of(to), NULL, &e), ERR_INVALID);
	assert_int_equal(db_restore(missing, str_of(to), NULL, &e), ERR_IO);
	assert_int_equal(
	    db_restore(t.location, STR("postgresql://localhost/x"), NULL, &e), ERR_INVALID);
	assert_string_equal(e.id, "restore.kind");
	assert_int_equal(db_backup(str_of(missing), to, &e), ERR_NOT_FOUND);
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TESTDB_BOTH(restores_what_it_saved),
	    TESTDB_BOTH(refuses_a_broken_backup),
	    cmocka_unit_test(refuses_what_is_no_backup),
	};
	return test_run(tests);
}
