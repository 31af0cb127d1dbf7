#pragma once
/* What a visitor types into the search box, as a query that both database engines understand. Pure.
 *
 *   return iraq        both words; the last may be the beginning of a word (as if it ended with *)
 *   "brain gain"       these words behind each other
 *   migra*             words that begin so
 *   -morocco           not with this word; -"brain gain" likewise
 *
 * Any input is a valid query: signs that mean nothing are separators, an open quotation mark ends at the end, what is over
 * the limits is left out. Words are folded (base/utf8.h) and cut as the index does it (search.c), so a word in the query
 * holds letters and digits only and can be quoted without escapes. "well-being" is the two words behind each other. */
#include "base/arena.h"
#include "base/buf.h"

enum {
	FTS_INPUT_BYTES_MAX = 1000, /* of a query that are read */
	FTS_TERMS_MAX = 16,
	FTS_WORDS_MAX = 12,      /* of one phrase */
	FTS_WORD_BYTES_MAX = 100 /* of one folded word; longer ones are cut to a quarter as many code points */
};

struct fts_term {
	const str *word; /* folded; behind each other */
	size_t n_words;  /* 1 or more */
	bool prefix;     /* the last word may go on */
	bool excluded;
};

struct fts_query {
	struct fts_term term[FTS_TERMS_MAX];
	size_t n;
	bool wants; /* there is a term that is not excluded; without one a query finds nothing */
};

enum fts_dialect {
	FTS_SQLITE,   /* right side of FTS5's MATCH */
	FTS_POSTGRES, /* text of a tsquery, to be cast */
};

/* The next word of folded text from *at on, which moves behind it; false at the end. Shared with the index. */
bool fts_next_word(str folded, size_t *at, str *ret_word);

/* Read a query; words in arena. Fails only without memory. */
enum err_code fts_query_parse(str input, struct arena *a, struct fts_query *ret_query,
    struct err *e) WARN_UNUSED;

/* Append the query for one engine. False, and nothing is appended, when it wants nothing. */
bool fts_query_text(const struct fts_query *q, enum fts_dialect dialect, struct buf *out);
