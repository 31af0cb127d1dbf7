#include "engine/dmn/table.h"

enum { PASSING_BYTES = 16 << 20 };

struct making {
	struct dmn_set *s;
	const struct dmn_model *m;
	struct emit *e;        /* where the table stands */
	struct emit *scratch;  /* for cells by themselves */
	struct arena *passing; /* of what compiling a constant cell leaves behind; emptied for each cell */
	struct table *t;
	bool top;              /* no locals around: cells can be run by themselves */
	size_t arguments;      /* inputs, and functions made of cells */
};

/* Tests of constants only, as conform.c knows them, into *cell. */
static bool constant_tests(struct making *k, const struct feel_chunk *c, struct cell *cell)
{
	size_t n = 0, i = 0;
	if (c->n == 2 && c->code[0].op == OP_CONST && feel_is_true(c->consts[c->code[0].a])) {
		cell->kind = CELL_ANY;
		return true;
	}
	fval *tests = ARENA_ARRAY(k->s->arena, c->n / 3 + 1, fval);
	if (!tests)
		return false;
	while (i + 2 < c->n && c->code[i].op == OP_LOAD && c->code[i + 1].op == OP_CONST && c->code[i + 2].op == OP_IN) {
		tests[n] = c->consts[c->code[i + 1].a];
		i += 3;
		if (n++) {
			if (c->code[i].op != OP_OR)
				return false;
			i++;
		}
	}
	bool negated = i < c->n && c->code[i].op == OP_NOT;
	i += negated;
	if (!n || i + 1 != c->n)
		return false;
	*cell = (struct cell){.kind = CELL_TESTS, .negated = negated, .tests = tests, .n_tests = (uint32_t)n, .argument = -1};
	return true;
}

/* A constant in the set's arena instead of the passing one; false for what is not worth copying. */
static bool keep_plain(struct making *k, fval *v)
{
	if (v->kind == FEEL_STRING) {
		v->string = arena_str(k->s->arena, v->string);
		return v->string.p != NULL;
	}
	return v->kind < FEEL_LIST && v->kind != FEEL_NULL;
}

static bool keep(struct making *k, fval *v)
{
	if (v->kind != FEEL_RANGE)
		return keep_plain(k, v);
	struct feel_range r = *v->range;
	if ((r.has_low && !keep_plain(k, &r.low)) || (r.has_high && !keep_plain(k, &r.high)))
		return false;
	if (r.equal || r.negated)
		r.high = r.low;
	*v = feel_range_of(k->s->arena, r);
	return v->kind == FEEL_RANGE;
}

static const struct feel_chunk *scratch_chunk(struct making *k, const struct dmn_text *x, bool tests);

/* Most cells are constants: compile in memory that is used again; callers keep the constants only. NULL: a cell with faults,
 * which is compiled again for good. */
static const struct feel_chunk *passing_chunk(struct making *k, const struct dmn_text *x, bool tests)
{
	struct feel_compiler *c = &k->s->compiler;
	struct arena *own = c->arena;
	size_t diags = c->diags.n;
	arena_reset(k->passing);
	c->arena = k->passing;
	__typeof__(c->diags) kept = c->diags;
	memset(&c->diags, 0, sizeof c->diags);
	const struct feel_chunk *chunk = scratch_chunk(k, x, tests);
	bool ok = chunk && c->diags.n == 0;
	c->diags = kept;
	c->diags.n = diags;
	c->arena = own;
	return ok ? chunk : NULL;
}

/* A constant output into *value; false: another kind of cell, compiled again for good. */
static bool passing_value(struct making *k, const struct dmn_text *x, fval *value)
{
	const struct feel_chunk *chunk = passing_chunk(k, x, false);
	if (!chunk || chunk->n != 2 || chunk->code[0].op != OP_CONST)
		return false;
	*value = chunk->consts[chunk->code[0].a];
	return value->kind == FEEL_NULL ? !value->cause : keep(k, value);
}

/* Tests of constants into *cell; false: another kind of cell, compiled again for good. */
static bool passing_tests(struct making *k, const struct dmn_text *x, struct cell *cell)
{
	const struct feel_chunk *chunk = passing_chunk(k, x, true);
	bool ok = chunk && constant_tests(k, chunk, cell);
	for (uint32_t i = 0; ok && cell->kind == CELL_TESTS && i < cell->n_tests; i++)
		ok = keep(k, (fval *)(uintptr_t)&cell->tests[i]);
	return ok;
}

