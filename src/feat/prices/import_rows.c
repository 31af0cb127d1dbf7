/* Rows about providers, places, market shares and promotions. */
#include "feat/prices/session.h"

enum err_code session_provider(struct session *s, str key, struct known_provider **ret, struct err *e)
{
	struct known_provider *p = map_get(s->providers, key);
	struct price_provider_get_row row;
	if (!p) {
		p = ARENA_NEW(s->a, struct known_provider);
		str kept = arena_str(s->a, key);
		if (!p || !kept.p || !map_set(s->providers, kept, p, NULL))
			return arena_fail(s->a, e);
		enum err_code code = price_provider_get(s->m->db, s->m->programme, key, s->scratch, &row, e);
		if (code != ERR_OK && code != ERR_NOT_FOUND)
			return code;
		p->exists = code == ERR_OK;
		p->example = code == ERR_OK && row.example;
	}
	*ret = p;
	return ERR_OK;
}

bool session_provider_fits(struct session *s, const struct feed_row *row, const struct known_provider *p, str key, str subject)
{
	if (!p->exists)
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "provider",
		    "the provider %.*s is not known: import its row of providers first", STR_ARG(key));
	else if (p->example != row->example)
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "example",
		    p->example ? "the provider is invented, so what is said of it must be marked as an example"
			       : "an invented row about a provider that is real");
	return p->exists && p->example == row->example;
}

enum err_code session_first(struct session *s, const struct feed_row *row, str key, str subject, bool *ret_first, struct err *e)
{
	const struct feed_row *before = map_get(s->seen, key);
	*ret_first = !before;
	if (before) {
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "", "the key is there already, in line %u of the file", before->line);
		return ERR_OK;
	}
	return map_set(s->seen, key, (void *)(uintptr_t)row, NULL) ? ERR_OK : arena_fail(s->a, e);
}

enum row_fate session_fate(struct session *s, const struct feed_row *row, str subject, bool has, bool same, bool example)
{
	if (!has)
		return ROW_NEW;
	if (same) {
		session_note(s, PRICES_UNCHANGED, row->line, row->col, subject, "", "there already");
		return ROW_STOP;
	}
	if (example != row->example) {
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "example", "what is stored is %s, and the row is not",
		    example ? "invented" : "real");
		return ROW_STOP;
	}
	if (row->correction.n == 0) {
		session_note(s, PRICES_REFUSED, row->line, row->col, subject, "correction",
		    "something else is stored under this key: say in the column correction why it is corrected");
		return ROW_STOP;
	}
	return ROW_CORRECTION;
}

void session_stored(struct session *s, const struct feed_row *row, str subject, bool correction, const char *what)
{
	session_note(s, correction ? PRICES_CORRECTED : PRICES_TAKEN, row->line, row->col, subject, "", "%s", what);
}

enum err_code session_once(struct session *s, const struct feed_row *row, str subject, bool *ret_first, struct err *e)
{
	/* "kind subject" */
	str key = arena_fmt(s->a, "%s %.*s", feed_kind_names[row->kind], STR_ARG(subject));
	if (!key.p)
		return arena_fail(s->a, e);
	return session_first(s, row, key, subject, ret_first, e);
}

static bool provider_same(const struct feed_provider *p, const struct price_provider_get_row *r, bool example)
{
	return str_eq(p->name, r->name) && str_eq(p->legal_name, r->legal_name) && str_eq(p->kind, r->kind) && str_eq(p->country, r->country) &&
	    str_eq(p->supervisor, r->supervisor) && str_eq(p->register_number, r->register_number) && p->licensed == r->licensed &&
	    str_eq(p->founded, r->founded) && str_eq(p->complaints, r->complaints) && str_eq(p->languages, r->languages) &&
	    str_eq(p->website, r->website) && str_eq(p->owners, r->owners) && str_eq(p->note, r->note) && example == r->example;
}

enum err_code import_provider(struct session *s, const struct feed_row *row, struct err *e)
{
	const struct feed_provider *p = &row->provider;
	struct price_provider_get_row r = {0};
	struct known_provider *known;
	bool is_first;
	TRY(session_once(s, row, p->key, &is_first, e));
	if (!is_first)
		return ERR_OK;
	TRY(session_provider(s, p->key, &known, e));
	enum err_code code = price_provider_get(s->m->db, s->m->programme, p->key, s->scratch, &r, e);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	enum row_fate fate = session_fate(s, row, p->key, code == ERR_OK, provider_same(p, &r, row->example), r.example);
	if (fate == ROW_STOP)
		return ERR_OK;
	TRY(session_file(s, e));
	TRY(price_provider_add(s->m->db, s->m->programme, uid_new(s->m->uids), p->key, r.revision + 1, p->name, opt(p->legal_name), p->kind,
	    opt(p->country), opt(p->supervisor), opt(p->register_number), p->licensed, opt(p->founded), opt(p->complaints), opt(p->languages),
	    opt(p->website), opt(p->owners), opt(p->note), opt(row->correction), row->example, s->file_id, row->line, NULL, e));
	known->exists = true;
	known->example = row->example;
	session_stored(s, row, p->key, fate == ROW_CORRECTION, "provider");
	return ERR_OK;
}

