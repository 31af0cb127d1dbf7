#include "feat/iati/rules_kinds.h"

#include "base/decimal.h"

#include <regex.h>

enum { SUM_DECIMALS = 10 };

/* ---- keys of a case ---- */

static bool is_substituted(const struct rule_run *r, const char *key)
{
	for (size_t i = 0; r->subs && i < r->subs->n; i++)
		if (str_is(json_text(&r->subs->items[i]), key))
			return true;
	return false;
}

static enum err_code substitute(const struct rule_run *r, const char *key, str text, str *ret_text, struct err *e)
{
	AUTO_BUF b = BUF_INIT(1 << 16);
	bool replace = r->subst.p && is_substituted(r, key);
	for (ptrdiff_t at; replace && (at = str_find(text, STR("$1"))) >= 0; text = str_sub(text, (size_t)at + 2, text.n)) {
		buf_add(&b, str_sub(text, 0, (size_t)at));
		buf_add(&b, r->subst);
	}
	buf_add(&b, text);
	TRY(buf_check(&b, e));
	*ret_text = arena_str(r->a, buf_str(&b));
	return ret_text->p ? ERR_OK : arena_fail(r->a, e);
}

enum err_code rule_text(const struct rule_run *r, const char *key, str *ret_text, struct err *e)
{
	const struct json *j = json_get(r->rule, key);
	*ret_text = STR_NONE;
	return j ? substitute(r, key, json_text(j), ret_text, e) : ERR_OK;
}

enum err_code rule_applies(const struct rule_run *r, bool *ret_applies, struct err *e)
{
	str condition;
	*ret_applies = true;
	TRY(rule_text(r, "condition", &condition, e));
	return condition.p ? xdoc_true(r->d, r->context, condition.p, ret_applies, e) : ERR_OK;
}

/* Nodes of one expression. */
static enum err_code nodes_at(const struct rule_run *r, const char *key, struct xnodes *ret_nodes, struct err *e)
{
	str path;
	*ret_nodes = (struct xnodes){0};
	TRY(rule_text(r, key, &path, e));
	return path.p ? xdoc_nodes(r->d, r->context, path.p, r->a, ret_nodes, e) : ERR_OK;
}

/* Nodes of all expressions of a list, one after the other. */
static enum err_code nodes_of(const struct rule_run *r, const char *key, struct xnodes *ret_nodes, struct err *e)
{
	const struct json *list = json_get(r->rule, key);
	VEC(struct xnode *) all = {0};
	for (size_t i = 0; list && i < list->n; i++) {
		struct xnodes some;
		str path;
		TRY(substitute(r, key, json_text(&list->items[i]), &path, e));
		TRY(xdoc_nodes(r->d, r->context, path.p, r->a, &some, e));
		for (size_t k = 0; k < some.n; k++) {
			struct xnode **slot = VEC_ADD(&all, r->a);
			if (!slot)
				return arena_fail(r->a, e);
			*slot = some.p[k];
		}
	}
	*ret_nodes = (struct xnodes){all.p, all.n};
	return ERR_OK;
}

/* The texts of nodes_of. */
static enum err_code texts_of(const struct rule_run *r, const char *key, str **ret_texts, size_t *ret_n, struct err *e)
{
	struct xnodes nodes;
	TRY(nodes_of(r, key, &nodes, e));
	str *texts = ARENA_ARRAY(r->a, nodes.n, str);
	if (!texts)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < nodes.n; i++)
		TRY(xdoc_text(nodes.p[i], r->a, &texts[i], e));
	*ret_texts = texts;
	*ret_n = nodes.n;
	return ERR_OK;
}

/* ---- presence ---- */

static enum err_code atleast_one(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	struct xnodes nodes;
	TRY(nodes_of(r, "paths", &nodes, e));
	*ret_holds = nodes.n > 0;
	return ERR_OK;
}

static enum err_code no_more_than_one(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	struct xnodes nodes;
	TRY(nodes_of(r, "paths", &nodes, e));
	*ret_holds = nodes.n <= 1;
	return ERR_OK;
}

