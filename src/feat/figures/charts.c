/* Which charts a table gets. They are made from the table's own rows, so that they show what it shows. */
#include "feat/figures/parts.h"

#include <stdlib.h>

#define MSG(english) english

enum { NUMBER_BYTES_MAX = 128, LABEL_BYTES_MAX = 2048 };

struct drawing {
	const struct site_page *page;
	const struct figure_table *t;
	struct figure_drawings *dst;
};

static str words(const struct drawing *d, const char *english)
{
	return i18n_text(d->page->lang, english);
}

/* A message with one text in it; in the arena. */
static str filled(const struct drawing *d, const char *english, str arg)
{
	AUTO_BUF b = BUF_INIT(LABEL_BYTES_MAX);
	i18n_add_filled(&b, words(d, english), &arg, 1);
	return arena_str(d->page->arena, buf_str(&b));
}

static enum err_code add_chart(struct drawing *d, struct chart *c, str about, struct err *e)
{
	if (d->dst->n == FIGURE_CHARTS_MAX)
		return fail(e, ERR_LIMIT, "figures.charts", "the table has more than %d charts", FIGURE_CHARTS_MAX);
	c->id = arena_fmt(d->page->arena, "%s-%zu", d->t->name, d->dst->n + 1);
	if (!c->id.p || !c->title.p)
		return arena_fail(d->page->arena, e);
	c->lang = site_chart_lang(d->page);
	if (!c->format)
		c->format = site_chart_counts(d->page);
	struct site_chart s = {.chart = c, .level = 2, .about = about};
	TRY(site_chart_make(d->page, &s, &d->dst->chart[d->dst->n], e));
	d->dst->n++;
	return ERR_OK;
}

/* ---- values and words of cells ---- */

static double value_of(enum figure_type type, const struct figure_cell *c)
{
	if (c->missing)
		return CHART_MISSING;
	if (type == FIGURE_MONEY)
		return (double)c->amount.minor / 100;
	if (type == FIGURE_NUMBER || type == FIGURE_RATIO)
		return decimal_to_double(c->number);
	return (double)c->integer;
}

static str priority_name(const struct drawing *d, int code)
{
	const struct priority *p = programme_priority(d->page->view->programme, code);
	if (!p)
		return arena_fmt(d->page->arena, "%d", code);
	return arena_fmt(d->page->arena, "%d %.*s", code, STR_ARG(text3_in(&p->short_name, d->page->lang)));
}

/* ---- bars: a row of the table each ---- */

typedef bool (*row_fn)(const struct figure_table *t, size_t row, str group);
typedef str (*label_fn)(const struct drawing *d, size_t row);

static enum err_code add_bars(struct drawing *d, struct chart *c, row_fn belongs, str group, label_fn label,
    const char *column, str about, struct err *e)
{
	struct arena *a = d->page->arena;
	const struct figure_table *t = d->t;
	int value = figure_column(t, column);
	struct chart_bar *bars = ARENA_ARRAY(a, t->n_rows, struct chart_bar);
	size_t n = 0;
	if (!bars)
		return arena_fail(a, e);
	for (size_t r = 0; r < t->n_rows; r++) {
		if (!belongs(t, r, group))
			continue;
		bars[n] = (struct chart_bar){.label = label(d, r),
		    .v = value_of(t->columns[value].type, figure_at(t, r, value))};
		if (!bars[n].label.p)
			return arena_fail(a, e);
		n++;
	}
	if (!n)
		return ERR_OK;
	c->kind = CHART_BARS;
	c->bars = (struct chart_bars){bars, n};
	return add_chart(d, c, about, e);
}

static bool every_row(const struct figure_table *t, size_t row, str group)
{
	(void)t;
	(void)row;
	(void)group;
	return true;
}

/* ---- spending, budget ---- */

enum { YEAR, PRIORITY, AMOUNT, YEARS_MAX = CHART_CATEGORIES_MAX };

struct spending_axes {
	int year[YEARS_MAX], priority[CHART_SERIES_MAX];
	size_t n_years, n_priorities;
};

static size_t place_of(int *list, size_t *n, size_t max, int64_t v)
{
	for (size_t i = 0; i < *n; i++)
		if (list[i] == v)
			return i;
	if (*n < max)
		list[(*n)++] = (int)v;
	return *n - 1;
}

