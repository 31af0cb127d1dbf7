#include "engine/feel/vm.h"

#include <stdarg.h>

#include "engine/feel/builtin.h"
#include "engine/feel/time.h"

enum { STACK_FIRST = 512, FRAMES_FIRST = 32 };

bool feel_vm_init(struct feel_vm *vm, struct arena *store, const struct feel_zones *zones)
{
	*vm = (struct feel_vm){.store = store, .zones = zones, .steps_most = FEEL_STEPS_MOST};
	vm->stack = ARENA_ARRAY(store, STACK_FIRST, fval);
	vm->frames = ARENA_ARRAY(store, FRAMES_FIRST, struct frame);
	vm->cap = STACK_FIRST;
	vm->cap_frames = FRAMES_FIRST;
	return vm->stack && vm->frames;
}

void feel_vm_reset(struct feel_vm *vm, struct arena *arena)
{
	vm->arena = arena;
	vm->n = vm->n_frames = vm->nested = 0;
	vm->steps = 0;
	vm->broken = false;
	vm->swallowed = feel_bool(true);
}

fval feel_vm_error(struct feel_vm *vm, const char *id, const char *fmt, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return feel_error(vm->arena, id, vm->pos / FEEL_POS_COLUMNS, vm->pos % FEEL_POS_COLUMNS, "%s", text);
}

static void break_off(struct feel_vm *vm, const char *what, unsigned most)
{
	if (vm->broken)
		return;
	vm->broken = true;
	vm->broken_cause = feel_vm_error(vm, "feel.limit", "the evaluation needs more than %u %s", most, what);
}

static bool reserve(struct feel_vm *vm, size_t more)
{
	if (vm->n + more <= vm->cap)
		return true;
	size_t cap = vm->cap * 2 > vm->n + more ? vm->cap * 2 : vm->n + more;
	fval *p = cap <= FEEL_STACK_MOST ? arena_grow(vm->store, vm->stack, vm->cap * sizeof *p, cap * sizeof *p) : NULL;
	if (!p) {
		break_off(vm, "values on its stack", FEEL_STACK_MOST);
		return false;
	}
	vm->stack = p;
	vm->cap = cap;
	return true;
}

void feel_vm_push(struct feel_vm *vm, fval v)
{
	if (vm->n < vm->cap || reserve(vm, 1))
		vm->stack[vm->n++] = v;
}

static inline fval pop(struct feel_vm *vm)
{
	return vm->stack[--vm->n];
}

static inline fval *top(struct feel_vm *vm)
{
	return &vm->stack[vm->n - 1];
}

/* A frame over the last n values. */
static bool enter(struct feel_vm *vm, struct frame f, size_t n)
{
	if (vm->n_frames == vm->cap_frames) {
		size_t cap = vm->cap_frames * 2;
		struct frame *p = cap <= FEEL_CALLS_DEEP * 2
		    ? arena_grow(vm->store, vm->frames, vm->cap_frames * sizeof *p, cap * sizeof *p) : NULL;
		if (p) {
			vm->frames = p;
			vm->cap_frames = cap;
		}
	}
	if (vm->n_frames >= FEEL_CALLS_DEEP || vm->n_frames == vm->cap_frames) {
		break_off(vm, "calls within each other", FEEL_CALLS_DEEP);
		return false;
	}
	if (!reserve(vm, (size_t)f.chunk->stack_most + 8))
		return false;
	f.base = vm->n - n;
	vm->frames[vm->n_frames++] = f;
	return true;
}

static void replace_args(struct feel_vm *vm, size_t n, fval result)
{
	vm->n -= n;
	feel_vm_push(vm, result);
}

