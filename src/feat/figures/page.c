#include "feat/figures/page.h"

#include <unistd.h>

#include "base/utf8.h"
#include "codec/table.h"

#include "feat/figures/figures.tpl.h"
#include "feat/figures/parts.h"
#include "feat/figures/xlsx.h"
#include "feat/programme/charts.h"

enum { BARS_MAX = 24 };

/* ---- charts from the rows of a table ---- */

static str cell_words(const struct site_page *page, const struct figure_cell *c, enum figure_type type)
{
	if (c->missing)
		return i18n_text(page->lang, MSG("not stated"));
	if (type == FIGURE_COUNTRY)
		return i18n_country(page->lang, c->text);
	if (type == FIGURE_YEAR || type == FIGURE_INTEGER)
		return c->text.n ? c->text : arena_fmt(page->arena, "%lld", (long long)c->integer);
	return c->label ? i18n_text(page->lang, c->label) : c->text;
}

static double cell_value(const struct figure_cell *c, enum figure_type type)
{
	if (c->missing)
		return CHART_MISSING;
	if (type == FIGURE_MONEY)
		return (double)c->amount.minor / 100;
	if (type == FIGURE_INTEGER || type == FIGURE_YEAR)
		return (double)c->integer;
	return decimal_to_double(c->number);
}

/* Names of a row: its columns of text up to the value's column, ", " between. */
static str row_name(const struct site_page *page, const struct figure_table *t, size_t row, int value)
{
	AUTO_BUF b = BUF_INIT(4096);
	for (int c = 0; c < value; c++) {
		enum figure_type type = t->columns[c].type;
		if (figure_at(t, row, c)->missing || type == FIGURE_NUMBER || type == FIGURE_MONEY)
			continue;
		str words = cell_words(page, figure_at(t, row, c), type);
		buf_addf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(words));
	}
	str s = arena_str(page->arena, utf8_head(buf_str(&b), 90));
	return s.p ? s : STR("");
}

static enum err_code bars(const struct site_page *page, const struct figure_table *t, const char *column,
    const struct chart_format *format, struct figure_view *v, struct err *e)
{
	int at = figure_column(t, column);
	size_t n = t->n_rows < BARS_MAX ? t->n_rows : BARS_MAX;
	struct chart_bar *rows = ARENA_ARRAY(page->arena, n, struct chart_bar);
	if (!rows)
		return arena_fail(page->arena, e);
	if (at < 0 || n == 0)
		return ERR_OK;
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct chart_bar){.label = row_name(page, t, i, at),
		    .v = cell_value(figure_at(t, i, at), t->columns[at].type)};
	struct chart c = {
	    .kind = CHART_BARS,
	    .id = STR("figure"),
	    .title = i18n_text(page->lang, t->title),
	    .row_head = i18n_text(page->lang, t->columns[0].label),
	    .value_head = i18n_text(page->lang, t->columns[at].label),
	    .lang = site_chart_lang(page),
	    .format = format,
	    .bars = {.row = rows, .n = n},
	};
	struct site_chart s = {.chart = &c, .level = 2,
	    .about = t->n_rows > n ? i18n_text(page->lang, MSG("The first rows; all of them are in the table below.")) : STR_NONE};
	TRY(site_chart_make(page, &s, &v->chart, e));
	v->has_chart = true;
	return ERR_OK;
}

static enum err_code targets(const struct site_page *page, const struct figure_table *t, struct figure_view *v,
    struct err *e)
{
	int target = figure_column(t, "target"), actual = figure_column(t, "actual"), base = figure_column(t, "baseline");
	int unit = figure_column(t, "unit"), indicator = figure_column(t, "indicator");
	struct chart_target *rows = ARENA_ARRAY(page->arena, BARS_MAX, struct chart_target);
	size_t n = 0;
	if (!rows)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < t->n_rows && n < BARS_MAX; i++) {
		if (figure_at(t, i, target)->missing || figure_at(t, i, actual)->missing)
			continue;
		rows[n++] = (struct chart_target){.label = row_name(page, t, i, indicator + 1),
		    .baseline = cell_value(figure_at(t, i, base), FIGURE_NUMBER),
		    .target = cell_value(figure_at(t, i, target), FIGURE_NUMBER),
		    .result = cell_value(figure_at(t, i, actual), FIGURE_NUMBER),
		    .unit = figure_at(t, i, unit)->text};
	}
	if (n == 0)
		return ERR_OK;
	struct chart c = {
	    .kind = CHART_TARGETS,
	    .id = STR("figure"),
	    .title = i18n_text(page->lang, t->title),
	    .row_head = i18n_text(page->lang, t->columns[indicator].label),
	    .value_head = i18n_text(page->lang, MSG("Result as a share of the target")),
	    .lang = site_chart_lang(page),
	    .format = site_chart_counts(page),
	    .targets = {.row = rows, .n = n},
	};
	struct site_chart s = {.chart = &c, .level = 2,
	    .about = i18n_text(page->lang, MSG("The first figures that have both a target and a result; all of them are in the "
					       "table below."))};
	TRY(site_chart_make(page, &s, &v->chart, e));
	v->has_chart = true;
	return ERR_OK;
}

