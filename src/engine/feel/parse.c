#include "engine/feel/parse.h"

struct open *parse_push(struct parser *p, enum open_kind kind, int32_t prec)
{
	struct open *o = p->open.n < FEEL_OPEN_MOST ? VEC_ADD(&p->open, p->e->c->arena) : NULL;
	if (!o) {
		(void)parse_fail(p, "at most %d things can be open at once", FEEL_OPEN_MOST);
		return NULL;
	}
	*o = (struct open){.kind = kind, .prec = prec, .builtin = -1, .scope = p->e->scope.n,
	    .names = p->names.n, .pos = p->e->pos};
	return o;
}

/* The domain of a loop is complete: begin it and bind its variable. */
void parse_loop(struct parser *p, struct open *o, bool to)
{
	struct emit *e = p->e;
	(void)emit_op(e, to ? OP_ITER_TO : OP_ITER, 0, 0);
	(void)emit_here(e);
	size_t *loop = VEC_ADD(&p->loops, e->c->arena);
	if (!loop) {
		e->failed = true;
		return;
	}
	*loop = emit_op(e, OP_NEXT, 0, o->slot);
	o->n++;
	emit_bind(e, o->name, SCOPE_LOCAL, e->depth - 1);
}

/* Close the loops of o, innermost first. */
static void end_loops(struct parser *p, const struct open *o)
{
	struct emit *e = p->e;
	for (size_t i = 0; i < o->n; i++) {
		size_t next = p->loops.p[--p->loops.n];
		(void)emit_op(e, OP_JUMP, (int32_t)next, 0);
		emit_patch(e, next);
		(void)emit_op(e, OP_POP, 2, 0);
	}
}

static void end_for(struct parser *p, const struct open *o)
{
	(void)emit_op(p->e, OP_APPEND, o->slot, 0);
	end_loops(p, o);
	(void)emit_op(p->e, OP_COLLECT, 0, 0);
	p->e->scope.n = o->scope;
}

static void end_quantified(struct parser *p, const struct open *o)
{
	struct emit *e = p->e;
	size_t decide = emit_op(e, o->flag ? OP_EVERY : OP_SOME, o->slot, 0);
	end_loops(p, o);
	size_t over = emit_op(e, OP_JUMP, 0, 0);
	int32_t depth = e->depth;
	emit_patch(e, decide);
	(void)emit_op(e, OP_POP, (int32_t)(2 * o->n), 0);
	e->depth = depth;
	emit_patch(e, over);
	e->scope.n = o->scope;
}

static void end_in(struct parser *p, const struct open *o)
{
	(void)emit_op(p->e, p->asks ? OP_IN_ASK : OP_IN, 0, 0);
	p->asks = o->asks;
	p->e->scope.n = o->scope;
}

/* What o was waiting for is complete. */
static void finish(struct parser *p, struct open *o)
{
	struct emit *e = p->e;
	uint32_t here = e->pos;
	e->pos = o->pos;
	switch (o->kind) {
	case OPEN_BINARY:
		(void)emit_op(e, (enum feel_op)o->op, 0, 0);
		break;
	case OPEN_NEGATE:
		emit_negate(e);
		break;
	case OPEN_COMPARE:
		emit_range(e, o->op);
		break;
	case OPEN_BETWEEN_AND:
		(void)emit_op(e, OP_BETWEEN, 0, 0);
		break;
	case OPEN_IN:
		end_in(p, o);
		break;
	case OPEN_ELSE:
		emit_patch_end(e, o->start);
		emit_patch(e, o->jump);
		break;
	case OPEN_RETURN:
		end_for(p, o);
		break;
	case OPEN_SATISFIES:
		end_quantified(p, o);
		break;
	case OPEN_EXTERNAL:
		(void)emit_op(e, OP_POP, 1, 0);
		emit_error(e, "functions outside the model are not called");
		emit_function_end(e, NULL);
		break;
	case OPEN_FUNCTION:
		emit_function_end(e, NULL);
		break;
	default:
		break;
	}
	e->pos = here;
}

/* Is it complete as soon as something that binds less tightly follows? */
static bool reducible(enum open_kind kind)
{
	switch (kind) {
	case OPEN_BINARY:
	case OPEN_NEGATE:
	case OPEN_COMPARE:
	case OPEN_BETWEEN_AND:
	case OPEN_IN:
	case OPEN_ELSE:
	case OPEN_RETURN:
	case OPEN_SATISFIES:
	case OPEN_FUNCTION:
	case OPEN_EXTERNAL:
		return true;
	default:
		return false;
	}
}

