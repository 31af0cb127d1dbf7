/* Recommendations: what in the records bears on each today, by the links of the pack's recommendation_records.csv:
 *   event TYPE[/INTERVENTION]  activities with such an event on record [that use the intervention]
 *   intervention ID            activities that use it; second: studies on it that say something
 *   activity ID                the activity, with its events
 *   model KEY                  the decision model in force
 *   scheme NAME                dated rules of the scheme in force
 *   rejected                   refused proposals on record
 *   overlap                    activities that serve more than one priority; second: all
 *   timeline CODE              the step of the policy
 *   outcomes                   figures on outcomes with a result; second: all figures on outcomes
 *   size                       activities under 100,000 euros; second: under 250,000 */
#include "feat/evaluation/trackers.h"

enum { SMALL_MINOR = 10000000, MIDDLE_MINOR = 25000000 };

struct looking {
	const struct facts *f;
	struct arena *a;
	struct bearing *b;
	struct err *e;
};

static enum err_code row(const struct looking *l, const char *table, str key, str source_line)
{
	struct source_row *new = VEC_ADD(&l->b->rows.v, l->a);
	if (!new || !key.p)
		return arena_fail(l->a, l->e);
	*new = (struct source_row){table, key, source_line};
	return ERR_OK;
}

static str key_of(const struct looking *l, str a, str b)
{
	return arena_fmt(l->a, "%.*s/%.*s", STR_ARG(a), STR_ARG(b));
}

static enum err_code look_events(const struct looking *l)
{
	str type, intervention = STR("");
	struct str_split it = str_split_on(l->b->record->record, '/');
	(void)str_next(&it, &type);
	(void)str_next(&it, &intervention);
	for (size_t i = 0; i < l->f->n; i++) {
		const struct activity *x = l->f->activities[i];
		bool counted = false;
		for (size_t k = 0; k < x->n_events; k++) {
			if (!str_eq(x->events[k].type, type) || (intervention.n && !activity_uses(x, intervention, false)))
				continue;
			counted = true;
			TRY(row(l, "activity_event", key_of(l, x->key, type), x->events[k].source_line));
		}
		l->b->n += counted;
	}
	return ERR_OK;
}

static enum err_code look_intervention(const struct looking *l)
{
	struct studies s = {0};
	for (size_t i = 0; i < l->f->n; i++) {
		const struct activity *x = l->f->activities[i];
		if (!activity_uses(x, l->b->record->record, false))
			continue;
		l->b->n++;
		TRY(row(l, "activity", x->key, x->source_line));
	}
	for (size_t i = 0; i < l->f->view->n_evidence; i++) {
		const struct evidence *x = &l->f->view->evidence[i];
		if (!x->intervention || !str_eq(x->intervention->intervention_id, l->b->record->record) || !finding_known(l->f, x) ||
		    !finding_tells(x))
			continue;
		if (!studies_add(&s, l->f, x, l->a))
			return arena_fail(l->a, l->e);
		TRY(row(l, "evidence", x->evidence_id, x->source_line));
	}
	l->b->n_second = s.names.n;
	return ERR_OK;
}

static enum err_code look_activity(const struct looking *l)
{
	for (size_t i = 0; i < l->f->n; i++) {
		const struct activity *x = l->f->activities[i];
		if (!str_eq(x->key, l->b->record->record))
			continue;
		l->b->activity = x;
		l->b->n = 1;
		l->b->n_second = x->n_events;
		TRY(row(l, "activity", x->key, x->source_line));
		for (size_t k = 0; k < x->n_events; k++)
			TRY(row(l, "activity_event", key_of(l, x->key, x->events[k].type), x->events[k].source_line));
	}
	return ERR_OK;
}

