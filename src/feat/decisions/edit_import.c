/* A table from a spreadsheet: the header says what each column is, as in the download. */
#include "codec/csv.h"
#include "feat/decisions/edit.h"

enum { CELLS_MOST = 200000 };

enum column { COLUMN_ROW, COLUMN_INPUT, COLUMN_OUTPUT, COLUMN_NOTE };

struct header {
	enum column kind[3 * EDIT_COLUMNS_MOST + 1];
	size_t n;
};

/* The apostrophe that a download puts in front of what a spreadsheet would run. */
static str unguarded(str s)
{
	return s.n > 1 && s.p[0] == '\'' && memchr("=+-@\t\r", s.p[1], 6) ? str_sub(s, 1, s.n) : s;
}

static bool kind_of(str head, enum column *ret, str *ret_name)
{
	static const struct {
		const char *word;
		enum column kind;
	} words[] = {{"input:", COLUMN_INPUT}, {"output:", COLUMN_OUTPUT}, {"annotation:", COLUMN_NOTE}};
	if (str_eq_nocase(head, STR("row"))) {
		*ret = COLUMN_ROW;
		return true;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		str word = str_of(words[i].word);
		if (str_eq_nocase(str_sub(head, 0, word.n), word)) {
			*ret = words[i].kind;
			*ret_name = str_trim(str_sub(head, word.n, head.n));
			return true;
		}
	}
	return false;
}

/* What the table had under that name keeps its type and values. */
static struct edit_input input_named(const struct edit_table *old, str name)
{
	for (size_t i = 0; i < old->n_inputs; i++)
		if (str_eq(old->inputs[i].expression, name))
			return old->inputs[i];
	return (struct edit_input){.label = STR(""), .expression = name, .type = STR(""), .values = STR("")};
}

static struct edit_output output_named(const struct edit_table *old, str name, size_t at)
{
	for (size_t i = 0; i < old->n_outputs; i++)
		if (str_eq(old->outputs[i].name, name))
			return old->outputs[i];
	uint32_t place;
	if (str_to_u32(name, &place) && place == at + 1 && at < old->n_outputs && !old->outputs[at].name.n)
		return old->outputs[at]; /* a column without name is downloaded by its number */
	return (struct edit_output){.label = STR(""), .name = name, .type = STR(""), .values = STR(""), .fallback = STR("")};
}

static enum err_code read_header(const struct edit_cells *c, const char *file, const struct edit_table *old, struct header *h,
    struct edit_table *x, struct err *e)
{
	for (size_t i = 0; i < c->n_columns; i++) {
		str name = STR("");
		if (h->n == 3 * EDIT_COLUMNS_MOST || x->n_inputs == EDIT_COLUMNS_MOST || x->n_outputs == EDIT_COLUMNS_MOST ||
		    x->n_annotations == EDIT_COLUMNS_MOST)
			return fail(e, ERR_LIMIT, "edit.columns", "more than %d columns of a kind", EDIT_COLUMNS_MOST);
		if (!kind_of(str_trim(c->cells[i]), &h->kind[h->n], &name)) {
			(void)fail(e, ERR_INVALID, "import.header",
			    "column %zu: \"row\", \"input: …\", \"output: …\" or \"annotation: …\" was expected", i + 1);
			return err_at(e, file, 1, (uint32_t)i + 1);
		}
		if (h->kind[h->n] == COLUMN_INPUT)
			x->inputs[x->n_inputs++] = input_named(old, name);
		else if (h->kind[h->n] == COLUMN_OUTPUT) {
			x->outputs[x->n_outputs] = output_named(old, name, x->n_outputs);
			x->n_outputs++;
		} else if (h->kind[h->n] == COLUMN_NOTE)
			x->annotations[x->n_annotations++] = name;
		h->n++;
	}
	if (x->n_outputs)
		return ERR_OK;
	(void)fail(e, ERR_INVALID, "import.header", "a column \"output: …\" is needed");
	return err_at(e, file, 1, 1);
}

static void read_row(const struct header *h, const str *cells, struct edit_row *r)
{
	size_t in = 0, out = 0, note = 0;
	for (size_t i = 0; i < h->n; i++) {
		str s = unguarded(str_trim(cells[i]));
		if (h->kind[i] == COLUMN_INPUT)
			r->tests[in++] = s;
		else if (h->kind[i] == COLUMN_OUTPUT)
			r->outputs[out++] = s;
		else if (h->kind[i] == COLUMN_NOTE)
			r->notes[note++] = s;
	}
}

enum err_code edit_from_cells(const struct edit_cells *c, const char *file, const struct edit_table *old, struct arena *a,
    struct edit_table *ret, struct err *e)
{
	struct edit_table x = {.policy = old->policy};
	struct header *h = ARENA_NEW(a, struct header);
	if (!h)
		return arena_fail(a, e);
	if (!c->n_rows)
		return fail(e, ERR_INVALID, "import.empty", "there is nothing in it");
	TRY(edit_make(&x, c->n_rows - 1, a, e));
	TRY(read_header(c, file, old, h, &x, e));
	for (size_t r = 1; r < c->n_rows; r++) {
		read_row(h, &c->cells[r * c->n_columns], &x.rows[r - 1]);
		if (r - 1 < old->n_rows)
			x.rows[r - 1].id = old->rows[r - 1].id;
	}
	*ret = x;
	return ERR_OK;
}

enum err_code edit_from_csv(str csv, const char *file, const struct edit_table *old, struct arena *a, struct edit_table *ret,
    struct err *e)
{
	str rest = csv;
	struct csv_reader *reader;
	struct csv_record record;
	struct edit_cells cells = {0};
	VEC(str) all = {0};
	bool more = true;
	const struct csv_options options = {.file = file};
	TRY(csv_open(source_str(&rest), &options, &reader, e));
	enum err_code code = ERR_OK;
	while (code == ERR_OK) {
		code = csv_next(reader, &record, &more, e);
		if (code != ERR_OK || !more)
			break;
		if (!cells.n_columns)
			cells.n_columns = record.n;
		if (record.n != cells.n_columns || all.n + record.n > CELLS_MOST) {
			code = record.n != cells.n_columns
			    ? fail(e, ERR_INVALID, "import.row", "%zu columns, but the header has %zu", record.n, cells.n_columns)
			    : fail(e, ERR_LIMIT, "import.cells", "more than %d cells", CELLS_MOST);
			(void)err_at(e, file, record.line, 1);
			break;
		}
		for (size_t i = 0; i < record.n && code == ERR_OK; i++) {
			str *slot = VEC_ADD(&all, a);
			if (slot)
				*slot = arena_str(a, record.fields[i].text);
			code = slot && slot->p ? ERR_OK : arena_fail(a, e);
		}
		cells.n_rows++;
	}
	csv_close(reader);
	if (code != ERR_OK)
		return code;
	cells.cells = all.p;
	return edit_from_cells(&cells, file, old, a, ret, e);
}
