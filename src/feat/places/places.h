#pragma once
/* Slice places: the pages of countries and of organisations. */
#include "http/http.h"

struct http_routes places_routes(void);
