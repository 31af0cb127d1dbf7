#include "http/conns.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>

#include "base/mem.h"

enum { LOOK_EVERY_MS = 500 };

struct http_conn {
	struct http_conn *next, *prev;
	int fd;
	_Atomic int64_t deadline_ms; /* monotonic */
};

struct http_conns {
	pthread_mutex_t lock; /* everything below */
	pthread_cond_t ending;
	struct http_conn *first;
	size_t n;
	bool ends;
	struct http_access *access;
	pthread_t thread;
};

static int64_t monotonic_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The lock keeps the descriptors ours: a connection leaves the list before its socket is closed. */
static void cut_late(struct http_conns *c)
{
	int64_t now = monotonic_ms();
	for (struct http_conn *k = c->first; k; k = k->next)
		if (atomic_load_explicit(&k->deadline_ms, memory_order_relaxed) < now)
			(void)shutdown(k->fd, SHUT_RDWR);
}

static void wait_turn(struct http_conns *c)
{
	struct timespec until;
	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	int64_t ns = until.tv_nsec + (int64_t)LOOK_EVERY_MS * 1000000;
	until.tv_sec += ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	(void)pthread_cond_timedwait(&c->ending, &c->lock, &until);
}

static void *look(void *arg)
{
	struct http_conns *c = arg;
	(void)pthread_mutex_lock(&c->lock);
	while (!c->ends) {
		wait_turn(c);
		cut_late(c);
		if (c->access) {
			(void)pthread_mutex_unlock(&c->lock);
			http_access_flush(c->access);
			(void)pthread_mutex_lock(&c->lock);
		}
	}
	(void)pthread_mutex_unlock(&c->lock);
	return NULL;
}

static void free_conns(struct http_conns *c)
{
	(void)pthread_cond_destroy(&c->ending);
	(void)pthread_mutex_destroy(&c->lock);
	mem_free(c);
}

enum err_code http_conns_start(
    struct http_access *access, struct http_conns **ret_conns, struct err *e)
{
	struct http_conns *c = mem_alloc(sizeof *c);
	if (!c)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	*c = (struct http_conns){.access = access};
	pthread_condattr_t attr;
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_mutex_init(&c->lock, NULL);
	(void)pthread_cond_init(&c->ending, &attr);
	(void)pthread_condattr_destroy(&attr);
	if (pthread_create(&c->thread, NULL, look, c) != 0) {
		free_conns(c);
		return fail(e, ERR_IO, "http.threads", "the system starts no more threads");
	}
	*ret_conns = c;
	return ERR_OK;
}

struct http_conn *http_conns_add(struct http_conns *c, int fd, uint32_t deadline_s)
{
	struct http_conn *k = mem_alloc(sizeof *k);
	if (!k)
		return NULL;
	*k = (struct http_conn){.fd = fd};
	http_conn_deadline(k, deadline_s);
	(void)pthread_mutex_lock(&c->lock);
	k->next = c->first;
	if (c->first)
		c->first->prev = k;
	c->first = k;
	c->n++;
	(void)pthread_mutex_unlock(&c->lock);
	return k;
}

void http_conns_remove(struct http_conns *c, struct http_conn *k)
{
	(void)pthread_mutex_lock(&c->lock);
	if (k->prev)
		k->prev->next = k->next;
	else
		c->first = k->next;
	if (k->next)
		k->next->prev = k->prev;
	c->n--;
	(void)pthread_mutex_unlock(&c->lock);
	mem_free(k);
}

void http_conn_deadline(struct http_conn *k, uint32_t seconds)
{
	if (k)
		atomic_store_explicit(&k->deadline_ms, monotonic_ms() + (int64_t)seconds * 1000,
		    memory_order_relaxed);
}

size_t http_conns_count(struct http_conns *c)
{
	(void)pthread_mutex_lock(&c->lock);
	size_t n = c->n;
	(void)pthread_mutex_unlock(&c->lock);
	return n;
}

void http_conns_stop(struct http_conns *c)
{
	if (!c)
		return;
	(void)pthread_mutex_lock(&c->lock);
	c->ends = true;
	(void)pthread_cond_broadcast(&c->ending);
	(void)pthread_mutex_unlock(&c->lock);
	(void)pthread_join(c->thread, NULL);
	free_conns(c);
}
