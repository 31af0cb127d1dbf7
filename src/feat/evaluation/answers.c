/* Parts made and told: for the snapshot, for a page, for the report. */
#include "feat/evaluation/parts.h"

const struct evaluation_part *evaluation_part(str slug)
{
	for (const struct evaluation_part *const *p = evaluation_parts; *p; p++)
		if (str_is(slug, (*p)->slug))
			return *p;
	return NULL;
}

const char *evaluation_part_slug(size_t i)
{
	for (size_t k = 0; evaluation_parts[k]; k++)
		if (k == i)
			return evaluation_parts[k]->slug;
	return NULL;
}

static bool ours(enum err_code code)
{
	return code == ERR_NOMEM || code == ERR_LIMIT;
}

enum err_code evaluation_answers_make(const struct evaluation_view *v, struct arena *a,
    const struct evaluation_answers **ret, struct err *e)
{
	const struct evaluation_scope all = {.as_of = DATE_NONE};
	struct evaluation_answers *x = ARENA_NEW(a, struct evaluation_answers);
	if (!x)
		return arena_fail(a, e);
	enum err_code code = facts_make(v, &all, a, &x->facts, e);
	if (code == ERR_NOT_FOUND || code == ERR_INVALID) {
		*ret = NULL;
		return ERR_OK;
	}
	for (size_t i = 0; code == ERR_OK && i < EVALUATION_PARTS_MAX && evaluation_parts[i]; i++) {
		code = evaluation_parts[i]->make(&x->facts, a, &x->made[i], e);
		if (code != ERR_OK && !ours(code)) {
			x->made[i] = NULL;
			code = ERR_OK;
		}
	}
	if (code == ERR_OK)
		*ret = x;
	return code;
}

enum err_code evaluation_view_whole(const struct evaluation_view *v, struct arena *a, const struct evaluation_view **ret_view,
    struct err *e)
{
	struct evaluation_view *x = ARENA_NEW(a, struct evaluation_view);
	if (!x)
		return arena_fail(a, e);
	*x = *v;
	x->whole = NULL;
	TRY(evaluation_answers_make(x, a, &x->whole, e));
	*ret_view = x;
	return ERR_OK;
}

static bool is_whole(const struct evaluation_view *v, const struct evaluation_scope *s)
{
	return v->whole && !s->year_from && !s->year_to && !s->priority && !s->activity && !s->cases &&
	    (!date_is(s->as_of) || s->as_of.day == v->whole->facts.scope.as_of.day);
}

enum err_code evaluation_facts(const struct evaluation_view *v, const struct evaluation_scope *scope, struct arena *a,
    const struct facts **ret, struct err *e)
{
	if (is_whole(v, scope)) {
		*ret = &v->whole->facts;
		return ERR_OK;
	}
	struct facts *f = ARENA_NEW(a, struct facts);
	if (!f)
		return arena_fail(a, e);
	TRY(facts_make(v, scope, a, f, e));
	*ret = f;
	return ERR_OK;
}

static const void *made_already(const struct evaluation_part *p, const struct facts *f)
{
	const struct evaluation_answers *whole = f->view->whole;
	for (size_t i = 0; whole && f == &whole->facts && i < EVALUATION_PARTS_MAX && evaluation_parts[i]; i++)
		if (evaluation_parts[i] == p)
			return whole->made[i];
	return NULL;
}

/* The question's own words, of the pack. */
static str question_words(const struct facts *f, int question, enum lang l)
{
	for (size_t i = 0; i < f->view->n_questions; i++) {
		const struct evaluation_question *q = &f->view->questions[i];
		int64_t number;
		if (str_is(q->kind, "evaluation") && str_to_i64(q->question_id, &number) && number == question)
			return text3_in(&q->text, l);
	}
	return STR("");
}

enum err_code evaluation_tell(const struct evaluation_part *p, const struct facts *f, enum lang l, struct arena *a,
    struct told *ret, struct err *e)
{
	struct told t = {.part = p, .made = made_already(p, f), .answer = ARENA_NEW(a, struct answer)};
	if (!t.answer)
		return arena_fail(a, e);
	if (!t.made)
		TRY(p->make(f, a, &t.made, e));
	answer_begin(t.answer, a, l, f, p->question, p->slug, i18n_text(l, p->title));
	if (p->question)
		t.answer->question_text = question_words(f, p->question, l);
	TRY(p->tell(t.made, t.answer, e));
	TRY(answer_end(t.answer, e));
	*ret = t;
	return ERR_OK;
}

const struct statement *told_headline(const struct told *t)
{
	for (size_t i = 0; i < t->answer->blocks.n; i++)
		if (t->answer->blocks.p[i].kind == BLOCK_STATEMENT)
			return t->answer->blocks.p[i].statement;
	return NULL;
}

void told_json(struct json_writer *j, const struct told *t)
{
	answer_json(j, t->answer);
	if (t->part->json)
		t->part->json(j, t->made, t->answer->lang);
	jw_object_end(j);
}
