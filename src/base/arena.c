#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

enum { BLOCK_FIRST = 4096, BLOCK_MOST = 1 << 20, ALIGN = 16 };

struct block {
	struct block *next;
	size_t cap, used;
	_Alignas(ALIGN) char data[];
};

struct cleanup {
	struct cleanup *next;
	void (*fn)(void *arg);
	void *arg;
};

struct arena {
	struct block *blocks; /* newest first */
	struct cleanup *cleanups;
	size_t limit, used;
};

struct arena *arena_new(size_t limit_bytes)
{
	struct arena *a = mem_alloc(sizeof *a);
	if (!a)
		return NULL;
	*a = (struct arena){.limit = limit_bytes};
	return a;
}

static void run_cleanups(struct arena *a)
{
	struct cleanup *c = a->cleanups;
	a->cleanups = NULL;
	for (; c; c = c->next)
		c->fn(c->arg);
}

static void free_blocks(struct block *b)
{
	while (b) {
		struct block *next = b->next;
		mem_free(b);
		b = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	run_cleanups(a);
	free_blocks(a->blocks);
	mem_free(a);
}

void arena_reset(struct arena *a)
{
	run_cleanups(a);
	if (a->blocks) {
		free_blocks(a->blocks->next);
		a->blocks->next = NULL;
		a->blocks->used = 0;
	}
	a->used = 0;
}

static struct block *add_block(struct arena *a, size_t n)
{
	size_t cap = a->blocks ? a->blocks->cap * 2 : BLOCK_FIRST;
	if (cap > BLOCK_MOST)
		cap = BLOCK_MOST;
	if (cap < n)
		cap = n;
	struct block *b = mem_alloc(sizeof *b + cap);
	if (!b)
		return NULL;
	b->cap = cap;
	b->used = 0;
	b->next = a->blocks;
	a->blocks = b;
	return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
	if (n > SIZE_MAX / 2)
		return NULL;
	size_t need = (n + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
	if (need > a->limit || a->used > a->limit - need)
		return NULL;
	struct block *b = a->blocks;
	if (!b || b->cap - b->used < need)
		b = add_block(a, need);
	if (!b)
		return NULL;
	void *p = b->data + b->used;
	b->used += need;
	a->used += need;
	memset(p, 0, need);
	return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t n;
	return __builtin_mul_overflow(count, size, &n) ? NULL : arena_alloc(a, n);
}

void *arena_grow(struct arena *a, void *p, size_t old_n, size_t new_n)
{
	size_t old_need = (old_n + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
	struct block *b = a->blocks;
	if (p && new_n <= old_need)
		return p;
	if (p && b && (char *)p + old_need == b->data + b->used) {
		size_t more = ((new_n + (ALIGN - 1)) & ~(size_t)(ALIGN - 1)) - old_need;
		if (b->cap - b->used >= more && a->limit - a->used >= more) {
			memset(b->data + b->used, 0, more);
			b->used += more;
			a->used += more;
			return p;
		}
	}
	void *q = arena_alloc(a, new_n);
	if (q && p && old_n)
		memcpy(q, p, old_n);
	return q;
}

char *arena_cstr(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);
	if (p && s.n)
		memcpy(p, s.p, s.n);
	return p;
}

str arena_str(struct arena *a, str s)
{
	char *p = arena_cstr(a, s);
	return p ? (str){p, s.n} : STR_NONE;
}

str arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *p = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
	if (p)
		(void)vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p ? (str){p, (size_t)n} : STR_NONE;
}

bool arena_cleanup(struct arena *a, void (*fn)(void *arg), void *arg)
{
	struct cleanup *c = ARENA_NEW(a, struct cleanup);
	if (!c) {
		fn(arg);
		return false;
	}
	*c = (struct cleanup){.next = a->cleanups, .fn = fn, .arg = arg};
	a->cleanups = c;
	return true;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

enum err_code arena_fail(const struct arena *a, struct err *e)
{
	if (a->limit != ARENA_NO_LIMIT && a->used + BLOCK_FIRST > a->limit / 2)
		return fail(e, ERR_LIMIT, "arena.limit",
		    "this needs more than the %zu bytes of memory that one job may use", a->limit);
	return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
}

void arena_autofree(struct arena **a)
{
	arena_free(*a);
}
