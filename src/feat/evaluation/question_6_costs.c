/* Cost per result of each activity where both are known, and the groups of those that compare. Pure. */
#include "feat/evaluation/question_6.h"

#include <math.h>

decimal cost_amount(const struct facts *f, money m)
{
	if (!money_is(m) || !str_is(f->view->programme->currency, m.currency))
		return DECIMAL_NONE;
	return decimal_trim(decimal_scaled(m.minor, -money_exponent(f->view->programme->currency)));
}

int cost_months(pdate from, pdate to)
{
	date a = pdate_first(from), b = pdate_last(to);
	if (!date_is(a) || !date_is(b) || b.day < a.day)
		return 0;
	return (int)lround((b.day - a.day + 1) / (365.2425 / 12));
}

const struct intervention *main_intervention(const struct evaluation_view *v, const struct activity *x)
{
	for (size_t i = 0; i < x->n_interventions; i++)
		for (size_t k = 0; x->interventions[i].is_main && k < v->n_interventions; k++)
			if (str_eq(v->interventions[k].intervention_id, x->interventions[i].intervention_id))
				return &v->interventions[k];
	return NULL;
}

static decimal divide(decimal a, decimal b)
{
	decimal r;
	if (decimal_is_none(a) || decimal_is_none(b) || !decimal_div(a, b, &r))
		return DECIMAL_NONE;
	return r;
}

/* ---- duration of one result ---- */

/* A rule of the activity on the length of a posting, in months. The longest stay says "Maximum". */
static void take_months(const struct facts *f, struct cost_line *l)
{
	const struct programme_view *p = f->view->programme;
	l->months = DECIMAL_NONE;
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct scheme_rule *r = &p->rules[i];
		decimal v;
		if (!str_eq(r->activity_key, l->activity->key) || !str_is(r->rule_type, "duration") || !decimal_parse(r->value, &v))
			continue;
		if (str_find(r->description, STR("ength of posting")) < 0)
			continue;
		if (str_is(r->unit, "years") ? !decimal_mul(v, decimal_of(12), &v) : !str_is(r->unit, "months"))
			continue;
		l->months = v;
		l->months_rule = r;
		l->months_at_most = str_starts(r->description, STR("Maximum"));
	}
	l->per_month = divide(l->each, l->months);
	l->planned_per_month = divide(l->planned, l->months);
}

/* ---- amounts ---- */

/* What was spent, where a main indicator in the programme's currency says it. */
static void take_spent(const struct facts *f, const struct activity *x, struct cost_line *l)
{
	for (size_t i = 0; i < x->n_indicators; i++) {
		struct verdict_main m;
		if (!str_eq(x->indicators[i].unit, f->view->programme->currency) || !indicator_main(f, x, &x->indicators[i], &m) || !m.actual)
			continue;
		l->spent = m.indicator;
		l->spent_value = m.actual;
	}
}

static bool larger(decimal a, decimal b)
{
	return decimal_is_none(b) || decimal_cmp(a, b) > 0;
}

static void take_cost(const struct facts *f, struct cost_line *l)
{
	decimal spent = l->spent_value ? l->spent_value->actual_num : DECIMAL_NONE;
	decimal amounts[] = {spent, cost_amount(f, l->activity->total_budget), cost_amount(f, l->activity->contribution)};
	decimal low = DECIMAL_NONE, high = DECIMAL_NONE;
	enum activity_status st = l->activity->status;
	l->cost = DECIMAL_NONE;
	for (int i = 0; i < 3; i++) {
		if (decimal_is_none(amounts[i]) || decimal_is_zero(amounts[i]))
			continue;
		if (decimal_is_none(l->cost)) {
			l->cost = amounts[i];
			l->basis = (enum cost_basis)i;
		}
		low = decimal_is_none(low) || decimal_cmp(amounts[i], low) < 0 ? amounts[i] : low;
		high = larger(amounts[i], high) ? amounts[i] : high;
	}
	l->state = l->basis == COST_SPENT && l->spent_value  ? COST_SETTLED
	           : st == ACTIVITY_STATUS_CANCELLED         ? COST_STOPPED
	           : st == ACTIVITY_STATUS_CLOSED            ? COST_SETTLED
	                                                     : COST_RUNNING;
	l->low = low;
	l->high = high;
	decimal planned = decimal_is_none(amounts[1]) ? amounts[2] : amounts[1];
	l->planned = l->result.target ? divide(planned, l->result.target->target_num) : DECIMAL_NONE;
	if (!decimal_is_none(l->planned) && decimal_is_zero(l->planned))
		l->planned = DECIMAL_NONE;
}

static enum cost_gap gap_of(const struct cost_line *l)
{
	if (!l->result.indicator)
		return COST_GAP_INDICATOR;
	if (!l->result.actual)
		return COST_GAP_RESULT;
	if (decimal_cmp(l->result.actual->actual_num, DECIMAL_ZERO) <= 0)
		return COST_GAP_ZERO;
	if (str_find(l->result.actual->dimension, STR("year=")) >= 0)
		return COST_GAP_YEAR;
	return decimal_is_none(l->cost) ? COST_GAP_AMOUNT : COST_GAP_NONE;
}

static void finish_line(const struct facts *f, struct cost_line *l)
{
	take_cost(f, l);
	l->gap = gap_of(l);
	l->each = l->count = DECIMAL_NONE;
	if (l->gap == COST_GAP_NONE) {
		l->count = l->result.actual->actual_num;
		l->each = divide(l->cost, l->count);
		l->low = divide(l->low, l->count);
		l->high = divide(l->high, l->count);
	} else {
		l->low = l->high = DECIMAL_NONE;
	}
	take_months(f, l);
}

