#include "base/vec.h"
#include "feat/rules/dmn_xml.h"
#include "feat/rules/findings.h"
#include "feat/rules/pack_inside.h"
#include "feat/rules/zones.h"

enum { STORE_BYTES = 512 << 20 };

#define INDEX "models.csv"

void pack_judge_fault(const struct pack_judge *k, const struct err *e, bool warning, const char *cure)
{
	struct pack_fault f = {.at = *e, .warning = warning};
	(void)snprintf(f.cure, sizeof f.cure, "%s", cure);
	k->on_fault(k->ctx, &f);
}

/* The pack's models as the registry would have them. */
struct models {
	struct pack_judge k;
	size_t n;
	struct rules_version *versions; /* by row; a row that cannot be read is a draft, which holds nowhere */
	const struct dmn_model **parsed; /* NULL: cannot be read */
	struct rules_registry registry;
	struct feel_zones *zones;
};

static struct rules_proposal proposal(const struct pack *p, size_t row)
{
	pdate from = PDATE_NONE, to = PDATE_NONE;
	(void)pdate_parse(pack_value(p, INDEX, row, "valid_from"), &from);
	(void)pdate_parse(pack_value(p, INDEX, row, "valid_to"), &to);
	return (struct rules_proposal){.text = pack_decision_text(p, row), .file = pack_value(p, INDEX, row, "file"),
	    .key = pack_value(p, INDEX, row, "key"), .valid_from = pdate_first(from), .valid_to = pdate_last(to),
	    .legal_basis = pack_value(p, INDEX, row, "legal_basis"), .author = pack_value(p, INDEX, row, "author"),
	    .note = pack_value(p, INDEX, row, "note"), .source_line = pack_value(p, INDEX, row, "source_line")};
}

/* What the row says besides the model. */
static bool check_row(const struct models *m, size_t row, const struct rules_proposal *p)
{
	struct err e = {0};
	const char *column = "key";
	enum err_code code = rules_proposal_check(p, &e);
	if (code == ERR_OK) {
		code = rules_approver_check(p->author, pack_value(m->k.pack, INDEX, row, "approver"), &e);
		column = "approver";
	}
	if (code == ERR_OK)
		return true;
	pack_place(m->k.pack, INDEX, row, column, &e);
	pack_judge_fault(&m->k, &e, false, "Correct the row in decisions/models.csv.");
	return false;
}

static bool stored_before(const struct models *m, size_t row)
{
	for (size_t i = 0; i < row; i++)
		if (m->parsed[i] && sha256_eq(m->versions[i].hash, m->versions[row].hash))
			return true;
	return false;
}

static enum err_code imports_text(const struct dmn_model *m, struct arena *a, str *ret, struct err *e)
{
	AUTO_BUF b = BUF_INIT(1 << 16);
	for (size_t i = 0; i < m->n_imports; i++)
		buf_addf(&b, "%.*s\n", STR_ARG(m->imports[i].ns));
	TRY(buf_check(&b, e));
	*ret = arena_str(a, buf_str(&b));
	return ret->p ? ERR_OK : arena_fail(a, e);
}

static enum err_code read_row(struct models *m, size_t row, struct err *e)
{
	struct arena *a = m->k.a;
	const struct rules_proposal p = proposal(m->k.pack, row);
	struct rules_version *v = &m->versions[row];
	str file = arena_fmt(a, "%.*s/decisions/%.*s", STR_ARG(pack_folder(m->k.pack)), STR_ARG(p.file)), text;
	struct err local = {0};
	*v = (struct rules_version){.key = p.key, .number = (int64_t)row + 1, .state = RULES_DRAFT, .valid_from = p.valid_from,
	    .valid_to = p.valid_to};
	if (!file.p)
		return arena_fail(a, e);
	if (!p.text.p || !check_row(m, row, &p))
		return ERR_OK;
	enum err_code code = rules_canonical(p.text, file.p, a, &text, &local);
	if (code == ERR_OK)
		code = dmn_xml_parse(text, file.p, a, &m->parsed[row], &local);
	if (code == ERR_NOMEM)
		return fail(e, code, local.id, "%s", local.detail);
	if (code != ERR_OK) {
		pack_judge_fault(&m->k, &local, false, "Make it a DMN model that can be read.");
		return ERR_OK;
	}
	v->hash = sha256_of(text);
	v->name = m->parsed[row]->name;
	v->ns = m->parsed[row]->ns;
	v->state = RULES_PUBLISHED;
	if (stored_before(m, row)) {
		(void)fail(&local, ERR_INVALID, "pack.same_model", "another row names a file with exactly the same text");
		pack_place(m->k.pack, INDEX, row, "file", &local);
		pack_judge_fault(&m->k, &local, false, "Keep one of the two rows.");
	}
	return imports_text(m->parsed[row], a, &v->imports, e);
}

