#include "db/chain.h"

#include "db/backend.h"
#include "db/chain.sql.h"

#include "base/mem.h"

#include <stdio.h>

static const struct db_column event_columns[] = {
    {"programme", DB_I64, false},
    {"seq", DB_I64, false},
    {"id", DB_UID, false},
    {"at_ms", DB_I64, false},
    {"actor", DB_STR, false},
    {"kind", DB_STR, false},
    {"subject_kind", DB_STR, false},
    {"subject", DB_STR, false},
    {"before", DB_STR, true},
    {"after", DB_STR, true},
    {"prev", DB_BYTES, false},
    {"hash", DB_BYTES, false},
};
static const struct db_table event_table = {
    "event", event_columns, sizeof event_columns / sizeof *event_columns, .direct = true};

struct chain {
	struct db *c;
	struct db_bulk *bulk; /* NULL: one statement per event */
	int64_t programme;
	struct chain_head head;
	int64_t added;
};

/* ---- the hash ---- */

static void put_u64(uint8_t dst[8], uint64_t v)
{
	for (int i = 0; i < 8; i++)
		dst[i] = (uint8_t)(v >> (56 - 8 * i));
}

static void hash_field(struct sha256_state *s, str field)
{
	uint8_t length[8];
	put_u64(length, field.p ? field.n : UINT64_MAX);
	sha256_add(s, (str){(const char *)length, sizeof length});
	if (field.p)
		sha256_add(s, field);
}

static void hash_i64(struct sha256_state *s, int64_t v)
{
	uint8_t bytes[8];
	put_u64(bytes, (uint64_t)v);
	hash_field(s, (str){(const char *)bytes, sizeof bytes});
}

/* A text that must be there is "" when the caller gave none. */
static str present(str s)
{
	return s.p ? s : STR("");
}

sha256 chain_hash(sha256 prev, int64_t programme, int64_t seq, const struct chain_event *ev)
{
	struct sha256_state s;
	sha256_begin(&s);
	hash_field(&s, STR("grutto-event-1"));
	hash_field(&s, (str){(const char *)prev.b, sizeof prev.b});
	hash_i64(&s, programme);
	hash_i64(&s, seq);
	hash_i64(&s, ev->at_ms);
	hash_field(&s, (str){(const char *)ev->id.b, sizeof ev->id.b});
	hash_field(&s, present(ev->actor));
	hash_field(&s, present(ev->kind));
	hash_field(&s, present(ev->subject_kind));
	hash_field(&s, present(ev->subject));
	hash_field(&s, ev->before);
	hash_field(&s, ev->after);
	return sha256_end(&s);
}

static str hash_str(const sha256 *h)
{
	return (str){(const char *)h->b, sizeof h->b};
}

static bool hash_of(str s, sha256 *ret_h)
{
	if (s.n != sizeof ret_h->b)
		return false;
	memcpy(ret_h->b, s.p, sizeof ret_h->b);
	return true;
}

/* ---- adding ---- */

static enum err_code take_head(
    struct db *c, str hash, int64_t seq, int64_t at_ms, struct chain_head *ret_head, struct err *e)
{
	struct chain_head head = {.seq = seq, .at_ms = at_ms};
	if (!hash_of(hash, &head.hash))
		return fail(e, ERR_IO, "chain.head", "%s: the head of the event chain is damaged",
		    db_place(c));
	*ret_head = head;
	return ERR_OK;
}

static enum err_code lock_head(
    struct db *c, int64_t programme, struct chain_head *ret_head, struct err *e)
{
	static const sha256 none = {{0}};
	struct chain_head_lock_row row;
	AUTO_ARENA a = arena_new(4096);
	if (!a)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	enum err_code code = chain_head_lock(c, programme, a, &row, e);
	if (code == ERR_NOT_FOUND) {
		TRY(chain_head_first(c, programme, hash_str(&none), NULL, e));
		code = chain_head_lock(c, programme, a, &row, e);
	}
	TRY(code);
	return take_head(c, row.hash, row.seq, row.at_ms, ret_head, e);
}

static enum err_code begin(
    struct db *c, int64_t programme, bool many, struct chain *ch, struct err *e)
{
	if (!db_in_tx(c))
		return fail(e, ERR_BUG, "chain.no_tx",
		    "an event belongs inside the transaction of its change");
	*ch = (struct chain){.c = c, .programme = programme};
	TRY(lock_head(c, programme, &ch->head, e));
	return many ? db_bulk_begin_guarded(c, &event_table, &ch->bulk, e) : ERR_OK;
}

enum err_code chain_begin(struct db *c, int64_t programme, struct chain **ret_ch, struct err *e)
{
	struct chain *ch = mem_alloc(sizeof *ch);
	if (!ch)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	enum err_code code = begin(c, programme, true, ch, e);
	if (code == ERR_OK)
		*ret_ch = ch;
	else
		mem_free(ch);
	return code;
}

