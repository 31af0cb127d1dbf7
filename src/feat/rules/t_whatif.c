/* What is missing, and what would have changed an outcome, against trying everything: models drawn at random over small
 * domains, with tables, expressions, decisions in between and functions. The seed of a failing model is printed. */
#include "base/arena.h"
#include "base/env.h"
#include "base/test.h"
#include "feat/rules/dmn_xml.h"

enum { MEMORY = 256 << 20, INPUTS = 4, VALUES = 10, MODELS = 60, XML_BYTES = 1 << 16, TRIES = 6, MISSING = -1 };

struct world {
	struct arena *a;
	const struct dmn_model *model;
	struct dmn_set *set;
	struct dmn_run *run;
	int32_t decision;
	struct err e;
	struct buf xml;
};

static uint64_t draw(struct rng *r, uint64_t below)
{
	return rng_next_u64(r) % below;
}

/* Inputs a and b are numbers from 0 to 9, halves among them; c is true or false, d is one of three words. */
static const char *const names[INPUTS] = {"a", "b", "c", "d"};
static const int domain[INPUTS] = {2 * VALUES - 1, 2 * VALUES - 1, 2, 3};
static const char *const words[] = {"red", "green", "blue"};

static decimal half(int v)
{
	decimal d;
	assert_true(decimal_div(decimal_of(v), decimal_of(2), &d));
	return d;
}

static fval value_of(size_t input, int v)
{
	return input < 2 ? feel_number(half(v)) : input == 2 ? feel_bool(v == 1) : feel_string(str_of(words[v]));
}

static void cell(struct buf *b, struct rng *r, size_t input)
{
	int x = (int)draw(r, VALUES), y = (int)draw(r, VALUES);
	if (draw(r, 3) == 0)
		buf_addz(b, "-");
	else if (input < 2 && draw(r, 2))
		buf_addf(b, "%s %d", draw(r, 2) ? "&gt;=" : "&lt;", x);
	else if (input < 2)
		buf_addf(b, "[%d..%d]", x < y ? x : y, x < y ? y : x);
	else if (input == 2)
		buf_addz(b, draw(r, 2) ? "true" : "false");
	else
		buf_addf(b, "\"%s\"%s", words[x % 3], draw(r, 2) ? "" : ", \"blue\"");
}

static void column(struct buf *b, const char *expression)
{
	buf_addf(b, "<input><inputExpression><text>%s</text></inputExpression></input>", expression);
}

/* A table of four rows over two of the columns, with a default. */
static void table(struct buf *b, struct rng *r, const char *first, size_t of_first, size_t second)
{
	buf_addz(b, "<decisionTable hitPolicy='FIRST'>");
	column(b, first);
	column(b, names[second]);
	buf_addz(b, "<output name='o'><defaultOutputEntry><text>99</text></defaultOutputEntry></output>");
	for (int row = 0; row < 4; row++) {
		buf_addz(b, "<rule><inputEntry><text>");
		cell(b, r, of_first);
		buf_addz(b, "</text></inputEntry><inputEntry><text>");
		cell(b, r, second);
		buf_addf(b, "</text></inputEntry><outputEntry><text>%u</text></outputEntry></rule>", (unsigned)draw(r, 4));
	}
	buf_addz(b, "</decisionTable>");
}

static void needs_all(struct buf *b)
{
	for (size_t i = 0; i < INPUTS; i++)
		buf_addf(b, "<informationRequirement><requiredInput href='#%s'/></informationRequirement>", names[i]);
}

