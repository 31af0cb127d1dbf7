/* Running a table: rules that match, their outputs, and what the hit policy makes of them. Cells and outputs that are
 * not constants are run by the machine between two steps. */
#include "engine/dmn/table.h"

enum phase { PHASE_MATCH, PHASE_OUTPUT, PHASE_FALLBACK };

struct state {
	enum phase phase;
	struct trace *trace;     /* NULL: nothing is to be told */
	uint32_t *positions;     /* by input; UINT32_MAX: none */
	size_t next;             /* candidate rule: index into the candidates */
	size_t column;           /* of the current rule, while its cells are run */
	bool running;            /* a cell or output of the current place is being run */
	bool failed_rule;        /* tracing: some cell of the current rule was not true */
	bool unknown_rule;
	uint32_t *hits;
	size_t n_hits, cap_hits;
	size_t hit, output;      /* PHASE_OUTPUT: which value is made */
	fval *values;            /* hit by hit */
	fval unknown;            /* strict: why a rule could not be told; FEEL_BOOL: none */
	uint8_t *cells;
};

enum dmn_cell table_constant_cell(const struct table *t, const struct cell *c, uint32_t position, fval v)
{
	bool found = false;
	if (position != NO_POSITION && c->spans) {
		for (uint32_t i = 0; i < c->n_spans && !found; i++)
			found = position >= c->spans[i].from && position <= c->spans[i].to;
		return found != c->negated ? DMN_TRUE : DMN_FALSE;
	}
	bool unknown = false;
	for (uint32_t i = 0; i < c->n_tests && !found; i++) {
		enum feel_truth one = feel_in(t->zones, v, c->tests[i]);
		found = one == FEEL_YES;
		unknown |= one == FEEL_UNKNOWN;
	}
	if (unknown && !found)
		return DMN_ERROR;
	return found != c->negated ? DMN_TRUE : DMN_FALSE;
}

/* A value that is missing or an error passes no test in strict mode, and fails none. */
static bool tests_null(const struct cell *c)
{
	for (uint32_t i = 0; i < c->n_tests; i++)
		if (c->tests[i].kind == FEEL_NULL)
			return true;
	return false;
}

static enum dmn_cell cell_of(struct feel_vm *vm, const struct table *t, const struct state *s, size_t rule, size_t column,
    fval v)
{
	const struct span *span = &t->spans[rule * t->n_inputs + column];
	uint32_t at = s->positions[column];
	if (span->from <= span->to) {
		if (span->to == UINT32_MAX)
			return DMN_TRUE; /* "-" */
		if (at != NO_POSITION)
			return at >= span->from && at <= span->to ? DMN_TRUE : DMN_FALSE;
	}
	const struct cell *c = &t->columns[column].cells[rule];
	if (c->kind == CELL_CODE)
		return DMN_NOT_EVALUATED;
	if (vm->strict && v.kind == FEEL_NULL && !tests_null(c))
		return DMN_ERROR;
	return table_constant_cell(t, c, at, v);
}

static bool add_hit(struct feel_vm *vm, struct state *s, uint32_t rule)
{
	if (s->n_hits == s->cap_hits) {
		size_t cap = s->cap_hits ? s->cap_hits * 2 : 8;
		uint32_t *p = ARENA_ARRAY(vm->arena, cap, uint32_t);
		if (!p)
			return false;
		if (s->n_hits)
			memcpy(p, s->hits, s->n_hits * sizeof *p);
		s->hits = p;
		s->cap_hits = cap;
	}
	s->hits[s->n_hits++] = rule;
	return true;
}

static struct state *begin(struct feel_vm *vm, const struct table *t, const fval *args)
{
	struct state *s = ARENA_NEW(vm->arena, struct state);
	uint32_t *positions = ARENA_ARRAY(vm->arena, t->n_inputs, uint32_t);
	if (!s || !positions)
		return NULL;
	struct trace *trace = vm->trace;
	s->positions = positions;
	s->unknown = feel_bool(true);
	s->trace = trace && trace->explain ? trace : NULL;
	for (size_t i = 0; i < t->n_inputs; i++)
		if (!table_position(t, &t->columns[i], args[i], &positions[i]))
			positions[i] = NO_POSITION;
	if (s->trace)
		s->cells = arena_alloc(vm->arena, t->n_rules * t->n_inputs + 1);
	return s;
}

