#pragma once
/* Decision models (OMG DMN 1.1 to 1.5): the plain structures a reader fills, their compilation, and their evaluation.
 * Pure: whoever reads the files, and whoever has the time, hands in what is needed. */
#include "engine/feel/type.h"
#include "engine/feel/value.h"
#include "engine/feel/zone.h"

enum {
	DMN_ELEMENTS_MOST = 20000,  /* inputs, decisions, … of all models together */
	DMN_RULES_MOST = 200000,    /* of one table */
	DMN_COLUMNS_MOST = 200,     /* inputs, and outputs, of one table */
	DMN_ORDERS_MOST = 5000000,  /* decisions that decisions need, directly or through others, in total */
	DMN_BOXES_DEEP = 50,        /* boxed expressions within each other */
};

/* ---- the model as written ---- */

struct dmn_text {
	str text;
	uint32_t line, col; /* where it begins */
};

enum dmn_box {
	DMN_NOTHING,
	DMN_LITERAL,
	DMN_CONTEXT,     /* parts: entries; one without a name is the result */
	DMN_LIST,        /* parts: items */
	DMN_RELATION,    /* columns; parts: the cells, row by row */
	DMN_INVOCATION,  /* parts[0] is the function, the others its arguments */
	DMN_FUNCTION,    /* params; parts[0] the body */
	DMN_TABLE,
	DMN_CONDITIONAL, /* parts: if, then, else */
	DMN_FILTER,      /* parts: in, match */
	DMN_FOR,         /* name: the variable; parts: in, return */
	DMN_SOME,        /* parts: in, satisfies */
	DMN_EVERY,
};

struct dmn_expr;

struct dmn_part {
	str name, type;
	const struct dmn_expr *expr; /* NULL: empty */
};

struct dmn_param {
	str name, type;
};

enum dmn_policy {
	DMN_UNIQUE, DMN_ANY, DMN_PRIORITY, DMN_FIRST, DMN_RULE_ORDER, DMN_OUTPUT_ORDER,
	DMN_COLLECT, DMN_SUM, DMN_COUNT, DMN_MIN, DMN_MAX,
};

struct dmn_input_clause {
	str label, type;
	struct dmn_text expression, values; /* values: allowed ones, unary tests; may be empty */
};

struct dmn_output_clause {
	str name, label, type;
	struct dmn_text values, fallback; /* fallback: the default output entry */
};

struct dmn_rule {
	str id;
	const struct dmn_text *tests;   /* as many as inputs */
	const struct dmn_text *outputs; /* as many as outputs */
	const str *annotations;         /* as many as the table's annotation columns */
	uint32_t line;
};

struct dmn_table {
	enum dmn_policy policy;
	const struct dmn_input_clause *inputs;
	const struct dmn_output_clause *outputs;
	const str *annotations; /* names of the columns */
	const struct dmn_rule *rules;
	size_t n_inputs, n_outputs, n_annotations, n_rules;
	uint32_t line;
};

struct dmn_expr {
	enum dmn_box kind;
	str type, name;
	struct dmn_text text;          /* DMN_LITERAL */
	const struct dmn_part *parts;
	size_t n_parts;
	const struct dmn_param *params; /* DMN_FUNCTION */
	size_t n_params;
	const str *columns;             /* DMN_RELATION */
	size_t n_columns;
	const struct dmn_table *table;
	bool external;                  /* DMN_FUNCTION: not FEEL */
	uint32_t line;
};

enum dmn_kind { DMN_INPUT, DMN_DECISION, DMN_KNOWLEDGE, DMN_SERVICE, DMN_SOURCE };
enum dmn_need { DMN_NEEDS_INPUT, DMN_NEEDS_DECISION, DMN_NEEDS_KNOWLEDGE, DMN_NEEDS_AUTHORITY,
	DMN_SERVICE_OUTPUT, DMN_SERVICE_INSIDE, DMN_SERVICE_INPUT_DECISION, DMN_SERVICE_INPUT };

struct dmn_link {
	enum dmn_need need;
	str href; /* "#id" or "namespace#id" */
	uint32_t line;
};

struct dmn_element {
	enum dmn_kind kind;
	str id, name;
	str variable; /* its name in expressions; the element's when empty */
	str type;
	str description, location; /* location: of a knowledge source, its URI */
	const struct dmn_link *links;
	size_t n_links;
	const struct dmn_expr *expr; /* decision: its logic; knowledge: a DMN_FUNCTION; NULL: none */
	uint32_t line;
};

struct dmn_item {
	str name, type;
	bool list;
	struct dmn_text allowed, constraint; /* allowed: of each item; constraint: of the whole */
	const struct dmn_item *components;
	size_t n_components;
	bool is_function; /* a functionItem: params are the components, type the result */
	uint32_t line;
};

struct dmn_import {
	str name, ns;
};

struct dmn_model {
	str file; /* for messages */
	str ns, name;
	const struct dmn_import *imports;
	const struct dmn_item *items;
	const struct dmn_element *elements;
	size_t n_imports, n_items, n_elements;
};

/* ---- compiled ---- */

/* Something found while compiling: in which file, where, and how bad. */
struct dmn_diag {
	const char *id;
	str file, text;
	uint32_t line, col;
	bool error; /* the expression or element cannot work */
};

struct dmn_set;

/* Compile models together; imports are found by namespace. models are borrowed, the set is in arena. Faults of single
 * expressions are diagnoses, and the expression gives an error null. ERR_INVALID only for what makes the whole
 * useless: requirements in a circle, an unknown namespace or reference. zones: kept, may be NULL. */
