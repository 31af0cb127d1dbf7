/* Costs per result told: each activity, those of the same intervention beside each other, printed costs made again, cash schemes. */
#include "feat/evaluation/question_6.h"

#include "feat/evaluation/listing.h"

enum { TOLD_LINES = 100, DIGITS = 2 };

static const char *basis_label(enum cost_basis b)
{
	static const char *const labels[] = {
	    [COST_SPENT] = MSG("spending"), [COST_BUDGET] = MSG("total budget"), [COST_CONTRIBUTION] = MSG("contribution of the ministry")};
	return labels[b];
}

static const char *state_label(enum cost_state st)
{
	static const char *const labels[] = {[COST_SETTLED] = MSG("Compares"), [COST_RUNNING] = MSG("At most: still running"),
	    [COST_STOPPED] = MSG("At most: stopped early")};
	return labels[st];
}

/* ---- one line ---- */

static double number(decimal d)
{
	return decimal_is_none(d) ? (double)NAN : decimal_to_double(d);
}

/* The rows of a line: activity, result, spending. */
static const struct source_row *line_rows(const struct telling_6 *s, const struct cost_line *l, size_t *ret_n)
{
	struct source_row *rows = ARENA_ARRAY(s->w->arena, 4, struct source_row);
	*ret_n = 0;
	if (!rows)
		return NULL;
	rows[(*ret_n)++] = activity_source(l->activity);
	if (l->result.actual)
		rows[(*ret_n)++] = value_source(s->w, l->activity, l->result.indicator, l->result.actual);
	if (l->spent_value)
		rows[(*ret_n)++] = value_source(s->w, l->activity, l->spent, l->spent_value);
	if (l->months_rule)
		rows[(*ret_n)++] = (struct source_row){"scheme_rule", l->months_rule->rule_id, l->months_rule->source_line};
	return rows;
}

static struct figure line_figure(const struct telling_6 *s, const struct cost_line *l, bool month)
{
	struct answer *w = s->w;
	struct figure_input *in = ARENA_ARRAY(w->arena, 3, struct figure_input);
	str id = arena_fmt(w->arena, "%s.%.*s.%u", month ? "cost_month" : "cost", STR_ARG(l->activity->key), (unsigned)l->result.indicator->no);
	str unit = TOLD(&s->t, month ? MSG("{0} per person-month") : MSG("{0} for each of {1}"), s->x->facts->view->programme->currency,
	    told_unit(s, l->result.indicator->unit));
	struct figure f = {.id = id.p ? id : STR(""), .type = FIGURE_NUMBER, .unit = unit, .low = NAN, .high = NAN,
	    .value = month ? l->per_month : l->each, .why = i18n_text(w->lang, MSG("How long a result took is not recorded."))};
	f.definition = month ? TOLD(&s->t, MSG("Cost of a result divided by its months by the rule of the scheme ({0})"), l->months_rule->rule_id)
	                     : TOLD(&s->t, MSG("Cost ({0}) divided by the result; the range has the least and the most of the amounts known: spending, total "
	                                       "budget, contribution"), i18n_text(w->lang, basis_label(l->basis)));
	f.known = in && !decimal_is_none(f.value);
	if (!in)
		return f;
	in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, basis_label(l->basis)), l->cost, s->x->facts->view->programme->currency};
	in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, MSG("result")), l->count, l->result.indicator->unit};
	if (month)
		in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, MSG("months")), l->months, STR("months")};
	else if (decimal_cmp(l->low, l->high) != 0) {
		f.low = number(l->low);
		f.high = number(l->high);
	}
	f.inputs = in;
	f.rows = line_rows(s, l, &f.n_rows);
	return f;
}

