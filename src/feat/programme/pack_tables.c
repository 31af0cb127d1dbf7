/* The tables of a pack, declared: a new column or table is a line here, the checks are the same for
 * all. */
#include "feat/programme/pack.h"

#define T(nm, mx)                                                                                  \
	{                                                                                          \
		.name = nm, .type = PACK_TEXT, .required = true, .max = (mx)                       \
	}
#define T_(nm, mx)                                                                                 \
	{                                                                                          \
		.name = nm, .type = PACK_TEXT, .max = (mx)                                         \
	}
#define C(nm, tp)                                                                                  \
	{                                                                                          \
		.name = nm, .type = tp, .required = true                                           \
	}
#define C_(nm, tp)                                                                                 \
	{                                                                                          \
		.name = nm, .type = tp                                                             \
	}
#define W(nm, ws)                                                                                  \
	{                                                                                          \
		.name = nm, .type = PACK_WORD, .required = true, .words = ws                       \
	}
#define W_(nm, ws)                                                                                 \
	{                                                                                          \
		.name = nm, .type = PACK_WORD, .words = ws                                         \
	}
#define R(nm, file)                                                                                \
	{                                                                                          \
		.name = nm, .type = PACK_TEXT, .required = true, .ref = file, .max = 80            \
	}
#define R_(nm, file)                                                                               \
	{                                                                                          \
		.name = nm, .type = PACK_TEXT, .ref = file, .max = 80                              \
	}
#define LINES C("source_line", PACK_LINES)
#define NOTE T_("note", 400)

static const struct pack_column priorities[] = {
    C("code", PACK_INT), T("name_en", 200), T("name_nl", 200), LINES};

static const struct pack_column budget[] = {
    C("year", PACK_YEARS),
    {.name = "priority",
        .type = PACK_TEXT,
        .required = true,
        .ref = "priorities.csv",
        .ref_else = "all",
        .max = 10},
    C_("amount_eur_million", PACK_NUMBER),
    W("kind", "expenditure|budget"),
    LINES,
    NOTE,
};

static const struct pack_column organisations[] = {
    T("id", 80),
    T("name", 200),
    W("type", "international_org|ngo|migrant_org|government|research|consultancy|other"),
    C_("country", PACK_COUNTRY),
    W_("country_basis", "report|general"),
    LINES,
};

static const struct pack_column activities[] = {
    T("activity_id", 40),
    T("title", 300),
    T_("acronym", 40),
    R_("implementer", "organisations.csv"),
    C_("start_date", PACK_DATE),
    C_("planned_end_date", PACK_DATE),
    C_("actual_end_date", PACK_DATE),
    W_("status", "running|completed|terminated_early|rejected"),
    C_("total_budget_eur", PACK_AMOUNT),
    C_("nl_contribution_eur", PACK_AMOUNT),
    T("description_en", 200),
    LINES,
    R_("follows", "activities.csv"),
    W("number_kind", "report|assigned"),
    W("scope", "described|mentioned|outside"),
    NOTE,
};

static const struct pack_column activity_priorities[] = {R("activity_id", "activities.csv"),
    R("priority", "priorities.csv"), W("primary", "yes|no"), LINES};

static const struct pack_column activity_countries[] = {R("activity_id", "activities.csv"),
    C("country", PACK_COUNTRY), W("role", "beneficiary|origin|destination|transit"), LINES, NOTE};

static const struct pack_column activity_partners[] = {R("activity_id", "activities.csv"),
    R("org", "organisations.csv"), W("role", "funder|partner|implementer"),
    C_("amount_eur", PACK_AMOUNT), LINES, NOTE};

static const struct pack_column targets_results[] = {R_("activity_id", "activities.csv"),
    T("indicator", 200), C_("dimension", PACK_DIMENSION), T("unit", 60),
    C_("baseline", PACK_NUMBER), C_("target", PACK_NUMBER), C_("actual", PACK_NUMBER),
    C_("as_of", PACK_DATE), LINES, NOTE};

