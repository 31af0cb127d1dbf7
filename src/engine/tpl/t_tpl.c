#include "base/test.h"

#include <libxml/HTMLparser.h>

#include "base/env.h"
#include "base/utf8.h"
#include "engine/tpl/t_places.tpl.h"

enum { ROUNDS = 4000 };

static xmlDoc *parse(const struct buf *b)
{
	AUTO_BUF page = BUF_INIT(1 << 20);
	buf_addz(&page, "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>");
	buf_add(&page, buf_str(b));
	buf_addz(&page, "</body></html>");
	xmlDoc *d = htmlReadMemory(page.p, (int)page.n, NULL, "UTF-8",
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	assert_non_null(d);
	return d;
}

/* The next element in document order, NULL at the end. */
static xmlNode *next_element(xmlNode *n)
{
	while (n) {
		if (n->children && n->type == XML_ELEMENT_NODE) {
			n = n->children;
		} else {
			while (n && !n->next)
				n = n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent
				                                                     : NULL;
			n = n ? n->next : NULL;
		}
		if (n && n->type == XML_ELEMENT_NODE)
			return n;
	}
	return NULL;
}

static xmlNode *nth(xmlDoc *d, const char *name, int k)
{
	for (xmlNode *n = xmlDocGetRootElement(d); n; n = next_element(n))
		if (strcmp((const char *)n->name, name) == 0 && k-- == 0)
			return n;
	return NULL;
}

static size_t count_elements(xmlDoc *d)
{
	size_t n = 0;
	for (xmlNode *x = xmlDocGetRootElement(d); x; x = next_element(x))
		n++;
	return n;
}

static size_t count_attributes(xmlNode *x)
{
	size_t n = 0;
	for (xmlAttr *a = x->properties; a; a = a->next)
		n++;
	return n;
}

/* Text that attackers would write, in random order, and random code points. */
static void random_text(struct buf *b, const struct rng *r)
{
	static const char *const bits[] = {"<", ">", "\"", "'", "&", "&amp;", "&#60;", "</p>",
	    "<script>", "</textarea>", "</title>", "javascript:", "data:", " onclick=", "//", "/",
	    "?", "#", "%3C", "=", " ", "\t", "é", "€", "{0}", "--", "<!--", "-->", "]]>"};
	for (uint64_t n = rng_next_u64(r) % 8; n > 0; n--) {
		if (rng_next_u64(r) % 4) {
			buf_addz(b, bits[rng_next_u64(r) % (sizeof bits / sizeof bits[0])]);
			continue;
		}
		uint32_t c = (uint32_t)(rng_next_u64(r) % 0x2fff) + 0x20;
		if (c != 0x7f && (c < 0x80 || c > 0x9f))
			buf_add_utf8(b, c);
	}
}

static void same_text(xmlChar *got, str want, uint64_t seed)
{
	if (!got || !str_eq(str_of((const char *)got), want))
		fail_msg("seed %llu: got \"%s\", want \"%.*s\"", (unsigned long long)seed,
		    got ? (const char *)got : "nothing", STR_ARG(want));
	xmlFree(got);
}

static void percent_decode(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%' || i + 2 >= s.n) {
			buf_addc(out, s.p[i]);
			continue;
		}
		const char hex[3] = {s.p[i + 1], s.p[i + 2], 0};
		buf_addc(out, (char)strtol(hex, NULL, 16));
		i += 2;
	}
}

/* Text and attributes: what the parser reads is what was written, and the page has the same
 * elements. */
static void text_and_attributes_hold(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		uint64_t s0 = seed;
		struct rng r = rng_seeded(&s0);
		AUTO_BUF s = BUF_INIT(4096);
		random_text(&s, &r);
		AUTO_BUF out = BUF_INIT(1 << 16);
		struct tpl_out o = {&out, LANG_EN};
		t_text(&o, buf_str(&s));
		t_attr(&o, buf_str(&s));
		xmlDoc *d = parse(&out);
		assert_int_equal(count_elements(d), 4 + 3); /* html head meta body, and p p p */
		same_text(xmlNodeGetContent(nth(d, "p", 0)), buf_str(&s), seed);
		xmlNode *p = nth(d, "p", 2);
		assert_int_equal(count_attributes(p), 2);
		same_text(xmlGetProp(p, (const xmlChar *)"title"), buf_str(&s), seed);
		same_text(xmlGetProp(p, (const xmlChar *)"class"), buf_str(&s), seed);
		xmlFreeDoc(d);
	}
}

