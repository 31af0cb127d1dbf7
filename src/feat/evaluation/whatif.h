#pragma once
/* What would change if a rule were another. */
#include "feat/decisions/decisions.h"
#include "feat/evaluation/parts.h"

/* A verdict or outcome that comes out differently. */
struct change {
	const struct activity *activity; /* one of the two */
	const struct rejected_proposal *proposal;
	str title, link; /* link: path behind the language, may be empty */
	str before, after; /* in the page's language */
	str why;	 /* of after */
	str rule, rule_anchor;
};

struct changes {
	const struct change *p;
	size_t n, judged;
};

/* Models that the evaluation judges by, in the order in which they are listed; NULL behind the last. */
const char *whatif_model(size_t i);
bool whatif_is_model(str key);

/* Judge all cases of f by the version before and by after (a copy, with the view it belongs to), and list what differs. In arena. */
enum err_code whatif_compare(const struct facts *f, const struct decision_version *before, const struct decisions_trial *after,
    enum lang l, struct arena *a, struct changes *ret, struct err *e) WARN_UNUSED;

enum err_code page_whatif(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_whatif_table(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_whatif_tried(struct http_request *req, struct http_response *res, struct err *e);

enum { WHATIF_FORM_BYTES = 1 << 20 };