static const struct pack_column events[] = {
    R_("activity_id", "activities.csv"),
    C_("date", PACK_DATE),
    W("type", "approved|extended_no_cost|budget_increase|report_received|report_approved|report_"
              "rejected|terminated|"
              "rule_change|evaluation|other"),
    T("detail", 300),
    C_("amount_eur", PACK_AMOUNT),
    LINES,
};

static const struct pack_column rejected[] = {T("proposal_id", 20), T("subject", 300),
    C_("countries", PACK_COUNTRIES), T("themes", 300), LINES};

static const struct pack_column grounds[] = {T("ground_id", 20), T("ground_en", 300), LINES};

static const struct pack_column unit_costs[] = {T("item", 200), T("unit", 60),
    C("amount_eur", PACK_AMOUNT), R_("activity_id", "activities.csv"), C_("valid_from", PACK_DATE),
    C_("valid_to", PACK_DATE), LINES, NOTE};

static const struct pack_column rules[] = {
    T("rule_id", 20),
    T("scheme", 80),
    R_("activity_id", "activities.csv"),
    W("rule_type", "eligibility|exclusion|amount|duration|combination|country_list|procedure|"
                   "sector|condition"),
    C_("country", PACK_COUNTRY),
    T("description_en", 400),
    T_("value", 40),
    T_("unit", 40),
    W("partner_country", "yes|no|unknown"),
    C_("valid_from", PACK_DATE),
    C_("valid_to", PACK_DATE),
    LINES,
};

static const struct pack_column site[] = {
    T("key", 80), T("value", 40), C("year", PACK_YEARS), LINES, T("unit", 40), NOTE};

static const struct pack_column interventions[] = {T("intervention_id", 80), T("name_en", 200),
    R("priority", "priorities.csv"), T("description_en", 160), LINES};

static const struct pack_column outcomes[] = {T("outcome_id", 80), T("name_en", 200),
    W("level", "micro|meso|macro|institutional"), T("description_en", 160), LINES};

static const struct pack_column evidence[] = {
    T("evidence_id", 20),
    R_("intervention_id", "interventions.csv"),
    W_("topic",
        "migration|internal-migration|highly-skilled-migration|student-migration|social-"
        "remittances|remittances|"
        "diaspora|integration|return-migration|return-decision|development|migration-governance"),
    R("outcome_id", "outcomes.csv"),
    W("direction", "positive|negative|none|mixed|unknown"),
    W("strength_stated", "strong|moderate|limited|anecdotal|absent|not_stated"),
    T("study", 300),
    T_("study_year", 80),
    W("method", "survey|case study|review|econometric|evaluation|expert opinion|programme "
                "report|other|not stated"),
    C_("countries", PACK_COUNTRIES),
    C_("sample", PACK_INT),
    T("claim_en", 200),
    LINES,
};

static const struct pack_column activity_interventions[] = {R("activity_id", "activities.csv"),
    R("intervention_id", "interventions.csv"), W("role", "main|secondary"), LINES};

static const struct pack_column theory[] = {
    T("link_id", 20),
    W("from_kind", "intervention|outcome"),
    T("from_id", 80),
    W("to_kind", "outcome|priority"),
    T("to_id", 80),
    T("assumption_en", 220),
    LINES,
};

static const struct pack_column questions[] = {T("question_id", 20),
    R_("parent_id", "questions.csv"), W("kind", "evaluation|sub|core"), T("question_en", 300),
    T("question_nl", 300), LINES};

static const struct pack_column recommendations[] = {T("rec_id", 20), T("theme", 80),
    W("origin", "report|background paper|external evaluation|literature"), T("text_en", 240),
    T("addressee", 200), LINES};

static const struct pack_column inconsistencies[] = {C("number", PACK_INT), T("section", 80),
    T("text_en", 600), T("text_nl", 600), T("text_fr", 600), LINES};

static const struct pack_column subjects[] = {
    R("number", "inconsistencies.csv"),
    W("subject_kind", "activity|priority|rule|budget|event|unit-cost|site|timeline|page"),
    T("subject", 200),
    T_("field", 80),
};

