/* Benchmark rates and published averages: many small rows, compared with what is there and loaded at once. */
#include "feat/prices/session.h"

#include "base/decimal.h"

#include <stdlib.h>

static const struct db_column rate_columns[] = {{"programme", DB_I64, false}, {"source", DB_STR, false}, {"currency", DB_STR, false},
    {"day", DB_I64, false}, {"revision", DB_I64, false}, {"rate", DB_STR, false}, {"reason", DB_STR, true}, {"example", DB_BOOL, false},
    {"file", DB_UID, false}, {"line", DB_I64, false}};
static const struct db_table rate_table = {.name = "price_rate", .columns = rate_columns, .n = sizeof rate_columns / sizeof *rate_columns};

static const struct db_column average_columns[] = {{"programme", DB_I64, false}, {"source", DB_STR, false}, {"send_country", DB_STR, false},
    {"receive_country", DB_STR, false}, {"year", DB_I64, false}, {"quarter", DB_I64, false}, {"revision", DB_I64, false},
    {"mean", DB_STR, false}, {"reason", DB_STR, true}, {"file", DB_UID, false}, {"line", DB_I64, false}};
static const struct db_table average_table = {.name = "price_average", .columns = average_columns,
    .n = sizeof average_columns / sizeof *average_columns};

#define OF_SOURCE "corrected by the source"
#define WORLD_BANK "World Bank, Remittance Prices Worldwide"

/* What is stored under a key. */
struct stored {
	str value;
	int64_t revision;
	bool example;
};

enum { KEY_BYTES = 12 };

/* Source, currency and day as one key: what differs must not look alike. */
static str rate_key(char dst[KEY_BYTES], size_t source, str currency, int64_t day)
{
	const uint32_t number = (uint32_t)source, at = (uint32_t)(int32_t)day;
	memcpy(dst, &number, 4);
	memcpy(dst + 4, currency.p, 3);
	dst[7] = 0;
	memcpy(dst + 8, &at, 4);
	return (str){dst, KEY_BYTES};
}

static enum err_code keep(struct session *s, struct map *m, str key, str value, int64_t revision, bool example, struct err *e)
{
	struct stored *x = ARENA_NEW(s->a, struct stored);
	str k = arena_str(s->a, key), v = arena_str(s->a, value);
	if (!x || !k.p || !v.p)
		return arena_fail(s->a, e);
	*x = (struct stored){v, revision, example};
	return map_set(m, k, x, NULL) ? ERR_OK : arena_fail(s->a, e);
}

static enum err_code load_rates(struct session *s, const struct rate_rows *r, struct map *m, struct err *e)
{
	int32_t first = INT32_MAX, last = INT32_MIN;
	for (size_t i = 0; i < r->n; i++) {
		first = r->rows[i].day < first ? r->rows[i].day : first;
		last = r->rows[i].day > last ? r->rows[i].day : last;
	}
	for (size_t i = 0; i < r->n_sources; i++) {
		AUTO_ROWS rows = NULL;
		TRY(price_rates_between_open(s->m->db, s->m->programme, r->sources[i], first, last, &rows, e));
		for (;;) {
			struct price_rates_between_row row;
			bool more;
			char key[KEY_BYTES];
			TRY(price_rates_between_next(rows, &row, &more, e));
			if (!more)
				break;
			if (row.currency.n == 3)
				TRY(keep(s, m, rate_key(key, i, row.currency, row.day), row.rate, row.revision, row.example, e));
		}
	}
	return ERR_OK;
}

/* The report says what a line gave, not each of its forty rates. */
struct line_count {
	uint32_t line;
	int32_t day;
	size_t n[PRICES_DONE];
};

static void tell_line(struct session *s, const struct line_count *l)
{
	AUTO_BUF day = BUF_INIT(32);
	buf_add_date(&day, (date){l->day});
	for (enum prices_done d = 0; d < PRICES_DONE; d++)
		if (l->n[d]) {
			session_note(s, d, l->line, 0, buf_str(&day), "", "%zu %s", l->n[d], l->n[d] == 1 ? "rate" : "rates");
			s->m->result.rows[d] += l->n[d] - 1; /* rates are counted, not lines */
		}
}

static bool same_rate(str a, str b)
{
	decimal x, y;
	return str_eq(a, b) || (decimal_parse(a, &x) && decimal_parse(b, &y) && decimal_cmp(x, y) == 0);
}

struct rates_import {
	struct session *s;
	const struct rate_rows *r;
	struct map *stored;
	struct db_bulk *bulk;
};