/* ---- groups ---- */

struct costing {
	struct answer_6 *x;
	struct arena *a;
	VEC(struct cost_line) lines;
	VEC(struct cost_group) groups;
};

/* Of the intervention and unit; NULL: no memory. Few units for each intervention, so that a walk is enough. */
static struct cost_group *group_of(struct costing *c, const struct cost_line *l)
{
	for (size_t i = 0; i < c->groups.n; i++)
		if (c->groups.p[i].intervention == l->intervention && str_eq(c->groups.p[i].unit, l->result.indicator->unit))
			return &c->groups.p[i];
	struct cost_group *g = VEC_ADD(&c->groups, c->a);
	if (g)
		*g = (struct cost_group){.intervention = l->intervention, .unit = l->result.indicator->unit, .ratio = (double)NAN};
	return g;
}

#define ADD_NUMBER(vec, v) NUMBERS_ADD(vec, c->a, decimal_to_double(v))

static enum err_code add_to_group(struct costing *c, const struct cost_line *l, struct err *e)
{
	struct cost_group *g = group_of(c, l);
	if (!g || !ADD_NUMBER(g->each, l->each) || !ADD_NUMBER(g->cost, l->cost) || !ADD_NUMBER(g->count, l->count))
		return arena_fail(c->a, e);
	if (!decimal_is_none(l->per_month) && !l->months_at_most && !ADD_NUMBER(g->per_month, l->per_month))
		return arena_fail(c->a, e);
	return ERR_OK;
}

static enum err_code add_line(struct costing *c, struct cost_line *l, struct err *e)
{
	struct answer_6 *x = c->x;
	finish_line(x->facts, l);
	x->n_lines_all++;
	x->gaps[l->gap]++;
	x->n_known += l->gap == COST_GAP_NONE;
	x->n_settled += l->gap == COST_GAP_NONE && l->state == COST_SETTLED;
	if (l->gap == COST_GAP_NONE && l->state == COST_SETTLED)
		TRY(add_to_group(c, l, e));
	if (c->lines.n >= COST_LINES_MAX)
		return ERR_OK;
	struct cost_line *to = VEC_ADD(&c->lines, c->a);
	if (!to)
		return arena_fail(c->a, e);
	*to = *l;
	return ERR_OK;
}

static bool counts_results(const struct facts *f, const struct activity *x, const struct indicator *in, struct verdict_main *m)
{
	enum indicator_kind kind = facts_indicator_kind(f, x, in);
	return (kind == INDICATOR_OUTPUT || kind == INDICATOR_OUTCOME) && indicator_main(f, x, in, m) && (m->actual || m->target);
}

static enum err_code add_activity(struct costing *c, const struct activity *x, struct err *e)
{
	const struct facts *f = c->x->facts;
	struct cost_line l = {.activity = x, .intervention = main_intervention(f->view, x)};
	struct verdict_main m;
	take_spent(f, x, &l);
	for (size_t i = 0; i < x->n_indicators; i++)
		l.shared += counts_results(f, x, &x->indicators[i], &m);
	for (size_t i = 0; i < x->n_indicators; i++) {
		struct cost_line one = l;
		if (counts_results(f, x, &x->indicators[i], &one.result))
			TRY(add_line(c, &one, e));
	}
	return l.shared ? ERR_OK : add_line(c, &l, e);
}

static enum err_code finish_group(struct cost_group *g, struct arena *a, struct err *e)
{
	TRY(stats_five(g->each.p, g->each.n, a, &g->five, e));
	if (g->per_month.n)
		TRY(stats_five(g->per_month.p, g->per_month.n, a, &g->five_month, e));
	if (g->each.n >= COST_BOOTSTRAP_LEAST && g->each.n <= COST_BOOTSTRAP_MOST)
		TRY(stats_bootstrap(STATS_MEDIAN, g->each.p, NULL, g->each.n, STATS_BOOTSTRAP_ROUNDS, STATS_BOOTSTRAP_SEED, a, &g->median, e));
	if (!stats_ratio(g->cost.p, g->count.p, g->cost.n, &g->ratio, NULL))
		g->ratio = (double)NAN;
	return ERR_OK;
}

static int by_name(const void *pa, const void *pb)
{
	const struct cost_group *a = pa, *b = pb;
	if (!a->intervention != !b->intervention)
		return a->intervention ? -1 : 1;
	int c = a->intervention ? a->intervention->priority - b->intervention->priority : 0;
	if (!c && a->intervention)
		c = str_cmp(a->intervention->intervention_id, b->intervention->intervention_id);
	return c ? c : str_cmp(a->unit, b->unit);
}

enum err_code answer_6_costs(struct answer_6 *x, struct arena *a, struct err *e)
{
	struct costing c = {.x = x, .a = a};
	for (size_t i = 0; i < x->facts->n; i++) {
		if (facts_outside(x->facts->activities[i]))
			continue;
		x->n_activities++;
		TRY(add_activity(&c, x->facts->activities[i], e));
	}
	for (size_t i = 0; i < c.groups.n; i++)
		TRY(finish_group(&c.groups.p[i], a, e));
	if (c.groups.n)
		qsort(c.groups.p, c.groups.n, sizeof *c.groups.p, by_name);
	x->lines = c.lines.p;
	x->n_lines = c.lines.n;
	x->groups = c.groups.p;
	x->n_groups = c.groups.n;
	return ERR_OK;
}
