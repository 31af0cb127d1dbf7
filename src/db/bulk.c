#include "db/backend.h"

/* The chain and the schema's bookkeeping have their own writers. */
static bool is_guarded_table(const char *name)
{
	return strcmp(name, "event") == 0 || strcmp(name, "chain_head") == 0 ||
	       strcmp(name, "schema_version") == 0;
}

static enum err_code begin(
    struct db *c, const struct db_table *t, bool guarded, struct db_bulk **ret_b, struct err *e)
{
	if (!c->writer || !db_in_tx(c))
		return fail(e, ERR_BUG, "db.bulk",
		    "bulk loading of %s outside a writer's transaction", t->name);
	if (t->n == 0 || t->n > DB_COLUMNS_MAX)
		return fail(e, ERR_BUG, "db.bulk", "bulk loading of %s: 1 to %d columns", t->name,
		    DB_COLUMNS_MAX);
	if (!guarded && is_guarded_table(t->name))
		return fail(
		    e, ERR_FORBIDDEN, "db.guarded", "only src/db writes the table %s", t->name);
	TRY(db_injected(c, e));
	struct db_bulk *b = NULL;
	TRY(c->drv->bulk_begin(c, t, guarded, &b, e));
	b->c = c;
	b->table = t;
	*ret_b = b;
	return ERR_OK;
}

enum err_code db_bulk_begin(
    struct db *c, const struct db_table *t, struct db_bulk **ret_b, struct err *e)
{
	return begin(c, t, false, ret_b, e);
}

enum err_code db_bulk_begin_guarded(
    struct db *c, const struct db_table *t, struct db_bulk **ret_b, struct err *e)
{
	return begin(c, t, true, ret_b, e);
}

/* The column that comes next, when it takes this type; NULL after noting the fault. */
static const struct db_column *next_column(struct db_bulk *b, enum db_type type, enum db_type other)
{
	const struct db_column *col = b->at < b->table->n ? &b->table->columns[b->at] : NULL;
	if (b->fault)
		return NULL;
	if (!col)
		b->fault = "too many values";
	else if (col->type != type && col->type != other)
		b->fault = "a value of another type";
	else
		return col;
	return NULL;
}

static void put_absent(struct db_bulk *b, const struct db_column *col)
{
	if (!col->nullable) {
		b->fault = "an absent value";
		return;
	}
	b->c->drv->bulk_null(b);
	b->at++;
}

void db_bulk_null(struct db_bulk *b)
{
	const struct db_column *col = b->at < b->table->n ? &b->table->columns[b->at] : NULL;
	if (col && !b->fault)
		put_absent(b, col);
	else if (!b->fault)
		b->fault = "too many values";
}

static void put_integer(struct db_bulk *b, enum db_type type, int64_t v)
{
	if (!next_column(b, type, type))
		return;
	b->c->drv->bulk_i64(b, v);
	b->at++;
}

void db_bulk_i64(struct db_bulk *b, int64_t v)
{
	put_integer(b, DB_I64, v);
}

void db_bulk_opt_i64(struct db_bulk *b, struct opt_i64 v)
{
	if (v.has)
		db_bulk_i64(b, v.v);
	else
		db_bulk_null(b);
}

void db_bulk_f64(struct db_bulk *b, double v)
{
	if (!next_column(b, DB_F64, DB_F64))
		return;
	b->c->drv->bulk_f64(b, v);
	b->at++;
}

void db_bulk_opt_f64(struct db_bulk *b, struct opt_f64 v)
{
	if (v.has)
		db_bulk_f64(b, v.v);
	else
		db_bulk_null(b);
}

void db_bulk_str(struct db_bulk *b, str v)
{
	const struct db_column *col = next_column(b, DB_STR, DB_BYTES);
	if (!col)
		return;
	if (v.n > DB_TEXT_MAX)
		b->fault = "a text longer than DB_TEXT_MAX";
	else if (v.n && col->type == DB_STR && memchr(v.p, '\0', v.n))
		b->fault = "a text with a zero byte";
	if (b->fault)
		return;
	if (!v.p && col->nullable) {
		put_absent(b, col);
		return;
	}
	b->c->drv->bulk_bytes(b, v.p ? v : STR(""), col->type == DB_STR);
	b->at++;
}

void db_bulk_uid(struct db_bulk *b, uid v)
{
	const struct db_column *col = next_column(b, DB_UID, DB_UID);
	if (!col)
		return;
	if (!uid_is(v)) {
		put_absent(b, col);
		return;
	}
	b->c->drv->bulk_bytes(b, (str){(const char *)v.b, sizeof v.b}, false);
	b->at++;
}

void db_bulk_bool(struct db_bulk *b, bool v)
{
	put_integer(b, DB_BOOL, v ? 1 : 0);
}

void db_bulk_date(struct db_bulk *b, date v)
{
	const struct db_column *col = next_column(b, DB_DATE, DB_DATE);
	if (col && !date_is(v))
		put_absent(b, col);
	else if (col)
		put_integer(b, DB_DATE, v.day);
}

enum err_code db_bulk_row(struct db_bulk *b, struct err *e)
{
	if (!b->fault && b->at != b->table->n)
		b->fault = "too few values";
	if (b->fault) {
		const char *column = b->at < b->table->n ? b->table->columns[b->at].name : "";
		(void)fail(e, ERR_BUG, "db.bulk_value",
		    "bulk loading of %s, row %lld, column '%s': %s", b->table->name,
		    (long long)b->rows + 1, column, b->fault);
		return e ? err_field(e, column) : ERR_BUG;
	}
	TRY(db_injected(b->c, e));
	TRY(b->c->drv->bulk_row(b, e));
	b->at = 0;
	b->rows++;
	return ERR_OK;
}

enum err_code db_bulk_end(struct db_bulk *b, int64_t *ret_rows, struct err *e)
{
	enum err_code code = db_injected(b->c, e);
	if (code == ERR_OK)
		code = b->c->drv->bulk_end(b, e);
	if (code == ERR_OK && ret_rows)
		*ret_rows = b->rows;
	b->c->drv->bulk_free(b);
	return code;
}

void db_bulk_abort(struct db_bulk *b)
{
	if (b)
		b->c->drv->bulk_free(b);
}

void db_bulk_autoabort(struct db_bulk **b)
{
	db_bulk_abort(*b);
}