static enum err_code fill_axes(struct drawing *d, const struct spending_axes *x, str *years,
    struct chart_series *series, struct err *e)
{
	struct arena *a = d->page->arena;
	for (size_t i = 0; i < x->n_years; i++) {
		years[i] = arena_fmt(a, "%d", x->year[i]);
		if (!years[i].p)
			return arena_fail(a, e);
	}
	for (size_t k = 0; k < x->n_priorities; k++) {
		double *v = ARENA_ARRAY(a, x->n_years, double);
		if (!v)
			return arena_fail(a, e);
		for (size_t i = 0; i < x->n_years; i++)
			v[i] = CHART_MISSING;
		for (size_t r = 0; r < d->t->n_rows; r++) {
			const struct figure_cell *c = d->t->rows[r].cells;
			for (size_t i = 0; i < x->n_years; i++)
				if (c[PRIORITY].integer == x->priority[k] && c[YEAR].integer == x->year[i])
					v[i] = value_of(FIGURE_MONEY, &c[AMOUNT]);
		}
		series[k] = (struct chart_series){.name = priority_name(d, x->priority[k]), .v = v};
		if (!series[k].name.p)
			return arena_fail(a, e);
	}
	return ERR_OK;
}

static enum err_code draw_spending(struct drawing *d, struct err *e)
{
	struct arena *a = d->page->arena;
	struct spending_axes *x = ARENA_NEW(a, struct spending_axes);
	if (!x)
		return arena_fail(a, e);
	for (size_t r = 0; r < d->t->n_rows; r++) {
		const struct figure_cell *c = d->t->rows[r].cells;
		(void)place_of(x->year, &x->n_years, YEARS_MAX, c[YEAR].integer);
		(void)place_of(x->priority, &x->n_priorities, CHART_SERIES_MAX, c[PRIORITY].integer);
	}
	str *years = ARENA_ARRAY(a, x->n_years, str);
	struct chart_series *series = ARENA_ARRAY(a, x->n_priorities, struct chart_series);
	if (!years || !series)
		return arena_fail(a, e);
	TRY(fill_axes(d, x, years, series, e));
	struct chart c = {
	    .kind = CHART_COLUMNS,
	    .title = words(d, MSG("Expenditure per year and priority")),
	    .row_head = words(d, MSG("Year")),
	    .value_head = words(d, MSG("Expenditure, million euro")),
	    .format = site_chart_euros(d->page),
	    .columns = {.category = years, .n_categories = x->n_years, .series = series, .n_series = x->n_priorities,
		.stacked = true},
	};
	return add_chart(d, &c, STR_NONE, e);
}

static str budget_label(const struct drawing *d, size_t row)
{
	const struct figure_cell *c = d->t->rows[row].cells;
	if (c[PRIORITY].missing)
		return arena_fmt(d->page->arena, "%d", (int)c[YEAR].integer);
	return arena_fmt(d->page->arena, "%d, %.*s", (int)c[YEAR].integer,
	    STR_ARG(filled(d, MSG("of which priority {0}"), priority_name(d, (int)c[PRIORITY].integer))));
}

static enum err_code draw_budget(struct drawing *d, struct err *e)
{
	struct chart c = {
	    .title = words(d, MSG("Budget per year")),
	    .row_head = words(d, MSG("Year")),
	    .value_head = words(d, MSG("Budget, million euro")),
	    .format = site_chart_euros(d->page),
	};
	return add_bars(d, &c, every_row, STR_NONE, budget_label, "amount_eur", STR_NONE, e);
}

/* ---- portfolio ---- */

enum { BREAKDOWN, VALUE };

static bool of_breakdown(const struct figure_table *t, size_t row, str group)
{
	return str_eq(t->rows[row].cells[BREAKDOWN].text, group);
}

static str portfolio_label(const struct drawing *d, size_t row)
{
	const struct figure_cell *c = d->t->rows[row].cells;
	int64_t code;
	if (c[VALUE].label)
		return words(d, c[VALUE].label);
	if (str_is(c[BREAKDOWN].text, "priority") && str_to_i64(c[VALUE].text, &code))
		return priority_name(d, (int)code);
	return c[VALUE].text;
}

struct portfolio_chart {
	const char *slug, *title, *head, *column;
};