static enum err_code look_rules(const struct looking *l, bool model)
{
	const struct programme_view *p = l->f->view->programme;
	if (model) {
		const struct decision_version *v = decisions_on(l->f->view->decisions, l->b->record->record, l->f->scope.as_of);
		l->b->n = v != NULL;
		return v ? row(l, "rule_model", v->source.key, v->source.source_line) : ERR_OK;
	}
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct scheme_rule *r = &p->rules[i];
		if (!str_eq(r->scheme, l->b->record->record) || !period_includes(r->valid_from, r->valid_to, l->f->scope.as_of))
			continue;
		l->b->n++;
		TRY(row(l, "scheme_rule", r->rule_id, r->source_line));
	}
	return ERR_OK;
}

static enum err_code look_programme(const struct looking *l, bool rejected)
{
	const struct programme_view *p = l->f->view->programme;
	for (size_t i = 0; rejected && i < p->n_rejected; i++) {
		l->b->n++;
		TRY(row(l, "rejected_proposal", p->rejected[i].proposal_id, p->rejected[i].source_line));
	}
	for (size_t i = 0; !rejected && i < p->n_timeline; i++) {
		if (!str_eq(p->timeline[i].code, l->b->record->record) || !facts_known(l->f, p->timeline[i].day))
			continue;
		l->b->n++;
		TRY(row(l, "timeline_item", p->timeline[i].code, p->timeline[i].source_line));
	}
	return ERR_OK;
}

/* Activities that were paid from the programme: by priorities or by size. */
static enum err_code look_activities(const struct looking *l, bool size)
{
	for (size_t i = 0; i < l->f->n; i++) {
		const struct activity *x = l->f->activities[i];
		if (facts_outside(x))
			continue;
		bool euros = money_is(x->contribution) && strcmp(x->contribution.currency, "EUR") == 0;
		bool first = size ? euros && x->contribution.minor < SMALL_MINOR : x->n_priorities > 1;
		bool second = size ? euros && x->contribution.minor < MIDDLE_MINOR : true;
		l->b->n += first;
		l->b->n_second += second;
		if (size ? second : first)
			TRY(row(l, "activity", x->key, x->source_line));
	}
	return ERR_OK;
}

static enum err_code look_outcomes(const struct looking *l)
{
	for (size_t i = 0; i < l->f->n; i++) {
		const struct activity *x = l->f->activities[i];
		for (size_t n = 0; n < x->n_indicators; n++) {
			const struct indicator *in = &x->indicators[n];
			if (facts_outside(x) || facts_indicator_kind(l->f, x, in) != INDICATOR_OUTCOME)
				continue;
			for (size_t v = 0; v < in->n_values; v++) {
				l->b->n_second++;
				if (!in->values[v].actual.p)
					continue;
				l->b->n++;
				TRY(row(l, "indicator_value", arena_fmt(l->a, "%.*s/%u/%zu", STR_ARG(x->key), (unsigned)in->no, v + 1),
				    in->values[v].source_line));
			}
		}
	}
	return ERR_OK;
}

static enum err_code look(const struct looking *l)
{
	str kind = l->b->record->kind;
	if (str_is(kind, "event"))
		return look_events(l);
	if (str_is(kind, "intervention"))
		return look_intervention(l);
	if (str_is(kind, "activity"))
		return look_activity(l);
	if (str_is(kind, "model") || str_is(kind, "scheme"))
		return look_rules(l, str_is(kind, "model"));
	if (str_is(kind, "rejected") || str_is(kind, "timeline"))
		return look_programme(l, str_is(kind, "rejected"));
	if (str_is(kind, "overlap") || str_is(kind, "size"))
		return look_activities(l, str_is(kind, "size"));
	return look_outcomes(l);
}

