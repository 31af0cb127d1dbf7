/* Imported activities beside the own ones, who paid, extensions, money left over: told. */
#include "feat/evaluation/question_6.h"

#include "feat/evaluation/listing.h"

enum { TOLD_ROWS = 200 };

static double number(decimal d)
{
	return decimal_is_none(d) ? (double)NAN : decimal_to_double(d);
}

static str intervention_name(const struct telling_6 *s, const struct intervention *iv)
{
	str name = programme_word_in(s->x->facts->view->programme, "intervention", iv->intervention_id, s->w->lang);
	return str_eq(name, iv->intervention_id) ? iv->name : name;
}

/* ---- imported activities ---- */

/* "€1,000 to €5,000, median €2,000 (12)"; too few are told as such. */
static str quartiles(const struct telling_6 *s, const struct stats_five *f)
{
	if (!f->n)
		return STR("");
	if (f->n < COMPARISON_LEAST)
		return TOLD(&s->t, MSG("{0} to {1}, too few for quartiles ({2})"), told_cost_of(s, f->min), told_cost_of(s, f->max), told_num(&s->t, (int64_t)f->n));
	return TOLD(&s->t, MSG("quartiles {0} and {1}, median {2} ({3})"), told_cost_of(s, f->q1), told_cost_of(s, f->q3), told_cost_of(s, f->median),
	    told_num(&s->t, (int64_t)f->n));
}

static str units_told(const struct telling_6 *s, const struct import_group *g)
{
	str words = STR("");
	for (size_t i = 0; i < g->n_units; i++)
		words = told_join(&s->t, words, "; ", TOLD(&s->t, MSG("{0}: {1}"), told_unit(s, g->units[i].unit), quartiles(s, &g->units[i].five)));
	return words;
}

static void table_imports(const struct telling_6 *s)
{
	static const char *const heads[] = {MSG("Intervention"), MSG("In its sectors"), MSG("In its years"), MSG("In its countries"), MSG("Where compared"),
	    MSG("In another currency"), MSG("Imported, per month of running"), MSG("Own, per month of running"), MSG("Imported, per result")};
	struct listing t = {.w = s->w};
	for (size_t i = 0; i < s->x->n_imports; i++) {
		const struct import_group *g = &s->x->imports[i];
		listing_text(&t, intervention_name(s, g->intervention));
		listing_number(&t, told_num(&s->t, (int64_t)g->in_sectors), (double)g->in_sectors);
		listing_number(&t, told_num(&s->t, (int64_t)g->in_years), (double)g->in_years);
		listing_number(&t, told_num(&s->t, (int64_t)g->in_countries), (double)g->in_countries);
		listing_text(&t, i18n_text(s->w->lang, g->world ? MSG("worldwide: too few in the same countries") : MSG("the same countries")));
		listing_number(&t, told_num(&s->t, (int64_t)g->other_currency), (double)g->other_currency);
		listing_text(&t, quartiles(s, &g->five));
		listing_text(&t, quartiles(s, &g->own));
		listing_text(&t, units_told(s, g));
	}
	listing_show(&t, STR("imports"), i18n_text(s->w->lang, MSG("Imported activities beside those of the programme, by intervention")), heads, 0x2e, 9, false);
}

