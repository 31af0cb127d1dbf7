/* Tables of an answer, and how activities and their rows are named in it. */
#include "feat/evaluation/listing.h"

static void add(struct listing *l, struct answer_cell c)
{
	struct answer_cell *to = VEC_ADD(&l->cells, l->w->arena);
	if (to)
		*to = c;
	else
		(void)arena_fail(l->w->arena, &l->w->failed);
}

void listing_text(struct listing *l, str text)
{
	add(l, (struct answer_cell){.text = text, .sort = CHART_MISSING, .missing = !text.n});
}

void listing_english(struct listing *l, str text, str href)
{
	add(l, (struct answer_cell){.text = text, .href = href, .lang = l->w->lang == LANG_EN ? STR("") : STR("en"),
	    .sort = CHART_MISSING, .missing = !text.n});
}

void listing_number(struct listing *l, str text, double sort)
{
	add(l, (struct answer_cell){.text = text, .sort = sort, .missing = isnan(sort)});
}

void listing_show(struct listing *l, str id, str caption, const char *const *heads, unsigned numeric, size_t columns, bool folded)
{
	struct answer *w = l->w;
	str *names = ARENA_ARRAY(w->arena, columns, str);
	bool *numbers = ARENA_ARRAY(w->arena, columns, bool);
	struct answer_table *t = ARENA_NEW(w->arena, struct answer_table);
	if (!names || !numbers || !t || l->cells.n % columns != 0) {
		(void)arena_fail(w->arena, &w->failed);
		return;
	}
	if (!l->cells.n)
		return;
	for (size_t i = 0; i < columns; i++) {
		names[i] = i18n_text(w->lang, heads[i]);
		numbers[i] = numeric >> i & 1;
	}
	*t = (struct answer_table){.id = id, .caption = caption, .columns = names, .numeric = numbers, .n_columns = columns,
	    .cells = l->cells.p, .n_rows = l->cells.n / columns};
	answer_table(w, t, folded);
}

str activity_href(struct answer *w, const struct activity *x)
{
	str s = arena_fmt(w->arena, "/activities/%.*s", STR_ARG(x->key));
	return s.p ? s : STR("");
}

str activity_words(struct answer *w, const struct activity *x)
{
	str s = arena_fmt(w->arena, "%.*s (%.*s)", STR_ARG(x->acronym.n ? x->acronym : x->title), STR_ARG(x->key));
	return s.p ? s : STR("");
}

struct source_row activity_source(const struct activity *x)
{
	return (struct source_row){"activity", x->key, x->source_line};
}

struct source_row value_source(struct answer *w, const struct activity *x, const struct indicator *in, const struct indicator_value *v)
{
	str key = arena_fmt(w->arena, "%.*s/%u/%zu", STR_ARG(x->key), (unsigned)in->no, (size_t)(v - in->values) + 1);
	return (struct source_row){"indicator_value", key.p ? key : STR(""), v->source_line};
}

struct source_row event_source(struct answer *w, const struct activity *x, const struct activity_event *ev)
{
	str key = arena_fmt(w->arena, "%.*s/%zu", STR_ARG(x->key), (size_t)(ev - x->events) + 1);
	return (struct source_row){"activity_event", key.p ? key : STR(""), ev->source_line};
}
