/* Costs that the report prints, made again from the records, and what cash schemes paid out. Pure. */
#include "feat/evaluation/question_6.h"

#include <math.h>

/* The first result of the activity, or its first line; NULL: the activity is not in the scope. */
static const struct cost_line *line_of(const struct answer_6 *x, str key)
{
	const struct cost_line *first = NULL;
	for (size_t i = 0; i < x->n_lines; i++) {
		const struct cost_line *l = &x->lines[i];
		if (!str_eq(l->activity->key, key))
			continue;
		if (l->gap == COST_GAP_NONE)
			return l;
		first = first ? first : l;
	}
	return first;
}

/* ---- printed costs ---- */

/* A whole number n with round(cost / n) = printed; 0: none. Printed amounts are whole. */
static int64_t whole_number(decimal cost, decimal printed)
{
	double c = decimal_to_double(cost), p = decimal_to_double(printed);
	double least = ceil(c / (p + .5) + 1e-9), most = floor(c / (p - .5) - 1e-9);
	return p >= 1 && least >= 1 && least <= most && most < 1e15 ? (int64_t)least : 0;
}

/* Does cost, in 1 to 3 digits, divided by n and rounded give the printed amount? */
static decimal rounded_cost(decimal cost, decimal n, decimal printed)
{
	double c = decimal_to_double(cost);
	int places = c >= 1 ? (int)floor(log10(c)) : 0;
	for (int digits = 1; digits <= 3; digits++) {
		decimal r, each;
		if (decimal_round(cost, digits - 1 - places, DECIMAL_HALF_UP, &r) && decimal_div(r, n, &each) &&
		    decimal_round(each, 0, DECIMAL_HALF_UP, &each) && decimal_cmp(each, printed) == 0)
			return decimal_trim(r);
	}
	return DECIMAL_NONE;
}

/* The number of results or months of a value; DECIMAL_NONE: not known. */
static decimal number_of(const struct printed_cost *p, const struct indicator_value *v, bool target)
{
	decimal n = !v ? DECIMAL_NONE : target ? v->target_num : v->actual_num;
	if (decimal_is_none(n) || decimal_is_zero(n) || !p->per_month)
		return decimal_is_none(n) || decimal_is_zero(n) ? DECIMAL_NONE : n;
	if (decimal_is_none(p->line->months) || p->line->months_at_most || !decimal_mul(n, p->line->months, &n))
		return DECIMAL_NONE;
	return n;
}

static void make_printed(const struct facts *f, struct printed_cost *p)
{
	const struct cost_line *l = p->line;
	decimal amount = cost_amount(f, p->printed->amount);
	p->made = p->per_month ? l->per_month : l->each;
	p->made_planned = p->per_month ? l->planned_per_month : l->planned;
	p->implied = p->rounded_cost = DECIMAL_NONE;
	if (decimal_is_none(amount) || decimal_is_zero(amount) || decimal_is_none(l->cost))
		return;
	if (!decimal_div(l->cost, amount, &p->implied))
		p->implied = DECIMAL_NONE;
	p->whole = whole_number(l->cost, amount);
	for (int target = 1; target >= 0 && decimal_is_none(p->rounded_cost); target--) {
		decimal n = number_of(p, target ? l->result.target : l->result.actual, target);
		if (!decimal_is_none(n))
			p->rounded_cost = rounded_cost(l->cost, n, amount);
		p->rounded_target = target;
	}
}

static enum err_code make_checks(struct answer_6 *x, struct arena *a, struct err *e)
{
	const struct programme_view *v = x->facts->view->programme;
	struct printed_cost *all = ARENA_ARRAY(a, v->n_unit_costs, struct printed_cost);
	if (!all)
		return arena_fail(a, e);
	for (size_t i = 0; i < v->n_unit_costs && x->n_printed < PRINTED_MAX; i++) {
		const struct unit_cost *u = &v->unit_costs[i];
		struct printed_cost p = {.printed = u, .line = line_of(x, u->activity_key), .per_month = str_is(u->unit, "per person per month")};
		if (!p.line || str_find(u->item, STR("ost of a ")) < 0 || (!p.per_month && !str_is(u->unit, "per person")))
			continue;
		make_printed(x->facts, &p);
		all[x->n_printed++] = p;
	}
	x->printed = all;
	return ERR_OK;
}

/* ---- cash schemes ---- */

/* Behind the last comma of an item: "adult" of "Cash contribution, adult". */
static str group_of(str item)
{
	for (size_t i = item.n; i > 0; i--)
		if (item.p[i - 1] == ',')
			return str_trim(str_sub(item, i, item.n));
	return STR("");
}

/* Does a part such as "age=adults" stand for the group "adult"? */
static bool part_is(str dimension, str group)
{
	ptrdiff_t at = str_find_char(dimension, '=');
	return at >= 0 && group.n && str_find_char(dimension, ';') < 0 && str_starts(str_sub(dimension, (size_t)at + 1, dimension.n), group);
}

static bool add_part(struct cash_scheme *s, const struct unit_cost *u, const struct indicator_value *v, decimal rate)
{
	decimal paid;
	if (s->n == PAID_PARTS_MAX || decimal_is_none(v->actual_num) || !decimal_mul(rate, v->actual_num, &paid) ||
	    !decimal_add(s->paid, paid, &s->paid) || !decimal_add(s->people, v->actual_num, &s->people))
		return false;
	s->parts[s->n++] = (struct paid_part){u, v};
	return true;
}

/* Fixed amounts for groups that together are all who got something. */
static bool scheme_of(const struct facts *f, const struct cost_line *l, struct cash_scheme *ret)
{
	const struct programme_view *p = f->view->programme;
	struct cash_scheme s = {.line = l, .paid = DECIMAL_ZERO, .people = DECIMAL_ZERO};
	decimal left;
	if (l->gap != COST_GAP_NONE)
		return false;
	for (size_t i = 0; i < p->n_unit_costs; i++) {
		const struct unit_cost *u = &p->unit_costs[i];
		decimal rate = cost_amount(f, u->amount);
		if (!str_eq(u->activity_key, l->activity->key) || !str_is(u->unit, "per person") || decimal_is_none(rate))
			continue;
		for (size_t k = 0; k < l->result.indicator->n_values; k++)
			if (part_is(l->result.indicator->values[k].dimension, group_of(u->item)))
				(void)add_part(&s, u, &l->result.indicator->values[k], rate);
	}
	if (!s.n || decimal_cmp(s.people, l->count) != 0 || decimal_is_zero(s.paid) || !decimal_div(l->cost, s.paid, &s.ratio) ||
	    !decimal_sub(l->cost, s.paid, &left) || !decimal_div(left, l->cost, &s.overhead) || !decimal_div(s.paid, s.people, &s.each_paid))
		return false;
	s.each_cost = l->each;
	*ret = s;
	return true;
}

enum err_code answer_6_checks(struct answer_6 *x, struct arena *a, struct err *e)
{
	VEC(struct cash_scheme) found = {0};
	TRY(make_checks(x, a, e));
	if (!x->facts->view->programme->n_unit_costs)
		return ERR_OK;
	for (size_t i = 0; i < x->n_lines; i++) {
		struct cash_scheme s;
		if (!scheme_of(x->facts, &x->lines[i], &s))
			continue;
		struct cash_scheme *to = VEC_ADD(&found, a);
		if (!to)
			return arena_fail(a, e);
		*to = s;
	}
	x->schemes = found.p;
	x->n_schemes = found.n;
	return ERR_OK;
}
