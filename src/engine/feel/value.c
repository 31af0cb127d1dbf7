#include "engine/feel/value.h"

#include <stdarg.h>

#include "base/arena.h"
#include "engine/feel/time.h"

const char *feel_kind_name(enum feel_kind kind)
{
	static const char *const names[] = {
	    [FEEL_NULL] = "Null", [FEEL_BOOL] = "boolean", [FEEL_NUMBER] = "number", [FEEL_STRING] = "string",
	    [FEEL_DATE] = "date", [FEEL_TIME] = "time", [FEEL_DATE_TIME] = "date and time",
	    [FEEL_DAYS] = "days and time duration", [FEEL_MONTHS] = "years and months duration",
	    [FEEL_LIST] = "list", [FEEL_CONTEXT] = "context", [FEEL_RANGE] = "range",
	    [FEEL_FUNCTION] = "function", [FEEL_INTERNAL] = "internal",
	};
	return names[kind];
}

fval feel_error(struct arena *a, const char *id, uint32_t line, uint32_t col, const char *fmt, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	struct feel_cause *c = ARENA_NEW(a, struct feel_cause);
	if (!c)
		return FEEL_NULL_VALUE;
	*c = (struct feel_cause){.id = id, .text = arena_str(a, str_of(text)), .line = line, .col = col};
	return (fval){.kind = FEEL_NULL, .cause = c};
}

static uint32_t depth_of(fval v)
{
	if (v.kind == FEEL_LIST)
		return v.list->depth;
	return v.kind == FEEL_CONTEXT ? v.context->depth : 0;
}

fval feel_list_of(struct arena *a, const fval *items, size_t n)
{
	uint32_t depth = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t d = depth_of(items[i]);
		depth = d > depth ? d : depth;
	}
	if (depth >= FEEL_NESTING_MOST || n > FEEL_LIST_MOST)
		return feel_error(a, "feel.limit", 0, 0, "a list has at most %d items and %d levels",
		    FEEL_LIST_MOST, FEEL_NESTING_MOST);
	struct feel_list *l = ARENA_NEW(a, struct feel_list);
	if (!l)
		return FEEL_NULL_VALUE;
	*l = (struct feel_list){.n = n, .items = items, .depth = depth + 1};
	return (fval){.kind = FEEL_LIST, .list = l};
}

enum { CONTEXT_SMALL = 12 };

/* Heap sort of indexes by key, then by index: no recursion, no allocation. */
static int entry_cmp(const struct feel_entry *e, uint32_t a, uint32_t b)
{
	int c = str_cmp(e[a].key, e[b].key);
	return c ? c : a < b ? -1 : a > b;
}

static void sift(const struct feel_entry *e, uint32_t *o, size_t at, size_t n)
{
	for (;;) {
		size_t child = at * 2 + 1;
		if (child >= n)
			return;
		if (child + 1 < n && entry_cmp(e, o[child], o[child + 1]) < 0)
			child++;
		if (entry_cmp(e, o[at], o[child]) >= 0)
			return;
		uint32_t t = o[at];
		o[at] = o[child];
		o[child] = t;
		at = child;
	}
}

static uint32_t *sort_keys(struct arena *a, const struct feel_entry *e, size_t n)
{
	uint32_t *o = ARENA_ARRAY(a, n, uint32_t);
	if (!o)
		return NULL;
	for (size_t i = 0; i < n; i++)
		o[i] = (uint32_t)i;
	for (size_t i = n / 2; i-- > 0;)
		sift(e, o, i, n);
	for (size_t end = n; end-- > 1;) {
		uint32_t t = o[0];
		o[0] = o[end];
		o[end] = t;
		sift(e, o, 0, end);
	}
	return o;
}

/* Drop all but the last entry of each key; the place of the first is kept. */
static size_t unique_small(struct feel_entry *e, size_t n)
{
	size_t out = 0;
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;
		while (at < out && !str_eq(e[at].key, e[i].key))
			at++;
		e[at] = e[i];
		if (at == out)
			out++;
	}
	return out;
}

static size_t unique_large(struct feel_entry *e, uint32_t *o, size_t n)
{
	bool dropped = false;
	for (size_t i = 0; i + 1 < n; i++)
		if (str_eq(e[o[i]].key, e[o[i + 1]].key)) {
			e[o[i + 1]].key.p = e[o[i + 1]].key.p ? e[o[i + 1]].key.p : "";
			e[o[i]].key = STR_NONE; /* an older one of the same key */
			dropped = true;
			if (!e[o[i + 1]].key.n)
				e[o[i]].key.n = 0;
		}
	if (!dropped)
		return n;
	size_t out = 0;
	for (size_t i = 0; i < n; i++)
		if (e[i].key.p)
			e[out++] = e[i];
	return out;
}

fval feel_context_of(struct arena *a, struct feel_entry *entries, size_t n)
{
	uint32_t depth = 0;
	uint32_t *order = NULL;
	if (n > FEEL_ENTRIES_MOST)
		return feel_error(a, "feel.limit", 0, 0, "a context has at most %d entries", FEEL_ENTRIES_MOST);
	if (n <= CONTEXT_SMALL) {
		n = unique_small(entries, n);
	} else {
		order = sort_keys(a, entries, n);
		size_t kept = order ? unique_large(entries, order, n) : n;
		if (kept != n)
			order = sort_keys(a, entries, kept);
		n = kept;
		if (!order)
			return FEEL_NULL_VALUE;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t d = depth_of(entries[i].value);
		depth = d > depth ? d : depth;
	}
	if (depth >= FEEL_NESTING_MOST)
		return feel_error(a, "feel.limit", 0, 0, "contexts nest at most %d levels", FEEL_NESTING_MOST);
	struct feel_context *c = ARENA_NEW(a, struct feel_context);
	if (!c)
		return FEEL_NULL_VALUE;
	*c = (struct feel_context){.n = n, .entries = entries, .order = order, .depth = depth + 1};
	return (fval){.kind = FEEL_CONTEXT, .context = c};
}

const fval *feel_context_get(const struct feel_context *c, str key)
{
	if (!c->order) {
		for (size_t i = 0; i < c->n; i++)
			if (str_eq(c->entries[i].key, key))
				return &c->entries[i].value;
		return NULL;
	}
	size_t low = 0, high = c->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct feel_entry *e = &c->entries[c->order[mid]];
		int cmp = str_cmp(e->key, key);
		if (cmp == 0)
			return &e->value;
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

fval feel_range_of(struct arena *a, struct feel_range r)
{
	struct feel_range *p = ARENA_NEW(a, struct feel_range);
	if (!p)
		return FEEL_NULL_VALUE;
	*p = r;
	return (fval){.kind = FEEL_RANGE, .range = p};
}
