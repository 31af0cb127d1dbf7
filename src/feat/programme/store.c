/* The programme's own tables: what programme.yaml says, and the rows that belong to the programme.
 */
#include "feat/programme/pack.h"

#include "codec/json.h"
#include "db/chain.h"

enum { ITEM_MAX = 64 * 1024 }; /* JSON of one item of programme.yaml */

/* ---- texts in three languages ---- */

static const struct db_column text_columns[] = {{"programme", DB_I64, false},
    {"subject_kind", DB_STR, false}, {"subject", DB_STR, false}, {"field", DB_STR, false},
    {"lang", DB_STR, false}, {"text", DB_STR, false}};
static const struct db_table text_table = {
    .name = "programme_text", .columns = text_columns, .n = 6};

/* The texts of an item go to the table and into the JSON of its event. */
struct item {
	const struct pack_store *s;
	struct db_bulk *texts;
	struct json_writer *json;
	const char *kind;
	str subject;
};

static enum err_code put_text(
    const struct item *x, const char *field, struct text3 t, struct err *e)
{
	const str langs[] = {STR("en"), STR("nl"), STR("fr")}, texts[] = {t.en, t.nl, t.fr};
	jw_key(x->json, field);
	jw_object(x->json);
	for (size_t i = 0; i < 3; i++) {
		jw_key_str(x->json, langs[i]);
		jw_str(x->json, texts[i]);
		db_bulk_i64(x->texts, x->s->pack->number);
		db_bulk_str(x->texts, str_of(x->kind));
		db_bulk_str(x->texts, x->subject);
		db_bulk_str(x->texts, str_of(field));
		db_bulk_str(x->texts, langs[i]);
		db_bulk_str(x->texts, texts[i]);
		TRY(db_bulk_row(x->texts, e));
	}
	jw_object_end(x->json);
	return ERR_OK;
}

static void json_date(struct json_writer *w, const char *key, pdate d)
{
	if (!d.precision)
		return;
	jw_key(w, key);
	jw_pdate(w, d);
}

static void put_pdate(struct db_bulk *b, pdate d)
{
	db_bulk_date(b, pdate_first(d));
	db_bulk_i64(b, d.precision);
}

/* ---- the programme itself ---- */

static const struct db_column programme_columns[] = {{"programme", DB_I64, false},
    {"slug", DB_STR, false}, {"pack_version", DB_STR, false}, {"pack_hash", DB_BYTES, false},
    {"currency", DB_STR, false}, {"facts_as_of_day", DB_DATE, true}, {"loaded_ms", DB_I64, false},
    {"reporting_org", DB_STR, false}, {"reporting_org_type", DB_I64, false},
    {"identifier_prefix", DB_STR, false}};
static const struct db_table programme_table = {
    .name = "programme", .columns = programme_columns, .n = 10};

static enum err_code store_programme(const struct pack_store *s, struct err *e)
{
	const struct pack *p = s->pack;
	AUTO_BULK b = NULL;
	TRY(db_bulk_begin(s->db, &programme_table, &b, e));
	db_bulk_i64(b, p->number);
	db_bulk_str(b, p->slug);
	db_bulk_str(b, p->version);
	db_bulk_str(b, (str){(const char *)p->hash.b, sizeof p->hash.b});
	db_bulk_str(b, p->currency);
	db_bulk_date(b, p->facts_as_of);
	db_bulk_i64(b, s->now_ms);
	db_bulk_str(b, p->iati.reporting_org);
	db_bulk_i64(b, p->iati.reporting_org_type);
	db_bulk_str(b, p->iati.identifier_prefix);
	TRY(db_bulk_row(b, e));
	struct db_bulk *done = b;
	b = NULL;
	return db_bulk_end(done, NULL, e);
}

