/* Lists of the portfolio: organisations, countries, events, targets and results, activities. */
#include "feat/opendata/lists.h"

#include <assert.h>

#include "feat/opendata/cells.h"
#include "feat/opendata/rows.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/public.h"

#define SOURCE_LINE {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."}
#define NOTE {"note", TABLE_TEXT, NULL, "Remark on the figure."}

/* ---- organisations ---- */

static const struct table_column organisation_columns[] = {
    {"organisation", TABLE_TEXT, NULL, "Identifier of the organisation."},
    {"name", TABLE_TEXT, NULL, "Name."},
    {"organisation_type", TABLE_TEXT, NULL,
	"international_org, ngo, migrant_org, government, research, consultancy or other."},
    {"country", TABLE_TEXT, NULL, "Country of the seat, ISO 3166-1 alpha-2."},
    {"country_basis", TABLE_TEXT, NULL, "report (stated there) or general (general knowledge)."},
    SOURCE_LINE,
};

static size_t organisation_count(const struct public_view *v)
{
	return v->activities->n_orgs;
}

static enum err_code organisation_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct organisation *o = &v->activities->orgs[i];
	(void)a;
	(void)e;
	const str texts[] = {o->key, o->name, o->type, o->country, o->country_basis, o->source_line};
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		cell_text(&cells[k], texts[k]);
	return ERR_OK;
}

const struct opendata_list list_organisations = {"organisations", MSG("Organisations"),
    MSG("Organisations that carry out, fund or support activities."), organisation_columns, 6,
    organisation_count, organisation_row};

/* ---- parts of activities, flattened ---- */

/* Row i over a part that each activity has several of: *ret_k is its place within activity *ret_x. */
typedef size_t (*part_count_fn)(const struct activity *x);

static size_t count_parts(const struct public_view *v, part_count_fn count)
{
	size_t n = v->activities->programme ? count(v->activities->programme) : 0;
	for (size_t i = 0; i < v->activities->own.n; i++)
		n += count(v->activities->activities[i]);
	return n;
}

static const struct activity *part_at(const struct public_view *v, part_count_fn count, size_t i,
    size_t *ret_k)
{
	const struct register_view *r = v->activities;
	size_t n = r->programme ? count(r->programme) : 0;
	if (i < n) {
		*ret_k = i;
		return r->programme;
	}
	i -= n;
	for (size_t k = 0;; k++) {
		assert(k < r->own.n); /* i is below the count of the list */
		n = count(r->activities[k]);
		if (i < n) {
			*ret_k = i;
			return r->activities[k];
		}
		i -= n;
	}
}

static str key_of(const struct activity *x)
{
	return x->is_programme ? STR_NONE : x->key;
}

/* ---- countries ---- */

static const struct table_column country_columns[] = {
    {"activity_id", TABLE_TEXT, NULL, "Number of the activity."},
    {"country", TABLE_TEXT, NULL, "Country, ISO 3166-1 alpha-2; XK for Kosovo."},
    {"role", TABLE_TEXT, NULL, "beneficiary, origin, destination or transit."},
    SOURCE_LINE,
    NOTE,
};

static size_t countries_of(const struct activity *x)
{
	return x->n_countries;
}

static size_t country_count(const struct public_view *v)
{
	return count_parts(v, countries_of);
}

static enum err_code country_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	size_t k;
	const struct activity *x = part_at(v, countries_of, i, &k);
	const struct activity_country *c = &x->countries[k];
	(void)a;
	(void)e;
	cell_text(&cells[0], key_of(x));
	cell_text(&cells[1], c->country);
	cell_text(&cells[2], str_of(country_role_slug(c->role)));
	cell_text(&cells[3], c->source_line);
	cell_text(&cells[4], c->note);
	return ERR_OK;
}

const struct opendata_list list_countries = {"countries", MSG("Countries"),
    MSG("Countries in which activities run, with their role."), country_columns, 5, country_count, country_row};

/* ---- organisations in activities ---- */

static const struct table_column participation_columns[] = {
    {"activity_id", TABLE_TEXT, NULL, "Number of the activity."},
    {"organisation", TABLE_TEXT, NULL, "Identifier of the organisation."},
    {"name", TABLE_TEXT, NULL, "Name of the organisation."},
    {"role", TABLE_TEXT, NULL, "funder, partner or implementer."},
    {"amount_eur", TABLE_MONEY, "EUR", "Amount in euros, where the report gives one."},
    SOURCE_LINE,
    NOTE,
};

static size_t orgs_of(const struct activity *x)
{
	return x->n_orgs;
}

static size_t participation_count(const struct public_view *v)
{
	return count_parts(v, orgs_of);
}

