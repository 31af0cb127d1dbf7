#pragma once
/* Inside of the slice: what the pages of the tables show, and what their templates ask. */
#include "feat/figures/figures.h"
#include "feat/programme/words.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum { FIGURE_CHARTS_MAX = 16 };

struct figure_drawings {
	struct site_chart_view chart[FIGURE_CHARTS_MAX];
	size_t n;
};

/* The charts that fit the table; none for a table without rows. In the page's arena. */
enum err_code figure_draw(const struct site_page *page, const struct figure_table *t,
    struct figure_drawings *dst, struct err *e) WARN_UNUSED;

/* Targets against results, over the rows of the table "targets". */
struct target_tally figure_score_of(const struct figure_table *t);

struct figure_page {
	const struct figure_table *t;
	struct figure_drawings drawings;
	struct target_tally score;
	bool scored;     /* the table is the one of targets */
	const char *how; /* message: how the totals are computed */
	date on;         /* DATE_NONE: everything */
};

/* ---- for the templates ---- */

bool figure_is_number(enum figure_type type);
/* Words for a missing cell: in a total, or where the source speaks of the whole, "all" of
 * something; else that it is not known. */
const char *figure_missing_words(const struct figure_table *t, size_t column, bool total);
bool figure_missing_is_whole(const struct figure_table *t, size_t column, bool total);
bool figure_is_priority(const struct figure_column *c);
bool figure_is_activity(const struct figure_column *c);
/* The activity of a cell when it stands on the public site, NULL: none. */
const struct activity *figure_activity(const struct site_page *page, const struct figure_cell *c);
/* "/data/figures/NAME.FORMAT", with the day asked for. */
struct url figure_file_url(const struct site_page *page, const char *name, const char *format, date on);
