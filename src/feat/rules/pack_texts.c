/* Every text of a model that readers see stands in decision_labels.csv in the languages of the site: remarks, the reasons
 * of what cannot be told, the names of sources, and what models.csv says of a version. */
#include "base/map.h"
#include "base/vec.h"
#include "feat/rules/labels.h"
#include "feat/rules/pack_inside.h"

#define LABELS "decision_labels.csv"
#define INDEX "models.csv"

struct texts {
	const struct pack_judge *k;
	const struct dmn_model *m;
	str key;             /* of the model */
	struct map *told;    /* what was looked for before */
	VEC(const struct dmn_expr *) open; /* boxed expressions that are still to be looked into */
};

static bool has_label(const struct texts *t, str s)
{
	const struct pack *p = t->k->pack;
	for (size_t i = 0; i < pack_row_count(p, LABELS); i++) {
		str model = pack_value(p, LABELS, i, "model");
		if (str_is(pack_value(p, LABELS, i, "kind"), "text") && str_eq(pack_value(p, LABELS, i, "name"), s) &&
		    (str_is(model, "*") || str_eq(model, t->key)))
			return true;
	}
	return false;
}

/* line: in the model; 0: the text stands in models.csv. */
static enum err_code need(const struct texts *t, str text, uint32_t line, struct err *e)
{
	str s = str_trim(text);
	bool address = str_starts(s, STR("https://")) || str_starts(s, STR("http://"));
	if (!rules_has_words(s) || address || map_get(t->told, s))
		return ERR_OK;
	if (!map_set(t->told, s, (void *)(uintptr_t)t, NULL))
		return arena_fail(t->k->a, e);
	if (has_label(t, s))
		return ERR_OK;
	struct err local = {0};
	(void)fail(&local, ERR_INVALID, "pack.untranslated", "\"%.*s\" is not said in the languages of the site", STR_ARG(s));
	const char *file = arena_fmt(t->k->a, "%s%.*s", line ? "" : "decisions/", STR_ARG(line ? t->m->file : STR(INDEX))).p;
	(void)err_at(&local, file ? file : INDEX, line, 0);
	pack_judge_fault(t->k, &local, false, "Add a row of kind text to data/decision_labels.csv.");
	return ERR_OK;
}

/* undetermined("the source is silent"), wherever it stands in an expression. */
static enum err_code reasons(const struct texts *t, const struct dmn_text *x, struct err *e)
{
	static const char call[] = "undetermined(\"";
	str rest = x->text;
	for (ptrdiff_t at = str_find(rest, STR(call)); at >= 0; at = str_find(rest, STR(call))) {
		rest = str_sub(rest, (size_t)at + strlen(call), rest.n);
		ptrdiff_t end = str_find_char(rest, '"');
		if (end < 0)
			return ERR_OK;
		TRY(need(t, str_sub(rest, 0, (size_t)end), x->line, e));
	}
	return ERR_OK;
}

static enum err_code table(const struct texts *t, const struct dmn_table *x, struct err *e)
{
	for (size_t i = 0; i < x->n_outputs; i++)
		TRY(reasons(t, &x->outputs[i].fallback, e));
	for (size_t r = 0; r < x->n_rules; r++) {
		for (size_t i = 0; i < x->n_outputs; i++)
			TRY(reasons(t, &x->rules[r].outputs[i], e));
		for (size_t i = 0; i < x->n_annotations; i++)
			TRY(need(t, x->rules[r].annotations[i], x->rules[r].line, e));
	}
	return ERR_OK;
}

static enum err_code open(struct texts *t, const struct dmn_expr *x, struct err *e)
{
	const struct dmn_expr **slot = x ? VEC_ADD(&t->open, t->k->a) : NULL;
	if (slot)
		*slot = x;
	return slot || !x ? ERR_OK : arena_fail(t->k->a, e);
}

static enum err_code element(struct texts *t, const struct dmn_element *x, struct err *e)
{
	if (x->kind == DMN_SOURCE)
		return need(t, x->name, x->line, e);
	TRY(open(t, x->expr, e));
	while (t->open.n) {
		const struct dmn_expr *box = t->open.p[--t->open.n];
		TRY(reasons(t, &box->text, e));
		if (box->table)
			TRY(table(t, box->table, e));
		for (size_t i = 0; i < box->n_parts; i++)
			TRY(open(t, box->parts[i].expr, e));
	}
	return ERR_OK;
}

enum err_code rules_check_texts(const struct pack_judge *k, size_t row, const struct dmn_model *m, struct err *e)
{
	struct texts t = {.k = k, .m = m, .key = pack_value(k->pack, INDEX, row, "key"), .told = map_new(k->a, 0)};
	if (!t.told)
		return arena_fail(k->a, e);
	TRY(need(&t, pack_value(k->pack, INDEX, row, "legal_basis"), 0, e));
	TRY(need(&t, pack_value(k->pack, INDEX, row, "note"), 0, e));
	for (size_t i = 0; i < m->n_elements; i++)
		TRY(element(&t, &m->elements[i], e));
	return ERR_OK;
}