static enum err_code only_one_of(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	struct xnodes nodes, excluded;
	TRY(nodes_of(r, "paths", &nodes, e));
	TRY(nodes_of(r, "excluded", &excluded, e));
	*ret_holds = excluded.n ? nodes.n == 0 : nodes.n == 1;
	return ERR_OK;
}

static enum err_code dependent(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	const struct json *list = json_get(r->rule, "paths");
	size_t there = 0;
	for (size_t i = 0; list && i < list->n; i++) {
		struct xnodes nodes;
		TRY(xdoc_nodes(r->d, r->context, json_text(&list->items[i]).p, r->a, &nodes, e));
		there += nodes.n > 0;
	}
	*ret_holds = there == 0 || there == list->n;
	return ERR_OK;
}

/* The words of "all" that stand for more than an expression. */
static enum err_code one_or_all(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	static const struct {
		const char *word, *without; /* what must not exist */
	} words[] = {
	    {"lang", ".//narrative[not(@xml:lang)]"},
	    {"currency", ".//*[self::value or self::forecast or self::loan-status][not(@currency)]"},
	    {"sector", "transaction[not(sector)]"},
	};
	struct xnodes nodes;
	str all;
	TRY(nodes_at(r, "one", &nodes, e));
	*ret_holds = nodes.n > 0;
	if (*ret_holds)
		return ERR_OK;
	TRY(rule_text(r, "all", &all, e));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!str_is(all, words[i].word))
			continue;
		TRY(xdoc_nodes(r->d, r->context, words[i].without, r->a, &nodes, e));
		*ret_holds = nodes.n == 0;
		return ERR_OK;
	}
	TRY(nodes_at(r, "all", &nodes, e));
	*ret_holds = nodes.n > 0;
	return ERR_OK;
}

static enum err_code if_then(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	str condition, consequence;
	bool holds;
	TRY(rule_text(r, "if", &condition, e));
	TRY(rule_text(r, "then", &consequence, e));
	*ret_holds = true;
	if (!condition.p || !consequence.p)
		return ERR_OK;
	TRY(xdoc_true(r->d, r->context, condition.p, &holds, e));
	return holds ? xdoc_true(r->d, r->context, consequence.p, ret_holds, e) : ERR_OK;
}

/* ---- numbers ---- */

static bool sum_of(const str *texts, size_t n, decimal *ret_sum)
{
	decimal sum = DECIMAL_ZERO, d;
	for (size_t i = 0; i < n; i++)
		if (!decimal_parse(str_trim(texts[i]), &d) || !decimal_add(sum, d, &sum))
			return false;
	*ret_sum = sum;
	return true;
}

static bool number_at(const struct rule_run *r, const char *key, decimal *ret_d)
{
	const struct json *j = json_get(r->rule, key);
	return j && decimal_parse(j->text, ret_d);
}

/* Compared at ten decimals: files have shares written from binary fractions, such as three times
 * 33.3333333333333, which the official validator accepts; 33.33 is not enough. */
static enum err_code strict_sum(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	str *texts;
	size_t n;
	decimal want, sum;
	TRY(texts_of(r, "paths", &texts, &n, e));
	*ret_holds = number_at(r, "sum", &want) && sum_of(texts, n, &sum) &&
	    decimal_round(sum, SUM_DECIMALS, DECIMAL_HALF_EVEN, &sum) && decimal_cmp(sum, want) == 0;
	return ERR_OK;
}

/* The earlier kind: nothing to add up is no fault. */
static enum err_code loose_sum(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	struct xnodes nodes;
	TRY(nodes_of(r, "paths", &nodes, e));
	*ret_holds = true;
	return nodes.n ? strict_sum(r, ret_holds, e) : ERR_OK;
}

static enum err_code range(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	str *texts;
	size_t n;
	decimal min, max, d;
	bool has_min = number_at(r, "min", &min), has_max = number_at(r, "max", &max);
	TRY(texts_of(r, "paths", &texts, &n, e));
	*ret_holds = true;
	for (size_t i = 0; i < n; i++)
		*ret_holds &= decimal_parse(str_trim(texts[i]), &d) && (!has_min || decimal_cmp(d, min) >= 0) &&
		    (!has_max || decimal_cmp(d, max) <= 0);
	return ERR_OK;
}

