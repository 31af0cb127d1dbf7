/* One activity with all its parts: a statement for each table, all by the activity's identifier. */
#include "base/map.h"
#include "db/stmt.h"
#include "feat/register/load.sql.h"
#include "feat/register/register.h"

struct loader {
	struct db *db;
	int64_t programme;
	struct arena *a;
	struct activity *x;
	struct indicator *indicators;
	struct map *orgs; /* by the bytes of their identifier: each is loaded once */
};

/* Copy texts of a row into the arena; the list ends with NULL. */
static enum err_code keep(struct loader *l, struct err *e, str **texts)
{
	for (; *texts; texts++)
		TRY(db_keep(l->a, *texts, e));
	return ERR_OK;
}

static money money_of(struct opt_i64 minor, str currency)
{
	money m = MONEY_NONE;
	if (!minor.has)
		return m;
	m.minor = minor.v;
	if (currency.n == 3)
		memcpy(m.currency, currency.p, 3);
	return m;
}

static pdate pdate_at(struct opt_i64 day, int64_t precision)
{
	return day.has ? (pdate){(int32_t)day.v, (uint8_t)precision} : PDATE_NONE;
}

static enum country_role country_role_of(str word)
{
	static const enum country_role roles[] = {
	    COUNTRY_ROLE_BENEFICIARY, COUNTRY_ROLE_ORIGIN, COUNTRY_ROLE_DESTINATION, COUNTRY_ROLE_TRANSIT};
	static const char *const words[] = {"beneficiary", "origin", "destination", "transit"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(word, words[i]))
			return roles[i];
	return COUNTRY_ROLE_RECIPIENT;
}

static enum org_role org_role_of(str word)
{
	static const enum org_role roles[] = {
	    ORG_ROLE_FUNDER, ORG_ROLE_PARTNER, ORG_ROLE_IMPLEMENTER, ORG_ROLE_ACCOUNTABLE, ORG_ROLE_EXTENDING};
	static const char *const words[] = {"funder", "partner", "implementer", "accountable", "extending"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(word, words[i]))
			return roles[i];
	return ORG_ROLE_PARTNER;
}

static enum err_code org(struct loader *l, uid id, const struct organisation **ret_org, struct err *e)
{
	*ret_org = NULL;
	if (!uid_is(id))
		return ERR_OK;
	*ret_org = map_get(l->orgs, (str){(const char *)id.b, sizeof id.b});
	if (*ret_org)
		return ERR_OK;
	struct load_org_row r;
	TRY(load_org(l->db, l->programme, id, l->a, &r, e));
	struct organisation *o = ARENA_NEW(l->a, struct organisation);
	if (!o)
		return arena_fail(l->a, e);
	*o = (struct organisation){.id = id,
	    .own = r.own,
	    .key = r.key,
	    .name = r.name,
	    .type = r.type,
	    .country = r.country,
	    .country_basis = r.country_basis,
	    .source_line = r.source_line};
	if (!map_set(l->orgs, (str){(const char *)o->id.b, sizeof o->id.b}, o, NULL))
		return arena_fail(l->a, e);
	*ret_org = o;
	return ERR_OK;
}

static enum err_code load_texts_all(struct loader *l, struct err *e)
{
	VEC(struct activity_text) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_texts_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_texts_row r;
		bool more;
		TRY(load_texts_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_text *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.field, &r.type, &r.lang, &r.text, NULL}));
		*t = (struct activity_text){r.field, r.type, r.lang, r.text};
	}
	l->x->texts = all.p;
	l->x->n_texts = all.n;
	return ERR_OK;
}

static enum err_code load_priorities_all(struct loader *l, struct err *e)
{
	VEC(struct activity_priority) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_priorities_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_priorities_row r;
		bool more;
		TRY(load_priorities_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_priority *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.source_line, NULL}));
		*t = (struct activity_priority){(int)r.priority, r.is_primary, r.source_line};
	}
	l->x->priorities = all.p;
	l->x->n_priorities = all.n;
	return ERR_OK;
}

static enum err_code load_interventions_all(struct loader *l, struct err *e)
{
	VEC(struct activity_intervention) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_interventions_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_interventions_row r;
		bool more;
		TRY(load_interventions_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_intervention *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.intervention_id, &r.source_line, NULL}));
		*t = (struct activity_intervention){r.intervention_id, r.is_main, r.source_line};
	}
	l->x->interventions = all.p;
	l->x->n_interventions = all.n;
	return ERR_OK;
}

