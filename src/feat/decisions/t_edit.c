/* Editing a table: what the form and the buttons change, and that nothing else in the model does. */
#include "base/test.h"

#include "codec/io.h"
#include "feat/decisions/edit.h"
#include "feat/rules/dmn_xml.h"

static str file_of(struct arena *a)
{
	struct err e;
	AUTO_BUF b = BUF_INIT(1 << 20);
	assert_non_null(getenv("GRUTTO_TEST_MODEL"));
	assert_ok(file_read(getenv("GRUTTO_TEST_MODEL"), &b, &e), &e);
	return arena_str(a, buf_str(&b));
}

static const struct dmn_table *table_of(str xml, const char *name, struct arena *a)
{
	struct err e;
	const struct dmn_model *m;
	assert_ok(dmn_xml_parse(xml, "t.dmn", a, &m, &e), &e);
	for (size_t i = 0; i < m->n_elements; i++)
		if (str_is(m->elements[i].name, name))
			return m->elements[i].expr->table;
	fail_msg("no decision %s", name);
	return NULL;
}

static struct edit_table open_table(str xml, const char *name, struct arena *a)
{
	struct err e;
	struct edit_table t;
	assert_ok(edit_from_model(table_of(xml, name, a), a, &t, &e), &e);
	return t;
}

static void same_table(const struct dmn_table *x, const struct dmn_table *y)
{
	assert_int_equal(x->policy, y->policy);
	assert_int_equal(x->n_rules, y->n_rules);
	assert_int_equal(x->n_inputs, y->n_inputs);
	assert_int_equal(x->n_outputs, y->n_outputs);
	assert_int_equal(x->n_annotations, y->n_annotations);
	for (size_t i = 0; i < x->n_inputs; i++) {
		assert_true(str_eq(str_trim(x->inputs[i].expression.text), str_trim(y->inputs[i].expression.text)));
		assert_true(str_eq(x->inputs[i].label, y->inputs[i].label));
		assert_true(str_eq(x->inputs[i].type, y->inputs[i].type));
		assert_true(str_eq(str_trim(x->inputs[i].values.text), str_trim(y->inputs[i].values.text)));
	}
	for (size_t i = 0; i < x->n_outputs; i++) {
		assert_true(str_eq(x->outputs[i].name, y->outputs[i].name));
		assert_true(str_eq(str_trim(x->outputs[i].fallback.text), str_trim(y->outputs[i].fallback.text)));
	}
	for (size_t r = 0; r < x->n_rules; r++) {
		assert_true(str_eq(x->rules[r].id, y->rules[r].id));
		for (size_t i = 0; i < x->n_inputs; i++)
			assert_true(str_eq(str_trim(x->rules[r].tests[i].text), str_trim(y->rules[r].tests[i].text)));
		for (size_t i = 0; i < x->n_outputs; i++)
			assert_true(str_eq(str_trim(x->rules[r].outputs[i].text), str_trim(y->rules[r].outputs[i].text)));
		for (size_t i = 0; i < x->n_annotations; i++)
			assert_true(str_eq(x->rules[r].annotations[i], y->rules[r].annotations[i]));
	}
}

/* Written back unchanged, both tables read the same, and all before and behind is the same text. */
static void unchanged(void **state)
{
	(void)state;
	struct err e;
	static const char *const ids[] = {"eligible", "amount"};
	AUTO_ARENA a = arena_new(256 << 20);
	str xml = file_of(a), out;
	for (size_t i = 0; i < 2; i++) {
		struct edit_table t = open_table(xml, ids[i], a);
		assert_ok(edit_write(xml, str_of(ids[i]), &t, a, &out, &e), &e);
		for (size_t k = 0; k < 2; k++)
			same_table(table_of(xml, ids[k], a), table_of(out, ids[k], a));
		str mark = STR("<decisionTable");
		size_t at = (size_t)str_find(xml, i ? STR("<decisionTable id=\"t2\"") : mark);
		assert_true(str_eq(str_sub(xml, 0, at), str_sub(out, 0, at)));
		str tail = STR("</definitions>\n");
		assert_true(str_ends(out, tail));
	}
}

