#pragma once
/* The pages beside the questions that follow what the report asked for, without language: recommendations, lessons of stopped
 * activities, commitments to Parliament; each with the records that bear on it today. */
#include "feat/evaluation/know.h"

/* What one record of the pack says today. */
struct bearing {
	const struct recommendation_record *record;
	size_t n, n_second; /* what the kind counts: see recommendations.c */
	const struct activity *activity; /* kind activity; NULL: not known on the day */
	struct know_rows rows;
};

struct tracked {
	const struct recommendation *recommendation;
	const struct bearing *bearings; /* that count something */
	size_t n;
};

struct answer_recommendations {
	const struct facts *facts;
	const struct tracked *all;
	size_t n, n_bare; /* nothing bears on them */
};
enum err_code recommendations_make(const struct facts *f, struct arena *a, const struct answer_recommendations **ret,
    struct err *e) WARN_UNUSED;

enum commitment_state {
	COMMITMENT_KEPT,
	COMMITMENT_PARTLY,
	COMMITMENT_NOT_KEPT,
	COMMITMENT_STOPPED,   /* begun and stopped early */
	COMMITMENT_NOT_SHOWN, /* no record tells */
	COMMITMENT_STATES
};
const char *commitment_state_slug(enum commitment_state s);
const char *commitment_state_label(enum commitment_state s); /* a message */

struct followed {
	const struct commitment *commitment;
	enum commitment_state state;
	size_t met, of; /* spending: years; letters: intervals; otherwise records */
	struct know_rows rows;
};

struct answer_commitments {
	const struct facts *facts;
	const struct followed *all; /* known on the day */
	size_t n, by[COMMITMENT_STATES];
};
enum err_code commitments_make(const struct facts *f, struct arena *a, const struct answer_commitments **ret, struct err *e) WARN_UNUSED;
