/* Commitments to Parliament: what the records say of each. The pack names the kind of record that tells. */
#include "feat/evaluation/trackers.h"

static const struct {
	const char *slug, *label;
} states[COMMITMENT_STATES] = {[COMMITMENT_KEPT] = {"kept", MSG("kept")}, [COMMITMENT_PARTLY] = {"partly kept", MSG("partly kept")},
    [COMMITMENT_NOT_KEPT] = {"not kept", MSG("not kept")},
    [COMMITMENT_STOPPED] = {"stopped", MSG("begun and stopped early")}, [COMMITMENT_NOT_SHOWN] = {"cannot be said", MSG("cannot be said")}};

const char *commitment_state_slug(enum commitment_state s)
{
	return states[s].slug;
}

const char *commitment_state_label(enum commitment_state s)
{
	return states[s].label;
}

struct following {
	const struct facts *f;
	struct arena *a;
	struct followed *x;
	struct err *e;
};

static enum err_code row(const struct following *l, const char *table, str key, str source_line)
{
	struct source_row *new = VEC_ADD(&l->x->rows.v, l->a);
	if (!new || !key.p)
		return arena_fail(l->a, l->e);
	*new = (struct source_row){table, key, source_line};
	return ERR_OK;
}

static enum err_code follow_timeline(const struct following *l)
{
	const struct programme_view *p = l->f->view->programme;
	for (size_t i = 0; i < p->n_timeline; i++) {
		if (!str_eq(p->timeline[i].code, l->x->commitment->record) || !facts_known(l->f, p->timeline[i].day))
			continue;
		l->x->met = l->x->of = 1;
		TRY(row(l, "timeline_item", p->timeline[i].code, p->timeline[i].source_line));
	}
	return ERR_OK;
}

static enum err_code follow_activity(const struct following *l)
{
	for (size_t i = 0; i < l->f->n; i++) {
		const struct activity *x = l->f->activities[i];
		if (!str_eq(x->key, l->x->commitment->record))
			continue;
		l->x->met = l->x->of = 1;
		if (x->status == ACTIVITY_STATUS_CANCELLED)
			l->x->state = COMMITMENT_STOPPED;
		TRY(row(l, "activity", x->key, x->source_line));
	}
	return ERR_OK;
}

static enum err_code follow_intervention(const struct following *l)
{
	for (size_t i = 0; i < l->f->n; i++) {
		const struct activity *x = l->f->activities[i];
		if (facts_outside(x) || !activity_uses(x, l->x->commitment->record, false))
			continue;
		l->x->met++;
		l->x->of++;
		TRY(row(l, "activity", x->key, x->source_line));
	}
	return ERR_OK;
}

/* Years after the promise in which the priority got at least so much. */
static enum err_code follow_spending(const struct following *l)
{
	int64_t code = 0, least;
	decimal minor;
	if (!str_to_i64(l->x->commitment->record, &code) || !decimal_mul(l->x->commitment->threshold, decimal_of(100000000), &minor) ||
	    !decimal_to_i64(minor, &least))
		return ERR_OK;
	for (size_t i = 0; i < l->f->n_budget; i++) {
		const struct budget_line *b = &l->f->budget[i];
		if (b->kind != BUDGET_KIND_EXPENDITURE || b->priority != code || b->year != b->year_last ||
		    b->year <= pdate_year(l->x->commitment->on) || !money_is(b->amount))
			continue;
		l->x->of++;
		l->x->met += b->amount.minor >= least;
		TRY(row(l, "budget_line", arena_fmt(l->a, "%d/%d/expenditure", b->year, b->priority), b->source_line));
	}
	return ERR_OK;
}

static int32_t months_of(pdate d)
{
	struct civil c = date_to_civil(pdate_first(d));
	return c.year * 12 + c.month;
}

/* Intervals between letters since the practice began, and how many were no longer than promised. A letter dated with the
 * year only counts from its January: the interval before it is then not overstated. */
