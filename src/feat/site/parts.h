#pragma once
/* What the shared templates ask of site.c; nobody else needs it. */
#include "feat/site/site.h"

const char *site_lang_short(enum lang l); /* "NL" */
const char *site_section_path(enum site_section s);
const char *site_section_name(enum site_section s); /* message */
bool site_section_in(const struct site_page *page, enum site_section s); /* does the page's language have it? */
/* Where the site begins in the page's language: languages of the pages for senders of money begin with these. */
const char *site_home(const struct site_page *page);
struct url site_home_in(const struct site_page *page, enum lang l); /* of the whole site */
bool site_is_section_page(const struct site_page *page);
struct url site_url_str(const struct site_page *page, str path);
struct url site_data_url(const struct site_page *page, const char *data, const char *format);
bool site_pager_shows(const struct site_pager *p, size_t i);
bool site_pager_gap(const struct site_pager *p, size_t i); /* a gap begins at i */
/* What a reader may see of an error: what is wrong with the request, never what is wrong inside. */
str site_error_detail(const struct err *e);
