/* grutto serve: open the database, load the snapshot, answer until told to stop. */
#include "app/app.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "app/routes.h"
#include "app/snapshot.h"
#include "db/migrate.h"
#include "feat/decisions/decisions.h"
#include "feat/evaluation/evaluation.h"
#include "feat/site/site.h"

enum {
	WATCH_INTERVAL_MS = 1000, /* how soon a change by another process shows */
	READERS = 6,
	READ_TIMEOUT_MS = 20000,
};

struct service {
	struct app_env *env;
	struct db_pool *pool;
	struct snapshots *snapshots;
	struct site_app site;
	struct decisions_editor editor;
	struct http_routes routes[ROUTES_MAX_TABLES];
	struct http_server *server;
	pthread_t watcher;
	_Atomic bool stop;
};

/* ---- callbacks of the server ---- */

/* site comes first in what handlers get, so that they see nothing of app. */
static struct service *service_of(void *app)
{
	return (struct service *)(void *)((char *)app - offsetof(struct service, site));
}

static const void *acquire(void *app)
{
	return snapshots_acquire(service_of(app)->snapshots);
}

static void release(void *app, const void *snapshot)
{
	snapshots_release(service_of(app)->snapshots, snapshot);
}

static uint64_t generation(void *app, const void *snapshot)
{
	(void)app;
	return snapshots_generation(snapshot);
}

static int64_t made_ms(void *app, const void *snapshot)
{
	(void)app;
	return ((const struct public_view *)snapshot)->made_ms;
}

static uint64_t current_generation(void *app)
{
	return snapshots_current_generation(service_of(app)->snapshots);
}

static enum err_code health(void *app, struct err *e)
{
	bool stale;
	return snapshots_stale(service_of(app)->snapshots, &stale, e);
}

static void metrics(void *app, struct buf *out)
{
	int64_t ms;
	size_t bytes;
	snapshots_last_load(service_of(app)->snapshots, &ms, &bytes);
	buf_addz(out, "# HELP grutto_snapshot_load_seconds Time the last snapshot took to load.\n"
		      "# TYPE grutto_snapshot_load_seconds gauge\n");
	buf_addf(out, "grutto_snapshot_load_seconds %.3f\n", (double)ms / 1000);
	buf_addz(out, "# HELP grutto_snapshot_bytes Memory of the current snapshot.\n"
		      "# TYPE grutto_snapshot_bytes gauge\n");
	buf_addf(out, "grutto_snapshot_bytes %zu\n", bytes);
}

/* ---- following changes made by other processes ---- */

static void follow_once(struct service *s)
{
	struct err e;
	bool stale = false;
	enum err_code code = snapshots_stale(s->snapshots, &stale, &e);
	if (code == ERR_OK && stale)
		code = snapshots_load(s->snapshots, &e);
	if (code != ERR_OK)
		log_line(&s->env->log, LOG_WARN, "the public data stay as they were: %s", e.detail);
	else if (stale)
		log_line(&s->env->log, LOG_INFO, "public data replaced, generation %llu",
		    (unsigned long long)snapshots_current_generation(s->snapshots));
}

static void *watch(void *arg)
{
	struct service *s = arg;
	int waited = 0;
	const struct timespec tick = {.tv_nsec = 50 * 1000000};
	while (!atomic_load(&s->stop)) {
		(void)nanosleep(&tick, NULL);
		waited += 50;
		if (waited < WATCH_INTERVAL_MS)
			continue;
		waited = 0;
		follow_once(s);
	}
	return NULL;
}

/* ---- start and stop ---- */

static enum err_code open_to_write(struct service *s, const char *location, struct err *e)
{
	AUTO_DB c = NULL;
	struct db_options o = {.readers = READERS, .statement_timeout_ms = READ_TIMEOUT_MS};
	TRY(db_pool_open(str_of(location), &o, &s->pool, e));
	TRY(db_pool_writer(s->pool, &c, e));
	return db_migrate(c, &s->env->clock, NULL, e);
}

static enum err_code open_to_read(struct service *s, const char *location, struct err *e)
{
	AUTO_DB c = NULL;
	struct db_options o = {
	    .read_only = true, .readers = READERS, .statement_timeout_ms = READ_TIMEOUT_MS};
	TRY(db_pool_open(str_of(location), &o, &s->pool, e));
	TRY(db_pool_reader(s->pool, &c, e));
	return db_schema_check(c, e);
}

/* A standby, or a file that this user may not write, is served as well: reading needs no more. */
static enum err_code open_database(
    struct service *s, const char *location, bool read_only, struct err *e)
{
	if (read_only)
		return open_to_read(s, location, e);
	enum err_code code = open_to_write(s, location, e);
	if (code != ERR_IO || strcmp(e->id, "db.read_only") != 0)
		return code;
	db_pool_close(s->pool);
	s->pool = NULL;
	TRY(open_to_read(s, location, e));
	log_line(&s->env->log, LOG_INFO, "the database cannot be written here: it is only read");
	return ERR_OK;
}