static void tell_line(const struct telling_6 *s, const struct cost_line *l)
{
	struct answer *w = s->w;
	struct figure f[2] = {line_figure(s, l, false)};
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = f, .n_figures = 1};
	str parts[] = {activity_words(w, l->activity), told_cost(s, l->each), told_decimal(&s->t, l->count, DIGITS),
	    told_unit(s, l->result.indicator->unit), told_cost(s, l->cost), i18n_text(w->lang, basis_label(l->basis))};
	st.text = answer_words(w, l->state == COST_SETTLED ? MSG("{0}: {1} for each of {2} {3} ({5} {4}).")
	                          : l->state == COST_RUNNING
	                              ? MSG("{0}: at most {1} for each of {2} {3} so far ({5} {4}, for the whole period; it still runs).")
	                              : MSG("{0}: at most {1} for each of {2} {3} ({5} {4}; stopped early, what was spent is not recorded)."),
	    parts, 6);
	if (!decimal_is_none(l->per_month)) {
		f[st.n_figures++] = line_figure(s, l, true);
		st.text = told_join(&s->t, st.text, " ", TOLD(&s->t, l->months_at_most ? MSG("That is at least {0} per person-month, if each stayed the longest time of {1} months.")
		                                                                        : MSG("That is {0} per person-month of the {1} months of each."),
		    told_cost(s, l->per_month), told_decimal(&s->t, l->months, DIGITS)));
	}
	if (decimal_cmp(l->low, l->high) != 0)
		st.text = told_join(&s->t, st.text, " ", TOLD(&s->t, MSG("By the other amounts known it is from {0} to {1}."), told_cost(s, l->low), told_cost(s, l->high)));
	if (l->shared > 1)
		st.text = told_join(&s->t, st.text, " ", TOLD(&s->t, MSG("The same amount paid for {0} main results."), told_num(&s->t, (int64_t)l->shared)));
	answer_statement(w, &st);
}

static void table_lines(const struct telling_6 *s)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Result"), MSG("Number"), MSG("Unit"), MSG("Cost"), MSG("Amount used"), MSG("Cost per result"),
	    MSG("As planned"), MSG("Per person-month"), MSG("Compares?")};
	struct listing t = {.w = s->w};
	for (size_t i = 0; i < s->x->n_lines; i++) {
		const struct cost_line *l = &s->x->lines[i];
		if (l->gap != COST_GAP_NONE)
			continue;
		listing_english(&t, activity_words(s->w, l->activity), activity_href(s->w, l->activity));
		listing_english(&t, l->result.indicator->title, STR(""));
		listing_number(&t, told_decimal(&s->t, l->count, DIGITS), number(l->count));
		listing_text(&t, told_unit(s, l->result.indicator->unit));
		listing_number(&t, told_cost(s, l->cost), number(l->cost));
		listing_text(&t, i18n_text(s->w->lang, basis_label(l->basis)));
		listing_number(&t, told_cost(s, l->each), number(l->each));
		listing_number(&t, told_cost(s, l->planned), number(l->planned));
		listing_number(&t, told_cost(s, l->per_month), number(l->per_month));
		listing_text(&t, i18n_text(s->w->lang, state_label(l->state)));
	}
	listing_show(&t, STR("cost-lines"), i18n_text(s->w->lang, MSG("Cost per result, activity by activity")), heads, 0x1d4, 10, true);
}

/* ---- what is not known ---- */

static void tell_gaps(const struct telling_6 *s)
{
	static const struct {
		const char *text, *missing;
	} gaps[COST_GAP_COUNT] = {
	    [COST_GAP_INDICATOR] = {MSG("For {0} activities there is no cost per result: no main result is recorded with a figure."), MSG("A main result in figures")},
	    [COST_GAP_RESULT] = {MSG("For {0} main results there is no cost per result: what was reached is not recorded."), MSG("The result, with its date")},
	    [COST_GAP_ZERO] = {MSG("For {0} main results there is no cost per result: the result is zero."), MSG("A result above zero")},
	    [COST_GAP_YEAR] = {MSG("For {0} main results there is no cost per result: the result is of one year, the amount of several."),
	        MSG("Amounts by year, or the result over the whole period")},
	    [COST_GAP_AMOUNT] = {MSG("For {0} main results there is no cost per result: no amount is recorded."), MSG("What was spent, or the budget")},
	};
	for (int g = COST_GAP_INDICATOR; g < COST_GAP_COUNT; g++) {
		struct source_row *rows = ARENA_ARRAY(s->w->arena, s->x->n_lines, struct source_row);
		struct statement st = {.kind = STATEMENT_UNSAID, .rows = rows};
		if (!rows || !s->x->gaps[g])
			continue;
		for (size_t i = 0; i < s->x->n_lines; i++)
			if (s->x->lines[i].gap == (enum cost_gap)g)
				rows[st.n_rows++] = activity_source(s->x->lines[i].activity);
		st.text = TOLD(&s->t, gaps[g].text, told_num(&s->t, (int64_t)s->x->gaps[g]));
		st.missing = i18n_text(s->w->lang, gaps[g].missing);
		answer_statement(s->w, &st);
	}
}

