/* Changes of the registry: proposing, publishing, withdrawing. */
#include "base/utf8.h"
#include "codec/json.h"
#include "db/chain.h"
#include "feat/rules/dmn_xml.h"
#include "feat/rules/findings.h"
#include "feat/rules/registry_inside.h"
#include "feat/rules/rules.sql.h"

enum { EVENT_BYTES = 64 * 1024, IMPORTS_BYTES = 64 * 1024 };

static str bytes_of(const sha256 *hash)
{
	return (str){(const char *)hash->b, sizeof hash->b};
}

enum err_code rules_event(const struct rules_act *act, const char *kind, const char *subject_kind, str subject, str before,
    str after, struct err *e)
{
	const struct chain_event ev = {.id = uid_new(act->uids), .at_ms = act->now_ms, .actor = act->actor,
	    .kind = str_of(kind), .subject_kind = str_of(subject_kind), .subject = subject, .before = before, .after = after};
	return act->chain ? chain_put(act->chain, &ev, e) : chain_add(act->db, act->programme, &ev, e);
}

/* What the event says of a version; the text itself is covered by its hash. */
static enum err_code version_json(struct buf *b, const struct rules_version *v, str reason, struct err *e)
{
	struct json_writer w;
	jw_begin_buf(&w, b);
	jw_object(&w);
	jw_key(&w, "key");
	jw_str(&w, v->key);
	jw_key(&w, "number");
	jw_i64(&w, v->number);
	jw_key(&w, "name");
	jw_str(&w, v->name);
	jw_key(&w, "state");
	jw_str(&w, str_of(rules_state_name(v->state)));
	jw_key(&w, "valid_from");
	jw_date(&w, v->valid_from);
	jw_key(&w, "valid_to");
	jw_date(&w, v->valid_to);
	jw_key(&w, "legal_basis");
	jw_str(&w, v->legal_basis);
	jw_key(&w, "author");
	jw_str(&w, v->author);
	jw_key(&w, "approver");
	jw_str(&w, v->approver);
	jw_key(&w, "note");
	jw_str(&w, v->note);
	jw_key(&w, "source_line");
	jw_str(&w, v->source_line);
	if (reason.p) {
		jw_key(&w, "reason");
		jw_str(&w, reason);
	}
	jw_object_end(&w);
	return jw_finish(&w, e);
}

static enum err_code version_event(const struct rules_act *act, const char *kind, const struct rules_version *before,
    const struct rules_version *after, str reason, struct err *e)
{
	AUTO_BUF old = BUF_INIT(EVENT_BYTES);
	AUTO_BUF new = BUF_INIT(EVENT_BYTES);
	if (before)
		TRY(version_json(&old, before, STR_NONE, e));
	TRY(version_json(&new, after, reason, e));
	return rules_event(act, kind, "rule_model", str_of(after->hex), before ? buf_str(&old) : STR_NONE, buf_str(&new), e);
}

/* ---- proposing ---- */

static enum err_code need(str value, size_t most, const char *field, bool required, struct err *e)
{
	enum err_code code = ERR_OK;
	if (required && !str_trim(value).n)
		code = fail(e, ERR_INVALID, "registry.missing", "the %s is missing", field);
	else if (!utf8_valid(value, NULL) || utf8_length(value) > most || (value.n && memchr(value.p, 0, value.n)))
		code = fail(e, ERR_INVALID, "registry.text", "the %s must be text of at most %zu characters", field, most);
	if (code != ERR_OK)
		(void)err_field(e, field);
	return code;
}

static bool is_key(str key)
{
	bool good = key.n > 0 && key.n <= RULES_KEY_MOST && key.p[0] != '-' && key.p[key.n - 1] != '-';
	for (size_t i = 0; good && i < key.n; i++)
		good = (key.p[i] >= 'a' && key.p[i] <= 'z') || (key.p[i] >= '0' && key.p[i] <= '9') || key.p[i] == '-';
	return good;
}

