#include <assert.h>

#include "base/utf8.h"
#include "codec/xml.h"

static void begin_document(struct xml_writer *w, uint8_t indent)
{
	w->indent = indent;
	buf_addz(w->out.to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void xml_begin(struct xml_writer *w, struct sink to, uint8_t indent)
{
	*w = (struct xml_writer){.depth = 0};
	out_to_sink(&w->out, to);
	begin_document(w, indent);
}

void xml_begin_buf(struct xml_writer *w, struct buf *to, uint8_t indent)
{
	*w = (struct xml_writer){.depth = 0};
	out_to_buf(&w->out, to);
	begin_document(w, indent);
}

static void close_tag(struct xml_writer *w)
{
	if (w->tag_open)
		buf_addc(w->out.to, '>');
	w->tag_open = false;
}

static uint64_t bit(uint32_t depth)
{
	return (uint64_t)1 << depth;
}

static void new_line(struct xml_writer *w)
{
	bool at_start = w->depth == 0;
	if (!w->indent || at_start || (w->mixed & bit(w->depth)))
		return;
	buf_addc(w->out.to, '\n');
}

static void add_indent(struct xml_writer *w, uint32_t depth)
{
	if (!w->indent || (w->mixed & bit(w->depth)))
		return;
	for (uint32_t i = 0; i < depth * w->indent; i++)
		buf_addc(w->out.to, ' ');
}

/* What stands for a byte, or NULL when it stands for itself. White space in attributes would else
 * be made blanks by readers. */
static const char *reference(unsigned char c, bool attribute)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\r':
		return "&#13;";
	case '"':
		return attribute ? "&quot;" : NULL;
	case '\n':
		return attribute ? "&#10;" : NULL;
	case '\t':
		return attribute ? "&#9;" : NULL;
	default:
		return c < 0x20 ? "\xEF\xBF\xBD" : NULL;
	}
}

static void add_escaped(struct buf *b, str s, bool attribute)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		size_t at = i;
		const char *instead = NULL;
		if (c >= 0x80) {
			int32_t cp = utf8_next(s, &i);
			if (cp < 0 || cp == 0xFFFE || cp == 0xFFFF)
				instead = "\xEF\xBF\xBD";
		} else {
			instead = reference(c, attribute);
			i++;
		}
		if (!instead)
			continue;
		buf_add(b, str_sub(s, from, at));
		buf_addz(b, instead);
		from = i;
	}
	buf_add(b, str_sub(s, from, s.n));
}

void xml_open(struct xml_writer *w, const char *name)
{
	if (w->out.err.code)
		return;
	close_tag(w);
	if (w->depth == XML_WRITER_DEPTH) {
		(void)out_fail(&w->out, ERR_LIMIT, "xml.depth", "the elements are nested too deep");
		return;
	}
	new_line(w);
	add_indent(w, w->depth);
	bool mixed = w->mixed & bit(w->depth);
	w->names[w->depth++] = name;
	w->mixed = mixed ? w->mixed | bit(w->depth) : w->mixed & ~bit(w->depth);
	buf_addc(w->out.to, '<');
	buf_addz(w->out.to, name);
	w->tag_open = true;
}

void xml_attr(struct xml_writer *w, const char *name, str value)
{
	if (w->out.err.code || !value.p)
		return;
	assert(w->tag_open);
	struct buf *b = w->out.to;
	buf_addc(b, ' ');
	buf_addz(b, name);
	buf_add(b, STR("=\""));
	add_escaped(b, value, true);
	buf_addc(b, '"');
}

void xml_attr_i64(struct xml_writer *w, const char *name, int64_t v)
{
	AUTO_BUF b = BUF_INIT(32);
	buf_add_i64(&b, v);
	xml_attr(w, name, buf_str(&b));
}

void xml_attr_date(struct xml_writer *w, const char *name, date d)
{
	AUTO_BUF b = BUF_INIT(32);
	buf_add_date(&b, d);
	if (date_is(d))
		xml_attr(w, name, buf_str(&b));
}

void xml_text(struct xml_writer *w, str text)
{
	if (w->out.err.code || text.n == 0)
		return;
	assert(w->depth > 0);
	close_tag(w);
	w->mixed |= bit(w->depth);
	add_escaped(w->out.to, text, false);
	out_step(&w->out);
}

void xml_text_money(struct xml_writer *w, money m)
{
	AUTO_BUF b = BUF_INIT(32);
	buf_add_money(&b, m);
	xml_text(w, buf_str(&b));
}

void xml_comment(struct xml_writer *w, str text)
{
	if (w->out.err.code)
		return;
	close_tag(w);
	new_line(w);
	add_indent(w, w->depth);
	buf_add(w->out.to, STR("<!-- "));
	size_t from = 0;
	for (size_t i = 1; i < text.n; i++) {
		if (text.p[i] != '-' || text.p[i - 1] != '-')
			continue;
		add_escaped(w->out.to, str_sub(text, from, i), false);
		buf_addc(w->out.to, ' ');
		from = i;
	}
	add_escaped(w->out.to, str_sub(text, from, text.n), false);
	buf_add(w->out.to, STR(" -->"));
	if (w->indent && w->depth == 0)
		buf_addc(w->out.to, '\n');
}

void xml_close(struct xml_writer *w)
{
	if (w->out.err.code)
		return;
	assert(w->depth > 0);
	const char *name = w->names[w->depth - 1];
	if (w->tag_open) {
		buf_add(w->out.to, STR("/>"));
		w->tag_open = false;
	} else {
		new_line(w);
		add_indent(w, w->depth - 1);
		buf_add(w->out.to, STR("</"));
		buf_addz(w->out.to, name);
		buf_addc(w->out.to, '>');
	}
	w->depth--;
	if (w->depth == 0)
		buf_addc(w->out.to, '\n');
	out_step(&w->out);
}

void xml_leaf(struct xml_writer *w, const char *name, str text)
{
	if (!text.p)
		return;
	xml_open(w, name);
	xml_text(w, text);
	xml_close(w);
}

enum err_code xml_finish(struct xml_writer *w, struct err *e)
{
	assert(w->out.err.code || w->depth == 0);
	return out_finish(&w->out, e);
}
