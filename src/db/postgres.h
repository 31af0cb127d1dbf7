#pragma once
/* What the two halves of the PostgreSQL engine share: statements (postgres.c) and bulk loading
 * (postgres_bulk.c). Private to src/db; the only files with libpq. */
#include "db/backend.h"

#include <libpq-fe.h>

struct pg_cell {
	const char *p; /* NULL: absent */
	int n;
};

enum pg_param_kind { PG_PARAM_NULL, PG_PARAM_HERE, PG_PARAM_COPIED, PG_PARAM_BORROWED };

/* A parameter in binary form. */
struct pg_param {
	enum pg_param_kind kind;
	int n;
	size_t at;     /* COPIED: in texts */
	const char *p; /* BORROWED */
	char here[DB_COPY_MAX];
};

/* Rows of a :many statement are read one by one as they come (single row mode); when another
 * statement needs the connection, those left move to spill. Results and parameters are binary. */
struct pg_rows {
	struct db_rows base;
	char name[16];    /* of the prepared statement */
	bool ran;         /* sent to the server */
	bool streaming;   /* rows are still on the connection */
	struct buf texts; /* copied parameters */
	PGresult *res;    /* of the row in cells, or all rows of :one and :exec */
	int row;          /* next of res */
	struct buf
	    spill; /* cells: int32 length in this machine's order, -1 absent, and the bytes */
	size_t spill_at;
	struct err late; /* happened while rows were moved */
	struct pg_cell cells[DB_COLUMNS_MAX];
	Oid types[DB_COLUMNS_MAX];
	struct pg_param params[DB_COLUMNS_MAX];
};

struct pg_db {
	struct db base;
	PGconn *h;
	struct pg_rows *stream; /* whose rows are on the connection */
	unsigned prepared;      /* names given */
	unsigned staged;
};

/* Statements without parameters; what is for messages. */
enum err_code pg_exec(struct pg_db *c, const char *sql, const char *what, struct err *e);
/* Rows of a stream under way that are left move to its spill. */
void pg_take_off(struct pg_db *c, bool keep);
enum err_code pg_raise(struct pg_db *c, const PGresult *res, const char *what, struct err *e);
bool pg_succeeded(const PGresult *res);
void pg_put_u64(char dst[8], uint64_t v);

enum err_code pg_bulk_begin(
    struct db *c, const struct db_table *t, bool guarded, struct db_bulk **ret_b, struct err *e);
void pg_bulk_null(struct db_bulk *b);
void pg_bulk_i64(struct db_bulk *b, int64_t v);
void pg_bulk_f64(struct db_bulk *b, double v);
void pg_bulk_bytes(struct db_bulk *b, str v, bool text);
enum err_code pg_bulk_row(struct db_bulk *b, struct err *e);
enum err_code pg_bulk_end(struct db_bulk *b, struct err *e);
void pg_bulk_free(struct db_bulk *b);
