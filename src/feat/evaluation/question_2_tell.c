/* Question 2 told, first half: spending, groups, spread, overlap. */
#include "engine/stats/stats.h"
#include "feat/evaluation/question_2_tell.h"

const char *const grouping_heads[GROUPINGS] = {MSG("Priority"), MSG("Year of the start"), MSG("Kind of organisation that carries it out"),
    MSG("Country"), MSG("Size of the contribution")};

str tell_text(const struct telling_2 *s, const char *msg)
{
	return i18n_text(s->w->lang, msg);
}

struct answer_cell tell_cell(str text)
{
	return (struct answer_cell){.text = text, .sort = CHART_MISSING, .missing = !text.n};
}

struct answer_cell tell_number(const struct telling_2 *s, int64_t n)
{
	return (struct answer_cell){.text = told_num(&s->t, n), .sort = (double)n};
}

static struct answer_cell money_cell(const struct telling_2 *s, money m)
{
	if (!money_is(m))
		return (struct answer_cell){.text = STR("–"), .sort = CHART_MISSING, .missing = true};
	return (struct answer_cell){.text = told_money(&s->t, m.minor, m.currency), .sort = (double)m.minor / 100};
}

static money known_money(const struct money_count *c)
{
	return c->n > c->n_unknown ? MONEY(c->minor, "EUR") : MONEY_NONE;
}

void tell_table(const struct telling_2 *s, str id, str caption, const char *const *heads, const bool *numeric, size_t n_columns,
    const struct answer_cell *cells, size_t n_rows, bool folded)
{
	str *columns = ARENA_ARRAY(s->w->arena, n_columns, str);
	struct answer_table *t = ARENA_NEW(s->w->arena, struct answer_table);
	if (!columns || !t || !cells)
		return;
	for (size_t i = 0; i < n_columns; i++)
		columns[i] = tell_text(s, heads[i]);
	*t = (struct answer_table){.id = id, .caption = caption, .columns = columns, .numeric = numeric, .n_columns = n_columns, .cells = cells,
	    .n_rows = n_rows};
	answer_table(s->w, t, folded);
}

/* ---- spending ---- */

static struct source_row line_row(const struct telling_2 *s, const struct budget_line *l)
{
	str key = arena_fmt(s->w->arena, "%d/%d/expenditure", l->year, l->priority);
	if (l->year != l->year_last)
		key = arena_fmt(s->w->arena, "%d-%d/%d/expenditure", l->year, l->year_last, l->priority);
	return (struct source_row){"budget_line", key.p ? key : STR(""), l->source_line};
}

static str spending_id(const struct telling_2 *s, const char *what, const struct spending_year *y, int priority)
{
	str id = priority ? arena_fmt(s->w->arena, "%s.%d.%d", what, y->year, priority) : arena_fmt(s->w->arena, "%s.%d", what, y->year);
	return id.p ? id : STR("");
}