struct wanted {
	const char *location, *listen;
	bool secure, read_only;
};

static enum err_code start(struct service *s, const struct wanted *w, struct err *e)
{
	TRY(open_database(s, w->location, w->read_only, e));
	TRY(snapshots_new(s->pool, s->env->clock, &s->snapshots, e));
	TRY(snapshots_load(s->snapshots, e));
	size_t n = app_routes(s->routes);
	if (s->site.editor)
		s->routes[n++] = decisions_editor_routes();
	s->site.pool = s->pool;
	if (s->site.printer)
		TRY(evaluation_printer_run(s->site.printer, e));
	s->site.clock = s->env->clock;
	s->site.routes = s->routes;
	s->site.n_routes = n;
	struct http_config config = {
	    .listen = str_of(w->listen),
	    .routes = s->routes,
	    .n_routes = n,
	    .app = &s->site,
	    .clock = s->env->clock,
	    .log = &s->env->log,
	    .access_fd = s->env->err_fd,
	    .secure = w->secure,
	    .snapshot_acquire = acquire,
	    .snapshot_release = release,
	    .snapshot_generation = generation,
	    .snapshot_made_ms = made_ms,
	    .current_generation = current_generation,
	    .error_page = site_error_page,
	    .authorize = s->site.editor ? decisions_editor_authorize : NULL,
	    .health = health,
	    .metrics = metrics,
	};
	config.n_assets = site_assets(config.assets);
	TRY(http_server_start(&config, &s->server, e));
	if (pthread_create(&s->watcher, NULL, watch, s) != 0)
		return fail(e, ERR_NOMEM, "serve.thread", "the system gives no thread to follow changes");
	return ERR_OK;
}

static void finish(struct service *s, bool watching)
{
	size_t cut = http_server_stop(s->server);
	if (cut)
		log_line(&s->env->log, LOG_WARN, "%zu requests were cut off at the end", cut);
	atomic_store(&s->stop, true);
	if (watching)
		(void)pthread_join(s->watcher, NULL);
	snapshots_free(s->snapshots);
	evaluation_printer_free(s->site.printer);
	db_pool_close(s->pool);
}

int app_cmd_serve(struct app_env *env, int argc, char **argv)
{
	struct err e;
	struct app_args args;
	struct app_option options[] = {
	    {.name = "listen"}, {.name = "base-url"}, {.name = "behind-tls", .flag = true},
	    {.name = "read-only", .flag = true}, {.name = "editor", .flag = true}, {0}};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 1)
		return app_usage(env, "serve DB [--listen ADDR:PORT] [--base-url URL] [--behind-tls] [--read-only|--editor]");
	const struct wanted wanted = {
	    .location = args.v[0],
	    .listen = options[0].value ? options[0].value : "127.0.0.1:8080",
	    .secure = options[2].value != NULL,
	    .read_only = options[3].value != NULL,
	};
	bool editor = options[4].value != NULL;
	if (editor && (wanted.read_only || !decisions_editor_host(str_of(wanted.listen))))
		return app_usage(env, wanted.read_only ? "--editor writes, --read-only does not"
						       : "--editor has no accounts yet: it is served on the loopback interface only, "
							 "such as --listen 127.0.0.1:8080");
	struct service s = {.env = env, .site.base_url = str_of(options[1].value ? options[1].value : "")};
	if (editor) {
		decisions_editor_start(&s.editor, &env->rng);
		s.site.editor = &s.editor;
	}
	http_signals_block();
	if (evaluation_printer_new(&s.site.printer, &e) != ERR_OK) /* it starts programs, which the sandbox forbids */
		log_line(&env->log, LOG_WARN, "no PDFs: %s", e.detail);
	if (http_sandbox(NULL, &e) != ERR_OK) /* while there is one thread: see there */
		log_line(&env->log, LOG_WARN, "%s", e.detail);
	if (start(&s, &wanted, &e) != ERR_OK) {
		finish(&s, false);
		return app_report(env, &e);
	}
	AUTO_BUF line = BUF_INIT(256);
	buf_addf(&line, "Grutto serves http://%s/\n", http_server_address(s.server));
	if (app_write(env, buf_str(&line), &e) != ERR_OK)
		log_line(&env->log, LOG_WARN, "%s", e.detail);
	int signal_no = http_signals_wait();
	log_line(&env->log, LOG_INFO, "signal %d: finishing what has begun", signal_no);
	finish(&s, true);
	return 0;
}
