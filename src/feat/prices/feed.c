/* CSV and JSON feeds into cells by column; feed_rows.c makes rows of them. */
#include "base/map.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "feat/prices/feed_inside.h"

#include <stdio.h>

const char *const feed_kind_names[FEED_KINDS] = {
    [FEED_PROVIDERS] = "providers",
    [FEED_OFFERS] = "offers",
    [FEED_LOCATIONS] = "locations",
    [FEED_SHARES] = "market_shares",
    [FEED_PROMOTIONS] = "promotions",
    [FEED_CALENDARS] = "calendars",
    [FEED_HOLIDAYS] = "holidays",
    [FEED_EXPERIENCES] = "experiences",
};

static int column_of(enum feed_kind kind, str name)
{
	const struct feed_table *t = &feed_tables[kind];
	for (size_t i = 0; i < t->n; i++)
		if (str_is(name, t->columns[i].name))
			return (int)i;
	return -1;
}

/* Texts of an offer that stay when its record is gone. Those that many rows share are kept once: a feed of 120,000 offers says "EUR" as
 * often. */
static enum err_code keep_offer(struct map *shared, struct arena *a, struct feed_row *row, struct err *e)
{
	struct feed_offer *o = &row->offer;
	str *const often[] = {&o->provider, &o->send_country, &o->send_currency, &o->receive_country, &o->receive_currency, &o->product,
	    &o->access_point, &o->languages, &o->identification, &o->refunds, &o->collector, &row->correction},
	    *const own[] = {&o->key, &o->rate_text, &o->url};
	for (size_t i = 0; i < sizeof often / sizeof *often; i++) {
		if (!often[i]->p)
			continue;
		str kept = {map_get(shared, *often[i]), often[i]->n};
		if (!kept.p)
			kept = arena_str(a, *often[i]);
		if (!kept.p || !map_set(shared, kept, (void *)(uintptr_t)kept.p, NULL))
			return arena_fail(a, e);
		*often[i] = kept;
	}
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		if (!own[i]->p)
			continue;
		*own[i] = arena_str(a, *own[i]);
		if (!own[i]->p)
			return arena_fail(a, e);
	}
	return ERR_OK;
}

/* A row whose cells are there: give it, or say why it is refused. shared: the cells live until the next record; NULL: as long as the
 * arena. */
static enum err_code take(const struct feed_reading *r, struct feed_record *x, struct map *shared, struct err *e)
{
	struct err why = {0};
	struct feed_row *row = ARENA_NEW(r->a, struct feed_row);
	if (!row)
		return arena_fail(r->a, e);
	x->e = &why;
	enum err_code code = feed_convert(x, row);
	if (code == ERR_INVALID || code == ERR_LIMIT) {
		if (!why.line)
			(void)err_at(&why, r->file, x->line, x->col);
		return r->on_refused(r->ctx, &why, e);
	}
	if (code != ERR_OK) {
		*e = why;
		return code;
	}
	if (shared)
		TRY(keep_offer(shared, r->a, row, e));
	return r->on_row(r->ctx, row, e);
}

/* ---- CSV ---- */

struct csv_feed {
	const struct feed_reading *r;
	enum feed_kind kind;
	int of_header[FEED_COLUMNS_MAX]; /* declared column of each column of the file */
	size_t n;
	struct map *shared; /* of offers: texts of many rows */
};

static enum err_code header_error(const struct feed_reading *r, struct err *e, uint32_t line, uint32_t col, str name, const char *what)
{
	(void)fail(e, ERR_INVALID, "feed.header", "the column \"%.*s\" %s", (int)(name.n > 60 ? 60 : name.n), name.n ? name.p : "", what);
	return err_at(e, r->file, line, col);
}

static enum err_code read_header(struct csv_feed *f, const struct csv_record *h, struct err *e)
{
	const struct feed_table *t = &feed_tables[f->kind];
	bool seen[FEED_COLUMNS_MAX] = {0};
	f->n = h->n;
	if (h->n > FEED_COLUMNS_MAX)
		return header_error(f->r, e, h->line, 1, h->fields[FEED_COLUMNS_MAX].text, "is one too many");
	for (size_t i = 0; i < h->n; i++) {
		str name = str_trim(h->fields[i].text);
		int c = column_of(f->kind, name);
		if (c < 0)
			return header_error(f->r, e, h->line, h->fields[i].col, name, "is not known in this kind of feed");
		if (seen[c])
			return header_error(f->r, e, h->line, h->fields[i].col, name, "is there twice");
		seen[c] = true;
		f->of_header[i] = c;
	}
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].required && !seen[i])
			return header_error(f->r, e, h->line, 1, str_of(t->columns[i].name), "is missing");
	return ERR_OK;
}

static bool blank(const struct csv_record *rec)
{
	for (size_t i = 0; i < rec->n; i++)
		if (str_trim(rec->fields[i].text).n)
			return false;
	return true;
}

