/* What one other input would have changed, however many decisions lie between: the values at which the tables of all
 * decisions cut the input are tried on the whole. */
#include "engine/dmn/check_space.h"

#include <stdlib.h>

enum {
	RUNS_MOST = 400,             /* decisions made again for one explanation */
	EXAMPLES_MOST = 200,         /* values of one column */
	STEPS_MOST = 1000000,        /* of each */
};

struct trying {
	const struct dmn_set *s;
	struct dmn_run *run;
	struct arena *a;
	int32_t element;
	const struct dmn_given *given;
	size_t n_given;
	struct dmn_options options;
	const struct dmn_outcome *was;
	VEC(struct dmn_change) found;
	size_t runs;
};

static const struct dmn_model *root_of(const struct trying *t)
{
	return t->s->nodes[t->element].model;
}

/* Place of the input among what is given, or n_given. */
static size_t place_of(const struct trying *t, int32_t input)
{
	const struct node *n = &t->s->nodes[input];
	str name = dmn_input_name(t->s, root_of(t), input);
	size_t i = 0;
	while (i < t->n_given && !str_eq(t->given[i].name, name) && !str_eq(t->given[i].name, n->name) &&
	    !str_eq(t->given[i].name, n->element->name))
		i++;
	return i;
}

/* The context with another value of one component; v itself when that is none. */
static fval with_component(const struct trying *t, fval v, str component, fval to)
{
	size_t n = v.kind == FEEL_CONTEXT ? v.context->n : 0, at = 0;
	struct feel_entry *entries = ARENA_ARRAY(t->a, n + 1, struct feel_entry);
	if (!entries || v.kind != FEEL_CONTEXT)
		return FEEL_NULL_VALUE;
	for (size_t i = 0; i < n; i++)
		entries[i] = v.context->entries[i];
	while (at < n && !str_eq(entries[at].key, component))
		at++;
	entries[at] = (struct feel_entry){component, to};
	return feel_context_of(t->a, entries, at < n ? n : n + 1);
}

/* Is a nearer to v than b? Only for numbers and days. */
static bool nearer(fval v, fval a, fval b)
{
	decimal x, y;
	if (v.kind != a.kind || v.kind != b.kind)
		return false;
	if (v.kind == FEEL_DATE)
		return llabs(a.day - v.day) < llabs(b.day - v.day);
	if (v.kind != FEEL_NUMBER || !decimal_sub(a.number, v.number, &x) || !decimal_sub(b.number, v.number, &y))
		return false;
	decimal zero = decimal_of(0);
	return decimal_cmp(decimal_cmp(x, zero) < 0 ? decimal_neg(x) : x, decimal_cmp(y, zero) < 0 ? decimal_neg(y) : y) < 0;
}

static enum err_code note(struct trying *t, const struct dmn_change *c, struct err *e)
{
	vec_each(k, &t->found) {
		if (k->input != c->input || !str_eq(k->component, c->component) ||
		    feel_equal(t->s->zones, k->outcome, c->outcome) != FEEL_YES)
			continue;
		if (nearer(c->from, c->to, k->to))
			*k = *c;
		return ERR_OK;
	}
	struct dmn_change *new = t->found.n < DMN_CHANGES_MOST ? VEC_ADD(&t->found, t->a) : NULL;
	if (new)
		*new = *c;
	return new || t->found.n == DMN_CHANGES_MOST ? ERR_OK : arena_fail(t->a, e);
}

static enum err_code try_value(struct trying *t, int32_t input, str component, fval to, struct err *e)
{
	size_t at = place_of(t, input);
	struct dmn_given *given = ARENA_ARRAY(t->a, t->n_given + 1, struct dmn_given);
	struct dmn_outcome out;
	if (!given)
		return arena_fail(t->a, e);
	for (size_t i = 0; i < t->n_given; i++)
		given[i] = t->given[i];
	if (at == t->n_given)
		given[at] = (struct dmn_given){.name = dmn_input_name(t->s, root_of(t), input), .value = FEEL_NULL_VALUE};
	fval from = given[at].value;
	if (component.n) {
		const fval *part = from.kind == FEEL_CONTEXT ? feel_context_get(from.context, component) : NULL;
		given[at].value = with_component(t, from, component, to);
		from = part ? *part : FEEL_NULL_VALUE;
	} else {
		given[at].value = to;
	}
	if (given[at].value.kind == FEEL_NULL || feel_equal(t->s->zones, from, to) == FEEL_YES || t->runs >= RUNS_MOST)
		return ERR_OK;
	t->runs++;
	TRY(dmn_decide(t->run, t->a, t->element, given, at == t->n_given ? t->n_given + 1 : t->n_given, &t->options, &out, e));
	if (out.undetermined || (out.value.kind == FEEL_NULL && out.value.cause))
		return ERR_OK;
	if (!t->was->undetermined && feel_equal(t->s->zones, out.value, t->was->value) == FEEL_YES)
		return ERR_OK;
	return note(t, &(struct dmn_change){input, component, from, to, out.value}, e);
}

/* The input, and the component of it, that a column looks at; -1: none. */
static int32_t looked_at(const struct trying *t, const struct node *n, str text, str *ret_component)
{
	const struct node *root = &t->s->nodes[t->element];
	for (size_t i = 0; i < root->n_inputs; i++) {
		str name = dmn_input_name(t->s, n->model, root->inputs[i]);
		*ret_component = STR("");
		if (str_eq(text, name))
			return root->inputs[i];
		if (name.n && str_starts(text, name) && text.p[name.n] == '.') {
			*ret_component = str_sub(text, name.n + 1, text.n);
			return str_find_char(*ret_component, '.') < 0 ? root->inputs[i] : -1;
		}
	}
	return -1;
}

static enum err_code try_table(struct trying *t, const struct node *n, const struct table *k, struct err *e)
{
	for (size_t c = 0; c < k->n_inputs; c++) {
		str component;
		fval values[EXAMPLES_MOST];
		int32_t input = looked_at(t, n, str_trim(k->source->inputs[c].expression.text), &component);
		size_t n_values = input < 0 ? 0 : space_examples(k, c, values, EXAMPLES_MOST);
		for (size_t i = 0; i < n_values && t->runs < RUNS_MOST; i++)
			TRY(try_value(t, input, component, values[i], e));
	}
	return ERR_OK;
}

enum err_code dmn_changes(const struct dmn_set *s, struct arena *a, int32_t element, const struct dmn_given *given, size_t n,
    const struct dmn_options *options, const struct dmn_outcome *was, const struct dmn_change **ret, size_t *ret_n,
    struct err *e)
{
	struct trying t = {.s = s, .a = a, .element = element, .given = given, .n_given = n, .options = *options, .was = was,
	    .run = dmn_run_new(a, s)};
	const struct node *root = &s->nodes[element];
	t.options.explain = false;
	t.options.steps_most = STEPS_MOST;
	if (!t.run)
		return arena_fail(a, e);
	for (size_t i = 0; i < root->n_order && root->element->kind == DMN_DECISION; i++) {
		const struct node *d = &s->nodes[root->order[i]];
		for (size_t k = 0; d->chunk && k < d->chunk->n; k++) {
			const struct insn *x = &d->chunk->code[k];
			if (x->op == OP_NATIVE && d->chunk->natives[x->a].step == table_step)
				TRY(try_table(&t, d, d->chunk->natives[x->a].self, e));
		}
	}
	*ret = t.found.p;
	*ret_n = t.found.n;
	return ERR_OK;
}
