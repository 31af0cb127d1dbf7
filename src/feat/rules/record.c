/* Records of decisions: keeping, reading, and making them again. */
#include "feat/rules/record.h"

#include "base/map.h"
#include "base/utf8.h"
#include "codec/json.h"
#include "db/db.h"
#include "feat/rules/decide.h"
#include "feat/rules/registry_inside.h"
#include "feat/rules/rules.sql.h"
#include "feat/rules/zones.h"

enum {
	EVENT_BYTES = 64 * 1024,
	RUN_BYTES = 512 << 20,   /* of one decision made again */
	CACHE_BYTES = 256 << 20, /* compiled models kept before they are thrown away */
};

/* ---- keeping ---- */

/* Covers what the record says, so that a change of it shows against the chain. */
static sha256 record_hash(const struct rules_record *r)
{
	struct sha256_state s;
	const str parts[] = {r->case_ref, r->key, r->pins, r->decision, r->input, r->outcome, r->explanation};
	sha256_begin(&s);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		sha256 part = sha256_of(parts[i]); /* of fixed length, so that parts do not mix */
		sha256_add(&s, (str){(const char *)part.b, sizeof part.b});
	}
	return sha256_end(&s);
}

static enum err_code record_event(const struct rules_act *act, const struct rules_record *r, uid id, struct err *e)
{
	AUTO_BUF after = BUF_INIT(EVENT_BYTES);
	AUTO_BUF subject = BUF_INIT(64);
	char hex[65];
	struct json_writer w;
	sha256_hex(record_hash(r), hex);
	buf_add_uid(&subject, id);
	jw_begin_buf(&w, &after);
	jw_object(&w);
	jw_key(&w, "model");
	jw_str(&w, r->key);
	jw_key(&w, "pins");
	jw_str(&w, r->pins);
	jw_key(&w, "record_sha256");
	jw_str(&w, str_of(hex));
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	return rules_event(act, "decision.recorded", "decision", buf_str(&subject), STR_NONE, buf_str(&after), e);
}

enum err_code rules_record_add(const struct rules_act *act, const struct rules_record *r, uid *ret_id, struct err *e)
{
	uid id = uid_new(act->uids);
	if (!str_trim(r->case_ref).n || !utf8_valid(r->case_ref, NULL) || utf8_length(r->case_ref) > RECORD_CASE_MOST ||
	    memchr(r->case_ref.p, 0, r->case_ref.n)) {
		(void)fail(e, ERR_INVALID, "record.case", "the reference of the case is text of at most %d characters",
		    RECORD_CASE_MOST);
		return err_field(e, "case");
	}
	if (r->input.n > RECORD_JSON_MOST || r->explanation.n > RECORD_JSON_MOST)
		return fail(e, ERR_LIMIT, "record.bytes", "the input or the explanation has more than %d bytes", RECORD_JSON_MOST);
	TRY(rules_record_insert(act->db, act->programme, id, r->case_ref, r->made_ms, r->as_of_ms, r->key, r->pins, r->decision,
	    r->strict ? STR("strict") : STR("lenient"), r->input, r->outcome, r->explanation, r->actor, NULL, e));
	TRY(record_event(act, r, id, e));
	*ret_id = id;
	return ERR_OK;
}

/* ---- reading ---- */

static struct rules_record record_of(const struct rules_records_all_row *r)
{
	return (struct rules_record){.id = r->id, .case_ref = r->case_ref, .made_ms = r->made_ms, .as_of_ms = r->as_of_ms,
	    .key = r->key, .pins = r->pins, .decision = r->decision, .strict = str_is(r->mode, "strict"), .input = r->input,
	    .outcome = r->outcome, .explanation = r->explanation, .actor = r->actor};
}

static enum err_code all_records(struct db *c, int64_t programme, rules_record_fn fn, void *ctx, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(rules_records_all_open(c, programme, &rows, e));
	for (;;) {
		struct rules_records_all_row row;
		bool more = false;
		TRY(rules_records_all_next(rows, &row, &more, e));
		if (!more)
			return ERR_OK;
		struct rules_record r = record_of(&row);
		TRY(fn(ctx, &r, e));
	}
}

enum err_code rules_records(struct db *c, int64_t programme, str case_ref, rules_record_fn fn, void *ctx, struct err *e)
{
	AUTO_ROWS rows = NULL;
	if (!case_ref.p)
		return all_records(c, programme, fn, ctx, e);
	TRY(rules_records_of_open(c, programme, case_ref, &rows, e));
	for (;;) {
		struct rules_records_of_row row;
		bool more = false;
		TRY(rules_records_of_next(rows, &row, &more, e));
		if (!more)
			return ERR_OK;
		const struct rules_records_all_row same = {row.id, row.case_ref, row.made_ms, row.as_of_ms, row.key, row.pins,
		    row.decision, row.mode, row.input, row.outcome, row.explanation, row.actor};
		struct rules_record r = record_of(&same);
		TRY(fn(ctx, &r, e));
	}
}

/* ---- making them again ---- */

struct again {
	struct db *db;
	const struct rules_registry *r;
	const struct rules_version *candidate; /* NULL: with the rules of the day */
	rules_difference_fn fn;
	void *ctx;
	struct rules_rerun_totals *totals;
	struct arena *zones_arena, *cache_arena, *run;
	struct feel_zones *zones;
	struct map *cache; /* pins -> struct rules_bound */
};

