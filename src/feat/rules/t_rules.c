/* Decision models where the public conformance kit is thin: violated hit policies, defaults, aggregation of several
 * outputs, large tables, older versions of DMN, strict mode, near misses, circles. Expected values are worked out by hand
 * from the standard (DMN 1.5, 8.2.8 to 8.2.11 and 10.3). */
#include "base/arena.h"
#include "base/env.h"
#include "base/test.h"
#include "engine/feel/time.h"
#include "feat/rules/dmn_xml.h"
#include "feat/rules/explain.h"
#include "feat/rules/zones.h"

enum { MEMORY = 512 << 20 };

struct world {
	struct arena *a;
	const struct dmn_model *model;
	struct dmn_set *set;
	struct dmn_run *run;
	struct feel_zones *zones;
	struct err e;
};

static void load(struct world *w, const char *xml)
{
	*w = (struct world){.a = arena_new(MEMORY)};
	assert_non_null(w->a);
	assert_ok(dmn_xml_parse(str_of(xml), "test.dmn", w->a, &w->model, &w->e), &w->e);
	assert_ok(dmn_compile(w->a, w->zones, &w->model, 1, &w->set, &w->e), &w->e);
	w->run = dmn_run_new(w->a, w->set);
	assert_non_null(w->run);
}

static void unload(struct world *w)
{
	arena_free(w->a);
}

static struct dmn_outcome decide(struct world *w, const char *name, enum dmn_mode mode, const struct dmn_given *given,
    size_t n)
{
	struct dmn_outcome out;
	const struct dmn_options options = {.mode = mode, .explain = true};
	assert_ok(dmn_decide(w->run, w->a, dmn_find(w->set, w->model, str_of(name)), given, n, &options, &out, &w->e), &w->e);
	return out;
}

static void assert_value(struct world *w, fval v, const char *want)
{
	AUTO_BUF b = BUF_INIT(1 << 20);
	feel_write(&b, w->zones, v);
	assert_str(buf_str(&b), want);
}

/* A decision D over the number x: a table with this policy, columns and rules. */
#define TABLE(attributes, outputs, rules)                                                          \
	"<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' namespace='t' name='t'>"     \
	"<inputData id='x' name='x'><variable name='x' typeRef='number'/></inputData>"                 \
	"<decision id='d' name='D'><variable name='D'/><informationRequirement><requiredInput href='#x'/>" \
	"</informationRequirement><decisionTable " attributes ">"                                      \
	"<input><inputExpression typeRef='number'><text>x</text></inputExpression></input>" outputs rules  \
	"</decisionTable></decision></definitions>"
#define OUT(name, more) "<output name='" name "'>" more "</output>"
#define VALUES(text) "<outputValues><text>" text "</text></outputValues>"
#define DEFAULT(text) "<defaultOutputEntry><text>" text "</text></defaultOutputEntry>"
#define RULE(test, out)                                                                            \
	"<rule><inputEntry><text>" test "</text></inputEntry><outputEntry><text>" out "</text></outputEntry></rule>"
#define RULE2(test, one, two)                                                                      \
	"<rule><inputEntry><text>" test "</text></inputEntry><outputEntry><text>" one                  \
	"</text></outputEntry><outputEntry><text>" two "</text></outputEntry></rule>"

struct policy_case {
	const char *xml;
	int64_t x;
	const char *want;  /* lenient */
	const char *cause; /* id of the cause when null; "" */
	const char *detail; /* part of its text */
};

#define OVERLAP RULE("&lt; 10", "3") RULE("&lt; 20", "1") RULE("&lt; 30", "2") RULE("[5..6]", "1")
#define WORDS RULE("&lt; 10", "\"low\"") RULE("&lt; 20", "\"high\"") RULE("&lt; 30", "\"mid\"") RULE("[5..6]", "\"high\"")
#define ORDER OUT("o", VALUES("\"high\", \"mid\", \"low\""))
#define PAIRS RULE2("&lt; 10", "1", "10") RULE2("&lt; 20", "2", "5")

