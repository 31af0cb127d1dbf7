/* Apart from what includes templates: both have a struct url_query. */
#include "codec/url.h"
#include "feat/decisions/form.h"

enum err_code form_sent_read(const struct http_request *req, size_t params_max, struct form_sent *ret, struct err *e)
{
	struct url_query q;
	if (!str_starts(http_header(req, "Content-Type"), STR("application/x-www-form-urlencoded")))
		return fail(e, ERR_INVALID, "body.type", "this address takes application/x-www-form-urlencoded");
	TRY(url_form_parse(req->body, req->route->body_bytes, params_max, req->arena, &q, e));
	struct form_pair *pairs = ARENA_ARRAY(req->arena, q.n, struct form_pair);
	if (!pairs)
		return arena_fail(req->arena, e);
	for (size_t i = 0; i < q.n; i++)
		pairs[i] = (struct form_pair){q.params[i].name, q.params[i].value};
	*ret = (struct form_sent){pairs, q.n};
	return ERR_OK;
}

str form_sent_get(const struct form_sent *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_is(s->p[i].name, name))
			return str_trim(s->p[i].value);
	return STR_NONE;
}
