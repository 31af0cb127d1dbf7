/* What one other input would have changed, however many decisions and functions lie between. Three ways of finding values
 * to try: constants that meet the input; for numbers and days, the place at which a column further on reaches its own
 * constants, found by moving the input by one and seeing how far the column moves; and between a value that changes
 * nothing and one that does, halving until the change is as near as it can be. Whatever is told was tried on the whole. */
#include "engine/dmn/pool.h"

#include <stdlib.h>

enum {
	RUNS_MOST = 2000,     /* decisions made again for one explanation, shared out among the inputs */
	NEAR_RUNS_MOST = 800, /* and to come near */
	STEPS_MOST = 200000,  /* of each */
	HALVINGS_MOST = 60,
	COLUMNS_MOST = 400,   /* of tables further on, looked at for one input */
	SCRATCH_BYTES = 64 << 20,
};

struct trying {
	struct pool pool;
	struct dmn_run *run;
	struct arena *a, *scratch; /* scratch: of one decision made again */
	const struct dmn_given *given;
	struct dmn_given *changed; /* what is given, with one place changed */
	size_t n_given;
	struct dmn_options options;
	const struct dmn_outcome *was;
	VEC(struct dmn_change) found;
	struct pool_values values;
	size_t runs, runs_most;
};

/* The distance of a from v, for numbers and days. */
static bool distance(fval v, fval a, decimal *ret)
{
	decimal zero = decimal_of(0);
	if (v.kind != a.kind)
		return false;
	if (v.kind == FEEL_DATE)
		*ret = decimal_of(llabs(a.day - v.day));
	else if (v.kind == FEEL_MONTHS)
		*ret = decimal_of(llabs(a.months - v.months));
	else if (v.kind == FEEL_DAYS)
		*ret = decimal_of(llabs(a.seconds - v.seconds));
	else if (v.kind != FEEL_NUMBER || !decimal_sub(a.number, v.number, ret))
		return false;
	if (decimal_cmp(*ret, zero) < 0)
		*ret = decimal_neg(*ret);
	return true;
}

static bool nearer(fval v, fval a, fval b)
{
	decimal x, y;
	return distance(v, a, &x) && distance(v, b, &y) && decimal_cmp(x, y) < 0;
}

static bool same(const struct trying *t, fval a, fval b)
{
	return a.kind == b.kind && feel_equal(t->pool.s->zones, a, b) == FEEL_YES;
}

/* Is it new, or nearer than what is told already? *ret: what it takes the place of. */
static bool is_better(struct trying *t, const struct dmn_change *c, struct dmn_change **ret)
{
	*ret = NULL;
	vec_each(k, &t->found)
		if (k->input == c->input && str_eq(k->component, c->component) && same(t, k->outcome, c->outcome)) {
			*ret = k;
			return nearer(c->from, c->to, k->to);
		}
	return t->found.n < DMN_CHANGES_MOST;
}

/* Decide with another value, in arena a; *ret_tried false: it was not tried. */
static enum err_code decide_with(struct trying *t, const struct pool_place *place, fval to, struct arena *a, fval *ret_from,
    struct dmn_outcome *ret, bool *ret_tried, struct err *e)
{
	size_t n = t->n_given;
	if (n)
		memcpy(t->changed, t->given, n * sizeof *t->given);
	if (a == t->scratch)
		arena_reset(a);
	*ret_tried = t->runs < t->runs_most && pool_put(&t->pool, place, to, t->changed, &n, a, ret_from);
	if (!*ret_tried)
		return ERR_OK;
	t->runs++;
	return dmn_decide(t->run, a, t->pool.element, t->changed, n, &t->options, ret, e);
}

static bool is_change(const struct trying *t, const struct dmn_outcome *out)
{
	if (out->undetermined || (out->value.kind == FEEL_NULL && out->value.cause))
		return false;
	return t->was->undetermined || feel_equal(t->pool.s->zones, out->value, t->was->value) != FEEL_YES;
}

