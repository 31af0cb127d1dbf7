/* The list of tables, and what their makers share. */
#include "feat/figures/make.h"

struct figure_kind {
	struct figure_info info;
	const struct figure_column *columns;
	size_t n_columns;
	void (*make)(struct making *m);
};

static const struct figure_column by_year[] = {{"year", FIGURE_YEAR, "", MSG("Year")},
    {"priority", FIGURE_INTEGER, "", MSG("Priority")},
    {"amount_eur", FIGURE_MONEY, "EUR", MSG("Amount")}};

static const struct figure_column portfolio[] = {{"breakdown", FIGURE_CODE, "", MSG("Breakdown")},
    {"value", FIGURE_CODE, "", MSG("Value")},
    {"activities", FIGURE_INTEGER, "activities", MSG("Activities")},
    {"with_amount", FIGURE_INTEGER, "activities", MSG("With a known contribution")},
    {"contribution_eur", FIGURE_MONEY, "EUR", MSG("Contribution of the ministry")}};

static const struct figure_column targets[] = {{"activity_id", FIGURE_TEXT, "", MSG("Activity")},
    {"indicator", FIGURE_TEXT, "", MSG("Indicator")}, {"dimension", FIGURE_TEXT, "", MSG("Part")},
    {"unit", FIGURE_TEXT, "", MSG("Unit")}, {"baseline", FIGURE_NUMBER, "", MSG("Baseline")},
    {"target", FIGURE_NUMBER, "", MSG("Target")}, {"actual", FIGURE_NUMBER, "", MSG("Result")},
    {"ratio", FIGURE_RATIO, "", MSG("Result divided by target")}};

static const struct figure_column unit_costs[] = {{"item", FIGURE_TEXT, "", MSG("Item")},
    {"unit", FIGURE_TEXT, "", MSG("Unit")}, {"amount_eur", FIGURE_MONEY, "EUR", MSG("Amount")},
    {"activity_id", FIGURE_TEXT, "", MSG("Activity")},
    {"valid_from", FIGURE_DATE, "", MSG("Valid from")},
    {"valid_to", FIGURE_DATE, "", MSG("Valid to")}};

static const struct figure_column postings[] = {{"activity_id", FIGURE_TEXT, "", MSG("Activity")},
    {"country", FIGURE_COUNTRY, "", MSG("Country")}, {"sector", FIGURE_TEXT, "", MSG("Sector")},
    {"target", FIGURE_INTEGER, "postings", MSG("Target")},
    {"postings", FIGURE_INTEGER, "postings", MSG("Postings")}};

static const struct figure_column visitors[] = {{"year", FIGURE_YEAR, "", MSG("Year")},
    {"kind", FIGURE_CODE, "", MSG("Kind of figure")},
    {"visitors", FIGURE_INTEGER, "visitors", MSG("Visitors")}};

#define COLUMNS(c) c, sizeof(c) / sizeof(c)[0]

