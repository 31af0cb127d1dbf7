/* A published table as CSV and as a spreadsheet. */
#include "feat/figures/parts.h"

#include <unistd.h>

#include "codec/table.h"
#include "feat/figures/spreadsheet.h"

struct rows {
	const struct figure_table *t;
	size_t at;
	struct table_column columns[TABLE_COLUMNS_MAX];
};

static enum table_type type_of(enum figure_type type)
{
	switch (type) {
	case FIGURE_YEAR:
	case FIGURE_INTEGER:
		return TABLE_INTEGER;
	case FIGURE_NUMBER:
	case FIGURE_RATIO:
		return TABLE_DECIMAL;
	case FIGURE_MONEY:
		return TABLE_MONEY;
	case FIGURE_DATE:
		return TABLE_DATE;
	case FIGURE_TEXT:
	case FIGURE_CODE:
	case FIGURE_COUNTRY:
		break;
	}
	return TABLE_TEXT;
}

static enum err_code next(void *ctx, struct table_cell *cells, bool *ret_more, struct err *e)
{
	struct rows *r = ctx;
	(void)e;
	*ret_more = r->at < r->t->n_rows;
	if (!*ret_more)
		return ERR_OK;
	const struct figure_row *row = &r->t->rows[r->at++];
	for (size_t i = 0; i < r->t->n_columns; i++) {
		const struct figure_cell *c = &row->cells[i];
		cells[i] = (struct table_cell){.missing = c->missing, .text = c->text, .integer = c->integer,
		    .number = c->number, .amount = c->amount, .date = c->date};
	}
	return ERR_OK;
}

static enum err_code begin(const struct figure_table *t, struct rows *rows, struct table_source *ret_source, struct err *e)
{
	if (t->n_columns > TABLE_COLUMNS_MAX)
		return fail(e, ERR_BUG, "figures.columns", "the table has too many columns");
	rows->t = t;
	rows->at = 0;
	for (size_t i = 0; i < t->n_columns; i++)
		rows->columns[i] = (struct table_column){.name = t->columns[i].name, .type = type_of(t->columns[i].type),
		    .unit = t->columns[i].unit, .definition = t->columns[i].label};
	*ret_source = (struct table_source){rows->columns, t->n_columns, next, rows};
	return ERR_OK;
}

enum err_code figure_write_csv(const struct figure_table *t, struct buf *b, struct err *e)
{
	struct rows rows;
	struct table_source s;
	const struct table_info info = {.name = t->name};
	TRY(begin(t, &rows, &s, e));
	return table_write(TABLE_CSV, &s, &info, b, e);
}

enum err_code figure_write_xlsx(const struct figure_table *t, str source, int64_t made_ms, int *ret_fd, struct err *e)
{
	struct rows rows;
	struct table_source s;
	const struct table_info info = {.name = t->name, .title = str_of(t->title), .description = str_of(t->definition),
	    .source = source, .licence = STR("CC0-1.0"), .made_ms = made_ms};
	TRY(begin(t, &rows, &s, e));
	return table_write_xlsx(&s, &info, ret_fd, e);
}
