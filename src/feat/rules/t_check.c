/* The checks of tables: compared with brute force over a grid that has every constant and a point between any two. */
#include "base/arena.h"
#include "base/env.h"
#include "base/test.h"
#include "engine/dmn/check.h"
#include "feat/rules/dmn_xml.h"

enum { MEMORY = 256 << 20, RULES = 6, COLUMNS = 2, GRID = 12, TABLES = 300 };

#define DMN13 "https://www.omg.org/spec/DMN/20191111/MODEL/"

struct rule {
	int low[COLUMNS], high[COLUMNS]; /* closed; low > high: dash */
	int out;
};

static void write_table(struct buf *b, const char *policy, const struct rule *rules, size_t n)
{
	buf_addf(b, "<definitions xmlns='" DMN13 "' namespace='t' name='t'>");
	for (int c = 0; c < COLUMNS; c++)
		buf_addf(b, "<inputData id='i%d' name='i%d'><variable name='i%d' typeRef='number'/></inputData>", c, c, c);
	buf_addz(b, "<decision id='d' name='D'><variable name='D'/>");
	for (int c = 0; c < COLUMNS; c++)
		buf_addf(b, "<informationRequirement><requiredInput href='#i%d'/></informationRequirement>", c);
	buf_addf(b, "<decisionTable hitPolicy='%s'>", policy);
	for (int c = 0; c < COLUMNS; c++)
		buf_addf(b, "<input><inputExpression><text>i%d</text></inputExpression></input>", c);
	buf_addz(b, "<output name='o'/>");
	for (size_t r = 0; r < n; r++) {
		buf_addz(b, "<rule>");
		for (int c = 0; c < COLUMNS; c++)
			if (rules[r].low[c] > rules[r].high[c])
				buf_addz(b, "<inputEntry><text>-</text></inputEntry>");
			else
				buf_addf(b, "<inputEntry><text>[%d..%d]</text></inputEntry>", rules[r].low[c], rules[r].high[c]);
		buf_addf(b, "<outputEntry><text>%d</text></outputEntry></rule>", rules[r].out);
	}
	buf_addz(b, "</decisionTable></decision></definitions>");
}

/* Grid point g stands for g / 2 - 1: constants lie on 0 … 4. */
static bool holds(const struct rule *r, const int *grid)
{
	for (int c = 0; c < COLUMNS; c++) {
		int twice = grid[c] - 2;
		if (r->low[c] <= r->high[c] && (twice < 2 * r->low[c] || twice > 2 * r->high[c]))
			return false;
	}
	return true;
}

struct truth {
	bool gap, overlap[RULES][RULES], reached[RULES];
};

static void brute_force(const struct rule *rules, struct truth *t)
{
	*t = (struct truth){0};
	for (int p = 0; p < GRID * GRID; p++) {
		int grid[COLUMNS] = {p % GRID, p / GRID}, first = -1;
		for (int i = 0; i < RULES; i++) {
			if (!holds(&rules[i], grid))
				continue;
			first = first < 0 ? i : first;
			for (int j = i + 1; j < RULES; j++)
				t->overlap[i][j] |= holds(&rules[j], grid);
		}
		if (first < 0)
			t->gap = true;
		else
			t->reached[first] = true;
	}
}

static const struct dmn_finding *findings(struct arena *a, str xml, size_t *ret_n)
{
	const struct dmn_model *m;
	struct dmn_set *set;
	const struct dmn_finding *f;
	struct err e;
	assert_ok(dmn_xml_parse(xml, "t.dmn", a, &m, &e), &e);
	assert_ok(dmn_compile(a, NULL, &m, 1, &set, &e), &e);
	assert_ok(dmn_check(set, a, &f, ret_n, &e), &e);
	return f;
}

static double number(fval v)
{
	return v.kind == FEEL_NUMBER ? decimal_to_double(v.number) : 0; /* any value */
}

static bool rule_holds(const struct rule *r, const fval *example)
{
	for (int c = 0; c < COLUMNS; c++)
		if (r->low[c] <= r->high[c] && (number(example[c]) < r->low[c] || number(example[c]) > r->high[c]))
			return false;
	return true;
}

