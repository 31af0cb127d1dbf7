#pragma once
/* Inside of the slice. Two steps, so that pages, JSON and PDF cannot differ:
 *
 *   question_N()        pure: records -> struct answer_N, without language, every figure with the rows behind it
 *   question_N_tell()   answer_N -> an answer in a language: statements, tables, charts, in reading order
 *
 * The page (answer.tpl), the printed report and the JSON are written from what is told; the JSON of a question adds the
 * members that belong to it (activities and priorities of question 3, for instance). */
#include "codec/json.h"
#include "engine/chart/chart.h"
#include "engine/chart/diagram.h"
#include "engine/i18n/i18n.h"
#include "feat/decisions/decisions.h"
#include "feat/evaluation/evaluation.h"
#include "feat/site/site.h"

/* ---- facts as known on a day (facts.c) ---- */

/* The records of a scope as they were known on its day. Activities in the order of the register; nothing later than the
 * day is in them: an indicator's result dated later is absent, an event later is not there, the state is the one of the day.
 * A date known to the year or month counts as known when that year or month has ended; a result without a date as known
 * on the day of the programme's facts. */
struct facts {
	const struct evaluation_view *view;
	struct evaluation_scope scope; /* as_of filled in */
	const struct activity **activities; /* with what was known: own copies where something is left out */
	size_t n;
	const struct activity *programme; /* events and figures of the programme itself, as known; NULL: none */
	const struct budget_line *budget; /* of years that had ended, in the period and priority */
	size_t n_budget;
};
/* Was something of that date known on the day of the facts? An absent date: on the day of the programme's facts. */
bool facts_known(const struct facts *f, pdate d);
/* Activities of scope "outside" were not paid from this programme: their results are told, they count in no total. */
bool facts_outside(const struct activity *x);
/* ERR_NOT_FOUND "evaluation.before": the day lies before the programme's first record; "evaluation.empty": nothing ran
 * in the period. Both say what is known instead. Everything new in arena. */
enum err_code facts_make(const struct evaluation_view *v, const struct evaluation_scope *scope, struct arena *a,
    struct facts *ret_facts, struct err *e) WARN_UNUSED;

/* ---- what is told (answer.c) ---- */

/* The four kinds of statement, marked wherever they are shown. */
enum statement_kind {
	STATEMENT_COUNTED,  /* from records: has figures with rows */
	STATEMENT_JUDGED,   /* by a rule that can be opened: has rule */
	STATEMENT_EVIDENCE, /* what literature says: has strength and place */
	STATEMENT_UNSAID,   /* cannot be said: has missing */
	STATEMENT_KINDS
};
const char *statement_kind_slug(enum statement_kind k); /* counted, judged, evidence, cannot be said */

/* A record that a figure rests on. */
struct source_row {
	const char *table; /* activity, indicator_value, activity_event, budget_line, evidence, theory_link, unit_cost … */
	str key;	   /* of the row: activity key, "18261/2/1" (activity, indicator, value), evidence id, "2010/6/expenditure" */
	str source_line;   /* in the report; may be empty */
};

enum figure_type { FIGURE_COUNT, FIGURE_MONEY, FIGURE_NUMBER, FIGURE_SHARE, FIGURE_RATIO, FIGURE_DATE, FIGURE_TEXT };

struct figure_input {
	str name;      /* "contribution", "months" */
	decimal value;
	str unit;
};

struct figure {
	str id;		/* stable, within the answer: "spending.2010.6" */
	enum figure_type type;
	bool known;	/* false: why tells the reason; value is not looked at */
	decimal value;	/* exact; MONEY in units of the currency, SHARE and RATIO as a fraction of 1 */
	str text;	/* of TEXT; of DATE as "2010-03-19" */
	double low, high; /* interval, as a fraction of 1 or in the unit; NAN, or both 0: none */
	str unit;	/* "EUR", "people", "EUR per person-month" … */
	str definition; /* one sentence, in the answer's language */
	str why;	/* why it is not known, in the answer's language */
	const struct figure_input *inputs;
	size_t n_inputs;
	const struct source_row *rows; /* reproduce the value */
	size_t n_rows;
};

