#pragma once
/* Inside of the slice: what the page on open data shows. */
#include "feat/opendata/opendata.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

/* A parameter of an address, in its path or its query. */
struct data_param {
	str name;
	const char *type; /* message */
	bool in_path, repeats, required;
	const char *const *choices; /* NULL: none */
	const char *summary;	    /* English; NULL: none */
};

/* An address of the API or of a file, from the same row that the server answers by. */
struct data_endpoint {
	const struct http_route *route;
	str path;    /* the pattern without types: "/api/v1/lists/{name}" */
	str example; /* an address that answers; .n 0: none */
	const struct data_param *params;
	size_t n_params;
	size_t same_as; /* 1 + index of the endpoint above with the same query parameters; 0: none */
};

struct data_page {
	const struct data_endpoint *endpoints;
	size_t n_endpoints;
	size_t own, comparison; /* activities */
	const struct table_column *activity_columns;
	size_t n_activity_columns;
	str base_url; /* "https://example.org", "" when the installation does not say */
};

/* The endpoints of all routes that have a summary and lie below /api or /data, the API first. */
enum err_code data_endpoints(const struct http_routes *routes, size_t n_routes, struct arena *a,
    const struct data_endpoint **ret_list, size_t *ret_n, struct err *e) WARN_UNUSED;

/* ---- for the template ---- */

const char *data_type_name(enum table_type t); /* message */
struct url data_file(const struct site_page *page, const char *name, const char *format);
struct url data_figure_file(const struct site_page *page, const char *name, const char *format);
/* Address of an endpoint's example. */
struct url data_example(const struct data_endpoint *p);
