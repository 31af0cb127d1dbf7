#include "db/migrate.h"

#include "db/backend.h"
#include "db/migrate.sql.h"

/* Made before the first migration; sqlc knows the table by the same words (sqlc_check.c). */
static const char *const version_table[DB_ENGINES] = {
    [DB_SQLITE] =
        "CREATE TABLE schema_version (version INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, "
        "hash TEXT NOT NULL, applied_ms INTEGER NOT NULL) STRICT; "
        "PRAGMA application_id = 0x47727574;",
    [DB_POSTGRES] =
        "CREATE TABLE schema_version (version BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL, "
        "hash TEXT NOT NULL, applied_ms BIGINT NOT NULL);",
};
_Static_assert(DB_APPLICATION_ID == 0x47727574, "as in version_table");

static enum err_code has_versions(struct db *c, bool *ret_has, struct err *e)
{
	struct schema_has_versions_row row;
	AUTO_ARENA a = arena_new(4096);
	if (!a)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	TRY(schema_has_versions(c, a, &row, e));
	*ret_has = row.tables > 0;
	return ERR_OK;
}

static enum err_code compare(const struct db *c, const struct schema_versions_row *row,
    struct db_migration_list list, struct err *e)
{
	if (row->version < 1 || (uint64_t)row->version > list.n)
		return fail(e, ERR_CONFLICT, "db.newer",
		    "%s was made by a newer Grutto (schema %lld, this program knows %zu): upgrade "
		    "the program",
		    db_place(c), (long long)row->version, list.n);
	const struct db_migration *m = &list.p[row->version - 1];
	if (!str_is(row->hash, m->sha256))
		return fail(e, ERR_CONFLICT, "db.migration_changed",
		    "%s was made with another text of the migration %.*s than this program has "
		    "(%s): use the "
		    "program it was made with, or restore a backup",
		    db_place(c), STR_ARG(row->name), m->name);
	return ERR_OK;
}

/* How far the database is; every migration applied must be known and unchanged. */
static enum err_code read_versions(
    struct db *c, struct db_migration_list list, uint32_t *ret_version, struct err *e)
{
	bool has = false;
	TRY(has_versions(c, &has, e));
	uint32_t version = 0;
	if (has) {
		AUTO_ROWS rows = NULL;
		struct schema_versions_row row;
		int64_t last = 0;
		TRY(schema_versions_open(c, &rows, e));
		for (bool more = true;;) {
			TRY(schema_versions_next(rows, &row, &more, e));
			if (!more)
				break;
			last = row.version;
			/* the newest is named when it is unknown, so look at all of them first */
			if (row.version >= 1 && (uint64_t)row.version <= list.n)
				TRY(compare(c, &row, list, e));
		}
		row.version = last;
		if (last < 0 || (uint64_t)last > list.n)
			return compare(c, &row, list, e);
		version = (uint32_t)last;
	}
	*ret_version = version;
	return ERR_OK;
}

static enum err_code apply(
    struct db *c, const struct db_migration *m, const struct clock *clock, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e));
	if (m->version == 1)
		TRY(db_script(c, version_table[db_engine_of(c)], e));
	enum err_code code = db_script(c, m->sql[db_engine_of(c)], e);
	if (code != ERR_OK)
		return e ? err_at(e, m->name, 0, 0) : code;
	TRY(schema_version_add(
	    c, m->version, str_of(m->name), str_of(m->sha256), clock_now_ms(clock), NULL, e));
	return db_commit(&tx, e);
}

enum err_code db_migrate_list(struct db *writer, struct db_migration_list list,
    const struct clock *clock, uint32_t *ret_applied, struct err *e)
{
	uint32_t version = 0, from;
	TRY(read_versions(writer, list, &version, e));
	for (from = version; version < list.n; version++)
		TRY(apply(writer, &list.p[version], clock, e));
	if (ret_applied)
		*ret_applied = version - from;
	return ERR_OK;
}

enum err_code db_migrate(
    struct db *writer, const struct clock *clock, uint32_t *ret_applied, struct err *e)
{
	struct db_migration_list all = {db_migrations, db_migrations_n};
	return db_migrate_list(writer, all, clock, ret_applied, e);
}

enum err_code db_schema_check(struct db *c, struct err *e)
{
	struct db_migration_list all = {db_migrations, db_migrations_n};
	uint32_t version = 0;
	TRY(read_versions(c, all, &version, e));
	if (version == 0)
		return fail(e, ERR_CONFLICT, "db.empty", "%s is empty; 'grutto init' fills one",
		    db_place(c));
	if (version < db_migrations_n)
		return fail(e, ERR_CONFLICT, "db.older",
		    "%s was made by an older Grutto (schema %u, this program needs %zu): it is "
		    "upgraded by the "
		    "first command that writes to it",
		    db_place(c), version, db_migrations_n);
	return ERR_OK;
}

enum err_code db_schema_version(struct db *c, uint32_t *ret_version, struct err *e)
{
	struct db_migration_list all = {db_migrations, db_migrations_n};
	return read_versions(c, all, ret_version, e);
}