static const struct feel_chunk *scratch_chunk(struct making *k, const struct dmn_text *x, bool tests)
{
	emit_begin(k->scratch, &k->s->compiler, k->e->globals, tests);
	if (tests)
		feel_emit_tests(k->scratch, x->text, x->line, x->col, 0);
	else
		feel_emit_expression(k->scratch, x->text, x->line, x->col);
	return emit_end(k->scratch, tests);
}

/* A function of the cell in the scope of the table, pushed as a further argument. */
static int32_t cell_function(struct making *k, const struct dmn_text *x, bool tests)
{
	struct feel_param *p = ARENA_NEW(k->s->arena, struct feel_param);
	if (!p)
		k->e->failed = true;
	else
		p->name = STR("?");
	emit_function_begin(k->e, p, tests);
	if (tests)
		feel_emit_tests(k->e, x->text, x->line, x->col, 0);
	else
		feel_emit_expression(k->e, x->text, x->line, x->col);
	emit_function_end(k->e, NULL);
	return (int32_t)k->arguments++;
}

static bool make_cell(struct making *k, const struct dmn_text *x, struct cell *cell)
{
	size_t diags = k->s->compiler.diags.n;
	*cell = (struct cell){.kind = CELL_CODE, .argument = -1};
	if (passing_tests(k, x, cell))
		return true;
	*cell = (struct cell){.kind = CELL_CODE, .argument = -1};
	const struct feel_chunk *c = scratch_chunk(k, x, true);
	if (!c)
		return false;
	if (constant_tests(k, c, cell))
		return true;
	if (k->top) {
		cell->chunk = c;
		return true;
	}
	k->s->compiler.diags.n = diags;
	cell->argument = cell_function(k, x, true);
	return true;
}

static bool make_output(struct making *k, const struct dmn_text *x, struct output *o)
{
	size_t diags = k->s->compiler.diags.n;
	*o = (struct output){.constant = true, .argument = -1};
	if (!str_trim(x->text).n || str_is(str_trim(x->text), "-"))
		return true;
	if (passing_value(k, x, &o->value))
		return true;
	o->value = FEEL_NULL_VALUE;
	const struct feel_chunk *c = scratch_chunk(k, x, false);
	if (!c)
		return false;
	if (c->n == 2 && c->code[0].op == OP_CONST) {
		o->value = c->consts[c->code[0].a];
		return true;
	}
	o->constant = false;
	if (k->top) {
		o->chunk = c;
		return true;
	}
	k->s->compiler.diags.n = diags;
	o->argument = cell_function(k, x, false);
	return true;
}

/* ---- positions ---- */

static bool order_of(const struct feel_zones *zones, fval a, fval b, int *ret)
{
	if (a.kind == FEEL_BOOL && b.kind == FEEL_BOOL) {
		*ret = (int)a.truth - (int)b.truth;
		return true;
	}
	return feel_compare(zones, a, b, ret);
}

bool table_position(const struct table *t, const struct column *c, fval v, uint32_t *ret)
{
	size_t low = 0, high = c->n_bounds;
	int order = 0;
	if (!c->placed || (enum feel_kind)v.kind != c->kind)
		return false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (!order_of(t->zones, v, c->bounds[mid], &order))
			return false;
		if (order == 0) {
			*ret = (uint32_t)(2 * mid + 1);
			return true;
		}
		if (order > 0)
			low = mid + 1;
		else
			high = mid;
	}
	*ret = (uint32_t)(2 * low);
	return true;
}

struct bounds {
	fval *p;
	size_t n;
	bool mixed; /* kinds differ, or have no order */
};

static void add_bound(struct bounds *b, fval v)
{
	int order;
	if (v.kind == FEEL_NULL)
		return;
	if ((b->n && v.kind != b->p[0].kind) || !order_of(NULL, v, v, &order))
		b->mixed = true;
	else
		b->p[b->n++] = v;
}

static size_t bounds_in(const struct cell *c)
{
	return c->kind == CELL_TESTS ? (size_t)c->n_tests * 2 : 0;
}

static void add_bounds(struct bounds *b, const struct cell *c)
{
	for (uint32_t i = 0; c->kind == CELL_TESTS && i < c->n_tests; i++) {
		fval t = c->tests[i];
		if (t.kind != FEEL_RANGE) {
			add_bound(b, t);
			continue;
		}
		if (t.range->has_low)
			add_bound(b, t.range->low);
		if (t.range->has_high)
			add_bound(b, t.range->high);
	}
}

