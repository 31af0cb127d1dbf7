#pragma once
/* Question 3 without language: verdicts, their distribution over priorities, targets and results by kind. */
#include "feat/evaluation/parts.h"

/* Activities with one verdict. */
struct verdict_count {
	size_t n;
	int64_t minor;    /* their contributions, where known */
	size_t n_unknown; /* of them without a known contribution */
};

/* Figures of one kind with a target, by what became of it. Outputs and outcomes are never put together. */
struct kind_count {
	struct target_tally rows;
};

struct results_of {
	const struct priority *priority; /* NULL: all activities of the scope */
	size_t n;
	struct verdict_count by[VERDICT_COUNT], all;
	struct kind_count outputs, outcomes;
};

struct answer_3 {
	const struct facts *facts;
	const struct decision_version *version; /* of the rule, as given: NULL for the one in force */
	const struct activity_verdict *verdicts; /* in the order of the facts */
	struct results_of total;
	const struct results_of *priorities; /* in their order; activities of scope "outside" are in none */
	size_t n_priorities;
	size_t n_without_priority, n_outside;
};

/* With another version of the verdict model; v NULL: the one in force. Pure, in arena. */
enum err_code answer_3_make(const struct facts *f, const struct decision_version *v, struct arena *a, const struct answer_3 **ret,
    struct err *e) WARN_UNUSED;
enum err_code answer_3_tell(const void *made, struct answer *w, struct err *e) WARN_UNUSED;
void answer_3_json(struct json_writer *j, const void *made, enum lang l);

/* Key of a figure: "18261/2/1" (activity, indicator, value from 1). In arena. */
str indicator_row_key(struct arena *a, const struct activity *x, const struct indicator *in, size_t value);
