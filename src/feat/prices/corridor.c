/* A corridor's page, and how complete and recent all prices are. */
#include "feat/prices/public.h"

#include "feat/prices/corridor.tpl.h"

enum {
	RPW_EUROS = 14000,	    /* cents: the World Bank's amount in euros */
	REACH_MINUTES = 5 * 1440,   /* a service that is slower does not count among the cheapest */
	COVERED_PPM = 600000,	    /* point 7 */
	SHOPPED_MINUTES = 180 * 1440, /* a test older than this counts for nothing (compare_ages_usual) */
	QUARTERS_MAX = 400,
};

const struct prices_other prices_others[] = {
    {"Remittance Prices Worldwide (World Bank)", "https://remittanceprices.worldbank.org/"},
    {"geldtransFAIR (Germany)", "https://www.geldtransfair.de/"},
    {"Money From Sweden (Sweden)", "https://www.moneyfromsweden.se/"},
    {"Envoi d’argent (France)", "https://www.envoidargent.fr/"},
    {"Send Money Pacific (Australia and New Zealand)", "https://sendmoneypacific.org/"},
    {NULL, NULL},
};

/* ---- history ---- */

static void write_percent(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	const struct site_page *page = ctx;
	AUTO_BUF digits = BUF_INIT(64);
	decimal d;
	buf_addf(&digits, "%.6f", v / 100);
	if (decimal_parse(buf_str(&digits), &d))
		i18n_add_percent(b, page->lang, d, use == CHART_NUMBER_TICK ? 0 : 2);
}

static int32_t quarter_of(const struct prices_average *x)
{
	return x->year * 4 + x->quarter - 1;
}

/* One point for each quarter from the first to the last: where there is no average, the line has a gap. */
static size_t history_points(const struct prices_corridor *c, struct chart_point *p, size_t room)
{
	size_t n = 0, i = 0;
	for (int32_t q = quarter_of(&c->averages[0]); i < c->n_averages && n < room; q++, n++) {
		bool known = quarter_of(&c->averages[i]) == q;
		date day = DATE_NONE;
		(void)date_from_civil(q / 4, q % 4 * 3 + 1, 1, &day);
		p[n] = (struct chart_point){day.day, known ? (double)c->averages[i].mean_ppm / 10000 : CHART_MISSING};
		i += known;
	}
	return n;
}

static enum err_code make_history(const struct site_page *page, struct prices_corridor_view *v, struct err *e)
{
	const struct prices_corridor *c = v->c;
	if (!c->n_averages)
		return ERR_OK;
	struct chart_point *p = ARENA_ARRAY(page->arena, QUARTERS_MAX, struct chart_point);
	struct chart_format *f = ARENA_NEW(page->arena, struct chart_format);
	if (!p || !f)
		return arena_fail(page->arena, e);
	*f = (struct chart_format){.number = write_percent, .ctx = page};
	const struct chart_line line = {
	    .name = i18n_text(page->lang, MSG("Average cost")), .p = p, .n = history_points(c, p, QUARTERS_MAX)};
	const struct chart_reference goals[] = {
	    {i18n_text(page->lang, MSG("goal 10.c on average: 3%")), 3}, {i18n_text(page->lang, MSG("goal 10.c at most: 5%")), 5}};
	const struct chart chart = {.kind = CHART_LINES, .id = STR("history"),
	    .title = i18n_text(page->lang, MSG("What sending money cost, by quarter")), .lang = site_chart_lang(page), .format = f,
	    .lines = {.line = &line, .n = 1, .reference = goals, .n_references = 2, .x = CHART_X_DAY, .from_zero = true}};
	const struct site_chart about = {.chart = &chart, .level = 2,
	    .about = i18n_text(page->lang, MSG("Average of all services that tell their rate, in percent of about 200 dollars. Source: World Bank, Remittance Prices Worldwide.")),
	    .note = c->averages_of.n ? i18n_text(page->lang, MSG("The figures are of the Netherlands Antilles, which no longer exist as a country.")) : STR_NONE,
	    .data = "/data/price-averages"};
	v->has_history = true;
	return site_chart_make(page, &about, &v->history, e);
}

/* ---- what it costs now ---- */

static enum err_code make_averages(const struct site_page *page, const struct prices_view *view,
    struct prices_corridor_view *v, int64_t now, struct err *e)
{
	const struct prices_corridor *c = v->c;
	struct compare_offer *offers;
	v->mean_ppm = v->cheapest_ppm = INT64_MIN;
	if (!str_is(c->send_currency, "EUR"))
		return ERR_OK;
	TRY(prices_corridor_offers(view, c, now, page->arena, &offers, e));
	struct compare_service *s = ARENA_ARRAY(page->arena, c->n_offers + 1, struct compare_service);
	if (!s)
		return arena_fail(page->arena, e);
	size_t n = 0;
	for (size_t i = 0; i < c->n_offers; i++) {
		const struct compare_offer *o = &offers[i];
		if (now - o->collected > compare_ages_usual[o->method].off_list || o->flags & COMPARE_FIRST_TRANSFER)
			continue;
		struct compare_service x = {.provider = o->provider, .transparent = o->margin != COMPARE_MARGIN_UNKNOWN,
		    .accessible = o->latest >= 0 && o->latest <= REACH_MINUTES};
		if (compare_rpw(o, &view->tiers[o->tiers], &c->pair, RPW_EUROS, &x.total_ppm))
			s[n++] = x;
	}
	if (!compare_mean(s, n, &v->mean_ppm, &v->n_mean))
		v->mean_ppm = INT64_MIN;
	if (!compare_three_cheapest(s, n, &v->cheapest_ppm, &v->n_cheapest))
		v->cheapest_ppm = INT64_MIN;
	return ERR_OK;
}

