#include "feat/iati/store.h"

#include "base/mem.h"
#include "codec/json.h"
#include "db/stmt.h"
#include "feat/iati/import.sql.h"
#include "feat/register/register.h"

#include <stdio.h>

#define ACTOR "command:import"

enum { WORDS_BYTES = 64 << 10, JSON_BYTES = 64 << 10, KEY_SHOWN = 500 };

/* Organisations named in files get their identifier from what the file says of them. */
static const uid org_space = {{0x6f, 0x72, 0x67, 0x61, 0x6e, 0x69, 0x83, 0x61, 0xa1, 0x69, 0x6f, 0x6e, 0x69, 0x61, 0x74, 0x69}};

static enum err_code no_memory(struct err *e)
{
	return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
}

static enum err_code read_next_doc(struct store *s, struct err *e)
{
	struct iati_doc_last_row row;
	AUTO_ARENA a = arena_new(4096);
	if (!a)
		return no_memory(e);
	TRY(iati_doc_last(s->db, a, &row, e));
	s->next_doc = row.doc.has ? row.doc.v + 1 : 1;
	return ERR_OK;
}

enum err_code store_open(struct store *s, struct db *db, int64_t programme, struct clock clock, struct rng rng,
    struct err *e)
{
	*s = (struct store){.db = db,
	    .programme = programme,
	    .ids = {.clock = clock, .rng = rng},
	    .clock = clock,
	    .org_seed = {rng_next_u64(&rng), rng_next_u64(&rng)},
	    .words = BUF_INIT(WORDS_BYTES),
	    .json = BUF_INIT(JSON_BYTES)};
	s->orgs = mem_alloc(ORG_CACHE * sizeof *s->orgs);
	if (!s->orgs)
		return no_memory(e);
	memset(s->orgs, 0, ORG_CACHE * sizeof *s->orgs);
	return ERR_OK;
}

void store_close(struct store *s)
{
	mem_free(s->orgs);
	buf_free(&s->words);
	buf_free(&s->json);
	keyset_free(s->seen);
	*s = (struct store){0};
}

/* ---- events ---- */

static void add_hash(struct json_writer *w, str bytes)
{
	sha256 h;
	char hex[65];
	if (bytes.n != sizeof h.b)
		return;
	memcpy(h.b, bytes.p, sizeof h.b);
	sha256_hex(h, hex);
	jw_key(w, "hash");
	jw_str(w, str_of(hex));
}

/* {"key": …, "dataset": …, "hash": …} at the end of s->json. */
static enum err_code activity_json(struct store *s, str key, str hash, str *ret_json, struct err *e)
{
	size_t at = s->json.n;
	struct json_writer w;
	jw_begin_buf(&w, &s->json);
	jw_object(&w);
	jw_key(&w, "key");
	jw_str(&w, str_sub(key, 0, KEY_SHOWN));
	jw_key(&w, "dataset");
	jw_str(&w, s->dataset_name);
	add_hash(&w, hash);
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	*ret_json = str_sub(buf_str(&s->json), at, s->json.n);
	return ERR_OK;
}

static enum err_code put_event(struct store *s, const char *kind, const char *subject_kind, uid subject, str before,
    str after, struct err *e)
{
	char text[40];
	struct buf b = BUF_INIT(sizeof text);
	buf_add_uid(&b, subject);
	struct chain_event ev = {.id = uid_new(&s->ids),
	    .at_ms = clock_now_ms(&s->clock),
	    .actor = STR(ACTOR),
	    .kind = str_of(kind),
	    .subject_kind = str_of(subject_kind),
	    .subject = buf_str(&b),
	    .before = before,
	    .after = after};
	enum err_code code = buf_check(&b, e);
	if (code == ERR_OK)
		code = chain_put(s->chain, &ev, e);
	buf_free(&b);
	return code;
}

/* ---- organisations ---- */

