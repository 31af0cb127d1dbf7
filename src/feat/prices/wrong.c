/* Reports of wrong prices: what is written, the page's language and the day are kept, nothing else. */
#include "feat/prices/public.h"

#include "db/db.h"
#include "feat/prices/wrong.sql.h"
#include "feat/prices/wrong.tpl.h"
#include "feat/programme/programme.h"

enum {
	OPEN_MAX = 1000, /* reports that nobody has handled; more are not taken, so that nobody fills the disk */
	TEXT_MIN = 10,
	TEXT_MAX = 500,
	BODY_BYTES = 8192,
};

static enum err_code show(struct http_request *req, struct http_response *res, struct prices_wrong_view *v, struct err *e)
{
	struct site_page page;
	struct prices_compare_view c = {0};
	prices_page_open(req, MSG("Report a wrong price"), &page);
	v->view = public_view_of(req)->prices;
	TRY(prices_countries(&page, v->view, &c, e));
	v->countries = c.countries;
	v->n_countries = c.n_countries;
	struct tpl_out o = site_out(&page, res);
	prices_wrong(&o, &page, v);
	return site_done(res, e);
}

static enum err_code page_wrong(struct http_request *req, struct http_response *res, struct err *e)
{
	struct prices_wrong_view v = {.sent = http_bool(req, "sent", false), .country = STR(""), .provider = STR(""), .text = STR("")};
	return show(req, res, &v, e);
}

/* A form of another site is refused: browsers say where a form comes from. */
static bool from_here(const struct http_request *req)
{
	str site = http_header(req, "Sec-Fetch-Site");
	return !site.p || str_is(site, "same-origin") || str_is(site, "none");
}

static enum err_code keep(const struct http_request *req, const struct prices_wrong_view *v, bool *ret_full, struct err *e)
{
	AUTO_DB c = NULL;
	AUTO_TX tx = {0};
	const struct site_app *app = site_app_of(req);
	struct uid_maker uids = {.clock = app->clock, .rng = rng_system()};
	int64_t programme = public_view_of(req)->programme->programme;
	struct price_report_count_row waiting;
	int64_t changed;
	TRY(db_pool_writer(app->pool, &c, e));
	TRY(db_begin(c, &tx, e));
	TRY(price_report_count(c, programme, req->arena, &waiting, e));
	*ret_full = waiting.n >= OPEN_MAX;
	if (*ret_full)
		return ERR_OK;
	TRY(price_report_add(c, programme, uid_new(&uids), date_of_instant(req->now_ms), v->country, v->provider, v->text,
	    str_of(lang_code((enum lang)req->lang)), &changed, e));
	return db_commit(&tx, e);
}

static enum err_code post_wrong(struct http_request *req, struct http_response *res, struct err *e)
{
	bool full = false;
	struct prices_wrong_view v = {.country = http_text(req, "country"), .provider = http_text(req, "provider"),
	    .text = str_trim(http_text(req, "text"))};
	if (!from_here(req))
		return fail(e, ERR_FORBIDDEN, "prices.origin", "the form comes from another site");
	if (v.text.n < TEXT_MIN)
		v.why = MSG("Write in a few words what is wrong and what it should be.");
	else
		TRY(keep(req, &v, &full, e));
	if (full)
		v.why = MSG("Too many reports are waiting at the moment. Please try again in a few days.");
	if (v.why) {
		res->status = full ? 503 : 400;
		return show(req, res, &v, e);
	}
	str to = arena_fmt(req->arena, "/%s/prices/report?sent=1", lang_code((enum lang)req->lang));
	return to.p ? http_redirect(res, 303, to, e) : arena_fail(req->arena, e);
}

static const struct http_field page_fields[] = {{.name = "sent", .type = HTTP_BOOL}, {0}};
static const struct http_field post_fields[] = {
    {.name = "country", .type = HTTP_COUNTRY}, {.name = "provider", .type = HTTP_SLUG},
    {.name = "text", .type = HTTP_TEXT, .max = TEXT_MAX}, {0}};

static const struct http_route routes[] = {
    {HTTP_GET, "/prices/report", page_wrong, .localized = true, .every_language = true, .cache = HTTP_CACHE_SNAPSHOT,
        .fields = page_fields},
    {HTTP_POST, "/prices/report", post_wrong, .localized = true, .every_language = true, .lane = HTTP_SLOW,
        .fields = post_fields, .body_bytes = BODY_BYTES},
};

struct http_routes prices_report_routes(void)
{
	return HTTP_ROUTES(routes);
}
