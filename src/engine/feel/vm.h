#pragma once
/* The machine that runs compiled code. It may be reused for many evaluations; values made live in the arena of the
 * evaluation. Internal to engine/feel and engine/dmn. */
#include "engine/feel/code.h"
#include "engine/feel/zone.h"

enum {
	FEEL_STEPS_MOST = 50000000, /* instructions of one evaluation */
	FEEL_CALLS_DEEP = 5000,     /* functions that wait for each other */
	FEEL_STACK_MOST = 1000000,  /* values */
	FEEL_NESTED_MOST = 4,       /* tests of allowed values within each other */
};

struct frame {
	const struct feel_chunk *chunk;
	size_t pc, base;
	const struct feel_function *function;
	fval *globals;
	const struct feel_type *result;
	bool in_native;
};

struct feel_vm {
	struct arena *store; /* of the stack: lives as long as the machine */
	struct arena *arena; /* of the evaluation's values */
	const struct feel_zones *zones;
	fval now;            /* FEEL_DATE_TIME; FEEL_NULL: now() and today() are errors */
	fval *stack;
	size_t n, cap;
	struct frame *frames;
	size_t n_frames, cap_frames;
	uint64_t steps;
	uint64_t steps_most;
	uint32_t pos;
	size_t nested;
	const fval *globals_base; /* what fresh globals of decision services begin with */
	size_t n_globals;
	bool broken;              /* a limit of the whole evaluation was reached */
	fval broken_cause;
	/* between a native computation and the machine: */
	const struct feel_chunk *want_chunk; /* run this, */
	fval want_function;                  /* or call this */
	size_t want_args;                    /* with so many values pushed */
	fval got;
	/* for decision models: */
	bool strict;    /* a condition that is neither true nor false is kept in swallowed, not taken for false */
	fval swallowed; /* FEEL_NULL with the first such cause, or FEEL_BOOL when there was none */
	void *trace;    /* where tables leave what happened */
};

/* Remember the first cause that a condition passed over; v is null. */
static inline void feel_vm_swallow(struct feel_vm *vm, fval v)
{
	if (vm->strict && vm->swallowed.kind != FEEL_NULL && v.kind == FEEL_NULL && v.cause)
		vm->swallowed = v;
}

/* False without memory. */
bool feel_vm_init(struct feel_vm *vm, struct arena *store, const struct feel_zones *zones);
/* Run chunk with args; its result, or an error null when a limit was reached. */
fval feel_vm_run(struct feel_vm *vm, struct arena *arena, const struct feel_chunk *chunk, fval *globals,
    const fval *args, size_t n);
/* Prepare for a new evaluation: steps count from 0. */
void feel_vm_reset(struct feel_vm *vm, struct arena *arena);
void feel_vm_push(struct feel_vm *vm, fval v);
/* A null with a cause at the current place. */
fval feel_vm_error(struct feel_vm *vm, const char *id, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Null because of v, which is null or of the wrong kind: its own cause if it has one. */
fval feel_vm_wrong(struct feel_vm *vm, fval v, const char *wanted);

/* ops.c */
fval feel_arithmetic(struct feel_vm *vm, enum feel_op op, fval a, fval b);
fval feel_negate(struct feel_vm *vm, fval v);
fval feel_truth_value(struct feel_vm *vm, enum feel_truth t, fval a, fval b);
fval feel_relation(struct feel_vm *vm, enum feel_op op, fval a, fval b);
fval feel_and_or(struct feel_vm *vm, bool is_and, fval a, fval b);
fval feel_between(struct feel_vm *vm, fval v, fval low, fval high);
fval feel_path(struct feel_vm *vm, fval v, str name);
fval feel_index(struct feel_vm *vm, fval list, fval index);
fval feel_test(struct feel_vm *vm, fval v, fval t, bool asks, bool several);
struct feel_range feel_range_with(int32_t flags, const fval *bounds);
/* A range, or an error null when the bounds do not fit together. */
fval feel_make_range(struct arena *a, const struct feel_zones *zones, int32_t flags, const fval *bounds);

/* conform.c */
bool feel_instance_of(fval v, const struct feel_type *t);
fval feel_coerce(struct feel_vm *vm, fval v, const struct feel_type *t);
/* Unary tests compiled for one parameter, on v. */
enum feel_truth feel_run_tests(struct feel_vm *vm, const struct feel_chunk *tests, fval v);

/* iterate.c: iterators and builders on the stack. */
fval feel_iterator(struct feel_vm *vm, fval domain);
fval feel_iterator_to(struct feel_vm *vm, fval low, fval high);
/* False at the end. A domain that is none: *ret_error. */
bool feel_iterator_next(struct feel_vm *vm, fval iterator, fval *ret_item, fval *ret_error);
fval feel_builder(struct feel_vm *vm);
bool feel_is_builder(fval v);
void feel_builder_add(struct feel_vm *vm, fval builder, fval item);
fval feel_builder_list(struct feel_vm *vm, fval builder);
