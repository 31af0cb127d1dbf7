#include "engine/feel/fn.h"
#include "engine/feel/time.h"

static fval bad_text(struct feel_vm *vm, const char *what, str s)
{
	return feel_vm_error(vm, "feel.literal", "\"%.*s\" is not %s", STR_ARG(str_sub(s, 0, 60)), what);
}

static bool whole(fval v, int64_t *ret)
{
	v = fn_single(v);
	return v.kind == FEEL_NUMBER && decimal_to_i64(v.number, ret);
}

fval fn_date(struct feel_vm *vm, const fval *args, size_t n)
{
	fval v = fn_single(args[0]), r;
	int64_t y, m, d;
	if (n == 3) {
		if (!whole(args[0], &y) || !whole(args[1], &m) || !whole(args[2], &d))
			return feel_vm_wrong(vm, args[0].kind != FEEL_NUMBER ? args[0] : args[1].kind != FEEL_NUMBER
				? args[1] : args[2], "a whole number");
		if (!feel_date(y, m, d, &r))
			return feel_vm_error(vm, "feel.range", "there is no such date");
		return r;
	}
	if (n != 1)
		return feel_vm_error(vm, "feel.arguments", "date() takes 1 or 3 arguments");
	if (v.kind == FEEL_DATE_TIME || v.kind == FEEL_DATE)
		return (fval){.kind = FEEL_DATE, .day = v.day};
	if (v.kind != FEEL_STRING)
		return feel_vm_wrong(vm, args[0], "a string, date or date and time");
	return feel_parse_date(v.string, &r) ? r : bad_text(vm, "a date", v.string);
}

enum { OFFSET_MOST_S = 18 * 3600 };

/* The zone of an optional offset (duration) or zone name. */
static bool zone_of(struct feel_vm *vm, fval v, bool names, int32_t *ret)
{
	*ret = FEEL_ZONE_NONE;
	if (v.kind == FEEL_NULL)
		return true;
	if (v.kind == FEEL_DAYS && v.fraction == 0 && v.seconds >= -OFFSET_MOST_S && v.seconds <= OFFSET_MOST_S) {
		*ret = (int32_t)v.seconds;
		return true;
	}
	int32_t index = names && v.kind == FEEL_STRING ? feel_zone_find(vm->zones, v.string) : -1;
	*ret = FEEL_ZONE_NAMED + index;
	return index >= 0;
}

/* A number of seconds that may have a fraction. */
static bool seconds(fval v, int64_t *ret_s, int64_t *ret_nanos)
{
	decimal s, f;
	v = fn_single(v);
	return v.kind == FEEL_NUMBER && decimal_round(v.number, 0, DECIMAL_FLOOR, &s) && decimal_to_i64(s, ret_s) &&
	    decimal_sub(v.number, s, &f) && decimal_mul(f, decimal_scaled(1, 9), &f) &&
	    decimal_round(f, 0, DECIMAL_DOWN, &f) && decimal_to_i64(decimal_trim(f), ret_nanos);
}

static fval clock_of(struct feel_vm *vm, const fval *args, size_t n, bool names)
{
	int64_t h, m, s, nanos;
	int32_t zone = FEEL_ZONE_NONE;
	fval r;
	if (!whole(args[0], &h) || !whole(args[1], &m) || !seconds(args[2], &s, &nanos))
		return feel_vm_wrong(vm, args[0].kind != FEEL_NUMBER ? args[0] : args[1].kind != FEEL_NUMBER ? args[1]
			: args[2], "a number");
	if (n > 3 && !zone_of(vm, args[3], names, &zone))
		return feel_vm_wrong(vm, args[3], "an offset of at most 18 hours");
	return feel_time(h, m, s, nanos, zone, &r) ? r : feel_vm_error(vm, "feel.range", "there is no such time");
}

fval fn_time(struct feel_vm *vm, const fval *args, size_t n)
{
	fval v = fn_single(args[0]), r;
	if (n >= 3)
		return clock_of(vm, args, n, false);
	if (n != 1)
		return feel_vm_error(vm, "feel.arguments", "time() takes 1, 3 or 4 arguments");
	if (v.kind == FEEL_DATE)
		return (fval){.kind = FEEL_TIME, .zone = 0};
	if (v.kind == FEEL_TIME || v.kind == FEEL_DATE_TIME)
		return (fval){.kind = FEEL_TIME, .zone = v.zone, .nanos = v.nanos};
	if (v.kind != FEEL_STRING)
		return feel_vm_wrong(vm, args[0], "a string, time or date and time");
	return feel_parse_time(vm->zones, v.string, &r) ? r : bad_text(vm, "a time", v.string);
}

