/* The members of question 3: activities with their verdicts and figures, priorities, the programme's own figures. */
#include "engine/stats/stats.h"
#include "feat/evaluation/question_3.h"
#include "feat/rules/explain.h"

enum { RATIO_SCALE = 6, SCRATCH_BYTES = 4 << 20, NEAR_ACTIVITIES = 200 /* near misses are looked for in a scope of at most so many */ };

static void key_str(struct json_writer *j, const char *key, str s)
{
	jw_key(j, key);
	jw_str(j, s);
}

static void key_text(struct json_writer *j, const char *key, str s)
{
	key_str(j, key, s.n ? s : STR_NONE);
}

static void key_count(struct json_writer *j, const char *key, size_t n)
{
	jw_key(j, key);
	jw_i64(j, (int64_t)n);
}

static void key_decimal(struct json_writer *j, const char *key, decimal d)
{
	decimal rounded;
	jw_key(j, key);
	answer_json_decimal(j, !decimal_is_none(d) && decimal_round(d, RATIO_SCALE, DECIMAL_HALF_UP, &rounded) ? rounded : d);
}

/* The known contributions together; null when none is known. */
static void key_euros(struct json_writer *j, const char *key, const struct verdict_count *c)
{
	jw_key(j, key);
	jw_money(j, c->n > c->n_unknown ? MONEY(c->minor, "EUR") : MONEY_NONE);
}

/* ---- figures ---- */

static bool is_main(const struct activity_verdict *v, const struct indicator_value *value)
{
	for (size_t i = 0; v && i < v->n_main; i++)
		if (v->main[i].target == value || v->main[i].actual == value)
			return true;
	return false;
}

static const char *state_slug(enum target_state s)
{
	static const char *const slugs[] = {[TARGET_STATE_NONE] = "background", [TARGET_STATE_NO_TARGET] = "no target",
	    [TARGET_STATE_NO_RESULT] = "not measured", [TARGET_STATE_MET] = "met", [TARGET_STATE_NOT_MET] = "not met"};
	return slugs[s];
}

static void json_value(struct json_writer *j, const struct facts *f, const struct activity *x, const struct indicator *in,
    const struct indicator_value *value, const struct activity_verdict *v)
{
	const struct indicator_role *role =
	    programme_indicator_role(f->view->programme, x->is_programme ? STR("") : x->key, in->title);
	int ascending = role ? role->ascending : in->ascending;
	decimal ratio;
	bool known = indicator_ratio(value->target_num, value->actual_num, ascending, &ratio);
	jw_object(j);
	key_str(j, "indicator", in->title);
	key_str(j, "dimension", value->dimension);
	key_text(j, "unit", in->unit);
	key_decimal(j, "baseline", value->baseline_num);
	key_decimal(j, "target", value->target_num);
	key_decimal(j, "actual", value->actual_num);
	key_decimal(j, "ratio", known ? ratio : DECIMAL_NONE);
	jw_key(j, "as_of");
	jw_pdate(j, value->as_of);
	key_str(j, "kind", str_of(indicator_kind_slug(facts_indicator_kind(f, x, in))));
	jw_key(j, "main");
	jw_bool(j, is_main(v, value));
	key_str(j, "state", str_of(state_slug(target_state_of(value->target_num, value->actual_num, ascending))));
	if (role && role->is_main)
		key_text(j, "why_main", role->why);
	key_text(j, "note", value->note);
	key_text(j, "source_line", value->source_line);
	jw_object_end(j);
}

static void json_indicators(struct json_writer *j, const struct facts *f, const struct activity *x, const struct activity_verdict *v)
{
	jw_key(j, "indicators");
	jw_array(j);
	for (size_t i = 0; i < x->n_indicators; i++)
		for (size_t k = 0; k < x->indicators[i].n_values; k++)
			json_value(j, f, x, &x->indicators[i], &x->indicators[i].values[k], v);
	jw_array_end(j);
}

/* ---- a verdict ---- */

