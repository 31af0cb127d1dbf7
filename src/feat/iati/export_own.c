/* The own portfolio. docs/iati.md explains each decision: what the source does not say is left out, and
 * what the standard demands but the source does not say keeps an activity out of the file. */
#include "db/stmt.h"
#include "feat/iati/export.h"
#include "feat/iati/export.sql.h"

enum { REGION_UNSPECIFIED = 998 }; /* "Developing countries, unspecified" of the DAC list of regions */

static const char *const langs[] = {"en", "nl", "fr"};

/* ---- what is needed throughout ---- */

static str text_of(const struct exporter *x, const char *kind, str subject, const char *field, const char *lang)
{
	for (const struct lang_text *t = x->texts.p; t < x->texts.p + x->texts.n; t++)
		if (str_is(t->kind, kind) && str_eq(t->subject, subject) && str_is(t->field, field) &&
		    str_is(t->lang, lang))
			return t->text;
	return STR_NONE;
}

static enum err_code load_texts(struct exporter *x, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(iati_programme_texts_open(x->db, x->programme, &rows, e));
	for (;;) {
		struct iati_programme_texts_row r;
		bool more;
		TRY(iati_programme_texts_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		struct lang_text *t = VEC_ADD(&x->texts, x->lasting);
		if (!t)
			return arena_fail(x->lasting, e);
		*t = (struct lang_text){r.subject_kind, r.subject, r.field, r.lang, r.text};
		TRY(db_keep(x->lasting, &t->kind, e));
		TRY(db_keep(x->lasting, &t->subject, e));
		TRY(db_keep(x->lasting, &t->field, e));
		TRY(db_keep(x->lasting, &t->lang, e));
		TRY(db_keep(x->lasting, &t->text, e));
	}
}

static enum err_code add_str(struct exporter *x, str **p, str s, struct err *e)
{
	str kept = arena_str(x->lasting, s);
	if (!*p || !kept.p)
		return arena_fail(x->lasting, e);
	**p = kept;
	return ERR_OK;
}

static enum err_code load_keys(struct exporter *x, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(iati_own_keys_open(x->db, x->programme, &rows, e));
	for (;;) {
		struct iati_own_keys_row r;
		bool more;
		TRY(iati_own_keys_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		str *slot = r.is_programme ? &x->programme_key : VEC_ADD(&x->own_keys, x->lasting);
		TRY(add_str(x, &slot, r.key, e));
	}
}

/* Not financed from this programme: predecessors and successors. */
static bool is_outside(const struct activity *a)
{
	return str_is(a->scope, "outside");
}

static bool can_be_written(const struct activity *a)
{
	return a->status != ACTIVITY_STATUS_UNKNOWN && activity_start(a).precision != DATE_PRECISION_NONE;
}

enum err_code export_own_begin(struct exporter *x, struct err *e)
{
	struct iati_publisher_get_row p;
	TRY(iati_publisher_get(x->db, x->programme, x->lasting, &p, e));
	x->slug = p.slug;
	x->ref = p.reporting_org;
	x->type = arena_fmt(x->lasting, "%lld", (long long)p.reporting_org_type);
	x->prefix = p.identifier_prefix;
	x->loaded_ms = p.loaded_ms;
	x->facts_as_of = p.facts_as_of_day;
	TRY(load_texts(x, e));
	TRY(load_keys(x, e));
	for (size_t i = 0; i < x->own_keys.n; i++) {
		const struct activity *a;
		arena_reset(x->a);
		TRY(activity_load(x->db, x->programme, true, x->own_keys.p[i], x->a, &a, e));
		if (is_outside(a))
			continue;
		bool valid = can_be_written(a);
		str *slot = valid ? VEC_ADD(&x->valid_keys, x->lasting) : VEC_ADD(&x->left_out, x->lasting);
		TRY(add_str(x, &slot, valid ? x->own_keys.p[i] : a->title, e));
		if (!valid)
			continue;
		x->any_running |= a->status != ACTIVITY_STATUS_CLOSED && a->status != ACTIVITY_STATUS_CANCELLED;
		int32_t start = activity_start(a).day;
		if (!date_is(x->first_start) || start < x->first_start.day)
			x->first_start = (date){start};
	}
	return ERR_OK;
}

static bool is_valid_key(const struct exporter *x, str key)
{
	for (size_t i = 0; i < x->valid_keys.n; i++)
		if (str_eq(x->valid_keys.p[i], key))
			return true;
	return false;
}

/* ---- elements ---- */

static str identifier(struct exporter *x, str key)
{
	return arena_fmt(x->a, "%.*s%.*s", STR_ARG(x->prefix), STR_ARG(key));
}

static void put_three(struct exporter *x, const char *kind, str subject, const char *field)
{
	for (size_t i = 0; i < 3; i++)
		put_narrative(x, text_of(x, kind, subject, field, langs[i]), i ? langs[i] : NULL);
}

static void put_owner(struct exporter *x, const char *element, int role)
{
	xml_open(&x->w, element);
	xml_attr(&x->w, "ref", x->ref);
	xml_attr(&x->w, "type", x->type);
	if (role)
		xml_attr_i64(&x->w, "role", role);
	put_three(x, "programme", x->slug, "owner");
	xml_close(&x->w);
}

static void begin_activity(struct exporter *x, str key, int hierarchy)
{
	xml_open(&x->w, "iati-activity");
	xml_attr(&x->w, "xml:lang", STR("en"));
	xml_attr(&x->w, "default-currency", STR("EUR"));
	put_instant_attr(x, "last-updated-datetime", x->loaded_ms);
	xml_attr_i64(&x->w, "hierarchy", hierarchy);
	xml_leaf(&x->w, "iati-identifier", identifier(x, key));
	put_owner(x, "reporting-org", 0);
}

static void put_description(struct exporter *x, int type, str text)
{
	if (!text.n)
		return;
	xml_open(&x->w, "description");
	xml_attr_i64(&x->w, "type", type);
	put_narrative(x, text, NULL);
	xml_close(&x->w);
}

/* A date of the standard has a day; a date that is known to the month or year says so. */
static void put_date(struct exporter *x, int type, pdate d, bool end, str why)
{
	if (!d.precision)
		return;
	xml_open(&x->w, "activity-date");
	xml_attr_i64(&x->w, "type", type);
	xml_attr_date(&x->w, "iso-date", end ? pdate_last(d) : pdate_first(d));
	if (d.precision != DATE_PRECISION_DAY) {
		AUTO_BUF b = BUF_INIT(200);
		buf_addz(&b, "The source says ");
		buf_add_pdate(&b, d);
		buf_addz(&b, end ? "; the last day of it stands here." : "; the first day of it stands here.");
		put_narrative(x, buf_str(&b), NULL);
	} else {
		put_narrative(x, why, NULL);
	}
	xml_close(&x->w);
}

/* Our words for kinds of organisation, where the list of the standard has exactly one code for them. */
static str org_type_code(str type)
{
	static const struct {
		const char *word, *code;
	} known[] = {{"government", "10"}, {"international_org", "40"}, {"research", "80"}, {"consultancy", "70"}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_is(type, known[i].word))
			return str_of(known[i].code);
	return STR_NONE;
}

static void put_participants(struct exporter *x, const struct activity *a)
{
	put_owner(x, "participating-org", 1);
	bool implementer_there = false;
	for (size_t i = 0; i < a->n_orgs; i++) {
		const struct participating_org *p = &a->orgs[i];
		if (!p->iati_role || !p->org || str_eq(p->org->name, text_of(x, "programme", x->slug, "owner", "en")))
			continue;
		implementer_there |= p->iati_role == 4 && a->implementer && uid_eq(p->org->id, a->implementer->id);
		xml_open(&x->w, "participating-org");
		xml_attr(&x->w, "type", org_type_code(p->org->type));
		xml_attr_i64(&x->w, "role", p->iati_role);
		put_narrative(x, p->org->name, NULL);
		xml_close(&x->w);
	}
	if (!a->implementer || implementer_there)
		return;
	xml_open(&x->w, "participating-org");
	xml_attr(&x->w, "type", org_type_code(a->implementer->type));
	xml_attr_i64(&x->w, "role", 4);
	put_narrative(x, a->implementer->name, NULL);
	xml_close(&x->w);
}

/* "partner" is no role of the standard, so partners are named in words. */
static void put_partners(struct exporter *x, const struct activity *a)
{
	AUTO_BUF b = BUF_INIT(64 << 10);
	for (size_t i = 0; i < a->n_orgs; i++) {
		if (a->orgs[i].iati_role || !a->orgs[i].org)
			continue;
		buf_addz(&b, b.n ? "; " : "Partners that the source names without saying their role: ");
		buf_add(&b, a->orgs[i].org->name);
	}
	if (b.n)
		buf_addc(&b, '.');
	put_description(x, 4, buf_str(&b));
}

/* ---- countries ---- */

static const char *role_words(enum country_role role)
{
	switch (role) {
	case COUNTRY_ROLE_BENEFICIARY:
		return "Beneficiary country";
	case COUNTRY_ROLE_ORIGIN:
		return "Country where migrants come from or return to";
	case COUNTRY_ROLE_TRANSIT:
		return "Country where migrants are stranded on their way";
	case COUNTRY_ROLE_DESTINATION:
		return "Country where migrants live";
	case COUNTRY_ROLE_RECIPIENT:
		break;
	}
	return "Country of the activity";
}

static bool is_recipient(const struct activity_country *c)
{
	return c->role != COUNTRY_ROLE_DESTINATION;
}

static bool named_before(const struct activity *a, size_t i, bool recipients_only)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(a->countries[k].country, a->countries[i].country) &&
		    (!recipients_only || is_recipient(&a->countries[k])))
			return true;
	return false;
}

