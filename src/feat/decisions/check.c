/* "Check your situation": a form from the model, and the outcome with its reasons. Nothing is kept: the answers come in
 * the body of the request and leave with the page. */
#include "feat/decisions/outcome.h"
#include "feat/decisions/check_parts.h"

#include "feat/decisions/check.tpl.h"
#include "feat/programme/programme.h"

enum { CHECK_PAIRS_MOST = 400 };

/* ---- the forms there are ---- */

static enum err_code list_checks(const struct site_page *page, struct checks_view *ret, struct err *e)
{
	const struct programme_view *p = page->view->programme;
	VEC(struct check_entry) list = {0};
	for (size_t i = 0; i < p->n_decision_labels; i++) {
		const struct decision_label *l = &p->decision_labels[i];
		bool known = !str_is(l->kind, "check") || !decisions_newest(page->view->decisions, l->model);
		for (size_t k = 0; k < list.n; k++)
			known |= str_eq(list.p[k].key, l->model);
		if (known)
			continue;
		struct check_entry *slot = VEC_ADD(&list, page->arena);
		if (!slot)
			return arena_fail(page->arena, e);
		*slot = (struct check_entry){l->model, text3_in(&l->label, page->lang), text3_in(&l->help, page->lang)};
	}
	*ret = (struct checks_view){list.p, list.n};
	return ERR_OK;
}

enum err_code page_checks(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct checks_view list;
	site_page_open(req, SITE_RULES, i18n_text((enum lang)req->lang, MSG("Check your situation")), STR_NONE, &page);
	decisions_crumb(&page);
	TRY(list_checks(&page, &list, e));
	struct tpl_out o = site_out(&page, res);
	checks_page(&o, &page, &list);
	return site_done(res, e);
}

/* ---- one form ---- */

/* The day whose rules count: the one asked for, else today when a version is in force, else the last day of the newest. */
static date day_of(const struct http_request *req, str key, date asked)
{
	const struct decisions_view *all = public_view_of(req)->decisions;
	const struct decision_version *newest = decisions_newest(all, key);
	date today = date_of_instant(req->now_ms);
	if (date_is(asked))
		return asked;
	if (decisions_on(all, key, today) || !newest || !date_is(newest->source.valid_to))
		return today;
	return newest->source.valid_to;
}

/* The decisions that the pack wants made, as far as the version has them. */
static enum err_code find_decisions(const struct words *w, const struct decision_version *v, const int32_t **ret, size_t *ret_n,
    struct err *e)
{
	const struct programme_view *p = w->programme;
	int32_t *found = ARENA_ARRAY(w->arena, p->n_decision_labels, int32_t);
	size_t n = 0;
	if (!found)
		return arena_fail(w->arena, e);
	for (size_t i = 0; i < p->n_decision_labels; i++) {
		const struct decision_label *l = &p->decision_labels[i];
		if (!str_is(l->kind, "check") || !str_eq(l->model, w->model))
			continue;
		int32_t at = dmn_find(v->set, v->model, l->name);
		if (at >= 0 && dmn_element(v->set, at)->kind == DMN_DECISION)
			found[n++] = at;
	}
	*ret = found;
	*ret_n = n;
	return ERR_OK;
}

static enum err_code open_check(struct http_request *req, date asked, struct site_page *page, struct check_view *v, struct err *e)
{
	str key = http_param(req, 0)->text;
	const struct decisions_view *all = public_view_of(req)->decisions;
	const struct programme_view *p = public_view_of(req)->programme;
	const int32_t *decisions = NULL;
	size_t n = 0;
	if (!decisions_can_check(p, key) || !decisions_newest(all, key))
		return fail(e, ERR_NOT_FOUND, "check.none", "there is no such form");
	*v = (struct check_view){.on = day_of(req, key, asked), .words = {p, key, (enum lang)req->lang, req->arena}, .all = all};
	for (size_t i = 0; i < p->n_decision_labels && !v->title.n; i++)
		if (str_is(p->decision_labels[i].kind, "check") && str_eq(p->decision_labels[i].model, key)) {
			v->title = text3_in(&p->decision_labels[i].label, v->words.lang);
			v->help = text3_in(&p->decision_labels[i].help, v->words.lang);
		}
	site_page_open(req, SITE_RULES, v->title, STR_NONE, page);
	decisions_crumb(page);
	site_page_crumb(page, i18n_text(page->lang, MSG("Check your situation")), STR("/rules/check"));
	v->version = decisions_on(all, key, v->on);
	if (!v->version || !v->version->set)
		return ERR_OK;
	TRY(find_decisions(&v->words, v->version, &decisions, &n, e));
	return form_make(&v->words, all, v->version, decisions, n, &v->form, e);
}

static enum err_code show(const struct site_page *page, const struct check_view *v, struct http_response *res, struct err *e)
{
	struct tpl_out o = site_out(page, res);
	check_page(&o, page, v);
	return site_done(res, e);
}

enum err_code page_check(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct check_view v;
	TRY(open_check(req, http_date(req, "on"), &page, &v, e));
	res->cache = date_is(http_date(req, "on")) ? HTTP_CACHE_SNAPSHOT : HTTP_CACHE_VALIDATE; /* today is in it */
	return show(&page, &v, res, e);
}

/* ---- the answer ---- */

static enum err_code decide_all(struct check_view *v, struct err *e)
{
	struct dmn_given *given;
	size_t n;
	struct outcome *outcomes = ARENA_ARRAY(v->words.arena, v->form.n_decisions, struct outcome);
	if (!outcomes)
		return arena_fail(v->words.arena, e);
	TRY(form_values(&v->form, v->words.lang, v->words.arena, &given, &n, e));
	for (size_t i = 0; i < v->form.n_decisions; i++)
		TRY(outcome_make(&v->words, &v->form, v->form.decisions[i], given, n, v->on, v->all, &outcomes[i], e));
	v->outcomes = outcomes;
	v->n_outcomes = v->form.n_decisions;
	return ERR_OK;
}

enum err_code page_check_answer(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct check_view v;
	struct form_sent sent;
	date on = DATE_NONE;
	TRY(form_sent_read(req, CHECK_PAIRS_MOST, &sent, e));
	str day = form_sent_get(&sent, "on");
	if (day.n && !date_parse(day, &on))
		return fail(e, ERR_INVALID, "field.value", "parameter \"on\": expected a date such as 2010-03-19");
	TRY(open_check(req, on, &page, &v, e));
	v.sent = true;
	if (v.version && v.version->set) {
		form_fill(&v.form, &v.words, &sent);
		if (!v.form.n_faults)
			TRY(decide_all(&v, e));
	}
	if (v.form.n_faults)
		page.title = arena_fmt(req->arena, "%.*s: %.*s", STR_ARG(i18n_text(page.lang, MSG("Error"))), STR_ARG(v.title));
	return show(&page, &v, res, e);
}
