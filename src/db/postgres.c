#include "db/postgres.h"

#include "base/mem.h"

#include <assert.h>
#include <stdio.h>

/* Types of the catalogue that we meet (server: src/include/catalog/pg_type.dat). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_OID = 26,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701,
	OID_BPCHAR = 1042,
	OID_VARCHAR = 1043,
	OID_NUMERIC = 1700,
};

/* Rows of a :many statement that had to be taken off the connection because another statement came:
 * most that are kept. */
#define SPILL_MAX (256U << 20)
/* Texts of a :many statement's parameters together. */
#define PARAMS_MAX (2U * DB_TEXT_MAX)
#define BINARY 1

static struct pg_rows *of_rows(struct db_rows *r)
{
	return (struct pg_rows *)r;
}

/* ---- errors ---- */

static void trim(char *dst, size_t cap, const char *message)
{
	str s = str_trim(str_of(message ? message : ""));
	ptrdiff_t line = str_find_char(s, '\n');
	if (line >= 0)
		s = str_sub(s, 0, (size_t)line);
	if (str_starts(s, STR("ERROR:")))
		s = str_trim(str_sub(s, 6, s.n));
	(void)snprintf(dst, cap, "%.*s", STR_ARG(s));
}

static enum err_code fail_state(struct pg_db *c, const char *state, const char *message,
    const char *constraint, const char *what, struct err *e)
{
	static const struct {
		const char *state; /* or its beginning */
		enum err_code code;
		const char *id, *text;
	} known[] = {
	    {"23505", ERR_CONFLICT, "db.unique", "it is there already"},
	    {"23503", ERR_CONFLICT, "db.foreign_key",
	        "it refers to something that is not there, or something refers to it"},
	    {"23514", ERR_INVALID, "db.check", "a rule of the table is broken"},
	    {"23502", ERR_INVALID, "db.check", "a value that must be there is absent"},
	    {"23000", ERR_FORBIDDEN, "db.refused", "refused"},
	    {"57014", ERR_LIMIT, "db.timeout", "it took longer than is allowed"},
	    {"55P03", ERR_CONFLICT, "db.busy",
	        "the database is in use and was not free in time; try again"},
	    {"40", ERR_CONFLICT, "db.busy", "it collided with another writer; try again"},
	    {"53100", ERR_IO, "db.full",
	        "the disk of the database server is full; nothing was changed"},
	    {"53200", ERR_NOMEM, "db.memory", "the database server has no memory"},
	    {"53", ERR_LIMIT, "db.server_limit", "the database server has reached a limit"},
	    {"25006", ERR_IO, "db.read_only", "the database cannot be written"},
	    {"42501", ERR_IO, "db.permission", "the database user may not"},
	    {"08", ERR_IO, "db.connection", "the connection was lost"},
	    {"57P", ERR_IO, "db.connection", "the database server is stopping or starting"},
	    {"22", ERR_INVALID, "db.value", "a value does not fit"},
	    {"58", ERR_IO, "db.io", "the database server cannot read or write"},
	    {"XX", ERR_IO, "db.corrupt", "the database is damaged"},
	};
	char text[300];
	trim(text, sizeof text, message);
	if (PQstatus(c->h) != CONNECTION_OK) {
		c->base.broken = true;
		return fail(e, ERR_IO, "db.connection", "%s: the connection was lost: %s",
		    c->base.pool->place, text);
	}
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strncmp(state, known[i].state, strlen(known[i].state)) == 0) {
			(void)fail(e, known[i].code, known[i].id, "%s: %s (%s)", what,
			    known[i].text, text);
			return e ? err_field(e, constraint) : known[i].code;
		}
	return fail(e, ERR_BUG, "db.statement", "%s: %s", what, text);
}

enum err_code pg_raise(struct pg_db *c, const PGresult *res, const char *what, struct err *e)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *message = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	const char *constraint = res ? PQresultErrorField(res, PG_DIAG_CONSTRAINT_NAME) : NULL;
	return fail_state(c, state ? state : "", message ? message : PQerrorMessage(c->h),
	    constraint ? constraint : "", what, e);
}

