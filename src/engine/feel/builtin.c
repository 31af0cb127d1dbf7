#include "engine/feel/builtin.h"

#include "engine/feel/fn.h"

#define ANY (-1)

/* Sorted by subject; the compiler looks names up in a set of its own. */
const struct feel_builtin feel_builtins[] = {
    {"date", 1, 3, true, fn_date, {"from", "year,month,day"}, NULL},
    {"time", 1, 4, true, fn_time, {"from", "hour,minute,second;offset"}, NULL},
    {"date and time", 1, 7, true, fn_date_and_time,
	{"from", "date,time", "year,month,day,hour,minute,second;offset",
	    "year,month,day,hour,minute,second,timezone"}, NULL},
    {"duration", 1, 1, true, fn_duration, {"from"}, NULL},
    {"years and months duration", 2, 2, false, fn_months_between, {"from,to"}, NULL},
    {"number", 1, 3, false, fn_number, {"from;grouping separator,decimal separator"}, NULL},
    {"string", 1, 1, false, fn_string, {"from"}, NULL},
    {"now", 0, 0, false, fn_now, {""}, NULL},
    {"today", 0, 0, false, fn_today, {""}, NULL},
    {"day of year", 1, 1, false, fn_day_of_year, {"date"}, NULL},
    {"day of week", 1, 1, false, fn_day_of_week, {"date"}, NULL},
    {"month of year", 1, 1, false, fn_month_of_year, {"date"}, NULL},
    {"week of year", 1, 1, false, fn_week_of_year, {"date"}, NULL},
    {"is", 2, 2, false, fn_is_same, {";value1,value2"}, NULL},
    {"substring", 2, 3, false, fn_substring, {"string,start position;length"}, NULL},
    {"string length", 1, 1, false, fn_string_length, {"string"}, NULL},
    {"upper case", 1, 1, false, fn_upper, {"string"}, NULL},
    {"lower case", 1, 1, false, fn_lower, {"string"}, NULL},
    {"substring before", 2, 2, false, fn_before_match, {"string,match"}, NULL},
    {"substring after", 2, 2, false, fn_after_match, {"string,match"}, NULL},
    {"replace", 3, 4, false, fn_replace, {"input,pattern,replacement;flags"}, NULL},
    {"contains", 2, 2, false, fn_contains, {"string,match"}, NULL},
    {"starts with", 2, 2, false, fn_starts_with, {"string,match"}, NULL},
    {"ends with", 2, 2, false, fn_ends_with, {"string,match"}, NULL},
    {"matches", 2, 3, false, fn_matches, {"input,pattern;flags"}, NULL},
    {"split", 2, 2, false, fn_split, {"string,delimiter"}, NULL},
    {"string join", 1, 2, false, fn_string_join, {"list;delimiter"}, NULL},
    {"list contains", 2, 2, false, fn_list_contains, {"list,element"}, NULL},
    {"count", 1, ANY, false, fn_count, {"list"}, NULL},
    {"min", 1, ANY, false, fn_min, {"list"}, NULL},
    {"max", 1, ANY, false, fn_max, {"list"}, NULL},
    {"sum", 1, ANY, false, fn_sum, {"list"}, NULL},
    {"mean", 1, ANY, false, fn_mean, {"list"}, NULL},
    {"all", 1, ANY, false, fn_all, {"list"}, NULL},
    {"any", 1, ANY, false, fn_any, {"list"}, NULL},
    {"sublist", 2, 3, false, fn_sublist, {"list,start position;length"}, NULL},
    {"append", 1, ANY, false, fn_append, {"list,item"}, NULL},
    {"concatenate", 1, ANY, false, fn_concatenate, {"list"}, NULL},
    {"insert before", 3, 3, false, fn_insert_before, {"list,position,newItem"}, NULL},
    {"remove", 2, 2, false, fn_remove, {"list,position"}, NULL},
    {"list replace", 3, 3, false, fn_list_replace, {"list,position#,newItem", "list,match?,newItem"},
	&feel_native_list_replace},
    {"reverse", 1, 1, false, fn_reverse, {"list"}, NULL},
    {"index of", 2, 2, false, fn_index_of, {"list,match"}, NULL},
    {"union", 1, ANY, false, fn_union, {"list"}, NULL},
    {"distinct values", 1, 1, false, fn_distinct, {"list"}, NULL},
    {"flatten", 1, 1, false, fn_flatten, {"list"}, NULL},
    {"product", 1, ANY, false, fn_product, {"list"}, NULL},
    {"median", 1, ANY, false, fn_median, {"list"}, NULL},
    {"stddev", 1, ANY, false, fn_stddev, {"list"}, NULL},
    {"mode", 1, ANY, false, fn_mode, {"list"}, NULL},
    {"sort", 1, 2, false, fn_sort_plain, {"list;precedes"}, &feel_native_sort},
    {"decimal", 2, 2, false, fn_decimal, {"n,scale"}, NULL},
    {"floor", 1, 2, false, fn_floor, {"n;scale"}, NULL},
    {"ceiling", 1, 2, false, fn_ceiling, {"n;scale"}, NULL},
    {"round up", 2, 2, false, fn_round_up, {"n,scale"}, NULL},
    {"round down", 2, 2, false, fn_round_down, {"n,scale"}, NULL},
    {"round half up", 2, 2, false, fn_round_half_up, {"n,scale"}, NULL},
    {"round half down", 2, 2, false, fn_round_half_down, {"n,scale"}, NULL},
    {"abs", 1, 1, false, fn_abs, {"n"}, NULL},
    {"modulo", 2, 2, false, fn_modulo, {"dividend,divisor"}, NULL},
    {"sqrt", 1, 1, false, fn_sqrt, {"number"}, NULL},
    {"log", 1, 1, false, fn_log, {"number"}, NULL},
    {"exp", 1, 1, false, fn_exp, {"number"}, NULL},
    {"odd", 1, 1, false, fn_odd, {"number"}, NULL},
    {"even", 1, 1, false, fn_even, {"number"}, NULL},
    {"not", 1, 1, false, fn_not, {"negand"}, NULL},
    {"get value", 2, 2, false, fn_get_value, {"m,key"}, NULL},
    {"get entries", 1, 1, false, fn_get_entries, {"m"}, NULL},
    {"context", 1, 1, false, fn_context, {"entries"}, NULL},
    {"context put", 3, 3, false, fn_context_put, {"context,key!,value", "context,keys*,value"}, NULL},
    {"context merge", 1, 1, false, fn_context_merge, {"contexts"}, NULL},
    {"before", 2, 2, false, fn_before, {"point1,point2", "range1,range2", "point,range", "range,point"}, NULL},
    {"after", 2, 2, false, fn_after, {"point1,point2", "range1,range2", "point,range", "range,point"}, NULL},
    {"meets", 2, 2, false, fn_meets, {"range1,range2"}, NULL},
    {"met by", 2, 2, false, fn_met_by, {"range1,range2"}, NULL},
    {"overlaps", 2, 2, false, fn_overlaps, {"range1,range2"}, NULL},
    {"overlaps before", 2, 2, false, fn_overlaps_before, {"range1,range2"}, NULL},
    {"overlaps after", 2, 2, false, fn_overlaps_after, {"range1,range2"}, NULL},
    {"finishes", 2, 2, false, fn_finishes, {"range1,range2", "point,range"}, NULL},
    {"finished by", 2, 2, false, fn_finished_by, {"range1,range2", "range,point"}, NULL},
    {"includes", 2, 2, false, fn_includes, {"range1,range2", "range,point"}, NULL},
    {"during", 2, 2, false, fn_during, {"range1,range2", "point,range"}, NULL},
    {"starts", 2, 2, false, fn_starts, {"range1,range2", "point,range"}, NULL},
    {"started by", 2, 2, false, fn_started_by, {"range1,range2", "range,point"}, NULL},
    {"coincides", 2, 2, false, fn_coincides, {"range1,range2", "point1,point2"}, NULL},
    {"range", 1, 1, true, fn_range, {"from"}, NULL},
    /* Ours, not the standard's: an engine without it gives null, as ours does when lenient. */
    {"undetermined", 1, 1, false, fn_undetermined, {"reason"}, NULL},
};
const int32_t feel_builtins_n = (int32_t)(sizeof feel_builtins / sizeof *feel_builtins);

