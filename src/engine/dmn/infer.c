#include "engine/dmn/infer.h"
#include "engine/feel/builtin.h"

#define BIT(kind) (1u << (kind))

struct infer_made {
	const struct feel_list *names;
	const struct infer *values;
};

/* What is known at one place: the values on the stack. */
struct place {
	struct infer *stack;
	size_t n;
};

/* A piece of code to be gone through, and with what on its stack. */
struct task {
	const struct feel_chunk *chunk;
	size_t entry;
	const struct infer *args;
	size_t n_args;
	const struct infer *captures;
	const struct feel_type *result; /* declared of a function; NULL: any */
};

struct walk {
	const struct infer_job *job;
	struct infer_kinds *kinds;
	struct arena *a;
	int32_t element;
	struct infer *known; /* by node: what decisions and inputs are */
	VEC(struct task) tasks;
	struct task task;
	struct place *at; /* by instruction: what jumps bring there; stack NULL: nothing */
	struct infer stack[INFER_STACK_MOST];
	size_t n;
	bool dead, failed;
	struct infer result;
};

/* ---- the stack ---- */

static void push(struct walk *w, struct infer x)
{
	if (w->n == INFER_STACK_MOST)
		w->failed = true;
	else
		w->stack[w->n++] = x;
}

static struct infer pop(struct walk *w)
{
	if (w->n)
		return w->stack[--w->n];
	w->failed = true;
	return infer_of_kinds(INFER_ALL);
}

static void drop(struct walk *w, size_t n)
{
	w->failed |= n > w->n;
	w->n -= n > w->n ? w->n : n;
}

static void fault(struct walk *w, const struct insn *in, const char *fmt, str text)
{
	char sentence[500];
	(void)snprintf(sentence, sizeof sentence, "%s%.*s", fmt, (int)(text.n < 400 ? text.n : 400), text.n ? text.p : "");
	bool doubtful = in->op == OP_AND || in->op == OP_OR; /* "x" and false is false */
	w->job->fault(w->job->ctx, w->element, in->pos, !doubtful, str_of(sentence));
}

/* What is on the stack now may also be there at another instruction. */
static void bring(struct walk *w, int32_t to)
{
	if (to < 0 || (size_t)to >= w->task.chunk->n)
		return;
	struct place *p = &w->at[to];
	if (!p->stack) {
		p->stack = ARENA_ARRAY(w->a, w->n + 1, struct infer);
		p->n = p->stack ? w->n : 0;
		w->failed |= !p->stack;
		for (size_t i = 0; p->stack && i < w->n; i++)
			p->stack[i] = w->stack[i];
		return;
	}
	p->n = w->n < p->n ? w->n : p->n;
	for (size_t i = 0; i < p->n; i++)
		p->stack[i] = infer_join(p->stack[i], w->stack[i]);
}

static void bring_with(struct walk *w, int32_t to, struct infer top)
{
	push(w, top);
	bring(w, to);
	drop(w, 1);
}

static void take(struct walk *w, const struct place *p)
{
	if (!w->dead) { /* and what comes from above */
		size_t n = w->n < p->n ? w->n : p->n;
		for (size_t i = 0; i < n; i++)
			w->stack[i] = infer_join(w->stack[i], p->stack[i]);
		w->n = n;
		return;
	}
	for (size_t i = 0; i < p->n && i < INFER_STACK_MOST; i++)
		w->stack[i] = p->stack[i];
	w->n = p->n;
	w->dead = false;
}

static void add_task(struct walk *w, struct task t)
{
	struct task *slot = w->tasks.n < INFER_TASKS_MOST ? VEC_ADD(&w->tasks, w->a) : NULL;
	if (slot)
		*slot = t;
}

/* ---- operators ---- */

static void want_truth(struct walk *w, const struct insn *in, struct infer x, uint32_t also)
{
	uint32_t kinds = x.kinds & ~BIT(FEEL_NULL);
	if (kinds && !(kinds & (BIT(FEEL_BOOL) | also)))
		fault(w, in, "true or false was expected, and this is neither", STR(""));
}

static void arithmetic(struct walk *w, const struct insn *in)
{
	bool one = in->op == OP_NEG;
	struct infer b = one ? infer_of_kinds(BIT(FEEL_NUMBER)) : pop(w), a = pop(w);
	uint32_t x = a.kinds & ~BIT(FEEL_NULL), y = b.kinds & ~BIT(FEEL_NULL);
	str why;
	uint32_t result = infer_operator(w->kinds, (enum feel_op)in->op, x, y, &why);
	if (!result && x && y)
		fault(w, in, "", why);
	bool relation = in->op >= OP_EQ && in->op <= OP_GE;
	push(w, infer_of_kinds(relation ? BIT(FEEL_BOOL) | BIT(FEEL_NULL) : result ? result | BIT(FEEL_NULL) : INFER_ALL));
}

