/* The page on open data: what there is, its fields, the API, how to cite. */
#include "feat/opendata/page_parts.h"

#include "feat/opendata/data.tpl.h"

const char *data_type_name(enum table_type t)
{
	switch (t) {
	case TABLE_INTEGER:
		return MSG("whole number");
	case TABLE_DECIMAL:
		return MSG("number");
	case TABLE_MONEY:
		return MSG("amount");
	case TABLE_DATE:
		return MSG("date, as exact as known");
	case TABLE_BOOL:
		return MSG("yes or no");
	case TABLE_TEXT:
		break;
	}
	return MSG("text");
}

static struct url file_url(const struct site_page *page, const char *folder, const char *name, const char *format)
{
	str s = arena_fmt(page->arena, "%s%s.%s", folder, name, format);
	return url_local(s.p ? s : STR("#"));
}

struct url data_file(const struct site_page *page, const char *name, const char *format)
{
	return file_url(page, "/data/", name, format);
}

struct url data_figure_file(const struct site_page *page, const char *name, const char *format)
{
	return file_url(page, "/data/figures/", name, format);
}

struct url data_example(const struct data_endpoint *p)
{
	return url_local(p->example);
}

static enum err_code page_data(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct public_view *v = public_view_of(req);
	const struct site_app *app = site_app_of(req);
	enum lang l = (enum lang)req->lang;
	struct data_page d = {.own = v->activities->own.n, .comparison = v->activities->comparison.n,
	    .base_url = app->base_url};
	site_page_open(req, SITE_DATA, i18n_text(l, MSG("Open data")),
	    i18n_text(l, MSG("All data of the programme to take away: CSV, XLSX, JSON and IATI, and an API without a key.")),
	    &page);
	d.activity_columns = opendata_activity_columns(&d.n_activity_columns);
	TRY(data_endpoints(app->routes, app->n_routes, req->arena, &d.endpoints, &d.n_endpoints, e));
	struct tpl_out o = site_out(&page, res);
	data_page(&o, &page, &d);
	return site_done(res, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/data", page_data, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
};

struct http_routes opendata_page_routes(void)
{
	return HTTP_ROUTES(routes);
}
