/* The organisations and activities of a pack into the tables of the register. */
#include "feat/register/register.h"

#include "base/map.h"
#include "db/db.h"
#include "feat/programme/programme.h"

#define PROGRAMME                                                                                  \
	{                                                                                          \
		.name = "programme", .from = PACK_FROM_PROGRAMME                                   \
	}
#define ROW(db)                                                                                    \
	{                                                                                          \
		.name = db, .from = PACK_FROM_ROW                                                  \
	}
#define CONST(db, v)                                                                               \
	{                                                                                          \
		.name = db, .from = PACK_FROM_CONST, .number = v                                   \
	}
#define TEXT(db, csv)                                                                              \
	{                                                                                          \
		.name = db, .from = PACK_FROM_TEXT, .cell = csv                                    \
	}
#define TEXT_(db, csv)                                                                             \
	{                                                                                          \
		.name = db, .from = PACK_FROM_TEXT, .cell = csv, .nullable = true                  \
	}
#define LINES TEXT("source_line", "source_line")
#define NOTE TEXT_("note", "note")
#define UID(db, kind, csv)                                                                         \
	{                                                                                          \
		.name = db, .from = PACK_FROM_UID, .cell = csv, .words = kind                      \
	}
#define UID_(db, kind, csv)                                                                        \
	{                                                                                          \
		.name = db, .from = PACK_FROM_UID, .cell = csv, .words = kind, .nullable = true    \
	}
#define ACTIVITY                                                                                   \
	{                                                                                          \
		.name = "activity", .from = PACK_FROM_ACTIVITY, .cell = "activity_id"              \
	}
#define AMOUNT_(db, csv)                                                                           \
	{                                                                                          \
		.name = db, .from = PACK_FROM_AMOUNT, .cell = csv, .nullable = true                \
	}
#define CURRENCY_(csv)                                                                             \
	{                                                                                          \
		.name = "currency", .from = PACK_FROM_CURRENCY, .cell = csv, .nullable = true      \
	}
#define DAY_(db, csv)                                                                              \
	{.name = db "_day", .from = PACK_FROM_DAY, .cell = csv, .nullable = true},                 \
	{                                                                                          \
		.name = db "_precision", .from = PACK_FROM_PRECISION, .cell = csv                  \
	}
#define IS(db, csv, word)                                                                          \
	{                                                                                          \
		.name = db, .from = PACK_FROM_IS, .cell = csv, .words = word                       \
	}
#define MAP_(db, csv, pairs)                                                                       \
	{                                                                                          \
		.name = db, .from = PACK_FROM_MAP, .cell = csv, .words = pairs, .nullable = true   \
	}
#define CALL(db, fn)                                                                               \
	{                                                                                          \
		.name = db, .from = PACK_FROM_CALL, .number_of = fn                                \
	}
#define TARGET(f, t, k, cols)                                                                      \
	{                                                                                          \
		.file = f, .table = t, .kind = k, .columns = cols,                                 \
		.n = sizeof(cols) / sizeof(cols)[0]                                                \
	}

/* IATI ActivityStatus of the pack's words; the report knows no status "rejected" for a numbered
 * activity. */
#define STATUS "running=2|completed=4|terminated_early=5|rejected=5"

static const struct pack_target_column organisation_row[] = {PROGRAMME,
    UID("id", "organisation", "id"), CONST("own", 1), TEXT_("key", "id"), TEXT("name", "name"),
    TEXT_("type", "type"), TEXT_("country", "country"), TEXT_("country_basis", "country_basis"),
    LINES};

