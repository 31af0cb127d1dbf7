#pragma once
/* Where bytes come from and where they go, so that readers and writers of formats work alike on
 * memory, files and sockets, in memory that does not grow with the data. */
#include "base/buf.h"

enum {
	IO_CHUNK = 256 * 1024,      /* bytes that a reader asks a source for at once */
	OUT_FLUSH_BYTES = 64 * 1024 /* bytes that a writer gathers before they go to the sink */
};

/* read puts at most cap bytes (cap > 0) into dst and their number into *ret_n; 0 means the end. */
struct source {
	enum err_code (*read)(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e);
	void *ctx;
};

/* write takes all bytes or fails. */
struct sink {
	enum err_code (*write)(void *ctx, str bytes, struct err *e);
	void *ctx;
};

/* Reads *rest, which moves along (borrows it and its bytes). */
struct source source_str(str *rest);
/* Reads the file descriptor *fd (borrows it; the caller closes it). ERR_IO "io.read". */
struct source source_fd(int *fd);
/* Opens path for reading. ERR_NOT_FOUND "io.missing", ERR_FORBIDDEN "io.access", ERR_IO "io.open";
 * the file is named in e. */
enum err_code file_open_read(const char *path, int *ret_fd, struct err *e) WARN_UNUSED;
/* The whole file appended to b, which has the limit. ERR_LIMIT "buf.limit", and those of
 * file_open_read. */
enum err_code file_read(const char *path, struct buf *b, struct err *e) WARN_UNUSED;

/* Appends to b (borrows it); fails when b's maximum is reached. */
struct sink sink_buf(struct buf *b);
/* Writes to the file descriptor *fd (borrows it). ERR_IO "io.write". */
struct sink sink_fd(int *fd);

/* What the format writers write through: straight into the caller's buf, or gathered and passed to
 * a sink. A failure is sticky and comes out of out_finish. */
struct out {
	struct buf *to; /* the caller's buf, or &own */
	struct buf own;
	struct sink sink;
	struct err err; /* the first failure; code ERR_OK when none */
};

/* Write into b (borrows it). The struct must not be copied after this. */
void out_to_buf(struct out *o, struct buf *b);
/* Write to s through a buffer of OUT_FLUSH_BYTES and some. */
void out_to_sink(struct out *o, struct sink s);
/* Hand what is gathered to the sink when it is enough; cheap, called by writers after each item. */
void out_step(struct out *o);
/* Note a failure of the writer itself, unless there is one already. */
enum err_code out_fail(struct out *o, enum err_code code, const char *id, const char *detail);
/* Pass on what is left, free the buffer, say whether all went well. Must be called, also after a
 * failure. */
enum err_code out_finish(struct out *o, struct err *e) WARN_UNUSED;
