/* grutto audit, backup, restore. */
#include "app/app.h"

#include <inttypes.h>

#include "codec/json.h"
#include "db/backup.h"
#include "db/migrate.h"

static void report_text(const struct chain_report *r, struct buf *b)
{
	char hex[65];
	sha256_hex(r->head.hash, hex);
	if (r->whole)
		buf_addf(b, "The event chain is whole: %" PRId64 " events; the last one is %" PRId64 ", %s\n",
		    r->events, r->head.seq, hex);
	else
		buf_addf(b, "The event chain is broken at event %" PRId64 " of programme %" PRId64 ": %s\n",
		    r->seq, r->programme, r->what);
}

static enum err_code report_json(const struct chain_report *r, struct buf *b, struct err *e)
{
	char hex[65];
	struct json_writer w;
	sha256_hex(r->head.hash, hex);
	jw_begin_buf(&w, b);
	jw_object(&w);
	jw_key(&w, "whole");
	jw_bool(&w, r->whole);
	jw_key(&w, "events");
	jw_i64(&w, r->events);
	if (r->whole) {
		jw_key(&w, "last");
		jw_i64(&w, r->head.seq);
		jw_key(&w, "hash");
		jw_str(&w, str_of(hex));
	} else {
		jw_key(&w, "programme");
		jw_i64(&w, r->programme);
		jw_key(&w, "broken_at");
		jw_i64(&w, r->seq);
		jw_key(&w, "what");
		jw_str(&w, str_of(r->what));
	}
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	buf_addc(b, '\n');
	return ERR_OK;
}

static enum err_code verify(const char *location, struct chain_report *ret_report, struct err *e)
{
	AUTO_POOL pool = NULL;
	AUTO_DB c = NULL;
	TRY(db_pool_open(str_of(location), &(struct db_options){.read_only = true, .readers = 1}, &pool, e));
	TRY(db_pool_reader(pool, &c, e));
	TRY(db_schema_check(c, e));
	return chain_verify(c, ret_report, e);
}

/* The chain may have been cut off at its end together with its stored head: an expected hash shows it. */
static bool as_expected(const struct chain_report *r, const char *expected)
{
	char hex[65];
	sha256_hex(r->head.hash, hex);
	return !expected || strcmp(expected, hex) == 0;
}

int app_cmd_audit(struct app_env *env, int argc, char **argv)
{
	struct err e;
	struct app_args args;
	struct chain_report r;
	struct app_option options[] = {{.name = "format"}, {.name = "expect"}, {0}};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	bool json = options[0].value && strcmp(options[0].value, "json") == 0;
	if (args.n != 2 || strcmp(args.v[0], "verify") != 0)
		return app_usage(env, "audit verify DB [--expect HASH] [--format text|json]");
	if (options[0].value && !json && strcmp(options[0].value, "text") != 0)
		return app_usage(env, "--format is text or json");
	if (verify(args.v[1], &r, &e) != ERR_OK)
		return app_report(env, &e);
	AUTO_BUF text = BUF_INIT(8192);
	if (!json)
		report_text(&r, &text);
	else if (report_json(&r, &text, &e) != ERR_OK)
		return app_report(env, &e);
	if (app_write(env, buf_str(&text), &e) != ERR_OK)
		return app_report(env, &e);
	if (r.whole && !as_expected(&r, options[1].value)) {
		(void)fail(&e, ERR_FORBIDDEN, "audit.head",
		    "the last event's hash is not the one expected: events were cut off or added");
		return app_report(env, &e);
	}
	return r.whole ? 0 : 1;
}

int app_cmd_backup(struct app_env *env, int argc, char **argv)
{
	struct err e;
	struct app_args args;
	struct app_option options[] = {{0}};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 2)
		return app_usage(env, "backup DB FILE");
	if (db_backup(str_of(args.v[0]), args.v[1], &e) != ERR_OK)
		return app_report(env, &e);
	return 0;
}

int app_cmd_restore(struct app_env *env, int argc, char **argv)
{
	struct err e;
	struct app_args args;
	struct chain_report r;
	struct app_option options[] = {{0}};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 2)
		return app_usage(env, "restore FILE DB");
	if (db_restore(args.v[0], str_of(args.v[1]), &r, &e) != ERR_OK)
		return app_report(env, &e);
	AUTO_BUF text = BUF_INIT(8192);
	report_text(&r, &text);
	return app_write(env, buf_str(&text), &e) == ERR_OK ? 0 : app_report(env, &e);
}
