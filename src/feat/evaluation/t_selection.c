/* Case selection on the real pack. The rule is computed again here from its published text, over the whole list in each step; what the report
 * left out (150-153) and chose (154-165) is held against it. */
#include "feat/evaluation/t_real.h"

#include "feat/evaluation/case_selection.h"

static const struct case_selection *made(struct real *t, const struct facts *f)
{
	const struct case_selection *s;
	assert_ok(case_selection_make(f, t->a, &s, &t->e), &t->e);
	return s;
}

static const struct case_candidate *candidate(const struct case_selection *s, const char *key)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_is(s->all[i].activity->key, key))
			return &s->all[i];
	fail_msg("%s is no candidate", key);
	return NULL;
}

/* The pilot and the foundation have an external evaluation and were left out by the report too (150-153). */
static void leaves_out(void **state)
{
	struct real *t = *state;
	struct facts f = real_facts(t, NULL, 0, NULL);
	const struct case_selection *s = made(t, &f);
	assert_int_equal(candidate(s, "20787")->excluded, CASE_EVALUATED);
	assert_int_equal(candidate(s, "18943")->excluded, CASE_EVALUATED);
	assert_int_equal(candidate(s, "21864")->excluded, CASE_EVALUATION);
	assert_int_equal(candidate(s, "U08")->excluded, CASE_UNKNOWN);
	assert_int_equal(candidate(s, "18261")->excluded, CASE_CANDIDATE);
	for (size_t i = 0; i < s->n; i++)
		assert_true(!s->all[i].step || s->all[i].excluded == CASE_CANDIDATE);
	size_t in_report = 0;
	static const char *const report[] = {"19748", "18261", "20630", "20052", "16694", "18596", "20707", "19810"};
	for (size_t i = 0; i < sizeof report / sizeof report[0]; i++)
		in_report += candidate(s, report[i])->in_report;
	assert_int_equal(in_report, 8);
	assert_int_equal(s->in_report, 8);
}

/* While a candidate of a priority without a case is left, none of a priority with one is chosen: 100 is more than all other points together
 * can make up for (30 + 20 + 10 + 35 = 95). */
static void spreads(void **state)
{
	struct real *t = *state;
	struct facts f = real_facts(t, NULL, 0, NULL);
	for (int n = 1; n <= 12; n++) {
		unsigned covered = 0, possible = 0;
		f.scope.cases = n;
		const struct case_selection *s = made(t, &f);
		assert_int_equal(s->n_chosen, n);
		for (size_t i = 0; i < s->n; i++)
			if (s->all[i].excluded == CASE_CANDIDATE)
				possible |= 1u << activity_primary_priority(s->all[i].activity);
		possible &= ~1u;
		for (size_t i = 0; i < s->n_chosen; i++) {
			unsigned bit = 1u << activity_primary_priority(s->chosen[i]->activity);
			assert_true(!(covered & bit) || (covered & possible) == possible);
			covered |= bit;
			assert_int_equal(s->chosen[i]->step, i + 1);
		}
	}
}

/* A longer choice begins with the shorter one; the order of the activities and an activity that is no candidate make no difference. */
static void properties(void **state)
{
	struct real *t = *state;
	struct facts f = real_facts(t, NULL, 0, NULL), back = real_reversed(t, &f), fewer = f;
	f.scope.cases = back.scope.cases = fewer.scope.cases = 8;
	const struct case_selection *s = made(t, &f), *r = made(t, &back);
	fewer.activities = ARENA_ARRAY(t->a, f.n, const struct activity *);
	fewer.n = 0;
	for (size_t i = 0; i < f.n; i++)
		if (!str_is(f.activities[i]->key, "U08"))
			fewer.activities[fewer.n++] = f.activities[i];
	const struct case_selection *u = made(t, &fewer);
	for (size_t i = 0; i < 8; i++) {
		assert_true(s->chosen[i]->activity == r->chosen[i]->activity);
		assert_true(s->chosen[i]->activity == u->chosen[i]->activity);
		f.scope.cases = (int)i + 1;
		assert_true(made(t, &f)->chosen[i]->activity == s->chosen[i]->activity);
	}
	f.scope.cases = CASES_MAX + 1;
	const struct case_selection *none;
	assert_int_equal(case_selection_make(&f, t->a, &none, &t->e), ERR_INVALID);
	f.scope.cases = CASES_MAX; /* more than there are: all of them */
	s = made(t, &f);
	size_t possible = 0;
	for (size_t i = 0; i < s->n; i++)
		possible += s->all[i].excluded == CASE_CANDIDATE;
	assert_int_equal(s->n_chosen, possible);
}

static void told(void **state)
{
	struct real *t = *state;
	for (enum lang l = LANG_EN; l < LANG_COUNT; l++) {
		AUTO_BUF json = BUF_INIT(4 << 20);
		const struct json *root;
		struct facts f = real_facts(t, l == LANG_EN ? NULL : "2010-12-31", 0, NULL);
		(void)real_tell(t, &part_case_selection, &f, l, &json);
		assert_ok(json_read(buf_str(&json), "selection", &(struct json_limits){.max_bytes = 4 << 20}, t->a, &root, &t->e), &t->e);
		assert_non_null(json_get(root, "candidates"));
	}
}

int main(void)
{
	struct real t;
	real_open(&t);
	const struct CMUnitTest tests[] = {REAL_TEST(leaves_out), REAL_TEST(spreads), REAL_TEST(properties), REAL_TEST(told)};
	int failed = test_run(tests);
	real_close(&t);
	return failed;
}
