#pragma once
/* Typed values of path parameters and fields. Pure. */
#include "http/http.h"

/* Read text (decoded, valid UTF-8) as the type that f declares; of f only type, min, max and
 * choices count. False when text is no such value or memory is short; *ret_value is untouched then.
 */
bool http_value_parse(
    const struct http_field *f, str text, struct arena *a, struct http_value *ret_value);
/* "a whole number from 1 to 500": what f takes, for error messages and documentation. */
void http_value_describe(const struct http_field *f, struct buf *out);
/* The type by its name in a pattern ("int", "slug" …). False when there is none. */
bool http_type_by_name(str name, enum http_type *ret_type);
