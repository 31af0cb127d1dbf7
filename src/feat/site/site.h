#pragma once
/* Slice site: the frame of every page and the parts that pages share. A page's handler says what page it is
 * (site_page_open), writes its template between site_begin and site_end, and is done:
 *
 *   struct site_page page;
 *   site_page_open(req, SITE_COUNTRIES, i18n_text(lang, MSG("Countries")), STR_NONE, &page);
 *   struct tpl_out o = site_out(&page, res);
 *   countries_page(&o, &page, …);        the template calls site_begin(page) and site_end(page)
 *   return site_done(&page, res, e); */
#include "engine/chart/chart.h"
#include "engine/i18n/i18n.h"
#include "engine/tpl/tpl.h"
#include "feat/site/public.h"

enum site_section {
	SITE_HOME,
	SITE_PRIORITIES,
	SITE_ACTIVITIES,
	SITE_ORGANISATIONS,
	SITE_COUNTRIES,
	SITE_FIGURES,
	SITE_EVALUATION,
	SITE_RULES,
	SITE_REFUSED,
	SITE_PRICES,
	SITE_DATA,
	SITE_SECTIONS, /* number of entries in the navigation */
	SITE_OTHER = SITE_SECTIONS,
};

enum { SITE_CRUMBS_MAX = 6 };

struct site_crumb {
	str label, path; /* path behind the language: "/activities" */
};

struct site_page {
	const struct http_request *req;
	const struct public_view *view;
	struct arena *arena;
	enum lang lang;
	enum site_section section;
	str title, description;
	const char *title_lang; /* of a title in another language than the page's ("en"); NULL: the page's */
	str base;	/* "/nl": in front of every path of the site */
	str path;	/* behind the language, encoded: "/activities/18261" */
	str query;	/* canonical, encoded, without '?' */
	struct site_crumb crumbs[SITE_CRUMBS_MAX];
	size_t n_crumbs;
	int langs; /* the page exists in that many of enum lang */
	const char *style;      /* a further built-in style sheet; NULL: none */
	const char *scripts[2]; /* built-in scripts that the page is nicer with; NULL: none */
	bool wide_main; /* the page brings its own wrappers: the home page */
};

/* Title is plain text, borrowed (until the response is sent). description: for search engines, may be absent. */
void site_page_open(const struct http_request *req, enum site_section section, str title, str description,
    struct site_page *ret_page);
/* A step of the path above the page; home and the page itself are added by the frame. */
void site_page_crumb(struct site_page *page, str label, str path);
struct tpl_out site_out(const struct site_page *page, struct http_response *res);
/* ERR_OK, or what went wrong while the page was written. */
enum err_code site_done(struct http_response *res, struct err *e) WARN_UNUSED;

/* ---- parts ---- */

/* Address of a built-in file, with its fingerprint. */
struct url site_asset(const struct site_page *page, const char *path);
/* "/nl" + path, as an address. In the page's arena. */
struct url site_url(const struct site_page *page, const char *path);
/* A path with one encoded segment behind it: site_url_of(page, "/activities/", key). */
struct url site_url_of(const struct site_page *page, const char *path, str segment);
/* A path on this site that has no language: a file under /data, the API. */
static inline struct url site_data_link(const char *path)
{
	return url_local(str_of(path));
}
/* The same page in another language, query kept. */
struct url site_url_in(const struct site_page *page, enum lang l);

/* A run of neighbouring lines of the report, or a part that is no number, as it stands. */
struct site_line_run {
	uint32_t from, to;
	str text; /* STR_NONE: the lines from–to */
};
/* Takes the next run off "9503;9504;9505;annex 6;9510"; false at the end. Pure. */
bool site_line_run(str *rest, struct site_line_run *ret_run);
/* Lines in such a list, at least 1. */
size_t site_line_count(str lines);

/* A figure: the drawing, its text alternative, its table, its data. The chart is borrowed during the call. */
struct site_chart {
	const struct chart *chart;
	str about;     /* a sentence under the title: what is counted, from where */
	str note;      /* a remark on the figures; may be absent */
	const char *data; /* path of the data without format, "/data/figures/spending"; NULL: none */
	int level;     /* heading level, 2 or 3 */
};

/* For the template: what site_chart_make made. */
struct site_chart_view {
	struct safe_html svg;
	str summary, title, about, note;
	const struct chart_table *table;
	str id;
	const char *data;
	int level;
};
/* In the page's arena. On failure (a chart refuses its values) *ret is not set. */
enum err_code site_chart_make(const struct site_page *page, const struct site_chart *f,
    struct site_chart_view *ret_v, struct err *e) WARN_UNUSED;

/* How the page's language writes charts, and formats of their values. */
const struct chart_lang *site_chart_lang(const struct site_page *page);
const struct chart_format *site_chart_euros(const struct site_page *page);  /* values in euros, ticks in millions */
const struct chart_format *site_chart_whole_euros(const struct site_page *page); /* values and ticks in euros */
const struct chart_format *site_chart_counts(const struct site_page *page); /* whole numbers */

/* Pages of a list: numbers with gaps, and where they lead. */
struct site_pager {
	size_t page, pages; /* from 1 */
	struct url_query (*query)(const void *ctx, const struct site_page *p, size_t page);
	const void *ctx;
	const char *path; /* behind the language */
};

/* A facet as a list of check boxes in a form that works without script. */
struct site_facet_value {
	str value, label;
	size_t count;
	bool chosen;
};
struct site_facet {
	const char *name; /* of the field */
	str title;
	const char *lang; /* of the labels when it is not the page's ("en"), else NULL */
	const struct site_facet_value *values;
	size_t n;
	bool open;
};

/* ---- for app ---- */

/* http_config.error_page */
enum err_code site_error_page(struct http_request *req, const struct err *e, struct http_response *res);
/* Style sheet and icons; returns how many mounts were filled. */
size_t site_assets(struct http_assets *dst);
/* Static pages: about, accessibility, privacy. */
struct http_routes site_routes(void);

/* Templates that other slices call: site_begin, site_end, site_chart, … */
#include "feat/site/components.tpl.h"
