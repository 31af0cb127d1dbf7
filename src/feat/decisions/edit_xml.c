/* A table back into the text of its model. The text is known to be well-formed; a small scanner finds the place, so that
 * everything else (comments, layout, extensions of other editors) stays as it is. */
#include "base/utf8.h"
#include "feat/decisions/edit.h"

struct tag {
	size_t begin, end; /* of "<…>" */
	str prefix, name;  /* "dmn:" and "decision" */
	bool close, empty;
};

/* ---- scanning ---- */

/* Behind the end marker of a comment, CDATA section or instruction that begins at `at`. */
static size_t skip_to(str xml, size_t at, str marker)
{
	ptrdiff_t found = str_find(str_sub(xml, at, xml.n), marker);
	return found < 0 ? xml.n : at + (size_t)found + marker.n;
}

static size_t tag_end(str xml, size_t at)
{
	char quote = 0;
	for (; at < xml.n; at++) {
		char c = xml.p[at];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return at + 1;
	}
	return xml.n;
}

static void name_tag(str xml, struct tag *t)
{
	size_t from = t->begin + (t->close ? 2 : 1), to = from;
	while (to < t->end && !memchr(" \t\r\n/>", xml.p[to], 6))
		to++;
	str whole = str_sub(xml, from, to);
	ptrdiff_t colon = str_find_char(whole, ':');
	t->prefix = str_sub(whole, 0, colon < 0 ? 0 : (size_t)colon + 1);
	t->name = str_sub(whole, t->prefix.n, whole.n);
	t->empty = !t->close && t->end - t->begin >= 2 && xml.p[t->end - 2] == '/';
}

static bool next_tag(str xml, size_t *at, struct tag *ret)
{
	while (*at < xml.n) {
		ptrdiff_t open = str_find_char(str_sub(xml, *at, xml.n), '<');
		if (open < 0)
			return false;
		size_t begin = *at + (size_t)open;
		str rest = str_sub(xml, begin, xml.n);
		if (str_starts(rest, STR("<!--")))
			*at = skip_to(xml, begin, STR("-->"));
		else if (str_starts(rest, STR("<![CDATA[")))
			*at = skip_to(xml, begin, STR("]]>"));
		else if (str_starts(rest, STR("<?")))
			*at = skip_to(xml, begin, STR("?>"));
		else {
			*ret = (struct tag){.begin = begin, .end = tag_end(xml, begin), .close = str_starts(rest, STR("</"))};
			name_tag(xml, ret);
			*at = ret->end;
			return true;
		}
	}
	return false;
}

/* The value of an attribute in a tag, undecoded; STR_NONE. next_at: behind it. */
static bool next_attribute(str xml, const struct tag *t, size_t *at, str *ret_name, str *ret_whole, str *ret_value)
{
	while (*at < t->end && memchr(" \t\r\n", xml.p[*at], 4))
		(*at)++;
	size_t from = *at;
	while (*at < t->end && !memchr("= \t\r\n/>", xml.p[*at], 7))
		(*at)++;
	*ret_name = str_sub(xml, from, *at);
	while (*at < t->end && xml.p[*at] != '"' && xml.p[*at] != '\'')
		(*at)++;
	if (!ret_name->n || *at >= t->end)
		return false;
	char quote = xml.p[*at];
	size_t value = ++*at;
	while (*at < t->end && xml.p[*at] != quote)
		(*at)++;
	*ret_value = str_sub(xml, value, *at);
	*ret_whole = str_sub(xml, from, ++*at);
	return true;
}

static size_t first_attribute(const struct tag *t)
{
	return t->begin + 1 + t->prefix.n + t->name.n;
}

static str attribute(str xml, const struct tag *t, const char *name)
{
	size_t at = first_attribute(t);
	str found, whole, value;
	while (next_attribute(xml, t, &at, &found, &whole, &value))
		if (str_is(found, name))
			return value;
	return STR_NONE;
}

static bool owns_tables(str name)
{
	return str_is(name, "decision") || str_is(name, "businessKnowledgeModel");
}

/* The start tag of the first table below the element, and where the table ends. */
static bool find_table(str xml, str id, struct tag *ret_start, size_t *ret_end)
{
	struct tag t;
	bool inside = false, found = false;
	for (size_t at = 0; next_tag(xml, &at, &t);) {
		if (!inside) {
			str own = owns_tables(t.name) && !t.close ? attribute(xml, &t, "id") : STR_NONE;
			if (own.p && !own.n)
				own = STR_NONE;
			if (owns_tables(t.name) && !t.close && !own.p)
				own = attribute(xml, &t, "name");
			inside = own.p && str_eq(own, id) && !t.empty;
			continue;
		}
		if (t.close && owns_tables(t.name) && !found)
			return false;
		if (!found && !t.close && str_is(t.name, "decisionTable")) {
			*ret_start = t;
			found = true;
			if (t.empty) {
				*ret_end = t.end;
				return true;
			}
		} else if (found && t.close && str_is(t.name, "decisionTable")) {
			*ret_end = t.end;
			return true;
		}
	}
	return false;
}

