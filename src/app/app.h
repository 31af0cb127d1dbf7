#pragma once
/* Commands that belong to no slice: running the site, and keeping its data. */
#include "feat/site/env.h"

int app_cmd_serve(struct app_env *env, int argc, char **argv);
int app_cmd_audit(struct app_env *env, int argc, char **argv);
int app_cmd_backup(struct app_env *env, int argc, char **argv);
int app_cmd_restore(struct app_env *env, int argc, char **argv);
