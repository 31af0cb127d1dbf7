#pragma once
/* The XML library's errors as ours; for xml.c and xsd.c only. */
#include <libxml/xmlerror.h>

#include "base/err.h"

/* "xml.doctype" */
void xml_fail_doctype(struct err *e);
/* "xml.syntax", "xml.encoding", "xml.namespace", "xml.empty" or "mem.none", with line and column,
 * without file. */
void xml_fail_parser(const xmlError *error, struct err *e);
/* Copy the library's message into dst (always terminated): one line, printable. Returns dst. */
char *xml_message(const xmlError *error, char *dst, size_t cap);
