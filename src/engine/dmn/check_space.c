#include "engine/dmn/check_space.h"

static const fval any_value = {.kind = FEEL_INTERNAL};

/* A value strictly between two neighbours; false when there is none (two days that follow each other). */
static bool between(fval low, fval high, fval *ret)
{
	decimal sum;
	*ret = any_value;
	if (low.kind == FEEL_NUMBER) {
		if (!decimal_add(low.number, high.number, &sum) || !decimal_div(sum, decimal_of(2), &sum))
			return true;
		*ret = feel_number(sum);
		return true;
	}
	if (low.kind == FEEL_DATE) {
		*ret = (fval){.kind = FEEL_DATE, .day = low.day + 1};
		return low.day + 1 < high.day;
	}
	if (low.kind == FEEL_MONTHS) {
		*ret = low;
		ret->months++;
		return low.months + 1 < high.months;
	}
	return low.kind != FEEL_BOOL;
}

static fval beyond(fval v, int by)
{
	decimal d;
	if (v.kind == FEEL_NUMBER && decimal_add(v.number, decimal_of(by), &d))
		return feel_number(d);
	if (v.kind == FEEL_DATE)
		return (fval){.kind = FEEL_DATE, .day = v.day + by};
	if (v.kind == FEEL_MONTHS) {
		v.months += by;
		return v;
	}
	return any_value;
}

/* Texts are not between each other in any useful sense: one slot stands for all that are not named. */
static bool only_points(const struct column *c, size_t n_rules)
{
	for (size_t r = 0; r < n_rules; r++)
		for (uint32_t i = 0; c->cells[r].kind == CELL_TESTS && i < c->cells[r].n_tests; i++)
			if (c->cells[r].tests[i].kind == FEEL_RANGE)
				return false;
	return true;
}

/* Is position p possible, and what is a value of it? */
static bool slot(const struct column *c, bool points, uint32_t p, fval *ret)
{
	size_t n = c->n_bounds;
	if (p % 2) {
		*ret = c->bounds[p / 2];
		return true;
	}
	if (c->kind == FEEL_BOOL) {
		*ret = feel_bool(n && !c->bounds[0].truth); /* the one that is not named */
		return n == 1 && p == 0;
	}
	if (points && c->kind == FEEL_STRING) {
		*ret = any_value;
		return p == 0;
	}
	if (p == 0)
		*ret = beyond(c->bounds[0], -1);
	else if (p == 2 * n)
		*ret = beyond(c->bounds[n - 1], 1);
	else
		return between(c->bounds[p / 2 - 1], c->bounds[p / 2], ret);
	return true;
}

static bool cell_holds(const struct table *t, const struct cell *c, uint32_t position, fval v)
{
	if (c->kind == CELL_ANY)
		return true;
	if (c->spans || v.kind != FEEL_INTERNAL)
		return table_constant_cell(t, c, c->spans ? position : NO_POSITION, v) == DMN_TRUE;
	return c->negated;
}

/* The values that the column's type allows, when it lists them. */
static const struct feel_chunk *allowed(const struct dmn_set *s, const struct table *t, size_t column)
{
	if (t->allowed[column])
		return t->allowed[column];
	str name = str_trim(t->source->inputs[column].expression.text);
	for (size_t i = 0; i < s->n_nodes; i++)
		if (s->nodes[i].type && str_eq(s->nodes[i].name, name))
			return s->nodes[i].type->allowed;
	return NULL;
}

/* The first column over the same expression: "valid from" and "valid to" see one day. */
static size_t first_of(const struct table *t, size_t column)
{
	str text = str_trim(t->source->inputs[column].expression.text);
	size_t c = 0;
	while (c < column && !str_eq(str_trim(t->source->inputs[c].expression.text), text))
		c++;
	return c;
}

/* The bounds of all columns over the expression of the first one, in order and once each. False: their values cannot be
 * put in one row, or no memory. */
static bool join_bounds(const struct table *t, size_t first, struct column *ret, struct arena *a)
{
	size_t most = 0;
	enum feel_kind kind = FEEL_NULL;
	for (size_t c = first; c < t->n_inputs; c++)
		if (t->columns[c].placed && first_of(t, c) == first) {
			if (kind != FEEL_NULL && kind != t->columns[c].kind)
				return false;
			kind = t->columns[c].kind;
			most += t->columns[c].n_bounds;
		}
	fval *bounds = ARENA_ARRAY(a, most + 1, fval);
	if (!bounds || (kind != FEEL_NUMBER && kind != FEEL_DATE && kind != FEEL_MONTHS))
		return false;
	*ret = (struct column){.placed = true, .kind = kind, .bounds = bounds};
	for (size_t c = first; c < t->n_inputs; c++)
		for (size_t i = 0; t->columns[c].placed && first_of(t, c) == first && i < t->columns[c].n_bounds; i++) {
			fval v = t->columns[c].bounds[i];
			size_t at = ret->n_bounds;
			int order = 1;
			while (at && feel_compare(t->zones, v, bounds[at - 1], &order) && order < 0)
				at--;
			if (at && order == 0)
				continue;
			memmove(bounds + at + 1, bounds + at, (ret->n_bounds - at) * sizeof *bounds);
			bounds[at] = v;
			ret->n_bounds++;
		}
	return true;
}

