#include "base/env.h"
#include "base/test.h"
#include "codec/xml.h"
#include "codec/xsd.h"

#include <fcntl.h>
#include <unistd.h>

/* Writes down what is delivered: "<ns|name@ns|a=v>" "text" "</name>" with ^line behind each. */
struct trace {
	struct buf *out;
	bool lines;
	const char *refuse; /* name of an element at which the callback fails */
};

static void add_line(struct trace *t, uint32_t line)
{
	if (t->lines)
		buf_addf(t->out, "^%u", line);
}

static void add_name(struct buf *b, str ns, str name)
{
	if (ns.n)
		buf_addf(b, "%.*s|", STR_ARG(ns));
	buf_add(b, name);
}

static enum err_code trace_start(void *ctx, const struct xml_element *el, struct err *e)
{
	struct trace *t = ctx;
	if (t->refuse && str_is(el->name, t->refuse))
		return fail(e, ERR_CONFLICT, "test.refused", "refused");
	buf_addc(t->out, '<');
	add_name(t->out, el->ns, el->name);
	for (size_t i = 0; i < el->n_attributes; i++) {
		buf_addc(t->out, '@');
		add_name(t->out, el->attributes[i].ns, el->attributes[i].name);
		buf_addc(t->out, '=');
		buf_add(t->out, el->attributes[i].value);
	}
	buf_addc(t->out, '>');
	add_line(t, el->line);
	return ERR_OK;
}

static enum err_code trace_text(void *ctx, str text, uint32_t line, struct err *e)
{
	(void)e;
	struct trace *t = ctx;
	buf_addf(t->out, "\"%.*s\"", STR_ARG(text));
	add_line(t, line);
	return ERR_OK;
}

static enum err_code trace_end(void *ctx, str ns, str name, uint32_t line, struct err *e)
{
	(void)ns, (void)e;
	struct trace *t = ctx;
	buf_addf(t->out, "</%.*s>", STR_ARG(name));
	add_line(t, line);
	return ERR_OK;
}

static enum err_code read_traced(
    str text, const struct xml_options *o, struct trace *t, struct err *e)
{
	str rest = text;
	const struct xml_handler h = {trace_start, trace_text, trace_end, t};
	return xml_read(source_str(&rest), o, &h, e);
}

static void delivers_elements_attributes_and_text(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF out = BUF_INIT(10000);
	struct trace t = {.out = &out};
	assert_ok(read_traced(
	              STR("<?xml version=\"1.0\"?>\n<!-- c --><r xmlns='urn:d' xmlns:x='urn:x' "
	                  "a='1 &lt;&#x20AC;' "
	                  "x:b=''>a&amp;b<![CDATA[<c>]]><!-- in -->d<x:e xml:lang='nl'/>\n</r>\n"),
	              NULL, &t, &e),
	    &e);
	assert_str(buf_str(&out),
	    "<urn:d|r@a=1 <\xE2\x82\xAC@urn:x|b=>\"a&b<c>d\"<urn:x|e@http://www.w3.org/XML/1998/"
	    "namespace|lang=nl></e>\"\n\"</r>");
}

static void skips_blank_text_and_counts_lines(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF out = BUF_INIT(10000);
	struct trace t = {.out = &out, .lines = true};
	const struct xml_options o = {.skip_blank = true};
	assert_ok(read_traced(STR("<r>\n  <a>\nx\ny</a>\n  <b\n c='1'/>\n</r>"), &o, &t, &e), &e);
	assert_str(buf_str(&out), "<r>^1<a>^2\"\nx\ny\"^2</a>^4<b@c=1>^6</b>^6</r>^7");
}

static void counts_lines_beyond_65535(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF in = BUF_INIT(1 << 20);
	AUTO_BUF out = BUF_INIT(1000);
	struct trace t = {.out = &out, .lines = true};
	const struct xml_options o = {.skip_blank = true};
	buf_addz(&in, "<r>");
	for (int i = 0; i < 70000; i++)
		buf_addc(&in, '\n');
	buf_addz(&in, "<a/></r>");
	assert_ok(read_traced(buf_str(&in), &o, &t, &e), &e);
	assert_str(buf_str(&out), "<r>^1<a>^70001</a>^70001</r>^70001");
}

struct bad {
	str text;
	const char *id;
	uint32_t line;
};

