#pragma once
/* The event chain: every change of data is an event; each event's hash covers the one before it, so
 * that a change, a missing or an exchanged event shows. One chain per programme. Append-only by
 * triggers.
 *
 * hash = SHA-256 over these fields, in order, each as its length in bytes (8 bytes, big-endian) and
 * its bytes; an absent field has the length 2^64-1 and no bytes: "grutto-event-1", prev (32 bytes;
 * 32 zero bytes for the first), programme, seq, at_ms (8 bytes each, big-endian two's complement),
 * id (16 bytes), actor, kind, subject_kind, subject, before, after. Personal data never enter the
 * chain; before and after are JSON texts of what changed. */
#include "base/hash.h"
#include "db/db.h"

#define CHAIN_WORD_MAX 200        /* bytes of actor, kind, subject_kind, subject */
#define CHAIN_JSON_MAX (4U << 20) /* bytes of before and after */

struct chain_event {
	uid id;            /* made by the caller */
	int64_t at_ms;     /* never before the event in front of it: raised to that one's if so */
	str actor;         /* "command:import", a user's id … */
	str kind;          /* "activity.added" … */
	str subject_kind;  /* "activity" … */
	str subject;       /* its identifier as text; a uid in its 36 characters */
	str before, after; /* JSON or STR_NONE */
};

struct chain_head {
	int64_t seq; /* of the last event; 0: none */
	sha256 hash; /* of the last event; zero bytes: none */
	int64_t at_ms;
};

/* Add one event in the caller's transaction on a writer. */
enum err_code chain_add(
    struct db *c, int64_t programme, const struct chain_event *ev, struct err *e) WARN_UNUSED;

/* Many events in one transaction: read the head once, add, write the head once. Between begin and
 * end no other chain function may run for the programme. Other statements may. */
struct chain;
enum err_code chain_begin(
    struct db *c, int64_t programme, struct chain **ret_ch, struct err *e) WARN_UNUSED;
enum err_code chain_put(struct chain *ch, const struct chain_event *ev, struct err *e) WARN_UNUSED;
/* Frees ch, also on failure. */
enum err_code chain_end(struct chain *ch, struct err *e) WARN_UNUSED;
void chain_abort(struct chain *ch); /* NULL is allowed; the caller rolls back */
void chain_autoabort(struct chain **ch);
#define AUTO_CHAIN __attribute__((cleanup(chain_autoabort))) struct chain *

enum err_code chain_head(
    struct db *c, int64_t programme, struct chain_head *ret_head, struct err *e) WARN_UNUSED;

/* Verification: streams all events of all programmes in constant memory. */
struct chain_report {
	bool whole;     /* nothing is wrong */
	int64_t events; /* checked */
	int64_t programmes;
	int64_t programme;      /* of the first break */
	int64_t seq;            /* of the first break */
	char what[256];         /* one sentence: what differs */
	struct chain_head head; /* of the last programme checked */
};
/* ERR_OK also when the chain is broken: see the report. Cutting off the tail together with the
 * stored head cannot be seen from the database alone: keep the head's hash elsewhere (the report
 * prints it). */
enum err_code chain_verify(
    struct db *c, struct chain_report *ret_report, struct err *e) WARN_UNUSED;

/* The hash of one event, as defined above. */
sha256 chain_hash(sha256 prev, int64_t programme, int64_t seq, const struct chain_event *ev);
