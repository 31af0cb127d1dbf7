#pragma once
/* What handlers of public pages find in a request: the snapshot's views and the site's own tools. The
 * views are declared by their slices; app/snapshot.c makes and replaces them. */
#include "engine/i18n/i18n.h"
#include "http/http.h"

struct programme_view;
struct register_view;
struct decisions_view;
struct evaluation_view;
struct prices_view;
struct evaluation_printer;
struct db_pool;
struct decisions_editor;

/* http_request.snapshot. Immutable for as long as the request lives. */
struct public_view {
	const struct programme_view *programme;
	const struct register_view *activities;
	const struct decisions_view *decisions;
	const struct evaluation_view *evaluation;
	const struct prices_view *prices;
	int64_t made_ms;
	/* what every page shows of the programme */
	str name[LANG_COUNT], owner[LANG_COUNT], source[LANG_COUNT];
	date facts_as_of;
};

/* http_request.app */
struct site_app {
	struct db_pool *pool; /* for SLOW handlers only: search, single comparison activities, exports */
	struct clock clock;
	str base_url; /* "https://example.org" for absolute addresses in feeds and files; "" unknown */
	const struct decisions_editor *editor; /* NULL: there is none */
	struct evaluation_printer *printer; /* makes PDFs; NULL: there is none */
	const struct http_routes *routes; /* all, for the API's description */
	size_t n_routes;
};

static inline const struct public_view *public_view_of(const struct http_request *req)
{
	return req->snapshot;
}

static inline const struct site_app *site_app_of(const struct http_request *req)
{
	return req->app;
}
