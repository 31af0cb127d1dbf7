#pragma once
/* The storing side of an import: batches into the tables of the register, within one transaction of the
 * caller for each file. */
#include "db/chain.h"
#include "feat/iati/keyset.h"
#include "feat/iati/model.h"

enum { ORG_CACHE = 16384 }; /* organisations remembered as stored; a power of two */

struct org_slot {
	uint64_t a, b;
	uid id;
};

struct store {
	struct db *db;
	struct chain *chain; /* open during the file's transaction */
	int64_t programme;
	struct uid_maker ids;
	struct clock clock;
	int64_t next_doc;
	uint64_t org_seed[2];
	struct org_slot *orgs;
	struct buf words, json; /* scratch */
	/* The file at hand. */
	const char *file;
	uid dataset;
	str dataset_name;
	bool dataset_new;
	bool first; /* no comparison activities yet: nothing to look up */
	struct keyset *seen;
	uint64_t added, changed, unchanged, removed, superseded, duplicates;
};

/* Reports a note of the storing side at once. */
typedef enum err_code (*store_note_fn)(void *ctx, const struct ia_note *n, struct err *e);

enum err_code store_open(struct store *s, struct db *db, int64_t programme, struct clock clock, struct rng rng,
    struct err *e) WARN_UNUSED;
void store_close(struct store *s);
/* Begin a file inside the caller's transaction: finds or makes its dataset. name is borrowed. */
enum err_code store_begin_file(struct store *s, const char *file, str name, struct err *e) WARN_UNUSED;
/* Store the activities of a batch; a is scratch memory for the time of the call. */
enum err_code store_batch(struct store *s, const struct ia_batch *b, struct arena *a, store_note_fn note, void *ctx,
    struct err *e) WARN_UNUSED;
/* End the file: with whole, activities of an earlier version of the dataset that are no longer in it go. */
enum err_code store_end_file(struct store *s, const struct ia_batch *last, struct err *e) WARN_UNUSED;
/* Forget the file after the caller rolled back. */
void store_drop_file(struct store *s);

/* ---- store_rows.c ---- */

/* An activity to be stored, with the identifiers it gets. */
struct stored {
	const struct ia_activity *a;
	uid id;
	int64_t doc;
	bool replaces;
	str old_hash;
	uid reporting;
	const uid *participants, *providers, *receivers; /* UID_NONE where there is none */
};

enum err_code store_rows(struct store *s, const struct stored *rows, size_t n, struct err *e) WARN_UNUSED;
