/* Searches: the first line is what a visitor typed, the rest a text. Whatever it is, SQLite's FTS5
 * takes the query, the tsquery follows PostgreSQL's grammar, and the marked text without its marks
 * is the escaped text. */
#include "feat/register/highlight.h"
#include "fuzz.h"

#include <sqlite3.h>

enum { TEXT_MAX = 1 << 16 };

/* Opened once: the statement is what a run needs. */
struct engine {
	sqlite3 *db;
	sqlite3_stmt *s;
};

static void open_engine(struct engine *x)
{
	FUZZ_CHECK(sqlite3_open(":memory:", &x->db) == SQLITE_OK);
	FUZZ_CHECK(sqlite3_exec(x->db,
	               "CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = \"unicode61 "
	               "remove_diacritics 0\")",
	               NULL, NULL, NULL) == SQLITE_OK);
	FUZZ_CHECK(sqlite3_prepare_v2(x->db, "SELECT rowid FROM t WHERE t MATCH ?1", -1, &x->s,
	               NULL) == SQLITE_OK);
}

static void ask_sqlite(str query)
{
	static struct engine x; /* until the end of the program */
	if (!x.db)
		open_engine(&x);
	FUZZ_CHECK(sqlite3_bind_text(x.s, 1, query.p, (int)query.n, SQLITE_STATIC) == SQLITE_OK);
	FUZZ_CHECK(sqlite3_step(x.s) == SQLITE_DONE);
	(void)sqlite3_reset(x.s);
	(void)sqlite3_clear_bindings(x.s);
}

/* 'word' with an optional :*; false when that does not stand at *at. */
static bool lexeme(str s, size_t *at)
{
	size_t i = *at, from = i + 1;
	if (i >= s.n || s.p[i] != '\'')
		return false;
	for (i = from; i < s.n && s.p[i] != '\''; i++)
		if (s.p[i] == '\\')
			return false;
	if (i >= s.n || i == from)
		return false;
	i++;
	if (str_starts(str_sub(s, i, s.n), STR(":*")))
		i += 2;
	*at = i;
	return true;
}

static bool skip(str s, size_t *at, str sign)
{
	if (!str_starts(str_sub(s, *at, s.n), sign))
		return false;
	*at += sign.n;
	return true;
}

/* One lexeme, or several in brackets joined by <->. */
static bool term(str s, size_t *at)
{
	bool brackets = skip(s, at, STR("("));
	if (!lexeme(s, at))
		return false;
	while (brackets && skip(s, at, STR(" <-> ")))
		if (!lexeme(s, at))
			return false;
	return !brackets || skip(s, at, STR(")"));
}

static bool is_tsquery(str s)
{
	size_t at = 0;
	if (!skip(s, &at, STR("(")) || !term(s, &at))
		return false;
	while (skip(s, &at, STR(" & "))) {
		(void)skip(s, &at, STR("!"));
		if (!term(s, &at))
			return false;
	}
	return skip(s, &at, STR(")")) && at == s.n;
}

static void without_marks(str html, struct buf *out)
{
	for (size_t i = 0; i < html.n; i++) {
		str rest = str_sub(html, i, html.n);
		if (str_starts(rest, STR("<mark>")))
			i += 5;
		else if (str_starts(rest, STR("</mark>")))
			i += 6;
		else
			buf_addc(out, html.p[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *a; /* kept, so that a run need not ask for fresh memory */
	AUTO_BUF asked = BUF_INIT(TEXT_MAX);
	AUTO_BUF marked = BUF_INIT(64 << 20);
	AUTO_BUF plain = BUF_INIT(64 << 20);
	AUTO_BUF bare = BUF_INIT(64 << 20);
	struct fts_query q;
	struct err e;
	str input = {(const char *)data, n < TEXT_MAX ? n : TEXT_MAX};
	ptrdiff_t line = str_find_char(input, '\n');
	str typed = line < 0 ? input : str_sub(input, 0, (size_t)line);
	str text = line < 0 ? input : str_sub(input, (size_t)line + 1, input.n);
	if (!a)
		a = arena_new(64 << 20);
	FUZZ_CHECK(a);
	arena_reset(a);
	FUZZ_CHECK(fts_query_parse(typed, a, &q, &e) == ERR_OK);
	if (fts_query_text(&q, FTS_SQLITE, &asked))
		ask_sqlite(buf_str(&asked));
	buf_clear(&asked);
	if (fts_query_text(&q, FTS_POSTGRES, &asked))
		FUZZ_CHECK(is_tsquery(buf_str(&asked)));
	FUZZ_CHECK(highlight_html(text, &q, HIGHLIGHT_WHOLE, a, &marked, &e) == ERR_OK);
	FUZZ_CHECK(highlight_html(text, NULL, HIGHLIGHT_WHOLE, a, &plain, &e) == ERR_OK);
	without_marks(buf_str(&marked), &bare);
	FUZZ_CHECK(str_eq(buf_str(&bare), buf_str(&plain)));
	buf_clear(&marked);
	FUZZ_CHECK(highlight_html(text, &q, 1 + n % 60, a, &marked, &e) == ERR_OK);
	return 0;
}
