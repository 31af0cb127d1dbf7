/* A pack's files into memory, and how faults are worded. */
#include "feat/programme/pack.h"

#include <dirent.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

static void report(struct pack_reader *r, struct pack_fault *f, const char *cure)
{
	(void)snprintf(f->cure, sizeof f->cure, "%s", cure);
	r->faults++;
	if (r->on_fault)
		r->on_fault(r->ctx, f);
}

PRINTF_LIKE(8, 0)
static void raise_at(struct pack_reader *r, const char *id, const char *file, uint32_t line,
    uint32_t col, const char *field, const char *cure, const char *fmt, va_list args)
{
	char detail[sizeof((struct err *)0)->detail];
	(void)vsnprintf(detail, sizeof detail, fmt, args);
	struct pack_fault f = {0};
	(void)fail(&f.at, ERR_INVALID, id, "%s", detail);
	(void)snprintf(f.at.file, sizeof f.at.file, "%s/%s", r->dir, file);
	f.at.line = line;
	f.at.col = col;
	(void)err_field(&f.at, field);
	report(r, &f, cure);
}

void pack_fault(struct pack_reader *r, const char *id, const char *file, uint32_t line,
    uint32_t col, const char *cure, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	raise_at(r, id, file, line, col, "", cure, fmt, args);
	va_end(args);
}

void pack_fault_cell(struct pack_reader *r, const char *id, enum pack_table_id t, size_t row,
    size_t column, const char *cure, const char *fmt, ...)
{
	const struct pack_cell *c = pack_at(r->p, t, row, column);
	char file[PACK_PATH_MAX];
	pack_path(t, file);
	va_list args;
	va_start(args, fmt);
	raise_at(
	    r, id, file, c->line, c->col, pack_tables[t].columns[column].name, cure, fmt, args);
	va_end(args);
}

void pack_fault_err(struct pack_reader *r, const struct err *e, const char *cure)
{
	struct pack_fault f = {.at = *e};
	report(r, &f, cure);
}

str pack_get(const struct pack *p, enum pack_table_id t, size_t row, const char *column)
{
	return pack_at(p, t, row, (size_t)pack_column_of(t, str_of(column)))->text;
}

enum err_code pack_read_file(
    struct pack_reader *r, const char *file, struct buf *b, bool *ret_there, struct err *e)
{
	struct err local = {0};
	enum err_code code = r->files.open(r->files.ctx, file, b, &local);
	*ret_there = code == ERR_OK;
	if (code == ERR_NOMEM)
		return fail(e, code, local.id, "%s", local.detail);
	if (code != ERR_OK) {
		if (code == ERR_NOT_FOUND)
			pack_fault(r, "pack.missing_file", file, 0, 0,
			    "Put the file there, or restore it from the pack's source.",
			    "the file is missing");
		else if (code == ERR_LIMIT)
			pack_fault(r, "pack.large_file", file, 0, 0,
			    "Split the programme, or leave out what does not belong to it.",
			    "the file is larger than %d bytes", PACK_FILE_BYTES);
		else
			pack_fault(r, "pack.unreadable", file, 0, 0, "Make it a readable file.",
			    "%s", local.detail);
		return ERR_OK;
	}
	sha256_add(&r->hash, str_of(file));
	sha256 content =
	    sha256_of(buf_str(b)); /* of fixed length, so that names and contents do not mix */
	sha256_add(&r->hash, (str){(const char *)content.b, sizeof content.b});
	return ERR_OK;
}

static const char *csv_cure(const struct err *e)
{
	if (strcmp(e->id, "csv.utf8") == 0)
		return "Save the file as UTF-8.";
	if (strcmp(e->id, "csv.nul") == 0)
		return "Remove the NUL byte.";
	if (strcmp(e->id, "csv.cr") == 0)
		return "End lines with CRLF or LF.";
	return "Put the cell in double quotes and write a quote inside it twice.";
}

