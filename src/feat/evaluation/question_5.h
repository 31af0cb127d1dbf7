#pragma once
/* Question 5 without language: what studies say of each pair of intervention and outcome, and where the money went. */
#include "feat/evaluation/know.h"

/* An intervention and an outcome of which at least one study known on the day says something. */
struct gap_cell {
	const struct outcome *outcome;
	size_t n_studies;
	enum evidence_strength strength; /* the strongest that a source states */
};

struct gap_row {
	const struct intervention *intervention;
	const struct evidence *const *findings; /* known on the day, in the order of their identifiers */
	size_t n_findings, n_silent;		 /* all, and those that say that something is not known */
	size_t n_studies;			 /* different ones that say something */
	size_t by[EVIDENCE_UNKNOWN + 1];	 /* different studies by direction; one may be in several */
	enum evidence_strength strength;
	const struct gap_cell *cells; /* in the order of the outcomes */
	size_t n_cells;
	const struct theory_link *const *blank; /* links of the theory to an outcome of which no study says something */
	size_t n_blank, n_expected;		 /* of n_expected links to outcomes */
	struct spent spent;
	bool used; /* an activity of the scope uses it, as its main one or beside it */
};

struct answer_5 {
	const struct facts *facts;
	const struct gap_row *rows; /* interventions of the scope, by priority and identifier */
	size_t n;
	size_t n_studies, n_findings; /* over all rows: a study of several interventions counts once */
	size_t n_bare, n_unfunded;    /* used without a study that says something; with one and not used */
	size_t n_blank, n_expected;   /* of the interventions in use */
	int64_t bare_minor, minor;    /* money of the bare ones, and of all, where known */
};

enum err_code answer_5_make(const struct facts *f, struct arena *a, const struct answer_5 **ret, struct err *e) WARN_UNUSED;
enum err_code answer_5_tell(const void *made, struct answer *w, struct err *e) WARN_UNUSED;