/* One recipient: recipient-country. Several: the source gives no shares, which the standard demands of each,
 * so the region says "unspecified" and the countries stand as locations. */
static void put_recipient(struct exporter *x, const struct activity *a)
{
	const struct activity_country *only = NULL;
	size_t n = 0;
	for (size_t i = 0; i < a->n_countries; i++) {
		if (!is_recipient(&a->countries[i]) || named_before(a, i, true))
			continue;
		only = &a->countries[i];
		n++;
	}
	if (n == 1) {
		put_code(x, "recipient-country", only->country);
		return;
	}
	xml_open(&x->w, "recipient-region");
	xml_attr(&x->w, "vocabulary", STR("1"));
	xml_attr_i64(&x->w, "code", REGION_UNSPECIFIED);
	xml_close(&x->w);
}

static void put_locations(struct exporter *x, const struct activity *a)
{
	for (size_t i = 0; i < a->n_countries; i++) {
		const struct activity_country *c = &a->countries[i];
		if (named_before(a, i, false))
			continue;
		xml_open(&x->w, "location");
		put_text(x, "name", codelist_name("Country", c->country, "en"));
		put_text(x, "activity-description", str_of(role_words(c->role)));
		xml_open(&x->w, "administrative");
		xml_attr(&x->w, "vocabulary", STR("A4"));
		xml_attr(&x->w, "level", STR("0"));
		xml_attr(&x->w, "code", c->country);
		xml_close(&x->w);
		xml_close(&x->w);
	}
}

