#pragma once
/* For tests: a zip archive in memory whose parts are stored as they are, and a small workbook in one. */
#include <zlib.h>

#include "base/buf.h"

struct t_zip {
	struct buf out, central;
	uint16_t n;
};

static inline void t_zip_le(struct buf *b, uint64_t v, int n)
{
	for (; n; n--, v >>= 8)
		buf_addc(b, (char)(v & 0xFF));
}

static inline void t_zip_begin(struct t_zip *z)
{
	*z = (struct t_zip){.out = BUF_INIT(64 << 20), .central = BUF_INIT(1 << 20)};
}

/* Bytes that came by `method` (0: stored, 8: deflated) from n bytes with that checksum; flags 1: encrypted. */
static inline void t_zip_add_raw(
    struct t_zip *z, const char *name, str packed, uint64_t n, unsigned long crc, unsigned method, unsigned flags)
{
	uint64_t at = z->out.n;
	struct buf *both[] = {&z->out, &z->central};
	t_zip_le(&z->out, 0x04034b50, 4);
	t_zip_le(&z->central, 0x02014b50, 4);
	t_zip_le(&z->central, 20, 2);
	for (int i = 0; i < 2; i++) {
		t_zip_le(both[i], 20, 2);
		t_zip_le(both[i], flags, 2);
		t_zip_le(both[i], method, 2);
		t_zip_le(both[i], 0x00210000, 4); /* 1980-01-01 */
		t_zip_le(both[i], crc, 4);
		t_zip_le(both[i], packed.n, 4);
		t_zip_le(both[i], n, 4);
		t_zip_le(both[i], strlen(name), 2);
		t_zip_le(both[i], 0, 2);
	}
	t_zip_le(&z->central, 0, 10); /* comment, disk, attributes */
	t_zip_le(&z->central, at, 4);
	buf_addz(&z->central, name);
	buf_addz(&z->out, name);
	buf_add(&z->out, packed);
	z->n++;
}

static inline void t_zip_add(struct t_zip *z, const char *name, str bytes)
{
	unsigned long crc = crc32(0, (const Bytef *)(bytes.p ? bytes.p : ""), (uInt)bytes.n);
	t_zip_add_raw(z, name, bytes, bytes.n, crc, 0, 0);
}

/* The whole archive, until t_zip_free. */
static inline str t_zip_end(struct t_zip *z)
{
	uint64_t at = z->out.n, n = z->central.n;
	buf_add(&z->out, buf_str(&z->central));
	t_zip_le(&z->out, 0x06054b50, 4);
	t_zip_le(&z->out, 0, 4);
	t_zip_le(&z->out, z->n, 2);
	t_zip_le(&z->out, z->n, 2);
	t_zip_le(&z->out, n, 4);
	t_zip_le(&z->out, at, 4);
	t_zip_le(&z->out, 0, 2);
	return buf_str(&z->out);
}

static inline void t_zip_free(struct t_zip *z)
{
	buf_free(&z->out);
	buf_free(&z->central);
}

/* Parts of a workbook with one sheet; workbook and relations have a sensible content when absent, the others are left out. */
struct t_book {
	str root, workbook, relations, styles, strings, sheet;
};

#define T_MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define T_REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define T_RELS(body) \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" body "</Relationships>"
#define T_WORKBOOK(body) "<workbook " T_MAIN " xmlns:r=\"" T_REL "\">" body "</workbook>"
#define T_SHEETS "<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
#define T_SHEET(rows) STR("<worksheet " T_MAIN "><sheetData>" rows "</sheetData></worksheet>")

static inline str t_book_make(struct t_zip *z, const struct t_book *b)
{
	t_zip_begin(z);
	t_zip_add(z, "_rels/.rels",
	    b->root.p ? b->root
	              : STR(T_RELS("<Relationship Id=\"r1\" Type=\"" T_REL "/officeDocument\" Target=\"xl/workbook.xml\"/>")));
	t_zip_add(z, "xl/workbook.xml", b->workbook.p ? b->workbook : STR(T_WORKBOOK(T_SHEETS)));
	t_zip_add(z, "xl/_rels/workbook.xml.rels",
	    b->relations.p
	        ? b->relations
	        : STR(T_RELS("<Relationship Id=\"r1\" Type=\"" T_REL "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
	                     "<Relationship Id=\"r2\" Type=\"" T_REL "/styles\" Target=\"/xl/styles.xml\"/>"
	                     "<Relationship Id=\"r3\" Type=\"" T_REL "/sharedStrings\" Target=\"../xl/./sharedStrings.xml\"/>")));
	if (b->styles.p)
		t_zip_add(z, "xl/styles.xml", b->styles);
	if (b->strings.p)
		t_zip_add(z, "xl/sharedStrings.xml", b->strings);
	if (b->sheet.p)
		t_zip_add(z, "xl/worksheets/sheet1.xml", b->sheet);
	return t_zip_end(z);
}
