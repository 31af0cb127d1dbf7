/* /data: lists and selections as files to take away. */
#include "feat/opendata/opendata.h"

#include <unistd.h>

#include "feat/opendata/rows.h"
#include "feat/site/public.h"

static enum err_code file_name(struct http_request *req, struct http_response *res, const char *name,
    const char *extension, struct err *e)
{
	res->file_name = arena_fmt(req->arena, "grutto-%s.%s", name, extension);
	return res->file_name.p ? ERR_OK : arena_fail(req->arena, e);
}

/* Answer with the rows of source: CSV and JSON piece by piece, a spreadsheet as a file. */
static enum err_code send_rows(struct http_request *req, struct http_response *res, enum table_format f,
    const struct table_source *source, const struct table_info *info, struct err *e)
{
	static const char *const extensions[] = {"csv", "json", "xlsx"};
	TRY(file_name(req, res, info->name, extensions[f], e));
	res->type = table_format_type(f);
	res->modified_ms = info->made_ms;
	if (f != TABLE_XLSX) {
		struct table_stream *stream;
		TRY(table_stream_open(f, source, info, req->arena, &stream, e));
		res->stream = (struct http_stream){.next = table_stream_next, .ctx = stream};
		return ERR_OK;
	}
	int fd;
	TRY(table_write_xlsx(source, info, &fd, e));
	off_t end = lseek(fd, 0, SEEK_END);
	if (end < 0 || lseek(fd, 0, SEEK_SET) != 0) {
		(void)close(fd);
		return fail(e, ERR_IO, "data.file", "the spreadsheet could not be read back");
	}
	res->fd = fd;
	res->fd_bytes = (uint64_t)end;
	return ERR_OK;
}

static enum err_code send_list(struct http_request *req, struct http_response *res, enum table_format f,
    struct err *e)
{
	str name = http_param(req, 0)->text;
	const struct opendata_list *list = opendata_list_find(name);
	struct table_source source;
	if (!list)
		return fail(e, ERR_NOT_FOUND, "data.list", "there is no list %.*s", STR_ARG(name));
	struct table_info info =
	    opendata_info(public_view_of(req), list->name, list->title, list->description);
	TRY(opendata_list_source(list, public_view_of(req), req->arena, &source, e));
	return send_rows(req, res, f, &source, &info, e);
}

static enum err_code list_csv(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_list(req, res, TABLE_CSV, e);
}

static enum err_code list_json(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_list(req, res, TABLE_JSON, e);
}

static enum err_code list_xlsx(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_list(req, res, TABLE_XLSX, e);
}

/* The whole selection, unless a page of it is asked for. */
static enum err_code send_selection(struct http_request *req, struct http_response *res, bool own,
    enum table_format f, struct err *e)
{
	struct activity_filter filter;
	struct selection *s = ARENA_NEW(req->arena, struct selection);
	struct table_source source;
	if (!s)
		return arena_fail(req->arena, e);
	register_filter_read(req, &filter);
	if (!http_has(req, "page") && !http_has(req, "rows")) {
		filter.offset = 0;
		filter.limit = SIZE_MAX;
	}
	TRY(register_find(req, own, &filter, req->arena, s, e));
	TRY(opendata_selection_source(s, public_view_of(req), own, req->arena, &source, e));
	struct table_info info = own
	    ? opendata_info(public_view_of(req), "activities", "Activities", "Activities of the programme.")
	    : opendata_info(public_view_of(req), "comparison", "Comparison activities",
		  "Activities imported from published IATI files, for comparison only.");
	return send_rows(req, res, f, &source, &info, e);
}

static enum err_code activities_csv(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_selection(req, res, true, TABLE_CSV, e);
}

static enum err_code activities_json(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_selection(req, res, true, TABLE_JSON, e);
}

static enum err_code activities_xlsx(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_selection(req, res, true, TABLE_XLSX, e);
}

static enum err_code comparison_csv(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_selection(req, res, false, TABLE_CSV, e);
}

static enum err_code comparison_json(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_selection(req, res, false, TABLE_JSON, e);
}

static enum err_code comparison_xlsx(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_selection(req, res, false, TABLE_XLSX, e);
}

#define SELECTION(path, fn, text, media)                                                           \
	{                                                                                          \
		HTTP_GET, path, fn, .lane = HTTP_BULK, .cache = HTTP_CACHE_VALIDATE,               \
		    .fields = register_filter_fields, .summary = text, .produces = media           \
	}
#define LIST(path, fn, media, sample)                                                              \
	{                                                                                          \
		HTTP_GET, path, fn, .lane = HTTP_BULK, .cache = HTTP_CACHE_VALIDATE,               \
		    .summary = "A whole list of the programme", .produces = media, .example = sample \
	}
#define CSV_TYPE "text/csv; charset=utf-8"
#define JSON_TYPE "application/json"
#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static const struct http_route routes[] = {
    SELECTION("/data/activities.csv", activities_csv, "A selection of activities", CSV_TYPE),
    SELECTION("/data/activities.json", activities_json, "A selection of activities", JSON_TYPE),
    SELECTION("/data/activities.xlsx", activities_xlsx, "A selection of activities", XLSX_TYPE),
    SELECTION("/data/comparison.csv", comparison_csv, "A selection of comparison activities", CSV_TYPE),
    SELECTION("/data/comparison.json", comparison_json, "A selection of comparison activities", JSON_TYPE),
    SELECTION("/data/comparison.xlsx", comparison_xlsx, "A selection of comparison activities", XLSX_TYPE),
    LIST("/data/{name:slug}.csv", list_csv, CSV_TYPE, "/data/organisations.csv"),
    LIST("/data/{name:slug}.json", list_json, JSON_TYPE, "/data/organisations.json"),
    LIST("/data/{name:slug}.xlsx", list_xlsx, XLSX_TYPE, "/data/organisations.xlsx"),
};

struct http_routes opendata_data_routes(void)
{
	return HTTP_ROUTES(routes);
}
