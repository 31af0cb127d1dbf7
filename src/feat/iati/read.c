#include "feat/iati/read.h"

#include "base/mem.h"
#include "feat/iati/parse.h"

#include <pthread.h>
#include <unistd.h>

enum { DRAIN_BYTES = 64 * 1024, NAMES_BYTES = 64 * 1024 };

struct reader {
	pthread_t thread;
	struct queue *q;
	const char *path;
	int fd;
	struct source file;
	struct sha256_state hash;
	uint64_t bytes;
	struct ia_batch *batch; /* being filled; NULL when there is no memory */
	struct parse_out out;
	uint64_t notes; /* of the file so far */
	enum db_engine engine;
	struct buf names; /* scratch */
};

/* The file's bytes, hashed and counted on their way. */
static enum err_code hashed_read(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	struct reader *r = ctx;
	size_t n;
	TRY(r->file.read(r->file.ctx, dst, cap, &n, e));
	sha256_add(&r->hash, (str){dst, n});
	r->bytes += n;
	*ret_n = n;
	return ERR_OK;
}

static enum err_code no_memory(struct err *e)
{
	return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
}

static enum err_code next_batch(struct reader *r, struct err *e)
{
	r->batch = batch_new();
	if (!r->batch)
		return no_memory(e);
	r->out.arena = r->batch->arena;
	r->out.notes = r->batch->notes_arena;
	return ERR_OK;
}

static enum err_code hand_over(struct reader *r, struct err *e)
{
	struct ia_batch *b = r->batch;
	r->batch = NULL;
	if (!queue_put(r->q, b))
		return fail(e, ERR_BUG, "stopped", "The storing of the file was given up.");
	return ERR_OK;
}

static void add_name(struct buf *b, str name)
{
	if (!name.n || b->n + name.n + 1 > NAMES_BYTES)
		return;
	buf_addc(b, ' ');
	buf_add(b, name);
}

/* The words for the index are cut here, since the storing thread has more to do than this one. */
static enum err_code cut_words(struct reader *r, struct ia_activity *a, struct err *e)
{
	buf_clear(&r->names);
	add_name(&r->names, a->reporting.name);
	for (size_t i = 0; i < a->participants.n; i++)
		add_name(&r->names, a->participants.p[i].org.name);
	for (size_t i = 0; i < a->locations.n; i++)
		add_name(&r->names, a->locations.p[i].name);
	TRY(buf_check(&r->names, e));
	return register_words(r->engine, false, a->title, a->description, buf_str(&r->names), r->batch->notes_arena,
	    &a->words, e);
}

static enum err_code on_activity(void *ctx, struct ia_activity *a, struct err *e)
{
	struct reader *r = ctx;
	TRY(cut_words(r, a, e));
	struct ia_activity **slot = VEC_ADD(&r->batch->activities, r->batch->notes_arena);
	if (!slot)
		return arena_fail(r->batch->notes_arena, e);
	*slot = a;
	return ERR_OK;
}

static enum err_code on_note(void *ctx, const struct ia_note *n, struct err *e)
{
	struct reader *r = ctx;
	struct ia_batch *b = r->batch;
	b->elements += n->level == IATI_ELEMENT;
	b->bad += n->level == IATI_ACTIVITY;
	b->faults += n->level != IATI_NOTE;
	if (r->notes++ >= IATI_FAULTS_MAX && n->level != IATI_FILE)
		return ERR_OK;
	struct ia_note *slot = VEC_ADD(&b->notes, b->notes_arena);
	if (!slot)
		return arena_fail(b->notes_arena, e);
	*slot = *n;
	return ERR_OK;
}

static enum err_code on_step(void *ctx, struct err *e)
{
	struct reader *r = ctx;
	r->batch->read++;
	if (batch_bytes(r->batch) < IATI_BATCH_BYTES)
		return ERR_OK;
	TRY(hand_over(r, e));
	return next_batch(r, e);
}

static enum err_code drain(struct reader *r, struct err *e)
{
	char *chunk = mem_alloc(DRAIN_BYTES);
	if (!chunk)
		return no_memory(e);
	enum err_code code = ERR_OK;
	for (size_t n = 1; n && code == ERR_OK;)
		code = hashed_read(r, chunk, DRAIN_BYTES, &n, e);
	mem_free(chunk);
	return code;
}

static enum err_code read_file(struct reader *r, struct parse_result *ret_result, struct err *e)
{
	TRY(file_open_read(r->path, &r->fd, e));
	r->file = source_fd(&r->fd);
	struct source from = {hashed_read, r};
	TRY(iati_parse(from, r->path, &r->out, ret_result, e));
	return drain(r, e); /* of a file that broke: its hash is that of all its bytes */
}

static void *reader_main(void *ctx)
{
	struct reader *r = ctx;
	struct err why = {0};
	struct parse_result result = {0};
	sha256_begin(&r->hash);
	enum err_code code = read_file(r, &result, &why);
	if (r->fd >= 0)
		(void)close(r->fd);
	if (!r->batch)
		r->batch = batch_new();
	struct ia_batch *b = r->batch;
	r->batch = NULL;
	if (!b) {
		queue_end(r->q);
		return NULL;
	}
	b->last = true;
	b->whole = result.whole;
	b->file_hash = sha256_end(&r->hash);
	b->bytes = r->bytes;
	memcpy(b->version, result.version, sizeof b->version);
	if (code != ERR_OK)
		b->err = why;
	(void)queue_put(r->q, b);
	return NULL;
}

enum err_code reader_start(struct queue *q, const char *path, enum db_engine engine, struct reader **ret_r, struct err *e)
{
	struct reader *r = mem_alloc(sizeof *r);
	if (!r)
		return no_memory(e);
	*r = (struct reader){.q = q, .path = path, .fd = -1, .engine = engine, .names = BUF_INIT(NAMES_BYTES + 1)};
	r->out = (struct parse_out){.activity = on_activity, .note = on_note, .step = on_step, .ctx = r};
	enum err_code code = next_batch(r, e);
	if (code == ERR_OK && pthread_create(&r->thread, NULL, reader_main, r) != 0)
		code = fail(e, ERR_LIMIT, "thread", "The system has no room for another thread.");
	if (code != ERR_OK) {
		batch_free(r->batch);
		buf_free(&r->names);
		mem_free(r);
		return code;
	}
	*ret_r = r;
	return ERR_OK;
}

void reader_join(struct reader *r)
{
	if (!r)
		return;
	(void)pthread_join(r->thread, NULL);
	buf_free(&r->names);
	mem_free(r);
}