static void follows_policies(void **state)
{
	(void)state;
	static const struct policy_case cases[] = {
	    {TABLE("hitPolicy='UNIQUE'", OUT("o", ""), OVERLAP), 25, "2", "", ""},
	    {TABLE("hitPolicy='UNIQUE'", OUT("o", ""), OVERLAP), 5, "null", "dmn.policy", "1, 2, 3, 4"},
	    {TABLE("", OUT("o", ""), OVERLAP), 15, "null", "dmn.policy", "2, 3"},
	    {TABLE("hitPolicy='UNIQUE'", OUT("o", ""), OVERLAP), 40, "null", "dmn.nothing", ""},
	    {TABLE("hitPolicy='UNIQUE'", OUT("o", DEFAULT("7 + 1")), OVERLAP), 40, "8", "", ""},
	    {TABLE("hitPolicy='UNIQUE'", OUT("o", DEFAULT("7")) OUT("p", ""), PAIRS), 40, "{o: 7, p: null}", "", ""},
	    {TABLE("hitPolicy='ANY'", OUT("o", ""), RULE("&lt; 10", "1") RULE("&lt; 20", "1")), 5, "1", "", ""},
	    {TABLE("hitPolicy='ANY'", OUT("o", ""), OVERLAP), 5, "null", "dmn.policy", "1, 2, 3, 4"},
	    {TABLE("hitPolicy='ANY'", OUT("o", ""), RULE("&lt; 10", "x") RULE("&lt; 20", "10 - 5")), 5, "5", "", ""},
	    {TABLE("hitPolicy='PRIORITY'", ORDER, WORDS), 5, "high", "", ""},
	    {TABLE("hitPolicy='PRIORITY'", ORDER, WORDS), 25, "mid", "", ""},
	    {TABLE("hitPolicy='FIRST'", OUT("o", ""), OVERLAP), 5, "3", "", ""},
	    {TABLE("hitPolicy='FIRST'", OUT("o", ""), OVERLAP), 15, "1", "", ""},
	    {TABLE("hitPolicy='RULE ORDER'", OUT("o", ""), OVERLAP), 5, "[3, 1, 2, 1]", "", ""},
	    {TABLE("hitPolicy='OUTPUT ORDER'", ORDER, WORDS), 5, "[\"high\", \"high\", \"mid\", \"low\"]", "", ""},
	    {TABLE("hitPolicy='COLLECT'", OUT("o", ""), OVERLAP), 15, "[1, 2]", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='SUM'", OUT("o", ""), OVERLAP), 5, "7", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='MIN'", OUT("o", ""), OVERLAP), 5, "1", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='MAX'", OUT("o", ""), OVERLAP), 5, "3", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='COUNT'", OUT("o", ""), OVERLAP), 5, "4", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='COUNT'", OUT("o", ""), OVERLAP), 40, "0", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='SUM'", OUT("o", "") OUT("p", ""), PAIRS), 5, "{o: 3, p: 15}", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='MIN'", OUT("o", "") OUT("p", ""), PAIRS), 5, "{o: 1, p: 5}", "", ""},
	    {TABLE("hitPolicy='COLLECT' aggregation='SUM'", OUT("o", ""), WORDS), 5, "null", "feel.type", "string"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct world w;
		load(&w, cases[i].xml);
		const struct dmn_given given = {.name = STR("x"), .value = feel_int(cases[i].x)};
		fval v = decide(&w, "D", DMN_LENIENT, &given, 1).value;
		assert_value(&w, v, cases[i].want);
		if (cases[i].cause[0]) {
			assert_non_null(v.cause);
			assert_str(str_of(v.cause->id), cases[i].cause);
			assert_true(str_find(v.cause->text, str_of(cases[i].detail)) >= 0);
			struct dmn_outcome strict = decide(&w, "D", DMN_STRICT, &given, 1);
			assert_true(strict.undetermined);
		}
		unload(&w);
	}
}

#define MODEL(version, body)                                                                       \
	"<definitions xmlns='" version "' namespace='m' name='m'>" body "</definitions>"
#define DMN13 "https://www.omg.org/spec/DMN/20191111/MODEL/"
#define INPUT(name, type)                                                                          \
	"<inputData id='" name "' name='" name "'><variable name='" name "' typeRef='" type "'/></inputData>"
