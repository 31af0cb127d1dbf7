/* tplc IN.tpl OUT.c OUT.h: compiles templates into C. The syntax is described in
 * docs/architecture.md. Each value is escaped for its place in the HTML (tplc_html.c); where it
 * cannot be made safe the build fails.
 *
 * #line points errors of the C compiler into the template. Exit status: 0, 3 with "file:line:col:
 * what is wrong". */
#include "tplc.h"

#include <stdio.h>

#include "base/arena.h"
#include "engine/i18n/hash.h"

enum {
	TPL_FILE_MAX_BYTES = 1 << 20,
	TPL_OUT_MAX_BYTES = 1 << 24,
	TPL_DEPTH_MAX = 64, /* nested blocks */
	TPL_ARGS_MAX = 10,  /* {0} … {9} of a message */
};

enum block_kind { BLOCK_TEMPLATE, BLOCK_IF, BLOCK_FOR };

struct block {
	enum block_kind kind;
	size_t at;               /* offset of its directive */
	struct html_place begin; /* where it began */
	struct html_place end;   /* where the first branch ended */
	bool has_end, has_else;
};

struct compiler {
	str src;
	const char *name; /* for #line and messages */
	size_t at;
	struct html_place html;
	struct block blocks[TPL_DEPTH_MAX];
	size_t depth;
	struct buf c, h;
	struct err *e;
};

static void position(const struct compiler *k, size_t at, uint32_t *line, uint32_t *col)
{
	*line = *col = 1;
	for (size_t i = 0; i < at && i < k->src.n; i++) {
		(*col)++;
		if (k->src.p[i] == '\n') {
			(*line)++;
			*col = 1;
		}
	}
}

static enum err_code at_place(struct compiler *k, size_t at)
{
	uint32_t line, col;
	position(k, at, &line, &col);
	return err_at(k->e, k->name, line, col);
}

#define WRONG(k, offset, ...)                                                                      \
	(fail((k)->e, ERR_INVALID, "tplc.syntax", __VA_ARGS__), at_place((k), (offset)))

static void line_directive(struct compiler *k, struct buf *b, size_t at)
{
	uint32_t line, col;
	position(k, at, &line, &col);
	buf_addf(b, "#line %u \"%s\"\n", line, k->name);
}

/* s as a C string literal, cut before what could be a trigraph or run on into a hex escape. */
static void add_literal(struct buf *b, str s)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\n')
			buf_addz(b, "\\n");
		else if (c == '\t')
			buf_addz(b, "\\t");
		else if (c < 0x20 || c >= 0x7f || c == '?')
			buf_addf(b, "\\%03o", c);
		else if (c == '"' || c == '\\')
			buf_addf(b, "\\%c", c);
		else
			buf_addc(b, (char)c);
	}
	buf_addc(b, '"');
}

/* White space that holds a line break becomes one line break: the page gets smaller, its meaning
 * stays. */
static void squeeze(struct buf *out, str text)
{
	for (size_t i = 0; i < text.n;) {
		size_t from = i;
		bool line = false;
		while (i < text.n && (text.p[i] == ' ' || text.p[i] == '\t' || text.p[i] == '\n' ||
		                         text.p[i] == '\r'))
			line |= text.p[i++] == '\n';
		if (line)
			buf_addc(out, '\n');
		else
			buf_add(out, str_sub(text, from, i));
		if (i < text.n)
			buf_addc(out, text.p[i++]);
	}
}

static enum err_code literal(struct compiler *k, size_t from, size_t to)
{
	str text = str_sub(k->src, from, to);
	if (!text.n)
		return ERR_OK;
	if (!k->depth) {
		str rest = str_trim(text);
		if (rest.n)
			return WRONG(
			    k, from + (size_t)(rest.p - text.p), "text outside a template");
		return ERR_OK;
	}
	bool keeps = k->html.element == HTML_ELEMENT_KEEPS || k->html.state == HTML_VALUE;
	size_t bad = 0;
	if (html_read(&k->html, text, &bad, k->e) != ERR_OK)
		return at_place(k, from + bad);
	keeps |= k->html.element == HTML_ELEMENT_KEEPS;
	AUTO_BUF t = BUF_INIT(TPL_FILE_MAX_BYTES);
	if (keeps)
		buf_add(&t, text);
	else
		squeeze(&t, text);
	buf_addz(&k->c, "\ttpl_lit(tpl_, ");
	add_literal(&k->c, buf_str(&t));
	buf_addf(&k->c, ", %zu);\n", t.n);
	return ERR_OK;
}

