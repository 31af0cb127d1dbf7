/* Question 3 told: a verdict for each activity, their distribution, targets against results by kind, what was not measured. */
#include "engine/stats/stats.h"
#include "feat/evaluation/question_3.h"
#include "feat/evaluation/told.h"

enum { TOLD_ACTIVITIES = 400, PERCENT_LEAST = 10 /* cases without which a percentage says little */ };

struct telling {
	const struct answer_3 *x;
	struct answer *w;
	struct saying t;
};

static struct source_row *rows_new(const struct telling *s, size_t n)
{
	return ARENA_ARRAY(s->w->arena, n, struct source_row);
}

static struct source_row activity_row(const struct activity *x)
{
	return (struct source_row){"activity", x->key, x->source_line};
}

/* ---- what each verdict rests on ---- */

static const struct source_row *rows_of(const struct telling *s, const struct activity_verdict *v, size_t *ret_n)
{
	struct source_row *rows = rows_new(s, 2 * v->n_main + 1);
	size_t n = 0;
	*ret_n = 0;
	if (!rows)
		return NULL;
	for (size_t i = 0; i < v->n_main; i++) {
		const struct verdict_main *m = &v->main[i];
		const struct indicator_value *both[] = {m->actual, m->target == m->actual ? NULL : m->target};
		for (size_t k = 0; k < 2; k++)
			if (both[k])
				rows[n++] = (struct source_row){"indicator_value",
				    indicator_row_key(s->w->arena, v->activity, m->indicator, (size_t)(both[k] - m->indicator->values)),
				    both[k]->source_line};
	}
	if (!n)
		rows[n++] = activity_row(v->activity);
	*ret_n = n;
	return rows;
}

static struct figure ratio_figure(const struct telling *s, const struct activity_verdict *v, size_t i)
{
	const struct verdict_main *m = &v->main[i];
	struct figure_input *in = ARENA_ARRAY(s->w->arena, 2, struct figure_input);
	struct source_row *rows = rows_new(s, 2);
	struct figure f = {.type = FIGURE_RATIO, .known = m->known && in && rows, .value = m->ratio, .low = NAN, .high = NAN, .unit = STR(""),
	    .definition = i18n_text(s->w->lang, MSG("Result as a share of the target; where less is better, target as a share of the result")),
	    .why = i18n_text(s->w->lang, m->target ? MSG("No result is recorded.") : MSG("No target in figures is recorded."))};
	str id = arena_fmt(s->w->arena, "ratio.%.*s.%u", STR_ARG(v->activity->key), (unsigned)m->indicator->no);
	f.id = id.p ? id : STR("");
	if (!f.known)
		return f;
	in[0] = (struct figure_input){i18n_text(s->w->lang, MSG("result")), m->actual->actual_num, m->indicator->unit};
	in[1] = (struct figure_input){i18n_text(s->w->lang, MSG("target")), m->target->target_num, m->indicator->unit};
	rows[0] = (struct source_row){"indicator_value",
	    indicator_row_key(s->w->arena, v->activity, m->indicator, (size_t)(m->actual - m->indicator->values)), m->actual->source_line};
	rows[1] = (struct source_row){"indicator_value",
	    indicator_row_key(s->w->arena, v->activity, m->indicator, (size_t)(m->target - m->indicator->values)), m->target->source_line};
	f.inputs = in;
	f.n_inputs = 2;
	f.rows = rows;
	f.n_rows = m->target == m->actual ? 1 : 2;
	return f;
}

static void tell_verdict(const struct telling *s, const struct activity_verdict *v)
{
	struct answer *w = s->w;
	size_t n_rows;
	const struct source_row *rows = rows_of(s, v, &n_rows);
	struct figure *figures = ARENA_ARRAY(w->arena, v->n_main, struct figure);
	str name = v->activity->acronym.n ? v->activity->acronym : v->activity->title;
	str why = verdict_why(v, w->lang, w->arena);
	struct statement st = {.kind = STATEMENT_JUDGED, .figures = figures, .rule = VERDICT_MODEL, .rule_anchor = STR("verdict"),
	    .rows = rows, .n_rows = n_rows,
	    .text = TOLD(&s->t, MSG("{0} ({1}): {2}. {3}"), name, v->activity->key, i18n_text(w->lang, verdict_label(v->verdict)), why)};
	for (size_t i = 0; figures && i < v->n_main; i++)
		figures[st.n_figures++] = ratio_figure(s, v, i);
	if (v->verdict == VERDICT_UNDETERMINED) {
		st.kind = STATEMENT_UNSAID;
		st.missing = v->cause.n ? v->cause : i18n_text(w->lang, MSG("The rule gives no outcome."));
	}
	answer_statement(w, &st);
}

