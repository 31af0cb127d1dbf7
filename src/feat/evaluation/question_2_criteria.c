/* Question 2 told, second half: countries and their lists, criteria, differences, refused proposals. */
#include "feat/evaluation/question_2_tell.h"

enum { CASES_TOLD = 500 };

static str case_name(const struct criteria_case *c)
{
	return c->proposal ? c->proposal->subject : c->activity->acronym.n ? c->activity->acronym : c->activity->title;
}

static str case_key(const struct criteria_case *c)
{
	return c->proposal ? c->proposal->proposal_id : c->activity->key;
}

static struct source_row case_row(const struct criteria_case *c)
{
	return c->proposal ? (struct source_row){"rejected_proposal", c->proposal->proposal_id, c->proposal->source_line}
	                   : (struct source_row){"activity", c->activity->key, c->activity->source_line};
}

/* A reason of a model in the language, when the pack says it. */
static str said(const struct telling_2 *s, str text)
{
	const struct decision_label *l = programme_decision_label(s->x->facts->view->programme, CRITERIA_MODEL, "text", text);
	if (l)
		return text3_in(&l->label, s->w->lang);
	return str_starts(text, STR("the input ")) ? tell_text(s, MSG("A fact that the rule needs is not in the records.")) : text;
}

static str label_of(const struct telling_2 *s, const char *kind, str name)
{
	const struct decision_label *l = programme_decision_label(s->x->facts->view->programme, CRITERIA_MODEL, kind, name);
	return l ? text3_in(&l->label, s->w->lang) : name;
}

/* ---- countries ---- */

static void tell_countries(const struct telling_2 *s)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Country"), MSG("Judged as of"), MSG("On the list of its day"), MSG("Why not")};
	static const bool numeric[] = {false, false, false, false, false};
	const struct criteria *x = &s->x->criteria;
	VEC(struct answer_cell) cells = {0};
	VEC(struct source_row) rows[3] = {{0}, {0}, {0}};
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; x->cases[i].activity && k < x->cases[i].n_countries; k++) {
			const struct country_outcome *o = &x->cases[i].countries[k];
			const struct answer_cell row[] = {{.text = case_name(&x->cases[i]), .lang = STR("en"), .sort = CHART_MISSING},
			    tell_cell(i18n_country(s->w->lang, o->country)), tell_cell(told_pdate(&s->t, x->cases[i].day)),
			    tell_cell(tell_text(s, criterion_label(o->outcome))), tell_cell(said(s, o->cause))};
			str key = arena_fmt(s->w->arena, "%.*s/%.*s", STR_ARG(case_key(&x->cases[i])), STR_ARG(o->country));
			struct source_row *r = VEC_ADD(&rows[o->outcome], s->w->arena);
			if (r)
				*r = (struct source_row){"activity_country", key.p ? key : STR(""), STR("")};
			for (size_t c = 0; c < 5 && i < CASES_TOLD; c++) {
				struct answer_cell *slot = VEC_ADD(&cells, s->w->arena);
				if (slot)
					*slot = row[c];
			}
		}
	struct figure f[3];
	static const char *const ids[] = {"countries.met", "countries.not-met", "countries.undetermined"};
	for (size_t i = 0; i < 3; i++)
		f[i] = (struct figure){.id = str_of(ids[i]), .type = FIGURE_COUNT, .known = true, .value = decimal_of((int64_t)rows[i].n), .low = NAN,
		    .high = NAN, .unit = STR(""), .rows = rows[i].p, .n_rows = rows[i].n,
		    .definition = tell_text(s, MSG("Pairs of activity and country, put to the country choice of the day"))};
	struct statement st = {.kind = STATEMENT_JUDGED, .figures = f, .n_figures = 3, .rule = CRITERIA_MODEL, .rule_anchor = STR("countries_in_scope"),
	    .text = TOLD(&s->t, MSG("Countries of activities: {0} on the list of their day, {1} not, {2} cannot be determined."),
		told_num(&s->t, (int64_t)rows[0].n), told_num(&s->t, (int64_t)rows[1].n), told_num(&s->t, (int64_t)rows[2].n))};
	answer_statement(s->w, &st);
	if (cells.n)
		tell_table(s, STR("countries-table"), tell_text(s, MSG("Countries of activities and the country list of the day")), heads, numeric, 5,
		    cells.p, cells.n / 5, true);
}

/* ---- criteria ---- */

static str missing_told(const struct telling_2 *s, const struct criteria_case *c)
{
	str list = STR("");
	for (size_t i = 0; i < c->n_missing; i++)
		list = told_join(&s->t, list, "; ", label_of(s, "input", c->missing[i]));
	return list;
}