/* doc 0 is the programme's own row, the activities follow in the order of the pack. */
static const struct pack_target_column activity_row[] = {PROGRAMME,
    UID("id", "activity", "activity_id"), {.name = "dataset", .from = PACK_FROM_DATASET},
    ROW("doc"), CONST("own", 1), CONST("is_programme", 0), TEXT("key", "activity_id"),
    TEXT("title", "title"), TEXT_("acronym", "acronym"), TEXT_("description", "description_en"),
    UID_("implementer", "organisation", "implementer"), MAP_("status", "status", STATUS),
    DAY_("actual_start", "start_date"), DAY_("planned_end", "planned_end_date"),
    DAY_("actual_end", "actual_end_date"),
    {.name = "currency", .from = PACK_FROM_CURRENCY, .nullable = true},
    AMOUNT_("total_budget_minor", "total_budget_eur"),
    AMOUNT_("contribution_minor", "nl_contribution_eur"), TEXT_("follows", "follows"),
    TEXT_("scope", "scope"), TEXT_("number_kind", "number_kind"), LINES, NOTE};

static const struct pack_target_column priority_row[] = {PROGRAMME, ACTIVITY,
    {.name = "priority", .from = PACK_FROM_INT, .cell = "priority"},
    IS("is_primary", "primary", "yes"), LINES};
static const struct pack_target_column country_row[] = {
    PROGRAMME, ACTIVITY, ROW("seq"), TEXT("country", "country"), TEXT("role", "role"), LINES, NOTE};
static const struct pack_target_column partner_row[] = {PROGRAMME, ACTIVITY, ROW("seq"),
    UID("organisation", "organisation", "org"), TEXT("role", "role"),
    MAP_("iati_role", "role", "funder=1|implementer=4"), AMOUNT_("amount_minor", "amount_eur"),
    CURRENCY_("amount_eur"), LINES, NOTE};
static const struct pack_target_column intervention_row[] = {PROGRAMME, ACTIVITY,
    TEXT("intervention_id", "intervention_id"), IS("is_main", "role", "main"), LINES};
static const struct pack_target_column event_row[] = {PROGRAMME, ACTIVITY, ROW("seq"),
    {.name = "day", .from = PACK_FROM_DAY, .cell = "date", .nullable = true},
    {.name = "day_precision", .from = PACK_FROM_PRECISION, .cell = "date"}, TEXT("type", "type"),
    TEXT("detail", "detail"), AMOUNT_("amount_minor", "amount_eur"), CURRENCY_("amount_eur"),
    LINES};

/* ---- indicators: rows with the same activity, indicator and unit are values of one indicator ----
 */

struct place {
	uint32_t indicator, value; /* numbers within the activity and the indicator, from 1 */
	bool first;
};

static int64_t indicator_of(const void *ctx, size_t row)
{
	return ((const struct place *)ctx)[row].indicator;
}

static int64_t value_of(const void *ctx, size_t row)
{
	return ((const struct place *)ctx)[row].value;
}

static const struct pack_target_column value_row[] = {PROGRAMME, ACTIVITY,
    CALL("indicator_no", indicator_of), CALL("value_no", value_of), TEXT("dimension", "dimension"),
    TEXT_("baseline", "baseline"), TEXT_("target", "target"), TEXT_("actual", "actual"),
    {.name = "as_of_day", .from = PACK_FROM_DAY, .cell = "as_of", .nullable = true},
    {.name = "as_of_precision", .from = PACK_FROM_PRECISION, .cell = "as_of"}, LINES, NOTE};

#define RESULTS "targets_results.csv"

static enum err_code number_values(
    const struct pack *p, struct arena *a, struct place **ret, struct err *e)
{
	size_t n = pack_row_count(p, RESULTS);
	struct place *places = ARENA_ARRAY(a, n + 1, struct place);
	struct map *indicators = map_new(a, 5), *activities = map_new(a, 6);
	if (!places || !indicators || !activities)
		return arena_fail(a, e);
	for (size_t i = 0; i < n; i++) {
		str activity = pack_value(p, RESULTS, i, "activity_id");
		str key = arena_fmt(a, "%.*s\x1f%.*s\x1f%.*s", STR_ARG(activity),
		    STR_ARG(pack_value(p, RESULTS, i, "indicator")),
		    STR_ARG(pack_value(p, RESULTS, i, "unit")));
		struct place *last = key.p ? map_get(indicators, key) : NULL;
		uint32_t *count = map_get(activities, activity);
		if (!count) {
			count = ARENA_NEW(a, uint32_t);
			if (!key.p || !count || !map_set(activities, activity, count, NULL))
				return arena_fail(a, e);
		}
		places[i] = last ? (struct place){last->indicator, last->value + 1, false}
		                 : (struct place){++*count, 1, true};
		if (!map_set(indicators, key, &places[i], NULL))
			return arena_fail(a, e);
	}
	*ret = places;
	return ERR_OK;
}

