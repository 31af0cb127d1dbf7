#include "base/decimal.h"
#include "feat/iati/parse_builder.h"

#include <stdio.h>
#include <stdlib.h>

#define XML_NS "http://www.w3.org/XML/1998/namespace"
enum { KEY_BYTES = 500 };

/* ---- texts ---- */

static enum err_code add_text(struct builder *b, const char *field, str type, str text, struct err *e)
{
	struct ia_text *t;
	ADD(b, texts, &t);
	t->field = str_of(field);
	t->type = type;
	t->lang = b->narrative_lang;
	return builder_keep(b, text, &t->text, e);
}

/* A text that names the row it belongs to; 0: the activity. */
static enum err_code row_text(struct builder *b, const char *field, size_t seq, str text, struct err *e)
{
	str type = STR_NONE;
	if (seq) {
		type = arena_fmt(b->out->arena, "%zu", seq);
		if (!type.p)
			return builder_full(b, e);
	}
	return add_text(b, field, type, text, e);
}

/* The first narrative fills the slot, further ones become texts. */
static enum err_code slot_or_text(struct builder *b, str *slot, const char *field, size_t seq, str text, struct err *e)
{
	return slot->p ? row_text(b, field, seq, text, e) : builder_keep(b, text, slot, e);
}

static enum err_code start_narrative(struct builder *b, struct err *e)
{
	str lang = str_trim(xml_attribute_ns(b->el, XML_NS, "lang"));
	if (lang.n == 0) {
		b->narrative_lang = b->a->lang;
		return ERR_OK;
	}
	return builder_keep(b, lang, &b->narrative_lang, e);
}

static enum err_code title_narrative(struct builder *b, str text, struct err *e)
{
	if (!b->a->title.p)
		b->a->title_lang = b->narrative_lang;
	return slot_or_text(b, &b->a->title, "title", 0, text, e);
}

static enum err_code description_narrative(struct builder *b, str text, struct err *e)
{
	bool general = b->description_type.n == 0 || str_is(b->description_type, "1");
	if (general && !b->a->description.p)
		return builder_keep(b, text, &b->a->description, e);
	return add_text(b, "description", b->description_type, text, e);
}

static enum err_code comment_narrative(struct builder *b, str text, struct err *e)
{
	enum state figure = builder_above(b, 2);
	const char *field = figure == S_BASELINE ? "baseline-comment"
	    : figure == S_TARGET		 ? "target-comment"
						 : "actual-comment";
	return slot_or_text(b, &b->figure.value, field, b->a->indicators.n + 1, text, e);
}

static enum err_code end_narrative(struct builder *b, struct err *e)
{
	struct ia_activity *a = b->a;
	str text = str_trim(buf_str(&b->text));
	if (text.n == 0)
		return ERR_OK;
	switch (builder_parent(b)) {
	case S_TITLE:
		return title_narrative(b, text, e);
	case S_DESCRIPTION:
		return description_narrative(b, text, e);
	case S_REPORTING:
		return slot_or_text(b, &a->reporting.name, "reporting-org", 0, text, e);
	case S_PARTICIPANT:
		return slot_or_text(b, &b->participant.org.name, "participating-org", a->participants.n + 1, text, e);
	case S_DATE:
		return b->date_type.p ? add_text(b, "activity-date", b->date_type, text, e) : ERR_OK;
	case S_LOCATION_ACTIVITY:
		return row_text(b, "location-activity", a->locations.n + 1, text, e);
	case S_LOCATION_NAME:
		return slot_or_text(b, &b->location.name, "location", a->locations.n + 1, text, e);
	case S_SECTOR:
		return row_text(b, "sector", a->sectors.n + 1, text, e);
	case S_TAG:
	case S_HUMANITARIAN_SCOPE:
	case S_POLICY_MARKER:
		return slot_or_text(b, &b->marker.name, "marker", a->markers.n + 1, text, e);
	case S_TX_DESCRIPTION:
		return slot_or_text(b, &b->tx.description, "transaction", a->transactions.n + 1, text, e);
	case S_PROVIDER:
		return slot_or_text(b, &b->tx.provider.name, "provider-org", a->transactions.n + 1, text, e);
	case S_RECEIVER:
		return slot_or_text(b, &b->tx.receiver.name, "receiver-org", a->transactions.n + 1, text, e);
	case S_DOC_TITLE:
		return slot_or_text(b, &b->document.title, "document", a->documents.n + 1, text, e);
	case S_RESULT_TITLE:
		return slot_or_text(b, &b->result_title, "result", a->results + 1, text, e);
	case S_INDICATOR_TITLE:
		return slot_or_text(b, &b->indicator.title, "indicator", a->indicators.n + 1, text, e);
	case S_INDICATOR_DESCRIPTION:
		return row_text(b, "indicator-description", a->indicators.n + 1, text, e);
	case S_COMMENT:
		return comment_narrative(b, text, e);
	default:
		return ERR_OK;
	}
}