#define NEEDS(name) "<informationRequirement><requiredInput href='#" name "'/></informationRequirement>"
#define NEEDS_DECISION(name) "<informationRequirement><requiredDecision href='#" name "'/></informationRequirement>"
#define DECISION(name, needs, text)                                                                \
	"<decision id='" name "' name='" name "'><variable name='" name "'/>" needs "<literalExpression><text>" text \
	"</text></literalExpression></decision>"

struct strict_case {
	const char *text;     /* over the numbers a and b */
	bool has_a, has_b;
	const char *lenient;
	const char *strict;   /* "?" undetermined */
};

static void strict_never_guesses(void **state)
{
	(void)state;
	static const struct strict_case cases[] = {
	    {"a + b", true, true, "3", "3"},
	    {"a + b", true, false, "null", "?"},
	    {"if b > 1 then 1 else 2", true, false, "2", "?"},
	    {"if a > 1 then b else 2", true, false, "2", "2"},
	    {"b = 5", true, false, "false", "?"},
	    {"b = null", true, false, "true", "true"},
	    {"count([1,2,3][item > b])", true, false, "0", "?"},
	    {"a = 1 or b = 5", true, false, "true", "true"},
	    {"if 1 / 0 > 1 then 1 else 2", true, true, "2", "?"},
	    {"substring(\"abc\", 0)", true, true, "null", "?"},
	    {"null", true, true, "null", "null"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct world w;
		AUTO_BUF xml = BUF_INIT(10000);
		AUTO_BUF text = BUF_INIT(1000);
		for (const char *p = cases[i].text; *p; p++)
			buf_addz(&text, *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : (char[]){*p, 0});
		buf_addz(&xml, "<definitions xmlns='" DMN13 "' namespace='m' name='m'>" INPUT("a", "number") INPUT("b", "number")
		    "<decision id='D' name='D'><variable name='D'/>" NEEDS("a") NEEDS("b") "<literalExpression><text>");
		buf_add(&xml, buf_str(&text));
		buf_addz(&xml, "</text></literalExpression></decision></definitions>");
		load(&w, xml.p);
		struct dmn_given given[2];
		size_t n = 0;
		if (cases[i].has_a)
			given[n++] = (struct dmn_given){.name = STR("a"), .value = feel_int(1)};
		if (cases[i].has_b)
			given[n++] = (struct dmn_given){.name = STR("b"), .value = feel_int(2)};
		assert_value(&w, decide(&w, "D", DMN_LENIENT, given, n).value, cases[i].lenient);
		struct dmn_outcome out = decide(&w, "D", DMN_STRICT, given, n);
		if (out.undetermined != (cases[i].strict[0] == '?'))
			fail_msg("%s: undetermined %d", cases[i].text, out.undetermined);
		if (out.undetermined)
			assert_true(out.value.kind == FEEL_NULL && out.value.cause);
		else
			assert_value(&w, out.value, cases[i].strict);
		assert_int_equal(out.n_missing, cases[i].has_b ? 0 : 1);
		unload(&w);
	}
}

static void authors_say_undetermined(void **state)
{
	(void)state;
	struct world w;
	load(&w, TABLE("hitPolicy='UNIQUE'", OUT("o", ""), RULE("&lt; 10", "1") RULE("&gt;= 10", "undetermined(\"the source is silent\")")));
	const struct dmn_given low = {.name = STR("x"), .value = feel_int(1)}, high = {.name = STR("x"), .value = feel_int(10)};
	struct dmn_outcome out = decide(&w, "D", DMN_STRICT, &low, 1);
	assert_false(out.undetermined);
	assert_value(&w, out.value, "1");
	out = decide(&w, "D", DMN_STRICT, &high, 1);
	assert_true(out.undetermined);
	assert_int_equal(out.n_missing, 0);
	assert_str(str_of(out.value.cause->id), "feel.undetermined");
	assert_str(out.value.cause->text, "the source is silent");
	assert_value(&w, decide(&w, "D", DMN_LENIENT, &high, 1).value, "null");
	unload(&w);
}

/* A value that holds an error is not decided; what is taken out of it may be. */
static void errors_inside_values(void **state)
{
	(void)state;
	struct world w;
	load(&w, MODEL(DMN13, INPUT("a", "number") DECISION("both", NEEDS("a"), "{good: a, deep: [[1, {bad: 1 / 0}]]}")
	    DECISION("good", NEEDS_DECISION("both"), "both.good") DECISION("bad", NEEDS_DECISION("both"), "both.deep")
	    DECISION("fine", NEEDS("a"), "{x: [a, null]}")));
	const struct dmn_given a = {.name = STR("a"), .value = feel_int(2)};
	struct dmn_outcome out = decide(&w, "both", DMN_STRICT, &a, 1);
	assert_true(out.undetermined);
	assert_true(out.value.kind == FEEL_NULL && out.value.cause);
	out = decide(&w, "good", DMN_STRICT, &a, 1);
	assert_false(out.undetermined);
	assert_value(&w, out.value, "2");
	assert_true(out.decisions[0].undetermined);
	assert_true(decide(&w, "bad", DMN_STRICT, &a, 1).undetermined);
	out = decide(&w, "fine", DMN_STRICT, &a, 1);
	assert_false(out.undetermined);
	assert_value(&w, out.value, "{x: [2, null]}");
	assert_value(&w, decide(&w, "both", DMN_LENIENT, &a, 1).value, "{good: 2, deep: [[1, {bad: null}]]}");
	unload(&w);
}

static void sentences_name_sources(void **state)
{
	(void)state;
	struct world w;
	load(&w, MODEL(DMN13, INPUT("a", "number")
	    "<decision id='D' name='D'><variable name='D'/>" NEEDS("a") "<decisionTable><input><inputExpression><text>a</text>"
	    "</inputExpression></input><output name='o'/><annotation name='source_line'/><annotation name='article'/>"
	    "<annotation name='note'/><rule><inputEntry><text>[0..5]</text></inputEntry><outputEntry><text>undetermined(\"The source is silent.\")"
	    "</text></outputEntry><annotationEntry><text>2374</text></annotationEntry><annotationEntry><text>8(1)(c)</text>"
	    "</annotationEntry><annotationEntry><text>As printed.</text></annotationEntry></rule></decisionTable></decision>"));
	const struct dmn_given a = {.name = STR("a"), .value = feel_int(2)};
	struct dmn_outcome out = decide(&w, "D", DMN_STRICT, &a, 1);
	const struct explain_case c = {.set = w.set, .model = w.model, .zones = w.zones, .element = dmn_find(w.set, w.model, STR("D")),
	    .given = &a, .n_given = 1, .outcome = &out, .arena = w.a};
	AUTO_BUF b = BUF_INIT(4000);
	assert_ok(explain_text(&b, &c, EXPLAIN_NL, &w.e), &w.e);
	assert_str(str_trim(buf_str(&b)), "D: niet vast te stellen, een mens moet beslissen. Reden: The source is silent. Regel 1 gaf de "
	    "doorslag. a is 2 en voldoet aan \"[0..5]\". Bron, regel 2374. Bron: 8(1)(c). As printed.");
	unload(&w);
}

static void undetermined_spreads(void **state)
{
	(void)state;
	struct world w;
	load(&w, MODEL(DMN13, INPUT("a", "number") DECISION("first", NEEDS("a"), "a * 2")
	    DECISION("second", NEEDS_DECISION("first"), "if first = 4 then \"yes\" else \"no\"")));
	struct dmn_outcome out = decide(&w, "second", DMN_STRICT, NULL, 0);
	assert_true(out.undetermined);
	assert_str(str_of(out.value.cause->id), "dmn.missing");
	assert_int_equal(out.n_missing, 1);
	const struct dmn_given wrong = {.name = STR("a"), .value = feel_string(STR("four"))};
	out = decide(&w, "second", DMN_STRICT, &wrong, 1);
	assert_true(out.undetermined);
	assert_str(str_of(out.value.cause->id), "dmn.input");
	assert_true(str_find(out.value.cause->text, STR("\"a\"")) >= 0 && str_find(out.value.cause->text, STR("four")) >= 0);
	const struct dmn_given right = {.name = STR("a"), .value = feel_int(2)};
	assert_value(&w, decide(&w, "second", DMN_STRICT, &right, 1).value, "yes");
	unload(&w);
}

/* Files as editors save them: 1.1 with prefixed types, 1.2, 1.3 with layout, 1.5. */
static void reads_all_versions(void **state)
{
	(void)state;
	static const char *const versions[] = {"http://www.omg.org/spec/DMN/20151101/dmn.xsd",
	    "http://www.omg.org/spec/DMN/20180521/MODEL/", DMN13, "https://www.omg.org/spec/DMN/20211108/MODEL/",
	    "https://www.omg.org/spec/DMN/20230324/MODEL/"};
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		struct world w;
		AUTO_BUF xml = BUF_INIT(10000);
		buf_addf(&xml, "<d:definitions xmlns:d='%s' xmlns:feel='http://www.omg.org/spec/FEEL/20140401' "
		    "xmlns:di='http://example.invalid/di' namespace='m' name='m'>"
		    "<d:inputData id='i' name='Age'><d:variable name='Age' typeRef='%snumber'/></d:inputData>"
		    "<d:decision id='d' name='Adult'><d:variable name='Adult' typeRef='%sboolean'/>"
		    "<d:informationRequirement><d:requiredInput href='#i'/></d:informationRequirement>"
		    "<d:literalExpression><d:text>Age &gt;= 18</d:text></d:literalExpression></d:decision>"
		    "<di:DMNDI><di:Diagram><di:Shape id='s'/></di:Diagram></di:DMNDI></d:definitions>",
		    versions[i], i == 0 ? "feel:" : "", i == 0 ? "feel:" : "");
		load(&w, xml.p);
		const struct dmn_given given = {.name = STR("Age"), .value = feel_int(17)};
		assert_value(&w, decide(&w, "Adult", DMN_STRICT, &given, 1).value, "false");
		unload(&w);
	}
}

