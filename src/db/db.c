#include "db/backend.h"

#include "base/mem.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum db_engine db_location_engine(str location)
{
	bool url =
	    str_starts(location, STR("postgresql://")) || str_starts(location, STR("postgres://"));
	return url ? DB_POSTGRES : DB_SQLITE;
}

static char *copy_text(str s)
{
	char *z = mem_alloc(s.n + 1);
	if (!z)
		return NULL;
	if (s.n)
		memcpy(z, s.p, s.n);
	z[s.n] = '\0';
	return z;
}

/* "postgresql://user:secret@host/db?password=x" -> "postgresql://user@host/db" */
static char *place_of(str location)
{
	ptrdiff_t scheme = str_find(location, STR("://"));
	if (db_location_engine(location) == DB_SQLITE || scheme < 0)
		return copy_text(location);
	ptrdiff_t query = str_find_char(location, '?');
	str plain = query < 0 ? location : str_sub(location, 0, (size_t)query);
	char *place = copy_text(plain);
	ptrdiff_t at = str_find_char(plain, '@');
	if (!place || at < 0)
		return place;
	str user = str_sub(plain, (size_t)scheme + 3, (size_t)at);
	ptrdiff_t colon = str_find_char(user, ':');
	if (colon < 0)
		return place;
	size_t keep = (size_t)scheme + 3 + (size_t)colon;
	memmove(place + keep, plain.p + at, plain.n - (size_t)at);
	place[keep + plain.n - (size_t)at] = '\0';
	return place;
}

/* NULL without memory. */
static struct db_pool *pool_new(str location, const struct db_options *o)
{
	struct db_pool *p = mem_alloc(sizeof *p);
	if (!p)
		return NULL;
	*p = (struct db_pool){.o = *o,
	    .drv = db_location_engine(location) == DB_SQLITE ? &db_sqlite_driver
	                                                     : &db_postgres_driver};
	p->location = copy_text(location);
	p->place = place_of(location);
	if (p->o.readers == 0)
		p->o.readers = DB_READERS_DEFAULT;
	if (p->o.readers > DB_READERS_MAX)
		p->o.readers = DB_READERS_MAX;
	if (p->o.busy_timeout_ms == 0)
		p->o.busy_timeout_ms = DB_BUSY_TIMEOUT_MS;
	(void)pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_t monotonic;
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&p->returned, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	if (!p->location || !p->place) {
		db_pool_close(p);
		return NULL;
	}
	return p;
}

enum err_code db_pool_open(
    str location, const struct db_options *o, struct db_pool **ret_pool, struct err *e)
{
	if (location.n == 0)
		return fail(e, ERR_INVALID, "db.location",
		    "no database given: a file or a postgresql:// URL");
	struct db_pool *p = pool_new(location, o);
	if (!p)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	/* The first connection shows whether all is well; the writer's also makes a new file. */
	struct db *first = NULL;
	enum err_code code = p->drv->connect(p, !o->read_only, &first, e);
	if (code != ERR_OK) {
		db_pool_close(p);
		return code;
	}
	if (o->read_only) {
		p->idle = first;
		p->n_readers = 1;
	} else {
		p->writer = first;
	}
	*ret_pool = p;
	return ERR_OK;
}

static void close_connection(struct db *c)
{
	db_cache_clear(c);
	c->drv->close(c);
}

void db_pool_close(struct db_pool *p)
{
	if (!p)
		return;
	assert(!p->writer_out);
	while (p->idle) {
		struct db *c = p->idle;
		p->idle = c->next_idle;
		close_connection(c);
	}
	if (p->writer)
		close_connection(p->writer); /* last: SQLite then folds the WAL into the file */
	(void)pthread_cond_destroy(&p->returned);
	(void)pthread_mutex_destroy(&p->lock);
	mem_free(p->location);
	mem_free(p->place);
	mem_free(p);
}

void db_pool_autoclose(struct db_pool **p)
{
	db_pool_close(*p);
}

/* Wait for a returned connection; false when the time is over. The lock is held. */
static bool wait_for_return(struct db_pool *p, const struct timespec *until)
{
	return pthread_cond_timedwait(&p->returned, &p->lock, until) != ETIMEDOUT;
}

static struct timespec checkout_deadline(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += DB_CHECKOUT_TIMEOUT_MS / 1000;
	return t;
}

static enum err_code no_connection(const struct db_pool *p, const char *what, struct err *e)
{
	return fail(e, ERR_LIMIT, "db.pool", "no connection for %s to %s became free in %d seconds",
	    what, p->place, DB_CHECKOUT_TIMEOUT_MS / 1000);
}

