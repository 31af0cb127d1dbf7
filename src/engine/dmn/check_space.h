#pragma once
/* The inputs of a table as boxes: each column is a row of slots (a value that some cell names, or the values between two
 * of them), each rule a set of slots in every column. */
#include "engine/dmn/check.h"
#include "engine/dmn/table.h"

struct axis {
	size_t n;              /* slots that can occur */
	const fval *values;    /* a value of each slot; FEEL_INTERNAL: any */
	const uint8_t *inside; /* rule by rule: is slot i in the rule's cell? */
	bool follows;          /* an earlier column has the same expression and stands for this one too */
};

struct space {
	const struct table *t;
	const struct axis *axes;
};

/* False when the table has cells that are computed, values without positions, or too many rules. */
bool space_make(struct space *sp, const struct dmn_set *s, const struct table *t, struct arena *a);
/* An input that both rules match; NULL when there is none. */
const fval *space_common(const struct space *sp, size_t rule, size_t other, struct arena *a);
/* Inputs that no rule matches (rule SIZE_MAX), or that rule matches and none before it: at most `most` examples; returns
 * how many. *ret_complete becomes false when the search was given up. */
size_t space_gaps(const struct space *sp, size_t rule, const fval **ret, size_t most, struct arena *a, bool *ret_complete);
/* Values of a column of which each lies elsewhere among what its cells name; at most `most`; returns how many. */
size_t space_examples(const struct table *t, size_t column, fval *ret, size_t most);