static enum err_code bound(struct again *g, str pins, const struct rules_bound **ret, struct err *e)
{
	struct rules_bound *b = g->cache ? map_get(g->cache, pins) : NULL;
	if (b) {
		*ret = b;
		return ERR_OK;
	}
	if (!g->cache || arena_used(g->cache_arena) > CACHE_BYTES) {
		arena_reset(g->cache_arena);
		g->cache = map_new(g->cache_arena, (uint64_t)g->r->programme);
	}
	b = g->cache ? ARENA_NEW(g->cache_arena, struct rules_bound) : NULL;
	if (!b)
		return arena_fail(g->cache_arena, e);
	TRY(rules_bind_pins(g->db, g->r, pins, g->zones, g->cache_arena, b, e));
	if (!map_set(g->cache, b->pins, b, NULL))
		return arena_fail(g->cache_arena, e);
	*ret = b;
	return ERR_OK;
}

static enum err_code decide_again(struct again *g, const struct rules_record *r, str pins, str *ret_outcome, struct err *e)
{
	const struct rules_bound *b = NULL;
	TRY(bound(g, pins, &b, e));
	struct decide_job j = {.loaded = &b->loaded, .a = g->run, .options = {.mode = r->strict ? DMN_STRICT : DMN_LENIENT}};
	const char *name = arena_cstr(g->run, r->decision);
	if (!name)
		return arena_fail(g->run, e);
	TRY(decide_find(&j, name, e));
	TRY(decide_input_text(&j, r->input, "record", e));
	decide_at(&j, r->as_of_ms);
	TRY(decide_run(&j, e));
	return decide_outcome(&j, ret_outcome, e);
}

/* The models that would make this decision if the candidate were published; .p NULL when they would stay the same. */
static enum err_code new_pins(struct again *g, const struct rules_record *r, str *ret, struct err *e)
{
	date day = date_of_instant(r->as_of_ms);
	const struct rules_wanted now = {.name = r->key, .day = day};
	struct rules_wanted then = now;
	struct rules_closure a = {.n = 0}, b = {.n = 0};
	then.candidate = g->candidate;
	const struct rules_version *old = rules_pick(g->r, &now), *new = rules_pick(g->r, &then);
	*ret = STR_NONE;
	if (!new)
		return ERR_OK;
	TRY(rules_close(g->r, new, day, g->candidate, &b, e));
	struct err ignored; /* today's rules may be incomplete; the new ones are what matters */
	bool closed = old && rules_close(g->r, old, day, NULL, &a, &ignored) == ERR_OK;
	bool same = closed && a.n == b.n;
	for (size_t i = 0; same && i < a.n; i++)
		same = a.v[i] == b.v[i];
	if (same)
		return ERR_OK;
	*ret = rules_pins(&b, g->run);
	return ret->p ? ERR_OK : arena_fail(g->run, e);
}

static enum err_code one(void *ctx, const struct rules_record *r, struct err *e)
{
	struct again *g = ctx;
	struct rules_difference d = {.record = r, .pins = r->pins, .outcome = STR("")};
	arena_reset(g->run);
	g->totals->seen++;
	enum err_code code = ERR_OK;
	if (g->candidate)
		code = new_pins(g, r, &d.pins, &d.why);
	if (code == ERR_OK && !d.pins.p)
		return ERR_OK;
	if (code == ERR_OK)
		code = decide_again(g, r, d.pins, &d.outcome, &d.why);
	if (code == ERR_NOMEM || code == ERR_IO || code == ERR_BUG)
		return fail(e, code, d.why.id, "%s", d.why.detail);
	d.why.code = code;
	d.same = code == ERR_OK && str_eq(d.outcome, r->outcome);
	g->totals->run++;
	g->totals->different += !d.same;
	return g->fn ? g->fn(g->ctx, &d, e) : ERR_OK;
}

static enum err_code all_again(struct again *g, str case_ref, struct err *e)
{
	AUTO_ARENA zones = arena_new(CACHE_BYTES);
	AUTO_ARENA cache = arena_new(ARENA_NO_LIMIT);
	AUTO_ARENA run = arena_new(RUN_BYTES);
	if (!zones || !cache || !run)
		return fail(e, ERR_NOMEM, "record.memory", "there is no memory to make decisions again");
	g->zones_arena = zones;
	g->cache_arena = cache;
	g->run = run;
	TRY(zones_load(zones, ZONES_DIR, &g->zones, e));
	return rules_records(g->db, g->r->programme, case_ref, one, g, e);
}

enum err_code rules_rerun(struct db *c, const struct rules_registry *r, str case_ref, rules_difference_fn fn, void *ctx,
    struct rules_rerun_totals *ret, struct err *e)
{
	struct rules_rerun_totals totals = {0};
	struct again g = {.db = c, .r = r, .fn = fn, .ctx = ctx, .totals = &totals};
	TRY(all_again(&g, case_ref, e));
	*ret = totals;
	return ERR_OK;
}

enum err_code rules_compare(struct db *c, const struct rules_registry *r, const struct rules_version *v,
    rules_difference_fn fn, void *ctx, struct rules_rerun_totals *ret, struct err *e)
{
	struct rules_rerun_totals totals = {0};
	struct again g = {.db = c, .r = r, .candidate = v, .fn = fn, .ctx = ctx, .totals = &totals};
	TRY(all_again(&g, STR_NONE, e));
	*ret = totals;
	return ERR_OK;
}
