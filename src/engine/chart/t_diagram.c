/* Diagrams: well-formed, no box over another, boxes behind what leads to them, faults refused. */
#include "base/test.h"

#include "base/arena.h"
#include "engine/chart/diagram.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>

enum { OUT_MAX = 1 << 20, BOXES_MAX = 400 };

struct rect {
	double x, y, w, h;
};

struct drawn {
	struct rect box[BOXES_MAX];
	size_t n, texts, edges;
};

static double attribute(xmlNodePtr node, const char *name)
{
	xmlChar *s = xmlGetProp(node, (const xmlChar *)name);
	assert_non_null(s);
	double v = strtod((const char *)s, NULL);
	xmlFree(s);
	return v;
}

/* The drawing as a browser would read it. */
static void read_back(str svg, struct drawn *d)
{
	xmlDocPtr doc = xmlReadMemory(svg.p, (int)svg.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
	assert_non_null(doc);
	*d = (struct drawn){0};
	for (xmlNodePtr x = xmlDocGetRootElement(doc)->children; x; x = x->next) {
		d->texts += xmlStrcmp(x->name, (const xmlChar *)"text") == 0;
		d->edges += xmlStrcmp(x->name, (const xmlChar *)"path") == 0;
		if (xmlStrcmp(x->name, (const xmlChar *)"rect") != 0)
			continue;
		assert_true(d->n < BOXES_MAX);
		d->box[d->n++] =
		    (struct rect){attribute(x, "x"), attribute(x, "y"), attribute(x, "width"), attribute(x, "height")};
	}
	xmlFreeDoc(doc);
}

static void draw(const struct diagram *d, struct buf *out)
{
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	assert_ok(diagram_svg(d, a, out, &e), &e);
}

static void no_overlap(const struct drawn *d)
{
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct rect *a = &d->box[i], *b = &d->box[k];
			assert_true(a->x >= b->x + b->w || b->x >= a->x + a->w || a->y >= b->y + b->h || b->y >= a->y + a->h);
		}
}

static void arrows_lead_right(void **state)
{
	(void)state;
	const struct diagram_node nodes[] = {{DIAGRAM_BOX, STR("amount"), STR_NONE, STR_NONE}, {DIAGRAM_BOX, STR("eligible"), STR_NONE, STR_NONE},
	    {DIAGRAM_ROUND, STR("nationality & \"age\" <18>"), STR_NONE, STR_NONE}, {DIAGRAM_ROUND, STR("household"), STR_NONE, STR_NONE},
	    {DIAGRAM_NOTE, STR("decree"), STR_NONE, STR_NONE}};
	const struct diagram_edge edges[] = {{1, 0, false, DIAGRAM_PLAIN}, {2, 1, false, DIAGRAM_PLAIN}, {3, 0, false, DIAGRAM_PLAIN}, {4, 1, true, DIAGRAM_PLAIN}};
	const struct diagram g = {.id = STR("g"), .title = STR("What is needed"), .nodes = nodes, .n_nodes = 5, .edges = edges,
	    .n_edges = 4};
	struct drawn d;
	AUTO_BUF out = BUF_INIT(OUT_MAX);
	draw(&g, &out);
	read_back(buf_str(&out), &d);
	assert_int_equal(d.n, 5);
	assert_int_equal(d.edges, 8); /* a line and a tip each */
	for (size_t i = 0; i < 4; i++)
		assert_true(d.box[edges[i].from].x + d.box[edges[i].from].w < d.box[edges[i].to].x);
	assert_true(d.box[3].x > d.box[2].x); /* an input stands just before what needs it */
	no_overlap(&d);
	assert_true(str_find(buf_str(&out), STR("<title id=\"g-name\">What is needed</title>")) >= 0);
}

/* a leads to b, b to c, and a to c as well: the last arrow passes b's layer, and not behind b. */
static void long_arrows_pass_no_box(void **state)
{
	(void)state;
	const struct diagram_node nodes[] = {{DIAGRAM_BOX, STR("a"), STR_NONE, STR_NONE}, {DIAGRAM_BOX, STR("b"), STR_NONE, STR_NONE}, {DIAGRAM_BOX, STR("c"), STR_NONE, STR_NONE}};
	const struct diagram_edge edges[] = {{0, 1, false, DIAGRAM_PLAIN}, {1, 2, false, DIAGRAM_PLAIN}, {0, 2, false, DIAGRAM_OPEN}};
	const struct diagram g = {.id = STR("l"), .title = STR("Past a box"), .nodes = nodes, .n_nodes = 3, .edges = edges, .n_edges = 3};
	struct drawn d;
	AUTO_BUF out = BUF_INIT(OUT_MAX);
	draw(&g, &out);
	read_back(buf_str(&out), &d);
	assert_int_equal(d.edges, 6);
	ptrdiff_t at = str_find(buf_str(&out), STR("diagram-open\" d=\""));
	assert_true(at > 0);
	str path = str_sub(buf_str(&out), (size_t)at, buf_str(&out).n);
	double x = 0, y = 0;
	ptrdiff_t line = str_find(path, STR("L"));
	assert_true(line > 0 && sscanf(path.p + line, "L%lf %lf", &x, &y) == 2);
	assert_true(x > d.box[1].x + d.box[1].w - 0.01); /* behind the layer of b, */
	assert_true(y < d.box[1].y || y > d.box[1].y + d.box[1].h); /* above or below it */
	no_overlap(&d);
}

