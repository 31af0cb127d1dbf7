/* Question 5 on the real pack. Studies, findings and money were counted from evidence.csv, activity_interventions.csv and
 * activities.csv by another program. */
#include "feat/evaluation/t_world.h"

#include "feat/evaluation/question_5.h"

static struct world world;

/* The earliest year of a finding's studies. */
static int year_of(const struct evidence *x)
{
	int64_t first = 9999, year;
	str part;
	struct str_split it = str_split_on(x->study_year, ';');
	while (str_next(&it, &part))
		if (str_to_i64(str_trim(part), &year) && year < first)
			first = year;
	return (int)first;
}

static const struct answer_5 *answer(const struct evaluation_view *v, const char *day, struct arena *a)
{
	struct err e;
	const struct answer_5 *x;
	struct facts *f = ARENA_NEW(a, struct facts);
	assert_non_null(f);
	*f = world_facts(v, day, a);
	assert_ok(answer_5_make(f, a, &x, &e), &e);
	return x;
}

static void counts(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		size_t findings, silent, studies, cells, favourable, activities, unknown;
		int64_t euros;
	} expected[] = {{"temporary-return-of-experts", 28, 4, 3, 14, 3, 3, 3, 0}, {"cash-return-grant", 22, 4, 10, 7, 7, 2, 1, 3356595},
	    {"immigration-officer-training", 4, 1, 1, 3, 1, 1, 0, 211371}, {"mobile-remittances", 4, 2, 1, 2, 1, 0, 0, 0},
	    {"reception-of-minors", 2, 0, 1, 1, 0, 1, 0, 0}};
	AUTO_ARENA a = arena_new(256 << 20);
	const struct answer_5 *x = answer(world.v, NULL, a);
	assert_int_equal(x->n, 33);
	assert_int_equal(x->n_studies, 84);
	assert_int_equal(x->n_findings, 317);
	assert_int_equal(x->n_bare, 0);
	assert_int_equal(x->n_unfunded, 8);
	assert_int_equal(x->n_expected, 62);
	assert_int_equal(x->n_blank, 23);
	size_t seen = 0;
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < sizeof expected / sizeof *expected; k++) {
			const struct gap_row *r = &x->rows[i];
			if (!str_is(r->intervention->intervention_id, expected[k].id))
				continue;
			seen++;
			assert_int_equal(r->n_findings, expected[k].findings);
			assert_int_equal(r->n_silent, expected[k].silent);
			assert_int_equal(r->n_studies, expected[k].studies);
			assert_int_equal(r->n_cells, expected[k].cells);
			assert_int_equal(r->by[EVIDENCE_POSITIVE], expected[k].favourable);
			assert_int_equal(r->spent.n, expected[k].activities);
			if (expected[k].euros)
				assert_int_equal(r->spent.minor, expected[k].euros * 100);
		}
	assert_int_equal(seen, sizeof expected / sizeof *expected);
}

/* A study with several findings on one outcome is one study: a bubble never counts more studies than findings. */
static void studies_not_findings(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(256 << 20);
	const struct answer_5 *x = answer(world.v, NULL, a);
	for (size_t i = 0; i < x->n; i++) {
		size_t most = 0;
		for (size_t c = 0; c < x->rows[i].n_cells; c++)
			most = x->rows[i].cells[c].n_studies > most ? x->rows[i].cells[c].n_studies : most;
		assert_true(most <= x->rows[i].n_studies);
	}
}

static void order_does_not_matter(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(256 << 20);
	struct evaluation_view v = *world.v;
	struct evidence *evidence = ARENA_ARRAY(a, v.n_evidence, struct evidence);
	for (size_t i = 0; i < v.n_evidence; i++)
		evidence[i] = world.v->evidence[v.n_evidence - 1 - i];
	v.evidence = evidence;
	const struct answer_5 *x = answer(world.v, NULL, a), *y = answer(&v, NULL, a);
	assert_int_equal(x->n_studies, y->n_studies);
	for (size_t i = 0; i < x->n; i++) {
		assert_int_equal(x->rows[i].n_studies, y->rows[i].n_studies);
		assert_int_equal(x->rows[i].strength, y->rows[i].strength);
		assert_int_equal(x->rows[i].n_cells, y->rows[i].n_cells);
	}
}

static void no_later_study(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(256 << 20);
	const struct answer_5 *x = answer(world.v, "2009-12-31", a), *all = answer(world.v, NULL, a);
	assert_true(x->n_studies > 0 && x->n_studies < all->n_studies);
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < x->rows[i].n_findings; k++)
			assert_true(year_of(x->rows[i].findings[k]) <= 2009);
}

static void told(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(512 << 20);
	struct facts f = world_facts(world.v, NULL, a);
	for (int l = 0; l < LANG_COUNT; l++)
		assert_true(world_json(&part_question_5, &f, (enum lang)l, a).n > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(counts),
	    cmocka_unit_test(studies_not_findings),
	    cmocka_unit_test(order_does_not_matter),
	    cmocka_unit_test(no_later_study),
	    cmocka_unit_test(told),
	};
	world_load(&world);
	int status = test_run(tests);
	world_drop(&world);
	return status;
}
