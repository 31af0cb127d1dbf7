/* Changes of one input through several decisions, tables inside functions, and types that follow from what a column names.
 * Expected values are read off the tables by eye. */
#include "base/arena.h"
#include "base/test.h"
#include "engine/dmn/check.h"
#include "feat/rules/dmn_xml.h"

enum { MEMORY = 256 << 20 };

#define HEAD "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' namespace='t' name='t'>"
#define INPUT(id, type) "<inputData id='" id "' name='" id "'><variable name='" id "' typeRef='" type "'/></inputData>"
#define NEEDS(kind, id) "<informationRequirement><required" kind " href='#" id "'/></informationRequirement>"
#define COLUMN(text) "<input><inputExpression><text>" text "</text></inputExpression></input>"
#define ROW1(a, out) "<rule><inputEntry><text>" a "</text></inputEntry><outputEntry><text>" out "</text></outputEntry></rule>"
#define ROW2(a, b, out)                                                                                                 \
	"<rule><inputEntry><text>" a "</text></inputEntry><inputEntry><text>" b                                         \
	"</text></inputEntry><outputEntry><text>" out "</text></outputEntry></rule>"

/* A minor gets 500, an adult 1750 in N and 1500 in S; who is an adult is told by a decision in between. */
#define AMOUNTS(age, column)                                                                                            \
	HEAD age INPUT("region", "string")                                                                              \
	"<decision id='class' name='class'><variable name='class' typeRef='string'/>" NEEDS("Input", "age")             \
	"<decisionTable>" COLUMN(column) "<output/>" ROW1("&lt; 18", "\"minor\"") ROW1("&gt;= 18", "\"adult\"")         \
	"</decisionTable></decision><decision id='amount' name='amount'><variable name='amount' typeRef='number'/>"     \
	NEEDS("Decision", "class") NEEDS("Input", "region") "<decisionTable>" COLUMN("class") COLUMN("region")          \
	"<output/>" ROW2("\"minor\"", "-", "500") ROW2("\"adult\"", "\"N\"", "1750") ROW2("\"adult\"", "\"S\"", "1500") \
	"</decisionTable></decision></definitions>"
#define PLAIN AMOUNTS(INPUT("age", "number"), "age")
#define PERSON                                                                                                          \
	AMOUNTS("<itemDefinition name='tPerson'><itemComponent name='years'><typeRef>number</typeRef></itemComponent>"  \
	    "<itemComponent name='name'><typeRef>string</typeRef></itemComponent></itemDefinition>" INPUT("age", "tPerson"), \
	    "age.years")

struct world {
	struct arena *a;
	const struct dmn_model *model;
	struct dmn_set *set;
	struct err e;
};

static void load(struct world *w, const char *xml)
{
	*w = (struct world){.a = arena_new(MEMORY)};
	assert_non_null(w->a);
	assert_ok(dmn_xml_parse(str_of(xml), "t.dmn", w->a, &w->model, &w->e), &w->e);
	assert_ok(dmn_compile(w->a, NULL, &w->model, 1, &w->set, &w->e), &w->e);
}

/* "age = 18: 1750; region = S: 1500" */
static void changes(struct world *w, const struct dmn_given *given, size_t n, const char *want)
{
	const struct dmn_options options = {.mode = DMN_STRICT};
	const struct dmn_change *c;
	struct dmn_outcome out;
	size_t found;
	AUTO_BUF b = BUF_INIT(10000);
	int32_t at = dmn_find(w->set, w->model, STR("amount"));
	struct dmn_run *run = dmn_run_new(w->a, w->set);
	assert_non_null(run);
	assert_ok(dmn_decide(run, w->a, at, given, n, &options, &out, &w->e), &w->e);
	assert_ok(dmn_changes(w->set, w->a, at, given, n, &options, &out, &c, &found, &w->e), &w->e);
	for (size_t i = 0; i < found; i++) {
		buf_addf(&b, "%s%.*s%s%.*s = ", i ? "; " : "", STR_ARG(dmn_input_name(w->set, w->model, c[i].input)),
		    c[i].component.n ? "." : "", STR_ARG(c[i].component));
		feel_write(&b, NULL, c[i].to);
		buf_addz(&b, ": ");
		feel_write(&b, NULL, c[i].outcome);
	}
	assert_str(buf_str(&b), want);
}

static struct dmn_given number(const char *name, int64_t v)
{
	return (struct dmn_given){.name = str_of(name), .value = feel_int(v)};
}

static struct dmn_given text(const char *name, const char *v)
{
	return (struct dmn_given){.name = str_of(name), .value = feel_string(str_of(v))};
}