static enum err_code csv_row(const struct csv_feed *f, const struct csv_record *rec, struct err *e)
{
	const struct feed_reading *r = f->r;
	struct feed_cell cells[FEED_COLUMNS_MAX] = {0};
	if (blank(rec)) /* what a spreadsheet leaves behind its last row */
		return ERR_OK;
	if (rec->n != f->n) {
		struct err why;
		(void)fail(&why, ERR_INVALID, "feed.cells", "the row has %zu cells, the first line %zu", rec->n, f->n);
		(void)err_at(&why, r->file, rec->line, 1);
		return r->on_refused(r->ctx, &why, e);
	}
	for (size_t i = 0; i < FEED_COLUMNS_MAX; i++)
		cells[i] = (struct feed_cell){.line = rec->line, .col = 1};
	for (size_t i = 0; i < rec->n; i++) {
		const struct csv_field *from = &rec->fields[i];
		str text = str_trim(from->text);
		if (!f->shared)
			text = arena_str(r->a, text);
		if (!text.p)
			return arena_fail(r->a, e);
		cells[f->of_header[i]] = (struct feed_cell){text, from->line, from->col};
	}
	struct feed_record x = {.r = r, .kind = f->kind, .cells = cells, .line = rec->line, .col = 1};
	return take(r, &x, f->shared, e);
}

static str first_line(str text)
{
	ptrdiff_t end = str_find_char(text, '\n');
	str line = end < 0 ? text : str_sub(text, 0, (size_t)end);
	if (str_starts(line, STR("\xef\xbb\xbf")))
		line = str_sub(line, 3, line.n);
	return str_trim(line);
}

/* Spreadsheets of countries with decimal commas part cells by semicolons. */
static char separator_of(str line)
{
	return str_find_char(line, ',') < 0 && str_find_char(line, ';') >= 0 ? ';' : ',';
}

bool feed_is_csv(str text, enum feed_kind *ret_kind)
{
	str line = first_line(text), cell;
	char sep = separator_of(line);
	for (enum feed_kind k = 0; k < FEED_KINDS; k++) {
		bool all = true;
		for (size_t i = 0; i < feed_tables[k].n && all; i++) {
			bool there = !feed_tables[k].columns[i].required;
			struct str_split it = str_split_on(line, sep);
			while (!there && str_next(&it, &cell)) {
				cell = str_trim(cell);
				if (cell.n > 1 && cell.p[0] == '"')
					cell = str_sub(cell, 1, cell.n - 1);
				there = str_is(cell, feed_tables[k].columns[i].name);
			}
			all = there;
		}
		if (all) {
			*ret_kind = k;
			return true;
		}
	}
	return false;
}

static enum err_code csv_rows(struct csv_feed *f, struct csv_reader *csv, struct err *e)
{
	bool header = false;
	for (size_t n = 0;; n++) {
		struct csv_record rec;
		bool more = false;
		struct err why = {0};
		enum err_code code = csv_next(csv, &rec, &more, &why);
		if (code == ERR_INVALID && header) {
			TRY(f->r->on_refused(f->r->ctx, &why, e));
			continue;
		}
		if (code != ERR_OK) {
			*e = why;
			return code;
		}
		if (!more)
			return ERR_OK;
		if (n > FEED_ROWS_MAX)
			return fail(e, ERR_LIMIT, "feed.rows", "%s has more than %d rows", f->r->file, FEED_ROWS_MAX);
		TRY(header ? csv_row(f, &rec, e) : read_header(f, &rec, e));
		header = true;
	}
}

enum err_code feed_read_csv(str text, enum feed_kind kind, const struct feed_reading *r, struct err *e)
{
	struct csv_feed f = {.r = r, .kind = kind, .shared = kind == FEED_OFFERS ? map_new(r->a, kind) : NULL};
	struct csv_reader *csv = NULL;
	const struct csv_options options = {.file = r->file, .separator = separator_of(first_line(text))};
	str rest = text;
	if (kind == FEED_OFFERS && !f.shared)
		return arena_fail(r->a, e);
	TRY(csv_open(source_str(&rest), &options, &csv, e));
	enum err_code code = csv_rows(&f, csv, e);
	csv_close(csv);
	return code;
}

/* ---- JSON ---- */

/* A step {"upto": 500, "fixed": "4.90", "percent": "1.5", "least": 5, "most": 20} as a cell has it. */
static bool step_text(const struct json *step, struct buf *b)
{
	static const char *const members[] = {"upto", "fixed", "percent", "least", "most"};
	str v[5] = {{0}};
	if (step->kind != JSON_IS_OBJECT)
		return false;
	for (size_t i = 0; i < step->n; i++) {
		size_t m = 0;
		while (m < 5 && !str_is(step->keys[i], members[m]))
			m++;
		const struct json *item = &step->items[i];
		if (m == 5 || (item->kind != JSON_IS_NUMBER && item->kind != JSON_IS_STRING))
			return false;
		v[m] = item->text;
	}
	if (v[0].n)
		buf_addf(b, "to %.*s: ", STR_ARG(v[0]));
	if (v[1].n || !v[2].n)
		buf_add(b, v[1].n ? v[1] : STR("0"));
	if (v[2].n)
		buf_addf(b, "%s%.*s%%", v[1].n ? " + " : "", STR_ARG(v[2]));
	if (v[3].n)
		buf_addf(b, " min %.*s", STR_ARG(v[3]));
	if (v[4].n)
		buf_addf(b, " max %.*s", STR_ARG(v[4]));
	return true;
}

