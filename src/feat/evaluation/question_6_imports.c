/* Imported activities beside those of an intervention: chosen by the sectors that the pack gives it, the years in which its own activities ran,
 * and their countries. Pure. */
#include "feat/evaluation/question_6.h"

#include <math.h>

struct choosing {
	struct answer_6 *x;
	struct arena *a;
	struct import_group *g;
	uint64_t sectors;
	uint64_t countries[(COUNTRY_CODES + 63) / 64];
	bool any_country;
	VEC(double) own;
	VEC(struct import_unit) units;
	size_t same;  /* with an amount per month, in the same countries */
};

static size_t country_bit(const char code[2])
{
	size_t a = (size_t)(code[0] - 'A'), b = (size_t)(code[1] - 'A');
	return a < 26 && b < 26 ? a * 26 + b : COUNTRY_CODES;
}

static uint64_t sectors_of(const struct evaluation_view *v, str intervention)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < v->n_comparison_rules; i++) {
		const struct comparison_rule *r = &v->comparison_rules[i];
		for (size_t k = 0; r->kind == COMPARISON_SECTOR && str_eq(r->word, intervention) && k < v->n_comparison_sectors; k++)
			if (str_eq(v->comparison_sectors[k], r->value))
				bits |= UINT64_C(1) << k;
	}
	return bits;
}

#define ADD_NUMBER(vec, v) NUMBERS_ADD(vec, c->a, v)

/* ---- the own activities of the intervention ---- */

static enum err_code take_own(struct choosing *c, const struct activity *act, struct err *e)
{
	pdate start = activity_start(act), end = activity_end(act);
	int from = pdate_year(start), to = pdate_year(end), months = cost_months(start, end);
	decimal amount = cost_amount(c->x->facts, act->total_budget);
	if (!from)
		from = to;
	if (!to)
		to = pdate_year(pdate_of(c->x->facts->scope.as_of));
	if (from && (!c->g->year_from || from < c->g->year_from))
		c->g->year_from = from;
	if (from && to > c->g->year_to)
		c->g->year_to = to;
	for (size_t i = 0; i < act->n_countries; i++) {
		size_t bit = act->countries[i].country.n == 2 ? country_bit(act->countries[i].country.p) : COUNTRY_CODES;
		if (bit < COUNTRY_CODES && act->countries[i].role != COUNTRY_ROLE_DESTINATION) {
			c->countries[bit / 64] |= UINT64_C(1) << (bit % 64);
			c->any_country = true;
		}
	}
	if (decimal_is_none(amount))
		amount = cost_amount(c->x->facts, act->contribution);
	if (months && !decimal_is_none(amount) && !decimal_is_zero(amount) && !ADD_NUMBER(c->own, decimal_to_double(amount) / months))
		return arena_fail(c->a, e);
	return ERR_OK;
}

/* ---- imported ones ---- */

static bool in_years(const struct choosing *c, const struct activity_row *r)
{
	return r->first_year && c->g->year_from && r->first_year <= c->g->year_to && r->last_year >= c->g->year_from;
}

static bool in_countries(const struct choosing *c, const struct activity_row *r)
{
	const struct row_country *all = c->x->facts->view->activities->comparison.countries + r->first_country;
	for (size_t i = 0; i < r->n_countries; i++) {
		size_t bit = country_bit(all[i].code);
		if (bit < COUNTRY_CODES && c->countries[bit / 64] >> (bit % 64) & 1)
			return true;
	}
	return false;
}

/* The amount in units of the programme's currency; NAN: none or another currency. */
static double amount_of(const struct choosing *c, const struct activity_row *r)
{
	str currency = c->x->facts->view->programme->currency;
	if (r->contribution_minor == ROW_AMOUNT_NONE || r->contribution_minor <= 0 || !str_is(currency, r->currency))
		return (double)NAN;
	return (double)r->contribution_minor * pow(10, -money_exponent(currency));
}

static double months_of(const struct activity_row *r)
{
	if (r->start_day == ROW_DAY_NONE || r->end_day == ROW_DAY_NONE || r->end_day <= r->start_day)
		return (double)NAN;
	return fmax(1, round((r->end_day - r->start_day + 1) / (365.2425 / 12)));
}

