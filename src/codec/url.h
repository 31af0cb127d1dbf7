#pragma once
/* Percent-encoding (RFC 3986) and query strings (application/x-www-form-urlencoded). */
#include "base/arena.h"
#include "base/buf.h"

enum {
	URL_QUERY_BYTES = 8192, /* limits of url_query_parse */
	URL_QUERY_PARAMS = 128,
};

/* Append s with all but A-Z a-z 0-9 - . _ ~ percent-encoded: right for a path segment and for a
 * query part. */
void url_encode(struct buf *b, str s);
/* The same, but '/' stays: a path of several segments. */
void url_encode_path(struct buf *b, str s);
/* Decode into arena (s itself when nothing is encoded). plus_is_space: '+' stands for a blank, as
 * in a query. ERR_INVALID "url.percent" (a % without two hexadecimal digits), "url.utf8",
 * "url.nul"; col is the byte's place, from 1. */
enum err_code url_decode(
    str s, bool plus_is_space, struct arena *a, str *ret_text, struct err *e) WARN_UNUSED;

struct url_param {
	str name, value; /* decoded, valid UTF-8 */
};

struct url_query {
	const struct url_param *params; /* in the order written, in arena */
	size_t n;
};

/* Parse "a=1&b=x+y" (without '?'). A part without '=' has an empty value; empty parts are skipped.
 * ERR_INVALID as url_decode, with the field named; ERR_LIMIT "url.bytes", "url.params". */
enum err_code url_query_parse(
    str query, struct arena *a, struct url_query *ret_query, struct err *e) WARN_UNUSED;
/* The same for the content of a form, with limits of its own. */
enum err_code url_form_parse(str content, size_t bytes_max, size_t params_max, struct arena *a, struct url_query *ret_query,
    struct err *e) WARN_UNUSED;
/* Value of the first parameter with that name, or STR_NONE. */
str url_query_get(const struct url_query *q, const char *name);

/* Append one parameter to a target: after '?' when b has none yet, else after '&'. */
void url_add_param(struct buf *b, str name, str value);
void url_add_param_i64(struct buf *b, str name, int64_t value);