/* ---- dates ---- */

/* The earliest and latest date under key; "NOW" is today. False without a readable date. */
static enum err_code dates_at(const struct rule_run *r, const char *key, date *ret_first, date *ret_last, bool *ret_any,
    struct err *e)
{
	str path;
	struct xnodes nodes;
	*ret_any = false;
	TRY(rule_text(r, key, &path, e));
	if (str_is(path, "NOW")) {
		*ret_first = *ret_last = r->today;
		*ret_any = true;
		return ERR_OK;
	}
	if (!path.p)
		return ERR_OK;
	TRY(xdoc_nodes(r->d, r->context, path.p, r->a, &nodes, e));
	for (size_t i = 0; i < nodes.n; i++) {
		str text;
		date d;
		TRY(xdoc_text(nodes.p[i], r->a, &text, e));
		if (!date_parse_xsd(str_trim(text), &d))
			continue;
		if (!*ret_any || d.day < ret_first->day)
			*ret_first = d;
		if (!*ret_any || d.day > ret_last->day)
			*ret_last = d;
		*ret_any = true;
	}
	return ERR_OK;
}

static enum err_code date_order(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	date less_first, less_last, more_first, more_last;
	bool less, more;
	TRY(dates_at(r, "less", &less_first, &less_last, &less, e));
	TRY(dates_at(r, "more", &more_first, &more_last, &more, e));
	*ret_holds = !less || !more || less_last.day <= more_first.day;
	return ERR_OK;
}

static enum err_code date_now(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	date first, last;
	bool any;
	TRY(dates_at(r, "date", &first, &last, &any, e));
	*ret_holds = !any || last.day <= r->today.day;
	return ERR_OK;
}

static enum err_code time_limit(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	date start, end, other, limit;
	bool has_start, has_end;
	TRY(dates_at(r, "start", &start, &other, &has_start, e));
	TRY(dates_at(r, "end", &other, &end, &has_end, e));
	*ret_holds = true;
	if (!has_start || !has_end)
		return ERR_OK;
	struct civil c = date_to_civil(start);
	bool leap_day = c.month == 2 && c.day == 29;
	if (date_from_civil(c.year + 1, leap_day ? 3 : c.month, leap_day ? 1 : c.day, &limit))
		*ret_holds = end.day <= limit.day;
	return ERR_OK;
}

static enum err_code between_dates(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	date first, last, start, end, other;
	bool any, has_start, has_end;
	TRY(dates_at(r, "date", &first, &last, &any, e));
	TRY(dates_at(r, "start", &start, &other, &has_start, e));
	TRY(dates_at(r, "end", &other, &end, &has_end, e));
	*ret_holds = !any || ((!has_start || first.day >= start.day) && (!has_end || last.day <= end.day));
	return ERR_OK;
}

/* ---- texts ---- */

/* Rulesets write \/ in a bracket, where POSIX would take the backslash as one of the characters. */
static enum err_code compile(const struct rule_run *r, regex_t *ret_re, struct err *e)
{
	str pattern;
	AUTO_BUF b = BUF_INIT(1 << 14);
	TRY(rule_text(r, "regex", &pattern, e));
	for (size_t i = 0; i < pattern.n; i++) {
		bool escape = pattern.p[i] == '\\' && i + 1 < pattern.n;
		if (escape && strchr("/&|?-", pattern.p[i + 1]))
			continue;
		if (escape && pattern.p[i + 1] == 'd') {
			buf_addz(&b, "[0-9]");
			i++;
			continue;
		}
		buf_addc(&b, pattern.p[i]);
	}
	TRY(buf_check(&b, e));
	if (regcomp(ret_re, b.p ? b.p : "", REG_EXTENDED | REG_NOSUB) != 0)
		return fail(e, ERR_INVALID, "rules.regex", "\"%.*s\" is not a regular expression.", STR_ARG(pattern));
	return ERR_OK;
}

