#pragma once
/* Inside of the editor's pages. Each request reads the registry afresh, works in an arena of its own, and keeps nothing. */
#include "feat/decisions/edit.h"
#include "feat/decisions/parts.h"
#include "feat/rules/findings.h"
#include "feat/rules/record.h"

enum {
	EDITOR_ARENA = 768 << 20,
	EDITOR_DIFFERENCES_TOLD = 50,
};

/* guard.c */
str editor_token(const struct decisions_editor *ed, struct arena *a);
bool editor_token_ok(const struct decisions_editor *ed, str token);

/* A version under work. */
struct editing {
	struct http_request *req;
	struct site_page page;
	struct arena *a;
	struct db *c;
	const struct decisions_view *view;
	const struct rules_registry *registry;
	const struct rules_version *v; /* NULL on pages of none */
	str xml;
	const struct dmn_model *model; /* of xml */
	struct rules_loaded loaded;    /* .set NULL: it does not compile */
	str why;                       /* then the reason, English */
	str token;
	const char *done;              /* message: what was done */
	str problem;                   /* English: what was refused */
};

/* What is wrong, beside what it is about. */
struct shown_fault {
	const struct rules_finding *f;
	str anchor; /* "r-3-i-1"; "table" when it is about the whole */
};

struct tested_table {
	str name, id;
};

struct difference {
	str case_ref, decision, before, after, why;
};

struct editor_list {
	const struct rules_registry *registry;
	str text; /* of a new model that was refused */
	struct editing *ed;
};

struct editor_version {
	struct editing *ed;
	const struct tested_table *tables;
	size_t n_tables;
	const struct rules_finding *findings;
	size_t n_findings, n_errors;
	const struct difference *differences;
	size_t n_differences;
	struct rules_rerun_totals totals;
	bool compared;
	str valid_from, valid_to; /* of the drawing's form */
};

struct editor_table {
	struct editing *ed;
	const struct dmn_element *element;
	str id;
	struct edit_table t;
	const struct shown_fault *faults;
	size_t n_faults, n_errors;
	bool changed;
	/* of the draft to be */
	str valid_from, valid_to, legal_basis, author, note;
	str csv; /* pasted, and refused */
};

/* "2010-03-19", or nothing for an open end. In arena. */
str editor_day(date d, struct arena *a);
/* The table of an element that has one, or NULL. */
const struct dmn_table *editor_logic_of(const struct dmn_element *x);
/* Write the table into the model, compile it, and find what is wrong: faults and ed. */
enum err_code editor_table_check(struct editor_table *x, struct err *e) WARN_UNUSED;
/* A number as text, in the arena. */
str editor_number(const struct editor_table *x, size_t n);
/* Fault i of those at anchor, or NULL. */
const struct rules_finding *editor_fault_at(const struct editor_table *x, str anchor, size_t i);
/* "r-3-i-1" and the like, for templates. In the arena. */
str editor_cell(const struct editor_table *x, size_t row, const char *part, size_t column);
str editor_name(const struct editor_table *x, const char *kind, size_t i, const char *part);
str editor_act_value(const struct editor_table *x, const char *action, size_t i); /* "row-up:3" */
str editor_words(const struct editor_table *x, const char *message, size_t row);   /* {0}: the row, from 1 */
str editor_cell_words(const struct editor_table *x, size_t row, str column);       /* "Row 3, Nationality" */
struct url editor_url(const struct editing *ed, const char *below);
struct url editor_table_url(const struct editing *ed, str name, const char *below);

/* Begin: the registry, and the version of parameter 0 when the route has one (with its text, compiled). The connection
 * and the arena are the caller's. */
enum err_code editor_open(struct http_request *req, const char *title, struct editing *ed, struct err *e) WARN_UNUSED;
/* Compile other text in place of the version's: ed->model, ed->loaded and ed->why. */
enum err_code editor_compile(struct editing *ed, str xml, struct err *e) WARN_UNUSED;
/* Store xml as a draft with what the form says (key, valid_from …), in a transaction of its own. */
enum err_code editor_propose(struct editing *ed, const struct form_sent *sent, str key, str xml, sha256 *ret_hash,
    struct err *e) WARN_UNUSED;
/* "/nl/editor/models/HASH" + below, to be redirected to. */
enum err_code editor_go(struct editing *ed, struct http_response *res, sha256 hash, const char *below, struct err *e) WARN_UNUSED;

enum err_code editor_page_list(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_new(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_version(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_publish(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_withdraw(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_drawing(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_drawn(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_table(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_table_change(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_data_csv(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_data_xlsx(struct http_request *req, struct http_response *res, struct err *e);
