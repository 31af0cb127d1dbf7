/* /api/v1: the same selections and lists as the pages, as JSON. */
#include "feat/opendata/opendata.h"

#include "db/db.h"
#include "feat/opendata/activity_json.h"
#include "feat/opendata/rows.h"
#include "feat/programme/programme.h"
#include "feat/site/public.h"

enum { ACTIVITY_BYTES_MAX = 16 << 20, LIST_BYTES_MAX = 16 << 20 };

static void write_facets(struct json_writer *w, const struct selection *s)
{
	jw_key(w, "facets");
	jw_object(w);
	for (size_t i = 0; i < s->n_facets; i++) {
		jw_key(w, s->facets[i].name);
		jw_array(w);
		for (size_t k = 0; k < s->facets[i].n; k++) {
			jw_object(w);
			jw_key(w, "value");
			jw_str(w, s->facets[i].values[k].value);
			jw_key(w, "count");
			jw_i64(w, (int64_t)s->facets[i].values[k].count);
			jw_object_end(w);
		}
		jw_array_end(w);
	}
	jw_object_end(w);
}

static enum err_code write_rows(struct json_writer *w, const struct table_source *source, struct err *e)
{
	struct table_cell cells[TABLE_COLUMNS_MAX];
	bool more = true;
	jw_key(w, "rows");
	jw_array(w);
	for (;;) {
		TRY(source->next(source->ctx, cells, &more, e));
		if (!more)
			break;
		table_json_row(w, source->columns, source->n_columns, cells);
	}
	jw_array_end(w);
	return ERR_OK;
}

/* Writes everything inside the answer's object. */
static enum err_code write_selection(struct json_writer *w, const struct http_request *req, bool own,
    struct err *e)
{
	struct activity_filter f;
	struct selection s;
	struct table_source source;
	register_filter_read(req, &f);
	TRY(register_find(req, own, &f, req->arena, &s, e));
	TRY(opendata_selection_source(&s, public_view_of(req), own, req->arena, &source, e));
	jw_key(w, "total");
	jw_i64(w, (int64_t)s.total);
	jw_key(w, "page");
	jw_i64(w, (int64_t)(f.offset / f.limit) + 1);
	jw_key(w, "rows_per_page");
	jw_i64(w, (int64_t)f.limit);
	jw_key(w, "contribution_eur");
	jw_money(w, s.contribution);
	jw_key(w, "without_amount");
	jw_i64(w, (int64_t)s.n_without_amount);
	TRY(write_rows(w, &source, e));
	write_facets(w, &s);
	return ERR_OK;
}

static enum err_code selection(struct http_request *req, struct http_response *res, bool own, struct err *e)
{
	struct json_writer w;
	res->type = "application/json";
	jw_begin_buf(&w, &res->body);
	jw_object(&w);
	enum err_code code = write_selection(&w, req, own, e);
	if (code != ERR_OK)
		return code;
	jw_object_end(&w);
	return jw_finish(&w, e);
}

static enum err_code api_activities(struct http_request *req, struct http_response *res, struct err *e)
{
	return selection(req, res, true, e);
}

static enum err_code api_comparison(struct http_request *req, struct http_response *res, struct err *e)
{
	return selection(req, res, false, e);
}

static enum err_code write_activity(const struct activity *x, struct http_response *res, struct err *e)
{
	struct json_writer w;
	res->type = "application/json";
	jw_begin_buf(&w, &res->body);
	opendata_activity_json(&w, x);
	return jw_finish(&w, e);
}

static enum err_code api_activity(struct http_request *req, struct http_response *res, struct err *e)
{
	str key = http_param(req, 0)->text;
	const struct activity *x = register_activity(public_view_of(req)->activities, key);
	if (!x)
		return fail(e, ERR_NOT_FOUND, "api.activity", "there is no activity %.*s", STR_ARG(key));
	return write_activity(x, res, e);
}

static enum err_code api_comparison_activity(struct http_request *req, struct http_response *res,
    struct err *e)
{
	const struct activity *x;
	AUTO_DB c = NULL;
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	TRY(activity_load(c, public_view_of(req)->programme->programme, false, http_param(req, 0)->text,
	    req->arena, &x, e));
	return write_activity(x, res, e);
}

static enum err_code api_list(struct http_request *req, struct http_response *res, struct err *e)
{
	str name = http_param(req, 0)->text;
	const struct opendata_list *list = opendata_list_find(name);
	struct table_source source;
	if (!list)
		return fail(e, ERR_NOT_FOUND, "api.list", "there is no list %.*s", STR_ARG(name));
	struct table_info info =
	    opendata_info(public_view_of(req), list->name, list->title, list->description);
	TRY(opendata_list_source(list, public_view_of(req), req->arena, &source, e));
	res->type = "application/json";
	return table_write(TABLE_JSON, &source, &info, &res->body, e);
}

static enum err_code api_openapi(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct site_app *app = site_app_of(req);
	struct http_openapi_info info = {
	    .title = STR("Grutto: programme register"),
	    .version = STR(GRUTTO_VERSION),
	    .description = STR("The public register of a subsidy programme: activities, organisations, countries, "
			       "money, targets and results. Free to use; no key."),
	    .server_url = app->base_url,
	    .licence = STR(OPENDATA_LICENCE),
	};
	res->type = "application/json";
	return http_openapi(app->routes, app->n_routes, &info, &res->body, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/api/v1/activities", api_activities, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = register_filter_fields, .summary = "Activities of the programme, filtered, with facets",
	.produces = "application/json"},
    {HTTP_GET, "/api/v1/activities/{key}", api_activity, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "One activity with all its parts", .produces = "application/json",
	.example = "/api/v1/activities/18261"},
    {HTTP_GET, "/api/v1/comparison", api_comparison, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = register_filter_fields, .summary = "Imported comparison activities, filtered, with facets",
	.produces = "application/json"},
    {HTTP_GET, "/api/v1/comparison/{key}", api_comparison_activity, .lane = HTTP_SLOW,
	.cache = HTTP_CACHE_SNAPSHOT, .summary = "One imported comparison activity with all its parts",
	.produces = "application/json"},
    {HTTP_GET, "/api/v1/lists/{name:slug}", api_list, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "A whole list of the programme, the same as under /data", .produces = "application/json",
	.example = "/api/v1/lists/budget"},
    {HTTP_GET, "/api/v1/openapi.json", api_openapi, .cache = HTTP_CACHE_SNAPSHOT, .summary = "This description",
	.produces = "application/json"},
};

struct http_routes opendata_api_routes(void)
{
	return HTTP_ROUTES(routes);
}
