/* Marked texts. */
#include "base/env.h"
#include "base/test.h"
#include "base/utf8.h"
#include "feat/register/highlight.h"

static void marks_within(const char *typed, const char *text, size_t max_chars, const char *want)
{
	AUTO_ARENA a = arena_new(1 << 22);
	AUTO_BUF out = BUF_INIT(1 << 16);
	struct fts_query q;
	struct err e = {0};
	assert_ok(fts_query_parse(str_of(typed), a, &q, &e), &e);
	assert_ok(highlight_html(str_of(text), &q, max_chars, a, &out, &e), &e);
	assert_str(buf_str(&out), want);
}

static void marks(const char *typed, const char *text, const char *want)
{
	marks_within(typed, text, HIGHLIGHT_WHOLE, want);
}

static void test_words(void **state)
{
	(void)state;
	marks("return", "Return to Iraq. Returnees, and no return.",
	    "<mark>Return</mark> to Iraq. <mark>Returnees</mark>, and no <mark>return</mark>.");
	marks("\"return\"", "Return, returnees", "<mark>Return</mark>, returnees");
	marks("reunie", "De Réünie.", "De <mark>Réünie</mark>.");
	marks("finance", "ﬁnance", "<mark>ﬁnance</mark>");
	marks("migratie", "mi\xc2\xadgratie",
	    "<mark>mi\xc2\xadgratie</mark>"); /* a soft hyphen does not cut */
	marks("turn", "return", "return");    /* not in the middle of a word */
	marks("x", "", "");
}

static void test_phrases_and_exclusions(void **state)
{
	(void)state;
	marks("\"brain gain\"", "Brain drain, brain  gain; brain-gain",
	    "Brain drain, <mark>brain  gain</mark>; <mark>brain-gain</mark>");
	marks("drain -brain", "brain drain", "brain <mark>drain</mark>");
	marks("a \"a b\"", "a b a", "<mark>a b</mark> <mark>a</mark>");
	marks("-brain", "brain drain", "brain drain");
	marks("", "brain", "brain");
}

static void test_escaping(void **state)
{
	(void)state;
	marks("script", "<script>\"a\" & 'b'</script>",
	    "&lt;<mark>script</mark>&gt;&quot;a&quot; &amp; "
	    "&#39;b&#39;&lt;/<mark>script</mark>&gt;");
	marks("mark", "<mark>", "&lt;<mark>mark</mark>&gt;");
	marks("amp", "&amp;", "&amp;<mark>amp</mark>;");
	marks("a", "a\xff", "a\xef\xbf\xbd");
}

static void test_excerpt(void **state)
{
	(void)state;
	static const char text[] = "one two three four five six seven eight nine ten eleven twelve";
	marks_within("seven", text, 24, "… six <mark>seven</mark> eight nine …");
	marks_within("zzz", text, 13, "one two three …");
	marks_within("twelve", text, 24, "… nine ten eleven <mark>twelve</mark>");
	marks_within("one", text, 200,
	    "<mark>one</mark> two three four five six seven eight nine ten eleven twelve");
}

/* Remove the marks. Each must be opened and closed in turn and hold something. */
static void without_marks(str html, struct buf *out)
{
	bool open = false;
	for (size_t i = 0; i < html.n; i++) {
		str rest = str_sub(html, i, html.n);
		bool opens = str_starts(rest, STR("<mark>")),
		     closes = str_starts(rest, STR("</mark>"));
		if (!opens && !closes) {
			buf_addc(out, html.p[i]);
			continue;
		}
		assert_true(open == closes);
		open = opens;
		i += opens ? 5 : 6;
	}
	assert_false(open);
}

static void escaped(str s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		static const char *const names[] = {['&'] = "&amp;",
		    ['<'] = "&lt;",
		    ['>'] = "&gt;",
		    ['"'] = "&quot;",
		    ['\''] = "&#39;"};
		unsigned char c = (unsigned char)s.p[i];
		if (c < sizeof names / sizeof *names && names[c])
			buf_addz(out, names[c]);
		else
			buf_addc(out, s.p[i]);
	}
}

/* Whatever text and query: without its marks the result is the escaped text; an excerpt is a part
 * of it. */
static void test_random(void **state)
{
	(void)state;
	static const char *const piece[] = {"a", "b", "ab", "é", "\"", "*", "-", " ", " ", "<mark>",
	    "&", "'", "½", "ﬁ", "\xc2\xad", "日", ">", "</mark>", "\xcc\x81", "."};
	uint64_t seed = 41;
	struct rng r = rng_seeded(&seed);
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 20000; round++) {
		AUTO_ARENA a = arena_new(1 << 22);
		AUTO_BUF typed = BUF_INIT(4096);
		AUTO_BUF text = BUF_INIT(4096);
		AUTO_BUF html = BUF_INIT(1 << 16);
		AUTO_BUF got = BUF_INIT(1 << 16);
		AUTO_BUF want = BUF_INIT(1 << 16);
		struct fts_query q;
		struct err e = {0};
		for (size_t n = rng_next_u64(&r) % 12; n > 0; n--)
			buf_addz(&typed, piece[rng_next_u64(&r) % (sizeof piece / sizeof *piece)]);
		for (size_t n = rng_next_u64(&r) % 60; n > 0; n--)
			buf_addz(&text, piece[rng_next_u64(&r) % (sizeof piece / sizeof *piece)]);
		size_t max = round % 2 ? HIGHLIGHT_WHOLE : 1 + rng_next_u64(&r) % 40;
		assert_ok(fts_query_parse(buf_str(&typed), a, &q, &e), &e);
		assert_ok(highlight_html(buf_str(&text), &q, max, a, &html, &e), &e);
		without_marks(buf_str(&html), &got);
		escaped(buf_str(&text), &want);
		if (max == HIGHLIGHT_WHOLE) {
			assert_true(str_eq(buf_str(&got), buf_str(&want)));
			continue;
		}
		str part = buf_str(&got);
		if (str_starts(part, STR("… ")))
			part = str_sub(part, strlen("… "), part.n);
		if (str_ends(part, STR(" …")))
			part.n -= strlen(" …");
		assert_true(utf8_length(part) <= 6 * max); /* escapes are up to six characters */
		assert_true(str_find(buf_str(&want), part) >= 0);
	}
}

/* Every word of a query that the index would find in a text is marked: the two cut and fold alike.
 */
static void test_as_the_index(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "Één réünie, 2009–2011", "L'État", "Straße", "ΣΊΣΥΦΟΣ", "١٢٣ عربي", "½ cup"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		AUTO_BUF folded = BUF_INIT(4096);
		size_t at = 0;
		str word;
		buf_add_folded(&folded, str_of(texts[i]));
		while (fts_next_word(buf_str(&folded), &at, &word)) {
			AUTO_ARENA a = arena_new(1 << 20);
			AUTO_BUF out = BUF_INIT(4096);
			struct fts_query q;
			struct err e = {0};
			assert_ok(fts_query_parse(word, a, &q, &e), &e);
			assert_ok(
			    highlight_html(str_of(texts[i]), &q, HIGHLIGHT_WHOLE, a, &out, &e), &e);
			assert_true(str_find(buf_str(&out), STR("<mark>")) >= 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_phrases_and_exclusions),
	    cmocka_unit_test(test_escaping),
	    cmocka_unit_test(test_excerpt),
	    cmocka_unit_test(test_random),
	    cmocka_unit_test(test_as_the_index),
	};
	return test_run(tests);
}