static enum err_code participation_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	size_t k;
	const struct activity *x = part_at(v, orgs_of, i, &k);
	const struct participating_org *p = &x->orgs[k];
	(void)a;
	(void)e;
	cell_text(&cells[0], key_of(x));
	cell_text(&cells[1], p->org->key);
	cell_text(&cells[2], p->org->name);
	cell_text(&cells[3], str_of(org_role_slug(p->role)));
	cell_money(&cells[4], p->amount);
	cell_text(&cells[5], p->source_line);
	cell_text(&cells[6], p->note);
	return ERR_OK;
}

const struct opendata_list list_participations = {"participations", MSG("Organisations in activities"),
    MSG("Which organisation takes part in which activity, in what role and with how much."),
    participation_columns, 7, participation_count, participation_row};

/* ---- events ---- */

static const struct table_column event_columns[] = {
    {"activity_id", TABLE_TEXT, NULL, "Number of the activity; empty for the programme."},
    {"date", TABLE_DATE, NULL, "Day, month or year."},
    {"event_type", TABLE_TEXT, NULL,
	"approved, extended_no_cost, budget_increase, report_received, report_approved, report_rejected, "
	"terminated, rule_change, evaluation or other."},
    {"detail", TABLE_TEXT, NULL, "What happened, in English."},
    {"amount_eur", TABLE_MONEY, "EUR", "Amount in euros, where one belongs to it."},
    SOURCE_LINE,
};

static size_t events_of(const struct activity *x)
{
	return x->n_events;
}

static size_t event_count(const struct public_view *v)
{
	return count_parts(v, events_of);
}

static enum err_code event_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	size_t k;
	const struct activity *x = part_at(v, events_of, i, &k);
	const struct activity_event *ev = &x->events[k];
	(void)a;
	(void)e;
	cell_text(&cells[0], key_of(x));
	cell_date(&cells[1], ev->day);
	cell_text(&cells[2], ev->type);
	cell_text(&cells[3], ev->detail);
	cell_money(&cells[4], ev->amount);
	cell_text(&cells[5], ev->source_line);
	return ERR_OK;
}

const struct opendata_list list_events = {"events", MSG("Events"),
    MSG("What happened in the life of the programme and its activities."), event_columns, 6, event_count, event_row};

/* ---- targets and results ---- */

static const struct table_column target_columns[] = {
    {"activity_id", TABLE_TEXT, NULL, "Number of the activity; empty for the programme."},
    {"indicator", TABLE_TEXT, NULL, "What is measured."},
    {"dimension", TABLE_TEXT, NULL, "key=value pairs, ';' between them; empty when there is one figure."},
    {"unit", TABLE_TEXT, NULL, "Unit of the three values."},
    {"baseline", TABLE_DECIMAL, NULL, "Value before."},
    {"target", TABLE_DECIMAL, NULL, "Value promised."},
    {"actual", TABLE_DECIMAL, NULL, "Value reached."},
    {"as_of", TABLE_DATE, NULL, "Date of the actual value, or of the deadline."},
    SOURCE_LINE,
    NOTE,
};

static size_t values_of(const struct activity *x)
{
	size_t n = 0;
	for (size_t i = 0; i < x->n_indicators; i++)
		n += x->indicators[i].n_values;
	return n;
}

static size_t target_count(const struct public_view *v)
{
	return count_parts(v, values_of);
}

static enum err_code target_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	size_t k, at = 0;
	const struct activity *x = part_at(v, values_of, i, &k);
	(void)a;
	(void)e;
	while (k >= x->indicators[at].n_values)
		k -= x->indicators[at++].n_values;
	const struct indicator *in = &x->indicators[at];
	const struct indicator_value *val = &in->values[k];
	cell_text(&cells[0], key_of(x));
	cell_text(&cells[1], in->title);
	cell_text(&cells[2], val->dimension);
	cell_text(&cells[3], in->unit);
	cell_decimal_text(&cells[4], val->baseline);
	cell_decimal_text(&cells[5], val->target);
	cell_decimal_text(&cells[6], val->actual);
	cell_date(&cells[7], val->as_of);
	cell_text(&cells[8], val->source_line);
	cell_text(&cells[9], val->note);
	return ERR_OK;
}

const struct opendata_list list_targets = {"targets", MSG("Targets and results"),
    MSG("Every quantified target, result and baseline."), target_columns, 10, target_count, target_row};

/* ---- activities ---- */