/* ---- the root and the activity ---- */

enum err_code builder_root(struct builder *b, struct err *e)
{
	const struct xml_element *el = b->el;
	if (str_eq_nocase(el->name, STR("html")))
		return fail(e, ERR_INVALID, "iati.root", "This is a web page, not an IATI file.");
	if (str_is(el->name, "iati-organisations"))
		return fail(e, ERR_INVALID, "iati.organisation",
		    "This is an organisation file: it holds no activities, and only activities can be imported.");
	if (el->ns.n || !str_is(el->name, "iati-activities"))
		return fail(e, ERR_INVALID, "iati.root",
		    "The root element is \"%.*s\", not \"iati-activities\": this is not a file of IATI activities.",
		    STR_ARG(str_sub(el->name, 0, 80)));
	str version = builder_peek(b, "version");
	if (version.n == 0)
		return fail(e, ERR_INVALID, "iati.version", "The root element does not say which version of the standard "
							    "it follows (expected: version=\"2.01\", \"2.02\" or \"2.03\").");
	if (version.n < sizeof b->result->version)
		memcpy(b->result->version, version.p, version.n);
	if (str_starts(version, STR("1.")))
		return fail(e, ERR_INVALID, "iati.version",
		    "Version %.*s of the standard is no longer in use and cannot be read: ask the publisher for 2.01, 2.02 "
		    "or 2.03.",
		    STR_ARG(str_sub(version, 0, 20)));
	if (!str_is(version, "2.01") && !str_is(version, "2.02") && !str_is(version, "2.03"))
		return fail(e, ERR_INVALID, "iati.version",
		    "Version \"%.*s\" of the standard is not known (expected: 2.01, 2.02 or 2.03).",
		    STR_ARG(str_sub(version, 0, 20)));
	return ERR_OK;
}

bool builder_truth(str s)
{
	return str_is(s, "1") || str_is(s, "true");
}

static enum err_code activity_currency(struct builder *b, struct err *e)
{
	str currency = builder_peek(b, "default-currency");
	if (currency.n == 0)
		return ERR_OK;
	if (currency.n == 3 && codelist_has(b->lists[LIST_CURRENCY], currency)) {
		memcpy(b->a->currency, currency.p, 3);
		return ERR_OK;
	}
	return builder_note(b, IATI_ELEMENT, b->line, "code", "the value was left out", e,
	    "iati-activity/@default-currency is \"%.*s\", which is not a code of the list Currency.",
	    STR_ARG(str_sub(currency, 0, 60)));
}

static enum err_code start_activity(struct builder *b, struct err *e)
{
	b->in_activity = true;
	b->bad = b->has_reporting = b->has_status = b->has_date = b->in_tx = false;
	b->key = STR_NONE;
	b->activity_line = b->line;
	b->result->read++;
	sha256_begin(&b->hash);
	builder_hash(b, S_ACTIVITY);
	b->a = ARENA_NEW(b->out->arena, struct ia_activity);
	if (!b->a)
		return builder_full(b, e);
	struct ia_activity *a = b->a;
	a->line = b->line;
	a->status = a->hierarchy = a->humanitarian = a->last_updated_ms = INT_NONE;
	a->planned_start = a->actual_start = a->planned_end = a->actual_end = DATE_NONE;
	str v = str_trim(xml_attribute_ns(b->el, XML_NS, "lang"));
	TRY(builder_keep(b, v, &a->lang, e));
	v = builder_peek(b, "hierarchy");
	if (v.n && (!str_to_i64(v, &a->hierarchy) || a->hierarchy < 0 || a->hierarchy > 1000))
		a->hierarchy = INT_NONE;
	v = builder_peek(b, "humanitarian");
	if (v.n)
		a->humanitarian = builder_truth(v);
	v = builder_peek(b, "last-updated-datetime");
	if (v.n && !instant_parse(v, &a->last_updated_ms)) {
		date d;
		a->last_updated_ms = date_parse_xsd(v, &d) ? (int64_t)d.day * 86400000 : INT_NONE;
	}
	return activity_currency(b, e);
}

