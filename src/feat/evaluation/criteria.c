/* The subsidy framework's decision tables over every activity and every refused proposal. What no record holds is not given
 * to them: the outcome is then undetermined, with what is missing. Pure. */
#include "base/map.h"
#include "feat/evaluation/question_2.h"

enum { GIVEN = 4, PROPOSAL_COUNTRIES_MOST = 100, STEPS = 500000 };

static const char *const criteria_names[CRITERIA] = {"criterion_priorities", "criterion_countries", "criterion_lasting_effect",
    "criterion_track_record", "criterion_structural_costs"};

static const struct {
	const char *slug, *label;
} outcomes[] = {{"met", MSG("Met")}, {"not met", MSG("Not met")}, {"undetermined", MSG("Cannot be determined")}};

const char *criterion_slug(enum criterion_outcome o)
{
	return outcomes[o].slug;
}

const char *criterion_label(enum criterion_outcome o)
{
	return outcomes[o].label;
}

struct trying {
	const struct facts *f;
	const struct decision_version *v;
	struct arena *a;
	struct dmn_run *run; /* of v */
	int32_t met, in_scope;
	struct map *known; /* what cases like this came to: day, scheme, priority and countries -> struct criteria_case */
};

/* ---- inputs ---- */

/* The first approval, else the start. */
static pdate day_of(const struct activity *x)
{
	for (size_t i = 0; i < x->n_events; i++)
		if (str_is(x->events[i].type, "approved") && x->events[i].day.precision)
			return x->events[i].day;
	return activity_start(x);
}

/* Was it a partner country on that day, as far as the lists of the day tell? */
static str partner_on(const struct programme_view *p, str country, date on)
{
	str partner = STR("unknown");
	for (size_t i = 0; i < p->n_country_lists; i++) {
		const struct country_list_entry *entry;
		if (date_is(on) && country_list_holds(&p->country_lists[i], country, on, &entry))
			partner = entry->partner_country.n ? entry->partner_country : partner;
	}
	return partner;
}

static bool country_context(struct trying *t, str code, date on, fval *ret)
{
	struct feel_entry *entries = ARENA_ARRAY(t->a, 2, struct feel_entry);
	struct feel_context *c = ARENA_NEW(t->a, struct feel_context);
	if (!entries || !c)
		return false;
	entries[0] = (struct feel_entry){STR("code"), feel_string(code)};
	entries[1] = (struct feel_entry){STR("partner"), feel_string(partner_on(t->f->view->programme, code, on))};
	*c = (struct feel_context){.n = 2, .entries = entries, .depth = 1};
	*ret = (fval){.kind = FEEL_CONTEXT, .context = c};
	return true;
}

static bool country_list_of(struct trying *t, const str *codes, size_t n, date on, fval *ret)
{
	fval *items = ARENA_ARRAY(t->a, n, fval);
	struct feel_list *list = ARENA_NEW(t->a, struct feel_list);
	if (!items || !list)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!country_context(t, codes[i], on, &items[i]))
			return false;
	*list = (struct feel_list){.n = n, .items = items, .depth = 2};
	*ret = (fval){.kind = FEEL_LIST, .list = list};
	return true;
}

/* The countries that an activity is for: not those in which migrants live. Each once. */
static size_t countries_of(const struct activity *x, str *codes)
{
	size_t n = 0;
	for (size_t i = 0; i < x->n_countries; i++) {
		bool there = x->countries[i].role == COUNTRY_ROLE_DESTINATION;
		for (size_t k = 0; k < n && !there; k++)
			there = str_eq(codes[k], x->countries[i].country);
		if (!there)
			codes[n++] = x->countries[i].country;
	}
	return n;
}

static size_t countries_named(str list, str *codes)
{
	struct str_split it = str_split_on(list, ';');
	size_t n = 0;
	str part;
	while (n < PROPOSAL_COUNTRIES_MOST && str_next(&it, &part))
		if (part.n)
			codes[n++] = part;
	return n;
}

