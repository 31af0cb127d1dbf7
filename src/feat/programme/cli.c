/* grutto check PACK. */
#include "feat/programme/pack.h"

#include "codec/json.h"
#include "feat/site/env.h"

enum {
	CHECK_OUTPUT_MAX = 64 << 20,
	CHECK_ARENA_MAX = 512 << 20,
};

void pack_fault_text(const struct pack_fault *f, struct buf *b)
{
	char text[1024];
	err_format(&f->at, text, sizeof text);
	if (f->warning)
		buf_addz(b, "warning: ");
	buf_addz(b, text);
	if (f->cure[0])
		buf_addf(b, ". %s", f->cure);
	buf_addc(b, '\n');
}

static void fault_json(const struct pack_fault *f, struct json_writer *w)
{
	jw_object(w);
	jw_key(w, "id");
	jw_str(w, str_of(f->at.id));
	jw_key(w, "severity");
	jw_str(w, f->warning ? STR("warning") : STR("error"));
	jw_key(w, "file");
	jw_str(w, str_of(f->at.file));
	jw_key(w, "line");
	if (f->at.line)
		jw_i64(w, f->at.line);
	else
		jw_null(w);
	jw_key(w, "column");
	if (f->at.col)
		jw_i64(w, f->at.col);
	else
		jw_null(w);
	jw_key(w, "field");
	jw_str(w, f->at.field[0] ? str_of(f->at.field) : STR_NONE);
	jw_key(w, "what");
	jw_str(w, str_of(f->at.detail));
	jw_key(w, "cure");
	jw_str(w, str_of(f->cure));
	jw_object_end(w);
}

struct check {
	struct buf *text;
	struct json_writer *json; /* NULL: text is wanted */
	size_t faults;
};

static void on_fault(void *ctx, const struct pack_fault *f)
{
	struct check *c = ctx;
	c->faults += !f->warning;
	if (c->json)
		fault_json(f, c->json);
	else
		pack_fault_text(f, c->text);
}

static void open_json(struct json_writer *w, struct buf *out, const char *dir)
{
	jw_begin_buf(w, out);
	w->indent = 2;
	jw_object(w);
	jw_key(w, "pack");
	jw_str(w, str_of(dir));
	jw_key(w, "faults");
	jw_array(w);
}

static enum err_code close_json(
    struct json_writer *w, struct buf *out, const struct pack *p, struct err *e)
{
	jw_array_end(w);
	jw_key(w, "rows");
	if (p)
		jw_i64(w, (int64_t)pack_row_total(p));
	else
		jw_null(w);
	jw_key(w, "ok");
	jw_bool(w, p != NULL);
	jw_object_end(w);
	TRY(jw_finish(w, e));
	buf_addc(out, '\n');
	return ERR_OK;
}

static int check(struct app_env *env, const char *dir, bool json, pack_also_fn also)
{
	struct err e = {0}, written = {0};
	AUTO_ARENA a = arena_new(CHECK_ARENA_MAX);
	AUTO_BUF out = BUF_INIT(CHECK_OUTPUT_MAX);
	struct json_writer w;
	const struct pack *p = NULL;
	if (!a) {
		(void)fail(&e, ERR_NOMEM, "check.memory", "there is no memory to read the pack");
		return app_report(env, &e);
	}
	struct check c = {.text = &out, .json = json ? &w : NULL};
	if (json)
		open_json(&w, &out, dir);
	enum err_code code = pack_read_also(dir, also, a, on_fault, &c, &p, &e);
	bool judged = code == ERR_OK || c.faults > 0;
	if (json && close_json(&w, &out, p, &written) != ERR_OK)
		return app_report(env, &written);
	if (!judged)
		return app_report(env, &e);
	if (!json && p)
		buf_addf(&out, "%s: no faults in %zu rows of %d files\n", dir, pack_row_total(p),
		    PACK_TABLES + 1);
	if (buf_check(&out, &written) != ERR_OK ||
	    app_write(env, buf_str(&out), &written) != ERR_OK)
		return app_report(env, &written);
	return p ? 0 : app_report(env, &e);
}

int programme_cmd_check(struct app_env *env, int argc, char **argv, pack_also_fn also)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "format"}, {0}};
	struct app_args args;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "check: %s", e.detail);
	const char *format = options[0].value ? options[0].value : "text";
	bool json = strcmp(format, "json") == 0;
	if (!json && strcmp(format, "text") != 0)
		return app_usage(env, "check: --format is text or json, not %s", format);
	if (args.n != 1)
		return app_usage(env, "check takes the folder of one pack");
	return check(env, args.v[0], json, also);
}
