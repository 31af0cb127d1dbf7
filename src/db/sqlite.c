#include "db/backend.h"

#include "base/mem.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Pages kept in memory per connection, in KiB. The file is not mapped: an unreadable disk is then
 * an error value, not a signal. */
#define WRITER_CACHE_KIB 65536
/* Of a new database. Activities and their descriptions are rows of a B-tree without row numbers, of which a page of 4 KB
 * holds four; pages of 8 KB make the tree shallower: an import takes a seventh less time and the file is smaller. */
#define PAGE_BYTES 8192
#define READER_CACHE_KIB 16384
/* The WAL is cut back to this size after a large import. */
#define WAL_KEEP_BYTES (64 << 20)
/* Virtual machine steps between two looks at the clock. */
#define PROGRESS_STEPS 20000

struct sqlite_db {
	struct db base;
	sqlite3 *h;
	bool guard_open;     /* the guarded tables may be written */
	int64_t deadline_ms; /* of the statement under way; 0: none */
};

struct sqlite_rows {
	struct db_rows base;
	sqlite3_stmt *s;
	int64_t changed_before;
};

struct sqlite_bulk {
	struct db_bulk base;
	sqlite3_stmt *s;
	bool guarded;
	size_t n_kept;
	char kept[DB_COLUMNS_MAX * DB_COPY_MAX]; /* short values of the row under way, so that SQLite need not copy them */
};

static struct sqlite_db *of_db(struct db *c)
{
	return (struct sqlite_db *)c;
}

static struct sqlite_rows *of_rows(struct db_rows *r)
{
	return (struct sqlite_rows *)r;
}

static struct sqlite_bulk *of_bulk(struct db_bulk *b)
{
	return (struct sqlite_bulk *)b;
}

/* ---- errors ---- */

/* "UNIQUE constraint failed: activity.key" -> "activity.key" */
static const char *named_column(const char *message)
{
	const char *colon = strstr(message, "failed: ");
	return colon ? colon + strlen("failed: ") : "";
}

static enum err_code fail_constraint(int rc, const char *message, const char *what, struct err *e)
{
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		(void)fail(e, ERR_CONFLICT, "db.unique", "%s: it is there already (%s)", what,
		    named_column(message));
		return e ? err_field(e, named_column(message)) : ERR_CONFLICT;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return fail(e, ERR_CONFLICT, "db.foreign_key",
		    "%s: it refers to something that is not there, or something refers to it",
		    what);
	case SQLITE_CONSTRAINT_TRIGGER:
		return fail(e, ERR_FORBIDDEN, "db.refused", "%s: %s", what, message);
	default:
		return fail(e, ERR_INVALID, "db.check", "%s: %s", what, message);
	}
}

static bool disk_is_full(const struct sqlite_db *c, int rc)
{
	int system = c->h ? sqlite3_system_errno(c->h) : 0;
	return (rc & 0xff) == SQLITE_FULL ||
	       ((rc & 0xff) == SQLITE_IOERR &&
	           (system == ENOSPC || system == EDQUOT || system == EFBIG));
}

/* rc is SQLite's, what names the statement or the action. */
static enum err_code raise(struct sqlite_db *c, int rc, const char *what, struct err *e)
{
	const char *place = c->base.pool->place;
	const char *message = c->h ? sqlite3_errmsg(c->h) : sqlite3_errstr(rc);
	int extended = c->h ? sqlite3_extended_errcode(c->h) : rc;
	if ((extended & 0xff) != (rc & 0xff))
		extended = rc;
	if (disk_is_full(c, extended))
		return fail(
		    e, ERR_IO, "db.full", "%s: the disk is full; nothing was changed", place);
	switch (rc & 0xff) {
	case SQLITE_CONSTRAINT:
		return fail_constraint(extended, message, what, e);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail(e, ERR_CONFLICT, "db.busy",
		    "%s is in use by another program and was not free in time; try again", place);
	case SQLITE_READONLY:
		return fail(e, ERR_IO, "db.read_only", "%s cannot be written", place);
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		return fail(e, ERR_IO, "db.open", "%s cannot be opened: %s", place, message);
	case SQLITE_NOTADB:
		return fail(e, ERR_INVALID, "db.not_a_database", "%s is not a database", place);
	case SQLITE_CORRUPT:
		return fail(e, ERR_IO, "db.corrupt", "%s is damaged (%s); restore it from a backup",
		    place, message);
	case SQLITE_INTERRUPT:
		return fail(e, ERR_LIMIT, "db.timeout", "%s took longer than %u ms", what,
		    c->base.pool->o.statement_timeout_ms);
	case SQLITE_TOOBIG:
		return fail(e, ERR_LIMIT, "db.too_big", "%s: a value is too long", what);
	case SQLITE_AUTH:
		return fail(
		    e, ERR_FORBIDDEN, "db.guarded", "%s writes a table that only src/db may", what);
	case SQLITE_NOMEM:
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	case SQLITE_IOERR:
		return fail(e, ERR_IO, "db.io", "%s: reading or writing failed (%s, code %d)",
		    place, message, extended);
	case SQLITE_MISMATCH:
		return fail(e, ERR_INVALID, "db.check", "%s: %s", what, message);
	default:
		return fail(e, ERR_BUG, "db.statement", "%s: %s", what, message);
	}
}

