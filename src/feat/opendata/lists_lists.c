/* Country lists, and the report's inconsistencies. */
#include "feat/opendata/lists.h"

#include "feat/opendata/cells.h"
#include "feat/programme/programme.h"
#include "feat/site/public.h"

static const struct table_column entry_columns[] = {
    {"list", TABLE_TEXT, NULL, "Country list."},
    {"country", TABLE_TEXT, NULL, "Country, ISO 3166-1 alpha-2."},
    {"partner_country", TABLE_TEXT, NULL, "Whether the country was a development partner country: yes, no, unknown."},
    {"valid_from", TABLE_DATE, NULL, "First day, month or year in force."},
    {"valid_to", TABLE_DATE, NULL, "Last day, month or year in force; empty: no end is given."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
    {"note", TABLE_TEXT, NULL, "Remark."},
};

static size_t entry_count(const struct public_view *v)
{
	size_t n = 0;
	for (size_t i = 0; i < v->programme->n_country_lists; i++)
		n += v->programme->country_lists[i].n_entries;
	return n;
}

static enum err_code entry_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct country_list *l = v->programme->country_lists;
	(void)a;
	(void)e;
	for (; i >= l->n_entries; l++)
		i -= l->n_entries;
	cell_text(&cells[0], l->code);
	cell_text(&cells[1], l->entries[i].country);
	cell_text(&cells[2], l->entries[i].partner_country);
	cell_date(&cells[3], l->valid_from);
	cell_date(&cells[4], l->valid_to);
	cell_text(&cells[5], l->entries[i].source_line);
	cell_text(&cells[6], l->entries[i].note);
	return ERR_OK;
}

const struct opendata_list list_country_lists = {"country-lists", MSG("Country lists"),
    MSG("Which countries stood on which list, and when."), entry_columns, 7, entry_count, entry_row};

static const struct table_column inconsistency_columns[] = {
    {"number", TABLE_INTEGER, NULL, "Number of the inconsistency."},
    {"section", TABLE_TEXT, NULL, "Part of the programme."},
    {"text_en", TABLE_TEXT, NULL, "What does not fit, and which value is used; in English."},
    {"text_nl", TABLE_TEXT, NULL, "The same in Dutch."},
    {"text_fr", TABLE_TEXT, NULL, "The same in French."},
    {"source_line", TABLE_TEXT, NULL, "Lines of the report's text edition, ';' between them."},
};

static size_t inconsistency_count(const struct public_view *v)
{
	return v->programme->n_inconsistencies;
}

static enum err_code inconsistency_row(const struct public_view *v, size_t i, struct arena *a,
    struct table_cell *cells, struct err *e)
{
	const struct inconsistency *x = &v->programme->inconsistencies[i];
	(void)a;
	(void)e;
	cell_int(&cells[0], x->number);
	cell_text(&cells[1], x->section);
	cell_text(&cells[2], x->text.en);
	cell_text(&cells[3], x->text.nl);
	cell_text(&cells[4], x->text.fr);
	cell_text(&cells[5], x->lines);
	return ERR_OK;
}

const struct opendata_list list_inconsistencies = {"inconsistencies", MSG("Inconsistencies of the report"),
    MSG("Figures that the report states in more than one way, and which one is used here."), inconsistency_columns,
    6, inconsistency_count, inconsistency_row};
