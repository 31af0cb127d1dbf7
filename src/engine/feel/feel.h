#pragma once
/* FEEL, the expression language of DMN 1.5, for those who have single expressions: form conditions, indicator formulas.
 * Compile once, evaluate often. Pure: no clock, no files; zones and the time come in through struct feel_env.
 * What an expression can do is limited (steps, depth, sizes: value.h, vm.h); over a limit it gives an error null. */
#include "engine/feel/value.h"
#include "engine/feel/zone.h"

struct feel_expression;

/* What evaluation takes from outside. */
struct feel_env {
	const struct feel_zones *zones; /* NULL: no named zones */
	fval now;                       /* FEEL_DATE_TIME for now() and today(); null: they are errors */
};

struct feel_input {
	str name;   /* as the expression writes it; may contain blanks and operators */
	fval value; /* not used by feel_compile */
};

/* Compile text with these names in scope; in arena. The inputs of later evaluations come in the same order.
 * ERR_INVALID with line and column for a syntax error, ERR_LIMIT for one that is too large. A name that is not in scope
 * is an error, too. */
enum err_code feel_compile(struct arena *a, const struct feel_zones *zones, str text, const struct feel_input *inputs,
    size_t n, struct feel_expression **ret_x, struct err *e) WARN_UNUSED;
/* Compile text as the unary tests of a table's cell ("<5", "\"NL\",\"BE\"", "-"). */
enum err_code feel_compile_tests(struct arena *a, const struct feel_zones *zones, str text,
    const struct feel_input *inputs, size_t n, struct feel_expression **ret_x, struct err *e) WARN_UNUSED;
/* The value; it lives in arena. Never fails: an error is a null with a cause. */
fval feel_eval(const struct feel_expression *x, const struct feel_env *env, struct arena *a,
    const struct feel_input *inputs, size_t n);
/* Does v pass the tests? Null with a cause when that cannot be told. */
fval feel_eval_tests(const struct feel_expression *x, const struct feel_env *env, struct arena *a, fval v,
    const struct feel_input *inputs, size_t n);
