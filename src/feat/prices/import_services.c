/* Rows of Remittance Prices Worldwide, from its workbook or a table of the same columns. A quarter of a million rows: what is stored is
 * remembered as hashes of 64 bits, so that memory does not grow with their texts. */
#include "feat/prices/rpw.h"
#include "feat/prices/session.h"

#include "base/money.h"

#include <inttypes.h>
#include <stdio.h>

enum service_text {
	V_SEND, V_RECEIVE, V_FIRM, V_TYPE, V_PRODUCT, V_PAY_IN, V_ACCESS, V_SPEED, V_COVERAGE, V_PICKUP, V_CURRENCY, V_MARGIN, V_INTERBANK,
	V_AMOUNT_200, V_FEE_200, V_RATE_200, V_MARGIN_200, V_TOTAL_200, V_AMOUNT_500, V_FEE_500, V_RATE_500, V_MARGIN_500, V_TOTAL_500, V_NOTE,
	V_HELD, V_TEXTS
};

#define TEXT(nm) {nm, DB_STR, true}
#define NEEDED(nm) {nm, DB_STR, false}
static const struct db_column columns[] = {{"programme", DB_I64, false}, {"year", DB_I64, false}, {"quarter", DB_I64, false}, NEEDED("key"),
    {"revision", DB_I64, false}, NEEDED("send_country"), NEEDED("receive_country"), NEEDED("firm"), TEXT("firm_type"), TEXT("product"),
    TEXT("pay_in"), TEXT("access_point"), TEXT("speed"), TEXT("coverage"), TEXT("pickup"), TEXT("currency"), NEEDED("margin"),
    TEXT("interbank"), TEXT("amount_200"), TEXT("fee_200"), TEXT("rate_200"), TEXT("margin_200"), TEXT("total_200"), TEXT("amount_500"),
    TEXT("fee_500"), TEXT("rate_500"), TEXT("margin_500"), TEXT("total_500"), TEXT("note"), TEXT("held"), {"collected_day", DB_DATE, true},
    TEXT("reason"), {"file", DB_UID, false}, {"line", DB_I64, false}};
static const struct db_table table = {.name = "price_service", .columns = columns, .n = sizeof columns / sizeof *columns};

#define OF_SOURCE "corrected by the source"

/* Open addressing over hashes; key 0: free. A table has an arena of its own, so that a smaller one goes when it grows. */
struct known {
	uint64_t key, value;
	uint32_t revision, line; /* line: seen in this file */
};

struct known_set {
	struct arena *own;
	struct known *p;
	size_t n, cap; /* cap is a power of two */
};

/* The same without a value. */
struct seen {
	uint64_t key;
	uint32_t line;
};

struct seen_set {
	struct arena *own;
	struct seen *p;
	size_t n, cap;
};

enum { FIRST_CAP = 1024 };

/* True when one more would fill the table over seven eighths. */
static bool full(size_t n, size_t cap)
{
	return (n + 1) * 8 > cap * 7;
}

static struct known *find_known(const struct known_set *s, uint64_t key)
{
	size_t i = key & (s->cap - 1);
	while (s->p[i].key && s->p[i].key != key)
		i = (i + 1) & (s->cap - 1);
	return &s->p[i];
}

static struct seen *find_seen(const struct seen_set *s, uint64_t key)
{
	size_t i = key & (s->cap - 1);
	while (s->p[i].key && s->p[i].key != key)
		i = (i + 1) & (s->cap - 1);
	return &s->p[i];
}

static enum err_code no_memory(struct err *e)
{
	return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
}

static enum err_code grow_known(struct known_set *s, struct err *e)
{
	struct known_set bigger = {.n = s->n, .cap = s->cap ? s->cap * 2 : FIRST_CAP};
	if (!full(s->n, s->cap))
		return ERR_OK;
	bigger.own = arena_new(ARENA_NO_LIMIT);
	bigger.p = bigger.own ? ARENA_ARRAY(bigger.own, bigger.cap, struct known) : NULL;
	if (!bigger.p) {
		arena_free(bigger.own);
		return no_memory(e);
	}
	for (size_t i = 0; i < s->cap; i++)
		if (s->p[i].key)
			*find_known(&bigger, s->p[i].key) = s->p[i];
	arena_free(s->own);
	*s = bigger;
	return ERR_OK;
}

