/* What if: every case judged by the rule as it is and by a copy of it, side by side. Nothing is stored. */
#include "feat/evaluation/whatif.h"

#include "feat/evaluation/told.h"

static str row_of(const struct decisions_row *r, struct arena *a)
{
	if (!r->row)
		return r->element;
	str s = arena_fmt(a, "%.*s/%u", STR_ARG(r->element), r->row);
	return s.p ? s : STR("");
}

enum err_code whatif_add(struct comparing *c, const struct change *change, const struct dmn_table_trace *from,
    const struct dmn_table_trace *to, struct err *e)
{
	const struct saying t = {c->a, c->l};
	const struct programme_view *p = c->before->view->programme;
	struct decisions_row was, is;
	struct change *x = VEC_ADD(&c->list, c->a);
	if (!x)
		return arena_fail(c->a, e);
	*x = *change;
	if (from && decisions_row_told(c->before->view->decisions, p, from, c->l, c->a, &was))
		x->was = was.text;
	if (!to || !decisions_row_told(c->after->view->decisions, p, to, c->l, c->a, &is))
		return ERR_OK;
	x->why = told_join(&t, x->why, " ", is.text);
	if (!x->rule.n) {
		x->rule = is.key;
		x->rule_anchor = row_of(&is, c->a);
	}
	return ERR_OK;
}

/* ---- verdicts ---- */

/* Of the three tables of a verdict the first that decides otherwise; the verdict's own when they decide alike. */
static size_t first_other(const struct verdict_detail *was, const struct verdict_detail *is)
{
	for (size_t i = 0; i < VERDICT_RULES; i++)
		if (was->rules[i].row != is->rules[i].row || !str_eq(was->rules[i].outcome, is->rules[i].outcome))
			return i;
	return VERDICT_RULES - 1;
}

static enum err_code add_verdict(struct comparing *c, struct verdict_explainer *before, struct verdict_explainer *after,
    const struct activity_verdict *was, const struct activity_verdict *is, struct err *e)
{
	struct verdict_detail from, to;
	str link = arena_fmt(c->a, "/activities/%.*s", STR_ARG(is->activity->key));
	TRY(verdict_explain(before, was, false, c->a, &from, e));
	TRY(verdict_explain(after, is, false, c->a, &to, e));
	size_t k = first_other(&from, &to);
	struct change x = {.title = is->activity->title, .title_lang = STR("en"), .part = STR(""), .link = link.p ? link : STR(""), .was = STR(""),
	    .rule = STR(""), .rule_anchor = STR(""), .before = i18n_text(c->l, verdict_label(was->verdict)),
	    .after = i18n_text(c->l, verdict_label(is->verdict)),
	    .why = is->verdict == VERDICT_UNDETERMINED ? i18n_text(c->l, MSG("The rule gives no outcome.")) : verdict_why(is, c->l, c->a)};
	if (!x.why.p)
		return arena_fail(c->a, e);
	return whatif_add(c, &x, from.rules[k].trace, to.rules[k].trace, e);
}

static enum err_code compare_verdicts(struct comparing *c, struct err *e)
{
	const struct activity_verdict *was = NULL, *is = NULL;
	struct verdict_explainer *before, *after;
	TRY(verdicts_make(c->before, c->was, c->a, &was, e));
	TRY(verdicts_make(c->after, c->is, c->a, &is, e));
	TRY(verdict_explainer_new(c->before, c->was, c->a, &before, e));
	TRY(verdict_explainer_new(c->after, c->is, c->a, &after, e));
	for (size_t i = 0; i < c->before->n; i++) {
		if (facts_outside(is[i].activity)) /* judged, and in no total: as in question 3 */
			continue;
		c->judged++;
		if (was[i].verdict != is[i].verdict)
			TRY(add_verdict(c, before, after, &was[i], &is[i], e));
	}
	return ERR_OK;
}

/* ---- all ---- */

static const struct {
	const char *model;
	enum err_code (*compare)(struct comparing *c, struct err *e);
} models[] = {
    {"evaluation-verdict", compare_verdicts},
    {"subsidy-framework", whatif_criteria},
    {"country-lists", whatif_criteria},
    {"refusal-grounds", whatif_refusals},
    {"contribution", whatif_theory},
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
