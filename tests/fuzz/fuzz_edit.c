/* Tables of a model, opened for editing and written back: the model still reads, the table says the same, every other table
 * is as it was; and the same after a row was added in front and taken away again. */
#include "feat/decisions/edit.h"
#include "feat/rules/dmn_xml.h"
#include "fuzz.h"

enum { MEMORY = 64 << 20, TEXT_MOST = 20000, TABLES_MOST = 8 };

static const struct dmn_table *table_of(const struct dmn_model *m, size_t element)
{
	const struct dmn_element *x = &m->elements[element];
	return x->kind == DMN_DECISION && x->expr && x->expr->kind == DMN_TABLE ? x->expr->table : NULL;
}

/* Control characters, which markup does not hold, come back as U+FFFD. */
static bool same_text(str x, str y)
{
	bool control = str_find_char(x, 0x7f) >= 0 || str_find_char(x, '\r') >= 0 || str_find(x, STR("\xef\xbf\xbe")) >= 0 ||
	    str_find(x, STR("\xef\xbf\xbf")) >= 0;
	return control || str_eq(str_trim(x), str_trim(y));
}

/* A cell without a test is written as one that anything meets. */
static bool same_test(str x, str y)
{
	return same_text(x, y) || (!str_trim(x).n && str_is(str_trim(y), "-"));
}

static void same_table(const struct dmn_table *x, const struct dmn_table *y)
{
	FUZZ_CHECK(x && y && x->policy == y->policy && x->n_rules == y->n_rules && x->n_inputs == y->n_inputs &&
	    x->n_outputs == y->n_outputs && x->n_annotations == y->n_annotations);
	for (size_t r = 0; r < x->n_rules; r++) {
		for (size_t i = 0; i < x->n_inputs; i++)
			FUZZ_CHECK(same_test(x->rules[r].tests[i].text, y->rules[r].tests[i].text));
		for (size_t i = 0; i < x->n_outputs; i++)
			FUZZ_CHECK(same_text(x->rules[r].outputs[i].text, y->rules[r].outputs[i].text));
		for (size_t i = 0; i < x->n_annotations; i++)
			FUZZ_CHECK(same_text(x->rules[r].annotations[i], y->rules[r].annotations[i]));
	}
}

/* Ids are what a splice is found by; a model may use one twice, and then it is not said which is meant. */
static bool id_once(const struct dmn_model *m, size_t element)
{
	for (size_t i = 0; i < m->n_elements; i++)
		if (i != element && str_eq(m->elements[i].id, m->elements[element].id))
			return false;
	return m->elements[element].id.n > 0;
}

static void edit(str xml, const struct dmn_model *m, size_t element, struct arena *a)
{
	struct err e;
	struct edit_table t;
	const struct dmn_model *back;
	str out;
	bool done;
	if (edit_from_model(table_of(m, element), a, &t, &e) != ERR_OK)
		return;
	if (t.n_rows && t.n_rows < EDIT_ROWS_MOST) {
		FUZZ_CHECK(edit_act(&t, STR("row-add:-1"), a, &done, &e) != ERR_OK || done);
		FUZZ_CHECK(edit_act(&t, STR("row-delete:0"), a, &done, &e) != ERR_OK || done);
	}
	if (edit_write(xml, m->elements[element].id, &t, a, &out, &e) != ERR_OK)
		return;
	FUZZ_CHECK(dmn_xml_parse(out, "written", a, &back, &e) == ERR_OK && back->n_elements == m->n_elements);
	for (size_t i = 0; i < m->n_elements; i++)
		if (table_of(m, i))
			same_table(table_of(m, i), table_of(back, i));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct dmn_model *m;
	struct err e;
	AUTO_ARENA a = arena_new(MEMORY);
	str xml = {(const char *)data, size};
	size_t tables = 0;
	if (!a || size > TEXT_MOST || dmn_xml_parse(xml, "model", a, &m, &e) != ERR_OK)
		return 0;
	for (size_t i = 0; i < m->n_elements && tables < TABLES_MOST; i++)
		if (table_of(m, i) && id_once(m, i)) {
			edit(xml, m, i, a);
			tables++;
		}
	return 0;
}
