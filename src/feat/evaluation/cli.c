/* grutto evaluate DB. */
#include "db/db.h"
#include "db/migrate.h"
#include "feat/evaluation/parts.h"
#include "feat/evaluation/pdf.h"
#include "feat/evaluation/report.h"
#include "feat/site/env.h"

enum { EVALUATE_OUTPUT_MAX = 1 << 30, OPT_QUESTION = 0, OPT_PRIORITY, OPT_ACTIVITY, OPT_FROM, OPT_TO, OPT_AS_OF, OPT_LANG, OPT_FORMAT, OPT_SELECT, OPTIONS };

struct job {
	struct evaluation_scope scope;
	const char *activity;
	str question; /* number or slug; empty: all parts */
	enum lang lang;
	struct arena *a;
	struct facts facts;
	struct buf *out;
	int64_t now_ms;
};

/* ---- writing: a part at a time ---- */

static enum err_code tell(const struct job *x, const struct evaluation_part *part, const void **ret_made, struct answer *w, struct err *e)
{
	TRY(part->make(&x->facts, x->a, ret_made, e));
	answer_begin(w, x->a, x->lang, &x->facts, part->question, part->slug, i18n_text(x->lang, part->title));
	TRY(part->tell(*ret_made, w, e));
	return answer_end(w, e);
}

static enum err_code write_json_part(const struct job *x, const struct evaluation_part *part, struct json_writer *j, struct err *e)
{
	struct answer w;
	const void *made;
	TRY(tell(x, part, &made, &w, e));
	answer_json(j, &w);
	if (part->json)
		part->json(j, made, x->lang);
	jw_object_end(j);
	return ERR_OK;
}

static bool chosen(const struct job *x, const struct evaluation_part *part)
{
	int64_t n;
	if (!x->question.n)
		return true;
	return str_to_i64(x->question, &n) ? part->question && part->question == n : str_is(x->question, part->slug);
}

/* One part: its object; all of them: {"as_of","scope","answers":[…]}. */
static enum err_code write_json(const struct job *x, struct err *e)
{
	struct json_writer j;
	jw_begin_buf(&j, x->out);
	j.indent = 1;
	if (!x->question.n) {
		jw_object(&j);
		answer_json_scope(&j, &x->facts.scope);
		jw_key(&j, "answers");
		jw_array(&j);
	}
	for (size_t i = 0; evaluation_parts[i]; i++)
		if (chosen(x, evaluation_parts[i]))
			TRY(write_json_part(x, evaluation_parts[i], &j, e));
	if (!x->question.n) {
		jw_array_end(&j);
		jw_object_end(&j);
	}
	TRY(jw_finish(&j, e));
	buf_addc(x->out, '\n');
	return buf_check(x->out, e);
}

static void add_cell(struct buf *b, const struct answer_cell *c)
{
	buf_add(b, c->text.n ? c->text : STR("–"));
}

static void add_table(struct buf *b, const struct answer_table *t)
{
	buf_addf(b, "\n%.*s\n", STR_ARG(t->caption));
	for (size_t i = 0; i < t->n_columns; i++)
		buf_addf(b, "%s%.*s", i ? " | " : "  ", STR_ARG(t->columns[i]));
	buf_addc(b, '\n');
	for (size_t i = 0; i < t->n_rows; i++) {
		for (size_t k = 0; k < t->n_columns; k++) {
			buf_addz(b, k ? " | " : "  ");
			add_cell(b, &t->cells[i * t->n_columns + k]);
		}
		buf_addc(b, '\n');
	}
	buf_addc(b, '\n');
}

