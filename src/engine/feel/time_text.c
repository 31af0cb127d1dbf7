/* The texts of temporal values: XML Schema's lexical forms, and "@Zone/Name" instead of an offset. */
#include <inttypes.h>

#include "engine/feel/time.h"

struct reader {
	str s;
	size_t at;
};

static bool take(struct reader *r, char c)
{
	if (r->at >= r->s.n || r->s.p[r->at] != c)
		return false;
	r->at++;
	return true;
}

static bool is_digit(const struct reader *r)
{
	return r->at < r->s.n && r->s.p[r->at] >= '0' && r->s.p[r->at] <= '9';
}

/* Between least and most digits. */
static bool digits(struct reader *r, int least, int most, int64_t *ret)
{
	int64_t v = 0;
	int n = 0;
	for (; n < most && is_digit(r); n++)
		v = v * 10 + (r->s.p[r->at++] - '0');
	*ret = v;
	return n >= least && !is_digit(r);
}

static bool read_date(struct reader *r, fval *ret)
{
	bool neg = take(r, '-');
	size_t from = r->at;
	int64_t y, m, d;
	if (!digits(r, 4, 9, &y) || (r->at - from > 4 && r->s.p[from] == '0'))
		return false;
	return take(r, '-') && digits(r, 2, 2, &m) && take(r, '-') && digits(r, 2, 2, &d) &&
	    feel_date(neg ? -y : y, m, d, ret);
}

/* empty: "." without digits will do. */
static bool read_fraction(struct reader *r, bool empty, int64_t *ret_nanos)
{
	int64_t unit = FEEL_SECOND_NANOS / 10;
	*ret_nanos = 0;
	if (!take(r, '.'))
		return true;
	if (!is_digit(r))
		return empty;
	for (; is_digit(r); unit /= 10)
		*ret_nanos += (r->s.p[r->at++] - '0') * unit;
	return true;
}

enum { OFFSET_MOST_S = 18 * 3600 };

static bool read_zone(const struct feel_zones *zs, struct reader *r, int32_t *ret)
{
	*ret = FEEL_ZONE_NONE;
	if (r->at == r->s.n)
		return true;
	if (take(r, 'Z') || take(r, 'z')) {
		*ret = 0;
		return r->at == r->s.n;
	}
	if (take(r, '@')) {
		int32_t index = feel_zone_find(zs, str_sub(r->s, r->at, r->s.n));
		*ret = FEEL_ZONE_NAMED + index;
		return index >= 0;
	}
	bool neg = take(r, '-');
	int64_t h, m, s = 0;
	if ((!neg && !take(r, '+')) || !digits(r, 2, 2, &h) || !take(r, ':') || !digits(r, 2, 2, &m))
		return false;
	if (take(r, ':') && !digits(r, 2, 2, &s))
		return false;
	int64_t all = h * 3600 + m * 60 + s;
	if (m > 59 || s > 59 || all > OFFSET_MOST_S)
		return false;
	*ret = (int32_t)(neg ? -all : all);
	return r->at == r->s.n;
}

/* *ret_next: "24:00:00", which is the next day's midnight. */
static bool read_time(const struct feel_zones *zs, struct reader *r, fval *ret, bool *ret_next)
{
	int64_t h, m, s, nanos;
	int32_t zone;
	if (!digits(r, 2, 2, &h) || !take(r, ':') || !digits(r, 2, 2, &m) || !take(r, ':') || !digits(r, 2, 2, &s) ||
	    !read_fraction(r, false, &nanos) || !read_zone(zs, r, &zone))
		return false;
	*ret_next = h == 24 && m == 0 && s == 0 && nanos == 0;
	return feel_time(*ret_next ? 0 : h, m, s, nanos, zone, ret);
}

bool feel_parse_date(str s, fval *ret)
{
	struct reader r = {.s = s};
	fval v;
	if (!read_date(&r, &v) || r.at != s.n)
		return false;
	*ret = v;
	return true;
}

bool feel_parse_time(const struct feel_zones *zs, str s, fval *ret)
{
	struct reader r = {.s = s};
	bool next;
	return read_time(zs, &r, ret, &next);
}

bool feel_parse_date_time(const struct feel_zones *zs, str s, fval *ret)
{
	struct reader r = {.s = s};
	fval date, time;
	bool next;
	if (!read_date(&r, &date))
		return false;
	if (r.at == s.n)
		return feel_date_time(date.day, 0, FEEL_ZONE_NONE, ret);
	if (!take(&r, 'T') || !read_time(zs, &r, &time, &next))
		return false;
	return feel_date_time(date.day + next, time.nanos, time.zone, ret);
}

/* Digits and the unit behind them: *ret += number * factor. *any tells that one was there. */
static bool unit(struct reader *r, char c, int64_t factor, int64_t *ret, bool *any)
{
	size_t from = r->at;
	int64_t v = 0, product;
	while (is_digit(r))
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, r->s.p[r->at++] - '0', &v))
			return false;
	if (r->at == from || !take(r, c)) {
		r->at = from;
		return true;
	}
	*any = true;
	return !__builtin_mul_overflow(v, factor, &product) && !__builtin_add_overflow(*ret, product, ret);
}

