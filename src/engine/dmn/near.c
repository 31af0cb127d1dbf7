/* Near misses: rules that fail in one cell only. The value that would have passed it is tried on the whole table, for
 * the change may break the rule that matched, or match others. */
#include "engine/dmn/table.h"

/* A number or date `by` away from v; false for other kinds. */
static bool beside(fval v, int by, fval *ret)
{
	decimal d;
	if (v.kind == FEEL_NUMBER && decimal_add(v.number, decimal_of(by), &d)) {
		*ret = feel_number(d);
		return true;
	}
	if (v.kind == FEEL_DATE) {
		*ret = (fval){.kind = FEEL_DATE, .day = v.day + by};
		return true;
	}
	return false;
}

/* A value within a range: an end that belongs to it, or one beside an end that does not. */
static bool within(const struct feel_zones *zones, const struct feel_range *r, fval *ret)
{
	if (r->negated)
		return beside(r->low, 1, ret);
	if (r->has_low && r->low.kind != FEEL_NULL) {
		*ret = r->low;
		if (!r->low_closed && !beside(r->low, 1, ret))
			return false;
	} else {
		*ret = r->high;
		if (!r->high_closed && !beside(r->high, -1, ret))
			return false;
	}
	return feel_in_range(zones, *ret, r) == FEEL_YES;
}

static bool passing_value(const struct table *t, const struct cell *c, fval *ret)
{
	if (c->kind != CELL_TESTS || c->negated)
		return false;
	for (uint32_t i = 0; i < c->n_tests; i++) {
		fval test = c->tests[i];
		if (test.kind == FEEL_RANGE ? within(t->zones, test.range, ret) : test.kind != FEEL_NULL && test.kind != FEEL_LIST) {
			if (test.kind != FEEL_RANGE)
				*ret = test;
			return true;
		}
	}
	return false;
}

/* The only column in which rule fails; SIZE_MAX when there are more, or none, or one cannot be told. */
static size_t only_failure(const struct dmn_table_trace *t, size_t rule)
{
	size_t n = t->table->n_inputs, found = SIZE_MAX;
	for (size_t c = 0; c < n; c++) {
		enum dmn_cell cell = (enum dmn_cell)t->cells[rule * n + c];
		if (cell == DMN_TRUE)
			continue;
		if (cell != DMN_FALSE || found != SIZE_MAX)
			return SIZE_MAX;
		found = c;
	}
	return found;
}

/* Would rule match if the input of column had the value? */
static bool would_match(const struct dmn_table_trace *t, size_t rule, size_t column, fval v, uint32_t position)
{
	const struct table *k = t->compiled;
	for (size_t c = 0; c < k->n_inputs; c++)
		if (c != column && t->cells[rule * k->n_inputs + c] != DMN_TRUE)
			return false;
	const struct cell *cell = &k->columns[column].cells[rule];
	if (cell->kind == CELL_ANY)
		return true;
	return cell->kind == CELL_TESTS && table_constant_cell(k, cell, position, v) == DMN_TRUE;
}

static fval row_of(const struct table *k, size_t rule, struct arena *a)
{
	struct feel_entry *e = ARENA_ARRAY(a, k->n_outputs, struct feel_entry);
	for (size_t o = 0; e && o < k->n_outputs; o++) {
		const struct output *out = &k->outputs[rule * k->n_outputs + o];
		if (!out->constant)
			return (fval){.kind = FEEL_INTERNAL};
		e[o] = (struct feel_entry){k->names[o], out->value};
	}
	if (!e)
		return (fval){.kind = FEEL_INTERNAL};
	return k->n_outputs == 1 ? e[0].value : feel_context_of(a, e, k->n_outputs);
}

/* What the table would give; false when that is no clear result (two rules of a unique table). */
static bool would_give(const struct dmn_table_trace *t, size_t column, fval v, struct arena *a, fval *ret)
{
	const struct table *k = t->compiled;
	uint32_t position = NO_POSITION, first = UINT32_MAX;
	size_t matches = 0;
	(void)table_position(k, &k->columns[column], v, &position);
	for (size_t r = 0; r < k->n_rules; r++) {
		if (!would_match(t, r, column, v, position))
			continue;
		first = first == UINT32_MAX ? (uint32_t)r : first;
		matches++;
	}
	if (!matches)
		return false;
	switch (t->table->policy) {
	case DMN_UNIQUE:
		*ret = matches == 1 ? row_of(k, first, a) : FEEL_NULL_VALUE;
		return matches == 1;
	case DMN_FIRST:
		*ret = row_of(k, first, a);
		return true;
	case DMN_COUNT:
		*ret = feel_int((int64_t)matches);
		return true;
	default:
		*ret = matches == 1 && t->table->policy <= DMN_PRIORITY ? row_of(k, first, a) : (fval){.kind = FEEL_INTERNAL};
		return true;
	}
}

enum err_code dmn_near_misses(const struct dmn_table_trace *t, struct arena *a, const struct dmn_near **ret, size_t *ret_n,
    struct err *e)
{
	struct dmn_near *found = ARENA_ARRAY(a, DMN_NEAR_MOST, struct dmn_near);
	size_t n = 0;
	if (!found)
		return arena_fail(a, e);
	for (size_t r = 0; r < t->table->n_rules && n < DMN_NEAR_MOST; r++) {
		size_t column = only_failure(t, r);
		fval v, result;
		if (column == SIZE_MAX || !passing_value(t->compiled, &t->compiled->columns[column].cells[r], &v))
			continue;
		if (!would_give(t, column, v, a, &result))
			continue;
		if (result.kind != FEEL_INTERNAL && feel_equal(t->compiled->zones, result, t->result) == FEEL_YES)
			continue;
		found[n++] = (struct dmn_near){.rule = (uint32_t)r, .column = column, .value = v, .result = result};
	}
	*ret = found;
	*ret_n = n;
	return ERR_OK;
}
