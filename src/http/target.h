#pragma once
/* The request target as the client sent it, checked and taken apart. Pure. */
#include "http/http.h"

struct http_target {
	str path;                        /* decoded, in arena; valid UTF-8, no control characters */
	str segments[HTTP_SEGMENTS_MAX]; /* views into path, without slashes; none for "/" */
	size_t n_segments;
	bool slash_at_end; /* "/a/"; also for "/" itself */
	str query;         /* as sent, without '?'; borrowed from raw */
};

/* Take raw ("/a/b?q=1", or the absolute form "http://host/a/b?q=1") apart. Refused with
 * ERR_INVALID: "target.form" (neither form), "target.byte" (a byte that must be encoded),
 * "target.slash" (an encoded slash or backslash), "target.dots" ("." or ".."), "target.control",
 * and what url_decode refuses; with ERR_NOT_FOUND: "target.empty" ("//"), "target.depth" (more than
 * HTTP_SEGMENTS_MAX); with ERR_LIMIT "target.bytes". */
enum err_code http_target_parse(
    str raw, struct arena *a, struct http_target *ret_target, struct err *e) WARN_UNUSED;
