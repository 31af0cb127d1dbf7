/* grutto prices reports, grutto prices handled: what readers say of prices, and that somebody has looked at it. */
#include "feat/prices/cli_inside.h"

#include "codec/json.h"
#include "feat/prices/wrong_list.sql.h"

enum { REPORTS_BYTES = 8 << 20 };

static void report_json(struct json_writer *w, const struct price_reports_row *r, str id)
{
	const struct {
		const char *key;
		str value;
	} texts[] = {{"id", id}, {"country", r->country}, {"provider", r->provider}, {"text", r->text}, {"lang", r->lang},
	    {"note", r->note}};
	jw_object(w);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		jw_key(w, texts[i].key);
		jw_str(w, texts[i].value);
	}
	jw_key(w, "received");
	jw_date(w, r->received_day);
	jw_key(w, "handled");
	jw_date(w, r->handled_day);
	jw_object_end(w);
}

static void report_text(struct buf *b, const struct price_reports_row *r, str id)
{
	buf_add(b, id);
	buf_addc(b, ' ');
	buf_add_date(b, r->received_day);
	buf_addf(b, " %.*s %.*s (%.*s): %.*s", STR_ARG(r->country), STR_ARG(r->provider), STR_ARG(r->lang), STR_ARG(r->text));
	if (date_is(r->handled_day)) {
		buf_addz(b, "; handled ");
		buf_add_date(b, r->handled_day);
		buf_addf(b, ": %.*s", STR_ARG(r->note));
	}
	buf_addc(b, '\n');
}

static enum err_code list_reports(struct db *db, int64_t programme, bool json, struct buf *out, struct err *e)
{
	AUTO_ROWS rows = NULL;
	struct json_writer w;
	TRY(price_reports_open(db, programme, &rows, e));
	if (json) {
		jw_begin_buf(&w, out);
		jw_array(&w);
	}
	for (;;) {
		struct price_reports_row r;
		bool more;
		AUTO_BUF id = BUF_INIT(64);
		TRY(price_reports_next(rows, &r, &more, e));
		if (!more)
			break;
		buf_add_uid(&id, r.id);
		if (json)
			report_json(&w, &r, buf_str(&id));
		else
			report_text(out, &r, buf_str(&id));
	}
	if (!json)
		return buf_check(out, e);
	jw_array_end(&w);
	TRY(jw_finish(&w, e));
	buf_addc(out, '\n');
	return buf_check(out, e);
}

int prices_cmd_reports(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "format"}, {0}};
	struct app_args args;
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	int64_t programme = 0;
	AUTO_BUF out = BUF_INIT(REPORTS_BYTES);
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	bool json = options[0].value && strcmp(options[0].value, "json") == 0;
	if (args.n != 1 || (options[0].value && !json && strcmp(options[0].value, "text") != 0))
		return app_usage(env, "prices reports DB [--format text|json]");
	if (prices_cli_open(args.v[0], &pool, &db, &programme, &e) != ERR_OK ||
	    list_reports(db, programme, json, &out, &e) != ERR_OK || app_write(env, buf_str(&out), &e) != ERR_OK)
		return app_report(env, &e);
	return 0;
}

static enum err_code handle(struct app_env *env, struct db *db, int64_t programme, const char *text, const char *note, struct err *e)
{
	uid id;
	int64_t changed = 0;
	AUTO_TX tx = {0};
	if (!uid_parse(str_of(text), &id))
		return fail(e, ERR_INVALID, "prices.report", "%s is not the identifier of a report: grutto prices reports lists them", text);
	TRY(db_begin(db, &tx, e));
	TRY(price_report_handle(db, programme, id, date_of_instant(clock_now_ms(&env->clock)), str_of(note), &changed, e));
	if (!changed)
		return fail(e, ERR_NOT_FOUND, "prices.report", "there is no report %s: grutto prices reports lists them", text);
	return db_commit(&tx, e);
}

int prices_cmd_handled(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "note"}, {0}};
	struct app_args args;
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	int64_t programme = 0;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 2 || !options[0].value || !*options[0].value)
		return app_usage(env, "prices handled DB ID --note WHAT");
	if (prices_cli_open(args.v[0], &pool, &db, &programme, &e) != ERR_OK ||
	    handle(env, db, programme, args.v[1], options[0].value, &e) != ERR_OK)
		return app_report(env, &e);
	return 0;
}