/* ---- counts ---- */

/* Keys of the activities with a verdict (VERDICT_COUNT: any), of a priority (NULL: any), not outside. */
static const struct source_row *activities_with(const struct telling *s, enum verdict v, const struct priority *p, size_t *ret_n)
{
	struct source_row *rows = rows_new(s, s->x->facts->n);
	*ret_n = 0;
	for (size_t i = 0; rows && i < s->x->facts->n; i++) {
		const struct activity *x = s->x->facts->activities[i];
		if (facts_outside(x) || (v != VERDICT_COUNT && s->x->verdicts[i].verdict != v))
			continue;
		if (!p || activity_primary_priority(x) == p->code)
			rows[(*ret_n)++] = activity_row(x);
	}
	return rows;
}

static void tell_total(const struct telling *s)
{
	struct figure f = {.id = STR("activities"), .type = FIGURE_COUNT, .known = true, .value = decimal_of((int64_t)s->x->total.n), .low = NAN,
	    .high = NAN, .unit = i18n_text(s->w->lang, MSG("activities")),
	    .definition = i18n_text(s->w->lang, MSG("Activities of the scope that were paid from the programme, as known on the day"))};
	f.rows = activities_with(s, VERDICT_COUNT, NULL, &f.n_rows);
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = TOLD(&s->t, MSG("{0} activities are judged, as known on {1}."), told_num(&s->t, (int64_t)s->x->total.n),
		told_date(&s->t, s->x->facts->scope.as_of))};
	answer_statement(s->w, &st);
}

/* "12 of 40 (30%, 95% interval 18% to 45%)"; without percentages when there are few. */
static str share_told(const struct telling *s, size_t k, size_t n)
{
	struct stats_share share;
	str counts = TOLD(&s->t, MSG("{0} of {1}"), told_num(&s->t, (int64_t)k), told_num(&s->t, (int64_t)n));
	if (n < PERCENT_LEAST || !stats_share(k, n, &share))
		return counts;
	decimal v[3] = {DECIMAL_ZERO, DECIMAL_ZERO, DECIMAL_ZERO};
	const double from[] = {share.share, share.lo, share.hi};
	for (size_t i = 0; i < 3; i++)
		v[i] = decimal_scaled((int64_t)(from[i] * 10000 + 0.5), -4);
	return TOLD(&s->t, MSG("{0} ({1}; 95% interval {2} to {3})"), counts, told_percent(&s->t, v[0]), told_percent(&s->t, v[1]),
	    told_percent(&s->t, v[2]));
}

static str money_told(const struct telling *s, const struct verdict_count *c)
{
	str sum = c->n > c->n_unknown ? told_money(&s->t, c->minor, "EUR") : STR("");
	if (!c->n_unknown)
		return sum;
	return told_join(&s->t, sum, ", ", TOLD(&s->t, MSG("{0} not known"), told_num(&s->t, (int64_t)c->n_unknown)));
}

static struct figure count_figure(const struct telling *s, const struct results_of *r, enum verdict v)
{
	struct figure_input *in = ARENA_ARRAY(s->w->arena, 2, struct figure_input);
	struct stats_share share = {0};
	struct figure f = {.type = FIGURE_SHARE, .unit = STR(""), .known = in && stats_share(r->by[v].n, r->n, &share),
	    .definition = i18n_text(s->w->lang, MSG("Activities with this verdict as a share of the activities judged; interval by Wilson, 95%")),
	    .why = i18n_text(s->w->lang, MSG("No activity is judged."))};
	str id = r->priority ? arena_fmt(s->w->arena, "verdict.%d.%s", r->priority->code, verdict_slug(v))
	                     : arena_fmt(s->w->arena, "verdict.all.%s", verdict_slug(v));
	f.id = id.p ? id : STR("");
	f.low = share.lo;
	f.high = share.hi;
	if (!f.known || !decimal_div(decimal_of((int64_t)r->by[v].n), decimal_of((int64_t)r->n), &f.value)) {
		f.known = false;
		return f;
	}
	in[0] = (struct figure_input){i18n_text(s->w->lang, verdict_label(v)), decimal_of((int64_t)r->by[v].n),
	    i18n_text(s->w->lang, MSG("activities"))};
	in[1] = (struct figure_input){i18n_text(s->w->lang, MSG("all")), decimal_of((int64_t)r->n), i18n_text(s->w->lang, MSG("activities"))};
	f.inputs = in;
	f.n_inputs = 2;
	f.rows = activities_with(s, v, r->priority, &f.n_rows);
	return f;
}

