/* The rows of a batch, table by table: each table is filled once for the whole batch, parents first. */
#include "feat/iati/store.h"

#define I64(name_) {name_, DB_I64, false}
#define I64_OPT(name_) {name_, DB_I64, true}
#define STR_COL(name_) {name_, DB_STR, false}
#define STR_OPT(name_) {name_, DB_STR, true}
#define UID_COL(name_) {name_, DB_UID, false}
#define UID_OPT(name_) {name_, DB_UID, true}
#define DATE_OPT(name_) {name_, DB_DATE, true}
#define KEYS I64("programme"), UID_COL("activity"), I64("seq")
/* Straight into the tables: each is filled and ended before the next, parents first, so foreign keys hold at every piece. */
#define TABLE(name_) {#name_, name_##_columns, sizeof name_##_columns / sizeof *name_##_columns, true}

static const struct db_column activity_columns[] = {I64("programme"), UID_COL("id"), UID_COL("dataset"), I64("doc"),
    I64("own"), STR_COL("key"), STR_COL("title"), STR_OPT("lang"), STR_OPT("description"), UID_OPT("reporting_org"),
    UID_OPT("implementer"), I64_OPT("status"), I64_OPT("hierarchy"), DATE_OPT("planned_start_day"),
    I64("planned_start_precision"), DATE_OPT("actual_start_day"), I64("actual_start_precision"),
    DATE_OPT("planned_end_day"), I64("planned_end_precision"), DATE_OPT("actual_end_day"), I64("actual_end_precision"),
    STR_OPT("currency"), I64_OPT("contribution_minor"), I64_OPT("humanitarian"), STR_OPT("collaboration_type"),
    STR_OPT("flow_type"), STR_OPT("finance_type"), STR_OPT("aid_type"), STR_OPT("tied_status"),
    STR_OPT("activity_scope"), I64_OPT("last_updated_ms"), {"content_hash", DB_BYTES, true}};
static const struct db_column activity_text_columns[] = {KEYS, STR_COL("field"), STR_OPT("type"), STR_OPT("lang"),
    STR_COL("text")};
static const struct db_column activity_country_columns[] = {KEYS, I64("transaction_seq"), STR_COL("country"),
    STR_COL("role"), STR_OPT("percentage")};
static const struct db_column activity_region_columns[] = {KEYS, I64("transaction_seq"), STR_COL("vocabulary"),
    STR_COL("code"), STR_OPT("percentage")};
static const struct db_column activity_sector_columns[] = {KEYS, I64("transaction_seq"), STR_COL("vocabulary"),
    STR_COL("code"), STR_OPT("percentage")};
static const struct db_column activity_marker_columns[] = {KEYS, STR_COL("kind"), STR_OPT("vocabulary"),
    STR_OPT("code"), STR_OPT("significance"), STR_OPT("type"), STR_OPT("name")};
static const struct db_column participating_org_columns[] = {KEYS, UID_COL("organisation"), STR_OPT("role"),
    I64_OPT("iati_role"), STR_OPT("activity_ref")};
static const struct db_column activity_budget_columns[] = {KEYS, STR_COL("kind"), I64_OPT("type"), I64_OPT("status"),
    DATE_OPT("period_start_day"), DATE_OPT("period_end_day"), I64("value_minor"), STR_OPT("currency"),
    DATE_OPT("value_day")};
static const struct db_column activity_transaction_columns[] = {KEYS, STR_OPT("ref"), I64("type"), DATE_OPT("day"),
    I64("value_minor"), STR_OPT("currency"), DATE_OPT("value_day"), STR_OPT("description"), UID_OPT("provider_org"),
    STR_OPT("provider_activity"), UID_OPT("receiver_org"), STR_OPT("receiver_activity"), STR_OPT("aid_type"),
    STR_OPT("finance_type")};
static const struct db_column activity_location_columns[] = {KEYS, STR_OPT("ref"), STR_OPT("name"),
    {"latitude", DB_F64, true}, {"longitude", DB_F64, true}};