enum err_code rules_proposal_check(const struct rules_proposal *p, struct err *e)
{
	if (!is_key(p->key)) {
		(void)fail(e, ERR_INVALID, "registry.key",
		    "the key of a model is made of lower-case letters, digits and hyphens, at most %d, not \"%.*s\"", RULES_KEY_MOST,
		    STR_ARG(str_sub(p->key, 0, RULES_KEY_MOST)));
		return err_field(e, "key");
	}
	TRY(need(p->legal_basis, RULES_WORDS_MOST, "legal basis", true, e));
	TRY(need(p->author, RULES_ACTOR_MOST, "author", true, e));
	TRY(need(p->note, RULES_WORDS_MOST, "note", false, e));
	TRY(need(p->source_line, RULES_WORDS_MOST, "source line", false, e));
	if (!date_is(p->valid_from) || (date_is(p->valid_to) && p->valid_to.day < p->valid_from.day)) {
		(void)fail(e, ERR_INVALID, "registry.period", date_is(p->valid_from)
		    ? "the period ends before it begins" : "the first day of the period is missing");
		return err_field(e, "valid_from");
	}
	return ERR_OK;
}

static enum err_code imports_of(const struct dmn_model *m, struct arena *a, str *ret, struct err *e)
{
	AUTO_BUF b = BUF_INIT(IMPORTS_BYTES);
	for (size_t i = 0; i < m->n_imports; i++) {
		buf_add(&b, m->imports[i].ns);
		buf_addc(&b, '\n');
	}
	TRY(buf_check(&b, e));
	*ret = arena_str(a, buf_str(&b));
	return ret->p ? ERR_OK : arena_fail(a, e);
}

/* The version as it will be stored; what the model itself says is read from its text. */
static enum err_code describe(const struct rules_act *act, const struct rules_proposal *p, struct arena *a, str *ret_text,
    struct rules_version *ret, struct err *e)
{
	const struct dmn_model *m;
	const char *file = arena_cstr(a, p->file.n ? p->file : p->key);
	if (!file)
		return arena_fail(a, e);
	TRY(rules_canonical(p->text, file, a, ret_text, e));
	TRY(dmn_xml_parse(*ret_text, file, a, &m, e));
	if (!m->ns.n || !m->name.n) {
		(void)fail(e, ERR_INVALID, "registry.namespace", "<definitions> needs a name and a namespace");
		return err_at(e, file, 1, 1);
	}
	*ret = (struct rules_version){.hash = sha256_of(*ret_text), .key = p->key, .name = m->name, .ns = m->ns,
	    .state = RULES_DRAFT, .valid_from = p->valid_from, .valid_to = p->valid_to, .legal_basis = str_trim(p->legal_basis),
	    .author = str_trim(p->author), .note = p->note.p ? p->note : STR(""), .approver = STR_NONE,
	    .source_line = p->source_line.p ? p->source_line : STR(""), .proposed_ms = act->now_ms,
	    .bytes = (int64_t)ret_text->n};
	sha256_hex(ret->hash, ret->hex);
	return imports_of(m, a, &ret->imports, e);
}

static enum err_code store_new(const struct rules_act *act, struct rules_version *v, str text, struct err *e)
{
	TRY(rules_model_add(act->db, act->programme, bytes_of(&v->hash), v->key, v->number, v->name, v->ns, v->imports,
	    v->valid_from, v->valid_to, v->legal_basis, v->author, v->note, v->source_line, v->proposed_ms, v->bytes, NULL, e));
	TRY(rules_text_add(act->db, act->programme, bytes_of(&v->hash), text, NULL, e));
	return version_event(act, "rule_model.proposed", NULL, v, STR_NONE, e);
}

static enum err_code store_again(const struct rules_act *act, struct rules_version *v, const struct rules_version *old,
    struct err *e)
{
	if (old->state == RULES_PUBLISHED)
		return fail(e, ERR_CONFLICT, "registry.published",
		    "exactly this text is published as version %lld of %.*s; what is published stays as it is",
		    (long long)old->number, STR_ARG(old->key));
	if (!str_eq(old->key, v->key))
		return fail(e, ERR_CONFLICT, "registry.other-key", "exactly this text is stored as version %lld of %.*s",
		    (long long)old->number, STR_ARG(old->key));
	v->number = old->number;
	TRY(rules_model_again(act->db, act->programme, bytes_of(&v->hash), v->valid_from, v->valid_to, v->legal_basis,
	    v->author, v->note, v->source_line, v->proposed_ms, NULL, e));
	return version_event(act, "rule_model.proposed", old, v, STR_NONE, e);
}

