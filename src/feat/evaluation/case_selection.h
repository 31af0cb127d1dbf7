#pragma once
/* Case studies chosen by a rule that is published with its outcome. In each step the candidate with the most points is chosen: points for a
 * priority, a main intervention, a type of implementer and an implementer that no chosen one has yet, and for each thing that is known of it. Equal
 * points: the larger contribution, then the smaller key. Nothing is drawn by lot; the order of the activities makes no difference. */
#include "feat/evaluation/parts.h"

enum {
	CASE_POINTS_PRIORITY = 100,
	CASE_POINTS_INTERVENTION = 30,
	CASE_POINTS_TYPE = 20, /* of implementer */
	CASE_POINTS_IMPLEMENTER = 10,
	CASE_POINTS_KNOWN = 5, /* for each of CASE_KNOWN_THINGS */
	CASE_KNOWN_THINGS = 7, /* start, amount, country, implementer, target of a main indicator, its result, three events */
	CASE_LISTED_MAX = 500, /* candidates told that were not chosen */
};

enum case_excluded {
	CASE_CANDIDATE,
	CASE_EVALUATED, /* has an external evaluation of its own */
	CASE_EVALUATION, /* is the evaluation of another activity */
	CASE_UNKNOWN,	 /* neither a result nor an event is recorded: nothing to study */
};

struct case_points {
	int priority, intervention, type, implementer, known;
};
static inline int case_total(const struct case_points *p)
{
	return p->priority + p->intervention + p->type + p->implementer + p->known;
}

struct case_candidate {
	const struct activity *activity;
	enum case_excluded excluded;
	const struct activity_event *evaluation; /* CASE_EVALUATED */
	int step; /* chosen in this step, from 1; 0: not chosen */
	struct case_points points; /* in its step; of those not chosen in the last step */
	bool in_report; /* the pack names it as a case study of the source */
};

struct case_selection {
	const struct facts *facts;
	const struct case_candidate *all; /* in the order of the facts, without those outside */
	size_t n;
	const struct case_candidate **chosen; /* by step */
	size_t n_chosen, wanted;
	size_t in_report, in_both; /* of the source; chosen too */
	size_t report_excluded;	   /* of the source, which the rule excludes */
};

enum err_code case_selection_make(const struct facts *f, struct arena *a, const struct case_selection **ret, struct err *e) WARN_UNUSED;
