#pragma once
/* Slice iati: activities in the form of the International Aid Transparency Initiative. Reading files of
 * versions 2.01 to 2.03 as comparison activities, writing 2.03, checking files, adding up totals, and
 * the names of the codes. docs/iati.md says what each element becomes and what is left out. */
#include "base/arena.h"
#include "base/date.h"
#include "base/env.h"
#include "base/money.h"
#include "base/vec.h"
#include "codec/io.h"

struct db;
struct db_pool;
struct app_env;

/* ---- codelists ---- */

struct codelist;

/* A list by its name in the standard, such as "ActivityStatus"; NULL when there is none. */
const struct codelist *codelist(const char *name);
/* True when a code that is not on the list is an error, not a warning. */
bool codelist_complete(const struct codelist *list);
bool codelist_has(const struct codelist *list, str code);
/* Name of a code in "en" or "fr" (any other language: English); STR_NONE when unknown. Borrowed, static. */
str codelist_name(const char *list_name, str code, const char *lang);

/* ---- faults ---- */

enum iati_level {
	IATI_NOTE,     /* worth saying, nothing is lost */
	IATI_ELEMENT,  /* an element or a value of an activity was left out */
	IATI_ACTIVITY, /* the activity was left out */
	IATI_FILE,     /* the file ends here, or was left out as a whole */
};
/* "note", "element", "activity", "file" */
const char *iati_level_word(enum iati_level level);

struct iati_fault {
	enum iati_level level;
	const char *file;
	uint32_t line;	     /* from 1; 0 when unknown */
	str activity;	     /* its identifier, empty when it has none */
	const char *id;	     /* stable word, such as "amount", "code", "duplicate", "xml.syntax" */
	const char *detail;  /* English sentence: what is wrong */
	const char *done;    /* what was done about it: "the element was left out" … */
};

/* Called for each fault, in order of the file; all of it is borrowed until it returns. */
typedef void (*iati_fault_fn)(void *ctx, const struct iati_fault *fault);

/* ---- import ---- */

enum {
	IATI_ACTIVITY_BYTES = 64 << 20,	/* of one activity in memory; a larger one is left out */
	IATI_BATCH_BYTES = 4 << 20,	/* activities are stored in batches of about this size */
	IATI_BATCHES = 4,		/* batches between the reading and the storing thread */
	IATI_ACTIVITIES_MAX = 4000000,	/* of one file */
	IATI_FILES_MAX = 100000,
	IATI_FAULTS_MAX = 10000,	/* of one file that are passed on one by one; the rest is counted */
};

struct iati_import_options {
	const char *name; /* of the dataset; NULL: the file's name without folders. Only with one file */
	bool strict;	  /* any fault above a note in any file: nothing of the whole command is stored */
	iati_fault_fn on_fault; /* may be NULL */
	void *ctx;
};

struct iati_import_result {
	uint64_t files, files_unchanged, files_refused;
	uint64_t activities; /* read */
	uint64_t added, changed, unchanged, removed;
	uint64_t superseded; /* left out because another file has a newer version of the activity */
	uint64_t bad;	     /* activities left out */
	uint64_t elements;   /* elements left out of activities that were kept */
	uint64_t faults;     /* above a note, files that were refused included */
	uint64_t bytes;
	bool stored; /* false when strict found a fault */
};

/* Import files as comparison activities, one transaction for each file (strict: one for all). Reading and
 * storing run on two threads; memory does not grow with the file. A file that cannot be read to its end is a
 * fault (level IATI_FILE), not an error. Errors: those of the database and of the system. */
enum err_code iati_import(struct db_pool *pool, int64_t programme, struct clock clock, struct rng rng,
    const char *const *files, size_t n_files, const struct iati_import_options *options,
    struct iati_import_result *ret_result, struct err *e) WARN_UNUSED;

/* ---- export ---- */

/* Who publishes the own portfolio. */
struct iati_publisher {
	str ref;    /* organisation identifier, "XM-DAC-7" */
	str name;   /* in lang */
	str type;   /* OrganisationType, "10" government */
	str lang;   /* of the own texts, "en" */
	str prefix; /* of own activity identifiers: prefix + "-" + key; "XM-DAC-7-MD" */
	str report_url, report_title; /* the report that the facts come from; empty: no document link */
	date report_day;
};

/* Which activities, own or imported. */
struct iati_selection {
	bool own;
	const str *keys; /* NULL: all of them */
	size_t n;
};

/* Write a selection as a valid 2.03 file, in constant memory. The own portfolio as a whole is led by the
 * programme as parent (hierarchy 1). Every statement sees one state of the data. */
enum err_code iati_export(struct db *db, int64_t programme, const struct iati_selection *selection,
    const struct clock *clock, struct sink to, uint64_t *ret_activities, struct err *e) WARN_UNUSED;

/* ---- check ---- */

enum iati_severity { IATI_ADVICE, IATI_WARNING, IATI_ERROR };

struct iati_finding {
	enum iati_severity severity;
	const char *rule;   /* "schema", "codelist", or the number of a rule, such as "7.5.3" */
	uint32_t line;	    /* from 1; 0 when unknown */
	str activity;	    /* identifier, empty when unknown */
	const char *detail; /* English sentence */
};
typedef void (*iati_finding_fn)(void *ctx, const struct iati_finding *finding);

struct iati_check_result {
	uint64_t activities, errors, warnings;
};

/* Check a file of activities or organisations: well-formed, schema of 2.03, codelists, rules of the standard
 * on the day today. Findings are no error; ERR_INVALID only when the file is not well-formed. */
enum err_code iati_check(const char *path, date today, iati_finding_fn on_finding, void *ctx,
    struct iati_check_result *ret_result, struct err *e) WARN_UNUSED;

/* ---- totals ---- */

/* Exact sum of the transactions of one type in one currency. */
struct iati_total {
	int type; /* IATI TransactionType */
	money sum;
	uint64_t transactions;
};

/* Sums over the imported activities. With leaves_only, activities that have children in the database are
 * left out, so that a parent and its children are never both counted. In arena, by type and currency.
 * ERR_LIMIT when a sum does not fit. */
enum err_code iati_totals(struct db *db, int64_t programme, bool leaves_only, struct arena *a,
    const struct iati_total **ret_totals, size_t *ret_n, struct err *e) WARN_UNUSED;

/* Divide total over n shares by their weights (percentages as decimals × 10^6, not all zero), exactly:
 * the shares add up to the total. The units left after rounding towards zero go to the largest
 * remainders, earlier ones first. */
enum err_code iati_apportion(int64_t total_minor, const int64_t *weights, size_t n, int64_t *ret_shares,
    struct err *e) WARN_UNUSED;

/* ---- commands ---- */

int iati_cmd_import(struct app_env *env, int argc, char **argv);     /* import iati DB FILE… */
int iati_cmd_export(struct app_env *env, int argc, char **argv);     /* export iati DB [FILE] */
int iati_cmd_check_file(struct app_env *env, int argc, char **argv); /* check FILE.xml */