/* The sum of a year, and the share of each priority with an amount: figures of one statement. */
static void tell_year(const struct telling_2 *s, const struct spending_year *y)
{
	const struct programme_view *p = s->x->facts->view->programme;
	struct figure *f = ARENA_ARRAY(s->w->arena, p->n_priorities + 1, struct figure);
	struct source_row *rows = ARENA_ARRAY(s->w->arena, p->n_priorities + 1, struct source_row);
	struct figure_input *in = ARENA_ARRAY(s->w->arena, 2 * p->n_priorities, struct figure_input);
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = f, .n_figures = 1};
	str list = STR("");
	size_t n = 0;
	if (!f || !rows || !in || !money_is(y->sum))
		return;
	decimal sum = decimal_scaled(y->sum.minor, -2);
	for (size_t i = 0; i < p->n_priorities; i++)
		if (y->by[i] && money_is(y->by[i]->amount))
			rows[n++] = line_row(s, y->by[i]);
	f[0] = (struct figure){.id = spending_id(s, "spending", y, 0), .type = FIGURE_MONEY, .known = true, .value = sum, .low = NAN, .high = NAN,
	    .unit = STR("EUR"), .definition = tell_text(s, MSG("Amounts spent on the priorities in a year, added up")), .rows = rows, .n_rows = n};
	for (size_t i = 0, at = 0; i < p->n_priorities; i++) {
		decimal share;
		if (!y->by[i] || !money_is(y->by[i]->amount) || !decimal_div(decimal_scaled(y->by[i]->amount.minor, -2), sum, &share))
			continue;
		in[2 * at] = (struct figure_input){text3_in(&p->priorities[i].short_name, s->w->lang), decimal_scaled(y->by[i]->amount.minor, -2),
		    STR("EUR")};
		in[2 * at + 1] = (struct figure_input){tell_text(s, MSG("all")), sum, STR("EUR")};
		f[st.n_figures++] = (struct figure){.id = spending_id(s, "share", y, p->priorities[i].code), .type = FIGURE_SHARE, .known = true,
		    .value = share, .low = NAN, .high = NAN, .unit = STR(""), .inputs = &in[2 * at], .n_inputs = 2, .rows = rows, .n_rows = n,
		    .definition = tell_text(s, MSG("Amount spent on a priority in a year as a share of all amounts of that year"))};
		at++;
		list = told_join(&s->t, list, "; ", TOLD(&s->t, MSG("{0}: {1} ({2})"), text3_in(&p->priorities[i].short_name, s->w->lang),
		    told_money(&s->t, y->by[i]->amount.minor, "EUR"), told_percent(&s->t, share)));
	}
	str years = y->year == y->year_last ? arena_fmt(s->w->arena, "%d", y->year) : arena_fmt(s->w->arena, "%d–%d", y->year, y->year_last);
	st.text = TOLD(&s->t, MSG("{0}: {1}, of which {2}."), years, told_money(&s->t, y->sum.minor, "EUR"), list);
	answer_statement(s->w, &st);
}

/* A printed total that the amounts do not add up to is said, not corrected. */
static void tell_difference(const struct telling_2 *s, const struct spending_year *y)
{
	if (!y->printed || !money_is(y->printed->amount) || !money_is(y->sum) || y->printed->amount.minor == y->sum.minor)
		return;
	struct source_row *row = ARENA_NEW(s->w->arena, struct source_row);
	struct statement st = {.kind = STATEMENT_UNSAID, .missing = tell_text(s, MSG("The amounts behind the printed total"))};
	st.text = TOLD(&s->t, MSG("{0}: the amounts add up to {1}, the source prints a total of {2}."), arena_fmt(s->w->arena, "%d", y->year),
	    told_money(&s->t, y->sum.minor, "EUR"), told_money(&s->t, y->printed->amount.minor, "EUR"));
	if (row) {
		*row = line_row(s, y->printed);
		st.rows = row;
		st.n_rows = 1;
	}
	answer_statement(s->w, &st);
}

static void table_spending(const struct telling_2 *s)
{
	const struct programme_view *p = s->x->facts->view->programme;
	size_t columns = p->n_priorities + 3;
	struct answer_cell *cells = ARENA_ARRAY(s->w->arena, columns * s->x->n_years, struct answer_cell);
	str *heads = ARENA_ARRAY(s->w->arena, columns, str);
	bool *numeric = ARENA_ARRAY(s->w->arena, columns, bool);
	struct answer_table *t = ARENA_NEW(s->w->arena, struct answer_table);
	if (!cells || !heads || !numeric || !t)
		return;
	heads[0] = tell_text(s, MSG("Year"));
	heads[columns - 2] = tell_text(s, MSG("Sum"));
	heads[columns - 1] = tell_text(s, MSG("Total as printed"));
	for (size_t k = 0; k + 1 < columns; k++)
		numeric[k + 1] = true;
	for (size_t k = 0; k < p->n_priorities; k++)
		heads[k + 1] = text3_in(&p->priorities[k].short_name, s->w->lang);
	for (size_t i = 0; i < s->x->n_years; i++) {
		const struct spending_year *y = &s->x->years[i];
		struct answer_cell *c = &cells[i * columns];
		str name = y->year == y->year_last ? arena_fmt(s->w->arena, "%d", y->year) : arena_fmt(s->w->arena, "%d–%d", y->year, y->year_last);
		c[0] = tell_cell(name.p ? name : STR(""));
		for (size_t k = 0; k < p->n_priorities; k++)
			c[k + 1] = money_cell(s, y->by[k] ? y->by[k]->amount : MONEY_NONE);
		c[columns - 2] = money_cell(s, y->sum);
		c[columns - 1] = money_cell(s, y->printed ? y->printed->amount : MONEY_NONE);
	}
	*t = (struct answer_table){.id = STR("spending-table"), .caption = tell_text(s, MSG("Spending by year and priority, in euros")),
	    .columns = heads, .numeric = numeric, .n_columns = columns, .cells = cells, .n_rows = s->x->n_years};
	answer_table(s->w, t, false);
}

