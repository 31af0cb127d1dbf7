/* Pages for those who send money home: the comparison, and what to know. Every page depends on the request alone; nothing of it is
 * kept, and the answers say so to caches between (only the fields of the form stand in the address, none names a person). */
#include "feat/prices/public.h"

#include <stdlib.h>

#include "feat/prices/compare.tpl.h"
#include "feat/prices/know.tpl.h"

/* ---- choices of the form ---- */

static int by_name(const void *a, const void *b)
{
	return i18n_compare(((const struct prices_place *)a)->name, ((const struct prices_place *)b)->name);
}

enum err_code prices_countries(const struct site_page *page, const struct prices_view *v,
    struct prices_compare_view *c, struct err *e)
{
	struct prices_place *all = ARENA_ARRAY(page->arena, v->n_corridors + 1, struct prices_place);
	size_t n = 0;
	if (!all)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < v->n_corridors; i++) {
		str code = v->corridors[i].receive_country;
		bool known = !v->corridors[i].n_offers;
		for (size_t k = 0; k < n && !known; k++)
			known = str_eq(all[k].code, code);
		if (!known)
			all[n++] = (struct prices_place){code, i18n_country(page->lang, code)};
	}
	qsort(all, n, sizeof *all, by_name);
	c->countries = all;
	c->n_countries = n;
	return ERR_OK;
}

/* Towns with a place whose position is known: locations are in order of country and place. */
static enum err_code find_places(const struct site_page *page, const struct prices_result *r,
    struct prices_compare_view *c, struct err *e)
{
	const struct prices_view *v = r->view;
	struct prices_place *all = ARENA_ARRAY(page->arena, v->n_locations + 1, struct prices_place);
	if (!all)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < v->n_locations; i++) {
		const struct prices_location *l = &v->locations[i];
		bool again = c->n_places && str_eq(all[c->n_places - 1].name, l->place);
		if (str_eq(l->country, r->country) && l->latitude_e6 != INT32_MIN && !again)
			all[c->n_places++] = (struct prices_place){l->country, l->place};
	}
	c->places = all;
	return ERR_OK;
}

static enum err_code page_compare(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct prices_result r;
	TRY(prices_ask(req, &r, e));
	site_page_open(req, SITE_PRICES, i18n_text((enum lang)req->lang, MSG("Sending money home")), STR_NONE, &page);
	struct prices_compare_view v = {.r = &r, .asked = http_has(req, "amount")};
	TRY(prices_countries(&page, r.view, &v, e));
	TRY(find_places(&page, &r, &v, e));
	struct tpl_out o = site_out(&page, res);
	prices_compare(&o, &page, &v);
	return site_done(res, e);
}

/* ---- what to know ---- */

void prices_page_open(const struct http_request *req, const char *title, struct site_page *ret_page)
{
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_PRICES, i18n_text(l, title), STR_NONE, ret_page);
	site_page_crumb(ret_page, i18n_text(l, MSG("Sending money home")), STR("/prices"));
}

static enum err_code page_know(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	prices_page_open(req, MSG("Before you send money"), &page);
	struct tpl_out o = site_out(&page, res);
	prices_know(&o, &page);
	return site_done(res, e);
}

static enum err_code page_method(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	prices_page_open(req, MSG("How this comparison works"), &page);
	struct tpl_out o = site_out(&page, res);
	prices_method(&o, &page);
	return site_done(res, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/prices", page_compare, .localized = true, .every_language = true, .cache = HTTP_CACHE_MINUTE,
        .fields = prices_ask_fields},
    {HTTP_GET, "/prices/before-you-send", page_know, .localized = true, .every_language = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/prices/method", page_method, .localized = true, .every_language = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/prices/providers", page_providers, .localized = true, .every_language = true, .cache = HTTP_CACHE_MINUTE},
    {HTTP_GET, "/prices/providers/{key:slug}", page_provider, .localized = true, .every_language = true,
        .cache = HTTP_CACHE_MINUTE, .example = "/prices/providers/example-a"},
    {HTTP_GET, "/prices/to/{code:country}", page_corridor, .localized = true, .every_language = true,
        .cache = HTTP_CACHE_MINUTE, .example = "/prices/to/MA"},
    {HTTP_GET, "/prices/quality", page_quality, .localized = true, .every_language = true, .cache = HTTP_CACHE_MINUTE},
};

struct http_routes prices_routes(void)
{
	return HTTP_ROUTES(routes);
}
