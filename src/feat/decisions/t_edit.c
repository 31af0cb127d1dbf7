/* Editing a table: what the form and the buttons change, and that nothing else in the model does. */
#include "base/test.h"

#include "codec/io.h"
#include "codec/t_zip.h"
#include "codec/xlsx.h"
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
	assert_ok(edit_from_form(&(struct form_sent){.p = sent, .n = sizeof sent / sizeof *sent}, a, &t, &e), &e);
	assert_int_equal(t.policy, DMN_FIRST);
	assert_str(t.inputs[0].expression, "age");
	assert_str(t.outputs[0].fallback, "false");
	assert_str(t.annotations[0], "source");
	assert_str(t.rows[1].tests[0], ">= 18");
	assert_str(t.rows[1].notes[0], "12");
	assert_str(t.rows[1].id, "b");
	assert_int_equal(edit_from_form(&(struct form_sent){.p = sent, .n = 4}, a, &t, &e), ERR_INVALID);
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

/* Semicolons and tabs, as spreadsheets write and copy. */
static void from_other_csv(void **state)
{
	(void)state;
	static const char *const texts[] = {"row;input: nationality;output: eligible\r\n1;\"\"\"BA\"\",\"\"RS\"\"\";\"\"\"no\"\"\"\r\n",
	    "row\tinput: nationality\toutput: eligible\n1\t\"\"\"BA\"\",\"\"RS\"\"\"\t\"\"\"no\"\"\"\n",
	    "row,\"input: nationality\",output: eligible\n1,\"\"\"BA\"\",\"\"RS\"\"\",\"\"\"no\"\"\"\n"};
	struct err e;
	struct edit_table t;
	AUTO_ARENA a = arena_new(256 << 20);
	struct edit_table old = open_table(file_of(a), "eligible", a);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_ok(edit_from_file(str_of(texts[i]), "t.csv", &old, a, &t, &e), &e);
		assert_int_equal(t.n_rows, 1);
		assert_str(t.rows[0].tests[0], "\"BA\",\"RS\"");
		assert_str(t.rows[0].outputs[0], "\"no\"");
	}
}

static str heading(const char *kind, str name, struct arena *a)
{
	return arena_fmt(a, "%s: %.*s", kind, STR_ARG(name));
}

/* A workbook of the table, as a person would make it. */
static str workbook_of(const struct edit_table *t, struct arena *a)
{
	struct xlsx_column c[8] = {{.title = STR("row"), .type = XLSX_INTEGER}};
	size_t n = 1;
	struct xlsx_writer *w;
	struct err e;
	AUTO_BUF b = BUF_INIT(1 << 20);
	char path[64];
	int fd;
	assert_true(t->n_inputs + t->n_outputs + t->n_annotations < 8);
	for (size_t i = 0; i < t->n_inputs; i++)
		c[n++] = (struct xlsx_column){.title = heading("input", t->inputs[i].expression, a), .type = XLSX_TEXT};
	for (size_t i = 0; i < t->n_outputs; i++)
		c[n++] = (struct xlsx_column){.title = heading("output", t->outputs[i].name, a), .type = XLSX_TEXT};
	for (size_t i = 0; i < t->n_annotations; i++)
		c[n++] = (struct xlsx_column){.title = heading("annotation", t->annotations[i], a), .type = XLSX_TEXT};
	const struct xlsx_options o = {.sheet = STR("Table"), .columns = c, .n_columns = n};
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	for (size_t r = 0; r < t->n_rows; r++) {
		xlsx_i64(w, (int64_t)r + 1);
		for (size_t i = 0; i < t->n_inputs; i++)
			xlsx_text(w, t->rows[r].tests[i]);
		for (size_t i = 0; i < t->n_outputs; i++)
			xlsx_text(w, t->rows[r].outputs[i]);
		for (size_t i = 0; i < t->n_annotations; i++)
			xlsx_text(w, t->rows[r].notes[i]);
		xlsx_end_row(w);
	}
	assert_ok(xlsx_finish(w, &fd, &e), &e);
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	assert_ok(file_read(path, &b, &e), &e);
	(void)close(fd);
	return arena_str(a, buf_str(&b));
}

/* Out and in again: the model's text stays as it is, byte for byte. */
static void from_own_workbook(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(256 << 20);
	str xml = file_of(a), before, after;
	struct edit_table old = open_table(xml, "eligible", a), t;
	assert_ok(edit_write(xml, STR("eligible"), &old, a, &before, &e), &e);
	assert_ok(edit_from_file(workbook_of(&old, a), "t.xlsx", &old, a, &t, &e), &e);
	assert_int_equal(t.n_rows, old.n_rows);
	assert_ok(edit_write(xml, STR("eligible"), &t, a, &after, &e), &e);
	assert_true(str_eq(before, after));
}

