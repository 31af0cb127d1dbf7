/* What the pack knows beside the register: interventions, outcomes, evidence, theory, questions, recommendations. */
#include "feat/evaluation/evaluation.h"

#include "base/map.h"
#include "db/stmt.h"
#include "feat/evaluation/comparison.h"
#include "feat/evaluation/evaluation.sql.h"

struct loading {
	struct db *db;
	struct arena *a;
	struct evaluation_view *v;
	struct map *interventions, *outcomes; /* by identifier */
};

static enum err_code keep(struct loading *l, str *s, struct err *e)
{
	TRY(db_keep(l->a, s, e));
	if (!s->p)
		*s = STR("");
	return ERR_OK;
}

#define KEEP(s) TRY(keep(l, &(s), e))

/* Walk the rows of statement `name`: for each, the body fills one element `it` of the list. */
#define LOAD(name, type, field, ...)                                                               \
	do {                                                                                       \
		AUTO_ROWS found = NULL;                                                            \
		VEC(type) list = {0};                                                              \
		TRY(name##_open(l->db, l->v->programme->programme, &found, e));                    \
		for (;;) {                                                                         \
			struct name##_row r;                                                       \
			bool more = false;                                                         \
			TRY(name##_next(found, &r, &more, e));                                     \
			if (!more)                                                                 \
				break;                                                             \
			type *it = VEC_ADD(&list, l->a);                                           \
			if (!it)                                                                   \
				return arena_fail(l->a, e);                                        \
			__VA_ARGS__                                                                \
		}                                                                                  \
		l->v->field = list.p;                                                              \
		l->v->n_##field = list.n;                                                          \
	} while (0)

static enum err_code load_interventions(struct loading *l, struct err *e)
{
	LOAD(evaluation_interventions, struct intervention, interventions, {
		KEEP(r.intervention_id);
		KEEP(r.name);
		KEEP(r.description);
		KEEP(r.source_line);
		*it = (struct intervention){.intervention_id = r.intervention_id, .priority = (int)r.priority, .name = r.name,
		    .description = r.description, .source_line = r.source_line};
	});
	for (size_t i = 0; i < l->v->n_interventions; i++) {
		const struct intervention *x = &l->v->interventions[i];
		if (!map_set(l->interventions, x->intervention_id, (void *)(uintptr_t)x, NULL))
			return arena_fail(l->a, e);
	}
	return ERR_OK;
}

static enum err_code load_outcomes(struct loading *l, struct err *e)
{
	LOAD(evaluation_outcomes, struct outcome, outcomes, {
		KEEP(r.outcome_id);
		KEEP(r.name);
		KEEP(r.level);
		KEEP(r.description);
		KEEP(r.source_line);
		*it = (struct outcome){.outcome_id = r.outcome_id, .name = r.name, .level = r.level, .description = r.description,
		    .source_line = r.source_line};
	});
	for (size_t i = 0; i < l->v->n_outcomes; i++) {
		const struct outcome *x = &l->v->outcomes[i];
		if (!map_set(l->outcomes, x->outcome_id, (void *)(uintptr_t)x, NULL))
			return arena_fail(l->a, e);
	}
	return ERR_OK;
}

/* The pack's words; checks of the pack let no others in. */
static const char *const direction_words[] = {"positive", "negative", "none", "mixed", "unknown"};
static const char *const strength_words[STRENGTH_COUNT] = {
    "not_stated", "absent", "anecdotal", "limited", "moderate", "strong"};

static size_t word_index(str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(s, words[i]))
			return i;
	return n;
}

/* A reference that leads nowhere: the pack's check does not let one in. */
static enum err_code lost(str key, const char *what, struct err *e)
{
	return fail(e, ERR_INVALID, "evaluation.reference", "The database names the %s %.*s, which it does not hold.", what,
	    STR_ARG(key));
}

static enum err_code load_evidence(struct loading *l, struct err *e)
{
	LOAD(evaluation_evidence, struct evidence, evidence, {
		size_t direction = word_index(r.direction, direction_words, EVIDENCE_UNKNOWN + 1);
		size_t strength = word_index(r.strength_stated, strength_words, STRENGTH_COUNT);
		if (direction > EVIDENCE_UNKNOWN || strength == STRENGTH_COUNT)
			return lost(r.evidence_id, "direction or strength of evidence", e);
		it->intervention = r.intervention_id.n ? map_get(l->interventions, r.intervention_id) : NULL;
		if (r.intervention_id.n && !it->intervention)
			return lost(r.intervention_id, "intervention", e);
		it->outcome = map_get(l->outcomes, r.outcome_id);
		if (!it->outcome)
			return lost(r.outcome_id, "outcome", e);
		it->direction = (enum evidence_direction)direction;
		it->strength = (enum evidence_strength)strength;
		KEEP(r.evidence_id);
		KEEP(r.topic);
		KEEP(r.study);
		KEEP(r.study_year);
		KEEP(r.method);
		KEEP(r.countries);
		KEEP(r.sample);
		KEEP(r.claim);
		KEEP(r.source_line);
		it->evidence_id = r.evidence_id;
		it->topic = r.topic;
		it->study = r.study;
		it->study_year = r.study_year;
		it->method = r.method;
		it->countries = r.countries;
		it->sample = r.sample;
		it->claim = r.claim;
		it->source_line = r.source_line;
	});
	return ERR_OK;
}

static enum err_code load_links(struct loading *l, struct err *e)
{
	LOAD(evaluation_links, struct theory_link, links, {
		bool to_priority = str_is(r.to_kind, "priority");
		int64_t code = 0;
		if (str_is(r.from_kind, "intervention"))
			it->from_intervention = map_get(l->interventions, r.from_id);
		else
			it->from_outcome = map_get(l->outcomes, r.from_id);
		if (!it->from_intervention && !it->from_outcome)
			return lost(r.from_id, "beginning of a link of the theory", e);
		if (to_priority && str_to_i64(r.to_id, &code))
			it->to_priority = (int)code;
		else if (!to_priority)
			it->to_outcome = map_get(l->outcomes, r.to_id);
		if (!it->to_outcome && !it->to_priority)
			return lost(r.to_id, "end of a link of the theory", e);
		KEEP(r.link_id);
		KEEP(r.assumption);
		KEEP(r.source_line);
		it->link_id = r.link_id;
		it->assumption = r.assumption;
		it->source_line = r.source_line;
	});
	return ERR_OK;
}

static enum err_code load_questions(struct loading *l, struct err *e)
{
	LOAD(evaluation_questions, struct evaluation_question, questions, {
		const struct text3 *known = programme_word(l->v->programme, "question", r.question_id);
		KEEP(r.question_id);
		KEEP(r.parent_id);
		KEEP(r.kind);
		KEEP(r.question_en);
		KEEP(r.question_nl);
		KEEP(r.source_line);
		*it = (struct evaluation_question){.question_id = r.question_id, .parent_id = r.parent_id, .kind = r.kind,
		    .text = {r.question_en, r.question_nl, known ? known->fr : r.question_en}, .source_line = r.source_line};
	});
	return ERR_OK;
}

static enum err_code load_recommendations(struct loading *l, struct err *e)
{
	LOAD(evaluation_recommendations, struct recommendation, recommendations, {
		KEEP(r.rec_id);
		KEEP(r.theme);
		KEEP(r.origin);
		KEEP(r.text);
		KEEP(r.addressee);
		KEEP(r.source_line);
		*it = (struct recommendation){.rec_id = r.rec_id, .theme = r.theme, .origin = r.origin, .text = r.text,
		    .addressee = r.addressee, .source_line = r.source_line};
	});
	return ERR_OK;
}

static enum err_code load_recommendation_records(struct loading *l, struct err *e)
{
	LOAD(evaluation_recommendation_records, struct recommendation_record, recommendation_records, {
		for (size_t i = 0; i < l->v->n_recommendations; i++)
			if (str_eq(l->v->recommendations[i].rec_id, r.rec_id))
				it->recommendation = &l->v->recommendations[i];
		if (!it->recommendation)
			return lost(r.rec_id, "recommendation", e);
		KEEP(r.record_kind);
		KEEP(r.record);
		it->kind = r.record_kind;
		it->record = r.record;
	});
	return ERR_OK;
}

static pdate day_of(date day, int64_t precision)
{
	return precision && date_is(day) ? (pdate){day.day, (uint8_t)precision} : PDATE_NONE;
}

static enum err_code load_policy(struct loading *l, struct err *e)
{
	static const char *const words[POLICY_STANDINGS] = {"accent", "measure", "position"};
	LOAD(evaluation_policy, struct policy_step, policy, {
		size_t standing = word_index(r.standing, words, POLICY_STANDINGS);
		if (standing == POLICY_STANDINGS)
			return lost(r.line_id, "standing of a step of the policy", e);
		KEEP(r.line_id);
		KEEP(r.theme);
		KEEP(r.text_en);
		KEEP(r.text_nl);
		KEEP(r.text_fr);
		KEEP(r.source_line);
		*it = (struct policy_step){.line_id = r.line_id, .theme = r.theme, .priority = (int)r.priority,
		    .on = day_of(r.date_day, r.date_precision), .standing = (enum policy_standing)standing,
		    .text = {r.text_en, r.text_nl, r.text_fr}, .source_line = r.source_line};
	});
	return ERR_OK;
}

static enum err_code load_commitments(struct loading *l, struct err *e)
{
	LOAD(evaluation_commitments, struct commitment, commitments, {
		int64_t priority = 0;
		decimal threshold;
		(void)str_to_i64(r.priority, &priority);
		if (!decimal_parse(r.threshold, &threshold))
			threshold = DECIMAL_NONE;
		KEEP(r.commitment_id);
		KEEP(r.kind);
		KEEP(r.record_kind);
		KEEP(r.record);
		KEEP(r.text_en);
		KEEP(r.text_nl);
		KEEP(r.text_fr);
		KEEP(r.source_line);
		*it = (struct commitment){.commitment_id = r.commitment_id, .kind = r.kind, .on = day_of(r.date_day, r.date_precision),
		    .due = day_of(r.due_day, r.due_precision), .priority = (int)priority, .record_kind = r.record_kind,
		    .record = r.record, .threshold = threshold, .text = {r.text_en, r.text_nl, r.text_fr}, .source_line = r.source_line};
	});
	return ERR_OK;
}

enum err_code evaluation_view_load(struct db *db, const struct programme_view *p, const struct register_view *r,
    const struct decisions_view *d, struct arena *a, const struct evaluation_view **ret_view, struct err *e)
{
	struct evaluation_view *v = ARENA_NEW(a, struct evaluation_view);
	struct loading load = {.db = db, .a = a, .v = v, .interventions = map_new(a, 0x8f14e45fceea167au),
	    .outcomes = map_new(a, 0xc9f0f895fb98ab91u)};
	struct loading *l = &load;
	if (!v || !l->interventions || !l->outcomes)
		return arena_fail(a, e);
	v->programme = p;
	v->activities = r;
	v->decisions = d;
	TRY(load_interventions(l, e));
	TRY(load_outcomes(l, e));
	TRY(load_evidence(l, e));
	TRY(load_links(l, e));
	TRY(load_questions(l, e));
	TRY(load_recommendations(l, e));
	TRY(comparison_load(db, v, a, e));
	TRY(load_recommendation_records(l, e));
	TRY(load_policy(l, e));
	TRY(load_commitments(l, e));
	*ret_view = v;
	return ERR_OK;
}
