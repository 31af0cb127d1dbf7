-- What the view of the evaluation reads beside the register. There is one programme in a database: each statement takes its number.

-- name: evaluation_interventions :many
-- in: programme i64
-- out: intervention_id str, name str, priority i64, description str, source_line str
SELECT intervention_id, name, priority, description, source_line FROM intervention WHERE programme = ?1
ORDER BY priority, intervention_id;

-- name: evaluation_outcomes :many
-- in: programme i64
-- out: outcome_id str, name str, level str, description str, source_line str
SELECT outcome_id, name, level, description, source_line FROM outcome WHERE programme = ?1 ORDER BY outcome_id;

-- name: evaluation_evidence :many
-- in: programme i64
-- out: evidence_id str, intervention_id str?, topic str?, outcome_id str, direction str, strength_stated str, study str, study_year str?, method str, countries str?, sample str?, claim str, source_line str
SELECT evidence_id, intervention_id, topic, outcome_id, direction, strength_stated, study, study_year, method, countries, sample, claim,
	source_line
FROM evidence WHERE programme = ?1 ORDER BY evidence_id;

-- name: evaluation_links :many
-- in: programme i64
-- out: link_id str, from_kind str, from_id str, to_kind str, to_id str, assumption str, source_line str
SELECT link_id, from_kind, from_id, to_kind, to_id, assumption, source_line FROM theory_link WHERE programme = ?1 ORDER BY link_id;

-- name: evaluation_questions :many
-- in: programme i64
-- out: question_id str, parent_id str?, kind str, question_en str, question_nl str, source_line str
SELECT question_id, parent_id, kind, question_en, question_nl, source_line FROM question WHERE programme = ?1 ORDER BY question_id;

-- name: evaluation_recommendations :many
-- in: programme i64
-- out: rec_id str, theme str, origin str, text str, addressee str, source_line str
SELECT rec_id, theme, origin, text, addressee, source_line FROM recommendation WHERE programme = ?1 ORDER BY rec_id;

-- name: evaluation_policy :many
-- in: programme i64
-- out: line_id str, theme str, priority i64, date_day date?, date_precision i64, standing str, text_en str, text_nl str, text_fr str, source_line str
SELECT line_id, theme, priority, date_day, date_precision, standing, text_en, text_nl, text_fr, source_line FROM policy_line
WHERE programme = ?1 ORDER BY date_day, date_precision, line_id;

-- name: evaluation_commitments :many
-- in: programme i64
-- out: commitment_id str, kind str, date_day date?, date_precision i64, due_day date?, due_precision i64, priority str?, record_kind str?, record str?, threshold str?, text_en str, text_nl str, text_fr str, source_line str
SELECT commitment_id, kind, date_day, date_precision, due_day, due_precision, priority, record_kind, record, threshold, text_en, text_nl,
	text_fr, source_line
FROM commitment WHERE programme = ?1 ORDER BY commitment_id;

-- name: evaluation_recommendation_records :many
-- in: programme i64
-- out: rec_id str, record_kind str, record str
SELECT rec_id, record_kind, record FROM recommendation_record WHERE programme = ?1 ORDER BY rec_id, record_kind, record;
