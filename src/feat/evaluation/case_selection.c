/* Case studies by a published rule. Pure. */
#include "feat/evaluation/case_selection.h"

#include "feat/evaluation/listing.h"
#include "feat/evaluation/told.h"

/* ---- who can be chosen ---- */

/* An event that is an evaluation by others: the records tell it apart by its first word. */
static const struct activity_event *external_evaluation(const struct activity *x)
{
	for (size_t i = 0; i < x->n_events; i++)
		if (str_is(x->events[i].type, "evaluation") && str_starts(x->events[i].detail, STR("External")))
			return &x->events[i];
	return NULL;
}

static bool has_result(const struct activity *x)
{
	for (size_t i = 0; i < x->n_indicators; i++)
		for (size_t k = 0; k < x->indicators[i].n_values; k++)
			if (x->indicators[i].values[k].actual.p)
				return true;
	return false;
}

static int known_things(const struct facts *f, const struct activity *x)
{
	enum { EVENTS = 3 };
	bool target = false, actual = false;
	for (size_t i = 0; i < x->n_indicators; i++) {
		struct verdict_main m;
		if (!indicator_main(f, x, &x->indicators[i], &m))
			continue;
		target |= m.target != NULL;
		actual |= m.actual != NULL;
	}
	return (activity_start(x).precision != 0) + (money_is(x->contribution) || money_is(x->total_budget)) + (x->n_countries > 0) +
	       (x->implementer != NULL) + target + actual + (x->n_events >= EVENTS);
}

static bool is_evaluation(const struct activity *x)
{
	return x->follows.n && (str_find(x->title, STR("valuation")) >= 0);
}

static struct case_candidate candidate(const struct facts *f, const struct activity *x)
{
	struct case_candidate c = {.activity = x, .evaluation = external_evaluation(x),
	    .in_report = programme_word(f->view->programme, "case-study", x->key) != NULL};
	c.excluded = c.evaluation                        ? CASE_EVALUATED
	             : is_evaluation(x)                  ? CASE_EVALUATION
	             : !has_result(x) && x->n_events == 0 ? CASE_UNKNOWN
	                                                 : CASE_CANDIDATE;
	c.points.known = CASE_POINTS_KNOWN * known_things(f, x);
	return c;
}

/* ---- choosing ---- */

static str main_intervention(const struct activity *x)
{
	for (size_t i = 0; i < x->n_interventions; i++)
		if (x->interventions[i].is_main)
			return x->interventions[i].intervention_id;
	return STR("");
}

static str implementer_type(const struct activity *x)
{
	return x->implementer ? x->implementer->type : STR("");
}

/* Points of a candidate beside those chosen so far. What is not known of it gives none. */
static struct case_points points_of(const struct case_selection *s, const struct case_candidate *c)
{
	const struct activity *x = c->activity;
	int priority = activity_primary_priority(x);
	str intervention = main_intervention(x), type = implementer_type(x);
	struct case_points p = {priority ? CASE_POINTS_PRIORITY : 0, intervention.n ? CASE_POINTS_INTERVENTION : 0, type.n ? CASE_POINTS_TYPE : 0,
	    x->implementer ? CASE_POINTS_IMPLEMENTER : 0, c->points.known};
	for (size_t i = 0; i < s->n_chosen; i++) {
		const struct activity *y = s->chosen[i]->activity;
		if (activity_primary_priority(y) == priority)
			p.priority = 0;
		if (str_eq(main_intervention(y), intervention))
			p.intervention = 0;
		if (str_eq(implementer_type(y), type))
			p.type = 0;
		if (x->implementer && y->implementer && str_eq(y->implementer->key, x->implementer->key))
			p.implementer = 0;
	}
	return p;
}

static int64_t amount_of(const struct activity *x)
{
	return money_is(x->contribution) ? x->contribution.minor : money_is(x->total_budget) ? x->total_budget.minor : -1;
}

