#pragma once
/* Filling cells of a list: absent values stay missing. */
#include "base/arena.h"
#include "codec/table.h"

static inline void cell_text(struct table_cell *c, str s)
{
	c->missing = s.n == 0;
	c->text = s;
}

static inline void cell_int(struct table_cell *c, int64_t v)
{
	c->missing = false;
	c->integer = v;
}

static inline void cell_money(struct table_cell *c, money m)
{
	c->missing = !money_is(m);
	c->amount = m;
}

static inline void cell_date(struct table_cell *c, pdate d)
{
	c->missing = d.precision == DATE_PRECISION_NONE;
	c->date = d;
}

static inline void cell_bool(struct table_cell *c, bool yes)
{
	c->missing = false;
	c->yes = yes;
}

static inline void cell_decimal_text(struct table_cell *c, str s)
{
	c->missing = s.n == 0 || !decimal_parse(s, &c->number);
}