bool pg_succeeded(const PGresult *res)
{
	ExecStatusType s = PQresultStatus(res);
	return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK || s == PGRES_EMPTY_QUERY;
}

/* ---- a stream under way gives way to another statement ---- */

static void keep_cells(struct pg_rows *r, const PGresult *res, int row)
{
	for (int i = 0; i < PQnfields(res); i++) {
		bool null = PQgetisnull(res, row, i) != 0;
		int32_t n = null ? -1 : PQgetlength(res, row, i);
		buf_add(&r->spill, (str){(const char *)&n, sizeof n});
		if (n > 0)
			buf_add(&r->spill, (str){PQgetvalue(res, row, i), (size_t)n});
	}
}

/* Take all rows that are left off the connection, to be read later (keep) or not at all. */
void pg_take_off(struct pg_db *c, bool keep)
{
	struct pg_rows *r = c->stream;
	PGresult *res;
	if (!r)
		return;
	c->stream = NULL;
	r->streaming = false;
	while ((res = PQgetResult(c->h)) != NULL) {
		if (PQresultStatus(res) == PGRES_SINGLE_TUPLE && keep)
			keep_cells(r, res, 0);
		else if (!pg_succeeded(res) && PQresultStatus(res) != PGRES_SINGLE_TUPLE &&
		         !r->late.code)
			(void)pg_raise(c, res, r->base.def->name, &r->late);
		PQclear(res);
	}
	enum err_code full = buf_check(&r->spill, r->late.code ? NULL : &r->late);
	assert(full == ERR_OK || r->late.code);
}

/* ---- connections ---- */

static void ignore_notice(void *ctx, const char *message)
{
	(void)ctx;
	(void)message;
}

enum err_code pg_exec(struct pg_db *c, const char *sql, const char *what, struct err *e)
{
	pg_take_off(c, true);
	PGresult *res = PQexec(c->h, sql);
	enum err_code code = pg_succeeded(res) ? ERR_OK : pg_raise(c, res, what, e);
	PQclear(res);
	return code;
}

static enum err_code script(struct db *base, const char *sql, struct err *e)
{
	return pg_exec((struct pg_db *)base, sql, "the database", e);
}

/* Ours, or empty: never write into another program's database. */
static enum err_code check_owner(struct pg_db *c, struct err *e)
{
	static const char sql[] =
	    "SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = "
	    "(SELECT oid FROM pg_namespace WHERE nspname = current_schema()) HAVING "
	    "count(*) > 0 AND count(*) FILTER (WHERE relname = 'schema_version') = 0";
	PGresult *res = PQexec(c->h, sql);
	enum err_code code = ERR_OK;
	if (!pg_succeeded(res))
		code = pg_raise(c, res, "opening", e);
	else if (PQntuples(res) > 0)
		code = fail(e, ERR_INVALID, "db.foreign", "%s is a database of another program",
		    c->base.pool->place);
	PQclear(res);
	return code;
}

/* A standby takes connections and refuses each write: said at once, and in one way. */
static enum err_code check_writable(struct pg_db *c, struct err *e)
{
	PGresult *res = PQexec(c->h, "SHOW transaction_read_only");
	enum err_code code = ERR_OK;
	if (!pg_succeeded(res))
		code = pg_raise(c, res, "opening", e);
	else if (PQntuples(res) == 1 && strcmp(PQgetvalue(res, 0, 0), "on") == 0)
		code = fail(e, ERR_IO, "db.read_only",
		    "%s cannot be written: it is a standby, or set to be read only", c->base.pool->place);
	PQclear(res);
	return code;
}

static enum err_code configure(struct pg_db *c, struct err *e)
{
	const struct db_options *o = &c->base.pool->o;
	char sql[512];
	(void)snprintf(sql, sizeof sql,
	    "SET client_min_messages = warning; SET standard_conforming_strings = on; SET "
	    "lock_timeout = %u; "
	    "SET statement_timeout = %u; SET default_transaction_read_only = %s; SET bytea_output "
	    "= hex",
	    o->busy_timeout_ms, c->base.writer ? 0 : o->statement_timeout_ms,
	    c->base.writer ? "off" : "on");
	TRY(pg_exec(c, sql, "opening", e));
	if (c->base.writer)
		TRY(check_writable(c, e));
	return check_owner(c, e);
}

