/* Verdicts: what the model evaluation-verdict is asked about an activity, and what it answers. Pure. */
#include <assert.h>

#include "base/map.h"
#include "feat/evaluation/parts.h"

static const struct {
	const char *slug, *label;
} verdicts[VERDICT_COUNT] = {
    [VERDICT_EXCEEDED] = {"exceeded", MSG("Exceeded")},
    [VERDICT_REACHED] = {"reached", MSG("Reached")},
    [VERDICT_LARGELY] = {"largely", MSG("Largely reached")},
    [VERDICT_PARTLY] = {"partly", MSG("Partly reached")},
    [VERDICT_NOT_REACHED] = {"not reached", MSG("Not reached")},
    [VERDICT_TOO_EARLY] = {"too early", MSG("Too early to say")},
    [VERDICT_NO_TARGET] = {"no quantified target", MSG("No quantified target")},
    [VERDICT_NOT_MEASURED] = {"not measured", MSG("Not measured")},
    [VERDICT_STOPPED] = {"stopped", MSG("Stopped early")},
    [VERDICT_UNDETERMINED] = {"undetermined", MSG("Cannot be said")},
};

const char *verdict_slug(enum verdict v)
{
	return verdicts[v].slug;
}

const char *verdict_label(enum verdict v)
{
	return verdicts[v].label;
}

const char *indicator_kind_slug(enum indicator_kind k)
{
	static const char *const slugs[] = {"context", "input", "output", "outcome"};
	return slugs[k];
}

const char *indicator_kind_label(enum indicator_kind k)
{
	static const char *const labels[] = {MSG("background"), MSG("input"), MSG("output"), MSG("outcome")};
	return labels[k];
}

/* Key of the activity for indicator roles: those of the programme stand under the empty key. */
static str role_key(const struct activity *x)
{
	return x->is_programme ? STR("") : x->key;
}

enum indicator_kind facts_indicator_kind(const struct facts *f, const struct activity *x, const struct indicator *in)
{
	return indicator_kind_with(programme_indicator_role(f->view->programme, role_key(x), in->title), in);
}

enum indicator_kind indicator_kind_with(const struct indicator_role *role, const struct indicator *in)
{
	enum { IATI_OUTPUT = 1, IATI_OUTCOME = 2, IATI_IMPACT = 3 };
	if (role)
		return role->kind;
	return in->result_type == IATI_OUTPUT                                          ? INDICATOR_OUTPUT
	       : in->result_type == IATI_OUTCOME || in->result_type == IATI_IMPACT ? INDICATOR_OUTCOME
	                                                                           : INDICATOR_CONTEXT;
}

bool indicator_ratio(decimal target, decimal actual, int ascending, decimal *ret)
{
	if (decimal_is_none(target) || decimal_is_none(actual))
		return false;
	return ascending == 0 ? decimal_div(target, actual, ret) : decimal_div(actual, target, ret);
}

/* ---- main indicators ---- */

/* The value of that dimension; NULL: none. */
static const struct indicator_value *value_at(const struct indicator *in, str dimension)
{
	for (size_t i = 0; i < in->n_values; i++)
		if (str_eq(in->values[i].dimension, dimension))
			return &in->values[i];
	return NULL;
}

static void take_value(struct verdict_main *m, const struct indicator_value *v)
{
	if (v && !decimal_is_none(v->target_num))
		m->target = v;
	if (v && !decimal_is_none(v->actual_num))
		m->actual = v;
}

/* Of the dimensions in the order of time the last target and the last result count; without a role the whole. */
static struct verdict_main main_of(const struct indicator *in, const struct indicator_role *role)
{
	struct verdict_main m = {.indicator = in, .role = role};
	str part;
	struct str_split it = str_split_on(role ? role->dimension : STR("|total"), '|');
	if (role && !role->dimension.n)
		take_value(&m, value_at(in, STR("")));
	while (str_next(&it, &part))
		take_value(&m, value_at(in, part));
	m.known = indicator_ratio(m.target ? m.target->target_num : DECIMAL_NONE, m.actual ? m.actual->actual_num : DECIMAL_NONE,
	    role ? role->ascending : in->ascending, &m.ratio);
	return m;
}