static void add_block(struct buf *b, const struct block *x)
{
	switch (x->kind) {
	case BLOCK_HEADING:
		buf_addf(b, "\n%.*s\n", STR_ARG(x->text));
		break;
	case BLOCK_TEXT:
		buf_addf(b, "%.*s\n", STR_ARG(x->text));
		break;
	case BLOCK_STATEMENT:
		buf_addf(b, "  [%s] %.*s", statement_kind_slug(x->statement->kind), STR_ARG(x->statement->text));
		if (x->statement->missing.n)
			buf_addf(b, " (%.*s)", STR_ARG(x->statement->missing));
		buf_addc(b, '\n');
		break;
	case BLOCK_TABLE:
		add_table(b, x->table);
		break;
	case BLOCK_DIAGRAM:
		add_table(b, x->diagram_table);
		break;
	case BLOCK_CHART:
		buf_addf(b, "  %.*s %.*s\n", STR_ARG(x->chart->title), STR_ARG(x->chart_summary));
		break;
	}
}

static enum err_code write_text(const struct job *x, struct err *e)
{
	for (size_t i = 0; evaluation_parts[i]; i++) {
		struct answer w;
		const void *made;
		if (!chosen(x, evaluation_parts[i]))
			continue;
		TRY(tell(x, evaluation_parts[i], &made, &w, e));
		buf_addf(x->out, "%s%.*s\n", i ? "\n" : "", STR_ARG(w.title));
		for (size_t k = 0; k < w.blocks.n; k++)
			add_block(x->out, &w.blocks.p[k]);
	}
	return buf_check(x->out, e);
}

static enum err_code write_html(const struct job *x, struct err *e)
{
	struct report_wanted w = {.facts = &x->facts, .lang = x->lang, .base_url = STR(""), .made_ms = x->now_ms};
	for (size_t i = 0; x->question.n && evaluation_parts[i]; i++)
		if (chosen(x, evaluation_parts[i]))
			w.only = evaluation_parts[i];
	return report_html(&w, x->a, x->out, e);
}

static enum err_code write_pdf(const struct job *x, struct err *e)
{
	AUTO_BUF html = BUF_INIT(PDF_HTML_BYTES);
	struct job document = *x;
	document.out = &html;
	TRY(write_html(&document, e));
	return pdf_make(buf_str(&html), x->out, e);
}

static const struct {
	const char *name;
	enum err_code (*write)(const struct job *x, struct err *e);
} formats[] = {{"text", write_text}, {"json", write_json}, {"html", write_html}, {"pdf", write_pdf}};
enum { FORMATS = sizeof formats / sizeof *formats };

/* ---- running ---- */

static enum err_code find_activity(struct job *x, const struct evaluation_view *v, struct err *e)
{
	if (!x->activity)
		return ERR_OK;
	x->scope.activity = register_activity(v->activities, str_of(x->activity));
	if (!x->scope.activity || x->scope.activity->is_programme)
		return fail(e, ERR_NOT_FOUND, "evaluation.activity", "the programme has no activity %s", x->activity);
	return ERR_OK;
}

/* Imported activities are many, and asked for by question 6 alone. */
static bool needs_comparison(const struct job *x)
{
	return !x->question.n || str_is(x->question, "6") || str_is(x->question, "question-6");
}

static enum err_code load(const char *location, bool comparison, struct arena *a, const struct evaluation_view **ret, struct err *e)
{
	struct db_options o = {.read_only = true, .readers = 1};
	const struct programme_view *p = NULL;
	const struct register_view *r = NULL;
	const struct decisions_view *d = NULL;
	AUTO_POOL pool = NULL;
	TRY(db_pool_open(str_of(location), &o, &pool, e));
	AUTO_DB c = NULL;
	TRY(db_pool_reader(pool, &c, e));
	TRY(db_schema_check(c, e));
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e));
	TRY(programme_view_load(c, a, &p, e));
	TRY(comparison ? register_view_load(c, p->programme, a, &r, e) : register_own_load(c, p->programme, a, &r, e));
	TRY(decisions_view_load(c, p->programme, a, &d, e));
	return evaluation_view_load(c, p, r, d, a, ret, e);
}

