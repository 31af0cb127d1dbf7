/* Models that are made to be heavy end in a clear error or take memory in proportion to their size; how long it may take
 * is the test's time limit. */
#include "base/arena.h"
#include "base/test.h"
#include "engine/dmn/check.h"
#include "feat/rules/dmn_xml.h"

#define HEAD "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' namespace='t' name='t'>"
#define VERY_MUCH ((size_t)3 << 30)

struct world {
	struct arena *a;
	const struct dmn_model *model;
	struct dmn_set *set;
	struct err e;
};

static enum err_code load(struct world *w, const struct buf *xml)
{
	*w = (struct world){.a = arena_new(VERY_MUCH)};
	assert_non_null(w->a);
	assert_int_equal(xml->failed, ERR_OK);
	TRY(dmn_xml_parse(buf_str(xml), "t.dmn", w->a, &w->model, &w->e));
	return dmn_compile(w->a, NULL, &w->model, 1, &w->set, &w->e);
}

static struct dmn_outcome decide(struct world *w, const char *name, const struct dmn_given *given, size_t n)
{
	struct dmn_outcome out;
	const struct dmn_options options = {.mode = DMN_STRICT};
	struct dmn_run *run = dmn_run_new(w->a, w->set);
	assert_non_null(run);
	int32_t at = dmn_find(w->set, w->model, str_of(name));
	assert_true(at >= 0);
	assert_ok(dmn_decide(run, w->a, at, given, n, &options, &out, &w->e), &w->e);
	return out;
}

static void literal(struct buf *b, const char *name)
{
	buf_addf(b, "<decision id='%s' name='%s'><variable name='%s'/><literalExpression><text>", name, name, name);
}

#define LITERAL_END "</text></literalExpression></decision>"

/* Row i: x is i, the outcome is 2 i. */
static void table_of(struct buf *b, int rows)
{
	buf_addz(b, HEAD "<inputData id='x' name='x'><variable name='x' typeRef='number'/></inputData>"
	    "<decision id='d' name='d'><variable name='d'/><informationRequirement><requiredInput href='#x'/>"
	    "</informationRequirement><decisionTable><input><inputExpression typeRef='number'><text>x</text></inputExpression>"
	    "</input><output name='o'/>");
	for (int i = 0; i < rows; i++)
		buf_addf(b, "<rule><inputEntry><text>%d</text></inputEntry><outputEntry><text>%d</text></outputEntry></rule>", i, 2 * i);
	buf_addz(b, "</decisionTable></decision></definitions>");
}

static size_t memory_of_table(int rows)
{
	struct world w;
	const struct dmn_finding *f;
	size_t n;
	AUTO_BUF b = BUF_INIT(60 << 20);
	table_of(&b, rows);
	assert_ok(load(&w, &b), &w.e);
	const struct dmn_given given = {.name = STR("x"), .value = feel_int(rows - 1)};
	struct dmn_outcome out = decide(&w, "d", &given, 1);
	assert_int_equal(feel_equal(NULL, out.value, feel_int(2 * (rows - 1))), FEEL_YES);
	assert_ok(dmn_check(w.set, w.a, &f, &n, &w.e), &w.e); /* says that it is too large to be compared, and ends */
	size_t used = arena_used(w.a);
	arena_free(w.a);
	return used;
}

static void hundred_thousand_rows(void **state)
{
	(void)state;
	size_t small = memory_of_table(25000), large = memory_of_table(100000);
	print_message("# 25,000 rows: %zu bytes, 100,000 rows: %zu bytes\n", small, large);
	assert_true(large < 6 * small); /* four times as many rows */
}

static void fifty_megabytes(void **state)
{
	(void)state;
	struct world w;
	AUTO_BUF b = BUF_INIT(80 << 20);
	buf_addz(&b, HEAD);
	for (int i = 0; i < 500; i++) {
		char name[20];
		(void)snprintf(name, sizeof name, "d%d", i);
		literal(&b, name);
		buf_addz(&b, "1");
		for (int k = 0; k < 25000; k++)
			buf_addz(&b, " + 1");
		buf_addz(&b, LITERAL_END);
	}
	buf_addz(&b, "</definitions>");
	assert_true(b.n > (50 << 20) / 10 * 9);
	assert_ok(load(&w, &b), &w.e);
	struct dmn_outcome out = decide(&w, "d499", NULL, 0);
	assert_int_equal(feel_equal(NULL, out.value, feel_int(25001)), FEEL_YES);
	arena_free(w.a);
}

