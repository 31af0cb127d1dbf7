#pragma once
/* The slice's handlers, for its route table. */
#include "feat/policy/parts.h"

enum err_code page_priorities(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_priority(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_rules(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_refused(struct http_request *req, struct http_response *res, struct err *e);
