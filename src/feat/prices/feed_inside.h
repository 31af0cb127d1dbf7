#pragma once
/* Shared by the files that read feeds: columns and cells. */
#include "feat/prices/feed.h"

/* A column and its place in each kind; an enum for each kind names them. */
struct feed_column {
	const char *name;
	bool required; /* in the header, and in each row */
};
struct feed_table {
	const struct feed_column *columns;
	size_t n;
};
extern const struct feed_table feed_tables[FEED_KINDS];

/* At the end of each kind's columns, counted from behind. */
enum { FEED_FROM_END_CORRECTION = 2, FEED_FROM_END_EXAMPLE = 1 };

struct feed_cell {
	str text; /* in the arena of the reading; empty: nothing there */
	uint32_t line, col;
};

struct feed_record {
	const struct feed_reading *r;
	enum feed_kind kind;
	const struct feed_cell *cells; /* by column of the kind */
	uint32_t line, col;
	struct err *e; /* why it is refused */
};

/* Make a row of it. ERR_INVALID: refused, e says why and where; other codes end the reading. */
enum err_code feed_convert(const struct feed_record *x, struct feed_row *ret_row) WARN_UNUSED;

/* Digits with at most one point: "12", "12.50". No sign, blank, comma or exponent. */
bool feed_is_plain(str s);