static void tell_distribution(const struct telling *s, const struct results_of *r)
{
	struct figure figures[VERDICT_COUNT];
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = figures};
	str list = STR("");
	for (int v = 0; v < VERDICT_COUNT; v++) {
		if (!r->by[v].n)
			continue;
		figures[st.n_figures++] = count_figure(s, r, (enum verdict)v);
		list = told_join(&s->t, list, "; ", TOLD(&s->t, MSG("{0}: {1}, {2}"), i18n_text(s->w->lang, verdict_label((enum verdict)v)),
		    share_told(s, r->by[v].n, r->n), money_told(s, &r->by[v])));
	}
	str name = r->priority ? text3_in(&r->priority->short_name, s->w->lang) : i18n_text(s->w->lang, MSG("All activities"));
	st.text = TOLD(&s->t, MSG("{0}: {1}."), name, list);
	if (st.n_figures)
		answer_statement(s->w, &st);
}

static void chart_distribution(const struct telling *s)
{
	struct answer *w = s->w;
	size_t n = s->x->n_priorities;
	str *rows = ARENA_ARRAY(w->arena, VERDICT_COUNT, str), *columns = ARENA_ARRAY(w->arena, n, str);
	double *v = ARENA_ARRAY(w->arena, VERDICT_COUNT * n, double);
	struct chart *c = ARENA_NEW(w->arena, struct chart);
	if (!rows || !columns || !v || !c || n > CHART_MATRIX_COLUMNS_MAX || !s->x->total.n)
		return;
	for (size_t k = 0; k < n; k++)
		columns[k] = text3_in(&s->x->priorities[k].priority->short_name, w->lang);
	for (size_t i = 0; i < VERDICT_COUNT; i++) {
		rows[i] = i18n_text(w->lang, verdict_label((enum verdict)i));
		for (size_t k = 0; k < n; k++)
			v[i * n + k] = (double)s->x->priorities[k].by[i].n;
	}
	*c = (struct chart){.kind = CHART_MATRIX, .id = STR("verdicts"), .title = i18n_text(w->lang, MSG("Verdicts on activities, by priority")),
	    .row_head = i18n_text(w->lang, MSG("Verdict")), .value_head = i18n_text(w->lang, MSG("Activities")), .lang = answer_chart_lang(w),
	    .format = answer_chart_counts(w), .matrix = {rows, VERDICT_COUNT, columns, n, v}};
	answer_chart(w, c, i18n_text(w->lang, MSG("How many activities of each priority got which verdict.")), STR(""));
}

static void chart_targets(const struct telling *s)
{
	struct answer *w = s->w;
	VEC(struct chart_target) rows = {0};
	struct chart *c = ARENA_NEW(w->arena, struct chart);
	for (size_t i = 0; i < s->x->facts->n; i++) {
		const struct activity_verdict *v = &s->x->verdicts[i];
		for (size_t k = 0; k < v->n_main && rows.n < CHART_ROWS_MAX; k++) {
			const struct verdict_main *m = &v->main[k];
			struct chart_target *r = m->known ? VEC_ADD(&rows, w->arena) : NULL;
			if (!r)
				continue;
			str label = arena_fmt(w->arena, "%.*s: %.*s", STR_ARG(v->activity->acronym.n ? v->activity->acronym : v->activity->key),
			    STR_ARG(m->indicator->title));
			*r = (struct chart_target){.label = label.p ? label : STR(""), .baseline = CHART_MISSING,
			    .target = decimal_to_double(m->target->target_num), .result = decimal_to_double(m->actual->actual_num),
			    .unit = m->indicator->unit};
		}
	}
	if (!c || !rows.n)
		return;
	*c = (struct chart){.kind = CHART_TARGETS, .id = STR("targets"), .title = i18n_text(w->lang, MSG("Targets and results of the main indicators")),
	    .row_head = i18n_text(w->lang, MSG("Indicator")), .value_head = i18n_text(w->lang, MSG("Result as a share of the target")),
	    .row_lang = STR("en"), .lang = answer_chart_lang(w), .format = answer_chart_counts(w), .targets = {rows.p, rows.n}};
	answer_chart(w, c, i18n_text(w->lang, MSG("Each main indicator of which both target and result are known.")), STR(""));
}