/* Call f with the last n values; they are replaced by the result, at once or when the frame returns. */
static void call(struct feel_vm *vm, fval f, size_t n, fval *globals)
{
	if (f.kind != FEEL_FUNCTION) {
		replace_args(vm, n, feel_vm_wrong(vm, f, "a function"));
		return;
	}
	const struct feel_function *fn = f.function;
	if (fn->kind == FUNCTION_BUILTIN) {
		fval args[FEEL_ARGS_MOST];
		const fval *at = vm->stack + vm->n - n;
		if (n <= FEEL_ARGS_MOST) {
			memcpy(args, at, n * sizeof *args);
			at = args;
		}
		replace_args(vm, n, feel_builtin_call(vm, fn->builtin, at, n));
		return;
	}
	if (n != fn->proto->n_params) {
		replace_args(vm, n, feel_vm_error(vm, "feel.arguments", "the function has %zu parameters, not %zu",
		    fn->proto->n_params, n));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		fval *arg = &vm->stack[vm->n - n + i];
		fval v = feel_coerce(vm, *arg, fn->proto->params[i].type);
		if (v.kind == FEEL_NULL && arg->kind != FEEL_NULL) {
			replace_args(vm, n, v);
			return;
		}
		vm->stack[vm->n - n + i] = v;
	}
	struct frame frame = {.chunk = fn->chunk, .pc = (size_t)fn->proto->entry, .function = fn,
	    .globals = fn->globals ? fn->globals : globals, .result = fn->proto->result};
	if (fn->fresh_globals) {
		frame.globals = ARENA_ARRAY(vm->arena, vm->n_globals + 1, fval);
		if (frame.globals)
			memcpy(frame.globals, vm->globals_base, vm->n_globals * sizeof(fval));
		else
			break_off(vm, "bytes", 0);
	}
	if (!vm->broken)
		(void)enter(vm, frame, n);
}

static fval load(struct feel_vm *vm, fval v)
{
	return v.kind == FEEL_INTERNAL && feel_is_builder(v) ? feel_builder_list(vm, v) : v;
}

static void make_context(struct feel_vm *vm, const struct feel_list *keys)
{
	struct feel_entry *e = ARENA_ARRAY(vm->arena, keys->n, struct feel_entry);
	vm->n -= keys->n;
	if (!e) {
		break_off(vm, "bytes of memory", 0);
		return;
	}
	for (size_t i = 0; i < keys->n; i++)
		e[i] = (struct feel_entry){keys->items[i].string, vm->stack[vm->n + i]};
	feel_vm_push(vm, feel_context_of(vm->arena, e, keys->n));
}

static void make_list(struct feel_vm *vm, size_t n)
{
	fval *items = ARENA_ARRAY(vm->arena, n, fval);
	vm->n -= n;
	if (!items) {
		break_off(vm, "bytes of memory", 0);
		return;
	}
	if (n)
		memcpy(items, vm->stack + vm->n, n * sizeof *items);
	feel_vm_push(vm, feel_list_of(vm->arena, items, n));
}

static void make_function(struct feel_vm *vm, const struct frame *f, const struct insn *in)
{
	const struct feel_proto *p = &f->chunk->protos[in->a];
	struct feel_function *fn = ARENA_NEW(vm->arena, struct feel_function);
	fval *captures = ARENA_ARRAY(vm->arena, p->n_captures, fval);
	if (!fn || !captures) {
		break_off(vm, "bytes of memory", 0);
		return;
	}
	for (size_t i = 0; i < p->n_captures; i++) {
		const struct capture *c = &p->captures[i];
		if (c->kind == CAPTURE_LOCAL)
			captures[i] = load(vm, vm->stack[f->base + (size_t)c->index]);
		else if (c->kind == CAPTURE_OUTER)
			captures[i] = f->function->captures[c->index];
		else
			captures[i] = (fval){.kind = FEEL_FUNCTION, .function = f->function};
	}
	*fn = (struct feel_function){.kind = FUNCTION_CODE, .chunk = f->chunk, .proto = p, .captures = captures,
	    .globals = f->globals};
	feel_vm_push(vm, (fval){.kind = FEEL_FUNCTION, .function = fn});
}

