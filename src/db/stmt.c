#include "db/backend.h"

#include <assert.h>

static size_t bucket_of(const struct db_stmt *s)
{
	return (size_t)(((uintptr_t)s >> 4) * 0x9E3779B97F4A7C15U >> 48) % DB_CACHE_BUCKETS;
}

void db_cache_clear(struct db *c)
{
	for (size_t i = 0; i < DB_CACHE_BUCKETS; i++) {
		struct db_rows *r = c->cache[i];
		c->cache[i] = NULL;
		while (r) {
			struct db_rows *next = r->next;
			assert(!r->busy); /* a statement outlived its connection */
			c->drv->finalize(r);
			r = next;
		}
	}
	c->n_cached = 0;
}

/* Statements of src/db itself write the chain and the schema's bookkeeping; sqlc refuses it to
 * others. */
static bool is_guarded(const struct db_stmt *s)
{
	return strncmp(s->file, "db/", 3) == 0;
}

enum err_code db_start(struct db *c, const struct db_stmt *s, struct db_rows **ret_r, struct err *e)
{
	struct db_rows **bucket = &c->cache[bucket_of(s)];
	for (struct db_rows *r = *bucket; r; r = r->next)
		if (r->def == s && !r->busy) {
			r->busy = true;
			*ret_r = r;
			return ERR_OK;
		}
	struct db_rows *r = NULL;
	TRY(c->drv->prepare(c, s, is_guarded(s), &r, e));
	r->c = c;
	r->def = s;
	r->guarded = is_guarded(s);
	r->busy = true;
	r->cached = c->n_cached < DB_STATEMENTS_MAX;
	if (r->cached) {
		r->next = *bucket;
		*bucket = r;
		c->n_cached++;
	}
	*ret_r = r;
	return ERR_OK;
}

void db_rows_done(struct db_rows *r)
{
	if (!r)
		return;
	r->c->drv->reset(r);
	r->ended = false;
	r->fault = NULL;
	r->busy = false;
	if (!r->cached)
		r->c->drv->finalize(r);
}

void db_rows_autodone(struct db_rows **r)
{
	db_rows_done(*r);
}

static void done_later(void *arg)
{
	db_rows_done(arg);
}

enum err_code db_rows_in_arena(struct db_rows *r, struct arena *a, struct err *e)
{
	return arena_cleanup(a, done_later, r) ? ERR_OK : arena_fail(a, e);
}

/* ---- binding ---- */

static void set_fault(struct db_rows *r, uint16_t i, const char *what)
{
	if (!r->fault) {
		r->fault = what;
		r->fault_at = i;
	}
}

static bool in_fits(struct db_rows *r, uint16_t i, enum db_type type)
{
	if (i < r->def->n_in && r->def->in[i].type == type)
		return true;
	set_fault(r, i, "a parameter of another type");
	return false;
}

static void bind_absent(struct db_rows *r, uint16_t i)
{
	if (r->def->in[i].nullable)
		r->c->drv->bind_null(r, i);
	else
		set_fault(r, i, "an absent value for a parameter that must be there");
}

void db_bind_i64(struct db_rows *r, uint16_t i, int64_t v)
{
	if (in_fits(r, i, DB_I64))
		r->c->drv->bind_i64(r, i, v);
}

void db_bind_opt_i64(struct db_rows *r, uint16_t i, struct opt_i64 v)
{
	if (v.has)
		db_bind_i64(r, i, v.v);
	else if (in_fits(r, i, DB_I64))
		bind_absent(r, i);
}

void db_bind_f64(struct db_rows *r, uint16_t i, double v)
{
	if (in_fits(r, i, DB_F64))
		r->c->drv->bind_f64(r, i, v);
}

void db_bind_opt_f64(struct db_rows *r, uint16_t i, struct opt_f64 v)
{
	if (v.has)
		db_bind_f64(r, i, v.v);
	else if (in_fits(r, i, DB_F64))
		bind_absent(r, i);
}

static void bind_bytes(struct db_rows *r, uint16_t i, str v, bool text)
{
	if (v.n > DB_TEXT_MAX)
		set_fault(r, i, "a text longer than DB_TEXT_MAX");
	else if (text && v.n && memchr(v.p, '\0', v.n))
		set_fault(r, i, "a text with a zero byte"); /* PostgreSQL cannot hold it */
	else if (!v.p && r->def->in[i].nullable)
		r->c->drv->bind_null(r, i);
	else
		r->c->drv->bind_bytes(r, i, v.p ? v : STR(""), text);
}

void db_bind_str(struct db_rows *r, uint16_t i, str v)
{
	if (in_fits(r, i, DB_STR))
		bind_bytes(r, i, v, true);
}

void db_bind_bytes(struct db_rows *r, uint16_t i, str v)
{
	if (in_fits(r, i, DB_BYTES))
		bind_bytes(r, i, v, false);
}

/* v lives in this frame: engines copy short bytes (DB_COPY_MAX). */
void db_bind_uid(struct db_rows *r, uint16_t i, uid v)
{
	if (!in_fits(r, i, DB_UID))
		return;
	if (!uid_is(v))
		bind_absent(r, i);
	else
		r->c->drv->bind_bytes(r, i, (str){(const char *)v.b, sizeof v.b}, false);
}

void db_bind_bool(struct db_rows *r, uint16_t i, bool v)
{
	if (in_fits(r, i, DB_BOOL))
		r->c->drv->bind_i64(r, i, v ? 1 : 0);
}

void db_bind_opt_bool(struct db_rows *r, uint16_t i, struct opt_bool v)
{
	if (v.has)
		db_bind_bool(r, i, v.v);
	else if (in_fits(r, i, DB_BOOL))
		bind_absent(r, i);
}