/* Behind a string or character literal that begins at s.p[i]. */
static size_t skip_quoted(str s, size_t i)
{
	char q = s.p[i++];
	while (i < s.n && s.p[i] != q && s.p[i] != '\n')
		i += s.p[i] == '\\' ? 2 : 1;
	return i < s.n ? i + 1 : s.n;
}

/* Offset of the "}}" that ends the directive at from, or 0: never an end of braces inside literals
 * or parentheses. */
static size_t directive_end(str src, size_t from)
{
	int depth = 0;
	if (from < src.n && src.p[from] == '#') {
		ptrdiff_t end = str_find(str_sub(src, from, src.n), STR("}}"));
		return end < 0 ? 0 : from + (size_t)end;
	}
	for (size_t i = from; i < src.n;) {
		char c = src.p[i];
		if (c == '"' || c == '\'') {
			i = skip_quoted(src, i);
			continue;
		}
		if (c == '}' && i + 1 < src.n && src.p[i + 1] == '}' && depth <= 0)
			return i;
		if (c == '(' || c == '[' || c == '{')
			depth++;
		if (c == ')' || c == ']' || c == '}')
			depth--;
		i++;
	}
	return 0;
}

/* Take the next argument from *rest: a literal, or an expression up to a blank outside parentheses.
 */
static str next_arg(str *rest)
{
	str s = str_trim(*rest);
	int depth = 0;
	size_t i = 0;
	while (i < s.n) {
		char c = s.p[i];
		if (c == '"' || c == '\'') {
			i = skip_quoted(s, i);
			continue;
		}
		if (c == '(' || c == '[' || c == '{')
			depth++;
		if (c == ')' || c == ']' || c == '}')
			depth--;
		if (depth <= 0 && (c == ' ' || c == '\t' || c == '\n'))
			break;
		i++;
	}
	*rest = str_sub(s, i, s.n);
	return str_sub(s, 0, i);
}

/* The text of the literal "…" in lit: only \" and \\ are known. */
static enum err_code unquote(struct compiler *k, size_t at, str lit, struct buf *out)
{
	if (lit.n < 2 || lit.p[0] != '"' || lit.p[lit.n - 1] != '"')
		return WRONG(k, at, "a message in double quotes is expected");
	for (size_t i = 1; i + 1 < lit.n; i++) {
		if (lit.p[i] == '\\') {
			i++;
			if (lit.p[i] != '"' && lit.p[i] != '\\')
				return WRONG(k, at, "only \\\" and \\\\ are known in a message");
		}
		buf_addc(out, lit.p[i]);
	}
	if (!out->n)
		return WRONG(k, at, "an empty message");
	return ERR_OK;
}

/* Highest {n} in text plus one. */
static size_t placeholders(str text)
{
	size_t n = 0;
	for (size_t i = 0; i + 2 < text.n; i++)
		if (text.p[i] == '{' && text.p[i + 1] >= '0' && text.p[i + 1] <= '9' &&
		    text.p[i + 2] == '}' && (size_t)(text.p[i + 1] - '0') + 1 > n)
			n = (size_t)(text.p[i + 1] - '0') + 1;
	return n;
}

static enum err_code text_place(struct compiler *k, size_t at, const char *what)
{
	bool plain = k->html.state == HTML_TEXT ||
	             (k->html.state == HTML_VALUE && k->html.attr == HTML_ATTR_PLAIN);
	if (!plain)
		return WRONG(k, at, "%s may not stand %s", what, html_place_name(&k->html));
	return ERR_OK;
}

