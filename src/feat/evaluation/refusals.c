/* The grounds for refusal, put to every refused proposal. What the records hold of a proposal is its subject, countries and
 * themes; the model asks for judgements that stand in its memorandum, so that the facts it lacks are named for each. Pure. */
#include "feat/evaluation/question_2.h"

enum { REFUSAL_STEPS = 200000 };

static enum criterion_outcome outcome_of(const struct dmn_outcome *o)
{
	if (o->undetermined || o->value.kind == FEEL_NULL)
		return CRITERION_UNDETERMINED;
	if (o->value.kind == FEEL_LIST)
		return o->value.list->n ? CRITERION_MET : CRITERION_NOT_MET;
	return o->value.kind == FEEL_STRING ? CRITERION_MET : CRITERION_UNDETERMINED;
}

static void take_grounds(const fval *items, size_t n, struct refusal *r)
{
	for (size_t i = 0; i < n && r->n_grounds < REFUSAL_GROUNDS_MOST; i++)
		if (items[i].kind == FEEL_STRING)
			r->grounds[r->n_grounds++] = items[i].string;
}

static void take_table(const struct dmn_outcome *o, struct refusal *r)
{
	const struct dmn_table_trace *t = o->n_decisions ? o->decisions[o->n_decisions - 1].tables : NULL;
	while (t && t->next)
		t = t->next;
	r->trace = t;
}

static enum err_code put(struct dmn_run *run, const struct decision_version *v, const struct facts *f, struct arena *a, struct refusal *r,
    struct err *e)
{
	struct dmn_outcome o;
	const struct dmn_options options = {.mode = DMN_STRICT, .explain = true, .steps_most = REFUSAL_STEPS,
	    .now = {.kind = FEEL_DATE_TIME, .day = f->scope.as_of.day, .zone = 0}};
	int32_t d = dmn_find(v->set, v->model, STR("refusal_grounds"));
	TRY(dmn_decide(run, a, d, NULL, 0, &options, &o, e));
	r->outcome = outcome_of(&o);
	r->cause = o.value.kind == FEEL_NULL && o.value.cause ? o.value.cause->text : STR("");
	if (o.value.kind == FEEL_LIST)
		take_grounds(o.value.list->items, o.value.list->n, r);
	else
		take_grounds(&o.value, 1, r);
	take_table(&o, r);
	if (r->outcome != CRITERION_UNDETERMINED)
		return ERR_OK;
	TRY(dmn_missing(v->set, a, d, NULL, 0, &options, &o, e));
	for (size_t i = 0; i < o.n_missing && r->n_missing < CRITERIA_MISSING_MOST; i++)
		r->missing[r->n_missing++] = dmn_input_name(v->set, v->model, o.missing[i]);
	return ERR_OK;
}

enum err_code refusals_make(const struct facts *f, struct arena *a, struct refusals *ret, struct err *e)
{
	const struct programme_view *p = f->view->programme;
	const struct decision_version *v = decisions_newest(f->view->decisions, REFUSAL_MODEL);
	struct refusals x = {.model = v && v->set && dmn_find(v->set, v->model, STR("refusal_grounds")) >= 0 ? v : NULL};
	size_t n = scope_has_refused(f) ? p->n_rejected : 0;
	struct refusal *all = ARENA_ARRAY(a, n, struct refusal);
	struct dmn_run *run = x.model ? dmn_run_new(a, v->set) : NULL;
	if (!all || (x.model && !run))
		return arena_fail(a, e);
	for (size_t i = 0; i < n; i++) {
		all[i] = (struct refusal){.proposal = &p->rejected[i], .outcome = CRITERION_UNDETERMINED, .cause = STR("")};
		if (run)
			TRY(put(run, v, f, a, &all[i], e));
	}
	x.p = all;
	x.n = n;
	*ret = x;
	return ERR_OK;
}
