#include "engine/feel/emit.h"

#include <stdarg.h>

#include "engine/feel/builtin.h"
#include "engine/feel/vm.h"

bool feel_compiler_init(struct feel_compiler *c, struct arena *a, const struct feel_zones *zones)
{
	*c = (struct feel_compiler){.arena = a, .zones = zones};
	c->words = feel_names_new(a);
	c->types = feel_names_new(a);
	c->library = feel_names_new(a);
	bool ok = c->words && c->types && c->library;
	for (int32_t i = 0; ok && i < feel_builtin_count(); i++)
		ok = feel_names_add(c->library, str_of(feel_builtin_name(i)), i);
	static const char *const parts[] = {"time offset", "start included", "end included"};
	for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++)
		ok = feel_names_add(c->words, str_of(parts[i]), 0);
	return ok;
}

void feel_diag(struct feel_compiler *c, bool error, const char *id, uint32_t pos, const char *fmt, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (c->diags.n >= FEEL_DIAGS_MOST)
		return;
	struct feel_diag *d = VEC_ADD(&c->diags, c->arena);
	if (d)
		*d = (struct feel_diag){.id = id, .text = arena_str(c->arena, str_of(text)),
		    .line = pos / FEEL_POS_COLUMNS, .col = pos % FEEL_POS_COLUMNS, .error = error};
}

void emit_begin(struct emit *e, struct feel_compiler *c, const struct feel_names *globals, int32_t params)
{
	*e = (struct emit){.c = c, .globals = globals, .depth = params, .depth_most = params};
}

static void grow(struct emit *e, int32_t by)
{
	e->depth += by;
	if (e->depth > e->depth_most)
		e->depth_most = e->depth;
}

/* How many values the instruction leaves more than it takes. */
static int32_t effect(enum feel_op op, int32_t a, int32_t b)
{
	switch (op) {
	case OP_CONST:
	case OP_LOAD:
	case OP_GLOBAL:
	case OP_CAPTURE:
	case OP_SELF:
	case OP_ERROR:
	case OP_BUILDER:
	case OP_FUNCTION:
	case OP_ITER:
		return 1;
	case OP_FILTER:
		return 3;
	case OP_POP:
	case OP_NIP:
		return -a;
	case OP_NEG:
	case OP_NOT:
	case OP_PATH:
	case OP_PROBE:
	case OP_JUMP:
	case OP_ITER_TO:
	case OP_NEXT:
	case OP_COLLECT:
	case OP_INSTANCE:
	case OP_COERCE:
	case OP_RETURN:
		return 0;
	case OP_ADD:
	case OP_SUB:
	case OP_MUL:
	case OP_DIV:
	case OP_POW:
	case OP_EQ:
	case OP_NE:
	case OP_LT:
	case OP_LE:
	case OP_GT:
	case OP_GE:
	case OP_AND:
	case OP_OR:
	case OP_IN:
	case OP_IN_ASK:
	case OP_INDEX:
	case OP_UNLESS:
	case OP_APPEND:
	case OP_SOME:
	case OP_EVERY:
	case OP_SELECT:
	case OP_STORE:
		return -1;
	case OP_BETWEEN:
		return -2;
	case OP_RANGE:
		return 1 - !!(a & RANGE_HAS_LOW) - !!(a & RANGE_HAS_HIGH);
	case OP_LIST:
		return 1 - a;
	case OP_CALL:
		return -a;
	case OP_BUILTIN:
	case OP_NATIVE:
	case OP_RUN:
		return 1 - b;
	case OP_CONTEXT:
	case OP_CALL_NAMED:
	case OP_BUILTIN_NAMED:
		return 0; /* the caller counts */
	}
	return 0;
}

size_t emit_op(struct emit *e, enum feel_op op, int32_t a, int32_t b)
{
	struct insn *i = e->code.n < FEEL_CODE_MOST ? VEC_ADD(&e->code, e->c->arena) : NULL;
	if (!i) {
		e->failed = true;
		return 0;
	}
	*i = (struct insn){.op = (uint8_t)op, .a = a, .b = b, .pos = e->pos};
	grow(e, effect(op, a, b));
	return e->code.n - 1;
}

