/* The pages of the evaluation and the same as JSON. The whole programme is shown from the snapshot; another scope is
 * computed when it is asked for, and kept by the response cache as every page is. */
#include "feat/evaluation/page.h"

#include "feat/evaluation/page.tpl.h"
#include "feat/evaluation/whatif.h"

enum {
	PAGE_ARENA = 512 << 20, /* of one answer over the largest programme that is served */
	YEAR_LEAST = 1900,
	YEAR_MOST = 2199,
	PRIORITY_MOST = 99,
	ACTIVITY_MOST = 100,
};

/* ---- what the template asks ---- */

static const char *problem_message(const char *id)
{
	static const struct {
		const char *id, *message;
	} told[] = {
	    {"evaluation.before", MSG("On {0} nothing of the programme was known yet.")},
	    {"evaluation.empty", MSG("The records hold nothing in this scope: no activity ran in it and no money was recorded.")},
	    {"evaluation.activity", MSG("The programme has no activity {0}.")},
	    {"evaluation.priority", MSG("The programme has no priority {0}.")},
	    {"evaluation.period", MSG("A period cannot end before it begins.")},
	};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (strcmp(told[i].id, id) == 0)
			return told[i].message;
	return MSG("This part cannot be answered now.");
}

static str kept(const struct site_page *page, const struct buf *b)
{
	str s = b->failed ? STR_NONE : arena_str(page->arena, buf_str(b));
	return s.p ? s : STR("");
}

str evaluation_problem_text(const struct site_page *page, const struct evaluation_page *x)
{
	AUTO_BUF about = BUF_INIT(1000), b = BUF_INIT(4000);
	if (strcmp(x->problem.id, "evaluation.before") == 0)
		i18n_add_date(&about, page->lang, x->scope.as_of);
	else if (strcmp(x->problem.id, "evaluation.priority") == 0)
		buf_add_i64(&about, x->scope.priority);
	else
		buf_add(&about, x->asked);
	str arg = buf_str(&about);
	i18n_add_filled(&b, i18n_text(page->lang, problem_message(x->problem.id)), &arg, 1);
	return kept(page, &b);
}

str evaluation_problem_detail(const struct evaluation_page *x)
{
	return str_of(x->problem.detail);
}

str evaluation_priority(const struct site_page *page, const struct evaluation_page *x)
{
	AUTO_BUF b = BUF_INIT(1000);
	const struct priority *p = programme_priority(x->view->programme, x->facts->scope.priority);
	buf_add_i64(&b, x->facts->scope.priority);
	if (p) {
		buf_addz(&b, ". ");
		buf_add(&b, text3_in(&p->short_name, page->lang));
	}
	return kept(page, &b);
}

struct url evaluation_action(const struct site_page *page, const struct evaluation_page *x)
{
	str path = arena_fmt(page->arena, "/evaluation%s%s", x->part ? "/" : "", x->part ? x->part->slug : "");
	return site_url(page, path.p ? path.p : "/evaluation");
}

struct url evaluation_link(const struct site_page *page, const char *slug)
{
	str path = arena_fmt(page->arena, "/evaluation%s%s%s%.*s", slug[0] ? "/" : "", slug, page->query.n ? "?" : "",
	    STR_ARG(page->query));
	return site_url(page, path.p ? path.p : "/evaluation");
}

struct url evaluation_file(const struct site_page *page, const char *extension)
{
	str path = arena_fmt(page->arena, "/data/evaluation/%s.%s", lang_code(page->lang), extension);
	return url_local(path.p ? path : STR("#"));
}

bool evaluation_scoped(const struct evaluation_page *x)
{
	return x->asked.n || x->scope.priority || x->scope.year_from || x->scope.year_to || date_is(x->scope.as_of);
}

/* ---- the scope of a request ---- */

static void read_scope(const struct http_request *req, struct evaluation_page *x)
{
	x->asked = http_has(req, "activity") ? http_text(req, "activity") : STR("");
	x->scope = (struct evaluation_scope){.as_of = http_date(req, "as_of"), .year_from = (int)http_int(req, "from", 0),
	    .year_to = (int)http_int(req, "to", 0), .priority = (int)http_int(req, "priority", 0), .cases = (int)http_int(req, "cases", 0)};
}