/* What an activity needs to be found and shown; without it, it is left out. */
static enum err_code judge(struct builder *b, struct err *e)
{
	const struct ia_activity *a = b->a;
	b->line = b->activity_line;
	if (!a->key.p)
		return builder_reject(b, "identifier", e, "The activity has no iati-identifier.");
	if (a->key.n > KEY_BYTES)
		return builder_reject(b, "identifier", e, "The iati-identifier is longer than %d bytes.", KEY_BYTES);
	if (!b->has_reporting)
		return builder_reject(b, "reporting-org", e, "The activity has no reporting-org with a ref.");
	if (!a->title.p)
		return builder_reject(b, "title", e, "The activity has no title, or an empty one.");
	if (!b->has_status)
		return builder_reject(b, "activity-status", e, "The activity has no activity-status with a code of the list.");
	if (!b->has_date)
		return builder_reject(b, "activity-date", e, "The activity has no activity-date that can be read.");
	return ERR_OK;
}

static enum err_code order_note(struct builder *b, date start, date end, const char *which, struct err *e)
{
	if (!date_is(start) || !date_is(end) || start.day <= end.day)
		return ERR_OK;
	return builder_note(b, IATI_NOTE, b->activity_line, "date-order", "kept as it is", e,
	    "The %s start is after the %s end.", which, which);
}

static enum err_code end_activity(struct builder *b, struct err *e)
{
	struct ia_activity *a = b->a;
	if (!b->bad)
		TRY(judge(b, e));
	if (!b->bad) {
		TRY(order_note(b, a->planned_start, a->planned_end, "planned", e));
		TRY(order_note(b, a->actual_start, a->actual_end, "actual", e));
		a->hash = sha256_end(&b->hash);
		TRY(b->out->activity(b->out->ctx, a, e));
	} else {
		b->result->bad++;
	}
	b->a = NULL;
	b->in_activity = b->bad = false;
	b->key = STR_NONE;
	return b->out->step(b->out->ctx, e);
}

static enum err_code end_identifier(struct builder *b, struct err *e)
{
	if (b->a->key.p)
		return ERR_OK;
	TRY(builder_keep(b, str_trim(buf_str(&b->text)), &b->a->key, e));
	b->key = b->a->key;
	return ERR_OK;
}

static enum err_code start_reporting(struct builder *b, struct err *e)
{
	TRY(builder_attr(b, "ref", &b->a->reporting.ref, e));
	b->has_reporting = b->a->reporting.ref.p != NULL;
	return builder_code_str(b, "type", LIST_ORG_TYPE, &b->a->reporting.type, e);
}

static enum err_code start_description(struct builder *b, struct err *e)
{
	return builder_code_str(b, "type", LIST_DESCRIPTION, &b->description_type, e);
}

static enum err_code start_participant(struct builder *b, struct err *e)
{
	b->participant = (struct ia_participant){0};
	TRY(builder_attr(b, "ref", &b->participant.org.ref, e));
	TRY(builder_attr(b, "activity-id", &b->participant.activity_ref, e));
	TRY(builder_code(b, "role", LIST_ROLE, &b->participant.role, e));
	return builder_code_str(b, "type", LIST_ORG_TYPE, &b->participant.org.type, e);
}

static enum err_code end_participant(struct builder *b, struct err *e)
{
	if (!b->participant.org.ref.p && !b->participant.org.name.p)
		return builder_note(b, IATI_ELEMENT, b->line, "participating-org", "the element was left out", e,
		    "participating-org has neither a ref nor a name.");
	struct ia_participant *p;
	ADD(b, participants, &p);
	*p = b->participant;
	return ERR_OK;
}

static enum err_code start_other_id(struct builder *b, struct err *e)
{
	str ref, type;
	TRY(builder_attr(b, "ref", &ref, e));
	TRY(builder_attr(b, "type", &type, e));
	if (!ref.p)
		return ERR_OK;
	struct ia_identifier *i;
	ADD(b, identifiers, &i);
	*i = (struct ia_identifier){ref, type};
	return ERR_OK;
}

static enum err_code start_status(struct builder *b, struct err *e)
{
	TRY(builder_code(b, "code", LIST_STATUS, &b->a->status, e));
	b->has_status = b->a->status != INT_NONE;
	return ERR_OK;
}

static enum err_code start_date(struct builder *b, struct err *e)
{
	int64_t type;
	date d;
	TRY(builder_code(b, "type", LIST_DATE_TYPE, &type, e));
	TRY(builder_date(b, "iso-date", &d, e));
	b->date_type = STR_NONE;
	if (!date_is(d) || type == INT_NONE)
		return ERR_OK;
	TRY(builder_attr(b, "type", &b->date_type, e)); /* for its narratives */
	date *slots[] = {&b->a->planned_start, &b->a->actual_start, &b->a->planned_end, &b->a->actual_end};
	if (type >= 1 && type <= 4)
		*slots[type - 1] = d;
	b->has_date = true;
	return ERR_OK;
}

