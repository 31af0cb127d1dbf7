#pragma once
/* What every fuzz target defines, and how it says that a property does not hold. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The sanitizer's habits for short runs: little freed memory is held back (else each run touches fresh pages), and new memory is
 * not filled. Bad accesses are found as before. */
const char *__asan_default_options(void);
__attribute__((used, weak)) const char *__asan_default_options(void)
{
	return "quarantine_size_mb=4:max_malloc_fill_size=0:thread_local_quarantine_size_kb=256";
}

#define FUZZ_CHECK(what)                                                                           \
	do {                                                                                       \
		if (!(what)) {                                                                     \
			(void)fprintf(                                                             \
			    stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #what);      \
			abort();                                                                   \
		}                                                                                  \
	} while (0)
