/* Relations between points and ranges (DMN 1.5, table 78, after Allen's interval algebra), and range(). */
#include "engine/feel/fn.h"
#include "engine/feel/parse.h"
#include "engine/feel/time.h"

/* A point is the closed range from itself to itself. */
struct span {
	fval low, high;
	bool low_in, high_in, point;
};

static bool span_of(fval v, struct span *ret)
{
	if (v.kind == FEEL_RANGE) {
		const struct feel_range *r = v.range;
		if (!r->has_low || !r->has_high)
			return false;
		*ret = (struct span){r->low, r->high, r->low_closed, r->high_closed, false};
		return true;
	}
	*ret = (struct span){v, v, true, true, true};
	return v.kind != FEEL_NULL;
}

struct relation {
	int low_low, low_high, high_low, high_high; /* a's end compared with b's end */
	struct span a, b;
};

static bool relate(struct feel_vm *vm, fval a, fval b, struct relation *r, fval *ret_error)
{
	if (!span_of(a, &r->a) || !span_of(b, &r->b)) {
		*ret_error = feel_vm_wrong(vm, a.kind == FEEL_NULL ? a : b, "a point or a range with both ends");
		return false;
	}
	if (!feel_compare(vm->zones, r->a.low, r->b.low, &r->low_low) ||
	    !feel_compare(vm->zones, r->a.low, r->b.high, &r->low_high) ||
	    !feel_compare(vm->zones, r->a.high, r->b.low, &r->high_low) ||
	    !feel_compare(vm->zones, r->a.high, r->b.high, &r->high_high)) {
		*ret_error = feel_truth_value(vm, FEEL_UNKNOWN, r->a.low, r->b.low);
		return false;
	}
	return true;
}

enum shape { ANY_SHAPE, TWO_RANGES, RANGE_SECOND, ALIKE };

static fval answer(struct feel_vm *vm, fval a, fval b, enum shape shape, bool (*holds)(const struct relation *r))
{
	struct relation r;
	fval error;
	a = a.kind == FEEL_LIST ? fn_single(a) : a;
	b = b.kind == FEEL_LIST ? fn_single(b) : b;
	if (!relate(vm, a, b, &r, &error))
		return error;
	if ((shape == TWO_RANGES && (r.a.point || r.b.point)) || (shape == RANGE_SECOND && r.b.point) ||
	    (shape == ALIKE && r.a.point != r.b.point))
		return feel_vm_error(vm, "feel.type", "a range was expected");
	return feel_bool(holds(&r));
}

static bool is_before(const struct relation *r)
{
	return r->high_low < 0 || (r->high_low == 0 && (!r->a.high_in || !r->b.low_in));
}

static bool is_meeting(const struct relation *r)
{
	return r->high_low == 0 && r->a.high_in && r->b.low_in;
}

static bool is_overlapping(const struct relation *r)
{
	return (r->high_low > 0 || (r->high_low == 0 && r->a.high_in && r->b.low_in)) &&
	    (r->low_high < 0 || (r->low_high == 0 && r->a.low_in && r->b.high_in));
}

static bool is_overlapping_before(const struct relation *r)
{
	return (r->low_low < 0 || (r->low_low == 0 && r->a.low_in && !r->b.low_in)) &&
	    (r->high_low > 0 || (r->high_low == 0 && r->a.high_in && r->b.low_in)) &&
	    (r->high_high < 0 || (r->high_high == 0 && (!r->a.high_in || r->b.high_in)));
}

static bool is_finishing(const struct relation *r)
{
	if (r->a.point)
		return r->b.high_in && r->high_high == 0;
	return r->a.high_in == r->b.high_in && r->high_high == 0 &&
	    (r->low_low > 0 || (r->low_low == 0 && (!r->a.low_in || r->b.low_in)));
}

/* a lies within b. */
static bool is_during(const struct relation *r)
{
	return (r->low_low > 0 || (r->low_low == 0 && (r->b.low_in || !r->a.low_in))) &&
	    (r->high_high < 0 || (r->high_high == 0 && (r->b.high_in || !r->a.high_in)));
}

static bool is_starting(const struct relation *r)
{
	if (r->a.point)
		return r->b.low_in && r->low_low == 0;
	return r->a.low_in == r->b.low_in && r->low_low == 0 &&
	    (r->high_high < 0 || (r->high_high == 0 && (!r->a.high_in || r->b.high_in)));
}

static bool is_coinciding(const struct relation *r)
{
	return r->low_low == 0 && r->high_high == 0 && r->a.low_in == r->b.low_in && r->a.high_in == r->b.high_in;
}

