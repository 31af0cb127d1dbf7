/* XML: a document that is taken is taken in any pieces, with the same events; what is delivered is
 * valid UTF-8 and balanced; written again, it is read again. */
#include "base/utf8.h"
#include "codec/xml.h"
#include "fuzz.h"

enum { TRACE_BYTES = 64 << 20, PIECE = 7 };

struct trace {
	struct buf events;
	size_t depth;
};

static void add_str(struct buf *b, str s)
{
	FUZZ_CHECK(utf8_valid(s, NULL));
	buf_addf(b, "%zu:", s.n);
	buf_add(b, s);
}

static enum err_code on_start(void *ctx, const struct xml_element *el, struct err *e)
{
	(void)e;
	struct trace *t = ctx;
	FUZZ_CHECK(el->name.n > 0 && el->line >= 1 && el->depth == ++t->depth);
	buf_addc(&t->events, '<');
	add_str(&t->events, el->ns);
	add_str(&t->events, el->name);
	for (size_t i = 0; i < el->n_attributes; i++) {
		add_str(&t->events, el->attributes[i].ns);
		add_str(&t->events, el->attributes[i].name);
		add_str(&t->events, el->attributes[i].value);
	}
	return ERR_OK;
}

static enum err_code on_text(void *ctx, str text, uint32_t line, struct err *e)
{
	(void)e;
	struct trace *t = ctx;
	FUZZ_CHECK(t->depth > 0 && text.n > 0 && line >= 1);
	add_str(&t->events, text);
	return ERR_OK;
}

static enum err_code on_end(void *ctx, str ns, str name, uint32_t line, struct err *e)
{
	(void)e, (void)ns;
	struct trace *t = ctx;
	FUZZ_CHECK(t->depth > 0 && line >= 1);
	t->depth--;
	buf_addc(&t->events, '/');
	add_str(&t->events, name);
	return ERR_OK;
}

static enum err_code read_piece(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	struct source whole = source_str(ctx);
	return whole.read(whole.ctx, dst, cap < PIECE ? cap : PIECE, ret_n, e);
}

static enum err_code read_all(struct source from, struct trace *t, struct err *e)
{
	const struct xml_handler h = {on_start, on_text, on_end, t};
	const struct xml_options o = {.max_depth = 30, .max_text_bytes = 1 << 16};
	*t = (struct trace){.events = BUF_INIT(TRACE_BYTES)};
	enum err_code code = xml_read(from, &o, &h, e);
	FUZZ_CHECK(code == ERR_OK || code == ERR_INVALID || code == ERR_LIMIT);
	FUZZ_CHECK(code == ERR_OK ? t->depth == 0 : e->id[0] != '\0');
	return code;
}

/* Arbitrary text through the writer comes back as it was, but for what XML cannot hold. */
static void write_and_read(str text)
{
	struct err e;
	struct xml_writer w;
	struct trace t;
	AUTO_BUF out = BUF_INIT(TRACE_BYTES);
	xml_begin_buf(&w, &out, 1);
	xml_comment(&w, text);
	xml_open(&w, "r");
	xml_attr(&w, "a", text);
	xml_leaf(&w, "t", text);
	xml_close(&w);
	FUZZ_CHECK(xml_finish(&w, &e) == ERR_OK);
	str rest = buf_str(&out);
	enum err_code code = read_all(source_str(&rest), &t, &e);
	FUZZ_CHECK(code == ERR_OK || (code == ERR_LIMIT && text.n > 10000));
	bool kept = utf8_valid(text, NULL);
	for (size_t i = 0; i < text.n && kept;
	     i++) /* plain text only: no need to know the rules here */
		kept = (unsigned char)text.p[i] >= 0x20 && (unsigned char)text.p[i] < 0x7F;
	FUZZ_CHECK(!kept || code != ERR_OK || str_find(buf_str(&t.events), text) >= 0);
	buf_free(&t.events);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e, e2;
	struct trace once, pieces;
	str rest = {(const char *)data, n};
	enum err_code code = read_all(source_str(&rest), &once, &e);
	rest = (str){(const char *)data, n};
	enum err_code code2 = read_all((struct source){read_piece, &rest}, &pieces, &e2);
	FUZZ_CHECK((code == ERR_OK) == (code2 == ERR_OK));
	FUZZ_CHECK(code != ERR_OK || str_eq(buf_str(&once.events), buf_str(&pieces.events)));
	buf_free(&once.events);
	buf_free(&pieces.events);
	write_and_read((str){(const char *)data, n});
	return 0;
}
