#include "feat/iati/export.h"

#include <stdio.h>

void put_narrative(struct exporter *x, str text, const char *lang)
{
	if (!text.n)
		return;
	xml_open(&x->w, "narrative");
	if (lang)
		xml_attr(&x->w, "xml:lang", str_of(lang));
	xml_text(&x->w, text);
	xml_close(&x->w);
}

void put_text(struct exporter *x, const char *name, str text)
{
	if (!text.n)
		return;
	xml_open(&x->w, name);
	put_narrative(x, text, NULL);
	xml_close(&x->w);
}

void put_code(struct exporter *x, const char *name, str code)
{
	if (!code.n)
		return;
	xml_open(&x->w, name);
	xml_attr(&x->w, "code", code);
	xml_close(&x->w);
}

void put_iso_date(struct exporter *x, const char *name, date d)
{
	if (!date_is(d))
		return;
	xml_open(&x->w, name);
	xml_attr_date(&x->w, "iso-date", d);
	xml_close(&x->w);
}

/* An amount without currency was kept in hundredths. */
static void put_amount(struct exporter *x, money m)
{
	if (!money_is(m))
		memcpy(m.currency, "XXX", sizeof m.currency);
	xml_text_money(&x->w, m);
}

void put_value(struct exporter *x, const struct activity *a, money m, date value_date)
{
	(void)a;
	xml_open(&x->w, "value");
	if (money_is(m))
		xml_attr(&x->w, "currency", str_of(m.currency));
	xml_attr_date(&x->w, "value-date", value_date);
	put_amount(x, m);
	xml_close(&x->w);
}

void put_instant_attr(struct exporter *x, const char *name, int64_t utc_ms)
{
	AUTO_BUF b = BUF_INIT(64);
	buf_add_instant(&b, utc_ms);
	xml_attr(&x->w, name, buf_str(&b));
}

void put_dimensions(struct exporter *x, str dimension)
{
	struct str_split it = str_split_on(dimension, ';');
	str part;
	if (!dimension.n)
		return;
	while (str_next(&it, &part)) {
		ptrdiff_t at = str_find_char(part, '=');
		xml_open(&x->w, "dimension");
		xml_attr(&x->w, "name", at < 0 ? STR("dimension") : str_trim(str_sub(part, 0, (size_t)at)));
		xml_attr(&x->w, "value", at < 0 ? str_trim(part) : str_trim(str_sub(part, (size_t)at + 1, part.n)));
		xml_close(&x->w);
	}
}

bool is_text_of(const struct activity_text *t, const char *field, size_t seq)
{
	char number[24] = "";
	if (seq)
		snprintf(number, sizeof number, "%zu", seq);
	return str_is(t->field, field) && str_eq(t->type.p ? t->type : STR(""), str_of(number));
}

void put_text_narrative(struct exporter *x, const struct activity *a, const struct activity_text *t)
{
	xml_open(&x->w, "narrative");
	xml_attr(&x->w, "xml:lang", a->lang.n && str_eq(t->lang, a->lang) ? STR_NONE : t->lang);
	xml_text(&x->w, t->text);
	xml_close(&x->w);
}

void put_more(struct exporter *x, const struct activity *a, const char *field, size_t seq)
{
	for (size_t i = 0; i < a->n_texts; i++)
		if (is_text_of(&a->texts[i], field, seq))
			put_text_narrative(x, a, &a->texts[i]);
}

void put_more_in(struct exporter *x, const struct activity *a, const char *element, const char *field, size_t seq)
{
	bool any = false;
	for (size_t i = 0; i < a->n_texts && !any; i++)
		any = is_text_of(&a->texts[i], field, seq);
	if (!any)
		return;
	xml_open(&x->w, element);
	put_more(x, a, field, seq);
	xml_close(&x->w);
}

str decimal_degrees(struct exporter *x, double v)
{
	return arena_fmt(x->a, "%.6f", v);
}

str number_text(struct exporter *x, int64_t v)
{
	return v ? arena_fmt(x->a, "%lld", (long long)v) : STR_NONE;
}
