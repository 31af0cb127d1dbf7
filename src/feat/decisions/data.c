/* Models and tables as files to take away. */
#include <unistd.h>

#include "codec/table.h"
#include "feat/decisions/parts.h"
#include "feat/programme/programme.h"

/* The rows of a table: number, tests, outputs, annotations, all as written in the model. */
struct rows {
	const struct dmn_table *t;
	size_t at;
};

static enum err_code next_row(void *ctx, struct table_cell *cells, bool *ret_more, struct err *e)
{
	struct rows *x = ctx;
	(void)e;
	*ret_more = x->at < x->t->n_rules;
	if (!*ret_more)
		return ERR_OK;
	const struct dmn_rule *r = &x->t->rules[x->at++];
	size_t n = 0;
	cells[n++] = (struct table_cell){.integer = (int64_t)x->at};
	for (size_t i = 0; i < x->t->n_inputs; i++)
		cells[n++] = (struct table_cell){.text = str_trim(r->tests[i].text)};
	for (size_t i = 0; i < x->t->n_outputs; i++)
		cells[n++] = (struct table_cell){.text = str_trim(r->outputs[i].text)};
	for (size_t i = 0; i < x->t->n_annotations; i++)
		cells[n++] = (struct table_cell){.text = r->annotations[i]};
	return ERR_OK;
}

static const char *column_name(struct arena *a, const char *kind, str name, size_t i)
{
	str s = name.n ? arena_fmt(a, "%s: %.*s", kind, STR_ARG(name)) : arena_fmt(a, "%s: %zu", kind, i + 1);
	return s.p ? s.p : kind;
}

static enum err_code make_source(struct arena *a, const struct dmn_table *t, struct table_source *ret, struct err *e)
{
	size_t n = 0, all = 1 + t->n_inputs + t->n_outputs + t->n_annotations;
	struct rows *rows = ARENA_NEW(a, struct rows);
	struct table_column *c = ARENA_ARRAY(a, all, struct table_column);
	if (!rows || !c)
		return arena_fail(a, e);
	if (all > TABLE_COLUMNS_MAX)
		return fail(e, ERR_LIMIT, "decisions.columns", "the table has more than %d columns: take the DMN file", TABLE_COLUMNS_MAX);
	rows->t = t;
	c[n++] = (struct table_column){"row", TABLE_INTEGER, NULL, "Number of the row."};
	for (size_t i = 0; i < t->n_inputs; i++)
		c[n++] = (struct table_column){column_name(a, "input", str_trim(t->inputs[i].expression.text), i), TABLE_TEXT, NULL,
		    "A test of the input, in FEEL."};
	for (size_t i = 0; i < t->n_outputs; i++)
		c[n++] = (struct table_column){column_name(a, "output", t->outputs[i].name, i), TABLE_TEXT, NULL, "The outcome, in FEEL."};
	for (size_t i = 0; i < t->n_annotations; i++)
		c[n++] = (struct table_column){column_name(a, "annotation", t->annotations[i], i), TABLE_TEXT, NULL, "A remark or source."};
	*ret = (struct table_source){.columns = c, .n_columns = n, .next = next_row, .ctx = rows};
	return ERR_OK;
}

/* The first table in a decision's or function's logic. */
static const struct dmn_table *table_of(const struct dmn_expr *x)
{
	if (x && x->kind == DMN_FUNCTION && x->n_parts)
		x = x->parts[0].expr;
	if (x && x->kind == DMN_TABLE)
		return x->table;
	for (size_t i = 0; x && i < x->n_parts; i++)
		if (x->parts[i].expr && x->parts[i].expr->kind == DMN_TABLE)
			return x->parts[i].expr->table;
	return NULL;
}

static enum err_code find_version(const struct http_request *req, const struct decision_version **ret, struct err *e)
{
	const struct decisions_view *all = public_view_of(req)->decisions;
	str key = http_param(req, 0)->text;
	int64_t number = http_int(req, "version", 0);
	*ret = number ? decisions_version(all, key, number) : decisions_newest(all, key);
	return *ret ? ERR_OK : fail(e, ERR_NOT_FOUND, "decisions.model", "there is no such decision model, or no such version of it");
}

static enum err_code find_table(const struct http_request *req, const struct decision_version **ret_v,
    const struct dmn_table **ret_t, struct err *e)
{
	str name = http_param(req, 1)->text;
	TRY(find_version(req, ret_v, e));
	for (size_t i = 0; (*ret_v)->model && i < (*ret_v)->model->n_elements; i++) {
		const struct dmn_element *x = &(*ret_v)->model->elements[i];
		*ret_t = str_eq(x->name, name) ? table_of(x->expr) : NULL;
		if (*ret_t)
			return ERR_OK;
	}
	return fail(e, ERR_NOT_FOUND, "decisions.table", "the model has no such table");
}

static enum err_code send_xlsx(struct http_response *res, const struct table_source *source, const struct table_info *info,
    struct err *e)
{
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

enum err_code decisions_send_table(struct http_request *req, struct http_response *res, enum decisions_format format,
    const struct dmn_table *t, str key, str name, int64_t number, str legal_basis, struct err *e)
{
	static const enum table_format formats[] = {
	    [DECISIONS_CSV] = TABLE_CSV, [DECISIONS_JSON] = TABLE_JSON, [DECISIONS_XLSX] = TABLE_XLSX};
	static const char *const extensions[] = {[DECISIONS_CSV] = "csv", [DECISIONS_JSON] = "json", [DECISIONS_XLSX] = "xlsx"};
	struct table_source source;
	TRY(make_source(req->arena, t, &source, e));
	struct table_info info = {.name = "decision-table", .title = name, .description = str_of(words_policy_meaning(t->policy)),
	    .source = legal_basis, .licence = STR(""), .made_ms = public_view_of(req)->made_ms};
	res->type = table_format_type(formats[format]);
	res->modified_ms = info.made_ms;
	res->file_name = arena_fmt(req->arena, "%.*s-%.*s-%lld.%s", STR_ARG(key), STR_ARG(name), (long long)number, extensions[format]);
	if (format == DECISIONS_XLSX)
		return send_xlsx(res, &source, &info, e);
	return table_write(formats[format], &source, &info, &res->body, e);
}

static enum err_code send_table(struct http_request *req, struct http_response *res, enum decisions_format f, struct err *e)
{
	const struct decision_version *v;
	const struct dmn_table *t;
	TRY(find_table(req, &v, &t, e));
	return decisions_send_table(req, res, f, t, v->source.key, http_param(req, 1)->text, v->source.number,
	    v->source.legal_basis, e);
}

enum err_code data_decision_csv(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_table(req, res, DECISIONS_CSV, e);
}

enum err_code data_decision_json(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_table(req, res, DECISIONS_JSON, e);
}

enum err_code data_decision_xlsx(struct http_request *req, struct http_response *res, struct err *e)
{
	return send_table(req, res, DECISIONS_XLSX, e);
}

enum err_code data_decision_dmn(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct decision_version *v;
	TRY(find_version(req, &v, e));
	res->type = "application/xml";
	res->bytes = v->source.xml;
	res->modified_ms = public_view_of(req)->made_ms;
	res->file_name = arena_fmt(req->arena, "%.*s-%lld.dmn", STR_ARG(v->source.key), (long long)v->source.number);
	return ERR_OK;
}