enum err_code dmn_compile(struct arena *a, const struct feel_zones *zones, const struct dmn_model *const *models, size_t n,
    struct dmn_set **ret_set, struct err *e) WARN_UNUSED;
const struct dmn_diag *dmn_diags(const struct dmn_set *s, size_t *ret_n);

/* Index of an element by model and name (or id), or -1. */
int32_t dmn_find(const struct dmn_set *s, const struct dmn_model *m, str name);
size_t dmn_count(const struct dmn_set *s);
const struct dmn_element *dmn_element(const struct dmn_set *s, int32_t element);
/* The model that it stands in. */
const struct dmn_model *dmn_model_of(const struct dmn_set *s, int32_t element);
/* The inputs an element needs, itself or through others: their indexes, borrowed. */
const int32_t *dmn_inputs_of(const struct dmn_set *s, int32_t element, size_t *ret_n);
/* The decisions to be made for it, in order, itself last. */
const int32_t *dmn_order_of(const struct dmn_set *s, int32_t element, size_t *ret_n);
/* The type of an input or decision; NULL: any. */
const struct feel_type *dmn_type_of(const struct dmn_set *s, int32_t element);
/* Name by which callers give an input: "name", or "import.name" as seen from the root model m. */
str dmn_input_name(const struct dmn_set *s, const struct dmn_model *m, int32_t input);

/* ---- evaluation ---- */

enum dmn_mode {
	DMN_LENIENT, /* as the standard: an error is a null */
	DMN_STRICT,  /* an error or missing input makes the outcome undetermined, with the cause */
};

struct dmn_given {
	str name; /* as dmn_input_name, or the name of a decision whose outcome is given */
	fval value;
	str source; /* where it comes from, for the explanation; may be empty */
};

enum dmn_cell { DMN_NOT_EVALUATED, DMN_TRUE, DMN_FALSE, DMN_ERROR };

struct table;

/* What happened in one table. */
struct dmn_table_trace {
	const struct table *compiled;
	const struct dmn_table *table;
	const fval *values;      /* of the inputs */
	const uint8_t *cells;    /* enum dmn_cell, rule by rule */
	const uint32_t *matched; /* rules that matched, in order */
	const uint32_t *decided; /* rules whose outputs are the result */
	size_t n_matched, n_decided;
	bool fallback;           /* the default outputs were taken */
	fval result;
	struct dmn_table_trace *next;
};

/* A rule that one other value of one input would have made match, with another result. */
struct dmn_near {
	uint32_t rule;
	size_t column;   /* of the input */
	fval value;      /* such a value */
	fval result;     /* what the table would have given; FEEL_INTERNAL: it would have to be computed */
};

enum { DMN_NEAR_MOST = 20 }; /* told for one table */

/* The near misses of a table, by rule, at most DMN_NEAR_MOST; in arena. */
enum err_code dmn_near_misses(const struct dmn_table_trace *t, struct arena *a, const struct dmn_near **ret, size_t *ret_n,
    struct err *e) WARN_UNUSED;

struct dmn_decision_trace {
	int32_t element;
	fval value;
	bool undetermined;
	bool given;
	struct dmn_table_trace *tables; /* in the order they were finished */
};

struct dmn_outcome {
	fval value;
	bool undetermined;               /* strict: it could not be told; the cause is in value */
	const int32_t *missing;          /* inputs that were asked for and not given; see dmn_missing */
	size_t n_missing;
	int32_t lacking;                 /* undetermined for want of this input; -1: for another reason */
	const struct dmn_decision_trace *decisions; /* when explained: in order */
	size_t n_decisions;
};

struct dmn_options {
	enum dmn_mode mode;
	bool explain;
	fval now;             /* FEEL_DATE_TIME, or null */
	uint64_t steps_most;  /* 0: FEEL_STEPS_MOST */
};

/* Evaluates one set again and again; one per thread. NULL without memory. In arena a. */
struct dmn_run;
struct dmn_run *dmn_run_new(struct arena *a, const struct dmn_set *s);
/* Decide element (a decision, or a service whose parameters are given by name). Values live in arena. */
enum err_code dmn_decide(struct dmn_run *r, struct arena *arena, int32_t element, const struct dmn_given *given, size_t n,
    const struct dmn_options *options, struct dmn_outcome *ret, struct err *e) WARN_UNUSED;

/* Leave in out->missing only what could still change it: nothing of an outcome that is decided; else the inputs that
 * decide it, or that a value of another missing input makes the outcome depend on. Values at which something turns are
 * tried, a bounded number of them. Lenient outcomes are left as they are. given and options: what the outcome was made
 * with. In arena a. */
enum err_code dmn_missing(const struct dmn_set *s, struct arena *a, int32_t element, const struct dmn_given *given, size_t n,
    const struct dmn_options *options, struct dmn_outcome *out, struct err *e) WARN_UNUSED;

/* One input that would have changed the outcome. */
struct dmn_change {
	int32_t input;
	str component; /* of it; empty: the input itself */
	fval from, to; /* what it was (null: not given), and another value */
	fval outcome;  /* what the decision would have been */
};

enum { DMN_CHANGES_MOST = 40 }; /* told */

/* Which other value of a single input would have given another outcome, also through several decisions: the values at
 * which tables cut the input are tried on the whole, a bounded number of them. For each input and outcome one value, of
 * numbers and days the nearest. was: what the decision gave. In arena a. */
enum err_code dmn_changes(const struct dmn_set *s, struct arena *a, int32_t element, const struct dmn_given *given, size_t n,
    const struct dmn_options *options, const struct dmn_outcome *was, const struct dmn_change **ret, size_t *ret_n,
    struct err *e) WARN_UNUSED;
