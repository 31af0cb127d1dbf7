#include "base/map.h"
#include "feat/prices/import.h"
#include "feat/prices/pack_prices.h"

#include <stdio.h>

enum { CHECK_BYTES = 512 << 20 };

/* Benchmarks come before what is judged by them, providers and calendars before what refers to them. */
enum pass { PASS_RATES, PASS_FIRST, PASS_REST, PASSES };

static enum pass pass_of(str text)
{
	enum feed_kind kind;
	if (rates_kind_of(text) != RATES_NONE)
		return PASS_RATES;
	return feed_is_csv(text, &kind) && (kind == FEED_PROVIDERS || kind == FEED_CALENDARS) ? PASS_FIRST : PASS_REST;
}

static const char *path_of(const struct pack *p, const struct pack_file *f, struct arena *a)
{
	str path = arena_fmt(a, "%.*s/prices/%.*s", STR_ARG(pack_folder(p)), STR_ARG(f->name));
	return path.p;
}

/* ---- checking ---- */

struct checking {
	const char *file;
	struct arena *a;
	pack_fault_fn on_fault;
	void *ctx;
	struct map *providers;
};

static enum err_code fault(struct checking *c, const struct err *why)
{
	struct pack_fault f = {.at = *why};
	(void)snprintf(f.cure, sizeof f.cure, "Correct it; docs/prices.md describes what is expected.");
	if (!f.at.file[0])
		(void)err_at(&f.at, c->file, 0, 0);
	c->on_fault(c->ctx, &f);
	return ERR_OK;
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	(void)e;
	return fault(ctx, why);
}

static str provider_of(const struct feed_row *row)
{
	switch (row->kind) {
	case FEED_PROVIDERS:
		return row->provider.key;
	case FEED_OFFERS:
		return row->offer.provider;
	case FEED_LOCATIONS:
		return row->location.provider;
	case FEED_SHARES:
		return row->share.provider;
	case FEED_PROMOTIONS:
		return row->promotion.provider;
	case FEED_EXPERIENCES:
		return row->experience.provider;
	case FEED_CALENDARS:
	case FEED_HOLIDAYS:
	case FEED_KINDS:
		break;
	}
	return STR("");
}

static enum err_code on_row(void *ctx, const struct feed_row *row, struct err *e)
{
	struct checking *c = ctx;
	str key = provider_of(row);
	if (row->kind == FEED_PROVIDERS)
		return map_set(c->providers, key, c, NULL) ? ERR_OK : arena_fail(c->a, e);
	if (key.n == 0 || map_get(c->providers, key))
		return ERR_OK;
	struct err why;
	(void)fail(&why, ERR_INVALID, "pack.provider", "no file of the pack tells of the provider %.*s", STR_ARG(key));
	(void)err_at(&why, c->file, row->line, row->col);
	return fault(c, &why);
}

static enum err_code on_average(void *ctx, const struct average_row *row, struct err *e)
{
	(void)ctx;
	(void)row;
	(void)e;
	return ERR_OK;
}

static enum err_code read_file(struct checking *c, str text, struct err *e)
{
	/* a pack is as old as it says, whatever the clock of whoever loads it */
	const struct feed_reading r = {.file = c->file, .now_ms = FEED_ANY_TIME, .a = c->a, .on_row = on_row, .on_refused = on_refused, .ctx = c};
	enum feed_kind kind;
	enum rates_kind rates = rates_kind_of(text);
	enum averages_kind averages = averages_kind_of(text);
	struct rate_rows rows;
	if (averages != AVERAGES_NONE)
		return averages_read(text, averages, &r, on_average, e);
	if (rates != RATES_NONE)
		return rates_read(text, rates, &r, &rows, e);
	if (feed_is_csv(text, &kind))
		return feed_read_csv(text, kind, &r, e);
	return feed_read_json(text, &r, e);
}

enum err_code prices_pack_check(const struct pack *p, struct arena *a, pack_fault_fn on_fault, void *ctx, struct err *e)
{
	size_t n;
	const struct pack_file *files = pack_price_files(p, &n);
	AUTO_ARENA own = arena_new(CHECK_BYTES);
	if (!own)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	struct checking c = {.a = own, .on_fault = on_fault, .ctx = ctx, .providers = map_new(own, 1)};
	if (!c.providers)
		return arena_fail(own, e);
	for (enum pass pass = 0; pass < PASSES; pass++)
		for (size_t i = 0; i < n; i++) {
			struct err why = {0};
			c.file = path_of(p, &files[i], a);
			if (!c.file)
				return arena_fail(a, e);
			if (pass_of(files[i].text) != pass)
				continue;
			enum err_code code = read_file(&c, files[i].text, &why);
			if (code == ERR_NOMEM || code == ERR_BUG)
				return fail(e, code, why.id, "%s", why.detail);
			if (code != ERR_OK)
				TRY(fault(&c, &why));
		}
	return ERR_OK;
}

/* ---- storing ---- */

struct storing {
	struct err first; /* the first row that was not taken */
};

static void on_note(void *ctx, const struct prices_note *n)
{
	struct storing *s = ctx;
	if (s->first.code != ERR_OK || (n->done != PRICES_REFUSED && n->done != PRICES_HELD))
		return;
	(void)fail(&s->first, ERR_INVALID, "pack.prices", "%.*s %s: %s", STR_ARG(n->subject), prices_done_words[n->done], n->detail);
	(void)err_at(&s->first, n->file, n->line, n->col);
}

enum err_code prices_pack_store(const struct pack_store *s, struct err *e)
{
	size_t n;
	const struct pack_file *files = pack_price_files(s->pack, &n);
	struct storing state = {0};
	struct prices_importer m = {.db = s->db, .programme = pack_number(s->pack), .uids = s->uids, .now_ms = s->now_ms, .newest_ms = FEED_ANY_TIME, .chain = s->chain,
	    .actor = "command:init", .on_note = on_note, .ctx = &state};
	AUTO_ARENA a = arena_new(1 << 20);
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	for (enum pass pass = 0; pass < PASSES; pass++)
		for (size_t i = 0; i < n; i++) {
			bool any;
			const char *path = path_of(s->pack, &files[i], a);
			if (!path)
				return arena_fail(a, e);
			if (pass_of(files[i].text) != pass)
				continue;
			TRY(prices_import_text(&m, pass == PASS_RATES ? PRICES_RATES : PRICES_FEEDS, path, files[i].text, &any, e));
			if (state.first.code != ERR_OK) {
				*e = state.first;
				return e->code;
			}
		}
	return ERR_OK;
}