/* Heap sort, then equal ones dropped. False when two have no order (times with and without a zone). */
static bool sort_bounds(const struct feel_zones *zones, struct bounds *b)
{
	int order = 0;
	for (size_t end = b->n, start = b->n / 2; end > 1;) {
		if (start) {
			start--;
		} else {
			fval v = b->p[--end];
			b->p[end] = b->p[0];
			b->p[0] = v;
		}
		for (size_t at = start, child; (child = 2 * at + 1) < end; at = child) {
			if (child + 1 < end) {
				if (!order_of(zones, b->p[child], b->p[child + 1], &order))
					return false;
				child += order < 0;
			}
			if (!order_of(zones, b->p[at], b->p[child], &order))
				return false;
			if (order >= 0)
				break;
			fval v = b->p[at];
			b->p[at] = b->p[child];
			b->p[child] = v;
		}
	}
	size_t out = 0;
	for (size_t i = 0; i < b->n; i++) {
		if (out && !order_of(zones, b->p[out - 1], b->p[i], &order))
			return false;
		if (!out || order != 0)
			b->p[out++] = b->p[i];
	}
	b->n = out;
	return true;
}

/* The span of one test; false when it is none ("!= 5", a list, a range with a null). */
static bool test_span(const struct table *t, const struct column *c, fval test, struct span *ret)
{
	uint32_t at;
	*ret = (struct span){0, UINT32_MAX - 1};
	if (test.kind != FEEL_RANGE) {
		if (!table_position(t, c, test, &at))
			return false;
		*ret = (struct span){at, at};
		return true;
	}
	const struct feel_range *r = test.range;
	if (r->negated || (r->has_low && r->low.kind == FEEL_NULL) || (r->has_high && r->high.kind == FEEL_NULL))
		return false;
	if (r->has_low) {
		if (!table_position(t, c, r->low, &at))
			return false;
		ret->from = r->low_closed ? at : at + 1;
		if (r->equal)
			ret->to = at;
	}
	if (r->has_high) {
		if (!table_position(t, c, r->high, &at))
			return false;
		ret->to = r->high_closed ? at : at - 1;
	}
	return true;
}

static bool place_cell(struct making *k, const struct column *c, struct cell *cell, struct span *ret)
{
	*ret = SPAN_OTHER;
	if (cell->kind == CELL_ANY)
		*ret = SPAN_ANY;
	if (cell->kind != CELL_TESTS || !c->placed)
		return true;
	struct span *spans = ARENA_ARRAY(k->s->arena, cell->n_tests, struct span);
	if (!spans)
		return false;
	for (uint32_t i = 0; i < cell->n_tests; i++)
		if (!test_span(k->t, c, cell->tests[i], &spans[i]))
			return true;
	cell->spans = spans;
	cell->n_spans = cell->n_tests;
	if (cell->n_tests == 1 && !cell->negated && spans[0].from <= spans[0].to)
		*ret = spans[0];
	return true;
}

static bool place_column(struct making *k, size_t column)
{
	struct table *t = k->t;
	struct column *c = &t->columns[column];
	struct bounds b = {0};
	size_t most = 0;
	for (size_t i = 0; i < t->n_rules; i++)
		most += bounds_in(&c->cells[i]);
	b.p = ARENA_ARRAY(k->s->arena, most, fval);
	if (!b.p)
		return false;
	for (size_t i = 0; i < t->n_rules; i++)
		add_bounds(&b, &c->cells[i]);
	c->placed = b.n && !b.mixed && sort_bounds(t->zones, &b);
	c->kind = b.n ? (enum feel_kind)b.p[0].kind : FEEL_NULL;
	c->bounds = b.p;
	c->n_bounds = b.n;
	for (size_t i = 0; i < t->n_rules; i++)
		if (!place_cell(k, c, &c->cells[i], &t->spans[i * t->n_inputs + column]))
			return false;
	return true;
}

/* ---- rows by position ---- */

/* Spans of a rule in a column: one, several, or all positions when only the cell itself can tell. */
static size_t rule_spans(const struct table *t, size_t rule, size_t column, const struct span **ret, struct span *one)
{
	const struct cell *c = &t->columns[column].cells[rule];
	*one = t->spans[rule * t->n_inputs + column];
	*ret = one;
	if (one->from <= one->to)
		return 1;
	if (c->spans && !c->negated) {
		*ret = c->spans;
		return c->n_spans;
	}
	*one = SPAN_ANY;
	return 1;
}

static uint32_t last_position(const struct column *c)
{
	return (uint32_t)(2 * c->n_bounds);
}

