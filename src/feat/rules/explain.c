#include "feat/rules/explain.h"

enum { VALUE_BYTES = 16 << 20 };

static const char *const policies[] = {
    [DMN_UNIQUE] = "UNIQUE", [DMN_ANY] = "ANY", [DMN_PRIORITY] = "PRIORITY", [DMN_FIRST] = "FIRST",
    [DMN_RULE_ORDER] = "RULE ORDER", [DMN_OUTPUT_ORDER] = "OUTPUT ORDER", [DMN_COLLECT] = "COLLECT",
    [DMN_SUM] = "COLLECT SUM", [DMN_COUNT] = "COLLECT COUNT", [DMN_MIN] = "COLLECT MIN", [DMN_MAX] = "COLLECT MAX"};

static const char *const outcomes[] = {
    [DMN_NOT_EVALUATED] = "not evaluated", [DMN_TRUE] = "true", [DMN_FALSE] = "false", [DMN_ERROR] = "error"};

void explain_value(struct json_writer *w, const struct feel_zones *zones, fval v)
{
	AUTO_BUF b = BUF_INIT(VALUE_BYTES);
	feel_write_json(&b, zones, v);
	jw_raw(w, b.failed ? STR("null") : buf_str(&b));
}

void explain_cause(struct json_writer *w, fval v)
{
	if (v.kind != FEEL_NULL || !v.cause) {
		jw_null(w);
		return;
	}
	jw_object(w);
	jw_key(w, "id");
	jw_str(w, str_of(v.cause->id));
	jw_key(w, "text");
	jw_str(w, v.cause->text);
	jw_key(w, "line");
	jw_i64(w, v.cause->line);
	jw_key(w, "col");
	jw_i64(w, v.cause->col);
	jw_object_end(w);
}

static bool given_of(const struct explain_case *c, str name, struct dmn_given *ret)
{
	for (size_t i = 0; i < c->n_given; i++)
		if (str_eq(c->given[i].name, name)) {
			*ret = c->given[i];
			return true;
		}
	return false;
}