/* A country without anything: the question's page says so, and what can be done. */
static enum err_code to_question(struct http_request *req, struct http_response *res, struct err *e)
{
	str code = req->params[0].text;
	if (!i18n_country_known(code))
		return fail(e, ERR_NOT_FOUND, "prices.corridor", "there is no such country");
	str to = arena_fmt(req->arena, "/%s/prices?to=%.*s", lang_code((enum lang)req->lang), STR_ARG(code));
	return to.p ? http_redirect(res, 303, to, e) : arena_fail(req->arena, e);
}

enum err_code page_corridor(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct prices_view *view = public_view_of(req)->prices;
	const struct prices_corridor *c = prices_corridor_to(view, req->params[0].text);
	enum lang l = (enum lang)req->lang;
	if (!c)
		return to_question(req, res, e);
	struct site_page page;
	struct prices_corridor_view v = {.c = c};
	int64_t now = prices_corridor_now(c, req->now_ms / 60000);
	prices_page_open(req, MSG("Sending money home"), &page);
	AUTO_BUF title = BUF_INIT(400);
	str name = i18n_country(l, c->receive_country);
	i18n_add_filled(&title, i18n_text(l, MSG("Sending money to {0}")), &name, 1);
	page.title = arena_str(req->arena, buf_str(&title));
	TRY(make_history(&page, &v, e));
	TRY(make_averages(&page, view, &v, now, e));
	prices_completeness(view, c, compare_ages_usual, now, &v.complete);
	struct tpl_out o = site_out(&page, res);
	prices_corridor_page(&o, &page, &v, now);
	return site_done(res, e);
}

/* ---- completeness, and the twelve points ---- */

/* Points 7 and 9 follow from the data: all corridors with offers must meet them. */
static void judge(struct prices_quality_view *v, int64_t now)
{
	bool any = false, covered = true, known = true, shopped = true;
	for (size_t i = 0; i < v->n; i++) {
		const struct prices_completeness *x = &v->corridors[i].complete;
		any |= x->offers > 0;
		known &= x->has_shares;
		covered &= x->has_shares && x->covered_ppm >= COVERED_PPM;
		shopped &= x->mystery_shop != PRICES_UNKNOWN && now - x->mystery_shop <= SHOPPED_MINUTES;
	}
	v->points[6].met = any && covered;
	v->points[6].open = !v->points[6].met && !known;
	v->points[8].met = any && shopped;
}

enum err_code page_quality(struct http_request *req, struct http_response *res, struct err *e)
{
	static const struct prices_point points[12] = {
	    {MSG("Two amounts for each country"), MSG("Any amount can be asked."), true, false},
	    {MSG("The fee of the sender"), MSG("Every offer has its tariff."), true, false},
	    {MSG("The exchange rate that is applied"), MSG("Offers that do not tell it stand apart."), true, false},
	    {MSG("The total of the known costs"), MSG("In money and in percent, for every offer."), true, false},
	    {MSG("The speed"), MSG("For every offer, or that it is not told."), true, false},
	    {MSG("The kind of service"), MSG("How it is paid and how it is received."), true, false},
	    {MSG("Providers with at least 60% of the market"), MSG("Counted above, from market shares with their source."), false, false},
	    {MSG("Who collects prices is independent of the market"), MSG("The organisation that runs this site has to show it."), false, true},
	    {MSG("Prices are checked by buyers unknown to the provider"), MSG("Counted above: in every country, within half a year."), false, false},
	    {MSG("No advertising"), MSG("There is none, and no place for it."), true, false},
	    {MSG("No subscription, clear funding, no payment by providers"), MSG("The organisation that runs this site has to show its funding."), false, true},
	    {MSG("Links to other certified comparisons"), MSG("They stand below."), true, false},
	};
	const struct prices_view *view = public_view_of(req)->prices;
	struct site_page page;
	struct prices_quality_view v = {.view = view};
	struct prices_corridor_view *all = ARENA_ARRAY(req->arena, view->n_corridors + 1, struct prices_corridor_view);
	if (!all)
		return arena_fail(req->arena, e);
	int64_t latest = req->now_ms / 60000;
	for (size_t i = 0; i < view->n_corridors; i++) {
		const struct prices_corridor *c = &view->corridors[i];
		if (!c->n_offers)
			continue;
		latest = prices_corridor_now(c, req->now_ms / 60000);
		all[v.n].c = c;
		prices_completeness(view, c, compare_ages_usual, latest, &all[v.n++].complete);
	}
	v.corridors = all;
	memcpy(v.points, points, sizeof v.points);
	judge(&v, latest);
	prices_page_open(req, MSG("Prices, their age, and what is missing"), &page);
	struct tpl_out o = site_out(&page, res);
	prices_quality(&o, &page, &v, latest);
	return site_done(res, e);
}

const struct prices_corridor *prices_corridor_to(const struct prices_view *v, str country)
{
	const struct prices_corridor *found = NULL;
	for (size_t i = 0; i < v->n_corridors; i++) {
		const struct prices_corridor *c = &v->corridors[i];
		if (str_eq(c->receive_country, country) && (!found || (!found->n_offers && c->n_offers)))
			found = c;
	}
	return found;
}
