/* Kinds of values, and what operators and functions make of them: asked of the engine itself with a sample of each kind, so
 * that there is one place that knows which kinds go together. */
#include "engine/dmn/infer.h"
#include "engine/feel/builtin.h"

#define BIT(kind) (1u << (kind))

bool infer_kinds_init(struct infer_kinds *k, struct arena *a, const struct feel_zones *zones)
{
	struct feel_range *range = ARENA_NEW(a, struct feel_range);
	fval *items = ARENA_ARRAY(a, 2, fval);
	*k = (struct infer_kinds){.vm = {.arena = a, .zones = zones}};
	if (!range || !items)
		return false;
	items[0] = feel_int(1);
	items[1] = feel_string(STR("a"));
	*range = (struct feel_range){.low = feel_int(1), .high = feel_int(2), .has_low = true, .has_high = true,
	    .low_closed = true, .high_closed = true};
	k->samples[FEEL_BOOL] = feel_bool(true);
	k->samples[FEEL_NUMBER] = feel_int(1);
	k->samples[FEEL_STRING] = feel_string(STR("a"));
	k->samples[FEEL_DATE] = (fval){.kind = FEEL_DATE, .day = 14000};
	k->samples[FEEL_TIME] = (fval){.kind = FEEL_TIME, .zone = FEEL_ZONE_NONE, .nanos = 1};
	k->samples[FEEL_DATE_TIME] = (fval){.kind = FEEL_DATE_TIME, .zone = FEEL_ZONE_NONE, .day = 14000};
	k->samples[FEEL_DAYS] = (fval){.kind = FEEL_DAYS, .seconds = 3600};
	k->samples[FEEL_MONTHS] = (fval){.kind = FEEL_MONTHS, .months = 1};
	k->samples[FEEL_LIST] = feel_list_of(a, items, 2);
	k->samples[FEEL_CONTEXT] = feel_context_of(a, NULL, 0);
	k->samples[FEEL_RANGE] = (fval){.kind = FEEL_RANGE, .range = range};
	k->samples[FEEL_FUNCTION] = feel_builtin_value(a, 0);
	return true;
}

struct infer infer_of_kinds(uint32_t kinds)
{
	return (struct infer){.kinds = kinds, .items = INFER_ALL};
}

struct infer infer_of_type(const struct feel_type *t)
{
	struct infer x = infer_of_kinds(INFER_ALL);
	if (!t)
		return x;
	switch (t->kind) {
	case FEEL_TYPE_PLAIN:
		x.kinds = BIT(t->plain) | BIT(FEEL_NULL);
		break;
	case FEEL_TYPE_DURATION:
		x.kinds = BIT(FEEL_DAYS) | BIT(FEEL_MONTHS) | BIT(FEEL_NULL);
		break;
	case FEEL_TYPE_LIST:
		x.kinds = BIT(FEEL_LIST) | BIT(FEEL_NULL);
		x.items = infer_of_type(t->element && t->element->kind != FEEL_TYPE_LIST ? t->element : NULL).kinds;
		x.type = t->element;
		break;
	case FEEL_TYPE_CONTEXT:
		x.kinds = BIT(FEEL_CONTEXT) | BIT(FEEL_NULL);
		x.type = t->open ? NULL : t;
		break;
	case FEEL_TYPE_RANGE:
		x.kinds = BIT(FEEL_RANGE) | BIT(FEEL_NULL);
		break;
	case FEEL_TYPE_FUNCTION:
		x.kinds = BIT(FEEL_FUNCTION) | BIT(FEEL_NULL);
		break;
	case FEEL_TYPE_ANY:
	case FEEL_TYPE_NULL:
		break;
	}
	return x;
}

struct infer infer_of_value(const fval *v)
{
	struct infer x = {.kinds = BIT(v->kind), .items = INFER_ALL, .constant = v};
	if (v->kind == FEEL_LIST)
		x.items = 0;
	for (size_t i = 0; v->kind == FEEL_LIST && i < v->list->n; i++)
		x.items |= BIT(v->list->items[i].kind);
	if (v->kind == FEEL_FUNCTION && v->function->kind == FUNCTION_CODE)
		x.proto = v->function->proto;
	if (v->kind == FEEL_INTERNAL || (v->kind == FEEL_NULL && v->cause)) /* told elsewhere */
		x.kinds = INFER_ALL;
	return x;
}

struct infer infer_join(struct infer a, struct infer b)
{
	return (struct infer){.kinds = a.kinds | b.kinds, .items = a.items | b.items, .type = a.type == b.type ? a.type : NULL,
	    .constant = a.constant == b.constant ? a.constant : NULL, .proto = a.proto == b.proto ? a.proto : NULL,
	    .made = a.made == b.made ? a.made : NULL};
}

static bool is_error(fval v)
{
	return v.kind == FEEL_NULL && v.cause;
}

static fval apply(struct infer_kinds *k, enum feel_op op, fval a, fval b)
{
	switch (op) {
	case OP_NEG:
		return feel_negate(&k->vm, a);
	case OP_ADD:
	case OP_SUB:
	case OP_MUL:
	case OP_DIV:
	case OP_POW:
		return feel_arithmetic(&k->vm, op, a, b);
	default:
		return feel_relation(&k->vm, op, a, b);
	}
}

/* Times and date-times go together or not by whether they have a zone: the sample with, or without one. */
static fval sample(const struct infer_kinds *k, uint32_t kind, bool zoned)
{
	fval v = k->samples[kind];
	if (zoned && (kind == FEEL_TIME || kind == FEEL_DATE_TIME))
		v.zone = 0;
	return v;
}

