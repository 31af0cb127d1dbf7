#pragma once
/* Pages, files and API of the published tables. */
#include "http/http.h"

struct http_routes figures_routes(void);