#define RELATION(name, first, second, shape, holds)                                                \
	fval name(struct feel_vm *vm, const fval *args, size_t n)                                  \
	{                                                                                          \
		(void)n;                                                                           \
		return answer(vm, args[first], args[second], shape, holds);                        \
	}

RELATION(fn_before, 0, 1, ANY_SHAPE, is_before)
RELATION(fn_after, 1, 0, ANY_SHAPE, is_before)
RELATION(fn_meets, 0, 1, TWO_RANGES, is_meeting)
RELATION(fn_met_by, 1, 0, TWO_RANGES, is_meeting)
RELATION(fn_overlaps, 0, 1, TWO_RANGES, is_overlapping)
RELATION(fn_overlaps_before, 0, 1, TWO_RANGES, is_overlapping_before)
RELATION(fn_overlaps_after, 1, 0, TWO_RANGES, is_overlapping_before)
RELATION(fn_finishes, 0, 1, RANGE_SECOND, is_finishing)
RELATION(fn_finished_by, 1, 0, RANGE_SECOND, is_finishing)
RELATION(fn_includes, 1, 0, RANGE_SECOND, is_during)
RELATION(fn_during, 0, 1, RANGE_SECOND, is_during)
RELATION(fn_starts, 0, 1, RANGE_SECOND, is_starting)
RELATION(fn_started_by, 1, 0, RANGE_SECOND, is_starting)
RELATION(fn_coincides, 0, 1, ALIKE, is_coinciding)

/* An end of the text of a range: a number, string, "@" literal, or a call of a temporal function with a string. */
static bool range_end(struct feel_vm *vm, struct parser *p, fval *ret)
{
	static const struct {
		const char *name;
		feel_builtin_fn fn;
	} calls[] = {{"date and time", fn_date_and_time}, {"date", fn_date}, {"time", fn_time}, {"duration", fn_duration}};
	decimal d;
	str text;
	parse_skip(p);
	char c = p->at < p->s.n ? p->s.p[p->at] : '\0';
	bool neg = parse_take(p, "-");
	if (neg || (c >= '0' && c <= '9')) {
		size_t from = p->at;
		while (p->at < p->s.n && (p->s.p[p->at] != '.' || (p->at + 1 < p->s.n && p->s.p[p->at + 1] != '.')) &&
		    strchr("0123456789.eE+-", p->s.p[p->at]))
			p->at++;
		if (!decimal_parse(str_sub(p->s, from, p->at), &d))
			return false;
		*ret = feel_number(neg ? decimal_neg(d) : d);
		return true;
	}
	if (c == '"') {
		if (!parse_string(p, &text))
			return false;
		*ret = feel_string(text);
		return true;
	}
	if (parse_take(p, "@"))
		return p->at < p->s.n && p->s.p[p->at] == '"' && parse_string(p, &text) &&
		    feel_parse_temporal(vm->zones, text, ret);
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		size_t end = feel_name_at(p->s, p->at, str_of(calls[i].name));
		if (!end)
			continue;
		p->at = end;
		parse_skip(p);
		if (!parse_take(p, "("))
			return false;
		parse_skip(p);
		if (p->at >= p->s.n || p->s.p[p->at] != '"' || !parse_string(p, &text))
			return false;
		parse_skip(p);
		fval arg = feel_string(text);
		*ret = calls[i].fn(vm, &arg, 1);
		return parse_take(p, ")") && ret->kind != FEEL_NULL;
	}
	return false;
}

static bool read_range(struct feel_vm *vm, struct parser *p, struct feel_range *r)
{
	*r = (struct feel_range){.has_low = true, .has_high = true};
	parse_skip(p);
	r->low_closed = parse_take(p, "[");
	if (!r->low_closed && !parse_take(p, "(") && !parse_take(p, "]"))
		return false;
	if (!range_end(vm, p, &r->low))
		return false;
	parse_skip(p);
	if (!parse_take(p, "..") || !range_end(vm, p, &r->high))
		return false;
	parse_skip(p);
	r->high_closed = parse_take(p, "]");
	if (!r->high_closed && !parse_take(p, ")") && !parse_take(p, "["))
		return false;
	parse_skip(p);
	return p->at == p->s.n;
}

fval fn_range(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(from, 0, FEEL_STRING, "a string");
	struct feel_compiler c = {.arena = vm->arena, .zones = vm->zones};
	struct emit e = {.c = &c};
	struct parser p = {.e = &e, .s = from.string, .line = 1, .col = 1};
	struct feel_range r;
	int order;
	if (!read_range(vm, &p, &r) || !feel_compare(vm->zones, r.low, r.high, &order) || order > 0)
		return feel_vm_error(vm, "feel.literal", "\"%.*s\" is not a range", STR_ARG(str_sub(from.string, 0, 60)));
	return feel_range_of(vm->arena, r);
}
