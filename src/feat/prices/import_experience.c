/* Rows about how transfers went. A person has read each before it comes: it says who. */
#include "feat/prices/experience.h"
#include "feat/prices/experience_list.sql.h"
#include "feat/prices/session.h"

static bool told_same(struct opt_i64 stored, uint8_t said)
{
	return stored.has ? stored.v == said : said == 0;
}

static bool same(const struct feed_experience *x, const struct price_experience_get_row *r, bool example)
{
	return str_eq(x->country, r->country) && x->day.day == r->day.day && x->stars[0] == r->arrived && told_same(r->speed, x->stars[1]) &&
	    told_same(r->price, x->stars[2]) && told_same(r->help, x->stars[3]) && str_eq(x->text, r->text) && str_eq(x->lang, r->lang) &&
	    str_is(r->verification, prices_verifications[x->verification]) && str_eq(x->reply, r->reply) &&
	    str_eq(x->released_by, r->released_by) && x->withdrawn == r->withdrawn && example == r->example;
}

static struct opt_i64 stars(uint8_t n)
{
	return n ? opt_i64(n) : I64_NONE;
}

enum err_code import_experience(struct session *s, const struct feed_row *row, struct err *e)
{
	const struct feed_experience *x = &row->experience;
	struct price_experience_get_row r = {0};
	struct known_provider *known;
	bool first;
	str subject = arena_fmt(s->a, "%.*s/%.*s", STR_ARG(x->provider), STR_ARG(x->key));
	if (!subject.p)
		return arena_fail(s->a, e);
	TRY(session_once(s, row, subject, &first, e));
	if (!first)
		return ERR_OK;
	TRY(session_provider(s, x->provider, &known, e));
	if (!session_provider_fits(s, row, known, x->provider, subject))
		return ERR_OK;
	enum err_code code = price_experience_get(s->m->db, s->m->programme, x->provider, x->key, s->scratch, &r, e);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	enum row_fate fate = session_fate(s, row, subject, code == ERR_OK, code == ERR_OK && same(x, &r, row->example), r.example);
	if (fate == ROW_STOP)
		return ERR_OK;
	TRY(session_file(s, e));
	TRY(price_experience_add(s->m->db, s->m->programme, uid_new(s->m->uids), x->provider, x->key, r.revision + 1, opt(x->country), x->day,
	    x->stars[0], stars(x->stars[1]), stars(x->stars[2]), stars(x->stars[3]), opt(x->text), x->lang,
	    str_of(prices_verifications[x->verification]), opt(x->reply), x->released_by, x->withdrawn, opt(row->correction), row->example,
	    s->file_id, opt_i64(row->line), NULL, e));
	session_stored(s, row, subject, fate == ROW_CORRECTION, x->withdrawn ? "experience, withdrawn" : "experience");
	return ERR_OK;
}