void db_bind_date(struct db_rows *r, uint16_t i, date v)
{
	if (!in_fits(r, i, DB_DATE))
		return;
	if (date_is(v))
		r->c->drv->bind_i64(r, i, v.day);
	else
		bind_absent(r, i);
}

/* ---- running ---- */

static enum err_code raise_fault(
    const struct db_rows *r, const struct db_column *columns, uint16_t n, struct err *e)
{
	const char *name = r->fault_at < n ? columns[r->fault_at].name : "";
	(void)fail(e, ERR_BUG, "db.value", "statement %s (%s:%u), column %u '%s': %s", r->def->name,
	    r->def->file, r->def->line, r->fault_at + 1U, name, r->fault);
	return e ? err_field(e, name) : ERR_BUG;
}

enum err_code db_step(struct db_rows *r, bool *ret_more, struct err *e)
{
	if (r->fault)
		return raise_fault(r, r->def->in, r->def->n_in, e);
	if (r->ended) {
		*ret_more = false;
		return ERR_OK;
	}
	TRY(db_injected(r->c, e));
	bool row = false;
	TRY(r->c->drv->step(r, &row, e));
	r->ended = !row;
	*ret_more = row;
	return ERR_OK;
}

enum err_code db_step_one(struct db_rows *r, struct err *e)
{
	bool more = false;
	TRY(db_step(r, &more, e));
	return more ? ERR_OK
	            : fail(e, ERR_NOT_FOUND, "db.no_row", "%s: there is no such row", r->def->name);
}

enum err_code db_run(struct db_rows *r, int64_t *ret_changed, struct err *e)
{
	bool more = true;
	while (more)
		TRY(db_step(r, &more, e));
	if (ret_changed)
		*ret_changed = r->c->drv->changes(r);
	return ERR_OK;
}

/* ---- reading ---- */

/* True when column i holds a value of this type to be read. */
static bool out_fits(struct db_rows *r, uint16_t i, enum db_type type)
{
	if (i >= r->def->n_out || r->def->out[i].type != type) {
		set_fault(r, i, "a result of another type");
		return false;
	}
	if (!r->c->drv->is_null(r, i))
		return true;
	if (!r->def->out[i].nullable)
		set_fault(
		    r, i, "the result is NULL and was said never to be: write a ? behind its type");
	return false;
}

static int64_t read_integer(struct db_rows *r, uint16_t i)
{
	int64_t v = 0;
	if (!r->c->drv->get_i64(r, i, &v))
		set_fault(r, i, "the result is not an integer");
	return v;
}

int64_t db_read_i64(struct db_rows *r, uint16_t i)
{
	return out_fits(r, i, DB_I64) ? read_integer(r, i) : 0;
}

struct opt_i64 db_read_opt_i64(struct db_rows *r, uint16_t i)
{
	return out_fits(r, i, DB_I64) ? (struct opt_i64){read_integer(r, i), true} : I64_NONE;
}

struct opt_f64 db_read_opt_f64(struct db_rows *r, uint16_t i)
{
	struct opt_f64 v = {0};
	if (!out_fits(r, i, DB_F64))
		return v;
	v.has = true;
	if (!r->c->drv->get_f64(r, i, &v.v))
		set_fault(r, i, "the result is not a number");
	return v;
}

double db_read_f64(struct db_rows *r, uint16_t i)
{
	return db_read_opt_f64(r, i).v;
}

static str read_bytes(struct db_rows *r, uint16_t i, enum db_type type)
{
	str v = STR_NONE;
	if (!out_fits(r, i, type))
		return STR_NONE;
	if (!r->c->drv->get_bytes(r, i, type == DB_STR, &v))
		set_fault(
		    r, i, type == DB_STR ? "the result is not text" : "the result is not bytes");
	return v;
}

str db_read_str(struct db_rows *r, uint16_t i)
{
	return read_bytes(r, i, DB_STR);
}

str db_read_bytes(struct db_rows *r, uint16_t i)
{
	return read_bytes(r, i, DB_BYTES);
}

uid db_read_uid(struct db_rows *r, uint16_t i)
{
	uid v = UID_NONE;
	str s = read_bytes(r, i, DB_UID);
	if (s.n == sizeof v.b)
		memcpy(v.b, s.p, sizeof v.b);
	else if (s.p)
		set_fault(r, i, "the result is not an identifier of 16 bytes");
	return v;
}

struct opt_bool db_read_opt_bool(struct db_rows *r, uint16_t i)
{
	if (!out_fits(r, i, DB_BOOL))
		return (struct opt_bool){0};
	return (struct opt_bool){read_integer(r, i) != 0, true};
}

bool db_read_bool(struct db_rows *r, uint16_t i)
{
	return db_read_opt_bool(r, i).v;
}

date db_read_date(struct db_rows *r, uint16_t i)
{
	if (!out_fits(r, i, DB_DATE))
		return DATE_NONE;
	int64_t day = read_integer(r, i);
	if (day <= INT32_MIN || day > INT32_MAX) {
		set_fault(r, i, "the result is not a day");
		return DATE_NONE;
	}
	return (date){(int32_t)day};
}

enum err_code db_read_check(struct db_rows *r, struct err *e)
{
	return r->fault ? raise_fault(r, r->def->out, r->def->n_out, e) : ERR_OK;
}

enum err_code db_keep(struct arena *a, str *s, struct err *e)
{
	if (!s->p)
		return ERR_OK;
	str copy = arena_str(a, *s);
	if (!copy.p)
		return arena_fail(a, e);
	*s = copy;
	return ERR_OK;
}

enum err_code db_prepare_check(struct db *c, const struct db_stmt *s, struct err *e)
{
	AUTO_ROWS r = NULL;
	TRY(db_start(c, s, &r, e));
	return c->drv->check(r, e);
}
