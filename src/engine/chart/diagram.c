/* Layers by the longest way from what needs nothing; within a layer, in the order of the middle of what leads there. An
 * arrow over several layers has a place of its own in each, so that it passes no box behind its back (Sugiyama, Tagawa
 * and Toda 1981). In a tree the ends stand below each other and every box at the middle of its branches. */
#include "engine/chart/diagram.h"

#include "base/arena.h"
#include "engine/chart/draw.h"

enum {
	BOX_W = 200,
	PAD = 10,
	APART_X = 56,
	APART_Y = 18,
	ARROW = 7,
	SWEEPS = 4,
	MARGIN = 4,
	WAYS_MAX = 2000, /* arrows beyond are drawn straight */
};

struct box {
	struct wrapped label, note;
	uint32_t layer;
	double x, y, h;
	double weight; /* where it wants to stand in its layer */
	size_t at;     /* its place in the layer */
};

/* A piece of an arrow, from one layer to the next. */
struct link {
	uint32_t from, to;
};

struct drawing {
	const struct diagram *d;
	struct box *box; /* the nodes, then the places where arrows pass a layer */
	struct link *link;
	size_t *first;   /* of every arrow its first link; one more for the end */
	uint32_t *order; /* boxes by layer and place */
	size_t layers, n_boxes, n_links;
	double w, h;
	struct buf *out;
};

static enum err_code check(const struct diagram *d, struct err *e)
{
	if (d->n_nodes > DIAGRAM_NODES_MAX || d->n_edges > DIAGRAM_EDGES_MAX)
		return fail(e, ERR_LIMIT, "diagram.size", "more than %d boxes or %d arrows", DIAGRAM_NODES_MAX, DIAGRAM_EDGES_MAX);
	for (size_t i = 0; i < d->n_edges; i++)
		if (d->edges[i].from >= d->n_nodes || d->edges[i].to >= d->n_nodes ||
		    (d->tree && d->edges[i].from >= d->edges[i].to))
			return fail(e, ERR_INVALID, "diagram.edge", "arrow %zu leads nowhere", i + 1);
	return ERR_OK;
}

/* Pushing boxes behind what leads to them comes to rest after as many rounds as there are boxes, or never. */
static enum err_code find_layers(struct drawing *g, struct err *e)
{
	bool moved = true;
	for (size_t round = 0; moved && round <= g->d->n_nodes; round++) {
		moved = false;
		for (size_t i = 0; i < g->d->n_edges; i++) {
			const struct box *from = &g->box[g->d->edges[i].from];
			struct box *to = &g->box[g->d->edges[i].to];
			if (to->layer > from->layer)
				continue;
			to->layer = from->layer + 1;
			moved = true;
		}
	}
	if (moved)
		return fail(e, ERR_INVALID, "diagram.edge", "the arrows run in a circle");
	for (size_t i = 0; i < g->d->n_nodes; i++)
		if (g->box[i].layer + 1 > g->layers)
			g->layers = g->box[i].layer + 1;
	return ERR_OK;
}

/* An input stands just before the first box that needs it. */
static void pull_forward(struct drawing *g)
{
	for (size_t i = 0; i < g->d->n_nodes; i++) {
		uint32_t first = UINT32_MAX;
		bool led_to = false;
		for (size_t k = 0; k < g->d->n_edges; k++) {
			led_to |= g->d->edges[k].to == i;
			if (g->d->edges[k].from == i && g->box[g->d->edges[k].to].layer < first)
				first = g->box[g->d->edges[k].to].layer;
		}
		if (!led_to && first != UINT32_MAX)
			g->box[i].layer = first - 1;
	}
}

static size_t span(const struct drawing *g, const struct diagram_edge *x)
{
	return g->box[x->to].layer - g->box[x->from].layer;
}

/* How many places arrows need in the layers that they pass. */
static size_t count_ways(const struct drawing *g)
{
	size_t n = 0;
	for (size_t i = 0; i < g->d->n_edges; i++)
		if (n + span(g, &g->d->edges[i]) - 1 <= WAYS_MAX)
			n += span(g, &g->d->edges[i]) - 1;
	return n;
}

