#include "base/test.h"
#include "feat/iati/iati.h"

/* Names and numbers from the published lists, vendor/iati/codelists. */
static void names(void **state)
{
	(void)state;
	assert_str(codelist_name("ActivityStatus", STR("2"), "en"), "Implementation");
	assert_str(codelist_name("ActivityStatus", STR("4"), "fr"), "Fermé");
	assert_str(codelist_name("TransactionType", STR("11"), "en"), "Incoming Commitment");
	assert_str(codelist_name("Country", STR("NL"), "en"), "Netherlands (the)");
	assert_null(codelist_name("ActivityStatus", STR("77"), "en").p);
	assert_null(codelist_name("NoSuchList", STR("1"), "en").p);
}

static void membership(void **state)
{
	(void)state;
	const struct codelist *sector = codelist("Sector");
	assert_non_null(sector);
	assert_true(codelist_complete(sector));
	assert_true(codelist_has(sector, STR("31165")));
	assert_true(codelist_has(sector, STR("13010")));
	assert_false(codelist_has(sector, STR("1")));
	assert_false(codelist_has(sector, STR("")));
	assert_false(codelist_complete(codelist("Country")));
	assert_null(codelist("sector"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(names), cmocka_unit_test(membership)};
	return test_run(tests);
}
