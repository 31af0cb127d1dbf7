/* Records as they were known on a day. Pure. */
#include "feat/evaluation/parts.h"

/* ---- what was known when ---- */

/* The day on which something of that date was known: when its day, month or year had ended, but what the sources already
 * tell of an unfinished month or year was known when they were written. */
static date known_from(date facts_day, pdate d)
{
	date first = pdate_first(d), last = pdate_last(d);
	if (!date_is(first))
		return facts_day;
	if (date_is(facts_day) && last.day > facts_day.day && first.day <= facts_day.day)
		return facts_day;
	return last;
}

bool facts_known(const struct facts *f, pdate d)
{
	return known_from(f->view->programme->facts_as_of, d).day <= f->scope.as_of.day;
}

bool facts_outside(const struct activity *x)
{
	return str_is(x->scope, "outside");
}

/* When an activity is first known of: its start, else its end. */
static date activity_known_from(date facts_day, const struct activity *x)
{
	pdate start = activity_start(x);
	return known_from(facts_day, start.precision ? start : x->actual_end);
}

/* Is the activity as the register has it, so that no copy is needed? On the day of the facts and later everything is. */
static bool all_known(const struct facts *f)
{
	date day = f->view->programme->facts_as_of;
	return date_is(day) && f->scope.as_of.day >= day.day;
}

/* ---- an activity as known ---- */

/* A result or background figure of a later day is not there; a target stays, for it was set before. */
static struct indicator_value value_of_day(const struct facts *f, const struct indicator_value *v)
{
	struct indicator_value x = *v;
	if (facts_known(f, v->as_of))
		return x;
	x.actual = STR_NONE;
	x.actual_num = DECIMAL_NONE;
	x.note = STR("");
	if (!v->target.p) {
		x.baseline = STR_NONE;
		x.baseline_num = DECIMAL_NONE;
	}
	return x;
}

/* A sum that went up later, and by how much, cannot be told apart: the records hold the last amount only. */
static bool amounts_known(const struct facts *f, const struct activity *x)
{
	for (size_t i = 0; i < x->n_events; i++) {
		const struct activity_event *ev = &x->events[i];
		bool changes = str_is(ev->type, "budget_increase") || (str_is(ev->type, "approved") && money_is(ev->amount));
		if (changes && !facts_known(f, ev->day))
			return false;
	}
	return true;
}

static enum err_code indicators_of_day(const struct facts *f, struct activity *x, struct arena *a, struct err *e)
{
	struct indicator *in = ARENA_ARRAY(a, x->n_indicators, struct indicator);
	size_t n = 0;
	if (!in)
		return arena_fail(a, e);
	for (size_t i = 0; i < x->n_indicators; i++) {
		struct indicator_value *v = ARENA_ARRAY(a, x->indicators[i].n_values, struct indicator_value);
		size_t n_values = 0;
		if (!v)
			return arena_fail(a, e);
		for (size_t k = 0; k < x->indicators[i].n_values; k++) {
			struct indicator_value one = value_of_day(f, &x->indicators[i].values[k]);
			if (one.baseline.p || one.target.p || one.actual.p)
				v[n_values++] = one;
		}
		if (!n_values)
			continue;
		in[n] = x->indicators[i];
		in[n].values = v;
		in[n++].n_values = n_values;
	}
	x->indicators = in;
	x->n_indicators = n;
	return ERR_OK;
}

static enum err_code events_of_day(const struct facts *f, struct activity *x, struct arena *a, struct err *e)
{
	struct activity_event *ev = ARENA_ARRAY(a, x->n_events, struct activity_event);
	size_t n = 0;
	if (!ev)
		return arena_fail(a, e);
	for (size_t i = 0; i < x->n_events; i++)
		if (facts_known(f, x->events[i].day))
			ev[n++] = x->events[i];
	x->events = ev;
	x->n_events = n;
	return ERR_OK;
}

