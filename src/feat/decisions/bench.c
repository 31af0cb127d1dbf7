/* Saved cases: keeping them, and running them against a version. */
#include "feat/decisions/bench.h"

#include "base/utf8.h"
#include "codec/json.h"
#include "db/chain.h"
#include "db/stmt.h"
#include "feat/decisions/decisions.sql.h"
#include "feat/rules/explain.h"
#include "feat/rules/json_value.h"

enum { TEXT_BYTES = 256 * 1024, MS_OF_DAY = 86400000 };

/* ---- keeping ---- */

enum err_code bench_cases(struct db *c, int64_t programme, str key, struct arena *a, const struct bench_case **ret,
    size_t *ret_n, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct bench_case) list = {0};
	TRY(decision_cases_open(c, programme, key, &rows, e));
	while (list.n < BENCH_CASES_MOST) {
		struct decision_cases_row r;
		bool more = false;
		TRY(decision_cases_next(rows, &r, &more, e));
		if (!more)
			break;
		struct bench_case *slot = VEC_ADD(&list, a);
		if (!slot)
			return arena_fail(a, e);
		str *texts[] = {&r.name, &r.decision, &r.input, &r.expected, &r.author};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			TRY(db_keep(a, texts[i], e));
		*slot = (struct bench_case){r.id, r.name, r.decision, r.input, r.expected, r.author, r.as_of_day};
	}
	*ret = list.p;
	*ret_n = list.n;
	return ERR_OK;
}

static enum err_code event(const struct rules_act *act, uid id, const char *kind, str after, struct err *e)
{
	AUTO_BUF subject = BUF_INIT(64);
	buf_add_uid(&subject, id);
	const struct chain_event ev = {.id = uid_new(act->uids), .at_ms = act->now_ms, .actor = act->actor, .kind = str_of(kind),
	    .subject_kind = STR("decision_case"), .subject = buf_str(&subject), .before = STR_NONE, .after = after};
	return chain_add(act->db, act->programme, &ev, e);
}

static enum err_code check_word(str s, size_t most, const char *field, struct err *e)
{
	if (s.n && utf8_valid(s, NULL) && utf8_length(s) <= most && !memchr(s.p, 0, s.n))
		return ERR_OK;
	(void)fail(e, ERR_INVALID, "case.text", "%s: text of at most %zu characters was expected", field, most);
	return err_field(e, field);
}

static enum err_code check_json(str s, const char *file, bool object, struct err *e)
{
	const struct json *j;
	const struct json_limits limits = {.max_bytes = BENCH_JSON_MOST};
	AUTO_ARENA a = arena_new(16 << 20);
	if (!a)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (!object && str_is(s, "undetermined"))
		return ERR_OK;
	TRY(json_read(s, file, &limits, a, &j, e));
	if (!object || j->kind == JSON_IS_OBJECT)
		return ERR_OK;
	(void)fail(e, ERR_INVALID, "case.input", "an object with a member for each input was expected");
	return err_at(e, file, j->line, j->col);
}

enum err_code bench_add(const struct rules_act *act, str key, const struct bench_case *c, uid *ret_id, struct err *e)
{
	char hex[65], after[200];
	int64_t changed;
	uid id = uid_new(act->uids);
	TRY(check_word(c->name, BENCH_NAME_MOST, "name", e));
	TRY(check_word(c->decision, BENCH_NAME_MOST, "decision", e));
	TRY(check_word(c->author, RULES_ACTOR_MOST, "author", e));
	TRY(check_json(c->input, "input", true, e));
	TRY(check_json(c->expected, "expected", false, e));
	if (!date_is(c->as_of))
		return fail(e, ERR_INVALID, "case.date", "as_of: a date such as 2010-03-19 was expected");
	TRY(decision_case_add(act->db, act->programme, id, key, c->name, c->decision, c->as_of, c->input, c->expected, c->author,
	    act->now_ms, &changed, e));
	sha256_hex(sha256_of(c->input), hex);
	(void)snprintf(after, sizeof after, "{\"input_sha256\":\"%s\"}", hex); /* the input may be about a person */
	*ret_id = id;
	return event(act, id, "decision_case.added", str_of(after), e);
}

enum err_code bench_remove(const struct rules_act *act, uid id, struct err *e)
{
	int64_t changed;
	TRY(decision_case_remove(act->db, act->programme, id, &changed, e));
	if (!changed)
		return fail(e, ERR_NOT_FOUND, "case.none", "there is no such case");
	return event(act, id, "decision_case.removed", STR_NONE, e);
}