static enum err_code draw(const struct site_page *page, const struct figure_table *t, struct figure_view *v,
    struct err *e)
{
	v->t = t;
	if (strcmp(t->name, "spending") == 0) {
		struct chart c;
		TRY(programme_spending_chart(page, 0, STR("figure"), i18n_text(page->lang, t->title), &c, e));
		struct site_chart s = {.chart = &c, .level = 2};
		TRY(site_chart_make(page, &s, &v->chart, e));
		v->has_chart = true;
		return ERR_OK;
	}
	if (strcmp(t->name, "targets") == 0)
		return targets(page, t, v, e);
	static const char *const values[] = {"amount_eur", "placements", "postings", "visitors", "activities", "value"};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		int at = figure_column(t, values[i]);
		if (at >= 0)
			return bars(page, t, values[i],
			    t->columns[at].type == FIGURE_MONEY ? site_chart_euros(page) : site_chart_counts(page), v, e);
	}
	return ERR_OK;
}

/* ---- pages ---- */

static enum err_code page_figures(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	site_page_open(req, SITE_FIGURES, i18n_text((enum lang)req->lang, MSG("Figures")), STR_NONE, &page);
	struct tpl_out o = site_out(&page, res);
	figures_list(&o, &page);
	return site_done(res, e);
}

static enum err_code make(const struct http_request *req, const struct figure_table **ret_t, struct err *e)
{
	const struct public_view *v = public_view_of(req);
	return figures_make(v->programme, v->activities, http_param(req, 0)->text, DATE_NONE, req->arena, ret_t, e);
}

static enum err_code page_figure(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct figure_table *t;
	struct figure_view v = {0};
	enum lang l = (enum lang)req->lang;
	TRY(make(req, &t, e));
	site_page_open(req, SITE_FIGURES, i18n_text(l, t->title), i18n_text(l, t->definition), &page);
	site_page_crumb(&page, i18n_text(l, MSG("Figures")), STR("/figures"));
	TRY(draw(&page, t, &v, e));
	struct tpl_out o = site_out(&page, res);
	figure_page(&o, &page, &v);
	return site_done(res, e);
}

/* ---- files and API ---- */

static enum err_code send_csv(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct figure_table *t;
	TRY(make(req, &t, e));
	res->type = "text/csv; charset=utf-8";
	res->file_name = arena_fmt(req->arena, "grutto-%s.csv", t->name);
	return figure_write_csv(t, &res->body, e);
}

static enum err_code send_json(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct figure_table *t;
	TRY(make(req, &t, e));
	res->type = "application/json";
	return figure_write_json(t, &res->body, e);
}

static enum err_code send_xlsx(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct figure_table *t;
	const struct public_view *v = public_view_of(req);
	int fd;
	TRY(make(req, &t, e));
	TRY(figure_write_xlsx(t, v->source[LANG_EN], v->made_ms, req->arena, &fd, e));
	off_t end = lseek(fd, 0, SEEK_END);
	(void)lseek(fd, 0, SEEK_SET);
	res->fd = fd; /* taken, also when we fail below */
	if (end < 0)
		return fail(e, ERR_IO, "figures.file", "the spreadsheet could not be read back");
	res->fd_bytes = (uint64_t)end;
	res->type = table_format_type(TABLE_XLSX);
	res->file_name = arena_fmt(req->arena, "grutto-%s.xlsx", t->name);
	return ERR_OK;
}

static const struct http_route routes[] = {
    {HTTP_GET, "/figures", page_figures, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/figures/{name:slug}", page_figure, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.example = "/figures/spending"},
    {HTTP_GET, "/data/figures/{name:slug}.csv", send_csv, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "One published table", .produces = "text/csv; charset=utf-8", .example = "/data/figures/spending.csv"},
    {HTTP_GET, "/data/figures/{name:slug}.xlsx", send_xlsx, .lane = HTTP_SLOW, .cache = HTTP_CACHE_VALIDATE,
	.summary = "One published table",
	.produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	.example = "/data/figures/spending.xlsx"},
    {HTTP_GET, "/data/figures/{name:slug}.json", send_json, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "One published table", .produces = "application/json", .example = "/data/figures/spending.json"},
    {HTTP_GET, "/api/v1/figures/{name:slug}", send_json, .cache = HTTP_CACHE_SNAPSHOT,
	.summary = "One published table", .produces = "application/json", .example = "/api/v1/figures/spending"},
};

struct http_routes figures_routes(void)
{
	return HTTP_ROUTES(routes);
}
