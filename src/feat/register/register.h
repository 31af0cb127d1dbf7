#pragma once
/* Slice register: the activities of the programme, the organisations and countries in them, and the
 * comparison activities imported beside them. The view is immutable and lives in a snapshot. */
#include "base/date.h"
#include "base/decimal.h"
#include "base/money.h"
#include "base/uid.h"
#include "base/vec.h"
#include "db/db.h"
#include "http/http.h"

struct db;
struct app_env;
struct programme_view;
struct pack_store;

/* IATI ActivityStatus. */
enum activity_status {
	ACTIVITY_STATUS_UNKNOWN = 0,
	ACTIVITY_STATUS_PIPELINE = 1,
	ACTIVITY_STATUS_IMPLEMENTATION = 2,
	ACTIVITY_STATUS_FINALISATION = 3,
	ACTIVITY_STATUS_CLOSED = 4,
	ACTIVITY_STATUS_CANCELLED = 5, /* for own activities: terminated early */
	ACTIVITY_STATUS_SUSPENDED = 6,
};
/* "implementation", "closed" …: in URLs, files and the API; "" when unknown. */
const char *activity_status_slug(enum activity_status s);
/* Message text (English, to be translated with i18n_text): "Running", "Completed", "Stopped early" … */
const char *activity_status_label(enum activity_status s);

enum country_role {
	COUNTRY_ROLE_BENEFICIARY,
	COUNTRY_ROLE_ORIGIN,
	COUNTRY_ROLE_DESTINATION,
	COUNTRY_ROLE_TRANSIT,
	COUNTRY_ROLE_RECIPIENT, /* imported activities */
};
const char *country_role_slug(enum country_role r);
const char *country_role_label(enum country_role r);

enum org_role { ORG_ROLE_FUNDER, ORG_ROLE_PARTNER, ORG_ROLE_IMPLEMENTER, ORG_ROLE_ACCOUNTABLE, ORG_ROLE_EXTENDING };
const char *org_role_slug(enum org_role r);
const char *org_role_label(enum org_role r);

/* ---- details of one activity ---- */

struct organisation {
	uid id;
	bool own;
	str key; /* the pack's slug, or the IATI reference */
	str name, type, country, country_basis, source_line;
};
const char *org_type_label(str type);

struct activity_country {
	str country;
	enum country_role role;
	uint32_t transaction_seq; /* 0: the activity as a whole */
	str percentage, source_line, note;
};

struct activity_sector {
	str vocabulary, code, percentage;
	uint32_t transaction_seq;
};

struct activity_region {
	str vocabulary, code, percentage;
	uint32_t transaction_seq;
};

struct activity_priority {
	int priority;
	bool is_primary;
	str source_line;
};

struct activity_intervention {
	str intervention_id;
	bool is_main;
	str source_line;
};

struct participating_org {
	const struct organisation *org;
	enum org_role role;
	int iati_role; /* 1-4, 0 unknown */
	str activity_ref;
	money amount;
	str source_line, note;
};

struct activity_event {
	pdate day;
	str type;   /* approved, extended_no_cost, budget_increase, report_received … */
	str detail;
	money amount;
	str source_line;
};

struct activity_budget {
	bool planned_disbursement;
	int type, status;
	date period_start, period_end, value_date;
	money value;
};

struct activity_transaction {
	int type; /* IATI TransactionType */
	date day, value_date;
	money value;
	str ref, description;
	const struct organisation *provider, *receiver;
	str provider_activity, receiver_activity;
	str aid_type, finance_type;
};

struct indicator_value {
	str dimension; /* 'key=value' pairs, ';' between; "" when there is only one figure */
	str baseline, target, actual; /* as stored; .p NULL when absent */
	decimal baseline_num, target_num, actual_num; /* decimal_is_none() when absent or not a number */
	int baseline_year;
	date period_start, period_end;
	pdate as_of;
	str source_line, note;
};

struct indicator {
	uint32_t no;	 /* within the activity, from 1 */
	int result_no;	 /* equal ones belong to one result */
	int result_type; /* IATI ResultType 1 output, 2 outcome, 3 impact, 9 other */
	str result_title, title, unit;
	int measure;	/* IATI IndicatorMeasure, 0: not stated */
	int ascending;	/* 1 a higher value is better, 0 a lower one, -1 not stated */
	str ref_vocabulary, ref_code;
	const struct indicator_value *values;
	size_t n_values;
};