static enum err_code start_default(struct builder *b, struct err *e)
{
	struct ia_activity *a = b->a;
	switch (builder_above(b, 0)) {
	case S_SCOPE:
		return builder_code_str(b, "code", LIST_SCOPE, &a->scope, e);
	case S_COLLABORATION:
		return builder_code_str(b, "code", LIST_COLLABORATION, &a->collaboration_type, e);
	case S_FLOW:
		return builder_code_str(b, "code", LIST_FLOW_TYPE, &a->flow_type, e);
	case S_TIED:
		return builder_code_str(b, "code", LIST_TIED, &a->tied_status, e);
	case S_FINANCE:
		return builder_code_str(b, "code", LIST_FINANCE_TYPE, b->in_tx ? &b->tx.finance_type : &a->finance_type, e);
	default: {
		str vocabulary = builder_peek(b, "vocabulary");
		str *slot = b->in_tx ? &b->tx.aid_type : &a->aid_type;
		if (slot->p || (vocabulary.n && !str_is(vocabulary, "1")))
			return ERR_OK;
		return builder_code_str(b, "code", LIST_AID_TYPE, slot, e);
	}
	}
}

/* ---- countries, regions, sectors, markers ---- */

static enum err_code percentage(struct builder *b, str *ret_v, struct err *e)
{
	str s = builder_peek(b, "percentage");
	decimal d;
	*ret_v = STR_NONE;
	if (s.n == 0)
		return ERR_OK;
	if (s.n > 40 || !decimal_parse(s, &d) || decimal_cmp(d, DECIMAL_ZERO) < 0 || decimal_cmp(d, decimal_of(100)) > 0)
		return builder_note(b, IATI_ELEMENT, b->line, "percentage", "the percentage was left out", e,
		    "%.*s/@percentage is \"%.*s\", which is not a number from 0 to 100.", STR_ARG(b->el->name),
		    STR_ARG(str_sub(s, 0, 60)));
	return builder_keep(b, s, ret_v, e);
}

/* The list that a code of this vocabulary must be on; LIST_COUNT: none that we know. */
static enum known_list share_list(enum state s, str vocabulary)
{
	if (s == S_COUNTRY)
		return LIST_COUNTRY;
	if (s == S_REGION)
		return str_is(vocabulary, "1") ? LIST_REGION : LIST_COUNT;
	if (str_is(vocabulary, "1"))
		return LIST_SECTOR;
	return str_is(vocabulary, "2") ? LIST_SECTOR_CATEGORY : LIST_COUNT;
}

static enum err_code start_share(struct builder *b, struct err *e)
{
	enum state s = builder_above(b, 0);
	b->share = (struct ia_share){.tx = b->in_tx ? (uint32_t)b->a->transactions.n + 1 : 0};
	TRY(builder_attr(b, "vocabulary", &b->share.vocabulary, e));
	if (!b->share.vocabulary.p)
		b->share.vocabulary = STR("1");
	enum known_list list = share_list(s, b->share.vocabulary);
	if (list == LIST_COUNT)
		TRY(builder_attr(b, "code", &b->share.code, e));
	else
		TRY(builder_code_str(b, "code", list, &b->share.code, e));
	return percentage(b, &b->share.percentage, e);
}

static enum err_code end_share(struct builder *b, struct err *e)
{
	if (!b->share.code.p)
		return ERR_OK; /* said at its start, or an empty element */
	struct ia_share *s;
	switch (builder_above(b, 0)) {
	case S_COUNTRY:
		ADD(b, countries, &s);
		break;
	case S_REGION:
		ADD(b, regions, &s);
		break;
	default:
		ADD(b, sectors, &s);
	}
	*s = b->share;
	return ERR_OK;
}

static enum err_code start_marker(struct builder *b, struct err *e)
{
	enum state s = builder_above(b, 0);
	b->marker = (struct ia_marker){
	    .kind = s == S_TAG ? STR("tag") : s == S_POLICY_MARKER ? STR("policy-marker") : STR("humanitarian-scope")};
	TRY(builder_attr(b, "vocabulary", &b->marker.vocabulary, e));
	TRY(builder_attr(b, "significance", &b->marker.significance, e));
	TRY(builder_attr(b, "type", &b->marker.type, e));
	str v = b->marker.vocabulary;
	if (s == S_POLICY_MARKER && (!v.p || str_is(v, "1")))
		return builder_code_str(b, "code", LIST_MARKER, &b->marker.code, e);
	return builder_attr(b, "code", &b->marker.code, e);
}