static void close_db(struct db *base)
{
	struct pg_db *c = (struct pg_db *)base;
	PQfinish(c->h);
	mem_free(c);
}

static enum err_code connect_db(struct db_pool *p, bool writer, struct db **ret_c, struct err *e)
{
	const char *const names[] = {
	    "dbname", "fallback_application_name", "client_encoding", "connect_timeout", NULL};
	const char *const values[] = {p->location, "grutto", "UTF8", "10", NULL};
	struct pg_db *c = mem_alloc(sizeof *c);
	if (!c)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	*c = (struct pg_db){
	    .base = {.drv = &db_postgres_driver, .pool = p, .writer = writer, .fail_after = -1}};
	c->h = PQconnectdbParams(names, values, /* expand_dbname= */ 1);
	enum err_code code = ERR_OK;
	char text[300];
	if (PQstatus(c->h) != CONNECTION_OK) {
		trim(text, sizeof text, PQerrorMessage(c->h));
		code = fail(e, ERR_IO, "db.open", "%s cannot be opened: %s", p->place, text);
	} else {
		(void)PQsetNoticeProcessor(c->h, ignore_notice, NULL);
		code = configure(c, e);
	}
	if (code != ERR_OK) {
		close_db(&c->base);
		return code;
	}
	*ret_c = &c->base;
	return ERR_OK;
}

/* An idle connection has nothing to read, unless the server has said farewell. */
static bool usable(struct db *base)
{
	struct pg_db *c = (struct pg_db *)base;
	/* twice: the first takes the farewell, the second finds the end behind it */
	return !base->broken && PQconsumeInput(c->h) && PQconsumeInput(c->h) &&
	       PQstatus(c->h) == CONNECTION_OK;
}

/* ---- statements ---- */

static Oid parameter_type(enum db_type type)
{
	switch (type) {
	case DB_F64:
		return OID_FLOAT8;
	case DB_STR:
		return OID_TEXT;
	case DB_BYTES:
	case DB_UID:
		return OID_BYTEA;
	case DB_I64:
	case DB_BOOL:
	case DB_DATE:
		break;
	}
	return OID_INT8;
}

static enum err_code prepare(
    struct db *base, const struct db_stmt *s, bool guarded, struct db_rows **ret_r, struct err *e)
{
	struct pg_db *c = (struct pg_db *)base;
	Oid types[DB_COLUMNS_MAX];
	(void)guarded; /* sqlc and the triggers guard the chain here */
	pg_take_off(c, true);
	struct pg_rows *r = mem_alloc(sizeof *r);
	if (!r)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	*r = (struct pg_rows){.texts = BUF_INIT(PARAMS_MAX), .spill = BUF_INIT(SPILL_MAX)};
	(void)snprintf(r->name, sizeof r->name, "s%u", ++c->prepared);
	for (uint16_t i = 0; i < s->n_in; i++)
		types[i] = parameter_type(s->in[i].type);
	PGresult *res = PQprepare(c->h, r->name, s->text[DB_POSTGRES], s->n_in, types);
	enum err_code code = pg_succeeded(res) ? ERR_OK : pg_raise(c, res, s->name, e);
	PQclear(res);
	if (code != ERR_OK)
		mem_free(r);
	else
		*ret_r = &r->base;
	return code;
}

static void reset(struct db_rows *base)
{
	struct pg_rows *r = of_rows(base);
	struct pg_db *c = (struct pg_db *)base->c;
	if (r->streaming)
		pg_take_off(c, false);
	PQclear(r->res);
	r->res = NULL;
	r->row = 0;
	r->ran = false;
	r->spill_at = 0;
	buf_clear(&r->spill);
	buf_clear(&r->texts);
	err_clear(&r->late);
}

