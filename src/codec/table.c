#include "codec/table.h"

#include "codec/csv.h"
#include "codec/json.h"
#include "codec/xlsx.h"

struct table_stream {
	enum table_format format;
	struct table_source source;
	struct table_info info;
	bool begun, done;
	struct csv_writer csv;
	struct json_writer json;
	struct buf *out; /* of the running table_stream_next */
};

bool table_format_parse(str s, enum table_format *ret_format)
{
	static const char *const names[] = {"csv", "json", "xlsx"};
	for (size_t i = 0; i < 3; i++) {
		if (str_is(s, names[i])) {
			*ret_format = (enum table_format)i;
			return true;
		}
	}
	return false;
}

const char *table_format_type(enum table_format f)
{
	switch (f) {
	case TABLE_CSV:
		return "text/csv; charset=utf-8";
	case TABLE_JSON:
		return "application/json";
	case TABLE_XLSX:
		break;
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

static const char *type_name(enum table_type t)
{
	static const char *const names[] = {
	    "text", "integer", "decimal", "money", "date", "boolean"};
	return names[t];
}

/* ---- CSV ---- */

static void csv_header(struct csv_writer *w, const struct table_source *s)
{
	for (size_t i = 0; i < s->n_columns; i++)
		csv_write_str(w, str_of(s->columns[i].name));
	csv_write_end(w);
}

static void csv_decimal(struct csv_writer *w, decimal d)
{
	AUTO_BUF text = BUF_INIT(128);
	buf_add_decimal(&text, d);
	csv_write_str(w, buf_str(&text));
}

static void csv_cell(struct csv_writer *w, enum table_type type, const struct table_cell *c)
{
	if (c->missing) {
		csv_write_none(w);
		return;
	}
	switch (type) {
	case TABLE_TEXT:
		csv_write_str(w, c->text);
		break;
	case TABLE_INTEGER:
		csv_write_i64(w, c->integer);
		break;
	case TABLE_DECIMAL:
		csv_decimal(w, c->number);
		break;
	case TABLE_MONEY:
		csv_write_money(w, c->amount);
		break;
	case TABLE_DATE:
		csv_write_pdate(w, c->date);
		break;
	case TABLE_BOOL:
		csv_write_str(w, c->yes ? STR("yes") : STR("no"));
		break;
	}
}

/* ---- JSON ---- */

static void json_head(
    struct json_writer *w, const struct table_source *s, const struct table_info *info)
{
	AUTO_BUF made = BUF_INIT(64);
	buf_add_instant(&made, info->made_ms);
	jw_object(w);
	jw_key(w, "name");
	jw_str(w, str_of(info->name));
	jw_key(w, "title");
	jw_str(w, info->title);
	jw_key(w, "description");
	jw_str(w, info->description);
	jw_key(w, "source");
	jw_str(w, info->source);
	jw_key(w, "licence");
	jw_str(w, info->licence);
	jw_key(w, "made");
	jw_str(w, buf_str(&made));
	jw_key(w, "fields");
	jw_array(w);
	for (size_t i = 0; i < s->n_columns; i++) {
		const struct table_column *c = &s->columns[i];
		jw_object(w);
		jw_key(w, "name");
		jw_str(w, str_of(c->name));
		jw_key(w, "type");
		jw_str(w, str_of(type_name(c->type)));
		jw_key(w, "unit");
		jw_str(w, str_of(c->unit));
		jw_key(w, "definition");
		jw_str(w, str_of(c->definition));
		jw_object_end(w);
	}
	jw_array_end(w);
	jw_key(w, "rows");
	jw_array(w);
}

static void json_cell(struct json_writer *w, enum table_type type, const struct table_cell *c)
{
	AUTO_BUF digits = BUF_INIT(128);
	if (c->missing) {
		jw_null(w);
		return;
	}
	switch (type) {
	case TABLE_TEXT:
		jw_str(w, c->text);
		break;
	case TABLE_INTEGER:
		jw_i64(w, c->integer);
		break;
	case TABLE_DECIMAL:
		buf_add_decimal(&digits, c->number);
		jw_decimal(w, buf_str(&digits));
		break;
	case TABLE_MONEY:
		jw_money(w, c->amount);
		break;
	case TABLE_DATE:
		jw_pdate(w, c->date);
		break;
	case TABLE_BOOL:
		jw_bool(w, c->yes);
		break;
	}
}

void table_json_row(struct json_writer *w, const struct table_column *columns, size_t n,
    const struct table_cell *cells)
{
	jw_object(w);
	for (size_t i = 0; i < n; i++) {
		jw_key(w, columns[i].name);
		json_cell(w, columns[i].type, &cells[i]);
	}
	jw_object_end(w);
}

/* ---- both, piece by piece ---- */

/* The writers' sink: whatever piece is being made now. */
static enum err_code write_piece(void *ctx, str bytes, struct err *e)
{
	struct table_stream *s = ctx;
	buf_add(s->out, bytes);
	return buf_check(s->out, e);
}

enum err_code table_stream_open(enum table_format f, const struct table_source *source,
    const struct table_info *info, struct arena *a, struct table_stream **ret_s, struct err *e)
{
	if (f == TABLE_XLSX)
		return fail(e, ERR_INVALID, "table.format", "a spreadsheet is made as a whole");
	struct table_stream *s = ARENA_NEW(a, struct table_stream);
	if (!s)
		return arena_fail(a, e);
	*s = (struct table_stream){.format = f, .source = *source, .info = *info};
	*ret_s = s;
	return ERR_OK;
}

static void begin(struct table_stream *s)
{
	struct sink to = {write_piece, s};
	s->begun = true;
	if (s->format == TABLE_CSV) {
		csv_begin(&s->csv, to, true);
		csv_header(&s->csv, &s->source);
	} else {
		jw_begin(&s->json, to);
		json_head(&s->json, &s->source, &s->info);
	}
}

static void put_row(struct table_stream *s, const struct table_cell *cells)
{
	if (s->format == TABLE_CSV) {
		for (size_t i = 0; i < s->source.n_columns; i++)
			csv_cell(&s->csv, s->source.columns[i].type, &cells[i]);
		csv_write_end(&s->csv);
		return;
	}
	table_json_row(&s->json, s->source.columns, s->source.n_columns, cells);
}

static enum err_code end(struct table_stream *s, struct err *e)
{
	s->done = true;
	if (s->format == TABLE_CSV)
		return csv_finish(&s->csv, e);
	jw_array_end(&s->json);
	jw_object_end(&s->json);
	return jw_finish(&s->json, e);
}

enum err_code table_stream_next(void *stream, struct buf *out, bool *ret_done, struct err *e)
{
	struct table_stream *s = stream;
	struct table_cell cells[TABLE_COLUMNS_MAX];
	size_t before = out->n;
	bool more = true;
	s->out = out;
	if (!s->begun)
		begin(s);
	while (more && out->n - before < TABLE_PIECE_BYTES) {
		memset(cells, 0, s->source.n_columns * sizeof cells[0]);
		TRY(s->source.next(s->source.ctx, cells, &more, e));
		if (more)
			put_row(s, cells);
	}
	if (!more && !s->done)
		TRY(end(s, e));
	*ret_done = s->done;
	return ERR_OK;
}

enum err_code table_write(enum table_format f, const struct table_source *source,
    const struct table_info *info, struct buf *out, struct err *e)
{
	AUTO_ARENA a = arena_new(1 << 20);
	struct table_stream *s;
	bool done = false;
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(table_stream_open(f, source, info, a, &s, e));
	while (!done)
		TRY(table_stream_next(s, out, &done, e));
	return buf_check(out, e);
}

/* ---- XLSX ---- */

static struct xlsx_column xlsx_column_of(const struct table_column *c)
{
	static const enum xlsx_type types[] = {
	    [TABLE_TEXT] = XLSX_TEXT,
	    [TABLE_INTEGER] = XLSX_INTEGER,
	    [TABLE_DECIMAL] = XLSX_NUMBER,
	    [TABLE_MONEY] = XLSX_MONEY,
	    [TABLE_DATE] = XLSX_TEXT, /* may be a year or a month alone: text keeps it as it is */
	    [TABLE_BOOL] = XLSX_TEXT,
	};
	return (struct xlsx_column){.title = str_of(c->name),
	    .type = types[c->type],
	    .decimals = c->type == TABLE_MONEY ? 2 : 4};
}

static void xlsx_cell(struct xlsx_writer *w, enum table_type type, const struct table_cell *c)
{
	AUTO_BUF text = BUF_INIT(64);
	if (c->missing) {
		xlsx_none(w);
		return;
	}
	switch (type) {
	case TABLE_TEXT:
		xlsx_text(w, c->text);
		break;
	case TABLE_INTEGER:
		xlsx_i64(w, c->integer);
		break;
	case TABLE_DECIMAL:
		xlsx_number(w, decimal_to_double(c->number));
		break;
	case TABLE_MONEY:
		xlsx_money(w, c->amount);
		break;
	case TABLE_DATE:
		buf_add_pdate(&text, c->date);
		xlsx_text(w, buf_str(&text));
		break;
	case TABLE_BOOL:
		xlsx_text(w, c->yes ? STR("yes") : STR("no"));
		break;
	}
}

static enum err_code xlsx_rows(struct xlsx_writer *w, const struct table_source *s, struct err *e)
{
	struct table_cell cells[TABLE_COLUMNS_MAX];
	for (;;) {
		bool more = true;
		memset(cells, 0, s->n_columns * sizeof cells[0]);
		TRY(s->next(s->ctx, cells, &more, e));
		if (!more)
			return ERR_OK;
		for (size_t i = 0; i < s->n_columns; i++)
			xlsx_cell(w, s->columns[i].type, &cells[i]);
		xlsx_end_row(w);
	}
}

enum { FACTS_FIXED = 5 };

enum err_code table_write_xlsx(
    const struct table_source *source, const struct table_info *info, int *ret_fd, struct err *e)
{
	struct xlsx_column columns[TABLE_COLUMNS_MAX];
	struct xlsx_fact facts[TABLE_COLUMNS_MAX + FACTS_FIXED];
	AUTO_BUF made = BUF_INIT(64);
	buf_add_instant(&made, info->made_ms);
	facts[0] = (struct xlsx_fact){STR("Title"), info->title};
	facts[1] = (struct xlsx_fact){STR("Description"), info->description};
	facts[2] = (struct xlsx_fact){STR("Source"), info->source};
	facts[3] = (struct xlsx_fact){STR("Licence"), info->licence};
	facts[4] = (struct xlsx_fact){STR("Made"), buf_str(&made)};
	for (size_t i = 0; i < source->n_columns; i++) {
		columns[i] = xlsx_column_of(&source->columns[i]);
		facts[FACTS_FIXED + i] = (struct xlsx_fact){
		    str_of(source->columns[i].name), str_of(source->columns[i].definition)};
	}
	struct xlsx_options options = {
	    .sheet = str_of(info->name),
	    .columns = columns,
	    .n_columns = source->n_columns,
	    .facts = facts,
	    .n_facts = FACTS_FIXED + source->n_columns,
	    .created_ms = info->made_ms,
	};
	struct xlsx_writer *w;
	TRY(xlsx_begin(&options, &w, e));
	enum err_code code = xlsx_rows(w, source, e);
	if (code != ERR_OK) {
		xlsx_abandon(w);
		return code;
	}
	return xlsx_finish(w, ret_fd, e);
}
