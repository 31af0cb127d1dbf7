/* The editor: models and their versions, drafts and their publication. */
#include "feat/decisions/editor.h"

#include "base/env.h"
#include "db/db.h"
#include "feat/decisions/editor.tpl.h"
#include "feat/programme/programme.h"
#include "feat/rules/dmn_xml.h"

enum { EDITOR_PAIRS_MOST = 60 };

/* ---- what all pages begin with ---- */

enum err_code editor_compile(struct editing *ed, str xml, struct err *e)
{
	struct err why = {0};
	date on = ed->v ? ed->v->valid_from : DATE_NONE;
	ed->xml = xml;
	ed->model = NULL;
	ed->loaded = (struct rules_loaded){.zones = ed->view->zones};
	ed->why = STR("");
	enum err_code code = dmn_xml_parse(xml, "model.dmn", ed->a, &ed->model, &why);
	if (code == ERR_OK) {
		ed->loaded.model = ed->model;
		code = decisions_compile(ed->view, ed->model, on, ed->a, &ed->loaded.set, &why);
	}
	if (code == ERR_OK)
		return ERR_OK;
	ed->loaded.set = NULL;
	ed->why = arena_fmt(ed->a, "%u:%u: %s", why.line, why.col, why.detail);
	return ed->why.p ? ERR_OK : arena_fail(ed->a, e);
}

static enum err_code find_version(struct editing *ed, struct err *e)
{
	str xml;
	TRY(rules_by_hex(ed->registry, http_param(ed->req, 0)->text, &ed->v, e));
	TRY(rules_text(ed->c, ed->registry, ed->v, ed->a, &xml, e));
	return editor_compile(ed, xml, e);
}

enum err_code editor_open(struct http_request *req, const char *title, struct editing *ed, struct err *e)
{
	const struct public_view *view = public_view_of(req);
	ed->req = req;
	ed->view = view->decisions;
	ed->token = editor_token(site_app_of(req)->editor, req->arena);
	ed->why = ed->problem = STR("");
	TRY(rules_registry_load(ed->c, view->programme->programme, ed->a, &ed->registry, e));
	site_page_open(req, SITE_OTHER, i18n_text((enum lang)req->lang, title), STR_NONE, &ed->page);
	if (!req->n_params)
		return ERR_OK;
	TRY(find_version(ed, e));
	site_page_crumb(&ed->page, i18n_text(ed->page.lang, MSG("Editor")), STR("/editor"));
	return ERR_OK;
}

static str below(const struct editing *ed, sha256 hash, const char *path)
{
	char hex[65];
	sha256_hex(hash, hex);
	str s = arena_fmt(ed->req->arena, "/editor/models/%s%s", hex, path);
	return s.p ? s : STR("/editor");
}

struct url editor_url(const struct editing *ed, const char *path)
{
	return site_url_str(&ed->page, ed->v ? below(ed, ed->v->hash, path) : STR("/editor"));
}

struct url editor_table_url(const struct editing *ed, str name, const char *path)
{
	AUTO_BUF b = BUF_INIT(8192);
	buf_add(&b, below(ed, ed->v->hash, "/tables/"));
	tpl_add_path(&b, name);
	buf_addz(&b, path);
	str s = arena_str(ed->req->arena, buf_str(&b));
	return site_url_str(&ed->page, s.p ? s : STR("/editor"));
}

enum err_code editor_go(struct editing *ed, struct http_response *res, sha256 hash, const char *path, struct err *e)
{
	str s = arena_fmt(ed->req->arena, "%.*s%.*s", STR_ARG(ed->page.base), STR_ARG(below(ed, hash, path)));
	return s.p ? http_redirect(res, 303, s, e) : arena_fail(ed->req->arena, e);
}

/* ---- changes ---- */

static struct uid_maker uids_of(const struct site_app *app)
{
	return (struct uid_maker){.clock = app->clock, .rng = rng_system()};
}

static enum err_code day_of(const struct form_sent *sent, const char *name, date *ret, struct err *e)
{
	str s = form_sent_get(sent, name);
	*ret = DATE_NONE;
	if (s.n && !date_parse(s, ret))
		return fail(e, ERR_INVALID, "editor.date", "%s: a date such as 2010-03-19 was expected", name);
	return ERR_OK;
}

enum err_code editor_propose(struct editing *ed, const struct form_sent *sent, str key, str xml, sha256 *ret_hash, struct err *e)
{
	AUTO_DB c = NULL;
	AUTO_TX tx = {0};
	const struct site_app *app = site_app_of(ed->req);
	struct uid_maker uids = uids_of(app);
	struct rules_proposal p = {.text = xml, .file = STR("model.dmn"), .key = key,
	    .legal_basis = form_sent_get(sent, "legal_basis"), .author = form_sent_get(sent, "author"),
	    .note = form_sent_get(sent, "note"), .source_line = form_sent_get(sent, "source_line")};
	TRY(day_of(sent, "valid_from", &p.valid_from, e));
	TRY(day_of(sent, "valid_to", &p.valid_to, e));
	TRY(db_pool_writer(app->pool, &c, e));
	TRY(db_begin(c, &tx, e));
	struct rules_act act = {.db = c, .programme = ed->registry->programme, .uids = &uids, .now_ms = ed->req->now_ms,
	    .actor = STR("editor")};
	TRY(rules_propose(&act, &p, ed->a, ret_hash, e));
	return db_commit(&tx, e);
}