static enum err_code matching(const struct rule_run *r, size_t *ret_matching, size_t *ret_n, struct err *e)
{
	str *texts;
	regex_t re;
	TRY(texts_of(r, "paths", &texts, ret_n, e));
	TRY(compile(r, &re, e));
	*ret_matching = 0;
	for (size_t i = 0; i < *ret_n; i++)
		*ret_matching += regexec(&re, texts[i].p, 0, NULL, 0) == 0;
	regfree(&re);
	return ERR_OK;
}

static enum err_code regex_matches(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	size_t n, found;
	TRY(matching(r, &found, &n, e));
	*ret_holds = found == n;
	return ERR_OK;
}

static enum err_code regex_no_matches(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	size_t n, found;
	TRY(matching(r, &found, &n, e));
	*ret_holds = found == 0;
	return ERR_OK;
}

static enum err_code no_spaces(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	str *texts;
	size_t n;
	TRY(texts_of(r, "paths", &texts, &n, e));
	*ret_holds = true;
	for (size_t i = 0; i < n; i++)
		*ret_holds &= str_trim(texts[i]).n == texts[i].n;
	return ERR_OK;
}

static enum err_code unique(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	str *texts;
	size_t n;
	TRY(texts_of(r, "paths", &texts, &n, e));
	*ret_holds = true;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			*ret_holds &= !str_eq(texts[i], texts[k]);
	return ERR_OK;
}

/* The prefixes of approved agencies, from the list of the standard. */
static bool has_agency(str text)
{
	const struct codelist *agencies = codelist("OrganisationRegistrationAgency");
	for (size_t i = 1; i < text.n; i++)
		if (text.p[i] == '-' && codelist_has(agencies, str_sub(text, 0, i)))
			return true;
	return false;
}

static bool begins(str text, str prefix, str separator)
{
	return prefix.n && str_starts(text, prefix) && str_starts(str_sub(text, prefix.n, text.n), separator);
}

static enum err_code startswith(const struct rule_run *r, bool *ret_holds, struct err *e)
{
	str *texts, *prefixes = NULL, separator, start;
	size_t n, n_prefixes = 0;
	const struct json *list = json_get(r->rule, "prefix");
	bool agencies = list && list->n == 1 && str_is(json_text(&list->items[0]), "ORG-ID-PREFIX");
	TRY(texts_of(r, "paths", &texts, &n, e));
	TRY(rule_text(r, "separator", &separator, e));
	TRY(rule_text(r, "start", &start, e));
	if (start.p) {
		struct xnodes nodes;
		TRY(nodes_at(r, "start", &nodes, e));
		prefixes = ARENA_ARRAY(r->a, nodes.n, str);
		if (!prefixes)
			return arena_fail(r->a, e);
		for (; n_prefixes < nodes.n; n_prefixes++)
			TRY(xdoc_text(nodes.p[n_prefixes], r->a, &prefixes[n_prefixes], e));
	} else if (!agencies) {
		TRY(texts_of(r, "prefix", &prefixes, &n_prefixes, e));
	}
	*ret_holds = true;
	for (size_t i = 0; i < n; i++) {
		bool one = agencies && has_agency(texts[i]);
		for (size_t k = 0; k < n_prefixes; k++)
			one |= begins(texts[i], prefixes[k], separator);
		*ret_holds &= one;
	}
	return ERR_OK;
}

static const struct {
	const char *name;
	rule_fn run;
} kinds[] = {
    {"atleast_one", atleast_one},
    {"no_more_than_one", no_more_than_one},
    {"only_one_of", only_one_of},
    {"one_or_all", one_or_all},
    {"dependent", dependent},
    {"if_then", if_then},
    {"sum", loose_sum},
    {"strict_sum", strict_sum},
    {"range", range},
    {"date_order", date_order},
    {"date_now", date_now},
    {"time_limit", time_limit},
    {"between_dates", between_dates},
    {"regex_matches", regex_matches},
    {"regex_no_matches", regex_no_matches},
    {"no_spaces", no_spaces},
    {"unique", unique},
    {"startswith", startswith},
};

rule_fn rule_kind(str name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(name, kinds[i].name))
			return kinds[i].run;
	return NULL;
}