/* X looks at a moved a, at b or c and at what Y, an expression or a call of a function with a table, makes of the inputs. */
static void load(struct world *w, struct rng *r)
{
	static const char *const types[INPUTS] = {"tDigit", "tDigit", "boolean", "tWord"};
	static const char *const forms[] = {"if c then # else if b &gt; # then 1 else 2", "if d = \"red\" then b + # else #",
	    "f(b) + # - #", "if a + # &gt; 7 and c then # else 0", "if a &lt; # or b &lt; # then 1 else 3"};
	static const char *const moved[] = {"a", "a + 3", "2 * a - 5", "a + b"};
	struct buf *b = &w->xml;
	w->a = arena_new(MEMORY);
	b->n = 0;
	buf_addz(b, "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' namespace='t' name='t'><itemDefinition "
		    "name='tWord'><typeRef>string</typeRef><allowedValues><text>\"red\", \"green\", \"blue\"</text></allowedValues>"
		    "</itemDefinition><itemDefinition name='tDigit'><typeRef>number</typeRef><allowedValues><text>[0..9]</text>"
		    "</allowedValues></itemDefinition>");
	for (size_t i = 0; i < INPUTS; i++)
		buf_addf(b, "<inputData id='%s' name='%s'><variable name='%s' typeRef='%s'/></inputData>", names[i], names[i],
		    names[i], types[i]);
	buf_addz(b, "<businessKnowledgeModel id='f' name='f'><variable name='f'/><encapsulatedLogic><formalParameter name='n' "
		    "typeRef='number'/><decisionTable hitPolicy='FIRST'>");
	column(b, "n");
	buf_addf(b, "<output/><rule><inputEntry><text>&lt; %u</text></inputEntry><outputEntry><text>1</text></outputEntry></rule><rule>"
		    "<inputEntry><text>-</text></inputEntry><outputEntry><text>2</text></outputEntry></rule></decisionTable>"
		    "</encapsulatedLogic></businessKnowledgeModel>", (unsigned)draw(r, VALUES));
	buf_addz(b, "<decision id='Y' name='Y'><variable name='Y' typeRef='number'/>");
	needs_all(b);
	buf_addz(b, "<knowledgeRequirement><requiredKnowledge href='#f'/></knowledgeRequirement><literalExpression><text>");
	for (const char *p = forms[draw(r, sizeof forms / sizeof *forms)]; *p; p++)
		buf_addc(b, *p == '#' ? (char)('0' + draw(r, VALUES)) : *p);
	buf_addz(b, "</text></literalExpression></decision><decision id='X' name='X'><variable name='X'/>");
	needs_all(b);
	buf_addz(b, "<informationRequirement><requiredDecision href='#Y'/></informationRequirement>");
	if (draw(r, 2))
		table(b, r, moved[draw(r, 4)], 0, 1 + draw(r, 3));
	else
		table(b, r, "Y", 0, draw(r, INPUTS));
	buf_addz(b, "</decision></definitions>");
	assert_ok(dmn_xml_parse(buf_str(b), "t.dmn", w->a, &w->model, &w->e), &w->e);
	assert_ok(dmn_compile(w->a, NULL, &w->model, 1, &w->set, &w->e), &w->e);
	size_t faults;
	(void)dmn_diags(w->set, &faults);
	assert_int_equal(faults, 0);
	w->run = dmn_run_new(w->a, w->set);
	w->decision = dmn_find(w->set, w->model, STR("X"));
}

static size_t give(const int *v, struct dmn_given *given)
{
	size_t n = 0;
	for (size_t i = 0; i < INPUTS; i++)
		if (v[i] != MISSING)
			given[n++] = (struct dmn_given){.name = str_of(names[i]), .value = value_of(i, v[i])};
	return n;
}

static struct dmn_outcome decide(struct world *w, struct arena *a, const int *v)
{
	const struct dmn_options options = {.mode = DMN_STRICT};
	struct dmn_given given[INPUTS];
	struct dmn_outcome out;
	size_t n = give(v, given);
	assert_ok(dmn_decide(w->run, a, w->decision, given, n, &options, &out, &w->e), &w->e);
	return out;
}

static void print_model(const struct world *w, const int *v)
{
	for (size_t i = 0; i < INPUTS; i++)
		print_error("# %s = %d\n", names[i], v[i]);
	for (size_t at = 0; at < w->xml.n; at += 900)
		print_error("%.*s\n", (int)(w->xml.n - at < 900 ? w->xml.n - at : 900), w->xml.p + at);
}

/* Can input y make an undetermined outcome a decided one, whatever else is then given or not? */
static bool matters(struct world *w, const int *given, size_t y)
{
	AUTO_ARENA a = arena_new(MEMORY);
	int v[INPUTS];
	size_t total = 1, wide[INPUTS];
	for (size_t i = 0; i < INPUTS; i++) {
		wide[i] = given[i] == MISSING && i != y ? (size_t)domain[i] + 1 : 1;
		total *= wide[i];
	}
	for (size_t k = 0; k < total; k++) {
		size_t rest = k;
		for (size_t i = 0; i < INPUTS; i++) {
			v[i] = given[i] == MISSING && i != y ? (int)(rest % wide[i]) - 1 : given[i];
			rest /= wide[i];
		}
		arena_reset(a);
		if (!decide(w, a, v).undetermined)
			continue;
		for (v[y] = 0; v[y] < domain[y]; v[y]++)
			if (!decide(w, a, v).undetermined)
				return true;
	}
	return false;
}

