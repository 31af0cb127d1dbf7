#include "engine/dmn/set.h"

static bool key_of(struct dmn_set *s, const struct dmn_model *m, str id, str *ret)
{
	*ret = arena_fmt(s->arena, "%.*s#%.*s", STR_ARG(m->ns), STR_ARG(id));
	return ret->p != NULL;
}

static enum err_code collect(struct dmn_set *s, struct err *e)
{
	size_t total = 0, at = 0;
	for (size_t i = 0; i < s->n_models; i++)
		total += s->models[i]->n_elements;
	if (total > DMN_ELEMENTS_MOST)
		return fail(e, ERR_LIMIT, "dmn.limit", "the models have more than %d elements", DMN_ELEMENTS_MOST);
	s->nodes = ARENA_ARRAY(s->arena, total, struct node);
	s->by_id = map_new(s->arena, 0x646d6e);
	if (!s->nodes || !s->by_id)
		return arena_fail(s->arena, e);
	for (size_t i = 0; i < s->n_models; i++)
		for (size_t k = 0; k < s->models[i]->n_elements; k++) {
			const struct dmn_element *x = &s->models[i]->elements[k];
			str key;
			uintptr_t number = at + 1;
			s->nodes[at++] = (struct node){.model = s->models[i], .element = x,
			    .name = feel_name_normal(s->arena, x->variable.n ? x->variable : x->name)};
			if (!key_of(s, s->models[i], x->id, &key) || !map_set(s->by_id, key, (void *)number, NULL))
				return arena_fail(s->arena, e);
		}
	s->n_nodes = total;
	return ERR_OK;
}

/* The name of node `to` as expressions of model m write it. */
static str name_in(struct dmn_set *s, const struct dmn_model *m, const struct node *to)
{
	if (to->model == m)
		return to->name;
	for (size_t i = 0; i < m->n_imports; i++)
		if (str_eq(m->imports[i].ns, to->model->ns))
			return m->imports[i].name.n
			    ? arena_fmt(s->arena, "%.*s.%.*s", STR_ARG(m->imports[i].name), STR_ARG(to->name)) : to->name;
	return to->name;
}

/* What the expressions of a node may name: what it requires. */
static struct feel_names *scope_of(struct dmn_set *s, const struct node *n)
{
	struct feel_names *names = feel_names_new(s->arena);
	for (size_t i = 0; names && i < n->element->n_links; i++) {
		enum dmn_need need = n->element->links[i].need;
		if (n->links[i] < 0 || need == DMN_NEEDS_AUTHORITY)
			continue;
		const struct node *to = &s->nodes[n->links[i]];
		if (!feel_names_add(names, name_in(s, n->model, to), n->links[i]))
			dmn_diag_add(s, n->model, true, "dmn.name", n->element->line, "\"%.*s\" cannot be a name",
			    STR_ARG(to->element->name));
	}
	return names;
}

static enum err_code too_much(struct dmn_set *s, const struct node *n, struct err *e)
{
	dmn_take_diags(s, n->model);
	char file[256];
	(void)fail(e, ERR_LIMIT, "dmn.limit", "\"%.*s\" is too large to be compiled", STR_ARG(n->element->name));
	(void)snprintf(file, sizeof file, "%.*s", STR_ARG(n->model->file));
	return err_at(e, file, n->element->line, 1);
}

static enum err_code compile_decision(struct dmn_set *s, struct node *n, struct emit *em, struct err *e)
{
	struct feel_names *names = scope_of(s, n);
	if (!names)
		return arena_fail(s->arena, e);
	(void)dmn_type(s, n->model, n->element->type, n->element->line); /* also chooses the model's types */
	emit_begin(em, &s->compiler, names, 0);
	em->pos = n->element->line * FEEL_POS_COLUMNS + 1;
	dmn_emit_box(s, n->model, em, n->element->expr);
	emit_coerce(em, n->type);
	n->chunk = emit_end(em, 0);
	dmn_take_diags(s, n->model);
	return n->chunk ? ERR_OK : too_much(s, n, e);
}

/* Code that makes the function of a node; it is run once. */
static enum err_code make_global(struct dmn_set *s, struct node *n, struct emit *em, struct feel_vm *vm, bool fresh,
    struct err *e)
{
	const struct feel_chunk *c = emit_end(em, 0);
	dmn_take_diags(s, n->model);
	if (!c)
		return too_much(s, n, e);
	feel_vm_reset(vm, s->arena);
	fval f = feel_vm_run(vm, s->arena, c, NULL, NULL, 0);
	struct feel_function *own = ARENA_NEW(s->arena, struct feel_function);
	if (!own)
		return arena_fail(s->arena, e);
	if (f.kind == FEEL_FUNCTION) {
		*own = *f.function;
		own->fresh_globals = fresh;
		f.function = own;
		n->params = own->proto->params;
		n->n_params = own->proto->n_params;
	}
	s->globals[n - s->nodes] = f;
	return ERR_OK;
}