static bool better(const struct case_candidate *a, const struct case_candidate *b)
{
	int pa = case_total(&a->points), pb = case_total(&b->points);
	if (pa != pb)
		return pa > pb;
	int64_t ma = amount_of(a->activity), mb = amount_of(b->activity);
	if (ma != mb)
		return ma > mb;
	return str_cmp(a->activity->key, b->activity->key) < 0;
}

/* Choose one more; false: no candidate is left. */
static bool choose(struct case_selection *s, struct case_candidate *all)
{
	struct case_candidate *best = NULL;
	for (size_t i = 0; i < s->n; i++) {
		if (all[i].excluded != CASE_CANDIDATE || all[i].step)
			continue;
		all[i].points = points_of(s, &all[i]);
		if (!best || better(&all[i], best))
			best = &all[i];
	}
	if (!best)
		return false;
	best->step = (int)s->n_chosen + 1;
	s->chosen[s->n_chosen++] = best;
	return true;
}

enum err_code case_selection_make(const struct facts *f, struct arena *a, const struct case_selection **ret, struct err *e)
{
	struct case_selection *s = ARENA_NEW(a, struct case_selection);
	struct case_candidate *all = ARENA_ARRAY(a, f->n, struct case_candidate);
	if (!s || !all)
		return arena_fail(a, e);
	*s = (struct case_selection){.facts = f, .all = all, .wanted = f->scope.cases > 0 ? (size_t)f->scope.cases : CASES_DEFAULT};
	if (s->wanted > CASES_MAX)
		return fail(e, ERR_INVALID, "evaluation.cases", "at most %d case studies can be chosen", CASES_MAX);
	s->chosen = ARENA_ARRAY(a, s->wanted, const struct case_candidate *);
	if (!s->chosen)
		return arena_fail(a, e);
	for (size_t i = 0; i < f->n; i++)
		if (!facts_outside(f->activities[i]))
			all[s->n++] = candidate(f, f->activities[i]);
	while (s->n_chosen < s->wanted && choose(s, all))
		continue;
	for (size_t i = 0; i < s->n; i++) {
		s->in_report += all[i].in_report;
		s->in_both += all[i].in_report && all[i].step;
		s->report_excluded += all[i].in_report && all[i].excluded != CASE_CANDIDATE;
	}
	*ret = s;
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct case_selection *s;
	TRY(case_selection_make(f, a, &s, e));
	*ret = s;
	return ERR_OK;
}

/* ---- told ---- */

static const char *const excluded_slugs[] = {"", "own external evaluation", "is an evaluation", "nothing recorded"};

static str reason(struct answer *w, const struct case_candidate *c)
{
	static const char *const texts[] = {MSG("Fewer points than the one chosen last"), MSG("Left out: it has an external evaluation of its own"),
	    MSG("Left out: it is the evaluation of another activity"), MSG("Left out: neither a result nor an event is recorded")};
	return i18n_text(w->lang, texts[c->excluded]);
}

static void tell_chosen(struct answer *w, const struct case_selection *s, const struct case_candidate *c)
{
	const struct programme_view *p = s->facts->view->programme;
	struct figure_input *in = ARENA_ARRAY(w->arena, 5, struct figure_input);
	struct source_row *row = ARENA_NEW(w->arena, struct source_row);
	struct saying t = {w->arena, w->lang};
	str id = arena_fmt(w->arena, "points.%.*s", STR_ARG(c->activity->key));
	if (!in || !row)
		return;
	const int points[] = {c->points.priority, c->points.intervention, c->points.type, c->points.implementer, c->points.known};
	static const char *const names[] = {MSG("new priority"), MSG("new intervention"), MSG("new type of implementer"), MSG("new implementer"), MSG("information")};
	for (size_t i = 0; i < 5; i++)
		in[i] = (struct figure_input){i18n_text(w->lang, names[i]), decimal_of(points[i]), STR("")};
	*row = activity_source(c->activity);
	struct figure f = {.id = id.p ? id : STR(""), .type = FIGURE_COUNT, .known = true, .value = decimal_of(case_total(&c->points)), .low = NAN, .high = NAN,
	    .unit = i18n_text(w->lang, MSG("points")), .inputs = in, .n_inputs = 5, .rows = row, .n_rows = 1,
	    .definition = i18n_text(w->lang, MSG("Points by the rule in the step in which it was chosen: 100 for a priority, 30 for an intervention, 20 for a type of implementer and "
		"10 for an implementer that no one chosen before has, 5 for each of seven things known"))};
	const struct priority *pr = programme_priority(p, activity_primary_priority(c->activity));
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = TOLD(&t, MSG("{0}. {1}: {2} points. Priority: {3}; intervention: {4}; implementer: {5}."), told_num(&t, c->step), activity_words(w, c->activity),
		told_num(&t, case_total(&c->points)), pr ? text3_in(&pr->short_name, w->lang) : STR("–"),
		main_intervention(c->activity).n ? programme_word_in(p, "intervention", main_intervention(c->activity), w->lang) : STR("–"),
		c->activity->implementer ? c->activity->implementer->name : STR("–"))};
	answer_statement(w, &st);
}