static void refuses_circles(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(MEMORY);
	const struct dmn_model *m;
	struct dmn_set *set;
	struct err e;
	assert_ok(dmn_xml_parse(STR(MODEL(DMN13, DECISION("p", NEEDS_DECISION("q"), "q") DECISION("q", NEEDS_DECISION("p"), "p"))),
	    "circle.dmn", a, &m, &e), &e);
	assert_int_equal(dmn_compile(a, NULL, &m, 1, &set, &e), ERR_INVALID);
	assert_str(str_of(e.id), "dmn.circle");
	assert_str(str_of(e.file), "circle.dmn");
	assert_int_equal(dmn_xml_parse(STR("<html/>"), "x", a, &m, &e), ERR_INVALID);
	assert_str(str_of(e.id), "dmn.root");
	assert_ok(dmn_xml_parse(STR(MODEL(DMN13, "<itemDefinition name='A'><typeRef>B</typeRef></itemDefinition>"
	    "<itemDefinition name='B'><typeRef>A</typeRef></itemDefinition>" DECISION("p", NEEDS("gone"), "1 +"))),
	    "x.dmn", a, &m, &e), &e);
	assert_ok(dmn_compile(a, NULL, &m, 1, &set, &e), &e);
	size_t n;
	const struct dmn_diag *d = dmn_diags(set, &n);
	bool circle = false, reference = false, syntax = false;
	for (size_t i = 0; i < n; i++) {
		circle |= str_is(str_of(d[i].id), "dmn.type.circle");
		reference |= str_is(str_of(d[i].id), "dmn.reference");
		syntax |= str_is(str_of(d[i].id), "feel.syntax") && d[i].line == 1;
	}
	assert_true(circle && reference && syntax);
}

