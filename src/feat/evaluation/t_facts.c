/* Records as known on a day: the rules of dates one by one, and that nothing later than the day has any influence. */
#include "feat/evaluation/t_world.h"

static struct world world;

static const struct activity *find(const struct facts *f, const char *key)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->activities[i]->key, key))
			return f->activities[i];
	return NULL;
}

static pdate when(const char *s)
{
	pdate d;
	assert_true(pdate_parse(str_of(s), &d));
	return d;
}

/* A day, month or year counts when it has ended; what the sources tell of an unfinished one, on their day. */
static void known(void **state)
{
	static const struct {
		const char *date, *day;
		bool known;
	} cases[] = {
	    {"2010-03-19", "2010-03-18", false}, {"2010-03-19", "2010-03-19", true}, {"2010-03", "2010-03-30", false},
	    {"2010-03", "2010-03-31", true},     {"2008", "2008-12-30", false},      {"2008", "2008-12-31", true},
	    {"2012", "2012-05-30", false},       {"2012", "2012-05-31", true},       {"2012-05", "2012-05-31", true},
	    {"2012-06", "2012-05-31", false},    {"2013", "2012-05-31", false},
	};
	(void)state;
	struct facts f = {.view = world.v};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		f.scope.as_of = world_day(cases[i].day);
		assert_int_equal(facts_known(&f, when(cases[i].date)), cases[i].known);
	}
	f.scope.as_of = world_day("2012-05-30");
	assert_false(facts_known(&f, PDATE_NONE));
	f.scope.as_of = world_day("2012-05-31");
	assert_true(facts_known(&f, PDATE_NONE));
}

/* On the day of the facts the records are those of the register, not copies; a later day knows no more. */
static void all_of_it(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	struct facts f = world_facts(world.v, NULL, a), g = world_facts(world.v, "2020-01-01", a);
	assert_int_equal(f.n, world.v->activities->own.n);
	assert_int_equal(f.n, g.n);
	for (size_t i = 0; i < f.n; i++)
		assert_true(f.activities[i] == world.v->activities->activities[i] && g.activities[i] == f.activities[i]);
	assert_int_equal(f.n_budget, world.v->programme->n_budget);
	assert_true(f.programme == world.v->activities->programme);
}

static void an_earlier_day(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	struct facts f = world_facts(world.v, "2010-06-30", a);
	/* HRT 2008 was running: its end of 31 December 2010, the results of that day and the increase of July are not known */
	const struct activity *hrt = find(&f, "18596");
	assert_int_equal(hrt->status, ACTIVITY_STATUS_IMPLEMENTATION);
	assert_int_equal(hrt->actual_end.precision, DATE_PRECISION_NONE);
	assert_false(money_is(hrt->contribution)); /* raised on 21 July 2010 (line 10664): the sum before is not in the records */
	assert_int_equal(hrt->n_indicators, 1);
	assert_int_equal(hrt->indicators[0].n_values, 2); /* the target, and the forecast of December 2009 */
	for (size_t i = 0; i < 2; i++) {
		assert_true(decimal_is_none(hrt->indicators[0].values[i].actual_num));
		assert_false(decimal_is_none(hrt->indicators[0].values[i].target_num));
	}
	for (size_t i = 0; i < hrt->n_events; i++)
		assert_true(pdate_last(hrt->events[i].day).day <= world_day("2010-06-30").day);
	/* HRT 2010 had not begun; the grant to the foundation of 1 February 2010 is known with its amount */
	assert_null(find(&f, "22101"));
	assert_int_equal(find(&f, "18943")->contribution.minor, 428725067);
	/* the Afghan project: four returns by the end of April 2010 (line 10577), not yet the 41 of December 2011 */
	const struct activity *rean = find(&f, "19810");
	size_t measured = 0;
	for (size_t k = 0; k < rean->indicators[0].n_values; k++)
		measured += !decimal_is_none(rean->indicators[0].values[k].actual_num);
	assert_int_equal(measured, 2);
	/* spending of 2009 is known, that of 2010 is not */
	for (size_t i = 0; i < f.n_budget; i++)
		assert_true(f.budget[i].year_last <= 2009);
	assert_true(f.n_budget >= 7);
}

/* ---- nothing later has any influence ---- */

static bool later(const struct facts *f, pdate d)
{
	return !facts_known(f, d);
}

/* Everything later than the day made different; what is undated counts as of the day of the facts. */
static const struct activity *perturbed(const struct facts *f, const struct activity *x, struct arena *a)
{
	struct activity *copy = ARENA_NEW(a, struct activity);
	struct indicator *in = ARENA_ARRAY(a, x->n_indicators, struct indicator);
	struct activity_event *ev = ARENA_ARRAY(a, x->n_events, struct activity_event);
	bool raised = false;
	assert_true(copy && in && ev);
	*copy = *x;
	for (size_t i = 0; i < x->n_indicators; i++) {
		struct indicator_value *v = ARENA_ARRAY(a, x->indicators[i].n_values, struct indicator_value);
		assert_non_null(v);
		in[i] = x->indicators[i];
		for (size_t k = 0; k < in[i].n_values; k++) {
			v[k] = x->indicators[i].values[k];
			if (v[k].actual.p && later(f, v[k].as_of)) {
				v[k].actual = STR("987654");
				v[k].actual_num = decimal_of(987654);
				v[k].note = STR("later");
			}
		}
		in[i].values = v;
	}
	for (size_t i = 0; i < x->n_events; i++) {
		ev[i] = x->events[i];
		if (!later(f, ev[i].day))
			continue;
		raised |= str_is(ev[i].type, "budget_increase") || (str_is(ev[i].type, "approved") && money_is(ev[i].amount));
		ev[i].detail = STR("later");
		if (money_is(ev[i].amount))
			ev[i].amount.minor += 12345;
	}
	if (raised && money_is(copy->contribution))
		copy->contribution.minor += 98765;
	if (copy->actual_end.precision && later(f, copy->actual_end)) {
		copy->status = copy->status == ACTIVITY_STATUS_CLOSED ? ACTIVITY_STATUS_CANCELLED : ACTIVITY_STATUS_CLOSED;
		copy->actual_end.day += 400;
	}
	copy->indicators = in;
	copy->events = ev;
	return copy;
}