/* A list of words as a cell has it, or the steps of a tariff. */
static bool list_text(const struct json *list, struct buf *b)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *item = &list->items[i];
		if (i)
			buf_addz(b, "; ");
		if (item->kind == JSON_IS_STRING && str_find_char(item->text, ';') < 0)
			buf_add(b, item->text);
		else if (!step_text(item, b))
			return false;
	}
	return list->n > 0;
}

static enum err_code json_cell(const struct feed_reading *r, const struct json *v, const char *name, struct feed_cell *ret,
    struct err *why)
{
	*ret = (struct feed_cell){.line = v->line, .col = v->col};
	AUTO_BUF b = BUF_INIT(16 << 10);
	switch (v->kind) {
	case JSON_IS_NULL:
		return ERR_OK;
	case JSON_IS_BOOL:
		ret->text = v->boolean ? STR("yes") : STR("no");
		return ERR_OK;
	case JSON_IS_STRING:
	case JSON_IS_NUMBER:
		ret->text = str_trim(v->text);
		return ERR_OK;
	case JSON_IS_ARRAY:
		if (list_text(v, &b) && buf_check(&b, NULL) == ERR_OK) {
			ret->text = arena_str(r->a, buf_str(&b));
			return ret->text.p ? ERR_OK : arena_fail(r->a, why);
		}
		break;
	case JSON_IS_OBJECT:
		break;
	}
	(void)fail(why, ERR_INVALID, "feed.value", "%s: a text, a number, or a list of words or steps was expected", name);
	(void)err_field(why, name);
	return err_at(why, r->file, v->line, v->col);
}

static enum err_code json_cells(const struct feed_reading *r, enum feed_kind kind, const struct json *o, struct feed_cell *cells,
    struct err *why)
{
	if (o->kind != JSON_IS_OBJECT) {
		(void)fail(why, ERR_INVALID, "feed.value", "an object was expected");
		return err_at(why, r->file, o->line, o->col);
	}
	for (size_t i = 0; i < FEED_COLUMNS_MAX; i++)
		cells[i] = (struct feed_cell){.line = o->line, .col = o->col};
	for (size_t i = 0; i < o->n; i++) {
		int c = column_of(kind, o->keys[i]);
		if (c < 0) {
			(void)fail(why, ERR_INVALID, "feed.member", "the member \"%.*s\" is not known in %s",
			    (int)(o->keys[i].n > 60 ? 60 : o->keys[i].n), o->keys[i].p, feed_kind_names[kind]);
			return err_at(why, r->file, o->items[i].line, o->items[i].col);
		}
		TRY(json_cell(r, &o->items[i], feed_tables[kind].columns[c].name, &cells[c], why));
	}
	return ERR_OK;
}

static enum err_code json_rows(const struct feed_reading *r, enum feed_kind kind, const struct json *list, struct err *e)
{
	if (list->kind != JSON_IS_ARRAY || list->n > FEED_ROWS_MAX) {
		(void)fail(e, ERR_INVALID, "feed.list", "\"%s\" is a list of at most %d objects", feed_kind_names[kind], FEED_ROWS_MAX);
		return err_at(e, r->file, list->line, list->col);
	}
	for (size_t i = 0; i < list->n; i++) {
		struct feed_cell cells[FEED_COLUMNS_MAX];
		struct err why = {0};
		const struct json *o = &list->items[i];
		enum err_code code = json_cells(r, kind, o, cells, &why);
		if (code == ERR_INVALID) {
			TRY(r->on_refused(r->ctx, &why, e));
			continue;
		}
		if (code != ERR_OK) {
			*e = why;
			return code;
		}
		struct feed_record x = {.r = r, .kind = kind, .cells = cells, .line = o->line, .col = o->col};
		TRY(take(r, &x, NULL, e));
	}
	return ERR_OK;
}

static int kind_of(str member)
{
	for (int k = 0; k < FEED_KINDS; k++)
		if (str_is(member, feed_kind_names[k]))
			return k;
	return -1;
}

enum err_code feed_read_json(str text, const struct feed_reading *r, struct err *e)
{
	const struct json *root;
	const struct json_limits limits = {.max_bytes = FEED_BYTES};
	TRY(json_read(text, r->file, &limits, r->a, &root, e));
	bool good = root->kind == JSON_IS_OBJECT && root->n > 0;
	for (size_t i = 0; good && i < root->n; i++)
		good = kind_of(root->keys[i]) >= 0;
	if (!good) {
		(void)fail(e, ERR_INVALID, "feed.root", "a feed is an object with lists named providers, offers, locations, market_shares, promotions, calendars, holidays or experiences");
		return err_at(e, r->file, root->line, root->col);
	}
	/* providers first, whatever the order written */
	for (int k = 0; k < FEED_KINDS; k++)
		for (size_t i = 0; i < root->n; i++)
			if (kind_of(root->keys[i]) == k)
				TRY(json_rows(r, (enum feed_kind)k, &root->items[i], e));
	return ERR_OK;
}
