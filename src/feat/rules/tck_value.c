#include "feat/rules/tck_value.h"

#include "engine/feel/time.h"

enum { OPEN_MOST = TREE_DEPTH };

/* A list or context being read. */
struct open {
	const struct tree *at; /* the next item or component */
	bool list;
	fval *items;
	struct feel_entry *entries;
	size_t n;
};

static fval plain(const struct tree *value, const struct feel_zones *zones)
{
	str type = tree_attr(value, "type"), text = value->text.p ? value->text : STR("");
	ptrdiff_t colon = type.p ? str_find_char(type, ':') : -1;
	fval v = feel_string(text);
	decimal d;
	if (str_is(tree_attr(value, "nil"), "true"))
		return FEEL_NULL_VALUE;
	if (colon >= 0)
		type = str_sub(type, (size_t)colon + 1, type.n);
	str trimmed = str_trim(text);
	if (str_is(type, "boolean"))
		return feel_bool(str_is(trimmed, "true") || str_is(trimmed, "1"));
	if (str_is(type, "decimal") || str_is(type, "double") || str_is(type, "integer") || str_is(type, "int") ||
	    str_is(type, "float") || str_is(type, "long"))
		return decimal_parse(trimmed, &d) ? feel_number(d) : v;
	if (str_is(type, "date"))
		(void)feel_parse_date(trimmed, &v);
	else if (str_is(type, "time"))
		(void)feel_parse_time(zones, trimmed, &v);
	else if (str_is(type, "dateTime"))
		(void)feel_parse_date_time(zones, trimmed, &v);
	else if (str_is(type, "duration") || str_is(type, "dayTimeDuration") || str_is(type, "yearMonthDuration"))
		(void)feel_parse_duration(trimmed, &v);
	return v;
}

static const struct tree *next_named(const struct tree *t, const char *name)
{
	while (t && !tree_is(t, name))
		t = t->next;
	return t;
}

/* Begin the list or context in node; false when it holds a plain value (or nothing), which *ret gets. */
static bool begin(const struct tree *node, const struct feel_zones *zones, struct arena *a, struct open *o, fval *ret)
{
	const struct tree *list = tree_child(node, "list"), *value = tree_child(node, "value");
	*ret = FEEL_NULL_VALUE;
	*o = (struct open){0};
	if (list) {
		o->list = true;
		o->at = next_named(list->first, "item");
		o->items = ARENA_ARRAY(a, tree_count(list, "item"), fval);
		return o->items != NULL && !str_is(tree_attr(list, "nil"), "true");
	}
	if (tree_child(node, "component")) {
		o->at = tree_child(node, "component");
		o->entries = ARENA_ARRAY(a, tree_count(node, "component"), struct feel_entry);
		return o->entries != NULL;
	}
	if (value)
		*ret = plain(value, zones);
	return false;
}

static void place(struct open *o, fval v)
{
	if (o->list) {
		o->items[o->n++] = v;
		o->at = next_named(o->at->next, "item");
	} else {
		o->entries[o->n++] = (struct feel_entry){tree_attr(o->at, "name"), v};
		o->at = next_named(o->at->next, "component");
	}
}

fval tck_value(const struct tree *node, const struct feel_zones *zones, struct arena *a)
{
	struct open stack[OPEN_MOST];
	size_t n = 0;
	fval v;
	if (!begin(node, zones, a, &stack[n], &v))
		return v;
	n++;
	for (;;) {
		struct open *o = &stack[n - 1];
		if (!o->at) {
			v = o->list ? feel_list_of(a, o->items, o->n) : feel_context_of(a, o->entries, o->n);
			if (--n == 0)
				return v;
			place(&stack[n - 1], v);
		} else if (n == OPEN_MOST) {
			return FEEL_NULL_VALUE;
		} else if (begin(o->at, zones, a, &stack[n], &v)) {
			n++;
		} else {
			place(o, v);
		}
	}
}

static bool near(decimal a, decimal b)
{
	decimal d;
	if (!decimal_sub(a, b, &d))
		return false;
	d.neg = 0;
	return decimal_cmp(d, decimal_scaled(1, -8)) < 0;
}

static bool same_plain(const struct feel_zones *zones, fval x, fval y)
{
	int32_t ox = 0, oy = 0;
	if (x.kind == FEEL_STRING && y.kind != FEEL_STRING && y.kind != FEEL_NULL) { /* untyped */
		AUTO_BUF text = BUF_INIT(FEEL_STRING_MOST);
		feel_write(&text, zones, y);
		return str_eq(x.string, buf_str(&text));
	}
	if (x.kind != y.kind)
		return false;
	if (x.kind == FEEL_NUMBER)
		return near(x.number, y.number);
	if (x.kind == FEEL_TIME || x.kind == FEEL_DATE_TIME) {
		bool zx = feel_offset_of(zones, x, &ox), zy = feel_offset_of(zones, y, &oy);
		return zx == zy && ox == oy && x.nanos == y.nanos && (x.kind == FEEL_TIME || x.day == y.day);
	}
	return feel_equal(zones, x, y) == FEEL_YES;
}

struct pair {
	fval x, y;
	size_t i;
};

static bool same_shape(fval x, fval y)
{
	return x.kind == FEEL_LIST ? x.list->n == y.list->n : x.context->n == y.context->n;
}

/* The next pair of parts; false when there are none left. *ret_no: a key is missing. */
static bool parts(struct pair *p, struct pair *ret, bool *ret_no)
{
	size_t i = p->i++;
	if (p->x.kind == FEEL_LIST) {
		if (i == p->x.list->n)
			return false;
		*ret = (struct pair){p->x.list->items[i], p->y.list->items[i], 0};
		return true;
	}
	if (i == p->x.context->n)
		return false;
	const fval *other = feel_context_get(p->y.context, p->x.context->entries[i].key);
	*ret_no = !other;
	*ret = (struct pair){p->x.context->entries[i].value, other ? *other : FEEL_NULL_VALUE, 0};
	return true;
}

bool tck_same(const struct feel_zones *zones, fval expected, fval actual)
{
	struct pair stack[FEEL_NESTING_MOST + 2], next = {expected, actual, 0};
	size_t n = 0;
	for (;;) {
		bool nested = (next.x.kind == FEEL_LIST || next.x.kind == FEEL_CONTEXT) && next.x.kind == next.y.kind;
		if (nested && !same_shape(next.x, next.y))
			return false;
		if (!nested && !same_plain(zones, next.x, next.y))
			return false;
		if (nested)
			stack[n++] = next;
		bool missing = false;
		while (n && !parts(&stack[n - 1], &next, &missing))
			n--;
		if (!n)
			return true;
		if (missing)
			return false;
	}
}
