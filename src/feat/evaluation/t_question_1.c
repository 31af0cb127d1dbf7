/* Question 1, and what follows the report's requests, on the real pack. What is expected was counted from the pack's files by
 * another program, or is printed by the report. */
#include "feat/evaluation/t_world.h"

#include "feat/evaluation/question_1.h"
#include "feat/evaluation/trackers.h"

static struct world world;

static const struct answer_1 *answer(const char *day, struct arena *a)
{
	struct err e;
	const struct answer_1 *x;
	struct facts *f = ARENA_NEW(a, struct facts);
	assert_non_null(f);
	*f = world_facts(world.v, day, a);
	assert_ok(answer_1_make(f, a, &x, &e), &e);
	return x;
}

static const struct theme *theme(const struct answer_1 *x, const char *name)
{
	for (size_t i = 0; i < x->n; i++)
		if (str_is(x->themes[i].name, name))
			return &x->themes[i];
	return NULL;
}

/* The memorandum of July 2008 (line 2125); three accents and five themes of 2004 (lines 2006 to 2022). */
static void old_and_new_themes(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct answer_1 *x = answer(NULL, a);
	assert_str(x->memorandum->code, "note-2008");
	assert_int_equal(x->n, 13);
	assert_int_equal(x->by[THEME_ACCENT], 6);
	assert_int_equal(x->by[THEME_MEASURE], 3);
	assert_int_equal(x->by[THEME_NEW], 3);
	assert_int_equal(x->by[THEME_LATER], 1);
	assert_int_equal(theme(x, "migrant-organisations")->origin, THEME_ACCENT);
	assert_int_equal(theme(x, "migration-management")->origin, THEME_MEASURE);
	assert_int_equal(theme(x, "support-in-kind")->origin, THEME_NEW);
	assert_int_equal(theme(x, "conditionality")->origin, THEME_LATER);
	assert_int_equal(pdate_year(theme(x, "return")->steps[0]->on), 1996);
}

/* On an earlier day nothing later is in it: in 2007 the memorandum is that of 2004, and conditionality no theme. */
static void as_of_an_earlier_day(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct answer_1 *x = answer("2007-12-31", a);
	assert_str(x->memorandum->code, "note-2004");
	assert_null(theme(x, "conditionality"));
	assert_null(theme(x, "support-in-kind"));
	assert_int_equal(x->n_lists, 0);
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < x->themes[i].n; k++)
			assert_true(pdate_year(x->themes[i].steps[k]->on) <= 2007);
}

/* Three, three and thirty countries; Sierra Leone and Angola, and Morocco, are on the list of 2011 too, as is Iraq. */
static void country_lists(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct answer_1 *x = answer(NULL, a);
	assert_int_equal(x->n_lists, 3);
	assert_int_equal(x->n_overlaps, 3);
	assert_int_equal(x->lists[2]->n_entries, 30);
	for (size_t i = 0; i < x->n_overlaps; i++) {
		const struct list_overlap *o = &x->overlaps[i];
		bool third = str_is(o->b->code, "C3");
		assert_int_equal(o->n, third ? 3 : 2); /* the first two differ in one country */
	}
}

/* ---- recommendations, commitments, lessons ---- */

static void recommendations(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct answer_recommendations *x;
	struct facts f = world_facts(world.v, NULL, a);
	assert_ok(recommendations_make(&f, a, &x, &e), &e);
	assert_int_equal(x->n, 56);
	size_t bare = 0;
	for (size_t i = 0; i < x->n; i++) {
		const struct tracked *r = &x->all[i];
		bare += !r->n;
		for (size_t k = 0; k < r->n; k++)
			assert_true(r->bearings[k].rows.v.n > 0); /* what bears on it can be looked up */
		if (str_is(r->recommendation->rec_id, "R10"))
			assert_int_equal(r->n, 0);
		if (str_is(r->recommendation->rec_id, "R07")) /* eight activities have an event of that type */
			assert_int_equal(r->bearings[0].n, 8);
		if (str_is(r->recommendation->rec_id, "R02")) /* eight refused proposals */
			assert_int_equal(r->bearings[0].n, 8);
	}
	assert_int_equal(bare, x->n_bare);
}

/* Spending on return was 4.1, 3.3 and 4.5 million in 2009 to 2011 (line 91): in two of three years at least the 4 million. */
static void commitments(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct answer_commitments *x;
	struct facts f = world_facts(world.v, NULL, a);
	assert_ok(commitments_make(&f, a, &x, &e), &e);
	assert_int_equal(x->n, 11);
	for (size_t i = 0; i < x->n; i++) {
		const struct followed *c = &x->all[i];
		if (str_is(c->commitment->kind, "amendment")) {
			assert_int_equal(c->state, COMMITMENT_PARTLY);
			assert_int_equal(c->met, 2);
			assert_int_equal(c->of, 3);
		}
		if (str_is(c->commitment->record, "20787"))
			assert_int_equal(c->state, COMMITMENT_STOPPED);
		if (str_is(c->commitment->kind, "motion"))
			assert_int_equal(c->state, COMMITMENT_NOT_SHOWN);
	}
}

/* Told in every language, each statement has what its kind asks for. */
static void told(void **state)
{
	(void)state;
	static const struct evaluation_part *const parts[] = {&part_question_1, &part_recommendations, &part_lessons, &part_commitments};
	AUTO_ARENA a = arena_new(512 << 20);
	struct facts f = world_facts(world.v, NULL, a);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		for (int l = 0; l < LANG_COUNT; l++)
			assert_true(world_json(parts[i], &f, (enum lang)l, a).n > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(old_and_new_themes),
	    cmocka_unit_test(as_of_an_earlier_day),
	    cmocka_unit_test(country_lists),
	    cmocka_unit_test(recommendations),
	    cmocka_unit_test(commitments),
	    cmocka_unit_test(told),
	};
	world_load(&world);
	int status = test_run(tests);
	world_drop(&world);
	return status;
}
