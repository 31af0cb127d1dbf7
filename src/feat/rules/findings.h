#pragma once
/* What is wrong or doubtful in a model, in sentences. */
#include "feat/rules/load.h"

struct rules_finding {
	const char *id; /* "feel.syntax", "table.gap" … */
	bool error;     /* wrong whatever the inputs; else a warning */
	str file;       /* of the model */
	uint32_t line, col;
	str text;       /* one English sentence */
};

/* Syntax, names, types, gaps, overlaps … of the model that was loaded, and with all of those that it imports; in arena. */
enum err_code rules_findings(const struct rules_loaded *l, bool all, struct arena *a, const struct rules_finding **ret,
    size_t *ret_n, struct err *e) WARN_UNUSED;
