#pragma once
/* Slice home: the programme in one screen. */
#include "http/http.h"

struct http_routes home_routes(void);
