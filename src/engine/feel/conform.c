#include "engine/feel/time.h"
#include "engine/feel/vm.h"

/* Values and their types still to be compared; all must conform. */
struct work {
	fval v;
	const struct feel_type *t;
	size_t i;
};

enum { WORK_MOST = FEEL_NESTING_MOST * 2, COMPARED_MOST = 20000 };

struct type_pair {
	const struct feel_type *a, *b;
};

/* Does every value of type a belong to type b? */
static bool type_conforms(const struct feel_type *a, const struct feel_type *b)
{
	struct type_pair stack[WORK_MOST];
	size_t n = 1, work = 0;
	stack[0] = (struct type_pair){a, b};
	while (n) {
		if (++work > COMPARED_MOST) /* types that contain themselves */
			return false;
		struct type_pair p = stack[--n];
		if (!p.b || p.b->kind == FEEL_TYPE_ANY || p.a == p.b)
			continue;
		if (!p.a || p.a->kind == FEEL_TYPE_ANY)
			return false;
		if (p.a->kind == FEEL_TYPE_NULL)
			continue;
		if (p.a->kind != p.b->kind || (p.a->kind == FEEL_TYPE_PLAIN && p.a->plain != p.b->plain))
			return false;
		if (n + p.b->n_fields + 2 > WORK_MOST)
			return false;
		if (p.b->element)
			stack[n++] = (struct type_pair){p.a->element, p.b->element};
		if (p.b->open)
			continue;
		if (p.b->kind == FEEL_TYPE_FUNCTION && p.a->n_fields != p.b->n_fields)
			return false;
		for (size_t i = 0; i < p.b->n_fields; i++) {
			const struct feel_field *want = &p.b->fields[i];
			if (p.b->kind == FEEL_TYPE_FUNCTION) {
				stack[n++] = (struct type_pair){want->type, p.a->fields[i].type};
				continue;
			}
			size_t k = 0;
			while (k < p.a->n_fields && !str_eq(p.a->fields[k].name, want->name))
				k++;
			if (k == p.a->n_fields)
				return false;
			stack[n++] = (struct type_pair){p.a->fields[k].type, want->type};
		}
	}
	return true;
}

static bool function_conforms(const struct feel_function *f, const struct feel_type *t)
{
	if (t->open || f->kind == FUNCTION_BUILTIN)
		return true;
	if (f->proto->n_params != t->n_fields)
		return false;
	for (size_t i = 0; i < t->n_fields; i++)
		if (f->proto->params[i].type && !type_conforms(t->fields[i].type, f->proto->params[i].type))
			return false;
	return !t->element || (f->proto->result ? type_conforms(f->proto->result, t->element) : true);
}

/* The value itself, without its parts. */
static bool head_conforms(fval v, const struct feel_type *t)
{
	switch (t->kind) {
	case FEEL_TYPE_ANY:
		return true;
	case FEEL_TYPE_NULL:
		return v.kind == FEEL_NULL;
	case FEEL_TYPE_PLAIN:
		return (enum feel_kind)v.kind == t->plain;
	case FEEL_TYPE_DURATION:
		return v.kind == FEEL_DAYS || v.kind == FEEL_MONTHS;
	case FEEL_TYPE_LIST:
		return v.kind == FEEL_LIST;
	case FEEL_TYPE_CONTEXT:
		return v.kind == FEEL_CONTEXT;
	case FEEL_TYPE_RANGE:
		return v.kind == FEEL_RANGE;
	case FEEL_TYPE_FUNCTION:
		return v.kind == FEEL_FUNCTION && function_conforms(v.function, t);
	}
	return false;
}

/* The i-th part of a value with the type it must have. *ret_no: it is missing. */
static bool part(const struct work *w, struct work *ret, bool *ret_no)
{
	size_t i = w->i;
	*ret = (struct work){0};
	if (w->t->kind == FEEL_TYPE_LIST && w->t->element && i < w->v.list->n) {
		*ret = (struct work){w->v.list->items[i], w->t->element, 0};
		return true;
	}
	if (w->t->kind == FEEL_TYPE_RANGE && w->t->element && i < 2) {
		*ret = (struct work){i ? w->v.range->high : w->v.range->low, w->t->element, 0};
		return true;
	}
	if (w->t->kind == FEEL_TYPE_CONTEXT && !w->t->open && i < w->t->n_fields) {
		const fval *e = feel_context_get(w->v.context, w->t->fields[i].name);
		*ret_no = !e;
		*ret = (struct work){e ? *e : FEEL_NULL_VALUE, w->t->fields[i].type, 0};
		return true;
	}
	return false;
}

