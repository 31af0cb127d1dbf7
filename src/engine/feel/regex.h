#pragma once
/* XPath regular expressions (W3C XPath Functions 3.1, 5.6), run by PCRE2 with limits on pattern, work and memory. */
#include "base/buf.h"

enum {
	REGEX_PATTERN_MOST = 10000, /* bytes */
	REGEX_WORK_MOST = 1000000,  /* PCRE2's match steps */
	REGEX_HEAP_KIB_MOST = 20000,
	REGEX_GROUPS_MOST = 100,
};

struct regex;

/* ERR_INVALID for a malformed pattern or flags, ERR_LIMIT for one that is too long. */
enum err_code regex_new(str pattern, str flags, struct regex **ret_r, struct err *e) WARN_UNUSED;
void regex_free(struct regex *r);
/* The first match at or behind byte `from` of s: *ret_found, and pairs of byte offsets, group 0 first; a group that
 * took no part has SIZE_MAX. ERR_LIMIT when the work would be too much. */
enum err_code regex_match(struct regex *r, str s, size_t from, bool *ret_found, size_t ret_groups[2 * REGEX_GROUPS_MOST],
    struct err *e) WARN_UNUSED;
size_t regex_groups(const struct regex *r);
bool regex_is_literal(const struct regex *r);

void regex_autofree(struct regex **r);
#define AUTO_REGEX __attribute__((cleanup(regex_autofree))) struct regex *

/* XPath's syntax as PCRE2's. Split off for its own test. */
enum err_code regex_translate(str pattern, bool dot_all, struct buf *ret, struct err *e) WARN_UNUSED;
