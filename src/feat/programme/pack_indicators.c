/* Roles of indicators: each names an indicator that there is, with dimensions that it has; none is forgotten. */
#include "feat/programme/pack.h"

/* "activity, indicator" or "activity, indicator, dimension" as a key; .p NULL without memory. */
static str key_of(struct arena *a, str activity, str indicator, str dimension)
{
	return arena_fmt(a, "%.*s\x1f%.*s\x1f%.*s", STR_ARG(activity), STR_ARG(indicator), STR_ARG(dimension));
}

static enum err_code remember(struct pack_reader *r, struct map *m, str activity, str indicator, str dimension, struct err *e)
{
	str key = key_of(r->a, activity, indicator, dimension);
	return key.p && map_set(m, key, (void *)(uintptr_t)1, NULL) ? ERR_OK : arena_fail(r->a, e);
}

static enum err_code check_role(struct pack_reader *r, struct map *values, size_t row, struct err *e)
{
	str activity = pack_get(r->p, PACK_INDICATORS, row, "activity_id"), part;
	str indicator = pack_get(r->p, PACK_INDICATORS, row, "indicator");
	str key = key_of(r->a, activity, indicator, STR("*"));
	if (!key.p)
		return arena_fail(r->a, e);
	if (!map_get(values, key)) {
		pack_fault_cell(r, "pack.indicator", PACK_INDICATORS, row, 1, "Take the name from targets_results.csv, or remove the row.",
		    "the activity has no indicator \"%.*s\"", STR_ARG(pack_show(indicator)));
		return ERR_OK;
	}
	if (!str_is(pack_get(r->p, PACK_INDICATORS, row, "main"), "yes"))
		return ERR_OK;
	if (str_is(pack_get(r->p, PACK_INDICATORS, row, "kind"), "context"))
		pack_fault_cell(r, "pack.indicator_main", PACK_INDICATORS, row, 2, "Call it an input, output or outcome, or not a main one.",
		    "a background figure cannot be a main indicator");
	str list = pack_get(r->p, PACK_INDICATORS, row, "dimension");
	struct str_split it = str_split_on(list, '|');
	for (bool first = true; str_next(&it, &part) || (first && !list.n); first = false) {
		str one = key_of(r->a, activity, indicator, list.n ? part : STR(""));
		if (!one.p)
			return arena_fail(r->a, e);
		if (!map_get(values, one))
			pack_fault_cell(r, "pack.indicator_dimension", PACK_INDICATORS, row, 5,
			    "Take the dimension of a row of targets_results.csv; several with '|' between.",
			    "the indicator has no figure with the dimension \"%.*s\"", STR_ARG(pack_show(list.n ? part : list)));
		if (!list.n)
			break;
	}
	return ERR_OK;
}

enum err_code pack_check_indicators(struct pack_reader *r, struct err *e)
{
	struct map *values = map_new(r->a, 7), *roles = map_new(r->a, 8);
	if (!values || !roles)
		return arena_fail(r->a, e);
	if (!r->p->rows[PACK_INDICATORS].n)
		return ERR_OK;
	for (size_t i = 0; i < r->p->rows[PACK_TARGETS].n; i++) {
		str activity = pack_get(r->p, PACK_TARGETS, i, "activity_id"), indicator = pack_get(r->p, PACK_TARGETS, i, "indicator");
		TRY(remember(r, values, activity, indicator, pack_get(r->p, PACK_TARGETS, i, "dimension"), e));
		TRY(remember(r, values, activity, indicator, STR("*"), e));
	}
	for (size_t i = 0; i < r->p->rows[PACK_INDICATORS].n; i++) {
		TRY(check_role(r, values, i, e));
		TRY(remember(r, roles, pack_get(r->p, PACK_INDICATORS, i, "activity_id"), pack_get(r->p, PACK_INDICATORS, i, "indicator"),
		    STR(""), e));
	}
	for (size_t i = 0; i < r->p->rows[PACK_TARGETS].n; i++) {
		str indicator = pack_get(r->p, PACK_TARGETS, i, "indicator");
		str key = key_of(r->a, pack_get(r->p, PACK_TARGETS, i, "activity_id"), indicator, STR(""));
		if (!key.p)
			return arena_fail(r->a, e);
		if (!map_get(roles, key))
			pack_fault_cell(r, "pack.indicator_role", PACK_TARGETS, i, 1,
			    "Add a row for it to indicators.csv: what it measures, and whether the verdict rests on it.",
			    "indicators.csv says nothing of the indicator \"%.*s\"", STR_ARG(pack_show(indicator)));
	}
	return ERR_OK;
}