static void tells_near_misses(void **state)
{
	(void)state;
	struct world w;
	load(&w, TABLE("hitPolicy='UNIQUE'", OUT("o", ""), RULE("&lt; 18", "\"no\"") RULE("[18..65)", "\"yes\"")
	    RULE("&gt;= 65", "\"no\"")));
	const struct dmn_given given = {.name = STR("x"), .value = feel_int(17)};
	struct dmn_outcome out = decide(&w, "D", DMN_STRICT, &given, 1);
	assert_int_equal(out.n_decisions, 1);
	const struct dmn_table_trace *t = out.decisions[0].tables;
	assert_int_equal(t->n_decided, 1);
	assert_int_equal(t->decided[0], 0);
	assert_int_equal(t->cells[0], DMN_TRUE);
	assert_int_equal(t->cells[1], DMN_FALSE);
	const struct dmn_near *near;
	size_t n;
	assert_ok(dmn_near_misses(t, w.a, &near, &n, &w.e), &w.e);
	assert_int_equal(n, 1); /* 65 and over gives the same result */
	assert_int_equal(near[0].rule, 1);
	assert_value(&w, near[0].value, "18");
	assert_value(&w, near[0].result, "yes");
	unload(&w);
}

/* A large table with lists, ranges, negations and dashes against a scan of the same tests one by one. */
static void large_tables_agree_with_scans(void **state)
{
	(void)state;
	enum { RULES = 400, TRIES = 500 };
	struct world w;
	uint64_t seed = 77;
	struct rng rng = rng_seeded(&seed);
	AUTO_BUF xml = BUF_INIT(1 << 20);
	buf_addz(&xml, "<definitions xmlns='" DMN13 "' namespace='t' name='t'>" INPUT("x", "number") INPUT("y", "number")
	    "<decision id='d' name='D'><variable name='D'/>" NEEDS("x") NEEDS("y")
	    "<decisionTable hitPolicy='COLLECT'><input><inputExpression><text>x</text></inputExpression></input>"
	    "<input><inputExpression><text>y</text></inputExpression></input><output name='o'/>");
	struct {
		int low[2], high[2], kind[2]; /* 0 range, 1 one of two, 2 not one, 3 dash */
	} rules[RULES];
	for (int r = 0; r < RULES; r++) {
		buf_addz(&xml, "<rule>");
		for (int c = 0; c < 2; c++) {
			rules[r].low[c] = (int)(rng_next_u64(&rng) % 100);
			rules[r].high[c] = rules[r].low[c] + (int)(rng_next_u64(&rng) % 10);
			rules[r].kind[c] = (int)(rng_next_u64(&rng) % 8);
			rules[r].kind[c] = rules[r].kind[c] > 3 ? 0 : rules[r].kind[c];
			static const char *const forms[] = {"[%d..%d)", "%d, %d", "not(%d, %d)", "-"};
			buf_addz(&xml, "<inputEntry><text>");
			const char *form = forms[rules[r].kind[c]];
			if (form[0] == '[')
				buf_addf(&xml, "[%d..%d)", rules[r].low[c], rules[r].high[c]);
			else if (form[0] == '%')
				buf_addf(&xml, "%d, %d", rules[r].low[c], rules[r].high[c]);
			else if (form[0] == 'n')
				buf_addf(&xml, "not(%d, %d)", rules[r].low[c], rules[r].high[c]);
			else
				buf_addz(&xml, "-");
			buf_addz(&xml, "</text></inputEntry>");
		}
		buf_addf(&xml, "<outputEntry><text>%d</text></outputEntry></rule>", r);
	}
	buf_addz(&xml, "</decisionTable></decision></definitions>");
	load(&w, xml.p);
	for (int i = 0; i < TRIES; i++) {
		int v[2] = {(int)(rng_next_u64(&rng) % 120) - 5, (int)(rng_next_u64(&rng) % 120) - 5};
		const struct dmn_given given[2] = {{.name = STR("x"), .value = feel_int(v[0])},
		    {.name = STR("y"), .value = feel_int(v[1])}};
		struct dmn_outcome out;
		const struct dmn_options options = {.mode = DMN_LENIENT};
		assert_ok(dmn_decide(w.run, w.a, dmn_find(w.set, w.model, STR("D")), given, 2, &options, &out, &w.e), &w.e);
		AUTO_BUF want = BUF_INIT(1 << 16);
		int hits = 0;
		buf_addc(&want, '[');
		for (int r = 0; r < RULES; r++) {
			bool match = true;
			for (int c = 0; c < 2; c++) {
				int low = rules[r].low[c], high = rules[r].high[c];
				bool in = v[c] == low || v[c] == high;
				match &= rules[r].kind[c] == 3 || (rules[r].kind[c] == 0 ? v[c] >= low && v[c] < high
				    : in == (rules[r].kind[c] == 1));
			}
			if (match)
				buf_addf(&want, "%s%d", hits++ ? ", " : "", r);
		}
		buf_addc(&want, ']');
		AUTO_BUF got = BUF_INIT(1 << 16);
		feel_write(&got, NULL, out.value);
		if (!str_eq(buf_str(&got), hits ? buf_str(&want) : STR("null")))
			fail_msg("x %d, y %d, seed 77: got %.*s, want %.*s", v[0], v[1], STR_ARG(buf_str(&got)),
			    STR_ARG(buf_str(&want)));
	}
	unload(&w);
}

