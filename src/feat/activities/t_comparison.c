/* Sums of imported activities: per type and currency, never across. */
#include "base/test.h"

#include "feat/activities/comparison.h"

static void transactions_by_type_and_currency(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct activity_transaction t[] = {{.type = 3, .value = MONEY(250, "USD")}, {.type = 2, .value = MONEY(1000, "EUR")},
	    {.type = 3, .value = MONEY(-50, "USD")}, {.type = 3, .value = MONEY(7, "EUR")}, {.type = 3},
	    {.type = 2, .value = MONEY(INT64_MAX, "EUR")}};
	const struct activity x = {.transactions = t, .n_transactions = 6};
	struct comparison_view v = {.x = &x};
	assert_ok(comparison_add_up(a, &v, &e), &e);
	assert_int_equal(v.transactions.n, 4);
	const struct comparison_sum *s = v.transactions.p;
	assert_int_equal(s[0].type, 2);
	assert_string_equal(s[0].sum.currency, "EUR");
	assert_int_equal(s[0].sum.minor, 1000); /* the one too large to be added is counted apart */
	assert_int_equal(s[0].n, 2);
	assert_int_equal(s[0].n_without, 1);
	assert_int_equal(s[1].type, 3); /* without a value */
	assert_false(money_is(s[1].sum));
	assert_int_equal(s[1].n_without, 1);
	assert_string_equal(s[2].sum.currency, "EUR");
	assert_int_equal(s[2].sum.minor, 7);
	assert_string_equal(s[3].sum.currency, "USD");
	assert_int_equal(s[3].sum.minor, 200);
	assert_int_equal(s[3].n, 2);
	assert_int_equal(v.budgets.n + v.disbursements.n, 0);
}

static void budgets_apart_from_planned_payments(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct activity_budget b[] = {{.type = 1, .value = MONEY(10, "EUR")}, {.type = 2, .value = MONEY(12, "EUR")},
	    {.type = 1, .value = MONEY(20, "EUR")}, {.planned_disbursement = true, .type = 1, .value = MONEY(5, "EUR")}};
	const struct activity x = {.budgets = b, .n_budgets = 4};
	struct comparison_view v = {.x = &x};
	assert_ok(comparison_add_up(a, &v, &e), &e);
	assert_int_equal(v.budgets.n, 2);
	assert_int_equal(v.budgets.p[0].sum.minor, 30);
	assert_int_equal(v.budgets.p[1].sum.minor, 12);
	assert_int_equal(v.disbursements.n, 1);
	assert_int_equal(v.disbursements.p[0].sum.minor, 5);
}

static void datasets_without_folders(void **state)
{
	(void)state;
	assert_true(str_is(comparison_dataset(STR("/srv/files/a b.xml")), "a b.xml"));
	assert_true(str_is(comparison_dataset(STR("usaid-798.xml")), "usaid-798.xml"));
	assert_true(str_is(comparison_dataset(STR("/srv/")), "srv/"));
	assert_true(str_is(comparison_dataset(STR("")), ""));
}

static void relations_find_what_was_imported(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct activity_row rows[] = {{.key = {"XM-1", sizeof "XM-1" - 1}}, {.key = {"XM-12", sizeof "XM-12" - 1}}};
	const struct activity_set set = {.rows = rows, .n = 2};
	const struct related_activity related[] = {{1, {"XM-12", sizeof "XM-12" - 1}}, {2, {"XM-13", sizeof "XM-13" - 1}}};
	const struct activity x = {.related = related, .n_related = 2};
	struct comparison_view v = {.x = &x};
	assert_ok(comparison_related(&set, a, &v, &e), &e);
	assert_int_equal(v.n_links, 2);
	assert_ptr_equal(v.links[0].row, &rows[1]);
	assert_null(v.links[1].row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(transactions_by_type_and_currency),
	    cmocka_unit_test(budgets_apart_from_planned_payments),
	    cmocka_unit_test(datasets_without_folders),
	    cmocka_unit_test(relations_find_what_was_imported),
	};
	return test_run(tests);
}
