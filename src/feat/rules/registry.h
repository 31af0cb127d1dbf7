#pragma once
/* The registry of decision models. A version is a DMN text that never changes: its identifier is the SHA-256 of its
 * canonical bytes (UTF-8 without byte order mark, lines ended by LF, else as written; these are what is stored). Beside
 * the text stand its model's key, the period in which it holds, legal basis, author, approver and note.
 *
 * draft -> published, by a second person; or -> withdrawn. What is published stays as it is: it is superseded by a
 * version whose period begins later, or by one with the same beginning that is published later. A case pins the hashes of
 * all models that decided it, so that it can be run again with the rules of its day.
 *
 * In a pack: decisions/models.csv lists the models (docs/packs.md); grutto init publishes them.
 *
 * The registry is immutable and small (no texts): loaded once for a snapshot or a command, in the arena given. */
#include "base/date.h"
#include "base/hash.h"
#include "base/uid.h"
#include "feat/rules/load.h"

struct chain;
struct db;

enum {
	RULES_VERSIONS_MOST = 10000,
	RULES_TEXT_MOST = 60 << 20, /* bytes of one model */
	RULES_KEY_MOST = 80,        /* characters of a key: lower-case letters, digits, hyphens */
	RULES_WORDS_MOST = 1000,    /* characters of the legal basis and of the note */
	RULES_ACTOR_MOST = 120,     /* characters of author and approver */
};

enum rules_state { RULES_DRAFT, RULES_PUBLISHED, RULES_WITHDRAWN };
const char *rules_state_name(enum rules_state s); /* "draft", "published", "withdrawn" */

/* A version. Texts live as long as the registry. */
struct rules_version {
	sha256 hash;
	char hex[65];
	str key;                   /* of the model: "return-2008"; the same for all its versions */
	int64_t number;            /* among the versions of that key, from 1, in the order they were proposed */
	str name, ns;              /* as the DMN text says */
	str imports;               /* namespaces, a line each */
	enum rules_state state;
	date valid_from, valid_to; /* valid_to: last day; DATE_NONE: open */
	str legal_basis, author, note;
	str approver;              /* STR_NONE until published */
	str source_line;           /* in the programme's source; may be empty */
	int64_t proposed_ms, published_ms; /* published_ms: 0 until then */
	int64_t bytes;             /* of the text */
};

struct rules_registry {
	int64_t programme;
	const struct rules_version *versions; /* by key, then number */
	size_t n;
};

/* All versions of a programme. An empty registry is not an error. */
enum err_code rules_registry_load(struct db *c, int64_t programme, struct arena *a, const struct rules_registry **ret,
    struct err *e) WARN_UNUSED;

/* The version of a model in force on a day: published, its period includes the day, and of several the one whose period
 * began last, then the one published last. NULL when there is none. */
const struct rules_version *rules_in_force(const struct rules_registry *r, str key, date day);
/* The registry as it was known at that instant: without what was published later. In arena. */
enum err_code rules_registry_known(const struct rules_registry *r, int64_t known_ms, struct arena *a,
    const struct rules_registry **ret, struct err *e) WARN_UNUSED;
const struct rules_version *rules_by_hash(const struct rules_registry *r, sha256 hash);
/* A version by its hash or the first 8 or more digits of it. ERR_NOT_FOUND, ERR_CONFLICT when several begin so. */
enum err_code rules_by_hex(const struct rules_registry *r, str hex, const struct rules_version **ret,
    struct err *e) WARN_UNUSED;
/* The first version of a key (the others follow it) and how many there are; NULL and 0 for an unknown key. */
const struct rules_version *rules_versions_of(const struct rules_registry *r, str key, size_t *ret_n);

/* ---- texts and compiled models ---- */

/* The stored text; ERR_INVALID "registry.changed" when its hash is not the version's. In arena. */
enum err_code rules_text(struct db *c, const struct rules_registry *r, const struct rules_version *v, struct arena *a,
    str *ret_text, struct err *e) WARN_UNUSED;

/* A version compiled together with what it imports, and the hashes of all these texts. */
struct rules_bound {
	struct rules_loaded loaded;
	const struct rules_version *version;
	str pins; /* 64 digits for each model that takes part, the version first, the others in order, a blank between */
};

/* v with what it imports by namespace, directly or through others: of each the version in force on that day.
 * ERR_NOT_FOUND "registry.import" names a namespace that no model in force has. zones: NULL to load them. In arena. */
enum err_code rules_bind(struct db *c, const struct rules_registry *r, const struct rules_version *v, date day,
    struct feel_zones *zones, struct arena *a, struct rules_bound *ret, struct err *e) WARN_UNUSED;
/* Exactly the models that pins names. */
enum err_code rules_bind_pins(struct db *c, const struct rules_registry *r, str pins, struct feel_zones *zones,
    struct arena *a, struct rules_bound *ret, struct err *e) WARN_UNUSED;

/* ---- changes: in the caller's transaction on a writer, each an event of the chain ---- */

struct rules_act {
	struct db *db;
	int64_t programme;
	struct uid_maker *uids;
	struct chain *chain; /* the open one, if there is one; else NULL */
	int64_t now_ms;
	str actor; /* of the event: who does it, such as "command:rules" or a user's id */
};

struct rules_proposal {
	str text; /* DMN as it came: is made canonical */
	str file; /* for messages */
	str key;
	date valid_from, valid_to;
	str legal_basis, author, note, source_line;
};

/* The canonical bytes, in arena. ERR_INVALID for what is not UTF-8. */
enum err_code rules_canonical(str text, const char *file, struct arena *a, str *ret_text, struct err *e) WARN_UNUSED;
/* A draft; its rules need not be finished. A draft or withdrawn version with the same text and key takes over the new
 * period, basis, author and note. Refused: a text that is no DMN model, one that is published already or stored under
 * another key (ERR_CONFLICT), a period that ends before it begins, a missing author or legal basis. */
enum err_code rules_propose(const struct rules_act *act, const struct rules_proposal *p, struct arena *a,
    sha256 *ret_hash, struct err *e) WARN_UNUSED;
/* A draft becomes published. ERR_FORBIDDEN "registry.four-eyes" unless approver differs from the author; ERR_CONFLICT
 * when it is no draft; ERR_INVALID with the place when it does not compile (with its imports as of valid_from) or its
 * tables have an error, such as two rules of a unique table that match the same input. */
enum err_code rules_publish(const struct rules_act *act, sha256 hash, str approver, struct arena *a,
    struct err *e) WARN_UNUSED;
/* A draft is given up; its text stays. reason goes into the event. */
enum err_code rules_withdraw(const struct rules_act *act, sha256 hash, str reason, struct arena *a,
    struct err *e) WARN_UNUSED;
/* Can a version be published? The error that rules_publish would give for what stands in it. */
enum err_code rules_publishable(struct db *c, const struct rules_registry *r, const struct rules_version *v, struct arena *a,
    struct err *e) WARN_UNUSED;
/* The parts of a proposal beside its text: ERR_INVALID names the first at fault. */
enum err_code rules_proposal_check(const struct rules_proposal *p, struct err *e) WARN_UNUSED;