enum err_code recommendations_make(const struct facts *f, struct arena *a, const struct answer_recommendations **ret, struct err *e)
{
	const struct evaluation_view *v = f->view;
	struct answer_recommendations *x = ARENA_NEW(a, struct answer_recommendations);
	struct tracked *all = ARENA_ARRAY(a, v->n_recommendations, struct tracked);
	if (!x || !all)
		return arena_fail(a, e);
	for (size_t i = 0; i < v->n_recommendations; i++) {
		VEC(struct bearing) found = {0};
		for (size_t k = 0; k < v->n_recommendation_records; k++) {
			struct bearing b = {.record = &v->recommendation_records[k]};
			if (b.record->recommendation != &v->recommendations[i])
				continue;
			TRY(look(&(struct looking){f, a, &b, e}));
			struct bearing *new = b.n || b.n_second ? VEC_ADD(&found, a) : NULL;
			if ((b.n || b.n_second) && !new)
				return arena_fail(a, e);
			if (new)
				*new = b;
		}
		all[i] = (struct tracked){&v->recommendations[i], found.p, found.n};
		x->n_bare += !found.n;
	}
	x->facts = f;
	x->all = all;
	x->n = v->n_recommendations;
	*ret = x;
	return ERR_OK;
}

/* ---- told ---- */

static str bearing_told(const struct knowing *k, const struct bearing *b)
{
	str kind = b->record->kind, record = b->record->record, n = told_num(&k->t, (int64_t)b->n), second = told_num(&k->t, (int64_t)b->n_second);
	if (str_is(kind, "event"))
		return KNOW(k, str_starts(record, STR("evaluation")) ? MSG("activities with an evaluation on record: {0}")
		                                                    : MSG("activities with such a change of rules on record: {0}"), n);
	if (str_is(kind, "intervention"))
		return KNOW(k, MSG("{0}: {1} activities, {2} studies"), programme_word_in(k->p, "intervention", record, k->w->lang), n, second);
	if (str_is(kind, "activity"))
		return KNOW(k, MSG("activity {0}: {1}, {2} events on record"), record, know_say(k, activity_status_label(b->activity->status)), second);
	if (str_is(kind, "model"))
		return KNOW(k, MSG("a decision model is in force: {0}"), record);
	if (str_is(kind, "scheme"))
		return KNOW(k, MSG("dated rules in force, {0}: {1}"), programme_word_in(k->p, "scheme", record, k->w->lang), n);
	if (str_is(kind, "rejected"))
		return KNOW(k, MSG("refused proposals on record: {0}; which ground applied to which is not"), n);
	if (str_is(kind, "overlap"))
		return KNOW(k, MSG("activities that serve more than one priority: {0} of {1}"), n, second);
	if (str_is(kind, "size"))
		return KNOW(k, MSG("activities under 100,000 euros: {0}; under 250,000: {1}"), n, second);
	if (str_is(kind, "outcomes"))
		return KNOW(k, MSG("figures on outcomes with a result: {0} of {1}"), n, second);
	for (size_t i = 0; i < k->p->n_timeline; i++)
		if (str_eq(k->p->timeline[i].code, record))
			return know_fmt(k, "%.*s (%.*s)", STR_ARG(text3_in(&k->p->timeline[i].title, k->w->lang)),
			    STR_ARG(told_pdate(&k->t, k->p->timeline[i].day)));
	return record;
}

static str list_told(const struct knowing *k, const struct tracked *x)
{
	str list = STR("");
	for (size_t i = 0; i < x->n; i++)
		list = told_join(&k->t, list, "; ", bearing_told(k, &x->bearings[i]));
	return list;
}

static void list_one(struct knowing *k, struct sheet *s, const struct tracked *x)
{
	str list = list_told(k, x);
	sheet_text(s, x->recommendation->rec_id);
	sheet_english(s, x->recommendation->theme);
	sheet_english(s, x->recommendation->text);
	sheet_english(s, x->recommendation->addressee);
	if (list.n)
		sheet_text(s, list);
	else
		sheet_none(s, MSG("nothing in the records"));
	sheet_text(s, x->recommendation->source_line);
}