static void tell_counts(const struct telling_2 *s, bool proposals)
{
	const struct criteria *x = &s->x->criteria;
	struct figure f[3];
	size_t total = 0;
	for (size_t o = 0; o < 3; o++) {
		struct source_row *rows = ARENA_ARRAY(s->w->arena, x->n, struct source_row);
		str id = arena_fmt(s->w->arena, "criteria.%s.%s", proposals ? "refused" : "granted", criterion_slug((enum criterion_outcome)o));
		size_t n = 0;
		for (size_t i = 0; rows && i < x->n; i++)
			if ((x->cases[i].proposal != NULL) == proposals && (size_t)x->cases[i].whole == o)
				rows[n++] = case_row(&x->cases[i]);
		f[o] = (struct figure){.id = id.p ? id : STR(""), .type = FIGURE_COUNT, .known = true,
		    .value = decimal_of((int64_t)x->counts[proposals][o]), .low = NAN, .high = NAN, .unit = STR(""), .rows = rows, .n_rows = n,
		    .definition = tell_text(s, MSG("Outcome of the five criteria of the subsidy framework together"))};
		total += x->counts[proposals][o];
	}
	struct statement st = {.kind = STATEMENT_JUDGED, .figures = f, .n_figures = 3, .rule = CRITERIA_MODEL, .rule_anchor = STR("criteria_met"),
	    .text = TOLD(&s->t, proposals ? MSG("Of {0} refused proposals {1} meet the criteria, {2} do not, {3} cannot be determined.")
	                                  : MSG("Of {0} activities {1} meet the criteria, {2} do not, {3} cannot be determined."),
		told_num(&s->t, (int64_t)total), told_num(&s->t, (int64_t)x->counts[proposals][0]),
		told_num(&s->t, (int64_t)x->counts[proposals][1]), told_num(&s->t, (int64_t)x->counts[proposals][2]))};
	if (total)
		answer_statement(s->w, &st);
}

/* Which facts the outcome waits for, and in how many cases. */
static void tell_missing(const struct telling_2 *s)
{
	struct {
		str name;
		size_t n;
	} seen[CRITERIA_MISSING_MOST];
	size_t n = 0;
	for (size_t i = 0; i < s->x->criteria.n; i++)
		for (size_t k = 0; k < s->x->criteria.cases[i].n_missing; k++) {
			str name = s->x->criteria.cases[i].missing[k];
			size_t at = 0;
			while (at < n && !str_eq(seen[at].name, name))
				at++;
			if (at == n && n < CRITERIA_MISSING_MOST) {
				seen[n].name = name;
				seen[n++].n = 0;
			}
			if (at < n)
				seen[at].n++;
		}
	for (size_t i = 0; i < n; i++) {
		struct statement st = {.kind = STATEMENT_UNSAID, .missing = label_of(s, "input", seen[i].name),
		    .text = TOLD(&s->t, MSG("Of {0} of {1} cases the records do not hold what the framework asks: {2}"), told_num(&s->t, (int64_t)seen[i].n),
			told_num(&s->t, (int64_t)s->x->criteria.n), label_of(s, "input", seen[i].name))};
		answer_statement(s->w, &st);
	}
}

static void table_cases(const struct telling_2 *s)
{
	enum { COLUMNS = 3 + CRITERIA + 1 };
	static const bool numeric[COLUMNS] = {false};
	static const char *const heads[COLUMNS] = {MSG("Activity or proposal"), MSG("Decision"), MSG("All criteria"), MSG("Priorities"),
	    MSG("Country choice"), MSG("Lasting effect"), MSG("Track record"), MSG("No structural costs"), MSG("Not in the records")};
	const struct criteria *x = &s->x->criteria;
	size_t n = x->n < CASES_TOLD ? x->n : CASES_TOLD;
	struct answer_cell *cells = ARENA_ARRAY(s->w->arena, n * COLUMNS, struct answer_cell);
	for (size_t i = 0; cells && i < n; i++) {
		const struct criteria_case *c = &x->cases[i];
		struct answer_cell *row = &cells[i * COLUMNS];
		row[0] = (struct answer_cell){.text = case_name(c), .lang = STR("en"), .sort = CHART_MISSING};
		row[1] = tell_cell(tell_text(s, c->proposal ? MSG("refused") : MSG("granted")));
		row[2] = tell_cell(tell_text(s, criterion_label(c->whole)));
		for (size_t k = 0; k < CRITERIA; k++)
			row[3 + k] = tell_cell(k < c->n_criteria ? tell_text(s, criterion_label(c->criteria[k].outcome)) : STR(""));
		row[3 + CRITERIA] = tell_cell(missing_told(s, c));
	}
	tell_table(s, STR("criteria-table"), tell_text(s, MSG("The five criteria of the subsidy framework, case by case")), heads, numeric, COLUMNS,
	    cells, n, true);
}

