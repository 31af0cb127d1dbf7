/* Tables as JSON and text. */
#include "feat/figures/figures.h"

#include "base/utf8.h"
#include "codec/json.h"
#include "feat/programme/programme.h"

enum { CELL_BYTES_MAX = 64 * 1024 };

/* ---- JSON ---- */

static void json_cell(struct json_writer *w, enum figure_type type, const struct figure_cell *c)
{
	if (c->missing) {
		jw_null(w);
		return;
	}
	switch (type) {
	case FIGURE_YEAR:
	case FIGURE_INTEGER:
		jw_i64(w, c->integer);
		break;
	case FIGURE_MONEY:
		jw_money(w, c->amount);
		break;
	case FIGURE_DATE:
		jw_pdate(w, c->date);
		break;
	case FIGURE_NUMBER:
	case FIGURE_RATIO:
		jw_decimal(w, c->text);
		break;
	case FIGURE_TEXT:
	case FIGURE_CODE:
	case FIGURE_COUNTRY:
		jw_str(w, c->text);
		break;
	}
}

static void json_rows(struct json_writer *w, const struct figure_table *t,
    const struct figure_row *rows, size_t n, bool source)
{
	jw_array(w);
	for (size_t r = 0; r < n; r++) {
		jw_object(w);
		for (size_t i = 0; i < t->n_columns; i++) {
			jw_key(w, t->columns[i].name);
			json_cell(w, t->columns[i].type, &rows[r].cells[i]);
		}
		if (source) {
			jw_key(w, "source_line");
			jw_str(w, rows[r].source_line.n ? rows[r].source_line : STR_NONE);
			jw_key(w, "note");
			jw_str(w, rows[r].note.n ? rows[r].note : STR_NONE);
		}
		jw_object_end(w);
	}
	jw_array_end(w);
}

static const char *type_name(enum figure_type t)
{
	static const char *const names[] = {[FIGURE_TEXT] = "text",
	    [FIGURE_CODE] = "code",
	    [FIGURE_COUNTRY] = "country",
	    [FIGURE_YEAR] = "year",
	    [FIGURE_INTEGER] = "integer",
	    [FIGURE_NUMBER] = "number",
	    [FIGURE_RATIO] = "ratio",
	    [FIGURE_MONEY] = "money",
	    [FIGURE_DATE] = "date"};
	return names[t];
}

