#include "feat/iati/keyset.h"

#include "base/hash.h"
#include "base/mem.h"

enum { SLOTS_FIRST = 1024 };

struct slot {
	uint64_t a, b; /* both 0: free */
};

struct keyset {
	struct slot *slots;
	size_t n, cap, max; /* cap is a power of two */
	uint64_t seed[2];
};

struct keyset *keyset_new(const struct rng *rng, size_t max)
{
	struct keyset *s = mem_alloc(sizeof *s);
	if (!s)
		return NULL;
	*s = (struct keyset){.max = max, .seed = {rng_next_u64(rng), rng_next_u64(rng)}};
	return s;
}

void keyset_free(struct keyset *s)
{
	if (!s)
		return;
	mem_free(s->slots);
	mem_free(s);
}

static struct slot slot_of(const struct keyset *s, str key)
{
	return (struct slot){hash_bytes(key, s->seed[0]) | 1, hash_bytes(key, s->seed[1])};
}

static struct slot *place(struct slot *slots, size_t cap, struct slot k)
{
	size_t i = (size_t)(k.b & (cap - 1));
	while (slots[i].a && (slots[i].a != k.a || slots[i].b != k.b))
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static enum err_code grow(struct keyset *s, struct err *e)
{
	size_t cap = s->cap ? s->cap * 2 : SLOTS_FIRST;
	struct slot *slots = mem_alloc(cap * sizeof *slots);
	if (!slots)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	memset(slots, 0, cap * sizeof *slots);
	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i].a)
			*place(slots, cap, s->slots[i]) = s->slots[i];
	mem_free(s->slots);
	s->slots = slots;
	s->cap = cap;
	return ERR_OK;
}

enum err_code keyset_add(struct keyset *s, str key, bool *ret_new, struct err *e)
{
	if (s->n >= s->cap / 4 * 3)
		TRY(grow(s, e));
	struct slot k = slot_of(s, key);
	struct slot *at = place(s->slots, s->cap, k);
	if (at->a) {
		*ret_new = false;
		return ERR_OK;
	}
	if (s->n >= s->max)
		return fail(e, ERR_LIMIT, "iati.activities", "The file has more than %zu activities.", s->max);
	*at = k;
	s->n++;
	*ret_new = true;
	return ERR_OK;
}

bool keyset_has(const struct keyset *s, str key)
{
	return s->cap && place(s->slots, s->cap, slot_of(s, key))->a;
}
