/* What if: every case judged by the rule as it is and by a copy of it, side by side. Nothing is stored. */
#include "feat/evaluation/whatif.h"

typedef VEC(struct change) change_list;

struct comparing {
	const struct facts *before, *after;
	const struct decision_version *was, *is;
	enum lang l;
	struct arena *a;
	change_list list;
	size_t judged;
};

static str words_of(const struct comparing *c, const char *message)
{
	return i18n_text(c->l, message);
}

/* The row that decided last, "verdict/7". */
static str anchor_of(const struct comparing *c, const struct activity_verdict *v)
{
	for (size_t i = VERDICT_RULES; i-- > 0;)
		if (v->rules[i].decision.n && v->rules[i].row) {
			str s = arena_fmt(c->a, "%.*s/%u", STR_ARG(v->rules[i].decision), v->rules[i].row);
			return s.p ? s : STR("");
		}
	return STR("");
}

static enum err_code compare_verdicts(struct comparing *c, struct err *e)
{
	const struct activity_verdict *was = NULL, *is = NULL;
	TRY(verdicts_make(c->before, c->was, c->a, &was, e));
	TRY(verdicts_make(c->after, c->is, c->a, &is, e));
	for (size_t i = 0; i < c->before->n; i++) {
		if (facts_outside(is[i].activity)) /* judged, and in no total: as in question 3 */
			continue;
		c->judged++;
		if (was[i].verdict == is[i].verdict)
			continue;
		struct change *x = VEC_ADD(&c->list, c->a);
		if (!x)
			return arena_fail(c->a, e);
		str why = verdict_why(&is[i], c->l, c->a);
		str link = arena_fmt(c->a, "/activities/%.*s", STR_ARG(is[i].activity->key));
		if (!why.p || !link.p)
			return arena_fail(c->a, e);
		*x = (struct change){.activity = is[i].activity, .title = is[i].activity->title, .link = link,
		    .before = words_of(c, verdict_label(was[i].verdict)), .after = words_of(c, verdict_label(is[i].verdict)), .why = why,
		    .rule = VERDICT_MODEL, .rule_anchor = anchor_of(c, &is[i])};
	}
	return ERR_OK;
}

static const struct {
	const char *model;
	enum err_code (*compare)(struct comparing *c, struct err *e);
} models[] = {
    {"evaluation-verdict", compare_verdicts},
};
enum { MODELS = sizeof models / sizeof *models };

const char *whatif_model(size_t i)
{
	return i < MODELS ? models[i].model : NULL;
}

bool whatif_is_model(str key)
{
	for (size_t i = 0; i < MODELS; i++)
		if (str_is(key, models[i].model))
			return true;
	return false;
}

enum err_code whatif_compare(const struct facts *f, const struct decision_version *before, const struct decisions_trial *after,
    enum lang l, struct arena *a, struct changes *ret, struct err *e)
{
	struct evaluation_view *view = ARENA_NEW(a, struct evaluation_view);
	struct facts copy = *f;
	if (!view)
		return arena_fail(a, e);
	*view = *f->view;
	view->decisions = after->view;
	view->whole = NULL;
	copy.view = view;
	struct comparing c = {.before = f, .after = &copy, .was = before, .is = after->version, .l = l, .a = a};
	for (size_t i = 0; i < MODELS; i++)
		if (str_is(before->source.key, models[i].model))
			TRY(models[i].compare(&c, e));
	*ret = (struct changes){.p = c.list.p, .n = c.list.n, .judged = c.judged};
	return ERR_OK;
}
