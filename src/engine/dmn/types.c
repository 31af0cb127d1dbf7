#include <stdarg.h>

#include "engine/dmn/set.h"

void dmn_diag_add(struct dmn_set *s, const struct dmn_model *m, bool error, const char *id, uint32_t line, const char *fmt,
    ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	struct dmn_diag *d = VEC_ADD(&s->diags, s->arena);
	if (d)
		*d = (struct dmn_diag){.id = id, .file = m->file, .text = arena_str(s->arena, str_of(text)),
		    .line = line, .col = 1, .error = error};
}

void dmn_take_diags(struct dmn_set *s, const struct dmn_model *m)
{
	for (size_t i = 0; i < s->compiler.diags.n; i++) {
		const struct feel_diag *from = &s->compiler.diags.p[i];
		struct dmn_diag *d = VEC_ADD(&s->diags, s->arena);
		if (d)
			*d = (struct dmn_diag){.id = from->id, .file = m->file, .text = from->text,
			    .line = from->line, .col = from->col, .error = from->error};
	}
	s->compiler.diags.n = 0;
}

static size_t model_index(const struct dmn_set *s, const struct dmn_model *m)
{
	size_t i = 0;
	while (s->models[i] != m)
		i++;
	return i;
}

const struct feel_type *dmn_type(struct dmn_set *s, const struct dmn_model *m, str name, uint32_t line)
{
	name = str_trim(name);
	ptrdiff_t colon = str_find_char(name, ':'); /* "feel:number" of DMN 1.1 */
	if (colon >= 0 && feel_type_plain(str_sub(name, (size_t)colon + 1, name.n)))
		name = str_sub(name, (size_t)colon + 1, name.n);
	if (!name.n)
		return NULL;
	size_t at = 0;
	s->compiler.types = s->types[model_index(s, m)];
	const struct feel_type *t = feel_parse_type(&s->compiler, name, &at);
	if ((!t || at != name.n) && colon >= 0) {
		str local = str_sub(name, (size_t)colon + 1, name.n);
		at = 0;
		t = feel_parse_type(&s->compiler, local, &at);
		name = local;
	}
	if (!t || at != name.n) {
		dmn_diag_add(s, m, false, "dmn.type", line, "there is no type \"%.*s\"", STR_ARG(name));
		return NULL;
	}
	return t;
}

/* An item definition to be made into a type. */
struct job {
	const struct dmn_item *item;
	struct feel_type *into;
	struct feel_field *field; /* of a component: where the type goes; NULL for a definition */
};

struct building {
	struct dmn_set *s;
	const struct dmn_model *m;
	VEC(struct job) jobs;
};

static const struct feel_chunk *tests_of(struct building *b, const struct dmn_text *text)
{
	if (!str_trim(text->text).n)
		return NULL;
	struct emit *e = ARENA_NEW(b->s->arena, struct emit);
	if (!e)
		return NULL;
	emit_begin(e, &b->s->compiler, NULL, 1);
	feel_emit_tests(e, text->text, text->line, text->col, 0);
	const struct feel_chunk *c = emit_end(e, 1);
	dmn_take_diags(b->s, b->m);
	return c;
}

static struct feel_type *new_type(struct building *b)
{
	return ARENA_NEW(b->s->arena, struct feel_type);
}

static bool add_job(struct building *b, const struct dmn_item *item, struct feel_type *into)
{
	struct job *j = VEC_ADD(&b->jobs, b->s->arena);
	if (j)
		*j = (struct job){.item = item, .into = into};
	return j != NULL;
}

/* The components of an item as fields; each is a job of its own. */
static bool make_fields(struct building *b, const struct dmn_item *item, struct feel_type *t)
{
	struct feel_field *f = ARENA_ARRAY(b->s->arena, item->n_components, struct feel_field);
	if (!f)
		return false;
	for (size_t i = 0; i < item->n_components; i++) {
		struct feel_type *part = new_type(b);
		if (!part || !add_job(b, &item->components[i], part))
			return false;
		f[i] = (struct feel_field){feel_name_normal(b->s->arena, item->components[i].name), part};
		(void)feel_names_add(b->s->compiler.words, item->components[i].name, 0);
	}
	t->fields = f;
	t->n_fields = item->n_components;
	return true;
}

/* Everything but the reference to another type is known at once; that is filled in when the other is complete. */
static bool begin_type(struct building *b, const struct job *j)
{
	const struct dmn_item *item = j->item;
	struct feel_type *t = j->into, *core = t;
	t->name = arena_str(b->s->arena, item->name);
	if (item->list) {
		core = new_type(b);
		if (!core)
			return false;
		core->name = t->name;
		t->kind = FEEL_TYPE_LIST;
		t->element = core;
		t->allowed = tests_of(b, &item->constraint);
	}
	core->allowed = tests_of(b, &item->allowed);
	if (!item->list && !core->allowed)
		core->allowed = tests_of(b, &item->constraint);
	if (item->is_function) {
		core->kind = FEEL_TYPE_FUNCTION;
		core->element = dmn_type(b->s, b->m, item->type, item->line);
		return make_fields(b, item, core);
	}
	if (item->n_components) {
		core->kind = FEEL_TYPE_CONTEXT;
		return make_fields(b, item, core);
	}
	core->kind = FEEL_TYPE_ANY; /* until the type it refers to is complete */
	return true;
}

