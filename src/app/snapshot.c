#include "app/snapshot.h"

#include <stdatomic.h>

#include "base/mem.h"
#include "db/chain.h"
#include "feat/decisions/decisions.h"
#include "feat/evaluation/evaluation.h"
#include "feat/prices/prices.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"

/* A split reference count. `current` holds the slot number and how often that slot was acquired since it
 * became current; a release subtracts from the slot's balance. While a slot is current its balance is zero
 * or negative. Retiring adds the acquisitions: from then on the balance counts the readers left, and
 * whoever brings it to zero frees the snapshot. */
enum { SLOTS = 64 };
#define COUNT_BITS 48
#define COUNT_MASK (((uint64_t)1 << COUNT_BITS) - 1)

struct snapshot {
	struct public_view view; /* first: readers hold this address */
	struct arena *arena;
	uint64_t generation;
	sha256 chain; /* head of the event chain that it was loaded at */
	uint32_t slot;
};

struct slot {
	_Atomic int64_t balance;
	struct snapshot *_Atomic snapshot; /* NULL: free */
};

struct snapshots {
	struct db_pool *pool;
	struct clock clock;
	_Atomic uint64_t current;
	struct slot slots[SLOTS];
	_Atomic uint64_t generation;
	_Atomic int64_t load_ms;
	_Atomic size_t load_bytes;
	bool loaded;
};

enum err_code snapshots_new(struct db_pool *pool, struct clock clock, struct snapshots **ret_s,
    struct err *e)
{
	struct snapshots *s = mem_alloc(sizeof *s);
	if (!s)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	memset(s, 0, sizeof *s);
	s->pool = pool;
	s->clock = clock;
	*ret_s = s;
	return ERR_OK;
}

static void free_snapshot(struct snapshots *s, uint32_t slot)
{
	struct snapshot *old = atomic_exchange(&s->slots[slot].snapshot, NULL);
	arena_free(old->arena);
}

/* Take the slot out of service; its last reader, or this call, frees it. */
static void retire(struct snapshots *s, uint64_t packed)
{
	uint32_t slot = (uint32_t)(packed >> COUNT_BITS);
	int64_t acquired = (int64_t)(packed & COUNT_MASK);
	if (atomic_fetch_add(&s->slots[slot].balance, acquired) + acquired == 0)
		free_snapshot(s, slot);
}

void snapshots_free(struct snapshots *s)
{
	if (!s)
		return;
	if (s->loaded)
		retire(s, atomic_load(&s->current));
	mem_free(s);
}

const struct public_view *snapshots_acquire(struct snapshots *s)
{
	uint64_t packed = atomic_fetch_add(&s->current, 1);
	struct snapshot *found = atomic_load(&s->slots[packed >> COUNT_BITS].snapshot);
	return &found->view;
}

static const struct snapshot *of_view(const struct public_view *view)
{
	return (const struct snapshot *)(const void *)view;
}

void snapshots_release(struct snapshots *s, const struct public_view *view)
{
	uint32_t slot = of_view(view)->slot;
	if (atomic_fetch_sub(&s->slots[slot].balance, 1) - 1 == 0)
		free_snapshot(s, slot);
}

uint64_t snapshots_generation(const struct public_view *view)
{
	return of_view(view)->generation;
}

uint64_t snapshots_current_generation(const struct snapshots *s)
{
	return atomic_load(&s->generation);
}

void snapshots_last_load(const struct snapshots *s, int64_t *ret_ms, size_t *ret_bytes)
{
	*ret_ms = atomic_load(&s->load_ms);
	*ret_bytes = atomic_load(&s->load_bytes);
}