int32_t feel_builtin_count(void)
{
	return feel_builtins_n;
}

const char *feel_builtin_name(int32_t builtin)
{
	return feel_builtins[builtin].name;
}

fval feel_builtin_value(struct arena *a, int32_t builtin)
{
	struct feel_function *f = ARENA_NEW(a, struct feel_function);
	if (!f)
		return FEEL_NULL_VALUE;
	*f = (struct feel_function){.kind = FUNCTION_BUILTIN, .builtin = builtin};
	return (fval){.kind = FEEL_FUNCTION, .function = f};
}

bool feel_builtin_foldable(int32_t builtin)
{
	return feel_builtins[builtin].fold;
}

fval feel_builtin_fold(struct arena *a, const struct feel_zones *zones, int32_t builtin, const fval *args, size_t n)
{
	struct feel_vm vm = {.arena = a, .zones = zones};
	return feel_builtin_call(&vm, builtin, args, n);
}

fval feel_builtin_call(struct feel_vm *vm, int32_t builtin, const fval *args, size_t n)
{
	const struct feel_builtin *b = &feel_builtins[builtin];
	if (n < (size_t)b->least || (b->most >= 0 && n > (size_t)b->most))
		return feel_vm_error(vm, "feel.arguments", "%s() does not take %zu arguments", b->name, n);
	return b->call(vm, args, n);
}