static void truths(struct walk *w, const struct insn *in)
{
	want_truth(w, in, pop(w), 0);
	if (in->op != OP_NOT)
		want_truth(w, in, pop(w), 0);
	push(w, infer_of_kinds(BIT(FEEL_BOOL) | BIT(FEEL_NULL)));
}

static void between(struct walk *w, const struct insn *in)
{
	struct infer high = pop(w), low = pop(w), x = pop(w);
	str why;
	uint32_t v = x.kinds & ~BIT(FEEL_NULL), l = low.kinds & ~BIT(FEEL_NULL), h = high.kinds & ~BIT(FEEL_NULL);
	if (v && l && h && (!infer_operator(w->kinds, OP_LE, l, v, &why) || !infer_operator(w->kinds, OP_LE, v, h, &why)))
		fault(w, in, "", why);
	push(w, infer_of_kinds(BIT(FEEL_BOOL) | BIT(FEEL_NULL)));
}

static void in_test(struct walk *w, const struct insn *in)
{
	struct infer test = pop(w), x = pop(w);
	if (in->op == OP_IN && test.constant && !infer_meets(x.kinds, *test.constant))
		fault(w, in, "a value of this kind is never among these", STR(""));
	push(w, infer_of_kinds(BIT(FEEL_BOOL) | BIT(FEEL_NULL)));
}

static const struct feel_type *field(const struct feel_type *t, str name)
{
	for (size_t i = 0; i < t->n_fields; i++)
		if (str_eq(t->fields[i].name, name))
			return t->fields[i].type ? t->fields[i].type : &feel_type_any;
	return NULL;
}

static struct infer path_of_context(struct walk *w, const struct insn *in, struct infer x, str name)
{
	if (x.made)
		for (size_t i = 0; i < x.made->names->n; i++)
			if (str_eq(x.made->names->items[i].string, name))
				return x.made->values[i];
	if (x.type && x.type->kind == FEEL_TYPE_CONTEXT && !x.made) {
		const struct feel_type *t = field(x.type, name);
		if (t)
			return infer_of_type(t);
	}
	if (x.made || (x.type && x.type->kind == FEEL_TYPE_CONTEXT))
		fault(w, in, "there is no component called ", name);
	return infer_of_kinds(INFER_ALL);
}

static void path(struct walk *w, const struct insn *in)
{
	struct infer x = pop(w);
	str name = w->task.chunk->consts[in->a].string;
	uint32_t kinds = x.kinds & ~BIT(FEEL_NULL);
	if (kinds == BIT(FEEL_CONTEXT)) {
		push(w, path_of_context(w, in, x, name));
		return;
	}
	uint32_t result = kinds ? infer_path(w->kinds, kinds, name) : INFER_ALL;
	if (!result)
		fault(w, in, "this has no component called ", name);
	push(w, infer_of_kinds(result ? result | BIT(FEEL_NULL) : INFER_ALL));
}

static void coerce(struct walk *w, const struct insn *in)
{
	const struct feel_type *t = w->task.chunk->types[in->a];
	struct infer x = pop(w), to = infer_of_type(t);
	uint32_t kinds = x.kinds & ~BIT(FEEL_NULL);
	bool plain = t && (t->kind == FEEL_TYPE_PLAIN || t->kind == FEEL_TYPE_DURATION);
	if (plain && kinds && !(kinds & BIT(FEEL_LIST)) && !(kinds & to.kinds) && !((to.kinds & BIT(FEEL_DATE_TIME)) && (kinds & BIT(FEEL_DATE))))
		fault(w, in, "the result is never of the type that is declared: ", t->name);
	push(w, to.kinds == INFER_ALL ? x : to);
}

/* ---- structures ---- */

static void make_list(struct walk *w, size_t n)
{
	struct infer list = {.kinds = BIT(FEEL_LIST)};
	fval *items = ARENA_ARRAY(w->a, n, fval), *value = ARENA_NEW(w->a, fval);
	bool constant = items && value;
	for (size_t i = n; i-- > 0;) {
		struct infer x = pop(w);
		list.items |= x.kinds;
		constant = constant && x.constant;
		if (constant)
			items[i] = *x.constant;
	}
	if (constant) {
		*value = feel_list_of(w->a, items, n);
		list.constant = value->kind == FEEL_LIST ? value : NULL;
	}
	push(w, list);
}

