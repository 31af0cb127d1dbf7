#pragma once
/* The compiled form: instructions for a stack machine. Locals are places on the stack counted from the frame's base,
 * so loops, contexts and functions need no other storage. Internal to engine/feel and engine/dmn. */
#include "base/arena.h"
#include "base/vec.h"
#include "engine/feel/type.h"
#include "engine/feel/value.h"

enum feel_op {
	OP_CONST,        /* push consts[a] */
	OP_LOAD,         /* push local a */
	OP_GLOBAL,       /* push global a */
	OP_CAPTURE,      /* push capture a of the running function */
	OP_SELF,         /* push the running function */
	OP_ERROR,        /* push a null whose cause is the text consts[a] */
	OP_POP,          /* drop a values */
	OP_NIP,          /* drop a values below the top */
	OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_POW, OP_NEG,
	OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
	OP_AND, OP_OR, OP_NOT,
	OP_BETWEEN,      /* x low high -> truth */
	OP_IN,           /* x test -> truth */
	OP_IN_ASK,       /* the same for a test that names "?": a boolean is the answer itself */
	OP_RANGE,        /* a = RANGE_ flags; takes the bounds it has */
	OP_LIST,         /* a values -> list */
	OP_CONTEXT,      /* values of the keys in list consts[a] -> context */
	OP_PATH,         /* x -> x.consts[a] */
	OP_PROBE,        /* local a has the entry consts[b]: push it and jump by c */
	OP_INDEX,        /* list number -> item */
	OP_CALL,         /* function and a arguments -> result */
	OP_CALL_NAMED,   /* function and the arguments named in list consts[a] -> result */
	OP_BUILTIN,      /* function a of the library with b arguments */
	OP_BUILTIN_NAMED,/* names in list consts[b] */
	OP_JUMP,         /* to a */
	OP_UNLESS,       /* drop a value; jump to a unless it was true; if it is no truth value and not null, an error to b */
	OP_ITER,         /* list or range -> iterator and its variable */
	OP_ITER_TO,      /* low high -> iterator and its variable */
	OP_NEXT,         /* set the variable, or jump to a at the end; a domain that is none: local b gets the error */
	OP_BUILDER,      /* push an empty list under construction */
	OP_APPEND,       /* move the top into the builder at local a */
	OP_COLLECT,      /* builder -> list */
	OP_SOME,         /* fold the top into local a; jump to b when decided */
	OP_EVERY,
	OP_FILTER,       /* list -> list, builder, iterator, item */
	OP_SELECT,       /* the top decides about the item; a = local of the list; a number: its item, jump to b */
	OP_FUNCTION,     /* push a function made of protos[a] */
	OP_INSTANCE,     /* x -> is it of types[a] */
	OP_COERCE,       /* x -> x as types[a], or an error null */
	OP_NATIVE,       /* b values -> what natives[a] makes of them */
	OP_RUN,          /* run chunks[a] with b arguments */
	OP_STORE,        /* move the top into global a */
	OP_RETURN,
};

enum {
	RANGE_LOW_CLOSED = 1,
	RANGE_HIGH_CLOSED = 2,
	RANGE_HAS_LOW = 4,
	RANGE_HAS_HIGH = 8,
	RANGE_NEGATED = 16,
	RANGE_EQUAL = 32,
};

struct insn {
	uint8_t op;
	int32_t a, b, c;
	uint32_t pos; /* line * 4096 + column, for causes */
};

enum { FEEL_POS_COLUMNS = 4096 };

enum capture_kind { CAPTURE_LOCAL, CAPTURE_OUTER, CAPTURE_SELF };

struct capture {
	enum capture_kind kind;
	int32_t index;
};

struct feel_param {
	str name;
	const struct feel_type *type; /* NULL: any */
};

struct feel_proto {
	int32_t entry; /* first instruction */
	const struct feel_param *params;
	size_t n_params;
	const struct feel_type *result; /* NULL: any */
	const struct capture *captures;
	size_t n_captures;
};

struct feel_vm;

/* A computation that may need code to be run in between (a table, a sort with its own order). The machine calls
 * step again and again: DONE gives *ret; CALL asks for vm->want to be run, whose result is in vm->got next time. */
enum feel_step { FEEL_STEP_DONE, FEEL_STEP_CALL };
struct feel_native {
	/* state is NULL at the first call; keep it in *state. args: what the instruction took from the stack. */
	enum feel_step (*step)(struct feel_vm *vm, const void *self, void **state, const fval *args, size_t n,
	    fval *ret);
	const void *self;
};

struct feel_chunk {
	const struct insn *code;
	size_t n;
	const fval *consts;
	const struct feel_proto *protos;
	const struct feel_type *const *types;
	const struct feel_native *natives;
	const struct feel_chunk *const *chunks;
	int32_t n_params; /* arguments it expects on the stack; unary tests: 1, the value tested */
	int32_t stack_most;
	bool asks; /* unary tests: some test names "?" */
};

enum function_kind { FUNCTION_BUILTIN, FUNCTION_CODE };

struct feel_function {
	enum function_kind kind;
	int32_t builtin;
	const struct feel_chunk *chunk;
	const struct feel_proto *proto;
	const fval *captures;
	fval *globals;      /* those of its birth; NULL: the caller's */
	bool fresh_globals; /* a decision service: each call has its own */
};
