/* Imported activities, as they were read: elements in the order of the schema. */
#include "feat/iati/export.h"

static void put_org(struct exporter *x, const char *name, const struct organisation *o, int role, str activity_ref,
    const char *activity_attr)
{
	xml_open(&x->w, name);
	xml_attr(&x->w, "ref", o ? o->key : STR_NONE);
	xml_attr(&x->w, "type", o ? o->type : STR_NONE);
	if (role)
		xml_attr_i64(&x->w, "role", role);
	if (activity_attr)
		xml_attr(&x->w, activity_attr, activity_ref);
	if (o && !(o->key.p && str_eq(o->key, o->name)))
		put_narrative(x, o->name, NULL);
}

static void put_descriptions(struct exporter *x, const struct activity *a)
{
	xml_open(&x->w, "description");
	xml_attr(&x->w, "type", STR("1"));
	put_narrative(x, a->description.n ? a->description : a->title, NULL);
	for (size_t i = 0; i < a->n_texts; i++) {
		const struct activity_text *t = &a->texts[i];
		if (!str_is(t->field, "description") || (t->type.n && !str_is(t->type, "1")))
			continue;
		put_text_narrative(x, a, t);
	}
	xml_close(&x->w);
	for (size_t i = 0; i < a->n_texts; i++) {
		const struct activity_text *t = &a->texts[i];
		if (!str_is(t->field, "description") || !t->type.n || str_is(t->type, "1"))
			continue;
		xml_open(&x->w, "description");
		xml_attr(&x->w, "type", t->type);
		put_text_narrative(x, a, t);
		xml_close(&x->w);
	}
}

static void put_participants(struct exporter *x, const struct activity *a)
{
	for (size_t i = 0; i < a->n_orgs; i++) {
		const struct participating_org *p = &a->orgs[i];
		if (!p->iati_role)
			continue; /* the role is mandatory */
		put_org(x, "participating-org", p->org, p->iati_role, p->activity_ref, "activity-id");
		put_more(x, a, "participating-org", i + 1);
		xml_close(&x->w);
	}
}

static void put_dates(struct exporter *x, const struct activity *a)
{
	const pdate dates[] = {a->planned_start, a->actual_start, a->planned_end, a->actual_end};
	for (int i = 0; i < 4; i++) {
		if (!dates[i].precision)
			continue;
		xml_open(&x->w, "activity-date");
		xml_attr_i64(&x->w, "type", i + 1);
		xml_attr_date(&x->w, "iso-date", (date){dates[i].day});
		put_more(x, a, "activity-date", (size_t)i + 1);
		xml_close(&x->w);
	}
}

static void put_countries(struct exporter *x, const struct activity *a, uint32_t tx)
{
	for (size_t i = 0; i < a->n_countries; i++) {
		const struct activity_country *c = &a->countries[i];
		if (c->transaction_seq != tx)
			continue;
		xml_open(&x->w, "recipient-country");
		xml_attr(&x->w, "code", c->country);
		xml_attr(&x->w, "percentage", c->percentage);
		xml_close(&x->w);
		if (tx)
			return; /* at most one */
	}
}

static void put_regions(struct exporter *x, const struct activity *a, uint32_t tx)
{
	for (size_t i = 0; i < a->n_regions; i++) {
		const struct activity_region *r = &a->regions[i];
		if (r->transaction_seq != tx)
			continue;
		xml_open(&x->w, "recipient-region");
		xml_attr(&x->w, "vocabulary", r->vocabulary);
		xml_attr(&x->w, "code", r->code);
		if (!tx)
			xml_attr(&x->w, "percentage", r->percentage);
		xml_close(&x->w);
		if (tx)
			return;
	}
}

static void put_sectors(struct exporter *x, const struct activity *a, uint32_t tx)
{
	for (size_t i = 0; i < a->n_sectors; i++) {
		const struct activity_sector *s = &a->sectors[i];
		if (s->transaction_seq != tx)
			continue;
		xml_open(&x->w, "sector");
		xml_attr(&x->w, "vocabulary", s->vocabulary);
		xml_attr(&x->w, "code", s->code);
		if (!tx)
			xml_attr(&x->w, "percentage", s->percentage);
		put_more(x, a, "sector", i + 1);
		xml_close(&x->w);
	}
}

