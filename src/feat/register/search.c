/* Full-text search. Both engines index the same words, cut here: folded (base/utf8.h), runs of letters and
 * digits. SQLite gets them separated by blanks, PostgreSQL as the text of a tsvector with positions and
 * weights, so that neither engine's own idea of a word comes in. */
#include "base/arena.h"
#include "base/utf8.h"
#include "db/stmt.h"
#include "feat/register/fts_query.h"
#include "feat/register/register.h"
#include "feat/register/search.sql.h"

enum {
	TEXT_BYTES = 256 * 1024, /* of one field that are indexed */
	POSITION_MAX = 16383, /* PostgreSQL's */
	HITS_MAX = 1000000,
};

/* A word that only own activities hold; nobody types it. */
#define OWN_WORD "xownx"

/* "een aero" for SQLite, "een:1A aero:2A" for PostgreSQL. */
static void add_words(struct buf *b, enum db_engine engine, str folded, char weight)
{
	size_t at = 0;
	int position = 0;
	for (str word; fts_next_word(folded, &at, &word);) {
		if (b->n)
			buf_addc(b, ' ');
		buf_add(b, word);
		if (engine != DB_POSTGRES)
			continue;
		if (position < POSITION_MAX)
			position++;
		buf_addf(b, ":%d", position);
		if (weight)
			buf_addc(b, weight);
	}
}

static enum err_code words_of(struct buf *b, struct buf *folded, enum db_engine engine, str text, char weight,
    struct err *e)
{
	buf_clear(folded);
	buf_clear(b);
	if (text.n > TEXT_BYTES) {
		text.n = TEXT_BYTES;
		while (text.n && ((unsigned char)text.p[text.n] & 0xc0) == 0x80)
			text.n--;
	}
	buf_add_folded(folded, text);
	TRY(buf_check(folded, e));
	add_words(b, engine, buf_str(folded), weight);
	return buf_check(b, e);
}

enum err_code register_index_text(struct db *db, bool own, uint32_t doc, str title, str description, str names,
    struct err *e)
{
	enum db_engine engine = db_engine_of(db);
	AUTO_BUF folded = BUF_INIT(16 * TEXT_BYTES);
	AUTO_BUF a = BUF_INIT(32 * TEXT_BYTES);
	AUTO_BUF b = BUF_INIT(32 * TEXT_BYTES);
	AUTO_BUF c = BUF_INIT(32 * TEXT_BYTES);
	TRY(words_of(&a, &folded, engine, title, 'A', e));
	TRY(words_of(&b, &folded, engine, description, 'B', e));
	TRY(words_of(&c, &folded, engine, names, 'C', e));
	if (own)
		buf_addz(&c, engine == DB_POSTGRES ? " " OWN_WORD ":16383" : " " OWN_WORD);
	TRY(buf_check(&c, e));
	if (engine == DB_SQLITE) /* PostgreSQL replaces in the same statement */
		TRY(search_remove(db, doc, NULL, e));
	return search_add(db, doc, buf_str(&a), buf_str(&b), buf_str(&c), NULL, e);
}

enum err_code register_index_remove(struct db *db, uint32_t doc, struct err *e)
{
	return search_remove(db, doc, NULL, e);
}

/* The query within own or comparison activities. False when it wants nothing. */
static bool build_query(struct buf *b, enum db_engine engine, bool own, const struct fts_query *q)
{
	bool pg = engine == DB_POSTGRES;
	if (!fts_query_text(q, pg ? FTS_POSTGRES : FTS_SQLITE, b))
		return false;
	buf_addz(b, own ? (pg ? " & " OWN_WORD : " AND " OWN_WORD) : (pg ? " & !" OWN_WORD : " NOT " OWN_WORD));
	return true;
}

enum err_code register_search(struct db *db, bool own, str query, size_t limit, struct arena *a,
    const uint32_t **ret_docs, size_t *ret_n, struct err *e)
{
	AUTO_BUF text = BUF_INIT(64 * 1024);
	struct fts_query q;
	VEC(uint32_t) docs = {0};
	if (limit > HITS_MAX)
		limit = HITS_MAX;
	TRY(fts_query_parse(query, a, &q, e));
	if (build_query(&text, db_engine_of(db), own, &q) && limit) {
		TRY(buf_check(&text, e));
		AUTO_ROWS rows = NULL;
		TRY(search_find_open(db, buf_str(&text), (int64_t)limit, &rows, e));
		for (;;) {
			struct search_find_row row;
			bool more;
			TRY(search_find_next(rows, &row, &more, e));
			if (!more)
				break;
			uint32_t *doc = VEC_ADD(&docs, a);
			if (!doc)
				return arena_fail(a, e);
			*doc = (uint32_t)row.doc;
		}
	}
	*ret_docs = docs.p;
	*ret_n = docs.n;
	return ERR_OK;
}
