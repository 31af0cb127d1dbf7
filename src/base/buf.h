#pragma once
/* A growing byte buffer with a mandatory maximum. Failure is sticky: write on, ask once at the end
 * with buf_check. The bytes are always followed by a NUL outside the length. */
#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap, max;
	enum err_code failed; /* ERR_OK, ERR_LIMIT or ERR_NOMEM */
};

#define BUF_INIT(max_bytes) ((struct buf){.max = (max_bytes)})

void buf_free(struct buf *b);
/* Empty it and forget a failure; the memory is kept. */
void buf_clear(struct buf *b);
void buf_add(struct buf *b, str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_add_i64(struct buf *b, int64_t v);
/* Room for n more bytes, to be written by the caller and then counted with b->n += …; NULL on failure. */
char *buf_reserve(struct buf *b, size_t n);
/* ERR_OK, or the error that happened on the way. */
enum err_code buf_check(const struct buf *b, struct err *e) WARN_UNUSED;

static inline str buf_str(const struct buf *b)
{
	return (str){b->p ? b->p : "", b->n};
}

#define AUTO_BUF __attribute__((cleanup(buf_free))) struct buf