size_t emit_here(struct emit *e)
{
	e->barrier = e->code.n;
	return e->code.n;
}

void emit_patch(struct emit *e, size_t at)
{
	if (at >= e->code.n)
		return;
	struct insn *i = &e->code.p[at];
	int32_t here = (int32_t)emit_here(e);
	if (i->op == OP_PROBE)
		i->c = here;
	else if (i->op == OP_SOME || i->op == OP_EVERY || i->op == OP_SELECT)
		i->b = here;
	else
		i->a = here;
}

void emit_patch_end(struct emit *e, size_t at)
{
	if (at < e->code.n && e->code.p[at].op == OP_UNLESS)
		e->code.p[at].b = (int32_t)emit_here(e);
}

int32_t emit_const_index(struct emit *e, fval v)
{
	fval *slot = VEC_ADD(&e->consts, e->c->arena);
	if (!slot) {
		e->failed = true;
		return 0;
	}
	*slot = v;
	return (int32_t)e->consts.n - 1;
}

void emit_const(struct emit *e, fval v)
{
	(void)emit_op(e, OP_CONST, emit_const_index(e, v), 0);
}

void emit_error(struct emit *e, const char *text)
{
	str copy = arena_str(e->c->arena, str_of(text));
	(void)emit_op(e, OP_ERROR, emit_const_index(e, feel_string(copy)), 0);
}

int32_t emit_names_index(struct emit *e, const str *names, size_t n)
{
	fval *items = ARENA_ARRAY(e->c->arena, n, fval);
	if (!items) {
		e->failed = true;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		items[i] = feel_string(names[i]);
	return emit_const_index(e, feel_list_of(e->c->arena, items, n));
}

bool emit_constants(const struct emit *e, size_t n, fval *ret)
{
	if (e->failed || e->code.n < n || e->code.n - n < e->barrier)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct insn *in = &e->code.p[e->code.n - n + i];
		if (in->op != OP_CONST)
			return false;
		ret[i] = e->consts.p[in->a];
	}
	return true;
}

void emit_unwind(struct emit *e, size_t n)
{
	for (; n && e->code.n; n--) {
		const struct insn *i = &e->code.p[--e->code.n];
		grow(e, -effect((enum feel_op)i->op, i->a, i->b));
	}
}

struct feel_range feel_range_with(int32_t flags, const fval *bounds)
{
	struct feel_range r = {
	    .has_low = flags & RANGE_HAS_LOW, .has_high = flags & RANGE_HAS_HIGH,
	    .low_closed = flags & RANGE_LOW_CLOSED, .high_closed = flags & RANGE_HIGH_CLOSED,
	    .negated = flags & RANGE_NEGATED, .equal = flags & RANGE_EQUAL};
	size_t n = 0;
	if (r.has_low)
		r.low = bounds[n++];
	if (r.has_high)
		r.high = bounds[n];
	if (r.equal || r.negated)
		r.high = r.low;
	return r;
}

void emit_range(struct emit *e, int32_t flags)
{
	fval bounds[2];
	size_t n = (size_t)(!!(flags & RANGE_HAS_LOW) + !!(flags & RANGE_HAS_HIGH));
	if (!emit_constants(e, n, bounds)) {
		(void)emit_op(e, OP_RANGE, flags, 0);
		return;
	}
	fval v = feel_make_range(e->c->arena, e->c->zones, flags, bounds);
	if (v.kind != FEEL_RANGE) {
		(void)emit_op(e, OP_RANGE, flags, 0);
		return;
	}
	emit_unwind(e, n);
	emit_const(e, v);
}

enum { FOLD_MOST = 64 };

