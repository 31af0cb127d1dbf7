#pragma once
/* Slice prices: what it costs to send money home. */
#include "feat/site/env.h"

/* grutto compare FILE.json: rank the offers of a file for the question in it, with every derived figure. */
int prices_cmd_compare(struct app_env *env, int argc, char **argv);
