/* The import of files: one transaction for each, or one for all of them when strict. A transaction is
 * the unit that is there after a crash or not at all; what a killed import leaves in the write-ahead log
 * is dropped by the database at the next start. */
#include "db/stmt.h"
#include "feat/iati/import.sql.h"
#include "feat/iati/read.h"
#include "feat/iati/store.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCRATCH_BYTES = 64 << 20, NAME_BYTES = 200, HASH_CHUNK = 64 * 1024 };

struct import {
	struct db *db;
	int64_t programme;
	const struct iati_import_options *o;
	struct iati_import_result *result;
	struct store store;
	struct db_tx tx;
	const char *file;
};

/* ---- faults ---- */

static void tell(struct import *m, const struct ia_note *n)
{
	char detail[400];
	if (!m->o->on_fault)
		return;
	snprintf(detail, sizeof detail, "%.*s", STR_ARG(n->detail));
	struct iati_fault f = {.level = n->level,
	    .file = m->file,
	    .line = n->line,
	    .activity = n->activity,
	    .id = n->id,
	    .detail = detail,
	    .done = n->done};
	m->o->on_fault(m->o->ctx, &f);
}

static enum err_code on_store_note(void *ctx, const struct ia_note *n, struct err *e)
{
	struct import *m = ctx;
	(void)e;
	m->result->bad += n->level == IATI_ACTIVITY;
	m->result->faults += n->level != IATI_NOTE;
	tell(m, n);
	return ERR_OK;
}

static void refuse(struct import *m, const char *id, const char *detail)
{
	struct ia_note n = {
	    .level = IATI_FILE, .activity = STR(""), .id = id, .done = "the file was left out", .detail = str_of(detail)};
	m->result->files_refused++;
	m->result->faults++;
	tell(m, &n);
}

/* ---- files that are here already ---- */

static enum err_code hash_file(const char *path, sha256 *ret_hash, struct err *e)
{
	int fd;
	struct sha256_state state;
	AUTO_BUF chunk = BUF_INIT(HASH_CHUNK);
	TRY(file_open_read(path, &fd, e));
	struct source from = source_fd(&fd);
	char *p = buf_reserve(&chunk, HASH_CHUNK - 1);
	enum err_code code = p ? ERR_OK : buf_check(&chunk, e);
	sha256_begin(&state);
	for (size_t n = 1; n && code == ERR_OK;) {
		code = from.read(from.ctx, p, HASH_CHUNK - 1, &n, e);
		if (code == ERR_OK)
			sha256_add(&state, (str){p, n});
	}
	(void)close(fd);
	if (code == ERR_OK)
		*ret_hash = sha256_end(&state);
	return code;
}

/* Hashing costs a reading of the file, so it is done only when a dataset of the same size exists. */
static enum err_code known_before(struct import *m, const char *path, bool *ret_known, struct err *e)
{
	struct stat st;
	struct iati_dataset_sized_row sized;
	struct iati_dataset_hashed_row hashed;
	sha256 hash;
	AUTO_ARENA a = arena_new(1 << 16);
	*ret_known = false;
	if (!a)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return ERR_OK; /* said when it is opened */
	TRY(iati_dataset_sized(m->db, m->programme, st.st_size, a, &sized, e));
	if (sized.n == 0)
		return ERR_OK;
	TRY(hash_file(path, &hash, e));
	enum err_code code =
	    iati_dataset_hashed(m->db, m->programme, (str){(const char *)hash.b, sizeof hash.b}, a, &hashed, e);
	if (code == ERR_NOT_FOUND) {
		err_clear(e);
		return ERR_OK;
	}
	TRY(code);
	*ret_known = true;
	char detail[300];
	snprintf(detail, sizeof detail, "The file is the same, byte for byte, as the dataset \"%.*s\".", STR_ARG(hashed.name));
	struct ia_note n = {
	    .level = IATI_NOTE, .activity = STR(""), .id = "unchanged", .done = "nothing was changed", .detail = str_of(detail)};
	m->result->files_unchanged++;
	tell(m, &n);
	return ERR_OK;
}

/* ---- transactions ---- */

static enum err_code begin(struct import *m, struct err *e)
{
	if (m->tx.c)
		return ERR_OK;
	TRY(db_begin(m->db, &m->tx, e));
	return chain_begin(m->db, m->programme, &m->store.chain, e);
}

static void abandon(struct import *m)
{
	chain_abort(m->store.chain);
	m->store.chain = NULL;
	db_rollback(&m->tx);
	m->tx = (struct db_tx){0};
	store_drop_file(&m->store);
}

static enum err_code finish(struct import *m, struct err *e)
{
	struct chain *chain = m->store.chain;
	m->store.chain = NULL;
	TRY(chain_end(chain, e));
	TRY(db_commit(&m->tx, e));
	m->tx = (struct db_tx){0};
	return ERR_OK;
}

/* ---- one file ---- */

