#include "engine/feel/time.h"

int64_t feel_day_of(int64_t y, int32_t m, int32_t d)
{
	y -= m <= 2; /* eras of 400 years that begin on 1 March, so that the leap day is last */
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct feel_civil feel_civil_of(int64_t day)
{
	int64_t z = day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int32_t m = (int32_t)(mp < 10 ? mp + 3 : mp - 9);
	return (struct feel_civil){yoe + era * 400 + (m <= 2), m, (int32_t)(doy - (153 * mp + 2) / 5 + 1)};
}

int32_t feel_month_days(int64_t y, int32_t m)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	return m == 2 && leap ? 29 : days[m - 1];
}

int32_t feel_weekday(int64_t day)
{
	int64_t w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int32_t)(w < 0 ? w + 7 : w) + 1;
}

static bool year_ok(int64_t y)
{
	return y >= -FEEL_YEAR_MOST && y <= FEEL_YEAR_MOST;
}

bool feel_date(int64_t year, int64_t month, int64_t day, fval *ret)
{
	if (!year_ok(year) || month < 1 || month > 12 || day < 1 || day > feel_month_days(year, (int32_t)month))
		return false;
	*ret = (fval){.kind = FEEL_DATE, .day = feel_day_of(year, (int32_t)month, (int32_t)day)};
	return true;
}

bool feel_time(int64_t h, int64_t m, int64_t s, int64_t nanos, int32_t zone, fval *ret)
{
	if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59)
		return false;
	*ret = (fval){.kind = FEEL_TIME, .zone = zone, .nanos = ((h * 60 + m) * 60 + s) * FEEL_SECOND_NANOS + nanos};
	return true;
}

fval feel_days(int64_t seconds, int64_t nanos)
{
	int64_t carry = nanos / FEEL_SECOND_NANOS - (nanos % FEEL_SECOND_NANOS < 0);
	return (fval){.kind = FEEL_DAYS, .seconds = seconds + carry, .fraction = nanos - carry * FEEL_SECOND_NANOS};
}

fval feel_months(int64_t months)
{
	return (fval){.kind = FEEL_MONTHS, .months = months};
}

bool feel_date_time(int64_t day, int64_t nanos, int32_t zone, fval *ret)
{
	int64_t carry = nanos / FEEL_DAY_NANOS - (nanos % FEEL_DAY_NANOS < 0);
	day += carry;
	if (!year_ok(feel_civil_of(day).year))
		return false;
	*ret = (fval){.kind = FEEL_DATE_TIME, .zone = zone, .day = day, .nanos = nanos - carry * FEEL_DAY_NANOS};
	return true;
}

bool feel_offset_of(const struct feel_zones *zs, fval v, int32_t *ret_s)
{
	if (v.zone == FEEL_ZONE_NONE)
		return false;
	if (v.zone < FEEL_ZONE_NAMED)
		*ret_s = v.zone;
	else if (v.kind == FEEL_TIME)
		*ret_s = feel_zone_standard(zs, v.zone - FEEL_ZONE_NAMED);
	else
		*ret_s = feel_zone_offset_local(zs, v.zone - FEEL_ZONE_NAMED,
		    v.day * 86400 + v.nanos / FEEL_SECOND_NANOS);
	return true;
}

/* Seconds since 1970 UTC, or local ones without zone; a time counts from its day. */
static int64_t seconds_of(const struct feel_zones *zs, fval v, bool *ret_zoned)
{
	int32_t offset = 0;
	*ret_zoned = feel_offset_of(zs, v, &offset);
	return (v.kind == FEEL_TIME ? 0 : v.day * 86400) + v.nanos / FEEL_SECOND_NANOS - offset;
}

bool feel_time_compare(const struct feel_zones *zs, fval a, fval b, int *ret)
{
	bool za, zb;
	int64_t sa = seconds_of(zs, a, &za), sb = seconds_of(zs, b, &zb);
	if (a.kind != b.kind || za != zb)
		return false;
	int64_t na = a.nanos % FEEL_SECOND_NANOS, nb = b.nanos % FEEL_SECOND_NANOS;
	*ret = sa != sb ? (sa < sb ? -1 : 1) : na < nb ? -1 : na > nb;
	return true;
}

bool feel_time_same(const struct feel_zones *zs, fval a, fval b)
{
	bool za, zb;
	int64_t sa = seconds_of(zs, a, &za), sb = seconds_of(zs, b, &zb);
	return a.kind == b.kind && za == zb && sa == sb;
}

