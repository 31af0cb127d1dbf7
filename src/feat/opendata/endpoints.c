/* The API as the page shows it: made from the route table, as the OpenAPI document is, so that none of them
 * can lag behind what the server does. */
#include "feat/opendata/page_parts.h"

static const char *param_type(enum http_type t)
{
	switch (t) {
	case HTTP_INT:
		return MSG("whole number");
	case HTTP_DATE:
		return MSG("date, 2010-03-19");
	case HTTP_CHOICE:
		return MSG("one of the values");
	case HTTP_SLUG:
		return MSG("name");
	case HTTP_BOOL:
		return MSG("yes or no");
	case HTTP_COUNTRY:
		return MSG("country code of two letters");
	case HTTP_UID:
		return MSG("identifier");
	case HTTP_TEXT:
	case HTTP_REST:
		break;
	}
	return MSG("text");
}

/* The type behind the colon in "{name:slug}". */
static enum http_type type_of(str word)
{
	static const struct {
		const char *word;
		enum http_type type;
	} words[] = {{"int", HTTP_INT}, {"slug", HTTP_SLUG}, {"date", HTTP_DATE}, {"country", HTTP_COUNTRY},
	    {"uid", HTTP_UID}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(word, words[i].word))
			return words[i].type;
	return HTTP_TEXT;
}

/* Take the next "{name:type}" out of *rest. */
static bool next_path_param(str *rest, struct data_param *ret_p)
{
	ptrdiff_t open = str_find_char(*rest, '{');
	if (open < 0)
		return false;
	str inner = str_sub(*rest, (size_t)open + 1, rest->n);
	ptrdiff_t close = str_find_char(inner, '}');
	if (close < 0)
		return false;
	*rest = str_sub(inner, (size_t)close + 1, inner.n);
	inner = str_sub(inner, 0, (size_t)close);
	ptrdiff_t colon = str_find_char(inner, ':');
	str type = colon < 0 ? STR("") : str_sub(inner, (size_t)colon + 1, inner.n);
	*ret_p = (struct data_param){.name = colon < 0 ? inner : str_sub(inner, 0, (size_t)colon),
	    .type = param_type(type_of(type)), .in_path = true, .required = true};
	return true;
}

static enum err_code fill_params(const struct http_route *r, struct arena *a, struct data_endpoint *p,
    struct err *e)
{
	VEC(struct data_param) list = {0};
	struct data_param param;
	str rest = str_of(r->pattern);
	while (next_path_param(&rest, &param)) {
		struct data_param *slot = VEC_ADD(&list, a);
		if (!slot)
			return arena_fail(a, e);
		*slot = param;
	}
	for (const struct http_field *f = r->fields; f && f->name && !p->same_as; f++) {
		struct data_param *slot = f->summary ? VEC_ADD(&list, a) : &param;
		if (!slot)
			return arena_fail(a, e);
		*slot = (struct data_param){.name = str_of(f->name), .type = param_type(f->type), .repeats = f->repeats,
		    .required = f->required, .choices = f->choices, .summary = f->summary};
	}
	p->params = list.p;
	p->n_params = list.n;
	return ERR_OK;
}

/* "/api/v1/lists/{name}" of "/api/v1/lists/{name:slug}". */
static str path_of(struct arena *a, const char *pattern)
{
	AUTO_BUF b = BUF_INIT(HTTP_TARGET_MAX_BYTES);
	bool skip = false;
	for (const char *p = pattern; *p; p++) {
		skip = (skip || *p == ':') && *p != '}';
		if (!skip)
			buf_addc(&b, *p);
	}
	return arena_str(a, buf_str(&b));
}

static bool below(const struct http_route *r, const char *prefix)
{
	return r->summary && str_starts(str_of(r->pattern), str_of(prefix));
}

typedef VEC(struct data_endpoint) endpoints;

static enum err_code add_route(const struct http_route *r, struct arena *a, endpoints *list, struct err *e)
{
	struct data_endpoint p = {.route = r, .path = path_of(a, r->pattern)};
	if (!p.path.p)
		return arena_fail(a, e);
	if (r->example)
		p.example = str_of(r->example);
	else if (str_find_char(p.path, '{') < 0)
		p.example = p.path;
	for (size_t i = 0; r->fields && i < list->n && !p.same_as; i++)
		if (list->p[i].route->fields == r->fields)
			p.same_as = i + 1;
	TRY(fill_params(r, a, &p, e));
	struct data_endpoint *slot = VEC_ADD(list, a);
	if (!slot)
		return arena_fail(a, e);
	*slot = p;
	return ERR_OK;
}

enum err_code data_endpoints(const struct http_routes *routes, size_t n_routes, struct arena *a,
    const struct data_endpoint **ret_list, size_t *ret_n, struct err *e)
{
	static const char *const prefixes[] = {"/api/", "/data/"};
	endpoints list = {0};
	for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes; p++)
		for (size_t i = 0; i < n_routes; i++)
			for (size_t k = 0; k < routes[i].n; k++)
				if (below(&routes[i].p[k], prefixes[p]))
					TRY(add_route(&routes[i].p[k], a, &list, e));
	*ret_list = list.p;
	*ret_n = list.n;
	return ERR_OK;
}