/* The function lies under its n arguments. */
static void op_call(struct feel_vm *vm, struct frame *f, size_t n)
{
	size_t at = vm->n - n - 1;
	fval fn = vm->stack[at];
	memmove(vm->stack + at, vm->stack + at + 1, n * sizeof(fval));
	vm->n--;
	call(vm, fn, n, f->globals);
}

enum { NAMED_MOST = 200 };

static void op_call_named(struct feel_vm *vm, struct frame *f, const struct feel_list *names)
{
	size_t n = names->n, at = vm->n - n - 1;
	fval fn = vm->stack[at], ordered[NAMED_MOST];
	const struct feel_proto *p = fn.kind == FEEL_FUNCTION ? fn.function->proto : NULL;
	if (fn.kind == FEEL_FUNCTION && fn.function->kind == FUNCTION_BUILTIN) {
		size_t given;
		if (feel_builtin_order(fn.function->builtin, names, vm->stack + at + 1, ordered, &given))
			replace_args(vm, n + 1, feel_builtin_call(vm, fn.function->builtin, ordered, given));
		else
			replace_args(vm, n + 1, feel_vm_error(vm, "feel.arguments", "no parameters of these names"));
		return;
	}
	if (!p || p->n_params > NAMED_MOST) {
		replace_args(vm, n + 1, feel_vm_wrong(vm, fn, "a function"));
		return;
	}
	size_t used = 0;
	for (size_t i = 0; i < p->n_params; i++) {
		ordered[i] = FEEL_NULL_VALUE;
		for (size_t k = 0; k < n; k++)
			if (str_eq(names->items[k].string, p->params[i].name)) {
				ordered[i] = vm->stack[at + 1 + k];
				used++;
			}
	}
	if (used != n) {
		replace_args(vm, n + 1, feel_vm_error(vm, "feel.arguments", "the function has no parameter of that name"));
		return;
	}
	vm->n = at;
	for (size_t i = 0; i < p->n_params; i++)
		feel_vm_push(vm, ordered[i]);
	call(vm, fn, p->n_params, f->globals);
}

static void op_instance(struct feel_vm *vm, const struct feel_type *t)
{
	*top(vm) = feel_bool(feel_instance_of(*top(vm), t));
}

/* Run or go on with a computation that may want code to be run. Its n arguments lie on the stack, then its state. */
static void op_native(struct feel_vm *vm, const struct feel_native *native, size_t n)
{
	size_t frame = vm->n_frames - 1;
	struct frame *f = &vm->frames[frame];
	if (f->in_native)
		vm->got = pop(vm);
	else
		feel_vm_push(vm, (fval){.kind = FEEL_INTERNAL});
	f->in_native = true;
	if (vm->broken)
		return;
	size_t state_at = vm->n - 1;
	void *state = vm->stack[state_at].internal;
	fval result = FEEL_NULL_VALUE;
	vm->want_chunk = NULL;
	vm->want_args = 0;
	enum feel_step step = native->step(vm, native->self, &state, vm->stack + state_at - n, n, &result);
	if (vm->broken)
		return;
	if (step == FEEL_STEP_DONE) {
		vm->frames[frame].in_native = false;
		vm->frames[frame].pc++;
		vm->n = state_at + 1;
		replace_args(vm, n + 1, result);
		return;
	}
	vm->stack[state_at].internal = state;
	if (vm->want_chunk)
		(void)enter(vm, (struct frame){.chunk = vm->want_chunk, .globals = vm->frames[frame].globals,
		    .function = vm->frames[frame].function}, vm->want_args);
	else
		call(vm, vm->want_function, vm->want_args, vm->frames[frame].globals);
}

static void op_builtin(struct feel_vm *vm, struct frame *f, int32_t builtin, size_t n)
{
	const struct feel_native *native = feel_builtin_native(builtin, n, vm->stack + vm->n - n - f->in_native * 2);
	if (native || f->in_native) {
		op_native(vm, native, n);
		return;
	}
	fval r = feel_builtin_call(vm, builtin, vm->stack + vm->n - n, n);
	replace_args(vm, n, r);
	f->pc++;
}

