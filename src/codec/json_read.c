/* Reading JSON. The library checks the grammar and decodes strings; what it drops (places, numbers
 * as they were written) comes from a scan of the same text before it, which also bounds the
 * nesting: the library is recursive. Both see the values in the same order. */
#include <jansson.h>

#include "base/vec.h"
#include "codec/json.h"

/* A key or a value as the scan saw it. */
struct mark {
	uint32_t line, col;
	str text; /* from its first byte; as long as the number if it is one */
};

struct scan {
	str text;
	const char *file;
	size_t at, line_start, depth, max_depth;
	uint32_t line;
	struct arena *arena;
	VEC(struct mark) marks;
};

static size_t number_length(str s, size_t at)
{
	size_t i = at;
	while (
	    i < s.n && (strchr("+-.eE", s.p[i]) ? s.p[i] != '\0' : s.p[i] >= '0' && s.p[i] <= '9'))
		i++;
	return i - at;
}

static size_t string_length(str s, size_t at)
{
	size_t i = at + 1;
	while (i < s.n && s.p[i] != '"')
		i += s.p[i] == '\\' ? 2 : 1;
	return (i < s.n ? i + 1 : s.n) - at;
}

static size_t word_length(str s, size_t at)
{
	size_t i = at;
	while (i < s.n && s.p[i] >= 'a' && s.p[i] <= 'z')
		i++;
	return i > at ? i - at : 1;
}

static enum err_code enter(struct scan *s, uint32_t col, struct err *e)
{
	if (++s->depth <= s->max_depth)
		return ERR_OK;
	(void)fail(
	    e, ERR_LIMIT, "json.depth", "the data are nested deeper than %zu levels", s->max_depth);
	return err_at(e, s->file, s->line, col);
}

static enum err_code scan_one(struct scan *s, struct err *e)
{
	char c = s->text.p[s->at];
	uint32_t col = (uint32_t)(s->at - s->line_start + 1);
	size_t n = 1;
	switch (c) {
	case '\n':
		s->line++;
		s->line_start = ++s->at;
		return ERR_OK;
	case ']':
	case '}':
		s->depth -= s->depth > 0;
		s->at++;
		return ERR_OK;
	case ' ':
	case '\t':
	case '\r':
	case ',':
	case ':':
		s->at++;
		return ERR_OK;
	case '\0': /* the library would take it for the end */
		(void)fail(e, ERR_INVALID, "json.syntax", "not valid JSON: a NUL byte");
		return err_at(e, s->file, s->line, col);
	case '[':
	case '{':
		TRY(enter(s, col, e));
		break;
	case '"':
		n = string_length(s->text, s->at);
		break;
	default:
		n = number_length(s->text, s->at);
		n = n ? n : word_length(s->text, s->at);
	}
	struct mark *m = VEC_ADD(&s->marks, s->arena);
	if (!m)
		return arena_fail(s->arena, e);
	*m = (struct mark){s->line, col, {s->text.p + s->at, n}};
	s->at += n;
	return ERR_OK;
}

/* The library counts from the bytes it has taken; the place is found again in the text. */
static enum err_code syntax_error(str text, const char *file, const json_error_t *je, struct err *e)
{
	size_t at = je->position > 0 ? (size_t)je->position : 0;
	at = at > text.n ? text.n : at;
	uint32_t line = 1;
	size_t line_start = 0;
	for (size_t i = 0; i + 1 < at; i++)
		if (text.p[i] == '\n') {
			line++;
			line_start = i + 1;
		}
	uint32_t col = (uint32_t)(at > line_start ? at - line_start : 1);
	enum json_error_code code = json_error_code(je);
	if (code == json_error_out_of_memory)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (code == json_error_duplicate_key)
		(void)fail(e, ERR_INVALID, "json.duplicate",
		    "a key occurs twice in one object (%s)", je->text);
	else
		(void)fail(e, ERR_INVALID, "json.syntax", "not valid JSON: %s", je->text);
	return err_at(e, file, line, col);
}

/* An array or object whose members are being copied. */
struct frame {
	const json_t *from;
	struct json *node;
	struct json *items;
	str *keys;
	size_t i;
	void *it; /* of an object */
};

struct copy {
	struct arena *arena;
	const struct mark *mark, *marks_end;
	struct frame stack[JSON_DEPTH + 1];
	size_t depth;
};

static enum err_code lost(struct err *e)
{
	return fail(e, ERR_BUG, "json.bug", "the two readings of the JSON text differ");
}

static enum err_code push(struct copy *c, const json_t *from, struct json *node, struct err *e)
{
	bool object = json_is_object(from);
	node->n = object ? json_object_size(from) : json_array_size(from);
	struct frame f = {.from = from, .node = node};
	f.items = ARENA_ARRAY(c->arena, node->n, struct json);
	if (object) {
		f.keys = ARENA_ARRAY(c->arena, node->n, str);
		f.it = json_object_iter((json_t *)(uintptr_t)from);
	}
	if (!f.items || (object && !f.keys))
		return arena_fail(c->arena, e);
	node->items = f.items;
	node->keys = f.keys;
	if (c->depth > JSON_DEPTH)
		return lost(e);
	c->stack[c->depth++] = f;
	return ERR_OK;
}

static enum err_code copy_text(
    struct copy *c, const char *p, size_t n, str *ret_text, struct err *e)
{
	str text = arena_str(c->arena, (str){p, n});
	if (!text.p)
		return arena_fail(c->arena, e);
	*ret_text = text;
	return ERR_OK;
}

