#pragma once
/* One consistent file from a database in use, and back. */
#include "db/chain.h"

/* SQLite: a copy of the database in one file, made while others read and write. PostgreSQL:
 * pg_dump's custom format (the program pg_dump must be installed). Written beside `file` under a
 * temporary name, synced, then renamed. ERR_CONFLICT when file exists. */
enum err_code db_backup(str location, const char *file, struct err *e) WARN_UNUSED;

/* Make the database at location from a backup. ERR_CONFLICT when location holds anything. The
 * integrity, the schema and the event chain are checked before it gets its name; on failure nothing
 * remains. */
enum err_code db_restore(
    const char *file, str location, struct chain_report *ret_report, struct err *e) WARN_UNUSED;