static void inputs(struct json_writer *w, const struct explain_case *c)
{
	size_t n;
	const int32_t *needed = dmn_inputs_of(c->set, c->element, &n);
	jw_key(w, "inputs");
	jw_array(w);
	for (size_t i = 0; i < n; i++) {
		str name = dmn_input_name(c->set, c->model, needed[i]);
		struct dmn_given g = {.value = FEEL_NULL_VALUE};
		bool found = given_of(c, name, &g);
		jw_object(w);
		jw_key(w, "name");
		jw_str(w, name);
		jw_key(w, "given");
		jw_bool(w, found);
		jw_key(w, "value");
		explain_value(w, c->zones, g.value);
		jw_key(w, "source");
		jw_str(w, g.source);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static bool decided(const struct dmn_table_trace *t, size_t rule)
{
	for (size_t i = 0; i < t->n_decided; i++)
		if (t->decided[i] == rule)
			return true;
	return false;
}

static bool matched(const struct dmn_table_trace *t, size_t rule)
{
	for (size_t i = 0; i < t->n_matched; i++)
		if (t->matched[i] == rule)
			return true;
	return false;
}

static void rule(struct json_writer *w, const struct dmn_table_trace *t, size_t r)
{
	const struct dmn_table *table = t->table;
	const struct dmn_rule *rule = &table->rules[r];
	jw_object(w);
	jw_key(w, "rule");
	jw_i64(w, (int64_t)r + 1);
	jw_key(w, "id");
	jw_str(w, rule->id);
	jw_key(w, "matched");
	jw_bool(w, matched(t, r));
	jw_key(w, "decided");
	jw_bool(w, decided(t, r));
	jw_key(w, "cells");
	jw_array(w);
	for (size_t c = 0; c < table->n_inputs; c++) {
		jw_object(w);
		jw_key(w, "test");
		jw_str(w, str_trim(rule->tests[c].text));
		jw_key(w, "outcome");
		jw_str(w, str_of(outcomes[t->cells[r * table->n_inputs + c]]));
		jw_object_end(w);
	}
	jw_array_end(w);
	jw_key(w, "annotations");
	jw_object(w);
	for (size_t a = 0; a < table->n_annotations; a++) {
		jw_key_str(w, table->annotations[a].n ? table->annotations[a] : STR("annotation"));
		jw_str(w, rule->annotations[a].p ? rule->annotations[a] : STR(""));
	}
	jw_object_end(w);
	jw_object_end(w);
}

static enum err_code near_misses(struct json_writer *w, const struct explain_case *c, const struct dmn_table_trace *t,
    struct err *e)
{
	const struct dmn_near *near;
	size_t n;
	TRY(dmn_near_misses(t, c->arena, &near, &n, e));
	jw_key(w, "near_misses");
	jw_array(w);
	for (size_t i = 0; i < n; i++) {
		const struct dmn_input_clause *input = &t->table->inputs[near[i].column];
		jw_object(w);
		jw_key(w, "input");
		jw_str(w, str_trim(input->expression.text));
		jw_key(w, "value");
		explain_value(w, c->zones, t->values[near[i].column]);
		jw_key(w, "with");
		explain_value(w, c->zones, near[i].value);
		jw_key(w, "rule");
		jw_i64(w, (int64_t)near[i].rule + 1);
		jw_key(w, "test");
		jw_str(w, str_trim(t->table->rules[near[i].rule].tests[near[i].column].text));
		jw_key(w, "result");
		if (near[i].result.kind == FEEL_INTERNAL)
			jw_null(w);
		else
			explain_value(w, c->zones, near[i].result);
		jw_object_end(w);
	}
	jw_array_end(w);
	return ERR_OK;
}

static enum err_code table(struct json_writer *w, const struct explain_case *c, const struct dmn_table_trace *t, struct err *e)
{
	jw_object(w);
	jw_key(w, "policy");
	jw_str(w, str_of(policies[t->table->policy]));
	jw_key(w, "inputs");
	jw_array(w);
	for (size_t i = 0; i < t->table->n_inputs; i++) {
		const struct dmn_input_clause *in = &t->table->inputs[i];
		jw_object(w);
		jw_key(w, "label");
		jw_str(w, in->label.n ? in->label : STR_NONE);
		jw_key(w, "expression");
		jw_str(w, str_trim(in->expression.text));
		jw_key(w, "value");
		explain_value(w, c->zones, t->values[i]);
		jw_key(w, "cause");
		explain_cause(w, t->values[i]);
		jw_object_end(w);
	}
	jw_array_end(w);
	jw_key(w, "rules");
	jw_array(w);
	for (size_t r = 0; r < t->table->n_rules; r++)
		rule(w, t, r);
	jw_array_end(w);
	jw_key(w, "default");
	jw_bool(w, t->fallback);
	jw_key(w, "result");
	explain_value(w, c->zones, t->result);
	jw_key(w, "cause");
	explain_cause(w, t->result);
	TRY(near_misses(w, c, t, e));
	jw_object_end(w);
	return ERR_OK;
}

/* The knowledge sources that a decision names as its authority. */
static void sources(struct json_writer *w, const struct explain_case *c, const struct dmn_element *x)
{
	jw_key(w, "sources");
	jw_array(w);
	for (size_t i = 0; i < x->n_links; i++) {
		ptrdiff_t hash = str_find_char(x->links[i].href, '#');
		if (x->links[i].need != DMN_NEEDS_AUTHORITY || hash < 0)
			continue;
		int32_t at = dmn_find(c->set, c->model, str_sub(x->links[i].href, (size_t)hash + 1, x->links[i].href.n));
		if (at < 0)
			continue;
		const struct dmn_element *source = dmn_element(c->set, at);
		jw_object(w);
		jw_key(w, "name");
		jw_str(w, source->name);
		jw_key(w, "location");
		jw_str(w, source->location.n ? source->location : STR_NONE);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void changes(struct json_writer *w, const struct explain_case *c)
{
	jw_key(w, "changes");
	jw_array(w);
	for (size_t i = 0; i < c->n_changes; i++) {
		const struct dmn_change *x = &c->changes[i];
		jw_object(w);
		jw_key(w, "input");
		jw_str(w, dmn_input_name(c->set, c->model, x->input));
		jw_key(w, "component");
		jw_str(w, x->component.n ? x->component : STR_NONE);
		jw_key(w, "value");
		explain_value(w, c->zones, x->from);
		jw_key(w, "with");
		explain_value(w, c->zones, x->to);
		jw_key(w, "outcome");
		explain_value(w, c->zones, x->outcome);
		jw_object_end(w);
	}
	jw_array_end(w);
}

enum err_code explain_json(struct json_writer *w, const struct explain_case *c, struct err *e)
{
	jw_object(w);
	inputs(w, c);
	jw_key(w, "decisions");
	jw_array(w);
	for (size_t i = 0; i < c->outcome->n_decisions; i++) {
		const struct dmn_decision_trace *d = &c->outcome->decisions[i];
		const struct dmn_element *x = dmn_element(c->set, d->element);
		jw_object(w);
		jw_key(w, "name");
		jw_str(w, x->name);
		jw_key(w, "value");
		explain_value(w, c->zones, d->value);
		jw_key(w, "undetermined");
		jw_bool(w, d->undetermined);
		jw_key(w, "given");
		jw_bool(w, d->given);
		jw_key(w, "cause");
		explain_cause(w, d->value);
		sources(w, c, x);
		jw_key(w, "tables");
		jw_array(w);
		for (const struct dmn_table_trace *t = d->tables; t; t = t->next)
			TRY(table(w, c, t, e));
		jw_array_end(w);
		jw_object_end(w);
	}
	jw_array_end(w);
	changes(w, c);
	jw_object_end(w);
	return ERR_OK;
}
