#include "feat/prices/currencies.h"

void currency_time(str code, int32_t *ret_from, int32_t *ret_to)
{
	static const struct {
		const char *code, *from, *to; /* NULL: open */
	} times[] = {
	    {"TRL", NULL, "2004-12-31"}, {"TRY", "2005-01-01", NULL}, /* 1,000,000 to 1 */
	    {"ROL", NULL, "2005-06-30"}, {"RON", "2005-07-01", NULL}, /* 10,000 to 1 */
	    {"SRG", NULL, "2003-12-31"}, {"SRD", "2004-01-01", NULL}, /* 1,000 to 1 */
	    {"GHC", NULL, "2007-12-31"}, {"GHS", "2007-07-03", NULL}, /* 10,000 to 1 */
	    {"MZM", NULL, "2006-12-31"}, {"MZN", "2006-07-01", NULL},
	    {"AZM", NULL, "2006-12-31"}, {"AZN", "2006-01-01", NULL},
	    {"ZMK", NULL, "2012-12-31"}, {"ZMW", "2013-01-01", NULL},
	    {"BYR", NULL, "2016-12-31"}, {"BYN", "2016-07-01", NULL},
	    {"MRO", NULL, "2018-12-31"}, {"MRU", "2018-01-01", NULL},
	    {"STD", NULL, "2018-12-31"}, {"STN", "2018-01-01", NULL},
	    {"SLL", NULL, "2024-03-31"}, {"SLE", "2022-07-01", NULL},
	    {"ANG", NULL, "2025-06-30"}, {"XCG", "2025-03-31", NULL},
	    {"ZWL", NULL, "2024-08-31"}, {"ZWG", "2024-04-05", NULL},
	    {"EUR", "1999-01-01", NULL}, {"CYP", NULL, "2007-12-31"}, {"MTL", NULL, "2007-12-31"}, {"SIT", NULL, "2006-12-31"},
	    {"SKK", NULL, "2008-12-31"}, {"EEK", NULL, "2010-12-31"}, {"LVL", NULL, "2013-12-31"}, {"LTL", NULL, "2014-12-31"},
	    {"HRK", NULL, "2022-12-31"}, {"BGN", NULL, "2025-12-31"},
	};
	*ret_from = INT32_MIN;
	*ret_to = INT32_MAX;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		date d;
		if (!str_is(code, times[i].code))
			continue;
		if (times[i].from && date_parse(str_of(times[i].from), &d))
			*ret_from = d.day;
		if (times[i].to && date_parse(str_of(times[i].to), &d))
			*ret_to = d.day;
	}
}

bool currency_in_use(str code, date on)
{
	int32_t from, to;
	currency_time(code, &from, &to);
	return on.day >= from && on.day <= to;
}
