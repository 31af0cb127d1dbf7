/* What if, as pages: choose a table, change its cells, see what comes out differently. The form carries the whole table, so
 * it works without script, and nothing is kept between requests. */
#include "feat/evaluation/whatif_page.h"

#include "feat/evaluation/whatif.tpl.h"

enum { WHATIF_ARENA = 768 << 20, FORM_HTML_BYTES = 8 << 20 };

struct url whatif_link(const struct site_page *page, str model, str table)
{
	AUTO_BUF b = BUF_INIT(HTTP_TARGET_MAX_BYTES * 3);
	buf_addz(&b, "/evaluation/what-if");
	if (model.n) {
		buf_addc(&b, '/');
		tpl_add_path(&b, model);
		buf_addc(&b, '/');
		tpl_add_path(&b, table);
	}
	str s = b.failed ? STR_NONE : arena_str(page->arena, buf_str(&b));
	return site_url(page, s.p ? s.p : "/evaluation/what-if");
}

struct url whatif_about(const struct site_page *page, const struct change *c)
{
	const struct show s = {.page = page};
	return show_link(&s, c->link);
}

/* A row of the table that is tried stands on this page: in the copy it may be another than in the rule as it is. */
static struct url row_below(const struct site_page *page, const struct change *c)
{
	ptrdiff_t slash = str_find_char(c->rule_anchor, '/');
	uint32_t row = 0;
	if (slash < 0 || !str_to_u32(str_sub(c->rule_anchor, (size_t)slash + 1, c->rule_anchor.n), &row) || !row)
		return (struct url){STR("#table")};
	str s = arena_fmt(page->arena, "#row-%u", row - 1);
	return (struct url){s.p ? s : STR("#table")};
}

struct url whatif_rule(const struct site_page *page, const struct whatif_view *x, const struct change *c)
{
	ptrdiff_t slash = str_find_char(c->rule_anchor, '/');
	str element = slash < 0 ? c->rule_anchor : str_sub(c->rule_anchor, 0, (size_t)slash);
	if (str_eq(c->rule, x->v->source.key) && str_eq(element, x->table))
		return row_below(page, c);
	const struct statement st = {.rule = c->rule, .rule_anchor = c->rule_anchor};
	const struct show s = {.page = page, .view = x->view};
	return show_rule_link(&s, &st);
}

static void open_page(const struct http_request *req, struct arena *a, struct site_page *page)
{
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_EVALUATION, i18n_text(l, MSG("What if a rule were another?")),
	    i18n_text(l, MSG("Change a rule or a threshold in a copy and see which judgements change, and why.")), page);
	page->arena = a;
	site_page_crumb(page, i18n_text(l, MSG("Evaluation")), STR("/evaluation"));
}

/* ---- choosing ---- */

static enum err_code list_choices(const struct site_page *page, struct whatif_view *x, struct err *e)
{
	VEC(struct whatif_choice) list = {0};
	for (size_t i = 0; whatif_model(i); i++) {
		const struct decision_version *v = decisions_newest(x->view->decisions, str_of(whatif_model(i)));
		struct whatif_choice *slot = v ? VEC_ADD(&list, page->arena) : NULL;
		if (!v)
			continue;
		if (!slot)
			return arena_fail(page->arena, e);
		slot->v = v;
		slot->title = decisions_title(x->view->programme, v, page->lang, page->arena);
		TRY(decisions_tables(x->view->programme, v, page->lang, page->arena, &slot->tables, &slot->n, e));
	}
	x->choices = list.p;
	x->n_choices = list.n;
	return ERR_OK;
}

enum err_code page_whatif(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(WHATIF_ARENA);
	struct site_page page;
	struct whatif_view x = {.view = public_view_of(req)->evaluation};
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	open_page(req, a, &page);
	TRY(list_choices(&page, &x, e));
	struct tpl_out o = site_out(&page, res);
	whatif_choose(&o, &page, &x);
	return site_done(res, e);
}

/* ---- one table ---- */

