/* Boxed expressions as code. They nest; what is open lies on an explicit stack. */
#include "engine/dmn/set.h"

struct box {
	const struct dmn_expr *x;
	size_t stage;
	size_t scope;
	size_t jump;
	size_t loop;
	int32_t slot;
	struct feel_param *params;
	const struct feel_type *entry_type;
};

struct boxes {
	struct dmn_set *s;
	const struct dmn_model *m;
	struct emit *e;
	struct box stack[DMN_BOXES_DEEP];
	size_t n;
};

static bool open_box(struct boxes *b, const struct dmn_expr *x)
{
	if (!x || x->kind == DMN_NOTHING) {
		emit_const(b->e, FEEL_NULL_VALUE);
		return false;
	}
	if (b->n == DMN_BOXES_DEEP) {
		dmn_diag_add(b->s, b->m, true, "dmn.limit", x->line, "boxed expressions nest at most %d levels",
		    DMN_BOXES_DEEP);
		emit_error(b->e, "boxed expressions nest too deeply");
		return false;
	}
	b->stack[b->n++] = (struct box){.x = x, .scope = b->e->scope.n};
	return true;
}

static void names_of_parts(struct boxes *b, const struct dmn_expr *x, size_t from, size_t n)
{
	str *names = ARENA_ARRAY(b->s->arena, n, str);
	if (!names) {
		b->e->failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		names[i] = feel_name_normal(b->s->arena, x->parts[from + i].name);
	int32_t index = emit_names_index(b->e, names, n);
	(void)emit_op(b->e, x->kind == DMN_CONTEXT ? OP_CONTEXT : OP_CALL_NAMED, index, 0);
	b->e->depth += (x->kind == DMN_CONTEXT ? 1 : 0) - (int32_t)n;
	if (b->e->depth > b->e->depth_most)
		b->e->depth_most = b->e->depth;
}

/* One step of a context: true when a part is open. */
static bool step_context(struct boxes *b, struct box *o)
{
	const struct dmn_expr *x = o->x;
	struct emit *e = b->e;
	if (o->stage > 0) { /* an entry is complete */
		const struct dmn_part *done = &x->parts[o->stage - 1];
		emit_coerce(e, o->entry_type);
		e->scope.n = o->scope + o->stage - 1;
		if (!done->name.n) { /* the result: the entries below it go */
			if (o->stage > 1)
				(void)emit_op(e, OP_NIP, (int32_t)o->stage - 1, 0);
			e->scope.n = o->scope;
			b->n--;
			return false;
		}
		emit_bind(e, feel_name_normal(b->s->arena, done->name), SCOPE_LOCAL, e->depth - 1);
		(void)feel_names_add(b->s->compiler.words, done->name, 0);
	}
	if (o->stage == x->n_parts) {
		names_of_parts(b, x, 0, x->n_parts);
		e->scope.n = o->scope;
		b->n--;
		return false;
	}
	const struct dmn_part *p = &x->parts[o->stage++];
	o->entry_type = dmn_type(b->s, b->m, p->type, x->line);
	if (p->name.n && p->expr && p->expr->kind == DMN_FUNCTION)
		emit_bind(e, feel_name_normal(b->s->arena, p->name), SCOPE_SELF, e->depth);
	(void)open_box(b, p->expr);
	return true;
}

static void step_list(struct boxes *b, struct box *o)
{
	if (o->stage < o->x->n_parts) {
		(void)open_box(b, o->x->parts[o->stage++].expr);
		return;
	}
	emit_list(b->e, o->x->n_parts);
	b->n--;
}

static void step_relation(struct boxes *b, struct box *o)
{
	const struct dmn_expr *x = o->x;
	struct emit *e = b->e;
	if (o->stage && o->stage % x->n_columns == 0) { /* a row is complete */
		str *names = ARENA_ARRAY(b->s->arena, x->n_columns, str);
		for (size_t i = 0; names && i < x->n_columns; i++) {
			names[i] = feel_name_normal(b->s->arena, x->columns[i]);
			(void)feel_names_add(b->s->compiler.words, names[i], 0);
		}
		if (names)
			(void)emit_op(e, OP_CONTEXT, emit_names_index(e, names, x->n_columns), 0);
		e->depth += 1 - (int32_t)x->n_columns;
	}
	if (!x->n_columns || o->stage >= x->n_parts) {
		(void)emit_op(e, OP_LIST, x->n_columns ? (int32_t)(x->n_parts / x->n_columns) : 0, 0);
		b->n--;
		return;
	}
	(void)open_box(b, x->parts[o->stage++].expr);
}

static void step_invocation(struct boxes *b, struct box *o)
{
	if (o->stage < o->x->n_parts) {
		(void)open_box(b, o->x->parts[o->stage++].expr);
		return;
	}
	names_of_parts(b, o->x, 1, o->x->n_parts - 1);
	b->n--;
}

static void step_function(struct boxes *b, struct box *o)
{
	const struct dmn_expr *x = o->x;
	if (o->stage == 0) {
		struct feel_param *params = ARENA_ARRAY(b->s->arena, x->n_params, struct feel_param);
		if (!params) {
			b->e->failed = true;
			b->n--;
			return;
		}
		for (size_t i = 0; i < x->n_params; i++)
			params[i] = (struct feel_param){feel_name_normal(b->s->arena, x->params[i].name),
			    dmn_type(b->s, b->m, x->params[i].type, x->line)};
		emit_function_begin(b->e, params, x->n_params);
		o->stage = 1;
		if (x->external)
			emit_error(b->e, "functions outside the model are not called");
		else
			(void)open_box(b, x->n_parts ? x->parts[0].expr : NULL);
		return;
	}
	emit_function_end(b->e, NULL);
	b->n--;
}

static void step_conditional(struct boxes *b, struct box *o)
{
	struct emit *e = b->e;
	switch (o->stage++) {
	case 0:
		break;
	case 1:
		o->jump = emit_op(e, OP_UNLESS, 0, 0);
		break;
	case 2: {
		size_t over = emit_op(e, OP_JUMP, 0, 0);
		emit_patch(e, o->jump);
		e->depth--;
		o->loop = o->jump;
		o->jump = over;
		break;
	}
	default:
		emit_patch_end(e, o->loop);
		emit_patch(e, o->jump);
		b->n--;
		return;
	}
	(void)open_box(b, o->x->parts[o->stage - 1].expr);
}

static void step_filter(struct boxes *b, struct box *o)
{
	struct emit *e = b->e;
	switch (o->stage++) {
	case 0:
		(void)open_box(b, o->x->parts[0].expr);
		return;
	case 1:
		o->slot = e->depth - 1;
		(void)emit_op(e, OP_FILTER, 0, 0);
		(void)emit_here(e);
		o->loop = emit_op(e, OP_NEXT, 0, o->slot + 1);
		(void)emit_here(e);
		emit_bind(e, STR("item"), SCOPE_ITEM, e->depth - 1);
		(void)open_box(b, o->x->parts[1].expr);
		return;
	default:
		break;
	}
	e->scope.n = o->scope;
	size_t select = emit_op(e, OP_SELECT, o->slot, 0);
	(void)emit_op(e, OP_JUMP, (int32_t)o->loop, 0);
	emit_patch(e, o->loop);
	emit_patch(e, select);
	(void)emit_op(e, OP_POP, 2, 0);
	(void)emit_op(e, OP_COLLECT, 0, 0);
	(void)emit_op(e, OP_NIP, 1, 0);
	b->n--;
}

/* for, some, every: [builder or truth] [iterator] [variable]. */
static void step_loop(struct boxes *b, struct box *o)
{
	struct emit *e = b->e;
	const struct dmn_expr *x = o->x;
	switch (o->stage++) {
	case 0:
		o->slot = e->depth;
		if (x->kind == DMN_FOR)
			(void)emit_op(e, OP_BUILDER, 0, 0);
		else
			emit_const(e, feel_bool(x->kind == DMN_EVERY));
		(void)emit_here(e);
		(void)open_box(b, x->parts[0].expr);
		return;
	case 1:
		(void)emit_op(e, OP_ITER, 0, 0);
		(void)emit_here(e);
		o->loop = emit_op(e, OP_NEXT, 0, o->slot);
		emit_bind(e, feel_name_normal(b->s->arena, x->name), SCOPE_LOCAL, e->depth - 1);
		if (x->kind == DMN_FOR)
			emit_bind(e, STR("partial"), SCOPE_BUILDER, o->slot);
		(void)open_box(b, x->parts[1].expr);
		return;
	default:
		break;
	}
	size_t decide = SIZE_MAX;
	if (x->kind == DMN_FOR)
		(void)emit_op(e, OP_APPEND, o->slot, 0);
	else
		decide = emit_op(e, x->kind == DMN_SOME ? OP_SOME : OP_EVERY, o->slot, 0);
	(void)emit_op(e, OP_JUMP, (int32_t)o->loop, 0);
	emit_patch(e, o->loop);
	emit_patch(e, decide);
	(void)emit_op(e, OP_POP, 2, 0);
	if (x->kind == DMN_FOR)
		(void)emit_op(e, OP_COLLECT, 0, 0);
	e->scope.n = o->scope;
	b->n--;
}

static void step(struct boxes *b)
{
	struct box *o = &b->stack[b->n - 1];
	size_t depth = b->n;
	const struct dmn_expr *x = o->x;
	switch (x->kind) {
	case DMN_LITERAL:
		feel_emit_expression(b->e, x->text.text, x->text.line, x->text.col);
		b->n--;
		break;
	case DMN_CONTEXT:
		(void)step_context(b, o);
		break;
	case DMN_LIST:
		step_list(b, o);
		break;
	case DMN_RELATION:
		step_relation(b, o);
		break;
	case DMN_INVOCATION:
		step_invocation(b, o);
		break;
	case DMN_FUNCTION:
		step_function(b, o);
		break;
	case DMN_TABLE:
		dmn_emit_table(b->s, b->m, b->e, x->table);
		b->n--;
		break;
	case DMN_CONDITIONAL:
		step_conditional(b, o);
		break;
	case DMN_FILTER:
		step_filter(b, o);
		break;
	case DMN_FOR:
	case DMN_SOME:
	case DMN_EVERY:
		step_loop(b, o);
		break;
	case DMN_NOTHING:
		emit_const(b->e, FEEL_NULL_VALUE);
		b->n--;
		break;
	}
	if (b->n < depth && x->kind != DMN_FUNCTION)
		emit_coerce(b->e, dmn_type(b->s, b->m, x->type, x->line));
}

void dmn_emit_box(struct dmn_set *s, const struct dmn_model *m, struct emit *e, const struct dmn_expr *x)
{
	struct boxes b = {.s = s, .m = m, .e = e};
	if (!open_box(&b, x))
		return;
	while (b.n && !e->failed)
		step(&b);
}