/* Where the pack says nothing of an activity's indicators, each output and outcome with a figure as a whole is a main one. */
static bool is_main(const struct indicator_role *role, enum indicator_kind kind)
{
	if (role)
		return role->is_main;
	return kind == INDICATOR_OUTPUT || kind == INDICATOR_OUTCOME;
}

bool indicator_main(const struct facts *f, const struct activity *x, const struct indicator *in, struct verdict_main *ret)
{
	const struct indicator_role *role = programme_indicator_role(f->view->programme, role_key(x), in->title);
	if (!is_main(role, facts_indicator_kind(f, x, in)))
		return false;
	*ret = main_of(in, role);
	return true;
}

/* ---- the inputs ---- */

static const char *state_of(const struct activity *x)
{
	switch (x->status) {
	case ACTIVITY_STATUS_CLOSED:
		return "ended";
	case ACTIVITY_STATUS_CANCELLED:
		return "stopped";
	case ACTIVITY_STATUS_UNKNOWN:
		return "unknown";
	default:
		return "running";
	}
}

static int64_t count_events(const struct activity *x, const char *type)
{
	int64_t n = 0;
	for (size_t i = 0; i < x->n_events; i++)
		n += str_is(x->events[i].type, type);
	return n;
}

/* An activity that runs on under an extension has an end that is not a fact of its own: it is not known. */
static decimal days_left(const struct facts *f, const struct activity *x, int64_t extensions)
{
	date end = pdate_last(x->planned_end);
	if (!date_is(end) || (end.day < f->scope.as_of.day && extensions))
		return DECIMAL_NONE;
	return decimal_of((int64_t)end.day - f->scope.as_of.day);
}

static decimal time_ratio(const struct activity *x)
{
	date start = pdate_first(activity_start(x)), planned = pdate_last(x->planned_end), end = pdate_last(x->actual_end);
	decimal ratio;
	if (!date_is(start) || !date_is(planned) || !date_is(end) || planned.day <= start.day || end.day <= start.day)
		return DECIMAL_NONE;
	return decimal_div(decimal_of((int64_t)end.day - start.day + 1), decimal_of((int64_t)planned.day - start.day + 1), &ratio) ? ratio
	                                                                                                               : DECIMAL_NONE;
}

/* Budget after increases as a multiple of the first one: 1 without increases; known when the first approval and the last
 * increase both have an amount. */
static decimal money_ratio(const struct activity *x, int64_t increases)
{
	money first = MONEY_NONE, last = MONEY_NONE;
	decimal ratio;
	if (!increases)
		return decimal_of(1);
	for (size_t i = 0; i < x->n_events; i++) {
		const struct activity_event *ev = &x->events[i];
		if (str_is(ev->type, "approved") && money_is(ev->amount) && !money_is(first))
			first = ev->amount;
		if (str_is(ev->type, "budget_increase"))
			last = ev->amount;
	}
	if (!money_is(first) || !money_is(last) || memcmp(first.currency, last.currency, 4) != 0 ||
	    !decimal_div(decimal_of(last.minor), decimal_of(first.minor), &ratio))
		return DECIMAL_NONE;
	return ratio;
}

/* Spending as a share of what was planned for it, else of the contribution, else of the total budget. */
static decimal spent_share(const struct activity *x, const struct verdict_main *m)
{
	const money *whole = money_is(x->contribution) ? &x->contribution : &x->total_budget;
	decimal share;
	if (!m->actual || !str_is(m->indicator->unit, "EUR"))
		return DECIMAL_NONE;
	if (m->target)
		return decimal_div(m->actual->actual_num, m->target->target_num, &share) ? share : DECIMAL_NONE;
	if (!money_is(*whole) || strcmp(whole->currency, "EUR") != 0)
		return DECIMAL_NONE;
	return decimal_div(m->actual->actual_num, decimal_scaled(whole->minor, -money_exponent(STR("EUR"))), &share) ? share : DECIMAL_NONE;
}