static void tell_one(struct knowing *k, const struct tracked *x)
{
	struct know_rows rows = {0};
	str list = list_told(k, x);
	for (size_t i = 0; i < x->n; i++) {
		for (size_t r = 0; r < x->bearings[i].rows.v.n; r++)
			rows_add(k, &rows, x->bearings[i].rows.v.p[r].table, x->bearings[i].rows.v.p[r].key, x->bearings[i].rows.v.p[r].source_line);
	}
	if (!list.n) {
		know_unsaid(k, KNOW(k, MSG("{0}: nothing in the records bears on it."), x->recommendation->rec_id),
		    know_say(k, MSG("a record of what was decided on the recommendation")), NULL);
		return;
	}
	const struct figure f = know_count(k, know_fmt(k, "recommendation.%.*s", STR_ARG(x->recommendation->rec_id)), rows.v.n, MSG("records"),
	    MSG("Records of the register, the rules and the literature that bear on the recommendation"), &rows);
	know_counted(k, KNOW(k, MSG("{0}: {1}."), x->recommendation->rec_id, list), &f, 1);
}

static enum err_code tell(const void *made, struct answer *w, struct err *e)
{
	static const char *const heads[] = {MSG("Number"), MSG("Theme"), MSG("Recommendation"), MSG("Addressee"), MSG("What bears on it today"),
	    MSG("Lines of the report")};
	const struct answer_recommendations *x = made;
	struct knowing k;
	struct know_rows bare = {0};
	(void)e;
	knowing_begin(&k, w, x->facts);
	struct sheet s = SHEET(&k, heads, 0);
	for (size_t i = 0; i < x->n; i++)
		if (!x->all[i].n)
			rows_add(&k, &bare, "recommendation", x->all[i].recommendation->rec_id, x->all[i].recommendation->source_line);
	const struct figure f = know_count(&k, STR("recommendations.bare"), x->n_bare, MSG("recommendations"),
	    MSG("Recommendations on which no record bears on the day"), &bare);
	know_counted(&k, KNOW(&k, MSG("Something in the records bears on {0} of {1} recommendations; nothing on {2}."),
	    told_num(&k.t, (int64_t)(x->n - x->n_bare)), told_num(&k.t, (int64_t)x->n), told_num(&k.t, (int64_t)x->n_bare)), &f, 1);
	answer_text(w, know_say(&k, MSG("That a record bears on a recommendation does not say that it was followed: the records hold no decision on any of them.")));
	for (size_t i = 0; i < x->n; i++)
		list_one(&k, &s, &x->all[i]);
	sheet_end(&s, STR("recommendations"), know_say(&k, MSG("Recommendations of the report, and what bears on them")), false);
	answer_heading(w, 2, STR("one-by-one"), know_say(&k, MSG("One by one")));
	for (size_t i = 0; i < x->n; i++)
		tell_one(&k, &x->all[i]);
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct answer_recommendations *x;
	TRY(recommendations_make(f, a, &x, e));
	*ret = x;
	return ERR_OK;
}

static void json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_recommendations *x = made;
	(void)l;
	jw_key(j, "recommendations");
	jw_array(j);
	for (size_t i = 0; i < x->n; i++) {
		jw_object(j);
		jw_key(j, "rec_id");
		jw_str(j, x->all[i].recommendation->rec_id);
		jw_key(j, "bearings");
		jw_array(j);
		for (size_t k = 0; k < x->all[i].n; k++) {
			const struct bearing *b = &x->all[i].bearings[k];
			jw_object(j);
			jw_key(j, "kind");
			jw_str(j, b->record->kind);
			jw_key(j, "record");
			jw_str(j, b->record->record);
			jw_key(j, "count");
			jw_i64(j, (int64_t)b->n);
			jw_object_end(j);
		}
		jw_array_end(j);
		jw_object_end(j);
	}
	jw_array_end(j);
}

const struct evaluation_part part_recommendations = {
    .slug = "recommendations", .title = MSG("Recommendations"), .make = make, .tell = tell, .json = json};
