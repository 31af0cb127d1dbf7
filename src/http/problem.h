#pragma once
/* Errors as answers: which status, as JSON for programs, as a plain page when the site has none. */
#include "http/http.h"

/* Status of an error: of its id where the server raised it ("target.bytes" 414, "body.bytes" 413
 * …), else of its code. Limits of memory met while answering are 503: the request itself is not too
 * large. */
int http_problem_status(const struct err *e);
/* What may be told outside: the detail for 4xx, a general sentence for 5xx. */
str http_problem_detail(const struct err *e, int status);
/* RFC 9457: type, title, status, detail, instance; code (the message id) and parameter as
 * extensions. */
void http_problem_json(
    const struct http_request *req, const struct err *e, int status, struct buf *out);
/* A whole page without style in English. */
void http_problem_page(const struct err *e, int status, struct buf *out);
