#include "base/arena.h"
#include "engine/feel/time.h"
#include "engine/feel/value.h"

/* Two values whose parts are compared next. Nesting is bounded by FEEL_NESTING_MOST; ranges add a level. */
struct pair {
	fval a, b;
	size_t i;
};

enum { PAIRS_MOST = FEEL_NESTING_MOST * 2 + 8 };

static enum feel_truth truth_of(bool v)
{
	return v ? FEEL_YES : FEEL_NO;
}

static bool is_part(fval v)
{
	return v.kind == FEEL_LIST || v.kind == FEEL_CONTEXT || v.kind == FEEL_RANGE;
}

static enum feel_truth equal_plain(const struct feel_zones *zones, fval a, fval b)
{
	if (a.kind == FEEL_NULL || b.kind == FEEL_NULL)
		return truth_of(a.kind == b.kind);
	if (a.kind != b.kind)
		return FEEL_UNKNOWN;
	switch ((enum feel_kind)a.kind) {
	case FEEL_BOOL:
		return truth_of(a.truth == b.truth);
	case FEEL_NUMBER:
		return truth_of(decimal_cmp(a.number, b.number) == 0);
	case FEEL_STRING:
		return truth_of(str_eq(a.string, b.string));
	case FEEL_MONTHS:
		return truth_of(a.months == b.months);
	case FEEL_DAYS:
		return truth_of(a.seconds == b.seconds && a.fraction == b.fraction);
	case FEEL_DATE:
		return truth_of(a.day == b.day);
	case FEEL_TIME:
	case FEEL_DATE_TIME:
		return truth_of(feel_time_same(zones, a, b));
	case FEEL_FUNCTION:
		return truth_of(a.function == b.function);
	case FEEL_NULL:
	case FEEL_LIST:
	case FEEL_CONTEXT:
	case FEEL_RANGE:
	case FEEL_INTERNAL:
		break;
	}
	return FEEL_UNKNOWN;
}

static bool same_shape(fval a, fval b)
{
	if (a.kind == FEEL_LIST)
		return a.list->n == b.list->n;
	if (a.kind == FEEL_CONTEXT)
		return a.context->n == b.context->n;
	const struct feel_range *x = a.range, *y = b.range;
	return x->has_low == y->has_low && x->has_high == y->has_high && x->low_closed == y->low_closed &&
	    x->high_closed == y->high_closed && x->negated == y->negated &&
	    x->equal == y->equal;
}

/* The i-th parts of both, into *ret; false when there are no more. *ret_no: a key is missing. */
static bool next_parts(struct pair *p, struct pair *ret, bool *ret_no)
{
	size_t i = p->i++;
	if (p->a.kind == FEEL_LIST) {
		if (i >= p->a.list->n)
			return false;
		*ret = (struct pair){p->a.list->items[i], p->b.list->items[i], 0};
		return true;
	}
	if (p->a.kind == FEEL_CONTEXT) {
		if (i >= p->a.context->n)
			return false;
		const fval *other = feel_context_get(p->b.context, p->a.context->entries[i].key);
		*ret_no = !other;
		*ret = (struct pair){p->a.context->entries[i].value, other ? *other : FEEL_NULL_VALUE, 0};
		return true;
	}
	if (i >= 2)
		return false;
	*ret = i == 0 ? (struct pair){p->a.range->low, p->b.range->low, 0}
		      : (struct pair){p->a.range->high, p->b.range->high, 0};
	return true;
}

enum feel_truth feel_equal(const struct feel_zones *zones, fval a, fval b)
{
	if (!is_part(a) || a.kind != b.kind)
		return equal_plain(zones, a, b);
	struct pair stack[PAIRS_MOST];
	size_t n = 1;
	if (!same_shape(a, b))
		return FEEL_NO;
	stack[0] = (struct pair){a, b, 0};
	while (n) {
		struct pair next;
		bool missing = false;
		if (!next_parts(&stack[n - 1], &next, &missing)) {
			n--;
			continue;
		}
		if (missing)
			return FEEL_NO;
		if (is_part(next.a) && next.a.kind == next.b.kind) {
			if (!same_shape(next.a, next.b))
				return FEEL_NO;
			if (n == PAIRS_MOST)
				return FEEL_UNKNOWN;
			stack[n++] = next;
			continue;
		}
		enum feel_truth t = equal_plain(zones, next.a, next.b);
		if (t != FEEL_YES)
			return FEEL_NO;
	}
	return FEEL_YES;
}

static int cmp_i64(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

bool feel_compare(const struct feel_zones *zones, fval a, fval b, int *ret)
{
	if (a.kind != b.kind)
		return false;
	switch ((enum feel_kind)a.kind) {
	case FEEL_NUMBER:
		*ret = decimal_cmp(a.number, b.number);
		return true;
	case FEEL_STRING:
		*ret = str_cmp(a.string, b.string); /* UTF-8 keeps the order of code points */
		return true;
	case FEEL_DATE:
		*ret = cmp_i64(a.day, b.day);
		return true;
	case FEEL_MONTHS:
		*ret = cmp_i64(a.months, b.months);
		return true;
	case FEEL_DAYS:
		*ret = a.seconds != b.seconds ? cmp_i64(a.seconds, b.seconds) : cmp_i64(a.fraction, b.fraction);
		return true;
	case FEEL_TIME:
	case FEEL_DATE_TIME:
		return feel_time_compare(zones, a, b, ret);
	case FEEL_NULL:
	case FEEL_BOOL:
	case FEEL_LIST:
	case FEEL_CONTEXT:
	case FEEL_RANGE:
	case FEEL_FUNCTION:
	case FEEL_INTERNAL:
		break;
	}
	return false;
}

enum feel_truth feel_in_range(const struct feel_zones *zones, fval v, const struct feel_range *r)
{
	if (r->equal || r->negated) {
		enum feel_truth t = feel_equal(zones, v, r->low);
		return t == FEEL_UNKNOWN || r->equal ? t : truth_of(t == FEEL_NO);
	}
	int c;
	if (r->has_low) {
		if (!feel_compare(zones, v, r->low, &c))
			return FEEL_UNKNOWN;
		if (c < 0 || (c == 0 && !r->low_closed))
			return r->has_high && !feel_compare(zones, v, r->high, &c) ? FEEL_UNKNOWN : FEEL_NO;
	}
	if (r->has_high) {
		if (!feel_compare(zones, v, r->high, &c))
			return FEEL_UNKNOWN;
		if (c > 0 || (c == 0 && !r->high_closed))
			return FEEL_NO;
	}
	return FEEL_YES;
}

enum feel_truth feel_in(const struct feel_zones *zones, fval v, fval t)
{
	if (t.kind == FEEL_RANGE && v.kind != FEEL_RANGE)
		return feel_in_range(zones, v, t.range);
	if (t.kind != FEEL_LIST)
		return feel_equal(zones, v, t);
	if (v.kind == FEEL_LIST && feel_equal(zones, v, t) == FEEL_YES)
		return FEEL_YES;
	enum feel_truth sum = FEEL_NO;
	for (size_t i = 0; i < t.list->n; i++) {
		fval item = t.list->items[i];
		enum feel_truth one = item.kind == FEEL_RANGE && v.kind != FEEL_RANGE
		    ? feel_in_range(zones, v, item.range)
		    : feel_equal(zones, v, item);
		if (one == FEEL_YES)
			return FEEL_YES;
		if (one == FEEL_UNKNOWN && t.list->n == 1)
			sum = FEEL_UNKNOWN;
	}
	return sum;
}
