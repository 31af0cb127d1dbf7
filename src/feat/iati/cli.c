#include "codec/json.h"
#include "db/db.h"
#include "db/migrate.h"
#include "feat/iati/iati.h"
#include "feat/iati/import.sql.h"
#include "feat/site/env.h"

#include <stdio.h>
#include <unistd.h>

/* The only programme of the database. */
static enum err_code programme_of(struct db_pool *pool, int64_t *ret_programme, struct err *e)
{
	AUTO_DB db = NULL;
	AUTO_ARENA a = arena_new(4096);
	struct iati_programme_row row;
	if (!a)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	TRY(db_pool_reader(pool, &db, e));
	TRY(db_schema_check(db, e));
	enum err_code code = iati_programme(db, a, &row, e);
	if (code == ERR_NOT_FOUND)
		return fail(e, ERR_INVALID, "db.no_programme", "%s holds no programme yet: grutto init makes one from a pack.",
		    db_place(db));
	TRY(code);
	*ret_programme = row.programme;
	return ERR_OK;
}

/* ---- import ---- */

struct report {
	struct app_env *env;
	bool json;
	bool failed; /* output cannot be written */
};

static void write_text(struct report *r, struct buf *b)
{
	struct err e;
	if (r->failed || buf_check(b, &e) != ERR_OK || app_write(r->env, buf_str(b), &e) != ERR_OK)
		r->failed = true;
}

static void fault_json(struct json_writer *w, const struct iati_fault *f)
{
	jw_object(w);
	jw_key(w, "level");
	jw_str(w, str_of(iati_level_word(f->level)));
	jw_key(w, "file");
	jw_str(w, str_of(f->file));
	jw_key(w, "line");
	if (f->line)
		jw_i64(w, f->line);
	else
		jw_null(w);
	jw_key(w, "activity");
	jw_str(w, f->activity.n ? f->activity : STR_NONE);
	jw_key(w, "fault");
	jw_str(w, str_of(f->id));
	jw_key(w, "detail");
	jw_str(w, str_of(f->detail));
	jw_key(w, "done");
	jw_str(w, str_of(f->done));
	jw_object_end(w);
}

/* Each fault as a line: for people, or one JSON object. */
static void on_fault(void *ctx, const struct iati_fault *f)
{
	struct report *r = ctx;
	AUTO_BUF b = BUF_INIT(64 << 10);
	if (r->json) {
		struct json_writer w;
		struct err e;
		jw_begin_buf(&w, &b);
		fault_json(&w, f);
		if (jw_finish(&w, &e) != ERR_OK)
			r->failed = true;
		buf_addc(&b, '\n');
	} else {
		buf_addz(&b, f->file);
		if (f->line)
			buf_addf(&b, ":%u", f->line);
		buf_addf(&b, ": %s", iati_level_word(f->level));
		if (f->activity.n)
			buf_addf(&b, " %.*s", STR_ARG(f->activity));
		buf_addf(&b, ": %s [%s; %s]\n", f->detail, f->id, f->done);
	}
	write_text(r, &b);
}

static void summary(struct report *r, const struct iati_import_result *n)
{
	const struct {
		const char *key;
		uint64_t v;
	} rows[] = {{"files", n->files}, {"files_unchanged", n->files_unchanged}, {"files_refused", n->files_refused},
	    {"activities", n->activities}, {"added", n->added}, {"changed", n->changed}, {"unchanged", n->unchanged},
	    {"removed", n->removed}, {"superseded", n->superseded}, {"left_out", n->bad}, {"elements_left_out", n->elements},
	    {"faults", n->faults}};
	AUTO_BUF b = BUF_INIT(4096);
	struct json_writer w;
	struct err e;
	if (r->json) {
		jw_begin_buf(&w, &b);
		jw_object(&w);
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			jw_key(&w, rows[i].key);
			jw_i64(&w, (int64_t)rows[i].v);
		}
		jw_key(&w, "stored");
		jw_bool(&w, n->stored);
		jw_object_end(&w);
		if (jw_finish(&w, &e) != ERR_OK)
			r->failed = true;
		buf_addc(&b, '\n');
	} else {
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
			buf_addf(&b, "%s%s %llu", i ? ", " : "", rows[i].key, (unsigned long long)rows[i].v);
		buf_addz(&b, n->stored ? ".\n" : ".\nNothing was stored: --strict takes all or nothing.\n");
	}
	write_text(r, &b);
}

static int usage_import(struct app_env *env)
{
	return app_usage(env, "import iati DB FILE… [--strict] [--name NAME] [--format text|json]");
}

int iati_cmd_import(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "strict", .flag = true}, {.name = "name"}, {.name = "format"}, {0}};
	struct app_args args;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	const char *format = options[2].value;
	if (args.n < 2 || (options[1].value && (args.n != 2 || !options[1].value[0])))
		return usage_import(env);
	if (format && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
		return app_usage(env, "--format is text or json, not %s", format);
	struct report report = {.env = env, .json = format && strcmp(format, "json") == 0};
	struct iati_import_options o = {
	    .name = options[1].value, .strict = options[0].value != NULL, .on_fault = on_fault, .ctx = &report};
	struct iati_import_result result;
	AUTO_POOL pool = NULL;
	int64_t programme = 0;
	struct db_options db = {.readers = 1};
	if (db_pool_open(str_of(args.v[0]), &db, &pool, &e) != ERR_OK || programme_of(pool, &programme, &e) != ERR_OK ||
	    iati_import(pool, programme, env->clock, env->rng, args.v + 1, args.n - 1, &o, &result, &e) != ERR_OK)
		return app_report(env, &e);
	summary(&report, &result);
	if (report.failed)
		return 4;
	return result.bad || result.files_refused || !result.stored ? 3 : 0;
}
