/* Decisions per second on the tables of docs/performance.md: 80 rules, 7 inputs, 3 outputs (and 10,000 rules), random
 * inputs, one thread; without and with the full explanation. Every outcome is compared with a plain computation. */
#include <time.h>

#include "base/arena.h"
#include "base/env.h"
#include "engine/dmn/dmn.h"
#include "engine/feel/time.h"

enum { INPUTS = 7, OUTPUTS = 3, SAMPLES = 1000 };

struct shape {
	int cares, incomes, regions;
};

static const char *const input_names[INPUTS] = {"care", "income", "region", "age", "household", "note", "applied"};
static const char *const input_types[INPUTS] = {"number", "number", "string", "number", "number", "string", "date"};
static const char *const output_names[OUTPUTS] = {"amount", "route", "advance"};

static double now_s(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct dmn_text text(str s)
{
	return (struct dmn_text){s, 1, 1};
}

static const struct dmn_table *make_table(struct arena *a, const struct shape *s)
{
	size_t n = (size_t)(s->cares * s->incomes * s->regions * 2), r = 0;
	struct dmn_table *t = ARENA_NEW(a, struct dmn_table);
	struct dmn_input_clause *inputs = ARENA_ARRAY(a, INPUTS, struct dmn_input_clause);
	struct dmn_output_clause *outputs = ARENA_ARRAY(a, OUTPUTS, struct dmn_output_clause);
	struct dmn_rule *rules = ARENA_ARRAY(a, n, struct dmn_rule);
	if (!t || !inputs || !outputs || !rules)
		return NULL;
	for (int i = 0; i < INPUTS; i++)
		inputs[i] = (struct dmn_input_clause){.type = str_of(input_types[i]),
		    .expression = {str_of(input_names[i]), 1, 1}, .values = {STR(""), 1, 1}};
	for (int i = 0; i < OUTPUTS; i++)
		outputs[i] = (struct dmn_output_clause){.name = str_of(output_names[i]), .values = {STR(""), 1, 1},
		    .fallback = {STR(""), 1, 1}};
	for (int c = 0; c < s->cares; c++)
		for (int i = 0; i < s->incomes; i++)
			for (int g = 0; g < s->regions; g++)
				for (int d = 0; d < 2; d++, r++) {
					struct dmn_text *tests = ARENA_ARRAY(a, INPUTS, struct dmn_text);
					struct dmn_text *outs = ARENA_ARRAY(a, OUTPUTS, struct dmn_text);
					if (!tests || !outs)
						return NULL;
					tests[0] = text(arena_fmt(a, "[%d..%d)", c * 10, c * 10 + 10));
					tests[1] = text(arena_fmt(a, "[%d..%d)", i * 1000, i * 1000 + 1000));
					tests[2] = text(arena_fmt(a, "\"R%d\",\"S%d\"", g, g));
					tests[3] = text(STR(">= 18"));
					tests[4] = tests[5] = text(STR("-"));
					tests[6] = d ? text(STR(">= date(\"2010-01-01\")"))
						     : text(STR("[date(\"2008-01-01\")..date(\"2010-01-01\"))"));
					outs[0] = text(arena_fmt(a, "%d", (int)r));
					outs[1] = text(arena_fmt(a, "\"route %d\"", (int)r % 7));
					outs[2] = text(str_of(r % 2 ? "true" : "false"));
					rules[r] = (struct dmn_rule){.tests = tests, .outputs = outs, .line = 1};
				}
	*t = (struct dmn_table){.policy = DMN_UNIQUE, .inputs = inputs, .outputs = outputs, .rules = rules,
	    .n_inputs = INPUTS, .n_outputs = OUTPUTS, .n_rules = n, .line = 1};
	return t;
}

static const struct dmn_model *make_model(struct arena *a, const struct shape *s)
{
	struct dmn_model *m = ARENA_NEW(a, struct dmn_model);
	struct dmn_element *x = ARENA_ARRAY(a, INPUTS + 1, struct dmn_element);
	struct dmn_link *links = ARENA_ARRAY(a, INPUTS, struct dmn_link);
	struct dmn_expr *expr = ARENA_NEW(a, struct dmn_expr);
	if (!m || !x || !links || !expr)
		return NULL;
	for (int i = 0; i < INPUTS; i++) {
		x[i] = (struct dmn_element){.kind = DMN_INPUT, .id = str_of(input_names[i]), .name = str_of(input_names[i]),
		    .type = str_of(input_types[i])};
		links[i] = (struct dmn_link){DMN_NEEDS_INPUT, x[i].id, 1};
	}
	*expr = (struct dmn_expr){.kind = DMN_TABLE, .table = make_table(a, s), .line = 1};
	x[INPUTS] = (struct dmn_element){.kind = DMN_DECISION, .id = STR("grant"), .name = STR("grant"), .links = links,
	    .n_links = INPUTS, .expr = expr, .line = 1};
	*m = (struct dmn_model){.file = STR("bench"), .ns = STR("bench"), .elements = x, .n_elements = INPUTS + 1};
	return expr->table ? m : NULL;
}

struct sample {
	struct dmn_given given[INPUTS];
	int64_t want; /* the amount */
};

static void make_samples(const struct shape *s, struct sample *samples, struct arena *a)
{
	uint64_t seed = 20260701;
	struct rng rng = rng_seeded(&seed);
	for (int k = 0; k < SAMPLES; k++) {
		int care = (int)(rng_next_u64(&rng) % (uint64_t)(s->cares * 10));
		int income = (int)(rng_next_u64(&rng) % (uint64_t)(s->incomes * 1000));
		int region = (int)(rng_next_u64(&rng) % (uint64_t)s->regions);
		int64_t day = feel_day_of(2008, 1, 1) + (int64_t)(rng_next_u64(&rng) % 1400);
		int late = day >= feel_day_of(2010, 1, 1);
		str name = arena_fmt(a, "%c%d", rng_next_u64(&rng) % 2 ? 'R' : 'S', region);
		fval values[INPUTS] = {feel_int(care), feel_int(income), feel_string(name),
		    feel_int(18 + (int64_t)(rng_next_u64(&rng) % 60)), feel_int(2), feel_string(STR("none")),
		    {.kind = FEEL_DATE, .day = day}};
		for (int i = 0; i < INPUTS; i++)
			samples[k].given[i] = (struct dmn_given){.name = str_of(input_names[i]), .value = values[i]};
		samples[k].want = ((care / 10 * s->incomes + income / 1000) * s->regions + region) * 2 + late;
	}
}

static bool measure(struct dmn_run *run, int32_t decision, const struct sample *samples, bool explain, const char *name)
{
	struct arena *a = arena_new(64 << 20);
	struct err e;
	struct dmn_outcome out;
	const struct dmn_options options = {.mode = DMN_STRICT, .explain = explain};
	double begin = now_s(), took;
	size_t n = 0;
	int64_t amount;
	if (!a)
		return false;
	do {
		for (int k = 0; k < SAMPLES; k++, n++) {
			arena_reset(a);
			if (dmn_decide(run, a, decision, samples[k].given, INPUTS, &options, &out, &e) != ERR_OK)
				return false;
			const fval *v = out.value.kind == FEEL_CONTEXT
			    ? feel_context_get(out.value.context, STR("amount")) : NULL;
			if (!v || !decimal_to_i64(v->number, &amount) || amount != samples[k].want) {
				printf("%s: wrong outcome\n", name);
				return false;
			}
		}
		took = now_s() - begin;
	} while (took < 2);
	printf("| %s | %.0f |\n", name, (double)n / took);
	arena_free(a);
	return true;
}

static bool run_shape(const struct shape *s, const char *name)
{
	AUTO_ARENA a = arena_new(1024UL << 20);
	struct err e;
	struct dmn_set *set;
	char label[100];
	const struct dmn_model *m = a ? make_model(a, s) : NULL;
	struct sample *samples = a ? ARENA_ARRAY(a, SAMPLES, struct sample) : NULL;
	if (!m || !samples)
		return false;
	make_samples(s, samples, a);
	double begin = now_s();
	if (dmn_compile(a, NULL, &m, 1, &set, &e) != ERR_OK) {
		printf("%s\n", e.detail);
		return false;
	}
	printf("| %s: to compile, ms | %.2f |\n", name, (now_s() - begin) * 1e3);
	struct dmn_run *run = dmn_run_new(a, set);
	int32_t decision = dmn_find(set, m, STR("grant"));
	(void)snprintf(label, sizeof label, "%s, plain", name);
	if (!run || !measure(run, decision, samples, false, label))
		return false;
	(void)snprintf(label, sizeof label, "%s, explained", name);
	return measure(run, decision, samples, true, label);
}

int main(void)
{
	const struct shape small = {4, 5, 2}, large = {10, 50, 10};
	return run_shape(&small, "Grutto, 80 rules") && run_shape(&large, "Grutto, 10,000 rules") ? 0 : 1;
}
