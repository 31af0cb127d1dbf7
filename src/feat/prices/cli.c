#include "feat/prices/file.h"
#include "feat/prices/prices.h"

enum { JOB_BYTES = 256 << 20, OUTPUT_BYTES = 64 << 20 };

static enum err_code compare(struct app_env *env, const char *path, struct arena *a, struct err *e)
{
	AUTO_BUF text = BUF_INIT(PRICES_FILE_BYTES);
	AUTO_BUF out = BUF_INIT(OUTPUT_BYTES);
	struct prices_case c;
	struct json_writer w;
	struct prices_answer answer;
	TRY(file_read(path, &text, e));
	TRY(prices_case_read(buf_str(&text), path, a, &c, e));
	TRY(prices_case_rank(&c, a, &answer, e));
	jw_begin_buf(&w, &out);
	w.indent = 2;
	prices_case_write(&w, &c, &answer);
	TRY(jw_finish(&w, e));
	buf_addc(&out, '\n');
	TRY(buf_check(&out, e));
	return app_write(env, buf_str(&out), e);
}

int prices_cmd_compare(struct app_env *env, int argc, char **argv)
{
	struct app_option options[] = {{0}};
	struct app_args args;
	struct err e;
	AUTO_ARENA a = arena_new(JOB_BYTES);
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 1 || !a)
		return app_usage(env, "compare FILE.json");
	return compare(env, args.v[0], a, &e) == ERR_OK ? 0 : app_report(env, &e);
}
