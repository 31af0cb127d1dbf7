/* Rows of a pack into tables, by declarations; each row is an event of the chain. */
#include "feat/programme/pack.h"

#include "base/decimal.h"

#include "codec/json.h"
#include "db/chain.h"

enum {
	SUBJECT_MAX = CHAIN_WORD_MAX,
	EVENT_MAX = 64 * 1024, /* JSON of one row */
	TARGET_COLUMNS_MAX = 48,
};

uid pack_uid(const struct pack *p, const char *kind, str key)
{
	AUTO_BUF name = BUF_INIT(4096);
	buf_addf(&name, "grutto programme %.*s", STR_ARG(p->slug));
	uid space = uid_of_name(UID_NONE, buf_str(&name));
	buf_clear(&name);
	buf_addf(&name, "%s %.*s", kind, STR_ARG(key));
	return uid_of_name(space, buf_str(&name));
}

/* ---- one value ---- */

struct value_at {
	const struct pack_store *s;
	const struct pack_target_column *c;
	const void *ctx;
	size_t row;
	str cell;
};

static enum db_type type_of(const struct pack_target_column *c)
{
	switch (c->from) {
	case PACK_FROM_TEXT:
	case PACK_FROM_CURRENCY:
		return DB_STR;
	case PACK_FROM_UID:
	case PACK_FROM_ACTIVITY:
	case PACK_FROM_DATASET:
		return DB_UID;
	case PACK_FROM_IS:
		return DB_BOOL;
	case PACK_FROM_DAY:
		return DB_DATE;
	default:
		return DB_I64;
	}
}

static str mapped(const char *words, str cell)
{
	struct str_split it = str_split_on(str_of(words), '|');
	str part;
	while (str_next(&it, &part)) {
		ptrdiff_t eq = str_find_char(part, '=');
		if (eq >= 0 && str_eq(str_sub(part, 0, (size_t)eq), cell))
			return str_sub(part, (size_t)eq + 1, part.n);
	}
	return STR_NONE;
}

static bool amount_of(const struct value_at *v, int64_t *ret)
{
	money m;
	if (v->c->from == PACK_FROM_MILLIONS) {
		decimal d;
		int64_t minor = 0;
		decimal scale = decimal_scaled(1, 6 + money_exponent(v->s->pack->currency));
		if (!decimal_parse(v->cell, &d) || !decimal_mul(d, scale, &d) ||
		    !decimal_to_i64(d, &minor))
			return false;
		*ret = minor;
		return true;
	}
	if (!money_parse(v->cell, v->s->pack->currency, &m, NULL))
		return false;
	*ret = m.minor;
	return true;
}

/* A whole number for the column; false: NULL. The cells were checked, so what does not parse is
 * empty. */
static bool number_of(const struct value_at *v, int64_t *ret)
{
	int first = 0, last = 0;
	pdate d = PDATE_NONE;
	switch (v->c->from) {
	case PACK_FROM_PROGRAMME:
		*ret = v->s->pack->number;
		return true;
	case PACK_FROM_ROW:
		*ret = (int64_t)v->row + 1;
		return true;
	case PACK_FROM_INT:
		return str_to_i64(v->cell, ret);
	case PACK_FROM_PRIORITY:
		*ret = 0;
		return str_is(v->cell, "all") || str_to_i64(v->cell, ret);
	case PACK_FROM_AMOUNT:
	case PACK_FROM_MILLIONS:
		return v->cell.n && amount_of(v, ret);
	case PACK_FROM_PRECISION:
		(void)pdate_parse(v->cell, &d);
		*ret = d.precision;
		return true;
	case PACK_FROM_YEAR:
	case PACK_FROM_YEAR_LAST:
		if (!pack_years(v->cell, &first, &last))
			return false;
		*ret = v->c->from == PACK_FROM_YEAR ? first : last;
		return true;
	case PACK_FROM_MAP:
		return str_to_i64(mapped(v->c->words, v->cell), ret);
	case PACK_FROM_CONST:
		*ret = v->c->number;
		return true;
	case PACK_FROM_CALL:
		*ret = v->c->number_of(v->ctx, v->row);
		return true;
	default:
		return false;
	}
}

static uid identifier_of(const struct value_at *v)
{
	const struct pack *p = v->s->pack;
	if (v->c->from == PACK_FROM_DATASET)
		return pack_uid(p, "dataset", p->slug);
	if (v->c->from == PACK_FROM_ACTIVITY)
		return v->cell.n ? pack_uid(p, "activity", v->cell)
		                 : pack_uid(p, "programme", p->slug);
	return v->cell.n ? pack_uid(p, v->c->words, v->cell) : UID_NONE;
}