static void finalize(struct db_rows *base)
{
	struct pg_rows *r = of_rows(base);
	struct pg_db *c = (struct pg_db *)base->c;
	char sql[40];
	reset(base);
	if (!base->cached && PQstatus(c->h) == CONNECTION_OK) {
		(void)snprintf(sql, sizeof sql, "DEALLOCATE %s", r->name);
		pg_take_off(c, true);
		PQclear(PQexec(c->h, sql));
	}
	buf_free(&r->spill);
	buf_free(&r->texts);
	mem_free(r);
}

void pg_put_u64(char dst[8], uint64_t v)
{
	for (int i = 0; i < 8; i++)
		dst[i] = (char)(v >> (56 - 8 * i));
}

static uint64_t get_u64(const char *p, int n)
{
	uint64_t v = 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | (uint8_t)p[i];
	return v;
}

static void bind_null(struct db_rows *r, uint16_t i)
{
	of_rows(r)->params[i] = (struct pg_param){.kind = PG_PARAM_NULL};
}

static void bind_i64(struct db_rows *r, uint16_t i, int64_t v)
{
	struct pg_param *p = &of_rows(r)->params[i];
	*p = (struct pg_param){.kind = PG_PARAM_HERE, .n = 8};
	pg_put_u64(p->here, (uint64_t)v);
}

static void bind_f64(struct db_rows *r, uint16_t i, double v)
{
	uint64_t bits;
	memcpy(&bits, &v, sizeof bits);
	bind_i64(r, i, (int64_t)bits);
}

static void bind_bytes(struct db_rows *base, uint16_t i, str v, bool text)
{
	struct pg_rows *r = of_rows(base);
	struct pg_param *p = &r->params[i];
	*p = (struct pg_param){.n = (int)v.n};
	(void)text;
	if (v.n <= sizeof p->here) {
		p->kind = PG_PARAM_HERE;
		if (v.n)
			memcpy(p->here, v.p, v.n);
	} else if (base->def->kind == DB_MANY) {
		p->kind = PG_PARAM_COPIED;
		p->at = r->texts.n;
		buf_add(&r->texts, v);
	} else {
		p->kind = PG_PARAM_BORROWED;
		p->p = v.p;
	}
}

static enum err_code send(struct pg_db *c, struct pg_rows *r, struct err *e)
{
	const struct db_stmt *s = r->base.def;
	const char *values[DB_COLUMNS_MAX];
	int lengths[DB_COLUMNS_MAX], formats[DB_COLUMNS_MAX];
	TRY(buf_check(&r->texts, e));
	for (uint16_t i = 0; i < s->n_in; i++) {
		const struct pg_param *p = &r->params[i];
		lengths[i] = p->n;
		formats[i] = BINARY;
		values[i] = p->kind == PG_PARAM_NULL     ? NULL
		            : p->kind == PG_PARAM_HERE   ? p->here
		            : p->kind == PG_PARAM_COPIED ? r->texts.p + p->at
		                                         : p->p;
	}
	pg_take_off(c, true);
	if (!PQsendQueryPrepared(c->h, r->name, s->n_in, values, lengths, formats, BINARY))
		return pg_raise(c, NULL, s->name, e);
	r->ran = true;
	if (s->kind == DB_MANY && PQsetSingleRowMode(c->h)) {
		r->streaming = true;
		c->stream = r;
		return ERR_OK;
	}
	r->res = PQgetResult(c->h);
	for (PGresult *more; (more = PQgetResult(c->h)) != NULL;)
		PQclear(more);
	return pg_succeeded(r->res) ? ERR_OK : pg_raise(c, r->res, s->name, e);
}

/* Cells of one row of a result. */
static void show_row(struct pg_rows *r, int row)
{
	for (int i = 0; i < PQnfields(r->res) && i < DB_COLUMNS_MAX; i++) {
		r->types[i] = PQftype(r->res, i);
		r->cells[i].p = PQgetisnull(r->res, row, i) ? NULL : PQgetvalue(r->res, row, i);
		r->cells[i].n = PQgetlength(r->res, row, i);
	}
}

