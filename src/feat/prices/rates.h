#pragma once
/* Inside of the slice: benchmark rates from files. Pure. Rates are units of a currency for one euro, kept as digits. */
#include "feat/prices/feed.h"

enum { RATES_BYTES = 64 << 20, RATES_COLUMNS_MAX = 400, RATES_SOURCES_MAX = 64, RATES_DIGITS_MAX = 24 };

#define RATES_ECB "ECB"

struct rate_row { /* small: there are hundreds of thousands */
	const char *p; /* the rate as written, n bytes of it; in the text read or the arena */
	int32_t day;
	uint32_t line;
	uint16_t col;
	uint16_t currency, source; /* of the lists below */
	uint8_t n;
	bool example;
};

struct rate_rows {
	const struct rate_row *rows; /* in the order of the file */
	size_t n;
	const str *currencies, *sources;
	size_t n_currencies, n_sources;
	const str *corrections; /* of each row, empty: none; NULL: no row has one */
	bool by_source; /* the source's own file: another value than before is its correction */
};

enum rates_kind { RATES_NONE, RATES_ECB_CSV, RATES_ECB_XML, RATES_TABLE };
enum rates_kind rates_kind_of(str text);

/* Read text, which the rows borrow. Refused cells and lines go to r->on_refused; r->on_row is not called. ERR_INVALID: the file as a whole
 * cannot be read. */
enum err_code rates_read_ecb_csv(str text, const struct feed_reading *r, struct rate_rows *ret, struct err *e) WARN_UNUSED;
enum err_code rates_read_ecb_xml(str text, const struct feed_reading *r, struct rate_rows *ret, struct err *e) WARN_UNUSED;
/* Columns source, date, currency, rate; correction and example if wanted. */
enum err_code rates_read_table(str text, const struct feed_reading *r, struct rate_rows *ret, struct err *e) WARN_UNUSED;
enum err_code rates_read(str text, enum rates_kind kind, const struct feed_reading *r, struct rate_rows *ret, struct err *e) WARN_UNUSED;