static const struct portfolio_chart portfolio_charts[] = {
    {"status", MSG("Activities by status"), MSG("Status"), "activities"},
    {"size", MSG("Activities by size of the contribution"), MSG("Size of the contribution"), "activities"},
    {"channel", MSG("Activities by channel"), MSG("Channel"), "activities"},
    {"channel", MSG("Contribution by channel"), MSG("Channel"), "contribution_eur"},
    {"priority", MSG("Activities by primary priority"), MSG("Primary priority"), "activities"},
    {"priority", MSG("Contribution by primary priority"), MSG("Primary priority"), "contribution_eur"},
};

static enum err_code draw_portfolio(struct drawing *d, struct err *e)
{
	for (size_t i = 0; i < sizeof portfolio_charts / sizeof *portfolio_charts; i++) {
		const struct portfolio_chart *p = &portfolio_charts[i];
		bool money_chart = strcmp(p->column, "activities") != 0;
		struct chart c = {
		    .title = words(d, p->title),
		    .row_head = words(d, p->head),
		    .value_head = words(d, money_chart ? MSG("Contribution, million euro") : MSG("Activities")),
		    .format = money_chart ? site_chart_euros(d->page) : NULL,
		};
		TRY(add_bars(d, &c, of_breakdown, str_of(p->slug), portfolio_label, p->column,
		    money_chart ? words(d, MSG("Only activities whose contribution is known.")) : STR_NONE, e));
	}
	return ERR_OK;
}

/* ---- targets ---- */

enum { T_ACTIVITY, T_INDICATOR, T_DIMENSION, T_UNIT, T_BASELINE, T_TARGET, T_ACTUAL };

static int target_priority(const struct drawing *d, size_t row)
{
	const struct activity *x = figure_activity(d->page, &d->t->rows[row].cells[T_ACTIVITY]);
	return x ? activity_primary_priority(x) : 0;
}

static bool has_both(const struct figure_row *row)
{
	return !row->cells[T_TARGET].missing && !row->cells[T_ACTUAL].missing;
}

static str target_label(const struct drawing *d, const struct figure_cell *c)
{
	AUTO_BUF b = BUF_INIT(LABEL_BYTES_MAX);
	buf_add(&b, c[T_INDICATOR].text);
	if (!c[T_DIMENSION].missing) {
		buf_addz(&b, " (");
		programme_add_dimension(&b, d->page->view->programme, d->page->lang, c[T_DIMENSION].text, STR_NONE);
		buf_addc(&b, ')');
	}
	if (!c[T_ACTIVITY].missing) /* two activities may have an indicator of the same name */
		buf_addf(&b, ", %.*s", STR_ARG(c[T_ACTIVITY].text));
	return arena_str(d->page->arena, buf_str(&b));
}

static enum err_code draw_priority_targets(struct drawing *d, int priority, str title, struct err *e)
{
	struct arena *a = d->page->arena;
	struct chart_target *rows = ARENA_ARRAY(a, d->t->n_rows, struct chart_target);
	size_t n = 0;
	if (!rows)
		return arena_fail(a, e);
	for (size_t r = 0; r < d->t->n_rows && n < CHART_ROWS_MAX; r++) {
		const struct figure_cell *c = d->t->rows[r].cells;
		if (!has_both(&d->t->rows[r]) || target_priority(d, r) != priority)
			continue;
		const struct activity *x = figure_activity(d->page, &c[T_ACTIVITY]);
		rows[n] = (struct chart_target){.label = target_label(d, c),
		    .baseline = value_of(FIGURE_NUMBER, &c[T_BASELINE]),
		    .target = value_of(FIGURE_NUMBER, &c[T_TARGET]),
		    .result = value_of(FIGURE_NUMBER, &c[T_ACTUAL]),
		    .unit = programme_unit(d->page, c[T_UNIT].text),
		    .href = x ? site_url_of(d->page, "/activities/", x->key).s : STR_NONE};
		if (!rows[n++].label.p)
			return arena_fail(a, e);
	}
	if (!n)
		return ERR_OK;
	struct chart c = {
	    .kind = CHART_TARGETS,
	    .title = title,
	    .row_head = words(d, MSG("Indicator")),
	    .row_lang = STR("en"),
	    .value_head = words(d, MSG("Result as a share of the target")),
	    .targets = {rows, n},
	};
	return add_chart(d, &c, STR_NONE, e);
}