void tell_imports(const struct telling_6 *s)
{
	struct answer *w = s->w;
	struct source_row *rows = ARENA_ARRAY(w->arena, TOLD_ROWS, struct source_row);
	const struct evaluation_view *v = s->x->facts->view;
	struct figure f = {.id = STR("imported"), .type = FIGURE_COUNT, .known = true, .value = decimal_of((int64_t)s->x->n_comparisons), .low = NAN, .high = NAN,
	    .unit = i18n_text(w->lang, MSG("activities")), .rows = rows,
	    .definition = i18n_text(w->lang, MSG("Imported activities in a sector that the pack compares with; the first of them are the rows"))};
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1};
	if (!rows)
		return;
	answer_heading(w, 2, STR("imported"), i18n_text(w->lang, MSG("Beside imported activities")));
	answer_text(w, i18n_text(w->lang, MSG("Compared are imported activities in the sectors that the pack gives an intervention, which ran in the same years, in "
	    "the same countries where there are at least five, else anywhere. Amounts in another currency are counted and left out, not converted.")));
	for (size_t i = 0; i < v->n_comparisons && f.n_rows < TOLD_ROWS; i++)
		rows[f.n_rows++] = (struct source_row){"comparison activity", v->comparisons[i].row->key, STR("")};
	st.text = TOLD(&s->t, MSG("Of the {0} imported activities {1} are in a sector that is compared."), told_num(&s->t, (int64_t)v->activities->comparison.n),
	    told_num(&s->t, (int64_t)s->x->n_comparisons));
	if (s->x->n_comparisons) {
		answer_statement(w, &st);
		table_imports(s);
		return;
	}
	st = (struct statement){.kind = STATEMENT_UNSAID, .missing = i18n_text(w->lang, MSG("Imported activities in the sectors that the pack compares with")),
	    .text = i18n_text(w->lang, MSG("What other programmes paid for the like cannot be said: no imported activity is in a sector that is compared."))};
	answer_statement(w, &st);
}

/* ---- who paid ---- */

static str funders(const struct telling_6 *s, const struct activity *x)
{
	str names = STR("");
	for (size_t i = 0; i < x->n_orgs; i++)
		if (x->orgs[i].role == ORG_ROLE_FUNDER && x->orgs[i].org)
			names = told_join(&s->t, names, "; ", x->orgs[i].org->name);
	return names;
}

static void table_shares(const struct telling_6 *s)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Contribution"), MSG("Total budget"), MSG("Share"), MSG("Paid by others"), MSG("Funders named")};
	struct listing t = {.w = s->w};
	for (size_t i = 0; i < s->x->n_shares && i < TOLD_ROWS; i++) {
		const struct money_share *m = &s->x->shares[i];
		decimal others;
		if (!decimal_sub(m->total, m->contribution, &others))
			others = DECIMAL_NONE;
		listing_english(&t, activity_words(s->w, m->activity), activity_href(s->w, m->activity));
		listing_number(&t, told_cost(s, m->contribution), number(m->contribution));
		listing_number(&t, told_cost(s, m->total), number(m->total));
		listing_number(&t, told_percent(&s->t, m->share), number(m->share));
		listing_number(&t, told_cost(s, others), number(others));
		listing_english(&t, funders(s, m->activity), STR(""));
	}
	listing_show(&t, STR("shares"), i18n_text(s->w->lang, MSG("Contribution and total budget")), heads, 0x1e, 6, true);
}

void tell_shares(const struct telling_6 *s)
{
	struct answer *w = s->w;
	struct source_row *rows = ARENA_ARRAY(w->arena, s->x->n_shares, struct source_row);
	struct figure_input *in = ARENA_ARRAY(w->arena, 2, struct figure_input);
	size_t rest = s->x->n_activities - (s->x->n_shares_all < s->x->n_activities ? s->x->n_shares_all : s->x->n_activities);
	if (!rows || !in)
		return;
	answer_heading(w, 2, STR("funders"), i18n_text(w->lang, MSG("Who paid")));
	struct figure f = {.id = STR("share_of_totals"), .type = FIGURE_RATIO, .value = DECIMAL_NONE, .low = NAN, .high = NAN, .unit = STR(""), .inputs = in, .n_inputs = 2, .rows = rows,
	    .definition = i18n_text(w->lang, MSG("Sum of the contributions divided by the sum of the total budgets, of the activities of which both are recorded"))};
	for (size_t i = 0; i < s->x->n_shares; i++)
		rows[f.n_rows++] = activity_source(s->x->shares[i].activity);
	in[0] = (struct figure_input){i18n_text(w->lang, MSG("contributions")), s->x->contribution_sum, s->x->facts->view->programme->currency};
	in[1] = (struct figure_input){i18n_text(w->lang, MSG("total budgets")), s->x->total_sum, s->x->facts->view->programme->currency};
	f.known = s->x->n_shares && decimal_div(s->x->contribution_sum, s->x->total_sum, &f.value);
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1};
	if (f.known) {
		st.text = TOLD(&s->t, MSG("Of {0} activities both amounts are recorded: the ministry paid {1} of {2}, {3}."), told_num(&s->t, (int64_t)s->x->n_shares_all),
		    told_cost(s, s->x->contribution_sum), told_cost(s, s->x->total_sum), told_percent(&s->t, f.value));
		answer_statement(w, &st);
		table_shares(s);
	}
	if (!rest)
		return;
	st = (struct statement){.kind = STATEMENT_UNSAID, .missing = i18n_text(w->lang, MSG("Both the contribution and the total budget, of each activity")),
	    .text = TOLD(&s->t, MSG("What others paid cannot be said for {0} activities: one of the two amounts is not recorded, or both."), told_num(&s->t, (int64_t)rest))};
	answer_statement(w, &st);
}

