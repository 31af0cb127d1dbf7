/* What there is to take away, and how. */
#include "feat/opendata/opendata.h"

#include "feat/opendata/data.tpl.h"
#include "feat/opendata/rows.h"

static enum err_code page_data(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	site_page_open(req, SITE_DATA, i18n_text((enum lang)req->lang, MSG("Open data")), STR_NONE, &page);
	struct tpl_out o = site_out(&page, res);
	data_page(&o, &page, site_app_of(req));
	return site_done(res, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/data", page_data, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
};

struct http_routes opendata_page_routes(void)
{
	return HTTP_ROUTES(routes);
}
