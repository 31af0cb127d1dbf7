#pragma once
/* Which route answers a method and a path. The patterns are compiled once into a sorted table; two
 * routes that could answer the same request are an error then. Pure. */
#include "http/target.h"

struct http_router;

/* Compile the tables into arena a. languages: NULL-terminated codes in the order of enum lang. The
 * route arrays are borrowed. ERR_INVALID "route.pattern" (malformed), "route.duplicate",
 * "route.fields" (fields malformed or repeated), "route.handler"; ERR_LIMIT "route.count". */
enum err_code http_router_new(const struct http_routes *tables, size_t n_tables,
    const char *const *languages, struct arena *a, const struct http_router **ret_router,
    struct err *e) WARN_UNUSED;

/* Number of routes; each has an index below it. */
size_t http_router_count(const struct http_router *r);
const struct http_route *http_router_route(const struct http_router *r, size_t index);

enum http_found {
	HTTP_FOUND,
	HTTP_FOUND_NOTHING,
	HTTP_FOUND_OTHER_METHOD, /* the path exists; allow says for which methods */
	HTTP_FOUND_SLASH,        /* it exists with the slash at the end changed: redirect */
	HTTP_FOUND_LANGUAGE,     /* it exists below a language, or not below this one: redirect to the reader's */
};

struct http_match {
	enum http_found found;
	const struct http_route *route; /* for HTTP_FOUND and the two redirects */
	size_t index;
	int lang;       /* of the path's first segment, -1 when that is none */
	uint32_t allow; /* bit 1 << method */
	struct http_value params[HTTP_PARAMS_MAX];
	size_t n_params;
};

/* Values of TEXT parameters are borrowed from t, others may be made in arena a. */
void http_router_find(const struct http_router *r, enum http_method method,
    const struct http_target *t, struct arena *a, struct http_match *ret_match);

/* The path of a pattern filled with sample values, for tests: example when given, else the pattern
 * itself. "{" in it means that an example is missing. */
const char *http_route_sample(const struct http_route *route);
