#include "feat/rules/json_value.h"

#include "engine/feel/time.h"

struct open {
	const struct json *j;
	const struct feel_type *type;
	fval *items;
	struct feel_entry *entries;
	size_t i;
};

static fval text_value(str s, const struct feel_type *type, const struct feel_zones *zones)
{
	fval v = feel_string(s);
	if (type && type->kind == FEEL_TYPE_DURATION)
		(void)feel_parse_duration(s, &v);
	if (!type || type->kind != FEEL_TYPE_PLAIN)
		return v;
	if (type->plain == FEEL_DATE)
		(void)feel_parse_date(s, &v);
	else if (type->plain == FEEL_TIME)
		(void)feel_parse_time(zones, s, &v);
	else if (type->plain == FEEL_DATE_TIME)
		(void)feel_parse_date_time(zones, s, &v);
	else if (type->plain == FEEL_DAYS || type->plain == FEEL_MONTHS)
		(void)feel_parse_duration(s, &v);
	return v;
}

static fval plain(const struct json *j, const struct feel_type *type, const struct feel_zones *zones)
{
	decimal d;
	if (type && type->kind == FEEL_TYPE_LIST && type->element)
		type = type->element; /* a single item where a list is expected */
	switch (j->kind) {
	case JSON_IS_BOOL:
		return feel_bool(j->boolean);
	case JSON_IS_NUMBER:
		return decimal_parse(j->text, &d) ? feel_number(d) : FEEL_NULL_VALUE;
	case JSON_IS_STRING:
		return text_value(j->text, type, zones);
	default:
		return FEEL_NULL_VALUE;
	}
}

static bool open_value(struct open *o, const struct json *j, const struct feel_type *type, struct arena *a)
{
	*o = (struct open){.j = j, .type = type};
	if (j->kind == JSON_IS_ARRAY)
		o->items = ARENA_ARRAY(a, j->n, fval);
	else if (j->kind == JSON_IS_OBJECT)
		o->entries = ARENA_ARRAY(a, j->n, struct feel_entry);
	return o->items || o->entries;
}

static const struct feel_type *part_type(const struct open *o)
{
	const struct feel_type *t = o->type;
	if (!t)
		return NULL;
	if (o->items)
		return t->kind == FEEL_TYPE_LIST ? t->element : NULL;
	if (t->kind == FEEL_TYPE_LIST && t->element)
		t = t->element;
	for (size_t i = 0; t->kind == FEEL_TYPE_CONTEXT && i < t->n_fields; i++)
		if (str_eq(t->fields[i].name, o->j->keys[o->i]))
			return t->fields[i].type;
	return NULL;
}

static void place(struct open *o, fval v)
{
	if (o->items)
		o->items[o->i] = v;
	else
		o->entries[o->i] = (struct feel_entry){o->j->keys[o->i], v};
	o->i++;
}

fval json_value(const struct json *j, const struct feel_type *type, const struct feel_zones *zones, struct arena *a)
{
	struct open stack[JSON_DEPTH + 1];
	size_t n = 0;
	if (!open_value(&stack[0], j, type, a))
		return plain(j, type, zones);
	for (n = 1;;) {
		struct open *o = &stack[n - 1];
		if (o->i == o->j->n) {
			fval v = o->items ? feel_list_of(a, o->items, o->i) : feel_context_of(a, o->entries, o->i);
			if (--n == 0)
				return v;
			place(&stack[n - 1], v);
			continue;
		}
		const struct json *part = &o->j->items[o->i];
		const struct feel_type *t = part_type(o);
		if (n <= JSON_DEPTH && open_value(&stack[n], part, t, a))
			n++;
		else
			place(o, plain(part, t, zones));
	}
}
