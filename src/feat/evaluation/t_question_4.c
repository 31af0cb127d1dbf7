/* Question 4 on the real pack: the ratings of links, paths and priorities were made independently from theory.csv and
 * evidence.csv by the rule in the model's tables. */
#include "feat/evaluation/t_world.h"

#include "feat/evaluation/question_4.h"

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

static const struct answer_4 *answer(const struct evaluation_view *v, const char *day, struct arena *a)
{
	struct err e;
	const struct answer_4 *x;
	struct facts *f = ARENA_NEW(a, struct facts);
	assert_non_null(f);
	*f = world_facts(v, day, a);
	assert_ok(answer_4_make(f, a, &x, &e), &e);
	return x;
}

static const struct weighed_link *link_of(const struct answer_4 *x, const char *id)
{
	for (size_t i = 0; i < x->facts->view->n_links; i++)
		if (str_is(x->links[i].link->link_id, id))
			return &x->links[i];
	fail_msg("no link %s", id);
	return NULL;
}

static void links(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(256 << 20);
	const struct answer_4 *x = answer(world.v, NULL, a);
	static const size_t expected[LINK_RATINGS] = {[LINK_CONTRADICTED] = 2, [LINK_MIXED] = 19, [LINK_SUPPORTED] = 20,
	    [LINK_NO_EVIDENCE] = 41, [LINK_AIM] = 21};
	size_t by[LINK_RATINGS] = {0};
	for (size_t i = 0; i < x->facts->view->n_links; i++)
		by[x->links[i].rating]++;
	for (size_t i = 0; i < LINK_RATINGS; i++)
		assert_int_equal(by[i], expected[i]);
	assert_int_equal(link_of(x, "T020")->rating, LINK_CONTRADICTED);
	assert_int_equal(link_of(x, "T083")->rating, LINK_CONTRADICTED);
	assert_int_equal(link_of(x, "T015")->rating, LINK_NO_EVIDENCE); /* whether officers use what they learned was not studied */
	const struct weighed_link *price = link_of(x, "T067");
	assert_int_equal(price->rating, LINK_MIXED);
	assert_int_equal(price->strength, STRENGTH_MODERATE);
	assert_int_equal(price->supporting, 5);
	assert_int_equal(link_of(x, "T001")->supporting, 3);
}

static void priorities(void **state)
{
	(void)state;
	static const struct {
		int code;
		size_t types, plausible, contradicted;
		enum contribution rating;
	} expected[] = {{1, 2, 1, 0, CONTRIBUTION_PLAUSIBLE}, {2, 5, 2, 1, CONTRIBUTION_NOT_SHOWN}, {3, 2, 0, 0, CONTRIBUTION_NOT_SHOWN},
	    {4, 5, 1, 0, CONTRIBUTION_NOT_SHOWN}, {5, 3, 1, 0, CONTRIBUTION_NOT_SHOWN}, {6, 7, 3, 0, CONTRIBUTION_NOT_SHOWN}};
	AUTO_ARENA a = arena_new(256 << 20);
	const struct answer_4 *x = answer(world.v, NULL, a);
	assert_int_equal(x->n, 71);
	size_t paths = 0;
	for (size_t i = 0; i < x->n; i++)
		paths += x->contributions[i].n;
	assert_int_equal(paths, 133);
	for (size_t i = 0; i < x->n_priorities; i++) {
		const struct weighed_priority *p = &x->priorities[i];
		assert_int_equal(p->priority->code, expected[i].code);
		assert_int_equal(p->types, expected[i].types);
		assert_int_equal(p->plausible, expected[i].plausible);
		assert_int_equal(p->contradicted, expected[i].contradicted);
		assert_int_equal(p->rating, expected[i].rating);
	}
}

/* Turned about, evidence and links give the same ratings. */
static void order_does_not_matter(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(256 << 20);
	struct evaluation_view v = *world.v;
	struct evidence *evidence = ARENA_ARRAY(a, v.n_evidence, struct evidence);
	struct theory_link *turned = ARENA_ARRAY(a, v.n_links, struct theory_link);
	for (size_t i = 0; i < v.n_evidence; i++)
		evidence[i] = world.v->evidence[v.n_evidence - 1 - i];
	for (size_t i = 0; i < v.n_links; i++)
		turned[i] = world.v->links[v.n_links - 1 - i];
	v.evidence = evidence;
	v.links = turned;
	const struct answer_4 *x = answer(world.v, NULL, a), *y = answer(&v, NULL, a);
	assert_int_equal(x->n, y->n);
	for (size_t i = 0; i < x->n; i++) {
		assert_ptr_equal(x->contributions[i].intervention, y->contributions[i].intervention);
		assert_int_equal(x->contributions[i].rating, y->contributions[i].rating);
		assert_int_equal(x->contributions[i].n, y->contributions[i].n);
	}
	for (size_t i = 0; i < x->n_priorities; i++)
		assert_int_equal(x->priorities[i].rating, y->priorities[i].rating);
}

/* On an earlier day only studies known by then weigh. */
static void no_later_study(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(256 << 20);
	const struct answer_4 *x = answer(world.v, "2009-12-31", a);
	size_t n = 0;
	for (size_t i = 0; i < x->facts->view->n_links; i++)
		for (size_t k = 0; k < x->links[i].n_findings; k++, n++)
			assert_true(year_of(x->links[i].findings[k]) <= 2009);
	assert_true(n > 0);
}

/* Nothing says that a change was caused; every statement has what its kind asks for. */
static void told(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(512 << 20);
	struct facts f = world_facts(world.v, NULL, a);
	for (int l = 0; l < LANG_COUNT; l++)
		assert_true(world_json(&part_question_4, &f, (enum lang)l, a).n > 1000);
	str s = world_json(&part_question_4, &f, LANG_EN, a);
	assert_true(str_find(s, STR("contribution plausible")) >= 0);
	assert_true(str_find(s, STR("not shown")) >= 0);
	assert_true(str_find(s, STR("contradicted")) >= 0);
}

/* What has to hold on a link is told in the reader's language, and says in English what the theory says. */
static void assumptions_in_each_language(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(512 << 20);
	struct facts f = world_facts(world.v, NULL, a);
	for (size_t i = 0; i < world.v->n_links; i++) {
		const struct theory_link *l = &world.v->links[i];
		const struct text3 *t = programme_word(world.v->programme, "assumption", l->link_id);
		assert_non_null(t);
		assert_true(str_eq(text3_in(t, LANG_EN), l->assumption));
	}
	assert_true(str_find(world_json(&part_question_4, &f, LANG_NL, a), STR("Aangenomen wordt dat terugkeer met geld blijvend is.")) >= 0);
	assert_true(str_find(world_json(&part_question_4, &f, LANG_FR, a), STR("On suppose que le retour avec de l’argent dure.")) >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(links),
	    cmocka_unit_test(priorities),
	    cmocka_unit_test(order_does_not_matter),
	    cmocka_unit_test(no_later_study),
	    cmocka_unit_test(told),
	    cmocka_unit_test(assumptions_in_each_language),
	};
	world_load(&world);
	int status = test_run(tests);
	world_drop(&world);
	return status;
}
