#include "http/fields.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "codec/url.h"
#include "http/value.h"

typedef VEC(struct http_value) value_list;

/* The name as given, cut to what an error can carry and shown only when it is harmless. */
static enum err_code fault(
    enum err_code code, const char *id, str name, const char *why, struct err *e)
{
	char shown[sizeof e->field];
	str head = utf8_head(name, 40);
	if (head.n >= sizeof shown)
		head.n = 0;
	size_t n = 0;
	for (size_t i = 0; i < head.n; i++)
		if ((unsigned char)head.p[i] >= 0x20 && head.p[i] != 0x7F)
			shown[n++] = head.p[i];
	shown[n] = '\0';
	(void)fail(e, code, id, "parameter \"%s\": %s", shown, why);
	(void)err_field(e, shown);
	return code;
}

static enum err_code bad_value(const struct http_field *f, struct err *e)
{
	AUTO_BUF why = BUF_INIT(400);
	buf_addz(&why, "expected ");
	http_value_describe(f, &why);
	return fault(ERR_INVALID, "field.value", str_of(f->name), buf_str(&why).p, e);
}

static ptrdiff_t index_of(const struct http_route *route, str name)
{
	const struct http_field *f = route->fields;
	for (ptrdiff_t i = 0; f && f[i].name; i++)
		if (str_is(name, f[i].name))
			return i;
	return -1;
}

static enum err_code add_value(
    const struct http_field *f, str text, struct arena *a, value_list *list, struct err *e)
{
	struct http_value v;
	if (!http_value_parse(f, text, a, &v))
		return bad_value(f, e);
	if (list->n && !f->repeats)
		return fault(
		    ERR_INVALID, "field.repeated", str_of(f->name), "it may occur only once", e);
	if (list->n == HTTP_REPEATS_MAX)
		return fault(ERR_LIMIT, "field.count", str_of(f->name), "it occurs too often", e);
	struct http_value *slot = VEC_ADD(list, a);
	if (!slot)
		return arena_fail(a, e);
	*slot = v;
	return ERR_OK;
}

static enum err_code canonical(const struct http_route *route, const struct http_values *values,
    struct arena *a, str *ret_canonical, struct err *e)
{
	AUTO_BUF b = BUF_INIT(4 * HTTP_TARGET_MAX_BYTES + (size_t)4 * URL_QUERY_BYTES);
	for (size_t i = 0; route->fields && route->fields[i].name; i++)
		for (size_t k = 0; k < values[i].n; k++) {
			buf_addz(&b, b.n ? "&" : "");
			url_encode(&b, str_of(route->fields[i].name));
			buf_addc(&b, '=');
			url_encode(&b, values[i].v[k].text);
		}
	TRY(buf_check(&b, e));
	str copy = arena_str(a, buf_str(&b));
	if (!copy.p)
		return arena_fail(a, e);
	*ret_canonical = copy;
	return ERR_OK;
}

enum err_code http_fields_parse(const struct http_route *route, str encoded, struct arena *a,
    struct http_values ret_values[HTTP_FIELDS_MAX], str *ret_canonical, struct err *e)
{
	value_list lists[HTTP_FIELDS_MAX] = {0};
	struct url_query q;
	TRY(url_query_parse(encoded, a, &q, e));
	for (size_t i = 0; i < q.n; i++) {
		str text = str_trim(q.params[i].value);
		ptrdiff_t at = index_of(route, q.params[i].name);
		if (at < 0)
			return fault(ERR_INVALID, "field.unknown", q.params[i].name,
			    "this page does not know it", e);
		if (text.n)
			TRY(add_value(&route->fields[at], text, a, &lists[at], e));
	}
	struct http_values values[HTTP_FIELDS_MAX] = {0};
	for (size_t i = 0; route->fields && route->fields[i].name; i++) {
		if (route->fields[i].required && lists[i].n == 0)
			return fault(ERR_INVALID, "field.missing", str_of(route->fields[i].name),
			    "it is required", e);
		values[i] = (struct http_values){.v = lists[i].p, .n = lists[i].n};
	}
	str text;
	TRY(canonical(route, values, a, &text, e));
	memcpy(ret_values, values, sizeof values);
	*ret_canonical = text;
	return ERR_OK;
}
