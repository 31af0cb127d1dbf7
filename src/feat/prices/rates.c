/* What kind a file of rates is, and the plain table of rates of any source. */
#include "feat/prices/rates.h"

#include "base/money.h"
#include "codec/csv.h"
#include "feat/prices/currencies.h"
#include "feat/prices/feed_inside.h"

enum { COLUMNS = 6 };
enum { C_SOURCE, C_DATE, C_CURRENCY, C_RATE, C_CORRECTION, C_EXAMPLE };
static const char *const columns[COLUMNS] = {"source", "date", "currency", "rate", "correction", "example"};

struct names {
	str *p;
	size_t n, cap;
};

struct table {
	const struct feed_reading *r;
	int of_header[COLUMNS]; /* where each column stands; -1: not there */
	size_t n;
	struct names currencies, sources;
	VEC(struct rate_row) rows;
	struct names corrections; /* of each row */
	bool corrected;		  /* a row has one */
};

static enum err_code wrong(const struct table *t, const struct csv_field *f, const char *expected, struct err *why)
{
	(void)fail(why, ERR_INVALID, "rates.cell", "%s was expected, not \"%.*s\"", expected, (int)(f->text.n > 60 ? 60 : f->text.n),
	    f->text.n ? f->text.p : "");
	return err_at(why, t->r->file, f->line, f->col);
}

/* Place of a text in a list, added when it is new. */
static enum err_code place_in(struct arena *a, struct names *v, str text, size_t max, uint16_t *ret, struct err *e)
{
	size_t i = 0;
	while (i < v->n && !str_eq(v->p[i], text))
		i++;
	if (i == max)
		return fail(e, ERR_LIMIT, "rates.names", "the file names more than %zu sources or currencies", max);
	if (i == v->n) {
		str *kept = VEC_ADD(v, a);
		str copy = arena_str(a, text);
		if (!kept || !copy.p)
			return arena_fail(a, e);
		*kept = copy;
	}
	*ret = (uint16_t)i;
	return ERR_OK;
}

/* The cell of a column; of one that is not there the first, for a report. */
static const struct csv_field *field(const struct table *t, const struct csv_record *rec, int c)
{
	return &rec->fields[t->of_header[c] < 0 ? 0 : t->of_header[c]];
}

static str text_of(const struct table *t, const struct csv_record *rec, int c)
{
	return t->of_header[c] < 0 ? STR("") : str_trim(field(t, rec, c)->text);
}

static bool zero(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '0' && s.p[i] != '.')
			return false;
	return true;
}

static enum err_code check(const struct table *t, const struct csv_record *rec, date *ret_day, struct err *why)
{
	str source = text_of(t, rec, C_SOURCE), code = text_of(t, rec, C_CURRENCY), rate = text_of(t, rec, C_RATE),
	    example = text_of(t, rec, C_EXAMPLE);
	if (source.n == 0 || source.n > FEED_KEY_MAX)
		return wrong(t, field(t, rec, C_SOURCE), "the name of who publishes the rate", why);
	if (!date_parse(text_of(t, rec, C_DATE), ret_day))
		return wrong(t, field(t, rec, C_DATE), "a date such as 2026-04-13", why);
	if (ret_day->day > date_of_instant(t->r->now_ms).day)
		return wrong(t, field(t, rec, C_DATE), "a day that is not in the future", why);
	if (!currency_valid(code) || str_is(code, "EUR"))
		return wrong(t, field(t, rec, C_CURRENCY), "a currency other than EUR as three capital letters", why);
	if (!currency_in_use(code, *ret_day))
		return wrong(t, field(t, rec, C_CURRENCY), "a currency that was in use on that day", why);
	if (!feed_is_plain(rate) || rate.n > RATES_DIGITS_MAX || zero(rate))
		return wrong(t, field(t, rec, C_RATE), "units of the currency for one euro, above 0, in digits such as 1.1684,", why);
	if (example.n && !str_is(example, "yes") && !str_is(example, "no"))
		return wrong(t, field(t, rec, C_EXAMPLE), "yes or no", why);
	if (text_of(t, rec, C_CORRECTION).n > FEED_TEXT_MAX)
		return wrong(t, field(t, rec, C_CORRECTION), "a text of at most 400 bytes", why);
	return ERR_OK;
}