/* ---- outputs and outcomes, apart ---- */

static struct answer_cell cell(str text)
{
	return (struct answer_cell){.text = text, .sort = CHART_MISSING, .missing = !text.n};
}

static struct answer_cell number_cell(const struct telling *s, size_t n)
{
	return (struct answer_cell){.text = told_num(&s->t, (int64_t)n), .sort = (double)n};
}

static void kind_row(const struct telling *s, struct answer_cell *c, str name, const struct target_tally *t)
{
	c[0] = cell(name);
	c[1] = number_cell(s, t->met + t->not_met + t->no_result);
	c[2] = number_cell(s, t->met);
	c[3] = number_cell(s, t->not_met);
	c[4] = number_cell(s, t->no_result);
	c[5] = number_cell(s, t->no_target);
}

static void table_kind(const struct telling *s, bool outcomes)
{
	enum { COLUMNS = 6 };
	static const bool numeric[COLUMNS] = {false, true, true, true, true, true};
	static const char *const heads[COLUMNS] = {MSG("Priority"), MSG("With a target"), MSG("Target met"), MSG("Target not met"),
	    MSG("Not measured"), MSG("Result without a target")};
	struct answer *w = s->w;
	size_t n = s->x->n_priorities;
	str *columns = ARENA_ARRAY(w->arena, COLUMNS, str);
	struct answer_cell *cells = ARENA_ARRAY(w->arena, (n + 1) * COLUMNS, struct answer_cell);
	struct answer_table *t = ARENA_NEW(w->arena, struct answer_table);
	if (!columns || !cells || !t)
		return;
	for (size_t i = 0; i < COLUMNS; i++)
		columns[i] = i18n_text(w->lang, heads[i]);
	for (size_t i = 0; i < n; i++) {
		const struct results_of *r = &s->x->priorities[i];
		kind_row(s, &cells[i * COLUMNS], text3_in(&r->priority->short_name, w->lang), outcomes ? &r->outcomes.rows : &r->outputs.rows);
	}
	kind_row(s, &cells[n * COLUMNS], i18n_text(w->lang, MSG("All activities")),
	    outcomes ? &s->x->total.outcomes.rows : &s->x->total.outputs.rows);
	*t = (struct answer_table){.id = outcomes ? STR("outcomes") : STR("outputs"), .columns = columns, .numeric = numeric, .n_columns = COLUMNS,
	    .cells = cells, .n_rows = n + 1,
	    .caption = i18n_text(w->lang, outcomes ? MSG("Outcomes: figures by what became of the target")
	                                           : MSG("Outputs: figures by what became of the target"))};
	answer_table(w, t, false);
}

/* ---- the programme's own figures ---- */

static void table_programme(const struct telling *s)
{
	enum { COLUMNS = 5 };
	static const bool numeric[COLUMNS] = {false, true, true, false, false};
	static const char *const heads[COLUMNS] = {MSG("Figure"), MSG("Target"), MSG("Result"), MSG("Unit"), MSG("As of")};
	struct answer *w = s->w;
	const struct activity *x = s->x->facts->programme;
	VEC(struct answer_cell) cells = {0};
	str *columns = ARENA_ARRAY(w->arena, COLUMNS, str);
	struct answer_table *t = ARENA_NEW(w->arena, struct answer_table);
	for (size_t i = 0; x && i < x->n_indicators; i++)
		for (size_t k = 0; k < x->indicators[i].n_values; k++) {
			const struct indicator_value *v = &x->indicators[i].values[k];
			const struct answer_cell row[COLUMNS] = {
			    {.text = x->indicators[i].title, .lang = STR("en"), .sort = CHART_MISSING},
			    cell(v->target.p ? told_decimal(&s->t, v->target_num, 2) : STR("")),
			    cell(v->actual.p ? told_decimal(&s->t, v->actual_num, 2) : STR("")),
			    cell(programme_word_in(s->x->facts->view->programme, "unit", x->indicators[i].unit, w->lang)),
			    cell(told_pdate(&s->t, v->as_of))};
			for (size_t c = 0; c < COLUMNS; c++) {
				struct answer_cell *slot = VEC_ADD(&cells, w->arena);
				if (!slot)
					return;
				*slot = row[c];
			}
		}
	if (!columns || !t || !cells.n)
		return;
	for (size_t i = 0; i < COLUMNS; i++)
		columns[i] = i18n_text(w->lang, heads[i]);
	*t = (struct answer_table){.id = STR("programme"), .caption = i18n_text(w->lang, MSG("Figures of the programme as a whole, not of one activity")),
	    .columns = columns, .numeric = numeric, .n_columns = COLUMNS, .cells = cells.p, .n_rows = cells.n / COLUMNS};
	answer_table(w, t, true);
}

