/* Pages of the site itself: errors, and what it says of itself. */
#include "feat/site/site.h"

#include "feat/site/parts.h"
#include "feat/site/static.tpl.h"

static const char *error_title(int status)
{
	switch (status) {
	case 400:
		return MSG("This address cannot be read");
	case 403:
		return MSG("This page is not open to you");
	case 404:
		return MSG("Page not found");
	case 405:
		return MSG("This cannot be done here");
	case 413:
		return MSG("Too large");
	case 414:
	case 431:
		return MSG("The request is too long");
	case 503:
		return MSG("Please try again in a moment");
	default:
		return MSG("Something went wrong");
	}
}

str site_error_detail(const struct err *e)
{
	return e->code == ERR_INVALID || e->code == ERR_LIMIT ? str_of(e->detail) : STR_NONE;
}

enum err_code site_error_page(struct http_request *req, const struct err *e, struct http_response *res)
{
	struct site_page page;
	struct err ignored;
	if (!req->snapshot)
		return ERR_NOT_FOUND; /* the server has a plain page of its own */
	enum lang l = req->lang >= 0 && req->lang < LANG_COUNT ? (enum lang)req->lang : LANG_EN;
	site_page_open(req, SITE_OTHER, i18n_text(l, error_title(res->status)), STR_NONE, &page);
	page.path = STR("/");
	page.query = STR_NONE;
	struct tpl_out o = site_out(&page, res);
	site_error(&o, &page, res->status, e);
	return site_done(res, &ignored);
}

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