/* Texts of an unknown word fall back to the word itself, so a table of them may be incomplete. */
static const struct pack_column words[] = {
    W("kind", "case-study|intervention|outcome|ground|scheme|unit|theme|dimension|policy-theme|question|assumption"), T("word", 80), T("text_en", 300),
    T("text_nl", 300), T("text_fr", 300)};
static const struct pack_column decision_labels[] = {
    T("model", 80),
    W("kind", "model|check|decision|input|value|text"),
    T("name", 400),
    T("label_en", 400),
    T("label_nl", 400),
    T("label_fr", 400),
    T_("help_en", 600),
    T_("help_nl", 600),
    T_("help_fr", 600),
};

/* What imported activities are compared with: a sector (DAC purpose code) for an intervention, a word in the title of an
 * indicator for a unit of results. */
static const struct pack_column comparison[] = {W("kind", "sector|unit"), T("word", 80), T("value", 40), NOTE};
/* What an indicator measures and whether the verdict of question 3 rests on it. dimension: of the values that tell its state,
 * '|' between, in the order of time. */
static const struct pack_column indicators[] = {R_("activity_id", "activities.csv"), T("indicator", 200),
    W("kind", "input|output|outcome|context"), W("better", "higher|lower|none"), W("main", "yes|no"), T_("dimension", 300),
    T_("why_en", 300), LINES};
/* How the policy came about, theme by theme. */
static const struct pack_column policy_line[] = {T("line_id", 20), T("theme", 80), R("priority", "priorities.csv"), C("date", PACK_DATE),
    W("standing", "accent|measure|position"), T("text_en", 300), T("text_nl", 300), T("text_fr", 300), LINES};

/* What Parliament was promised or asked for, and the records that tell what became of it: a kind of record, which one, and
 * for spending the millions a year, for letters the months between two. */
static const struct pack_column commitments[] = {T("commitment_id", 20), W("kind", "commitment|motion|amendment|practice"),
    C_("date", PACK_DATE), C_("due", PACK_DATE), R_("priority", "priorities.csv"),
    W_("record_kind", "timeline|activity|spending|letters|list|intervention"), T_("record", 80), C_("threshold", PACK_NUMBER),
    T("text_en", 300), T("text_nl", 300), T("text_fr", 300), LINES};

/* Which records bear on a recommendation. */
static const struct pack_column rec_records[] = {R("rec_id", "recommendations.csv"),
    W("record_kind", "event|intervention|activity|model|scheme|rejected|overlap|timeline|outcomes|size"), T_("record", 80)};

static const struct pack_column decisions[] = {
    T("file", 80),
    T("key", 80),
    C("valid_from", PACK_DATE),
    C_("valid_to", PACK_DATE),
    T("legal_basis", 400),
    T("author", 120),
    T("approver", 120),
    T_("cases", 80),
    T_("note", 400),
    LINES,
};

#define TABLE(f, cols, ...)                                                                        \
	{                                                                                          \
		.file = f, .columns = cols, .n = sizeof(cols) / sizeof(cols)[0],                   \
		.key = {__VA_ARGS__}, .n_key = sizeof((uint8_t[]){__VA_ARGS__})                    \
	}

