#pragma once
/* FEEL types: what "instance of", typed parameters and the item definitions of a model name. Types are immutable once
 * the model is compiled and may share parts, but never contain themselves. */
#include "engine/feel/value.h"

struct feel_chunk;
struct feel_type;

enum feel_type_kind {
	FEEL_TYPE_ANY,
	FEEL_TYPE_NULL,
	FEEL_TYPE_PLAIN, /* one of the kinds without parts */
	FEEL_TYPE_DURATION, /* either kind */
	FEEL_TYPE_LIST,
	FEEL_TYPE_CONTEXT,
	FEEL_TYPE_RANGE,
	FEEL_TYPE_FUNCTION,
};

struct feel_field {
	str name;
	const struct feel_type *type;
};

struct feel_type {
	enum feel_type_kind kind;
	enum feel_kind plain;              /* FEEL_TYPE_PLAIN */
	const struct feel_type *element;   /* of a list or range, result of a function; NULL: any */
	const struct feel_field *fields;   /* of a context; parameters of a function */
	size_t n_fields;
	bool open;                         /* a context or function of which nothing is known */
	const struct feel_chunk *allowed;  /* unary tests on the value, NULL: none */
	str name;                          /* as written */
};

extern const struct feel_type feel_type_any;
/* "number", "days and time duration", "list" …; NULL for an unknown name. */
const struct feel_type *feel_type_plain(str name);
