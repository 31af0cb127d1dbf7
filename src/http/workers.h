#pragma once
/* Threads for work that may block, behind one bounded queue. */
#include "http/http.h"

struct http_workers;

/* A piece of work, embedded in what it works on (which the caller keeps alive until run was
 * called). */
struct http_job {
	struct http_job *next;
	void (*run)(struct http_job *job);
};

/* nice: how far the threads stand back for others when processors are short, 0 (not) to 19. */
enum err_code http_workers_start(uint32_t threads, uint32_t queue_max, int nice,
    struct http_workers **ret_workers, struct err *e) WARN_UNUSED;
/* Reserve a place in the queue; false when it is full. A place taken must be used by
 * http_workers_put. */
bool http_workers_reserve(struct http_workers *w);
/* Queue the job in the place reserved. */
void http_workers_put(struct http_workers *w, struct http_job *job);
/* Queue the continuation of work that was let in before: never refused. */
void http_workers_continue(struct http_workers *w, struct http_job *job);
/* Add those waiting, and those being run. */
void http_workers_count(struct http_workers *w, size_t *ret_waiting, size_t *ret_running);
/* Run what waits, end the threads, free. Only when all running jobs end in time; NULL is allowed.
 */
void http_workers_stop(struct http_workers *w);
