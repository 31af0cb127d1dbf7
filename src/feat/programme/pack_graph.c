/* Circles: an activity that continues itself by a detour, a theory of change that leads back. */
#include "feat/programme/pack.h"

/* Edges of a graph over named nodes. */
struct edge {
	size_t from, to, row;
};

struct graph {
	struct arena *a;
	struct map *ids; /* name -> index + 1 */
	VEC(struct edge) edges;
	size_t n;
};

static bool node_of(struct graph *g, str name, size_t *ret_id)
{
	uintptr_t id = (uintptr_t)map_get(g->ids, name);
	if (!id) {
		id = ++g->n;
		if (g->n > PACK_GRAPH_NODES || !map_set(g->ids, name, (void *)id, NULL))
			return false;
	}
	*ret_id = (size_t)id - 1;
	return true;
}

static enum err_code add_edge(struct graph *g, str from, str to, size_t row, struct err *e)
{
	struct edge x = {.row = row};
	struct edge *slot;
	if (!node_of(g, from, &x.from) || !node_of(g, to, &x.to) ||
	    !(slot = VEC_ADD(&g->edges, g->a)))
		return arena_fail(g->a, e);
	*slot = x;
	return ERR_OK;
}

/* Edges that remain when nodes without an incoming edge are taken away again and again lie on a
 * circle or behind one; taking away nodes without an outgoing edge likewise leaves those in front
 * of one. What remains of both is what is on a circle or between two. Linear in nodes and edges for
 * each direction. */
static bool peel(const struct graph *g, bool forward, bool *gone, struct arena *a)
{
	size_t *degree = ARENA_ARRAY(a, g->n + 1, size_t),
	       *queue = ARENA_ARRAY(a, g->n + 1, size_t);
	size_t *first = ARENA_ARRAY(a, g->n + 2, size_t),
	       *by = ARENA_ARRAY(a, g->edges.n + 1, size_t);
	if (!degree || !queue || !first || !by)
		return false;
#define TAIL(x) (forward ? (x)->from : (x)->to)
#define HEAD(x) (forward ? (x)->to : (x)->from)
	for (size_t i = 0; i < g->edges.n; i++) {
		degree[HEAD(&g->edges.p[i])]++;
		first[TAIL(&g->edges.p[i]) + 1]++;
	}
	for (size_t i = 0; i < g->n; i++)
		first[i + 1] += first[i];
	size_t *fill = ARENA_ARRAY(a, g->n + 1, size_t);
	if (!fill)
		return false;
	for (size_t i = 0; i < g->edges.n; i++) {
		size_t t = TAIL(&g->edges.p[i]);
		by[first[t] + fill[t]++] = i;
	}
	size_t n = 0;
	for (size_t i = 0; i < g->n; i++)
		if (!degree[i])
			queue[n++] = i;
	for (size_t at = 0; at < n; at++) {
		gone[queue[at]] = true;
		for (size_t k = first[queue[at]]; k < first[queue[at] + 1]; k++) {
			size_t h = HEAD(&g->edges.p[by[k]]);
			if (--degree[h] == 0)
				queue[n++] = h;
		}
	}
#undef TAIL
#undef HEAD
	return true;
}

static enum err_code report_circles(
    struct pack_reader *r, const struct graph *g, enum pack_table_id t, size_t col, struct err *e)
{
	bool *before = ARENA_ARRAY(r->a, g->n + 1, bool),
	     *behind = ARENA_ARRAY(r->a, g->n + 1, bool);
	if (!before || !behind || !peel(g, true, before, r->a) || !peel(g, false, behind, r->a))
		return arena_fail(r->a, e);
	for (size_t i = 0; i < g->edges.n; i++) {
		const struct edge *x = &g->edges.p[i];
		if (!before[x->from] && !before[x->to] && !behind[x->from] && !behind[x->to])
			pack_fault_cell(r, "pack.circle", t, x->row, col,
			    "Break the circle by removing or correcting one of its links.",
			    "\"%.*s\" leads back to where it comes from",
			    STR_ARG(pack_show(pack_at(r->p, t, x->row, col)->text)));
	}
	return ERR_OK;
}

enum err_code pack_check_graphs(struct pack_reader *r, struct err *e)
{
	struct graph follows = {.a = r->a, .ids = map_new(r->a, 1)},
	             theory = {.a = r->a, .ids = map_new(r->a, 2)};
	if (!follows.ids || !theory.ids)
		return arena_fail(r->a, e);
	size_t follows_col = (size_t)pack_column_of(PACK_ACTIVITIES, STR("follows"));
	for (size_t i = 0; i < r->p->rows[PACK_ACTIVITIES].n; i++) {
		str to = pack_at(r->p, PACK_ACTIVITIES, i, follows_col)->text;
		if (to.n)
			TRY(add_edge(
			    &follows, pack_at(r->p, PACK_ACTIVITIES, i, 0)->text, to, i, e));
	}
	TRY(report_circles(r, &follows, PACK_ACTIVITIES, follows_col, e));
	size_t to_col = (size_t)pack_column_of(PACK_THEORY, STR("to_id"));
	for (size_t i = 0; i < r->p->rows[PACK_THEORY].n; i++)
		TRY(add_edge(&theory, pack_get(r->p, PACK_THEORY, i, "from_id"),
		    pack_get(r->p, PACK_THEORY, i, "to_id"), i, e));
	return report_circles(r, &theory, PACK_THEORY, to_col, e);
}
