#include "engine/feel/parse.h"

static bool binary(struct parser *p, enum feel_op op, int32_t prec)
{
	parse_reduce(p, prec);
	struct open *o = parse_push(p, OPEN_BINARY, prec);
	if (!o)
		return false;
	o->op = (int32_t)op;
	p->operand = true;
	return true;
}

static bool path(struct parser *p)
{
	str name;
	int32_t number;
	parse_skip(p);
	size_t end = feel_names_longest(p->e->c->words, p->s, p->at, &name, &number);
	if (!end) {
		end = feel_word_end(p->s, p->at);
		if (end == p->at)
			return parse_fail(p, "a name was expected behind '.'");
		name = arena_str(p->e->c->arena, str_sub(p->s, p->at, end));
	}
	p->at = end;
	(void)emit_op(p->e, OP_PATH, emit_const_index(p->e, feel_string(name)), 0);
	return true;
}

static bool call(struct parser *p)
{
	struct open *o = parse_push(p, OPEN_CALL, PREC_BRACKET);
	if (!o)
		return false;
	parse_skip(p);
	if (p->at < p->s.n && p->s.p[p->at] == ')') {
		o->flag = true;
		return true;
	}
	p->operand = true;
	str key;
	if (parse_key(p, &key)) {
		o->named = true;
		str *slot = VEC_ADD(&p->names, p->e->c->arena);
		if (!slot)
			return false;
		*slot = key;
	}
	return true;
}

static bool filter(struct parser *p)
{
	struct emit *e = p->e;
	struct open *o = parse_push(p, OPEN_FILTER, PREC_BRACKET);
	if (!o)
		return false;
	o->slot = e->depth - 1;
	o->start = emit_op(e, OP_FILTER, 0, 0);
	(void)emit_here(e);
	o->jump = emit_op(e, OP_NEXT, 0, o->slot + 1);
	(void)emit_here(e);
	emit_bind(e, STR("item"), SCOPE_ITEM, e->depth - 1);
	p->operand = true;
	return true;
}

static void filter_end(struct parser *p, const struct open *o)
{
	struct emit *e = p->e;
	fval index;
	e->scope.n = o->scope;
	if (e->code.n == o->jump + 2 && emit_constants(e, 1, &index) && index.kind == FEEL_NUMBER) {
		emit_unwind(e, e->code.n - o->start);
		e->barrier = e->code.n;
		emit_const(e, index);
		(void)emit_op(e, OP_INDEX, 0, 0);
		return;
	}
	size_t select = emit_op(e, OP_SELECT, o->slot, 0);
	(void)emit_op(e, OP_JUMP, (int32_t)o->jump, 0);
	emit_patch(e, o->jump);
	emit_patch(e, select);
	(void)emit_op(e, OP_POP, 2, 0);
	(void)emit_op(e, OP_COLLECT, 0, 0);
	(void)emit_op(e, OP_NIP, 1, 0);
}

static void call_end(struct parser *p, const struct open *o, size_t n)
{
	struct emit *e = p->e;
	uint32_t here = e->pos;
	e->pos = o->pos;
	if (o->named) {
		int32_t names = emit_names_index(e, p->names.p + o->names, n);
		if (o->builtin >= 0) {
			(void)emit_op(e, OP_BUILTIN_NAMED, o->builtin, names);
			e->depth += 1 - (int32_t)n;
		} else {
			(void)emit_op(e, OP_CALL_NAMED, names, 0);
			e->depth -= (int32_t)n;
		}
		p->names.n = o->names;
	} else if (o->builtin >= 0) {
		emit_builtin(e, o->builtin, n);
	} else {
		(void)emit_op(e, OP_CALL, (int32_t)n, 0);
	}
	if (e->depth > e->depth_most)
		e->depth_most = e->depth;
	e->pos = here;
}

static void context_end(struct parser *p, const struct open *o)
{
	struct emit *e = p->e;
	size_t n = p->names.n - o->names;
	(void)emit_op(e, OP_CONTEXT, emit_names_index(e, p->names.p + o->names, n), 0);
	e->depth += 1 - (int32_t)n;
	if (e->depth > e->depth_most)
		e->depth_most = e->depth;
	e->scope.n = o->scope;
	p->names.n = o->names;
}

