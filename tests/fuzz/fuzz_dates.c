/* Dates: what is parsed is written as it was, and calendar days follow each other. */
#include "base/date.h"
#include "fuzz.h"

static void check_date(str s)
{
	date d, next;
	pdate p;
	AUTO_BUF b = BUF_INIT(100);
	if (date_parse(s, &d)) {
		buf_add_date(&b, d);
		FUZZ_CHECK(str_eq(buf_str(&b), s));
		struct civil c = date_to_civil(d);
		FUZZ_CHECK(date_from_civil(c.year, c.month, c.day, &next) && next.day == d.day);
		FUZZ_CHECK(date_weekday((date){d.day + 1}) == date_weekday(d) % 7 + 1);
		FUZZ_CHECK(date_parse_xsd(s, &next) && next.day == d.day);
	}
	buf_clear(&b);
	if (!pdate_parse(s, &p))
		return;
	buf_add_pdate(&b, p);
	FUZZ_CHECK(str_eq(buf_str(&b), s));
	date first = pdate_first(p), last = pdate_last(p);
	FUZZ_CHECK(first.day <= last.day && last.day - first.day < 366);
	FUZZ_CHECK(date_to_civil(first).year == pdate_year(p) &&
	           date_to_civil(last).year == pdate_year(p));
}

static void check_instant(str s)
{
	int64_t ms, again;
	AUTO_BUF b = BUF_INIT(100);
	if (!instant_parse(s, &ms))
		return;
	FUZZ_CHECK(ms % 1000 == 0 || str_find_char(s, '.') >= 0);
	struct civil c = date_to_civil(date_of_instant(ms));
	if (c.year < 1 || c.year > 9999) /* moved out of the calendar by its offset */
		return;
	buf_add_instant(&b, ms);
	FUZZ_CHECK(instant_parse(buf_str(&b), &again));
	FUZZ_CHECK(ms - again >= 0 && ms - again < 1000);
	buf_clear(&b);
	buf_add_http_date(&b, ms);
	int64_t http;
	FUZZ_CHECK(http_date_parse(buf_str(&b), &http) && http == again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	str s = {(const char *)data, n};
	date d;
	int64_t ms;
	check_date(s);
	check_instant(s);
	if (date_parse_xsd(s, &d)) {
		date plain;
		FUZZ_CHECK(date_parse(str_sub(s, 0, 10), &plain) && plain.day == d.day);
	}
	if (http_date_parse(s, &ms)) {
		AUTO_BUF b = BUF_INIT(100);
		buf_add_http_date(&b, ms);
		/* the name of the day is not looked at: the date says it */
		FUZZ_CHECK(str_eq(str_sub(buf_str(&b), 5, b.n), str_sub(s, 5, s.n)));
	}
	return 0;
}
