#pragma once
/* The outcome of a form in words: what comes out, why, what would have changed it, where it is written. */
#include "feat/decisions/form.h"
#include "feat/decisions/parts.h"

enum {
	OUTCOME_STEPS = 2000000, /* of one evaluation on a public page */
	OUTCOME_STEPS_AGAIN = 20000, /* of one evaluation with another answer, of which there are hundreds */
	OUTCOME_NEAR_TOLD = 6,   /* for each table */
	OUTCOME_CHANGES_TOLD = 8,
	OUTCOME_TEXT_BYTES = 256 * 1024,
};

struct outcome_test {
	str input, value, test; /* in words; input with its colon */
};

/* A row that decided. */
struct outcome_row {
	uint32_t row; /* from 1 */
	const struct outcome_test *tests;
	size_t n_tests;
	const struct shown_note *notes;
	const str *note_names;
	size_t n_notes;
};

struct outcome_near {
	str input, now, with; /* in words; input with its colon */
	uint32_t row;
	str result; /* .n 0: it would have to be computed */
};

struct outcome_step {
	str name, value; /* name with its colon */
	bool undetermined, fallback, nothing; /* nothing: no row fitted */
	str cause; /* of an undetermined one */
	bool cause_english;
	const struct outcome_row *rows;
	const struct outcome_near *near;
	size_t n_rows, n_near;
	const struct shown_source *sources;
	size_t n_sources;
};

/* Another answer to one question with which the outcome would have been another. */
struct outcome_change {
	str input, now, with, result; /* in words; input with its colon; now.n 0: it was not answered */
};

struct outcome {
	str name, value;
	bool undetermined;
	str cause;
	bool cause_english;
	const str *missing; /* labels, when that is the cause */
	const str *missing_ids; /* of the questions */
	size_t n_missing;
	const struct outcome_change *changes;
	size_t n_changes;
	const struct outcome_step *steps; /* in the order they were made; the last is the outcome itself */
	size_t n_steps;
	const str *sentences; /* the explanation of the engine, a paragraph each */
	size_t n_sentences;
};

/* Decide one of the form's decisions as if it were that day. In the words' arena. */
enum err_code outcome_make(const struct words *w, const struct form *f, int32_t decision, const struct dmn_given *given,
    size_t n_given, date on, const struct decisions_view *all, struct outcome *ret, struct err *e) WARN_UNUSED;
