/* What handlers call. */
#include <assert.h>
#include <strings.h>

#include "http/answer.h"

const struct http_values *http_field(const struct http_request *req, const char *name)
{
	const struct http_field *f = req->route ? req->route->fields : NULL;
	size_t i = 0;
	while (f && f[i].name && strcmp(f[i].name, name) != 0)
		i++;
	assert(f && f[i].name); /* the route declares what its handler reads */
	return &req->fields[i];
}

bool http_has(const struct http_request *req, const char *name)
{
	return http_field(req, name)->n > 0;
}

str http_text(const struct http_request *req, const char *name)
{
	const struct http_values *v = http_field(req, name);
	return v->n ? v->v[0].text : STR_NONE;
}

int64_t http_int(const struct http_request *req, const char *name, int64_t otherwise)
{
	const struct http_values *v = http_field(req, name);
	return v->n ? v->v[0].i : otherwise;
}

bool http_bool(const struct http_request *req, const char *name, bool otherwise)
{
	return http_int(req, name, otherwise) != 0;
}

date http_date(const struct http_request *req, const char *name)
{
	const struct http_values *v = http_field(req, name);
	return v->n ? v->v[0].d : DATE_NONE;
}

const struct http_value *http_param(const struct http_request *req, size_t i)
{
	assert(i < req->n_params);
	return &req->params[i];
}

str http_header(const struct http_request *req, const char *name)
{
	for (size_t i = 0; i < req->n_headers; i++)
		if (strcasecmp(req->headers[i].name, name) == 0)
			return req->headers[i].value;
	return STR_NONE;
}

bool http_request_cancelled(const struct http_request *req)
{
	return req->core && atomic_load(&req->core->cancelled);
}

static enum err_code check_line(str value, struct err *e)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7F)
			return fail(e, ERR_BUG, "response.header",
			    "a response header would contain a control character");
	return ERR_OK;
}

enum err_code http_redirect(struct http_response *res, int status, str location, struct err *e)
{
	TRY(check_line(location, e));
	res->status = status;
	res->location = location;
	return ERR_OK;
}

enum err_code http_add_header(struct http_response *res, const char *name, str value, struct err *e)
{
	TRY(check_line(value, e));
	if (res->n_extra == HTTP_EXTRA_HEADERS_MAX)
		return fail(e, ERR_BUG, "response.headers", "a handler adds more than %d headers",
		    HTTP_EXTRA_HEADERS_MAX);
	res->extra[res->n_extra++] = (struct http_header){name, value};
	return ERR_OK;
}
