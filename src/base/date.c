#include "base/date.h"

static bool leap(int32_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int32_t month_days(int32_t y, int32_t m)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return m == 2 && leap(y) ? 29 : days[m - 1];
}

/* Days from civil and back: eras of 400 years that begin on 1 March, so that the leap day is last.
 */
static int32_t days_from_civil(int32_t y, int32_t m, int32_t d)
{
	y -= m <= 2;
	int32_t era = (y >= 0 ? y : y - 399) / 400;
	int32_t yoe = y - era * 400;
	int32_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

bool date_from_civil(int32_t year, int32_t month, int32_t day, date *ret_d)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12)
		return false;
	if (day < 1 || day > month_days(year, month))
		return false;
	*ret_d = (date){days_from_civil(year, month, day)};
	return true;
}

struct civil date_to_civil(date d)
{
	int64_t z = (int64_t)d.day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int32_t m = (int32_t)(mp < 10 ? mp + 3 : mp - 9);
	return (struct civil){
	    .year = (int32_t)(yoe + era * 400 + (m <= 2)),
	    .month = m,
	    .day = (int32_t)(doy - (153 * mp + 2) / 5 + 1),
	};
}

int date_weekday(date d)
{
	int64_t w = ((int64_t)d.day + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int)(w < 0 ? w + 7 : w) + 1;
}

static bool digits(str s, size_t from, size_t n, int32_t *ret_v)
{
	int32_t v = 0;
	for (size_t i = from; i < from + n; i++) {
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*ret_v = v;
	return true;
}

bool pdate_parse(str s, pdate *ret_d)
{
	int32_t y, m = 1, d = 1;
	if ((s.n != 4 && s.n != 7 && s.n != 10) || !digits(s, 0, 4, &y))
		return false;
	if (s.n >= 7 && (s.p[4] != '-' || !digits(s, 5, 2, &m)))
		return false;
	if (s.n == 10 && (s.p[7] != '-' || !digits(s, 8, 2, &d)))
		return false;
	date whole;
	if (!date_from_civil(y, m, d, &whole))
		return false;
	uint8_t precision = s.n == 4   ? DATE_PRECISION_YEAR
	                    : s.n == 7 ? DATE_PRECISION_MONTH
	                               : DATE_PRECISION_DAY;
	*ret_d = (pdate){whole.day, precision};
	return true;
}

bool date_parse(str s, date *ret_d)
{
	pdate p;
	if (s.n != 10 || !pdate_parse(s, &p))
		return false;
	*ret_d = (date){p.day};
	return true;
}

static bool zone_ok(str z)
{
	int32_t h, m;
	if (z.n == 1)
		return z.p[0] == 'Z';
	return z.n == 6 && (z.p[0] == '+' || z.p[0] == '-') && z.p[3] == ':' &&
	       digits(z, 1, 2, &h) && digits(z, 4, 2, &m) && m < 60 && h * 60 + m <= 14 * 60;
}

bool date_parse_xsd(str s, date *ret_d)
{
	int64_t ms;
	date d;
	if (s.n > 10 && s.p[10] == 'T') {
		str head = str_sub(s, 0, 10);
		bool zoned = instant_parse(s, &ms);
		AUTO_BUF with_zone = BUF_INIT(64);
		buf_add(&with_zone, str_sub(s, 0, 60));
		buf_addc(&with_zone, 'Z');
		if (!zoned && !instant_parse(buf_str(&with_zone), &ms))
			return false;
		return date_parse(head, ret_d);
	}
	if (!date_parse(str_sub(s, 0, 10), &d))
		return false;
	if (s.n > 10 && !zone_ok(str_sub(s, 10, s.n)))
		return false;
	*ret_d = d;
	return true;
}

pdate pdate_of(date d)
{
	return date_is(d) ? (pdate){d.day, DATE_PRECISION_DAY} : PDATE_NONE;
}

date pdate_last(pdate d)
{
	if (d.precision == DATE_PRECISION_NONE)
		return DATE_NONE;
	struct civil c = date_to_civil((date){d.day});
	if (d.precision == DATE_PRECISION_YEAR)
		c.month = 12;
	if (d.precision != DATE_PRECISION_DAY)
		c.day = month_days(c.year, c.month);
	return (date){days_from_civil(c.year, c.month, c.day)};
}

int32_t pdate_year(pdate d)
{
	return d.precision ? date_to_civil((date){d.day}).year : 0;
}

void buf_add_pdate(struct buf *b, pdate d)
{
	if (d.precision == DATE_PRECISION_NONE)
		return;
	struct civil c = date_to_civil((date){d.day});
	buf_addf(b, "%04d", c.year);
	if (d.precision >= DATE_PRECISION_MONTH)
		buf_addf(b, "-%02d", c.month);
	if (d.precision >= DATE_PRECISION_DAY)
		buf_addf(b, "-%02d", c.day);
}

void buf_add_date(struct buf *b, date d)
{
	buf_add_pdate(b, pdate_of(d));
}

enum { DAY_MS = 86400000 };

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

date date_of_instant(int64_t utc_ms)
{
	return (date){(int32_t)floor_div(utc_ms, DAY_MS)};
}

struct time_of_day {
	int hour, minute, second;
};

static struct time_of_day time_of_instant(int64_t utc_ms)
{
	int s = (int)((utc_ms - floor_div(utc_ms, DAY_MS) * DAY_MS) / 1000);
	return (struct time_of_day){s / 3600, s / 60 % 60, s % 60};
}

void buf_add_instant(struct buf *b, int64_t utc_ms)
{
	struct time_of_day t = time_of_instant(utc_ms);
	buf_add_date(b, date_of_instant(utc_ms));
	buf_addf(b, "T%02d:%02d:%02dZ", t.hour, t.minute, t.second);
}

static bool time_ms(str s, size_t at, int64_t *ret_ms)
{
	int32_t h, m, sec;
	if (!digits(s, at, 2, &h) || !digits(s, at + 3, 2, &m) || !digits(s, at + 6, 2, &sec))
		return false;
	if (s.p[at + 2] != ':' || s.p[at + 5] != ':' || h > 23 || m > 59 || sec > 59)
		return false;
	*ret_ms = ((int64_t)h * 3600 + m * 60 + sec) * 1000;
	return true;
}

bool instant_parse(str s, int64_t *ret_utc_ms)
{
	date d;
	int64_t ms;
	if (s.n < 20 || s.p[10] != 'T' || !date_parse(str_sub(s, 0, 10), &d) ||
	    !time_ms(s, 11, &ms))
		return false;
	size_t i = 19;
	if (s.p[i] == '.') {
		int64_t unit = 100;
		size_t first = ++i;
		for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, unit /= 10)
			ms += (s.p[i] - '0') * unit;
		if (i == first)
			return false;
	}
	str zone = str_sub(s, i, s.n);
	if (!zone_ok(zone))
		return false;
	if (zone.n == 6) {
		int32_t h = 0, m = 0;
		(void)digits(zone, 1, 2, &h);
		(void)digits(zone, 4, 2, &m);
		ms -= (zone.p[0] == '-' ? -1 : 1) * ((int64_t)h * 60 + m) * 60000;
	}
	*ret_utc_ms = (int64_t)d.day * DAY_MS + ms;
	return true;
}

