#include "codec/xsd.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "codec/xml_error.h"

struct xsd {
	xmlSchemaPtr schema;
};

struct loading {
	struct err err; /* the first error */
};

static void silent(void *ctx, const char *fmt, ...)
{
	(void)ctx, (void)fmt; /* the structured errors say it better */
}

static void on_schema_error(void *ctx, xmlErrorPtr error)
{
	struct loading *l = ctx;
	char message[400];
	if (l->err.code || error->level <= XML_ERR_WARNING)
		return;
	(void)fail(&l->err, ERR_INVALID, "xsd.schema", "the schema cannot be used: %s",
	    xml_message(error, message, sizeof message));
	(void)err_at(&l->err, error->file, error->line > 0 ? (uint32_t)error->line : 0, 0);
}

/* Included schemas come from the disk alone. The loader is the library's, for the whole process: no
 * part of Grutto may load anything from the network through it. */
static void forbid_network(void)
{
	xmlInitParser();
	xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
}

enum err_code xsd_load(const char *path, struct xsd **ret_xsd, struct err *e)
{
	int fd = -1; /* says why a file cannot be read better than the library does */
	TRY(file_open_read(path, &fd, e));
	(void)close(fd);
	forbid_network();
	struct loading l = {0};
	xmlSetStructuredErrorFunc(&l, on_schema_error);
	xmlSetGenericErrorFunc(NULL, silent);
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(path);
	xmlSchemaPtr schema = NULL;
	if (parser) {
		xmlSchemaSetParserStructuredErrors(parser, on_schema_error, &l);
		schema = xmlSchemaParse(parser);
		xmlSchemaFreeParserCtxt(parser);
	}
	xmlSetStructuredErrorFunc(NULL, NULL);
	xmlSetGenericErrorFunc(NULL, NULL);
	struct xsd *x = schema ? mem_alloc(sizeof *x) : NULL;
	if (x) {
		*x = (struct xsd){schema};
		*ret_xsd = x;
		return ERR_OK;
	}
	xmlSchemaFree(schema);
	if (l.err.code == ERR_OK)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (!l.err.file[0])
		(void)err_at(&l.err, path, l.err.line, 0);
	if (e)
		*e = l.err;
	return l.err.code;
}

void xsd_free(struct xsd *x)
{
	if (!x)
		return;
	xmlSchemaFree(x->schema);
	mem_free(x);
}

struct check {
	struct arena *arena;
	xmlParserCtxtPtr parser;
	VEC(struct xsd_fault) faults;
	size_t total, max;
	struct err err; /* what stopped the reading */
};

static uint32_t line_of(const struct check *c)
{
	return c->parser->input ? (uint32_t)c->parser->input->line : 0;
}

static int locate(void *ctx, const char **ret_file, unsigned long *ret_line)
{
	const struct check *c = ctx;
	if (ret_file)
		*ret_file = NULL;
	if (ret_line)
		*ret_line = line_of(c);
	return 0;
}

static void stop(struct check *c)
{
	if (!c->err.line)
		c->err.line = line_of(c);
	xmlStopParser(c->parser);
}

static void on_fault(void *ctx, xmlErrorPtr error)
{
	struct check *c = ctx;
	char message[400];
	if (error->level <= XML_ERR_WARNING || c->err.code)
		return;
	if (c->total++ >= c->max)
		return;
	struct xsd_fault *f = VEC_ADD(&c->faults, c->arena);
	str text = arena_str(c->arena, str_of(xml_message(error, message, sizeof message)));
	if (!f || !text.p) {
		(void)arena_fail(c->arena, &c->err);
		stop(c);
		return;
	}
	*f = (struct xsd_fault){error->line > 0 ? (uint32_t)error->line : 0, text};
}

/* Errors of the parser itself: the document is not well-formed. It may be in the middle of a
 * conversion, so it is not stopped from here. */
static void on_error(void *ctx, xmlErrorPtr error)
{
	struct check *c = ctx;
	if (c->err.code || error->level <= XML_ERR_WARNING)
		return;
	xml_fail_parser(error, &c->err);
	if (!c->err.line)
		c->err.line = line_of(c);
}

static void on_doctype(
    void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	struct check *c = ctx;
	(void)name, (void)external, (void)system;
	if (c->err.code)
		return;
	xml_fail_doctype(&c->err);
	stop(c);
}

/* Nothing to do with the elements: the schema's handlers stand before these. */
static void ignore_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns,
    int n_ns, const xmlChar **ns_list, int n_attributes, int n_defaulted,
    const xmlChar **attributes)
{
	(void)ctx, (void)name, (void)prefix, (void)ns, (void)n_ns, (void)ns_list;
	(void)n_attributes, (void)n_defaulted, (void)attributes;
}

static void read_chunks(struct check *c, struct source from, char *chunk)
{
	size_t n = 1;
	while (n && c->err.code == ERR_OK) {
		if (from.read(from.ctx, chunk, IO_CHUNK, &n, &c->err) != ERR_OK)
			return;
		int code = xmlParseChunk(c->parser, chunk, (int)n, n == 0);
		const xmlError *error = code ? xmlCtxtGetLastError(c->parser) : NULL;
		if (code && !c->err.code && (!error || error->level > XML_ERR_WARNING)) {
			(void)fail(&c->err, ERR_INVALID, "xml.syntax",
			    "not well-formed XML (code %d)", code);
			stop(c);
		}
	}
}

static void run(struct check *c, struct xsd *x, struct source from, char *chunk)
{
	xmlSAXHandler sax = {
	    .initialized = XML_SAX2_MAGIC,
	    .startElementNs = ignore_start,
	    .internalSubset = on_doctype,
	};
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(x->schema);
	c->parser = xmlCreatePushParserCtxt(&sax, c, NULL, 0, NULL);
	xmlSchemaSAXPlugPtr plug = NULL;
	if (valid && c->parser) {
		xmlSchemaSetValidStructuredErrors(valid, on_fault, c);
		xmlSchemaValidateSetLocator(valid, locate, c);
		(void)xmlCtxtUseOptions(c->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
		plug = xmlSchemaSAXPlug(valid, &c->parser->sax, &c->parser->userData);
	}
	if (plug)
		read_chunks(c, from, chunk);
	else
		(void)fail(&c->err, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (plug)
		(void)xmlSchemaSAXUnplug(plug);
	if (c->parser)
		xmlFreeParserCtxt(c->parser);
	xmlSchemaFreeValidCtxt(valid);
}

enum err_code xsd_check(struct xsd *x, struct source from, const char *file, struct arena *a,
    size_t max_faults, struct xsd_result *ret_result, struct err *e)
{
	struct check c = {.arena = a, .max = max_faults};
	char *chunk = arena_alloc(a, IO_CHUNK);
	if (!chunk)
		return arena_fail(a, e);
	forbid_network();
	xmlSetStructuredErrorFunc(&c, on_error);
	xmlSetGenericErrorFunc(NULL, silent);
	run(&c, x, from, chunk);
	xmlSetStructuredErrorFunc(NULL, NULL);
	xmlSetGenericErrorFunc(NULL, NULL);
	if (c.err.code) {
		if (!c.err.file[0])
			(void)err_at(&c.err, file, c.err.line, c.err.col);
		if (e)
			*e = c.err;
		return c.err.code;
	}
	*ret_result = (struct xsd_result){c.faults.p, c.faults.n, c.total};
	return ERR_OK;
}
