#pragma once
/* Question 1 without language: how each theme came about, and which countries were chosen when. */
#include "feat/evaluation/know.h"

/* Where a theme stood before the memorandum that set the priorities. */
enum theme_origin {
	THEME_ACCENT,  /* an earlier memorandum or letter named it */
	THEME_MEASURE, /* something was done or a view taken, no more */
	THEME_NEW,     /* nothing earlier is recorded */
	THEME_LATER,   /* the memorandum does not name it */
	THEME_ORIGINS
};
const char *theme_origin_label(enum theme_origin o); /* a message */
const char *theme_origin_slug(enum theme_origin o);

struct theme {
	str name; /* word "policy-theme" */
	int priority;
	enum theme_origin origin;
	const struct policy_step *const *steps; /* known on the day, by date */
	size_t n;
};

struct list_overlap {
	const struct country_list *a, *b;
	size_t n; /* countries on both */
};

struct answer_1 {
	const struct facts *facts;
	const struct timeline_item *memorandum; /* the last one known on the day; NULL: none */
	const struct theme *themes;		/* by priority, then first step */
	size_t n, by[THEME_ORIGINS];
	const struct country_list *const *lists; /* that had begun by the day */
	size_t n_lists;
	const struct list_overlap *overlaps; /* each pair once */
	size_t n_overlaps;
};

enum err_code answer_1_make(const struct facts *f, struct arena *a, const struct answer_1 **ret, struct err *e) WARN_UNUSED;
enum err_code answer_1_tell(const void *made, struct answer *w, struct err *e) WARN_UNUSED;