static void add_cases(struct compiler *k, const str *args, size_t n_args, bool plural)
{
	buf_addz(&k->c, "\tfor (int tpl_k; (tpl_k = tpl_message_next(tpl_, &tpl_m)) >= "
	                "0;)\n\t\tswitch (tpl_k) {\n");
	for (size_t i = 0; i < n_args; i++) {
		bool count = plural && i == 0;
		buf_addf(&k->c, "\t\tcase %zu: TPL_TEXT(tpl_, %s%.*s%s); break;\n", i,
		    count ? "num((int64_t)(" : "", STR_ARG(args[i]), count ? "))" : "");
	}
	buf_addz(&k->c, "\t\tdefault: break;\n\t\t}\n\t}\n");
}

static enum err_code read_args(struct compiler *k, size_t at, str rest, str *args, size_t *ret_n)
{
	size_t n = 0;
	for (str a = next_arg(&rest); a.n; a = next_arg(&rest)) {
		if (n == TPL_ARGS_MAX)
			return WRONG(k, at, "more than %d arguments", TPL_ARGS_MAX);
		args[n++] = a;
	}
	*ret_n = n;
	return ERR_OK;
}

/* {{_ "Page {0} of {1}" now last}} or {{_ expression}} */
static enum err_code message(struct compiler *k, size_t at, str rest)
{
	TRY(text_place(k, at, "a message"));
	str all = str_trim(rest);
	if (!all.n)
		return WRONG(k, at, "a message is missing");
	if (all.p[0] != '"') {
		buf_addf(&k->c, "\tTPL_TEXT(tpl_, tr(%.*s));\n", STR_ARG(all));
		return ERR_OK;
	}
	AUTO_BUF text = BUF_INIT(TPL_FILE_MAX_BYTES);
	TRY(unquote(k, at, next_arg(&rest), &text));
	str args[TPL_ARGS_MAX];
	size_t n_args = 0;
	TRY(read_args(k, at, rest, args, &n_args));
	if (placeholders(buf_str(&text)) != n_args)
		return WRONG(k, at,
		    "the message has placeholders up to {%zd}, but %zu arguments follow",
		    (ssize_t)placeholders(buf_str(&text)) - 1, n_args);
	const char *call =
	    n_args ? "\t{\n\tstr tpl_m = tpl_message_begin(tpl_, " : "\ttpl_message(tpl_, ";
	buf_addf(&k->c, "%s0x%016llxu, ", call, (unsigned long long)i18n_hash(buf_str(&text)));
	add_literal(&k->c, buf_str(&text));
	buf_addz(&k->c, ");\n");
	if (n_args)
		add_cases(k, args, n_args, false);
	return ERR_OK;
}

/* {{n "{0} activity" "{0} activities" count}}: {0} is the count, grouped. */
static enum err_code plural(struct compiler *k, size_t at, str rest)
{
	TRY(text_place(k, at, "a message"));
	AUTO_BUF one = BUF_INIT(TPL_FILE_MAX_BYTES);
	AUTO_BUF many = BUF_INIT(TPL_FILE_MAX_BYTES);
	TRY(unquote(k, at, next_arg(&rest), &one));
	TRY(unquote(k, at, next_arg(&rest), &many));
	str args[TPL_ARGS_MAX];
	size_t n_args = 0;
	TRY(read_args(k, at, rest, args, &n_args));
	size_t need = placeholders(buf_str(&many));
	if (n_args < 1 || need > n_args || (n_args > 1 && need != n_args))
		return WRONG(k, at,
		    "the message has placeholders up to {%zd}, but %zu arguments follow",
		    (ssize_t)need - 1, n_args);
	buf_addf(&k->c, "\t{\n\tstr tpl_m = tpl_message_begin_n(tpl_, 0x%016llxu, ",
	    (unsigned long long)i18n_hash(buf_str(&one)));
	add_literal(&k->c, buf_str(&one));
	buf_addz(&k->c, ", ");
	add_literal(&k->c, buf_str(&many));
	buf_addf(&k->c, ", (uint64_t)(%.*s));\n", STR_ARG(args[0]));
	add_cases(k, args, n_args, true);
	return ERR_OK;
}

