#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>

/* Per thread and only ever set by tests: a fault must hit the thread under test alone. */
static _Thread_local int64_t fail_after = -1;

void mem_fail_after(int64_t after)
{
	fail_after = after;
}

static bool must_fail(void)
{
	if (fail_after < 0)
		return false;
	return fail_after-- == 0;
}

void *mem_alloc(size_t n)
{
	return must_fail() ? NULL : malloc(n ? n : 1);
}

void *mem_realloc(void *p, size_t n)
{
	return must_fail() ? NULL : realloc(p, n ? n : 1);
}

void mem_free(void *p)
{
	free(p);
}
