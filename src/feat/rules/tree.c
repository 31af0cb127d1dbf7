#include "feat/rules/tree.h"

#include <unistd.h>

struct building {
	struct arena *a;
	struct tree *root, *at;
};

static enum err_code start(void *ctx, const struct xml_element *x, struct err *e)
{
	struct building *b = ctx;
	struct tree *t = ARENA_NEW(b->a, struct tree);
	struct tree_attribute *attributes = ARENA_ARRAY(b->a, x->n_attributes, struct tree_attribute);
	if (!t || !attributes)
		return arena_fail(b->a, e);
	for (size_t i = 0; i < x->n_attributes; i++)
		attributes[i] = (struct tree_attribute){arena_str(b->a, x->attributes[i].name),
		    arena_str(b->a, x->attributes[i].value)};
	*t = (struct tree){.name = arena_str(b->a, x->name), .attributes = attributes,
	    .n_attributes = x->n_attributes, .parent = b->at, .line = x->line, .text_col = x->col + 1};
	t->ns = b->at && str_eq(b->at->ns, x->ns) ? b->at->ns : arena_str(b->a, x->ns);
	if (!t->name.p || !t->ns.p)
		return arena_fail(b->a, e);
	if (b->at && b->at->last)
		b->at->last->next = t;
	else if (b->at)
		b->at->first = t;
	if (b->at)
		b->at->last = t;
	else
		b->root = t;
	b->at = t;
	return ERR_OK;
}

static enum err_code text(void *ctx, str s, uint32_t line, struct err *e)
{
	struct building *b = ctx;
	struct tree *t = b->at;
	if (!t)
		return ERR_OK;
	if (!t->text.n) {
		t->text = arena_str(b->a, s);
		t->text_line = line;
	} else {
		t->text = arena_fmt(b->a, "%.*s%.*s", STR_ARG(t->text), STR_ARG(s));
	}
	return t->text.p ? ERR_OK : arena_fail(b->a, e);
}

static enum err_code end(void *ctx, str ns, str name, uint32_t line, struct err *e)
{
	struct building *b = ctx;
	(void)ns;
	(void)name;
	(void)line;
	(void)e;
	b->at = b->at->parent;
	return ERR_OK;
}

static enum err_code read_from(struct source from, const char *file, struct arena *a, struct tree **ret_root, struct err *e)
{
	struct building b = {.a = a};
	const struct xml_options options = {.file = file, .max_depth = TREE_DEPTH};
	const struct xml_handler handler = {.start = start, .text = text, .end = end, .ctx = &b};
	TRY(xml_read(from, &options, &handler, e));
	*ret_root = b.root;
	return ERR_OK;
}

enum err_code tree_read(const char *path, struct arena *a, struct tree **ret_root, struct err *e)
{
	int fd;
	TRY(file_open_read(path, &fd, e));
	enum err_code code = read_from(source_fd(&fd), path, a, ret_root, e);
	(void)close(fd);
	return code;
}

enum err_code tree_parse(str s, const char *file, struct arena *a, struct tree **ret_root, struct err *e)
{
	return read_from(source_str(&s), file, a, ret_root, e);
}

str tree_attr(const struct tree *t, const char *name)
{
	for (size_t i = 0; t && i < t->n_attributes; i++)
		if (str_is(t->attributes[i].name, name))
			return t->attributes[i].value;
	return STR_NONE;
}

const struct tree *tree_child(const struct tree *t, const char *name)
{
	for (const struct tree *c = t ? t->first : NULL; c; c = c->next)
		if (tree_is(c, name))
			return c;
	return NULL;
}

size_t tree_count(const struct tree *t, const char *name)
{
	size_t n = 0;
	for (const struct tree *c = t ? t->first : NULL; c; c = c->next)
		n += tree_is(c, name);
	return n;
}
