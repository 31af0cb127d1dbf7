#include "feat/iati/rules.h"

#include "feat/iati/rules_kinds.h"

enum { RULESET_BYTES = 4 << 20 };

struct ruleset {
	const struct json *contexts; /* an object: XPath of the context to its rules */
};

/* Every kind must be known and every context an expression: a misspelt rule would otherwise never fail. */
static enum err_code check_kinds(const struct json *rules, const char *file, struct err *e)
{
	for (size_t i = 0; i < rules->n; i++) {
		if (str_is(rules->keys[i], "loop") || rule_kind(rules->keys[i]))
			continue;
		(void)fail(e, ERR_INVALID, "rules.kind", "There is no kind of rule \"%.*s\".", STR_ARG(rules->keys[i]));
		return err_at(e, file, rules->items[i].line, rules->items[i].col);
	}
	return ERR_OK;
}

enum err_code ruleset_read(str json, const char *file, struct arena *a, const struct ruleset **ret_r, struct err *e)
{
	struct json_limits limits = {.max_bytes = RULESET_BYTES};
	struct ruleset *r = ARENA_NEW(a, struct ruleset);
	if (!r)
		return arena_fail(a, e);
	TRY(json_read(json, file, &limits, a, &r->contexts, e));
	if (r->contexts->kind != JSON_IS_OBJECT)
		return fail(e, ERR_INVALID, "rules.object", "A ruleset is an object.");
	for (size_t i = 0; i < r->contexts->n; i++) {
		if (r->contexts->items[i].kind != JSON_IS_OBJECT)
			return fail(e, ERR_INVALID, "rules.object", "The rules of a context are an object.");
		TRY(check_kinds(&r->contexts->items[i], file, e));
	}
	*ret_r = r;
	return ERR_OK;
}

struct running {
	struct xdoc *d;
	date today;
	struct arena *a;
	rule_breach_fn on_breach;
	void *ctx;
};

static enum err_code report(const struct running *n, str kind, const struct json *rule, struct xnode *context, struct err *e)
{
	const struct json *info = json_get(rule, "ruleInfo");
	str id = json_text(json_get(info, "id")), message = json_text(json_get(info, "message"));
	str severity = json_text(json_get(info, "severity"));
	struct rule_breach b = {.id = id.p ? arena_cstr(n->a, id) : "",
	    .message = arena_cstr(n->a, message.p ? message : kind),
	    .severity = str_is(severity, "warning") ? IATI_WARNING : str_is(severity, "advisory") ? IATI_ADVICE : IATI_ERROR,
	    .line = xdoc_line(context),
	    .context = context};
	if (!b.id || !b.message)
		return arena_fail(n->a, e);
	return n->on_breach(n->ctx, &b, e);
}

static enum err_code run_case(const struct running *n, str kind, const struct json *rule, struct xnode *context, str subst,
    const struct json *subs, struct err *e)
{
	struct rule_run r = {
	    .d = n->d, .a = n->a, .today = n->today, .context = context, .rule = rule, .subst = subst, .subs = subs};
	bool applies, holds;
	TRY(rule_applies(&r, &applies, e));
	if (!applies)
		return ERR_OK;
	TRY(rule_kind(kind)(&r, &holds, e));
	return holds ? ERR_OK : report(n, kind, rule, context, e);
}

/* Seen before among the values of the loop? */
static bool seen(const str *values, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(values[k], values[i]))
			return true;
	return false;
}

/* A quote in a value would end the string in the expression that it is put into. */
static bool is_safe(str value)
{
	return str_find_char(value, '\'') < 0 && str_find_char(value, '"') < 0;
}

static enum err_code run_loop(const struct running *n, const struct json *loop, struct xnode *context, struct err *e)
{
	struct xnodes nodes;
	str each = json_text(json_get(loop, "foreach"));
	const struct json *rules = json_get(loop, "do"), *subs = json_get(loop, "subs");
	if (!each.p || !rules)
		return ERR_OK;
	TRY(xdoc_nodes(n->d, context, arena_cstr(n->a, each), n->a, &nodes, e));
	str *values = ARENA_ARRAY(n->a, nodes.n, str);
	if (!values)
		return arena_fail(n->a, e);
	for (size_t i = 0; i < nodes.n; i++) {
		TRY(xdoc_text(nodes.p[i], n->a, &values[i], e));
		if (seen(values, i) || !is_safe(values[i]))
			continue;
		for (size_t k = 0; k < rules->n; k++) {
			const struct json *cases = json_get(&rules->items[k], "cases");
			for (size_t c = 0; cases && rule_kind(rules->keys[k]) && c < cases->n; c++)
				TRY(run_case(n, rules->keys[k], &cases->items[c], context, values[i], subs, e));
		}
	}
	return ERR_OK;
}

static enum err_code run_rules(const struct running *n, const struct json *rules, struct xnode *context, struct err *e)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct json *cases = json_get(&rules->items[i], "cases");
		for (size_t c = 0; cases && c < cases->n; c++) {
			if (str_is(rules->keys[i], "loop"))
				TRY(run_loop(n, &cases->items[c], context, e));
			else
				TRY(run_case(n, rules->keys[i], &cases->items[c], context, STR_NONE, NULL, e));
		}
	}
	return ERR_OK;
}

enum err_code ruleset_run(const struct ruleset *r, struct xdoc *d, date today, struct arena *scratch,
    rule_breach_fn on_breach, void *ctx, struct err *e)
{
	struct running n = {d, today, scratch, on_breach, ctx};
	for (size_t i = 0; i < r->contexts->n; i++) {
		struct xnodes contexts;
		const char *path = arena_cstr(scratch, r->contexts->keys[i]);
		if (!path)
			return arena_fail(scratch, e);
		TRY(xdoc_nodes(d, NULL, path, scratch, &contexts, e));
		for (size_t k = 0; k < contexts.n; k++)
			TRY(run_rules(&n, &r->contexts->items[i], contexts.p[k], e));
	}
	return ERR_OK;
}
