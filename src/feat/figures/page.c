/* The pages of the tables: the list of them, and each with its charts, rows, totals and notes. */
#include "feat/figures/page.h"

#include <unistd.h>

#include "codec/json.h"
#include "codec/table.h"
#include "feat/figures/figures.tpl.h"
#include "feat/figures/parts.h"
#include "feat/figures/spreadsheet.h"

/* ---- what the templates ask ---- */

bool figure_is_number(enum figure_type type)
{
	return type == FIGURE_INTEGER || type == FIGURE_NUMBER || type == FIGURE_RATIO || type == FIGURE_MONEY;
}

bool figure_is_priority(const struct figure_column *c)
{
	return strcmp(c->name, "priority") == 0;
}

bool figure_is_activity(const struct figure_column *c)
{
	return strcmp(c->name, "activity_id") == 0;
}

/* Columns that name a part: without a name the figure is of the whole. */
struct whole {
	const char *column, *in_row, *in_total; /* messages; in_row NULL: missing is not known */
};

static const struct whole wholes[] = {
    {"year", NULL, MSG("all years")},
    {"priority", MSG("the programme as a whole"), MSG("all priorities")},
    {"breakdown", NULL, MSG("all activities")},
    {"value", NULL, MSG("all")},
    {"activity_id", MSG("no activity of the programme"), MSG("all activities")},
    {"country", NULL, MSG("all countries")},
    {"sector", MSG("all sectors"), MSG("all sectors")},
    {"dimension", MSG("as a whole"), MSG("as a whole")},
};

static const char *whole_words(const char *column, bool total)
{
	for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
		if (strcmp(wholes[i].column, column) == 0)
			return total ? wholes[i].in_total : wholes[i].in_row;
	return NULL;
}

const char *figure_missing_words(const struct figure_table *t, size_t column, bool total)
{
	const char *whole = whole_words(t->columns[column].name, total);
	return whole ? whole : MSG("not stated");
}

bool figure_missing_is_whole(const struct figure_table *t, size_t column, bool total)
{
	return whole_words(t->columns[column].name, total) != NULL;
}

const struct activity *figure_activity(const struct site_page *page, const struct figure_cell *c)
{
	return c->missing ? NULL : register_activity(page->view->activities, c->text);
}

struct url figure_file_url(const struct site_page *page, const char *name, const char *format, date on)
{
	AUTO_BUF b = BUF_INIT(HTTP_TARGET_MAX_BYTES);
	buf_addf(&b, "/data/figures/%s.%s", name, format);
	if (date_is(on)) {
		buf_addz(&b, "?as_of=");
		buf_add_date(&b, on);
	}
	str s = arena_str(page->arena, buf_str(&b));
	return url_local(s.p ? s : STR("#"));
}

/* ---- targets ---- */

static decimal number_of(const struct figure_cell *c)
{
	return c->missing ? DECIMAL_NONE : c->number;
}

struct target_tally figure_score_of(const struct figure_table *t)
{
	struct target_tally s = {0};
	int target = figure_column(t, "target"), actual = figure_column(t, "actual");
	/* the table holds the portfolio's own figures, where a higher value is the better one */
	for (size_t r = 0; r < t->n_rows && target >= 0 && actual >= 0; r++)
		target_tally_add(&s, target_state_of(number_of(figure_at(t, r, target)), number_of(figure_at(t, r, actual)), -1));
	return s;
}

/* ---- pages ---- */

struct how {
	const char *name, *text;
};

static const struct how hows[] = {
    {"spending", MSG("A year is the sum of the priorities, a priority the sum of its years, and the last row the sum of all "
		     "amounts. A dash adds nothing, so what is behind it is not in a total.")},
    {"portfolio", MSG("All activities of the programme, each counted once. The contribution is the sum of the known ones; "
		      "unknown ones are not in it.")},
    {"postings", MSG("The sum over the countries. Rows with a sector are parts of their country and are not counted again.")},
};

static const char *how_of(const char *name)
{
	for (size_t i = 0; i < sizeof hows / sizeof *hows; i++)
		if (strcmp(hows[i].name, name) == 0)
			return hows[i].text;
	return MSG("Totals are computed from the rows.");
}

static enum err_code page_figures(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_FIGURES, i18n_text(l, MSG("Figures")),
	    i18n_text(l, MSG("The published tables of the programme, each with a chart, its definition and its data.")), &page);
	struct tpl_out o = site_out(&page, res);
	figures_list(&o, &page);
	return site_done(res, e);
}

static enum err_code page_figure(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct public_view *v = public_view_of(req);
	enum lang l = (enum lang)req->lang;
	struct figure_page *f = ARENA_NEW(req->arena, struct figure_page);
	if (!f)
		return arena_fail(req->arena, e);
	f->on = http_date(req, "as_of");
	TRY(figures_make(v->programme, v->activities, http_param(req, 0)->text, f->on, req->arena, &f->t, e));
	site_page_open(req, SITE_FIGURES, i18n_text(l, f->t->title), i18n_text(l, f->t->definition), &page);
	site_page_crumb(&page, i18n_text(l, MSG("Figures")), STR("/figures"));
	TRY(figure_draw(&page, f->t, &f->drawings, e));
	f->how = how_of(f->t->name);
	f->scored = strcmp(f->t->name, "targets") == 0;
	f->score = figure_score_of(f->t);
	struct tpl_out o = site_out(&page, res);
	figure_one(&o, &page, f);
	return site_done(res, e);
}

