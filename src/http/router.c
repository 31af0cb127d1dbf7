#include "http/router.h"

#include "base/vec.h"
#include "http/value.h"

enum seg_kind { SEG_LITERAL, SEG_PARAM, SEG_REST }; /* in order of precedence */

struct seg {
	enum seg_kind kind;
	str text; /* LITERAL: the segment; PARAM: literal end behind the parameter */
	struct http_field type;
};

struct row {
	const struct http_route *route;
	size_t index;
	size_t n;
	struct seg segs[HTTP_SEGMENTS_MAX];
};

struct http_router {
	const char *const *languages;
	const struct row *rows; /* sorted by compare_rows */
	size_t n;
	const struct http_route **by_index;
};

/* ---- compiling ---- */

static enum err_code bad_pattern(const struct http_route *r, const char *why, struct err *e)
{
	return fail(e, ERR_INVALID, "route.pattern", "route %s: %s", r->pattern, why);
}

static bool is_literal(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		          (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
		if (!ok)
			return false;
	}
	return true;
}

static enum err_code compile_param(
    const struct http_route *r, str s, struct seg *seg, struct err *e)
{
	ptrdiff_t close = str_find_char(s, '}');
	if (close < 2)
		return bad_pattern(r, "a parameter is written {name} or {name:type}", e);
	str inside = str_sub(s, 1, (size_t)close);
	*seg = (struct seg){.kind = SEG_PARAM, .text = str_sub(s, (size_t)close + 1, s.n)};
	seg->type.type = HTTP_TEXT;
	ptrdiff_t colon = str_find_char(inside, ':');
	if (colon == 0)
		return bad_pattern(r, "a parameter needs a name", e);
	if (colon > 0 &&
	    !http_type_by_name(str_sub(inside, (size_t)colon + 1, inside.n), &seg->type.type))
		return bad_pattern(r, "a parameter has an unknown type", e);
	seg->type.name = "";
	if (seg->type.type == HTTP_REST) {
		seg->kind = SEG_REST;
		seg->type.max = HTTP_TARGET_MAX_BYTES;
		if (seg->text.n)
			return bad_pattern(r, "nothing may follow a rest parameter", e);
	} else if (seg->type.type == HTTP_TEXT) {
		seg->type.min = 1;
	}
	return is_literal(seg->text)
	           ? ERR_OK
	           : bad_pattern(r, "one parameter in a segment, at its start", e);
}

static enum err_code compile_pattern(const struct http_route *r, struct row *row, struct err *e)
{
	str pattern = str_of(r->pattern);
	if (pattern.n == 0 || pattern.p[0] != '/')
		return bad_pattern(r, "it must begin with a slash", e);
	struct str_split it = str_split_on(str_sub(pattern, 1, pattern.n), '/');
	str part;
	size_t params = 0;
	while (str_next(&it, &part)) {
		if (part.n == 0)
			return bad_pattern(r, "it has an empty segment or a slash at the end", e);
		if (row->n == HTTP_SEGMENTS_MAX)
			return bad_pattern(r, "it has too many segments", e);
		if (row->n && row->segs[row->n - 1].kind == SEG_REST)
			return bad_pattern(r, "a rest parameter must be the last", e);
		struct seg *seg = &row->segs[row->n++];
		if (part.p[0] == '{') {
			TRY(compile_param(r, part, seg, e));
			params++;
		} else if (is_literal(part)) {
			*seg = (struct seg){.kind = SEG_LITERAL, .text = part};
		} else {
			return bad_pattern(
			    r, "a literal segment has a character that would be encoded", e);
		}
	}
	if (params > HTTP_PARAMS_MAX)
		return bad_pattern(r, "it has too many parameters", e);
	return ERR_OK;
}

