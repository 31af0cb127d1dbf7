#pragma once
/* Inside of the slice: a pack in memory, its tables as data, and how faults are reported. */
#include "base/hash.h"
#include "base/map.h"
#include "codec/csv.h"
#include "codec/yaml.h"
#include "feat/programme/programme.h"

enum {
	PACK_FILE_BYTES = 32 << 20, /* one file of a pack */
	PACK_ROWS_MAX = 200000,     /* rows of one table */
	PACK_COLUMNS_MAX = 20,
	PACK_KEY_MAX = 4,          /* columns that together are a key */
	PACK_SUM_WHERE_MAX = 8,    /* conditions of one selection of a sum */
	PACK_SUM_PARTS_MAX = 8,    /* selections that are added up */
	PACK_FORMAT = 1,           /* the version of the pack format that this program reads */
	PACK_GRAPH_NODES = 100000, /* of the theory of change, or of activities */
};

/* What a cell may hold. An empty cell is judged by `required` alone. */
enum pack_type {
	PACK_TEXT,
	PACK_WORD,      /* one of column.words, '|' between */
	PACK_INT,       /* whole number, not negative */
	PACK_NUMBER,    /* plain decimal, not negative: "12", "12.5" */
	PACK_AMOUNT,    /* the same with at most the digits of the currency */
	PACK_DATE,      /* 2010-03-19, 2011-12 or 2008 */
	PACK_YEARS,     /* 2009, or 2009/2011 */
	PACK_COUNTRY,   /* ISO 3166-1 alpha-2, or XK */
	PACK_COUNTRIES, /* several, ';' between */
	PACK_LINES,     /* lines of the source, ';' between */
	PACK_DIMENSION, /* key=value pairs and words, ';' between; country= is checked */
};

struct pack_column {
	const char *name;
	enum pack_type type;
	bool required;
	const char *words;    /* PACK_WORD: what is allowed */
	const char *ref;      /* file whose first column must hold the value */
	const char *ref_else; /* a word allowed besides */
	uint32_t max;         /* characters, 0: PACK_TEXT_MAX */
};

enum { PACK_TEXT_MAX = 4000 };

struct pack_table {
	const char *file;   /* "budget.csv" */
	const char *folder; /* NULL: data */
	bool optional;      /* the file may be absent */
	const struct pack_column *columns;
	uint8_t n;
	uint8_t key[PACK_KEY_MAX]; /* columns that together occur once */
	uint8_t n_key;
};

/* The tables of a pack, in the order in which they are read. */
enum pack_table_id {
	PACK_PRIORITIES,
	PACK_BUDGET,
	PACK_ORGANISATIONS,
	PACK_ACTIVITIES,
	PACK_ACTIVITY_PRIORITIES,
	PACK_ACTIVITY_COUNTRIES,
	PACK_ACTIVITY_PARTNERS,
	PACK_TARGETS,
	PACK_EVENTS,
	PACK_REJECTED,
	PACK_GROUNDS,
	PACK_UNIT_COSTS,
	PACK_RULES,
	PACK_SITE,
	PACK_INTERVENTIONS,
	PACK_OUTCOMES,
	PACK_EVIDENCE,
	PACK_ACTIVITY_INTERVENTIONS,
	PACK_THEORY,
	PACK_QUESTIONS,
	PACK_RECOMMENDATIONS,
	PACK_INCONSISTENCIES,
	PACK_SUBJECTS,
	PACK_WORDS,
	PACK_DECISION_LABELS,
	PACK_COMPARISON,
	PACK_INDICATORS,
	PACK_POLICY_LINE,
	PACK_COMMITMENTS,
	PACK_REC_RECORDS,
	PACK_DECISIONS,
	PACK_TABLES
};
extern const struct pack_table pack_tables[PACK_TABLES];

/* Rules across the columns of a table. */
enum pack_rule_kind {
	PACK_RULE_ORDER,     /* date a is not after date b */
	PACK_RULE_ONE_OF,    /* exactly one of a and b is filled */
	PACK_RULE_TOGETHER,  /* a and b are both filled or both empty */
	PACK_RULE_SOME,      /* at least one of a, b and c is filled */
	PACK_RULE_ONCE,      /* for each value of a, b is `words` at most once */
	PACK_RULE_EMPTY_IF,  /* a is empty when b is one of words */
	PACK_RULE_FILLED_IF, /* a is filled when b is one of words */
	PACK_RULE_DATE_IF,   /* a is a date when b is one of words, else a number */
	PACK_RULE_VALUE,     /* a is a number with a unit in b, or one of words */
	PACK_RULE_REF_BY,    /* a is a key of the file that `words` gives for the word in b */
	PACK_RULE_NOT_ABOVE, /* amount a is not above amount b */
};

struct pack_rule {
	enum pack_table_id table;
	enum pack_rule_kind kind;
	const char *a, *b, *c;
	const char *words;
};
extern const struct pack_rule pack_rules[];
extern const size_t pack_rules_n;

struct pack_cell {
	str text;
	uint32_t line, col;
};

struct pack_rows {
	const struct pack_cell
	    *cells; /* n * columns of the table, in the order of the declaration */
	size_t n;
	struct map *keys; /* first column -> cell */
	bool read;        /* the file was there and had the right columns */
};

/* Where the conditions of a sum look. */
struct pack_where {
	uint8_t column;
	str pattern;
};

struct pack_selection {
	enum pack_table_id table;
	int column; /* -1: count rows */
	int64_t times;
	int group_column; /* -1: none */
	str group_key;    /* of key=value pairs in the column, .n 0: the whole cell */
	struct pack_where where[PACK_SUM_WHERE_MAX];
	size_t n_where;
};

