#include "db/postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What a program that failed said on standard error, as much as a message holds. */
#define SAID_MAX 400
/* Variables of the environment handed on. */
#define ENVIRONMENT_MAX 512

static void keep_said(int fd, char said[SAID_MAX])
{
	size_t n = 0;
	char piece[512];
	ssize_t got;
	while ((got = read(fd, piece, sizeof piece)) > 0) {
		size_t room = SAID_MAX - 1 - n, take = (size_t)got < room ? (size_t)got : room;
		memcpy(said + n, piece, take);
		n += take;
	}
	said[n] = '\0';
	for (char *p = said; *p; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
}

static enum err_code spawn(const char *const argv[], const char *const env[], struct err *e)
{
	int ends[2], status = 0;
	char said[SAID_MAX] = "";
	pid_t pid = 0;
	posix_spawn_file_actions_t files;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail(
		    e, ERR_IO, "db.program", "%s cannot be started: %s", argv[0], strerror(errno));
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	(void)posix_spawn_file_actions_adddup2(&files, ends[1], STDERR_FILENO);
	/* the strings are not written to; the type is from before const */
	int rc = posix_spawnp(&pid, argv[0], &files, NULL, (char *const *)(uintptr_t)argv,
	    (char *const *)(uintptr_t)env);
	(void)posix_spawn_file_actions_destroy(&files);
	(void)close(ends[1]);
	if (rc == 0) {
		keep_said(ends[0], said);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	(void)close(ends[0]);
	if (rc != 0)
		return fail(e, ERR_IO, "db.program",
		    "%s cannot be started (%s): install the package postgresql-client", argv[0],
		    strerror(rc));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fail(e, ERR_IO, "db.program", "%s failed: %s", argv[0], said);
	return ERR_OK;
}

/* Variables of libpq in the environment would contradict the location's. */
static bool is_libpq_variable(const char *variable)
{
	return strncmp(variable, "PG", 2) == 0;
}

/* Run argv without a shell, connected as c is. The parts of the location travel in the environment,
 * not in the arguments: a password must not show in the list of processes. An empty argument
 * becomes the database's name, which pg_restore wants to see. */
enum err_code db_postgres_program(struct db *c, const char *const argv[], struct err *e)
{
	enum { ARGS_MAX = 16 };
	const char *env[ENVIRONMENT_MAX], *args[ARGS_MAX] = {NULL};
	const char *database = "postgres";
	size_t n = 0;
	PQconninfoOption *options = PQconninfo(((struct pg_db *)c)->h);
	AUTO_ARENA a = arena_new(1U << 20);
	if (!options || !a) {
		PQconninfoFree(options);
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	}
	for (char **v = environ; *v && n < ENVIRONMENT_MAX - 64; v++)
		if (!is_libpq_variable(*v))
			env[n++] = *v;
	bool whole = true;
	for (const PQconninfoOption *o = options; o->keyword; o++) {
		if (strcmp(o->keyword, "dbname") == 0 && o->val)
			database = arena_cstr(a, str_of(o->val));
		if (!o->envvar || !o->val || !*o->val || n >= ENVIRONMENT_MAX - 2)
			continue;
		str pair = arena_fmt(a, "%s=%s", o->envvar, o->val);
		whole = whole && pair.p;
		env[n++] = pair.p;
	}
	env[n] = NULL;
	PQconninfoFree(options);
	if (!whole || !database)
		return arena_fail(a, e);
	for (size_t i = 0; argv[i] && i < ARGS_MAX - 1; i++)
		args[i] = argv[i][0] ? argv[i] : database;
	return spawn(args, env, e);
}

enum err_code db_postgres_require_empty(struct db *base, struct err *e)
{
	struct pg_db *c = (struct pg_db *)base;
	PGresult *res = PQexec(c->h,
	    "SELECT 1 FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace "
	    "WHERE nspname = current_schema()) LIMIT 1");
	enum err_code code = ERR_OK;
	if (!pg_succeeded(res))
		code = pg_raise(c, res, "restore", e);
	else if (PQntuples(res) > 0)
		code = fail(e, ERR_CONFLICT, "restore.exists",
		    "%s holds data already: restore into an empty database", base->pool->place);
	PQclear(res);
	return code;
}

enum err_code db_postgres_make_empty(struct db *base, struct err *e)
{
	static const char sql[] = "DO $$DECLARE here name := current_schema(); BEGIN "
	                          "EXECUTE format('DROP SCHEMA %I CASCADE', here); EXECUTE "
	                          "format('CREATE SCHEMA %I', here); END$$";
	db_cache_clear(base);
	return pg_exec((struct pg_db *)base, sql, "restore", e);
}