static enum err_code check_fields(const struct http_route *r, struct err *e)
{
	size_t n = 0;
	for (const struct http_field *f = r->fields; f && f->name; f++, n++) {
		if (n == HTTP_FIELDS_MAX)
			return fail(e, ERR_INVALID, "route.fields", "route %s: too many fields",
			    r->pattern);
		if ((f->type == HTTP_CHOICE) != (f->choices != NULL) || f->type == HTTP_REST)
			return fail(e, ERR_INVALID, "route.fields",
			    "route %s: field %s: only a choice has choices, and rest is for paths",
			    r->pattern, f->name);
		for (const struct http_field *g = r->fields; g < f; g++)
			if (str_eq(str_of(f->name), str_of(g->name)))
				return fail(e, ERR_INVALID, "route.fields",
				    "route %s: field %s is declared twice", r->pattern, f->name);
	}
	return ERR_OK;
}

static int compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_segs(const struct seg *a, const struct seg *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind == SEG_PARAM && a->text.n != b->text.n)
		return compare_sizes(b->text.n, a->text.n); /* the longer end first */
	return str_cmp(a->text, b->text);
}

static bool has_rest(const struct row *r)
{
	return r->n && r->segs[r->n - 1].kind == SEG_REST;
}

/* Localized apart from others; rest patterns last; then from specific to general. Rows that compare
 * equal answer the same paths. */
static int compare_shapes(const struct row *a, const struct row *b)
{
	if (a->route->localized != b->route->localized)
		return a->route->localized ? 1 : -1;
	if (has_rest(a) != has_rest(b))
		return has_rest(a) ? 1 : -1;
	/* among rest patterns the longer is the more specific */
	if (a->n != b->n)
		return has_rest(a) ? compare_sizes(b->n, a->n) : compare_sizes(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		int c = compare_segs(&a->segs[i], &b->segs[i]);
		if (c)
			return c;
	}
	return 0;
}

static int compare_rows(const void *x, const void *y)
{
	const struct row *a = x;
	const struct row *b = y;
	int c = compare_shapes(a, b);
	return c ? c : (int)a->route->method - (int)b->route->method;
}

static enum err_code add_row(
    const struct http_route *route, size_t index, struct row *row, struct err *e)
{
	if (!route->pattern || !route->handler)
		return fail(e, ERR_INVALID, "route.handler", "route %s has no handler",
		    route->pattern ? route->pattern : "?");
	*row = (struct row){.route = route, .index = index};
	TRY(compile_pattern(route, row, e));
	return check_fields(route, e);
}

enum err_code http_router_new(const struct http_routes *tables, size_t n_tables,
    const char *const *languages, struct arena *a, const struct http_router **ret_router,
    struct err *e)
{
	size_t n = 0;
	for (size_t i = 0; i < n_tables; i++)
		n += tables[i].n;
	if (n > HTTP_ROUTES_MAX)
		return fail(e, ERR_LIMIT, "route.count", "more than %d routes", HTTP_ROUTES_MAX);
	struct http_router *r = ARENA_NEW(a, struct http_router);
	struct row *rows = ARENA_ARRAY(a, n, struct row);
	const struct http_route **by_index = ARENA_ARRAY(a, n, const struct http_route *);
	if (!r || !rows || !by_index)
		return arena_fail(a, e);
	size_t at = 0;
	for (size_t i = 0; i < n_tables; i++)
		for (size_t k = 0; k < tables[i].n; k++, at++) {
			TRY(add_row(&tables[i].p[k], at, &rows[at], e));
			by_index[at] = &tables[i].p[k];
		}
	qsort(rows, n, sizeof *rows, compare_rows);
	for (size_t i = 1; i < n; i++)
		if (compare_rows(&rows[i - 1], &rows[i]) == 0)
			return fail(e, ERR_INVALID, "route.duplicate",
			    "routes %s and %s answer the same requests", rows[i - 1].route->pattern,
			    rows[i].route->pattern);
	*r = (struct http_router){
	    .languages = languages, .rows = rows, .n = n, .by_index = by_index};
	*ret_router = r;
	return ERR_OK;
}

size_t http_router_count(const struct http_router *r)
{
	return r->n;
}

const struct http_route *http_router_route(const struct http_router *r, size_t index)
{
	return r->by_index[index];
}

/* ---- finding ---- */