/* Copy what the referred type is; keeps name and own tests. True when it was complete. */
static bool refer(struct feel_type *core, const struct feel_type *to)
{
	if (to->kind == FEEL_TYPE_ANY && to->open)
		return false; /* not complete itself */
	struct feel_type kept = *core;
	*core = *to;
	core->name = kept.name;
	if (kept.allowed)
		core->allowed = kept.allowed;
	return true;
}

enum { REFERENCES_DEEP = 100 };

static void resolve(struct building *b)
{
	for (size_t i = 0; i < b->jobs.n; i++) {
		struct feel_type *t = b->jobs.p[i].into;
		struct feel_type *core = b->jobs.p[i].item->list && t->element ? (struct feel_type *)(uintptr_t)t->element : t;
		if (core->kind == FEEL_TYPE_ANY)
			core->open = true; /* marks: waiting */
	}
	for (size_t round = 0, waiting = 1; waiting && round < REFERENCES_DEEP; round++) {
		waiting = 0;
		for (size_t i = 0; i < b->jobs.n; i++) {
			const struct dmn_item *item = b->jobs.p[i].item;
			struct feel_type *t = b->jobs.p[i].into;
			struct feel_type *core = item->list ? (struct feel_type *)(uintptr_t)t->element : t;
			if (core->kind != FEEL_TYPE_ANY || !core->open)
				continue;
			const struct feel_type *to = dmn_type(b->s, b->m, item->type, item->line);
			if (!to || to == core || to == t)
				core->open = false;
			else if (!refer(core, to))
				waiting++;
		}
	}
	for (size_t i = 0; i < b->jobs.n; i++) {
		struct feel_type *t = b->jobs.p[i].into;
		if (t->kind == FEEL_TYPE_ANY && t->open) {
			t->open = false;
			dmn_diag_add(b->s, b->m, true, "dmn.type.circle", b->jobs.p[i].item->line,
			    "the type \"%.*s\" is made of itself", STR_ARG(b->jobs.p[i].item->name));
		}
	}
}

static bool name_type(struct dmn_set *s, size_t model, str name, const struct feel_type *t)
{
	const struct feel_type **slot = VEC_ADD(&s->compiler.type_list, s->arena);
	if (!slot)
		return false;
	*slot = t;
	return feel_names_add(s->types[model], name, (int32_t)s->compiler.type_list.n - 1);
}

static bool model_types(struct dmn_set *s, size_t model)
{
	struct building b = {.s = s, .m = s->models[model]};
	for (size_t i = 0; i < b.m->n_items; i++) {
		struct feel_type *t = new_type(&b);
		if (!t || !add_job(&b, &b.m->items[i], t))
			return false;
		if (!name_type(s, model, b.m->items[i].name, t))
			dmn_diag_add(s, b.m, true, "dmn.name", b.m->items[i].line, "\"%.*s\" cannot be the name of a type",
			    STR_ARG(b.m->items[i].name));
	}
	for (size_t i = 0; i < b.jobs.n; i++) {
		struct job j = b.jobs.p[i];
		if (!begin_type(&b, &j))
			return false;
	}
	resolve(&b);
	return true;
}

/* The types of imported models are known as "import.name". */
static bool import_types(struct dmn_set *s, size_t model)
{
	const struct dmn_model *m = s->models[model];
	for (size_t i = 0; i < m->n_imports; i++)
		for (size_t k = 0; k < s->n_models; k++) {
			const struct dmn_model *from = s->models[k];
			if (from == m || !str_eq(from->ns, m->imports[i].ns))
				continue;
			for (size_t t = 0; t < from->n_items; t++) {
				str full = m->imports[i].name.n ? arena_fmt(s->arena, "%.*s.%.*s",
				    STR_ARG(m->imports[i].name), STR_ARG(from->items[t].name)) : from->items[t].name;
				str found;
				int32_t number;
				size_t end = feel_names_longest(s->types[k], from->items[t].name, 0, &found, &number);
				if (end && full.p && !feel_names_add(s->types[model], full, number))
					return false;
			}
		}
	return true;
}

enum err_code dmn_compile_types(struct dmn_set *s, struct err *e)
{
	s->types = ARENA_ARRAY(s->arena, s->n_models + 1, struct feel_names *);
	if (!s->types)
		return arena_fail(s->arena, e);
	for (size_t i = 0; i < s->n_models; i++) {
		s->types[i] = feel_names_new(s->arena);
		if (!s->types[i])
			return arena_fail(s->arena, e);
	}
	/* models without imports first, so that importers find the types */
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < s->n_models; i++) {
			if ((s->models[i]->n_imports != 0) != (pass == 1))
				continue;
			if (!import_types(s, i) || !model_types(s, i))
				return arena_fail(s->arena, e);
		}
	for (size_t i = 0; i < s->n_models; i++)
		if (!import_types(s, i))
			return arena_fail(s->arena, e);
	return ERR_OK;
}