static void op_builtin_named(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	const struct feel_list *names = f->chunk->consts[in->b].list;
	fval ordered[FEEL_ARGS_MOST];
	size_t n = names->n, given = 0;
	if (!f->in_native) {
		if (!feel_builtin_order(in->a, names, vm->stack + vm->n - n, ordered, &given)) {
			replace_args(vm, n, feel_vm_error(vm, "feel.arguments",
			    "the function has no parameters of these names"));
			f->pc++;
			return;
		}
		if (!feel_builtin_native(in->a, given, ordered)) {
			fval r = feel_builtin_call(vm, in->a, ordered, given);
			replace_args(vm, n, r);
			f->pc++;
			return;
		}
		vm->n -= n;
		for (size_t i = 0; i < given; i++)
			feel_vm_push(vm, ordered[i]);
	}
	/* only functions of as many parameters as arguments are computed this way */
	op_native(vm, feel_builtin_native(in->a, n, vm->stack + vm->n - n - f->in_native * 2), n);
}

static void op_select(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	fval v = pop(vm), *list = &vm->stack[f->base + (size_t)in->a];
	if (v.kind == FEEL_NUMBER) {
		list[1] = feel_index(vm, list[0], v);
		f->pc = (size_t)in->b;
	} else if (feel_is_true(v) && list[1].kind == FEEL_INTERNAL) {
		feel_builder_add(vm, list[1], *top(vm));
	} else if (v.kind == FEEL_NULL) {
		feel_vm_swallow(vm, v);
	} else if (v.kind != FEEL_BOOL) {
		list[1] = feel_vm_wrong(vm, v, "true, false or a position");
		f->pc = (size_t)in->b;
	}
}

static void op_quantified(struct feel_vm *vm, struct frame *f, const struct insn *in, bool some)
{
	fval v = pop(vm), *sum = &vm->stack[f->base + (size_t)in->a];
	if (v.kind == FEEL_BOOL && v.truth == some) {
		*sum = v;
		f->pc = (size_t)in->b;
	} else if (v.kind != FEEL_BOOL && v.kind != FEEL_NULL) {
		*sum = feel_vm_wrong(vm, v, "true or false");
	} else if (v.kind == FEEL_NULL) {
		*sum = v;
	}
}

static void op_probe(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	fval v = pop(vm);
	const fval *e = v.kind == FEEL_CONTEXT ? feel_context_get(v.context, f->chunk->consts[in->b].string) : NULL;
	fval part;
	if (!e && v.kind != FEEL_CONTEXT && v.kind != FEEL_NULL && v.kind != FEEL_RANGE &&
	    feel_time_part(vm->arena, vm->zones, v, f->chunk->consts[in->b].string, &part))
		e = &part;
	if (!e)
		return;
	feel_vm_push(vm, *e);
	f->pc = (size_t)in->c;
}

static void op_range(struct feel_vm *vm, int32_t flags)
{
	size_t n = (size_t)(!!(flags & RANGE_HAS_LOW) + !!(flags & RANGE_HAS_HIGH));
	fval r = feel_make_range(vm->arena, vm->zones, flags, vm->stack + vm->n - n);
	replace_args(vm, n, r);
}

static void op_next(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	fval error = {.kind = FEEL_INTERNAL};
	if (feel_iterator_next(vm, vm->stack[vm->n - 2], top(vm), &error))
		return;
	if (error.kind != FEEL_INTERNAL)
		vm->stack[f->base + (size_t)in->b] = error;
	f->pc = (size_t)in->a;
}

static void op_unless(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	fval v = pop(vm);
	if (feel_is_true(v))
		return;
	if (v.kind != FEEL_BOOL && v.kind != FEEL_NULL) {
		feel_vm_push(vm, feel_vm_wrong(vm, v, "true or false"));
		f->pc = (size_t)in->b;
		return;
	}
	if (vm->strict && v.kind == FEEL_NULL)
		feel_vm_swallow(vm, feel_vm_wrong(vm, v, "true or false"));
	f->pc = (size_t)in->a;
}

