#pragma once
/* Inside of the workbook reader: archive (xlsx_zip.c), workbook and relations (xlsx_book.c), shared texts and formats
 * (xlsx_words.c), rows (xlsx_sheet.c). */
#include "base/arena.h"
#include "base/buf.h"
#include "codec/xlsx_read.h"
#include "codec/xml.h"

/* ---- xlsx_zip.c: the only file that knows libzip ---- */

struct xlsx_zip;

struct xlsx_zip_limits {
	uint64_t max_part_bytes;
	uint32_t max_ratio;
};

enum err_code xlsx_zip_open_str(
    str bytes, struct xlsx_zip_limits limits, struct xlsx_zip **ret_zip, struct err *e) WARN_UNUSED;
enum err_code xlsx_zip_open_fd(int fd, struct xlsx_zip_limits limits, struct xlsx_zip **ret_zip, struct err *e) WARN_UNUSED;
void xlsx_zip_close(struct xlsx_zip *z);
/* Is there a part of that name (case does not matter in ASCII)? */
bool xlsx_zip_has(struct xlsx_zip *z, const char *name);
/* Read the XML of a part. most: bytes unpacked, beside the archive's own limit. ERR_INVALID "xlsx.part" when it is not
 * there. Errors name the part and the line in it in their detail and have no place themselves, unless the handler gave
 * them one and says so in *placed (which may be NULL: never). */
enum err_code xlsx_zip_xml(struct xlsx_zip *z, const char *name, uint64_t most, const struct xml_handler *handler,
    const bool *placed, struct err *e) WARN_UNUSED;

/* ---- xlsx_words.c ---- */

/* The texts that cells share: text i is at[i] to at[i + 1] of bytes. */
struct xlsx_strings {
	struct buf bytes;
	uint32_t *at;
	size_t n, cap, max_bytes;
};
void xlsx_strings_free(struct xlsx_strings *s);
enum err_code xlsx_strings_read(struct xlsx_strings *s, struct xlsx_zip *z, const char *part, struct err *e) WARN_UNUSED;

/* Bit i of dates: cell format i shows a date. */
struct xlsx_styles {
	size_t n;
	uint8_t dates[XLSX_READ_STYLES / 8];
};
enum err_code xlsx_styles_read(struct xlsx_styles *s, struct xlsx_zip *z, const char *part, struct err *e) WARN_UNUSED;

/* Is that the namespace of SpreadsheetML (one of the two)? */
bool xlsx_is_main(str ns);
/* Append text with _xHHHH_ decoded. */
void xlsx_add_decoded(struct buf *b, str text);

/* ---- the book ---- */

struct xlsx_sheet_part {
	struct xlsx_sheet shown;
	str relation;
	const char *part;
};

struct xlsx_book {
	const char *file;
	struct xlsx_zip *zip;
	struct arena *arena;
	struct xlsx_sheet_part *sheets;
	size_t n_sheets;
	const char *strings_part, *styles_part; /* NULL: none */
	bool from_1904, loaded;
	struct xlsx_strings strings;
	struct xlsx_styles styles;
};
