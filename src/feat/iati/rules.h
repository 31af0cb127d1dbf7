#pragma once
/* The rules of the standard: a ruleset is data (JSON, vendor/iati/rules), this runs it on a document. */
#include "codec/xdoc.h"
#include "feat/iati/iati.h"

struct ruleset;

/* Read a ruleset into the arena, which it borrows. file is for messages. ERR_INVALID with the place. */
enum err_code ruleset_read(str json, const char *file, struct arena *a, const struct ruleset **ret_r,
    struct err *e) WARN_UNUSED;

/* A case that does not hold. */
struct rule_breach {
	const char *id;	     /* "7.5.3"; "" when the ruleset gives none */
	const char *message; /* of the ruleset, or the name of the rule's kind */
	enum iati_severity severity;
	uint32_t line;
	struct xnode *context;
};
typedef enum err_code (*rule_breach_fn)(void *ctx, const struct rule_breach *b, struct err *e);

/* Run all rules on the tree at hand; today is the day that the rules call now. scratch may be reset between calls. */
enum err_code ruleset_run(const struct ruleset *r, struct xdoc *d, date today, struct arena *scratch, rule_breach_fn on_breach,
    void *ctx, struct err *e) WARN_UNUSED;
