/* A file: what kind it is, its rows, its transaction and its event. */
#include "feat/prices/import.h"

#include "codec/io.h"
#include "codec/xlsx_read.h"
#include "codec/json.h"
#include "feat/prices/session.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { EVENT_BYTES = 4096, HEX = 65 };

const char *const prices_done_words[PRICES_DONE] = {
    [PRICES_TAKEN] = "taken",
    [PRICES_CORRECTED] = "corrected",
    [PRICES_HELD] = "held",
    [PRICES_UNCHANGED] = "unchanged",
    [PRICES_REFUSED] = "refused",
    [PRICES_FILE_REFUSED] = "file refused",
};

enum err_code prices_programme(struct db *c, int64_t *ret_programme, struct err *e)
{
	struct price_programme_row row;
	AUTO_ARENA a = arena_new(4096);
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	enum err_code code = price_programme(c, a, &row, e);
	if (code == ERR_NOT_FOUND)
		return fail(e, ERR_INVALID, "db.no_programme", "%s holds no programme yet: grutto init makes one from a pack", db_place(c));
	TRY(code);
	*ret_programme = row.programme;
	return ERR_OK;
}

static void note(struct prices_importer *m, const struct prices_note *n)
{
	m->result.rows[n->done]++;
	if (m->on_note)
		m->on_note(m->ctx, n);
}

void session_note(struct session *s, enum prices_done done, uint32_t line, uint32_t col, str subject, const char *field, const char *fmt,
    ...)
{
	char detail[400];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(detail, sizeof detail, fmt, args);
	va_end(args);
	s->taken += done == PRICES_TAKEN;
	s->corrected += done == PRICES_CORRECTED;
	s->held += done == PRICES_HELD;
	const struct prices_note n = {.done = done, .file = s->file, .line = line, .col = col, .subject = subject, .field = field,
	    .detail = detail};
	note(s->m, &n);
}

enum err_code session_file(struct session *s, struct err *e)
{
	struct price_file_find_row found;
	str hash = {(const char *)s->hash.b, sizeof s->hash.b};
	if (s->has_file)
		return ERR_OK;
	enum err_code code = price_file_find(s->m->db, s->m->programme, hash, str_of(s->kind), s->scratch, &found, e);
	if (code == ERR_OK) {
		s->file_id = found.id;
	} else if (code == ERR_NOT_FOUND) {
		const char *slash = strrchr(s->file, '/');
		s->file_id = uid_new(s->m->uids);
		TRY(price_file_add(s->m->db, s->m->programme, s->file_id, str_of(s->kind), str_of(slash ? slash + 1 : s->file), hash,
		    (int64_t)s->bytes, s->m->now_ms, s->example, NULL, e));
	} else {
		return code;
	}
	s->has_file = true;
	return ERR_OK;
}

/* One event for a file: its hash says what was in it. */
static enum err_code event(struct session *s, struct err *e)
{
	AUTO_BUF after = BUF_INIT(EVENT_BYTES), subject = BUF_INIT(64);
	struct json_writer w;
	char hex[HEX];
	const struct {
		const char *key;
		uint64_t v;
	} counts[] = {{"bytes", s->bytes}, {"taken", s->taken}, {"corrected", s->corrected}, {"held", s->held}};
	sha256_hex(s->hash, hex);
	jw_begin_buf(&w, &after);
	jw_object(&w);
	jw_key(&w, "kind");
	jw_str(&w, str_of(s->kind));
	jw_key(&w, "sha256");
	jw_str(&w, str_of(hex));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		jw_key(&w, counts[i].key);
		jw_i64(&w, (int64_t)counts[i].v);
	}
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	buf_add_uid(&subject, s->file_id);
	TRY(buf_check(&subject, e));
	const struct chain_event ev = {.id = uid_new(s->m->uids), .at_ms = s->m->now_ms, .actor = str_of(s->m->actor),
	    .kind = STR("prices.imported"), .subject_kind = STR("price_file"), .subject = buf_str(&subject), .before = STR_NONE,
	    .after = buf_str(&after)};
	return s->m->chain ? chain_put(s->m->chain, &ev, e) : chain_add(s->m->db, s->m->programme, &ev, e);
}

