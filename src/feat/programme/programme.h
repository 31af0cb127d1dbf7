#pragma once
/* Slice programme: what the pack says of the programme itself. Reading and checking a pack
 * (pack_*.c), storing it, and the immutable view that pages and exports read. */
#include "base/date.h"
#include "base/money.h"
#include "base/uid.h"
#include "base/vec.h"
#include "engine/i18n/i18n.h"

struct db;
struct map;
struct app_env;

/* ---- the view: loaded once per snapshot, never changed, in the snapshot's arena ---- */

/* A text in the languages of the site; the view fills gaps with English. */
struct text3 {
	str en, nl, fr;
};
static inline str text3_in(const struct text3 *t, enum lang l)
{
	return l == LANG_NL ? t->nl : l == LANG_FR ? t->fr : t->en;
}

struct priority {
	int code; /* 1… */
	struct text3 name, purpose, short_name;
	str source_line;
};

enum budget_kind { BUDGET_KIND_EXPENDITURE, BUDGET_KIND_BUDGET };

struct budget_line {
	int year, year_last; /* equal for a single year */
	int priority;        /* 0: the programme as a whole */
	enum budget_kind kind;
	money amount; /* absent where the report prints a dash */
	str source_line, note;
};

struct country_list_entry {
	str country;         /* ISO 3166-1 alpha-2, XK for Kosovo */
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
	str kind;     /* memorandum, letter, debate, decree, framework, evaluation … */
	int priority; /* 0: all */
	struct text3 title, text;
	str source_line;
};