/* What the frame of every page shows, so that it need not know the slices. */
static void fill_frame(struct public_view *v)
{
	const struct programme_view *p = v->programme;
	const struct {
		str *to;
		const struct text3 *from;
	} texts[] = {{v->name, &p->name}, {v->owner, &p->owner}, {v->source, &p->source}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		texts[i].to[LANG_EN] = texts[i].from->en;
		texts[i].to[LANG_NL] = texts[i].from->nl;
		texts[i].to[LANG_FR] = texts[i].from->fr;
		for (int l = LANG_SITE; l < LANG_COUNT; l++)
			texts[i].to[l] = texts[i].from->en;
	}
	v->facts_as_of = p->facts_as_of;
}

static enum err_code load_views(struct db *c, struct snapshot *x, struct err *e)
{
	struct chain_head head;
	AUTO_TX tx = {0};
	TRY(db_begin(c, &tx, e)); /* one state of the data for all views */
	TRY(programme_view_load(c, x->arena, &x->view.programme, e));
	int64_t programme = x->view.programme->programme;
	TRY(register_view_load(c, programme, x->arena, &x->view.activities, e));
	TRY(decisions_view_load(c, programme, x->arena, &x->view.decisions, e));
	TRY(evaluation_view_load(c, x->view.programme, x->view.activities, x->view.decisions, x->arena, &x->view.evaluation, e));
	TRY(evaluation_view_whole(x->view.evaluation, x->arena, &x->view.evaluation, e));
	TRY(prices_view_load(c, programme, x->arena, &x->view.prices, e));
	TRY(chain_head(c, programme, &head, e));
	x->chain = head.hash;
	fill_frame(&x->view);
	return db_commit(&tx, e);
}

static enum err_code free_slot(const struct snapshots *s, uint32_t *ret_slot, struct err *e)
{
	for (uint32_t i = 0; i < SLOTS; i++) {
		if (!atomic_load(&s->slots[i].snapshot)) {
			*ret_slot = i;
			return ERR_OK;
		}
	}
	return fail(e, ERR_LIMIT, "snapshot.slots", "%d older snapshots are still being read", SLOTS);
}

static enum err_code make(struct snapshots *s, struct arena *a, struct snapshot **ret_x, struct err *e)
{
	AUTO_DB c = NULL;
	struct snapshot *x = ARENA_NEW(a, struct snapshot);
	if (!x)
		return arena_fail(a, e);
	x->arena = a;
	x->view.made_ms = clock_now_ms(&s->clock);
	TRY(free_slot(s, &x->slot, e));
	TRY(db_pool_reader(s->pool, &c, e));
	TRY(load_views(c, x, e));
	*ret_x = x;
	return ERR_OK;
}

enum err_code snapshots_load(struct snapshots *s, struct err *e)
{
	struct snapshot *x;
	struct arena *a = arena_new(ARENA_NO_LIMIT);
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	int64_t begun = clock_now_ms(&s->clock);
	enum err_code code = make(s, a, &x, e);
	if (code != ERR_OK) {
		arena_free(a);
		return code;
	}
	atomic_store(&s->load_ms, clock_now_ms(&s->clock) - begun);
	atomic_store(&s->load_bytes, arena_used(a));
	x->generation = atomic_load(&s->generation) + 1;
	atomic_store(&s->slots[x->slot].balance, 0);
	atomic_store(&s->slots[x->slot].snapshot, x);
	uint64_t old = atomic_exchange(&s->current, (uint64_t)x->slot << COUNT_BITS);
	atomic_store(&s->generation, x->generation);
	if (s->loaded)
		retire(s, old);
	s->loaded = true;
	return ERR_OK;
}

enum err_code snapshots_stale(struct snapshots *s, bool *ret_stale, struct err *e)
{
	struct chain_head head;
	AUTO_DB c = NULL;
	TRY(db_pool_reader(s->pool, &c, e));
	const struct public_view *view = snapshots_acquire(s);
	enum err_code code = chain_head(c, view->programme->programme, &head, e);
	if (code == ERR_OK)
		*ret_stale = !sha256_eq(head.hash, of_view(view)->chain);
	snapshots_release(s, view);
	return code;
}
