#pragma once
/* Forms with files: multipart/form-data (RFC 7578 in the form that browsers send it, RFC 2046 for the frame). Pure, over the whole body, which
 * the route's limit bounds; the server library has a reader too, but only for a connection of its own while it receives. Copies
 * nothing but names with escapes. */
#include "base/arena.h"

enum {
	HTTP_PART_HEADER_BYTES = 4096, /* header lines of one part */
	HTTP_BOUNDARY_MAX = 70,	       /* RFC 2046 */
};

struct http_part {
	str name;      /* valid UTF-8 */
	str file_name; /* as the browser gives it, valid UTF-8; STR_NONE: no file. "" when none was chosen */
	str type;      /* media type as given; "" when none */
	str body;      /* any bytes of a file; of a field valid UTF-8 without zero bytes */
};

struct http_parts {
	const struct http_part *p; /* in the order sent, in arena; texts borrowed from the body, or in arena */
	size_t n;
};

/* Is that the content type of such a form? */
bool http_is_multipart(str content_type);
/* Take body apart. ERR_INVALID: "multipart.boundary" (the type names none), "multipart.frame" (a delimiter or the end is missing, so the body was cut
 * off), "multipart.header" (a part's header is none, or it has no name), "multipart.encoding" (a transfer encoding, or text that is not
 * UTF-8); ERR_LIMIT "multipart.parts". */
enum err_code http_multipart_parse(str content_type, str body, size_t parts_max, struct arena *a, struct http_parts *ret_parts,
    struct err *e) WARN_UNUSED;