/* ---- connections ---- */

/* To a few milliseconds: it is asked for every row of a result, and a search has many thousands. */
static int64_t monotonic_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int out_of_time(void *ctx)
{
	const struct sqlite_db *c = ctx;
	return c->deadline_ms && monotonic_ms() > c->deadline_ms;
}

static int authorize(void *ctx, int action, const char *table, const char *column,
    const char *database, const char *trigger)
{
	static const char *const guarded[] = {"event", "chain_head", "schema_version"};
	const struct sqlite_db *c = ctx;
	(void)column;
	(void)database;
	(void)trigger;
	if (action == SQLITE_ATTACH || action == SQLITE_DETACH)
		return SQLITE_DENY;
	if (c->guard_open || !table)
		return SQLITE_OK;
	if (action != SQLITE_INSERT && action != SQLITE_UPDATE && action != SQLITE_DELETE &&
	    action != SQLITE_DROP_TABLE)
		return SQLITE_OK;
	for (size_t i = 0; i < sizeof guarded / sizeof *guarded; i++)
		if (strcmp(table, guarded[i]) == 0)
			return SQLITE_DENY;
	return SQLITE_OK;
}

static enum err_code script(struct db *base, const char *sql, struct err *e)
{
	struct sqlite_db *c = of_db(base);
	c->guard_open = true;
	c->deadline_ms = 0;
	int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
	c->guard_open = false;
	return rc == SQLITE_OK ? ERR_OK : raise(c, rc, "the database", e);
}

/* One integer, for pragmas and questions about the schema. */
static enum err_code ask(struct sqlite_db *c, const char *sql, int64_t *ret_v, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(c->h, sql, -1, &s, NULL);
	if (rc == SQLITE_OK) {
		rc = sqlite3_step(s);
		if (rc == SQLITE_ROW) {
			*ret_v = sqlite3_column_int64(s, 0);
			rc = SQLITE_OK;
		}
	}
	enum err_code code = rc == SQLITE_OK || rc == SQLITE_DONE ? ERR_OK : raise(c, rc, sql, e);
	(void)sqlite3_finalize(s);
	return code;
}

/* Ours, or empty: never write into another program's database. */
static enum err_code check_owner(struct sqlite_db *c, struct err *e)
{
	int64_t id = 0, tables = 0;
	TRY(ask(c, "SELECT count(*) FROM sqlite_schema", &tables, e));
	TRY(ask(c, "PRAGMA application_id", &id, e));
	if (tables > 0 && id != DB_APPLICATION_ID)
		return fail(e, ERR_INVALID, "db.foreign", "%s is a database of another program",
		    c->base.pool->place);
	return ERR_OK;
}

