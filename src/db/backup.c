#include "db/backup.h"

#include "db/backend.h"
#include "db/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES_MAX 4096

static bool exists(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 || errno != ENOENT;
}

static enum err_code io_error(const char *path, const char *what, struct err *e)
{
	int why = errno;
	bool full = why == ENOSPC || why == EDQUOT || why == EFBIG;
	return fail(
	    e, ERR_IO, full ? "backup.full" : "backup.io", "%s: %s: %s", path, what, strerror(why));
}

/* The name under which the file grows, in the same folder, so that the rename is atomic. */
static enum err_code temporary(const char *file, char dst[PATH_BYTES_MAX], struct err *e)
{
	int n = snprintf(dst, PATH_BYTES_MAX, "%s.part-%ld", file, (long)getpid());
	if (n < 0 || n >= PATH_BYTES_MAX - 16)
		return fail(e, ERR_LIMIT, "backup.path", "the file name is too long");
	return ERR_OK;
}

static enum err_code sync_path(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return io_error(path, "cannot be opened", e);
	bool ok = fsync(fd) == 0;
	enum err_code code = ok ? ERR_OK : io_error(path, "cannot be written", e);
	(void)close(fd);
	return code;
}

static enum err_code sync_folder_of(const char *path, struct err *e)
{
	char folder[PATH_BYTES_MAX];
	(void)snprintf(folder, sizeof folder, "%s", path);
	char *slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder ? 1 : 0] = '\0';
	return sync_path(slash ? folder : ".", e);
}

/* From part to its name, without ever replacing a file. */
static enum err_code publish(const char *part, const char *file, struct err *e)
{
	TRY(sync_path(part, e));
	if (link(part, file) != 0) {
		if (errno == EEXIST)
			return fail(e, ERR_CONFLICT, "backup.exists", "%s is there already", file);
		/* a file system without hard links */
		if (exists(file) || rename(part, file) != 0)
			return io_error(file, "cannot be made", e);
		return sync_folder_of(file, e);
	}
	(void)unlink(part);
	return sync_folder_of(file, e);
}

/* A copy that failed half-way can leave the engine's own files beside it. */
static void remove_part(const char *part)
{
	static const char *const behind[] = {"", "-journal", "-wal", "-shm"};
	char path[PATH_BYTES_MAX + 16];
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
		(void)snprintf(path, sizeof path, "%s%s", part, behind[i]);
		(void)unlink(path);
	}
}

/* ---- backup ---- */

static enum err_code copy_of(struct db_pool *p, const char *part, struct err *e)
{
	AUTO_DB c = NULL;
	TRY(db_pool_reader(p, &c, e));
	if (db_engine_of(c) == DB_SQLITE)
		return db_sqlite_copy(c, part, e);
	const char *const argv[] = {"pg_dump", "--format=custom", "--no-owner", "--no-privileges",
	    "--no-password", "--file", part, NULL};
	return db_postgres_program(c, argv, e);
}

enum err_code db_backup(str location, const char *file, struct err *e)
{
	const struct db_options o = {.read_only = true, .readers = 1};
	char part[PATH_BYTES_MAX];
	AUTO_POOL p = NULL;
	TRY(temporary(file, part, e));
	if (exists(file))
		return fail(e, ERR_CONFLICT, "backup.exists", "%s is there already", file);
	TRY(db_pool_open(location, &o, &p, e));
	enum err_code code = copy_of(p, part, e);
	if (code == ERR_OK)
		code = publish(part, file, e);
	if (code != ERR_OK)
		remove_part(part);
	return code;
}

/* ---- restore ---- */

enum kind { KIND_OTHER, KIND_SQLITE, KIND_DUMP };

static enum err_code kind_of(const char *file, enum kind *ret_kind, struct err *e)
{
	char head[16];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return io_error(file, "cannot be read", e);
	ssize_t n = read(fd, head, sizeof head);
	(void)close(fd);
	if (n < 0)
		return io_error(file, "cannot be read", e);
	str s = {head, (size_t)n};
	*ret_kind = str_starts(s, STR("SQLite format 3")) ? KIND_SQLITE
	            : str_starts(s, STR("PGDMP"))         ? KIND_DUMP
	                                                  : KIND_OTHER;
	return ERR_OK;
}

