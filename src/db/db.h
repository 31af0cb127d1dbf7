#pragma once
/* The one door to the database: SQLite in a file, or PostgreSQL behind a postgresql:// URL, with
 * the same meaning. A pool hands out connections: many for reading, one for writing. Statements are
 * typed functions that tools/sqlc makes from .sql files (db/stmt.h); a transaction is opened by the
 * page, the API or the command, never by a store function.
 *
 * Durability: what db_commit acknowledged is there after the process is killed, and after a power
 * cut as far as the disk keeps its promises: SQLite runs in WAL mode with synchronous FULL (one
 * fsync per commit), PostgreSQL as its server is configured (synchronous_commit, on by default).
 *
 * Errors: ERR_NOT_FOUND no such database or row · ERR_INVALID not a database of ours · ERR_CONFLICT
 * a newer schema, a unique or foreign key, a busy database · ERR_LIMIT no connection or time left ·
 * ERR_IO unreadable, read-only, full disk, connection lost · ERR_NOMEM · ERR_BUG. */
#include "base/arena.h"
#include "base/date.h"
#include "base/uid.h"

struct db_pool;
struct db;

enum db_engine { DB_SQLITE, DB_POSTGRES };
#define DB_ENGINES 2

/* Limits. */
#define DB_READERS_MAX 64 /* connections for reading per pool */
#define DB_READERS_DEFAULT 4
#define DB_STATEMENTS_MAX 2048       /* prepared per connection */
#define DB_COLUMNS_MAX 96            /* parameters or results of one statement */
#define DB_TEXT_MAX (64U << 20)      /* bytes of one value */
#define DB_BUSY_TIMEOUT_MS 10000     /* waiting for another program's lock */
#define DB_CHECKOUT_TIMEOUT_MS 30000 /* waiting for a connection of the pool */

struct db_options {
	bool create;                   /* SQLite: make the file when it is not there */
	bool read_only;                /* no writer; a database on a read-only disk can be opened */
	uint16_t readers;              /* 0: DB_READERS_DEFAULT */
	uint32_t statement_timeout_ms; /* readers only; 0: none. Reached: ERR_LIMIT "db.timeout" */
	uint32_t busy_timeout_ms;      /* 0: DB_BUSY_TIMEOUT_MS */
};

/* "postgresql://…" or "postgres://…" is PostgreSQL, anything else a file. */
enum db_engine db_location_engine(str location);

/* Open, and check that the location holds a database of ours or an empty one; the schema's version
 * is checked by db_migrate or db_schema_check (db/migrate.h). location is copied. */
enum err_code db_pool_open(
    str location, const struct db_options *o, struct db_pool **ret_pool, struct err *e) WARN_UNUSED;
/* All connections must have been returned. NULL is allowed. */
void db_pool_close(struct db_pool *p);
void db_pool_autoclose(struct db_pool **p);
#define AUTO_POOL __attribute__((cleanup(db_pool_autoclose))) struct db_pool *

/* A connection for this thread alone, until db_return. Waits for a free one up to
 * DB_CHECKOUT_TIMEOUT_MS, then ERR_LIMIT "db.pool". Reading never waits for writing. */
enum err_code db_pool_reader(struct db_pool *p, struct db **ret_c, struct err *e) WARN_UNUSED;
enum err_code db_pool_writer(struct db_pool *p, struct db **ret_c, struct err *e) WARN_UNUSED;
/* Roll back what is open and give the connection back. NULL is allowed. */
void db_return(struct db *c);
void db_autoreturn(struct db **c);
#define AUTO_DB __attribute__((cleanup(db_autoreturn))) struct db *

enum db_engine db_engine_of(const struct db *c);
/* Location as text for messages, without a password. Borrowed from the pool. */
const char *db_place(const struct db *c);

/* ---- transactions ---- */

/* AUTO_TX tx = {0}; TRY(db_begin(c, &tx, e)); …; return db_commit(&tx, e);
 * Left without commit it is rolled back. On a reader all statements see one state of the data. A
 * second begin on the same connection is refused: ERR_BUG names the place of the first. */
struct db_tx {
	struct db *c;
};
#define db_begin(c, tx, e) db_begin_at((c), (tx), __FILE__, __LINE__, (e))
enum err_code db_begin_at(
    struct db *c, struct db_tx *tx, const char *file, int line, struct err *e) WARN_UNUSED;
enum err_code db_commit(struct db_tx *tx, struct err *e) WARN_UNUSED;
void db_rollback(struct db_tx *tx); /* harmless when nothing is open */
#define AUTO_TX __attribute__((cleanup(db_rollback))) struct db_tx
bool db_in_tx(const struct db *c);

/* ---- values ---- */

enum db_type { DB_I64, DB_F64, DB_STR, DB_BYTES, DB_UID, DB_BOOL, DB_DATE };

struct opt_i64 {
	int64_t v;
	bool has;
};
struct opt_f64 {
	double v;
	bool has;
};
struct opt_bool {
	bool v, has;
};
#define I64_NONE ((struct opt_i64){0})
static inline struct opt_i64 opt_i64(int64_t v)
{
	return (struct opt_i64){v, true};
}

struct db_column {
	const char *name;
	enum db_type type;
	bool nullable;
};

/* ---- bulk loading ---- */

/* A table to fill, const: names never come from input. SQLite: one prepared INSERT. PostgreSQL:
 * binary COPY into a temporary table and one INSERT … SELECT at db_bulk_end, or with .direct
 * straight into the table, a piece at a time. Several may be open at once; parents are added and
 * ended before children. */
struct db_table {
	const char *name;
	const struct db_column *columns;
	uint16_t n;
	bool direct;
};
struct db_bulk;

/* Inside a transaction on a writer. */
enum err_code db_bulk_begin(
    struct db *c, const struct db_table *t, struct db_bulk **ret_b, struct err *e) WARN_UNUSED;
/* The values of a row in the order of the columns, then db_bulk_row. Bytes are copied or sent
 * before db_bulk_row returns. A value of the wrong type or number: ERR_BUG at db_bulk_row.
 * STR_NONE, UID_NONE, DATE_NONE are NULL where the column is nullable. */
void db_bulk_null(struct db_bulk *b);
void db_bulk_i64(struct db_bulk *b, int64_t v);
void db_bulk_opt_i64(struct db_bulk *b, struct opt_i64 v);
void db_bulk_f64(struct db_bulk *b, double v);
void db_bulk_opt_f64(struct db_bulk *b, struct opt_f64 v);
void db_bulk_str(struct db_bulk *b, str v); /* DB_STR and DB_BYTES */
void db_bulk_uid(struct db_bulk *b, uid v);
void db_bulk_bool(struct db_bulk *b, bool v);
void db_bulk_date(struct db_bulk *b, date v);
enum err_code db_bulk_row(struct db_bulk *b, struct err *e) WARN_UNUSED;
/* Frees b, also on failure. *ret_rows (may be NULL): how many rows were added. */
enum err_code db_bulk_end(struct db_bulk *b, int64_t *ret_rows, struct err *e) WARN_UNUSED;
/* Give up; the caller rolls back. NULL is allowed. */
void db_bulk_abort(struct db_bulk *b);
void db_bulk_autoabort(struct db_bulk **b); /* with *b = NULL after db_bulk_end */
#define AUTO_BULK __attribute__((cleanup(db_bulk_autoabort))) struct db_bulk *

/* ---- tests ---- */

/* The statement after `after` more successful ones on this connection fails with ERR_IO
 * "db.injected", once. A negative number switches it off. */
void db_fail_after(struct db *c, int64_t after);
