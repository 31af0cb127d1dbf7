/* What visitors type, against what the engines are asked. The grammars: SQLite's "FTS5 full-text
 * query syntax" and PostgreSQL's tsquery input syntax. */
#include "base/env.h"
#include "base/test.h"
#include "base/utf8.h"
#include "feat/register/fts_query.h"

static void asks(const char *typed, const char *sqlite, const char *postgres)
{
	AUTO_ARENA a = arena_new(1 << 20);
	struct fts_query q;
	struct err e = {0};
	assert_ok(fts_query_parse(str_of(typed), a, &q, &e), &e);
	for (int dialect = FTS_SQLITE; dialect <= FTS_POSTGRES; dialect++) {
		AUTO_BUF out = BUF_INIT(1 << 16);
		const char *want = dialect == FTS_SQLITE ? sqlite : postgres;
		bool any = fts_query_text(&q, (enum fts_dialect)dialect, &out);
		assert_int_equal(any, want != NULL);
		assert_str(buf_str(&out), want ? want : "");
	}
}

static void test_words(void **state)
{
	(void)state;
	asks("return", "(\"return\"*)", "('return':*)");
	asks("Return  Iraq", "(\"return\" AND \"iraq\"*)", "('return' & 'iraq':*)");
	asks("migra* iraq", "(\"migra\"* AND \"iraq\"*)", "('migra':* & 'iraq':*)");
	asks("Één Ærø", "(\"een\" AND \"ærø\"*)",
	    "('een' & 'ærø':*)"); /* folded, as base/utf8.h says */
	asks("well-being", "(\"well being\"*)", "(('well' <-> 'being':*))");
	asks("AND OR NOT NEAR", "(\"and\" AND \"or\" AND \"not\" AND \"near\"*)",
	    "('and' & 'or' & 'not' & 'near':*)");
}

static void test_phrases(void **state)
{
	(void)state;
	asks("\"brain gain\"", "(\"brain gain\")", "(('brain' <-> 'gain'))");
	asks("\"brain gain", "(\"brain gain\")", "(('brain' <-> 'gain'))"); /* never closed */
	asks("\"brain ga\"*", "(\"brain ga\"*)", "(('brain' <-> 'ga':*))");
	asks("a\"b c\"d", "(\"a\" AND \"b c\" AND \"d\"*)", "('a' & ('b' <-> 'c') & 'd':*)");
	asks("return \"iraq\"", "(\"return\" AND \"iraq\")",
	    "('return' & 'iraq')"); /* quoted: not the beginning of one */
}

static void test_exclusions(void **state)
{
	(void)state;
	asks("return -iraq", "(\"return\" NOT \"iraq\")", "('return' & !'iraq')");
	asks("-iraq return", "(\"return\"* NOT \"iraq\")", "('return':* & !'iraq')");
	asks("x -\"a b\" -c*", "(\"x\" NOT \"a b\" NOT \"c\"*)", "('x' & !('a' <-> 'b') & !'c':*)");
	asks("-iraq", NULL, NULL); /* all but … is no question */
}

static void test_nothing(void **state)
{
	(void)state;
	static const char *const typed[] = {
	    "", " ", "\"\"", "*", "-", "- * \" '", "()&|!:<->", "\xff\xfe", "\t\n", "—"};
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
		asks(typed[i], NULL, NULL);
	asks("'; DROP TABLE x; --", "(\"drop\" AND \"table\" AND \"x\")",
	    "('drop' & 'table' & 'x')");
}

static void test_limits(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 20);
	AUTO_BUF many = BUF_INIT(1 << 20);
	struct fts_query q;
	struct err e = {0};
	for (int i = 0; i < 5000; i++)
		buf_addf(&many, "w%d ", i);
	assert_ok(fts_query_parse(buf_str(&many), a, &q, &e), &e);
	assert_int_equal(q.n, FTS_TERMS_MAX);
	buf_clear(&many);
	buf_addc(&many, '"');
	for (int i = 0; i < 5000; i++)
		buf_addz(&many, "w ");
	assert_ok(fts_query_parse(buf_str(&many), a, &q, &e), &e);
	assert_int_equal(q.n, 1);
	assert_int_equal(q.term[0].n_words, FTS_WORDS_MAX);
	buf_clear(&many);
	for (int i = 0; i < 5000; i++)
		buf_addz(&many, "é");
	assert_ok(fts_query_parse(buf_str(&many), a, &q, &e), &e);
	assert_int_equal(q.term[0].word[0].n, FTS_WORD_BYTES_MAX / 4);
}

/* Random bytes and signs: words hold letters and digits only, so that quoting them is safe; nothing
 * is over its limit. */
static void test_random(void **state)
{
	(void)state;
	static const char *const piece[] = {"a", "é", "\"", "*", "-", " ", "'", "\\", "(", ")", "&",
	    "|", ":", "\xc3", "½", "ﬁ", "NOT", "\xf0\x9f\x98\x80", "\x01", "<->", "日本",
	    "\xcc\x81"};
	uint64_t seed = 20081113;
	struct rng r = rng_seeded(&seed);
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 20000; round++) {
		AUTO_ARENA a = arena_new(1 << 20);
		AUTO_BUF in = BUF_INIT(4096);
		struct fts_query q;
		struct err e = {0};
		for (size_t n = rng_next_u64(&r) % 30; n > 0; n--)
			buf_addz(&in, piece[rng_next_u64(&r) % (sizeof piece / sizeof *piece)]);
		assert_ok(fts_query_parse(buf_str(&in), a, &q, &e), &e);
		assert_true(q.n <= FTS_TERMS_MAX);
		for (size_t i = 0; i < q.n; i++) {
			assert_true(q.term[i].n_words >= 1 && q.term[i].n_words <= FTS_WORDS_MAX);
			for (size_t k = 0; k < q.term[i].n_words; k++) {
				str word = q.term[i].word[k];
				assert_true(word.n >= 1 && word.n <= FTS_WORD_BYTES_MAX);
				for (size_t at = 0; at < word.n;)
					assert_true(utf8_is_word(utf8_next(word, &at)));
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_phrases),
	    cmocka_unit_test(test_exclusions),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_random),
	};
	return test_run(tests);
}