static void make_context(struct walk *w, const struct feel_list *names)
{
	struct infer_made *made = ARENA_NEW(w->a, struct infer_made);
	struct infer *values = ARENA_ARRAY(w->a, names->n, struct infer);
	struct infer x = infer_of_kinds(BIT(FEEL_CONTEXT));
	for (size_t i = names->n; i-- > 0;) {
		struct infer v = pop(w);
		if (values)
			values[i] = v;
	}
	if (made && values) {
		*made = (struct infer_made){names, values};
		x.made = made;
	}
	push(w, x);
}

static struct infer item_of(struct infer list)
{
	struct infer x = infer_of_kinds(list.kinds == BIT(FEEL_LIST) && list.items ? list.items : INFER_ALL);
	if ((list.kinds & ~BIT(FEEL_NULL)) == BIT(FEEL_LIST) && list.type)
		x = infer_of_type(list.type);
	return x;
}

/* ---- functions ---- */

static void make_function(struct walk *w, const struct insn *in)
{
	const struct feel_proto *p = &w->task.chunk->protos[in->a];
	struct infer *captures = ARENA_ARRAY(w->a, p->n_captures, struct infer), *args = ARENA_ARRAY(w->a, p->n_params, struct infer);
	struct infer f = infer_of_kinds(BIT(FEEL_FUNCTION));
	f.proto = p;
	if (!captures || !args) {
		w->failed = true;
		return;
	}
	for (size_t i = 0; i < p->n_captures; i++) {
		const struct capture *c = &p->captures[i];
		captures[i] = c->kind == CAPTURE_LOCAL && (size_t)c->index < w->n ? w->stack[c->index]
		    : c->kind == CAPTURE_OUTER && w->task.captures ? w->task.captures[c->index] : infer_of_kinds(INFER_ALL);
		if (captures[i].kinds == BIT(FEEL_INTERNAL))
			captures[i] = infer_of_kinds(INFER_ALL);
	}
	for (size_t i = 0; i < p->n_params; i++)
		args[i] = infer_of_type(p->params[i].type);
	add_task(w, (struct task){.chunk = w->task.chunk, .entry = (size_t)p->entry, .args = args, .n_args = p->n_params,
	    .captures = captures, .result = p->result});
	push(w, f);
}

static struct infer result_of(const struct feel_proto *p)
{
	return p && p->result ? infer_of_type(p->result) : infer_of_kinds(INFER_ALL);
}

static void check_argument(struct walk *w, const struct insn *in, const struct feel_param *p, struct infer x)
{
	struct infer want = infer_of_type(p->type);
	uint32_t kinds = x.kinds & ~BIT(FEEL_NULL);
	if (kinds && !(kinds & want.kinds) && !(kinds & BIT(FEEL_LIST)) && p->type && p->type->kind == FEEL_TYPE_PLAIN)
		fault(w, in, "the argument is never of the type of the parameter ", p->name);
}

static void call(struct walk *w, const struct insn *in)
{
	size_t n = (size_t)in->a;
	if (w->n < n + 1) {
		w->failed = true;
		return;
	}
	const struct infer *args = w->stack + w->n - n;
	struct infer f = args[-1];
	uint32_t kinds = f.kinds & ~BIT(FEEL_NULL);
	char text[80];
	if (kinds && !(kinds & BIT(FEEL_FUNCTION)))
		fault(w, in, "this is not a function", STR(""));
	if (f.proto && f.proto->n_params != n) {
		(void)snprintf(text, sizeof text, "the function has %zu parameters, not %zu", f.proto->n_params, n);
		fault(w, in, text, STR(""));
	}
	for (size_t i = 0; f.proto && f.proto->n_params == n && i < n; i++)
		check_argument(w, in, &f.proto->params[i], args[i]);
	drop(w, n + 1);
	push(w, result_of(f.proto));
}

static void call_named(struct walk *w, const struct insn *in)
{
	const struct feel_list *names = w->task.chunk->consts[in->a].list;
	if (w->n < names->n + 1) {
		w->failed = true;
		return;
	}
	struct infer f = w->stack[w->n - names->n - 1];
	for (size_t i = 0; f.proto && i < names->n; i++) {
		size_t p = 0;
		while (p < f.proto->n_params && !str_eq(f.proto->params[p].name, names->items[i].string))
			p++;
		if (p == f.proto->n_params)
			fault(w, in, "the function has no parameter called ", names->items[i].string);
		else
			check_argument(w, in, &f.proto->params[p], w->stack[w->n - names->n + i]);
	}
	drop(w, names->n + 1);
	push(w, result_of(f.proto));
}

