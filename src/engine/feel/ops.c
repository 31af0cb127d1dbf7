#include "engine/feel/time.h"
#include "engine/feel/vm.h"

fval feel_vm_wrong(struct feel_vm *vm, fval v, const char *wanted)
{
	if (v.kind == FEEL_NULL && v.cause)
		return v;
	if (v.kind == FEEL_NULL)
		return feel_vm_error(vm, "feel.null", "%s was expected, not null", wanted);
	return feel_vm_error(vm, "feel.type", "%s was expected, not a %s", wanted, feel_kind_name(v.kind));
}

static fval no_operation(struct feel_vm *vm, const char *sign, fval a, fval b)
{
	if (a.kind == FEEL_NULL && a.cause)
		return a;
	if (b.kind == FEEL_NULL && b.cause)
		return b;
	return feel_vm_error(vm, "feel.type", "%s and %s cannot be combined by \"%s\"", feel_kind_name(a.kind),
	    feel_kind_name(b.kind), sign);
}

static fval too_large(struct feel_vm *vm)
{
	return feel_vm_error(vm, "feel.range", "the result is outside the range of its kind");
}

static fval join_strings(struct feel_vm *vm, str a, str b)
{
	if (a.n + b.n > FEEL_STRING_MOST)
		return feel_vm_error(vm, "feel.limit", "a string has at most %d bytes", FEEL_STRING_MOST);
	char *p = arena_alloc(vm->arena, a.n + b.n + 1);
	if (!p)
		return feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
	if (a.n)
		memcpy(p, a.p, a.n);
	if (b.n)
		memcpy(p + a.n, b.p, b.n);
	return feel_string((str){p, a.n + b.n});
}

static bool is_point(fval v)
{
	return v.kind == FEEL_DATE || v.kind == FEEL_TIME || v.kind == FEEL_DATE_TIME;
}

static bool is_duration(fval v)
{
	return v.kind == FEEL_DAYS || v.kind == FEEL_MONTHS;
}

static fval add(struct feel_vm *vm, fval a, fval b)
{
	fval r;
	decimal d;
	if (a.kind == FEEL_NUMBER && b.kind == FEEL_NUMBER)
		return decimal_add(a.number, b.number, &d) ? feel_number(d) : too_large(vm);
	if (a.kind == FEEL_STRING && b.kind == FEEL_STRING)
		return join_strings(vm, a.string, b.string);
	if (is_duration(b) && (is_point(a) || a.kind == b.kind)) {
		if (a.kind == FEEL_TIME && b.kind == FEEL_MONTHS)
			return no_operation(vm, "+", a, b);
		return feel_time_add(vm->zones, a, b, 1, &r) ? r : too_large(vm);
	}
	if (is_duration(a) && is_point(b) && !(a.kind == FEEL_MONTHS && b.kind == FEEL_TIME))
		return feel_time_add(vm->zones, b, a, 1, &r) ? r : too_large(vm);
	return no_operation(vm, "+", a, b);
}

static fval sub(struct feel_vm *vm, fval a, fval b)
{
	fval r;
	decimal d;
	if (a.kind == FEEL_NUMBER && b.kind == FEEL_NUMBER)
		return decimal_sub(a.number, b.number, &d) ? feel_number(d) : too_large(vm);
	if (is_point(a) && is_point(b))
		return feel_time_between(vm->zones, a, b, &r) ? r : no_operation(vm, "-", a, b);
	if (is_duration(b) && (is_point(a) || a.kind == b.kind) && !(a.kind == FEEL_TIME && b.kind == FEEL_MONTHS))
		return feel_time_add(vm->zones, a, b, -1, &r) ? r : too_large(vm);
	return no_operation(vm, "-", a, b);
}

static fval scale(struct feel_vm *vm, fval duration, decimal by, bool divide)
{
	decimal n = feel_duration_number(duration), d;
	fval r;
	if (!(divide ? decimal_div(n, by, &d) : decimal_mul(n, by, &d)) ||
	    !feel_duration_of((enum feel_kind)duration.kind, d, &r))
		return too_large(vm);
	return r;
}

static fval mul(struct feel_vm *vm, fval a, fval b)
{
	decimal d;
	if (a.kind == FEEL_NUMBER && b.kind == FEEL_NUMBER)
		return decimal_mul(a.number, b.number, &d) ? feel_number(d) : too_large(vm);
	if (is_duration(a) && b.kind == FEEL_NUMBER)
		return scale(vm, a, b.number, false);
	if (a.kind == FEEL_NUMBER && is_duration(b))
		return scale(vm, b, a.number, false);
	return no_operation(vm, "*", a, b);
}

