#pragma once
/* What the client's headers ask for: content coding, conditions, language. Pure. */
#include "http/http.h"

enum http_coding { HTTP_IDENTITY, HTTP_GZIP, HTTP_ZSTD, HTTP_BROTLI, HTTP_CODINGS };

/* "gzip", "zstd", "br"; NULL for identity. */
const char *http_coding_name(enum http_coding c);

/* The coding to use, of those in the bit set offered (1 << coding; identity always): the one with
 * the highest q-value in Accept-Encoding (RFC 9110, 12.5.3); of equals the one that comes later in
 * the enum. A header that is malformed counts as absent: identity. */
enum http_coding http_coding_choose(str accept_encoding, uint32_t offered);

/* True when If-None-Match (a list of ETags or "*") names etag, weak comparison; etag without
 * quotes. */
bool http_etag_listed(str if_none_match, str etag);

/* True when the answer is 304: If-None-Match decides alone when it is there, else If-Modified-Since
 * against modified_ms (0: unknown). etag may be STR_NONE. */
bool http_not_modified(str if_none_match, str if_modified_since, str etag, int64_t modified_ms);

/* Index of the best of the first n of the NULL-terminated codes by Accept-Language (RFC 4647 lookup on the primary
 * tag); 0 when none fits. */
int http_language_choose(str accept_language, const char *const *codes, size_t n);
