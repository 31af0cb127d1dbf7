/* What the pages of the tables compute and say. */
#include "base/test.h"
#include "feat/figures/parts.h"

enum { TARGET, ACTUAL, COLUMNS };

static const struct figure_column columns[COLUMNS] = {
    {"target", FIGURE_NUMBER, "", "Target"}, {"actual", FIGURE_NUMBER, "", "Result"}};

static struct figure_cell number(const char *text)
{
	struct figure_cell c = {.missing = !text, .text = STR("")};
	if (text) {
		c.text = str_of(text);
		assert_true(decimal_parse(c.text, &c.number));
	}
	return c;
}

static void a_target_is_reached_when_the_result_is_at_least_the_target(void **state)
{
	(void)state;
	const struct figure_cell cells[6][COLUMNS] = {
	    {number("100"), number("100.0")}, {number("100"), number("99.99")}, {number("0"), number("0")},
	    {number("5"), number(NULL)}, {number(NULL), number("7")}, {number("2"), number("10")}};
	struct figure_row rows[6] = {0};
	for (size_t i = 0; i < 6; i++)
		rows[i].cells = cells[i];
	const struct figure_table t = {.columns = columns, .n_columns = COLUMNS, .rows = rows, .n_rows = 6};
	struct target_tally s = figure_score_of(&t);
	assert_int_equal(s.met, 3);
	assert_int_equal(s.not_met, 1);
	assert_int_equal(s.no_result, 1);
	assert_int_equal(s.no_target, 1);
}

static void missing_is_not_known_unless_it_stands_for_the_whole(void **state)
{
	(void)state;
	static const struct figure_column c[] = {{"priority", FIGURE_INTEGER, "", "Priority"},
	    {"amount_eur", FIGURE_MONEY, "EUR", "Amount"}, {"year", FIGURE_YEAR, "", "Year"}};
	const struct figure_table t = {.columns = c, .n_columns = 3};
	assert_string_equal(figure_missing_words(&t, 0, false), "the programme as a whole");
	assert_string_equal(figure_missing_words(&t, 0, true), "all priorities");
	assert_string_equal(figure_missing_words(&t, 1, true), "not stated");
	assert_false(figure_missing_is_whole(&t, 1, true));
	assert_string_equal(figure_missing_words(&t, 2, false), "not stated");
	assert_string_equal(figure_missing_words(&t, 2, true), "all years");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_target_is_reached_when_the_result_is_at_least_the_target),
	    cmocka_unit_test(missing_is_not_known_unless_it_stands_for_the_whole),
	};
	return test_run(tests);
}