static bool add_months(fval v, int64_t months, fval *ret)
{
	struct feel_civil c = feel_civil_of(v.day);
	int64_t all;
	if (__builtin_add_overflow(c.year * 12 + c.month - 1, months, &all))
		return false;
	int64_t year = all / 12 - (all % 12 < 0);
	int32_t month = (int32_t)(all - year * 12) + 1;
	if (!year_ok(year))
		return false;
	int32_t last = feel_month_days(year, month);
	*ret = v;
	ret->day = feel_day_of(year, month, c.day > last ? last : c.day);
	return true;
}

/* The local date-time in v's zone of an instant. */
static bool at_instant(const struct feel_zones *zs, fval v, int64_t utc_s, int64_t fraction, fval *ret)
{
	int32_t offset = v.zone < FEEL_ZONE_NAMED ? v.zone : feel_zone_offset(zs, v.zone - FEEL_ZONE_NAMED, utc_s);
	int64_t local = utc_s + offset;
	int64_t day = local / 86400 - (local % 86400 < 0);
	return feel_date_time(day, (local - day * 86400) * FEEL_SECOND_NANOS + fraction, v.zone, ret);
}

enum { SECONDS_MOST_BITS = 56 }; /* sums of such seconds cannot overflow */

static bool sane(int64_t seconds)
{
	return seconds < (1LL << SECONDS_MOST_BITS) && seconds > -(1LL << SECONDS_MOST_BITS);
}

static bool add_days(const struct feel_zones *zs, fval v, fval d, int sign, fval *ret)
{
	if (!sane(d.seconds))
		return false;
	int64_t s = d.seconds * sign, f = d.fraction * sign;
	if (v.kind == FEEL_TIME) {
		int64_t nanos = (s % 86400) * FEEL_SECOND_NANOS + f + v.nanos;
		nanos = (nanos % FEEL_DAY_NANOS + FEEL_DAY_NANOS) % FEEL_DAY_NANOS;
		*ret = v;
		ret->nanos = nanos;
		return true;
	}
	if (v.kind == FEEL_DATE) {
		fval moved;
		if (!feel_date_time(v.day + s / 86400, (s % 86400) * FEEL_SECOND_NANOS + f, FEEL_ZONE_NONE, &moved))
			return false;
		*ret = (fval){.kind = FEEL_DATE, .day = moved.day};
		return true;
	}
	if (v.zone == FEEL_ZONE_NONE)
		return feel_date_time(v.day + s / 86400, (s % 86400) * FEEL_SECOND_NANOS + f + v.nanos, v.zone, ret);
	bool zoned;
	return at_instant(zs, v, seconds_of(zs, v, &zoned) + s, v.nanos % FEEL_SECOND_NANOS + f, ret);
}

bool feel_time_add(const struct feel_zones *zs, fval a, fval b, int sign, fval *ret)
{
	if (a.kind == FEEL_MONTHS && b.kind == FEEL_MONTHS) {
		int64_t sum;
		if (__builtin_add_overflow(a.months, b.months * sign, &sum))
			return false;
		*ret = feel_months(sum);
		return true;
	}
	if (a.kind == FEEL_DAYS && b.kind == FEEL_DAYS) {
		if (!sane(a.seconds) || !sane(b.seconds))
			return false;
		*ret = feel_days(a.seconds + b.seconds * sign, a.fraction + b.fraction * sign);
		return true;
	}
	if (b.kind == FEEL_MONTHS && (a.kind == FEEL_DATE || a.kind == FEEL_DATE_TIME))
		return add_months(a, b.months * sign, ret);
	if (b.kind == FEEL_DAYS && (a.kind == FEEL_DATE || a.kind == FEEL_DATE_TIME || a.kind == FEEL_TIME))
		return add_days(zs, a, b, sign, ret);
	return false;
}

/* A date where a date-time is wanted: midnight UTC. */
static fval as_date_time(fval v)
{
	return v.kind == FEEL_DATE ? (fval){.kind = FEEL_DATE_TIME, .day = v.day, .zone = 0} : v;
}

bool feel_time_between(const struct feel_zones *zs, fval a, fval b, fval *ret)
{
	fval x = as_date_time(a), y = as_date_time(b);
	bool zx, zy;
	if (x.kind != y.kind || (x.kind != FEEL_DATE_TIME && x.kind != FEEL_TIME))
		return false;
	int64_t s = seconds_of(zs, x, &zx) - seconds_of(zs, y, &zy);
	if (zx != zy)
		return false;
	*ret = feel_days(s, x.nanos % FEEL_SECOND_NANOS - y.nanos % FEEL_SECOND_NANOS);
	return true;
}

decimal feel_duration_number(fval v)
{
	decimal whole = decimal_of(v.kind == FEEL_MONTHS ? v.months : v.seconds), sum;
	if (v.kind == FEEL_MONTHS || v.fraction == 0)
		return whole;
	return decimal_add(whole, decimal_scaled(v.fraction, -9), &sum) ? sum : whole;
}

