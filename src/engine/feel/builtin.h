#pragma once
/* The library of built-in functions (DMN 1.5, 10.3.4). Internal to engine/feel. */
#include "engine/feel/code.h"

struct feel_vm;
struct feel_zones;

int32_t feel_builtin_count(void);
const char *feel_builtin_name(int32_t builtin);
/* The function as a value. */
fval feel_builtin_value(struct arena *a, int32_t builtin);
/* May it be computed while compiling? */
bool feel_builtin_foldable(int32_t builtin);
fval feel_builtin_fold(struct arena *a, const struct feel_zones *zones, int32_t builtin, const fval *args, size_t n);
fval feel_builtin_call(struct feel_vm *vm, int32_t builtin, const fval *args, size_t n);
/* Not NULL for a function that calls functions in turn. */
const struct feel_native *feel_builtin_native(int32_t builtin, size_t n, const fval *args);
/* Put named arguments into the order of the parameters. names: a list of strings. ret has room for
 * FEEL_ARGS_MOST. False when no form of the function has such names. *ret_n: arguments then. */
enum { FEEL_ARGS_MOST = 8 };
bool feel_builtin_order(int32_t builtin, const struct feel_list *names, const fval *args, fval *ret, size_t *ret_n);

typedef fval (*feel_builtin_fn)(struct feel_vm *vm, const fval *args, size_t n);

/* One form of a function: its parameters separated by ','; those behind ';' may be left out. Marks behind
 * a name: "!" no list, "*" a list, "?" a function, "#" no function. */
struct feel_builtin {
	const char *name;
	int16_t least, most; /* arguments; most -1: any number */
	bool fold;
	feel_builtin_fn call;
	const char *forms[4];
	const struct feel_native *native;
};
extern const struct feel_builtin feel_builtins[];
extern const int32_t feel_builtins_n;

/* fn_*.c */
#define FEEL_FN(name) fval name(struct feel_vm *vm, const fval *args, size_t n)
FEEL_FN(fn_date); FEEL_FN(fn_time); FEEL_FN(fn_date_and_time); FEEL_FN(fn_duration); FEEL_FN(fn_months_between);
FEEL_FN(fn_number); FEEL_FN(fn_string); FEEL_FN(fn_now); FEEL_FN(fn_today); FEEL_FN(fn_day_of_year);
FEEL_FN(fn_day_of_week); FEEL_FN(fn_month_of_year); FEEL_FN(fn_week_of_year); FEEL_FN(fn_is_same);
FEEL_FN(fn_substring); FEEL_FN(fn_string_length); FEEL_FN(fn_upper); FEEL_FN(fn_lower); FEEL_FN(fn_before_match);
FEEL_FN(fn_after_match); FEEL_FN(fn_replace); FEEL_FN(fn_contains); FEEL_FN(fn_starts_with); FEEL_FN(fn_ends_with);
FEEL_FN(fn_matches); FEEL_FN(fn_split); FEEL_FN(fn_string_join);
FEEL_FN(fn_list_contains); FEEL_FN(fn_count); FEEL_FN(fn_min); FEEL_FN(fn_max); FEEL_FN(fn_sum); FEEL_FN(fn_mean);
FEEL_FN(fn_all); FEEL_FN(fn_any); FEEL_FN(fn_sublist); FEEL_FN(fn_append); FEEL_FN(fn_concatenate);
FEEL_FN(fn_insert_before); FEEL_FN(fn_remove); FEEL_FN(fn_list_replace); FEEL_FN(fn_reverse); FEEL_FN(fn_index_of);
FEEL_FN(fn_union); FEEL_FN(fn_distinct); FEEL_FN(fn_flatten); FEEL_FN(fn_product); FEEL_FN(fn_median);
FEEL_FN(fn_stddev); FEEL_FN(fn_mode); FEEL_FN(fn_sort_plain);
FEEL_FN(fn_decimal); FEEL_FN(fn_floor); FEEL_FN(fn_ceiling); FEEL_FN(fn_round_up); FEEL_FN(fn_round_down);
FEEL_FN(fn_round_half_up); FEEL_FN(fn_round_half_down); FEEL_FN(fn_abs); FEEL_FN(fn_modulo); FEEL_FN(fn_sqrt);
FEEL_FN(fn_log); FEEL_FN(fn_exp); FEEL_FN(fn_odd); FEEL_FN(fn_even); FEEL_FN(fn_not);
FEEL_FN(fn_get_value); FEEL_FN(fn_get_entries); FEEL_FN(fn_context); FEEL_FN(fn_context_put); FEEL_FN(fn_context_merge);
FEEL_FN(fn_before); FEEL_FN(fn_after); FEEL_FN(fn_meets); FEEL_FN(fn_met_by); FEEL_FN(fn_overlaps);
FEEL_FN(fn_overlaps_before); FEEL_FN(fn_overlaps_after); FEEL_FN(fn_finishes); FEEL_FN(fn_finished_by);
FEEL_FN(fn_includes); FEEL_FN(fn_during); FEEL_FN(fn_starts); FEEL_FN(fn_started_by); FEEL_FN(fn_coincides);
FEEL_FN(fn_range); FEEL_FN(fn_undetermined);
extern const struct feel_native feel_native_sort, feel_native_list_replace;
