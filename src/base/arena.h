#pragma once
/* One arena per request, job or batch: bump allocation, freed as a whole, with a hard byte limit and
 * callbacks that release what is not memory. Not safe for two threads at once. */
#include "base/str.h"

struct arena;

#define ARENA_NO_LIMIT SIZE_MAX

/* A new arena, or NULL without memory. limit_bytes bounds what arena_alloc hands out in total. */
struct arena *arena_new(size_t limit_bytes);
/* Run the cleanups (last registered first), free everything. NULL is allowed. */
void arena_free(struct arena *a);
/* As arena_free, but keep the arena and its first block for the next request. */
void arena_reset(struct arena *a);

/* Zeroed memory aligned for any type, in arena; NULL when the limit or the memory is reached. n may be 0. */
void *arena_alloc(struct arena *a, size_t n);
/* count elements of size; NULL also when the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* Give the last allocation p a new size in place if possible, else copy. Contents kept. */
void *arena_grow(struct arena *a, void *p, size_t old_n, size_t new_n);
/* Copy of s, in arena, followed by a NUL outside its length. .p is NULL when out of memory. */
str arena_str(struct arena *a, str s);
/* The same as a C string; NULL when out of memory. */
char *arena_cstr(struct arena *a, str s);
/* Formatted; .p is NULL when out of memory. */
str arena_fmt(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Call fn(arg) when the arena is freed or reset. False when out of memory: fn was then called. */
bool arena_cleanup(struct arena *a, void (*fn)(void *arg), void *arg);

/* Bytes handed out since creation or reset. */
size_t arena_used(const struct arena *a);
/* Raise the error that fits a NULL from this arena: ERR_LIMIT, or ERR_NOMEM. */
enum err_code arena_fail(const struct arena *a, struct err *e);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))

void arena_autofree(struct arena **a);
#define AUTO_ARENA __attribute__((cleanup(arena_autofree))) struct arena *
