#include "engine/feel/emit.h"

const struct feel_type feel_type_any = {.kind = FEEL_TYPE_ANY, .name = {"Any", 3}};

const struct feel_type *feel_type_plain(str name)
{
	static const struct feel_type types[] = {
	    {.kind = FEEL_TYPE_ANY, .name = {"Any", 3}},
	    {.kind = FEEL_TYPE_NULL, .name = {"Null", 4}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_NUMBER, .name = {"number", 6}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_STRING, .name = {"string", 6}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_BOOL, .name = {"boolean", 7}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_DATE, .name = {"date", 4}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_TIME, .name = {"time", 4}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_DATE_TIME, .name = {"date and time", 13}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_DATE_TIME, .name = {"dateTime", 8}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_DAYS, .name = {"days and time duration", 22}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_DAYS, .name = {"dayTimeDuration", 15}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_MONTHS, .name = {"years and months duration", 25}},
	    {.kind = FEEL_TYPE_PLAIN, .plain = FEEL_MONTHS, .name = {"yearMonthDuration", 17}},
	    {.kind = FEEL_TYPE_DURATION, .name = {"duration", 8}},
	    {.kind = FEEL_TYPE_LIST, .name = {"list", 4}},
	    {.kind = FEEL_TYPE_CONTEXT, .open = true, .name = {"context", 7}},
	    {.kind = FEEL_TYPE_RANGE, .name = {"range", 5}},
	    {.kind = FEEL_TYPE_FUNCTION, .open = true, .name = {"function", 8}},
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(types[i].name, name))
			return &types[i];
	return NULL;
}

enum { TYPES_DEEP = 50, FIELDS_MOST = 500 };

struct building {
	enum feel_type_kind kind;
	VEC(struct feel_field) fields;
	bool result; /* of a function: the parameters are complete */
};

struct type_reader {
	struct feel_compiler *c;
	str s;
	size_t at;
	struct building stack[TYPES_DEEP];
	size_t n;
};

static void skip(struct type_reader *r)
{
	r->at = feel_skip_blanks(r->s, r->at);
}

static bool take(struct type_reader *r, const char *text)
{
	skip(r);
	str t = str_of(text);
	if (!str_eq(str_sub(r->s, r->at, r->at + t.n), t))
		return false;
	r->at += t.n;
	return true;
}

/* The name of a field and ':', before its type. */
static bool field_name(struct type_reader *r, struct building *b)
{
	skip(r);
	size_t from = r->at;
	while (r->at < r->s.n && !strchr(":,<>()", r->s.p[r->at]))
		r->at++;
	str name = feel_name_normal(r->c->arena, str_sub(r->s, from, r->at));
	struct feel_field *f = b->fields.n < FIELDS_MOST ? VEC_ADD(&b->fields, r->c->arena) : NULL;
	if (!name.n || !f || !take(r, ":"))
		return false;
	f->name = name;
	(void)feel_names_add(r->c->words, name, 0);
	return true;
}

/* A type with parts begins here: true when '<' follows its name. */
static bool begin(struct type_reader *r)
{
	static const struct {
		const char *word;
		enum feel_type_kind kind;
	} kinds[] = {{"list", FEEL_TYPE_LIST}, {"context", FEEL_TYPE_CONTEXT}, {"range", FEEL_TYPE_RANGE},
	    {"function", FEEL_TYPE_FUNCTION}};
	size_t end = feel_word_end(r->s, r->at), from = r->at;
	str word = str_sub(r->s, r->at, end);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!str_is(word, kinds[i].word))
			continue;
		r->at = end;
		if (!take(r, "<") || r->n == TYPES_DEEP) {
			r->at = from;
			return false;
		}
		r->stack[r->n++] = (struct building){.kind = kinds[i].kind};
		return true;
	}
	return false;
}

static const struct feel_type *simple(struct type_reader *r)
{
	static const char *const names[] = {"years and months duration", "days and time duration", "date and time"};
	str name;
	int32_t number;
	size_t end = feel_names_longest(r->c->types, r->s, r->at, &name, &number);
	if (end) {
		r->at = end;
		return r->c->type_list.p[number];
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		end = feel_name_at(r->s, r->at, str_of(names[i]));
		if (end) {
			r->at = end;
			return feel_type_plain(str_of(names[i]));
		}
	}
	end = feel_word_end(r->s, r->at);
	const struct feel_type *t = feel_type_plain(str_sub(r->s, r->at, end));
	if (t)
		r->at = end;
	return t;
}

static const struct feel_type *build(struct type_reader *r, struct feel_type t)
{
	struct feel_type *p = ARENA_NEW(r->c->arena, struct feel_type);
	if (p)
		*p = t;
	return p;
}

/* Give the complete type t to what is open; returns what is complete then, or NULL when more must be read (*ret_more)
 * or the text is wrong. */
static const struct feel_type *place(struct type_reader *r, const struct feel_type *t, bool *ret_more)
{
	struct building *b = &r->stack[r->n - 1];
	struct feel_type made = {.kind = b->kind, .fields = b->fields.p, .n_fields = b->fields.n};
	switch (b->kind) {
	case FEEL_TYPE_CONTEXT:
		b->fields.p[b->fields.n - 1].type = t;
		if (take(r, ",")) {
			*ret_more = field_name(r, b);
			return NULL;
		}
		made.fields = b->fields.p;
		break;
	case FEEL_TYPE_FUNCTION:
		if (b->result) {
			made.element = t;
			r->n--;
			return build(r, made);
		}
		struct feel_field *f = b->fields.n < FIELDS_MOST ? VEC_ADD(&b->fields, r->c->arena) : NULL;
		if (!f)
			return NULL;
		f->type = t;
		if (take(r, ",")) {
			*ret_more = true;
			return NULL;
		}
		b->result = true;
		*ret_more = take(r, ">") && take(r, "->");
		return NULL;
	default:
		made.element = t;
		break;
	}
	if (!take(r, ">"))
		return NULL;
	r->n--;
	return build(r, made);
}

const struct feel_type *feel_parse_type(struct feel_compiler *c, str text, size_t *at)
{
	struct type_reader r = {.c = c, .s = text, .at = *at};
	for (;;) {
		const struct feel_type *t = NULL;
		skip(&r);
		if (begin(&r)) {
			struct building *b = &r.stack[r.n - 1];
			if (b->kind == FEEL_TYPE_CONTEXT && take(&r, ">")) { /* "context<>": any context */
				r.n--;
				t = build(&r, (struct feel_type){.kind = FEEL_TYPE_CONTEXT});
			} else if (b->kind == FEEL_TYPE_CONTEXT && !field_name(&r, b)) {
				return NULL;
			}
			if (b->kind == FEEL_TYPE_FUNCTION && take(&r, ">")) {
				b->result = true;
				if (!take(&r, "->"))
					return NULL;
			}
			if (!t)
				continue;
		}
		if (!t)
			t = simple(&r);
		bool more = false;
		while (t && r.n)
			t = place(&r, t, &more);
		if (more)
			continue;
		if (t)
			*at = r.at;
		return t;
	}
}
