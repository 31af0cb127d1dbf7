/* Follows the HTML of a template closely enough to know where each value stands; refuses what could
 * not be made safe. A subset of HTML is understood: quoted attribute values, no script in the page.
 */
#include "tplc.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_' || c == ':' || c == '.';
}

static str name_of(const struct html_place *h)
{
	return (str){h->name, h->n_name};
}

static bool name_in(const struct html_place *h, const char *const *list)
{
	for (; *list; list++)
		if (str_eq_nocase(name_of(h), str_of(*list)))
			return true;
	return false;
}

static enum err_code add_name(struct html_place *h, char c, struct err *e)
{
	if (h->n_name >= HTML_NAME_MAX - 1)
		return fail(e, ERR_LIMIT, "tplc.name",
		    "a tag or attribute name is longer than %d characters", HTML_NAME_MAX - 1);
	h->name[h->n_name++] = c;
	return ERR_OK;
}

static enum err_code tag_named(struct html_place *h, struct err *e)
{
	static const char *const refused[] = {"style", "iframe", "frame", "object", "embed",
	    "applet", "base", "noscript", "xmp", "plaintext", "noembed", "noframes", "template",
	    NULL};
	static const char *const keeps[] = {"pre", "textarea", NULL};
	static const char *const script[] = {"script", NULL};
	if (!h->n_name)
		return fail(e, ERR_INVALID, "tplc.tag", "'<' without a tag name: write &lt;");
	if (name_in(h, refused))
		return fail(e, ERR_INVALID, "tplc.element", "<%.*s> may not be used in a template",
		    STR_ARG(name_of(h)));
	enum html_element was = h->element;
	h->element = name_in(h, script)  ? HTML_ELEMENT_SCRIPT
	             : name_in(h, keeps) ? HTML_ELEMENT_KEEPS
	                                 : HTML_ELEMENT_PLAIN;
	if (h->closing)
		h->element = h->element == HTML_ELEMENT_PLAIN ? was : HTML_ELEMENT_PLAIN;
	else if (h->element == HTML_ELEMENT_PLAIN && was == HTML_ELEMENT_KEEPS)
		h->element = was;
	h->state = HTML_IN_TAG;
	return ERR_OK;
}

static enum err_code attr_named(struct html_place *h, struct err *e)
{
	static const char *const refused[] = {
	    "style", "srcdoc", "srcset", "imagesrcset", "http-equiv", NULL};
	static const char *const urls[] = {"href", "src", "action", "formaction", "cite", "poster",
	    "data", "xlink:href", "ping", "background", "manifest", "longdesc", NULL};
	str n = name_of(h);
	if (n.n > 2 && str_eq_nocase(str_sub(n, 0, 2), STR("on")))
		return fail(e, ERR_INVALID, "tplc.event",
		    "the attribute %.*s holds script: not in a template", STR_ARG(n));
	if (name_in(h, refused))
		return fail(e, ERR_INVALID, "tplc.attribute",
		    "the attribute %.*s may not be used in a template", STR_ARG(n));
	h->attr = name_in(h, urls) ? HTML_ATTR_URL : HTML_ATTR_PLAIN;
	return ERR_OK;
}

static enum err_code read_text(struct html_place *h, str rest, size_t *skip, struct err *e)
{
	if (rest.p[0] != '<') {
		if (h->element == HTML_ELEMENT_SCRIPT)
			return fail(e, ERR_INVALID, "tplc.script",
			    "script inside the page: put it into a file and use src");
		return ERR_OK;
	}
	if (h->element == HTML_ELEMENT_SCRIPT && !(rest.n > 1 && rest.p[1] == '/'))
		return fail(e, ERR_INVALID, "tplc.script",
		    "script inside the page: put it into a file and use src");
	h->n_name = 0;
	h->closing = false;
	if (str_starts(rest, STR("<!--"))) {
		h->state = HTML_COMMENT;
		*skip = 3;
	} else if (str_starts(rest, STR("<!"))) {
		h->state = HTML_DECLARATION;
	} else {
		h->state = HTML_TAG_NAME;
		h->closing = str_starts(rest, STR("</"));
		*skip = h->closing ? 1 : 0;
	}
	return ERR_OK;
}

static enum err_code in_tag(struct html_place *h, char c, struct err *e)
{
	if (h->glued && !is_space(c) && c != '>' && c != '/')
		return fail(e, ERR_INVALID, "tplc.glued",
		    "a directive inside a name: leave a blank between");
	h->glued = false;
	if (c == '>') {
		h->state = HTML_TEXT;
		h->closing = false;
		return ERR_OK;
	}
	if (is_space(c) || c == '/')
		return ERR_OK;
	if (!is_name(c))
		return fail(e, ERR_INVALID, "tplc.tag", "'%c' does not belong in a tag here", c);
	h->n_name = 0;
	h->state = HTML_ATTR_NAME;
	return add_name(h, c, e);
}

