/* Question 5: how does what was done compare with what is known? Studies are counted, not findings: a study with five findings
 * is one study. */
#include "feat/evaluation/question_5.h"

/* Is the intervention in the scope: of its priority, used by its activity? */
static bool in_scope(const struct facts *f, const struct intervention *x)
{
	if (f->scope.activity)
		return activity_uses(f->scope.activity, x->intervention_id, false);
	return !f->scope.priority || f->scope.priority == x->priority;
}

static bool is_used(const struct facts *f, const struct intervention *x)
{
	for (size_t i = 0; i < f->n; i++)
		if (!facts_outside(f->activities[i]) && activity_uses(f->activities[i], x->intervention_id, false))
			return true;
	return false;
}

static enum err_code find_cell(const struct facts *f, struct gap_row *r, const struct outcome *o, struct gap_cell *cells, struct arena *a, struct err *e)
{
	struct studies s = {0};
	enum evidence_strength most = STRENGTH_NOT_STATED;
	for (size_t i = 0; i < r->n_findings; i++) {
		const struct evidence *x = r->findings[i];
		if (x->outcome != o || !finding_tells(x))
			continue;
		if (!studies_add(&s, f, x, a))
			return arena_fail(a, e);
		if (x->strength > most)
			most = x->strength;
	}
	if (s.names.n)
		cells[r->n_cells++] = (struct gap_cell){o, s.names.n, most};
	return ERR_OK;
}

/* Outcomes that the theory counts on and no study speaks of. */
static enum err_code find_blank(const struct facts *f, struct gap_row *r, struct arena *a, struct err *e)
{
	const struct theory_link **blank = ARENA_ARRAY(a, f->view->n_links, const struct theory_link *);
	if (!blank)
		return arena_fail(a, e);
	for (size_t i = 0; i < f->view->n_links; i++) {
		const struct theory_link *l = &f->view->links[i];
		bool known = false;
		if (l->from_intervention != r->intervention || !l->to_outcome)
			continue;
		r->n_expected++;
		for (size_t c = 0; c < r->n_cells; c++)
			known |= r->cells[c].outcome == l->to_outcome;
		if (!known)
			blank[r->n_blank++] = l;
	}
	r->blank = blank;
	return ERR_OK;
}

static enum err_code count_directions(const struct facts *f, struct gap_row *r, struct arena *a, struct err *e)
{
	for (int d = 0; d <= EVIDENCE_UNKNOWN; d++) {
		struct studies s = {0};
		for (size_t i = 0; i < r->n_findings; i++)
			if ((int)r->findings[i]->direction == d && (d == EVIDENCE_UNKNOWN || finding_tells(r->findings[i])) &&
			    !studies_add(&s, f, r->findings[i], a))
				return arena_fail(a, e);
		r->by[d] = s.names.n;
	}
	return ERR_OK;
}

static enum err_code fill_row(const struct facts *f, struct gap_row *r, struct studies *all, struct arena *a, struct err *e)
{
	const struct evaluation_view *v = f->view;
	VEC(const struct evidence *) findings = {0};
	struct studies own = {0};
	struct gap_cell *cells = ARENA_ARRAY(a, v->n_outcomes, struct gap_cell);
	if (!cells)
		return arena_fail(a, e);
	for (size_t i = 0; i < v->n_evidence; i++) {
		const struct evidence *x = &v->evidence[i];
		if (x->intervention != r->intervention || !finding_known(f, x))
			continue;
		const struct evidence **new = VEC_ADD(&findings, a);
		if (!new)
			return arena_fail(a, e);
		*new = x;
		if (!finding_tells(x)) {
			r->n_silent++;
			continue;
		}
		if (!studies_add(&own, f, x, a) || !studies_add(all, f, x, a))
			return arena_fail(a, e);
		if (x->strength > r->strength)
			r->strength = x->strength;
	}
	r->findings = findings.p;
	r->n_findings = findings.n;
	r->n_studies = own.names.n;
	r->cells = cells;
	for (size_t i = 0; i < v->n_outcomes; i++)
		TRY(find_cell(f, r, &v->outcomes[i], cells, a, e));
	TRY(find_blank(f, r, a, e));
	return count_directions(f, r, a, e);
}

enum err_code answer_5_make(const struct facts *f, struct arena *a, const struct answer_5 **ret, struct err *e)
{
	const struct evaluation_view *v = f->view;
	struct answer_5 *x = ARENA_NEW(a, struct answer_5);
	struct gap_row *rows = ARENA_ARRAY(a, v->n_interventions, struct gap_row);
	struct studies all = {0};
	if (!x || !rows)
		return arena_fail(a, e);
	*x = (struct answer_5){.facts = f, .rows = rows};
	for (size_t i = 0; i < v->n_interventions; i++) {
		if (!in_scope(f, &v->interventions[i]))
			continue;
		struct gap_row *r = &rows[x->n++];
		*r = (struct gap_row){.intervention = &v->interventions[i]};
		r->spent = spent_on(f, r->intervention);
		r->used = is_used(f, r->intervention);
		TRY(fill_row(f, r, &all, a, e));
		x->n_findings += r->n_findings;
		x->minor += r->spent.minor;
		if (r->used && !r->n_studies) {
			x->n_bare++;
			x->bare_minor += r->spent.minor;
		}
		x->n_blank += r->used ? r->n_blank : 0;
		x->n_expected += r->used ? r->n_expected : 0;
		x->n_unfunded += !r->used && r->n_studies;
	}
	x->n_studies = all.names.n;
	*ret = x;
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct answer_5 *x;
	TRY(answer_5_make(f, a, &x, e));
	*ret = x;
	return ERR_OK;
}

static void json_row(struct json_writer *j, const struct gap_row *r)
{
	jw_object(j);
	jw_key(j, "intervention_id");
	jw_str(j, r->intervention->intervention_id);
	jw_key(j, "priority");
	jw_i64(j, r->intervention->priority);
	jw_key(j, "used");
	jw_bool(j, r->used);
	jw_key(j, "contribution_eur");
	answer_json_decimal(j, r->spent.n > r->spent.n_unknown ? decimal_scaled(r->spent.minor, -2) : DECIMAL_NONE);
	jw_key(j, "activities");
	jw_i64(j, (int64_t)r->spent.n);
	jw_key(j, "studies");
	jw_i64(j, (int64_t)r->n_studies);
	jw_key(j, "outcomes");
	jw_array(j);
	for (size_t i = 0; i < r->n_cells; i++) {
		jw_object(j);
		jw_key(j, "outcome_id");
		jw_str(j, r->cells[i].outcome->outcome_id);
		jw_key(j, "studies");
		jw_i64(j, (int64_t)r->cells[i].n_studies);
		jw_key(j, "strength");
		jw_str(j, str_of(know_strength(r->cells[i].strength)));
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "findings");
	jw_array(j);
	for (size_t i = 0; i < r->n_findings; i++)
		jw_str(j, r->findings[i]->evidence_id);
	jw_array_end(j);
	jw_object_end(j);
}

static void json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_5 *x = made;
	(void)l;
	jw_key(j, "interventions");
	jw_array(j);
	for (size_t i = 0; i < x->n; i++)
		json_row(j, &x->rows[i]);
	jw_array_end(j);
}

const struct evaluation_part part_question_5 = {
    .question = 5,
    .slug = "question-5",
    .title = MSG("How does it compare with what is known?"),
    .make = make,
    .tell = answer_5_tell,
    .json = json,
};
