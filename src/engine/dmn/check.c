#include "engine/dmn/check.h"

#include "engine/dmn/check_space.h"

struct checker {
	const struct dmn_set *s;
	struct arena *a;
	int32_t element;
	VEC(struct dmn_finding) found;
	bool full;
	struct dmn_finding spare; /* takes what there is no room for */
};

static struct dmn_finding *add(struct checker *k, enum dmn_finding_kind kind, bool error, const struct dmn_table *t,
    uint32_t line)
{
	struct dmn_finding *f = k->found.n < DMN_FINDINGS_MOST ? VEC_ADD(&k->found, k->a) : NULL;
	if (!f) {
		k->full = true;
		return &k->spare;
	}
	*f = (struct dmn_finding){.kind = kind, .error = error, .element = k->element, .table = t, .line = line};
	return f;
}

static bool same_outputs(const struct table *t, size_t a, size_t b, bool *ret_known)
{
	*ret_known = true;
	for (size_t o = 0; o < t->n_outputs; o++) {
		const struct output *x = &t->outputs[a * t->n_outputs + o], *y = &t->outputs[b * t->n_outputs + o];
		if (!x->constant || !y->constant) {
			*ret_known = false;
			return true;
		}
		if (feel_equal(t->zones, x->value, y->value) != FEEL_YES)
			return false;
	}
	return true;
}

/* Pairs of rules of which one input can match both. */
static void overlaps(struct checker *k, const struct space *sp)
{
	const struct table *t = sp->t;
	enum dmn_policy policy = t->source->policy;
	if (policy != DMN_UNIQUE && policy != DMN_ANY)
		return;
	for (size_t i = 0; i < t->n_rules; i++)
		for (size_t j = i + 1; j < t->n_rules; j++) {
			bool known;
			const fval *example = space_common(sp, i, j, k->a);
			if (!example || (policy == DMN_ANY && same_outputs(t, i, j, &known)))
				continue;
			struct dmn_finding *f = add(k, policy == DMN_UNIQUE ? DMN_FOUND_OVERLAP : DMN_FOUND_CONFLICT, true,
			    t->source, t->source->rules[j].line);
			f->rule = (uint32_t)i + 1;
			f->other = (uint32_t)j + 1;
			f->example = example;
			if (k->full)
				return;
		}
}

static bool has_default(const struct table *t)
{
	return t->fallback != NULL;
}

/* A table that lists what holds, and says what it gives when nothing does. */
static bool lists_hits(const struct table *t)
{
	enum dmn_policy p = t->source->policy;
	return has_default(t) && (p == DMN_RULE_ORDER || p == DMN_OUTPUT_ORDER || p == DMN_COLLECT);
}

static void gaps(struct checker *k, const struct space *sp)
{
	if (lists_hits(sp->t))
		return;
	const fval *examples[DMN_CHECK_GAPS_MOST];
	bool complete = true;
	size_t n = space_gaps(sp, SIZE_MAX, examples, DMN_CHECK_GAPS_MOST, k->a, &complete);
	for (size_t i = 0; i < n; i++) {
		struct dmn_finding *f = add(k, DMN_FOUND_GAP, false, sp->t->source, sp->t->source->line);
		f->example = examples[i];
	}
	if (n && !has_default(sp->t) && sp->t->source->policy < DMN_RULE_ORDER)
		(void)add(k, DMN_FOUND_NO_DEFAULT, false, sp->t->source, sp->t->source->line);
	if (!complete)
		(void)add(k, DMN_FOUND_UNCHECKED, false, sp->t->source, sp->t->source->line);
}

static void unreachable(struct checker *k, const struct space *sp)
{
	if (sp->t->source->policy != DMN_FIRST)
		return;
	for (size_t r = 1; r < sp->t->n_rules && !k->full; r++) {
		const fval *example;
		bool complete = true;
		if (space_gaps(sp, r, &example, 1, k->a, &complete) || !complete)
			continue;
		add(k, DMN_FOUND_UNREACHABLE, true, sp->t->source, sp->t->source->rules[r].line)->rule = (uint32_t)r + 1;
	}
}

static void untested(struct checker *k, const struct table *t)
{
	for (size_t c = 0; c < t->n_inputs; c++) {
		size_t r = 0;
		while (r < t->n_rules && t->columns[c].cells[r].kind == CELL_ANY)
			r++;
		if (r == t->n_rules && r)
			add(k, DMN_FOUND_UNTESTED, false, t->source, t->source->inputs[c].expression.line)->name =
			    str_trim(t->source->inputs[c].expression.text);
	}
}

static bool kind_fits(fval v, const struct feel_type *type)
{
	if (v.kind == FEEL_RANGE) {
		const struct feel_range *r = v.range;
		return (!r->has_low || kind_fits(r->low, type)) && (!r->has_high || r->equal || r->negated ||
		    r->high.kind == FEEL_NULL || (enum feel_kind)r->high.kind == type->plain);
	}
	return v.kind == FEEL_NULL || v.kind == FEEL_LIST || (enum feel_kind)v.kind == type->plain;
}