static void op_return(struct feel_vm *vm, struct frame *f)
{
	fval v = load(vm, *top(vm));
	const struct feel_type *result = f->result;
	vm->n = f->base;
	vm->n_frames--;
	feel_vm_push(vm, result ? feel_coerce(vm, v, result) : v);
}

/* Operators that only take and give values. */
static void operators(struct feel_vm *vm, const struct frame *f, const struct insn *in)
{
	enum feel_op op = (enum feel_op)in->op;
	fval b = op == OP_NEG || op == OP_NOT ? FEEL_NULL_VALUE : pop(vm);
	fval *a = top(vm);
	(void)f;
	switch (op) {
	case OP_NEG:
		*a = feel_negate(vm, *a);
		break;
	case OP_NOT:
		*a = a->kind == FEEL_BOOL ? feel_bool(!a->truth) : feel_vm_wrong(vm, *a, "true or false");
		break;
	case OP_AND:
	case OP_OR:
		*a = feel_and_or(vm, op == OP_AND, *a, b);
		break;
	case OP_IN:
	case OP_IN_ASK:
		*a = feel_test(vm, *a, b, op == OP_IN_ASK, in->b == 1);
		break;
	case OP_INDEX:
		*a = feel_index(vm, *a, b);
		break;
	case OP_BETWEEN: {
		fval low = pop(vm);
		*top(vm) = feel_between(vm, *top(vm), low, b);
		break;
	}
	case OP_ADD:
	case OP_SUB:
	case OP_MUL:
	case OP_DIV:
	case OP_POW:
		*a = feel_arithmetic(vm, op, *a, b);
		break;
	default:
		*a = feel_relation(vm, op, *a, b);
		break;
	}
}

static void loops(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	fval v;
	switch ((enum feel_op)in->op) {
	case OP_ITER:
		*top(vm) = feel_iterator(vm, load(vm, *top(vm)));
		feel_vm_push(vm, FEEL_NULL_VALUE);
		break;
	case OP_ITER_TO:
		v = pop(vm);
		*top(vm) = feel_iterator_to(vm, *top(vm), v);
		feel_vm_push(vm, FEEL_NULL_VALUE);
		break;
	case OP_NEXT:
		op_next(vm, f, in);
		break;
	case OP_BUILDER:
		feel_vm_push(vm, feel_builder(vm));
		break;
	case OP_APPEND:
		v = pop(vm);
		if (vm->stack[f->base + (size_t)in->a].kind == FEEL_INTERNAL)
			feel_builder_add(vm, vm->stack[f->base + (size_t)in->a], v);
		break;
	case OP_COLLECT:
		*top(vm) = load(vm, *top(vm));
		break;
	case OP_SOME:
	case OP_EVERY:
		op_quantified(vm, f, in, in->op == OP_SOME);
		break;
	case OP_FILTER:
		*top(vm) = load(vm, *top(vm));
		v = feel_iterator(vm, *top(vm));
		feel_vm_push(vm, feel_builder(vm));
		feel_vm_push(vm, v);
		feel_vm_push(vm, FEEL_NULL_VALUE);
		break;
	default:
		op_select(vm, f, in);
		break;
	}
}

static void places(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	fval v;
	switch ((enum feel_op)in->op) {
	case OP_CONST:
		feel_vm_push(vm, f->chunk->consts[in->a]);
		break;
	case OP_LOAD:
		feel_vm_push(vm, load(vm, vm->stack[f->base + (size_t)in->a]));
		break;
	case OP_GLOBAL:
		feel_vm_push(vm, f->globals ? f->globals[in->a] : FEEL_NULL_VALUE);
		break;
	case OP_CAPTURE:
		feel_vm_push(vm, f->function->captures[in->a]);
		break;
	case OP_SELF:
		feel_vm_push(vm, (fval){.kind = FEEL_FUNCTION, .function = f->function});
		break;
	case OP_ERROR:
		feel_vm_push(vm, feel_vm_error(vm, "feel.expression", "%.*s", STR_ARG(f->chunk->consts[in->a].string)));
		break;
	case OP_POP:
		vm->n -= (size_t)in->a;
		break;
	case OP_NIP:
		v = pop(vm);
		vm->n -= (size_t)in->a;
		feel_vm_push(vm, v);
		break;
	case OP_STORE:
		f->globals[in->a] = pop(vm);
		break;
	default:
		break;
	}
}