/* Addresses: a value stays one path segment or one query value; decoded it is what was written. */
static void addresses_hold(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		uint64_t s0 = seed;
		struct rng r = rng_seeded(&s0);
		AUTO_BUF s = BUF_INIT(4096);
		random_text(&s, &r);
		AUTO_BUF out = BUF_INIT(1 << 16);
		struct tpl_out o = {&out, LANG_EN};
		t_path(&o, buf_str(&s));
		t_query(&o, buf_str(&s));
		xmlDoc *d = parse(&out);
		AUTO_BUF want = BUF_INIT(4096);
		for (int k = 0; k < 2; k++) {
			buf_clear(&want);
			buf_addf(&want, k ? "/a?x=1&q=%.*s" : "/a/%.*s/b", STR_ARG(buf_str(&s)));
			xmlNode *a = nth(d, "a", k);
			assert_int_equal(count_attributes(a), 1);
			xmlChar *href = xmlGetProp(a, (const xmlChar *)"href");
			str h = str_of((const char *)href),
			    inside = str_sub(h, 3, h.n - (k ? 0 : 2));
			if (k)
				inside = str_sub(h, 9, h.n);
			for (size_t i = 0; i < inside.n; i++)
				assert_null(memchr("/?#&=:<>\"' ", inside.p[i], 11));
			AUTO_BUF got = BUF_INIT(1 << 16);
			percent_decode(&got, h);
			assert_true(str_eq(buf_str(&got), buf_str(&want)));
			xmlFree(href);
		}
		xmlFreeDoc(d);
	}
}

/* The start of an address never becomes a script or another site by accident. */
static void starts_hold(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		uint64_t s0 = seed;
		struct rng r = rng_seeded(&s0);
		AUTO_BUF s = BUF_INIT(4096);
		random_text(&s, &r);
		AUTO_BUF out = BUF_INIT(1 << 16);
		struct tpl_out o = {&out, LANG_EN};
		t_start(&o, buf_str(&s));
		xmlDoc *d = parse(&out);
		xmlChar *x = xmlGetProp(nth(d, "a", 0), (const xmlChar *)"href");
		xmlChar *y = xmlGetProp(nth(d, "a", 1), (const xmlChar *)"href");
		str xs = str_of((const char *)x), ys = str_of((const char *)y);
		assert_true(str_is(xs, "#") || str_starts(xs, STR("http")) ||
		            str_starts(xs, STR("mailto:")));
		assert_true(ys.n && (ys.p[0] == '#' || ys.p[0] == '?' ||
		                        (ys.p[0] == '/' && (ys.n == 1 || ys.p[1] != '/'))));
		xmlFree(x);
		xmlFree(y);
		xmlFreeDoc(d);
	}
	assert_str(url_local(STR("//evil.example")).s, "#");
	assert_str(url_local(STR("/\\evil.example")).s, "#");
	assert_str(url_local(STR("javascript:x")).s, "#");
	assert_str(url_external(STR("JavaScript:x")).s, "#");
	assert_str(url_external(STR("https://example.org/a")).s, "https://example.org/a");
}

static void raw_text_elements(void **state)
{
	(void)state;
	AUTO_BUF out = BUF_INIT(4096);
	struct tpl_out o = {&out, LANG_EN};
	t_area(&o, STR("</textarea></title><script>"));
	assert_str(buf_str(&out),
	    "<textarea>&lt;/textarea&gt;&lt;/title&gt;&lt;script&gt;</textarea>"
	    "<title>&lt;/textarea&gt;&lt;/title&gt;&lt;script&gt;</title>");
	buf_clear(&out);
	buf_add_markup(&out, (str){"a\0b\x01\r\x7f", 6});
	assert_str(buf_str(&out), "a\xEF\xBF\xBD"
	                          "b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void messages(void **state)
{
	(void)state;
	AUTO_BUF out = BUF_INIT(4096);
	struct tpl_out o = {&out, LANG_NL};
	t_message(&o, STR("\"{1}"));
	assert_str(buf_str(&out), "<p title=\"&quot;{1} van &lt;b&gt; (3)\">Totaal</p>");
}

static void types_and_flow(void **state)
{
	(void)state;
	AUTO_BUF out = BUF_INIT(4096);
	struct tpl_out o = {&out, LANG_EN};
	pdate d;
	assert_true(pdate_parse(STR("2010-03"), &d));
	t_types(&o, MONEY(123456789, "EUR"), d, 4567);
	assert_str(buf_str(&out), "\n<time datetime=\"2010-03\">March 2010</time> €1,234,567.89 "
	                          "€1.2\xC2\xA0million 4567 4,567 50%\n");
	buf_clear(&out);
	t_flow(&o, 3, true);
	assert_str(buf_str(&out), "\n<ul "
	                          "class=\"on\"><li>first</li><li>second</li><li>4</li></"
	                          "ul>\n<p>called</p><p>end</p><b>html</b>\n"
	                          "<input checked data-x=\"yes\">\n");
	buf_clear(&out);
	t_flow(&o, 0, false);
	assert_str(buf_str(&out),
	    "\n<ul></ul>\n<p>called</p><p>end</p><b>html</b>\n<input data-x=\"no\">\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_and_attributes_hold),
	    cmocka_unit_test(addresses_hold),
	    cmocka_unit_test(starts_hold),
	    cmocka_unit_test(raw_text_elements),
	    cmocka_unit_test(messages),
	    cmocka_unit_test(types_and_flow),
	};
	int failed = test_run(tests);
	xmlCleanupParser();
	return failed;
}