struct statement {
	enum statement_kind kind;
	str text;      /* a sentence in the answer's language */
	str text_lang; /* of a text in another language ("en" for the report's own), else empty */
	const struct figure *figures;
	size_t n_figures;
	str rule, rule_anchor; /* JUDGED: key of the decision model; decision in it and row that decided, "achievement/3" */
	str strength, place;   /* EVIDENCE: in words; place: countries and years */
	const struct source_row *rows; /* beside those of figures */
	size_t n_rows;
	str missing;   /* UNSAID: what would have to be known */
};

struct answer_cell {
	str text;
	str href;   /* path behind the language; empty: none */
	str lang;   /* of the text, when not the answer's */
	double sort;/* value behind it, CHART_MISSING: none */
	bool missing; /* shown as not known, with text as the reason when there is one */
};

struct answer_table {
	str id, caption;
	const str *columns;
	const bool *numeric;
	size_t n_columns;
	const struct answer_cell *cells; /* row by row; the first of a row names it */
	size_t n_rows;
};

enum block_kind { BLOCK_HEADING, BLOCK_STATEMENT, BLOCK_TABLE, BLOCK_CHART, BLOCK_DIAGRAM, BLOCK_TEXT };

struct block {
	enum block_kind kind;
	int level; /* HEADING: 2 to 4 */
	str id;	   /* HEADING: anchor [a-z0-9-]+, unique in the answer */
	str text;  /* HEADING, TEXT */
	str text_lang;
	const struct statement *statement;
	const struct answer_table *table;
	const struct chart *chart; /* of the language */
	const struct chart_table *chart_table; /* what answer_chart made of it */
	str chart_summary;
	str about, note, data;	   /* CHART, DIAGRAM: a sentence, a remark, path of the data without format (may be empty) */
	const struct diagram *diagram;
	const struct answer_table *diagram_table; /* what it shows, as a table */
	bool folded; /* shown folded on pages: long tables of rows */
};

struct answer {
	struct arena *arena;
	enum lang lang;
	int question;	/* 1 to 6; 0: a page beside the questions */
	const char *slug; /* "question-3", "recommendations", "case-selection", "data-quality" … */
	str title, question_text;
	const struct facts *facts;
	VEC(struct block) blocks;
	struct err failed; /* of the first call below that failed; later ones do nothing */
	struct site_page how; /* how charts are written: language and arena only */
};

/* Writing an answer. Texts, tables, charts and diagrams are borrowed (arena or static). A failure is kept and told by answer_end. */
void answer_begin(struct answer *w, struct arena *a, enum lang l, const struct facts *f, int question, const char *slug,
    str title);
void answer_heading(struct answer *w, int level, str id, str text);
void answer_text(struct answer *w, str text);
/* Copied with its figures and their inputs; rows are borrowed, as texts are. */
void answer_statement(struct answer *w, const struct statement *s);
void answer_table(struct answer *w, const struct answer_table *t, bool folded);
void answer_chart(struct answer *w, const struct chart *c, str about, str note);
void answer_diagram(struct answer *w, const struct diagram *d, const struct answer_table *t, str about);
/* What went wrong on the way: ERR_NOMEM, ERR_LIMIT, what a chart refused, and
 *  ERR_INVALID "evaluation.statement": a statement without what its kind asks for. COUNTED: a figure; JUDGED: a rule;
 *    EVIDENCE: strength, place and a row; UNSAID: what is missing. A figure has id and definition; a known one its value,
 *    its unit (MONEY, NUMBER), its inputs (SHARE, RATIO) and its rows, which only a zero may lack that is a COUNT or has
 *    inputs; one that is not known has why.
 *  ERR_INVALID "evaluation.anchor": an id that is no anchor or there already; "evaluation.table": no caption or columns. */
enum err_code answer_end(struct answer *w, struct err *e) WARN_UNUSED;
/* A printf of the language's text: i18n_text with {0} {1} …, in the answer's arena. */
str answer_words(struct answer *w, const char *msg, const str *parts, size_t n);
/* What was built in b, in the answer's arena; "" when there was no room, which answer_end tells. */
str answer_keep(struct answer *w, const struct buf *b);
/* Of the charts of an answer. NULL without memory, which answer_chart tells. */
const struct chart_lang *answer_chart_lang(struct answer *w);
const struct chart_format *answer_chart_euros(struct answer *w);  /* values in euros, ticks in millions */
const struct chart_format *answer_chart_whole_euros(struct answer *w); /* values and ticks in euros */
const struct chart_format *answer_chart_counts(struct answer *w); /* numbers */