static const struct db_column indicator_columns[] = {{"programme", DB_I64, false},
    {"activity", DB_UID, false}, {"indicator_no", DB_I64, false}, {"result_no", DB_I64, false},
    {"result_type", DB_I64, false}, {"title", DB_STR, false}, {"measure", DB_I64, true},
    {"unit", DB_STR, true}};
static const struct db_table indicator_table = {
    .name = "indicator", .columns = indicator_columns, .n = 8};

/* The source does not say whether a figure is an output or an outcome: IATI ResultType 9, other. */
static enum err_code store_indicators(
    const struct pack_store *s, const struct place *places, struct err *e)
{
	enum { RESULT_OTHER = 9, MEASURE_UNIT = 1, MEASURE_PERCENTAGE = 2 };
	AUTO_BULK b = NULL;
	TRY(db_bulk_begin(s->db, &indicator_table, &b, e));
	for (size_t i = 0; i < pack_row_count(s->pack, RESULTS); i++) {
		if (!places[i].first)
			continue;
		str activity = pack_value(s->pack, RESULTS, i, "activity_id"),
		    unit = pack_value(s->pack, RESULTS, i, "unit");
		db_bulk_i64(b, pack_number(s->pack));
		db_bulk_uid(b, activity.n ? pack_uid(s->pack, "activity", activity)
		                          : pack_uid(s->pack, "programme", pack_slug(s->pack)));
		db_bulk_i64(b, places[i].indicator);
		db_bulk_i64(b, places[i].indicator);
		db_bulk_i64(b, RESULT_OTHER);
		db_bulk_str(b, pack_value(s->pack, RESULTS, i, "indicator"));
		db_bulk_i64(b, str_is(unit, "percent") ? MEASURE_PERCENTAGE : MEASURE_UNIT);
		db_bulk_str(b, unit);
		TRY(db_bulk_row(b, e));
	}
	struct db_bulk *done = b;
	b = NULL;
	return db_bulk_end(done, NULL, e);
}

/* ---- the dataset and the programme's own row ---- */

static const struct db_column dataset_columns[] = {{"programme", DB_I64, false},
    {"id", DB_UID, false}, {"kind", DB_STR, false}, {"name", DB_STR, false},
    {"version", DB_STR, true}, {"received_ms", DB_I64, false}};
static const struct db_table dataset_table = {
    .name = "dataset", .columns = dataset_columns, .n = 6};

static enum err_code store_dataset(const struct pack_store *s, struct err *e)
{
	AUTO_BULK b = NULL;
	TRY(db_bulk_begin(s->db, &dataset_table, &b, e));
	db_bulk_i64(b, pack_number(s->pack));
	db_bulk_uid(b, pack_uid(s->pack, "dataset", pack_slug(s->pack)));
	db_bulk_str(b, STR("own"));
	db_bulk_str(b, pack_slug(s->pack));
	db_bulk_str(b, pack_version(s->pack));
	db_bulk_i64(b, s->now_ms);
	TRY(db_bulk_row(b, e));
	struct db_bulk *done = b;
	b = NULL;
	return db_bulk_end(done, NULL, e);
}

static const struct db_column own_columns[] = {{"programme", DB_I64, false}, {"id", DB_UID, false},
    {"dataset", DB_UID, false}, {"doc", DB_I64, false}, {"own", DB_I64, false},
    {"is_programme", DB_I64, false}, {"key", DB_STR, false}, {"title", DB_STR, false},
    {"description", DB_STR, true}, {"currency", DB_STR, true}};
static const struct db_table own_table = {.name = "activity", .columns = own_columns, .n = 10};

