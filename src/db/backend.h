#pragma once
/* What an engine provides, and what db.c, stmt.c and bulk.c add to it. Private to src/db. */
#include "db/stmt.h"

#include <pthread.h>

#define DB_CACHE_BUCKETS 512
/* Bytes up to this length are copied when bound or added; longer ones must live until the step. */
#define DB_COPY_MAX 64

/* SQLite's application_id of our databases: "Grut". */
#define DB_APPLICATION_ID 0x47727574

struct db_rows {
	struct db *c;
	const struct db_stmt *def;
	struct db_rows *next; /* in the cache's bucket */
	bool busy;            /* handed out */
	bool cached;          /* false: freed at db_rows_done */
	bool ended;           /* no more rows */
	bool guarded;         /* may write the guarded tables */
	const char *fault;    /* first value that did not fit, NULL: none; a literal */
	uint16_t fault_at;    /* its column */
};

struct db_bulk {
	struct db *c;
	const struct db_table *table;
	const char *fault;
	int64_t rows;
	uint16_t at; /* column that comes next */
};

struct db_driver {
	enum db_engine engine;
	enum err_code (*connect)(struct db_pool *p, bool writer, struct db **ret_c, struct err *e);
	void (*close)(struct db *c);
	bool (*usable)(struct db *c);
	/* Several statements without parameters or results. */
	enum err_code (*script)(struct db *c, const char *sql, struct err *e);
	const char *begin_read, *begin_write;

	enum err_code (*prepare)(struct db *c, const struct db_stmt *s, bool guarded,
	    struct db_rows **ret_r, struct err *e);
	void (*reset)(struct db_rows *r);
	void (*finalize)(struct db_rows *r);
	void (*bind_null)(struct db_rows *r, uint16_t i);
	void (*bind_i64)(struct db_rows *r, uint16_t i, int64_t v);
	void (*bind_f64)(struct db_rows *r, uint16_t i, double v);
	void (*bind_bytes)(struct db_rows *r, uint16_t i, str v, bool text);
	enum err_code (*step)(struct db_rows *r, bool *ret_row, struct err *e);
	int64_t (*changes)(struct db_rows *r);
	bool (*is_null)(struct db_rows *r, uint16_t i);
	/* False: the stored value is of another kind. */
	bool (*get_i64)(struct db_rows *r, uint16_t i, int64_t *ret_v);
	bool (*get_f64)(struct db_rows *r, uint16_t i, double *ret_v);
	bool (*get_bytes)(struct db_rows *r, uint16_t i, bool text, str *ret_v);
	enum err_code (*check)(struct db_rows *r, struct err *e);

	enum err_code (*bulk_begin)(struct db *c, const struct db_table *t, bool guarded,
	    struct db_bulk **ret_b, struct err *e);
	void (*bulk_null)(struct db_bulk *b);
	void (*bulk_i64)(struct db_bulk *b, int64_t v);
	void (*bulk_f64)(struct db_bulk *b, double v);
	void (*bulk_bytes)(struct db_bulk *b, str v, bool text);
	enum err_code (*bulk_row)(struct db_bulk *b, struct err *e);
	enum err_code (*bulk_end)(struct db_bulk *b, struct err *e); /* does not free */
	void (*bulk_free)(struct db_bulk *b);
};

extern const struct db_driver db_sqlite_driver;
extern const struct db_driver db_postgres_driver;

/* A connection; the engine's struct starts with it. */
struct db {
	const struct db_driver *drv;
	struct db_pool *pool;
	struct db *next_idle;
	struct db_rows *cache[DB_CACHE_BUCKETS];
	size_t n_cached;
	const char *tx_file; /* of the transaction under way, NULL: none */
	int tx_line;
	bool writer;
	bool broken; /* the connection was lost: it is closed when returned */
	int64_t fail_after;
};

struct db_pool {
	const struct db_driver *drv;
	char *location; /* as given */
	char *place;    /* without a password */
	struct db_options o;
	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct db *idle;   /* readers */
	struct db *writer; /* idle writer, NULL: out or none yet */
	uint16_t n_readers;
	bool writer_out;
};

/* Drop all prepared statements that nobody uses. */
void db_cache_clear(struct db *c);
/* ERR_IO "db.injected" when it is the turn of the fault that a test asked for. */
enum err_code db_injected(struct db *c, struct err *e);
/* Begin on the table although it is one of the guarded ones; for chain.c. */
enum err_code db_bulk_begin_guarded(
    struct db *c, const struct db_table *t, struct db_bulk **ret_b, struct err *e) WARN_UNUSED;
/* Statements of migrations and of the schema's bookkeeping. */
enum err_code db_script(struct db *c, const char *sql, struct err *e) WARN_UNUSED;

/* ---- for backup.c; each for its engine's connections only ---- */

/* The whole database as one file at `to`, which must not exist, of one moment; writers go on. */
enum err_code db_sqlite_copy(struct db *from, const char *to, struct err *e) WARN_UNUSED;
/* Every page, index and foreign key: ERR_IO "db.corrupt" names the first fault. */
enum err_code db_sqlite_verify(struct db *c, struct err *e) WARN_UNUSED;
enum err_code db_postgres_program(
    struct db *c, const char *const argv[], struct err *e) WARN_UNUSED;
/* ERR_CONFLICT when the schema holds anything. */
enum err_code db_postgres_require_empty(struct db *c, struct err *e) WARN_UNUSED;
enum err_code db_postgres_make_empty(struct db *c, struct err *e) WARN_UNUSED;
