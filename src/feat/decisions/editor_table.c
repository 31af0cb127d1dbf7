/* One table in the editor: a form that carries the whole table, so that it works without script and keeps nothing between
 * requests; what is wrong stands beside its cell. */
#include "feat/decisions/editor.h"

#include <unistd.h>

#include "db/db.h"
#include "feat/decisions/editor_table.tpl.h"

/* ---- for the template ---- */

const struct rules_finding *editor_fault_at(const struct editor_table *x, str anchor, size_t i)
{
	for (size_t k = 0; k < x->n_faults; k++)
		if (str_eq(x->faults[k].anchor, anchor) && i-- == 0)
			return x->faults[k].f;
	return NULL;
}

str editor_cell(const struct editor_table *x, size_t row, const char *part, size_t column)
{
	str s = arena_fmt(x->ed->a, "r-%zu-%s-%zu", row, part, column);
	return s.p ? s : STR("r");
}

str editor_name(const struct editor_table *x, const char *kind, size_t i, const char *part)
{
	str s = arena_fmt(x->ed->a, "%s-%zu%s%s", kind, i, part[0] ? "-" : "", part);
	return s.p ? s : STR("x");
}

str editor_number(const struct editor_table *x, size_t n)
{
	str s = arena_fmt(x->ed->a, "%zu", n);
	return s.p ? s : STR("0");
}

str editor_act_value(const struct editor_table *x, const char *action, size_t i)
{
	str s = arena_fmt(x->ed->a, "%s:%zu", action, i);
	return s.p ? s : STR("check");
}

static str filled(const struct editor_table *x, const char *message, const str *args, size_t n)
{
	AUTO_BUF b = BUF_INIT(2000);
	i18n_add_filled(&b, i18n_text(x->ed->page.lang, message), args, n);
	str s = arena_str(x->ed->a, buf_str(&b));
	return s.p ? s : STR("…");
}

str editor_words(const struct editor_table *x, const char *message, size_t row)
{
	str arg = arena_fmt(x->ed->a, "%zu", row + 1);
	return filled(x, message, &arg, 1);
}

str editor_cell_words(const struct editor_table *x, size_t row, str column)
{
	const str args[] = {arena_fmt(x->ed->a, "%zu", row + 1), column};
	return filled(x, MSG("Row {0}, {1}"), args, 2);
}

/* ---- findings beside their cells ---- */

struct nearest {
	uint32_t line;
	str anchor;
};

static void nearer(struct nearest *n, uint32_t at, uint32_t wanted, str anchor)
{
	if (at && at <= wanted && at >= n->line)
		*n = (struct nearest){at, anchor};
}

/* The last cell, column or row that begins on that line or above. */
static str anchor_of(const struct editor_table *x, uint32_t line)
{
	const struct edit_table *t = &x->t;
	struct nearest n = {0, STR("table")};
	if (line < t->line || line > t->last_line)
		return STR("model");
	for (size_t i = 0; i < t->n_inputs; i++)
		nearer(&n, t->inputs_at[i].line, line, editor_name(x, "in", i, "expr"));
	for (size_t i = 0; i < t->n_outputs; i++)
		nearer(&n, t->outputs_at[i].line, line, editor_name(x, "out", i, "name"));
	for (size_t r = 0; r < t->n_rows; r++) {
		const struct edit_row *row = &t->rows[r];
		if (row->line > line)
			break;
		nearer(&n, row->line, line, editor_name(x, "row", r, ""));
		for (size_t i = 0; i < t->n_inputs; i++)
			nearer(&n, row->at[i].line, line, editor_cell(x, r, "i", i));
		for (size_t i = 0; i < t->n_outputs; i++)
			nearer(&n, row->at[t->n_inputs + i].line, line, editor_cell(x, r, "o", i));
	}
	return n.anchor;
}

/* Write the table into the model, compile it, and say what is wrong. */
enum err_code editor_table_check(struct editor_table *x, struct err *e)
{
	const struct rules_finding *found;
	size_t n;
	str xml;
	TRY(edit_write(x->ed->xml, x->id, &x->t, x->ed->a, &xml, e));
	TRY(editor_compile(x->ed, xml, e));
	if (!x->ed->loaded.set)
		return ERR_OK;
	TRY(rules_findings(&x->ed->loaded, false, x->ed->a, &found, &n, e));
	struct shown_fault *faults = ARENA_ARRAY(x->ed->a, n, struct shown_fault);
	if (!faults)
		return arena_fail(x->ed->a, e);
	for (size_t i = 0; i < n; i++) {
		faults[i] = (struct shown_fault){&found[i], anchor_of(x, found[i].line)};
		x->n_errors += found[i].error;
	}
	x->faults = faults;
	x->n_faults = n;
	return ERR_OK;
}

/* ---- opening ---- */

const struct dmn_table *editor_logic_of(const struct dmn_element *x)
{
	const struct dmn_expr *logic = x->expr;
	if (logic && logic->kind == DMN_FUNCTION && logic->n_parts)
		logic = logic->parts[0].expr;
	return logic && logic->kind == DMN_TABLE ? logic->table : NULL;
}