/* Room for the boxes, the links and their order, once the layers are known. */
static enum err_code find_ways(struct drawing *g, struct arena *a, struct err *e)
{
	size_t room = count_ways(g), left = room;
	struct box *all = ARENA_ARRAY(a, g->d->n_nodes + room, struct box);
	g->link = ARENA_ARRAY(a, g->d->n_edges + room, struct link);
	g->first = ARENA_ARRAY(a, g->d->n_edges + 1, size_t);
	g->order = ARENA_ARRAY(a, g->d->n_nodes + room, uint32_t);
	if (!all || !g->link || !g->first || !g->order)
		return arena_fail(a, e);
	for (size_t i = 0; i < g->d->n_nodes; i++)
		all[i] = g->box[i];
	g->box = all;
	g->n_boxes = g->d->n_nodes;
	for (size_t i = 0; i < g->d->n_edges; i++) {
		const struct diagram_edge *x = &g->d->edges[i];
		size_t ways = span(g, x) - 1 <= left ? span(g, x) - 1 : 0;
		uint32_t at = x->from;
		g->first[i] = g->n_links;
		left -= ways;
		for (size_t k = 0; k < ways; k++) {
			uint32_t way = (uint32_t)g->n_boxes++;
			all[way].layer = g->box[x->from].layer + (uint32_t)k + 1;
			all[way].weight = (double)way;
			g->link[g->n_links++] = (struct link){at, way};
			at = way;
		}
		g->link[g->n_links++] = (struct link){at, x->to};
	}
	g->first[g->d->n_edges] = g->n_links;
	for (size_t i = 0; i < g->n_boxes; i++)
		g->order[i] = (uint32_t)i;
	return ERR_OK;
}

static bool before(const struct box *a, const struct box *b)
{
	return a->layer != b->layer ? a->layer < b->layer : a->weight < b->weight;
}

/* Few boxes: insertion keeps equals in their order. */
static void sort_boxes(struct drawing *g)
{
	size_t at = 0;
	for (size_t i = 1; i < g->n_boxes; i++)
		for (size_t k = i; k > 0 && before(&g->box[g->order[k]], &g->box[g->order[k - 1]]); k--) {
			uint32_t t = g->order[k];
			g->order[k] = g->order[k - 1];
			g->order[k - 1] = t;
		}
	for (size_t i = 0; i < g->n_boxes; i++) {
		struct box *b = &g->box[g->order[i]];
		at = i && g->box[g->order[i - 1]].layer == b->layer ? at + 1 : 0;
		b->at = at;
	}
}

static void place_layers(struct drawing *g)
{
	for (int sweep = 0; sweep < SWEEPS; sweep++) {
		sort_boxes(g);
		for (size_t i = 0; i < g->n_boxes; i++) {
			double sum = 0;
			size_t n = 0;
			for (size_t k = 0; k < g->n_links; k++) {
				const struct link *x = &g->link[k];
				if (x->to != i && x->from != i)
					continue;
				sum += (double)g->box[x->to == i ? x->from : x->to].at;
				n++;
			}
			g->box[i].weight = n ? sum / (double)n : (double)g->box[i].at;
		}
	}
	sort_boxes(g);
	double y = 0, tallest = 0;
	for (int pass = 0; pass < 2; pass++) /* the first to know the tallest layer */
		for (size_t i = 0; i < g->n_boxes; i++) {
			struct box *b = &g->box[g->order[i]];
			y = b->at == 0 ? 0 : y;
			b->y = y;
			y += b->h + APART_Y;
			if (y - APART_Y > tallest)
				tallest = y - APART_Y;
		}
	for (size_t i = 0; i < g->n_boxes;) { /* layers in the middle */
		size_t end = i + 1;
		while (end < g->n_boxes && g->box[g->order[end]].at)
			end++;
		const struct box *last = &g->box[g->order[end - 1]];
		double shift = (tallest - last->y - last->h) / 2;
		for (; i < end; i++)
			g->box[g->order[i]].y += shift;
	}
	g->h = tallest;
}

/* From the last box to the first every box knows where its branches stand. Ends are placed in the order of the drawing:
 * nodes come in pre-order, so that their order in the list is the order on paper. */