struct activity_text {
	str field, type, lang, text;
};

struct document_link {
	str url, format, title, category, lang;
	date day;
};

struct related_activity {
	int type;
	str ref;
};

/* A policy marker, tag or humanitarian scope. */
struct activity_marker {
	str kind; /* policy-marker, tag, humanitarian-scope */
	str vocabulary, code, significance, type, name;
};

struct other_identifier {
	str ref, type;
};

struct activity_location {
	str ref, name;
	bool has_point;
	double latitude, longitude;
};

struct activity {
	uid id;
	uint32_t doc;
	bool own, is_programme;
	str key, title, lang, acronym, description;
	str dataset; /* name of the dataset it came from */
	const struct organisation *reporting, *implementer; /* NULL when not stated */
	enum activity_status status;
	int hierarchy;
	pdate planned_start, actual_start, planned_end, actual_end;
	money total_budget, contribution;
	str follows; /* key of the activity that it continues */
	str scope, number_kind, source_line, note;
	int64_t last_updated_ms; /* 0: not stated */
	str currency;		 /* default currency */
	int humanitarian;	 /* 1 yes, 0 no, -1 not stated */
	str collaboration_type, flow_type, finance_type, aid_type, tied_status, activity_scope;
	const struct activity_text *texts;
	size_t n_texts;
	const struct activity_priority *priorities;
	size_t n_priorities;
	const struct activity_intervention *interventions;
	size_t n_interventions;
	const struct activity_country *countries;
	size_t n_countries;
	const struct activity_region *regions;
	size_t n_regions;
	const struct activity_sector *sectors;
	size_t n_sectors;
	const struct participating_org *orgs;
	size_t n_orgs;
	const struct activity_event *events; /* by date */
	size_t n_events;
	const struct activity_budget *budgets;
	size_t n_budgets;
	const struct activity_transaction *transactions;
	size_t n_transactions;
	const struct indicator *indicators;
	size_t n_indicators;
	const struct document_link *documents;
	size_t n_documents;
	const struct related_activity *related;
	size_t n_related;
	const struct activity_location *locations;
	size_t n_locations;
	const struct activity_marker *markers;
	size_t n_markers;
	const struct other_identifier *identifiers;
	size_t n_identifiers;
};

/* Load one activity, own or imported, with all its parts into the arena. In several statements: begin a
 * transaction on the reader when they must see one state. ERR_NOT_FOUND "activity". */
enum err_code activity_load(struct db *db, int64_t programme, bool own, str key, struct arena *a,
    const struct activity **ret_activity, struct err *e) WARN_UNUSED;

/* The start as known: actual, else planned. The end likewise. */
pdate activity_start(const struct activity *x);
pdate activity_end(const struct activity *x);
int activity_primary_priority(const struct activity *x); /* 0: none */

/* ---- targets against results: the one place that decides ---- */

enum target_state {
	TARGET_STATE_NONE,	/* neither figure is known as a number */
	TARGET_STATE_NO_TARGET, /* a result without a target */
	TARGET_STATE_NO_RESULT, /* a target without a result */
	TARGET_STATE_MET,	/* the result is at least the target; at most, where a lower value is better */
	TARGET_STATE_NOT_MET,
};
/* ascending: see struct indicator. Figures that are absent are decimal_is_none(). Pure. */
enum target_state target_state_of(decimal target, decimal actual, int ascending);

/* Rows of indicators by what became of them. Rows may overlap (a total and its parts): each is counted. */
struct target_tally {
	size_t met, not_met, no_result, no_target;
};
void target_tally_add(struct target_tally *t, enum target_state s);
void target_tally_activity(struct target_tally *t, const struct activity *x);
static inline size_t target_tally_both(const struct target_tally *t)
{
	return t->met + t->not_met;
}

/* ---- the view of all activities ---- */

/* Size classes of the contribution in EUR: the evaluation's management-load limits. */
enum size_class {
	SIZE_CLASS_UNKNOWN,
	SIZE_CLASS_UNDER_100K,
	SIZE_CLASS_100K_250K,
	SIZE_CLASS_250K_1M,
	SIZE_CLASS_1M_MORE,
	SIZE_CLASS_COUNT,
};
const char *size_class_slug(enum size_class c);
const char *size_class_label(enum size_class c);
/* Of an amount in minor units; another currency than EUR, or no amount, is UNKNOWN. */
enum size_class size_class_of(money contribution);

