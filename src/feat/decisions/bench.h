#pragma once
/* The test bench: saved cases of a model, and what a version makes of them. */
#include "feat/decisions/editor.h"
#include "feat/rules/decide.h"

enum {
	BENCH_CASES_MOST = 2000,
	BENCH_JSON_MOST = 64 << 10, /* of an input, and of what is expected */
	BENCH_NAME_MOST = 200,
	BENCH_STEPS = 5000000,
};

/* A saved case. expected: JSON of the outcome; "undetermined" when it should be so. */
struct bench_case {
	uid id;
	str name, decision, input, expected, author;
	date as_of;
};

struct bench_result {
	const struct bench_case *c;
	bool passed;
	str actual;  /* JSON, or "undetermined" */
	str problem; /* English: it could not be run */
	const str *sentences;
	size_t n_sentences;
};

struct bench_page {
	struct editing *ed;
	const struct bench_result *results;
	size_t n, passed;
	/* of a case that was refused */
	str name, decision, as_of, input, expected, author;
};

/* For the template. In the arena. */
str bench_id(const struct bench_page *x, uid id);
/* The cases of a model, by name. In arena. */
enum err_code bench_cases(struct db *c, int64_t programme, str key, struct arena *a, const struct bench_case **ret,
    size_t *ret_n, struct err *e) WARN_UNUSED;
/* Keep or drop one, with an event that holds a hash of it and nothing of its input. In the caller's transaction. */
enum err_code bench_add(const struct rules_act *act, str key, const struct bench_case *c, uid *ret_id, struct err *e) WARN_UNUSED;
enum err_code bench_remove(const struct rules_act *act, uid id, struct err *e) WARN_UNUSED;
/* Decide it and compare. What is wrong with the case itself is told in the result. In arena. */
enum err_code bench_run(const struct rules_loaded *l, const struct bench_case *c, enum lang lang, struct arena *a,
    struct bench_result *ret, struct err *e) WARN_UNUSED;

enum err_code editor_page_cases(struct http_request *req, struct http_response *res, struct err *e);
enum err_code editor_page_case_change(struct http_request *req, struct http_response *res, struct err *e);