static enum err_code add_results(struct choosing *c, const struct comparison_activity *it, double amount, struct err *e)
{
	for (size_t i = 0; i < it->n_results; i++) {
		str unit = c->x->facts->view->comparison_units[it->results[i].unit];
		struct import_unit *u = NULL;
		for (size_t k = 0; k < c->units.n && !u; k++)
			u = str_eq(c->units.p[k].unit, unit) ? &c->units.p[k] : NULL;
		if (!u && !(u = VEC_ADD(&c->units, c->a)))
			return arena_fail(c->a, e);
		u->unit = unit;
		if (!ADD_NUMBER(u->each, amount / it->results[i].actual))
			return arena_fail(c->a, e);
	}
	return ERR_OK;
}

/* Count how far each imported activity fits; `add` takes the figures of those that fit all the way. */
static enum err_code walk(struct choosing *c, bool add, struct err *e)
{
	const struct evaluation_view *v = c->x->facts->view;
	for (size_t i = 0; i < v->n_comparisons; i++) {
		const struct comparison_activity *it = &v->comparisons[i];
		if (!(it->sectors & c->sectors))
			continue;
		bool years = in_years(c, it->row), near = years && in_countries(c, it->row);
		double amount = amount_of(c, it->row), month = amount / months_of(it->row);
		if (!add) {
			c->g->in_sectors++;
			c->g->in_years += years;
			c->g->in_countries += near;
			c->same += near && !isnan(month);
			continue;
		}
		if (!(c->g->world ? years : near))
			continue;
		c->g->other_currency += it->row->contribution_minor != ROW_AMOUNT_NONE && isnan(amount) && it->row->contribution_minor > 0;
		c->g->without_amount += it->row->contribution_minor == ROW_AMOUNT_NONE || it->row->contribution_minor <= 0;
		if (!isnan(month) && !ADD_NUMBER(c->g->month, month))
			return arena_fail(c->a, e);
		if (!isnan(amount))
			TRY(add_results(c, it, amount, e));
	}
	return ERR_OK;
}

static enum err_code choose(struct choosing *c, struct err *e)
{
	TRY(walk(c, false, e));
	c->g->world = c->same < COMPARISON_LEAST;
	TRY(walk(c, true, e));
	if (c->g->month.n)
		TRY(stats_five(c->g->month.p, c->g->month.n, c->a, &c->g->five, e));
	if (c->own.n)
		TRY(stats_five(c->own.p, c->own.n, c->a, &c->g->own, e));
	for (size_t i = 0; i < c->units.n; i++)
		TRY(stats_five(c->units.p[i].each.p, c->units.p[i].each.n, c->a, &c->units.p[i].five, e));
	c->g->units = c->units.p;
	c->g->n_units = c->units.n;
	return ERR_OK;
}

enum err_code answer_6_imports(struct answer_6 *x, struct arena *a, struct err *e)
{
	const struct evaluation_view *v = x->facts->view;
	struct choosing *all = ARENA_ARRAY(a, v->n_interventions, struct choosing);
	struct import_group *groups = ARENA_ARRAY(a, v->n_interventions, struct import_group);
	bool *used = ARENA_ARRAY(a, v->n_interventions, bool);
	if (!all || !groups || !used)
		return arena_fail(a, e);
	for (size_t i = 0; i < v->n_interventions; i++)
		all[i] = (struct choosing){.x = x, .a = a};
	struct import_group *scratch = ARENA_ARRAY(a, v->n_interventions, struct import_group);
	if (!scratch)
		return arena_fail(a, e);
	for (size_t i = 0; i < x->facts->n; i++) {
		const struct intervention *iv = main_intervention(v, x->facts->activities[i]);
		if (!iv || facts_outside(x->facts->activities[i]))
			continue;
		size_t k = (size_t)(iv - v->interventions);
		used[k] = true;
		all[k].g = &scratch[k];
		TRY(take_own(&all[k], x->facts->activities[i], e));
	}
	for (size_t i = 0; i < v->n_interventions; i++) {
		if (!used[i])
			continue;
		all[i].sectors = sectors_of(v, v->interventions[i].intervention_id);
		scratch[i].intervention = &v->interventions[i];
		TRY(choose(&all[i], e));
		groups[x->n_imports++] = scratch[i];
	}
	x->n_comparisons = v->n_comparisons;
	x->imports = groups;
	return ERR_OK;
}
