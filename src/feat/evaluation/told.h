#pragma once
/* Values in the words of a language, in an arena. Empty when there is no room. */
#include "base/arena.h"
#include "engine/i18n/i18n.h"

enum { TOLD_BYTES = 65536 };

struct saying {
	struct arena *a;
	enum lang l;
};

str told_num(const struct saying *t, int64_t v);                /* 1,234 */
str told_decimal(const struct saying *t, decimal d, int scale); /* 3.49; "–" for DECIMAL_NONE */
str told_percent(const struct saying *t, decimal ratio);        /* 106%; "–" for DECIMAL_NONE */
str told_money(const struct saying *t, int64_t minor, const char *currency); /* in full */
str told_date(const struct saying *t, date d);
str told_pdate(const struct saying *t, pdate d);
/* The text of a message with its placeholders filled. */
str told_text(const struct saying *t, const char *msg, const str *parts, size_t n);
#define TOLD(t, msg, ...) told_text((t), (msg), (const str[]){__VA_ARGS__}, sizeof((str[]){__VA_ARGS__}) / sizeof(str))
/* "a; b", or whichever of the two is not empty. */
str told_join(const struct saying *t, str a, const char *between, str b);