/* Each place that edit_write gives is where the cell's text stands. */
static void places(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(256 << 20);
	str xml = file_of(a), out;
	struct edit_table t = open_table(xml, "eligible", a);
	t.rows[0].tests[0] = STR("\"a\",\n\"b\""); /* two lines: what follows moves down */
	assert_ok(edit_write(xml, STR("eligible"), &t, a, &out, &e), &e);
	const struct edit_place at = t.rows[2].at[2];
	struct str_split it = str_split_on(out, '\n');
	str line = STR_NONE;
	for (uint32_t i = 0; i < at.line; i++)
		assert_true(str_next(&it, &line));
	assert_true(str_starts(str_sub(line, at.col - 1, line.n), STR("&lt;= 28</text>")));
	assert_true(t.line < at.line && at.line < t.last_line);
}

static void act(struct edit_table *t, const char *action, bool want, struct arena *a)
{
	struct err e;
	bool done;
	assert_ok(edit_act(t, str_of(action), a, &done, &e), &e);
	if (done != want)
		fail_msg("%s", action);
}

static void buttons(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(256 << 20);
	str xml = file_of(a), out;
	struct edit_table t = open_table(xml, "eligible", a);
	act(&t, "row-up:3", true, a);
	assert_str(t.rows[2].id, "rule4");
	assert_str(t.rows[3].id, "rule3");
	act(&t, "row-down:2", true, a);
	act(&t, "row-add:3", true, a);
	act(&t, "row-add:-1", true, a);
	assert_int_equal(t.n_rows, 6);
	assert_str(t.rows[0].tests[0], "-");
	assert_str(t.rows[1].id, "rule1");
	act(&t, "row-delete:0", true, a);
	act(&t, "in-right:0", true, a);
	assert_str(t.inputs[1].expression, "background");
	assert_str(t.rows[0].tests[1], "\"none\"");
	act(&t, "in-add:2", true, a);
	assert_int_equal(t.n_inputs, 4);
	assert_str(t.rows[0].tests[3], "-");
	t.inputs[3].expression = STR("days waited");
	act(&t, "note-add:0", true, a);
	act(&t, "out-delete:0", false, a); /* the last output stays */
	static const char *const refused[] = {"row-up:0", "row-down:4", "row-delete:5", "row-add:5", "in-left:0", "in-right:3",
	    "row-burn:1", "row", "row-up", "row-up:x", "row-up:-1", "planet-add:0", ""};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		act(&t, refused[i], false, a);
	t.rows[4].outputs[0] = STR("if a < 1 then \"x & y\" else \"z\"");
	assert_ok(edit_write(xml, STR("eligible"), &t, a, &out, &e), &e);
	const struct dmn_table *read = table_of(out, "eligible", a);
	assert_int_equal(read->n_rules, 5);
	assert_int_equal(read->n_inputs, 4);
	assert_int_equal(read->n_annotations, 2);
	assert_str(read->rules[4].outputs[0].text, "if a < 1 then \"x & y\" else \"z\"");
	assert_true(read->rules[4].id.n > 0); /* a new row has an identifier */
}

static void from_form(void **state)
{
	(void)state;
	struct err e;
	struct edit_table t;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct form_pair sent[] = {{STR("inputs"), STR("1")}, {STR("outputs"), STR("1")}, {STR("notes"), STR("1")},
	    {STR("rows"), STR("2")}, {STR("policy"), STR("3")}, {STR("in-0-expr"), STR("age")}, {STR("in-0-label"), STR("Age")},
	    {STR("out-0-name"), STR("ok")}, {STR("out-0-default"), STR("false")}, {STR("note-0"), STR("source")},
	    {STR("r-0-i-0"), STR("< 18")}, {STR("r-0-o-0"), STR("false")}, {STR("r-1-i-0"), STR(" >= 18 ")},
	    {STR("r-1-o-0"), STR("true")}, {STR("r-1-n-0"), STR("12")}, {STR("r-1-id"), STR("b")}, {STR("r-7-i-0"), STR("x")},
	    {STR("r-0-i-9"), STR("x")}, {STR("r-x-i-0"), STR("x")}, {STR("in-5-expr"), STR("x")}};
	assert_ok(edit_from_form(&(struct form_sent){sent, sizeof sent / sizeof *sent}, a, &t, &e), &e);
	assert_int_equal(t.policy, DMN_FIRST);
	assert_str(t.inputs[0].expression, "age");
	assert_str(t.outputs[0].fallback, "false");
	assert_str(t.annotations[0], "source");
	assert_str(t.rows[1].tests[0], ">= 18");
	assert_str(t.rows[1].notes[0], "12");
	assert_str(t.rows[1].id, "b");
	assert_int_equal(edit_from_form(&(struct form_sent){sent, 4}, a, &t, &e), ERR_INVALID);
}