static enum err_code follow_letters(const struct following *l)
{
	const struct programme_view *p = l->f->view->programme;
	const struct timeline_item *last = NULL;
	int64_t months = 0;
	(void)decimal_to_i64(l->x->commitment->threshold, &months);
	for (size_t i = 0; i < p->n_timeline; i++) {
		const struct timeline_item *t = &p->timeline[i];
		bool counts = str_is(t->kind, "letter") || str_is(t->kind, "memorandum");
		if (!counts || !facts_known(l->f, t->day) || pdate_year(t->day) < pdate_year(l->x->commitment->on))
			continue;
		if (last) {
			l->x->of++;
			l->x->met += months_of(t->day) - months_of(last->day) <= months;
		}
		last = t;
		TRY(row(l, "timeline_item", t->code, t->source_line));
	}
	return ERR_OK;
}

static enum err_code follow_list(const struct following *l)
{
	const struct programme_view *p = l->f->view->programme;
	for (size_t i = 0; i < p->n_country_lists; i++) {
		const struct country_list *c = &p->country_lists[i];
		if (!str_eq(c->code, l->x->commitment->record) || pdate_first(c->valid_from).day > l->f->scope.as_of.day)
			continue;
		for (size_t k = 0; k < c->n_entries; k++) {
			l->x->met++;
			l->x->of++;
			TRY(row(l, "country_list_entry", arena_fmt(l->a, "%.*s/%.*s", STR_ARG(c->code), STR_ARG(c->entries[k].country)),
			    c->entries[k].source_line));
		}
	}
	return ERR_OK;
}

static enum err_code follow(const struct following *l)
{
	static const struct {
		const char *kind;
		enum err_code (*look)(const struct following *l);
	} kinds[] = {{"timeline", follow_timeline}, {"activity", follow_activity}, {"intervention", follow_intervention},
	    {"spending", follow_spending}, {"letters", follow_letters}, {"list", follow_list}};
	l->x->state = COMMITMENT_KEPT;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(l->x->commitment->record_kind, kinds[i].kind))
			TRY(kinds[i].look(l));
	if (!l->x->of)
		l->x->state = COMMITMENT_NOT_SHOWN;
	else if (l->x->met < l->x->of)
		l->x->state = l->x->met ? COMMITMENT_PARTLY : COMMITMENT_NOT_KEPT;
	return ERR_OK;
}

enum err_code commitments_make(const struct facts *f, struct arena *a, const struct answer_commitments **ret, struct err *e)
{
	const struct evaluation_view *v = f->view;
	struct answer_commitments *x = ARENA_NEW(a, struct answer_commitments);
	struct followed *all = ARENA_ARRAY(a, v->n_commitments, struct followed);
	if (!x || !all)
		return arena_fail(a, e);
	*x = (struct answer_commitments){.facts = f, .all = all};
	for (size_t i = 0; i < v->n_commitments; i++) {
		const struct commitment *c = &v->commitments[i];
		if (!facts_known(f, c->on.precision ? c->on : c->due) || (f->scope.priority && c->priority && c->priority != f->scope.priority))
			continue;
		struct followed *one = &all[x->n++];
		*one = (struct followed){.commitment = c};
		TRY(follow(&(struct following){f, a, one, e}));
		x->by[one->state]++;
	}
	*ret = x;
	return ERR_OK;
}

/* ---- told ---- */

static str kind_told(const struct knowing *k, str kind)
{
	static const struct {
		const char *word, *label;
	} labels[] = {{"commitment", MSG("commitment")}, {"motion", MSG("motion")}, {"amendment", MSG("amendment")}, {"practice", MSG("practice")}};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_is(kind, labels[i].word))
			return know_say(k, labels[i].label);
	return kind;
}

static str state_told(const struct knowing *k, const struct followed *x)
{
	str state = know_say(k, commitment_state_label(x->state)), met = told_num(&k->t, (int64_t)x->met), of = told_num(&k->t, (int64_t)x->of);
	if (str_is(x->commitment->record_kind, "spending") && x->of)
		return KNOW(k, MSG("{0}: in {1} of {2} years the amount was spent"), state, met, of);
	if (str_is(x->commitment->record_kind, "letters") && x->of)
		return KNOW(k, MSG("{0}: {1} of {2} intervals between the memoranda and letters on record were so short"), state, met, of);
	return state;
}