/* The value of an entry is complete: its name is bound for the entries that follow. */
static void entry_end(struct parser *p, struct open *o)
{
	struct emit *e = p->e;
	e->scope.n = o->scope + o->n;
	emit_bind(e, p->names.p[p->names.n - 1], SCOPE_LOCAL, e->depth - 1);
	o->n++;
}

static bool range_end(struct parser *p, bool closed)
{
	struct open o = *parse_top(p);
	p->open.n--;
	emit_range(p->e, RANGE_HAS_LOW | RANGE_HAS_HIGH | (o.flag ? RANGE_LOW_CLOSED : 0) |
		(closed ? RANGE_HIGH_CLOSED : 0));
	return true;
}

static bool close_paren(struct parser *p)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p), was = *o;
	switch (o->kind) {
	case OPEN_PAREN:
		p->open.n--;
		return true;
	case OPEN_CALL:
		p->open.n--;
		call_end(p, &was, was.flag ? 0 : was.n + 1);
		return true;
	case OPEN_RANGE_HIGH:
		return range_end(p, false);
	case OPEN_IN_PAREN:
		p->open.n--;
		if (was.n) {
			(void)emit_op(p->e, OP_LIST, (int32_t)was.n + 1, 0);
			o = parse_top(p);
			(void)emit_op(p->e, p->asks ? OP_IN_ASK : OP_IN, 0, 1);
			p->asks = o->asks;
			p->e->scope.n = o->scope;
			p->open.n--;
		}
		return true;
	case OPEN_NOT_TESTS:
		parse_test_end(p, o);
		(void)emit_op(p->e, OP_NOT, 0, 0);
		parse_skip(p);
		if (p->at != p->s.n)
			return parse_fail(p, "nothing more was expected behind not(…)");
		p->done = true;
		return true;
	default:
		return parse_fail(p, "no '(' is open");
	}
}

static bool close_square(struct parser *p)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p), was = *o;
	switch (o->kind) {
	case OPEN_LIST:
		p->open.n--;
		emit_list(p->e, was.n + 1);
		return true;
	case OPEN_FILTER:
		p->open.n--;
		filter_end(p, &was);
		return true;
	case OPEN_RANGE_HIGH:
		return range_end(p, true);
	default:
		return parse_fail(p, "no '[' is open");
	}
}

static bool close_brace(struct parser *p)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p);
	if (o->kind != OPEN_CONTEXT)
		return parse_fail(p, "no '{' is open");
	struct open was = *o;
	p->open.n--;
	context_end(p, &was);
	return true;
}

static bool comma(struct parser *p)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p);
	str key;
	p->operand = true;
	switch (o->kind) {
	case OPEN_LIST:
	case OPEN_IN_PAREN:
		o->n++;
		return true;
	case OPEN_CALL:
		o->n++;
		parse_skip(p);
		if (!o->named)
			return true;
		if (!parse_key(p, &key))
			return parse_fail(p, "the name of a parameter and ':' were expected");
		str *slot = VEC_ADD(&p->names, p->e->c->arena);
		if (slot)
			*slot = key;
		return slot != NULL;
	case OPEN_CONTEXT:
		entry_end(p, o);
		return parse_entry_begin(p);
	case OPEN_TESTS:
	case OPEN_NOT_TESTS:
		parse_test_end(p, o);
		(void)emit_op(p->e, OP_LOAD, o->slot, 0);
		return true;
	case OPEN_FOR:
	case OPEN_FOR_TO:
	case OPEN_QUANTIFIED:
	case OPEN_QUANTIFIED_TO:
		parse_loop(p, o, o->kind == OPEN_FOR_TO || o->kind == OPEN_QUANTIFIED_TO);
		o = parse_top(p);
		o->kind = o->kind == OPEN_FOR || o->kind == OPEN_FOR_TO ? OPEN_FOR : OPEN_QUANTIFIED;
		return parse_name_until(p, "in", &o->name);
	default:
		return parse_fail(p, "an operator or the end was expected");
	}
}

