#pragma once
/* Shared by the files of the registry. */
#include "feat/rules/registry.h"

/* Which version is wanted. */
struct rules_wanted {
	str name;                              /* a key, or a namespace */
	bool by_ns;
	date day;
	const struct rules_version *candidate; /* taken as if it were published last; may be NULL */
};

/* The version in force; NULL when there is none. */
const struct rules_version *rules_pick(const struct rules_registry *r, const struct rules_wanted *w);
/* Does the period of v include the day? */
bool rules_holds(const struct rules_version *v, date day);

/* v and what it imports, in the order in which they are found; at most LOAD_MODELS_MOST. */
struct rules_closure {
	const struct rules_version *v[LOAD_MODELS_MOST];
	size_t n;
};
enum err_code rules_close(const struct rules_registry *r, const struct rules_version *v, date day,
    const struct rules_version *candidate, struct rules_closure *ret, struct err *e) WARN_UNUSED;
/* "hash hash …"; .p is NULL without memory. */
str rules_pins(const struct rules_closure *c, struct arena *a);

/* One event about a version. before and after: JSON or STR_NONE. */
enum err_code rules_event(const struct rules_act *act, const char *kind, const char *subject_kind, str subject, str before,
    str after, struct err *e) WARN_UNUSED;

/* ERR_FORBIDDEN unless the approver is another than the author. */
enum err_code rules_approver_check(str author, str approver, struct err *e) WARN_UNUSED;
/* The change itself, after all checks. */
enum err_code rules_make_published(const struct rules_act *act, const struct rules_version *old, str approver,
    struct err *e) WARN_UNUSED;