/* ---- groups ---- */

static str group_name(const struct telling_6 *s, const struct cost_group *g)
{
	str name = g->intervention ? programme_word_in(s->x->facts->view->programme, "intervention", g->intervention->intervention_id, s->w->lang)
	                           : i18n_text(s->w->lang, MSG("Intervention not stated"));
	if (g->intervention && str_eq(name, g->intervention->intervention_id))
		name = g->intervention->name;
	return TOLD(&s->t, MSG("{0}: {1}"), name, told_unit(s, g->unit));
}

static void chart_groups(const struct telling_6 *s)
{
	struct answer *w = s->w;
	struct chart_dots_row *rows = ARENA_ARRAY(w->arena, s->x->n_groups, struct chart_dots_row);
	struct chart *c = ARENA_NEW(w->arena, struct chart);
	size_t n = 0, points = 0;
	if (!rows || !c)
		return;
	for (size_t i = 0; i < s->x->n_groups && n < CHART_ROWS_MAX / 10; i++) {
		const struct cost_group *g = &s->x->groups[i];
		if (points + g->each.n > CHART_POINTS_MAX / 10)
			continue;
		points += g->each.n;
		rows[n++] = (struct chart_dots_row){group_name(s, g), g->each.p, g->each.n, CHART_MISSING};
	}
	if (!n)
		return;
	*c = (struct chart){.kind = CHART_DOTS, .id = STR("cost-per-result"), .title = i18n_text(w->lang, MSG("Cost per result by type of intervention")),
	    .row_head = i18n_text(w->lang, MSG("Intervention and unit")), .value_head = i18n_text(w->lang, MSG("Euros per result, each step ten times the last")),
	    .lang = answer_chart_lang(w), .format = answer_chart_whole_euros(w), .dots = {rows, n, true}};
	answer_chart(w, c, i18n_text(w->lang, MSG("Every dot is a result of an activity; the box holds the middle half, the line is the median. Rows count different "
	    "things: compare within a row.")), STR(""));
}

static void table_groups(const struct telling_6 *s)
{
	static const char *const heads[] = {MSG("Intervention and unit"), MSG("Results"), MSG("Least"), MSG("First quartile"), MSG("Median"),
	    MSG("Third quartile"), MSG("Most"), MSG("All costs by all results"), MSG("Interval of the median (95%)")};
	struct listing t = {.w = s->w};
	for (size_t i = 0; i < s->x->n_groups && i < CHART_ROWS_MAX; i++) {
		const struct cost_group *g = &s->x->groups[i];
		const double five[] = {g->five.min, g->five.q1, g->five.median, g->five.q3, g->five.max, g->ratio};
		listing_text(&t, group_name(s, g));
		listing_number(&t, told_num(&s->t, (int64_t)g->five.n), (double)g->five.n);
		for (size_t k = 0; k < 6; k++)
			listing_number(&t, told_cost_of(s, five[k]), five[k]);
		listing_text(&t, g->median.n ? TOLD(&s->t, MSG("{0} to {1} (bootstrap, seed {2})"), told_cost_of(s, g->median.lo), told_cost_of(s, g->median.hi),
		    told_decimal(&s->t, decimal_of((int64_t)g->median.seed), 0))
		                             : i18n_text(s->w->lang, MSG("too few or too many values")));
	}
	listing_show(&t, STR("cost-groups"), i18n_text(s->w->lang, MSG("Costs per result of activities with the same intervention")), heads, 0xfe, 9, false);
}

void tell_costs(const struct telling_6 *s)
{
	struct answer *w = s->w;
	size_t told = 0;
	answer_heading(w, 2, STR("cost"), i18n_text(w->lang, MSG("What a result cost")));
	answer_text(w, i18n_text(w->lang, MSG("The cost of a result is what was spent where that is recorded, else the total budget, else the contribution of the ministry, "
	    "divided by the result of a main indicator. An activity that still runs, or that was stopped early without a record of what was spent, has an "
	    "upper bound only and stands in no comparison.")));
	chart_groups(s);
	table_groups(s);
	for (size_t i = 0; i < s->x->n_lines && told < TOLD_LINES; i++)
		if (s->x->lines[i].gap == COST_GAP_NONE) {
			tell_line(s, &s->x->lines[i]);
			told++;
		}
	table_lines(s);
	if (s->x->n_lines_all > s->x->n_lines || told == TOLD_LINES)
		answer_text(w, TOLD(&s->t, MSG("There are {0} main results; not all are told one by one, all count in the groups."), told_num(&s->t, (int64_t)s->x->n_lines_all)));
	tell_gaps(s);
}