static enum err_code end_marker(struct builder *b, struct err *e)
{
	if (!b->marker.code.p)
		return ERR_OK;
	struct ia_marker *m;
	ADD(b, markers, &m);
	*m = b->marker;
	return ERR_OK;
}

/* ---- locations ---- */

static enum err_code start_location(struct builder *b, struct err *e)
{
	b->location = (struct ia_location){0};
	b->location_texts = b->a->texts.n;
	return builder_attr(b, "ref", &b->location.ref, e);
}

/* Kept as one text: "A4 0 NL", "-" for a level that is not said. */
static enum err_code start_administrative(struct builder *b, struct err *e)
{
	str code = builder_peek(b, "code"), vocabulary = builder_peek(b, "vocabulary"), level = builder_peek(b, "level");
	if (!code.n || !vocabulary.n || str_find_char(vocabulary, ' ') >= 0 || str_find_char(level, ' ') >= 0)
		return ERR_OK;
	str text = arena_fmt(b->out->arena, "%.*s %.*s %.*s", STR_ARG(vocabulary), STR_ARG(level.n ? level : STR("-")),
	    STR_ARG(code));
	if (!text.p)
		return builder_full(b, e);
	b->narrative_lang = STR_NONE;
	return row_text(b, "location-administrative", b->a->locations.n + 1, text, e);
}

/* "9.02 -79.53": latitude and longitude in decimal degrees. */
static bool point(str s, double *ret_lat, double *ret_lon)
{
	s = str_trim(s);
	size_t cut = 0;
	while (cut < s.n && s.p[cut] != ' ' && s.p[cut] != '\t' && s.p[cut] != '\n' && s.p[cut] != '\r')
		cut++;
	decimal lat, lon;
	if (s.n > 100 || !decimal_parse(str_sub(s, 0, cut), &lat) || !decimal_parse(str_trim(str_sub(s, cut, s.n)), &lon))
		return false;
	*ret_lat = decimal_to_double(lat);
	*ret_lon = decimal_to_double(lon);
	return *ret_lat >= -90 && *ret_lat <= 90 && *ret_lon >= -180 && *ret_lon <= 180;
}

static enum err_code end_pos(struct builder *b, struct err *e)
{
	str s = str_trim(buf_str(&b->text));
	if (s.n == 0)
		return ERR_OK;
	b->location.has_point = point(s, &b->location.latitude, &b->location.longitude);
	if (b->location.has_point)
		return ERR_OK;
	return builder_note(b, IATI_ELEMENT, b->line, "position", "the point was left out", e,
	    "location/point/pos is \"%.*s\", which is not a latitude and a longitude.", STR_ARG(str_sub(s, 0, 60)));
}

static enum err_code end_location(struct builder *b, struct err *e)
{
	struct ia_location *l;
	if (!b->location.ref.p && !b->location.name.p && !b->location.has_point && b->a->texts.n == b->location_texts)
		return ERR_OK;
	ADD(b, locations, &l);
	*l = b->location;
	return ERR_OK;
}

/* ---- money ---- */

static void money_begin(struct builder *b)
{
	b->value_bad = b->has_value = b->drop = false;
	b->part_line = b->line;
	b->period_start = b->period_end = DATE_NONE;
}

static struct ia_value *value_at(struct builder *b)
{
	return b->in_tx ? &b->tx.value : &b->budget.value;
}

static enum err_code start_value(struct builder *b, struct err *e)
{
	TRY(builder_attr(b, "currency", &b->value_currency, e));
	return builder_date(b, "value-date", &value_at(b)->day, e);
}

static enum err_code end_value(struct builder *b, struct err *e)
{
	str s = str_trim(buf_str(&b->text)), currency = b->value_currency;
	b->has_value = true;
	b->value_bad = true;
	if (currency.p && (currency.n != 3 || !codelist_has(b->lists[LIST_CURRENCY], currency)))
		return builder_note(b, IATI_ELEMENT, b->line, "code", "the element with this value was left out", e,
		    "value/@currency is \"%.*s\", which is not a code of the list Currency.", STR_ARG(str_sub(currency, 0, 60)));
	if (!currency.p)
		currency = str_of(b->a->currency);
	money m;
	/* Without any currency the amount is kept, in hundredths, and counts in no total. */
	if (!money_parse(s, currency.n ? currency : STR("XXX"), &m, NULL))
		return builder_note(b, IATI_ELEMENT, b->line, "amount", "the element with this value was left out", e,
		    "The value is \"%.*s\", which is not an amount, or too large.", STR_ARG(str_sub(s, 0, 60)));
	b->value_bad = false;
	struct ia_value *v = value_at(b);
	v->minor = m.minor;
	if (currency.n)
		memcpy(v->currency, m.currency, sizeof v->currency);
	return ERR_OK;
}

