/* The page of an error. */
#include "feat/site/site.h"

#include "feat/site/parts.h"

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
	page.langs = LANG_SITE;
	page.path = STR("/");
	page.query = STR_NONE;
	struct tpl_out o = site_out(&page, res);
	site_error(&o, &page, res->status, e);
	return site_done(res, &ignored);
}
