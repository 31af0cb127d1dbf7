#pragma once
/* Inside of the slice: grutto prices watch DB DIR [--every SECONDS] [--once]. Files that arrive in DIR are imported: a file is complete when
 * it has not grown for a look, names that begin with a point are left alone. What was taken goes to DIR/done, a file that was refused as a whole to
 * DIR/refused, each with a report NAME.report beside it. A file is moved after its transaction, so that one that was cut off is
 * imported again and gives nothing twice. SIGTERM or SIGINT ends it after the file under way. */
#include "feat/site/env.h"

int prices_cmd_watch(struct app_env *env, int argc, char **argv);