/* ---- small numbers (small_numbers.c): every share of a count goes through these ---- */

enum { SMALL_NUMBER = 10 }; /* of fewer cases no percentage is told */
/* "3 of 8"; from SMALL_NUMBER cases on "12 of 40 (30%)"; "0 of 0" says that there is nothing. */
str answer_share(struct answer *w, uint64_t k, uint64_t n);
/* The same as a figure: type SHARE with Wilson's 95 % interval, inputs "counted" and "all"; not known when n is 0. id, definition,
 * why and rows are the caller's. */
enum err_code figure_share(struct figure *f, uint64_t k, uint64_t n, struct arena *a, struct err *e) WARN_UNUSED;

/* {"question","slug","title","lang","as_of","scope","statements":[…],"tables":[…],"charts":[…] without the closing brace; a
 * question's own members follow. */
void answer_json(struct json_writer *j, const struct answer *w);
/* "as_of" and "scope" as members of the open object. */
void answer_json_scope(struct json_writer *j, const struct evaluation_scope *s);
/* As a number with all its digits; null for DECIMAL_NONE. */
void answer_json_decimal(struct json_writer *j, decimal d);

/* ---- verdicts of question 3 (verdict.c) ---- */

/* Words of the decision model evaluation-verdict, in this order. */
enum verdict {
	VERDICT_EXCEEDED,
	VERDICT_REACHED,
	VERDICT_LARGELY,
	VERDICT_PARTLY,
	VERDICT_NOT_REACHED,
	VERDICT_TOO_EARLY,
	VERDICT_NO_TARGET,
	VERDICT_NOT_MEASURED,
	VERDICT_STOPPED,
	VERDICT_UNDETERMINED, /* the rule cannot tell: cause says why */
	VERDICT_COUNT
};
const char *verdict_slug(enum verdict v);  /* "no quantified target" */
const char *verdict_label(enum verdict v); /* a message: "No quantified target" */

#define VERDICT_MODEL STR("evaluation-verdict")

/* What an indicator measures; one that the pack does not list: by its IATI result type. */
enum indicator_kind facts_indicator_kind(const struct facts *f, const struct activity *x, const struct indicator *in);
/* The same when the role has been looked up; NULL: none. */
enum indicator_kind indicator_kind_with(const struct indicator_role *role, const struct indicator *in);
const char *indicator_kind_slug(enum indicator_kind k);  /* output */
const char *indicator_kind_label(enum indicator_kind k); /* a message */
/* Result as a fraction of the target; where less is better the target as a fraction of the result. False: one of them is not
 * known, or it would be divided by zero. */
bool indicator_ratio(decimal target, decimal actual, int ascending, decimal *ret);

/* A main indicator of an activity: its target and its newest result, each from the value that holds it. */
struct verdict_main {
	const struct indicator *indicator;
	const struct indicator_role *role; /* NULL: the pack does not list it */
	const struct indicator_value *target, *actual; /* NULL: none */
	bool known;    /* ratio is there */
	decimal ratio;
};

/* Is it one, and with which target and result? In the same words as the verdict. */
bool indicator_main(const struct facts *f, const struct activity *x, const struct indicator *in, struct verdict_main *ret);

/* What the model was asked with. Numbers that are not known are DECIMAL_NONE. */
struct verdict_inputs {
	const char *state; /* running, ended, stopped, unknown */
	decimal days_left, lowest, highest, time_ratio, money_ratio, spent_share;
	int64_t targets, measured, extensions, budget_increases;
	int measured_to_end; /* 1 yes, 0 no, -1 not known */
};

/* A row of a decision table that decided. */
struct verdict_rule {
	str decision; /* "achievement" */
	str outcome;  /* "met" */
	uint32_t row; /* from 1; 0: no table */
	str note, source_line;
	const struct dmn_table_trace *trace; /* of the table, where it is explained (verdict_explain); else NULL */
};

enum { VERDICT_RULES = 3, VERDICT_REMARKS_MOST = 12 };

/* One other value of one input with which the verdict would have been another. */
struct verdict_near {
	str input;
	fval from, to;
	str verdict;
};

