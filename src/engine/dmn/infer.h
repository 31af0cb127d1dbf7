#pragma once
/* What kinds of values an expression can have, found by going through its compiled code with kinds in place of values. What
 * can only go wrong, whatever the inputs, is told with its place: operands that never fit, conditions that are no truth
 * values, components that are not there, functions called with too few or too many arguments, results of another type than
 * declared. What may go wrong is not: it shows when the model runs. */
#include "engine/dmn/table.h"

enum {
	INFER_ALL = (1 << FEEL_INTERNAL) - 1, /* every kind that a value can have */
	INFER_STACK_MOST = 4000,              /* values at one place */
	INFER_TASKS_MOST = 20000,             /* pieces of code looked into */
	INFER_SCRATCH_BYTES = 256 << 20,
};

/* A context that the expression itself writes out. */
struct infer_made;

struct infer {
	uint32_t kinds;               /* bits by enum feel_kind */
	uint32_t items;               /* of the items of a list */
	const struct feel_type *type; /* of a context, or of the items of a list; NULL: not known */
	const fval *constant;         /* its value; NULL: none */
	const struct feel_proto *proto; /* of a function of the model; NULL: not known */
	const struct infer_made *made;
};

/* Told for each fault: where (as in struct insn), and one sentence; error false: doubtful, but it may have a value. The text
 * lives as long as the call. */
typedef void (*infer_fault_fn)(void *ctx, int32_t element, uint32_t pos, bool error, str text);
/* Told for each column of each table: what its input can be. */
typedef void (*infer_column_fn)(void *ctx, const struct table *t, size_t column, const struct infer *what);

struct infer_job {
	const struct dmn_set *s;
	void *ctx;
	infer_fault_fn fault;
	infer_column_fn column;
};

/* Go through all decisions and functions of the set. */
enum err_code dmn_infer(const struct infer_job *job, struct err *e) WARN_UNUSED;

/* ---- infer_kinds.c: the kinds themselves ---- */

struct infer_kinds {
	struct feel_vm vm;
	fval samples[FEEL_INTERNAL]; /* a value of each kind */
};

bool infer_kinds_init(struct infer_kinds *k, struct arena *a, const struct feel_zones *zones);
struct infer infer_of_type(const struct feel_type *t);
struct infer infer_of_value(const fval *v);
struct infer infer_of_kinds(uint32_t kinds);
struct infer infer_join(struct infer a, struct infer b);
/* Result kinds of an operator on all pairs that go together; 0: none does, and *ret_why says so as the engine would. */
uint32_t infer_operator(struct infer_kinds *k, enum feel_op op, uint32_t a, uint32_t b, str *ret_why);
/* x.name for the kinds without entries of their own; 0: none has it. */
uint32_t infer_path(struct infer_kinds *k, uint32_t kinds, str name);
/* A built-in function with plain arguments: 0 when no combination of them is of its types. */
uint32_t infer_builtin(struct infer_kinds *k, int32_t builtin, const struct infer *args, size_t n, str *ret_why);
/* Can any of the kinds be equal to, or in, the constant? */
bool infer_meets(uint32_t kinds, fval constant);