static enum err_code programme_item(
    const struct pack_store *s, struct db_bulk *texts, struct err *e)
{
	const struct pack *p = s->pack;
	char hash[65];
	AUTO_BUF json = BUF_INIT(ITEM_MAX);
	struct json_writer w;
	jw_begin_buf(&w, &json);
	struct item x = {s, texts, &w, "programme", p->slug};
	sha256_hex(p->hash, hash);
	jw_object(&w);
	jw_key(&w, "slug");
	jw_str(&w, p->slug);
	jw_key(&w, "pack_version");
	jw_str(&w, p->version);
	jw_key(&w, "pack_sha256");
	jw_str(&w, str_of(hash));
	TRY(put_text(&x, "name", p->name, e));
	TRY(put_text(&x, "description", p->description, e));
	TRY(put_text(&x, "owner", p->owner, e));
	TRY(put_text(&x, "source", p->source, e));
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	return pack_store_event(s, "programme.added", "programme", p->slug, buf_str(&json), e);
}

static enum err_code priority_item(
    const struct pack_store *s, struct db_bulk *texts, const struct priority *q, struct err *e)
{
	AUTO_BUF json = BUF_INIT(ITEM_MAX), code = BUF_INIT(32);
	buf_add_i64(&code, q->code);
	struct json_writer w;
	jw_begin_buf(&w, &json);
	struct item x = {s, texts, &w, "priority", buf_str(&code)};
	jw_object(&w);
	TRY(put_text(&x, "name", q->name, e));
	TRY(put_text(&x, "short_name", q->short_name, e));
	TRY(put_text(&x, "purpose", q->purpose, e));
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	return pack_store_event(s, "priority.described", "priority", x.subject, buf_str(&json), e);
}

/* A word of the data in the languages of the site. */
static enum err_code word_item(
    const struct pack_store *s, struct db_bulk *texts, size_t row, struct err *e)
{
	AUTO_BUF json = BUF_INIT(ITEM_MAX), subject = BUF_INIT(256);
	str kind = pack_get(s->pack, PACK_WORDS, row, "kind"),
	    word = pack_get(s->pack, PACK_WORDS, row, "word");
	struct json_writer w;
	jw_begin_buf(&w, &json);
	buf_addf(&subject, "%.*s:%.*s", STR_ARG(kind), STR_ARG(word));
	TRY(buf_check(&subject, e));
	struct item x = {s, texts, &w, "word", buf_str(&subject)};
	struct text3 text = {pack_get(s->pack, PACK_WORDS, row, "text_en"),
	    pack_get(s->pack, PACK_WORDS, row, "text_nl"),
	    pack_get(s->pack, PACK_WORDS, row, "text_fr")};
	jw_object(&w);
	TRY(put_text(&x, "text", text, e));
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	return pack_store_event(s, "word.added", "word", x.subject, buf_str(&json), e);
}

static enum err_code store_texts(const struct pack_store *s, struct err *e)
{
	AUTO_BULK texts = NULL;
	TRY(db_bulk_begin(s->db, &text_table, &texts, e));
	TRY(programme_item(s, texts, e));
	for (size_t i = 0; i < s->pack->n_priorities; i++)
		TRY(priority_item(s, texts, &s->pack->priorities[i], e));
	for (size_t i = 0; i < s->pack->rows[PACK_WORDS].n; i++)
		TRY(word_item(s, texts, i, e));
	for (size_t i = 0; i < s->pack->rows[PACK_INCONSISTENCIES].n; i++) {
		const char *fields[] = {"text_en", "text_nl", "text_fr"},
		           *langs[] = {"en", "nl", "fr"};
		for (size_t k = 0; k < 3; k++) {
			db_bulk_i64(texts, s->pack->number);
			db_bulk_str(texts, STR("inconsistency"));
			db_bulk_str(texts, pack_get(s->pack, PACK_INCONSISTENCIES, i, "number"));
			db_bulk_str(texts, STR("text"));
			db_bulk_str(texts, str_of(langs[k]));
			db_bulk_str(texts, pack_get(s->pack, PACK_INCONSISTENCIES, i, fields[k]));
			TRY(db_bulk_row(texts, e));
		}
	}
	struct db_bulk *done = texts;
	texts = NULL;
	return db_bulk_end(done, NULL, e);
}

/* ---- country lists, legal bases, time line: one item each ---- */

static const struct db_column list_columns[] = {{"programme", DB_I64, false},
    {"code", DB_STR, false}, {"valid_from_day", DB_DATE, false},
    {"valid_from_precision", DB_I64, false}, {"valid_to_day", DB_DATE, true},
    {"valid_to_precision", DB_I64, false}};