bool feel_duration_of(enum feel_kind kind, decimal number, fval *ret)
{
	decimal whole, rest;
	int64_t units, nanos = 0;
	if (!decimal_round(number, 0, DECIMAL_DOWN, &whole) || !decimal_to_i64(whole, &units) || !sane(units))
		return false;
	if (kind == FEEL_MONTHS) {
		*ret = feel_months(units);
		return true;
	}
	if (!decimal_sub(number, whole, &rest) || !decimal_round(rest, 9, DECIMAL_DOWN, &rest) ||
	    !decimal_mul(rest, decimal_scaled(1, 9), &rest) || !decimal_to_i64(decimal_trim(rest), &nanos))
		return false;
	*ret = feel_days(units, nanos);
	return true;
}

bool feel_months_between(fval a, fval b, fval *ret)
{
	if ((a.kind != FEEL_DATE && a.kind != FEEL_DATE_TIME) || (b.kind != FEEL_DATE && b.kind != FEEL_DATE_TIME))
		return false;
	struct feel_civil x = feel_civil_of(a.day), y = feel_civil_of(b.day);
	int64_t na = a.kind == FEEL_DATE ? 0 : a.nanos, nb = b.kind == FEEL_DATE ? 0 : b.nanos;
	int64_t months = (y.year - x.year) * 12 + y.month - x.month;
	bool b_earlier = y.day != x.day ? y.day < x.day : nb < na;
	bool b_later = y.day != x.day ? y.day > x.day : nb > na;
	if (months > 0 && b_earlier)
		months--;
	else if (months < 0 && b_later)
		months++;
	*ret = feel_months(months);
	return true;
}

static bool set_int(fval *ret, int64_t v)
{
	*ret = feel_int(v);
	return true;
}

static bool date_part(fval v, str name, fval *ret)
{
	struct feel_civil c = feel_civil_of(v.day);
	if (str_is(name, "year"))
		return set_int(ret, c.year);
	if (str_is(name, "month"))
		return set_int(ret, c.month);
	if (str_is(name, "day"))
		return set_int(ret, c.day);
	return str_is(name, "weekday") && set_int(ret, feel_weekday(v.day));
}

static bool clock_part(const struct feel_zones *zs, fval v, str name, fval *ret)
{
	int64_t s = v.nanos / FEEL_SECOND_NANOS;
	int32_t offset;
	if (str_is(name, "hour"))
		return set_int(ret, s / 3600);
	if (str_is(name, "minute"))
		return set_int(ret, s / 60 % 60);
	if (str_is(name, "second"))
		return set_int(ret, s % 60);
	if (str_is(name, "time offset")) {
		*ret = feel_offset_of(zs, v, &offset) ? feel_days(offset, 0) : FEEL_NULL_VALUE;
		return true;
	}
	if (str_is(name, "timezone")) {
		*ret = v.zone >= FEEL_ZONE_NAMED ? feel_string(feel_zone_name(zs, v.zone - FEEL_ZONE_NAMED))
						 : FEEL_NULL_VALUE;
		return true;
	}
	return false;
}

static bool days_part(fval v, str name, fval *ret)
{
	/* parts carry the sign of the whole */
	bool neg = v.seconds < 0;
	int64_t s = neg && v.fraction ? v.seconds + 1 : v.seconds;
	if (str_is(name, "days"))
		return set_int(ret, s / 86400);
	if (str_is(name, "hours"))
		return set_int(ret, s / 3600 % 24);
	if (str_is(name, "minutes"))
		return set_int(ret, s / 60 % 60);
	return str_is(name, "seconds") && set_int(ret, s % 60);
}

bool feel_time_part(struct arena *a, const struct feel_zones *zs, fval v, str name, fval *ret)
{
	(void)a;
	switch ((enum feel_kind)v.kind) {
	case FEEL_DATE:
		return date_part(v, name, ret);
	case FEEL_TIME:
		return clock_part(zs, v, name, ret);
	case FEEL_DATE_TIME:
		return date_part(v, name, ret) || clock_part(zs, v, name, ret);
	case FEEL_DAYS:
		return days_part(v, name, ret);
	case FEEL_MONTHS:
		if (str_is(name, "years"))
			return set_int(ret, v.months / 12);
		return str_is(name, "months") && set_int(ret, v.months % 12);
	case FEEL_NULL:
	case FEEL_BOOL:
	case FEEL_NUMBER:
	case FEEL_STRING:
	case FEEL_LIST:
	case FEEL_CONTEXT:
	case FEEL_RANGE:
	case FEEL_FUNCTION:
	case FEEL_INTERNAL:
		break;
	}
	return false;
}
