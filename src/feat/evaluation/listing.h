#pragma once
/* A table of an answer, cell by cell. */
#include "feat/evaluation/parts.h"

struct listing {
	struct answer *w;
	VEC(struct answer_cell) cells;
};

/* Each adds one cell; text is borrowed. An empty text is shown as not known. */
void listing_text(struct listing *l, str text);
void listing_english(struct listing *l, str text, str href); /* of the source; href empty: no link */
void listing_number(struct listing *l, str text, double sort);
/* Add the table of so many columns (heads: messages; numeric: one bit for each column, the first the lowest) to the answer;
 * nothing without rows. */
void listing_show(struct listing *l, str id, str caption, const char *const *heads, unsigned numeric, size_t columns, bool folded);

/* The page of an activity. In the answer's arena. */
str activity_href(struct answer *w, const struct activity *x);
/* Acronym, else title; with its number. */
str activity_words(struct answer *w, const struct activity *x);
struct source_row activity_source(const struct activity *x);
struct source_row value_source(struct answer *w, const struct activity *x, const struct indicator *in, const struct indicator_value *v);
struct source_row event_source(struct answer *w, const struct activity *x, const struct activity_event *ev);