static const struct db_table list_table = {.name = "country_list", .columns = list_columns, .n = 6};

static const struct db_column legal_columns[] = {{"programme", DB_I64, false},
    {"code", DB_STR, false}, {"in_force_day", DB_DATE, true}, {"in_force_precision", DB_I64, false},
    {"source_line", DB_STR, false}};
static const struct db_table legal_table = {
    .name = "legal_basis", .columns = legal_columns, .n = 5};

static const struct db_column timeline_columns[] = {{"programme", DB_I64, false},
    {"code", DB_STR, false}, {"day", DB_DATE, false}, {"day_precision", DB_I64, false},
    {"kind", DB_STR, false}, {"priority", DB_I64, true}, {"source_line", DB_STR, false}};
static const struct db_table timeline_table = {
    .name = "timeline_item", .columns = timeline_columns, .n = 7};

/* What an item writes besides its texts: the values behind programme and code, and its dates into
 * the JSON. */
typedef enum err_code (*item_fn)(
    const struct pack *p, size_t i, struct db_bulk *b, struct item *x, struct err *e);

static enum err_code list_item(
    const struct pack *p, size_t i, struct db_bulk *b, struct item *x, struct err *e)
{
	const struct country_list *l = &p->lists[i];
	put_pdate(b, l->valid_from);
	put_pdate(b, l->valid_to);
	json_date(x->json, "from", l->valid_from);
	json_date(x->json, "to", l->valid_to);
	return put_text(x, "name", l->name, e);
}

static enum err_code legal_item(
    const struct pack *p, size_t i, struct db_bulk *b, struct item *x, struct err *e)
{
	const struct legal_basis *l = &p->legal[i];
	put_pdate(b, l->in_force);
	db_bulk_str(b, l->source_line);
	json_date(x->json, "in_force", l->in_force);
	TRY(put_text(x, "name", l->name, e));
	return put_text(x, "text", l->text, e);
}

static enum err_code timeline_one(
    const struct pack *p, size_t i, struct db_bulk *b, struct item *x, struct err *e)
{
	const struct timeline_item *t = &p->timeline[i];
	put_pdate(b, t->day);
	db_bulk_str(b, t->kind);
	db_bulk_opt_i64(b, t->priority ? opt_i64(t->priority) : I64_NONE);
	db_bulk_str(b, t->source_line);
	json_date(x->json, "date", t->day);
	TRY(put_text(x, "title", t->title, e));
	return put_text(x, "text", t->text, e);
}

struct item_kind {
	const struct db_table *table;
	const char *kind, *event; /* of the texts; of the event */
	item_fn put;
};

static const struct item_kind lists_kind = {
    &list_table, "country_list", "country_list.added", list_item};
static const struct item_kind legal_kind = {
    &legal_table, "legal_basis", "legal_basis.added", legal_item};
static const struct item_kind timeline_kind = {
    &timeline_table, "timeline", "timeline.added", timeline_one};

static enum err_code store_item(const struct pack_store *s, const struct item_kind *k,
    struct db_bulk *b, struct db_bulk *texts, size_t i, str code, struct err *e)
{
	AUTO_BUF json = BUF_INIT(ITEM_MAX);
	struct json_writer w;
	jw_begin_buf(&w, &json);
	struct item x = {s, texts, &w, k->kind, code};
	jw_object(&w);
	db_bulk_i64(b, s->pack->number);
	db_bulk_str(b, code);
	TRY(k->put(s->pack, i, b, &x, e));
	TRY(db_bulk_row(b, e));
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	return pack_store_event(s, k->event, k->kind, code, buf_str(&json), e);
}

static str code_of(const struct pack *p, const struct item_kind *k, size_t i)
{
	return k == &lists_kind   ? p->lists[i].code
	       : k == &legal_kind ? p->legal[i].code
	                          : p->timeline[i].code;
}

static enum err_code store_items(
    const struct pack_store *s, const struct item_kind *k, size_t n, struct err *e)
{
	AUTO_BULK b = NULL;
	AUTO_BULK texts = NULL;
	TRY(db_bulk_begin(s->db, k->table, &b, e));
	TRY(db_bulk_begin(s->db, &text_table, &texts, e));
	for (size_t i = 0; i < n; i++)
		TRY(store_item(s, k, b, texts, i, code_of(s->pack, k, i), e));
	struct db_bulk *done = b;
	b = NULL;
	TRY(db_bulk_end(done, NULL, e));
	done = texts;
	texts = NULL;
	return db_bulk_end(done, NULL, e);
}

