#pragma once
/* Lists and selections as sources of rows. */
#include "feat/opendata/opendata.h"
#include "feat/register/register.h"

/* Cells of one activity; detail is NULL for imported ones, of which lists hold the row only. */
enum err_code opendata_activity_cells(const struct activity_set *set, const struct activity_row *r,
    const struct activity *detail, struct arena *a, struct table_cell *cells, struct err *e) WARN_UNUSED;

/* All rows of a list, in arena a; v is borrowed. */
enum err_code opendata_list_source(const struct opendata_list *list, const struct public_view *v,
    struct arena *a, struct table_source *ret_source, struct err *e) WARN_UNUSED;
/* The rows of a selection of activities. */
enum err_code opendata_selection_source(const struct selection *s, const struct public_view *v, bool own,
    struct arena *a, struct table_source *ret_source, struct err *e) WARN_UNUSED;

/* Title, description, source and licence of what is written. English: files name their fields in English. */
struct table_info opendata_info(const struct public_view *v, const char *name, const char *title,
    const char *description);
#define OPENDATA_LICENCE "CC0-1.0"
