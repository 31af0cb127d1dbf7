/* grutto import prices, grutto import rates, and what a person decides about prices. */
#include "codec/json.h"
#include "db/migrate.h"
#include "feat/prices/cli_inside.h"
#include "feat/prices/experience_list.sql.h"
#include "feat/prices/import.h"
#include "feat/prices/prices.sql.h"
#include "feat/prices/watch.h"

#include <stdio.h>

enum { LINE_BYTES = 4096, OUT_BYTES = 64 << 10, ARENA_BYTES = 64 << 20 };

/* Lines go out in pieces: a file has thousands. */
struct report {
	struct app_env *env;
	struct buf out;
	bool json, quiet, failed;
};

static void send_out(struct report *r)
{
	struct err e;
	if (!r->failed && r->out.n && app_write(r->env, buf_str(&r->out), &e) != ERR_OK)
		r->failed = true;
	buf_clear(&r->out);
}

static void on_note(void *ctx, const struct prices_note *n)
{
	struct report *r = ctx;
	if (r->quiet && (n->done == PRICES_TAKEN || n->done == PRICES_UNCHANGED))
		return;
	(r->json ? prices_note_json : prices_note_text)(n, &r->out);
	if (r->out.n > OUT_BYTES)
		send_out(r);
}

static bool format_of(const char *format, bool *ret_json)
{
	*ret_json = format && strcmp(format, "json") == 0;
	return !format || *ret_json || strcmp(format, "text") == 0;
}

enum err_code prices_cli_open(const char *location, struct db_pool **ret_pool, struct db **ret_db, int64_t *ret_programme,
    struct err *e)
{
	const struct db_options o = {.readers = 1};
	TRY(db_pool_open(str_of(location), &o, ret_pool, e));
	TRY(db_pool_writer(*ret_pool, ret_db, e));
	TRY(db_schema_check(*ret_db, e));
	return prices_programme(*ret_db, ret_programme, e);
}

static int import(struct app_env *env, int argc, char **argv, enum prices_what what, const char *usage)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "format"}, {.name = "quiet", .flag = true}, {0}};
	struct app_args args;
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	int64_t programme = 0;
	struct report report = {.env = env, .out = BUF_INIT(OUT_BYTES + 2 * LINE_BYTES)};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n < 2)
		return app_usage(env, "%s", usage);
	if (!format_of(options[0].value, &report.json))
		return app_usage(env, "--format is text or json, not %s", options[0].value);
	report.quiet = options[1].value != NULL;
	if (prices_cli_open(args.v[0], &pool, &db, &programme, &e) != ERR_OK)
		return app_report(env, &e);
	struct uid_maker uids = {.clock = env->clock, .rng = env->rng};
	struct prices_importer m = {.db = db, .programme = programme, .uids = &uids, .now_ms = clock_now_ms(&env->clock),
	    .actor = "command:import", .on_note = on_note, .ctx = &report};
	enum err_code code = ERR_OK;
	for (size_t i = 1; i < args.n && code == ERR_OK; i++)
		code = prices_import_file(&m, what, args.v[i], &e);
	if (code == ERR_OK)
		(report.json ? prices_result_json : prices_result_text)(&m.result, &report.out);
	send_out(&report);
	buf_free(&report.out);
	if (code != ERR_OK)
		return app_report(env, &e);
	return report.failed ? 4 : prices_result_status(&m.result);
}

int prices_cmd_import(struct app_env *env, int argc, char **argv)
{
	return import(env, argc, argv, PRICES_FEEDS, "import prices DB FILE… [--quiet] [--format text|json]");
}

int prices_cmd_import_rates(struct app_env *env, int argc, char **argv)
{
	return import(env, argc, argv, PRICES_RATES, "import rates DB FILE… [--quiet] [--format text|json]");
}

/* ---- what waits, and letting it count ---- */

