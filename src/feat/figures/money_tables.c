/* Tables of amounts: spending, budget, unit costs. */
#include "feat/figures/make.h"

enum { YEAR, PRIORITY, AMOUNT };

static pdate end_of_year(int year)
{
	date d;
	return date_from_civil(year, 12, 31, &d) ? pdate_of(d) : PDATE_NONE;
}

static pdate start_of_year(int year)
{
	date d;
	return date_from_civil(year, 1, 1, &d) ? pdate_of(d) : PDATE_NONE;
}

/* Spending is known when the year is over, a budget when it begins. */
static bool line_known(const struct making *m, const struct budget_line *l)
{
	return figure_known(m, l->kind == BUDGET_KIND_EXPENDITURE ? end_of_year(l->year_last)
	                                                          : start_of_year(l->year));
}

static bool is_spending(const struct making *m, const struct budget_line *l)
{
	return l->kind == BUDGET_KIND_EXPENDITURE && l->year == l->year_last && l->priority > 0 &&
	       line_known(m, l);
}

static void add_line(struct making *m, const struct budget_line *l)
{
	struct figure_cell *c = figure_add(m, l->source_line, l->note);
	if (!c)
		return;
	figure_integer(&c[YEAR], l->year);
	if (l->priority)
		figure_integer(&c[PRIORITY], l->priority);
	figure_amount(&c[AMOUNT], l->amount);
}

/* The sum of spending where year and priority fit (0: any). An amount is there unless all are
 * missing. */
static void add_sum(struct making *m, int year, int priority)
{
	money sum = MONEY_NONE;
	for (size_t i = 0; i < m->p->n_budget; i++) {
		const struct budget_line *l = &m->p->budget[i];
		if (is_spending(m, l) && (!year || l->year == year) &&
		    (!priority || l->priority == priority) && !money_add(&sum, l->amount))
			return; /* a sum beyond all money in the world is not shown */
	}
	struct figure_cell *c = figure_add_total(m);
	if (!c)
		return;
	if (year)
		figure_integer(&c[YEAR], year);
	if (priority)
		figure_integer(&c[PRIORITY], priority);
	figure_amount(&c[AMOUNT], sum);
}

void make_spending(struct making *m)
{
	int first = INT32_MAX, last = 0;
	for (size_t i = 0; i < m->p->n_budget; i++) {
		const struct budget_line *l = &m->p->budget[i];
		if (!is_spending(m, l))
			continue;
		add_line(m, l);
		first = l->year < first ? l->year : first;
		last = l->year > last ? l->year : last;
	}
	if (!m->rows.n)
		return;
	for (int year = first; year <= last; year++)
		add_sum(m, year, 0);
	for (size_t i = 0; i < m->p->n_priorities; i++)
		add_sum(m, 0, m->p->priorities[i].code);
	add_sum(m, 0, 0);
}

void make_budget(struct making *m)
{
	for (size_t i = 0; i < m->p->n_budget; i++)
		if (m->p->budget[i].kind == BUDGET_KIND_BUDGET && line_known(m, &m->p->budget[i]))
			add_line(m, &m->p->budget[i]);
}

void make_unit_costs(struct making *m)
{
	enum { ITEM, UNIT, COST, ACTIVITY, FROM, TO };
	for (size_t i = 0; i < m->p->n_unit_costs; i++) {
		const struct unit_cost *u = &m->p->unit_costs[i];
		if (u->valid_from.precision && date_is(m->as_of) &&
		    pdate_first(u->valid_from).day > m->as_of.day)
			continue;
		struct figure_cell *c = figure_add(m, u->source_line, u->note);
		if (!c)
			return;
		figure_text(&c[ITEM], u->item);
		figure_text(&c[UNIT], u->unit);
		figure_amount(&c[COST], u->amount);
		figure_text(&c[ACTIVITY], u->activity_key);
		figure_date(&c[FROM], u->valid_from);
		figure_date(&c[TO], u->valid_to);
	}
}
