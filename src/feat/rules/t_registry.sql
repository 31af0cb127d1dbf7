-- What nobody may do: the test asks for it and expects a refusal.

-- name: t_text_change :exec
-- in: programme i64
UPDATE rule_text SET text = 'other' WHERE programme = ?1;

-- name: t_text_remove :exec
-- in: programme i64
DELETE FROM rule_text WHERE programme = ?1;

-- name: t_model_change :exec
-- in: programme i64
UPDATE rule_model SET legal_basis = 'other' WHERE programme = ?1;

-- name: t_model_remove :exec
-- in: programme i64
DELETE FROM rule_model WHERE programme = ?1;

-- name: t_record_change :exec
-- in: programme i64
UPDATE decision_record SET outcome = '{}' WHERE programme = ?1;

-- name: t_record_remove :exec
-- in: programme i64
DELETE FROM decision_record WHERE programme = ?1;