static enum err_code run(struct job *x, const char *location, size_t format, struct err *e)
{
	const struct evaluation_view *v = NULL;
	TRY(load(location, needs_comparison(x), x->a, &v, e));
	TRY(find_activity(x, v, e));
	TRY(facts_make(v, &x->scope, x->a, &x->facts, e));
	return formats[format].write(x, e);
}

/* ---- options ---- */

static bool known_question(str q)
{
	struct job x = {.question = q};
	bool any = false;
	for (size_t i = 0; evaluation_parts[i]; i++)
		any |= chosen(&x, evaluation_parts[i]);
	return any;
}

static bool take_number(const char *text, int least, int most, int *ret)
{
	int64_t n;
	if (!text)
		return true;
	if (!str_to_i64(str_of(text), &n) || n < least || n > most)
		return false;
	*ret = (int)n;
	return true;
}

/* What is wrong with an option; NULL: nothing. */
static const char *take_options(const struct app_option *o, struct job *x, size_t *ret_format)
{
	pdate as_of = PDATE_NONE;
	x->scope = (struct evaluation_scope){.as_of = DATE_NONE};
	x->question = o[OPT_QUESTION].value ? str_of(o[OPT_QUESTION].value) : STR("");
	x->activity = o[OPT_ACTIVITY].value;
	if (x->question.n && !known_question(x->question))
		return "--question is 1 to 6 or the name of a page, such as recommendations";
	if (!take_number(o[OPT_PRIORITY].value, 1, INT16_MAX, &x->scope.priority))
		return "--priority is the number of a priority";
	if (!take_number(o[OPT_FROM].value, YEAR_MIN, YEAR_MAX, &x->scope.year_from) ||
	    !take_number(o[OPT_TO].value, YEAR_MIN, YEAR_MAX, &x->scope.year_to))
		return "--from and --to are years";
	if (!take_number(o[OPT_SELECT].value, 1, CASES_MAX, &x->scope.cases))
		return "--select is the number of case studies to choose, 1 to 50";
	if (o[OPT_AS_OF].value && !pdate_parse(str_of(o[OPT_AS_OF].value), &as_of))
		return "--as-of is a date such as 2010-12-31";
	if (o[OPT_LANG].value && !lang_parse(str_of(o[OPT_LANG].value), &x->lang))
		return "--lang is en, nl or fr";
	x->scope.as_of = pdate_last(as_of);
	for (*ret_format = 0; *ret_format < FORMATS; (*ret_format)++)
		if (strcmp(o[OPT_FORMAT].value ? o[OPT_FORMAT].value : "text", formats[*ret_format].name) == 0)
			return NULL;
	return "--format is text, json, html or pdf";
}

int evaluation_cmd_evaluate(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[OPTIONS + 1] = {[OPT_QUESTION] = {.name = "question"}, [OPT_PRIORITY] = {.name = "priority"},
	    [OPT_ACTIVITY] = {.name = "activity"}, [OPT_FROM] = {.name = "from"}, [OPT_TO] = {.name = "to"},
	    [OPT_AS_OF] = {.name = "as-of"}, [OPT_LANG] = {.name = "lang"}, [OPT_FORMAT] = {.name = "format"},
	    [OPT_SELECT] = {.name = "select"}};
	struct app_args args;
	struct job x = {.lang = LANG_EN};
	size_t format = 0;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "evaluate: %s", e.detail);
	if (args.n != 1)
		return app_usage(env, "evaluate takes a database");
	const char *wrong = take_options(options, &x, &format);
	if (wrong)
		return app_usage(env, "evaluate: %s", wrong);
	AUTO_BUF out = BUF_INIT(EVALUATE_OUTPUT_MAX);
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	if (!a)
		return app_report(env, &(struct err){.code = ERR_NOMEM, .detail = "there is no memory for the evaluation"});
	x.a = a;
	x.out = &out;
	x.now_ms = clock_now_ms(&env->clock);
	if (run(&x, args.v[0], format, &e) != ERR_OK || app_write(env, buf_str(&out), &e) != ERR_OK)
		return app_report(env, &e);
	return 0;
}
