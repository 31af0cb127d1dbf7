/* Test cases of a pack's decision models. */
#include <stdarg.h>
#include <stdio.h>

#include "feat/rules/decide.h"
#include "feat/rules/json_value.h"
#include "feat/rules/pack_inside.h"

enum { CASES_BYTES = 32 << 20, SHOWN_BYTES = 160, MS_OF_DAY = 86400000, RUN_BYTES = 256 << 20 };

/* One case. */
struct trial {
	const struct pack_judge *k;
	const struct rules_loaded *l;
	const char *file;
	const struct json *at;
	int64_t as_of_ms;
};

static const char cure[] = "Correct the model, or the case if the source says otherwise.";

PRINTF_LIKE(3, 4)
static void differs(const struct trial *t, const char *id, const char *fmt, ...)
{
	char detail[sizeof((struct err *)0)->detail];
	struct err e = {0};
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(detail, sizeof detail, fmt, args);
	va_end(args);
	(void)fail(&e, ERR_INVALID, id, "case \"%.*s\": %s", STR_ARG(str_sub(json_text(json_get(t->at, "name")), 0, SHOWN_BYTES)),
	    detail);
	(void)err_at(&e, t->file, t->at->line, t->at->col);
	pack_judge_fault(t->k, &e, false, cure);
}

static void shown(struct buf *b, const struct trial *t, fval v)
{
	AUTO_BUF whole = BUF_INIT(CASES_BYTES);
	feel_write(&whole, t->l->zones, v);
	buf_add(b, whole.failed ? STR("…") : str_sub(buf_str(&whole), 0, SHOWN_BYTES));
}

/* Equal as FEEL has it, or the same JSON: a case writes dates as text even where the decision names no type. */
static bool same(const struct trial *t, fval expected, fval v)
{
	AUTO_BUF a = BUF_INIT(CASES_BYTES);
	AUTO_BUF b = BUF_INIT(CASES_BYTES);
	if (feel_equal(t->l->zones, expected, v) == FEEL_YES)
		return true;
	feel_write_json(&a, t->l->zones, expected);
	feel_write_json(&b, t->l->zones, v);
	return !a.failed && !b.failed && str_eq(buf_str(&a), buf_str(&b));
}

static void judge(const struct trial *t, const struct decide_job *j)
{
	const struct json *expect = json_get(t->at, "expect");
	const struct dmn_outcome *o = &j->outcome;
	str reason = o->value.kind == FEEL_NULL && o->value.cause ? o->value.cause->text : STR("");
	AUTO_BUF got = BUF_INIT(1 << 16);
	AUTO_BUF want = BUF_INIT(1 << 16);
	shown(&got, t, o->value);
	if (!expect) {
		str part = json_text(json_get(t->at, "undetermined"));
		if (!o->undetermined)
			differs(t, "case.determined", "the outcome is %.*s, but it must be undetermined", STR_ARG(buf_str(&got)));
		else if (str_find(reason, part) < 0)
			differs(t, "case.reason", "the reason is \"%.*s\", which does not say \"%.*s\"", STR_ARG(reason), STR_ARG(part));
		return;
	}
	fval v = json_value(expect, dmn_type_of(j->loaded->set, j->element), t->l->zones, j->a);
	shown(&want, t, v);
	if (o->undetermined)
		differs(t, "case.undetermined", "the outcome is undetermined (%.*s), but it must be %.*s", STR_ARG(reason),
		    STR_ARG(buf_str(&want)));
	else if (!same(t, v, o->value))
		differs(t, "case.different", "the outcome is %.*s, but it must be %.*s", STR_ARG(buf_str(&got)),
		    STR_ARG(buf_str(&want)));
}

/* What is wrong with the case itself; NULL: nothing. */
static const char *malformed(struct trial *t)
{
	static const char *const known[] = {"name", "decision", "as_of", "input", "expect", "undetermined", "source_line"};
	const struct json *as_of = json_get(t->at, "as_of"), *undetermined = json_get(t->at, "undetermined");
	const struct json *input = json_get(t->at, "input");
	date d;
	if (t->at->kind != JSON_IS_OBJECT || !json_text(json_get(t->at, "name")).n ||
	    !json_text(json_get(t->at, "decision")).n || !input || input->kind != JSON_IS_OBJECT)
		return "a case is an object with name, decision and input";
	for (size_t i = 0; i < t->at->n; i++) {
		size_t k = 0;
		while (k < sizeof known / sizeof *known && !str_is(t->at->keys[i], known[k]))
			k++;
		if (k == sizeof known / sizeof *known)
			return "a case has no other members than name, decision, as_of, input, expect, undetermined and source_line";
	}
	if (!json_get(t->at, "expect") == !undetermined || (undetermined && undetermined->kind != JSON_IS_STRING))
		return "a case has either expect or undetermined, which is a text";
	if (as_of && !date_parse(json_text(as_of), &d))
		return "as_of is a day such as 2008-07-01";
	if (as_of)
		t->as_of_ms = (int64_t)d.day * MS_OF_DAY;
	return NULL;
}

static enum err_code run_case(struct trial *t, struct arena *a, struct err *e)
{
	struct err local = {0};
	const char *wrong = malformed(t);
	struct decide_job j = {.loaded = t->l, .a = a, .options = {.mode = DMN_STRICT}};
	if (wrong) {
		differs(t, "case.malformed", "%s", wrong);
		return ERR_OK;
	}
	const char *name = arena_cstr(a, json_text(json_get(t->at, "decision")));
	if (!name)
		return arena_fail(a, e);
	enum err_code code = decide_find(&j, name, &local);
	if (code == ERR_OK)
		code = decide_input(&j, json_get(t->at, "input"), t->file, &local);
	decide_at(&j, t->as_of_ms);
	if (code == ERR_OK)
		code = decide_run(&j, &local);
	if (code == ERR_NOMEM)
		return fail(e, code, local.id, "%s", local.detail);
	if (code != ERR_OK)
		differs(t, local.id, "%s", local.detail);
	else
		judge(t, &j);
	return ERR_OK;
}

enum err_code rules_run_cases(const struct pack_judge *k, size_t row, const struct rules_loaded *l, date valid_from,
    struct err *e)
{
	str text = pack_decision_cases(k->pack, row);
	str file = arena_fmt(k->a, "%.*s/decisions/%.*s", STR_ARG(pack_folder(k->pack)),
	    STR_ARG(pack_value(k->pack, "models.csv", row, "cases")));
	const struct json_limits limits = {.max_bytes = CASES_BYTES};
	const struct json *root, *cases;
	struct err local = {0};
	if (!file.p)
		return arena_fail(k->a, e);
	if (!text.p)
		return ERR_OK;
	if (json_read(text, file.p, &limits, k->a, &root, &local) != ERR_OK ||
	    json_need(root, "cases", JSON_IS_ARRAY, &cases, &local) != ERR_OK) {
		if (!local.file[0])
			(void)err_at(&local, file.p, 1, 1);
		pack_judge_fault(k, &local, false, "Write the cases as docs/packs.md shows.");
		return ERR_OK;
	}
	AUTO_ARENA a = arena_new(RUN_BYTES);
	if (!a)
		return fail(e, ERR_NOMEM, "rules.memory", "there is no memory to run test cases");
	for (size_t i = 0; i < cases->n; i++) {
		struct trial t = {.k = k, .l = l, .file = file.p, .at = &cases->items[i],
		    .as_of_ms = (int64_t)valid_from.day * MS_OF_DAY};
		arena_reset(a);
		TRY(run_case(&t, a, e));
	}
	return ERR_OK;
}