static enum err_code start_period_start(struct builder *b, struct err *e)
{
	return builder_date(b, "iso-date", &b->period_start, e);
}

static enum err_code start_period_end(struct builder *b, struct err *e)
{
	return builder_date(b, "iso-date", &b->period_end, e);
}

static enum err_code start_budget(struct builder *b, struct err *e)
{
	money_begin(b);
	b->budget = (struct ia_budget){.planned_disbursement = builder_above(b, 0) == S_PLANNED, .value = {.day = DATE_NONE}};
	TRY(builder_code(b, "type", LIST_BUDGET_TYPE, &b->budget.type, e));
	return builder_code(b, "status", LIST_BUDGET_STATUS, &b->budget.status, e);
}

static enum err_code end_budget(struct builder *b, struct err *e)
{
	const char *what = b->budget.planned_disbursement ? "planned-disbursement" : "budget";
	if (!b->has_value)
		return builder_note(b, IATI_ELEMENT, b->part_line, "amount", "the element was left out", e,
		    "The %s has no value.", what);
	if (b->value_bad)
		return ERR_OK;
	struct ia_budget *budget;
	ADD(b, budgets, &budget);
	*budget = b->budget;
	budget->start = b->period_start;
	budget->end = b->period_end;
	if (date_is(budget->start) && date_is(budget->end) && budget->start.day > budget->end.day)
		return builder_note(b, IATI_NOTE, b->part_line, "date-order", "kept as it is", e,
		    "The period of the %s begins after its end.", what);
	return ERR_OK;
}

/* ---- transactions ---- */

static enum err_code start_transaction(struct builder *b, struct err *e)
{
	money_begin(b);
	b->in_tx = true;
	b->tx = (struct ia_transaction){.type = INT_NONE, .day = DATE_NONE, .value = {.day = DATE_NONE}};
	b->tx_countries = b->a->countries.n;
	b->tx_regions = b->a->regions.n;
	b->tx_sectors = b->a->sectors.n;
	b->tx_texts = b->a->texts.n;
	return builder_attr(b, "ref", &b->tx.ref, e);
}

static enum err_code end_transaction(struct builder *b, struct err *e)
{
	struct ia_activity *a = b->a;
	b->in_tx = false;
	const char *lacks = b->tx.type == INT_NONE ? "type" : !b->has_value ? "value" : NULL;
	if (lacks || b->value_bad) {
		a->countries.n = b->tx_countries;
		a->regions.n = b->tx_regions;
		a->sectors.n = b->tx_sectors;
		a->texts.n = b->tx_texts;
	}
	if (lacks)
		return builder_note(b, IATI_ELEMENT, b->part_line, "transaction", "the transaction was left out", e,
		    "The transaction has no %s that can be read.", lacks);
	if (b->value_bad)
		return ERR_OK;
	struct ia_transaction *t;
	ADD(b, transactions, &t);
	*t = b->tx;
	return ERR_OK;
}

static enum err_code start_tx_type(struct builder *b, struct err *e)
{
	return builder_code(b, "code", LIST_TX_TYPE, &b->tx.type, e);
}

static enum err_code start_tx_date(struct builder *b, struct err *e)
{
	return builder_date(b, "iso-date", &b->tx.day, e);
}

static enum err_code start_provider(struct builder *b, struct err *e)
{
	b->tx.has_provider = true;
	TRY(builder_attr(b, "ref", &b->tx.provider.ref, e));
	TRY(builder_attr(b, "provider-activity-id", &b->tx.provider_activity, e));
	return builder_code_str(b, "type", LIST_ORG_TYPE, &b->tx.provider.type, e);
}

static enum err_code start_receiver(struct builder *b, struct err *e)
{
	b->tx.has_receiver = true;
	TRY(builder_attr(b, "ref", &b->tx.receiver.ref, e));
	TRY(builder_attr(b, "receiver-activity-id", &b->tx.receiver_activity, e));
	return builder_code_str(b, "type", LIST_ORG_TYPE, &b->tx.receiver.type, e);
}

/* ---- documents, related activities ---- */

static enum err_code start_document(struct builder *b, struct err *e)
{
	b->document = (struct ia_document){.day = DATE_NONE};
	TRY(builder_attr(b, "url", &b->document.url, e));
	return builder_attr(b, "format", &b->document.format, e);
}

static enum err_code start_doc_part(struct builder *b, struct err *e)
{
	switch (builder_above(b, 0)) {
	case S_DOC_CATEGORY:
		return b->document.category.p ? ERR_OK : builder_attr(b, "code", &b->document.category, e);
	case S_DOC_LANGUAGE:
		return b->document.lang.p ? ERR_OK : builder_attr(b, "code", &b->document.lang, e);
	default:
		return builder_date(b, "iso-date", &b->document.day, e);
	}
}