static enum err_code check_event(const struct chain_event *ev, struct err *e)
{
	if (!uid_is(ev->id))
		return fail(e, ERR_BUG, "chain.id", "an event without an identifier");
	if (ev->actor.n == 0 || ev->kind.n == 0)
		return fail(e, ERR_BUG, "chain.actor", "an event without actor or kind");
	if (ev->actor.n > CHAIN_WORD_MAX || ev->kind.n > CHAIN_WORD_MAX ||
	    ev->subject_kind.n > CHAIN_WORD_MAX || ev->subject.n > CHAIN_WORD_MAX)
		return fail(e, ERR_LIMIT, "chain.word",
		    "a word of an event is longer than %d bytes", CHAIN_WORD_MAX);
	if (ev->before.n > CHAIN_JSON_MAX || ev->after.n > CHAIN_JSON_MAX)
		return fail(e, ERR_LIMIT, "chain.json",
		    "the text of an event is longer than %u bytes", CHAIN_JSON_MAX);
	return ERR_OK;
}

static enum err_code put_bulk(struct db_bulk *b, int64_t programme, int64_t seq,
    const struct chain_event *ev, const sha256 *prev, const sha256 *hash, struct err *e)
{
	db_bulk_i64(b, programme);
	db_bulk_i64(b, seq);
	db_bulk_uid(b, ev->id);
	db_bulk_i64(b, ev->at_ms);
	db_bulk_str(b, ev->actor);
	db_bulk_str(b, ev->kind);
	db_bulk_str(b, ev->subject_kind);
	db_bulk_str(b, ev->subject);
	db_bulk_str(b, ev->before);
	db_bulk_str(b, ev->after);
	db_bulk_str(b, hash_str(prev));
	db_bulk_str(b, hash_str(hash));
	return db_bulk_row(b, e);
}

enum err_code chain_put(struct chain *ch, const struct chain_event *given, struct err *e)
{
	struct chain_event ev = *given;
	TRY(check_event(&ev, e));
	if (ev.at_ms < ch->head.at_ms)
		ev.at_ms = ch->head.at_ms; /* a clock set back must not break the order */
	int64_t seq = ch->head.seq + 1;
	sha256 hash = chain_hash(ch->head.hash, ch->programme, seq, &ev);
	if (ch->bulk)
		TRY(put_bulk(ch->bulk, ch->programme, seq, &ev, &ch->head.hash, &hash, e));
	else
		TRY(chain_event_add(ch->c, ch->programme, seq, ev.id, ev.at_ms, ev.actor, ev.kind,
		    ev.subject_kind, ev.subject, ev.before, ev.after, hash_str(&ch->head.hash),
		    hash_str(&hash), NULL, e));
	ch->head = (struct chain_head){seq, hash, ev.at_ms};
	ch->added++;
	return ERR_OK;
}

static enum err_code end(struct chain *ch, struct err *e)
{
	if (ch->bulk) {
		struct db_bulk *b = ch->bulk;
		ch->bulk = NULL;
		TRY(db_bulk_end(b, NULL, e));
	}
	if (ch->added == 0)
		return ERR_OK;
	int64_t changed = 0;
	TRY(chain_head_set(ch->c, ch->programme, ch->head.seq, hash_str(&ch->head.hash),
	    ch->head.at_ms, &changed, e));
	return changed == 1 ? ERR_OK
	                    : fail(e, ERR_BUG, "chain.head", "the head of the event chain is gone");
}

enum err_code chain_end(struct chain *ch, struct err *e)
{
	enum err_code code = end(ch, e);
	mem_free(ch);
	return code;
}

void chain_abort(struct chain *ch)
{
	if (!ch)
		return;
	db_bulk_abort(ch->bulk);
	mem_free(ch);
}

void chain_autoabort(struct chain **ch)
{
	chain_abort(*ch);
}

enum err_code chain_add(
    struct db *c, int64_t programme, const struct chain_event *ev, struct err *e)
{
	struct chain ch;
	TRY(begin(c, programme, false, &ch, e));
	TRY(chain_put(&ch, ev, e));
	return end(&ch, e);
}

enum err_code chain_head(
    struct db *c, int64_t programme, struct chain_head *ret_head, struct err *e)
{
	struct chain_head_get_row row;
	AUTO_ARENA a = arena_new(4096);
	if (!a)
		return fail(e, ERR_NOMEM, "db.memory", "out of memory");
	enum err_code code = chain_head_get(c, programme, a, &row, e);
	if (code == ERR_NOT_FOUND) {
		*ret_head = (struct chain_head){0};
		return ERR_OK;
	}
	TRY(code);
	return take_head(c, row.hash, row.seq, row.at_ms, ret_head, e);
}

/* ---- verifying ---- */