static enum err_code take_batch(struct import *m, const struct ia_batch *b, struct err *e)
{
	struct iati_import_result *r = m->result;
	r->activities += b->read;
	r->bad += b->bad;
	r->elements += b->elements;
	r->faults += b->faults;
	for (size_t i = 0; i < b->notes.n; i++)
		tell(m, &b->notes.p[i]);
	if (m->o->strict && r->faults)
		return ERR_OK; /* only the list of faults is still wanted */
	AUTO_ARENA scratch = arena_new(SCRATCH_BYTES);
	if (!scratch)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	return store_batch(&m->store, b, scratch, on_store_note, m, e);
}

/* Take batches until the last one, which is the caller's. */
static enum err_code take_all(struct import *m, struct queue *q, struct ia_batch **ret_last, struct err *e)
{
	for (;;) {
		struct ia_batch *b = queue_take(q);
		if (!b)
			return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
		enum err_code code = take_batch(m, b, e);
		if (code == ERR_OK && b->last) {
			*ret_last = b;
			return ERR_OK;
		}
		batch_free(b);
		TRY(code);
	}
}

static bool is_system_failure(const struct err *why)
{
	return why->code == ERR_NOMEM || why->code == ERR_BUG;
}

/* What was stored of the file stays, or goes when there is nothing of it. */
static enum err_code close_file(struct import *m, const struct ia_batch *last, struct err *e)
{
	const struct store *s = &m->store;
	struct iati_import_result *r = m->result;
	if (last->err.code != ERR_OK) {
		if (is_system_failure(&last->err)) {
			*e = last->err;
			return e->code;
		}
		refuse(m, last->err.id, last->err.detail);
	} else if (!last->whole) {
		r->files_refused++;
	}
	bool nothing = s->added + s->changed + s->unchanged + s->superseded == 0 && !last->whole;
	if (last->err.code != ERR_OK || nothing || (m->o->strict && r->faults)) {
		if (!m->o->strict)
			abandon(m);
		return ERR_OK;
	}
	r->bytes += last->bytes;
	TRY(store_end_file(&m->store, last, e));
	r->added += s->added;
	r->changed += s->changed;
	r->unchanged += s->unchanged;
	r->removed += s->removed;
	r->superseded += s->superseded;
	return m->o->strict ? ERR_OK : finish(m, e);
}

static str dataset_name(const struct import *m, const char *path)
{
	str name = str_of(m->o->name ? m->o->name : path);
	while (!m->o->name && str_starts(name, STR("./")))
		name = str_sub(name, 2, name.n);
	return name.n > NAME_BYTES ? str_sub(name, name.n - NAME_BYTES, name.n) : name;
}

static enum err_code import_file(struct import *m, const char *path, struct err *e)
{
	bool known;
	struct queue *q = NULL;
	struct reader *reader = NULL;
	struct ia_batch *last = NULL;
	m->file = path;
	m->result->files++;
	TRY(known_before(m, path, &known, e));
	if (known)
		return ERR_OK;
	TRY(begin(m, e));
	TRY(store_begin_file(&m->store, path, dataset_name(m, path), e));
	TRY(queue_new(&q, e));
	enum err_code code = reader_start(q, path, db_engine_of(m->db), &reader, e);
	if (code == ERR_OK)
		code = take_all(m, q, &last, e);
	queue_stop(q);
	reader_join(reader);
	queue_free(q);
	if (code == ERR_OK)
		code = close_file(m, last, e);
	batch_free(last);
	return code;
}

static enum err_code import_all(struct import *m, const char *const *files, size_t n_files, struct err *e)
{
	for (size_t i = 0; i < n_files; i++)
		TRY(import_file(m, files[i], e));
	if (!m->o->strict)
		return ERR_OK;
	if (m->result->faults == 0)
		return m->tx.c ? finish(m, e) : ERR_OK;
	m->result->stored = false;
	m->result->added = m->result->changed = m->result->unchanged = m->result->removed = 0;
	abandon(m);
	return ERR_OK;
}

enum err_code iati_import(struct db_pool *pool, int64_t programme, struct clock clock, struct rng rng,
    const char *const *files, size_t n_files, const struct iati_import_options *options,
    struct iati_import_result *ret_result, struct err *e)
{
	static const struct iati_import_options none = {0};
	struct iati_import_result result = {.stored = true};
	AUTO_DB db = NULL;
	if (n_files > IATI_FILES_MAX)
		return fail(e, ERR_LIMIT, "iati.files", "More than %d files at once.", IATI_FILES_MAX);
	TRY(db_pool_writer(pool, &db, e));
	struct import m = {.db = db, .programme = programme, .o = options ? options : &none, .result = &result};
	enum err_code code = store_open(&m.store, db, programme, clock, rng, e);
	if (code == ERR_OK)
		code = import_all(&m, files, n_files, e);
	if (code != ERR_OK && m.tx.c)
		abandon(&m);
	store_close(&m.store);
	if (code == ERR_OK)
		*ret_result = result;
	return code;
}