static void through_decisions(void **state)
{
	(void)state;
	struct world w;
	load(&w, PLAIN);
	const struct dmn_given minor[] = {number("age", 12), text("region", "N")};
	changes(&w, minor, 2, "age = 18: 1750"); /* the nearest; the region does not matter */
	const struct dmn_given adult[] = {number("age", 30), text("region", "N")};
	changes(&w, adult, 2, "age = 17: 500; region = S: 1500");
	const struct dmn_given elsewhere[] = {number("age", 30), text("region", "X")};
	changes(&w, elsewhere, 2, "age = 17: 500; region = N: 1750; region = S: 1500");
	changes(&w, minor + 1, 1, "age = 17: 500; age = 18: 1750"); /* what is missing counts, too */
	arena_free(w.a);
}

static void of_a_component(void **state)
{
	(void)state;
	struct world w;
	load(&w, PERSON);
	struct feel_entry entries[] = {{STR("years"), feel_int(40)}, {STR("name"), feel_string(STR("somebody"))}};
	const struct dmn_given given[] = {{.name = STR("age"), .value = feel_context_of(w.a, entries, 2)}, text("region", "S")};
	changes(&w, given, 2, "age.years = 17: 500; region = N: 1750");
	arena_free(w.a);
}

static size_t count(struct world *w, enum dmn_finding_kind kind, uint32_t *ret_col)
{
	const struct dmn_finding *f;
	size_t n, found = 0;
	assert_ok(dmn_check(w->set, w->a, &f, &n, &w->e), &w->e);
	for (size_t i = 0; i < n; i++) {
		found += f[i].kind == kind;
		if (f[i].kind == kind && ret_col)
			*ret_col = f[i].col;
	}
	return found;
}

#define FUNCTION(rules)                                                                                                 \
	HEAD "<businessKnowledgeModel id='f' name='f'><variable name='f'/><encapsulatedLogic>"                          \
	     "<formalParameter name='n' typeRef='number'/><decisionTable>" COLUMN("n") "<output/>" rules                \
	     "</decisionTable></encapsulatedLogic></businessKnowledgeModel></definitions>"

static void inside_functions(void **state)
{
	(void)state;
	struct world w;
	load(&w, FUNCTION(ROW1("&lt;= 5", "1") ROW1("&gt;= 5", "2")));
	assert_int_equal(count(&w, DMN_FOUND_OVERLAP, NULL), 1); /* 5 */
	assert_int_equal(count(&w, DMN_FOUND_GAP, NULL), 0);
	arena_free(w.a);
	load(&w, FUNCTION(ROW1("&lt; 5", "1") ROW1("&gt; 5", "2")));
	assert_int_equal(count(&w, DMN_FOUND_OVERLAP, NULL), 0);
	assert_int_equal(count(&w, DMN_FOUND_GAP, NULL), 1); /* 5 */
	assert_int_equal(count(&w, DMN_FOUND_TYPE, NULL), 0);
	arena_free(w.a);
	load(&w, FUNCTION(ROW1("\"five\"", "1") ROW1("-", "2")));
	assert_int_equal(count(&w, DMN_FOUND_TYPE, NULL), 1); /* the parameter is a number */
	arena_free(w.a);
}

/* Columns without a type of their own: that of the input, of a component, of a decision; results: that of the decision. */
static void types_that_follow(void **state)
{
	(void)state;
	struct world w;
	uint32_t col = 0;
	load(&w, PLAIN);
	assert_int_equal(count(&w, DMN_FOUND_TYPE, NULL), 0);
	arena_free(w.a);
	static const struct {
		const char *xml, *cell;
	} wrong[] = {{
	    HEAD INPUT("age", "number") "<decision id='d' name='d'>" NEEDS("Input", "age") "<decisionTable>" COLUMN("age")
	    "<output/>" ROW1("\"18\"", "1") ROW1("&lt; 18", "2") "</decisionTable></decision></definitions>", "\"18\""}, {
	    HEAD "<itemDefinition name='tP'><itemComponent name='years'><typeRef>number</typeRef></itemComponent></itemDefinition>"
	    INPUT("p", "tP") "<decision id='d' name='d'>" NEEDS("Input", "p") "<decisionTable>" COLUMN("p.years") "<output/>"
	    ROW1("true", "1") ROW1("&lt; 18", "2") "</decisionTable></decision></definitions>", "true"}, {
	    HEAD INPUT("age", "number") "<decision id='d' name='d'><variable name='d' typeRef='number'/>" NEEDS("Input", "age")
	    "<decisionTable>" COLUMN("age") "<output/>" ROW1("&gt;= 18", "1") ROW1("&lt; 18", "\"none\"")
	    "</decisionTable></decision></definitions>", "\"none\""}};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		load(&w, wrong[i].xml);
		assert_int_equal(count(&w, DMN_FOUND_TYPE, &col), 1);
		assert_int_equal(col, strstr(wrong[i].xml, wrong[i].cell) - wrong[i].xml + 1); /* all on one line */
		arena_free(w.a);
	}
}