/* Run code with the value tested (cell) or without (output). */
static enum feel_step run(struct feel_vm *vm, const struct feel_chunk *chunk, fval function, const fval *value)
{
	vm->want_chunk = chunk;
	vm->want_function = function;
	vm->want_args = value != NULL;
	if (value) {
		fval v = *value;
		feel_vm_push(vm, v);
	}
	return FEEL_STEP_CALL;
}

static void settle(struct feel_vm *vm, struct state *s, enum dmn_cell outcome, fval cause)
{
	if (outcome == DMN_FALSE)
		s->failed_rule = true;
	if (outcome != DMN_ERROR)
		return;
	s->unknown_rule = true;
	if (s->unknown.kind == FEEL_NULL)
		return;
	s->unknown = cause.kind == FEEL_NULL && cause.cause ? cause
	    : feel_vm_wrong(vm, cause, "a value that the cells of the table can test");
}

/* All cells of a rule whose outcome is known without running code. False: it does not match. */
static bool quick_rule(struct feel_vm *vm, const struct table *t, struct state *s, size_t rule, const fval *args)
{
	s->failed_rule = s->unknown_rule = false;
	fval kept = s->unknown;
	for (size_t c = 0; c < t->n_inputs; c++) {
		enum dmn_cell outcome = cell_of(vm, t, s, rule, c, args[c]);
		if (s->cells)
			s->cells[rule * t->n_inputs + c] = (uint8_t)outcome;
		if (outcome == DMN_TRUE || outcome == DMN_NOT_EVALUATED)
			continue;
		if (outcome == DMN_FALSE && !s->cells) {
			s->unknown = kept;
			return false;
		}
		settle(vm, s, outcome, args[c]);
	}
	if (s->failed_rule) /* a rule that fails anyway leaves nothing unknown */
		s->unknown = kept;
	return !s->failed_rule;
}

static size_t candidates(const struct table *t, const struct state *s, const uint32_t **ret_rows)
{
	uint32_t at = t->index_column >= 0 && !s->cells ? s->positions[t->index_column] : NO_POSITION;
	*ret_rows = NULL;
	if (at == NO_POSITION)
		return t->n_rules;
	*ret_rows = t->rows + t->offsets[at];
	return t->offsets[at + 1] - t->offsets[at];
}

/* The current rule is done with. */
static bool close_rule(struct feel_vm *vm, const struct table *t, struct state *s, uint32_t rule)
{
	s->next++;
	s->column = 0;
	if (s->failed_rule || s->unknown_rule)
		return !(s->unknown_rule && vm->strict && t->source->policy == DMN_FIRST && !s->failed_rule);
	if (!add_hit(vm, s, rule)) {
		vm->broken = true;
		vm->broken_cause = feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
		return false;
	}
	return t->source->policy != DMN_FIRST;
}

/* CALL while a cell must be run; DONE when all rules are looked at. */
static enum feel_step match(struct feel_vm *vm, const struct table *t, struct state *s, const fval *args)
{
	const uint32_t *rows;
	size_t n = candidates(t, s, &rows);
	while (s->next < n) {
		uint32_t rule = rows ? rows[s->next] : (uint32_t)s->next;
		if (!s->running) {
			if (!quick_rule(vm, t, s, rule, args)) {
				s->next++;
				continue;
			}
		} else {
			s->running = false;
			enum dmn_cell outcome = vm->got.kind != FEEL_BOOL ? DMN_ERROR : vm->got.truth ? DMN_TRUE : DMN_FALSE;
			if (s->cells)
				s->cells[rule * t->n_inputs + s->column] = (uint8_t)outcome;
			settle(vm, s, outcome, vm->got);
			s->column++;
		}
		for (; t->codes[rule] && !s->failed_rule && s->column < t->n_inputs; s->column++) {
			const struct cell *c = &t->columns[s->column].cells[rule];
			if (c->kind != CELL_CODE)
				continue;
			s->running = true;
			return run(vm, c->chunk, c->argument >= 0 ? args[c->argument] : FEEL_NULL_VALUE, &args[s->column]);
		}
		if (!close_rule(vm, t, s, rule))
			break;
	}
	return FEEL_STEP_DONE;
}