/* "A4 0 NL" */
static void put_administrative(struct exporter *x, const struct activity *a, size_t seq)
{
	for (const struct activity_text *t = a->texts; t < a->texts + a->n_texts; t++) {
		struct str_split it = str_split_on(t->text, ' ');
		str vocabulary, level;
		if (!is_text_of(t, "location-administrative", seq) || !str_next(&it, &vocabulary) || !str_next(&it, &level))
			continue;
		xml_open(&x->w, "administrative");
		xml_attr(&x->w, "vocabulary", vocabulary);
		xml_attr(&x->w, "level", str_is(level, "-") ? STR_NONE : level);
		xml_attr(&x->w, "code", str_sub(t->text, vocabulary.n + level.n + 2, t->text.n));
		xml_close(&x->w);
	}
}

static void put_locations(struct exporter *x, const struct activity *a)
{
	for (size_t i = 0; i < a->n_locations; i++) {
		const struct activity_location *l = &a->locations[i];
		xml_open(&x->w, "location");
		xml_attr(&x->w, "ref", l->ref);
		if (l->name.n) {
			xml_open(&x->w, "name");
			put_narrative(x, l->name, NULL);
			put_more(x, a, "location", i + 1);
			xml_close(&x->w);
		}
		put_more_in(x, a, "activity-description", "location-activity", i + 1);
		put_administrative(x, a, i + 1);
		if (l->has_point) {
			xml_open(&x->w, "point");
			xml_attr(&x->w, "srsName", STR("http://www.opengis.net/def/crs/EPSG/0/4326"));
			str lat = decimal_degrees(x, l->latitude), lon = decimal_degrees(x, l->longitude);
			xml_leaf(&x->w, "pos", arena_fmt(x->a, "%.*s %.*s", STR_ARG(lat), STR_ARG(lon)));
			xml_close(&x->w);
		}
		xml_close(&x->w);
	}
}

static void put_markers(struct exporter *x, const struct activity *a, const char *kind)
{
	for (size_t i = 0; i < a->n_markers; i++) {
		const struct activity_marker *m = &a->markers[i];
		if (!str_is(m->kind, kind))
			continue;
		xml_open(&x->w, kind);
		xml_attr(&x->w, "type", m->type);
		xml_attr(&x->w, "vocabulary", m->vocabulary);
		xml_attr(&x->w, "code", m->code);
		xml_attr(&x->w, "significance", m->significance);
		put_narrative(x, m->name, NULL);
		put_more(x, a, "marker", i + 1);
		xml_close(&x->w);
	}
}

static void put_budgets(struct exporter *x, const struct activity *a, bool planned)
{
	for (size_t i = 0; i < a->n_budgets; i++) {
		const struct activity_budget *b = &a->budgets[i];
		if (b->planned_disbursement != planned || !date_is(b->period_start) || (!planned && !date_is(b->period_end)))
			continue;
		xml_open(&x->w, planned ? "planned-disbursement" : "budget");
		xml_attr(&x->w, "type", number_text(x, b->type));
		if (!planned)
			xml_attr(&x->w, "status", number_text(x, b->status));
		put_iso_date(x, "period-start", b->period_start);
		put_iso_date(x, "period-end", b->period_end);
		put_value(x, a, b->value, date_is(b->value_date) ? b->value_date : b->period_start);
		xml_close(&x->w);
	}
}