static void json_rules(struct json_writer *j, const struct verdict_detail *v)
{
	jw_key(j, "rule");
	jw_object(j);
	key_str(j, "model", VERDICT_MODEL);
	jw_key(j, "rows");
	jw_array(j);
	for (size_t i = 0; i < VERDICT_RULES; i++) {
		const struct verdict_rule *r = &v->rules[i];
		if (!r->decision.n)
			continue;
		jw_object(j);
		key_str(j, "decision", r->decision);
		key_text(j, "outcome", r->outcome);
		key_count(j, "row", r->row);
		key_text(j, "note", r->note);
		key_text(j, "source_line", r->source_line);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_object_end(j);
}

static void json_inputs(struct json_writer *j, const struct verdict_inputs *in)
{
	jw_key(j, "inputs");
	jw_object(j);
	key_str(j, "state", str_of(in->state));
	key_decimal(j, "days_left", in->days_left);
	key_count(j, "targets", (size_t)in->targets);
	key_count(j, "measured", (size_t)in->measured);
	key_decimal(j, "lowest", in->lowest);
	key_decimal(j, "highest", in->highest);
	key_decimal(j, "time_ratio", in->time_ratio);
	key_decimal(j, "money_ratio", in->money_ratio);
	key_count(j, "extensions", (size_t)in->extensions);
	key_count(j, "budget_increases", (size_t)in->budget_increases);
	key_decimal(j, "spent_share", in->spent_share);
	jw_key(j, "measured_to_end");
	if (in->measured_to_end < 0)
		jw_null(j);
	else
		jw_bool(j, in->measured_to_end > 0);
	jw_object_end(j);
}

static void json_near(struct json_writer *j, const struct facts *f, const struct verdict_detail *v)
{
	jw_key(j, "near_misses");
	jw_array(j);
	for (size_t i = 0; i < v->n_near; i++) {
		jw_object(j);
		key_str(j, "input", v->near[i].input);
		jw_key(j, "from");
		explain_value(j, f->view->decisions->zones, v->near[i].from);
		jw_key(j, "to");
		explain_value(j, f->view->decisions->zones, v->near[i].to);
		key_str(j, "verdict", v->near[i].verdict);
		jw_object_end(j);
	}
	jw_array_end(j);
}

/* What cannot be explained for want of memory is left out. */
static void json_detail(struct json_writer *j, const struct facts *f, struct verdict_explainer *how, const struct activity_verdict *v,
    struct arena *a)
{
	struct verdict_detail d;
	struct err ignored;
	bool near = f->n <= NEAR_ACTIVITIES;
	if (!how || verdict_explain(how, v, near, a, &d, &ignored) != ERR_OK)
		return;
	json_rules(j, &d);
	if (near)
		json_near(j, f, &d);
}

static void json_activity(struct json_writer *j, const struct facts *f, struct verdict_explainer *how, const struct activity_verdict *v,
    enum lang l, struct arena *a)
{
	const struct activity *x = v->activity;
	jw_object(j);
	key_str(j, "activity_id", x->key);
	key_str(j, "title", x->title);
	key_text(j, "acronym", x->acronym);
	jw_key(j, "priority");
	if (activity_primary_priority(x))
		jw_i64(j, activity_primary_priority(x));
	else
		jw_null(j);
	jw_key(j, "outside");
	jw_bool(j, facts_outside(x));
	key_str(j, "verdict", v->verdict == VERDICT_UNDETERMINED ? STR_NONE : str_of(verdict_slug(v->verdict)));
	key_str(j, "why", verdict_why(v, l, a));
	jw_key(j, "contribution_eur");
	jw_money(j, x->contribution);
	jw_key(j, "remarks");
	jw_array(j);
	for (size_t i = 0; i < v->n_remarks; i++)
		jw_str(j, v->remarks[i]);
	jw_array_end(j);
	json_inputs(j, &v->in);
	json_detail(j, f, how, v, a);
	json_indicators(j, f, x, v);
	key_text(j, "source_line", x->source_line);
	jw_object_end(j);
}

/* ---- distributions ---- */

static void json_share(struct json_writer *j, size_t k, size_t n)
{
	struct stats_share s;
	jw_key(j, "share");
	if (!stats_share(k, n, &s)) {
		jw_null(j);
		return;
	}
	const double v[] = {s.share, s.lo, s.hi};
	const char *const names[] = {"value", "low", "high"};
	jw_object(j);
	for (size_t i = 0; i < 3; i++) {
		AUTO_BUF b = BUF_INIT(40);
		buf_addf(&b, "%.6f", v[i]);
		jw_key(j, names[i]);
		jw_decimal(j, buf_str(&b));
	}
	jw_object_end(j);
}

static void json_count(struct json_writer *j, const struct results_of *r, enum verdict v)
{
	const struct verdict_count *c = &r->by[v];
	decimal share = DECIMAL_NONE;
	jw_object(j);
	key_str(j, "verdict", str_of(verdict_slug(v)));
	key_count(j, "activities", c->n);
	key_count(j, "of", r->n);
	json_share(j, c->n, r->n);
	key_euros(j, "contribution_eur", c);
	key_count(j, "contribution_unknown", c->n_unknown);
	if (c->n > c->n_unknown && r->all.minor > 0 && !decimal_div(decimal_of(c->minor), decimal_of(r->all.minor), &share))
		share = DECIMAL_NONE;
	key_decimal(j, "share_of_money", share);
	jw_object_end(j);
}

static void json_kind(struct json_writer *j, const char *key, const struct kind_count *c)
{
	jw_key(j, key);
	jw_object(j);
	key_count(j, "with_target", c->rows.met + c->rows.not_met + c->rows.no_result);
	key_count(j, "met", c->rows.met);
	key_count(j, "not_met", c->rows.not_met);
	key_count(j, "not_measured", c->rows.no_result);
	key_count(j, "without_target", c->rows.no_target);
	jw_object_end(j);
}

static void json_results(struct json_writer *j, const struct results_of *r, enum lang l)
{
	jw_object(j);
	if (r->priority) {
		key_count(j, "priority", (size_t)r->priority->code);
		key_str(j, "name", text3_in(&r->priority->short_name, l));
	}
	key_count(j, "activities", r->n);
	key_euros(j, "contribution_eur", &r->all);
	key_count(j, "contribution_unknown", r->all.n_unknown);
	jw_key(j, "verdicts");
	jw_array(j);
	for (int v = 0; v < VERDICT_COUNT; v++)
		if (r->by[v].n)
			json_count(j, r, (enum verdict)v);
	jw_array_end(j);
	json_kind(j, "outputs", &r->outputs);
	json_kind(j, "outcomes", &r->outcomes);
	jw_object_end(j);
}

static void json_activities(struct json_writer *j, const struct answer_3 *x, enum lang l)
{
	struct verdict_explainer *how = NULL;
	struct err ignored;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	AUTO_ARENA one = arena_new(ARENA_NO_LIMIT);
	if (a && verdict_explainer_new(x->facts, x->version, a, &how, &ignored) != ERR_OK)
		how = NULL;
	jw_key(j, "activities");
	jw_array(j);
	for (size_t i = 0; one && i < x->facts->n; i++) {
		json_activity(j, x->facts, how, &x->verdicts[i], l, one);
		if (arena_used(one) > SCRATCH_BYTES)
			arena_reset(one);
	}
	jw_array_end(j);
}

void answer_3_json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_3 *x = made;
	json_activities(j, x, l);
	jw_key(j, "priorities");
	jw_array(j);
	for (size_t i = 0; i < x->n_priorities; i++)
		if (x->priorities[i].n)
			json_results(j, &x->priorities[i], l);
	jw_array_end(j);
	jw_key(j, "total");
	json_results(j, &x->total, l);
	key_count(j, "outside", x->n_outside);
	key_count(j, "without_priority", x->n_without_priority);
	if (x->facts->programme) {
		jw_key(j, "programme");
		jw_object(j);
		json_indicators(j, x->facts, x->facts->programme, NULL);
		jw_object_end(j);
	}
}
