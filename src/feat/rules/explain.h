#pragma once
/* The explanation of an outcome: as stable JSON, and as plain sentences in English, Dutch and French. */
#include "codec/json.h"
#include "engine/dmn/dmn.h"

enum explain_language { EXPLAIN_EN, EXPLAIN_NL, EXPLAIN_FR };

/* How things are called and said; any may be NULL, and then the model's own words are used. */
struct explain_words {
	const void *ctx;
	/* kind as in decision_labels.csv: "decision", "input", "text". STR_NONE: there is none. */
	str (*label)(const void *ctx, enum explain_language l, const char *kind, str name);
	/* A value of the input or decision of that name, and a test in the column of an expression. */
	str (*value)(const void *ctx, str name, fval v);
	str (*test)(const void *ctx, str expression, str text);
};

struct explain_case {
	const struct dmn_set *set;
	const struct dmn_model *model;
	const struct feel_zones *zones;
	int32_t element;
	const struct dmn_given *given;
	size_t n_given;
	const struct dmn_outcome *outcome;
	struct arena *arena;
	const struct dmn_change *changes; /* dmn_changes; may be NULL */
	size_t n_changes;
	const struct explain_words *words; /* NULL: the model's own */
};

/* A value as JSON (dates and the like as strings). */
void explain_value(struct json_writer *w, const struct feel_zones *zones, fval v);
/* {"id","text","line","col"} of an error null; null for any other value. */
void explain_cause(struct json_writer *w, fval v);
/* The object "explanation": inputs with their sources, decisions in order, tables with every rule and cell, near misses,
 * knowledge sources, and changes of one input that would have given another outcome. */
enum err_code explain_json(struct json_writer *w, const struct explain_case *c, struct err *e) WARN_UNUSED;
/* Why something is an error or undetermined, in the language. english: it could only be told as the model has it. May point
 * into the case's arena. */
str explain_why(const struct explain_case *c, enum explain_language l, const struct feel_cause *cause, bool *ret_english);
/* One paragraph for each decision. */
enum err_code explain_text(struct buf *b, const struct explain_case *c, enum explain_language language, struct err *e) WARN_UNUSED;