struct scheme_rule {
	str rule_id, scheme, activity_key, rule_type, country, description, value, unit,
	    partner_country;
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

/* How a decision model is worded for readers: the model, a form that asks for its inputs ("check": name is the decision
 * to make), a decision, an input ("input" or "input.component"), a value ("true" of one input: "input=true"), or a
 * text that the model holds in English ("text": a remark, a source, the reason of what cannot be told). */
struct decision_label {
	str model, kind, name;
	struct text3 label, help; /* help may be empty */
};

enum indicator_kind { INDICATOR_CONTEXT, INDICATOR_INPUT, INDICATOR_OUTPUT, INDICATOR_OUTCOME };

/* What an indicator measures, and whether the verdict on its activity rests on it. */
struct indicator_role {
	str activity_key; /* empty: of the programme */
	str indicator;
	enum indicator_kind kind;
	int ascending;   /* as struct indicator */
	bool is_main;
	str dimension;   /* is_main: of the values that tell its state, '|' between, in the order of time */
	str why, source_line;
};

/* How the programme is named in IATI files. */
struct iati_identity {
	str reporting_org;      /* "XM-DAC-7" */
	int reporting_org_type; /* IATI OrganisationType */
	str identifier_prefix;  /* in front of an activity's key */
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
	const struct decision_label *decision_labels; /* in the order of the pack */
	size_t n_decision_labels;
	const struct indicator_role *indicator_roles; /* by activity and indicator, bytewise */
	size_t n_indicator_roles;
	const struct inconsistency_index *index; /* opaque: by subject */
	const struct map *texts;		 /* opaque: what programme_word looks up */
};

/* Load the only programme of the database. ERR_NOT_FOUND when the database holds none. */
enum err_code programme_view_load(struct db *db, struct arena *a,
    const struct programme_view **ret_view, struct err *e) WARN_UNUSED;

const struct priority *programme_priority(const struct programme_view *v, int code);
/* What the pack says for something of a decision model (its key), else for all models ("*"); NULL when it says nothing. */
const struct decision_label *programme_decision_label(const struct programme_view *v, str model, const char *kind, str name);
/* NULL: the pack does not list the indicator. activity_key "": of the programme. */
const struct indicator_role *programme_indicator_role(const struct programme_view *v, str activity_key, str indicator);
/* How the pack says a word of its data in the languages of the site. kind "intervention", "ground", "scheme",
 * "unit", "theme", "assumption" (by the link of the theory) or "dimension" (the names and values in it). NULL when the pack has no words for it. */
const struct text3 *programme_word(const struct programme_view *v, const char *kind, str word);
/* The same in one language; the word itself when the pack has none. */
str programme_word_in(const struct programme_view *v, const char *kind, str word, enum lang l);
/* Notes on a subject: kind "activity", "budget", "event", "page" …; field "" for any. Next one
 * after prev (NULL: the first), NULL at the end. */
const struct inconsistency *programme_note_next(const struct programme_view *v, str subject_kind,
    str subject, str field, const struct inconsistency *prev);
/* True when list l holds country on that day (entry returned in *ret_entry, may be NULL). A
 * boundary known only as a year or month counts as in force throughout that period. */
bool country_list_holds(const struct country_list *l, str country, date on,
    const struct country_list_entry **ret_entry);
/* True when the period valid_from–valid_to includes the day; absent ends are open. */
bool period_includes(pdate valid_from, pdate valid_to, date on);

/* ---- the pack ---- */

struct pack; /* a checked pack, in an arena */

/* A fault found in a pack. */
struct pack_fault {
	struct err at;  /* file, line, column, what is wrong */
	bool warning;   /* worth a look; the pack can be loaded all the same */
	char cure[256]; /* what to do */
};

/* Called for each fault found; there can be many. */
typedef void (*pack_fault_fn)(void *ctx, const struct pack_fault *fault);

/* Read and check the pack in dir, reporting every fault. *ret_pack is set only when there is none;
 * ERR_INVALID when there were faults, ERR_IO/ERR_NOT_FOUND when the folder cannot be read. */
enum err_code pack_read(const char *dir, struct arena *a, pack_fault_fn on_fault, void *ctx,
    const struct pack **ret_pack, struct err *e) WARN_UNUSED;

/* Checks of another slice on what it finds in a pack; faults go to on_fault. What it gets may be incomplete. */
typedef enum err_code (*pack_also_fn)(
    const struct pack *p, struct arena *a, pack_fault_fn on_fault, void *ctx, struct err *e);
/* pack_read, with such checks among its own. */
enum err_code pack_read_also(const char *dir, pack_also_fn also, struct arena *a, pack_fault_fn on_fault, void *ctx,
    const struct pack **ret_pack, struct err *e) WARN_UNUSED;

/* ---- storing: rows of a pack become rows of tables and events of the chain ---- */

struct chain;

/* How a column of a database table is made from a row of a pack's table. */
enum pack_source {
	PACK_FROM_PROGRAMME, /* the programme's number */
	PACK_FROM_ROW,       /* number of the row, from 1 */
	PACK_FROM_TEXT,      /* the cell; empty: NULL where the column is nullable, else "" */
	PACK_FROM_INT,
	PACK_FROM_PRIORITY,  /* whole number, "all" is 0 */
	PACK_FROM_AMOUNT,    /* minor units of the programme's currency */
	PACK_FROM_MILLIONS,  /* the same from millions */
	PACK_FROM_CURRENCY,  /* the currency when the amount in the cell is there (no cell: always)
	                      */
	PACK_FROM_DAY,       /* first day of a date */
	PACK_FROM_PRECISION, /* enum date_precision of it */
	PACK_FROM_YEAR,      /* of 2009/2011: 2009 */
	PACK_FROM_YEAR_LAST, /* and 2011 */
	PACK_FROM_IS,        /* true when the cell is `words` */
	PACK_FROM_MAP, /* whole number that `words` gives: "running=2|completed=4"; empty: NULL */
	PACK_FROM_UID, /* identifier of the thing of kind `words` that the cell names; empty: NULL
	                */
	PACK_FROM_ACTIVITY, /* identifier of the activity; empty: of the programme's own row */
	PACK_FROM_DATASET,  /* identifier of the pack as a dataset */
	PACK_FROM_CONST,    /* whole number `number` */
	PACK_FROM_CALL,     /* what `number_of` says */
};

struct pack_target_column {
	const char *name;
	enum pack_source from;
	const char *cell; /* column of the pack's table, NULL: none */
	const char *words;
	bool nullable;
	int64_t number;
	int64_t (*number_of)(const void *ctx, size_t row);
};

struct pack_target {
	const char *file;  /* of the pack, "budget.csv" */
	const char *table; /* of the database */
	const char
	    *kind; /* of the event: "budget.added"; NULL: these rows have their event already */
	const struct pack_target_column *columns;
	size_t n;
	const char *only_column, *only_word; /* rows where the cell is this word; NULL: all */
};

/* Where rows go: the caller's transaction and open chain. */
struct pack_store {
	const struct pack *pack;
	struct db *db;
	struct chain *chain;
	struct uid_maker *uids;
	int64_t now_ms;
};

enum err_code pack_store_rows(const struct pack_store *s, const struct pack_target *t,
    const void *ctx, struct err *e) WARN_UNUSED;
/* Add one event for something stored by hand; after is its JSON. */
enum err_code pack_store_event(const struct pack_store *s, const char *kind,
    const char *subject_kind, str subject, str after, struct err *e) WARN_UNUSED;
/* The programme's own tables: programme, texts, priorities, budget, lists, rules … */
enum err_code programme_store(const struct pack_store *s, struct err *e) WARN_UNUSED;

/* Identifiers of a pack's things: the same pack gives the same ones everywhere. kind "activity",
 * "organisation" … */
uid pack_uid(const struct pack *p, const char *kind, str key);
int64_t pack_number(const struct pack *p);
str pack_slug(const struct pack *p);
str pack_name(const struct pack *p); /* in English */
str pack_description(const struct pack *p);
str pack_version(const struct pack *p);
const char *pack_currency(const struct pack *p);
size_t pack_row_count(const struct pack *p, const char *file);
size_t pack_row_total(const struct pack *p);
/* A cell of a file of the pack by the name of its column; both must exist. */
str pack_value(const struct pack *p, const char *file, size_t row, const char *column);

/* Where that cell stands: file, line, column and field of e. */
void pack_place(const struct pack *p, const char *file, size_t row, const char *column, struct err *e);
str pack_folder(const struct pack *p);
/* The files that a row of decisions/models.csv names: the model, and its test cases (STR_NONE: none, or it is not there). */
str pack_decision_text(const struct pack *p, size_t row);
str pack_decision_cases(const struct pack *p, size_t row);
/* A file whose rows another slice reads: its name without folder. */
struct pack_file {
	str name, text;
};
/* The files of the folder prices, by name; none when there is no such folder. */
const struct pack_file *pack_price_files(const struct pack *p, size_t *ret_n);

/* The programme in the database. ERR_NOT_FOUND when there is none. */
enum err_code programme_find(struct db *db, struct arena *a, int64_t *ret_programme, str *ret_slug,
    str *ret_version, struct err *e) WARN_UNUSED;

/* Print a fault as text ("file:line:col: what (cure)") or JSON object into b. */
void pack_fault_text(const struct pack_fault *f, struct buf *b);

/* grutto check PACK; also: checks of other slices, may be NULL. */
int programme_cmd_check(struct app_env *env, int argc, char **argv, pack_also_fn also);
