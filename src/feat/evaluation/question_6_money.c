/* Who paid, what was extended, what was left over. Pure. */
#include "feat/evaluation/question_6.h"

#include <math.h>

/* ---- contribution against the total budget ---- */

static enum err_code take_shares(struct answer_6 *x, struct arena *a, struct err *e)
{
	struct money_share *all = ARENA_ARRAY(a, x->facts->n < COST_LINES_MAX ? x->facts->n : COST_LINES_MAX, struct money_share);
	x->contribution_sum = x->total_sum = DECIMAL_ZERO;
	if (!all)
		return arena_fail(a, e);
	for (size_t i = 0; i < x->facts->n; i++) {
		const struct activity *act = x->facts->activities[i];
		struct money_share s = {act, cost_amount(x->facts, act->contribution), cost_amount(x->facts, act->total_budget), DECIMAL_NONE};
		if (facts_outside(act) || decimal_is_none(s.contribution) || decimal_is_none(s.total) ||
		    !decimal_div(s.contribution, s.total, &s.share))
			continue;
		if (!decimal_add(x->contribution_sum, s.contribution, &x->contribution_sum) || !decimal_add(x->total_sum, s.total, &x->total_sum))
			continue;
		if (x->n_shares < COST_LINES_MAX)
			all[x->n_shares++] = s;
		x->n_shares_all++;
	}
	double num = decimal_to_double(x->contribution_sum), den = decimal_to_double(x->total_sum);
	if (!stats_ratio(&num, &den, 1, &x->share_of_totals, NULL))
		x->share_of_totals = (double)NAN;
	x->shares = all;
	return ERR_OK;
}

/* ---- extensions without cost ---- */

static struct extension extension_of(const struct activity *act)
{
	struct extension t = {.activity = act, .months = -1};
	date planned = pdate_last(act->planned_end), real = pdate_last(act->actual_end);
	for (size_t i = 0; i < act->n_events; i++) {
		if (!str_is(act->events[i].type, "extended_no_cost"))
			continue;
		t.first = t.first ? t.first : &act->events[i];
		t.times++;
	}
	if (date_is(planned) && date_is(real) && real.day >= planned.day)
		t.months = (int)lround((real.day - planned.day) / (365.2425 / 12));
	return t;
}

static enum err_code take_extensions(struct answer_6 *x, struct arena *a, struct err *e)
{
	VEC(struct extension) all = {0};
	for (size_t i = 0; i < x->facts->n; i++) {
		struct extension t = extension_of(x->facts->activities[i]);
		if (!t.times || facts_outside(t.activity))
			continue;
		x->n_extensions_all++;
		if (all.n >= COST_LINES_MAX)
			continue;
		struct extension *to = VEC_ADD(&all, a);
		if (!to)
			return arena_fail(a, e);
		*to = t;
	}
	x->extensions = all.p;
	x->n_extensions = all.n;
	return ERR_OK;
}

/* ---- years ---- */

/* The amount of a single year; NULL: none. Budget and spending of all priorities, or of the one asked for. */
static const struct budget_line *line_of(const struct facts *f, int year, enum budget_kind kind)
{
	for (size_t i = 0; i < f->n_budget; i++) {
		const struct budget_line *b = &f->budget[i];
		if (b->year == year && b->year_last == year && b->kind == kind && b->priority == f->scope.priority && money_is(b->amount))
			return b;
	}
	return NULL;
}

static enum err_code take_years(struct answer_6 *x, struct arena *a, struct err *e)
{
	const struct facts *f = x->facts;
	VEC(struct year_money) all = {0};
	int from = YEAR_MAX, to = 0;
	for (size_t i = 0; i < f->n_budget; i++) {
		from = f->budget[i].year < from ? f->budget[i].year : from;
		to = f->budget[i].year_last > to ? f->budget[i].year_last : to;
	}
	for (int year = from; year <= to && !f->scope.activity; year++) {
		struct year_money y = {.year = year, .budget = DECIMAL_NONE, .spent = DECIMAL_NONE, .left = DECIMAL_NONE};
		y.budget_line = line_of(f, year, BUDGET_KIND_BUDGET);
		y.spent_line = line_of(f, year, BUDGET_KIND_EXPENDITURE);
		if (!y.budget_line && !y.spent_line)
			continue;
		y.budget = y.budget_line ? cost_amount(f, y.budget_line->amount) : DECIMAL_NONE;
		y.spent = y.spent_line ? cost_amount(f, y.spent_line->amount) : DECIMAL_NONE;
		if (!decimal_is_none(y.budget) && !decimal_is_none(y.spent) && !decimal_sub(y.budget, y.spent, &y.left))
			y.left = DECIMAL_NONE;
		struct year_money *row = VEC_ADD(&all, a);
		if (!row)
			return arena_fail(a, e);
		*row = y;
	}
	x->years = all.p;
	x->n_years = all.n;
	return ERR_OK;
}

/* ---- spending of activities ---- */

static enum err_code take_spending(struct answer_6 *x, struct arena *a, struct err *e)
{
	VEC(struct spending) all = {0};
	for (size_t i = 0; i < x->n_lines; i++) {
		const struct cost_line *l = &x->lines[i];
		struct spending s = {.activity = l->activity, .indicator = l->spent, .value = l->spent_value, .share = DECIMAL_NONE};
		if (!s.value || (i && x->lines[i - 1].activity == l->activity))
			continue;
		s.spent = s.value->actual_num;
		s.planned = s.value->target_num;
		if (decimal_is_none(s.planned))
			s.planned = cost_amount(x->facts, l->activity->contribution);
		if (decimal_is_none(s.planned))
			s.planned = cost_amount(x->facts, l->activity->total_budget);
		if (!decimal_is_none(s.planned) && !decimal_div(s.spent, s.planned, &s.share))
			s.share = DECIMAL_NONE;
		struct spending *to = VEC_ADD(&all, a);
		if (!to)
			return arena_fail(a, e);
		*to = s;
	}
	x->spendings = all.p;
	x->n_spendings = all.n;
	return ERR_OK;
}

enum err_code answer_6_money(struct answer_6 *x, struct arena *a, struct err *e)
{
	TRY(take_shares(x, a, e));
	TRY(take_extensions(x, a, e));
	TRY(take_years(x, a, e));
	return take_spending(x, a, e);
}
