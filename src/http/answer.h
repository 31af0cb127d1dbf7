#pragma once
/* From a handler's response to what goes over the wire: coding, ETag, conditions, headers. */
#include "http/core.h"
#include "http/negotiate.h"

/* Codings for content made on the spot. */
#define HTTP_DYNAMIC_CODINGS ((1U << HTTP_GZIP) | (1U << HTTP_ZSTD))

/* Take res apart into *ret_answer (res is empty afterwards, also on failure). coding is what the
 * client prefers; it is used where it pays. default_modified_ms: the snapshot's time, 0 none.
 * close: this is the connection's last answer. */
enum err_code http_answer_make(const struct http_core *core, const struct http_request *req,
    struct http_response *res, enum http_coding coding, int64_t default_modified_ms, bool close,
    struct http_answer *ret_answer, struct err *e) WARN_UNUSED;

/* Free what is left in a response: body, file, stream. */
void http_response_drop(struct http_response *res);

/* Headers of one form of a static asset, which are the same for everyone. a is an arena that lives
 * as long as they do. */
enum err_code http_answer_asset(const struct http_core *core, const struct http_assets *mount,
    const struct embed_file *asset, enum http_coding coding, struct arena *a,
    struct http_answer *ret_answer, struct err *e) WARN_UNUSED;

/* True for text, JSON, XML, SVG and the like. */
bool http_type_compressible(str type);
/* True when errors of this path are told as JSON: it is below one of the API prefixes. */
bool http_is_api(const struct http_core *core, str path);
/* "Not Found"; "Error" for what we never send. */
const char *http_status_text(int status);
