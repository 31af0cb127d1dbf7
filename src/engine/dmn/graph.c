/* Who needs whom: references resolved, circles refused, the order of decisions. */
#include "engine/dmn/set.h"

static int32_t target(const struct dmn_set *s, const struct dmn_model *m, str href)
{
	ptrdiff_t hash = str_find_char(href, '#');
	char key[1200];
	str ns = hash > 0 ? str_sub(href, 0, (size_t)hash) : m->ns;
	str id = hash >= 0 ? str_sub(href, (size_t)hash + 1, href.n) : href;
	int n = snprintf(key, sizeof key, "%.*s#%.*s", STR_ARG(ns), STR_ARG(id));
	if (n < 0 || (size_t)n >= sizeof key)
		return -1;
	return (int32_t)(uintptr_t)map_get(s->by_id, (str){key, (size_t)n}) - 1;
}

static enum err_code link_node(struct dmn_set *s, struct node *n, struct err *e)
{
	int32_t *links = ARENA_ARRAY(s->arena, n->element->n_links, int32_t);
	if (!links)
		return arena_fail(s->arena, e);
	for (size_t i = 0; i < n->element->n_links; i++) {
		links[i] = target(s, n->model, n->element->links[i].href);
		if (links[i] < 0 && n->element->links[i].need != DMN_NEEDS_AUTHORITY)
			dmn_diag_add(s, n->model, true, "dmn.reference", n->element->links[i].line,
			    "\"%.*s\" refers to \"%.*s\", which does not exist", STR_ARG(n->element->name),
			    STR_ARG(n->element->links[i].href));
	}
	n->links = links;
	return ERR_OK;
}

struct visit {
	int32_t node;
	size_t next;
};

enum colour { WHITE, GREY, BLACK };

static bool follows(enum dmn_need need)
{
	return need == DMN_NEEDS_DECISION || need == DMN_NEEDS_INPUT;
}

/* Depth first from root, with an explicit stack: decisions in the order they complete. */
static enum err_code order_from(struct dmn_set *s, int32_t root, uint8_t *colour, struct visit *stack, int32_t *found,
    size_t *ret_n, struct err *e)
{
	size_t deep = 1, n = 0;
	stack[0] = (struct visit){root, 0};
	colour[root] = GREY;
	while (deep) {
		struct visit *v = &stack[deep - 1];
		const struct node *node = &s->nodes[v->node];
		if (v->next == node->element->n_links) {
			colour[v->node] = BLACK;
			found[n++] = v->node;
			deep--;
			continue;
		}
		size_t i = v->next++;
		int32_t to = node->links[i];
		if (to < 0 || !follows(node->element->links[i].need) || colour[to] == BLACK)
			continue;
		if (colour[to] == GREY) {
			(void)fail(e, ERR_INVALID, "dmn.circle", "\"%.*s\" needs itself, by way of \"%.*s\"",
			    STR_ARG(s->nodes[to].name), STR_ARG(node->name));
			char file[256];
			(void)snprintf(file, sizeof file, "%.*s", STR_ARG(node->model->file));
			return err_at(e, file, node->element->links[i].line, 1);
		}
		colour[to] = GREY;
		stack[deep++] = (struct visit){to, 0};
	}
	*ret_n = n;
	return ERR_OK;
}

static enum err_code keep_order(struct dmn_set *s, struct node *n, const int32_t *found, size_t count, struct err *e)
{
	int32_t *order = ARENA_ARRAY(s->arena, count, int32_t), *inputs = ARENA_ARRAY(s->arena, count, int32_t);
	size_t n_order = 0, n_inputs = 0;
	if (!order || !inputs)
		return arena_fail(s->arena, e);
	for (size_t i = 0; i < count; i++) {
		enum dmn_kind kind = s->nodes[found[i]].element->kind;
		if (kind == DMN_DECISION)
			order[n_order++] = found[i];
		else if (kind == DMN_INPUT)
			inputs[n_inputs++] = found[i];
	}
	n->order = order;
	n->n_order = n_order;
	n->inputs = inputs;
	n->n_inputs = n_inputs;
	return ERR_OK;
}

/* The decisions a service makes itself: what its outputs need, up to its parameters. */
enum err_code dmn_service_order(struct dmn_set *s, struct node *service, struct err *e)
{
	size_t n = s->n_nodes, total = 0;
	uint8_t *colour = arena_alloc(s->arena, n + 1);
	struct visit *stack = ARENA_ARRAY(s->arena, n + 1, struct visit);
	int32_t *found = ARENA_ARRAY(s->arena, n + 1, int32_t);
	if (!colour || !stack || !found)
		return arena_fail(s->arena, e);
	for (size_t i = 0; i < service->n_params; i++)
		colour[service->param_nodes[i]] = BLACK;
	for (size_t i = 0; i < service->element->n_links; i++) {
		size_t count = 0;
		int32_t to = service->links[i];
		if (to < 0 || service->element->links[i].need != DMN_SERVICE_OUTPUT || colour[to] == BLACK)
			continue;
		TRY(order_from(s, to, colour, stack, found + total, &count, e));
		total += count;
	}
	return keep_order(s, service, found, total, e);
}

enum err_code dmn_link(struct dmn_set *s, struct err *e)
{
	size_t n = s->n_nodes, total = 0;
	uint8_t *colour = arena_alloc(s->arena, n + 1);
	struct visit *stack = ARENA_ARRAY(s->arena, n + 1, struct visit);
	int32_t *found = ARENA_ARRAY(s->arena, n + 1, int32_t);
	if (!colour || !stack || !found)
		return arena_fail(s->arena, e);
	for (size_t i = 0; i < n; i++)
		TRY(link_node(s, &s->nodes[i], e));
	for (size_t i = 0; i < n; i++) {
		size_t count = 0;
		if (s->nodes[i].element->kind != DMN_DECISION)
			continue;
		memset(colour, WHITE, n);
		TRY(order_from(s, (int32_t)i, colour, stack, found, &count, e));
		total += count;
		if (total > DMN_ORDERS_MOST)
			return fail(e, ERR_LIMIT, "dmn.limit", "the decisions need more than %d others, counted one by one",
			    DMN_ORDERS_MOST);
		TRY(keep_order(s, &s->nodes[i], found, count, e));
	}
	return ERR_OK;
}
