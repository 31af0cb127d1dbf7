/* grutto figures DB NAME. */
#include "codec/csv.h"
#include "codec/json.h"
#include "db/db.h"
#include "db/migrate.h"
#include "feat/figures/figures.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/env.h"

enum {
	FIGURES_OUTPUT_MAX = 64 << 20,
	FORMATS = 3,
};

typedef enum err_code (*write_fn)(const struct figure_table *t, struct buf *b, struct err *e);

struct format {
	const char *name;
	write_fn write;
	enum err_code (*list)(struct buf *b, struct err *e);
};

static enum err_code list_csv(struct buf *b, struct err *e)
{
	struct csv_writer w;
	csv_begin_buf(&w, b, true);
	csv_write_str(&w, STR("name"));
	csv_write_str(&w, STR("title"));
	csv_write_end(&w);
	for (size_t i = 0; i < figures_count(); i++) {
		csv_write_str(&w, str_of(figures_info(i)->name));
		csv_write_str(&w, str_of(figures_info(i)->title));
		csv_write_end(&w);
	}
	return csv_finish(&w, e);
}

static enum err_code list_json(struct buf *b, struct err *e)
{
	struct json_writer w;
	jw_begin_buf(&w, b);
	w.indent = 2;
	jw_array(&w);
	for (size_t i = 0; i < figures_count(); i++) {
		jw_object(&w);
		jw_key(&w, "name");
		jw_str(&w, str_of(figures_info(i)->name));
		jw_key(&w, "title");
		jw_str(&w, str_of(figures_info(i)->title));
		jw_key(&w, "definition");
		jw_str(&w, str_of(figures_info(i)->definition));
		jw_object_end(&w);
	}
	jw_array_end(&w);
	TRY(jw_finish(&w, e));
	buf_addc(b, '\n');
	return buf_check(b, e);
}

static enum err_code list_text(struct buf *b, struct err *e)
{
	for (size_t i = 0; i < figures_count(); i++)
		buf_addf(b, "%-12s %s\n", figures_info(i)->name, figures_info(i)->title);
	return buf_check(b, e);
}

static const struct format formats[FORMATS] = {
    {"csv", figure_write_csv, list_csv},
    {"json", figure_write_json, list_json},
    {"text", figure_write_text, list_text},
};

static enum err_code make(const char *location, const char *name, date as_of,
    const struct format *f, struct buf *out, struct err *e)
{
	struct db_options o = {.read_only = true, .readers = 1};
	AUTO_POOL pool = NULL;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	if (!a)
		return fail(e, ERR_NOMEM, "figures.memory", "there is no memory to make the table");
	TRY(db_pool_open(str_of(location), &o, &pool, e));
	AUTO_DB c = NULL;
	TRY(db_pool_reader(pool, &c, e));
	TRY(db_schema_check(c, e));
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e));
	const struct programme_view *p = NULL;
	const struct register_view *r = NULL;
	const struct figure_table *t = NULL;
	TRY(programme_view_load(c, a, &p, e));
	if (strcmp(name, "list") == 0)
		return f->list(out, e);
	TRY(register_own_load(c, p->programme, a, &r, e));
	TRY(figures_make(p, r, str_of(name), as_of, a, &t, e));
	return f->write(t, out, e);
}

int figures_cmd(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "format"}, {.name = "as-of"}, {0}};
	struct app_args args;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "figures: %s", e.detail);
	if (args.n != 2)
		return app_usage(env, "figures takes a database and the name of a table, or list");
	const struct format *f = NULL;
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(options[0].value ? options[0].value : "text", formats[i].name) == 0)
			f = &formats[i];
	if (!f)
		return app_usage(
		    env, "figures: --format is csv, json or text, not %s", options[0].value);
	pdate as_of = PDATE_NONE;
	if (options[1].value && !pdate_parse(str_of(options[1].value), &as_of))
		return app_usage(
		    env, "figures: --as-of is a date such as 2010-12-31, not %s", options[1].value);
	AUTO_BUF out = BUF_INIT(FIGURES_OUTPUT_MAX);
	if (make(args.v[0], args.v[1], pdate_last(as_of), f, &out, &e) != ERR_OK ||
	    app_write(env, buf_str(&out), &e) != ERR_OK)
		return app_report(env, &e);
	return 0;
}
