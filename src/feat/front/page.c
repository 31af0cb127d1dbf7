#include "feat/front/front.h"

#include <stdlib.h>

#include "feat/front/front.tpl.h"
#include "feat/front/parts.h"
#include "feat/front/sitemap.h"
#include "feat/programme/charts.h"

/* ---- countries ---- */

enum { CODES = 26 * 26 };

static int code_index(const char *code)
{
	return (code[0] - 'A') * 26 + (code[1] - 'A');
}

/* Activities per country, each activity once whatever its roles. */
static void count_countries(const struct activity_set *set, uint32_t counts[CODES])
{
	for (size_t i = 0; i < set->n; i++) {
		const struct row_country *c = set->countries + set->rows[i].first_country;
		for (uint16_t k = 0; k < set->rows[i].n_countries; k++) {
			bool before = false;
			for (uint16_t j = 0; j < k; j++)
				before |= memcmp(c[j].code, c[k].code, 2) == 0;
			if (!before)
				counts[code_index(c[k].code)]++;
		}
	}
}

static int by_name(const void *a, const void *b)
{
	return i18n_compare(((const struct home_country *)a)->name, ((const struct home_country *)b)->name);
}

static enum err_code list_countries(const struct site_page *page, struct home_page *h, struct err *e)
{
	uint32_t *counts = ARENA_ARRAY(page->arena, CODES, uint32_t);
	VEC(struct home_country) list = {0};
	if (!counts)
		return arena_fail(page->arena, e);
	count_countries(&page->view->activities->own, counts);
	for (int i = 0; i < CODES; i++) {
		if (!counts[i])
			continue;
		struct home_country *c = VEC_ADD(&list, page->arena);
		if (!c)
			return arena_fail(page->arena, e);
		c->code = arena_fmt(page->arena, "%c%c", 'A' + i / 26, 'A' + i % 26);
		c->name = i18n_country(page->lang, c->code);
		c->activities = counts[i];
	}
	qsort(list.p, list.n, sizeof *list.p, by_name);
	h->country_list = list.p;
	h->countries = list.n;
	return ERR_OK;
}

static enum err_code draw_map(const struct site_page *page, struct home_page *h, struct err *e)
{
	static const double bounds[] = {1, 2, 4, 8};
	struct chart_place *places = ARENA_ARRAY(page->arena, h->countries, struct chart_place);
	if (!places)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < h->countries; i++)
		places[i] = (struct chart_place){.code = h->country_list[i].code, .name = h->country_list[i].name,
		    .v = (double)h->country_list[i].activities,
		    .href = site_url_of(page, "/countries/", h->country_list[i].code).s};
	struct chart c = {
	    .kind = CHART_MAP,
	    .id = STR("countries-map"),
	    .title = i18n_text(page->lang, MSG("Countries with activities")),
	    .row_head = i18n_text(page->lang, MSG("Country")),
	    .value_head = i18n_text(page->lang, MSG("Activities")),
	    .lang = site_chart_lang(page),
	    .format = site_chart_counts(page),
	    .map = {.place = places, .n = h->countries, .bound = bounds, .n_bands = 4, .counts = true},
	};
	struct site_chart s = {.chart = &c, .level = 2, .data = "/data/countries",
	    .about = i18n_text(page->lang,
		MSG("Number of activities that name the country, in any role. Borders are shown as they are drawn "
		    "in the public-domain map; they are no statement on territory."))};
	return site_chart_make(page, &s, &h->map, e);
}

static enum err_code draw_spending(const struct site_page *page, struct home_page *h, struct err *e)
{
	struct chart c;
	TRY(programme_spending_chart(page, 0, STR("spending"),
	    i18n_text(page->lang, MSG("Expenditure per year and priority")), &c, e));
	struct site_chart s = {.chart = &c, .level = 2, .data = "/data/figures/spending",
	    .about = i18n_text(page->lang, MSG("What the ministry spent, as the report prints it. Where the report prints a "
					       "dash, the amount is missing."))};
	return site_chart_make(page, &s, &h->spending, e);
}

/* ---- key figures ---- */

static void key_figures(const struct public_view *v, struct home_page *h)
{
	const struct register_view *r = v->activities;
	h->activities = r->own.n;
	h->organisations = r->n_orgs;
	for (size_t i = 0; i < r->own.n; i++) {
		h->running += r->own.rows[i].status == ACTIVITY_STATUS_IMPLEMENTATION;
		target_tally_activity(&h->targets, r->activities[i]);
	}
	h->spent = programme_spent_total(v->programme, 0);
	if (!programme_years(v->programme, &h->first_year, &h->last_year))
		return;
	for (int year = h->first_year; year <= h->last_year; year++)
		(void)money_add(&h->budget, programme_budget(v->programme, year));
}

/* ---- latest events ---- */

static void offer_event(struct home_page *h, const struct activity *x, const struct activity_event *ev)
{
	size_t at = h->n_events;
	while (at > 0 && h->events[at - 1].event->day.day < ev->day.day)
		at--;
	if (at == HOME_EVENTS)
		return;
	size_t keep = h->n_events < HOME_EVENTS ? h->n_events : HOME_EVENTS - 1;
	memmove(&h->events[at + 1], &h->events[at], (keep - at) * sizeof h->events[0]);
	h->events[at] = (struct home_event){ev, x};
	h->n_events = keep + 1;
}

static void offer_events(struct home_page *h, const struct activity *x)
{
	for (size_t i = 0; x && i < x->n_events; i++)
		if (x->events[i].day.precision)
			offer_event(h, x, &x->events[i]);
}

static enum err_code page_home(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct public_view *v = public_view_of(req);
	struct home_page *h = ARENA_NEW(req->arena, struct home_page);
	if (!h)
		return arena_fail(req->arena, e);
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_HOME, v->name[l], text3_in(&v->programme->description, l), &page);
	page.wide_main = true;
	h->programme = v->programme;
	key_figures(v, h);
	TRY(list_countries(&page, h, e));
	TRY(draw_map(&page, h, e));
	TRY(draw_spending(&page, h, e));
	offer_events(h, v->activities->programme);
	for (size_t i = 0; i < v->activities->own.n; i++)
		offer_events(h, v->activities->activities[i]);
	struct tpl_out o = site_out(&page, res);
	home_page(&o, &page, h);
	return site_done(res, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", page_home, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/sitemap.xml", page_sitemap, .cache = HTTP_CACHE_VALIDATE},
    {HTTP_GET, "/robots.txt", page_robots, .cache = HTTP_CACHE_VALIDATE},
};

struct http_routes front_routes(void)
{
	return HTTP_ROUTES(routes);
}
