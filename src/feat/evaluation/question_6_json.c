/* The members of question 6 in JSON. */
#include "feat/evaluation/question_6.h"

static void key_decimal(struct json_writer *j, const char *key, decimal d)
{
	jw_key(j, key);
	answer_json_decimal(j, d);
}

static void key_double(struct json_writer *j, const char *key, double v)
{
	char text[40];
	jw_key(j, key);
	if (isnan(v) || isinf(v)) {
		jw_null(j);
		return;
	}
	(void)snprintf(text, sizeof text, "%.6f", v);
	jw_decimal(j, str_of(text));
}

static void key_str(struct json_writer *j, const char *key, str s)
{
	jw_key(j, key);
	jw_str(j, s.n ? s : STR_NONE);
}

static void key_count(struct json_writer *j, const char *key, size_t n)
{
	jw_key(j, key);
	jw_i64(j, (int64_t)n);
}

static const char *const bases[] = {"spending", "total budget", "contribution"};
static const char *const states[] = {"compares", "still running", "stopped early"};
static const char *const gaps[] = {"", "no main result", "no result recorded", "result is zero", "result of one year", "no amount recorded"};

static void json_line(struct json_writer *j, const struct cost_line *l)
{
	bool known = l->gap == COST_GAP_NONE;
	jw_object(j);
	key_str(j, "activity_id", l->activity->key);
	key_str(j, "intervention", l->intervention ? l->intervention->intervention_id : STR_NONE);
	key_str(j, "indicator", l->result.indicator ? l->result.indicator->title : STR_NONE);
	key_str(j, "unit", l->result.indicator ? l->result.indicator->unit : STR_NONE);
	key_decimal(j, "cost_per_result", l->each);
	key_decimal(j, "low", l->low);
	key_decimal(j, "high", l->high);
	key_decimal(j, "cost", known ? l->cost : DECIMAL_NONE);
	key_str(j, "basis", known ? str_of(bases[l->basis]) : STR_NONE);
	key_decimal(j, "result", l->count);
	key_decimal(j, "planned_cost_per_result", l->planned);
	key_decimal(j, "months_per_result", l->months);
	jw_key(j, "months_at_most");
	jw_bool(j, l->months_at_most);
	key_decimal(j, "cost_per_person_month", l->per_month);
	key_decimal(j, "planned_cost_per_person_month", l->planned_per_month);
	key_str(j, "state", known ? str_of(states[l->state]) : STR_NONE);
	key_str(j, "why_not_known", str_of(gaps[l->gap]));
	jw_object_end(j);
}

static void json_five(struct json_writer *j, const char *key, const struct stats_five *f)
{
	jw_key(j, key);
	if (!f->n) {
		jw_null(j);
		return;
	}
	jw_object(j);
	key_count(j, "n", f->n);
	key_double(j, "least", f->min);
	key_double(j, "first_quartile", f->q1);
	key_double(j, "median", f->median);
	key_double(j, "third_quartile", f->q3);
	key_double(j, "most", f->max);
	jw_object_end(j);
}

static void json_group(struct json_writer *j, const struct cost_group *g)
{
	jw_object(j);
	key_str(j, "intervention", g->intervention ? g->intervention->intervention_id : STR_NONE);
	key_str(j, "unit", g->unit);
	json_five(j, "cost_per_result", &g->five);
	json_five(j, "cost_per_person_month", &g->five_month);
	key_double(j, "ratio_of_totals", g->ratio);
	jw_key(j, "median_interval");
	if (g->median.n) {
		jw_object(j);
		key_double(j, "low", g->median.lo);
		key_double(j, "high", g->median.hi);
		key_count(j, "rounds", g->median.rounds);
		key_count(j, "seed", g->median.seed);
		jw_object_end(j);
	} else {
		jw_null(j);
	}
	jw_object_end(j);
}

static void json_printed(struct json_writer *j, const struct facts *f, const struct printed_cost *p)
{
	jw_object(j);
	key_str(j, "activity_id", p->line->activity->key);
	key_str(j, "item", p->printed->item);
	key_str(j, "unit", p->printed->unit);
	key_str(j, "source_line", p->printed->source_line);
	key_decimal(j, "printed", cost_amount(f, p->printed->amount));
	key_decimal(j, "by_result", p->line->months_at_most ? DECIMAL_NONE : p->made);
	key_decimal(j, "by_target", p->line->months_at_most ? DECIMAL_NONE : p->made_planned);
	key_decimal(j, "cost", p->line->cost);
	key_decimal(j, "cost_by_printed", p->implied);
	key_decimal(j, "whole_number_that_gives_it", p->whole ? decimal_of(p->whole) : DECIMAL_NONE);
	key_decimal(j, "rounded_cost_that_gives_it", p->rounded_cost);
	jw_object_end(j);
}