static enum err_code find_model(const struct http_request *req, struct whatif_view *x, struct err *e)
{
	str key = http_param(req, 0)->text;
	x->table = http_param(req, 1)->text;
	x->v = whatif_is_model(key) ? decisions_newest(x->view->decisions, key) : NULL;
	if (!x->v)
		return fail(e, ERR_NOT_FOUND, "evaluation.model", "the evaluation judges by no such model");
	return ERR_OK;
}

/* What was sent cannot be read as this table: the table as it stands, and why. */
static enum err_code open_trial(const struct http_request *form, const struct site_page *page, struct whatif_view *x, struct err *e)
{
	struct err why;
	if (form) {
		enum err_code code = decisions_trial_open(x->view->decisions, x->v, x->table, page->lang, form, page->arena, &x->trial, &why);
		if (code == ERR_OK)
			return ERR_OK;
		if (code != ERR_INVALID && code != ERR_LIMIT) {
			*e = why;
			return code;
		}
		x->problem = arena_str(page->arena, str_of(why.detail));
	}
	return decisions_trial_open(x->view->decisions, x->v, x->table, page->lang, NULL, page->arena, &x->trial, e);
}

static str title_of(const struct whatif_view *x, const struct site_page *page)
{
	const struct decisions_table *tables = NULL;
	size_t n = 0;
	struct err ignored;
	if (decisions_tables(x->view->programme, x->v, page->lang, page->arena, &tables, &n, &ignored) != ERR_OK)
		return x->table;
	for (size_t i = 0; i < n; i++)
		if (str_eq(tables[i].name, x->table))
			return tables[i].title;
	return x->table;
}

static enum err_code draw_form(const struct site_page *page, struct whatif_view *x, struct err *e)
{
	AUTO_BUF b = BUF_INIT(FORM_HTML_BYTES);
	TRY(decisions_trial_html(x->trial, x->view->programme, &b, e));
	x->form.s = arena_str(page->arena, buf_str(&b));
	x->model_title = decisions_title(x->view->programme, x->v, page->lang, page->arena);
	x->table_title = title_of(x, page);
	return x->form.s.p ? ERR_OK : arena_fail(page->arena, e);
}

/* A copy that compiles may still be one by which nothing can be judged: a word that is no rating, an expression without end. */
static enum err_code compare(const struct facts *f, const struct site_page *page, struct whatif_view *x, struct err *e)
{
	struct err why;
	enum err_code code = whatif_compare(f, x->v, x->trial, page->lang, page->arena, &x->changes, &why);
	if (code == ERR_OK)
		return ERR_OK;
	if (code != ERR_INVALID && code != ERR_LIMIT && code != ERR_NOT_FOUND) {
		*e = why;
		return code;
	}
	x->tried = false;
	x->unjudged = arena_str(page->arena, str_of(why.detail));
	return x->unjudged.p ? ERR_OK : arena_fail(page->arena, e);
}

static enum err_code show_table(struct http_request *req, struct http_response *res, bool sent, struct err *e)
{
	AUTO_ARENA a = arena_new(WHATIF_ARENA);
	struct site_page page;
	struct whatif_view x = {.view = public_view_of(req)->evaluation, .problem = STR(""), .unjudged = STR("")};
	const struct evaluation_scope whole = {.as_of = DATE_NONE};
	const struct facts *f;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(find_model(req, &x, e));
	open_page(req, a, &page);
	site_page_crumb(&page, page.title, STR("/evaluation/what-if"));
	TRY(evaluation_facts(x.view, &whole, a, &f, e));
	TRY(open_trial(sent ? req : NULL, &page, &x, e));
	TRY(draw_form(&page, &x, e));
	x.tried = sent && !x.problem.n && x.trial->version->set && !x.trial->n_errors;
	if (x.tried)
		TRY(compare(f, &page, &x, e));
	page.title = x.table_title;
	struct tpl_out o = site_out(&page, res);
	whatif_table(&o, &page, &x);
	return site_done(res, e);
}

enum err_code page_whatif_table(struct http_request *req, struct http_response *res, struct err *e)
{
	return show_table(req, res, false, e);
}

enum err_code page_whatif_tried(struct http_request *req, struct http_response *res, struct err *e)
{
	return show_table(req, res, true, e);
}