static bool show_spilled(struct pg_rows *r)
{
	if (r->spill_at >= r->spill.n)
		return false;
	for (uint16_t i = 0; i < r->base.def->n_out; i++) {
		int32_t n;
		memcpy(&n, r->spill.p + r->spill_at, sizeof n);
		r->spill_at += sizeof n;
		r->cells[i].p = n < 0 ? NULL : r->spill.p + r->spill_at;
		r->cells[i].n = n;
		if (n > 0)
			r->spill_at += (size_t)n;
	}
	return true;
}

static enum err_code next_streamed(struct pg_db *c, struct pg_rows *r, bool *ret_row, struct err *e)
{
	PQclear(r->res);
	r->res = PQgetResult(c->h);
	if (PQresultStatus(r->res) == PGRES_SINGLE_TUPLE) {
		show_row(r, 0);
		*ret_row = true;
		return ERR_OK;
	}
	enum err_code code =
	    pg_succeeded(r->res) ? ERR_OK : pg_raise(c, r->res, r->base.def->name, e);
	pg_take_off(c, false);
	*ret_row = false;
	return code;
}

static enum err_code step(struct db_rows *base, bool *ret_row, struct err *e)
{
	struct pg_rows *r = of_rows(base);
	struct pg_db *c = (struct pg_db *)base->c;
	if (!r->ran)
		TRY(send(c, r, e));
	if (r->streaming)
		return next_streamed(c, r, ret_row, e);
	if (base->def->kind == DB_MANY) {
		*ret_row = show_spilled(r);
		if (*ret_row || !r->late.code)
			return ERR_OK;
		if (e)
			*e = r->late;
		return r->late.code;
	}
	*ret_row = r->row < PQntuples(r->res);
	if (*ret_row)
		show_row(r, r->row++);
	return ERR_OK;
}

static int64_t changes(struct db_rows *base)
{
	int64_t n = 0;
	const char *text = of_rows(base)->res ? PQcmdTuples(of_rows(base)->res) : "";
	return str_to_i64(str_of(text), &n) ? n : 0;
}

/* ---- results ---- */

static bool is_null(struct db_rows *r, uint16_t i)
{
	return !of_rows(r)->cells[i].p;
}

/* The binary form of numeric: digits of base 10000 and where the point stands; only whole numbers.
 */
static bool whole_numeric(const char *p, int n, int64_t *ret_v)
{
	enum { HEAD = 8, NEGATIVE = 0x4000, BASE = 10000 };
	if (n < HEAD)
		return false;
	int digits = (int)get_u64(p, 2), weight = (int16_t)get_u64(p + 2, 2);
	int sign = (int)get_u64(p + 4, 2);
	if ((sign != 0 && sign != NEGATIVE) || n < HEAD + 2 * digits || digits > weight + 1)
		return false;
	int64_t v = 0;
	for (int i = 0; digits > 0 && i <= weight; i++) {
		int64_t digit = i < digits ? (int64_t)get_u64(p + HEAD + 2 * i, 2) : 0;
		if (__builtin_mul_overflow(v, BASE, &v) ||
		    __builtin_add_overflow(v, sign ? -digit : digit, &v))
			return false;
	}
	*ret_v = v;
	return true;
}

static bool get_i64(struct db_rows *base, uint16_t i, int64_t *ret_v)
{
	const struct pg_cell *cell = &of_rows(base)->cells[i];
	switch (of_rows(base)->types[i]) {
	case OID_INT8:
		*ret_v = (int64_t)get_u64(cell->p, 8);
		return true;
	case OID_INT4:
		*ret_v = (int32_t)get_u64(cell->p, 4);
		return true;
	case OID_INT2:
		*ret_v = (int16_t)get_u64(cell->p, 2);
		return true;
	case OID_OID:
		*ret_v = (int64_t)get_u64(cell->p, 4);
		return true;
	case OID_BOOL:
		*ret_v = cell->p[0] != 0;
		return true;
	case OID_NUMERIC:
		return whole_numeric(cell->p, cell->n, ret_v);
	default:
		return false;
	}
}