static void put_transaction(struct exporter *x, const struct activity *a, size_t i)
{
	const struct activity_transaction *t = &a->transactions[i];
	xml_open(&x->w, "transaction");
	xml_attr(&x->w, "ref", t->ref);
	put_code(x, "transaction-type", number_text(x, t->type));
	put_iso_date(x, "transaction-date", t->day);
	put_value(x, a, t->value, date_is(t->value_date) ? t->value_date : t->day);
	if (t->description.n) {
		xml_open(&x->w, "description");
		put_narrative(x, t->description, NULL);
		put_more(x, a, "transaction", i + 1);
		xml_close(&x->w);
	}
	if (t->provider || t->provider_activity.n) {
		put_org(x, "provider-org", t->provider, 0, t->provider_activity, "provider-activity-id");
		put_more(x, a, "provider-org", i + 1);
		xml_close(&x->w);
	}
	if (t->receiver || t->receiver_activity.n) {
		put_org(x, "receiver-org", t->receiver, 0, t->receiver_activity, "receiver-activity-id");
		put_more(x, a, "receiver-org", i + 1);
		xml_close(&x->w);
	}
	put_sectors(x, a, (uint32_t)i + 1);
	put_countries(x, a, (uint32_t)i + 1);
	put_regions(x, a, (uint32_t)i + 1);
	put_code(x, "finance-type", t->finance_type);
	put_code(x, "aid-type", t->aid_type);
	xml_close(&x->w);
}

static void put_documents(struct exporter *x, const struct activity *a)
{
	for (size_t i = 0; i < a->n_documents; i++) {
		const struct document_link *d = &a->documents[i];
		if (!d->title.n || !d->category.n)
			continue; /* both are mandatory */
		xml_open(&x->w, "document-link");
		xml_attr(&x->w, "format", d->format.n ? d->format : STR("application/octet-stream"));
		xml_attr(&x->w, "url", d->url);
		xml_open(&x->w, "title");
		put_narrative(x, d->title, NULL);
		put_more(x, a, "document", i + 1);
		xml_close(&x->w);
		put_code(x, "category", d->category);
		put_code(x, "language", d->lang);
		put_iso_date(x, "document-date", d->day);
		xml_close(&x->w);
	}
}

/* ---- results ---- */

/* Words stand in the comment of a qualitative indicator, numbers in the value. */
static void put_figure(struct exporter *x, const char *name, const struct indicator *n, str value, str dimension, int year)
{
	if (!value.p)
		return;
	xml_open(&x->w, name);
	if (year)
		xml_attr_i64(&x->w, "year", year);
	if (n->measure != 5)
		xml_attr(&x->w, "value", value);
	put_dimensions(x, dimension);
	if (n->measure == 5)
		put_text(x, "comment", value);
	xml_close(&x->w);
}

static bool same_period(const struct indicator_value *a, const struct indicator_value *b)
{
	return a->period_start.day == b->period_start.day && a->period_end.day == b->period_end.day;
}

static bool has_period(const struct indicator_value *v)
{
	return date_is(v->period_start) && date_is(v->period_end);
}

static void put_period(struct exporter *x, const struct indicator *n, size_t from, size_t to)
{
	xml_open(&x->w, "period");
	put_iso_date(x, "period-start", n->values[from].period_start);
	put_iso_date(x, "period-end", n->values[from].period_end);
	for (size_t i = from; i < to; i++)
		put_figure(x, "target", n, n->values[i].target, n->values[i].dimension, 0);
	for (size_t i = from; i < to; i++)
		put_figure(x, "actual", n, n->values[i].actual, n->values[i].dimension, 0);
	xml_close(&x->w);
}

static void put_indicator(struct exporter *x, const struct activity *a, const struct indicator *n)
{
	xml_open(&x->w, "indicator");
	xml_attr_i64(&x->w, "measure", n->measure ? n->measure : 1);
	if (n->ascending >= 0)
		xml_attr_i64(&x->w, "ascending", n->ascending);
	xml_open(&x->w, "title");
	put_narrative(x, n->title.n ? n->title : n->result_title, NULL);
	put_more(x, a, "indicator", n->no);
	xml_close(&x->w);
	put_more_in(x, a, "description", "indicator-description", n->no);
	if (n->ref_code.n) {
		xml_open(&x->w, "reference");
		xml_attr(&x->w, "vocabulary", n->ref_vocabulary.n ? n->ref_vocabulary : STR("99"));
		xml_attr(&x->w, "code", n->ref_code);
		xml_close(&x->w);
	}
	for (size_t i = 0; i < n->n_values; i++)
		if (n->values[i].baseline_year)
			put_figure(x, "baseline", n, n->values[i].baseline, n->values[i].dimension, n->values[i].baseline_year);
	for (size_t i = 0, to; i < n->n_values; i = to) {
		for (to = i + 1; to < n->n_values && same_period(&n->values[i], &n->values[to]);)
			to++;
		if (has_period(&n->values[i]))
			put_period(x, n, i, to);
	}
	xml_close(&x->w);
}

