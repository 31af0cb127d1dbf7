/* Lists of what the pack says of the programme itself. */
#include "feat/opendata/lists.h"

#include "feat/opendata/cells.h"
#include "feat/programme/programme.h"
#include "feat/site/public.h"

/* ---- priorities ---- */

static const struct table_column priority_columns[] = {
    {"priority", TABLE_INTEGER, NULL, "Number of the policy priority."},
    {"name_en", TABLE_TEXT, NULL, "Official name in English."},
    {"name_nl", TABLE_TEXT, NULL, "Official name in Dutch."},
    {"name_fr", TABLE_TEXT, NULL, "Name in French."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
};

static size_t priority_count(const struct public_view *v)
{
	return v->programme->n_priorities;
}

static enum err_code priority_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct priority *p = &v->programme->priorities[i];
	(void)a;
	(void)e;
	cell_int(&cells[0], p->code);
	cell_text(&cells[1], p->name.en);
	cell_text(&cells[2], p->name.nl);
	cell_text(&cells[3], p->name.fr);
	cell_text(&cells[4], p->source_line);
	return ERR_OK;
}

const struct opendata_list list_priorities = {"priorities", MSG("Priorities"),
    MSG("The policy priorities of the programme."), priority_columns, 5, priority_count, priority_row};

/* ---- budget ---- */

static const struct table_column budget_columns[] = {
    {"year", TABLE_INTEGER, NULL, "Year, or the first year of a period."},
    {"year_last", TABLE_INTEGER, NULL, "Last year of the period; the same for a single year."},
    {"priority", TABLE_INTEGER, NULL, "Priority; empty for the programme as a whole."},
    {"kind", TABLE_TEXT, NULL, "expenditure (spent) or budget (available)."},
    {"amount_eur", TABLE_MONEY, "EUR", "Amount in euros; empty where the report prints a dash."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
    {"note", TABLE_TEXT, NULL, "Remark on the figure."},
};

static size_t budget_count(const struct public_view *v)
{
	return v->programme->n_budget;
}

static enum err_code budget_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct budget_line *b = &v->programme->budget[i];
	(void)a;
	(void)e;
	cell_int(&cells[0], b->year);
	cell_int(&cells[1], b->year_last);
	if (b->priority)
		cell_int(&cells[2], b->priority);
	cell_text(&cells[3], b->kind == BUDGET_KIND_EXPENDITURE ? STR("expenditure") : STR("budget"));
	cell_money(&cells[4], b->amount);
	cell_text(&cells[5], b->source_line);
	cell_text(&cells[6], b->note);
	return ERR_OK;
}

const struct opendata_list list_budget = {"budget", MSG("Budget and expenditure"),
    MSG("Amounts per year and priority, as printed in the report."), budget_columns, 7, budget_count, budget_row};

/* ---- rules ---- */

static const struct table_column rule_columns[] = {
    {"rule_id", TABLE_TEXT, NULL, "Identifier of the rule."},
    {"scheme", TABLE_TEXT, NULL, "Scheme that the rule belongs to."},
    {"activity_id", TABLE_TEXT, NULL, "Activity that the rule belongs to."},
    {"rule_type", TABLE_TEXT, NULL,
	"eligibility, exclusion, amount, duration, combination, country_list, procedure, sector or condition."},
    {"country", TABLE_TEXT, NULL, "Country, ISO 3166-1 alpha-2; XK for Kosovo."},
    {"description", TABLE_TEXT, NULL, "What the rule says, in English."},
    {"value", TABLE_TEXT, NULL, "Value that the rule sets."},
    {"unit", TABLE_TEXT, NULL, "Unit of the value."},
    {"partner_country", TABLE_TEXT, NULL, "Whether the country was a development partner country: yes, no, unknown."},
    {"valid_from", TABLE_DATE, NULL, "First day, month or year in force."},
    {"valid_to", TABLE_DATE, NULL, "Last day, month or year in force; empty: no end is given."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
};

static size_t rule_count(const struct public_view *v)
{
	return v->programme->n_rules;
}

static enum err_code rule_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct scheme_rule *r = &v->programme->rules[i];
	(void)a;
	(void)e;
	const str texts[] = {r->rule_id, r->scheme, r->activity_key, r->rule_type, r->country,
	    r->description, r->value, r->unit, r->partner_country};
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		cell_text(&cells[k], texts[k]);
	cell_date(&cells[9], r->valid_from);
	cell_date(&cells[10], r->valid_to);
	cell_text(&cells[11], r->source_line);
	return ERR_OK;
}

