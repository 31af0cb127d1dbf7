/* Random queries of visitors run on FTS5 itself: none is a syntax error, and a query finds what it
 * says. */
#include "base/env.h"
#include "base/test.h"
#include "feat/register/fts_query.h"

#include <sqlite3.h>

static sqlite3 *table(void)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
	                     "CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = \"unicode61 "
	                     "remove_diacritics 0\");"
	                     "INSERT INTO t (rowid, x) VALUES (1, 'return to iraq'), (2, 'brain "
	                     "gain in morocco'),"
	                     "(3, 'gain for the brain'), (4, 'een ærø well being')",
	                     NULL, NULL, NULL),
	    SQLITE_OK);
	return db;
}

/* Bits of the rows found. */
static unsigned found(sqlite3 *db, str typed)
{
	AUTO_ARENA a = arena_new(1 << 20);
	AUTO_BUF text = BUF_INIT(1 << 16);
	struct fts_query q;
	struct err e = {0};
	sqlite3_stmt *s = NULL;
	unsigned rows = 0;
	int code;
	assert_ok(fts_query_parse(typed, a, &q, &e), &e);
	if (!fts_query_text(&q, FTS_SQLITE, &text))
		return 0;
	assert_int_equal(
	    sqlite3_prepare_v2(db, "SELECT rowid FROM t WHERE t MATCH ?1", -1, &s, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_bind_text(s, 1, text.p, (int)text.n, SQLITE_STATIC), SQLITE_OK);
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		rows |= 1u << sqlite3_column_int(s, 0);
	if (code != SQLITE_DONE)
		fail_msg("%s: %s", text.p, sqlite3_errmsg(db));
	sqlite3_finalize(s);
	return rows;
}

static void test_finds(void **state)
{
	(void)state;
	sqlite3 *db = table();
	assert_int_equal(found(db, STR("brain")), 1 << 2 | 1 << 3);
	assert_int_equal(found(db, STR("gain bra")), 1 << 2 | 1 << 3);
	assert_int_equal(found(db, STR("bra gain")), 0); /* only the last word may be a beginning */
	assert_int_equal(found(db, STR("bra* gain")), 1 << 2 | 1 << 3);
	assert_int_equal(found(db, STR("\"brain gain\"")), 1 << 2);
	assert_int_equal(found(db, STR("gain -morocco")), 1 << 3);
	assert_int_equal(found(db, STR("gain -\"brain gain\" -zzz")), 1 << 3);
	assert_int_equal(found(db, STR("ÉÉN ÆRØ")), 1 << 4);
	assert_int_equal(found(db, STR("well-being")), 1 << 4);
	assert_int_equal(found(db, STR("not")), 0);
	sqlite3_close(db);
}

static void test_never_a_syntax_error(void **state)
{
	(void)state;
	static const char *const piece[] = {"a", "é", "\"", "*", "-", " ", "'", "\\", "(", ")", "{",
	    "^", ":", "\xc3", "½", "ﬁ", "NOT", "AND", "NEAR(", "+", "x:", "日本", "\xcc\x81", "²",
	    "brain"};
	sqlite3 *db = table();
	uint64_t seed = 20121124;
	struct rng r = rng_seeded(&seed);
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 10000; round++) {
		AUTO_BUF in = BUF_INIT(4096);
		for (size_t n = rng_next_u64(&r) % 30; n > 0; n--)
			buf_addz(&in, piece[rng_next_u64(&r) % (sizeof piece / sizeof *piece)]);
		(void)found(db, buf_str(&in));
	}
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_finds),
	    cmocka_unit_test(test_never_a_syntax_error),
	};
	return test_run(tests);
}
