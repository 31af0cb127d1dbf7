#include "base/utf8.h"
#include "engine/feel/fn.h"
#include "engine/feel/regex.h"

static fval regex_error(struct feel_vm *vm, const struct err *e)
{
	return feel_vm_error(vm, e->code == ERR_LIMIT ? "feel.limit" : "feel.regex", "%s", e->detail);
}

static bool optional_flags(fval v, str *ret)
{
	v = fn_single(v);
	*ret = v.kind == FEEL_STRING ? v.string : STR("");
	return v.kind == FEEL_STRING || v.kind == FEEL_NULL;
}

fval fn_matches(struct feel_vm *vm, const fval *args, size_t n)
{
	struct err e;
	AUTO_REGEX r = NULL;
	str flags = STR("");
	bool found;
	size_t groups[2 * REGEX_GROUPS_MOST];
	FN_ARG(input, 0, FEEL_STRING, "a string");
	FN_ARG(pattern, 1, FEEL_STRING, "a string");
	if (n > 2 && !optional_flags(args[2], &flags))
		return feel_vm_wrong(vm, args[2], "a string");
	if (regex_new(pattern.string, flags, &r, &e) != ERR_OK ||
	    regex_match(r, input.string, 0, &found, groups, &e) != ERR_OK)
		return regex_error(vm, &e);
	return feel_bool(found);
}

/* The replacement of one match: $n is group n, \$ and \\ stand for themselves. False when it is malformed. */
static bool expand(struct buf *out, const struct regex *r, str input, str replacement, const size_t *groups)
{
	if (regex_is_literal(r)) {
		buf_add(out, replacement);
		return true;
	}
	for (size_t i = 0; i < replacement.n; i++) {
		char c = replacement.p[i], next = i + 1 < replacement.n ? replacement.p[i + 1] : '\0';
		if (c == '\\') {
			if (next != '\\' && next != '$')
				return false;
			buf_addc(out, next);
			i++;
		} else if (c == '$') {
			if (next < '0' || next > '9')
				return false;
			size_t g = (size_t)(next - '0');
			for (i++; i + 1 < replacement.n && replacement.p[i + 1] >= '0' && replacement.p[i + 1] <= '9'; i++) {
				size_t longer = g * 10 + (size_t)(replacement.p[i + 1] - '0');
				if (longer > regex_groups(r))
					break;
				g = longer;
			}
			if (g <= regex_groups(r) && groups[2 * g] != SIZE_MAX)
				buf_add(out, str_sub(input, groups[2 * g], groups[2 * g + 1]));
		} else {
			buf_addc(out, c);
		}
	}
	return true;
}

static fval finish(struct feel_vm *vm, const struct buf *b)
{
	if (b->failed)
		return feel_vm_error(vm, "feel.limit", "a string has at most %d bytes", FEEL_STRING_MOST);
	str s = arena_str(vm->arena, buf_str(b));
	return s.p ? feel_string(s) : fn_no_memory(vm);
}

fval fn_replace(struct feel_vm *vm, const fval *args, size_t n)
{
	struct err e;
	AUTO_REGEX r = NULL;
	str flags = STR("");
	bool found;
	size_t g[2 * REGEX_GROUPS_MOST], at = 0;
	FN_ARG(input, 0, FEEL_STRING, "a string");
	FN_ARG(pattern, 1, FEEL_STRING, "a string");
	FN_ARG(by, 2, FEEL_STRING, "a string");
	if (n > 3 && !optional_flags(args[3], &flags))
		return feel_vm_wrong(vm, args[3], "a string");
	if (regex_new(pattern.string, flags, &r, &e) != ERR_OK || regex_match(r, STR(""), 0, &found, g, &e) != ERR_OK)
		return regex_error(vm, &e);
	AUTO_BUF out = BUF_INIT(FEEL_STRING_MOST);
	str s = input.string;
	while (at <= s.n && !out.failed) {
		if (regex_match(r, s, at, &found, g, &e) != ERR_OK)
			return regex_error(vm, &e);
		if (!found)
			break;
		buf_add(&out, str_sub(s, at, g[0]));
		if (!expand(&out, r, s, by.string, g))
			return feel_vm_error(vm, "feel.regex", "the replacement has a '$' or '\\' without meaning");
		at = g[1];
		if (g[1] == g[0]) { /* an empty match: one character is copied, so that the search moves on */
			size_t next = at;
			if (utf8_next(s, &next) < 0)
				break;
			buf_add(&out, str_sub(s, at, next));
			at = next;
		}
	}
	buf_add(&out, str_sub(s, at, s.n));
	return finish(vm, &out);
}

fval fn_split(struct feel_vm *vm, const fval *args, size_t n)
{
	struct err e;
	AUTO_REGEX r = NULL;
	bool found;
	size_t g[2 * REGEX_GROUPS_MOST], at = 0, from = 0;
	(void)n;
	FN_ARG(input, 0, FEEL_STRING, "a string");
	FN_ARG(pattern, 1, FEEL_STRING, "a string");
	str s = input.string;
	fval parts = feel_builder(vm);
	if (parts.kind != FEEL_INTERNAL)
		return fn_no_memory(vm);
	if (regex_new(pattern.string, STR(""), &r, &e) != ERR_OK)
		return regex_error(vm, &e);
	while (at <= s.n && !vm->broken) {
		if (regex_match(r, s, at, &found, g, &e) != ERR_OK)
			return regex_error(vm, &e);
		if (!found)
			break;
		at = g[1];
		if (g[1] == g[0] && utf8_next(s, &at) < 0)
			break;
		if (g[1] == g[0] && g[0] == from)
			continue;
		feel_builder_add(vm, parts, feel_string(str_sub(s, from, g[0])));
		from = g[1];
	}
	feel_builder_add(vm, parts, feel_string(str_sub(s, from, s.n)));
	return feel_builder_list(vm, parts);
}
