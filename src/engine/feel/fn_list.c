#include "engine/feel/fn.h"
#include "engine/feel/time.h"

static fval list(struct feel_vm *vm, fval *items, size_t n)
{
	return items ? feel_list_of(vm->arena, items, n) : fn_no_memory(vm);
}

static fval *copy_of(struct feel_vm *vm, struct fn_items items, size_t extra)
{
	fval *p = ARENA_ARRAY(vm->arena, items.n + extra, fval);
	if (p && items.n)
		memcpy(p, items.p, items.n * sizeof *p);
	return p;
}

fval fn_list_contains(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	(void)n;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	for (size_t i = 0; i < items.n; i++)
		if (feel_equal(vm->zones, items.p[i], args[1]) == FEEL_YES)
			return feel_bool(true);
	return feel_bool(false);
}

fval fn_count(struct feel_vm *vm, const fval *args, size_t n)
{
	if (n == 1 && args[0].kind == FEEL_NULL)
		return feel_vm_wrong(vm, args[0], "a list");
	return feel_int((int64_t)fn_items(args, n).n);
}

static fval extreme(struct feel_vm *vm, const fval *args, size_t n, int sign)
{
	struct fn_items items = fn_items(args, n);
	if (!items.n)
		return feel_vm_error(vm, "feel.empty", "the list is empty");
	fval best = items.p[0];
	int c;
	if (!feel_compare(vm->zones, best, best, &c))
		return feel_vm_wrong(vm, best, "a value that has an order");
	for (size_t i = 1; i < items.n; i++) {
		if (!feel_compare(vm->zones, items.p[i], best, &c))
			return feel_truth_value(vm, FEEL_UNKNOWN, items.p[i], best);
		if (c * sign > 0)
			best = items.p[i];
	}
	return best;
}

fval fn_min(struct feel_vm *vm, const fval *args, size_t n)
{
	return extreme(vm, args, n, -1);
}

fval fn_max(struct feel_vm *vm, const fval *args, size_t n)
{
	return extreme(vm, args, n, 1);
}

/* Numbers, or durations of one kind, added or multiplied. */
static fval fold(struct feel_vm *vm, struct fn_items items, enum feel_op op)
{
	if (!items.n)
		return feel_vm_error(vm, "feel.empty", "the list is empty");
	fval sum = items.p[0];
	bool number = sum.kind == FEEL_NUMBER;
	bool duration = op == OP_ADD && (sum.kind == FEEL_DAYS || sum.kind == FEEL_MONTHS);
	if (!number && !duration)
		return feel_vm_wrong(vm, sum, "a number");
	for (size_t i = 1; i < items.n; i++) {
		if (items.p[i].kind != items.p[0].kind)
			return feel_vm_wrong(vm, items.p[i], "a number");
		sum = feel_arithmetic(vm, op, sum, items.p[i]);
		if (sum.kind == FEEL_NULL)
			return sum;
	}
	return sum;
}

fval fn_sum(struct feel_vm *vm, const fval *args, size_t n)
{
	return fold(vm, fn_items(args, n), OP_ADD);
}

fval fn_product(struct feel_vm *vm, const fval *args, size_t n)
{
	return fold(vm, fn_items(args, n), OP_MUL);
}

fval fn_mean(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items = fn_items(args, n);
	fval sum = fold(vm, items, OP_ADD);
	return sum.kind == FEEL_NULL ? sum : feel_arithmetic(vm, OP_DIV, sum, feel_int((int64_t)items.n));
}

/* Sorted numbers (heap sort); NULL with an error when something else is among them. */
static fval *sorted_numbers(struct feel_vm *vm, struct fn_items items, fval *ret_error)
{
	for (size_t i = 0; i < items.n; i++)
		if (items.p[i].kind != FEEL_NUMBER) {
			*ret_error = feel_vm_wrong(vm, items.p[i], "a number");
			return NULL;
		}
	fval *p = copy_of(vm, items, 0);
	if (!p) {
		*ret_error = fn_no_memory(vm);
		return NULL;
	}
	for (size_t end = items.n, start = items.n / 2; end > 1;) {
		if (start) {
			start--;
		} else {
			fval t = p[--end];
			p[end] = p[0];
			p[0] = t;
		}
		for (size_t at = start, child; (child = 2 * at + 1) < end; at = child) {
			if (child + 1 < end && decimal_cmp(p[child].number, p[child + 1].number) < 0)
				child++;
			if (decimal_cmp(p[at].number, p[child].number) >= 0)
				break;
			fval t = p[at];
			p[at] = p[child];
			p[child] = t;
		}
	}
	return p;
}