struct search {
	const str *segs; /* of the path, behind the language */
	size_t n;
	str path; /* the whole, for rest parameters */
	struct arena *a;
};

static str rest_of(const struct search *s, size_t from)
{
	const char *start = s->segs[from].p;
	return (str){start, (size_t)(s->path.p + s->path.n - start)};
}

static bool match_seg(const struct seg *seg, str s, struct arena *a, struct http_value *ret_v)
{
	if (s.n <= seg->text.n || !str_ends(s, seg->text))
		return false;
	return http_value_parse(&seg->type, str_sub(s, 0, s.n - seg->text.n), a, ret_v);
}

static bool match_row(const struct row *row, const struct search *s, struct http_match *m)
{
	bool rest = has_rest(row);
	if (rest ? s->n < row->n : s->n != row->n)
		return false;
	size_t params = 0;
	for (size_t i = 0; i < row->n; i++) {
		const struct seg *seg = &row->segs[i];
		if (seg->kind == SEG_LITERAL) {
			if (!str_eq(seg->text, s->segs[i]))
				return false;
			continue;
		}
		str text = seg->kind == SEG_REST ? rest_of(s, i) : s->segs[i];
		if (!match_seg(seg, text, s->a, &m->params[params]))
			return false;
		params++;
	}
	m->n_params = params;
	return true;
}

/* The first row, from specific to general, for this path and method; else the methods there are. */
static void search_rows(const struct http_router *r, enum http_method method, bool localized,
    const struct search *s, struct http_match *m)
{
	struct http_match hit = *m;
	for (size_t i = 0; i < r->n; i++) {
		const struct row *row = &r->rows[i];
		if (row->route->localized != localized || !match_row(row, s, &hit))
			continue;
		hit.allow |= 1U << row->route->method;
		if (row->route->method != method)
			continue;
		hit.found = HTTP_FOUND;
		hit.route = row->route;
		hit.index = row->index;
		*m = hit;
		return;
	}
	m->allow = hit.allow;
	if (m->allow)
		m->found = HTTP_FOUND_OTHER_METHOD;
}

static int language_of(const struct http_router *r, str s)
{
	for (int i = 0; r->languages && r->languages[i]; i++)
		if (str_is(s, r->languages[i]))
			return i;
	return -1;
}

/* Where the slash at the end belongs: on the two roots and on rest paths it may stand, nowhere
 * else. */
static void check_slash(const struct http_target *t, struct http_match *m)
{
	bool root = str_is(str_of(m->route->pattern), "/");
	bool wanted = root;
	bool rest = m->n_params && str_ends(str_of(m->route->pattern), STR(":rest}"));
	if (!rest && t->slash_at_end != wanted)
		m->found = HTTP_FOUND_SLASH;
}

void http_router_find(const struct http_router *r, enum http_method method,
    const struct http_target *t, struct arena *a, struct http_match *ret_match)
{
	struct http_match m = {.found = HTTP_FOUND_NOTHING, .lang = -1};
	struct search s = {.segs = t->segments, .n = t->n_segments, .path = t->path, .a = a};
	if (t->n_segments)
		m.lang = language_of(r, t->segments[0]);
	if (m.lang >= 0) {
		s.segs++;
		s.n--;
		search_rows(r, method, true, &s, &m);
	} else {
		search_rows(r, method, false, &s, &m);
		if (m.found == HTTP_FOUND_NOTHING) {
			search_rows(r, method, true, &s, &m);
			if (m.found == HTTP_FOUND) {
				m.found = HTTP_FOUND_LANGUAGE;
				*ret_match = m;
				return;
			}
		}
	}
	if (m.found == HTTP_FOUND && m.lang >= HTTP_LANGUAGES_EVERYWHERE && !m.route->every_language)
		m.found = HTTP_FOUND_LANGUAGE;
	if (m.found == HTTP_FOUND)
		check_slash(t, &m);
	*ret_match = m;
}

const char *http_route_sample(const struct http_route *route)
{
	return route->example ? route->example : route->pattern;
}