static void structures(struct feel_vm *vm, struct frame *f, const struct insn *in)
{
	const struct feel_chunk *c = f->chunk;
	switch ((enum feel_op)in->op) {
	case OP_RANGE:
		op_range(vm, in->a);
		break;
	case OP_LIST:
		make_list(vm, (size_t)in->a);
		break;
	case OP_CONTEXT:
		make_context(vm, c->consts[in->a].list);
		break;
	case OP_PATH:
		*top(vm) = feel_path(vm, *top(vm), c->consts[in->a].string);
		break;
	case OP_PROBE:
		op_probe(vm, f, in);
		break;
	case OP_CALL:
		op_call(vm, f, (size_t)in->a);
		break;
	case OP_CALL_NAMED:
		op_call_named(vm, f, c->consts[in->a].list);
		break;
	case OP_JUMP:
		f->pc = (size_t)in->a;
		break;
	case OP_UNLESS:
		op_unless(vm, f, in);
		break;
	case OP_FUNCTION:
		make_function(vm, f, in);
		break;
	case OP_INSTANCE:
		op_instance(vm, c->types[in->a]);
		break;
	case OP_COERCE:
		*top(vm) = feel_coerce(vm, *top(vm), c->types[in->a]);
		break;
	case OP_RUN:
		(void)enter(vm, (struct frame){.chunk = c->chunks[in->a], .globals = f->globals}, (size_t)in->b);
		break;
	default:
		op_return(vm, f);
		break;
	}
}

static void step(struct feel_vm *vm)
{
	struct frame *f = &vm->frames[vm->n_frames - 1];
	const struct insn *in = &f->chunk->code[f->pc];
	vm->pos = in->pos;
	switch ((enum feel_op)in->op) {
	case OP_NATIVE:
		op_native(vm, &f->chunk->natives[in->a], (size_t)in->b);
		return; /* these move on by themselves */
	case OP_BUILTIN:
		op_builtin(vm, f, in->a, (size_t)in->b);
		return;
	case OP_BUILTIN_NAMED:
		op_builtin_named(vm, f, in);
		return;
	default:
		break;
	}
	f->pc++;
	if (in->op <= OP_NIP || in->op == OP_STORE)
		places(vm, f, in);
	else if (in->op <= OP_IN_ASK || in->op == OP_INDEX)
		operators(vm, f, in);
	else if (in->op >= OP_ITER && in->op <= OP_SELECT)
		loops(vm, f, in);
	else
		structures(vm, f, in);
}

fval feel_vm_run(struct feel_vm *vm, struct arena *arena, const struct feel_chunk *chunk, fval *globals,
    const fval *args, size_t n)
{
	size_t frames = vm->n_frames, values = vm->n;
	uint32_t pos = vm->pos;
	vm->arena = arena;
	vm->nested++;
	for (size_t i = 0; i < n; i++)
		feel_vm_push(vm, args[i]);
	bool ok = enter(vm, (struct frame){.chunk = chunk, .globals = globals}, n);
	while (ok && vm->n_frames > frames) {
		if (++vm->steps > vm->steps_most)
			break_off(vm, "steps", (unsigned)vm->steps_most);
		if (vm->broken)
			break;
		step(vm);
	}
	vm->nested--;
	fval result = vm->broken ? vm->broken_cause : *top(vm);
	vm->n = values;
	vm->n_frames = frames;
	vm->pos = pos;
	return result;
}
