#include "codec/xdoc.h"

#include "base/mem.h"
#include "codec/xml_error.h"

#include <libxml/xmlreader.h>
#include <libxml/xpath.h>

struct xdoc {
	struct source from;
	struct err source_err; /* of the source, which libxml2 cannot pass on */
	struct err err;	       /* of the parser */
	xmlTextReaderPtr reader;
	xmlDocPtr doc;
	xmlXPathContextPtr context;
	bool begun, alone;
};

static int on_read(void *ctx, char *dst, int cap)
{
	struct xdoc *d = ctx;
	size_t n;
	if (d->source_err.code || d->from.read(d->from.ctx, dst, (size_t)cap, &n, &d->source_err) != ERR_OK)
		return -1;
	return (int)n;
}

static int on_close(void *ctx)
{
	(void)ctx;
	return 0;
}

static void on_error(void *ctx, xmlErrorPtr error)
{
	struct xdoc *d = ctx;
	if (d->err.code || error->level <= XML_ERR_WARNING)
		return;
	xml_fail_parser(error, &d->err);
	if (!d->err.line && error->line > 0)
		d->err.line = (uint32_t)error->line;
}

static void ignore(void *ctx, xmlErrorPtr error)
{
	(void)ctx, (void)error;
}

enum err_code xdoc_open(struct source from, const char *file, struct xdoc **ret_d, struct err *e)
{
	struct xdoc *d = mem_alloc(sizeof *d);
	if (!d)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	*d = (struct xdoc){.from = from};
	xmlInitParser();
	xmlSetStructuredErrorFunc(NULL, ignore);
	d->reader = xmlReaderForIO(on_read, on_close, d, file, NULL, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
	if (!d->reader) {
		xdoc_close(d);
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	}
	xmlTextReaderSetStructuredErrorHandler(d->reader, on_error, d);
	*ret_d = d;
	return ERR_OK;
}

static void drop_tree(struct xdoc *d)
{
	xmlXPathFreeContext(d->context);
	d->context = NULL;
	xmlFreeDoc(d->doc);
	d->doc = NULL;
}

void xdoc_close(struct xdoc *d)
{
	if (!d)
		return;
	drop_tree(d);
	if (d->reader)
		xmlFreeTextReader(d->reader);
	mem_free(d);
}

static enum err_code reading_failed(struct xdoc *d, struct err *e)
{
	const struct err *why = d->source_err.code ? &d->source_err : &d->err;
	if (!why->code)
		return fail(e, ERR_INVALID, "xml.syntax", "the document is not well-formed XML");
	if (e)
		*e = *why;
	return why->code;
}

/* The reader is ahead of the node it stands at: parts of later siblings hang in its tree already. So the root
 * (without children) and the node are copied into a tree of their own. child NULL: the root alone. */
static enum err_code stand(struct xdoc *d, xmlNodePtr root, xmlNodePtr child, bool *ret_more, struct err *e)
{
	drop_tree(d);
	if (!root)
		return reading_failed(d, e);
	d->doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr copy = d->doc ? xmlDocCopyNode(root, d->doc, 2) : NULL;
	if (copy)
		xmlDocSetRootElement(d->doc, copy);
	xmlNodePtr below = copy && child ? xmlDocCopyNode(child, d->doc, 1) : NULL;
	if (below)
		xmlAddChild(copy, below);
	d->context = copy && (below || !child) ? xmlXPathNewContext(d->doc) : NULL;
	if (!d->context)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	d->context->error = ignore;
	*ret_more = true;
	return ERR_OK;
}

enum err_code xdoc_next(struct xdoc *d, bool *ret_more, struct err *e)
{
	*ret_more = false;
	if (d->alone)
		return ERR_OK;
	int got = d->begun ? xmlTextReaderNext(d->reader) : xmlTextReaderRead(d->reader);
	for (; got == 1; got = xmlTextReaderRead(d->reader)) {
		int type = xmlTextReaderNodeType(d->reader), depth = xmlTextReaderDepth(d->reader);
		if (type == XML_READER_TYPE_DOCUMENT_TYPE)
			return fail(e, ERR_INVALID, "xml.doctype", "the document has a document type, which is not allowed");
		if (type == XML_READER_TYPE_ELEMENT && depth == 1) {
			d->begun = true;
			xmlNodePtr node = xmlTextReaderExpand(d->reader);
			return stand(d, node ? node->parent : NULL, node, ret_more, e);
		}
		bool root_ends = depth == 0 && (type == XML_READER_TYPE_END_ELEMENT ||
						   (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(d->reader)));
		if (root_ends && !d->begun) {
			d->begun = d->alone = true;
			return stand(d, xmlTextReaderCurrentNode(d->reader), NULL, ret_more, e);
		}
	}
	return got == 0 ? ERR_OK : reading_failed(d, e);
}

static enum err_code evaluate(struct xdoc *d, struct xnode *context, const char *xpath, xmlXPathObjectPtr *ret_o,
    struct err *e)
{
	d->context->node = context ? (xmlNodePtr)(void *)context : (xmlNodePtr)(void *)d->doc;
	xmlXPathObjectPtr o = xmlXPathEvalExpression((const xmlChar *)xpath, d->context);
	if (!o)
		return fail(e, ERR_INVALID, "xpath", "\"%s\" is not an XPath expression", xpath);
	*ret_o = o;
	return ERR_OK;
}

enum err_code xdoc_nodes(struct xdoc *d, struct xnode *context, const char *xpath, struct arena *a,
    struct xnodes *ret_nodes, struct err *e)
{
	xmlXPathObjectPtr o;
	TRY(evaluate(d, context, xpath, &o, e));
	enum err_code code = ERR_OK;
	size_t n = o->type == XPATH_NODESET && o->nodesetval ? (size_t)o->nodesetval->nodeNr : 0;
	if (o->type != XPATH_NODESET)
		code = fail(e, ERR_INVALID, "xpath", "\"%s\" does not select nodes", xpath);
	else if (n > XDOC_NODES_MAX)
		code = fail(e, ERR_LIMIT, "xpath.nodes", "\"%s\" selects more than %d nodes", xpath, XDOC_NODES_MAX);
	struct xnode **p = code == ERR_OK ? ARENA_ARRAY(a, n, struct xnode *) : NULL;
	for (size_t i = 0; p && i < n; i++)
		p[i] = (struct xnode *)(void *)o->nodesetval->nodeTab[i];
	xmlXPathFreeObject(o);
	TRY(code);
	if (!p)
		return arena_fail(a, e);
	*ret_nodes = (struct xnodes){p, n};
	return ERR_OK;
}

enum err_code xdoc_true(struct xdoc *d, struct xnode *context, const char *xpath, bool *ret_true, struct err *e)
{
	xmlXPathObjectPtr o;
	TRY(evaluate(d, context, xpath, &o, e));
	*ret_true = xmlXPathCastToBoolean(o) != 0;
	xmlXPathFreeObject(o);
	return ERR_OK;
}

enum err_code xdoc_text(const struct xnode *node, struct arena *a, str *ret_text, struct err *e)
{
	xmlChar *text = xmlNodeGetContent((const xmlNode *)(const void *)node);
	str kept = arena_str(a, text ? str_of((const char *)text) : STR(""));
	if (text)
		xmlFree(text);
	if (!kept.p)
		return arena_fail(a, e);
	*ret_text = kept;
	return ERR_OK;
}

uint32_t xdoc_line(const struct xnode *node)
{
	const xmlNode *n = (const xmlNode *)(const void *)node;
	if (n->type == XML_ATTRIBUTE_NODE)
		n = n->parent;
	long line = n ? xmlGetLineNo(n) : 0;
	return line > 0 ? (uint32_t)line : 0;
}
