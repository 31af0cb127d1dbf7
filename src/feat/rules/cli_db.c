#include "feat/rules/cli_db.h"

#include "db/migrate.h"
#include "feat/programme/programme.h"

enum { MS_OF_DAY = 86400000 };

enum err_code rules_open_db(struct rules_opened *o, const char *location, bool write, struct arena *a, struct err *e)
{
	const struct db_options options = {.read_only = !write, .readers = 1};
	str slug, version;
	TRY(db_pool_open(str_of(location), &options, &o->pool, e));
	TRY(write ? db_pool_writer(o->pool, &o->db, e) : db_pool_reader(o->pool, &o->db, e));
	TRY(db_schema_check(o->db, e));
	TRY(programme_find(o->db, a, &o->programme, &slug, &version, e));
	return rules_registry_load(o->db, o->programme, a, &o->registry, e);
}

void rules_close_db(struct rules_opened *o)
{
	db_return(o->db);
	db_pool_close(o->pool);
	*o = (struct rules_opened){0};
}

enum err_code rules_day_option(const char *option, const char *text, int64_t now_ms, date *ret, struct err *e)
{
	date d = date_of_instant(now_ms);
	if (text && !date_parse(str_of(text), &d))
		return fail(e, ERR_INVALID, "rules.day", "--%s takes a date such as 2008-07-01, not %s", option, text);
	*ret = d;
	return ERR_OK;
}

enum err_code rules_known_option(struct rules_opened *o, const char *text, struct arena *a, struct err *e)
{
	date day;
	if (!text)
		return ERR_OK;
	TRY(rules_day_option("known", text, 0, &day, e));
	return rules_registry_known(o->registry, ((int64_t)day.day + 1) * MS_OF_DAY - 1, a, &o->registry, e);
}

enum err_code rules_choose(const struct rules_registry *r, const char *key, const char *hex, date day,
    const struct rules_version **ret, struct err *e)
{
	size_t n;
	if (hex)
		return rules_by_hex(r, str_of(hex), ret, e);
	const struct rules_version *v = rules_in_force(r, str_of(key), day);
	if (v) {
		*ret = v;
		return ERR_OK;
	}
	AUTO_BUF on = BUF_INIT(40);
	buf_add_date(&on, day);
	(void)rules_versions_of(r, str_of(key), &n);
	return fail(e, ERR_NOT_FOUND, "registry.none", n ? "no published version of %s is in force on %.*s"
	    : "there is no model %s (looked for on %.*s); grutto rules list names the models", key, STR_ARG(buf_str(&on)));
}