/* One table while it is read. */
struct table_reading {
	struct pack_reader *r;
	enum pack_table_id id;
	const struct pack_table *t;
	char file[PACK_PATH_MAX];
	struct csv_reader *csv;
	int of_header[PACK_COLUMNS_MAX *
	              2]; /* declared column of each column in the file, -1: none */
	size_t n_header;
	VEC(struct pack_cell) cells;
	size_t rows;
};

static bool read_header(struct table_reading *x, const struct csv_record *h)
{
	bool seen[PACK_COLUMNS_MAX] = {0}, good = true;
	x->n_header = h->n;
	if (h->n > sizeof x->of_header / sizeof x->of_header[0]) {
		pack_fault(x->r, "pack.columns", x->file, h->line, 1,
		    "Keep the columns that docs/packs.md lists.", "%zu columns are too many", h->n);
		return false;
	}
	for (size_t i = 0; i < h->n; i++) {
		const struct csv_field *f = &h->fields[i];
		int c = pack_column_of(x->id, f->text);
		x->of_header[i] = c;
		if (c < 0 || seen[c]) {
			pack_fault(x->r, c < 0 ? "pack.unknown_column" : "pack.twice_column",
			    x->file, f->line, f->col, "Remove the column, or correct its name.",
			    "column \"%.*s\" %s", STR_ARG(pack_show(f->text)),
			    c < 0 ? "is unknown" : "is there twice");
			good = false;
			continue;
		}
		seen[c] = true;
	}
	for (size_t i = 0; i < x->t->n; i++)
		if (!seen[i]) {
			pack_fault(x->r, "pack.missing_column", x->file, h->line, 1,
			    "Add the column to the first line and to each row.",
			    "column \"%s\" is missing", x->t->columns[i].name);
			good = false;
		}
	return good;
}

static enum err_code read_row(struct table_reading *x, const struct csv_record *rec, struct err *e)
{
	if (rec->n != x->n_header) {
		pack_fault(x->r, "pack.cells", x->file, rec->line, 1,
		    "Give each row as many cells as the first line has.",
		    "the row has %zu cells, the first line %zu", rec->n, x->n_header);
		return ERR_OK;
	}
	if (x->rows >= PACK_ROWS_MAX)
		return fail(e, ERR_LIMIT, "pack.rows", "%s has more than %d rows", x->file,
		    PACK_ROWS_MAX);
	size_t base = x->cells.n;
	for (size_t i = 0; i < x->t->n; i++)
		if (!VEC_ADD(&x->cells, x->r->a))
			return arena_fail(x->r->a, e);
	for (size_t i = 0; i < rec->n; i++) {
		struct pack_cell *c = &x->cells.p[base + (size_t)x->of_header[i]];
		*c = (struct pack_cell){arena_str(x->r->a, rec->fields[i].text),
		    rec->fields[i].line, rec->fields[i].col};
		if (!c->text.p)
			return arena_fail(x->r->a, e);
	}
	x->rows++;
	return ERR_OK;
}

static enum err_code read_records(struct table_reading *x, struct err *e)
{
	bool header = false, good = false;
	for (;;) {
		struct csv_record rec;
		bool more = false;
		struct err local = {0};
		enum err_code code = csv_next(x->csv, &rec, &more, &local);
		if (code == ERR_INVALID) {
			pack_fault_err(x->r, &local, csv_cure(&local));
			if (!header) /* the first line itself cannot be read: nothing after it has a
			                meaning */
				return ERR_OK;
			continue;
		}
		if (code != ERR_OK)
			return fail(e, code, local.id, "%s: %s", x->file, local.detail);
		if (!more)
			break;
		if (!header) {
			header = true;
			good = read_header(x, &rec);
			if (!good)
				return ERR_OK;
			continue;
		}
		TRY(read_row(x, &rec, e));
	}
	if (!header)
		pack_fault(x->r, "pack.empty_file", x->file, 1, 1,
		    "Give it at least the line with the column names.", "the file is empty");
	x->r->p->rows[x->id] = (struct pack_rows){.cells = x->cells.p, .n = x->rows, .read = good};
	return ERR_OK;
}

