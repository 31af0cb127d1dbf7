/* Random operations against an array in memory; both must always say the same. GRUTTO_SEED repeats
 * a run. */
#include "db/testdb.h"

#include "db/backend.h"
#include "db/t_db.sql.h"

#include <stdio.h>
#include <time.h>

enum { SLOTS = 24, STEPS = 3000, SLUGS = 30 };

/* slug[n] is the number behind "s-" of programme n; -1: there is none. */
struct model {
	int slug[SLOTS + 1];
};

struct run {
	struct rng rng;
	struct db *c;
	struct model now, before; /* before: at the begin of the transaction */
	struct db_tx tx;
};

static int pick(struct run *r, int n)
{
	return (int)(rng_next_u64(&r->rng) % (uint64_t)n);
}

static int owner_of(const struct model *m, int slug)
{
	for (int n = 1; n <= SLOTS; n++)
		if (m->slug[n] == slug)
			return n;
	return 0;
}

static void slug_text(int slug, char dst[100])
{
	/* every third is longer than what engines copy at once */
	(void)snprintf(dst, 100, "s-%d%s", slug,
	    slug % 3 ? ""
	             : "-and a good many letters more, so that it is longer than sixty-four bytes");
}

static void add(struct run *r)
{
	struct err e = {0};
	int n = 1 + pick(r, SLOTS), slug = pick(r, SLUGS);
	char text[100];
	slug_text(slug, text);
	bool fits = r->now.slug[n] < 0 && !owner_of(&r->now, slug);
	/* PostgreSQL gives up a transaction at its first error: only ask what fits inside one */
	if (!fits && r->tx.c)
		return;
	enum err_code code = t_programme_add(r->c, n, str_of(text), STR("h"), DATE_NONE, NULL, &e);
	assert_int_equal(code, fits ? ERR_OK : ERR_CONFLICT);
	if (fits)
		r->now.slug[n] = slug;
}

static void rename_one(struct run *r)
{
	struct err e = {0};
	int n = 1 + pick(r, SLOTS), slug = pick(r, SLUGS), owner = owner_of(&r->now, slug);
	char text[100];
	int64_t changed = -1;
	slug_text(slug, text);
	bool there = r->now.slug[n] >= 0, clash = there && owner && owner != n;
	if (clash && r->tx.c)
		return;
	enum err_code code = t_programme_rename(r->c, n, str_of(text), &changed, &e);
	assert_int_equal(code, clash ? ERR_CONFLICT : ERR_OK);
	if (clash)
		return;
	assert_int_equal(changed, there ? 1 : 0);
	if (there)
		r->now.slug[n] = slug;
}

static void delete_one(struct run *r)
{
	struct err e = {0};
	int n = 1 + pick(r, SLOTS);
	int64_t changed = -1;
	assert_ok(t_programme_delete(r->c, n, &changed, &e), &e);
	assert_int_equal(changed, r->now.slug[n] >= 0 ? 1 : 0);
	r->now.slug[n] = -1;
}

static void get(struct run *r)
{
	struct err e = {0};
	struct t_programme_get_row row;
	AUTO_ARENA a = arena_new(4096);
	int n = 1 + pick(r, SLOTS);
	if (r->now.slug[n] < 0 && r->tx.c)
		return;
	enum err_code code = t_programme_get(r->c, n, a, &row, &e);
	assert_int_equal(code, r->now.slug[n] >= 0 ? ERR_OK : ERR_NOT_FOUND);
	char text[100];
	slug_text(r->now.slug[n], text);
	if (code == ERR_OK)
		assert_str(row.slug, text);
}

/* All rows above a number but one slug, in order; sometimes left half-way. */
static void list(struct run *r)
{
	struct err e = {0};
	struct t_programmes_row row;
	AUTO_ROWS rows = NULL;
	bool more = true;
	int above = pick(r, SLOTS), unlike = pick(r, SLUGS), stop = pick(r, 2 * SLOTS);
	char text[100];
	slug_text(unlike, text);
	assert_ok(t_programmes_open(r->c, above, str_of(text), &rows, &e), &e);
	for (int n = above + 1; n <= SLOTS; n++) {
		if (r->now.slug[n] < 0 || r->now.slug[n] == unlike)
			continue;
		if (stop-- == 0)
			return;
		assert_ok(t_programmes_next(rows, &row, &more, &e), &e);
		assert_true(more);
		assert_int_equal(row.programme, n);
		char want[100];
		slug_text(r->now.slug[n], want);
		assert_str(row.slug, want);
	}
	assert_ok(t_programmes_next(rows, &row, &more, &e), &e);
	assert_false(more);
}

static void count_and_sum(struct run *r)
{
	struct err e = {0};
	struct t_programme_count_row row;
	AUTO_ARENA a = arena_new(4096);
	int64_t n = 0, sum = 0;
	for (int i = 1; i <= SLOTS; i++)
		if (r->now.slug[i] >= 0) {
			n++;
			sum += i;
		}
	assert_ok(t_programme_count(r->c, a, &row, &e), &e);
	assert_int_equal(row.programmes, n);
	assert_int_equal(row.total.has, n > 0);
	assert_int_equal(row.total.v, sum);
}

static void transaction(struct run *r)
{
	struct err e = {0};
	if (!r->tx.c) {
		assert_ok(db_begin(r->c, &r->tx, &e), &e);
		r->before = r->now;
	} else if (pick(r, 2)) {
		assert_ok(db_commit(&r->tx, &e), &e);
	} else {
		db_rollback(&r->tx);
		r->now = r->before;
	}
}

static void agrees_with_a_model(void **state)
{
	static void (*const operations[])(struct run *) = {add, add, add, rename_one, rename_one,
	    delete_one, get, get, list, list, count_and_sum, transaction};
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	int64_t given = 0;
	const char *wish = getenv("GRUTTO_SEED");
	uint64_t seed =
	    wish && str_to_i64(str_of(wish), &given) ? (uint64_t)given : (uint64_t)time(NULL);
	print_message("# GRUTTO_SEED=%llu\n", (unsigned long long)seed);
	struct run r = {.rng = rng_seeded(&seed)};
	for (int i = 0; i <= SLOTS; i++)
		r.now.slug[i] = -1;
	assert_ok(db_pool_writer(t.pool, &r.c, &e), &e);
	assert_ok(db_script(r.c, t_db_schema[t.engine], &e), &e);
	for (int i = 0; i < STEPS; i++)
		operations[pick(&r, (int)(sizeof operations / sizeof *operations))](&r);
	db_rollback(&r.tx);
	db_return(r.c);
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(agrees_with_a_model)};
	return test_run(tests);
}
