#pragma once
/* What the two files that tell question 2 share. */
#include "feat/evaluation/question_2.h"
#include "feat/evaluation/told.h"

struct telling_2 {
	const struct answer_2 *x;
	struct answer *w;
	struct saying t;
};

str tell_text(const struct telling_2 *s, const char *msg);
struct answer_cell tell_cell(str text); /* .missing when empty */
struct answer_cell tell_number(const struct telling_2 *s, int64_t n);
/* heads: messages; cells borrowed. */
void tell_table(const struct telling_2 *s, str id, str caption, const char *const *heads, const bool *numeric, size_t n_columns,
    const struct answer_cell *cells, size_t n_rows, bool folded);
/* Countries against the list of their day, the criteria, the differences, refused proposals (question_2_criteria.c). */
void tell_criteria(const struct telling_2 *s);