static void chart_spending(const struct telling_2 *s)
{
	const struct programme_view *p = s->x->facts->view->programme;
	size_t n = s->x->n_single, m = p->n_priorities;
	str *years = ARENA_ARRAY(s->w->arena, n, str);
	struct chart_series *series = ARENA_ARRAY(s->w->arena, m, struct chart_series);
	double *v = ARENA_ARRAY(s->w->arena, n * m, double);
	struct chart *c = ARENA_NEW(s->w->arena, struct chart);
	if (!years || !series || !v || !c || !n || m > CHART_SERIES_MAX || n > CHART_CATEGORIES_MAX)
		return;
	for (size_t i = 0; i < n; i++) {
		years[i] = arena_fmt(s->w->arena, "%d", s->x->years[i].year);
		for (size_t k = 0; k < m; k++) {
			const struct budget_line *l = s->x->years[i].by[k];
			v[k * n + i] = l && money_is(l->amount) ? (double)l->amount.minor / 100 : CHART_MISSING;
		}
	}
	for (size_t k = 0; k < m; k++)
		series[k] = (struct chart_series){text3_in(&p->priorities[k].short_name, s->w->lang), &v[k * n]};
	*c = (struct chart){.kind = CHART_COLUMNS, .id = STR("spending-chart"), .title = tell_text(s, MSG("Spending by year and priority")),
	    .row_head = tell_text(s, MSG("Year")), .value_head = tell_text(s, MSG("Expenditure, million euro")), .lang = answer_chart_lang(s->w),
	    .format = answer_chart_euros(s->w), .columns = {years, n, series, m, true}};
	answer_chart(s->w, c, tell_text(s, MSG("Amounts as the source prints them; a dash is not known.")), STR(""));
}

static void tell_spending(const struct telling_2 *s)
{
	answer_heading(s->w, 2, STR("spending"), tell_text(s, MSG("What was spent")));
	if (!s->x->n_years) {
		struct statement st = {.kind = STATEMENT_UNSAID, .text = tell_text(s, MSG("How much was spent in these years is not in the records.")),
		    .missing = tell_text(s, MSG("Amounts spent by year and priority"))};
		answer_statement(s->w, &st);
		return;
	}
	for (size_t i = 0; i < s->x->n_years; i++) {
		tell_year(s, &s->x->years[i]);
		tell_difference(s, &s->x->years[i]);
	}
	table_spending(s);
	chart_spending(s);
}

/* ---- groups ---- */

static str group_name(const struct telling_2 *s, enum grouping by, const struct group *g)
{
	const struct priority *p;
	switch (by) {
	case BY_PRIORITY:
		p = programme_priority(s->x->facts->view->programme, g->order);
		return p ? text3_in(&p->short_name, s->w->lang) : g->key;
	case BY_CHANNEL:
		return tell_text(s, org_type_label(g->key));
	case BY_COUNTRY:
		return i18n_country(s->w->lang, g->key);
	case BY_SIZE:
		return tell_text(s, size_class_label((enum size_class)g->order));
	default:
		return g->key;
	}
}

