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
	QUERY_BYTES = 64 * 1024,
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

enum err_code register_words(enum db_engine engine, bool own, str title, str description, str names, struct arena *a,
    struct register_words *ret_words, struct err *e)
{
	AUTO_BUF folded = BUF_INIT(16 * TEXT_BYTES);
	AUTO_BUF words = BUF_INIT(32 * TEXT_BYTES);
	const struct {
		str text;
		char weight;
	} fields[] = {{title, 'A'}, {description, 'B'}, {names, 'C'}};
	str kept[3];
	for (size_t i = 0; i < 3; i++) {
		TRY(words_of(&words, &folded, engine, fields[i].text, fields[i].weight, e));
		if (own && i == 2)
			buf_addz(&words, engine == DB_POSTGRES ? " " OWN_WORD ":16383" : " " OWN_WORD);
		TRY(buf_check(&words, e));
		kept[i] = arena_str(a, buf_str(&words));
		if (!kept[i].p)
			return arena_fail(a, e);
	}
	*ret_words = (struct register_words){kept[0], kept[1], kept[2]};
	return ERR_OK;
}

enum err_code register_index_words(struct db *db, uint32_t doc, const struct register_words *w, bool is_new, struct err *e)
{
	if (!is_new && db_engine_of(db) == DB_SQLITE) /* PostgreSQL replaces in the same statement */
		TRY(search_remove(db, doc, NULL, e));
	return search_add(db, doc, w->title, w->description, w->names, NULL, e);
}

enum err_code register_index_text(struct db *db, bool own, uint32_t doc, str title, str description, str names,
    struct err *e)
{
	struct register_words w;
	AUTO_ARENA a = arena_new((size_t)3 * 32 * TEXT_BYTES + 4096);
	if (!a)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	TRY(register_words(db_engine_of(db), own, title, description, names, a, &w, e));
	return register_index_words(db, doc, &w, false, e);
}

enum err_code register_index_remove(struct db *db, uint32_t doc, struct err *e)
{
	return search_remove(db, doc, NULL, e);
}

/* A query: its words, and those within own or comparison activities. */
struct asked {
	struct buf *words, *query;
};

/* False when it wants nothing. */
static bool build_query(struct asked *b, enum db_engine engine, bool own, const struct fts_query *q)
{
	bool pg = engine == DB_POSTGRES;
	if (!fts_query_text(q, pg ? FTS_POSTGRES : FTS_SQLITE, b->words))
		return false;
	buf_add(b->query, buf_str(b->words));
	buf_addz(b->query, own ? (pg ? " & " OWN_WORD : " AND " OWN_WORD) : (pg ? " & !" OWN_WORD : " NOT " OWN_WORD));
	return true;
}

struct docs {
	VEC(uint32_t) v;
	struct arena *a;
};

static enum err_code add_doc(struct docs *d, int64_t doc, struct err *e)
{
	uint32_t *to = VEC_ADD(&d->v, d->a);
	if (!to)
		return arena_fail(d->a, e);
	*to = (uint32_t)doc;
	return ERR_OK;
}

static enum err_code find_ranked(struct db *db, const struct asked *q, size_t limit, struct docs *d, struct err *e)
{
	AUTO_ROWS rows = NULL;
	struct search_ranked_row row;
	bool more = true;
	TRY(search_ranked_open(db, buf_str(q->query), (int64_t)limit, &rows, e));
	for (;;) {
		TRY(search_ranked_next(rows, &row, &more, e));
		if (!more)
			return ERR_OK;
		TRY(add_doc(d, row.doc, e));
	}
}

static enum err_code find_all(struct db *db, const struct asked *q, struct docs *d, struct err *e)
{
	AUTO_ROWS rows = NULL;
	struct search_all_row row;
	bool more = true;
	TRY(search_all_open(db, buf_str(q->query), HITS_MAX, &rows, e));
	for (;;) {
		TRY(search_all_next(rows, &row, &more, e));
		if (!more)
			return ERR_OK;
		TRY(add_doc(d, row.doc, e));
	}
}

static enum err_code find_in_title(struct db *db, const struct asked *q, struct docs *d, struct err *e)
{
	AUTO_ROWS rows = NULL;
	struct search_in_title_row row;
	bool more = true;
	TRY(search_in_title_open(db, buf_str(q->query), buf_str(q->words), HITS_MAX, &rows, e));
	for (;;) {
		TRY(search_in_title_next(rows, &row, &more, e));
		if (!more)
			return ERR_OK;
		TRY(add_doc(d, row.doc, e));
	}
}

/* Those of all that are not in first behind them; both are in ascending order. */
static enum err_code add_rest(struct docs *first, const struct docs *all, struct err *e)
{
	size_t n = first->v.n, at = 0;
	for (size_t i = 0; i < all->v.n; i++) {
		while (at < n && first->v.p[at] < all->v.p[i])
			at++;
		if (at == n || first->v.p[at] != all->v.p[i])
			TRY(add_doc(first, all->v.p[i], e));
	}
	return ERR_OK;
}

/* Ranking looks at each hit's text and takes twenty times as long as finding: with many hits the title decides alone. */
static enum err_code find(struct db *db, const struct asked *q, size_t limit, struct docs *ret, struct err *e)
{
	struct docs all = {.a = ret->a};
	TRY(find_all(db, q, &all, e));
	if (all.v.n <= REGISTER_SEARCH_RANKED_MAX)
		return find_ranked(db, q, limit, ret, e);
	TRY(find_in_title(db, q, ret, e));
	TRY(add_rest(ret, &all, e));
	if (ret->v.n > limit)
		ret->v.n = limit;
	return ERR_OK;
}

enum err_code register_search(struct db *db, bool own, str query, size_t limit, struct arena *a,
    const uint32_t **ret_docs, size_t *ret_n, struct err *e)
{
	AUTO_BUF words = BUF_INIT(QUERY_BYTES);
	AUTO_BUF text = BUF_INIT(QUERY_BYTES);
	struct asked asked = {&words, &text};
	struct fts_query q;
	struct docs docs = {.a = a};
	TRY(fts_query_parse(query, a, &q, e));
	if (limit && build_query(&asked, db_engine_of(db), own, &q)) {
		TRY(buf_check(&words, e));
		TRY(buf_check(&text, e));
		TRY(find(db, &asked, limit, &docs, e));
	}
	*ret_docs = docs.v.p;
	*ret_n = docs.v.n;
	return ERR_OK;
}
