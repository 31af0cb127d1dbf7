#pragma once
/* Question 2 without language: what was spent on what, how it is spread, and what the criteria say of what was chosen. */
#include "feat/evaluation/parts.h"

/* Activities and their contributions; those whose contribution is not known are counted apart. */
struct money_count {
	size_t n, n_unknown;
	int64_t minor; /* EUR cents of the known ones */
};

struct group {
	str key;
	int order; /* groups stand by order, then by key */
	struct money_count c;
	const struct activity **members;
	size_t n_members;
};

enum grouping { BY_PRIORITY, BY_YEAR, BY_CHANNEL, BY_COUNTRY, BY_SIZE, GROUPINGS };

struct groups {
	const struct group *p;
	size_t n;
	size_t n_without; /* activities of which this is not known */
};

/* Printed amounts of a year (or of the years of a printed total), and their sum. */
struct spending_year {
	int year, year_last;
	const struct budget_line **by; /* by priority, in the order of the programme; NULL: no line */
	const struct budget_line *printed; /* the printed total; NULL: none */
	money sum;                     /* of the priorities' amounts; absent: none is known */
	size_t n_known;
};

struct concentration {
	bool known;
	double top, herfindahl;
	size_t n, top_of; /* known amounts; how many the top holds */
};

/* ---- criteria (criteria.c) ---- */

enum criterion_outcome { CRITERION_MET, CRITERION_NOT_MET, CRITERION_UNDETERMINED };

struct criterion {
	str decision; /* "criterion_countries" */
	enum criterion_outcome outcome;
	str cause; /* UNDETERMINED: English */
	const struct dmn_table_trace *trace; /* of the table that gave it; NULL: none did, or too many cases to keep it */
};

enum { CRITERIA = 5, CRITERIA_MISSING_MOST = 12 };

struct country_outcome {
	str country;
	enum criterion_outcome outcome; /* MET: on the list of its day */
	str cause;
	const struct dmn_table_trace *trace;
};

/* An activity or a refused proposal put to the subsidy framework. */
struct criteria_case {
	const struct activity *activity; /* one of the two */
	const struct rejected_proposal *proposal;
	pdate day; /* as which it was judged: the first approval, else the start */
	enum criterion_outcome whole;
	str cause;
	const struct dmn_table_trace *trace; /* of the first decision that the whole fails or waits for */
	struct criterion criteria[CRITERIA];
	size_t n_criteria;
	str missing[CRITERIA_MISSING_MOST]; /* inputs of the model that no record holds */
	size_t n_missing;
	const struct country_outcome *countries;
	size_t n_countries;
	bool differs; /* granted although not met, or refused although met */
};

struct criteria {
	const struct decision_version *model; /* NULL: the programme has none; why */
	str why;
	const struct criteria_case *cases; /* activities in the order of the facts, then refused proposals */
	size_t n, n_differ;
	size_t counts[2][3]; /* activities, proposals; by outcome */
};

#define CRITERIA_MODEL STR("subsidy-framework")

/* In arena. v: a version of the model, NULL: for each case the one in force on its day. */
enum err_code criteria_make(const struct facts *f, const struct decision_version *v, struct arena *a, struct criteria *ret, struct err *e) WARN_UNUSED;
/* Does the scope hold refused proposals? They belong to no activity, priority or year. */
bool scope_has_refused(const struct facts *f);

/* ---- grounds for refusal (refusals.c) ---- */

#define REFUSAL_MODEL STR("refusal-grounds")
enum { REFUSAL_GROUNDS_MOST = 20 };

/* A refused proposal put to the grounds for refusal. */
struct refusal {
	const struct rejected_proposal *proposal;
	enum criterion_outcome outcome; /* MET: a ground applies; NOT_MET: none does, although it was refused */
	str cause;			/* UNDETERMINED: English */
	str grounds[REFUSAL_GROUNDS_MOST]; /* ids */
	size_t n_grounds;
	str missing[CRITERIA_MISSING_MOST]; /* inputs of the model that no record holds */
	size_t n_missing;
	const struct dmn_table_trace *trace;
};

struct refusals {
	const struct decision_version *model; /* NULL: the programme has none that runs; nothing is determined */
	const struct refusal *p;	      /* in the order of the pack */
	size_t n;
};

/* In arena. */
enum err_code refusals_make(const struct facts *f, struct arena *a, struct refusals *ret, struct err *e) WARN_UNUSED;
const char *criterion_slug(enum criterion_outcome o);  /* met, not met, undetermined */
const char *criterion_label(enum criterion_outcome o); /* a message */

/* ---- the answer ---- */

struct answer_2 {
	const struct facts *facts;
	const struct activity **own; /* those paid from the programme */
	size_t n;
	struct money_count all;
	const struct spending_year *years; /* single years by year, then printed totals of several */
	size_t n_years, n_single;
	struct groups groups[GROUPINGS];
	size_t under_100k, under_250k;
	struct concentration activities, organisations;
	const uint32_t *overlap; /* n x n priorities: primary by row, also served by column */
	size_t n_secondary;      /* activities that serve more than one */
	size_t n_priorities;
	struct criteria criteria;
	struct refusals refusals;
};

enum err_code answer_2_tell(const void *made, struct answer *w, struct err *e) WARN_UNUSED;
void answer_2_json(struct json_writer *j, const void *made, enum lang l);