static enum err_code grow_seen(struct seen_set *s, struct err *e)
{
	struct seen_set bigger = {.n = s->n, .cap = s->cap ? s->cap * 2 : FIRST_CAP};
	if (!full(s->n, s->cap))
		return ERR_OK;
	bigger.own = arena_new(ARENA_NO_LIMIT);
	bigger.p = bigger.own ? ARENA_ARRAY(bigger.own, bigger.cap, struct seen) : NULL;
	if (!bigger.p) {
		arena_free(bigger.own);
		return no_memory(e);
	}
	for (size_t i = 0; i < s->cap; i++)
		if (s->p[i].key)
			*find_seen(&bigger, s->p[i].key) = s->p[i];
	arena_free(s->own);
	*s = bigger;
	return ERR_OK;
}

/* The entry of a key, made when it is new (then .line and .revision are 0). */
static enum err_code known_entry(struct known_set *s, uint64_t key, struct known **ret, struct err *e)
{
	key = key ? key : 1;
	TRY(grow_known(s, e));
	struct known *k = find_known(s, key);
	s->n += !k->key;
	k->key = key;
	*ret = k;
	return ERR_OK;
}

static enum err_code seen_entry(struct seen_set *s, uint64_t key, struct seen **ret, struct err *e)
{
	key = key ? key : 1;
	TRY(grow_seen(s, e));
	struct seen *k = find_seen(s, key);
	s->n += !k->key;
	k->key = key;
	*ret = k;
	return ERR_OK;
}

struct services {
	struct session *s;
	struct known_set stored;  /* by key */
	struct seen_set contents; /* by what is in them */
	struct db_bulk *bulk;
};

static uint64_t key_hash(int64_t year, int64_t quarter, str key)
{
	const int64_t period = year * 4 + quarter;
	return hash_bytes(key, hash_bytes((str){(const char *)&period, sizeof period}, 21));
}

static uint64_t value_hash(const str v[V_TEXTS], date collected)
{
	uint64_t h = hash_bytes((str){(const char *)&collected.day, sizeof collected.day}, 22);
	for (size_t i = 0; i < V_TEXTS; i++)
		h = hash_bytes(v[i], h + v[i].n + i); /* the length as well: "ab","c" is not "a","bc" */
	return h;
}

