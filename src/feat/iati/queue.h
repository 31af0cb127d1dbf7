#pragma once
/* Batches on their way from the reading thread to the storing one: bounded in number and in bytes. */
#include "feat/iati/model.h"

struct queue;

enum err_code queue_new(struct queue **ret_q, struct err *e) WARN_UNUSED;
/* Frees the batches that are left. NULL is allowed. */
void queue_free(struct queue *q);
/* Takes b. Waits while the queue is full; false (and b freed) when the taker has stopped. */
bool queue_put(struct queue *q, struct ia_batch *b);
/* No batch will follow, not even the last one, for want of memory. */
void queue_end(struct queue *q);
/* The next batch, which is the caller's. Waits for one; NULL after queue_end. */
struct ia_batch *queue_take(struct queue *q);
/* The taker gives up: waiting and later puts return false. */
void queue_stop(struct queue *q);

struct ia_batch *batch_new(void); /* NULL without memory */
void batch_free(struct ia_batch *b);
size_t batch_bytes(const struct ia_batch *b);