static fval rules_error(struct feel_vm *vm, const struct state *s, const char *what)
{
	AUTO_BUF b = BUF_INIT(200);
	for (size_t i = 0; i < s->n_hits && b.n < 100; i++)
		buf_addf(&b, "%s%u", i ? ", " : "", s->hits[i] + 1);
	return feel_vm_error(vm, "dmn.policy", "%s: rules %.*s", what, STR_ARG(buf_str(&b)));
}

static fval row_value(struct feel_vm *vm, const struct table *t, const fval *values)
{
	if (t->n_outputs == 1)
		return values[0];
	struct feel_entry *e = ARENA_ARRAY(vm->arena, t->n_outputs, struct feel_entry);
	if (!e)
		return feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
	for (size_t i = 0; i < t->n_outputs; i++)
		e[i] = (struct feel_entry){t->names[i], values[i]};
	return feel_context_of(vm->arena, e, t->n_outputs);
}

static size_t rank(const struct table *t, size_t output, fval v)
{
	size_t i = 0;
	while (i < t->n_values[output] && feel_in(t->zones, v, t->values[output][i]) != FEEL_YES)
		i++;
	return i;
}

/* Does row a come before row b by the order of the output values? */
static bool precedes(const struct table *t, const fval *a, const fval *b)
{
	for (size_t o = 0; o < t->n_outputs; o++) {
		size_t x = rank(t, o, a[o]), y = rank(t, o, b[o]);
		if (x != y)
			return x < y;
	}
	return false;
}

/* Hits by priority; equal ones stay in the order of the rules (insertion sort: few rules match). */
static void sort_hits(struct feel_vm *vm, const struct table *t, struct state *s)
{
	fval *row = ARENA_ARRAY(vm->arena, t->n_outputs, fval);
	for (size_t i = 1; row && i < s->n_hits; i++) {
		uint32_t hit = s->hits[i];
		memcpy(row, s->values + i * t->n_outputs, t->n_outputs * sizeof *row);
		size_t k = i;
		for (; k > 0 && precedes(t, row, s->values + (k - 1) * t->n_outputs); k--) {
			s->hits[k] = s->hits[k - 1];
			memcpy(s->values + k * t->n_outputs, s->values + (k - 1) * t->n_outputs,
			    t->n_outputs * sizeof *row);
		}
		s->hits[k] = hit;
		memcpy(s->values + k * t->n_outputs, row, t->n_outputs * sizeof *row);
	}
}

static fval all_rows(struct feel_vm *vm, const struct table *t, const struct state *s)
{
	fval *items = ARENA_ARRAY(vm->arena, s->n_hits, fval);
	if (!items)
		return feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
	for (size_t i = 0; i < s->n_hits; i++)
		items[i] = row_value(vm, t, s->values + i * t->n_outputs);
	return feel_list_of(vm->arena, items, s->n_hits);
}