static enum err_code on_row(void *ctx, const struct feed_row *row, struct err *e)
{
	struct session *s = ctx;
	const struct feed_row **kept = VEC_ADD(&s->rows, s->a);
	if (!kept)
		return arena_fail(s->a, e);
	*kept = row;
	return ERR_OK;
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	struct session *s = ctx;
	(void)e;
	session_note(s, PRICES_REFUSED, why->line, why->col, STR(""), why->field, "%s", why->detail);
	return ERR_OK;
}

static enum err_code store_row(struct session *s, const struct feed_row *row, struct err *e)
{
	switch (row->kind) {
	case FEED_PROVIDERS:
		return import_provider(s, row, e);
	case FEED_LOCATIONS:
		return import_location(s, row, e);
	case FEED_SHARES:
		return import_share(s, row, e);
	case FEED_PROMOTIONS:
		return import_promotion(s, row, e);
	case FEED_CALENDARS:
		return import_calendar(s, row, e);
	case FEED_HOLIDAYS:
		return import_holiday(s, row, e);
	case FEED_EXPERIENCES:
		return import_experience(s, row, e);
	case FEED_OFFERS: /* together, below */
	case FEED_KINDS:
		break;
	}
	return ERR_OK;
}

static enum err_code store_rows(struct session *s, struct err *e)
{
	bool offers = false;
	s->example = s->rows.n > 0;
	for (size_t i = 0; i < s->rows.n; i++)
		s->example = s->example && s->rows.p[i]->example;
	for (size_t i = 0; i < s->rows.n; i++) {
		arena_reset(s->scratch);
		offers |= s->rows.p[i]->kind == FEED_OFFERS;
		TRY(store_row(s, s->rows.p[i], e));
	}
	return offers ? import_offers(s, e) : ERR_OK;
}

static bool is_json(str text)
{
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	text = str_trim(str_sub(text, 0, 4096));
	return text.n && text.p[0] == '{';
}

static enum err_code take_prices(struct session *s, str text, const struct feed_reading *r, struct err *e)
{
	enum feed_kind kind;
	enum averages_kind averages = averages_kind_of(text);
	if (averages != AVERAGES_NONE) {
		s->kind = "averages";
		return import_averages(s, text, averages, r, e);
	}
	if (services_is_csv(text)) {
		s->kind = "services";
		return import_services_csv(s, text, e);
	}
	if (is_json(text)) {
		s->kind = "feed";
		TRY(feed_read_json(text, r, e));
		return store_rows(s, e);
	}
	if (!feed_is_csv(text, &kind))
		return fail(e, ERR_INVALID, "prices.kind",
		    "%s is no feed that is known: docs/prices.md lists the first lines of each kind; a JSON feed begins with {", s->file);
	s->kind = feed_kind_names[kind];
	TRY(feed_read_csv(text, kind, r, e));
	return store_rows(s, e);
}

static enum err_code take_rates(struct session *s, str text, const struct feed_reading *r, struct err *e)
{
	struct rate_rows rows;
	enum rates_kind kind = rates_kind_of(text);
	s->kind = kind == RATES_TABLE ? "rates" : "ecb";
	TRY(rates_read(text, kind, r, &rows, e));
	return import_rates(s, &rows, e);
}

static enum err_code take(struct session *s, enum prices_what what, str text, struct err *e)
{
	const struct feed_reading r = {.file = s->file, .now_ms = s->m->newest_ms ? s->m->newest_ms : s->m->now_ms, .a = s->a, .on_row = on_row, .on_refused = on_refused, .ctx = s};
	TRY(what == PRICES_FEEDS ? take_prices(s, text, &r, e) : take_rates(s, text, &r, e));
	return s->taken + s->corrected + s->held ? event(s, e) : ERR_OK;
}