static bool is_joined(const struct table *t, size_t column)
{
	for (size_t c = 0; c < t->n_inputs; c++)
		if (c != column && first_of(t, c) == first_of(t, column))
			return true;
	return false;
}

/* Do the cells of a rule over the expression of the first column all hold for v? */
static bool joined_holds(const struct table *t, size_t first, size_t rule, fval v)
{
	for (size_t c = first; c < t->n_inputs; c++) {
		const struct cell *cell = &t->columns[c].cells[rule];
		if (first_of(t, c) == first && cell->kind == CELL_TESTS && table_constant_cell(t, cell, NO_POSITION, v) != DMN_TRUE)
			return false;
	}
	return true;
}

/* The other columns over an expression follow the first: one slot, in which every rule holds. */
static bool follow(struct axis *x, const struct table *t, struct arena *a)
{
	fval *value = ARENA_NEW(a, fval);
	uint8_t *inside = arena_alloc(a, t->n_rules);
	if (!value || !inside)
		return false;
	*value = any_value;
	memset(inside, 1, t->n_rules);
	*x = (struct axis){.n = 1, .values = value, .inside = inside, .follows = true};
	return true;
}

static bool make_axis(struct axis *x, const struct dmn_set *s, const struct table *t, size_t column, struct arena *a)
{
	struct column joined;
	bool together = is_joined(t, column) && join_bounds(t, first_of(t, column), &joined, a);
	if (together && first_of(t, column) != column)
		return follow(x, t, a);
	const struct column *c = together ? &joined : &t->columns[column];
	const struct feel_chunk *only = allowed(s, t, column);
	size_t positions = c->placed ? 2 * c->n_bounds + 1 : 1;
	bool points = !together && only_points(c, t->n_rules);
	fval *values = ARENA_ARRAY(a, positions, fval);
	uint32_t *places = ARENA_ARRAY(a, positions, uint32_t);
	struct feel_vm vm = {.arena = a, .zones = s->zones, .nested = FEEL_NESTED_MOST};
	if (!values || !places)
		return false;
	for (uint32_t p = 0; p < positions; p++) {
		fval v = any_value;
		if (c->placed && !slot(c, points, p, &v))
			continue;
		if (only && v.kind == FEEL_INTERNAL && c->placed)
			continue; /* a text that is not named is not allowed, or might not be */
		if (only && v.kind != FEEL_INTERNAL && feel_run_tests(&vm, only, v) == FEEL_NO)
			continue;
		places[x->n] = p;
		values[x->n++] = v;
	}
	uint8_t *inside = arena_alloc(a, x->n * t->n_rules + 1);
	for (size_t r = 0; inside && r < t->n_rules; r++)
		for (size_t i = 0; i < x->n; i++)
			inside[r * x->n + i] = together ? joined_holds(t, column, r, values[i])
			    : cell_holds(t, &c->cells[r], places[i], values[i]);
	x->values = values;
	x->inside = inside;
	return inside != NULL;
}

bool space_make(struct space *sp, const struct dmn_set *s, const struct table *t, struct arena *a)
{
	struct axis *axes = ARENA_ARRAY(a, t->n_inputs, struct axis);
	if (!axes || t->n_rules > DMN_CHECK_RULES_MOST || !t->n_rules)
		return false;
	for (size_t c = 0; c < t->n_inputs; c++) {
		bool tests = false;
		for (size_t r = 0; r < t->n_rules; r++) {
			if (t->columns[c].cells[r].kind == CELL_CODE)
				return false;
			tests |= t->columns[c].cells[r].kind == CELL_TESTS;
		}
		if ((tests && !t->columns[c].placed) || !make_axis(&axes[c], s, t, c, a))
			return false;
	}
	*sp = (struct space){.t = t, .axes = axes};
	return true;
}

const fval *space_common(const struct space *sp, size_t rule, size_t other, struct arena *a)
{
	size_t n = sp->t->n_inputs, at[DMN_COLUMNS_MOST];
	for (size_t c = 0; c < n; c++) {
		const struct axis *x = &sp->axes[c];
		const uint8_t *p = x->inside + rule * x->n, *q = x->inside + other * x->n;
		size_t i = 0;
		while (i < x->n && !(p[i] && q[i]))
			i++;
		if (i == x->n)
			return NULL;
		at[c] = i;
	}
	fval *example = ARENA_ARRAY(a, n, fval);
	for (size_t c = 0; example && c < n; c++)
		example[c] = sp->axes[c].follows ? example[first_of(sp->t, c)] : sp->axes[c].values[at[c]];
	return example;
}