enum err_code db_pool_reader(struct db_pool *p, struct db **ret_c, struct err *e)
{
	struct timespec until = checkout_deadline();
	(void)pthread_mutex_lock(&p->lock);
	while (!p->idle && p->n_readers >= p->o.readers)
		if (!wait_for_return(p, &until)) {
			(void)pthread_mutex_unlock(&p->lock);
			return no_connection(p, "reading", e);
		}
	struct db *c = p->idle;
	if (c)
		p->idle = c->next_idle;
	else
		p->n_readers++;
	(void)pthread_mutex_unlock(&p->lock);
	if (c && !c->drv->usable(c)) {
		close_connection(c);
		c = NULL;
	}
	enum err_code code = c ? ERR_OK : p->drv->connect(p, false, &c, e);
	if (code != ERR_OK) {
		(void)pthread_mutex_lock(&p->lock);
		p->n_readers--;
		(void)pthread_cond_broadcast(&p->returned);
		(void)pthread_mutex_unlock(&p->lock);
		return code;
	}
	*ret_c = c;
	return ERR_OK;
}

enum err_code db_pool_writer(struct db_pool *p, struct db **ret_c, struct err *e)
{
	if (p->o.read_only)
		return fail(e, ERR_BUG, "db.read_only", "%s was opened for reading only", p->place);
	struct timespec until = checkout_deadline();
	(void)pthread_mutex_lock(&p->lock);
	while (p->writer_out)
		if (!wait_for_return(p, &until)) {
			(void)pthread_mutex_unlock(&p->lock);
			return no_connection(p, "writing", e);
		}
	struct db *c = p->writer;
	p->writer = NULL;
	p->writer_out = true;
	(void)pthread_mutex_unlock(&p->lock);
	if (c && !c->drv->usable(c)) {
		close_connection(c);
		c = NULL;
	}
	enum err_code code = c ? ERR_OK : p->drv->connect(p, true, &c, e);
	if (code != ERR_OK) {
		(void)pthread_mutex_lock(&p->lock);
		p->writer_out = false;
		(void)pthread_cond_broadcast(&p->returned);
		(void)pthread_mutex_unlock(&p->lock);
		return code;
	}
	*ret_c = c;
	return ERR_OK;
}

void db_return(struct db *c)
{
	if (!c)
		return;
	struct db_pool *p = c->pool;
	struct db_tx open = {c->tx_file ? c : NULL};
	db_rollback(&open);
	c->fail_after = -1;
	bool writer = c->writer;
	if (c->broken) {
		close_connection(c);
		c = NULL;
	}
	(void)pthread_mutex_lock(&p->lock);
	if (writer) {
		p->writer = c;
		p->writer_out = false;
	} else if (c) {
		c->next_idle = p->idle;
		p->idle = c;
	} else {
		p->n_readers--;
	}
	(void)pthread_cond_broadcast(&p->returned);
	(void)pthread_mutex_unlock(&p->lock);
}

void db_autoreturn(struct db **c)
{
	db_return(*c);
}

enum db_engine db_engine_of(const struct db *c)
{
	return c->drv->engine;
}

const char *db_place(const struct db *c)
{
	return c->pool->place;
}

/* ---- transactions ---- */

enum err_code db_begin_at(struct db *c, struct db_tx *tx, const char *file, int line, struct err *e)
{
	if (c->tx_file)
		return fail(e, ERR_BUG, "db.nested",
		    "a transaction was begun in %s:%d inside the one begun in %s:%d", file, line,
		    c->tx_file, c->tx_line);
	TRY(db_injected(c, e));
	TRY(c->drv->script(c, c->writer ? c->drv->begin_write : c->drv->begin_read, e));
	c->tx_file = file;
	c->tx_line = line;
	tx->c = c;
	return ERR_OK;
}

enum err_code db_commit(struct db_tx *tx, struct err *e)
{
	struct db *c = tx->c;
	if (!c)
		return fail(e, ERR_BUG, "db.no_tx", "there is no transaction to commit");
	enum err_code code = db_injected(c, e);
	if (code == ERR_OK)
		code = c->drv->script(c, "COMMIT", e);
	if (code != ERR_OK) {
		db_rollback(tx);
		return code;
	}
	c->tx_file = NULL;
	tx->c = NULL;
	return ERR_OK;
}

void db_rollback(struct db_tx *tx)
{
	struct db *c = tx->c;
	struct err ignored;
	if (!c)
		return;
	/* An engine may have rolled back by itself already (full disk, lost connection). */
	(void)c->drv->script(c, "ROLLBACK", &ignored);
	c->tx_file = NULL;
	tx->c = NULL;
}

bool db_in_tx(const struct db *c)
{
	return c->tx_file != NULL;
}

enum err_code db_script(struct db *c, const char *sql, struct err *e)
{
	TRY(db_injected(c, e));
	return c->drv->script(c, sql, e);
}

void db_fail_after(struct db *c, int64_t after)
{
	c->fail_after = after;
}

enum err_code db_injected(struct db *c, struct err *e)
{
	if (c->fail_after < 0 || c->fail_after-- > 0)
		return ERR_OK;
	return fail(e, ERR_IO, "db.injected", "a fault asked for by a test");
}
