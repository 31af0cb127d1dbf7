#pragma once
/* CSV as RFC 4180 has it: comma, double quotes, CRLF; the reader also takes LF and a byte order
 * mark. Text is UTF-8. */
#include "base/date.h"
#include "base/money.h"
#include "codec/io.h"

enum {
	CSV_RECORD_BYTES = 1024 * 1024, /* default limits of the reader */
	CSV_FIELDS = 1024,
};

struct csv_options {
	const char *file;        /* name for error reports, borrowed; NULL when there is none */
	size_t max_record_bytes; /* 0: CSV_RECORD_BYTES */
	size_t max_fields;       /* 0: CSV_FIELDS */
	size_t chunk_bytes;      /* asked of the source at once; 0: IO_CHUNK. A small file needs no more than its size */
	char separator;          /* 0: comma */
};

struct csv_field {
	str text; /* unquoted, valid UTF-8; borrowed until the next csv_next */
	uint32_t line,
	    col; /* of its first byte (of the quote when it is quoted), from 1; col in bytes */
	bool quoted;
};

struct csv_record {
	const struct csv_field *fields; /* borrowed until the next csv_next */
	size_t n;
	uint32_t line; /* where it begins */
};

struct csv_reader;

/* options may be NULL. The source is borrowed. *ret_reader is freed by csv_close. ERR_NOMEM. */
enum err_code csv_open(struct source from, const struct csv_options *options,
    struct csv_reader **ret_reader, struct err *e) WARN_UNUSED;
void csv_close(struct csv_reader *r);
/* The next record; *ret_more is false at the end. Lines without any byte are skipped.
 * ERR_INVALID names file, line and column: "csv.utf8" (bad byte), "csv.nul", "csv.quote" (a quote
 * inside a plain field), "csv.after_quote", "csv.cr" (CR without LF), "csv.unclosed". After
 * ERR_INVALID the next call goes on behind the line at fault, so that all faults of a file can be
 * reported. ERR_LIMIT ("csv.record", "csv.fields") and errors of the source end the reading. */
enum err_code csv_next(
    struct csv_reader *r, struct csv_record *ret_record, bool *ret_more, struct err *e) WARN_UNUSED;
/* Index of the field whose text is name, or -1. */
ptrdiff_t csv_column(const struct csv_record *header, str name);

/* The writer: fields in order, then csv_write_end. Failure is sticky, csv_finish tells. */
struct csv_writer {
	struct out out;
	size_t fields;       /* of the record so far */
	bool blank;          /* nothing but empty fields in it so far */
	bool guard_formulas; /* for public downloads: see csv_begin */
};

/* Writes to the sink. guard_formulas: text that a spreadsheet would run as a formula (it begins
 * with = + - @, their full-width forms, TAB, CR or LF, and is not a plain number) gets an
 * apostrophe in front, as OWASP advises. */
void csv_begin(struct csv_writer *w, struct sink to, bool guard_formulas);
/* The same into a buf (borrowed). */
void csv_begin_buf(struct csv_writer *w, struct buf *to, bool guard_formulas);
void csv_write_str(struct csv_writer *w, str s); /* absent as empty */
void csv_write_i64(struct csv_writer *w, int64_t v);
void csv_write_money(struct csv_writer *w, money m); /* "1234.50"; absent as empty */
void csv_write_date(struct csv_writer *w, date d);   /* ISO 8601; absent as empty */
void csv_write_pdate(struct csv_writer *w, pdate d);
void csv_write_none(struct csv_writer *w);
void csv_write_end(struct csv_writer *w);
enum err_code csv_finish(struct csv_writer *w, struct err *e) WARN_UNUSED;