const struct pack_table pack_tables[PACK_TABLES] = {
    [PACK_PRIORITIES] = TABLE("priorities.csv", priorities, 0),
    [PACK_BUDGET] = TABLE("budget.csv", budget, 0, 1, 3),
    [PACK_ORGANISATIONS] = TABLE("organisations.csv", organisations, 0),
    [PACK_ACTIVITIES] = TABLE("activities.csv", activities, 0),
    [PACK_ACTIVITY_PRIORITIES] = TABLE("activity_priorities.csv", activity_priorities, 0, 1),
    [PACK_ACTIVITY_COUNTRIES] = TABLE("activity_countries.csv", activity_countries, 0, 1, 2),
    [PACK_ACTIVITY_PARTNERS] = TABLE("activity_partners.csv", activity_partners, 0, 1, 2),
    [PACK_TARGETS] = TABLE("targets_results.csv", targets_results, 0, 1, 2),
    [PACK_EVENTS] = TABLE("events.csv", events, 0, 1, 2, 3),
    [PACK_REJECTED] = TABLE("rejected_proposals.csv", rejected, 0),
    [PACK_GROUNDS] = TABLE("rejection_grounds.csv", grounds, 0),
    [PACK_UNIT_COSTS] = TABLE("unit_costs.csv", unit_costs, 0, 3),
    [PACK_RULES] = TABLE("scheme_rules.csv", rules, 0),
    [PACK_SITE] = TABLE("geldnaarhuis.csv", site, 0, 2, 1),
    [PACK_INTERVENTIONS] = TABLE("interventions.csv", interventions, 0),
    [PACK_OUTCOMES] = TABLE("outcomes.csv", outcomes, 0),
    [PACK_EVIDENCE] = TABLE("evidence.csv", evidence, 0),
    [PACK_ACTIVITY_INTERVENTIONS] =
        TABLE("activity_interventions.csv", activity_interventions, 0, 1),
    [PACK_THEORY] = TABLE("theory.csv", theory, 0),
    [PACK_QUESTIONS] = TABLE("questions.csv", questions, 0),
    [PACK_RECOMMENDATIONS] = TABLE("recommendations.csv", recommendations, 0),
    [PACK_INCONSISTENCIES] = TABLE("inconsistencies.csv", inconsistencies, 0),
    [PACK_SUBJECTS] = TABLE("inconsistency_subjects.csv", subjects, 0, 1, 2, 3),
    [PACK_WORDS] = TABLE("words.csv", words, 0, 1),
    [PACK_DECISION_LABELS] = TABLE("decision_labels.csv", decision_labels, 0, 1, 2),
    [PACK_COMPARISON] = {.file = "comparison.csv", .optional = true, .columns = comparison,
        .n = sizeof comparison / sizeof comparison[0], .key = {0, 1, 2}, .n_key = 3},
    [PACK_INDICATORS] = {.file = "indicators.csv", .optional = true, .columns = indicators,
        .n = sizeof indicators / sizeof indicators[0], .key = {0, 1}, .n_key = 2},
    [PACK_POLICY_LINE] = {.file = "policy_line.csv", .optional = true, .columns = policy_line,
        .n = sizeof policy_line / sizeof policy_line[0], .key = {0}, .n_key = 1},
    [PACK_COMMITMENTS] = {.file = "commitments.csv", .optional = true, .columns = commitments,
        .n = sizeof commitments / sizeof commitments[0], .key = {0}, .n_key = 1},
    [PACK_REC_RECORDS] = {.file = "recommendation_records.csv", .optional = true, .columns = rec_records,
        .n = sizeof rec_records / sizeof rec_records[0], .key = {0, 1, 2}, .n_key = 3},
    [PACK_DECISIONS] = {.file = "models.csv", .folder = "decisions", .optional = true, .columns = decisions,
        .n = sizeof decisions / sizeof decisions[0], .key = {0}, .n_key = 1},
};