static const struct source_row *member_rows(const struct telling_2 *s, const struct group *g)
{
	struct source_row *rows = ARENA_ARRAY(s->w->arena, g->n_members, struct source_row);
	for (size_t i = 0; rows && i < g->n_members; i++)
		rows[i] = (struct source_row){"activity", g->members[i]->key, g->members[i]->source_line};
	return rows;
}

static void tell_groups(const struct telling_2 *s, enum grouping by)
{
	static const char *const ids[GROUPINGS] = {"by-priority", "by-year", "by-channel", "by-country", "by-size"};
	static const bool numeric[] = {false, true, true, true};
	const struct groups *g = &s->x->groups[by];
	const char *heads[] = {grouping_heads[by], MSG("Activities"), MSG("Contribution, where known"), MSG("Contribution not known")};
	struct answer_cell *cells = ARENA_ARRAY(s->w->arena, g->n * 4, struct answer_cell);
	struct figure *figures = ARENA_ARRAY(s->w->arena, g->n, struct figure);
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = figures};
	str list = STR("");
	if (!cells || !figures)
		return;
	for (size_t i = 0; i < g->n; i++) {
		str name = group_name(s, by, &g->p[i]), id = arena_fmt(s->w->arena, "%s.%.*s", ids[by], STR_ARG(g->p[i].key));
		cells[i * 4] = tell_cell(name);
		cells[i * 4 + 1] = tell_number(s, (int64_t)g->p[i].c.n);
		cells[i * 4 + 2] = money_cell(s, known_money(&g->p[i].c));
		cells[i * 4 + 3] = tell_number(s, (int64_t)g->p[i].c.n_unknown);
		figures[st.n_figures++] = (struct figure){.id = id.p ? id : STR(""), .type = FIGURE_COUNT, .known = true,
		    .value = decimal_of((int64_t)g->p[i].c.n), .low = NAN, .high = NAN, .unit = tell_text(s, MSG("activities")),
		    .definition = tell_text(s, by == BY_COUNTRY ? MSG("Activities that name the country, each in every country it names")
		                                                : MSG("Activities of the group, each in one group")),
		    .rows = member_rows(s, &g->p[i]), .n_rows = g->p[i].n_members};
		list = told_join(&s->t, list, ", ", TOLD(&s->t, MSG("{0} {1}"), name, told_num(&s->t, (int64_t)g->p[i].c.n)));
	}
	st.text = TOLD(&s->t, MSG("{0}: {1}. Not known of {2}."), tell_text(s, grouping_heads[by]), list, told_num(&s->t, (int64_t)g->n_without));
	if (g->n)
		answer_statement(s->w, &st);
	str caption = TOLD(&s->t, MSG("Activities and contributions: {0}"), tell_text(s, grouping_heads[by]));
	tell_table(s, str_of(ids[by]), caption, heads, numeric, 4, cells, g->n, by == BY_COUNTRY);
}

/* ---- spread ---- */

static const struct source_row *known_rows(const struct telling_2 *s, size_t *ret_n)
{
	struct source_row *rows = ARENA_ARRAY(s->w->arena, s->x->n, struct source_row);
	*ret_n = 0;
	for (size_t i = 0; rows && i < s->x->n; i++)
		if (money_is(s->x->own[i]->contribution))
			rows[(*ret_n)++] = (struct source_row){"activity", s->x->own[i]->key, s->x->own[i]->source_line};
	return rows;
}

static decimal rounded(double v)
{
	return decimal_scaled((int64_t)(v * 1e6 + 0.5), -6);
}

