#pragma once
/* What page.tpl shows. */
#include "feat/evaluation/show.h"
#include "feat/programme/programme.h"

struct overview_line {
	const struct evaluation_part *part;
	const struct statement *headline; /* NULL: why tells the reason */
	str question, why;
};

struct evaluation_page {
	const struct evaluation_view *view;
	const struct evaluation_part *part; /* NULL: the overview */
	struct evaluation_scope scope;
	str asked;	      /* the activity as asked for */
	const struct facts *facts; /* NULL: there are none in this scope */
	struct err problem;   /* why */
	const struct overview_line *lines; /* of the overview */
	size_t n_lines;
	struct told told;
	struct show show;
};

/* ---- for the template ---- */

/* Why there is nothing, in the page's language; and what the program says of it, in English. */
str evaluation_problem_text(const struct site_page *page, const struct evaluation_page *x);
str evaluation_problem_detail(const struct evaluation_page *x);
struct url evaluation_link(const struct site_page *page, const char *slug);   /* with the scope; "": the overview */
struct url evaluation_action(const struct site_page *page, const struct evaluation_page *x); /* this page without it */
struct url evaluation_file(const struct site_page *page, const char *extension); /* the whole to take away: "pdf", "html" */
bool evaluation_scoped(const struct evaluation_page *x);
str evaluation_priority(const struct site_page *page, const struct evaluation_page *x); /* "6. Return" */
