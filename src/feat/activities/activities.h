#pragma once
/* Slice activities: the lists of the programme's activities and of the imported comparison activities, with
 * facets, search, order, pages and downloads of what is chosen. */
#include "http/http.h"

struct http_routes activities_routes(void);