static void table_all(struct answer *w, const struct case_selection *s)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Chosen in step"), MSG("Points"), MSG("Reason"), MSG("In the report")};
	struct listing t = {.w = w};
	struct saying say = {w->arena, w->lang};
	for (size_t i = 0; i < s->n && i < CASE_LISTED_MAX; i++) {
		const struct case_candidate *c = &s->all[i];
		bool candidate = c->excluded == CASE_CANDIDATE;
		listing_english(&t, activity_words(w, c->activity), activity_href(w, c->activity));
		listing_number(&t, c->step ? told_num(&say, c->step) : STR("–"), c->step ? c->step : CHART_MISSING);
		listing_number(&t, candidate ? told_num(&say, case_total(&c->points)) : STR("–"), candidate ? case_total(&c->points) : CHART_MISSING);
		listing_text(&t, c->step ? i18n_text(w->lang, MSG("Most points in its step")) : reason(w, c));
		listing_text(&t, c->in_report ? programme_word_in(s->facts->view->programme, "case-study", c->activity->key, w->lang) : i18n_text(w->lang, MSG("no")));
	}
	listing_show(&t, STR("candidates"), i18n_text(w->lang, MSG("Each activity, and why it was chosen or not")), heads, 6, 5, false);
}

/* Activities with a property, as rows. */
static struct source_row *rows_of(struct answer *w, const struct case_selection *s, bool (*is)(const struct case_candidate *), size_t *ret_n)
{
	struct source_row *rows = ARENA_ARRAY(w->arena, s->n, struct source_row);
	*ret_n = 0;
	for (size_t i = 0; rows && i < s->n; i++)
		if (is(&s->all[i]))
			rows[(*ret_n)++] = activity_source(s->all[i].activity);
	return rows;
}

static bool is_chosen(const struct case_candidate *c)
{
	return c->step != 0;
}

static bool is_in_both(const struct case_candidate *c)
{
	return c->step && c->in_report;
}

static bool is_evaluated(const struct case_candidate *c)
{
	return c->excluded == CASE_EVALUATED;
}

static void tell_count(struct answer *w, const struct case_selection *s, const char *id, const char *definition, str text,
    bool (*is)(const struct case_candidate *))
{
	struct figure f = {.id = str_of(id), .type = FIGURE_COUNT, .known = true, .low = NAN, .high = NAN, .unit = i18n_text(w->lang, MSG("activities")),
	    .definition = i18n_text(w->lang, definition)};
	f.rows = rows_of(w, s, is, &f.n_rows);
	f.value = decimal_of((int64_t)f.n_rows);
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1, .text = text};
	answer_statement(w, &st);
}