/* Does the newest of the main results date from the end or later? */
static int measured_to_end(const struct activity *x, const struct verdict_main *m, size_t n)
{
	date end = pdate_first(x->actual_end), newest = DATE_NONE;
	for (size_t i = 0; i < n; i++) {
		date d = m[i].known ? pdate_last(m[i].actual->as_of) : DATE_NONE;
		if (date_is(d) && (!date_is(newest) || d.day > newest.day))
			newest = d;
	}
	return !date_is(end) || !date_is(newest) ? -1 : newest.day >= end.day;
}

static void count_main(struct verdict_inputs *in, const struct verdict_main *m, size_t n)
{
	in->lowest = in->highest = DECIMAL_NONE;
	for (size_t i = 0; i < n; i++) {
		in->targets += m[i].target != NULL;
		in->measured += m[i].known;
		if (!m[i].known)
			continue;
		if (decimal_is_none(in->lowest) || decimal_cmp(m[i].ratio, in->lowest) < 0)
			in->lowest = m[i].ratio;
		if (decimal_is_none(in->highest) || decimal_cmp(m[i].ratio, in->highest) > 0)
			in->highest = m[i].ratio;
	}
}

static enum err_code take_facts(const struct facts *f, const struct activity *x, struct activity_verdict *v, struct arena *a,
    struct err *e)
{
	struct verdict_main *main = ARENA_ARRAY(a, x->n_indicators, struct verdict_main);
	struct verdict_inputs *in = &v->in;
	if (!main)
		return arena_fail(a, e);
	in->spent_share = DECIMAL_NONE;
	for (size_t i = 0; i < x->n_indicators; i++) {
		const struct indicator_role *role = programme_indicator_role(f->view->programme, role_key(x), x->indicators[i].title);
		enum indicator_kind kind = indicator_kind_with(role, &x->indicators[i]);
		if (!is_main(role, kind))
			continue;
		struct verdict_main m = main_of(&x->indicators[i], role);
		if (kind == INDICATOR_INPUT)
			in->spent_share = decimal_is_none(in->spent_share) ? spent_share(x, &m) : in->spent_share;
		else if (m.target || m.actual)
			main[v->n_main++] = m;
	}
	v->activity = x;
	v->main = main;
	in->state = state_of(x);
	in->extensions = count_events(x, "extended_no_cost");
	in->budget_increases = count_events(x, "budget_increase");
	in->days_left = days_left(f, x, in->extensions);
	in->time_ratio = time_ratio(x);
	in->money_ratio = money_ratio(x, in->budget_increases);
	in->measured_to_end = measured_to_end(x, main, v->n_main);
	count_main(in, main, v->n_main);
	return ERR_OK;
}

/* ---- asking the model ---- */

enum { INPUTS = 12, VERDICT_STEPS = 200000, SCRATCH_BYTES = 4 << 20 /* kept before it is used again */ };

struct asking {
	const struct facts *f;
	const struct decision_version *v;
	struct dmn_run *run;
	struct arena *a, *scratch; /* scratch: of one activity, so that many of them need little */
	struct map *words;         /* outcomes, kept once each */
	int32_t verdict, remarks;
	struct dmn_options options;
};

/* A copy that outlives the scratch; the model has few words. "" without memory. */
static str keep(const struct asking *q, str s)
{
	str *kept = map_get(q->words, s);
	if (kept)
		return *kept;
	kept = ARENA_NEW(q->a, str);
	if (!kept || !(*kept = arena_str(q->a, s)).p || !map_set(q->words, *kept, kept, NULL))
		return STR("");
	return *kept;
}

static struct dmn_given given(const char *name, fval v)
{
	return (struct dmn_given){.name = str_of(name), .value = v, .source = STR("")};
}

static fval number(decimal d)
{
	return decimal_is_none(d) ? FEEL_NULL_VALUE : feel_number(d);
}

