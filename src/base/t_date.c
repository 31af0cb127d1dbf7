#include "base/date.h"
#include "base/test.h"

#include <time.h>

static void agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int32_t day = -719162; day < 2932896; day += 97) { /* 0001-01-01 to 9999-12-31 */
		time_t t = (time_t)day * 86400;
		struct tm tm;
		assert_non_null(gmtime_r(&t, &tm));
		struct civil c = date_to_civil((date){day});
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(date_weekday((date){day}) % 7, tm.tm_wday);
		date back;
		assert_true(date_from_civil(c.year, c.month, c.day, &back));
		assert_int_equal(back.day, day);
	}
}

static void refuses_impossible_dates(void **state)
{
	(void)state;
	date d;
	const char *bad[] = {"2011-02-29", "2010-06-31", "2010-13-01", "2010-00-10", "2010-1-01",
	    "0000-01-01", "2010-01-01 ", "20100101", "2010/01/01", ""};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(date_parse(str_of(bad[i]), &d));
	assert_true(date_parse(STR("2012-02-29"), &d));
	assert_true(date_parse(STR("2000-02-29"), &d));
	assert_false(date_parse(STR("1900-02-29"), &d));
}

static void keeps_partial_dates_partial(void **state)
{
	(void)state;
	pdate p;
	AUTO_BUF b = BUF_INIT(100);
	assert_true(pdate_parse(STR("2008"), &p));
	buf_add_pdate(&b, p);
	buf_addc(&b, ' ');
	buf_add_date(&b, pdate_last(p));
	assert_true(pdate_parse(STR("2012-02"), &p));
	buf_addc(&b, ' ');
	buf_add_pdate(&b, p);
	buf_addc(&b, ' ');
	buf_add_date(&b, pdate_last(p));
	assert_str(buf_str(&b), "2008 2008-12-31 2012-02 2012-02-29");
	assert_false(pdate_parse(STR("2012-2"), &p));
}

static void reads_xsd_dates(void **state)
{
	(void)state;
	date d;
	const char *good[] = {"2017-02-06", "2017-02-06Z", "2017-02-06+08:00", "2017-02-06T00:00:00",
	    "2017-02-06T10:00:00.5Z"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(date_parse_xsd(str_of(good[i]), &d));
		assert_int_equal(d.day, 17203);
	}
	assert_false(date_parse_xsd(STR("2017-02-06+15:00"), &d));
	assert_false(date_parse_xsd(STR("2017-02-06X"), &d));
}

static void writes_and_reads_instants(void **state)
{
	(void)state;
	int64_t ms;
	assert_true(instant_parse(STR("1994-11-06T08:49:37Z"), &ms));
	AUTO_BUF b = BUF_INIT(100);
	buf_add_http_date(&b, ms);
	assert_str(buf_str(&b), "Sun, 06 Nov 1994 08:49:37 GMT"); /* RFC 9110, 5.6.7 */
	int64_t again;
	assert_true(http_date_parse(buf_str(&b), &again));
	assert_true(again == ms);
	assert_true(instant_parse(STR("2000-01-01T01:30:00.250+01:30"), &ms));
	assert_true(ms == 946684800250);
	assert_false(http_date_parse(STR("Sun, 31 Nov 1994 08:49:37 GMT"), &ms));
	assert_false(http_date_parse(STR("Sun, 06 Nov 1994-08:49:37 GMT"), &ms));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(agrees_with_the_c_library),
	    cmocka_unit_test(refuses_impossible_dates),
	    cmocka_unit_test(keeps_partial_dates_partial),
	    cmocka_unit_test(reads_xsd_dates),
	    cmocka_unit_test(writes_and_reads_instants),
	};
	return test_run(tests);
}