/* ---- what cannot be said ---- */

static void tell_unsaid(const struct telling *s)
{
	struct answer *w = s->w;
	const struct results_of *all = &s->x->total;
	struct statement st = {.kind = STATEMENT_UNSAID};
	if (all->by[VERDICT_NO_TARGET].n) {
		st.text = TOLD(&s->t, MSG("Of {0} activities it cannot be said whether the results were reached: no main indicator has a target in figures."),
		    told_num(&s->t, (int64_t)all->by[VERDICT_NO_TARGET].n));
		st.missing = i18n_text(w->lang, MSG("A target in figures, set before the start"));
		st.rows = activities_with(s, VERDICT_NO_TARGET, NULL, &st.n_rows);
		answer_statement(w, &st);
	}
	if (all->by[VERDICT_NOT_MEASURED].n) {
		st.text = TOLD(&s->t, MSG("Of {0} activities that are over nothing was measured on any main indicator."),
		    told_num(&s->t, (int64_t)all->by[VERDICT_NOT_MEASURED].n));
		st.missing = i18n_text(w->lang, MSG("A result, with its date"));
		st.rows = activities_with(s, VERDICT_NOT_MEASURED, NULL, &st.n_rows);
		answer_statement(w, &st);
	}
	if (all->all.n_unknown) {
		st = (struct statement){.kind = STATEMENT_UNSAID,
		    .text = TOLD(&s->t, MSG("The weight by money leaves out {0} activities whose contribution is not known."),
			told_num(&s->t, (int64_t)all->all.n_unknown)),
		    .missing = i18n_text(w->lang, MSG("The contribution of the ministry to each activity"))};
		answer_statement(w, &st);
	}
	st = (struct statement){.kind = STATEMENT_UNSAID,
	    .text = i18n_text(w->lang, MSG("Whether the results made a difference cannot be read from these figures: they count what was done and "
		"what was measured afterwards, without a comparison.")),
	    .missing = i18n_text(w->lang, MSG("A baseline, and a comparison with people or organisations that got no support"))};
	answer_statement(w, &st);
}

enum err_code answer_3_tell(const void *made, struct answer *w, struct err *e)
{
	struct telling s = {made, w, {w->arena, w->lang}};
	(void)e;
	tell_total(&s);
	answer_heading(w, 2, STR("distribution"), i18n_text(w->lang, MSG("How many results were reached")));
	tell_distribution(&s, &s.x->total);
	for (size_t i = 0; i < s.x->n_priorities; i++)
		tell_distribution(&s, &s.x->priorities[i]);
	chart_distribution(&s);
	answer_heading(w, 2, STR("about-activities"), i18n_text(w->lang, MSG("Activity by activity")));
	chart_targets(&s);
	for (size_t i = 0; i < s.x->facts->n && i < TOLD_ACTIVITIES; i++)
		tell_verdict(&s, &s.x->verdicts[i]);
	if (s.x->facts->n > TOLD_ACTIVITIES)
		answer_text(w, TOLD(&s.t, MSG("{0} further activities stand in the data file."),
		    told_num(&s.t, (int64_t)(s.x->facts->n - TOLD_ACTIVITIES))));
	answer_heading(w, 2, STR("kinds"), i18n_text(w->lang, MSG("Outputs and outcomes, apart")));
	answer_text(w, i18n_text(w->lang, MSG("What was delivered and what changed are different things: they are never added. Rows of figures may "
	    "overlap, a total and its parts; each counts once as it stands.")));
	table_kind(&s, false);
	table_kind(&s, true);
	table_programme(&s);
	answer_heading(w, 2, STR("unsaid"), i18n_text(w->lang, MSG("What cannot be said")));
	tell_unsaid(&s);
	return ERR_OK;
}