static void more_than_is_read(void **state)
{
	(void)state;
	struct world w;
	AUTO_BUF b = BUF_INIT(80 << 20);
	buf_addz(&b, HEAD "<description>");
	while (b.n < (size_t)TREE_BYTES_MOST)
		buf_addz(&b, "0123456789012345678901234567890123456789012345678901234567890123456789 ");
	buf_addz(&b, "</description></definitions>");
	assert_int_not_equal(load(&w, &b), ERR_OK);
	print_message("# %s: %s\n", w.e.id, w.e.detail);
	assert_true(w.e.code == ERR_LIMIT);
	arena_free(w.a);
}

/* Names "a", "a a", "a a a" …, and an expression that could be cut into them in very many ways. */
static void names_within_names(void **state)
{
	(void)state;
	enum { NAMES = 240, USES = 2000 }; /* the longest is nearly as long as a name may be */
	struct world w;
	AUTO_BUF b = BUF_INIT(60 << 20);
	AUTO_BUF name = BUF_INIT(1 << 20);
	buf_addz(&b, HEAD);
	for (int i = 0; i < NAMES; i++) {
		buf_addz(&name, i ? " a" : "a");
		buf_addf(&b, "<inputData id='i%d' name='%s'/>", i, name.p);
	}
	buf_addz(&b, "<decision id='d' name='d'><variable name='d'/>");
	for (int i = 0; i < NAMES; i++)
		buf_addf(&b, "<informationRequirement><requiredInput href='#i%d'/></informationRequirement>", i);
	buf_addz(&b, "<literalExpression><text>0");
	for (int i = 0; i < USES; i++)
		buf_addf(&b, " + %s", name.p);
	buf_addz(&b, LITERAL_END "</definitions>");
	assert_ok(load(&w, &b), &w.e);
	const struct dmn_given given = {.name = buf_str(&name), .value = feel_int(3)};
	struct dmn_outcome out = decide(&w, "d", &given, 1); /* the longest name is the one that is meant */
	assert_int_equal(feel_equal(NULL, out.value, feel_int(3 * USES)), FEEL_YES);
	arena_free(w.a);
}

static void assert_limit(const char *what, const char *open, const char *middle, const char *close, int deep)
{
	struct world w;
	AUTO_BUF b = BUF_INIT(60 << 20);
	buf_addz(&b, HEAD);
	literal(&b, "d");
	for (int i = 0; i < deep; i++)
		buf_addz(&b, open);
	buf_addz(&b, middle);
	for (int i = 0; i < deep; i++)
		buf_addz(&b, close);
	buf_addz(&b, LITERAL_END "</definitions>");
	if (load(&w, &b) != ERR_OK) {
		assert_true(w.e.code == ERR_LIMIT || w.e.code == ERR_INVALID);
		print_message("# %s: %s\n", what, w.e.detail);
	} else {
		struct dmn_outcome out = decide(&w, "d", NULL, 0);
		assert_true(out.undetermined && out.value.cause);
		print_message("# %s: %.*s\n", what, STR_ARG(out.value.cause->text));
	}
	arena_free(w.a);
}

static void deep(void **state)
{
	(void)state;
	assert_limit("lists", "[", "1", "]", 100000);
	assert_limit("brackets", "(", "1", ")", 100000);
	assert_limit("contexts", "{a: ", "1", "}", 100000);
	assert_limit("conditions", "if true then ", "1", " else 2", 100000);
	assert_limit("functions", "function(x) ", "1", "", 100000);
	assert_limit("loops", "for x in 1..1000 return ", "x", "", 3); /* 10^9 steps */
	assert_limit("a long list", "count(for x in 1..", "2000000", " return x)", 1);
	assert_limit("minus signs", "-(", "1", ")", 100000);
}

static void calls_without_end(void **state)
{
	(void)state;
	struct world w;
	AUTO_BUF b = BUF_INIT(1 << 20);
	buf_addz(&b, HEAD "<businessKnowledgeModel id='f' name='f'><variable name='f'/><encapsulatedLogic>"
	    "<formalParameter name='n'/><literalExpression><text>f(n + 1) + 1</text></literalExpression></encapsulatedLogic>"
	    "</businessKnowledgeModel><decision id='d' name='d'><variable name='d'/><knowledgeRequirement>"
	    "<requiredKnowledge href='#f'/></knowledgeRequirement><literalExpression><text>f(0)" LITERAL_END "</definitions>");
	assert_ok(load(&w, &b), &w.e);
	struct dmn_outcome out = decide(&w, "d", NULL, 0);
	assert_true(out.undetermined && out.value.cause);
	print_message("# calls: %.*s\n", STR_ARG(out.value.cause->text));
	arena_free(w.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(hundred_thousand_rows), cmocka_unit_test(fifty_megabytes),
	    cmocka_unit_test(more_than_is_read), cmocka_unit_test(names_within_names), cmocka_unit_test(deep),
	    cmocka_unit_test(calls_without_end)};
	return test_run(tests);
}