/* ---- themes: the programme's priorities as the reporting organisation's own vocabulary ---- */

static void put_priority(struct exporter *x, const char *element, int priority)
{
	str code = arena_fmt(x->a, "%d", priority);
	xml_open(&x->w, element);
	xml_attr(&x->w, "vocabulary", STR("99"));
	xml_attr(&x->w, "code", code);
	if (priority)
		put_three(x, "priority", code, "name");
	else
		put_three(x, "programme", x->slug, "name");
	xml_close(&x->w);
}

/* The primary priority is the sector; shares between several are not known, so the others are tags. */
static int sector_of(const struct activity *a)
{
	int primary = activity_primary_priority(a);
	return primary || a->n_priorities != 1 ? primary : a->priorities[0].priority;
}

static void put_themes(struct exporter *x, const struct activity *a)
{
	int sector = sector_of(a);
	put_priority(x, "sector", sector);
	for (size_t i = 0; i < a->n_priorities; i++)
		if (a->priorities[i].priority != sector)
			put_priority(x, "tag", a->priorities[i].priority);
}

/* ---- money ---- */

/* The whole budget as one period, where the standard's limit of a year allows it. */
static void put_budget(struct exporter *x, const struct activity *a)
{
	pdate start = activity_start(a), end = activity_end(a);
	if (!money_is(a->total_budget) || start.precision < DATE_PRECISION_MONTH || end.precision < DATE_PRECISION_MONTH)
		return;
	date from = pdate_first(start), to = pdate_last(end), limit;
	struct civil c = date_to_civil(from);
	if (!date_from_civil(c.year + 1, c.month, c.day > 28 && c.month == 2 ? 28 : c.day, &limit) ||
	    to.day >= limit.day || to.day < from.day)
		return;
	xml_open(&x->w, "budget");
	put_iso_date(x, "period-start", from);
	put_iso_date(x, "period-end", to);
	put_value(x, a, a->total_budget, from);
	xml_close(&x->w);
}

