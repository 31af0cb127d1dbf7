#pragma once
/* Files built into the program by tools/embed: tables sorted by path. */
#include "base/str.h"

struct embed_file {
	const char *path; /* below the folder given to the tool: "style/site.css" */
	const char *name; /* with its fingerprint: "style/site.0123456789abcdef.css"; may be cached
	                     forever */
	const char *type; /* media type, with charset for text */
	const char *etag; /* quoted, from the SHA-256 */
	const char *sha256; /* 64 hexadecimal digits */
	str bytes, br, gz;  /* br and gz are STR_NONE when they would not be smaller */
};

/* The file with this path, or NULL. */
static inline const struct embed_file *embed_find(
    const struct embed_file *files, size_t n, str path)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(path, str_of(files[mid].path));
		if (order == 0)
			return &files[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/* The file with this fingerprinted name, or NULL. */
static inline const struct embed_file *embed_find_name(
    const struct embed_file *files, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(name, files[i].name))
			return &files[i];
	return NULL;
}
