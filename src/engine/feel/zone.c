#include "engine/feel/zone.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "engine/feel/time.h"

/* One end of summer time in the footer: the w-th weekday d of month m (5: the last), or a day of the year. */
struct rule {
	char kind;        /* 'M', 'J' (1-365, 29 February never counted) or 'D' (0-365) */
	int32_t m, w, d;
	int32_t at_s;     /* local seconds of the day; may be negative or beyond a day */
};

struct zone {
	str name;
	size_t n;
	const int64_t *at;       /* transitions, rising */
	const int32_t *offset;   /* from at[i] on */
	int32_t first;           /* before the first transition */
	bool has_footer, has_summer;
	int32_t standard, summer; /* offsets by the footer */
	struct rule begin, end;
};

struct feel_zones {
	struct arena *arena;
	VEC(struct zone) zones;
	struct map *by_name;
};

struct feel_zones *feel_zones_new(struct arena *a)
{
	struct feel_zones *zs = ARENA_NEW(a, struct feel_zones);
	if (zs) {
		zs->arena = a;
		zs->by_name = map_new(a, 0x7a6f6e65);
	}
	return zs && zs->by_name ? zs : NULL;
}

static uint64_t big_endian(const char *p, size_t n)
{
	uint64_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

struct counts {
	size_t isut, isstd, leap, time, type, chars;
};

enum { HEADER = 44, TIMES_MOST = 10000 };

static bool read_header(str s, struct counts *ret)
{
	if (s.n < HEADER || memcmp(s.p, "TZif", 4) != 0)
		return false;
	struct counts c = {
	    .isut = big_endian(s.p + 20, 4), .isstd = big_endian(s.p + 24, 4), .leap = big_endian(s.p + 28, 4),
	    .time = big_endian(s.p + 32, 4), .type = big_endian(s.p + 36, 4), .chars = big_endian(s.p + 40, 4)};
	*ret = c;
	return c.isut <= 256 && c.isstd <= 256 && c.leap <= TIMES_MOST && c.time <= TIMES_MOST && c.type &&
	    c.type <= 256 && c.chars <= 4096;
}

static size_t body_size(const struct counts *c, size_t time_size)
{
	return c->time * time_size + c->time + c->type * 6 + c->chars + c->leap * (time_size + 4) +
	    c->isstd + c->isut;
}

/* The POSIX TZ text of the footer, RFC 8536 section 3.3. */
struct footer {
	str s;
	size_t at;
};

static bool skip_name(struct footer *f)
{
	size_t from = f->at;
	if (f->at < f->s.n && f->s.p[f->at] == '<') {
		while (f->at < f->s.n && f->s.p[f->at] != '>')
			f->at++;
		f->at++;
		return f->at <= f->s.n;
	}
	while (f->at < f->s.n && (f->s.p[f->at] | 32) >= 'a' && (f->s.p[f->at] | 32) <= 'z')
		f->at++;
	return f->at > from;
}

static bool number(struct footer *f, int32_t *ret)
{
	size_t from = f->at;
	int32_t v = 0;
	while (f->at < f->s.n && f->s.p[f->at] >= '0' && f->s.p[f->at] <= '9' && v < 10000)
		v = v * 10 + (f->s.p[f->at++] - '0');
	*ret = v;
	return f->at > from;
}

static bool take(struct footer *f, char c)
{
	if (f->at >= f->s.n || f->s.p[f->at] != c)
		return false;
	f->at++;
	return true;
}

/* [+-]hh[:mm[:ss]] in seconds */
static bool clock_time(struct footer *f, int32_t *ret)
{
	bool neg = take(f, '-');
	if (!neg)
		(void)take(f, '+');
	int32_t h, m = 0, s = 0;
	if (!number(f, &h) || (take(f, ':') && !number(f, &m)) || (take(f, ':') && !number(f, &s)))
		return false;
	*ret = (h * 3600 + m * 60 + s) * (neg ? -1 : 1);
	return true;
}

static bool read_rule(struct footer *f, struct rule *r)
{
	*r = (struct rule){.kind = 'D', .at_s = 7200};
	if (!take(f, ','))
		return false;
	if (take(f, 'M')) {
		r->kind = 'M';
		if (!number(f, &r->m) || !take(f, '.') || !number(f, &r->w) || !take(f, '.') || !number(f, &r->d))
			return false;
		if (r->m < 1 || r->m > 12 || r->w < 1 || r->w > 5 || r->d > 6)
			return false;
	} else {
		r->kind = take(f, 'J') ? 'J' : 'D';
		if (!number(f, &r->d) || r->d > 365)
			return false;
	}
	return !take(f, '/') || clock_time(f, &r->at_s);
}

static bool read_footer(str s, struct zone *z)
{
	struct footer f = {.s = s};
	if (s.n == 0)
		return true;
	if (!skip_name(&f) || !clock_time(&f, &z->standard))
		return false;
	z->standard = -z->standard;
	z->has_footer = true;
	if (f.at == s.n)
		return true;
	if (!skip_name(&f))
		return false;
	z->summer = z->standard + 3600;
	if (f.at < s.n && s.p[f.at] != ',') {
		if (!clock_time(&f, &z->summer))
			return false;
		z->summer = -z->summer;
	}
	z->has_summer = true;
	return read_rule(&f, &z->begin) && read_rule(&f, &z->end) && f.at == s.n;
}

static bool read_body(struct feel_zones *zs, str body, const struct counts *c, struct zone *z)
{
	int64_t *at = ARENA_ARRAY(zs->arena, c->time + 1, int64_t);
	int32_t *offset = ARENA_ARRAY(zs->arena, c->time + 1, int32_t);
	if (!at || !offset)
		return false;
	const char *types = body.p + c->time * 9;
	for (size_t i = 0; i < c->time; i++) {
		size_t type = (unsigned char)body.p[c->time * 8 + i];
		if (type >= c->type)
			return false;
		at[i] = (int64_t)big_endian(body.p + i * 8, 8);
		offset[i] = (int32_t)big_endian(types + type * 6, 4);
		if (i && at[i] <= at[i - 1])
			return false;
	}
	z->n = c->time;
	z->at = at;
	z->offset = offset;
	z->first = z->standard = (int32_t)big_endian(types, 4);
	for (size_t i = c->time; i-- > 0;) { /* without a footer: the last offset that is not summer time */
		size_t type = (unsigned char)body.p[c->time * 8 + i];
		if (!types[type * 6 + 4]) {
			z->standard = offset[i];
			break;
		}
	}
	return true;
}

enum err_code feel_zones_add(struct feel_zones *zs, str name, str tzif, struct err *e)
{
	struct counts c;
	struct zone z = {.name = arena_str(zs->arena, name)};
	if (zs->zones.n == FEEL_ZONES_MOST)
		return fail(e, ERR_LIMIT, "zone.many", "more than %d time zones", FEEL_ZONES_MOST);
	bool ok = read_header(tzif, &c) && tzif.p[4] >= '2' && tzif.n >= HEADER + body_size(&c, 4);
	str rest = ok ? str_sub(tzif, HEADER + body_size(&c, 4), tzif.n) : STR_NONE;
	ok = ok && read_header(rest, &c) && rest.n >= HEADER + body_size(&c, 8);
	ok = ok && read_body(zs, str_sub(rest, HEADER, rest.n), &c, &z);
	ok = ok && read_footer(str_trim(str_sub(rest, HEADER + body_size(&c, 8), rest.n)), &z);
	if (!ok)
		return fail(e, ERR_INVALID, "zone.file", "the data of zone %.*s are not a TZif file of version 2",
		    STR_ARG(name));
	struct zone *slot = VEC_ADD(&zs->zones, zs->arena);
	if (!slot || !z.name.p)
		return arena_fail(zs->arena, e);
	*slot = z;
	uintptr_t number_of = zs->zones.n; /* index + 1, so that no value is NULL */
	if (!map_set(zs->by_name, z.name, (void *)number_of, NULL))
		return arena_fail(zs->arena, e);
	return ERR_OK;
}

int32_t feel_zone_find(const struct feel_zones *zs, str name)
{
	return zs ? (int32_t)(uintptr_t)map_get(zs->by_name, name) - 1 : -1;
}

str feel_zone_name(const struct feel_zones *zs, int32_t index)
{
	return zs->zones.p[index].name;
}

static int64_t rule_second(const struct rule *r, int64_t year)
{
	int64_t day;
	if (r->kind == 'M') {
		int64_t first = feel_day_of(year, r->m, 1);
		int32_t weekday = (int32_t)(((first + 4) % 7 + 7) % 7); /* 0 = Sunday */
		int32_t add = (r->d - weekday + 7) % 7 + (r->w - 1) * 7;
		if (add >= feel_month_days(year, r->m))
			add -= 7;
		day = first + add;
	} else {
		bool leap_shift = r->kind == 'J' && feel_month_days(year, 2) == 29 && r->d >= 60;
		day = feel_day_of(year, 1, 1) + r->d - (r->kind == 'J') + leap_shift;
	}
	return day * 86400 + r->at_s;
}

static int32_t footer_offset(const struct zone *z, int64_t utc_s)
{
	if (!z->has_summer)
		return z->standard;
	int64_t local_day = (utc_s + z->standard) / 86400 - ((utc_s + z->standard) % 86400 < 0);
	int64_t year = feel_civil_of(local_day).year;
	int64_t begin = rule_second(&z->begin, year) - z->standard;
	int64_t end = rule_second(&z->end, year) - z->summer;
	bool in = begin < end ? utc_s >= begin && utc_s < end : utc_s >= begin || utc_s < end;
	return in ? z->summer : z->standard;
}

int32_t feel_zone_offset(const struct feel_zones *zs, int32_t index, int64_t utc_s)
{
	const struct zone *z = &zs->zones.p[index];
	size_t low = 0, high = z->n;
	while (low < high) { /* the number of transitions at or before utc_s */
		size_t mid = low + (high - low) / 2;
		if (z->at[mid] <= utc_s)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == z->n && z->has_footer)
		return footer_offset(z, utc_s);
	return low ? z->offset[low - 1] : z->first;
}

int32_t feel_zone_offset_local(const struct feel_zones *zs, int32_t index, int64_t local_s)
{
	int32_t before = feel_zone_offset(zs, index, local_s - 86400);
	int32_t after = feel_zone_offset(zs, index, local_s + 86400);
	if (before == after || feel_zone_offset(zs, index, local_s - before) == before)
		return before;
	return feel_zone_offset(zs, index, local_s - after) == after ? after : before;
}

int32_t feel_zone_standard(const struct feel_zones *zs, int32_t index)
{
	return zs->zones.p[index].standard;
}