const struct feel_native *feel_builtin_native(int32_t builtin, size_t n, const fval *args)
{
	const struct feel_builtin *b = &feel_builtins[builtin];
	if (!b->native || n < 2 || n > (size_t)b->most || args[1].kind != FEEL_FUNCTION)
		return NULL;
	return b->native;
}

/* What a parameter's mark asks of its argument. */
static bool fits(char mark, fval v)
{
	switch (mark) {
	case '!':
		return v.kind != FEEL_LIST;
	case '*':
		return v.kind == FEEL_LIST;
	case '?':
		return v.kind == FEEL_FUNCTION;
	case '#':
		return v.kind != FEEL_FUNCTION;
	default:
		return true;
	}
}

/* Place of name in a form, or -1; *ret_n: how many parameters it has, *ret_least: must have; *ret_mark: its mark. */
static int32_t place_in(const char *form, str name, size_t *ret_n, size_t *ret_least, char *ret_mark)
{
	int32_t found = -1;
	size_t n = 0, least = *form == ';' ? 0 : SIZE_MAX;
	for (const char *at = form + (*form == ';'); *at;) {
		size_t len = strcspn(at, ",;"), word = strcspn(at, ",;!*?#");
		if (str_eq((str){at, word}, name)) {
			found = (int32_t)n;
			*ret_mark = word != len ? at[word] : '\0';
		}
		n++;
		at += len;
		if (*at == ';')
			least = n;
		at += *at != '\0';
	}
	*ret_n = n;
	*ret_least = least == SIZE_MAX ? n : least;
	return found;
}

static bool order_by(const char *form, const struct feel_list *names, const fval *args, fval *ret, size_t *ret_n)
{
	size_t n = 0, least = 0, used = 0;
	bool given[FEEL_ARGS_MOST] = {false};
	char mark = '\0';
	(void)place_in(form, STR(""), &n, &least, &mark);
	if (names->n > n || n > FEEL_ARGS_MOST)
		return false;
	for (size_t i = 0; i < n; i++)
		ret[i] = FEEL_NULL_VALUE;
	for (size_t i = 0; i < names->n; i++) {
		int32_t at = place_in(form, names->items[i].string, &n, &least, &mark);
		if (at < 0 || given[at] || !fits(mark, args[i]))
			return false;
		given[at] = true;
		ret[at] = args[i];
		used = (size_t)at + 1 > used ? (size_t)at + 1 : used;
	}
	for (size_t i = 0; i < least; i++)
		if (!given[i])
			return false;
	*ret_n = *form == ';' ? n : used;
	return true;
}

bool feel_builtin_order(int32_t builtin, const struct feel_list *names, const fval *args, fval *ret, size_t *ret_n)
{
	const struct feel_builtin *b = &feel_builtins[builtin];
	for (size_t i = 0; i < 4 && b->forms[i]; i++)
		if (order_by(b->forms[i], names, args, ret, ret_n))
			return true;
	return false;
}

fval fn_no_memory(struct feel_vm *vm)
{
	return feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
}

bool fn_whole(fval v, int64_t *ret)
{
	decimal d;
	v = fn_single(v);
	return v.kind == FEEL_NUMBER && decimal_round(v.number, 0, DECIMAL_DOWN, &d) && decimal_to_i64(d, ret);
}