static enum err_code org_id(struct store *s, const struct ia_org *o, uid *ret_id, struct err *e)
{
	*ret_id = UID_NONE;
	if (!o->ref.n && !o->name.n)
		return ERR_OK;
	buf_clear(&s->words);
	buf_add(&s->words, o->ref);
	buf_addc(&s->words, '\x1f');
	buf_add(&s->words, str_sub(o->name, 0, WORDS_BYTES / 2));
	buf_addc(&s->words, '\x1f');
	buf_add(&s->words, o->type);
	TRY(buf_check(&s->words, e));
	str all = buf_str(&s->words);
	uint64_t a = hash_bytes(all, s->org_seed[0]) | 1, b = hash_bytes(all, s->org_seed[1]);
	struct org_slot *slot = &s->orgs[b & (ORG_CACHE - 1)];
	if (slot->a != a || slot->b != b) {
		uid id = uid_of_name(org_space, all);
		TRY(iati_org_add(s->db, s->programme, id, o->ref, o->name.n ? o->name : o->ref, o->type, NULL, e));
		*slot = (struct org_slot){a, b, id};
	}
	*ret_id = slot->id;
	return ERR_OK;
}

static enum err_code resolve_orgs(struct store *s, struct stored *r, struct arena *a, struct err *e)
{
	const struct ia_activity *x = r->a;
	uid *participants = ARENA_ARRAY(a, x->participants.n, uid);
	uid *providers = ARENA_ARRAY(a, x->transactions.n, uid);
	uid *receivers = ARENA_ARRAY(a, x->transactions.n, uid);
	if (!participants || !providers || !receivers)
		return arena_fail(a, e);
	TRY(org_id(s, &x->reporting, &r->reporting, e));
	for (size_t i = 0; i < x->participants.n; i++)
		TRY(org_id(s, &x->participants.p[i].org, &participants[i], e));
	for (size_t i = 0; i < x->transactions.n; i++) {
		TRY(org_id(s, &x->transactions.p[i].provider, &providers[i], e));
		TRY(org_id(s, &x->transactions.p[i].receiver, &receivers[i], e));
	}
	r->participants = participants;
	r->providers = providers;
	r->receivers = receivers;
	return ERR_OK;
}

/* ---- which activities are stored ---- */

static enum err_code say(struct store *s, const struct ia_activity *a, enum iati_level level, const char *id,
    const char *done, const char *detail, store_note_fn note, void *ctx, struct err *e)
{
	(void)s;
	struct ia_note n = {
	    .level = level, .line = a->line, .activity = a->key, .id = id, .done = done, .detail = str_of(detail)};
	return note(ctx, &n, e);
}

/* The same activity stands in another dataset: the newer one counts, without dates the later file. */
static enum err_code contest(struct store *s, const struct ia_activity *a, const struct iati_activity_find_row *old,
    struct arena *scratch, bool *ret_wins, store_note_fn note, void *ctx, struct err *e)
{
	struct iati_dataset_name_row other;
	char detail[400];
	TRY(iati_dataset_name(s->db, s->programme, old->dataset, scratch, &other, e));
	bool older = old->last_updated_ms.has &&
	    (a->last_updated_ms == INT_NONE || a->last_updated_ms < old->last_updated_ms.v);
	*ret_wins = !older;
	snprintf(detail, sizeof detail, "The dataset \"%.*s\" has this activity too, %s.", STR_ARG(str_sub(other.name, 0, 200)),
	    older ? "updated later" : "not updated later");
	return say(s, a, IATI_NOTE, "superseded",
	    older ? "that one was kept, this one left out" : "this one took its place", detail, note, ctx, e);
}

