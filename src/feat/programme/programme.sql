-- What the view of the programme reads. There is one programme in a database: each statement takes its number.

-- name: programme_one :one
-- out: programme i64, slug str, pack_version str, currency str, facts_as_of_day date?, loaded_ms i64, reporting_org str, reporting_org_type i64, identifier_prefix str
SELECT programme, slug, pack_version, currency, facts_as_of_day, loaded_ms, reporting_org, reporting_org_type, identifier_prefix
FROM programme ORDER BY programme LIMIT 1;

-- name: programme_texts :many
-- in: programme i64
-- out: subject_kind str, subject str, field str, lang str, text str
SELECT subject_kind, subject, field, lang, text FROM programme_text WHERE programme = ?1;

-- name: programme_priorities :many
-- in: programme i64
-- out: code i64, source_line str
SELECT code, source_line FROM priority WHERE programme = ?1 ORDER BY code;

-- name: programme_budget :many
-- in: programme i64
-- out: year i64, year_last i64, priority i64, kind str, amount_minor i64?, currency str, source_line str, note str?
SELECT year, year_last, priority, kind, amount_minor, currency, source_line, note FROM budget_line WHERE programme = ?1 ORDER BY line_no;

-- name: programme_lists :many
-- in: programme i64
-- out: code str, valid_from_day date, valid_from_precision i64, valid_to_day date?, valid_to_precision i64
SELECT code, valid_from_day, valid_from_precision, valid_to_day, valid_to_precision FROM country_list WHERE programme = ?1
ORDER BY valid_from_day, code;

-- name: programme_list_entries :many
-- in: programme i64
-- out: list str, country str, partner_country str, source_line str, note str?
SELECT list, country, partner_country, source_line, note FROM country_list_entry WHERE programme = ?1 ORDER BY list, country;

-- name: programme_legal :many
-- in: programme i64
-- out: code str, in_force_day date?, in_force_precision i64, source_line str
SELECT code, in_force_day, in_force_precision, source_line FROM legal_basis WHERE programme = ?1 ORDER BY in_force_day, code;

-- name: programme_timeline :many
-- in: programme i64
-- out: code str, day date, day_precision i64, kind str, priority i64?, source_line str
SELECT code, day, day_precision, kind, priority, source_line FROM timeline_item WHERE programme = ?1 ORDER BY day, day_precision, code;

-- name: programme_rules :many
-- in: programme i64
-- out: rule_id str, scheme str, activity_key str?, rule_type str, country str?, description str, value str?, unit str?, partner_country str, valid_from_day date?, valid_from_precision i64, valid_to_day date?, valid_to_precision i64, source_line str
SELECT rule_id, scheme, activity_key, rule_type, country, description, value, unit, partner_country, valid_from_day, valid_from_precision,
	valid_to_day, valid_to_precision, source_line
FROM scheme_rule WHERE programme = ?1 ORDER BY scheme, rule_id;

-- name: programme_rejected :many
-- in: programme i64
-- out: proposal_id str, subject str, countries str, themes str, source_line str
SELECT proposal_id, subject, countries, themes, source_line FROM rejected_proposal WHERE programme = ?1 ORDER BY proposal_id;

-- name: programme_grounds :many
-- in: programme i64
-- out: ground_id str, description str, source_line str
SELECT ground_id, description, source_line FROM rejection_ground WHERE programme = ?1 ORDER BY ground_id;

-- name: programme_costs :many
-- in: programme i64
-- out: item str, unit str, amount_minor i64, currency str, activity_key str?, valid_from_day date?, valid_from_precision i64, valid_to_day date?, valid_to_precision i64, source_line str, note str?
SELECT item, unit, amount_minor, currency, activity_key, valid_from_day, valid_from_precision, valid_to_day, valid_to_precision, source_line, note
FROM unit_cost WHERE programme = ?1 ORDER BY line_no;

-- name: programme_site_figures :many
-- in: programme i64
-- out: key str, value str, year i64, year_last i64, unit str, source_line str, note str?
SELECT key, value, year, year_last, unit, source_line, note FROM site_figure WHERE programme = ?1 ORDER BY line_no;

-- name: programme_inconsistencies :many
-- in: programme i64
-- out: number i64, section str, lines str
SELECT number, section, lines FROM inconsistency WHERE programme = ?1 ORDER BY number;

-- name: programme_subjects :many
-- in: programme i64
-- out: number i64, subject_kind str, subject str, field str
SELECT number, subject_kind, subject, field FROM inconsistency_subject WHERE programme = ?1
ORDER BY subject_kind, subject, number, field;

-- name: programme_decision_labels :many
-- in: programme i64
-- out: model str, kind str, name str, label_en str, label_nl str, label_fr str, help_en str?, help_nl str?, help_fr str?
SELECT model, kind, name, label_en, label_nl, label_fr, help_en, help_nl, help_fr FROM decision_label
WHERE programme = ?1 ORDER BY line_no;

-- name: programme_indicator_roles :many
-- in: programme i64
-- out: activity_key str, indicator str, kind str, better str, is_main bool, dimension str, why str?, source_line str
SELECT activity_key, indicator, kind, better, is_main, dimension, why, source_line FROM indicator_role
WHERE programme = ?1 ORDER BY activity_key, indicator;