static enum err_code find_facts(struct evaluation_page *x, struct arena *a, struct err *e)
{
	if (x->asked.n) {
		x->scope.activity = register_activity(x->view->activities, x->asked);
		if (!x->scope.activity)
			return fail(e, ERR_NOT_FOUND, "evaluation.activity", "the programme has no activity \"%.*s\"",
			    STR_ARG(str_sub(x->asked, 0, 100)));
	}
	return evaluation_facts(x->view, &x->scope, a, &x->facts, e);
}

/* A scope without an answer is told on a page; what is wrong on our side is an error. */
static enum err_code open_scope(struct http_request *req, struct http_response *res, struct evaluation_page *x, struct arena *a,
    struct err *e)
{
	x->view = public_view_of(req)->evaluation;
	read_scope(req, x);
	enum err_code code = find_facts(x, a, &x->problem);
	if (code == ERR_OK || code == ERR_NOT_FOUND || code == ERR_INVALID) {
		res->status = code == ERR_OK ? 200 : err_http_status(code);
		return ERR_OK;
	}
	*e = x->problem;
	return code;
}

/* ---- pages ---- */

static bool is_ours(enum err_code code)
{
	return code == ERR_NOMEM || code == ERR_LIMIT || code == ERR_IO;
}

static enum err_code overview_lines(const struct site_page *page, struct evaluation_page *x, struct arena *a, struct err *e)
{
	VEC(struct overview_line) lines = {0};
	for (const struct evaluation_part *const *p = evaluation_parts; *p; p++) {
		struct told t;
		struct err why;
		struct overview_line *line = VEC_ADD(&lines, a);
		if (!line)
			return arena_fail(a, e);
		*line = (struct overview_line){.part = *p, .question = STR(""), .why = STR("")};
		enum err_code code = evaluation_tell(*p, x->facts, page->lang, a, &t, &why);
		if (is_ours(code)) {
			*e = why;
			return code;
		}
		if (code == ERR_OK) {
			line->headline = told_headline(&t);
			line->question = t.answer->question_text;
		} else {
			line->why = arena_str(a, str_of(why.detail));
		}
	}
	x->lines = lines.p;
	x->n_lines = lines.n;
	return ERR_OK;
}

static enum err_code page_overview(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(PAGE_ARENA);
	struct site_page page;
	struct evaluation_page x = {0};
	enum lang l = (enum lang)req->lang;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(open_scope(req, res, &x, a, e));
	site_page_open(req, SITE_EVALUATION, i18n_text(l, MSG("Evaluation")),
	    i18n_text(l, MSG("The six questions of the evaluation, answered from the records on any day, with what cannot be said.")),
	    &page);
	page.arena = a;
	if (x.facts)
		TRY(overview_lines(&page, &x, a, e));
	struct tpl_out o = site_out(&page, res);
	evaluation_overview(&o, &page, &x);
	return site_done(res, e);
}

static enum err_code fill_part(const struct site_page *page, struct evaluation_page *x, struct http_response *res, struct err *e)
{
	struct err why;
	enum err_code code = evaluation_tell(x->part, x->facts, page->lang, page->arena, &x->told, &why);
	if (code == ERR_OK)
		return show_make(page, x->view, x->told.answer, &x->show, e);
	if (code != ERR_NOT_FOUND) {
		*e = why;
		return code;
	}
	x->problem = why;
	x->facts = NULL;
	res->status = 404;
	return ERR_OK;
}

static enum err_code page_part(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(PAGE_ARENA);
	struct site_page page;
	struct evaluation_page x = {.part = evaluation_part(http_param(req, 0)->text)};
	enum lang l = (enum lang)req->lang;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (!x.part)
		return fail(e, ERR_NOT_FOUND, "evaluation.part", "the evaluation has no such part");
	TRY(open_scope(req, res, &x, a, e));
	site_page_open(req, SITE_EVALUATION, i18n_text(l, x.part->title), STR_NONE, &page);
	page.arena = a;
	site_page_crumb(&page, i18n_text(l, MSG("Evaluation")), STR("/evaluation"));
	if (x.facts)
		TRY(fill_part(&page, &x, res, e));
	struct tpl_out o = site_out(&page, res);
	evaluation_part_page(&o, &page, &x);
	return site_done(res, e);
}

/* ---- API ---- */

static enum lang lang_asked(const struct http_request *req)
{
	enum lang l = LANG_EN;
	str code = http_has(req, "lang") ? http_text(req, "lang") : STR("");
	return lang_parse(code, &l) ? l : LANG_EN;
}

