#include "feat/register/select_index.h"

enum {
	/* A facet of which the rows have more values than this on average keeps no lists: only
	   years that span centuries come to that. */
	VALUES_A_ROW_MAX = 16,
	VALUES_SPARE = 1024,
};

int select_country_code(const char *c)
{
	return c[0] >= 'A' && c[0] <= 'Z' && c[1] >= 'A' && c[1] <= 'Z'
	           ? (c[0] - 'A') * 26 + (c[1] - 'A')
	           : -1;
}

static void copy_countries(const struct row_country *from, size_t n, struct facet_country *to)
{
	for (size_t i = 0; i < n; i++) {
		int code = select_country_code(from[i].code);
		to[i] = (struct facet_country){
		    .code = code < 0 ? FACET_COUNTRY_NONE : (uint16_t)code, .role = from[i].role};
		for (size_t k = 0; k < i; k++)
			to[i].again |= to[k].code == to[i].code;
	}
}

static struct facet_row facet_row_of(const struct activity_row *r)
{
	return (struct facet_row){.implementer = r->implementer,
	    .priorities = r->priorities,
	    .n_countries = r->n_countries,
	    .first_year = r->first_year,
	    .last_year = r->last_year,
	    .status = r->status,
	    .primary_priority = r->primary_priority,
	    .size = r->size,
	    .org_type = r->org_type};
}

static enum err_code copy_rows(
    const struct activity_set *set, struct arena *a, struct select_index *x, struct err *e)
{
	size_t n_countries = 0, at = 0;
	for (size_t i = 0; i < set->n; i++)
		n_countries += set->rows[i].n_countries;
	if (n_countries > UINT32_MAX)
		return fail(e, ERR_LIMIT, "register.countries",
		    "%zu countries of activities are more than can be held", n_countries);
	struct facet_row *rows = ARENA_ARRAY(a, set->n + 1, struct facet_row);
	struct facet_country *countries = ARENA_ARRAY(a, n_countries + 1, struct facet_country);
	if (!rows || !countries)
		return arena_fail(a, e);
	for (size_t i = 0; i < set->n; i++) {
		const struct activity_row *r = &set->rows[i];
		rows[i] = facet_row_of(r);
		rows[i].first_country = (uint32_t)at;
		copy_countries(set->countries + r->first_country, r->n_countries, countries + at);
		at += r->n_countries;
	}
	x->rows = rows;
	x->countries = countries;
	return ERR_OK;
}

/* ---- which rows have a value ---- */

struct listing {
	const struct select_index *x;
	size_t *at;     /* counts of values, shifted by one; then where each one's next row goes */
	uint32_t *rows; /* NULL while counting */
	size_t n;
};

static void list(struct listing *l, size_t value, uint32_t row)
{
	l->n++;
	if (l->rows)
		l->rows[l->at[value]++] = row;
	else
		l->at[value + 1]++;
}

static void list_row(struct listing *l, enum facet_id id, uint32_t row)
{
	const struct facet_row *r = &l->x->rows[row];
	const struct facet_country *c = l->x->countries + r->first_country;
	uint32_t primary = r->primary_priority & 31;
	switch (id) {
	case PRIORITY:
		list(l, primary, row);
		break;
	case ALSO:
		for (uint32_t bits = r->priorities & ~(1u << primary); bits; bits &= bits - 1)
			list(l, (size_t)__builtin_ctz(bits), row);
		break;
	case STATUS:
		list(l, r->status, row);
		break;
	case IMPLEMENTER:
		if (r->implementer != ROW_NONE)
			list(l, r->implementer, row);
		break;
	case TYPE:
		list(l, r->org_type, row);
		break;
	case COUNTRY:
		for (size_t i = 0; i < r->n_countries; i++)
			if (c[i].code != FACET_COUNTRY_NONE)
				list(l, c[i].code, row);
		break;
	case ROLE:
		for (size_t i = 0; i < r->n_countries; i++)
			list(l, c[i].role, row);
		break;
	case YEAR:
		for (int y = r->first_year; r->first_year && y <= r->last_year; y++)
			list(l, (size_t)(y - YEAR_MIN), row);
		break;
	case SIZE:
		list(l, r->size, row);
		break;
	case FACETS:
		break;
	}
}

static enum err_code list_facet_rows(const struct activity_set *set, enum facet_id id,
    size_t n_values, struct arena *a, struct select_index *x, struct err *e)
{
	size_t *first = ARENA_ARRAY(a, n_values + 1, size_t);
	size_t *at = ARENA_ARRAY(a, n_values + 1, size_t);
	if (!first || !at)
		return arena_fail(a, e);
	struct listing l = {.x = x, .at = first};
	for (uint32_t row = 0; row < set->n; row++)
		list_row(&l, id, row);
	if (l.n > VALUES_A_ROW_MAX * set->n + VALUES_SPARE)
		return ERR_OK;
	for (size_t v = 0; v < n_values; v++)
		first[v + 1] += first[v];
	memcpy(at, first, (n_values + 1) * sizeof *at);
	l = (struct listing){.x = x, .at = at, .rows = ARENA_ARRAY(a, l.n + 1, uint32_t)};
	if (!l.rows)
		return arena_fail(a, e);
	for (uint32_t row = 0; row < set->n; row++)
		list_row(&l, id, row);
	x->of[id] = (struct value_rows){.first = first, .rows = l.rows, .n_values = n_values};
	return ERR_OK;
}

enum err_code select_index_new(
    const struct activity_set *set, struct arena *a, struct select_index **ret_index, struct err *e)
{
	struct select_index *x = ARENA_NEW(a, struct select_index);
	if (!x)
		return arena_fail(a, e);
	TRY(copy_rows(set, a, x, e));
	const size_t n_values[FACETS] = {[PRIORITY] = PRIORITY_CODES,
	    [ALSO] = PRIORITY_CODES,
	    [STATUS] = 256, /* as many as a row could say */
	    [IMPLEMENTER] = set->n_orgs,
	    [TYPE] = 256,
	    [COUNTRY] = COUNTRY_CODES,
	    [ROLE] = 256,
	    [YEAR] = YEARS,
	    [SIZE] = 256};
	for (int id = 0; id < FACETS; id++)
		TRY(list_facet_rows(set, (enum facet_id)id, n_values[id], a, x, e));
	*ret_index = x;
	return ERR_OK;
}