/* The search goes column by column: at each level the rules that are still possible, and the slot that is tried. Slots
 * that leave the same rules are tried once. */
struct level {
	size_t slot;
	uint8_t *live;      /* by rule */
};

struct search {
	const struct space *sp;
	size_t rule, rules; /* the rule looked at, and how many are counted against it */
	struct level *levels;
	size_t work;
};

static bool filter_rules(struct search *k, size_t column, size_t slot_at, const uint8_t *from, uint8_t *to)
{
	const struct axis *x = &k->sp->axes[column];
	bool any = false;
	for (size_t r = 0; r < k->rules; r++) {
		to[r] = from[r] && x->inside[r * x->n + slot_at];
		any |= to[r];
	}
	k->work += k->rules + 1;
	return any;
}

/* Does slot i leave the same rules as an earlier slot of the column? */
static bool tried(struct search *k, size_t column, size_t i, const uint8_t *live)
{
	const struct axis *x = &k->sp->axes[column];
	for (size_t e = 0; e < i; e++) {
		if (k->rule != SIZE_MAX && !x->inside[k->rule * x->n + e])
			continue;
		size_t r = 0;
		while (r < k->rules && (!live[r] || x->inside[r * x->n + i] == x->inside[r * x->n + e]))
			r++;
		k->work += r + 1;
		if (r == k->rules)
			return true;
	}
	return false;
}

static const fval *example_of(const struct search *k, size_t columns, struct arena *a)
{
	size_t n = k->sp->t->n_inputs;
	fval *v = ARENA_ARRAY(a, n, fval);
	for (size_t c = 0; v && c < n; c++) {
		const struct axis *x = &k->sp->axes[c];
		size_t i = c < columns ? k->levels[c].slot : 0;
		while (c >= columns && k->rule != SIZE_MAX && i + 1 < x->n && !x->inside[k->rule * x->n + i])
			i++;
		v[c] = x->follows ? v[first_of(k->sp->t, c)] : x->n ? x->values[i] : any_value;
	}
	return v;
}

size_t space_gaps(const struct space *sp, size_t rule, const fval **ret, size_t most, struct arena *a, bool *ret_complete)
{
	size_t n = sp->t->n_inputs, found = 0, deep = 1;
	struct search k = {.sp = sp, .rule = rule, .rules = rule == SIZE_MAX ? sp->t->n_rules : rule};
	k.levels = ARENA_ARRAY(a, n + 1, struct level);
	for (size_t c = 0; k.levels && c <= n; c++)
		k.levels[c].live = arena_alloc(a, k.rules + 1);
	if (!k.levels || !n)
		return 0;
	memset(k.levels[0].live, 1, k.rules);
	while (deep && found < most) {
		struct level *l = &k.levels[deep - 1];
		const struct axis *x = &sp->axes[deep - 1];
		if (k.work > DMN_CHECK_WORK_MOST || !k.levels[n].live) {
			*ret_complete = false;
			break;
		}
		size_t i = l->slot;
		if (i >= x->n) {
			l->slot = 0;
			if (--deep)
				k.levels[deep - 1].slot++;
			continue;
		}
		bool outside = rule != SIZE_MAX && !x->inside[rule * x->n + i];
		if (outside || tried(&k, deep - 1, i, l->live)) {
			l->slot++;
			continue;
		}
		if (filter_rules(&k, deep - 1, i, l->live, k.levels[deep].live)) {
			if (deep < n) {
				k.levels[deep++].slot = 0;
				continue;
			}
		} else {
			ret[found] = example_of(&k, deep, a);
			found += ret[found] != NULL;
		}
		l->slot++;
	}
	return found;
}

/* Constants of a column whose values have no positions. */
static size_t constants(const struct table *t, const struct column *c, fval *ret, size_t most)
{
	size_t n = 0;
	for (size_t r = 0; r < t->n_rules; r++)
		for (uint32_t i = 0; c->cells[r].kind == CELL_TESTS && i < c->cells[r].n_tests && n < most; i++)
			if (c->cells[r].tests[i].kind != FEEL_RANGE && c->cells[r].tests[i].kind != FEEL_NULL)
				ret[n++] = c->cells[r].tests[i];
	return n;
}

size_t space_examples(const struct table *t, size_t column, fval *ret, size_t most)
{
	const struct column *c = &t->columns[column];
	size_t n = 0;
	if (!c->placed || !c->n_bounds)
		return constants(t, c, ret, most);
	if (c->kind == FEEL_BOOL && most >= 2) {
		ret[0] = feel_bool(true);
		ret[1] = feel_bool(false);
		return 2;
	}
	bool points = only_points(c, t->n_rules);
	for (uint32_t p = 0; p <= 2 * c->n_bounds && n < most; p++)
		if (slot(c, points, p, &ret[n]) && ret[n].kind != FEEL_INTERNAL)
			n++;
	return n;
}
