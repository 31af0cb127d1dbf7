#include "codec/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include "base/mem.h"
#include "codec/xml_error.h"

struct reader {
	const struct xml_handler *handler;
	struct xml_options limits;
	xmlParserCtxtPtr parser;
	struct xml_attribute *attributes; /* limits.max_attributes of them */
	struct buf text;                  /* since the last tag */
	uint32_t text_line;
	size_t depth;
	struct err err; /* what stopped the reading */
};

static str str_of_xml(const xmlChar *z)
{
	return z ? str_of((const char *)z) : STR("");
}

static uint32_t line_of(const struct reader *r)
{
	return r->parser->input ? (uint32_t)r->parser->input->line : 0;
}

/* Whatever is in r->err ends the reading here. */
static void stop(struct reader *r)
{
	if (!r->err.line)
		r->err.line = line_of(r);
	xmlStopParser(r->parser);
}

static void stop_limit(struct reader *r, const char *id, const char *what, size_t most)
{
	(void)fail(&r->err, ERR_LIMIT, id, "%s; the limit is %zu", what, most);
	stop(r);
}

static bool all_blank(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t' && s.p[i] != '\r')
			return false;
	return true;
}

/* Deliver the text gathered. False when the reading was stopped. */
static bool flush_text(struct reader *r)
{
	if (r->err.code)
		return false;
	if (r->text.n == 0)
		return true;
	str text = buf_str(&r->text);
	if (!(r->limits.skip_blank && all_blank(text)) &&
	    r->handler->text(r->handler->ctx, text, r->text_line, &r->err) != ERR_OK) {
		stop(r);
		return false;
	}
	buf_clear(&r->text);
	return true;
}

static void on_text(void *ctx, const xmlChar *chars, int n)
{
	struct reader *r = ctx;
	if (r->err.code || !r->handler->text || n <= 0)
		return;
	str s = {(const char *)chars, (size_t)n};
	if (r->text.n == 0) { /* the parser stands behind this piece */
		uint32_t lines = 0;
		for (size_t i = 0; i < s.n; i++)
			lines += s.p[i] == '\n';
		uint32_t line = line_of(r);
		r->text_line = line > lines ? line - lines : 1;
	}
	buf_add(&r->text, s);
	if (r->text.failed == ERR_NOMEM) {
		(void)fail(&r->err, ERR_NOMEM, "mem.none", "the system has no memory left");
		stop(r);
	} else if (r->text.failed) {
		stop_limit(r, "xml.text", "an element holds too much text", r->text.max);
	}
}

/* The parser gives five pointers an attribute: name, prefix, namespace, begin and end of the value.
 */
static bool take_attributes(struct reader *r, int n, const xmlChar **raw)
{
	if ((size_t)n > r->limits.max_attributes) {
		stop_limit(r, "xml.attributes", "an element has too many attributes",
		    r->limits.max_attributes);
		return false;
	}
	for (int i = 0; i < n; i++, raw += 5) {
		str value = {(const char *)raw[3], (size_t)(raw[4] - raw[3])};
		if (value.n > r->limits.max_attribute_bytes) {
			stop_limit(r, "xml.attribute", "the value of an attribute is too long",
			    r->limits.max_attribute_bytes);
			return false;
		}
		r->attributes[i] =
		    (struct xml_attribute){str_of_xml(raw[2]), str_of_xml(raw[0]), value};
	}
	return true;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns,
    int n_ns, const xmlChar **ns_list, int n_attributes, int n_defaulted,
    const xmlChar **attributes)
{
	struct reader *r = ctx;
	(void)prefix, (void)n_ns, (void)ns_list, (void)n_defaulted;
	if (!flush_text(r))
		return;
	if (++r->depth > r->limits.max_depth) {
		stop_limit(r, "xml.depth", "the elements are nested too deep", r->limits.max_depth);
		return;
	}
	if (!take_attributes(r, n_attributes, attributes) || !r->handler->start)
		return;
	const struct xml_element element = {
	    .ns = str_of_xml(ns),
	    .name = str_of_xml(name),
	    .attributes = r->attributes,
	    .n_attributes = (size_t)n_attributes,
	    .line = line_of(r),
	    .col = r->parser->input && r->parser->input->col > 0 ? (uint32_t)r->parser->input->col : 0,
	    .depth = (uint32_t)r->depth,
	};
	if (r->handler->start(r->handler->ctx, &element, &r->err) != ERR_OK)
		stop(r);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
	struct reader *r = ctx;
	(void)prefix;
	if (!flush_text(r))
		return;
	r->depth--;
	if (r->handler->end && r->handler->end(r->handler->ctx, str_of_xml(ns), str_of_xml(name),
	                           line_of(r), &r->err) != ERR_OK)
		stop(r);
}

static void on_doctype(
    void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	struct reader *r = ctx;
	(void)name, (void)external, (void)system;
	if (r->err.code)
		return;
	xml_fail_doctype(&r->err);
	stop(r);
}