static void tell_concentration(const struct telling_2 *s, const struct concentration *c, bool orgs)
{
	struct figure_input in[] = {{tell_text(s, MSG("known contributions")), decimal_of((int64_t)c->n), STR("")},
	    {tell_text(s, MSG("the largest")), decimal_of((int64_t)c->top_of), STR("")}};
	struct figure f[2] = {
	    {.id = orgs ? STR("top.organisations") : STR("top.activities"), .type = FIGURE_SHARE, .known = c->known, .value = rounded(c->top),
		.low = NAN, .high = NAN, .unit = STR(""), .inputs = in, .n_inputs = 2, .why = tell_text(s, MSG("No contribution is known.")),
		.definition = tell_text(s, MSG("Share of the largest ten in the sum of the known contributions"))},
	    {.id = orgs ? STR("herfindahl.organisations") : STR("herfindahl.activities"), .type = FIGURE_RATIO, .known = c->known,
		.value = rounded(c->herfindahl), .low = NAN, .high = NAN, .unit = STR(""), .inputs = in, .n_inputs = 1,
		.why = tell_text(s, MSG("No contribution is known.")),
		.definition = tell_text(s, MSG("Herfindahl index: the sum of the squared shares, from 1/n (all alike) to 1 (one has all)"))}};
	f[0].rows = f[1].rows = known_rows(s, &f[0].n_rows);
	f[1].n_rows = f[0].n_rows;
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = f, .n_figures = 2};
	str share = c->known ? told_percent(&s->t, rounded(c->top)) : STR("–"), index = c->known ? told_decimal(&s->t, rounded(c->herfindahl), 3) : STR("–");
	st.text = TOLD(&s->t, orgs ? MSG("The {0} largest of {1} organisations have {2} of the known contributions; Herfindahl index {3}.")
	                           : MSG("The {0} largest of {1} activities have {2} of the known contributions; Herfindahl index {3}."),
	    told_num(&s->t, (int64_t)c->top_of), told_num(&s->t, (int64_t)c->n), share, index);
	answer_statement(s->w, &st);
}

static void share_figure(const struct telling_2 *s, struct figure *f, struct figure_input *in, size_t k, size_t n)
{
	struct stats_share share = {0};
	f->type = FIGURE_SHARE;
	f->unit = STR("");
	f->why = tell_text(s, MSG("No contribution is known."));
	f->known = stats_share(k, n, &share) && decimal_div(decimal_of((int64_t)k), decimal_of((int64_t)n), &f->value);
	f->low = share.lo;
	f->high = share.hi;
	in[0] = (struct figure_input){tell_text(s, MSG("smaller ones")), decimal_of((int64_t)k), tell_text(s, MSG("activities"))};
	in[1] = (struct figure_input){tell_text(s, MSG("with a known contribution")), decimal_of((int64_t)n), tell_text(s, MSG("activities"))};
	f->inputs = in;
	f->n_inputs = 2;
	f->definition = tell_text(s, MSG("Activities below this contribution as a share of those whose contribution is known; interval by Wilson, 95%"));
}

static void tell_load(const struct telling_2 *s)
{
	size_t known = s->x->all.n - s->x->all.n_unknown;
	struct figure f[3] = {{.id = STR("load"), .type = FIGURE_NUMBER, .unit = tell_text(s, MSG("activities per million euros")), .low = NAN, .high = NAN,
	    .definition = tell_text(s, MSG("Activities with a known contribution, divided by the sum of these in millions of euros")),
	    .why = tell_text(s, MSG("No contribution is known."))}, {.id = STR("under.100000")}, {.id = STR("under.250000")}};
	struct figure_input in[3][2];
	f[0].known = s->x->all.minor > 0 &&
	    decimal_div(decimal_of((int64_t)known), decimal_scaled(s->x->all.minor, -8), &f[0].value) && decimal_round(f[0].value, 6, DECIMAL_HALF_UP, &f[0].value);
	in[0][0] = (struct figure_input){tell_text(s, MSG("activities")), decimal_of((int64_t)known), STR("")};
	in[0][1] = (struct figure_input){tell_text(s, MSG("known contributions")), decimal_scaled(s->x->all.minor, -2), STR("EUR")};
	f[0].inputs = in[0];
	f[0].n_inputs = 2;
	share_figure(s, &f[1], in[1], s->x->under_100k, known);
	share_figure(s, &f[2], in[2], s->x->under_250k, known);
	f[0].rows = f[1].rows = f[2].rows = known_rows(s, &f[0].n_rows);
	f[1].n_rows = f[2].n_rows = f[0].n_rows;
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = f, .n_figures = 3,
	    .text = TOLD(&s->t, MSG("Management load: {0} activities per million euros; {1} of {4} under € 100,000, {2} of {4} under € 250,000. Not known of {3}."),
		f[0].known ? told_decimal(&s->t, f[0].value, 2) : STR("–"), told_num(&s->t, (int64_t)s->x->under_100k),
		told_num(&s->t, (int64_t)s->x->under_250k), told_num(&s->t, (int64_t)s->x->all.n_unknown), told_num(&s->t, (int64_t)known))};
	answer_statement(s->w, &st);
}

