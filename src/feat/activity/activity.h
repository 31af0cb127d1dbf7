#pragma once
/* Slice activity: the page of one activity of the programme. */
#include "http/http.h"

struct http_routes activity_routes(void);
