#pragma once
/* The page of one imported activity. */
#include "feat/iati/iati.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum err_code page_comparison_activity(struct http_request *req, struct http_response *res, struct err *e);
