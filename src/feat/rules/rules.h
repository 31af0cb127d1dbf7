#pragma once
/* Rules: decision models that people can read, run and have explained. */
#include "feat/site/env.h"

/* grutto decide MODEL.dmn|DB [--model KEY|--version HASH] --decision NAME --input FILE.json [--as-of DATE] [--explain]
 * [--strict|--lenient] [--record CASE --by WHO] */
int rules_cmd_decide(struct app_env *env, int argc, char **argv);
/* grutto conformance dmn DIR [--format json|text] */
int rules_cmd_conformance(struct app_env *env, int argc, char **argv);
/* grutto check MODEL.dmn [--format text|json]: syntax, types, gaps, overlaps, unreachable rules and more; 1 when there is
 * an error. */
int rules_cmd_check(struct app_env *env, int argc, char **argv);
/* grutto rules list|show|propose|compare|publish|withdraw|records|rerun DB …: the registry and the records. */
int rules_cmd_rules(struct app_env *env, int argc, char **argv);
