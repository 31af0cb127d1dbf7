#pragma once
/* Values worth trying for an input: those at which something that a decision needs may turn. They come from the tables'
 * columns, from what expressions compare, and from the functions that are called. */
#include "engine/dmn/check_space.h"

enum {
	POOL_KIND_MOST = 200,   /* values of one kind from everywhere */
	POOL_VALUES_MOST = 400, /* for one input or component */
	POOL_CHUNKS_MOST = 50000,
	POOL_PAIRS_MOST = 12,   /* constants that are put together in pairs */
};

/* Something that can be changed by itself: an input, or a component of one. */
struct pool_place {
	int32_t input;
	str component;                /* empty: the input itself */
	const struct feel_type *type; /* NULL: any */
};

struct pool_values {
	VEC(fval) v;
};

struct pool {
	const struct dmn_set *s;
	struct arena *a;
	int32_t element;
	VEC(int32_t) nodes;                           /* decisions and functions that take part */
	VEC(const struct table *) tables;             /* those of these nodes */
	VEC(int32_t) table_nodes;                     /* whose they are */
	struct pool_values by_kind[FEEL_MONTHS + 1];  /* constants of all of them */
	VEC(const struct feel_chunk *) chunks;        /* their code; the nodes' own come first */
};

/* For a decision of s and what is given. In arena. */
enum err_code pool_make(const struct dmn_set *s, int32_t element, const struct dmn_given *given, size_t n, struct arena *a,
    struct pool *ret, struct err *e) WARN_UNUSED;
/* Where the input is among what is given to the decision; n when it is not. */
size_t pool_given(const struct pool *p, int32_t input, const struct dmn_given *given, size_t n);
/* What is given, with another value of a place (room for one more); the value it had, or null. False: this place cannot
 * be changed. In arena a. */
bool pool_put(const struct pool *p, const struct pool_place *place, fval to, struct dmn_given *given, size_t *n, struct arena *a,
    fval *ret_was);
/* Values for the place, the likeliest first, each once, at most POOL_VALUES_MOST; ret->v is emptied first. */
enum err_code pool_values_of(const struct pool *p, const struct pool_place *place, struct pool_values *ret,
    struct err *e) WARN_UNUSED;
/* The input, and the component, that an expression of node n names; -1: none. */
int32_t pool_named(const struct pool *p, const struct node *n, str text, str *ret_component);
/* The places of an input: itself when it is one value or a list, its components when it has some. In the pool's arena. */
enum err_code pool_places(const struct pool *p, int32_t input, const struct pool_place **ret, size_t *ret_n,
    struct err *e) WARN_UNUSED;
/* Add v unless it is there, or `most` are; false without memory. */
bool pool_add(const struct pool *p, struct pool_values *to, fval v, size_t most);
/* v + by for numbers, days and months; false for others. */
bool pool_step(fval v, int by, fval *ret);