static bool conforms(struct feel_vm *vm, fval v, const struct feel_type *t, bool nulls)
{
	struct work stack[WORK_MOST];
	size_t n = 0;
	struct work next = {v, t, 0};
	for (;;) {
		bool null_ok = (nulls || n) && next.v.kind == FEEL_NULL;
		if (next.t && !null_ok) {
			if (!head_conforms(next.v, next.t) || n == WORK_MOST)
				return false;
			if (next.t->allowed && vm && feel_run_tests(vm, next.t->allowed, next.v) != FEEL_YES)
				return false;
			stack[n++] = next;
		}
		bool missing = false;
		while (n && !part(&stack[n - 1], &next, &missing))
			n--;
		if (!n)
			return true;
		stack[n - 1].i++;
		if (missing)
			return false;
	}
}

bool feel_instance_of(fval v, const struct feel_type *t)
{
	if (v.kind == FEEL_NULL)
		return t->kind == FEEL_TYPE_NULL;
	return conforms(NULL, v, t, false);
}

fval feel_coerce(struct feel_vm *vm, fval v, const struct feel_type *t)
{
	if (!t || t->kind == FEEL_TYPE_ANY || v.kind == FEEL_NULL)
		return v;
	if (t->kind == FEEL_TYPE_PLAIN && (enum feel_kind)v.kind == t->plain && !t->allowed)
		return v;
	if (conforms(vm, v, t, true))
		return v;
	if (v.kind == FEEL_LIST && v.list->n == 1 && t->kind != FEEL_TYPE_LIST && conforms(vm, v.list->items[0], t, true))
		return v.list->items[0];
	if (t->kind == FEEL_TYPE_LIST && v.kind != FEEL_LIST) {
		fval *items = ARENA_NEW(vm->arena, fval);
		if (items) {
			*items = v;
			fval list = feel_list_of(vm->arena, items, 1);
			if (conforms(vm, list, t, true))
				return list;
		}
	}
	if (t->kind == FEEL_TYPE_PLAIN && t->plain == FEEL_DATE_TIME && v.kind == FEEL_DATE)
		return (fval){.kind = FEEL_DATE_TIME, .day = v.day, .zone = 0};
	AUTO_BUF text = BUF_INIT(120);
	feel_write(&text, vm->zones, v);
	return feel_vm_error(vm, "feel.type", "%.*s was expected, not the %s %.*s",
	    t->name.n ? (int)t->name.n : 10, t->name.n ? t->name.p : "other type", feel_kind_name(v.kind),
	    STR_ARG(buf_str(&text)));
}

/* Tests made of constants only: [LOAD 0, CONST, IN], joined by OR, perhaps NOT. False: another form. */
static bool simple_tests(struct feel_vm *vm, const struct feel_chunk *c, fval v, enum feel_truth *ret)
{
	enum feel_truth sum = FEEL_NO;
	size_t i = 0, tests = 0;
	for (; i + 2 < c->n && c->code[i].op == OP_LOAD && c->code[i + 1].op == OP_CONST && c->code[i + 2].op == OP_IN;) {
		enum feel_truth one = feel_in(vm->zones, v, c->consts[c->code[i + 1].a]);
		if (one == FEEL_YES || (one == FEEL_UNKNOWN && sum == FEEL_NO))
			sum = one;
		i += 3;
		if (tests++ && (c->code[i].op != OP_OR || !(++i)))
			return false;
	}
	if (i < c->n && c->code[i].op == OP_NOT) {
		sum = sum == FEEL_UNKNOWN ? sum : sum == FEEL_YES ? FEEL_NO : FEEL_YES;
		i++;
	}
	*ret = sum;
	return tests && i < c->n && c->code[i].op == OP_RETURN;
}

enum feel_truth feel_run_tests(struct feel_vm *vm, const struct feel_chunk *tests, fval v)
{
	enum feel_truth t;
	if (simple_tests(vm, tests, v, &t))
		return t;
	if (vm->nested >= FEEL_NESTED_MOST)
		return FEEL_UNKNOWN;
	fval r = feel_vm_run(vm, vm->arena, tests, NULL, &v, 1);
	return feel_is_true(r) ? FEEL_YES : feel_is_false(r) ? FEEL_NO : FEEL_UNKNOWN;
}
