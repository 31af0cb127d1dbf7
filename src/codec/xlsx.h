#pragma once
/* A spreadsheet with one table and a page about it, written row by row in constant memory
 * (libxlsxwriter). */
#include "base/date.h"
#include "base/money.h"
#include "base/str.h"

enum {
	XLSX_COLUMNS = 256,     /* most columns of a table */
	XLSX_ROWS = 1048575,    /* most rows below the header: the format's limit */
	XLSX_CELL_CHARS = 32767 /* longer text is cut at a character: the format's limit */
};

enum xlsx_type {
	XLSX_TEXT,
	XLSX_INTEGER, /* thousands grouped */
	XLSX_NUMBER,  /* decimals as the column says */
	XLSX_MONEY,   /* grouped, the decimals of the column; the currency is a column or stands in
	                 the title */
	XLSX_DATE,
};

struct xlsx_column {
	str title;
	enum xlsx_type type;
	uint8_t decimals; /* for XLSX_NUMBER and XLSX_MONEY, 0 to 6 */
	uint16_t width;   /* in characters; 0: by type and title */
};

/* A line of the sheet "About": "Source" and the like, and a value. */
struct xlsx_fact {
	str name, value;
};

struct xlsx_options {
	const char *temp_dir; /* where the file is made, borrowed; NULL: the system's */
	str sheet; /* name of the table's sheet: up to 31 characters, none of []:*?/\ and no ' at
	              the ends */
	const struct xlsx_column *columns;
	size_t n_columns;
	const struct xlsx_fact *facts; /* sheet "About": description, source, licence … */
	size_t n_facts;
	int64_t created_ms; /* UTC milliseconds, written into the document */
};

struct xlsx_writer;

/* Begin; columns and facts are borrowed until xlsx_finish. ERR_INVALID "xlsx.sheet", ERR_LIMIT
 * "xlsx.columns", ERR_IO, ERR_NOMEM. */
enum err_code xlsx_begin(
    const struct xlsx_options *options, struct xlsx_writer **ret_writer, struct err *e) WARN_UNUSED;
/* The cells of a row in order, then xlsx_end_row. Failure is sticky. A cell of another type than
 * its column's, or one too many, is a programmer error (assert). xlsx_text also takes addresses:
 * they stay text, never links or formulas. */
void xlsx_text(struct xlsx_writer *w, str s);
void xlsx_i64(
    struct xlsx_writer *w, int64_t v); /* beyond 2^53 as text, since a spreadsheet cannot hold it */
void xlsx_number(struct xlsx_writer *w, double v);
void xlsx_money(struct xlsx_writer *w, money m); /* absent: an empty cell */
void xlsx_date(
    struct xlsx_writer *w, date d);    /* absent: an empty cell; before 1900-03-01 as text */
void xlsx_none(struct xlsx_writer *w); /* an empty cell of any type */
void xlsx_end_row(struct xlsx_writer *w);
/* Write the file and give it, opened for reading at its start and already without a name, to the
 * caller, who closes it. Frees w, also on failure. ERR_LIMIT "xlsx.rows", ERR_IO "xlsx.write". */
enum err_code xlsx_finish(struct xlsx_writer *w, int *ret_fd, struct err *e) WARN_UNUSED;
/* Give up: remove the file, free w. NULL is allowed. */
void xlsx_abandon(struct xlsx_writer *w);