static void compare(const struct rule *rules, const char *policy)
{
	AUTO_ARENA a = arena_new(MEMORY);
	AUTO_BUF xml = BUF_INIT(1 << 16);
	struct truth want;
	size_t n;
	bool gap = false, overlap[RULES][RULES] = {{false}}, dead[RULES] = {false};
	write_table(&xml, policy, rules, RULES);
	brute_force(rules, &want);
	const struct dmn_finding *f = findings(a, buf_str(&xml), &n);
	for (size_t i = 0; i < n; i++) {
		if (f[i].kind == DMN_FOUND_GAP) {
			gap = true;
			for (int r = 0; r < RULES; r++)
				assert_false(rule_holds(&rules[r], f[i].example));
		}
		if (f[i].kind == DMN_FOUND_OVERLAP || f[i].kind == DMN_FOUND_CONFLICT) {
			overlap[f[i].rule - 1][f[i].other - 1] = true;
			assert_true(rule_holds(&rules[f[i].rule - 1], f[i].example));
			assert_true(rule_holds(&rules[f[i].other - 1], f[i].example));
		}
		if (f[i].kind == DMN_FOUND_UNREACHABLE)
			dead[f[i].rule - 1] = true;
	}
	bool all_dash = true;
	for (int r = 0; r < RULES; r++)
		for (int c = 0; c < COLUMNS; c++)
			all_dash &= rules[r].low[c] > rules[r].high[c];
	if (gap != want.gap || all_dash)
		fail_msg("%.*s: gap %d, want %d", STR_ARG(buf_str(&xml)), gap, want.gap);
	for (int i = 0; i < RULES; i++) {
		for (int j = i + 1; j < RULES; j++) {
			bool conflict = want.overlap[i][j] && (policy[0] == 'U' || rules[i].out != rules[j].out);
			if (policy[0] != 'F' && overlap[i][j] != conflict)
				fail_msg("%.*s: overlap of %d and %d", STR_ARG(buf_str(&xml)), i + 1, j + 1);
		}
		if (policy[0] == 'F' && dead[i] == want.reached[i])
			fail_msg("%.*s: rule %d", STR_ARG(buf_str(&xml)), i + 1);
	}
}

static void agrees_with_brute_force(void **state)
{
	(void)state;
	uint64_t seed = 4711;
	struct rng rng = rng_seeded(&seed);
	static const char *const policies[] = {"UNIQUE", "ANY", "FIRST"};
	for (int k = 0; k < TABLES; k++) {
		struct rule rules[RULES];
		for (int r = 0; r < RULES; r++)
			for (int c = 0; c < COLUMNS; c++) {
				rules[r].low[c] = (int)(rng_next_u64(&rng) % 5);
				rules[r].high[c] = rules[r].low[c] + (int)(rng_next_u64(&rng) % (uint64_t)(5 - rules[r].low[c]));
				if (rng_next_u64(&rng) % 4 == 0 && r)
					rules[r].high[c] = -1;
				rules[r].out = (int)(rng_next_u64(&rng) % 2);
			}
		compare(rules, policies[k % 3]);
	}
}

static bool has(const struct dmn_finding *f, size_t n, enum dmn_finding_kind kind)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].kind == kind)
			return true;
	return false;
}

