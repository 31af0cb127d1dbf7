#include "engine/dmn/set.h"

struct dmn_run {
	const struct dmn_set *set;
	struct feel_vm vm;
	fval *globals;
	int32_t *missing;
};

struct dmn_run *dmn_run_new(struct arena *a, const struct dmn_set *s)
{
	struct dmn_run *r = ARENA_NEW(a, struct dmn_run);
	if (!r || !feel_vm_init(&r->vm, a, s->zones))
		return NULL;
	r->set = s;
	r->globals = ARENA_ARRAY(a, s->n_nodes, fval);
	r->missing = ARENA_ARRAY(a, s->n_nodes, int32_t);
	r->vm.globals_base = s->globals;
	r->vm.n_globals = s->n_nodes;
	return r->globals && r->missing ? r : NULL;
}

/* What one evaluation works with. */
struct deciding {
	struct dmn_run *r;
	struct arena *arena;
	const struct dmn_given *given;
	size_t n_given;
	const struct dmn_options *options;
	const struct node *root;
	size_t n_missing;
	fval mistyped; /* the first input of the wrong type: FEEL_NULL with its cause; FEEL_BOOL: none */
	struct dmn_decision_trace *traces;
	size_t n_traces;
};

/* Is the input or decision n given under its name as the root model sees it? */
static const struct dmn_given *given_for(const struct deciding *d, const struct node *n)
{
	for (size_t i = 0; i < d->n_given; i++) {
		str name = d->given[i].name;
		if (n->model == d->root->model) {
			if (str_eq(name, n->name) || str_eq(name, n->element->name))
				return &d->given[i];
			continue;
		}
		if (str_eq(name, n->name))
			return &d->given[i];
		for (size_t k = 0; k < d->root->model->n_imports; k++) {
			const struct dmn_import *im = &d->root->model->imports[k];
			if (str_eq(im->ns, n->model->ns) && name.n == im->name.n + 1 + n->name.n &&
			    str_starts(name, im->name) && name.p[im->name.n] == '.' && str_ends(name, n->name))
				return &d->given[i];
		}
	}
	return NULL;
}

static fval input_value(struct deciding *d, int32_t index)
{
	const struct node *n = &d->r->set->nodes[index];
	const struct dmn_given *g = given_for(d, n);
	bool missing = !g || (g->value.kind == FEEL_NULL && d->options->mode == DMN_STRICT && !g->value.cause);
	d->r->vm.pos = 0;
	if (missing) {
		d->r->missing[d->n_missing++] = index;
		return feel_vm_error(&d->r->vm, "dmn.missing", "the input \"%.*s\" is missing", STR_ARG(n->name));
	}
	fval v = feel_coerce(&d->r->vm, g->value, n->type);
	if (v.kind != FEEL_NULL || !v.cause || g->value.kind == FEEL_NULL)
		return v;
	v = feel_vm_error(&d->r->vm, "dmn.input", "the input \"%.*s\": %.*s", STR_ARG(n->name), STR_ARG(v.cause->text));
	if (d->mistyped.kind != FEEL_NULL)
		d->mistyped = v;
	return v;
}

/* Strict: a value that rests on an error is none. */
static fval settled(struct deciding *d, fval v, bool *ret_undetermined)
{
	struct feel_vm *vm = &d->r->vm;
	*ret_undetermined = false;
	if (d->options->mode != DMN_STRICT)
		return v;
	if (v.kind == FEEL_NULL && v.cause)
		*ret_undetermined = true;
	else if (vm->swallowed.kind == FEEL_NULL) {
		*ret_undetermined = true;
		v = vm->swallowed;
	}
	vm->swallowed = feel_bool(true);
	return v;
}

/* The first error inside a list or context, as a null with its cause; true when there is none. */
static fval error_inside(fval v)
{
	struct {
		fval of;
		size_t next;
	} open[FEEL_NESTED_MOST + 1];
	size_t n = 0;
	open[n].of = v;
	open[n++].next = 0;
	while (n) {
		fval of = open[n - 1].of;
		size_t i = open[n - 1].next++;
		size_t count = of.kind == FEEL_LIST ? of.list->n : of.kind == FEEL_CONTEXT ? of.context->n : 0;
		if (i >= count) {
			n--;
			continue;
		}
		fval item = of.kind == FEEL_LIST ? of.list->items[i] : of.context->entries[i].value;
		if (item.kind == FEEL_NULL && item.cause)
			return item;
		if ((item.kind == FEEL_LIST || item.kind == FEEL_CONTEXT) && n < sizeof open / sizeof *open) {
			open[n].of = item;
			open[n++].next = 0;
		}
	}
	return feel_bool(true);
}

