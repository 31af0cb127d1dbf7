/* The table and what changes it. */
#include "feat/decisions/edit.h"

static bool make_row(struct edit_row *r, struct arena *a)
{
	r->tests = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, str);
	r->outputs = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, str);
	r->notes = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, str);
	r->at = ARENA_ARRAY(a, 2 * EDIT_COLUMNS_MOST, struct edit_place);
	return r->tests && r->outputs && r->notes && r->at;
}

enum err_code edit_make(struct edit_table *t, size_t rows, struct arena *a, struct err *e)
{
	if (t->n_inputs > EDIT_COLUMNS_MOST || t->n_outputs > EDIT_COLUMNS_MOST || t->n_annotations > EDIT_COLUMNS_MOST)
		return fail(e, ERR_LIMIT, "edit.columns", "more than %d columns of a kind", EDIT_COLUMNS_MOST);
	if (rows > EDIT_ROWS_MOST)
		return fail(e, ERR_LIMIT, "edit.rows", "more than %d rows; edit the DMN file itself", EDIT_ROWS_MOST);
	t->inputs = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, struct edit_input);
	t->outputs = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, struct edit_output);
	t->annotations = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, str);
	t->inputs_at = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, struct edit_place);
	t->outputs_at = ARENA_ARRAY(a, EDIT_COLUMNS_MOST, struct edit_place);
	t->rows = ARENA_ARRAY(a, rows + 1, struct edit_row); /* room for one more */
	if (!t->inputs || !t->outputs || !t->annotations || !t->inputs_at || !t->outputs_at || !t->rows)
		return arena_fail(a, e);
	t->n_rows = rows;
	for (size_t i = 0; i < rows + 1; i++)
		if (!make_row(&t->rows[i], a))
			return arena_fail(a, e);
	return ERR_OK;
}

enum err_code edit_from_model(const struct dmn_table *t, struct arena *a, struct edit_table *ret, struct err *e)
{
	struct edit_table x = {.policy = t->policy, .n_inputs = t->n_inputs, .n_outputs = t->n_outputs,
	    .n_annotations = t->n_annotations};
	TRY(edit_make(&x, t->n_rules, a, e));
	for (size_t i = 0; i < t->n_inputs; i++)
		x.inputs[i] = (struct edit_input){t->inputs[i].label, str_trim(t->inputs[i].expression.text), t->inputs[i].type,
		    str_trim(t->inputs[i].values.text)};
	for (size_t i = 0; i < t->n_outputs; i++)
		x.outputs[i] = (struct edit_output){t->outputs[i].label, t->outputs[i].name, t->outputs[i].type,
		    str_trim(t->outputs[i].values.text), str_trim(t->outputs[i].fallback.text)};
	for (size_t i = 0; i < t->n_annotations; i++)
		x.annotations[i] = t->annotations[i];
	for (size_t r = 0; r < t->n_rules; r++) {
		x.rows[r].id = t->rules[r].id;
		for (size_t i = 0; i < t->n_inputs; i++)
			x.rows[r].tests[i] = str_trim(t->rules[r].tests[i].text);
		for (size_t i = 0; i < t->n_outputs; i++)
			x.rows[r].outputs[i] = str_trim(t->rules[r].outputs[i].text);
		for (size_t i = 0; i < t->n_annotations; i++)
			x.rows[r].notes[i] = t->rules[r].annotations[i];
	}
	*ret = x;
	return ERR_OK;
}

/* ---- from a form ---- */

/* Numbers of a field "r-12-i-3": up to two, letters between. False for other names. */
struct field_name {
	str kind;    /* "r", "in", "out", "note" */
	size_t row;  /* or the column, for in, out and note */
	str part;    /* "i", "o", "n", "id"; "label", "expr" … */
	size_t column;
};

static bool name_parts(str name, struct field_name *f)
{
	struct str_split it = str_split_on(name, '-');
	str part;
	uint32_t n;
	*f = (struct field_name){0};
	if (!str_next(&it, &f->kind) || !str_next(&it, &part) || !str_to_u32(part, &n))
		return false;
	f->row = n;
	if (!str_next(&it, &f->part))
		return str_is(f->kind, "note");
	if (!str_next(&it, &part))
		return true;
	if (!str_to_u32(part, &n))
		return false;
	f->column = n;
	return !str_next(&it, &part);
}

