#include "feat/opendata/activity_json.h"

static void text(struct json_writer *w, const char *key, str s)
{
	jw_key(w, key);
	jw_str(w, s.n ? s : STR_NONE);
}

static void day(struct json_writer *w, const char *key, pdate d)
{
	jw_key(w, key);
	jw_pdate(w, d);
}

static void amount(struct json_writer *w, const char *key, money m)
{
	jw_key(w, key);
	jw_money(w, m);
}

static void number(struct json_writer *w, const char *key, int64_t v)
{
	jw_key(w, key);
	jw_i64(w, v);
}

static void known(struct json_writer *w, const char *key, int64_t v)
{
	jw_key(w, key);
	if (v)
		jw_i64(w, v);
	else
		jw_null(w);
}

static void org(struct json_writer *w, const char *key, const struct organisation *o)
{
	jw_key(w, key);
	if (!o) {
		jw_null(w);
		return;
	}
	jw_object(w);
	text(w, "organisation", o->key);
	text(w, "name", o->name);
	text(w, "organisation_type", o->type);
	text(w, "country", o->country);
	jw_object_end(w);
}

static void identity(struct json_writer *w, const struct activity *x)
{
	text(w, "activity_id", x->key);
	text(w, "title", x->title);
	text(w, "acronym", x->acronym);
	text(w, "description", x->description);
	text(w, "language", x->lang);
	text(w, "dataset", x->dataset);
	text(w, "status", str_of(activity_status_slug(x->status)));
	org(w, "reporting_organisation", x->reporting);
	org(w, "implementer", x->implementer);
	day(w, "planned_start_date", x->planned_start);
	day(w, "start_date", x->actual_start);
	day(w, "planned_end_date", x->planned_end);
	day(w, "end_date", x->actual_end);
	text(w, "currency", str_of(x->contribution.currency[0] ? x->contribution.currency : x->total_budget.currency));
	amount(w, "total_budget", x->total_budget);
	amount(w, "contribution", x->contribution);
	text(w, "follows", x->follows);
	text(w, "source_line", x->source_line);
	text(w, "note", x->note);
}

