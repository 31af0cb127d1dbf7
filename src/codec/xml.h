#pragma once
/* XML 1.0 with namespaces: a streaming reader (libxml2's SAX2 push parser, on input of any size in
 * constant memory) and a streaming writer. No document type, no entities but the five of XML,
 * nothing loaded from anywhere. */
#include "base/date.h"
#include "base/money.h"
#include "codec/io.h"

enum {
	XML_DEPTH = 200,               /* default limits of the reader */
	XML_ATTRIBUTES = 256,          /* of one element */
	XML_ATTRIBUTE_BYTES = 1 << 20, /* of one value */
	XML_TEXT_BYTES = 8 << 20,      /* of the text between two tags */
	XML_WRITER_DEPTH = 32,
};

/* ---- reading ---- */

struct xml_attribute {
	str ns; /* namespace name; empty when it has none */
	str name;
	str value; /* references resolved, valid UTF-8 */
};

/* All of it is borrowed until the callback returns. */
struct xml_element {
	str ns; /* namespace name; empty when it has none */
	str name;
	const struct xml_attribute
	    *attributes; /* in the order written; without xmlns declarations */
	size_t n_attributes;
	uint32_t line;  /* of the end of the start tag, from 1 */
	uint32_t col;   /* of the character that ends it, from 1 */
	uint32_t depth; /* 1 for the root */
};

/* Callbacks, each may be NULL. An error returned stops the reading and is what xml_read returns;
 * where the callback left no place in it, file and line are added. */
struct xml_handler {
	enum err_code (*start)(void *ctx, const struct xml_element *element, struct err *e);
	/* All text between two tags at once (CDATA included, comments and instructions do not split
	 * it); line is where it begins. */
	enum err_code (*text)(void *ctx, str text, uint32_t line, struct err *e);
	enum err_code (*end)(void *ctx, str ns, str name, uint32_t line, struct err *e);
	void *ctx;
};

struct xml_options {
	const char *file;           /* name for error reports, borrowed; NULL when there is none */
	size_t max_depth;           /* 0: XML_DEPTH */
	size_t max_attributes;      /* 0: XML_ATTRIBUTES */
	size_t max_attribute_bytes; /* 0: XML_ATTRIBUTE_BYTES */
	size_t max_text_bytes;      /* 0: XML_TEXT_BYTES */
	bool skip_blank;            /* do not deliver text of white space only */
};

/* Read a document; options may be NULL. What was delivered before a fault stays delivered.
 * ERR_INVALID with line and column: "xml.syntax" (not well-formed), "xml.namespace",
 * "xml.encoding", "xml.doctype", "xml.empty"; ERR_LIMIT with the line: "xml.depth",
 * "xml.attributes", "xml.attribute", "xml.text"; errors of the source and of the callbacks. */
enum err_code xml_read(struct source from, const struct xml_options *options,
    const struct xml_handler *handler, struct err *e) WARN_UNUSED;
/* Value of the attribute without namespace, or STR_NONE. */
str xml_attribute(const struct xml_element *element, const char *name);
/* Value of the attribute in namespace ns (such as "http://www.w3.org/XML/1998/namespace"), or
 * STR_NONE. */
str xml_attribute_ns(const struct xml_element *element, const char *ns, const char *name);

/* ---- writing ---- */

struct xml_writer {
	struct out out;
	uint32_t depth;
	uint8_t indent; /* spaces for each level; 0 writes no white space between elements */
	bool tag_open;  /* the start tag still takes attributes */
	uint64_t
	    mixed; /* bit d: the element at depth d holds text, white space in it would count */
	const char *names[XML_WRITER_DEPTH];
};

/* Begins with the XML declaration (UTF-8). Names are borrowed until their element is closed, and
 * are the caller's: literals. Everything else is escaped; characters that XML cannot hold and bad
 * UTF-8 become U+FFFD. Failure is sticky. */
void xml_begin(struct xml_writer *w, struct sink to, uint8_t indent);
void xml_begin_buf(struct xml_writer *w, struct buf *to, uint8_t indent);
void xml_open(struct xml_writer *w, const char *name);
/* Attributes come right after xml_open (asserted). An absent value writes nothing. */
void xml_attr(struct xml_writer *w, const char *name, str value);
void xml_attr_i64(struct xml_writer *w, const char *name, int64_t v);
void xml_attr_date(struct xml_writer *w, const char *name, date d);
void xml_text(struct xml_writer *w, str text);
void xml_text_money(struct xml_writer *w, money m); /* "1234.50" */
void xml_comment(struct xml_writer *w, str text);   /* "--" is written as "- -" */
void xml_close(struct xml_writer *w);
/* An element with text; nothing when the text is absent. */
void xml_leaf(struct xml_writer *w, const char *name, str text);
/* Every element must be closed (asserted unless there was a failure). Must be called, also after a
 * failure. */
enum err_code xml_finish(struct xml_writer *w, struct err *e) WARN_UNUSED;