enum err_code prices_import_text(struct prices_importer *m, enum prices_what what, const char *file, str text, bool *ret_any, struct err *e)
{
	AUTO_ARENA a = arena_new(SESSION_BYTES);
	AUTO_ARENA scratch = arena_new(SCRATCH_BYTES);
	if (!a || !scratch)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	struct session s = {.m = m, .a = a, .scratch = scratch, .file = file, .hash = sha256_of(text), .bytes = text.n,
	    .providers = map_new(a, 1), .offers = map_new(a, 2), .seen = map_new(a, 3), .rates = map_new(a, 4)};
	if (!s.providers || !s.offers || !s.seen || !s.rates)
		return arena_fail(a, e);
	TRY(take(&s, what, text, e));
	*ret_any = s.taken + s.corrected + s.held > 0;
	return ERR_OK;
}

/* ---- workbooks, which do not fit into memory ---- */

static enum err_code hash_of(int fd, sha256 *ret_hash, size_t *ret_bytes, struct err *e)
{
	struct sha256_state state;
	AUTO_BUF chunk = BUF_INIT(IO_CHUNK + 1);
	struct source from = source_fd(&fd);
	char *p = buf_reserve(&chunk, IO_CHUNK);
	TRY(buf_check(&chunk, e));
	sha256_begin(&state);
	*ret_bytes = 0;
	for (size_t n = 1; n;) {
		TRY(from.read(from.ctx, p, IO_CHUNK, &n, e));
		sha256_add(&state, (str){p, n});
		*ret_bytes += n;
	}
	*ret_hash = sha256_end(&state);
	return ERR_OK;
}

static enum err_code take_book(struct prices_importer *m, const char *path, int fd, struct err *e)
{
	AUTO_ARENA a = arena_new(SESSION_BYTES);
	AUTO_ARENA scratch = arena_new(SCRATCH_BYTES);
	if (!a || !scratch)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	struct session s = {.m = m, .a = a, .scratch = scratch, .file = path, .kind = "services"};
	TRY(hash_of(fd, &s.hash, &s.bytes, e));
	AUTO_TX tx = {0};
	TRY(db_begin(m->db, &tx, e));
	TRY(import_services_book(&s, fd, e));
	if (s.taken + s.corrected + s.held == 0)
		return ERR_OK; /* left without commit: nothing was new */
	TRY(event(&s, e));
	return db_commit(&tx, e);
}

/* True when the file begins as a workbook does. */
static enum err_code is_book(int fd, bool *ret, struct err *e)
{
	char head[8];
	ssize_t n = pread(fd, head, sizeof head, 0);
	if (n < 0)
		return fail(e, ERR_IO, "io.read", "the file cannot be read: %s", strerror(errno));
	*ret = xlsx_looks_like((str){head, (size_t)n});
	return ERR_OK;
}

static enum err_code import_book(struct prices_importer *m, enum prices_what what, const char *path, bool *ret_book, struct err *e)
{
	int fd;
	*ret_book = false;
	if (what != PRICES_FEEDS)
		return ERR_OK;
	TRY(file_open_read(path, &fd, e));
	enum err_code code = is_book(fd, ret_book, e);
	if (code == ERR_OK && *ret_book)
		code = take_book(m, path, fd, e);
	(void)close(fd);
	return code;
}

static enum err_code import_file(struct prices_importer *m, enum prices_what what, const char *path, struct err *e)
{
	bool any = false, book;
	TRY(import_book(m, what, path, &book, e));
	if (book)
		return ERR_OK;
	AUTO_BUF text = BUF_INIT(what == PRICES_FEEDS ? FEED_BYTES : RATES_BYTES);
	TRY(file_read(path, &text, e));
	AUTO_TX tx = {0};
	TRY(db_begin(m->db, &tx, e));
	TRY(prices_import_text(m, what, path, buf_str(&text), &any, e));
	if (any)
		return db_commit(&tx, e);
	db_rollback(&tx);
	return ERR_OK;
}

