#include "codec/yaml.h"

#include <yaml.h>

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

/* From how many keys on a map looks for duplicates by hash. */
enum { KEYS_BY_HASH = 16 };

/* A list or map being filled. node stays in place: its parent takes no further item before it is
 * closed. */
struct frame {
	struct yaml *node;
	VEC(struct yaml) items;
	VEC(struct yaml) keys;
	struct map *seen; /* the keys, once there are KEYS_BY_HASH */
	bool value_due;   /* map: a key was read */
};

struct builder {
	struct arena *arena;
	const char *file;
	size_t max_depth, max_nodes, nodes, depth, documents;
	struct yaml *root;
	struct frame *stack; /* max_depth of them */
};

static enum err_code fault(
    const struct builder *b, yaml_mark_t at, const char *id, const char *detail, struct err *e)
{
	(void)fail(e, ERR_INVALID, id, "%s", detail);
	(void)err_at(e, b->file, (uint32_t)at.line + 1, (uint32_t)at.column + 1);
	return ERR_INVALID;
}

static enum err_code limit(const struct builder *b, yaml_mark_t at, const char *id,
    const char *what, size_t most, struct err *e)
{
	(void)fail(e, ERR_LIMIT, id, "%s; the limit is %zu", what, most);
	(void)err_at(e, b->file, (uint32_t)at.line + 1, (uint32_t)at.column + 1);
	return ERR_LIMIT;
}

static enum err_code check_duplicate(
    struct builder *b, struct frame *f, str key, yaml_mark_t at, struct err *e)
{
	bool twice = f->seen && map_get(f->seen, key);
	for (size_t i = 0; i < f->keys.n && !f->seen && !twice; i++)
		twice = str_eq(f->keys.p[i].text, key);
	if (twice)
		return fault(
		    b, at, "yaml.duplicate", "this key was given before in the same map", e);
	if (!f->seen && f->keys.n == KEYS_BY_HASH) {
		f->seen = map_new(b->arena, (uint64_t)(uintptr_t)b->arena);
		for (size_t i = 0; f->seen && i < f->keys.n; i++)
			if (!map_set(f->seen, f->keys.p[i].text, b, NULL))
				return arena_fail(b->arena, e);
	}
	if (f->keys.n >= KEYS_BY_HASH && (!f->seen || !map_set(f->seen, key, b, NULL)))
		return arena_fail(b->arena, e);
	return ERR_OK;
}

static enum err_code add_key(
    struct builder *b, struct frame *f, const struct yaml *key, yaml_mark_t at, struct err *e)
{
	if (key->kind != YAML_SCALAR || (key->text.n == 0 && !key->quoted))
		return fault(b, at, "yaml.key", "a key must be plain text", e);
	TRY(check_duplicate(b, f, key->text, at, e));
	struct yaml *slot = VEC_ADD(&f->keys, b->arena);
	if (!slot)
		return arena_fail(b->arena, e);
	*slot = *key;
	f->value_due = true;
	return ERR_OK;
}

/* Put a node where it belongs; *ret_slot (may be NULL) is its place. */
static enum err_code add_node(struct builder *b, const struct yaml *node, yaml_mark_t at,
    struct yaml **ret_slot, struct err *e)
{
	if (++b->nodes > b->max_nodes)
		return limit(b, at, "yaml.nodes", "the file has too many values", b->max_nodes, e);
	struct frame *f = b->depth ? &b->stack[b->depth - 1] : NULL;
	if (f && f->node->kind == YAML_MAP && !f->value_due)
		return add_key(b, f, node, at, e);
	struct yaml *slot = f ? VEC_ADD(&f->items, b->arena) : ARENA_NEW(b->arena, struct yaml);
	if (!slot)
		return arena_fail(b->arena, e);
	*slot = *node;
	if (f)
		f->value_due = false;
	else
		b->root = slot;
	if (ret_slot)
		*ret_slot = slot;
	return ERR_OK;
}