static bool get_f64(struct db_rows *base, uint16_t i, double *ret_v)
{
	const struct pg_cell *cell = &of_rows(base)->cells[i];
	int64_t whole;
	if (of_rows(base)->types[i] == OID_FLOAT8) {
		uint64_t bits = get_u64(cell->p, 8);
		memcpy(ret_v, &bits, sizeof bits);
		return true;
	}
	if (of_rows(base)->types[i] == OID_FLOAT4) {
		float f;
		uint32_t bits = (uint32_t)get_u64(cell->p, 4);
		memcpy(&f, &bits, sizeof bits);
		*ret_v = (double)f;
		return true;
	}
	if (!get_i64(base, i, &whole))
		return false;
	*ret_v = (double)whole;
	return true;
}

static bool is_text(Oid type)
{
	return type == OID_TEXT || type == OID_VARCHAR || type == OID_BPCHAR || type == OID_NAME;
}

static bool get_bytes(struct db_rows *base, uint16_t i, bool text, str *ret_v)
{
	const struct pg_cell *cell = &of_rows(base)->cells[i];
	Oid type = of_rows(base)->types[i];
	if (text ? !is_text(type) : type != OID_BYTEA)
		return false;
	*ret_v = (str){cell->p, (size_t)cell->n};
	return true;
}

static bool type_fits(enum db_type ours, Oid theirs)
{
	switch (ours) {
	case DB_F64:
		return theirs == OID_FLOAT8 || theirs == OID_FLOAT4;
	case DB_STR:
		return is_text(theirs);
	case DB_BYTES:
	case DB_UID:
		return theirs == OID_BYTEA;
	case DB_I64:
	case DB_BOOL:
	case DB_DATE:
		break;
	}
	return theirs == OID_INT8 || theirs == OID_INT4 || theirs == OID_INT2 ||
	       theirs == OID_BOOL || theirs == OID_NUMERIC;
}

static enum err_code check(struct db_rows *base, struct err *e)
{
	struct pg_rows *r = of_rows(base);
	struct pg_db *c = (struct pg_db *)base->c;
	const struct db_stmt *s = base->def;
	PGresult *res = PQdescribePrepared(c->h, r->name);
	enum err_code code = pg_succeeded(res) ? ERR_OK : pg_raise(c, res, s->name, e);
	if (code == ERR_OK && PQnfields(res) != s->n_out)
		code = fail(e, ERR_BUG, "db.statement", "%s: %d columns where %u are expected",
		    s->name, PQnfields(res), s->n_out);
	for (uint16_t i = 0; code == ERR_OK && i < s->n_out; i++)
		if (!type_fits(s->out[i].type, PQftype(res, i)))
			code = fail(e, ERR_BUG, "db.statement",
			    "%s: column %u '%s' has the PostgreSQL type %u", s->name, i + 1U,
			    s->out[i].name, PQftype(res, i));
	PQclear(res);
	return code;
}

const struct db_driver db_postgres_driver = {
    .engine = DB_POSTGRES,
    .connect = connect_db,
    .close = close_db,
    .usable = usable,
    .script = script,
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .begin_write = "BEGIN",
    .prepare = prepare,
    .reset = reset,
    .finalize = finalize,
    .bind_null = bind_null,
    .bind_i64 = bind_i64,
    .bind_f64 = bind_f64,
    .bind_bytes = bind_bytes,
    .step = step,
    .changes = changes,
    .is_null = is_null,
    .get_i64 = get_i64,
    .get_f64 = get_f64,
    .get_bytes = get_bytes,
    .check = check,
    .bulk_begin = pg_bulk_begin,
    .bulk_null = pg_bulk_null,
    .bulk_i64 = pg_bulk_i64,
    .bulk_f64 = pg_bulk_f64,
    .bulk_bytes = pg_bulk_bytes,
    .bulk_row = pg_bulk_row,
    .bulk_end = pg_bulk_end,
    .bulk_free = pg_bulk_free,
};