/* The countries of a list are rules with the value "listed" whose rule_id begins with its code. */
static const struct db_column entry_columns[] = {{"programme", DB_I64, false},
    {"list", DB_STR, false}, {"country", DB_STR, false}, {"partner_country", DB_STR, false},
    {"source_line", DB_STR, false}};
static const struct db_table entry_table = {
    .name = "country_list_entry", .columns = entry_columns, .n = 5};

static enum err_code store_entries(const struct pack_store *s, struct err *e)
{
	const struct pack *p = s->pack;
	AUTO_BULK b = NULL;
	TRY(db_bulk_begin(s->db, &entry_table, &b, e));
	for (size_t i = 0; i < p->n_lists; i++)
		for (size_t row = 0; row < p->rows[PACK_RULES].n; row++) {
			if (!str_is(pack_get(p, PACK_RULES, row, "value"), "listed") ||
			    !str_starts(pack_get(p, PACK_RULES, row, "rule_id"), p->lists[i].code))
				continue;
			db_bulk_i64(b, p->number);
			db_bulk_str(b, p->lists[i].code);
			db_bulk_str(b, pack_get(p, PACK_RULES, row, "country"));
			db_bulk_str(b, pack_get(p, PACK_RULES, row, "partner_country"));
			db_bulk_str(b, pack_get(p, PACK_RULES, row, "source_line"));
			TRY(db_bulk_row(b, e));
		}
	struct db_bulk *done = b;
	b = NULL;
	return db_bulk_end(done, NULL, e);
}

/* ---- rows ---- */

#define PROGRAMME                                                                                  \
	{                                                                                          \
		.name = "programme", .from = PACK_FROM_PROGRAMME                                   \
	}
#define LINE_NO                                                                                    \
	{                                                                                          \
		.name = "line_no", .from = PACK_FROM_ROW                                           \
	}
#define TEXT(db, csv)                                                                              \
	{                                                                                          \
		.name = db, .from = PACK_FROM_TEXT, .cell = csv                                    \
	}
#define TEXT_(db, csv)                                                                             \
	{                                                                                          \
		.name = db, .from = PACK_FROM_TEXT, .cell = csv, .nullable = true                  \
	}
#define LINES TEXT("source_line", "source_line")
#define NOTE TEXT_("note", "note")
#define FROM(db, source, csv)                                                                      \
	{                                                                                          \
		.name = db, .from = source, .cell = csv                                            \
	}
#define FROM_(db, source, csv)                                                                     \
	{                                                                                          \
		.name = db, .from = source, .cell = csv, .nullable = true                          \
	}
#define DAY_(db, csv)                                                                              \
	FROM_(db "_day", PACK_FROM_DAY, csv), FROM(db "_precision", PACK_FROM_PRECISION, csv)

static const struct pack_target_column priority_row[] = {
    PROGRAMME, FROM("code", PACK_FROM_INT, "code"), LINES};
static const struct pack_target_column budget_row[] = {PROGRAMME, LINE_NO,
    FROM("year", PACK_FROM_YEAR, "year"), FROM("year_last", PACK_FROM_YEAR_LAST, "year"),
    FROM("priority", PACK_FROM_PRIORITY, "priority"), TEXT("kind", "kind"),
    FROM_("amount_minor", PACK_FROM_MILLIONS, "amount_eur_million"),
    FROM("currency", PACK_FROM_CURRENCY, NULL), LINES, NOTE};
static const struct pack_target_column rule_row[] = {PROGRAMME, TEXT("rule_id", "rule_id"),
    TEXT("scheme", "scheme"), TEXT_("activity_key", "activity_id"), TEXT("rule_type", "rule_type"),
    TEXT_("country", "country"), TEXT("description", "description_en"), TEXT_("value", "value"),
    TEXT_("unit", "unit"), TEXT("partner_country", "partner_country"),
    DAY_("valid_from", "valid_from"), DAY_("valid_to", "valid_to"), LINES};