static enum err_code load_countries_all(struct loader *l, struct err *e)
{
	VEC(struct activity_country) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_countries_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_countries_row r;
		bool more;
		TRY(load_countries_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_country *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.country, &r.percentage, &r.source_line, &r.note, NULL}));
		*t = (struct activity_country){.country = r.country,
		    .role = country_role_of(r.role),
		    .transaction_seq = (uint32_t)r.transaction_seq,
		    .percentage = r.percentage,
		    .source_line = r.source_line,
		    .note = r.note};
	}
	l->x->countries = all.p;
	l->x->n_countries = all.n;
	return ERR_OK;
}

static enum err_code load_regions_all(struct loader *l, struct err *e)
{
	VEC(struct activity_region) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_regions_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_regions_row r;
		bool more;
		TRY(load_regions_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_region *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.vocabulary, &r.code, &r.percentage, NULL}));
		*t = (struct activity_region){r.vocabulary, r.code, r.percentage, (uint32_t)r.transaction_seq};
	}
	l->x->regions = all.p;
	l->x->n_regions = all.n;
	return ERR_OK;
}

static enum err_code load_sectors_all(struct loader *l, struct err *e)
{
	VEC(struct activity_sector) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_sectors_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_sectors_row r;
		bool more;
		TRY(load_sectors_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_sector *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.vocabulary, &r.code, &r.percentage, NULL}));
		*t = (struct activity_sector){r.vocabulary, r.code, r.percentage, (uint32_t)r.transaction_seq};
	}
	l->x->sectors = all.p;
	l->x->n_sectors = all.n;
	return ERR_OK;
}

static enum err_code load_markers_all(struct loader *l, struct err *e)
{
	VEC(struct activity_marker) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_markers_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_markers_row r;
		bool more;
		TRY(load_markers_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_marker *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.kind, &r.vocabulary, &r.code, &r.significance, &r.type, &r.name, NULL}));
		*t = (struct activity_marker){r.kind, r.vocabulary, r.code, r.significance, r.type, r.name};
	}
	l->x->markers = all.p;
	l->x->n_markers = all.n;
	return ERR_OK;
}

static enum err_code load_participants_all(struct loader *l, struct err *e)
{
	VEC(struct participating_org) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_participants_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_participants_row r;
		bool more;
		TRY(load_participants_next(rows, &r, &more, e));
		if (!more)
			break;
		struct participating_org *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.activity_ref, &r.currency, &r.source_line, &r.note, NULL}));
		*t = (struct participating_org){.role = org_role_of(r.role),
		    .iati_role = r.iati_role.has ? (int)r.iati_role.v : 0,
		    .activity_ref = r.activity_ref,
		    .amount = money_of(r.amount_minor, r.currency),
		    .source_line = r.source_line,
		    .note = r.note};
		TRY(org(l, r.organisation, &t->org, e));
	}
	l->x->orgs = all.p;
	l->x->n_orgs = all.n;
	return ERR_OK;
}

static enum err_code load_budgets_all(struct loader *l, struct err *e)
{
	VEC(struct activity_budget) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_budgets_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_budgets_row r;
		bool more;
		TRY(load_budgets_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_budget *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.currency, NULL}));
		*t = (struct activity_budget){.planned_disbursement = str_is(r.kind, "planned-disbursement"),
		    .type = r.type.has ? (int)r.type.v : 0,
		    .status = r.status.has ? (int)r.status.v : 0,
		    .period_start = r.period_start_day,
		    .period_end = r.period_end_day,
		    .value_date = r.value_day,
		    .value = money_of(opt_i64(r.value_minor), r.currency)};
	}
	l->x->budgets = all.p;
	l->x->n_budgets = all.n;
	return ERR_OK;
}

static enum err_code load_transactions_all(struct loader *l, struct err *e)
{
	VEC(struct activity_transaction) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_transactions_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_transactions_row r;
		bool more;
		TRY(load_transactions_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_transaction *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.ref, &r.currency, &r.description, &r.provider_activity, &r.receiver_activity, &r.aid_type, &r.finance_type, NULL}));
		*t = (struct activity_transaction){.type = (int)r.type,
		    .day = r.day,
		    .value_date = r.value_day,
		    .value = money_of(opt_i64(r.value_minor), r.currency),
		    .ref = r.ref,
		    .description = r.description,
		    .provider_activity = r.provider_activity,
		    .receiver_activity = r.receiver_activity,
		    .aid_type = r.aid_type,
		    .finance_type = r.finance_type};
		TRY(org(l, r.provider_org, &t->provider, e));
		TRY(org(l, r.receiver_org, &t->receiver, e));
	}
	l->x->transactions = all.p;
	l->x->n_transactions = all.n;
	return ERR_OK;
}