/* The state of the day: what ended later was still running, and whether something without a date had ended is not known. */
static void state_of_day(const struct facts *f, struct activity *x)
{
	bool ended = x->status == ACTIVITY_STATUS_CLOSED || x->status == ACTIVITY_STATUS_CANCELLED;
	if (ended && !facts_known(f, x->actual_end))
		x->status = x->actual_end.precision ? ACTIVITY_STATUS_IMPLEMENTATION : ACTIVITY_STATUS_UNKNOWN;
	if (x->actual_end.precision && !facts_known(f, x->actual_end))
		x->actual_end = PDATE_NONE;
}

static enum err_code activity_of_day(const struct facts *f, const struct activity *x, struct arena *a,
    const struct activity **ret, struct err *e)
{
	struct activity *copy = ARENA_NEW(a, struct activity);
	if (!copy)
		return arena_fail(a, e);
	*copy = *x;
	copy->note = STR(""); /* undated remarks */
	state_of_day(f, copy);
	if (!amounts_known(f, x))
		copy->total_budget = copy->contribution = MONEY_NONE;
	TRY(indicators_of_day(f, copy, a, e));
	TRY(events_of_day(f, copy, a, e));
	*ret = copy;
	return ERR_OK;
}

/* ---- the scope ---- */

/* Did it run in the period? Of an activity without any date that cannot be said: it is not in a period. One that has
 * begun and has no known end runs on. */
static bool in_period(const struct evaluation_scope *s, const struct activity *x)
{
	if (!s->year_from && !s->year_to)
		return true;
	pdate start = activity_start(x), end = activity_end(x);
	int first = start.precision ? pdate_year(start) : pdate_year(end);
	int last = end.precision ? pdate_year(end) : YEAR_MAX;
	if (!first)
		return false;
	return (!s->year_to || first <= s->year_to) && (!s->year_from || last >= s->year_from);
}

static bool in_scope(const struct evaluation_scope *s, const struct activity *x)
{
	if (s->activity && !str_eq(s->activity->key, x->key))
		return false;
	if (s->priority && activity_primary_priority(x) != s->priority)
		return false;
	return in_period(s, x);
}

static pdate year_of(int year)
{
	date d = DATE_NONE;
	return date_from_civil(year, 1, 1, &d) ? (pdate){d.day, DATE_PRECISION_YEAR} : PDATE_NONE;
}

static bool budget_in_scope(const struct facts *f, const struct budget_line *b)
{
	const struct evaluation_scope *s = &f->scope;
	if (s->priority && b->priority != s->priority)
		return false;
	if (s->year_from && b->year < s->year_from)
		return false;
	if (s->year_to && b->year_last > s->year_to)
		return false;
	return facts_known(f, year_of(b->year_last));
}

static enum err_code take_budget(struct facts *f, struct arena *a, struct err *e)
{
	const struct programme_view *p = f->view->programme;
	struct budget_line *lines = ARENA_ARRAY(a, p->n_budget, struct budget_line);
	if (!lines)
		return arena_fail(a, e);
	for (size_t i = 0; i < p->n_budget; i++)
		if (budget_in_scope(f, &p->budget[i]))
			lines[f->n_budget++] = p->budget[i];
	f->budget = lines;
	return ERR_OK;
}

/* The first day on which anything of the programme itself was known. */
static date first_day(const struct evaluation_view *v)
{
	date facts_day = v->programme->facts_as_of, first = DATE_NONE;
	for (size_t i = 0; i < v->activities->own.n; i++) {
		const struct activity *x = v->activities->activities[i];
		date d = activity_known_from(facts_day, x);
		if (!facts_outside(x) && date_is(d) && (!date_is(first) || d.day < first.day))
			first = d;
	}
	for (size_t i = 0; i < v->programme->n_budget; i++) {
		date d = known_from(facts_day, year_of(v->programme->budget[i].year_last));
		if (date_is(d) && (!date_is(first) || d.day < first.day))
			first = d;
	}
	return first;
}

