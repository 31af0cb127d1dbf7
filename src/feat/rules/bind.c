/* Stored models, with what they import, compiled. */
#include "db/db.h"
#include "feat/rules/dmn_xml.h"
#include "feat/rules/registry_inside.h"
#include "feat/rules/zones.h"

static bool has_ns(const struct rules_closure *c, str ns)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->v[i]->ns, ns))
			return true;
	return false;
}

static enum err_code add_imports(const struct rules_registry *r, const struct rules_version *v, date day,
    const struct rules_version *candidate, struct rules_closure *c, struct err *e)
{
	struct str_split it = str_split_on(v->imports, '\n');
	str ns;
	while (str_next(&it, &ns)) {
		if (!ns.n || has_ns(c, ns))
			continue;
		const struct rules_wanted w = {.name = ns, .by_ns = true, .day = day, .candidate = candidate};
		const struct rules_version *found = rules_pick(r, &w);
		if (!found) {
			AUTO_BUF on = BUF_INIT(40);
			buf_add_date(&on, day);
			return fail(e, ERR_NOT_FOUND, "registry.import",
			    "%.*s imports the namespace %.*s, which no published model has on %.*s", STR_ARG(v->key),
			    STR_ARG(str_sub(ns, 0, 200)), STR_ARG(buf_str(&on)));
		}
		if (c->n == LOAD_MODELS_MOST)
			return fail(e, ERR_LIMIT, "rules.imports", "more than %d models are imported", LOAD_MODELS_MOST);
		c->v[c->n++] = found;
	}
	return ERR_OK;
}

enum err_code rules_close(const struct rules_registry *r, const struct rules_version *v, date day,
    const struct rules_version *candidate, struct rules_closure *ret, struct err *e)
{
	ret->v[0] = v;
	ret->n = 1;
	for (size_t i = 0; i < ret->n; i++)
		TRY(add_imports(r, ret->v[i], day, candidate, ret, e));
	return ERR_OK;
}

str rules_pins(const struct rules_closure *c, struct arena *a)
{
	AUTO_BUF b = BUF_INIT(LOAD_MODELS_MOST * sizeof c->v[0]->hex);
	for (size_t i = 0; i < c->n; i++)
		buf_addf(&b, "%s%s", i ? " " : "", c->v[i]->hex);
	return b.failed ? STR_NONE : arena_str(a, buf_str(&b));
}

static enum err_code compile(struct db *c, const struct rules_registry *r, const struct rules_closure *all,
    struct feel_zones *zones, struct arena *a, struct rules_bound *ret, struct err *e)
{
	const struct dmn_model **models = ARENA_ARRAY(a, all->n, const struct dmn_model *);
	struct rules_bound b = {.version = all->v[0], .pins = rules_pins(all, a), .loaded = {.zones = zones}};
	if (!models || !b.pins.p)
		return arena_fail(a, e);
	if (!zones)
		TRY(zones_load(a, ZONES_DIR, &b.loaded.zones, e));
	for (size_t i = 0; i < all->n; i++) {
		str text, name = arena_fmt(a, "%.*s version %lld", STR_ARG(all->v[i]->key), (long long)all->v[i]->number);
		if (!name.p)
			return arena_fail(a, e);
		TRY(rules_text(c, r, all->v[i], a, &text, e));
		TRY(dmn_xml_parse(text, name.p, a, &models[i], e));
	}
	b.loaded.model = models[0];
	TRY(dmn_compile(a, b.loaded.zones, models, all->n, &b.loaded.set, e));
	*ret = b;
	return ERR_OK;
}

enum err_code rules_bind(struct db *c, const struct rules_registry *r, const struct rules_version *v, date day,
    struct feel_zones *zones, struct arena *a, struct rules_bound *ret, struct err *e)
{
	struct rules_closure all;
	TRY(rules_close(r, v, day, NULL, &all, e));
	return compile(c, r, &all, zones, a, ret, e);
}

enum err_code rules_bind_pins(struct db *c, const struct rules_registry *r, str pins, struct feel_zones *zones,
    struct arena *a, struct rules_bound *ret, struct err *e)
{
	struct rules_closure all = {.n = 0};
	struct str_split it = str_split_on(pins, ' ');
	str hex;
	while (str_next(&it, &hex)) {
		sha256 hash;
		const struct rules_version *v = sha256_parse(hex, &hash) ? rules_by_hash(r, hash) : NULL;
		if (!v)
			return fail(e, ERR_NOT_FOUND, "registry.unknown", "there is no version %.*s", STR_ARG(str_sub(hex, 0, 80)));
		if (all.n == LOAD_MODELS_MOST)
			return fail(e, ERR_LIMIT, "rules.imports", "more than %d models are imported", LOAD_MODELS_MOST);
		all.v[all.n++] = v;
	}
	if (!all.n)
		return fail(e, ERR_INVALID, "registry.pins", "no model is named");
	return compile(c, r, &all, zones, a, ret, e);
}