/* ---- files ---- */

static enum err_code table_of(struct http_request *req, const struct figure_table **ret_t, struct err *e)
{
	const struct public_view *v = public_view_of(req);
	return figures_make(v->programme, v->activities, http_param(req, 0)->text, http_date(req, "as_of"),
	    req->arena, ret_t, e);
}

static enum err_code name_file(struct http_request *req, struct http_response *res,
    const struct figure_table *t, const char *extension, struct err *e)
{
	res->file_name = arena_fmt(req->arena, "grutto-%s.%s", t->name, extension);
	res->modified_ms = public_view_of(req)->made_ms;
	return res->file_name.p ? ERR_OK : arena_fail(req->arena, e);
}

static enum err_code file_csv(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct figure_table *t;
	TRY(table_of(req, &t, e));
	TRY(name_file(req, res, t, "csv", e));
	res->type = table_format_type(TABLE_CSV);
	return figure_write_csv(t, &res->body, e);
}

static enum err_code file_json(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct figure_table *t;
	TRY(table_of(req, &t, e));
	TRY(name_file(req, res, t, "json", e));
	res->type = table_format_type(TABLE_JSON);
	return figure_write_json(t, &res->body, e);
}

static enum err_code file_xlsx(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct figure_table *t;
	const struct public_view *v = public_view_of(req);
	int fd;
	TRY(table_of(req, &t, e));
	TRY(name_file(req, res, t, "xlsx", e));
	TRY(figure_write_xlsx(t, v->source[LANG_EN], v->made_ms, &fd, e));
	off_t end = lseek(fd, 0, SEEK_END);
	if (end < 0 || lseek(fd, 0, SEEK_SET) != 0) {
		(void)close(fd);
		return fail(e, ERR_IO, "data.file", "the spreadsheet could not be read back");
	}
	res->type = table_format_type(TABLE_XLSX);
	res->fd = fd;
	res->fd_bytes = (uint64_t)end;
	return ERR_OK;
}

/* ---- API ---- */

static enum err_code api_list(struct http_request *req, struct http_response *res, struct err *e)
{
	struct json_writer w;
	res->type = "application/json";
	jw_begin_buf(&w, &res->body);
	jw_object(&w);
	jw_key(&w, "figures");
	jw_array(&w);
	for (size_t i = 0; i < figures_count(); i++) {
		const struct figure_info *f = figures_info(i);
		str path = arena_fmt(req->arena, "/api/v1/figures/%s", f->name);
		if (!path.p)
			return arena_fail(req->arena, e);
		jw_object(&w);
		jw_key(&w, "name");
		jw_str(&w, str_of(f->name));
		jw_key(&w, "title");
		jw_str(&w, str_of(f->title));
		jw_key(&w, "definition");
		jw_str(&w, str_of(f->definition));
		jw_key(&w, "path");
		jw_str(&w, path);
		jw_object_end(&w);
	}
	jw_array_end(&w);
	jw_object_end(&w);
	return jw_finish(&w, e);
}

static enum err_code api_figure(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct figure_table *t;
	TRY(table_of(req, &t, e));
	res->type = "application/json";
	return figure_write_json(t, &res->body, e);
}

static const struct http_field fields[] = {
    {.name = "as_of", .type = HTTP_DATE, .summary = "Only what was known on this day"},
    {0},
};

#define FILE_SUMMARY "A published table"

static const struct http_route routes[] = {
    {HTTP_GET, "/figures", page_figures, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/figures/{name:slug}", page_figure, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = fields, .example = "/figures/spending"},
    {HTTP_GET, "/data/figures/{name:slug}.csv", file_csv, .cache = HTTP_CACHE_SNAPSHOT, .fields = fields,
	.summary = FILE_SUMMARY, .produces = "text/csv; charset=utf-8", .example = "/data/figures/spending.csv"},
    {HTTP_GET, "/data/figures/{name:slug}.json", file_json, .cache = HTTP_CACHE_SNAPSHOT, .fields = fields,
	.summary = FILE_SUMMARY, .produces = "application/json", .example = "/data/figures/spending.json"},
    {HTTP_GET, "/data/figures/{name:slug}.xlsx", file_xlsx, .lane = HTTP_SLOW, .cache = HTTP_CACHE_VALIDATE,
	.fields = fields, .summary = FILE_SUMMARY,
	.produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	.example = "/data/figures/spending.xlsx"},
    {HTTP_GET, "/api/v1/figures", api_list, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "The published tables: names, titles, definitions", .produces = "application/json"},
    {HTTP_GET, "/api/v1/figures/{name:slug}", api_figure, .cache = HTTP_CACHE_SNAPSHOT, .fields = fields,
	.summary = "A published table with columns, rows, computed totals and notes", .produces = "application/json",
	.example = "/api/v1/figures/spending"},
};

struct http_routes figures_routes(void)
{
	return HTTP_ROUTES(routes);
}