/* ---- printed costs ---- */

/* How the printed amount can be had from the records, in words; empty: it cannot. */
static str how_printed(const struct telling_6 *s, const struct printed_cost *p)
{
	str words = STR("");
	if (!decimal_is_none(p->rounded_cost))
		words = TOLD(&s->t, p->rounded_target ? MSG("It is what {0}, the cost in round figures, gives with the target.") : MSG("It is what {0}, the cost in round figures, gives with the result."),
		    told_cost(s, p->rounded_cost));
	if (p->whole)
		words = told_join(&s->t, words, " ", TOLD(&s->t, p->per_month ? MSG("The recorded cost gives it with {0} person-months, a number that the records do not hold.")
		                                                             : MSG("The recorded cost gives it with {0} results, a number that the records do not hold."),
		    told_num(&s->t, p->whole)));
	return words;
}

static void tell_one_printed(const struct telling_6 *s, const struct printed_cost *p)
{
	struct answer *w = s->w;
	struct figure_input *in = ARENA_ARRAY(w->arena, 3, struct figure_input);
	struct source_row *rows = ARENA_ARRAY(w->arena, 3, struct source_row);
	decimal made = decimal_is_none(p->made) || p->line->gap != COST_GAP_NONE ? DECIMAL_NONE : p->made;
	str id = arena_fmt(w->arena, "printed.%.*s.%s", STR_ARG(p->line->activity->key), p->per_month ? "month" : "person");
	if (!in || !rows)
		return;
	struct figure f = {.id = id.p ? id : STR(""), .type = FIGURE_NUMBER, .value = made, .known = !decimal_is_none(made) && !p->line->months_at_most, .low = NAN, .high = NAN,
	    .unit = told_unit(s, p->printed->unit), .definition = i18n_text(w->lang, MSG("A cost that the report prints, made again from amount, result and months of the records")),
	    .why = i18n_text(w->lang, MSG("The records do not hold the number of months.")), .rows = rows, .inputs = in};
	rows[f.n_rows++] = (struct source_row){"unit_cost", p->printed->item, p->printed->source_line};
	rows[f.n_rows++] = activity_source(p->line->activity);
	if (p->line->result.actual)
		rows[f.n_rows++] = value_source(w, p->line->activity, p->line->result.indicator, p->line->result.actual);
	in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, MSG("printed")), cost_amount(s->x->facts, p->printed->amount), s->x->facts->view->programme->currency};
	in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, basis_label(p->line->basis)), p->line->cost, s->x->facts->view->programme->currency};
	if (!decimal_is_none(p->implied))
		in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, MSG("cost by printed amount")), p->implied, p->per_month ? STR("person-months") : p->line->result.indicator ? p->line->result.indicator->unit : STR("")};
	struct statement st = {.kind = f.known ? STATEMENT_COUNTED : STATEMENT_UNSAID, .figures = &f, .n_figures = 1,
	    .missing = f.known ? STR("") : i18n_text(w->lang, MSG("How many months each result lasted"))};
	str printed = told_cost(s, cost_amount(s->x->facts, p->printed->amount));
	st.text = f.known ? TOLD(&s->t, MSG("{0}: the report prints {1} {2} for \"{3}\"; the records give {4} by the result and {5} by the target."),
			activity_words(w, p->line->activity), printed, told_unit(s, p->printed->unit), p->printed->item, told_cost(s, p->made), told_cost(s, p->made_planned))
	                  : TOLD(&s->t, MSG("{0}: the report prints {1} {2} for \"{3}\"; the records do not give it."), activity_words(w, p->line->activity), printed,
			told_unit(s, p->printed->unit), p->printed->item);
	st.text = told_join(&s->t, st.text, " ", how_printed(s, p));
	answer_statement(w, &st);
}

