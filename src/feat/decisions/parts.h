#pragma once
/* What the templates of this slice show. */
#include "feat/decisions/tree.h"
#include "feat/decisions/words.h"
#include "feat/site/site.h"

/* ---- the list ---- */

struct listed_model {
	const struct decision_version *v;
	str name;
	size_t decisions, versions;
	str check; /* title of the form for it; .n 0: there is none */
	struct words_text basis;
};

struct list_view {
	date on; /* DATE_NONE: the newest version of each */
	const struct listed_model *models;
	size_t n;
};

/* ---- a model ---- */

/* Part of an annotation: plain text, lines of the report, or an address. */
struct shown_note {
	str text;
	bool lines, english; /* english: whatever the page's language */
	struct url link; /* .s.n 0: none */
};

struct shown_column {
	str label, expression; /* expression: when it differs from the label */
	const char *type;      /* message; NULL: show type_name */
	str type_name;
	struct words_cell allowed; /* .text.n 0: anything */
	str fallback;              /* of an output: the default, in words */
};

struct shown_row {
	str id;
	const struct words_cell *tests, *outputs;
	const struct shown_note *notes;
};

struct shown_table {
	str name; /* of the decision or function, for addresses */
	str title;
	const struct dmn_table *table;
	const struct shown_column *inputs, *outputs;
	const str *annotations;
	const struct shown_row *rows;
	bool has_fallback;
	/* as a tree */
	struct safe_html tree_svg; /* .s.n 0: it is none */
	const struct tree_line *tree;
	size_t n_tree;
};

/* A line of the tree in words. close: lists that end behind it. */
struct tree_line {
	str condition, text;
	bool end, opens;
	size_t closes;
	uint32_t rule;
};

/* A line of an expression that is no table. */
struct shown_line {
	size_t depth;
	str name, text;
};

struct shown_source {
	str name;
	bool english;
	struct url link;
};

struct shown_element {
	const struct dmn_element *element;
	str name, help, anchor;
	const struct shown_source *sources;
	size_t n_sources;
	const struct shown_table *tables;
	size_t n_tables;
	const struct shown_line *lines;
	size_t n_lines;
	const str *needs; /* names */
	size_t n_needs;
};

struct shown_input {
	str name, help, label;
	const char *type;
	str type_name;
	struct words_cell allowed;
};

struct model_view {
	const struct decision_version *v;
	const struct decisions_view *all;
	str name, help;
	const struct shown_input *inputs;
	const struct shown_element *decisions, *functions;
	size_t n_inputs, n_decisions, n_functions;
	struct safe_html graph;
	bool can_check, is_newest;
	struct words words;
};

/* Fill what a model's page shows. In the page's arena. */
enum err_code decisions_show(const struct site_page *page, const struct decision_version *v, struct model_view *ret,
    struct err *e) WARN_UNUSED;
/* An annotation, by what it holds. */
struct shown_note decisions_note(const struct words *w, str s);
/* The knowledge sources that an element names. In the words' arena. */
enum err_code decisions_sources(const struct words *w, const struct dmn_model *m, const struct dmn_element *x,
    const struct shown_source **ret, size_t *ret_n, struct err *e) WARN_UNUSED;
/* Title of a model in the page's language. */
str decisions_name(const struct words *w, const struct decision_version *v);

/* An address of a data file: "/data/decisions/KEY/NAME.csv?version=2". name may be absent. */
struct url decisions_file(struct arena *a, const struct decision_version *v, str name, const char *extension);
/* "/rules/decisions/KEY?version=2" */
struct url decisions_link(const struct site_page *page, const struct decision_version *v);
struct url decisions_check_link(const struct site_page *page, str key);

/* The step above: rules and history. */
void decisions_crumb(struct site_page *page);

/* A table as a file. Nothing of it is borrowed afterwards: the content is written at once. */
enum decisions_format { DECISIONS_CSV, DECISIONS_JSON, DECISIONS_XLSX };
enum err_code decisions_send_table(struct http_request *req, struct http_response *res, enum decisions_format f,
    const struct dmn_table *t, str key, str name, int64_t number, str source, struct err *e) WARN_UNUSED;

/* ---- pages ---- */

enum { DECISIONS_FORM_BYTES = 32 * 1024 }; /* of what a form sends */

enum err_code page_checks(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_check(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_check_answer(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_decisions(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_decision_model(struct http_request *req, struct http_response *res, struct err *e);
enum err_code data_decision_dmn(struct http_request *req, struct http_response *res, struct err *e);
enum err_code data_decision_csv(struct http_request *req, struct http_response *res, struct err *e);
enum err_code data_decision_json(struct http_request *req, struct http_response *res, struct err *e);
enum err_code data_decision_xlsx(struct http_request *req, struct http_response *res, struct err *e);
