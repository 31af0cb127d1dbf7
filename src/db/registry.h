#pragma once
/* Every statement of the program, made by tools/sqlc; for the test that prepares each on both
 * engines. */
#include "db/stmt.h"

extern const struct db_stmt db_registry[];
extern const size_t db_registry_n;
