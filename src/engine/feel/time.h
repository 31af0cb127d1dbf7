#pragma once
/* Dates, times, date-times and durations of FEEL: text, parts, order and arithmetic. Years up to
 * FEEL_YEAR_MOST either side of 0; nanoseconds. zs may be NULL where no named zone occurs. */
#include "engine/feel/value.h"
#include "engine/feel/zone.h"

#define FEEL_DAY_NANOS 86400000000000LL
#define FEEL_SECOND_NANOS 1000000000LL

struct feel_civil {
	int64_t year;
	int32_t month, day;
};

/* Days since 1970-01-01; month 1 to 12, day may lie outside the month. */
int64_t feel_day_of(int64_t year, int32_t month, int32_t day);
struct feel_civil feel_civil_of(int64_t day);
int32_t feel_month_days(int64_t year, int32_t month);
/* 1 = Monday … 7 = Sunday */
int32_t feel_weekday(int64_t day);

/* False for an impossible date. */
bool feel_date(int64_t year, int64_t month, int64_t day, fval *ret);
/* False for an impossible time; zone as in struct feel_value. */
bool feel_time(int64_t hour, int64_t minute, int64_t second, int64_t nanos, int32_t zone, fval *ret);
fval feel_days(int64_t seconds, int64_t nanos);
fval feel_months(int64_t months);
/* False when the date is out of range. nanos may lie outside the day. */
bool feel_date_time(int64_t day, int64_t nanos, int32_t zone, fval *ret);

/* Texts in the forms of XML Schema, with "@Zone/Name" allowed where an offset is. False for anything else. */
bool feel_parse_date(str s, fval *ret);
bool feel_parse_time(const struct feel_zones *zs, str s, fval *ret);
bool feel_parse_date_time(const struct feel_zones *zs, str s, fval *ret);
bool feel_parse_duration(str s, fval *ret);
/* Any of them, as behind "@". */
bool feel_parse_temporal(const struct feel_zones *zs, str s, fval *ret);

void feel_time_write(struct buf *b, const struct feel_zones *zs, fval v);

/* Offset in seconds of a time or date-time; false without zone. */
bool feel_offset_of(const struct feel_zones *zs, fval v, int32_t *ret_s);
/* Order of two times or two date-times; false when one has a zone and the other has not. */
bool feel_time_compare(const struct feel_zones *zs, fval a, fval b, int *ret);
/* As feel_time_compare, for "=": whole seconds, as the standard compares the parts. */
bool feel_time_same(const struct feel_zones *zs, fval a, fval b);

/* a + b for a point in time and a duration, or two durations of one kind; sign -1 subtracts. False when the
 * operation does not exist or leaves the range. */
bool feel_time_add(const struct feel_zones *zs, fval a, fval b, int sign, fval *ret);
/* a - b for two points in time: a days and time duration. */
bool feel_time_between(const struct feel_zones *zs, fval a, fval b, fval *ret);
/* A duration in its smallest unit (months, or seconds with fraction), and back (rounded towards zero). */
decimal feel_duration_number(fval v);
bool feel_duration_of(enum feel_kind kind, decimal number, fval *ret);
/* Whole months from a to b (dates or date-times), towards zero. */
bool feel_months_between(fval a, fval b, fval *ret);
/* The property ("year", "time offset" …) of a temporal value; false when it has none of that name. */
bool feel_time_part(struct arena *a, const struct feel_zones *zs, fval v, str name, fval *ret);
