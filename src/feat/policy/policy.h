#pragma once
/* Slice policy: the pages of the priorities, of the rules and their history, and of refused proposals. */
#include "http/http.h"

struct http_routes policy_routes(void);
