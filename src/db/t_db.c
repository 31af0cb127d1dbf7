#include "db/testdb.h"

#include "db/backend.h"
#include "db/t_db.sql.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdio.h>

static enum err_code add(struct db *c, int64_t n, const char *slug, struct err *e)
{
	return t_programme_add(c, n, str_of(slug), STR("\x00\xff"), (date){(int32_t)n}, NULL, e);
}

static void add_tables(struct testdb *t)
{
	struct err e = {0};
	AUTO_DB c = NULL;
	assert_ok(db_pool_writer(t->pool, &c, &e), &e);
	assert_ok(db_script(c, t_db_schema[t->engine], &e), &e);
}

static int64_t count(struct db *c)
{
	struct err e = {0};
	struct t_programme_count_row row;
	AUTO_ARENA a = arena_new(4096);
	assert_ok(t_programme_count(c, a, &row, &e), &e);
	return row.programmes;
}

static struct db *writer(struct testdb *t)
{
	struct err e = {0};
	struct db *c = NULL;
	assert_ok(db_pool_writer(t->pool, &c, &e), &e);
	return c;
}

static struct db *reader(struct testdb *t)
{
	struct err e = {0};
	struct db *c = NULL;
	assert_ok(db_pool_reader(t->pool, &c, &e), &e);
	return c;
}

/* ---- values ---- */

static void echo(struct db *c, const struct t_echo_row *v)
{
	struct err e = {0};
	struct t_echo_row got;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	assert_ok(
	    t_echo(c, v->number, v->real, v->text, v->some, v->who, v->yes, v->day, a, &got, &e),
	    &e);
	assert_int_equal(got.number.has, v->number.has);
	assert_int_equal(got.number.v, v->number.v);
	assert_int_equal(got.real.has, v->real.has);
	assert_memory_equal(&got.real.v, &v->real.v, sizeof got.real.v);
	assert_int_equal(got.text.p != NULL, v->text.p != NULL);
	assert_true(str_eq(got.text, v->text));
	assert_int_equal(got.some.p != NULL, v->some.p != NULL);
	assert_true(str_eq(got.some, v->some));
	assert_true(uid_eq(got.who, v->who));
	assert_int_equal(got.yes.has, v->yes.has);
	assert_int_equal(got.yes.v, v->yes.v);
	assert_int_equal(got.day.day, v->day.day);
}

