/* XPath regular expressions beside the rules of W3C "XPath and XQuery Functions 3.1", 5.6, and XML Schema part 2, F. */
#include "base/test.h"
#include "engine/feel/regex.h"

struct example {
	const char *pattern, *flags, *text;
	int found; /* -1: the pattern is refused */
};

static void matches_as_xpath(void **state)
{
	(void)state;
	static const struct example list[] = {
	    {"^[A-Z-[OI]]+$", "", "ABC", 1}, {"^[A-Z-[OI]]+$", "", "ABO", 0}, {"^[a-z-[b-y-[m]]]+$", "", "amz", 1},
	    {"^[a-z-[b-y-[m]]]+$", "", "abz", 0}, {"^\\p{IsBasicLatin}+$", "", "abc", 1}, {"^\\p{IsBasicLatin}+$", "", "é", 0},
	    {"^\\P{IsBasicLatin}$", "", "é", 1}, {"^\\i\\c*$", "", "_a-1.b", 1}, {"^\\i\\c*$", "", "1a", 0},
	    {"a.c", "", "a\nc", 0}, {"a.c", "s", "a\nc", 1}, {"a.c", "", "a\rc", 0}, {"^b$", "", "a\nb", 0}, {"^b$", "m", "a\nb", 1},
	    {"a$", "", "a\n", 0}, {"h e l", "x", "hel", 1}, {"h[ ]l", "x", "h l", 1}, {"\\p{ Lu }", "x", "A", 1}, {"A", "i", "a", 1},
	    {"a.b", "q", "a.b", 1}, {"a.b", "q", "axb", 0}, {"(a)\\1", "", "aa", 1}, {"(a)(b)\\2\\1", "", "abba", 1},
	    {"\\w", "", "_", 0}, {"\\d", "", "\xd9\xa3", 1}, {"^\\s$", "", "\xc2\xa0", 0}, {"[\\-a]", "", "-", 1}, {"[a-]", "", "-", 1},
	    {"(?:a|b)+c", "", "abc", 1}, {"x{2,3}?y", "", "xxy", 1}, {"", "", "", 1},
	    {"\\1(a)", "", "", -1}, {"(a\\1)", "", "", -1}, {"a++", "", "", -1}, {"(?=a)", "", "", -1}, {"(?i)a", "", "", -1},
	    {"\\b", "", "", -1}, {"\\x41", "", "", -1}, {"[", "", "", -1}, {"a{,2}", "", "", -1}, {"]", "", "", -1}, {"(", "", "", -1},
	    {")", "", "", -1}, {"*a", "", "", -1}, {"\\p{Foo}", "", "", -1}, {"\\p{IsNowhere}", "", "", -1}, {"a", "g", "", -1},
	    {"\\", "", "", -1}, {"[b-a]", "", "", -1}, {"[]", "", "", -1}};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct err e;
		AUTO_REGEX r = NULL;
		bool found = false;
		size_t groups[2 * REGEX_GROUPS_MOST];
		int got = -1;
		if (regex_new(str_of(list[i].pattern), str_of(list[i].flags), &r, &e) == ERR_OK) {
			assert_ok(regex_match(r, str_of(list[i].text), 0, &found, groups, &e), &e);
			got = found;
		}
		if (got != list[i].found)
			fail_msg("%s /%s on \"%s\": got %d, want %d", list[i].pattern, list[i].flags, list[i].text, got,
			    list[i].found);
	}
}

static void stops_at_limits(void **state)
{
	(void)state;
	struct err e;
	AUTO_REGEX r = NULL;
	AUTO_REGEX big = NULL;
	AUTO_BUF text = BUF_INIT(1 << 20);
	bool found;
	size_t groups[2 * REGEX_GROUPS_MOST];
	for (int i = 0; i < 40; i++)
		buf_addc(&text, 'a');
	buf_addc(&text, '!');
	assert_ok(regex_new(STR("^(a|aa)+$"), STR(""), &r, &e), &e);
	assert_int_equal(regex_match(r, buf_str(&text), 0, &found, groups, &e), ERR_LIMIT);
	for (int i = 0; i < REGEX_PATTERN_MOST; i++)
		buf_addc(&text, 'a');
	assert_int_equal(regex_new(buf_str(&text), STR(""), &big, &e), ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(matches_as_xpath), cmocka_unit_test(stops_at_limits)};
	return test_run(tests);
}