static fval divide(struct feel_vm *vm, fval a, fval b)
{
	decimal d;
	bool same = is_duration(a) && a.kind == b.kind;
	decimal x = same ? feel_duration_number(a) : a.number, y = same ? feel_duration_number(b) : b.number;
	if (!same && (b.kind != FEEL_NUMBER || (a.kind != FEEL_NUMBER && !is_duration(a))))
		return no_operation(vm, "/", a, b);
	if (decimal_is_zero(y))
		return feel_vm_error(vm, "feel.zero", "division by zero");
	if (is_duration(a) && !same)
		return scale(vm, a, y, true);
	return decimal_div(x, y, &d) ? feel_number(d) : too_large(vm);
}

fval feel_arithmetic(struct feel_vm *vm, enum feel_op op, fval a, fval b)
{
	decimal d;
	switch (op) {
	case OP_ADD:
		return add(vm, a, b);
	case OP_SUB:
		return sub(vm, a, b);
	case OP_MUL:
		return mul(vm, a, b);
	case OP_DIV:
		return divide(vm, a, b);
	default:
		break;
	}
	if (a.kind != FEEL_NUMBER || b.kind != FEEL_NUMBER)
		return no_operation(vm, "**", a, b);
	return decimal_pow(a.number, b.number, &d) ? feel_number(d) : too_large(vm);
}

fval feel_negate(struct feel_vm *vm, fval v)
{
	if (v.kind == FEEL_NUMBER)
		return feel_number(decimal_neg(v.number));
	if (v.kind == FEEL_MONTHS)
		return feel_months(-v.months);
	if (v.kind == FEEL_DAYS)
		return feel_days(-v.seconds, -v.fraction);
	return feel_vm_wrong(vm, v, "a number or duration");
}

fval feel_truth_value(struct feel_vm *vm, enum feel_truth t, fval a, fval b)
{
	if (t != FEEL_UNKNOWN)
		return feel_bool(t == FEEL_YES);
	if (a.kind == FEEL_NULL && a.cause)
		return a;
	if (b.kind == FEEL_NULL && b.cause)
		return b;
	return feel_vm_error(vm, "feel.type", "a %s cannot be compared with a %s", feel_kind_name(a.kind),
	    feel_kind_name(b.kind));
}

fval feel_relation(struct feel_vm *vm, enum feel_op op, fval a, fval b)
{
	if (op == OP_EQ || op == OP_NE) {
		enum feel_truth t = feel_equal(vm->zones, a, b);
		bool broken = (a.kind == FEEL_NULL && a.cause) || (b.kind == FEEL_NULL && b.cause);
		if (vm->strict && broken && a.kind != b.kind) /* an error is not "different" */
			t = FEEL_UNKNOWN;
		if (t != FEEL_UNKNOWN && op == OP_NE)
			t = t == FEEL_YES ? FEEL_NO : FEEL_YES;
		return feel_truth_value(vm, t, a, b);
	}
	int c;
	if (!feel_compare(vm->zones, a, b, &c))
		return feel_truth_value(vm, FEEL_UNKNOWN, a, b);
	switch (op) {
	case OP_LT:
		return feel_bool(c < 0);
	case OP_LE:
		return feel_bool(c <= 0);
	case OP_GT:
		return feel_bool(c > 0);
	default:
		return feel_bool(c >= 0);
	}
}

fval feel_and_or(struct feel_vm *vm, bool is_and, fval a, fval b)
{
	bool decides = !is_and; /* false decides "and", true decides "or" */
	if ((a.kind == FEEL_BOOL && a.truth == decides) || (b.kind == FEEL_BOOL && b.truth == decides))
		return feel_bool(decides);
	if (a.kind == FEEL_BOOL && b.kind == FEEL_BOOL)
		return feel_bool(is_and);
	return feel_vm_wrong(vm, a.kind == FEEL_BOOL ? b : a, "true or false");
}

fval feel_between(struct feel_vm *vm, fval v, fval low, fval high)
{
	fval from = feel_relation(vm, OP_GE, v, low), to = feel_relation(vm, OP_LE, v, high);
	if (from.kind == FEEL_NULL || to.kind == FEEL_NULL)
		return from.kind == FEEL_NULL ? from : to;
	return feel_bool(feel_is_true(from) && feel_is_true(to));
}