/* ---- extensions ---- */

static void table_extensions(const struct telling_6 *s)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Extensions"), MSG("Planned end"), MSG("Real end"), MSG("Months longer")};
	struct listing t = {.w = s->w};
	for (size_t i = 0; i < s->x->n_extensions && i < TOLD_ROWS; i++) {
		const struct extension *x = &s->x->extensions[i];
		listing_english(&t, activity_words(s->w, x->activity), activity_href(s->w, x->activity));
		listing_number(&t, told_num(&s->t, (int64_t)x->times), (double)x->times);
		listing_text(&t, told_pdate(&s->t, x->activity->planned_end));
		listing_text(&t, told_pdate(&s->t, x->activity->actual_end));
		listing_number(&t, x->months < 0 ? STR("") : told_num(&s->t, x->months), x->months < 0 ? (double)NAN : x->months);
	}
	listing_show(&t, STR("extended"), i18n_text(s->w->lang, MSG("Activities extended without cost")), heads, 0x12, 5, false);
}

void tell_extensions(const struct telling_6 *s)
{
	struct answer *w = s->w;
	struct source_row *rows = ARENA_ARRAY(w->arena, s->x->n_extensions, struct source_row);
	struct figure f = {.id = STR("extended"), .rows = rows,
	    .definition = i18n_text(w->lang, MSG("Activities with at least one extension without cost among their events, as a share of the activities paid from the programme"))};
	if (!rows || figure_share(&f, s->x->n_extensions_all, s->x->n_activities, w->arena, &w->failed) != ERR_OK)
		return;
	for (size_t i = 0; i < s->x->n_extensions; i++)
		rows[f.n_rows++] = event_source(w, s->x->extensions[i].activity, s->x->extensions[i].first);
	f.why = i18n_text(w->lang, MSG("There is no activity."));
	answer_heading(w, 2, STR("extensions"), i18n_text(w->lang, MSG("Extensions without cost")));
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = TOLD(&s->t, MSG("{0} activities were extended without extra money: more time for the same amount."), answer_share(w, s->x->n_extensions_all, s->x->n_activities))};
	answer_statement(w, &st);
	table_extensions(s);
}

/* ---- money left over or added ---- */

/* What the records say of the causes: notes of the pack on the budget lines of the year. */
static str causes(const struct telling_6 *s, int year)
{
	const struct programme_view *p = s->x->facts->view->programme;
	str words = STR("");
	const struct inconsistency *seen[20];
	size_t n = 0;
	for (int code = 0; code <= (int)p->n_priorities; code++) {
		str subject = code ? arena_fmt(s->w->arena, "%d:%d:expenditure", year, code) : arena_fmt(s->w->arena, "%d:all:expenditure", year);
		const struct inconsistency *note = NULL;
		while (subject.p && (note = programme_note_next(p, STR("budget"), subject, STR(""), note)) && n < 20) {
			bool twice = false;
			for (size_t i = 0; i < n; i++)
				twice |= seen[i] == note;
			if (twice)
				continue;
			seen[n++] = note;
			words = told_join(&s->t, words, " ", text3_in(&note->text, s->w->lang));
		}
	}
	return words;
}