static const char day_names[] = "MonTueWedThuFriSatSun";
static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

void buf_add_http_date(struct buf *b, int64_t utc_ms)
{
	date d = date_of_instant(utc_ms);
	struct civil c = date_to_civil(d);
	struct time_of_day t = time_of_instant(utc_ms);
	buf_addf(b, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
	    day_names + (date_weekday(d) - 1) * 3, c.day, month_names + (c.month - 1) * 3, c.year,
	    t.hour, t.minute, t.second);
}

bool http_date_parse(str s, int64_t *ret_utc_ms)
{
	int32_t day, year;
	int64_t ms;
	date d;
	if (s.n != 29 || !str_ends(s, STR(" GMT")) || s.p[3] != ',' || s.p[4] != ' ' ||
	    s.p[7] != ' ' || s.p[11] != ' ' || s.p[16] != ' ' || !digits(s, 5, 2, &day) ||
	    !digits(s, 12, 4, &year) || !time_ms(s, 17, &ms))
		return false;
	for (int32_t m = 1; m <= 12; m++) {
		if (memcmp(s.p + 8, month_names + (m - 1) * 3, 3) != 0)
			continue;
		if (!date_from_civil(year, m, day, &d))
			return false;
		*ret_utc_ms = (int64_t)d.day * DAY_MS + ms;
		return true;
	}
	return false;
}