static enum err_code load(struct services *x, struct err *e)
{
	struct session *s = x->s;
	AUTO_ROWS rows = NULL;
	TRY(price_services_all_open(s->m->db, s->m->programme, &rows, e));
	for (;;) {
		struct price_services_all_row r;
		bool more;
		struct known *k;
		TRY(price_services_all_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		const str v[V_TEXTS] = {r.send_country, r.receive_country, r.firm, r.firm_type, r.product, r.pay_in, r.access_point, r.speed, r.coverage,
		    r.pickup, r.currency, r.margin, r.interbank, r.amount_200, r.fee_200, r.rate_200, r.margin_200, r.total_200, r.amount_500, r.fee_500,
		    r.rate_500, r.margin_500, r.total_500, r.note, r.held};
		TRY(known_entry(&x->stored, key_hash(r.year, r.quarter, r.key), &k, e));
		k->value = value_hash(v, r.collected_day);
		k->revision = (uint32_t)r.revision;
	}
}

/* ---- a row as texts ---- */

static enum err_code text_of_money(struct arena *a, int64_t minor, str currency, str *ret, struct err *e)
{
	AUTO_BUF b = BUF_INIT(64);
	money m = {.minor = minor};
	memcpy(m.currency, currency.p, sizeof m.currency - 1);
	buf_add_money(&b, m);
	*ret = arena_str(a, buf_str(&b));
	return ret->p ? ERR_OK : arena_fail(a, e);
}

/* Millionths as percent, without zeros at the end: "1.36". */
static enum err_code text_of_ppm(struct arena *a, int64_t ppm, str *ret, struct err *e)
{
	uint64_t v = ppm < 0 ? -(uint64_t)ppm : (uint64_t)ppm;
	*ret = arena_fmt(a, "%s%" PRIu64 ".%04" PRIu64, ppm < 0 ? "-" : "", v / 10000, v % 10000);
	if (!ret->p)
		return arena_fail(a, e);
	while (ret->p[ret->n - 1] == '0')
		ret->n--;
	if (ret->p[ret->n - 1] == '.')
		ret->n--;
	return ERR_OK;
}

static enum err_code amount_texts(struct arena *a, const struct rpw_amount *m, str *v, struct err *e)
{
	if (!m->given || m->currency.n != 3)
		return ERR_OK;
	TRY(text_of_money(a, m->amount_minor, m->currency, &v[0], e));
	TRY(text_of_money(a, m->fee_minor, m->currency, &v[1], e));
	v[2] = m->rate_text;
	if (m->has_margin)
		TRY(text_of_ppm(a, m->margin_ppm, &v[3], e));
	if (m->has_total)
		TRY(text_of_ppm(a, m->total_ppm, &v[4], e));
	return ERR_OK;
}

static enum err_code texts_of(struct arena *a, const struct rpw_row *r, str v[V_TEXTS], struct err *e)
{
	AUTO_BUF held = BUF_INIT(4096), note = BUF_INIT(8192);
	const str plain[] = {country_of_alpha3(r->source), country_of_alpha3(r->destination), r->firm, r->firm_type, r->product, r->payment_instrument,
	    r->access_point, r->speed_label, r->coverage_label, r->pickup_method};
	memset(v, 0, V_TEXTS * sizeof *v);
	memcpy(v, plain, sizeof plain);
	v[V_CURRENCY] = r->amounts[0].given ? r->amounts[0].currency : r->amounts[1].currency;
	v[V_MARGIN] = str_of(prices_margins[r->margin]);
	v[V_INTERBANK] = r->interbank_text;
	TRY(amount_texts(a, &r->amounts[0], &v[V_AMOUNT_200], e));
	TRY(amount_texts(a, &r->amounts[1], &v[V_AMOUNT_500], e));
	for (int i = 0; i < RPW_HELD_KINDS; i++)
		if (r->held & (1u << i))
			buf_addf(&held, "%s%s", held.n ? "; " : "", rpw_held_reason(i));
	buf_addf(&note, "%.*s%s%.*s", STR_ARG(r->note), r->note.n && r->note2.n ? "; " : "", STR_ARG(r->note2));
	v[V_HELD] = arena_str(a, buf_str(&held));
	v[V_NOTE] = arena_str(a, buf_str(&note));
	return v[V_HELD].p && v[V_NOTE].p ? ERR_OK : arena_fail(a, e);
}

static enum err_code write_row(struct services *x, const struct rpw_row *r, const str v[V_TEXTS], int64_t revision, struct err *e)
{
	struct db_bulk *b = x->bulk;
	db_bulk_i64(b, x->s->m->programme);
	db_bulk_i64(b, r->year);
	db_bulk_i64(b, r->quarter);
	db_bulk_str(b, r->id);
	db_bulk_i64(b, revision);
	for (size_t i = 0; i < V_TEXTS; i++)
		db_bulk_str(b, i == V_FIRM || i == V_MARGIN || i == V_SEND || i == V_RECEIVE ? v[i] : opt(v[i]));
	db_bulk_date(b, r->collected);
	db_bulk_str(b, revision > 1 ? STR(OF_SOURCE) : STR_NONE);
	db_bulk_uid(b, x->s->file_id);
	db_bulk_i64(b, r->line);
	return db_bulk_row(b, e);
}

static enum err_code on_row(void *ctx, const struct rpw_row *r, struct err *e)
{
	struct services *x = ctx;
	struct session *s = x->s;
	str v[V_TEXTS];
	struct known *k;
	struct seen *same;
	uint64_t content;
	arena_reset(s->scratch);
	str subject = arena_fmt(s->scratch, "%d Q%d %.*s", r->year, r->quarter, STR_ARG(r->id));
	if (!subject.p)
		return arena_fail(s->scratch, e);
	memcpy(&content, r->content.b, sizeof content);
	TRY(known_entry(&x->stored, key_hash(r->year, r->quarter, r->id), &k, e));
	if (k->line) {
		session_note(s, PRICES_REFUSED, r->line, 0, subject, "id", "the id is there already in that quarter, in row %" PRIu32, k->line);
		return ERR_OK;
	}
	TRY(seen_entry(&x->contents, content, &same, e));
	if (same->line) {
		session_note(s, PRICES_REFUSED, r->line, 0, subject, "id", "the row is a copy of row %" PRIu32 " under another id", same->line);
		return ERR_OK;
	}
	TRY(texts_of(s->scratch, r, v, e));
	if (!v[V_SEND].p || !v[V_RECEIVE].p) {
		session_note(s, PRICES_REFUSED, r->line, 0, subject, "source_code", "a country of the corridor is not known");
		return ERR_OK;
	}
	k->line = same->line = r->line;
	uint64_t value = value_hash(v, r->collected);
	if (k->revision && k->value == value) {
		session_note(s, PRICES_UNCHANGED, r->line, 0, subject, "", "there already");
		return ERR_OK;
	}
	TRY(write_row(x, r, v, (int64_t)k->revision + 1, e));
	if (r->held)
		session_note(s, PRICES_HELD, r->line, 0, subject, "", "kept, and not counted: %.*s", STR_ARG(v[V_HELD]));
	else
		session_note(s, k->revision ? PRICES_CORRECTED : PRICES_TAKEN, r->line, 0, subject, "", "%.*s-%.*s %.*s", STR_ARG(v[V_SEND]),
		    STR_ARG(v[V_RECEIVE]), STR_ARG(r->firm));
	return ERR_OK;
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	struct services *x = ctx;
	(void)e;
	session_note(x->s, PRICES_REFUSED, why->line, why->col, STR(""), why->field, "%s", why->detail);
	return ERR_OK;
}

static enum err_code begin(struct services *x, struct err *e)
{
	TRY(load(x, e));
	TRY(session_file(x->s, e));
	return db_bulk_begin(x->s->m->db, &table, &x->bulk, e);
}

static enum err_code end(struct services *x, enum err_code code, struct err *e)
{
	arena_free(x->stored.own);
	arena_free(x->contents.own);
	if (code == ERR_OK)
		return db_bulk_end(x->bulk, NULL, e);
	db_bulk_abort(x->bulk);
	return code;
}

enum err_code import_services_csv(struct session *s, str text, struct err *e)
{
	struct services x = {.s = s};
	struct rpw_totals totals;
	const struct rpw_reading r = {.file = s->file, .on_row = on_row, .on_refused = on_refused, .ctx = &x};
	str rest = text;
	enum err_code code = begin(&x, e);
	if (code == ERR_OK)
		code = rpw_read_csv(source_str(&rest), &r, &totals, e);
	return end(&x, code, e);
}

enum err_code import_services_book(struct session *s, int fd, struct err *e)
{
	struct services x = {.s = s};
	struct rpw_totals totals;
	struct xlsx_book *book = NULL;
	const struct rpw_reading r = {.file = s->file, .on_row = on_row, .on_refused = on_refused, .ctx = &x};
	const struct xlsx_read_options options = {.file = s->file};
	TRY(xlsx_book_open_fd(fd, &options, &book, e));
	enum err_code code = begin(&x, e);
	if (code == ERR_OK)
		code = rpw_read_book(book, &r, &totals, e);
	xlsx_book_close(book);
	return end(&x, code, e);
}

bool services_is_csv(str text)
{
	ptrdiff_t line_end = str_find_char(text, '\n');
	str line = line_end < 0 ? text : str_sub(text, 0, (size_t)line_end);
	return str_find(line, STR("source_code")) >= 0 && str_find(line, STR("cc1 ")) >= 0 && str_find(line, STR("period")) >= 0;
}