static void list_event(const struct telling_6 *s, struct listing *t, const struct activity *x, const struct activity_event *ev)
{
	listing_english(t, activity_words(s->w, x), activity_href(s->w, x));
	listing_text(t, told_pdate(&s->t, ev->day));
	listing_english(t, ev->detail, STR(""));
}

static void show_events(struct listing *t, const char *id, const char *caption)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Date"), MSG("Event")};
	listing_show(t, str_of(id), i18n_text(t->w->lang, caption), heads, 0, 3, true);
}

/* Events of the year with which money goes unspent or is added. */
static size_t year_events(const struct telling_6 *s, int year, struct source_row *rows, struct listing *t)
{
	static const char *const types[] = {"terminated", "budget_increase", "extended_no_cost"};
	size_t n = 0;
	for (size_t i = 0; i < s->x->facts->n && n < TOLD_ROWS; i++) {
		const struct activity *x = s->x->facts->activities[i];
		for (size_t k = 0; k < x->n_events && n < TOLD_ROWS; k++) {
			bool fits = false;
			for (size_t m = 0; m < sizeof types / sizeof types[0]; m++)
				fits |= str_is(x->events[k].type, types[m]);
			if (!fits || pdate_year(x->events[k].day) != year)
				continue;
			rows[n++] = event_source(s->w, x, &x->events[k]);
			list_event(s, t, x, &x->events[k]);
		}
	}
	return n;
}

static void tell_year(const struct telling_6 *s, const struct year_money *y, struct listing *events)
{
	struct answer *w = s->w;
	struct figure_input *in = ARENA_ARRAY(w->arena, 2, struct figure_input);
	struct source_row *rows = ARENA_ARRAY(w->arena, 2 + TOLD_ROWS, struct source_row);
	str id = arena_fmt(w->arena, "left.%d", y->year);
	if (!in || !rows || decimal_is_none(y->left))
		return;
	str keys[] = {arena_fmt(w->arena, "%d/%d/budget", y->year, s->x->facts->scope.priority),
	    arena_fmt(w->arena, "%d/%d/expenditure", y->year, s->x->facts->scope.priority)};
	in[0] = (struct figure_input){i18n_text(w->lang, MSG("budget")), y->budget, s->x->facts->view->programme->currency};
	in[1] = (struct figure_input){i18n_text(w->lang, MSG("spending")), y->spent, s->x->facts->view->programme->currency};
	rows[0] = (struct source_row){"budget_line", keys[0].p ? keys[0] : STR(""), y->budget_line->source_line};
	rows[1] = (struct source_row){"budget_line", keys[1].p ? keys[1] : STR(""), y->spent_line->source_line};
	struct figure f = {.id = id.p ? id : STR(""), .type = FIGURE_MONEY, .known = true, .value = y->left, .low = NAN, .high = NAN, .unit = s->x->facts->view->programme->currency,
	    .inputs = in, .n_inputs = 2, .rows = rows, .n_rows = 2, .definition = i18n_text(w->lang, MSG("Budget of the year less the spending of the year"))};
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1};
	AUTO_BUF year = BUF_INIT(16);
	buf_addf(&year, "%d", y->year);
	st.text = TOLD(&s->t, MSG("{0}: budget {1}, spent {2}, left over {3}."), answer_keep(w, &year), told_cost(s, y->budget), told_cost(s, y->spent), told_cost(s, y->left));
	if (decimal_cmp(y->left, DECIMAL_ZERO) > 0) {
		f.n_rows += year_events(s, y->year, rows + 2, events);
		str notes = causes(s, y->year);
		if (notes.n)
			st.text = told_join(&s->t, st.text, " ", TOLD(&s->t, MSG("Notes on its figures: {0}"), notes));
	}
	answer_statement(w, &st);
}