#define BYTES(text)                                                                                \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}
#define BAD(text, id, line)                                                                        \
	{                                                                                          \
		{(text), sizeof(text) - 1}, (id), (line)                                           \
	}

static void names_the_line_of_a_fault(void **state)
{
	(void)state;
	static const struct bad samples[] = {
	    BAD("", "xml.empty", 1),
	    BAD("<r>\n<a>\n</b></r>", "xml.syntax", 3),
	    BAD("<r>\n<a>", "xml.syntax", 2),
	    BAD("<r a='1' a='2'/>", "xml.syntax", 1),
	    BAD("<r>\n&nothing;</r>", "xml.syntax", 2),
	    BAD("<r>&#0;</r>", "xml.syntax", 1),
	    BAD("<r>\n\x01</r>", "xml.syntax", 2),
	    BAD("<r/><s/>", "xml.syntax", 1),
	    BAD("<r><x:a/></r>", "xml.namespace", 1),
	    BAD("<r>\n\n\xFF</r>", "xml.encoding", 3),
	    BAD("<?xml version='1.0' encoding='UTF-8'?>\n<r>caf\xE9</r>", "xml.encoding", 2),
	    BAD("<?xml version='1.0' encoding='klingon'?>\n<r/>", "xml.encoding", 1),
	    BAD("<!DOCTYPE r>\n<r/>", "xml.doctype", 1),
	    BAD("\n<!DOCTYPE r [<!ENTITY a \"aa\">]>\n<r>&a;</r>", "xml.doctype", 2),
	    BAD("<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><r/>", "xml.doctype", 1),
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct err e = {0};
		AUTO_BUF out = BUF_INIT(1000);
		struct trace t = {.out = &out};
		const struct xml_options o = {.file = "x.xml"};
		enum err_code code = read_traced(samples[i].text, &o, &t, &e);
		if (code != ERR_INVALID || strcmp(e.id, samples[i].id) != 0 ||
		    (e.line != samples[i].line && !(samples[i].text.p[0] == '\n')))
			fail_msg("sample %zu: code %d, %s, line %u: %s", i, code, e.id, e.line,
			    e.detail);
		assert_string_equal(e.file, "x.xml");
	}
}

static void keeps_what_came_before_a_fault(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF out = BUF_INIT(1000);
	struct trace t = {.out = &out};
	assert_int_equal(read_traced(STR("<r><a>1</a><b></r>"), NULL, &t, &e), ERR_INVALID);
	assert_str(buf_str(&out), "<r><a>\"1\"</a><b>");
}

static void stops_where_the_callback_says(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF out = BUF_INIT(1000);
	struct trace t = {.out = &out, .refuse = "b"};
	const struct xml_options o = {.file = "x.xml"};
	assert_int_equal(read_traced(STR("<r>\n<a/><b/><c/></r>"), &o, &t, &e), ERR_CONFLICT);
	assert_string_equal(e.id, "test.refused");
	assert_string_equal(e.file, "x.xml");
	assert_int_equal(e.line, 2);
	assert_str(buf_str(&out), "<r>\"\n\"<a></a>");
}

static void reads_other_encodings(void **state)
{
	(void)state;
	static const char utf16[] = "\xFF\xFE<\0r\0>\0\xE9\0\xAC\x20<\0/\0r\0>\0";
	static const str samples[] = {
	    BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><r>\xE9</r>"),
	    BYTES(utf16),
	    BYTES("\xEF\xBB\xBF<r>\xC3\xA9</r>"),
	};
	static const char *const wants[] = {
	    "<r>\"\xC3\xA9\"</r>", "<r>\"\xC3\xA9\xE2\x82\xAC\"</r>", "<r>\"\xC3\xA9\"</r>"};
	for (size_t i = 0; i < 3; i++) {
		struct err e;
		AUTO_BUF out = BUF_INIT(1000);
		struct trace t = {.out = &out};
		assert_ok(read_traced(samples[i], NULL, &t, &e), &e);
		assert_str(buf_str(&out), wants[i]);
	}
	/* UTF-16 with half a surrogate pair in it: an error with its place, nothing on the screen
	 */
	struct err e = {0};
	AUTO_BUF out = BUF_INIT(1000);
	struct trace t = {.out = &out};
	static const char broken[] = "\xFF\xFE<\0r\0>\0\n\0\x3D\xD8x\0<\0/\0r\0>\0";
	assert_int_equal(read_traced((str){broken, sizeof broken - 1}, NULL, &t, &e), ERR_INVALID);
	assert_string_equal(e.id, "xml.encoding");
	assert_true(e.line > 0);
}

