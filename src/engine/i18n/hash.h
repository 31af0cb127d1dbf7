#pragma once
/* The key of a message, the same in the program and in the compilers that make its tables. */
#include "base/str.h"

/* FNV-1a, 64 bits. */
static inline uint64_t i18n_hash(str english)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < english.n; i++)
		h = (h ^ (unsigned char)english.p[i]) * 0x100000001b3u;
	return h;
}