/* Sum, least or greatest of one output over the hits. */
static fval aggregate(struct feel_vm *vm, const struct table *t, const struct state *s, size_t output)
{
	fval sum = s->values[output];
	int c;
	for (size_t i = 0; i < s->n_hits; i++) {
		fval v = s->values[i * t->n_outputs + output];
		bool adds = v.kind == FEEL_NUMBER || v.kind == FEEL_DAYS || v.kind == FEEL_MONTHS;
		if (t->source->policy == DMN_SUM ? !adds : v.kind == FEEL_NULL)
			return feel_vm_wrong(vm, v, "a value that can be added up or compared");
		if (i == 0)
			continue;
		if (t->source->policy == DMN_SUM) {
			sum = feel_arithmetic(vm, OP_ADD, sum, v);
		} else {
			if (!feel_compare(vm->zones, v, sum, &c))
				return feel_truth_value(vm, FEEL_UNKNOWN, v, sum);
			if (t->source->policy == DMN_MIN ? c < 0 : c > 0)
				sum = v;
		}
	}
	return sum;
}

static fval aggregated(struct feel_vm *vm, const struct table *t, const struct state *s)
{
	fval *sums = ARENA_ARRAY(vm->arena, t->n_outputs, fval);
	if (!sums)
		return feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
	for (size_t o = 0; o < t->n_outputs; o++)
		sums[o] = aggregate(vm, t, s, o);
	return row_value(vm, t, sums);
}

static fval any_row(struct feel_vm *vm, const struct table *t, const struct state *s)
{
	for (size_t i = 1; i < s->n_hits; i++)
		for (size_t o = 0; o < t->n_outputs; o++)
			if (feel_equal(vm->zones, s->values[o], s->values[i * t->n_outputs + o]) != FEEL_YES)
				return rules_error(vm, s, "rules that match together must have the same outputs");
	return row_value(vm, t, s->values);
}

/* What the hit policy makes of the values of all hits. *ret_decided: how many of the hits, from the first. */
static fval conclude(struct feel_vm *vm, const struct table *t, struct state *s, size_t *ret_decided)
{
	*ret_decided = s->n_hits;
	switch (t->source->policy) {
	case DMN_UNIQUE:
		if (s->n_hits > 1)
			return rules_error(vm, s, "only one rule may match");
		return row_value(vm, t, s->values);
	case DMN_ANY:
		return any_row(vm, t, s);
	case DMN_PRIORITY:
		sort_hits(vm, t, s);
		*ret_decided = 1;
		return row_value(vm, t, s->values);
	case DMN_FIRST:
		*ret_decided = 1;
		return row_value(vm, t, s->values);
	case DMN_OUTPUT_ORDER:
		sort_hits(vm, t, s);
		return all_rows(vm, t, s);
	case DMN_RULE_ORDER:
	case DMN_COLLECT:
		return all_rows(vm, t, s);
	case DMN_COUNT:
		return feel_int((int64_t)s->n_hits);
	case DMN_SUM:
	case DMN_MIN:
	case DMN_MAX:
		break;
	}
	return aggregated(vm, t, s);
}

static void leave_trace(struct feel_vm *vm, const struct table *t, struct state *s, const fval *args, size_t decided,
    fval result)
{
	struct dmn_table_trace *r = ARENA_NEW(vm->arena, struct dmn_table_trace);
	fval *values = ARENA_ARRAY(vm->arena, t->n_inputs, fval);
	if (!s->trace || !r || !values || !s->cells)
		return;
	if (t->n_inputs)
		memcpy(values, args, t->n_inputs * sizeof *values);
	*r = (struct dmn_table_trace){.compiled = t, .table = t->source, .values = values, .cells = s->cells, .matched = s->hits,
	    .n_matched = s->n_hits, .decided = s->hits, .n_decided = decided, .result = result,
	    .fallback = s->phase == PHASE_FALLBACK};
	*s->trace->last = r;
	s->trace->last = &r->next;
}

static enum feel_step finish(struct feel_vm *vm, const struct table *t, struct state *s, const fval *args, size_t decided,
    fval result, fval *ret)
{
	if (s->trace)
		leave_trace(vm, t, s, args, decided, result);
	*ret = result;
	return FEEL_STEP_DONE;
}

