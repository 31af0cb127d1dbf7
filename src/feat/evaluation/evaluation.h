#pragma once
/* Slice evaluation: the six questions of the evaluation, answered from the records, for the whole programme, a priority,
 * an activity or a period, as of any day. What can be counted is counted, what needs a judgement is judged by a decision
 * table of the pack that anyone can open, what literature says stays what literature says, and what cannot be known is
 * said as plainly. A missing value is never zero, an output never an effect. */
#include "base/date.h"
#include "base/decimal.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"

struct app_env;
struct db;
struct decisions_view;
struct evaluation_answers;

/* ---- what the pack knows beside the register: loaded once per snapshot, immutable ---- */

struct intervention {
	str intervention_id;
	int priority; /* the one it belongs to */
	str name, description, source_line;
};

struct outcome {
	str outcome_id, name;
	str level; /* of the pack: micro, meso, macro … */
	str description, source_line;
};

enum evidence_direction { EVIDENCE_POSITIVE, EVIDENCE_NEGATIVE, EVIDENCE_NONE, EVIDENCE_MIXED, EVIDENCE_UNKNOWN };
/* What the source itself says of the evidence, in order of weight. */
enum evidence_strength {
	STRENGTH_NOT_STATED,
	STRENGTH_ABSENT,
	STRENGTH_ANECDOTAL,
	STRENGTH_LIMITED,
	STRENGTH_MODERATE,
	STRENGTH_STRONG,
	STRENGTH_COUNT
};

struct evidence {
	str evidence_id;
	const struct intervention *intervention; /* NULL: a finding on migration in general (topic) */
	str topic;
	const struct outcome *outcome;
	enum evidence_direction direction;
	enum evidence_strength strength;
	str study, study_year, method, countries, sample, claim, source_line; /* lists separated by ';' */
};

/* A link of the theory of change: from an intervention or outcome to an outcome or priority. No circles. */
struct theory_link {
	str link_id;
	const struct intervention *from_intervention; /* one of the two */
	const struct outcome *from_outcome;
	const struct outcome *to_outcome; /* one of the two; to_priority 0: none */
	int to_priority;
	str assumption, source_line;
};

struct evaluation_question {
	str question_id, parent_id, kind; /* evaluation, sub, core */
	struct text3 text;
	str source_line;
};

struct recommendation {
	str rec_id, theme, origin, text, addressee, source_line;
};

/* What imported activities are compared with: the pack's comparison.csv. */
enum comparison_kind { COMPARISON_SECTOR, COMPARISON_UNIT };
struct comparison_rule {
	enum comparison_kind kind;
	str word;  /* SECTOR: an intervention; UNIT: a unit of results */
	str value; /* SECTOR: a DAC purpose code; UNIT: a word in the title of an imported indicator */
};

/* A figure of an imported activity that counts something a unit stands for. */
struct comparison_result {
	uint16_t unit; /* index in comparison_units */
	double actual; /* above zero: the highest value reported for the indicator */
	str title;     /* of the indicator */
};

/* An imported activity in a sector that the pack compares with. */
struct comparison_activity {
	const struct activity_row *row; /* in activities->comparison: country, years, amount */
	uint64_t sectors;		/* bit i: comparison_sectors[i] */
	const struct comparison_result *results;
	size_t n_results;
};

enum { COMPARISON_SECTORS_MAX = 64 }; /* different codes in comparison.csv; further ones are a fault when loaded */

/* A kind of record that bears on a recommendation, and which: see recommendations.c. */
struct recommendation_record {
	const struct recommendation *recommendation;
	str kind, record;
};

/* How the policy came about: a step of one theme. */
enum policy_standing { POLICY_ACCENT, POLICY_MEASURE, POLICY_POSITION, POLICY_STANDINGS };