/* ---- list, and new models ---- */

static enum err_code show_list(struct editing *ed, struct editor_list *list, struct http_response *res, struct err *e)
{
	struct tpl_out o = site_out(&ed->page, res);
	list->ed = ed;
	list->registry = ed->registry;
	editor_list_page(&o, &ed->page, list);
	return site_done(res, e);
}

enum err_code editor_page_list(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editor_list list = {.text = STR("")};
	struct editing ed = {.a = a};
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	return show_list(&ed, &list, res, e);
}

/* What the person can mend is told on the page; the rest is an error of ours. */
static bool mendable(enum err_code code)
{
	return code == ERR_INVALID || code == ERR_CONFLICT || code == ERR_FORBIDDEN || code == ERR_LIMIT || code == ERR_NOT_FOUND;
}

static enum err_code keep_problem(struct editing *ed, enum err_code code, const struct err *why, struct err *e)
{
	if (!mendable(code)) {
		*e = *why;
		return code;
	}
	ed->problem = why->line ? arena_fmt(ed->req->arena, "line %u, column %u: %s", why->line, why->col, why->detail)
				: arena_str(ed->req->arena, str_of(why->detail));
	return ed->problem.p ? ERR_OK : arena_fail(ed->req->arena, e);
}

enum err_code editor_page_new(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct form_sent sent;
	struct err why;
	sha256 hash;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(form_sent_read(req, EDITOR_PAIRS_MOST, &sent, e));
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	struct editor_list list = {.text = form_sent_get(&sent, "text")};
	enum err_code code = editor_propose(&ed, &sent, form_sent_get(&sent, "key"), list.text, &hash, &why);
	if (code == ERR_OK)
		return editor_go(&ed, res, hash, "", e);
	TRY(keep_problem(&ed, code, &why, e));
	return show_list(&ed, &list, res, e);
}

/* ---- a version ---- */

static bool has_table(const struct dmn_element *x)
{
	const struct dmn_expr *logic = x->expr;
	if (logic && logic->kind == DMN_FUNCTION && logic->n_parts)
		logic = logic->parts[0].expr;
	return logic && logic->kind == DMN_TABLE;
}

static enum err_code list_tables(struct editing *ed, struct editor_version *x, struct err *e)
{
	VEC(struct tested_table) list = {0};
	for (size_t i = 0; ed->model && i < ed->model->n_elements; i++) {
		const struct dmn_element *el = &ed->model->elements[i];
		struct tested_table *slot = has_table(el) ? VEC_ADD(&list, ed->a) : NULL;
		if (!has_table(el))
			continue;
		if (!slot)
			return arena_fail(ed->a, e);
		*slot = (struct tested_table){el->name, el->id};
	}
	x->tables = list.p;
	x->n_tables = list.n;
	return ERR_OK;
}

struct comparing {
	struct arena *a;
	VEC(struct difference) list;
};

static enum err_code on_difference(void *ctx, const struct rules_difference *d, struct err *e)
{
	struct comparing *k = ctx;
	if (d->same || k->list.n == EDITOR_DIFFERENCES_TOLD)
		return ERR_OK;
	struct difference *slot = VEC_ADD(&k->list, k->a);
	if (!slot)
		return arena_fail(k->a, e);
	*slot = (struct difference){arena_str(k->a, d->record->case_ref), arena_str(k->a, d->record->decision),
	    arena_str(k->a, d->record->outcome), arena_str(k->a, d->outcome),
	    d->why.code ? arena_str(k->a, str_of(d->why.detail)) : STR("")};
	return ERR_OK;
}

static enum err_code compare(struct editing *ed, struct editor_version *x, struct err *e)
{
	struct comparing k = {.a = ed->a};
	struct err why;
	if (ed->v->state != RULES_DRAFT || !ed->loaded.set)
		return ERR_OK;
	enum err_code code = rules_compare(ed->c, ed->registry, ed->v, on_difference, &k, &x->totals, &why);
	if (code != ERR_OK)
		return keep_problem(ed, code, &why, e);
	x->differences = k.list.p;
	x->n_differences = k.list.n;
	x->compared = true;
	return ERR_OK;
}