static bool count_of(const struct form_sent *sent, const char *name, size_t most, size_t *ret)
{
	uint32_t n;
	if (!str_to_u32(form_sent_get(sent, name), &n) || n > most)
		return false;
	*ret = n;
	return true;
}

static void take_cell(struct edit_table *t, const struct field_name *f, str value)
{
	if (f->row >= t->n_rows)
		return;
	struct edit_row *r = &t->rows[f->row];
	if (str_is(f->part, "id"))
		r->id = value;
	else if (str_is(f->part, "i") && f->column < t->n_inputs)
		r->tests[f->column] = value;
	else if (str_is(f->part, "o") && f->column < t->n_outputs)
		r->outputs[f->column] = value;
	else if (str_is(f->part, "n") && f->column < t->n_annotations)
		r->notes[f->column] = value;
}

static void take_input(struct edit_input *x, str part, str value)
{
	if (str_is(part, "label"))
		x->label = value;
	else if (str_is(part, "expr"))
		x->expression = value;
	else if (str_is(part, "type"))
		x->type = value;
	else if (str_is(part, "values"))
		x->values = value;
}

static void take_output(struct edit_output *x, str part, str value)
{
	if (str_is(part, "label"))
		x->label = value;
	else if (str_is(part, "name"))
		x->name = value;
	else if (str_is(part, "type"))
		x->type = value;
	else if (str_is(part, "values"))
		x->values = value;
	else if (str_is(part, "default"))
		x->fallback = value;
}

enum err_code edit_from_form(const struct form_sent *sent, struct arena *a, struct edit_table *ret, struct err *e)
{
	struct edit_table x = {0};
	size_t rows = 0, policy = 0;
	if (!count_of(sent, "inputs", EDIT_COLUMNS_MOST, &x.n_inputs) || !count_of(sent, "outputs", EDIT_COLUMNS_MOST, &x.n_outputs) ||
	    !count_of(sent, "notes", EDIT_COLUMNS_MOST, &x.n_annotations) || !count_of(sent, "rows", EDIT_ROWS_MOST, &rows) ||
	    !count_of(sent, "policy", DMN_MAX, &policy))
		return fail(e, ERR_INVALID, "edit.form", "the form does not say how large the table is");
	x.policy = (enum dmn_policy)policy;
	TRY(edit_make(&x, rows, a, e));
	for (size_t i = 0; i < sent->n; i++) {
		struct field_name f;
		str value = str_trim(sent->p[i].value);
		if (!name_parts(sent->p[i].name, &f))
			continue;
		if (str_is(f.kind, "r"))
			take_cell(&x, &f, value);
		else if (str_is(f.kind, "in") && f.row < x.n_inputs)
			take_input(&x.inputs[f.row], f.part, value);
		else if (str_is(f.kind, "out") && f.row < x.n_outputs)
			take_output(&x.outputs[f.row], f.part, value);
		else if (str_is(f.kind, "note") && f.row < x.n_annotations)
			x.annotations[f.row] = value;
	}
	*ret = x;
	return ERR_OK;
}

/* ---- buttons ---- */

/* Items of size bytes, n of them (room for one more): a gap at `at`, one taken out, or two exchanged. */
static void open_gap(void *items, size_t size, size_t n, size_t at)
{
	char *p = items;
	memmove(p + (at + 1) * size, p + at * size, (n - at) * size);
	memset(p + at * size, 0, size);
}

static void close_gap(void *items, size_t size, size_t n, size_t at)
{
	char *p = items;
	memmove(p + at * size, p + (at + 1) * size, (n - at - 1) * size);
	memset(p + (n - 1) * size, 0, size);
}

static void exchange(void *items, size_t size, size_t i, size_t k)
{
	char *p = (char *)items + i * size, *q = (char *)items + k * size;
	for (size_t b = 0; b < size; b++) {
		char c = p[b];
		p[b] = q[b];
		q[b] = c;
	}
}

enum change { ADD, DELETE, BACK, FORTH };

static void change_items(void *items, size_t size, size_t n, enum change c, size_t at)
{
	if (c == ADD)
		open_gap(items, size, n, at);
	else if (c == DELETE)
		close_gap(items, size, n, at);
	else
		exchange(items, size, at, c == BACK ? at - 1 : at + 1);
}

/* Is the change possible among n items? at: of ADD, where the new one comes to stand. */
static bool possible(enum change c, size_t n, size_t most, size_t at)
{
	switch (c) {
	case ADD:
		return at <= n && n < most;
	case DELETE:
		return at < n;
	case BACK:
		return at > 0 && at < n;
	case FORTH:
		return at + 1 < n;
	}
	return false;
}

