/* The models as the registry keeps them. */
#include "feat/decisions/decisions.h"
#include "feat/rules/registry.h"
#include "feat/rules/zones.h"

static enum err_code take(struct db *c, const struct rules_registry *r, const struct rules_version *v, struct arena *a,
    struct decision_source *ret, struct err *e)
{
	str xml;
	TRY(rules_text(c, r, v, a, &xml, e));
	*ret = (struct decision_source){.key = v->key, .hash = str_of(v->hex), .number = v->number, .published_ms = v->published_ms,
	    .valid_from = v->valid_from, .valid_to = v->valid_to, .legal_basis = v->legal_basis, .author = v->author,
	    .approver = v->approver, .note = v->note, .source_line = v->source_line, .xml = xml};
	return ERR_OK;
}

enum err_code decisions_view_load(struct db *c, int64_t programme, struct arena *a, const struct decisions_view **ret_view,
    struct err *e)
{
	const struct rules_registry *r;
	struct feel_zones *zones;
	size_t n = 0;
	TRY(rules_registry_load(c, programme, a, &r, e));
	struct decision_source *sources = ARENA_ARRAY(a, r->n, struct decision_source);
	if (!sources)
		return arena_fail(a, e);
	for (size_t i = 0; i < r->n; i++)
		if (r->versions[i].state == RULES_PUBLISHED)
			TRY(take(c, r, &r->versions[i], a, &sources[n++], e));
	TRY(zones_load(a, ZONES_DIR, &zones, e));
	return decisions_view_make(sources, n, zones, a, ret_view, e);
}