static const struct pack_target_column rejected_row[] = {PROGRAMME,
    TEXT("proposal_id", "proposal_id"), TEXT("subject", "subject"), TEXT("countries", "countries"),
    TEXT("themes", "themes"), LINES};
static const struct pack_target_column ground_row[] = {
    PROGRAMME, TEXT("ground_id", "ground_id"), TEXT("description", "ground_en"), LINES};
static const struct pack_target_column cost_row[] = {PROGRAMME, LINE_NO, TEXT("item", "item"),
    TEXT("unit", "unit"), FROM("amount_minor", PACK_FROM_AMOUNT, "amount_eur"),
    FROM("currency", PACK_FROM_CURRENCY, NULL), TEXT_("activity_key", "activity_id"),
    DAY_("valid_from", "valid_from"), DAY_("valid_to", "valid_to"), LINES, NOTE};
static const struct pack_target_column site_row[] = {PROGRAMME, LINE_NO, TEXT("key", "key"),
    TEXT("value", "value"), FROM("year", PACK_FROM_YEAR, "year"),
    FROM("year_last", PACK_FROM_YEAR_LAST, "year"), TEXT("unit", "unit"), LINES, NOTE};
static const struct pack_target_column inconsistency_row[] = {PROGRAMME,
    FROM("number", PACK_FROM_INT, "number"), TEXT("section", "section"),
    TEXT("lines", "source_line")};
static const struct pack_target_column subject_row[] = {PROGRAMME,
    FROM("number", PACK_FROM_INT, "number"), TEXT("subject_kind", "subject_kind"),
    TEXT("subject", "subject"), TEXT("field", "field")};
static const struct pack_target_column intervention_row[] = {PROGRAMME,
    TEXT("intervention_id", "intervention_id"), TEXT("name", "name_en"),
    FROM("priority", PACK_FROM_INT, "priority"), TEXT("description", "description_en"), LINES};
static const struct pack_target_column outcome_row[] = {PROGRAMME, TEXT("outcome_id", "outcome_id"),
    TEXT("name", "name_en"), TEXT("level", "level"), TEXT("description", "description_en"), LINES};
static const struct pack_target_column evidence_row[] = {PROGRAMME,
    TEXT("evidence_id", "evidence_id"), TEXT_("intervention_id", "intervention_id"),
    TEXT_("topic", "topic"), TEXT("outcome_id", "outcome_id"), TEXT("direction", "direction"),
    TEXT("strength_stated", "strength_stated"), TEXT("study", "study"),
    TEXT_("study_year", "study_year"), TEXT("method", "method"), TEXT_("countries", "countries"),
    TEXT_("sample", "sample"), TEXT("claim", "claim_en"), LINES};
static const struct pack_target_column theory_row[] = {PROGRAMME, TEXT("link_id", "link_id"),
    TEXT("from_kind", "from_kind"), TEXT("from_id", "from_id"), TEXT("to_kind", "to_kind"),
    TEXT("to_id", "to_id"), TEXT("assumption", "assumption_en"), LINES};
static const struct pack_target_column question_row[] = {PROGRAMME,
    TEXT("question_id", "question_id"), TEXT_("parent_id", "parent_id"), TEXT("kind", "kind"),
    TEXT("question_en", "question_en"), TEXT("question_nl", "question_nl"), LINES};
static const struct pack_target_column recommendation_row[] = {PROGRAMME, TEXT("rec_id", "rec_id"),
    TEXT("theme", "theme"), TEXT("origin", "origin"), TEXT("text", "text_en"),
    TEXT("addressee", "addressee"), LINES};
static const struct pack_target_column label_row[] = {PROGRAMME, LINE_NO, TEXT("model", "model"), TEXT("kind", "kind"),
    TEXT("name", "name"), TEXT("label_en", "label_en"), TEXT("label_nl", "label_nl"), TEXT("label_fr", "label_fr"),
    TEXT_("help_en", "help_en"), TEXT_("help_nl", "help_nl"), TEXT_("help_fr", "help_fr")};
static const struct pack_target_column comparison_row[] = {
    PROGRAMME, TEXT("kind", "kind"), TEXT("word", "word"), TEXT("value", "value"), NOTE};

