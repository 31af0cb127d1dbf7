#pragma once
/* What the shared templates ask of site.c; nobody else needs it. */
#include "feat/site/site.h"

/* Address of a built-in file, with its fingerprint. */
struct url site_asset(const struct site_page *page, const char *path);
const char *site_lang_short(enum lang l); /* "NL" */
const char *site_section_path(enum site_section s);
const char *site_section_name(enum site_section s); /* message */
bool site_is_section_page(const struct site_page *page);
struct url site_url_str(const struct site_page *page, str path);
struct url site_data_url(const struct site_page *page, const char *data, const char *format);
bool site_pager_shows(const struct site_pager *p, size_t i);
bool site_pager_gap(const struct site_pager *p, size_t i); /* a gap begins at i */
/* What a reader may see of an error: what is wrong with the request, never what is wrong inside. */
str site_error_detail(const struct err *e);