static enum err_code draw_targets(struct drawing *d, struct err *e)
{
	const struct programme_view *p = d->page->view->programme;
	for (size_t i = 0; i < p->n_priorities; i++)
		TRY(draw_priority_targets(d, p->priorities[i].code,
		    filled(d, MSG("Priority {0}"), priority_name(d, p->priorities[i].code)), e));
	return draw_priority_targets(d, 0, words(d, MSG("Outside the priorities")), e);
}

/* ---- unit costs ---- */

enum { U_ITEM, U_UNIT, U_AMOUNT, U_ACTIVITY };

static bool of_unit(const struct figure_table *t, size_t row, str group)
{
	return str_eq(t->rows[row].cells[U_UNIT].text, group);
}

static str cost_label(const struct drawing *d, size_t row)
{
	const struct figure_cell *c = d->t->rows[row].cells;
	if (c[U_ACTIVITY].missing)
		return c[U_ITEM].text;
	return arena_fmt(d->page->arena, "%.*s (%.*s)", STR_ARG(c[U_ITEM].text), STR_ARG(c[U_ACTIVITY].text));
}

static enum err_code draw_unit_costs(struct drawing *d, struct err *e)
{
	for (size_t r = 0; r < d->t->n_rows; r++) {
		str unit = d->t->rows[r].cells[U_UNIT].text;
		size_t before = 0, same = 0;
		for (size_t k = 0; k < d->t->n_rows; k++) {
			same += of_unit(d->t, k, unit);
			before += k < r && of_unit(d->t, k, unit);
		}
		if (before || same < 2)
			continue; /* one amount alone is no comparison: the table has it */
		struct chart c = {
		    .title = filled(d, MSG("Amounts {0}"), programme_unit(d->page, unit)),
		    .row_head = words(d, MSG("Item")),
		    .row_lang = STR("en"),
		    .value_head = words(d, MSG("Euro")),
		    .format = site_chart_whole_euros(d->page),
		};
		TRY(add_bars(d, &c, of_unit, unit, cost_label, "amount_eur", STR_NONE, e));
	}
	return ERR_OK;
}

/* ---- postings ---- */

enum { P_ACTIVITY, P_COUNTRY, P_SECTOR, P_TARGET, P_POSTINGS };

static str posting_country(const struct drawing *d, size_t row)
{
	return i18n_country(d->page->lang, d->t->rows[row].cells[P_COUNTRY].text);
}

static bool whole_country(const struct figure_table *t, size_t row, str activity)
{
	const struct figure_cell *c = t->rows[row].cells;
	return c[P_SECTOR].missing && str_eq(c[P_ACTIVITY].text, activity);
}

static enum err_code draw_posting_targets(struct drawing *d, str activity, struct err *e)
{
	struct arena *a = d->page->arena;
	struct chart_target *rows = ARENA_ARRAY(a, d->t->n_rows, struct chart_target);
	size_t n = 0, targets = 0;
	if (!rows)
		return arena_fail(a, e);
	for (size_t r = 0; r < d->t->n_rows; r++) {
		const struct figure_cell *c = d->t->rows[r].cells;
		if (!whole_country(d->t, r, activity))
			continue;
		targets += !c[P_TARGET].missing;
		rows[n++] = (struct chart_target){.label = posting_country(d, r), .baseline = CHART_MISSING,
		    .target = value_of(FIGURE_INTEGER, &c[P_TARGET]),
		    .result = value_of(FIGURE_INTEGER, &c[P_POSTINGS]),
		    .href = site_url_of(d->page, "/countries/", c[P_COUNTRY].text).s};
	}
	struct chart c = {
	    .title = filled(d, MSG("Postings per country, activity {0}"), activity),
	    .row_head = words(d, MSG("Country")),
	    .value_head = words(d, MSG("Postings")),
	};
	if (!targets)
		return add_bars(d, &c, whole_country, activity, posting_country, "postings",
		    words(d, MSG("The source gives no targets per country for this activity.")), e);
	c.kind = CHART_TARGETS;
	c.value_head = words(d, MSG("Result as a share of the target"));
	c.targets = (struct chart_targets){rows, n};
	return add_chart(d, &c, STR_NONE, e);
}

