#include "engine/feel/builtin.h"
#include "engine/feel/parse.h"
#include "engine/feel/time.h"

static bool in_filter(const struct parser *p)
{
	for (size_t i = p->e->scope.n; i-- > 0;)
		if (p->e->scope.p[i].kind == SCOPE_ITEM && !str_is(p->e->scope.p[i].name, "?"))
			return true;
	return false;
}

struct found {
	size_t end;
	str name;
	int32_t global, builtin;
	bool local;
};

/* The longest name known here; of equally long ones the innermost. */
static struct found find_name(const struct parser *p)
{
	const struct emit *e = p->e;
	struct found f = {.global = -1, .builtin = -1};
	str name;
	int32_t number;
	for (size_t i = e->scope.n; i-- > 0;) {
		const struct scope_name *s = &e->scope.p[i];
		size_t end = s->name.n && s->name.p[0] == p->s.p[p->at] ? feel_name_at(p->s, p->at, s->name) : 0;
		if (end > f.end)
			f = (struct found){.end = end, .name = s->name, .global = -1, .builtin = -1, .local = true};
	}
	size_t end = e->globals ? feel_names_longest(e->globals, p->s, p->at, &name, &number) : 0;
	if (end > f.end)
		f = (struct found){.end = end, .name = name, .global = number, .builtin = -1};
	end = feel_names_longest(e->c->library, p->s, p->at, &name, &number);
	if (end > f.end)
		f = (struct found){.end = end, .name = name, .global = -1, .builtin = number};
	if (in_filter(p)) {
		end = feel_names_longest(e->c->words, p->s, p->at, &name, &number);
		if (end > f.end)
			f = (struct found){.end = end, .name = name, .global = -1, .builtin = -1};
	}
	return f;
}

static bool call_begin(struct parser *p, int32_t builtin);

static bool name(struct parser *p, struct found f)
{
	if (!f.end) {
		f.end = feel_word_end(p->s, p->at);
		if (f.end == p->at)
			return parse_fail(p, "an expression was expected");
		f.name = arena_str(p->e->c->arena, str_sub(p->s, p->at, f.end));
	}
	p->at = f.end;
	p->operand = false;
	if (f.builtin >= 0) {
		size_t next = feel_skip_blanks(p->s, p->at);
		if (next < p->s.n && p->s.p[next] == '(') {
			p->at = next + 1;
			return call_begin(p, f.builtin);
		}
		if (!in_filter(p)) {
			emit_const(p->e, feel_builtin_value(p->e->c->arena, f.builtin));
			return true;
		}
	}
	emit_variable(p->e, f.name, f.global);
	return true;
}

/* Behind the '(' of a call. */
static bool call_begin(struct parser *p, int32_t builtin)
{
	struct open *o = parse_push(p, OPEN_CALL, PREC_BRACKET);
	if (!o)
		return false;
	o->builtin = builtin;
	parse_skip(p);
	if (p->at < p->s.n && p->s.p[p->at] == ')') {
		p->operand = false;
		o->flag = true; /* no arguments */
		return true;
	}
	str key;
	p->operand = true;
	if (parse_key(p, &key)) {
		o->named = true;
		str *slot = VEC_ADD(&p->names, p->e->c->arena);
		if (!slot)
			return false;
		*slot = key;
	}
	return true;
}

static bool loop_variable(struct parser *p, struct open *o)
{
	str variable;
	if (!parse_name_until(p, "in", &variable))
		return false;
	o->name = variable;
	p->operand = true;
	return true;
}

static bool phrase_for(struct parser *p)
{
	struct open *o = parse_push(p, OPEN_FOR, PREC_BRACKET);
	if (!o)
		return false;
	o->slot = p->e->depth;
	(void)emit_op(p->e, OP_BUILDER, 0, 0);
	return loop_variable(p, o);
}

static bool phrase_quantified(struct parser *p, bool every)
{
	struct open *o = parse_push(p, OPEN_QUANTIFIED, PREC_BRACKET);
	if (!o)
		return false;
	o->slot = p->e->depth;
	o->flag = every;
	emit_const(p->e, feel_bool(every));
	(void)emit_here(p->e);
	return loop_variable(p, o);
}

enum { PARAMS_MOST = 200 };

static bool parameters(struct parser *p, struct feel_param *params, size_t *ret_n)
{
	size_t n = 0;
	for (parse_skip(p); !parse_take(p, ")"); parse_skip(p)) {
		if (n == PARAMS_MOST || (n && !parse_take(p, ",")))
			return parse_fail(p, "',' or ')' was expected");
		parse_skip(p);
		size_t from = p->at;
		while (p->at < p->s.n && !strchr(",:)", p->s.p[p->at]))
			p->at++;
		str text = feel_name_normal(p->e->c->arena, str_sub(p->s, from, p->at));
		if (!text.n || feel_word_end(text, 0) == 0)
			return parse_fail(p, "the name of a parameter was expected");
		params[n].name = text;
		if (parse_take(p, ":")) {
			parse_skip(p);
			params[n].type = feel_parse_type(p->e->c, p->s, &p->at);
			if (!params[n].type)
				return parse_fail(p, "a type was expected");
		}
		n++;
	}
	*ret_n = n;
	return true;
}

static bool phrase_function(struct parser *p)
{
	struct feel_param *params = ARENA_ARRAY(p->e->c->arena, PARAMS_MOST, struct feel_param);
	size_t n = 0;
	parse_skip(p);
	if (!params)
		return false;
	if (!parse_take(p, "("))
		return parse_fail(p, "'(' was expected");
	if (!parameters(p, params, &n))
		return false;
	parse_skip(p);
	bool external = parse_take_word(p, "external");
	if (!parse_push(p, external ? OPEN_EXTERNAL : OPEN_FUNCTION, PREC_PHRASE))
		return false;
	emit_function_begin(p->e, params, n);
	p->operand = true;
	return true;
}

