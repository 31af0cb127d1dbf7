#include "base/vec.h"

enum { VEC_FIRST = 8 };

void *vec_add_(struct arena *a, void **p, size_t *n, size_t *cap, size_t size)
{
	if (*n == *cap) {
		size_t more = *cap ? *cap * 2 : VEC_FIRST, bytes;
		if (__builtin_mul_overflow(more, size, &bytes))
			return NULL;
		void *q = arena_grow(a, *p, *n * size, bytes);
		if (!q)
			return NULL;
		*p = q;
		*cap = more;
	}
	void *slot = (char *)*p + *n * size;
	memset(slot, 0, size);
	(*n)++;
	return slot;
}