enum err_code rules_propose(const struct rules_act *act, const struct rules_proposal *p, struct arena *a, sha256 *ret_hash,
    struct err *e)
{
	str text;
	struct rules_version v;
	const struct rules_registry *r;
	size_t n;
	TRY(rules_proposal_check(p, e));
	TRY(describe(act, p, a, &text, &v, e));
	TRY(rules_registry_load(act->db, act->programme, a, &r, e));
	const struct rules_version *old = rules_by_hash(r, v.hash);
	(void)rules_versions_of(r, v.key, &n);
	v.number = (int64_t)n + 1;
	TRY(old ? store_again(act, &v, old, e) : store_new(act, &v, text, e));
	*ret_hash = v.hash;
	return ERR_OK;
}

/* ---- publishing ---- */

static enum err_code find_draft(const struct rules_act *act, sha256 hash, struct arena *a, const struct rules_registry **ret_r,
    const struct rules_version **ret, struct err *e)
{
	char hex[65];
	TRY(rules_registry_load(act->db, act->programme, a, ret_r, e));
	*ret = rules_by_hash(*ret_r, hash);
	sha256_hex(hash, hex);
	if (!*ret)
		return fail(e, ERR_NOT_FOUND, "registry.unknown", "there is no version %s", hex);
	if ((*ret)->state != RULES_DRAFT)
		return fail(e, ERR_CONFLICT, "registry.state", "version %lld of %.*s is %s, not a draft", (long long)(*ret)->number,
		    STR_ARG((*ret)->key), rules_state_name((*ret)->state));
	return ERR_OK;
}

enum err_code rules_publishable(struct db *c, const struct rules_registry *r, const struct rules_version *v, struct arena *a,
    struct err *e)
{
	struct rules_bound b;
	const struct rules_finding *f;
	size_t n;
	TRY(rules_bind(c, r, v, v->valid_from, NULL, a, &b, e));
	TRY(rules_findings(&b.loaded, false, a, &f, &n, e));
	for (size_t i = 0; i < n; i++)
		if (f[i].error) {
			(void)fail(e, ERR_INVALID, f[i].id, "%.*s", STR_ARG(f[i].text));
			return err_at(e, arena_cstr(a, f[i].file), f[i].line, f[i].col);
		}
	return ERR_OK;
}

enum err_code rules_approver_check(str author, str approver, struct err *e)
{
	TRY(need(approver, RULES_ACTOR_MOST, "approver", true, e));
	if (str_eq_nocase(str_trim(approver), str_trim(author)))
		return fail(e, ERR_FORBIDDEN, "registry.four-eyes",
		    "\"%.*s\" proposed this version and cannot approve it: a second person must", STR_ARG(str_trim(approver)));
	return ERR_OK;
}

enum err_code rules_publish(const struct rules_act *act, sha256 hash, str approver, struct arena *a, struct err *e)
{
	const struct rules_registry *r;
	const struct rules_version *old;
	approver = str_trim(approver);
	TRY(find_draft(act, hash, a, &r, &old, e));
	TRY(rules_approver_check(old->author, approver, e));
	TRY(rules_publishable(act->db, r, old, a, e));
	return rules_make_published(act, old, approver, e);
}

enum err_code rules_make_published(const struct rules_act *act, const struct rules_version *old, str approver, struct err *e)
{
	int64_t changed = 0;
	sha256 hash = old->hash;
	TRY(rules_model_publish(act->db, act->programme, bytes_of(&hash), approver, act->now_ms, &changed, e));
	if (changed != 1)
		return fail(e, ERR_CONFLICT, "registry.state", "somebody else changed the version at the same time");
	struct rules_version v = *old;
	v.state = RULES_PUBLISHED;
	v.approver = approver;
	v.published_ms = act->now_ms;
	return version_event(act, "rule_model.published", old, &v, STR_NONE, e);
}

enum err_code rules_withdraw(const struct rules_act *act, sha256 hash, str reason, struct arena *a, struct err *e)
{
	const struct rules_registry *r;
	const struct rules_version *old;
	int64_t changed = 0;
	TRY(find_draft(act, hash, a, &r, &old, e));
	TRY(need(reason, RULES_WORDS_MOST, "reason", false, e));
	TRY(rules_model_withdraw(act->db, act->programme, bytes_of(&hash), &changed, e));
	if (changed != 1)
		return fail(e, ERR_CONFLICT, "registry.state", "somebody else changed the version at the same time");
	struct rules_version v = *old;
	v.state = RULES_WITHDRAWN;
	return version_event(act, "rule_model.withdrawn", old, &v, reason.p ? reason : STR(""), e);
}