const struct pack_rule pack_rules[] = {
    {PACK_ACTIVITIES, PACK_RULE_ORDER, "start_date", "planned_end_date", NULL, NULL},
    {PACK_ACTIVITIES, PACK_RULE_ORDER, "start_date", "actual_end_date", NULL, NULL},
    {PACK_ACTIVITIES, PACK_RULE_EMPTY_IF, "actual_end_date", "status", NULL, "running"},
    {PACK_ACTIVITIES, PACK_RULE_FILLED_IF, "actual_end_date", "status", NULL, "terminated_early"},
    {PACK_ACTIVITIES, PACK_RULE_FILLED_IF, "implementer", "number_kind", NULL, "report"},
    {PACK_ACTIVITIES, PACK_RULE_FILLED_IF, "status", "number_kind", NULL, "report"},
    {PACK_ACTIVITIES, PACK_RULE_NOT_ABOVE, "nl_contribution_eur", "total_budget_eur", NULL, NULL},
    {PACK_ORGANISATIONS, PACK_RULE_TOGETHER, "country", "country_basis", NULL, NULL},
    {PACK_ACTIVITY_PRIORITIES, PACK_RULE_ONCE, "activity_id", "primary", NULL, "yes"},
    {PACK_TARGETS, PACK_RULE_SOME, "baseline", "target", "actual", NULL},
    {PACK_UNIT_COSTS, PACK_RULE_ORDER, "valid_from", "valid_to", NULL, NULL},
    {PACK_RULES, PACK_RULE_ORDER, "valid_from", "valid_to", NULL, NULL},
    {PACK_INDICATORS, PACK_RULE_FILLED_IF, "why_en", "main", NULL, "yes"},
    {PACK_INDICATORS, PACK_RULE_EMPTY_IF, "dimension", "main", NULL, "no"},
    {PACK_DECISIONS, PACK_RULE_ORDER, "valid_from", "valid_to", NULL, NULL},
    {PACK_RULES, PACK_RULE_VALUE, "value", "unit", NULL, "listed"},
    {PACK_RULES, PACK_RULE_FILLED_IF, "country", "value", NULL, "listed"},
    {PACK_SITE, PACK_RULE_DATE_IF, "value", "unit", NULL, "date"},
    {PACK_EVIDENCE, PACK_RULE_ONE_OF, "intervention_id", "topic", NULL, NULL},
    {PACK_ACTIVITY_INTERVENTIONS, PACK_RULE_ONCE, "activity_id", "role", NULL, "main"},
    {PACK_THEORY, PACK_RULE_REF_BY, "from_id", "from_kind", NULL,
        "intervention=interventions.csv|outcome=outcomes.csv"},
    {PACK_THEORY, PACK_RULE_REF_BY, "to_id", "to_kind", NULL,
        "outcome=outcomes.csv|priority=priorities.csv"},
    {PACK_QUESTIONS, PACK_RULE_FILLED_IF, "parent_id", "kind", NULL, "sub"},
    {PACK_QUESTIONS, PACK_RULE_EMPTY_IF, "parent_id", "kind", NULL, "evaluation|core"},
    {PACK_SUBJECTS, PACK_RULE_REF_BY, "subject", "subject_kind", NULL,
        "activity=activities.csv|priority=priorities.csv|rule=scheme_rules.csv|unit-cost=unit_"
        "costs.csv|"
        "site=geldnaarhuis.csv"},
    {PACK_WORDS, PACK_RULE_REF_BY, "word", "kind", NULL,
        "intervention=interventions.csv|outcome=outcomes.csv|question=questions.csv|ground=rejection_grounds.csv|"
        "case-study=activities.csv|assumption=theory.csv"},
    {PACK_COMPARISON, PACK_RULE_REF_BY, "word", "kind", NULL, "sector=interventions.csv"},
    {PACK_COMMITMENTS, PACK_RULE_ORDER, "date", "due", NULL, NULL},
    {PACK_REC_RECORDS, PACK_RULE_REF_BY, "record", "record_kind", NULL, "activity=activities.csv|intervention=interventions.csv"},
    {PACK_COMMITMENTS, PACK_RULE_REF_BY, "record", "record_kind", NULL,
        "activity=activities.csv|spending=priorities.csv|intervention=interventions.csv"},
    {PACK_COMMITMENTS, PACK_RULE_FILLED_IF, "threshold", "record_kind", NULL, "spending|letters"},
};
const size_t pack_rules_n = sizeof pack_rules / sizeof pack_rules[0];

int pack_column_of(enum pack_table_id t, str name)
{
	for (int i = 0; i < pack_tables[t].n; i++)
		if (str_is(name, pack_tables[t].columns[i].name))
			return i;
	return -1;
}

void pack_path(enum pack_table_id t, char dst[PACK_PATH_MAX])
{
	const char *folder = pack_tables[t].folder ? pack_tables[t].folder : "data";
	(void)snprintf(dst, PACK_PATH_MAX, "%s/%s", folder, pack_tables[t].file);
}

enum pack_table_id pack_table_of(str file)
{
	for (int t = 0; t < PACK_TABLES; t++)
		if (str_is(file, pack_tables[t].file))
			return (enum pack_table_id)t;
	return PACK_TABLES;
}