static const struct pack_target_column role_row[] = {PROGRAMME, LINE_NO, TEXT("activity_key", "activity_id"),
    TEXT("indicator", "indicator"), TEXT("kind", "kind"), TEXT("better", "better"),
    {.name = "is_main", .from = PACK_FROM_IS, .cell = "main", .words = "yes"}, TEXT("dimension", "dimension"),
    TEXT_("why", "why_en"), LINES};
static const struct pack_target_column policy_row[] = {PROGRAMME, TEXT("line_id", "line_id"), TEXT("theme", "theme"),
    FROM("priority", PACK_FROM_INT, "priority"), DAY_("date", "date"), TEXT("standing", "standing"), TEXT("text_en", "text_en"),
    TEXT("text_nl", "text_nl"), TEXT("text_fr", "text_fr"), LINES};
static const struct pack_target_column commitment_row[] = {PROGRAMME, TEXT("commitment_id", "commitment_id"), TEXT("kind", "kind"),
    DAY_("date", "date"), DAY_("due", "due"), TEXT_("priority", "priority"), TEXT_("record_kind", "record_kind"),
    TEXT_("record", "record"), TEXT_("threshold", "threshold"), TEXT("text_en", "text_en"), TEXT("text_nl", "text_nl"),
    TEXT("text_fr", "text_fr"), LINES};
static const struct pack_target_column rec_record_row[] = {
    PROGRAMME, TEXT("rec_id", "rec_id"), TEXT("record_kind", "record_kind"), TEXT("record", "record")};

#define TARGET(f, t, k, cols)                                                                      \
	{                                                                                          \
		.file = f, .table = t, .kind = k, .columns = cols,                                 \
		.n = sizeof(cols) / sizeof(cols)[0]                                                \
	}

static const struct pack_target targets[] = {
    TARGET("priorities.csv", "priority", "priority.added", priority_row),
    TARGET("budget.csv", "budget_line", "budget.added", budget_row),
    TARGET("scheme_rules.csv", "scheme_rule", "rule.added", rule_row),
    TARGET("rejected_proposals.csv", "rejected_proposal", "rejected_proposal.added", rejected_row),
    TARGET("rejection_grounds.csv", "rejection_ground", "rejection_ground.added", ground_row),
    TARGET("unit_costs.csv", "unit_cost", "unit_cost.added", cost_row),
    TARGET("geldnaarhuis.csv", "site_figure", "site_figure.added", site_row),
    TARGET("inconsistencies.csv", "inconsistency", "inconsistency.added", inconsistency_row),
    TARGET("inconsistency_subjects.csv", "inconsistency_subject", "inconsistency_subject.added",
        subject_row),
    TARGET("interventions.csv", "intervention", "intervention.added", intervention_row),
    TARGET("outcomes.csv", "outcome", "outcome.added", outcome_row),
    TARGET("evidence.csv", "evidence", "evidence.added", evidence_row),
    TARGET("theory.csv", "theory_link", "theory_link.added", theory_row),
    TARGET("questions.csv", "question", "question.added", question_row),
    TARGET("recommendations.csv", "recommendation", "recommendation.added", recommendation_row),
    TARGET("indicators.csv", "indicator_role", "indicator_role.added", role_row),
    TARGET("decision_labels.csv", "decision_label", "decision_label.added", label_row),
    TARGET("comparison.csv", "comparison_rule", "comparison_rule.added", comparison_row),
    TARGET("policy_line.csv", "policy_line", "policy_line.added", policy_row),
    TARGET("commitments.csv", "commitment", "commitment.added", commitment_row),
    TARGET("recommendation_records.csv", "recommendation_record", "recommendation_record.added", rec_record_row),
};

enum err_code programme_store(const struct pack_store *s, struct err *e)
{
	TRY(store_programme(s, e));
	TRY(store_texts(s, e));
	TRY(store_items(s, &lists_kind, s->pack->n_lists, e));
	TRY(store_items(s, &legal_kind, s->pack->n_legal, e));
	TRY(store_items(s, &timeline_kind, s->pack->n_timeline, e));
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
		TRY(pack_store_rows(s, &targets[i], NULL, e));
	return store_entries(s, e);
}
