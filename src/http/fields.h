#pragma once
/* Query and form fields, read by the list that the route declares. Pure. */
#include "http/http.h"

/* Read encoded ("a=1&b=x+y", without '?') by the fields of route into ret_values (one entry for
 * each declared field) and write the canonical form into *ret_canonical: declared order, declared
 * fields only, minimal encoding; both in arena. Blanks around a value do not count and an empty
 * value is an absent one, as forms send them. ERR_INVALID with the field named: "field.unknown",
 * "field.value", "field.repeated", "field.missing", and what url_query_parse refuses; ERR_LIMIT
 * "field.count". */
enum err_code http_fields_parse(const struct http_route *route, str encoded, struct arena *a,
    struct http_values ret_values[HTTP_FIELDS_MAX], str *ret_canonical, struct err *e) WARN_UNUSED;
