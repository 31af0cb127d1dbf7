#pragma once
/* Slice programme: what the pack says of the programme itself. Reading and checking a pack (pack_*.c),
 * storing it, and the immutable view that pages and exports read. */
#include "base/date.h"
#include "base/money.h"
#include "base/uid.h"
#include "base/vec.h"

struct db;
struct app_env;

/* ---- the view: loaded once per snapshot, never changed, in the snapshot's arena ---- */

/* A text in the languages of the site; the view fills gaps with English. */
struct text3 {
	str en, nl, fr;
};

struct priority {
	int code; /* 1… */
	struct text3 name, purpose, short_name;
	str source_line;
};

enum budget_kind { BUDGET_KIND_EXPENDITURE, BUDGET_KIND_BUDGET };

struct budget_line {
	int year, year_last; /* equal for a single year */
	int priority;	     /* 0: the programme as a whole */
	enum budget_kind kind;
	money amount; /* absent where the report prints a dash */
	str source_line, note;
};

struct country_list_entry {
	str country; /* ISO 3166-1 alpha-2, XK for Kosovo */
	str partner_country; /* yes, no, unknown */
	str source_line, note;
};

struct country_list {
	str code; /* C1 … */
	struct text3 name;
	pdate valid_from, valid_to; /* valid_to absent: still in force */
	const struct country_list_entry *entries;
	size_t n_entries;
};

struct legal_basis {
	str code;
	struct text3 name, text;
	pdate in_force;
	str source_line;
};

struct timeline_item {
	str code;
	pdate day;
	str kind; /* memorandum, letter, debate, decree, framework, evaluation … */
	int priority; /* 0: all */
	struct text3 title, text;
	str source_line;
};

struct scheme_rule {
	str rule_id, scheme, activity_key, rule_type, country, description, value, unit, partner_country;
	pdate valid_from, valid_to;
	str source_line;
};

struct rejected_proposal {
	str proposal_id, subject, countries, themes; /* lists separated by ';' */
	str source_line;
};

struct rejection_ground {
	str ground_id;
	struct text3 description;
	str source_line;
};

struct unit_cost {
	str item, unit;
	money amount;
	str activity_key;
	pdate valid_from, valid_to;
	str source_line, note;
};

struct site_figure {
	str key, value;
	int year, year_last;
	str unit, source_line, note;
};

/* How the programme is named in IATI files. */
struct iati_identity {
	str reporting_org; /* "XM-DAC-7" */
	int reporting_org_type; /* IATI OrganisationType */
	str identifier_prefix; /* in front of an activity's key */
};

/* A known inconsistency of the report. */
struct inconsistency {
	int number;
	str section;
	struct text3 text;
	str lines; /* in the report, ';' between */
};

struct programme_view {
	int64_t programme; /* its small number */
	str slug, pack_version, currency;
	struct iati_identity iati;
	struct text3 name, description, owner, source;
	date facts_as_of;
	int64_t loaded_ms;
	const struct priority *priorities;
	size_t n_priorities;
	const struct budget_line *budget;
	size_t n_budget;
	const struct country_list *country_lists;
	size_t n_country_lists;
	const struct legal_basis *legal_bases;
	size_t n_legal_bases;
	const struct timeline_item *timeline; /* by date */
	size_t n_timeline;
	const struct scheme_rule *rules; /* in the order of the pack */
	size_t n_rules;
	const struct rejected_proposal *rejected;
	size_t n_rejected;
	const struct rejection_ground *grounds;
	size_t n_grounds;
	const struct unit_cost *unit_costs;
	size_t n_unit_costs;
	const struct site_figure *site_figures;
	size_t n_site_figures;
	const struct inconsistency *inconsistencies;
	size_t n_inconsistencies;
	const struct inconsistency_index *index; /* opaque: by subject */
};

/* Load the only programme of the database. ERR_NOT_FOUND when the database holds none. */
enum err_code programme_view_load(struct db *db, struct arena *a, const struct programme_view **ret_view,
    struct err *e) WARN_UNUSED;

const struct priority *programme_priority(const struct programme_view *v, int code);
/* Notes on a subject: kind "activity", "budget", "event", "page" …; field "" for any. Next one after prev
 * (NULL: the first), NULL at the end. */
const struct inconsistency *programme_note_next(const struct programme_view *v, str subject_kind,
    str subject, str field, const struct inconsistency *prev);
/* True when list l holds country on that day (entry returned in *ret_entry, may be NULL). A boundary
 * known only as a year or month counts as in force throughout that period. */
bool country_list_holds(const struct country_list *l, str country, date on,
    const struct country_list_entry **ret_entry);
/* True when the period valid_from–valid_to includes the day; absent ends are open. */
bool period_includes(pdate valid_from, pdate valid_to, date on);

/* ---- the pack ---- */

struct pack; /* a checked pack, in an arena */

/* A fault found in a pack. */
struct pack_fault {
	struct err at;	  /* file, line, column, what is wrong */
	char cure[256];	  /* what to do */
};

/* Called for each fault found; there can be many. */
typedef void (*pack_fault_fn)(void *ctx, const struct pack_fault *fault);

/* Read and check the pack in dir, reporting every fault. *ret_pack is set only when there is none;
 * ERR_INVALID when there were faults, ERR_IO/ERR_NOT_FOUND when the folder cannot be read. */
enum err_code pack_read(const char *dir, struct arena *a, pack_fault_fn on_fault, void *ctx,
    const struct pack **ret_pack, struct err *e) WARN_UNUSED;

struct chain;
/* Store a pack in an empty database, inside the caller's transaction; every row is an event. */
enum err_code pack_store(const struct pack *p, struct db *db, const struct app_env *env, struct err *e) WARN_UNUSED;

int programme_cmd_check(struct app_env *env, int argc, char **argv);
int programme_cmd_init(struct app_env *env, int argc, char **argv);