static const struct db_column document_link_columns[] = {KEYS, STR_COL("url"), STR_OPT("format"), STR_OPT("title"),
    STR_OPT("category"), STR_OPT("lang"), DATE_OPT("day")};
static const struct db_column related_activity_columns[] = {KEYS, I64("type"), STR_COL("ref")};
static const struct db_column other_identifier_columns[] = {KEYS, STR_COL("ref"), STR_OPT("type")};
static const struct db_column indicator_columns[] = {I64("programme"), UID_COL("activity"), I64("indicator_no"),
    I64("result_no"), I64("result_type"), STR_OPT("result_title"), STR_COL("title"), I64_OPT("measure"),
    I64_OPT("ascending"), STR_OPT("ref_vocabulary"), STR_OPT("ref_code")};
static const struct db_column indicator_value_columns[] = {I64("programme"), UID_COL("activity"), I64("indicator_no"),
    I64("value_no"), STR_COL("dimension"), STR_OPT("baseline"), I64_OPT("baseline_year"), STR_OPT("target"),
    STR_OPT("actual"), DATE_OPT("period_start_day"), DATE_OPT("period_end_day")};

static void put_int(struct db_bulk *b, int64_t v)
{
	db_bulk_opt_i64(b, v == INT_NONE ? I64_NONE : opt_i64(v));
}

static void put_currency(struct db_bulk *b, const char currency[4])
{
	db_bulk_str(b, currency[0] ? str_of(currency) : STR_NONE);
}

static void put_keys(const struct store *s, struct db_bulk *b, const struct stored *r, size_t seq)
{
	db_bulk_i64(b, s->programme);
	db_bulk_uid(b, r->id);
	db_bulk_i64(b, (int64_t)seq);
}

/* ---- the activity ---- */

static void put_day(struct db_bulk *b, date d)
{
	db_bulk_date(b, d);
	db_bulk_i64(b, date_is(d) ? DATE_PRECISION_DAY : DATE_PRECISION_NONE);
}

/* Sum of the outgoing commitments when all are in one currency; its currency, or the default one. */
static struct opt_i64 contribution(const struct ia_activity *a, const char **ret_currency)
{
	money sum = MONEY_NONE;
	*ret_currency = a->currency;
	for (size_t i = 0; i < a->transactions.n; i++) {
		const struct ia_transaction *t = &a->transactions.p[i];
		if (t->type != 2)
			continue;
		money m = {.minor = t->value.minor};
		memcpy(m.currency, t->value.currency, sizeof m.currency);
		if (!money_is(m) || !money_add(&sum, m))
			return I64_NONE;
		*ret_currency = t->value.currency;
	}
	return money_is(sum) ? opt_i64(sum.minor) : I64_NONE;
}

static uid implementer(const struct stored *r)
{
	for (size_t i = 0; i < r->a->participants.n; i++)
		if (r->a->participants.p[i].role == 4)
			return r->participants[i];
	return UID_NONE;
}

static enum err_code put_activity(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	const struct ia_activity *a = r->a;
	const char *currency;
	struct opt_i64 commitment = contribution(a, &currency);
	db_bulk_i64(b, s->programme);
	db_bulk_uid(b, r->id);
	db_bulk_uid(b, s->dataset);
	db_bulk_i64(b, r->doc);
	db_bulk_i64(b, 0);
	db_bulk_str(b, a->key);
	db_bulk_str(b, a->title);
	db_bulk_str(b, a->title_lang);
	db_bulk_str(b, a->description);
	db_bulk_uid(b, r->reporting);
	db_bulk_uid(b, implementer(r));
	put_int(b, a->status);
	put_int(b, a->hierarchy);
	put_day(b, a->planned_start);
	put_day(b, a->actual_start);
	put_day(b, a->planned_end);
	put_day(b, a->actual_end);
	put_currency(b, currency);
	db_bulk_opt_i64(b, commitment);
	put_int(b, a->humanitarian);
	db_bulk_str(b, a->collaboration_type);
	db_bulk_str(b, a->flow_type);
	db_bulk_str(b, a->finance_type);
	db_bulk_str(b, a->aid_type);
	db_bulk_str(b, a->tied_status);
	db_bulk_str(b, a->scope);
	put_int(b, a->last_updated_ms);
	db_bulk_str(b, (str){(const char *)a->hash.b, sizeof a->hash.b});
	return db_bulk_row(b, e);
}