static enum err_code copy_value(
    struct copy *c, const json_t *from, struct json *node, struct err *e)
{
	if (c->mark == c->marks_end)
		return lost(e);
	const struct mark *m = c->mark++;
	node->line = m->line;
	node->col = m->col;
	switch (json_typeof(from)) {
	case JSON_NULL:
		node->kind = JSON_IS_NULL;
		return ERR_OK;
	case JSON_TRUE:
	case JSON_FALSE:
		node->kind = JSON_IS_BOOL;
		node->boolean = json_is_true(from);
		return ERR_OK;
	case JSON_INTEGER:
	case JSON_REAL:
		node->kind = JSON_IS_NUMBER;
		return copy_text(c, m->text.p, m->text.n, &node->text, e);
	case JSON_STRING:
		node->kind = JSON_IS_STRING;
		return copy_text(
		    c, json_string_value(from), json_string_length(from), &node->text, e);
	case JSON_ARRAY:
		node->kind = JSON_IS_ARRAY;
		return push(c, from, node, e);
	case JSON_OBJECT:
		node->kind = JSON_IS_OBJECT;
		return push(c, from, node, e);
	}
	return lost(e);
}

/* Take the next member of the array or object on top; *ret_from is NULL at its end. */
static enum err_code next_member(
    struct copy *c, struct frame *f, const json_t **ret_from, struct err *e)
{
	*ret_from = NULL;
	if (!json_is_object(f->from)) {
		if (f->i < f->node->n)
			*ret_from = json_array_get(f->from, f->i);
		return ERR_OK;
	}
	if (!f->it)
		return ERR_OK;
	if (c->mark++ == c->marks_end)
		return lost(e);
	*ret_from = json_object_iter_value(f->it);
	TRY(copy_text(
	    c, json_object_iter_key(f->it), json_object_iter_key_len(f->it), &f->keys[f->i], e));
	f->it = json_object_iter_next((json_t *)(uintptr_t)f->from, f->it);
	return ERR_OK;
}

static enum err_code copy_tree(
    struct copy *c, const json_t *root, struct json *ret_node, struct err *e)
{
	TRY(copy_value(c, root, ret_node, e));
	while (c->depth) {
		struct frame *f = &c->stack[c->depth - 1];
		const json_t *from;
		TRY(next_member(c, f, &from, e));
		if (from)
			TRY(copy_value(c, from, &f->items[f->i++], e));
		else
			c->depth--;
	}
	return c->mark == c->marks_end ? ERR_OK : lost(e);
}

static enum err_code read_tree(
    struct scan *s, struct arena *a, struct json *ret_node, struct err *e)
{
	while (s->at < s->text.n)
		TRY(scan_one(s, e));
	json_error_t je;
	json_t *root = json_loadb(s->text.p ? s->text.p : "", s->text.n,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &je);
	if (!root)
		return syntax_error(s->text, s->file, &je, e);
	struct copy *c = ARENA_NEW(s->arena, struct copy);
	enum err_code code;
	if (c) {
		*c = (struct copy){
		    .arena = a, .mark = s->marks.p, .marks_end = s->marks.p + s->marks.n};
		code = copy_tree(c, root, ret_node, e);
	} else {
		code = arena_fail(s->arena, e);
	}
	json_decref(root);
	return code;
}

enum err_code json_read(str text, const char *file, const struct json_limits *limits,
    struct arena *a, const struct json **ret_json, struct err *e)
{
	if (text.n > limits->max_bytes) {
		(void)fail(e, ERR_LIMIT, "json.bytes", "the JSON text is longer than %zu bytes",
		    limits->max_bytes);
		return err_at(e, file, 0, 0);
	}
	size_t depth = limits->max_depth;
	AUTO_ARENA scratch = arena_new(ARENA_NO_LIMIT);
	struct json *node = ARENA_NEW(a, struct json);
	if (!scratch || !node)
		return arena_fail(a, e);
	struct scan s = {
	    .text = text,
	    .file = file,
	    .line = 1,
	    .max_depth = depth && depth < JSON_DEPTH ? depth : JSON_DEPTH,
	    .arena = scratch,
	};
	TRY(read_tree(&s, a, node, e));
	*ret_json = node;
	return ERR_OK;
}

const struct json *json_get(const struct json *j, const char *key)
{
	if (!j || j->kind != JSON_IS_OBJECT)
		return NULL;
	for (size_t i = 0; i < j->n; i++)
		if (str_is(j->keys[i], key))
			return &j->items[i];
	return NULL;
}

bool json_to_i64(const struct json *j, int64_t *ret_v)
{
	return j && j->kind == JSON_IS_NUMBER && str_to_i64(j->text, ret_v);
}

str json_text(const struct json *j)
{
	return j && j->kind == JSON_IS_STRING ? j->text : STR_NONE;
}

const char *json_kind_name(enum json_kind kind)
{
	static const char *const names[] = {
	    "null", "a boolean", "a number", "a string", "an array", "an object"};
	return names[kind];
}

enum err_code json_need(const struct json *object, const char *key, enum json_kind kind,
    const struct json **ret_member, struct err *e)
{
	const struct json *m = json_get(object, key);
	if (m && m->kind == kind) {
		*ret_member = m;
		return ERR_OK;
	}
	const struct json *place = m ? m : object;
	if (m)
		(void)fail(e, ERR_INVALID, "json.kind", "\"%s\" must be %s, it is %s", key,
		    json_kind_name(kind), json_kind_name(m->kind));
	else
		(void)fail(e, ERR_INVALID, "json.missing", "\"%s\" (%s) is missing", key,
		    json_kind_name(kind));
	(void)err_field(e, key);
	(void)err_at(e, NULL, place ? place->line : 0, place ? place->col : 0);
	return ERR_INVALID;
}
