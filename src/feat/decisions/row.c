/* The row of a table that decided, in one sentence of the pack's words. */
#include "base/vec.h"
#include "feat/decisions/words.h"

enum { ROW_BYTES = 64 * 1024, ROWS_TOLD = 5, VALUE_LONGEST = 200 };

static bool is_in(const struct dmn_element *x, const struct dmn_table *t)
{
	if (!x->expr)
		return false;
	if (x->expr->table == t)
		return true;
	return x->expr->kind == DMN_FUNCTION && x->expr->n_parts == 1 && x->expr->parts[0].expr && x->expr->parts[0].expr->table == t;
}

static bool find_table(const struct decisions_view *view, const struct dmn_table *t, struct decisions_row *ret)
{
	for (size_t i = 0; i < view->n; i++)
		for (size_t k = 0; view->versions[i].model && k < view->versions[i].model->n_elements; k++)
			if (is_in(&view->versions[i].model->elements[k], t)) {
				ret->key = view->versions[i].source.key;
				ret->element = view->versions[i].model->elements[k].name;
				return true;
			}
	return false;
}

/* "lowest result 0.96 (0.8 to 1); …": what the row asks for and what it was given. */
static void add_tests(const struct words *w, const struct decisions_view *view, const struct dmn_table_trace *t, uint32_t rule, struct buf *b)
{
	bool any = false;
	for (size_t i = 0; i < t->table->n_inputs; i++) {
		const struct dmn_input_clause *in = &t->table->inputs[i];
		str expression = str_trim(in->expression.text);
		struct words_cell c = words_cell(w, expression, t->table->rules[rule].tests[i].text, true);
		if (c.any)
			continue;
		str value = words_value(w, view->zones, expression, t->values[i]);
		str parts[] = {words_asked(w, words_column(w, expression, in->label)), str_sub(value, 0, VALUE_LONGEST), str_sub(c.text, 0, VALUE_LONGEST)};
		buf_addz(b, any ? "; " : " ");
		i18n_add_filled(b, i18n_text(w->lang, MSG("{0} {1} (the row asks: {2})")), parts, 3);
		any = true;
	}
	if (any)
		buf_addc(b, '.');
}

static void add_number(const struct words *w, uint32_t rule, struct buf *b)
{
	i18n_add_num(b, w->lang, (int64_t)rule + 1);
}

/* No row, or more than one where one may: which, so that the reader can mend it. */
static void add_none(const struct words *w, const struct dmn_table_trace *t, str table, struct buf *b)
{
	AUTO_BUF rows = BUF_INIT(1024);
	for (size_t i = 0; i < t->n_matched && i < ROWS_TOLD; i++) {
		buf_addz(&rows, i ? ", " : "");
		add_number(w, t->matched[i], &rows);
	}
	str parts[] = {table, buf_str(&rows)};
	i18n_add_filled(b, i18n_text(w->lang, t->n_matched > 1 ? MSG("In the table “{0}” more than one row fits, so that none decides: {1}.")
	                                                       : MSG("No row of the table “{0}” decides.")), parts, 2);
}

bool decisions_row_told(const struct decisions_view *view, const struct programme_view *p, const struct dmn_table_trace *t, enum lang l,
    struct arena *a, struct decisions_row *ret)
{
	AUTO_BUF b = BUF_INIT(ROW_BYTES);
	struct decisions_row row = {.key = STR(""), .element = STR(""), .text = STR("")};
	if (!find_table(view, t->table, &row))
		return false;
	const struct words w = {.programme = p, .model = row.key, .lang = l, .arena = a};
	str table = words_name(&w, "decision", row.element);
	if (!t->n_decided && !t->fallback) {
		add_none(&w, t, table, &b);
	} else if (!t->n_decided) {
		i18n_add_filled(&b, i18n_text(l, MSG("No row of the table “{0}” fits; what it gives otherwise holds.")), &table, 1);
	} else {
		AUTO_BUF number = BUF_INIT(32);
		row.row = t->decided[0] + 1;
		add_number(&w, t->decided[0], &number);
		str parts[] = {buf_str(&number), table};
		i18n_add_filled(&b, i18n_text(l, MSG("Row {0} of the table “{1}” decides.")), parts, 2);
		add_tests(&w, view, t, t->decided[0], &b);
	}
	row.text = b.failed ? STR("") : arena_str(a, buf_str(&b));
	if (!row.text.p)
		row.text = STR("");
	*ret = row;
	return true;
}
