#pragma once
/* Question 6: were the results worth the money? What the records give: cost per result and per person-month, within the programme and
 * beside imported activities; printed unit costs made again; what schemes paid out; who else paid; extensions; money left over. */
#include "engine/stats/stats.h"
#include "feat/evaluation/parts.h"
#include "feat/evaluation/told.h"

enum cost_basis { COST_SPENT, COST_BUDGET, COST_CONTRIBUTION };
/* Whether the cost of a result compares with others. */
enum cost_state {
	COST_SETTLED,
	COST_RUNNING, /* the amount is for the whole period, the result for a part of it: no more than */
	COST_STOPPED, /* the amount was granted, what was spent is not recorded: no more than */
};
/* Why there is no cost per result. */
enum cost_gap {
	COST_GAP_NONE,
	COST_GAP_INDICATOR, /* no main output or outcome */
	COST_GAP_RESULT,    /* no result is recorded */
	COST_GAP_ZERO,	    /* the result is zero */
	COST_GAP_YEAR,	    /* the result is of one year, the amount of several */
	COST_GAP_AMOUNT,    /* no amount is recorded */
	COST_GAP_COUNT
};

struct cost_line {
	const struct activity *activity;
	const struct intervention *intervention; /* the main one, NULL: not stated */
	struct verdict_main result; /* indicator NULL: none */
	enum cost_gap gap;
	enum cost_basis basis;
	enum cost_state state;
	const struct indicator *spent; /* COST_SPENT: what the amount was read from */
	const struct indicator_value *spent_value;
	decimal cost, count;	 /* of the gap-less */
	decimal each, low, high; /* cost per result; with the least and the most of the amounts known */
	decimal planned;	 /* budget or contribution per result of the target; DECIMAL_NONE */
	decimal months;		 /* per result, by a rule of the scheme; DECIMAL_NONE: not known */
	const struct scheme_rule *months_rule;
	bool months_at_most; /* the rule gives the longest stay */
	decimal per_month, planned_per_month; /* per person-month; DECIMAL_NONE */
	size_t shared; /* main results that the same amount paid for */
};

/* Costs of the settled lines of an intervention in one unit. */
struct cost_group {
	const struct intervention *intervention; /* NULL: not stated */
	str unit;
	VEC(double) each, per_month, cost, count; /* per_month: those that have one */
	struct stats_five five, five_month; /* n 0: none */
	struct stats_bootstrap median;	    /* n 0: too few or too many values */
	double ratio;			    /* of totals; NAN: none */
};

enum {
	COST_LINES_MAX = 1000, /* told one by one; all count in the groups */
	COST_BOOTSTRAP_LEAST = 5,
	COST_BOOTSTRAP_MOST = 500, /* of more values the quartiles say enough */
	COMPARISON_LEAST = 5, /* fewer imported activities in the same countries: the whole world is taken */
	PRINTED_MAX = 200,
};

/* A cost that the report prints, made again from the records. */
struct printed_cost {
	const struct unit_cost *printed;
	const struct cost_line *line;  /* of its activity */
	bool per_month;
	decimal made, made_planned;    /* from the result, from the target; DECIMAL_NONE */
	decimal implied;	       /* cost / printed amount: the number of results or months that gives it; DECIMAL_NONE */
	int64_t whole;		       /* a whole number that gives the printed amount when rounded; 0: none */
	decimal rounded_cost;	       /* the cost in few digits that gives it exactly with target or result; DECIMAL_NONE */
	bool rounded_target;	       /* with the target, else with the result */
};

/* What a cash scheme paid out: fixed amounts times those who got them. */
struct paid_part {
	const struct unit_cost *rate;
	const struct indicator_value *people;
};
enum { PAID_PARTS_MAX = 8 };
struct cash_scheme {
	const struct cost_line *line;
	struct paid_part parts[PAID_PARTS_MAX];
	size_t n;
	decimal paid, people;
	decimal ratio;	  /* cost / paid */
	decimal overhead; /* (cost - paid) / cost */
	decimal each_paid, each_cost;
};

struct money_share {
	const struct activity *activity;
	decimal contribution, total, share;
};

struct extension {
	const struct activity *activity;
	size_t times;
	int months; /* from the planned to the real end, whole months; -1: not known */
	const struct activity_event *first;
};