fval fn_median(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items = fn_items(args, n);
	fval error;
	if (!items.n)
		return feel_vm_error(vm, "feel.empty", "the list is empty");
	fval *p = sorted_numbers(vm, items, &error);
	if (!p)
		return error;
	size_t mid = items.n / 2;
	if (items.n % 2)
		return p[mid];
	return feel_arithmetic(vm, OP_DIV, feel_arithmetic(vm, OP_ADD, p[mid - 1], p[mid]), feel_int(2));
}

fval fn_stddev(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items = fn_items(args, n);
	decimal root;
	if (items.n < 2)
		return feel_vm_error(vm, "feel.empty", "at least two numbers were expected");
	fval mean = fn_mean(vm, args, n), sum = feel_int(0);
	if (mean.kind != FEEL_NUMBER)
		return feel_vm_wrong(vm, mean, "a number");
	for (size_t i = 0; i < items.n; i++) {
		fval d = feel_arithmetic(vm, OP_SUB, items.p[i], mean);
		sum = feel_arithmetic(vm, OP_ADD, sum, feel_arithmetic(vm, OP_MUL, d, d));
	}
	fval variance = feel_arithmetic(vm, OP_DIV, sum, feel_int((int64_t)items.n - 1));
	if (variance.kind != FEEL_NUMBER || !decimal_sqrt(variance.number, &root))
		return feel_vm_error(vm, "feel.range", "the result is outside the range of numbers");
	return feel_number(root);
}

fval fn_mode(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items = fn_items(args, n);
	fval error = FEEL_NULL_VALUE;
	if (n == 1 && args[0].kind == FEEL_NULL)
		return feel_vm_wrong(vm, args[0], "a list");
	fval *p = sorted_numbers(vm, items, &error);
	if (!p)
		return error;
	size_t most = 0, out = 0;
	fval *result = ARENA_ARRAY(vm->arena, items.n, fval);
	if (!result)
		return fn_no_memory(vm);
	for (size_t i = 0, run = 0; i < items.n; i++) {
		run = i && decimal_cmp(p[i].number, p[i - 1].number) == 0 ? run + 1 : 1;
		if (run > most)
			out = 0;
		if (run >= most) {
			most = run;
			result[out++] = p[i];
		}
	}
	return list(vm, result, out);
}

/* Three-valued: the deciding truth value wins, then anything that is no truth value makes it unknown. */
static fval quantify(struct feel_vm *vm, const fval *args, size_t n, bool decides)
{
	struct fn_items items = fn_items(args, n);
	fval sum = feel_bool(!decides);
	if (n == 1 && args[0].kind == FEEL_NULL)
		return feel_vm_wrong(vm, args[0], "a list");
	for (size_t i = 0; i < items.n; i++) {
		if (items.p[i].kind == FEEL_BOOL && items.p[i].truth == decides)
			return items.p[i];
		if (items.p[i].kind != FEEL_BOOL)
			sum = feel_vm_wrong(vm, items.p[i], "true or false");
	}
	return sum;
}

fval fn_all(struct feel_vm *vm, const fval *args, size_t n)
{
	return quantify(vm, args, n, false);
}

fval fn_any(struct feel_vm *vm, const fval *args, size_t n)
{
	return quantify(vm, args, n, true);
}

fval fn_sublist(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	int64_t start, length = INT64_MAX;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	if (!fn_whole(args[1], &start))
		return feel_vm_wrong(vm, args[1], "a position");
	if (n > 2 && args[2].kind != FEEL_NULL && !fn_whole(args[2], &length))
		return feel_vm_wrong(vm, args[2], "a length");
	int64_t all = (int64_t)items.n, from = start > 0 ? start - 1 : all + start;
	if (start == 0 || from < 0 || from >= all || length < 1 || (length != INT64_MAX && length > all - from))
		return feel_vm_error(vm, "feel.index", "the list has only %lld items", (long long)all);
	if (length > all - from)
		length = all - from;
	return list(vm, copy_of(vm, (struct fn_items){items.p + from, (size_t)length}, 0), (size_t)length);
}

fval fn_append(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	fval *p = copy_of(vm, items, n);
	for (size_t i = 1; p && i < n; i++)
		p[items.n + i - 1] = args[i];
	return list(vm, p, items.n + n - 1);
}

static fval join(struct feel_vm *vm, const fval *args, size_t n, size_t *ret_n, fval **ret_p)
{
	size_t total = 0, at = 0;
	struct fn_items items;
	for (size_t i = 0; i < n; i++) {
		if (!fn_list(&args[i], &items))
			return feel_vm_wrong(vm, args[i], "a list");
		total += items.n;
	}
	fval *p = ARENA_ARRAY(vm->arena, total, fval);
	if (!p)
		return fn_no_memory(vm);
	for (size_t i = 0; i < n; i++) {
		(void)fn_list(&args[i], &items);
		for (size_t k = 0; k < items.n; k++)
			p[at++] = items.p[k];
	}
	*ret_n = total;
	*ret_p = p;
	return feel_bool(true);
}