void parse_reduce(struct parser *p, int32_t prec)
{
	while (p->open.n && reducible(parse_top(p)->kind) && parse_top(p)->prec >= prec) {
		struct open o = *parse_top(p);
		p->open.n--;
		finish(p, &o);
	}
}

/* A unary test is complete: [value, test] -> truth, joined to the ones before. */
void parse_test_end(struct parser *p, struct open *o)
{
	(void)emit_op(p->e, p->asks ? OP_IN_ASK : OP_IN, 0, 0);
	if (p->asks)
		p->e->asks = true;
	if (o->n++)
		(void)emit_op(p->e, OP_OR, 0, 0);
	p->asks = false;
}

/* A key and ':' of a context; "function" values may call themselves by it. */
bool parse_entry_begin(struct parser *p)
{
	str key;
	parse_skip(p);
	if (!parse_key(p, &key))
		return parse_fail(p, "a key and ':' were expected");
	struct open *o = parse_top(p);
	for (size_t i = o->names; i < p->names.n; i++)
		if (p->names.n - o->names < 1000 && str_eq(p->names.p[i], key))
			return parse_fail(p, "the key \"%.*s\" occurs twice", STR_ARG(key));
	str *slot = VEC_ADD(&p->names, p->e->c->arena);
	if (!slot) {
		p->e->failed = true;
		return false;
	}
	*slot = key;
	(void)feel_names_add(p->e->c->words, key, 0);
	parse_skip(p);
	if (parse_is_word(p, "function"))
		emit_bind(p->e, key, SCOPE_SELF, p->e->depth);
	p->operand = true;
	return true;
}

struct mark {
	size_t code, scope, functions;
	int32_t depth;
	bool asks;
};

static bool run(struct parser *p)
{
	while (!p->done) {
		parse_skip(p);
		parse_mark(p);
		if (!(p->operand ? parse_operand(p) : parse_operator(p)))
			return false;
		if (p->e->failed)
			return parse_fail(p, "less was expected than memory or a limit allows");
	}
	return true;
}

static void restart(struct emit *e, const struct mark *m)
{
	e->code.n = m->code;
	e->scope.n = m->scope;
	e->n_functions = m->functions;
	e->depth = m->depth;
	e->asks = m->asks;
	e->barrier = e->code.n;
}

static void compile(struct emit *e, str text, uint32_t line, uint32_t col, enum open_kind kind, int32_t slot)
{
	struct parser p = {.e = e, .s = text, .line = line ? line : 1, .col = col ? col : 1, .operand = true};
	struct mark m = {e->code.n, e->scope.n, e->n_functions, e->depth, e->asks};
	size_t diags = e->c->diags.n;
	bool ok = !e->failed && text.n <= FEEL_TEXT_MOST;
	if (!ok && !e->failed)
		(void)parse_fail(&p, "an expression of at most %d bytes was expected", FEEL_TEXT_MOST);
	struct open *o = ok ? parse_push(&p, kind, PREC_BRACKET) : NULL;
	if (o && kind == OPEN_TESTS) {
		o->slot = slot;
		emit_bind(e, STR("?"), SCOPE_LOCAL, slot);
		parse_skip(&p);
		struct parser ahead = p;
		if (parse_take_word(&ahead, "not") && (parse_skip(&ahead), parse_take(&ahead, "("))) {
			p.at = ahead.at;
			o->kind = OPEN_NOT_TESTS;
		}
		parse_mark(&p);
		(void)emit_op(e, OP_LOAD, slot, 0);
	}
	if (o && run(&p)) {
		e->scope.n = m.scope;
		return;
	}
	if (e->failed)
		return;
	restart(e, &m);
	char message[400];
	bool told = e->c->diags.n > diags;
	(void)snprintf(message, sizeof message, "%.*s",
	    told ? (int)e->c->diags.p[diags].text.n : 12, told ? e->c->diags.p[diags].text.p : "syntax error");
	emit_error(e, message);
}

void feel_emit_expression(struct emit *e, str text, uint32_t line, uint32_t col)
{
	compile(e, text, line, col, OPEN_TEXT, 0);
}

void feel_emit_tests(struct emit *e, str text, uint32_t line, uint32_t col, int32_t slot)
{
	str trimmed = str_trim(text);
	if (!trimmed.n || str_is(trimmed, "-"))
		emit_const(e, feel_bool(true));
	else
		compile(e, text, line, col, OPEN_TESTS, slot);
}
