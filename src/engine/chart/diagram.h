#pragma once
/* Boxes joined by arrows, from left to right: what a decision needs, and a table that is a tree of conditions. One
 * layout at its natural size: whoever shows it lets it scroll. Geometry and class names only, as for charts
 * (web/chart.css paints it). Texts are plain UTF-8, escaped here, borrowed during the call. */
#include "base/buf.h"

struct arena;

/* Limits; more is ERR_LIMIT. */
enum {
	DIAGRAM_NODES_MAX = 300,
	DIAGRAM_EDGES_MAX = 1500,
};

enum diagram_shape {
	DIAGRAM_BOX,   /* a decision; a question of a tree */
	DIAGRAM_ROUND, /* an input */
	DIAGRAM_NOTE,  /* a source */
	DIAGRAM_CUT,   /* a function */
	DIAGRAM_END,   /* an outcome of a tree */
	DIAGRAM_SHAPES
};

struct diagram_node {
	enum diagram_shape shape;
	str label;
	str note; /* a line above the label: the condition that leads here; may be absent */
	str href; /* where the label leads, relative to the page; .n = 0: nowhere */
};

/* What stands behind an arrow; told apart by its line, not by colour alone. */
enum diagram_tone {
	DIAGRAM_PLAIN,
	DIAGRAM_FOR,     /* thick */
	DIAGRAM_MIXED,   /* dashes and dots */
	DIAGRAM_AGAINST, /* thick dots */
	DIAGRAM_OPEN,    /* thin dashes: nothing is known */
	DIAGRAM_TONES
};

struct diagram_edge {
	uint32_t from, to;
	bool dashed; /* authority rather than information */
	enum diagram_tone tone;
};

struct diagram {
	str id;    /* [a-z][a-z0-9-]*, unique on the page */
	str title; /* the drawing's name */
	const struct diagram_node *nodes;
	const struct diagram_edge *edges;
	size_t n_nodes, n_edges;
	bool tree; /* edges make a tree, and every node stands behind its parent in nodes */
};

/* Append one <svg>. ERR_INVALID "diagram.edge": an edge to nowhere, or a circle; ERR_LIMIT: more than the limits. */
enum err_code diagram_svg(const struct diagram *d, struct arena *a, struct buf *out, struct err *e) WARN_UNUSED;
