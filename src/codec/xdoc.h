#pragma once
/* XML as a tree with XPath 1.0 (libxml2), one child of the root at a time: at each step the tree is the root with its
 * attributes and one child, so that files of any size take the memory of their largest child. No document
 * type, nothing loaded from anywhere. */
#include "base/arena.h"
#include "codec/io.h"

struct xdoc;
struct xnode; /* an element, attribute or text of the tree at hand */

struct xnodes {
	struct xnode **p; /* in arena, in document order */
	size_t n;
};

enum { XDOC_NODES_MAX = 1000000 }; /* of one expression */

/* Begin reading; from and file are borrowed until xdoc_close. ERR_INVALID "xml.syntax", "xml.doctype". */
enum err_code xdoc_open(struct source from, const char *file, struct xdoc **ret_d, struct err *e) WARN_UNUSED;
void xdoc_close(struct xdoc *d); /* NULL is allowed */
/* The next child of the root; nodes of the one before are gone. The first step of a root without children gives
 * the root alone. ERR_INVALID with line. */
enum err_code xdoc_next(struct xdoc *d, bool *ret_more, struct err *e) WARN_UNUSED;

/* Nodes that xpath selects from context (NULL: the document). ERR_INVALID "xpath" when it is no expression that gives
 * nodes. */
enum err_code xdoc_nodes(struct xdoc *d, struct xnode *context, const char *xpath, struct arena *a,
    struct xnodes *ret_nodes, struct err *e) WARN_UNUSED;
/* The truth of xpath, as XPath's boolean(). */
enum err_code xdoc_true(struct xdoc *d, struct xnode *context, const char *xpath, bool *ret_true,
    struct err *e) WARN_UNUSED;
/* String value, in arena. */
enum err_code xdoc_text(const struct xnode *node, struct arena *a, str *ret_text, struct err *e) WARN_UNUSED;
/* Line of the element, or of the element that the attribute belongs to; 0 unknown. */
uint32_t xdoc_line(const struct xnode *node);