static void tell_report(struct answer *w, const struct case_selection *s)
{
	struct saying t = {w->arena, w->lang};
	if (!s->in_report)
		return;
	answer_heading(w, 2, STR("report"), i18n_text(w->lang, MSG("Beside the case studies of the report")));
	tell_count(w, s, "in_both", MSG("Activities chosen here that are among the case studies of the report"),
	    TOLD(&t, MSG("The report has {0} activities in its case studies, some of them together; {1} of the {2} chosen here are among them. {3} of the report's own have an external "
	                 "evaluation, or nothing recorded, and are left out by this rule."),
		told_num(&t, (int64_t)s->in_report), told_num(&t, (int64_t)s->in_both), told_num(&t, (int64_t)s->n_chosen), told_num(&t, (int64_t)s->report_excluded)),
	    is_in_both);
	struct statement st = {.kind = STATEMENT_UNSAID,
	    .text = i18n_text(w->lang, MSG("Why the report chose as it did among the activities that its criteria allow cannot be said.")),
	    .missing = i18n_text(w->lang, MSG("The weight that the evaluators gave to each criterion"))};
	answer_statement(w, &st);
}

static enum err_code tell(const void *made, struct answer *w, struct err *e)
{
	const struct case_selection *s = made;
	struct saying t = {w->arena, w->lang};
	(void)e;
	tell_count(w, s, "chosen", MSG("Activities chosen as case studies by the rule"),
	    TOLD(&t, MSG("{0} case studies are chosen of {1} activities; {2} were asked for."), told_num(&t, (int64_t)s->n_chosen), told_num(&t, (int64_t)s->n), told_num(&t, (int64_t)s->wanted)),
	    is_chosen);
	answer_heading(w, 2, STR("rule"), i18n_text(w->lang, MSG("The rule")));
	answer_text(w, i18n_text(w->lang, MSG("An activity with an external evaluation of its own is left out, as is one that is itself an evaluation and one of which neither a result nor an event is "
	    "recorded. Of the others, in each step the one with the most points is chosen: 100 for a priority that none chosen before has, 30 for a main intervention, 20 for a type of implementer, "
	    "10 for an implementer, and 5 for each of seven things known: start, amount, country, implementer, target, result, three events. With equal points the larger contribution goes "
	    "first, then the smaller number. Nothing is drawn by lot.")));
	answer_heading(w, 2, STR("chosen"), i18n_text(w->lang, MSG("Chosen")));
	for (size_t i = 0; i < s->n_chosen; i++)
		tell_chosen(w, s, s->chosen[i]);
	answer_heading(w, 2, STR("others"), i18n_text(w->lang, MSG("Chosen or not, and why")));
	tell_count(w, s, "evaluated", MSG("Activities left out since they have an external evaluation of their own"),
	    i18n_text(w->lang, MSG("Activities that have an external evaluation of their own are left out.")), is_evaluated);
	table_all(w, s);
	tell_report(w, s);
	return ERR_OK;
}

static void json(struct json_writer *j, const void *made, enum lang l)
{
	const struct case_selection *s = made;
	(void)l;
	jw_key(j, "wanted");
	jw_i64(j, (int64_t)s->wanted);
	jw_key(j, "candidates");
	jw_array(j);
	for (size_t i = 0; i < s->n && i < CASE_LISTED_MAX; i++) {
		const struct case_candidate *c = &s->all[i];
		jw_object(j);
		jw_key(j, "activity_id");
		jw_str(j, c->activity->key);
		jw_key(j, "step");
		if (c->step)
			jw_i64(j, c->step);
		else
			jw_null(j);
		jw_key(j, "points");
		if (c->excluded == CASE_CANDIDATE)
			jw_i64(j, case_total(&c->points));
		else
			jw_null(j);
		jw_key(j, "left_out");
		jw_str(j, c->excluded ? str_of(excluded_slugs[c->excluded]) : STR_NONE);
		jw_key(j, "in_report");
		jw_bool(j, c->in_report);
		jw_object_end(j);
	}
	jw_array_end(j);
}

const struct evaluation_part part_case_selection = {
    .slug = "case-selection",
    .title = MSG("Case studies"),
    .make = make,
    .tell = tell,
    .json = json,
};
