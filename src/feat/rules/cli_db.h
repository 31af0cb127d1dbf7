#pragma once
/* What the commands on the registry begin with. */
#include "db/db.h"
#include "feat/rules/registry.h"
#include "feat/site/env.h"

struct rules_opened {
	struct db_pool *pool;
	struct db *db;
	int64_t programme;
	const struct rules_registry *registry;
};

/* Open the database, for changes or for reading, and load its registry into a. Close with rules_close_db, also after a
 * failure. */
enum err_code rules_open_db(struct rules_opened *o, const char *location, bool write, struct arena *a,
    struct err *e) WARN_UNUSED;
void rules_close_db(struct rules_opened *o);
#define AUTO_OPENED __attribute__((cleanup(rules_close_db))) struct rules_opened

/* A day of an option; text NULL: the day of now. ERR_INVALID names the option. */
enum err_code rules_day_option(const char *option, const char *text, int64_t now_ms, date *ret, struct err *e) WARN_UNUSED;
/* --known DATE: look at the registry as it was at the end of that day; text NULL: as it is. */
enum err_code rules_known_option(struct rules_opened *o, const char *text, struct arena *a, struct err *e) WARN_UNUSED;
/* The version that --model KEY, or --version HASH, and the day name. */
enum err_code rules_choose(const struct rules_registry *r, const char *key, const char *hex, date day,
    const struct rules_version **ret, struct err *e) WARN_UNUSED;
