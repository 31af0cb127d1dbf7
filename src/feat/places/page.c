#include "feat/places/places.h"

#include <stdlib.h>

#include "feat/places/parts.h"
#include "feat/places/places.tpl.h"

enum { CODES = 26 * 26 };

static int code_index(str code)
{
	return (code.p[0] - 'A') * 26 + (code.p[1] - 'A');
}

/* ---- countries ---- */

static void count_activity(const struct activity *x, struct country_row *rows)
{
	for (size_t i = 0; i < x->n_countries; i++) {
		struct country_row *row = &rows[code_index(x->countries[i].country)];
		bool before = false;
		for (size_t k = 0; k < i; k++)
			before |= str_eq(x->countries[k].country, x->countries[i].country);
		row->activities += !before;
		if ((int)x->countries[i].role < (int)PLACE_ROLES)
			row->roles[x->countries[i].role]++;
	}
}

static int by_name(const void *a, const void *b)
{
	return i18n_compare(((const struct country_row *)a)->name, ((const struct country_row *)b)->name);
}

static enum err_code count_countries(const struct site_page *page, struct countries_view *v, struct err *e)
{
	const struct register_view *r = page->view->activities;
	struct country_row *all = ARENA_ARRAY(page->arena, CODES, struct country_row);
	size_t n = 0;
	if (!all)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < r->own.n; i++)
		count_activity(r->activities[i], all);
	for (int i = 0; i < CODES; i++) {
		if (!all[i].activities)
			continue;
		struct country_row row = all[i];
		row.code = arena_fmt(page->arena, "%c%c", 'A' + i / 26, 'A' + i % 26);
		row.name = i18n_country(page->lang, row.code);
		all[n++] = row;
	}
	qsort(all, n, sizeof *all, by_name);
	v->rows = all;
	v->n = n;
	return ERR_OK;
}

static enum err_code draw_map(const struct site_page *page, struct countries_view *v, struct err *e)
{
	static const double bounds[] = {1, 2, 4, 8};
	struct chart_place *places = ARENA_ARRAY(page->arena, v->n, struct chart_place);
	if (!places)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < v->n; i++)
		places[i] = (struct chart_place){.code = v->rows[i].code, .name = v->rows[i].name,
		    .v = (double)v->rows[i].activities, .href = site_url_of(page, "/countries/", v->rows[i].code).s};
	struct chart c = {
	    .kind = CHART_MAP,
	    .id = STR("countries-map"),
	    .title = i18n_text(page->lang, MSG("Countries with activities")),
	    .row_head = i18n_text(page->lang, MSG("Country")),
	    .value_head = i18n_text(page->lang, MSG("Activities")),
	    .lang = site_chart_lang(page),
	    .format = site_chart_counts(page),
	    .map = {.place = places, .n = v->n, .bound = bounds, .n_bands = 4, .counts = true},
	};
	struct site_chart s = {.chart = &c, .level = 2, .data = "/data/countries"};
	return site_chart_make(page, &s, &v->map, e);
}

static enum err_code page_countries(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct countries_view v = {0};
	site_page_open(req, SITE_COUNTRIES, i18n_text((enum lang)req->lang, MSG("Countries")), STR_NONE, &page);
	TRY(count_countries(&page, &v, e));
	TRY(draw_map(&page, &v, e));
	struct tpl_out o = site_out(&page, res);
	countries_page(&o, &page, &v);
	return site_done(res, e);
}

/* ---- parts that a country or an organisation has in activities ---- */

static bool is_country(const struct activity *x, size_t i, str code)
{
	return str_eq(x->countries[i].country, code);
}

static enum err_code country_parts(const struct site_page *page, struct country_view *v, struct err *e)
{
	const struct register_view *r = page->view->activities;
	VEC(struct part_row) parts = {0};
	for (size_t i = 0; i < r->own.n; i++) {
		const struct activity *x = r->activities[i];
		for (size_t k = 0; k < x->n_countries; k++) {
			if (!is_country(x, k, v->code))
				continue;
			struct part_row *row = VEC_ADD(&parts, page->arena);
			if (!row)
				return arena_fail(page->arena, e);
			*row = (struct part_row){x, country_role_label(x->countries[k].role), x->contribution,
			    x->countries[k].source_line};
		}
	}
	v->parts = parts.p;
	v->n = parts.n;
	return ERR_OK;
}

/* Does anything of the programme name it: an activity, a list, a rule? */
static bool named(const struct programme_view *p, const struct country_view *v)
{
	if (v->n)
		return true;
	for (size_t i = 0; i < p->n_rules; i++)
		if (str_eq(p->rules[i].country, v->code))
			return true;
	for (size_t i = 0; i < p->n_rejected; i++)
		if (str_find(p->rejected[i].countries, v->code) >= 0)
			return true;
	return false;
}