/* The files of a decision model. */
struct pack_decision {
	str text, cases;
};

enum pack_relation { PACK_EQUAL, PACK_BELOW, PACK_NOT_ABOVE };

struct pack_sum {
	str name;
	uint32_t line, col;
	enum pack_relation relation;
	struct pack_selection parts[PACK_SUM_PARTS_MAX];
	size_t n_parts;
	struct pack_selection whole;
};

struct pack {
	str dir;
	sha256 hash; /* of all files, in order */
	int64_t number;
	str slug, version, currency;
	date facts_as_of;
	int64_t last_source_line;
	struct text3 name, description, owner, source;
	struct iati_identity iati;
	struct priority *priorities;
	size_t n_priorities;
	struct country_list *lists;
	const struct yaml **list_nodes; /* where each stands, for faults */
	size_t n_lists;
	struct legal_basis *legal;
	size_t n_legal;
	struct timeline_item *timeline;
	size_t n_timeline;
	struct pack_sum *sums;
	size_t n_sums;
	struct pack_rows rows[PACK_TABLES];
	struct pack_decision *decisions; /* by row of PACK_DECISIONS */
	const struct pack_file *prices; /* of the folder prices, by name */
	size_t n_prices;
};

/* Where the files of a pack come from: open appends the bytes of file ("data/budget.csv") to b, and
 * fails as file_read does. */
struct pack_files {
	enum err_code (*open)(void *ctx, const char *file, struct buf *b, struct err *e);
	void *ctx;
	/* Names of the files in a folder of the pack, in arena; none when there is no such folder. May be NULL. */
	enum err_code (*list)(void *ctx, const char *folder, struct arena *a, str **ret, size_t *ret_n, struct err *e);
	pack_also_fn also; /* may be NULL */
};

/* pack_read, with the files from elsewhere; dir is for reports only. */
enum err_code pack_read_from(const struct pack_files *files, const char *dir, struct arena *a,
    pack_fault_fn on_fault, void *ctx, const struct pack **ret_pack, struct err *e) WARN_UNUSED;

/* One reading of a pack: where faults go and how many there were. */
struct pack_reader {
	const char *dir;
	struct pack_files files;
	struct arena *a;
	pack_fault_fn on_fault;
	void *ctx;
	size_t faults;
	struct pack *p;
	struct sha256_state hash;
};

/* Report a fault at a place in file (below dir, such as "data/budget.csv"). cure: what to do about
 * it. */
void pack_fault(struct pack_reader *r, const char *id, const char *file, uint32_t line,
    uint32_t col, const char *cure, const char *fmt, ...) PRINTF_LIKE(7, 8);
/* The same for a cell of a table; names the column. */
void pack_fault_cell(struct pack_reader *r, const char *id, enum pack_table_id t, size_t row,
    size_t column, const char *cure, const char *fmt, ...) PRINTF_LIKE(7, 8);
/* Report an error that a codec raised. */
void pack_fault_err(struct pack_reader *r, const struct err *e, const char *cure);

/* As much of s as belongs in a message. */
str pack_show(str s);

/* ERR_NOT_FOUND or ERR_INVALID when dir is no folder. */
enum err_code pack_check_folder(const char *dir, struct err *e) WARN_UNUSED;

/* Reading. Faults are reported; the codes are for what ends the reading (memory, disk). */
enum err_code pack_read_yaml(struct pack_reader *r, struct err *e) WARN_UNUSED;
enum err_code pack_read_tables(struct pack_reader *r, struct err *e) WARN_UNUSED;
enum err_code pack_read_decisions(struct pack_reader *r, struct err *e) WARN_UNUSED;
enum err_code pack_read_prices(struct pack_reader *r, struct err *e) WARN_UNUSED;
enum err_code pack_read_file(struct pack_reader *r, const char *file, struct buf *b,
    bool *ret_there, struct err *e) WARN_UNUSED;

/* Checking, after all is read. */
void pack_check_cells(struct pack_reader *r);
enum err_code pack_check_rules(struct pack_reader *r, struct err *e) WARN_UNUSED;
void pack_check_names(struct pack_reader *r);
enum err_code pack_check_graphs(struct pack_reader *r, struct err *e) WARN_UNUSED;
/* indicators.csv names each indicator of targets_results.csv, and only those. */
enum err_code pack_check_indicators(struct pack_reader *r, struct err *e) WARN_UNUSED;
enum err_code pack_check_sums(struct pack_reader *r, struct err *e) WARN_UNUSED;
enum err_code pack_parse_sums(
    struct pack_reader *r, const struct yaml *list, struct err *e) WARN_UNUSED;

/* Column of a table by name, -1 when there is none; table by file name, PACK_TABLES when there is
 * none. */
int pack_column_of(enum pack_table_id t, str name);
enum pack_table_id pack_table_of(str file);
/* "data/budget.csv" */
enum { PACK_PATH_MAX = 96 };
void pack_path(enum pack_table_id t, char dst[PACK_PATH_MAX]);

static inline const struct pack_cell *pack_at(
    const struct pack *p, enum pack_table_id t, size_t row, size_t column)
{
	return &p->rows[t].cells[row * pack_tables[t].n + column];
}

/* Cell by column name; the name must exist. */
str pack_get(const struct pack *p, enum pack_table_id t, size_t row, const char *column);

/* True when w is one of the words, '|' between. */
bool pack_word_in(str w, const char *words);
/* "2009" or "2009/2011". */
bool pack_years(str s, int *ret_first, int *ret_last);
/* Plain decimal, not negative, digits on both sides of the point. */
bool pack_is_number(str s);
/* ISO 3166-1 alpha-2 of 2024, or the user-assigned XK. */
bool pack_is_country(str s);
