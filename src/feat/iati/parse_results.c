#include "feat/iati/parse_builder.h"

enum { ACTUAL_LOOK = 64 };

/* ---- results ---- */

enum err_code part_start_result(struct builder *b, struct err *e)
{
	b->part_line = b->line;
	b->result_first = b->a->indicators.n;
	b->result_values = b->a->values.n;
	b->result_texts = b->a->texts.n;
	b->result_title = b->result_ref_vocabulary = b->result_ref_code = STR_NONE;
	return builder_code(b, "type", LIST_RESULT_TYPE, &b->result_type, e);
}

enum err_code part_end_result(struct builder *b, struct err *e)
{
	struct ia_activity *a = b->a;
	const char *lacks = b->result_type == INT_NONE ? "type of the list" : a->indicators.n == b->result_first ? "indicator" : NULL;
	if (lacks) {
		a->indicators.n = b->result_first;
		a->values.n = b->result_values;
		a->texts.n = b->result_texts;
		return builder_note(b, IATI_ELEMENT, b->part_line, "result", "the result was left out", e,
		    "The result has no %s.", lacks);
	}
	a->results++;
	for (size_t i = b->result_first; i < a->indicators.n; i++) {
		struct ia_indicator *n = &a->indicators.p[i];
		n->result_no = a->results;
		n->result_type = b->result_type;
		n->result_title = b->result_title;
		if (!n->ref_code.p) {
			n->ref_vocabulary = b->result_ref_vocabulary;
			n->ref_code = b->result_ref_code;
		}
	}
	return ERR_OK;
}

enum err_code part_start_indicator(struct builder *b, struct err *e)
{
	b->indicator = (struct ia_indicator){.ascending = INT_NONE};
	TRY(builder_code(b, "measure", LIST_MEASURE, &b->indicator.measure, e));
	str v = builder_peek(b, "ascending");
	if (v.n)
		b->indicator.ascending = builder_truth(v);
	return ERR_OK;
}

enum err_code part_end_indicator(struct builder *b, struct err *e)
{
	struct ia_indicator *i;
	ADD(b, indicators, &i);
	*i = b->indicator;
	if (!i->title.p)
		i->title = STR("");
	return ERR_OK;
}

enum err_code part_start_reference(struct builder *b, struct err *e)
{
	bool of_result = builder_parent(b) == S_RESULT;
	str *code = of_result ? &b->result_ref_code : &b->indicator.ref_code;
	if (code->p)
		return ERR_OK;
	TRY(builder_attr(b, "vocabulary", of_result ? &b->result_ref_vocabulary : &b->indicator.ref_vocabulary, e));
	return builder_attr(b, "code", code, e);
}

enum err_code part_start_figure(struct builder *b, struct err *e)
{
	b->figure = (struct figure){.line = b->line};
	buf_clear(&b->dimension);
	if (builder_above(b, 0) == S_BASELINE) {
		date d;
		str year = builder_peek(b, "year");
		TRY(builder_date(b, "iso-date", &d, e));
		if (year.n == 0 || !str_to_i64(year, &b->baseline_year) || b->baseline_year < 1 || b->baseline_year > 9999)
			b->baseline_year = date_is(d) ? date_to_civil(d).year : INT_NONE;
	}
	return builder_attr(b, "value", &b->figure.value, e);
}

enum err_code part_start_dimension(struct builder *b, struct err *e)
{
	str name = builder_peek(b, "name"), value = builder_peek(b, "value");
	if (b->dimension.n)
		buf_addc(&b->dimension, ';');
	str parts[] = {name, STR("="), value};
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < parts[i].n; k++) {
			char c = parts[i].p[k];
			buf_addc(&b->dimension, c == ';' ? ',' : c == '=' && i == 0 ? '-' : c);
		}
	if (buf_check(&b->dimension, NULL) == ERR_OK)
		return ERR_OK;
	buf_clear(&b->dimension);
	return builder_note(b, IATI_ELEMENT, b->line, "dimension", "the dimensions were left out", e,
	    "The dimensions of one figure are too long.");
}

static enum err_code add_value(struct builder *b, struct ia_indicator_value **ret_v, struct err *e)
{
	ADD(b, values, ret_v);
	**ret_v = (struct ia_indicator_value){.indicator_no = (uint32_t)b->a->indicators.n + 1,
	    .baseline_year = INT_NONE,
	    .start = DATE_NONE,
	    .end = DATE_NONE};
	str dimension;
	TRY(builder_keep(b, buf_str(&b->dimension), &dimension, e));
	(*ret_v)->dimension = dimension.p ? dimension : STR("");
	return ERR_OK;
}

enum err_code part_end_baseline(struct builder *b, struct err *e)
{
	struct ia_indicator_value *v;
	if (!b->figure.value.p)
		return ERR_OK;
	TRY(add_value(b, &v, e));
	v->baseline = b->figure.value;
	v->baseline_year = b->baseline_year;
	return ERR_OK;
}

enum err_code part_end_target(struct builder *b, struct err *e)
{
	struct ia_indicator_value *v;
	if (!b->figure.value.p)
		return ERR_OK;
	TRY(add_value(b, &v, e));
	v->target = b->figure.value;
	return ERR_OK;
}

/* An actual joins the target of the same dimension, which stands close by in real files. */
enum err_code part_end_actual(struct builder *b, struct err *e)
{
	struct ia_activity *a = b->a;
	if (!b->figure.value.p)
		return ERR_OK;
	str dimension = buf_str(&b->dimension);
	for (size_t i = b->period_next; i < a->values.n && i < b->period_next + ACTUAL_LOOK; i++) {
		struct ia_indicator_value *v = &a->values.p[i];
		if (v->actual.p || !str_eq(v->dimension, dimension))
			continue;
		v->actual = b->figure.value;
		if (i == b->period_next)
			b->period_next++;
		return ERR_OK;
	}
	struct ia_indicator_value *v;
	TRY(add_value(b, &v, e));
	v->actual = b->figure.value;
	return ERR_OK;
}

enum err_code part_start_period(struct builder *b, struct err *e)
{
	(void)e;
	b->period_start = b->period_end = DATE_NONE;
	b->period_first = b->period_next = b->a->values.n;
	return ERR_OK;
}

enum err_code part_end_period(struct builder *b, struct err *e)
{
	struct ia_activity *a = b->a;
	if (a->values.n == b->period_first) {
		struct ia_indicator_value *v;
		buf_clear(&b->dimension);
		TRY(add_value(b, &v, e));
	}
	a->periods++;
	for (size_t i = b->period_first; i < a->values.n; i++) {
		a->values.p[i].start = b->period_start;
		a->values.p[i].end = b->period_end;
	}
	return ERR_OK;
}
