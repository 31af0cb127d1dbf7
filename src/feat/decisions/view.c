/* The models of the programme, compiled once for each picture of the data. */
#include "base/vec.h"
#include "feat/decisions/decisions.h"
#include "feat/rules/dmn_xml.h"

enum { TOGETHER_MOST = 200 }; /* a model and what it imports */

/* By key; of one key the one whose period began last, then the one published last: as the registry finds what is in
 * force. */
static int compare(const void *x, const void *y)
{
	const struct decision_source *a = &((const struct decision_version *)x)->source,
				     *b = &((const struct decision_version *)y)->source;
	int c = str_cmp(a->key, b->key);
	if (!c)
		c = (a->valid_from.day < b->valid_from.day) - (a->valid_from.day > b->valid_from.day);
	if (!c)
		c = (a->published_ms < b->published_ms) - (a->published_ms > b->published_ms);
	return c ? c : (a->number < b->number) - (a->number > b->number);
}

bool decisions_in_force(const struct decision_version *v, date on)
{
	return (!date_is(v->source.valid_from) || v->source.valid_from.day <= on.day) &&
	    (!date_is(v->source.valid_to) || on.day <= v->source.valid_to.day);
}

const struct decision_version *decisions_on(const struct decisions_view *view, str key, date on)
{
	for (size_t i = 0; i < view->n; i++)
		if (str_eq(view->versions[i].source.key, key) && decisions_in_force(&view->versions[i], on))
			return &view->versions[i];
	return NULL;
}

const struct decision_version *decisions_version(const struct decisions_view *view, str key, int64_t number)
{
	for (size_t i = 0; i < view->n; i++)
		if (str_eq(view->versions[i].source.key, key) && view->versions[i].source.number == number)
			return &view->versions[i];
	return NULL;
}

const struct decision_version *decisions_newest(const struct decisions_view *view, str key)
{
	for (size_t i = 0; i < view->n; i++)
		if (str_eq(view->versions[i].source.key, key))
			return &view->versions[i];
	return NULL;
}

/* The model of a namespace in force on a day. */
static const struct dmn_model *imported(const struct decisions_view *view, str ns, date on)
{
	for (size_t i = 0; i < view->n; i++) {
		const struct decision_version *x = &view->versions[i];
		if (x->model && str_eq(x->model->ns, ns) && (!date_is(on) || decisions_in_force(x, on)))
			return x->model;
	}
	return NULL;
}

enum err_code decisions_compile(const struct decisions_view *view, const struct dmn_model *m, date on, struct arena *a,
    struct dmn_set **ret, struct err *e)
{
	const struct dmn_model **all = ARENA_ARRAY(a, TOGETHER_MOST, const struct dmn_model *);
	size_t n = 0;
	if (!all)
		return arena_fail(a, e);
	all[n++] = m;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all[i]->n_imports; k++) {
			const struct dmn_model *other = imported(view, all[i]->imports[k].ns, on);
			bool known = !other;
			for (size_t j = 0; j < n; j++)
				known |= all[j] == other;
			if (!known && n < TOGETHER_MOST)
				all[n++] = other;
		}
	return dmn_compile(a, view->zones, all, n, ret, e);
}

static enum err_code keep_why(struct decision_version *v, const struct err *why, struct arena *a, struct err *e)
{
	v->why = arena_str(a, str_of(why->detail));
	return v->why.p ? ERR_OK : arena_fail(a, e);
}

enum err_code decisions_view_make(const struct decision_source *sources, size_t n, struct feel_zones *zones,
    struct arena *a, const struct decisions_view **ret_view, struct err *e)
{
	struct err why;
	struct decisions_view *view = ARENA_NEW(a, struct decisions_view);
	struct decision_version *all = ARENA_ARRAY(a, n, struct decision_version);
	if (!view || !all)
		return arena_fail(a, e);
	if (n > DECISIONS_MODELS_MOST)
		return fail(e, ERR_LIMIT, "decisions.models", "more than %d versions of models", DECISIONS_MODELS_MOST);
	*view = (struct decisions_view){.versions = all, .n = n, .zones = zones};
	for (size_t i = 0; i < n; i++)
		all[i].source = sources[i];
	qsort(all, n, sizeof *all, compare);
	for (size_t i = 0; i < n; i++) {
		const char *file = arena_fmt(a, "%.*s.dmn", STR_ARG(all[i].source.key)).p;
		if (!file)
			return arena_fail(a, e);
		if (dmn_xml_parse(all[i].source.xml, file, a, &all[i].model, &why) != ERR_OK) {
			all[i].model = NULL;
			TRY(keep_why(&all[i], &why, a, e));
		}
	}
	for (size_t i = 0; i < n; i++)
		if (all[i].model && decisions_compile(view, all[i].model, all[i].source.valid_from, a, &all[i].set, &why) != ERR_OK)
			TRY(keep_why(&all[i], &why, a, e));
	*ret_view = view;
	return ERR_OK;
}
