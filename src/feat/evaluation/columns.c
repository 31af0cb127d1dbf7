/* Widths of the columns of a printed table, in the characters that fit on a line of it. */
#include "feat/evaluation/columns.h"

#include "base/utf8.h"

enum {
	LINE_CHARACTERS = 118, /* of an A4 page between its margins, at the size of tables */
	GAP = 2,	       /* between columns */
	WORD_MOST = 24,	       /* a longer word is broken */
	TEXT_ROOM = 40,	       /* kept for texts that are longer than words */
	WHOLE = 100,
};

struct measured {
	size_t word, longest, total; /* characters */
	double width;
};

static bool breaks(char c)
{
	return c == ' ' || c == '\n' || c == '/' || c == '-' || c == ';' || c == ',';
}

static size_t longest_word(str text)
{
	size_t most = 0, begin = 0;
	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && !breaks(text.p[i]))
			continue;
		size_t n = utf8_length(str_sub(text, begin, i)) + (i < text.n && text.p[i] != ' ');
		most = n > most ? n : most;
		begin = i + 1;
	}
	return most < WORD_MOST ? most : WORD_MOST;
}

static void measure(const void *table, columns_cell cell, size_t column, size_t n_rows, struct measured *m)
{
	*m = (struct measured){0};
	for (size_t r = 0; r <= n_rows; r++) {
		str text = cell(table, r, column);
		size_t word = longest_word(text), n = utf8_length(text);
		word += r == 0; /* heads are bold */
		m->word = word > m->word ? word : m->word;
		m->longest = n > m->longest && r > 0 ? n : m->longest;
		m->total += r > 0 ? n : 0;
	}
}

/* No word is broken when that can be and long texts have room beside them; what is left of the line goes to columns by how
 * much longer their texts are, which makes rows about as low as they can be. */
static void divide(struct measured *m, size_t n, size_t n_rows)
{
	double words = 0, more = 0;
	for (size_t i = 0; i < n; i++) {
		double usual = n_rows ? (double)m[i].total / (double)n_rows : 0;
		words += (double)(m[i].word + GAP);
		m[i].width = usual + (double)m[i].longest / 4 - (double)m[i].word;
		if (m[i].width < 0)
			m[i].width = 0;
		more += m[i].width;
	}
	double least = LINE_CHARACTERS - (more < TEXT_ROOM ? more : TEXT_ROOM);
	double squeeze = words > least ? least / words : 1, left = LINE_CHARACTERS - words * squeeze;
	for (size_t i = 0; i < n; i++) {
		double share = more > 0 ? m[i].width / more : 1 / (double)n;
		m[i].width = (double)(m[i].word + GAP) * squeeze + left * share;
	}
}

void columns_widths(const void *table, columns_cell cell, size_t n, size_t n_rows, uint8_t *ret_percent)
{
	struct measured m[COLUMNS_MOST];
	double whole = 0;
	if (n > COLUMNS_MOST) {
		for (size_t i = 0; i < n; i++)
			ret_percent[i] = (uint8_t)(WHOLE / n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		measure(table, cell, i, n_rows, &m[i]);
	divide(m, n, n_rows);
	for (size_t i = 0; i < n; i++)
		whole += m[i].width;
	for (size_t i = 0; i < n; i++)
		ret_percent[i] = (uint8_t)(WHOLE * m[i].width / whole);
}