static void types(struct checker *k, const struct table *t)
{
	const struct node *n = &k->s->nodes[k->element];
	for (size_t c = 0; c < t->n_inputs; c++) {
		const struct dmn_input_clause *in = &t->source->inputs[c];
		const struct feel_type *type = dmn_type((struct dmn_set *)(uintptr_t)k->s, n->model, in->type, 0);
		for (size_t r = 0; type && type->kind == FEEL_TYPE_PLAIN && r < t->n_rules; r++) {
			const struct cell *cell = &t->columns[c].cells[r];
			for (uint32_t i = 0; cell->kind == CELL_TESTS && i < cell->n_tests; i++)
				if (!kind_fits(cell->tests[i], type)) {
					struct dmn_finding *f = add(k, DMN_FOUND_TYPE, true, t->source,
					    t->source->rules[r].tests[c].line);
					f->rule = (uint32_t)r + 1;
					f->name = str_trim(in->expression.text);
				}
		}
	}
	for (size_t o = 0; o < t->n_outputs; o++) {
		const struct dmn_output_clause *out = &t->source->outputs[o];
		const struct feel_type *type = dmn_type((struct dmn_set *)(uintptr_t)k->s, n->model, out->type, 0);
		for (size_t r = 0; type && type->kind == FEEL_TYPE_PLAIN && r < t->n_rules; r++) {
			const struct output *cell = &t->outputs[r * t->n_outputs + o];
			if (!cell->constant || kind_fits(cell->value, type))
				continue;
			struct dmn_finding *f = add(k, DMN_FOUND_TYPE, true, t->source, t->source->rules[r].outputs[o].line);
			f->rule = (uint32_t)r + 1;
			f->name = out->name.n ? out->name : out->label;
		}
	}
}

static void table(struct checker *k, const struct table *t)
{
	struct space sp;
	types(k, t);
	untested(k, t);
	if (!space_make(&sp, k->s, t, k->a)) {
		(void)add(k, DMN_FOUND_UNCHECKED, false, t->source, t->source->line);
		return;
	}
	overlaps(k, &sp);
	gaps(k, &sp);
	unreachable(k, &sp);
}

/* Marks what the code of a chunk names: globals, and the tables and cells inside it. */
static void mark_used(const struct feel_chunk *c, uint8_t *used, size_t natives)
{
	for (size_t i = 0; c && i < c->n; i++)
		if (c->code[i].op == OP_GLOBAL)
			used[c->code[i].a] = 1;
	for (size_t k = 0; c && k < natives; k++) {
		const struct table *t = c->natives[k].self;
		for (size_t r = 0; r < t->n_rules; r++) {
			for (size_t col = 0; col < t->n_inputs; col++) {
				const struct feel_chunk *cell = t->columns[col].cells[r].chunk;
				for (size_t i = 0; cell && i < cell->n; i++)
					if (cell->code[i].op == OP_GLOBAL)
						used[cell->code[i].a] = 1;
			}
			for (size_t o = 0; o < t->n_outputs; o++) {
				const struct feel_chunk *out = t->outputs[r * t->n_outputs + o].chunk;
				for (size_t i = 0; out && i < out->n; i++)
					if (out->code[i].op == OP_GLOBAL)
						used[out->code[i].a] = 1;
			}
		}
	}
}

static size_t count_natives(const struct feel_chunk *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (c->code[i].op == OP_NATIVE && (size_t)c->code[i].a + 1 > n)
			n = (size_t)c->code[i].a + 1;
	return n;
}

static enum err_code decision(struct checker *k, struct err *e)
{
	const struct node *n = &k->s->nodes[k->element];
	size_t natives = count_natives(n->chunk);
	uint8_t *used = arena_alloc(k->a, k->s->n_nodes + 1);
	if (!used)
		return arena_fail(k->a, e);
	mark_used(n->chunk, used, natives);
	for (size_t i = 0; i < n->element->n_links; i++) {
		const struct dmn_link *l = &n->element->links[i];
		if (n->links[i] >= 0 && l->need != DMN_NEEDS_AUTHORITY && !used[n->links[i]] && n->element->expr)
			add(k, DMN_FOUND_UNUSED, false, NULL, l->line)->name = k->s->nodes[n->links[i]].name;
	}
	for (size_t i = 0; i < natives; i++)
		table(k, n->chunk->natives[i].self);
	return ERR_OK;
}

enum err_code dmn_check(const struct dmn_set *s, struct arena *a, const struct dmn_finding **ret, size_t *ret_n,
    struct err *e)
{
	struct checker k = {.s = s, .a = a};
	for (size_t i = 0; i < s->n_nodes && !k.full; i++) {
		k.element = (int32_t)i;
		if (s->nodes[i].element->kind == DMN_DECISION)
			TRY(decision(&k, e));
	}
	*ret = k.found.p;
	*ret_n = k.found.n;
	return ERR_OK;
}