struct verifying {
	struct chain_report *report;
	struct db_rows *heads;
	struct chain_heads_row head; /* the stored head that comes next */
	bool more_heads;
	int64_t programme;
	struct chain_head at; /* what has been recomputed so far */
	bool any;             /* a programme is under way */
};

static void broken(struct verifying *v, int64_t programme, int64_t seq, const char *what)
{
	struct chain_report *r = v->report;
	r->whole = false;
	r->programme = programme;
	r->seq = seq;
	(void)snprintf(r->what, sizeof r->what, "%s", what);
}

static enum err_code next_head(struct verifying *v, struct err *e)
{
	return chain_heads_next(v->heads, &v->head, &v->more_heads, e);
}

/* All events of the programme were seen: is the stored head the last of them? */
static enum err_code close_programme(struct verifying *v, struct err *e)
{
	sha256 stored;
	v->report->head = v->at;
	if (!v->any)
		return ERR_OK;
	v->any = false;
	if (!v->more_heads || v->head.programme != v->programme) {
		broken(v, v->programme, v->at.seq, "the programme has events and no stored head");
		return ERR_OK;
	}
	if (v->head.seq > v->at.seq)
		broken(v, v->programme, v->at.seq + 1,
		    "events are missing at the end: the stored head is further");
	else if (v->head.seq < v->at.seq)
		broken(v, v->programme, v->head.seq + 1, "there are events behind the stored head");
	else if (!hash_of(v->head.hash, &stored) || !sha256_eq(stored, v->at.hash))
		broken(v, v->programme, v->at.seq,
		    "the stored head has another hash than the last event");
	else if (v->head.at_ms != v->at.at_ms)
		broken(v, v->programme, v->at.seq,
		    "the stored head has another time than the last event");
	return next_head(v, e);
}

/* A new programme begins: a stored head before it belongs to a programme whose events are all gone.
 */
static enum err_code open_programme(struct verifying *v, int64_t programme, struct err *e)
{
	while (v->report->whole && v->more_heads && v->head.programme < programme) {
		if (v->head.seq > 0)
			broken(v, v->head.programme, 1, "all events of the programme are missing");
		TRY(next_head(v, e));
	}
	v->programme = programme;
	v->at = (struct chain_head){0};
	v->any = true;
	v->report->programmes++;
	return ERR_OK;
}

static void check_one(struct verifying *v, const struct chain_events_row *row)
{
	const struct chain_event ev = {row->id, row->at_ms, row->actor, row->kind,
	    row->subject_kind, row->subject, row->before, row->after};
	sha256 prev, stored;
	if (row->seq != v->at.seq + 1) {
		broken(v, row->programme, v->at.seq + 1,
		    row->seq > v->at.seq + 1 ? "the event is missing" : "the number is used twice");
		return;
	}
	if (!hash_of(row->prev, &prev) || !sha256_eq(prev, v->at.hash)) {
		broken(v, row->programme, row->seq,
		    "it does not follow the event before it: prev differs from that event's hash");
		return;
	}
	sha256 hash = chain_hash(prev, row->programme, row->seq, &ev);
	if (!hash_of(row->hash, &stored) || !sha256_eq(stored, hash)) {
		broken(v, row->programme, row->seq,
		    "its content does not fit its hash: a field or the hash was changed");
		return;
	}
	if (row->at_ms < v->at.at_ms) {
		broken(v, row->programme, row->seq,
		    "its time lies before that of the event in front of it");
		return;
	}
	v->at = (struct chain_head){row->seq, hash, row->at_ms};
	v->report->events++;
}

static enum err_code verify_events(struct verifying *v, struct db_rows *events, struct err *e)
{
	struct chain_events_row row;
	bool more = true;
	while (v->report->whole) {
		TRY(chain_events_next(events, &row, &more, e));
		if (!more)
			break;
		if (v->any && row.programme != v->programme)
			TRY(close_programme(v, e));
		if (!v->any && v->report->whole)
			TRY(open_programme(v, row.programme, e));
		if (v->report->whole)
			check_one(v, &row);
	}
	if (v->report->whole)
		TRY(close_programme(v, e));
	while (v->report->whole && v->more_heads) {
		if (v->head.seq > 0)
			broken(v, v->head.programme, 1, "all events of the programme are missing");
		TRY(next_head(v, e));
	}
	return ERR_OK;
}

enum err_code chain_verify(struct db *c, struct chain_report *ret_report, struct err *e)
{
	struct chain_report report = {.whole = true};
	struct verifying v = {.report = &report};
	AUTO_TX tx = {0}; /* heads and events of one moment */
	AUTO_ROWS heads = NULL;
	AUTO_ROWS events = NULL;
	TRY(db_begin(c, &tx, e));
	TRY(chain_heads_open(c, &heads, e));
	v.heads = heads;
	TRY(next_head(&v, e));
	TRY(chain_events_open(c, &events, e));
	TRY(verify_events(&v, events, e));
	*ret_report = report;
	return ERR_OK;
}
