#pragma once
/* The words that a search found, marked in a text. Pure. */
#include "feat/register/fts_query.h"

enum {
	HIGHLIGHT_WHOLE = 0,          /* no excerpt: the text from beginning to end */
	HIGHLIGHT_WORDS_MAX = 200000, /* of the text that are looked at; what follows is not marked */
};

/* Append `text` as safe HTML: everything escaped, the words and phrases that q wants in <mark> elements. Words are compared as the
 * index does it: folded, whole or by their beginning. Without the marks it is the escaped text, exactly.
 *
 * max_chars > 0 cuts an excerpt of at most so many code points around the first hit (else from the beginning), between words, with
 * an ellipsis where text is left out. q may be NULL. Scratch memory in arena. Bytes that are not UTF-8 become U+FFFD. */
enum err_code highlight_html(str text, const struct fts_query *q, size_t max_chars, struct arena *a,
    struct buf *out, struct err *e) WARN_UNUSED;
