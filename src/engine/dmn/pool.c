#include "engine/dmn/pool.h"

enum { DAYS_MOST = 40000 }; /* a number that is added to a day */

bool pool_step(fval v, int by, fval *ret)
{
	decimal d;
	*ret = v;
	if (v.kind == FEEL_NUMBER && decimal_add(v.number, decimal_of(by), &d))
		*ret = feel_number(d);
	else if (v.kind == FEEL_DATE)
		ret->day += by;
	else if (v.kind == FEEL_MONTHS)
		ret->months += by;
	else if (v.kind == FEEL_DAYS)
		ret->seconds += (int64_t)by * 86400;
	else
		return false;
	return true;
}

bool pool_add(const struct pool *p, struct pool_values *to, fval v, size_t most)
{
	vec_each(x, &to->v)
		if (x->kind == v.kind && feel_equal(p->s->zones, *x, v) == FEEL_YES)
			return true;
	fval *slot = to->v.n < most ? VEC_ADD(&to->v, p->a) : NULL;
	if (slot)
		*slot = v;
	return slot || to->v.n >= most;
}

static bool add_constant(struct pool *p, fval v)
{
	if (v.kind == FEEL_RANGE)
		return (!v.range->has_low || add_constant(p, v.range->low)) && (!v.range->has_high || add_constant(p, v.range->high));
	if (v.kind == FEEL_LIST) {
		for (size_t i = 0; i < v.list->n; i++)
			if (v.list->items[i].kind <= FEEL_MONTHS && !pool_add(p, &p->by_kind[v.list->items[i].kind], v.list->items[i],
			    POOL_KIND_MOST))
				return false;
		return true;
	}
	return v.kind > FEEL_MONTHS || v.kind == FEEL_NULL || pool_add(p, &p->by_kind[v.kind], v, POOL_KIND_MOST);
}

/* ---- what takes part ---- */

static bool add_node(struct pool *p, int32_t node, uint8_t *seen)
{
	if (node < 0 || seen[node])
		return true;
	int32_t *slot = VEC_ADD(&p->nodes, p->a);
	seen[node] = 1;
	if (slot)
		*slot = node;
	return slot != NULL;
}

static const struct feel_chunk *code_of(const struct pool *p, int32_t node)
{
	fval f = p->s->globals[node];
	if (p->s->nodes[node].chunk)
		return p->s->nodes[node].chunk;
	return f.kind == FEEL_FUNCTION && f.function->kind == FUNCTION_CODE ? f.function->chunk : NULL;
}

/* The decisions in order, and the functions that they and these call. */
static bool find_nodes(struct pool *p)
{
	const struct node *root = &p->s->nodes[p->element];
	uint8_t *seen = arena_alloc(p->a, p->s->n_nodes + 1);
	bool good = seen != NULL;
	for (size_t i = 0; good && i < root->n_order; i++)
		good = add_node(p, root->order[i], seen);
	for (size_t i = 0; good && i < p->nodes.n; i++) {
		const struct node *n = &p->s->nodes[p->nodes.p[i]];
		for (size_t k = 0; good && k < n->element->n_links; k++)
			if (n->element->links[k].need == DMN_NEEDS_KNOWLEDGE)
				good = add_node(p, n->links[k], seen);
	}
	return good;
}

static bool add_chunk(struct pool *p, const struct feel_chunk *c)
{
	if (!c || p->chunks.n >= POOL_CHUNKS_MOST)
		return true;
	const struct feel_chunk **slot = VEC_ADD(&p->chunks, p->a);
	if (slot)
		*slot = c;
	return slot != NULL;
}

static bool add_table(struct pool *p, int32_t node, const struct table *t)
{
	const struct table **slot = VEC_ADD(&p->tables, p->a);
	int32_t *of = VEC_ADD(&p->table_nodes, p->a);
	fval values[POOL_KIND_MOST];
	bool good = slot && of;
	if (!good)
		return false;
	*slot = t;
	*of = node;
	for (size_t c = 0; good && c < t->n_inputs; c++) {
		size_t n = space_examples(t, c, values, POOL_KIND_MOST);
		for (size_t i = 0; good && i < n; i++)
			good = add_constant(p, values[i]);
		for (size_t r = 0; good && r < t->n_rules; r++)
			good = add_chunk(p, t->columns[c].cells[r].chunk);
	}
	for (size_t i = 0; good && i < t->n_rules * t->n_outputs; i++)
		good = add_chunk(p, t->outputs[i].chunk);
	return good;
}