/* ---- what belongs to it ---- */

static enum err_code put_texts(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->texts.n; i++) {
		const struct ia_text *t = &r->a->texts.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_str(b, t->field);
		db_bulk_str(b, t->type);
		db_bulk_str(b, t->lang);
		db_bulk_str(b, t->text);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_countries(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->countries.n; i++) {
		const struct ia_share *c = &r->a->countries.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_i64(b, c->tx);
		db_bulk_str(b, c->code);
		db_bulk_str(b, STR("recipient"));
		db_bulk_str(b, c->percentage);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_share(struct store *s, struct db_bulk *b, const struct stored *r, const struct ia_share *c,
    size_t seq, struct err *e)
{
	put_keys(s, b, r, seq);
	db_bulk_i64(b, c->tx);
	db_bulk_str(b, c->vocabulary);
	db_bulk_str(b, c->code);
	db_bulk_str(b, c->percentage);
	return db_bulk_row(b, e);
}

static enum err_code put_regions(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->regions.n; i++)
		TRY(put_share(s, b, r, &r->a->regions.p[i], i + 1, e));
	return ERR_OK;
}

static enum err_code put_sectors(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->sectors.n; i++)
		TRY(put_share(s, b, r, &r->a->sectors.p[i], i + 1, e));
	return ERR_OK;
}