static void put_results(struct exporter *x, const struct activity *a)
{
	for (size_t i = 0; i < a->n_indicators; i++) {
		const struct indicator *n = &a->indicators[i];
		if (i == 0 || a->indicators[i - 1].result_no != n->result_no) {
			xml_open(&x->w, "result");
			xml_attr_i64(&x->w, "type", n->result_type);
			xml_open(&x->w, "title");
			put_narrative(x, n->result_title.n ? n->result_title : n->title, NULL);
			put_more(x, a, "result", (size_t)n->result_no);
			xml_close(&x->w);
		}
		put_indicator(x, a, n);
		if (i + 1 == a->n_indicators || a->indicators[i + 1].result_no != n->result_no)
			xml_close(&x->w);
	}
}

/* ---- the activity ---- */

static void put_head(struct exporter *x, const struct activity *a)
{
	xml_open(&x->w, "iati-activity");
	xml_attr(&x->w, "xml:lang", a->lang);
	xml_attr(&x->w, "default-currency", a->currency);
	if (a->last_updated_ms)
		put_instant_attr(x, "last-updated-datetime", a->last_updated_ms);
	xml_attr(&x->w, "hierarchy", number_text(x, a->hierarchy));
	if (a->humanitarian >= 0)
		xml_attr_i64(&x->w, "humanitarian", a->humanitarian);
	xml_leaf(&x->w, "iati-identifier", a->key);
	put_org(x, "reporting-org", a->reporting, 0, STR_NONE, NULL);
	put_more(x, a, "reporting-org", 0);
	xml_close(&x->w);
	xml_open(&x->w, "title");
	put_narrative(x, a->title, NULL);
	put_more(x, a, "title", 0);
	xml_close(&x->w);
	put_descriptions(x, a);
	put_participants(x, a);
	for (size_t i = 0; i < a->n_identifiers; i++) {
		xml_open(&x->w, "other-identifier");
		xml_attr(&x->w, "ref", a->identifiers[i].ref);
		xml_attr(&x->w, "type", a->identifiers[i].type);
		xml_close(&x->w);
	}
	put_code(x, "activity-status", number_text(x, (int64_t)a->status));
	put_dates(x, a);
}

static void put_place_and_theme(struct exporter *x, const struct activity *a)
{
	put_code(x, "activity-scope", a->activity_scope);
	put_countries(x, a, 0);
	put_regions(x, a, 0);
	put_locations(x, a);
	put_sectors(x, a, 0);
	put_markers(x, a, "tag");
	put_markers(x, a, "humanitarian-scope");
	put_markers(x, a, "policy-marker");
	put_code(x, "collaboration-type", a->collaboration_type);
	put_code(x, "default-flow-type", a->flow_type);
	put_code(x, "default-finance-type", a->finance_type);
	put_code(x, "default-aid-type", a->aid_type);
	put_code(x, "default-tied-status", a->tied_status);
}

enum err_code export_other(struct exporter *x, str key, struct err *e)
{
	const struct activity *a;
	TRY(activity_load(x->db, x->programme, false, key, x->a, &a, e));
	put_head(x, a);
	put_place_and_theme(x, a);
	put_budgets(x, a, false);
	put_budgets(x, a, true);
	for (size_t i = 0; i < a->n_transactions; i++)
		if (date_is(a->transactions[i].day))
			put_transaction(x, a, i);
	put_documents(x, a);
	for (size_t i = 0; i < a->n_related; i++) {
		xml_open(&x->w, "related-activity");
		xml_attr(&x->w, "ref", a->related[i].ref);
		xml_attr_i64(&x->w, "type", a->related[i].type);
		xml_close(&x->w);
	}
	put_results(x, a);
	xml_close(&x->w);
	x->written++;
	return ERR_OK;
}
