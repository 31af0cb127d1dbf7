#pragma once
/* A table that is a tree of conditions, as one: each box asks for one input, each branch is a test of it. */
#include "feat/decisions/decisions.h"

enum {
	DECISION_TREE_NODES_MOST = 80, /* larger trees are read better as a table */
	DECISION_TREE_RULES_MOST = 40,
};

struct decision_tree_node {
	size_t parent;   /* SIZE_MAX: the first */
	size_t depth;
	int column;      /* the input it asks for; -1: an end */
	str test;        /* the branch that leads here, of the parent's column; STR_NONE: the first. "": otherwise */
	uint32_t rule;   /* of an end, from 0 */
};

struct decision_tree {
	const struct decision_tree_node *nodes; /* in pre-order */
	size_t n;
};

/* False when the table is no tree (or not worth drawing): its rows cannot be told apart by asking one input after
 * another. In arena. ERR_NOMEM, ERR_LIMIT of the arena. */
enum err_code decision_tree_make(const struct dmn_table *t, struct arena *a, struct decision_tree *ret, bool *ret_is,
    struct err *e) WARN_UNUSED;
