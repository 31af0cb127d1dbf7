#pragma once
/* Values in test files. */
#include "engine/feel/value.h"
#include "feat/rules/tree.h"

/* The value in node (an inputNode, expected, item or component). In arena. */
fval tck_value(const struct tree *node, const struct feel_zones *zones, struct arena *a);
/* Is actual what is expected? Numbers may differ by less than 10^-8; untyped values are compared as text. */
bool tck_same(const struct feel_zones *zones, fval expected, fval actual);