static bool change_rows(struct edit_table *t, enum change c, size_t at, struct arena *a, bool *ret_memory)
{
	if (!possible(c, t->n_rows, EDIT_ROWS_MOST, at))
		return false;
	if (c == ADD) {
		struct edit_row fresh = {0};
		struct edit_row *more = ARENA_ARRAY(a, t->n_rows + 2, struct edit_row);
		*ret_memory = more && make_row(&fresh, a);
		if (!*ret_memory)
			return false;
		memcpy(more, t->rows, t->n_rows * sizeof *more);
		t->rows = more;
		open_gap(t->rows, sizeof *t->rows, t->n_rows, at);
		for (size_t i = 0; i < t->n_inputs; i++)
			fresh.tests[i] = STR("-");
		t->rows[at] = fresh;
		t->n_rows++;
		return true;
	}
	change_items(t->rows, sizeof *t->rows, t->n_rows, c, at);
	t->n_rows -= c == DELETE;
	return true;
}

static size_t after(size_t n, enum change c)
{
	return c == ADD ? n + 1 : c == DELETE ? n - 1 : n;
}

static bool change_inputs(struct edit_table *t, enum change c, size_t at)
{
	if (!possible(c, t->n_inputs, EDIT_COLUMNS_MOST, at))
		return false;
	change_items(t->inputs, sizeof *t->inputs, t->n_inputs, c, at);
	for (size_t r = 0; r < t->n_rows; r++) {
		change_items(t->rows[r].tests, sizeof(str), t->n_inputs, c, at);
		if (c == ADD)
			t->rows[r].tests[at] = STR("-");
	}
	t->n_inputs = after(t->n_inputs, c);
	return true;
}

static bool change_outputs(struct edit_table *t, enum change c, size_t at)
{
	if (!possible(c, t->n_outputs, EDIT_COLUMNS_MOST, at) || (c == DELETE && t->n_outputs == 1))
		return false;
	change_items(t->outputs, sizeof *t->outputs, t->n_outputs, c, at);
	for (size_t r = 0; r < t->n_rows; r++)
		change_items(t->rows[r].outputs, sizeof(str), t->n_outputs, c, at);
	t->n_outputs = after(t->n_outputs, c);
	return true;
}

static bool change_notes(struct edit_table *t, enum change c, size_t at)
{
	if (!possible(c, t->n_annotations, EDIT_COLUMNS_MOST, at))
		return false;
	change_items(t->annotations, sizeof *t->annotations, t->n_annotations, c, at);
	for (size_t r = 0; r < t->n_rows; r++)
		change_items(t->rows[r].notes, sizeof(str), t->n_annotations, c, at);
	t->n_annotations = after(t->n_annotations, c);
	return true;
}

static bool change_of(str word, enum change *ret)
{
	static const struct {
		const char *word;
		enum change change;
	} words[] = {{"add", ADD}, {"delete", DELETE}, {"up", BACK}, {"left", BACK}, {"down", FORTH}, {"right", FORTH}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(word, words[i].word)) {
			*ret = words[i].change;
			return true;
		}
	return false;
}

enum err_code edit_act(struct edit_table *t, str action, struct arena *a, bool *ret_done, struct err *e)
{
	ptrdiff_t colon = str_find_char(action, ':'), dash = str_find_char(action, '-');
	int64_t n = 0;
	enum change c;
	bool memory = true;
	*ret_done = false;
	if (dash < 1 || colon < dash || !str_to_i64(str_sub(action, (size_t)colon + 1, action.n), &n) || n < -1 ||
	    n > EDIT_ROWS_MOST || !change_of(str_sub(action, (size_t)dash + 1, (size_t)colon), &c) || (n < 0 && c != ADD))
		return ERR_OK;
	size_t at = c == ADD ? (size_t)(n + 1) : (size_t)n;
	str what = str_sub(action, 0, (size_t)dash);
	if (str_is(what, "row"))
		*ret_done = change_rows(t, c, at, a, &memory);
	else if (str_is(what, "in"))
		*ret_done = change_inputs(t, c, at);
	else if (str_is(what, "out"))
		*ret_done = change_outputs(t, c, at);
	else if (str_is(what, "note"))
		*ret_done = change_notes(t, c, at);
	return memory ? ERR_OK : arena_fail(a, e);
}
