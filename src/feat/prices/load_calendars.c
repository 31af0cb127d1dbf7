/* What a view knows of days of rest. */
#include "feat/prices/load.h"

static enum err_code keep(struct arena *a, str from, str *to, struct err *e)
{
	*to = from.n ? arena_str(a, from) : STR("");
	return to->p ? ERR_OK : arena_fail(a, e);
}

struct holidays {
	VEC(int32_t) days;
	VEC(struct prices_holiday) told;
};

static struct prices_calendar *calendar_of(struct prices_calendar *c, size_t n, str country)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(c[i].country, country))
			return &c[i];
	return NULL;
}

/* Days and what is told of them; each calendar's part begins at rest.n of those before it. */
static enum err_code read_holidays(struct loading *l, struct prices_calendar *c, size_t n, struct holidays *h, struct err *e)
{
	AUTO_ROWS rows = NULL;
	str name = STR(""), names = STR("");
	TRY(price_view_holidays_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_holidays_row r;
		bool more;
		TRY(price_view_holidays_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		struct prices_calendar *of = calendar_of(c, n, r.country);
		if (!of)
			return fail(e, ERR_BUG, "prices.calendar", "a holiday has no calendar");
		int32_t *day = VEC_ADD(&h->days, l->a);
		struct prices_holiday *told = VEC_ADD(&h->told, l->a);
		if (!day || !told)
			return arena_fail(l->a, e);
		if (!str_eq(name, r.name)) /* Eid takes days on end */
			TRY(keep(l->a, r.name, &name, e));
		if (!str_eq(names, r.names))
			TRY(keep(l->a, r.names, &names, e));
		*day = r.day.day;
		*told = (struct prices_holiday){name, names, r.expected};
		of->rest.n++;
	}
}

static enum err_code years(const struct price_view_calendars_row *r, struct prices_calendar *c, struct err *e)
{
	date first, last;
	if (!date_from_civil((int32_t)r->first_year, 1, 1, &first) || !date_from_civil((int32_t)r->last_year, 12, 31, &last))
		return fail(e, ERR_BUG, "prices.calendar", "a calendar has no years");
	c->first_day = first.day;
	c->last_day = last.day;
	return ERR_OK;
}

enum err_code load_calendars(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct prices_calendar) list = {0};
	struct holidays h = {0};
	TRY(price_view_calendars_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_calendars_row r;
		bool more;
		TRY(price_view_calendars_next(rows, &r, &more, e));
		if (!more)
			break;
		struct prices_calendar *c = VEC_ADD(&list, l->a);
		if (!c)
			return arena_fail(l->a, e);
		*c = (struct prices_calendar){.rest = {.weekend = (uint8_t)r.weekend}};
		TRY(keep(l->a, r.country, &c->country, e));
		TRY(keep(l->a, r.source, &c->source, e));
		TRY(years(&r, c, e));
	}
	TRY(read_holidays(l, list.p, list.n, &h, e));
	size_t at = 0;
	for (size_t i = 0; i < list.n; i++) {
		list.p[i].rest.holidays = h.days.p + at;
		list.p[i].holidays = h.told.p + at;
		at += list.p[i].rest.n;
	}
	l->v->calendars = list.p;
	l->v->n_calendars = list.n;
	return ERR_OK;
}

const struct prices_calendar *prices_calendar_of(const struct prices_view *v, str country)
{
	for (size_t i = 0; i < v->n_calendars; i++)
		if (str_eq(v->calendars[i].country, country))
			return &v->calendars[i];
	return NULL;
}