static enum err_code try_value(struct trying *t, const struct pool_place *place, fval to, struct err *e)
{
	fval from;
	bool tried;
	struct dmn_outcome out;
	struct dmn_change *old;
	TRY(decide_with(t, place, to, t->scratch, &from, &out, &tried, e));
	if (!tried || same(t, from, to) || !is_change(t, &out))
		return ERR_OK;
	struct dmn_change c = {place->input, place->component, from, to, out.value};
	if (!is_better(t, &c, &old))
		return ERR_OK;
	if (old) {
		old->to = to;
		return ERR_OK;
	}
	TRY(decide_with(t, place, to, t->a, &from, &out, &tried, e)); /* to be kept */
	c.outcome = out.value;
	old = tried ? VEC_ADD(&t->found, t->a) : NULL;
	if (old)
		*old = c;
	return old || !tried ? ERR_OK : arena_fail(t->a, e);
}

/* ---- columns further on ---- */

/* By how much a column moves when the input moves by one; false when that cannot be said. */
static bool moves(fval a, fval b, decimal *ret)
{
	if (a.kind != b.kind)
		return false;
	if (a.kind == FEEL_DATE)
		*ret = decimal_of(b.day - a.day);
	else if (a.kind == FEEL_MONTHS)
		*ret = decimal_of(b.months - a.months);
	else if (a.kind == FEEL_DAYS)
		*ret = decimal_of((b.seconds - a.seconds) / 86400);
	else if (a.kind != FEEL_NUMBER || !decimal_sub(b.number, a.number, ret))
		return false;
	return true;
}

/* The value of the place at which a column that has the value `now`, and moves by `slope`, would be `want`. */
static bool solve(fval from, fval now, decimal slope, fval want, fval *ret)
{
	decimal way, steps, whole;
	int64_t days;
	if (!moves(now, want, &way) || !decimal_div(way, slope, &steps))
		return false;
	*ret = from;
	if (from.kind == FEEL_NUMBER) {
		if (!decimal_add(from.number, steps, &way))
			return false;
		*ret = feel_number(way);
		return true;
	}
	return decimal_round(steps, 0, DECIMAL_FLOOR, &whole) && decimal_to_i64(whole, &days) && llabs(days) < INT32_MAX / 2 &&
	    pool_step(from, (int)days, ret);
}

static enum err_code try_column(struct trying *t, const struct pool_place *place, fval from, const struct table *k, size_t column,
    fval now, fval then, struct err *e)
{
	fval wanted[POOL_KIND_MOST], to, beside;
	decimal slope;
	if (!moves(now, then, &slope) || decimal_cmp(slope, decimal_of(0)) == 0)
		return ERR_OK;
	size_t n = space_examples(k, column, wanted, POOL_KIND_MOST);
	for (size_t i = 0; i < n && t->runs < t->runs_most; i++) {
		if (!solve(from, now, slope, wanted[i], &to))
			continue;
		for (int by = -1; by <= 1; by++)
			if (pool_step(to, by, &beside))
				TRY(try_value(t, place, beside, e));
	}
	return ERR_OK;
}

/* Move the place by one, and see which columns of which tables move with it. */
static enum err_code follow(struct trying *t, const struct pool_place *place, struct err *e)
{
	struct dmn_outcome now, then;
	fval from, beside;
	bool tried;
	size_t columns = 0, at = pool_given(&t->pool, place->input, t->given, t->n_given);
	if (at == t->n_given)
		return ERR_OK;
	from = t->given[at].value;
	const fval *part = place->component.n && from.kind == FEEL_CONTEXT ? feel_context_get(from.context, place->component) : NULL;
	from = part ? *part : from;
	if (!pool_step(from, 1, &beside))
		return ERR_OK;
	t->options.explain = true;
	TRY(decide_with(t, place, from, t->a, &from, &now, &tried, e));
	if (tried)
		TRY(decide_with(t, place, beside, t->a, &from, &then, &tried, e));
	t->options.explain = false;
	for (size_t i = 0; tried && i < now.n_decisions && i < then.n_decisions; i++) {
		const struct dmn_table_trace *a = now.decisions[i].tables, *b = then.decisions[i].tables;
		for (; a && b && a->compiled == b->compiled; a = a->next, b = b->next)
			for (size_t c = 0; c < a->table->n_inputs && columns < COLUMNS_MOST; c++, columns++)
				TRY(try_column(t, place, from, a->compiled, c, a->values[c], b->values[c], e));
	}
	return ERR_OK;
}