static void builtin(struct walk *w, const struct insn *in)
{
	size_t n = (size_t)in->b;
	const struct feel_builtin *b = &feel_builtins[in->a];
	str why;
	char text[120];
	if (w->n < n) {
		w->failed = true;
		return;
	}
	uint32_t result = INFER_ALL;
	if (n < (size_t)b->least || (b->most >= 0 && n > (size_t)b->most)) {
		(void)snprintf(text, sizeof text, "%s() does not take %zu argument%s", b->name, n, n == 1 ? "" : "s");
		fault(w, in, text, STR(""));
	} else {
		result = infer_builtin(w->kinds, in->a, w->stack + w->n - n, n, &why);
		if (!result) {
			(void)snprintf(text, sizeof text, "%s(): ", b->name);
			fault(w, in, text, why);
		}
	}
	drop(w, n);
	push(w, infer_of_kinds(result ? result : INFER_ALL));
}

static void builtin_named(struct walk *w, const struct insn *in)
{
	static const enum feel_kind kinds[] = {FEEL_NUMBER, FEEL_LIST, FEEL_FUNCTION}; /* some forms are told apart by these */
	const struct feel_list *names = w->task.chunk->consts[in->b].list;
	fval samples[FEEL_ARGS_MOST], ordered[FEEL_ARGS_MOST];
	bool fits = names->n > FEEL_ARGS_MOST;
	size_t given;
	char text[120];
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds && !fits; k++) {
		for (size_t i = 0; i < names->n; i++)
			samples[i] = w->kinds->samples[kinds[k]];
		fits = feel_builtin_order(in->a, names, samples, ordered, &given);
	}
	if (!fits) {
		(void)snprintf(text, sizeof text, "%s() has no parameters of these names", feel_builtin_name(in->a));
		fault(w, in, text, STR(""));
	}
	drop(w, names->n);
	push(w, infer_of_kinds(INFER_ALL));
}

/* ---- tables and sub-programs ---- */

static void native(struct walk *w, const struct insn *in)
{
	const struct feel_native *x = &w->task.chunk->natives[in->a];
	size_t n = (size_t)in->b;
	const struct table *t = x->step == table_step ? x->self : NULL;
	const struct infer *args = w->n >= n ? w->stack + w->n - n : NULL;
	for (size_t c = 0; t && args && c < t->n_inputs; c++) {
		struct infer *arg = ARENA_NEW(w->a, struct infer);
		if (!arg)
			break;
		*arg = args[c];
		w->job->column(w->job->ctx, t, c, arg);
		for (size_t r = 0; r < t->n_rules; r++)
			if (t->columns[c].cells[r].chunk)
				add_task(w, (struct task){.chunk = t->columns[c].cells[r].chunk, .args = arg, .n_args = 1});
	}
	for (size_t i = 0; t && i < t->n_rules * t->n_outputs; i++)
		if (t->outputs[i].chunk)
			add_task(w, (struct task){.chunk = t->outputs[i].chunk});
	drop(w, n);
	push(w, infer_of_kinds(INFER_ALL));
}

static void loops(struct walk *w, const struct insn *in)
{
	struct infer x;
	switch ((enum feel_op)in->op) {
	case OP_ITER:
		x = pop(w);
		push(w, infer_of_kinds(BIT(FEEL_INTERNAL)));
		push(w, item_of(x));
		break;
	case OP_ITER_TO:
		drop(w, 2);
		push(w, infer_of_kinds(BIT(FEEL_INTERNAL)));
		push(w, infer_of_kinds(BIT(FEEL_NUMBER) | BIT(FEEL_DATE) | BIT(FEEL_NULL)));
		break;
	case OP_NEXT:
		bring(w, in->a);
		break;
	case OP_BUILDER:
		push(w, infer_of_kinds(BIT(FEEL_INTERNAL)));
		break;
	case OP_APPEND:
		drop(w, 1);
		break;
	case OP_COLLECT:
		drop(w, 1);
		push(w, infer_of_kinds(BIT(FEEL_LIST) | BIT(FEEL_NULL)));
		break;
	case OP_SOME:
	case OP_EVERY:
		want_truth(w, in, pop(w), 0);
		bring(w, in->b);
		break;
	case OP_FILTER:
		x = pop(w);
		push(w, x);
		push(w, infer_of_kinds(BIT(FEEL_INTERNAL)));
		push(w, infer_of_kinds(BIT(FEEL_INTERNAL)));
		push(w, item_of(x));
		break;
	default: /* OP_SELECT */
		want_truth(w, in, pop(w), BIT(FEEL_NUMBER));
		bring(w, in->b);
		break;
	}
}