const struct opendata_list list_rules = {"rules", MSG("Rules of the schemes"),
    MSG("Who was eligible, for what and when: every rule with its period."), rule_columns, 12, rule_count, rule_row};

/* ---- refused proposals ---- */

static const struct table_column refused_columns[] = {
    {"proposal_id", TABLE_TEXT, NULL, "Identifier of the proposal."},
    {"subject", TABLE_TEXT, NULL, "What was proposed."},
    {"countries", TABLE_TEXT, NULL, "Countries, ';' between them."},
    {"themes", TABLE_TEXT, NULL, "Themes, ';' between them."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
};

static size_t refused_count(const struct public_view *v)
{
	return v->programme->n_rejected;
}

static enum err_code refused_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct rejected_proposal *p = &v->programme->rejected[i];
	(void)a;
	(void)e;
	cell_text(&cells[0], p->proposal_id);
	cell_text(&cells[1], p->subject);
	cell_text(&cells[2], p->countries);
	cell_text(&cells[3], p->themes);
	cell_text(&cells[4], p->source_line);
	return ERR_OK;
}

const struct opendata_list list_refused = {"refused", MSG("Refused proposals"),
    MSG("Proposals that were refused from 2010 to 2012, as far as their files were available."), refused_columns, 5,
    refused_count, refused_row};

/* ---- unit costs ---- */

static const struct table_column cost_columns[] = {
    {"item", TABLE_TEXT, NULL, "What the amount is for."},
    {"unit", TABLE_TEXT, NULL, "Per person, per month, per project …"},
    {"amount_eur", TABLE_MONEY, "EUR", "Amount in euros."},
    {"activity_id", TABLE_TEXT, NULL, "Activity that the amount belongs to."},
    {"valid_from", TABLE_DATE, NULL, "First day, month or year."},
    {"valid_to", TABLE_DATE, NULL, "Last day, month or year."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
    {"note", TABLE_TEXT, NULL, "Remark on the figure."},
};

static size_t cost_count(const struct public_view *v)
{
	return v->programme->n_unit_costs;
}

static enum err_code cost_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct unit_cost *u = &v->programme->unit_costs[i];
	(void)a;
	(void)e;
	cell_text(&cells[0], u->item);
	cell_text(&cells[1], u->unit);
	cell_money(&cells[2], u->amount);
	cell_text(&cells[3], u->activity_key);
	cell_date(&cells[4], u->valid_from);
	cell_date(&cells[5], u->valid_to);
	cell_text(&cells[6], u->source_line);
	cell_text(&cells[7], u->note);
	return ERR_OK;
}

const struct opendata_list list_unit_costs = {"unit-costs", MSG("Unit costs"),
    MSG("Amounts per person, month or project."), cost_columns, 8, cost_count, cost_row};

/* ---- policy timeline ---- */

static const struct table_column timeline_columns[] = {
    {"code", TABLE_TEXT, NULL, "Identifier of the item."},
    {"date", TABLE_DATE, NULL, "Day, month or year."},
    {"kind", TABLE_TEXT, NULL, "Kind of document or decision."},
    {"priority", TABLE_INTEGER, NULL, "Priority that it concerns; empty: all."},
    {"title_en", TABLE_TEXT, NULL, "Title in English."},
    {"title_nl", TABLE_TEXT, NULL, "Title in Dutch."},
    {"title_fr", TABLE_TEXT, NULL, "Title in French."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
};

static size_t timeline_count(const struct public_view *v)
{
	return v->programme->n_timeline;
}

static enum err_code timeline_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct timeline_item *t = &v->programme->timeline[i];
	(void)a;
	(void)e;
	cell_text(&cells[0], t->code);
	cell_date(&cells[1], t->day);
	cell_text(&cells[2], t->kind);
	if (t->priority)
		cell_int(&cells[3], t->priority);
	cell_text(&cells[4], t->title.en);
	cell_text(&cells[5], t->title.nl);
	cell_text(&cells[6], t->title.fr);
	cell_text(&cells[7], t->source_line);
	return ERR_OK;
}

const struct opendata_list list_timeline = {"timeline", MSG("Policy time line"),
    MSG("Memoranda, letters, debates and decrees, by date."), timeline_columns, 8, timeline_count, timeline_row};