#define ROW_AMOUNT_NONE INT64_MIN
#define ROW_DAY_NONE INT32_MIN
#define ROW_NONE UINT32_MAX

/* What lists, facets and sorting need of an activity, own or imported: 200,000 of them fit in memory. */
struct activity_row {
	uint32_t doc;
	uint32_t implementer;	/* index in the set's orgs, ROW_NONE: none */
	uint32_t first_country; /* into the set's countries */
	uint32_t priorities;	/* bit (1 << code) for each priority served, primary or also */
	uint16_t n_countries;	/* distinct pairs of country and role */
	uint8_t status;		/* enum activity_status */
	uint8_t primary_priority;
	char currency[4];
	int32_t start_day, end_day; /* ROW_DAY_NONE: unknown; the first and last day as known */
	int64_t contribution_minor; /* ROW_AMOUNT_NONE: not stated */
	str key, title;
	/* made by activity_set_build: */
	int16_t first_year, last_year; /* years in which it ran as far as known; 0: unknown */
	uint8_t size;		       /* enum size_class */
	uint8_t org_type;	       /* of the implementer, in the set's org_types; 0: none */
	char lang[2];		       /* of the title, such as "nl", as read; zeros: not known */
};

struct row_country {
	char code[3];
	uint8_t role; /* enum country_role */
};

struct select_index;

struct activity_set {
	const struct activity_row *rows; /* by title, accents and case ignored */
	size_t n;
	const struct row_country *countries;
	const struct organisation *orgs;
	size_t n_orgs;
	const uint32_t *row_of_doc; /* index of rows by doc, ROW_NONE: none */
	uint32_t doc_limit;
	/* rows in other orders; what is unknown stands behind the known ones */
	const uint32_t *by_start, *by_contribution;
	size_t n_start, n_contribution; /* known */
	const str *org_types; /* [0] is "" */
	size_t n_org_types;
	int first_year, last_year; /* of all rows; 0: none has a year */
	struct select_index *index; /* for register_select */
};

enum {
	ACTIVITY_SET_MAX = 20000000, /* rows */
	ORG_TYPES_MAX = 200,	     /* distinct types of implementers; further ones count as none */
	YEAR_MIN = 1900,
	YEAR_MAX = 2199,
	COUNTRY_CODES = 26 * 26,
};

/* Sort rows (which this takes over) and make the indexes. Pure. countries and orgs are borrowed. */
enum err_code activity_set_build(struct activity_row *rows, size_t n, const struct row_country *countries,
    const struct organisation *orgs, size_t n_orgs, struct arena *a, struct activity_set *ret_set, struct err *e) WARN_UNUSED;

struct register_view {
	struct activity_set own;	/* the portfolio, without the programme's own row */
	struct activity_set comparison; /* imported */
	const struct activity **activities; /* details of the portfolio, in the order of own.rows */
	const struct activity *programme;   /* events and figures of the programme itself, NULL: none */
	const struct organisation *orgs;    /* of the portfolio, by name */
	size_t n_orgs;
};

enum err_code register_view_load(struct db *db, int64_t programme, struct arena *a,
    const struct register_view **ret_view, struct err *e) WARN_UNUSED;

/* The same without the comparison activities, for commands that do not need them. */
enum err_code register_own_load(struct db *db, int64_t programme, struct arena *a,
    const struct register_view **ret_view, struct err *e) WARN_UNUSED;

const struct activity *register_activity(const struct register_view *v, str key); /* NULL: none */
const struct organisation *register_org(const struct register_view *v, str key);  /* NULL: none */

/* ---- selections: the same filters for pages, API and downloads ---- */

enum activity_sort {
	ACTIVITY_SORT_RELEVANCE, /* by search rank; without a search as TITLE */
	ACTIVITY_SORT_TITLE,
	ACTIVITY_SORT_START,
	ACTIVITY_SORT_CONTRIBUTION,
};

enum {
	FILTER_VALUES_MAX = 64,
	FACET_VALUES_MAX = 500, /* values listed in one facet, the most frequent and the chosen ones */
};

