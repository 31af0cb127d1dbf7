#pragma once
/* Inside of the slice: published averages of corridors, as the World Bank's DataBank exports them (a column for each quarter) and as a
 * list (source, destination, period, average). Pure. */
#include "feat/prices/feed.h"

enum { AVERAGES_BYTES = 64 << 20, AVERAGES_PERIODS_MAX = 400 };

struct average_row {
	str send_country, receive_country; /* alpha-2 */
	int32_t year, quarter;
	str mean; /* percent, as written */
	uint32_t line, col;
};

enum averages_kind { AVERAGES_NONE, AVERAGES_DATABANK, AVERAGES_LIST };
enum averages_kind averages_kind_of(str text);

/* Called for each average; the row lives during the call. */
typedef enum err_code (*average_fn)(void *ctx, const struct average_row *row, struct err *e);
/* Read text; ".." is no value. r->on_row is not called, on_row is, with r->ctx. ERR_INVALID: the file as a whole cannot be read. */
enum err_code averages_read(str text, enum averages_kind kind, const struct feed_reading *r, average_fn on_row, struct err *e) WARN_UNUSED;

/* "NLD" is NL; AN for the Netherlands Antilles until 2010, XK for Kosovo, and old codes of the World Bank. STR_NONE: not known. */
str country_of_alpha3(str alpha3);
