#pragma once
/* Slice opendata: every list of the public register as CSV, XLSX and JSON under /data, the same lists and
 * single things under /api/v1, the API's own description, and the page that explains them. Field names
 * are defined once, in lists_*.c, and are the same in every format. */
#include "codec/table.h"
#include "http/http.h"

struct public_view;
struct arena;
struct app_env;

/* The API, and the files under /data. */
struct http_routes opendata_api_routes(void);
struct http_routes opendata_data_routes(void);
struct http_routes opendata_iati_routes(void);
struct http_routes opendata_page_routes(void); /* /data, the page that explains them */

/* A list of the programme that can be taken away whole. */
struct opendata_list {
	const char *name;  /* "organisations": in URLs and file names */
	const char *title; /* English message */
	const char *description; /* English message */
	const struct table_column *columns;
	size_t n_columns;
	size_t (*count)(const struct public_view *v);
	/* Cells of row i; what they point to lives in the view or in arena a. Every cell begins as missing. */
	enum err_code (*row)(const struct public_view *v, size_t i, struct arena *a, struct table_cell *cells,
	    struct err *e);
};

/* All lists but the activities, whose rows depend on a selection; NULL behind the last. */
const struct opendata_list *opendata_list_at(size_t i);
const struct opendata_list *opendata_list_find(str name); /* NULL: none */
/* The fields of an activity in lists, own and imported alike. */
const struct table_column *opendata_activity_columns(size_t *ret_n);

/* grutto export csv|xlsx|json DB LIST [FILE] */
int opendata_cmd_export(struct app_env *env, int argc, char **argv);
