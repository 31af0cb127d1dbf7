/* Lessons of stopped activities: why they stopped and what was learned, as far as events, evaluations and recommendations on
 * record tell. */
#include "feat/evaluation/trackers.h"

struct stopped {
	const struct activity *activity;
	const struct activity_event *end;	 /* the event that ended it; NULL: none on record */
	size_t n_events, n_evaluations, n_recommendations; /* recommendations that rest on it */
};

struct answer_lessons {
	const struct facts *facts;
	const struct stopped *all;
	size_t n;
};

static bool rests_on(const struct recommendation_record *r, const struct activity *x)
{
	return str_is(r->kind, "activity") && str_eq(r->record, x->key);
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	struct answer_lessons *x = ARENA_NEW(a, struct answer_lessons);
	struct stopped *all = ARENA_ARRAY(a, f->n, struct stopped);
	if (!x || !all)
		return arena_fail(a, e);
	*x = (struct answer_lessons){.facts = f, .all = all};
	for (size_t i = 0; i < f->n; i++) {
		const struct activity *act = f->activities[i];
		if (act->status != ACTIVITY_STATUS_CANCELLED)
			continue;
		struct stopped *s = &all[x->n++];
		*s = (struct stopped){.activity = act, .n_events = act->n_events};
		for (size_t k = 0; k < act->n_events; k++) {
			s->n_evaluations += str_is(act->events[k].type, "evaluation");
			if (str_is(act->events[k].type, "terminated"))
				s->end = &act->events[k];
		}
		for (size_t k = 0; k < f->view->n_recommendation_records; k++)
			s->n_recommendations += rests_on(&f->view->recommendation_records[k], act);
	}
	*ret = x;
	return ERR_OK;
}

static str event_told(const struct knowing *k, str type)
{
	static const struct {
		const char *word, *label;
	} labels[] = {{"approved", MSG("Approved")}, {"extended_no_cost", MSG("Extended without extra cost")}, {"budget_increase", MSG("Budget increased")},
	    {"report_received", MSG("Report received")}, {"report_approved", MSG("Report approved")}, {"report_rejected", MSG("Report rejected")},
	    {"terminated", MSG("Stopped early")}, {"rule_change", MSG("Rules changed")}, {"evaluation", MSG("Evaluated")}};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_is(type, labels[i].word))
			return know_say(k, labels[i].label);
	return know_say(k, MSG("Event"));
}

static str name_of(const struct knowing *k, const struct activity *x)
{
	return x->acronym.n ? know_fmt(k, "%.*s (%.*s)", STR_ARG(x->acronym), STR_ARG(x->key)) : x->key;
}

static void tell_events(struct knowing *k, const struct stopped *s, size_t at)
{
	static const char *const heads[] = {MSG("When"), MSG("What"), MSG("As recorded"), MSG("Lines of the report")};
	struct sheet t = SHEET(k, heads, 0);
	for (size_t i = 0; i < s->activity->n_events; i++) {
		const struct activity_event *x = &s->activity->events[i];
		if (x->day.precision)
			sheet_text(&t, told_pdate(&k->t, x->day));
		else
			sheet_none(&t, MSG("not stated"));
		sheet_text(&t, event_told(k, x->type));
		sheet_english(&t, x->detail);
		sheet_text(&t, x->source_line);
	}
	for (size_t i = 0; i < k->f->view->n_recommendation_records; i++) {
		const struct recommendation_record *r = &k->f->view->recommendation_records[i];
		if (!rests_on(r, s->activity))
			continue;
		sheet_text(&t, r->recommendation->rec_id);
		sheet_text(&t, know_say(k, MSG("Recommendation")));
		sheet_english(&t, r->recommendation->text);
		sheet_text(&t, r->recommendation->source_line);
	}
	if (t.cells.n)
		sheet_end(&t, know_fmt(k, "events-%zu", at + 1), KNOW(k, MSG("What is on record: {0}"), name_of(k, s->activity)), false);
}

