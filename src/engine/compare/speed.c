/* When it arrives: minutes, and days on which banks work. */
#include "engine/compare/inner.h"

enum { DAY = 1440, ARRIVAL_DAYS_MAX = 366, WEEK = 7, THURSDAY = 3 };

enum compare_speed compare_speed_class(int32_t latest)
{
	if (latest < 0)
		return COMPARE_SPEED_UNKNOWN;
	if (latest < 60)
		return COMPARE_SPEED_HOUR;
	if (latest < DAY)
		return COMPARE_SPEED_SAME_DAY;
	int32_t days = (latest + DAY - 1) / DAY;
	if (days == 1)
		return COMPARE_SPEED_NEXT_DAY;
	if (days == 2)
		return COMPARE_SPEED_2_DAYS;
	return days <= 5 ? COMPARE_SPEED_3_TO_5 : COMPARE_SPEED_6_OR_MORE;
}

size_t compare_holiday(const struct compare_calendar *c, int64_t day)
{
	size_t lo = 0, hi = c->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (c->holidays[mid] < day)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n && c->holidays[lo] == day ? lo : SIZE_MAX;
}

bool compare_is_weekend(const struct compare_calendar *c, int64_t day)
{
	int64_t weekday = (day % WEEK + WEEK + THURSDAY) % WEEK; /* day 0 was a Thursday */
	return c->weekend >> weekday & 1;
}

static bool rests(const struct compare_calendar *c, int64_t day)
{
	return c && (compare_is_weekend(c, day) || compare_holiday(c, day) != SIZE_MAX);
}

static int64_t day_of(int64_t minute)
{
	return minute >= 0 ? minute / DAY : -((-minute + DAY - 1) / DAY);
}

/* The first day from `day` on that neither country rests; -1 when there is none within `limit`. */
static int64_t working_day(int64_t day, int64_t limit, const struct compare_calendar *from, const struct compare_calendar *to)
{
	for (; day <= limit; day++)
		if (!rests(from, day) && !rests(to, day))
			return day;
	return -1;
}

int64_t compare_arrival(int64_t at, int32_t minutes, bool business_days, const struct compare_calendar *from,
    const struct compare_calendar *to)
{
	if (minutes < 0)
		return -1;
	if (!business_days)
		return at + minutes;
	int64_t first = day_of(at), limit = first + ARRIVAL_DAYS_MAX, day = working_day(first, limit, from, to);
	int64_t clock = day == first ? at - first * DAY : 0;
	for (int32_t left = minutes / DAY; left > 0 && day >= 0; left--)
		day = working_day(day + 1, limit, from, to);
	clock += minutes % DAY;
	if (clock >= DAY && day >= 0) {
		clock -= DAY;
		day = working_day(day + 1, limit, from, to);
	}
	return day < 0 ? -1 : day * DAY + clock;
}
