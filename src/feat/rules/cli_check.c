#include "codec/json.h"
#include "feat/rules/findings.h"
#include "feat/rules/rules.h"

enum { CHECK_BYTES = 1024 << 20, REPORT_BYTES = 64 << 20 };

struct report {
	struct buf *out;
	struct json_writer *json; /* NULL: text */
	size_t errors, warnings;
};

static void fault(struct report *r, const char *id, bool error, str file, uint32_t line, uint32_t col, str text)
{
	r->errors += error;
	r->warnings += !error;
	if (!r->json) {
		buf_addf(r->out, "%.*s:%u:%u: %s: %.*s [%s]\n", STR_ARG(file), line, col, error ? "error" : "warning",
		    STR_ARG(text), id);
		return;
	}
	jw_object(r->json);
	jw_key(r->json, "id");
	jw_str(r->json, str_of(id));
	jw_key(r->json, "severity");
	jw_str(r->json, error ? STR("error") : STR("warning"));
	jw_key(r->json, "file");
	jw_str(r->json, file);
	jw_key(r->json, "line");
	jw_i64(r->json, line);
	jw_key(r->json, "col");
	jw_i64(r->json, col);
	jw_key(r->json, "text");
	jw_str(r->json, text);
	jw_object_end(r->json);
}

static enum err_code report_all(struct report *r, const struct rules_loaded *l, struct arena *a, struct err *e)
{
	size_t n;
	const struct rules_finding *f;
	TRY(rules_findings(l, true, a, &f, &n, e));
	for (size_t i = 0; i < n; i++)
		fault(r, f[i].id, f[i].error, f[i].file, f[i].line, f[i].col, f[i].text);
	return ERR_OK;
}

static int check(struct app_env *env, const char *path, bool json)
{
	struct err e;
	struct rules_loaded l;
	struct json_writer w;
	AUTO_ARENA a = arena_new(CHECK_BYTES);
	AUTO_BUF out = BUF_INIT(REPORT_BYTES);
	struct report r = {.out = &out, .json = json ? &w : NULL};
	if (!a || rules_load(path, a, &l, &e) != ERR_OK)
		return app_report(env, &e);
	if (json) {
		jw_begin_buf(&w, &out);
		jw_object(&w);
		jw_key(&w, "faults");
		jw_array(&w);
	}
	enum err_code code = report_all(&r, &l, a, &e);
	if (json) {
		struct err late;
		jw_array_end(&w);
		jw_object_end(&w);
		if (jw_finish(&w, &late) != ERR_OK && code == ERR_OK) {
			e = late;
			code = late.code;
		}
		buf_addc(&out, '\n');
	} else {
		buf_addf(&out, "%zu errors, %zu warnings\n", r.errors, r.warnings);
	}
	if (code != ERR_OK || buf_check(&out, &e) != ERR_OK || app_write(env, buf_str(&out), &e) != ERR_OK)
		return app_report(env, &e);
	return r.errors ? 1 : 0;
}

int rules_cmd_check(struct app_env *env, int argc, char **argv)
{
	struct app_option options[] = {{.name = "format"}, {0}};
	struct app_args args;
	struct err e;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	bool json = options[0].value && strcmp(options[0].value, "json") == 0;
	if (args.n != 1 || (options[0].value && !json && strcmp(options[0].value, "text") != 0))
		return app_usage(env, "check MODEL.dmn [--format text|json]");
	return check(env, args.v[0], json);
}