static void place_tree(struct drawing *g)
{
	double y = 0;
	for (size_t i = 0; i < g->d->n_nodes; i++) {
		bool end = true;
		for (size_t k = 0; k < g->d->n_edges; k++)
			end &= g->d->edges[k].from != i;
		g->box[i].weight = end;
		if (!end)
			continue;
		g->box[i].y = y;
		y += g->box[i].h + APART_Y;
	}
	for (size_t i = g->d->n_nodes; i-- > 0;) {
		double top = 0, bottom = 0;
		bool any = false;
		if (g->box[i].weight > 0)
			continue;
		for (size_t k = 0; k < g->d->n_edges; k++) {
			if (g->d->edges[k].from != i)
				continue;
			const struct box *b = &g->box[g->d->edges[k].to];
			top = !any || b->y < top ? b->y : top;
			bottom = !any || b->y + b->h > bottom ? b->y + b->h : bottom;
			any = true;
		}
		g->box[i].y = (top + bottom - g->box[i].h) / 2;
		if (g->box[i].y < 0)
			g->box[i].y = 0;
	}
	for (size_t i = 0; i < g->d->n_nodes; i++)
		if (g->box[i].y + g->box[i].h > g->h)
			g->h = g->box[i].y + g->box[i].h;
}

static void number(struct buf *b, const char *name, double v)
{
	buf_addf(b, " %s=\"", name);
	buf_add_place(b, v);
	buf_addc(b, '"');
}

static double middle_of(const struct box *b)
{
	return b->y + b->h / 2;
}

static void add_points(struct drawing *g, const char *first, const double *v, size_t n)
{
	buf_addz(g->out, first);
	for (size_t i = 0; i < n; i++) {
		buf_addz(g->out, i ? " " : "");
		buf_add_place(g->out, v[i]);
	}
}

/* An arrow: a bend from layer to layer, straight on where it passes one. */
static void draw_edge(struct drawing *g, size_t nr)
{
	static const char *const tones[DIAGRAM_TONES] = {"", " diagram-for", " diagram-mixed", " diagram-against", " diagram-open"};
	const struct diagram_edge *x = &g->d->edges[nr];
	buf_addf(g->out, "<path class=\"diagram-edge%s%s\" d=\"", x->dashed ? " diagram-dashed" : "", tones[x->tone]);
	double x2 = 0, y2 = 0;
	for (size_t i = g->first[nr]; i < g->first[nr + 1]; i++) {
		const struct box *from = &g->box[g->link[i].from], *to = &g->box[g->link[i].to];
		double x1 = from->x + BOX_W, y1 = middle_of(from), tip = i + 1 == g->first[nr + 1] ? ARROW : 0;
		x2 = to->x;
		y2 = middle_of(to);
		add_points(g, i == g->first[nr] ? "M" : "L", (const double[]){x1, y1}, 2);
		add_points(g, "C", (const double[]){(x1 + x2) / 2, y1, (x1 + x2) / 2, y2, x2 - tip, y2}, 6);
	}
	buf_addz(g->out, "\"/><path class=\"diagram-arrow\" d=\"");
	add_points(g, "M", (const double[]){x2, y2}, 2);
	add_points(g, "L", (const double[]){x2 - ARROW, y2 - ARROW / 2.0}, 2);
	add_points(g, "L", (const double[]){x2 - ARROW, y2 + ARROW / 2.0}, 2);
	buf_addz(g->out, "Z\"/>");
}

static void draw_lines_of(struct drawing *g, const char *class, double x, double y, const struct wrapped *t)
{
	for (size_t i = 0; i < t->n; i++) {
		buf_addf(g->out, "<text class=\"%s\"", class);
		number(g->out, "x", x);
		number(g->out, "y", y + BASELINE + (double)i * LINE_HEIGHT);
		buf_addc(g->out, '>');
		buf_add_markup(g->out, t->line[i]);
		buf_addz(g->out, t->cut && i + 1 == t->n ? "…</text>" : "</text>");
	}
}