/* *ret_store: to be stored, r filled in. */
static enum err_code decide(struct store *s, const struct ia_activity *a, struct stored *r, struct arena *scratch,
    bool *ret_store, store_note_fn note, void *ctx, struct err *e)
{
	bool is_new, wins = true;
	struct iati_activity_find_row old;
	*ret_store = false;
	TRY(keyset_add(s->seen, a->key, &is_new, e));
	if (!is_new) {
		s->duplicates++;
		return say(s, a, IATI_ACTIVITY, "duplicate", "the first one was kept, this one left out",
		    "An activity with this identifier stands in this file before.", note, ctx, e);
	}
	*r = (struct stored){.a = a};
	enum err_code code =
	    s->first ? ERR_NOT_FOUND : iati_activity_find(s->db, s->programme, a->key, scratch, &old, e);
	if (code == ERR_NOT_FOUND) {
		err_clear(e);
		r->id = uid_new(&s->ids);
		r->doc = s->next_doc++;
		*ret_store = true;
		return ERR_OK;
	}
	TRY(code);
	if (str_eq(old.content_hash, (str){(const char *)a->hash.b, sizeof a->hash.b})) {
		s->unchanged++;
		return ERR_OK;
	}
	if (!uid_eq(old.dataset, s->dataset))
		TRY(contest(s, a, &old, scratch, &wins, note, ctx, e));
	if (!wins) {
		s->superseded++;
		return ERR_OK;
	}
	r->id = old.id;
	r->doc = old.doc;
	r->replaces = true;
	r->old_hash = old.content_hash;
	*ret_store = true;
	return ERR_OK;
}

static enum err_code store_events(struct store *s, const struct stored *r, struct err *e)
{
	str before = STR_NONE, after;
	buf_clear(&s->json);
	/* Both texts stay in place: the buffer has room for two. */
	if (!buf_reserve(&s->json, JSON_BYTES / 2))
		return buf_check(&s->json, e);
	TRY(activity_json(s, r->a->key, (str){(const char *)r->a->hash.b, sizeof r->a->hash.b}, &after, e));
	if (r->replaces)
		TRY(activity_json(s, r->a->key, r->old_hash, &before, e));
	(r->replaces ? &s->changed : &s->added)[0]++;
	return put_event(s, r->replaces ? "activity.changed" : "activity.added", "activity", r->id, before, after, e);
}

enum err_code store_batch(struct store *s, const struct ia_batch *b, struct arena *a, store_note_fn note, void *ctx,
    struct err *e)
{
	size_t n = 0;
	struct stored *rows = ARENA_ARRAY(a, b->activities.n, struct stored);
	if (!rows)
		return arena_fail(a, e);
	for (size_t i = 0; i < b->activities.n; i++) {
		bool take;
		TRY(decide(s, b->activities.p[i], &rows[n], a, &take, note, ctx, e));
		if (!take)
			continue;
		TRY(resolve_orgs(s, &rows[n], a, e));
		if (rows[n].replaces)
			TRY(iati_activity_delete(s->db, s->programme, rows[n].id, NULL, e));
		n++;
	}
	TRY(store_rows(s, rows, n, e));
	for (size_t i = 0; i < n; i++) {
		TRY(register_index_words(s->db, (uint32_t)rows[i].doc, &rows[i].a->words, !rows[i].replaces, e));
		TRY(store_events(s, &rows[i], e));
	}
	return ERR_OK;
}

/* ---- files ---- */

enum err_code store_begin_file(struct store *s, const char *file, str name, struct err *e)
{
	struct rng rng = s->ids.rng;
	struct iati_dataset_named_row row;
	struct iati_comparison_any_row any;
	AUTO_ARENA a = arena_new(4096);
	keyset_free(s->seen);
	s->seen = keyset_new(&rng, IATI_ACTIVITIES_MAX);
	if (!a || !s->seen)
		return no_memory(e);
	s->file = file;
	s->dataset_name = name;
	s->added = s->changed = s->unchanged = s->removed = s->superseded = s->duplicates = 0;
	TRY(read_next_doc(s, e));
	TRY(iati_comparison_any(s->db, s->programme, a, &any, e));
	s->first = any.n == 0;
	enum err_code code = iati_dataset_named(s->db, s->programme, name, a, &row, e);
	s->dataset_new = code == ERR_NOT_FOUND;
	if (code == ERR_OK) {
		s->dataset = row.id;
		return ERR_OK;
	}
	if (code != ERR_NOT_FOUND)
		return code;
	err_clear(e);
	s->dataset = uid_new(&s->ids);
	return iati_dataset_add(s->db, s->programme, s->dataset, name, clock_now_ms(&s->clock), NULL, e);
}

