#pragma once
/* A spreadsheet file (Office Open XML workbook, .xlsx; ISO/IEC 29500, transitional and strict) read row by row, in
 * memory that does not grow with its sheets. Values only: of a formula the result that was stored with it, of merged
 * cells the first.
 *
 * The archive is read with libzip: it opens a descriptor or memory alike, gives each part by name as a checked stream
 * (the parts of a workbook come in any order, so libarchive's single pass would not do), and tells sizes and encryption
 * beforehand; minizip is a sample of zlib without a source for memory. The XML goes through codec/xml: no document
 * type, no entities. */
#include "base/date.h"
#include "base/str.h"

enum {
	XLSX_READ_PARTS = 10000,           /* most files in the archive */
	XLSX_READ_SHEETS = 1024,           /* most sheets */
	XLSX_READ_COLUMNS = 16384,         /* A to XFD: the format's limit */
	XLSX_READ_ROWS = 1048576,          /* the format's limit */
	XLSX_READ_STYLES = 65536,          /* cell formats; the usual programs stop at 65,490 */
	XLSX_READ_ROW_BYTES = 4 << 20,     /* of all texts in a row */
	XLSX_READ_TEXT_BYTES = 1 << 20,    /* of one cell */
	XLSX_READ_SMALL_BYTES = 32 << 20,  /* of a part that lists sheets, relations or styles, unpacked */
	XLSX_READ_STRING_BYTES = 64 << 20, /* default: of the texts that cells share, with 4 for each */
	XLSX_READ_RATIO = 250,             /* default: unpacked to packed size of a part; sheets reach 10 to 60 */
	XLSX_READ_RATIO_FROM = 16 << 20,   /* unpacked bytes up to which the ratio does not matter */
};
#define XLSX_READ_PART_BYTES ((uint64_t)4 << 30) /* default: of one part, unpacked */

enum xlsx_cell_type {
	XLSX_CELL_EMPTY,
	XLSX_CELL_TEXT,
	XLSX_CELL_NUMBER,
	XLSX_CELL_BOOL,
	XLSX_CELL_DATE, /* a number whose format shows a year or a day */
	XLSX_CELL_ERROR,
};

struct xlsx_cell {
	enum xlsx_cell_type type;
	bool formula;   /* the stored result of a formula; EMPTY when the program that wrote it stored none */
	bool yes;       /* BOOL */
	date day;       /* DATE */
	int32_t day_ms; /* DATE: milliseconds since midnight */
	/* EMPTY: "". TEXT: valid UTF-8, _x000D_ and the like decoded. NUMBER: plain digits ("-12.5"; an exponent only
	 * beyond 40 digits), as short as stands for the same number, in 15 digits where they suffice: 0.1, although
	 * 0.10000000000000001 is stored. Times of day and durations are numbers, and so are dates that the calendar
	 * does not have (the 0th and 60th day of 1900). BOOL: "TRUE", "FALSE". DATE: "2010-03-19", with a time
	 * "2010-03-19T14:30:00". ERROR: "#N/A", "#DIV/0!" … */
	str text;
};

struct xlsx_row {
	uint32_t number;               /* from 1, as the spreadsheet shows it */
	const struct xlsx_cell *cells; /* cells[0] is column A; those left out are EMPTY */
	size_t n;                      /* up to the last cell written */
};

/* Called for each row that has a cell, with rising numbers; all of it is borrowed until the return. An error ends the
 * reading and is given to the caller; where it has no place, file and row are added. */
typedef enum err_code (*xlsx_row_fn)(void *ctx, const struct xlsx_row *row, struct err *e);

/* Zero means the default. */
struct xlsx_read_options {
	const char *file; /* name for error reports, borrowed until xlsx_book_close; NULL when there is none */
	uint64_t max_part_bytes;
	size_t max_string_bytes;
	uint32_t max_ratio;
};

struct xlsx_book;

/* Does a file that begins so look like a workbook (a zip archive)? */
bool xlsx_looks_like(str head);

/* Open a workbook in memory (borrowed until xlsx_book_close), or in a file that can be positioned (fd is borrowed for
 * the call). options may be NULL. ERR_INVALID, with the part in the detail: "xlsx.zip" (no zip archive, or damaged),
 * "xlsx.protected" (with a password, or the format before 2007), "xlsx.part" (a part is missing or something else),
 * "xlsx.workbook", and those of codec/xml; ERR_LIMIT "xlsx.parts", "xlsx.sheets", "xlsx.relations", "xlsx.size",
 * "xlsx.ratio"; ERR_IO, ERR_NOMEM. */
enum err_code xlsx_book_open_str(
    str bytes, const struct xlsx_read_options *options, struct xlsx_book **ret_book, struct err *e) WARN_UNUSED;
enum err_code xlsx_book_open_fd(
    int fd, const struct xlsx_read_options *options, struct xlsx_book **ret_book, struct err *e) WARN_UNUSED;
/* NULL is allowed. */
void xlsx_book_close(struct xlsx_book *b);

struct xlsx_sheet {
	str name; /* lives as long as the book */
	bool hidden;
};

/* Sheets of cells (not of charts) in the order of the workbook. */
size_t xlsx_book_sheets(const struct xlsx_book *b);
/* Asserts i < xlsx_book_sheets(b). */
struct xlsx_sheet xlsx_book_sheet(const struct xlsx_book *b, size_t i);
/* Index of the sheet of that name (case does not matter in ASCII, as in the programs), or -1. */
ptrdiff_t xlsx_book_find(const struct xlsx_book *b, str name);

/* Give the rows of sheet i to fn. May be called again, for any sheet. Errors: as at opening, and ERR_INVALID
 * "xlsx.cell" (a cell's reference, type or format), "xlsx.order" (rows that do not rise, a cell twice), "xlsx.string"
 * (a shared text that is not there), "xlsx.number"; ERR_LIMIT "xlsx.strings", "xlsx.row", "xlsx.styles"; those of fn.
 * line and col of the error are row and column of the sheet, and the detail begins with sheet and cell. What was
 * delivered before a fault stays delivered. */
enum err_code xlsx_book_rows(struct xlsx_book *b, size_t i, xlsx_row_fn fn, void *ctx, struct err *e) WARN_UNUSED;

enum { XLSX_REFERENCE_BYTES = 16 };
/* "B7": row and column from 1; "B" with row 0. dst holds XLSX_REFERENCE_BYTES; returns it. */
char *xlsx_reference(uint32_t row, uint32_t col, char *dst);