/* Schema known to this program, and the event chain whole. */
static enum err_code check_content(
    struct db *c, const char *file, struct chain_report *r, struct err *e)
{
	uint32_t version = 0;
	TRY(db_schema_version(c, &version, e));
	if (version == 0)
		return fail(e, ERR_INVALID, "restore.empty", "%s holds no programme", file);
	TRY(chain_verify(c, r, e));
	if (!r->whole)
		return fail(e, ERR_INVALID, "restore.chain",
		    "%s: the event chain breaks at programme %lld, event %lld: %s", file,
		    (long long)r->programme, (long long)r->seq, r->what);
	return ERR_OK;
}

static enum err_code restore_file(
    struct db *from, const char *file, const char *to, struct chain_report *r, struct err *e)
{
	char part[PATH_BYTES_MAX];
	TRY(temporary(to, part, e));
	TRY(db_sqlite_verify(from, e));
	TRY(check_content(from, file, r, e));
	enum err_code code = db_sqlite_copy(from, part, e);
	if (code == ERR_OK)
		code = publish(part, to, e);
	if (code != ERR_OK)
		remove_part(part);
	return code;
}

static enum err_code restore_sqlite(
    const char *file, str location, struct chain_report *r, struct err *e)
{
	const struct db_options o = {.read_only = true, .readers = 1};
	char to[PATH_BYTES_MAX];
	struct stat st;
	AUTO_POOL p = NULL;
	AUTO_DB c = NULL;
	if (location.n >= sizeof to)
		return fail(e, ERR_LIMIT, "backup.path", "the file name is too long");
	(void)snprintf(to, sizeof to, "%.*s", STR_ARG(location));
	if (lstat(to, &st) == 0 && !(S_ISREG(st.st_mode) && st.st_size == 0))
		return fail(e, ERR_CONFLICT, "restore.exists",
		    "%s is there already: restore to another place, or move it away first", to);
	TRY(db_pool_open(str_of(file), &o, &p, e));
	TRY(db_pool_reader(p, &c, e));
	if (lstat(to, &st) == 0 && unlink(to) != 0) /* an empty file */
		return io_error(to, "cannot be replaced", e);
	return restore_file(c, file, to, r, e);
}

static enum err_code restore_postgres(
    const char *file, str location, struct chain_report *r, struct err *e)
{
	const struct db_options o = {.readers = 1};
	AUTO_POOL p = NULL;
	AUTO_DB c = NULL;
	TRY(db_pool_open(location, &o, &p, e));
	TRY(db_pool_writer(p, &c, e));
	TRY(db_postgres_require_empty(c, e));
	/* All or nothing; the program reads the database's name from the environment. */
	const char *const argv[] = {"pg_restore", "--single-transaction", "--exit-on-error",
	    "--no-owner", "--no-privileges", "--no-password", "--dbname", "", file, NULL};
	TRY(db_postgres_program(c, argv, e));
	enum err_code code = check_content(c, file, r, e);
	if (code == ERR_OK)
		return ERR_OK;
	struct err left;
	if (db_postgres_make_empty(c, &left) != ERR_OK) /* as it was before */
		return fail(e, code, "restore.left",
		    "%s is not whole, and what was restored could not be removed: %s", file,
		    left.detail);
	return code;
}

enum err_code db_restore(
    const char *file, str location, struct chain_report *ret_report, struct err *e)
{
	struct chain_report report = {0};
	enum kind kind;
	TRY(kind_of(file, &kind, e));
	bool postgres = db_location_engine(location) == DB_POSTGRES;
	if (kind == KIND_OTHER)
		return fail(e, ERR_INVALID, "restore.kind", "%s is not a backup", file);
	if (postgres != (kind == KIND_DUMP))
		return fail(e, ERR_INVALID, "restore.kind",
		    "%s is a backup of %s and cannot be restored to %s", file,
		    kind == KIND_DUMP ? "PostgreSQL" : "SQLite",
		    postgres ? "PostgreSQL" : "a file");
	if (postgres)
		TRY(restore_postgres(file, location, &report, e));
	else
		TRY(restore_sqlite(file, location, &report, e));
	if (ret_report)
		*ret_report = report;
	return ERR_OK;
}