static size_t index_size(const struct table *t, size_t column)
{
	size_t total = 0;
	const struct column *c = &t->columns[column];
	if (!c->placed)
		return SIZE_MAX;
	for (size_t r = 0; r < t->n_rules; r++) {
		const struct span *s;
		struct span one;
		size_t n = rule_spans(t, r, column, &s, &one);
		for (size_t i = 0; i < n; i++) {
			uint32_t to = s[i].to < last_position(c) ? s[i].to : last_position(c);
			total += s[i].from <= to ? to - s[i].from + 1 : 0;
		}
	}
	return total;
}

static bool covered(const struct span *s, size_t n, uint32_t p)
{
	for (size_t i = 0; i < n; i++)
		if (p >= s[i].from && p <= s[i].to)
			return true;
	return false;
}

static bool build_index(struct making *k, size_t column, size_t size)
{
	struct table *t = k->t;
	const struct column *c = &t->columns[column];
	size_t positions = last_position(c) + 1;
	uint32_t *offsets = ARENA_ARRAY(k->s->arena, positions + 2, uint32_t);
	uint32_t *rows = ARENA_ARRAY(k->s->arena, size, uint32_t);
	if (!offsets || !rows)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t r = 0; r < t->n_rules; r++) {
			const struct span *s;
			struct span one;
			size_t n = rule_spans(t, r, column, &s, &one);
			for (size_t i = 0; i < n; i++)
				for (uint32_t p = s[i].from; p <= s[i].to && p < positions; p++) {
					if (covered(s, i, p)) /* listed already */
						continue;
					if (pass)
						rows[offsets[p + 1]] = (uint32_t)r;
					offsets[p + 1 + !pass]++;
				}
		}
		if (!pass)
			for (size_t p = 1; p < positions + 2; p++)
				offsets[p] += offsets[p - 1];
	}
	/* after the second pass offsets[p + 1] is where position p ends, and so where p + 1 begins */
	t->offsets = offsets;
	t->rows = rows;
	t->index_column = (int32_t)column;
	return true;
}

static bool make_index(struct making *k)
{
	struct table *t = k->t;
	size_t best = SIZE_MAX;
	double least = (double)t->n_rules * 0.75;
	t->index_column = -1;
	if (t->n_rules < TABLE_INDEX_RULES)
		return true;
	size_t sizes[DMN_COLUMNS_MOST];
	for (size_t c = 0; c < t->n_inputs; c++) {
		sizes[c] = index_size(t, c);
		double each = (double)sizes[c] / (double)(last_position(&t->columns[c]) + 1);
		if (sizes[c] != SIZE_MAX && sizes[c] <= TABLE_INDEX_MOST * t->n_rules && each < least) {
			least = each;
			best = c;
		}
	}
	return best == SIZE_MAX || build_index(k, best, sizes[best]);
}

/* ---- the whole ---- */

static bool allocate(struct making *k, const struct dmn_table *source)
{
	struct arena *a = k->s->arena;
	struct table *t = ARENA_NEW(a, struct table);
	if (!t)
		return false;
	size_t cells = source->n_rules * source->n_inputs;
	*t = (struct table){.source = source, .zones = k->s->zones, .n_inputs = source->n_inputs,
	    .n_outputs = source->n_outputs, .n_rules = source->n_rules, .index_column = -1};
	t->columns = ARENA_ARRAY(a, t->n_inputs, struct column);
	t->spans = ARENA_ARRAY(a, cells, struct span);
	t->codes = ARENA_ARRAY(a, t->n_rules, bool);
	t->outputs = ARENA_ARRAY(a, t->n_rules * t->n_outputs, struct output);
	t->allowed = ARENA_ARRAY(a, t->n_inputs, const struct feel_chunk *);
	t->values = ARENA_ARRAY(a, t->n_outputs, const fval *);
	t->n_values = ARENA_ARRAY(a, t->n_outputs, size_t);
	str *names = ARENA_ARRAY(a, t->n_outputs, str);
	if (!t->allowed || !t->columns || !t->spans || !t->codes || !t->outputs || !t->values || !t->n_values || !names)
		return false;
	for (size_t i = 0; i < t->n_outputs; i++) {
		names[i] = feel_name_normal(a, source->outputs[i].name);
		if (t->n_outputs > 1)
			(void)feel_names_add(k->s->compiler.words, names[i], 0);
	}
	t->names = names;
	for (size_t i = 0; i < t->n_inputs; i++) {
		t->columns[i].cells = ARENA_ARRAY(a, t->n_rules, struct cell);
		if (!t->columns[i].cells)
			return false;
	}
	k->t = t;
	return true;
}

