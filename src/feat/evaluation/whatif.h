#pragma once
/* What would change if a rule were another. */
#include "feat/decisions/decisions.h"
#include "feat/evaluation/parts.h"

/* A verdict or outcome that comes out differently. Texts in the page's language, unless said otherwise. */
struct change {
	str title, title_lang; /* what is judged; title_lang: "en", or empty */
	str part;	       /* what of it, may be empty: "Criterion 2: the choice of countries", "Nigeria" */
	str link;	       /* path behind the language, may be empty */
	str before, after;
	str why;	       /* of after: the row that decides and the inputs it tests */
	str was;	       /* the row that decided before, may be empty */
	str rule, rule_anchor; /* of after */
};

struct changes {
	const struct change *p;
	size_t n, judged;
};

/* Models that the evaluation judges by, in the order in which they are listed; NULL behind the last. */
const char *whatif_model(size_t i);
bool whatif_is_model(str key);

/* Judge all cases of f by the version before and by after (a copy, with the view it belongs to), and list what differs. In arena.
 * ERR_INVALID and ERR_NOT_FOUND "evaluation.model", ERR_LIMIT: nothing can be judged by the copy. */
enum err_code whatif_compare(const struct facts *f, const struct decision_version *before, const struct decisions_trial *after,
    enum lang l, struct arena *a, struct changes *ret, struct err *e) WARN_UNUSED;

enum err_code page_whatif(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_whatif_table(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_whatif_tried(struct http_request *req, struct http_response *res, struct err *e);

enum { WHATIF_FORM_BYTES = 1 << 20 };

/* ---- inside: comparing one kind of judgement (whatif_X.c) ---- */

struct comparing {
	const struct facts *before, *after;
	const struct decision_version *was, *is;
	enum lang l;
	struct arena *a;
	VEC(struct change) list;
	size_t judged;
};

/* A judgement that differs; from and to: the tables that decided, NULL: none. change's why stands in front of what is told of to;
 * its rule, when empty, becomes the row of to. */
enum err_code whatif_add(struct comparing *c, const struct change *change, const struct dmn_table_trace *from,
    const struct dmn_table_trace *to, struct err *e) WARN_UNUSED;

enum err_code whatif_criteria(struct comparing *c, struct err *e) WARN_UNUSED; /* the subsidy framework and its country lists */
enum err_code whatif_refusals(struct comparing *c, struct err *e) WARN_UNUSED;
enum err_code whatif_theory(struct comparing *c, struct err *e) WARN_UNUSED; /* question 4 */
