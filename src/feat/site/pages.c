/* Pages of what the site says of itself. */
#include "feat/site/site.h"

#include "feat/site/parts.h"
#include "feat/site/static.tpl.h"

typedef void (*static_template)(struct tpl_out *o, const struct site_page *page);

static enum err_code static_page(struct http_request *req, struct http_response *res, const char *title,
    static_template write, struct err *e)
{
	struct site_page page;
	site_page_open(req, SITE_OTHER, i18n_text((enum lang)req->lang, title), STR_NONE, &page);
	struct tpl_out o = site_out(&page, res);
	write(&o, &page);
	return site_done(res, e);
}

static enum err_code page_about(struct http_request *req, struct http_response *res, struct err *e)
{
	return static_page(req, res, MSG("About Grutto"), site_about, e);
}

static enum err_code page_accessibility(struct http_request *req, struct http_response *res, struct err *e)
{
	return static_page(req, res, MSG("Accessibility"), site_accessibility, e);
}

static enum err_code page_privacy(struct http_request *req, struct http_response *res, struct err *e)
{
	return static_page(req, res, MSG("Privacy"), site_privacy, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/about", page_about, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/accessibility", page_accessibility, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/privacy", page_privacy, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
};

struct http_routes site_routes(void)
{
	return HTTP_ROUTES(routes);
}