struct gone {
	uid id;
	int64_t doc;
	str key;
};

static enum err_code remove_one(struct store *s, const struct gone *g, struct err *e)
{
	str before;
	buf_clear(&s->json);
	TRY(activity_json(s, g->key, STR_NONE, &before, e));
	TRY(iati_activity_delete(s->db, s->programme, g->id, NULL, e));
	TRY(register_index_remove(s->db, (uint32_t)g->doc, e));
	s->removed++;
	return put_event(s, "activity.removed", "activity", g->id, before, STR_NONE, e);
}

static enum err_code remove_unseen(struct store *s, struct err *e)
{
	AUTO_ARENA a = arena_new((size_t)512 << 20);
	VEC(struct gone) gone = {0};
	if (!a)
		return no_memory(e);
	{
		AUTO_ROWS rows = NULL;
		TRY(iati_activities_of_open(s->db, s->programme, s->dataset, &rows, e));
		for (;;) {
			struct iati_activities_of_row row;
			bool more;
			TRY(iati_activities_of_next(rows, &row, &more, e));
			if (!more)
				break;
			if (keyset_has(s->seen, row.key))
				continue;
			struct gone *g = VEC_ADD(&gone, a);
			if (!g)
				return arena_fail(a, e);
			*g = (struct gone){row.id, row.doc, arena_str(a, row.key)};
			if (!g->key.p)
				return arena_fail(a, e);
		}
	}
	for (size_t i = 0; i < gone.n; i++)
		TRY(remove_one(s, &gone.p[i], e));
	return ERR_OK;
}

static enum err_code file_event(struct store *s, const struct ia_batch *last, struct err *e)
{
	struct json_writer w;
	const struct {
		const char *key;
		uint64_t n;
	} numbers[] = {{"bytes", last->bytes}, {"added", s->added}, {"changed", s->changed}, {"unchanged", s->unchanged},
	    {"removed", s->removed}, {"superseded", s->superseded}};
	buf_clear(&s->json);
	jw_begin_buf(&w, &s->json);
	jw_object(&w);
	jw_key(&w, "name");
	jw_str(&w, s->dataset_name);
	jw_key(&w, "version");
	jw_str(&w, str_of(last->version));
	add_hash(&w, (str){(const char *)last->file_hash.b, sizeof last->file_hash.b});
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		jw_key(&w, numbers[i].key);
		jw_i64(&w, (int64_t)numbers[i].n);
	}
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	return put_event(s, "dataset.imported", "dataset", s->dataset, STR_NONE, buf_str(&s->json), e);
}

enum err_code store_end_file(struct store *s, const struct ia_batch *last, struct err *e)
{
	if (last->whole && !s->dataset_new)
		TRY(remove_unseen(s, e));
	TRY(iati_dataset_finish(s->db, s->programme, s->dataset, last->version[0] ? str_of(last->version) : STR_NONE,
	    (str){(const char *)last->file_hash.b, sizeof last->file_hash.b}, (int64_t)last->bytes,
	    clock_now_ms(&s->clock), NULL, e));
	TRY(file_event(s, last, e));
	keyset_free(s->seen);
	s->seen = NULL;
	return ERR_OK;
}

void store_drop_file(struct store *s)
{
	keyset_free(s->seen);
	s->seen = NULL;
	memset(s->orgs, 0, ORG_CACHE * sizeof *s->orgs);
}
