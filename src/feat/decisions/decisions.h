#pragma once
/* Slice decisions: the decision models of the programme as pages that anyone can read, and as a form in which a reader
 * tries them on a situation of their own. Nothing that is filled in is kept or logged. */
#include "base/date.h"
#include "base/env.h"
#include "engine/dmn/dmn.h"
#include "engine/i18n/i18n.h"
#include "http/http.h"

struct db;
struct programme_view;

enum { DECISIONS_MODELS_MOST = 2000 }; /* versions of all models */

/* One version of a model, as it is stored. Texts are borrowed. */
struct decision_source {
	str key;  /* of the model: the name of its file without ".dmn" */
	str hash; /* of its content, in hexadecimal digits */
	int64_t number; /* of the version, from 1 */
	int64_t published_ms;
	date valid_from, valid_to; /* DATE_NONE: open */
	str legal_basis, author, approver, note, source_line;
	str xml;
};

struct decision_version {
	struct decision_source source;
	const struct dmn_model *model;
	struct dmn_set *set; /* with what it imports; NULL: it does not compile, why says what is wrong */
	str why;
};

/* All versions, by key, of each key the one whose period began last first; immutable. */
struct decisions_view {
	const struct decision_version *versions;
	size_t n;
	struct feel_zones *zones;
};

/* Parse and compile. A model that cannot be compiled is kept with its reason. In arena. */
enum err_code decisions_view_make(const struct decision_source *sources, size_t n, struct feel_zones *zones,
    struct arena *a, const struct decisions_view **ret_view, struct err *e) WARN_UNUSED;

/* The published versions of a programme. In arena. */
enum err_code decisions_view_load(struct db *c, int64_t programme, struct arena *a, const struct decisions_view **ret_view,
    struct err *e) WARN_UNUSED;

/* A model that need not be among them, compiled with what it imports as in force on a day. In arena. */
enum err_code decisions_compile(const struct decisions_view *view, const struct dmn_model *m, date on, struct arena *a,
    struct dmn_set **ret, struct err *e) WARN_UNUSED;

/* Is the version in force on that day? */
bool decisions_in_force(const struct decision_version *v, date on);
/* The version of a model in force on that day, or NULL. */
const struct decision_version *decisions_on(const struct decisions_view *view, str key, date on);
/* The one with that number; NULL when there is none. */
const struct decision_version *decisions_version(const struct decisions_view *view, str key, int64_t number);
/* The newest version of a model, or NULL. */
const struct decision_version *decisions_newest(const struct decisions_view *view, str key);

/* The page of a model, behind the language: "/rules/decisions/KEY#d-3-r-2". element: of a decision or function in it, may be
 * absent; row: of its table, from 1, 0: none. In arena; STR_NONE without memory, or when there is no such model. */
str decisions_path(const struct decisions_view *view, str key, str element, uint32_t row, struct arena *a);
/* The model's title in a language, by the pack's words. In arena. */
str decisions_title(const struct programme_view *p, const struct decision_version *v, enum lang l, struct arena *a);

/* ---- a table tried out in a copy: nothing is stored ---- */

struct decisions_table {
	str name, title; /* of the decision or function that has it; the title by the pack's words */
};
/* The tables of a version. In arena. */
enum err_code decisions_tables(const struct programme_view *p, const struct decision_version *v, enum lang l, struct arena *a,
    const struct decisions_table **ret, size_t *ret_n, struct err *e) WARN_UNUSED;

struct decisions_trial {
	const struct decision_version *version; /* the copy; set NULL: it does not compile */
	const struct decisions_view *view;	/* all versions with it in the original's place, importers compiled anew */
	str element;
	size_t n_faults, n_errors; /* the checks' findings, as they stand beside the cells */
	size_t n_changed;	   /* cells that differ from the original */
};
/* The table of an element, as it stands (form NULL) or as a form of decisions_trial_html sent it, checked and compiled. view and v
 * are borrowed. ERR_NOT_FOUND "editor.table"; ERR_INVALID "edit.form" and ERR_LIMIT: what was sent is no such table. In arena. */
enum err_code decisions_trial_open(const struct decisions_view *view, const struct decision_version *v, str element, enum lang l,
    const struct http_request *form, struct arena *a, const struct decisions_trial **ret, struct err *e) WARN_UNUSED;
/* The fields of the form, for the inside of a <form method="post">: cells as text, what is wrong beside them, buttons "do" to add and
 * delete rows. */
enum err_code decisions_trial_html(const struct decisions_trial *t, const struct programme_view *p, struct buf *out, struct err *e)
    WARN_UNUSED;

/* The row of a table that decided: of which model and decision, which row, and a sentence on it that names the inputs it tests and what they
 * were, in the pack's words. False: no version of the view has the table. In arena. */
struct decisions_row {
	str key, element;
	uint32_t row; /* from 1; 0: none decided, and text says why */
	str text;     /* "" without memory */
};
bool decisions_row_told(const struct decisions_view *view, const struct programme_view *p, const struct dmn_table_trace *t, enum lang l,
    struct arena *a, struct decisions_row *ret);

/* Does the pack have a form for the model? */
bool decisions_can_check(const struct programme_view *p, str key);

struct http_routes decisions_routes(void);

/* ---- the editor: behind grutto serve --editor, on the loopback interface only ---- */

struct decisions_editor {
	uint8_t secret[32]; /* of this run: what forms prove that they come from here */
};

enum { DECISIONS_ROLE_EDITOR = 1 };

void decisions_editor_start(struct decisions_editor *ed, struct rng *rng);
/* True for an address that only this machine reaches: 127.0.0.1:8080, [::1]:8080, localhost:8080. */
bool decisions_editor_host(str host_port);
/* http_config.authorize: the request names a loopback host; what changes something comes from a page of this site and
 * carries a token of this run. */
enum err_code decisions_editor_authorize(struct http_request *req, uint32_t role, struct err *e) WARN_UNUSED;
struct http_routes decisions_editor_routes(void);