static void repeat(struct buf *b, const char *z, int n)
{
	for (; n > 0; n--)
		buf_addz(b, z);
}

static void expect_limit(const struct buf *in, const struct xml_options *o, const char *id)
{
	struct err e = {0};
	AUTO_BUF out = BUF_INIT(1 << 20);
	struct trace t = {.out = &out};
	enum err_code code = read_traced(buf_str(in), o, &t, &e);
	if (id)
		assert_int_equal(code, ERR_LIMIT);
	else
		assert_ok(code, &e);
	assert_string_equal(e.id, id ? id : "");
}

static void keeps_its_limits(void **state)
{
	(void)state;
	AUTO_BUF in = BUF_INIT(1 << 20);
	repeat(&in, "<a>", XML_DEPTH);
	repeat(&in, "</a>", XML_DEPTH);
	expect_limit(&in, NULL, NULL);
	buf_clear(&in);
	repeat(&in, "<a>", 5000);
	expect_limit(&in, NULL, "xml.depth");
	const struct xml_options o = {
	    .max_attributes = 2, .max_attribute_bytes = 5, .max_text_bytes = 7};
	buf_clear(&in);
	buf_addz(&in, "<a b='12345' c=''>1234567<e/>1234567</a>");
	expect_limit(&in, &o, NULL);
	buf_clear(&in);
	buf_addz(&in, "<a b='' c='' d=''/>");
	expect_limit(&in, &o, "xml.attributes");
	buf_clear(&in);
	buf_addz(&in, "<a b='123456'/>");
	expect_limit(&in, &o, "xml.attribute");
	buf_clear(&in);
	buf_addz(&in, "<a>1234<![CDATA[56]]>78</a>");
	expect_limit(&in, &o, "xml.text");
}

/* A source that gives a few bytes at a time, and one that writes an endless file of activities. */
struct pieces {
	str rest;
	struct rng rng;
};

static enum err_code read_piece(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	struct pieces *p = ctx;
	struct source s = source_str(&p->rest);
	size_t n = rng_next_u64(&p->rng) % 3 + 1;
	return s.read(s.ctx, dst, n < cap ? n : cap, ret_n, e);
}

static void reads_the_same_in_any_pieces(void **state)
{
	(void)state;
	static const char text[] =
	    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<r a='&#233;\xC3\xA9'>"
	    "<![CDATA[]]]]><![CDATA[>]]>&gt;\xE2\x82\xAC\xF0\x9F\x90\xA6<a/>\r\nx</r>";
	for (uint64_t seed = 1; seed <= 50; seed++) {
		uint64_t s = seed;
		struct err e;
		AUTO_BUF out = BUF_INIT(1000);
		struct trace t = {.out = &out};
		struct pieces p = {STR(text), rng_seeded(&s)};
		const struct xml_handler h = {trace_start, trace_text, trace_end, &t};
		assert_ok(xml_read((struct source){read_piece, &p}, NULL, &h, &e), &e);
		assert_str(buf_str(&out),
		    "<r@a=\xC3\xA9\xC3\xA9>\"]]>>\xE2\x82\xAC\xF0\x9F\x90\xA6\"<a></a>\"\nx\"</r>");
	}
}

#define FLOOD_ITEM                                                                                 \
	"<a ref='NL-1'><t xml:lang='en'>Some text &amp; more</t><v "                               \
	"date='2010-01-01'>12.50</v></a>\n"

struct flood {
	uint64_t written, most;
	size_t activities;
};

static enum err_code read_flood(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	(void)e;
	static const str head = BYTES("<r>"), foot = BYTES("</r>"), item = BYTES(FLOOD_ITEM);
	struct flood *f = ctx;
	size_t n = 0;
	if (f->written == 0) {
		memcpy(dst, head.p, head.n);
		n = head.n;
	}
	while (f->written < f->most && cap - n >= item.n) {
		memcpy(dst + n, item.p, item.n);
		n += item.n;
		f->written += item.n;
	}
	if (n == 0 && f->written != UINT64_MAX) {
		memcpy(dst, foot.p, foot.n);
		n = foot.n;
		f->written = f->most = UINT64_MAX;
	}
	*ret_n = n;
	return ERR_OK;
}