static struct infer local(const struct walk *w, int32_t at)
{
	struct infer x = at >= 0 && (size_t)at < w->n ? w->stack[at] : infer_of_kinds(INFER_ALL);
	return x.kinds == BIT(FEEL_INTERNAL) ? infer_of_kinds(BIT(FEEL_LIST) | BIT(FEEL_NULL)) : x;
}

static void places(struct walk *w, const struct insn *in)
{
	struct infer x;
	switch ((enum feel_op)in->op) {
	case OP_CONST:
		push(w, infer_of_value(&w->task.chunk->consts[in->a]));
		break;
	case OP_LOAD:
		push(w, local(w, in->a));
		break;
	case OP_GLOBAL:
		push(w, w->known[in->a]);
		break;
	case OP_CAPTURE:
		push(w, w->task.captures ? w->task.captures[in->a] : infer_of_kinds(INFER_ALL));
		break;
	case OP_POP:
		drop(w, (size_t)in->a);
		break;
	case OP_NIP:
		x = pop(w);
		drop(w, (size_t)in->a);
		push(w, x);
		break;
	case OP_STORE:
		drop(w, 1);
		break;
	default: /* OP_SELF, OP_ERROR: told by the compiler */
		push(w, infer_of_kinds(INFER_ALL));
		break;
	}
}

static void jumps(struct walk *w, const struct insn *in)
{
	struct infer x;
	switch ((enum feel_op)in->op) {
	case OP_JUMP:
		if ((size_t)in->a > (size_t)(in - w->task.chunk->code))
			bring(w, in->a);
		w->dead = true;
		break;
	case OP_UNLESS:
		x = pop(w);
		want_truth(w, in, x, 0);
		bring(w, in->a);
		bring_with(w, in->b, infer_of_kinds(INFER_ALL));
		break;
	case OP_PROBE:
		x = pop(w); /* the item of a filter: a name may be an entry of it */
		if (!(x.kinds & ~BIT(FEEL_NULL)) || infer_path(w->kinds, x.kinds, w->task.chunk->consts[in->b].string))
			bring_with(w, in->c, infer_of_kinds(INFER_ALL));
		break;
	default: /* OP_RETURN */
		x = pop(w);
		w->result = infer_join(w->result, x);
		w->dead = true;
		break;
	}
}

static void structures(struct walk *w, const struct insn *in)
{
	struct infer x;
	switch ((enum feel_op)in->op) {
	case OP_RANGE:
		drop(w, (size_t)(!!(in->a & RANGE_HAS_LOW) + !!(in->a & RANGE_HAS_HIGH)));
		push(w, infer_of_kinds(BIT(FEEL_RANGE) | BIT(FEEL_NULL)));
		break;
	case OP_LIST:
		make_list(w, (size_t)in->a);
		break;
	case OP_CONTEXT:
		make_context(w, w->task.chunk->consts[in->a].list);
		break;
	case OP_PATH:
		path(w, in);
		break;
	case OP_INDEX:
		drop(w, 1);
		x = pop(w);
		push(w, item_of(x));
		break;
	case OP_FUNCTION:
		make_function(w, in);
		break;
	case OP_INSTANCE:
		drop(w, 1);
		push(w, infer_of_kinds(BIT(FEEL_BOOL)));
		break;
	case OP_COERCE:
		coerce(w, in);
		break;
	case OP_NATIVE:
		native(w, in);
		break;
	default: /* OP_RUN */
		drop(w, (size_t)in->b);
		push(w, infer_of_kinds(INFER_ALL));
		break;
	}
}

