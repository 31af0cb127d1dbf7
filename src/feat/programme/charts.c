#include "feat/programme/charts.h"

static bool spent_line(const struct budget_line *b, int priority, int year)
{
	return b->kind == BUDGET_KIND_EXPENDITURE && b->year == year && b->year_last == year &&
	    b->priority != 0 && (priority == 0 || b->priority == priority);
}

money programme_spent(const struct programme_view *v, int priority, int year)
{
	money sum = MONEY_NONE;
	for (size_t i = 0; i < v->n_budget; i++)
		if (spent_line(&v->budget[i], priority, year))
			(void)money_add(&sum, v->budget[i].amount); /* one currency, checked with the pack */
	return sum;
}

money programme_budget(const struct programme_view *v, int year)
{
	for (size_t i = 0; i < v->n_budget; i++) {
		const struct budget_line *b = &v->budget[i];
		if (b->kind == BUDGET_KIND_BUDGET && b->priority == 0 && b->year == year && b->year_last == year)
			return b->amount;
	}
	return MONEY_NONE;
}

bool programme_years(const struct programme_view *v, int *ret_first, int *ret_last)
{
	int first = 0, last = 0;
	for (size_t i = 0; i < v->n_budget; i++) {
		const struct budget_line *b = &v->budget[i];
		if (!spent_line(b, 0, b->year))
			continue;
		first = first == 0 || b->year < first ? b->year : first;
		last = b->year > last ? b->year : last;
	}
	*ret_first = first;
	*ret_last = last;
	return first != 0;
}

money programme_spent_total(const struct programme_view *v, int priority)
{
	int first, last;
	money sum = MONEY_NONE;
	if (!programme_years(v, &first, &last))
		return sum;
	for (int year = first; year <= last; year++)
		(void)money_add(&sum, programme_spent(v, priority, year));
	return sum;
}

static double euros_of(money m)
{
	return money_is(m) ? (double)m.minor / 100 : CHART_MISSING;
}

static enum err_code fill_years(struct arena *a, int first, int last, str **ret_years, struct err *e)
{
	size_t n = (size_t)(last - first + 1);
	str *years = ARENA_ARRAY(a, n, str);
	if (!years)
		return arena_fail(a, e);
	for (size_t i = 0; i < n; i++) {
		years[i] = arena_fmt(a, "%d", first + (int)i);
		if (!years[i].p)
			return arena_fail(a, e);
	}
	*ret_years = years;
	return ERR_OK;
}

static enum err_code one_series(const struct site_page *page, const struct programme_view *v,
    const struct priority *p, int first, size_t n, struct chart_series *ret_s, struct err *e)
{
	double *values = ARENA_ARRAY(page->arena, n, double);
	if (!values)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < n; i++)
		values[i] = euros_of(programme_spent(v, p->code, first + (int)i));
	str name = arena_fmt(page->arena, "%d %.*s", p->code, STR_ARG(text3_in(&p->short_name, page->lang)));
	if (!name.p)
		return arena_fail(page->arena, e);
	*ret_s = (struct chart_series){.name = name, .v = values};
	return ERR_OK;
}

enum err_code programme_spending_chart(const struct site_page *page, int priority, str id, str title,
    struct chart *ret_c, struct err *e)
{
	const struct programme_view *v = page->view->programme;
	struct chart_series *series = ARENA_ARRAY(page->arena, v->n_priorities, struct chart_series);
	int first, last;
	size_t n_series = 0;
	str *years;
	if (!series)
		return arena_fail(page->arena, e);
	if (!programme_years(v, &first, &last))
		return fail(e, ERR_NOT_FOUND, "programme.spending", "the programme has no expenditure lines");
	size_t n = (size_t)(last - first + 1);
	TRY(fill_years(page->arena, first, last, &years, e));
	for (size_t i = 0; i < v->n_priorities; i++)
		if (priority == 0 || v->priorities[i].code == priority)
			TRY(one_series(page, v, &v->priorities[i], first, n, &series[n_series++], e));
	*ret_c = (struct chart){
	    .kind = CHART_COLUMNS,
	    .id = id,
	    .title = title,
	    .row_head = i18n_text(page->lang, MSG("Year")),
	    .value_head = i18n_text(page->lang, MSG("Expenditure, million euro")),
	    .lang = site_chart_lang(page),
	    .format = site_chart_euros(page),
	    .columns = {.category = years, .n_categories = n, .series = series, .n_series = n_series, .stacked = n_series > 1},
	};
	return ERR_OK;
}
