#pragma once
/* The schema moves forward by numbered migrations that tools/sqlc embeds from src, in order, each
 * in a transaction of its own, and is recorded in schema_version (version, name, hash, applied_ms).
 */
#include "base/hash.h"
#include "db/db.h"

struct db_migration {
	uint32_t version;
	const char *name; /* "0003_register" */
	const char *sql[DB_ENGINES];
	const char *sha256; /* of the source text, hexadecimal */
};

/* All migrations of this program, version 1 first, without gaps. */
extern const struct db_migration db_migrations[];
extern const size_t db_migrations_n;

/* Apply what is missing. ERR_CONFLICT "db.newer" when the database was made by a newer program,
 * "db.migration_changed" when a migration applied in the past reads differently today. */
enum err_code db_migrate(
    struct db *writer, const struct clock *clock, uint32_t *ret_applied, struct err *e) WARN_UNUSED;
/* The same without changing anything: "db.older" when a migration is missing. For serve and
 * readers. */
enum err_code db_schema_check(struct db *c, struct err *e) WARN_UNUSED;
/* 0: an empty database. */
enum err_code db_schema_version(struct db *c, uint32_t *ret_version, struct err *e) WARN_UNUSED;

/* With a list of the caller's; for tests. */
struct db_migration_list {
	const struct db_migration *p;
	size_t n;
};
enum err_code db_migrate_list(struct db *writer, struct db_migration_list list,
    const struct clock *clock, uint32_t *ret_applied, struct err *e) WARN_UNUSED;
