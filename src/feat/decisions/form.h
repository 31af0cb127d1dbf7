#pragma once
/* A form made from what a decision needs: questions, their answers as they were sent, and the values they stand for. */
#include "feat/decisions/words.h"

enum {
	FORM_ASKS_MOST = 120,    /* questions of one form */
	FORM_OPTIONS_MOST = 400, /* of one question */
	FORM_RADIO_MOST = 7,     /* more are a list to choose from */
	FORM_REPEATS = 5,        /* items asked for of a list of things with parts */
};

enum ask_kind { ASK_TEXT, ASK_NUMBER, ASK_DATE, ASK_YES_NO, ASK_CHOICE, ASK_MANY, ASK_DAYS, ASK_MONTHS };

struct ask_option {
	str value, label;
	bool chosen;
};

struct ask {
	str field;            /* of the form: "input", "input.component", or "input.2.component" */
	str input, component; /* component: STR_NONE when the input is one value */
	size_t repeat;        /* from 1, of a list of things with parts; 0: it is none */
	enum ask_kind kind;
	const struct feel_type *type;
	str id; /* on the page: "q1" */
	str label, help;
	struct ask_option *options; /* ASK_CHOICE, ASK_MANY, ASK_YES_NO */
	size_t n_options;
	str given;         /* as sent, for fields of text */
	const char *fault; /* what is wrong with it: a message; NULL: nothing */
};

struct form {
	const struct decision_version *v;
	const int32_t *decisions; /* to be made */
	size_t n_decisions;
	struct ask *asks;
	size_t n_asks, n_faults;
};

/* What a form sent: names and values in order. */
struct form_pair {
	str name, value;
};

/* A file that came with it, as the browser names it. */
struct form_file {
	str name, file_name, bytes;
};

struct form_sent {
	const struct form_pair *p;
	size_t n;
	const struct form_file *files; /* those that were chosen */
	size_t n_files;
};

/* The content of a request of type application/x-www-form-urlencoded or multipart/form-data, at most params_max fields. In the request's
 * arena, and its body. */
enum err_code form_sent_read(const struct http_request *req, size_t params_max, struct form_sent *ret, struct err *e) WARN_UNUSED;
/* The first value of that name, trimmed; STR_NONE when there is none. */
str form_sent_get(const struct form_sent *s, const char *name);
/* The first file of that field, or NULL. */
const struct form_file *form_sent_file(const struct form_sent *s, const char *name);

/* The questions for these decisions of v, in the order of the model. In the words' arena. */
enum err_code form_make(const struct words *w, const struct decisions_view *all, const struct decision_version *v,
    const int32_t *decisions, size_t n_decisions, struct form *ret, struct err *e) WARN_UNUSED;
/* Take over answers; what cannot be read is marked. Unknown fields are left alone. */
void form_fill(struct form *f, const struct words *w, const struct form_sent *sent);
/* The values of the questions that were answered. In arena. */
enum err_code form_values(const struct form *f, enum lang l, struct arena *a, struct dmn_given **ret, size_t *ret_n,
    struct err *e) WARN_UNUSED;
