#pragma once
/* The kinds of rules (vendor/iati/rules/SPEC.rst), one function each. */
#include "codec/json.h"
#include "codec/xdoc.h"
#include "feat/iati/iati.h"

struct rule_run {
	struct xdoc *d;
	struct arena *a;
	date today;
	struct xnode *context;
	const struct json *rule; /* the case: condition, paths … */
	str subst;		 /* in a loop: stands for $1 in the keys of subs; STR_NONE else */
	const struct json *subs;
};

typedef enum err_code (*rule_fn)(const struct rule_run *r, bool *ret_holds, struct err *e);

/* NULL: no such kind. Kinds are named as in the ruleset, such as "atleast_one". */
rule_fn rule_kind(str name);
/* The text of a key of the case with $1 replaced; STR_NONE when absent. In arena, ends with NUL. */
enum err_code rule_text(const struct rule_run *r, const char *key, str *ret_text, struct err *e) WARN_UNUSED;
/* Whether the case applies: its condition holds or there is none. */
enum err_code rule_applies(const struct rule_run *r, bool *ret_applies, struct err *e) WARN_UNUSED;