static bool make_rules(struct making *k)
{
	struct table *t = k->t;
	for (size_t c = 0; c < t->n_inputs; c++) {
		const struct dmn_text *values = &t->source->inputs[c].values;
		if (!str_trim(values->text).n)
			continue;
		emit_begin(k->scratch, &k->s->compiler, NULL, 1);
		feel_emit_tests(k->scratch, values->text, values->line, values->col, 0);
		t->allowed[c] = emit_end(k->scratch, 1);
		if (!t->allowed[c])
			return false;
	}
	for (size_t r = 0; r < t->n_rules; r++) {
		const struct dmn_rule *rule = &t->source->rules[r];
		for (size_t c = 0; c < t->n_inputs; c++) {
			struct cell *cell = &t->columns[c].cells[r];
			if (!make_cell(k, &rule->tests[c], cell))
				return false;
			t->codes[r] |= cell->kind == CELL_CODE;
		}
		for (size_t o = 0; o < t->n_outputs; o++)
			if (!make_output(k, &rule->outputs[o], &t->outputs[r * t->n_outputs + o]))
				return false;
	}
	for (size_t c = 0; c < t->n_inputs; c++)
		if (!place_column(k, c))
			return false;
	return make_index(k);
}

/* Output values, which are the priorities too, and default outputs. */
static bool make_outputs(struct making *k)
{
	struct table *t = k->t;
	for (size_t o = 0; o < t->n_outputs; o++) {
		const struct dmn_output_clause *c = &t->source->outputs[o];
		struct cell cell;
		if (str_trim(c->values.text).n) {
			if (!make_cell(k, &c->values, &cell))
				return false;
			if (cell.kind == CELL_TESTS) {
				t->values[o] = cell.tests;
				t->n_values[o] = cell.n_tests;
			}
		}
		if (!str_trim(c->fallback.text).n)
			continue;
		if (!t->fallback) {
			t->fallback = ARENA_ARRAY(k->s->arena, t->n_outputs, struct output);
			for (size_t i = 0; t->fallback && i < t->n_outputs; i++)
				t->fallback[i] = (struct output){.constant = true, .argument = -1};
		}
		if (!t->fallback)
			return false;
		if (!make_output(k, &c->fallback, &t->fallback[o]))
			return false;
	}
	return true;
}

static void emit_inputs(struct making *k, const struct dmn_table *source)
{
	for (size_t i = 0; i < source->n_inputs; i++) {
		const struct dmn_input_clause *c = &source->inputs[i];
		feel_emit_expression(k->e, c->expression.text, c->expression.line, c->expression.col);
		emit_coerce(k->e, dmn_type(k->s, k->m, c->type, c->expression.line));
	}
	k->arguments = source->n_inputs;
}

void dmn_emit_table(struct dmn_set *s, const struct dmn_model *m, struct emit *e, const struct dmn_table *source)
{
	struct making k = {.s = s, .m = m, .e = e, .top = e->scope.n == 0 && e->n_functions == 0};
	k.scratch = ARENA_NEW(s->arena, struct emit);
	if (source->n_inputs > DMN_COLUMNS_MOST || source->n_outputs > DMN_COLUMNS_MOST || !source->n_outputs ||
	    source->n_rules > DMN_RULES_MOST) {
		dmn_diag_add(s, m, true, "dmn.table", source->line, "a table has 1 to %d outputs, at most %d inputs and %d rules",
		    DMN_COLUMNS_MOST, DMN_COLUMNS_MOST, DMN_RULES_MOST);
		emit_error(e, "the table is too large, or has no outputs");
		return;
	}
	emit_inputs(&k, source);
	struct feel_native *native = VEC_ADD(&e->natives, s->arena);
	AUTO_ARENA passing = arena_new(PASSING_BYTES);
	k.passing = passing;
	if (!passing || !k.scratch || !native || !allocate(&k, source) || !make_rules(&k) || !make_outputs(&k)) {
		e->failed = true;
		return;
	}
	native = &e->natives.p[e->natives.n - 1];
	*native = (struct feel_native){.step = table_step, .self = k.t};
	e->pos = source->line * FEEL_POS_COLUMNS + 1;
	(void)emit_op(e, OP_NATIVE, (int32_t)e->natives.n - 1, (int32_t)k.arguments);
}