static bool location_same(const struct feed_location *l, const struct price_location_get_row *r, bool example)
{
	return str_eq(l->country, r->country) && str_eq(l->place, r->place) && str_eq(l->address, r->address) && str_eq(l->latitude, r->latitude) &&
	    str_eq(l->longitude, r->longitude) && str_eq(l->hours, r->hours) && str_eq(l->services, r->services) &&
	    l->cash_limit == or_unknown(r->cash_limit_minor) && str_eq(l->currency, r->currency) && l->wheelchair == or_unknown(r->wheelchair) &&
	    str_eq(l->languages, r->languages) && l->confirmed.day == r->confirmed_day.day && l->closed == r->closed && example == r->example;
}

enum err_code import_location(struct session *s, const struct feed_row *row, struct err *e)
{
	const struct feed_location *l = &row->location;
	struct price_location_get_row r = {0};
	struct known_provider *known;
	bool is_first;
	str subject = arena_fmt(s->a, "%.*s/%.*s", STR_ARG(l->provider), STR_ARG(l->key));
	if (!subject.p)
		return arena_fail(s->a, e);
	TRY(session_once(s, row, subject, &is_first, e));
	if (!is_first)
		return ERR_OK;
	TRY(session_provider(s, l->provider, &known, e));
	if (!session_provider_fits(s, row, known, l->provider, subject))
		return ERR_OK;
	enum err_code code = price_location_get(s->m->db, s->m->programme, l->provider, l->key, s->scratch, &r, e);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	enum row_fate fate = session_fate(s, row, subject, code == ERR_OK, location_same(l, &r, row->example), r.example);
	if (fate == ROW_STOP)
		return ERR_OK;
	TRY(session_file(s, e));
	TRY(price_location_add(s->m->db, s->m->programme, uid_new(s->m->uids), l->provider, l->key, r.revision + 1, l->country, l->place,
	    opt(l->address), opt(l->latitude), opt(l->longitude), opt(l->hours), opt(l->services), opt_amount(l->cash_limit), opt(l->currency),
	    opt_amount(l->wheelchair), opt(l->languages), l->confirmed, l->closed, opt(row->correction), row->example, s->file_id, row->line,
	    NULL, e));
	session_stored(s, row, subject, fate == ROW_CORRECTION, l->closed ? "place, closed" : "place");
	return ERR_OK;
}

enum err_code import_share(struct session *s, const struct feed_row *row, struct err *e)
{
	const struct feed_share *h = &row->share;
	struct price_share_get_row r = {0};
	struct known_provider *known;
	bool is_first;
	str subject = arena_fmt(s->a, "%.*s %.*s-%.*s %d", STR_ARG(h->provider), STR_ARG(h->send_country), STR_ARG(h->receive_country), h->year);
	if (!subject.p)
		return arena_fail(s->a, e);
	TRY(session_once(s, row, subject, &is_first, e));
	if (!is_first)
		return ERR_OK;
	TRY(session_provider(s, h->provider, &known, e));
	if (!session_provider_fits(s, row, known, h->provider, subject))
		return ERR_OK;
	enum err_code code = price_share_get(s->m->db, s->m->programme, h->provider, h->send_country, h->receive_country, h->year, s->scratch, &r, e);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	bool same = r.share_ppm == h->share_ppm && str_eq(r.source, h->source) && r.example == row->example;
	enum row_fate fate = session_fate(s, row, subject, code == ERR_OK, same, r.example);
	if (fate == ROW_STOP)
		return ERR_OK;
	TRY(session_file(s, e));
	TRY(price_share_add(s->m->db, s->m->programme, uid_new(s->m->uids), h->provider, h->send_country, h->receive_country, h->year,
	    r.revision + 1, h->share_ppm, h->source, opt(row->correction), row->example, s->file_id, row->line, NULL, e));
	session_stored(s, row, subject, fate == ROW_CORRECTION, "market share");
	return ERR_OK;
}

static bool promotion_same(const struct feed_promotion *p, const struct price_promotion_get_row *r, bool example)
{
	return str_eq(p->offer, r->offer) && str_eq(p->text, r->text) && str_eq(p->code, r->code) && p->starts.day == r->starts_day.day &&
	    p->ends.day == r->ends_day.day && str_eq(p->source, r->source) && str_eq(p->approved_by, r->approved_by) && example == r->example;
}

enum err_code import_promotion(struct session *s, const struct feed_row *row, struct err *e)
{
	const struct feed_promotion *p = &row->promotion;
	struct price_promotion_get_row r = {0};
	struct known_provider *known;
	bool is_first;
	str subject = arena_fmt(s->a, "%.*s/%.*s", STR_ARG(p->provider), STR_ARG(p->key));
	if (!subject.p)
		return arena_fail(s->a, e);
	TRY(session_once(s, row, subject, &is_first, e));
	if (!is_first)
		return ERR_OK;
	TRY(session_provider(s, p->provider, &known, e));
	if (!session_provider_fits(s, row, known, p->provider, subject))
		return ERR_OK;
	enum err_code code = price_promotion_get(s->m->db, s->m->programme, p->provider, p->key, s->scratch, &r, e);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	enum row_fate fate = session_fate(s, row, subject, code == ERR_OK, promotion_same(p, &r, row->example), r.example);
	if (fate == ROW_STOP)
		return ERR_OK;
	TRY(session_file(s, e));
	TRY(price_promotion_add(s->m->db, s->m->programme, uid_new(s->m->uids), p->provider, p->key, r.revision + 1, opt(p->offer), p->text,
	    opt(p->code), p->starts, p->ends, p->source, p->approved_by, opt(row->correction), row->example, s->file_id, row->line, NULL, e));
	session_stored(s, row, subject, fate == ROW_CORRECTION, "promotion");
	return ERR_OK;
}
