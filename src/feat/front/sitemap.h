#pragma once
/* Inside of the slice: /sitemap.xml and /robots.txt. */
#include "http/http.h"

enum err_code page_sitemap(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_robots(struct http_request *req, struct http_response *res, struct err *e);
/* True for a host as a request may name it: a name or an address, with its port; nothing that would
 * need escaping. */
bool sitemap_host_ok(str host);
