#include "feat/prices/watch.h"

#include "codec/io.h"
#include "db/migrate.h"
#include "feat/prices/import.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVERY_DEFAULT = 2, EVERY_MAX = 3600, NAMES_MAX = 10000, NAMES_BYTES = 16 << 20, PATH_BYTES = 4096, HEAD_BYTES = 4096, REPORT_BYTES = 64 << 10 };

/* A file as it was seen at a look. */
struct seen {
	str name;
	int64_t size, mtime_ns;
};

struct look {
	struct seen *p;
	size_t n, cap;
};

struct watch {
	struct app_env *env;
	const char *dir;
	struct prices_importer m;
	int report_fd;
	struct buf report;
	bool failed; /* the report cannot be written */
};

static enum err_code system_error(struct err *e, const char *what, const char *path)
{
	return fail(e, ERR_IO, "watch.io", "%s %s: %s", what, path, strerror(errno));
}

static bool path_in(const struct watch *w, char dst[PATH_BYTES], const char *folder, const char *prefix, str name, const char *ending)
{
	int n = snprintf(dst, PATH_BYTES, "%s/%s%s%.*s%s", w->dir, folder, prefix, STR_ARG(name), ending);
	return n > 0 && n < PATH_BYTES;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct seen *)a)->name, ((const struct seen *)b)->name);
}