void emit_list(struct emit *e, size_t n)
{
	fval items[FOLD_MOST];
	if (n == 0 || n > FOLD_MOST || !emit_constants(e, n, items)) {
		(void)emit_op(e, OP_LIST, (int32_t)n, 0);
		return;
	}
	fval *copy = ARENA_ARRAY(e->c->arena, n, fval);
	if (!copy) {
		e->failed = true;
		return;
	}
	memcpy(copy, items, n * sizeof *copy);
	emit_unwind(e, n);
	emit_const(e, feel_list_of(e->c->arena, copy, n));
}

void emit_negate(struct emit *e)
{
	fval v;
	if (!emit_constants(e, 1, &v) || v.kind != FEEL_NUMBER) {
		(void)emit_op(e, OP_NEG, 0, 0);
		return;
	}
	emit_unwind(e, 1);
	emit_const(e, feel_number(decimal_neg(v.number)));
}

void emit_builtin(struct emit *e, int32_t builtin, size_t n)
{
	fval args[8], v;
	if (n && n <= 8 && feel_builtin_foldable(builtin) && emit_constants(e, n, args)) {
		v = feel_builtin_fold(e->c->arena, e->c->zones, builtin, args, n);
		if (v.kind != FEEL_NULL) {
			emit_unwind(e, n);
			emit_const(e, v);
			return;
		}
	}
	(void)emit_op(e, OP_BUILTIN, builtin, (int32_t)n);
}

void emit_bind(struct emit *e, str name, enum scope_kind kind, int32_t slot)
{
	struct scope_name *s = e->scope.n < FEEL_LOCALS_MOST ? VEC_ADD(&e->scope, e->c->arena) : NULL;
	if (!s) {
		if (!e->failed)
			feel_diag(e->c, true, "feel.limit", e->pos, "more than %d names are bound here",
			    FEEL_LOCALS_MOST);
		e->failed = true;
		return;
	}
	*s = (struct scope_name){.name = name, .kind = kind, .slot = slot};
}

static int32_t add_capture(struct emit *e, size_t level, struct capture c)
{
	struct function_state *f = &e->functions[level];
	for (size_t i = 0; i < f->captures.n; i++)
		if (f->captures.p[i].kind == c.kind && f->captures.p[i].index == c.index)
			return (int32_t)i;
	struct capture *slot = VEC_ADD(&f->captures, e->c->arena);
	if (!slot) {
		e->failed = true;
		return 0;
	}
	*slot = c;
	return (int32_t)f->captures.n - 1;
}

void emit_scope(struct emit *e, size_t index)
{
	struct scope_name s = e->scope.p[index];
	size_t level = e->n_functions; /* functions entered since the name was bound */
	while (level > 0 && e->functions[level - 1].scope_base > index)
		level--;
	if (s.kind == SCOPE_SELF && level == e->n_functions) {
		emit_error(e, "a value cannot refer to itself");
		return;
	}
	if (level == e->n_functions) {
		(void)emit_op(e, OP_LOAD, s.slot, 0);
		return;
	}
	struct capture c = {s.kind == SCOPE_SELF ? CAPTURE_SELF : CAPTURE_LOCAL, s.slot};
	if (s.kind == SCOPE_SELF) {
		level++; /* the function made for the name is the one that runs at this level */
		if (level == e->n_functions) {
			(void)emit_op(e, OP_SELF, 0, 0);
			return;
		}
		c.index = 0;
	}
	for (; level < e->n_functions; level++)
		c = (struct capture){CAPTURE_OUTER, add_capture(e, level, c)};
	(void)emit_op(e, OP_CAPTURE, c.index, 0);
}