static void put_commitment(struct exporter *x, const struct activity *a)
{
	pdate day = PDATE_NONE;
	if (!money_is(a->contribution))
		return;
	for (size_t i = 0; i < a->n_events && !day.precision; i++)
		if (str_is(a->events[i].type, "approved"))
			day = a->events[i].day;
	bool approved = day.precision != DATE_PRECISION_NONE;
	if (!approved)
		day = activity_start(a);
	xml_open(&x->w, "transaction");
	put_code(x, "transaction-type", STR("2"));
	put_iso_date(x, "transaction-date", pdate_first(day));
	put_value(x, a, a->contribution, pdate_first(day));
	put_text(x, "description",
	    approved ? STR("Contribution of the ministry, dated by its approval.")
		     : STR("Contribution of the ministry. The source does not date the commitment; the start of the activity "
			   "stands here."));
	put_owner(x, "provider-org", 0);
	if (a->implementer) {
		xml_open(&x->w, "receiver-org");
		xml_attr(&x->w, "type", org_type_code(a->implementer->type));
		put_narrative(x, a->implementer->name, NULL);
		xml_close(&x->w);
	}
	xml_close(&x->w);
}

/* ---- results ---- */

static date value_end(const struct exporter *x, const struct activity *a, const struct indicator_value *v)
{
	if (date_is(v->period_end))
		return v->period_end;
	date d = pdate_last(v->as_of);
	if (!date_is(d))
		d = pdate_last(activity_end(a));
	return date_is(d) ? d : x->facts_as_of;
}

static date value_start(const struct exporter *x, const struct activity *a, const struct indicator_value *v)
{
	if (date_is(v->period_start))
		return v->period_start;
	return a->is_programme ? x->first_start : pdate_first(activity_start(a));
}

/* A row of context is background, not a figure of the indicator. */
static bool is_figure(const struct exporter *x, const struct activity *a, const struct indicator_value *v)
{
	date from = value_start(x, a, v), to = value_end(x, a, v);
	return (v->target.p || v->actual.p) && str_find(v->dimension, STR("context")) < 0 && date_is(from) && date_is(to) &&
	    from.day <= to.day;
}