static void put_value(const struct value_at *v, struct db_bulk *b)
{
	int64_t n = 0;
	pdate d = PDATE_NONE;
	switch (type_of(v->c)) {
	case DB_STR:
		if (v->c->from == PACK_FROM_CURRENCY)
			db_bulk_str(b, v->c->cell && !v->cell.n ? STR_NONE : v->s->pack->currency);
		else
			db_bulk_str(b, v->cell.n || !v->c->nullable
			                   ? (v->cell.p ? v->cell : STR(""))
			                   : STR_NONE);
		break;
	case DB_UID:
		db_bulk_uid(b, identifier_of(v));
		break;
	case DB_BOOL:
		db_bulk_bool(b, str_is(v->cell, v->c->words));
		break;
	case DB_DATE:
		db_bulk_date(b, pdate_parse(v->cell, &d) ? pdate_first(d) : DATE_NONE);
		break;
	default:
		if (number_of(v, &n))
			db_bulk_i64(b, n);
		else
			db_bulk_null(b);
	}
}

/* ---- events ---- */

enum err_code pack_store_event(const struct pack_store *s, const char *kind,
    const char *subject_kind, str subject, str after, struct err *e)
{
	struct chain_event ev = {.id = uid_new(s->uids),
	    .at_ms = s->now_ms,
	    .actor = STR("command:init"),
	    .kind = str_of(kind),
	    .subject_kind = str_of(subject_kind),
	    .subject = subject,
	    .before = STR_NONE,
	    .after = after};
	return chain_put(s->chain, &ev, e);
}

static enum err_code row_event(const struct pack_store *s, const struct pack_target *t,
    enum pack_table_id id, size_t row, struct err *e)
{
	const struct pack_table *table = &pack_tables[id];
	AUTO_BUF after = BUF_INIT(EVENT_MAX);
	struct json_writer w;
	jw_begin_buf(&w, &after);
	jw_object(&w);
	for (size_t i = 0; i < table->n; i++) {
		str v = pack_at(s->pack, id, row, i)->text;
		if (!v.n)
			continue;
		jw_key(&w, table->columns[i].name);
		jw_str(&w, v);
	}
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	AUTO_BUF subject = BUF_INIT(64 * 1024);
	for (size_t i = 0; i < table->n_key; i++) {
		if (i)
			buf_addc(&subject, ':');
		buf_add(&subject, pack_at(s->pack, id, row, table->key[i])->text);
	}
	TRY(buf_check(&subject, e));
	char kind[64];
	(void)snprintf(kind, sizeof kind, "%s", t->kind);
	char *dot = strchr(kind, '.');
	if (dot)
		*dot = '\0';
	/* Long keys (an event's text) are cut at a character: what happened stands in the JSON
	 * whole. */
	str cut = buf_str(&subject);
	while (cut.n > SUBJECT_MAX || (cut.n < subject.n && (subject.p[cut.n] & 0xc0) == 0x80))
		cut.n--;
	return pack_store_event(s, t->kind, kind, cut, buf_str(&after), e);
}

/* ---- a table ---- */

static enum err_code store_all(const struct pack_store *s, const struct pack_target *t,
    enum pack_table_id id, struct db_bulk *b, const void *ctx, struct err *e)
{
	int at[TARGET_COLUMNS_MAX];
	for (size_t i = 0; i < t->n; i++)
		at[i] = t->columns[i].cell ? pack_column_of(id, str_of(t->columns[i].cell)) : -1;
	int only = t->only_column ? pack_column_of(id, str_of(t->only_column)) : -1;
	for (size_t row = 0; row < s->pack->rows[id].n; row++) {
		if (only >= 0 &&
		    !str_is(pack_at(s->pack, id, row, (size_t)only)->text, t->only_word))
			continue;
		for (size_t i = 0; i < t->n; i++) {
			str cell =
			    at[i] < 0 ? STR_NONE : pack_at(s->pack, id, row, (size_t)at[i])->text;
			struct value_at v = {s, &t->columns[i], ctx, row, cell};
			put_value(&v, b);
		}
		TRY(db_bulk_row(b, e));
		if (t->kind)
			TRY(row_event(s, t, id, row, e));
	}
	return ERR_OK;
}

enum err_code pack_store_rows(
    const struct pack_store *s, const struct pack_target *t, const void *ctx, struct err *e)
{
	struct db_column columns[TARGET_COLUMNS_MAX];
	enum pack_table_id id = pack_table_of(str_of(t->file));
	if (id == PACK_TABLES || t->n > TARGET_COLUMNS_MAX)
		return fail(
		    e, ERR_BUG, "pack.target", "the declaration of table %s is wrong", t->table);
	for (size_t i = 0; i < t->n; i++)
		columns[i] = (struct db_column){
		    t->columns[i].name, type_of(&t->columns[i]), t->columns[i].nullable};
	struct db_table table = {.name = t->table, .columns = columns, .n = (uint16_t)t->n};
	AUTO_BULK b = NULL;
	TRY(db_bulk_begin(s->db, &table, &b, e));
	TRY(store_all(s, t, id, b, ctx, e));
	struct db_bulk *done = b;
	b = NULL;
	return db_bulk_end(done, NULL, e);
}