static void draw_box(struct drawing *g, const struct diagram_node *n, const struct box *b)
{
	static const char *const classes[DIAGRAM_SHAPES] = {[DIAGRAM_BOX] = "diagram-box", [DIAGRAM_ROUND] = "diagram-round",
	    [DIAGRAM_NOTE] = "diagram-note", [DIAGRAM_CUT] = "diagram-cut", [DIAGRAM_END] = "diagram-end"};
	if (n->href.n) {
		buf_addz(g->out, "<a href=\"");
		buf_add_markup(g->out, n->href);
		buf_addz(g->out, "\">");
	}
	buf_addf(g->out, "<rect class=\"%s\"", classes[n->shape]);
	number(g->out, "x", b->x);
	number(g->out, "y", b->y);
	number(g->out, "width", BOX_W);
	number(g->out, "height", b->h);
	if (n->shape == DIAGRAM_ROUND)
		number(g->out, "rx", b->h / 2 < 22 ? b->h / 2 : 22);
	buf_addz(g->out, "/>");
	draw_lines_of(g, "diagram-condition", b->x + PAD, b->y + PAD, &b->note);
	draw_lines_of(g, n->href.n ? "diagram-label diagram-link" : "diagram-label", b->x + PAD, b->y + PAD + (double)b->note.n * LINE_HEIGHT, &b->label);
	if (n->href.n)
		buf_addz(g->out, "</a>");
}

static void draw_all(struct drawing *g)
{
	bool links = false;
	for (size_t i = 0; i < g->d->n_nodes; i++)
		links |= g->d->nodes[i].href.n > 0;
	/* an image may hold nothing that takes the focus */
	buf_addf(g->out, "<svg class=\"diagram\" role=\"%s\" viewBox=\"", links ? "group" : "img");
	const double view[] = {-MARGIN, -MARGIN, g->w + 2 * MARGIN, g->h + 2 * MARGIN};
	for (size_t i = 0; i < 4; i++) {
		buf_addz(g->out, i ? " " : "");
		buf_add_place(g->out, view[i]);
	}
	buf_addc(g->out, '"');
	number(g->out, "width", view[2]);
	number(g->out, "height", view[3]);
	buf_addz(g->out, " aria-labelledby=\"");
	buf_add_markup(g->out, g->d->id);
	buf_addz(g->out, "-name\"><title id=\"");
	buf_add_markup(g->out, g->d->id);
	buf_addz(g->out, "-name\">");
	buf_add_markup(g->out, g->d->title);
	buf_addz(g->out, "</title>");
	for (size_t i = 0; i < g->d->n_edges; i++)
		draw_edge(g, i);
	for (size_t i = 0; i < g->d->n_nodes; i++)
		draw_box(g, &g->d->nodes[i], &g->box[i]);
	buf_addz(g->out, "</svg>");
}

enum err_code diagram_svg(const struct diagram *d, struct arena *a, struct buf *out, struct err *e)
{
	struct drawing g = {.d = d, .out = out};
	TRY(check(d, e));
	g.box = ARENA_ARRAY(a, d->n_nodes, struct box);
	if (!g.box)
		return arena_fail(a, e);
	for (size_t i = 0; i < d->n_nodes; i++) {
		struct box *b = &g.box[i];
		b->label = text_wrap(d->nodes[i].label, BOX_W - 2 * PAD, WRAP_LINES_MAX);
		if (d->nodes[i].note.n)
			b->note = text_wrap(d->nodes[i].note, BOX_W - 2 * PAD, WRAP_LINES_MAX);
		b->h = 2 * PAD + (double)(b->label.n + b->note.n) * LINE_HEIGHT;
		b->weight = (double)i;
	}
	TRY(find_layers(&g, e));
	if (!d->tree)
		pull_forward(&g);
	TRY(find_ways(&g, a, e));
	if (d->tree)
		place_tree(&g);
	else
		place_layers(&g);
	for (size_t i = 0; i < g.n_boxes; i++) {
		struct box *b = &g.box[i];
		b->x = (double)b->layer * (BOX_W + APART_X);
		if (b->x + BOX_W > g.w)
			g.w = b->x + BOX_W;
	}
	draw_all(&g);
	return buf_check(out, e);
}