struct activity_verdict {
	const struct activity *activity;
	enum verdict verdict;
	str cause; /* VERDICT_UNDETERMINED: English */
	struct verdict_inputs in;
	/* running time, achievement, verdict; in scopes of at most VERDICT_EXPLAINED activities, else empty: verdict_explain */
	struct verdict_rule rules[VERDICT_RULES];
	str remarks[VERDICT_REMARKS_MOST];        /* of the model: "extended" */
	size_t n_remarks;
	const struct verdict_main *main; /* outputs and outcomes with or without target; no inputs */
	size_t n_main;
};

enum { VERDICT_EXPLAINED = 500 };

/* Why the rule came out so: near misses cost more than the verdict and are asked for when they are shown. */
struct verdict_detail {
	struct verdict_rule rules[VERDICT_RULES]; /* running time, achievement, verdict */
	const struct verdict_near *near;
	size_t n_near;
};

/* Judge every activity of the facts, in their order. v: a version of the model, NULL: the one in force on the day, else the
 * newest. ERR_NOT_FOUND "evaluation.model": the pack has no such model, or it does not compile. In arena. */
enum err_code verdicts_make(const struct facts *f, const struct decision_version *v, struct arena *a,
    const struct activity_verdict **ret, struct err *e) WARN_UNUSED;
/* Explains verdicts of these facts one after another; v as in verdicts_make. In arena. */
struct verdict_explainer;
enum err_code verdict_explainer_new(const struct facts *f, const struct decision_version *v, struct arena *a,
    struct verdict_explainer **ret, struct err *e) WARN_UNUSED;
/* near: with other values of one input that would have changed the verdict. In arena a. */
enum err_code verdict_explain(struct verdict_explainer *x, const struct activity_verdict *v, bool near, struct arena *a,
    struct verdict_detail *ret, struct err *e) WARN_UNUSED;
/* Why, as sentences in a language. In arena; STR_NONE without memory. */
str verdict_why(const struct activity_verdict *v, enum lang l, struct arena *a);

/* ---- the questions: each in a file of its own ---- */

/* One for each question and further page, in the order of the report. */
struct evaluation_part {
	int question;	  /* 1 to 6, 0 for others */
	const char *slug; /* of the URL: /evaluation/question-3 */
	const char *title; /* MSG */
	/* Pure. *ret: the answer without language, in arena. */
	enum err_code (*make)(const struct facts *f, struct arena *a, const void **ret, struct err *e);
	/* The answer is begun, with slug and title, and will be ended by the caller. The first statement is the short answer: the
	 * one line of the overview. */
	enum err_code (*tell)(const void *made, struct answer *w, struct err *e);
	/* Its own members of the JSON object, which is open. */
	void (*json)(struct json_writer *j, const void *made, enum lang l);
};
/* parts.c: in the order of the report; ends with NULL. A part that lands adds its line there. */
extern const struct evaluation_part *const evaluation_parts[];

extern const struct evaluation_part part_question_1, part_question_2, part_question_3, part_question_4, part_question_5,
    part_question_6, part_recommendations, part_lessons, part_commitments, part_case_selection, part_data_quality;

/* ---- answers as a whole (answers.c) ---- */

enum { EVALUATION_PARTS_MAX = 16 };

struct evaluation_answers {
	struct facts facts;
	const void *made[EVALUATION_PARTS_MAX]; /* of evaluation_parts; NULL: it could not be made, ask again to hear why */
};

/* All parts of the whole programme. Only ERR_NOMEM and ERR_LIMIT are failures; without a record *ret is NULL. In arena. */
enum err_code evaluation_answers_make(const struct evaluation_view *v, struct arena *a,
    const struct evaluation_answers **ret, struct err *e) WARN_UNUSED;
/* The facts of a scope: those of view->whole where they are the same ones. Errors of facts_make. In arena. */
enum err_code evaluation_facts(const struct evaluation_view *v, const struct evaluation_scope *scope, struct arena *a,
    const struct facts **ret, struct err *e) WARN_UNUSED;
/* The part of a slug, NULL: none. */
const struct evaluation_part *evaluation_part(str slug);
/* One part made and told. In arena. */
struct told {
	const struct evaluation_part *part;
	const void *made;
	struct answer *answer;
};
enum err_code evaluation_tell(const struct evaluation_part *p, const struct facts *f, enum lang l, struct arena *a,
    struct told *ret, struct err *e) WARN_UNUSED;
/* The short answer; NULL when there is no statement. */
const struct statement *told_headline(const struct told *t);
/* The whole object. */
void told_json(struct json_writer *j, const struct told *t);
