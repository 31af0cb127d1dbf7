/* Apart from what includes templates: both have a struct url_query. */
#include "codec/url.h"
#include "feat/decisions/form.h"
#include "http/multipart.h"

static enum err_code read_parts(const struct http_request *req, str type, size_t params_max, struct form_sent *ret, struct err *e)
{
	struct http_parts parts;
	TRY(http_multipart_parse(type, req->body, params_max, req->arena, &parts, e));
	size_t n_files = 0;
	for (size_t i = 0; i < parts.n; i++)
		n_files += parts.p[i].file_name.p != NULL;
	struct form_pair *pairs = ARENA_ARRAY(req->arena, parts.n - n_files, struct form_pair);
	struct form_file *files = ARENA_ARRAY(req->arena, n_files, struct form_file);
	struct form_sent x = {.p = pairs, .files = files};
	if (!pairs || !files)
		return arena_fail(req->arena, e);
	for (size_t i = 0; i < parts.n; i++) {
		const struct http_part *part = &parts.p[i];
		if (!part->file_name.p)
			pairs[x.n++] = (struct form_pair){part->name, part->body};
		else if (part->file_name.n || part->body.n)
			files[x.n_files++] = (struct form_file){part->name, part->file_name, part->body};
	}
	*ret = x;
	return ERR_OK;
}

enum err_code form_sent_read(const struct http_request *req, size_t params_max, struct form_sent *ret, struct err *e)
{
	struct url_query q;
	str type = http_header(req, "Content-Type");
	if (http_is_multipart(type))
		return read_parts(req, type, params_max, ret, e);
	if (!str_starts(type, STR("application/x-www-form-urlencoded")))
		return fail(e, ERR_INVALID, "body.type", "this address takes application/x-www-form-urlencoded and multipart/form-data");
	TRY(url_form_parse(req->body, req->route->body_bytes, params_max, req->arena, &q, e));
	struct form_pair *pairs = ARENA_ARRAY(req->arena, q.n, struct form_pair);
	if (!pairs)
		return arena_fail(req->arena, e);
	for (size_t i = 0; i < q.n; i++)
		pairs[i] = (struct form_pair){q.params[i].name, q.params[i].value};
	*ret = (struct form_sent){.p = pairs, .n = q.n};
	return ERR_OK;
}

str form_sent_get(const struct form_sent *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_is(s->p[i].name, name))
			return str_trim(s->p[i].value);
	return STR_NONE;
}

const struct form_file *form_sent_file(const struct form_sent *s, const char *name)
{
	for (size_t i = 0; i < s->n_files; i++)
		if (str_is(s->files[i].name, name))
			return &s->files[i];
	return NULL;
}
