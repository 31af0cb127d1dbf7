#pragma once
/* What the templates of this slice show. */
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

/* Rows with both target and actual, and what became of them. */
struct target_counts {
	size_t both, met, no_result; /* no_result: a target without an actual value */
};

struct priority_activity {
	const struct activity *x;
	bool primary;
	struct target_counts targets;
};

struct priority_view {
	const struct priority *p;
	const struct priority_activity *activities; /* primary ones first */
	size_t n, n_primary, n_running;
	struct target_counts targets; /* of the primary ones */
	money spent;
	struct site_chart_view spending;
};

struct rule_group {
	str scheme;
	const struct scheme_rule *const *rules;
	size_t n;
};

struct rules_view {
	const struct programme_view *programme;
	date on; /* DATE_NONE: all */
	const struct rule_group *groups;
	size_t n_groups, n_rules;
	const struct country_list *const *lists;
	size_t n_lists;
	struct site_chart_view timeline;
};

/* Message for a rule type of the pack. */
const char *policy_rule_type(str type);
