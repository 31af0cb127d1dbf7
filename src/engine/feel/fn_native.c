/* Functions that call functions: sort() with an order, list replace() with a condition. They never call the machine:
 * they tell it what to run and go on when the answer is there. */
#include "engine/feel/fn.h"

/* Merge sort from the bottom up; one question "does a precede b?" at a time. */
struct sorting {
	fval *from, *to;
	size_t n, width;
	size_t left, right, left_end, right_end, out;
	bool asked;
};

static void begin_merge(struct sorting *s, size_t at)
{
	size_t mid = at + s->width < s->n ? at + s->width : s->n;
	s->left = at;
	s->left_end = s->right = mid;
	s->right_end = mid + s->width < s->n ? mid + s->width : s->n;
}

/* Copy what needs no question. False when all is sorted. */
static bool advance(struct sorting *s)
{
	for (;;) {
		if (s->left < s->left_end && s->right < s->right_end)
			return true;
		while (s->left < s->left_end)
			s->to[s->out++] = s->from[s->left++];
		while (s->right < s->right_end)
			s->to[s->out++] = s->from[s->right++];
		if (s->out < s->n) {
			begin_merge(s, s->out);
			continue;
		}
		fval *t = s->from;
		s->from = s->to;
		s->to = t;
		s->width *= 2;
		if (s->width >= s->n)
			return false;
		s->out = 0;
		begin_merge(s, 0);
	}
}

static struct sorting *begin_sort(struct feel_vm *vm, struct fn_items items)
{
	struct sorting *s = ARENA_NEW(vm->arena, struct sorting);
	fval *from = ARENA_ARRAY(vm->arena, items.n, fval), *to = ARENA_ARRAY(vm->arena, items.n, fval);
	if (!s || !from || !to)
		return NULL;
	if (items.n)
		memcpy(from, items.p, items.n * sizeof *from);
	*s = (struct sorting){.from = from, .to = to, .n = items.n, .width = 1};
	begin_merge(s, 0);
	return s;
}

static enum feel_step sort_step(struct feel_vm *vm, const void *self, void **state, const fval *args, size_t n,
    fval *ret)
{
	struct sorting *s = *state;
	struct fn_items items;
	(void)self;
	(void)n;
	if (!s) {
		if (!fn_list(&args[0], &items)) {
			*ret = feel_vm_wrong(vm, args[0], "a list");
			return FEEL_STEP_DONE;
		}
		s = begin_sort(vm, items);
		*state = s;
		if (!s) {
			*ret = fn_no_memory(vm);
			return FEEL_STEP_DONE;
		}
	} else {
		if (vm->got.kind != FEEL_BOOL) {
			*ret = feel_vm_wrong(vm, vm->got, "true or false from the order");
			return FEEL_STEP_DONE;
		}
		if (vm->got.truth)
			s->to[s->out++] = s->from[s->left++];
		else
			s->to[s->out++] = s->from[s->right++];
	}
	if (s->n < 2 || !advance(s)) {
		*ret = feel_list_of(vm->arena, s->from, s->n);
		return FEEL_STEP_DONE;
	}
	vm->want_function = args[1];
	vm->want_args = 2;
	fval a = s->from[s->left], b = s->from[s->right];
	feel_vm_push(vm, a);
	feel_vm_push(vm, b);
	return FEEL_STEP_CALL;
}

struct replacing {
	fval *items;
	size_t n, i;
};

static enum feel_step replace_step(struct feel_vm *vm, const void *self, void **state, const fval *args, size_t n,
    fval *ret)
{
	struct replacing *r = *state;
	struct fn_items items;
	(void)self;
	(void)n;
	if (!r) {
		r = ARENA_NEW(vm->arena, struct replacing);
		if (!r || !fn_list(&args[0], &items)) {
			*ret = r ? feel_vm_wrong(vm, args[0], "a list") : fn_no_memory(vm);
			return FEEL_STEP_DONE;
		}
		r->items = ARENA_ARRAY(vm->arena, items.n, fval);
		r->n = items.n;
		if (!r->items) {
			*ret = fn_no_memory(vm);
			return FEEL_STEP_DONE;
		}
		if (items.n)
			memcpy(r->items, items.p, items.n * sizeof *r->items);
		*state = r;
	} else {
		if (vm->got.kind != FEEL_BOOL) {
			*ret = feel_vm_wrong(vm, vm->got, "true or false from the condition");
			return FEEL_STEP_DONE;
		}
		if (vm->got.truth)
			r->items[r->i] = args[2];
		r->i++;
	}
	if (r->i == r->n) {
		*ret = feel_list_of(vm->arena, r->items, r->n);
		return FEEL_STEP_DONE;
	}
	fval item = r->items[r->i], by = args[2];
	vm->want_function = args[1];
	vm->want_args = 2;
	feel_vm_push(vm, item);
	feel_vm_push(vm, by);
	return FEEL_STEP_CALL;
}

const struct feel_native feel_native_sort = {sort_step, NULL};
const struct feel_native feel_native_list_replace = {replace_step, NULL};

/* Without an order: rising, when all items have one order. */
fval fn_sort_plain(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	if (n > 1 && args[1].kind != FEEL_NULL)
		return feel_vm_wrong(vm, args[1], "a function");
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	struct sorting *s = begin_sort(vm, items);
	if (!s)
		return fn_no_memory(vm);
	if (s->n < 2)
		return feel_list_of(vm->arena, s->from, s->n);
	while (advance(s)) {
		int c;
		fval a = s->from[s->left], b = s->from[s->right];
		if (!feel_compare(vm->zones, a, b, &c))
			return feel_truth_value(vm, FEEL_UNKNOWN, a, b);
		if (c <= 0)
			s->to[s->out++] = s->from[s->left++];
		else
			s->to[s->out++] = s->from[s->right++];
	}
	return feel_list_of(vm->arena, s->from, s->n);
}