static void tree_keeps_order(void **state)
{
	(void)state;
	const struct diagram_node nodes[] = {{DIAGRAM_BOX, STR("asylum?"), STR_NONE, STR_NONE}, {DIAGRAM_BOX, STR("country?"), STR("yes"), STR_NONE},
	    {DIAGRAM_END, STR("refused"), STR("Serbia"), STR_NONE}, {DIAGRAM_END, STR("granted"), STR("another"), STR_NONE},
	    {DIAGRAM_END, STR("refused"), STR("no"), STR_NONE}};
	const struct diagram_edge edges[] = {{0, 1, false, DIAGRAM_PLAIN}, {1, 2, false, DIAGRAM_PLAIN}, {1, 3, false, DIAGRAM_PLAIN}, {0, 4, false, DIAGRAM_PLAIN}};
	const struct diagram g = {.id = STR("t"), .title = STR("As a tree"), .nodes = nodes, .n_nodes = 5, .edges = edges,
	    .n_edges = 4, .tree = true};
	struct drawn d;
	AUTO_BUF out = BUF_INIT(OUT_MAX);
	draw(&g, &out);
	read_back(buf_str(&out), &d);
	no_overlap(&d);
	assert_true(d.box[2].y < d.box[3].y && d.box[3].y < d.box[4].y);
	assert_true(d.box[1].y > d.box[2].y && d.box[1].y < d.box[3].y); /* between its branches */
	assert_int_equal(d.texts, 9);
}

/* A label that leads somewhere is a link, and the drawing no image any more; what stands behind an arrow is told by its line. */
static void links_and_tones(void **state)
{
	(void)state;
	const struct diagram_node nodes[] = {{DIAGRAM_ROUND, STR("training"), STR_NONE, STR("#a&b")}, {DIAGRAM_BOX, STR("knowledge"), STR_NONE, STR_NONE},
	    {DIAGRAM_END, STR("priority 3"), STR_NONE, STR("/x")}};
	struct diagram_edge edges[] = {{0, 1, false, DIAGRAM_FOR}, {1, 2, false, DIAGRAM_AGAINST}};
	struct diagram g = {.id = STR("l"), .title = STR("Theory"), .nodes = nodes, .n_nodes = 3, .edges = edges, .n_edges = 2};
	AUTO_BUF out = BUF_INIT(OUT_MAX);
	draw(&g, &out);
	assert_true(str_find(buf_str(&out), STR("role=\"group\"")) >= 0);
	assert_true(str_find(buf_str(&out), STR("<a href=\"#a&amp;b\"><rect")) >= 0);
	assert_true(str_find(buf_str(&out), STR("diagram-edge diagram-for\"")) >= 0);
	assert_true(str_find(buf_str(&out), STR("diagram-edge diagram-against\"")) >= 0);
	assert_true(str_find(buf_str(&out), STR("diagram-label diagram-link")) >= 0);
}

static void faults(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	AUTO_BUF out = BUF_INIT(OUT_MAX);
	static struct diagram_node many[DIAGRAM_NODES_MAX + 1];
	const struct diagram_node two[] = {{DIAGRAM_BOX, STR("a"), STR_NONE, STR_NONE}, {DIAGRAM_BOX, STR("b"), STR_NONE, STR_NONE}};
	const struct diagram_edge nowhere[] = {{0, 2, false, DIAGRAM_PLAIN}}, circle[] = {{0, 1, false, DIAGRAM_PLAIN}, {1, 0, false, DIAGRAM_PLAIN}};
	struct diagram g = {.id = STR("f"), .title = STR("Faults"), .nodes = two, .n_nodes = 2, .edges = nowhere, .n_edges = 1};
	assert_int_equal(diagram_svg(&g, a, &out, &e), ERR_INVALID);
	g.edges = circle;
	g.n_edges = 2;
	assert_int_equal(diagram_svg(&g, a, &out, &e), ERR_INVALID);
	g = (struct diagram){.id = STR("f"), .title = STR("Faults"), .nodes = many, .n_nodes = DIAGRAM_NODES_MAX + 1};
	assert_int_equal(diagram_svg(&g, a, &out, &e), ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(arrows_lead_right),
	    cmocka_unit_test(long_arrows_pass_no_box),
	    cmocka_unit_test(tree_keeps_order),
	    cmocka_unit_test(links_and_tones),
	    cmocka_unit_test(faults),
	};
	return test_run(tests);
}