static void priorities(struct json_writer *w, const struct activity *x)
{
	jw_key(w, "priorities");
	jw_array(w);
	for (size_t i = 0; i < x->n_priorities; i++) {
		jw_object(w);
		number(w, "priority", x->priorities[i].priority);
		jw_key(w, "primary");
		jw_bool(w, x->priorities[i].is_primary);
		text(w, "source_line", x->priorities[i].source_line);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void places(struct json_writer *w, const struct activity *x)
{
	jw_key(w, "countries");
	jw_array(w);
	for (size_t i = 0; i < x->n_countries; i++) {
		const struct activity_country *c = &x->countries[i];
		jw_object(w);
		text(w, "country", c->country);
		text(w, "role", str_of(country_role_slug(c->role)));
		text(w, "percentage", c->percentage);
		known(w, "transaction", c->transaction_seq);
		text(w, "source_line", c->source_line);
		jw_object_end(w);
	}
	jw_array_end(w);
	jw_key(w, "sectors");
	jw_array(w);
	for (size_t i = 0; i < x->n_sectors; i++) {
		const struct activity_sector *s = &x->sectors[i];
		jw_object(w);
		text(w, "vocabulary", s->vocabulary);
		text(w, "code", s->code);
		text(w, "percentage", s->percentage);
		known(w, "transaction", s->transaction_seq);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void participations(struct json_writer *w, const struct activity *x)
{
	jw_key(w, "participations");
	jw_array(w);
	for (size_t i = 0; i < x->n_orgs; i++) {
		const struct participating_org *p = &x->orgs[i];
		jw_object(w);
		org(w, "organisation", p->org);
		text(w, "role", str_of(org_role_slug(p->role)));
		text(w, "currency", str_of(p->amount.currency));
		amount(w, "amount", p->amount);
		text(w, "source_line", p->source_line);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void events(struct json_writer *w, const struct activity *x)
{
	jw_key(w, "events");
	jw_array(w);
	for (size_t i = 0; i < x->n_events; i++) {
		const struct activity_event *ev = &x->events[i];
		jw_object(w);
		day(w, "date", ev->day);
		text(w, "event_type", ev->type);
		text(w, "detail", ev->detail);
		text(w, "currency", str_of(ev->amount.currency));
		amount(w, "amount", ev->amount);
		text(w, "source_line", ev->source_line);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void flows(struct json_writer *w, const struct activity *x)
{
	jw_key(w, "budgets");
	jw_array(w);
	for (size_t i = 0; i < x->n_budgets; i++) {
		const struct activity_budget *b = &x->budgets[i];
		jw_object(w);
		text(w, "kind", b->planned_disbursement ? STR("planned-disbursement") : STR("budget"));
		known(w, "type", b->type);
		day(w, "period_start", pdate_of(b->period_start));
		day(w, "period_end", pdate_of(b->period_end));
		text(w, "currency", str_of(b->value.currency));
		amount(w, "amount", b->value);
		jw_object_end(w);
	}
	jw_array_end(w);
	jw_key(w, "transactions");
	jw_array(w);
	for (size_t i = 0; i < x->n_transactions; i++) {
		const struct activity_transaction *t = &x->transactions[i];
		jw_object(w);
		number(w, "type", t->type);
		day(w, "date", pdate_of(t->day));
		text(w, "currency", str_of(t->value.currency));
		amount(w, "amount", t->value);
		text(w, "description", t->description);
		org(w, "provider", t->provider);
		org(w, "receiver", t->receiver);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void value(struct json_writer *w, const struct indicator_value *v)
{
	jw_object(w);
	text(w, "dimension", v->dimension);
	text(w, "baseline", v->baseline);
	text(w, "target", v->target);
	text(w, "actual", v->actual);
	day(w, "as_of", v->as_of);
	day(w, "period_start", pdate_of(v->period_start));
	day(w, "period_end", pdate_of(v->period_end));
	text(w, "source_line", v->source_line);
	text(w, "note", v->note);
	jw_object_end(w);
}

static void results(struct json_writer *w, const struct activity *x)
{
	jw_key(w, "indicators");
	jw_array(w);
	for (size_t i = 0; i < x->n_indicators; i++) {
		const struct indicator *in = &x->indicators[i];
		jw_object(w);
		number(w, "result_type", in->result_type);
		text(w, "result", in->result_title);
		text(w, "indicator", in->title);
		text(w, "unit", in->unit);
		jw_key(w, "values");
		jw_array(w);
		for (size_t k = 0; k < in->n_values; k++)
			value(w, &in->values[k]);
		jw_array_end(w);
		jw_object_end(w);
	}
	jw_array_end(w);
}

static void links(struct json_writer *w, const struct activity *x)
{
	jw_key(w, "documents");
	jw_array(w);
	for (size_t i = 0; i < x->n_documents; i++) {
		jw_object(w);
		text(w, "url", x->documents[i].url);
		text(w, "title", x->documents[i].title);
		text(w, "format", x->documents[i].format);
		jw_object_end(w);
	}
	jw_array_end(w);
	jw_key(w, "related_activities");
	jw_array(w);
	for (size_t i = 0; i < x->n_related; i++) {
		jw_object(w);
		number(w, "type", x->related[i].type);
		text(w, "activity_id", x->related[i].ref);
		jw_object_end(w);
	}
	jw_array_end(w);
}

void opendata_activity_json(struct json_writer *w, const struct activity *x)
{
	jw_object(w);
	identity(w, x);
	priorities(w, x);
	places(w, x);
	participations(w, x);
	events(w, x);
	flows(w, x);
	results(w, x);
	links(w, x);
	jw_object_end(w);
}