static enum err_code load_locations_all(struct loader *l, struct err *e)
{
	VEC(struct activity_location) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_locations_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_locations_row r;
		bool more;
		TRY(load_locations_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_location *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.ref, &r.name, NULL}));
		*t = (struct activity_location){.ref = r.ref,
		    .name = r.name,
		    .has_point = r.latitude.has && r.longitude.has,
		    .latitude = r.latitude.v,
		    .longitude = r.longitude.v};
	}
	l->x->locations = all.p;
	l->x->n_locations = all.n;
	return ERR_OK;
}

static enum err_code load_documents_all(struct loader *l, struct err *e)
{
	VEC(struct document_link) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_documents_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_documents_row r;
		bool more;
		TRY(load_documents_next(rows, &r, &more, e));
		if (!more)
			break;
		struct document_link *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.url, &r.format, &r.title, &r.category, &r.lang, NULL}));
		*t = (struct document_link){r.url, r.format, r.title, r.category, r.lang, r.day};
	}
	l->x->documents = all.p;
	l->x->n_documents = all.n;
	return ERR_OK;
}

static enum err_code load_related_all(struct loader *l, struct err *e)
{
	VEC(struct related_activity) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_related_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_related_row r;
		bool more;
		TRY(load_related_next(rows, &r, &more, e));
		if (!more)
			break;
		struct related_activity *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.ref, NULL}));
		*t = (struct related_activity){(int)r.type, r.ref};
	}
	l->x->related = all.p;
	l->x->n_related = all.n;
	return ERR_OK;
}

static enum err_code load_identifiers_all(struct loader *l, struct err *e)
{
	VEC(struct other_identifier) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_identifiers_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_identifiers_row r;
		bool more;
		TRY(load_identifiers_next(rows, &r, &more, e));
		if (!more)
			break;
		struct other_identifier *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.ref, &r.type, NULL}));
		*t = (struct other_identifier){r.ref, r.type};
	}
	l->x->identifiers = all.p;
	l->x->n_identifiers = all.n;
	return ERR_OK;
}

static enum err_code load_events_all(struct loader *l, struct err *e)
{
	VEC(struct activity_event) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_events_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_events_row r;
		bool more;
		TRY(load_events_next(rows, &r, &more, e));
		if (!more)
			break;
		struct activity_event *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.type, &r.detail, &r.currency, &r.source_line, NULL}));
		*t = (struct activity_event){.day = pdate_at(r.day, r.day_precision),
		    .type = r.type,
		    .detail = r.detail,
		    .amount = money_of(r.amount_minor, r.currency),
		    .source_line = r.source_line};
	}
	l->x->events = all.p;
	l->x->n_events = all.n;
	return ERR_OK;
}

/* ---- indicators and their values ---- */

static enum err_code load_indicators_all(struct loader *l, struct err *e)
{
	VEC(struct indicator) all = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_indicators_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_indicators_row r;
		bool more;
		TRY(load_indicators_next(rows, &r, &more, e));
		if (!more)
			break;
		struct indicator *t = VEC_ADD(&all, l->a);
		if (!t)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.result_title, &r.title, &r.unit, &r.ref_vocabulary, &r.ref_code, NULL}));
		*t = (struct indicator){.no = (uint32_t)r.indicator_no,
		    .result_no = (int)r.result_no,
		    .result_type = (int)r.result_type,
		    .result_title = r.result_title,
		    .title = r.title,
		    .unit = r.unit,
		    .measure = r.measure.has ? (int)r.measure.v : 0,
		    .ascending = r.ascending.has ? r.ascending.v : -1,
		    .ref_vocabulary = r.ref_vocabulary,
		    .ref_code = r.ref_code};
	}
	l->indicators = all.p;
	l->x->indicators = all.p;
	l->x->n_indicators = all.n;
	return ERR_OK;
}

static decimal number_of(str s)
{
	decimal d;
	return s.p && decimal_parse(s, &d) ? d : DECIMAL_NONE;
}

static struct indicator_value value_of(const struct load_values_row *r)
{
	return (struct indicator_value){.dimension = r->dimension,
	    .baseline = r->baseline,
	    .target = r->target,
	    .actual = r->actual,
	    .baseline_num = number_of(r->baseline),
	    .target_num = number_of(r->target),
	    .actual_num = number_of(r->actual),
	    .baseline_year = r->baseline_year.has ? (int)r->baseline_year.v : 0,
	    .period_start = r->period_start_day,
	    .period_end = r->period_end_day,
	    .as_of = pdate_at(r->as_of_day, r->as_of_precision),
	    .source_line = r->source_line,
	    .note = r->note};
}