static enum err_code page_country(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct country_view v = {.code = http_param(req, 0)->text};
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_COUNTRIES, i18n_country(l, v.code), STR_NONE, &page);
	site_page_crumb(&page, i18n_text(l, MSG("Countries")), STR("/countries"));
	TRY(country_parts(&page, &v, e));
	if (!named(page.view->programme, &v))
		return fail(e, ERR_NOT_FOUND, "country", "nothing in the programme names this country");
	struct tpl_out o = site_out(&page, res);
	country_page(&o, &page, &v);
	return site_done(res, e);
}

static enum err_code add_org_part(const struct site_page *page, const struct activity *x, const char *role,
    money amount, str source_line, struct org_view *v, size_t *cap, struct err *e)
{
	struct part_row *rows = arena_grow(page->arena, (void *)(uintptr_t)v->parts, *cap * sizeof *rows,
	    (v->n + 1) * sizeof *rows);
	if (!rows)
		return arena_fail(page->arena, e);
	rows[v->n++] = (struct part_row){x, role, amount, source_line};
	*cap = v->n;
	v->parts = rows;
	return ERR_OK;
}

static bool carries_out(const struct activity *x, const struct organisation *o)
{
	return x->implementer && uid_eq(x->implementer->id, o->id);
}

static enum err_code org_parts(const struct site_page *page, struct org_view *v, struct err *e)
{
	const struct register_view *r = page->view->activities;
	size_t cap = 0;
	for (size_t i = 0; i < r->own.n; i++) {
		const struct activity *x = r->activities[i];
		if (carries_out(x, v->org)) {
			TRY(add_org_part(page, x, org_role_label(ORG_ROLE_IMPLEMENTER), x->contribution, x->source_line, v, &cap, e));
			(void)money_add(&v->contribution, x->contribution);
		}
		for (size_t k = 0; k < x->n_orgs; k++) {
			const struct participating_org *p = &x->orgs[k];
			bool lead = p->role == ORG_ROLE_IMPLEMENTER && carries_out(x, v->org);
			if (uid_eq(p->org->id, v->org->id) && !lead)
				TRY(add_org_part(page, x, org_role_label(p->role), p->amount, p->source_line, v, &cap, e));
		}
	}
	return ERR_OK;
}

static void count_org(const struct register_view *r, struct org_row *row)
{
	for (size_t i = 0; i < r->own.n; i++) {
		const struct activity *x = r->activities[i];
		bool lead = carries_out(x, row->org), part = lead;
		for (size_t k = 0; k < x->n_orgs; k++)
			part |= uid_eq(x->orgs[k].org->id, row->org->id);
		row->implements += lead;
		row->takes_part += part;
		if (lead)
			(void)money_add(&row->contribution, x->contribution);
	}
}

static enum err_code page_organisations(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct register_view *r = public_view_of(req)->activities;
	struct org_row *rows = ARENA_ARRAY(req->arena, r->n_orgs, struct org_row);
	if (!rows)
		return arena_fail(req->arena, e);
	for (size_t i = 0; i < r->n_orgs; i++) {
		rows[i].org = &r->orgs[i];
		count_org(r, &rows[i]);
	}
	site_page_open(req, SITE_ORGANISATIONS, i18n_text((enum lang)req->lang, MSG("Organisations")), STR_NONE, &page);
	struct tpl_out o = site_out(&page, res);
	organisations_page(&o, &page, rows, r->n_orgs);
	return site_done(res, e);
}

static enum err_code page_organisation(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	enum lang l = (enum lang)req->lang;
	struct org_view v = {.org = register_org(public_view_of(req)->activities, http_param(req, 0)->text)};
	if (!v.org)
		return fail(e, ERR_NOT_FOUND, "organisation", "there is no such organisation");
	site_page_open(req, SITE_ORGANISATIONS, v.org->name, STR_NONE, &page);
	site_page_crumb(&page, i18n_text(l, MSG("Organisations")), STR("/organisations"));
	TRY(org_parts(&page, &v, e));
	struct tpl_out o = site_out(&page, res);
	organisation_page(&o, &page, &v);
	return site_done(res, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/countries", page_countries, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/countries/{code:country}", page_country, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.example = "/countries/GH"},
    {HTTP_GET, "/organisations", page_organisations, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/organisations/{key}", page_organisation, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.example = "/organisations/iom"},
};

struct http_routes places_routes(void)
{
	return HTTP_ROUTES(routes);
}
