#include "base/test.h"

#include <math.h>

#include "engine/i18n/i18n.h"

#define NB "\xC2\xA0"
#define NN "\xE2\x80\xAF"

/* clang-format off */
#define IS(call, want) do { struct buf b_ = BUF_INIT(4096); struct buf *b = &b_; call; \
	assert_str(buf_str(&b_), want); buf_free(&b_); } while (0)
/* clang-format on */

static pdate pd(const char *s)
{
	pdate d = PDATE_NONE;
	assert_true(pdate_parse(str_of(s), &d));
	return d;
}

static decimal de(const char *s)
{
	decimal d;
	assert_true(decimal_parse(str_of(s), &d));
	return d;
}

static void codes(void **state)
{
	(void)state;
	enum lang l;
	assert_true(lang_parse(STR("nl"), &l));
	assert_int_equal(l, LANG_NL);
	assert_false(lang_parse(STR("NL"), &l));
	assert_false(lang_parse(STR(""), &l));
	for (int i = 0; i < LANG_COUNT; i++) {
		assert_true(lang_parse(str_of(lang_code((enum lang)i)), &l));
		assert_int_equal(l, i);
	}
}

/* Unicode CLDR: "one" is 1 in English, Dutch, Turkish and Spanish, 0 and 1 in French; Arabic has six forms. */
static void plurals(void **state)
{
	(void)state;
	const uint64_t n[] = {0, 1, 2, 100};
	const unsigned nl[] = {1, 0, 1, 1}, fr[] = {0, 0, 1, 1};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(lang_plural(LANG_EN, n[i]), nl[i]);
		assert_int_equal(lang_plural(LANG_NL, n[i]), nl[i]);
		assert_int_equal(lang_plural(LANG_FR, n[i]), fr[i]);
		assert_int_equal(lang_plural(LANG_TR, n[i]), nl[i]);
		assert_int_equal(lang_plural(LANG_ES, n[i]), nl[i]);
	}
	const struct {
		uint64_t n;
		unsigned form;
	} ar[] = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {10, 3}, {11, 4}, {99, 4}, {100, 5}, {102, 5}, {103, 3}, {111, 4}, {1000, 5}};
	for (size_t i = 0; i < sizeof ar / sizeof *ar; i++)
		assert_int_equal(lang_plural(LANG_AR, ar[i].n), ar[i].form);
}

static void numbers(void **state)
{
	(void)state;
	IS(i18n_add_num(b, LANG_EN, 1234567), "1,234,567");
	IS(i18n_add_num(b, LANG_NL, 1234567), "1.234.567");
	IS(i18n_add_num(b, LANG_FR, 1234567), "1" NN "234" NN "567");
	IS(i18n_add_num(b, LANG_EN, 999), "999");
	IS(i18n_add_num(b, LANG_NL, -1000), "−1.000");
	IS(i18n_add_num(b, LANG_EN, INT64_MIN), "−9,223,372,036,854,775,808");
	IS(i18n_add_decimal(b, LANG_NL, de("1234.5678"), 0, 2), "1.234,57");
	IS(i18n_add_decimal(b, LANG_FR, de("3.50"), 0, 2), "3,5");
	IS(i18n_add_decimal(b, LANG_EN, de("3"), 1, 2), "3.0");
	IS(i18n_add_decimal(b, LANG_EN, de("2.5"), 0, 0), "3");
	IS(i18n_add_double(b, LANG_NL, 0.1, 0, 2), "0,1");
	IS(i18n_add_double(b, LANG_NL, (double)NAN, 0, 2), "–");
	IS(i18n_add_percent(b, LANG_EN, de("0.583"), 0), "58%");
	IS(i18n_add_percent(b, LANG_NL, de("0.583"), 1), "58,3%");
	IS(i18n_add_percent(b, LANG_FR, de("3.488"), 0), "349" NN "%");
	assert_false(percent_of(1, 0, 0).known);
}

static void amounts(void **state)
{
	(void)state;
	IS(i18n_add_money(b, LANG_EN, MONEY(123450, "EUR")), "€1,234.50");
	IS(i18n_add_money(b, LANG_NL, MONEY(123450, "EUR")), "€" NB "1.234,50");
	IS(i18n_add_money(b, LANG_FR, MONEY(123450, "EUR")), "1" NN "234,50" NB "€");
	IS(i18n_add_money(b, LANG_NL, MONEY(123400, "EUR")), "€" NB "1.234");
	IS(i18n_add_money(b, LANG_EN, MONEY(-5, "EUR")), "−€0.05");
	IS(i18n_add_money(b, LANG_EN, MONEY(1000, "USD")), "USD" NB "10");
	IS(i18n_add_money(b, LANG_EN, MONEY(1000, "JPY")), "JPY" NB "1,000");
	IS(i18n_add_money(b, LANG_EN, MONEY_NONE), "");
	IS(i18n_add_money_compact(b, LANG_EN, MONEY(410000000, "EUR")), "€4.1" NB "million");
	IS(i18n_add_money_compact(b, LANG_NL, MONEY(410000000, "EUR")), "€" NB "4,1" NB "miljoen");
	IS(i18n_add_money_compact(b, LANG_FR, MONEY(410000000, "EUR")),
	    "4,1" NB "millions" NB "d’euros");
	IS(i18n_add_money_compact(b, LANG_FR, MONEY(150000000, "EUR")),
	    "1,5" NB "million" NB "d’euros");
	IS(i18n_add_money_compact(b, LANG_NL, MONEY(25000049, "EUR")), "€" NB "250.000");
	IS(i18n_add_money_compact(b, LANG_EN, MONEY(99999999, "EUR")), "€1" NB "million");
	IS(i18n_add_money_compact(b, LANG_EN, MONEY(99996000000, "EUR")), "€1" NB "billion");
	IS(i18n_add_money_compact(b, LANG_FR, MONEY(200000000000, "USD")),
	    "2" NB "milliards" NB "USD");
}