static enum err_code put_markers(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->markers.n; i++) {
		const struct ia_marker *m = &r->a->markers.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_str(b, m->kind);
		db_bulk_str(b, m->vocabulary);
		db_bulk_str(b, m->code);
		db_bulk_str(b, m->significance);
		db_bulk_str(b, m->type);
		db_bulk_str(b, m->name);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static str role_word(int64_t role)
{
	switch (role) {
	case 1:
		return STR("funder");
	case 2:
		return STR("accountable");
	case 3:
		return STR("extending");
	case 4:
		return STR("implementer");
	default:
		return STR_NONE;
	}
}

static enum err_code put_participants(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->participants.n; i++) {
		const struct ia_participant *p = &r->a->participants.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_uid(b, r->participants[i]);
		db_bulk_str(b, role_word(p->role));
		put_int(b, p->role);
		db_bulk_str(b, p->activity_ref);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_budgets(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->budgets.n; i++) {
		const struct ia_budget *g = &r->a->budgets.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_str(b, g->planned_disbursement ? STR("planned-disbursement") : STR("budget"));
		put_int(b, g->type);
		put_int(b, g->status);
		db_bulk_date(b, g->start);
		db_bulk_date(b, g->end);
		db_bulk_i64(b, g->value.minor);
		put_currency(b, g->value.currency);
		db_bulk_date(b, g->value.day);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_transactions(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->transactions.n; i++) {
		const struct ia_transaction *t = &r->a->transactions.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_str(b, t->ref);
		db_bulk_i64(b, t->type);
		db_bulk_date(b, t->day);
		db_bulk_i64(b, t->value.minor);
		put_currency(b, t->value.currency);
		db_bulk_date(b, t->value.day);
		db_bulk_str(b, t->description);
		db_bulk_uid(b, r->providers[i]);
		db_bulk_str(b, t->provider_activity);
		db_bulk_uid(b, r->receivers[i]);
		db_bulk_str(b, t->receiver_activity);
		db_bulk_str(b, t->aid_type);
		db_bulk_str(b, t->finance_type);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_locations(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->locations.n; i++) {
		const struct ia_location *l = &r->a->locations.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_str(b, l->ref);
		db_bulk_str(b, l->name);
		db_bulk_opt_f64(b, (struct opt_f64){l->latitude, l->has_point});
		db_bulk_opt_f64(b, (struct opt_f64){l->longitude, l->has_point});
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_documents(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->documents.n; i++) {
		const struct ia_document *d = &r->a->documents.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_str(b, d->url);
		db_bulk_str(b, d->format);
		db_bulk_str(b, d->title);
		db_bulk_str(b, d->category);
		db_bulk_str(b, d->lang);
		db_bulk_date(b, d->day);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_related(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->related.n; i++) {
		put_keys(s, b, r, i + 1);
		db_bulk_i64(b, r->a->related.p[i].type);
		db_bulk_str(b, r->a->related.p[i].ref);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_identifiers(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->identifiers.n; i++) {
		put_keys(s, b, r, i + 1);
		db_bulk_str(b, r->a->identifiers.p[i].ref);
		db_bulk_str(b, r->a->identifiers.p[i].type);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_indicators(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->indicators.n; i++) {
		const struct ia_indicator *n = &r->a->indicators.p[i];
		put_keys(s, b, r, i + 1);
		db_bulk_i64(b, n->result_no);
		db_bulk_i64(b, n->result_type);
		db_bulk_str(b, n->result_title);
		db_bulk_str(b, n->title);
		put_int(b, n->measure);
		put_int(b, n->ascending);
		db_bulk_str(b, n->ref_vocabulary);
		db_bulk_str(b, n->ref_code);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

static enum err_code put_values(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e)
{
	for (size_t i = 0; i < r->a->values.n; i++) {
		const struct ia_indicator_value *v = &r->a->values.p[i];
		put_keys(s, b, r, v->indicator_no);
		db_bulk_i64(b, (int64_t)i + 1);
		db_bulk_str(b, v->dimension);
		db_bulk_str(b, v->baseline);
		put_int(b, v->baseline_year);
		db_bulk_str(b, v->target);
		db_bulk_str(b, v->actual);
		db_bulk_date(b, v->start);
		db_bulk_date(b, v->end);
		TRY(db_bulk_row(b, e));
	}
	return ERR_OK;
}

/* Where the number of rows of an activity stands: a table that a batch has nothing for is not touched. */
#define COUNT(list) offsetof(struct ia_activity, list.n)

struct filler {
	struct db_table table;
	size_t count_at;
	enum err_code (*put)(struct store *s, struct db_bulk *b, const struct stored *r, struct err *e);
};

static const struct filler fillers[] = {
    {TABLE(activity), SIZE_MAX, put_activity},
    {TABLE(activity_text), COUNT(texts), put_texts},
    {TABLE(activity_country), COUNT(countries), put_countries},
    {TABLE(activity_region), COUNT(regions), put_regions},
    {TABLE(activity_sector), COUNT(sectors), put_sectors},
    {TABLE(activity_marker), COUNT(markers), put_markers},
    {TABLE(participating_org), COUNT(participants), put_participants},
    {TABLE(activity_budget), COUNT(budgets), put_budgets},
    {TABLE(activity_transaction), COUNT(transactions), put_transactions},
    {TABLE(activity_location), COUNT(locations), put_locations},
    {TABLE(document_link), COUNT(documents), put_documents},
    {TABLE(related_activity), COUNT(related), put_related},
    {TABLE(other_identifier), COUNT(identifiers), put_identifiers},
    {TABLE(indicator), COUNT(indicators), put_indicators},
    {TABLE(indicator_value), COUNT(values), put_values},
};

static bool any(const struct filler *f, const struct stored *rows, size_t n)
{
	if (f->count_at == SIZE_MAX)
		return n > 0;
	for (size_t i = 0; i < n; i++) {
		size_t count;
		memcpy(&count, (const char *)rows[i].a + f->count_at, sizeof count);
		if (count)
			return true;
	}
	return false;
}

enum err_code store_rows(struct store *s, const struct stored *rows, size_t n, struct err *e)
{
	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
		if (!any(&fillers[i], rows, n))
			continue;
		AUTO_BULK bulk = NULL;
		TRY(db_bulk_begin(s->db, &fillers[i].table, &bulk, e));
		for (size_t k = 0; k < n; k++)
			TRY(fillers[i].put(s, bulk, &rows[k], e));
		struct db_bulk *done = bulk;
		bulk = NULL;
		TRY(db_bulk_end(done, NULL, e));
	}
	return ERR_OK;
}