static enum err_code in_attr_name(struct html_place *h, char c, struct err *e)
{
	if (is_name(c))
		return add_name(h, c, e);
	TRY(attr_named(h, e));
	if (c == '=') {
		h->state = HTML_ATTR_EQ;
		return ERR_OK;
	}
	h->state = HTML_IN_TAG;
	return in_tag(h, c, e);
}

static enum err_code in_value(struct html_place *h, char c)
{
	if (c == h->quote) {
		h->state = HTML_IN_TAG;
		return ERR_OK;
	}
	if (h->attr == HTML_ATTR_URL) {
		if (c == '?' || c == '#')
			h->url = HTML_URL_QUERY;
		else if (h->url == HTML_URL_START)
			h->url = HTML_URL_PATH;
	}
	return ERR_OK;
}

static enum err_code read_char(struct html_place *h, str rest, size_t *skip, struct err *e)
{
	char c = rest.p[0];
	switch (h->state) {
	case HTML_TEXT:
		return read_text(h, rest, skip, e);
	case HTML_TAG_NAME:
		if (is_name(c))
			return add_name(h, c, e);
		TRY(tag_named(h, e));
		return in_tag(h, c, e);
	case HTML_IN_TAG:
		return in_tag(h, c, e);
	case HTML_ATTR_NAME:
		return in_attr_name(h, c, e);
	case HTML_ATTR_EQ:
		if (c != '"' && c != '\'')
			return fail(e, ERR_INVALID, "tplc.quote",
			    "the value of %.*s stands without quotes", STR_ARG(name_of(h)));
		h->quote = c;
		h->url = HTML_URL_START;
		h->state = HTML_VALUE;
		return ERR_OK;
	case HTML_VALUE:
		return in_value(h, c);
	case HTML_COMMENT:
		if (str_starts(rest, STR("-->"))) {
			*skip = 2;
			h->state = HTML_TEXT;
		}
		return ERR_OK;
	case HTML_DECLARATION:
		if (c == '>')
			h->state = HTML_TEXT;
		return ERR_OK;
	}
	return ERR_OK;
}

enum err_code html_read(struct html_place *h, str text, size_t *ret_at, struct err *e)
{
	for (size_t i = 0; i < text.n; i++) {
		size_t skip = 0;
		enum err_code c = read_char(h, str_sub(text, i, text.n), &skip, e);
		if (c != ERR_OK) {
			*ret_at = i;
			return c;
		}
		i += skip;
	}
	return ERR_OK;
}

enum err_code html_directive(struct html_place *h, struct err *e)
{
	switch (h->state) {
	case HTML_TEXT:
		if (h->element == HTML_ELEMENT_SCRIPT)
			return fail(e, ERR_INVALID, "tplc.script",
			    "nothing may be written inside <script>");
		return ERR_OK;
	case HTML_IN_TAG:
	case HTML_VALUE:
		return ERR_OK;
	case HTML_TAG_NAME:
		if (!h->n_name)
			return fail(e, ERR_INVALID, "tplc.place",
			    "nothing may be written as the name of a tag");
		TRY(tag_named(h, e));
		h->glued = true;
		return ERR_OK;
	case HTML_ATTR_NAME:
		TRY(attr_named(h, e));
		h->state = HTML_IN_TAG;
		h->glued = true;
		return ERR_OK;
	case HTML_ATTR_EQ:
		return fail(e, ERR_INVALID, "tplc.quote", "the value of %.*s stands without quotes",
		    STR_ARG(name_of(h)));
	case HTML_COMMENT:
		return fail(
		    e, ERR_INVALID, "tplc.comment", "nothing may be written inside a comment");
	case HTML_DECLARATION:
		return fail(e, ERR_INVALID, "tplc.place", "nothing may be written inside <!…>");
	}
	return ERR_OK;
}

bool html_same(const struct html_place *a, const struct html_place *b)
{
	if (a->state != b->state || a->element != b->element || a->closing != b->closing)
		return false;
	if (a->state != HTML_VALUE)
		return true;
	return a->quote == b->quote && a->attr == b->attr &&
	       (a->attr == HTML_ATTR_PLAIN || a->url == b->url);
}

const char *html_place_name(const struct html_place *h)
{
	switch (h->state) {
	case HTML_TEXT:
		return h->element == HTML_ELEMENT_SCRIPT ? "inside <script>" : "in text";
	case HTML_TAG_NAME:
		return "in the name of a tag";
	case HTML_IN_TAG:
		return "between attributes";
	case HTML_ATTR_NAME:
		return "in the name of an attribute";
	case HTML_ATTR_EQ:
		return "before an attribute value";
	case HTML_VALUE:
		return h->attr == HTML_ATTR_URL ? "in an address" : "in an attribute value";
	case HTML_COMMENT:
		return "in a comment";
	case HTML_DECLARATION:
		return "in <!…>";
	}
	return "?";
}
