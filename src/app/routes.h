#pragma once
/* All routes of the program, slice by slice. */
#include "http/http.h"

/* Fills dst (ROUTES_MAX_TABLES of them at most) and returns how many tables there are. */
enum { ROUTES_MAX_TABLES = 32 };
size_t app_routes(struct http_routes dst[ROUTES_MAX_TABLES]);