static enum err_code fail_before(const struct facts *f, date first, struct err *e)
{
	AUTO_BUF day = BUF_INIT(20), from = BUF_INIT(20);
	buf_add_date(&day, f->scope.as_of);
	buf_add_date(&from, first);
	if (!date_is(first))
		return fail(e, ERR_NOT_FOUND, "evaluation.before", "the programme has no record with a date");
	return fail(e, ERR_NOT_FOUND, "evaluation.before",
	    "on %.*s nothing was known of the programme yet: its first record is known from %.*s", STR_ARG(buf_str(&day)),
	    STR_ARG(buf_str(&from)));
}

static enum err_code fail_empty(const struct facts *f, struct err *e)
{
	const struct evaluation_scope *s = &f->scope;
	const struct activity_set *own = &f->view->activities->own;
	AUTO_BUF day = BUF_INIT(20);
	buf_add_date(&day, s->as_of);
	if (s->activity)
		return fail(e, ERR_NOT_FOUND, "evaluation.empty",
		    "as known on %.*s, activity %.*s has nothing to evaluate in that scope: it had not begun, ran in other years or "
		    "serves another priority", STR_ARG(buf_str(&day)), STR_ARG(s->activity->key));
	if (s->year_from || s->year_to)
		return fail(e, ERR_NOT_FOUND, "evaluation.empty",
		    "no activity ran and no money was recorded from %d to %d, as known on %.*s; the activities run from %d to %d",
		    s->year_from ? s->year_from : own->first_year, s->year_to ? s->year_to : own->last_year, STR_ARG(buf_str(&day)),
		    own->first_year, own->last_year);
	return fail(e, ERR_NOT_FOUND, "evaluation.empty", "as known on %.*s there is no activity and no money%s",
	    STR_ARG(buf_str(&day)), s->priority ? " of that priority" : "");
}

static enum err_code check_scope(const struct facts *f, struct err *e)
{
	const struct evaluation_scope *s = &f->scope;
	if (s->priority && !programme_priority(f->view->programme, s->priority))
		return fail(e, ERR_NOT_FOUND, "evaluation.priority", "the programme has no priority %d", s->priority);
	if (s->year_from && s->year_to && s->year_from > s->year_to)
		return fail(e, ERR_INVALID, "evaluation.period", "a period cannot begin in %d and end in %d", s->year_from, s->year_to);
	date first = first_day(f->view);
	if (!date_is(first) || s->as_of.day < first.day)
		return fail_before(f, first, e);
	return ERR_OK;
}

static enum err_code take_activities(struct facts *f, struct arena *a, struct err *e)
{
	const struct register_view *r = f->view->activities;
	date facts_day = f->view->programme->facts_as_of;
	bool as_it_is = all_known(f);
	f->activities = ARENA_ARRAY(a, r->own.n, const struct activity *);
	if (!f->activities)
		return arena_fail(a, e);
	for (size_t i = 0; i < r->own.n; i++) {
		const struct activity *x = r->activities[i];
		if (activity_known_from(facts_day, x).day > f->scope.as_of.day)
			continue;
		if (!as_it_is)
			TRY(activity_of_day(f, x, a, &x, e));
		if (in_scope(&f->scope, x))
			f->activities[f->n++] = x;
	}
	if (r->programme && !as_it_is)
		return activity_of_day(f, r->programme, a, &f->programme, e);
	f->programme = r->programme;
	return ERR_OK;
}

enum err_code facts_make(const struct evaluation_view *v, const struct evaluation_scope *scope, struct arena *a,
    struct facts *ret_facts, struct err *e)
{
	struct facts f = {.view = v, .scope = *scope};
	if (!date_is(f.scope.as_of))
		f.scope.as_of = date_is(v->programme->facts_as_of) ? v->programme->facts_as_of : date_of_instant(v->programme->loaded_ms);
	TRY(check_scope(&f, e));
	TRY(take_activities(&f, a, e));
	TRY(take_budget(&f, a, e));
	if (!f.n && (scope->activity || !f.n_budget))
		return fail_empty(&f, e);
	*ret_facts = f;
	return ERR_OK;
}
