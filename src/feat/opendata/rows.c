#include "feat/opendata/rows.h"

#include "feat/programme/programme.h"
#include "feat/site/public.h"

enum { ROW_BYTES_MAX = 4 << 20 };

struct row_reader {
	const struct public_view *view;
	const struct opendata_list *list; /* or a selection: */
	const struct selection *selection;
	const struct activity_set *set;
	bool own;
	size_t at, n;
	struct arena *row; /* texts made for the current row */
};

static void free_row(void *arg)
{
	arena_free(arg);
}

static enum err_code reader_new(const struct public_view *v, struct arena *a, struct row_reader **ret_r,
    struct err *e)
{
	struct row_reader *r = ARENA_NEW(a, struct row_reader);
	struct arena *row = arena_new(ROW_BYTES_MAX);
	if (!row)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (!arena_cleanup(a, free_row, row) || !r)
		return arena_fail(a, e);
	r->view = v;
	r->row = row;
	*ret_r = r;
	return ERR_OK;
}

static enum err_code next_of_list(void *ctx, struct table_cell *cells, bool *ret_more, struct err *e)
{
	struct row_reader *r = ctx;
	*ret_more = r->at < r->n;
	if (!*ret_more)
		return ERR_OK;
	arena_reset(r->row);
	for (size_t i = 0; i < r->list->n_columns; i++)
		cells[i].missing = true;
	return r->list->row(r->view, r->at++, r->row, cells, e);
}

enum err_code opendata_list_source(const struct opendata_list *list, const struct public_view *v,
    struct arena *a, struct table_source *ret_source, struct err *e)
{
	struct row_reader *r;
	TRY(reader_new(v, a, &r, e));
	r->list = list;
	r->n = list->count(v);
	*ret_source = (struct table_source){list->columns, list->n_columns, next_of_list, r};
	return ERR_OK;
}

static enum err_code next_of_selection(void *ctx, struct table_cell *cells, bool *ret_more, struct err *e)
{
	struct row_reader *r = ctx;
	*ret_more = r->at < r->n;
	if (!*ret_more)
		return ERR_OK;
	arena_reset(r->row);
	const struct activity_row *row = r->selection->rows[r->at++];
	const struct activity *detail =
	    r->own ? r->view->activities->activities[row - r->set->rows] : NULL;
	return opendata_activity_cells(r->set, row, detail, r->row, cells, e);
}

enum err_code opendata_selection_source(const struct selection *s, const struct public_view *v, bool own,
    struct arena *a, struct table_source *ret_source, struct err *e)
{
	struct row_reader *r;
	size_t n_columns;
	const struct table_column *columns = opendata_activity_columns(&n_columns);
	TRY(reader_new(v, a, &r, e));
	r->selection = s;
	r->own = own;
	r->set = own ? &v->activities->own : &v->activities->comparison;
	r->n = s->n;
	*ret_source = (struct table_source){columns, n_columns, next_of_selection, r};
	return ERR_OK;
}

struct table_info opendata_info(const struct public_view *v, const char *name, const char *title,
    const char *description)
{
	return (struct table_info){
	    .name = name,
	    .title = str_of(title),
	    .description = str_of(description),
	    .source = v->programme->source.en,
	    .licence = STR(OPENDATA_LICENCE),
	    .made_ms = v->made_ms,
	};
}