static void tell_differences(const struct telling_2 *s)
{
	const struct criteria *x = &s->x->criteria;
	answer_heading(s->w, 3, STR("differences"), tell_text(s, MSG("Where rule and decision differ")));
	for (size_t i = 0; i < x->n && i < CASES_TOLD; i++) {
		const struct criteria_case *c = &x->cases[i];
		struct source_row *row = ARENA_NEW(s->w->arena, struct source_row);
		str which = STR("");
		if (!c->differs || !row)
			continue;
		*row = case_row(c);
		for (size_t k = 0; k < c->n_criteria; k++)
			if (c->criteria[k].outcome == CRITERION_NOT_MET)
				which = told_join(&s->t, which, "; ", label_of(s, "decision", c->criteria[k].decision));
		struct statement st = {.kind = STATEMENT_JUDGED, .rule = CRITERIA_MODEL, .rule_anchor = STR("criteria_met"), .rows = row, .n_rows = 1,
		    .text = c->proposal ? TOLD(&s->t, MSG("{0} ({1}) was refused, while the criteria are met."), case_name(c), case_key(c))
		                        : TOLD(&s->t, MSG("{0} ({1}) was granted, while a criterion is not met: {2}"), case_name(c), case_key(c), which)};
		answer_statement(s->w, &st);
	}
	size_t open = x->counts[0][CRITERION_UNDETERMINED] + x->counts[1][CRITERION_UNDETERMINED];
	struct statement st = {.kind = STATEMENT_UNSAID,
	    .text = TOLD(&s->t, MSG("Whether rule and decision agree cannot be said of {0} of {1} cases: the rule needs facts that no record holds."),
		told_num(&s->t, (int64_t)open), told_num(&s->t, (int64_t)x->n)),
	    .missing = tell_text(s, MSG("The assessment of each criterion at the time of the decision"))};
	if (open)
		answer_statement(s->w, &st);
}

/* ---- refused proposals ---- */

static void tell_refused(const struct telling_2 *s)
{
	static const char *const heads[] = {MSG("Proposal"), MSG("Countries"), MSG("Criteria")};
	static const char *const ground_heads[] = {MSG("Main ground for refusal")};
	static const bool numeric[] = {false, false, false};
	const struct programme_view *p = s->x->facts->view->programme;
	const struct criteria *x = &s->x->criteria;
	size_t n = 0, refused = x->counts[1][0] + x->counts[1][1] + x->counts[1][2];
	struct answer_cell *cells = ARENA_ARRAY(s->w->arena, refused * 3, struct answer_cell), *grounds = ARENA_ARRAY(s->w->arena, p->n_grounds, struct answer_cell);
	if (!refused || !cells || !grounds)
		return;
	answer_heading(s->w, 3, STR("refused"), tell_text(s, MSG("Refused proposals")));
	tell_counts(s, true);
	for (size_t i = 0; i < x->n; i++) {
		const struct criteria_case *c = &x->cases[i];
		str list = STR("");
		if (!c->proposal)
			continue;
		for (size_t k = 0; k < c->n_countries; k++)
			list = told_join(&s->t, list, ", ", i18n_country(s->w->lang, c->countries[k].country));
		cells[n * 3] = (struct answer_cell){.text = c->proposal->subject, .lang = STR("en"), .sort = CHART_MISSING};
		cells[n * 3 + 1] = tell_cell(list);
		cells[n++ * 3 + 2] = tell_cell(tell_text(s, criterion_label(c->whole)));
	}
	tell_table(s, STR("refused-table"), tell_text(s, MSG("Refused proposals whose files were available")), heads, numeric, 3, cells, n, false);
	for (size_t i = 0; i < p->n_grounds; i++)
		grounds[i] = tell_cell(text3_in(&p->grounds[i].description, s->w->lang));
	tell_table(s, STR("grounds-table"), tell_text(s, MSG("Main grounds for refusal")), ground_heads, numeric, 1, grounds, p->n_grounds, false);
	struct statement st = {.kind = STATEMENT_UNSAID, .text = tell_text(s, MSG("Which ground applied to which refused proposal cannot be said.")),
	    .missing = tell_text(s, MSG("The ground of each refusal, in its memorandum"))};
	answer_statement(s->w, &st);
}

void tell_criteria(const struct telling_2 *s)
{
	answer_heading(s->w, 2, STR("criteria"), tell_text(s, MSG("Were the criteria applied?")));
	if (!s->x->criteria.model) {
		struct statement st = {.kind = STATEMENT_UNSAID, .text = tell_text(s, MSG("Whether the criteria were applied cannot be said.")),
		    .missing = tell_text(s, MSG("A decision model of the criteria in the pack"))};
		answer_statement(s->w, &st);
		return;
	}
	tell_countries(s);
	tell_counts(s, false);
	tell_missing(s);
	table_cases(s);
	tell_differences(s);
	tell_refused(s);
}
