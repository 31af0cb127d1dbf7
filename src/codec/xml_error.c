#include "codec/xml_error.h"

#include <libxml/parser.h>

#include "base/utf8.h"

void xml_fail_doctype(struct err *e)
{
	(void)fail(e, ERR_INVALID, "xml.doctype",
	    "a document type (<!DOCTYPE) is not taken; remove it, entities with it");
}

/* The message may quote the input: what is not plain text in it is made visible. */
char *xml_message(const xmlError *error, char *dst, size_t cap)
{
	str s = str_trim(str_of(error->message ? error->message : "unknown fault"));
	AUTO_BUF b = BUF_INIT(cap - 1);
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		int32_t cp = utf8_next(s, &i);
		if (cp < 0 || cp == 0x7F)
			buf_addc(&b, '?');
		else if (cp < 0x20)
			buf_addc(&b, ' ');
		else
			buf_add(&b, str_sub(s, from, i));
	}
	str text = buf_str(&b);
	memcpy(dst, text.p, text.n);
	dst[text.n] = '\0';
	return dst;
}

static const char *id_of(const xmlError *error)
{
	switch (error->code) {
	case XML_ERR_DOCUMENT_EMPTY:
		return "xml.empty";
	case XML_ERR_INVALID_ENCODING:
	case XML_ERR_UNKNOWN_ENCODING:
	case XML_ERR_UNSUPPORTED_ENCODING:
	case XML_ERR_ENCODING_NAME:
	case XML_ERR_MISSING_ENCODING:
	case XML_I18N_NO_NAME:
	case XML_I18N_NO_HANDLER:
	case XML_I18N_EXCESS_HANDLER:
	case XML_I18N_CONV_FAILED:
	case XML_I18N_NO_OUTPUT:
	case XML_IO_ENCODER:
		return "xml.encoding";
	case XML_ERR_INVALID_CHAR: /* also "PCDATA invalid Char value" */
		return str_starts(str_of(error->message), STR("Input is not proper UTF-8"))
		           ? "xml.encoding"
		           : "xml.syntax";
	default:
		return error->domain == XML_FROM_NAMESPACE ? "xml.namespace" : "xml.syntax";
	}
}

void xml_fail_parser(const xmlError *error, struct err *e)
{
	char message[400];
	if (error->code == XML_ERR_NO_MEMORY) {
		(void)fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
		return;
	}
	(void)fail(e, ERR_INVALID, id_of(error), "not well-formed XML: %s",
	    xml_message(error, message, sizeof message));
	uint32_t line = error->line > 0 ? (uint32_t)error->line : 0;
	(void)err_at(e, NULL, line, error->int2 > 0 ? (uint32_t)error->int2 : 0);
}
