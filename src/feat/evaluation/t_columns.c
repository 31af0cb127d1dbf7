/* Widths of printed columns: what must hold for any table, and a table of which the right answer is plain. */
#include "base/test.h"

#include "feat/evaluation/columns.h"

struct sample {
	size_t n_columns;
	const char *const *cells; /* the head first */
};

static str at(const void *table, size_t row, size_t column)
{
	const struct sample *s = table;
	return str_of(s->cells[row * s->n_columns + column]);
}

static unsigned sum(const uint8_t *p, size_t n)
{
	unsigned s = 0;
	for (size_t i = 0; i < n; i++)
		s += p[i];
	return s;
}

#define SENTENCE "The ministries gave each other their plans before they were sent, and two of the plans were changed after that."

static void sentences_get_the_room(void **state)
{
	static const char *const cells[] = {"Study", "Year", "Finding", "One", "2004", SENTENCE, "Two", "2005", SENTENCE};
	const struct sample s = {3, cells};
	uint8_t w[3];
	(void)state;
	columns_widths(&s, at, 3, 2, w);
	assert_true(sum(w, 3) <= 100);
	assert_true(w[2] > 75);
	assert_true(w[0] >= 5 && w[1] >= 4);
}

static void equal_columns_are_equal(void **state)
{
	static const char *const cells[] = {"abc", "def", "ghi", "jkl", "123", "456", "789", "012"};
	const struct sample s = {4, cells};
	uint8_t w[4];
	(void)state;
	columns_widths(&s, at, 4, 1, w);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(w[i], 25);
}

/* Accents are one character each, whatever they take in bytes. */
static void characters_count_not_bytes(void **state)
{
	static const char *const cells[] = {"aaaaaaaa", "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", "x", "x"};
	const struct sample s = {2, cells};
	uint8_t w[2];
	(void)state;
	columns_widths(&s, at, 2, 1, w);
	assert_int_equal(w[0], w[1]);
}

/* No rows, empty texts, words longer than the line, more columns than are measured. */
static void odd_tables(void **state)
{
	static const char *const none[] = {"", ""};
	char word[400];
	const char *many[2 * (COLUMNS_MOST + 1)];
	struct sample s = {2, none};
	uint8_t w[COLUMNS_MOST + 1];
	(void)state;
	columns_widths(&s, at, 2, 0, w);
	assert_int_equal(w[0], 50);
	memset(word, 'w', sizeof word - 1);
	word[sizeof word - 1] = 0;
	for (size_t i = 0; i < sizeof many / sizeof *many; i++)
		many[i] = word;
	for (size_t n = 1; n <= COLUMNS_MOST + 1; n++) {
		s = (struct sample){n, many};
		columns_widths(&s, at, n, 1, w);
		assert_true(sum(w, n) <= 100);
		for (size_t i = 0; i < n; i++)
			assert_true(w[i] > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sentences_get_the_room),
	    cmocka_unit_test(equal_columns_are_equal),
	    cmocka_unit_test(characters_count_not_bytes),
	    cmocka_unit_test(odd_tables),
	};
	return test_run(tests);
}