/* Constants that the code of a chunk pushes, and the tables and other code that it runs. */
static bool look_into(struct pool *p, int32_t node, const struct feel_chunk *c)
{
	bool good = true;
	for (size_t i = 0; good && i < c->n; i++) {
		const struct insn *x = &c->code[i];
		if (x->op == OP_CONST)
			good = add_constant(p, c->consts[x->a]);
		else if (x->op == OP_RUN)
			good = add_chunk(p, c->chunks[x->a]);
		else if (x->op == OP_NATIVE && c->natives[x->a].step == table_step)
			good = add_table(p, node, c->natives[x->a].self);
	}
	return good;
}

/* What is given is compared with what is not. */
static bool add_given(struct pool *p, const struct dmn_given *given, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		fval v = given[i].value;
		if (!add_constant(p, v))
			return false;
		for (size_t k = 0; v.kind == FEEL_CONTEXT && k < v.context->n; k++)
			if (!add_constant(p, v.context->entries[k].value))
				return false;
	}
	return true;
}

enum err_code pool_make(const struct dmn_set *s, int32_t element, const struct dmn_given *given, size_t n, struct arena *a,
    struct pool *ret, struct err *e)
{
	*ret = (struct pool){.s = s, .a = a, .element = element};
	bool good = add_given(ret, given, n) && find_nodes(ret);
	for (size_t i = 0; good && i < ret->nodes.n; i++) {
		const struct feel_chunk *c = code_of(ret, ret->nodes.p[i]);
		size_t from = ret->chunks.n;
		good = add_chunk(ret, c);
		for (size_t k = from; good && k < ret->chunks.n; k++)
			good = look_into(ret, ret->nodes.p[i], ret->chunks.p[k]);
	}
	return good ? ERR_OK : arena_fail(a, e);
}

/* ---- places ---- */

