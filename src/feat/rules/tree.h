#pragma once
/* A whole XML document as plain nodes: models and test files are small and are looked at from several sides. */
#include "base/arena.h"
#include "codec/xml.h"

enum { TREE_DEPTH = 150, TREE_BYTES_MOST = 64 << 20 };

struct tree_attribute {
	str name, value;
};

struct tree {
	str name; /* local name */
	str ns;
	const struct tree_attribute *attributes;
	size_t n_attributes;
	struct tree *parent, *first, *last, *next;
	str text; /* directly inside, pieces joined */
	uint32_t line, text_line, text_col; /* text_col: where text begins that follows the start tag */
};

/* Read a file into a tree in arena. */
enum err_code tree_read(const char *path, struct arena *a, struct tree **ret_root, struct err *e) WARN_UNUSED;
/* The same from memory; file is for messages. */
enum err_code tree_parse(str text, const char *file, struct arena *a, struct tree **ret_root, struct err *e) WARN_UNUSED;
str tree_attr(const struct tree *t, const char *name);
/* The first child of that name, or NULL; t may be NULL. */
const struct tree *tree_child(const struct tree *t, const char *name);
size_t tree_count(const struct tree *t, const char *name);
static inline bool tree_is(const struct tree *t, const char *name)
{
	return str_is(t->name, name);
}