/* A call of the node's function with its arguments as the chunk's. */
static enum err_code make_call(struct dmn_set *s, struct node *n, struct emit *em, struct err *e)
{
	emit_begin(em, &s->compiler, NULL, (int32_t)n->n_params);
	(void)emit_op(em, OP_GLOBAL, (int32_t)(n - s->nodes), 0);
	for (size_t i = 0; i < n->n_params; i++)
		(void)emit_op(em, OP_LOAD, (int32_t)i, 0);
	(void)emit_op(em, OP_CALL, (int32_t)n->n_params, 0);
	n->chunk = emit_end(em, (int32_t)n->n_params);
	return n->chunk ? ERR_OK : too_much(s, n, e);
}

static enum err_code compile_knowledge(struct dmn_set *s, struct node *n, struct emit *em, struct feel_vm *vm, struct err *e)
{
	const struct dmn_expr *x = n->element->expr;
	struct feel_names *names = scope_of(s, n);
	if (!names)
		return arena_fail(s->arena, e);
	(void)feel_names_add(names, n->name, (int32_t)(n - s->nodes)); /* it may call itself */
	const struct feel_type *result = dmn_type(s, n->model, n->element->type, n->element->line);
	if (result && result->kind == FEEL_TYPE_FUNCTION)
		result = result->element;
	size_t n_params = x ? x->n_params : 0;
	struct feel_param *params = ARENA_ARRAY(s->arena, n_params, struct feel_param);
	if (!params)
		return arena_fail(s->arena, e);
	for (size_t i = 0; i < n_params; i++)
		params[i] = (struct feel_param){feel_name_normal(s->arena, x->params[i].name),
		    dmn_type(s, n->model, x->params[i].type, n->element->line)};
	emit_begin(em, &s->compiler, names, 0);
	em->pos = n->element->line * FEEL_POS_COLUMNS + 1;
	emit_function_begin(em, params, n_params);
	if (x && x->external)
		emit_error(em, "functions outside the model are not called");
	else
		dmn_emit_box(s, n->model, em, x && x->n_parts ? x->parts[0].expr : NULL);
	emit_function_end(em, result);
	TRY(make_global(s, n, em, vm, false, e));
	return make_call(s, n, em, e);
}

static enum err_code service_params(struct dmn_set *s, struct node *n, struct err *e)
{
	size_t most = n->element->n_links, at = 0;
	struct feel_param *params = ARENA_ARRAY(s->arena, most, struct feel_param);
	int32_t *nodes = ARENA_ARRAY(s->arena, most, int32_t);
	if (!params || !nodes)
		return arena_fail(s->arena, e);
	static const enum dmn_need order[] = {DMN_SERVICE_INPUT, DMN_SERVICE_INPUT_DECISION};
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < most; i++) {
			if (n->links[i] < 0 || n->element->links[i].need != order[pass])
				continue;
			const struct node *to = &s->nodes[n->links[i]];
			params[at] = (struct feel_param){name_in(s, n->model, to), to->type};
			nodes[at++] = n->links[i];
		}
	n->params = params;
	n->param_nodes = nodes;
	n->n_params = at;
	return ERR_OK;
}

static void emit_service(struct dmn_set *s, struct node *n, struct emit *em)
{
	for (size_t i = 0; i < n->n_params; i++) {
		(void)emit_op(em, OP_LOAD, (int32_t)i, 0);
		(void)emit_op(em, OP_STORE, n->param_nodes[i], 0);
	}
	for (size_t i = 0; i < n->n_order; i++) {
		const struct feel_chunk **slot = VEC_ADD(&em->chunks, s->arena);
		if (!slot) {
			em->failed = true;
			return;
		}
		*slot = s->nodes[n->order[i]].chunk;
		(void)emit_op(em, OP_RUN, (int32_t)em->chunks.n - 1, 0);
		(void)emit_op(em, OP_STORE, n->order[i], 0);
	}
	str *names = ARENA_ARRAY(s->arena, n->element->n_links, str);
	size_t outputs = 0;
	for (size_t i = 0; names && i < n->element->n_links; i++) {
		if (n->links[i] < 0 || n->element->links[i].need != DMN_SERVICE_OUTPUT)
			continue;
		names[outputs++] = s->nodes[n->links[i]].name;
		(void)feel_names_add(s->compiler.words, s->nodes[n->links[i]].name, 0);
		(void)emit_op(em, OP_GLOBAL, n->links[i], 0);
	}
	if (outputs != 1 && names) {
		(void)emit_op(em, OP_CONTEXT, emit_names_index(em, names, outputs), 0);
		em->depth += 1 - (int32_t)outputs;
		if (em->depth > em->depth_most)
			em->depth_most = em->depth;
	}
}