static void from_csv(void **state)
{
	(void)state;
	struct err e;
	struct edit_table t;
	AUTO_ARENA a = arena_new(256 << 20);
	struct edit_table old = open_table(file_of(a), "eligible", a);
	str csv = STR("row,input: nationality,input: background,output: eligible,annotation: source_line\r\n"
		      "1,'-,\"\"\"none\"\"\",\"\"\"no\"\"\",100\r\n2,\"\"\"BA\"\"\",'-,'=1+1,\r\n");
	assert_ok(edit_from_csv(csv, "t.csv", &old, a, &t, &e), &e);
	assert_int_equal(t.n_rows, 2);
	assert_int_equal(t.n_inputs, 2);
	assert_str(t.inputs[0].label, "Nationality"); /* known columns keep what they were */
	assert_str(t.rows[0].tests[0], "-");
	assert_str(t.rows[0].tests[1], "\"none\"");
	assert_str(t.rows[1].outputs[0], "=1+1");
	assert_str(t.rows[0].notes[0], "100");
	assert_int_equal(t.policy, DMN_FIRST);
	static const struct {
		const char *csv;
		uint32_t line, col;
	} bad[] = {{"row,what\n1,2\n", 1, 2}, {"row,input: x\n1,2\n", 1, 1}, {"input: x,output: y\n1,2\n3\n", 3, 1}};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(edit_from_csv(str_of(bad[i].csv), "t.csv", &old, a, &t, &e), ERR_INVALID);
		assert_int_equal(e.line, bad[i].line);
		assert_int_equal(e.col, bad[i].col);
	}
	assert_int_equal(edit_from_csv(STR(""), "t.csv", &old, a, &t, &e), ERR_INVALID);
}

/* A comment, a CDATA section and a prefix do not mislead the search; a decision without a table is told. */
static void other_texts(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(64 << 20);
	str out, xml = STR("<d:definitions xmlns:d='https://www.omg.org/spec/DMN/20230324/MODEL/' name='m' namespace='n'>\n"
			   "<!-- <d:decision id='x'><d:decisionTable/></d:decision> --><d:decision id='y' name='y'><d:literalExpression>"
			   "<d:text><![CDATA[\"<decisionTable>\"]]></d:text></d:literalExpression></d:decision>\n"
			   "<d:decision name='x' id='x'><d:variable name='x'/><d:decisionTable id='t' outputLabel='a > b' hitPolicy='FIRST'>"
			   "<d:output id='o'/><d:rule id='r'><d:outputEntry id='e'><d:text>1</d:text></d:outputEntry></d:rule>"
			   "</d:decisionTable></d:decision></d:definitions>");
	struct edit_table t = open_table(xml, "x", a);
	t.policy = DMN_SUM;
	assert_ok(edit_write(xml, STR("x"), &t, a, &out, &e), &e);
	assert_true(str_find(out, STR("outputLabel='a > b' hitPolicy=\"COLLECT\" aggregation=\"SUM\"")) > 0);
	assert_int_equal(table_of(out, "x", a)->policy, DMN_SUM);
	assert_str(table_of(out, "x", a)->rules[0].outputs[0].text, "1");
	assert_int_equal(edit_write(xml, STR("y"), &t, a, &out, &e), ERR_NOT_FOUND);
	assert_int_equal(edit_write(xml, STR("z"), &t, a, &out, &e), ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(unchanged),
	    cmocka_unit_test(places),
	    cmocka_unit_test(buttons),
	    cmocka_unit_test(from_form),
	    cmocka_unit_test(from_csv),
	    cmocka_unit_test(other_texts),
	};
	return test_run(tests);
}
