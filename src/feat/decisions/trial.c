/* A table tried out in a copy of its model: the form of its cells, and the models as they would be. Nothing is stored. */
#include "feat/decisions/editor.h"

#include "feat/decisions/editor_table.tpl.h"
#include "feat/decisions/trial.tpl.h"
#include "feat/programme/programme.h"
#include "feat/rules/dmn_xml.h"

struct trial {
	struct decisions_trial shown; /* first */
	struct editing ed;
	struct rules_version at; /* only its dates */
	struct editor_table table;
};

enum err_code decisions_tables(const struct programme_view *p, const struct decision_version *v, enum lang l, struct arena *a,
    const struct decisions_table **ret, size_t *ret_n, struct err *e)
{
	VEC(struct decisions_table) list = {0};
	const struct words w = {.programme = p, .model = v->source.key, .lang = l, .arena = a};
	for (size_t i = 0; v->model && i < v->model->n_elements; i++) {
		const struct dmn_element *x = &v->model->elements[i];
		if (!editor_logic_of(x))
			continue;
		struct decisions_table *slot = VEC_ADD(&list, a);
		if (!slot)
			return arena_fail(a, e);
		*slot = (struct decisions_table){.name = x->name, .title = words_name(&w, "decision", x->name)};
	}
	*ret = list.p;
	*ret_n = list.n;
	return ERR_OK;
}

static enum err_code find_table(struct trial *t, const struct decision_version *v, str element, struct err *e)
{
	for (size_t i = 0; v->model && i < v->model->n_elements && !t->table.element; i++)
		if (str_eq(v->model->elements[i].name, element) && editor_logic_of(&v->model->elements[i]))
			t->table.element = &v->model->elements[i];
	if (!t->table.element)
		return fail(e, ERR_NOT_FOUND, "editor.table", "the model has no table of that name");
	t->table.id = t->table.element->id;
	return edit_from_model(editor_logic_of(t->table.element), t->ed.a, &t->table.t, e);
}

/* The form's cells in the place of the model's, then what the button says. */
static enum err_code take_form(struct trial *t, const struct http_request *req, struct err *e)
{
	struct form_sent sent;
	struct edit_table was = t->table.t;
	bool done = false;
	TRY(form_sent_read(req, EDIT_FIELDS_MOST, &sent, e));
	TRY(edit_from_form(&sent, t->ed.a, &t->table.t, e));
	if (t->table.t.n_inputs != was.n_inputs || t->table.t.n_outputs != was.n_outputs ||
	    t->table.t.n_annotations != was.n_annotations)
		return fail(e, ERR_INVALID, "edit.form", "the form has other columns than the table");
	str action = form_sent_get(&sent, "do");
	if (!str_starts(action, STR("row-")))
		return ERR_OK;
	return edit_act(&t->table.t, action, t->ed.a, &done, e);
}

/* All versions, with the copy in the place of its original, and those that import it compiled anew. */
static enum err_code put_in_place(struct trial *t, const struct decisions_view *view, const struct decision_version *v, struct err *e)
{
	struct decisions_view *copy = ARENA_NEW(t->ed.a, struct decisions_view);
	struct decision_version *all = ARENA_ARRAY(t->ed.a, view->n, struct decision_version);
	if (!copy || !all)
		return arena_fail(t->ed.a, e);
	memcpy(all, view->versions, view->n * sizeof *all);
	*copy = *view;
	copy->versions = all;
	struct decision_version *mine = &all[v - view->versions];
	mine->model = t->ed.model;
	mine->set = t->ed.loaded.set;
	mine->why = t->ed.why;
	for (size_t i = 0; i < view->n && mine->set; i++) {
		struct err why;
		if (&all[i] == mine || !all[i].model || !all[i].model->n_imports)
			continue;
		if (decisions_compile(copy, all[i].model, all[i].source.valid_from, t->ed.a, &all[i].set, &why) != ERR_OK)
			all[i].set = NULL;
	}
	t->shown.view = copy;
	t->shown.version = mine;
	return ERR_OK;
}

static size_t cells_changed(const struct edit_table *t, const struct edit_table *was)
{
	size_t n = 0;
	if (t->n_rows != was->n_rows)
		return 1;
	for (size_t r = 0; r < t->n_rows; r++) {
		for (size_t i = 0; i < t->n_inputs; i++)
			n += !str_eq(t->rows[r].tests[i], was->rows[r].tests[i]);
		for (size_t i = 0; i < t->n_outputs; i++)
			n += !str_eq(t->rows[r].outputs[i], was->rows[r].outputs[i]);
	}
	return n;
}

static enum err_code fill(struct trial *t, const struct decisions_view *view, const struct decision_version *v, str element,
    const struct http_request *form, struct err *e)
{
	t->at.valid_from = v->source.valid_from;
	t->ed.v = &t->at;
	t->ed.view = view;
	t->ed.xml = v->source.xml;
	t->ed.why = t->ed.problem = STR("");
	t->table.ed = &t->ed;
	TRY(find_table(t, v, element, e));
	struct edit_table was = t->table.t;
	if (form)
		TRY(take_form(t, form, e));
	TRY(editor_table_check(&t->table, e));
	TRY(put_in_place(t, view, v, e));
	t->shown.element = element;
	t->shown.n_faults = t->table.n_faults;
	t->shown.n_errors = t->table.n_errors;
	t->shown.n_changed = form ? cells_changed(&t->table.t, &was) : 0;
	return ERR_OK;
}

enum err_code decisions_trial_open(const struct decisions_view *view, const struct decision_version *v, str element, enum lang l,
    const struct http_request *form, struct arena *a, const struct decisions_trial **ret, struct err *e)
{
	struct trial *t = ARENA_NEW(a, struct trial);
	if (!t)
		return arena_fail(a, e);
	t->ed.a = a;
	t->ed.page.arena = a;
	t->ed.page.lang = l;
	TRY(fill(t, view, v, element, form, e));
	*ret = &t->shown;
	return ERR_OK;
}

enum err_code decisions_trial_html(const struct decisions_trial *trial, const struct programme_view *p, struct buf *out, struct err *e)
{
	const struct trial *t = (const struct trial *)(const void *)trial;
	const struct words w = {.programme = p, .model = trial->version->source.key, .lang = t->ed.page.lang, .arena = t->ed.a};
	struct tpl_out o = {.b = out, .lang = t->ed.page.lang};
	trial_table(&o, &t->table, &w, words_name(&w, "decision", trial->element));
	return buf_check(out, e);
}
