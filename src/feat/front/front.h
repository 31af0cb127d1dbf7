#pragma once
/* Slice front: the programme in one screen. */
#include "http/http.h"

struct http_routes front_routes(void);
