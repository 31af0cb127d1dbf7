/* The pages of countries: the map and the list of all, and what names one of them. */
#include <stdlib.h>

#include "feat/places/countries.tpl.h"
#include "feat/places/parts.h"

static int code_index(str code)
{
	return (code.p[0] - 'A') * 26 + (code.p[1] - 'A');
}

static bool is_code(str code)
{
	return code.n == 2 && code.p[0] >= 'A' && code.p[0] <= 'Z' && code.p[1] >= 'A' && code.p[1] <= 'Z';
}

/* ---- all countries ---- */

static void count_activity(const struct activity *x, struct country_row *rows)
{
	for (size_t i = 0; i < x->n_countries; i++) {
		if (!is_code(x->countries[i].country))
			continue;
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
	struct country_row *all = ARENA_ARRAY(page->arena, COUNTRY_CODES, struct country_row);
	size_t n = 0;
	if (!all)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < r->own.n; i++)
		count_activity(r->activities[i], all);
	for (int i = 0; i < COUNTRY_CODES; i++) {
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

enum err_code page_countries(struct http_request *req, struct http_response *res, struct err *e)
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

/* ---- one country ---- */

bool country_among(str list, str code)
{
	struct str_split it = str_split_on(list, ';');
	str part;
	while (str_next(&it, &part))
		if (str_eq(str_trim(part), code))
			return true;
	return false;
}

/* The country that a part "country=AF" of a dimension names; STR_NONE when it names none. */
static str country_of(str part)
{
	return str_starts(part, STR("country=")) ? str_sub(part, strlen("country="), part.n) : STR_NONE;
}

bool country_in_dimension(str dimension, str code)
{
	struct str_split it = str_split_on(dimension, ';');
	str part;
	while (str_next(&it, &part))
		if (code.n && str_eq(country_of(part), code))
			return true;
	return false;
}

/* VEC_ADD and set, or leave the function: the vectors of a country differ in their types only. */
#define KEEP(vec, ...)                                                                             \
	do {                                                                                       \
		__typeof__((vec)->p) kept_ = VEC_ADD((vec), a);                                    \
		if (!kept_)                                                                        \
			return arena_fail(a, e);                                                   \
		*kept_ = (__VA_ARGS__);                                                            \
	} while (0)

static enum err_code gather_activity(const struct activity *x, struct arena *a, struct country_view *v, struct err *e)
{
	bool named = false;
	for (size_t i = 0; i < x->n_countries; i++)
		named |= str_eq(x->countries[i].country, v->code);
	if (named)
		KEEP(&v->activities, x);
	for (size_t i = 0; i < x->n_indicators; i++) {
		const struct indicator *in = &x->indicators[i];
		for (size_t k = 0; k < in->n_values; k++)
			if (country_in_dimension(in->values[k].dimension, v->code))
				KEEP(&v->results, (struct country_result){x, in, &in->values[k]});
	}
	return ERR_OK;
}

static enum err_code gather_lists(const struct programme_view *p, struct arena *a, struct country_view *v, struct err *e)
{
	for (size_t i = 0; i < p->n_country_lists; i++) {
		const struct country_list *list = &p->country_lists[i];
		for (size_t k = 0; k < list->n_entries; k++)
			if (str_eq(list->entries[k].country, v->code))
				KEEP(&v->lists, (struct country_listing){list, &list->entries[k]});
	}
	return ERR_OK;
}

enum err_code country_gather(const struct programme_view *p, const struct register_view *r, struct arena *a,
    struct country_view *v, struct err *e)
{
	for (size_t i = 0; i < r->own.n; i++)
		TRY(gather_activity(r->activities[i], a, v, e));
	TRY(gather_lists(p, a, v, e));
	for (size_t i = 0; i < p->n_rules; i++) {
		if (str_eq(p->rules[i].country, v->code))
			KEEP(&v->rules, &p->rules[i]);
		else if (!p->rules[i].country.n && str_is(p->rules[i].rule_type, "country_list"))
			KEEP(&v->general, &p->rules[i]);
	}
	for (size_t i = 0; i < p->n_rejected; i++)
		if (country_among(p->rejected[i].countries, v->code))
			KEEP(&v->refused, &p->rejected[i]);
	return ERR_OK;
}

bool country_is_named(const struct country_view *v)
{
	return v->activities.n || v->lists.n || v->rules.n || v->refused.n || v->results.n;
}

static double value_of(decimal d)
{
	return decimal_is_none(d) ? CHART_MISSING : decimal_to_double(d);
}

/* "placements (18261)", with what else the figure is about. */
static str target_label(const struct site_page *page, const struct country_view *v, const struct country_result *r)
{
	str other = programme_dimension(page, r->v->dimension, v->code);
	return arena_fmt(page->arena, "%.*s%s%.*s (%.*s)", STR_ARG(r->in->title), other.n ? ", " : "", STR_ARG(other),
	    STR_ARG(r->x->key));
}

static enum err_code draw_targets(const struct site_page *page, struct country_view *v, struct err *e)
{
	struct chart_target *rows = ARENA_ARRAY(page->arena, v->results.n + 1, struct chart_target);
	size_t n = 0;
	if (!rows)
		return arena_fail(page->arena, e);
	vec_each(r, &v->results)
		if (!decimal_is_none(r->v->target_num) && n < CHART_ROWS_MAX)
			rows[n++] = (struct chart_target){.label = target_label(page, v, r),
			    .baseline = value_of(r->v->baseline_num), .target = value_of(r->v->target_num),
			    .result = value_of(r->v->actual_num), .unit = programme_unit(page, r->in->unit),
			    .href = site_url_of(page, "/activities/", r->x->key).s};
	if (!n)
		return ERR_OK;
	struct chart c = {
	    .kind = CHART_TARGETS,
	    .id = STR("country-targets"),
	    .title = i18n_text(page->lang, MSG("Results against targets")),
	    .row_head = i18n_text(page->lang, MSG("Indicator")),
	    .value_head = i18n_text(page->lang, MSG("Result")),
	    .row_lang = STR("en"),
	    .lang = site_chart_lang(page),
	    .format = site_chart_counts(page),
	    .targets = {.row = rows, .n = n},
	};
	struct site_chart s = {.chart = &c, .level = 3};
	TRY(site_chart_make(page, &s, &v->targets, e));
	v->has_targets = true;
	return ERR_OK;
}

enum err_code page_country(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct public_view *view = public_view_of(req);
	struct country_view v = {.code = http_param(req, 0)->text};
	enum lang l = (enum lang)req->lang;
	TRY(country_gather(view->programme, view->activities, req->arena, &v, e));
	if (!country_is_named(&v))
		return fail(e, ERR_NOT_FOUND, "country", "nothing in the programme names this country");
	site_page_open(req, SITE_COUNTRIES, i18n_country(l, v.code), STR_NONE, &page);
	site_page_crumb(&page, i18n_text(l, MSG("Countries")), STR("/countries"));
	TRY(draw_targets(&page, &v, e));
	struct tpl_out o = site_out(&page, res);
	country_page(&o, &page, &v);
	return site_done(res, e);
}