/* Which of the words that the model allows for a scheme begins the activity's acronym; "other" when none does. */
static str scheme_of(const struct decision_version *v, const struct activity *x)
{
	for (size_t i = 0; x && i < v->model->n_items; i++) {
		if (!str_is(v->model->items[i].name, "tScheme"))
			continue;
		struct str_split it = str_split_on(v->model->items[i].allowed.text, '"');
		str word;
		for (bool inside = false; str_next(&it, &word); inside = !inside)
			if (inside && str_starts(x->acronym, word) && (x->acronym.n == word.n || x->acronym.p[word.n] == ' '))
				return word;
	}
	return STR("other");
}

static fval day_value(date d)
{
	return (fval){.kind = FEEL_DATE, .zone = FEEL_ZONE_NONE, .day = d.day};
}

/* ---- running ---- */

static enum criterion_outcome outcome_of(fval v)
{
	return feel_is_true(v) ? CRITERION_MET : feel_is_false(v) ? CRITERION_NOT_MET : CRITERION_UNDETERMINED;
}

static str cause_of(fval v)
{
	return v.kind == FEEL_NULL && v.cause ? v.cause->text : STR("");
}

static enum err_code open_model(struct trying *t, const struct decision_version *v, struct err *e)
{
	if (t->v == v)
		return ERR_OK;
	t->v = v;
	t->met = dmn_find(v->set, v->model, STR("criteria_met"));
	t->in_scope = dmn_find(v->set, v->model, STR("countries_in_scope"));
	t->run = dmn_run_new(t->a, v->set);
	if (!t->run)
		return arena_fail(t->a, e);
	if (t->met < 0 || t->in_scope < 0)
		return fail(e, ERR_NOT_FOUND, "evaluation.model", "the decision model %.*s lacks criteria_met or countries_in_scope",
		    STR_ARG(v->source.key));
	return ERR_OK;
}

struct situation {
	date on; /* DATE_NONE: not known */
	const str *codes;
	size_t n_codes;
	str scheme;
	bool has_priority;
};

static enum err_code give(struct trying *t, const struct situation *s, struct dmn_given g[GIVEN], size_t *ret_n, struct err *e)
{
	size_t n = 0;
	fval countries;
	if (!country_list_of(t, s->codes, s->n_codes, s->on, &countries))
		return arena_fail(t->a, e);
	if (date_is(s->on))
		g[n++] = (struct dmn_given){STR("application_date"), day_value(s->on), STR("")};
	g[n++] = (struct dmn_given){STR("scheme"), feel_string(s->scheme), STR("")};
	g[n++] = (struct dmn_given){STR("countries"), countries, STR("")};
	if (s->has_priority)
		g[n++] = (struct dmn_given){STR("contributes_to_priorities"), feel_bool(true), STR("")};
	*ret_n = n;
	return ERR_OK;
}

/* The last table that a decision ran gave its value. */
static const struct dmn_table_trace *table_of(const struct dmn_decision_trace *d)
{
	const struct dmn_table_trace *t = d->tables;
	while (t && t->next)
		t = t->next;
	return t;
}

/* Of the decision itself, the last in order. */
static const struct dmn_table_trace *own_table(const struct dmn_outcome *o)
{
	return o->n_decisions ? table_of(&o->decisions[o->n_decisions - 1]) : NULL;
}

/* Of the first decision that came to what the whole came to: one that is not true. */
static const struct dmn_table_trace *whole_table(const struct dmn_outcome *o)
{
	enum criterion_outcome whole = outcome_of(o->value);
	for (size_t i = 0; whole != CRITERION_MET && i < o->n_decisions; i++)
		if (outcome_of(o->decisions[i].value) == whole && o->decisions[i].tables)
			return table_of(&o->decisions[i]);
	return NULL;
}

static struct dmn_options options_on(const struct facts *f, date on)
{
	date day = date_is(on) ? on : f->scope.as_of;
	return (struct dmn_options){.mode = DMN_STRICT, .steps_most = STEPS, .explain = f->n <= VERDICT_EXPLAINED,
	    .now = {.kind = FEEL_DATE_TIME, .day = day.day, .zone = 0}};
}

