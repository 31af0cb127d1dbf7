#pragma once
/* A list of typed rows, written as CSV (RFC 4180), JSON or XLSX with the same field names everywhere.
 * The source is pulled row by row, so that a list of any length takes constant memory. */
#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/money.h"
#include "codec/io.h"

enum {
	TABLE_COLUMNS_MAX = 64,
	TABLE_PIECE_BYTES = 64 * 1024 /* about what one table_stream_next adds */
};

enum table_type {
	TABLE_TEXT,
	TABLE_INTEGER,
	TABLE_DECIMAL,
	TABLE_MONEY, /* amount alone; the currency is a column of its own or in the name (…_eur) */
	TABLE_DATE,  /* as exact as known: 2008, 2008-12 or 2008-12-31 */
	TABLE_BOOL,
};

/* A field: documented once, here. */
struct table_column {
	const char *name; /* field name in CSV, JSON, XLSX and the API: lower case with underscores */
	enum table_type type;
	const char *unit;	/* NULL: none */
	const char *definition; /* English, one sentence */
};

struct table_cell {
	bool missing; /* then the rest is not looked at */
	str text;
	int64_t integer;
	decimal number;
	money amount;
	pdate date;
	bool yes;
};

/* next fills cells[0 … n_columns) of the next row, or sets *ret_more to false behind the last. What it
 * points to must live until the next call. */
struct table_source {
	const struct table_column *columns;
	size_t n_columns;
	enum err_code (*next)(void *ctx, struct table_cell *cells, bool *ret_more, struct err *e);
	void *ctx;
};

struct table_info {
	const char *name; /* "activities" */
	str title, description, source, licence;
	int64_t made_ms;
};

enum table_format { TABLE_CSV, TABLE_JSON, TABLE_XLSX };
/* "csv", "json", "xlsx"; false for anything else. */
bool table_format_parse(str s, enum table_format *ret_format);
const char *table_format_type(enum table_format f); /* media type */

/* CSV and JSON piece by piece. JSON: {"name":…,"title":…,"licence":…,"fields":[{"name","type","unit",
 * "definition"}],"rows":[{…}]}; absent values are null. CSV: header row, CRLF, absent values empty;
 * text that a spreadsheet would run gets an apostrophe in front. */
struct table_stream;
/* In arena a; source and info are copied, what they point to is borrowed. ERR_INVALID for XLSX. */
enum err_code table_stream_open(enum table_format f, const struct table_source *source,
    const struct table_info *info, struct arena *a, struct table_stream **ret_s, struct err *e) WARN_UNUSED;
/* Append the next piece to out; *ret_done with the last one. Fits struct http_stream. */
enum err_code table_stream_next(void *stream, struct buf *out, bool *ret_done, struct err *e) WARN_UNUSED;

/* The whole table at once. */
enum err_code table_write(enum table_format f, const struct table_source *source,
    const struct table_info *info, struct buf *out, struct err *e) WARN_UNUSED;
/* A spreadsheet file without a name, opened for reading at its start; the caller closes it. */
enum err_code table_write_xlsx(const struct table_source *source, const struct table_info *info,
    int *ret_fd, struct err *e) WARN_UNUSED;

struct json_writer;
/* One row as a JSON object, for answers of other shapes. */
void table_json_row(struct json_writer *w, const struct table_column *columns, size_t n,
    const struct table_cell *cells);