static const struct table_column activity_columns[] = {
    {"activity_id", TABLE_TEXT, NULL, "Number of the activity; the iati-identifier of imported ones."},
    {"title", TABLE_TEXT, NULL, "Title."},
    {"acronym", TABLE_TEXT, NULL, "Acronym."},
    {"status", TABLE_TEXT, NULL, "IATI ActivityStatus: pipeline, implementation, finalisation, closed, cancelled, suspended."},
    {"implementer", TABLE_TEXT, NULL, "Organisation that carries it out."},
    {"implementer_type", TABLE_TEXT, NULL, "Type of that organisation."},
    {"priority", TABLE_INTEGER, NULL, "Priority under which it is filed."},
    {"also_priorities", TABLE_TEXT, NULL, "Further priorities that it serves, ';' between them."},
    {"countries", TABLE_TEXT, NULL, "Countries, ISO 3166-1 alpha-2, ';' between them."},
    {"start_date", TABLE_DATE, NULL, "Start as known."},
    {"planned_end_date", TABLE_DATE, NULL, "End in the first plan."},
    {"end_date", TABLE_DATE, NULL, "End as known, extensions included."},
    {"currency", TABLE_TEXT, NULL, "Currency of the two amounts, ISO 4217."},
    {"total_budget", TABLE_MONEY, NULL, "Budget of the activity as a whole."},
    {"contribution", TABLE_MONEY, NULL, "Contribution of the ministry; for imported activities their commitments."},
    {"description", TABLE_TEXT, NULL, "What it does."},
    {"follows", TABLE_TEXT, NULL, "Activity that it continues or evaluates."},
    SOURCE_LINE,
    NOTE,
};

enum { ACTIVITY_COLUMNS = sizeof activity_columns / sizeof *activity_columns };

const struct table_column *opendata_activity_columns(size_t *ret_n)
{
	*ret_n = ACTIVITY_COLUMNS;
	return activity_columns;
}

static pdate known_day(int32_t day)
{
	return day == INT32_MIN ? PDATE_NONE : (pdate){day, DATE_PRECISION_DAY};
}

static enum err_code join_priorities(const struct activity_row *r, struct arena *a, str *ret_s, struct err *e)
{
	AUTO_BUF b = BUF_INIT(64);
	for (int code = 1; code < 8; code++)
		if ((r->priorities >> code & 1) && code != r->primary_priority)
			buf_addf(&b, "%s%d", b.n ? ";" : "", code);
	*ret_s = arena_str(a, buf_str(&b));
	return ret_s->p ? ERR_OK : arena_fail(a, e);
}

/* Each country once, whatever its roles. */
static enum err_code join_countries(const struct activity_set *set, const struct activity_row *r,
    struct arena *a, str *ret_s, struct err *e)
{
	AUTO_BUF b = BUF_INIT(4096);
	for (uint32_t i = 0; i < r->n_countries; i++) {
		const char *code = set->countries[r->first_country + i].code;
		if (str_find(buf_str(&b), str_of(code)) < 0)
			buf_addf(&b, "%s%s", b.n ? ";" : "", code);
	}
	TRY(buf_check(&b, e));
	*ret_s = arena_str(a, buf_str(&b));
	return ret_s->p ? ERR_OK : arena_fail(a, e);
}

static void detail_cells(const struct activity *x, struct table_cell *cells)
{
	cell_text(&cells[2], x->acronym);
	cell_date(&cells[9], activity_start(x));
	cell_date(&cells[10], x->planned_end);
	cell_date(&cells[11], activity_end(x));
	cell_money(&cells[13], x->total_budget);
	cell_text(&cells[15], x->description);
	cell_text(&cells[16], x->follows);
	cell_text(&cells[17], x->source_line);
	cell_text(&cells[18], x->note);
}

enum err_code opendata_activity_cells(const struct activity_set *set, const struct activity_row *r,
    const struct activity *detail, struct arena *a, struct table_cell *cells, struct err *e)
{
	str joined;
	for (size_t i = 0; i < ACTIVITY_COLUMNS; i++)
		cells[i].missing = true;
	cell_text(&cells[0], r->key);
	cell_text(&cells[1], r->title);
	cell_text(&cells[3], str_of(activity_status_slug((enum activity_status)r->status)));
	if (r->implementer != UINT32_MAX) {
		cell_text(&cells[4], set->orgs[r->implementer].name);
		cell_text(&cells[5], set->orgs[r->implementer].type);
	}
	if (r->primary_priority)
		cell_int(&cells[6], r->primary_priority);
	TRY(join_priorities(r, a, &joined, e));
	cell_text(&cells[7], joined);
	TRY(join_countries(set, r, a, &joined, e));
	cell_text(&cells[8], joined);
	cell_date(&cells[9], known_day(r->start_day));
	cell_date(&cells[11], known_day(r->end_day));
	cell_text(&cells[12], str_of(r->currency));
	if (r->contribution_minor != INT64_MIN) {
		money m = {.minor = r->contribution_minor};
		memcpy(m.currency, r->currency, sizeof m.currency);
		cell_money(&cells[14], m);
	}
	if (detail)
		detail_cells(detail, cells);
	return ERR_OK;
}
