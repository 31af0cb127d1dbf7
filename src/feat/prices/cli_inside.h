#pragma once
/* Inside of the slice: what its commands share. */
#include "db/db.h"
#include "feat/prices/prices.h"

/* A database for a command that may write to it, and the programme in it. */
enum err_code prices_cli_open(const char *location, struct db_pool **ret_pool, struct db **ret_db, int64_t *ret_programme,
    struct err *e) WARN_UNUSED;

/* wrong_cli.c */
int prices_cmd_reports(struct app_env *env, int argc, char **argv);
int prices_cmd_handled(struct app_env *env, int argc, char **argv);