static void waiting_json(const struct price_waiting_all_row *r, str id, struct buf *b)
{
	struct json_writer w;
	AUTO_BUF when = BUF_INIT(64);
	buf_add_instant(&when, r->collected_ms);
	const struct {
		const char *key;
		str v;
	} texts[] = {{"id", id}, {"provider", r->provider}, {"offer", r->key}, {"collected_at", buf_str(&when)}, {"rate", r->rate},
	    {"reason", r->held}};
	jw_begin_buf(&w, b);
	jw_object(&w);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		jw_key(&w, texts[i].key);
		jw_str(&w, texts[i].v);
	}
	jw_key(&w, "example");
	jw_bool(&w, r->example);
	jw_object_end(&w);
	(void)!jw_finish(&w, NULL);
	buf_addc(b, '\n');
}

static void waiting_text(const struct price_waiting_all_row *r, str id, struct buf *b)
{
	buf_addf(b, "%.*s %.*s/%.*s ", STR_ARG(id), STR_ARG(r->provider), STR_ARG(r->key));
	buf_add_instant(b, r->collected_ms);
	buf_addf(b, " rate %.*s: %.*s\n", STR_ARG(r->rate), STR_ARG(r->held));
}

static enum err_code held(struct db *db, int64_t programme, struct report *report, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(price_waiting_all_open(db, programme, &rows, e));
	for (;;) {
		struct price_waiting_all_row r;
		bool more;
		AUTO_BUF id = BUF_INIT(64);
		TRY(price_waiting_all_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		buf_add_uid(&id, r.id);
		(report->json ? waiting_json : waiting_text)(&r, buf_str(&id), &report->out);
		if (report->out.n > OUT_BYTES)
			send_out(report);
	}
}

static int cmd_held(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "format"}, {0}};
	struct app_args args;
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	int64_t programme = 0;
	struct report report = {.env = env, .out = BUF_INIT(OUT_BYTES + 2 * LINE_BYTES)};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 1 || !format_of(options[0].value, &report.json))
		return app_usage(env, "prices held DB [--format text|json]");
	enum err_code code = prices_cli_open(args.v[0], &pool, &db, &programme, &e);
	if (code == ERR_OK)
		code = held(db, programme, &report, &e);
	send_out(&report);
	buf_free(&report.out);
	if (code != ERR_OK)
		return app_report(env, &e);
	return report.failed ? 4 : 0;
}

struct person {
	str actor, note;
};

static enum err_code release_one(struct app_env *env, struct db *db, struct uid_maker *uids, int64_t programme, const char *text,
    const struct person *who, struct err *e)
{
	uid id;
	struct price_waiting_get_row row;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
	AUTO_BUF after = BUF_INIT(LINE_BYTES * 2);
	struct json_writer w;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (!uid_parse(str_of(text), &id))
		return fail(e, ERR_INVALID, "prices.release", "%s is not the identifier of a price: grutto prices held lists them", text);
	enum err_code code = price_waiting_get(db, programme, id, a, &row, e);
	if (code == ERR_NOT_FOUND)
		return fail(e, ERR_INVALID, "prices.release", "no price %s waits: grutto prices held lists those that do", text);
	TRY(code);
	int64_t now = clock_now_ms(&env->clock);
	TRY(price_release_add(db, programme, id, now, who->actor, who->note, row.example, NULL, e));
	jw_begin_buf(&w, &after);
	jw_object(&w);
	jw_key(&w, "held");
	jw_str(&w, row.held);
	jw_key(&w, "note");
	jw_str(&w, who->note);
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	const struct chain_event ev = {.id = uid_new(uids), .at_ms = now, .actor = who->actor, .kind = STR("prices.released"),
	    .subject_kind = STR("price_observation"), .subject = str_of(text), .before = STR_NONE, .after = buf_str(&after)};
	return chain_add(db, programme, &ev, e);
}

