#pragma once
/* The compiled set's inside, shared by the files of engine/dmn. */
#include "base/map.h"
#include "engine/dmn/dmn.h"
#include "engine/feel/emit.h"
#include "engine/feel/vm.h"

struct node {
	const struct dmn_model *model;
	const struct dmn_element *element;
	str name;                      /* in expressions */
	const struct feel_type *type;  /* of its variable; NULL: any */
	const struct feel_chunk *chunk; /* decision: its value; service: call with its parameters */
	const int32_t *links;          /* targets of element->links; -1: none */
	const int32_t *order;          /* decisions, required first, itself last */
	const int32_t *inputs;
	size_t n_order, n_inputs;
	const struct feel_param *params; /* service */
	const int32_t *param_nodes;
	size_t n_params;
};

struct dmn_set {
	struct arena *arena;
	const struct feel_zones *zones;
	const struct dmn_model *const *models;
	size_t n_models;
	struct node *nodes;
	size_t n_nodes;
	struct map *by_id;             /* "ns#id" -> index + 1 */
	struct feel_names **types;     /* by model */
	fval *globals;                 /* functions of knowledge and services; the rest null */
	struct feel_compiler compiler;
	VEC(struct dmn_diag) diags;
};

/* types.c */
enum err_code dmn_compile_types(struct dmn_set *s, struct err *e) WARN_UNUSED;
/* The type named in a model; NULL for none, unknown or any. */
const struct feel_type *dmn_type(struct dmn_set *s, const struct dmn_model *m, str name, uint32_t line);
/* graph.c */
enum err_code dmn_link(struct dmn_set *s, struct err *e) WARN_UNUSED;
enum err_code dmn_service_order(struct dmn_set *s, struct node *service, struct err *e) WARN_UNUSED;
/* boxes.c */
void dmn_emit_box(struct dmn_set *s, const struct dmn_model *m, struct emit *e, const struct dmn_expr *x);
/* table.c */
void dmn_emit_table(struct dmn_set *s, const struct dmn_model *m, struct emit *e, const struct dmn_table *t);
/* compile.c: take over what the compiler found, for the file of m. */
void dmn_take_diags(struct dmn_set *s, const struct dmn_model *m);
void dmn_diag_add(struct dmn_set *s, const struct dmn_model *m, bool error, const char *id, uint32_t line, const char *fmt,
    ...) PRINTF_LIKE(6, 7);

/* What a table leaves behind when it is asked to explain: the machine's trace pointer. */
struct trace {
	struct dmn_table_trace *first, **last;
	bool explain, strict;
};