static void make_given(const struct verdict_inputs *in, struct dmn_given g[INPUTS])
{
	size_t n = 0;
	g[n++] = given("state", feel_string(str_of(in->state)));
	g[n++] = given("days_left", number(in->days_left));
	g[n++] = given("targets", feel_int(in->targets));
	g[n++] = given("measured", feel_int(in->measured));
	g[n++] = given("lowest", number(in->lowest));
	g[n++] = given("highest", number(in->highest));
	g[n++] = given("time_ratio", number(in->time_ratio));
	g[n++] = given("money_ratio", number(in->money_ratio));
	g[n++] = given("extensions", feel_int(in->extensions));
	g[n++] = given("budget_increases", feel_int(in->budget_increases));
	g[n++] = given("spent_share", number(in->spent_share));
	g[n++] = given("measured_to_end", in->measured_to_end < 0 ? FEEL_NULL_VALUE : feel_bool(in->measured_to_end > 0));
	assert(n == INPUTS);
}

static enum verdict verdict_of(fval v)
{
	for (int i = 0; v.kind == FEEL_STRING && i < VERDICT_UNDETERMINED; i++)
		if (str_is(v.string, verdicts[i].slug))
			return (enum verdict)i;
	return VERDICT_UNDETERMINED;
}

/* The row of a decision's last table, with what stands beside it. */
static struct verdict_rule rule_of(const struct asking *q, const struct dmn_decision_trace *d, struct arena *a)
{
	const struct dmn_table_trace *t = d->tables;
	struct verdict_rule r = {.decision = dmn_element(q->v->set, d->element)->name,
	    .outcome = d->value.kind == FEEL_STRING ? arena_str(a, d->value.string) : STR(""), .note = STR(""), .source_line = STR("")};
	while (t && t->next)
		t = t->next;
	r.trace = q->scratch ? NULL : t; /* traces in the scratch do not last */
	if (!t || !t->n_decided)
		return r;
	r.row = t->decided[0] + 1;
	for (size_t i = 0; i < t->table->n_annotations; i++) {
		str text = t->table->rules[t->decided[0]].annotations[i];
		if (str_is(t->table->annotations[i], "note"))
			r.note = text;
		if (str_is(t->table->annotations[i], "source_line"))
			r.source_line = text;
	}
	return r;
}

static void take_rules(const struct asking *q, const struct dmn_outcome *o, struct arena *a, struct verdict_rule ret[VERDICT_RULES])
{
	static const char *const names[VERDICT_RULES] = {"running_time", "achievement", "verdict"};
	for (size_t i = 0; i < o->n_decisions; i++)
		for (size_t k = 0; k < VERDICT_RULES; k++)
			if (str_is(dmn_element(q->v->set, o->decisions[i].element)->name, names[k]))
				ret[k] = rule_of(q, &o->decisions[i], a);
}

static enum err_code take_remarks(const struct asking *q, const struct dmn_given *g, struct activity_verdict *v, struct err *e)
{
	struct dmn_outcome o;
	TRY(dmn_decide(q->run, q->scratch, q->remarks, g, INPUTS, &q->options, &o, e));
	if (o.value.kind != FEEL_LIST)
		return ERR_OK;
	for (size_t i = 0; i < o.value.list->n && v->n_remarks < VERDICT_REMARKS_MOST; i++)
		if (o.value.list->items[i].kind == FEEL_STRING)
			v->remarks[v->n_remarks++] = keep(q, o.value.list->items[i].string);
	return ERR_OK;
}

static enum err_code judge(const struct asking *q, const struct activity *x, struct activity_verdict *v, struct err *e)
{
	struct dmn_given g[INPUTS];
	struct dmn_outcome o;
	TRY(take_facts(q->f, x, v, q->a, e));
	make_given(&v->in, g);
	if (arena_used(q->scratch) > SCRATCH_BYTES)
		arena_reset(q->scratch);
	TRY(dmn_decide(q->run, q->scratch, q->verdict, g, INPUTS, &q->options, &o, e));
	v->verdict = verdict_of(o.value);
	v->cause = v->verdict == VERDICT_UNDETERMINED && o.value.kind == FEEL_NULL && o.value.cause ? keep(q, o.value.cause->text) : STR("");
	if (q->options.explain)
		take_rules(q, &o, q->a, v->rules);
	return q->remarks < 0 ? ERR_OK : take_remarks(q, g, v, e);
}