static enum err_code open_table(struct editing *ed, struct editor_table *x, struct err *e)
{
	str name = http_param(ed->req, 1)->text;
	*x = (struct editor_table){.ed = ed, .csv = STR("")};
	for (size_t i = 0; ed->model && i < ed->model->n_elements && !x->element; i++)
		if (str_eq(ed->model->elements[i].name, name) && editor_logic_of(&ed->model->elements[i]))
			x->element = &ed->model->elements[i];
	if (!x->element)
		return fail(e, ERR_NOT_FOUND, "editor.table", "the model has no table of that name");
	x->id = x->element->id;
	x->valid_from = editor_day(ed->v->valid_from, ed->a);
	x->valid_to = editor_day(ed->v->valid_to, ed->a);
	x->legal_basis = ed->v->legal_basis;
	x->author = x->note = STR("");
	return edit_from_model(editor_logic_of(x->element), ed->a, &x->t, e);
}

static enum err_code show(struct editor_table *x, struct http_response *res, struct err *e)
{
	AUTO_BUF title = BUF_INIT(2000);
	str name = x->element->name;
	buf_addf(&title, "%.*s – %.*s", STR_ARG(name), STR_ARG(x->ed->v->name.n ? x->ed->v->name : x->ed->v->key));
	x->ed->page.title = arena_str(x->ed->req->arena, buf_str(&title));
	struct tpl_out o = site_out(&x->ed->page, res);
	editor_table_page(&o, &x->ed->page, x);
	return site_done(res, e);
}

enum err_code editor_page_table(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct editor_table x;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	TRY(open_table(&ed, &x, e));
	TRY(editor_table_check(&x, e));
	return show(&x, res, e);
}

/* ---- what a form asks for ---- */

static enum err_code told(struct editor_table *x, const struct err *why, struct err *e)
{
	x->ed->problem = why->line
	    ? arena_fmt(x->ed->a, "%s:%u:%u: %s", why->file, why->line, why->col, why->detail)
	    : arena_str(x->ed->a, str_of(why->detail));
	return x->ed->problem.p ? ERR_OK : arena_fail(x->ed->a, e);
}

/* Rows from a file, or pasted. */
static enum err_code import_rows(struct editor_table *x, const struct form_sent *sent, struct err *e)
{
	struct edit_table t;
	struct err why;
	str csv = form_sent_get(sent, "csv");
	const struct form_file *file = form_sent_file(sent, "file");
	const char *name = file ? arena_cstr(x->ed->a, file->file_name) : "CSV";
	if (!name)
		return arena_fail(x->ed->a, e);
	enum err_code code = file ? edit_from_file(file->bytes, name, &x->t, x->ed->a, &t, &why)
				  : edit_from_csv(csv, name, &x->t, x->ed->a, &t, &why);
	if (code == ERR_OK) {
		x->t = t;
		x->ed->done = MSG("The rows were taken over. They are not stored yet.");
		return ERR_OK;
	}
	x->csv = csv;
	return told(x, &why, e);
}

static void take_words(struct editor_table *x, const struct form_sent *sent)
{
	x->valid_from = form_sent_get(sent, "valid_from");
	x->valid_to = form_sent_get(sent, "valid_to");
	x->legal_basis = form_sent_get(sent, "legal_basis");
	x->author = form_sent_get(sent, "author");
	x->note = form_sent_get(sent, "note");
}

/* The form's table takes the place of the version's; then what the button says. */
static enum err_code follow(struct editor_table *x, const struct form_sent *sent, bool *ret_save, struct err *e)
{
	str action = form_sent_get(sent, "do");
	bool done = false;
	TRY(edit_from_form(sent, x->ed->a, &x->t, e));
	take_words(x, sent);
	x->changed = true;
	*ret_save = str_is(action, "save");
	if (str_is(action, "import"))
		return import_rows(x, sent, e);
	if (*ret_save || str_is(action, "check"))
		return ERR_OK;
	TRY(edit_act(&x->t, action, x->ed->a, &done, e));
	if (!done)
		x->ed->problem = STR("that cannot be done here");
	return ERR_OK;
}

enum err_code editor_page_table_change(struct http_request *req, struct http_response *res, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct editor_table x;
	struct form_sent sent;
	bool save = false;
	sha256 hash;
	struct err why;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(form_sent_read(req, EDIT_FIELDS_MOST, &sent, e));
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	TRY(open_table(&ed, &x, e));
	TRY(follow(&x, &sent, &save, e));
	TRY(editor_table_check(&x, e));
	if (save) {
		enum err_code code = editor_propose(&ed, &sent, ed.v->key, ed.xml, &hash, &why);
		if (code == ERR_OK)
			return editor_go(&ed, res, hash, "?done=1", e);
		TRY(told(&x, &why, e));
	}
	return show(&x, res, e);
}

/* ---- downloads of any version, drafts too ---- */

static enum err_code send(struct http_request *req, struct http_response *res, enum decisions_format f, struct err *e)
{
	AUTO_ARENA a = arena_new(EDITOR_ARENA);
	AUTO_DB c = NULL;
	struct editing ed = {.a = a};
	struct editor_table x;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	ed.c = c;
	TRY(editor_open(req, MSG("Editor"), &ed, e));
	TRY(open_table(&ed, &x, e));
	return decisions_send_table(req, res, f, editor_logic_of(x.element), ed.v->key, x.element->name, ed.v->number, STR(""), e);
}

enum err_code editor_data_csv(struct http_request *req, struct http_response *res, struct err *e)
{
	return send(req, res, DECISIONS_CSV, e);
}

enum err_code editor_data_xlsx(struct http_request *req, struct http_response *res, struct err *e)
{
	return send(req, res, DECISIONS_XLSX, e);
}