struct year_money {
	int year;
	decimal budget, spent, left; /* DECIMAL_NONE: not known */
	const struct budget_line *budget_line, *spent_line;
};

/* Amount planned against amount spent of an activity. */
struct spending {
	const struct activity *activity;
	const struct indicator *indicator;
	const struct indicator_value *value;
	decimal planned, spent, share;
};

/* Imported activities beside those of an intervention. */
struct import_unit {
	str unit;
	VEC(double) each;
	struct stats_five five;
};
struct import_group {
	const struct intervention *intervention;
	size_t in_sectors, in_years, in_countries; /* each of the ones before */
	size_t other_currency, without_amount;
	bool world; /* too few in the same countries */
	int year_from, year_to;
	VEC(double) month; /* amount per month of running */
	struct stats_five five, own; /* n 0: none */
	const struct import_unit *units;
	size_t n_units;
};

struct answer_6 {
	const struct facts *facts;
	const struct cost_line *lines; /* the first COST_LINES_MAX */
	size_t n_lines, n_lines_all, n_known, n_settled, gaps[COST_GAP_COUNT];
	size_t n_activities; /* paid from the programme */
	struct cost_group *groups;
	size_t n_groups;
	const struct printed_cost *printed;
	size_t n_printed;
	const struct cash_scheme *schemes;
	size_t n_schemes;
	const struct money_share *shares; /* both amounts known, total above zero; at most COST_LINES_MAX */
	size_t n_shares, n_shares_all;
	double share_of_totals; /* NAN: none */
	decimal contribution_sum, total_sum;
	const struct extension *extensions; /* at most COST_LINES_MAX */
	size_t n_extensions, n_extensions_all;
	const struct year_money *years;
	size_t n_years;
	const struct spending *spendings; /* at most COST_LINES_MAX */
	size_t n_spendings;
	const struct import_group *imports;
	size_t n_imports, n_comparisons;
};

enum err_code answer_6_make(const struct facts *f, struct arena *a, const struct answer_6 **ret, struct err *e) WARN_UNUSED;

/* ---- steps of it ---- */

/* An amount of the programme's currency in its units; DECIMAL_NONE without one or in another currency. */
decimal cost_amount(const struct facts *f, money m);
/* Whole months from the first day of a to the last day of b, rounded to the nearest; 0 when one is missing. */
int cost_months(pdate from, pdate to);
const struct intervention *main_intervention(const struct evaluation_view *v, const struct activity *x);
/* question_6_costs.c: lines and groups */
enum err_code answer_6_costs(struct answer_6 *x, struct arena *a, struct err *e) WARN_UNUSED;
/* question_6_checks.c: printed unit costs and cash schemes */
enum err_code answer_6_checks(struct answer_6 *x, struct arena *a, struct err *e) WARN_UNUSED;
/* question_6_money.c: shares, extensions, years, spending */
enum err_code answer_6_money(struct answer_6 *x, struct arena *a, struct err *e) WARN_UNUSED;
/* question_6_imports.c */
enum err_code answer_6_imports(struct answer_6 *x, struct arena *a, struct err *e) WARN_UNUSED;
/* Add a value to a list of numbers. False: no memory. */
bool numbers_add(struct arena *a, double **p, size_t *n, size_t *cap, double v);
#define NUMBERS_ADD(vec, arena, v) numbers_add((arena), &(vec).p, &(vec).n, &(vec).cap, (v))

struct telling_6 {
	const struct answer_6 *x;
	struct answer *w;
	struct saying t;
};
/* €9,246; with cents under 100. "–" for DECIMAL_NONE. */
str told_cost(const struct telling_6 *s, decimal d);
str told_cost_of(const struct telling_6 *s, double v); /* NAN: "–" */
str told_unit(const struct telling_6 *s, str unit);
/* question_6_tell_costs.c: costs, groups, printed costs, schemes */
void tell_costs(const struct telling_6 *s);
void tell_printed(const struct telling_6 *s);
void tell_schemes(const struct telling_6 *s);
/* question_6_tell_money.c */
void tell_imports(const struct telling_6 *s);
void tell_shares(const struct telling_6 *s);
void tell_extensions(const struct telling_6 *s);
void tell_spending(const struct telling_6 *s);
/* question_6_tell.c, question_6_json.c */
enum err_code answer_6_tell(const void *made, struct answer *w, struct err *e);
void answer_6_json(struct json_writer *j, const void *made, enum lang l);
