#pragma once
/* Question 4 without language: the links of the theory weighed by evidence, the paths from what was done to the priorities, and
 * what the pack's decision model "contribution" makes of them. Nothing here says that something was caused. */
#include "feat/evaluation/know.h"

#define CONTRIBUTION_MODEL STR("contribution")

enum { PATH_LINKS_MAX = 8, PATHS_MAX = 4000 };

/* Words of the model, in this order. */
enum link_rating { LINK_CONTRADICTED, LINK_MIXED, LINK_SUPPORTED, LINK_NO_EVIDENCE, LINK_AIM, LINK_RATINGS };
enum contribution { CONTRIBUTION_PLAUSIBLE, CONTRIBUTION_NOT_SHOWN, CONTRIBUTION_CONTRADICTED, CONTRIBUTIONS };
const char *link_rating_slug(enum link_rating r);
const char *contribution_slug(enum contribution c);
const char *link_rating_label(enum link_rating r);   /* messages */
const char *contribution_label(enum contribution c);

struct weighed_link {
	const struct theory_link *link;
	const struct evidence *const *findings; /* on both ends of the link, known on the day */
	size_t n_findings;
	size_t supporting, adverse, ambiguous; /* different studies; one may be in several */
	enum evidence_strength strength;       /* the strongest stated of the support */
	enum link_rating rating;
	uint32_t row; /* of the rule, from 1 */
};

struct weighed_path {
	const struct weighed_link *links[PATH_LINKS_MAX];
	size_t n, bearing, covered; /* links; those that are no aim; of these, with evidence */
	const struct weighed_link *weakest; /* of those with evidence; NULL: none has */
	enum contribution rating;
	uint32_t row;
};

/* What one intervention may do for one priority. */
struct weighed_contribution {
	const struct intervention *intervention;
	int priority;
	const struct weighed_path *paths;
	size_t n, plausible, contradicted;
	enum contribution rating;
	uint32_t row;
};

struct weighed_priority {
	const struct priority *priority;
	size_t types, plausible, contradicted; /* types of intervention of the priority in use */
	size_t bearing, covered;		/* different links on their paths to it */
	enum contribution rating;
	uint32_t row;
};

struct answer_4 {
	const struct facts *facts;
	const struct weighed_link *links; /* in the order of the view */
	const struct weighed_contribution *contributions; /* by intervention, then priority */
	size_t n;
	const struct weighed_priority *priorities;
	size_t n_priorities;
};

/* ERR_NOT_FOUND "evaluation.model": the pack has no such model, or it does not compile. Pure, in arena. */
enum err_code answer_4_make(const struct facts *f, struct arena *a, const struct answer_4 **ret, struct err *e) WARN_UNUSED;
enum err_code answer_4_tell(const void *made, struct answer *w, struct err *e) WARN_UNUSED;
void answer_4_json(struct json_writer *j, const void *made, enum lang l);