static bool word(struct parser *p)
{
	struct found f = find_name(p);
	size_t end = feel_word_end(p->s, p->at);
	str w = str_sub(p->s, p->at, end);
	static const struct {
		const char *word;
		int value;
	} constants[] = {{"null", 0}, {"true", 1}, {"false", 2}};
	if (f.end > end)
		return name(p, f);
	for (size_t i = 0; i < 3; i++)
		if (str_is(w, constants[i].word)) {
			p->at = end;
			p->operand = false;
			emit_const(p->e, i ? feel_bool(i == 1) : FEEL_NULL_VALUE);
			return true;
		}
	size_t after = feel_skip_blanks(p->s, end);
	bool call = after < p->s.n && p->s.p[after] == '(';
	if (str_is(w, "if")) {
		p->at = end;
		return parse_push(p, OPEN_IF, PREC_BRACKET) != NULL;
	}
	if (str_is(w, "function") && call) {
		p->at = end;
		return phrase_function(p);
	}
	if (!call && (str_is(w, "for") || str_is(w, "some") || str_is(w, "every"))) {
		p->at = end;
		return w.p[0] == 'f' ? phrase_for(p) : phrase_quantified(p, w.p[0] == 'e');
	}
	return name(p, f);
}

static bool at_literal(struct parser *p)
{
	str text;
	fval v;
	p->at++;
	parse_skip(p);
	if (p->at >= p->s.n || p->s.p[p->at] != '"')
		return parse_fail(p, "a string was expected behind \"@\"");
	if (!parse_string(p, &text))
		return false;
	p->operand = false;
	if (feel_parse_temporal(p->e->c->zones, text, &v)) {
		emit_const(p->e, v);
	} else {
		feel_diag(p->e->c, false, "feel.literal", p->e->pos, "\"%.*s\" is not a date, time or duration",
		    STR_ARG(text));
		emit_error(p->e, "the text behind \"@\" is not a date, time or duration");
	}
	return true;
}

/* "< 5" and the like, without a left side. */
static bool comparison(struct parser *p)
{
	static const struct {
		const char *text;
		int32_t flags;
	} kinds[] = {
	    {"<=", RANGE_HAS_HIGH | RANGE_HIGH_CLOSED}, {">=", RANGE_HAS_LOW | RANGE_LOW_CLOSED},
	    {"<", RANGE_HAS_HIGH}, {">", RANGE_HAS_LOW}, {"!=", RANGE_NEGATED | RANGE_HAS_LOW},
	    {"=", RANGE_EQUAL | RANGE_HAS_LOW | RANGE_LOW_CLOSED | RANGE_HIGH_CLOSED}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (parse_take(p, kinds[i].text)) {
			struct open *o = parse_push(p, OPEN_COMPARE, PREC_UNARY_COMPARE);
			if (o)
				o->op = kinds[i].flags;
			return o != NULL;
		}
	return parse_fail(p, "an expression was expected");
}

static bool ask(struct parser *p)
{
	for (size_t i = p->e->scope.n; i-- > 0;)
		if (str_is(p->e->scope.p[i].name, "?")) {
			p->at++;
			p->operand = false;
			p->asks = true;
			emit_scope(p->e, i);
			return true;
		}
	return parse_fail(p, "\"?\" stands for the value tested, and nothing is tested here: an expression was expected");
}

static bool open_bracket(struct parser *p, char c)
{
	p->at++;
	parse_skip(p);
	char next = p->at < p->s.n ? p->s.p[p->at] : '\0';
	if (c == '[' && next == ']') {
		p->at++;
		p->operand = false;
		(void)emit_op(p->e, OP_LIST, 0, 0);
		return true;
	}
	if (c == '[')
		return parse_push(p, OPEN_LIST, PREC_BRACKET) != NULL;
	if (c == ']')
		return parse_push(p, OPEN_RANGE_LOW, PREC_BRACKET) != NULL;
	if (c == '{') {
		struct open *o = parse_push(p, OPEN_CONTEXT, PREC_BRACKET);
		if (!o)
			return false;
		if (next != '}')
			return parse_entry_begin(p);
		o->flag = true; /* empty */
		p->operand = false;
		return true;
	}
	if (p->open.n && parse_top(p)->kind == OPEN_IN && parse_top(p)->n == 0) {
		parse_top(p)->n = 1;
		return parse_push(p, OPEN_IN_PAREN, PREC_BRACKET) != NULL;
	}
	return parse_push(p, OPEN_PAREN, PREC_BRACKET) != NULL;
}

bool parse_operand(struct parser *p)
{
	str text;
	decimal d;
	char c = p->at < p->s.n ? p->s.p[p->at] : '\0';
	char next = p->at + 1 < p->s.n ? p->s.p[p->at + 1] : '\0';
	if (!c)
		return parse_fail(p, "an expression was expected");
	if ((c >= '0' && c <= '9') || (c == '.' && next >= '0' && next <= '9')) {
		if (!parse_number(p, &d))
			return false;
		emit_const(p->e, feel_number(d));
		p->operand = false;
		return true;
	}
	switch (c) {
	case '"':
		if (!parse_string(p, &text))
			return false;
		emit_const(p->e, feel_string(text));
		p->operand = false;
		return true;
	case '-':
		p->at++;
		return parse_push(p, OPEN_NEGATE, PREC_NEG) != NULL;
	case '(':
	case '[':
	case ']':
	case '{':
		return open_bracket(p, c);
	case '@':
		return at_literal(p);
	case '<':
	case '>':
	case '=':
	case '!':
		return comparison(p);
	case '?':
		return ask(p);
	default:
		return word(p);
	}
}