fval fn_concatenate(struct feel_vm *vm, const fval *args, size_t n)
{
	size_t total = 0;
	fval *p = NULL, ok = join(vm, args, n, &total, &p);
	return ok.kind == FEEL_NULL ? ok : list(vm, p, total);
}

enum { DISTINCT_MOST = 20000 }; /* comparisons are quadratic */

static fval distinct(struct feel_vm *vm, fval *p, size_t n)
{
	size_t out = 0;
	if (n > DISTINCT_MOST)
		return feel_vm_error(vm, "feel.limit", "at most %d items can be compared with each other", DISTINCT_MOST);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < out && feel_equal(vm->zones, p[k], p[i]) != FEEL_YES)
			k++;
		if (k == out)
			p[out++] = p[i];
	}
	return list(vm, p, out);
}

fval fn_union(struct feel_vm *vm, const fval *args, size_t n)
{
	size_t total = 0;
	fval *p = NULL, ok = join(vm, args, n, &total, &p);
	return ok.kind == FEEL_NULL ? ok : distinct(vm, p, total);
}

fval fn_distinct(struct feel_vm *vm, const fval *args, size_t n)
{
	return fn_union(vm, args, n);
}

/* Position 1…n from the front or -1…-n from the end as an index; false outside. */
static bool position(fval v, size_t n, size_t *ret)
{
	int64_t i, all = (int64_t)n;
	if (!fn_whole(v, &i) || i == 0 || i > all || i < -all)
		return false;
	*ret = (size_t)(i > 0 ? i - 1 : all + i);
	return true;
}

fval fn_insert_before(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	size_t at;
	(void)n;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	if (!position(args[1], items.n, &at))
		return feel_vm_wrong(vm, args[1].kind == FEEL_NUMBER ? FEEL_NULL_VALUE : args[1], "a position in the list");
	fval *p = copy_of(vm, items, 1);
	if (p) {
		memmove(p + at + 1, p + at, (items.n - at) * sizeof *p);
		p[at] = args[2];
	}
	return list(vm, p, items.n + 1);
}

fval fn_remove(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	size_t at;
	(void)n;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	if (!position(args[1], items.n, &at))
		return feel_vm_wrong(vm, args[1].kind == FEEL_NUMBER ? FEEL_NULL_VALUE : args[1], "a position in the list");
	fval *p = copy_of(vm, items, 0);
	if (p)
		memmove(p + at, p + at + 1, (items.n - at - 1) * sizeof *p);
	return list(vm, p, items.n - 1);
}

fval fn_list_replace(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	size_t at;
	(void)n;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	if (!position(args[1], items.n, &at))
		return feel_vm_wrong(vm, args[1].kind == FEEL_NUMBER ? FEEL_NULL_VALUE : args[1], "a position in the list");
	fval *p = copy_of(vm, items, 0);
	if (p)
		p[at] = args[2];
	return list(vm, p, items.n);
}

fval fn_reverse(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	(void)n;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	fval *p = ARENA_ARRAY(vm->arena, items.n, fval);
	for (size_t i = 0; p && i < items.n; i++)
		p[i] = items.p[items.n - 1 - i];
	return list(vm, p, items.n);
}

fval fn_index_of(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	size_t out = 0;
	(void)n;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list");
	fval *p = ARENA_ARRAY(vm->arena, items.n, fval);
	for (size_t i = 0; p && i < items.n; i++)
		if (feel_equal(vm->zones, items.p[i], args[1]) == FEEL_YES)
			p[out++] = feel_int((int64_t)i + 1);
	return list(vm, p, out);
}

struct level {
	const struct feel_list *l;
	size_t i;
};

fval fn_flatten(struct feel_vm *vm, const fval *args, size_t n)
{
	struct level stack[FEEL_NESTING_MOST + 1];
	size_t deep = 1;
	(void)n;
	if (args[0].kind == FEEL_NULL)
		return feel_vm_wrong(vm, args[0], "a list");
	if (args[0].kind != FEEL_LIST)
		return list(vm, copy_of(vm, (struct fn_items){args, 1}, 0), 1);
	fval builder = feel_builder(vm);
	if (builder.kind != FEEL_INTERNAL)
		return fn_no_memory(vm);
	stack[0] = (struct level){args[0].list, 0};
	while (deep && !vm->broken) {
		struct level *l = &stack[deep - 1];
		if (l->i == l->l->n) {
			deep--;
			continue;
		}
		fval v = l->l->items[l->i++];
		if (v.kind == FEEL_LIST)
			stack[deep++] = (struct level){v.list, 0};
		else
			feel_builder_add(vm, builder, v);
	}
	return feel_builder_list(vm, builder);
}
