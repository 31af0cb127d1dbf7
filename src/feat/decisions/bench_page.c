/* The page of the test bench. */
#include "feat/decisions/bench.h"

#include "base/env.h"
#include "db/db.h"
#include "feat/decisions/bench.tpl.h"

enum { CASE_PAIRS_MOST = 20 };

str bench_id(const struct bench_page *x, uid id)
{
	AUTO_BUF b = BUF_INIT(64);
	buf_add_uid(&b, id);
	str s = arena_str(x->ed->a, buf_str(&b));
	return s.p ? s : STR("");
}

static enum err_code run_all(struct bench_page *x, struct err *e)
{
	const struct bench_case *cases;
	struct editing *ed = x->ed;
	TRY(bench_cases(ed->c, ed->registry->programme, ed->v->key, ed->a, &cases, &x->n, e));
	struct bench_result *results = ARENA_ARRAY(ed->a, x->n, struct bench_result);
	if (!results)
		return arena_fail(ed->a, e);
	for (size_t i = 0; i < x->n; i++) {
		results[i] = (struct bench_result){.c = &cases[i], .actual = STR(""), .problem = ed->why};
		if (ed->loaded.set)
			TRY(bench_run(&ed->loaded, &cases[i], ed->page.lang, ed->a, &results[i], e));
		x->passed += results[i].passed;
	}
	x->results = results;
	return ERR_OK;
}

static enum err_code show(struct bench_page *x, struct http_response *res, struct err *e)
{
	struct editing *ed = x->ed;
	TRY(run_all(x, e));
	site_page_crumb(&ed->page, ed->v->name.n ? ed->v->name : ed->v->key, arena_fmt(ed->req->arena, "/editor/models/%s", ed->v->hex));
	ed->page.title = i18n_text(ed->page.lang, MSG("Test bench: saved cases"));
	struct tpl_out o = site_out(&ed->page, res);
	editor_bench_page(&o, &ed->page, x);
	return site_done(res, e);
}

enum err_code editor_page_cases(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct bench_page x = {.ed = &ed, .name = STR(""), .decision = STR(""), .as_of = STR(""), .input = STR("{}"),
	    .expected = STR(""), .author = STR("")};
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	return show(&x, res, e);
}

static enum err_code change(struct bench_page *x, const struct form_sent *sent, struct rules_act *act, struct err *e)
{
	uid id;
	str remove = form_sent_get(sent, "remove");
	if (remove.n)
		return uid_parse(remove, &id) ? bench_remove(act, id, e)
					      : fail(e, ERR_NOT_FOUND, "case.none", "there is no such case");
	struct bench_case c = {.name = x->name, .decision = x->decision, .input = x->input, .expected = x->expected,
	    .author = x->author, .as_of = DATE_NONE};
	(void)date_parse(x->as_of, &c.as_of);
	return bench_add(act, x->ed->v->key, &c, &id, e);
}

enum err_code editor_page_case_change(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct form_sent sent;
	struct err why;
	const struct site_app *app = site_app_of(req);
	struct uid_maker uids = {.clock = app->clock, .rng = rng_system()};
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(form_sent_read(req, CASE_PAIRS_MOST, &sent, e));
	TRY(db_pool_writer(app->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	struct bench_page x = {.ed = &ed, .name = form_sent_get(&sent, "name"), .decision = form_sent_get(&sent, "decision"),
	    .as_of = form_sent_get(&sent, "as_of"), .input = form_sent_get(&sent, "input"),
	    .expected = form_sent_get(&sent, "expected"), .author = form_sent_get(&sent, "author")};
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e));
	struct rules_act act = {.db = c, .programme = ed.registry->programme, .uids = &uids, .now_ms = req->now_ms,
	    .actor = STR("editor")};
	enum err_code code = change(&x, &sent, &act, &why);
	if (code == ERR_OK) {
		TRY(db_commit(&tx, e));
		return editor_go(&ed, res, ed.v->hash, "/cases", e);
	}
	db_rollback(&tx);
	if (code != ERR_INVALID && code != ERR_NOT_FOUND && code != ERR_LIMIT) {
		*e = why;
		return code;
	}
	ed.problem = arena_str(a, str_of(why.detail));
	return show(&x, res, e);
}
