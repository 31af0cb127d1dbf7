#include "base/arena.h"
#include "base/test.h"
#include "engine/feel/feel.h"

/* Expected values are those of the DMN 1.5 specification, chapter 10, and of arithmetic by hand. */
static const struct feel_input inputs[] = {
    {{"loan amount", 11}, {.kind = FEEL_NUMBER, .number = {.lo = 5000}}},
    {{"a", 1}, {.kind = FEEL_NUMBER, .number = {.lo = 1}}},
    {{"a-b", 3}, {.kind = FEEL_NUMBER, .number = {.lo = 7}}},
    {{"name", 4}, {.kind = FEEL_STRING, .string = {"Amsterdam", 9}}},
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

struct example {
	const char *text, *want;
};

static int check(const struct example *x)
{
	int failures = 0;
	AUTO_ARENA a = arena_new(64 << 20);
	struct err e;
	struct feel_expression *compiled;
	const struct feel_env env = {.now = {.kind = FEEL_DATE_TIME, .day = 15000, .zone = 0}};
	AUTO_BUF b = BUF_INIT(10000);
	if (feel_compile(a, NULL, str_of(x->text), inputs, INPUTS, &compiled, &e) != ERR_OK) {
		buf_addf(&b, "%s:%u:%u", e.id, e.line, e.col);
	} else {
		fval v = feel_eval(compiled, &env, a, inputs, INPUTS);
		if (v.kind == FEEL_NULL && v.cause)
			buf_addf(&b, "null %s", v.cause->id);
		else
			feel_write(&b, NULL, v);
	}
	if (!str_is(buf_str(&b), x->want))
		print_error("%s\n  got  %.*s\n  want %s\n", x->text, STR_ARG(buf_str(&b)), x->want);
	failures += !str_is(buf_str(&b), x->want);
	return failures;
}

static void check_all(const struct example *x, size_t n)
{
	int failures = 0;
	for (size_t i = 0; i < n; i++)
		failures += check(&x[i]);
	assert_int_equal(failures, 0);
}
#define CHECK(list) check_all(list, sizeof list / sizeof *list)

static void arithmetic(void **state)
{
	(void)state;
	static const struct example list[] = {
	    {"1 + 2 * 3", "7"}, {"(1 + 2) * 3", "9"}, {"-2 ** 2", "4"}, {"2 ** 3", "8"}, {"10 - 4 - 3", "3"},
	    {"1 / 3", "0.3333333333333333333333333333333333"}, {"1 / 0", "null feel.zero"},
	    {"0.1 + 0.2 = 0.3", "true"}, {"1.005 * 100", "100.500"}, {".5 + 1e2", "100.5"},
	    {"\"a\" + \"b\"", "ab"}, {"\"a\" + 1", "null feel.type"}, {"null + 1", "null feel.type"},
	    {"loan amount / 2", "2500"}, {"a-b", "7"}, {"a - b", "7"}, {"a -1", "0"}, {"-a", "-1"},
	    {"date(\"2008-01-31\") + duration(\"P1M\")", "2008-02-29"},
	    {"date(\"2009-03-01\") - date(\"2009-02-01\")", "P28D"}, {"duration(\"P1Y\") * 1.5", "P1Y6M"},
	    {"@\"2021-10-31T02:00:00+02:00\" + @\"PT1H\"", "2021-10-31T03:00:00+02:00"},
	    {"@\"P1DT2H\" / 2", "PT13H"}, {"@\"PT10M\" / @\"PT3M\" > 3.33", "true"},
	    {"years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\"))", "P1Y8M"}};
	CHECK(list);
}

static void logic(void **state)
{
	(void)state;
	static const struct example list[] = {
	    {"true and null", "null feel.null"}, {"false and null", "false"}, {"true or null", "true"},
	    {"1 = 1 and 2 < 3 or false", "true"}, {"not(true)", "false"}, {"1 != 2", "true"}, {"1 = \"1\"", "null feel.type"},
	    {"if 1 > 2 then \"x\" else \"y\"", "y"}, {"if null then 1 else 2", "2"},
	    {"5 between 1 and 10 and true", "true"}, {"5 in (1..5)", "false"}, {"5 in [1..5]", "true"},
	    {"5 in (1, 3, > 4)", "true"}, {"5 in <= 5", "true"}, {"5 in [1,5]", "true"}, {"name in (\"Amsterdam\", \"Oslo\")", "true"},
	    {"[1..5[ = [1..5)", "true"}, {"]1..5] = (1..5]", "true"}, {"some x in [1,2,3] satisfies x > 2", "true"},
	    {"every x in [1,2,3] satisfies x > 2", "false"}, {"some x in [1, null] satisfies x > 2", "null feel.type"},
	    {"some x in [1,2], y in [2,3] satisfies x + y = 5", "true"}, {"1 instance of number", "true"},
	    {"[1] instance of list<number>", "true"}, {"{a: 1} instance of context<a: number>", "true"},
	    {"@\"P1Y\" instance of years and months duration", "true"},
	    {"(function(x: number) x) instance of function<number> -> number", "true"}};
	CHECK(list);
}

static void structures(void **state)
{
	(void)state;
	static const struct example list[] = {
	    {"[1, [2, \"x\"], {b: null}]", "[1, [2, \"x\"], {b: null}]"}, {"[10, 20, 30][2]", "20"}, {"[10, 20, 30][-1]", "30"},
	    {"[10, 20, 30][4]", "null feel.index"}, {"[1, 2, 3, 4][item > 2]", "[3, 4]"},
	    {"[{x: 1, y: 2}, {x: 2, y: 3}][x = 1].y", "[2]"}, {"[{\"first name\": \"Bo\"}].first name", "[\"Bo\"]"},
	    {"{a: 1, b: a + 1}.b", "2"}, {"{first name: \"Bo\", greeting: \"Hi \" + first name}.greeting", "Hi Bo"},
	    {"{f: function(n) if n <= 1 then 1 else n * f(n - 1)}.f(5)", "120"},
	    {"for x in [1,2], y in [10,20] return x * y", "[10, 20, 20, 40]"}, {"for i in 1..3 return i * i", "[1, 4, 9]"},
	    {"for i in 3..1 return i", "[3, 2, 1]"}, {"for i in [1..3] return i + count(partial)", "[1, 3, 5]"},
	    {"for i in 1..4 return if i = 1 then 1 else i * partial[-1]", "[1, 2, 6, 24]"},
	    {"for x in null return x", "null feel.null"}, {"(function(x, y) x - y)(y: 1, x: 3)", "2"},
	    {"{add: function(k) function(n) n + k, x: add(2)(5)}.x", "7"},
	    {"[1,2,3][item > a]", "[2, 3]"}, {"[{item: 1}, {item: 2}][item >= 2]", "[{item: 2}]"},
	    {"date(\"2018-12-10\").weekday", "1"}, {"[1..10].end", "10"}, {"{}", "{}"}, {"[]", "[]"}, {"[][1]", "null feel.index"},
	    {"[1,2,3][if true then 2 else 1]", "2"}, {"{a: [1,2,3]}.a[2]", "2"}, {"5[1]", "5"}};
	CHECK(list);
}

static void library(void **state)
{
	(void)state;
	static const struct example list[] = {
	    {"substring(\"foobar\", 3)", "obar"}, {"substring(\"foobar\", -2, 1)", "a"}, {"string length(\"héé\")", "3"},
	    {"upper case(\"straße\")", "STRASSE"}, {"replace(\"abracadabra\", \"bra\", \"*\")", "a*cada*"},
	    {"matches(\"foobar\", \"^fo*b\")", "true"}, {"split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"},
	    {"replace(\"x\", \"(?=x)\", \"\")", "null feel.regex"}, {"matches(\"AIO\", \"^[A-Z-[OI]]+$\")", "false"},
	    {"string join([\"a\", null, \"c\"], \"-\")", "a-c"}, {"number(\"1 000,5\", \" \", \",\")", "1000.5"},
	    {"decimal(2.5, 0)", "2"}, {"round half up(2.5, 0)", "3"}, {"round down(-5.5, 0)", "-5"}, {"floor(-1.5)", "-2"},
	    {"modulo(-12, 5)", "3"}, {"sqrt(16)", "4"}, {"sort([3,1,2], function(x,y) x < y)", "[1, 2, 3]"},
	    {"sort(list: [3,1,2], precedes: function(x,y) x > y)", "[3, 2, 1]"},
	    {"list replace([1,2,3], function(item, new) item > 1, 9)", "[1, 9, 9]"}, {"mean([1,2,3])", "2"}, {"min(3,1,2)", "1"},
	    {"median([6,1,2,3])", "2.5"}, {"mode([6,3,9,6,6])", "[6]"}, {"flatten([[1,[2]],3])", "[1, 2, 3]"},
	    {"concatenate([1],[2,3])", "[1, 2, 3]"}, {"distinct values([1,2,1])", "[1, 2]"}, {"insert before([1,3],1,2)", "[2, 1, 3]"},
	    {"get entries({a: 1})", "[{key: \"a\", value: 1}]"}, {"context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}"},
	    {"today()", "2011-01-26"}, {"week of year(date(\"2005-01-01\"))", "53"}, {"before(1, (1..2])", "true"},
	    {"includes([1..10], [4..6])", "true"}, {"abs(n: -1)", "1"}, {"abs(m: -1)", "null feel.arguments"},
	    {"date and time(\"2012-12-24T24:00:00\")", "2012-12-25T00:00:00"}, {"string(@\"P1DT2H\")", "P1DT2H"}};
	CHECK(list);
}

static void syntax_errors(void **state)
{
	(void)state;
	static const struct example list[] = {
	    {"1 +", "feel.syntax:1:4"}, {"(1", "feel.syntax:1:3"}, {"\n  1 1", "feel.syntax:2:5"}, {"nothing known", "feel.name:1:1"},
	    {"\"abc", "feel.syntax:1:5"}, {"{a: 1, a: 2}", "feel.syntax:1:10"}, {"if true then 1", "feel.syntax:1:15"}, {"", "feel.syntax:1:1"},
	    {"[1..2", "feel.syntax:1:6"}, {"?", "feel.syntax:1:1"}, {"for x in [1]", "feel.syntax:1:13"}};
	CHECK(list);
}

static void limits(void **state)
{
	(void)state;
	static const struct example list[] = {
	    {"{f: function(n) f(n + 1), r: f(1)}.r", "null feel.limit"},
	    {"for i in 1..2000000 return i", "null feel.limit"},
	    {"count(for a in 1..1000, b in 1..1000, c in 1..1000 return 1)", "null feel.limit"},
	    {"matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")", "null feel.limit"}};
	CHECK(list);
	AUTO_BUF deep = BUF_INIT(1 << 20);
	for (int i = 0; i < 30000; i++)
		buf_addc(&deep, '(');
	AUTO_ARENA a = arena_new(64 << 20);
	struct err e;
	struct feel_expression *x;
	assert_int_equal(feel_compile(a, NULL, buf_str(&deep), NULL, 0, &x, &e), ERR_INVALID);
}

/* 420 random expressions beside another implementation (tests/differential/feel_peer.mjs). */
static void agrees_with_a_peer(void **state)
{
	(void)state;
	static const struct example list[] = {
#include "engine/feel/t_feel_peer.h"
	};
	const struct feel_env env = {.zones = NULL};
	int failures = 0;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		AUTO_ARENA a = arena_new(64 << 20);
		struct err e;
		struct feel_expression *x;
		AUTO_BUF b = BUF_INIT(10000);
		if (feel_compile(a, NULL, str_of(list[i].text), NULL, 0, &x, &e) != ERR_OK)
			buf_addf(&b, "%s at %u:%u", e.detail, e.line, e.col);
		else
			feel_write_json(&b, NULL, feel_eval(x, &env, a, NULL, 0));
		if (str_is(buf_str(&b), list[i].want))
			continue;
		print_error("%s\n  got  %.*s\n  peer %s\n", list[i].text, STR_ARG(buf_str(&b)), list[i].want);
		failures++;
	}
	assert_int_equal(failures, 0);
}

/* Random date arithmetic beside Python's (tests/differential/dates.py). */
static void counts_days_as_python(void **state)
{
	(void)state;
	static const struct example list[] = {
#include "engine/feel/t_dates_peer.h"
	};
	CHECK(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(arithmetic), cmocka_unit_test(logic), cmocka_unit_test(structures),
	    cmocka_unit_test(library), cmocka_unit_test(syntax_errors), cmocka_unit_test(limits),
	    cmocka_unit_test(agrees_with_a_peer), cmocka_unit_test(counts_days_as_python),
	};
	return test_run(tests);
}