static void step(struct walk *w, const struct insn *in)
{
	static void (*const steps[])(struct walk *, const struct insn *) = {
	    [OP_BETWEEN] = between, [OP_IN] = in_test, [OP_IN_ASK] = in_test, [OP_AND] = truths, [OP_OR] = truths, [OP_NOT] = truths,
	    [OP_CALL] = call, [OP_CALL_NAMED] = call_named, [OP_BUILTIN] = builtin, [OP_BUILTIN_NAMED] = builtin_named,
	    [OP_JUMP] = jumps, [OP_UNLESS] = jumps, [OP_PROBE] = jumps, [OP_RETURN] = jumps};
	if (in->op < sizeof steps / sizeof *steps && steps[in->op])
		steps[in->op](w, in);
	else if (in->op <= OP_NIP || in->op == OP_STORE)
		places(w, in);
	else if (in->op >= OP_ADD && in->op <= OP_GE)
		arithmetic(w, in);
	else if (in->op >= OP_ITER && in->op <= OP_SELECT)
		loops(w, in);
	else
		structures(w, in);
}

/* Go through one piece of code, from its entry to its end; bodies of functions are reached by tasks of their own. */
static void go(struct walk *w, const struct task *t)
{
	const struct feel_chunk *c = t->chunk;
	w->task = *t;
	w->n = 0;
	w->dead = w->failed = false;
	w->result = (struct infer){0};
	w->at = ARENA_ARRAY(w->a, c->n + 1, struct place);
	for (size_t i = 0; i < t->n_args; i++)
		push(w, t->args[i]);
	for (size_t pc = t->entry; w->at && pc < c->n && !w->failed; pc++) {
		if (w->at[pc].stack)
			take(w, &w->at[pc]);
		if (!w->dead)
			step(w, &c->code[pc]);
	}
}

static const struct feel_chunk *code_of(const struct dmn_set *s, int32_t element)
{
	const struct node *n = &s->nodes[element];
	return n->element->kind == DMN_DECISION ? n->chunk : NULL;
}

/* A decision, or the function of a business knowledge model. */
static void element(struct walk *w, int32_t index)
{
	const struct node *n = &w->job->s->nodes[index];
	const fval *f = &w->job->s->globals[index];
	const struct feel_chunk *c = code_of(w->job->s, index);
	w->element = index;
	w->tasks.n = 0;
	if (c) {
		go(w, &(struct task){.chunk = c});
		if (!n->type && !w->failed && w->result.kinds)
			w->known[index] = w->result;
	} else if (n->element->kind == DMN_KNOWLEDGE && f->kind == FEEL_FUNCTION && f->function->kind == FUNCTION_CODE) {
		const struct feel_proto *p = f->function->proto;
		struct infer *args = ARENA_ARRAY(w->a, p->n_params, struct infer);
		for (size_t i = 0; args && i < p->n_params; i++)
			args[i] = infer_of_type(p->params[i].type);
		if (args)
			go(w, &(struct task){.chunk = f->function->chunk, .entry = (size_t)p->entry, .args = args, .n_args = p->n_params,
			    .result = p->result});
	}
	for (size_t i = 0; i < w->tasks.n; i++) {
		struct task t = w->tasks.p[i];
		go(w, &t);
	}
}

enum err_code dmn_infer(const struct infer_job *job, struct err *e)
{
	const struct dmn_set *s = job->s;
	AUTO_ARENA a = arena_new(INFER_SCRATCH_BYTES);
	struct walk *w = a ? ARENA_NEW(a, struct walk) : NULL;
	struct infer_kinds *kinds = w ? ARENA_NEW(a, struct infer_kinds) : NULL;
	uint8_t *done = kinds ? arena_alloc(a, s->n_nodes + 1) : NULL;
	struct infer *known = done ? ARENA_ARRAY(a, s->n_nodes + 1, struct infer) : NULL;
	if (!known || !infer_kinds_init(kinds, a, s->zones))
		return fail(e, ERR_NOMEM, "dmn.memory", "there is no memory to look at the types");
	*w = (struct walk){.job = job, .kinds = kinds, .a = a, .known = known};
	for (size_t i = 0; i < s->n_nodes; i++) {
		enum dmn_kind kind = s->nodes[i].element->kind;
		known[i] = kind == DMN_INPUT || kind == DMN_DECISION ? infer_of_type(s->nodes[i].type) : infer_of_value(&s->globals[i]);
	}
	for (size_t i = 0; i < s->n_nodes; i++) {
		const struct node *n = &s->nodes[i];
		for (size_t k = 0; k < n->n_order; k++) /* what is required first */
			if (!done[n->order[k]]) {
				done[n->order[k]] = 1;
				element(w, n->order[k]);
			}
		if (!done[i]) {
			done[i] = 1;
			element(w, (int32_t)i);
		}
	}
	return ERR_OK;
}