/* Expressions that can only go wrong, told within them; and some that are right. Everything stands on one line. */
static void types_of_expressions(void **state)
{
	(void)state;
	static const struct {
		const char *expression, *told; /* NULL: nothing */
	} rows[] = {
	    {"n + s", "number and string cannot be combined by \"+\""},
	    {"d + n", "date and number cannot be combined by \"+\""},
	    {"d + duration(\"P3D\")", NULL},
	    {"(d - d) &gt; duration(\"P28D\")", NULL},
	    {"(d - d).days &gt; 28", NULL},
	    {"(d - d).hour", "this has no component called hour"},
	    {"n = s", "a number cannot be compared with a string"},
	    {"s &gt; 5", "a string cannot be compared with a number"},
	    {"n in (\"a\", \"b\")", "a value of this kind is never among these"},
	    {"n in (1, &gt; 5)", NULL},
	    {"if n then 1 else 2", "true or false was expected, and this is neither"},
	    {"if n = null then 1 else n + 1", NULL},
	    {"string length(n)", "string length(): a string was expected, not a number"},
	    {"string length(s, s)", "string length() does not take 2 arguments"},
	    {"string length(text: s)", "string length() has no parameters of these names"},
	    {"round half up(n: n, scale: 2)", NULL},
	    {"f(1, 2)", "the function has 1 parameters, not 2"},
	    {"f(k: 1)", "the function has no parameter called k"},
	    {"f(s)", "the argument is never of the type of the parameter m"},
	    {"f(n) + n", NULL},
	    {"p.years + 1", NULL},
	    {"p.name + 1", "string and number cannot be combined by \"+\""},
	    {"p.height", "there is no component called height"},
	    {"{a: 1, b: a + s}", "number and string cannot be combined by \"+\""},
	    {"{a: 1}.b", "there is no component called b"},
	    {"for x in [1, 2] return x + s", "number and string cannot be combined by \"+\""},
	    {"some x in [1, 2] satisfies x", "true or false was expected, and this is neither"},
	    {"[1, 2][item &gt; s]", "a number cannot be compared with a string"},
	    {"(function(a: number) a + s)(1)", "number and string cannot be combined by \"+\""},
	    {"(if n &gt; 1 then n else s) + 1", NULL}, /* it may work */
	    {"s(1)", "this is not a function"},
	    {"n + unknown", NULL}, /* told by the compiler */
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct world w;
		const struct dmn_finding *f;
		size_t n, told = 0;
		AUTO_BUF xml = BUF_INIT(4000);
		buf_addz(&xml, HEAD "<itemDefinition name='tP'><itemComponent name='years'><typeRef>number</typeRef></itemComponent>"
		    "<itemComponent name='name'><typeRef>string</typeRef></itemComponent></itemDefinition>" INPUT("n", "number")
		    INPUT("s", "string") INPUT("d", "date") INPUT("p", "tP")
		    "<businessKnowledgeModel id='f' name='f'><variable name='f' typeRef='number'/><encapsulatedLogic>"
		    "<formalParameter name='m' typeRef='number'/><literalExpression><text>m + 1</text></literalExpression>"
		    "</encapsulatedLogic></businessKnowledgeModel><decision id='x' name='x'>" NEEDS("Input", "n") NEEDS("Input", "s")
		    NEEDS("Input", "d") NEEDS("Input", "p") "<knowledgeRequirement><requiredKnowledge href='#f'/></knowledgeRequirement>"
		    "<literalExpression><text>");
		size_t from = xml.n + 1;
		buf_addf(&xml, "%s</text></literalExpression></decision></definitions>", rows[i].expression);
		load(&w, xml.p);
		assert_ok(dmn_check(w.set, w.a, &f, &n, &w.e), &w.e);
		for (size_t k = 0; k < n; k++) {
			if (f[k].kind != DMN_FOUND_EXPRESSION)
				continue;
			told++;
			if (!rows[i].told || !str_is(f[k].text, rows[i].told))
				fail_msg("%s: %.*s", rows[i].expression, STR_ARG(f[k].text));
			assert_int_equal(f[k].line, 1);
			if (f[k].col < from || f[k].col > xml.n)
				fail_msg("%s: told at column %u, it begins at %zu", rows[i].expression, f[k].col, from);
		}
		if (told != (rows[i].told != NULL))
			fail_msg("%s: told %zu times", rows[i].expression, told);
		arena_free(w.a);
	}
}

/* A column over an expression has the type that follows from it. */
static void types_of_columns(void **state)
{
	(void)state;
	struct world w;
	load(&w, HEAD INPUT("a", "date") INPUT("b", "date") "<decision id='d' name='d'>" NEEDS("Input", "a") NEEDS("Input", "b")
	    "<decisionTable>" COLUMN("(a - b).days") "<output/>" ROW1("\"28\"", "1") ROW1("&gt; 28", "2")
	    "</decisionTable></decision></definitions>");
	assert_int_equal(count(&w, DMN_FOUND_TYPE, NULL), 1);
	arena_free(w.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(through_decisions), cmocka_unit_test(of_a_component),
	    cmocka_unit_test(inside_functions), cmocka_unit_test(types_that_follow), cmocka_unit_test(types_of_expressions),
	    cmocka_unit_test(types_of_columns)};
	return test_run(tests);
}
