/* Versions of decision models: loading the registry, and which version holds when. */
#include "feat/rules/registry_inside.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "db/db.h"
#include "feat/rules/rules.sql.h"

enum { HEX_SHORTEST = 8 };

const char *rules_state_name(enum rules_state s)
{
	static const char *const names[] = {
	    [RULES_DRAFT] = "draft", [RULES_PUBLISHED] = "published", [RULES_WITHDRAWN] = "withdrawn"};
	return names[s];
}

static enum rules_state state_of(str name)
{
	return str_is(name, "published") ? RULES_PUBLISHED : str_is(name, "draft") ? RULES_DRAFT : RULES_WITHDRAWN;
}

static enum err_code keep_row(struct rules_version *v, const struct rules_versions_row *r, struct arena *a, struct err *e)
{
	if (r->hash.n != sizeof v->hash.b)
		return fail(e, ERR_INVALID, "registry.hash", "a stored hash has %zu bytes", r->hash.n);
	*v = (struct rules_version){.key = r->key, .number = r->number, .name = r->name, .ns = r->ns, .imports = r->imports,
	    .state = state_of(r->state), .valid_from = r->valid_from_day, .valid_to = r->valid_to_day,
	    .legal_basis = r->legal_basis, .author = r->author, .note = r->note, .approver = r->approver,
	    .source_line = r->source_line, .proposed_ms = r->proposed_ms, .published_ms = r->published_ms.v,
	    .bytes = r->size};
	memcpy(v->hash.b, r->hash.p, sizeof v->hash.b);
	sha256_hex(v->hash, v->hex);
	str *texts[] = {&v->key, &v->name, &v->ns, &v->imports, &v->legal_basis, &v->author, &v->note, &v->approver,
	    &v->source_line};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		TRY(db_keep(a, texts[i], e));
	return ERR_OK;
}

enum err_code rules_registry_load(struct db *c, int64_t programme, struct arena *a, const struct rules_registry **ret,
    struct err *e)
{
	VEC(struct rules_version) all = {0};
	AUTO_ROWS rows = NULL;
	struct rules_registry *r = ARENA_NEW(a, struct rules_registry);
	if (!r)
		return arena_fail(a, e);
	TRY(rules_versions_open(c, programme, &rows, e));
	for (;;) {
		struct rules_versions_row row;
		bool more = false;
		TRY(rules_versions_next(rows, &row, &more, e));
		if (!more)
			break;
		if (all.n == RULES_VERSIONS_MOST)
			return fail(e, ERR_LIMIT, "registry.versions", "there are more than %d versions", RULES_VERSIONS_MOST);
		struct rules_version *v = VEC_ADD(&all, a);
		if (!v)
			return arena_fail(a, e);
		TRY(keep_row(v, &row, a, e));
	}
	*r = (struct rules_registry){.programme = programme, .versions = all.p, .n = all.n};
	*ret = r;
	return ERR_OK;
}

bool rules_holds(const struct rules_version *v, date day)
{
	return v->valid_from.day <= day.day && (!date_is(v->valid_to) || day.day <= v->valid_to.day);
}

/* Does v go before other, both being in force? */
static bool supersedes(const struct rules_version *v, const struct rules_version *other)
{
	if (v->valid_from.day != other->valid_from.day)
		return v->valid_from.day > other->valid_from.day;
	if (v->published_ms != other->published_ms)
		return v->published_ms > other->published_ms;
	return v->number > other->number;
}

const struct rules_version *rules_pick(const struct rules_registry *r, const struct rules_wanted *w)
{
	const struct rules_version *best = NULL;
	for (size_t i = 0; i < r->n; i++) {
		const struct rules_version *v = &r->versions[i];
		if (v == w->candidate || v->state != RULES_PUBLISHED || !rules_holds(v, w->day) || !str_eq(w->by_ns ? v->ns : v->key, w->name))
			continue;
		if (!best || supersedes(v, best))
			best = v;
	}
	const struct rules_version *c = w->candidate; /* as if it were published last */
	if (c && rules_holds(c, w->day) && str_eq(w->by_ns ? c->ns : c->key, w->name) &&
	    (!best || c->valid_from.day >= best->valid_from.day))
		best = c;
	return best;
}