void emit_variable(struct emit *e, str name, int32_t global)
{
	size_t probes[FEEL_FUNCTIONS_DEEP], n = 0, i = e->scope.n;
	int32_t key = -1, before = e->depth;
	for (; i-- > 0;) {
		const struct scope_name *s = &e->scope.p[i];
		bool bound = str_eq(s->name, name); /* an item's own entry "item" goes before the item */
		if (bound && (s->kind != SCOPE_ITEM || n == FEEL_FUNCTIONS_DEEP))
			break;
		if (s->kind != SCOPE_ITEM || n == FEEL_FUNCTIONS_DEEP || str_is(name, "?"))
			continue;
		if (key < 0)
			key = emit_const_index(e, feel_string(name));
		emit_scope(e, i); /* OP_PROBE takes it off again when the entry is not there */
		grow(e, -1);
		probes[n++] = emit_op(e, OP_PROBE, 0, key);
		if (bound)
			break;
	}
	if (i != SIZE_MAX) {
		emit_scope(e, i);
	} else if (global >= 0) {
		(void)emit_op(e, OP_GLOBAL, global, 0);
	} else {
		char text[FEEL_NAME_MOST + 80];
		(void)snprintf(text, sizeof text, "there is nothing called %.*s here (text needs double quotes)", (int)(name.n < 400 ? name.n : 400),
		    name.p ? name.p : "");
		emit_error(e, text);
		if (!n)
			feel_diag(e->c, false, "feel.name", e->pos, "%s", text);
	}
	for (size_t k = 0; k < n; k++)
		emit_patch(e, probes[k]);
	e->depth = before + 1;
}

void emit_function_begin(struct emit *e, const struct feel_param *params, size_t n)
{
	struct feel_proto *p = VEC_ADD(&e->protos, e->c->arena);
	if (!p || e->n_functions == FEEL_FUNCTIONS_DEEP) {
		if (p)
			feel_diag(e->c, true, "feel.limit", e->pos, "functions nest at most %d levels",
			    FEEL_FUNCTIONS_DEEP);
		e->failed = true;
		return;
	}
	size_t jump = emit_op(e, OP_JUMP, 0, 0);
	*p = (struct feel_proto){.entry = (int32_t)emit_here(e), .params = params, .n_params = n};
	e->functions[e->n_functions++] = (struct function_state){
	    .scope_base = e->scope.n, .depth = e->depth, .jump = jump, .proto = e->protos.n - 1};
	e->depth = 0;
	grow(e, (int32_t)n);
	for (size_t i = 0; i < n; i++)
		emit_bind(e, params[i].name, SCOPE_LOCAL, (int32_t)i);
}

void emit_function_end(struct emit *e, const struct feel_type *result)
{
	if (e->failed || !e->n_functions)
		return;
	struct function_state *f = &e->functions[--e->n_functions];
	(void)emit_op(e, OP_RETURN, 0, 0);
	struct feel_proto *p = &e->protos.p[f->proto];
	p->captures = f->captures.p;
	p->n_captures = f->captures.n;
	p->result = result;
	e->scope.n = f->scope_base;
	e->depth = f->depth;
	emit_patch(e, f->jump);
	(void)emit_op(e, OP_FUNCTION, (int32_t)f->proto, 0);
}

int32_t emit_type_index(struct emit *e, const struct feel_type *t)
{
	const struct feel_type **slot = VEC_ADD(&e->types, e->c->arena);
	if (!slot) {
		e->failed = true;
		return 0;
	}
	*slot = t;
	return (int32_t)e->types.n - 1;
}

void emit_coerce(struct emit *e, const struct feel_type *t)
{
	if (t && t->kind != FEEL_TYPE_ANY)
		(void)emit_op(e, OP_COERCE, emit_type_index(e, t), 0);
}

struct feel_chunk *emit_end(struct emit *e, int32_t params)
{
	(void)emit_op(e, OP_RETURN, 0, 0);
	struct feel_chunk *c = ARENA_NEW(e->c->arena, struct feel_chunk);
	if (!c || e->failed) {
		feel_diag(e->c, true, "feel.limit", e->pos, "this is too large to be compiled");
		return NULL;
	}
	*c = (struct feel_chunk){.code = e->code.p, .n = e->code.n, .consts = e->consts.p, .protos = e->protos.p,
	    .types = e->types.p, .natives = e->natives.p, .chunks = e->chunks.p, .n_params = params,
	    .stack_most = e->depth_most + 4, .asks = e->asks};
	return c;
}
