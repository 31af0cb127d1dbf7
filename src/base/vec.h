#pragma once
/* A growing array in an arena: VEC(struct row) rows = {0}; struct row *r = VEC_ADD(&rows, arena);
 * VEC_ADD gives the zeroed new element, or NULL when the arena is full. Elements move when it
 * grows: keep indexes, not pointers, while adding. */
#include "base/arena.h"

#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *p;                                                                           \
		size_t n, cap;                                                                     \
	}

#define VEC_ADD(v, arena)                                                                          \
	((__typeof__((v)->p))vec_add_((arena), (void **)&(v)->p, &(v)->n, &(v)->cap, sizeof *(v)->p))

#define vec_each(it, v) for (__typeof__((v)->p + 0) it = (v)->p; it < (v)->p + (v)->n; it++)

void *vec_add_(struct arena *a, void **p, size_t *n, size_t *cap, size_t size);
