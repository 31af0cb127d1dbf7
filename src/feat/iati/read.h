#pragma once
/* The reading thread: a file becomes batches in a queue, the last of them marked. */
#include "feat/iati/queue.h"

struct reader;

/* Start reading path on a thread of its own; words are cut for the index of engine. path is borrowed until reader_join. */
enum err_code reader_start(struct queue *q, const char *path, enum db_engine engine, struct reader **ret_r,
    struct err *e) WARN_UNUSED;
/* Wait for its end (after queue_stop, or after the last batch was taken) and free it. NULL is allowed. */
void reader_join(struct reader *r);