static void json_columns(struct json_writer *w, const struct figure_table *t)
{
	jw_array(w);
	for (size_t i = 0; i < t->n_columns; i++) {
		const struct figure_column *c = &t->columns[i];
		jw_object(w);
		jw_key(w, "name");
		jw_str(w, str_of(c->name));
		jw_key(w, "type");
		jw_str(w, str_of(type_name(c->type)));
		jw_key(w, "unit");
		jw_str(w, c->unit[0] ? str_of(c->unit) : STR_NONE);
		jw_key(w, "label");
		jw_str(w, str_of(c->label));
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void json_notes(struct json_writer *w, const struct figure_table *t)
{
	jw_array(w);
	for (size_t i = 0; i < t->n_notes; i++) {
		jw_object(w);
		jw_key(w, "number");
		jw_i64(w, t->notes[i]->number);
		jw_key(w, "text");
		jw_str(w, t->notes[i]->text.en);
		jw_key(w, "source_line");
		jw_str(w, t->notes[i]->lines);
		jw_object_end(w);
	}
	jw_array_end(w);
}

enum err_code figure_write_json(const struct figure_table *t, struct buf *b, struct err *e)
{
	struct json_writer w;
	jw_begin_buf(&w, b);
	w.indent = 2;
	jw_object(&w);
	jw_key(&w, "name");
	jw_str(&w, str_of(t->name));
	jw_key(&w, "title");
	jw_str(&w, str_of(t->title));
	jw_key(&w, "definition");
	jw_str(&w, str_of(t->definition));
	jw_key(&w, "as_of");
	jw_date(&w, t->as_of);
	jw_key(&w, "columns");
	json_columns(&w, t);
	jw_key(&w, "rows");
	json_rows(&w, t, t->rows, t->n_rows, true);
	jw_key(&w, "totals");
	json_rows(&w, t, t->totals, t->n_totals, false);
	jw_key(&w, "notes");
	json_notes(&w, t);
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	buf_addc(b, '\n');
	return buf_check(b, e);
}

/* ---- text ---- */

static void text_cell(struct buf *b, enum figure_type type, const struct figure_cell *c)
{
	if (c->missing)
		return;
	switch (type) {
	case FIGURE_YEAR:
	case FIGURE_INTEGER:
		buf_add_i64(b, c->integer);
		break;
	case FIGURE_MONEY:
		buf_add_money(b, c->amount);
		break;
	case FIGURE_DATE:
		buf_add_pdate(b, c->date);
		break;
	case FIGURE_CODE:
		buf_add(b, c->label ? str_of(c->label) : c->text);
		break;
	case FIGURE_TEXT:
	case FIGURE_COUNTRY:
	case FIGURE_NUMBER:
	case FIGURE_RATIO:
		buf_add(b, c->text);
		break;
	}
}

static bool right_aligned(enum figure_type t)
{
	return t == FIGURE_YEAR || t == FIGURE_INTEGER || t == FIGURE_NUMBER || t == FIGURE_RATIO ||
	       t == FIGURE_MONEY;
}

enum { TEXT_COLUMNS_MAX = 16 };

static void pad(struct buf *b, size_t n)
{
	while (n--)
		buf_addc(b, ' ');
}

static void text_value(struct buf *b, str s, size_t width, bool right, bool last)
{
	size_t n = utf8_length(s), gap = n < width ? width - n : 0;
	if (right)
		pad(b, gap);
	buf_add(b, s);
	if (!right && !last)
		pad(b, gap);
	buf_addz(b, last ? "\n" : "  ");
}

static void text_row(struct buf *b, struct buf *cell, const struct figure_table *t,
    const struct figure_row *row, const size_t *widths)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		buf_clear(cell);
		text_cell(cell, t->columns[i].type, &row->cells[i]);
		text_value(b, buf_str(cell), widths[i], right_aligned(t->columns[i].type),
		    i + 1 == t->n_columns);
	}
}

static void measure(struct buf *cell, const struct figure_table *t, const struct figure_row *rows,
    size_t n, size_t *widths)
{
	for (size_t r = 0; r < n; r++)
		for (size_t i = 0; i < t->n_columns; i++) {
			buf_clear(cell);
			text_cell(cell, t->columns[i].type, &rows[r].cells[i]);
			size_t length = utf8_length(buf_str(cell));
			widths[i] = length > widths[i] ? length : widths[i];
		}
}

enum err_code figure_write_text(const struct figure_table *t, struct buf *b, struct err *e)
{
	size_t widths[TEXT_COLUMNS_MAX] = {0};
	AUTO_BUF cell = BUF_INIT(CELL_BYTES_MAX);
	if (t->n_columns > TEXT_COLUMNS_MAX)
		return fail(e, ERR_BUG, "figures.columns", "the table has too many columns");
	for (size_t i = 0; i < t->n_columns; i++)
		widths[i] = strlen(t->columns[i].name);
	measure(&cell, t, t->rows, t->n_rows, widths);
	measure(&cell, t, t->totals, t->n_totals, widths);
	buf_addf(b, "%s\n%s\n\n", t->title, t->definition);
	for (size_t i = 0; i < t->n_columns; i++)
		text_value(b, str_of(t->columns[i].name), widths[i],
		    right_aligned(t->columns[i].type), i + 1 == t->n_columns);
	for (size_t r = 0; r < t->n_rows; r++)
		text_row(b, &cell, t, &t->rows[r], widths);
	if (t->n_totals)
		buf_addz(b, "\nTotals, computed\n");
	for (size_t r = 0; r < t->n_totals; r++)
		text_row(b, &cell, t, &t->totals[r], widths);
	for (size_t i = 0; i < t->n_notes; i++)
		buf_addf(b, "\nNote %d: %.*s", t->notes[i]->number, STR_ARG(t->notes[i]->text.en));
	if (t->n_notes)
		buf_addc(b, '\n');
	return buf_check(b, e);
}