static enum err_code store_own_row(const struct pack_store *s, struct err *e)
{
	AUTO_BULK b = NULL;
	TRY(db_bulk_begin(s->db, &own_table, &b, e));
	db_bulk_i64(b, pack_number(s->pack));
	db_bulk_uid(b, pack_uid(s->pack, "programme", pack_slug(s->pack)));
	db_bulk_uid(b, pack_uid(s->pack, "dataset", pack_slug(s->pack)));
	db_bulk_i64(b, 0);
	db_bulk_i64(b, 1);
	db_bulk_i64(b, 1);
	db_bulk_str(b, pack_slug(s->pack));
	db_bulk_str(b, pack_name(s->pack));
	db_bulk_str(b, pack_description(s->pack));
	db_bulk_str(b, str_of(pack_currency(s->pack)));
	TRY(db_bulk_row(b, e));
	struct db_bulk *done = b;
	b = NULL;
	return db_bulk_end(done, NULL, e);
}

/* ---- search ---- */

/* The name of the organisation with that id in the pack. */
static str org_name(const struct pack *p, str id)
{
	for (size_t i = 0; i < pack_row_count(p, "organisations.csv"); i++)
		if (str_eq(pack_value(p, "organisations.csv", i, "id"), id))
			return pack_value(p, "organisations.csv", i, "name");
	return STR_NONE;
}

static enum err_code index_activities(const struct pack_store *s, struct err *e)
{
	const char *file = "activities.csv", *partners = "activity_partners.csv";
	for (size_t i = 0; i < pack_row_count(s->pack, file); i++) {
		str id = pack_value(s->pack, file, i, "activity_id");
		AUTO_BUF names = BUF_INIT(64 * 1024);
		buf_addf(&names, "%.*s %.*s %.*s", STR_ARG(id),
		    STR_ARG(pack_value(s->pack, file, i, "acronym")),
		    STR_ARG(org_name(s->pack, pack_value(s->pack, file, i, "implementer"))));
		for (size_t k = 0; k < pack_row_count(s->pack, partners); k++)
			if (str_eq(pack_value(s->pack, partners, k, "activity_id"), id))
				buf_addf(&names, " %.*s",
				    STR_ARG(org_name(
				        s->pack, pack_value(s->pack, partners, k, "org"))));
		TRY(buf_check(&names, e));
		TRY(register_index_text(s->db, true, (uint32_t)i + 1,
		    pack_value(s->pack, file, i, "title"),
		    pack_value(s->pack, file, i, "description_en"), buf_str(&names), e));
	}
	return ERR_OK;
}

static const struct pack_target parents[] = {
    TARGET("organisations.csv", "organisation", "organisation.added", organisation_row),
    TARGET("activities.csv", "activity", "activity.added", activity_row),
};

static const struct pack_target children[] = {
    TARGET("activity_priorities.csv", "activity_priority", "activity_priority.added", priority_row),
    TARGET("activity_countries.csv", "activity_country", "activity_country.added", country_row),
    TARGET("activity_partners.csv", "participating_org", "activity_partner.added", partner_row),
    TARGET("activity_interventions.csv", "activity_intervention", "activity_intervention.added",
        intervention_row),
    TARGET("events.csv", "activity_event", "activity_event.added", event_row),
};

static const struct pack_target values =
    TARGET(RESULTS, "indicator_value", "result.added", value_row);

enum err_code register_store(const struct pack_store *s, struct err *e)
{
	AUTO_ARENA a = arena_new(64 << 20);
	if (!a)
		return fail(
		    e, ERR_NOMEM, "register.memory", "there is no memory to store the activities");
	struct place *places = NULL;
	TRY(number_values(s->pack, a, &places, e));
	TRY(store_dataset(s, e));
	TRY(pack_store_rows(s, &parents[0], NULL, e));
	TRY(store_own_row(s, e));
	TRY(pack_store_rows(s, &parents[1], NULL, e));
	for (size_t i = 0; i < sizeof children / sizeof children[0]; i++)
		TRY(pack_store_rows(s, &children[i], NULL, e));
	TRY(store_indicators(s, places, e));
	TRY(pack_store_rows(s, &values, places, e));
	return index_activities(s, e);
}
