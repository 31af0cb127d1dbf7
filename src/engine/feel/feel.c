#include "engine/feel/feel.h"

#include "engine/feel/emit.h"
#include "engine/feel/vm.h"

struct feel_expression {
	const struct feel_chunk *chunk;
	size_t n_inputs;
};

static enum err_code first_error(const struct feel_compiler *c, struct err *e)
{
	for (size_t i = 0; i < c->diags.n; i++) {
		const struct feel_diag *d = &c->diags.p[i];
		if (!d->error && str_is(str_of(d->id), "feel.literal"))
			continue;
		enum err_code code = str_is(str_of(d->id), "feel.limit") ? ERR_LIMIT : ERR_INVALID;
		(void)fail(e, code, d->id, "%.*s", STR_ARG(d->text));
		return err_at(e, NULL, d->line, d->col);
	}
	return ERR_OK;
}

static enum err_code compile(struct arena *a, const struct feel_zones *zones, str text,
    const struct feel_input *inputs, size_t n, bool tests, struct feel_expression **ret_x, struct err *e)
{
	struct feel_compiler *c = ARENA_NEW(a, struct feel_compiler);
	struct emit *em = ARENA_NEW(a, struct emit);
	struct feel_names *globals = feel_names_new(a);
	struct feel_expression *x = ARENA_NEW(a, struct feel_expression);
	if (!c || !em || !globals || !x || !feel_compiler_init(c, a, zones))
		return arena_fail(a, e);
	for (size_t i = 0; i < n; i++)
		if (!feel_names_add(globals, inputs[i].name, (int32_t)i))
			return fail(e, ERR_INVALID, "feel.name", "\"%.*s\" cannot be the name of an input",
			    STR_ARG(inputs[i].name));
	emit_begin(em, c, globals, tests);
	if (tests)
		feel_emit_tests(em, text, 1, 1, 0);
	else
		feel_emit_expression(em, text, 1, 1);
	x->chunk = emit_end(em, tests);
	TRY(first_error(c, e));
	if (!x->chunk)
		return arena_fail(a, e);
	x->n_inputs = n;
	*ret_x = x;
	return ERR_OK;
}

enum err_code feel_compile(struct arena *a, const struct feel_zones *zones, str text, const struct feel_input *inputs,
    size_t n, struct feel_expression **ret_x, struct err *e)
{
	return compile(a, zones, text, inputs, n, false, ret_x, e);
}

enum err_code feel_compile_tests(struct arena *a, const struct feel_zones *zones, str text,
    const struct feel_input *inputs, size_t n, struct feel_expression **ret_x, struct err *e)
{
	return compile(a, zones, text, inputs, n, true, ret_x, e);
}

static fval evaluate(const struct feel_expression *x, const struct feel_env *env, struct arena *a, const fval *args,
    size_t n_args, const struct feel_input *inputs, size_t n)
{
	struct feel_vm vm;
	fval *globals = ARENA_ARRAY(a, n, fval);
	if (!globals || n != x->n_inputs || !feel_vm_init(&vm, a, env->zones))
		return feel_error(a, "feel.limit", 0, 0, "there is no memory for the evaluation");
	for (size_t i = 0; i < n; i++)
		globals[i] = inputs[i].value;
	feel_vm_reset(&vm, a);
	vm.now = env->now;
	return feel_vm_run(&vm, a, x->chunk, globals, args, n_args);
}

fval feel_eval(const struct feel_expression *x, const struct feel_env *env, struct arena *a,
    const struct feel_input *inputs, size_t n)
{
	return evaluate(x, env, a, NULL, 0, inputs, n);
}

fval feel_eval_tests(const struct feel_expression *x, const struct feel_env *env, struct arena *a, fval v,
    const struct feel_input *inputs, size_t n)
{
	return evaluate(x, env, a, &v, 1, inputs, n);
}