static void gives_back_every_type(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct db *c = reader(&t);
	char *long_text = malloc(100000);
	assert_non_null(long_text);
	memset(long_text, 'x', 100000);
	const struct t_echo_row rows[] = {
	    {.text = STR_NONE, .some = STR_NONE, .who = UID_NONE, .day = DATE_NONE},
	    {opt_i64(INT64_MIN), {-0.0, true}, STR(""), STR(""), {{1}}, {false, true}, {0}},
	    {opt_i64(INT64_MAX), {1e300, true}, STR("\xc3\xa9\xe2\x82\xac '?1 $1"),
	        STR("\0\xff\0x"), {{0xff, 0, 0xfe}}, {true, true}, {-719162}},
	    {opt_i64(-1), {0.1, true}, {long_text, 100000}, {long_text, 99999}, {{9}}, {true, true},
	        {1}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		echo(c, &rows[i]);
	free(long_text);
	db_return(c);
	testdb_drop(&t);
}

static void names_what_is_wrong(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	struct t_programme_get_row row;
	struct db *c = writer(&t);
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	assert_int_equal(t_programme_get(c, 1, a, &row, &e), ERR_NOT_FOUND);
	assert_ok(add(c, 1, "one", &e), &e);
	assert_int_equal(add(c, 1, "two", &e), ERR_CONFLICT);
	assert_string_equal(e.id, "db.unique");
	assert_int_equal(add(c, 2, "one", &e), ERR_CONFLICT);
	assert_non_null(strstr(e.field, "slug"));
	assert_int_equal(t_part_add(c, 7, (uid){{1}}, STR("own"), NULL, &e), ERR_CONFLICT);
	assert_string_equal(e.id, "db.foreign_key");
	assert_int_equal(t_part_add(c, 1, (uid){{1}}, STR("other"), NULL, &e), ERR_INVALID);
	assert_string_equal(e.id, "db.check");
	assert_int_equal(t_part_add(c, 1, UID_NONE, STR("own"), NULL, &e), ERR_BUG);
	assert_string_equal(e.field, "id");
	int64_t changed = -1;
	assert_ok(t_programme_rename(c, 1, STR("uno"), &changed, &e), &e);
	assert_int_equal(changed, 1);
	assert_ok(t_programme_rename(c, 99, STR("none"), &changed, &e), &e);
	assert_int_equal(changed, 0);
	assert_ok(t_programme_get(c, 1, a, &row, &e), &e);
	assert_str(row.slug, "uno");
	assert_int_equal(row.hash.n, 2);
	db_return(c);
	testdb_drop(&t);
}

/* ---- transactions ---- */

static void begin_and_forget(struct db *c)
{
	struct err e = {0};
	AUTO_TX tx = {0};
	assert_ok(db_begin(c, &tx, &e), &e);
	assert_ok(add(c, 5, "five", &e), &e);
}

static void keeps_what_was_committed_only(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	struct db *c = writer(&t);
	begin_and_forget(c);
	assert_false(db_in_tx(c));
	assert_int_equal(count(c), 0);
	struct db_tx tx = {0}, inner = {0};
	assert_ok(db_begin(c, &tx, &e), &e);
	assert_int_equal(db_begin(c, &inner, &e), ERR_BUG);
	assert_non_null(strstr(e.detail, "t_db.c:"));
	assert_string_equal(e.id, "db.nested");
	assert_ok(add(c, 6, "six", &e), &e);
	assert_ok(db_commit(&tx, &e), &e);
	assert_int_equal(count(c), 1);
	assert_ok(db_begin(c, &tx, &e), &e);
	assert_ok(add(c, 7, "seven", &e), &e);
	db_return(c); /* rolls back */
	c = reader(&t);
	assert_int_equal(count(c), 1);
	assert_int_equal(add(c, 8, "eight", &e), ERR_IO); /* a reader does not write */
	assert_string_equal(e.id, "db.read_only");
	db_return(c);
	testdb_drop(&t);
}

static void reads_while_another_writes(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	struct db *w = writer(&t), *r = reader(&t), *late = reader(&t);
	assert_ok(add(w, 1, "one", &e), &e);
	struct db_tx reading = {0}, writing = {0};
	assert_ok(db_begin(r, &reading, &e), &e);
	assert_int_equal(count(r), 1);
	assert_ok(db_begin(w, &writing, &e), &e);
	assert_ok(add(w, 2, "two", &e), &e);
	assert_int_equal(count(late), 1); /* not yet committed, and not waited for */
	assert_ok(db_commit(&writing, &e), &e);
	assert_int_equal(count(late), 2);
	assert_int_equal(count(r), 1); /* still the state of its transaction */
	db_rollback(&reading);
	assert_int_equal(count(r), 2);
	db_return(w);
	db_return(r);
	db_return(late);
	testdb_drop(&t);
}

static void refuses_a_second_writer(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	const struct db_options impatient = {.busy_timeout_ms = 100};
	AUTO_POOL other = NULL;
	assert_ok(db_pool_open(str_of(t.location), &impatient, &other, &e), &e);
	struct db *first = writer(&t), *second = NULL;
	assert_ok(db_pool_writer(other, &second, &e), &e);
	struct db_tx one = {0}, two = {0};
	assert_ok(add(first, 1, "one", &e), &e);
	assert_ok(db_begin(first, &one, &e), &e);
	assert_ok(t_programme_rename(first, 1, STR("uno"), NULL, &e), &e);
	enum err_code code =
	    db_begin(second, &two, &e); /* SQLite: one writer; PostgreSQL: one per row */
	if (code == ERR_OK)
		code = t_programme_rename(second, 1, STR("een"), NULL, &e);
	assert_int_equal(code, ERR_CONFLICT);
	assert_string_equal(e.id, "db.busy");
	db_rollback(&two);
	assert_ok(db_commit(&one, &e), &e);
	assert_ok(t_programme_rename(second, 1, STR("een"), NULL, &e), &e);
	db_return(first);
	db_return(second);
	testdb_drop(&t);
}

/* ---- rows ---- */

static void walks_within_a_walk(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	struct db *c = writer(&t);
	enum { N = 30 };
	for (int64_t i = 1; i <= N; i++) {
		char slug[20];
		(void)snprintf(slug, sizeof slug, "slug-%lld", (long long)i);
		assert_ok(add(c, i, slug, &e), &e);
	}
	AUTO_ROWS outer = NULL;
	int64_t seen = 0, pairs = 0;
	bool more = true;
	struct t_programmes_row row, within;
	char unlike[100]; /* longer than what engines copy anyway; dead before the rows are read */
	memset(unlike, 'u', sizeof unlike);
	assert_ok(t_programmes_open(c, 0, (str){unlike, sizeof unlike}, &outer, &e), &e);
	memset(unlike, 0, sizeof unlike);
	for (;;) {
		assert_ok(t_programmes_next(outer, &row, &more, &e), &e);
		if (!more)
			break;
		assert_int_equal(row.programme, ++seen);
		if (seen % 10 != 0)
			continue;
		AUTO_ROWS inner = NULL; /* the same statement again, not read to its end */
		assert_ok(t_programmes_open(c, row.programme, STR("x"), &inner, &e), &e);
		assert_ok(t_programmes_next(inner, &within, &more, &e), &e);
		if (more) {
			assert_int_equal(within.programme, row.programme + 1);
			pairs++;
		}
		assert_int_equal(count(c), N);
		char want[20];
		(void)snprintf(want, sizeof want, "slug-%lld", (long long)seen);
		assert_str(row.slug, want);
	}
	assert_int_equal(seen, N);
	assert_int_equal(pairs, 2);
	db_rows_done(outer);
	outer = NULL;
	db_return(c);
	testdb_drop(&t);
}

static void ends_rows_with_the_arena(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	struct db *c = writer(&t);
	assert_ok(add(c, 1, "one", &e), &e);
	struct arena *a = arena_new(4096);
	struct db_rows *rows = NULL;
	struct t_programmes_row row;
	bool more = false;
	assert_ok(t_programmes_open(c, 0, STR(""), &rows, &e), &e);
	assert_ok(db_rows_in_arena(rows, a, &e), &e);
	assert_ok(t_programmes_next(rows, &row, &more, &e), &e);
	arena_free(a);
	assert_int_equal(count(c), 1);
	db_return(c);
	testdb_drop(&t);
}

static void stops_what_takes_too_long(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	const struct db_options o = {.statement_timeout_ms = 100};
	struct t_slow_row row;
	AUTO_ARENA a = arena_new(4096);
	AUTO_POOL p = NULL;
	assert_ok(db_pool_open(str_of(t.location), &o, &p, &e), &e);
	struct db *c = NULL;
	assert_ok(db_pool_reader(p, &c, &e), &e);
	assert_int_equal(t_slow(c, a, &row, &e), ERR_LIMIT);
	assert_string_equal(e.id, "db.timeout");
	assert_int_equal(count(c), 0);
	db_return(c);
	testdb_drop(&t);
}

/* ---- bulk ---- */

static const struct db_column visitor_columns[] = {
    {"programme", DB_I64, false},
    {"id", DB_UID, false},
    {"own", DB_BOOL, false},
    {"name", DB_STR, false},
    {"country", DB_STR, true},
};
static const struct db_table visitors = {"t_visitor", visitor_columns, 5, false};
static const struct db_table visitors_direct = {"t_visitor", visitor_columns, 5, true};

static enum err_code put(struct db_bulk *b, uint32_t n, struct err *e)
{
	char name[200];
	uid id = {{1, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n}};
	memset(name, 'n', sizeof name);
	(void)snprintf(name, sizeof name, "%08u", n);
	name[8] = 'n'; /* no zero byte: PostgreSQL refuses it */
	db_bulk_i64(b, 1);
	db_bulk_uid(b, id);
	db_bulk_bool(b, n % 2 == 0);
	db_bulk_str(b, (str){name, 8 + n % 190});
	db_bulk_str(b, n % 3 ? STR("NL") : STR_NONE);
	return db_bulk_row(b, e);
}

static void check_bulk(struct db *c, uint32_t n)
{
	struct err e = {0};
	AUTO_ROWS rows = NULL;
	struct t_visitors_row row;
	bool more = true;
	uint32_t seen = 0;
	assert_ok(t_visitors_open(c, 1, &rows, &e), &e);
	for (;; seen++) {
		assert_ok(t_visitors_next(rows, &row, &more, &e), &e);
		if (!more)
			break;
		assert_int_equal(row.id.b[3], seen & 0xff);
		assert_int_equal(row.own, seen % 2 == 0);
		assert_int_equal(row.name.n, 8 + seen % 190);
		assert_int_equal(row.country.p == NULL, seen % 3 == 0);
	}
	assert_int_equal(seen, n);
}

static void loads_in_bulk(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	enum { N = 20000 };
	struct err e = {0};
	struct db *c = writer(&t);
	for (int direct = 0; direct < 2; direct++) {
		AUTO_TX tx = {0};
		struct db_bulk *b = NULL;
		int64_t rows = 0;
		assert_ok(db_begin(c, &tx, &e), &e);
		assert_ok(db_bulk_begin(c, direct ? &visitors_direct : &visitors, &b, &e), &e);
		for (uint32_t i = 0; i < N; i++) {
			assert_ok(put(b, i, &e), &e);
			if (i % 5000 == 0)
				assert_int_equal(count(c), 0); /* other statements in between */
		}
		assert_ok(db_bulk_end(b, &rows, &e), &e);
		assert_int_equal(rows, N);
		check_bulk(c, N);
	}
	check_bulk(c, 0);
	db_return(c);
	testdb_drop(&t);
}

static void refuses_faulty_rows(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	struct err e = {0};
	struct db *c = writer(&t);
	struct db_bulk *b = NULL;
	assert_int_equal(db_bulk_begin(c, &visitors, &b, &e), ERR_BUG); /* no transaction */
	{
		AUTO_TX tx = {0};
		AUTO_BULK bad = NULL;
		assert_ok(db_begin(c, &tx, &e), &e);
		assert_ok(db_bulk_begin(c, &visitors, &bad, &e), &e);
		db_bulk_i64(bad, 1);
		db_bulk_str(bad, STR("not an identifier"));
		assert_int_equal(db_bulk_row(bad, &e), ERR_BUG);
		assert_string_equal(e.field, "id");
	}
	{
		AUTO_TX tx = {0};
		assert_ok(db_begin(c, &tx, &e), &e);
		assert_ok(db_bulk_begin(c, &visitors, &b, &e), &e);
		assert_ok(put(b, 1, &e), &e);
		enum err_code code =
		    put(b, 1, &e); /* SQLite sees it at once, PostgreSQL at the end */
		if (code == ERR_OK)
			code = db_bulk_end(b, NULL, &e);
		else
			db_bulk_abort(b);
		assert_int_equal(code, ERR_CONFLICT);
		assert_string_equal(e.id, "db.unique");
	}
	check_bulk(c, 0);
	db_return(c);
	testdb_drop(&t);
}

/* ---- faults on the way ---- */

static enum err_code story(struct db *c, struct arena *a, struct err *e)
{
	AUTO_TX tx = {0};
	AUTO_ROWS rows = NULL;
	struct t_programmes_row row;
	struct t_programme_get_row got;
	struct db_bulk *b = NULL;
	bool more = true;
	TRY(db_begin(c, &tx, e));
	TRY(add(c, 1, "one", e));
	TRY(add(
	    c, 2, "a slug of more than sixty-four bytes, which is kept by reference only here", e));
	TRY(t_programme_get(c, 2, a, &got, e));
	TRY(t_programmes_open(c, 0, STR("x"), &rows, e));
	while (more)
		TRY(t_programmes_next(rows, &row, &more, e));
	TRY(db_bulk_begin(c, &visitors, &b, e));
	enum err_code code = put(b, 1, e);
	if (code != ERR_OK) {
		db_bulk_abort(b);
		return code;
	}
	TRY(db_bulk_end(b, NULL, e));
	TRY(t_programme_rename(c, 1, STR("uno"), NULL, e));
	return db_commit(&tx, e);
}

static void undo_story(struct testdb *t)
{
	struct err e = {0};
	AUTO_DB c = writer(t);
	assert_ok(t_programme_delete(c, 1, NULL, &e), &e);
	assert_ok(t_programme_delete(c, 2, NULL, &e), &e);
}

/* Statement n fails, for every n: an error comes back and nothing is half-done. */
static void survives_failing_statements(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	int64_t n = 0;
	for (bool done = false; !done; n++) {
		struct err e = {0};
		AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
		struct db *c = writer(&t);
		db_fail_after(c, n);
		enum err_code code = story(c, a, &e);
		db_fail_after(c, -1);
		done = code == ERR_OK;
		if (!done)
			assert_string_equal(e.id, "db.injected");
		assert_int_equal(count(c), done ? 2 : 0);
		assert_false(db_in_tx(c));
		db_return(c);
	}
	assert_true(n > 8);
	undo_story(&t);
	testdb_drop(&t);
}

/* Allocation n fails, for every n, on a fresh connection. */
static void survives_failing_allocations(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	int64_t n = 0;
	for (bool done = false; !done; n++) {
		struct err e = {0};
		const struct db_options o = {.readers = 1};
		struct db_pool *p = NULL;
		struct db *c = NULL;
		struct arena *a = NULL;
		mem_fail_after(n);
		enum err_code code = db_pool_open(str_of(t.location), &o, &p, &e);
		if (code == ERR_OK)
			code = db_pool_writer(p, &c, &e);
		if (code == ERR_OK)
			code = (a = arena_new(ARENA_NO_LIMIT)) ? story(c, a, &e) : ERR_NOMEM;
		mem_fail_after(-1);
		done = code == ERR_OK;
		assert_true(done || code == ERR_NOMEM);
		arena_free(a);
		db_return(c);
		db_pool_close(p);
		c = reader(&t);
		assert_int_equal(count(c), done ? 2 : 0);
		db_return(c);
	}
	assert_true(n > 8);
	testdb_drop(&t);
}

static void leaves_the_chain_to_its_writer(void **state)
{
	static const struct db_column columns[] = {{"seq", DB_I64, false}};
	static const struct db_table tables[] = {
	    {"event", columns, 1, true}, {"chain_head", columns, 1, false}};
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	struct db *c = writer(&t);
	struct db_bulk *b = NULL;
	AUTO_TX tx = {0};
	assert_ok(db_begin(c, &tx, &e), &e);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(db_bulk_begin(c, &tables[i], &b, &e), ERR_FORBIDDEN);
	db_rollback(&tx);
	db_return(c);
	testdb_drop(&t);
}

/* ---- connections ---- */

static int64_t backend(struct db *c)
{
	struct err e = {0};
	struct t_backend_row row;
	AUTO_ARENA a = arena_new(4096);
	assert_ok(t_backend(c, a, &row, &e), &e);
	return row.pid;
}

/* The server drops both connections: one while it is in use, one while it waits in the pool. */
static void connects_again(void **state)
{
	if (!testdb_has(DB_POSTGRES))
		skip();
	(void)state;
	struct testdb t;
	struct err e = {0};
	char sql[200];
	testdb_make(&t, DB_POSTGRES);
	add_tables(&t);
	struct db *r = reader(&t), *w = writer(&t);
	(void)snprintf(sql, sizeof sql,
	    "DO $$BEGIN PERFORM pg_terminate_backend(%lld, 5000); END$$", (long long)backend(r));
	db_return(r);
	assert_ok(db_script(w, sql, &e), &e);
	r = reader(&t); /* the pool notices */
	assert_int_equal(count(r), 0);
	(void)snprintf(sql, sizeof sql,
	    "DO $$BEGIN PERFORM pg_terminate_backend(%lld, 5000); END$$", (long long)backend(r));
	assert_ok(db_script(w, sql, &e), &e);
	struct t_programme_count_row row;
	AUTO_ARENA a = arena_new(4096);
	assert_int_equal(t_programme_count(r, a, &row, &e), ERR_IO);
	assert_string_equal(e.id, "db.connection");
	db_return(r);
	r = reader(&t);
	assert_int_equal(count(r), 0);
	db_return(r);
	db_return(w);
	testdb_drop(&t);
}

static void hides_the_password(void **state)
{
	(void)state;
	struct err e = {0};
	struct db_pool *p = NULL;
	const struct db_options o = {0};
	static const char url[] =
	    "postgresql://somebody:secret@127.0.0.1:1/x?connect_timeout=1&password=secret";
	assert_int_equal(db_pool_open(str_of(url), &o, &p, &e), ERR_IO);
	assert_string_equal(e.id, "db.open");
	assert_null(strstr(e.detail, "secret"));
	assert_non_null(strstr(e.detail, "somebody@127.0.0.1:1/x"));
}

/* ---- threads ---- */

struct worker {
	struct testdb *t;
	int64_t first;
	bool writes;
};

static void *work(void *arg)
{
	const struct worker *w = arg;
	for (int64_t i = 0; i < 50; i++) {
		struct err e = {0};
		struct db *c = w->writes ? writer(w->t) : reader(w->t);
		char slug[30];
		(void)snprintf(slug, sizeof slug, "t-%lld", (long long)(w->first + i));
		if (w->writes)
			assert_ok(add(c, w->first + i, slug, &e), &e);
		else
			assert_true(count(c) >= 0);
		db_return(c);
	}
	return NULL;
}

static void shares_its_connections_among_threads(void **state)
{
	TESTDB_OR_SKIP(state, t);
	add_tables(&t);
	enum { WORKERS = 8 };
	pthread_t threads[WORKERS];
	struct worker workers[WORKERS];
	for (int i = 0; i < WORKERS; i++) {
		workers[i] = (struct worker){&t, 1 + 1000 * i, i % 3 == 0};
		assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
	}
	for (int i = 0; i < WORKERS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	struct db *c = reader(&t);
	assert_int_equal(count(c), 150);
	db_return(c);
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TESTDB_BOTH(gives_back_every_type),
	    TESTDB_BOTH(names_what_is_wrong),
	    TESTDB_BOTH(keeps_what_was_committed_only),
	    TESTDB_BOTH(reads_while_another_writes),
	    TESTDB_BOTH(refuses_a_second_writer),
	    TESTDB_BOTH(walks_within_a_walk),
	    TESTDB_BOTH(ends_rows_with_the_arena),
	    TESTDB_BOTH(stops_what_takes_too_long),
	    TESTDB_BOTH(loads_in_bulk),
	    TESTDB_BOTH(refuses_faulty_rows),
	    TESTDB_BOTH(survives_failing_statements),
	    TESTDB_BOTH(survives_failing_allocations),
	    TESTDB_BOTH(leaves_the_chain_to_its_writer),
	    cmocka_unit_test(connects_again),
	    cmocka_unit_test(hides_the_password),
	    TESTDB_BOTH(shares_its_connections_among_threads),
	};
	return test_run(tests);
}