static enum err_code write_rate(struct rates_import *x, const struct rate_row *row, int64_t revision, str reason, struct err *e)
{
	struct session *s = x->s;
	TRY(session_file(s, e));
	if (!x->bulk)
		TRY(db_bulk_begin(s->m->db, &rate_table, &x->bulk, e));
	db_bulk_i64(x->bulk, s->m->programme);
	db_bulk_str(x->bulk, x->r->sources[row->source]);
	db_bulk_str(x->bulk, x->r->currencies[row->currency]);
	db_bulk_i64(x->bulk, row->day);
	db_bulk_i64(x->bulk, revision);
	db_bulk_str(x->bulk, (str){row->p, row->n});
	db_bulk_str(x->bulk, opt(reason));
	db_bulk_bool(x->bulk, row->example);
	db_bulk_uid(x->bulk, s->file_id);
	db_bulk_i64(x->bulk, row->line);
	return db_bulk_row(x->bulk, e);
}

/* What is to become of a rate; *ret_revision and *ret_reason when it is written. */
static enum prices_done judge(const struct rates_import *x, const struct rate_row *row, const struct stored *before, const char **ret_why,
    int64_t *ret_revision, str *ret_reason)
{
	str value = {row->p, row->n};
	*ret_revision = before ? before->revision + 1 : 1;
	*ret_reason = x->r->corrections ? x->r->corrections[row - x->r->rows] : STR_NONE;
	if (!before)
		return PRICES_TAKEN;
	if (before->revision == 0) {
		*ret_why = "the rate of that source, currency and day is there twice in the file";
		return PRICES_REFUSED;
	}
	if (before->example != row->example) {
		*ret_why = before->example ? "what is stored is invented, and the row is not" : "an invented rate where a real one is stored";
		return PRICES_REFUSED;
	}
	if (same_rate(before->value, value))
		return PRICES_UNCHANGED;
	if (x->r->by_source)
		*ret_reason = STR(OF_SOURCE);
	if (ret_reason->n)
		return PRICES_CORRECTED;
	*ret_why = "another rate is stored: say in the column correction why it is corrected";
	return PRICES_REFUSED;
}

static enum err_code take_rate(struct rates_import *x, const struct rate_row *row, struct line_count *l, struct err *e)
{
	struct session *s = x->s;
	char bytes[KEY_BYTES];
	const char *why = "";
	int64_t revision;
	str reason, key = rate_key(bytes, row->source, x->r->currencies[row->currency], row->day);
	struct stored *before = map_get(x->stored, key);
	enum prices_done done = judge(x, row, before, &why, &revision, &reason);
	if (done == PRICES_REFUSED) {
		session_note(s, done, row->line, row->col, x->r->currencies[row->currency], "rate", "%s", why);
		return ERR_OK;
	}
	if (done != PRICES_UNCHANGED)
		TRY(write_rate(x, row, revision, reason, e));
	l->n[done]++;
	/* revision 0 from now on: seen in this file */
	if (before) {
		before->revision = 0;
		return ERR_OK;
	}
	return keep(s, x->stored, key, STR(""), 0, row->example, e);
}

enum err_code import_rates(struct session *s, const struct rate_rows *rows, struct err *e)
{
	struct rates_import x = {.s = s, .r = rows, .stored = map_new(s->a, 5)};
	struct line_count l = {0};
	if (!x.stored)
		return arena_fail(s->a, e);
	s->example = rows->n > 0;
	for (size_t i = 0; i < rows->n; i++)
		s->example = s->example && rows->rows[i].example;
	TRY(load_rates(s, rows, x.stored, e));
	enum err_code code = ERR_OK;
	for (size_t i = 0; i < rows->n && code == ERR_OK; i++) {
		const struct rate_row *row = &rows->rows[i];
		if (i && (row->day != l.day || (row->line != l.line && !rows->by_source))) {
			tell_line(s, &l);
			l = (struct line_count){0};
		}
		l.line = l.line ? l.line : row->line;
		l.day = row->day;
		code = take_rate(&x, row, &l, e);
	}
	if (code != ERR_OK) {
		db_bulk_abort(x.bulk);
		return code;
	}
	tell_line(s, &l);
	return x.bulk ? db_bulk_end(x.bulk, NULL, e) : ERR_OK;
}

/* ---- averages ---- */

struct averages_import {
	struct session *s;
	struct map *stored;
	struct db_bulk *bulk;
	const struct feed_reading *r; /* of the caller */
};