static void tell_spent(const struct telling_6 *s, const struct spending *p)
{
	struct answer *w = s->w;
	struct figure_input *in = ARENA_ARRAY(w->arena, 2, struct figure_input);
	struct source_row *rows = ARENA_ARRAY(w->arena, 2, struct source_row);
	str id = arena_fmt(w->arena, "spent.%.*s", STR_ARG(p->activity->key));
	if (!in || !rows || decimal_is_none(p->share))
		return;
	in[0] = (struct figure_input){i18n_text(w->lang, MSG("spending")), p->spent, s->x->facts->view->programme->currency};
	in[1] = (struct figure_input){i18n_text(w->lang, MSG("planned")), p->planned, s->x->facts->view->programme->currency};
	rows[0] = value_source(w, p->activity, p->indicator, p->value);
	rows[1] = activity_source(p->activity);
	struct figure f = {.id = id.p ? id : STR(""), .type = FIGURE_RATIO, .known = true, .value = p->share, .low = NAN, .high = NAN, .unit = STR(""), .inputs = in, .n_inputs = 2,
	    .rows = rows, .n_rows = 2, .definition = i18n_text(w->lang, MSG("What was spent as a share of what was planned for it, else of the contribution, else of the total budget"))};
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = TOLD(&s->t, MSG("{0}: spent {1} of {2} ({3}), as known on {4}."), activity_words(w, p->activity), told_cost(s, p->spent), told_cost(s, p->planned),
		told_percent(&s->t, p->share), told_pdate(&s->t, p->value->as_of))};
	answer_statement(w, &st);
}

static void tell_increases(const struct telling_6 *s)
{
	struct answer *w = s->w;
	struct source_row *rows = ARENA_ARRAY(w->arena, TOLD_ROWS, struct source_row);
	struct figure f = {.id = STR("increases"), .type = FIGURE_COUNT, .known = true, .low = NAN, .high = NAN, .unit = i18n_text(w->lang, MSG("increases")), .rows = rows,
	    .definition = i18n_text(w->lang, MSG("Events that raise the budget of an activity"))};
	int64_t n = 0;
	struct listing list = {.w = w};
	for (size_t i = 0; rows && i < s->x->facts->n; i++) {
		const struct activity *x = s->x->facts->activities[i];
		for (size_t k = 0; k < x->n_events; k++) {
			if (!str_is(x->events[k].type, "budget_increase"))
				continue;
			n++;
			if (f.n_rows == TOLD_ROWS)
				continue;
			rows[f.n_rows++] = event_source(w, x, &x->events[k]);
			list_event(s, &list, x, &x->events[k]);
		}
	}
	f.value = decimal_of(n);
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1, .text = TOLD(&s->t, MSG("Budgets of activities were raised {0} times."), told_num(&s->t, n))};
	if (!rows || !n)
		return;
	answer_statement(w, &st);
	show_events(&list, "raised", MSG("Budgets raised"));
}

void tell_spending(const struct telling_6 *s)
{
	struct answer *w = s->w;
	struct listing events = {.w = w};
	bool any = false;
	answer_heading(w, 2, STR("spending"), i18n_text(w->lang, MSG("Money left over or added, and why")));
	for (size_t i = 0; i < s->x->n_years; i++) {
		tell_year(s, &s->x->years[i], &events);
		any |= !decimal_is_none(s->x->years[i].left);
	}
	show_events(&events, "year-events", MSG("Stops, extensions and increases in the years with money left over"));
	for (size_t i = 0; i < s->x->n_spendings && i < TOLD_ROWS; i++)
		tell_spent(s, &s->x->spendings[i]);
	tell_increases(s);
	struct statement st = {.kind = STATEMENT_UNSAID,
	    .text = TOLD(&s->t, any ? MSG("What was spent is recorded for {0} activities; which of them left the money of a year unspent cannot be computed.")
	                            : MSG("What was spent is recorded for {0} activities; money left over of a year cannot be said for this scope."), told_num(&s->t, (int64_t)s->x->n_spendings)),
	    .missing = i18n_text(w->lang, MSG("Spending by activity and year"))};
	answer_statement(w, &st);
}
