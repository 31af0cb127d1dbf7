/* grutto init DB --pack DIR [--unless-exists]. */
#include "db/chain.h"
#include "db/migrate.h"
#include "feat/prices/pack_prices.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/rules/pack_rules.h"
#include "feat/site/env.h"

#include <assert.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	INIT_ARENA_MAX = 512 << 20,
	FIRST_SCHEMA_WITH_PROGRAMME = 2, /* migrate/0002_programme.sql */
};

static void on_fault(void *ctx, const struct pack_fault *f)
{
	const struct app_env *env = ctx;
	if (f->warning)
		return; /* grutto check tells them */
	AUTO_BUF text = BUF_INIT(4096);
	pack_fault_text(f, &text);
	(void)!write(
	    env->err_fd, text.p, text.n); /* a message: nothing to do when nobody can read it */
}

static enum err_code pack_check(const struct pack *p, struct arena *a, pack_fault_fn report, void *ctx, struct err *e)
{
	TRY(rules_pack_check(p, a, report, ctx, e));
	return prices_pack_check(p, a, report, ctx, e);
}

static bool file_there(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

/* Remove a database file that this command made, and what SQLite keeps beside it. */
static void remove_database(const char *path)
{
	static const char *const beside[] = {"", "-wal", "-shm", "-journal"};
	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
		AUTO_BUF name = BUF_INIT(8192);
		buf_addf(&name, "%s%s", path, beside[i]);
		if (buf_check(&name, NULL) == ERR_OK)
			(void)unlink(name.p);
	}
}

/* ERR_INVALID when the database holds a programme already. */
static enum err_code refuse_second(struct db *c, struct arena *a, struct err *e)
{
	int64_t number = 0;
	str slug, version;
	uint32_t schema = 0;
	TRY(db_schema_version(c, &schema, e));
	if (schema < FIRST_SCHEMA_WITH_PROGRAMME)
		return ERR_OK;
	struct err local = {0};
	enum err_code code = programme_find(c, a, &number, &slug, &version, &local);
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code != ERR_OK)
		return fail(e, code, local.id, "%s", local.detail);
	return fail(e, ERR_INVALID, "init.taken",
	    "%s holds the programme %.*s (version %.*s) already and was left as it is: name "
	    "another database",
	    db_place(c), STR_ARG(slug), STR_ARG(version));
}

/* For --unless-exists: *ret_there is true when the database holds a programme; its schema is then
 * brought up to date. */
static enum err_code keep_existing(
    struct app_env *env, const char *location, bool *ret_there, struct err *e)
{
	struct db_options o = {.create = false};
	AUTO_POOL pool = NULL;
	AUTO_ARENA a = arena_new(1 << 20);
	struct err local = {0};
	*ret_there = false;
	if (!a)
		return fail(e, ERR_NOMEM, "init.memory", "there is no memory");
	enum err_code code = db_pool_open(str_of(location), &o, &pool, &local);
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code != ERR_OK)
		return fail(e, code, local.id, "%s", local.detail);
	AUTO_DB c = NULL;
	TRY(db_pool_writer(pool, &c, e));
	if (refuse_second(c, a, &local) != ERR_INVALID)
		return ERR_OK; /* empty: init fills it, or reports what is wrong with it */
	uint32_t applied = 0;
	TRY(db_migrate(c, &env->clock, &applied, e));
	*ret_there = true;
	return ERR_OK;
}

static enum err_code store(const struct pack *p, struct db *c, struct app_env *env, struct err *e)
{
	struct uid_maker uids = {.clock = env->clock, .rng = env->rng};
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e));
	AUTO_CHAIN chain = NULL;
	TRY(chain_begin(c, pack_number(p), &chain, e));
	struct pack_store s = {
	    .pack = p, .db = c, .chain = chain, .uids = &uids, .now_ms = clock_now_ms(&env->clock)};
	TRY(programme_store(&s, e));
	TRY(register_store(&s, e));
	TRY(rules_pack_store(&s, e));
	TRY(prices_pack_store(&s, e));
	struct chain *done = chain;
	chain = NULL;
	TRY(chain_end(done, e));
	return db_commit(&tx, e);
}

static enum err_code fill(
    const struct pack *p, const char *location, struct app_env *env, struct arena *a, struct err *e)
{
	struct db_options o = {.create = true};
	AUTO_POOL pool = NULL;
	TRY(db_pool_open(str_of(location), &o, &pool, e));
	AUTO_DB c = NULL;
	TRY(db_pool_writer(pool, &c, e));
	TRY(refuse_second(c, a, e));
	uint32_t applied = 0;
	TRY(db_migrate(c, &env->clock, &applied, e));
	TRY(refuse_second(c, a, e)); /* another program may have been quicker */
	return store(p, c, env, e);
}

static int init(struct app_env *env, const char *location, const char *dir, bool unless_exists)
{
	assert(location && dir);
	struct err e = {0};
	bool there = false;
	AUTO_BUF text = BUF_INIT(8192);
	if (unless_exists && keep_existing(env, location, &there, &e) != ERR_OK)
		return app_report(env, &e);
	if (there) {
		buf_addf(&text, "%s holds a programme already and was kept\n", location);
		return app_write(env, buf_str(&text), &e) == ERR_OK ? 0 : app_report(env, &e);
	}
	AUTO_ARENA a = arena_new(INIT_ARENA_MAX);
	const struct pack *p = NULL;
	if (!a)
		(void)fail(&e, ERR_NOMEM, "init.memory", "there is no memory to read the pack");
	if (!a || pack_read_also(dir, pack_check, a, on_fault, env, &p, &e) != ERR_OK)
		return app_report(env, &e);
	bool is_file = db_location_engine(str_of(location)) == DB_SQLITE,
	     was_there = is_file && file_there(location);
	if (fill(p, location, env, a, &e) != ERR_OK) {
		if (is_file && !was_there)
			remove_database(location);
		return app_report(env, &e);
	}
	buf_addf(&text, "%s: programme %.*s, version %.*s, %zu rows\n", location,
	    STR_ARG(pack_slug(p)), STR_ARG(pack_version(p)), pack_row_total(p));
	return app_write(env, buf_str(&text), &e) == ERR_OK ? 0 : app_report(env, &e);
}

int register_cmd_init(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {
	    {.name = "pack"}, {.name = "unless-exists", .flag = true}, {0}};
	struct app_args args;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "init: %s", e.detail);
	if (args.n != 1 || !options[0].value)
		return app_usage(
		    env, "init takes a database and --pack with the folder of a programme pack");
	return init(env, args.v[0], options[0].value, options[1].value != NULL);
}

int register_cmd_check(struct app_env *env, int argc, char **argv)
{
	return programme_cmd_check(env, argc, argv, pack_check);
}
