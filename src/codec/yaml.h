#pragma once
/* YAML 1.1 into a tree of plain nodes that know their place (libyaml). One document, no aliases, no
 * anchors, no tags; scalars stay text: what they mean is decided by who reads them ("no" is not
 * false by accident). */
#include "base/arena.h"
#include "base/date.h"

enum {
	YAML_DEPTH = 32, /* default limits */
	YAML_NODES = 200000,
	YAML_BYTES = 4 << 20,
};

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	bool quoted;              /* scalar written in quotes or as a block: text for sure */
	uint32_t line, col;       /* from 1; col in characters */
	str text;                 /* scalar */
	size_t n;                 /* list: items; map: entries */
	const struct yaml *items; /* list: items; map: values, in the order written */
	const struct yaml *keys;  /* map: the keys, scalars */
};

struct yaml_limits {
	size_t max_bytes; /* 0: YAML_BYTES */
	size_t max_depth; /* 0: YAML_DEPTH */
	size_t max_nodes; /* 0: YAML_NODES */
};

/* Parse text into a tree in arena a; limits and file (for error reports) may be NULL. An empty
 * document is an empty map. ERR_INVALID with line and column: "yaml.syntax", "yaml.utf8",
 * "yaml.duplicate" (key), "yaml.key" (not a scalar), "yaml.alias", "yaml.anchor", "yaml.tag",
 * "yaml.documents"; ERR_LIMIT: "yaml.bytes", "yaml.depth", "yaml.nodes", "arena.limit". */
enum err_code yaml_read(str text, const char *file, const struct yaml_limits *limits,
    struct arena *a, const struct yaml **ret_yaml, struct err *e) WARN_UNUSED;
/* Value of key in a map; NULL when absent, or when y is NULL or no map. */
const struct yaml *yaml_get(const struct yaml *y, const char *key);
/* Not quoted, and empty, ~ or null. NULL counts as null. */
bool yaml_is_null(const struct yaml *y);
/* Text of a scalar that is not null; STR_NONE for anything else. */
str yaml_text(const struct yaml *y);
/* False unless y is a scalar that reads so. Booleans are true and false only. */
bool yaml_to_i64(const struct yaml *y, int64_t *ret_v);
bool yaml_to_bool(const struct yaml *y, bool *ret_v);
bool yaml_to_date(const struct yaml *y, date *ret_d);
/* Value that must be there and of that kind: ERR_INVALID "yaml.missing" or "yaml.kind" with field
 * and place. */
enum err_code yaml_need(const struct yaml *map, const char *key, enum yaml_kind kind,
    const struct yaml **ret_value, struct err *e) WARN_UNUSED;
const char *yaml_kind_name(enum yaml_kind kind);