static enum err_code take_sheet(const struct t_book *book, const struct edit_table *old, struct arena *a, struct edit_table *ret, struct err *e)
{
	struct t_zip z;
	str bytes = arena_str(a, t_book_make(&z, book));
	t_zip_free(&z);
	return edit_from_file(bytes, "t.xlsx", old, a, ret, e);
}

#define T_CELL(text) "<c t=\"str\"><v>" text "</v></c>"
#define T_HEADER "<row r=\"3\">" T_CELL("Input: nationality") T_CELL("input: day") T_CELL("output: eligible") T_CELL("annotation: note") "</row>"
#define T_STYLES STR("<styleSheet " T_MAIN "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")

/* What a spreadsheet made of what a person typed becomes FEEL again. */
static void from_typed_cells(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(256 << 20);
	struct edit_table old = open_table(file_of(a), "eligible", a), t;
	const struct t_book book = {.styles = T_STYLES,
	    .sheet = T_SHEET("<row>" T_CELL("a title") "</row>" T_HEADER
		"<row r=\"5\"><c><v>0.10000000000000001</v></c><c s=\"1\"><v>40567</v></c><c t=\"b\"><v>1</v></c><c s=\"1\"><v>40567</v></c></row>"
		"<row r=\"6\">" T_CELL("&gt; 5") "<c s=\"1\"><v>40567.5</v></c><c t=\"b\"><f>A1</f><v>0</v></c></row>"
		"<row r=\"7\">" T_CELL("'=x") "</row>")};
	assert_ok(take_sheet(&book, &old, a, &t, &e), &e);
	assert_int_equal(t.n_rows, 3);
	assert_str(t.inputs[0].label, "Nationality");
	assert_str(t.rows[0].tests[0], "0.1");
	assert_str(t.rows[0].tests[1], "date(\"2011-01-24\")");
	assert_str(t.rows[0].outputs[0], "true");
	assert_str(t.rows[0].notes[0], "2011-01-24");
	assert_str(t.rows[1].tests[0], "> 5");
	assert_str(t.rows[1].tests[1], "date and time(\"2011-01-24T12:00:00\")");
	assert_str(t.rows[1].outputs[0], "false");
	assert_str(t.rows[2].tests[0], "'=x"); /* no guard in a workbook */
	assert_str(t.rows[2].notes[0], "");
}

static void refuses_workbooks(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(256 << 20);
	struct edit_table old = open_table(file_of(a), "eligible", a), t;
	const struct {
		str sheet;
		const char *id, *detail;
		uint32_t line, col;
	} bad[] = {
	    {T_SHEET(T_HEADER "<row r=\"4\"><c/><c t=\"e\"><v>#REF!</v></c></row>"), "import.cell", "sheet \"Data\", cell B4: it holds an error", 4, 2},
	    {T_SHEET(T_HEADER "<row r=\"4\"><c/><c/><c><f>1+1</f></c></row>"), "import.cell", "cell C4: the result of its formula is not stored", 4, 3},
	    {T_SHEET(T_HEADER "<row r=\"9\"><c r=\"F9\"><v>1</v></c></row>"), "import.cell", "cell F9: it stands beside the table", 9, 6},
	    {T_SHEET("<row>" T_CELL("row") T_CELL("what") T_CELL("output: x") "</row>"), "import.header", "column 2", 1, 2},
	    {T_SHEET("<row>" T_CELL("row") T_CELL("input: x") "</row>"), "import.header", "no sheet has a header", 1, 1},
	    {T_SHEET("<row r=\"30\">" T_CELL("output: x") "</row>"), "import.header", "no sheet has a header", 1, 1},
	    {T_SHEET(T_HEADER "<row r=\"4\"><c><v>1,5</v></c></row>"), "xlsx.number", "cell A4", 4, 1},
	    {T_SHEET(T_HEADER "<row r=\"4\">"), "xml.syntax", "row 4", 4, 0},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = {0};
		const struct t_book book = {.sheet = bad[i].sheet};
		enum err_code code = take_sheet(&book, &old, a, &t, &e);
		if (code != ERR_INVALID || strcmp(e.id, bad[i].id) != 0 || !strstr(e.detail, bad[i].detail) || e.line != bad[i].line || e.col != bad[i].col)
			fail_msg("case %zu: %s %u:%u %s", i, e.id, e.line, e.col, e.detail);
		assert_string_equal(e.file, "t.xlsx");
	}
	struct err e = {0};
	assert_int_equal(edit_from_file(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "t.xls", &old, a, &t, &e), ERR_INVALID);
	assert_string_equal(e.id, "xlsx.protected");
	assert_int_equal(edit_from_file(STR("PK\x03\x04"), "t.xlsx", &old, a, &t, &e), ERR_INVALID);
	assert_string_equal(e.id, "xlsx.zip");
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
	    cmocka_unit_test(from_other_csv),
	    cmocka_unit_test(from_own_workbook),
	    cmocka_unit_test(from_typed_cells),
	    cmocka_unit_test(refuses_workbooks),
	    cmocka_unit_test(other_texts),
	};
	return test_run(tests);
}