static enum err_code configure(struct sqlite_db *c, struct err *e)
{
	const struct db_options *o = &c->base.pool->o;
	char sql[512];
	(void)sqlite3_busy_timeout(c->h, (int)o->busy_timeout_ms);
	(void)sqlite3_extended_result_codes(c->h, 1);
	(void)sqlite3_limit(c->h, SQLITE_LIMIT_LENGTH, (int)DB_TEXT_MAX + 4096);
	(void)sqlite3_limit(c->h, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_db_config(c->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	TRY(check_owner(c, e));
	(void)snprintf(sql, sizeof sql,
	    "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
	    "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -%d; %s",
	    c->base.writer ? WRITER_CACHE_KIB : READER_CACHE_KIB,
	    c->base.writer ? "" : "PRAGMA query_only = ON;");
	TRY(script(&c->base, sql, e));
	if (!c->base.writer)
		return ERR_OK;
	(void)snprintf(sql, sizeof sql, "PRAGMA page_size = %d;", PAGE_BYTES); /* ignored when there are pages */
	TRY(script(&c->base, sql, e));
	/* FULL: a commit that was acknowledged survives a power cut; one fsync each. */
	(void)snprintf(sql, sizeof sql,
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = %d;",
	    WAL_KEEP_BYTES);
	return script(&c->base, sql, e);
}

/* A database in WAL mode on a read-only disk opens only when SQLite may believe that nobody writes.
 */
static int open_immutable(struct sqlite_db *c, const char *file)
{
	struct err ignored;
	AUTO_BUF uri = BUF_INIT(3 * 4096 + 64);
	buf_addz(&uri, "file:");
	for (const char *p = file; *p; p++)
		buf_addf(&uri, strchr("?#%", *p) ? "%%%02X" : "%c", (unsigned char)*p);
	buf_addz(&uri, "?immutable=1");
	(void)sqlite3_close(c->h);
	c->h = NULL;
	if (buf_check(&uri, &ignored) != ERR_OK)
		return SQLITE_NOMEM;
	return sqlite3_open_v2(
	    uri.p, &c->h, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
}

static enum err_code check_file(const struct db_pool *p, struct err *e)
{
	struct stat st;
	if (stat(p->location, &st) == 0) {
		if (S_ISREG(st.st_mode) && access(p->location, R_OK) == 0)
			return ERR_OK;
		if (S_ISREG(st.st_mode)) /* SQLite would not say why */
			return fail(e, ERR_IO, "db.open", "%s cannot be opened: %s", p->place, strerror(errno));
		return fail(e, ERR_INVALID, "db.not_a_file", "%s is not a file", p->place);
	}
	if (errno != ENOENT && errno != ENOTDIR)
		return fail(
		    e, ERR_IO, "db.open", "%s cannot be opened: %s", p->place, strerror(errno));
	if (p->o.create && errno == ENOENT)
		return ERR_OK;
	return fail(e, ERR_NOT_FOUND, "db.missing",
	    "there is no database %s; 'grutto init' makes one", p->place);
}

/* Nothing waits in a WAL beside the file. */
static bool has_no_wal(const struct db_pool *p)
{
	char wal[4096 + 8];
	struct stat st;
	(void)snprintf(wal, sizeof wal, "%s-wal", p->location);
	return stat(wal, &st) != 0 || st.st_size == 0;
}

static enum err_code open_file(struct sqlite_db *c, struct err *e)
{
	const struct db_pool *p = c->base.pool;
	bool writes = c->base.writer;
	int flags =
	    SQLITE_OPEN_NOMUTEX | (p->o.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	if (p->o.create && writes)
		flags |= SQLITE_OPEN_CREATE;
	int rc = sqlite3_open_v2(p->location, &c->h, flags, NULL);
	/* without permission SQLite opens for reading instead, and says so at the first write only */
	if (rc == SQLITE_OK && writes && sqlite3_db_readonly(c->h, "main") == 1)
		return raise(c, SQLITE_READONLY, "opening", e);
	int64_t ignored = 0;
	if (rc == SQLITE_OK && p->o.read_only && has_no_wal(p)) {
		(void)sqlite3_busy_timeout(c->h, (int)p->o.busy_timeout_ms);
		int why = SQLITE_OK;
		if (ask(c, "SELECT count(*) FROM sqlite_schema", &ignored, NULL) != ERR_OK)
			why = sqlite3_errcode(c->h) & 0xff;
		if (why == SQLITE_CANTOPEN || why == SQLITE_READONLY || why == SQLITE_PERM)
			rc = open_immutable(c, p->location);
	}
	return rc == SQLITE_OK ? ERR_OK : raise(c, rc, "opening", e);
}

static void close_db(struct db *base)
{
	struct sqlite_db *c = of_db(base);
	(void)sqlite3_close(c->h);
	mem_free(c);
}

static enum err_code connect_db(struct db_pool *p, bool writer, struct db **ret_c, struct err *e)
{
	TRY(check_file(p, e));
	struct sqlite_db *c = mem_alloc(sizeof *c);
	if (!c)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	*c = (struct sqlite_db){
	    .base = {.drv = &db_sqlite_driver, .pool = p, .writer = writer, .fail_after = -1}};
	enum err_code code = open_file(c, e);
	if (code == ERR_OK)
		code = configure(c, e);
	if (code != ERR_OK) {
		close_db(&c->base);
		return code;
	}
	(void)sqlite3_set_authorizer(c->h, authorize, c);
	if (!writer && p->o.statement_timeout_ms)
		sqlite3_progress_handler(c->h, PROGRESS_STEPS, out_of_time, c);
	*ret_c = &c->base;
	return ERR_OK;
}

static bool usable(struct db *c)
{
	return !c->broken;
}

/* ---- statements ---- */

static enum err_code prepare(
    struct db *base, const struct db_stmt *s, bool guarded, struct db_rows **ret_r, struct err *e)
{
	struct sqlite_db *c = of_db(base);
	struct sqlite_rows *r = mem_alloc(sizeof *r);
	if (!r)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	*r = (struct sqlite_rows){0};
	c->guard_open = guarded;
	int rc = sqlite3_prepare_v3(
	    c->h, s->text[DB_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &r->s, NULL);
	c->guard_open = false;
	if (rc != SQLITE_OK) {
		mem_free(r);
		return raise(c, rc, s->name, e);
	}
	*ret_r = &r->base;
	return ERR_OK;
}

static void reset(struct db_rows *r)
{
	(void)sqlite3_reset(of_rows(r)->s);
	(void)sqlite3_clear_bindings(of_rows(r)->s);
}

static void finalize(struct db_rows *r)
{
	(void)sqlite3_finalize(of_rows(r)->s);
	mem_free(r);
}

static void note(struct db_rows *r, uint16_t i, int rc)
{
	if (rc == SQLITE_OK || r->fault)
		return;
	r->fault = rc == SQLITE_NOMEM ? "out of memory" : "the value cannot be bound";
	r->fault_at = i;
}

static void bind_null(struct db_rows *r, uint16_t i)
{
	note(r, i, sqlite3_bind_null(of_rows(r)->s, i + 1));
}

static void bind_i64(struct db_rows *r, uint16_t i, int64_t v)
{
	note(r, i, sqlite3_bind_int64(of_rows(r)->s, i + 1, v));
}

static void bind_f64(struct db_rows *r, uint16_t i, double v)
{
	note(r, i, sqlite3_bind_double(of_rows(r)->s, i + 1, v));
}

static int bind_value(sqlite3_stmt *s, int at, str v, bool text, bool copy)
{
	sqlite3_destructor_type keep =
	    copy || v.n <= DB_COPY_MAX ? SQLITE_TRANSIENT : SQLITE_STATIC;
	return text ? sqlite3_bind_text(s, at, v.p, (int)v.n, keep)
	            : sqlite3_bind_blob(s, at, v.p, (int)v.n, keep);
}

static void bind_bytes(struct db_rows *r, uint16_t i, str v, bool text)
{
	note(r, i, bind_value(of_rows(r)->s, i + 1, v, text, r->def->kind == DB_MANY));
}

static enum err_code step(struct db_rows *base, bool *ret_row, struct err *e)
{
	struct sqlite_rows *r = of_rows(base);
	struct sqlite_db *c = of_db(base->c);
	if (!sqlite3_stmt_busy(r->s))
		r->changed_before = sqlite3_total_changes64(c->h);
	c->guard_open = base->guarded; /* SQLite prepares anew when the schema has changed */
	if (c->base.pool->o.statement_timeout_ms && !c->base.writer)
		c->deadline_ms = monotonic_ms() + c->base.pool->o.statement_timeout_ms;
	int rc = sqlite3_step(r->s);
	c->guard_open = false;
	c->deadline_ms = 0;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return raise(c, rc, base->def->name, e);
	*ret_row = rc == SQLITE_ROW;
	return ERR_OK;
}

static int64_t changes(struct db_rows *r)
{
	const struct sqlite_db *c = of_db(r->c);
	bool any = sqlite3_total_changes64(c->h) != of_rows(r)->changed_before;
	return any ? sqlite3_changes64(c->h) : 0;
}

static bool is_null(struct db_rows *r, uint16_t i)
{
	return sqlite3_column_type(of_rows(r)->s, i) == SQLITE_NULL;
}

static bool get_i64(struct db_rows *r, uint16_t i, int64_t *ret_v)
{
	*ret_v = sqlite3_column_int64(of_rows(r)->s, i);
	return sqlite3_column_type(of_rows(r)->s, i) == SQLITE_INTEGER;
}

static bool get_f64(struct db_rows *r, uint16_t i, double *ret_v)
{
	int type = sqlite3_column_type(of_rows(r)->s, i);
	*ret_v = sqlite3_column_double(of_rows(r)->s, i);
	return type == SQLITE_FLOAT || type == SQLITE_INTEGER;
}

static bool get_bytes(struct db_rows *r, uint16_t i, bool text, str *ret_v)
{
	sqlite3_stmt *s = of_rows(r)->s;
	if (sqlite3_column_type(s, i) != (text ? SQLITE_TEXT : SQLITE_BLOB))
		return false;
	const char *p = text ? (const char *)sqlite3_column_text(s, i) : sqlite3_column_blob(s, i);
	*ret_v = (str){p ? p : "", (size_t)sqlite3_column_bytes(s, i)};
	return true;
}

static enum err_code check(struct db_rows *r, struct err *e)
{
	int n = sqlite3_column_count(of_rows(r)->s);
	if (n == r->def->n_out && sqlite3_bind_parameter_count(of_rows(r)->s) == r->def->n_in)
		return ERR_OK;
	return fail(e, ERR_BUG, "db.statement", "%s: %d columns where %u are expected",
	    r->def->name, n, r->def->n_out);
}

/* ---- bulk ---- */

static void bulk_text(struct buf *sql, const struct db_table *t)
{
	buf_addf(sql, "INSERT INTO %s (", t->name);
	for (uint16_t i = 0; i < t->n; i++)
		buf_addf(sql, "%s%s", i ? ", " : "", t->columns[i].name);
	buf_addz(sql, ") VALUES (");
	for (uint16_t i = 0; i < t->n; i++)
		buf_addf(sql, "%s?%d", i ? ", " : "", i + 1);
	buf_addz(sql, ")");
}

static enum err_code bulk_begin(
    struct db *base, const struct db_table *t, bool guarded, struct db_bulk **ret_b, struct err *e)
{
	enum { SQL_MAX = 16384 };
	struct sqlite_db *c = of_db(base);
	AUTO_BUF sql = BUF_INIT(SQL_MAX);
	bulk_text(&sql, t);
	TRY(buf_check(&sql, e));
	struct sqlite_bulk *b = mem_alloc(sizeof *b);
	if (!b)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	*b = (struct sqlite_bulk){.guarded = guarded};
	c->guard_open = guarded;
	int rc = sqlite3_prepare_v3(c->h, sql.p, -1, SQLITE_PREPARE_PERSISTENT, &b->s, NULL);
	c->guard_open = false;
	if (rc != SQLITE_OK) {
		mem_free(b);
		return raise(c, rc, t->name, e);
	}
	*ret_b = &b->base;
	return ERR_OK;
}

static void bulk_note(struct db_bulk *b, int rc)
{
	if (rc != SQLITE_OK && !b->fault)
		b->fault = "out of memory";
}

static void bulk_null(struct db_bulk *b)
{
	bulk_note(b, sqlite3_bind_null(of_bulk(b)->s, b->at + 1));
}

static void bulk_i64(struct db_bulk *b, int64_t v)
{
	bulk_note(b, sqlite3_bind_int64(of_bulk(b)->s, b->at + 1, v));
}

static void bulk_f64(struct db_bulk *b, double v)
{
	bulk_note(b, sqlite3_bind_double(of_bulk(b)->s, b->at + 1, v));
}

static void bulk_bytes(struct db_bulk *base, str v, bool text)
{
	struct sqlite_bulk *b = of_bulk(base);
	if (v.n <= DB_COPY_MAX) {
		char *to = b->kept + b->n_kept;
		if (v.n)
			memcpy(to, v.p, v.n);
		b->n_kept += v.n;
		v.p = to;
	}
	int rc = text ? sqlite3_bind_text(b->s, base->at + 1, v.p, (int)v.n, SQLITE_STATIC)
	              : sqlite3_bind_blob(b->s, base->at + 1, v.p, (int)v.n, SQLITE_STATIC);
	bulk_note(base, rc);
}

static enum err_code bulk_row(struct db_bulk *b, struct err *e)
{
	struct sqlite_db *c = of_db(b->c);
	of_bulk(b)->n_kept = 0;
	c->guard_open = of_bulk(b)->guarded;
	int rc = sqlite3_step(of_bulk(b)->s);
	c->guard_open = false;
	if (rc == SQLITE_DONE)
		rc = sqlite3_reset(of_bulk(b)->s);
	return rc == SQLITE_OK ? ERR_OK : raise(c, rc, b->table->name, e);
}

static enum err_code bulk_end(struct db_bulk *b, struct err *e)
{
	(void)b;
	(void)e;
	return ERR_OK;
}

static void bulk_free(struct db_bulk *b)
{
	(void)sqlite3_finalize(of_bulk(b)->s);
	mem_free(b);
}

/* ---- backup ---- */

static enum err_code copy_pages(struct sqlite_db *from, sqlite3 *to, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from->h, "main");
	int rc = b ? sqlite3_backup_step(b, -1) : sqlite3_errcode(to);
	(void)sqlite3_backup_finish(b);
	if (rc == SQLITE_DONE) /* a file of its own, without a WAL beside it */
		rc = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		return ERR_OK;
	int system = sqlite3_system_errno(to);
	if ((rc & 0xff) == SQLITE_FULL || system == EFBIG || system == ENOSPC)
		return fail(e, ERR_IO, "backup.full", "the disk is full; the copy was not made");
	return fail(e, ERR_IO, "backup.io", "the copy could not be made: %s", sqlite3_errmsg(to));
}

enum err_code db_sqlite_copy(struct db *from, const char *to, struct err *e)
{
	sqlite3 *h = NULL;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	enum err_code code;
	if (sqlite3_open_v2(to, &h, flags, NULL) != SQLITE_OK)
		code = fail(e, ERR_IO, "backup.io", "%s cannot be made: %s", to,
		    h ? sqlite3_errmsg(h) : "out of memory");
	else
		code = copy_pages(of_db(from), h, e);
	(void)sqlite3_close(h);
	return code;
}

enum err_code db_sqlite_verify(struct db *base, struct err *e)
{
	struct sqlite_db *c = of_db(base);
	sqlite3_stmt *s = NULL;
	int64_t orphans = 0;
	int rc = sqlite3_prepare_v2(c->h, "PRAGMA integrity_check(1)", -1, &s, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	const char *said = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
	enum err_code code = ERR_OK;
	if (rc != SQLITE_ROW)
		code = raise(c, rc, "checking", e);
	else if (!said || strcmp(said, "ok") != 0)
		code = fail(e, ERR_IO, "db.corrupt", "%s is damaged: %s", base->pool->place,
		    said ? said : "");
	(void)sqlite3_finalize(s);
	TRY(code);
	TRY(ask(c, "SELECT count(*) FROM pragma_foreign_key_check", &orphans, e));
	if (orphans > 0)
		return fail(e, ERR_IO, "db.corrupt", "%s is damaged: %lld rows refer to nothing",
		    base->pool->place, (long long)orphans);
	return ERR_OK;
}

const struct db_driver db_sqlite_driver = {
    .engine = DB_SQLITE,
    .connect = connect_db,
    .close = close_db,
    .usable = usable,
    .script = script,
    .begin_read = "BEGIN",
    .begin_write = "BEGIN IMMEDIATE",
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
    .bulk_begin = bulk_begin,
    .bulk_null = bulk_null,
    .bulk_i64 = bulk_i64,
    .bulk_f64 = bulk_f64,
    .bulk_bytes = bulk_bytes,
    .bulk_row = bulk_row,
    .bulk_end = bulk_end,
    .bulk_free = bulk_free,
};