static bool dots(struct parser *p)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p);
	p->operand = true;
	bool closed = o->kind == OPEN_LIST;
	switch (o->kind) {
	case OPEN_PAREN:
	case OPEN_LIST:
	case OPEN_RANGE_LOW:
	case OPEN_IN_PAREN:
		if (o->n)
			break;
		o->kind = OPEN_RANGE_HIGH;
		o->flag = closed;
		return true;
	case OPEN_FOR:
		o->kind = OPEN_FOR_TO;
		return true;
	case OPEN_QUANTIFIED:
		o->kind = OPEN_QUANTIFIED_TO;
		return true;
	default:
		break;
	}
	return parse_fail(p, "\"..\" stands only in ranges");
}

static bool begin_body(struct parser *p, enum open_kind domain, enum open_kind body)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p);
	enum open_kind to = domain == OPEN_FOR ? OPEN_FOR_TO : OPEN_QUANTIFIED_TO;
	if (o->kind != domain && o->kind != to)
		return parse_fail(p, "an operator or the end was expected");
	parse_loop(p, o, o->kind == to);
	o = parse_top(p);
	if (body == OPEN_RETURN)
		emit_bind(p->e, STR("partial"), SCOPE_BUILDER, o->slot);
	o->kind = body;
	o->prec = PREC_PHRASE;
	p->operand = true;
	return true;
}

static bool then_else(struct parser *p, bool is_then)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p);
	p->operand = true;
	if (is_then && o->kind == OPEN_IF) {
		o->kind = OPEN_THEN;
		o->jump = emit_op(p->e, OP_UNLESS, 0, 0);
		return true;
	}
	if (!is_then && o->kind == OPEN_THEN) {
		size_t over = emit_op(p->e, OP_JUMP, 0, 0);
		emit_patch(p->e, o->jump);
		p->e->depth--;
		o->start = o->jump;
		o->jump = over;
		o->kind = OPEN_ELSE;
		o->prec = PREC_PHRASE;
		return true;
	}
	return parse_fail(p, "an operator or the end was expected");
}

static bool logical_and(struct parser *p)
{
	parse_reduce(p, PREC_COMPARE + 1);
	struct open *o = parse_top(p);
	if (o->kind == OPEN_BETWEEN) {
		o->kind = OPEN_BETWEEN_AND;
		p->operand = true;
		return true;
	}
	return binary(p, OP_AND, PREC_AND);
}

static bool membership(struct parser *p)
{
	parse_reduce(p, PREC_COMPARE);
	struct open *o = parse_push(p, OPEN_IN, PREC_COMPARE);
	if (!o)
		return false;
	o->asks = p->asks;
	p->asks = false;
	p->operand = true;
	emit_bind(p->e, STR("?"), SCOPE_LOCAL, p->e->depth - 1);
	return true;
}

static bool instance_of(struct parser *p)
{
	parse_skip(p);
	if (!parse_take_word(p, "of"))
		return parse_fail(p, "\"of\" was expected");
	parse_skip(p);
	const struct feel_type *t = feel_parse_type(p->e->c, p->s, &p->at);
	if (!t)
		return parse_fail(p, "a type was expected");
	(void)emit_op(p->e, OP_INSTANCE, emit_type_index(p->e, t), 0);
	return true;
}

static bool keyword(struct parser *p)
{
	if (parse_take_word(p, "and"))
		return logical_and(p);
	if (parse_take_word(p, "or"))
		return binary(p, OP_OR, PREC_OR);
	if (parse_take_word(p, "in"))
		return membership(p);
	if (parse_take_word(p, "instance"))
		return instance_of(p);
	if (parse_take_word(p, "then"))
		return then_else(p, true);
	if (parse_take_word(p, "else"))
		return then_else(p, false);
	if (parse_take_word(p, "return"))
		return begin_body(p, OPEN_FOR, OPEN_RETURN);
	if (parse_take_word(p, "satisfies"))
		return begin_body(p, OPEN_QUANTIFIED, OPEN_SATISFIES);
	if (parse_take_word(p, "between")) {
		parse_reduce(p, PREC_COMPARE);
		p->operand = true;
		return parse_push(p, OPEN_BETWEEN, PREC_COMPARE) != NULL;
	}
	return parse_fail(p, "an operator or the end was expected");
}