/* Anchors hold lower-case letters, digits and dashes only. */
static str anchor(const struct knowing *k, size_t i)
{
	return know_fmt(k, "stopped-%zu", i + 1);
}

static void tell_one(struct knowing *k, const struct stopped *s, size_t i)
{
	struct know_rows rows = {0};
	str name = name_of(k, s->activity), when = s->end ? told_pdate(&k->t, s->end->day) : know_say(k, MSG("not stated"));
	answer_heading(k->w, 2, anchor(k, i), name);
	rows_add(k, &rows, "activity", s->activity->key, s->activity->source_line);
	for (size_t n = 0; n < s->activity->n_events; n++)
		rows_add(k, &rows, "activity_event", know_fmt(k, "%.*s/%.*s", STR_ARG(s->activity->key), STR_ARG(s->activity->events[n].type)),
		    s->activity->events[n].source_line);
	str amount = money_is(s->activity->contribution) ? told_money(&k->t, s->activity->contribution.minor, s->activity->contribution.currency)
	                                                 : know_say(k, MSG("amount not known"));
	const struct figure f = know_count(k, know_fmt(k, "events.%.*s", STR_ARG(s->activity->key)), s->n_events, MSG("events"),
	    MSG("Events on record for the activity"), &rows);
	know_counted(k, KNOW(k, MSG("{0}: stopped ({1}); contribution: {2}; events on record: {3}, of which evaluations: {4}; recommendations that rest on it: {5}."),
	    name, when, amount, told_num(&k->t, (int64_t)s->n_events), told_num(&k->t, (int64_t)s->n_evaluations),
	    told_num(&k->t, (int64_t)s->n_recommendations)), &f, 1);
	tell_events(k, s, i);
	if (!s->n_evaluations)
		know_unsaid(k, KNOW(k, MSG("What was learned from {0} cannot be said."), name),
		    know_say(k, MSG("an evaluation of the stopped activity, or the reasons of the decision")), &rows);
}

static enum err_code tell(const void *made, struct answer *w, struct err *e)
{
	const struct answer_lessons *x = made;
	struct knowing k;
	struct know_rows rows = {0};
	size_t evaluated = 0;
	(void)e;
	knowing_begin(&k, w, x->facts);
	for (size_t i = 0; i < x->n; i++) {
		rows_add(&k, &rows, "activity", x->all[i].activity->key, x->all[i].activity->source_line);
		evaluated += x->all[i].n_evaluations != 0;
	}
	const struct figure f = know_count(&k, STR("stopped"), x->n, MSG("activities"), MSG("Activities of the scope that were stopped early, as known on the day"), &rows);
	know_counted(&k, KNOW(&k, MSG("{0} activities were stopped early; {1} of them have an evaluation on record."), told_num(&k.t, (int64_t)x->n),
	    told_num(&k.t, (int64_t)evaluated)), &f, 1);
	for (size_t i = 0; i < x->n; i++)
		tell_one(&k, &x->all[i], i);
	return ERR_OK;
}

static void json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_lessons *x = made;
	(void)l;
	jw_key(j, "stopped");
	jw_array(j);
	for (size_t i = 0; i < x->n; i++) {
		jw_object(j);
		jw_key(j, "activity_id");
		jw_str(j, x->all[i].activity->key);
		jw_key(j, "events");
		jw_i64(j, (int64_t)x->all[i].n_events);
		jw_key(j, "evaluations");
		jw_i64(j, (int64_t)x->all[i].n_evaluations);
		jw_key(j, "recommendations");
		jw_i64(j, (int64_t)x->all[i].n_recommendations);
		jw_object_end(j);
	}
	jw_array_end(j);
}

const struct evaluation_part part_lessons = {
    .slug = "lessons", .title = MSG("Lessons of stopped activities"), .make = make, .tell = tell, .json = json};