static enum err_code value(struct compiler *k, size_t at, str expr)
{
	struct html_place *h = &k->html;
	if (h->state != HTML_TEXT && h->state != HTML_VALUE)
		return WRONG(k, at, "a value may not stand %s", html_place_name(h));
	const char *how = "TPL_TEXT";
	if (h->state == HTML_VALUE && h->attr == HTML_ATTR_URL) {
		how = h->url == HTML_URL_START  ? "tpl_url_start"
		      : h->url == HTML_URL_PATH ? "TPL_PATH"
		                                : "TPL_QUERY";
		if (h->url == HTML_URL_START)
			h->url = HTML_URL_PATH;
	}
	buf_addf(&k->c, "\t%s(tpl_, %.*s);\n", how, STR_ARG(expr));
	return ERR_OK;
}

static enum err_code push(struct compiler *k, enum block_kind kind, size_t at)
{
	if (k->depth == TPL_DEPTH_MAX)
		return WRONG(k, at, "more than %d nested blocks", TPL_DEPTH_MAX);
	k->blocks[k->depth++] = (struct block){.kind = kind, .at = at, .begin = k->html};
	return ERR_OK;
}

static struct block *top(struct compiler *k)
{
	return k->depth ? &k->blocks[k->depth - 1] : NULL;
}

/* {{template name(const struct page *p)}} */
static enum err_code begin_template(struct compiler *k, size_t at, str rest)
{
	if (k->depth)
		return WRONG(k, at, "a template inside a template");
	ptrdiff_t open = str_find_char(rest, '(');
	if (open <= 0 || rest.p[rest.n - 1] != ')')
		return WRONG(k, at, "{{template name(parameters)}} is expected");
	str name = str_trim(str_sub(rest, 0, (size_t)open));
	str params = str_trim(str_sub(rest, (size_t)open + 1, rest.n - 1));
	k->html = (struct html_place){0};
	TRY(push(k, BLOCK_TEMPLATE, at));
	struct buf *to[] = {&k->h, &k->c};
	for (size_t i = 0; i < 2; i++) {
		line_directive(k, to[i], at);
		buf_addf(to[i], "void %.*s(struct tpl_out *tpl_%s%.*s)", STR_ARG(name),
		    params.n ? ", " : "", STR_ARG(params));
	}
	buf_addz(&k->h, ";\n");
	buf_addz(&k->c, "\n{\n");
	return ERR_OK;
}

/* A branch of an if ends here: all branches must end in the same place. */
static enum err_code end_branch(struct compiler *k, struct block *b, size_t at)
{
	if (b->has_end && !html_same(&b->end, &k->html))
		return WRONG(k, at, "the branches end in different places: %s and %s",
		    html_place_name(&b->end), html_place_name(&k->html));
	bool glued = b->has_end ? b->end.glued || k->html.glued : k->html.glued;
	b->end = k->html;
	b->end.glued = glued;
	b->has_end = true;
	return ERR_OK;
}

static enum err_code else_branch(struct compiler *k, size_t at, str rest, bool elif)
{
	struct block *b = top(k);
	if (!b || b->kind != BLOCK_IF || b->has_else)
		return WRONG(k, at, "{{%s}} without its {{if}}", elif ? "elif" : "else");
	TRY(end_branch(k, b, at));
	b->has_else = !elif;
	bool glued = b->begin.glued || k->html.glued;
	k->html = b->begin;
	k->html.glued = glued && k->html.state == HTML_IN_TAG;
	if (elif)
		buf_addf(&k->c, "\t} else if (%.*s) {\n", STR_ARG(rest));
	else
		buf_addz(&k->c, "\t} else {\n");
	return ERR_OK;
}