static bool end(struct parser *p)
{
	parse_reduce(p, PREC_PHRASE);
	struct open *o = parse_top(p);
	static const struct {
		enum open_kind kind;
		const char *wanted;
	} wants[] = {{OPEN_IF, "\"then\""}, {OPEN_THEN, "\"else\""}, {OPEN_FOR, "\"return\""},
	    {OPEN_FOR_TO, "\"return\""}, {OPEN_QUANTIFIED, "\"satisfies\""}, {OPEN_LIST, "']'"},
	    {OPEN_FILTER, "']'"}, {OPEN_CONTEXT, "'}'"}, {OPEN_BETWEEN, "\"and\""}};
	if (o->kind == OPEN_TESTS)
		parse_test_end(p, o);
	if (o->kind == OPEN_TESTS || o->kind == OPEN_TEXT) {
		p->done = true;
		return true;
	}
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
		if (o->kind == wants[i].kind)
			return parse_fail(p, "%s was expected", wants[i].wanted);
	return parse_fail(p, "')' was expected");
}

/* Does '[' end a range here, as in "[1..5["? Only when nothing that belongs inside brackets follows. */
static bool ends_range(const struct parser *p)
{
	bool in_range = false;
	for (size_t i = p->open.n; i-- > 0;) {
		if (p->open.p[i].prec != PREC_BRACKET)
			continue;
		in_range = p->open.p[i].kind == OPEN_RANGE_HIGH;
		break;
	}
	if (!in_range)
		return false;
	struct parser ahead = *p;
	ahead.at++;
	parse_skip(&ahead);
	static const char *const words[] = {"and", "or", "in", "then", "else", "return", "satisfies", "instance",
	    "between"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (parse_is_word(&ahead, words[i]))
			return true;
	return ahead.at >= ahead.s.n || strchr(")],}=<>!.+*/", ahead.s.p[ahead.at]) != NULL;
}

bool parse_operator(struct parser *p)
{
	static const struct {
		const char *text;
		enum feel_op op;
		int32_t prec;
	} operators[] = {
	    {"**", OP_POW, PREC_POW}, {"*", OP_MUL, PREC_MUL}, {"/", OP_DIV, PREC_MUL}, {"+", OP_ADD, PREC_ADD},
	    {"-", OP_SUB, PREC_ADD}, {"<=", OP_LE, PREC_COMPARE}, {">=", OP_GE, PREC_COMPARE},
	    {"<", OP_LT, PREC_COMPARE}, {">", OP_GT, PREC_COMPARE}, {"!=", OP_NE, PREC_COMPARE},
	    {"=", OP_EQ, PREC_COMPARE}};
	if (p->at >= p->s.n)
		return end(p);
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (parse_take(p, operators[i].text))
			return binary(p, operators[i].op, operators[i].prec);
	if (parse_take(p, ".."))
		return dots(p);
	char c = p->s.p[p->at];
	if (c == '[' && ends_range(p)) {
		p->at++;
		parse_reduce(p, PREC_PHRASE);
		return range_end(p, false);
	}
	if (c == '}' && parse_top(p)->kind == OPEN_CONTEXT && parse_top(p)->flag)
		parse_top(p)->flag = false;
	p->at += strchr(".([])},", c) != NULL;
	switch (c) {
	case '.':
		return path(p);
	case '(':
		return call(p);
	case '[':
		return filter(p);
	case ')':
		return close_paren(p);
	case ']':
		return close_square(p);
	case '}':
		return close_brace(p);
	case ',':
		return comma(p);
	default:
		return keyword(p);
	}
}