struct filter_values {
	str v[FILTER_VALUES_MAX];
	size_t n;
};

/* Values within one facet are alternatives, facets narrow each other. Empty: no limit. country and role belong
 * together: one country of the activity must have both. A value that nothing has selects nothing. */
struct activity_filter {
	str q; /* full text */
	struct filter_values priority, also_priority, status, implementer, org_type, country, role, year, size;
	enum activity_sort sort;
	bool descending;
	size_t offset, limit;
};

struct facet_value {
	str value; /* as in the URL */
	size_t count; /* with all other facets applied */
	bool chosen;
};

struct facet {
	const char *name; /* field name: priority, also, status, implementer, type, country, role, year, size */
	const struct facet_value *values;
	size_t n;
};

struct selection {
	const struct activity_row **rows; /* the page asked for */
	size_t n, total;		  /* rows on the page, rows in all */
	const struct facet *facets;
	size_t n_facets;
	money contribution; /* sum over all chosen rows in EUR; rows in another currency or unstated are not in it */
	size_t n_without_amount;
};

/* hits: document numbers found by register_search, by rank; NULL when there is no q. Pure. */
enum err_code register_select(const struct activity_set *set, const struct activity_filter *f,
    const uint32_t *hits, size_t n_hits, struct arena *a, struct selection *ret_s, struct err *e) WARN_UNUSED;

enum { REGISTER_SEARCH_RANKED_MAX = 1000 };

/* Full-text search in title, description and names; own or comparison. Any input is a valid query. At most
 * limit documents, best first: by the engine's rank of how often and where the words occur. When there are more than
 * REGISTER_SEARCH_RANKED_MAX of them, those with all the words in their title come first, each kind by document number. */
enum err_code register_search(struct db *db, bool own, str query, size_t limit, struct arena *a,
    const uint32_t **ret_docs, size_t *ret_n, struct err *e) WARN_UNUSED;

/* Put an activity's words into the full-text index, inside the caller's transaction (replacing older ones). */
enum err_code register_index_text(struct db *db, bool own, uint32_t doc, str title, str description, str names,
    struct err *e) WARN_UNUSED;
/* The same in two steps: cutting texts into the words that the index of this engine holds (in arena; touches no database, so
 * another thread may do it), and putting them in. is_new: the document has no words in the index yet. */
struct register_words {
	str title, description, names;
};
enum err_code register_words(enum db_engine engine, bool own, str title, str description, str names, struct arena *a,
    struct register_words *ret_words, struct err *e) WARN_UNUSED;
enum err_code register_index_words(struct db *db, uint32_t doc, const struct register_words *words, bool is_new,
    struct err *e) WARN_UNUSED;
/* Take an activity's words out of the index, inside the caller's transaction. */
enum err_code register_index_remove(struct db *db, uint32_t doc, struct err *e) WARN_UNUSED;

/* Store the organisations and activities of a pack, with their search words. */
enum err_code register_store(const struct pack_store *s, struct err *e) WARN_UNUSED;

/* ---- commands ---- */

/* grutto check PACK: the pack, its rules and its prices. */
int register_cmd_check(struct app_env *env, int argc, char **argv);

/* grutto init DB --pack DIR: a database from a programme pack, in one transaction. */
int register_cmd_init(struct app_env *env, int argc, char **argv);

/* ---- the filter as query fields: one definition for pages, API and downloads ---- */


enum { REGISTER_PAGE_ROWS = 25, REGISTER_PAGE_ROWS_MAX = 500 };

/* q, priority, also, status, implementer, type, country, role, year, size, sort, order, page, rows; ends with
 * an empty row. */
extern const struct http_field register_filter_fields[];
/* The filter of a request whose route has these fields; limit and offset from page and rows. Texts are
 * borrowed from the request. */
void register_filter_read(const struct http_request *req, struct activity_filter *ret_f);
/* The filter as a query string without '?', fields at their default left out, page last. page 0: no page. */
void register_filter_query(struct buf *b, const struct activity_filter *f, size_t page);
/* Search when there is a q (reads the database: SLOW handlers only), then select. */
enum err_code register_find(const struct http_request *req, bool own, const struct activity_filter *f,
    struct arena *a, struct selection *ret_s, struct err *e) WARN_UNUSED;