static enum err_code find_model(const struct facts *f, const struct decision_version *v, struct arena *a, struct asking *ret,
    struct err *e)
{
	if (!v)
		v = decisions_on(f->view->decisions, VERDICT_MODEL, f->scope.as_of);
	if (!v)
		v = decisions_newest(f->view->decisions, VERDICT_MODEL);
	if (!v || !v->set)
		return fail(e, ERR_NOT_FOUND, "evaluation.model", "the programme has no usable decision model %.*s%s%.*s", STR_ARG(VERDICT_MODEL),
		    v ? ": " : "", STR_ARG(v ? v->why : STR("")));
	int32_t verdict = dmn_find(v->set, v->model, STR("verdict"));
	if (verdict < 0)
		return fail(e, ERR_NOT_FOUND, "evaluation.model", "the decision model %.*s has no decision \"verdict\"", STR_ARG(v->source.key));
	*ret = (struct asking){.f = f, .v = v, .a = a, .verdict = verdict, .remarks = dmn_find(v->set, v->model, STR("remarks")),
	    .run = dmn_run_new(a, v->set), .options = {.mode = DMN_STRICT, .steps_most = VERDICT_STEPS,
		.now = {.kind = FEEL_DATE_TIME, .day = f->scope.as_of.day, .zone = 0}}};
	ret->words = map_new(a, 0x2012);
	return ret->run && ret->words ? ERR_OK : arena_fail(a, e);
}

enum err_code verdicts_make(const struct facts *f, const struct decision_version *v, struct arena *a,
    const struct activity_verdict **ret, struct err *e)
{
	struct asking q;
	TRY(find_model(f, v, a, &q, e));
	AUTO_ARENA scratch = arena_new(ARENA_NO_LIMIT);
	if (!scratch)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	q.scratch = scratch;
	q.options.explain = f->n <= VERDICT_EXPLAINED;
	struct activity_verdict *all = ARENA_ARRAY(a, f->n, struct activity_verdict);
	if (!all)
		return arena_fail(a, e);
	for (size_t i = 0; i < f->n; i++)
		TRY(judge(&q, f->activities[i], &all[i], e));
	*ret = all;
	return ERR_OK;
}

/* ---- explaining ---- */

struct verdict_explainer {
	struct asking q;
};

enum err_code verdict_explainer_new(const struct facts *f, const struct decision_version *v, struct arena *a,
    struct verdict_explainer **ret, struct err *e)
{
	struct verdict_explainer *x = ARENA_NEW(a, struct verdict_explainer);
	if (!x)
		return arena_fail(a, e);
	TRY(find_model(f, v, a, &x->q, e));
	x->q.options.explain = true;
	*ret = x;
	return ERR_OK;
}

static enum err_code take_near(const struct asking *q, const struct dmn_given *g, const struct dmn_outcome *o, struct arena *a,
    struct verdict_detail *ret, struct err *e)
{
	const struct dmn_change *c;
	size_t n;
	TRY(dmn_changes(q->v->set, a, q->verdict, g, INPUTS, &q->options, o, &c, &n, e));
	struct verdict_near *near = ARENA_ARRAY(a, n, struct verdict_near);
	if (!near)
		return arena_fail(a, e);
	for (size_t i = 0; i < n; i++)
		if (c[i].outcome.kind == FEEL_STRING)
			near[ret->n_near++] = (struct verdict_near){.input = dmn_input_name(q->v->set, q->v->model, c[i].input),
			    .from = c[i].from, .to = c[i].to, .verdict = c[i].outcome.string};
	ret->near = near;
	return ERR_OK;
}

enum err_code verdict_explain(struct verdict_explainer *x, const struct activity_verdict *v, bool near, struct arena *a,
    struct verdict_detail *ret, struct err *e)
{
	struct dmn_given g[INPUTS];
	struct dmn_outcome o;
	struct verdict_detail d = {0};
	make_given(&v->in, g);
	TRY(dmn_decide(x->q.run, a, x->q.verdict, g, INPUTS, &x->q.options, &o, e));
	take_rules(&x->q, &o, a, d.rules);
	if (near)
		TRY(take_near(&x->q, g, &o, a, &d, e));
	*ret = d;
	return ERR_OK;
}
