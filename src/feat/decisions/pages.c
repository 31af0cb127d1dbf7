/* The list of decision models, and each of them. */
#include "feat/decisions/parts.h"

#include "feat/decisions/list.tpl.h"
#include "feat/decisions/model.tpl.h"
#include "feat/programme/programme.h"

bool decisions_can_check(const struct programme_view *p, str key)
{
	for (size_t i = 0; i < p->n_decision_labels; i++)
		if (str_is(p->decision_labels[i].kind, "check") && str_eq(p->decision_labels[i].model, key))
			return true;
	return false;
}

static str with_version(struct arena *a, const char *before, const struct decision_version *v, str name, const char *after)
{
	AUTO_BUF b = BUF_INIT(8192);
	buf_addz(&b, before);
	tpl_add_path(&b, v->source.key);
	if (name.n) {
		buf_addc(&b, '/');
		tpl_add_path(&b, name);
	}
	buf_addf(&b, "%s?version=%lld", after, (long long)v->source.number);
	str s = arena_str(a, buf_str(&b));
	return s.p ? s : STR("#");
}

struct url decisions_file(struct arena *a, const struct decision_version *v, str name, const char *extension)
{
	str end = arena_fmt(a, ".%s", extension);
	return url_local(with_version(a, "/data/decisions/", v, name, end.p ? end.p : ""));
}

struct url decisions_link(const struct site_page *page, const struct decision_version *v)
{
	return site_url_str(page, with_version(page->arena, "/rules/decisions/", v, STR_NONE, ""));
}

struct url decisions_check_link(const struct site_page *page, str key)
{
	return site_url_of(page, "/rules/check/", key);
}

/* ---- the list ---- */

static size_t count_decisions(const struct decision_version *v)
{
	size_t n = 0;
	for (size_t i = 0; v->model && i < v->model->n_elements; i++)
		n += v->model->elements[i].kind == DMN_DECISION;
	return n;
}

static str check_title(const struct words *w)
{
	const struct programme_view *p = w->programme;
	for (size_t i = 0; i < p->n_decision_labels; i++)
		if (str_is(p->decision_labels[i].kind, "check") && str_eq(p->decision_labels[i].model, w->model))
			return text3_in(&p->decision_labels[i].label, w->lang);
	return STR("");
}

static enum err_code list_models(const struct site_page *page, struct list_view *list, struct err *e)
{
	const struct decisions_view *all = page->view->decisions;
	VEC(struct listed_model) models = {0};
	for (size_t i = 0; i < all->n;) {
		size_t end = i + 1;
		while (end < all->n && str_eq(all->versions[end].source.key, all->versions[i].source.key))
			end++;
		const struct decision_version *v =
		    date_is(list->on) ? decisions_on(all, all->versions[i].source.key, list->on) : &all->versions[i];
		if (v) {
			struct words w = {page->view->programme, v->source.key, page->lang, page->arena};
			struct listed_model *m = VEC_ADD(&models, page->arena);
			if (!m)
				return arena_fail(page->arena, e);
			*m = (struct listed_model){v, decisions_name(&w, v), count_decisions(v), end - i,
			    check_title(&w), words_text(&w, v->source.legal_basis)};
		}
		i = end;
	}
	list->models = models.p;
	list->n = models.n;
	return ERR_OK;
}

void decisions_crumb(struct site_page *page)
{
	site_page_crumb(page, i18n_text(page->lang, MSG("Rules and history")), STR("/rules"));
}

enum err_code page_decisions(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct list_view list = {.on = http_date(req, "on")};
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_RULES, i18n_text(l, MSG("Decision tables")), STR_NONE, &page);
	decisions_crumb(&page);
	TRY(list_models(&page, &list, e));
	struct tpl_out o = site_out(&page, res);
	decisions_list_page(&o, &page, &list);
	return site_done(res, e);
}

/* ---- one model ---- */

static const struct decision_version *wanted(const struct http_request *req)
{
	const struct decisions_view *all = public_view_of(req)->decisions;
	str key = http_param(req, 0)->text;
	int64_t number = http_int(req, "version", 0);
	return number ? decisions_version(all, key, number) : decisions_newest(all, key);
}

enum err_code page_decision_model(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct decision_version *v = wanted(req);
	struct model_view view;
	enum lang l = (enum lang)req->lang;
	if (!v)
		return fail(e, ERR_NOT_FOUND, "decisions.model", "there is no such decision model, or no such version of it");
	struct words w = {public_view_of(req)->programme, v->source.key, l, req->arena};
	site_page_open(req, SITE_RULES, decisions_name(&w, v), STR_NONE, &page);
	decisions_crumb(&page);
	site_page_crumb(&page, i18n_text(l, MSG("Decision tables")), STR("/rules/decisions"));
	TRY(decisions_show(&page, v, &view, e));
	struct tpl_out o = site_out(&page, res);
	decision_model_page(&o, &page, &view);
	return site_done(res, e);
}

/* ---- routes ---- */

static const struct http_field list_fields[] = {
    {.name = "on", .type = HTTP_DATE, .summary = "What was in force on this day"},
    {0},
};

static const struct http_field version_fields[] = {
    {.name = "version", .type = HTTP_INT, .min = 1, .max = 1000000, .summary = "The version; without it the newest"},
    {0},
};

#define FILE_ROUTE(path, fn, text, media, sample)                                                  \
	{                                                                                          \
		HTTP_GET, path, fn, .lane = HTTP_SLOW, .cache = HTTP_CACHE_VALIDATE,               \
		    .fields = version_fields, .summary = text, .produces = media, .example = sample \
	}

static const struct http_route routes[] = {
    {HTTP_GET, "/rules/decisions", page_decisions, .localized = true, .cache = HTTP_CACHE_SNAPSHOT, .fields = list_fields},
    {HTTP_GET, "/rules/decisions/{model}", page_decision_model, .localized = true, .lane = HTTP_SLOW,
	.cache = HTTP_CACHE_SNAPSHOT, .fields = version_fields},
    {HTTP_GET, "/rules/check", page_checks, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/rules/check/{model}", page_check, .localized = true, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = list_fields},
    /* without declared fields: they depend on the model; the answer is kept nowhere */
    {HTTP_POST, "/rules/check/{model}", page_check_answer, .localized = true, .lane = HTTP_SLOW, .cache = HTTP_CACHE_NEVER,
	.body_bytes = DECISIONS_FORM_BYTES},
    FILE_ROUTE("/data/decisions/{model}.dmn", data_decision_dmn, "A decision model as DMN", "application/xml", NULL),
    FILE_ROUTE("/data/decisions/{model}/{table}.csv", data_decision_csv, "A decision table", "text/csv; charset=utf-8", NULL),
    FILE_ROUTE("/data/decisions/{model}/{table}.json", data_decision_json, "A decision table", "application/json", NULL),
    FILE_ROUTE("/data/decisions/{model}/{table}.xlsx", data_decision_xlsx, "A decision table",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", NULL),
};

struct http_routes decisions_routes(void)
{
	return HTTP_ROUTES(routes);
}
