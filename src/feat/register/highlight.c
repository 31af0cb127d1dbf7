#include "feat/register/highlight.h"

#include "base/utf8.h"
#include "base/vec.h"

enum { WORD_FOLDED_MAX_BYTES = 64 * 1024 };

/* A folded word and the bytes of the text it stands in. Several may share a place ("½" folds to two
 * words). */
struct token {
	str word;
	size_t from, to;
};

struct span {
	size_t from, to;
};

struct marking {
	struct arena *a;
	VEC(struct token) tokens;
	VEC(struct span) spans; /* ascending, apart */
};

/* A character that folding drops (soft hyphen, zero-width joiner): inside a word it does not end
 * it. */
static bool dropped(str s, size_t from, size_t to)
{
	AUTO_BUF folded = BUF_INIT(256);
	if ((unsigned char)s.p[from] < 0x80)
		return false;
	buf_add_folded(&folded, str_sub(s, from, to));
	return folded.failed == ERR_OK && folded.n == 0;
}

/* Next run of word characters in the unfolded text. */
static bool next_run(str s, size_t *at, struct span *ret_run)
{
	size_t from = *at, to = *at;
	while (from < s.n) {
		size_t before = to;
		int32_t c = utf8_next(s, &to);
		if (before < s.n &&
		    ((c >= 0 && utf8_is_word(c)) || (before > from && dropped(s, before, to))))
			continue;
		if (before > from) {
			*ret_run = (struct span){from, before};
			*at = before;
			return true;
		}
		from = to;
	}
	return false;
}

static enum err_code tokenise(struct marking *m, str text, struct err *e)
{
	AUTO_BUF folded = BUF_INIT(WORD_FOLDED_MAX_BYTES);
	size_t at = 0;
	struct span run;
	while (m->tokens.n < HIGHLIGHT_WORDS_MAX && next_run(text, &at, &run)) {
		size_t in = 0;
		str word;
		buf_clear(&folded);
		if (run.to - run.from > WORD_FOLDED_MAX_BYTES / 20)
			continue; /* no word of a language; the query cannot hold it either */
		buf_add_folded(&folded, str_sub(text, run.from, run.to));
		TRY(buf_check(&folded, e));
		str kept = arena_str(m->a, buf_str(&folded));
		if (!kept.p)
			return arena_fail(m->a, e);
		while (fts_next_word(kept, &in, &word)) {
			struct token *t = VEC_ADD(&m->tokens, m->a);
			if (!t)
				return arena_fail(m->a, e);
			*t = (struct token){word, run.from, run.to};
		}
	}
	return ERR_OK;
}

static bool matches(const struct fts_term *t, const struct token *token, size_t left)
{
	if (t->excluded || t->n_words > left)
		return false;
	for (size_t i = 0; i < t->n_words; i++) {
		bool open = t->prefix && i + 1 == t->n_words;
		if (open ? !str_starts(token[i].word, t->word[i])
		         : !str_eq(token[i].word, t->word[i]))
			return false;
	}
	return true;
}

/* The longest term that begins at each token; spans that touch become one. */
static enum err_code find_spans(struct marking *m, const struct fts_query *q, struct err *e)
{
	for (size_t i = 0; i < m->tokens.n; i++) {
		size_t words = 0;
		for (size_t k = 0; k < q->n; k++)
			if (q->term[k].n_words > words &&
			    matches(&q->term[k], &m->tokens.p[i], m->tokens.n - i))
				words = q->term[k].n_words;
		if (words == 0)
			continue;
		struct span s = {m->tokens.p[i].from, m->tokens.p[i + words - 1].to};
		struct span *last = m->spans.n ? &m->spans.p[m->spans.n - 1] : NULL;
		if (last && s.from <= last->to) {
			last->to = s.to > last->to ? s.to : last->to;
			continue;
		}
		struct span *add = VEC_ADD(&m->spans, m->a);
		if (!add)
			return arena_fail(m->a, e);
		*add = s;
	}
	return ERR_OK;
}

/* Byte offset `chars` code points before or behind `at`. */
static size_t back(str s, size_t at, size_t chars)
{
	for (; at > 0 && chars > 0; chars--) {
		at--;
		while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80)
			at--;
	}
	return at;
}

static size_t forward(str s, size_t at, size_t chars)
{
	for (; at < s.n && chars > 0; chars--)
		(void)utf8_next(s, &at);
	return at;
}

/* Part of the text to be shown: a quarter of it before the first hit, cut at blanks where there are
 * any near. */
static struct span excerpt(const struct marking *m, str text, size_t max_chars)
{
	size_t hit = m->spans.n ? m->spans.p[0].from : 0;
	size_t from = back(text, hit, max_chars / 4), to = forward(text, from, max_chars);
	if (to == text.n) { /* near the end: more before */
		from = back(text, text.n, max_chars);
		from = from < hit ? from : hit;
	}
	if (from > 0) {
		size_t blank = from;
		while (blank < hit && text.p[blank] != ' ')
			blank++;
		from = blank < hit ? blank + 1 : from;
	}
	if (to < text.n) {
		size_t blank = to, keep = m->spans.n ? m->spans.p[0].to : from;
		while (blank > from && text.p[blank] != ' ')
			blank--;
		to = blank > keep && blank > from ? blank : to;
	}
	return (struct span){from, to};
}

enum err_code highlight_html(str text, const struct fts_query *q, size_t max_chars, struct arena *a,
    struct buf *out, struct err *e)
{
	struct marking m = {.a = a};
	struct span part = {0, text.n};
	if (q && q->wants && utf8_valid(text, NULL)) {
		TRY(tokenise(&m, text, e));
		TRY(find_spans(&m, q, e));
	}
	if (max_chars != HIGHLIGHT_WHOLE)
		part = excerpt(&m, text, max_chars);
	size_t at = part.from;
	if (part.from > 0)
		buf_addz(out, "… ");
	for (size_t i = 0; i < m.spans.n; i++) {
		size_t from = m.spans.p[i].from < at ? at : m.spans.p[i].from;
		size_t to = m.spans.p[i].to > part.to ? part.to : m.spans.p[i].to;
		if (from >= to)
			continue;
		buf_add_markup(out, str_sub(text, at, from));
		buf_addz(out, "<mark>");
		buf_add_markup(out, str_sub(text, from, to));
		buf_addz(out, "</mark>");
		at = to;
	}
	buf_add_markup(out, str_sub(text, at, part.to));
	if (part.to < text.n)
		buf_addz(out, " …");
	return buf_check(out, e);
}