static enum err_code end_block(struct compiler *k, size_t at)
{
	struct block *b = top(k);
	if (!b)
		return WRONG(k, at, "{{end}} without a block");
	if (b->kind == BLOCK_TEMPLATE &&
	    (k->html.state != HTML_TEXT || k->html.element != HTML_ELEMENT_PLAIN))
		return WRONG(k, at, "the template ends %s", html_place_name(&k->html));
	if (b->kind == BLOCK_FOR && !html_same(&b->begin, &k->html))
		return WRONG(k, at, "the loop begins %s and ends %s", html_place_name(&b->begin),
		    html_place_name(&k->html));
	if (b->kind == BLOCK_IF) {
		TRY(end_branch(k, b, at));
		if (!b->has_else && !html_same(&b->begin, &b->end))
			return WRONG(k, at,
			    "the {{if}} begins %s and ends %s; without {{else}} it must end where "
			    "it began",
			    html_place_name(&b->begin), html_place_name(&b->end));
		k->html = b->end;
		k->html.glued |= b->begin.glued && k->html.state == HTML_IN_TAG;
	}
	k->depth--;
	buf_addz(&k->c, b->kind == BLOCK_TEMPLATE ? "}\n\n" : "\t}\n");
	return ERR_OK;
}

static enum err_code call(struct compiler *k, size_t at, str rest)
{
	if (k->html.state != HTML_TEXT)
		return WRONG(k, at, "{{call}} may not stand %s", html_place_name(&k->html));
	ptrdiff_t open = str_find_char(rest, '(');
	if (open <= 0 || rest.p[rest.n - 1] != ')')
		return WRONG(k, at, "{{call name(arguments)}} is expected");
	str args = str_trim(str_sub(rest, (size_t)open + 1, rest.n - 1));
	buf_addf(
	    &k->c, "\t%.*s(tpl_%s%.*s);\n", (int)open, rest.p, args.n ? ", " : "", STR_ARG(args));
	return ERR_OK;
}

static enum err_code html_value(struct compiler *k, size_t at, str rest)
{
	if (k->html.state != HTML_TEXT)
		return WRONG(k, at, "{{html}} may not stand %s", html_place_name(&k->html));
	buf_addf(&k->c, "\ttpl_html(tpl_, %.*s);\n", STR_ARG(rest));
	return ERR_OK;
}

static enum err_code include(struct compiler *k, size_t at, str rest)
{
	if (k->depth || rest.n < 3 || rest.p[0] != '"')
		return WRONG(k, at, "{{include \"file.h\"}} stands at the top of the file");
	buf_addf(&k->h, "#include %.*s\n", STR_ARG(rest));
	return ERR_OK;
}

/* The word that begins the directive, and what follows it. A word is one only when a blank follows,
 * or nothing. */
static str directive_word(str d, str *ret_rest)
{
	size_t i = 0;
	while (i < d.n && d.p[i] != ' ' && d.p[i] != '\t' && d.p[i] != '\n')
		i++;
	*ret_rest = str_trim(str_sub(d, i, d.n));
	return str_sub(d, 0, i);
}

static enum err_code control(struct compiler *k, size_t at, str word, str rest, bool *ret_done)
{
	*ret_done = true;
	if (str_is(word, "if")) {
		buf_addf(&k->c, "\tif (%.*s) {\n", STR_ARG(rest));
		return push(k, BLOCK_IF, at);
	}
	if (str_is(word, "for")) {
		buf_addf(&k->c, "\tfor (%.*s) {\n", STR_ARG(rest));
		return push(k, BLOCK_FOR, at);
	}
	if (str_is(word, "elif"))
		return else_branch(k, at, rest, true);
	if (str_is(word, "else"))
		return else_branch(k, at, rest, false);
	if (str_is(word, "end"))
		return end_block(k, at);
	if (str_is(word, "let")) {
		buf_addf(&k->c, "\t%.*s;\n", STR_ARG(rest));
		return ERR_OK;
	}
	*ret_done = false;
	return ERR_OK;
}

static enum err_code directive(struct compiler *k, size_t at, str d)
{
	d = str_trim(d);
	str rest;
	str word = directive_word(d, &rest);
	if (str_starts(d, STR("#")))
		return ERR_OK; /* a comment */
	if (str_is(word, "include"))
		return include(k, at, rest);
	if (str_is(word, "template"))
		return begin_template(k, at, rest);
	if (!k->depth)
		return WRONG(k, at, "{{%.*s}} outside a template", STR_ARG(word));
	if (!d.n)
		return WRONG(k, at, "an empty directive");
	if (html_directive(&k->html, k->e) != ERR_OK)
		return at_place(k, at);
	line_directive(k, &k->c, at);
	bool done;
	TRY(control(k, at, word, rest, &done));
	if (done)
		return ERR_OK;
	if (str_is(word, "_") && rest.n)
		return message(k, at, rest);
	if (str_is(word, "n") && str_starts(rest, STR("\"")))
		return plural(k, at, rest);
	if (str_is(word, "call") && rest.n)
		return call(k, at, rest);
	if (str_is(word, "html") && rest.n)
		return html_value(k, at, rest);
	return value(k, at, d);
}