static void no_later_fact(void **state)
{
	static const char *const days[] = {"2008-12-31", "2009-12-31", "2010-06-30", "2011-03-15", "2011-12-31", "2012-03-10"};
	(void)state;
	for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
		AUTO_ARENA a = arena_new(512 << 20);
		struct facts f = world_facts(world.v, days[d], a);
		const struct register_view *r = world.v->activities;
		const struct activity **list = ARENA_ARRAY(a, r->own.n, const struct activity *);
		struct programme_view p = *world.v->programme;
		struct budget_line *lines = ARENA_ARRAY(a, p.n_budget, struct budget_line);
		for (size_t i = 0; i < r->own.n; i++)
			list[i] = perturbed(&f, r->activities[i], a);
		for (size_t i = 0; i < p.n_budget; i++) {
			date first;
			lines[i] = p.budget[i];
			assert_true(date_from_civil(lines[i].year_last, 1, 1, &first));
			if (money_is(lines[i].amount) && later(&f, (pdate){first.day, DATE_PRECISION_YEAR}))
				lines[i].amount.minor += 55555;
		}
		p.budget = lines;
		struct evaluation_view v = *world_with(world.v, list, r->own.n, a);
		v.programme = &p;
		struct facts g = world_facts(&v, days[d], a);
		assert_int_equal(f.n, g.n);
		for (size_t i = 0; evaluation_parts[i]; i++)
			if (evaluation_parts[i]->question == 2 || evaluation_parts[i]->question == 3)
				assert_string_equal(world_json(evaluation_parts[i], &f, LANG_EN, a).p, world_json(evaluation_parts[i], &g, LANG_EN, a).p);
	}
}

/* ---- scopes ---- */

static void assert_fails(const struct evaluation_scope *s, enum err_code code, const char *id)
{
	struct err e = {0};
	struct facts f;
	AUTO_ARENA a = arena_new(64 << 20);
	assert_int_equal(facts_make(world.v, s, a, &f, &e), code);
	assert_string_equal(e.id, id);
	assert_true(strlen(e.detail) > 20);
}

static void refused(void **state)
{
	(void)state;
	assert_fails(&(struct evaluation_scope){.as_of = world_day("1999-12-31")}, ERR_NOT_FOUND, "evaluation.before");
	assert_fails(&(struct evaluation_scope){.as_of = DATE_NONE, .year_from = 1990, .year_to = 1995}, ERR_NOT_FOUND, "evaluation.empty");
	assert_fails(&(struct evaluation_scope){.as_of = DATE_NONE, .year_from = 2012, .year_to = 2010}, ERR_INVALID, "evaluation.period");
	assert_fails(&(struct evaluation_scope){.as_of = DATE_NONE, .priority = 7}, ERR_NOT_FOUND, "evaluation.priority");
	const struct activity *late = register_activity(world.v->activities, STR("23432")); /* began in December 2011 */
	assert_fails(&(struct evaluation_scope){.as_of = world_day("2011-06-30"), .activity = late}, ERR_NOT_FOUND, "evaluation.empty");
}

static void periods(void **state)
{
	(void)state;
	struct err e;
	struct facts f;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct evaluation_scope s = {.as_of = DATE_NONE, .year_from = 2010, .year_to = 2010, .priority = 6};
	assert_ok(facts_make(world.v, &s, a, &f, &e), &e);
	/* of priority 6 ran in 2010: both rounds of the cash scheme, Iraq, Afghanistan, Angola, the foundation, and Morocco and the
	 * study, which ended in 2010; not the families of 2011 nor the reception of 2011 */
	static const char *const there[] = {"18596", "22101", "20707", "19810", "19065", "18943", "18777", "18942"};
	for (size_t i = 0; i < sizeof there / sizeof *there; i++)
		assert_non_null(find(&f, there[i]));
	assert_int_equal(f.n, sizeof there / sizeof *there);
	/* its money in 2010: 3.3 million (line 91) */
	assert_int_equal(f.n_budget, 1);
	assert_int_equal(f.budget[0].amount.minor, 330000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(known), cmocka_unit_test(all_of_it), cmocka_unit_test(an_earlier_day),
	    cmocka_unit_test(no_later_fact), cmocka_unit_test(refused), cmocka_unit_test(periods)};
	world_load(&world);
	int failed = test_run(tests);
	world_drop(&world);
	return failed;
}