static enum err_code open_node(
    struct builder *b, enum yaml_kind kind, yaml_mark_t at, struct err *e)
{
	const struct yaml node = {
	    .kind = kind, .line = (uint32_t)at.line + 1, .col = (uint32_t)at.column + 1};
	struct yaml *slot = NULL;
	if (b->depth == b->max_depth)
		return limit(
		    b, at, "yaml.depth", "the values are nested too deep", b->max_depth, e);
	TRY(add_node(b, &node, at, &slot, e));
	b->stack[b->depth++] = (struct frame){.node = slot};
	return ERR_OK;
}

static enum err_code close_node(struct builder *b)
{
	struct frame *f = &b->stack[--b->depth];
	f->node->n = f->items.n;
	f->node->items = f->items.p;
	f->node->keys = f->keys.p;
	return ERR_OK;
}

static enum err_code add_scalar(struct builder *b, const yaml_event_t *ev, struct err *e)
{
	str text =
	    arena_str(b->arena, (str){(const char *)ev->data.scalar.value, ev->data.scalar.length});
	if (!text.p)
		return arena_fail(b->arena, e);
	const struct yaml node = {
	    .kind = YAML_SCALAR,
	    .quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE,
	    .line = (uint32_t)ev->start_mark.line + 1,
	    .col = (uint32_t)ev->start_mark.column + 1,
	    .text = text,
	};
	return add_node(b, &node, ev->start_mark, NULL, e);
}

static enum err_code check_marks(const struct builder *b, const yaml_event_t *ev,
    const yaml_char_t *anchor, const yaml_char_t *tag, struct err *e)
{
	if (anchor)
		return fault(b, ev->start_mark, "yaml.anchor", "anchors (&name) are not taken", e);
	if (tag)
		return fault(b, ev->start_mark, "yaml.tag", "tags (!name) are not taken", e);
	return ERR_OK;
}

static enum err_code handle(struct builder *b, const yaml_event_t *ev, struct err *e)
{
	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (b->documents++)
			return fault(b, ev->start_mark, "yaml.documents",
			    "the file holds more than one document", e);
		return ERR_OK;
	case YAML_ALIAS_EVENT:
		return fault(b, ev->start_mark, "yaml.alias",
		    "aliases (*name) are not taken; write the value again", e);
	case YAML_SCALAR_EVENT:
		TRY(check_marks(b, ev, ev->data.scalar.anchor, ev->data.scalar.tag, e));
		return add_scalar(b, ev, e);
	case YAML_SEQUENCE_START_EVENT:
		TRY(check_marks(
		    b, ev, ev->data.sequence_start.anchor, ev->data.sequence_start.tag, e));
		return open_node(b, YAML_LIST, ev->start_mark, e);
	case YAML_MAPPING_START_EVENT:
		TRY(check_marks(
		    b, ev, ev->data.mapping_start.anchor, ev->data.mapping_start.tag, e));
		return open_node(b, YAML_MAP, ev->start_mark, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_node(b);
	default:
		return ERR_OK;
	}
}

/* Line and column (in bytes) of an offset in the text. */
static enum err_code fault_at_offset(
    const struct builder *b, str text, size_t at, const char *id, const char *detail, struct err *e)
{
	yaml_mark_t mark = {0};
	for (size_t i = 0; i < at && i < text.n; i++) {
		mark.column++;
		if (text.p[i] == '\n') {
			mark.line++;
			mark.column = 0;
		}
	}
	return fault(b, mark, id, detail, e);
}

static enum err_code parser_error(
    const struct builder *b, str text, const yaml_parser_t *p, struct err *e)
{
	char detail[300];
	if (p->error == YAML_MEMORY_ERROR)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	(void)snprintf(detail, sizeof detail, "not valid YAML: %s%s%s",
	    p->problem ? p->problem : "unknown fault", p->context ? " " : "",
	    p->context ? p->context : "");
	if (p->error == YAML_READER_ERROR)
		return fault_at_offset(b, text, p->problem_offset, "yaml.syntax", detail, e);
	return fault(b, p->problem_mark, "yaml.syntax", detail, e);
}

static enum err_code build(struct builder *b, yaml_parser_t *p, str text, struct err *e)
{
	yaml_event_type_t type = YAML_NO_EVENT;
	while (type != YAML_STREAM_END_EVENT) {
		yaml_event_t ev;
		if (!yaml_parser_parse(p, &ev))
			return parser_error(b, text, p, e);
		type = ev.type;
		enum err_code code = handle(b, &ev, e);
		yaml_event_delete(&ev);
		TRY(code);
	}
	return ERR_OK;
}

