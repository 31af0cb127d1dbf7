#pragma once
/* What the templates of the forms show. */
#include "feat/decisions/outcome.h"

struct check_entry {
	str key, title, help;
};

struct checks_view {
	const struct check_entry *checks;
	size_t n;
};

struct check_view {
	date on;
	str title, help;
	struct words words;
	const struct decisions_view *all;
	const struct decision_version *version; /* NULL: none in force on that day */
	struct form form;
	bool sent;
	const struct outcome *outcomes;
	size_t n_outcomes;
};