/* One criterion after another: in the whole the first that fails ends the search, and with it what is missing. */
static enum err_code try_criteria(struct trying *t, const struct situation *s, struct criteria_case *c, struct err *e)
{
	struct dmn_given g[GIVEN];
	struct dmn_outcome o;
	size_t n;
	struct dmn_options options = options_on(t->f, s->on);
	TRY(give(t, s, g, &n, e));
	TRY(dmn_decide(t->run, t->a, t->met, g, n, &options, &o, e));
	c->whole = outcome_of(o.value);
	c->cause = cause_of(o.value);
	c->trace = whole_table(&o);
	for (size_t i = 0; i < CRITERIA; i++) {
		int32_t d = dmn_find(t->v->set, t->v->model, str_of(criteria_names[i]));
		if (d < 0)
			continue;
		TRY(dmn_decide(t->run, t->a, d, g, n, &options, &o, e));
		c->criteria[c->n_criteria++] = (struct criterion){str_of(criteria_names[i]), outcome_of(o.value), cause_of(o.value),
		    own_table(&o)};
		for (size_t k = 0; k < o.n_missing; k++) {
			str name = dmn_input_name(t->v->set, t->v->model, o.missing[k]);
			bool there = c->n_missing == CRITERIA_MISSING_MOST;
			for (size_t m = 0; m < c->n_missing && !there; m++)
				there = str_eq(c->missing[m], name);
			if (!there)
				c->missing[c->n_missing++] = name;
		}
		if (c->criteria[c->n_criteria - 1].outcome == CRITERION_NOT_MET && c->whole != CRITERION_NOT_MET) {
			c->whole = CRITERION_NOT_MET; /* one that is not met is enough, whatever the others are */
			c->trace = own_table(&o);
		}
	}
	return ERR_OK;
}

static enum err_code try_countries(struct trying *t, const struct situation *s, struct criteria_case *c, struct err *e)
{
	struct country_outcome *out = ARENA_ARRAY(t->a, s->n_codes, struct country_outcome);
	struct dmn_options options = options_on(t->f, s->on);
	if (!out)
		return arena_fail(t->a, e);
	for (size_t i = 0; i < s->n_codes; i++) {
		struct situation one = *s;
		struct dmn_given g[GIVEN];
		struct dmn_outcome o;
		size_t n;
		one.codes = &s->codes[i];
		one.n_codes = 1;
		TRY(give(t, &one, g, &n, e));
		TRY(dmn_decide(t->run, t->a, t->in_scope, g, n, &options, &o, e));
		out[i] = (struct country_outcome){s->codes[i], outcome_of(o.value), cause_of(o.value), own_table(&o)};
	}
	c->countries = out;
	c->n_countries = s->n_codes;
	return ERR_OK;
}

static void differ(enum criterion_outcome *a, str *cause, enum criterion_outcome b)
{
	if (*a == b || *a == CRITERION_UNDETERMINED)
		return;
	*a = CRITERION_UNDETERMINED;
	*cause = STR("The outcome depends on the exact day, which is not in the records.");
}

/* A day known to the month or year: the outcome counts when its first and its last day give the same. */
static enum err_code try_days(struct trying *t, struct situation *s, pdate day, struct criteria_case *c, struct err *e)
{
	struct criteria_case last = *c;
	s->on = pdate_first(day);
	TRY(try_criteria(t, s, c, e));
	TRY(try_countries(t, s, c, e));
	if (!day.precision || day.precision == DATE_PRECISION_DAY)
		return ERR_OK;
	s->on = pdate_last(day);
	TRY(try_criteria(t, s, &last, e));
	TRY(try_countries(t, s, &last, e));
	differ(&c->whole, &c->cause, last.whole);
	for (size_t i = 0; i < c->n_criteria; i++)
		differ(&c->criteria[i].outcome, &c->criteria[i].cause, last.criteria[i].outcome);
	struct country_outcome *merged = ARENA_ARRAY(t->a, c->n_countries, struct country_outcome);
	if (!merged)
		return arena_fail(t->a, e);
	for (size_t i = 0; i < c->n_countries; i++) {
		merged[i] = c->countries[i];
		differ(&merged[i].outcome, &merged[i].cause, last.countries[i].outcome);
	}
	c->countries = merged;
	return ERR_OK;
}

