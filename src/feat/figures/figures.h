#pragma once
/* Slice figures: every published table as data, so that pages, charts, downloads, the API and the
 * command line show the same rows. Pure functions from the two views. Titles, definitions and
 * labels are English messages, to be translated with i18n_text. */
#include "base/date.h"
#include "base/decimal.h"
#include "base/money.h"
#include "base/vec.h"

struct programme_view;
struct register_view;
struct inconsistency;
struct app_env;

enum figure_type {
	FIGURE_TEXT,    /* text */
	FIGURE_CODE,    /* text with a fixed set of values; label is how to show it */
	FIGURE_COUNTRY, /* text: ISO 3166-1 alpha-2 */
	FIGURE_YEAR,    /* integer */
	FIGURE_INTEGER, /* integer */
	FIGURE_NUMBER,  /* number */
	FIGURE_RATIO,   /* number: 1 is 100 percent */
	FIGURE_MONEY,   /* amount */
	FIGURE_DATE,    /* date */
};

struct figure_column {
	const char *name; /* field name, the same in CSV, JSON and the API */
	enum figure_type type;
	const char *unit;  /* "EUR", "people" … ""; none */
	const char *label; /* heading */
};

/* A value of the column's type; missing is not zero. */
struct figure_cell {
	bool missing;
	str text;          /* as the source writes it; numbers too */
	const char *label; /* message to show for text, NULL: text itself */
	int64_t integer;
	decimal number;
	money amount;
	pdate date;
};

struct figure_row {
	const struct figure_cell *cells; /* one for each column */
	str source_line, note;
};

struct figure_table {
	const char *name, *title, *definition;
	const struct figure_column *columns;
	size_t n_columns;
	const struct figure_row *rows;
	size_t n_rows;
	const struct figure_row *totals; /* computed, never stored, and not in the CSV */
	size_t n_totals;
	const struct inconsistency *const *notes; /* what the source contradicts itself in */
	size_t n_notes;
	date as_of; /* only what was known on that day; absent: all */
};

struct figure_info {
	const char *name, *title, *definition;
};

/* The tables that there are: i below the count. */
size_t figures_count(void);
const struct figure_info *figures_info(size_t i);

/* Make a table in the arena. ERR_NOT_FOUND for an unknown name. as_of: DATE_NONE for everything,
 * else only what was known on that day: results by their date, targets and activities by the start
 * of the activity, amounts of a year at its end, costs by the start of their validity. Partial
 * dates count from their last day, but never later than the day of the source. */
enum err_code figures_make(const struct programme_view *p, const struct register_view *r, str name,
    date as_of, struct arena *a, const struct figure_table **ret_table, struct err *e) WARN_UNUSED;

/* Column by name, -1 when there is none. */
int figure_column(const struct figure_table *t, const char *name);
static inline const struct figure_cell *figure_at(
    const struct figure_table *t, size_t row, int column)
{
	return &t->rows[row].cells[column];
}

/* RFC 4180: the rows, not the totals. */
enum err_code figure_write_csv(
    const struct figure_table *t, struct buf *b, struct err *e) WARN_UNUSED;
/* An object with name, columns, rows, totals and notes. */
enum err_code figure_write_json(
    const struct figure_table *t, struct buf *b, struct err *e) WARN_UNUSED;
/* For reading in a terminal. */
enum err_code figure_write_text(
    const struct figure_table *t, struct buf *b, struct err *e) WARN_UNUSED;

/* grutto figures DB NAME|list [--format csv|json|text] [--as-of DATE] */
int figures_cmd(struct app_env *env, int argc, char **argv);
