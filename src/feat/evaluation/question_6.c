/* Question 6: were the results worth the money? Pure. */
#include "feat/evaluation/question_6.h"

bool numbers_add(struct arena *a, double **p, size_t *n, size_t *cap, double v)
{
	double *to = vec_add_(a, (void **)p, n, cap, sizeof **p);
	if (to)
		*to = v;
	return to != NULL;
}

enum err_code answer_6_make(const struct facts *f, struct arena *a, const struct answer_6 **ret, struct err *e)
{
	struct answer_6 *x = ARENA_NEW(a, struct answer_6);
	if (!x)
		return arena_fail(a, e);
	x->facts = f;
	TRY(answer_6_costs(x, a, e));
	TRY(answer_6_checks(x, a, e));
	TRY(answer_6_money(x, a, e));
	TRY(answer_6_imports(x, a, e));
	*ret = x;
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct answer_6 *x;
	TRY(answer_6_make(f, a, &x, e));
	*ret = x;
	return ERR_OK;
}

const struct evaluation_part part_question_6 = {
    .question = 6,
    .slug = "question-6",
    .title = MSG("Was it efficient?"),
    .make = make,
    .tell = answer_6_tell,
    .json = answer_6_json,
};