void tell_printed(const struct telling_6 *s)
{
	if (!s->x->n_printed)
		return;
	answer_heading(s->w, 2, STR("printed"), i18n_text(s->w->lang, MSG("Costs printed in the report, made again")));
	for (size_t i = 0; i < s->x->n_printed; i++)
		tell_one_printed(s, &s->x->printed[i]);
}

/* ---- cash schemes ---- */

static struct figure scheme_figure(const struct telling_6 *s, const struct cash_scheme *c, bool overhead)
{
	struct answer *w = s->w;
	struct figure_input *in = ARENA_ARRAY(w->arena, 2, struct figure_input);
	struct source_row *rows = ARENA_ARRAY(w->arena, 3 + 2 * c->n, struct source_row);
	str id = arena_fmt(w->arena, "%s.%.*s", overhead ? "overhead" : "paid_out", STR_ARG(c->line->activity->key));
	struct figure f = {.id = id.p ? id : STR(""), .type = overhead ? FIGURE_SHARE : FIGURE_RATIO, .known = in && rows, .low = NAN, .high = NAN, .unit = STR(""),
	    .value = overhead ? c->overhead : c->ratio, .why = STR(""), .inputs = in, .rows = rows,
	    .definition = i18n_text(w->lang, overhead ? MSG("What is left of the cost after the amounts paid out, as a share of the cost")
	                                              : MSG("Cost of the scheme divided by the amounts paid out: fixed amounts times the people who got them"))};
	if (!f.known) {
		f.why = i18n_text(w->lang, MSG("There is no memory."));
		return f;
	}
	in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, basis_label(c->line->basis)), c->line->cost, s->x->facts->view->programme->currency};
	in[f.n_inputs++] = (struct figure_input){i18n_text(w->lang, MSG("paid out")), c->paid, s->x->facts->view->programme->currency};
	rows[f.n_rows++] = activity_source(c->line->activity);
	if (c->line->spent_value)
		rows[f.n_rows++] = value_source(w, c->line->activity, c->line->spent, c->line->spent_value);
	for (size_t i = 0; i < c->n; i++) {
		rows[f.n_rows++] = (struct source_row){"unit_cost", c->parts[i].rate->item, c->parts[i].rate->source_line};
		rows[f.n_rows++] = value_source(w, c->line->activity, c->line->result.indicator, c->parts[i].people);
	}
	return f;
}

void tell_schemes(const struct telling_6 *s)
{
	struct answer *w = s->w;
	answer_heading(w, 2, STR("cash"), i18n_text(w->lang, MSG("Cash schemes: cost against what was paid out, and overhead")));
	for (size_t i = 0; i < s->x->n_schemes; i++) {
		const struct cash_scheme *c = &s->x->schemes[i];
		struct figure f[2] = {scheme_figure(s, c, false), scheme_figure(s, c, true)};
		str made = STR("");
		AUTO_BUF percent = BUF_INIT(64);
		i18n_add_percent(&percent, w->lang, c->overhead, 1);
		for (size_t k = 0; k < c->n; k++)
			made = told_join(&s->t, made, " + ", TOLD(&s->t, MSG("{0} × {1}"), told_decimal(&s->t, c->parts[k].people->actual_num, 0),
			    told_cost(s, cost_amount(s->x->facts, c->parts[k].rate->amount))));
		struct statement st = {.kind = STATEMENT_COUNTED, .figures = f, .n_figures = 2,
		    .text = TOLD(&s->t, MSG("{0}: paid out {1} = {2}; {3} {4}, {5} times as much. On average {6} was paid and {7} spent for each; at most {8} of the cost is overhead."),
			activity_words(w, c->line->activity), made, told_cost(s, c->paid), i18n_text(w->lang, basis_label(c->line->basis)), told_cost(s, c->line->cost),
			told_decimal(&s->t, c->ratio, 3), told_cost(s, c->each_paid), told_cost(s, c->each_cost),
			answer_keep(w, &percent))};
		answer_statement(w, &st);
	}
	struct statement st = {.kind = STATEMENT_UNSAID,
	    .text = i18n_text(w->lang, s->x->n_schemes ? MSG("For other activities the overhead cannot be said.") : MSG("The overhead of no activity can be said.")),
	    .missing = i18n_text(w->lang, MSG("Costs of the organisation apart from what reached people"))};
	answer_statement(w, &st);
}
