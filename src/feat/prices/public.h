#pragma once
/* Inside of the slice: handlers of its pages, file by file. */
#include "feat/prices/pages.h"

/* pages.c: opens a page below the comparison. title: MSG. */
void prices_page_open(const struct http_request *req, const char *title, struct site_page *ret_page);
/* The receiving countries with offers, in the order of their names. In the page's arena. */
enum err_code prices_countries(const struct site_page *page, const struct prices_view *v, struct prices_compare_view *c,
    struct err *e) WARN_UNUSED;

/* corridor.c */
enum err_code page_corridor(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_quality(struct http_request *req, struct http_response *res, struct err *e);
/* provider.c */
enum err_code page_providers(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_provider(struct http_request *req, struct http_response *res, struct err *e);