fval fn_date_and_time(struct feel_vm *vm, const fval *args, size_t n)
{
	fval v = fn_single(args[0]), r;
	if (n >= 6) {
		fval day = fn_date(vm, args, 3), clock = clock_of(vm, args + 3, n - 3, true);
		if (day.kind != FEEL_DATE || clock.kind != FEEL_TIME)
			return day.kind == FEEL_DATE ? clock : day;
		return feel_date_time(day.day, clock.nanos, clock.zone, &r) ? r : FEEL_NULL_VALUE;
	}
	if (n == 2) {
		fval t = fn_single(args[1]);
		if (v.kind != FEEL_DATE && v.kind != FEEL_DATE_TIME)
			return feel_vm_wrong(vm, args[0], "a date");
		if (t.kind != FEEL_TIME)
			return feel_vm_wrong(vm, args[1], "a time");
		return feel_date_time(v.day, t.nanos, t.zone, &r) ? r : FEEL_NULL_VALUE;
	}
	if (n != 1)
		return feel_vm_error(vm, "feel.arguments", "date and time() takes 1, 2, 6 or 7 arguments");
	if (v.kind == FEEL_DATE_TIME)
		return v;
	if (v.kind == FEEL_DATE)
		return (fval){.kind = FEEL_DATE_TIME, .day = v.day, .zone = 0};
	if (v.kind != FEEL_STRING)
		return feel_vm_wrong(vm, args[0], "a string, date or date and time");
	return feel_parse_date_time(vm->zones, v.string, &r) ? r : bad_text(vm, "a date and time", v.string);
}

fval fn_duration(struct feel_vm *vm, const fval *args, size_t n)
{
	fval v = fn_single(args[0]), r;
	(void)n;
	if (v.kind == FEEL_DAYS || v.kind == FEEL_MONTHS)
		return v;
	if (v.kind != FEEL_STRING)
		return feel_vm_wrong(vm, args[0], "a string");
	return feel_parse_duration(v.string, &r) ? r : bad_text(vm, "a duration", v.string);
}

fval fn_months_between(struct feel_vm *vm, const fval *args, size_t n)
{
	fval a = fn_single(args[0]), b = fn_single(args[1]), r;
	(void)n;
	if (!feel_months_between(a, b, &r))
		return feel_vm_wrong(vm, a.kind == FEEL_DATE || a.kind == FEEL_DATE_TIME ? b : a, "a date");
	return r;
}

fval fn_now(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)args;
	(void)n;
	return vm->now.kind == FEEL_DATE_TIME ? vm->now
					      : feel_vm_error(vm, "feel.now", "this evaluation has no clock");
}

fval fn_today(struct feel_vm *vm, const fval *args, size_t n)
{
	fval now = fn_now(vm, args, n);
	return now.kind == FEEL_DATE_TIME ? (fval){.kind = FEEL_DATE, .day = now.day} : now;
}

static bool day_of(fval arg, int64_t *ret)
{
	fval v = fn_single(arg);
	*ret = v.day;
	return v.kind == FEEL_DATE || v.kind == FEEL_DATE_TIME;
}

fval fn_day_of_year(struct feel_vm *vm, const fval *args, size_t n)
{
	int64_t day;
	(void)n;
	if (!day_of(args[0], &day))
		return feel_vm_wrong(vm, args[0], "a date");
	return feel_int(day - feel_day_of(feel_civil_of(day).year, 1, 1) + 1);
}

fval fn_day_of_week(struct feel_vm *vm, const fval *args, size_t n)
{
	static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	    "Sunday"};
	int64_t day;
	(void)n;
	if (!day_of(args[0], &day))
		return feel_vm_wrong(vm, args[0], "a date");
	return feel_string(str_of(names[feel_weekday(day) - 1]));
}

fval fn_month_of_year(struct feel_vm *vm, const fval *args, size_t n)
{
	static const char *const names[] = {"January", "February", "March", "April", "May", "June", "July", "August",
	    "September", "October", "November", "December"};
	int64_t day;
	(void)n;
	if (!day_of(args[0], &day))
		return feel_vm_wrong(vm, args[0], "a date");
	return feel_string(str_of(names[feel_civil_of(day).month - 1]));
}

fval fn_week_of_year(struct feel_vm *vm, const fval *args, size_t n)
{
	int64_t day;
	(void)n;
	if (!day_of(args[0], &day))
		return feel_vm_wrong(vm, args[0], "a date");
	int64_t thursday = day - feel_weekday(day) + 4; /* ISO 8601: the week belongs to its Thursday's year */
	return feel_int((thursday - feel_day_of(feel_civil_of(thursday).year, 1, 1)) / 7 + 1);
}

/* Same kind and value, zones included. */
fval fn_is_same(struct feel_vm *vm, const fval *args, size_t n)
{
	fval a = args[0], b = args[1];
	(void)n;
	if (a.kind != b.kind)
		return feel_bool(false);
	if (a.kind == FEEL_TIME || a.kind == FEEL_DATE_TIME) {
		bool same_day = a.kind == FEEL_TIME || a.day == b.day;
		return feel_bool(same_day && a.nanos == b.nanos && a.zone == b.zone);
	}
	return feel_bool(feel_equal(vm->zones, a, b) == FEEL_YES);
}
