/* Finds messages in sources: MSG("…") and MSGN("…", "…") in C, {{_ "…"}} and {{n "…" "…"}} in
 * templates. */
#include "poc.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static void skip_space(str s, size_t *at, uint32_t *line)
{
	for (; *at < s.n && is_space(s.p[*at]); (*at)++)
		*line += s.p[*at] == '\n';
}

/* One escape behind the backslash at s.p[*at]. */
static bool escape(str s, size_t *at, struct buf *out)
{
	char c = s.p[++*at];
	if (c == 'n' || c == 't') {
		buf_addc(out, c == 'n' ? '\n' : '\t');
		return true;
	}
	if (c == '"' || c == '\\') {
		buf_addc(out, c);
		return true;
	}
	return false;
}

static bool one_literal(str s, size_t *at, struct buf *out)
{
	for ((*at)++; *at < s.n && s.p[*at] != '"'; (*at)++) {
		if (s.p[*at] == '\n')
			return false;
		if (s.p[*at] != '\\')
			buf_addc(out, s.p[*at]);
		else if (*at + 1 >= s.n || !escape(s, at, out))
			return false;
	}
	if (*at >= s.n)
		return false;
	(*at)++;
	return true;
}

str poc_literals(struct poc *p, str s, size_t *at, uint32_t *line)
{
	AUTO_BUF out = BUF_INIT(POC_FILE_MAX_BYTES);
	bool any = false;
	for (;;) {
		size_t look = *at;
		uint32_t look_line = *line;
		skip_space(s, &look, &look_line);
		if (look >= s.n || s.p[look] != '"')
			break;
		if (!one_literal(s, &look, &out))
			return STR_NONE;
		*at = look;
		*line = look_line;
		any = true;
	}
	return any ? arena_str(p->a, buf_str(&out)) : STR_NONE;
}

static enum err_code add_use(
    struct poc *p, str one, str many, const char *file, uint32_t line, struct err *e)
{
	struct poc_use *u = VEC_ADD(&p->uses, p->a);
	if (!u)
		return arena_fail(p->a, e);
	*u = (struct poc_use){one, many, {file, line}};
	return ERR_OK;
}

static void skip_comment(str s, size_t *at, uint32_t *line)
{
	bool block = s.p[*at + 1] == '*';
	ptrdiff_t n = str_find(str_sub(s, *at + 2, s.n), block ? STR("*/") : STR("\n"));
	size_t end = n < 0 ? s.n : *at + 2 + (size_t)n + (block ? 2 : 0);
	for (; *at < end; (*at)++)
		*line += s.p[*at] == '\n';
}

static void skip_quoted(str s, size_t *at)
{
	char q = s.p[(*at)++];
	while (*at < s.n && s.p[*at] != q && s.p[*at] != '\n')
		*at += s.p[*at] == '\\' ? 2 : 1;
	if (*at < s.n && s.p[*at] == q)
		(*at)++;
	if (*at > s.n)
		*at = s.n;
}

/* MSG or MSGN ends before *at. */
static enum err_code macro(
    struct poc *p, const char *file, str s, bool plural, size_t *at, uint32_t *line, struct err *e)
{
	skip_space(s, at, line);
	if (*at >= s.n || s.p[*at] != '(')
		return ERR_OK;
	(*at)++;
	uint32_t from = *line;
	str one = poc_literals(p, s, at, line), many = STR_NONE;
	if (plural && one.p) {
		skip_space(s, at, line);
		if (*at < s.n && s.p[*at] == ',')
			(*at)++;
		many = poc_literals(p, s, at, line);
	}
	skip_space(s, at, line);
	if (!one.p || !one.n || (plural && !many.p) || *at >= s.n || s.p[*at] != ')') {
		poc_fault(p, (struct poc_place){file, from}, "%s takes %s", plural ? "MSGN" : "MSG",
		    plural ? "two literals" : "one literal");
		return ERR_OK;
	}
	return add_use(p, one, many, file, from, e);
}

static enum err_code read_c(struct poc *p, const char *file, str s, uint32_t line, struct err *e)
{
	bool defines = false; /* the word before was "define" */
	for (size_t at = 0; at < s.n;) {
		char c = s.p[at];
		if (c == '/' && at + 1 < s.n && (s.p[at + 1] == '*' || s.p[at + 1] == '/')) {
			skip_comment(s, &at, &line);
		} else if (c == '"' || c == '\'') {
			skip_quoted(s, &at);
		} else if (is_word(c)) {
			size_t from = at;
			while (at < s.n && is_word(s.p[at]))
				at++;
			str word = str_sub(s, from, at);
			if (!defines && (str_is(word, "MSG") || str_is(word, "MSGN")))
				TRY(macro(p, file, s, word.n == 4, &at, &line, e));
			defines = str_is(word, "define");
		} else {
			line += c == '\n';
			at++;
		}
	}
	return ERR_OK;
}

/* {{_ "…" and {{n "…" "…": at stands behind the word. */
static enum err_code directive(
    struct poc *p, const char *file, str s, bool plural, size_t *at, uint32_t *line, struct err *e)
{
	uint32_t from = *line;
	/* Adjacent literals are two arguments here. */
	AUTO_BUF one = BUF_INIT(POC_FILE_MAX_BYTES);
	AUTO_BUF many = BUF_INIT(POC_FILE_MAX_BYTES);
	skip_space(s, at, line);
	if (*at >= s.n || s.p[*at] != '"')
		return ERR_OK; /* {{_ expression}} */
	bool ok = one_literal(s, at, &one);
	if (ok && plural) {
		skip_space(s, at, line);
		ok = *at < s.n && s.p[*at] == '"' && one_literal(s, at, &many);
	}
	if (!ok) {
		poc_fault(p, (struct poc_place){file, from}, "a message that cannot be read");
		return ERR_OK;
	}
	str a = arena_str(p->a, buf_str(&one));
	return add_use(p, a, plural ? arena_str(p->a, buf_str(&many)) : STR_NONE, file, from, e);
}

/* Whole directives go to read_c too, so that MSG(…) works in expressions. */
static enum err_code read_tpl(struct poc *p, const char *file, str s, struct err *e)
{
	uint32_t line = 1;
	for (size_t at = 0; at + 1 < s.n;) {
		if (s.p[at] != '{' || s.p[at + 1] != '{') {
			line += s.p[at++] == '\n';
			continue;
		}
		at += 2;
		skip_space(s, &at, &line);
		str rest = str_sub(s, at, s.n);
		bool plain = str_starts(rest, STR("_ ")), plural = str_starts(rest, STR("n \""));
		if (plain || plural) {
			at += 2;
			TRY(directive(p, file, s, plural, &at, &line, e));
			rest = str_sub(s, at, s.n);
		}
		ptrdiff_t end = str_find(rest, STR("}}"));
		size_t n = end < 0 ? rest.n : (size_t)end;
		if (!str_starts(rest, STR("#")))
			TRY(read_c(p, file, str_sub(rest, 0, n), line, e));
		for (size_t i = 0; i < n; i++)
			line += rest.p[i] == '\n';
		at += n;
	}
	return ERR_OK;
}

enum err_code poc_read_source(
    struct poc *p, const char *file, str text, bool template, struct err *e)
{
	return template ? read_tpl(p, file, text, e) : read_c(p, file, text, 1, e);
}