/* ---- writing ---- */

struct writing {
	struct buf b;
	struct arena *a;
	str xml, prefix, indent, id;
	bool annotations; /* the version of DMN has them */
	size_t fresh;     /* identifiers made */
	uint32_t line;    /* of what is written next */
	size_t line_begin;
};

static void new_line(struct writing *w, int deep)
{
	buf_addc(&w->b, '\n');
	w->line++;
	w->line_begin = w->b.n;
	buf_add(&w->b, w->indent);
	for (int i = 0; i < deep; i++)
		buf_addz(&w->b, "  ");
}

static void add_text(struct writing *w, str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n') {
			w->line++;
			w->line_begin = w->b.n;
		}
	buf_add_markup(&w->b, s);
}

static void open_tag(struct writing *w, const char *name)
{
	buf_addc(&w->b, '<');
	buf_add(&w->b, w->prefix);
	buf_addz(&w->b, name);
}

static void close_tag(struct writing *w, const char *name)
{
	buf_addz(&w->b, "</");
	buf_add(&w->b, w->prefix);
	buf_addz(&w->b, name);
	buf_addc(&w->b, '>');
}

static void add_attribute(struct writing *w, const char *name, str value)
{
	if (!value.n)
		return;
	buf_addf(&w->b, " %s=\"", name);
	buf_add_markup(&w->b, value);
	buf_addc(&w->b, '"');
}

/* An identifier that occurs nowhere in the text. */
static str fresh_id(struct writing *w)
{
	for (;;) {
		str id = arena_fmt(w->a, "%.*s_e%zu", STR_ARG(w->id), ++w->fresh);
		str quoted = arena_fmt(w->a, "\"%.*s\"", STR_ARG(id));
		if (!id.p || !quoted.p || str_find(w->xml, quoted) < 0)
			return id.p ? id : STR("e");
	}
}

/* <name id="…"><text>…</text></name> on a line of its own; the place of the text. */
static struct edit_place text_element(struct writing *w, const char *name, str type, str text, bool id, int deep)
{
	new_line(w, deep);
	open_tag(w, name);
	if (id)
		add_attribute(w, "id", fresh_id(w));
	add_attribute(w, "typeRef", type);
	buf_addc(&w->b, '>');
	open_tag(w, "text>");
	struct edit_place at = {w->line, (uint32_t)(w->b.n - w->line_begin) + 1};
	add_text(w, text);
	close_tag(w, "text");
	close_tag(w, name);
	return at;
}

static void write_input(struct writing *w, const struct edit_input *x, struct edit_place *at)
{
	new_line(w, 1);
	open_tag(w, "input");
	add_attribute(w, "id", fresh_id(w));
	add_attribute(w, "label", x->label);
	buf_addc(&w->b, '>');
	*at = text_element(w, "inputExpression", x->type, x->expression, true, 2);
	if (x->values.n)
		(void)text_element(w, "inputValues", STR_NONE, x->values, true, 2);
	new_line(w, 1);
	close_tag(w, "input");
}

static void write_output(struct writing *w, const struct edit_output *x, struct edit_place *at)
{
	new_line(w, 1);
	*at = (struct edit_place){w->line, 1};
	open_tag(w, "output");
	add_attribute(w, "id", fresh_id(w));
	add_attribute(w, "label", x->label);
	add_attribute(w, "name", x->name);
	add_attribute(w, "typeRef", x->type);
	if (!x->values.n && !x->fallback.n) {
		buf_addz(&w->b, "/>");
		return;
	}
	buf_addc(&w->b, '>');
	if (x->values.n)
		(void)text_element(w, "outputValues", STR_NONE, x->values, true, 2);
	if (x->fallback.n)
		(void)text_element(w, "defaultOutputEntry", STR_NONE, x->fallback, true, 2);
	new_line(w, 1);
	close_tag(w, "output");
}

/* Before DMN 1.2 a rule had one description and no columns of remarks. */
static void write_notes(struct writing *w, const struct edit_table *t, const struct edit_row *r)
{
	if (w->annotations) {
		for (size_t i = 0; i < t->n_annotations; i++)
			(void)text_element(w, "annotationEntry", STR_NONE, r->notes[i].p ? r->notes[i] : STR(""), false, 2);
		return;
	}
	new_line(w, 2);
	open_tag(w, "description>");
	for (size_t i = 0; i < t->n_annotations; i++) {
		buf_addz(&w->b, i ? "; " : "");
		add_text(w, r->notes[i].p ? r->notes[i] : STR(""));
	}
	close_tag(w, "description");
}

static void write_row(struct writing *w, const struct edit_table *t, struct edit_row *r)
{
	new_line(w, 1);
	r->line = w->line;
	if (!r->id.n)
		r->id = fresh_id(w);
	open_tag(w, "rule");
	add_attribute(w, "id", r->id);
	buf_addc(&w->b, '>');
	if (!w->annotations && t->n_annotations)
		write_notes(w, t, r);
	for (size_t i = 0; i < t->n_inputs; i++)
		r->at[i] = text_element(w, "inputEntry", STR_NONE, r->tests[i].n ? r->tests[i] : STR("-"), true, 2);
	for (size_t i = 0; i < t->n_outputs; i++)
		r->at[t->n_inputs + i] =
		    text_element(w, "outputEntry", STR_NONE, r->outputs[i].p ? r->outputs[i] : STR(""), true, 2);
	if (w->annotations)
		write_notes(w, t, r);
	new_line(w, 1);
	close_tag(w, "rule");
}

