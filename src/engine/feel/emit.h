#pragma once
/* Writing compiled code: what the parser and the boxed expressions of a model share. Every function may be called after
 * a failure; the failure is kept and told by emit_end. Internal to engine/feel and engine/dmn. */
#include "engine/feel/code.h"
#include "engine/feel/names.h"
#include "engine/feel/zone.h"

enum {
	FEEL_CODE_MOST = 4 << 20,   /* instructions of one chunk */
	FEEL_LOCALS_MOST = 1000,    /* names bound at one place */
	FEEL_FUNCTIONS_DEEP = 50,   /* functions within functions */
	FEEL_DIAGS_MOST = 200,
};

/* Something found while compiling: a syntax error, an unknown name. */
struct feel_diag {
	const char *id;
	str text;
	uint32_t line, col;
	bool error; /* the expression cannot be run (it gives an error null); else only doubtful */
};

/* What compiling needs and what it finds. Shared by all expressions of a model. */
struct feel_compiler {
	struct arena *arena;
	const struct feel_zones *zones;
	struct feel_names *words;   /* names of components and entries anywhere in the model */
	struct feel_names *types;   /* names of types; the number indexes type_list */
	VEC(const struct feel_type *) type_list;
	VEC(struct feel_diag) diags;
	struct feel_names *library; /* names of the built-in functions */
};

enum scope_kind { SCOPE_LOCAL, SCOPE_ITEM, SCOPE_SELF, SCOPE_BUILDER };

struct scope_name {
	str name;
	enum scope_kind kind;
	int32_t slot;
};

struct function_state {
	size_t scope_base;
	int32_t depth; /* of the enclosing function, kept */
	VEC(struct capture) captures;
	size_t jump; /* over the body */
	size_t proto;
};

struct emit {
	struct feel_compiler *c;
	const struct feel_names *globals; /* the number is the global's index */
	VEC(struct insn) code;
	VEC(fval) consts;
	VEC(struct feel_proto) protos;
	VEC(const struct feel_type *) types;
	VEC(struct feel_native) natives;
	VEC(const struct feel_chunk *) chunks;
	VEC(struct scope_name) scope;
	struct function_state functions[FEEL_FUNCTIONS_DEEP];
	size_t n_functions;
	int32_t depth, depth_most;
	size_t barrier; /* constants before this instruction may not be folded: a jump lands here */
	uint32_t pos;   /* of what is being compiled */
	bool failed;    /* out of memory or over a limit */
	bool asks;      /* "?" was used */
};

bool feel_compiler_init(struct feel_compiler *c, struct arena *a, const struct feel_zones *zones);
void feel_diag(struct feel_compiler *c, bool error, const char *id, uint32_t pos, const char *fmt, ...)
    PRINTF_LIKE(5, 6);

/* params values are on the stack at the start. */
void emit_begin(struct emit *e, struct feel_compiler *c, const struct feel_names *globals, int32_t params);
/* Adds OP_RETURN; NULL when out of memory or over a limit (a diagnosis says so). */
struct feel_chunk *emit_end(struct emit *e, int32_t params);

/* Returns the instruction's index, for patching jumps. */
size_t emit_op(struct emit *e, enum feel_op op, int32_t a, int32_t b);
/* A jump to be patched lands here. */
void emit_patch(struct emit *e, size_t at);
/* The error of the OP_UNLESS at `at` lands here. */
void emit_patch_end(struct emit *e, size_t at);
size_t emit_here(struct emit *e);
int32_t emit_const_index(struct emit *e, fval v);
void emit_const(struct emit *e, fval v);
int32_t emit_names_index(struct emit *e, const str *names, size_t n);
void emit_error(struct emit *e, const char *text);
/* The last n instructions, if they push constants and may be folded: their values (borrowed until the next call). */
bool emit_constants(const struct emit *e, size_t n, fval *ret);
void emit_unwind(struct emit *e, size_t instructions);
void emit_range(struct emit *e, int32_t flags);
void emit_list(struct emit *e, size_t n);
void emit_negate(struct emit *e);
void emit_builtin(struct emit *e, int32_t builtin, size_t n);

void emit_bind(struct emit *e, str name, enum scope_kind kind, int32_t slot);
/* Push the value of a name bound by the scope: index into e->scope. */
void emit_scope(struct emit *e, size_t index);
/* Push the value of a name: bound, in the items of enclosing filters, or global (number; -1: none). */
void emit_variable(struct emit *e, str name, int32_t global);

/* A function whose body is compiled next; its parameters are bound. */
void emit_function_begin(struct emit *e, const struct feel_param *params, size_t n);
void emit_function_end(struct emit *e, const struct feel_type *result);
int32_t emit_type_index(struct emit *e, const struct feel_type *t);
void emit_coerce(struct emit *e, const struct feel_type *t);

/* The parser: compile text as an expression, or as unary tests on local `slot`. A syntax error gives a diagnosis, and
 * code that pushes an error null. line, col: where text begins in its file. */
void feel_emit_expression(struct emit *e, str text, uint32_t line, uint32_t col);
void feel_emit_tests(struct emit *e, str text, uint32_t line, uint32_t col, int32_t slot);
/* A type's text ("list<number>", a name of the model). NULL when unknown. */
const struct feel_type *feel_parse_type(struct feel_compiler *c, str text, size_t *at);