/* ---- running ---- */

static enum err_code tell(const struct decide_job *j, const struct rules_loaded *l, enum lang lang, struct bench_result *ret,
    struct err *e)
{
	static const enum explain_language languages[LANG_COUNT] = {EXPLAIN_EN, EXPLAIN_NL, EXPLAIN_FR};
	const struct explain_case c = {.set = l->set, .model = l->model, .zones = l->zones, .element = j->element,
	    .given = j->given, .n_given = j->n_given, .outcome = &j->outcome, .arena = j->a};
	AUTO_BUF text = BUF_INIT(TEXT_BYTES);
	VEC(str) list = {0};
	TRY(explain_text(&text, &c, languages[lang], e));
	str whole = arena_str(j->a, buf_str(&text)), line;
	if (!whole.p)
		return arena_fail(j->a, e);
	struct str_split it = str_split_on(whole, '\n');
	while (str_next(&it, &line)) {
		if (!str_trim(line).n)
			continue;
		str *slot = VEC_ADD(&list, j->a);
		if (!slot)
			return arena_fail(j->a, e);
		*slot = line;
	}
	ret->sentences = list.p;
	ret->n_sentences = list.n;
	return ERR_OK;
}

/* Equal as values of the decision's type; what has no order of equality is compared as it is written. */
static bool same(const struct rules_loaded *l, fval expected, fval actual)
{
	AUTO_BUF x = BUF_INIT(TEXT_BYTES), y = BUF_INIT(TEXT_BYTES);
	enum feel_truth t = feel_equal(l->zones, expected, actual);
	if (t != FEEL_UNKNOWN)
		return t == FEEL_YES;
	feel_write_json(&x, l->zones, expected);
	feel_write_json(&y, l->zones, actual);
	return !x.failed && !y.failed && str_eq(buf_str(&x), buf_str(&y));
}

static enum err_code compare(const struct decide_job *j, const struct rules_loaded *l, struct bench_result *ret, struct err *e)
{
	const struct json *want;
	const struct json_limits limits = {.max_bytes = BENCH_JSON_MOST};
	AUTO_BUF actual = BUF_INIT(TEXT_BYTES);
	bool open = str_is(ret->c->expected, "undetermined");
	if (j->outcome.undetermined)
		buf_addz(&actual, "undetermined");
	else
		feel_write_json(&actual, l->zones, j->outcome.value);
	ret->actual = actual.failed ? STR("…") : arena_str(j->a, buf_str(&actual));
	if (!ret->actual.p)
		return arena_fail(j->a, e);
	if (open || j->outcome.undetermined) {
		ret->passed = open && j->outcome.undetermined;
		return ERR_OK;
	}
	TRY(json_read(ret->c->expected, "expected", &limits, j->a, &want, e));
	ret->passed = same(l, json_value(want, dmn_type_of(l->set, j->element), l->zones, j->a), j->outcome.value);
	return ERR_OK;
}

static enum err_code run(struct decide_job *j, const struct rules_loaded *l, enum lang lang, struct bench_result *ret, struct err *e)
{
	const char *name = arena_cstr(j->a, ret->c->decision);
	if (!name)
		return arena_fail(j->a, e);
	TRY(decide_find(j, name, e));
	TRY(decide_input_text(j, ret->c->input, "input", e));
	decide_at(j, (int64_t)ret->c->as_of.day * MS_OF_DAY);
	TRY(decide_run(j, e));
	TRY(compare(j, l, ret, e));
	return tell(j, l, lang, ret, e);
}

enum err_code bench_run(const struct rules_loaded *l, const struct bench_case *c, enum lang lang, struct arena *a,
    struct bench_result *ret, struct err *e)
{
	struct err why = {0};
	struct decide_job j = {.loaded = l, .a = a,
	    .options = {.mode = DMN_STRICT, .explain = true, .steps_most = BENCH_STEPS}};
	*ret = (struct bench_result){.c = c, .actual = STR(""), .problem = STR("")};
	enum err_code code = run(&j, l, lang, ret, &why);
	if (code == ERR_OK)
		return ERR_OK;
	if (code == ERR_NOMEM || code == ERR_IO || code == ERR_BUG) {
		*e = why;
		return code;
	}
	ret->passed = false;
	ret->problem = arena_str(a, str_of(why.detail));
	return ret->problem.p ? ERR_OK : arena_fail(a, e);
}
