/* The OpenAPI 3.1 document of the routes, from the same table that the server obeys. */
#include "codec/json.h"
#include "http/http.h"

#include "http/router.h"
#include "http/value.h"

static void text(struct json_writer *w, const char *key, str value)
{
	jw_key(w, key);
	jw_str(w, value);
}

static void number(struct json_writer *w, const char *key, int64_t value)
{
	jw_key(w, key);
	jw_i64(w, value);
}

static void schema_limits(struct json_writer *w, const struct http_field *f)
{
	switch (f->type) {
	case HTTP_INT:
		if (f->min || f->max) {
			number(w, "minimum", f->min);
			number(w, "maximum", f->max);
		}
		break;
	case HTTP_TEXT:
		if (f->min > 0)
			number(w, "minLength", f->min);
		number(w, "maxLength", f->max > 0 ? f->max : HTTP_TEXT_MAX);
		break;
	case HTTP_DATE:
		text(w, "format", STR("date"));
		break;
	case HTTP_UID:
		text(w, "format", STR("uuid"));
		break;
	case HTTP_COUNTRY:
		text(w, "pattern", STR("^[A-Za-z]{2}$"));
		break;
	case HTTP_SLUG:
		text(w, "pattern", STR("^[A-Za-z0-9][A-Za-z0-9_-]*$"));
		number(w, "maxLength", HTTP_SLUG_MAX);
		break;
	case HTTP_CHOICE:
		jw_key(w, "enum");
		jw_array(w);
		for (size_t i = 0; f->choices[i]; i++)
			jw_str(w, str_of(f->choices[i]));
		jw_array_end(w);
		break;
	case HTTP_BOOL:
	case HTTP_REST:
		break;
	}
}

static void schema(struct json_writer *w, const struct http_field *f)
{
	jw_key(w, "schema");
	jw_object(w);
	if (f->repeats) {
		text(w, "type", STR("array"));
		number(w, "maxItems", HTTP_REPEATS_MAX);
		jw_key(w, "items");
		jw_object(w);
	}
	const char *type = f->type == HTTP_INT    ? "integer"
	                   : f->type == HTTP_BOOL ? "boolean"
	                                          : "string";
	text(w, "type", str_of(type));
	schema_limits(w, f);
	if (f->repeats)
		jw_object_end(w);
	jw_object_end(w);
}

static void parameter(struct json_writer *w, const struct http_field *f, str name, const char *in)
{
	jw_object(w);
	text(w, "name", name);
	text(w, "in", str_of(in));
	jw_key(w, "required");
	jw_bool(w, f->required);
	if (f->summary)
		text(w, "description", str_of(f->summary));
	schema(w, f);
	jw_object_end(w);
}

/* The parameters of "/a/{key}/{n:int}.csv", in their order. */
static void path_parameters(struct json_writer *w, const struct http_route *r)
{
	str rest = str_of(r->pattern);
	ptrdiff_t open;
	while ((open = str_find_char(rest, '{')) >= 0) {
		rest = str_sub(rest, (size_t)open + 1, rest.n);
		ptrdiff_t close = str_find_char(rest, '}');
		if (close < 0)
			return;
		str inside = str_sub(rest, 0, (size_t)close);
		ptrdiff_t colon = str_find_char(inside, ':');
		struct http_field f = {.type = HTTP_TEXT, .min = 1, .required = true};
		if (colon >= 0) {
			(void)http_type_by_name(
			    str_sub(inside, (size_t)colon + 1, inside.n), &f.type);
			inside = str_sub(inside, 0, (size_t)colon);
		}
		parameter(w, &f, inside, "path");
		rest = str_sub(rest, (size_t)close + 1, rest.n);
	}
}

static void response(
    struct json_writer *w, const char *status, const char *description, const char *type)
{
	jw_key(w, status);
	jw_object(w);
	text(w, "description", str_of(description));
	jw_key(w, "content");
	jw_object(w);
	jw_key(w, type);
	jw_object(w);
	jw_object_end(w);
	jw_object_end(w);
	jw_object_end(w);
}

static void operation(struct json_writer *w, const struct http_route *r)
{
	static const char *const methods[HTTP_METHODS] = {"get", "post", "put", "delete"};
	jw_key(w, methods[r->method]);
	jw_object(w);
	text(w, "summary", str_of(r->summary));
	jw_key(w, "parameters");
	jw_array(w);
	path_parameters(w, r);
	for (const struct http_field *f = r->fields; f && f->name; f++)
		if (f->summary)
			parameter(w, f, str_of(f->name), "query");
	jw_array_end(w);
	jw_key(w, "responses");
	jw_object(w);
	response(w, "200", "The answer", r->produces ? r->produces : "text/html");
	response(w, "400", "A parameter is wrong; it is named", "application/problem+json");
	if (str_find_char(str_of(r->pattern), '{') >= 0)
		response(w, "404", "There is no such thing", "application/problem+json");
	jw_object_end(w);
	jw_object_end(w);
}

/* The pattern without types: "/a/{n:int}" is "/a/{n}". */
static void path_key(struct json_writer *w, const char *pattern)
{
	AUTO_BUF b = BUF_INIT(HTTP_TARGET_MAX_BYTES);
	bool skip = false;
	for (const char *p = pattern; *p; p++) {
		skip = (skip || *p == ':') && *p != '}';
		if (!skip)
			buf_addc(&b, *p);
	}
	jw_key_str(w, buf_str(&b));
}

static bool shown(const struct http_route *r)
{
	return r->summary != NULL;
}

static void path_item(struct json_writer *w, const struct http_routes *tables, size_t n,
    const struct http_route *first)
{
	path_key(w, first->pattern);
	jw_object(w);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			if (shown(&tables[i].p[k]) &&
			    strcmp(tables[i].p[k].pattern, first->pattern) == 0)
				operation(w, &tables[i].p[k]);
	jw_object_end(w);
}

/* True when no row before this one has its pattern: methods of one path stand together. */
static bool is_first(const struct http_routes *tables, const struct http_route *route)
{
	for (size_t i = 0;; i++)
		for (size_t k = 0; k < tables[i].n; k++) {
			const struct http_route *r = &tables[i].p[k];
			if (r == route)
				return true;
			if (shown(r) && strcmp(r->pattern, route->pattern) == 0)
				return false;
		}
}

static void head(struct json_writer *w, const struct http_openapi_info *info)
{
	text(w, "openapi", STR("3.1.0"));
	jw_key(w, "info");
	jw_object(w);
	text(w, "title", info->title);
	text(w, "version", info->version);
	text(w, "description", info->description);
	if (info->licence.n) {
		jw_key(w, "license");
		jw_object(w);
		text(w, "name", info->licence);
		jw_object_end(w);
	}
	jw_object_end(w);
	jw_key(w, "servers");
	jw_array(w);
	jw_object(w);
	text(w, "url", info->server_url);
	jw_object_end(w);
	jw_array_end(w);
}

enum err_code http_openapi(const struct http_routes *routes, size_t n_routes,
    const struct http_openapi_info *info, struct buf *out, struct err *e)
{
	struct json_writer w;
	jw_begin_buf(&w, out);
	jw_object(&w);
	head(&w, info);
	jw_key(&w, "paths");
	jw_object(&w);
	for (size_t i = 0; i < n_routes; i++)
		for (size_t k = 0; k < routes[i].n; k++)
			if (shown(&routes[i].p[k]) && is_first(routes, &routes[i].p[k]))
				path_item(&w, routes, n_routes, &routes[i].p[k]);
	jw_object_end(&w);
	jw_object_end(&w);
	return jw_finish(&w, e);
}
