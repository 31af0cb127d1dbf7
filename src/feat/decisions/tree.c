/* From the rows that are left, an input is chosen that all of them test; its tests part the rows into branches, and each
 * branch goes on with its own rows. Under the policy "first" rows that do not test it may stand last: "otherwise". */
#include "feat/decisions/tree.h"

#include "base/vec.h"

/* Rows rule[0 … n) still to be told apart, below parent. */
struct task {
	const uint32_t *rules;
	size_t n;
	size_t parent, depth;
	uint64_t asked; /* columns on the way */
	str test;
};

struct growing {
	const struct dmn_table *t;
	struct arena *a;
	VEC(struct decision_tree_node) nodes;
	VEC(struct task) tasks;
	bool is_tree;
};

static str test_at(const struct dmn_table *t, uint32_t rule, size_t column)
{
	str s = str_trim(t->rules[rule].tests[column].text);
	return str_is(s, "-") ? STR("") : s;
}

/* The rows that test the column stand first; the rest (the policy first only) after them. */
static size_t testing(const struct growing *g, const struct task *k, size_t column)
{
	size_t n = 0;
	while (n < k->n && test_at(g->t, k->rules[n], column).n)
		n++;
	for (size_t i = n; i < k->n; i++)
		if (test_at(g->t, k->rules[i], column).n)
			return 0;
	return n == k->n || g->t->policy == DMN_FIRST ? n : 0;
}

/* Different tests of a column. */
static size_t kinds(const struct growing *g, const struct task *k, size_t n, size_t column)
{
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		bool first = true;
		for (size_t j = 0; j < i; j++)
			first &= !str_eq(test_at(g->t, k->rules[i], column), test_at(g->t, k->rules[j], column));
		found += first;
	}
	return found;
}

/* The input that parts the rows: tested by all if there is one, with the fewest branches. -1: none. */
static int choose(const struct growing *g, const struct task *k, size_t *ret_testing)
{
	int best = -1;
	size_t best_n = 0, best_kinds = SIZE_MAX;
	for (size_t c = 0; c < g->t->n_inputs && c < 64; c++) {
		if (k->asked >> c & 1)
			continue;
		size_t n = testing(g, k, c), some = n ? kinds(g, k, n, c) : 0;
		if (!n || (k->n > 1 && n == k->n && some < 2))
			continue;
		if (n > best_n || (n == best_n && some < best_kinds)) {
			best = (int)c;
			best_n = n;
			best_kinds = some;
		}
	}
	*ret_testing = best_n;
	return best;
}

/* A column that all rows test in the same way is no question, but the rows must meet it all the same. */
static int same_for_all(const struct growing *g, const struct task *k)
{
	for (size_t c = 0; c < g->t->n_inputs && c < 64; c++)
		if (!(k->asked >> c & 1) && testing(g, k, c) == k->n && kinds(g, k, k->n, c) == 1)
			return (int)c;
	return -1;
}

/* The rows with the test of row `of`, in order, as a task. */
static enum err_code add_branch(struct growing *g, const struct task *k, size_t n, int column, str test, size_t parent,
    struct err *e)
{
	uint32_t *rules = ARENA_ARRAY(g->a, k->n, uint32_t);
	struct task *slot = VEC_ADD(&g->tasks, g->a);
	if (!rules || !slot)
		return arena_fail(g->a, e);
	*slot = (struct task){.rules = rules, .parent = parent, .depth = k->depth + 1, .asked = k->asked | (uint64_t)1 << column,
	    .test = test};
	for (size_t i = 0; i < k->n; i++)
		if (test.n ? i < n && str_eq(test_at(g->t, k->rules[i], (size_t)column), test) : i >= n)
			rules[slot->n++] = k->rules[i];
	return ERR_OK;
}

/* Branches go onto the stack last first, so that they come off in the order of the rows. */
static enum err_code branch(struct growing *g, const struct task *k, size_t n, int column, size_t node, struct err *e)
{
	if (n < k->n)
		TRY(add_branch(g, k, n, column, STR(""), node, e));
	for (size_t i = n; i-- > 0;) {
		str test = test_at(g->t, k->rules[i], (size_t)column);
		bool first = true;
		for (size_t j = 0; j < i; j++)
			first &= !str_eq(test, test_at(g->t, k->rules[j], (size_t)column));
		if (first)
			TRY(add_branch(g, k, n, column, test, node, e));
	}
	return ERR_OK;
}

static enum err_code grow(struct growing *g, const struct task *k, struct err *e)
{
	size_t n = 0;
	int column = choose(g, k, &n);
	if (column < 0) {
		column = same_for_all(g, k);
		n = k->n;
	}
	size_t at = g->nodes.n;
	struct decision_tree_node *node = VEC_ADD(&g->nodes, g->a);
	if (!node)
		return arena_fail(g->a, e);
	*node = (struct decision_tree_node){.parent = k->parent, .depth = k->depth, .column = column, .test = k->test,
	    .rule = k->rules[0]};
	if (column >= 0)
		return branch(g, k, n, column, at, e);
	g->is_tree &= k->n == 1; /* rows that nothing tells apart */
	return ERR_OK;
}

enum err_code decision_tree_make(const struct dmn_table *t, struct arena *a, struct decision_tree *ret, bool *ret_is,
    struct err *e)
{
	struct growing g = {.t = t, .a = a, .is_tree = true};
	bool one = t->policy == DMN_UNIQUE || t->policy == DMN_FIRST || t->policy == DMN_ANY;
	*ret_is = false;
	if (!one || t->n_inputs < 2 || t->n_inputs > 64 || t->n_rules < 3 || t->n_rules > DECISION_TREE_RULES_MOST)
		return ERR_OK;
	uint32_t *all = ARENA_ARRAY(a, t->n_rules, uint32_t);
	struct task *first = VEC_ADD(&g.tasks, a);
	if (!all || !first)
		return arena_fail(a, e);
	for (size_t i = 0; i < t->n_rules; i++)
		all[i] = (uint32_t)i;
	*first = (struct task){.rules = all, .n = t->n_rules, .parent = SIZE_MAX};
	while (g.tasks.n && g.is_tree && g.nodes.n <= DECISION_TREE_NODES_MOST) {
		struct task k = g.tasks.p[--g.tasks.n];
		TRY(grow(&g, &k, e));
	}
	*ret = (struct decision_tree){g.nodes.p, g.nodes.n};
	*ret_is = g.is_tree && !g.tasks.n && g.nodes.n <= DECISION_TREE_NODES_MOST;
	return ERR_OK;
}
