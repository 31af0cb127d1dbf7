#include "db/postgres.h"

#include "base/mem.h"

#include <stdio.h>

/* Binary COPY: a signature, rows of length-prefixed values in network order, an end mark (manual of
 * PostgreSQL, COPY, File Formats). */

/* Bytes gathered before they are sent as one COPY. */
#define COPY_PIECE (1U << 20)
#define COPY_MAX (COPY_PIECE + 2U * DB_TEXT_MAX)

struct pg_bulk {
	struct db_bulk base;
	struct buf rows;  /* of the COPY that comes next */
	struct buf names; /* "a, b, c" */
	char target[80];  /* what COPY fills */
};

static struct pg_bulk *of_bulk(struct db_bulk *b)
{
	return (struct pg_bulk *)b;
}

void pg_bulk_free(struct db_bulk *base)
{
	struct pg_bulk *b = of_bulk(base);
	buf_free(&b->rows);
	buf_free(&b->names);
	mem_free(b);
}

static enum err_code make_staging(struct pg_db *c, struct pg_bulk *b, struct err *e)
{
	enum { SQL_MAX = 16384 };
	AUTO_BUF sql = BUF_INIT(SQL_MAX);
	buf_addf(&sql, "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA",
	    b->target, b->names.p, b->base.table->name);
	TRY(buf_check(&sql, e));
	return pg_exec(c, sql.p, b->base.table->name, e);
}

enum err_code pg_bulk_begin(
    struct db *base, const struct db_table *t, bool guarded, struct db_bulk **ret_b, struct err *e)
{
	enum { NAMES_MAX = 8192 };
	struct pg_db *c = (struct pg_db *)base;
	(void)guarded;
	struct pg_bulk *b = mem_alloc(sizeof *b);
	if (!b)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	*b = (struct pg_bulk){.rows = BUF_INIT(COPY_MAX), .names = BUF_INIT(NAMES_MAX)};
	b->base.table = t;
	for (uint16_t i = 0; i < t->n; i++)
		buf_addf(&b->names, "%s%s", i ? ", " : "", t->columns[i].name);
	if (t->direct)
		(void)snprintf(b->target, sizeof b->target, "%s", t->name);
	else
		(void)snprintf(b->target, sizeof b->target, "bulk_%u_%.60s", ++c->staged, t->name);
	enum err_code code = buf_check(&b->names, e);
	if (code == ERR_OK && !t->direct)
		code = make_staging(c, b, e);
	if (code != ERR_OK)
		pg_bulk_free(&b->base);
	else
		*ret_b = &b->base;
	return code;
}

static void add_be(struct buf *b, uint64_t v, size_t n)
{
	char bytes[8];
	pg_put_u64(bytes, v);
	buf_add(b, (str){bytes + 8 - n, n});
}

/* The first value of a row is preceded by the number of its columns. */
static struct buf *at_value(struct db_bulk *b)
{
	struct buf *rows = &of_bulk(b)->rows;
	if (b->at == 0)
		add_be(rows, b->table->n, 2);
	return rows;
}

void pg_bulk_null(struct db_bulk *b)
{
	add_be(at_value(b), UINT32_MAX, 4);
}

void pg_bulk_i64(struct db_bulk *b, int64_t v)
{
	struct buf *rows = at_value(b);
	add_be(rows, 8, 4);
	add_be(rows, (uint64_t)v, 8);
}

void pg_bulk_f64(struct db_bulk *b, double v)
{
	uint64_t bits;
	memcpy(&bits, &v, sizeof bits);
	pg_bulk_i64(b, (int64_t)bits);
}

void pg_bulk_bytes(struct db_bulk *b, str v, bool text)
{
	struct buf *rows = at_value(b);
	(void)text;
	add_be(rows, v.n, 4);
	buf_add(rows, v);
}

static enum err_code copy_rows(struct pg_db *c, const struct pg_bulk *b, struct err *e)
{
	static const char head[] =
	    "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* and the literal's own NUL */
	static const char end[] = "\377\377";
	_Static_assert(sizeof head == 20, "signature 11, flags 4, extension 4, and one too many");
	if (PQputCopyData(c->h, head, sizeof head - 1) != 1 ||
	    PQputCopyData(c->h, b->rows.p, (int)b->rows.n) != 1 ||
	    PQputCopyData(c->h, end, 2) != 1 || PQputCopyEnd(c->h, NULL) != 1)
		return pg_raise(c, NULL, b->base.table->name, e);
	return ERR_OK;
}

static enum err_code flush(struct pg_bulk *b, struct err *e)
{
	enum { SQL_MAX = 16384 };
	struct pg_db *c = (struct pg_db *)b->base.c;
	if (b->rows.n == 0)
		return ERR_OK;
	AUTO_BUF sql = BUF_INIT(SQL_MAX);
	buf_addf(&sql, "COPY %s (%s) FROM STDIN (FORMAT binary)", b->target, b->names.p);
	TRY(buf_check(&sql, e));
	pg_take_off(c, true);
	PGresult *res = PQexec(c->h, sql.p);
	enum err_code code = PQresultStatus(res) == PGRES_COPY_IN
	                         ? copy_rows(c, b, e)
	                         : pg_raise(c, res, b->base.table->name, e);
	PQclear(res);
	for (PGresult *more; (more = PQgetResult(c->h)) != NULL; PQclear(more))
		if (code == ERR_OK && !pg_succeeded(more))
			code = pg_raise(c, more, b->base.table->name, e);
	buf_clear(&b->rows);
	return code;
}

enum err_code pg_bulk_row(struct db_bulk *b, struct err *e)
{
	TRY(buf_check(&of_bulk(b)->rows, e));
	return of_bulk(b)->rows.n >= COPY_PIECE ? flush(of_bulk(b), e) : ERR_OK;
}

enum err_code pg_bulk_end(struct db_bulk *base, struct err *e)
{
	enum { SQL_MAX = 32768 };
	struct pg_bulk *b = of_bulk(base);
	TRY(flush(b, e));
	if (base->table->direct)
		return ERR_OK;
	AUTO_BUF sql = BUF_INIT(SQL_MAX);
	buf_addf(&sql, "INSERT INTO %s (%s) SELECT %s FROM %s; DROP TABLE %s", base->table->name,
	    b->names.p, b->names.p, b->target, b->target);
	TRY(buf_check(&sql, e));
	return pg_exec((struct pg_db *)base->c, sql.p, base->table->name, e);
}
