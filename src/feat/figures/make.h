#pragma once
/* Inside of the slice: what the makers of tables share. */
#include "feat/figures/figures.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"

/* Marks a message for tools/poc. */
#define MSG(english) english

struct making {
	const struct programme_view *p;
	const struct register_view *r;
	struct arena *a;
	date as_of;
	struct figure_table *t;
	VEC(struct figure_row) rows;
	VEC(struct figure_row) totals;
	bool full; /* the arena's limit was reached */
};

/* A new row with all cells missing; cells are then filled in place. NULL when out of memory
 * (m->full). */
struct figure_cell *figure_add(struct making *m, str source_line, str note);
struct figure_cell *figure_add_total(struct making *m);

void figure_text(struct figure_cell *c, str s);
void figure_code(struct figure_cell *c, const char *slug, const char *label);
void figure_integer(struct figure_cell *c, int64_t v);
void figure_amount(struct figure_cell *c, money v);
void figure_date(struct figure_cell *c, pdate d);
/* A number as the source writes it. */
void figure_number(struct figure_cell *c, str text, decimal v);

/* True when something of that date was known on the day asked for. Absent dates count as known. */
bool figure_known(const struct making *m, pdate d);

void make_spending(struct making *m);
void make_budget(struct making *m);
void make_portfolio(struct making *m);
void make_targets(struct making *m);
void make_unit_costs(struct making *m);
void make_postings(struct making *m);
void make_visitors(struct making *m);