/* All that the outcome rests on, as one text; .p NULL without memory. */
static str situation_key(struct trying *t, const struct situation *s, pdate day)
{
	AUTO_BUF b = BUF_INIT(1 << 16);
	buf_addf(&b, "%p %d %d %d %.*s", (const void *)t->v, (int)day.day, (int)day.precision, (int)s->has_priority, STR_ARG(s->scheme));
	for (size_t i = 0; i < s->n_codes; i++)
		buf_addf(&b, " %.*s", STR_ARG(s->codes[i]));
	return b.failed ? STR_NONE : arena_str(t->a, buf_str(&b));
}

/* Cases with the same day, scheme and countries come out alike. */
static enum err_code try_once(struct trying *t, struct situation *s, struct criteria_case *c, struct err *e)
{
	str key = situation_key(t, s, c->day);
	const struct criteria_case *like = key.p ? map_get(t->known, key) : NULL;
	if (!key.p)
		return arena_fail(t->a, e);
	if (!like) {
		TRY(try_days(t, s, c->day, c, e));
		return map_set(t->known, key, c, NULL) ? ERR_OK : arena_fail(t->a, e);
	}
	struct criteria_case mine = *c;
	*c = *like;
	c->activity = mine.activity;
	c->proposal = mine.proposal;
	return ERR_OK;
}

static enum err_code try_case(struct trying *t, const struct decision_version *given, struct criteria_case *c, struct err *e)
{
	str *codes = ARENA_ARRAY(t->a, c->activity ? c->activity->n_countries : PROPOSAL_COUNTRIES_MOST, str);
	if (!codes)
		return arena_fail(t->a, e);
	c->day = c->activity ? day_of(c->activity) : PDATE_NONE;
	const struct decision_version *v = given;
	if (!v && date_is(pdate_last(c->day)))
		v = decisions_on(t->f->view->decisions, CRITERIA_MODEL, pdate_last(c->day));
	if (!v || !v->set)
		v = decisions_newest(t->f->view->decisions, CRITERIA_MODEL);
	TRY(open_model(t, v, e));
	struct situation s = {.codes = codes, .on = DATE_NONE, .scheme = scheme_of(v, c->activity)};
	s.n_codes = c->activity ? countries_of(c->activity, codes) : countries_named(c->proposal->countries, codes);
	s.has_priority = c->activity && activity_primary_priority(c->activity);
	TRY(try_once(t, &s, c, e));
	c->differs = c->activity ? c->whole == CRITERION_NOT_MET : c->whole == CRITERION_MET;
	return ERR_OK;
}

bool scope_has_refused(const struct facts *f)
{
	const struct evaluation_scope *s = &f->scope;
	return !s->activity && !s->priority && !s->year_from && !s->year_to && s->as_of.day >= f->view->programme->facts_as_of.day;
}

enum err_code criteria_make(const struct facts *f, const struct decision_version *v, struct arena *a, struct criteria *ret, struct err *e)
{
	const struct programme_view *p = f->view->programme;
	struct criteria x = {.model = v ? v : decisions_newest(f->view->decisions, CRITERIA_MODEL), .why = STR("")};
	struct trying t = {.f = f, .a = a, .known = map_new(a, 0x20122)};
	struct criteria_case *cases = ARENA_ARRAY(a, f->n + p->n_rejected, struct criteria_case);
	if (!cases || !t.known)
		return arena_fail(a, e);
	if (!x.model || !x.model->set) {
		x.why = x.model ? x.model->why : STR("");
		x.model = NULL;
		*ret = x;
		return ERR_OK;
	}
	for (size_t i = 0; i < f->n; i++)
		if (!facts_outside(f->activities[i]))
			cases[x.n++].activity = f->activities[i];
	for (size_t i = 0; scope_has_refused(f) && i < p->n_rejected; i++)
		cases[x.n++].proposal = &p->rejected[i];
	for (size_t i = 0; i < x.n; i++) {
		TRY(try_case(&t, v, &cases[i], e));
		x.counts[cases[i].proposal != NULL][cases[i].whole]++;
		x.n_differ += cases[i].differs;
	}
	x.cases = cases;
	*ret = x;
	return ERR_OK;
}