static const struct figure_kind kinds[] = {
    {{"spending", MSG("Spending per priority and year"),
         MSG("What was spent on each priority in a year. An empty amount is a dash in the source: "
             "it "
             "is not zero. Totals are computed.")},
        COLUMNS(by_year), make_spending},
    {{"budget", MSG("Budget per year"),
         MSG("What was available in a year, for the programme as a whole or for one priority as "
             "part "
             "of it.")},
        COLUMNS(by_year), make_budget},
    {{"portfolio", MSG("Activities by status, size, channel and priority"),
         MSG("Number of activities of the programme and what the ministry contributes to them as "
             "far "
             "as known. Earlier and later activities "
             "that were not financed from the programme are left out. Channel is the type of "
             "organisation that carries out the activity.")},
        COLUMNS(portfolio), make_portfolio},
    {{"targets", MSG("Targets and results"),
         MSG("Every target or result with a number. The ratio is result divided by target; it is "
             "empty "
             "when one of the two is missing or the "
             "target is zero. Rows overlap (a total and its parts), so they cannot be added up.")},
        COLUMNS(targets), make_targets},
    {{"unit-costs", MSG("Unit costs"),
         MSG("Amounts per person, month or project, with the period for which they were valid.")},
        COLUMNS(unit_costs), make_unit_costs},
    {{"postings", MSG("Postings per country and sector"),
         MSG("Temporary postings of professionals in their country of origin, per country and, "
             "where "
             "known, per sector. Rows without a sector "
             "are the country as a whole.")},
        COLUMNS(postings), make_postings},
    {{"visitors", MSG("Visitors of the price site"),
         MSG("Unique visitors of the site that compares prices of sending money, counted, "
             "estimated or "
             "aimed for.")},
        COLUMNS(visitors), make_visitors},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

size_t figures_count(void)
{
	return KINDS;
}

const struct figure_info *figures_info(size_t i)
{
	return &kinds[i].info;
}

/* ---- cells ---- */

static struct figure_cell *cells_of(struct making *m, struct figure_row *row)
{
	struct figure_cell *c = row ? ARENA_ARRAY(m->a, m->t->n_columns, struct figure_cell) : NULL;
	if (!c) {
		m->full = true;
		return NULL;
	}
	for (size_t i = 0; i < m->t->n_columns; i++)
		c[i] = (struct figure_cell){.missing = true, .text = STR(""), .date = PDATE_NONE};
	row->cells = c;
	return c;
}

struct figure_cell *figure_add(struct making *m, str source_line, str note)
{
	struct figure_row *row = VEC_ADD(&m->rows, m->a);
	if (row)
		*row = (struct figure_row){.source_line = source_line, .note = note};
	return cells_of(m, row);
}

struct figure_cell *figure_add_total(struct making *m)
{
	struct figure_row *row = VEC_ADD(&m->totals, m->a);
	if (row)
		*row = (struct figure_row){.source_line = STR(""), .note = STR("")};
	return cells_of(m, row);
}

void figure_text(struct figure_cell *c, str s)
{
	c->text = s.p ? s : STR("");
	c->missing = s.n == 0;
}

void figure_code(struct figure_cell *c, const char *slug, const char *label)
{
	c->text = str_of(slug);
	c->label = label;
	c->missing = false;
}

void figure_integer(struct figure_cell *c, int64_t v)
{
	c->integer = v;
	c->missing = false;
}

void figure_amount(struct figure_cell *c, money v)
{
	c->amount = v;
	c->missing = !money_is(v);
}

void figure_date(struct figure_cell *c, pdate d)
{
	c->date = d;
	c->missing = !d.precision;
}

void figure_number(struct figure_cell *c, str text, decimal v)
{
	c->text = text;
	c->number = v;
	c->missing = false;
}

bool figure_known(const struct making *m, pdate d)
{
	if (!date_is(m->as_of) || !d.precision)
		return true;
	int32_t day = pdate_last(d).day, first = pdate_first(d).day;
	if (date_is(m->p->facts_as_of) && day > m->p->facts_as_of.day)
		day = first > m->p->facts_as_of.day ? first : m->p->facts_as_of.day;
	return day <= m->as_of.day;
}

/* ---- making ---- */

static enum err_code add_notes(struct making *m, struct err *e)
{
	VEC(const struct inconsistency *) notes = {0};
	str subject = arena_fmt(m->a, "figures/%s", m->t->name);
	if (!subject.p)
		return arena_fail(m->a, e);
	for (const struct inconsistency *n = NULL;
	     (n = programme_note_next(m->p, STR("page"), subject, STR(""), n));) {
		const struct inconsistency **slot = VEC_ADD(&notes, m->a);
		if (!slot)
			return arena_fail(m->a, e);
		*slot = n;
	}
	m->t->notes = notes.p;
	m->t->n_notes = notes.n;
	return ERR_OK;
}

enum err_code figures_make(const struct programme_view *p, const struct register_view *r, str name,
    date as_of, struct arena *a, const struct figure_table **ret_table, struct err *e)
{
	const struct figure_kind *k = NULL;
	for (size_t i = 0; i < KINDS; i++)
		if (str_is(name, kinds[i].info.name))
			k = &kinds[i];
	if (!k)
		return fail(e, ERR_NOT_FOUND, "figures.unknown",
		    "there is no table \"%.*s\"; the list names them",
		    STR_ARG(str_sub(name, 0, 60)));
	struct figure_table *t = ARENA_NEW(a, struct figure_table);
	if (!t)
		return arena_fail(a, e);
	*t = (struct figure_table){.name = k->info.name,
	    .title = k->info.title,
	    .definition = k->info.definition,
	    .columns = k->columns,
	    .n_columns = k->n_columns,
	    .as_of = as_of};
	struct making m = {.p = p, .r = r, .a = a, .as_of = as_of, .t = t};
	k->make(&m);
	if (m.full)
		return arena_fail(a, e);
	t->rows = m.rows.p;
	t->n_rows = m.rows.n;
	t->totals = m.totals.p;
	t->n_totals = m.totals.n;
	TRY(add_notes(&m, e));
	*ret_table = t;
	return ERR_OK;
}

int figure_column(const struct figure_table *t, const char *name)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return (int)i;
	return -1;
}
