#pragma once
/* Statements as tools/sqlc writes them, and what its functions call. Hand-written code uses the
 * generated functions; of this header it needs db_rows_done and AUTO_ROWS only. */
#include "db/db.h"

enum db_kind { DB_ONE, DB_MANY, DB_EXEC };

/* One named statement; const, and known to a connection by its address. */
struct db_stmt {
	const char *name;
	const char *file; /* below src/, for messages */
	uint32_t line;
	enum db_kind kind;
	const char *text[DB_ENGINES]; /* ?1 … and $1 … */
	const struct db_column *in, *out;
	uint16_t n_in, n_out;
};

/* A statement under way. Belongs to the connection; text read from it lives until the next step. */
struct db_rows;

/* A prepared, unbound statement. Other statements may run on the connection at the same time, also
 * the same one again. */
enum err_code db_start(
    struct db *c, const struct db_stmt *s, struct db_rows **ret_r, struct err *e) WARN_UNUSED;
/* End it and give it back to the connection's cache. NULL is allowed. */
void db_rows_done(struct db_rows *r);
void db_rows_autodone(struct db_rows **r);
#define AUTO_ROWS __attribute__((cleanup(db_rows_autodone))) struct db_rows *
/* End it when the arena is freed or reset, which must be before the connection is returned. */
enum err_code db_rows_in_arena(struct db_rows *r, struct arena *a, struct err *e) WARN_UNUSED;

/* Parameters by position, from 0. What does not fit is reported by the next db_step. Where the
 * parameter is nullable STR_NONE, UID_NONE and DATE_NONE are NULL; else STR_NONE is "". */
void db_bind_i64(struct db_rows *r, uint16_t i, int64_t v);
void db_bind_opt_i64(struct db_rows *r, uint16_t i, struct opt_i64 v);
void db_bind_f64(struct db_rows *r, uint16_t i, double v);
void db_bind_opt_f64(struct db_rows *r, uint16_t i, struct opt_f64 v);
void db_bind_str(struct db_rows *r, uint16_t i, str v);
void db_bind_bytes(struct db_rows *r, uint16_t i, str v);
void db_bind_uid(struct db_rows *r, uint16_t i, uid v);
void db_bind_bool(struct db_rows *r, uint16_t i, bool v);
void db_bind_opt_bool(struct db_rows *r, uint16_t i, struct opt_bool v);
void db_bind_date(struct db_rows *r, uint16_t i, date v);

/* The next row; *ret_more false at the end. */
enum err_code db_step(struct db_rows *r, bool *ret_more, struct err *e) WARN_UNUSED;
/* The first row or ERR_NOT_FOUND "db.no_row". */
enum err_code db_step_one(struct db_rows *r, struct err *e) WARN_UNUSED;
/* Run to the end; *ret_changed (may be NULL): rows inserted, updated or deleted. */
enum err_code db_run(struct db_rows *r, int64_t *ret_changed, struct err *e) WARN_UNUSED;

/* Results by position, from 0; what does not fit the declared type is reported by db_read_check. */
int64_t db_read_i64(struct db_rows *r, uint16_t i);
struct opt_i64 db_read_opt_i64(struct db_rows *r, uint16_t i);
double db_read_f64(struct db_rows *r, uint16_t i);
struct opt_f64 db_read_opt_f64(struct db_rows *r, uint16_t i);
str db_read_str(struct db_rows *r, uint16_t i);
str db_read_bytes(struct db_rows *r, uint16_t i);
uid db_read_uid(struct db_rows *r, uint16_t i);
bool db_read_bool(struct db_rows *r, uint16_t i);
struct opt_bool db_read_opt_bool(struct db_rows *r, uint16_t i);
date db_read_date(struct db_rows *r, uint16_t i);
enum err_code db_read_check(struct db_rows *r, struct err *e) WARN_UNUSED;
/* Put *s into the arena; STR_NONE stays. */
enum err_code db_keep(struct arena *a, str *s, struct err *e) WARN_UNUSED;

/* Prepare s, check that the engine's result types fit, forget it: for the test of all statements.
 */
enum err_code db_prepare_check(struct db *c, const struct db_stmt *s, struct err *e) WARN_UNUSED;