static enum err_code average_key(struct arena *a, str source, str send, str receive, int64_t year, int64_t quarter, str *ret, struct err *e)
{
	*ret = arena_fmt(a, "%.*s|%.*s|%.*s|%lld|%lld", STR_ARG(source), STR_ARG(send), STR_ARG(receive), (long long)year, (long long)quarter);
	return ret->p ? ERR_OK : arena_fail(a, e);
}

static enum err_code load_averages(struct averages_import *x, struct err *e)
{
	struct session *s = x->s;
	AUTO_ROWS rows = NULL;
	TRY(price_averages_all_open(s->m->db, s->m->programme, &rows, e));
	for (;;) {
		struct price_averages_all_row row;
		bool more;
		str key;
		TRY(price_averages_all_next(rows, &row, &more, e));
		if (!more)
			return ERR_OK;
		TRY(average_key(s->a, row.source, row.send_country, row.receive_country, row.year, row.quarter, &key, e));
		TRY(keep(s, x->stored, key, row.mean, row.revision, false, e));
	}
}

static enum err_code write_average(struct averages_import *x, const struct average_row *row, int64_t revision, struct err *e)
{
	struct session *s = x->s;
	TRY(session_file(s, e));
	if (!x->bulk)
		TRY(db_bulk_begin(s->m->db, &average_table, &x->bulk, e));
	db_bulk_i64(x->bulk, s->m->programme);
	db_bulk_str(x->bulk, STR(WORLD_BANK));
	db_bulk_str(x->bulk, row->send_country);
	db_bulk_str(x->bulk, row->receive_country);
	db_bulk_i64(x->bulk, row->year);
	db_bulk_i64(x->bulk, row->quarter);
	db_bulk_i64(x->bulk, revision);
	db_bulk_str(x->bulk, row->mean);
	db_bulk_str(x->bulk, revision > 1 ? STR(OF_SOURCE) : STR_NONE);
	db_bulk_uid(x->bulk, s->file_id);
	db_bulk_i64(x->bulk, row->line);
	return db_bulk_row(x->bulk, e);
}

/* A long list and a wide table print the same number with different digits: agreement to a billionth of a point is the same value. */
static bool same_mean(str a, str b)
{
	decimal x, y, d;
	if (!decimal_parse(a, &x) || !decimal_parse(b, &y) || !decimal_sub(x, y, &d))
		return false;
	d.neg = 0;
	return decimal_cmp(d, decimal_scaled(1, -9)) < 0;
}

static enum err_code on_average(void *ctx, const struct average_row *row, struct err *e)
{
	struct averages_import *x = ctx;
	struct session *s = x->s;
	str key;
	arena_reset(s->scratch);
	TRY(average_key(s->scratch, STR(WORLD_BANK), row->send_country, row->receive_country, row->year, row->quarter, &key, e));
	struct stored *before = map_get(x->stored, key);
	str subject = arena_fmt(s->scratch, "%.*s-%.*s %d Q%d", STR_ARG(row->send_country), STR_ARG(row->receive_country), row->year, row->quarter);
	if (!subject.p)
		return arena_fail(s->scratch, e);
	if (before && before->revision == 0) {
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "", "the average of that corridor and quarter is there twice in the file");
		return ERR_OK;
	}
	if (before && same_mean(before->value, row->mean)) {
		session_note(s, PRICES_UNCHANGED, row->line, row->col, subject, "", "there already");
	} else {
		TRY(write_average(x, row, before ? before->revision + 1 : 1, e));
		session_note(s, before ? PRICES_CORRECTED : PRICES_TAKEN, row->line, row->col, subject, "", "%s%.*s %%",
		    before ? OF_SOURCE ": " : "", STR_ARG(row->mean));
	}
	if (before) {
		before->revision = 0;
		return ERR_OK;
	}
	return keep(s, x->stored, key, STR(""), 0, false, e);
}

static enum err_code refused(void *ctx, const struct err *why, struct err *e)
{
	struct averages_import *x = ctx;
	return x->r->on_refused(x->r->ctx, why, e);
}

enum err_code import_averages(struct session *s, str text, enum averages_kind kind, const struct feed_reading *r, struct err *e)
{
	struct averages_import x = {.s = s, .stored = map_new(s->a, 6), .r = r};
	const struct feed_reading own = {.file = r->file, .now_ms = r->now_ms, .a = s->a, .on_refused = refused, .ctx = &x};
	if (!x.stored)
		return arena_fail(s->a, e);
	TRY(load_averages(&x, e));
	enum err_code code = averages_read(text, kind, &own, on_average, e);
	if (code != ERR_OK) {
		db_bulk_abort(x.bulk);
		return code;
	}
	return x.bulk ? db_bulk_end(x.bulk, NULL, e) : ERR_OK;
}