static void check_missing(struct world *w, struct rng *r, uint64_t seed)
{
	const struct dmn_options options = {.mode = DMN_STRICT};
	struct dmn_given given[INPUTS];
	int v[INPUTS];
	for (size_t i = 0; i < INPUTS; i++)
		v[i] = draw(r, 2) ? (int)draw(r, (uint64_t)domain[i]) : MISSING;
	size_t n = give(v, given);
	struct dmn_outcome out = decide(w, w->a, v);
	bool open = out.undetermined;
	assert_ok(dmn_missing(w->set, w->a, w->decision, given, n, &options, &out, &w->e), &w->e);
	for (size_t i = 0; i < INPUTS; i++) {
		bool told = false, want = open && v[i] == MISSING && matters(w, v, i);
		for (size_t k = 0; k < out.n_missing; k++)
			told |= str_is(dmn_input_name(w->set, w->model, out.missing[k]), names[i]);
		if (told != want) {
			print_model(w, v);
			fail_msg("seed %llu: %s is %stold as missing", (unsigned long long)seed, names[i], told ? "" : "not ");
		}
	}
}

/* Of an input: which outcomes can be reached by it alone, and the nearest value for each. */
static void check_changes_of(struct world *w, const int *v, const struct dmn_outcome *was, size_t y, const struct dmn_change *c,
    size_t n, uint64_t seed)
{
	AUTO_ARENA a = arena_new(MEMORY);
	int other[INPUTS];
	memcpy(other, v, sizeof other);
	for (other[y] = 0; other[y] < domain[y]; other[y]++) {
		struct dmn_outcome out = decide(w, a, other);
		bool told = false;
		if (out.undetermined || feel_equal(NULL, out.value, was->value) == FEEL_YES)
			continue;
		for (size_t k = 0; k < n; k++)
			told |= str_is(dmn_input_name(w->set, w->model, c[k].input), names[y]) &&
			    feel_equal(NULL, c[k].outcome, out.value) == FEEL_YES;
		if (!told) {
			print_model(w, v);
			fail_msg("seed %llu: nobody says that %s = %d changes the outcome", (unsigned long long)seed, names[y], other[y]);
		}
	}
}

/* What is told is true. */
static void check_told(struct world *w, const int *v, const struct dmn_change *c, uint64_t seed)
{
	const struct dmn_options options = {.mode = DMN_STRICT};
	struct dmn_given given[INPUTS];
	struct dmn_outcome out;
	size_t n = give(v, given);
	for (size_t i = 0; i < n; i++)
		if (str_eq(given[i].name, dmn_input_name(w->set, w->model, c->input)))
			given[i].value = c->to;
	assert_ok(dmn_decide(w->run, w->a, w->decision, given, n, &options, &out, &w->e), &w->e);
	if (out.undetermined || feel_equal(NULL, out.value, c->outcome) != FEEL_YES) {
		print_model(w, v);
		fail_msg("seed %llu: a change that is told is none", (unsigned long long)seed);
	}
}

static void check_changes(struct world *w, struct rng *r, uint64_t seed)
{
	const struct dmn_options options = {.mode = DMN_STRICT};
	const struct dmn_change *c;
	struct dmn_given given[INPUTS];
	int v[INPUTS];
	size_t n;
	for (size_t i = 0; i < INPUTS; i++)
		v[i] = (int)draw(r, (uint64_t)domain[i]);
	struct dmn_outcome was = decide(w, w->a, v);
	assert_false(was.undetermined);
	assert_ok(dmn_changes(w->set, w->a, w->decision, given, give(v, given), &options, &was, &c, &n, &w->e), &w->e);
	for (size_t k = 0; k < n; k++)
		check_told(w, v, &c[k], seed);
	for (size_t y = 0; y < INPUTS; y++)
		check_changes_of(w, v, &was, y, c, n, seed);
}

static void each_model(void (*check)(struct world *w, struct rng *r, uint64_t seed))
{
	for (uint64_t seed = 1; seed <= MODELS; seed++) {
		uint64_t state = seed;
		struct rng r = rng_seeded(&state);
		struct world w = {.xml = BUF_INIT(XML_BYTES)};
		load(&w, &r);
		for (int i = 0; i < TRIES; i++)
			check(&w, &r, seed);
		arena_free(w.a);
		buf_free(&w.xml);
	}
}

static void missing_is_what_could_matter(void **state)
{
	(void)state;
	each_model(check_missing);
}

static void changes_are_all_there_are(void **state)
{
	(void)state;
	each_model(check_changes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(missing_is_what_could_matter),
	    cmocka_unit_test(changes_are_all_there_are)};
	return test_run(tests);
}