static void json_scheme(struct json_writer *j, const struct cash_scheme *s)
{
	jw_object(j);
	key_str(j, "activity_id", s->line->activity->key);
	key_decimal(j, "cost", s->line->cost);
	key_decimal(j, "paid_out", s->paid);
	key_decimal(j, "people", s->people);
	key_decimal(j, "cost_by_paid_out", s->ratio);
	key_decimal(j, "overhead_share", s->overhead);
	key_decimal(j, "average_paid", s->each_paid);
	key_decimal(j, "cost_per_person", s->each_cost);
	jw_object_end(j);
}

static void json_import(struct json_writer *j, const struct import_group *g)
{
	jw_object(j);
	key_str(j, "intervention", g->intervention->intervention_id);
	key_count(j, "in_sectors", g->in_sectors);
	key_count(j, "in_years", g->in_years);
	key_count(j, "in_countries", g->in_countries);
	jw_key(j, "worldwide");
	jw_bool(j, g->world);
	key_count(j, "other_currency", g->other_currency);
	key_count(j, "without_amount", g->without_amount);
	json_five(j, "imported_per_month", &g->five);
	json_five(j, "own_per_month", &g->own);
	jw_key(j, "per_result");
	jw_array(j);
	for (size_t i = 0; i < g->n_units; i++) {
		jw_object(j);
		key_str(j, "unit", g->units[i].unit);
		json_five(j, "imported", &g->units[i].five);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_object_end(j);
}

static void json_money(struct json_writer *j, const struct answer_6 *x)
{
	jw_key(j, "shares");
	jw_array(j);
	for (size_t i = 0; i < x->n_shares; i++) {
		jw_object(j);
		key_str(j, "activity_id", x->shares[i].activity->key);
		key_decimal(j, "contribution", x->shares[i].contribution);
		key_decimal(j, "total_budget", x->shares[i].total);
		key_decimal(j, "share", x->shares[i].share);
		jw_object_end(j);
	}
	jw_array_end(j);
	key_double(j, "share_of_totals", x->share_of_totals);
	jw_key(j, "extensions");
	jw_array(j);
	for (size_t i = 0; i < x->n_extensions; i++) {
		jw_object(j);
		key_str(j, "activity_id", x->extensions[i].activity->key);
		key_count(j, "times", x->extensions[i].times);
		key_decimal(j, "months_longer", x->extensions[i].months < 0 ? DECIMAL_NONE : decimal_of(x->extensions[i].months));
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "years");
	jw_array(j);
	for (size_t i = 0; i < x->n_years; i++) {
		jw_object(j);
		key_count(j, "year", (size_t)x->years[i].year);
		key_decimal(j, "budget", x->years[i].budget);
		key_decimal(j, "spent", x->years[i].spent);
		key_decimal(j, "left_over", x->years[i].left);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "spending");
	jw_array(j);
	for (size_t i = 0; i < x->n_spendings; i++) {
		jw_object(j);
		key_str(j, "activity_id", x->spendings[i].activity->key);
		key_decimal(j, "planned", x->spendings[i].planned);
		key_decimal(j, "spent", x->spendings[i].spent);
		key_decimal(j, "share", x->spendings[i].share);
		jw_object_end(j);
	}
	jw_array_end(j);
}

#define LIST(name, n, call)                                                                        \
	do {                                                                                       \
		jw_key(j, name);                                                                   \
		jw_array(j);                                                                       \
		for (size_t i = 0; i < (n); i++)                                                   \
			call;                                                                      \
		jw_array_end(j);                                                                   \
	} while (0)

void answer_6_json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_6 *x = made;
	(void)l; /* codes and numbers only */
	key_count(j, "main_results", x->n_lines_all);
	key_count(j, "with_cost", x->n_known);
	key_count(j, "comparable", x->n_settled);
	LIST("costs", x->n_lines, json_line(j, &x->lines[i]));
	LIST("groups", x->n_groups, json_group(j, &x->groups[i]));
	LIST("printed_costs", x->n_printed, json_printed(j, x->facts, &x->printed[i]));
	LIST("cash_schemes", x->n_schemes, json_scheme(j, &x->schemes[i]));
	LIST("imported", x->n_imports, json_import(j, &x->imports[i]));
	json_money(j, x);
}