uint32_t infer_operator(struct infer_kinds *k, enum feel_op op, uint32_t a, uint32_t b, str *ret_why)
{
	uint32_t result = 0;
	*ret_why = STR("");
	for (uint32_t x = FEEL_BOOL; x < FEEL_INTERNAL; x++)
		for (uint32_t y = FEEL_BOOL; y < FEEL_INTERNAL; y++) {
			if (!(a & BIT(x)) || !(b & BIT(y)))
				continue;
			for (int zones = 0; zones < 4; zones++) {
				fval v = apply(k, op, sample(k, x, zones & 1), sample(k, y, zones & 2));
				if (!is_error(v))
					result |= BIT(v.kind);
				else if (!ret_why->n)
					*ret_why = v.cause->text;
			}
		}
	return result;
}

uint32_t infer_path(struct infer_kinds *k, uint32_t kinds, str name)
{
	uint32_t result = 0;
	for (uint32_t x = FEEL_BOOL; x < FEEL_INTERNAL; x++) {
		if (!(kinds & BIT(x)))
			continue;
		if (x == FEEL_LIST || x == FEEL_CONTEXT || x == FEEL_FUNCTION)
			return INFER_ALL;
		fval v = feel_path(&k->vm, k->samples[x], name);
		if (!is_error(v))
			result |= v.kind == FEEL_NULL || x == FEEL_RANGE ? INFER_ALL : BIT(v.kind); /* null: there may be one */
	}
	return result;
}

/* What functions give whose result is always of one kind. */
static uint32_t result_of(int32_t builtin)
{
	static const struct {
		enum feel_kind kind;
		const char *names; /* between commas */
	} results[] = {
	    {FEEL_STRING, ",string,substring,upper case,lower case,substring before,substring after,replace,string join,day of week,"
			  "month of year,"},
	    {FEEL_NUMBER, ",number,string length,count,stddev,decimal,floor,ceiling,round up,round down,round half up,"
			  "round half down,modulo,sqrt,log,exp,day of year,week of year,product,"},
	    {FEEL_BOOL, ",contains,starts with,ends with,matches,list contains,odd,even,is,all,any,before,after,meets,met by,overlaps,"
			"overlaps before,overlaps after,finishes,finished by,includes,during,starts,started by,coincides,"},
	    {FEEL_LIST, ",split,sublist,append,concatenate,insert before,remove,list replace,reverse,index of,union,distinct values,"
			"flatten,sort,mode,get entries,"},
	    {FEEL_DATE, ",date,today,"}, {FEEL_DATE_TIME, ",date and time,now,"}, {FEEL_TIME, ",time,"},
	    {FEEL_MONTHS, ",years and months duration,"}, {FEEL_CONTEXT, ",context,context put,context merge,"}};
	char wanted[80];
	(void)snprintf(wanted, sizeof wanted, ",%s,", feel_builtin_name(builtin));
	for (size_t i = 0; i < sizeof results / sizeof *results; i++)
		if (strstr(results[i].names, wanted))
			return BIT(results[i].kind) | BIT(FEEL_NULL);
	return INFER_ALL;
}

/* Functions whose arguments are of fixed plain kinds: these can be tried with samples. */
static bool is_plain(uint32_t kinds)
{
	uint32_t open = BIT(FEEL_LIST) | BIT(FEEL_CONTEXT) | BIT(FEEL_RANGE) | BIT(FEEL_FUNCTION) | BIT(FEEL_NULL);
	return kinds && !(kinds & open);
}

uint32_t infer_builtin(struct infer_kinds *k, int32_t builtin, const struct infer *args, size_t n, str *ret_why)
{
	enum { ARGS_MOST = 4 };
	uint32_t at[ARGS_MOST] = {0};
	fval values[ARGS_MOST];
	*ret_why = STR("");
	for (size_t i = 0; i < n; i++)
		if (n > ARGS_MOST || !is_plain(args[i].kinds & ~BIT(FEEL_NULL)))
			return result_of(builtin);
	if (!n || feel_builtin_native(builtin, n, k->samples + 1))
		return result_of(builtin);
	for (;;) { /* every combination of kinds */
		bool possible = true;
		for (size_t i = 0; i < n; i++) {
			possible = possible && at[i] && (args[i].kinds & BIT(at[i]));
			values[i] = args[i].constant ? *args[i].constant : k->samples[at[i]];
		}
		fval v = possible ? feel_builtin_call(&k->vm, builtin, values, n) : FEEL_NULL_VALUE;
		if (possible && (!is_error(v) || strcmp(v.cause->id, "feel.type") != 0))
			return result_of(builtin);
		if (possible && !ret_why->n)
			*ret_why = v.cause->text;
		size_t i = 0;
		while (i < n && ++at[i] == FEEL_INTERNAL)
			at[i++] = 0;
		if (i == n)
			return 0;
	}
}

/* A test of a constant: is one of its kinds among these? */
static bool one_meets(uint32_t kinds, fval v)
{
	if (v.kind == FEEL_RANGE)
		return (v.range->has_low && (kinds & BIT(v.range->low.kind))) || (v.range->has_high && (kinds & BIT(v.range->high.kind))) ||
		    (kinds & BIT(FEEL_RANGE));
	return v.kind == FEEL_NULL || v.kind == FEEL_LIST || (kinds & BIT(v.kind));
}

bool infer_meets(uint32_t kinds, fval constant)
{
	uint32_t k = kinds & ~BIT(FEEL_NULL);
	if (!k || (k & BIT(FEEL_LIST)))
		return true;
	if (constant.kind != FEEL_LIST)
		return one_meets(k, constant);
	for (size_t i = 0; i < constant.list->n; i++)
		if (one_meets(k, constant.list->items[i]))
			return true;
	return !constant.list->n;
}
