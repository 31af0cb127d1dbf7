/* The database layer: what one connection does in a second. Usage: bench_db LOCATION (an empty
 * database). Prints tab-separated: engine, what, how many per second. */
#include "db/backend.h"
#include "db/chain.h"
#include "db/migrate.h"
#include "db/t_db.sql.h"

#include <stdio.h>
#include <time.h>

enum { EVENTS = 200000, ROWS = 500000, COMMITS = 2000, READS = 50000 };

static double now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void report(struct db *c, const char *what, double n, double since)
{
	(void)printf("%s\t%s\t%.0f\n", db_engine_of(c) == DB_SQLITE ? "sqlite" : "postgres", what,
	    n / (now() - since));
}

static struct chain_event event(uint32_t i)
{
	return (struct chain_event){
	    .id = {{1, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i, 7}},
	    .at_ms = i,
	    .actor = STR("command:import"),
	    .kind = STR("activity.added"),
	    .subject_kind = STR("activity"),
	    .subject = STR("01932c07-7a11-7cc0-8000-0123456789ab"),
	    .after = STR(
	        "{\"key\":\"NL-1-PPR-28318\",\"sha256\":\"0123456789abcdef0123456789abcdef\"}")};
}

static enum err_code events(struct db *c, struct err *e)
{
	double since = now();
	AUTO_TX tx = {0};
	struct chain *ch = NULL;
	TRY(db_begin(c, &tx, e));
	TRY(chain_begin(c, 1, &ch, e));
	for (uint32_t i = 0; i < EVENTS; i++) {
		struct chain_event ev = event(i);
		TRY(chain_put(ch, &ev, e));
	}
	TRY(chain_end(ch, e));
	TRY(db_commit(&tx, e));
	report(c, "events added in one transaction", EVENTS, since);
	struct chain_report r;
	since = now();
	TRY(chain_verify(c, &r, e));
	report(c, "events verified", (double)r.events, since);
	return ERR_OK;
}

static enum err_code single(struct db *c, struct err *e)
{
	double since = now();
	for (uint32_t i = 0; i < COMMITS; i++) {
		AUTO_TX tx = {0};
		struct chain_event ev = event(i);
		TRY(db_begin(c, &tx, e));
		TRY(chain_add(c, 2, &ev, e));
		TRY(db_commit(&tx, e));
	}
	report(c, "commits of one event", COMMITS, since);
	return ERR_OK;
}

static enum err_code bulk(struct db *c, struct err *e)
{
	static const struct db_column columns[] = {{"programme", DB_I64, false},
	    {"id", DB_UID, false}, {"own", DB_BOOL, false}, {"name", DB_STR, false},
	    {"country", DB_STR, true}};
	static const struct db_table table = {"t_visitor", columns, 5, false};
	double since = now();
	AUTO_TX tx = {0};
	struct db_bulk *b = NULL;
	TRY(db_begin(c, &tx, e));
	TRY(db_bulk_begin(c, &table, &b, e));
	for (uint32_t i = 0; i < ROWS; i++) {
		uid id = {{1, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i, 1}};
		db_bulk_i64(b, 1);
		db_bulk_uid(b, id);
		db_bulk_bool(b, true);
		db_bulk_str(b, STR("A name of an organisation of common length"));
		db_bulk_str(b, STR("NL"));
		TRY(db_bulk_row(b, e));
	}
	TRY(db_bulk_end(b, NULL, e));
	TRY(db_commit(&tx, e));
	report(c, "rows loaded in bulk", ROWS, since);
	return ERR_OK;
}

static enum err_code reads(struct db *c, struct arena *a, struct err *e)
{
	struct t_programme_get_row row;
	TRY(t_programme_add(c, 1, STR("one"), STR("h"), DATE_NONE, NULL, e));
	double since = now();
	for (uint32_t i = 0; i < READS; i++) {
		arena_reset(a);
		TRY(t_programme_get(c, 1, a, &row, e));
	}
	report(c, "rows read by key", READS, since);
	struct t_visitors_row visitor;
	AUTO_ROWS rows = NULL;
	int64_t n = 0;
	since = now();
	TRY(t_visitors_open(c, 1, &rows, e));
	for (bool more = true;; n++) {
		TRY(t_visitors_next(rows, &visitor, &more, e));
		if (!more)
			break;
	}
	report(c, "rows read in order", (double)n, since);
	return ERR_OK;
}

static enum err_code run(const char *location, struct err *e)
{
	const struct db_options o = {.create = true};
	const struct clock clock = clock_system();
	AUTO_POOL p = NULL;
	AUTO_DB c = NULL;
	AUTO_ARENA a = arena_new(1U << 20);
	TRY(db_pool_open(str_of(location), &o, &p, e));
	TRY(db_pool_writer(p, &c, e));
	TRY(db_migrate(c, &clock, NULL, e));
	TRY(db_script(c, t_db_schema[db_engine_of(c)], e));
	TRY(events(c, e));
	TRY(single(c, e));
	TRY(bulk(c, e));
	return reads(c, a, e);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	if (argc != 2) {
		(void)fputs("usage: bench_db LOCATION\n", stderr);
		return 2;
	}
	enum err_code code = run(argv[1], &e);
	if (code != ERR_OK)
		(void)fprintf(stderr, "%s\n", e.detail);
	return err_exit_status(code);
}