/* The rows come by indicator; each indicator gets its stretch of them. */
static enum err_code load_values_all(struct loader *l, struct indicator *indicators, struct err *e)
{
	VEC(struct indicator_value) all = {0};
	VEC(uint32_t) of = {0};
	AUTO_ROWS rows = NULL;
	TRY(load_values_open(l->db, l->programme, l->x->id, &rows, e));
	for (;;) {
		struct load_values_row r;
		bool more;
		TRY(load_values_next(rows, &r, &more, e));
		if (!more)
			break;
		struct indicator_value *t = VEC_ADD(&all, l->a);
		uint32_t *no = VEC_ADD(&of, l->a);
		if (!t || !no)
			return arena_fail(l->a, e);
		TRY(keep(l, e, (str *[]){&r.dimension, &r.baseline, &r.target, &r.actual, &r.source_line, &r.note, NULL}));
		*t = value_of(&r);
		*no = (uint32_t)r.indicator_no;
	}
	size_t at = 0;
	for (size_t i = 0; i < l->x->n_indicators; i++) {
		while (at < all.n && of.p[at] < indicators[i].no)
			at++;
		indicators[i].values = all.p + at;
		while (at < all.n && of.p[at] == indicators[i].no) {
			at++;
			indicators[i].n_values++;
		}
	}
	return ERR_OK;
}

/* ---- the activity ---- */

static void fill(struct activity *x, const struct load_activity_row *r, bool own, str key)
{
	*x = (struct activity){.id = r->id,
	    .doc = (uint32_t)r->doc,
	    .own = own,
	    .is_programme = r->is_programme,
	    .key = key,
	    .title = r->title,
	    .lang = r->lang,
	    .acronym = r->acronym,
	    .description = r->description,
	    .dataset = r->dataset_name,
	    .status = r->status.has ? (enum activity_status)r->status.v : ACTIVITY_STATUS_UNKNOWN,
	    .hierarchy = r->hierarchy.has ? (int)r->hierarchy.v : 0,
	    .planned_start = pdate_at(r->planned_start_day, r->planned_start_precision),
	    .actual_start = pdate_at(r->actual_start_day, r->actual_start_precision),
	    .planned_end = pdate_at(r->planned_end_day, r->planned_end_precision),
	    .actual_end = pdate_at(r->actual_end_day, r->actual_end_precision),
	    .total_budget = money_of(r->total_budget_minor, r->currency),
	    .contribution = money_of(r->contribution_minor, r->currency),
	    .follows = r->follows,
	    .scope = r->scope,
	    .number_kind = r->number_kind,
	    .source_line = r->source_line,
	    .note = r->note,
	    .last_updated_ms = r->last_updated_ms.has ? r->last_updated_ms.v : 0,
	    .currency = r->currency,
	    .humanitarian = r->humanitarian.has ? r->humanitarian.v : -1,
	    .collaboration_type = r->collaboration_type,
	    .flow_type = r->flow_type,
	    .finance_type = r->finance_type,
	    .aid_type = r->aid_type,
	    .tied_status = r->tied_status,
	    .activity_scope = r->activity_scope};
}

static enum err_code load_parts(struct loader *l, struct err *e)
{
	static enum err_code (*const parts[])(struct loader *, struct err *) = {load_texts_all, load_priorities_all,
	    load_interventions_all, load_countries_all, load_regions_all, load_sectors_all, load_markers_all,
	    load_participants_all, load_budgets_all, load_transactions_all, load_locations_all, load_documents_all,
	    load_related_all, load_identifiers_all, load_events_all, load_indicators_all};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		TRY(parts[i](l, e));
	/* The list was made above, in this arena, and is not yet anybody else's. */
	return load_values_all(l, l->indicators, e);
}

enum err_code activity_load(struct db *db, int64_t programme, bool own, str key, struct arena *a,
    const struct activity **ret_activity, struct err *e)
{
	struct load_activity_row r;
	enum err_code code = load_activity(db, programme, own, key, a, &r, e);
	if (code == ERR_NOT_FOUND)
		return fail(e, ERR_NOT_FOUND, "activity", "There is no activity %.*s.", STR_ARG(str_sub(key, 0, 100)));
	TRY(code);
	struct activity *x = ARENA_NEW(a, struct activity);
	str own_key = arena_str(a, key);
	struct loader l = {.db = db, .programme = programme, .a = a, .x = x, .orgs = map_new(a, 0)};
	if (!x || !own_key.p || !l.orgs)
		return arena_fail(a, e);
	fill(x, &r, own, own_key);
	TRY(org(&l, r.reporting_org, &x->reporting, e));
	TRY(org(&l, r.implementer, &x->implementer, e));
	TRY(load_parts(&l, e));
	*ret_activity = x;
	return ERR_OK;
}
