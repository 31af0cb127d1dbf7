#include "feat/iati/queue.h"

#include "base/mem.h"

#include <pthread.h>

/* One batch may be larger when it is alone. Its arena of notes has room for the words of a last activity. */
enum { QUEUE_BYTES = 24 << 20, NOTES_BYTES = 4 * IATI_BATCH_BYTES + (32 << 20) };

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct ia_batch *items[IATI_BATCHES];
	size_t first, n, bytes;
	bool stopped, ended;
};

enum err_code queue_new(struct queue **ret_q, struct err *e)
{
	struct queue *q = mem_alloc(sizeof *q);
	if (!q)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	*q = (struct queue){0};
	(void)pthread_mutex_init(&q->lock, NULL);
	(void)pthread_cond_init(&q->changed, NULL);
	*ret_q = q;
	return ERR_OK;
}

void queue_free(struct queue *q)
{
	if (!q)
		return;
	for (; q->n; q->n--, q->first = (q->first + 1) % IATI_BATCHES)
		batch_free(q->items[q->first]);
	(void)pthread_cond_destroy(&q->changed);
	(void)pthread_mutex_destroy(&q->lock);
	mem_free(q);
}

static bool full(const struct queue *q, size_t more)
{
	return q->n == IATI_BATCHES || (q->n && q->bytes + more > QUEUE_BYTES);
}

bool queue_put(struct queue *q, struct ia_batch *b)
{
	size_t bytes = batch_bytes(b);
	(void)pthread_mutex_lock(&q->lock);
	while (!q->stopped && full(q, bytes))
		(void)pthread_cond_wait(&q->changed, &q->lock);
	bool stopped = q->stopped;
	if (!stopped) {
		q->items[(q->first + q->n++) % IATI_BATCHES] = b;
		q->bytes += bytes;
		(void)pthread_cond_signal(&q->changed);
	}
	(void)pthread_mutex_unlock(&q->lock);
	if (stopped)
		batch_free(b);
	return !stopped;
}

struct ia_batch *queue_take(struct queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	while (q->n == 0 && !q->ended)
		(void)pthread_cond_wait(&q->changed, &q->lock);
	struct ia_batch *b = q->n ? q->items[q->first] : NULL;
	if (b) {
		q->first = (q->first + 1) % IATI_BATCHES;
		q->n--;
		q->bytes -= batch_bytes(b);
	}
	(void)pthread_cond_signal(&q->changed);
	(void)pthread_mutex_unlock(&q->lock);
	return b;
}

void queue_stop(struct queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	q->stopped = true;
	(void)pthread_cond_broadcast(&q->changed);
	(void)pthread_mutex_unlock(&q->lock);
}

void queue_end(struct queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	q->ended = true;
	(void)pthread_cond_broadcast(&q->changed);
	(void)pthread_mutex_unlock(&q->lock);
}

struct ia_batch *batch_new(void)
{
	struct arena *notes = arena_new(NOTES_BYTES);
	struct arena *arena = arena_new((size_t)IATI_BATCH_BYTES + IATI_ACTIVITY_BYTES);
	struct ia_batch *b = notes && arena ? ARENA_NEW(notes, struct ia_batch) : NULL;
	if (!b) {
		arena_free(notes);
		arena_free(arena);
		return NULL;
	}
	b->arena = arena;
	b->notes_arena = notes;
	return b;
}

void batch_free(struct ia_batch *b)
{
	if (!b)
		return;
	arena_free(b->arena);
	arena_free(b->notes_arena); /* b itself */
}

size_t batch_bytes(const struct ia_batch *b)
{
	return arena_used(b->arena) + arena_used(b->notes_arena);
}
