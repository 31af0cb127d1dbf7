#include "http/workers.h"

#include <pthread.h>
#include <unistd.h>

#include "base/mem.h"

struct http_workers {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct http_job *first, *last;
	size_t waiting; /* places taken by new work, queued or reserved */
	size_t queued;  /* jobs in the list */
	size_t running;
	size_t queue_max;
	bool stopping;
	int nice;
	uint32_t n;
	pthread_t threads[];
};

static struct http_job *next_job(struct http_workers *w)
{
	struct http_job *job = w->first;
	w->first = job->next;
	if (!w->first)
		w->last = NULL;
	job->next = NULL;
	w->queued--;
	return job;
}

static void *work(void *arg)
{
	struct http_workers *w = arg;
	/* Linux does this for the thread alone. Where it fails, work goes on, only less considerate. */
	int now = nice(w->nice);
	(void)now;
	(void)pthread_mutex_lock(&w->lock);
	for (;;) {
		while (!w->first && !w->stopping)
			(void)pthread_cond_wait(&w->more, &w->lock);
		if (!w->first)
			break;
		struct http_job *job = next_job(w);
		w->running++;
		(void)pthread_mutex_unlock(&w->lock);
		job->run(job);
		(void)pthread_mutex_lock(&w->lock);
		w->running--;
	}
	(void)pthread_mutex_unlock(&w->lock);
	return NULL;
}

enum err_code http_workers_start(uint32_t threads, uint32_t queue_max, int nice,
    struct http_workers **ret_workers, struct err *e)
{
	struct http_workers *w = mem_alloc(sizeof *w + threads * sizeof w->threads[0]);
	if (!w)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	*w = (struct http_workers){.queue_max = queue_max, .nice = nice};
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->more, NULL);
	for (; w->n < threads; w->n++) {
		if (pthread_create(&w->threads[w->n], NULL, work, w) != 0) {
			http_workers_stop(w);
			return fail(e, ERR_IO, "http.threads", "the system starts no more threads");
		}
	}
	*ret_workers = w;
	return ERR_OK;
}

bool http_workers_reserve(struct http_workers *w)
{
	(void)pthread_mutex_lock(&w->lock);
	bool ok = !w->stopping && w->waiting + w->queued < w->queue_max;
	if (ok)
		w->waiting++;
	(void)pthread_mutex_unlock(&w->lock);
	return ok;
}

static void append(struct http_workers *w, struct http_job *job)
{
	job->next = NULL;
	if (w->last)
		w->last->next = job;
	else
		w->first = job;
	w->last = job;
	w->queued++;
	(void)pthread_cond_signal(&w->more);
}

void http_workers_put(struct http_workers *w, struct http_job *job)
{
	(void)pthread_mutex_lock(&w->lock);
	w->waiting--;
	append(w, job);
	(void)pthread_mutex_unlock(&w->lock);
}

void http_workers_continue(struct http_workers *w, struct http_job *job)
{
	(void)pthread_mutex_lock(&w->lock);
	append(w, job);
	(void)pthread_mutex_unlock(&w->lock);
}

void http_workers_count(struct http_workers *w, size_t *ret_waiting, size_t *ret_running)
{
	(void)pthread_mutex_lock(&w->lock);
	*ret_waiting += w->waiting + w->queued;
	*ret_running += w->running;
	(void)pthread_mutex_unlock(&w->lock);
}

void http_workers_stop(struct http_workers *w)
{
	if (!w)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->stopping = true;
	(void)pthread_cond_broadcast(&w->more);
	(void)pthread_mutex_unlock(&w->lock);
	for (uint32_t i = 0; i < w->n; i++)
		(void)pthread_join(w->threads[i], NULL);
	(void)pthread_cond_destroy(&w->more);
	(void)pthread_mutex_destroy(&w->lock);
	mem_free(w);
}
