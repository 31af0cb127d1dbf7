/* Question 3: which activities were carried out, and were their results reached? */
#include "feat/evaluation/question_3.h"

static void count_money(struct verdict_count *c, const struct activity *x)
{
	c->n++;
	if (money_is(x->contribution) && strcmp(x->contribution.currency, "EUR") == 0)
		c->minor += x->contribution.minor;
	else
		c->n_unknown++;
}

static void count_targets(const struct facts *f, struct results_of *r, const struct activity *x)
{
	for (size_t i = 0; i < x->n_indicators; i++) {
		const struct indicator *in = &x->indicators[i];
		const struct indicator_role *role = programme_indicator_role(f->view->programme, x->key, in->title);
		enum indicator_kind kind = indicator_kind_with(role, in);
		struct kind_count *c = kind == INDICATOR_OUTPUT ? &r->outputs : kind == INDICATOR_OUTCOME ? &r->outcomes : NULL;
		for (size_t k = 0; c && k < in->n_values; k++)
			target_tally_add(&c->rows, target_state_of(in->values[k].target_num, in->values[k].actual_num,
			    role ? role->ascending : in->ascending));
	}
}

static void count(const struct facts *f, struct results_of *r, const struct activity_verdict *v)
{
	r->n++;
	count_money(&r->by[v->verdict], v->activity);
	count_money(&r->all, v->activity);
	count_targets(f, r, v->activity);
}

enum err_code answer_3_make(const struct facts *f, const struct decision_version *v, struct arena *a, const struct answer_3 **ret,
    struct err *e)
{
	const struct programme_view *p = f->view->programme;
	struct answer_3 *x = ARENA_NEW(a, struct answer_3);
	struct results_of *by = ARENA_ARRAY(a, p->n_priorities, struct results_of);
	if (!x || !by)
		return arena_fail(a, e);
	*x = (struct answer_3){.facts = f, .version = v, .priorities = by, .n_priorities = p->n_priorities};
	TRY(verdicts_make(f, v, a, &x->verdicts, e));
	for (size_t i = 0; i < p->n_priorities; i++)
		by[i].priority = &p->priorities[i];
	for (size_t i = 0; i < f->n; i++) {
		int code = activity_primary_priority(f->activities[i]);
		if (facts_outside(f->activities[i])) {
			x->n_outside++;
			continue;
		}
		count(f, &x->total, &x->verdicts[i]);
		x->n_without_priority += !code;
		for (size_t k = 0; code && k < p->n_priorities; k++)
			if (p->priorities[k].code == code)
				count(f, &by[k], &x->verdicts[i]);
	}
	*ret = x;
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct answer_3 *x;
	TRY(answer_3_make(f, NULL, a, &x, e));
	*ret = x;
	return ERR_OK;
}

str indicator_row_key(struct arena *a, const struct activity *x, const struct indicator *in, size_t value)
{
	str s = arena_fmt(a, "%.*s/%u/%zu", STR_ARG(x->key), (unsigned)in->no, value + 1);
	return s.p ? s : STR("");
}

const struct evaluation_part part_question_3 = {
    .question = 3,
    .slug = "question-3",
    .title = MSG("Were the results reached?"),
    .make = make,
    .tell = answer_3_tell,
    .json = answer_3_json,
};
