/* Which days of rest make a transfer late. */
#include "feat/prices/file.h"

enum { DAY_MINUTES = 1440 };

static bool by_working_days(const struct prices_case *c, const struct compare_row *row)
{
	return c->offers[row->offer].flags & COMPARE_BUSINESS_DAYS && row->arrives >= c->question.now;
}

size_t prices_delays(const struct prices_case *c, const struct compare_row *row, struct prices_delay *ret)
{
	size_t n = 0;
	if (!by_working_days(c, row))
		return 0;
	for (int64_t day = c->question.now / DAY_MINUTES; day <= row->arrives / DAY_MINUTES && n < PRICES_DELAYS_MAX; day++) {
		if (compare_is_weekend(&c->calendars[0], day) || compare_is_weekend(&c->calendars[1], day))
			continue;
		for (size_t i = 0; i < 2 && n < PRICES_DELAYS_MAX; i++) {
			size_t at = compare_holiday(&c->calendars[i], day);
			if (at != SIZE_MAX)
				ret[n++] = (struct prices_delay){i, {(int32_t)day}, c->told[i] ? &c->told[i]->holidays[at] : NULL};
		}
	}
	return n;
}

bool prices_calendar_told(const struct prices_case *c, const struct compare_row *row, size_t country)
{
	const struct prices_calendar *t = c->told[country];
	return t && c->question.now / DAY_MINUTES >= t->first_day && row->arrives / DAY_MINUTES <= t->last_day;
}