static enum err_code release_all(struct app_env *env, struct db *db, int64_t programme, const struct app_args *args, const struct person *who,
    struct err *e)
{
	struct uid_maker uids = {.clock = env->clock, .rng = env->rng};
	AUTO_TX tx = {0};
	TRY(db_begin(db, &tx, e));
	for (size_t i = 1; i < args->n; i++)
		TRY(release_one(env, db, &uids, programme, args->v[i], who, e));
	return db_commit(&tx, e);
}

static int cmd_release(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "by"}, {.name = "note"}, {0}};
	struct app_args args;
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	int64_t programme = 0;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	const struct person who = {str_trim(str_of(options[0].value)), str_trim(str_of(options[1].value))};
	if (args.n < 2 || who.actor.n == 0 || who.note.n == 0 || who.actor.n > CHAIN_WORD_MAX || who.note.n > FEED_TEXT_MAX)
		return app_usage(env, "prices release DB ID… --by WHO --note WHY");
	if (prices_cli_open(args.v[0], &pool, &db, &programme, &e) != ERR_OK || release_all(env, db, programme, &args, &who, &e) != ERR_OK)
		return app_report(env, &e);
	char text[64];
	(void)snprintf(text, sizeof text, "%zu released\n", args.n - 1);
	return app_write(env, str_of(text), &e) == ERR_OK ? 0 : app_report(env, &e);
}

/* ---- the invented example ---- */

typedef enum err_code (*remove_fn)(struct db *c, int64_t programme, int64_t *ret_changed, struct err *e);

static enum err_code remove_example(struct app_env *env, struct db *db, int64_t programme, int64_t *ret_n, struct err *e)
{
	static const remove_fn steps[] = {price_example_releases, price_example_observations, price_example_tiers, price_example_offers,
	    price_example_promotions, price_example_experiences, price_example_shares, price_example_locations, price_example_rates, price_example_providers,
	    price_example_files};
	struct uid_maker uids = {.clock = env->clock, .rng = env->rng};
	AUTO_TX tx = {0};
	AUTO_BUF after = BUF_INIT(64);
	*ret_n = 0;
	TRY(db_begin(db, &tx, e));
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		int64_t n = 0;
		TRY(steps[i](db, programme, &n, e));
		*ret_n += n;
	}
	if (*ret_n == 0)
		return ERR_OK; /* left without commit: nothing was done */
	buf_addf(&after, "{\"rows\":%lld}", (long long)*ret_n);
	const struct chain_event ev = {.id = uid_new(&uids), .at_ms = clock_now_ms(&env->clock), .actor = STR("command:prices"),
	    .kind = STR("prices.example_removed"), .subject_kind = STR("price_file"), .subject = STR("example"), .before = STR_NONE,
	    .after = buf_str(&after)};
	TRY(chain_add(db, programme, &ev, e));
	return db_commit(&tx, e);
}

static int cmd_remove_example(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	int64_t programme = 0, n = 0;
	if (argc != 1)
		return app_usage(env, "prices remove-example DB");
	if (prices_cli_open(argv[0], &pool, &db, &programme, &e) != ERR_OK || remove_example(env, db, programme, &n, &e) != ERR_OK)
		return app_report(env, &e);
	char text[128];
	(void)snprintf(text, sizeof text, "%lld rows of the invented example removed; nothing else was touched\n", (long long)n);
	return app_write(env, str_of(text), &e) == ERR_OK ? 0 : app_report(env, &e);
}

int prices_cmd_prices(struct app_env *env, int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct app_env *env, int argc, char **argv);
	} verbs[] = {{"watch", prices_cmd_watch}, {"held", cmd_held}, {"release", cmd_release}, {"reports", prices_cmd_reports},
	    {"handled", prices_cmd_handled}, {"remove-example", cmd_remove_example}};
	for (size_t i = 0; argc && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[0], verbs[i].name) == 0)
			return verbs[i].run(env, argc - 1, argv + 1);
	return app_usage(env, "prices watch|held|release|reports|handled|remove-example DB …");
}