const struct rules_version *rules_in_force(const struct rules_registry *r, str key, date day)
{
	return rules_pick(r, &(struct rules_wanted){.name = key, .day = day});
}

enum err_code rules_registry_known(const struct rules_registry *r, int64_t known_ms, struct arena *a,
    const struct rules_registry **ret, struct err *e)
{
	struct rules_registry *then = ARENA_NEW(a, struct rules_registry);
	struct rules_version *versions = ARENA_ARRAY(a, r->n, struct rules_version);
	size_t n = 0;
	if (!then || !versions)
		return arena_fail(a, e);
	for (size_t i = 0; i < r->n; i++)
		if (r->versions[i].state != RULES_PUBLISHED || r->versions[i].published_ms <= known_ms)
			versions[n++] = r->versions[i];
	*then = (struct rules_registry){.programme = r->programme, .versions = versions, .n = n};
	*ret = then;
	return ERR_OK;
}

const struct rules_version *rules_by_hash(const struct rules_registry *r, sha256 hash)
{
	for (size_t i = 0; i < r->n; i++)
		if (sha256_eq(r->versions[i].hash, hash))
			return &r->versions[i];
	return NULL;
}

enum err_code rules_by_hex(const struct rules_registry *r, str hex, const struct rules_version **ret, struct err *e)
{
	const struct rules_version *found = NULL;
	for (size_t i = 0; hex.n >= HEX_SHORTEST && i < r->n; i++) {
		if (!str_starts(str_of(r->versions[i].hex), hex))
			continue;
		if (found)
			return fail(e, ERR_CONFLICT, "registry.prefix", "several versions begin with %.*s; give more digits",
			    STR_ARG(hex));
		found = &r->versions[i];
	}
	if (!found)
		return fail(e, ERR_NOT_FOUND, "registry.unknown",
		    "there is no version %.*s; grutto rules list prints the hashes, of which %d digits or more are needed",
		    STR_ARG(str_sub(hex, 0, 80)), HEX_SHORTEST);
	*ret = found;
	return ERR_OK;
}

const struct rules_version *rules_versions_of(const struct rules_registry *r, str key, size_t *ret_n)
{
	const struct rules_version *first = NULL;
	*ret_n = 0;
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->versions[i].key, key)) {
			first = first ? first : &r->versions[i];
			++*ret_n;
		}
	return first;
}

enum err_code rules_text(struct db *c, const struct rules_registry *r, const struct rules_version *v, struct arena *a,
    str *ret_text, struct err *e)
{
	struct rules_text_get_row row;
	TRY(rules_text_get(c, r->programme, (str){(const char *)v->hash.b, sizeof v->hash.b}, a, &row, e));
	if (!sha256_eq(sha256_of(row.text), v->hash))
		return fail(e, ERR_INVALID, "registry.changed",
		    "the stored text of %.*s, version %lld, is not what its hash %s says: the database was changed by other means",
		    STR_ARG(v->key), (long long)v->number, v->hex);
	*ret_text = row.text;
	return ERR_OK;
}

enum err_code rules_canonical(str text, const char *file, struct arena *a, str *ret_text, struct err *e)
{
	static const char mark[] = "\xef\xbb\xbf";
	if (str_starts(text, STR(mark)))
		text = str_sub(text, sizeof mark - 1, text.n);
	if (!utf8_valid(text, NULL) || (text.n && memchr(text.p, 0, text.n))) {
		(void)fail(e, ERR_INVALID, "registry.utf8", "the model is not UTF-8 text; save it in that encoding");
		return err_at(e, file, 0, 0);
	}
	if (text.n > RULES_TEXT_MOST) {
		(void)fail(e, ERR_LIMIT, "registry.text", "the model has more than %d bytes", RULES_TEXT_MOST);
		return err_at(e, file, 0, 0);
	}
	char *p = arena_alloc(a, text.n + 1);
	size_t n = 0;
	if (!p)
		return arena_fail(a, e);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
			continue;
		p[n++] = text.p[i] == '\r' ? '\n' : text.p[i];
	}
	*ret_text = (str){p, n};
	return ERR_OK;
}