/* Does not stop the parser, which may be in the middle of a conversion: with r->err set nothing
 * more is delivered. */
static void on_error(void *ctx, xmlErrorPtr error)
{
	struct reader *r = ctx;
	if (r->err.code || error->level <= XML_ERR_WARNING)
		return;
	xml_fail_parser(error, &r->err);
	if (!r->err.line)
		r->err.line = line_of(r);
}

static void on_generic(void *ctx, const char *fmt, ...)
{
	(void)ctx, (void)fmt; /* said better by on_error, or by parse_chunk */
}

static void parse_chunk(struct reader *r, const char *bytes, size_t n, bool last)
{
	int code = xmlParseChunk(r->parser, bytes, (int)n, last);
	if (code == XML_ERR_OK || r->err.code)
		return;
	const xmlError *error = xmlCtxtGetLastError(r->parser);
	if (error && error->level <= XML_ERR_WARNING)
		return;
	if (code == XML_ERR_NO_MEMORY)
		(void)fail(&r->err, ERR_NOMEM, "mem.none", "the system has no memory left");
	else
		(void)fail(&r->err, ERR_INVALID,
		    code == XML_ERR_INVALID_ENCODING ? "xml.encoding" : "xml.syntax",
		    "not well-formed XML (code %d)", code);
	stop(r);
}

static void read_chunks(struct reader *r, struct source from, char *chunk)
{
	size_t n = 1;
	bool empty = true;
	while (n && r->err.code == ERR_OK) {
		if (from.read(from.ctx, chunk, IO_CHUNK, &n, &r->err) != ERR_OK)
			return;
		if (empty && n == 0) {
			(void)fail(&r->err, ERR_INVALID, "xml.empty", "the document is empty");
			stop(r);
			return;
		}
		empty = false;
		parse_chunk(r, chunk, n, n == 0);
	}
}

/* Errors that the library raises outside of a parser (conversion of encodings) come here too. */
static void read_guarded(struct reader *r, struct source from, char *chunk)
{
	xmlSetStructuredErrorFunc(r, on_error);
	xmlSetGenericErrorFunc(NULL, on_generic);
	read_chunks(r, from, chunk);
	xmlSetStructuredErrorFunc(NULL, NULL);
	xmlSetGenericErrorFunc(NULL, NULL);
}

static size_t or_default(size_t given, size_t normal)
{
	return given ? given : normal;
}

static void set_limits(struct reader *r, const struct xml_options *o)
{
	if (o)
		r->limits = *o;
	struct xml_options *l = &r->limits;
	l->max_depth = or_default(l->max_depth, XML_DEPTH);
	l->max_attributes = or_default(l->max_attributes, XML_ATTRIBUTES);
	l->max_attribute_bytes = or_default(l->max_attribute_bytes, XML_ATTRIBUTE_BYTES);
	l->max_text_bytes = or_default(l->max_text_bytes, XML_TEXT_BYTES);
	r->text = BUF_INIT(l->max_text_bytes);
}

enum err_code xml_read(struct source from, const struct xml_options *options,
    const struct xml_handler *handler, struct err *e)
{
	struct reader r = {.handler = handler};
	set_limits(&r, options);
	xmlSAXHandler sax = {
	    .initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_start,
	    .endElementNs = on_end,
	    .characters = on_text,
	    .ignorableWhitespace = on_text,
	    .cdataBlock = on_text,
	    .internalSubset = on_doctype,
	    .serror = on_error,
	};
	xmlInitParser();
	r.parser = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, NULL);
	r.attributes = mem_alloc(r.limits.max_attributes * sizeof *r.attributes);
	char *chunk = mem_alloc(IO_CHUNK);
	if (r.parser && r.attributes && chunk) {
		/* NOENT: else &amp; in an attribute would arrive as &#38;. There are no
		 * entities to expand, since a document type is refused. */
		(void)xmlCtxtUseOptions(r.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
		read_guarded(&r, from, chunk);
	} else {
		(void)fail(&r.err, ERR_NOMEM, "mem.none", "the system has no memory left");
	}
	if (r.parser)
		xmlFreeParserCtxt(r.parser);
	mem_free(r.attributes);
	mem_free(chunk);
	buf_free(&r.text);
	if (r.err.code && !r.err.file[0])
		(void)err_at(&r.err, r.limits.file, r.err.line, r.err.col);
	if (r.err.code && e)
		*e = r.err;
	return r.err.code;
}

str xml_attribute(const struct xml_element *element, const char *name)
{
	return xml_attribute_ns(element, "", name);
}

str xml_attribute_ns(const struct xml_element *element, const char *ns, const char *name)
{
	for (size_t i = 0; i < element->n_attributes; i++) {
		const struct xml_attribute *a = &element->attributes[i];
		if (str_is(a->name, name) && str_is(a->ns, ns))
			return a->value;
	}
	return STR_NONE;
}