/* ---- overlap ---- */

static void tell_overlap(const struct telling_2 *s)
{
	const struct programme_view *p = s->x->facts->view->programme;
	size_t n = s->x->n_priorities;
	struct source_row *rows = ARENA_ARRAY(s->w->arena, s->x->n, struct source_row);
	str *names = ARENA_ARRAY(s->w->arena, n, str);
	double *v = ARENA_ARRAY(s->w->arena, n * n, double);
	struct chart *c = ARENA_NEW(s->w->arena, struct chart);
	struct figure f = {.id = STR("secondary"), .type = FIGURE_COUNT, .known = true, .value = decimal_of((int64_t)s->x->n_secondary), .low = NAN,
	    .high = NAN, .unit = tell_text(s, MSG("activities")), .rows = rows,
	    .definition = tell_text(s, MSG("Activities that serve a priority beside the one under which they are filed"))};
	if (!rows || !names || !v || !c)
		return;
	for (size_t i = 0; i < s->x->n; i++)
		if (s->x->own[i]->n_priorities > 1)
			rows[f.n_rows++] = (struct source_row){"activity_priority", s->x->own[i]->key, s->x->own[i]->source_line};
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = TOLD(&s->t, MSG("{0} of {1} activities serve a second priority."), told_num(&s->t, (int64_t)s->x->n_secondary),
		told_num(&s->t, (int64_t)s->x->n))};
	answer_statement(s->w, &st);
	for (size_t i = 0; i < n; i++) {
		names[i] = text3_in(&p->priorities[i].short_name, s->w->lang);
		for (size_t k = 0; k < n; k++)
			v[i * n + k] = (double)s->x->overlap[i * n + k];
	}
	if (n > CHART_MATRIX_COLUMNS_MAX || !n)
		return;
	*c = (struct chart){.kind = CHART_MATRIX, .id = STR("overlap-chart"), .title = tell_text(s, MSG("Priorities that activities serve together")),
	    .row_head = tell_text(s, MSG("Filed under")), .value_head = tell_text(s, MSG("Activities")), .lang = answer_chart_lang(s->w),
	    .format = answer_chart_counts(s->w), .matrix = {names, n, names, n, v}};
	answer_chart(s->w, c, tell_text(s, MSG("Row: the priority under which an activity is filed; column: a priority that it serves, itself too.")), STR(""));
}

enum err_code answer_2_tell(const void *made, struct answer *w, struct err *e)
{
	struct telling_2 s = {made, w, {w->arena, w->lang}};
	(void)e;
	tell_spending(&s);
	answer_heading(w, 2, STR("choices"), tell_text(&s, MSG("What was chosen")));
	for (int by = 0; by < GROUPINGS; by++)
		tell_groups(&s, (enum grouping)by);
	answer_heading(w, 2, STR("spread"), tell_text(&s, MSG("How it is spread")));
	tell_concentration(&s, &s.x->activities, false);
	tell_concentration(&s, &s.x->organisations, true);
	tell_load(&s);
	answer_heading(w, 2, STR("overlap"), tell_text(&s, MSG("Overlap of priorities")));
	tell_overlap(&s);
	tell_criteria(&s);
	return ERR_OK;
}