static void dates(void **state)
{
	(void)state;
	IS(i18n_add_pdate(b, LANG_EN, pd("2010-03-19")), "19" NB "March 2010");
	IS(i18n_add_pdate(b, LANG_NL, pd("2010-03-19")), "19" NB "maart 2010");
	IS(i18n_add_pdate(b, LANG_FR, pd("2010-03-19")), "19" NB "mars 2010");
	IS(i18n_add_pdate(b, LANG_FR, pd("2010-08-01")), "1er" NB "août 2010");
	IS(i18n_add_pdate(b, LANG_NL, pd("2011-12")), "december 2011");
	IS(i18n_add_pdate(b, LANG_TR, pd("2010-03-19")), "19" NB "Mart 2010");
	IS(i18n_add_pdate(b, LANG_AR, pd("2010-03-19")), "19" NB "مارس 2010");
	IS(i18n_add_pdate(b, LANG_ES, pd("2010-03-19")), "19" NB "de marzo de 2010");
	IS(i18n_add_pdate(b, LANG_ES, pd("2011-12")), "diciembre de 2011");
	IS(i18n_add_pdate(b, LANG_EN, pd("2008")), "2008");
	IS(i18n_add_pdate(b, LANG_EN, PDATE_NONE), "");
	IS(i18n_add_date(b, LANG_EN, DATE_NONE), "");
	IS(i18n_add_range(b, LANG_EN, pd("2008"), pd("2010-03")), "2008 to March 2010");
	IS(i18n_add_range(b, LANG_NL, pd("2008"), PDATE_NONE), "vanaf 2008");
	IS(i18n_add_range(b, LANG_FR, pd("2010-03-19"), pd("2012")), "du 19" NB "mars 2010 à 2012");
	IS(i18n_add_range(b, LANG_FR, PDATE_NONE, pd("2012-02-02")),
	    "jusqu’au 2" NB "février 2012");
	IS(i18n_add_range(b, LANG_EN, pd("2008"), pd("2008")), "2008");
	IS(i18n_add_range(b, LANG_EN, PDATE_NONE, PDATE_NONE), "");
	IS(i18n_add_instant(b, LANG_EN, 1795508040000), "24" NB "November 2026, 08:14" NB "UTC");
}

static void countries(void **state)
{
	(void)state;
	assert_str(i18n_country(LANG_NL, STR("NL")), "Nederland");
	assert_str(i18n_country(LANG_FR, STR("DE")), "Allemagne");
	assert_str(i18n_country(LANG_EN, STR("XK")), "Kosovo");
	assert_str(i18n_country(LANG_TR, STR("NL")), "Hollanda");
	assert_str(i18n_country(LANG_AR, STR("MA")), "المغرب");
	assert_str(i18n_country(LANG_ES, STR("NL")), "Países Bajos");
	assert_str(i18n_country(LANG_EN, STR("QQ")), "QQ");
	assert_false(i18n_country_known(STR("EU")));
	size_t n = 0;
	for (str last = STR(""); i18n_country_code(n).p; n++) {
		assert_true(str_cmp(last, i18n_country_code(n)) < 0);
		last = i18n_country_code(n);
	}
	assert_int_equal(n, 250); /* ISO 3166-1 has 249 countries, and Kosovo */
}

static void order(void **state)
{
	(void)state;
	assert_true(i18n_compare(STR("Éthiopie"), STR("Fidji")) < 0);
	assert_true(i18n_compare(STR("côte"), STR("Cote")) != 0);
	assert_true(i18n_compare(STR("Zwitserland"), STR("Ålandseilanden")) > 0);
	AUTO_ARENA a = arena_new(1 << 20);
	const str words[] = {
	    STR("Benin"), STR("Bénin"), STR("benz"), STR("Égypte"), STR("egal"), STR("")};
	for (size_t i = 0; i < 6; i++)
		for (size_t k = 0; k < 6; k++) {
			int c = str_cmp(i18n_sort_key(a, words[i]), i18n_sort_key(a, words[k]));
			int d = i18n_compare(words[i], words[k]);
			assert_int_equal((c > 0) - (c < 0), (d > 0) - (d < 0));
		}
}

static void filled(void **state)
{
	(void)state;
	const str args[] = {STR("a"), STR("{0}")};
	IS(i18n_add_filled(b, STR("{1}-{0} {x} {7}{"), args, 2), "{0}-a {x} {");
	assert_str(i18n_text(LANG_NL, "no message of ours"), "no message of ours");
	assert_str(i18n_text(LANG_EN, "Total"), "Total");
	assert_str(i18n_text(LANG_NL, "Total"), "Totaal");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes),
	    cmocka_unit_test(plurals),
	    cmocka_unit_test(numbers),
	    cmocka_unit_test(amounts),
	    cmocka_unit_test(dates),
	    cmocka_unit_test(countries),
	    cmocka_unit_test(order),
	    cmocka_unit_test(filled),
	};
	return test_run(tests);
}
