#pragma once
/* A hash map from str to pointer, in an arena. Keys are borrowed: they must live as long as the map.
 * The hash is keyed (map_new's seed), so that input cannot choose collisions. */
#include "base/arena.h"

struct map;

struct map *map_new(struct arena *a, uint64_t seed);
/* Value of key, or NULL. */
void *map_get(const struct map *m, str key);
/* Set key to value (not NULL). False when out of memory. *ret_old (may be NULL) gets the value replaced. */
bool map_set(struct map *m, str key, void *value, void **ret_old);
size_t map_count(const struct map *m);