enum err_code prices_import_file(struct prices_importer *m, enum prices_what what, const char *path, struct err *e)
{
	struct prices_result before = m->result;
	m->result.files++;
	enum err_code code = import_file(m, what, path, e);
	if (code != ERR_INVALID && code != ERR_LIMIT && code != ERR_NOT_FOUND && code != ERR_FORBIDDEN)
		return code;
	/* nothing of it was stored: what was said of its rows does not count */
	m->result = before;
	m->result.files++;
	m->result.files_refused++;
	const struct prices_note n = {.done = PRICES_FILE_REFUSED, .file = path, .line = e->line, .col = e->col, .subject = STR(""),
	    .field = e->field, .detail = e->detail};
	note(m, &n);
	err_clear(e);
	return ERR_OK;
}

/* ---- reports ---- */

void prices_note_text(const struct prices_note *n, struct buf *b)
{
	buf_addz(b, n->file);
	if (n->line)
		buf_addf(b, ":%" PRIu32, n->line);
	if (n->line && n->col)
		buf_addf(b, ":%" PRIu32, n->col);
	buf_addf(b, ": %s", prices_done_words[n->done]);
	if (n->subject.n)
		buf_addf(b, " %.*s", STR_ARG(n->subject));
	buf_addf(b, ": %s\n", n->detail);
}

void prices_note_json(const struct prices_note *n, struct buf *b)
{
	struct json_writer w;
	jw_begin_buf(&w, b);
	jw_object(&w);
	jw_key(&w, "done");
	jw_str(&w, str_of(prices_done_words[n->done]));
	jw_key(&w, "file");
	jw_str(&w, str_of(n->file));
	jw_key(&w, "line");
	jw_i64(&w, n->line);
	jw_key(&w, "column");
	jw_i64(&w, n->col);
	jw_key(&w, "subject");
	jw_str(&w, opt(n->subject));
	jw_key(&w, "field");
	jw_str(&w, n->field && n->field[0] ? str_of(n->field) : STR_NONE);
	jw_key(&w, "detail");
	jw_str(&w, str_of(n->detail));
	jw_object_end(&w);
	(void)!jw_finish(&w, NULL); /* sticky in b */
	buf_addc(b, '\n');
}

static uint64_t count_at(const struct prices_result *r, size_t i)
{
	return r->rows[i];
}

void prices_result_text(const struct prices_result *r, struct buf *b)
{
	buf_addf(b, "files %" PRIu64, r->files);
	if (r->files_refused)
		buf_addf(b, " (refused %" PRIu64 ")", r->files_refused);
	for (size_t i = 0; i < PRICES_FILE_REFUSED; i++)
		buf_addf(b, ", %s %" PRIu64, prices_done_words[i], count_at(r, i));
	buf_addz(b, ".\n");
}

void prices_result_json(const struct prices_result *r, struct buf *b)
{
	struct json_writer w;
	jw_begin_buf(&w, b);
	jw_object(&w);
	jw_key(&w, "files");
	jw_i64(&w, (int64_t)r->files);
	jw_key(&w, "files_refused");
	jw_i64(&w, (int64_t)r->files_refused);
	for (size_t i = 0; i < PRICES_FILE_REFUSED; i++) {
		jw_key(&w, prices_done_words[i]);
		jw_i64(&w, (int64_t)count_at(r, i));
	}
	jw_object_end(&w);
	(void)!jw_finish(&w, NULL);
	buf_addc(b, '\n');
}

int prices_result_status(const struct prices_result *r)
{
	return r->files_refused || r->rows[PRICES_REFUSED] ? 3 : 0;
}
