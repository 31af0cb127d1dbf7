#include "engine/dmn/check.h"

#include "engine/dmn/check_space.h"
#include "engine/dmn/infer.h"

/* What the input of a column can be, whatever it is called. */
struct inferred {
	const struct table *t;
	size_t column;
	uint32_t kinds;
};

struct checker {
	const struct dmn_set *s;
	struct arena *a;
	int32_t element;
	VEC(struct dmn_finding) found;
	VEC(struct inferred) columns;
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

/* The field of a context type, or NULL. */
static const struct feel_type *field_type(const struct feel_type *t, str name)
{
	for (size_t i = 0; t && t->kind == FEEL_TYPE_CONTEXT && i < t->n_fields; i++)
		if (str_eq(t->fields[i].name, name))
			return t->fields[i].type;
	return NULL;
}

/* name, or name and fields of it: the type of what text says; NULL when text is something else. */
static const struct feel_type *type_along(str text, str name, const struct feel_type *type)
{
	if (str_eq(text, name))
		return type;
	if (!name.n || !str_starts(text, name) || text.p[name.n] != '.')
		return NULL;
	struct str_split it = str_split_on(str_sub(text, name.n + 1, text.n), '.');
	str part;
	while (type && str_next(&it, &part))
		type = field_type(type, str_trim(part));
	return type;
}

/* The type of an expression that is a name, or a path from one: of what the element requires, or of a parameter. */
static const struct feel_type *named_type(const struct checker *k, const struct node *n, str text)
{
	const struct feel_type *found = NULL;
	for (size_t i = 0; !found && i < n->element->n_links; i++)
		if (n->links[i] >= 0)
			found = type_along(text, dmn_input_name(k->s, n->model, n->links[i]), k->s->nodes[n->links[i]].type);
	for (size_t i = 0; !found && n->element->kind == DMN_KNOWLEDGE && i < n->n_params; i++)
		found = type_along(text, n->params[i].name, n->params[i].type);
	return found;
}

static const struct feel_type *input_type(const struct checker *k, const struct node *n, const struct dmn_input_clause *in)
{
	const struct feel_type *type = dmn_type((struct dmn_set *)(uintptr_t)k->s, n->model, in->type, 0);
	return type ? type : named_type(k, n, str_trim(in->expression.text));
}

/* A column without a type of its own has that of the decision, or of its component, when the table is all its logic. */
static const struct feel_type *output_type(const struct checker *k, const struct node *n, const struct table *t,
    const struct dmn_output_clause *out)
{
	const struct feel_type *type = dmn_type((struct dmn_set *)(uintptr_t)k->s, n->model, out->type, 0);
	const struct dmn_expr *x = n->element->expr;
	if (type || n->element->kind != DMN_DECISION || !x || x->table != t->source || t->source->policy > DMN_COLLECT)
		return type;
	type = n->type;
	if (type && type->kind == FEEL_TYPE_LIST && t->source->policy >= DMN_RULE_ORDER)
		type = type->element;
	return t->n_outputs == 1 ? type : field_type(type, out->name);
}

static void wrong_test(struct checker *k, const struct table *t, size_t column, size_t rule)
{
	const struct dmn_text *cell = &t->source->rules[rule].tests[column];
	struct dmn_finding *f = add(k, DMN_FOUND_TYPE, true, t->source, cell->line);
	f->rule = (uint32_t)rule + 1;
	f->col = cell->col;
	f->name = str_trim(t->source->inputs[column].expression.text);
}

/* Constants that the input of a column, an expression, is never equal to and never within. */
static void inferred_types(struct checker *k, const struct table *t, size_t column)
{
	uint32_t kinds = INFER_ALL;
	vec_each(x, &k->columns)
		if (x->t == t && x->column == column)
			kinds = x->kinds;
	for (size_t r = 0; r < t->n_rules; r++) {
		const struct cell *cell = &t->columns[column].cells[r];
		for (uint32_t i = 0; cell->kind == CELL_TESTS && i < cell->n_tests; i++)
			if (!infer_meets(kinds, cell->tests[i]))
				wrong_test(k, t, column, r);
	}
}

static void types(struct checker *k, const struct table *t)
{
	const struct node *n = &k->s->nodes[k->element];
	for (size_t c = 0; c < t->n_inputs; c++) {
		const struct dmn_input_clause *in = &t->source->inputs[c];
		const struct feel_type *type = input_type(k, n, in);
		for (size_t r = 0; type && type->kind == FEEL_TYPE_PLAIN && r < t->n_rules; r++) {
			const struct cell *cell = &t->columns[c].cells[r];
			for (uint32_t i = 0; cell->kind == CELL_TESTS && i < cell->n_tests; i++)
				if (!kind_fits(cell->tests[i], type))
					wrong_test(k, t, c, r);
		}
		if (!type)
			inferred_types(k, t, c);
	}
	for (size_t o = 0; o < t->n_outputs; o++) {
		const struct dmn_output_clause *out = &t->source->outputs[o];
		const struct feel_type *type = output_type(k, n, t, out);
		for (size_t r = 0; type && type->kind == FEEL_TYPE_PLAIN && r < t->n_rules; r++) {
			const struct output *cell = &t->outputs[r * t->n_outputs + o];
			if (!cell->constant || kind_fits(cell->value, type))
				continue;
			struct dmn_finding *f = add(k, DMN_FOUND_TYPE, true, t->source, t->source->rules[r].outputs[o].line);
			f->rule = (uint32_t)r + 1;
			f->col = t->source->rules[r].outputs[o].col;
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

/* The code of a decision, or of the function that a business knowledge model is. */
static const struct feel_chunk *code_of(const struct dmn_set *s, int32_t element)
{
	const struct node *n = &s->nodes[element];
	fval f = s->globals[element];
	if (n->element->kind == DMN_DECISION)
		return n->chunk;
	return f.kind == FEEL_FUNCTION && f.function->kind == FUNCTION_CODE ? f.function->chunk : NULL;
}

static enum err_code element(struct checker *k, struct err *e)
{
	const struct node *n = &k->s->nodes[k->element];
	const struct feel_chunk *chunk = code_of(k->s, k->element);
	if (!chunk)
		return ERR_OK;
	size_t natives = count_natives(chunk);
	uint8_t *used = arena_alloc(k->a, k->s->n_nodes + 1);
	if (!used)
		return arena_fail(k->a, e);
	mark_used(chunk, used, natives);
	for (size_t i = 0; i < n->element->n_links; i++) {
		const struct dmn_link *l = &n->element->links[i];
		if (n->links[i] >= 0 && l->need != DMN_NEEDS_AUTHORITY && !used[n->links[i]] && n->element->expr)
			add(k, DMN_FOUND_UNUSED, false, NULL, l->line)->name = k->s->nodes[n->links[i]].name;
	}
	for (size_t i = 0; i < natives; i++)
		table(k, chunk->natives[i].self);
	return ERR_OK;
}

static void take_fault(void *ctx, int32_t element, uint32_t pos, bool error, str text)
{
	struct checker *k = ctx;
	str copy = arena_str(k->a, text);
	k->element = element;
	vec_each(x, &k->found) /* code may be reached twice */
		if (x->kind == DMN_FOUND_EXPRESSION && x->element == element && x->line == pos / FEEL_POS_COLUMNS &&
		    x->col == pos % FEEL_POS_COLUMNS && str_eq(x->text, text))
			return;
	struct dmn_finding *f = add(k, DMN_FOUND_EXPRESSION, error, NULL, pos / FEEL_POS_COLUMNS);
	f->col = pos % FEEL_POS_COLUMNS;
	f->text = copy.p ? copy : STR("");
}

static void take_column(void *ctx, const struct table *t, size_t column, const struct infer *what)
{
	struct checker *k = ctx;
	struct inferred *slot = VEC_ADD(&k->columns, k->a);
	if (slot)
		*slot = (struct inferred){t, column, what->kinds};
}

enum err_code dmn_check(const struct dmn_set *s, struct arena *a, const struct dmn_finding **ret, size_t *ret_n,
    struct err *e)
{
	struct checker k = {.s = s, .a = a};
	TRY(dmn_infer(&(struct infer_job){s, &k, take_fault, take_column}, e));
	for (size_t i = 0; i < s->n_nodes && !k.full; i++) {
		k.element = (int32_t)i;
		if (s->nodes[i].element->kind == DMN_DECISION || s->nodes[i].element->kind == DMN_KNOWLEDGE)
			TRY(element(&k, e));
	}
	*ret = k.found.p;
	*ret_n = k.found.n;
	return ERR_OK;
}