static enum err_code compile(struct models *m, size_t row, struct rules_loaded *ret, struct err *e)
{
	struct rules_closure all;
	const struct rules_version *v = &m->versions[row];
	TRY(rules_close(&m->registry, v, v->valid_from, NULL, &all, e));
	const struct dmn_model **list = ARENA_ARRAY(m->k.a, all.n, const struct dmn_model *);
	if (!list)
		return arena_fail(m->k.a, e);
	for (size_t i = 0; i < all.n; i++)
		list[i] = m->parsed[all.v[i] - m->versions];
	*ret = (struct rules_loaded){.model = list[0], .zones = m->zones};
	return dmn_compile(m->k.a, m->zones, list, all.n, &ret->set, e);
}

static enum err_code check_model(struct models *m, size_t row, struct err *e)
{
	struct rules_loaded l;
	struct err local = {0};
	const struct rules_finding *f;
	size_t n;
	enum err_code code = compile(m, row, &l, &local);
	if (code == ERR_NOMEM)
		return fail(e, code, local.id, "%s", local.detail);
	if (code != ERR_OK) {
		if (!local.file[0])
			(void)snprintf(local.file, sizeof local.file, "%.*s", STR_ARG(m->parsed[row]->file));
		pack_judge_fault(&m->k, &local, false, "Correct the model.");
		return ERR_OK;
	}
	TRY(rules_findings(&l, false, m->k.a, &f, &n, e));
	TRY(rules_check_texts(&m->k, row, m->parsed[row], e));
	bool sound = true;
	for (size_t i = 0; i < n; i++) {
		(void)fail(&local, ERR_INVALID, f[i].id, "%.*s", STR_ARG(f[i].text));
		const char *file = arena_cstr(m->k.a, f[i].file);
		(void)err_at(&local, file, f[i].line, f[i].col);
		pack_judge_fault(&m->k, &local, !f[i].error, f[i].error ? "Correct the model." : "");
		sound = sound && !f[i].error;
	}
	return sound ? rules_run_cases(&m->k, row, &l, m->versions[row].valid_from, e) : ERR_OK;
}

enum err_code rules_pack_check(const struct pack *p, struct arena *a, pack_fault_fn on_fault, void *ctx, struct err *e)
{
	struct models m = {.k = {.pack = p, .a = a, .on_fault = on_fault, .ctx = ctx}, .n = pack_row_count(p, INDEX)};
	if (!m.n)
		return ERR_OK;
	m.versions = ARENA_ARRAY(a, m.n, struct rules_version);
	m.parsed = ARENA_ARRAY(a, m.n, const struct dmn_model *);
	if (!m.versions || !m.parsed)
		return arena_fail(a, e);
	TRY(zones_load(a, ZONES_DIR, &m.zones, e));
	for (size_t i = 0; i < m.n; i++)
		TRY(read_row(&m, i, e));
	m.registry = (struct rules_registry){.versions = m.versions, .n = m.n};
	for (size_t i = 0; i < m.n; i++)
		if (m.parsed[i])
			TRY(check_model(&m, i, e));
	return ERR_OK;
}

enum err_code rules_pack_store(const struct pack_store *s, struct err *e)
{
	size_t n = pack_row_count(s->pack, INDEX);
	const struct rules_act act = {.db = s->db, .programme = pack_number(s->pack), .uids = s->uids, .chain = s->chain,
	    .now_ms = s->now_ms, .actor = STR("command:init")};
	AUTO_ARENA a = arena_new(STORE_BYTES);
	if (!a)
		return fail(e, ERR_NOMEM, "rules.memory", "there is no memory to store the rules");
	for (size_t i = 0; i < n; i++) {
		const struct rules_proposal p = proposal(s->pack, i);
		const struct rules_registry *r;
		sha256 hash;
		TRY(rules_propose(&act, &p, a, &hash, e));
		TRY(rules_registry_load(s->db, act.programme, a, &r, e));
		TRY(rules_make_published(&act, rules_by_hash(r, hash), str_trim(pack_value(s->pack, INDEX, i, "approver")), e));
	}
	return ERR_OK;
}
