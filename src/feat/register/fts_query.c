#include "feat/register/fts_query.h"

#include "base/utf8.h"

enum { FOLDED_BYTES_MAX = 64 * 1024 }; /* one code point folds to at most 18; a query is short */

bool fts_next_word(str s, size_t *at, str *ret_word)
{
	size_t from = *at, to = *at;
	for (;;) {
		size_t before = to;
		int32_t c = utf8_next(s, &to);
		if (c >= 0 && utf8_is_word(c))
			continue;
		if (before > from) {
			*ret_word = str_sub(s, from, before);
			if (ret_word->n > FTS_WORD_BYTES_MAX)
				*ret_word = utf8_head(*ret_word, FTS_WORD_BYTES_MAX / 4);
			*at = to;
			return true;
		}
		if (before >= s.n)
			return false;
		from = to;
	}
}

/* Words of `raw` behind each other as one term; none is no term. */
static enum err_code add_term(
    struct fts_query *q, str raw, bool prefix, bool excluded, struct arena *a, struct err *e)
{
	AUTO_BUF folded = BUF_INIT(FOLDED_BYTES_MAX);
	size_t at = 0, n = 0;
	if (q->n == FTS_TERMS_MAX)
		return ERR_OK;
	buf_add_folded(&folded, raw);
	TRY(buf_check(&folded, e));
	str kept = arena_str(a, buf_str(&folded));
	str *word = ARENA_ARRAY(a, FTS_WORDS_MAX, str);
	if (!kept.p || !word)
		return arena_fail(a, e);
	while (n < FTS_WORDS_MAX && fts_next_word(kept, &at, &word[n]))
		n++;
	if (n == 0)
		return ERR_OK;
	q->term[q->n++] = (struct fts_term){word, n, prefix, excluded};
	q->wants = q->wants || !excluded;
	return ERR_OK;
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The input without bytes that are not UTF-8 (they separate), at most FTS_INPUT_BYTES_MAX of it. */
static void clean(str input, struct buf *out)
{
	size_t at = 0;
	while (at < input.n) {
		size_t from = at;
		int32_t c = utf8_next(input, &at);
		if (at > FTS_INPUT_BYTES_MAX)
			return;
		if (c < 0x20) /* control characters and bad bytes */
			buf_addc(out, ' ');
		else
			buf_add(out, str_sub(input, from, at));
	}
}

/* One part of the query from *at on: an optional minus, then a phrase in quotation marks or what
 * reaches to the next blank or quotation mark. */
static enum err_code read_part(
    str s, size_t *at, struct arena *a, struct fts_query *q, bool *ret_word, struct err *e)
{
	size_t i = *at;
	bool excluded = s.p[i] == '-', prefix = false;
	size_t terms = q->n;
	i += excluded ? 1 : 0;
	bool phrase = i < s.n && s.p[i] == '"';
	size_t from = phrase ? i + 1 : i, to = from;
	while (to < s.n && s.p[to] != '"' && (phrase || !blank(s.p[to])))
		to++;
	i = to;
	if (phrase && i < s.n)
		i++;
	if (phrase && i < s.n && s.p[i] == '*') {
		prefix = true;
		i++;
	} else if (!phrase && to > from && s.p[to - 1] == '*') {
		prefix = true;
	}
	*at = i;
	TRY(add_term(q, str_sub(s, from, to), prefix, excluded, a, e));
	*ret_word = q->n > terms && !phrase && !excluded;
	return ERR_OK;
}

enum err_code fts_query_parse(
    str input, struct arena *a, struct fts_query *ret_query, struct err *e)
{
	AUTO_BUF text = BUF_INIT(2 * FTS_INPUT_BYTES_MAX);
	struct fts_query q = {0};
	bool word = false; /* the last part was a plain word */
	size_t at = 0;
	clean(input, &text);
	TRY(buf_check(&text, e));
	str s = buf_str(&text);
	while (at < s.n) {
		if (blank(s.p[at])) {
			at++;
			continue;
		}
		TRY(read_part(s, &at, a, &q, &word, e));
	}
	if (word)
		q.term[q.n - 1].prefix = true;
	*ret_query = q;
	return ERR_OK;
}

static void add_words(struct buf *out, const struct fts_term *t, bool pg)
{
	if (!pg)
		buf_addc(out, '"');
	else if (t->n_words > 1)
		buf_addc(out, '(');
	for (size_t i = 0; i < t->n_words; i++) {
		if (i > 0)
			buf_addz(out, pg ? " <-> " : " ");
		if (pg)
			buf_addc(out, '\'');
		buf_add(out, t->word[i]);
		if (pg)
			buf_addc(out, '\'');
	}
	if (pg && t->prefix)
		buf_addz(out, ":*");
	if (!pg)
		buf_addz(out, t->prefix ? "\"*" : "\"");
	else if (t->n_words > 1)
		buf_addc(out, ')');
}

bool fts_query_text(const struct fts_query *q, enum fts_dialect dialect, struct buf *out)
{
	bool pg = dialect == FTS_POSTGRES;
	size_t n = 0;
	if (!q->wants)
		return false;
	buf_addc(out, '(');
	for (size_t i = 0; i < q->n; i++) {
		if (q->term[i].excluded)
			continue;
		if (n++ > 0)
			buf_addz(out, pg ? " & " : " AND ");
		add_words(out, &q->term[i], pg);
	}
	for (size_t i = 0; i < q->n; i++) {
		if (!q->term[i].excluded)
			continue;
		buf_addz(out, pg ? " & !" : " NOT ");
		add_words(out, &q->term[i], pg);
	}
	buf_addc(out, ')');
	return true;
}
