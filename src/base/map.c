#include "base/map.h"

#include "base/hash.h"

struct slot {
	str key;
	void *value;
	uint64_t hash;
};

struct map {
	struct arena *arena;
	struct slot *slots;
	size_t n, cap;
	uint64_t seed;
};

struct map *map_new(struct arena *a, uint64_t seed)
{
	struct map *m = ARENA_NEW(a, struct map);
	if (m)
		*m = (struct map){.arena = a, .seed = seed};
	return m;
}

static struct slot *find(const struct map *m, str key, uint64_t hash)
{
	size_t i = hash & (m->cap - 1);
	while (m->slots[i].value && !(m->slots[i].hash == hash && str_eq(m->slots[i].key, key)))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

void *map_get(const struct map *m, str key)
{
	return m->cap ? find(m, key, hash_bytes(key, m->seed))->value : NULL;
}

static bool grow(struct map *m)
{
	struct map bigger = *m;
	bigger.cap = m->cap ? m->cap * 2 : 16;
	bigger.slots = ARENA_ARRAY(m->arena, bigger.cap, struct slot);
	if (!bigger.slots)
		return false;
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].value)
			*find(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
	*m = bigger;
	return true;
}

bool map_set(struct map *m, str key, void *value, void **ret_old)
{
	if ((m->n + 1) * 4 > m->cap * 3 && !grow(m))
		return false;
	uint64_t hash = hash_bytes(key, m->seed);
	struct slot *s = find(m, key, hash);
	if (ret_old)
		*ret_old = s->value;
	if (!s->value) {
		m->n++;
		s->key = key;
		s->hash = hash;
	}
	s->value = value;
	return true;
}

size_t map_count(const struct map *m)
{
	return m->n;
}
