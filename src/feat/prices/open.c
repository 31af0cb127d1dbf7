/* Prices for other sites: the comparison as JSON, a table to embed, and a feed of what changed. */
#include "feat/prices/public.h"

#include "base/utf8.h"
#include "feat/prices/table.tpl.h"

/* ---- the comparison as JSON ---- */

static enum err_code api_compare(struct http_request *req, struct http_response *res, struct err *e)
{
	struct prices_result r;
	struct json_writer w;
	TRY(prices_ask(req, &r, e));
	if (r.fault.text) {
		(void)fail(e, r.corridor ? ERR_INVALID : ERR_NOT_FOUND, "prices.question", "%s", r.fault.text);
		return err_field(e, r.fault.field);
	}
	res->type = "application/json";
	jw_begin_buf(&w, &res->body);
	prices_case_write(&w, &r.c, &r.answer);
	return jw_finish(&w, e);
}

/* ---- a table to embed ---- */

static enum err_code page_table(struct http_request *req, struct http_response *res, struct err *e)
{
	struct prices_result r;
	struct site_page page;
	str country = req->params[0].text, name = i18n_country((enum lang)req->lang, country);
	TRY(prices_ask_for(req, country, &r, e));
	prices_page_open(req, MSG("Sending money to {0}"), &page);
	AUTO_BUF title = BUF_INIT(400);
	i18n_add_filled(&title, page.title, &name, 1);
	page.title = arena_str(req->arena, buf_str(&title));
	res->csp = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";
	struct tpl_out o = site_out(&page, res);
	prices_table(&o, &page, &r);
	return site_done(res, e);
}

/* ---- the feed: RFC 4287, an entry for each corridor, which is new whenever a price of it is ---- */

enum { ENTRY_BYTES = 4096 };

static int64_t last_price(const struct prices_view *v, const struct prices_corridor *c)
{
	int64_t last = INT64_MIN;
	for (size_t i = c->first_offer; i < c->first_offer + c->n_offers; i++)
		if (v->offers[i].collected > last)
			last = v->offers[i].collected;
	return last;
}

struct feed {
	const struct http_request *req;
	const struct site_page *page;
	struct buf *out;
	str base; /* "https://example.org" */
};

static void add_link(const struct feed *f, const char *rel, str path)
{
	buf_addf(f->out, "<link rel=\"%s\" href=\"", rel);
	buf_add_markup(f->out, f->base);
	buf_addf(f->out, "/%s%.*s\"/>", lang_code(f->page->lang), STR_ARG(path));
}

static void add_time(struct buf *out, const char *tag, int64_t minute)
{
	buf_addf(out, "<%s>", tag);
	buf_add_instant(out, minute * 60000);
	buf_addf(out, "</%s>", tag);
}

static void add_element(struct buf *out, const char *tag, str text)
{
	buf_addf(out, "<%s>", tag);
	buf_add_markup(out, text);
	buf_addf(out, "</%s>", tag);
}

/* "Example provider B: 2,143.20 MAD for 200 EUR", of the first place. */
static enum err_code add_summary(const struct feed *f, const struct prices_corridor *c, struct err *e)
{
	struct prices_result r;
	AUTO_BUF text = BUF_INIT(ENTRY_BYTES);
	TRY(prices_ask_for(f->req, c->receive_country, &r, e));
	if (r.fault.text || !r.answer.ranked) {
		buf_add(&text, i18n_text(f->page->lang, MSG("No offer does what you ask")));
	} else {
		struct prices_card x = prices_card_of(&r, 0);
		buf_add(&text, x.provider->name);
		if (x.detail->example) {
			buf_addz(&text, " (");
			buf_add(&text, i18n_text(f->page->lang, MSG("invented")));
			buf_addz(&text, ")");
		}
		buf_addz(&text, ": ");
		i18n_add_money(&text, f->page->lang, prices_money(x.row->quote.gets, r.c.receive_currency));
		buf_addz(&text, " ← ");
		i18n_add_money(&text, f->page->lang, prices_money(r.c.question.amount, r.c.send_currency));
	}
	add_element(f->out, "summary", buf_str(&text));
	return buf_check(&text, e);
}

static enum err_code add_entry(const struct feed *f, const struct prices_corridor *c, struct err *e)
{
	AUTO_BUF title = BUF_INIT(400);
	str name = i18n_country(f->page->lang, c->receive_country);
	i18n_add_filled(&title, i18n_text(f->page->lang, MSG("Sending money to {0}")), &name, 1);
	buf_addz(f->out, "<entry>");
	add_element(f->out, "title", buf_str(&title));
	buf_addf(f->out, "<id>tag:grutto,2026:prices/%.*s-%.*s</id>", STR_ARG(c->send_country), STR_ARG(c->receive_country));
	add_time(f->out, "updated", last_price(public_view_of(f->req)->prices, c));
	str path = arena_fmt(f->req->arena, "/prices/to/%.*s", STR_ARG(c->receive_country));
	if (!path.p)
		return arena_fail(f->req->arena, e);
	add_link(f, "alternate", path);
	TRY(add_summary(f, c, e));
	buf_addz(f->out, "</entry>\n");
	return buf_check(f->out, e);
}

static str base_of(const struct http_request *req)
{
	str host = http_header(req, "Host"), base = site_app_of(req)->base_url;
	if (base.n || !host.n)
		return base;
	return arena_fmt(req->arena, "%s://%.*s", req->secure ? "https" : "http", STR_ARG(host));
}

static enum err_code page_changes(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct prices_view *v = public_view_of(req)->prices;
	struct site_page page;
	prices_page_open(req, MSG("Sending money home"), &page);
	const struct feed f = {.req = req, .page = &page, .out = &res->body, .base = base_of(req)};
	int64_t last = INT64_MIN;
	for (size_t i = 0; i < v->n_offers; i++)
		last = v->offers[i].collected > last ? v->offers[i].collected : last;
	if (last == INT64_MIN)
		return fail(e, ERR_NOT_FOUND, "prices.none", "no prices are known");
	res->type = "application/atom+xml";
	res->vary = "Host";
	buf_addf(&res->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">",
	    lang_code(page.lang));
	add_element(&res->body, "title", page.title);
	buf_addz(&res->body, "<id>tag:grutto,2026:prices</id><author><name>Grutto</name></author>");
	add_time(&res->body, "updated", last);
	add_link(&f, "self", STR("/prices/changes.atom"));
	buf_addz(&res->body, "\n");
	for (size_t i = 0; i < v->n_corridors; i++)
		if (v->corridors[i].n_offers)
			TRY(add_entry(&f, &v->corridors[i], e));
	buf_addz(&res->body, "</feed>\n");
	return buf_check(&res->body, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/api/v1/prices/compare", api_compare, .cache = HTTP_CACHE_MINUTE, .fields = prices_ask_fields,
        .summary = "Offers to send money, ranked by what arrives, with every derived figure", .produces = "application/json"},
    {HTTP_GET, "/prices/table/{code:country}", page_table, .localized = true, .every_language = true,
        .cache = HTTP_CACHE_MINUTE, .example = "/prices/table/MA"},
    {HTTP_GET, "/prices/changes.atom", page_changes, .localized = true, .every_language = true, .cache = HTTP_CACHE_MINUTE,
        .produces = "application/atom+xml"},
};

struct http_routes prices_open_routes(void)
{
	return HTTP_ROUTES(routes);
}