static bool read_seconds(struct reader *r, int64_t *ret_s, int64_t *ret_nanos, bool *any)
{
	if (!is_digit(r))
		return true;
	int64_t v = 0;
	while (is_digit(r))
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, r->s.p[r->at++] - '0', &v))
			return false;
	*any = true;
	return read_fraction(r, true, ret_nanos) && take(r, 'S') && !__builtin_add_overflow(*ret_s, v, ret_s);
}

bool feel_parse_duration(str s, fval *ret)
{
	struct reader r = {.s = s};
	bool neg = take(&r, '-'), ym = false, dt = false, clock = false;
	int64_t months = 0, seconds = 0, nanos = 0;
	if (!take(&r, 'P') || !unit(&r, 'Y', 12, &months, &ym) || !unit(&r, 'M', 1, &months, &ym) ||
	    !unit(&r, 'D', 86400, &seconds, &dt))
		return false;
	if (take(&r, 'T')) {
		if (!unit(&r, 'H', 3600, &seconds, &clock) || !unit(&r, 'M', 60, &seconds, &clock) ||
		    !read_seconds(&r, &seconds, &nanos, &clock) || !clock)
			return false;
	}
	dt |= clock;
	if (r.at != s.n || ym == dt)
		return false;
	if (ym)
		*ret = feel_months(neg ? -months : months);
	else
		*ret = neg ? feel_days(-seconds, -nanos) : feel_days(seconds, nanos);
	return true;
}

bool feel_parse_temporal(const struct feel_zones *zs, str s, fval *ret)
{
	return feel_parse_date(s, ret) || feel_parse_time(zs, s, ret) || feel_parse_date_time(zs, s, ret) ||
	    feel_parse_duration(s, ret);
}

static void write_date(struct buf *b, int64_t day)
{
	struct feel_civil c = feel_civil_of(day);
	int64_t y = c.year < 0 ? -c.year : c.year;
	buf_addf(b, "%s%04" PRId64 "-%02d-%02d", c.year < 0 ? "-" : "", y, c.month, c.day);
}

static void write_fraction(struct buf *b, int64_t nanos)
{
	if (!nanos)
		return;
	char digits_of[9];
	for (size_t i = sizeof digits_of; i-- > 0; nanos /= 10)
		digits_of[i] = (char)('0' + nanos % 10);
	size_t n = sizeof digits_of;
	while (n && digits_of[n - 1] == '0')
		n--;
	buf_addc(b, '.');
	buf_add(b, (str){digits_of, n});
}

static void write_clock(struct buf *b, const struct feel_zones *zs, fval v)
{
	int64_t s = v.nanos / FEEL_SECOND_NANOS;
	buf_addf(b, "%02d:%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
	write_fraction(b, v.nanos % FEEL_SECOND_NANOS);
	if (v.zone == FEEL_ZONE_NONE)
		return;
	if (v.zone >= FEEL_ZONE_NAMED) {
		buf_addc(b, '@');
		buf_add(b, feel_zone_name(zs, v.zone - FEEL_ZONE_NAMED));
	} else if (v.zone == 0) {
		buf_addc(b, 'Z');
	} else {
		int32_t z = v.zone < 0 ? -v.zone : v.zone;
		buf_addf(b, "%c%02d:%02d", v.zone < 0 ? '-' : '+', z / 3600, z / 60 % 60);
		if (z % 60)
			buf_addf(b, ":%02d", z % 60);
	}
}

static void write_days(struct buf *b, fval v)
{
	int64_t s = v.seconds, f = v.fraction;
	if (s < 0) {
		buf_addc(b, '-');
		s = f ? -(s + 1) : -s;
		f = f ? FEEL_SECOND_NANOS - f : 0;
	}
	buf_addc(b, 'P');
	if (s / 86400)
		buf_addf(b, "%" PRId64 "D", s / 86400);
	int64_t rest = s % 86400;
	if (!rest && !f) {
		if (!s)
			buf_addz(b, "T0S");
		return;
	}
	buf_addc(b, 'T');
	if (rest / 3600)
		buf_addf(b, "%dH", (int)(rest / 3600));
	if (rest / 60 % 60)
		buf_addf(b, "%dM", (int)(rest / 60 % 60));
	if (rest % 60 || f) {
		buf_addf(b, "%d", (int)(rest % 60));
		write_fraction(b, f);
		buf_addc(b, 'S');
	}
}

static void write_months(struct buf *b, int64_t months)
{
	uint64_t m = months < 0 ? 0 - (uint64_t)months : (uint64_t)months;
	buf_addz(b, months < 0 ? "-P" : "P");
	if (m / 12)
		buf_addf(b, "%" PRIu64 "Y", m / 12);
	if (m % 12 || !m)
		buf_addf(b, "%" PRIu64 "M", m % 12);
}

void feel_time_write(struct buf *b, const struct feel_zones *zs, fval v)
{
	switch ((enum feel_kind)v.kind) {
	case FEEL_DATE:
		write_date(b, v.day);
		break;
	case FEEL_TIME:
		write_clock(b, zs, v);
		break;
	case FEEL_DATE_TIME:
		write_date(b, v.day);
		buf_addc(b, 'T');
		write_clock(b, zs, v);
		break;
	case FEEL_DAYS:
		write_days(b, v);
		break;
	case FEEL_MONTHS:
		write_months(b, v.months);
		break;
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
}