/* The start tag of the root, which names the version of DMN. */
static str root_tag(str xml)
{
	size_t from = 0;
	char quote = 0;
	while (from + 1 < xml.n && (xml.p[from] != '<' || xml.p[from + 1] == '?' || xml.p[from + 1] == '!')) {
		ptrdiff_t end = str_starts(str_sub(xml, from, xml.n), STR("<!--")) ? str_find(str_sub(xml, from, xml.n), STR("-->")) : 0;
		from += end > 0 ? (size_t)end : 1;
	}
	for (size_t i = from; i < xml.n; i++) {
		char c = xml.p[i];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return str_sub(xml, from, i);
	}
	return str_sub(xml, from, xml.n);
}

/* The tag as it was, with another policy. */
static void write_start(struct writing *w, const struct tag *start, enum dmn_policy policy)
{
	static const char *const names[] = {[DMN_UNIQUE] = "UNIQUE", [DMN_ANY] = "ANY", [DMN_PRIORITY] = "PRIORITY",
	    [DMN_FIRST] = "FIRST", [DMN_RULE_ORDER] = "RULE ORDER", [DMN_OUTPUT_ORDER] = "OUTPUT ORDER", [DMN_COLLECT] = "COLLECT",
	    [DMN_SUM] = "COLLECT", [DMN_COUNT] = "COLLECT", [DMN_MIN] = "COLLECT", [DMN_MAX] = "COLLECT"};
	static const char *const sums[] = {[DMN_SUM] = "SUM", [DMN_COUNT] = "COUNT", [DMN_MIN] = "MIN", [DMN_MAX] = "MAX"};
	size_t at = first_attribute(start);
	str name, whole, value;
	open_tag(w, "decisionTable");
	while (next_attribute(w->xml, start, &at, &name, &whole, &value))
		if (!str_is(name, "hitPolicy") && !str_is(name, "aggregation")) {
			buf_addc(&w->b, ' ');
			buf_add(&w->b, whole);
		}
	add_attribute(w, "hitPolicy", str_of(names[policy]));
	if (policy > DMN_COLLECT)
		add_attribute(w, "aggregation", str_of(sums[policy]));
	buf_addc(&w->b, '>');
}

/* The white space in front of the tag. */
static str indent_of(str xml, size_t at)
{
	size_t from = at;
	while (from > 0 && (xml.p[from - 1] == ' ' || xml.p[from - 1] == '\t'))
		from--;
	return from > 0 && xml.p[from - 1] == '\n' ? str_sub(xml, from, at) : STR("");
}

enum err_code edit_write(str xml, str element_id, struct edit_table *t, struct arena *a, str *ret_xml, struct err *e)
{
	struct tag start;
	size_t end = 0;
	if (!find_table(xml, element_id, &start, &end))
		return fail(e, ERR_NOT_FOUND, "edit.table", "the model has no table of that decision");
	struct writing w = {.b = BUF_INIT(EDIT_XML_BYTES), .a = a, .xml = xml, .prefix = start.prefix,
	    .indent = indent_of(xml, start.begin), .id = element_id, .line = 1,
	    .annotations = str_find(root_tag(xml), STR("/20151101/dmn.xsd")) < 0};
	for (size_t i = 0; i < start.begin; i++)
		if (xml.p[i] == '\n') {
			w.line++;
			w.line_begin = i + 1;
		}
	buf_add(&w.b, str_sub(xml, 0, start.begin));
	t->line = w.line;
	write_start(&w, &start, t->policy);
	for (size_t i = 0; i < t->n_inputs; i++)
		write_input(&w, &t->inputs[i], &t->inputs_at[i]);
	for (size_t i = 0; i < t->n_outputs; i++)
		write_output(&w, &t->outputs[i], &t->outputs_at[i]);
	for (size_t i = 0; i < t->n_annotations && w.annotations; i++) {
		new_line(&w, 1);
		open_tag(&w, "annotation");
		add_attribute(&w, "name", t->annotations[i].n ? t->annotations[i] : STR("note"));
		buf_addz(&w.b, "/>");
	}
	for (size_t i = 0; i < t->n_rows; i++)
		write_row(&w, t, &t->rows[i]);
	new_line(&w, 0);
	close_tag(&w, "decisionTable");
	t->last_line = w.line;
	buf_add(&w.b, str_sub(xml, end, xml.n));
	enum err_code code = buf_check(&w.b, e);
	str s = code == ERR_OK ? arena_str(a, buf_str(&w.b)) : STR_NONE;
	buf_free(&w.b);
	if (code != ERR_OK)
		return code;
	*ret_xml = s;
	return s.p ? ERR_OK : arena_fail(a, e);
}
