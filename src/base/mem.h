#pragma once
/* The only door to malloc, so that tests can make allocation n fail. */
#include <stddef.h>
#include <stdint.h>

void *mem_alloc(size_t n);
void *mem_realloc(void *p, size_t n);
void mem_free(void *p);

/* Tests: let the allocation after `after` more successful ones fail on this thread, once.
 * A negative number switches it off. */
void mem_fail_after(int64_t after);
