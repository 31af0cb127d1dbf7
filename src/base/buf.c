#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

enum { BUF_FIRST = 256 };

void buf_free(struct buf *b)
{
	mem_free(b->p);
	b->p = NULL;
	b->n = b->cap = 0;
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->failed = ERR_OK;
	if (b->p)
		b->p[0] = '\0';
}

char *buf_reserve(struct buf *b, size_t n)
{
	if (b->failed)
		return NULL;
	if (n > b->max || b->n > b->max - n) {
		b->failed = ERR_LIMIT;
		return NULL;
	}
	size_t need = b->n + n + 1;
	if (need > b->cap) {
		size_t cap = b->cap ? b->cap : BUF_FIRST;
		while (cap < need)
			cap *= 2;
		char *p = mem_realloc(b->p, cap);
		if (!p) {
			b->failed = ERR_NOMEM;
			return NULL;
		}
		b->p = p;
		b->cap = cap;
	}
	return b->p + b->n;
}

void buf_add(struct buf *b, str s)
{
	char *to = buf_reserve(b, s.n);
	if (!to)
		return;
	if (s.n)
		memcpy(to, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_addz(struct buf *b, const char *z)
{
	buf_add(b, str_of(z));
}

void buf_addc(struct buf *b, char c)
{
	buf_add(b, (str){&c, 1});
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	if (b->failed)
		return;
	va_start(ap, fmt);
	va_copy(again, ap);
	/* straight into the room there is: most texts fit, and are formatted once */
	size_t room = b->cap - b->n;
	int n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, ap);
	va_end(ap);
	bool fits = n >= 0 && (size_t)n < room;
	char *to = n < 0 ? NULL : buf_reserve(b, (size_t)n);
	if (to && !fits)
		(void)vsnprintf(to, (size_t)n + 1, fmt, again);
	if (to)
		b->n += (size_t)n;
	else if (room)
		b->p[b->n] = '\0'; /* what was too long is not half there */
	va_end(again);
}

void buf_add_i64(struct buf *b, int64_t v)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (v < 0)
		digits[--at] = '-';
	buf_add(b, (str){digits + at, sizeof digits - at});
}

enum err_code buf_check(const struct buf *b, struct err *e)
{
	if (b->failed == ERR_LIMIT)
		return fail(e, ERR_LIMIT, "buf.limit", "the text is longer than %zu bytes", b->max);
	if (b->failed)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	return ERR_OK;
}
