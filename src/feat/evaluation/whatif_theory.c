/* What if, of question 4: the links of the theory, what each intervention may do for each priority, and the priorities. */
#include "feat/evaluation/question_4.h"
#include "feat/evaluation/whatif.h"

enum { INPUTS_TOLD = 4 };

/* What the table was asked with: inputs of the model and their numbers. */
struct asked {
	const char *decision;
	uint32_t was, is; /* rows, from 1; 0: none */
	const char *names[INPUTS_TOLD];
	size_t values[INPUTS_TOLD];
	size_t n;
};

static str label_of(const struct comparing *c, const char *kind, const char *name)
{
	const struct decision_label *l = programme_decision_label(c->before->view->programme, CONTRIBUTION_MODEL, kind, str_of(name));
	return l ? text3_in(&l->label, c->l) : str_of(name);
}

static str row_told(const struct comparing *c, const struct saying *t, const struct asked *q, uint32_t row)
{
	return row ? TOLD(t, MSG("Row {0} of the table “{1}” decides."), told_num(t, row), label_of(c, "decision", q->decision)) : STR("");
}

static enum err_code add(struct comparing *c, str title, str part, const char *before, const char *after, const struct asked *q, struct err *e)
{
	const struct saying t = {c->a, c->l};
	str anchor = arena_fmt(c->a, "%s/%u", q->decision, q->is), list = STR("");
	if (!anchor.p)
		return arena_fail(c->a, e);
	for (size_t i = 0; i < q->n; i++)
		list = told_join(&t, list, "; ", TOLD(&t, MSG("{0}: {1}"), label_of(c, "input", q->names[i]), told_num(&t, (int64_t)q->values[i])));
	struct change x = {.title = title, .title_lang = STR(""), .part = part, .link = STR("/evaluation/question-4"),
	    .before = i18n_text(c->l, before), .after = i18n_text(c->l, after), .was = row_told(c, &t, q, q->was),
	    .why = told_join(&t, row_told(c, &t, q, q->is), " ", list), .rule = CONTRIBUTION_MODEL, .rule_anchor = anchor};
	return whatif_add(c, &x, NULL, NULL, e);
}

static enum err_code compare_links(struct comparing *c, const struct knowing *k, const struct answer_4 *was, const struct answer_4 *is,
    struct err *e)
{
	for (size_t i = 0; i < c->before->view->n_links; i++) {
		const struct weighed_link *a = &was->links[i], *b = &is->links[i];
		const struct theory_link *l = b->link;
		c->judged++;
		if (a->rating == b->rating)
			continue;
		const struct asked q = {.decision = "link_evidence", .was = a->row, .is = b->row, .n = 3, .names = {"supporting", "adverse", "ambiguous"},
		    .values = {b->supporting, b->adverse, b->ambiguous}};
		str from = l->from_intervention ? know_intervention(k, l->from_intervention) : know_outcome(k, l->from_outcome);
		str to = l->to_outcome ? know_outcome(k, l->to_outcome) : know_priority(k, l->to_priority);
		TRY(add(c, know_fmt(k, "%.*s → %.*s", STR_ARG(from), STR_ARG(to)), label_of(c, "decision", "link_evidence"),
		    link_rating_label(a->rating), link_rating_label(b->rating), &q, e));
	}
	return ERR_OK;
}

static enum err_code compare_contributions(struct comparing *c, const struct knowing *k, const struct answer_4 *was, const struct answer_4 *is,
    struct err *e)
{
	for (size_t i = 0; i < is->n && i < was->n; i++) {
		const struct weighed_contribution *a = &was->contributions[i], *b = &is->contributions[i];
		c->judged++;
		if (a->rating == b->rating)
			continue;
		const struct asked q = {.decision = "intervention_contribution", .was = a->row, .is = b->row, .n = 2,
		    .names = {"plausible_paths", "contradicted_paths"}, .values = {b->plausible, b->contradicted}};
		TRY(add(c, know_fmt(k, "%.*s → %.*s", STR_ARG(know_intervention(k, b->intervention)), STR_ARG(know_priority(k, b->priority))),
		    label_of(c, "decision", q.decision), contribution_label(a->rating), contribution_label(b->rating), &q, e));
	}
	return ERR_OK;
}

enum err_code whatif_theory(struct comparing *c, struct err *e)
{
	const struct answer_4 *was, *is;
	struct answer w;
	struct knowing k;
	TRY(answer_4_make(c->before, c->a, &was, e));
	TRY(answer_4_make(c->after, c->a, &is, e));
	answer_begin(&w, c->a, c->l, c->before, 0, "what-if", STR("what-if"));
	knowing_begin(&k, &w, c->before);
	TRY(compare_links(c, &k, was, is, e));
	TRY(compare_contributions(c, &k, was, is, e));
	for (size_t i = 0; i < is->n_priorities && i < was->n_priorities; i++) {
		const struct weighed_priority *a = &was->priorities[i], *b = &is->priorities[i];
		c->judged++;
		if (a->rating == b->rating)
			continue;
		const struct asked q = {.decision = "priority_contribution", .was = a->row, .is = b->row, .n = 3,
		    .names = {"types", "plausible_types", "contradicted_types"}, .values = {b->types, b->plausible, b->contradicted}};
		TRY(add(c, know_priority(&k, b->priority->code), label_of(c, "decision", q.decision), contribution_label(a->rating),
		    contribution_label(b->rating), &q, e));
	}
	return answer_end(&w, e);
}