struct policy_step {
	str line_id, theme; /* words of the theme: programme_word "policy-theme" */
	int priority;
	pdate on;
	enum policy_standing standing; /* named in a memorandum or letter; done; a view taken */
	struct text3 text;
	str source_line;
};

/* What Parliament was promised or asked for. */
struct commitment {
	str commitment_id, kind; /* commitment, motion, amendment, practice */
	pdate on, due;		 /* due absent: no date was set */
	int priority;		 /* 0: all */
	str record_kind, record; /* which records tell its state; empty: none */
	decimal threshold;	 /* DECIMAL_NONE where the kind of record needs none */
	struct text3 text;
	str source_line;
};

struct evaluation_view {
	const struct programme_view *programme;
	const struct register_view *activities;
	const struct decisions_view *decisions;
	const struct intervention *interventions;
	const struct outcome *outcomes;
	const struct evidence *evidence;
	const struct theory_link *links;
	const struct evaluation_question *questions;
	const struct recommendation *recommendations;
	const struct comparison_rule *comparison_rules;
	size_t n_comparison_rules;
	const str *comparison_sectors, *comparison_units; /* of the rules, each once */
	size_t n_comparison_sectors, n_comparison_units;
	const struct comparison_activity *comparisons; /* by document */
	size_t n_comparisons;
	const struct policy_step *policy; /* by date */
	const struct commitment *commitments;
	const struct recommendation_record *recommendation_records;
	size_t n_interventions, n_outcomes, n_evidence, n_links, n_questions, n_recommendations, n_policy, n_commitments,
	    n_recommendation_records;
	/* Answers on the whole programme as of the day of its facts, made by evaluation_view_whole: what pages show first. */
	const struct evaluation_answers *whole;
};

/* Everything in arena; the other views are borrowed and must live as long. */
enum err_code evaluation_view_load(struct db *db, const struct programme_view *p, const struct register_view *r,
    const struct decisions_view *d, struct arena *a, const struct evaluation_view **ret_view, struct err *e) WARN_UNUSED;

/* The same view with whole set, for pages. Only ERR_NOMEM and ERR_LIMIT; without a record whole stays NULL. In arena. */
enum err_code evaluation_view_whole(const struct evaluation_view *v, struct arena *a, const struct evaluation_view **ret_view,
    struct err *e) WARN_UNUSED;

/* ---- the question asked ---- */

struct evaluation_scope {
	date as_of;	/* nothing recorded as later than this day is used; DATE_NONE: the day of the facts */
	int year_from, year_to; /* 0: open. Activities that ran in the period; money of its years */
	int priority;	/* 0: all. Activities that serve it as their primary priority */
	const struct activity *activity; /* NULL: all */
	int cases;			 /* case studies to choose; 0: CASES_DEFAULT. For the case selection only */
};

enum { CASES_DEFAULT = 5, CASES_MAX = 50 };

/* ---- commands and pages ---- */

/* grutto evaluate DB [--question N] [--priority N] [--activity KEY] [--from YEAR] [--to YEAR] [--as-of DATE]
 * [--lang en|nl|fr] [--format text|json|html|pdf] */
int evaluation_cmd_evaluate(struct app_env *env, int argc, char **argv);
struct http_routes evaluation_routes(void);
/* The whole evaluation as HTML and PDF, below /data/evaluation. */
struct http_routes evaluation_report_routes(void);

/* What makes PDFs in the background for a server (site_app.printer). Starts a process: before there is a second thread, and before
 * http_sandbox. */
struct evaluation_printer;
enum err_code evaluation_printer_new(struct evaluation_printer **ret_printer, struct err *e) WARN_UNUSED;
/* Start its thread. */
enum err_code evaluation_printer_run(struct evaluation_printer *p, struct err *e) WARN_UNUSED;
/* NULL is allowed. */
void evaluation_printer_free(struct evaluation_printer *p);

/* Part i of the pages below /evaluation; NULL behind the last. */
const char *evaluation_part_slug(size_t i);