static enum err_code end_document(struct builder *b, struct err *e)
{
	if (!b->document.url.p)
		return builder_note(b, IATI_ELEMENT, b->line, "document-link", "the element was left out", e,
		    "The document-link has no url.");
	struct ia_document *d;
	ADD(b, documents, &d);
	*d = b->document;
	return ERR_OK;
}

static enum err_code start_related(struct builder *b, struct err *e)
{
	struct ia_related r;
	TRY(builder_code(b, "type", LIST_RELATED, &r.type, e));
	TRY(builder_attr(b, "ref", &r.ref, e));
	if (r.type == INT_NONE || !r.ref.p)
		return ERR_OK;
	struct ia_related *p;
	ADD(b, related, &p);
	*p = r;
	return ERR_OK;
}

#define NARRATIVE_OF(state) {state, S_NARRATIVE, true, "narrative", start_narrative, end_narrative}

/* By parent, in the order of enum state. */
const struct tag iati_tags[] = {
    {S_ROOT, S_ACTIVITY, false, "iati-activity", start_activity, end_activity},
    {S_ACTIVITY, S_TRANSACTION, false, "transaction", start_transaction, end_transaction},
    {S_ACTIVITY, S_PARTICIPANT, false, "participating-org", start_participant, end_participant},
    {S_ACTIVITY, S_SECTOR, false, "sector", start_share, end_share},
    {S_ACTIVITY, S_BUDGET, false, "budget", start_budget, end_budget},
    {S_ACTIVITY, S_DOCUMENT_LINK, false, "document-link", start_document, end_document},
    {S_ACTIVITY, S_RESULT, false, "result", part_start_result, part_end_result},
    {S_ACTIVITY, S_IDENTIFIER, true, "iati-identifier", NULL, end_identifier},
    {S_ACTIVITY, S_REPORTING, false, "reporting-org", start_reporting, NULL},
    {S_ACTIVITY, S_TITLE, false, "title", NULL, NULL},
    {S_ACTIVITY, S_DESCRIPTION, false, "description", start_description, NULL},
    {S_ACTIVITY, S_OTHER_ID, false, "other-identifier", start_other_id, NULL},
    {S_ACTIVITY, S_STATUS, false, "activity-status", start_status, NULL},
    {S_ACTIVITY, S_DATE, false, "activity-date", start_date, NULL},
    {S_ACTIVITY, S_SCOPE, false, "activity-scope", start_default, NULL},
    {S_ACTIVITY, S_COUNTRY, false, "recipient-country", start_share, end_share},
    {S_ACTIVITY, S_REGION, false, "recipient-region", start_share, end_share},
    {S_ACTIVITY, S_LOCATION, false, "location", start_location, end_location},
    {S_ACTIVITY, S_TAG, false, "tag", start_marker, end_marker},
    {S_ACTIVITY, S_HUMANITARIAN_SCOPE, false, "humanitarian-scope", start_marker, end_marker},
    {S_ACTIVITY, S_POLICY_MARKER, false, "policy-marker", start_marker, end_marker},
    {S_ACTIVITY, S_COLLABORATION, false, "collaboration-type", start_default, NULL},
    {S_ACTIVITY, S_FLOW, false, "default-flow-type", start_default, NULL},
    {S_ACTIVITY, S_FINANCE, false, "default-finance-type", start_default, NULL},
    {S_ACTIVITY, S_AID, false, "default-aid-type", start_default, NULL},
    {S_ACTIVITY, S_TIED, false, "default-tied-status", start_default, NULL},
    {S_ACTIVITY, S_PLANNED, false, "planned-disbursement", start_budget, end_budget},
    {S_ACTIVITY, S_RELATED, false, "related-activity", start_related, NULL},
    NARRATIVE_OF(S_REPORTING),
    NARRATIVE_OF(S_TITLE),
    NARRATIVE_OF(S_DESCRIPTION),
    NARRATIVE_OF(S_PARTICIPANT),
    NARRATIVE_OF(S_DATE),
    {S_LOCATION, S_LOCATION_NAME, false, "name", NULL, NULL},
    {S_LOCATION, S_POINT, false, "point", NULL, NULL},
    {S_LOCATION, S_LOCATION_ACTIVITY, false, "activity-description", NULL, NULL},
    {S_LOCATION, S_ADMINISTRATIVE, false, "administrative", start_administrative, NULL},
    NARRATIVE_OF(S_LOCATION_NAME),
    NARRATIVE_OF(S_LOCATION_ACTIVITY),
    {S_POINT, S_POS, true, "pos", NULL, end_pos},
    NARRATIVE_OF(S_SECTOR),
    NARRATIVE_OF(S_TAG),
    NARRATIVE_OF(S_HUMANITARIAN_SCOPE),
    NARRATIVE_OF(S_POLICY_MARKER),
    {S_BUDGET, S_PERIOD_START, false, "period-start", start_period_start, NULL},
    {S_BUDGET, S_PERIOD_END, false, "period-end", start_period_end, NULL},
    {S_BUDGET, S_VALUE, true, "value", start_value, end_value},
    {S_PLANNED, S_PERIOD_START, false, "period-start", start_period_start, NULL},
    {S_PLANNED, S_PERIOD_END, false, "period-end", start_period_end, NULL},
    {S_PLANNED, S_VALUE, true, "value", start_value, end_value},
    {S_TRANSACTION, S_TX_TYPE, false, "transaction-type", start_tx_type, NULL},
    {S_TRANSACTION, S_TX_DATE, false, "transaction-date", start_tx_date, NULL},
    {S_TRANSACTION, S_VALUE, true, "value", start_value, end_value},
    {S_TRANSACTION, S_TX_DESCRIPTION, false, "description", NULL, NULL},
    {S_TRANSACTION, S_PROVIDER, false, "provider-org", start_provider, NULL},
    {S_TRANSACTION, S_RECEIVER, false, "receiver-org", start_receiver, NULL},
    {S_TRANSACTION, S_SECTOR, false, "sector", start_share, end_share},
    {S_TRANSACTION, S_COUNTRY, false, "recipient-country", start_share, end_share},
    {S_TRANSACTION, S_REGION, false, "recipient-region", start_share, end_share},
    {S_TRANSACTION, S_FINANCE, false, "finance-type", start_default, NULL},
    {S_TRANSACTION, S_AID, false, "aid-type", start_default, NULL},
    NARRATIVE_OF(S_TX_DESCRIPTION),
    NARRATIVE_OF(S_PROVIDER),
    NARRATIVE_OF(S_RECEIVER),
    {S_DOCUMENT_LINK, S_DOC_TITLE, false, "title", NULL, NULL},
    {S_DOCUMENT_LINK, S_DOC_CATEGORY, false, "category", start_doc_part, NULL},
    {S_DOCUMENT_LINK, S_DOC_LANGUAGE, false, "language", start_doc_part, NULL},
    {S_DOCUMENT_LINK, S_DOC_DATE, false, "document-date", start_doc_part, NULL},
    NARRATIVE_OF(S_DOC_TITLE),
    {S_RESULT, S_RESULT_TITLE, false, "title", NULL, NULL},
    {S_RESULT, S_INDICATOR, false, "indicator", part_start_indicator, part_end_indicator},
    {S_RESULT, S_REFERENCE, false, "reference", part_start_reference, NULL},
    NARRATIVE_OF(S_RESULT_TITLE),
    {S_INDICATOR, S_INDICATOR_TITLE, false, "title", NULL, NULL},
    {S_INDICATOR, S_INDICATOR_DESCRIPTION, false, "description", NULL, NULL},
    {S_INDICATOR, S_REFERENCE, false, "reference", part_start_reference, NULL},
    {S_INDICATOR, S_BASELINE, false, "baseline", part_start_figure, part_end_baseline},
    {S_INDICATOR, S_PERIOD, false, "period", part_start_period, part_end_period},
    NARRATIVE_OF(S_INDICATOR_TITLE),
    NARRATIVE_OF(S_INDICATOR_DESCRIPTION),
    {S_BASELINE, S_DIMENSION, false, "dimension", part_start_dimension, NULL},
    {S_BASELINE, S_COMMENT, false, "comment", NULL, NULL},
    {S_PERIOD, S_PERIOD_START, false, "period-start", start_period_start, NULL},
    {S_PERIOD, S_PERIOD_END, false, "period-end", start_period_end, NULL},
    {S_PERIOD, S_TARGET, false, "target", part_start_figure, part_end_target},
    {S_PERIOD, S_ACTUAL, false, "actual", part_start_figure, part_end_actual},
    {S_TARGET, S_DIMENSION, false, "dimension", part_start_dimension, NULL},
    {S_TARGET, S_COMMENT, false, "comment", NULL, NULL},
    {S_ACTUAL, S_DIMENSION, false, "dimension", part_start_dimension, NULL},
    {S_ACTUAL, S_COMMENT, false, "comment", NULL, NULL},
    NARRATIVE_OF(S_COMMENT),
};
const size_t iati_tags_n = sizeof iati_tags / sizeof *iati_tags;
