#pragma once
/* What is doubtful in the tables of a compiled set: values that no rule covers, rules that contradict each other or can
 * never decide, outputs and tests of the wrong type, inputs that are never used. */
#include "engine/dmn/dmn.h"

enum dmn_finding_kind {
	DMN_FOUND_GAP,         /* an input that no rule matches; not told of tables that list what holds and have a default */
	DMN_FOUND_OVERLAP,     /* two rules match the same input, and the policy forbids it */
	DMN_FOUND_CONFLICT,    /* the same, with different outputs where they must agree */
	DMN_FOUND_UNREACHABLE, /* rules before it decide every input that it matches */
	DMN_FOUND_NO_DEFAULT,  /* gaps, and no default output */
	DMN_FOUND_UNTESTED,    /* a column in which every cell is "-" */
	DMN_FOUND_UNUSED,      /* something required that the logic never names */
	DMN_FOUND_TYPE,        /* a constant that is not of its column's type */
	DMN_FOUND_EXPRESSION,  /* an expression that can only go wrong, whatever the inputs; text says why */
	DMN_FOUND_UNCHECKED,   /* the table has cells that are computed, or is too large: gaps and overlaps are not known */
};

struct dmn_finding {
	enum dmn_finding_kind kind;
	bool error;                    /* wrong whatever the inputs; else a warning */
	int32_t element;               /* the decision, or the function (business knowledge model) */
	const struct dmn_table *table; /* NULL for DMN_FOUND_UNUSED */
	uint32_t rule, other;          /* from 1; 0: none */
	const fval *example;           /* by input column; NULL: none. FEEL_INTERNAL: any value */
	str name;                      /* of the input or column */
	str text;                      /* of DMN_FOUND_EXPRESSION, a sentence */
	uint32_t line, col;            /* col 0: not known */
};

enum {
	DMN_FINDINGS_MOST = 500,
	DMN_CHECK_RULES_MOST = 3000, /* larger tables are not compared rule by rule */
	DMN_CHECK_WORK_MOST = 2000000,
	DMN_CHECK_GAPS_MOST = 10,    /* told for one table */
};

/* All findings, by element; in arena. */
enum err_code dmn_check(const struct dmn_set *s, struct arena *a, const struct dmn_finding **ret, size_t *ret_n,
    struct err *e) WARN_UNUSED;