static void knows_domains(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(MEMORY);
	size_t n;
	const struct dmn_finding *f;
#define TABLE_OF(type, policy, more, cells)                                                        \
	STR("<definitions xmlns='" DMN13 "' namespace='t' name='t'>"                                   \
	    "<itemDefinition name='tRegion'><typeRef>string</typeRef><allowedValues><text>\"N\",\"S\"</text></allowedValues>" \
	    "</itemDefinition><inputData id='i' name='i'><variable name='i' typeRef='" type "'/></inputData>" \
	    "<inputData id='k' name='k'><variable name='k'/></inputData>"                               \
	    "<decision id='d' name='D'><variable name='D'/><informationRequirement><requiredInput href='#i'/>" \
	    "</informationRequirement><informationRequirement><requiredInput href='#k'/></informationRequirement>" \
	    "<decisionTable hitPolicy='" policy "'><input><inputExpression typeRef='" type "'><text>i</text></inputExpression></input>" \
	    "<output name='o' typeRef='number'>" more "</output>" cells "</decisionTable></decision></definitions>")
#define ONE(type, cells) TABLE_OF(type, "UNIQUE", "", cells)
#define LISTS(policy, fallback, cells)                                                             \
	TABLE_OF("number", policy, "<defaultOutputEntry><text>" fallback "</text></defaultOutputEntry>", cells)
#define ROW(test, out)                                                                             \
	"<rule><inputEntry><text>" test "</text></inputEntry><outputEntry><text>" out "</text></outputEntry></rule>"
	f = findings(a, ONE("boolean", ROW("true", "1") ROW("false", "2")), &n);
	assert_false(has(f, n, DMN_FOUND_GAP));
	assert_true(has(f, n, DMN_FOUND_UNUSED)); /* k */
	f = findings(a, ONE("boolean", ROW("true", "1")), &n);
	assert_true(has(f, n, DMN_FOUND_GAP) && has(f, n, DMN_FOUND_NO_DEFAULT));
	f = findings(a, ONE("tRegion", ROW("\"N\"", "1") ROW("\"S\"", "2")), &n);
	assert_false(has(f, n, DMN_FOUND_GAP));
	f = findings(a, ONE("string", ROW("\"N\"", "1") ROW("\"S\"", "2")), &n);
	assert_true(has(f, n, DMN_FOUND_GAP));
	f = findings(a, ONE("string", ROW("\"N\"", "1") ROW("not(\"N\")", "2")), &n);
	assert_false(has(f, n, DMN_FOUND_GAP) || has(f, n, DMN_FOUND_OVERLAP));
	f = findings(a, ONE("date", ROW("&lt;= date(\"2008-12-31\")", "1") ROW("&gt;= date(\"2009-01-01\")", "2")), &n);
	assert_false(has(f, n, DMN_FOUND_GAP)); /* no day lies between */
	f = findings(a, ONE("number", ROW("&lt; 18", "1") ROW("&gt; 18", "2")), &n);
	assert_true(has(f, n, DMN_FOUND_GAP));
	f = findings(a, ONE("number", ROW("\"18\"", "1") ROW("-", "\"x\"")), &n);
	assert_true(has(f, n, DMN_FOUND_TYPE));
	f = findings(a, ONE("number", ROW("-", "1")), &n);
	assert_true(has(f, n, DMN_FOUND_UNTESTED));
	f = findings(a, LISTS("RULE ORDER", "[]", ROW("&lt; 18", "1")), &n);
	assert_false(has(f, n, DMN_FOUND_GAP)); /* nothing holds: an empty list */
	f = findings(a, TABLE_OF("number", "RULE ORDER", "", ROW("&lt; 18", "1")), &n);
	assert_true(has(f, n, DMN_FOUND_GAP));
	f = findings(a, LISTS("COLLECT' aggregation='SUM", "0", ROW("&lt; 18", "1")), &n);
	assert_true(has(f, n, DMN_FOUND_GAP));
	f = findings(a, ONE("number", ROW("? > k", "1")), &n);
	assert_true(has(f, n, DMN_FOUND_UNCHECKED));
}

/* "valid from" and "valid to" are two columns over one day: they are looked at together. */
static void joins_columns_over_one_input(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(MEMORY);
	size_t n;
	const struct dmn_finding *f;
#define PERIODS(rows)                                                                              \
	STR("<definitions xmlns='" DMN13 "' namespace='t' name='t'><inputData id='i' name='i'><variable name='i' typeRef='date'/>" \
	    "</inputData><decision id='d' name='D'><variable name='D'/><informationRequirement><requiredInput href='#i'/>" \
	    "</informationRequirement><decisionTable><input label='valid from'><inputExpression typeRef='date'><text>i</text>" \
	    "</inputExpression></input><input label='valid to'><inputExpression typeRef='date'><text> i </text></inputExpression>" \
	    "</input><output name='o'/>" rows "</decisionTable></decision></definitions>")
#define PERIOD(from, to)                                                                           \
	"<rule><inputEntry><text>" from "</text></inputEntry><inputEntry><text>" to                    \
	"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
#define SINCE(day) "&gt;= date(\"" day "\")"
#define UNTIL(day) "&lt;= date(\"" day "\")"
	f = findings(a, PERIODS(PERIOD("-", UNTIL("2008-12-31")) PERIOD(SINCE("2009-01-01"), UNTIL("2011-07-10"))
	    PERIOD(SINCE("2011-07-11"), "-")), &n);
	assert_int_equal(n, 0);
	f = findings(a, PERIODS(PERIOD("-", UNTIL("2008-12-31")) PERIOD(SINCE("2009-01-01"), UNTIL("2011-07-11"))
	    PERIOD(SINCE("2011-07-11"), "-")), &n);
	assert_int_equal(n, 1);
	assert_int_equal(f[0].kind, DMN_FOUND_OVERLAP);
	assert_int_equal(f[0].example[0].day, 15166); /* 2011-07-11 */
	assert_int_equal(f[0].example[1].day, 15166);
	f = findings(a, PERIODS(PERIOD("-", UNTIL("2008-12-31")) PERIOD(SINCE("2009-01-02"), "-")), &n);
	assert_int_equal(n, 2);
	assert_true(has(f, n, DMN_FOUND_GAP) && has(f, n, DMN_FOUND_NO_DEFAULT));
	assert_int_equal(f[0].example[0].day, 14245); /* 2009-01-01 */
	assert_int_equal(f[0].example[1].day, 14245);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_brute_force), cmocka_unit_test(knows_domains),
	    cmocka_unit_test(joins_columns_over_one_input)};
	return test_run(tests);
}