static size_t or_default(size_t given, size_t normal)
{
	return given ? given : normal;
}

enum err_code yaml_read(str text, const char *file, const struct yaml_limits *limits,
    struct arena *a, const struct yaml **ret_yaml, struct err *e)
{
	static const struct yaml_limits none = {0};
	const struct yaml_limits *l = limits ? limits : &none;
	struct builder b = {
	    .arena = a,
	    .file = file,
	    .max_depth = or_default(l->max_depth, YAML_DEPTH),
	    .max_nodes = or_default(l->max_nodes, YAML_NODES),
	};
	size_t max_bytes = or_default(l->max_bytes, YAML_BYTES), at;
	if (text.n > max_bytes) {
		(void)fail(
		    e, ERR_LIMIT, "yaml.bytes", "the file is longer than %zu bytes", max_bytes);
		return err_at(e, file, 0, 0);
	}
	if (!utf8_valid(text, &at))
		return fault_at_offset(&b, text, at, "yaml.utf8",
		    "this is not UTF-8; save the file with UTF-8 encoding", e);
	b.stack = ARENA_ARRAY(a, b.max_depth, struct frame);
	if (!b.stack)
		return arena_fail(a, e);
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser))
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &parser, (const unsigned char *)(text.p ? text.p : ""), text.n);
	enum err_code code = build(&b, &parser, text, e);
	yaml_parser_delete(&parser);
	TRY(code);
	if (!b.root) {
		b.root = ARENA_NEW(a, struct yaml);
		if (!b.root)
			return arena_fail(a, e);
		*b.root = (struct yaml){.kind = YAML_MAP, .line = 1, .col = 1};
	}
	*ret_yaml = b.root;
	return ERR_OK;
}

const struct yaml *yaml_get(const struct yaml *y, const char *key)
{
	if (!y || y->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < y->n; i++)
		if (str_is(y->keys[i].text, key))
			return &y->items[i];
	return NULL;
}

bool yaml_is_null(const struct yaml *y)
{
	if (!y)
		return true;
	return y->kind == YAML_SCALAR && !y->quoted &&
	       (y->text.n == 0 || str_is(y->text, "~") || str_is(y->text, "null"));
}

str yaml_text(const struct yaml *y)
{
	return yaml_is_null(y) || y->kind != YAML_SCALAR ? STR_NONE : y->text;
}

bool yaml_to_i64(const struct yaml *y, int64_t *ret_v)
{
	return y && y->kind == YAML_SCALAR && !y->quoted && str_to_i64(y->text, ret_v);
}

bool yaml_to_bool(const struct yaml *y, bool *ret_v)
{
	if (!y || y->kind != YAML_SCALAR || y->quoted)
		return false;
	bool yes = str_is(y->text, "true");
	if (!yes && !str_is(y->text, "false"))
		return false;
	*ret_v = yes;
	return true;
}

bool yaml_to_date(const struct yaml *y, date *ret_d)
{
	return y && y->kind == YAML_SCALAR && date_parse(y->text, ret_d);
}

const char *yaml_kind_name(enum yaml_kind kind)
{
	static const char *const names[] = {"a value", "a list", "a map"};
	return names[kind];
}

enum err_code yaml_need(const struct yaml *map, const char *key, enum yaml_kind kind,
    const struct yaml **ret_value, struct err *e)
{
	const struct yaml *v = yaml_get(map, key);
	if (v && v->kind == kind && !yaml_is_null(v)) {
		*ret_value = v;
		return ERR_OK;
	}
	bool missing = yaml_is_null(v);
	const struct yaml *place = v ? v : map;
	if (missing)
		(void)fail(e, ERR_INVALID, "yaml.missing", "\"%s\" (%s) is missing", key,
		    yaml_kind_name(kind));
	else
		(void)fail(e, ERR_INVALID, "yaml.kind", "\"%s\" must be %s, it is %s", key,
		    yaml_kind_name(kind), yaml_kind_name(v->kind));
	(void)err_field(e, key);
	(void)err_at(e, NULL, place ? place->line : 0, place ? place->col : 0);
	return ERR_INVALID;
}