static void tell_one(struct knowing *k, struct sheet *s, const struct followed *x)
{
	const struct commitment *c = x->commitment;
	str text = text3_in(&c->text, k->w->lang), state = state_told(k, x);
	sheet_text(s, text);
	sheet_text(s, kind_told(k, c->kind));
	if (c->on.precision)
		sheet_text(s, told_pdate(&k->t, c->on));
	else
		sheet_none(s, MSG("not stated"));
	if (c->due.precision)
		sheet_text(s, told_pdate(&k->t, c->due));
	else
		sheet_none(s, MSG("no date set"));
	sheet_text(s, state);
	sheet_text(s, c->source_line);
	if (x->state == COMMITMENT_NOT_SHOWN) {
		know_unsaid(k, KNOW(k, MSG("{0} What became of it cannot be said."), text), know_say(k, MSG("a record of what was done on it")), NULL);
		return;
	}
	const struct figure f = know_count(k, know_fmt(k, "commitment.%.*s", STR_ARG(c->commitment_id)), x->rows.v.n, MSG("records"),
	    MSG("Records that tell what became of the commitment"), &x->rows);
	know_counted(k, KNOW(k, MSG("{0} {1}."), text, state), &f, 1);
}

static enum err_code tell(const void *made, struct answer *w, struct err *e)
{
	static const char *const heads[] = {MSG("What Parliament was promised or asked for"), MSG("Kind"), MSG("When"), MSG("Due"), MSG("State in the records"),
	    MSG("Lines of the report")};
	const struct answer_commitments *x = made;
	struct knowing k;
	struct know_rows rows = {0};
	(void)e;
	knowing_begin(&k, w, x->facts);
	struct sheet s = SHEET(&k, heads, 0);
	for (size_t i = 0; i < x->n; i++)
		rows_add(&k, &rows, "commitment", x->all[i].commitment->commitment_id, x->all[i].commitment->source_line);
	const struct figure f = know_count(&k, STR("commitments"), x->n, MSG("commitments"),
	    MSG("Commitments, motions, amendments and practices on record that were known on the day"), &rows);
	know_counted(&k, KNOW(&k, MSG("Of {0} commitments, motions and practices on record {1} were kept, {2} partly, {3} not, {4} begun and stopped early; of {5} it cannot be said."),
	    told_num(&k.t, (int64_t)x->n), told_num(&k.t, (int64_t)x->by[COMMITMENT_KEPT]), told_num(&k.t, (int64_t)x->by[COMMITMENT_PARTLY]), told_num(&k.t, (int64_t)x->by[COMMITMENT_NOT_KEPT]),
	    told_num(&k.t, (int64_t)x->by[COMMITMENT_STOPPED]), told_num(&k.t, (int64_t)x->by[COMMITMENT_NOT_SHOWN])), &f, 1);
	answer_heading(w, 2, STR("one-by-one"), know_say(&k, MSG("One by one")));
	for (size_t i = 0; i < x->n; i++)
		tell_one(&k, &s, &x->all[i]);
	sheet_end(&s, STR("commitments"), know_say(&k, MSG("Commitments to Parliament and their state in the records")), false);
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct answer_commitments *x;
	TRY(commitments_make(f, a, &x, e));
	*ret = x;
	return ERR_OK;
}

static void json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_commitments *x = made;
	(void)l;
	jw_key(j, "commitments");
	jw_array(j);
	for (size_t i = 0; i < x->n; i++) {
		jw_object(j);
		jw_key(j, "commitment_id");
		jw_str(j, x->all[i].commitment->commitment_id);
		jw_key(j, "state");
		jw_str(j, str_of(commitment_state_slug(x->all[i].state)));
		jw_key(j, "met");
		jw_i64(j, (int64_t)x->all[i].met);
		jw_key(j, "of");
		jw_i64(j, (int64_t)x->all[i].of);
		jw_object_end(j);
	}
	jw_array_end(j);
}

const struct evaluation_part part_commitments = {
    .slug = "commitments", .title = MSG("Commitments to Parliament"), .make = make, .tell = tell, .json = json};
