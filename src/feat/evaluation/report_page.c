/* The whole evaluation to take away: HTML at once, PDF when it has been made. Nothing waits for it: whoever asks first gets a
 * page that comes back by itself. */
#include "feat/evaluation/page.h"
#include "feat/evaluation/printer.h"
#include "feat/evaluation/report.h"
#include "feat/evaluation/waiting.tpl.h"

enum {
	REPORT_ARENA = 512 << 20,
	COME_BACK_S = 4,
	RETRY_S = PRINT_REST_MS / 1000,
};

struct asked {
	struct http_request *req;
	struct http_response *res;
	const struct public_view *view;
	const struct site_app *app;
	enum lang lang;
};

static enum err_code open_asked(struct http_request *req, struct http_response *res, struct asked *x, struct err *e)
{
	*x = (struct asked){.req = req, .res = res, .view = public_view_of(req), .app = site_app_of(req)};
	if (!lang_parse(http_param(req, 0)->text, &x->lang))
		return fail(e, ERR_NOT_FOUND, "evaluation.lang", "the evaluation is there in en, nl and fr");
	if (!x->view->evaluation->whole)
		return fail(e, ERR_NOT_FOUND, "evaluation.empty", "the records hold nothing to evaluate");
	return ERR_OK;
}

static enum err_code write_html(const struct asked *x, struct buf *out, struct err *e)
{
	AUTO_ARENA a = arena_new(REPORT_ARENA);
	const struct report_wanted w = {.facts = &x->view->evaluation->whole->facts, .lang = x->lang, .base_url = x->app->base_url,
	    .made_ms = x->view->made_ms};
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	return report_html(&w, a, out, e);
}

static enum err_code name_file(const struct asked *x, const char *extension, struct err *e)
{
	x->res->file_name = arena_fmt(x->req->arena, "grutto-evaluation-%s.%s", lang_code(x->lang), extension);
	return x->res->file_name.p ? ERR_OK : arena_fail(x->req->arena, e);
}

static enum err_code data_html(struct http_request *req, struct http_response *res, struct err *e)
{
	struct asked x;
	TRY(open_asked(req, res, &x, e));
	TRY(name_file(&x, "html", e));
	return write_html(&x, &res->body, e);
}

/* ---- PDF ---- */

static enum err_code send_page(const struct asked *x, int status, int seconds, const struct err *why, struct err *e)
{
	struct site_page page;
	struct http_request *r = ARENA_NEW(x->req->arena, struct http_request);
	str after = arena_fmt(x->req->arena, "%d", seconds);
	if (!r || !after.p)
		return arena_fail(x->req->arena, e);
	*r = *x->req;
	r->lang = (int)x->lang;
	r->rest_path = STR("/evaluation");
	r->canonical_query = STR("");
	x->res->status = status;
	x->res->cache = HTTP_CACHE_NEVER;
	TRY(http_add_header(x->res, "Retry-After", after, e));
	if (!why)
		TRY(http_add_header(x->res, "Refresh", after, e));
	site_page_open(r, SITE_EVALUATION,
	    i18n_text(x->lang, why ? MSG("The PDF cannot be made now") : MSG("The PDF is being made")), STR_NONE, &page);
	site_page_crumb(&page, i18n_text(x->lang, MSG("Evaluation")), STR("/evaluation"));
	struct tpl_out o = site_out(&page, x->res);
	evaluation_waiting(&o, &page, why, seconds);
	return site_done(x->res, e);
}

static enum err_code begin(const struct asked *x, struct err *e)
{
	struct buf html = BUF_INIT(PDF_HTML_BYTES);
	enum err_code code = write_html(x, &html, e);
	if (code != ERR_OK) {
		buf_free(&html);
		return code;
	}
	printer_give(x->app->printer, x->lang, x->view->made_ms, x->req->now_ms, &html);
	return send_page(x, 202, COME_BACK_S, NULL, e);
}

static enum err_code data_pdf(struct http_request *req, struct http_response *res, struct err *e)
{
	struct asked x;
	struct err why;
	TRY(open_asked(req, res, &x, e));
	if (!x.app->printer) {
		(void)fail(&why, ERR_IO, "pdf.helper", "this service makes no PDFs");
		return send_page(&x, 503, RETRY_S, &why, e);
	}
	switch (printer_look(x.app->printer, x.lang, x.view->made_ms, req->now_ms, &res->body, &why)) {
	case PRINT_WANTED:
		return begin(&x, e);
	case PRINT_MAKING:
		return send_page(&x, 202, COME_BACK_S, NULL, e);
	case PRINT_FAILED:
		return send_page(&x, 503, RETRY_S, &why, e);
	case PRINT_READY:
		break;
	}
	TRY(name_file(&x, "pdf", e));
	res->type = "application/pdf";
	return buf_check(&res->body, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/data/evaluation/{lang:slug}.html", data_html, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "The whole evaluation in one file, in en, nl or fr", .produces = "text/html; charset=utf-8",
	.example = "/data/evaluation/nl.html"},
    {HTTP_GET, "/data/evaluation/{lang:slug}.pdf", data_pdf, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "The whole evaluation as PDF; 202 while it is being made, with Retry-After", .produces = "application/pdf",
	.example = "/data/evaluation/nl.pdf"},
};

struct http_routes evaluation_report_routes(void)
{
	return HTTP_ROUTES(routes);
}
