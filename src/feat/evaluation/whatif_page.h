#pragma once
/* What whatif.tpl shows. */
#include "feat/evaluation/page.h"
#include "feat/evaluation/whatif.h"

struct whatif_choice {
	const struct decision_version *v;
	str title;
	const struct decisions_table *tables;
	size_t n;
};

struct whatif_view {
	const struct evaluation_view *view;
	const struct whatif_choice *choices; /* of the first page */
	size_t n_choices;
	const struct decision_version *v;
	str table, table_title, model_title;
	const struct decisions_trial *trial;
	struct safe_html form;
	bool tried;
	struct changes changes;
	str problem; /* English: why the form was refused */
	str unjudged; /* English: why nothing can be judged by the copy */
};

struct url whatif_link(const struct site_page *page, str model, str table); /* of a table; model empty: the first page */
struct url whatif_rule(const struct site_page *page, const struct whatif_view *x, const struct change *c); /* the row that decides */
struct url whatif_about(const struct site_page *page, const struct change *c); /* what is judged */
