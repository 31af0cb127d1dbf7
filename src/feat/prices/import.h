#pragma once
/* Inside of the slice: files into the database. A file is one transaction; what is there already stays as it is, so the same file twice
 * gives nothing new; every row is reported. */
#include "db/chain.h"
#include "db/db.h"
#include "feat/prices/averages.h"
#include "feat/prices/rates.h"

enum prices_done {
	PRICES_TAKEN,
	PRICES_CORRECTED,    /* taken as a correction of what was said before */
	PRICES_HELD,	     /* kept, but does not count until a person releases it */
	PRICES_UNCHANGED,    /* there already */
	PRICES_REFUSED,	     /* the row is left out */
	PRICES_FILE_REFUSED, /* nothing of the file is taken */
	PRICES_DONE
};
extern const char *const prices_done_words[PRICES_DONE];

/* What became of a row, or of several of a line. Borrowed for the call. */
struct prices_note {
	enum prices_done done;
	const char *file;
	uint32_t line, col; /* 0: none */
	str subject;	    /* "provider/offer", "2026-04-13" ... */
	const char *field, *detail;
};

struct prices_result {
	uint64_t files, files_refused;
	uint64_t rows[PRICES_DONE];
};

enum prices_what { PRICES_FEEDS, PRICES_RATES };

struct prices_importer {
	struct db *db; /* a writer */
	int64_t programme;
	struct uid_maker *uids;
	int64_t now_ms;
	int64_t newest_ms;   /* what is later is refused; 0: now_ms */
	struct chain *chain; /* an open one of the caller's; NULL: an event is added by itself */
	const char *actor;   /* "command:import" */
	void (*on_note)(void *ctx, const struct prices_note *note); /* may be NULL */
	void *ctx;
	struct prices_result result;
};

/* Import the text of a file in the caller's transaction. ERR_INVALID, ERR_LIMIT: the file as a whole is refused. *ret_any: something
 * was stored. */
enum err_code prices_import_text(struct prices_importer *m, enum prices_what what, const char *file, str text, bool *ret_any,
    struct err *e) WARN_UNUSED;
/* Import a file in a transaction of its own. A file that is refused is reported and counted, and is no error. */
enum err_code prices_import_file(struct prices_importer *m, enum prices_what what, const char *path, struct err *e) WARN_UNUSED;

/* Report lines for people or as JSON lines, and the sum of them. */
void prices_note_text(const struct prices_note *n, struct buf *b);
void prices_note_json(const struct prices_note *n, struct buf *b);
void prices_result_text(const struct prices_result *r, struct buf *b);
void prices_result_json(const struct prices_result *r, struct buf *b);
/* 3 when something was refused, else 0. */
int prices_result_status(const struct prices_result *r);

/* The only programme of the database. ERR_INVALID when there is none. */
enum err_code prices_programme(struct db *c, int64_t *ret_programme, struct err *e) WARN_UNUSED;
