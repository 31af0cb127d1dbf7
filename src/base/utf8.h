#pragma once
/* UTF-8: validation at the edge, and folding for search (Unicode tables by utf8proc). */
#include "base/buf.h"

/* True when the whole of s is valid UTF-8 (RFC 3629). Else *ret_at (may be NULL) is the first bad byte's offset. */
bool utf8_valid(str s, size_t *ret_at);
/* Number of code points of valid UTF-8. */
size_t utf8_length(str s);
/* The code point at byte *at, which moves behind it; -1 at the end or on a bad byte (moves by one). */
int32_t utf8_next(str s, size_t *at);
void buf_add_utf8(struct buf *b, uint32_t code_point);
/* The first n code points of s at most. */
str utf8_head(str s, size_t n);
/* For search: compatibility decomposition, case folded, marks and ignorable characters dropped.
 * "Één Ærø" -> "een ærø". Appends to b; s must be valid. */
void buf_add_folded(struct buf *b, str s);
/* Letter or digit (Unicode categories L*, N*, M*): what makes a word. */
bool utf8_is_word(int32_t code_point);
/* Append s for the text and the quoted attributes of HTML and XML: & < > and both quotes as references. What neither allows,
 * control characters and bad bytes, becomes U+FFFD. */
void buf_add_markup(struct buf *b, str s);