static enum err_code compile_service(struct dmn_set *s, struct node *n, struct emit *em, struct feel_vm *vm, struct err *e)
{
	const struct feel_type *result = dmn_type(s, n->model, n->element->type, n->element->line);
	if (result && result->kind == FEEL_TYPE_FUNCTION)
		result = result->element;
	TRY(dmn_service_order(s, n, e));
	emit_begin(em, &s->compiler, NULL, 0);
	em->pos = n->element->line * FEEL_POS_COLUMNS + 1;
	emit_function_begin(em, n->params, n->n_params);
	emit_service(s, n, em);
	emit_function_end(em, result);
	TRY(make_global(s, n, em, vm, true, e));
	return make_call(s, n, em, e);
}

/* All names of elements and components, so that paths and filters know those with blanks. */
static void add_words(struct dmn_set *s)
{
	for (size_t i = 0; i < s->n_nodes; i++)
		if (s->nodes[i].element->kind != DMN_SOURCE)
			(void)feel_names_add(s->compiler.words, s->nodes[i].name, 0);
}

static enum err_code compile_all(struct dmn_set *s, struct emit *em, struct feel_vm *vm, struct err *e)
{
	for (size_t i = 0; i < s->n_nodes; i++) {
		struct node *n = &s->nodes[i];
		enum dmn_kind kind = n->element->kind;
		if (kind == DMN_INPUT || kind == DMN_DECISION)
			n->type = dmn_type(s, n->model, n->element->type, n->element->line);
		if (kind == DMN_SERVICE)
			continue;
	}
	for (size_t i = 0; i < s->n_nodes; i++)
		if (s->nodes[i].element->kind == DMN_SERVICE)
			TRY(service_params(s, &s->nodes[i], e));
	for (size_t i = 0; i < s->n_nodes; i++)
		if (s->nodes[i].element->kind == DMN_DECISION)
			TRY(compile_decision(s, &s->nodes[i], em, e));
	for (size_t i = 0; i < s->n_nodes; i++) {
		if (s->nodes[i].element->kind == DMN_KNOWLEDGE)
			TRY(compile_knowledge(s, &s->nodes[i], em, vm, e));
		if (s->nodes[i].element->kind == DMN_SERVICE)
			TRY(compile_service(s, &s->nodes[i], em, vm, e));
	}
	return ERR_OK;
}

enum err_code dmn_compile(struct arena *a, const struct feel_zones *zones, const struct dmn_model *const *models, size_t n,
    struct dmn_set **ret_set, struct err *e)
{
	struct dmn_set *s = ARENA_NEW(a, struct dmn_set);
	struct emit *em = ARENA_NEW(a, struct emit);
	struct feel_vm vm;
	if (!s || !em)
		return arena_fail(a, e);
	*s = (struct dmn_set){.arena = a, .zones = zones, .models = models, .n_models = n};
	if (!feel_compiler_init(&s->compiler, a, zones) || !feel_vm_init(&vm, a, zones))
		return arena_fail(a, e);
	TRY(collect(s, e));
	TRY(dmn_link(s, e));
	TRY(dmn_compile_types(s, e));
	add_words(s);
	s->globals = ARENA_ARRAY(a, s->n_nodes, fval);
	if (!s->globals)
		return arena_fail(a, e);
	TRY(compile_all(s, em, &vm, e));
	*ret_set = s;
	return ERR_OK;
}

const struct dmn_diag *dmn_diags(const struct dmn_set *s, size_t *ret_n)
{
	*ret_n = s->diags.n;
	return s->diags.p;
}

int32_t dmn_find(const struct dmn_set *s, const struct dmn_model *m, str name)
{
	for (size_t i = 0; i < s->n_nodes; i++) {
		const struct node *n = &s->nodes[i];
		if (n->model == m && n->element->kind != DMN_SOURCE &&
		    (str_eq(n->element->name, name) || str_eq(n->name, name)))
			return (int32_t)i;
	}
	for (size_t i = 0; i < s->n_nodes; i++)
		if (s->nodes[i].model == m && str_eq(s->nodes[i].element->id, name))
			return (int32_t)i;
	return -1;
}

size_t dmn_count(const struct dmn_set *s)
{
	return s->n_nodes;
}

const struct dmn_model *dmn_model_of(const struct dmn_set *s, int32_t element)
{
	return s->nodes[element].model;
}

const struct dmn_element *dmn_element(const struct dmn_set *s, int32_t element)
{
	return s->nodes[element].element;
}

const int32_t *dmn_inputs_of(const struct dmn_set *s, int32_t element, size_t *ret_n)
{
	*ret_n = s->nodes[element].n_inputs;
	return s->nodes[element].inputs;
}

const int32_t *dmn_order_of(const struct dmn_set *s, int32_t element, size_t *ret_n)
{
	*ret_n = s->nodes[element].n_order;
	return s->nodes[element].order;
}

const struct feel_type *dmn_type_of(const struct dmn_set *s, int32_t element)
{
	return s->nodes[element].type;
}

str dmn_input_name(const struct dmn_set *s, const struct dmn_model *m, int32_t input)
{
	return name_in((struct dmn_set *)(uintptr_t)s, m, &s->nodes[input]);
}