static enum err_code compile(struct compiler *k)
{
	for (;;) {
		str rest = str_sub(k->src, k->at, k->src.n);
		ptrdiff_t open = str_find(rest, STR("{{"));
		if (open < 0)
			break;
		size_t at = k->at + (size_t)open;
		TRY(literal(k, k->at, at));
		size_t end = directive_end(k->src, at + 2);
		if (!end)
			return WRONG(k, at, "{{ without its }}");
		TRY(directive(k, at, str_sub(k->src, at + 2, end)));
		k->at = end + 2;
	}
	TRY(literal(k, k->at, k->src.n));
	if (k->depth)
		return WRONG(k, top(k)->at, "this block has no {{end}}");
	TRY(buf_check(&k->c, k->e));
	return buf_check(&k->h, k->e);
}

static enum err_code read_file(const char *path, struct buf *b, struct err *e)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return fail(e, ERR_IO, "tplc.read", "cannot read %s", path);
	for (;;) {
		char *to = buf_reserve(b, 65536);
		size_t n = to ? fread(to, 1, 65536, f) : 0;
		b->n += n;
		if (!n)
			break;
	}
	bool bad = ferror(f) != 0;
	fclose(f);
	if (bad)
		return fail(e, ERR_IO, "tplc.read", "cannot read %s", path);
	return buf_check(b, e);
}

static enum err_code write_file(const char *path, str head, const struct buf *b, struct err *e)
{
	FILE *f = fopen(path, "wb");
	if (!f)
		return fail(e, ERR_IO, "tplc.write", "cannot write %s", path);
	fwrite(head.p, 1, head.n, f);
	fwrite(b->p ? b->p : "", 1, b->n, f);
	bool bad = ferror(f) != 0;
	bad |= fclose(f) != 0;
	return bad ? fail(e, ERR_IO, "tplc.write", "cannot write %s", path) : ERR_OK;
}

static enum err_code run(
    const char *name, const char *in, const char *out_c, const char *out_h, struct err *e)
{
	AUTO_BUF src = BUF_INIT(TPL_FILE_MAX_BYTES);
	TRY(read_file(in, &src, e));
	struct compiler k = {.src = buf_str(&src),
	    .name = name,
	    .c = BUF_INIT(TPL_OUT_MAX_BYTES),
	    .h = BUF_INIT(TPL_OUT_MAX_BYTES),
	    .e = e};
	enum err_code c = compile(&k);
	AUTO_BUF head = BUF_INIT(8192);
	str base = str_of(out_h);
	for (ptrdiff_t slash; (slash = str_find_char(base, '/')) >= 0;)
		base = str_sub(base, (size_t)slash + 1, base.n);
	buf_addf(&head, "/* Made from %s by tplc. */\n#include \"%.*s\"\n", name, STR_ARG(base));
	if (c == ERR_OK)
		c = write_file(out_c, buf_str(&head), &k.c, e);
	buf_clear(&head);
	buf_addf(&head,
	    "#pragma once\n/* Made from %s by tplc. */\n#include \"engine/tpl/tpl.h\"\n", name);
	if (c == ERR_OK)
		c = write_file(out_h, buf_str(&head), &k.h, e);
	buf_free(&k.c);
	buf_free(&k.h);
	return c;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: tplc IN.tpl OUT.c OUT.h\n", stderr);
		return 2;
	}
	struct err e = {0};
	enum err_code c = run(argv[1], argv[1], argv[2], argv[3], &e);
	if (c == ERR_OK)
		return 0;
	char line[1024];
	fprintf(stderr, "%s\n", err_format(&e, line, sizeof line));
	return err_exit_status(c);
}