static void put_figures(struct exporter *x, const struct activity *a, const struct indicator *n, date end, bool target)
{
	for (size_t i = 0; i < n->n_values; i++) {
		const struct indicator_value *v = &n->values[i];
		str value = target ? v->target : v->actual;
		if (!value.p || !is_figure(x, a, v) || value_end(x, a, v).day != end.day)
			continue;
		xml_open(&x->w, target ? "target" : "actual");
		xml_attr(&x->w, "value", value);
		put_dimensions(x, v->dimension);
		xml_close(&x->w);
	}
}

static bool end_seen(const struct exporter *x, const struct activity *a, const struct indicator *n, size_t i)
{
	date end = value_end(x, a, &n->values[i]);
	for (size_t k = 0; k < i; k++)
		if (is_figure(x, a, &n->values[k]) && value_end(x, a, &n->values[k]).day == end.day)
			return true;
	return false;
}

static void put_result(struct exporter *x, const struct activity *a, const struct indicator *n)
{
	xml_open(&x->w, "result");
	xml_attr_i64(&x->w, "type", n->result_type);
	put_text(x, "title", n->result_title.n ? n->result_title : n->title);
	xml_open(&x->w, "indicator");
	xml_attr_i64(&x->w, "measure", n->measure ? n->measure : 1);
	put_text(x, "title", n->title);
	if (n->unit.n)
		put_text(x, "description", arena_fmt(x->a, "Unit: %.*s", STR_ARG(n->unit)));
	for (size_t i = 0; i < n->n_values; i++) {
		const struct indicator_value *v = &n->values[i];
		if (!v->baseline.p || !v->baseline_year)
			continue;
		xml_open(&x->w, "baseline");
		xml_attr_i64(&x->w, "year", v->baseline_year);
		xml_attr(&x->w, "value", v->baseline);
		put_dimensions(x, v->dimension);
		xml_close(&x->w);
	}
	for (size_t i = 0; i < n->n_values; i++) {
		if (!is_figure(x, a, &n->values[i]) || end_seen(x, a, n, i))
			continue;
		date end = value_end(x, a, &n->values[i]);
		xml_open(&x->w, "period");
		put_iso_date(x, "period-start", value_start(x, a, &n->values[i]));
		put_iso_date(x, "period-end", end);
		put_figures(x, a, n, end, true);
		put_figures(x, a, n, end, false);
		xml_close(&x->w);
	}
	xml_close(&x->w);
	xml_close(&x->w);
}

/* ---- the activities ---- */

static void put_related(struct exporter *x, str key, int type)
{
	xml_open(&x->w, "related-activity");
	xml_attr(&x->w, "ref", identifier(x, key));
	xml_attr_i64(&x->w, "type", type);
	xml_close(&x->w);
}

enum err_code export_own(struct exporter *x, str key, struct err *e)
{
	const struct activity *a;
	if (!is_valid_key(x, key))
		return ERR_OK; /* counted in left_out, or not of this programme */
	TRY(activity_load(x->db, x->programme, true, key, x->a, &a, e));
	begin_activity(x, key, 2);
	put_text(x, "title", a->title);
	put_description(x, 1, a->description.n ? a->description : a->title);
	put_partners(x, a);
	put_participants(x, a);
	if (str_is(a->number_kind, "report")) {
		xml_open(&x->w, "other-identifier");
		xml_attr(&x->w, "ref", key);
		xml_attr(&x->w, "type", STR("A1"));
		xml_close(&x->w);
	}
	put_code(x, "activity-status", number_text(x, (int64_t)a->status));
	put_date(x, 1, a->planned_start, false, STR_NONE);
	put_date(x, 2, a->actual_start, false, STR_NONE);
	put_date(x, 3, a->planned_end, true, STR_NONE);
	put_date(x, 4, a->actual_end, true, STR_NONE);
	put_recipient(x, a);
	put_locations(x, a);
	put_themes(x, a);
	put_budget(x, a);
	put_commitment(x, a);
	if (x->programme_key.n)
		put_related(x, x->programme_key, 1);
	if (a->follows.n && is_valid_key(x, a->follows))
		put_related(x, a->follows, 3);
	for (size_t i = 0; i < a->n_indicators; i++)
		put_result(x, a, &a->indicators[i]);
	xml_close(&x->w);
	x->written++;
	return ERR_OK;
}