/* ---- as near as can be ---- */

/* Half way, in whole days or months; of numbers a whole number when there is one. */
static bool half_way(fval a, fval b, fval *ret)
{
	decimal sum, half;
	*ret = a;
	if (a.kind != b.kind)
		return false;
	if (a.kind == FEEL_DATE) {
		ret->day = a.day + (b.day - a.day) / 2;
		return ret->day != a.day;
	}
	if (a.kind == FEEL_MONTHS) {
		ret->months = a.months + (b.months - a.months) / 2;
		return ret->months != a.months;
	}
	if (a.kind != FEEL_NUMBER || !decimal_sub(b.number, a.number, &sum) || !decimal_div(sum, decimal_of(2), &half) ||
	    !decimal_add(a.number, half, &sum) || !decimal_round(sum, 0, DECIMAL_FLOOR, &half))
		return false;
	*ret = feel_number(half);
	return decimal_cmp(half, a.number) != 0 && decimal_cmp(half, b.number) != 0;
}

static enum err_code draw_near(struct trying *t, struct dmn_change *c, struct err *e)
{
	const struct pool_place place = {.input = c->input, .component = c->component};
	fval low = c->from, middle, from;
	struct dmn_outcome out;
	bool tried = true;
	for (int i = 0; i < HALVINGS_MOST && tried && half_way(low, c->to, &middle); i++) {
		TRY(decide_with(t, &place, middle, t->scratch, &from, &out, &tried, e));
		if (tried && is_change(t, &out) && same(t, out.value, c->outcome))
			c->to = middle;
		else
			low = middle;
	}
	return ERR_OK;
}

static enum err_code try_input(struct trying *t, int32_t input, struct err *e)
{
	const struct pool_place *places;
	size_t n;
	TRY(pool_places(&t->pool, input, &places, &n, e));
	for (size_t k = 0; k < n; k++) {
		TRY(pool_values_of(&t->pool, &places[k], &t->values, e));
		for (size_t v = 0; v < t->values.v.n; v++)
			TRY(try_value(t, &places[k], t->values.v.p[v], e));
		TRY(follow(t, &places[k], e));
	}
	return ERR_OK;
}

enum err_code dmn_changes(const struct dmn_set *s, struct arena *a, int32_t element, const struct dmn_given *given, size_t n,
    const struct dmn_options *options, const struct dmn_outcome *was, const struct dmn_change **ret, size_t *ret_n,
    struct err *e)
{
	const struct node *root = &s->nodes[element];
	AUTO_ARENA scratch = arena_new(SCRATCH_BYTES);
	struct trying t = {.a = a, .scratch = scratch, .given = given, .n_given = n, .options = *options, .was = was,
	    .run = dmn_run_new(a, s), .changed = ARENA_ARRAY(a, n + 1, struct dmn_given)};
	*ret = NULL;
	*ret_n = 0;
	if (!scratch || !t.run || !t.changed)
		return fail(e, ERR_NOMEM, "dmn.memory", "there is no memory to look for changes");
	if (root->element->kind != DMN_DECISION)
		return ERR_OK;
	t.options.steps_most = options->steps_most && options->steps_most < STEPS_MOST ? options->steps_most : STEPS_MOST;
	t.options.explain = false;
	TRY(pool_make(s, element, given, n, a, &t.pool, e));
	for (size_t i = 0; i < root->n_inputs; i++) {
		t.runs_most = RUNS_MOST * (i + 1) / root->n_inputs;
		TRY(try_input(&t, root->inputs[i], e));
	}
	t.runs_most = t.runs + NEAR_RUNS_MOST;
	vec_each(c, &t.found)
		TRY(draw_near(&t, c, e));
	*ret = t.found.p;
	*ret_n = t.found.n;
	return ERR_OK;
}