static enum err_code count_activity(void *ctx, const struct xml_element *el, struct err *e)
{
	(void)e;
	struct flood *f = ctx;
	f->activities += str_is(el->name, "a") && str_is(xml_attribute(el, "ref"), "NL-1");
	return ERR_OK;
}

static void streams_a_large_file(void **state)
{
	(void)state;
	struct err e;
	const uint64_t items = 100000;
	struct flood f = {.most = items * (sizeof FLOOD_ITEM - 1)};
	const struct xml_handler h = {.start = count_activity, .ctx = &f};
	assert_ok(xml_read((struct source){read_flood, &f}, NULL, &h, &e), &e);
	assert_int_equal(f.activities, items);
}

static void writes_what_it_reads(void **state)
{
	(void)state;
	struct err e;
	struct xml_writer w;
	AUTO_BUF b = BUF_INIT(10000);
	xml_begin_buf(&w, &b, 2);
	xml_comment(&w, STR("a -- b---"));
	xml_open(&w, "r");
	xml_attr(&w, "a", STR("<\"&\n\t>'"));
	xml_attr(&w, "none", STR_NONE);
	xml_attr_i64(&w, "n", -5);
	xml_attr_date(&w, "d", (date){0});
	xml_attr_date(&w, "e", DATE_NONE);
	xml_leaf(&w, "t", STR("a<b>&\"\r\x01\xFF"));
	xml_leaf(&w, "absent", STR_NONE);
	xml_open(&w, "v");
	xml_attr(&w, "currency", STR("EUR"));
	xml_text_money(&w, MONEY(150000, "EUR"));
	xml_close(&w);
	xml_open(&w, "p");
	xml_leaf(&w, "empty", STR(""));
	xml_text(&w, STR("mixed "));
	xml_open(&w, "b");
	xml_leaf(&w, "c", STR("x"));
	xml_close(&w);
	xml_close(&w);
	xml_close(&w);
	assert_ok(xml_finish(&w, &e), &e);
	assert_str(buf_str(&b),
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a - - b- - - -->\n"
	    "<r a=\"&lt;&quot;&amp;&#10;&#9;&gt;'\" n=\"-5\" d=\"1970-01-01\">\n"
	    "  <t>a&lt;b&gt;&amp;\"&#13;\xEF\xBF\xBD\xEF\xBF\xBD</t>\n  <v "
	    "currency=\"EUR\">1500.00</v>\n"
	    "  <p>\n    <empty/>mixed <b><c>x</c></b></p>\n</r>\n");
	AUTO_BUF out = BUF_INIT(1000);
	struct trace t = {.out = &out};
	const struct xml_options o = {.skip_blank = true};
	assert_ok(read_traced(buf_str(&b), &o, &t, &e), &e);
	assert_str(buf_str(&out),
	    "<r@a=<\"&\n\t>'@n=-5@d=1970-01-01><t>\"a<b>&\"\r\xEF\xBF\xBD\xEF\xBF\xBD\"</"
	    "t><v@currency="
	    "EUR>\"1500.00\"</v><p><empty></empty>\"mixed \"<b><c>\"x\"</c></b></p></r>");
}

static void writes_no_deeper_than_its_limit(void **state)
{
	(void)state;
	struct err e;
	struct xml_writer w;
	AUTO_BUF b = BUF_INIT(10000);
	xml_begin_buf(&w, &b, 0);
	for (int i = 0; i <= XML_WRITER_DEPTH; i++)
		xml_open(&w, "a");
	xml_text(&w, STR("x"));
	assert_int_equal(xml_finish(&w, &e), ERR_LIMIT);
}

static const char schema_text[] = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
                                  "<xs:element name='r'><xs:complexType><xs:sequence>"
                                  "<xs:element name='d' type='xs:date' maxOccurs='unbounded'/>"
                                  "</xs:sequence><xs:attribute name='v' type='xs:decimal' "
                                  "use='required'/></xs:complexType></xs:element>"
                                  "</xs:schema>";

static struct xsd *load_schema(const char *text)
{
	struct err e;
	struct xsd *x = NULL;
	char path[] = "/tmp/grutto-xsd-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	struct sink s = sink_fd(&fd);
	assert_ok(s.write(s.ctx, str_of(text), &e), &e);
	(void)close(fd);
	enum err_code code = xsd_load(path, &x, &e);
	assert_int_equal(unlink(path), 0);
	if (code != ERR_OK)
		assert_string_equal(e.id, "xsd.schema");
	return code == ERR_OK ? x : NULL;
}