static void decide_one(struct deciding *d, int32_t index, struct dmn_outcome *ret)
{
	const struct node *n = &d->r->set->nodes[index];
	struct trace trace = {.explain = d->options->explain};
	struct dmn_decision_trace *told = d->traces ? &d->traces[d->n_traces++] : NULL;
	const struct dmn_given *g = given_for(d, n);
	bool undetermined = false;
	fval v;
	trace.last = &trace.first;
	d->r->vm.trace = &trace;
	if (g) {
		v = feel_coerce(&d->r->vm, g->value, n->type);
	} else {
		v = feel_vm_run(&d->r->vm, d->arena, n->chunk, d->r->globals, NULL, 0);
		v = settled(d, v, &undetermined);
	}
	d->r->vm.trace = NULL;
	d->r->globals[index] = v; /* whole: another decision may need only what can be told of it */
	if (d->options->mode == DMN_STRICT && !undetermined) {
		fval inside = error_inside(v);
		undetermined = inside.kind == FEEL_NULL;
		v = undetermined ? inside : v;
	}
	if (told)
		*told = (struct dmn_decision_trace){.element = index, .value = v, .undetermined = undetermined,
		    .given = g != NULL, .tables = trace.first};
	ret->value = v;
	ret->undetermined = undetermined;
}

/* A service, or a function of the model, with its parameters by name. */
static enum err_code call(struct deciding *d, struct dmn_outcome *ret, struct err *e)
{
	const struct node *n = d->root;
	fval *args = ARENA_ARRAY(d->arena, n->n_params, fval);
	if (!args)
		return arena_fail(d->arena, e);
	for (size_t i = 0; i < n->n_params; i++) {
		args[i] = FEEL_NULL_VALUE;
		for (size_t k = 0; k < d->n_given; k++)
			if (str_eq(d->given[k].name, n->params[i].name))
				args[i] = d->given[k].value;
	}
	ret->value = feel_vm_run(&d->r->vm, d->arena, n->chunk, d->r->globals, args, n->n_params);
	ret->value = settled(d, ret->value, &ret->undetermined);
	fval inside = d->options->mode == DMN_STRICT ? error_inside(ret->value) : feel_bool(true);
	if (inside.kind == FEEL_NULL) {
		ret->value = inside;
		ret->undetermined = true;
	}
	return ERR_OK;
}

enum err_code dmn_decide(struct dmn_run *r, struct arena *arena, int32_t element, const struct dmn_given *given, size_t n,
    const struct dmn_options *options, struct dmn_outcome *ret, struct err *e)
{
	const struct dmn_set *s = r->set;
	if (element < 0 || (size_t)element >= s->n_nodes)
		return fail(e, ERR_NOT_FOUND, "dmn.element", "there is no such decision");
	const struct node *root = &s->nodes[element];
	struct deciding d = {.r = r, .arena = arena, .given = given, .n_given = n, .options = options, .root = root,
	    .mistyped = feel_bool(true)};
	struct dmn_outcome out = {.value = FEEL_NULL_VALUE, .lacking = -1};
	feel_vm_reset(&r->vm, arena);
	r->vm.now = options->now;
	r->vm.strict = options->mode == DMN_STRICT;
	r->vm.steps_most = options->steps_most ? options->steps_most : FEEL_STEPS_MOST;
	if (s->n_nodes)
		memcpy(r->globals, s->globals, s->n_nodes * sizeof *r->globals);
	if (root->element->kind == DMN_SERVICE || root->element->kind == DMN_KNOWLEDGE) {
		TRY(call(&d, &out, e));
		*ret = out;
		return ERR_OK;
	}
	if (root->element->kind != DMN_DECISION)
		return fail(e, ERR_INVALID, "dmn.element", "\"%.*s\" is not a decision", STR_ARG(root->element->name));
	for (size_t i = 0; i < root->n_inputs; i++)
		r->globals[root->inputs[i]] = input_value(&d, root->inputs[i]);
	if (options->explain) {
		d.traces = ARENA_ARRAY(arena, root->n_order, struct dmn_decision_trace);
		if (!d.traces)
			return arena_fail(arena, e);
	}
	for (size_t i = 0; i < root->n_order; i++)
		decide_one(&d, root->order[i], &out);
	if (options->mode == DMN_STRICT && d.mistyped.kind == FEEL_NULL) { /* what rests on it or not: the data are wrong */
		out.undetermined = true;
		out.value = d.mistyped;
	}
	for (size_t i = 0; out.undetermined && i < d.n_missing; i++)
		if (r->globals[r->missing[i]].cause == out.value.cause)
			out.lacking = r->missing[i];
	out.decisions = d.traces;
	out.n_decisions = d.n_traces;
	out.missing = r->missing;
	out.n_missing = d.n_missing;
	*ret = out;
	return ERR_OK;
}
