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