static void csv_autoclose(struct csv_reader **r)
{
	csv_close(*r);
}

/* An optional file may be absent. */
static enum err_code read_or_skip(struct table_reading *x, struct buf *text, bool *ret_there, struct err *e)
{
	struct err local = {0};
	if (x->t->optional &&
	    x->r->files.open(x->r->files.ctx, x->file, text, &local) == ERR_NOT_FOUND)
		return ERR_OK;
	buf_clear(text);
	return pack_read_file(x->r, x->file, text, ret_there, e);
}

static enum err_code read_table(struct pack_reader *r, enum pack_table_id id, struct err *e)
{
	struct table_reading x = {.r = r, .id = id, .t = &pack_tables[id]};
	pack_path(id, x.file);
	AUTO_BUF text = BUF_INIT(PACK_FILE_BYTES);
	bool there = false;
	TRY(read_or_skip(&x, &text, &there, e));
	if (!there)
		return ERR_OK;
	str name = arena_fmt(r->a, "%s/%s", r->dir, x.file);
	if (!name.p)
		return arena_fail(r->a, e);
	str rest = buf_str(&text);
	struct csv_options o = {.file = name.p, .chunk_bytes = text.n};
	__attribute__((cleanup(csv_autoclose))) struct csv_reader *csv = NULL;
	TRY(csv_open(source_str(&rest), &o, &csv, e));
	x.csv = csv;
	return read_records(&x, e);
}

/* Keys of the first columns, for references. A second row with the same key stays out: the check of
 * keys reports it. */
static enum err_code index_table(struct pack_reader *r, enum pack_table_id id, struct err *e)
{
	struct pack_rows *rows = &r->p->rows[id];
	rows->keys = map_new(r->a, 0x9e3779b97f4a7c15u);
	if (!rows->keys)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < rows->n; i++) {
		const struct pack_cell *c = pack_at(r->p, id, i, 0);
		void *mark = (void *)(uintptr_t)c;
		if (c->text.n && !map_get(rows->keys, c->text) &&
		    !map_set(rows->keys, c->text, mark, NULL))
			return arena_fail(r->a, e);
	}
	return ERR_OK;
}

enum err_code pack_read_tables(struct pack_reader *r, struct err *e)
{
	for (int t = 0; t < PACK_TABLES; t++) {
		TRY(read_table(r, (enum pack_table_id)t, e));
		TRY(index_table(r, (enum pack_table_id)t, e));
	}
	return ERR_OK;
}

static void on_other_fault(void *ctx, const struct pack_fault *f)
{
	struct pack_reader *r = ctx;
	r->faults += !f->warning;
	if (r->on_fault)
		r->on_fault(r->ctx, f);
}

enum err_code pack_read_from(const struct pack_files *files, const char *dir, struct arena *a,
    pack_fault_fn on_fault, void *ctx, const struct pack **ret_pack, struct err *e)
{
	struct pack_reader r = {.dir = dir,
	    .files = *files,
	    .a = a,
	    .on_fault = on_fault,
	    .ctx = ctx,
	    .p = ARENA_NEW(a, struct pack)};
	if (!r.p)
		return arena_fail(a, e);
	sha256_begin(&r.hash);
	r.p->dir = str_of(dir);
	TRY(pack_read_yaml(&r, e));
	TRY(pack_read_tables(&r, e));
	TRY(pack_read_decisions(&r, e));
	TRY(pack_read_prices(&r, e));
	r.p->hash = sha256_end(&r.hash);
	pack_check_cells(&r);
	TRY(pack_check_rules(&r, e));
	pack_check_names(&r);
	TRY(pack_check_graphs(&r, e));
	TRY(pack_check_indicators(&r, e));
	TRY(pack_check_sums(&r, e));
	if (files->also)
		TRY(files->also(r.p, a, on_other_fault, &r, e));
	if (r.faults)
		return fail(e, ERR_INVALID, "pack.faults",
		    "the pack has %zu fault%s; nothing is loaded from it", r.faults,
		    r.faults == 1 ? "" : "s");
	*ret_pack = r.p;
	return ERR_OK;
}