static enum err_code take(struct table *t, const struct csv_record *rec, struct err *e)
{
	struct err why = {0};
	date day;
	if (rec->n != t->n) {
		(void)fail(&why, ERR_INVALID, "rates.cells", "the row has %zu cells, the first line %zu", rec->n, t->n);
		(void)err_at(&why, t->r->file, rec->line, 1);
		return t->r->on_refused(t->r->ctx, &why, e);
	}
	if (check(t, rec, &day, &why) != ERR_OK)
		return t->r->on_refused(t->r->ctx, &why, e);
	struct rate_row row = {.day = day.day, .line = rec->line, .col = (uint16_t)(field(t, rec, C_RATE)->col < UINT16_MAX ? field(t, rec, C_RATE)->col : UINT16_MAX)};
	TRY(place_in(t->r->a, &t->currencies, text_of(t, rec, C_CURRENCY), RATES_COLUMNS_MAX, &row.currency, e));
	TRY(place_in(t->r->a, &t->sources, text_of(t, rec, C_SOURCE), RATES_SOURCES_MAX, &row.source, e));
	str digits = arena_str(t->r->a, text_of(t, rec, C_RATE));
	str why_not = arena_str(t->r->a, text_of(t, rec, C_CORRECTION)), *correction = VEC_ADD(&t->corrections, t->r->a);
	struct rate_row *kept = VEC_ADD(&t->rows, t->r->a);
	if (!digits.p || !why_not.p || !correction || !kept)
		return arena_fail(t->r->a, e);
	*correction = why_not;
	t->corrected = t->corrected || why_not.n > 0;
	row.p = digits.p;
	row.n = (uint8_t)digits.n;
	row.example = str_is(text_of(t, rec, C_EXAMPLE), "yes");
	*kept = row;
	return ERR_OK;
}

static enum err_code read_header(struct table *t, const struct csv_record *h, struct err *e)
{
	size_t found = 0;
	t->n = h->n;
	for (int c = 0; c < COLUMNS; c++) {
		t->of_header[c] = -1;
		for (size_t i = 0; i < h->n; i++)
			if (str_is(str_trim(h->fields[i].text), columns[c]) && t->of_header[c] < 0)
				t->of_header[c] = (int)i;
		found += t->of_header[c] >= 0;
		if (t->of_header[c] < 0 && c <= C_RATE)
			return fail(e, ERR_INVALID, "rates.header", "the column \"%s\" is missing", columns[c]);
	}
	if (found < h->n)
		return fail(e, ERR_INVALID, "rates.header", "a table of rates has the columns source, date, currency, rate, and if wanted correction and example; there are others, or one is there twice");
	return ERR_OK;
}

static enum err_code rows(struct table *t, struct csv_reader *csv, struct err *e)
{
	bool header = false;
	for (;;) {
		struct csv_record rec;
		bool more = false;
		struct err why = {0};
		enum err_code code = csv_next(csv, &rec, &more, &why);
		if (code == ERR_INVALID && header) {
			TRY(t->r->on_refused(t->r->ctx, &why, e));
			continue;
		}
		if (code != ERR_OK) {
			*e = why;
			return code;
		}
		if (!more)
			return ERR_OK;
		TRY(header ? take(t, &rec, e) : read_header(t, &rec, e));
		header = true;
	}
}

enum err_code rates_read_table(str text, const struct feed_reading *r, struct rate_rows *ret, struct err *e)
{
	struct table t = {.r = r};
	struct csv_reader *csv = NULL;
	const struct csv_options options = {.file = r->file};
	str rest = text;
	TRY(csv_open(source_str(&rest), &options, &csv, e));
	enum err_code code = rows(&t, csv, e);
	csv_close(csv);
	TRY(code);
	*ret = (struct rate_rows){.rows = t.rows.p, .n = t.rows.n, .currencies = t.currencies.p, .n_currencies = t.currencies.n,
	    .sources = t.sources.p, .n_sources = t.sources.n, .corrections = t.corrected ? t.corrections.p : NULL};
	return ERR_OK;
}

/* The four columns that a table must have. */
static bool is_table(str line)
{
	for (int c = 0; c <= C_RATE; c++) {
		struct str_split it = str_split_on(line, ',');
		str cell;
		bool there = false;
		while (!there && str_next(&it, &cell)) {
			cell = str_trim(cell);
			if (cell.n > 1 && cell.p[0] == '"')
				cell = str_sub(cell, 1, cell.n - 1);
			there = str_is(cell, columns[c]);
		}
		if (!there)
			return false;
	}
	return true;
}

enum rates_kind rates_kind_of(str text)
{
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	text = str_trim(str_sub(text, 0, 4096));
	if (str_starts(text, STR("<")))
		return RATES_ECB_XML;
	if (str_starts(text, STR("Date,")))
		return RATES_ECB_CSV;
	ptrdiff_t end = str_find_char(text, '\n');
	return is_table(end < 0 ? text : str_sub(text, 0, (size_t)end)) ? RATES_TABLE : RATES_NONE;
}

enum err_code rates_read(str text, enum rates_kind kind, const struct feed_reading *r, struct rate_rows *ret, struct err *e)
{
	switch (kind) {
	case RATES_ECB_CSV:
		return rates_read_ecb_csv(text, r, ret, e);
	case RATES_ECB_XML:
		return rates_read_ecb_xml(text, r, ret, e);
	case RATES_TABLE:
		return rates_read_table(text, r, ret, e);
	case RATES_NONE:
		break;
	}
	return fail(e, ERR_INVALID, "rates.kind", "%s is neither a file of the ECB (CSV or XML) nor a table with the columns source, date, currency and rate", r->file);
}