static enum err_code api_list(struct http_request *req, struct http_response *res, struct err *e)
{
	struct json_writer j;
	enum lang l = lang_asked(req);
	res->type = "application/json";
	jw_begin_buf(&j, &res->body);
	jw_object(&j);
	jw_key(&j, "parts");
	jw_array(&j);
	for (const struct evaluation_part *const *p = evaluation_parts; *p; p++) {
		str path = arena_fmt(req->arena, "/api/v1/evaluation/%s", (*p)->slug);
		if (!path.p)
			return arena_fail(req->arena, e);
		jw_object(&j);
		jw_key(&j, "question");
		if ((*p)->question)
			jw_i64(&j, (*p)->question);
		else
			jw_null(&j);
		jw_key(&j, "slug");
		jw_str(&j, str_of((*p)->slug));
		jw_key(&j, "title");
		jw_str(&j, i18n_text(l, (*p)->title));
		jw_key(&j, "path");
		jw_str(&j, path);
		jw_object_end(&j);
	}
	jw_array_end(&j);
	jw_object_end(&j);
	return jw_finish(&j, e);
}

static enum err_code api_part(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(PAGE_ARENA);
	struct evaluation_page x = {.view = public_view_of(req)->evaluation, .part = evaluation_part(http_param(req, 0)->text)};
	struct json_writer j;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (!x.part)
		return fail(e, ERR_NOT_FOUND, "evaluation.part", "the evaluation has no such part");
	read_scope(req, &x);
	TRY(find_facts(&x, a, e));
	TRY(evaluation_tell(x.part, x.facts, lang_asked(req), a, &x.told, e));
	res->type = "application/json";
	jw_begin_buf(&j, &res->body);
	told_json(&j, &x.told);
	return jw_finish(&j, e);
}

/* ---- routes ---- */

#define SCOPE_FIELDS                                                                               \
	{.name = "priority", .type = HTTP_INT, .min = 1, .max = PRIORITY_MOST,                     \
	    .summary = "Only activities that serve this priority first"},                          \
	    {.name = "activity", .type = HTTP_TEXT, .max = ACTIVITY_MOST, .summary = "Only this activity, by its number"}, \
	    {.name = "from", .type = HTTP_INT, .min = YEAR_LEAST, .max = YEAR_MOST, .summary = "First year of the period"}, \
	    {.name = "to", .type = HTTP_INT, .min = YEAR_LEAST, .max = YEAR_MOST, .summary = "Last year of the period"}, \
	    {.name = "as_of", .type = HTTP_DATE, .summary = "Only what was known on this day"},                         \
	    {.name = "cases", .type = HTTP_INT, .min = 1, .max = CASES_MAX, .summary = "Case studies to choose, on that page"}

static const char *const langs[] = {"en", "nl", "fr", NULL};

static const struct http_field page_fields[] = {SCOPE_FIELDS, {0}};
static const struct http_field list_fields[] = {
    {.name = "lang", .type = HTTP_CHOICE, .choices = langs, .summary = "Language of the texts"}, {0}};
static const struct http_field api_fields[] = {
    {.name = "lang", .type = HTTP_CHOICE, .choices = langs, .summary = "Language of the texts"}, SCOPE_FIELDS, {0}};

static const struct http_route routes[] = {
    {HTTP_GET, "/evaluation", page_overview, .localized = true, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = page_fields},
    {HTTP_GET, "/evaluation/{part:slug}", page_part, .localized = true, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = page_fields},
    {HTTP_GET, "/evaluation/what-if", page_whatif, .localized = true, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/evaluation/what-if/{model:slug}/{table}", page_whatif_table, .localized = true, .lane = HTTP_SLOW,
	.cache = HTTP_CACHE_SNAPSHOT},
    /* without declared fields: they are the cells of the table; the answer is kept nowhere */
    {HTTP_POST, "/evaluation/what-if/{model:slug}/{table}", page_whatif_tried, .localized = true, .lane = HTTP_SLOW,
	.cache = HTTP_CACHE_NEVER, .body_bytes = WHATIF_FORM_BYTES},
    {HTTP_GET, "/api/v1/evaluation", api_list, .cache = HTTP_CACHE_SNAPSHOT, .fields = list_fields,
	.summary = "The parts of the evaluation", .produces = "application/json"},
    {HTTP_GET, "/api/v1/evaluation/{part:slug}", api_part, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = api_fields, .produces = "application/json",
	.summary = "A question of the evaluation: statements with the figures, inputs and rows behind them, tables, charts"},
};

struct http_routes evaluation_routes(void)
{
	return HTTP_ROUTES(routes);
}
