#include "codec/json.h"
#include "feat/iati/iati.h"
#include "feat/site/env.h"

struct findings {
	struct app_env *env;
	const char *file;
	bool json, failed;
};

static const char *severity_word(enum iati_severity s)
{
	static const char *const words[] = {"advice", "warning", "error"};
	return words[s];
}

static void finding_json(struct json_writer *w, const struct findings *r, const struct iati_finding *f)
{
	jw_object(w);
	jw_key(w, "severity");
	jw_str(w, str_of(severity_word(f->severity)));
	jw_key(w, "file");
	jw_str(w, str_of(r->file));
	jw_key(w, "line");
	jw_i64(w, f->line);
	jw_key(w, "activity");
	jw_str(w, f->activity.n ? f->activity : STR_NONE);
	jw_key(w, "rule");
	jw_str(w, str_of(f->rule));
	jw_key(w, "detail");
	jw_str(w, str_of(f->detail));
	jw_object_end(w);
}

static void on_finding(void *ctx, const struct iati_finding *f)
{
	struct findings *r = ctx;
	struct err e;
	AUTO_BUF b = BUF_INIT(64 << 10);
	if (r->json) {
		struct json_writer w;
		jw_begin_buf(&w, &b);
		finding_json(&w, r, f);
		r->failed |= jw_finish(&w, &e) != ERR_OK;
		buf_addc(&b, '\n');
	} else {
		buf_addf(&b, "%s:%u: %s", r->file, f->line, severity_word(f->severity));
		if (f->activity.n)
			buf_addf(&b, " %.*s", STR_ARG(f->activity));
		buf_addf(&b, ": %s [%s]\n", f->detail ? f->detail : "", f->rule);
	}
	if (r->failed || buf_check(&b, &e) != ERR_OK || app_write(r->env, buf_str(&b), &e) != ERR_OK)
		r->failed = true;
}

int iati_cmd_check_file(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "format"}, {0}};
	struct app_args args;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 1)
		return app_usage(env, "check FILE.xml [--format text|json]");
	const char *format = options[0].value;
	if (format && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
		return app_usage(env, "--format is text or json, not %s", format);
	struct findings r = {.env = env, .file = args.v[0], .json = format && strcmp(format, "json") == 0};
	struct iati_check_result result;
	date today = date_of_instant(clock_now_ms(&env->clock));
	if (iati_check(args.v[0], today, on_finding, &r, &result, &e) != ERR_OK)
		return app_report(env, &e);
	log_line(&env->log, LOG_INFO, "%llu activities, %llu errors, %llu warnings", (unsigned long long)result.activities,
	    (unsigned long long)result.errors, (unsigned long long)result.warnings);
	return r.failed ? 4 : result.errors ? 3 : 0;
}