int32_t pool_named(const struct pool *p, const struct node *n, str text, str *ret_component)
{
	const struct node *root = &p->s->nodes[p->element];
	for (size_t i = 0; i < root->n_inputs; i++) {
		str name = dmn_input_name(p->s, n->model, root->inputs[i]);
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

enum err_code pool_places(const struct pool *p, int32_t input, const struct pool_place **ret, size_t *ret_n, struct err *e)
{
	const struct feel_type *type = p->s->nodes[input].type;
	size_t n = type && type->kind == FEEL_TYPE_CONTEXT ? type->n_fields : 0;
	struct pool_place *places = ARENA_ARRAY(p->a, n + 1, struct pool_place);
	if (!places)
		return arena_fail(p->a, e);
	places[0] = (struct pool_place){input, STR(""), type};
	for (size_t i = 0; i < n; i++)
		places[i] = (struct pool_place){input, type->fields[i].name, type->fields[i].type};
	*ret = places;
	*ret_n = n ? n : 1;
	return ERR_OK;
}

size_t pool_given(const struct pool *p, int32_t input, const struct dmn_given *given, size_t n)
{
	const struct node *x = &p->s->nodes[input];
	str name = dmn_input_name(p->s, p->s->nodes[p->element].model, input);
	size_t i = 0;
	while (i < n && !str_eq(given[i].name, name) && !str_eq(given[i].name, x->name) && !str_eq(given[i].name, x->element->name))
		i++;
	return i;
}

/* The context with another value of one component. */
static fval with_component(struct arena *a, fval v, str component, fval to)
{
	size_t n = v.kind == FEEL_CONTEXT ? v.context->n : 0, at = 0;
	struct feel_entry *entries = ARENA_ARRAY(a, n + 1, struct feel_entry);
	if (!entries)
		return FEEL_NULL_VALUE;
	for (size_t i = 0; i < n; i++)
		entries[i] = v.context->entries[i];
	while (at < n && !str_eq(entries[at].key, component))
		at++;
	entries[at] = (struct feel_entry){component, to};
	return feel_context_of(a, entries, at < n ? n : n + 1);
}

bool pool_put(const struct pool *p, const struct pool_place *place, fval to, struct dmn_given *given, size_t *n, struct arena *a,
    fval *ret_was)
{
	size_t at = pool_given(p, place->input, given, *n);
	if (at == *n)
		given[(*n)++] = (struct dmn_given){.name = dmn_input_name(p->s, p->s->nodes[p->element].model, place->input)};
	fval *slot = &given[at].value;
	*ret_was = *slot;
	if (!place->component.n) {
		*slot = to;
		return true;
	}
	if (slot->kind != FEEL_CONTEXT && slot->kind != FEEL_NULL)
		return false;
	const fval *part = slot->kind == FEEL_CONTEXT ? feel_context_get(slot->context, place->component) : NULL;
	*ret_was = part ? *part : FEEL_NULL_VALUE;
	*slot = with_component(a, *slot, place->component, to);
	return slot->kind == FEEL_CONTEXT;
}

/* ---- values for a place ---- */

/* Does the instruction before `at` end in pushing the place? Its first instruction is *ret_from. */
static bool pushes(const struct feel_chunk *c, const struct pool_place *place, size_t at, size_t *ret_from)
{
	size_t i = at;
	if (place->component.n) {
		if (i < 2 || c->code[i - 1].op != OP_PATH || !str_eq(c->consts[c->code[i - 1].a].string, place->component))
			return false;
		i--;
	}
	*ret_from = i ? i - 1 : 0;
	return i && c->code[i - 1].op == OP_GLOBAL && c->code[i - 1].a == place->input;
}

static bool take_test(const struct pool *p, struct pool_values *to, fval v)
{
	if (v.kind == FEEL_RANGE)
		return (!v.range->has_low || pool_add(p, to, v.range->low, POOL_VALUES_MOST)) &&
		    (!v.range->has_high || pool_add(p, to, v.range->high, POOL_VALUES_MOST));
	for (size_t i = 0; v.kind == FEEL_LIST && i < v.list->n; i++)
		if (v.list->items[i].kind <= FEEL_MONTHS && !pool_add(p, to, v.list->items[i], POOL_VALUES_MOST))
			return false;
	return v.kind == FEEL_LIST || v.kind == FEEL_NULL || pool_add(p, to, v, POOL_VALUES_MOST);
}

/* Constants that code compares with the place: x = "a", "a" = x, x in ("a", "b"). */
static bool compared(const struct pool *p, const struct pool_place *place, const struct feel_chunk *c, struct pool_values *to)
{
	for (size_t i = 2; i < c->n; i++) {
		size_t from;
		enum feel_op op = (enum feel_op)c->code[i].op;
		if ((op < OP_EQ || op > OP_GE) && op != OP_IN)
			continue;
		if (c->code[i - 1].op == OP_CONST && pushes(c, place, i - 1, &from)) {
			if (!take_test(p, to, c->consts[c->code[i - 1].a]))
				return false;
		} else if (pushes(c, place, i, &from) && from && c->code[from - 1].op == OP_CONST) {
			if (!take_test(p, to, c->consts[c->code[from - 1].a]))
				return false;
		}
	}
	return true;
}

/* The values of the columns that look at the place; in functions, of those that look at a parameter. */
static bool of_columns(const struct pool *p, const struct pool_place *place, struct pool_values *to)
{
	fval values[POOL_KIND_MOST];
	bool good = true;
	for (size_t i = 0; good && i < p->tables.n; i++) {
		const struct node *n = &p->s->nodes[p->table_nodes.p[i]];
		const struct table *t = p->tables.p[i];
		for (size_t c = 0; good && c < t->n_inputs; c++) {
			str component = STR("");
			int32_t input = pool_named(p, n, str_trim(t->source->inputs[c].expression.text), &component);
			bool here = input == place->input && str_eq(component, place->component);
			if (!here && n->element->kind != DMN_KNOWLEDGE)
				continue;
			size_t found = space_examples(t, c, values, POOL_KIND_MOST);
			for (size_t k = 0; good && k < found; k++)
				good = pool_add(p, to, values[k], POOL_VALUES_MOST);
		}
	}
	return good;
}

static bool is_ordered(enum feel_kind k)
{
	return k == FEEL_NUMBER || k == FEEL_DATE || k == FEEL_DAYS || k == FEEL_MONTHS;
}

/* Sums, differences and quotients of constants: what x is when x + 100 reaches 500, or a day when a term has run. */
static bool combined(const struct pool *p, enum feel_kind kind, struct pool_values *to)
{
	static const enum feel_kind others[] = {FEEL_NUMBER, FEEL_DAYS, FEEL_MONTHS};
	const struct pool_values *all = &p->by_kind[kind];
	struct feel_vm vm = {.arena = p->a, .zones = p->s->zones};
	for (size_t o = 0; o < sizeof others / sizeof *others; o++) {
		const struct pool_values *by = &p->by_kind[others[o]];
		if (all->v.n > POOL_PAIRS_MOST || by->v.n > POOL_PAIRS_MOST)
			continue;
		for (size_t i = 0; i < all->v.n * by->v.n; i++) {
			fval x = all->v.p[i / by->v.n], y = by->v.p[i % by->v.n], v;
			for (int op = OP_ADD; op <= OP_DIV; op++) {
				int64_t days;
				if (kind == FEEL_DATE && y.kind == FEEL_NUMBER) {
					if (op > OP_SUB || !decimal_to_i64(y.number, &days) || days > DAYS_MOST || days < -DAYS_MOST)
						continue;
					(void)pool_step(x, op == OP_ADD ? (int)days : -(int)days, &v);
				} else {
					v = feel_arithmetic(&vm, (enum feel_op)op, x, y);
				}
				if (v.kind == kind && !pool_add(p, to, v, POOL_VALUES_MOST))
					return false;
			}
		}
	}
	return true;
}

/* Constants from everywhere, and those on either side of them. */
static bool from_everywhere(const struct pool *p, enum feel_kind kind, struct pool_values *to)
{
	const struct pool_values *all = &p->by_kind[kind];
	fval v;
	for (size_t i = 0; i < all->v.n; i++)
		if (!pool_add(p, to, all->v.p[i], POOL_VALUES_MOST))
			return false;
	for (size_t i = 0; i < all->v.n; i++)
		for (int by = -1; by <= 1; by += 2)
			if (pool_step(all->v.p[i], by, &v) && !pool_add(p, to, v, POOL_VALUES_MOST))
				return false;
	return combined(p, kind, to);
}

/* What the type says: its allowed values, true and false, something of its kind. */
static bool of_type(const struct pool *p, const struct feel_type *type, struct pool_values *to)
{
	if (!type)
		return true;
	for (size_t i = 0; type->allowed && i < type->allowed->n; i++)
		if (type->allowed->code[i].op == OP_CONST && !take_test(p, to, type->allowed->consts[type->allowed->code[i].a]))
			return false;
	if (type->kind != FEEL_TYPE_PLAIN)
		return true;
	if (type->plain == FEEL_BOOL)
		return pool_add(p, to, feel_bool(true), POOL_VALUES_MOST) && pool_add(p, to, feel_bool(false), POOL_VALUES_MOST);
	if (type->plain == FEEL_NUMBER && !to->v.n)
		return pool_add(p, to, feel_int(0), POOL_VALUES_MOST) && pool_add(p, to, feel_int(1), POOL_VALUES_MOST);
	return true;
}

/* For a list of such values: none, and each by itself. */
static bool make_lists(const struct pool *p, struct pool_values *to)
{
	vec_each(x, &to->v) {
		fval *item = ARENA_NEW(p->a, fval);
		if (!item)
			return false;
		*item = *x;
		if (x->kind != FEEL_LIST)
			*x = feel_list_of(p->a, item, 1);
	}
	return pool_add(p, to, feel_list_of(p->a, NULL, 0), POOL_VALUES_MOST + 1);
}

enum err_code pool_values_of(const struct pool *p, const struct pool_place *place, struct pool_values *ret, struct err *e)
{
	const struct feel_type *type = place->type && place->type->kind == FEEL_TYPE_LIST ? place->type->element : place->type;
	ret->v.n = 0;
	bool good = of_columns(p, place, ret);
	for (size_t i = 0; good && i < p->chunks.n; i++)
		good = compared(p, place, p->chunks.p[i], ret);
	good = good && of_type(p, type, ret);
	enum feel_kind kind = type && type->kind == FEEL_TYPE_PLAIN ? type->plain : ret->v.n ? (enum feel_kind)ret->v.p[0].kind : FEEL_NULL;
	if (good && is_ordered(kind))
		good = from_everywhere(p, kind, ret);
	if (good && place->type && place->type->kind == FEEL_TYPE_LIST)
		good = make_lists(p, ret);
	return good ? ERR_OK : arena_fail(p->a, e);
}