/* The files of the folder, by name. */
static enum err_code look(const struct watch *w, struct arena *a, struct look *ret, struct err *e)
{
	DIR *d = opendir(w->dir);
	struct look l = {0};
	enum err_code code = ERR_OK;
	if (!d)
		return system_error(e, "cannot read the folder", w->dir);
	for (struct dirent *entry = readdir(d); entry && code == ERR_OK && l.n < NAMES_MAX; entry = readdir(d)) {
		char path[PATH_BYTES];
		struct stat st;
		if (entry->d_name[0] == '.' || !path_in(w, path, "", "", str_of(entry->d_name), "") || lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
			continue;
		struct seen *s = VEC_ADD(&l, a);
		str name = arena_str(a, str_of(entry->d_name));
		if (!s || !name.p)
			code = arena_fail(a, e);
		else
			*s = (struct seen){name, st.st_size, st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec};
	}
	(void)closedir(d);
	if (code == ERR_OK && l.n)
		qsort(l.p, l.n, sizeof *l.p, by_name);
	if (code == ERR_OK)
		*ret = l;
	return code;
}

static bool stands_still(const struct look *before, const struct seen *now)
{
	const struct seen *then = before->n ? bsearch(now, before->p, before->n, sizeof *before->p, by_name) : NULL;
	return then && then->size == now->size && then->mtime_ns == now->mtime_ns;
}

/* ---- one file ---- */

static void flush_report(struct watch *w)
{
	size_t at = 0;
	while (!w->failed && at < w->report.n) {
		ssize_t n = write(w->report_fd, w->report.p + at, w->report.n - at);
		if (n > 0)
			at += (size_t)n;
		else if (errno != EINTR)
			w->failed = true;
	}
	buf_clear(&w->report);
}

static void on_note(void *ctx, const struct prices_note *n)
{
	struct watch *w = ctx;
	prices_note_text(n, &w->report);
	if (w->report.n > REPORT_BYTES)
		flush_report(w);
}

/* Rates or prices: the beginning of the file tells. */
static enum err_code kind_of(const char *path, enum prices_what *ret, struct err *e)
{
	char head[HEAD_BYTES];
	size_t n = 0;
	int fd;
	TRY(file_open_read(path, &fd, e));
	struct source from = source_fd(&fd);
	enum err_code code = from.read(from.ctx, head, sizeof head, &n, e);
	(void)close(fd);
	if (code == ERR_OK)
		*ret = rates_kind_of((str){head, n}) != RATES_NONE ? PRICES_RATES : PRICES_FEEDS;
	return code;
}

/* Where nothing stands yet: a second file of the same name gets the time behind it. */
static enum err_code free_place(const struct watch *w, const char *folder, str name, char dst[PATH_BYTES], char report[PATH_BYTES], struct err *e)
{
	char after[32] = "", ending[48] = ".report";
	struct stat st;
	if (!path_in(w, dst, folder, "/", name, after))
		return fail(e, ERR_LIMIT, "watch.path", "a path is too long");
	if (lstat(dst, &st) == 0) {
		(void)snprintf(after, sizeof after, ".%lld", (long long)w->m.now_ms);
		(void)snprintf(ending, sizeof ending, "%s.report", after);
	}
	if (!path_in(w, dst, folder, "/", name, after) || !path_in(w, report, folder, "/", name, ending))
		return fail(e, ERR_LIMIT, "watch.path", "a path is too long");
	return ERR_OK;
}

static enum err_code make_folder(const struct watch *w, const char *folder, struct err *e)
{
	char path[PATH_BYTES];
	if (!path_in(w, path, "", "", str_of(folder), ""))
		return fail(e, ERR_LIMIT, "watch.path", "a path is too long");
	return mkdir(path, 0777) == 0 || errno == EEXIST ? ERR_OK : system_error(e, "cannot make the folder", path);
}

static enum err_code put_away(struct watch *w, const char *path, const char *draft, str name, bool refused, struct err *e)
{
	char to[PATH_BYTES], report[PATH_BYTES];
	const char *folder = refused ? "refused" : "done";
	TRY(make_folder(w, folder, e));
	TRY(free_place(w, folder, name, to, report, e));
	if (rename(draft, report) != 0)
		return system_error(e, "cannot put the report at", report);
	return rename(path, to) == 0 ? ERR_OK : system_error(e, "cannot move the file to", to);
}

static enum err_code import_one(struct watch *w, const char *path, struct err *e)
{
	enum prices_what what = PRICES_FEEDS;
	w->m.now_ms = clock_now_ms(&w->env->clock);
	w->m.result = (struct prices_result){0};
	TRY(kind_of(path, &what, e));
	TRY(prices_import_file(&w->m, what, path, e));
	prices_result_text(&w->m.result, &w->report);
	flush_report(w);
	return w->failed ? fail(e, ERR_IO, "watch.report", "the report of %s cannot be written", path) : ERR_OK;
}

static enum err_code take(struct watch *w, str name, struct err *e)
{
	char path[PATH_BYTES], draft[PATH_BYTES];
	if (!path_in(w, path, "", "", name, "") || !path_in(w, draft, "", ".", name, ".report"))
		return fail(e, ERR_LIMIT, "watch.path", "a path is too long");
	w->report_fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (w->report_fd < 0)
		return system_error(e, "cannot write", draft);
	buf_clear(&w->report);
	enum err_code code = import_one(w, path, e);
	(void)close(w->report_fd);
	if (code != ERR_OK) {
		(void)unlink(draft);
		return code;
	}
	AUTO_BUF line = BUF_INIT(PATH_BYTES);
	buf_addf(&line, "%.*s: ", STR_ARG(name));
	prices_result_text(&w->m.result, &line);
	TRY(app_write(w->env, buf_str(&line), e));
	return put_away(w, path, draft, name, w->m.result.files_refused > 0, e);
}

/* ---- the loop ---- */

/* True when a signal says to stop. */
static bool rest(const sigset_t *set, int seconds)
{
	struct timespec t = {.tv_sec = seconds};
	for (;;) {
		int got = sigtimedwait(set, NULL, &t);
		if (got >= 0)
			return true;
		if (errno != EINTR)
			return false;
	}
}

static enum err_code round_of(struct watch *w, const struct look *before, const struct look *now, const sigset_t *stop, bool *ret_stop,
    size_t *ret_taken, struct err *e)
{
	for (size_t i = 0; i < now->n && !*ret_stop; i++) {
		if (!stands_still(before, &now->p[i]))
			continue;
		enum err_code code = take(w, now->p[i].name, e);
		if (code == ERR_CONFLICT || code == ERR_NOT_FOUND) { /* a busy database, or somebody took the file: at the next look */
			(void)app_report(w->env, e);
			err_clear(e);
			continue;
		}
		TRY(code);
		++*ret_taken;
		*ret_stop = rest(stop, 0);
	}
	return ERR_OK;
}

/* once: until nothing is left that stands still. */
static enum err_code loop(struct watch *w, const sigset_t *stop, int every, bool once, struct err *e)
{
	struct arena *arenas[2] = {arena_new(NAMES_BYTES), arena_new(NAMES_BYTES)};
	struct look looks[2] = {{0}, {0}};
	bool end = false;
	if (!arenas[0] || !arenas[1]) {
		arena_free(arenas[0]);
		arena_free(arenas[1]);
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	}
	enum err_code code = ERR_OK;
	for (size_t turn = 0; !end && code == ERR_OK; turn++) {
		size_t taken = 0, at = turn % 2;
		arena_reset(arenas[at]);
		code = look(w, arenas[at], &looks[at], e);
		if (code == ERR_OK)
			code = round_of(w, &looks[1 - at], &looks[at], stop, &end, &taken, e);
		end = end || (once && turn > 0 && taken == 0) || rest(stop, every);
	}
	arena_free(arenas[0]);
	arena_free(arenas[1]);
	return code;
}

static enum err_code watch(struct watch *w, const char *location, const sigset_t *stop, int every, bool once, struct err *e)
{
	const struct db_options o = {.readers = 1};
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	struct uid_maker uids = {.clock = w->env->clock, .rng = w->env->rng};
	TRY(db_pool_open(str_of(location), &o, &pool, e));
	TRY(db_pool_writer(pool, &db, e));
	TRY(db_schema_check(db, e));
	w->m = (struct prices_importer){.db = db, .uids = &uids, .actor = "command:prices-watch", .on_note = on_note, .ctx = w};
	TRY(prices_programme(db, &w->m.programme, e));
	return loop(w, stop, every, once, e);
}

int prices_cmd_watch(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "every"}, {.name = "once", .flag = true}, {0}};
	struct app_args args;
	int64_t every = EVERY_DEFAULT;
	sigset_t stop;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 2 || (options[0].value && (!str_to_i64(str_of(options[0].value), &every) || every < 1 || every > EVERY_MAX)))
		return app_usage(env, "prices watch DB DIR [--every SECONDS] [--once]");
	(void)sigemptyset(&stop);
	(void)sigaddset(&stop, SIGTERM);
	(void)sigaddset(&stop, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, &stop, NULL);
	struct watch w = {.env = env, .dir = args.v[1], .report = BUF_INIT(REPORT_BYTES * 2)};
	enum err_code code = watch(&w, args.v[0], &stop, (int)every, options[1].value != NULL, &e);
	buf_free(&w.report);
	return code == ERR_OK ? 0 : app_report(env, &e);
}
