#pragma once
/* What the templates of this slice show. */
#include "feat/programme/words.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

struct priority_activity {
	const struct activity *x;
	bool primary;
	struct target_tally targets;
};

struct priority_view {
	const struct priority *p;
	const struct priority_activity *activities; /* primary ones first */
	size_t n, n_primary, n_running;
	struct target_tally targets; /* of the primary ones */
	money spent;
	struct site_chart_view spending;
};

struct rule_group {
	str scheme;
	const struct scheme_rule *const *rules;
	size_t n;
};

/* A value that the rules can be filtered by, and its name in the page's language. */
struct rule_choice {
	str value, name;
};

/* What a reader asks for; what is absent does not narrow. */
struct rules_filter {
	date on;
	str scheme;
	str country; /* rules that name it, and those that name no country and so apply to it too */
};

struct rules_view {
	const struct programme_view *programme;
	struct rules_filter f;
	const struct rule_group *groups;
	size_t n_groups, n_rules;
	const struct country_list *const *lists;
	size_t n_lists;
	const struct rule_choice *schemes, *countries; /* by name */
	size_t n_schemes, n_countries;
	struct site_chart_view timeline;
};

/* Does a rule belong to what was asked for? Pure. */
bool policy_rule_fits(const struct scheme_rule *r, const struct rules_filter *f);
/* Is the list one that was in force then and, when a country is asked for, holds it? Pure. */
bool policy_list_fits(const struct country_list *l, const struct rules_filter *f);

/* The notes on a rule, one after the other: see programme_note_next. */
const struct inconsistency *policy_rule_note(const struct site_page *page, const struct scheme_rule *r,
    const struct inconsistency *prev);
/* Does none of the rules of the group in front of number i have the note? */
bool policy_note_is_new(const struct site_page *page, const struct rule_group *group, size_t i,
    const struct inconsistency *note);
/* Message for a rule type of the pack. */
const char *policy_rule_type(str type);
