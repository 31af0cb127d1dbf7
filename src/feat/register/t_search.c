/* Searching many texts: what is found and in which order, against a plain look at the same texts. */
#include "db/testdb.h"

#include "base/env.h"
#include "feat/register/register.h"

#include <stdio.h>
#include <string.h>

enum { DOCS = 2400, WORDS = 6, TITLE_WORDS = 3, TEXT_WORDS = 6 };

/* None is the beginning of another, since the last word of a query may go on. */
static const char *const vocabulary[WORDS] = {"water", "health", "migration", "farmers", "school", "energy"};

struct text {
	bool in_title[WORDS], anywhere[WORDS];
};

struct corpus {
	struct text t[DOCS + 1]; /* by document number */
	uint64_t seed;
	struct rng rng;
};

/* Words at random; rare ones have a one in thirty chance, so that some queries find few. */
static unsigned draw(struct corpus *c)
{
	uint64_t r = rng_next_u64(&c->rng);
	return r % 30 == 0 ? 4 + (unsigned)(r / 30 % 2) : (unsigned)(r / 30 % 4);
}

static str sentence(struct corpus *c, unsigned n, bool seen[WORDS], char dst[200])
{
	size_t at = 0;
	for (unsigned i = 0; i < n; i++) {
		unsigned w = draw(c);
		seen[w] = true;
		at += (size_t)snprintf(dst + at, 200 - at, "%s ", vocabulary[w]);
	}
	return (str){dst, at};
}

static void fill(struct db *db, struct corpus *c)
{
	struct err e = {0};
	struct db_tx tx = {0};
	char title[200], text[200];
	assert_ok(db_begin(db, &tx, &e), &e);
	for (uint32_t doc = 1; doc <= DOCS; doc++) {
		struct text *t = &c->t[doc];
		str a = sentence(c, TITLE_WORDS, t->in_title, title);
		memcpy(t->anywhere, t->in_title, sizeof t->anywhere);
		str b = sentence(c, TEXT_WORDS, t->anywhere, text);
		assert_ok(register_index_text(db, doc % 3 == 0, doc, a, b, STR("somebody"), &e), &e);
	}
	assert_ok(db_commit(&tx, &e), &e);
}

static bool has_both(const bool seen[WORDS], unsigned a, unsigned b)
{
	return seen[a] && seen[b];
}

/* What a plain look finds: first those with both words in the title, then the others, by number. */
static size_t expect(const struct corpus *c, bool own, unsigned a, unsigned b, uint32_t *ret)
{
	size_t n = 0;
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t doc = 1; doc <= DOCS; doc++) {
			const struct text *t = &c->t[doc];
			bool title = has_both(t->in_title, a, b);
			if ((doc % 3 == 0) == own && has_both(t->anywhere, a, b) && title == (pass == 0))
				ret[n++] = doc;
		}
	return n;
}

static void sort(uint32_t *p, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && p[k - 1] > p[k]; k--) {
			uint32_t swap = p[k];
			p[k] = p[k - 1];
			p[k - 1] = swap;
		}
}

static void check_pair(struct db *db, const struct corpus *c, bool own, unsigned a, unsigned b, size_t *most)
{
	struct err e = {0};
	char query[200];
	uint32_t want[DOCS];
	const uint32_t *found = NULL;
	size_t n = 0, want_n = expect(c, own, a, b, want);
	AUTO_ARENA arena = arena_new(16 << 20);
	(void)snprintf(query, sizeof query, "%s %s", vocabulary[a], vocabulary[b]);
	assert_ok(register_search(db, own, str_of(query), DOCS, arena, &found, &n, &e), &e);
	if (n != want_n)
		fail_msg("%s, own %d: %zu found, want %zu", query, own, n, want_n);
	*most = n > *most ? n : *most;
	if (n > REGISTER_SEARCH_RANKED_MAX) {
		assert_memory_equal(found, want, n * sizeof *want);
		assert_ok(register_search(db, own, str_of(query), 7, arena, &found, &n, &e), &e);
		assert_int_equal(n, 7);
		assert_memory_equal(found, want, n * sizeof *want);
		return;
	}
	uint32_t copy[DOCS];
	memcpy(copy, found, n * sizeof *copy); /* the rank is the engine's: only what is found is compared */
	sort(copy, n);
	sort(want, n);
	assert_memory_equal(copy, want, n * sizeof *want);
}

static void finds_what_a_plain_look_finds(void **state)
{
	TESTDB_OR_SKIP(state, t);
	size_t most = 0;
	AUTO_ARENA a = arena_new(1 << 20);
	struct corpus *c = ARENA_NEW(a, struct corpus);
	assert_non_null(c);
	c->seed = 1;
	c->rng = rng_seeded(&c->seed);
	{
		AUTO_DB db = NULL;
		struct err e = {0};
		assert_ok(db_pool_writer(t.pool, &db, &e), &e);
		fill(db, c);
		for (unsigned i = 0; i < WORDS; i++)
			for (unsigned k = i; k < WORDS; k++)
				for (int own = 0; own < 2; own++)
					check_pair(db, c, own, i, k, &most);
	}
	assert_true(most > REGISTER_SEARCH_RANKED_MAX); /* else the second order was not tried */
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(finds_what_a_plain_look_finds)};
	return test_run(tests);
}