static void services_and_functions(void **state)
{
	(void)state;
	struct world w;
	load(&w, MODEL(DMN13, INPUT("n", "number")
	    "<businessKnowledgeModel id='f' name='factorial'><variable name='factorial'/><encapsulatedLogic>"
	    "<formalParameter name='k' typeRef='number'/><literalExpression><text>if k = 0 then 1 else k * factorial(k - 1)"
	    "</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
	    "<decision id='a' name='A'><variable name='A'/>" NEEDS("n") "<knowledgeRequirement><requiredKnowledge href='#f'/>"
	    "</knowledgeRequirement><literalExpression><text>factorial(n)</text></literalExpression></decision>"
	    "<decisionService id='s' name='S'><outputDecision href='#a'/><inputData href='#n'/></decisionService>"
	    "<decision id='b' name='B'><variable name='B'/><knowledgeRequirement><requiredKnowledge href='#s'/>"
	    "</knowledgeRequirement><literalExpression><text>[S(5), S(n: 3)]</text></literalExpression></decision>"));
	const struct dmn_given given = {.name = STR("n"), .value = feel_int(20)};
	assert_value(&w, decide(&w, "A", DMN_STRICT, &given, 1).value, "2432902008176640000");
	assert_value(&w, decide(&w, "B", DMN_STRICT, NULL, 0).value, "[120, 6]");
	assert_value(&w, decide(&w, "S", DMN_STRICT, &given, 1).value, "2432902008176640000");
	unload(&w);
}

