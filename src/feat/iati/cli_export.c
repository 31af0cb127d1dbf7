#include "db/migrate.h"
#include "feat/iati/iati.h"
#include "feat/iati/import.sql.h"
#include "feat/site/env.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct export_job {
	struct app_env *env;
	const char *db, *file; /* file NULL: standard output */
	bool comparison;
	uint64_t written;
};

static enum err_code export_to(struct export_job *j, int fd, struct err *e)
{
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	AUTO_ARENA a = arena_new(4096);
	struct db_options o = {.read_only = true, .readers = 1};
	struct iati_programme_row row;
	if (!a)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	TRY(db_pool_open(str_of(j->db), &o, &pool, e));
	TRY(db_pool_reader(pool, &db, e));
	TRY(db_schema_check(db, e));
	enum err_code code = iati_programme(db, a, &row, e);
	if (code == ERR_NOT_FOUND)
		return fail(e, ERR_INVALID, "db.no_programme", "%s holds no programme yet: grutto init makes one from a pack.", j->db);
	TRY(code);
	struct iati_selection all = {.own = !j->comparison};
	return iati_export(db, row.programme, &all, &j->env->clock, sink_fd(&fd), &j->written, e);
}

/* A device or a pipe is written to as it is: a rename would put a file in its place. */
static enum err_code export_device(struct export_job *j, struct err *e)
{
	int fd = open(j->file, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(e, ERR_IO, "io.open", "%s cannot be written: %s.", j->file, strerror(errno));
	enum err_code code = export_to(j, fd, e);
	if (close(fd) != 0 && code == ERR_OK)
		code = fail(e, ERR_IO, "io.write", "%s cannot be written: %s.", j->file, strerror(errno));
	return code;
}

/* A file appears under its name when it is complete. */
static enum err_code export_file(struct export_job *j, struct err *e)
{
	char tmp[4096];
	struct stat st;
	if (stat(j->file, &st) == 0 && !S_ISREG(st.st_mode))
		return export_device(j, e);
	if ((size_t)snprintf(tmp, sizeof tmp, "%s.part", j->file) >= sizeof tmp)
		return fail(e, ERR_INVALID, "io.name", "The name of the file is too long.");
	int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return fail(e, ERR_IO, "io.open", "%s cannot be written: %s.", tmp, strerror(errno));
	enum err_code code = export_to(j, fd, e);
	if (code == ERR_OK && fsync(fd) != 0)
		code = fail(e, ERR_IO, "io.write", "%s cannot be written: %s.", tmp, strerror(errno));
	if (close(fd) != 0 && code == ERR_OK)
		code = fail(e, ERR_IO, "io.write", "%s cannot be written: %s.", tmp, strerror(errno));
	if (code == ERR_OK && rename(tmp, j->file) != 0)
		code = fail(e, ERR_IO, "io.rename", "%s cannot be named %s: %s.", tmp, j->file, strerror(errno));
	if (code != ERR_OK)
		(void)unlink(tmp);
	return code;
}

int iati_cmd_export(struct app_env *env, int argc, char **argv)
{
	struct err e = {0};
	struct app_option options[] = {{.name = "comparison", .flag = true}, {0}};
	struct app_args args;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n < 1 || args.n > 2)
		return app_usage(env, "export iati DB [FILE] [--comparison]");
	struct export_job j = {
	    .env = env, .db = args.v[0], .file = args.n == 2 ? args.v[1] : NULL, .comparison = options[0].value != NULL};
	enum err_code code = j.file ? export_file(&j, &e) : export_to(&j, env->out_fd, &e);
	if (code != ERR_OK)
		return app_report(env, &e);
	if (j.file)
		log_line(&env->log, LOG_INFO, "%llu activities written to %s", (unsigned long long)j.written, j.file);
	return 0;
}
