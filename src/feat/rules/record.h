#pragma once
/* Records of decisions: what was asked, with which rules, what came out and why, kept with the case. Never changed. The
 * chain of events holds the record's hash and nothing of the input, which may be personal. */
#include "feat/rules/registry.h"

enum {
	RECORD_CASE_MOST = 120,        /* characters of a case's reference */
	RECORD_JSON_MOST = 32 << 20,   /* bytes of input, and of the explanation */
};

struct rules_record {
	uid id;
	str case_ref;
	int64_t made_ms;
	int64_t as_of_ms;  /* what now() and today() saw; its day (UTC) chose the version in force */
	str key;           /* of the model */
	str pins;          /* struct rules_bound */
	str decision;      /* name or id in the model */
	bool strict;
	str input;         /* JSON object: a member for each input */
	str outcome;       /* JSON {"status","value","cause","missing"}: stable, compared as text */
	str explanation;   /* JSON, as grutto decide --explain has it */
	str actor;
};

/* Keep a record (id is made here). In the caller's transaction, with an event "decision.recorded". */
enum err_code rules_record_add(const struct rules_act *act, const struct rules_record *r, uid *ret_id,
    struct err *e) WARN_UNUSED;
/* Those of a case, oldest first; STR_NONE: of all. fn is called for each, what it gets is valid until it returns;
 * another code than ERR_OK ends the listing. */
typedef enum err_code (*rules_record_fn)(void *ctx, const struct rules_record *r, struct err *e);
enum err_code rules_records(struct db *c, int64_t programme, str case_ref, rules_record_fn fn, void *ctx,
    struct err *e) WARN_UNUSED;

/* A stored decision, made again. */
struct rules_difference {
	const struct rules_record *record;
	str pins;     /* the models that made it this time */
	str outcome;  /* JSON as in the record */
	bool same;
	struct err why; /* code other than ERR_OK: it could not be made again; outcome is empty */
};
typedef enum err_code (*rules_difference_fn)(void *ctx, const struct rules_difference *d, struct err *e);

struct rules_rerun_totals {
	size_t seen;      /* records looked at */
	size_t run;       /* made again */
	size_t different; /* of them with another outcome, or not to be made again */
};

/* Every record (of a case, or STR_NONE) with the rules of its day: all should be the same. */
enum err_code rules_rerun(struct db *c, const struct rules_registry *r, str case_ref, rules_difference_fn fn, void *ctx,
    struct rules_rerun_totals *ret, struct err *e) WARN_UNUSED;
/* What publishing v would change: records whose rules would be others if v were published now, made with them. */
enum err_code rules_compare(struct db *c, const struct rules_registry *r, const struct rules_version *v,
    rules_difference_fn fn, void *ctx, struct rules_rerun_totals *ret, struct err *e) WARN_UNUSED;