/* Offsets from the IANA database as Python 3.11's zoneinfo gives them. */
static void knows_zones(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(MEMORY);
	struct feel_zones *zones;
	struct err e;
	static const struct {
		const char *text, *utc;
	} points[] = {{"2009-03-29T01:59:59@Europe/Amsterdam", "2009-03-29T00:59:59Z"},
	    {"2009-03-29T03:00:00@Europe/Amsterdam", "2009-03-29T01:00:00Z"},
	    {"2009-10-25T02:30:00@Europe/Amsterdam", "2009-10-25T00:30:00Z"},
	    {"2009-10-25T03:00:00@Europe/Amsterdam", "2009-10-25T02:00:00Z"},
	    {"2050-07-01T12:00:00@Europe/Paris", "2050-07-01T10:00:00Z"},
	    {"2050-01-01T12:00:00@Australia/Melbourne", "2050-01-01T01:00:00Z"},
	    {"2050-07-01T12:00:00@Australia/Melbourne", "2050-07-01T02:00:00Z"},
	    {"1937-07-01T12:00:00@America/New_York", "1937-07-01T16:00:00Z"},
	    {"2020-06-15T12:00:00@Asia/Kathmandu", "2020-06-15T06:15:00Z"}};
	assert_ok(zones_load(a, ZONES_DIR, &zones, &e), &e);
	if (feel_zone_find(zones, STR("Europe/Amsterdam")) < 0) {
		print_message("# no zone files in " ZONES_DIR "\n");
		skip();
	}
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		fval x, y;
		int c = 1;
		assert_true(feel_parse_date_time(zones, str_of(points[i].text), &x));
		assert_true(feel_parse_date_time(zones, str_of(points[i].utc), &y));
		assert_true(feel_time_compare(zones, x, y, &c));
		if (c != 0)
			fail_msg("%s is not %s", points[i].text, points[i].utc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(follows_policies), cmocka_unit_test(strict_never_guesses),
	    cmocka_unit_test(authors_say_undetermined), cmocka_unit_test(errors_inside_values), cmocka_unit_test(sentences_name_sources), cmocka_unit_test(undetermined_spreads), cmocka_unit_test(reads_all_versions),
	    cmocka_unit_test(refuses_circles), cmocka_unit_test(tells_near_misses),
	    cmocka_unit_test(large_tables_agree_with_scans), cmocka_unit_test(services_and_functions),
	    cmocka_unit_test(knows_zones),
	};
	return test_run(tests);
}