/* What was spent per year and priority: the only money of the parent. Its type (disbursement) is not that of
 * the children's money (commitment), so no total of one type counts a euro twice. */
static enum err_code put_spending(struct exporter *x, const struct activity *a, bool *ret_any, struct err *e)
{
	AUTO_ROWS rows = NULL;
	*ret_any = false;
	TRY(iati_spending_open(x->db, x->programme, &rows, e));
	for (;;) {
		struct iati_spending_row r;
		bool more;
		date day;
		TRY(iati_spending_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		if (!r.amount_minor.has || r.currency.n != 3 || !date_from_civil((int32_t)r.year, 12, 31, &day) || day.day > x->today.day)
			continue;
		money m = {.minor = r.amount_minor.v};
		memcpy(m.currency, r.currency.p, 3);
		xml_open(&x->w, "transaction");
		put_code(x, "transaction-type", STR("3"));
		put_iso_date(x, "transaction-date", day);
		put_value(x, a, m, day);
		put_text(x, "description",
		    arena_fmt(x->a, "Spent in %lld on this priority, as the source rounds it.", (long long)r.year));
		put_owner(x, "provider-org", 0);
		put_priority(x, "sector", (int)r.priority);
		xml_close(&x->w);
		*ret_any = true;
	}
}

static enum err_code has_spending(struct exporter *x, bool *ret_any, struct err *e)
{
	AUTO_ROWS rows = NULL;
	struct iati_spending_row r;
	TRY(iati_spending_open(x->db, x->programme, &rows, e));
	return iati_spending_next(rows, &r, ret_any, e);
}

static void put_left_out(struct exporter *x)
{
	AUTO_BUF b = BUF_INIT(64 << 10);
	if (!x->left_out.n)
		return;
	buf_addz(&b, "Activities of the programme for which the source gives no status or no start, so that the standard cannot "
		     "describe them: ");
	vec_each(t, &x->left_out) {
		if (t != x->left_out.p)
			buf_addz(&b, "; ");
		buf_add(&b, *t);
	}
	buf_addc(&b, '.');
	put_description(x, 4, buf_str(&b));
}

enum err_code export_programme(struct exporter *x, struct err *e)
{
	const struct activity *a;
	bool spent;
	if (!x->programme_key.n || !x->valid_keys.n)
		return ERR_OK;
	TRY(activity_load(x->db, x->programme, true, x->programme_key, x->a, &a, e));
	begin_activity(x, x->programme_key, 1);
	xml_open(&x->w, "title");
	put_three(x, "programme", x->slug, "name");
	xml_close(&x->w);
	xml_open(&x->w, "description");
	xml_attr_i64(&x->w, "type", 1);
	put_three(x, "programme", x->slug, "description");
	xml_close(&x->w);
	put_left_out(x);
	put_description(x, 4, arena_fmt(x->a, "Source: %.*s", STR_ARG(text_of(x, "programme", x->slug, "source", "en"))));
	put_owner(x, "participating-org", 1);
	put_code(x, "activity-status", x->any_running ? STR("2") : STR("4"));
	put_date(x, 2, pdate_of(x->first_start), false, STR("The earliest start of an activity of the programme."));
	put_recipient(x, a);
	TRY(has_spending(x, &spent, e));
	if (!spent)
		put_priority(x, "sector", 0);
	TRY(put_spending(x, a, &spent, e));
	vec_each(k, &x->valid_keys)
		put_related(x, *k, 2);
	for (size_t i = 0; i < a->n_indicators; i++)
		put_result(x, a, &a->indicators[i]);
	xml_close(&x->w);
	x->written++;
	return ERR_OK;
}