/* Place of s in list, added when new; max when there is no room. */
static size_t name_place(str *list, size_t *n, size_t max, str s)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(list[i], s))
			return i;
	if (*n == max)
		return max;
	list[*n] = s;
	return (*n)++;
}

static str sector_words(const struct drawing *d, str sector)
{
	return programme_word_in(d->page->view->programme, "dimension", sector, d->page->lang);
}

static enum err_code draw_posting_sectors(struct drawing *d, str activity, struct err *e)
{
	struct arena *a = d->page->arena;
	size_t n_sectors = 0, n_countries = 0, wide = CHART_MATRIX_COLUMNS_MAX;
	str *sectors = ARENA_ARRAY(a, d->t->n_rows, str), *countries = ARENA_ARRAY(a, wide, str);
	double *v = ARENA_ARRAY(a, d->t->n_rows * wide, double);
	if (!sectors || !countries || !v)
		return arena_fail(a, e);
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t r = 0; r < d->t->n_rows; r++) {
			const struct figure_cell *c = d->t->rows[r].cells;
			if (c[P_SECTOR].missing || !str_eq(c[P_ACTIVITY].text, activity))
				continue;
			size_t row = name_place(sectors, &n_sectors, d->t->n_rows, sector_words(d, c[P_SECTOR].text));
			size_t col = name_place(countries, &n_countries, wide, posting_country(d, r));
			if (col == wide)
				return fail(e, ERR_LIMIT, "figures.countries", "more than %zu countries in one chart", wide);
			if (pass)
				v[row * n_countries + col] = value_of(FIGURE_INTEGER, &c[P_POSTINGS]);
		}
	if (!n_sectors)
		return ERR_OK;
	struct chart c = {
	    .kind = CHART_MATRIX,
	    .title = filled(d, MSG("Postings per sector and country, activity {0}"), activity),
	    .row_head = words(d, MSG("Sector")),
	    .value_head = words(d, MSG("Postings")),
	    .matrix = {sectors, n_sectors, countries, n_countries, v},
	};
	return add_chart(d, &c, words(d, MSG("The sectors of a country add up to its postings; a sector that is not named there has none.")), e);
}

static enum err_code draw_postings(struct drawing *d, struct err *e)
{
	for (size_t r = 0; r < d->t->n_rows; r++) {
		str activity = d->t->rows[r].cells[P_ACTIVITY].text;
		if (r && str_eq(activity, d->t->rows[r - 1].cells[P_ACTIVITY].text))
			continue;
		TRY(draw_posting_targets(d, activity, e));
		TRY(draw_posting_sectors(d, activity, e));
	}
	return ERR_OK;
}

/* ---- visitors ---- */

static str visitor_label(const struct drawing *d, size_t row)
{
	const struct figure_cell *c = d->t->rows[row].cells;
	return arena_fmt(d->page->arena, "%d, %.*s", (int)c[0].integer,
	    STR_ARG(c[1].label ? words(d, c[1].label) : c[1].text));
}

static enum err_code draw_visitors(struct drawing *d, struct err *e)
{
	struct chart c = {
	    .title = words(d, MSG("Visitors of the price site")),
	    .row_head = words(d, MSG("Year and kind of figure")),
	    .value_head = words(d, MSG("Unique visitors")),
	};
	return add_bars(d, &c, every_row, STR_NONE, visitor_label, "visitors",
	    words(d, MSG("Counted figures, estimates and targets stand beside each other: they are not one series.")), e);
}

/* ---- all ---- */

struct kind {
	const char *name;
	enum err_code (*draw)(struct drawing *d, struct err *e);
};

static const struct kind kinds[] = {
    {"spending", draw_spending}, {"budget", draw_budget}, {"portfolio", draw_portfolio},
    {"targets", draw_targets}, {"unit-costs", draw_unit_costs}, {"postings", draw_postings},
    {"visitors", draw_visitors},
};

enum err_code figure_draw(const struct site_page *page, const struct figure_table *t,
    struct figure_drawings *dst, struct err *e)
{
	struct drawing d = {page, t, dst};
	dst->n = 0;
	for (size_t i = 0; t->n_rows && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, t->name) == 0)
			return kinds[i].draw(&d, e);
	return ERR_OK;
}
