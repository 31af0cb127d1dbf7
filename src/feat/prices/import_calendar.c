/* Rows about days of rest. */
#include "feat/prices/session.h"

static enum err_code stored_calendar(struct session *s, str country, struct price_calendar_get_row *ret, bool *ret_has, struct err *e)
{
	enum err_code code = price_calendar_get(s->m->db, s->m->programme, country, s->scratch, ret, e);
	*ret_has = code == ERR_OK;
	return code == ERR_NOT_FOUND ? ERR_OK : code;
}

enum err_code import_calendar(struct session *s, const struct feed_row *row, struct err *e)
{
	const struct feed_calendar *c = &row->calendar;
	struct price_calendar_get_row r = {0};
	bool first, has;
	TRY(session_once(s, row, c->country, &first, e));
	if (!first)
		return ERR_OK;
	TRY(stored_calendar(s, c->country, &r, &has, e));
	bool same = r.weekend == c->weekend && r.first_year == c->first_year && r.last_year == c->last_year && str_eq(r.source, c->source);
	enum row_fate fate = session_fate(s, row, c->country, has, same, false);
	if (fate == ROW_STOP)
		return ERR_OK;
	TRY(session_file(s, e));
	TRY(price_calendar_add(s->m->db, s->m->programme, c->country, r.revision + 1, c->weekend, c->first_year, c->last_year, c->source,
	    opt(row->correction), s->file_id, row->line, NULL, e));
	session_stored(s, row, c->country, fate == ROW_CORRECTION, "calendar");
	return ERR_OK;
}

/* A holiday belongs to a calendar that is said to be whole for its year. */
static enum err_code fits(struct session *s, const struct feed_row *row, str subject, bool *ret_fits, struct err *e)
{
	const struct feed_holiday *h = &row->holiday;
	struct price_calendar_get_row r = {0};
	bool has;
	TRY(stored_calendar(s, h->country, &r, &has, e));
	int32_t year = date_to_civil(h->day).year;
	*ret_fits = has && year >= r.first_year && year <= r.last_year;
	if (!has)
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "country", "the country has no calendar: import its row of calendars first");
	else if (!*ret_fits)
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "date", "the country's calendar goes from %d to %d", (int)r.first_year,
		    (int)r.last_year);
	return ERR_OK;
}

enum err_code import_holiday(struct session *s, const struct feed_row *row, struct err *e)
{
	const struct feed_holiday *h = &row->holiday;
	struct price_holiday_get_row r = {0};
	AUTO_BUF text = BUF_INIT(32);
	bool first, good;
	buf_add(&text, h->country);
	buf_addc(&text, ' ');
	buf_add_date(&text, h->day);
	str subject = arena_str(s->a, buf_str(&text));
	if (!subject.p)
		return arena_fail(s->a, e);
	TRY(session_once(s, row, subject, &first, e));
	if (!first)
		return ERR_OK;
	TRY(fits(s, row, subject, &good, e));
	if (!good)
		return ERR_OK;
	enum err_code code = price_holiday_get(s->m->db, s->m->programme, h->country, h->day, s->scratch, &r, e);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	bool same = str_eq(r.name, h->name) && str_eq(r.names, h->names) && r.expected == h->expected && r.works == h->works;
	enum row_fate fate = session_fate(s, row, subject, code == ERR_OK, same, false);
	if (fate == ROW_STOP)
		return ERR_OK;
	TRY(session_file(s, e));
	TRY(price_holiday_add(s->m->db, s->m->programme, h->country, h->day, r.revision + 1, h->name, opt(h->names), h->expected, h->works,
	    opt(row->correction), s->file_id, row->line, NULL, e));
	session_stored(s, row, subject, fate == ROW_CORRECTION, h->works ? "banks work after all" : "holiday");
	return ERR_OK;
}