static void validates_against_a_schema(void **state)
{
	(void)state;
	struct err e;
	struct xsd_result res;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	struct xsd *x = load_schema(schema_text);
	assert_non_null(x);
	str rest = STR("<r v='1.5'>\n<d>2010-01-31</d></r>");
	assert_ok(xsd_check(x, source_str(&rest), NULL, a, 10, &res, &e), &e);
	assert_int_equal(res.total, 0);
	rest = STR("<r>\n<d>2010-02-30</d>\n<d/>\n<x/></r>");
	assert_ok(xsd_check(x, source_str(&rest), NULL, a, 2, &res, &e), &e);
	assert_int_equal(res.total, 4);
	assert_int_equal(res.n, 2);
	assert_int_equal(res.faults[0].line, 1);
	assert_int_equal(res.faults[1].line, 2);
	assert_true(str_find(res.faults[1].message, STR("2010-02-30")) >= 0);
	rest = STR("<r v='1'>\n<d>2010-01-01</e></r>");
	assert_int_equal(xsd_check(x, source_str(&rest), "x.xml", a, 2, &res, &e), ERR_INVALID);
	assert_string_equal(e.id, "xml.syntax");
	assert_string_equal(e.file, "x.xml");
	assert_int_equal(e.line, 2);
	rest = STR("<!DOCTYPE r [<!ENTITY a 'b'>]><r v='1'><d>2010-01-01</d></r>");
	assert_int_equal(xsd_check(x, source_str(&rest), NULL, a, 2, &res, &e), ERR_INVALID);
	assert_string_equal(e.id, "xml.doctype");
	xsd_free(x);
	xsd_free(NULL);
}

static void refuses_bad_schemas(void **state)
{
	(void)state;
	struct err e;
	struct xsd *x = NULL;
	assert_null(
	    load_schema("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element "
	                "name='r' type='nix'/></xs:schema>"));
	assert_null(load_schema("<xs:schema"));
	assert_int_equal(xsd_load("/nonexistent/x.xsd", &x, &e), ERR_NOT_FOUND);
	assert_null(x);
}

/* The published IATI schema of several files, on a published example. */
static void loads_the_iati_schema(void **state)
{
	(void)state;
	struct err e;
	char path[300];
	const char *shared = getenv("GRUTTO_SHARED");
	(void)snprintf(path, sizeof path, "%s/data/iati/xsd/2.03/iati-activities-schema.xsd",
	    shared ? shared : "../shared");
	if (access(path, R_OK) != 0) {
		print_message("# skipped loads_the_iati_schema: %s is not there\n", path);
		skip();
	}
	struct xsd *x = NULL;
	assert_ok(xsd_load(path, &x, &e), &e);
	struct xsd_result res;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	str rest = STR("<iati-activities "
	               "version='2.03'>\n<iati-activity>\n</iati-activity></iati-activities>");
	assert_ok(xsd_check(x, source_str(&rest), NULL, a, 5, &res, &e), &e);
	assert_int_equal(res.total, 1); /* iati-identifier is missing */
	assert_int_equal(res.faults[0].line, 3);
	xsd_free(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(delivers_elements_attributes_and_text),
	    cmocka_unit_test(skips_blank_text_and_counts_lines),
	    cmocka_unit_test(counts_lines_beyond_65535),
	    cmocka_unit_test(names_the_line_of_a_fault),
	    cmocka_unit_test(keeps_what_came_before_a_fault),
	    cmocka_unit_test(stops_where_the_callback_says),
	    cmocka_unit_test(reads_other_encodings),
	    cmocka_unit_test(keeps_its_limits),
	    cmocka_unit_test(reads_the_same_in_any_pieces),
	    cmocka_unit_test(streams_a_large_file),
	    cmocka_unit_test(writes_what_it_reads),
	    cmocka_unit_test(writes_no_deeper_than_its_limit),
	    cmocka_unit_test(validates_against_a_schema),
	    cmocka_unit_test(refuses_bad_schemas),
	    cmocka_unit_test(loads_the_iati_schema),
	};
	return test_run(tests);
}