static enum err_code open_in_folder(void *ctx, const char *file, struct buf *b, struct err *e)
{
	AUTO_BUF path = BUF_INIT(PATH_MAX);
	buf_addf(&path, "%s/%s", (const char *)ctx, file);
	TRY(buf_check(&path, e));
	return file_read(path.p, b, e);
}

static enum err_code list_folder(
    void *ctx, const char *folder, struct arena *a, str **ret, size_t *ret_n, struct err *e)
{
	VEC(str) names = {0};
	AUTO_BUF path = BUF_INIT(PATH_MAX);
	buf_addf(&path, "%s/%s", (const char *)ctx, folder);
	TRY(buf_check(&path, e));
	DIR *d = opendir(path.p);
	bool full = false;
	for (struct dirent *x; d && !full && (x = readdir(d));) {
		str *name = names.n < PACK_ROWS_MAX ? VEC_ADD(&names, a) : NULL;
		full = !name || !(*name = arena_str(a, str_of(x->d_name))).p;
	}
	if (d)
		(void)closedir(d);
	if (full)
		return fail(e, ERR_LIMIT, "pack.files", "there are too many files in %s", path.p);
	*ret = names.p;
	*ret_n = names.n;
	return ERR_OK;
}

enum err_code pack_read_also(const char *dir, pack_also_fn also, struct arena *a, pack_fault_fn on_fault, void *ctx,
    const struct pack **ret_pack, struct err *e)
{
	/* The name of the folder, only read. */
	struct pack_files files = {
	    .open = open_in_folder, .ctx = (void *)(uintptr_t)dir, .list = list_folder, .also = also};
	TRY(pack_check_folder(dir, e));
	return pack_read_from(&files, dir, a, on_fault, ctx, ret_pack, e);
}

enum err_code pack_read(const char *dir, struct arena *a, pack_fault_fn on_fault, void *ctx,
    const struct pack **ret_pack, struct err *e)
{
	return pack_read_also(dir, NULL, a, on_fault, ctx, ret_pack, e);
}

/* ---- a read pack ---- */

void pack_place(const struct pack *p, const char *file, size_t row, const char *column, struct err *e)
{
	enum pack_table_id t = pack_table_of(str_of(file));
	const struct pack_cell *c = pack_at(p, t, row, (size_t)pack_column_of(t, str_of(column)));
	char path[PACK_PATH_MAX];
	pack_path(t, path);
	(void)snprintf(e->file, sizeof e->file, "%.*s/%s", STR_ARG(p->dir), path);
	e->line = c->line;
	e->col = c->col;
	(void)err_field(e, column);
}

str pack_folder(const struct pack *p)
{
	return p->dir;
}

int64_t pack_number(const struct pack *p)
{
	return p->number;
}

str pack_slug(const struct pack *p)
{
	return p->slug;
}

str pack_name(const struct pack *p)
{
	return p->name.en;
}

str pack_description(const struct pack *p)
{
	return p->description.en;
}

str pack_version(const struct pack *p)
{
	return p->version;
}

const char *pack_currency(const struct pack *p)
{
	return p->currency.p; /* a node of the YAML text, followed by a NUL: see pack_read_yaml */
}

size_t pack_row_count(const struct pack *p, const char *file)
{
	return p->rows[pack_table_of(str_of(file))].n;
}

size_t pack_row_total(const struct pack *p)
{
	size_t n = 0;
	for (size_t t = 0; t < PACK_TABLES; t++)
		n += p->rows[t].n;
	return n;
}

str pack_value(const struct pack *p, const char *file, size_t row, const char *column)
{
	return pack_get(p, pack_table_of(str_of(file)), row, column);
}