static enum err_code show_version(struct editing *ed, struct http_response *res, struct err *e)
{
	struct editor_version x = {.ed = ed};
	TRY(list_tables(ed, &x, e));
	if (ed->loaded.set)
		TRY(rules_findings(&ed->loaded, false, ed->a, &x.findings, &x.n_findings, e));
	for (size_t i = 0; i < x.n_findings; i++)
		x.n_errors += x.findings[i].error;
	TRY(compare(ed, &x, e));
	ed->page.title = ed->v->name.n ? ed->v->name : ed->v->key;
	struct tpl_out o = site_out(&ed->page, res);
	editor_version_page(&o, &ed->page, &x);
	return site_done(res, e);
}

enum err_code editor_page_version(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	if (http_has(req, "done"))
		ed.done = MSG("Stored as a new draft.");
	return show_version(&ed, res, e);
}

typedef enum err_code (*version_change)(const struct rules_act *act, sha256 hash, str words, struct arena *a, struct err *e);

/* Who publishes must have seen what it changes for stored cases. */
static enum err_code confirmed(struct editing *ed, const struct form_sent *sent, struct err *e)
{
	struct comparing k = {.a = ed->a};
	struct rules_rerun_totals totals = {0};
	if (form_sent_get(sent, "confirm").n || ed->v->state != RULES_DRAFT || !ed->loaded.set)
		return ERR_OK;
	TRY(rules_compare(ed->c, ed->registry, ed->v, on_difference, &k, &totals, e));
	if (totals.different)
		return fail(e, ERR_CONFLICT, "editor.confirm", "%zu stored cases would come out differently: tick that you have seen them",
		    totals.different);
	return ERR_OK;
}

/* Publish or withdraw, then the version's page with what came of it. */
static enum err_code change_version(struct http_request *req, struct http_response *res, const char *field, version_change change,
    struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct form_sent sent;
	struct err why;
	const struct site_app *app = site_app_of(req);
	struct uid_maker uids = uids_of(app);
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(form_sent_read(req, EDITOR_PAIRS_MOST, &sent, e));
	TRY(db_pool_writer(app->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e));
	struct rules_act act = {.db = c, .programme = ed.registry->programme, .uids = &uids, .now_ms = req->now_ms,
	    .actor = STR("editor")};
	enum err_code code = change == rules_publish ? confirmed(&ed, &sent, &why) : ERR_OK;
	if (code == ERR_OK)
		code = change(&act, ed.v->hash, form_sent_get(&sent, field), a, &why);
	if (code == ERR_OK) {
		TRY(db_commit(&tx, e));
		return editor_go(&ed, res, ed.v->hash, "", e);
	}
	db_rollback(&tx);
	TRY(keep_problem(&ed, code, &why, e));
	return show_version(&ed, res, e);
}

enum err_code editor_page_publish(struct http_request *req, struct http_response *res, struct err *e)
{
	return change_version(req, res, "approver", rules_publish, e);
}

enum err_code editor_page_withdraw(struct http_request *req, struct http_response *res, struct err *e)
{
	return change_version(req, res, "reason", rules_withdraw, e);
}

/* ---- the drawing board (dmn-js) ---- */

/* The library builds its pages with style attributes and carries its letters in its style sheet: allowed here alone. */
#define DRAWING_CSP                                                                                \
	"default-src 'none'; style-src 'self' 'unsafe-inline'; font-src data:; img-src 'self' data:; " \
	"script-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

str editor_day(date d, struct arena *a)
{
	AUTO_BUF day = BUF_INIT(40);
	if (date_is(d))
		buf_add_date(&day, d);
	str s = arena_str(a, buf_str(&day));
	return s.p ? s : STR("");
}

static enum err_code show_drawing(struct editing *ed, const struct form_sent *sent, struct http_response *res, struct err *e)
{
	struct editor_version x = {.ed = ed,
	    .valid_from = sent ? form_sent_get(sent, "valid_from") : editor_day(ed->v->valid_from, ed->a),
	    .valid_to = sent ? form_sent_get(sent, "valid_to") : editor_day(ed->v->valid_to, ed->a)};
	res->csp = DRAWING_CSP;
	ed->page.title = ed->v->name.n ? ed->v->name : ed->v->key;
	ed->page.style = "dmn-js.css";
	ed->page.scripts[0] = "dmn-modeler.js";
	ed->page.scripts[1] = "editor.js";
	struct tpl_out o = site_out(&ed->page, res);
	editor_drawing_page(&o, &ed->page, &x);
	return site_done(res, e);
}

enum err_code editor_page_drawing(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	return show_drawing(&ed, NULL, res, e);
}

enum err_code editor_page_drawn(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct form_sent sent;
	struct err why;
	sha256 hash;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(form_sent_read(req, EDITOR_PAIRS_MOST, &sent, e));
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	str text = form_sent_get(&sent, "text");
	enum err_code code = editor_propose(&ed, &sent, ed.v->key, text, &hash, &why);
	if (code == ERR_OK)
		return editor_go(&ed, res, hash, "?done=1", e);
	TRY(keep_problem(&ed, code, &why, e));
	ed.xml = text;
	return show_drawing(&ed, &sent, res, e);
}
