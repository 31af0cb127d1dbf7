/* What if, of the subsidy framework: each outcome of each case, criterion by criterion and country by country; and of the
 * grounds for refusal. */
#include "feat/evaluation/question_2.h"
#include "feat/evaluation/told.h"
#include "feat/evaluation/whatif.h"

/* A case as it came out before and after. */
struct pair {
	const struct criteria_case *was, *is;
};

static str label_of(const struct comparing *c, str model, const char *kind, str name)
{
	const struct decision_label *l = programme_decision_label(c->before->view->programme, model, kind, name);
	return l ? text3_in(&l->label, c->l) : name;
}

/* "not in the records: Is a lasting effect secured?; …" */
static str lacking(const struct comparing *c, str model, const str *missing, size_t n)
{
	const struct saying t = {c->a, c->l};
	str list = STR("");
	for (size_t i = 0; i < n; i++)
		list = told_join(&t, list, "; ", label_of(c, model, "input", missing[i]));
	return n ? TOLD(&t, MSG("Not in the records: {0}"), list) : STR("");
}

static struct change change_of(const struct comparing *c, const struct criteria_case *x, str part, enum criterion_outcome was,
    enum criterion_outcome is)
{
	str link = x->activity ? arena_fmt(c->a, "/activities/%.*s", STR_ARG(x->activity->key)) : STR("/evaluation/question-2#refused");
	return (struct change){.title = x->activity ? x->activity->title : x->proposal->subject, .title_lang = STR("en"), .part = part,
	    .link = link.p ? link : STR(""), .before = i18n_text(c->l, criterion_label(was)), .after = i18n_text(c->l, criterion_label(is)),
	    .why = STR(""), .was = STR(""), .rule = STR(""), .rule_anchor = STR("")};
}

static enum err_code compare_whole(struct comparing *c, const struct pair *p, struct err *e)
{
	struct change x = change_of(c, p->is, i18n_text(c->l, MSG("All criteria")), p->was->whole, p->is->whole);
	c->judged++;
	if (p->was->whole == p->is->whole)
		return ERR_OK;
	if (p->is->whole == CRITERION_UNDETERMINED)
		x.why = lacking(c, CRITERIA_MODEL, p->is->missing, p->is->n_missing);
	else if (p->is->whole == CRITERION_MET)
		x.why = i18n_text(c->l, MSG("Each criterion is met."));
	return whatif_add(c, &x, p->was->trace, p->is->trace, e);
}

static enum err_code compare_each(struct comparing *c, const struct pair *p, struct err *e)
{
	size_t n = p->was->n_criteria < p->is->n_criteria ? p->was->n_criteria : p->is->n_criteria;
	for (size_t i = 0; i < n; i++) {
		const struct criterion *was = &p->was->criteria[i], *is = &p->is->criteria[i];
		c->judged++;
		if (was->outcome == is->outcome)
			continue;
		struct change x = change_of(c, p->is, label_of(c, CRITERIA_MODEL, "decision", is->decision), was->outcome, is->outcome);
		TRY(whatif_add(c, &x, was->trace, is->trace, e));
	}
	return ERR_OK;
}

static enum err_code compare_countries(struct comparing *c, const struct pair *p, struct err *e)
{
	for (size_t i = 0; i < p->is->n_countries; i++) {
		const struct country_outcome *was = &p->was->countries[i], *is = &p->is->countries[i];
		c->judged++;
		if (was->outcome == is->outcome)
			continue;
		struct change x = change_of(c, p->is, i18n_country(c->l, is->country), was->outcome, is->outcome);
		TRY(whatif_add(c, &x, was->trace, is->trace, e));
	}
	return ERR_OK;
}

enum err_code whatif_criteria(struct comparing *c, struct err *e)
{
	struct criteria was, is;
	TRY(criteria_make(c->before, NULL, c->a, &was, e));
	TRY(criteria_make(c->after, NULL, c->a, &is, e));
	if (!was.model || !is.model)
		return fail(e, ERR_INVALID, "evaluation.model", "by this copy the subsidy framework cannot be run: %.*s", STR_ARG(is.why));
	for (size_t i = 0; i < is.n; i++) {
		const struct pair p = {&was.cases[i], &is.cases[i]};
		TRY(compare_whole(c, &p, e));
		TRY(compare_each(c, &p, e));
		TRY(compare_countries(c, &p, e));
	}
	return ERR_OK;
}

/* ---- grounds for refusal ---- */

static bool same_grounds(const struct refusal *a, const struct refusal *b)
{
	if (a->outcome != b->outcome || a->n_grounds != b->n_grounds)
		return false;
	for (size_t i = 0; i < a->n_grounds; i++)
		if (!str_eq(a->grounds[i], b->grounds[i]))
			return false;
	return true;
}

static str grounds_told(const struct comparing *c, const struct refusal *r)
{
	const struct saying t = {c->a, c->l};
	str list = STR("");
	for (size_t i = 0; i < r->n_grounds; i++) {
		str name = arena_fmt(c->a, "refusal_grounds=%.*s", STR_ARG(r->grounds[i]));
		str label = r->grounds[i];
		if (name.p) {
			str told = label_of(c, REFUSAL_MODEL, "value", name);
			label = str_eq(told, name) ? label : told;
		}
		list = told_join(&t, list, "; ", label);
	}
	if (r->outcome == CRITERION_UNDETERMINED)
		return i18n_text(c->l, criterion_label(r->outcome));
	return r->n_grounds ? list : i18n_text(c->l, MSG("No ground applies"));
}

enum err_code whatif_refusals(struct comparing *c, struct err *e)
{
	struct refusals was, is;
	TRY(refusals_make(c->before, c->a, &was, e));
	TRY(refusals_make(c->after, c->a, &is, e));
	if (!was.model || !is.model)
		return fail(e, ERR_INVALID, "evaluation.model", "by this copy the grounds for refusal cannot be run");
	c->judged = is.n;
	for (size_t i = 0; i < is.n; i++) {
		if (same_grounds(&was.p[i], &is.p[i]))
			continue;
		struct change x = {.title = is.p[i].proposal->subject, .title_lang = STR("en"), .part = STR(""), .was = STR(""), .rule = STR(""),
		    .rule_anchor = STR(""), .link = STR("/evaluation/question-2#refused"), .before = grounds_told(c, &was.p[i]),
		    .after = grounds_told(c, &is.p[i]), .why = lacking(c, REFUSAL_MODEL, is.p[i].missing, is.p[i].n_missing)};
		TRY(whatif_add(c, &x, was.p[i].trace, is.p[i].trace, e));
	}
	return ERR_OK;
}