/* The next output of the hits (or of the defaults); CALL while one must be run. */
static bool outputs(struct feel_vm *vm, const struct table *t, struct state *s, const fval *args, size_t rows)
{
	while (s->hit < rows) {
		const struct output *o = s->phase == PHASE_FALLBACK ? &t->fallback[s->output]
		    : &t->outputs[(size_t)s->hits[s->hit] * t->n_outputs + s->output];
		fval *slot = &s->values[s->hit * t->n_outputs + s->output];
		if (s->running) {
			*slot = vm->got;
			s->running = false;
		} else if (o->constant) {
			*slot = o->value;
		} else {
			s->running = true;
			(void)run(vm, o->chunk, o->argument >= 0 ? args[o->argument] : FEEL_NULL_VALUE, NULL);
			return false;
		}
		if (++s->output == t->n_outputs) {
			s->output = 0;
			s->hit++;
		}
	}
	return true;
}

/* After the matching: is there something to put out? */
static bool begin_outputs(struct feel_vm *vm, const struct table *t, struct state *s, fval *ret_early)
{
	bool multiple = s->n_hits > 1 && t->source->policy == DMN_UNIQUE;
	if (vm->strict && s->unknown.kind == FEEL_NULL && (t->source->policy != DMN_FIRST || !s->n_hits)) {
		*ret_early = s->unknown;
		return false;
	}
	if (multiple) {
		*ret_early = rules_error(vm, s, "only one rule may match");
		return false;
	}
	s->phase = s->n_hits ? PHASE_OUTPUT : PHASE_FALLBACK;
	if (!s->n_hits && !t->fallback) {
		*ret_early = t->source->policy == DMN_COUNT ? feel_int(0)
		    : feel_vm_error(vm, "dmn.nothing", "no rule of the table matches");
		s->phase = PHASE_MATCH;
		return false;
	}
	size_t rows = s->n_hits ? s->n_hits : 1;
	s->values = ARENA_ARRAY(vm->arena, rows * t->n_outputs, fval);
	if (!s->values)
		*ret_early = feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
	return s->values != NULL;
}

/* Strict: a value that its column does not allow. */
static bool all_allowed(struct feel_vm *vm, const struct table *t, const fval *args, fval *ret_error)
{
	for (size_t i = 0; vm->strict && i < t->n_inputs; i++) {
		fval v = args[i];
		if (!t->allowed[i] || v.kind == FEEL_NULL || feel_run_tests(vm, t->allowed[i], v) != FEEL_NO)
			continue;
		AUTO_BUF text = BUF_INIT(200);
		feel_write(&text, t->zones, v);
		str name = str_trim(t->source->inputs[i].expression.text);
		*ret_error = feel_vm_error(vm, "dmn.input", "%.*s = %.*s is not among the values allowed", STR_ARG(name),
		    STR_ARG(buf_str(&text)));
		return false;
	}
	return true;
}

enum feel_step table_step(struct feel_vm *vm, const void *self, void **state, const fval *args, size_t n, fval *ret)
{
	const struct table *t = self;
	struct state *s = *state;
	fval early = FEEL_NULL_VALUE;
	(void)n;
	if (!s) {
		s = begin(vm, t, args);
		*state = s;
		if (!s) {
			*ret = feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
			return FEEL_STEP_DONE;
		}
		if (!all_allowed(vm, t, args, &early))
			return finish(vm, t, s, args, 0, early, ret);
	}
	if (s->phase == PHASE_MATCH) {
		if (match(vm, t, s, args) == FEEL_STEP_CALL)
			return FEEL_STEP_CALL;
		if (!begin_outputs(vm, t, s, &early))
			return finish(vm, t, s, args, 0, early, ret);
	}
	if (!outputs(vm, t, s, args, s->phase == PHASE_FALLBACK ? 1 : s->n_hits))
		return FEEL_STEP_CALL;
	if (s->phase == PHASE_FALLBACK)
		return finish(vm, t, s, args, 0, row_value(vm, t, s->values), ret);
	size_t decided = 0;
	fval result = conclude(vm, t, s, &decided);
	return finish(vm, t, s, args, decided, result, ret);
}
