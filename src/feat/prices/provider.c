/* Who offers to send money. */
#include "feat/prices/public.h"

#include "feat/prices/provider.tpl.h"

enum err_code page_providers(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	prices_page_open(req, MSG("All providers"), &page);
	struct tpl_out o = site_out(&page, res);
	prices_providers(&o, &page, public_view_of(req)->prices);
	return site_done(res, e);
}

enum err_code page_provider(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct prices_view *view = public_view_of(req)->prices;
	struct prices_provider_view v = {.view = view, .now = req->now_ms / 60000};
	for (size_t i = 0; i < view->n_providers && !v.p; i++)
		if (str_eq(view->providers[i].key, req->params[0].text)) {
			v.p = &view->providers[i];
			v.index = (uint32_t)i;
		}
	if (!v.p)
		return fail(e, ERR_NOT_FOUND, "prices.provider", "there is no such provider");
	for (size_t i = 0; i < view->n_locations; i++)
		v.n_locations += view->locations[i].provider == v.index;
	struct site_page page;
	prices_page_open(req, MSG("All providers"), &page);
	site_page_crumb(&page, page.title, STR("/prices/providers"));
	page.title = v.p->name;
	struct tpl_out o = site_out(&page, res);
	prices_provider_page(&o, &page, &v);
	return site_done(res, e);
}