static fval range_part(struct feel_vm *vm, const struct feel_range *r, str name)
{
	if (str_is(name, "start"))
		return r->low;
	if (str_is(name, "end"))
		return r->high;
	if (str_is(name, "start included"))
		return feel_bool(r->low_closed);
	if (str_is(name, "end included"))
		return feel_bool(r->high_closed);
	return feel_vm_error(vm, "feel.path", "a range has no \"%.*s\"", STR_ARG(name));
}

static fval list_path(struct feel_vm *vm, const struct feel_list *l, str name)
{
	fval *items = ARENA_ARRAY(vm->arena, l->n, fval);
	if (!items)
		return feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
	for (size_t i = 0; i < l->n; i++) {
		const fval *e = l->items[i].kind == FEEL_CONTEXT ? feel_context_get(l->items[i].context, name) : NULL;
		items[i] = e ? *e : FEEL_NULL_VALUE;
	}
	return feel_list_of(vm->arena, items, l->n);
}

fval feel_path(struct feel_vm *vm, fval v, str name)
{
	fval r;
	if (v.kind == FEEL_CONTEXT) {
		const fval *e = feel_context_get(v.context, name);
		return e ? *e : feel_vm_error(vm, "feel.path", "there is no entry \"%.*s\"", STR_ARG(name));
	}
	if (v.kind == FEEL_LIST)
		return list_path(vm, v.list, name);
	if (v.kind == FEEL_RANGE)
		return range_part(vm, v.range, name);
	if (feel_time_part(vm->arena, vm->zones, v, name, &r))
		return r;
	if (v.kind == FEEL_NULL)
		return v.cause ? v : feel_vm_error(vm, "feel.null", "null has no entry \"%.*s\"", STR_ARG(name));
	return feel_vm_error(vm, "feel.path", "a %s has no \"%.*s\"", feel_kind_name(v.kind), STR_ARG(name));
}

fval feel_index(struct feel_vm *vm, fval list, fval index)
{
	int64_t i;
	if (!decimal_to_i64(index.number, &i))
		return feel_vm_error(vm, "feel.index", "a position is a whole number");
	if (list.kind == FEEL_NULL)
		return list;
	const fval *items = list.kind == FEEL_LIST ? list.list->items : &list;
	int64_t n = list.kind == FEEL_LIST ? (int64_t)list.list->n : 1;
	if (i == 0 || i > n || i < -n)
		return feel_vm_error(vm, "feel.index", "there is no item %lld among %lld", (long long)i, (long long)n);
	return items[i > 0 ? i - 1 : n + i];
}

static fval test_one(struct feel_vm *vm, fval v, fval t, bool asks)
{
	if (asks && (t.kind == FEEL_BOOL || (t.kind == FEEL_NULL && t.cause)))
		return t;
	if (asks && t.kind == FEEL_NULL)
		return feel_vm_wrong(vm, t, "true or false");
	return feel_truth_value(vm, feel_in(vm->zones, v, t), v, t);
}

fval feel_test(struct feel_vm *vm, fval v, fval t, bool asks, bool several)
{
	if (!several || t.kind != FEEL_LIST)
		return test_one(vm, v, t, asks);
	fval sum = feel_bool(false);
	for (size_t i = 0; i < t.list->n && !feel_is_true(sum); i++)
		sum = feel_and_or(vm, false, sum, test_one(vm, v, t.list->items[i], asks));
	return sum;
}

fval feel_make_range(struct arena *a, const struct feel_zones *zones, int32_t flags, const fval *bounds)
{
	struct feel_range r = feel_range_with(flags, bounds);
	int c;
	bool whole = r.has_low && r.has_high && r.low.kind != FEEL_NULL && r.high.kind != FEEL_NULL;
	if (r.equal || r.negated)
		return feel_range_of(a, r);
	if (r.has_low && r.has_high && r.low.kind == FEEL_NULL && r.high.kind == FEEL_NULL)
		return r.low.cause ? r.low : feel_error(a, "feel.range", 0, 0, "a range has at least one end");
	if (whole && !feel_compare(zones, r.low, r.high, &c))
		return feel_error(a, "feel.type", 0, 0, "a %s and a %s do not make a range", feel_kind_name(r.low.kind),
		    feel_kind_name(r.high.kind));
	return feel_range_of(a, r);
}
